//! What differs between two states of something, field by field, as a person reads it.

use std::collections::HashMap;

use super::article::{Article, Candidate};
use super::date::EventDate;
use super::dispute::{Dispute, Party, Position};
use super::due::DueRule;
use super::event::{Attribution, Citation, Event};
use super::feed::Feed;
use super::id::{ArticleId, EventId, PartyId};
use super::revision::{Revision, Subject};
use super::time::long_day;
use crate::t;

/// The whole of something, as a revision recorded it.
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    /// A dispute's own fields.
    Dispute(Box<Dispute>),
    /// A party.
    Party(Box<Party>),
    /// A position.
    Position(Box<Position>),
    /// An event with its parties and citations.
    Event(Box<Event>),
    /// An article without its text.
    Article(Box<Article>),
    /// A candidate.
    Candidate(Box<Candidate>),
    /// A feed.
    Feed(Box<Feed>),
}

impl State {
    /// What a revision recorded; none if it cannot be read, as of a kind of state that is not written any more.
    pub fn of(revision: &Revision) -> Option<Self> {
        fn read<T: serde::de::DeserializeOwned>(text: &str, wrap: fn(Box<T>) -> State) -> Option<State> {
            serde_json::from_str(text).ok().map(|state| wrap(Box::new(state)))
        }
        let text = revision.state.as_str();
        match revision.subject {
            Subject::Dispute => read(text, Self::Dispute),
            Subject::Party => read(text, Self::Party),
            Subject::Position => read(text, Self::Position),
            Subject::Event => read(text, Self::Event),
            Subject::Article => read(text, Self::Article),
            Subject::Candidate => read(text, Self::Candidate),
            Subject::Feed => read(text, Self::Feed),
        }
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        match self {
            Self::Dispute(dispute) => &dispute.title,
            Self::Party(party) => &party.name,
            Self::Position(position) => &position.statement,
            Self::Event(event) => &event.title,
            Self::Article(article) if article.title.is_empty() => &article.publisher,
            Self::Article(article) => &article.title,
            Self::Candidate(candidate) => &candidate.draft.event.title,
            Self::Feed(feed) if feed.title.is_empty() => &feed.url,
            Self::Feed(feed) => &feed.title,
        }
    }

    /// The events that it names.
    pub fn named_events(&self) -> Vec<&EventId> {
        match self {
            Self::Event(event) => event.named_events(),
            _ => Vec::new(),
        }
    }

    /// The parties and articles that it names.
    pub fn named(&self) -> (Vec<&PartyId>, Vec<&ArticleId>) {
        match self {
            Self::Event(event) => (
                event.parties.iter().map(|part| &part.party).collect(),
                event.citations.iter().map(|citation| &citation.article).collect(),
            ),
            Self::Position(position) => {
                (vec![&position.party], position.source.iter().map(|source| &source.article).collect())
            }
            Self::Dispute(_) | Self::Party(_) | Self::Article(_) | Self::Candidate(_) | Self::Feed(_) => {
                (Vec::new(), Vec::new())
            }
        }
    }

    /// All that it says, field by field; what is empty is left out. Counters, times of change and what is worked out
    /// from other fields say nothing.
    pub fn fields(&self, names: &Names) -> Vec<Field> {
        let mut fields = match self {
            Self::Dispute(dispute) => dispute_fields(dispute),
            Self::Party(party) => party_fields(party),
            Self::Position(position) => position_fields(position, names),
            Self::Event(event) => event_fields(event, names),
            Self::Article(article) => article_fields(article),
            Self::Candidate(candidate) => {
                vec![Field::short(t!("field-name-decision"), candidate.decision.label())]
            }
            Self::Feed(feed) => feed_fields(feed),
        };
        fields.retain(|field| !field.words.is_empty());
        fields
    }
}

/// What parties, articles and events are called in words.
#[derive(Debug, Clone, Default)]
pub struct Names {
    parties: HashMap<PartyId, String>,
    articles: HashMap<ArticleId, String>,
    /// Title and date in words.
    events: HashMap<EventId, (String, String)>,
}

impl Names {
    /// Those of some parties and articles. An article goes by its publisher, or by its title if it has none.
    pub fn new(parties: &[Party], articles: &[Article]) -> Self {
        let mut names = Self::default();
        for party in parties {
            names.add_party(party);
        }
        for article in articles {
            names.add_article(article);
        }
        names
    }

    /// Learns what a party is called.
    pub fn add_party(&mut self, party: &Party) {
        self.parties.insert(party.id.clone(), party.name.clone());
    }

    /// Learns what an article is called.
    pub fn add_article(&mut self, article: &Article) {
        let name = if article.publisher.is_empty() { &article.title } else { &article.publisher };
        self.articles.insert(article.id.clone(), name.clone());
    }

    /// Learns what an event is called.
    pub fn add_event(&mut self, id: &EventId, title: &str, date: &EventDate) {
        self.events.insert(id.clone(), (title.to_owned(), date.words()));
    }

    /// Whether it is known what the event is called.
    pub fn has_event(&self, id: &EventId) -> bool {
        self.events.contains_key(id)
    }

    /// What the event is called; its identifier where that is not known.
    pub fn event<'a>(&'a self, id: &'a EventId) -> &'a str {
        self.events.get(id).map_or(id.as_str(), |(title, _)| title.as_str())
    }

    /// The event as a form names it; see [`event_name`].
    pub fn event_name(&self, id: &EventId) -> String {
        self.events.get(id).map_or_else(|| id.to_string(), |(title, date)| event_name(title, date, id))
    }

    /// Whether it is known what the party is called.
    pub fn has_party(&self, id: &PartyId) -> bool {
        self.parties.contains_key(id)
    }

    /// Whether it is known what the article is called.
    pub fn has_article(&self, id: &ArticleId) -> bool {
        self.articles.contains_key(id)
    }

    /// What the party is called; its identifier where that is not known.
    pub fn party<'a>(&'a self, id: &'a PartyId) -> &'a str {
        self.parties.get(id).map_or(id.as_str(), String::as_str)
    }

    /// What the article is called; its identifier where that is not known.
    pub fn article<'a>(&'a self, id: &'a ArticleId) -> &'a str {
        self.articles.get(id).map_or(id.as_str(), String::as_str)
    }
}

/// A field of something, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name, in words.
    pub label: &'static str,
    /// What it says.
    pub words: String,
    /// What tells it from others of the same name: which citation it is.
    key: String,
    /// What it says to a machine, where that says more than the words do.
    exact: String,
    /// Whether it is a text of some length.
    is_text: bool,
}

impl Field {
    fn short(label: &'static str, words: impl Into<String>) -> Self {
        Self { label, words: words.into(), key: String::new(), exact: String::new(), is_text: false }
    }

    fn text(label: &'static str, words: impl Into<String>) -> Self {
        Self { is_text: true, ..Self::short(label, words) }
    }

    fn date(label: &'static str, date: &EventDate) -> Self {
        Self { exact: date.edtf().to_owned(), ..Self::short(label, date.words()) }
    }

    fn is_the_same_field(&self, other: &Self) -> bool {
        (self.label, &self.key) == (other.label, &other.key)
    }

    /// What it says, told apart from what reads alike.
    fn told_apart(&self, other: Option<&Self>) -> String {
        match other {
            Some(other) if other.words == self.words => format!("{} ({})", self.words, self.exact),
            _ => self.words.clone(),
        }
    }
}

/// A field in which two states differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The field's name, in words.
    pub label: &'static str,
    /// What it said before; empty for nothing.
    pub old: String,
    /// What it says after; empty for nothing.
    pub new: String,
    /// Whether it is a text of some length, of which the changed words are to be marked.
    pub is_text: bool,
}

/// The fields in which two states differ, in the order in which the thing is read: date and title first, citations
/// last. Without an old state, all that the new one says.
pub fn differences(old: Option<&State>, new: &State, names: &Names) -> Vec<Difference> {
    let old = old.map(|old| old.fields(names)).unwrap_or_default();
    let new = new.fields(names);
    let mut differences = Vec::new();
    let gone = old.iter().filter(|field| !new.iter().any(|other| other.is_the_same_field(field)));
    for field in &new {
        let before = old.iter().find(|other| other.is_the_same_field(field));
        if before != Some(field) {
            differences.push(Difference {
                label: field.label,
                old: before.map(|before| before.told_apart(Some(field))).unwrap_or_default(),
                new: field.told_apart(before),
                is_text: field.is_text,
            });
        }
    }
    differences.extend(gone.map(|field| Difference {
        label: field.label,
        old: field.words.clone(),
        new: String::new(),
        is_text: field.is_text,
    }));
    let first = read_first();
    let place = |difference: &Difference| {
        first.iter().position(|label| *label == difference.label).unwrap_or(first.len())
    };
    differences.sort_by_key(place);
    differences
}

/// Which fields are read first; the others follow in their own order.
fn read_first() -> [&'static str; 7] {
    [
        t!("field-name-date"),
        t!("field-name-date-as-printed"),
        t!("field-name-title"),
        t!("field-name-name"),
        t!("field-name-party"),
        t!("field-name-what-it-holds"),
        t!("field-name-description"),
    ]
}

fn event_fields(event: &Event, names: &Names) -> Vec<Field> {
    let parties: Vec<String> = event
        .parties
        .iter()
        .map(|part| t!("field-name-named-part", name = names.party(&part.party), role = part.role.label()))
        .collect();
    let order = if event.sequence == 0 { String::new() } else { event.sequence.to_string() };
    let mut fields = vec![
        Field::date(t!("field-name-date"), &event.date),
        printed(&event.date),
        Field::short(t!("field-name-title"), &event.title),
        Field::text(t!("field-name-description"), &event.description),
        Field::short(t!("field-name-kind"), event.kind.label()),
        Field::short(t!("field-name-phase"), event.phase.label()),
        Field::short(t!("field-name-importance"), event.importance.label()),
        Field::short(t!("field-name-order-within-its-day"), order),
        Field::short(
            t!("field-name-deadline"),
            event.due.as_ref().map(|due| due.state.label()).unwrap_or_default(),
        ),
        Field {
            exact: event.rule().map(|rule| rule.base.to_string()).unwrap_or_default(),
            ..Field::short(
                t!("field-name-day-counted"),
                event.rule().map(|rule| rule_words(rule, names)).unwrap_or_default(),
            )
        },
        Field {
            exact: event.step_of.as_ref().map(ToString::to_string).unwrap_or_default(),
            ..Field::short(
                t!("field-name-step-of"),
                event
                    .step_of
                    .as_ref()
                    .map(|id| t!("field-name-quoted", words = names.event(id)))
                    .unwrap_or_default(),
            )
        },
        Field::short(t!("field-name-parties"), parties.join(", ")),
    ];
    fields.extend(event.citations.iter().map(|citation| Field {
        key: citation.id.to_string(),
        exact: citation.date.as_ref().map(|date| date.edtf().to_owned()).unwrap_or_default(),
        ..Field::text(t!("field-name-citation"), citation_words(citation, names))
    }));
    fields
}

/// An event as a form names it: what people know it by, and what tells it from every other.
pub fn event_name(title: &str, date: &str, id: &EventId) -> String {
    format!("{title}, {date} [{id}]")
}

/// A rule in words: 180 days after “Memo issued”.
pub fn rule_words(rule: &DueRule, names: &Names) -> String {
    t!("field-name-rule", rule = rule.words(), title = names.event(&rule.base))
}

fn printed(date: &EventDate) -> Field {
    Field::short(
        t!("field-name-date-as-printed"),
        date.printed().map(|printed| t!("field-name-quoted", words = printed)).unwrap_or_default(),
    )
}

/// A citation in a line: “the words”, six people familiar with the talks (unnamed sources), The Example; dates it
/// about 9 January 2026.
pub fn citation_words(citation: &Citation, names: &Names) -> String {
    let (quote, article) = (&citation.passage.exact, names.article(&citation.article));
    let who = attribution_words(&citation.attribution);
    match &citation.date {
        None => t!("field-name-citation-words", quote = quote, who = who, article = article),
        Some(date) => {
            t!("field-name-citation-dated", quote = quote, who = who, article = article, date = date.words())
        }
    }
}

/// Who says so, in one phrase: "three people familiar with the matter (unnamed sources, 3)".
fn attribution_words(attribution: &Attribution) -> String {
    let count = attribution.count.map(|count| format!(", {count}")).unwrap_or_default();
    let kind = attribution.kind.label();
    if attribution.wording.is_empty() {
        format!("{kind}{count}")
    } else {
        t!("part-attribution", wording = attribution.wording, kind = format!("{kind}{count}"))
    }
}

fn dispute_fields(dispute: &Dispute) -> Vec<Field> {
    vec![
        Field::short(t!("field-name-title"), &dispute.title),
        Field::short(t!("field-name-name-in-its-address"), &dispute.slug),
        Field::text(t!("field-name-summary"), &dispute.summary),
        Field::text(t!("field-name-question-at-stake"), &dispute.question),
        Field::short(t!("field-name-how-it-stands"), dispute.status.label()),
        Field::text(t!("field-name-which-events-belong-here"), &dispute.inclusion_rule),
        Field::short(t!("field-name-who-may-read-it"), dispute.visibility.label()),
        Field::short(
            t!("field-name-suggestions"),
            if dispute.takes_suggestions { t!("field-name-from-all") } else { t!("field-name-from-none") },
        ),
    ]
}

fn party_fields(party: &Party) -> Vec<Field> {
    vec![
        Field::short(t!("field-name-name"), &party.name),
        Field::short(t!("field-name-other-names"), party.aliases.join(", ")),
        Field::short(t!("field-name-kind"), party.kind.label()),
        Field::short(t!("field-name-name-in-addresses"), &party.key),
        Field::short(t!("field-name-place-among-the-parties"), party.place.to_string()),
    ]
}

fn position_fields(position: &Position, names: &Names) -> Vec<Field> {
    let source = position.source.as_ref().map(|source| {
        let article = names.article(&source.article);
        t!("field-name-position-source", quote = source.passage.exact, article = article)
    });
    vec![
        Field::short(t!("field-name-party"), names.party(&position.party)),
        Field::text(t!("field-name-what-it-holds"), &position.statement),
        Field::date(t!("field-name-while"), &position.date),
        printed(&position.date),
        Field::text(t!("field-name-citation"), source.unwrap_or_default()),
    ]
}

fn article_fields(article: &Article) -> Vec<Field> {
    let day = |day: Option<chrono::NaiveDate>| day.map(long_day).unwrap_or_default();
    vec![
        Field::short(t!("field-name-title"), &article.title),
        Field::short(t!("field-name-publisher"), &article.publisher),
        Field::short(t!("field-name-byline"), &article.byline),
        Field::short(t!("field-name-day-of-publication"), day(article.published)),
        Field::short(t!("field-name-last-changed-by-its-publisher"), day(article.modified)),
        Field::short(t!("field-name-address"), article.url.clone().unwrap_or_default()),
        Field::short(t!("field-name-standing"), article.stage.label()),
        Field::short(t!("field-name-how-it-came-here"), article.way.label()),
        Field::short(t!("field-name-sha-256-of-its-text"), &article.hash),
    ]
}

fn feed_fields(feed: &Feed) -> Vec<Field> {
    vec![
        Field::short(t!("field-name-title"), &feed.title),
        Field::short(t!("field-name-address"), &feed.url),
        Field::short(t!("field-name-one-of-these-words"), feed.rules.any.join(", ")),
        Field::short(t!("field-name-all-of-these-words"), feed.rules.all.join(", ")),
        Field::short(t!("field-name-none-of-these-words"), feed.rules.none.join(", ")),
        Field::short(
            t!("field-name-read"),
            if feed.is_paused { t!("field-name-feed-paused") } else { t!("field-name-feed-read") },
        ),
    ]
}

#[cfg(test)]
mod tests;
