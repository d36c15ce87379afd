//! The proleptic Gregorian calendar in a few integer operations, after Howard Hinnant's "chrono-compatible low-level
//! date algorithms". The browser's half uses these instead of a date library, for size.

/// The number of a day, counted from 1970-01-01, for a year, month (1 to 12) and day.
pub fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The year, month (1 to 12) and day of a day counted from 1970-01-01.
pub fn civil(day_number: i64) -> (i64, i64, i64) {
    let days = day_number + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year + era * 400 + i64::from(month <= 2), month, of_year - (153 * shifted + 2) / 5 + 1)
}

/// The day of the week of a day counted from 1970-01-01; Monday is 0.
pub fn weekday(day_number: i64) -> i64 {
    (day_number + 3).rem_euclid(7)
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike, NaiveDate};
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn agrees_with_a_date_library(number in -4_300_000_i64..2_900_000) {
            let (year, month, day) = civil(number);
            prop_assert_eq!(day_number(year, month, day), number);
            let date = crate::model::time::day_of(number * 1440);
            let known = NaiveDate::from_ymd_opt(
                i32::try_from(year).unwrap(),
                u32::try_from(month).unwrap(),
                u32::try_from(day).unwrap(),
            );
            prop_assert_eq!(known, Some(date));
            prop_assert_eq!(weekday(number), i64::from(date.weekday().num_days_from_monday()));
        }
    }
}
