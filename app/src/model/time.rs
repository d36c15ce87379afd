//! Civil time as the timeline counts it: minutes since 1970-01-01T00:00 UTC, in the proleptic Gregorian calendar.

use chrono::{Datelike, NaiveDate};

use crate::texts::drawing::{Word, dated};

/// Minutes since 1970-01-01T00:00 UTC.
pub type Minute = i64;

/// Minutes in a day.
pub const DAY: Minute = 24 * 60;

/// The first minute of a day.
pub fn day_start(day: NaiveDate) -> Minute {
    i64::from(day.num_days_from_ce() - EPOCH_FROM_CE) * DAY
}

/// The minute after the last one of a day.
pub fn day_end(day: NaiveDate) -> Minute {
    day_start(day) + DAY
}

/// The day that a minute falls in.
pub fn day_of(minute: Minute) -> NaiveDate {
    let days = minute.div_euclid(DAY) + i64::from(EPOCH_FROM_CE);
    i32::try_from(days).ok().and_then(NaiveDate::from_num_days_from_ce_opt).unwrap_or(NaiveDate::MAX)
}

/// A day as people write it: "9 January 2026".
pub fn long_day(day: NaiveDate) -> String {
    dated(Word::Day, day_start(day) / DAY)
}

/// A day in little room: "9 Jan 2026".
pub fn short_day(day: NaiveDate) -> String {
    dated(Word::ShortDay, day_start(day) / DAY)
}

/// Days from 0000-12-31 to 1970-01-01, chrono's day count.
const EPOCH_FROM_CE: i32 = 719_163;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_from_the_epoch() {
        let epoch = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
        assert_eq!(day_start(epoch), 0);
        assert_eq!(day_of(-1), NaiveDate::from_ymd_opt(1969, 12, 31).unwrap());
        assert_eq!(day_of(day_start(NaiveDate::from_ymd_opt(2026, 1, 9).unwrap()) + 1439).day(), 9);
        assert_eq!(long_day(epoch), "1 January 1970");
        assert_eq!(long_day(day_of(-DAY)), "31 December 1969");
        assert_eq!(short_day(NaiveDate::from_ymd_opt(0, 2, 3).unwrap()), "3 Feb 1 BC");
    }
}
