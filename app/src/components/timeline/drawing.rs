//! The timeline layout: events on an axis.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::controls::{self, Stretch};
use super::list::{Period, more_item, period_item};
use super::marks::{OnAxis, Spot, event_item};
use super::panel::close;
use super::window::{self, Choice, LIMIT, Lane, Lanes, NOMINAL, Window};
use super::{TimelineFrame, axis, overview};
use crate::model::event::Kind;
use crate::model::view::{Group, Layout as View, Range};
use crate::t;
use crate::texts::drawing_line;
use crate::timeline::address::rounded;
use crate::timeline::count::{events, short};
use crate::timeline::layout::{GAP, Layout, Place};
use crate::timeline::ticks::stretch_words;
use crate::timeline::{Cluster, Item, Rules, Scale, lay_out};

/// The most events that are fetched at once.
const FETCHED: usize = 384;
/// The most events in the list of a cluster.
const LISTED: usize = 200;

/// Which part of the drawing holds events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The page with the whole of it.
    Page,
    /// A stretch that its script fetches.
    Window,
    /// What a cluster in a lane stands for.
    Cluster(usize),
}

/// The events that a part of the drawing is to hold.
pub fn choose(frame: &TimelineFrame, part: Part) -> Choice {
    let outline = &frame.outline;
    let lanes = Lanes::of(&frame.view, &frame.parties, outline);
    let range = frame.view.range;
    match part {
        Part::Page => {
            let scale = window::scale(range, frame.whole);
            Choice::of(outline, lanes, scale.from, scale.to, LIMIT)
        }
        Part::Window => {
            let (first, last) = frame.whole;
            let from = range.from.map_or(first, |minute| minute as f64);
            let to = range.to.map_or(last, |minute| minute as f64).max(from + 1.0);
            Choice::of(outline, lanes, from, to, FETCHED)
        }
        Part::Cluster(lane) => {
            let from = range.from.map_or(f64::NEG_INFINITY, |minute| minute as f64);
            let to = range.to.map_or(f64::INFINITY, |minute| minute as f64);
            Choice::of_lane(outline, lanes, lane, (from, to), LISTED)
        }
    }
}

/// The events of a stretch, laid out.
pub(super) struct Drawn<'a> {
    pub(super) window: &'a Window,
    pub(super) items: Vec<Item>,
    pub(super) layout: Layout,
    pub(super) rules: Rules,
    pub(super) stretch: Stretch,
    pub(super) roomy: bool,
}

impl<'a> Drawn<'a> {
    pub(super) fn of(frame: &TimelineFrame, window: &'a Window) -> Self {
        let whole = frame.whole;
        let scale = Scale::new(window.choice.from, window.choice.to, NOMINAL);
        let roomy = window::is_roomy(frame.outline.len());
        let items = window::items(window, &frame.steps, roomy);
        let rules = window::rules(&window.choice.lanes, &frame.positions, frame.outline.len(), whole.1);
        let layout = lay_out(&items, &window.choice.rest, &scale, (0.0, NOMINAL), &rules);
        Self { window, items, layout, rules, stretch: Stretch { scale, whole }, roomy }
    }

    fn lanes(&self) -> &Lanes {
        &self.window.choice.lanes
    }
}

/// The room of each label: up to the next one in its row.
pub(super) fn rooms_of(items: &[Item], layout: &Layout, width: f64) -> Vec<f64> {
    let mut rooms: Vec<f64> = items.iter().map(|item| item.label).collect();
    let mut rows: Vec<(i64, f64, usize)> = Vec::new();
    for (at, (placed, item)) in layout.placed.iter().zip(items).enumerate() {
        if matches!(placed.place, Place::Row(_)) {
            let left =
                if placed.flipped { placed.x.min(placed.x + placed.width - item.label) } else { placed.x };
            rows.push((placed.y as i64, left, at));
        }
    }
    rows.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    for (nth, (y, x, at)) in rows.iter().enumerate() {
        let next = rows.get(nth + 1).filter(|(row, ..)| row == y).map_or(width, |(_, next, _)| *next);
        let flipped = layout.placed.get(*at).is_some_and(|placed| placed.flipped);
        if let (Some(room), false) = (rooms.get_mut(*at), flipped) {
            *room = next - x.max(0.0) - GAP / 2.0;
        }
    }
    rooms
}

/// A counted cluster as an item of the list: a link to the list of what it stands for, which the script opens in
/// place.
fn cluster_item(frame: &TimelineFrame, lane: &Lane, cluster: &Cluster, scale: &Scale) -> AnyView {
    let (from, to) = if cluster.to - cluster.from >= 2.0 * 1440.0 {
        ((cluster.from / 1440.0).floor() * 1440.0, (cluster.to / 1440.0).ceil() * 1440.0)
    } else {
        (cluster.from, cluster.to)
    };
    let (from, to) = rounded(from, to);
    let href = frame.address(|view| {
        view.range = Range { from: Some(from), to: Some(to) };
        view.event = None;
        view.layout = View::List;
        match (view.group, Kind::from_key(&lane.key)) {
            (Group::Party, _) if !lane.key.is_empty() => view.parties = vec![lane.key.clone()],
            (Group::Kind, Some(kind)) => view.kinds = vec![kind],
            _ => {}
        }
    });
    let lane = &lane.name;
    let count = cluster.count as usize;
    let words = t!(
        "timeline-cluster",
        events = events(count),
        stretch = stretch_words(cluster.from, cluster.to),
        lane = lane
    );
    let style = format!(
        "--x:{:.2}cqw;--y:{:.0};--w:{:.2}cqw",
        (cluster.x - cluster.width / 2.0) / scale.width * 100.0,
        cluster.y,
        cluster.width / scale.width * 100.0
    );
    view! {
        <li class="cl" style=style>
            <a class="ck" href=href><span aria-hidden="true">{short(count)}</span><span class="vh">{words}</span></a>
        </li>
    }
    .into_any()
}

/// How many events of each period in the window are not held one by one.
fn missing(frame: &TimelineFrame, drawn: &Drawn<'_>, period: Period) -> BTreeMap<i64, usize> {
    let mut counts = BTreeMap::new();
    let choice = &drawn.window.choice;
    if choice.rest.is_empty() {
        return counts;
    }
    let mut held = choice.held.iter().peekable();
    for (nth, event) in frame.outline.iter().enumerate() {
        let (start, end) = event.bounds();
        if held.next_if_eq(&&nth).is_none() && start < choice.to && end > choice.from {
            *counts.entry(period.of(event.sorts_at)).or_default() += 1;
        }
    }
    counts
}

/// The items of the list, in time order: periods for the vertical forms, events, clusters.
fn items(frame: &TimelineFrame, drawn: &Drawn<'_>) -> Vec<AnyView> {
    let scale = &drawn.stretch.scale;
    let rooms = rooms_of(&drawn.items, &drawn.layout, NOMINAL);
    let period = Period::over(scale.from, scale.to);
    let mut clusters: Vec<&Cluster> = drawn.layout.clusters.iter().collect();
    clusters.sort_by(|a, b| a.from.total_cmp(&b.from));
    let mut clusters = clusters.into_iter().peekable();
    let mut out = Vec::new();
    let mut missing = missing(frame, drawn, period);
    let mut current = None;
    let cluster = |cluster: &Cluster| {
        let lane = drawn.lanes().all.get(usize::from(cluster.lane));
        lane.map(|lane| cluster_item(frame, lane, cluster, scale))
    };
    for ((held, item), (placed, room)) in
        drawn.window.events.iter().zip(&drawn.items).zip(drawn.layout.placed.iter().zip(rooms))
    {
        while let Some(next) = clusters.next_if(|next| next.from <= item.start) {
            out.extend(cluster(next));
        }
        let number = period.of(held.event.date.sorts_at());
        if current != Some(number) {
            // What the period before has besides, and whole periods of which nothing stands here.
            let before = missing.split_off(&number);
            let passed = std::mem::replace(&mut missing, before);
            out.extend(passed.into_iter().map(|(number, count)| more_item(frame, period, number, count)));
            out.push(period_item(period.name(number)));
            current = Some(number);
        }
        let spot = Some(Spot { placed, scale, room });
        let axis = OnAxis { lanes: &held.lanes, roomy: drawn.roomy, spot };
        out.push(event_item(frame, held.nth, &held.event, Some(&axis)));
    }
    out.extend(clusters.filter_map(cluster));
    out.extend(missing.into_iter().map(|(number, count)| more_item(frame, period, number, count)));
    out
}

/// The measures of a drawing in the form in which the island reads them.
fn rules_words(rules: &Rules) -> String {
    let headings: Vec<String> = rules.headings.iter().map(|height| format!("{height:.0}")).collect();
    format!(
        "{} {:.0} {:.0} {:.0} {:.0};{}",
        rules.rows,
        rules.row,
        rules.rail,
        rules.below,
        rules.bound,
        headings.join(" ")
    )
}

/// The events of a stretch as the island fetches them: the items of the list, not yet placed, and the counts of what
/// is not among them. The stretch is that of the frame's view.
pub fn timeline_window(frame: &TimelineFrame) -> AnyView {
    let Some(window) = &frame.window else { return ().into_any() };
    let choice = &window.choice;
    let roomy = window::is_roomy(frame.outline.len());
    let items: Vec<_> = window
        .events
        .iter()
        .map(|held| {
            let axis = OnAxis { lanes: &held.lanes, roomy, spot: None };
            event_item(frame, held.nth, &held.event, Some(&axis))
        })
        .collect();
    let count = controls::count_words(frame, choice.count);
    view! {
        <ol
            data-rest=choice.rest_words()
            data-b=format!("{:.0} {:.0}", choice.from, choice.to)
            data-count=count
        >
            {items}
        </ol>
    }
    .into_any()
}

/// The events of one lane in a stretch, in a panel: what a cluster opens into. Of these the island leaves those to the
/// cluster that have no label beside it.
pub fn cluster_panel(frame: &TimelineFrame, lane: usize) -> AnyView {
    let Some(window) = &frame.window else { return ().into_any() };
    let (lanes, from, to) = (&window.choice.lanes, window.choice.from, window.choice.to);
    let count = window.choice.count;
    let roomy = window::is_roomy(frame.outline.len());
    let items: Vec<_> = window
        .events
        .iter()
        .map(|held| {
            let axis = OnAxis { lanes: &held.lanes, roomy, spot: None };
            event_item(frame, held.nth, &held.event, Some(&axis))
        })
        .collect();
    let name = lanes.all.get(lane).map(|lane| lane.name.clone()).unwrap_or_default();
    let title = if from.is_finite() && to.is_finite() {
        stretch_words(from, to)
    } else {
        t!("timeline-all-of-them").to_owned()
    };
    let closer = frame.address(|view| view.event = None);
    let more = (count > LISTED).then(|| {
        let list = frame.address(|view| view.layout = View::List);
        view! { <p><a href=list>{t!("timeline-read-all-of-them-as")}</a></p> }
    });
    view! {
        <aside class="pn" id="event" data-bench="detail" data-tl="panel" aria-labelledby="pn-title" tabindex="-1">
            <header class="pn-head">
                <p class="pn-kind">{name}</p>
                {close(closer.clone())}
            </header>
            <h2 id="pn-title">{title}</h2>
            <p class="pn-date" data-count=count.to_string()>{events(count)}</p>
            <p class="pn-links"><a href=closer data-own="">{t!("timeline-zoom-in-here")}</a></p>
            <ol class="tl-events pn-events">{items}</ol>
            {more}
        </aside>
    }
    .into_any()
}

/// The drawing with everything around it.
pub(super) fn drawing(frame: &TimelineFrame) -> AnyView {
    if frame.outline.is_empty() {
        return view! {
            <section class="tl" aria-label=t!("timeline-timeline")>
                {controls::toolbar(frame, None)}
                {controls::status(frame, 0, None)}
                {controls::nothing(frame)}
                {controls::foot(frame)}
            </section>
        }
        .into_any();
    }
    let Some(window) = &frame.window else { return ().into_any() };
    let drawn = Drawn::of(frame, window);
    let scale = &drawn.stretch.scale;
    let boxes = &drawn.layout.lanes;
    let mut class = String::from("tl-plot");
    if drawn.roomy {
        class.push_str(" tl-roomy");
    }
    let phases = axis::phases(frame);
    if !phases.is_empty() {
        class.push_str(" tl-phased");
    }
    let list = frame.address(|view| view.layout = View::List);
    let partial = (window.choice.count > window.events.len()).then(|| {
        view! {
            <p class="tl-partial">
                {t!("timeline-here-are", shown = window.events.len(), count = window.choice.count)}" "
                <a href=list.clone()>{t!("timeline-read-all-as-a-list")}</a>
            </p>
        }
    });
    view! {
        <section class="tl" aria-label=t!("timeline-timeline") data-tl="root" data-base=frame.base.path().to_owned() data-words=drawing_line()>
            <a class="skip" href=list>{t!("timeline-read-as-a-list")}</a>
            {controls::toolbar(frame, Some(drawn.lanes()))}
            {controls::status(frame, window.choice.count, Some(&drawn.stretch))}
            {partial}
            <div
                class=class
                data-bench="timeline"
                data-tl="plot"
                data-b=format!("{:.0} {:.0}", scale.from, scale.to)
                data-rules=rules_words(&drawn.rules)
            >
                {axis::head(scale, &phases)}
                <div class="tl-area" data-tl="area" style=format!("--h:{:.0}", drawn.layout.height)>
                    {axis::lane_heads(drawn.lanes(), boxes)}
                    <div class="tl-slide" data-tl="layer">
                        {axis::tints(scale, &phases)}
                        {axis::grid(scale)}
                        {axis::today(frame, scale)}
                        {axis::positions(frame, drawn.lanes(), boxes, scale)}
                        <ol
                            class="tl-events"
                            id="events"
                            data-tl="events"
                            data-rest=window.choice.rest_words()
                        >{items(frame, &drawn)}</ol>
                    </div>
                </div>
            </div>
            {overview::overview(frame, &drawn.stretch)}
            {controls::foot(frame)}
        </section>
    }
    .into_any()
}
