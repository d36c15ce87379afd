//! What the axis says: a fine row of ticks, and above it the period they lie in, which never scrolls away.

use super::civil::{civil, day_number, weekday};
use super::scale::Scale;
use crate::texts::drawing::{Word, dated, short_month, stretched, year_name};

/// The room of the period's name at the left edge, in units; the names of periods that begin within it give way.
pub const HERE: f64 = 152.0;

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;
/// No axis needs more; a bug must not fill the page.
const MOST: usize = 600;

/// The distance from one tick to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Minutes(i64),
    Day,
    Week,
    Months(i64),
    Years(i64),
}

/// Every step with the least room that its labels need, finest first.
const STEPS: [(Step, f64); 22] = [
    (Step::Minutes(5), 60.0),
    (Step::Minutes(15), 60.0),
    (Step::Minutes(30), 60.0),
    (Step::Minutes(HOUR), 60.0),
    (Step::Minutes(3 * HOUR), 60.0),
    (Step::Minutes(6 * HOUR), 60.0),
    (Step::Minutes(12 * HOUR), 60.0),
    (Step::Day, 60.0),
    (Step::Week, 70.0),
    (Step::Months(1), 60.0),
    (Step::Months(3), 60.0),
    (Step::Months(6), 60.0),
    (Step::Years(1), 64.0),
    (Step::Years(2), 64.0),
    (Step::Years(5), 64.0),
    (Step::Years(10), 64.0),
    (Step::Years(20), 64.0),
    (Step::Years(50), 64.0),
    (Step::Years(100), 64.0),
    (Step::Years(500), 78.0),
    (Step::Years(1000), 78.0),
    (Step::Years(5000), 78.0),
];

impl Step {
    fn minutes(self) -> f64 {
        match self {
            Self::Minutes(minutes) => minutes as f64,
            Self::Day => DAY as f64,
            Self::Week => 7.0 * DAY as f64,
            Self::Months(months) => months as f64 * 28.0 * DAY as f64,
            Self::Years(years) => years as f64 * 365.0 * DAY as f64,
        }
    }

    /// The last tick at or before a minute.
    fn floor(self, minute: i64) -> i64 {
        let day = minute.div_euclid(DAY);
        match self {
            Self::Minutes(minutes) => minute.div_euclid(minutes) * minutes,
            Self::Day => day * DAY,
            Self::Week => (day - weekday(day)) * DAY,
            Self::Months(months) => {
                let (year, month, _) = civil(day);
                day_number(year, (month - 1).div_euclid(months) * months + 1, 1) * DAY
            }
            Self::Years(years) => day_number(civil(day).0.div_euclid(years) * years, 1, 1) * DAY,
        }
    }

    fn next(self, tick: i64) -> i64 {
        match self {
            Self::Minutes(minutes) => tick + minutes,
            Self::Day => tick + DAY,
            Self::Week => tick + 7 * DAY,
            // A jump that surely lands within the next period but not beyond it.
            Self::Months(months) => self.floor(tick + (months * 31 + 1) * DAY),
            Self::Years(years) => self.floor(tick + (years * 366 + 1) * DAY),
        }
    }

    /// The coarser step whose name gives the ticks their meaning.
    fn period(self) -> Option<Self> {
        match self {
            Self::Minutes(_) => Some(Self::Day),
            Self::Day | Self::Week => Some(Self::Months(1)),
            Self::Months(_) => Some(Self::Years(1)),
            Self::Years(_) => None,
        }
    }

    fn label(self, tick: i64) -> String {
        let day = tick.div_euclid(DAY);
        match self {
            Self::Minutes(_) => {
                let minute = tick.rem_euclid(DAY);
                let mut text = two(minute / HOUR);
                text.push(':');
                text.push_str(&two(minute % HOUR));
                text
            }
            Self::Day => dated(Word::TickDay, day),
            Self::Week => dated(Word::TickWeek, day),
            Self::Months(_) => short_month(civil(day).1).to_owned(),
            Self::Years(_) => year_name(civil(day).0),
        }
    }

    fn name(self, tick: i64) -> String {
        let day = tick.div_euclid(DAY);
        match self {
            Self::Day => dated(Word::Day, day),
            Self::Months(_) => dated(Word::Month, day),
            _ => year_name(civil(day).0),
        }
    }
}

fn two(number: i64) -> String {
    let mut text = String::new();
    if number < 10 {
        text.push('0');
    }
    text.push_str(&number.to_string());
    text
}

/// A place on the axis with words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// The minute.
    pub at: i64,
    /// What it says.
    pub label: String,
}

/// What the axis says over a stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticks {
    /// The fine row, in order.
    pub fine: Vec<Tick>,
    /// The periods that the fine row lies in, in order; the first begins at or before the stretch. Empty where the
    /// ticks are years, which need no more.
    pub periods: Vec<Tick>,
}

impl Ticks {
    /// The period that the left edge names: the one at the end of its name's room, so that the last hours of December
    /// do not stand over a whole January.
    pub fn here(&self, scale: &Scale) -> Option<&Tick> {
        self.period_at(scale.time(HERE.min(scale.width / 2.0)))
    }

    /// The period that a minute lies in.
    pub fn period_at(&self, minute: f64) -> Option<&Tick> {
        let after = self.periods.partition_point(|period| period.at as f64 <= minute);
        self.periods.get(after.saturating_sub(1))
    }
}

/// The ticks of a scale from one place to another, as close as their labels allow.
pub fn ticks(scale: &Scale, left: f64, right: f64) -> Ticks {
    let step = STEPS
        .iter()
        .find(|(step, room)| step.minutes() * scale.density() >= *room)
        .map_or(Step::Years(5000), |(step, _)| *step);
    let (from, to) = (scale.time(left).floor() as i64, scale.time(right).ceil() as i64);
    Ticks {
        fine: run(step, from, to, Step::label),
        periods: step.period().map(|period| run(period, from, to, Step::name)).unwrap_or_default(),
    }
}

fn run(step: Step, from: i64, to: i64, words: impl Fn(Step, i64) -> String) -> Vec<Tick> {
    let mut at = step.floor(from);
    let mut out = Vec::new();
    while at <= to && out.len() < MOST {
        out.push(Tick { at, label: words(step, at) });
        at = step.next(at);
    }
    out
}

/// A day in words, for the status line: "9 January 2026".
pub fn day_words(minute: f64) -> String {
    dated(Word::Day, (minute.floor() as i64).div_euclid(DAY))
}

/// A stretch in words, by days, naming once the month and year that both ends share: "1 to 31 January 2026".
pub fn stretch_words(from: f64, to: f64) -> String {
    let day = |minute: f64| (minute.floor() as i64).div_euclid(DAY);
    let (first, last) = (day(from), day((to - 1.0).max(from)));
    let ((year, month, _), end) = (civil(first), civil(last));
    let pattern = if first == last {
        Word::Day
    } else if (year, month) == (end.0, end.1) {
        Word::InMonth
    } else if year == end.0 {
        Word::InYear
    } else {
        Word::Stretch
    };
    stretched(pattern, first, last)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn labels(ticks: &[Tick]) -> Vec<&str> {
        ticks.iter().map(|tick| tick.label.as_str()).collect()
    }

    #[test]
    fn says_where_one_is() {
        let january = day_number(2026, 1, 1) * DAY;
        let scale = Scale::new(january as f64, (january + 14 * DAY) as f64, 1000.0);
        let found = ticks(&scale, 0.0, 1000.0);
        assert_eq!(found.fine[0].label, "Thu 1");
        assert_eq!(labels(&found.periods), ["January 2026"]);

        let scale = Scale::new(january as f64, (january + 400 * DAY) as f64, 1000.0);
        let found = ticks(&scale, 0.0, 1000.0);
        assert_eq!(&labels(&found.fine)[..3], ["Jan", "Feb", "Mar"]);
        assert_eq!(labels(&found.periods), ["2026", "2027"]);
        assert_eq!(found.period_at((january + 20 * DAY) as f64).unwrap().label, "2026");

        let scale = Scale::new(january as f64, (january + DAY) as f64, 1000.0);
        let found = ticks(&scale, 0.0, 1000.0);
        assert_eq!(&labels(&found.fine)[..2], ["00:00", "03:00"]);
        assert_eq!(found.periods[0].label, "1 January 2026");

        let scale = Scale::new(0.0, 60.0 * 365.25 * DAY as f64, 1000.0);
        let found = ticks(&scale, 0.0, 1000.0);
        assert_eq!(&labels(&found.fine)[..2], ["1970", "1975"]);
    }

    #[test]
    fn names_a_stretch() {
        let january = (day_number(2026, 1, 1) * DAY) as f64;
        assert_eq!(stretch_words(january, january + 1440.0), "1 January 2026");
        assert_eq!(stretch_words(january, january + 31.0 * 1440.0), "1 to 31 January 2026");
        assert_eq!(stretch_words(january, january + 60.0 * 1440.0), "1 January to 1 March 2026");
        assert_eq!(stretch_words(january - 1440.0, january + 1440.0), "31 December 2025 to 1 January 2026");
    }

    proptest! {
        #[test]
        fn ticks_have_room_and_order(from in -5.2e9..4.2e9, length in 120.0..1e10, width in 300.0..3000.0) {
            let scale = Scale::new(from, from + length, width);
            let found = ticks(&scale, -width, 2.0 * width);
            prop_assert!(!found.fine.is_empty() && found.fine.len() < 400);
            for pair in found.fine.windows(2) {
                let apart = scale.x(pair[1].at as f64) - scale.x(pair[0].at as f64);
                prop_assert!(apart >= 40.0, "{} and {} are {apart} apart", pair[0].label, pair[1].label);
            }
            // The whole stretch is covered.
            prop_assert!(scale.x(found.fine[0].at as f64) <= -width + 1e-3);
            if let Some(first) = found.periods.first() {
                prop_assert!(first.at <= found.fine[0].at.max(scale.time(-width) as i64));
            }
        }
    }
}
