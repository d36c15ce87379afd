//! The store in SQLite or PostgreSQL, chosen by URL.
//!
//! Each module has the queries of one subject, in SQL that both databases take; [`connection`] has what differs.
//! Whatever is written is written by a [`write::Write`], so nothing changes without a revision. Rows of accounts
//! and sessions are the exception, being no part of any dispute, and so is what the server finds out by itself: how
//! reading feeds went, jobs, and checks of quotes.

mod access;
mod articles;
mod candidates;
mod check;
mod clean;
mod connection;
mod deadlines;
mod disputes;
mod events;
mod evidence;
mod feeds;
mod identities;
mod imports;
mod jobs;
mod links;
mod notices;
mod operations;
mod outlines;
mod parties;
mod passkeys;
mod people;
mod positions;
mod references;
mod revisions;
mod searching;
mod sources;
mod steps;
mod suggestions;
mod users;
mod webhooks;
pub(crate) mod whole;
mod write;

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use impasse_app::model::article::{Article, ArticleDraft, ArticleText, Candidate, CandidateDraft, Decision};
use impasse_app::model::dispute::{
    Dispute, DisputeDraft, DisputeSummary, Party, PartyDraft, Position, PositionDraft,
};
use impasse_app::model::event::{Event, EventDraft};
use impasse_app::model::id::{ArticleId, CandidateId, DisputeId, EventId, PartyId, PositionId, UserId};
use impasse_app::model::inbox::{InboxPage, InboxView, Outcome, Verdict};
use impasse_app::model::revision::{Actor, Change, Revision, Subject};
use impasse_app::model::role::Reader;
use impasse_app::model::view::View;
use impasse_app::store::{
    EventBrief, Outline, Result, Searching, Session, SharedStore, Store, StoreError, User,
};

use connection::Database;

/// Why a store could not be opened. The messages are for whoever runs the server; none holds the URL, since there
/// may be a password in it.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The URL is of no database that Impasse knows.
    #[error(
        "the database must be sqlite:PATH, the path of a file, or postgres://USER:PASSWORD@HOST/NAME, \
         not a URL with the scheme “{0}”"
    )]
    Scheme(String),
    /// The URL cannot be read.
    #[error("the database's URL cannot be read: {0}")]
    Url(#[source] sqlx::Error),
    /// The folder for the file could not be made.
    #[error("the folder {folder} for the database cannot be made: {source}")]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file, or the folder that it is in, cannot be written.
    #[error(
        "the database {file} cannot be written ({why}): whoever runs Impasse must be able to write the file and its folder, on a disk that has room"
    )]
    Unwritable {
        /// The file.
        file: PathBuf,
        /// What SQLite says.
        why: String,
    },
    /// The database did not answer, or refused.
    #[error("the database cannot be opened: {0}")]
    Connect(#[source] sqlx::Error),
    /// The words of what an older version kept could not be made.
    #[error("the words to be searched for cannot be made: {0}")]
    Words(#[source] Box<StoreError>),
    /// The tables could not be brought up to date, as when a newer version has written here.
    #[error("the database's tables cannot be brought up to date: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
}

/// Opens the store at a URL and brings its tables up to date: `sqlite:PATH` or the path of a file, which is made
/// with its folder if missing; or `postgres://…`. `sqlite::memory:` lasts as long as the store.
///
/// # Errors
/// When the URL is not one of these, or the database cannot be reached or migrated.
pub async fn open(url: &str) -> std::result::Result<SharedStore, OpenError> {
    let database = Database::open(url).await?;
    let store = SqlStore { database, watch: notices::Watch::default(), densities: Default::default() };
    // What an older version kept is found as well.
    store.index_words().await.map_err(|error| OpenError::Words(Box::new(error)))?;
    Ok(Arc::new(store))
}

struct SqlStore {
    database: Database,
    watch: notices::Watch,
    densities: disputes::Densities,
}

#[async_trait]
impl Store for SqlStore {
    async fn disputes(&self, reader: &Reader, text: &str) -> Result<Vec<DisputeSummary>> {
        disputes::list(&self.database, &self.densities, reader, text).await
    }

    async fn add_dispute(&self, by: &Actor, draft: &DisputeDraft) -> Result<Dispute> {
        disputes::add(&self.database, by, draft).await
    }

    async fn change_dispute(
        &self,
        by: &Actor,
        id: &DisputeId,
        version: i64,
        draft: &DisputeDraft,
        reason: &str,
    ) -> Result<Dispute> {
        disputes::change(&self.database, by, id, version, draft, reason).await
    }

    async fn delete_dispute(&self, by: &Actor, id: &DisputeId, reason: &str) -> Result<()> {
        disputes::delete(&self.database, by, id, reason).await
    }

    async fn restore_dispute(
        &self,
        by: &Actor,
        id: &DisputeId,
        revision: Option<i64>,
        reason: &str,
    ) -> Result<Dispute> {
        disputes::restore(&self.database, by, id, revision, reason).await
    }

    async fn parties(&self, dispute: &DisputeId) -> Result<Vec<Party>> {
        parties::list(&self.database, dispute).await
    }

    async fn add_party(&self, by: &Actor, dispute: &DisputeId, draft: &PartyDraft) -> Result<Party> {
        parties::add(&self.database, by, dispute, draft).await
    }

    async fn change_party(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        id: &PartyId,
        draft: &PartyDraft,
        reason: &str,
    ) -> Result<Party> {
        parties::change(&self.database, by, dispute, id, draft, reason).await
    }

    async fn delete_party(&self, by: &Actor, dispute: &DisputeId, id: &PartyId, reason: &str) -> Result<()> {
        parties::delete(&self.database, by, dispute, id, reason).await
    }

    async fn restore_party(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        id: &PartyId,
        revision: Option<i64>,
        reason: &str,
    ) -> Result<Party> {
        parties::restore(&self.database, by, dispute, id, revision, reason).await
    }

    async fn positions(&self, dispute: &DisputeId) -> Result<Vec<Position>> {
        positions::list(&self.database, dispute).await
    }

    async fn add_position(&self, by: &Actor, dispute: &DisputeId, draft: &PositionDraft) -> Result<Position> {
        positions::add(&self.database, by, dispute, draft).await
    }

    async fn change_position(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        id: &PositionId,
        draft: &PositionDraft,
        reason: &str,
    ) -> Result<Position> {
        positions::change(&self.database, by, dispute, id, draft, reason).await
    }

    async fn delete_position(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        id: &PositionId,
        reason: &str,
    ) -> Result<()> {
        positions::delete(&self.database, by, dispute, id, reason).await
    }

    async fn restore_position(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        id: &PositionId,
        revision: Option<i64>,
        reason: &str,
    ) -> Result<Position> {
        positions::restore(&self.database, by, dispute, id, revision, reason).await
    }

    async fn events(&self, dispute: &DisputeId, view: &View) -> Result<Vec<EventBrief>> {
        outlines::list(&self.database, dispute, view).await
    }

    async fn outline(&self, dispute: &DisputeId, view: &View) -> Result<Vec<Outline>> {
        outlines::outline(&self.database, dispute, view).await
    }

    async fn events_named(&self, dispute: &DisputeId, ids: &[EventId]) -> Result<Vec<EventBrief>> {
        outlines::named(&self.database, dispute, ids).await
    }

    async fn steps(&self, dispute: &DisputeId) -> Result<Vec<EventBrief>> {
        steps::list(&self.database, dispute).await
    }

    async fn event(&self, dispute: &DisputeId, id: &EventId) -> Result<Event> {
        events::one(&self.database, dispute, id).await
    }

    async fn add_event(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        draft: &EventDraft,
        reason: &str,
    ) -> Result<Event> {
        let added = events::add(&self.database, by, dispute, std::slice::from_ref(draft), reason).await?;
        added.into_iter().next().ok_or(StoreError::NotFound)
    }

    async fn add_events(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        drafts: &[EventDraft],
        reason: &str,
    ) -> Result<u64> {
        let added = events::add(&self.database, by, dispute, drafts, reason).await?;
        Ok(u64::try_from(added.len()).unwrap_or(u64::MAX))
    }

    async fn change_event(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        id: &EventId,
        version: i64,
        draft: &EventDraft,
        reason: &str,
    ) -> Result<Event> {
        events::change(&self.database, by, dispute, (id, version), draft, reason).await
    }

    async fn delete_event(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        id: &EventId,
        version: i64,
        reason: &str,
    ) -> Result<()> {
        events::delete(&self.database, by, dispute, (id, version), reason).await
    }

    async fn restore_event(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        id: &EventId,
        revision: Option<i64>,
        reason: &str,
    ) -> Result<Event> {
        events::restore(&self.database, by, dispute, id, revision, reason).await
    }

    async fn articles_cited(&self, dispute: &DisputeId) -> Result<Vec<(EventId, ArticleId)>> {
        events::articles_cited(&self.database, dispute).await
    }

    async fn articles(&self, dispute: &DisputeId) -> Result<Vec<Article>> {
        articles::list(&self.database, dispute).await
    }

    async fn article(&self, dispute: &DisputeId, id: &ArticleId) -> Result<ArticleText> {
        articles::one(&self.database, dispute, id).await
    }

    async fn add_article(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        draft: &ArticleDraft,
        candidates: &[CandidateDraft],
    ) -> Result<(Article, bool)> {
        articles::add(&self.database, by, dispute, draft, candidates).await
    }

    async fn delete_article(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        id: &ArticleId,
        reason: &str,
    ) -> Result<()> {
        articles::delete(&self.database, by, dispute, id, reason).await
    }

    async fn restore_article(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        id: &ArticleId,
        reason: &str,
    ) -> Result<Article> {
        articles::restore(&self.database, by, dispute, id, reason).await
    }

    async fn candidates(
        &self,
        dispute: &DisputeId,
        article: Option<&ArticleId>,
        decision: Option<Decision>,
    ) -> Result<Vec<Candidate>> {
        candidates::list(&self.database, dispute, article, decision).await
    }

    async fn candidate(&self, dispute: &DisputeId, id: &CandidateId) -> Result<Candidate> {
        candidates::one(&self.database, dispute, id).await
    }

    async fn accept_candidate(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        id: &CandidateId,
        draft: &EventDraft,
    ) -> Result<Event> {
        candidates::accept(&self.database, by, dispute, id, draft).await
    }

    async fn merge_candidate(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        id: &CandidateId,
        event: &EventId,
        version: i64,
    ) -> Result<Event> {
        candidates::merge(&self.database, by, dispute, id, (event, version)).await
    }

    async fn decide_candidate(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        id: &CandidateId,
        decision: Decision,
    ) -> Result<Candidate> {
        candidates::decide(&self.database, by, dispute, id, decision).await
    }

    async fn inbox(&self, dispute: &DisputeId, view: &InboxView) -> Result<InboxPage> {
        candidates::inbox(&self.database, dispute, view).await
    }

    async fn candidates_decided_at(&self, dispute: &DisputeId, at: DateTime<Utc>) -> Result<Vec<Candidate>> {
        candidates::decided_at(&self.database, dispute, at).await
    }

    async fn decide_candidates(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        ids: &[CandidateId],
        verdict: Verdict,
    ) -> Result<Outcome> {
        candidates::decide_all(&self.database, by, dispute, ids, verdict).await
    }

    async fn revisions(
        &self,
        dispute: &DisputeId,
        of: Option<(Subject, &str)>,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<Revision>> {
        revisions::list(&self.database, dispute, of, before, limit).await
    }

    async fn event_changes(
        &self,
        dispute: &DisputeId,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<Change>> {
        revisions::event_changes(&self.database, dispute, before, limit).await
    }

    async fn count_users(&self) -> Result<i64> {
        users::count(&self.database).await
    }

    async fn add_user(&self, name: &str, password_hash: &str, is_admin: bool) -> Result<User> {
        users::add(&self.database, name, password_hash, is_admin).await
    }

    async fn set_password(&self, id: &UserId, password_hash: &str) -> Result<()> {
        users::set_password(&self.database, id, password_hash).await
    }

    async fn user_named(&self, name: &str) -> Result<User> {
        users::named(&self.database, name).await
    }

    async fn users(&self) -> Result<Vec<User>> {
        users::list(&self.database).await
    }

    async fn add_session(&self, session: &Session) -> Result<()> {
        users::add_session(&self.database, session).await
    }

    async fn session_user(&self, token_hash: &str) -> Result<User> {
        users::session_user(&self.database, token_hash).await
    }

    async fn end_session(&self, token_hash: &str) -> Result<()> {
        users::end_session(&self.database, token_hash).await
    }

    async fn stamp(&self) -> Option<u64> {
        self.database.stamp().await
    }

    async fn check(&self) -> Result<()> {
        self.database.reader().await?.one("select 1 as answer", vec![]).await.map(drop)
    }
}
