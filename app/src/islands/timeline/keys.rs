//! Keys, and the one tab stop of the drawing.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::dom::{document, find_all, listen as on};
use super::stage::{Shared, Stage};
use super::{ask, input};
use crate::timeline::count::events;
use crate::timeline::order::{self, Key, of_float};
use crate::timeline::scale::within;
use crate::timeline::ticks::stretch_words;
use crate::timeline::{Place, Scale};

thread_local! {
    /// What opened the panel, to return to.
    static OPENER: RefCell<Option<HtmlElement>> = const { RefCell::new(None) };
}

/// Remembers what opened the panel.
pub(super) fn remember(link: &HtmlElement) {
    OPENER.with(|opener| *opener.borrow_mut() = Some(link.clone()));
}

/// Returns to what opened the panel, or to the drawing's tab stop.
pub(super) fn back(shared: &Shared) {
    let opener = OPENER.with(|opener| opener.borrow_mut().take()).filter(|opener| opener.is_connected());
    let link = opener.or_else(|| {
        shared.borrow().parts.layer.query_selector("a[tabindex='0']").ok().flatten()?.dyn_into().ok()
    });
    if let Some(link) = link {
        let _ = link.focus();
    }
}

/// One thing that focus can be on: where it stands in time, its lane, its link.
struct Stop {
    at: f64,
    lane: u16,
    link: HtmlElement,
}

/// What is in view, in order of time.
fn stops(stage: &Stage) -> Vec<Stop> {
    let (from, to) = (stage.scale.from, stage.scale.to);
    let mut stops: Vec<Option<Stop>> = stage
        .marks
        .iter()
        .filter(|mark| matches!(mark.drawn.place, Some(Place::Row(_) | Place::Dot)))
        .filter(|mark| mark.item.start < to && mark.item.end > from)
        .map(|mark| Stop {
            at: if mark.item.start.is_finite() { mark.item.start } else { mark.item.end },
            lane: mark.item.lanes.first(),
            link: mark.link.clone(),
        })
        .chain(
            stage
                .painted
                .knots
                .iter()
                .filter(|knot| knot.cluster.from < to && knot.cluster.to > from)
                .map(|knot| Stop { at: knot.cluster.from, lane: knot.cluster.lane, link: knot.link.clone() }),
        )
        .map(Some)
        .collect();
    let mut keys: Vec<Key> = stops
        .iter()
        .flatten()
        .enumerate()
        .map(|(at, stop)| (of_float(stop.at), u64::from(stop.lane), at))
        .collect();
    order::sort(&mut keys);
    keys.iter().filter_map(|(_, _, at)| stops.get_mut(*at)?.take()).collect()
}

/// Sees to it that exactly one link of the drawing is in the tab order, and that clusters in view have names.
pub(super) fn refresh(stage: &mut Stage) {
    let stops = stops(stage);
    let current = stops
        .iter()
        .find(|stop| Some(stop.link.as_ref()) == document().active_element().as_ref())
        .or_else(|| stops.iter().find(|stop| stop.link.get_attribute("aria-current").is_some()))
        .or_else(|| {
            stops.iter().find(|stop| stop.link.tab_index() == 0 && stop.link.has_attribute("tabindex"))
        })
        .or_else(|| stops.first())
        .map(|stop| stop.link.clone());
    for mark in &stage.marks {
        set_tab(&mark.link, current.as_ref());
    }
    for knot in &stage.painted.knots {
        set_tab(&knot.link, current.as_ref());
        let cluster = &knot.cluster;
        if cluster.from < stage.scale.to
            && cluster.to > stage.scale.from
            && !knot.link.has_attribute("aria-label")
        {
            let mut name = events(cluster.count as usize);
            name.push_str(", ");
            name.push_str(&stretch_words(cluster.from, cluster.to));
            if let Some(lane) = stage
                .parts
                .lanes
                .get(usize::from(cluster.lane))
                .and_then(|lane| lane.query_selector(".tl-lane-name").ok().flatten())
            {
                name.push_str("; ");
                name.push_str(&lane.text_content().unwrap_or_default());
            }
            let _ = knot.link.set_attribute("aria-label", &name);
        }
    }
}

fn set_tab(link: &HtmlElement, current: Option<&HtmlElement>) {
    let index = if Some(link) == current { 0 } else { -1 };
    if link.tab_index() != index || !link.has_attribute("tabindex") {
        link.set_tab_index(index);
    }
}

/// Listens to keys, on the drawing and in the panel.
pub(super) fn listen(shared: &Shared) {
    let plot = shared.borrow().parts.plot.clone();
    let host = shared.borrow().parts.host.clone();
    let root = shared.borrow().parts.root.clone();
    for control in find_all(&root, "[data-do]") {
        let _ = control.set_attribute("role", "button");
    }
    let stage = shared.clone();
    on(&root, "keydown", true, move |event| {
        // A button answers to the space bar, a link does not.
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let control = target.filter(|target| target.get_attribute("role").as_deref() == Some("button"));
        if let (" ", Some(control)) = (key.key().as_str(), control) {
            event.prevent_default();
            if let Some(control) = control.dyn_ref::<HtmlElement>() {
                control.click();
            }
        }
        if key.key() == "Escape" && stage.borrow().parts.host.has_child_nodes() {
            close(&stage);
        }
    });
    let stage = shared.clone();
    on(&host, "keydown", true, move |event| {
        if event.dyn_ref::<KeyboardEvent>().is_some_and(|key| key.key() == "Escape") {
            event.prevent_default();
            close(&stage);
        }
    });
    let stage = shared.clone();
    on(&plot, "keydown", true, move |event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
        if key.ctrl_key() || key.meta_key() || key.alt_key() || !super::stage::on_axis() {
            return;
        }
        if pressed(&stage, &key.key()) {
            event.prevent_default();
        }
    });
}

fn close(shared: &Shared) {
    ask::close(shared);
    back(shared);
}

/// Zooms about what has the focus, which thereby stays in view and keeps it.
fn zoom(shared: &Shared, factor: f64) -> bool {
    let mut stage = shared.borrow_mut();
    let active = document().active_element();
    let at =
        stops(&stage).iter().find(|stop| Some(stop.link.as_ref()) == active.as_ref()).map(|stop| stop.at);
    let goal = stage.goal();
    let about = at.map_or(goal.width / 2.0, |at| within(goal.x(at), 0.0, goal.width));
    stage.show(goal.zoomed(factor, about), true);
    true
}

/// Does what a key says; whether it says anything.
fn pressed(shared: &Shared, key: &str) -> bool {
    match key {
        "+" | "=" => return zoom(shared, 2.0),
        "-" | "_" => return zoom(shared, 0.5),
        "0" => return input::act(shared, "fit", false),
        "f" => return input::act(shared, "chosen", false),
        _ => {}
    }
    let mut stage = shared.borrow_mut();
    let active = document().active_element();
    let stops = stops(&stage);
    let Some(at) = stops.iter().position(|stop| Some(stop.link.as_ref()) == active.as_ref()) else {
        return false;
    };
    let Some(here) = stops.get(at) else { return false };
    let by_lane = |down: bool| {
        let lane = stops
            .iter()
            .map(|stop| stop.lane)
            .filter(|lane| if down { *lane > here.lane } else { *lane < here.lane });
        let lane = if down { lane.min() } else { lane.max() }?;
        stops
            .iter()
            .filter(|stop| stop.lane == lane)
            .min_by(|a, b| (a.at - here.at).abs().total_cmp(&(b.at - here.at).abs()))
    };
    let next = match key {
        "ArrowRight" => stops.get(at + 1),
        "ArrowLeft" => at.checked_sub(1).and_then(|before| stops.get(before)),
        "ArrowDown" => by_lane(true),
        "ArrowUp" => by_lane(false),
        "Home" => stops.first(),
        "End" => stops.last(),
        "PageDown" | "PageUp" => None,
        _ => return false,
    };
    if let Some(stop) = next {
        here.link.set_tab_index(-1);
        focus(&stop.link);
        return true;
    }
    // There is nothing further in view: the view moves on.
    let by = match key {
        "ArrowRight" => 0.5,
        "ArrowLeft" => -0.5,
        "PageDown" => 0.9,
        "PageUp" => -0.9,
        _ => return true,
    };
    let forward = by > 0.0;
    let goal = stage.goal().panned(by * stage.scale.width);
    let (from, to) = (here.at, goal);
    stage.show(goal, true);
    step_into(&stage, from, &to, forward);
    true
}

/// Focuses the next event beyond a time, where there is one in a view.
fn step_into(stage: &Stage, from: f64, scale: &Scale, forward: bool) {
    let start = |at: usize| stage.marks.get(at).map_or(0.0, |mark| mark.item.start);
    let inside = |at: &usize| {
        let at = start(*at);
        at >= scale.from && at <= scale.to && if forward { at > from } else { at < from }
    };
    let shown = |at: &usize| {
        stage.marks.get(*at).is_some_and(|mark| matches!(mark.drawn.place, Some(Place::Row(_) | Place::Dot)))
    };
    let mut order = (0..stage.marks.len()).filter(inside).filter(shown);
    let next = if forward { order.next() } else { order.next_back() };
    if let Some(mark) = next.and_then(|at| stage.marks.get(at)) {
        for other in &stage.marks {
            set_tab(&other.link, Some(&mark.link));
        }
        focus(&mark.link);
    }
}

/// Focuses without the browser scrolling a layer that moves by itself.
fn focus(link: &HtmlElement) {
    link.set_tab_index(0);
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = link.focus_with_options(&options);
    let into_view = web_sys::ScrollIntoViewOptions::new();
    into_view.set_block(web_sys::ScrollLogicalPosition::Nearest);
    into_view.set_inline(web_sys::ScrollLogicalPosition::Nearest);
    link.scroll_into_view_with_scroll_into_view_options(&into_view);
}
