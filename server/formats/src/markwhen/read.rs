//! Reading markwhen's text, ours and that of others.

use std::collections::BTreeMap;

use chrono::{Days, Months};
use impasse_app::model::date::EventDate;
use impasse_app::model::date_input::DateQuestion;
use impasse_app::model::event::{Importance, Kind, Phase};

use super::{BETWEEN, escape, range};
use crate::draft::{Draft, DraftParty, DraftSource, Quote, cut};
use crate::format::Format;
use crate::reading::{DayOrder, Options, Reading, Refusal, Row, RowReader};
use crate::text::{decode, plain};
use crate::when::read_date;
use impasse_app::t;

/// Reads markwhen's text: header, events with dates in EDTF, ISO 8601, figures or words, their properties and text.
/// Dates that are counted from other events or come back again are said to be not taken; so are sections, time zones
/// and whatever else of header and properties has no place in an event.
pub(crate) fn read(bytes: &[u8], options: &Options) -> Result<Reading, Refusal> {
    let (text, _) = decode(bytes);
    let text = plain(&text);
    let mut reading = Reading::new(Format::Markwhen);
    // markwhen has the month first unless the header says otherwise.
    let options = Options { order: options.order.or(Some(DayOrder::MonthFirst)), ..options.clone() };
    // Older versions have sections in words, which later ones take for text.
    let is_old = text.lines().any(|line| escape::is_section_end(line.trim()));
    let mut sections: Vec<String> = Vec::new();
    let mut header = Header::default();
    let mut open: Option<Entry> = None;
    for (line, number) in text.lines().zip(1_u64..) {
        let trimmed = line.trim();
        if let Some(name) = section(trimmed, is_old) {
            sections.extend((!name.is_empty()).then(|| format!("“{}”", cut(name))));
        } else if trimmed.starts_with("//") {
        } else if let Some((range, title)) = headline(trimmed, &options) {
            if let Some(event) = open.replace(Entry::new(number, range, title)) {
                reading.push(event.row())?;
            }
        } else if let Some(event) = open.as_mut() {
            event.take(trimmed);
        } else {
            header.take(line, &mut reading);
        }
    }
    if let Some(event) = open {
        reading.push(event.row())?;
    }
    if reading.rows.is_empty() && reading.about.title.is_empty() {
        return Err(Refusal::whole(t!("file-no-dated-line")));
    }
    header.tell(&mut reading);
    if !sections.is_empty() {
        let names = sections.iter().take(5).map(String::as_str).collect::<Vec<_>>().join(", ");
        let words = if sections.len() > 5 {
            t!("file-sections-and-more", names = names)
        } else {
            t!("file-sections", names = names)
        };
        reading.warn("section", words);
    }
    Ok(reading)
}

/// What a line that begins or ends a section calls it.
fn section(line: &str, is_old: bool) -> Option<&str> {
    let name = line.trim_start_matches('#');
    if (1..=6).contains(&(line.len() - name.len())) && name.starts_with([' ', '\t']) {
        return Some(name.trim());
    }
    (is_old && escape::is_old_section(line)).then(|| line.split_once(' ').map_or("", |(_, name)| name.trim()))
}

/// What is said before the first event and has no place here.
#[derive(Default)]
struct Header {
    unknown: Vec<String>,
    other_lines: usize,
}

impl Header {
    fn take(&mut self, line: &str, reading: &mut Reading) {
        let trimmed = line.trim();
        // Lines further in belong to the key above.
        if trimmed.is_empty() || trimmed == "---" || line.starts_with([' ', '\t', '-']) {
            return;
        }
        let Some((name, value)) = property(trimmed) else {
            self.other_lines += 1;
            return;
        };
        match name {
            "title" => reading.about.title = value,
            "description" => reading.about.summary = value,
            "question" => reading.about.question = value,
            "rule" => reading.about.inclusion_rule = value,
            // Where it was exported from.
            "source" => {}
            "timezone" | "tz" => reading.warn(name, t!("file-no-zone")),
            _ => self.unknown.push(cut(name)),
        }
    }

    fn tell(self, reading: &mut Reading) {
        if !self.unknown.is_empty() {
            reading.warn("", t!("file-header", names = self.unknown.join(", ")));
        }
        if self.other_lines > 0 {
            reading.warn("", t!("file-lines-above", count = self.other_lines));
        }
    }
}

/// An event that is being read.
struct Entry {
    number: u64,
    /// What is before the colon, and the date that it is; else why it is none.
    range: (String, Result<EventDate, DateQuestion>),
    title: String,
    properties: BTreeMap<String, String>,
    body: Vec<String>,
}

impl Entry {
    fn new(number: u64, range: (String, Result<EventDate, DateQuestion>), title: String) -> Self {
        Self { number, range, title, properties: BTreeMap::new(), body: Vec::new() }
    }

    /// A line below the first: a property while there is no text yet, else text.
    fn take(&mut self, line: &str) {
        if self.body.is_empty() {
            if let Some((name, value)) = property(line).filter(|(name, _)| escape::is_name(name)) {
                self.properties.insert(name.to_owned(), value);
                return;
            }
            // The fence around properties.
            if line == "---" {
                return;
            }
        }
        self.body.push(line.to_owned());
    }

    fn row(mut self) -> Row {
        let mut row = RowReader::new(self.number);
        let exact = self.properties.remove("edtf").and_then(|edtf| EventDate::parse(&edtf).ok());
        let is_ours = exact.is_some();
        let (written, date) = self.range;
        // What was edited by hand is not overruled by what was written with it.
        let exact = exact.filter(|date| range(date).as_deref() == Some(written.as_str()));
        let date = match exact.map_or(date, Ok) {
            Ok(date) => date,
            Err(question) => {
                row.ask("date", question);
                return row.finish(None);
            }
        };
        let shown = |text: &str| if is_ours { escape::whole_back(text) } else { text.to_owned() };
        let mut draft = Draft::new(date, shown(&self.title));
        for (name, value) in std::mem::take(&mut self.properties) {
            take(&mut draft, &mut row, &name, value, is_ours);
        }
        let (mut sources, mut lines) = (Vec::new(), Vec::new());
        for line in &self.body {
            match quoted_source(line).filter(|_| is_ours) {
                Some(source) => sources.push(source),
                None => lines.push(shown(line)),
            }
        }
        while lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        draft.description = Some(lines.join("\n"));
        draft.sources = (!sources.is_empty()).then_some(sources);
        row.finish(Some(draft))
    }
}

/// Takes a property of an event; says so of one that has no place in it.
fn take(draft: &mut Draft, row: &mut RowReader, name: &str, value: String, is_ours: bool) {
    let is_taken = match name {
        "id" => {
            draft.id = Some(value.clone());
            true
        }
        "printed" => {
            draft.date = draft.date.clone().with_printed(Some(value.clone()));
            true
        }
        "kind" => {
            draft.kind = Kind::from_key(&value);
            draft.kind.is_some()
        }
        "status" => {
            draft.phase = Phase::from_key(&value);
            draft.phase.is_some()
        }
        "importance" => {
            draft.importance = Importance::from_key(&value);
            draft.importance.is_some()
        }
        "parties" => {
            draft.parties = Some(listed(&value));
            true
        }
        // The date in words, which is written for people.
        "date" => is_ours,
        "timezone" | "tz" => {
            row.warn(name, t!("file-no-zone"));
            return;
        }
        _ => false,
    };
    if !is_taken {
        row.warn(name, t!("row-property", value = cut(&value)));
    }
}

/// The parties of a list in square brackets, or with semicolons between them.
fn listed(value: &str) -> Vec<DraftParty> {
    let names = serde_json::from_str::<Vec<String>>(value).unwrap_or_else(|_| {
        let inner = value.strip_prefix('[').and_then(|value| value.strip_suffix(']'));
        let names = inner.map_or_else(|| value.split(';'), |inner| inner.split(';'));
        names
            .flat_map(|names| names.split(if inner.is_some() { ',' } else { ';' }))
            .map(str::to_owned)
            .collect()
    });
    let names = names.into_iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    names.map(|name| DraftParty { key: None, name, role: None }).collect()
}

/// A source as it is written here: “words” [headline](address) · publisher · day.
fn quoted_source(line: &str) -> Option<DraftSource> {
    let (words, rest) = line.strip_prefix('“')?.split_once("” ")?;
    // Without a publisher the line ends with what stands before it.
    let rest = format!("{rest} ");
    let mut parts = rest.split(BETWEEN).map(str::trim);
    let (title, publisher, day) = (parts.next()?, parts.next()?, parts.next().unwrap_or_default());
    let linked = title.strip_prefix('[').and_then(|rest| rest.strip_suffix(')'));
    let (title, url) = match linked.and_then(|rest| rest.split_once("](")) {
        Some((title, url)) => (title, Some(url.to_owned())),
        None => (title, None),
    };
    Some(DraftSource {
        title: escape::part_back(title),
        publisher: escape::part_back(publisher),
        url,
        published: day.parse().ok(),
        quote: Some(Quote::words(escape::part_back(words))),
        ..DraftSource::default()
    })
}

/// A line `name: value`, the value of YAML in quotes or without.
fn property(line: &str) -> Option<(&str, String)> {
    let (name, value) =
        line.split_once(':').filter(|(_, value)| value.is_empty() || value.starts_with([' ', '\t']))?;
    let (name, value) = (name.trim(), value.trim());
    if name.is_empty() || name.contains(' ') {
        return None;
    }
    let single = || value.strip_prefix('\'')?.strip_suffix('\'').map(|inner| inner.replace("''", "'"));
    let double = serde_json::from_str::<String>(value).ok();
    Some((name, double.or_else(single).unwrap_or_else(|| value.trim_matches('"').to_owned())))
}

fn no_date(text: &str) -> DateQuestion {
    let message = t!("row-no-date-to-take", text = cut(text));
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
    let (head, rest) = line.split_once(':')?;
    let head = head.trim();
    let question = match counted(head)? {
        true => DateQuestion { message: t!("row-counted-date").to_owned(), readings: Vec::new() },
        false => no_date(head),
    };
    Some(((head.to_owned(), Err(question)), rest.trim().to_owned()))
}

/// Words of which dates consist that are counted from an event or come back again.
const COUNTING: [&str; 7] = ["after", "before", "by", "every", "now", "plus", "to"];

/// What lengths of time are counted in.
const UNITS: [&str; 27] = [
    "milliseconds",
    "ms",
    "seconds",
    "second",
    "secs",
    "sec",
    "s",
    "minutes",
    "minute",
    "mins",
    "min",
    "hours",
    "hour",
    "h",
    "days",
    "day",
    "d",
    "weeks",
    "week",
    "w",
    "months",
    "month",
    "years",
    "year",
    "y",
    "am",
    "pm",
];

/// Whether what is before a colon is counted from another event or comes back again; none if it is no date at all.
fn counted(head: &str) -> Option<bool> {
    let head = head.to_ascii_lowercase();
    let words =
        || head.split(|c: char| c.is_whitespace() || "/-–+,".contains(c)).filter(|word| !word.is_empty());
    let is_counting = |word: &str| word.starts_with('!') || COUNTING.contains(&word);
    let is_figure = |word: &str| {
        let unit = word.trim_start_matches(|one: char| one.is_ascii_digit());
        unit.len() < word.len() && (unit.is_empty() || unit.starts_with(['t', 'w']) || UNITS.contains(&unit))
    };
    let is_month = |word: &str| MONTHS.iter().any(|month| word.starts_with(month));
    let is_date =
        words().all(|word| is_counting(word) || is_figure(word) || is_month(word) || UNITS.contains(&word));
    let is_repeated = head.starts_with("every ");
    let counts = |word: &str| is_counting(word) || (UNITS.contains(&word) && word != "am" && word != "pm");
    let starts = words().next().is_some_and(|word| is_counting(word) || is_figure(word));
    (is_repeated || (is_date && starts)).then(|| is_repeated || words().any(counts))
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
