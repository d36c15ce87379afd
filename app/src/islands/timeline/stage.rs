//! The state of the drawing and the frames that show it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::prelude::*;

use super::dom::{self, is_still, listen, matches, moved, style, window};
use super::page::{Mark, Parts, covers, marks, rest};
use super::paint::Painted;
use super::{ask, input, keys};
use crate::timeline::address::{from_words, replaced, rounded, to_words};
use crate::timeline::order::{self, Key};
use crate::timeline::scale::within;
use crate::timeline::ticks::{day_words, stretch_words};
use crate::timeline::{Place, Rest, Rules, Scale, lay_out};

/// How long a movement of the view takes, in milliseconds.
const EASE: f64 = 260.0;
/// How long labels only move with the view while it zooms, before they are laid out again, in milliseconds.
const PAUSE: f64 = 220.0;
/// How long what is drawn may lag behind a wheel or pinch, in milliseconds.
const STEP: f64 = 20.0;
/// How long the view must rest before the page is brought up to date with it, in milliseconds.
const REST: i32 = 140;

/// The timeline of the page.
pub(super) struct Stage {
    pub(super) parts: Parts,
    pub(super) marks: Vec<Mark>,
    rest: Vec<Rest>,
    rules: Rules,
    pub(super) painted: Painted,
    /// What is in view.
    pub(super) scale: Scale,
    /// What the layer was laid out for, and over which stretch of it.
    base: Scale,
    reach: (f64, f64),
    /// The stretch that shows everything.
    pub(super) whole: (f64, f64),
    /// The stretch of which events are here.
    covered: (f64, f64),
    /// Whether each of them is, so that none need be fetched as one looks closer.
    complete: bool,
    /// A fetch under way.
    pub(super) asking: bool,
    /// Whether what is here answers another question than the address by now.
    pub(super) outdated: bool,
    /// A unit in CSS pixels.
    pub(super) rem: f64,
    /// Where the drawing begins and how wide the strip is, in CSS pixels, as measured when the view last rested: to
    /// measure while it moves would have the browser lay out the page twice in a frame.
    pub(super) left: f64,
    strip: f64,
    /// How far the layers are slid, in CSS pixels.
    slid: f64,
    /// The scale that the window on the strip was last written for, and when.
    framed: (Scale, f64),
    /// The event whose panel is open.
    pub(super) selected: Option<String>,
    /// Where the view is on its way to: from what, to what, since when.
    glide: Option<(Scale, Scale, f64)>,
    /// Whether the layer is to be laid out in the next frame, or only moved.
    stale: bool,
    queued: bool,
    timer: i32,
    /// When it was last laid out while zooming.
    laid: f64,
    /// When it last moved while zooming.
    drifted: f64,
    tick: Option<Closure<dyn FnMut(f64)>>,
    settled: Option<Closure<dyn FnMut()>>,
}

/// The stage as listeners hold it.
pub(super) type Shared = Rc<RefCell<Stage>>;

/// Takes over the drawing of the page, if there is one.
pub(super) fn start() {
    let Some(parts) = Parts::find() else { return };
    let Some(rules) = parts.rules() else { return };
    let Some((from, to)) = dom::stretch(&parts.plot, "data-b") else { return };
    let Some(whole) = dom::stretch(&parts.strip, "data-b") else { return };
    let marks = marks(&parts.events);
    let rest = rest(&parts.events);
    let rem = unit();
    let width = f64::from(parts.plot.client_width()) / rem;
    let scale = Scale::new(from, to, width);
    let all = from <= whole.0 && to >= whole.1;
    let complete = rest.is_empty() && all;
    let selected = parameter("event");
    let painted = Painted::over(&parts);
    let stage = Rc::new(RefCell::new(Stage {
        marks,
        rest,
        rules,
        painted,
        scale,
        base: scale,
        reach: (0.0, width),
        whole,
        covered: (from, to),
        complete,
        asking: false,
        outdated: false,
        rem,
        left: 0.0,
        strip: 1.0,
        slid: 0.0,
        framed: (scale, 0.0),
        selected,
        glide: None,
        stale: true,
        queued: false,
        timer: 0,
        laid: 0.0,
        drifted: 0.0,
        tick: None,
        settled: None,
        parts,
    }));
    let weak = Rc::downgrade(&stage);
    let tick = Closure::<dyn FnMut(f64)>::new(move |now| {
        if let Some(stage) = weak.upgrade() {
            frame(&stage, now);
        }
    });
    let weak = Rc::downgrade(&stage);
    let settled = Closure::<dyn FnMut()>::new(move || {
        if let Some(stage) = weak.upgrade() {
            settle(&stage);
        }
    });
    {
        let mut stage = stage.borrow_mut();
        stage.tick = Some(tick);
        stage.settled = Some(settled);
    }
    input::listen(&stage);
    keys::listen(&stage);
    resized(&stage);
    settle_quietly(&stage);
    let _ = stage.borrow().parts.root.set_attribute("data-live", "");
    // Listeners hold it from here on; this keeps it when there are none.
    std::mem::forget(stage);
}

/// The length of a unit in CSS pixels: a sixteenth of the root's font size.
fn unit() -> f64 {
    let root = dom::document().document_element();
    let size = root
        .and_then(|root| window().get_computed_style(&root).ok().flatten())
        .and_then(|style| style.get_property_value("font-size").ok())
        .and_then(|text| text.trim_end_matches("px").split('.').next()?.parse::<i32>().ok())
        .unwrap_or(16);
    f64::from(size) / 16.0
}

/// A parameter of the page's address, as it is spelt there.
pub(super) fn parameter(name: &str) -> Option<String> {
    query()
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

/// The query of the page's address, without its question mark.
pub(super) fn query() -> String {
    let search = window().location().search().unwrap_or_default();
    search.trim_start_matches('?').to_owned()
}

thread_local! {
    static ON_AXIS: Cell<bool> = const { Cell::new(false) };
}

/// Whether the events stand on an axis, as they do where there is room.
pub(super) fn on_axis() -> bool {
    ON_AXIS.get()
}

impl Stage {
    /// Shows another stretch, at once or by moving there.
    pub(super) fn show(&mut self, scale: Scale, glide: bool) {
        let scale = scale.kept_near(self.whole.0, self.whole.1);
        if glide && !is_still() {
            let now = window().performance().map_or(0.0, |clock| clock.now());
            self.glide = Some((self.scale, scale, now));
        } else {
            self.glide = None;
            self.scale = scale;
        }
        self.queue();
    }

    /// Where the view will be when it has come to rest.
    pub(super) fn goal(&self) -> Scale {
        self.glide.map_or(self.scale, |(_, to, _)| to)
    }

    /// Covers the drawing while it moves, so that the browser need not ask at every frame what the pointer is over.
    pub(super) fn shield(&self) {
        let _ = self.parts.plot.class_list().add_1("tl-moving");
    }

    /// Asks for a frame.
    pub(super) fn queue(&mut self) {
        if self.queued {
            return;
        }
        if let Some(tick) = &self.tick {
            self.queued = true;
            let _ = window().request_animation_frame(tick.as_ref().unchecked_ref());
        }
        self.wait();
    }

    /// Puts off what is done when the view rests.
    fn wait(&mut self) {
        let window = window();
        window.clear_timeout_with_handle(self.timer);
        if let Some(settled) = &self.settled {
            let act = settled.as_ref().unchecked_ref();
            self.timer = window.set_timeout_with_callback_and_timeout_and_arguments_0(act, REST).unwrap_or(0);
        }
    }

    /// Lays the layer out anew in the next frame.
    pub(super) fn refresh(&mut self) {
        self.stale = true;
        self.queue();
    }

    /// How far the view has moved from where the layer was laid out, if by nothing but a shift.
    fn shift(&self) -> Option<f64> {
        let same = same_density(&self.scale, &self.base);
        let shift = self.base.x(self.scale.from);
        let within = shift >= self.reach.0 && shift + self.scale.width <= self.reach.1;
        (same && within && !self.stale).then_some(shift)
    }

    /// Lays out over a reach on either side of the view, in parts of its width.
    fn lay(&mut self, beyond: f64) {
        let width = self.scale.width;
        let reach = (-beyond * width, (1.0 + beyond) * width);
        let items: Vec<_> = self.marks.iter().map(|mark| mark.item.clone()).collect();
        let layout = lay_out(&items, &self.rest, &self.scale, reach, &self.rules);
        self.painted.paint(&self.parts, &mut self.marks, &layout, &self.scale, reach, self.rem);
        for (mark, placed) in self.marks.iter_mut().zip(&layout.placed) {
            mark.item.row = match placed.place {
                Place::Row(row) => Some(row),
                // What only left the view is to come back where it was.
                Place::Outside => mark.item.row,
                Place::Dot | Place::Clustered => None,
            };
        }
        self.base = self.scale;
        self.reach = reach;
        self.stale = false;
    }

    /// Moves what is laid out to the scale in view.
    fn drift(&mut self) {
        let width = self.scale.width;
        let scales = (&self.base, &self.scale);
        self.painted.drift(&self.parts, &mut self.marks, scales, (-0.2 * width, 1.2 * width), self.rem);
        // It fits no scale any more.
        self.reach = (0.0, 0.0);
    }

    fn slide(&mut self, shift: f64) {
        let by = shift * self.rem;
        if by != self.slid {
            self.slid = by;
            let to = moved(-by, 0.0);
            style(&self.parts.layer, "transform", &to);
            style(&self.parts.axis, "transform", &to);
        }
    }

    /// Measures what only changes with the window's size.
    fn measure(&mut self) {
        self.left = self.parts.plot.get_bounding_client_rect().left();
        self.strip = f64::from(self.parts.strip.client_width());
    }

    /// Moves the window on the strip along while the view moves. Its width follows
    /// fifteen times a second.
    fn follow(&mut self, now: f64) {
        let (framed, since) = &self.framed;
        if !same_density(framed, &self.scale) {
            if now - since > 60.0 {
                self.frame_window(now);
            }
            return;
        }
        let by = (self.scale.from - framed.from) / (self.whole.1 - self.whole.0) * self.strip;
        style(&self.parts.pane, "transform", &moved(by, 0.0));
    }

    /// The window on the strip.
    fn frame_window(&mut self, now: f64) {
        let length = self.whole.1 - self.whole.0;
        let share = |time: f64| within((time - self.whole.0) / length * 1000.0, 0.0, 1000.0);
        let percent = |value: f64| {
            let mut text = dom::px(value / 10.0);
            text.truncate(text.len() - 2);
            text.push('%');
            text
        };
        style(&self.parts.strip, "--l", &percent(share(self.scale.from)));
        style(&self.parts.strip, "--r", &percent(1000.0 - share(self.scale.to)));
        style(&self.parts.pane, "transform", "");
        self.framed = (self.scale, now);
    }

    /// Whether more events should be fetched for what is in view.
    fn wants(&self) -> Option<(f64, f64)> {
        let (from, to) = (self.scale.from, self.scale.to);
        let length = to - from;
        let (first, last) = (from.max(self.whole.0), to.min(self.whole.1));
        let missing = first < self.covered.0 || last > self.covered.1;
        let coarse = !self.rest.is_empty() && (self.covered.1 - self.covered.0) > length * 3.6;
        let hidden = !self.rest.is_empty() && (self.covered.1 - self.covered.0) < length;
        let enough = self.complete || !(missing || coarse || hidden);
        if self.asking || (enough && !self.outdated) {
            return None;
        }
        Some(((from - length * 0.75).floor(), (to + length * 0.75).ceil()))
    }

    /// The address of this view, without its question mark.
    pub(super) fn query(&self) -> String {
        let shown = self.goal();
        let all = shown.from <= self.whole.0 + 1.0 && shown.to >= self.whole.1 - 1.0;
        let (from, to) = rounded(shown.from, shown.to);
        let (from, to) = if all { (String::new(), String::new()) } else { (from_words(from), to_words(to)) };
        let event = self.selected.clone().unwrap_or_default();
        replaced(&query(), &[("from", &from), ("to", &to), ("event", &event)])
    }
}

/// The page's address with a query.
pub(super) fn address(query: &str) -> String {
    let mut address = window().location().pathname().unwrap_or_default();
    if !query.is_empty() {
        address.push('?');
        address.push_str(query);
    }
    address
}

/// Whether one scale is the other, moved.
fn same_density(a: &Scale, b: &Scale) -> bool {
    (a.density() / b.density() - 1.0).abs() < 1e-9
}

/// One frame.
fn frame(shared: &Shared, now: f64) {
    let mut stage = shared.borrow_mut();
    stage.queued = false;
    if !on_axis() {
        // Without the axis there is only the window on the strip to follow; the list follows when it rests.
        if let Some((_, to, _)) = stage.glide.take() {
            stage.scale = to;
        }
        stage.frame_window(now);
        return;
    }
    if let Some((from, to, since)) = stage.glide {
        let part = within((now - since) / EASE, 0.0, 1.0);
        if part >= 1.0 {
            stage.glide = None;
            stage.scale = to;
        } else {
            let left = 1.0 - part;
            let eased = 1.0 - left * left * left;
            stage.scale = between(&from, &to, eased);
            stage.queue();
        }
    }
    let mut zoomed = false;
    match stage.shift() {
        Some(shift) => stage.slide(shift),
        None => {
            if same_density(&stage.scale, &stage.base) || stage.stale {
                stage.lay(0.75);
            } else if now - stage.laid > PAUSE {
                zoomed = true;
                stage.laid = now;
                stage.lay(0.08);
            } else if now - stage.drifted > STEP || stage.glide.is_some() {
                stage.drifted = now;
                stage.drift();
            } else {
                // Every other frame is enough for a wheel, and leaves the page half of its time.
                stage.queue();
                return;
            }
            stage.slide(0.0);
        }
    }
    let scale = stage.scale;
    let Stage { painted, parts, .. } = &mut *stage;
    painted.say_here(parts, &scale);
    stage.follow(now);
    // While it zooms, what comes would be gone again; a drag goes on into what is not here yet.
    let zooms = !same_density(&stage.scale, &stage.base) || stage.glide.is_some();
    drop(stage);
    if !zooms && !zoomed {
        ask::more(shared);
    }
}

/// A stretch on the way from one to another: lengths change by equal factors, so that a long way in looks even.
fn between(from: &Scale, to: &Scale, part: f64) -> Scale {
    let (a, b) = (from.to - from.from, to.to - to.from);
    let length = a * js_sys::Math::pow(b / a, part);
    // The point that both scales show at the same place stays there.
    let done = if (b - a).abs() < 1.0 { part } else { (length - a) / (b - a) };
    let start = from.from + (to.from - from.from) * done;
    Scale { from: start, to: start + length, width: to.width }
}

/// Brings the page up to date with a view that rests.
pub(super) fn settle(shared: &Shared) {
    {
        let mut stage = shared.borrow_mut();
        if stage.glide.is_some() {
            stage.queue();
            return;
        }
        if !on_axis() {
            let before = query();
            stage.write_address();
            stage.fill_dates();
            if query() != before
                && let Some(button) = dom::find(&stage.parts.root, "[data-tl=range] button")
            {
                drop(stage);
                button.click();
            }
            return;
        }
        if !stage.parts.plot.class_list().contains("tl-held-down") {
            let _ = stage.parts.plot.class_list().remove_1("tl-moving");
        }
        let (from, to) = rounded(stage.scale.from, stage.scale.to);
        let words = stretch_words(from as f64, to as f64);
        if stage.parts.words.text_content().as_deref() != Some(&words) {
            stage.parts.words.set_text_content(Some(&words));
        }
        stage.say_count(from as f64, to as f64);
        stage.write_address();
        stage.fill_dates();
    }
    settle_quietly(shared);
}

impl Stage {
    /// The stretch of the selected event, as far as there are events.
    pub(super) fn chosen(&self) -> Option<(f64, f64)> {
        let id = self.selected.as_deref()?;
        let mark = self.marks.iter().find(|mark| mark.id.strip_prefix("e-") == Some(id))?;
        Some((mark.item.start.max(self.whole.0), mark.item.end.min(self.whole.1)))
    }

    /// Offers to fit the selected event where there is one.
    pub(super) fn offer_chosen(&self) {
        let Some(control) = dom::find(&self.parts.root, "[data-do=chosen]") else { return };
        if self.selected.is_some() {
            let _ = control.remove_attribute("aria-disabled");
        } else {
            let _ = control.set_attribute("aria-disabled", "true");
        }
    }

    /// Puts the view into the address.
    pub(super) fn write_address(&self) {
        let query = self.query();
        if let (true, Ok(history)) = (query != self::query(), window().history()) {
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address(&query)));
        }
    }

    /// Says how many events the stretch has, where all of them are here; elsewhere the server says so.
    fn say_count(&self, from: f64, to: f64) {
        let Some(words) = dom::find(&self.parts.root, "[data-tl=count]").filter(|_| self.complete) else {
            return;
        };
        let of = |name: &str| words.get_attribute(name).unwrap_or_default();
        let inside = self.marks.iter().filter(|mark| mark.item.start < to && mark.item.end > from).count();
        let (mut count, total) = (inside.to_string(), of("data-total"));
        if count != total {
            count.push_str(" of ");
            count.push_str(&total);
        }
        count.push_str(if total == "1" { " event" } else { " events" });
        count.push_str(&of("data-tail"));
        words.set_text_content(Some(&count));
    }

    fn fill_dates(&self) {
        let (from, to) = rounded(self.scale.from, self.scale.to);
        for (name, words) in [("from", from_words(from)), ("to", to_words(to))] {
            let mut selector = String::from("[data-tl=range] [name=");
            selector.push_str(name);
            selector.push(']');
            if let Some(field) = dom::find(&self.parts.root, &selector) {
                let day = words.split('T').next().unwrap_or_default().to_owned();
                let _ = js_sys::Reflect::set(&field, &"value".into(), &day.into());
            }
        }
        let (low, high) = self.whole;
        for (thumb, minute) in self.parts.thumbs.iter().zip([from as f64, to as f64 - 1.0]) {
            let day = (within(minute, low, high - 1.0) / 1440.0).floor();
            let _ = thumb.set_attribute("aria-valuenow", &(day as i64).to_string());
            let _ = thumb.set_attribute("aria-valuetext", &day_words(day * 1440.0));
        }
    }
}

/// Lays out with room on both sides, so that a drag can begin, and brings focus and names up to date.
fn settle_quietly(shared: &Shared) {
    if !on_axis() {
        return;
    }
    {
        let mut stage = shared.borrow_mut();
        let offset = stage.base.x(stage.scale.from);
        let near = stage.reach.1 - stage.reach.0 > stage.scale.width * 2.0 && offset.abs() < 1.0;
        if !near || stage.stale || stage.shift().is_none() {
            stage.lay(0.75);
            stage.slide(0.0);
        }
        let scale = stage.scale;
        let Stage { painted, parts, .. } = &mut *stage;
        painted.say_here(parts, &scale);
        stage.frame_window(0.0);
        stage.measure();
        keys::refresh(&mut stage);
    }
    ask::more(shared);
}

/// Takes in a fetched list: its events replace those that are here.
pub(super) fn take_in(shared: &Shared, list: &web_sys::Element) {
    let mut stage = shared.borrow_mut();
    let Some(covered) = covers(list) else { return };
    // Headings of the list without an axis no longer stand over what follows them.
    for heading in dom::find_all(&stage.parts.events, ".per") {
        heading.remove();
    }
    let mut fresh = marks(list);
    let fetched = rest(list);
    let mut old: Vec<Option<Mark>> = std::mem::take(&mut stage.marks).into_iter().map(Some).collect();
    let hash = |id: &str| {
        id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    };
    let mut known: Vec<Key> =
        old.iter().flatten().enumerate().map(|(at, mark)| (hash(&mark.id), 0, at)).collect();
    order::sort(&mut known);
    let mut next = stage.parts.events.first_element_child();
    for mark in &mut fresh {
        let place = known.partition_point(|(key, ..)| *key < hash(&mark.id));
        let same = known.get(place).and_then(|(_, _, at)| old.get_mut(*at));
        if let Some(slot) = same.filter(|slot| slot.as_ref().is_some_and(|old| old.id == mark.id)) {
            // It keeps its element, and with it focus and place.
            if let Some(kept) = slot.take() {
                *mark = kept;
            }
        }
        match &next {
            Some(there) if there.is_same_node(Some(&mark.li)) => next = there.next_element_sibling(),
            _ => {
                let _ = stage.parts.events.insert_before(&mark.li, next.as_deref());
            }
        }
    }
    for gone in old.into_iter().flatten() {
        gone.li.remove();
    }
    stage.complete = fetched.is_empty() && covered.0 <= stage.whole.0 && covered.1 >= stage.whole.1;
    stage.marks = fresh;
    stage.rest = fetched;
    stage.covered = covered;
    if let (Some(count), Some(words)) =
        (dom::find(&stage.parts.root, "[data-tl=count]"), list.get_attribute("data-count"))
        && stage.parts.root.has_attribute("data-replay")
    {
        count.set_text_content(Some(&words));
    }
    stage.refresh();
}

/// What a fetch should ask for, if anything.
pub(super) fn wanted(shared: &Shared) -> Option<(f64, f64)> {
    shared.borrow().wants()
}

/// Follows the width of the drawing.
fn resized(shared: &Shared) {
    let weak = Rc::downgrade(shared);
    let look = || ON_AXIS.set(matches("screen and (min-width: 40rem)"));
    look();
    listen(&window(), "resize", false, move |_| {
        look();
        let Some(stage) = weak.upgrade() else { return };
        let mut stage = stage.borrow_mut();
        stage.rem = unit();
        let width = f64::from(stage.parts.plot.client_width()) / stage.rem;
        // A drawing that a filter has replaced has no width any more.
        if width > 1.0 && (width - stage.scale.width).abs() > 0.5 {
            let scale = stage.scale.over(width);
            stage.glide = None;
            stage.scale = scale;
            stage.refresh();
        }
    });
}
