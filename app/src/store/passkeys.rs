//! The part of the store that is about passkeys.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::{Result, User};
use crate::model::id::{PasskeyId, UserId};
use crate::model::identity::Doors;
use crate::model::passkey::{Ceremony, Passkey, PasskeyDraft};

/// Passkeys, and the ceremonies in which they are made and used. They are no part of what a dispute says, so they have no
/// revisions.
#[async_trait]
pub trait Passkeys: Send + Sync + 'static {
    /// The passkeys of an account, oldest first.
    async fn passkeys(&self, user: &UserId) -> Result<Vec<Passkey>>;
    /// Keeps a passkey. [`StoreError::Taken`](super::StoreError::Taken) names `hash` if it is known already, whosever it
    /// is; [`StoreError::InUse`](super::StoreError::InUse) says that the account has as many as it may.
    async fn add_passkey(&self, user: &UserId, draft: &PasskeyDraft) -> Result<Passkey>;
    /// The passkey with a hash, and whose it is.
    async fn passkey(&self, hash: &str) -> Result<(Passkey, User)>;
    /// Keeps that a passkey was used, and what it says of itself since.
    /// [`StoreError::Conflict`](super::StoreError::Conflict) if it says something else than `before` by now: of two uses
    /// with the same counter only one counts.
    async fn passkey_used(
        &self,
        id: &PasskeyId,
        before: &str,
        credential: &str,
        at: DateTime<Utc>,
    ) -> Result<()>;
    /// Gives a passkey of an account another name.
    async fn rename_passkey(&self, user: &UserId, id: &PasskeyId, name: &str) -> Result<()>;
    /// Removes a passkey of an account and ends all its sessions but one.
    /// [`StoreError::InUse`](super::StoreError::InUse) if nothing would be left that the account is signed in to with.
    async fn remove_passkey(&self, user: &UserId, id: &PasskeyId, doors: &Doors, session: &str)
    -> Result<()>;
    /// Removes every passkey of an account, which is signed in to with its password then
    /// ([`StoreError::InUse`](super::StoreError::InUse) if it has none). For whoever gives an account back to its owner.
    /// Tells how many there were.
    async fn remove_passkeys(&self, user: &UserId) -> Result<u64>;
    /// Takes the password from an account and ends all its sessions but one.
    /// [`StoreError::InUse`](super::StoreError::InUse) if nothing would be left that the account is signed in to with.
    async fn remove_password(&self, user: &UserId, doors: &Doors, session: &str) -> Result<()>;

    /// Keeps a ceremony that begins, and forgets those that are over.
    async fn begin_ceremony(&self, ceremony: &Ceremony) -> Result<()>;
    /// A ceremony that is not over. It is forgotten by this, so that nobody ends it twice.
    async fn end_ceremony(&self, hash: &str, now: DateTime<Utc>) -> Result<Ceremony>;
}
