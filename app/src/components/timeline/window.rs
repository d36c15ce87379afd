//! Which events of a dispute a page holds: all of them while they are few, else the most important of each stretch,
//! with counts of the rest.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::model::date::{EventDate, Qualifier, Shape};
use crate::model::dispute::{Party, Position};
use crate::model::event::{Importance, Kind};
use crate::model::id::{EventId, PartyId};
use crate::model::steps::{Place, Steps};
use crate::model::time;
use crate::model::view::{Group, Range, View};
use crate::store::{EventBrief, Outline};
use crate::t;
use crate::timeline::layout::ROOMY;
use crate::timeline::rail::cell;
use crate::timeline::scale::{Scale, fit};
use crate::timeline::{Form, InLanes, Item, Rest, Rules};

/// The width that the server lays out for, in units. A page shows the drawing at about this width on a desktop;
/// elsewhere the positions still hold, in per cent, and labels that have less room are cut short.
pub const NOMINAL: f64 = 1120.0;
/// The most events that a page holds one by one.
pub const LIMIT: usize = 320;
/// Into how many stretches a window is divided to choose the most important of each.
pub const STRETCHES: usize = 64;
/// The most lanes; what belongs to none of them shares a last one.
const MOST_LANES: usize = 24;
/// The height of a lane's heading, in units.
const HEADING: f64 = 34.0;
/// The height of a row of positions, in units.
const HELD: f64 = 28.0;

/// A lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lane {
    /// What `order` calls it.
    pub key: String,
    /// Its heading.
    pub name: String,
}

/// The lanes of a view, and which of them an event stands in.
#[derive(Debug, Clone)]
pub struct Lanes {
    /// From the top.
    pub all: Vec<Lane>,
    group: Group,
    /// For grouping by party: identifiers in the order of `all`.
    ids: Vec<String>,
    /// The lane of what belongs to no other.
    other: Option<u16>,
}

impl Lanes {
    /// The lanes in which events stand, in the reader's order, then the dispute's.
    pub fn of(view: &View, parties: &[Party], events: &[Outline]) -> Self {
        // Key, name, what events are matched by, and how many there are.
        let mut found: Vec<(String, String, String, usize)> = match view.group {
            Group::Party => parties
                .iter()
                .map(|party| (party.key.clone(), party.name.clone(), party.id.0.clone(), 0))
                .collect(),
            Group::Kind => Kind::ALL
                .iter()
                .map(|kind| (kind.key().to_owned(), kind.label().to_owned(), kind.key().to_owned(), 0))
                .collect(),
            Group::Source => {
                let mut names: Vec<&String> =
                    events.iter().flat_map(|event| event.publishers.iter()).collect();
                names.sort_unstable();
                names.dedup();
                names.into_iter().map(|name| (name.clone(), name.clone(), name.clone(), 0)).collect()
            }
            Group::None => Vec::new(),
        };
        let mut homeless = 0;
        let place: std::collections::HashMap<String, usize> =
            found.iter().enumerate().map(|(at, lane)| (lane.2.clone(), at)).collect();
        for event in events {
            let mut any = false;
            for name in names(view.group, event) {
                if let Some(lane) = place.get(name).and_then(|at| found.get_mut(*at)) {
                    lane.3 += 1;
                    any = true;
                }
            }
            homeless += usize::from(!any);
        }
        found.retain(|lane| lane.3 > 0);
        if view.group == Group::Source {
            found.sort_by(|a, b| b.3.cmp(&a.3).then_with(|| a.1.cmp(&b.1)));
        }
        let asked = |key: &String| view.order.iter().position(|k| k == key).unwrap_or(usize::MAX);
        found.sort_by_key(|lane| asked(&lane.0));
        if found.len() > MOST_LANES {
            homeless += found.iter().skip(MOST_LANES - 1).map(|lane| lane.3).sum::<usize>();
            found.truncate(MOST_LANES - 1);
        }
        let ids = found.iter().map(|lane| lane.2.clone()).collect();
        let mut all: Vec<Lane> = found.into_iter().map(|(key, name, ..)| Lane { key, name }).collect();
        let mut other = None;
        if homeless > 0 || all.is_empty() {
            let name = match view.group {
                Group::None => "",
                Group::Party if all.len() + 1 < MOST_LANES => t!("timeline-no-party-named"),
                Group::Source if all.len() + 1 < MOST_LANES => t!("timeline-no-source-yet"),
                _ => t!("timeline-others"),
            };
            other = u16::try_from(all.len()).ok();
            all.push(Lane { key: String::new(), name: name.to_owned() });
        }
        Self { all, group: view.group, ids, other }
    }

    /// The lanes of an event, the one with its label first.
    pub fn stood_in(&self, event: &Outline) -> Vec<u16> {
        let mut lanes: Vec<u16> = Vec::new();
        for name in names(self.group, event) {
            let lane = self.ids.iter().position(|id| id == name).and_then(|at| u16::try_from(at).ok());
            if let Some(lane) = lane
                && !lanes.contains(&lane)
            {
                lanes.push(lane);
            }
        }
        if lanes.is_empty() {
            lanes.extend(self.other);
        }
        lanes
    }

    /// Positions that stand over a lane, in rows of which none overlap.
    pub fn held<'a>(&self, lane: usize, positions: &'a [Position]) -> Vec<Vec<&'a Position>> {
        let mut rows: Vec<Vec<&Position>> = Vec::new();
        let Some(id) = self.ids.get(lane).filter(|_| self.group == Group::Party) else { return rows };
        let mut own: Vec<&Position> = positions.iter().filter(|held| held.party.0 == *id).collect();
        own.sort_by_key(|held| held.date.sorts_at());
        for held in own {
            let free = |row: &Vec<&Position>| {
                row.last().is_none_or(|last| {
                    last.date.ends().is_some_and(|end| held.date.starts().is_some_and(|start| end <= start))
                })
            };
            match rows.iter().position(free).and_then(|at| rows.get_mut(at)) {
                Some(row) => row.push(held),
                None => rows.push(vec![held]),
            }
        }
        rows
    }
}

fn names(group: Group, event: &Outline) -> Vec<&str> {
    match group {
        Group::Party => event.parties.iter().map(PartyId::as_str).collect(),
        Group::Kind => vec![event.kind.key()],
        Group::Source => event.publishers.iter().map(String::as_str).collect(),
        Group::None => Vec::new(),
    }
}

/// What a page, or a part of one that is fetched, is to hold of a dispute's events, chosen by their outline.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The lanes of the view.
    pub lanes: Lanes,
    /// The stretch that it covers, in minutes.
    pub from: f64,
    /// See `from`.
    pub to: f64,
    /// The events to hold one by one, in time order, by their places in the outline.
    pub held: Vec<usize>,
    /// Counts of those that are not.
    pub rest: Vec<Rest>,
    /// The length of the stretches that `rest` is counted by, in minutes.
    pub grain: f64,
    /// How many events lie in the stretch.
    pub count: usize,
}

impl Choice {
    /// Chooses of events, which are in time order, between two minutes.
    pub fn of(outline: &[Outline], lanes: Lanes, from: f64, to: f64, limit: usize) -> Self {
        let inside: Vec<usize> = (0..outline.len())
            .filter(|at| {
                outline.get(*at).is_some_and(|event| {
                    let (start, end) = event.bounds();
                    start < to && end > from
                })
            })
            .collect();
        let count = inside.len();
        let place = |event: &Outline| {
            let (start, end) = event.bounds();
            let at = if start.is_finite() { start } else { end - 1.0 };
            at.clamp(from, to - 1.0)
        };
        let mut kept: Vec<bool> = vec![true; count];
        if count > limit {
            let each = (limit / STRETCHES).max(1);
            let stretch = |event: &Outline| ((place(event) - from) / (to - from) * STRETCHES as f64) as usize;
            let mut ranked: Vec<(usize, u32, usize)> = inside
                .iter()
                .enumerate()
                .filter_map(|(nth, at)| {
                    let event = outline.get(*at)?;
                    Some((stretch(event), rank(event.importance, &event.id), nth))
                })
                .collect();
            ranked.sort_unstable();
            kept.fill(false);
            let (mut last, mut taken) = (usize::MAX, 0);
            for (stretch, _, nth) in ranked {
                taken = if stretch == last { taken + 1 } else { 1 };
                last = stretch;
                if let Some(slot) = kept.get_mut(nth).filter(|_| taken <= each) {
                    *slot = true;
                }
            }
        }
        // Four times finer than a nominal drawing needs, so that one may zoom in while more is fetched.
        let grain = (cell(&Scale::new(from, to, NOMINAL)) / 4.0).max(1.0);
        let mut rest: Vec<(u16, i64)> = Vec::new();
        let mut held = Vec::new();
        for (at, kept) in inside.into_iter().zip(kept) {
            let Some(event) = outline.get(at) else { continue };
            if kept {
                held.push(at);
            } else {
                let slot = (place(event) / grain).floor() as i64;
                rest.extend(lanes.stood_in(event).into_iter().map(|lane| (lane, slot)));
            }
        }
        rest.sort_unstable();
        let rest = rest
            .chunk_by(|a, b| a == b)
            .filter_map(|same| {
                let (lane, slot) = *same.first()?;
                let at = (slot as f64 + 0.5) * grain;
                Some(Rest { lane, at, count: u32::try_from(same.len()).unwrap_or(u32::MAX) })
            })
            .collect();
        Self { lanes, from, to, held, rest, grain, count }
    }

    /// The first events of one lane between two minutes, at most so many; the others are only counted.
    pub fn of_lane(
        outline: &[Outline],
        lanes: Lanes,
        lane: usize,
        (from, to): (f64, f64),
        most: usize,
    ) -> Self {
        let mut held: Vec<usize> = outline
            .iter()
            .enumerate()
            .filter(|(_, event)| {
                let (start, end) = event.bounds();
                start < to
                    && end > from
                    && lanes.stood_in(event).iter().any(|stood| usize::from(*stood) == lane)
            })
            .map(|(at, _)| at)
            .collect();
        let count = held.len();
        held.truncate(most);
        Self { lanes, from, to, held, rest: Vec::new(), grain: 1.0, count }
    }

    /// The identifiers of the events to hold.
    pub fn ids(&self, outline: &[Outline]) -> Vec<EventId> {
        self.held.iter().filter_map(|at| outline.get(*at)).map(|event| event.id.clone()).collect()
    }

    /// With the events that it names, as far as they are still there.
    pub fn with(self, outline: &[Outline], events: Vec<EventBrief>) -> Window {
        let mut events: HashMap<EventId, EventBrief> =
            events.into_iter().map(|event| (event.id.clone(), event)).collect();
        let events = self
            .held
            .iter()
            .filter_map(|at| {
                let line = outline.get(*at)?;
                let event = events.remove(&line.id)?;
                Some(Held { nth: *at, lanes: self.lanes.stood_in(line), event })
            })
            .collect();
        Window { choice: self, events }
    }
}

/// An event that a page holds.
#[derive(Debug, Clone)]
pub struct Held {
    /// Its place among all that the filters let through.
    pub nth: usize,
    /// The lanes it stands in, the one with its label first.
    pub lanes: Vec<u16>,
    /// The event.
    pub event: EventBrief,
}

/// What a page, or a part of one that is fetched, holds of a dispute's events.
#[derive(Debug, Clone)]
pub struct Window {
    /// What was chosen.
    pub choice: Choice,
    /// The events held one by one, in time order.
    pub events: Vec<Held>,
}

impl Choice {
    /// The counts in the form in which the island reads them: the length of a stretch in minutes, then for each lane
    /// its number and pairs of the distance from the stretch before and the count.
    pub fn rest_words(&self) -> Option<String> {
        use std::fmt::Write;
        if self.rest.is_empty() {
            return None;
        }
        let mut text = format!("{:.0}", self.grain);
        let mut last = (u16::MAX, 0);
        for rest in &self.rest {
            let slot = (rest.at / self.grain).floor() as i64;
            if rest.lane != last.0 {
                let _ = write!(text, ";{}", rest.lane);
                last = (rest.lane, 0);
            }
            let _ = write!(text, " {} {}", slot - last.1, rest.count);
            last.1 = slot;
        }
        Some(text)
    }
}

/// The stretch that shows everything: from the first bound to the last, and to today where something has not ended.
pub fn whole(outline: &[Outline], today: NaiveDate) -> (f64, f64) {
    let mut first = f64::INFINITY;
    let mut last = f64::NEG_INFINITY;
    let mut lasting = false;
    for event in outline {
        for minute in [event.starts, event.ends].into_iter().flatten() {
            first = first.min(minute as f64);
            last = last.max(minute as f64);
        }
        lasting |= event.ends.is_none();
    }
    let today = time::day_end(today) as f64;
    if first > last {
        return fit(today - 30.0 * 1440.0, today);
    }
    if lasting {
        last = last.max(today);
    }
    fit(first, last)
}

/// The scale of a drawing over a view's range. An open end of the range lies where the events end, or a little beyond a
/// beginning that lies later.
pub fn scale(range: Range, whole: (f64, f64)) -> Scale {
    let from = range.from.map_or(whole.0, |minute| minute as f64);
    let to = range.to.map_or(whole.1, |minute| minute as f64);
    let to = if to > from { to } else { from + 14.0 * 1440.0 };
    Scale::new(from, to, NOMINAL)
}

/// The bounds of a date in minutes, open ends infinite.
pub fn bounds(date: &EventDate) -> (f64, f64) {
    (
        date.starts().map_or(f64::NEG_INFINITY, |minute| minute as f64),
        date.ends().map_or(f64::INFINITY, |minute| minute as f64),
    )
}

/// How an event is drawn.
pub fn form(date: &EventDate) -> Form {
    if date.shape() == Shape::Span {
        Form::Span
    } else if date.is_exact() {
        Form::Point
    } else {
        Form::Window
    }
}

/// The order in which labels are given out: by importance, then by a number that is always the same for an event, so
/// that what has a label keeps it when one looks closer.
pub fn rank(importance: Importance, id: &EventId) -> u32 {
    let class: u32 = match importance {
        Importance::Major => 0,
        Importance::Normal => 1,
        Importance::Minor => 2,
    };
    let hash =
        id.0.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    class << 28 | hash >> 4
}

/// How wide a text is drawn in the interface's typeface at 14 units, in units. Typefaces differ; this leans to the
/// wide ones.
pub fn text_width(text: &str) -> f64 {
    text.chars()
        .map(|character| match character {
            'i' | 'j' | 'l' | '\'' | '|' | '.' | ',' | ':' | ';' | '!' | 'I' => 4.2,
            ' ' | 'f' | 't' | 'r' | '(' | ')' | '-' => 5.2,
            'm' | 'w' | 'M' | 'W' | '@' | '%' | '—' => 12.8,
            'A'..='Z' => 9.9,
            _ => 8.6,
        })
        .sum()
}

/// The width of an event's label with the number of its step, if it is one, in units.
pub fn label_width(event: &EventBrief, step: Option<Place<'_>>, roomy: bool) -> f64 {
    let number = step.map_or(0.0, |step| text_width(&format!("{} ", step.number())));
    let title =
        number + text_width(&event.title) * if event.importance == Importance::Major { 1.12 } else { 1.0 };
    let reserve = if event.date.qualifier() == Qualifier::Exact { 0.0 } else { 12.0 };
    if roomy {
        let date = text_width(&event.date.words()) * 0.93;
        (title.max(date) + 4.0).clamp(40.0, 380.0)
    } else {
        (title + reserve + 4.0).clamp(40.0, 380.0)
    }
}

/// The events of a window as the arithmetic sees them.
pub fn items(window: &Window, steps: &Steps, roomy: bool) -> Vec<Item> {
    window
        .events
        .iter()
        .map(|held| {
            let event = &held.event;
            let (start, end) = bounds(&event.date);
            Item {
                start,
                end,
                form: form(&event.date),
                lanes: InLanes::of(&held.lanes),
                label: label_width(event, steps.place(&event.id), roomy),
                rank: rank(event.importance, &event.id),
                row: None,
            }
        })
        .collect()
}

/// The measures of a drawing of so many events in these lanes.
pub fn rules(lanes: &Lanes, positions: &[Position], events: usize, bound: f64) -> Rules {
    let headings = (0..lanes.all.len())
        .map(|lane| {
            let held = lanes.held(lane, positions).len() as f64 * HELD;
            let name = lanes.all.get(lane).is_some_and(|lane| !lane.name.is_empty());
            held + if name { HEADING } else { 12.0 }
        })
        .collect();
    Rules::for_many(events, headings, bound)
}

/// Whether so many events are drawn in roomy rows.
pub fn is_roomy(events: usize) -> bool {
    events <= ROOMY
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::event::{Attestation, Phase};

    /// An event for tests.
    pub(crate) fn event(id: &str, edtf: &str, title: &str) -> EventBrief {
        EventBrief {
            id: id.into(),
            date: EventDate::parse(edtf).unwrap(),
            title: title.into(),
            kind: Kind::Other,
            phase: Phase::Done,
            importance: Importance::Normal,
            sequence: 0,
            due: None,
            step_of: None,
            parties: Vec::new(),
            attestation: Attestation::Uncited,
            known_from: None,
            citations: 0,
            publishers: Vec::new(),
        }
    }

    proptest! {
        #[test]
        fn every_event_is_held_or_counted(days in prop::collection::vec(0_i64..4000, 1..900), limit in 64_usize..400) {
            let mut days = days;
            days.sort_unstable();
            let events: Vec<EventBrief> = days
                .iter()
                .enumerate()
                .map(|(nth, day)| {
                    let mut event = event(&format!("e{nth}"), "2026-01-01", "Something");
                    event.date = EventDate::day(time::day_of(*day * 1440));
                    event
                })
                .collect();
            let outline: Vec<Outline> = events.iter().map(Outline::from).collect();
            let lanes = Lanes::of(&View::default(), &[], &outline);
            let (from, to) = (1000.0 * 1440.0, 3000.0 * 1440.0);
            let choice = Choice::of(&outline, lanes, from, to, limit);
            let inside = days.iter().filter(|day| (1000..3000).contains(*day)).count();
            let counted: u32 = choice.rest.iter().map(|rest| rest.count).sum();
            prop_assert_eq!(choice.count, inside);
            prop_assert_eq!(choice.held.len() + counted as usize, inside);
            prop_assert!(choice.held.len() <= limit.max(STRETCHES));
            prop_assert!(choice.held.is_sorted());
            // Events that are gone by the time that they are read are passed over; the others keep their places.
            let mut found: Vec<EventBrief> = choice.held.iter().map(|at| events[*at].clone()).collect();
            found.reverse();
            found.pop();
            let held = choice.held.clone();
            let window = choice.with(&outline, found);
            prop_assert_eq!(window.events.iter().map(|held| held.nth).collect::<Vec<_>>(), held.get(1..).unwrap_or_default());
        }
    }

    #[test]
    fn lanes_follow_the_reader_then_the_dispute() {
        let party = |key: &str, place| Party {
            id: key.into(),
            key: key.into(),
            name: key.to_uppercase(),
            aliases: Vec::new(),
            kind: crate::model::dispute::PartyKind::Other,
            place,
        };
        let parties = [party("a", 0), party("b", 1), party("c", 2)];
        let part = |key: &str| crate::model::event::EventParty {
            party: key.into(),
            role: crate::model::event::Role::Actor,
        };
        let mut both = event("1", "2026-01-01", "Both");
        both.parties = vec![part("c"), part("a")];
        let mut one = event("2", "2026-01-02", "One");
        one.parties = vec![part("b")];
        let events = [both, one, event("3", "2026-01-03", "Nobody")].each_ref().map(Outline::from);
        let view = View::default().with(|view| view.order = vec!["c".into()]);
        let lanes = Lanes::of(&view, &parties, &events);
        let names: Vec<&str> = lanes.all.iter().map(|lane| lane.name.as_str()).collect();
        assert_eq!(names, ["C", "A", "B", "No party named"]);
        assert_eq!(lanes.stood_in(&events[0]), [0, 1]);
        assert_eq!(lanes.stood_in(&events[2]), [3]);
    }
}
