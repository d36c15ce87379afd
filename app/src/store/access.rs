//! The part of the store that is about programs: by which tokens they act, and which of them are told of changes.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::{Result, User};
use crate::model::access::{Token, TokenDraft};
use crate::model::id::{DisputeId, TokenId, UserId, WebhookId};
use crate::model::webhook::{Delivery, Telling, Webhook, WebhookDraft};

/// Personal tokens and webhooks. They are no part of what a dispute says, so they have no revisions.
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

    /// The webhooks of a dispute, oldest first.
    async fn webhooks(&self, dispute: &DisputeId) -> Result<Vec<Webhook>>;
    /// A webhook and the key that its messages are signed with.
    async fn webhook(&self, dispute: &DisputeId, id: &WebhookId) -> Result<(Webhook, String)>;
    /// Adds a webhook. It is told of what is changed from now on.
    async fn add_webhook(&self, dispute: &DisputeId, draft: &WebhookDraft, secret: &str) -> Result<Webhook>;
    /// Changes a webhook, and takes back why the server paused it.
    async fn change_webhook(
        &self,
        dispute: &DisputeId,
        id: &WebhookId,
        draft: &WebhookDraft,
    ) -> Result<Webhook>;
    /// Pauses a webhook, and keeps why.
    async fn pause_webhook(&self, id: &WebhookId, note: &str) -> Result<()>;
    /// Removes a webhook with its deliveries.
    async fn delete_webhook(&self, dispute: &DisputeId, id: &WebhookId) -> Result<()>;
    /// What a webhook is to be told next.
    async fn telling(&self, dispute: &DisputeId, id: &WebhookId) -> Result<Telling>;
    /// Keeps that a webhook was told of everything up to a revision.
    async fn webhook_told(&self, id: &WebhookId, revision: i64) -> Result<()>;
    /// Keeps an attempt to deliver something; the oldest ones are forgotten.
    async fn keep_delivery(&self, id: &WebhookId, delivery: &Delivery) -> Result<()>;
    /// The latest attempts to deliver something, newest first.
    async fn deliveries(&self, dispute: &DisputeId, id: &WebhookId) -> Result<Vec<Delivery>>;
}
