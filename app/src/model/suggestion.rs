//! Events that readers suggest, which wait until somebody decides about them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::article::Decision;
use super::event::EventDraft;
use super::id::{DisputeId, EventId, SuggestionId};

/// An event that somebody suggests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// Its identifier.
    pub id: SuggestionId,
    /// The dispute.
    pub dispute: DisputeId,
    /// The event as suggested. It has no citations: those are for whoever accepts it to find.
    pub draft: EventDraft,
    /// Where it comes from, in the words of who suggests it.
    pub note: String,
    /// What they call themselves; empty if they do not say.
    pub name: String,
    /// When it was suggested.
    pub created: DateTime<Utc>,
    /// What was decided about it.
    pub decision: Decision,
    /// The event that it became.
    pub event: Option<EventId>,
    /// Who decided, as they were called then.
    pub decided_by: Option<String>,
    /// When it was decided.
    pub decided_at: Option<DateTime<Utc>>,
}

/// What is needed to suggest an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuggestionDraft {
    /// See [`Suggestion::draft`].
    pub draft: EventDraft,
    /// See [`Suggestion::note`].
    pub note: String,
    /// See [`Suggestion::name`].
    pub name: String,
}
