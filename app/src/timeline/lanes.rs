//! Which lanes an event stands in, in a few bytes: an allocation for each event would be a cache miss for each.

/// The lanes of an event. The first has its label.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct InLanes {
    first: u16,
    others: u64,
}

impl InLanes {
    /// The lanes with these numbers, below 64; none stands for the topmost.
    pub fn of(lanes: &[u16]) -> Self {
        let first = lanes.first().copied().unwrap_or_default();
        let others = lanes.iter().filter(|lane| **lane != first);
        let bit = |lane: &u16| 1_u64.checked_shl(u32::from(*lane)).unwrap_or(0);
        Self { first, others: others.map(bit).fold(0, |all, bit| all | bit) }
    }

    /// The lane with its label.
    pub fn first(self) -> u16 {
        self.first
    }

    /// Each lane once, the first before the others, these from the top.
    pub fn iter(self) -> impl Iterator<Item = u16> {
        let mut others = self.others;
        let rest = std::iter::from_fn(move || {
            let next = (others != 0).then(|| others.trailing_zeros() as u16);
            others &= others.wrapping_sub(1);
            next
        });
        std::iter::once(self.first).chain(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_each_lane_once() {
        let lanes = |of: &[u16]| InLanes::of(of).iter().collect::<Vec<_>>();
        assert_eq!(lanes(&[3, 0, 23, 3]), [3, 0, 23]);
        assert_eq!(lanes(&[63]), [63]);
        assert_eq!(lanes(&[]), [0]);
    }
}
