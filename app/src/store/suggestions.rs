//! The part of the store that is about what readers suggest.

use async_trait::async_trait;

use super::Result;
use crate::model::article::Decision;
use crate::model::event::{Event, EventDraft};
use crate::model::id::{DisputeId, SuggestionId};
use crate::model::revision::Actor;
use crate::model::suggestion::{Suggestion, SuggestionDraft};

/// Suggestions. They are no part of what a dispute says until they are accepted, so they have no revisions.
#[async_trait]
pub trait Suggestions: Send + Sync + 'static {
    /// Keeps a suggestion. [`StoreError::Conflict`](super::StoreError::Conflict) if the dispute takes none, or if as
    /// many wait already as anybody can look through.
    async fn add_suggestion(
        &self,
        by: Option<&Actor>,
        dispute: &DisputeId,
        draft: &SuggestionDraft,
    ) -> Result<Suggestion>;
    /// The suggestions about which this was decided: those that wait, oldest first; others, last decided first.
    async fn suggestions(&self, dispute: &DisputeId, decision: Decision) -> Result<Vec<Suggestion>>;
    /// A suggestion.
    async fn suggestion(&self, dispute: &DisputeId, id: &SuggestionId) -> Result<Suggestion>;
    /// Accepts a suggestion that waits as a new event, in one transaction.
    /// [`StoreError::Conflict`](super::StoreError::Conflict) if it was decided already.
    async fn accept_suggestion(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        id: &SuggestionId,
        draft: &EventDraft,
    ) -> Result<Event>;
    /// Turns a suggestion down, or takes that back. [`StoreError::Conflict`](super::StoreError::Conflict) if it was
    /// accepted, or is so decided already.
    async fn decide_suggestion(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        id: &SuggestionId,
        decision: Decision,
    ) -> Result<Suggestion>;
}
