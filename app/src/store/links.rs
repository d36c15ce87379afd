//! The part of the store that is about handing a dispute on: all that it says at a revision, and links to views of it.

use async_trait::async_trait;

use super::Result;
use crate::model::dispute::Dispute;
use crate::model::id::DisputeId;
use crate::model::link::{Link, LinkDraft};
use crate::model::record::Record;
use crate::model::revision::Actor;

/// Records and links.
///
/// A link is no part of what a dispute says, so making one or taking one back is no change with a revision.
#[async_trait]
pub trait Links: Send + Sync + 'static {
    /// All that a dispute said once the revision with this number was made. [`StoreError::NotFound`] if it was
    /// deleted since, or did not exist then.
    ///
    /// [`StoreError::NotFound`]: super::StoreError::NotFound
    async fn record(&self, dispute: &DisputeId, revision: i64) -> Result<Record>;
    /// Makes a link. The same view at the same revision, asked for again by the same account or again by readers
    /// without one, is the same link.
    async fn add_link(&self, by: Option<&Actor>, dispute: &DisputeId, draft: &LinkDraft) -> Result<Link>;
    /// The link with a code, be it taken back or past its time, and its dispute as it is now.
    /// [`StoreError::NotFound`](super::StoreError::NotFound) also if the dispute was deleted.
    async fn link(&self, code: &str) -> Result<(Link, Dispute)>;
    /// The links to views of a dispute, newest first.
    async fn links(&self, dispute: &DisputeId) -> Result<Vec<Link>>;
    /// Takes a link back. [`StoreError::Conflict`](super::StoreError::Conflict) if it was already.
    async fn revoke_link(&self, dispute: &DisputeId, code: &str) -> Result<()>;
}
