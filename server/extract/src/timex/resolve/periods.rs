//! Seasons, holidays, quarters, and units such as "last week".

use crate::calendar::{Date, shift_month};
use crate::lexicon::{self, Tense, Unit};

use super::{Resolved, Resolver};
use crate::timex::expr::{Rel, YearSpec};
use crate::timex::value::Value;

impl Resolver {
    pub(super) fn season(
        &self,
        season: &'static str,
        year: YearSpec,
        rel: Option<Rel>,
        tense: Option<Tense>,
    ) -> Resolved {
        let start: u8 = match season {
            "SP" => 3,
            "SU" => 6,
            "FA" => 9,
            _ => 12,
        };
        let year = match (year, rel) {
            (YearSpec::Given(year), _) => {
                return Self::sure(Value::Season(year, season), "given in full", 0.95);
            }
            (YearSpec::Relative(rel), _) => self.year_of(rel),
            (YearSpec::Open, rel) => {
                let base = match rel {
                    Some(Rel::Following | Rel::Preceding | Rel::Same) => self.spoken().or(self.published),
                    _ => self.now(),
                };
                let tense = if self.narrative { None } else { tense };
                base.map(|base| {
                    let begun = base.month() >= start;
                    // In January and February the winter is that of the December before.
                    let carried = i32::from(season == "WI" && base.month() <= 2 && !self.narrative);
                    match rel {
                        Some(Rel::Last | Rel::Preceding) => {
                            base.year() - i32::from(base.month() < start + 3 || season == "WI") - carried
                        }
                        Some(Rel::Next | Rel::Following) => base.year() + i32::from(begun),
                        Some(_) => base.year() - carried,
                        None if tense == Some(Tense::Past) && !begun => base.year() - 1,
                        None if tense == Some(Tense::Future) && base.month() > start + 2 => base.year() + 1,
                        None if tense == Some(Tense::Future) => base.year(),
                        None => base.year() - carried,
                    }
                })
            }
        };
        match year {
            Some(year) => Self::sure(Value::Season(year, season), self.publication_words(), 0.75),
            None => Self::unknown(&format!("XXXX-{season}")),
        }
    }

    pub(super) fn holiday(&self, name: &str, year: YearSpec, tense: Option<Tense>) -> Resolved {
        let in_year = |year: i32| lexicon::holiday(name, year);
        let day = match year {
            YearSpec::Given(year) => in_year(year),
            YearSpec::Relative(rel @ (Rel::This | Rel::Same)) => self.year_of(rel).and_then(in_year),
            YearSpec::Relative(Rel::Last | Rel::Preceding) => self.now().and_then(|now| {
                in_year(now.year()).filter(|day| *day < now).or_else(|| in_year(now.year() - 1))
            }),
            YearSpec::Relative(_) => self.now().and_then(|now| {
                in_year(now.year()).filter(|day| *day > now).or_else(|| in_year(now.year() + 1))
            }),
            YearSpec::Open if self.narrative && self.scene.is_some() => self.scene.and_then(|scene| {
                let month = in_year(2000)?.month();
                in_year(scene.year_of(month).0)
            }),
            YearSpec::Open => self.now().and_then(|now| {
                let here = in_year(now.year())?;
                match tense {
                    Some(Tense::Past) if here > now => in_year(now.year() - 1),
                    Some(Tense::Future) if here < now => in_year(now.year() + 1),
                    _ => {
                        let options = [in_year(now.year() - 1), Some(here), in_year(now.year() + 1)];
                        options.into_iter().flatten().min_by_key(|day| (day.days() - now.days()).abs())
                    }
                }
            }),
        };
        match day {
            Some(day) => {
                Self::sure(Value::Day(day), format!("the holiday's day, {}", self.publication_words()), 0.85)
            }
            None => Self::unknown("XXXX-XX-XX"),
        }
    }

    /// "The 1988 period", compared with the nine months spoken of: no closer than its year.
    pub(super) fn months_before(&self, year: YearSpec) -> Resolved {
        let year = match year {
            YearSpec::Given(year) => Some(year),
            YearSpec::Relative(rel) => {
                self.now().map(|now| now.year() - i32::from(!matches!(rel, Rel::This)))
            }
            YearSpec::Open => self.now().map(Date::year),
        };
        match year {
            Some(year) => Self::sure(Value::Year(year), "the months spoken of, in that year", 0.6),
            None => Self::unknown("XXXX"),
        }
    }

    pub(super) fn quarter(
        &self,
        number: Option<u8>,
        year: YearSpec,
        rel: Rel,
        half: bool,
        tense: Option<Tense>,
    ) -> Resolved {
        let Some(base) = self.now() else { return Self::unknown(if half { "XXXX-HX" } else { "XXXX-QX" }) };
        let parts: u8 = if half { 2 } else { 4 };
        let months = 12 / parts;
        let build = |year: i32, number: u8| {
            if half { Value::Half(year, number) } else { Value::Quarter(year, number) }
        };
        let here = (base.month() - 1) / months + 1;
        let step = |by: i32| {
            let index = base.year() * i32::from(parts) + i32::from(here) - 1 + by;
            (index.div_euclid(i32::from(parts)), (index.rem_euclid(i32::from(parts)) + 1) as u8)
        };
        // The quarter a report speaks of; without one, the last that ended.
        let spoken = self.quarter.filter(|_| !half).unwrap_or_else(|| step(-1));
        let basis = self.publication_words();
        // With no quarter to compare with, "the same period last year" says no more than the year.
        if number.is_none()
            && !half
            && self.quarter.is_none()
            && year == YearSpec::Relative(Rel::Preceding)
            && self.quarter_spoken.is_none()
        {
            let year = self.year_of(Rel::Last).unwrap_or(base.year() - 1);
            return Self::sure(Value::Year(year), basis, 0.6);
        }
        let result = match (number, year) {
            (Some(number), YearSpec::Given(year)) => {
                return Self::sure(build(year, number), "given in full", 0.95);
            }
            (Some(number), YearSpec::Relative(rel)) => {
                let year = match rel {
                    Rel::Preceding => spoken.0 - 1,
                    rel => self.year_of(rel).unwrap_or(base.year()),
                };
                (year, number)
            }
            (Some(number), YearSpec::Open) if self.period_year.is_some() => {
                (self.period_year.unwrap_or(base.year()), number)
            }
            (Some(number), YearSpec::Open) => {
                let ahead = i64::from((number + parts - here) % parts);
                let back = i64::from((here + parts - number) % parts);
                let forward = match tense {
                    Some(Tense::Past) => false,
                    // Who "expects to report third-quarter earnings" speaks of a quarter that has ended.
                    Some(Tense::Future) => ahead <= back,
                    _ => ahead < back,
                };
                let year = match (forward, number.cmp(&here)) {
                    (true, std::cmp::Ordering::Less) => base.year() + 1,
                    (false, std::cmp::Ordering::Greater) => base.year() - 1,
                    _ => base.year(),
                };
                (year, number)
            }
            (None, YearSpec::Given(year)) => (year, spoken.1),
            (None, YearSpec::Relative(Rel::Preceding)) => (spoken.0 - 1, spoken.1),
            (None, YearSpec::Relative(rel)) => (self.year_of(rel).unwrap_or(base.year()), spoken.1),
            (None, YearSpec::Open) => match rel {
                Rel::This => self.quarter.unwrap_or_else(|| step(0)),
                Rel::Last => step(-1),
                Rel::Next => step(1),
                Rel::Following => {
                    let index = spoken.0 * 4 + i32::from(spoken.1);
                    (index.div_euclid(4), (index.rem_euclid(4) + 1) as u8)
                }
                Rel::Preceding => {
                    let index = spoken.0 * 4 + i32::from(spoken.1) - 2;
                    (index.div_euclid(4), (index.rem_euclid(4) + 1) as u8)
                }
                Rel::Same | Rel::Bare => match &self.last {
                    Some(Value::Quarter(year, quarter)) if rel == Rel::Same => (*year, *quarter),
                    _ => spoken,
                },
            },
        };
        Self::sure(build(result.0, result.1), basis, 0.8)
    }

    pub(super) fn unit(&self, unit: Unit, rel: Rel) -> Resolved {
        let anaphoric = matches!(rel, Rel::Following | Rel::Preceding | Rel::Same);
        let base = if anaphoric { self.spoken().or(self.published) } else { self.now() };
        let shift: i64 = match rel {
            Rel::Last | Rel::Preceding => -1,
            Rel::Next | Rel::Following => 1,
            _ => 0,
        };
        let base = match (rel, unit) {
            (Rel::Last | Rel::This | Rel::Next, _) if self.published.is_some() && !self.narrative => {
                self.published
            }
            (Rel::Same, Unit::Day) if self.narrative => self.last_day_spoken(),
            (Rel::Same, Unit::Day) => self.last_day_spoken().or(self.published).or(base),
            (Rel::Following | Rel::Preceding, Unit::Day) => {
                self.last.as_ref().and_then(Value::days).map(|(_, to)| to).or(base)
            }
            _ => base,
        };
        // "That same day" of a chronicle with no day to lean on is not the day the chronicle was published.
        let base =
            base.filter(|_| !self.narrative || !anaphoric || unit != Unit::Day || self.spoken().is_some());
        let Some(base) = base else {
            return Self::unknown(match unit {
                Unit::Day => "XXXX-XX-XX",
                Unit::Week => "XXXX-WXX",
                Unit::Month => "XXXX-XX",
                _ => "XXXX",
            });
        };
        let value = match unit {
            Unit::Week | Unit::Fortnight => {
                let (year, week) = base.plus_days(7 * shift).iso_week();
                Value::Week(year, week)
            }
            Unit::Month => {
                let (year, month) = shift_month(base.year(), base.month(), shift);
                Value::Month(year, month)
            }
            Unit::Quarter => {
                let (year, month) = shift_month(base.year(), base.month(), 3 * shift);
                Value::Quarter(year, (month - 1) / 3 + 1)
            }
            Unit::Year => Value::Year(base.year() + shift as i32),
            Unit::Decade => Value::Decade(base.year().div_euclid(10) + shift as i32),
            Unit::Century => Value::Century(base.year().div_euclid(100) + shift as i32),
            Unit::Millennium => {
                return Self::sure(
                    Value::Other(format!("{}", base.year() / 1000)),
                    self.publication_words(),
                    0.6,
                );
            }
            _ => Value::Day(base.plus_days(shift)),
        };
        let basis = if anaphoric && self.spoken().is_some() {
            format!("from the date named before, {base}")
        } else {
            format!("from the publication date {base}")
        };
        Self::sure(value, basis, if anaphoric || rel == Rel::Bare { 0.75 } else { 0.92 })
    }

    pub(super) fn weekend(&self, rel: Rel, tense: Option<Tense>) -> Resolved {
        let Some(base) = self.now() else { return Self::unknown("XXXX-WXX-WE") };
        let weekday = base.weekday();
        let shift = match rel {
            Rel::Last | Rel::Preceding => -7,
            Rel::Next | Rel::Following => 7,
            Rel::This | Rel::Same => 0,
            Rel::Bare => match tense {
                Some(Tense::Future) => 0,
                _ if weekday <= 3 => -7,
                Some(Tense::Past) if weekday < 6 => -7,
                _ => 0,
            },
        };
        let (year, week) = base.plus_days(shift).iso_week();
        Self::sure(Value::Weekend(year, week), self.publication_words(), 0.8)
    }
}
