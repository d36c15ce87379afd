//! The part of the store that is about accounts elsewhere by which accounts here are signed in to.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::{Result, User};
use crate::model::dispute::Dispute;
use crate::model::id::{IdentityId, UserId};
use crate::model::identity::{Doors, Identity, IdentityDraft};

/// Accounts with a provider. They are known by issuer and subject, and by nothing else that a provider says of them.
#[async_trait]
pub trait Identities: Send + Sync + 'static {
    /// The identities of an account, oldest first.
    async fn identities(&self, user: &UserId) -> Result<Vec<Identity>>;
    /// Whom an identity signs in. Keeps that it does.
    async fn identified(&self, issuer: &str, subject: &str, at: DateTime<Utc>) -> Result<User>;
    /// Links an identity to an account. [`StoreError::Taken`](super::StoreError::Taken) names `identity` if it is linked
    /// already, to whomever.
    async fn link_identity(&self, user: &UserId, draft: &IdentityDraft) -> Result<()>;
    /// Takes an identity from an account and ends all its sessions but one.
    /// [`StoreError::InUse`](super::StoreError::InUse) if nothing would be left that the account is signed in to with.
    async fn unlink_identity(
        &self,
        user: &UserId,
        id: &IdentityId,
        doors: &Doors,
        session: &str,
    ) -> Result<()>;
    /// Adds an account without a password that an identity signs in. [`StoreError::Taken`](super::StoreError::Taken)
    /// names `name` or `identity`.
    async fn add_identified(&self, name: &str, draft: &IdentityDraft) -> Result<User>;
    /// The same by taking an invitation, which stays as it was if it fails.
    async fn join_identified(
        &self,
        hash: &str,
        name: &str,
        draft: &IdentityDraft,
        now: DateTime<Utc>,
    ) -> Result<(User, Dispute)>;
}
