//! All that a dispute says, at one revision: what is exported, frozen and handed on.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::article::Article;
use super::dispute::{Dispute, Party, Position};
use super::event::{Attestation, Event, attest};
use super::id::{ArticleId, EventId, PartyId};
use super::search;
use crate::store::EventBrief;

/// A dispute with its parties, positions, events and the articles that these cite.
///
/// The articles' texts are not in it: they are the publishers'. [`Dispute::revision`] says of which revision it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The dispute.
    pub dispute: Dispute,
    /// Its parties, in its own order.
    pub parties: Vec<Party>,
    /// Its articles, latest published first; those that nothing cites are among them.
    pub articles: Vec<Article>,
    /// What the parties hold, in order of party and time.
    pub positions: Vec<Position>,
    /// Its events, in time order.
    pub events: Vec<Event>,
}

impl Record {
    /// The party with this identifier.
    pub fn party(&self, id: &PartyId) -> Option<&Party> {
        self.parties.iter().find(|party| party.id == *id)
    }

    /// The article with this identifier.
    pub fn article(&self, id: &ArticleId) -> Option<&Article> {
        self.articles.iter().find(|article| article.id == *id)
    }

    /// The event with this identifier.
    pub fn event(&self, id: &EventId) -> Option<&Event> {
        self.events.iter().find(|event| event.id == *id)
    }

    /// How well an event is attested.
    pub fn attestation(&self, event: &Event) -> Attestation {
        attest(event, &self.articles)
    }

    /// The earliest publication among an event's citations: when it became known.
    pub fn known_from(&self, event: &Event) -> Option<NaiveDate> {
        let published: HashMap<&ArticleId, NaiveDate> = self
            .articles
            .iter()
            .filter_map(|article| article.published.map(|day| (&article.id, day)))
            .collect();
        event.citations.iter().filter_map(|citation| published.get(&citation.article).copied()).min()
    }

    /// An event as the timeline, list and table need it.
    pub fn brief(&self, event: &Event) -> EventBrief {
        let cited = event.citations.iter().filter_map(|citation| self.article(&citation.article));
        let mut publishers: Vec<String> =
            cited.map(|article| article.publisher.clone()).filter(|name| !name.is_empty()).collect();
        publishers.sort_by_cached_key(|publisher| (search::folded(publisher), publisher.clone()));
        publishers.dedup();
        EventBrief {
            id: event.id.clone(),
            date: event.date.clone(),
            title: event.title.clone(),
            kind: event.kind,
            phase: event.phase,
            importance: event.importance,
            sequence: event.sequence,
            due: event.due.clone(),
            step_of: event.step_of.clone(),
            parties: event.parties.clone(),
            attestation: self.attestation(event),
            known_from: self.known_from(event),
            citations: i64::try_from(event.citations.len()).unwrap_or(i64::MAX),
            publishers,
        }
    }
}
