//! What an import would do, row by row.

use std::collections::{HashMap, HashSet};

use impasse_app::model::article::ArticleDraft;
use impasse_app::model::dispute::PartyDraft;
use impasse_app::model::event::Event;
use impasse_app::model::id::EventId;
use impasse_app::model::record::Record;

use crate::convert::{find_article, find_party, is_cited, new_articles, new_parties, parts};
use crate::draft::{Draft, DraftSource, folded};
use crate::reading::{Level, Note, Reading};
use crate::text::plain;
use impasse_app::t;

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It becomes an event.
    New,
    /// Its event is there, and says the same.
    Same(EventId),
    /// Its event is there, and differs in what is named here, for people.
    Changed(EventId, Vec<&'static str>),
    /// Its event was imported before and is deleted by now: it stays so.
    Deleted(EventId),
    /// An earlier row of the file, whose number this is, says the same.
    Repeated(u64),
    /// Something is wrong with it.
    Wrong,
}

/// A row and its fate.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// The number of the row; see [`crate::Row::number`].
    pub number: u64,
    /// What becomes of it.
    pub fate: Fate,
    /// What the row is recognised by when the file is imported again; see [`Draft::key`]. Empty for what is wrong.
    pub key: String,
    /// The row as it is kept; none for what is wrong.
    pub draft: Option<Draft>,
    /// What is wrong, and what is not taken.
    pub notes: Vec<Note>,
}

/// What an import would do.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The rows, in the file's order.
    pub rows: Vec<Planned>,
    /// The parties that have to be made first.
    pub parties: Vec<PartyDraft>,
    /// The articles that have to be made first; they consist of the quoted words.
    pub articles: Vec<ArticleDraft>,
}

impl Plan {
    /// Whether no row is wrong.
    pub fn is_clean(&self) -> bool {
        self.rows.iter().all(|row| row.fate != Fate::Wrong)
    }

    /// The rows that change something.
    pub fn to_do(&self) -> impl Iterator<Item = &Planned> {
        self.rows.iter().filter(|row| matches!(row.fate, Fate::New | Fate::Changed(..)))
    }
}

/// Compares what was read with what is there. `known` has the events that rows became in earlier imports into this
/// dispute, by [`Draft::key`]; `by` is who imports, to be named where an article's day comes from the file.
///
/// A row is known by its key, by the identifier of an event of this very dispute, or by date and title, in this order.
/// What was done by an import is the same in the next one.
pub fn plan(reading: &Reading, record: &Record, known: &HashMap<String, EventId>, by: &str) -> Plan {
    let index = Index::new(record);
    let in_file = reading.rows.iter().filter_map(|row| row.draft.as_ref()?.id.as_deref()).collect();
    // The row that came first with a key, and the row that took an event.
    let mut keys: HashMap<String, usize> = HashMap::new();
    let mut taken: HashMap<EventId, usize> = HashMap::new();
    let mut rows: Vec<Planned> = Vec::with_capacity(reading.rows.len());
    for row in &reading.rows {
        let mut planned = Planned {
            number: row.number,
            fate: Fate::Wrong,
            key: String::new(),
            draft: None,
            notes: row.notes.clone(),
        };
        if let Some(draft) = &row.draft {
            let key = draft.key();
            let event = index.event(draft, &key, known);
            let earlier = keys.get(&key).or_else(|| event.and_then(|event| taken.get(&event.id)));
            let mut draft = settled(draft, event, record, &mut planned.notes);
            index.settle_ties(&mut draft, &in_file, known, &mut planned.notes);
            planned.fate = match (earlier.and_then(|at| rows.get(*at)), event, known.get(&key)) {
                (Some(earlier), ..) if earlier.draft.as_ref() == Some(&draft) => {
                    Fate::Repeated(earlier.number)
                }
                (Some(earlier), ..) => {
                    planned.notes.push(wrong(t!("row-same-event", number = earlier.number.to_string())));
                    Fate::Wrong
                }
                (None, Some(event), _) => match differences(record, event, &draft) {
                    parts if parts.is_empty() => Fate::Same(event.id.clone()),
                    parts => Fate::Changed(event.id.clone(), parts),
                },
                (None, None, Some(id)) => Fate::Deleted(id.clone()),
                (None, None, None) => Fate::New,
            };
            if planned.fate != Fate::Wrong {
                keys.entry(key.clone()).or_insert(rows.len());
                taken.extend(event.map(|event| (event.id.clone(), rows.len())));
                planned.key = key;
                planned.draft = Some(draft);
            }
        }
        rows.push(planned);
    }
    let drafts = || {
        let to_do = rows.iter().filter(|row| matches!(row.fate, Fate::New | Fate::Changed(..)));
        to_do.filter_map(|row| row.draft.as_ref())
    };
    let parties = new_parties(reading, record, drafts());
    let articles = new_articles(record, drafts(), by);
    Plan { rows, parties, articles }
}

fn wrong(message: String) -> Note {
    Note { level: Level::Error, column: "id".to_owned(), message, readings: Vec::new() }
}

/// The events of a record by what rows may name them by.
struct Index<'a> {
    by_id: HashMap<&'a str, &'a Event>,
    by_title: HashMap<(&'a str, String), &'a Event>,
}

impl<'a> Index<'a> {
    fn new(record: &'a Record) -> Self {
        let by_id = record.events.iter().map(|event| (event.id.as_str(), event)).collect();
        let mut by_title = HashMap::new();
        for event in &record.events {
            by_title.entry((event.date.edtf(), folded(&event.title))).or_insert(event);
        }
        Self { by_id, by_title }
    }

    /// Has a draft name other events as the record does. One that is made by this very import has no name there yet. What
    /// it says of an event that is nowhere is left out, with a note.
    fn settle_ties(
        &self,
        draft: &mut Draft,
        in_file: &HashSet<&str>,
        known: &HashMap<String, EventId>,
        notes: &mut Vec<Note>,
    ) {
        let there = |id: &EventId| {
            let key = Draft { id: Some(id.0.clone()), ..Draft::new(draft.date.clone(), "") }.key();
            let is_here = self.by_id.contains_key(id.as_str()) || in_file.contains(id.as_str());
            known.get(&key).cloned().or_else(|| is_here.then(|| id.clone()))
        };
        let base = draft.due.as_ref().and_then(|due| due.rule.as_ref()).map(|rule| there(&rule.base));
        let first = draft.step_of.as_ref().map(there);
        if let (Some(base), Some(due)) = (base, &mut draft.due) {
            match (base, &mut due.rule) {
                (Some(base), Some(rule)) => rule.base = base,
                _ => {
                    due.rule = None;
                    notes.push(Note::warning("due", t!("row-no-base")));
                }
            }
        }
        if let Some(first) = first {
            if first.is_none() {
                notes.push(Note::warning("step_of", t!("row-no-first-step")));
            }
            draft.step_of = first;
        }
    }

    fn event(&self, draft: &Draft, key: &str, known: &HashMap<String, EventId>) -> Option<&'a Event> {
        if let Some(id) = known.get(key) {
            return self.by_id.get(id.as_str()).copied();
        }
        let by_id = draft.id.as_deref().and_then(|id| self.by_id.get(id)).copied();
        by_id.or_else(|| self.by_title.get(&(draft.date.edtf(), folded(&draft.title))).copied())
    }
}

/// The row as it can be kept. A source without quoted words cannot be cited, since a citation is of words; that it is
/// named is not lost, but stands in the description, unless the event cites that article already.
fn settled(draft: &Draft, event: Option<&Event>, record: &Record, notes: &mut Vec<Note>) -> Draft {
    let mut draft = draft.clone();
    let Some(sources) = draft.sources.take() else { return draft };
    let (quoted, silent): (Vec<_>, Vec<_>) =
        sources.into_iter().partition(|source| !source.words().trim().is_empty());
    let is_named = |source: &DraftSource| {
        let article = find_article(record, source).map(|article| &article.id);
        event.is_some_and(|event| event.citations.iter().any(|citation| Some(&citation.article) == article))
    };
    let before = || event.map(|event| event.description.clone());
    let mut description = draft.description.clone().or_else(before).unwrap_or_default();
    for source in silent.iter().filter(|source| !is_named(source)) {
        let line = named(source);
        if !line.is_empty() && !description.lines().any(|known| known == line) {
            description = format!("{description}\n\n{line}").trim_start().to_owned();
            notes.push(Note::warning("source", t!("row-no-quote")));
        }
        draft.description = Some(description.clone());
    }
    draft.sources = (!quoted.is_empty()).then_some(quoted);
    draft
}

fn named(source: &DraftSource) -> String {
    let published = source.published.map(|day| day.to_string()).unwrap_or_default();
    let url = source.url.as_deref().unwrap_or_default();
    let parts = [source.publisher.as_str(), source.title.as_str(), source.byline.as_str(), &published, url];
    let parts: Vec<&str> = parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { String::new() } else { format!("Source: {}", parts.join(", ")) }
}

/// In what a row and its event differ, for people; what the row says nothing of does not differ.
fn differences(record: &Record, event: &Event, draft: &Draft) -> Vec<&'static str> {
    fn differs<T: PartialEq>(said: Option<&T>, is: &T) -> bool {
        said.is_some_and(|said| said != is)
    }
    let is_other_text = |said: &str, is: &str| plain(said).trim() != plain(is).trim();
    let printed = draft.date.printed();
    let mut parts_that_differ = Vec::new();
    let mut note = |differs: bool, part| {
        if differs {
            parts_that_differ.push(part);
        }
    };
    note(
        draft.date.edtf() != event.date.edtf() || (printed.is_some() && printed != event.date.printed()),
        t!("row-part-date"),
    );
    note(is_other_text(&draft.title, &event.title), t!("row-part-title"));
    note(
        draft.description.as_deref().is_some_and(|said| is_other_text(said, &event.description)),
        t!("row-part-description"),
    );
    note(differs(draft.kind.as_ref(), &event.kind), t!("row-part-kind"));
    note(differs(draft.phase.as_ref(), &event.phase), t!("row-part-phase"));
    note(differs(draft.importance.as_ref(), &event.importance), t!("row-part-importance"));
    note(differs(draft.sequence.as_ref(), &event.sequence), t!("row-part-sequence"));
    note(draft.due.is_some() && draft.due != event.due, t!("row-part-deadline"));
    note(draft.step_of.is_some() && draft.step_of != event.step_of, t!("row-part-step"));
    let has_other_parties = draft.parties.as_ref().is_some_and(|parties| {
        parties.iter().any(|party| find_party(record, party).is_none())
            || parts(record, parties, Some(event)) != event.parties
    });
    note(has_other_parties, t!("row-part-parties"));
    let has_other_sources = draft.sources.iter().flatten().any(|source| !is_cited(event, record, source));
    note(has_other_sources, t!("row-part-sources"));
    parts_that_differ
}
