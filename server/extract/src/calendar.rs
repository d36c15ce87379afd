//! Days of the proleptic Gregorian calendar, and the weeks of ISO 8601.

use std::fmt;

/// A calendar day of the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i32,
    month: u8,
    day: u8,
}

impl Date {
    /// The day, or `None` when the month has no such day. Months and days count from 1; the year is the
    /// astronomical one (0 is 1 BC) and stays between -9999 and 9999.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let fits = (-9999..=9999).contains(&year)
            && (1..=12).contains(&month)
            && day >= 1
            && day <= days_in_month(year, month);
        fits.then_some(Self { year, month, day })
    }

    /// Reads `YYYY-MM-DD`; anything after the day (a time, say) is ignored.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() < 10 || bytes[4] != b'-' || bytes[7] != b'-' || !text.is_char_boundary(10) {
            return None;
        }
        let number = |range: std::ops::Range<usize>| -> Option<i32> {
            let digits = text.get(range)?;
            digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())?
        };
        Self::new(number(0..4)?, u8::try_from(number(5..7)?).ok()?, u8::try_from(number(8..10)?).ok()?)
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// The month, from 1.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    pub fn day(self) -> u8 {
        self.day
    }

    /// Days since 1970-01-01 (Howard Hinnant's `days_from_civil`).
    pub fn days(self) -> i64 {
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let month = (i64::from(self.month) + 9) % 12;
        let of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }

    /// The day that many days after 1970-01-01, held within the years -9999 to 9999.
    pub fn from_days(days: i64) -> Self {
        let shifted = days.clamp(-4_371_953, 2_932_896) + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self { year: year as i32, month: month as u8, day: day as u8 }
    }

    /// The day `days` later (earlier when negative).
    pub fn plus_days(self, days: i64) -> Self {
        Self::from_days(self.days().saturating_add(days))
    }

    /// The same day of the month `months` later, or the last day of that month when it is shorter.
    pub fn plus_months(self, months: i64) -> Self {
        let (year, month) = shift_month(self.year, self.month, months);
        Self { year, month, day: self.day.min(days_in_month(year, month)) }
    }

    /// 1 for Monday to 7 for Sunday.
    pub fn weekday(self) -> u8 {
        ((self.days() + 3).rem_euclid(7) + 1) as u8
    }

    /// The Monday of the day's week.
    pub fn monday(self) -> Self {
        self.plus_days(1 - i64::from(self.weekday()))
    }

    /// The ISO 8601 week: its year and its number.
    pub fn iso_week(self) -> (i32, u8) {
        let thursday = self.monday().plus_days(3);
        let first = Self { year: thursday.year, month: 1, day: 1 };
        (thursday.year, ((thursday.days() - first.days()) / 7 + 1) as u8)
    }

    /// The Monday of an ISO 8601 week.
    pub fn from_iso_week(year: i32, week: u8) -> Self {
        let fourth = Self { year, month: 1, day: 4 };
        fourth.monday().plus_days(7 * (i64::from(week) - 1))
    }

    /// The first day of the month.
    pub fn month_start(year: i32, month: u8) -> Self {
        Self { year, month, day: 1 }
    }

    /// The last day of the month.
    pub fn month_end(year: i32, month: u8) -> Self {
        Self { year, month, day: days_in_month(year, month) }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// The number of days in a month; 31 for a month that does not exist.
pub(crate) fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// The month `months` after the given one, held within the years -9999 to 9999.
pub(crate) fn shift_month(year: i32, month: u8, months: i64) -> (i32, u8) {
    let index = (i64::from(year) * 12 + i64::from(month) - 1).saturating_add(months);
    let index = index.clamp(-9999 * 12, 9999 * 12 + 11);
    (index.div_euclid(12) as i32, (index.rem_euclid(12) + 1) as u8)
}

/// Easter Sunday of the Gregorian calendar (the anonymous algorithm, Meeus 1991).
pub(crate) fn easter(year: i32) -> Date {
    let a = year.rem_euclid(19);
    let b = year.div_euclid(100);
    let c = year.rem_euclid(100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15).rem_euclid(30);
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4).rem_euclid(7);
    let m = (a + 11 * h + 22 * l) / 451;
    let day = h + l - 7 * m + 114;
    Date { year, month: (day / 31) as u8, day: (day % 31 + 1) as u8 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_are_inverse_over_four_centuries() {
        for days in -200_000..200_000 {
            assert_eq!(Date::from_days(days).days(), days);
        }
        assert_eq!(Date::new(1970, 1, 1).unwrap().days(), 0);
    }

    #[test]
    fn weeks_follow_iso_8601_at_the_turn_of_the_year() {
        assert_eq!(Date::new(2021, 1, 3).unwrap().iso_week(), (2020, 53));
        assert_eq!(Date::new(2024, 12, 30).unwrap().iso_week(), (2025, 1));
        assert_eq!(Date::from_iso_week(2026, 5).to_string(), "2026-01-26");
    }

    #[test]
    fn easter_falls_where_the_almanac_says() {
        for (year, date) in [(1999, "1999-04-04"), (2024, "2024-03-31"), (2026, "2026-04-05")] {
            assert_eq!(easter(year).to_string(), date);
        }
    }

    #[test]
    fn only_days_that_exist_parse() {
        assert_eq!(Date::parse("2026-01-29T08:00"), Date::new(2026, 1, 29));
        for text in ["2026-02-30", "2026-1-29", "26-01-29", "2026-01-2é", ""] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }
}
