//! A dispute as it was at a revision, read in the way that pages read the store.

use std::collections::HashSet;

use crate::model::event::Event;
use crate::model::id::{ArticleId, EventId, PartyId};
use crate::model::record::Record;
use crate::model::search;
use crate::model::view::View;
use crate::store::{EventBrief, Outline};

/// A dispute at a revision. What does not depend on the view is worked out once.
#[derive(Debug)]
pub struct Past {
    /// All that it said then.
    pub record: Record,
    briefs: Vec<EventBrief>,
    /// Title, description and quotes of each event, folded.
    texts: Vec<String>,
}

impl Past {
    /// A record, ready to be read.
    pub fn new(record: Record) -> Self {
        let briefs = record.events.iter().map(|event| record.brief(event)).collect();
        let texts = record.events.iter().map(searched).collect();
        Self { record, briefs, texts }
    }

    /// What [`crate::store::Store::events`] would have answered then.
    pub fn events(&self, view: &View) -> Vec<EventBrief> {
        self.seen_in(view).map(|(brief, _)| brief.clone()).collect()
    }

    /// What [`crate::store::Store::outline`] would have answered then.
    pub fn outline(&self, view: &View) -> Vec<Outline> {
        self.seen_in(view).map(|(brief, _)| Outline::from(brief)).collect()
    }

    /// What [`crate::store::Store::events_named`] would have answered then.
    pub fn events_named(&self, ids: &[EventId]) -> Vec<EventBrief> {
        let wanted: HashSet<&EventId> = ids.iter().collect();
        self.briefs.iter().filter(|brief| wanted.contains(&brief.id)).cloned().collect()
    }

    /// What [`crate::store::Store::steps`] would have answered then.
    pub fn steps(&self) -> Vec<EventBrief> {
        let named: HashSet<&EventId> =
            self.briefs.iter().filter_map(|brief| brief.step_of.as_ref()).collect();
        let is_step = |brief: &&EventBrief| brief.step_of.is_some() || named.contains(&brief.id);
        self.briefs.iter().filter(is_step).cloned().collect()
    }

    /// What [`crate::store::Store::articles_cited`] would have answered then.
    pub fn articles_cited(&self) -> Vec<(EventId, ArticleId)> {
        let cited = |event: &Event| {
            let id = event.id.clone();
            event
                .citations
                .iter()
                .map(move |citation| (id.clone(), citation.article.clone()))
                .collect::<Vec<_>>()
        };
        self.record.events.iter().flat_map(cited).collect()
    }

    /// The record with only the events that a view lets through.
    pub fn record_in(&self, view: &View) -> Record {
        let events = self.seen_in(view).map(|(_, event)| event.clone()).collect();
        Record { events, ..self.record.clone() }
    }

    fn seen_in<'a>(&'a self, view: &'a View) -> impl Iterator<Item = (&'a EventBrief, &'a Event)> + 'a {
        let words = search::words(&view.text);
        let parties: HashSet<&PartyId> = self
            .record
            .parties
            .iter()
            .filter(|party| view.parties.contains(&party.key))
            .map(|party| &party.id)
            .collect();
        let lets_through = move |(brief, text): (&EventBrief, &String)| {
            let (starts, ends) = (brief.date.starts(), brief.date.ends());
            view.range.to.is_none_or(|to| starts.is_none_or(|starts| starts < to))
                && view.range.from.is_none_or(|from| ends.is_none_or(|ends| ends > from))
                && view.as_of.is_none_or(|day| brief.known_from.is_some_and(|known| known <= day))
                && (view.kinds.is_empty() || view.kinds.contains(&brief.kind))
                && (view.attestations.is_empty() || view.attestations.contains(&brief.attestation))
                && (view.parties.is_empty() || brief.parties.iter().any(|part| parties.contains(&part.party)))
                && words.iter().all(|word| text.contains(word.as_str()))
        };
        self.briefs
            .iter()
            .zip(&self.texts)
            .zip(&self.record.events)
            .filter(move |(seen, _)| lets_through(*seen))
            .map(|((brief, _), event)| (brief, event))
    }
}

/// Where words are looked for in an event.
fn searched(event: &Event) -> String {
    let mut text = format!("{}\n{}", event.title, event.description);
    for citation in &event.citations {
        text.push('\n');
        text.push_str(&citation.passage.exact);
    }
    search::folded(&text)
}
