//! The strip that shows everything at once: a histogram, the window on it, and two dates that say the same.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::TimelineFrame;
use super::controls::{Stretch, date_field, kept};
use crate::model::time::{DAY, day_of, day_start, long_day, short_day};
use crate::store::Outline;
use crate::t;

/// How many bars the histogram has.
pub(super) const BARS: usize = 120;

/// How many events begin in each of so many equal parts of a stretch.
pub(super) fn histogram(events: &[Outline], (from, to): (f64, f64)) -> Vec<u32> {
    let mut bars = vec![0; BARS];
    for event in events {
        let at = (event.sorts_at as f64 - from) / (to - from) * BARS as f64;
        if let Some(bar) = bars.get_mut((at.max(0.0) as usize).min(BARS - 1)) {
            *bar += 1;
        }
    }
    bars
}

/// The bars as one path in a drawing of [`BARS`] by 32.
fn path(bars: &[u32]) -> String {
    use std::fmt::Write;
    let most = f64::from(bars.iter().copied().max().unwrap_or(1).max(1)).sqrt();
    let mut path = String::new();
    for (at, count) in bars.iter().enumerate().filter(|(_, count)| **count > 0) {
        // By the square root, or a burst would leave the quiet times without a trace.
        let height = 3.0 + 27.0 * f64::from(*count).sqrt() / most;
        let _ = write!(path, "M{at}.1 32v-{height:.1}h.8V32z");
    }
    path
}

/// An end of the window, to be dragged or moved by keys. The date fields beside it do the same.
fn thumb(id: &'static str, name: &'static str, first: NaiveDate, last: NaiveDate, at: NaiveDate) -> AnyView {
    let number = |day: NaiveDate| (day_start(day) / DAY).to_string();
    let at = at.clamp(first.min(last), last);
    view! {
        <span
            id=id
            class="tl-thumb needs-script"
            role="slider"
            tabindex="0"
            aria-label=name
            aria-valuemin=number(first)
            aria-valuemax=number(last)
            aria-valuenow=number(at)
            aria-valuetext=long_day(at)
        ></span>
    }
    .into_any()
}

/// The strip with its window and dates.
pub(super) fn overview(frame: &TimelineFrame, stretch: &Stretch) -> AnyView {
    let (first, last) = stretch.whole;
    let at = |time: f64| ((time - first) / (last - first) * 100.0).clamp(0.0, 100.0);
    let (left, right) = (at(stretch.scale.from), at(stretch.scale.to));
    let day = |minute: f64| day_of(minute.floor() as i64);
    let ends = (short_day(day(first)), short_day(day(last - 1.0)));
    view! {
        <div class="tl-overview later">
            <div
                class="tl-strip"
                data-tl="strip"
                data-b=format!("{first:.0} {last:.0}")
                style=format!("--l:{left:.2}%;--r:{:.2}%", 100.0 - right)
            >
                <svg viewBox=format!("0 0 {BARS} 32") preserveAspectRatio="none" aria-hidden="true">
                    <path d=path(&histogram(&frame.outline, stretch.whole))/>
                </svg>
                <div class="tl-window">
                    {thumb("tl-first", t!("overview-first-day-shown"), day(first), day(last - 1.0), day(stretch.scale.from))}
                    {thumb("tl-last", t!("overview-last-day-shown"), day(first), day(last - 1.0), day(stretch.scale.to - 1.0))}
                </div>
                <span class="tl-end">{ends.0}</span>
                <span class="tl-end">{ends.1}</span>
            </div>
            <form class="tl-range" method="get" data-tl="range">
                {kept(&frame.view, &["from", "to"])}
                <label for="tl-from">{t!("overview-from")}</label>
                {date_field("tl-from", "from", Some(day(stretch.scale.from)), (None, None))}
                <label for="tl-to">{t!("overview-to")}</label>
                {date_field("tl-to", "to", Some(day(stretch.scale.to - 1.0)), (None, None))}
                <button class="tl-tool tl-word" type="submit">{t!("overview-show")}</button>
            </form>
        </div>
    }
    .into_any()
}
