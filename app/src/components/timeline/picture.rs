//! The timeline as one SVG that stands alone: for previews of links, for slides, for print. It needs no style sheet
//! and no script, and what takes it apart (resvg, an office program) finds plain shapes and text.

use std::fmt::Write;

use super::TimelineFrame;
use super::axis;
use super::drawing::rooms_of;
use super::window::{self, Lanes, text_width};
use crate::model::date::Qualifier;
use crate::model::event::{Attestation, Importance};
use crate::model::steps::Steps;
use crate::model::time;
use crate::store::EventBrief;
use crate::timeline::layout::MARK;
use crate::timeline::ticks::ticks;
use crate::timeline::{Form, InLanes, Item, Layout, Place, Placed, Rules, Scale, lay_out};

/// The typefaces of pictures, as CSS names them: a name with a figure in it must be quoted. [`text_width`] is made for
/// the second.
pub const SERIF: &str = "'Source Serif 4'";
/// See [`SERIF`].
pub const SANS: &str = "'Source Sans 3'";

/// The size of a preview image in pixels, as Open Graph's consumers want it.
pub const PREVIEW: (u32, u32) = (1200, 630);

/// How much larger things are drawn on a preview, which is shown at a third of its size.
const ENLARGED: f64 = 1.6;

/// The colours of a picture, those of `style/tokens.css` in light.
mod colour {
    pub(super) const PAPER: &str = "#fbfaf7";
    pub(super) const SURFACE: &str = "#ffffff";
    pub(super) const INK: &str = "#1c1b19";
    pub(super) const SOFT: &str = "#57534c";
    pub(super) const LINE: &str = "#ddd9d0";
    pub(super) const STRONG: &str = "#8b867b";
    pub(super) const ACCENT: &str = "#0b5a66";
    pub(super) const TINT: &str = "#e3eff0";
    pub(super) const WARN: &str = "#7a4b00";
}

/// An SVG that is being written.
struct Pen {
    out: String,
}

impl Pen {
    fn text(&mut self, (x, y): (f64, f64), size: f64, style: &str, words: &str) {
        let words = escaped(words);
        let _ =
            write!(self.out, "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size}\" {style}>{words}</text>");
    }

    fn shape(&mut self, shape: std::fmt::Arguments<'_>) {
        let _ = self.out.write_fmt(shape);
    }
}

/// What stands in a picture besides the drawing.
pub struct Caption<'a> {
    /// What the view lets through, in words.
    pub words: &'a str,
    /// Where it comes from.
    pub source: &'a str,
}

/// The preview of a view: title, what it shows, and the drawing at [`PREVIEW`]'s size.
pub fn preview(frame: &TimelineFrame, caption: &Caption<'_>) -> String {
    let (width, height) = (f64::from(PREVIEW.0) / ENLARGED, f64::from(PREVIEW.1) / ENLARGED);
    let margin = 34.0;
    let mut pen = Pen { out: String::new() };
    let _ = write!(
        pen.out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"{SANS}\" fill=\"{}\">",
        PREVIEW.0,
        PREVIEW.1,
        colour::INK
    );
    pen.shape(format_args!("<path d=\"M0 0h{width}v{height}H0z\" fill=\"{}\"/>", colour::PAPER));
    pen.shape(format_args!("<path d=\"M0 0h6v{height}H0z\" fill=\"{}\"/>", colour::ACCENT));
    // On one line if that is still large enough to be read, else on two of about the same length.
    let room = (width - 2.0 * margin) / 0.98 * 14.0;
    let whole = text_width(&frame.dispute.title);
    let (size, lines) = match room / whole {
        size if size >= 21.0 => (size.min(28.0), vec![frame.dispute.title.clone()]),
        size => {
            let size = (size * 1.85).min(25.0);
            (size, wrapped(&frame.dispute.title, (whole * 0.56).max(room / 25.0 * 0.9).min(room / size), 2))
        }
    };
    let mut y = 14.0;
    for line in &lines {
        y += size * 1.12;
        pen.text((margin, y), size, &format!("font-family=\"{SERIF}\" font-weight=\"600\""), line);
    }
    y += 22.0;
    let words = cut(caption.words, (width - 2.0 * margin) / 0.95);
    pen.text((margin, y), 13.0, &format!("fill=\"{}\"", colour::SOFT), &words);
    let top = y + 16.0;
    let bottom = height - 30.0;
    pen.shape(format_args!("<g transform=\"translate({margin} {top})\">"));
    compact(&mut pen, frame, width - 2.0 * margin, bottom - top);
    pen.shape(format_args!("</g>"));
    let base = height - 13.0;
    pen.shape(format_args!(
        "<path d=\"M{margin} {y}h8m6 0h8\" stroke=\"{0}\" stroke-width=\"1.6\"/><path d=\"M{x1} {y1}v12m3 -12v12\" stroke=\"{0}\" stroke-width=\"1.8\"/>",
        colour::ACCENT,
        y = base - 4.0,
        x1 = margin + 9.5,
        y1 = base - 10.0,
    ));
    pen.text((margin + 28.0, base), 12.0, "font-weight=\"600\"", "Impasse");
    let source = cut(caption.source, width / 2.0);
    let style = format!("fill=\"{}\" text-anchor=\"end\"", colour::SOFT);
    pen.text((width - margin, base), 11.0, &style, &source);
    pen.out.push_str("</svg>");
    pen.out
}

/// The whole drawing of a view, as wide as a page and as high as it needs.
pub fn picture(frame: &TimelineFrame, caption: &Caption<'_>) -> String {
    let (width, margin) = (window::NOMINAL, 32.0);
    let mut pen = Pen { out: String::new() };
    let title = cut(&frame.dispute.title, width / 1.9);
    pen.text((0.0, 26.0), 26.0, &format!("font-family=\"{SERIF}\" font-weight=\"600\""), &title);
    pen.text((0.0, 48.0), 13.0, &format!("fill=\"{}\"", colour::SOFT), &cut(caption.words, width));
    pen.shape(format_args!("<g transform=\"translate(0 66)\">"));
    let height = full(&mut pen, frame, width);
    pen.shape(format_args!("</g>"));
    let total = 66.0 + height + 34.0;
    let style = format!("fill=\"{}\"", colour::SOFT);
    pen.text((0.0, total - 8.0), 11.0, &style, &cut(caption.source, width));
    let (whole, tall) = (width + 2.0 * margin, total + 2.0 * margin);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{whole}\" height=\"{tall:.0}\" \
         viewBox=\"{0} {0} {whole} {tall:.0}\" font-family=\"{SANS}\" fill=\"{1}\" role=\"img\">\
         <title>{2}</title><path d=\"M{0} {0}h{whole}v{tall:.0}h-{whole}z\" fill=\"{3}\"/>{4}</svg>",
        -margin,
        colour::INK,
        escaped(&frame.dispute.title),
        colour::PAPER,
        pen.out
    )
}

/// The drawing within a height: fewer rows, and one lane where several would have no room for any.
fn compact(pen: &mut Pen, frame: &TimelineFrame, width: f64, height: f64) {
    const AXIS: f64 = 22.0;
    let Some(held) = &frame.window else { return };
    let base =
        Rules { headings: Vec::new(), rows: 1, row: 0.0, rail: 28.0, below: 6.0, bound: frame.whole.1 };
    let room = height - AXIS;
    let lanes = &held.choice.lanes;
    // The least room for a mark with its title under it.
    const ROW: f64 = 34.0;
    let each = |lanes: usize, heading: f64| room / lanes as f64 - heading - base.rail - base.below;
    let are_lanes = lanes.all.len() > 1 && each(lanes.all.len(), 17.0) >= ROW;
    let count = if are_lanes { lanes.all.len() } else { 1 };
    let heading = if are_lanes { 17.0 } else { 6.0 };
    let rows = (each(count, heading) / ROW).floor().max(1.0);
    let row = (each(count, heading) / rows).clamp(ROW, 44.0);
    let rules = Rules { headings: vec![heading; count], rows: rows as usize, row, ..base };
    let mut items = window::items(held, &Steps::default(), false);
    let mut rest = held.choice.rest.clone();
    if !are_lanes {
        for item in &mut items {
            item.lanes = InLanes::of(&[0]);
        }
        for part in &mut rest {
            part.lane = 0;
        }
    }
    let scale = Scale::new(held.choice.from, held.choice.to, width);
    let layout = lay_out(&items, &rest, &scale, (0.0, width), &rules);
    let events: Vec<&EventBrief> = held.events.iter().map(|held| &held.event).collect();
    let names = are_lanes.then_some(lanes);
    draw(pen, frame, &Drawn { scale, layout, items, events, is_roomy: false, names, heading }, AXIS);
}

/// The drawing with all the rows that a page would have; its height.
fn full(pen: &mut Pen, frame: &TimelineFrame, width: f64) -> f64 {
    const AXIS: f64 = 28.0;
    let Some(held) = &frame.window else { return 0.0 };
    let lanes = &held.choice.lanes;
    let is_roomy = window::is_roomy(frame.outline.len());
    let items = window::items(held, &Steps::default(), is_roomy);
    let rules = window::rules(lanes, &[], frame.outline.len(), frame.whole.1);
    let scale = Scale::new(held.choice.from, held.choice.to, width);
    let layout = lay_out(&items, &held.choice.rest, &scale, (0.0, width), &rules);
    let height = layout.height;
    let events: Vec<&EventBrief> = held.events.iter().map(|held| &held.event).collect();
    draw(
        pen,
        frame,
        &Drawn { scale, layout, items, events, is_roomy, names: Some(lanes), heading: 24.0 },
        AXIS,
    );
    AXIS + height
}

struct Drawn<'a> {
    scale: Scale,
    layout: Layout,
    items: Vec<Item>,
    events: Vec<&'a EventBrief>,
    is_roomy: bool,
    names: Option<&'a Lanes>,
    heading: f64,
}

fn draw(pen: &mut Pen, frame: &TimelineFrame, drawn: &Drawn<'_>, axis: f64) {
    let (scale, layout) = (&drawn.scale, &drawn.layout);
    let width = scale.width;
    let bottom = axis + layout.height;
    let edge = |x: f64| x.clamp(0.0, width);
    for phase in axis::phases(frame) {
        let (from, to) = phase.stretch();
        let (left, right) = (edge(scale.x(from)), edge(scale.x(to)));
        if right > left {
            pen.shape(format_args!(
                "<path d=\"M{left:.1} {axis}H{right:.1}V{bottom:.1}H{left:.1}z\" fill=\"{}\"/>",
                colour::TINT
            ));
        }
    }
    let found = ticks(scale, 0.0, width);
    // The left edge says where one is, and the first tick of each period which one begins.
    let mut free = 0.0;
    if let Some(here) = found.period_at(scale.from) {
        let style = format!("font-weight=\"600\" fill=\"{}\"", colour::SOFT);
        pen.text((0.0, axis - 7.0), 11.0, &style, &here.label);
        free = text_width(&here.label) * 0.8 + 8.0;
    }
    for tick in &found.fine {
        let x = scale.x(tick.at as f64);
        if !(0.0..=width).contains(&x) {
            continue;
        }
        let period = found.periods.iter().find(|period| period.at == tick.at);
        let is_period = period.is_some();
        let (weight, line) = if is_period { ("600", colour::STRONG) } else { ("400", colour::LINE) };
        pen.shape(format_args!(
            "<path d=\"M{x:.1} {axis}V{bottom:.1}\" stroke=\"{line}\" stroke-width=\"0.6\"/>"
        ));
        let label = period.map_or(&tick.label, |period| &period.label);
        let length = text_width(label) * 0.8;
        if x >= free && x + length < width {
            let style = format!("font-weight=\"{weight}\" fill=\"{}\"", colour::SOFT);
            pen.text((x + 3.0, axis - 7.0), 11.0, &style, label);
            free = x + length + 10.0;
        }
    }
    pen.shape(format_args!(
        "<path d=\"M0 {axis}H{width}\" stroke=\"{}\" stroke-width=\"0.8\"/>",
        colour::STRONG
    ));
    for (at, place) in layout.lanes.iter().enumerate() {
        let top = axis + place.top;
        if at > 0 {
            pen.shape(format_args!(
                "<path d=\"M0 {top:.1}H{width}\" stroke=\"{}\" stroke-width=\"0.8\"/>",
                colour::LINE
            ));
        }
        if let Some(lane) = drawn.names.and_then(|lanes| lanes.all.get(at)) {
            let style = format!("font-weight=\"600\" fill=\"{}\"", colour::SOFT);
            pen.text((4.0, top + drawn.heading * 0.75), 11.0, &style, &lane.name);
        }
    }
    let now = scale.x(time::day_end(frame.today) as f64);
    if (0.0..=width).contains(&now) {
        pen.shape(format_args!(
            "<path d=\"M{now:.1} {axis}V{bottom:.1}\" stroke=\"{}\" stroke-width=\"1\" stroke-dasharray=\"3 3\"/>",
            colour::ACCENT
        ));
    }
    for cluster in &layout.clusters {
        let words = cluster.count.to_string();
        let half = (text_width(&words) / 2.0 + 6.0).max(10.0);
        let x = cluster.x.clamp(half, width - half);
        let y = axis + cluster.y + 4.0;
        pen.shape(format_args!(
            "<rect x=\"{:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"18\" rx=\"9\" fill=\"{}\" stroke=\"{}\"/>",
            x - half,
            half * 2.0,
            colour::SURFACE,
            colour::STRONG
        ));
        pen.text((x, y + 13.0), 11.0, "text-anchor=\"middle\" font-weight=\"600\"", &words);
    }
    let rooms = rooms_of(&drawn.items, layout, width);
    for (((item, placed), event), room) in
        drawn.items.iter().zip(&layout.placed).zip(&drawn.events).zip(rooms)
    {
        let y = axis + placed.y;
        match placed.place {
            Place::Outside | Place::Clustered => continue,
            Place::Dot => mark(pen, item, placed, event, (y + 5.0, width), true),
            Place::Row(_) => {
                mark(pen, item, placed, event, (y, width), false);
                label(pen, placed, event, y, (room, width), drawn.is_roomy);
            }
        }
        for below in &placed.echoes {
            let (x, y) = (placed.x.clamp(0.0, width) + MARK / 2.0, y + below + MARK / 2.0);
            pen.shape(format_args!(
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\" fill=\"{}\" stroke=\"{}\"/>",
                colour::SURFACE,
                colour::STRONG
            ));
        }
    }
}

/// The mark of an event: a bar for what lasted, a bracket for a window, and a head whose shape and filling say how well
/// it is attested.
fn mark(
    pen: &mut Pen,
    item: &Item,
    placed: &Placed,
    event: &EventBrief,
    (y, width): (f64, f64),
    is_dot: bool,
) {
    let middle = y + MARK / 2.0;
    let (left, right) = (placed.x.max(0.0), (placed.x + placed.width).min(width));
    let accent = colour::ACCENT;
    match item.form {
        _ if is_dot => {}
        Form::Point => {}
        Form::Span => {
            let dashes = if event.date.qualifier() == Qualifier::Exact { "" } else { " stroke-dasharray=\"8 3\"" };
            pen.shape(format_args!(
                "<path d=\"M{left:.1} {middle:.1}H{right:.1}\" stroke=\"{accent}\" stroke-width=\"5\"{dashes}/>"
            ));
        }
        Form::Window => pen.shape(format_args!(
            "<path d=\"M{left:.1} {0:.1}v12M{right:.1} {0:.1}v12M{left:.1} {middle:.1}H{right:.1}\" fill=\"none\" stroke=\"{accent}\" stroke-width=\"1.6\"/>",
            middle - 6.0,
        )),
    }
    let x = match item.form {
        Form::Window if item.start.is_finite() => f64::midpoint(left, right),
        Form::Window => right - MARK / 2.0,
        Form::Span if item.start.is_infinite() => right - MARK / 2.0,
        Form::Point | Form::Span => left + MARK / 2.0,
    };
    let surface = colour::SURFACE;
    let ring = |pen: &mut Pen, fill: &str, stroke: &str| {
        pen.shape(format_args!(
            "<circle cx=\"{x:.1}\" cy=\"{middle:.1}\" r=\"5.2\" fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"1.8\"/>"
        ));
    };
    // The shapes of the legend on the page; see style/timeline/marks.css.
    match event.attestation {
        Attestation::Record => ring(pen, accent, accent),
        Attestation::Several => {
            ring(pen, surface, accent);
            pen.shape(format_args!("<circle cx=\"{x:.1}\" cy=\"{middle:.1}\" r=\"2.6\" fill=\"{accent}\"/>"));
        }
        Attestation::Reported => {
            ring(pen, surface, accent);
            pen.shape(format_args!(
                "<path d=\"M{x:.1} {:.1}a5.2 5.2 0 0 0 0 10.4z\" fill=\"{accent}\"/>",
                middle - 5.2
            ));
        }
        Attestation::Unnamed => ring(pen, surface, accent),
        Attestation::Rival => pen.shape(format_args!(
            "<path d=\"M{x:.1} {0:.1}l6 6l-6 6z\" fill=\"{1}\"/><path d=\"M{x:.1} {0:.1}l-6 6l6 6z\" fill=\"{surface}\" stroke=\"{1}\"/>",
            middle - 6.0,
            colour::WARN,
        )),
        Attestation::Uncited => ring(pen, surface, colour::STRONG),
    }
}

fn label(
    pen: &mut Pen,
    placed: &Placed,
    event: &EventBrief,
    y: f64,
    (room, width): (f64, f64),
    is_roomy: bool,
) {
    let is_major = event.importance == Importance::Major;
    let weight = if is_major { "600" } else { "400" };
    let (x, anchor, room) = if placed.flipped {
        (placed.x + placed.width, "end", room)
    } else {
        let x = placed.x.max(0.0);
        (x, "start", room.min(width - x))
    };
    let title = cut(&event.title, room);
    let style = format!("font-weight=\"{weight}\" text-anchor=\"{anchor}\"");
    pen.text((x, y + 31.0), 13.0, &style, &title);
    if is_roomy {
        let style = format!("fill=\"{}\" text-anchor=\"{anchor}\"", colour::SOFT);
        pen.text((x, y + 46.0), 11.5, &style, &cut(&event.date.words(), room / 0.87));
    }
}

/// A text cut to a width, in units at 14.
fn cut(text: &str, room: f64) -> String {
    if text_width(text) <= room {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = text_width("…");
    for character in text.chars() {
        used += text_width(character.encode_utf8(&mut [0; 4]));
        if used > room {
            break;
        }
        out.push(character);
    }
    format!("{}…", out.trim_end())
}

/// A text in lines of a width, in units at 14; what does not fit into so many lines is cut.
fn wrapped(text: &str, room: f64, lines: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut rest = text.split_whitespace().peekable();
    while rest.peek().is_some() {
        if out.len() + 1 == lines {
            out.push(cut(&rest.collect::<Vec<_>>().join(" "), room));
            break;
        }
        let mut line = String::new();
        while let Some(word) =
            rest.next_if(|word| line.is_empty() || text_width(&line) + text_width(word) + 5.0 <= room)
        {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        out.push(cut(&line, room));
    }
    out
}

/// Text for XML 1.0, in which some control characters may not stand at all.
fn escaped(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_control() && !matches!(character, '\u{fffe}' | '\u{ffff}'))
        .fold(String::with_capacity(text.len()), |mut out, character| {
            match character {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                other => out.push(other),
            }
            out
        })
}
