//! Events one under the other, by period.

use leptos::prelude::*;

use super::TimelineFrame;
use super::controls;
use super::marks::event_item;
use super::window::bounds;
use crate::model::view::{Layout, Range};
use crate::store::EventBrief;
use crate::t;
use crate::texts::drawing::{Word, dated, year_name};
use crate::timeline::civil::{civil, day_number};

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

    /// The period that a minute lies in, by the number of its month, year or decade.
    pub(super) fn of(self, minute: i64) -> i64 {
        let (year, month, _) = civil(minute.div_euclid(1440));
        match self {
            Self::Month => year * 12 + month - 1,
            Self::Year => year,
            Self::Decade => year.div_euclid(10),
        }
    }

    /// The name of a period.
    pub(super) fn name(self, number: i64) -> String {
        match self {
            Self::Month => {
                dated(Word::Month, day_number(number.div_euclid(12), number.rem_euclid(12) + 1, 1))
            }
            Self::Year => year_name(number),
            Self::Decade => t!("decade", decade = (number * 10).to_string()),
        }
    }

    /// The stretch of a period, in minutes.
    pub(super) fn stretch(self, number: i64) -> (i64, i64) {
        let start = |number: i64| match self {
            Self::Month => day_number(number.div_euclid(12), number.rem_euclid(12) + 1, 1),
            Self::Year => day_number(number, 1, 1),
            Self::Decade => day_number(number * 10, 1, 1),
        };
        (start(number) * 1440, start(number + 1) * 1440)
    }
}

/// The heading of a period, as an item of the same list.
pub(super) fn period_item(name: String) -> AnyView {
    view! { <li class="per"><h3>{name}</h3></li> }.into_any()
}

/// How many more events a period has than stand here, as an item of the list that leads to all of them.
pub(super) fn more_item(frame: &TimelineFrame, period: Period, number: i64, count: usize) -> AnyView {
    let (from, to) = period.stretch(number);
    let href = frame.address(|view| {
        view.range = Range { from: Some(from), to: Some(to) };
        view.event = None;
        view.layout = Layout::List;
    });
    let words = t!("list-more-in", count = count, period = period.name(number));
    view! { <li class="per"><a class="per-more" href=href data-own="">{words}</a></li> }.into_any()
}

/// The events that the view's range lets through, each with its place among all.
pub(crate) fn in_range(frame: &TimelineFrame) -> Vec<(usize, &EventBrief)> {
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
    let mut current = None;
    for (nth, event) in inside.iter().take(PAGE) {
        let number = period.of(event.date.sorts_at());
        if current != Some(number) {
            items.push(period_item(period.name(number)));
            current = Some(number);
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
                <a class="button" href=href>{t!("list-continue-from", date = event.date.words())}</a>
            </p>
        }
    });
    let empty = inside.is_empty().then(|| controls::nothing(frame));
    view! {
        <section class="tl" aria-label=t!("list-timeline")>
            {controls::toolbar(frame, None)}
            {controls::status(frame, inside.len(), None)}
            {empty}
            <ol class="tl-events tl-list beside" id="events">{items}</ol>
            {more}
            {controls::foot(frame)}
        </section>
    }
    .into_any()
}
