//! The state of the drawing.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::prelude::*;

use super::dom::{self, is_still, listen, matches, window};
use super::frame::frame;
use super::page::{Mark, Parts, marks, rest};
use super::paint::Painted;
use super::settle::{settle, settle_quietly};
use super::slide::Slide;
use super::{input, keys};
use crate::timeline::address::{from_words, replaced, rounded, to_words};
use crate::timeline::{Rest, Rules, Scale};

/// How long the view must rest before the page is brought up to date with it, in milliseconds.
const REST: i32 = 140;

/// The timeline of the page.
pub(super) struct Stage {
    pub(super) parts: Parts,
    pub(super) marks: Vec<Mark>,
    pub(super) rest: Vec<Rest>,
    pub(super) rules: Rules,
    pub(super) painted: Painted,
    /// What is in view.
    pub(super) scale: Scale,
    /// What the layer was laid out for, and over which stretch of it.
    pub(super) base: Scale,
    /// Where each mark was last put.
    pub(super) drawn: Scale,
    pub(super) reach: (f64, f64),
    /// The stretch that shows everything.
    pub(super) whole: (f64, f64),
    /// The stretch of which events are here.
    pub(super) covered: (f64, f64),
    /// Whether each of them is, so that none need be fetched as one looks closer.
    pub(super) complete: bool,
    /// A fetch under way.
    pub(super) asking: bool,
    /// Whether what is here answers another question than the address by now.
    pub(super) outdated: bool,
    /// A unit in CSS pixels.
    pub(super) rem: f64,
    /// Where the drawing begins and how wide the strip is, in CSS pixels, as measured when the view last rested: to
    /// measure while it moves would have the browser lay out the page twice in a frame.
    pub(super) left: f64,
    pub(super) strip: f64,
    /// The layers of the drawing, of lanes and axis.
    pub(super) layers: [Slide; 2],
    /// The window on the strip.
    pub(super) pane: Slide,
    /// The scale that the window on the strip was last written for, and when.
    pub(super) framed: (Scale, f64),
    /// The event whose panel is open.
    pub(super) selected: Option<String>,
    /// Where the view is on its way to: from what, to what, since when.
    pub(super) glide: Option<(Scale, Scale, f64)>,
    /// Whether the layer is to be laid out in the next frame, or only moved.
    pub(super) stale: bool,
    pub(super) queued: bool,
    timer: i32,
    /// When it was last laid out while zooming.
    pub(super) laid: f64,
    /// When each mark last moved while zooming.
    pub(super) drifted: f64,
    /// When all that is drawn was last stretched.
    pub(super) smeared: f64,
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
        drawn: scale,
        reach: (0.0, width),
        whole,
        covered: (from, to),
        complete,
        asking: false,
        outdated: false,
        rem,
        left: 0.0,
        strip: 1.0,
        layers: [Slide::over(&parts.layer), Slide::over(&parts.axis)],
        pane: Slide::over(&parts.pane),
        framed: (scale, 0.0),
        selected,
        glide: None,
        stale: true,
        queued: false,
        timer: 0,
        laid: 0.0,
        drifted: 0.0,
        smeared: 0.0,
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
        .and_then(|text| text.split(['.', 'p']).next()?.parse::<i32>().ok())
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
            // What would have come to rest by and by is at its place at once.
            self.stale |= glide;
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
