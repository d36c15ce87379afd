//! What stands behind the events: ticks, lanes with their headings and positions, phases, today.

use leptos::prelude::*;

use super::TimelineFrame;
use super::window::Lanes;
use crate::model::date::{EventDate, Shape};
use crate::model::dispute::Status;
use crate::model::event::Kind;
use crate::model::time;
use crate::timeline::ticks::{HERE, ticks};
use crate::timeline::{LaneBox, Scale};

/// A stretch of the axis in per cent of its width, cut off a little outside.
fn share(scale: &Scale, from: f64, to: f64) -> (f64, f64) {
    let at = |time: f64| (scale.x(time) / scale.width * 100.0).clamp(-5.0, 105.0);
    (at(from), at(to))
}

/// The two rows of the axis.
pub(super) fn head(scale: &Scale) -> AnyView {
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
    view! {
        <div class="tl-axis" aria-hidden="true">
            <div class="tl-here" data-tl="here">{here}</div>
            <div class="tl-slide" data-tl="axis">
                <div class="tl-periods">{periods}</div>
                <div class="tl-ticks">{fine}</div>
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
            <span>"Today"</span>
        </div>
    }
    .into_any()
}

/// The headings of the lanes, which stay while the events move under them, with links that move a lane up or down.
pub(super) fn lane_heads(frame: &TimelineFrame, lanes: &Lanes, boxes: &[LaneBox]) -> AnyView {
    let keys: Vec<String> =
        lanes.all.iter().map(|lane| lane.key.clone()).filter(|key| !key.is_empty()).collect();
    let heads: Vec<_> = lanes
        .all
        .iter()
        .zip(boxes)
        .enumerate()
        .map(|(at, (lane, place))| {
            let swap = |other: Option<usize>, name: &str, icon: &'static str| {
                let other = other.filter(|other| *other < keys.len() && at < keys.len())?;
                let mut order = keys.clone();
                order.swap(at, other);
                let href = frame.address(|view| view.order = order);
                Some(view! {
                    <a class="tl-tool tl-small" href=href title=name.to_owned()>
                        <svg viewBox="0 0 20 20" aria-hidden="true"><path d=icon/></svg>
                        <span class="vh">{name.to_owned()}</span>
                    </a>
                })
            };
            let up = swap(at.checked_sub(1), &format!("Move {} up", lane.name), "M5 12l5-5 5 5");
            let down = swap(Some(at + 1), &format!("Move {} down", lane.name), "M5 8l5 5 5-5");
            let name = (!lane.name.is_empty()).then(|| {
                view! { <span class="tl-lane-name">{lane.name.clone()}</span> }
            });
            view! {
                <div class="tl-lane" style=format!("--y:{:.0};--h:{:.0}", place.top, place.height)>
                    {name}
                    {up}
                    {down}
                </div>
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
    let bound = |minute: Option<i64>| minute.map(|minute| minute.to_string()).unwrap_or_default();
    view! {
        <div
            class=class
            data-b=format!("{} {}", bound(date.starts()), bound(date.ends()))
            style=format!("--x:{left:.2}cqw;--w:{:.2}cqw;--y:{y:.0};--o:{inset:.2}cqw", right - left)
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
                        <span class="vh">{format!("{} held, {}: ", lane.name, position.date.words())}</span>
                        {band("tl-held", scale, &position.date, f64::INFINITY, words, y)}
                    </li>
                });
            }
        }
    }
    if bands.is_empty() {
        return ().into_any();
    }
    view! { <ul class="tl-bands" data-tl="bands" aria-label="Positions">{bands}</ul> }.into_any()
}

/// The phases of the dispute: talks, where an event says how long they lasted, and after the last of them how it
/// stands now, unless it moves on.
pub(super) fn phases(frame: &TimelineFrame, scale: &Scale) -> AnyView {
    let talks: Vec<_> = frame
        .events
        .iter()
        .filter(|event| event.kind == Kind::Negotiation && event.date.shape() == Shape::Span)
        .collect();
    // Where there are many, they are no phases of the dispute but events like any other.
    if talks.len() > 8 {
        return ().into_any();
    }
    let now = time::day_end(frame.today);
    let mut bands: Vec<AnyView> = talks
        .iter()
        .map(|event| band("tl-phase", scale, &event.date, now as f64, "Talks".to_owned(), 0.0))
        .collect();
    let last = talks.iter().filter_map(|event| event.date.ends()).max();
    let open = talks.iter().any(|event| event.date.ends().is_none());
    if let (Some(end), false, true) = (last, open, frame.dispute.status != Status::Open) {
        let since = EventDate::parse(&format!("{}/..", time::day_of(end).format("%Y-%m-%d")));
        if let Ok(date) = since {
            bands.push(band(
                "tl-phase tl-after",
                scale,
                &date,
                now as f64,
                frame.dispute.status.label().to_owned(),
                0.0,
            ));
        }
    }
    if bands.is_empty() {
        return ().into_any();
    }
    view! { <div class="tl-phases" data-tl="phases">{bands}</div> }.into_any()
}
