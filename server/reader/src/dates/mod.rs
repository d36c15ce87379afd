//! When a source was published, on whose word.
//!
//! Every place that gives a date is read, weighed by how often such places are right, and kept with its name. The
//! first-ranked reading is a proposal; disagreement is reported, never settled in silence.

mod address;
mod evidence;
mod names;
pub(crate) mod wording;

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

pub(crate) use address::order_of_place;
pub(crate) use evidence::{of_page, of_text};
use wording::Found;

use crate::{Agreement, DateRole, DateSource, DateSourceKind, DatedBy, Hint};

/// The dates that a source gives for itself; the part of a [`Document`](crate::Document) that is about them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dating {
    /// See [`Document::published`](crate::Document::published).
    pub published: Option<DatedBy>,
    /// See [`Document::modified`](crate::Document::modified).
    pub modified: Option<DatedBy>,
    /// See [`Document::readings`](crate::Document::readings).
    pub readings: Vec<DatedBy>,
    /// See [`Document::agreement`](crate::Document::agreement).
    pub agreement: Agreement,
}

/// Readings as they are gathered, each with its weight.
pub(crate) struct Readings {
    all: Vec<(u32, DatedBy)>,
    latest: Option<NaiveDate>,
}

/// From this weight on a reading says outright that it is the date of publication; those below are read off the page.
pub(crate) const STATED: u32 = 60;
const KEPT: usize = 24;

impl Readings {
    pub fn new(hint: &Hint<'_>) -> Self {
        // A day later is still today somewhere.
        Self { all: Vec::new(), latest: hint.retrieved.and_then(|day| day.checked_add_days(Days::new(1))) }
    }

    /// Keeps a reading; dates in the future are none.
    pub fn add(
        &mut self,
        weight: u32,
        found: Found,
        wording: &str,
        role: DateRole,
        kind: DateSourceKind,
        name: &str,
    ) {
        if self
            .latest
            .is_some_and(|latest| found.day > latest && found.other.is_none_or(|other| other > latest))
        {
            return;
        }
        let (mut day, mut other) = (found.day, found.other);
        if let (Some(latest), Some(second)) = (self.latest, other) {
            // What can only be meant one way is plain.
            if day > latest {
                (day, other) = (second, None);
            } else if second > latest {
                other = None;
            }
        }
        let reading = DatedBy {
            day,
            time: found.time,
            alternatives: other.into_iter().collect(),
            wording: shortened(wording),
            source: DateSource { kind, name: name.to_owned() },
            role,
        };
        let known = self.all.iter_mut().find(|(_, known)| {
            known.source == reading.source && known.role == reading.role && known.day == reading.day
        });
        match known {
            Some((old, _)) => *old = (*old).max(weight),
            None => self.all.push((weight, reading)),
        }
    }

    /// Whether a reading of the publication date weighs at least so much.
    pub fn has(&self, weight: u32) -> bool {
        self.all.iter().any(|(own, reading)| *own >= weight && reading.role == DateRole::Published)
    }

    /// Ranks them and says whether they agree.
    pub fn settle(mut self) -> Dating {
        self.resolve_by_the_others();
        self.all.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
        self.prefer_the_local_day();
        let first = |role: DateRole| self.all.iter().find(|(_, reading)| reading.role == role).cloned();
        let best = first(DateRole::Published);
        let agreement = best.as_ref().map_or(Agreement::None, |(weight, best)| {
            // Only what stands as high may gainsay: a date in the text of the page does not, an address does.
            let floor = STATED.min(*weight);
            let mut agreement = Agreement::Single;
            for (own, reading) in &self.all {
                if reading.role != DateRole::Published || *own < floor || reading.source == best.source {
                    continue;
                }
                if reading.day == best.day {
                    if agreement == Agreement::Single {
                        agreement = Agreement::Agree;
                    }
                } else if !reading.alternatives.contains(&best.day) {
                    agreement = Agreement::Disagree;
                }
            }
            agreement
        });
        let published = best.map(|(_, reading)| reading);
        let modified = first(DateRole::Modified).map(|(_, reading)| reading);
        self.all.truncate(KEPT);
        Dating {
            published,
            modified,
            readings: self.all.into_iter().map(|(_, reading)| reading).collect(),
            agreement,
        }
    }

    /// A clock in UTC is a machine's; what the page prints, or its address says, is the publisher's own day. Where the
    /// first reading is in UTC, and places of two sorts (or one with an offset of its own) name the day before or
    /// after and can be the same instant, the best of those goes first.
    fn prefer_the_local_day(&mut self) {
        let Some(at) = self.all.iter().position(|(_, reading)| reading.role == DateRole::Published) else {
            return;
        };
        let (top, best) = (self.all[at].0, &self.all[at].1);
        let Some(utc) = clock_in_utc(best) else { return };
        let utc = best.day.and_time(utc);
        let local: Vec<usize> = (0..self.all.len())
            .filter(|at| {
                let (weight, reading) = &self.all[*at];
                reading.role == DateRole::Published
                    && *weight >= STATED
                    && reading.alternatives.is_empty()
                    && (reading.day - best.day).num_days().abs() == 1
                    && same_instant(utc, reading)
            })
            .collect();
        let Some(first) = local.first() else { return };
        let sort = |at: &usize| match self.all[*at].1.source.kind {
            DateSourceKind::Url => 0,
            DateSourceKind::Byline
            | DateSourceKind::Element
            | DateSourceKind::Time
            | DateSourceKind::Text => 1,
            _ => 2,
        };
        let has_offset = |at: &usize| {
            let reading = &self.all[*at].1;
            clock_in_utc(reading).is_none()
                && reading.time.as_ref().is_some_and(|time| time.len() > "00:00:00".len())
        };
        let several = local.iter().any(|at| sort(at) != sort(first));
        if several || local.iter().any(has_offset) {
            let (_, reading) = self.all.remove(*first);
            self.all.insert(at, (top, reading));
        }
    }

    /// 03/04 beside a plain 3 April is a plain 3 April.
    fn resolve_by_the_others(&mut self) {
        let plain: Vec<NaiveDate> = self
            .all
            .iter()
            .filter(|(_, reading)| reading.alternatives.is_empty())
            .map(|(_, reading)| reading.day)
            .collect();
        for (_, reading) in &mut self.all {
            if let [other] = reading.alternatives[..] {
                match (plain.contains(&reading.day), plain.contains(&other)) {
                    (true, false) => reading.alternatives.clear(),
                    (false, true) => {
                        reading.day = other;
                        reading.alternatives.clear();
                    }
                    _ => {}
                }
            }
        }
    }
}

fn clock_in_utc(reading: &DatedBy) -> Option<NaiveTime> {
    let clock = reading.time.as_deref()?.strip_suffix("+00:00")?;
    NaiveTime::parse_from_str(clock, "%H:%M:%S").ok()
}

/// Whether a reading of another day can be the same instant as one in UTC, on a clock somewhere between 12 hours
/// behind and 14 hours ahead.
fn same_instant(utc: NaiveDateTime, reading: &DatedBy) -> bool {
    let clock = reading
        .time
        .as_deref()
        .and_then(|time| time.get(..8))
        .map(|time| NaiveTime::parse_from_str(time, "%H:%M:%S"));
    match clock {
        Some(Ok(clock)) => {
            let minutes = (reading.day.and_time(clock) - utc).num_minutes();
            // Printed clocks are sometimes some minutes off; offsets are whole quarters of an hour.
            let off = minutes.rem_euclid(15);
            (-12 * 60..=14 * 60).contains(&minutes) && (off <= 2 || off >= 13)
        }
        _ if reading.day < utc.date() => utc.hour() < 12,
        _ => utc.hour() >= 10,
    }
}

fn shortened(wording: &str) -> String {
    let cleaned =
        wording.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let mut out = String::new();
    for word in cleaned {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
        if out.len() > 200 {
            break;
        }
    }
    match out.char_indices().nth(200) {
        Some((end, _)) => out[..end].to_owned(),
        None => out,
    }
}
