//! Where a chronicle stands: the date its story has reached, from which the next partial date is read.

use super::value::Value;

/// How much further a story may leap ahead than back to reach a month that it names without a year.
const BACK_WEIGHT: i64 = 2;

/// The date a chronicle has reached.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scene {
    year: i32,
    month: Option<u8>,
}

impl Scene {
    /// The scene after a date is named. A year alone keeps the month when it is the year we are in.
    pub(crate) fn after(held: Option<Self>, value: &Value) -> Option<Self> {
        let (year, month) = match *value {
            Value::Day(day) => (day.year(), Some(day.month())),
            Value::Month(year, month) => (year, Some(month)),
            Value::Season(year, _) | Value::Quarter(year, _) | Value::Half(year, _) => {
                let (from, _) = value.days()?;
                (year, Some(from.month()))
            }
            Value::Year(year) => match held {
                Some(held) if held.year == year => return Some(held),
                _ => (year, None),
            },
            _ => return held,
        };
        Some(Self { year, month })
    }

    /// How many years lie between the scene and a year.
    pub(crate) fn years_from(self, year: i32) -> i32 {
        (self.year - year).abs()
    }

    /// The year of a month named without one, with the reason and how sure it is.
    pub(crate) fn year_of(self, month: u8) -> (i32, String, f32) {
        let Some(here) = self.month else {
            return (self.year, format!("year from the date named before, {}", self.year), 0.8);
        };
        let basis = format!("year from the date named before, {}-{here:02}", self.year);
        let ahead = (i64::from(month) - i64::from(here)).rem_euclid(12);
        let back = (12 - ahead) % 12;
        let forward = ahead <= back * BACK_WEIGHT || back == 0;
        let year = match (forward, month >= here) {
            (true, true) | (false, false) => self.year,
            (true, false) => self.year + 1,
            (false, true) => self.year - 1,
        };
        (year, basis, 0.75)
    }
}
