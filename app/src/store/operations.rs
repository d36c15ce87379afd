//! The part of the store that is for whoever runs the site: how everything stands, over all disputes.

use std::path::PathBuf;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::Result;
use crate::model::dispute::Dispute;
use crate::model::work::{Job, JobKind, JobState};

/// An account as whoever looks after the site sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountState {
    /// Its name.
    pub name: String,
    /// Whether it looks after the site.
    pub is_admin: bool,
    /// Since when there is one.
    pub created: DateTime<Utc>,
    /// In how many disputes it has a role.
    pub disputes: i64,
    /// In how many browsers it is signed in.
    pub sessions: i64,
}

/// A dispute as whoever looks after the site sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisputeState {
    /// The dispute.
    pub dispute: Dispute,
    /// Whether it was deleted.
    pub is_deleted: bool,
    /// How many events it has.
    pub events: i64,
    /// How many articles it has.
    pub articles: i64,
    /// When it was last changed; none if never.
    pub changed: Option<DateTime<Utc>>,
}

/// A feed that could not be read lately.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailingFeed {
    /// The slug of its dispute.
    pub dispute: String,
    /// Its identifier.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How often in a row it could not be read.
    pub failures: i64,
    /// Why, the last time.
    pub why: String,
    /// When it was last read.
    pub read: Option<DateTime<Utc>>,
    /// When it is asked again.
    pub next: DateTime<Utc>,
}

/// What is stored, and how much room it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Storage {
    /// What database it is, with its version.
    pub database: String,
    /// Its size on the disk, in bytes.
    pub bytes: u64,
    /// How many revisions there are.
    pub revisions: i64,
}

/// How the backups stand that the server makes by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Backups {
    /// The newest one; none before the first, and where none are made.
    pub last: Option<Backup>,
    /// When making one failed and why, if it did after the newest one.
    pub failed: Option<(DateTime<Utc>, String)>,
}

/// A backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// When it was begun.
    pub made: DateTime<Utc>,
    /// Where it is.
    pub file: PathBuf,
    /// Its size in bytes.
    pub size: u64,
}

/// How everything stands. Nothing here is for readers: who may see it is who looks after the site.
#[async_trait]
pub trait Operations: Send + Sync + 'static {
    /// The accounts, by name.
    async fn accounts(&self) -> Result<Vec<AccountState>>;
    /// All disputes, the latest changed first; deleted ones are among them.
    async fn all_disputes(&self) -> Result<Vec<DisputeState>>;
    /// The feeds that could not be read the last time, those that fail longest first.
    async fn failing_feeds(&self) -> Result<Vec<FailingFeed>>;
    /// How many jobs wait, run, and ended in the last two weeks, by kind and state.
    async fn job_counts(&self) -> Result<Vec<(JobKind, JobState, i64)>>;
    /// The jobs that were given up lately, the latest first.
    async fn failed_jobs(&self, limit: u32) -> Result<Vec<Job>>;
    /// What is stored.
    async fn storage(&self) -> Result<Storage>;
    /// What is wrong with what is stored, each in a sentence; nothing if all is well. It looks whether the database is
    /// whole, whether revisions are numbered without a gap up to the counter, and whether every dispute says the same by
    /// its revisions as by its tables. It takes as long as reading everything.
    async fn faults(&self) -> Result<Vec<String>>;
}
