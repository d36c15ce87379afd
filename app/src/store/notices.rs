//! The part of the store that tells of changes as they are made, by whatever server.

use async_trait::async_trait;

use super::Result;
use crate::model::id::DisputeId;
use crate::model::revision::{Action, Subject};
use crate::model::role::Visibility;

/// A revision, as far as whoever watches must know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// See [`Revision::number`](crate::model::revision::Revision::number).
    pub number: i64,
    /// The dispute that was changed.
    pub dispute: DisputeId,
    /// Who may read the dispute now.
    pub visibility: Visibility,
    /// What sort of thing was changed.
    pub subject: Subject,
    /// Which one.
    pub subject_id: String,
    /// What was done to it.
    pub action: Action,
}

/// Changes as they are made. Revisions are numbered in the order in which they become visible, over all disputes and
/// all servers, so who has seen a number has seen all before it.
#[async_trait]
pub trait Notices: Send + Sync + 'static {
    /// The number of the last revision of any dispute; 0 before the first.
    async fn last_revision(&self) -> Result<i64>;
    /// The revisions after a number, oldest first and at most `limit`: of one dispute, or of all.
    async fn steps_after(&self, number: i64, dispute: Option<&DisputeId>, limit: u32) -> Result<Vec<Step>>;
    /// Waits until something may have been written since the last call, at the latest for some seconds, be it by this
    /// server or by another. For one caller at a time.
    async fn written(&self);
}
