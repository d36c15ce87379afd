//! Writes a layout to the page, and only what differs from what is there.

use web_sys::HtmlElement;

use super::dom::{element, find_all, moved, px, style};
use super::page::{Knot, Mark, Parts};
use crate::timeline::layout::MARK;
use crate::timeline::ticks::Tick;
use crate::timeline::{Cluster, Layout, Place, Placed, Scale, ticks};

/// What is on the screen besides the events.
#[derive(Default)]
pub(super) struct Painted {
    pub(super) knots: Vec<Knot>,
    spare: Vec<Knot>,
    fine: Row,
    periods: Row,
    grid: Vec<HtmlElement>,
    /// The period at the left edge.
    here: String,
    height: f64,
}

/// A row of labels that are reused.
#[derive(Default)]
struct Row {
    labels: Vec<(HtmlElement, String)>,
}

impl Row {
    fn write(&mut self, parent: &HtmlElement, ticks: &[&Tick], place: impl Fn(&Tick) -> f64) {
        for (at, tick) in ticks.iter().enumerate() {
            if at == self.labels.len() {
                let Some(label) = element("span", "tk") else { return };
                let _ = parent.append_child(&label);
                self.labels.push((label, String::new()));
            }
            if let Some((label, text)) = self.labels.get_mut(at) {
                if *text != tick.label {
                    label.set_text_content(Some(&tick.label));
                    text.clone_from(&tick.label);
                }
                style(label, "transform", &moved(place(tick), 0.0));
            }
        }
        for (label, text) in self.labels.iter_mut().skip(ticks.len()) {
            if !text.is_empty() {
                label.set_text_content(None);
                text.clear();
            }
            style(label, "transform", "translate(-99rem,0)");
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
        Self::default()
    }

    /// Writes everything. `rem` is the length of a unit in CSS pixels.
    pub(super) fn paint(
        &mut self,
        parts: &Parts,
        marks: &mut [Mark],
        layout: &Layout,
        scale: &Scale,
        reach: (f64, f64),
        rem: f64,
    ) {
        for (mark, placed) in marks.iter_mut().zip(&layout.placed) {
            paint_mark(mark, placed, rem);
        }
        self.clusters(parts, &layout.clusters, rem);
        self.axis(parts, scale, reach, rem);
        for band in &parts.bands {
            let left = scale.x(band.from).max(reach.0 - 50.0);
            let right = scale.x(band.to).min(reach.1 + 50.0);
            if right < reach.0 || left > reach.1 {
                style(&band.element, "visibility", "hidden");
                continue;
            }
            style(&band.element, "visibility", "visible");
            let top = band
                .lane
                .map_or(0.0, |(lane, below)| layout.lanes.get(lane).map_or(0.0, |lane| lane.top) + below);
            style(&band.element, "transform", &moved(left * rem, top * rem));
            if band.to > band.from {
                style(&band.element, "width", &px((right - left) * rem));
                style(&band.element, "--o", &px((-left).max(0.0).min(right - left) * rem));
            }
        }
        if (layout.height - self.height).abs() > 0.5 {
            self.height = layout.height;
            style(&parts.plot, "--h", &(layout.height.round() as i64).to_string());
            for (element, lane) in parts.lanes.iter().zip(&layout.lanes) {
                style(element, "--y", &(lane.top.round() as i64).to_string());
                style(element, "--h", &(lane.height.round() as i64).to_string());
            }
        }
    }

    /// The ticks, and the period that stays at the left edge.
    fn axis(&mut self, parts: &Parts, scale: &Scale, reach: (f64, f64), rem: f64) {
        let found = ticks(scale, reach.0, reach.1);
        let x = |tick: &Tick| scale.x(tick.at as f64) * rem;
        let fine: Vec<&Tick> = found.fine.iter().collect();
        let periods: Vec<&Tick> = found.periods.iter().collect();
        self.fine.write(&parts.ticks, &fine, x);
        self.periods.write(&parts.periods, &periods, x);
        for (at, tick) in fine.iter().enumerate() {
            if at == self.grid.len() {
                let Some(line) = element("i", "gl") else { break };
                let _ = parts.grid.append_child(&line);
                self.grid.push(line);
            }
            if let Some(line) = self.grid.get(at) {
                style(line, "transform", &moved(x(tick), 0.0));
            }
        }
        for line in self.grid.iter().skip(fine.len()) {
            style(line, "transform", "translate(-99rem,0)");
        }
    }

    /// Says at the left edge where one is.
    pub(super) fn say_here(&mut self, parts: &Parts, scale: &Scale) {
        let found = ticks(scale, 0.0, scale.width);
        let label = found.period_at(scale.from).map(|period| period.label.as_str()).unwrap_or_default();
        if label != self.here {
            parts.here.set_text_content(Some(label));
            label.clone_into(&mut self.here);
        }
    }

    /// Both lists are in order of lane and time, so one walk tells what stays, comes and goes.
    fn clusters(&mut self, parts: &Parts, clusters: &[Cluster], rem: f64) {
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
            let Some(mut knot) = kept.or_else(|| self.spare.pop()).or_else(|| new_knot(parts)) else {
                return;
            };
            if fresh || knot.cluster.count != cluster.count {
                knot.link.set_text_content(Some(&thousands(cluster.count)));
                let _ = knot.link.remove_attribute("aria-label");
            }
            knot.cluster = *cluster;
            style(&knot.li, "transform", &moved((cluster.x - cluster.width / 2.0) * rem, cluster.y * rem));
            style(&knot.li, "width", &px(cluster.width * rem));
            if fresh {
                knot.li.set_class_name("cl");
            }
            self.knots.push(knot);
        }
        self.spare.extend(old);
        for knot in &mut self.spare {
            if knot.cluster.count > 0 {
                knot.cluster.count = 0;
                knot.li.set_class_name("cl off");
                knot.link.set_tab_index(-1);
            }
        }
    }
}

/// A count with room for no more than four characters.
fn thousands(count: u32) -> String {
    if count < 10_000 {
        return count.to_string();
    }
    let mut text = (count / 1000).to_string();
    text.push('k');
    text
}

fn new_knot(parts: &Parts) -> Option<Knot> {
    let li = element("li", "cl")?;
    let link = element("a", "ck")?;
    let _ = link.set_attribute("href", "#");
    let _ = link.set_attribute("role", "button");
    link.set_tab_index(-1);
    let _ = li.append_child(&link);
    let _ = parts.events.append_child(&li);
    let cluster = Cluster { lane: 0, x: 0.0, y: 0.0, width: 0.0, from: 0.0, to: 0.0, count: 0 };
    Some(Knot { li, link, cluster })
}

/// Room between the edge of the drawing and the label of what began before it.
const EDGE: f64 = 6.0;

fn paint_mark(mark: &mut Mark, placed: &Placed, rem: f64) {
    let drawn = &mut mark.drawn;
    let shown = matches!(placed.place, Place::Row(_) | Place::Dot);
    if drawn.place != Some(placed.place) || placed.flipped != drawn.class.ends_with(" fl") {
        let mut class = mark.class.clone();
        match placed.place {
            Place::Row(_) => {}
            Place::Dot => class.push_str(" dot"),
            Place::Clustered | Place::Outside => class.push_str(" off"),
        }
        if placed.flipped && shown {
            class.push_str(" fl");
        }
        if class != drawn.class {
            mark.li.set_class_name(&class);
            drawn.class = class;
        }
        drawn.place = Some(placed.place);
    }
    if !shown {
        return;
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
    let begun = placed.x < 0.0 && placed.x + placed.width > 0.0;
    let labelled = matches!(placed.place, Place::Row(_)) && !placed.flipped;
    let offset = if begun && labelled { EDGE - placed.x } else { 0.0 };
    if offset != drawn.offset {
        style(&mark.li, "--o", &px(offset * rem));
        drawn.offset = offset;
    }
    if placed.echoes != drawn.echoes {
        while mark.echoes.len() < placed.echoes.len() {
            let Some(echo) = element("i", "ec") else { break };
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
