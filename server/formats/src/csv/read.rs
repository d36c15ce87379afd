//! Reading tables.

use chrono::NaiveDate;
use csv::{ReaderBuilder, StringRecord};
use impasse_app::model::date::{EventDate, Precision, Shape};
use impasse_app::model::event::{Attribution, AttributionKind, Importance, Kind, Phase, Role};

use super::columns::{Columns, Field, SourceField};
use super::unguarded;
use crate::draft::{Draft, DraftParty, DraftSource, Quote};
use crate::format::Format;
use crate::reading::{MAX_BYTES, Options, Reading, Refusal, RowReader};
use crate::text::{decode, one_line, plain, web_address};
use crate::when::read_date;
use impasse_app::t;
use impasse_app::texts::in_english;

/// The beginning of a table, for somebody who has to say which column holds what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The headings.
    pub headings: Vec<String>,
    /// The first rows.
    pub rows: Vec<Vec<String>>,
    /// What the headings suggest.
    pub columns: Columns,
}

/// The headings and the first rows of a table.
///
/// # Errors
/// When the file is too large or has no first line.
pub fn table(bytes: &[u8], rows: usize) -> Result<Table, Refusal> {
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::TooLarge);
    }
    let (text, _) = decode(bytes);
    let mut reader = reader(&text);
    let cells = |record: &StringRecord| record.iter().map(|cell| unguarded(cell).to_owned()).collect();
    let headings: Vec<String> = reader.headers().map(cells).map_err(refused)?;
    let rows = reader.records().take(rows).map(|row| row.map(|row| cells(&row)));
    let rows = rows.collect::<Result<_, _>>().map_err(refused)?;
    let columns = Columns::suggested(&headings);
    Ok(Table { headings, rows, columns })
}

fn reader(text: &str) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().flexible(true).delimiter(delimiter(text)).from_reader(text.as_bytes())
}

/// What stands between the cells of the first line: comma, semicolon or tab.
fn delimiter(text: &str) -> u8 {
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    let mut is_quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' | b'\r' if !is_quoted => break,
            _ if is_quoted => {}
            _ => counts.iter_mut().filter(|(known, _)| *known == byte).for_each(|(_, count)| *count += 1),
        }
    }
    // Of equals the first stays.
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(byte, _)| byte)
}

fn refused(error: csv::Error) -> Refusal {
    let line = error.position().map_or(0, csv::Position::line);
    Refusal::Malformed { line, column: 0, message: t!("file-not-csv", error = error.to_string()) }
}

pub(crate) fn read(bytes: &[u8], options: &Options) -> Result<Reading, Refusal> {
    let (text, is_guessed) = decode(bytes);
    let mut reading = Reading::new(Format::Csv);
    if is_guessed {
        reading.warn("", t!("file-not-utf-8"));
    }
    if text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1 {
        reading.warn("", t!("file-open-quotation"));
    }
    let mut reader = reader(&text);
    let headings = reader.headers().map_err(refused)?.clone();
    let columns = options
        .columns
        .clone()
        .unwrap_or_else(|| Columns::suggested(&headings.iter().map(str::to_owned).collect::<Vec<_>>()));
    for (field, name) in [(Field::Date, "date"), (Field::Title, "title")] {
        if columns.of(field).is_none_or(|column| column >= headings.len()) {
            return Err(Refusal::NoColumn(name));
        }
    }
    let sources = columns.sources();
    let mut place = Place::default();
    for record in reader.records() {
        let record = record.map_err(refused)?;
        let line = place.line(&text, record.position());
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let mut cells =
            Cells { row: RowReader::new(line), headings: &headings, columns: &columns, options, record };
        let draft = cells.draft(&sources);
        if cells.record.len() > headings.len() {
            cells.row.warn("", t!("row-more-cells"));
        }
        reading.push(cells.row.finish(draft))?;
    }
    Ok(reading)
}

/// How far lines are counted.
#[derive(Default)]
struct Place {
    byte: usize,
    line: u64,
}

impl Place {
    /// The line of a row. The position that the reader gives is where the row before ended, so that empty lines stand
    /// between it and the row.
    fn line(&mut self, text: &str, position: Option<&csv::Position>) -> u64 {
        let from = position.and_then(|at| usize::try_from(at.byte()).ok()).unwrap_or(self.byte);
        let rest = text.get(from..).unwrap_or_default();
        let byte = from + (rest.len() - rest.trim_start_matches(['\r', '\n']).len());
        let passed = text.as_bytes().get(self.byte..byte).unwrap_or_default();
        let lines = passed.iter().filter(|byte| **byte == b'\n').count();
        *self = Self { byte, line: self.line + u64::try_from(lines).unwrap_or(0) };
        self.line + 1
    }
}

/// One row.
struct Cells<'a> {
    row: RowReader,
    record: StringRecord,
    headings: &'a StringRecord,
    columns: &'a Columns,
    options: &'a Options,
}

impl Cells<'_> {
    /// The text of a cell; none if it is empty or there is no such column.
    fn text(&self, field: Field) -> Option<String> {
        let cell = unguarded(self.record.get(self.columns.of(field)?)?);
        (!cell.trim().is_empty()).then(|| plain(cell))
    }

    fn line(&self, field: Field) -> Option<String> {
        self.text(field).map(|text| one_line(text.trim()))
    }

    /// What the column is called in the file.
    fn heading(&self, field: Field) -> String {
        let heading = self.columns.of(field).and_then(|column| self.headings.get(column));
        heading.map_or_else(|| field.key(), str::to_owned)
    }

    fn error(&mut self, field: Field, message: impl Into<String>) {
        let heading = self.heading(field);
        self.row.error(&heading, message);
    }

    fn warn(&mut self, field: Field, message: impl Into<String>) {
        let heading = self.heading(field);
        self.row.warn(&heading, message);
    }

    fn date(&mut self, field: Field) -> Option<EventDate> {
        let text = self.line(field)?;
        match read_date(&text, self.options) {
            Ok(date) => Some(date),
            Err(question) => {
                let heading = self.heading(field);
                self.row.ask(&heading, question);
                None
            }
        }
    }

    /// A value of a closed list, by key or label.
    fn choice<T: Copy>(
        &mut self,
        field: Field,
        all: &[T],
        key: fn(T) -> &'static str,
        label: fn(T) -> &'static str,
    ) -> Option<T> {
        let text = self.line(field)?;
        let found = choice(&text, all, key, label);
        if found.is_none() {
            let keys: Vec<&str> = all.iter().copied().map(key).collect();
            self.error(field, t!("row-none-of", text = crate::draft::cut(&text), keys = keys.join(", ")));
        }
        found
    }

    fn number(&mut self, field: Field) -> Option<i64> {
        let text = self.line(field)?;
        let number = text.parse().ok();
        if number.is_none() {
            self.error(field, t!("row-no-whole-number", text = crate::draft::cut(&text)));
        }
        number
    }

    fn draft(&mut self, sources: &[usize]) -> Option<Draft> {
        let date = self.span();
        let kind = self.kind();
        let sources: Vec<DraftSource> = sources.iter().filter_map(|number| self.source(*number)).collect();
        let draft = Draft {
            id: self.line(Field::Id),
            title: self.line(Field::Title).unwrap_or_default(),
            description: self.text(Field::Description),
            kind,
            phase: self.choice(Field::Phase, Phase::ALL, Phase::key, Phase::label),
            importance: self.choice(Field::Importance, Importance::ALL, Importance::key, Importance::label),
            sequence: self.number(Field::Sequence),
            due: None,
            step_of: None,
            parties: self.text(Field::Parties).map(|text| parties(&text)),
            sources: (!sources.is_empty()).then_some(sources),
            date: date?,
        };
        Some(draft)
    }

    /// The date or, with an end that is another date, the span between the two.
    fn span(&mut self) -> Option<EventDate> {
        let has_date = self.text(Field::Date).is_some();
        if !has_date {
            self.error(Field::Date, t!("row-no-date"));
        }
        let (start, end) = (self.date(Field::Date), self.date(Field::End));
        let has_end = self.text(Field::End).is_some();
        let printed = self.line(Field::Printed);
        let date = match (start?, end) {
            (start, None) if !has_end => start,
            (_, None) => return None,
            (start, Some(end)) if start.edtf() == end.edtf() => start,
            (start, Some(end)) => {
                if [&start, &end].iter().any(|date| date.shape() == Shape::Span) {
                    self.error(Field::End, t!("row-span-already"));
                    return None;
                }
                if [&start, &end].iter().any(|date| date.precision() == Precision::Minute) {
                    self.warn(Field::End, t!("row-span-to-the-day"));
                }
                match EventDate::parse(&format!("{}/{}", by_day(&start), by_day(&end))) {
                    Ok(date) => date,
                    Err(error) => {
                        self.error(Field::End, error.to_string());
                        return None;
                    }
                }
            }
        };
        Some(date.with_printed(printed))
    }

    /// Tables have kinds of their own, so that one which is not known is no error.
    fn kind(&mut self) -> Option<Kind> {
        let text = self.line(Field::Kind)?;
        let found = choice(&text, Kind::ALL, Kind::key, Kind::label);
        if found.is_none() {
            self.warn(Field::Kind, t!("row-unknown-kind", text = crate::draft::cut(&text)));
        }
        found.or(Some(Kind::Other))
    }

    fn source(&mut self, number: usize) -> Option<DraftSource> {
        let of = |field| Field::Source(number, field);
        let any = self.line(of(SourceField::Any));
        let (any_url, any_name) = match any {
            Some(text) if web_address(&text).is_some() => (Some(text), None),
            other => (None, other),
        };
        let quote = self.text(of(SourceField::Quote)).map(|text| Quote::words(text.trim()));
        let date = self.date(of(SourceField::Date));
        let printed = self.line(of(SourceField::Printed));
        let source = DraftSource {
            url: self.line(of(SourceField::Url)).or(any_url),
            publisher: self.line(of(SourceField::Publisher)).or(any_name).unwrap_or_default(),
            title: self.line(of(SourceField::Title)).unwrap_or_default(),
            byline: self.line(of(SourceField::Byline)).unwrap_or_default(),
            published: self.published(of(SourceField::Published)),
            quote,
            attribution: self.attribution(number),
            date: date.map(|date| date.with_printed(printed)),
            ..DraftSource::default()
        };
        (!source.is_empty()).then_some(source)
    }

    /// The day of publication, which must be one day.
    fn published(&mut self, field: Field) -> Option<NaiveDate> {
        let date = self.date(field)?;
        let day = date.earliest().filter(|_| date.is_exact());
        if day.is_none() {
            self.error(field, t!("row-one-day"));
        }
        day
    }

    fn attribution(&mut self, number: usize) -> Option<Attribution> {
        let of = |field| Field::Source(number, field);
        let field = of(SourceField::Attribution);
        let kind = self.choice(field, AttributionKind::ALL, AttributionKind::key, AttributionKind::label);
        let wording = self.line(of(SourceField::Wording));
        let count = self.number(of(SourceField::Count));
        if kind.is_none() && (wording.is_some() || count.is_some()) {
            self.warn(field, t!("row-no-attribution"));
        }
        Some(Attribution { kind: kind?, wording: wording.unwrap_or_default(), count })
    }
}

/// The expression without a time of day.
fn by_day(date: &EventDate) -> &str {
    let edtf = date.edtf();
    if date.precision() == Precision::Minute { edtf.split('T').next().unwrap_or(edtf) } else { edtf }
}

/// The value that a text names by its key or its label. Files are in English; see [`crate::write`].
fn choice<T: Copy>(
    text: &str,
    all: &[T],
    key: fn(T) -> &'static str,
    label: fn(T) -> &'static str,
) -> Option<T> {
    let is_it = |name: &str| name.eq_ignore_ascii_case(text);
    in_english(|| all.iter().copied().find(|value| is_it(key(*value)) || is_it(label(*value))))
}

/// Parties, one a line; in one line with semicolons between them.
fn parties(text: &str) -> Vec<DraftParty> {
    let separator = if text.trim().contains('\n') { '\n' } else { ';' };
    let names = text.split(separator).map(str::trim).filter(|name| !name.is_empty());
    let mut parties: Vec<DraftParty> = Vec::new();
    for name in names {
        let part = name.strip_suffix(')').and_then(|name| name.rsplit_once(" ("));
        let part = part
            .and_then(|(name, role)| Some((name.trim(), choice(role, Role::ALL, Role::key, Role::label)?)));
        let (name, role) = part.map_or((name, None), |(name, role)| (name, Some(role)));
        parties.push(DraftParty { key: None, name: one_line(name), role });
    }
    parties
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::{DayOrder, Level, Row};

    fn rows(text: &str, order: Option<DayOrder>) -> Vec<Row> {
        let options = Options { order, ..Options::on(NaiveDate::from_ymd_opt(2026, 6, 1).unwrap()) };
        read(text.as_bytes(), &options).unwrap().rows
    }

    #[test]
    fn every_error_is_named_by_row_and_column() {
        let rows = rows(
            "Date,Title,Phase,Order\n01/09/2026,A,,\n\n2026-01-09,,done,\n2026-01-09,B,gone,x\n2026,\"C\nc\",,1\n",
            None,
        );
        let told: Vec<(u64, bool, Vec<&str>)> = rows
            .iter()
            .map(|row| {
                let columns = row.notes.iter().map(|note| note.column.as_str()).collect();
                (row.number, row.draft.is_some(), columns)
            })
            .collect();
        assert_eq!(
            told,
            [
                (2, false, vec!["Date"]),
                (4, false, vec!["title"]),
                (5, false, vec!["Phase", "Order"]),
                (6, true, vec![])
            ]
        );
        assert_eq!(rows[0].notes[0].readings.len(), 2);
        assert_eq!(rows[3].draft.as_ref().unwrap().title, "C c");
    }

    #[test]
    fn lines_are_counted_with_cr_and_lf() {
        let rows = rows("date,title\r\n\r\n2026,A\r\n2026,\"B\r\nb\"\r\n2027,C\r\n", None);
        assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [3, 4, 6]);
    }

    #[test]
    fn reads_tables_of_other_makers() {
        let rows = rows(
            "start;end;headline;who;type;source\n3/4/2026;5/4/2026;Talks;Alpha (actor); Talks;https://e.org/a\n",
            Some(DayOrder::DayFirst),
        );
        let draft = rows[0].draft.as_ref().unwrap();
        assert_eq!(draft.date.edtf(), "2026-04-03/2026-04-05");
        assert_eq!(draft.parties.as_ref().unwrap()[0].role, Some(Role::Actor));
        assert_eq!(draft.kind, Some(Kind::Other));
        assert_eq!(rows[0].notes[0].level, Level::Warning);
        assert_eq!(draft.sources.as_ref().unwrap()[0].url.as_deref(), Some("https://e.org/a"));
    }

    #[test]
    fn says_which_column_is_missing() {
        let options = Options::on(NaiveDate::from_ymd_opt(2026, 6, 1).unwrap());
        assert_eq!(read(b"title,x\na,b\n", &options), Err(Refusal::NoColumn("date")));
        assert_eq!(read(b"date,x\na,b\n", &options), Err(Refusal::NoColumn("title")));
        assert_eq!(read(b"", &options), Err(Refusal::NoColumn("date")));
    }
}
