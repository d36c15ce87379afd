//! Writes a layout to the page, and only what differs from what is there.

use web_sys::{Element, HtmlElement};

use super::dom::{document, element, find, find_all, moved, px, stretched, style, tenths};
use super::page::{Knot, Mark, Parts};
use crate::timeline::count::short;
use crate::timeline::layout::{MARK, body};
use crate::timeline::ticks::Tick;
use crate::timeline::{Cluster, Form, Layout, Place, Placed, Scale, ticks};

/// What is on the screen besides the events.
#[derive(Default)]
pub(super) struct Painted {
    pub(super) knots: Vec<Knot>,
    spare: Vec<Knot>,
    /// The list of clusters, a layer of its own: while the view zooms it is stretched as a whole.
    heap: Option<HtmlElement>,
    fine: Row,
    periods: Row,
    grid: Vec<HtmlElement>,
    /// The period at the left edge.
    here: String,
    height: f64,
    /// Whether the layers that are stretched are.
    stretched: bool,
    faint: bool,
}

/// What a layout is written for.
pub(super) struct Sheet<'a> {
    pub(super) scale: &'a Scale,
    /// The stretch that is laid out.
    pub(super) reach: (f64, f64),
    /// The length of a unit in CSS pixels.
    pub(super) rem: f64,
    /// Whether the view zooms on.
    pub(super) brief: bool,
}

/// A row of labels that are reused.
#[derive(Default)]
struct Row {
    labels: Vec<(HtmlElement, Tick)>,
    used: usize,
}

/// Where an element stands that is not needed.
const AWAY: &str = "translate(-99rem,0)";

impl Row {
    fn write(&mut self, parent: &HtmlElement, ticks: &[Tick], place: impl Fn(i64) -> f64) {
        for (at, tick) in ticks.iter().enumerate() {
            if at == self.labels.len() {
                let Some(label) = element("span", "tk") else { return };
                let _ = parent.append_child(&label);
                self.labels.push((label, Tick { at: 0, label: String::new() }));
            }
            if let Some((label, old)) = self.labels.get_mut(at) {
                if old.label != tick.label {
                    label.set_text_content(Some(&tick.label));
                }
                old.clone_from(tick);
                style(label, "transform", &moved(place(tick.at), 0.0));
            }
        }
        for (label, _) in self.labels.iter().take(self.used).skip(ticks.len()) {
            style(label, "transform", AWAY);
        }
        self.used = ticks.len();
    }

    fn drift(&self, place: impl Fn(i64) -> f64) {
        for (label, tick) in self.labels.iter().take(self.used) {
            style(label, "transform", &moved(place(tick.at), 0.0));
        }
    }
}

impl Painted {
    /// Takes over from what the server has drawn.
    pub(super) fn over(parts: &Parts) -> Self {
        for old in find_all(&parts.plot, ".tk, .gl, .cl") {
            old.remove();
        }
        let _ = parts.plot.class_list().add_1("tl-live");
        let heap = element("ol", "tl-heap");
        if let Some(heap) = &heap {
            let _ = parts.layer.append_child(heap);
        }
        Self { heap, ..Self::default() }
    }

    /// Writes everything.
    pub(super) fn paint(&mut self, parts: &Parts, marks: &mut [Mark], layout: &Layout, sheet: &Sheet<'_>) {
        let Sheet { scale, reach, rem, brief } = *sheet;
        let held = document().active_element();
        for (mark, placed) in marks.iter_mut().zip(&layout.placed) {
            paint_mark(mark, placed, rem, held.as_ref(), brief);
        }
        if std::mem::take(&mut self.stretched) {
            self.stretch(parts, "");
        }
        self.clusters(&layout.clusters, rem);
        self.axis(parts, scale, reach, rem);
        bands(parts, scale, reach, rem, |lane| layout.lanes.get(lane).map(|lane| lane.top));
        if (layout.height - self.height).abs() > 0.5 {
            self.height = layout.height;
            style(&parts.area, "--h", &(layout.height.round() as i64).to_string());
            for (element, lane) in parts.lanes.iter().zip(&layout.lanes) {
                style(element, "--y", &(lane.top.round() as i64).to_string());
                style(element, "--h", &(lane.height.round() as i64).to_string());
            }
        }
    }

    /// Moves what was laid out on one scale to where it belongs on another, until it is laid out again: nothing comes
    /// or goes. Marks and ticks move one by one, since their words must not be stretched; clusters and lines are.
    pub(super) fn drift(
        &mut self,
        parts: &Parts,
        marks: &mut [Mark],
        (base, scale): (&Scale, &Scale),
        reach: (f64, f64),
        rem: f64,
    ) {
        for mark in marks {
            drift_mark(mark, scale, reach, rem);
        }
        let x = |at: i64| scale.x(at as f64) * rem;
        self.fine.drift(x);
        self.periods.drift(x);
        bands(parts, scale, reach, rem, |_| None);
        let stretch = stretched(scale.x(base.from) * rem, scale.density() / base.density());
        self.stretched = true;
        self.stretch(parts, &stretch);
    }

    /// Stretches what is not moved piece by piece.
    fn stretch(&self, parts: &Parts, transform: &str) {
        style(&parts.grid, "transform", transform);
        if let Some(heap) = &self.heap {
            style(heap, "transform", transform);
        }
    }

    /// Clusters are faint while the view zooms, since what they count changes with it.
    pub(super) fn fade(&mut self, faint: bool) {
        if faint != self.faint {
            self.faint = faint;
            if let Some(heap) = &self.heap {
                style(heap, "opacity", if faint { "0.4" } else { "" });
            }
        }
    }

    /// The ticks, and the lines through the lanes.
    fn axis(&mut self, parts: &Parts, scale: &Scale, reach: (f64, f64), rem: f64) {
        let found = ticks(scale, reach.0, reach.1);
        let x = |at: i64| scale.x(at as f64) * rem;
        let before = self.fine.used;
        self.fine.write(&parts.ticks, &found.fine, x);
        self.periods.write(&parts.periods, &found.periods, x);
        for (at, tick) in found.fine.iter().enumerate() {
            if at == self.grid.len() {
                let Some(line) = element("i", "gl") else { break };
                let _ = parts.grid.append_child(&line);
                self.grid.push(line);
            }
            if let Some(line) = self.grid.get(at) {
                style(line, "left", &px(x(tick.at)));
            }
        }
        for line in self.grid.iter().take(before).skip(found.fine.len()) {
            style(line, "left", "-99rem");
        }
    }

    /// Says at the left edge where one is.
    pub(super) fn say_here(&mut self, parts: &Parts, scale: &Scale) {
        let found = ticks(scale, 0.0, scale.width);
        let label = found.here(scale).map(|period| period.label.as_str()).unwrap_or_default();
        if label != self.here {
            parts.here.set_text_content(Some(label));
            label.clone_into(&mut self.here);
        }
    }

    /// Both lists are in order of lane and time, so one walk tells what stays, comes and goes.
    fn clusters(&mut self, clusters: &[Cluster], rem: f64) {
        let mut old = std::mem::take(&mut self.knots).into_iter().peekable();
        let key = |cluster: &Cluster| (cluster.lane, cluster.from, cluster.to);
        for cluster in clusters {
            while let Some(gone) = old.next_if(|knot| {
                (knot.cluster.lane, knot.cluster.from) < (cluster.lane, cluster.from)
                    || (knot.cluster.lane == cluster.lane
                        && knot.cluster.from <= cluster.from
                        && key(&knot.cluster) != key(cluster))
            }) {
                self.spare.push(gone);
            }
            let kept = old.next_if(|knot| key(&knot.cluster) == key(cluster));
            let fresh = kept.is_none();
            let heap = self.heap.as_ref();
            let Some(mut knot) = kept.or_else(|| self.spare.pop()).or_else(|| new_knot(heap?)) else {
                return;
            };
            if fresh || knot.cluster.count != cluster.count {
                knot.link.set_text_content(Some(&short(cluster.count as usize)));
                let _ = knot.link.remove_attribute("aria-label");
            }
            if fresh && knot.cluster.count == 0 {
                style(&knot.li, "display", "");
            }
            style(&knot.li, "left", &px(cluster.x * rem));
            if fresh || knot.cluster.y != cluster.y {
                style(&knot.li, "top", &px(cluster.y * rem));
            }
            knot.cluster = *cluster;
            self.knots.push(knot);
        }
        self.spare.extend(old);
        for knot in &mut self.spare {
            if knot.cluster.count > 0 {
                knot.cluster.count = 0;
                style(&knot.li, "display", "none");
                knot.link.set_tab_index(-1);
            }
        }
    }
}

/// Positions, phases and today. `top` gives the top of a lane, where it may have changed.
fn bands(parts: &Parts, scale: &Scale, reach: (f64, f64), rem: f64, top: impl Fn(usize) -> Option<f64>) {
    for band in &parts.bands {
        let left = scale.x(band.from).max(reach.0 - 50.0);
        let right = scale.x(band.to).min(reach.1 + 50.0);
        if right < reach.0 || left > reach.1 {
            style(&band.element, "visibility", "hidden");
            continue;
        }
        style(&band.element, "visibility", "visible");
        if let Some((lane, below)) = band.lane
            && let Some(top) = top(lane)
        {
            style(&band.element, "top", &px((top + below) * rem));
        }
        style(&band.element, "transform", &moved(left * rem, 0.0));
        if band.to > band.from {
            style(&band.element, "width", &px((right - left) * rem));
            let hidden = (-left).max(0.0).min(right - left);
            style(&band.element, "--o", &px(hidden * rem));
            // Its words end where it leaves the view.
            let seen = right.min(scale.width) - left - hidden;
            style(&band.element, "--v", &px(if seen > 0.0 { seen } else { right - left } * rem));
        }
    }
}

fn new_knot(heap: &HtmlElement) -> Option<Knot> {
    let li = element("li", "cl")?;
    let link = element("a", "ck")?;
    let _ = link.set_attribute("href", "#");
    let _ = link.set_attribute("role", "button");
    link.set_tab_index(-1);
    let _ = li.append_child(&link);
    let _ = heap.append_child(&li);
    let cluster = Cluster { lane: 0, x: 0.0, y: 0.0, width: 0.0, from: 0.0, to: 0.0, count: 0 };
    Some(Knot { li, link, cluster })
}

/// Room between the edge of the drawing and the label of what began before it.
const EDGE: f64 = 6.0;

fn drift_mark(mark: &mut Mark, scale: &Scale, reach: (f64, f64), rem: f64) {
    let drawn = &mut mark.drawn;
    let (left, right) = body(&mark.item, scale, reach);
    let x = match drawn.place {
        Some(Place::Row(_)) => left,
        Some(Place::Dot) => left + ((right - left) / 2.0).min(MARK / 2.0) - MARK / 2.0,
        _ => return,
    };
    if right < reach.0 || left > reach.1 {
        // What is out of sight already may stay where it is.
        if drawn.x <= scale.width && drawn.x + drawn.width.max(mark.item.label) >= 0.0 {
            style(&mark.li, "transform", AWAY);
            drawn.x = f64::INFINITY;
        }
        return;
    }
    drawn.x = x;
    style(&mark.li, "transform", &moved(drawn.x * rem, drawn.y * rem));
    if mark.item.form != Form::Point && drawn.place != Some(Place::Dot) && drawn.width > 0.0 {
        let mut scaled = String::from("scaleX(");
        scaled.push_str(&tenths((right - left) / drawn.width));
        scaled.push(')');
        style(&mark.body, "transform", &scaled);
        drawn.stretched = true;
    }
}

fn paint_mark(mark: &mut Mark, placed: &Placed, rem: f64, held: Option<&Element>, brief: bool) {
    let drawn = &mut mark.drawn;
    drawn.rows = placed.rows;
    let shown = matches!(placed.place, Place::Row(_) | Place::Dot);
    if !shown {
        // What has the focus keeps it, out of sight; all else that is not seen is no work for the browser. What goes
        // while the view zooms may come again at once, so it is only put away.
        let keeps = brief || held.is_some_and(|held| mark.link.is_same_node(Some(held)));
        let is_off = drawn.class.ends_with(" off");
        if keeps {
            if !is_off && drawn.place != Some(Place::Outside) {
                style(&mark.li, "transform", AWAY);
            }
        } else if !is_off {
            let mut class = mark.class.clone();
            class.push_str(" off");
            mark.li.set_class_name(&class);
            drawn.class = class;
        }
        drawn.place = Some(Place::Outside);
        drawn.x = f64::NAN;
        return;
    }
    if drawn.place != Some(placed.place) || placed.flipped != drawn.class.ends_with(" fl") {
        let mut class = mark.class.clone();
        if placed.place == Place::Dot {
            class.push_str(" dot");
        }
        if placed.flipped {
            class.push_str(" fl");
        }
        if class != drawn.class {
            mark.li.set_class_name(&class);
            drawn.class = class;
        }
        drawn.place = Some(placed.place);
    }
    if placed.x != drawn.x || placed.y != drawn.y {
        style(&mark.li, "transform", &moved(placed.x * rem, placed.y * rem));
        (drawn.x, drawn.y) = (placed.x, placed.y);
    }
    // Only what is wider than a mark needs a width at all.
    if (placed.width - drawn.width).abs() > 0.05 || drawn.width.is_nan() {
        style(&mark.li, "width", &px(placed.width.max(MARK) * rem));
        drawn.width = placed.width;
    }
    if std::mem::take(&mut drawn.stretched) {
        style(&mark.body, "transform", "");
    }
    let begun = placed.x < 0.0 && placed.x + placed.width > 0.0;
    let labelled = matches!(placed.place, Place::Row(_)) && !placed.flipped;
    let offset = if begun && labelled { EDGE - placed.x } else { 0.0 };
    if offset != drawn.offset {
        style(&mark.li, "--o", &px(offset * rem));
        drawn.offset = offset;
    }
    if placed.echoes != drawn.echoes {
        while mark.echoes.len() < placed.echoes.len() {
            let (Some(echo), Some(name)) = (element("i", "ec"), element("b", "")) else { break };
            let title = find(&mark.link, ".ttl").and_then(|title| title.text_content()).unwrap_or_default();
            let _ = name.set_attribute("data-t", &title);
            let _ = name.set_attribute("aria-hidden", "true");
            let _ = echo.append_child(&name);
            let _ = mark.body.after_with_node_1(&echo);
            mark.echoes.push(echo);
        }
        for (at, echo) in mark.echoes.iter().enumerate() {
            match placed.echoes.get(at) {
                Some(below) => {
                    style(echo, "--e", &(below.round() as i64).to_string());
                    style(echo, "display", "block");
                }
                None => style(echo, "display", "none"),
            }
        }
        drawn.echoes.clone_from(&placed.echoes);
    }
}
