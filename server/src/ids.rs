//! Identifiers: 16 characters of Crockford's base32 (<https://www.crockford.com/base32.html>) in lower case, of
//! 80 bits: 40 of milliseconds since 2020-01-01T00:00 UTC, then 40 at random.
//!
//! They sort by the time they were made, to the millisecond, until 2054. Two made in the same millisecond are the
//! same once in a million million; the store's primary keys would refuse the second.

use chrono::{DateTime, Utc};

/// 2020-01-01T00:00 UTC, in milliseconds since 1970.
const EPOCH: i64 = 1_577_836_800_000;

const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A new identifier.
///
/// # Errors
/// When the operating system gives no random bytes.
pub fn new(now: DateTime<Utc>) -> Result<String, getrandom::Error> {
    let mut random = [0_u8; 8];
    if let Some(low) = random.get_mut(3..) {
        getrandom::fill(low)?;
    }
    Ok(written(now.timestamp_millis(), u64::from_be_bytes(random)))
}

/// The identifier of an instant, in milliseconds since 1970, and the low 40 bits of `random`.
fn written(millis: i64, random: u64) -> String {
    const LOW: u128 = (1 << 40) - 1;
    let since = u128::from(millis.saturating_sub(EPOCH).unsigned_abs()) & LOW;
    let bits = (since << 40) | (u128::from(random) & LOW);
    (0..16_u32)
        .rev()
        .map(|place| {
            let digit = usize::try_from((bits >> (place * 5)) & 31).unwrap_or_default();
            char::from(DIGITS.get(digit).copied().unwrap_or(b'0'))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn have_sixteen_characters_and_are_all_different() {
        let now = Utc::now();
        let ids: std::collections::HashSet<String> = (0..10_000).map(|_| new(now).unwrap()).collect();
        assert_eq!(ids.len(), 10_000);
        for id in ids {
            assert_eq!(id.len(), 16);
            assert!(id.bytes().all(|byte| DIGITS.contains(&byte)), "{id}");
        }
    }

    #[test]
    fn sort_by_time() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap().timestamp_millis();
        let times = [
            "2020-01-01T00:00:00Z",
            "2026-01-09T12:00:00Z",
            "2026-01-09T12:00:00.001Z",
            "2054-10-01T00:00:00Z",
        ];
        let ids: Vec<String> = times.iter().map(|time| written(at(time), u64::MAX - 7)).collect();
        assert!(ids.is_sorted(), "{ids:?}");
    }

    #[test]
    fn are_written_in_crockfords_base32() {
        assert_eq!(written(EPOCH, 0), "0000000000000000");
        assert_eq!(written(EPOCH, u64::MAX), "00000000zzzzzzzz");
        assert_eq!(written(EPOCH + 32, 33), "0000001000000011");
    }
}
