//! What the server's page says: its parts, its events and counts.

use web_sys::{Element, HtmlElement};

use super::dom::{find, find_all, numbers, stretch, style};
use crate::texts::drawing::speak;
use crate::timeline::{Cluster, Form, InLanes, Item, Place, Rest, Rules};

/// The elements that the island writes to.
pub(super) struct Parts {
    pub(super) root: HtmlElement,
    pub(super) plot: HtmlElement,
    pub(super) area: HtmlElement,
    pub(super) layer: HtmlElement,
    pub(super) axis: HtmlElement,
    pub(super) periods: HtmlElement,
    pub(super) ticks: HtmlElement,
    pub(super) grid: HtmlElement,
    pub(super) events: HtmlElement,
    pub(super) here: HtmlElement,
    pub(super) words: HtmlElement,
    pub(super) strip: HtmlElement,
    /// The window on the strip.
    pub(super) pane: HtmlElement,
    /// The ends of the window on the strip.
    pub(super) thumbs: Vec<HtmlElement>,
    pub(super) host: HtmlElement,
    pub(super) lanes: Vec<HtmlElement>,
    pub(super) bands: Vec<Band>,
    pub(super) base: String,
}

/// Something with a beginning and an end besides the events: a position, a phase, today.
pub(super) struct Band {
    pub(super) element: HtmlElement,
    pub(super) from: f64,
    pub(super) to: f64,
    /// The lane whose top it moves with, and how far below that it stands.
    pub(super) lane: Option<(usize, f64)>,
}

/// An event's elements, what the arithmetic needs of it, and how it is drawn at present.
pub(super) struct Mark {
    pub(super) id: String,
    pub(super) li: HtmlElement,
    pub(super) link: HtmlElement,
    pub(super) body: HtmlElement,
    pub(super) echoes: Vec<HtmlElement>,
    /// Its classes besides those of its place.
    pub(super) class: String,
    pub(super) item: Item,
    pub(super) drawn: Drawn,
}

/// What was last written to an event's elements, so that only differences are.
#[derive(Default, Clone, PartialEq)]
pub(super) struct Drawn {
    pub(super) class: String,
    /// None before the first drawing; outside stands for clustered, too.
    pub(super) place: Option<Place>,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) offset: f64,
    /// By how much the body is drawn wider than its element, while the view zooms.
    pub(super) stretched: bool,
    pub(super) echoes: Vec<f64>,
    /// The lanes in which it has a row, as bits.
    pub(super) rows: u64,
}

/// A cluster on the screen.
pub(super) struct Knot {
    pub(super) li: HtmlElement,
    pub(super) link: HtmlElement,
    pub(super) cluster: Cluster,
}

impl Parts {
    /// Finds them, or nothing where the page has no drawing.
    pub(super) fn find() -> Option<Self> {
        let body = super::dom::document().body()?;
        let root = find(&body, "[data-tl=root]")?;
        if let Some(words) = root.get_attribute("data-words") {
            speak(words);
        }
        let plot = find(&root, "[data-tl=plot]")?;
        let lanes = find_all(&plot, ".tl-lane");
        let tops: Vec<i64> = lanes.iter().map(|lane| units(lane, "--y")).collect();
        let mut bands: Vec<Band> = find_all(&plot, "[data-b]")
            .into_iter()
            .map(|element| {
                let text = element.get_attribute("data-b").unwrap_or_default();
                let mut ends = text.split(' ').map(|word| word.parse::<i64>().ok());
                let from = ends.next().flatten().map_or(f64::NEG_INFINITY, |minute| minute as f64);
                let to = ends.next().flatten().map_or(f64::INFINITY, |minute| minute as f64);
                let y = units(&element, "--y");
                let lane = element.class_list().contains("tl-held").then(|| {
                    let at = tops.iter().rposition(|top| *top <= y).unwrap_or(0);
                    (at, (y - tops.get(at).copied().unwrap_or(0)) as f64)
                });
                Band { element, from, to, lane }
            })
            .collect();
        if let Some(element) = find(&plot, ".tl-now") {
            let at =
                element.get_attribute("data-t").and_then(|text| text.parse::<i64>().ok()).unwrap_or(0) as f64;
            bands.push(Band { element, from: at, to: at, lane: None });
        }
        Some(Self {
            area: find(&plot, "[data-tl=area]")?,
            layer: find(&plot, "[data-tl=layer]")?,
            axis: find(&plot, "[data-tl=axis]")?,
            periods: find(&plot, ".tl-periods")?,
            ticks: find(&plot, ".tl-ticks")?,
            grid: find(&plot, "[data-tl=grid]")?,
            events: find(&plot, "[data-tl=events]")?,
            here: find(&plot, "[data-tl=here]")?,
            words: find(&root, "[data-tl=where]")?,
            strip: find(&root, "[data-tl=strip]")?,
            pane: find(&root, ".tl-window")?,
            thumbs: find_all(&root, ".tl-thumb"),
            host: find(&body, "[data-tl=host]")?,
            base: root.get_attribute("data-base")?,
            lanes,
            bands,
            root,
            plot,
        })
    }

    /// The measures of the drawing.
    pub(super) fn rules(&self) -> Option<Rules> {
        let text = self.plot.get_attribute("data-rules")?;
        let (measures, headings) = text.split_once(';')?;
        let [rows, row, rail, below, bound] = numbers(measures).try_into().ok()?;
        Some(Rules {
            headings: numbers(headings).into_iter().map(|height| height as f64).collect(),
            rows: rows as usize,
            row: row as f64,
            rail: rail as f64,
            below: below as f64,
            bound: bound as f64,
        })
    }
}

/// A plain number in an element's style.
fn units(element: &HtmlElement, property: &str) -> i64 {
    element.style().get_property_value(property).ok().and_then(|text| text.trim().parse().ok()).unwrap_or(0)
}

/// The events among the items of a list.
pub(super) fn marks(list: &Element) -> Vec<Mark> {
    find_all(list, "li[data-e]").into_iter().filter_map(mark).collect()
}

/// What the arithmetic needs of an event.
pub(super) fn item(li: &HtmlElement) -> Option<Item> {
    let data = li.get_attribute("data-e")?;
    let mut fields = data.split(';');
    let minute = |text: Option<&str>, open: f64| {
        text.and_then(|text| text.parse::<i64>().ok()).map_or(open, |minute| minute as f64)
    };
    let start = minute(fields.next(), f64::NEG_INFINITY);
    let end = minute(fields.next(), f64::INFINITY);
    let lanes: Vec<u16> = numbers(fields.next()?).into_iter().map(|lane| lane as u16).collect();
    let label = fields.next().and_then(|text| text.parse::<i32>().ok()).unwrap_or(100);
    let rank = fields.next()?.parse().ok()?;
    let row = fields.next().and_then(|text| text.parse().ok());
    // Word by word: to look for a text in another takes kilobytes of WebAssembly.
    let form = li.class_name().split(' ').find_map(|word| match word {
        "pt" => Some(Form::Point),
        "sp" => Some(Form::Span),
        _ => None,
    });
    let form = form.unwrap_or(Form::Window);
    Some(Item { start, end, form, lanes: InLanes::of(&lanes), label: f64::from(label), rank, row })
}

fn mark(li: HtmlElement) -> Option<Mark> {
    let item = item(&li)?;
    let full = li.class_name();
    let mut class = String::new();
    for word in full.split(' ').filter(|word| !matches!(*word, "off" | "dot" | "fl")) {
        if !class.is_empty() {
            class.push(' ');
        }
        class.push_str(word);
    }
    let link = find(&li, "a")?;
    let body = find(&li, ".bd")?;
    let mut room = (item.label as i32).to_string();
    room.push_str("*var(--unit))");
    room.insert_str(0, "calc(");
    style(&li, "--m", &room);
    let echoes = find_all(&li, ".ec");
    // Far off, so that the first drawing writes everything.
    let drawn = Drawn { class: full, x: f64::NAN, y: f64::NAN, width: f64::NAN, ..Drawn::default() };
    Some(Mark { id: li.id(), link, body, echoes, class, item, drawn, li })
}

/// The counts that come with a list.
pub(super) fn rest(list: &Element) -> Vec<Rest> {
    let Some(text) = list.get_attribute("data-rest") else { return Vec::new() };
    let mut parts = text.split(';');
    let grain = parts.next().and_then(|text| text.parse::<i64>().ok()).unwrap_or(1) as f64;
    let mut out = Vec::new();
    for part in parts {
        let values = numbers(part);
        let Some((lane, pairs)) = values.split_first() else { continue };
        let mut slot = 0;
        for pair in pairs.chunks_exact(2) {
            if let [step, count] = pair {
                slot += step;
                out.push(Rest { lane: *lane as u16, at: (slot as f64 + 0.5) * grain, count: *count as u32 });
            }
        }
    }
    out
}

/// The stretch that a fetched list covers.
pub(super) fn covers(list: &Element) -> Option<(f64, f64)> {
    stretch(list, "data-b")
}
