//! What is done when the view rests: the page is brought up to date with it.

use wasm_bindgen::JsValue;

use super::dom::{self, window};
use super::stage::{self, Shared, Stage, address, on_axis, query};
use super::{ask, keys};
use crate::timeline::address::{from_words, rounded, to_words};
use crate::timeline::count::events_of;
use crate::timeline::scale::within;
use crate::timeline::ticks::{day_words, stretch_words};

/// Brings the page up to date with a view that rests.
pub(super) fn settle(shared: &Shared) {
    {
        let mut stage = shared.borrow_mut();
        // Another view may have taken its place; the address is that one's then.
        if !stage.parts.root.is_connected() {
            return;
        }
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

/// Lays out with room on both sides, so that a drag can begin, and brings focus and names up to date.
pub(super) fn settle_quietly(shared: &Shared) {
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
        if let (true, Ok(history)) = (query != stage::query(), window().history()) {
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
        let total = of("data-total").parse().unwrap_or(inside);
        let mut count = events_of(inside, total);
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
