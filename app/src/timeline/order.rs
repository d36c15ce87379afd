//! Sorting, once: every type and closure that is sorted by is another few kilobytes of WebAssembly, so the timeline
//! sorts triples of numbers only.

/// What to sort by first, then, and what is sorted: an index.
pub type Key = (u64, u64, usize);

/// Sorts; equal keys by index.
pub fn sort(keys: &mut [Key]) {
    keys.sort_unstable();
}

/// A number with the order of the float; not a number comes last.
pub fn of_float(number: f64) -> u64 {
    let bits = number.to_bits();
    if bits >> 63 == 0 { bits | 1 << 63 } else { !bits }
}

/// A number with the order of the signed one.
pub fn of_signed(number: i64) -> u64 {
    number.cast_unsigned() ^ 1 << 63
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn keeps_the_order(a in any::<f64>(), b in any::<f64>(), c in any::<i64>(), d in any::<i64>()) {
            prop_assert_eq!(of_float(a).cmp(&of_float(b)), a.total_cmp(&b));
            prop_assert_eq!(of_signed(c).cmp(&of_signed(d)), c.cmp(&d));
        }
    }
}
