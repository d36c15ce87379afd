//! Dates as they stand in the cells and lines of files.

use chrono::NaiveDate;
use impasse_app::model::date::EventDate;
use impasse_app::model::date_input::{self, DateQuestion};

use crate::reading::{DayOrder, Options};
use impasse_app::t;

/// Reads a date in EDTF, ISO 8601, figures or English words. Nothing is guessed: what can be read in two ways is asked,
/// unless [`Options::order`] says which is meant.
pub(crate) fn read_date(text: &str, options: &Options) -> Result<EventDate, DateQuestion> {
    let text = text.trim();
    if text.chars().nth(200).is_some() {
        return Err(question(t!("row-date-too-long"), Vec::new()));
    }
    if let Some(edtf) = moment(text) {
        return EventDate::parse(&edtf).map_err(|error| question(&error.to_string(), Vec::new()));
    }
    figures(text, options.order).unwrap_or_else(|| date_input::read_date(text, options.today))
}

fn question(message: &str, readings: Vec<EventDate>) -> DateQuestion {
    DateQuestion { message: message.to_owned(), readings }
}

/// A day with a time as ISO 8601 and spreadsheets have it, in the one form that EDTF knows: with seconds, without
/// their fractions, and the offset as Z or ±hh:mm.
fn moment(text: &str) -> Option<String> {
    let (day, rest) = (text.get(..10)?, text.get(10..)?);
    NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?;
    let rest = rest.strip_prefix(['T', 't', ' '])?.trim();
    let zone_at = rest.find(['Z', 'z', '+', '-', '−']).unwrap_or(rest.len());
    let (time, zone) = (rest.get(..zone_at)?.trim(), rest.get(zone_at..)?);
    let whole = time.split_once(['.', ',']).map_or(Some(time), |(whole, fraction)| {
        fraction.bytes().all(|byte| byte.is_ascii_digit()).then_some(whole)
    })?;
    let parts: Vec<&str> = whole.split(':').collect();
    let is_time = (2..=3).contains(&parts.len())
        && parts.iter().all(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit()));
    if !is_time {
        return None;
    }
    let second = parts.get(2).unwrap_or(&"00");
    Some(format!("{day}T{}:{}:{second}{}", parts.first()?, parts.get(1)?, offset(zone)?))
}

fn offset(zone: &str) -> Option<String> {
    if matches!(zone, "" | "Z" | "z") {
        return Some(zone.to_uppercase());
    }
    let (sign, figures) = match zone.strip_prefix('+') {
        Some(rest) => ('+', rest),
        None => ('-', zone.strip_prefix(['-', '−'])?),
    };
    let figures: String = figures.chars().filter(|c| *c != ':').collect();
    if !figures.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match figures.len() {
        2 => Some(format!("{sign}{figures}:00")),
        4 => Some(format!("{sign}{}:{}", figures.get(..2)?, figures.get(2..)?)),
        _ => None,
    }
}

/// Day, month and year in figures; none if the text is something else.
fn figures(text: &str, order: Option<DayOrder>) -> Option<Result<EventDate, DateQuestion>> {
    let parts: Vec<&str> = text.split(['/', '-', '.']).map(str::trim).collect();
    let [a, b, c] = parts.as_slice() else { return None };
    if parts.iter().any(|part| part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let day = |year: &str, month: &str, day: &str| {
        NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
            .map(EventDate::day)
    };
    let no_day = || question(t!("date-input-there-is-no-such-day"), Vec::new());
    match (a.len(), b.len(), c.len()) {
        // 2026/01/09: nobody puts the day second after the year.
        (4, 1..=2, 1..=2) => Some(day(a, b, c).ok_or_else(no_day)),
        (1..=2, 1..=2, 2) => Some(Err(question(t!("row-year-of-four"), Vec::new()))),
        (1..=2, 1..=2, 4) => Some(match (day(c, b, a), day(c, a, b), order) {
            (Some(first), _, Some(DayOrder::DayFirst)) => Ok(first),
            (_, Some(second), Some(DayOrder::MonthFirst)) => Ok(second),
            // A file that is not in the order that somebody gave may be so in other rows, where it does not show.
            (Some(other), None, Some(_)) | (None, Some(other), Some(_)) => {
                Err(question(t!("row-no-day-in-order"), vec![other]))
            }
            (Some(first), Some(second), None) if first != second => {
                Err(question(&t!("date-input-can-be-read-in-two", text = text), vec![first, second]))
            }
            (Some(only), _, None) | (None, Some(only), None) => Ok(only),
            _ => Err(no_day()),
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(order: Option<DayOrder>) -> Options {
        Options { order, ..Options::on(NaiveDate::from_ymd_opt(2026, 6, 1).unwrap()) }
    }

    fn edtf(text: &str, order: Option<DayOrder>) -> Result<String, Vec<String>> {
        read_date(text, &options(order))
            .map(|date| date.edtf().to_owned())
            .map_err(|asked| asked.readings.iter().map(|date| date.edtf().to_owned()).collect())
    }

    #[test]
    fn reads_what_is_clear() {
        for (text, expected) in [
            ("2026-01-09", "2026-01-09"),
            ("2026-01~", "2026-01~"),
            ("[..2026-02-27]", "[..2026-02-27]"),
            ("2025-09/..", "2025-09/.."),
            ("9 January 2026", "2026-01-09"),
            ("Jan 9, 2026", "2026-01-09"),
            ("early January 2026", "[2026-01-01..2026-01-10]"),
            ("2026/01/09", "2026-01-09"),
            ("13/09/2026", "2026-09-13"),
            ("09/09/2026", "2026-09-09"),
            ("2026-01-09 14:05", "2026-01-09T14:05:00"),
            ("2026-01-09T14:05:30.250Z", "2026-01-09T14:05:30Z"),
            ("2026-01-09T14:05:00+0100", "2026-01-09T14:05:00+01:00"),
            ("today", "2026-06-01"),
        ] {
            assert_eq!(edtf(text, None).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn asks_where_two_readings_are_possible() {
        let both = vec!["2026-09-01".to_owned(), "2026-01-09".to_owned()];
        for text in ["01/09/2026", "1.9.2026", "01-09-2026"] {
            assert_eq!(edtf(text, None), Err(both.clone()), "{text}");
            assert_eq!(edtf(text, Some(DayOrder::DayFirst)).as_deref(), Ok("2026-09-01"));
            assert_eq!(edtf(text, Some(DayOrder::MonthFirst)).as_deref(), Ok("2026-01-09"));
        }
        assert_eq!(edtf("13/09/2026", Some(DayOrder::MonthFirst)), Err(vec!["2026-09-13".to_owned()]));
    }

    #[test]
    fn guesses_nothing() {
        for text in
            ["", "soon", "46031", "01/09/26", "31/02/2026", "2026-02-30 10:00", "a/b/c", "2026-01-09 25:00"]
        {
            assert_eq!(edtf(text, None), Err(Vec::new()), "{text}");
        }
        assert!(read_date(&"9".repeat(10_000), &options(None)).is_err());
    }
}
