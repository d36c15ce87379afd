//! The date of an event: an EDTF expression (Library of Congress, 4 February 2019; a profile of ISO 8601-2), the
//! wording as printed, and what follows from the expression: its bounds, precision, qualifier and shape.
//!
//! The grammar is `edtf-core`'s. What is added here is the difference that news needs and a level 1 interval
//! cannot make: a *span* lasted from one date to the other, a *window* is when something happened once.

use chrono::NaiveDate;
use edtf_core::{
    Bound, Date, DateField, Edtf, IntervalEndpoint, Precision as Component, SetElement, SetKind, TimeShift,
    YearKind,
};
use serde::{Deserialize, Serialize};

use super::choice::choices;
use super::time::{self, Minute};
use crate::t;

choices! {
    /// How finely a date is known, by the coarsest of its parts.
    Precision in "precision" {
        /// To the minute, with a time of day.
        Minute = "minute";
        /// A calendar day.
        Day = "day";
        /// A calendar month.
        Month = "month";
        /// A season, quarter or other part of a year.
        Season = "season";
        /// A calendar year.
        Year = "year";
        /// A decade, century or other run of years.
        Era = "era";
    }
}

choices! {
    /// What the source says of how sure the date is.
    Qualifier in "qualifier" {
        /// Stated without reserve.
        Exact = "exact";
        /// "About" (EDTF `~`).
        Approximate = "approximate";
        /// "Perhaps" (EDTF `?`).
        Uncertain = "uncertain";
        /// Both (EDTF `%`).
        Both = "both";
    }
}

choices! {
    /// Whether the bounds say how long something lasted or when it happened once.
    Shape in "shape" {
        /// One date, of whatever precision.
        Moment = "moment";
        /// Lasted from one bound to the other.
        Span = "span";
        /// Happened once, some time between the bounds.
        Window = "window";
    }
}

/// Why a text is not a date that Impasse can keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateError {
    /// Not an EDTF expression; the parser's own words.
    Malformed(String),
    /// Outside the years that civil arithmetic here covers, −9999 to 9999.
    OutOfRange,
    /// A span or window that ends before it begins.
    Backwards,
    /// Says nothing about when, as `../..` does.
    Unbounded,
}

impl std::fmt::Display for DateError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Malformed(why) => f.write_str(&t!("date-error-malformed", why = why)),
            Self::OutOfRange => f.write_str(t!("date-error-years-from-9999-to-9999")),
            Self::Backwards => f.write_str(t!("date-error-this-ends-before-it-begins")),
            Self::Unbounded => f.write_str(t!("date-error-give-at-least-one-end")),
        }
    }
}

impl std::error::Error for DateError {}

/// A date with its evidence and what is derived from it. Made only by [`EventDate::parse`], so the derived parts
/// always agree with the expression.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Written")]
pub struct EventDate {
    edtf: String,
    printed: Option<String>,
    starts: Option<Minute>,
    ends: Option<Minute>,
    precision: Precision,
    qualifier: Qualifier,
    shape: Shape,
}

/// The part of a date that is written down; the rest follows from it.
#[derive(Deserialize)]
struct Written {
    edtf: String,
    #[serde(default)]
    printed: Option<String>,
}

impl TryFrom<Written> for EventDate {
    type Error = DateError;

    fn try_from(written: Written) -> Result<Self, DateError> {
        Ok(Self::parse(&written.edtf)?.with_printed(written.printed))
    }
}

impl Serialize for EventDate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Whole<'a> {
            edtf: &'a str,
            #[serde(skip_serializing_if = "Option::is_none")]
            printed: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            earliest: Option<NaiveDate>,
            #[serde(skip_serializing_if = "Option::is_none")]
            latest: Option<NaiveDate>,
            precision: Precision,
            qualifier: Qualifier,
            shape: Shape,
        }
        Whole {
            edtf: &self.edtf,
            printed: self.printed.as_deref(),
            earliest: self.earliest(),
            latest: self.latest(),
            precision: self.precision,
            qualifier: self.qualifier,
            shape: self.shape,
        }
        .serialize(serializer)
    }
}

impl EventDate {
    /// Reads an EDTF expression: levels 0 and 1, and of level 2 the sets and sub-year codes.
    ///
    /// # Errors
    /// When it is not EDTF, lies outside the years −9999 to 9999, ends before it begins, or is open on both sides.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let parsed = Edtf::parse(text.trim()).map_err(|error| DateError::Malformed(error.to_string()))?;
        let bounds = parsed.bounds();
        let mut starts = bound_day(bounds.earliest)?.map(time::day_start);
        let mut ends = bound_day(bounds.latest)?.map(time::day_end);
        if let (Edtf::DateTime(moment), Some(midnight)) = (&parsed, starts) {
            let shift = match moment.time.shift {
                Some(TimeShift::Offset { minutes, .. }) => i64::from(minutes),
                _ => 0,
            };
            let minute = midnight + i64::from(moment.time.hour) * 60 + i64::from(moment.time.minute) - shift;
            starts = Some(minute);
            ends = Some(minute + 1);
        }
        match (starts, ends) {
            (None, None) => return Err(DateError::Unbounded),
            (Some(from), Some(to)) if to <= from => return Err(DateError::Backwards),
            _ => {}
        }
        Ok(Self {
            edtf: parsed.to_string(),
            printed: None,
            starts,
            ends,
            precision: precision(&parsed),
            qualifier: match (parsed.is_approximate(), parsed.is_uncertain()) {
                (false, false) => Qualifier::Exact,
                (true, false) => Qualifier::Approximate,
                (false, true) => Qualifier::Uncertain,
                (true, true) => Qualifier::Both,
            },
            shape: shape(&parsed),
        })
    }

    /// The date of one calendar day.
    pub fn day(day: NaiveDate) -> Self {
        Self {
            edtf: day.format("%Y-%m-%d").to_string(),
            printed: None,
            starts: Some(time::day_start(day)),
            ends: Some(time::day_end(day)),
            precision: Precision::Day,
            qualifier: Qualifier::Exact,
            shape: Shape::Moment,
        }
    }

    /// The same date with the wording in which the source gives it.
    #[must_use]
    pub fn with_printed(mut self, printed: Option<String>) -> Self {
        self.printed = printed.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        self
    }

    /// The expression in its canonical spelling.
    pub fn edtf(&self) -> &str {
        &self.edtf
    }

    /// The wording of the source.
    pub fn printed(&self) -> Option<&str> {
        self.printed.as_deref()
    }

    /// The first minute that it may touch; none if the beginning is open or unknown.
    pub fn starts(&self) -> Option<Minute> {
        self.starts
    }

    /// The minute after the last that it may touch; none if the end is open or unknown.
    pub fn ends(&self) -> Option<Minute> {
        self.ends
    }

    /// The earliest day.
    pub fn earliest(&self) -> Option<NaiveDate> {
        self.starts.map(time::day_of)
    }

    /// The latest day.
    pub fn latest(&self) -> Option<NaiveDate> {
        self.ends.map(|end| time::day_of(end - 1))
    }

    /// Its earliest and latest day as the calendar had them where it was: for a time of day with an offset, the day that
    /// is written, which in UTC may be another one.
    pub fn civil_days(&self) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let written = self.edtf.split_once('T').and_then(|(day, _)| day.parse::<NaiveDate>().ok());
        match written.filter(|_| self.precision == Precision::Minute) {
            Some(day) => (Some(day), Some(day)),
            None => (self.earliest(), self.latest()),
        }
    }

    /// Where it stands in time order: its earliest minute, or for what is only known to lie before a date, the
    /// first minute of that date.
    pub fn sorts_at(&self) -> Minute {
        self.starts.or(self.ends.map(|end| (end - 1).div_euclid(time::DAY) * time::DAY)).unwrap_or_default()
    }

    /// How finely it is known.
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// How sure the source is of it.
    pub fn qualifier(&self) -> Qualifier {
        self.qualifier
    }

    /// Span, window or moment.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// Whether it is one calendar day or less, stated without reserve. Anything else must not be drawn as a point.
    pub fn is_exact(&self) -> bool {
        self.shape == Shape::Moment
            && self.qualifier == Qualifier::Exact
            && matches!(self.precision, Precision::Day | Precision::Minute)
    }

    /// The date in words that keep every reserve: "about 9 January 2026", "between 1 and 10 January 2026".
    pub fn words(&self) -> String {
        Edtf::parse(&self.edtf).map(|parsed| words::whole(&parsed)).unwrap_or_else(|_| self.edtf.clone())
    }

    /// The value for the `datetime` attribute of HTML's `<time>`, which knows years, months, days and times but
    /// neither spans nor reserves; none where that would claim too much.
    pub fn html_datetime(&self) -> Option<&str> {
        let plain = self.shape == Shape::Moment
            && self.qualifier == Qualifier::Exact
            && matches!(
                self.precision,
                Precision::Minute | Precision::Day | Precision::Month | Precision::Year
            )
            && !self.edtf.starts_with(['-', 'Y'])
            && !self.edtf.contains('X');
        plain.then_some(self.edtf.as_str())
    }
}

fn bound_day(bound: Bound) -> Result<Option<NaiveDate>, DateError> {
    match bound {
        Bound::Date(day) if (-9999..=9999).contains(&day.year) => i32::try_from(day.year)
            .ok()
            .and_then(|year| NaiveDate::from_ymd_opt(year, day.month.into(), day.day.into()))
            .map(Some)
            .ok_or(DateError::OutOfRange),
        Bound::Date(_) => Err(DateError::OutOfRange),
        _ => Ok(None),
    }
}

/// Every date that an expression is made of.
fn dates(parsed: &Edtf) -> Vec<&Date> {
    match parsed {
        Edtf::Date(date) => vec![date],
        Edtf::DateTime(moment) => vec![&moment.date],
        Edtf::Interval(interval) => [&interval.start, &interval.end]
            .into_iter()
            .filter_map(|end| match end {
                IntervalEndpoint::Date(date)
                | IntervalEndpoint::OnOrBefore(date)
                | IntervalEndpoint::OnOrAfter(date) => Some(date),
                IntervalEndpoint::Open | IntervalEndpoint::Unknown => None,
            })
            .collect(),
        Edtf::Set(set) => set
            .elements
            .iter()
            .flat_map(|element| match element {
                SetElement::Date(date) | SetElement::OnOrBefore(date) | SetElement::OnOrAfter(date) => {
                    vec![date]
                }
                SetElement::Range(from, to) => vec![from, to],
            })
            .collect(),
    }
}

fn precision(parsed: &Edtf) -> Precision {
    if let Edtf::DateTime(_) = parsed {
        return Precision::Minute;
    }
    dates(parsed).into_iter().map(date_precision).max().unwrap_or(Precision::Day)
}

fn date_precision(date: &Date) -> Precision {
    if date.year.has_unspecified() {
        Precision::Era
    } else if date.month.is_some_and(DateField::has_unspecified) {
        Precision::Year
    } else if date.day.is_some_and(DateField::has_unspecified) {
        Precision::Month
    } else {
        match date.precision() {
            Component::Day => Precision::Day,
            Component::Month => Precision::Month,
            Component::Season => Precision::Season,
            Component::Year => Precision::Year,
        }
    }
}

fn shape(parsed: &Edtf) -> Shape {
    match parsed {
        Edtf::Interval(_) => Shape::Span,
        Edtf::Set(set) if set.kind == SetKind::OneMember => Shape::Window,
        Edtf::Set(_) => Shape::Span,
        // Unspecified digits name one of several days or months, which is a window and not a whole month.
        Edtf::Date(date) if date.has_unspecified() => Shape::Window,
        Edtf::Date(_) | Edtf::DateTime(_) => Shape::Moment,
    }
}

mod words {
    use super::{
        Component, Date, DateField, Edtf, IntervalEndpoint, SetElement, SetKind, TimeShift, YearKind,
    };
    use crate::t;
    use crate::texts::drawing::{Word, dated, month_name, stretched, year_name};
    use crate::timeline::civil::day_number;

    pub(super) fn whole(parsed: &Edtf) -> String {
        match parsed {
            Edtf::Date(date) => qualified(date),
            Edtf::DateTime(moment) => {
                let (date, time) = (qualified(&moment.date), &moment.time);
                let clock = format!("{:02}:{:02}", time.hour, time.minute);
                match time.shift {
                    Some(TimeShift::Utc) => t!("date-time-utc", date = date, time = clock),
                    Some(TimeShift::Offset { minutes, .. }) => {
                        let sign = if minutes < 0 { '−' } else { '+' };
                        let offset = format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60);
                        t!("date-time-offset", date = date, time = clock, offset = offset)
                    }
                    None => t!("date-time", date = date, time = clock),
                }
            }
            Edtf::Interval(interval) => span(&interval.start, &interval.end),
            Edtf::Set(set) => {
                if let ([SetElement::Range(from, to)], SetKind::OneMember) =
                    (set.elements.as_slice(), set.kind)
                {
                    return between(from, to);
                }
                let parts: Vec<String> = set.elements.iter().map(element).collect();
                match (set.kind, parts.as_slice()) {
                    (_, [one]) => one.clone(),
                    (_, []) => String::new(),
                    (SetKind::OneMember, [most @ .., last]) => {
                        t!("date-or", dates = most.join(", "), last = last)
                    }
                    (SetKind::AllMembers, [most @ .., last]) => {
                        t!("date-and", dates = most.join(", "), last = last)
                    }
                }
            }
        }
    }

    fn span(start: &IntervalEndpoint, end: &IntervalEndpoint) -> String {
        use IntervalEndpoint::{Date as On, OnOrAfter, OnOrBefore, Open, Unknown};
        match (start, end) {
            (On(from), On(to)) => lasting(from, to),
            (On(from), Open) => t!("date-since", date = qualified(from)),
            (On(from), Unknown) => t!("date-end-unknown", date = qualified(from)),
            (Open, On(to)) => t!("date-until", date = qualified(to)),
            (Unknown, On(to)) => t!("date-beginning-unknown", date = qualified(to)),
            _ => {
                let from = match start {
                    On(date) => qualified(date),
                    OnOrBefore(date) | OnOrAfter(date) => t!("date-or-earlier", date = qualified(date)),
                    Open | Unknown => t!("date-unknown").to_owned(),
                };
                let to = match end {
                    On(date) => qualified(date),
                    OnOrBefore(date) | OnOrAfter(date) => t!("date-or-later", date = qualified(date)),
                    Open | Unknown => t!("date-unknown").to_owned(),
                };
                t!("date-span", from = from, to = to)
            }
        }
    }

    fn element(element: &SetElement) -> String {
        match element {
            SetElement::Date(date) => qualified(date),
            SetElement::OnOrBefore(date) => t!("date-by", date = qualified(date)),
            SetElement::OnOrAfter(date) => t!("date-on-or-after", date = qualified(date)),
            SetElement::Range(from, to) => lasting(from, to),
        }
    }

    /// Two dates, naming once the year and month that they share: "5 to 9 March 2026".
    /// Two dates of one year, stated without reserve: their days if both have one, or their months.
    enum Near {
        InMonth,
        InYear,
        Months,
    }

    fn near(from: &Date, to: &Date) -> Option<(Near, i64, i64)> {
        let plain = |date: &Date| !date.is_approximate() && !date.is_uncertain() && !date.has_unspecified();
        if !plain(from) || !plain(to) || from.year != to.year {
            return None;
        }
        let number = |date: &Date| {
            let month = date.month.and_then(DateField::value)?;
            Some((month, date.day.and_then(DateField::value), date.year.value()?))
        };
        let ((month, day, year), (end_month, end_day, end_year)) = (number(from)?, number(to)?);
        let at = |year: i64, month: u8, day: u8| day_number(year, month.into(), day.into());
        match (day, end_day) {
            (Some(day), Some(end)) => {
                let near = if month == end_month { Near::InMonth } else { Near::InYear };
                Some((near, at(year, month, day), at(end_year, end_month, end)))
            }
            (None, None) if (1..=12).contains(&month) && (1..=12).contains(&end_month) => {
                Some((Near::Months, at(year, month, 1), at(end_year, end_month, 1)))
            }
            _ => None,
        }
    }

    /// From one date to another.
    fn lasting(from: &Date, to: &Date) -> String {
        match near(from, to) {
            Some((Near::InMonth, first, last)) => stretched(Word::InMonth, first, last),
            Some((Near::InYear, first, last)) => stretched(Word::InYear, first, last),
            Some((Near::Months, ..)) => {
                t!("date-months", month = month(from), endmonth = month(to), year = year(to))
            }
            None => t!("date-span", from = qualified(from), to = qualified(to)),
        }
    }

    /// Some time between two dates.
    fn between(from: &Date, to: &Date) -> String {
        match near(from, to) {
            Some((Near::InMonth, ..)) => {
                t!("date-between-days", day = day(from), endday = day(to), month = month(to), year = year(to))
            }
            Some((Near::InYear, ..)) => t!(
                "date-between-in-year",
                day = day(from),
                month = month(from),
                endday = day(to),
                endmonth = month(to),
                year = year(to)
            ),
            Some((Near::Months, ..)) => {
                t!("date-between-months", month = month(from), endmonth = month(to), year = year(to))
            }
            None => t!("date-between", from = qualified(from), to = qualified(to)),
        }
    }

    fn day(date: &Date) -> String {
        date.day.and_then(DateField::value).map(|day| day.to_string()).unwrap_or_default()
    }

    fn month(date: &Date) -> &'static str {
        date.month.and_then(DateField::value).map_or("", |month| month_name(month.into()))
    }

    fn qualified(date: &Date) -> String {
        let plain = plain(date);
        match (date.is_uncertain(), date.is_approximate()) {
            (false, false) => plain,
            (false, true) => t!("date-about", date = plain),
            (true, false) => t!("date-perhaps", date = plain),
            (true, true) => t!("date-perhaps-about", date = plain),
        }
    }

    fn plain(date: &Date) -> String {
        let year = year(date);
        let month = date.month.and_then(DateField::value);
        let day = date.day.and_then(DateField::value);
        match (date.month, month, date.day, day) {
            (None, ..) => year,
            (Some(_), None, ..) => t!("date-some-month", year = year),
            (_, Some(month), Some(_), Some(day)) => match date.year.value() {
                Some(number) => dated(Word::Day, day_number(number, month.into(), day.into())),
                // The pattern has a place for a year, whatever is known of it.
                None => dated(Word::Day, day_number(UNKNOWN, month.into(), day.into()))
                    .replace(&UNKNOWN.to_string(), &year),
            },
            (_, Some(month), Some(_), None) => {
                t!("date-some-day", month = month_name(month.into()), year = year)
            }
            (_, Some(code), None, _) if date.precision() == Component::Season => part_of_year(code, &year),
            (_, Some(month), None, _) => t!("date-month", month = month_name(month.into()), year = year),
        }
    }

    /// A leap year that no date has.
    const UNKNOWN: i64 = 998_800;

    fn year(date: &Date) -> String {
        if let Some(value) = date.year.value() {
            return year_name(value);
        }
        if let YearKind::Standard { negative: false, digits } = date.year.kind {
            match digits {
                [Some(a), Some(b), Some(c), None] => {
                    return t!("date-decade", decade = format!("{a}{b}{c}0"));
                }
                [Some(a), Some(b), None, None] => {
                    return t!("date-some-year", first = format!("{a}{b}00"), last = format!("{a}{b}99"));
                }
                _ => {}
            }
        }
        t!("date-unspecified-year").to_owned()
    }

    fn part_of_year(code: u8, year: &str) -> String {
        match code {
            21 | 25 | 29 => t!("date-spring", year = year),
            22 | 26 | 30 => t!("date-summer", year = year),
            23 | 27 | 31 => t!("date-autumn", year = year),
            24 | 28 | 32 => t!("date-winter", year = year),
            33 => t!("date-quarter-1", year = year),
            34 => t!("date-quarter-2", year = year),
            35 => t!("date-quarter-3", year = year),
            36 => t!("date-quarter-4", year = year),
            37 => t!("date-third-1", year = year),
            38 => t!("date-third-2", year = year),
            39 => t!("date-third-3", year = year),
            40 => t!("date-half-1", year = year),
            41 => t!("date-half-2", year = year),
            _ => format!("{year}-{code}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> EventDate {
        EventDate::parse(text).unwrap()
    }

    #[test]
    fn words_keep_every_reserve() {
        for (edtf, words) in [
            ("2026-01-09", "9 January 2026"),
            ("2026-01-09~", "about 9 January 2026"),
            ("2026-01-09?", "perhaps 9 January 2026"),
            ("2026-01-09%", "perhaps about 9 January 2026"),
            ("2026-01", "January 2026"),
            ("2026", "2026"),
            ("2026-01-XX", "some day in January 2026"),
            ("2026-XX", "some month of 2026"),
            ("202X", "the 2020s"),
            ("2025-23", "autumn 2025"),
            ("2026-33", "first quarter of 2026"),
            ("2025-09/..", "since September 2025"),
            ("../2026-02", "until February 2026"),
            ("2025-09/", "from September 2025, end unknown"),
            ("2026-03-05/2026-03-09", "5 to 9 March 2026"),
            ("2026-01/2026-03", "January to March 2026"),
            ("2026-01~/2026-01-29", "about January 2026 to 29 January 2026"),
            ("[2026-01-01..2026-01-10]", "between 1 and 10 January 2026"),
            ("[2026-02-27..2026-03-05]", "between 27 February and 5 March 2026"),
            ("[..2026-02-27]", "by 27 February 2026"),
            ("[2026-02-27..]", "on or after 27 February 2026"),
            ("[2026-02-27,2026-03-05]", "27 February 2026 or 5 March 2026"),
            ("2026-01-09T14:30:00Z", "9 January 2026, 14:30 UTC"),
            ("2026-01-09T14:30:00-05:00", "9 January 2026, 14:30 UTC−05:00"),
        ] {
            assert_eq!(date(edtf).words(), words, "{edtf}");
        }
    }

    #[test]
    fn derives_bounds_shape_and_precision() {
        let window = date("[2026-01-01..2026-01-10]");
        assert_eq!((window.shape(), window.precision()), (Shape::Window, Precision::Day));
        assert_eq!(window.earliest().unwrap().to_string(), "2026-01-01");
        assert_eq!(window.latest().unwrap().to_string(), "2026-01-10");
        assert_eq!(date("2025-09/..").shape(), Shape::Span);
        assert_eq!(date("2025-09/..").ends(), None);
        assert_eq!(date("2026-01-XX").shape(), Shape::Window);
        assert_eq!(date("2026-01-XX").precision(), Precision::Month);
        assert_eq!(date("2026-01").shape(), Shape::Moment);
        assert!(date("2026-01-09").is_exact());
        assert!(!date("2026-01").is_exact());
        assert!(!date("2026-01-09~").is_exact());
        assert_eq!(date("[..2026-02-27]").sorts_at(), date("2026-02-27").starts().unwrap());
    }

    #[test]
    fn times_are_read_in_their_zone() {
        let utc = date("2026-01-09T19:30:00Z");
        assert_eq!(date("2026-01-09T14:30:00-05:00").starts(), utc.starts());
        assert_eq!(utc.ends().unwrap() - utc.starts().unwrap(), 1);
    }

    #[test]
    fn refuses_what_cannot_be_kept() {
        assert!(EventDate::parse("../..").is_err());
        assert_eq!(EventDate::parse("Y170000002"), Err(DateError::OutOfRange));
        assert!(matches!(EventDate::parse("2026-02-30"), Err(DateError::Malformed(_))));
        assert!(EventDate::parse("2026-03/2026-01").is_err());
    }

    #[test]
    fn serde_recomputes_what_is_derived() {
        let json =
            serde_json::to_string(&date("2026-01-09~").with_printed(Some("around Jan. 9".into()))).unwrap();
        assert!(json.contains("\"earliest\":\"2026-01-09\""), "{json}");
        let lying = json.replace("\"earliest\":\"2026-01-09\"", "\"earliest\":\"1999-01-01\"");
        let back: EventDate = serde_json::from_str(&lying).unwrap();
        assert_eq!(back.earliest().unwrap().to_string(), "2026-01-09");
        assert_eq!(back.printed(), Some("around Jan. 9"));
    }
}
