//! A change to a dispute: one transaction, alone in that dispute, that ends with its revisions.

use chrono::{DateTime, SubsecRound, Utc};
use impasse_app::model::id::DisputeId;
use impasse_app::model::revision::{Action, Actor, Subject};
use impasse_app::store::{Result, StoreError};
use serde::Serialize;

use super::connection::{Connection, Database, json, values};
use super::{disputes, notices};

/// A change that is being made.
pub(super) struct Write<'a> {
    pub(super) connection: Connection,
    pub(super) dispute: DisputeId,
    /// When it is made; all that it writes bears this time.
    pub(super) at: DateTime<Utc>,
    by: &'a Actor,
    reason: &'a str,
    revisions: Vec<NewRevision>,
}

struct NewRevision {
    subject: Subject,
    subject_id: String,
    action: Action,
    /// Why, where that is another reason than that of the whole change.
    reason: Option<String>,
    state: String,
}

/// Now, as finely as the database keeps it.
pub(super) fn now() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(3)
}

/// A new identifier.
pub(super) fn new_id<T: From<String>>(now: DateTime<Utc>) -> Result<T> {
    crate::ids::new(now).map(T::from).map_err(|error| StoreError::Failed(Box::new(error)))
}

impl<'a> Write<'a> {
    /// Begins a change to a dispute and waits until nobody else changes it. [`StoreError::NotFound`] if there is no
    /// such dispute or it was deleted.
    pub(super) async fn begin(
        database: &Database,
        by: &'a Actor,
        dispute: &DisputeId,
        reason: &'a str,
    ) -> Result<Self> {
        let mut write = Self::begin_anyhow(database, by, dispute, reason).await?;
        disputes::lock(&mut write.connection, dispute).await?;
        // Read once nobody else changes the dispute, so that times follow the order of changes.
        write.at = now();
        Ok(write)
    }

    /// Begins a change to a dispute that may not be there, or may be deleted.
    pub(super) async fn begin_anyhow(
        database: &Database,
        by: &'a Actor,
        dispute: &DisputeId,
        reason: &'a str,
    ) -> Result<Self> {
        let connection = database.transaction().await?;
        Ok(Self { connection, dispute: dispute.clone(), at: now(), by, reason, revisions: Vec::new() })
    }

    /// Says what was done to something, for the revision.
    pub(super) fn record(
        &mut self,
        subject: Subject,
        id: &str,
        action: Action,
        state: &impl Serialize,
    ) -> Result<()> {
        self.record_because(subject, id, action, None, state)
    }

    /// The same for what follows from the change by a rule, with the reason in its words.
    pub(super) fn record_because(
        &mut self,
        subject: Subject,
        id: &str,
        action: Action,
        reason: Option<String>,
        state: &impl Serialize,
    ) -> Result<()> {
        let state = json(state)?;
        self.revisions.push(NewRevision { subject, subject_id: id.to_owned(), action, reason, state });
        Ok(())
    }

    /// Takes the next `count` revision numbers and returns the first. From here to the end of the transaction every
    /// other change on the site waits, so this comes last; see `revision_counter` in the migrations.
    pub(super) async fn take_numbers(&mut self, count: usize) -> Result<i64> {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let row = self
            .connection
            .one("update revision_counter set last = last + $1 where id = 1 returning last", values![count])
            .await?;
        Ok(row.get::<i64>("last")? - count + 1)
    }

    /// Appends the revisions and makes all permanent.
    pub(super) async fn commit(mut self) -> Result<()> {
        let first = self.take_numbers(self.revisions.len()).await?;
        self.commit_from(first).await
    }

    /// The same, with numbers taken before.
    pub(super) async fn commit_from(mut self, first: i64) -> Result<()> {
        let last = first - 1 + i64::try_from(self.revisions.len()).unwrap_or_default();
        let rows = (first..)
            .zip(self.revisions)
            .map(|(number, revision)| {
                values![
                    number,
                    &self.dispute,
                    revision.subject.key(),
                    revision.subject_id,
                    revision.action.key(),
                    self.by.user.as_ref().map(|user| user.as_str()),
                    &self.by.name,
                    self.at,
                    revision.reason.as_deref().unwrap_or(self.reason),
                    revision.state,
                ]
            })
            .collect();
        const COLUMNS: [&str; 10] = [
            "number",
            "dispute_id",
            "subject",
            "subject_id",
            "action",
            "user_id",
            "actor",
            "at",
            "reason",
            "state",
        ];
        self.connection.insert("revisions", &COLUMNS, "", rows).await?;
        self.connection
            .run("update disputes set revision = $1 where id = $2", values![last, &self.dispute])
            .await?;
        notices::tell(&mut self.connection, last).await?;
        self.connection.commit().await
    }
}
