//! Frames: how the view moves, and what is done in each of them.

use super::ask;
use super::dom::{self, style};
use super::paint::Sheet;
use super::slide::{MOST, Slide};
use super::stage::{Shared, Stage, on_axis};
use crate::timeline::scale::within;
use crate::timeline::{Place, Scale, lay_out};

/// How long a movement of the view takes, in milliseconds.
const EASE: f64 = 260.0;
/// How long labels only move with the view while it zooms, before they are laid out again, in milliseconds.
const PAUSE: f64 = 600.0;
/// How long all that is drawn, words included, may be stretched with the view while it zooms, before each mark moves to
/// its place, in milliseconds.
const SMEAR: f64 = 90.0;
/// How long what is drawn may lag behind a wheel or pinch, in milliseconds.
const STEP: f64 = 20.0;

/// How far beyond the view is laid out while it zooms, in parts of its width.
const BRIEFLY: f64 = 0.08;

impl Stage {
    /// How far the view has moved from where the layer was laid out, if by nothing but a shift.
    pub(super) fn shift(&self) -> Option<f64> {
        let same = same_density(&self.scale, &self.base);
        let shift = self.base.x(self.scale.from);
        let within = shift >= self.reach.0 && shift + self.scale.width <= self.reach.1;
        (same && within && !self.stale).then_some(shift)
    }

    /// Lays out over a reach on either side of the view, in parts of its width.
    pub(super) fn lay(&mut self, beyond: f64) {
        let width = self.scale.width;
        let reach = (-beyond * width, (1.0 + beyond) * width);
        let items: Vec<_> = self.marks.iter().map(|mark| mark.item).collect();
        let layout = lay_out(&items, &self.rest, &self.scale, reach, &self.rules);
        let sheet = Sheet { scale: &self.scale, reach, rem: self.rem, brief: beyond <= BRIEFLY };
        self.painted.paint(&self.parts, &mut self.marks, &layout, &sheet);
        for (mark, placed) in self.marks.iter_mut().zip(&layout.placed) {
            mark.item.row = match placed.place {
                Place::Row(row) => Some(row),
                // What only left the view is to come back where it was.
                Place::Outside => mark.item.row,
                Place::Dot | Place::Clustered => None,
            };
        }
        self.base = self.scale;
        self.drawn = self.scale;
        self.reach = reach;
        self.stale = false;
        if beyond > BRIEFLY {
            self.painted.fade(false);
            self.layers.iter_mut().for_each(Slide::rest);
        }
    }

    /// Whether nothing has moved since it was laid out.
    fn rested(&self) -> bool {
        self.reach.0 < self.reach.1
    }

    /// Moves what is laid out to the scale in view.
    fn drift(&mut self) {
        let width = self.scale.width;
        let scales = (&self.base, &self.scale);
        self.painted.drift(&self.parts, &mut self.marks, scales, (-0.2 * width, 1.2 * width), self.rem);
        self.painted.fade(true);
        self.drawn = self.scale;
        // It fits no scale any more.
        self.reach = (0.0, 0.0);
    }

    pub(super) fn slide(&mut self, shift: f64) {
        for layer in &mut self.layers {
            layer.place(-shift * self.rem, 1.0);
        }
    }

    /// Stretches all that is drawn to the scale in view: a matter of two layers.
    fn smear(&mut self) {
        let (by, stretch) = (self.scale.x(self.drawn.from) * self.rem, self.stretch());
        for layer in &mut self.layers {
            layer.place(by, stretch);
        }
    }

    /// How much wider things are in view than they were last drawn.
    fn stretch(&self) -> f64 {
        self.scale.density() / self.drawn.density()
    }

    /// Measures what only changes with the window's size.
    pub(super) fn measure(&mut self) {
        self.left = self.parts.plot.get_bounding_client_rect().left();
        self.strip = f64::from(self.parts.strip.client_width());
    }

    /// Moves the window on the strip along while the view moves. Where its width changes, as it does at the ends of the
    /// strip too, it follows fifteen times a second.
    pub(super) fn follow(&mut self, now: f64) {
        let (framed, since) = &self.framed;
        let inside = |scale: &Scale| scale.from >= self.whole.0 && scale.to <= self.whole.1;
        if same_density(framed, &self.scale) && inside(framed) && inside(&self.scale) {
            let by = (self.scale.from - framed.from) / (self.whole.1 - self.whole.0) * self.strip;
            self.pane.place(by, 1.0);
        } else if now - since > 60.0 {
            self.frame_window(now);
        }
    }

    /// The window on the strip.
    pub(super) fn frame_window(&mut self, now: f64) {
        let length = self.whole.1 - self.whole.0;
        let share = |time: f64| within((time - self.whole.0) / length * 1000.0, 0.0, 1000.0);
        let percent = |value: f64| {
            let mut text = dom::px(value / 10.0);
            text.truncate(text.len() - 2);
            text.push('%');
            text
        };
        style(&self.parts.pane, "left", &percent(share(self.scale.from)));
        style(&self.parts.pane, "right", &percent(1000.0 - share(self.scale.to)));
        self.pane.place(0.0, 1.0);
        self.framed = (self.scale, now);
    }
}

/// Whether one scale is the other, moved.
fn same_density(a: &Scale, b: &Scale) -> bool {
    (a.density() / b.density() - 1.0).abs() < 1e-9
}

/// One frame.
pub(super) fn frame(shared: &Shared, now: f64) {
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
            } else if now - stage.laid > PAUSE && !stage.rested() {
                zoomed = true;
                stage.laid = now;
                stage.lay(BRIEFLY);
            } else if now - stage.drifted > SMEAR || stage.stretch() > MOST {
                if stage.rested() {
                    stage.laid = now;
                }
                stage.drifted = now;
                stage.smeared = now;
                stage.drift();
            } else {
                // Each mark is yet to come to its place.
                stage.queue();
                if now - stage.smeared > STEP || stage.glide.is_some() {
                    stage.smeared = now;
                    stage.smear();
                }
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
