//! Deadlines: how they stand, and those whose day is counted from another event.
//!
//! Days are calendar days, counted from the day after the base as in "180 days after the memo"; the base's own time of
//! day does not matter. A month or year later is the same day of that month; where that month is too short for it, its
//! last day, as in `java.time.LocalDate.plusMonths`: 31 January and one month is 28 or 29 February. What a contract or
//! a court means by "business days", or by a last day that is a holiday, cannot be known here and is not counted.

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::choice::choices;
use super::date::{EventDate, Precision, Qualifier, Shape};
use super::id::EventId;
use crate::t;

choices! {
    /// How a deadline stands. It is set by people and never by the clock.
    DueState in "due-state" {
        /// Nothing is known of how it ended.
        Pending = "pending";
        /// What was due was done.
        Met = "met";
        /// What was due was not done.
        Missed = "missed";
        /// It was put off, or brought forward; its earlier days are in its history.
        Moved = "moved";
    }
}

choices! {
    /// In what is counted.
    Unit in "unit" {
        /// Calendar days.
        Days = "days";
        /// Seven days.
        Weeks = "weeks";
        /// Calendar months.
        Months = "months";
        /// Calendar years.
        Years = "years";
    }
}

choices! {
    /// On which side of its base a day lies.
    Side in "side" {
        /// Later than it.
        After = "after";
        /// Earlier than it.
        Before = "before";
    }
}

/// That an event is a deadline.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Due {
    /// How it stands.
    pub state: DueState,
    /// What its day is counted from; none where it is known by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<DueRule>,
}

/// How the day of a deadline follows from the date of another event.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DueRule {
    /// The event that is counted from.
    pub base: EventId,
    /// How many; at least 1 and at most [`DueRule::MOST`].
    pub count: u32,
    /// Of what.
    pub unit: Unit,
    /// In which direction.
    pub side: Side,
}

/// Why no day can be counted from a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Uncountable {
    /// It is open at an end, so that it may be any day.
    Open,
    /// It lasted: nothing says from which of its days is counted.
    Lasting,
    /// It is about or perhaps a month, year or window: EDTF has no such reserve for the days between two others.
    Reserved,
    /// A part of the year without a first and a last day that everybody agrees on.
    Season,
    /// The outcome would lie outside the years that dates here cover.
    OutOfRange,
}

impl std::fmt::Display for Uncountable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Open => t!("uncountable-open"),
            Self::Lasting => t!("uncountable-lasting"),
            Self::Reserved => t!("uncountable-reserved"),
            Self::Season => t!("uncountable-season"),
            Self::OutOfRange => t!("uncountable-out-of-range"),
        })
    }
}

impl DueRule {
    /// The highest count.
    pub const MOST: u32 = 10_000;

    /// The rule in words, without its base: "180 days after".
    pub fn words(&self) -> String {
        let length = match self.unit {
            Unit::Days => t!("count-days", count = self.count),
            Unit::Weeks => t!("count-weeks", count = self.count),
            Unit::Months => t!("count-months", count = self.count),
            Unit::Years => t!("count-years", count = self.count),
        };
        match self.side {
            Side::After => t!("due-rule-after", length = length),
            Side::Before => t!("due-rule-before", length = length),
        }
    }

    /// The date that follows from a base. A day gives a day, with the same reserve. A base of which only the bounds are
    /// known gives the bounds between which the deadline lies, each counted by itself.
    ///
    /// # Errors
    /// Where the outcome could not be defended.
    pub fn date_from(&self, base: &EventDate) -> Result<EventDate, Uncountable> {
        if base.shape() == Shape::Span {
            return Err(match (base.earliest(), base.latest()) {
                (Some(_), Some(_)) => Uncountable::Lasting,
                _ => Uncountable::Open,
            });
        }
        if base.precision() == Precision::Season && !base.edtf().contains("-3") && !base.edtf().contains("-4")
        {
            return Err(Uncountable::Season);
        }
        let (first, last) = match base.civil_days() {
            (Some(first), Some(last)) => (first, last),
            _ => return Err(Uncountable::Open),
        };
        let first = self.day_from(first).ok_or(Uncountable::OutOfRange)?;
        let last = self.day_from(last).ok_or(Uncountable::OutOfRange)?;
        let reserve = match base.qualifier() {
            Qualifier::Exact => "",
            Qualifier::Approximate => "~",
            Qualifier::Uncertain => "?",
            Qualifier::Both => "%",
        };
        let written = match (first == last, reserve) {
            (true, reserve) => format!("{}{reserve}", iso(first)),
            (false, "") => format!("[{}..{}]", iso(first), iso(last)),
            (false, _) => return Err(Uncountable::Reserved),
        };
        EventDate::parse(&written).map_err(|_| Uncountable::OutOfRange)
    }

    fn day_from(&self, day: NaiveDate) -> Option<NaiveDate> {
        let months = |each: u32| self.count.checked_mul(each).map(Months::new);
        let days = |each: u64| Days::new(u64::from(self.count) * each);
        match (self.unit, self.side) {
            (Unit::Days, Side::After) => day.checked_add_days(days(1)),
            (Unit::Days, Side::Before) => day.checked_sub_days(days(1)),
            (Unit::Weeks, Side::After) => day.checked_add_days(days(7)),
            (Unit::Weeks, Side::Before) => day.checked_sub_days(days(7)),
            (Unit::Months, Side::After) => day.checked_add_months(months(1)?),
            (Unit::Months, Side::Before) => day.checked_sub_months(months(1)?),
            (Unit::Years, Side::After) => day.checked_add_months(months(12)?),
            (Unit::Years, Side::Before) => day.checked_sub_months(months(12)?),
        }
    }
}

/// A day as EDTF writes it, which has no plus sign before years after 9999: those are refused as they are parsed.
fn iso(day: NaiveDate) -> String {
    use chrono::Datelike;
    let sign = if day.year() < 0 { "-" } else { "" };
    format!("{sign}{:04}-{:02}-{:02}", day.year().abs(), day.month(), day.day())
}

impl Due {
    /// How it stands on a day, in words: "Pending, 12 days overdue as of 28 November 2026". What is past its last day is
    /// said to be so, and stays pending until somebody knows how it ended.
    pub fn words(&self, date: &EventDate, today: NaiveDate) -> String {
        let late = date.latest().map(|last| (today - last).num_days()).filter(|days| *days > 0);
        match (self.state, late) {
            (DueState::Pending, Some(days)) => {
                let today = super::time::long_day(today);
                t!("due-overdue", state = self.state.label(), days = days, today = today)
            }
            (state, _) => state.label().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rule(count: u32, unit: Unit, side: Side) -> DueRule {
        DueRule { base: EventId::from("memo"), count, unit, side }
    }

    fn counted(edtf: &str, count: u32, unit: Unit, side: Side) -> Result<String, Uncountable> {
        let date = EventDate::parse(edtf).unwrap();
        rule(count, unit, side).date_from(&date).map(|date| date.edtf().to_owned())
    }

    #[test]
    fn days_and_weeks_are_counted_on_the_calendar() {
        use Side::{After, Before};
        assert_eq!(counted("2026-01-09", 180, Unit::Days, After).unwrap(), "2026-07-08");
        assert_eq!(counted("2026-01-09", 9, Unit::Days, Before).unwrap(), "2025-12-31");
        assert_eq!(counted("2028-02-28", 1, Unit::Days, After).unwrap(), "2028-02-29");
        assert_eq!(counted("2026-01-09", 2, Unit::Weeks, After).unwrap(), "2026-01-23");
    }

    #[test]
    fn a_month_that_is_too_short_gives_its_last_day() {
        use Side::{After, Before};
        for (from, count, unit, side, to) in [
            ("2026-01-31", 1, Unit::Months, After, "2026-02-28"),
            ("2028-01-31", 1, Unit::Months, After, "2028-02-29"),
            ("2026-03-31", 1, Unit::Months, Before, "2026-02-28"),
            ("2026-02-28", 1, Unit::Months, After, "2026-03-28"),
            ("2024-02-29", 1, Unit::Years, After, "2025-02-28"),
            ("2024-02-29", 4, Unit::Years, After, "2028-02-29"),
        ] {
            assert_eq!(counted(from, count, unit, side).unwrap(), to, "{from}");
        }
    }

    #[test]
    fn what_is_unsure_stays_as_unsure() {
        use Side::After;
        for (from, to) in [
            ("2026-01-09~", "2026-01-19~"),
            ("2026-01-09?", "2026-01-19?"),
            ("2026-01-09%", "2026-01-19%"),
            ("[2026-01-05..2026-01-09]", "[2026-01-15..2026-01-19]"),
            ("2026-01", "[2026-01-11..2026-02-10]"),
            ("2026-01-XX", "[2026-01-11..2026-02-10]"),
            ("2026-33", "[2026-01-11..2026-04-10]"),
            // The day on which it was, where it was.
            ("2026-01-09T23:30:00-05:00", "2026-01-19"),
            ("2026-01-09T00:30:00+05:00", "2026-01-19"),
        ] {
            assert_eq!(counted(from, 10, Unit::Days, After).unwrap(), to, "{from}");
        }
        // Each day of a window is counted by itself, and where they come to one day that is the day.
        assert_eq!(counted("[2026-01-30..2026-01-31]", 1, Unit::Months, After).unwrap(), "2026-02-28");
    }

    #[test]
    fn what_cannot_be_defended_is_not_counted() {
        use Side::After;
        for (from, why) in [
            ("2025-09/..", Uncountable::Open),
            ("[..2026-02-27]", Uncountable::Open),
            ("2026-03-05/2026-03-09", Uncountable::Lasting),
            ("2026-21", Uncountable::Season),
            ("2026-01~", Uncountable::Reserved),
            ("9999-12-31", Uncountable::OutOfRange),
        ] {
            assert_eq!(counted(from, 1, Unit::Days, After), Err(why), "{from}");
        }
    }

    #[test]
    fn what_is_past_its_day_is_overdue_and_not_missed() {
        let due = Due { state: DueState::Pending, rule: None };
        let on =
            |edtf: &str, today: &str| due.words(&EventDate::parse(edtf).unwrap(), today.parse().unwrap());
        assert_eq!(on("2026-01-09", "2026-01-09"), "Pending");
        assert_eq!(on("2026-01-09", "2026-01-10"), "Pending, 1 day overdue as of 10 January 2026");
        assert_eq!(on("2026-01", "2026-02-02"), "Pending, 2 days overdue as of 2 February 2026");
        let met = Due { state: DueState::Met, ..due.clone() };
        assert_eq!(met.words(&EventDate::parse("2026").unwrap(), "2030-01-01".parse().unwrap()), "Met");
    }

    proptest! {
        #[test]
        fn days_after_and_before_cancel_out(from in -3_000_000_i64..2_000_000, count in 1..=DueRule::MOST) {
            let day = NaiveDate::from_num_days_from_ce_opt(i32::try_from(from).unwrap() + 719_163).unwrap();
            prop_assume!((-9900..=9900).contains(&chrono::Datelike::year(&day)));
            let base = EventDate::parse(&iso(day)).unwrap();
            if let Ok(later) = rule(count, Unit::Days, Side::After).date_from(&base) {
                prop_assert_eq!(rule(count, Unit::Days, Side::Before).date_from(&later).unwrap(), base);
            }
        }
    }
}
