//! The part of the store that is about who reaches it through the API.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::{Result, User};
use crate::model::access::{Token, TokenDraft};
use crate::model::id::{TokenId, UserId};

/// Personal tokens. They are no part of what a dispute says, so they have no revisions.
#[async_trait]
pub trait Access: Send + Sync + 'static {
    /// Keeps a token. [`StoreError::NotFound`](super::StoreError::NotFound) if there is no such account.
    async fn add_token(&self, user: &UserId, draft: &TokenDraft) -> Result<Token>;
    /// The tokens of an account, newest first; those that ended are among them.
    async fn tokens(&self, user: &UserId) -> Result<Vec<Token>>;
    /// The token with a hash and whose it is, if it has not ended. Notes that it was used, but not more often than
    /// every few minutes.
    async fn token_used(&self, hash: &str, now: DateTime<Utc>) -> Result<(Token, User)>;
    /// Removes a token of an account.
    async fn revoke_token(&self, user: &UserId, id: &TokenId) -> Result<()>;
}
