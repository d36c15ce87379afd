//! Identifiers: 16 characters of Crockford's base32 (<https://www.crockford.com/base32.html>) in lower case, of
//! 80 bits: 40 of milliseconds since 2020-01-01T00:00 UTC, then 40 at random.
//!
//! They sort by the time they were made, until 2054; those of one process in the very order they were made, so that
//! events of one date that were added together stay in their order. Two processes make the same one in the same
//! millisecond once in a million million times, and then the store's primary keys refuse the second.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};

/// 2020-01-01T00:00 UTC, in milliseconds since 1970.
const EPOCH: i64 = 1_577_836_800_000;

const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A new identifier.
///
/// # Errors
/// When the operating system gives no random bytes.
pub fn new(now: DateTime<Utc>) -> Result<String, getrandom::Error> {
    static LAST: Mutex<u128> = Mutex::new(0);
    let mut random = [0_u8; 8];
    getrandom::fill(&mut random)?;
    let bits = bits(now.timestamp_millis(), u64::from_be_bytes(random));
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    *last = bits.max(*last + 1);
    Ok(written(*last))
}

/// A code that cannot be guessed: 26 characters, 130 bits, all of them at random.
///
/// # Errors
/// When the operating system gives no random bytes.
pub fn code() -> Result<String, getrandom::Error> {
    let mut random = [0_u8; 26];
    getrandom::fill(&mut random)?;
    let digit = |byte: &u8| char::from(DIGITS.get(usize::from(byte & 31)).copied().unwrap_or(b'0'));
    Ok(random.iter().map(digit).collect())
}

/// The bits of an instant, in milliseconds since 1970, and the low 40 of `random`.
fn bits(millis: i64, random: u64) -> u128 {
    const LOW: u128 = (1 << 40) - 1;
    let since = u128::try_from(millis.saturating_sub(EPOCH)).unwrap_or(0) & LOW;
    (since << 40) | (u128::from(random) & LOW)
}

/// The low 80 bits as text.
fn written(bits: u128) -> String {
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
    fn have_sixteen_characters_and_are_in_the_order_they_were_made() {
        let now = Utc::now();
        let ids: Vec<String> = (0..10_000).map(|_| new(now).unwrap()).collect();
        assert!(ids.is_sorted_by(|one, next| one < next), "so they are all different");
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
        let ids: Vec<String> = times.iter().map(|time| written(bits(at(time), u64::MAX - 7))).collect();
        assert!(ids.is_sorted(), "{ids:?}");
    }

    #[test]
    fn are_written_in_crockfords_base32() {
        assert_eq!(written(bits(EPOCH, 0)), "0000000000000000");
        assert_eq!(written(bits(EPOCH, u64::MAX)), "00000000zzzzzzzz");
        assert_eq!(written(bits(EPOCH + 32, 33)), "0000001000000011");
        assert_eq!(written(bits(0, 1)), "0000000000000001", "a clock before 2020 is no reason to fail");
    }
}
