//! Events from a CSV file with a heading line. Columns are found by name, in any order: `start` and `title` must be
//! there; `end`, `description`, `party` and `kind` may be.

use std::collections::{BTreeMap, HashSet};
use std::io::Read;

use chrono::NaiveDate;
use impasse_app::forms::slug_of;
use impasse_app::model::date::EventDate;
use impasse_app::model::date_input::read_date;
use impasse_app::model::dispute::{Dispute, PartyDraft, PartyKind};
use impasse_app::model::event::{EventDraft, EventParty, Importance, Kind, Phase, Role};
use impasse_app::model::id::PartyId;
use impasse_app::model::revision::Actor;
use impasse_app::model::view::View;
use impasse_app::store::{SharedStore, StoreError};

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file as a whole cannot be read.
    #[error("the file cannot be read as CSV: {0}")]
    Unreadable(#[from] csv::Error),
    /// A column that must be there is missing.
    #[error("there is no column “{0}”; the first line must name the columns")]
    NoColumn(&'static str),
    /// Something in the rows is wrong: all of it, so that it can be mended in one go.
    #[error("nothing was imported:{}", .0.iter().map(ToString::to_string).collect::<String>())]
    Rows(Vec<RowError>),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What is wrong in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    /// The line of the file, the heading being 1.
    pub line: u64,
    /// The column.
    pub column: &'static str,
    /// What is wrong, as a sentence.
    pub message: String,
}

impl std::fmt::Display for RowError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "\n  line {}, {}: {}", self.line, self.column, self.message)
    }
}

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Events that were added.
    pub added: u64,
    /// Rows whose event is there already, with the same date and title.
    pub known: u64,
    /// Parties that were made.
    pub parties: u64,
    /// Kinds that Impasse does not know, with the number of rows; their events are of the kind “other”.
    pub other_kinds: BTreeMap<String, u64>,
    /// Spans whose times of day were left out, since EDTF intervals have none.
    pub spans_by_day: u64,
}

/// A row of the file.
struct Row {
    date: EventDate,
    title: String,
    description: String,
    party: Option<String>,
    kind: Kind,
}

/// Adds the events of a CSV file to a dispute: all of them or, if a row is wrong, none.
///
/// # Errors
/// With the line and column of everything that is wrong.
pub async fn import(
    store: &SharedStore,
    by: &Actor,
    dispute: &Dispute,
    file: impl Read,
    today: NaiveDate,
) -> Result<Imported, ImportError> {
    let mut imported = Imported::default();
    let rows = read(file, today, &mut imported)?;
    let known: HashSet<(String, String)> = store
        .events(&dispute.id, &View::default())
        .await?
        .into_iter()
        .map(|event| (event.date.edtf().to_owned(), event.title))
        .collect();
    let mut parties: BTreeMap<String, PartyId> =
        store.parties(&dispute.id).await?.into_iter().map(|party| (party.name, party.id)).collect();
    let mut drafts = Vec::with_capacity(rows.len());
    for row in rows {
        if known.contains(&(row.date.edtf().to_owned(), row.title.clone())) {
            imported.known += 1;
            continue;
        }
        let party = match row.party {
            Some(name) => match parties.get(&name) {
                Some(id) => Some(id.clone()),
                None => {
                    let id = add_party(store, by, dispute, &name, parties.len()).await?;
                    imported.parties += 1;
                    parties.insert(name, id.clone());
                    Some(id)
                }
            },
            None => None,
        };
        drafts.push(EventDraft {
            date: Some(row.date),
            title: row.title,
            description: row.description,
            kind: row.kind,
            phase: Phase::Done,
            importance: Importance::Normal,
            sequence: 0,
            due: None,
            step_of: None,
            parties: party.map(|party| EventParty { party, role: Role::Actor }).into_iter().collect(),
            citations: Vec::new(),
        });
    }
    imported.added = store.add_events(by, &dispute.id, &drafts, "Imported").await?;
    Ok(imported)
}

async fn add_party(
    store: &SharedStore,
    by: &Actor,
    dispute: &Dispute,
    name: &str,
    nth: usize,
) -> Result<PartyId, StoreError> {
    let key = match slug_of(name) {
        key if key.is_empty() => format!("party-{}", nth + 1),
        key => key,
    };
    let mut draft = PartyDraft { key, name: name.to_owned(), aliases: Vec::new(), kind: PartyKind::Other };
    match store.add_party(by, &dispute.id, &draft).await {
        // Two names may come to the same key, as "A & B" and "A B" do.
        Err(StoreError::Taken(_)) => {
            draft.key = format!("{}-{}", draft.key, nth + 1);
            store.add_party(by, &dispute.id, &draft).await.map(|party| party.id)
        }
        added => added.map(|party| party.id),
    }
}

fn read(file: impl Read, today: NaiveDate, imported: &mut Imported) -> Result<Vec<Row>, ImportError> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(file);
    let headers = reader.headers()?.clone();
    let column = |name: &str| {
        headers.iter().position(|header| header.trim_start_matches('\u{feff}').eq_ignore_ascii_case(name))
    };
    let start = column("start").ok_or(ImportError::NoColumn("start"))?;
    let title = column("title").ok_or(ImportError::NoColumn("title"))?;
    let (end, description, party, kind) =
        (column("end"), column("description"), column("party"), column("kind"));
    let mut rows = Vec::new();
    let mut errors = Vec::new();
    for record in reader.records() {
        let record = record?;
        let line = record.position().map_or(0, csv::Position::line);
        let field = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or_default();
        let mut wrong =
            |column: &'static str, message: String| errors.push(RowError { line, column, message });
        let named = field(Some(title));
        if named.is_empty() {
            wrong("title", "There is no title.".to_owned());
        } else if named.chars().count() > 200 {
            wrong("title", "The title is longer than 200 characters.".to_owned());
        }
        let date = match read_span(field(Some(start)), field(end), today) {
            Ok((date, by_day)) => {
                imported.spans_by_day += u64::from(by_day);
                Some(date)
            }
            Err((column, message)) => {
                wrong(column, message);
                None
            }
        };
        let word = field(kind).to_lowercase();
        let kind = Kind::from_key(&word).unwrap_or_else(|| {
            if !word.is_empty() {
                *imported.other_kinds.entry(word.clone()).or_default() += 1;
            }
            Kind::Other
        });
        if let Some(date) = date {
            rows.push(Row {
                date,
                title: named.to_owned(),
                description: field(description).chars().take(5_000).collect(),
                party: Some(field(party)).filter(|name| !name.is_empty()).map(str::to_owned),
                kind,
            });
        }
    }
    if errors.is_empty() { Ok(rows) } else { Err(ImportError::Rows(errors)) }
}

/// The date that a start and an end give, and whether times of day were left out of it.
fn read_span(start: &str, end: &str, today: NaiveDate) -> Result<(EventDate, bool), (&'static str, String)> {
    let first = read_date(start, today).map_err(|question| ("start", question.message))?;
    if end.is_empty() || end == start {
        return Ok((first, false));
    }
    let last = read_date(end, today).map_err(|question| ("end", question.message))?;
    let (first_day, last_day) = (day_of(first.edtf()), day_of(last.edtf()));
    let by_day = first_day.len() < first.edtf().len() || last_day.len() < last.edtf().len();
    if first_day == last_day {
        return Ok((first, by_day));
    }
    let span =
        EventDate::parse(&format!("{first_day}/{last_day}")).map_err(|error| ("end", error.to_string()))?;
    Ok((span, by_day))
}

/// The date of an expression without its time of day.
fn day_of(edtf: &str) -> &str {
    edtf.split('T').next().unwrap_or(edtf)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, 2).unwrap()
    }

    #[test]
    fn reads_columns_in_any_order() {
        let file = "\u{feff}Title,Start,end,kind\n\"Memo, first\",2026-01-09,,memo\nTalks,2026-01-05T09:00:00Z,2026-01-29T17:00:00Z,meeting\n";
        let mut imported = Imported::default();
        let rows = read(file.as_bytes(), today(), &mut imported).unwrap();
        let dates: Vec<&str> = rows.iter().map(|row| row.date.edtf()).collect();
        assert_eq!(dates, ["2026-01-09", "2026-01-05/2026-01-29"]);
        assert_eq!(rows[0].kind, Kind::Memo);
        assert_eq!(imported.other_kinds.get("meeting"), Some(&1));
        assert_eq!(imported.spans_by_day, 1);
    }

    #[test]
    fn tells_every_error_by_line_and_column() {
        let file = "start,end,title\nsoon,,A\n2026-01-09,,\n2026-01-09,2026-01-01,B\n03/04/2026,,C\n";
        let Err(ImportError::Rows(errors)) = read(file.as_bytes(), today(), &mut Imported::default()) else {
            panic!("it must be refused");
        };
        let places: Vec<(u64, &str)> = errors.iter().map(|error| (error.line, error.column)).collect();
        assert_eq!(places, [(2, "start"), (3, "title"), (4, "end"), (5, "start")]);
        assert!(matches!(
            read("a,b\n1,2\n".as_bytes(), today(), &mut Imported::default()),
            Err(ImportError::NoColumn("start"))
        ));
    }
}
