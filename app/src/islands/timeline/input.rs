//! Pointer, wheel, clicks on controls and the forms.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent, MouseEvent, PointerEvent, WheelEvent,
};

use super::dom::{find, listen as on, style, window};
use super::stage::Shared;
use super::{ask, keys};
use crate::timeline::address::{from_words, replaced};
use crate::timeline::civil::day_number;
use crate::timeline::scale::within;
use crate::timeline::ticks::day_words;
use crate::timeline::{Scale, scale};

/// How far a pointer may move and still mean a click, in CSS pixels.
const SLACK: f64 = 5.0;

/// Pointers that are down on the drawing: identifier and place.
#[derive(Default)]
struct Hold {
    down: Vec<(i32, f64)>,
    /// Whether they have moved far enough to mean a drag.
    dragged: bool,
    begun: f64,
}

/// Listens to everything but keys.
pub(super) fn listen(shared: &Shared) {
    let plot = shared.borrow().parts.plot.clone();
    let root = shared.borrow().parts.root.clone();
    let host = shared.borrow().parts.host.clone();
    let hold = Rc::new(RefCell::new(Hold::default()));
    drag(shared, &plot, &hold);
    wheel(shared, &plot);
    strip(shared);
    forms(shared, &root);
    let stage = shared.clone();
    let held = hold;
    on(&root, "click", true, move |event| {
        if std::mem::take(&mut held.borrow_mut().dragged) {
            event.prevent_default();
            return;
        }
        clicked(&stage, &event);
    });
    let stage = shared.clone();
    on(&host, "click", true, move |event| clicked(&stage, &event));
}

fn pointer(event: Event) -> Option<PointerEvent> {
    event.dyn_into().ok()
}

fn drag(shared: &Shared, plot: &HtmlElement, hold: &Rc<RefCell<Hold>>) {
    let (stage, held) = (shared.clone(), hold.clone());
    on(plot, "pointerdown", false, move |event| {
        let Some(event) = pointer(event) else { return };
        if event.button() != 0 || !super::stage::on_axis() {
            return;
        }
        let mut held = held.borrow_mut();
        if held.down.is_empty() {
            held.dragged = false;
            held.begun = f64::from(event.client_x());
        }
        held.down.push((event.pointer_id(), f64::from(event.client_x())));
        let mut stage = stage.borrow_mut();
        let here = stage.scale;
        stage.show(here, false);
    });
    let (stage, held) = (shared.clone(), hold.clone());
    on(&window(), "pointermove", false, move |event| {
        if held.borrow().down.is_empty() {
            return;
        }
        let Some(event) = pointer(event) else { return };
        moved(&mut stage.borrow_mut(), &mut held.borrow_mut(), &event);
    });
    for name in ["pointerup", "pointercancel"] {
        let (stage, held) = (shared.clone(), hold.clone());
        on(&window(), name, false, move |event| {
            let Some(event) = pointer(event) else { return };
            let mut held = held.borrow_mut();
            held.down.retain(|(id, _)| *id != event.pointer_id());
            if held.down.is_empty() {
                let _ = stage.borrow().parts.plot.class_list().remove_2("tl-held-down", "tl-moving");
                if event.type_() == "pointercancel" {
                    held.dragged = false;
                }
            }
        });
    }
    // A link would be dragged as a thing of its own.
    on(plot, "dragstart", true, |event| event.prevent_default());
}

fn moved(stage: &mut super::stage::Stage, held: &mut Hold, event: &PointerEvent) {
    let x = f64::from(event.client_x());
    let Some(at) = held.down.iter().position(|(id, _)| *id == event.pointer_id()) else { return };
    if !held.dragged {
        if (x - held.begun).abs() < SLACK {
            return;
        }
        held.dragged = true;
        stage.shield();
        let _ = stage.parts.plot.class_list().add_1("tl-held-down");
    }
    let before = held.down.clone();
    if let Some(pointer) = held.down.get_mut(at) {
        pointer.1 = x;
    }
    let rem = stage.rem;
    let scale = stage.scale;
    let next = match (before.as_slice(), held.down.as_slice()) {
        ([(_, a), (_, b), ..], [(_, c), (_, d), ..]) => {
            let left = stage.left;
            let (apart, now) = ((a - b).abs().max(20.0), (c - d).abs().max(20.0));
            let middle = (f64::midpoint(*a, *b) - left) / rem;
            let shift = (f64::midpoint(*c, *d) - f64::midpoint(*a, *b)) / rem;
            scale.zoomed(now / apart, middle).panned(-shift)
        }
        ([(_, a), ..], [(_, c), ..]) => scale.panned((a - c) / rem),
        _ => return,
    };
    stage.show(next, false);
}

fn wheel(shared: &Shared, plot: &HtmlElement) {
    let stage = shared.clone();
    on(plot, "wheel", true, move |event| {
        let Ok(wheel) = event.dyn_into::<WheelEvent>() else { return };
        if !super::stage::on_axis() {
            return;
        }
        // Lines and pages, where a mouse counts in them, in CSS pixels.
        let step = match wheel.delta_mode() {
            1 => 16.0,
            2 => 400.0,
            _ => 1.0,
        };
        let (across, down) = (wheel.delta_x() * step, wheel.delta_y() * step);
        let mut stage = stage.borrow_mut();
        if wheel.ctrl_key() || wheel.meta_key() {
            wheel.prevent_default();
            stage.shield();
            let x = (f64::from(wheel.client_x()) - stage.left) / stage.rem;
            let next = stage.scale.zoomed(within(js_sys::Math::exp(-down * 0.0018), 0.5, 2.0), x);
            stage.show(next, false);
        } else if across.abs() > down.abs() || wheel.shift_key() {
            wheel.prevent_default();
            let by = if across.abs() > down.abs() { across } else { down };
            let next = stage.scale.panned(by / stage.rem);
            stage.show(next, false);
        }
    });
}

/// The strip: drag its window, or one of its ends; a click elsewhere brings the window there; keys move its ends.
fn strip(shared: &Shared) {
    #[derive(Clone, Copy)]
    enum Grip {
        From,
        To,
        Both(f64),
    }
    let element = shared.borrow().parts.strip.clone();
    let grip: Rc<RefCell<Option<Grip>>> = Rc::new(RefCell::new(None));
    let time = |stage: &super::stage::Stage, event: &PointerEvent| {
        let rect = stage.parts.strip.get_bounding_client_rect();
        let part = within((f64::from(event.client_x()) - rect.left()) / rect.width(), 0.0, 1.0);
        (
            stage.whole.0 + part * (stage.whole.1 - stage.whole.0),
            (stage.whole.1 - stage.whole.0) / rect.width(),
        )
    };
    let (stage, held) = (shared.clone(), grip.clone());
    on(&element, "pointerdown", true, move |event| {
        let Some(event) = pointer(event) else { return };
        if event.button() != 0 {
            return;
        }
        event.prevent_default();
        let mut stage = stage.borrow_mut();
        let _ = stage.parts.strip.set_pointer_capture(event.pointer_id());
        let (at, pixel) = time(&stage, &event);
        let (from, to) = (stage.scale.from.max(stage.whole.0), stage.scale.to.min(stage.whole.1));
        // Half of a target of 24 px, but of a narrow window the middle still moves it as a whole.
        let near = (12.0 * pixel).min((to - from) / 3.0).max(4.0 * pixel);
        let taken = if (at - from).abs() < near || (at < from && from - at < 12.0 * pixel) {
            Grip::From
        } else if (at - to).abs() < near || (at > to && at - to < 12.0 * pixel) {
            Grip::To
        } else if at > from && at < to {
            Grip::Both(at)
        } else {
            let length = stage.scale.to - stage.scale.from;
            let next = Scale::new(at - length / 2.0, at + length / 2.0, stage.scale.width);
            stage.show(next, true);
            return;
        };
        *held.borrow_mut() = Some(taken);
    });
    let (stage, held) = (shared.clone(), grip.clone());
    on(&element, "pointermove", false, move |event| {
        let Some(event) = pointer(event) else { return };
        let mut held = held.borrow_mut();
        let Some(taken) = *held else { return };
        let mut stage = stage.borrow_mut();
        let (at, _) = time(&stage, &event);
        let (from, to, width) = (stage.scale.from, stage.scale.to, stage.scale.width);
        let next = match taken {
            Grip::From => Scale::new(at.min(to - scale::SHORTEST), to, width),
            Grip::To => Scale::new(from, at.max(from + scale::SHORTEST), width),
            Grip::Both(last) => {
                *held = Some(Grip::Both(at));
                Scale::new(from + at - last, to + at - last, width)
            }
        };
        stage.show(next, false);
    });
    for name in ["pointerup", "pointercancel"] {
        let held = grip.clone();
        on(&element, name, false, move |_| *held.borrow_mut() = None);
    }
    let stage = shared.clone();
    on(&element, "keydown", true, move |event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
        if key.ctrl_key() || key.meta_key() || key.alt_key() {
            return;
        }
        let mut stage = stage.borrow_mut();
        let Some(first) = stage.parts.thumbs.iter().position(|thumb| event.target().as_ref() == Some(thumb))
        else {
            return;
        };
        let (low, high) = stage.whole;
        let day = 1440.0;
        // A day, or a step that shows on the strip.
        let step = ((high - low) / 200.0 / day).round().max(1.0) * day;
        let goal = stage.goal();
        let (from, to) = (goal.from.max(low), goal.to.min(high));
        let now = if first == 0 { from } else { to };
        let next = match key.key().as_str() {
            "ArrowRight" | "ArrowUp" => now + step,
            "ArrowLeft" | "ArrowDown" => now - step,
            "PageUp" => now + step * 10.0,
            "PageDown" => now - step * 10.0,
            "Home" => low,
            "End" => high,
            _ => return,
        };
        event.prevent_default();
        let (from, to) = if first == 0 {
            (within(next, low, to - day), to)
        } else {
            (from, within(next, from + day, high))
        };
        let next = Scale::new(from, to, goal.width);
        stage.show(next, false);
    });
}

fn forms(shared: &Shared, root: &HtmlElement) {
    if let Some(form) = find(root, "[data-tl=range]") {
        let stage = shared.clone();
        on(&form, "submit", true, move |event| {
            let mut stage = stage.borrow_mut();
            let day = |name: &str| field(&stage.parts.root, name).and_then(|text| read_day(&text));
            if let (Some(from), Some(to)) =
                (day("[data-tl=range] [name=from]"), day("[data-tl=range] [name=to]"))
                && to >= from
                && super::stage::on_axis()
            {
                event.prevent_default();
                let next = Scale::new(from as f64, (to + 1440) as f64, stage.scale.width);
                stage.show(next, true);
            }
        });
    }
    if let Some(slider) = find(root, "[data-tl=slider]") {
        let stage = shared.clone();
        let root = root.clone();
        on(&slider.clone(), "input", false, move |_| {
            let Some(slider) = slider.dyn_ref::<HtmlInputElement>() else { return };
            let Ok(day) = slider.value().parse::<i64>() else { return };
            let _ = slider.set_attribute("aria-valuetext", &day_words(day as f64 * 1440.0));
            let last = slider.max() == slider.value();
            let words = if last { String::new() } else { from_words(day * 1440) };
            if let Some(field) =
                find(&root, "[name=asof]").and_then(|field| field.dyn_into::<HtmlInputElement>().ok())
            {
                field.set_value(&words);
            }
            ask::as_of(&stage, &words);
        });
    }
}

fn field(root: &Element, selector: &str) -> Option<String> {
    Some(find(root, selector)?.dyn_into::<HtmlInputElement>().ok()?.value())
}

/// A day as a date field gives it, as its first minute.
fn read_day(text: &str) -> Option<i64> {
    let mut parts = text.rsplitn(3, '-');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    Some(day_number(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?) * 1440)
}

/// A click on a control, a mark, a cluster, or a link to another view.
fn clicked(shared: &Shared, event: &Event) {
    let Some(mouse) = event.dyn_ref::<MouseEvent>() else { return };
    if mouse.ctrl_key() || mouse.meta_key() || mouse.shift_key() || mouse.button() != 0 {
        return;
    }
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    let Some(link) = target.closest("a").ok().flatten().and_then(|link| link.dyn_into::<HtmlElement>().ok())
    else {
        return;
    };
    if let Some(action) = link.get_attribute("data-do") {
        if act(shared, &action, link.get_attribute("aria-disabled").is_some()) {
            event.prevent_default();
        }
        return;
    }
    if open(shared, &link) {
        event.prevent_default();
        return;
    }
    carry(shared, &link);
}

/// Does what a control says; whether there was anything to do here.
pub(super) fn act(shared: &Shared, action: &str, disabled: bool) -> bool {
    if disabled {
        return true;
    }
    if action == "close" {
        ask::close(shared);
        keys::back(shared);
        return true;
    }
    if !super::stage::on_axis() {
        return false;
    }
    let mut stage = shared.borrow_mut();
    let goal = stage.goal();
    let middle = goal.width / 2.0;
    let next = match action {
        "in" => goal.zoomed(2.0, middle),
        "out" => goal.zoomed(0.5, middle),
        "earlier" => goal.panned(-middle),
        "later" => goal.panned(middle),
        "fit" => Scale::new(stage.whole.0, stage.whole.1, goal.width),
        "chosen" => match stage.chosen() {
            Some((from, to)) => {
                let (from, to) = scale::fit(from, to);
                Scale::new(from, to, goal.width)
            }
            // Its mark is not here; the server knows where it stands.
            None => return false,
        },
        _ => return false,
    };
    stage.show(next, true);
    true
}

/// Opens what a mark or cluster stands for.
pub(super) fn open(shared: &Shared, link: &HtmlElement) -> bool {
    let cluster = {
        let stage = shared.borrow();
        stage.painted.knots.iter().find(|knot| knot.link == *link).map(|knot| knot.cluster)
    };
    if let Some(cluster) = cluster {
        keys::remember(link);
        ask::cluster(shared, cluster);
        return true;
    }
    let Some(item) = link.closest("li.ev").ok().flatten() else { return false };
    let id = item.id();
    let Some(id) = id.strip_prefix("e-") else { return false };
    keys::remember(link);
    ask::event(shared, id, link);
    true
}

/// A link to another view of this page carries along what is in view now, unless it has a range of its own.
fn carry(shared: &Shared, link: &HtmlElement) {
    let Some(address) = link.get_attribute("href") else { return };
    if link.has_attribute("data-own") {
        return;
    }
    let Some((path, query)) = address.split_once('?').or(Some((&address, ""))) else { return };
    if window().location().pathname().ok().as_deref() != Some(path) {
        return;
    }
    let stage = shared.borrow();
    let now = stage.query();
    let value = |name: &str| {
        now.split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(key, _)| *key == name)
            .map_or("", |(_, value)| value)
    };
    let query = replaced(query, &[("from", value("from")), ("to", value("to"))]);
    let mut next = path.to_owned();
    if !query.is_empty() {
        next.push('?');
        next.push_str(&query);
    }
    let _ = link.set_attribute("href", &next);
    style(link, "cursor", "progress");
}
