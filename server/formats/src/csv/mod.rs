//! A table in CSV (RFC 4180), one row an event.
//!
//! Sources stand in columns of their own, `source_1_url` and so on, so that a cell holds one thing. Cells that a
//! spreadsheet would take for a formula get an apostrophe before them, as OWASP's "CSV Injection" advises; the reader
//! takes it away again.

mod columns;
mod read;

pub use columns::{Columns, Field, MAX_SOURCES, SourceField};
pub(crate) use read::read;
pub use read::{Table, table};

use impasse_app::model::event::{Citation, Event};

use crate::export::Export;
use crate::losses::{Loss, Part};
use crate::text::{one_line, plain};
use impasse_app::t;

/// What is written for people and passed over by the reader, since it follows from the rest.
const DERIVED: [&str; 5] = ["date_words", "earliest", "latest", "attestation", "address"];

pub(crate) fn write(export: &Export<'_>) -> String {
    let sources = export.record.events.iter().map(|event| event.citations.len()).max().unwrap_or(0);
    let fields: Vec<Field> = Field::of_events()
        .filter(|field| *field != Field::End)
        .chain(
            (1..=sources.min(MAX_SOURCES))
                .flat_map(|number| SourceField::written().map(move |field| Field::Source(number, field))),
        )
        .collect();
    // The mark is what makes spreadsheets read the file as UTF-8.
    let mut text = "\u{feff}".to_owned();
    let headings = fields.iter().map(|field| field.key()).chain(DERIVED.map(str::to_owned));
    push_row(&mut text, headings);
    for event in &export.record.events {
        let told = fields.iter().map(|field| cell(export, event, *field));
        let date = &event.date;
        let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let derived = [
            date.words(),
            day(date.earliest()),
            day(date.latest()),
            export.record.attestation(event).key().to_owned(),
            export.event_address(&event.id),
        ];
        push_row(&mut text, told.chain(derived));
    }
    text
}

fn push_row(text: &mut String, cells: impl Iterator<Item = String>) {
    for (nth, cell) in cells.enumerate() {
        if nth > 0 {
            text.push(',');
        }
        let cell = guarded(cell);
        if cell.contains(['"', ',', ';', '\n', '\r', '\t']) || cell.starts_with(' ') || cell.ends_with(' ') {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&cell);
        }
    }
    text.push_str("\r\n");
}

fn cell(export: &Export<'_>, event: &Event, field: Field) -> String {
    match field {
        Field::Id => event.id.0.clone(),
        Field::Date => event.date.edtf().to_owned(),
        Field::End => String::new(),
        Field::Printed => one_line(event.date.printed().unwrap_or_default()),
        Field::Title => one_line(&event.title),
        Field::Description => plain(&event.description),
        Field::Kind => event.kind.key().to_owned(),
        Field::Phase => event.phase.key().to_owned(),
        Field::Importance => event.importance.key().to_owned(),
        Field::Sequence => event.sequence.to_string(),
        Field::Parties => {
            let parts = event.parties.iter().filter_map(|part| {
                let party = export.record.party(&part.party)?;
                Some(format!("{} ({})", one_line(&party.name), part.role.key()))
            });
            parts.collect::<Vec<_>>().join("\n")
        }
        Field::Source(number, field) => {
            let citation = number.checked_sub(1).and_then(|nth| event.citations.get(nth));
            citation.map(|citation| source_cell(export, citation, field)).unwrap_or_default()
        }
    }
}

fn source_cell(export: &Export<'_>, citation: &Citation, field: SourceField) -> String {
    let article = export.record.article(&citation.article);
    let of = |text: fn(&impasse_app::model::article::Article) -> &str| {
        article.map(|article| one_line(text(article))).unwrap_or_default()
    };
    match field {
        SourceField::Any => String::new(),
        SourceField::Url => article.and_then(|article| article.url.clone()).unwrap_or_default(),
        SourceField::Publisher => of(|article| &article.publisher),
        SourceField::Title => of(|article| &article.title),
        SourceField::Byline => of(|article| &article.byline),
        SourceField::Published => {
            article.and_then(|article| article.published).map(|day| day.to_string()).unwrap_or_default()
        }
        SourceField::Quote => plain(&citation.passage.exact),
        SourceField::Attribution => citation.attribution.kind.key().to_owned(),
        SourceField::Wording => one_line(&citation.attribution.wording),
        SourceField::Count => citation.attribution.count.map(|n| n.to_string()).unwrap_or_default(),
        SourceField::Date => citation.date.as_ref().map(|date| date.edtf().to_owned()).unwrap_or_default(),
        SourceField::Printed => {
            one_line(citation.date.as_ref().and_then(|date| date.printed()).unwrap_or_default())
        }
    }
}

pub(crate) fn losses(export: &Export<'_>) -> Vec<Loss> {
    let record = export.record;
    let (mut citations, mut beyond) = (0, 0);
    for event in &record.events {
        citations += event.citations.len().min(MAX_SOURCES);
        beyond += event.citations.len().saturating_sub(MAX_SOURCES);
    }
    let split = record.parties.iter().filter(|party| party.name.contains(';')).count();
    let about = Loss::new(Part::About, t!("loss-what-the-dispute-is-about"));
    [
        Loss::of(Part::Parties, record.parties.len(), |count| {
            t!("loss-parties-are-named-in-rows", count = count)
        }),
        Loss::of(Part::Parties, split, |count| t!("loss-parties-have-a-semicolon-in", count = count)),
        Loss::of(Part::Citations, citations, |count| t!("loss-quotes-are-without-the-place", count = count)),
        Loss::of(Part::Citations, beyond, |count| t!("loss-sources-are-left-out-being", count = count)),
        Loss::of(Part::Deadlines, export.deadlines(), |count| {
            t!("loss-events-that-are-deadlines-how", count = count)
        }),
        Loss::of(Part::Steps, export.steps(), |count| t!("loss-events-that-are-steps-of", count = count)),
        Loss::of(Part::Positions, record.positions.len(), |count| {
            t!("loss-positions-are-left-out", count = count)
        }),
        Some(about),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Whether a spreadsheet would take a cell for a formula, perhaps after apostrophes.
fn is_formula(cell: &str) -> bool {
    const STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    cell.trim_start_matches('\'').starts_with(STARTS)
}

/// The cell with an apostrophe before what would be taken for a formula. Whole numbers are none.
pub(crate) fn guarded(cell: String) -> String {
    if is_formula(&cell) && cell.parse::<i64>().is_err() { format!("'{cell}") } else { cell }
}

/// The cell without the apostrophe that [`guarded`] set.
pub(crate) fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_come_out_as_text_and_go_in_as_they_were() {
        for text in ["=1+1", "+49 30", "-x", "@SUM(A1)", "\t=1", "'=1", "''@x", "＝1", "-0044-03-15"] {
            let guarded = guarded(text.to_owned());
            assert!(guarded.starts_with('\''), "{text}");
            assert_eq!(unguarded(&guarded), text);
        }
        for text in ["-12", "a=1", "'tis", "", "''", "9 January 2026"] {
            assert_eq!(guarded(text.to_owned()), text);
            assert_eq!(unguarded(text), text);
        }
    }
}
