//! The part of the store that is about where articles come from, and what the server does about them by itself.

use std::collections::HashMap;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::Result;
use crate::model::article::{Article, ArticleDraft, CandidateDraft, Likened, Taken};
use crate::model::evidence::{CheckDraft, Cited, QuoteCheck};
use crate::model::feed::{EntryFate, Feed, FeedDraft, FeedEntry, Poll};
use crate::model::id::{ArticleId, DisputeId, EventId, FeedId, JobId};
use crate::model::revision::Actor;
use crate::model::work::{Job, JobDraft, JobEnd, Work};

/// Articles that were fetched, feeds, jobs and checks of quotes.
///
/// What editors do to articles and feeds is a change with a revision, as everywhere in the store. What the server
/// finds out by itself (how reading a feed went, how far a job is, whether a quote still stands) is not: it is no part
/// of what a dispute says.
#[async_trait]
pub trait Sources: Send + Sync + 'static {
    /// Keeps articles with what was found in each, all in one transaction, and says what became of each, in the same
    /// order; see [`Taken`]. The candidates' citations become citations of their article.
    async fn take_articles(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        articles: &[(ArticleDraft, Vec<CandidateDraft>)],
    ) -> Result<Vec<Taken>>;
    /// What [`Sources::take_articles`] would say of an article other than that it is new.
    async fn known_article(&self, dispute: &DisputeId, draft: &ArticleDraft) -> Result<Option<Taken>>;
    /// Makes an article that waits a source, as the draft has it, with what was found in it.
    /// [`StoreError::Conflict`](super::StoreError::Conflict) if it does not wait,
    /// [`StoreError::Taken`](super::StoreError::Taken) names `text` if another article has this text.
    async fn confirm_article(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        id: &ArticleId,
        draft: &ArticleDraft,
        candidates: &[CandidateDraft],
    ) -> Result<Article>;
    /// What the likeness of a dispute's articles is told by, oldest first.
    async fn likened(&self, dispute: &DisputeId) -> Result<Vec<Likened>>;

    /// The feeds of a dispute, by title.
    async fn feeds(&self, dispute: &DisputeId) -> Result<Vec<Feed>>;
    /// A feed.
    async fn feed(&self, dispute: &DisputeId, id: &FeedId) -> Result<Feed>;
    /// Adds a feed, which is due at once. [`StoreError::Taken`](super::StoreError::Taken) names `url`.
    async fn add_feed(&self, by: &Actor, dispute: &DisputeId, draft: &FeedDraft) -> Result<Feed>;
    /// Changes a feed. Its entries are looked at anew by the new rules, so it is due at once.
    async fn change_feed(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        id: &FeedId,
        draft: &FeedDraft,
        reason: &str,
    ) -> Result<Feed>;
    /// Deletes a feed. The articles that it brought stay.
    async fn delete_feed(&self, by: &Actor, dispute: &DisputeId, id: &FeedId, reason: &str) -> Result<()>;
    /// The latest entries of a feed, newest first.
    async fn feed_entries(&self, dispute: &DisputeId, id: &FeedId, limit: u32) -> Result<Vec<FeedEntry>>;
    /// An entry of a feed with its own text as HTML.
    async fn feed_entry(&self, dispute: &DisputeId, id: &FeedId, key: &str) -> Result<(FeedEntry, String)>;
    /// Keeps what asking a feed gave, and writes down a job for each entry that is wanted and was not before; says how
    /// many these are.
    async fn keep_poll(&self, dispute: &DisputeId, id: &FeedId, poll: &Poll) -> Result<u64>;
    /// Keeps what became of an entry.
    async fn settle_entry(
        &self,
        id: &FeedId,
        key: &str,
        fate: EntryFate,
        note: &str,
        article: Option<&ArticleId>,
    ) -> Result<()>;

    /// Writes down jobs; one that is waiting or running already is not written down twice. Says how many are new.
    async fn add_jobs(&self, jobs: &[JobDraft]) -> Result<u64>;
    /// Writes down a job for each feed that is due, and for each article whose quotes were last checked before a time.
    async fn add_due_jobs(&self, now: DateTime<Utc>, checked_before: Option<DateTime<Utc>>) -> Result<u64>;
    /// Gives a job that is due to a server until a time. No other server gets it before then. Whatever it was given to
    /// and was not ended in time is due again.
    async fn lease_job(&self, to: &str, now: DateTime<Utc>, until: DateTime<Utc>) -> Result<Option<Job>>;
    /// Leaves a job to a server for longer. [`StoreError::Conflict`](super::StoreError::Conflict) if it is not its own
    /// any more.
    async fn renew_job(&self, id: &JobId, to: &str, until: DateTime<Utc>) -> Result<()>;
    /// Ends a job. [`StoreError::Conflict`](super::StoreError::Conflict) if it is not that server's any more.
    async fn end_job(&self, id: &JobId, of: &str, end: &JobEnd) -> Result<()>;
    /// Gives back the jobs that a server has, so that another need not wait until their leases end.
    async fn release_jobs(&self, of: &str) -> Result<u64>;
    /// How the jobs of a dispute stand, with at most so many of them.
    async fn work(&self, dispute: &DisputeId, limit: u32) -> Result<Work>;
    /// Forgets jobs that ended before a time.
    async fn forget_jobs(&self, before: DateTime<Utc>) -> Result<u64>;

    /// The quotes of events that are taken from an article.
    async fn cited(&self, dispute: &DisputeId, article: &ArticleId) -> Result<Vec<Cited>>;
    /// Keeps what looking for an article's quotes gave.
    async fn keep_checks(
        &self,
        dispute: &DisputeId,
        article: &ArticleId,
        at: DateTime<Utc>,
        checks: &[CheckDraft],
    ) -> Result<()>;
    /// The latest check of each quote of an event, by citation.
    async fn quote_checks(&self, dispute: &DisputeId, event: &EventId)
    -> Result<HashMap<String, QuoteCheck>>;
}
