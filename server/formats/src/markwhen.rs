//! markwhen's text (<https://docs.markwhen.com>): EDTF of level 0 with our own fields as properties.
//!
//! markwhen knows days, months, years and ranges of them. What a date is besides stands in the property `edtf`, and in
//! words in the event's first line.

use std::collections::HashMap;

use chrono::{Days, Months};
use impasse_app::model::date::{EventDate, Shape};
use impasse_app::model::date_input::DateQuestion;
use impasse_app::model::event::{Citation, Event, Importance, Kind, Phase};

use crate::draft::{Draft, DraftParty, DraftSource, Quote, cut};
use crate::export::{Export, date_words};
use crate::format::Format;
use crate::losses::{Loss, Part};
use crate::reading::{DayOrder, Options, Reading, Refusal, Row, RowReader};
use crate::text::{decode, one_line, plain, web_address};
use crate::when::read_date;

pub(crate) fn write(export: &Export<'_>) -> String {
    let record = export.record;
    let dispute = &record.dispute;
    let mut out = format!("title: {}\n", quoted(&dispute.title));
    if !dispute.summary.is_empty() {
        out.push_str(&format!("description: {}\n", quoted(&dispute.summary)));
    }
    out.push_str(&format!("source: {}\n", quoted(export.address)));
    for event in &record.events {
        out.push('\n');
        out.push_str(&written(export, event));
    }
    out
}

fn written(export: &Export<'_>, event: &Event) -> String {
    let Some(range) = range(&event.date) else {
        // A comment, so that it is not lost to whoever reads the text.
        return format!("// {}: {}\n", date_words(&event.date), one_line(&event.title));
    };
    let mut out = format!("{range}: {}\n", words(&event.title));
    let mut property = |name: &str, value: &str| {
        if !value.is_empty() {
            out.push_str(&format!("  {name}: {}\n", quoted(value)));
        }
    };
    property("id", event.id.as_str());
    property("edtf", event.date.edtf());
    property("printed", event.date.printed().unwrap_or_default());
    property("kind", event.kind.key());
    property("status", event.phase.key());
    property("importance", event.importance.key());
    property("parties", &export.party_names(event).join("; "));
    if !event.date.is_exact() {
        property("date", &date_words(&event.date));
    }
    let mut body = String::new();
    for line in plain(&event.description).lines() {
        body.push_str(&format!("  {}\n", words(line)));
    }
    for citation in &event.citations {
        body.push_str(&source(export, citation));
    }
    out + &body
}

/// The date as markwhen has it: a day, a month, a year, or a range of them; none without a bound.
fn range(date: &EventDate) -> Option<String> {
    let plain = |text: &str| {
        (4..=10).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
            && !text.starts_with('-')
    };
    if date.shape() == Shape::Moment && date.is_exact() && plain(date.edtf()) {
        return Some(date.edtf().to_owned());
    }
    let day = |day: chrono::NaiveDate| day.format("%Y-%m-%d").to_string();
    let in_reach = |day: &chrono::NaiveDate| (0..=9999).contains(&chrono::Datelike::year(day));
    let (first, last) = (date.earliest().filter(in_reach), date.latest().filter(in_reach));
    match (first, last) {
        (Some(first), Some(last)) if first == last => Some(day(first)),
        (Some(first), Some(last)) => Some(format!("{}/{}", day(first), day(last))),
        (Some(first), None) if date.shape() == Shape::Span => Some(format!("{}/now", day(first))),
        (Some(one), None) | (None, Some(one)) => Some(day(one)),
        (None, None) => None,
    }
}

/// A text in one line that markwhen does not take for anything else: a line that begins like a date would begin
/// another event, one that begins with # or // a section or a comment.
fn words(text: &str) -> String {
    let line = one_line(text);
    let line = line.trim();
    let is_taken = line.starts_with(['#', '-', '/', '@', '!'])
        || line.split(' ').next().is_some_and(|word| word.contains(':'))
        || line
            .split_once(':')
            .is_some_and(|(head, _)| head.chars().any(|one| one.is_ascii_digit()) || head.len() < 40);
    // A zero-width space at the front and instead of nothing else: it is not seen, and the line is no longer a date.
    if is_taken { format!("\u{200b}{}", line.replace(':', "\u{a789}")) } else { line.to_owned() }
}

/// A value of YAML, in quotes: what is in it is never taken for anything but text.
fn quoted(text: &str) -> String {
    format!("\"{}\"", one_line(text).replace('\\', "\\\\").replace('"', "\\\""))
}

fn source(export: &Export<'_>, citation: &Citation) -> String {
    let Some(article) = export.record.article(&citation.article) else { return String::new() };
    let quote = one_line(&citation.passage.exact);
    let shown = |text: &str| one_line(text).replace(['[', ']', BETWEEN], "").replace(':', "\u{a789}");
    let title = shown(&article.title);
    let title = match article.url.as_deref().and_then(web_address) {
        // The address is in parentheses, so it may have none.
        Some(url) => format!("[{title}]({})", url.replace('(', "%28").replace(')', "%29")),
        None => title,
    };
    let day = article.published.map(|day| day.to_string()).unwrap_or_default();
    let quote = quote.replace(':', "\u{a789}");
    format!("  “{quote}” {title} {BETWEEN} {} {BETWEEN} {day}\n", shown(&article.publisher))
        .replace(" \n", "\n")
}

/// What stands between headline, publisher and day.
const BETWEEN: char = '·';

/// Reads markwhen's text: header, events with dates in EDTF, ISO 8601, figures or words, their properties and text.
/// Dates that are counted from other events or come back again are said to be not taken.
pub(crate) fn read(bytes: &[u8], options: &Options) -> Result<Reading, Refusal> {
    let (text, _) = decode(bytes);
    let text = plain(&text);
    let mut reading = Reading::new(Format::Markwhen);
    // markwhen has the month first unless the header says otherwise.
    let options = Options { order: options.order.or(Some(DayOrder::MonthFirst)), ..options.clone() };
    let mut open: Option<Entry> = None;
    let mut is_header = true;
    for (line, number) in text.lines().zip(1_u64..) {
        let trimmed = line.trim();
        let is_mark = trimmed.starts_with("//")
            || trimmed == "---"
            || (trimmed.starts_with('#') && trimmed.trim_start_matches('#').starts_with(' '))
            || ["section ", "group ", "endSection", "endGroup"].iter().any(|word| trimmed.starts_with(word));
        match headline(trimmed, &options) {
            _ if is_mark => {}
            Some((range, title)) => {
                is_header = false;
                if let Some(event) = open.replace(Entry::new(number, range, title)) {
                    reading.push(event.row())?;
                }
            }
            None => match open.as_mut() {
                Some(event) => event.take(trimmed),
                None if is_header => {
                    if let Some((name, value)) = property(trimmed) {
                        match name {
                            "title" => reading.about.title = value,
                            "description" => reading.about.summary = value,
                            _ => {}
                        }
                    }
                }
                None => {}
            },
        }
    }
    if let Some(event) = open {
        reading.push(event.row())?;
    }
    if reading.rows.is_empty() && reading.about.title.is_empty() {
        return Err(Refusal::whole("There is no line that begins with a date and a colon."));
    }
    Ok(reading)
}

/// An event that is being read.
struct Entry {
    number: u64,
    /// What is before the colon, and the date that it is; else why it is none.
    range: (String, Result<EventDate, DateQuestion>),
    title: String,
    properties: HashMap<String, String>,
    body: Vec<String>,
}

impl Entry {
    fn new(number: u64, range: (String, Result<EventDate, DateQuestion>), title: String) -> Self {
        Self { number, range, title, properties: HashMap::new(), body: Vec::new() }
    }

    /// A line below the first: a property while there is no text yet, else text.
    fn take(&mut self, line: &str) {
        let is_early = self.body.is_empty();
        match property(line)
            .filter(|(name, _)| is_early && name.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        {
            Some((name, value)) => drop(self.properties.insert(name.to_owned(), value)),
            None => self.body.push(line.to_owned()),
        }
    }

    fn row(mut self) -> Row {
        let mut row = RowReader::new(self.number);
        let own = |name: &str| self.properties.get(name).map(String::as_str);
        let (written, date) = std::mem::replace(&mut self.range, (String::new(), Err(no_date(""))));
        let exact = own("edtf").and_then(|edtf| EventDate::parse(edtf).ok());
        let is_ours = exact.is_some();
        // What was edited by hand is not overruled by what was written with it.
        let exact = exact.filter(|date| range(date).as_deref() == Some(written.as_str()));
        let date = match exact.map_or(date, Ok) {
            Ok(date) => date.with_printed(own("printed").map(str::to_owned)),
            Err(question) => {
                row.ask("date", question);
                return row.finish(None);
            }
        };
        let shown = |text: &str| {
            let text = text.trim_start_matches('\u{200b}');
            if is_ours { text.replace('\u{a789}', ":") } else { text.to_owned() }
        };
        let mut draft = Draft::new(date, shown(&self.title));
        draft.id = own("id").map(str::to_owned);
        draft.kind = own("kind").and_then(Kind::from_key);
        draft.phase = own("status").and_then(Phase::from_key);
        draft.importance = own("importance").and_then(Importance::from_key);
        draft.parties = own("parties").map(|names| {
            let names = names.split("; ").map(str::trim).filter(|name| !name.is_empty());
            names.map(|name| DraftParty { key: None, name: name.to_owned(), role: None }).collect()
        });
        let (mut sources, mut lines) = (Vec::new(), Vec::new());
        for line in &self.body {
            match quoted_source(&shown(line)).filter(|_| is_ours) {
                Some(source) => sources.push(source),
                None => lines.push(shown(line)),
            }
        }
        draft.description = Some(lines.join("\n").trim().to_owned());
        draft.sources = (!sources.is_empty()).then_some(sources);
        row.finish(Some(draft))
    }
}

/// A source as it is written here: “words” [headline](address) · publisher · day.
fn quoted_source(line: &str) -> Option<DraftSource> {
    let (words, rest) = line.strip_prefix('“')?.rsplit_once("” ")?;
    let mut parts = rest.split(BETWEEN).map(str::trim);
    let (title, publisher, day) = (parts.next()?, parts.next()?, parts.next().unwrap_or_default());
    let linked = title
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(')'))
        .and_then(|rest| rest.rsplit_once("]("));
    let (title, url) = linked
        .map_or((title, None), |(title, url)| (title, Some(url.replace("%28", "(").replace("%29", ")"))));
    Some(DraftSource {
        title: title.to_owned(),
        publisher: publisher.to_owned(),
        url,
        published: day.parse().ok(),
        quote: Some(Quote::words(words)),
        ..DraftSource::default()
    })
}

/// A line `name: value`, the value of YAML in quotes or without.
fn property(line: &str) -> Option<(&str, String)> {
    let (name, value) = line.split_once(':')?;
    let (name, value) = (name.trim(), value.trim());
    if name.is_empty() || name.contains(' ') {
        return None;
    }
    let inner = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).filter(|_| value.len() > 1);
    let Some(inner) = inner else { return Some((name, value.trim_matches('\'').to_owned())) };
    let mut out = String::with_capacity(inner.len());
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        out.push(if letter == '\\' { letters.next().unwrap_or(letter) } else { letter });
    }
    Some((name, out))
}

fn no_date(text: &str) -> DateQuestion {
    let message = format!("“{}” is no date that can be taken.", cut(text));
    DateQuestion { message, readings: Vec::new() }
}

/// The date and the title of an event's first line; none if the line is not one.
#[expect(clippy::type_complexity, reason = "the date as written, and what it is")]
fn headline(line: &str, options: &Options) -> Option<((String, Result<EventDate, DateQuestion>), String)> {
    let colons = line.match_indices(':').map(|(at, _)| at);
    for at in colons.clone().take(8) {
        let (head, rest) = (line.get(..at)?.trim(), line.get(at + 1..)?);
        if !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
            continue;
        }
        if let Some(date) = dated(head, options) {
            return Some(((head.to_owned(), date), rest.trim().to_owned()));
        }
    }
    // What begins as a date but is counted from another event, or comes back again.
    let at = colons.into_iter().next()?;
    let (head, rest) = (line.get(..at)?.trim(), line.get(at + 1..)?);
    let counted = ["after ", "before ", "by ", "every ", "now"].iter().any(|word| head.starts_with(word))
        || head.starts_with('!')
        || (head.starts_with(|one: char| one.is_ascii_digit()) && head.len() < 40);
    let message = "Dates that are counted from another event or come back again are not taken; give the day.";
    let question = DateQuestion { message: message.to_owned(), readings: Vec::new() };
    counted.then(|| ((head.to_owned(), Err(question)), rest.trim().to_owned()))
}

/// The date before a colon; none if it is not one at all.
fn dated(head: &str, options: &Options) -> Option<Result<EventDate, DateQuestion>> {
    let starts = head.starts_with(|one: char| one.is_ascii_digit() || one == '-')
        || MONTHS.iter().any(|month| head.to_ascii_lowercase().starts_with(month))
        || head.starts_with("now");
    if !starts || head.len() > 80 {
        return None;
    }
    let is_edtf = |text: &str| {
        let shape: String = text.chars().map(|one| if one.is_ascii_digit() { '0' } else { one }).collect();
        matches!(shape.as_str(), "0000" | "0000-00" | "0000-00-00") || text == "now"
    };
    let halves = head
        .split_once('/')
        .map(|(from, to)| (from.trim(), to.trim()))
        .filter(|(from, _)| is_edtf(from))
        .or_else(|| {
            head.split_once(" to ").or_else(|| head.split_once(" - ")).or_else(|| head.split_once(" – "))
        });
    let Some((from, to)) = halves else {
        return match one(head, options) {
            Some(date) => Some(Ok(date)),
            None if is_edtf(head) => Some(Err(no_date(head))),
            None => None,
        };
    };
    let from = one(from.trim(), options)?;
    let to = match lasting(&from, to.trim()) {
        Some(to) => to,
        None => one(to.trim(), options)?,
    };
    let day =
        |date: &EventDate| date.html_datetime().map(|text| text.split('T').next().unwrap_or(text).to_owned());
    let span = format!("{}/{}", day(&from)?, day(&to)?);
    Some(EventDate::parse(&span).map_err(|_| no_date(head)))
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// One date: a day, month or year.
fn one(text: &str, options: &Options) -> Option<EventDate> {
    if text == "now" {
        return Some(EventDate::day(options.today));
    }
    read_date(text, options).ok()
}

/// The last day of what begins on a date and lasts so long: "6 months".
fn lasting(from: &EventDate, text: &str) -> Option<EventDate> {
    let (figure, unit) = text.split_once(' ')?;
    let figure: u32 = figure.parse().ok()?;
    let start = from.earliest()?;
    let end = match unit.trim().trim_end_matches('s') {
        "day" => start.checked_add_days(Days::new(u64::from(figure)))?,
        "week" => start.checked_add_days(Days::new(u64::from(figure) * 7))?,
        "month" => start.checked_add_months(Months::new(figure))?,
        "year" => start.checked_add_months(Months::new(figure.checked_mul(12)?))?,
        _ => return None,
    };
    end.pred_opt().map(EventDate::day)
}

pub(crate) fn losses(export: &Export<'_>) -> Vec<Loss> {
    let record = export.record;
    let many = |part, n: usize, rest: &str| Loss::of(part, n, "event", "events", rest);
    let inexact = record.events.iter().filter(|event| !event.date.is_exact()).count();
    let unplaced = record.events.iter().filter(|event| range(&event.date).is_none()).count();
    let rivals =
        record.events.iter().filter(|event| impasse_app::model::event::has_rival_dates(event)).count();
    let cited = record.events.iter().filter(|event| !event.citations.is_empty()).count();
    let coloned = record
        .events
        .iter()
        .filter(|event| event.description.contains(':') || event.title.contains(':'))
        .count();
    [
        many(Part::Dates, inexact, "with a date that is not a plain day, month or year: drawn over all that it may be, exactly in the property edtf."),
        many(Part::Dates, unplaced, "without a day at either end: a comment."),
        many(Part::RivalDates, rivals, "with rival dates: only the event's own is written."),
        many(Part::Citations, cited, "with quotes: written as text, without who says so and where they stand."),
        many(Part::Texts, coloned, "with colons, which would begin another event: written as ꞉ where they would."),
        Loss::of(Part::Positions, record.positions.len(), "position", "positions", "left out."),
        (!record.events.is_empty()).then(|| Loss::new(Part::Parties, "Of parties only the names are written, not their parts.")),
    ]
    .into_iter()
    .flatten()
    .collect()
}
