//! Impasse's own JSON: a whole record, without loss.
//!
//! The file is an object with `format` ("impasse"), `version`, `made`, `address` and the members of [`Record`]:
//! `dispute`, `parties`, `articles`, `positions` and `events`. Members that a reader does not know are passed over.
//! [`record`] gives the whole back; [`read`] takes it event by event for an import, and is content with less: an event
//! needs a `date` (an expression in EDTF, or an object with `edtf` and perhaps `printed`) and a `title`.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use impasse_app::model::date::EventDate;
use impasse_app::model::dispute::{PartyDraft, PartyKind};
use impasse_app::model::event::{Attribution, Role};
use impasse_app::model::record::Record;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::draft::{Draft, DraftParty, DraftSource, Quote};
use crate::export::Export;
use crate::format::Format;
use crate::losses::Loss;
use crate::reading::{About, DraftPosition, Reading, Refusal, RowReader};
use crate::text::{decode, one_line, plain};
use impasse_app::t;

/// The version of the format. It counts up when a member changes its meaning or goes, not when one is added.
pub const VERSION: u32 = 1;

#[derive(Serialize)]
struct Written<'a> {
    format: &'static str,
    version: u32,
    made: DateTime<Utc>,
    address: &'a str,
    #[serde(flatten)]
    record: &'a Record,
}

pub(crate) fn write(export: &Export<'_>) -> String {
    let file = Written {
        format: "impasse",
        version: VERSION,
        made: export.made,
        address: export.address,
        record: export.record,
    };
    // Nothing in a record can fail to become JSON: its keys are text and its numbers are whole.
    let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
    text.push('\n');
    text
}

pub(crate) fn losses(_: &Export<'_>) -> Vec<Loss> {
    Vec::new()
}

/// The whole record of a file that was written by this format.
///
/// # Errors
/// When a member is missing or is not what it should be.
pub fn record(bytes: &[u8]) -> Result<Record, Refusal> {
    Ok(serde_json::from_str(decode(bytes).0.as_str())?)
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    version: Option<u32>,
    #[serde(default)]
    dispute: Option<Value>,
    #[serde(default)]
    parties: Vec<Value>,
    #[serde(default)]
    articles: Vec<Value>,
    #[serde(default)]
    positions: Vec<Value>,
    events: Vec<Value>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct DisputeIn {
    title: String,
    summary: String,
    question: String,
    inclusion_rule: String,
}

#[derive(Deserialize)]
struct PartyIn {
    #[serde(default)]
    id: Option<String>,
    key: String,
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    kind: Option<PartyKind>,
}

#[derive(Deserialize)]
struct ArticleIn {
    id: String,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    publisher: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    byline: String,
    #[serde(default)]
    published: Option<NaiveDate>,
}

#[derive(Deserialize)]
struct PassageIn {
    exact: String,
    #[serde(default)]
    prefix: String,
    #[serde(default)]
    suffix: String,
    #[serde(default)]
    start: Option<i64>,
    #[serde(default)]
    end: Option<i64>,
}

#[derive(Deserialize)]
struct CitationIn {
    #[serde(default)]
    id: Option<String>,
    article: String,
    passage: PassageIn,
    #[serde(default)]
    attribution: Option<Attribution>,
    #[serde(default)]
    date: Option<EventDate>,
}

#[derive(Deserialize)]
struct PartIn {
    party: String,
    #[serde(default)]
    role: Option<Role>,
}

#[derive(Deserialize)]
struct PositionIn {
    party: String,
    statement: String,
    date: EventDate,
    #[serde(default)]
    source: Option<PositionSourceIn>,
}

#[derive(Deserialize)]
struct PositionSourceIn {
    article: String,
    passage: PassageIn,
}

/// What events refer to.
#[derive(Default)]
struct Known {
    /// Key and name of parties, by identifier and by key.
    parties: HashMap<String, (String, String)>,
    articles: HashMap<String, ArticleIn>,
}

pub(crate) fn read(bytes: &[u8]) -> Result<Reading, Refusal> {
    let file: File = serde_json::from_str(decode(bytes).0.as_str())?;
    if file.events.first().is_some_and(|event| event.get("start_date").is_some()) {
        return Err(Refusal::whole(t!("file-timelinejs")));
    }
    let mut reading = Reading::new(Format::Json);
    if file.version.is_some_and(|version| version > VERSION) {
        reading.warn("version", t!("file-later-version"));
    }
    if let Some(dispute) = taken::<DisputeIn>(&mut reading, "dispute", file.dispute.into_iter()).pop() {
        let DisputeIn { title, summary, question, inclusion_rule } = dispute;
        reading.about = About { title, summary, question, inclusion_rule };
    }
    let mut known = Known::default();
    for party in taken::<PartyIn>(&mut reading, "parties", file.parties.into_iter()) {
        let names = (party.key.clone(), party.name.clone());
        known.parties.insert(party.key.clone(), names.clone());
        known.parties.extend(party.id.map(|id| (id, names)));
        let kind = party.kind.unwrap_or(PartyKind::Other);
        reading.parties.push(PartyDraft { key: party.key, name: party.name, aliases: party.aliases, kind });
    }
    for article in taken::<ArticleIn>(&mut reading, "articles", file.articles.into_iter()) {
        known.articles.insert(article.id.clone(), article);
    }
    let mut cited: Vec<String> = Vec::new();
    for position in taken::<PositionIn>(&mut reading, "positions", file.positions.into_iter()) {
        let source = position.source.map(|source| {
            let article = source.article.clone();
            known.source(article, source.passage)
        });
        cited.extend(source.iter().filter_map(|source| source.article.clone()));
        reading.positions.push(DraftPosition {
            party: known.parties.get(&position.party).map_or(position.party, |(key, _)| key.clone()),
            statement: position.statement,
            date: position.date,
            source,
        });
    }
    for (number, event) in (1..).zip(file.events) {
        let mut row = RowReader::new(number);
        let draft = match cleaned(event) {
            Value::Object(event) => known.draft(&mut row, event),
            _ => {
                row.error("events", t!("row-no-object"));
                None
            }
        };
        let sources = draft.iter().filter_map(|draft| draft.sources.as_ref()).flatten();
        cited.extend(sources.filter_map(|source| source.article.clone()));
        reading.push(row.finish(draft))?;
    }
    cited.sort_unstable();
    let is_uncited = |id: &&String| cited.binary_search(id).is_err();
    let uncited = known.articles.keys().filter(is_uncited).count();
    if !reading.positions.is_empty() {
        let count = reading.positions.len();
        reading.warn("positions", t!("file-positions", count = count));
    }
    if uncited > 0 {
        reading.warn("articles", t!("file-articles-uncited", count = uncited));
    }
    Ok(reading)
}

/// The value without control characters in its texts, which neither databases nor the formats of others take.
pub(crate) fn cleaned(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(plain(&text)),
        Value::Array(values) => Value::Array(values.into_iter().map(cleaned).collect()),
        Value::Object(members) => {
            Value::Object(members.into_iter().map(|(key, value)| (key, cleaned(value))).collect())
        }
        other => other,
    }
}

/// Those of a member's values that are what they should be, with a note on each of the others.
fn taken<T: DeserializeOwned>(
    reading: &mut Reading,
    member: &str,
    values: impl Iterator<Item = Value>,
) -> Vec<T> {
    let mut all = Vec::new();
    for (number, value) in (1..).zip(values) {
        match serde_json::from_value(cleaned(value)) {
            Ok(value) => all.push(value),
            Err(error) => reading.warn(
                member,
                t!("file-number-not-taken", number = number.to_string(), error = error.to_string()),
            ),
        }
    }
    all
}

/// A member of an event; none if it is missing, or is wrong, which is said.
fn member<T: DeserializeOwned>(row: &mut RowReader, event: &mut Map<String, Value>, key: &str) -> Option<T> {
    match event.remove(key)? {
        Value::Null => None,
        value => serde_json::from_value(value).map_err(|error| row.error(key, format!("{error}."))).ok(),
    }
}

impl Known {
    fn draft(&self, row: &mut RowReader, mut event: Map<String, Value>) -> Option<Draft> {
        let date = match event.remove("date") {
            None | Some(Value::Null) => {
                row.error("date", t!("row-no-date"));
                None
            }
            Some(Value::String(edtf)) => {
                EventDate::parse(&edtf).map_err(|error| row.error("date", error.to_string())).ok()
            }
            Some(date) => {
                serde_json::from_value(date).map_err(|error| row.error("date", format!("{error}."))).ok()
            }
        };
        let event = &mut event;
        let parties: Option<Vec<PartIn>> = member(row, event, "parties");
        let citations: Option<Vec<CitationIn>> = member(row, event, "citations");
        let draft = Draft {
            id: member(row, event, "id"),
            title: member(row, event, "title")
                .map(|title: String| one_line(title.trim()))
                .unwrap_or_default(),
            description: member(row, event, "description"),
            kind: member(row, event, "kind"),
            phase: member(row, event, "phase"),
            importance: member(row, event, "importance"),
            sequence: member(row, event, "sequence"),
            due: member(row, event, "due"),
            step_of: member(row, event, "step_of"),
            parties: parties.map(|parts| parts.into_iter().map(|part| self.party(part)).collect()),
            sources: citations.map(|all| all.into_iter().map(|citation| self.citation(citation)).collect()),
            date: date?,
        };
        Some(draft)
    }

    /// A party by identifier or key; any other text is its name.
    fn party(&self, part: PartIn) -> DraftParty {
        match self.parties.get(&part.party) {
            Some((key, name)) => DraftParty { key: Some(key.clone()), name: name.clone(), role: part.role },
            None => DraftParty { key: None, name: part.party, role: part.role },
        }
    }

    fn citation(&self, citation: CitationIn) -> DraftSource {
        DraftSource {
            id: citation.id,
            attribution: citation.attribution,
            date: citation.date,
            ..self.source(citation.article, citation.passage)
        }
    }

    fn source(&self, article: String, passage: PassageIn) -> DraftSource {
        let quote = Quote {
            exact: passage.exact,
            prefix: passage.prefix,
            suffix: passage.suffix,
            place: passage.start.zip(passage.end),
        };
        let mut source = DraftSource { quote: Some(quote), ..DraftSource::default() };
        if let Some(known) = self.articles.get(&article) {
            source.url.clone_from(&known.url);
            source.publisher.clone_from(&known.publisher);
            source.title.clone_from(&known.title);
            source.byline.clone_from(&known.byline);
            source.published = known.published;
        }
        source.article = Some(article);
        source
    }
}
