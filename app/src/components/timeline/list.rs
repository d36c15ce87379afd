//! Events one under the other, by period.

use leptos::prelude::*;

use super::TimelineFrame;
use super::controls;
use super::marks::event_item;
use super::window::bounds;
use crate::model::time::{month_name, year_name};
use crate::store::EventBrief;
use crate::timeline::civil::civil;

/// How many events one page of the list shows before it offers to continue.
const PAGE: usize = 300;

/// By what the list is divided.
#[derive(Clone, Copy)]
pub(super) enum Period {
    Month,
    Year,
    Decade,
}

impl Period {
    /// The period that divides events from one minute to another into a handful of groups.
    pub(super) fn over(from: f64, to: f64) -> Self {
        match to - from {
            length if length < 3.0 * 525_960.0 => Self::Month,
            length if length < 60.0 * 525_960.0 => Self::Year,
            _ => Self::Decade,
        }
    }

    /// The name of the period that an event begins in.
    pub(super) fn name(self, event: &EventBrief) -> String {
        let (year, month, _) = civil(event.date.sorts_at().div_euclid(1440));
        let year = i32::try_from(year).unwrap_or_default();
        match self {
            Self::Month => {
                format!("{} {}", month_name(u32::try_from(month).unwrap_or_default()), year_name(year))
            }
            Self::Year => year_name(year),
            Self::Decade => format!("{}s", year.div_euclid(10) * 10),
        }
    }
}

/// The heading of a period, as an item of the same list.
pub(super) fn period_item(name: String) -> AnyView {
    view! { <li class="per"><h3>{name}</h3></li> }.into_any()
}

/// The events that the view's range lets through, each with its place among all.
pub(super) fn in_range(frame: &TimelineFrame) -> Vec<(usize, &EventBrief)> {
    let range = frame.view.range;
    let from = range.from.map_or(f64::NEG_INFINITY, |minute| minute as f64);
    let to = range.to.map_or(f64::INFINITY, |minute| minute as f64);
    frame
        .events
        .iter()
        .enumerate()
        .filter(|(_, event)| {
            let (start, end) = bounds(&event.date);
            start < to && end > from
        })
        .collect()
}

/// The list layout.
pub(super) fn list(frame: &TimelineFrame) -> AnyView {
    let inside = in_range(frame);
    let first = inside.first().map_or(0.0, |(_, event)| event.date.sorts_at() as f64);
    let last = inside.last().map_or(0.0, |(_, event)| event.date.sorts_at() as f64);
    let period = Period::over(first, last);
    let mut items = Vec::new();
    let mut current = String::new();
    for (nth, event) in inside.iter().take(PAGE) {
        let name = period.name(event);
        if name != current {
            items.push(period_item(name.clone()));
            current = name;
        }
        items.push(event_item(frame, *nth, event, None));
    }
    let more = inside.get(PAGE).map(|(_, event)| {
        let href = frame.address(|view| {
            view.range.from = Some(event.date.sorts_at().div_euclid(1440) * 1440);
            view.event = None;
        });
        view! {
            <p class="tl-more">
                <a class="button" href=href>"Continue from " {event.date.words()}</a>
            </p>
        }
    });
    let empty = inside.is_empty().then(controls::nothing);
    view! {
        <section class="tl" aria-label="Timeline">
            {controls::toolbar(frame, None)}
            {controls::status(frame, inside.len(), None)}
            {empty}
            <ol class="tl-events tl-list" id="events">{items}</ol>
            {more}
            <div class="tl-foot">{controls::legend(frame)} {controls::as_of(frame)}</div>
        </section>
    }
    .into_any()
}
