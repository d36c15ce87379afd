//! Events, the citations that carry them, and how well they are attested.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::article::{Article, Passage};
use super::choice::choices;
use super::date::EventDate;
use super::due::{Due, DueRule};
use super::id::{ArticleId, CitationId, EventId, PartyId};
use crate::t;

choices! {
    /// What sort of event.
    Kind in "event-kind" {
        /// A memo, letter or directive.
        Memo = "memo";
        /// Talks.
        Negotiation = "negotiation";
        /// Something said, or a refusal to say it.
        Statement = "statement";
        /// A contract or an award.
        Contract = "contract";
        /// A filing with a court or agency.
        Filing = "filing";
        /// A ruling or order.
        Ruling = "ruling";
        /// A bill, law or regulation.
        Legislation = "legislation";
        /// Something due.
        Deadline = "deadline";
        /// A report, study or news story that is itself an event.
        Report = "report";
        /// Anything else.
        Other = "other";
    }
}

choices! {
    /// How far the thing had gone. What was said to be coming is not what was done.
    Phase in "phase" {
        /// It was said that it would happen.
        Announced = "announced";
        /// It happened.
        Done = "done";
        /// It took effect.
        InEffect = "in-effect";
    }
}

choices! {
    /// How much an event matters; labels are placed by it.
    Importance in "importance" {
        /// A turning point.
        Major = "major";
        /// A step.
        Normal = "normal";
        /// A detail.
        Minor = "minor";
    }
}

choices! {
    /// What a party has to do with an event.
    Role in "part" {
        /// Did it or said it.
        Actor = "actor";
        /// It was done or said to it.
        Target = "target";
        /// Took part on an equal footing.
        Participant = "participant";
        /// Decided it, as a court or regulator does.
        Decider = "decider";
    }
}

choices! {
    /// Who says so.
    AttributionKind in "attribution-kind" {
        /// A named person or body.
        OnRecord = "on-record";
        /// A document.
        Document = "document";
        /// A spokesperson.
        Spokesperson = "spokesperson";
        /// Sources without a name.
        Unnamed = "unnamed";
        /// The outlet itself.
        Outlet = "outlet";
    }
}

choices! {
    /// How well an event is attested, worked out from its citations; see [`attest`].
    Attestation in "attestation" {
        /// A document, or a named person or spokesperson on record.
        Record = "record";
        /// Articles of two independent origins or more; see [`independent_origins`].
        Several = "several";
        /// One origin, in its own voice or by several unnamed sources.
        Reported = "reported";
        /// One unnamed source.
        Unnamed = "unnamed";
        /// Citations that give dates which cannot both be right.
        Rival = "rival";
        /// Nothing is cited.
        Uncited = "uncited";
    }
}

#[cfg(feature = "ssr")]
impl Attestation {
    /// When an event is so attested, in words; what [`attest`] does. The first of [`Attestation::PRECEDENCE`] that
    /// applies is what an event gets.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Record => t!("event-a-document-says-so-or"),
            Self::Several => {
                t!("event-nobody-is-on-record-but")
            }
            Self::Reported => t!("event-one-origin-says-so-in"),
            Self::Unnamed => {
                t!("event-all-rests-on-one-origin")
            }
            Self::Rival => {
                t!("event-two-sources-or-a-source")
            }
            Self::Uncited => t!("event-no-words-of-an-article"),
        }
    }

    /// The order in which the rules are tried.
    pub const PRECEDENCE: [Self; 6] =
        [Self::Uncited, Self::Rival, Self::Record, Self::Several, Self::Reported, Self::Unnamed];
}

/// Who says so, in what words, and how many they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribution {
    /// What sort of source.
    pub kind: AttributionKind,
    /// The wording as printed: "six people familiar with the talks".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub wording: String,
    /// How many, where the wording says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<i64>,
}

/// A party's part in an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventParty {
    /// The party.
    pub party: PartyId,
    /// Its part.
    pub role: Role,
}

/// What ties an event to an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// Its identifier.
    pub id: CitationId,
    /// The article.
    pub article: ArticleId,
    /// The words.
    pub passage: Passage,
    /// Who says so.
    pub attribution: Attribution,
    /// The date that this article gives, where it differs from the event's or is worded in its own way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<EventDate>,
}

/// Something dated that happened, was said, or is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its identifier.
    pub id: EventId,
    /// When.
    pub date: EventDate,
    /// What, in a few words.
    pub title: String,
    /// What, in a few sentences; plain text.
    pub description: String,
    /// What sort.
    pub kind: Kind,
    /// How far it had gone.
    pub phase: Phase,
    /// How much it matters.
    pub importance: Importance,
    /// Its place among the events of the same date.
    pub sequence: i64,
    /// That it is a deadline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
    /// The event whose step it is: the same matter announced on one day, done on another and in effect on a third are
    /// steps of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step_of: Option<EventId>,
    /// Who took part.
    pub parties: Vec<EventParty>,
    /// What it rests on.
    pub citations: Vec<Citation>,
    /// Counts up with every change; an edit names the version it was made from.
    pub version: i64,
    /// When it was entered.
    pub created: DateTime<Utc>,
    /// When it was last changed.
    pub updated: DateTime<Utc>,
}

/// What is needed to make or change an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventDraft {
    /// See [`Event::date`]; a draft without one cannot be saved, unless [`EventDraft::due`] has a rule that gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<EventDate>,
    /// See [`Event::title`].
    pub title: String,
    /// See [`Event::description`].
    #[serde(default)]
    pub description: String,
    /// See [`Event::kind`].
    pub kind: Kind,
    /// See [`Event::phase`].
    pub phase: Phase,
    /// See [`Event::importance`].
    pub importance: Importance,
    /// See [`Event::sequence`].
    #[serde(default)]
    pub sequence: i64,
    /// See [`Event::due`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
    /// See [`Event::step_of`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step_of: Option<EventId>,
    /// See [`Event::parties`].
    #[serde(default)]
    pub parties: Vec<EventParty>,
    /// What it rests on.
    #[serde(default)]
    pub citations: Vec<CitationDraft>,
}

/// What is needed to make or keep a citation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CitationDraft {
    /// The citation to keep; none makes a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<CitationId>,
    /// See [`Citation::article`].
    pub article: ArticleId,
    /// See [`Citation::passage`].
    pub passage: Passage,
    /// See [`Citation::attribution`].
    pub attribution: Attribution,
    /// See [`Citation::date`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<EventDate>,
}

impl EventDraft {
    /// Takes off what it says of other events.
    pub fn untie(&mut self) {
        if let Some(due) = &mut self.due {
            due.rule = None;
        }
        self.step_of = None;
    }

    /// The events that it names.
    pub fn named_events(&self) -> Vec<&EventId> {
        self.rule().map(|rule| &rule.base).into_iter().chain(&self.step_of).collect()
    }

    /// The rule that its date follows from.
    pub fn rule(&self) -> Option<&DueRule> {
        self.due.as_ref().and_then(|due| due.rule.as_ref())
    }
}

impl Event {
    /// The events that it names.
    pub fn named_events(&self) -> Vec<&EventId> {
        self.rule().map(|rule| &rule.base).into_iter().chain(&self.step_of).collect()
    }

    /// The rule that its date follows from.
    pub fn rule(&self) -> Option<&DueRule> {
        self.due.as_ref().and_then(|due| due.rule.as_ref())
    }
}

impl From<Event> for EventDraft {
    fn from(event: Event) -> Self {
        Self {
            date: Some(event.date),
            title: event.title,
            description: event.description,
            kind: event.kind,
            phase: event.phase,
            importance: event.importance,
            sequence: event.sequence,
            due: event.due,
            step_of: event.step_of,
            parties: event.parties,
            citations: event.citations.into_iter().map(CitationDraft::from).collect(),
        }
    }
}

impl From<Citation> for CitationDraft {
    fn from(citation: Citation) -> Self {
        Self {
            id: Some(citation.id),
            article: citation.article,
            passage: citation.passage,
            attribution: citation.attribution,
            date: citation.date,
        }
    }
}

/// How well an event is attested.
///
/// Rival dates come first, since nothing else matters more to somebody about to print one of them. Then a document
/// or a source on record; then two independent origins or more; then a single unnamed source is told apart from the
/// rest. `articles` are those cited; one that is missing counts as an origin of its own.
pub fn attest(event: &Event, articles: &[Article]) -> Attestation {
    use AttributionKind::{Document, OnRecord, Outlet, Spokesperson, Unnamed};
    if event.citations.is_empty() {
        return Attestation::Uncited;
    }
    if has_rival_dates(event) {
        return Attestation::Rival;
    }
    let of_kind = |kinds: &[AttributionKind]| {
        event.citations.iter().any(|citation| kinds.contains(&citation.attribution.kind))
    };
    if of_kind(&[OnRecord, Document, Spokesperson]) {
        return Attestation::Record;
    }
    if independent_origins(event, articles) > 1 {
        Attestation::Several
    } else if of_kind(&[Outlet])
        || event.citations.iter().any(|citation| {
            citation.attribution.kind == Unnamed && citation.attribution.count.is_some_and(|count| count > 1)
        })
    {
        Attestation::Reported
    } else {
        Attestation::Unnamed
    }
}

/// How many independent origins an event's citations have: articles of one publisher are one, and so are articles
/// whose texts are nearly the same, as reprints of one agency's story are.
pub fn independent_origins(event: &Event, articles: &[Article]) -> usize {
    let mut cited: Vec<&ArticleId> = event.citations.iter().map(|citation| &citation.article).collect();
    cited.sort_unstable();
    cited.dedup();
    // Each origin as the names that it goes by; what shares a name is merged.
    let mut origins: Vec<Vec<&str>> = Vec::new();
    for id in cited {
        let article = articles.iter().find(|article| article.id == *id);
        let publisher = article.map(|article| article.publisher.as_str()).filter(|name| !name.is_empty());
        let text = article.map(|article| article.origin.as_str()).filter(|origin| !origin.is_empty());
        let mut names: Vec<&str> = publisher.into_iter().chain(text).collect();
        if names.is_empty() {
            names.push(id.as_str());
        }
        let (same, others): (Vec<_>, Vec<_>) = origins
            .into_iter()
            .partition(|origin: &Vec<&str>| origin.iter().any(|name| names.contains(name)));
        names.extend(same.into_iter().flatten());
        origins = others;
        origins.push(names);
    }
    origins.len()
}

/// Whether two citations, or a citation and the event, give dates that do not overlap.
pub fn has_rival_dates(event: &Event) -> bool {
    let dates: Vec<&EventDate> = std::iter::once(&event.date)
        .chain(event.citations.iter().filter_map(|citation| citation.date.as_ref()))
        .collect();
    dates.iter().enumerate().any(|(at, one)| {
        dates.iter().skip(at + 1).any(|other| {
            let ends_before = |a: &EventDate, b: &EventDate| match (a.ends(), b.starts()) {
                (Some(end), Some(start)) => end <= start,
                _ => false,
            };
            ends_before(one, other) || ends_before(other, one)
        })
    })
}
