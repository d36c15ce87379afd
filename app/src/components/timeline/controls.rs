//! The toolbar, the status line, the legend that filters, and the as-of control.

use leptos::prelude::*;

use super::TimelineFrame;
use super::window::attested;
use crate::model::time::Minute;
use crate::model::view::{Group, Layout, Range, View};
use crate::timeline::address::rounded;
use crate::timeline::ticks::stretch_words;
use crate::timeline::{Scale, scale};

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

/// Layouts, lanes, and on the axis the ways to move.
pub(super) fn toolbar(frame: &TimelineFrame, stretch: Option<Stretch>) -> AnyView {
    let layouts: Vec<_> = Layout::ALL
        .iter()
        .map(|layout| {
            let href = frame.address(|view| view.layout = *layout);
            let current = (*layout == frame.view.layout).then_some("page");
            view! { <li><a href=href aria-current=current>{layout.label()}</a></li> }
        })
        .collect();
    let moves = stretch.map(|stretch| moves(frame, &stretch));
    let lanes = (frame.view.layout == Layout::Timeline).then(|| {
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
            <nav class="tl-choice" aria-label="Lanes by">
                <span class="tl-choice-name" aria-hidden="true">"Lanes"</span>
                <ul>{groups}</ul>
            </nav>
        }
    });
    view! {
        <div class="tl-bar">
            <nav class="tl-choice tl-layouts" aria-label="Layout"><ul>{layouts}</ul></nav>
            {lanes}
            {moves}
        </div>
    }
    .into_any()
}

fn moves(frame: &TimelineFrame, stretch: &Stretch) -> AnyView {
    let shown = stretch.scale;
    let middle = shown.width / 2.0;
    let to = |scale: Scale| frame.address(|view| view.range = range(stretch, &scale));
    let fit = frame.address(|view| view.range = Range { from: None, to: None });
    let at_least = shown.to - shown.from <= scale::SHORTEST * 1.01;
    let button = |action: &'static str, href: String, name: &'static str, icon: &'static str| {
        view! {
            <a class="tl-tool" data-do=action href=href title=name>
                <svg viewBox="0 0 20 20" aria-hidden="true"><path d=icon/></svg>
                <span class="vh">{name}</span>
            </a>
        }
    };
    view! {
        <div class="tl-moves" role="group" aria-label="Move">
            {button("earlier", to(shown.panned(-middle)), "Earlier", "M12 4l-6 6 6 6")}
            {button("later", to(shown.panned(middle)), "Later", "M8 4l6 6-6 6")}
            {button("out", to(shown.zoomed(0.5, middle)), "Zoom out", "M4 10h12")}
            {(!at_least).then(|| button("in", to(shown.zoomed(2.0, middle)), "Zoom in", "M4 10h12M10 4v12"))}
            <a class="tl-tool tl-word" data-do="fit" href=fit>"Fit all"</a>
        </div>
    }
    .into_any()
}

/// How many events are shown, in words.
pub(super) fn count_words(frame: &TimelineFrame, shown: usize) -> String {
    let events = |count: usize| {
        if count == 1 { "1 event".to_owned() } else { format!("{} events", grouped(count)) }
    };
    let mut words = if shown == frame.total {
        events(shown)
    } else {
        format!("{} of {}", grouped(shown), events(frame.total))
    };
    words.push_str(&as_known(frame));
    words
}

/// What is added to a count that replays what was known on a day.
fn as_known(frame: &TimelineFrame) -> String {
    frame
        .view
        .as_of
        .map(|day| format!(", as known on {}", crate::model::time::long_day(day)))
        .unwrap_or_default()
}

/// How much is shown, in words that are read out when they change.
pub(super) fn status(frame: &TimelineFrame, shown: usize, stretch: Option<&Scale>) -> AnyView {
    let words = count_words(frame, shown);
    let where_ = stretch.map(
        |scale| view! { <span class="tl-where" data-tl="where">{stretch_words(scale.from, scale.to)}</span> },
    );
    view! {
        <p class="tl-status" role="status">
            <span data-tl="count" data-total=frame.total.to_string() data-tail=as_known(frame)>{words}</span>
            {where_}
        </p>
    }
    .into_any()
}

/// What stands in place of events where there are none.
pub(super) fn nothing() -> AnyView {
    view! { <p class="tl-empty">"No event matches. Take a filter away, or widen the range."</p> }.into_any()
}

/// A number with its thousands set apart.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// What the marks mean, each a link that shows only events so attested, or shows them with the others again.
pub(super) fn legend(frame: &TimelineFrame) -> AnyView {
    let chosen = &frame.view.attestations;
    let items: Vec<_> = attested(&frame.events)
        .into_iter()
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
            let hint = if on { "Show the others again" } else { "Show only these" };
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
    view! {
        <div class="tl-legend">
            <h3 id="tl-legend">"How it is known"</h3>
            <ul aria-labelledby="tl-legend">{items}</ul>
        </div>
    }
    .into_any()
}

/// What the shapes on the axis mean.
pub(super) fn shapes() -> AnyView {
    let sample = |class: &'static str, words: &'static str| {
        view! { <li class=class><span class="tl-sample"><i class="bd"></i><i class="hd"></i></span>{words}</li> }
    };
    view! {
        <div class="tl-legend tl-shapes">
            <h3 id="tl-shapes">"When it was"</h3>
            <ul aria-labelledby="tl-shapes">
                {sample("pt a-record", "On that day")}
                {sample("sp a-record", "Lasted")}
                {sample("sp oe a-record", "Still goes on")}
                {sample("wn a-record", "Some time between")}
                {sample("wn ap a-record", "About")}
                {sample("wn un a-record", "Perhaps")}
            </ul>
        </div>
    }
    .into_any()
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

/// What was known on a day: a date field, and on the axis with a script a slider over it.
pub(super) fn as_of(frame: &TimelineFrame) -> AnyView {
    let known = frame.events.iter().filter_map(|event| event.known_from).min();
    let day = |day: chrono::NaiveDate| day.format("%Y-%m-%d").to_string();
    let clear = frame.view.as_of.map(|_| {
        let href = frame.address(|view| view.as_of = None);
        view! { <a class="tl-tool tl-word" href=href>"Now"</a> }
    });
    let slider = (frame.view.layout == Layout::Timeline).then_some(known).flatten().map(|first| {
        let number = |day| (crate::model::time::day_start(day) / crate::model::time::DAY).to_string();
        let at = frame.view.as_of.unwrap_or(frame.today);
        view! {
            <input
                type="range"
                class="tl-slider needs-script"
                data-tl="slider"
                aria-label="As known on"
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
            <label for="tl-asof">"As known on"</label>
            {slider}
            <input
                type="date"
                id="tl-asof"
                name="asof"
                value=frame.view.as_of.map(day)
                min=known.map(day)
                max=day(frame.today)
            />
            <button class="tl-tool tl-word" type="submit">"Show"</button>
            {clear}
        </form>
    }
    .into_any()
}
