//! What changed in a dispute, for those who subscribe to it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use impasse_app::model::event::{Citation, Event};
use impasse_app::model::id::EventId;
use impasse_app::model::record::Record;
use impasse_app::model::revision::{Action, Revision, Subject};
use impasse_app::model::time::long_day;

use crate::export::date_words;
use crate::text::one_line;
use impasse_app::t;

/// What a change is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aspect {
    /// The event is new, or was brought back.
    NewEvent,
    /// It has another date, or a source gives another.
    Date,
    /// Something more is cited.
    Source,
    /// Anything else of it was put right.
    Correction,
    /// It was taken away.
    Removal,
}

impl Aspect {
    /// The stable key, as categories and tags have it.
    pub fn key(self) -> &'static str {
        match self {
            Self::NewEvent => "new-event",
            Self::Date => "date",
            Self::Source => "source",
            Self::Correction => "correction",
            Self::Removal => "removal",
        }
    }

    /// Its name for people, before the title of an event.
    pub fn label(self) -> &'static str {
        match self {
            Self::NewEvent => t!("aspect-new-event"),
            Self::Date => t!("aspect-date"),
            Self::Source => t!("aspect-source"),
            Self::Correction => t!("aspect-correction"),
            Self::Removal => t!("aspect-removal"),
        }
    }
}

/// A change to an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The number of the revision that made it.
    pub number: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who made it, as they were called then.
    pub by: String,
    /// Why, in their words; may be empty.
    pub reason: String,
    /// The event.
    pub event: EventId,
    /// What the event was called once the change was made.
    pub title: String,
    /// What it is about; at least one, the weightiest first.
    pub aspects: Vec<Aspect>,
    /// What is different, each in a sentence.
    pub details: Vec<String>,
}

impl Change {
    /// A headline: "Changed date, new source: Talks begin".
    pub fn headline(&self) -> String {
        let labels: Vec<String> = self
            .aspects
            .iter()
            .enumerate()
            .map(
                |(at, aspect)| {
                    if at == 0 { aspect.label().to_owned() } else { aspect.label().to_lowercase() }
                },
            )
            .collect();
        format!("{}: {}", labels.join(", "), one_line(&self.title))
    }
}

/// What revisions changed, latest first.
///
/// Told are changes to events of the record, which are those that a view lets through, and removals of events: of what
/// is gone nothing says whether the view let it through, and who has read of an event must learn that it was withdrawn.
/// A change is told by what the revision before it recorded of the same event, so `revisions` should reach back beyond
/// those that are to be told; where that one is missing, it is said that the event was changed, not how. What readers
/// do not see, such as the order among events of a date, is no change. Revisions whose state cannot be read are left
/// out.
pub fn changes(revisions: &[Revision], record: &Record) -> Vec<Change> {
    let mut ordered: Vec<&Revision> =
        revisions.iter().filter(|revision| revision.subject == Subject::Event).collect();
    ordered.sort_by_key(|revision| revision.number);
    let mut before: HashMap<&str, Event> = HashMap::new();
    let mut changes = Vec::new();
    for revision in ordered {
        let Ok(event) = serde_json::from_str::<Event>(&revision.state) else {
            continue;
        };
        let is_told = revision.action == Action::Delete || record.event(&event.id).is_some();
        if is_told {
            let differences =
                differences(record, revision.action, before.get(revision.subject_id.as_str()), &event);
            changes.extend(differences.into_change(revision, &event));
        }
        before.insert(&revision.subject_id, event);
    }
    changes.reverse();
    changes
}

/// What is different, as it is gathered.
#[derive(Default)]
struct Differences {
    aspects: Vec<Aspect>,
    details: Vec<String>,
}

impl Differences {
    fn push(&mut self, aspect: Aspect, detail: impl Into<String>) {
        self.aspects.push(aspect);
        self.details.push(detail.into());
    }

    fn into_change(mut self, revision: &Revision, event: &Event) -> Option<Change> {
        self.aspects.sort_unstable();
        self.aspects.dedup();
        (!self.aspects.is_empty()).then(|| Change {
            number: revision.number,
            at: revision.at,
            by: revision.actor.clone(),
            reason: revision.reason.clone(),
            event: event.id.clone(),
            title: event.title.clone(),
            aspects: self.aspects,
            details: self.details,
        })
    }
}

fn differences(record: &Record, action: Action, before: Option<&Event>, now: &Event) -> Differences {
    let mut found = Differences::default();
    match (action, before) {
        (Action::Delete, _) => {
            found.push(Aspect::Removal, t!("change-stood-at", date = date_words(&now.date)));
        }
        (Action::Create, _) | (Action::Restore, None) => whole(record, now, &mut found),
        (Action::Restore, Some(before)) => {
            found.push(Aspect::NewEvent, t!("change-brought-back"));
            compare(record, before, now, &mut found);
        }
        (Action::Update, Some(before)) => compare(record, before, now, &mut found),
        (Action::Update, None) => found.push(Aspect::Correction, t!("change-unknown")),
    }
    found
}

fn whole(record: &Record, event: &Event, found: &mut Differences) {
    found.push(Aspect::NewEvent, t!("change-dated", date = date_words(&event.date)));
    if !event.description.is_empty() {
        found.details.push(event.description.clone());
    }
    found.details.extend(due_words(record, event).map(|due| t!("change-due", due = due)));
    for citation in &event.citations {
        found.details.push(t!("change-source", source = source(record, citation)));
    }
}

/// What is said of an event as a deadline.
fn due_words(record: &Record, event: &Event) -> Option<String> {
    let due = event.due.as_ref()?;
    let state = due.state.label().to_lowercase();
    Some(match &due.rule {
        Some(rule) => {
            let base = record.event(&rule.base);
            let base = base.map_or(t!("change-another-event"), |base| base.title.as_str());
            t!("change-deadline-counted", state = state, rule = rule.words(), base = base)
        }
        None => t!("change-deadline", state = state),
    })
}

fn compare(record: &Record, before: &Event, now: &Event, found: &mut Differences) {
    if before.date != now.date {
        let (old, new) = (date_words(&before.date), date_words(&now.date));
        let aspect = if before.date.edtf() == now.date.edtf() { Aspect::Correction } else { Aspect::Date };
        found.push(aspect, t!("change-date", new = new, old = old));
    }
    if before.title != now.title {
        found.push(Aspect::Correction, t!("change-title", title = before.title));
    }
    if before.description != now.description {
        found.push(Aspect::Correction, t!("change-description"));
        if !now.description.is_empty() {
            found.details.push(now.description.clone());
        }
    }
    let words = |label: &str| label.to_lowercase();
    if before.kind != now.kind {
        let (new, old) = (words(now.kind.label()), words(before.kind.label()));
        found.push(Aspect::Correction, t!("change-kind", new = new, old = old));
    }
    if before.phase != now.phase {
        let (new, old) = (words(now.phase.label()), words(before.phase.label()));
        found.push(Aspect::Correction, t!("change-phase", new = new, old = old));
    }
    if before.importance != now.importance {
        let (new, old) = (words(now.importance.label()), words(before.importance.label()));
        found.push(Aspect::Correction, t!("change-importance", new = new, old = old));
    }
    if before.due != now.due {
        let words =
            |event: &Event| due_words(record, event).unwrap_or_else(|| t!("change-no-deadline").to_owned());
        found.push(Aspect::Correction, t!("change-due-before", due = words(now), before = words(before)));
    }
    if before.step_of != now.step_of {
        let first = now
            .step_of
            .as_ref()
            .map(|id| record.event(id).map_or(t!("change-another-event"), |first| first.title.as_str()));
        let words =
            first.map_or_else(|| t!("change-no-step").to_owned(), |title| t!("change-step", title = title));
        found.push(Aspect::Correction, words);
    }
    if before.parties != now.parties {
        let parties: Vec<String> = now
            .parties
            .iter()
            .filter_map(|part| {
                let party = record.party(&part.party)?;
                Some(format!("{} ({})", party.name, part.role.label()))
            })
            .collect();
        let words = if parties.is_empty() {
            t!("change-no-parties").to_owned()
        } else {
            t!("change-parties", parties = parties.join(", "))
        };
        found.push(Aspect::Correction, words);
    }
    compare_citations(record, before, now, found);
}

fn compare_citations(record: &Record, before: &Event, now: &Event, found: &mut Differences) {
    for citation in &now.citations {
        let Some(old) = before.citations.iter().find(|old| old.id == citation.id) else {
            found.push(Aspect::Source, t!("change-new-source", source = source(record, citation)));
            continue;
        };
        if old.date != citation.date {
            let date = citation.date.as_ref();
            let date = date.map_or_else(|| t!("change-no-date-of-its-own").to_owned(), date_words);
            let from = record.article(&citation.article).map_or("", |article| article.publisher.as_str());
            let words = if from.is_empty() {
                t!("change-source-dates", date = date)
            } else {
                t!("change-source-from-dates", publisher = from, date = date)
            };
            found.push(Aspect::Date, words);
        }
        let is_same = old.article == citation.article
            && old.passage.exact == citation.passage.exact
            && old.attribution == citation.attribution;
        if !is_same {
            found.push(Aspect::Correction, t!("change-corrected-source", source = source(record, citation)));
        }
    }
    for old in before.citations.iter().filter(|old| now.citations.iter().all(|new| new.id != old.id)) {
        found.push(Aspect::Correction, t!("change-no-source", source = source(record, old)));
    }
}

/// A source in a line: “words”, Publisher, “Headline”, 9 January 2026.
fn source(record: &Record, citation: &Citation) -> String {
    let mut parts = vec![format!("“{}”", citation.passage.exact)];
    if let Some(article) = record.article(&citation.article) {
        parts.extend(Some(article.publisher.clone()).filter(|name| !name.is_empty()));
        parts
            .extend(Some(&article.title).filter(|title| !title.is_empty()).map(|title| format!("“{title}”")));
        parts.extend(article.published.map(long_day));
    }
    format!("{}.", parts.join(", "))
}
