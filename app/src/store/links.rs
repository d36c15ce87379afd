//! The part of the store that is about handing a dispute on, and taking it over: all that it says at a revision, links to
//! views of it, imports.

use std::collections::HashMap;

use async_trait::async_trait;

use super::Result;
use crate::model::dispute::Dispute;
use crate::model::event::EventDraft;
use crate::model::id::{DisputeId, EventId};
use crate::model::link::{Link, LinkDraft, Upload};
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
    /// Keeps a file that is about to be imported, for a day; says under which identifier. What is older goes, and of one
    /// account all but the last ten.
    async fn keep_upload(&self, by: &Actor, dispute: &DisputeId, upload: &Upload) -> Result<String>;
    /// A file that this account is about to import.
    async fn upload(&self, by: &Actor, dispute: &DisputeId, id: &str) -> Result<Upload>;
    /// Forgets such a file.
    async fn forget_upload(&self, dispute: &DisputeId, id: &str) -> Result<()>;
    /// Which events the rows of earlier imports became, by what the rows are recognised by; deleted ones are among them.
    async fn import_keys(&self, dispute: &DisputeId) -> Result<HashMap<String, EventId>>;
    /// Adds events with what their rows are recognised by, all in one transaction.
    async fn import_events(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        rows: &[(String, EventDraft)],
        reason: &str,
    ) -> Result<u64>;
    /// Takes a link back. [`StoreError::Conflict`](super::StoreError::Conflict) if it was already.
    async fn revoke_link(&self, dispute: &DisputeId, code: &str) -> Result<()>;
}
