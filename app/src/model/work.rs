//! Work that is done in the background: it is written down first, so that a restart loses none of it.

use chrono::{DateTime, Utc};

use super::choice::choices;
use super::id::{DisputeId, JobId};

choices! {
    /// What is to be done.
    JobKind in "job-kind" {
        /// Reading a feed; the subject is the feed.
        Poll = "poll";
        /// Fetching the page of an entry of a feed; the subject is the feed and the entry's key, with a blank between.
        Take = "take";
        /// Looking whether quotes still stand on the page they were taken from; the subject is the article.
        Check = "check";
        /// Telling a webhook of changes; the subject is the webhook.
        Tell = "tell";
    }
}

choices! {
    /// How far a job is.
    JobState in "job-state" {
        /// Nobody has begun, or it is to be tried again.
        Waiting = "waiting";
        /// A server is at it.
        Running = "running";
        /// It is done.
        Done = "done";
        /// It was given up.
        Failed = "failed";
    }
}

/// A job as a dispute's editors see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its identifier.
    pub id: JobId,
    /// The dispute.
    pub dispute: DisputeId,
    /// What is to be done.
    pub kind: JobKind,
    /// To what; see [`JobKind`].
    pub subject: String,
    /// What it is about, in words.
    pub title: String,
    /// How far it is.
    pub state: JobState,
    /// How many times it was begun.
    pub attempts: i64,
    /// What came of it, or went wrong, in words.
    pub note: String,
    /// When it is to be begun.
    pub due: DateTime<Utc>,
    /// When something last happened to it.
    pub updated: DateTime<Utc>,
}

/// What is needed to write down a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobDraft {
    /// See [`Job::dispute`].
    pub dispute: DisputeId,
    /// See [`Job::kind`].
    pub kind: JobKind,
    /// See [`Job::subject`].
    pub subject: String,
    /// See [`Job::title`].
    pub title: String,
    /// See [`Job::due`].
    pub due: DateTime<Utc>,
}

/// How a job ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobEnd {
    /// It is done; a few words on what came of it.
    Done(String),
    /// It is to be tried again at a time; why.
    Again(DateTime<Utc>, String),
    /// It is given up; why.
    Failed(String),
}

/// How a dispute's jobs stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Work {
    /// Those running or waiting to be begun now, and those that ended lately; the running first, then by what happened
    /// last.
    pub jobs: Vec<Job>,
    /// How many are running or due.
    pub open: i64,
    /// How many ended in the last hour.
    pub ended: i64,
}
