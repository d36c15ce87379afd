//! A layer that is slid and stretched as a whole.

use js_sys::JSON;
use wasm_bindgen::prelude::*;
use web_sys::{Animation, HtmlElement};

use super::dom::{moved, stretched};

/// The farthest that a layer is slid to either side, in CSS pixels.
const FAR: f64 = 50_000.0;
/// The most that a layer can be stretched.
pub(super) const MOST: f64 = 16.0;
/// How long a track takes, in milliseconds.
const LENGTH: f64 = 1e6;

/// A layer on a track that it is moved along.
///
/// The track is an animation that never runs; only its time is set. Of that a browser tells its compositor no more than
/// the new matrix. After a transform that is written into the style Chromium puts the layers of the whole page together
/// anew, which takes longer than all else in such a frame.
pub(super) struct Slide {
    element: HtmlElement,
    track: Option<Track>,
    /// How far it is slid, and by how much stretched from there.
    at: (f64, f64),
}

#[wasm_bindgen]
extern "C" {
    /// An element, for a method that web-sys counts as unstable though every browser has had it since 2020.
    type Animated;

    #[wasm_bindgen(method)]
    fn animate(this: &Animated, frames: &JsValue, length: f64) -> Animation;
}

struct Track {
    animation: Animation,
    /// The place that stays where it is while the layer is stretched; none where it is only slid.
    anchor: Option<f64>,
}

impl Slide {
    /// A layer where it was drawn.
    pub(super) fn over(element: &HtmlElement) -> Self {
        Self { element: element.clone(), track: None, at: (0.0, 1.0) }
    }

    /// Puts it so many CSS pixels to the right, stretched from there to the right.
    pub(super) fn place(&mut self, by: f64, stretch: f64) {
        if self.at == (by, stretch) {
            return;
        }
        let anchor = ((stretch - 1.0).abs() > 1e-6).then(|| by / (1.0 - stretch));
        let fits = |track: &Track| match (track.anchor, anchor) {
            (Some(there), Some(anchor)) => (there - anchor).abs() * (1.0 - stretch).abs() < 0.5,
            (None, anchor) => anchor.is_none(),
            // Where it was drawn it is on every track.
            (Some(_), None) => by == 0.0,
        };
        if !self.track.as_ref().is_some_and(fits) {
            self.rest();
            self.track = track(&self.element, anchor);
        }
        let Some(Track { animation, anchor }) = &self.track else { return };
        let part = if anchor.is_some() { stretch / MOST } else { by / FAR / 2.0 + 0.5 };
        animation.set_current_time(Some(part * LENGTH));
        self.at = (by, stretch);
    }

    /// Takes it off its track, so that it stands to the pixel where it was drawn.
    pub(super) fn rest(&mut self) {
        if let Some(track) = self.track.take() {
            track.animation.cancel();
        }
        self.at = (0.0, 1.0);
    }
}

fn track(element: &HtmlElement, anchor: Option<f64>) -> Option<Track> {
    let (from, to) = match anchor {
        Some(anchor) => (stretched(anchor, 0.0), stretched(anchor * (1.0 - MOST), MOST)),
        None => (moved(-FAR, 0.0), moved(FAR, 0.0)),
    };
    let mut frames = String::from("{\"transform\":[\"");
    frames.push_str(&from);
    frames.push_str("\",\"");
    frames.push_str(&to);
    frames.push_str("\"]}");
    let animation = element.unchecked_ref::<Animated>().animate(&JSON::parse(&frames).ok()?, LENGTH);
    animation.pause().ok()?;
    Some(Track { animation, anchor })
}
