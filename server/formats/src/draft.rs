//! An event as a file has it, without regard to what is in the store.

use chrono::NaiveDate;
use impasse_app::model::article::Passage;
use impasse_app::model::date::EventDate;
use impasse_app::model::due::Due;
use impasse_app::model::event::{Attribution, Citation, Event, Importance, Kind, Phase, Role};
use impasse_app::model::id::EventId;
use impasse_app::model::record::Record;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::reading::{MAX_DESCRIPTION, MAX_NAME, MAX_QUOTE, MAX_TITLE, RowReader};
use crate::text::{shorten, web_address};
use impasse_app::t;

/// An event as a row gives it. What the row says nothing of is none, and is left as it is in an event that is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The identifier that the file gives the event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// When.
    pub date: EventDate,
    /// What, in a few words.
    pub title: String,
    /// What, in a few sentences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What sort.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// How far it had gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// How much it matters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub importance: Option<Importance>,
    /// Its place among the events of the same date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sequence: Option<i64>,
    /// That it is a deadline. Its rule names its base by the identifier that the file gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
    /// The event whose step it is, by the identifier that the file gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step_of: Option<EventId>,
    /// Who took part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parties: Option<Vec<DraftParty>>,
    /// What it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sources: Option<Vec<DraftSource>>,
}

/// A party as a row names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftParty {
    /// Its name in addresses, if the file gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Its name.
    pub name: String,
    /// Its part, if the file says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
}

/// What a row cites.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftSource {
    /// The citation's identifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The article's identifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// Where the article is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Who published it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub publisher: String,
    /// Its headline.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Who wrote it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub byline: String,
    /// The day of publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<NaiveDate>,
    /// The words that say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<Quote>,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<Attribution>,
    /// The date that the article gives, where it differs from the event's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<EventDate>,
}

/// Quoted words and, if known, where they stand in the article's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The words.
    pub exact: String,
    /// What stands before them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prefix: String,
    /// What stands after them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub suffix: String,
    /// Where they begin and end in the article's text, in code points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<(i64, i64)>,
}

impl Quote {
    /// Words of which nothing else is known.
    pub fn words(exact: impl Into<String>) -> Self {
        Self { exact: exact.into(), prefix: String::new(), suffix: String::new(), place: None }
    }
}

impl From<&Passage> for Quote {
    fn from(passage: &Passage) -> Self {
        Self {
            exact: passage.exact.clone(),
            prefix: passage.prefix.clone(),
            suffix: passage.suffix.clone(),
            place: Some((passage.start, passage.end)),
        }
    }
}

impl DraftSource {
    /// A citation, with what a record says of its article.
    pub fn of(record: &Record, citation: &Citation) -> Self {
        let mut source = Self {
            id: Some(citation.id.0.clone()),
            article: Some(citation.article.0.clone()),
            quote: Some(Quote::from(&citation.passage)),
            attribution: Some(citation.attribution.clone()),
            date: citation.date.clone(),
            ..Self::default()
        };
        if let Some(article) = record.article(&citation.article) {
            source.url.clone_from(&article.url);
            source.publisher.clone_from(&article.publisher);
            source.title.clone_from(&article.title);
            source.byline.clone_from(&article.byline);
            source.published = article.published;
        }
        source
    }

    /// The quoted words, or nothing.
    pub fn words(&self) -> &str {
        self.quote.as_ref().map_or("", |quote| quote.exact.as_str())
    }

    /// Whether it says nothing at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.url.is_none() && self.publisher.is_empty() && self.title.is_empty() && self.words().is_empty()
    }
}

impl Draft {
    /// Whether it says something of another event.
    pub fn is_tied(&self) -> bool {
        self.step_of.is_some() || self.due.as_ref().is_some_and(|due| due.rule.is_some())
    }

    /// A draft with a date and a title alone.
    pub fn new(date: EventDate, title: impl Into<String>) -> Self {
        Self {
            id: None,
            date,
            title: title.into(),
            description: None,
            kind: None,
            phase: None,
            importance: None,
            sequence: None,
            due: None,
            step_of: None,
            parties: None,
            sources: None,
        }
    }

    /// All of an event.
    pub fn of(record: &Record, event: &Event) -> Self {
        let parties = event.parties.iter().filter_map(|part| {
            let party = record.party(&part.party)?;
            Some(DraftParty { key: Some(party.key.clone()), name: party.name.clone(), role: Some(part.role) })
        });
        Self {
            id: Some(event.id.0.clone()),
            date: event.date.clone(),
            title: event.title.clone(),
            description: Some(event.description.clone()),
            kind: Some(event.kind),
            phase: Some(event.phase),
            importance: Some(event.importance),
            sequence: Some(event.sequence),
            due: event.due.clone(),
            step_of: event.step_of.clone(),
            parties: Some(parties.collect()),
            sources: Some(event.citations.iter().map(|citation| DraftSource::of(record, citation)).collect()),
        }
    }

    /// What the row is recognised by when it is imported again: the identifier that the file gives it or, without
    /// one, a digest of date and title.
    pub fn key(&self) -> String {
        match &self.id {
            Some(id) if id.chars().count() <= 200 => format!("id:{id}"),
            Some(id) => format!("sha256:{}", digest(&["id", id])),
            None => format!("sha256:{}", digest(&["event", self.date.edtf(), &folded(&self.title)])),
        }
    }

    /// Cuts what is longer than an event may have, and leaves out what is no address, saying so.
    pub(crate) fn fit(&mut self, row: &mut RowReader) {
        if let Some(short) = shorten(&self.title, MAX_TITLE) {
            row.warn("title", t!("row-title-cut", most = MAX_TITLE));
            let description = self.description.take().unwrap_or_default();
            self.description = Some(format!("{}\n\n{description}", self.title).trim_end().to_owned());
            self.title = short;
        }
        if let Some(short) = self.description.as_deref().and_then(|text| shorten(text, MAX_DESCRIPTION)) {
            row.warn("description", t!("row-description-cut", most = MAX_DESCRIPTION));
            self.description = Some(short);
        }
        for party in self.parties.iter_mut().flatten() {
            if let Some(short) = shorten(&party.name, MAX_NAME) {
                row.warn("party", t!("row-party-cut", most = MAX_NAME));
                party.name = short;
            }
        }
        for source in self.sources.iter_mut().flatten() {
            source.fit(row);
        }
    }
}

impl DraftSource {
    fn fit(&mut self, row: &mut RowReader) {
        if let Some(url) = self.url.as_deref().filter(|url| web_address(url).is_none()) {
            row.warn("url", t!("row-no-address", url = cut(url)));
            self.url = None;
        }
        if let Some(quote) = &mut self.quote
            && let Some(short) = shorten(&quote.exact, MAX_QUOTE)
        {
            row.warn("quote", t!("row-quote-cut", most = MAX_QUOTE));
            *quote = Quote::words(short);
        }
        for text in [&mut self.publisher, &mut self.title, &mut self.byline] {
            if let Some(short) = shorten(text, MAX_NAME) {
                row.warn("source", t!("row-name-cut", text = cut(text), most = MAX_NAME));
                *text = short;
            }
        }
    }
}

/// The beginning of a text, to be named in a message.
pub(crate) fn cut(text: &str) -> String {
    shorten(text, 60).unwrap_or_else(|| text.to_owned())
}

/// A title as it is compared: without case and with single spaces.
pub(crate) fn folded(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn digest(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
