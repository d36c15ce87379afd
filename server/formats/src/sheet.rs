//! The columns of TimelineJS3's spreadsheet template, as CSV.

use impasse_app::model::event::Event;
use serde_json::Value;

use crate::draft::{Draft, cut};
use crate::export::{Export, date_words};
use crate::format::Format;
use crate::html;
use crate::losses::{Loss, Part};
use crate::reading::{Options, Reading, Refusal, Row, RowReader};
use crate::text::{decode, one_line, web_address};
use crate::timelinejs::{self, Parts};
use crate::when::read_date;
use impasse_app::t;

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
    set(&mut cells, "Display Date", html::escape(&date_words(&event.date)));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    set(&mut cells, "Headline", text(&slide["text"]["headline"]));
    set(&mut cells, "Text", text(&slide["text"]["text"]));
    set(&mut cells, "Media Credit", text(&slide["media"]["credit"]));
    set(&mut cells, "Media Caption", text(&slide["media"]["caption"]));
    set(&mut cells, "Media", text(&slide["media"]["url"]));
    set(&mut cells, "Group", text(&slide["group"]));
    cells
}

/// Reads the template, the new one and the one of before, whose columns had other names.
pub(crate) fn read(bytes: &[u8], options: &Options) -> Result<Reading, Refusal> {
    let (text, _) = decode(bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let refused = |error: csv::Error| Refusal::Malformed {
        line: error.position().map_or(0, csv::Position::line),
        column: 0,
        message: t!("file-not-csv", error = error.to_string()),
    };
    let headings = reader.headers().map_err(refused)?.clone();
    let column = |name: &str| headings.iter().position(|heading| heading.trim() == name);
    if column("Headline").is_none() {
        return Err(Refusal::NoColumn("Headline"));
    }
    if column("Year").or(column("Start Date")).is_none() {
        return Err(Refusal::NoColumn("Year"));
    }
    let mut reading = Reading::new(Format::TimelineJsSheet);
    for record in reader.records() {
        let record = record.map_err(refused)?;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            // As Google's sheets end at the first blank row.
            continue;
        }
        let line = record.position().map_or(0, csv::Position::line);
        let cell =
            |name: &str| column(name).and_then(|at| record.get(at)).unwrap_or_default().trim().to_owned();
        match cell("Type").as_str() {
            "title" if reading.about.title.is_empty() => {
                reading.about.title = one_line(&html::text(&cell("Headline")));
                reading.about.summary = html::text(&cell("Text"));
            }
            "era" => reading.warn("Type", t!("file-era", line = line.to_string())),
            _ => {
                let row = RowReader::new(line);
                reading.push(taken(&cell, row, options))?;
            }
        }
    }
    Ok(reading)
}

/// Figures without the blanks and commas that spreadsheets put between them.
fn figures(text: &str) -> String {
    text.chars().filter(|one| !one.is_whitespace() && *one != ',').collect()
}

/// A time of day as `14:30`, from what TimelineJS takes for one: `2:30 pm`, `14.30`, `1430`; none if it is no time.
fn time(text: &str) -> Option<String> {
    let text = text.to_ascii_lowercase().replace('.', ":");
    let text = text.trim().trim_end_matches(':');
    let (figures, half) = match text.find(['a', 'p']) {
        Some(at) => (text.get(..at)?.trim(), text.get(at..)?.chars().next()),
        None => (text, None),
    };
    let mut parts = figures.split(':');
    let (hour, minute) = match (parts.next()?, parts.next()) {
        (hour, Some(minute)) => (hour, minute),
        (whole, None) if whole.len() == 4 => (whole.get(..2)?, whole.get(2..)?),
        (hour, None) => (hour, "0"),
    };
    let (hour, minute): (u32, u32) = (hour.trim().parse().ok()?, minute.trim().parse().ok()?);
    let hour = match half {
        Some('p') if hour < 12 => hour + 12,
        Some('a') if hour == 12 => 0,
        _ => hour,
    };
    (hour < 24 && minute < 60).then(|| format!("{hour}:{minute:02}"))
}

fn taken(cell: &impl Fn(&str) -> String, mut row: RowReader, options: &Options) -> Row {
    let parts = |row: &mut RowReader, before: &str| {
        let name = |name: &str| format!("{before}{name}");
        let typed = cell(&name("Time"));
        let time = if typed.is_empty() { Some(String::new()) } else { time(&typed) };
        if time.is_none() {
            row.error(&name("Time"), t!("row-no-time", time = cut(&typed)));
        }
        Parts {
            year: figures(&cell(&name("Year"))),
            month: figures(&cell(&name("Month"))),
            day: figures(&cell(&name("Day"))),
            time: time.unwrap_or_default(),
        }
    };
    let (start, end) = (parts(&mut row, ""), parts(&mut row, "End "));
    let (old, old_end) = (cell("Start Date"), cell("End Date"));
    let date = if start.year.is_empty() && !old.is_empty() {
        let typed = if old_end.is_empty() || old_end == old { old } else { format!("{old} to {old_end}") };
        match read_date(&typed, options) {
            Ok(date) => Some(date),
            Err(question) => {
                row.ask("Start Date", question);
                None
            }
        }
    } else {
        timelinejs::dated(&mut row, &start, &end, &cell("Display Date"), options)
    };
    let Some(date) = date else { return row.finish(None) };
    let mut draft = Draft::new(date, one_line(&html::text(&cell("Headline"))));
    draft.description = Some(html::text(&cell("Text")));
    let group = if cell("Group").is_empty() { cell("Tag") } else { cell("Group") };
    draft.parties = timelinejs::grouped(&group);
    let media = [cell("Media"), cell("Media Credit"), cell("Media Caption")];
    let [url, credit, caption] = &media;
    draft.sources = timelinejs::source(&mut row, url, credit, caption, "").map(|source| vec![source]);
    if !cell("Background").is_empty() {
        row.warn("Background", t!("row-background"));
    }
    row.finish(Some(draft))
}

pub(crate) fn losses(export: &Export<'_>) -> Vec<Loss> {
    let mut losses = timelinejs::losses(export);
    losses.retain(|loss| !matches!(loss.part, Part::Facts | Part::Positions));
    let record = export.record;
    losses.extend(
        (!record.events.is_empty())
            .then(|| Loss::new(Part::Facts, t!("loss-kind-phase-importance-and-identifiers"))),
    );
    losses.extend(Loss::of(Part::Deadlines, export.deadlines(), |count| {
        t!("loss-events-that-are-deadlines-how-they-stand-and", count = count)
    }));
    losses.extend(Loss::of(Part::Steps, export.steps(), |count| {
        t!("loss-events-that-are-steps-of-others-that-is", count = count)
    }));
    losses.extend(Loss::of(Part::Positions, record.positions.len(), |count| {
        t!("loss-positions-left-out-x", count = count)
    }));
    let several = record.events.iter().filter(|event| event.citations.len() > 1).count();
    losses.extend(Loss::of(Part::Citations, several, |count| {
        t!("loss-events-with-several-quotes-only", count = count)
    }));
    let unlinked = record
        .articles
        .iter()
        .filter(|article| article.url.as_deref().is_some_and(|url| web_address(url).is_none()))
        .count();
    losses.extend(Loss::of(Part::Citations, unlinked, |count| {
        t!("loss-articles-whose-address-is-not", count = count)
    }));
    losses
}
