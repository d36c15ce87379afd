//! The columns of TimelineJS3's spreadsheet template, as CSV.

use impasse_app::model::event::Event;
use serde_json::Value;

use crate::export::{Export, date_words};
use crate::losses::{Loss, Part};
use crate::text::{one_line, web_address};
use crate::timelinejs;

/// The headings in the order in which Knight Lab documents them; they are matched letter by letter.
const HEADINGS: [&str; 19] = [
    "Year",
    "Month",
    "Day",
    "Time",
    "End Year",
    "End Month",
    "End Day",
    "End Time",
    "Display Date",
    "Headline",
    "Text",
    "Media",
    "Media Credit",
    "Media Caption",
    "Media Thumbnail",
    "Alt Text",
    "Type",
    "Group",
    "Background",
];

pub(crate) fn write(export: &Export<'_>) -> String {
    let record = export.record;
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut put = |cells: [String; 19]| {
        // Writing to memory does not fail.
        let _ = writer.write_record(&cells);
    };
    put(HEADINGS.map(str::to_owned));
    let mut title: [String; 19] = Default::default();
    let summary = crate::html::paragraphs(&record.dispute.summary);
    for (column, text) in [
        ("Headline", crate::html::escape(&one_line(&record.dispute.title))),
        ("Text", format!("{summary}<p>{}</p>", crate::html::escape(export.address))),
        ("Type", "title".to_owned()),
    ] {
        set(&mut title, column, text);
    }
    put(title);
    for event in &record.events {
        put(row(export, event));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

fn set(cells: &mut [String; 19], column: &str, text: String) {
    let at = HEADINGS.iter().position(|heading| *heading == column);
    if let Some(cell) = at.and_then(|at| cells.get_mut(at)) {
        *cell = guarded(text);
    }
}

/// A cell that a spreadsheet does not take for a formula. A blank before it is passed over by TimelineJS.
fn guarded(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!(" {text}") } else { text }
}

fn row(export: &Export<'_>, event: &Event) -> [String; 19] {
    let mut cells: [String; 19] = Default::default();
    let slide = timelinejs::slide(export, event).unwrap_or_default();
    let number = |name: &str, part: &str| match &slide[name][part] {
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    let at = HEADINGS.iter().position(|heading| *heading == "Year");
    if let (Some(cell), year) = (at.and_then(|at| cells.get_mut(at)), number("start_date", "year")) {
        // A year before ours begins with a minus, and is a number all the same.
        *cell = year;
    }
    set(&mut cells, "Month", number("start_date", "month"));
    set(&mut cells, "Day", number("start_date", "day"));
    if let (hour, minute) = (number("start_date", "hour"), number("start_date", "minute"))
        && !hour.is_empty()
    {
        set(&mut cells, "Time", format!("{hour:0>2}:{minute:0>2}"));
    }
    let end = HEADINGS.iter().position(|heading| *heading == "End Year");
    if let Some(cell) = end.and_then(|at| cells.get_mut(at)) {
        *cell = number("end_date", "year");
    }
    set(&mut cells, "End Month", number("end_date", "month"));
    set(&mut cells, "End Day", number("end_date", "day"));
    set(&mut cells, "Display Date", date_words(&event.date));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    set(&mut cells, "Headline", text(&slide["text"]["headline"]));
    set(&mut cells, "Text", text(&slide["text"]["text"]));
    set(&mut cells, "Media Credit", text(&slide["media"]["credit"]));
    set(&mut cells, "Media Caption", text(&slide["media"]["caption"]));
    set(&mut cells, "Media", text(&slide["media"]["url"]));
    set(&mut cells, "Group", text(&slide["group"]));
    cells
}

pub(crate) fn losses(export: &Export<'_>) -> Vec<Loss> {
    let mut losses = timelinejs::losses(export);
    losses.retain(|loss| !matches!(loss.part, Part::Facts | Part::Positions));
    let record = export.record;
    losses.extend(
        (!record.events.is_empty())
            .then(|| Loss::new(Part::Facts, "Kind, phase, importance and identifiers are left out.")),
    );
    losses.extend(Loss::of(Part::Positions, record.positions.len(), "position", "positions", "left out."));
    let several = record.events.iter().filter(|event| event.citations.len() > 1).count();
    losses.extend(Loss::of(
        Part::Citations,
        several,
        "event",
        "events",
        "with several quotes: only the first is quoted, the others are named in the text.",
    ));
    let unlinked = record
        .articles
        .iter()
        .filter(|article| article.url.as_deref().is_some_and(|url| web_address(url).is_none()))
        .count();
    losses.extend(Loss::of(
        Part::Citations,
        unlinked,
        "article",
        "articles",
        "whose address is not one of the web: named without it.",
    ));
    losses
}
