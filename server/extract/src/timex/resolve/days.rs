//! Days, months and weekdays: which year, month or week the text means.

use crate::calendar::{Date, shift_month};
use crate::lexicon::Tense;

use super::{Resolved, Resolver};
use crate::timex::Reading;
use crate::timex::expr::{Rel, YearSpec};
use crate::timex::value::Value;

impl Resolver {
    pub(super) fn figures(&self, year: i32, first: u8, second: u8) -> Resolved {
        let month_first = Date::new(year, first, second);
        let day_first = Date::new(year, second, first);
        let (Some(a), Some(b)) = (month_first, day_first) else { return Self::unknown("XXXX-XX-XX") };
        match self.day_first {
            Some(true) => Self::sure(Value::Day(b), "day first, as other dates of this text are", 0.85),
            Some(false) => Self::sure(Value::Day(a), "month first, as other dates of this text are", 0.85),
            None => {
                let reading = |date: Date, basis: &str| Reading {
                    value: date.to_string(),
                    edtf: date.to_string(),
                    basis: basis.to_owned(),
                };
                Resolved {
                    value: Value::Day(a),
                    basis: "the order of month and day is not known".to_owned(),
                    confidence: 0.4,
                    readings: vec![reading(a, "month first"), reading(b, "day first")],
                }
            }
        }
    }

    /// The year in which a month (and day) falls when the words do not say.
    pub(super) fn open_year(
        &self,
        month: u8,
        day: Option<u8>,
        tense: Option<Tense>,
    ) -> Option<(i32, String, f32)> {
        if self.narrative
            && let Some(scene) = self.scene
        {
            return Some(scene.year_of(month));
        }
        if let Some(year) = self.period_year.filter(|_| day.is_some()) {
            return Some((year, format!("year of the period it ended, {year}"), 0.8));
        }
        // A year named just before, in a sentence about another year, still holds.
        if let Some((year, _)) = self.last_year.filter(|(year, sentence)| {
            *sentence == self.sentence && self.published.is_none_or(|published| published.year() != *year)
        }) {
            return Some((year, format!("year from the date named before, {year}"), 0.75));
        }
        let base = self.published.or_else(|| self.spoken())?;
        // How far ahead and how far back the nearest such dates lie: in days, or in months when no day is given.
        let (ahead, back) = match day {
            Some(day) => {
                let of_year = |month: u8, day: u8| i64::from(month) * 31 + i64::from(day);
                let ahead = (of_year(month, day) - of_year(base.month(), base.day())).rem_euclid(372);
                (ahead, 372 - ahead)
            }
            None => {
                let ahead = (i64::from(month) - i64::from(base.month())).rem_euclid(12);
                (ahead, 12 - ahead)
            }
        };
        let weight = if day.is_some() { 4 } else { 6 };
        let (ahead_cost, back_cost) = match tense {
            Some(Tense::Past) => (ahead * weight, back),
            Some(Tense::Future) => (ahead, back * weight),
            _ => (ahead, back),
        };
        let forward = ahead == 0
            || !self.since
                && (ahead_cost < back_cost || ahead_cost == back_cost && tense != Some(Tense::Past));
        let later_in_year = match day {
            Some(day) => (month, day) >= (base.month(), base.day()),
            None => month >= base.month(),
        };
        let year = match (forward, later_in_year) {
            (true, true) | (false, false) => base.year(),
            (true, false) => base.year() + 1,
            (false, true) => base.year() - 1,
        };
        let (how, confidence) =
            match tense.filter(|tense| (*tense == Tense::Future) == (forward && ahead > 0)) {
                Some(Tense::Past) => (" and the past tense of the clause", 0.9),
                Some(Tense::Future) => (" and the clause looking ahead", 0.85),
                _ => (", taking the nearest", 0.75),
            };
        Some((year, format!("year from the publication date {base}{how}"), confidence))
    }

    pub(super) fn day(&self, year: YearSpec, month: Option<u8>, day: u8, tense: Option<Tense>) -> Resolved {
        let Some(month) = month else {
            let Some(base) = self.now() else { return Self::unknown(&format!("XXXX-XX-{day:02}")) };
            let shift = match tense {
                Some(Tense::Future) if day < base.day() => 1,
                Some(Tense::Past) if day > base.day() => -1,
                None if day > base.day() + 15 => -1,
                _ => 0,
            };
            let (year, month) =
                shift_month(base.year(), base.month(), if self.narrative { 0 } else { shift });
            let basis = format!("month from {base}");
            return match Date::new(year, month, day) {
                Some(date) => Self::sure(Value::Day(date), basis, 0.75),
                None => Self::unknown(&format!("XXXX-XX-{day:02}")),
            };
        };
        let (year, basis, confidence) = match year {
            YearSpec::Given(year) => (Some(year), "given in full".to_owned(), 0.98),
            YearSpec::Relative(rel) => (self.year_of(rel), self.publication_words(), 0.95),
            YearSpec::Open => match self.open_year(month, Some(day), tense) {
                Some((year, basis, confidence)) => (Some(year), basis, confidence),
                None => (None, String::new(), 0.0),
            },
        };
        match year.and_then(|year| Date::new(year, month, day)) {
            Some(date) => Self::sure(Value::Day(date), basis, confidence),
            None => Self::unknown(&format!("XXXX-{month:02}-{day:02}")),
        }
    }

    pub(super) fn month(
        &self,
        year: YearSpec,
        month: u8,
        rel: Option<Rel>,
        tense: Option<Tense>,
    ) -> Resolved {
        let relative = |rel: Rel| -> Option<i32> {
            let base = match rel {
                Rel::Following | Rel::Preceding | Rel::Same => self.spoken().or(self.published)?,
                _ => self.published.or_else(|| self.spoken())?,
            };
            Some(match rel {
                // "last January" said in March is this year's; "last May" said in March is last year's.
                Rel::Last | Rel::Preceding => base.year() - i32::from(month >= base.month()),
                Rel::Next | Rel::Following => base.year() + i32::from(month <= base.month()),
                Rel::This | Rel::Same | Rel::Bare => base.year(),
            })
        };
        let (year, basis, confidence) = match (year, rel) {
            (YearSpec::Given(year), _) => (Some(year), "given in full".to_owned(), 0.98),
            (YearSpec::Relative(rel), _) => (self.year_of(rel), self.publication_words(), 0.95),
            (YearSpec::Open, Some(rel)) => (relative(rel), self.publication_words(), 0.9),
            (YearSpec::Open, None) => match self.open_year(month, None, tense) {
                Some((year, basis, confidence)) => (Some(year), basis, confidence),
                None => (None, String::new(), 0.0),
            },
        };
        match year {
            Some(year) => Self::sure(Value::Month(year, month), basis, confidence),
            None => Self::unknown(&format!("XXXX-{month:02}")),
        }
    }

    pub(super) fn weekday(
        &self,
        day: u8,
        rel: Option<Rel>,
        week: Option<Rel>,
        tense: Option<Tense>,
    ) -> Resolved {
        let Some(base) = self.now() else { return Self::unknown(&format!("XXXX-WXX-{day}")) };
        let base = match (rel, week) {
            (Some(Rel::Following | Rel::Preceding | Rel::Same), _) => self.last_day.unwrap_or(base),
            (_, Some(Rel::Same)) => self.spoken().unwrap_or(base),
            _ => base,
        };
        let ahead = (i64::from(day) - i64::from(base.weekday())).rem_euclid(7);
        let days = match (week, rel) {
            (Some(week), _) => {
                let shift = match week {
                    Rel::Last | Rel::Preceding => -7,
                    Rel::Next | Rel::Following => 7,
                    _ => 0,
                };
                i64::from(day) - i64::from(base.weekday()) + shift
            }
            (None, Some(Rel::Last | Rel::Preceding)) => {
                if ahead == 0 {
                    -7
                } else {
                    ahead - 7
                }
            }
            (None, Some(Rel::Next | Rel::Following)) => {
                if ahead == 0 {
                    7
                } else {
                    ahead
                }
            }
            (None, Some(Rel::This)) => match tense {
                Some(Tense::Past) => {
                    if ahead == 0 {
                        0
                    } else {
                        ahead - 7
                    }
                }
                _ => ahead,
            },
            _ => match tense {
                Some(Tense::Future) => ahead,
                _ if ahead == 0 => 0,
                _ => ahead - 7,
            },
        };
        let how = match (week, rel, tense) {
            (None, None, Some(Tense::Future)) => ", the clause looking ahead",
            (None, None, _) => ", the last such day",
            _ => "",
        };
        let origin = if self.narrative && self.published != Some(base) {
            format!("from the date named before, {base}")
        } else {
            format!("from the publication date {base}")
        };
        let confidence = if week.is_some() || rel.is_some() { 0.9 } else { 0.85 };
        Self::sure(Value::Day(base.plus_days(days)), format!("{origin}{how}"), confidence)
    }
}
