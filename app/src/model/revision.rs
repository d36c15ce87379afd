//! The record of changes.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::choice::choices;
use super::id::{DisputeId, UserId};

choices! {
    /// What was changed.
    Subject in "subject" {
        /// A dispute.
        Dispute = "dispute";
        /// A party.
        Party = "party";
        /// An event with its parties and citations.
        Event = "event";
        /// An article.
        Article = "article";
        /// A position.
        Position = "position";
        /// A candidate.
        Candidate = "candidate";
        /// A feed.
        Feed = "feed";
    }
}

choices! {
    /// What was done to it.
    Action in "action" {
        /// It came to be.
        Create = "create";
        /// It was changed.
        Update = "update";
        /// It was taken away; it can be brought back.
        Delete = "delete";
        /// It was brought back.
        Restore = "restore";
    }
}

/// One recorded change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Revision {
    /// Its number; a later change has a higher one, over the whole site.
    pub number: i64,
    /// The dispute it belongs to.
    pub dispute: DisputeId,
    /// What was changed.
    pub subject: Subject,
    /// The identifier of what was changed.
    pub subject_id: String,
    /// What was done.
    pub action: Action,
    /// Who did it, as they were called then.
    pub actor: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Why, in the words of whoever did it.
    pub reason: String,
    /// The whole of it after the change, as JSON; of what is deleted, the last state before.
    pub state: String,
}

/// A revision beside what was recorded of the same thing before it.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The revision.
    pub revision: Revision,
    /// What was done to the thing before, and its state then, as JSON; none if it came to be by the revision.
    pub before: Option<(Action, String)>,
}

#[cfg(feature = "ssr")]
impl Change {
    /// The event after the change; none if it cannot be read, or if something else was changed.
    pub fn event(&self) -> Option<super::event::Event> {
        serde_json::from_str(&self.revision.state).ok()
    }

    /// The event before the change, and what was done to it then.
    pub fn event_before(&self) -> Option<(Action, super::event::Event)> {
        let (action, state) = self.before.as_ref()?;
        Some((*action, serde_json::from_str(state).ok()?))
    }
}

/// Who makes a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The account; none for the program itself, as when it loads the demo.
    pub user: Option<UserId>,
    /// The name to be recorded.
    pub name: String,
}

impl Actor {
    /// The program itself.
    pub fn system() -> Self {
        Self { user: None, name: "Impasse".to_owned() }
    }
}
