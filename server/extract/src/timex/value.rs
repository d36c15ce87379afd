//! Points and stretches of the calendar, as TIMEX3 values and as EDTF.

use crate::calendar::{Date, days_in_month};

use super::Modifier;

/// What a date expression denotes once resolved.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// A day.
    Day(Date),
    /// An ISO 8601 week.
    Week(i32, u8),
    /// Saturday and Sunday of an ISO 8601 week.
    Weekend(i32, u8),
    /// A month.
    Month(i32, u8),
    /// A quarter, from 1.
    Quarter(i32, u8),
    /// A half year, from 1.
    Half(i32, u8),
    /// A season by its TIMEX3 code.
    Season(i32, &'static str),
    /// A year.
    Year(i32),
    /// A decade by its first three digits: 199 for the 1990s.
    Decade(i32),
    /// A century by its first two digits: 19 for the 20th century.
    Century(i32),
    /// A stretch that TIMEX3 writes as the longer time it is a part of, or as the nearest week.
    Window {
        /// The TIMEX3 value.
        text: String,
        /// The first day.
        from: Date,
        /// The last day.
        to: Date,
    },
    /// Something the calendar cannot hold: a duration, a set, `PRESENT_REF`, a date with parts unknown.
    Other(String),
}

fn year_text(year: i32) -> String {
    if year > 0 { format!("{year:04}") } else { format!("BC{:04}", 1 - year) }
}

impl Value {
    /// The TIMEX3 value (TimeML 1.2.1, section 2.2).
    pub(crate) fn timex3(&self) -> String {
        match self {
            Self::Day(day) if day.year() > 0 => day.to_string(),
            Self::Day(day) => format!("{}-{:02}-{:02}", year_text(day.year()), day.month(), day.day()),
            Self::Week(year, week) => format!("{}-W{week:02}", year_text(*year)),
            Self::Weekend(year, week) => format!("{}-W{week:02}-WE", year_text(*year)),
            Self::Month(year, month) => format!("{}-{month:02}", year_text(*year)),
            Self::Quarter(year, quarter) => format!("{}-Q{quarter}", year_text(*year)),
            Self::Half(year, half) => format!("{}-H{half}", year_text(*year)),
            Self::Season(year, code) => format!("{}-{code}", year_text(*year)),
            Self::Year(year) => year_text(*year),
            Self::Decade(decade) if *decade >= 0 => format!("{decade:03}"),
            Self::Decade(decade) => format!("BC{:03}", -decade - 1),
            Self::Century(century) if *century >= 0 => format!("{century:02}"),
            Self::Century(century) => format!("BC{:02}", -century - 1),
            Self::Window { text, .. } | Self::Other(text) => text.clone(),
        }
    }

    /// The first and last day, where the calendar can say.
    pub(crate) fn days(&self) -> Option<(Date, Date)> {
        if let Self::Window { from, to, .. } = self {
            return Some((*from, *to));
        }
        let months =
            |year, first: u8, last: u8| Some((Date::month_start(year, first), Date::month_end(year, last)));
        match *self {
            Self::Day(day) => Some((day, day)),
            Self::Week(year, week) => {
                let monday = Date::from_iso_week(year, week);
                Some((monday, monday.plus_days(6)))
            }
            Self::Weekend(year, week) => {
                let monday = Date::from_iso_week(year, week);
                Some((monday.plus_days(5), monday.plus_days(6)))
            }
            Self::Month(year, month) => months(year, month, month),
            Self::Quarter(year, quarter) => months(year, quarter * 3 - 2, quarter * 3),
            Self::Half(year, half) => months(year, half * 6 - 5, half * 6),
            Self::Season(year, "SP") => months(year, 3, 5),
            Self::Season(year, "SU") => months(year, 6, 8),
            Self::Season(year, "FA") => months(year, 9, 11),
            Self::Season(year, _) => Some((Date::month_start(year, 12), Date::month_end(year + 1, 2))),
            Self::Year(year) => months(year, 1, 12),
            Self::Decade(decade) => {
                Some((Date::month_start(decade * 10, 1), Date::month_end(decade * 10 + 9, 12)))
            }
            Self::Century(century) => {
                Some((Date::month_start(century * 100, 1), Date::month_end(century * 100 + 99, 12)))
            }
            Self::Window { .. } | Self::Other(_) => None,
        }
    }

    /// EDTF, level 1 with one-of windows, or `None` when there is none without guessing.
    pub(crate) fn edtf(&self, modifier: Option<Modifier>) -> Option<String> {
        let (from, to) = self.days()?;
        if from.year() < 0 || to.year() > 9999 {
            return None;
        }
        let window = |a: Date, b: Date| Some(format!("[{a}..{b}]"));
        let plain = match self {
            Self::Day(day) => day.to_string(),
            Self::Month(year, month) => format!("{year:04}-{month:02}"),
            Self::Year(year) => format!("{year:04}"),
            Self::Season(year, code) => {
                let number = ["SP", "SU", "FA", "WI"].iter().position(|known| known == code)? + 21;
                format!("{year:04}-{number}")
            }
            Self::Decade(decade) => format!("{decade:03}X"),
            Self::Century(century) => format!("{century:02}XX"),
            _ => format!("[{from}..{to}]"),
        };
        match modifier {
            None
            | Some(Modifier::LessThan | Modifier::MoreThan | Modifier::EqualOrLess | Modifier::EqualOrMore) => {
                Some(plain)
            }
            Some(Modifier::Approx) if plain.starts_with('[') => Some(plain),
            Some(Modifier::Approx) => Some(format!("{plain}~")),
            Some(Modifier::Before) => Some(format!("[..{}]", from.plus_days(-1))),
            Some(Modifier::After) => Some(format!("[{}..]", to.plus_days(1))),
            Some(Modifier::OnOrBefore) => Some(format!("[..{to}]")),
            Some(Modifier::OnOrAfter) => Some(format!("[{from}..]")),
            Some(part @ (Modifier::Start | Modifier::Mid | Modifier::End)) => match *self {
                // The window is the part already.
                Self::Day(_) | Self::Window { .. } => Some(plain),
                Self::Month(year, month) => {
                    let (first, last) = match part {
                        Modifier::Start => (1, 10),
                        Modifier::Mid => (11, 20),
                        _ => (21, days_in_month(year, month)),
                    };
                    window(Date::new(year, month, first)?, Date::new(year, month, last)?)
                }
                Self::Year(year) => Some(match part {
                    Modifier::Start => format!("[{year:04}-01..{year:04}-04]"),
                    Modifier::Mid => format!("[{year:04}-05..{year:04}-08]"),
                    _ => format!("[{year:04}-09..{year:04}-12]"),
                }),
                _ => {
                    let third = (to.days() - from.days() + 1) / 3;
                    match part {
                        Modifier::Start => window(from, from.plus_days(third)),
                        Modifier::Mid => window(from.plus_days(third), to.plus_days(-third)),
                        _ => window(to.plus_days(-third), to),
                    }
                }
            },
        }
    }
}
