//! The store's part about where articles come from; each subject has a module of its own.

use std::collections::HashMap;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use impasse_app::model::article::{Article, ArticleDraft, CandidateDraft, Likened, Taken};
use impasse_app::model::evidence::{CheckDraft, Cited, QuoteCheck};
use impasse_app::model::feed::{EntryFate, Feed, FeedDraft, FeedEntry, Poll};
use impasse_app::model::id::{ArticleId, DisputeId, EventId, FeedId, JobId};
use impasse_app::model::revision::Actor;
use impasse_app::model::work::{Job, JobDraft, JobEnd, Work};
use impasse_app::store::{Result, Sources};

use super::{SqlStore, articles, evidence, feeds, jobs};

#[async_trait]
impl Sources for SqlStore {
    async fn take_articles(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        articles: &[(ArticleDraft, Vec<CandidateDraft>)],
    ) -> Result<Vec<Taken>> {
        articles::take(&self.database, by, dispute, articles).await
    }

    async fn known_article(&self, dispute: &DisputeId, draft: &ArticleDraft) -> Result<Option<Taken>> {
        articles::known_article(&self.database, dispute, draft).await
    }

    async fn confirm_article(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        id: &ArticleId,
        draft: &ArticleDraft,
        candidates: &[CandidateDraft],
    ) -> Result<Article> {
        articles::confirm(&self.database, by, dispute, id, draft, candidates).await
    }

    async fn likened(&self, dispute: &DisputeId) -> Result<Vec<Likened>> {
        articles::likened(&self.database, dispute).await
    }

    async fn feeds(&self, dispute: &DisputeId) -> Result<Vec<Feed>> {
        feeds::list(&self.database, dispute).await
    }

    async fn feed(&self, dispute: &DisputeId, id: &FeedId) -> Result<Feed> {
        feeds::one(&self.database, dispute, id).await
    }

    async fn add_feed(&self, by: &Actor, dispute: &DisputeId, draft: &FeedDraft) -> Result<Feed> {
        feeds::add(&self.database, by, dispute, draft).await
    }

    async fn change_feed(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        id: &FeedId,
        draft: &FeedDraft,
        reason: &str,
    ) -> Result<Feed> {
        feeds::change(&self.database, by, dispute, id, draft, reason).await
    }

    async fn delete_feed(&self, by: &Actor, dispute: &DisputeId, id: &FeedId, reason: &str) -> Result<()> {
        feeds::delete(&self.database, by, dispute, id, reason).await
    }

    async fn feed_entries(&self, dispute: &DisputeId, id: &FeedId, limit: u32) -> Result<Vec<FeedEntry>> {
        feeds::entries(&self.database, dispute, id, limit).await
    }

    async fn feed_entry(&self, dispute: &DisputeId, id: &FeedId, key: &str) -> Result<(FeedEntry, String)> {
        feeds::one_entry(&self.database, dispute, id, key).await
    }

    async fn keep_poll(&self, dispute: &DisputeId, id: &FeedId, poll: &Poll) -> Result<u64> {
        feeds::keep_poll(&self.database, dispute, id, poll).await
    }

    async fn settle_entry(
        &self,
        id: &FeedId,
        key: &str,
        fate: EntryFate,
        note: &str,
        article: Option<&ArticleId>,
    ) -> Result<()> {
        feeds::settle(&self.database, id, key, fate, note, article).await
    }

    async fn add_jobs(&self, jobs: &[JobDraft]) -> Result<u64> {
        jobs::add(&self.database, jobs).await
    }

    async fn add_due_jobs(&self, now: DateTime<Utc>, checked_before: Option<DateTime<Utc>>) -> Result<u64> {
        jobs::add_due(&self.database, now, checked_before).await
    }

    async fn lease_job(&self, to: &str, now: DateTime<Utc>, until: DateTime<Utc>) -> Result<Option<Job>> {
        jobs::lease(&self.database, to, now, until).await
    }

    async fn renew_job(&self, id: &JobId, to: &str, until: DateTime<Utc>) -> Result<()> {
        jobs::renew(&self.database, id, to, until).await
    }

    async fn end_job(&self, id: &JobId, of: &str, end: &JobEnd) -> Result<()> {
        jobs::end(&self.database, id, of, end).await
    }

    async fn release_jobs(&self, of: &str) -> Result<u64> {
        jobs::release(&self.database, of).await
    }

    async fn work(&self, dispute: &DisputeId, limit: u32) -> Result<Work> {
        jobs::work(&self.database, dispute, limit).await
    }

    async fn forget_jobs(&self, before: DateTime<Utc>) -> Result<u64> {
        jobs::forget(&self.database, before).await
    }

    async fn cited(&self, dispute: &DisputeId, article: &ArticleId) -> Result<Vec<Cited>> {
        evidence::cited(&self.database, dispute, article).await
    }

    async fn keep_checks(
        &self,
        dispute: &DisputeId,
        article: &ArticleId,
        at: DateTime<Utc>,
        checks: &[CheckDraft],
    ) -> Result<()> {
        evidence::keep(&self.database, dispute, article, at, checks).await
    }

    async fn quote_checks(
        &self,
        dispute: &DisputeId,
        event: &EventId,
    ) -> Result<HashMap<String, QuoteCheck>> {
        evidence::of_event(&self.database, dispute, event).await
    }
}
