//! The part of the store that is about people: who sees a dispute, who may do what in it, and where they are signed in.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::{Result, Session, User};
use crate::model::dispute::Dispute;
use crate::model::id::{DisputeId, InvitationId, UserId};
use crate::model::revision::Actor;
use crate::model::role::{Invitation, InvitationDraft, Member, Reader, Role, Visibility};

/// Roles, invitations and sessions. They are no part of what a dispute says, so they have no revisions; who sees a
/// dispute is, and has.
#[async_trait]
pub trait People: Send + Sync + 'static {
    /// The dispute with this slug, and what this reader may do in it.
    /// [`StoreError::NotFound`](super::StoreError::NotFound) also for who may not know of it: everything else is read
    /// and written by the identifier that is had here, so that nothing of it reaches anybody else.
    async fn dispute(&self, reader: &Reader, slug: &str) -> Result<(Dispute, Role)>;
    /// What a reader may do in a dispute, be it deleted; [`StoreError::NotFound`](super::StoreError::NotFound) for who
    /// may not know of it.
    async fn role(&self, reader: &Reader, dispute: &DisputeId) -> Result<Role>;
    /// Says who may read a dispute and whether readers may suggest events. One that is no longer public gets an address
    /// that cannot be guessed, which it keeps, and takes back its links.
    async fn set_visibility(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        visibility: Visibility,
        takes_suggestions: bool,
    ) -> Result<Dispute>;

    /// Who has a role in a dispute, the highest first, then by name.
    async fn members(&self, dispute: &DisputeId) -> Result<Vec<Member>>;
    /// Gives somebody a role in a dispute in place of what they had; none takes it away.
    /// [`StoreError::InUse`](super::StoreError::InUse) if nobody would own the dispute any more.
    async fn set_role(&self, dispute: &DisputeId, user: &UserId, role: Option<Role>) -> Result<()>;
    /// Makes an invitation.
    async fn add_invitation(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        draft: &InvitationDraft,
    ) -> Result<Invitation>;
    /// The invitations to a dispute that were not taken and have not ended, newest first.
    async fn invitations(&self, dispute: &DisputeId) -> Result<Vec<Invitation>>;
    /// An invitation that can still be taken, by its hash, and the dispute that it is to.
    async fn invitation(&self, hash: &str, now: DateTime<Utc>) -> Result<(Invitation, Dispute)>;
    /// Takes an invitation: gives the role to an account that has not already a higher one. It can be taken once.
    async fn take_invitation(&self, hash: &str, user: &UserId, now: DateTime<Utc>) -> Result<Dispute>;
    /// Takes an invitation by making the account that takes it. [`StoreError::Taken`](super::StoreError::Taken) names
    /// `name`, and leaves the invitation as it was.
    async fn join(
        &self,
        hash: &str,
        name: &str,
        password_hash: &str,
        now: DateTime<Utc>,
    ) -> Result<(User, Dispute)>;
    /// Takes an invitation back.
    async fn revoke_invitation(&self, dispute: &DisputeId, id: &InvitationId) -> Result<()>;

    /// Where an account is signed in, last seen first.
    async fn sessions(&self, user: &UserId) -> Result<Vec<Session>>;
    /// Ends all sessions of an account but one.
    async fn end_other_sessions(&self, user: &UserId, token_hash: &str) -> Result<()>;
}
