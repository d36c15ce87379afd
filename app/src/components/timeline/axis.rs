//! What stands behind the events: ticks, lanes with their headings and positions, phases, today.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::TimelineFrame;
use super::window::{self, Lanes};
use crate::model::date::EventDate;
use crate::model::dispute::Status;
use crate::model::event::Kind;
use crate::model::time::{self, Minute};
use crate::store::Outline;
use crate::t;
use crate::timeline::ticks::{HERE, ticks};
use crate::timeline::{LaneBox, Scale};

/// A stretch of the axis in per cent of its width, cut off a little outside.
fn share(scale: &Scale, from: f64, to: f64) -> (f64, f64) {
    let at = |time: f64| (scale.x(time) / scale.width * 100.0).clamp(-5.0, 105.0);
    (at(from), at(to))
}

/// A phase of the dispute: when, in what word, and whether it is what came after the talks.
pub(super) struct Phase {
    date: EventDate,
    word: &'static str,
    is_after: bool,
    /// The minute at which it ends where its date does not say.
    until: f64,
}

/// The rows of the axis: periods, ticks, and the phases of the dispute.
pub(super) fn head(scale: &Scale, phases: &[Phase]) -> AnyView {
    let found = ticks(scale, 0.0, scale.width);
    let here = found.here(scale).map(|period| period.label.clone());
    let periods: Vec<_> = found
        .periods
        .iter()
        .filter(|period| scale.x(period.at as f64) > HERE)
        .map(|period| {
            let x = share(scale, period.at as f64, period.at as f64).0;
            view! { <span class="tk" style=format!("--x:{x:.2}cqw")>{period.label.clone()}</span> }
        })
        .collect();
    let fine: Vec<_> = found
        .fine
        .iter()
        .filter(|tick| scale.x(tick.at as f64) >= 0.0)
        .map(|tick| {
            let x = share(scale, tick.at as f64, tick.at as f64).0;
            view! { <span class="tk" style=format!("--x:{x:.2}cqw")>{tick.label.clone()}</span> }
        })
        .collect();
    let ribbons: Vec<_> = phases.iter().map(|phase| phase.band("tl-ribbon", scale, phase.word)).collect();
    view! {
        <div class="tl-axis" aria-hidden="true">
            <div class="tl-here" data-tl="here">{here}</div>
            <div class="tl-slide" data-tl="axis">
                <div class="tl-periods">{periods}</div>
                <div class="tl-ticks">{fine}</div>
                {ribbons}
            </div>
        </div>
    }
    .into_any()
}

/// The lines of the ticks, through all lanes.
pub(super) fn grid(scale: &Scale) -> AnyView {
    let found = ticks(scale, 0.0, scale.width);
    let lines: Vec<_> = found
        .fine
        .iter()
        .filter(|tick| scale.x(tick.at as f64) > 0.0)
        .map(|tick| {
            let x = share(scale, tick.at as f64, tick.at as f64).0;
            let class = if found.periods.iter().any(|period| period.at == tick.at) { "gl gm" } else { "gl" };
            view! { <i class=class style=format!("--x:{x:.2}cqw")></i> }
        })
        .collect();
    view! { <div class="tl-grid" data-tl="grid" aria-hidden="true">{lines}</div> }.into_any()
}

/// A line at the end of today.
pub(super) fn today(frame: &TimelineFrame, scale: &Scale) -> AnyView {
    let now = time::day_end(frame.today);
    let x = scale.x(now as f64) / scale.width * 100.0;
    view! {
        <div class="tl-now" data-t=now.to_string() style=format!("--x:{x:.2}cqw") aria-hidden="true">
            <span>{t!("timeline-today")}</span>
        </div>
    }
    .into_any()
}

/// The headings of the lanes, which stay while the events move under them.
pub(super) fn lane_heads(lanes: &Lanes, boxes: &[LaneBox]) -> AnyView {
    let heads: Vec<_> = lanes
        .all
        .iter()
        .zip(boxes)
        .map(|(lane, place)| {
            let name = (!lane.name.is_empty()).then(|| {
                view! { <span class="tl-lane-name">{lane.name.clone()}</span> }
            });
            view! {
                <div class="tl-lane" style=format!("--y:{:.0};--h:{:.0}", place.top, place.height)>{name}</div>
            }
        })
        .collect();
    view! { <div class="tl-lanes" data-tl="lanes">{heads}</div> }.into_any()
}

/// A band from one time to another, with words.
fn band(class: &str, scale: &Scale, date: &EventDate, fallback_end: f64, words: String, y: f64) -> AnyView {
    let from = date.starts().map_or(f64::NEG_INFINITY, |minute| minute as f64);
    let to = date.ends().map_or(fallback_end, |minute| minute as f64);
    let (left, right) = share(scale, from, to);
    let mut class = class.to_owned();
    if date.starts().is_none() {
        class.push_str(" os");
    }
    if date.ends().is_none() {
        class.push_str(" oe");
    }
    let inset = (-left).max(0.0);
    let seen = right.min(100.0) - left.max(0.0);
    let bound = |minute: Option<i64>| minute.map(|minute| minute.to_string()).unwrap_or_default();
    view! {
        <div
            class=class
            data-b=format!("{} {}", bound(date.starts()), bound(date.ends()))
            style=format!(
                "--x:{left:.2}cqw;--w:{:.2}cqw;--y:{y:.0};--o:{inset:.2}cqw;--v:{seen:.2}cqw",
                right - left,
            )
        >
            <span>{words}</span>
        </div>
    }
    .into_any()
}

/// What each party held, over its lane, ending where it changed.
pub(super) fn positions(frame: &TimelineFrame, lanes: &Lanes, boxes: &[LaneBox], scale: &Scale) -> AnyView {
    let mut bands = Vec::new();
    for (at, (lane, place)) in lanes.all.iter().zip(boxes).enumerate() {
        for (row, held) in lanes.held(at, &frame.positions).into_iter().enumerate() {
            for position in held {
                let words = position.statement.clone();
                let y = place.top + 32.0 + row as f64 * 28.0;
                bands.push(view! {
                    <li>
                        <span class="vh">{t!("timeline-held", name = lane.name, date = position.date.words())}" "</span>
                        {band("tl-held", scale, &position.date, f64::INFINITY, words, y)}
                    </li>
                });
            }
        }
    }
    if bands.is_empty() {
        return ().into_any();
    }
    view! { <ul class="tl-bands" data-tl="bands" aria-label=t!("timeline-positions")>{bands}</ul> }.into_any()
}

/// Talks: what says of negotiations how long they lasted. Where there is much of it, it is no phase of the dispute but
/// events like any other, and there are none.
pub fn talks(outline: &[Outline]) -> Vec<&Outline> {
    let mut talks: Vec<_> =
        outline.iter().filter(|event| event.kind == Kind::Negotiation && event.is_span).take(9).collect();
    if talks.len() > 8 {
        talks.clear();
    }
    talks
}

/// The minute that the last of these talks ended, where the dispute has been otherwise since.
pub fn talks_end(talks: &[&Outline], status: Status) -> Option<Minute> {
    let goes_on = talks.iter().any(|event| event.ends.is_none()) || status == Status::Open;
    talks.iter().filter_map(|event| event.ends).max().filter(|_| !goes_on)
}

/// The phases of the dispute: talks, where an event says how long they lasted, and after the last of them how it
/// stands now, unless it moves on.
pub(super) fn phases(frame: &TimelineFrame) -> Vec<Phase> {
    let until = time::day_end(frame.today) as f64;
    let phase = |date, word, is_after| Phase { date, word, is_after, until };
    let mut phases: Vec<Phase> =
        frame.talks.iter().map(|date| phase(date.clone(), t!("timeline-talks"), false)).collect();
    if let Some(end) = frame.talks_end {
        let since = EventDate::parse(&format!("{}/..", time::day_of(end).format("%Y-%m-%d")));
        phases.extend(since.ok().map(|date| phase(date, frame.dispute.status.label(), true)));
    }
    phases
}

impl Phase {
    /// The minutes that it lasts from and to.
    pub(super) fn stretch(&self) -> (f64, f64) {
        let from = self.date.starts().map_or(f64::NEG_INFINITY, |minute| minute as f64);
        (from, self.date.ends().map_or(self.until, |minute| minute as f64))
    }

    fn band(&self, class: &str, scale: &Scale, words: &str) -> AnyView {
        let class = if self.is_after { format!("{class} tl-after") } else { class.to_owned() };
        band(&class, scale, &self.date, self.until, words.to_owned(), 0.0)
    }
}

/// The phases behind the lanes.
pub(super) fn tints(scale: &Scale, phases: &[Phase]) -> AnyView {
    if phases.is_empty() {
        return ().into_any();
    }
    let bands: Vec<_> = phases
        .iter()
        .map(|phase| {
            let words = format!("{}, {}", phase.word, phase.date.words());
            view! { <li>{phase.band("tl-phase", scale, &words)}</li> }
        })
        .collect();
    view! { <ul class="tl-phases" aria-label=t!("timeline-phases")>{bands}</ul> }.into_any()
}

/// The stretch that shows everything, with room at its end for the name of what came after the talks.
pub fn whole(outline: &[Outline], talks_end: Option<Minute>, today: NaiveDate) -> (f64, f64) {
    let (from, to) = window::whole(outline, today);
    match talks_end {
        Some(start) if (start as f64) > to - (to - from) * 0.1 => {
            let day = time::DAY as f64;
            (from, ((to + (to - from) * 0.08) / day).ceil() * day)
        }
        _ => (from, to),
    }
}
