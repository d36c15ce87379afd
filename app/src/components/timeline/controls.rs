//! The toolbar, the status line, the legend that filters, and the as-of control.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::TimelineFrame;
use super::window::Lanes;
use crate::components::due::due_sign;
use crate::model::due::DueState;
use crate::model::time::Minute;
use crate::model::view::{Group, Layout, Range, View};
use crate::timeline::address::rounded;
use crate::timeline::count::{events_of, grouped};
use crate::timeline::ticks::stretch_words;
use crate::timeline::{Scale, scale};
use crate::{marked, t};

/// The stretch that the drawing shows and the one that shows everything.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    pub(super) scale: Scale,
    pub(super) whole: (f64, f64),
}

/// The range of a stretch, or an open one where it shows everything.
fn range(stretch: &Stretch, scale: &Scale) -> Range {
    let kept = scale.kept_near(stretch.whole.0, stretch.whole.1);
    let (from, to): (Minute, Minute) = rounded(kept.from, kept.to);
    Range { from: Some(from), to: Some(to) }
}

/// Layouts and, for the drawing, what its lanes are and in which order.
pub(super) fn toolbar(frame: &TimelineFrame, lanes: Option<&Lanes>) -> AnyView {
    let layouts: Vec<_> = Layout::ALL
        .iter()
        .map(|layout| {
            let href = frame.address(|view| view.layout = *layout);
            let current = (*layout == frame.view.layout).then_some("page");
            view! { <li><a href=href aria-current=current>{layout.label()}</a></li> }
        })
        .collect();
    let lanes = lanes.map(|lanes| {
        let groups: Vec<_> = Group::ALL
            .iter()
            .map(|group| {
                let href = frame.address(|view| {
                    view.group = *group;
                    view.order.clear();
                });
                let current = (*group == frame.view.group).then_some("true");
                view! { <li><a href=href aria-current=current>{group.label()}</a></li> }
            })
            .collect();
        view! {
            <nav class="tl-choice tl-wide" aria-label=t!("timeline-lanes-by")>
                <span class="tl-choice-name" aria-hidden="true">{t!("timeline-lanes")}</span>
                <ul>{groups}</ul>
                {order(frame, lanes)}
            </nav>
        }
    });
    view! {
        <div class="tl-bar beside">
            <nav class="tl-choice" aria-label=t!("timeline-layout")><ul>{layouts}</ul></nav>
            {lanes}
        </div>
    }
    .into_any()
}

/// A button with an icon, which without a script is a link.
fn icon(path: &'static str) -> AnyView {
    view! { <svg viewBox="0 0 20 20" aria-hidden="true"><path d=path/></svg> }.into_any()
}

/// The lanes from the top, each with links that move it up and down.
fn order(frame: &TimelineFrame, lanes: &Lanes) -> Option<AnyView> {
    let named: Vec<_> = lanes.all.iter().filter(|lane| !lane.key.is_empty()).collect();
    let keys: Vec<String> = named.iter().map(|lane| lane.key.clone()).collect();
    if keys.len() < 2 {
        return None;
    }
    let items: Vec<_> = named
        .iter()
        .enumerate()
        .map(|(at, lane)| {
            let swap = |other: Option<usize>, name: String, path: &'static str| {
                let href = other.filter(|other| *other < keys.len()).map(|other| {
                    let mut order = keys.clone();
                    order.swap(at, other);
                    frame.address(|view| view.order = order)
                });
                // Kept in place where there is nothing to do, so that the others do not move under the pointer.
                let disabled = href.is_none().then_some("true");
                view! {
                    <a class="tl-tool tl-small" href=href aria-disabled=disabled>
                        {icon(path)}
                        <span class="vh">{name}</span>
                    </a>
                }
            };
            let up = swap(at.checked_sub(1), t!("timeline-move-up", name = lane.name), "M5 12l5-5 5 5");
            let down = swap(Some(at + 1), t!("timeline-move-down", name = lane.name), "M5 8l5 5 5-5");
            view! { <li><span>{lane.name.clone()}</span>{up}{down}</li> }
        })
        .collect();
    Some(
        view! {
            <details class="tl-menu" id="tl-order">
                <summary class="tl-tool tl-word">{t!("timeline-order")}</summary>
                <ol class="tl-sheet">{items}</ol>
            </details>
        }
        .into_any(),
    )
}

/// The ways to move the drawing, with the keys that do the same.
pub(super) fn moves(frame: &TimelineFrame, stretch: &Stretch) -> AnyView {
    let shown = stretch.scale;
    let middle = shown.width / 2.0;
    let to = |scale: Scale| frame.address(|view| view.range = range(stretch, &scale));
    let fit = frame.address(|view| view.range = Range { from: None, to: None });
    let at_least = shown.to - shown.from <= scale::SHORTEST * 1.01;
    let button = |action: &'static str, href: Option<String>, name: &'static str, path: &'static str| {
        let disabled = href.is_none().then_some("true");
        view! {
            <a class="tl-tool" data-do=action href=href title=name aria-disabled=disabled>
                {icon(path)}
                <span class="vh">{name}</span>
            </a>
        }
    };
    let inward = (!at_least).then(|| to(shown.zoomed(2.0, middle)));
    let around = frame.view.event.as_deref().and_then(|id| around(frame, stretch, id));
    let no_event = around.is_none().then_some("true");
    view! {
        <div class="tl-moves" role="group" aria-label=t!("timeline-move")>
            {button("earlier", Some(to(shown.panned(-middle))), t!("timeline-earlier"), "M12 4l-6 6 6 6")}
            {button("later", Some(to(shown.panned(middle))), t!("timeline-later"), "M8 4l6 6-6 6")}
            {button("out", Some(to(shown.zoomed(0.5, middle))), t!("timeline-zoom-out"), "M4 10h12")}
            {button("in", inward, t!("timeline-zoom-in"), "M4 10h12M10 4v12")}
            <a class="tl-tool tl-word" data-do="fit" href=fit>{t!("timeline-fit-all")}</a>
            <a class="tl-tool tl-word" data-do="chosen" href=around aria-disabled=no_event>{t!("timeline-fit-selected")}</a>
            {keys_link(frame)}
        </div>
    }
    .into_any()
}

/// The view that fits an event.
fn around(frame: &TimelineFrame, stretch: &Stretch, id: &str) -> Option<String> {
    let event = frame.outline.iter().find(|event| event.id.as_str() == id)?;
    let (start, end) = event.bounds();
    let (from, to) = scale::fit(start.max(stretch.whole.0), end.min(stretch.whole.1));
    Some(frame.address(|view| view.range = Range { from: Some(from as Minute), to: Some(to as Minute) }))
}

/// The way to the keys: a dialog where scripts run, which only then do anything, else the page that lists them.
fn keys_link(frame: &TimelineFrame) -> AnyView {
    let href = format!("/d/{}/method#keys", frame.dispute.slug);
    view! {
        <a class="tl-tool tl-word tl-wide" href=href target=frame.base.target() data-keys="" aria-keyshortcuts="?">
            {t!("timeline-keys")}
        </a>
    }
    .into_any()
}

/// How many events are shown, in words.
pub(super) fn count_words(frame: &TimelineFrame, shown: usize) -> String {
    let mut words = events_of(shown, frame.total);
    words.push_str(&as_known(frame));
    words
}

/// What is added to a count that replays what was known on a day.
fn as_known(frame: &TimelineFrame) -> String {
    frame
        .view
        .as_of
        .map(|day| t!("timeline-as-known-on", day = crate::model::time::long_day(day)))
        .unwrap_or_default()
}

/// How much is shown, in words that are read out when they change, and beside it the ways to move.
pub(super) fn status(frame: &TimelineFrame, shown: usize, stretch: Option<&Stretch>) -> AnyView {
    let words = count_words(frame, shown);
    let where_ = stretch.map(|stretch| {
        let words = stretch_words(stretch.scale.from, stretch.scale.to);
        view! { <span class="tl-where" data-tl="where">{words}</span> }
    });
    view! {
        <div class="tl-line beside">
            <p class="tl-status" role="status">
                <span data-tl="count" data-total=frame.total.to_string() data-tail=as_known(frame)>{words}</span>
                {where_}
            </p>
            {stretch.map(|stretch| moves(frame, stretch))}
        </div>
    }
    .into_any()
}

/// What stands in place of events where there are none.
pub(super) fn nothing(frame: &TimelineFrame) -> AnyView {
    if frame.total == 0 {
        return view! { <p class="tl-empty">{t!("timeline-there-is-no-event-yet")}</p> }.into_any();
    }
    let all = frame.base.address(&View { layout: frame.view.layout, ..View::default() });
    view! {
        <p class="tl-empty">
            {marked!("timeline-no-event-matches"; a = |words| view! { <a href=all.clone()>{words}</a> })}
        </p>
    }
    .into_any()
}

/// What the marks mean, each a link that shows only events so attested, or shows them with the others again.
fn legend(frame: &TimelineFrame) -> Option<AnyView> {
    let chosen = &frame.view.attestations;
    let items: Vec<_> = frame
        .attested
        .iter()
        .copied()
        .filter(|(kind, count)| *count > 0 || chosen.contains(kind))
        .map(|(kind, count)| {
            let on = chosen.contains(&kind);
            let href = frame.address(|view| {
                if on {
                    view.attestations.retain(|other| *other != kind);
                } else {
                    view.attestations.push(kind);
                    view.attestations.sort();
                }
            });
            let hint = if on { t!("timeline-show-the-others-again") } else { t!("timeline-show-only-these") };
            view! {
                <li>
                    <a href=href class=format!("a-{}", kind.key()) aria-current=on.then_some("true") title=hint>
                        <i class="hd"></i>
                        {kind.label()}
                        <span class="tl-count">{grouped(count)}</span>
                    </a>
                </li>
            }
        })
        .collect();
    (!items.is_empty()).then(|| {
        view! {
            <div class="tl-legend">
                <h3 id="tl-legend">{t!("timeline-how-it-is-known")}</h3>
                <ul aria-labelledby="tl-legend">{items}</ul>
                <p class="tl-legend-more">
                    <a href=format!("/d/{}/method", frame.dispute.slug) target=frame.base.target()>{t!("timeline-how-that-is-worked-out")}</a>
                </p>
            </div>
        }
        .into_any()
    })
}

/// What the shapes on the axis mean.
pub(crate) fn shapes() -> AnyView {
    let sample = |class: &'static str, words: &'static str| {
        view! { <li class=class><span class="tl-sample"><i class="bd"></i><i class="hd"></i></span>{words}</li> }
    };
    view! {
        <div class="tl-legend tl-shapes">
            <h3 id="tl-shapes">{t!("timeline-when-it-was")}</h3>
            <ul aria-labelledby="tl-shapes">
                {sample("pt a-record", t!("timeline-on-that-day"))}
                {sample("sp a-record", t!("timeline-lasted"))}
                {sample("sp oe a-record", t!("timeline-still-goes-on"))}
                {sample("wn a-record", t!("timeline-some-time-between"))}
                {sample("wn ap a-record", t!("timeline-about"))}
                {sample("wn un a-record", t!("timeline-perhaps"))}
            </ul>
        </div>
    }
    .into_any()
}

/// How deadlines stand, where some of what is shown are any.
fn dues(frame: &TimelineFrame) -> Option<AnyView> {
    let held = frame.window.iter().flat_map(|window| window.events.iter().map(|held| &held.event));
    let has_any = frame.events.iter().chain(held).any(|event| event.due.is_some());
    let item = |state: &DueState| view! { <li>{due_sign(*state)}{state.label()}</li> };
    has_any.then(|| {
        view! {
            <div class="tl-legend tl-shapes tl-dues">
                <h3 id="tl-dues">{t!("timeline-how-deadlines-stand")}</h3>
                <ul aria-labelledby="tl-dues">{DueState::ALL.iter().map(item).collect::<Vec<_>>()}</ul>
            </div>
        }
        .into_any()
    })
}

/// Fields that keep the rest of a view when a form changes some of it.
pub(super) fn kept(view: &View, leave_out: &[&str]) -> AnyView {
    view.query()
        .into_iter()
        .filter(|(name, _)| !leave_out.contains(name))
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect::<Vec<_>>()
        .into_any()
}

/// A date field. Its place is there from the start; where scripts run it comes after the first frame (`fillIn` in
/// `app/live_views.js`), since the first one in a page keeps a browser busy for as long as the rest of it.
pub(super) fn date_field(
    id: &'static str,
    name: &'static str,
    value: Option<NaiveDate>,
    within: (Option<NaiveDate>, Option<NaiveDate>),
) -> AnyView {
    let day = |day: NaiveDate| day.format("%Y-%m-%d").to_string();
    let (min, max) = within;
    view! {
        <span class="tl-date">
            <noscript>
                <input type="date" id=id name=name value=value.map(day) min=min.map(day) max=max.map(day)/>
            </noscript>
        </span>
    }
    .into_any()
}

/// What was known on a day: a date field, and on the axis with a script a slider over it.
fn as_of(frame: &TimelineFrame) -> AnyView {
    let known = frame.outline.iter().filter_map(|event| event.known_from).min();
    let clear = frame.view.as_of.map(|_| {
        let href = frame.address(|view| view.as_of = None);
        view! { <a class="tl-tool tl-word" href=href>{t!("timeline-now")}</a> }
    });
    let slider = (frame.view.layout == Layout::Timeline).then_some(known).flatten().map(|first| {
        let number = |day| (crate::model::time::day_start(day) / crate::model::time::DAY).to_string();
        let at = frame.view.as_of.unwrap_or(frame.today);
        view! {
            <input
                type="range"
                id="tl-slider"
                class="tl-slider needs-script"
                data-tl="slider"
                aria-label=t!("timeline-as-known-on-day")
                aria-valuetext=crate::model::time::long_day(at)
                min=number(first.min(at))
                max=number(frame.today.max(at))
                value=number(at)
            />
        }
    });
    view! {
        <form class="tl-asof" method="get" data-tl="asof">
            {kept(&frame.view, &["asof", "event"])}
            <h3><label for="tl-asof">{t!("timeline-as-known-on-day")}</label></h3>
            {slider}
            {date_field("tl-asof", "asof", frame.view.as_of, (known, Some(frame.today)))}
            <button class="tl-tool tl-word" type="submit">{t!("timeline-show")}</button>
            {clear}
        </form>
    }
    .into_any()
}

/// What stands under every layout: what the marks mean, and what was known when.
pub(super) fn foot(frame: &TimelineFrame) -> AnyView {
    let shapes = (frame.view.layout == Layout::Timeline).then(shapes);
    view! { <div class="tl-foot later">{legend(frame)} {shapes} {dues(frame)} {as_of(frame)}</div> }
        .into_any()
}
