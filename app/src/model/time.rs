//! Civil time as the timeline counts it: minutes since 1970-01-01T00:00 UTC, in the proleptic Gregorian calendar.

use chrono::{Datelike, NaiveDate};

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
    format!("{} {} {}", day.day(), month_name(day.month()), year_name(day.year()))
}

/// A day in little room: "9 Jan 2026".
pub fn short_day(day: NaiveDate) -> String {
    format!("{} {} {}", day.day(), month_abbreviation(day.month()), year_name(day.year()))
}

/// A year as people write it; years before 1 are astronomical in EDTF, so 0 is 1 BC.
pub fn year_name(year: i32) -> String {
    if year > 0 { year.to_string() } else { format!("{} BC", 1 - year) }
}

/// The English name of a month, 1 to 12.
pub fn month_name(month: u32) -> &'static str {
    MONTHS.get(month.saturating_sub(1) as usize).copied().unwrap_or("")
}

/// The first three letters of a month's English name, 1 to 12.
pub fn month_abbreviation(month: u32) -> &'static str {
    month_name(month).get(..3).unwrap_or("")
}

/// English month names, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

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
        assert_eq!(year_name(0), "1 BC");
    }
}
