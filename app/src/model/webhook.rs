//! Addresses that are told of the changes to a dispute.

use chrono::{DateTime, Utc};

use super::dispute::Dispute;
use super::id::{DisputeId, WebhookId};
use super::revision::{Revision, Subject};

/// An address that is told of the changes to a dispute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Its identifier.
    pub id: WebhookId,
    /// The dispute.
    pub dispute: DisputeId,
    /// Where messages are sent.
    pub url: String,
    /// What it is told of: changes to these; everything if it is empty.
    pub topics: Vec<Subject>,
    /// Whether it is told nothing for now. What happens meanwhile it is told afterwards.
    pub is_paused: bool,
    /// Why it is paused, if nobody paused it.
    pub note: String,
    /// The last revision that it was told of, or need not be.
    pub told: i64,
    /// When it was made.
    pub created: DateTime<Utc>,
}

impl Webhook {
    /// Whether it is told of changes to something.
    pub fn is_told_of(&self, subject: Subject) -> bool {
        self.topics.is_empty() || self.topics.contains(&subject)
    }
}

/// What is needed to make or change a webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookDraft {
    /// See [`Webhook::url`].
    pub url: String,
    /// See [`Webhook::topics`].
    pub topics: Vec<Subject>,
    /// See [`Webhook::is_paused`].
    pub is_paused: bool,
}

/// What a webhook is to be told next.
#[derive(Debug, Clone, PartialEq)]
pub struct Telling {
    /// The webhook.
    pub webhook: Webhook,
    /// The key that messages are signed with.
    pub secret: String,
    /// The dispute as it is now.
    pub dispute: Dispute,
    /// The changes since the last one that it was told of, oldest first; not necessarily all.
    pub revisions: Vec<Revision>,
}

/// One attempt to deliver a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its identifier; empty before it is kept.
    pub id: String,
    /// What the message is known by, the same at each attempt.
    pub message: String,
    /// What it is about, such as `event.update`.
    pub topic: String,
    /// The HTTP status of the answer, if there was one.
    pub status: Option<i64>,
    /// Whether it was accepted, by a status from 200 to 299.
    pub is_accepted: bool,
    /// What went wrong, in words.
    pub note: String,
    /// When it was tried.
    pub at: DateTime<Utc>,
}
