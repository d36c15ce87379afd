//! What pages and handlers read and write through. The SQL behind it is the server's.

mod access;
mod identities;
mod links;
mod notices;
mod operations;
mod passkeys;
mod people;
mod searching;
mod sources;
mod suggestions;

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::model::article::{Article, ArticleDraft, ArticleText, Candidate, CandidateDraft, Decision};
use crate::model::date::{EventDate, Shape};
use crate::model::dispute::{
    Dispute, DisputeDraft, DisputeSummary, Party, PartyDraft, Position, PositionDraft,
};
use crate::model::due::Due;
use crate::model::event::{Attestation, Event, EventDraft, EventParty, Importance, Kind, Phase};
use crate::model::id::{ArticleId, CandidateId, DisputeId, EventId, PartyId, PositionId, UserId};
use crate::model::inbox::{InboxPage, InboxView, Outcome, Verdict};
use crate::model::revision::{Actor, Change, Revision, Subject};
use crate::model::role::Reader;
use crate::model::time::Minute;
use crate::model::view::{Sort, View};

pub use access::Access;
pub use identities::Identities;
pub use links::Links;
pub use notices::{Notices, Step};
pub use operations::{AccountState, Backup, Backups, DisputeState, FailingFeed, Operations, Storage};
pub use passkeys::Passkeys;
pub use people::People;
pub use searching::{Hit, Matched, Question, Searching};
pub use sources::Sources;
pub use suggestions::Suggestions;

/// The store as pages are given it.
pub type SharedStore = Arc<dyn Store>;

/// Why a store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such thing, or it was deleted.
    #[error("not found")]
    NotFound,
    /// It was changed since the version that the change was made from.
    #[error("it was changed meanwhile")]
    Conflict,
    /// The named field must be unique and another one has this value already.
    #[error("this {0} is taken")]
    Taken(&'static str),
    /// The named thing is still in use, as a party is by an event.
    #[error("it is still in use: {0}")]
    InUse(String),
    /// A field names something that is not in this dispute, as a citation may an article.
    #[error("unknown {0}")]
    Unknown(&'static str),
    /// The database cannot be written: its disk is full or may only be read. Nothing was changed.
    #[error("the database cannot be written: {0}")]
    NoRoom(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A rule of the record forbids it.
    #[error("{why}")]
    Refused {
        /// The field of the form that it is about.
        field: &'static str,
        /// Why, for people.
        why: String,
    },
    /// The database failed. Its words are for the log, not for people.
    #[error("the database failed: {0}")]
    Failed(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl StoreError {
    /// [`StoreError::Refused`].
    pub fn refused(field: &'static str, why: impl Into<String>) -> Self {
        Self::Refused { field, why: why.into() }
    }
}

/// What a store answers with.
pub type Result<T> = std::result::Result<T, StoreError>;

/// An event as the timeline, list and table need it, without its citations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventBrief {
    /// See [`Event::id`].
    pub id: EventId,
    /// See [`Event::date`].
    pub date: EventDate,
    /// See [`Event::title`].
    pub title: String,
    /// See [`Event::kind`].
    pub kind: Kind,
    /// See [`Event::phase`].
    pub phase: Phase,
    /// See [`Event::importance`].
    pub importance: Importance,
    /// See [`Event::sequence`].
    pub sequence: i64,
    /// See [`Event::due`].
    pub due: Option<Due>,
    /// See [`Event::step_of`].
    pub step_of: Option<EventId>,
    /// See [`Event::parties`].
    pub parties: Vec<EventParty>,
    /// How well it is attested.
    pub attestation: Attestation,
    /// The earliest publication among its citations: when it became known.
    pub known_from: Option<NaiveDate>,
    /// How many citations it has.
    pub citations: i64,
    /// Publishers cited, each once, in alphabetical order.
    pub publishers: Vec<String>,
}

/// Brings events, which are in time order, into the order of a table.
pub fn sort_events<T>(rows: &mut [T], sort: Sort, event: impl Fn(&T) -> &EventBrief) {
    match sort {
        Sort::Date => {}
        Sort::Latest => rows.reverse(),
        Sort::Title => rows.sort_by_cached_key(|row| event(row).title.to_lowercase()),
        Sort::Kind => rows.sort_by_key(|row| event(row).kind.label()),
        Sort::Attestation => rows.sort_by_key(|row| event(row).attestation),
        Sort::Known => rows.sort_by_key(|row| (event(row).known_from.is_none(), event(row).known_from)),
        Sort::Citations => rows.sort_by_key(|row| -event(row).citations),
    }
}

/// An event as far as a timeline must know it to choose, place and count it among all the others: everything but its
/// words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// See [`Event::id`].
    pub id: EventId,
    /// See [`EventDate::starts`].
    pub starts: Option<Minute>,
    /// See [`EventDate::ends`].
    pub ends: Option<Minute>,
    /// See [`EventDate::sorts_at`].
    pub sorts_at: Minute,
    /// Whether it lasted from one bound to the other.
    pub is_span: bool,
    /// See [`Event::kind`].
    pub kind: Kind,
    /// See [`Event::importance`].
    pub importance: Importance,
    /// See [`EventBrief::attestation`].
    pub attestation: Attestation,
    /// See [`EventBrief::known_from`].
    pub known_from: Option<NaiveDate>,
    /// Who takes part, in the event's order. Many events have the same, and share it.
    pub parties: Arc<[PartyId]>,
    /// See [`EventBrief::publishers`].
    pub publishers: Arc<[String]>,
}

impl Outline {
    /// Its bounds in minutes, open ends infinite.
    pub fn bounds(&self) -> (f64, f64) {
        (
            self.starts.map_or(f64::NEG_INFINITY, |minute| minute as f64),
            self.ends.map_or(f64::INFINITY, |minute| minute as f64),
        )
    }
}

impl From<&EventBrief> for Outline {
    fn from(brief: &EventBrief) -> Self {
        Self {
            id: brief.id.clone(),
            starts: brief.date.starts(),
            ends: brief.date.ends(),
            sorts_at: brief.date.sorts_at(),
            is_span: brief.date.shape() == Shape::Span,
            kind: brief.kind,
            importance: brief.importance,
            attestation: brief.attestation,
            known_from: brief.known_from,
            parties: brief.parties.iter().map(|part| part.party.clone()).collect(),
            publishers: brief.publishers.clone().into(),
        }
    }
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Its identifier.
    pub id: UserId,
    /// The name that one signs in with and that changes are recorded under.
    pub name: String,
    /// The password as an argon2id PHC string; none where one signs in without.
    pub password_hash: Option<String>,
    /// Whether the account looks after the site, and so is an owner of every dispute.
    pub is_admin: bool,
}

/// A signed-in browser. Only a hash of the token in its cookie is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the token, in hexadecimal.
    pub token_hash: String,
    /// Whose it is.
    pub user: UserId,
    /// Since when.
    pub created: DateTime<Utc>,
    /// When it ends.
    pub expires: DateTime<Utc>,
    /// What the browser calls itself.
    pub agent: String,
}

/// Where disputes are kept. Every change is one transaction that also appends a [`Revision`]; what is deleted can be
/// brought back; nothing else removes anything.
///
/// Reads never return what is deleted, unless they say so. Dispute arguments name the dispute that the other
/// identifiers must belong to; one that belongs elsewhere is [`StoreError::NotFound`].
#[async_trait]
pub trait Store:
    Sources + Links + Access + People + Passkeys + Identities + Suggestions + Searching + Notices + Operations
{
    /// Disputes whose title, summary or parties' names contain every word of `text`, latest activity first: those that
    /// are public, and those in which the reader has a role.
    async fn disputes(&self, reader: &Reader, text: &str) -> Result<Vec<DisputeSummary>>;
    /// Adds a dispute, which is public, and whose owner is the account that adds it. [`StoreError::Taken`] names `slug`.
    async fn add_dispute(&self, by: &Actor, draft: &DisputeDraft) -> Result<Dispute>;
    /// Changes a dispute. [`StoreError::Conflict`] if it is no longer at `version`. One that is not public keeps its
    /// slug.
    async fn change_dispute(
        &self,
        by: &Actor,
        id: &DisputeId,
        version: i64,
        draft: &DisputeDraft,
        reason: &str,
    ) -> Result<Dispute>;
    /// Deletes a dispute with everything in it.
    async fn delete_dispute(&self, by: &Actor, id: &DisputeId, reason: &str) -> Result<()>;
    /// Brings back a deleted dispute as it was ([`StoreError::Conflict`] if it is not deleted), or takes its own
    /// fields, deleted or not, back to what a revision recorded; not who may read it, nor its slug unless it was and is
    /// public. [`StoreError::Taken`] if another has its `slug` by now.
    async fn restore_dispute(
        &self,
        by: &Actor,
        id: &DisputeId,
        revision: Option<i64>,
        reason: &str,
    ) -> Result<Dispute>;

    /// The parties of a dispute in its own order.
    async fn parties(&self, dispute: &DisputeId) -> Result<Vec<Party>>;
    /// Adds a party, last in order. [`StoreError::Taken`] names `key`.
    async fn add_party(&self, by: &Actor, dispute: &DisputeId, draft: &PartyDraft) -> Result<Party>;
    /// Changes a party.
    async fn change_party(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        id: &PartyId,
        draft: &PartyDraft,
        reason: &str,
    ) -> Result<Party>;
    /// Deletes a party. [`StoreError::InUse`] if an event or position that is not deleted names it.
    async fn delete_party(&self, by: &Actor, dispute: &DisputeId, id: &PartyId, reason: &str) -> Result<()>;
    /// Brings back a deleted party as it was ([`StoreError::Conflict`] if it is not deleted), or takes one, deleted or
    /// not, back to what a revision recorded; it keeps its place in the order. [`StoreError::Taken`] if another has its
    /// `key` by now.
    async fn restore_party(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        id: &PartyId,
        revision: Option<i64>,
        reason: &str,
    ) -> Result<Party>;

    /// The positions of a dispute's parties, in order of party and time.
    async fn positions(&self, dispute: &DisputeId) -> Result<Vec<Position>>;
    /// Adds a position.
    async fn add_position(&self, by: &Actor, dispute: &DisputeId, draft: &PositionDraft) -> Result<Position>;
    /// Changes a position.
    async fn change_position(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        id: &PositionId,
        draft: &PositionDraft,
        reason: &str,
    ) -> Result<Position>;
    /// Deletes a position.
    async fn delete_position(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        id: &PositionId,
        reason: &str,
    ) -> Result<()>;
    /// Brings back a deleted position as it was ([`StoreError::Conflict`] if it is not deleted), or takes one, deleted
    /// or not, back to what a revision recorded. [`StoreError::Unknown`] names what it needs and is deleted by now
    /// (`party`, `article`).
    async fn restore_position(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        id: &PositionId,
        revision: Option<i64>,
        reason: &str,
    ) -> Result<Position>;

    /// The events of a dispute that a view's filters and range let through, in time order: by
    /// [`EventDate::sorts_at`], then latest day (open ends last), then sequence, then identifier. An event is in
    /// range if its date may touch it. Words of the text must all occur in title, description or quotes, whatever
    /// their case (ASCII case folding at least). As-of keeps events known by the end of that day.
    async fn events(&self, dispute: &DisputeId, view: &View) -> Result<Vec<EventBrief>>;
    /// What [`Store::events`] answers, without the words of the events: for a timeline of many, of which only some are
    /// read whole ([`Store::events_named`]).
    async fn outline(&self, dispute: &DisputeId, view: &View) -> Result<Vec<Outline>>;
    /// The events with these identifiers, in the order of [`Store::events`]. Those that are not there, or not there
    /// any more, are passed over.
    async fn events_named(&self, dispute: &DisputeId, ids: &[EventId]) -> Result<Vec<EventBrief>>;
    /// The events that are steps of others and those that they are steps of, in the order of [`Store::events`].
    async fn steps(&self, dispute: &DisputeId) -> Result<Vec<EventBrief>>;
    /// An event with its citations.
    async fn event(&self, dispute: &DisputeId, id: &EventId) -> Result<Event>;
    /// Adds an event. The draft must have a date ([`StoreError::Unknown`] names `date`), and its parties and
    /// articles must be of this dispute (`party`, `article`). Its citations get new identifiers.
    ///
    /// The date of a deadline that is counted from another event is what its rule gives, and may be left out; so it
    /// stays when that event is changed, each time with a revision of its own. Where the base is not there any more
    /// (`base`), or no day can be counted from it or in a circle, [`StoreError::Refused`] says so. What is counted from
    /// an event that is deleted keeps its date. An event whose step it is must be there (`step_of`), and not be a step
    /// of this one.
    async fn add_event(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        draft: &EventDraft,
        reason: &str,
    ) -> Result<Event>;
    /// Adds many events in one transaction, as an import does.
    async fn add_events(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        drafts: &[EventDraft],
        reason: &str,
    ) -> Result<u64>;
    /// Changes an event. [`StoreError::Conflict`] if it is no longer at `version`; a citation to keep must be one
    /// of this event's (`citation`).
    async fn change_event(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        id: &EventId,
        version: i64,
        draft: &EventDraft,
        reason: &str,
    ) -> Result<Event>;
    /// Deletes an event. [`StoreError::Conflict`] if it is no longer at `version`.
    async fn delete_event(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        id: &EventId,
        version: i64,
        reason: &str,
    ) -> Result<()>;
    /// Brings back a deleted event ([`StoreError::Conflict`] if it is not), or takes one, deleted or not, back to
    /// what a revision recorded; as a new version either way. [`StoreError::Unknown`] names what it needs and is
    /// deleted by now (`party`, `article`).
    async fn restore_event(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        id: &EventId,
        revision: Option<i64>,
        reason: &str,
    ) -> Result<Event>;

    /// Which event cites which article, event by event in the order of its citations; an article that an event cites
    /// twice is named twice.
    async fn articles_cited(&self, dispute: &DisputeId) -> Result<Vec<(EventId, ArticleId)>>;

    /// The articles of a dispute, latest published first.
    async fn articles(&self, dispute: &DisputeId) -> Result<Vec<Article>>;
    /// An article with its text.
    async fn article(&self, dispute: &DisputeId, id: &ArticleId) -> Result<ArticleText>;
    /// Keeps an article with what was found in it; the candidates' citations become citations of this article,
    /// whatever article they name. If the dispute already has one with the same text (by hash), nothing is written
    /// and that one is returned with `false`.
    async fn add_article(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        draft: &ArticleDraft,
        candidates: &[CandidateDraft],
    ) -> Result<(Article, bool)>;
    /// Deletes an article and its waiting candidates. [`StoreError::InUse`] if an event or position that is not
    /// deleted cites it.
    async fn delete_article(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        id: &ArticleId,
        reason: &str,
    ) -> Result<()>;
    /// Brings back a deleted article with its waiting candidates. [`StoreError::Conflict`] if it is not deleted,
    /// [`StoreError::Taken`] names `text` if the same text was added again meanwhile.
    async fn restore_article(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        id: &ArticleId,
        reason: &str,
    ) -> Result<Article>;

    /// Candidates of one article, or of all of a dispute's; in the order of the text, articles newest first.
    async fn candidates(
        &self,
        dispute: &DisputeId,
        article: Option<&ArticleId>,
        decision: Option<Decision>,
    ) -> Result<Vec<Candidate>>;
    /// A candidate.
    async fn candidate(&self, dispute: &DisputeId, id: &CandidateId) -> Result<Candidate>;
    /// Accepts a waiting candidate as a new event, in one transaction. [`StoreError::Conflict`] if it was decided
    /// already.
    async fn accept_candidate(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        id: &CandidateId,
        draft: &EventDraft,
    ) -> Result<Event>;
    /// Accepts a waiting candidate by adding its citations to an event at a version, in one transaction. They bear
    /// the candidate's date where it is not the event's. [`StoreError::Conflict`] if it was decided already.
    async fn merge_candidate(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        id: &CandidateId,
        event: &EventId,
        version: i64,
    ) -> Result<Event>;
    /// Turns a waiting candidate down, or takes a rejection back. [`StoreError::Conflict`] if it was accepted, or is
    /// so decided already.
    async fn decide_candidate(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        id: &CandidateId,
        decision: Decision,
    ) -> Result<Candidate>;

    /// A page of the inbox: candidates of all articles. Those that wait are in the view's order, those that were
    /// decided in that of the decisions, the last one first.
    async fn inbox(&self, dispute: &DisputeId, view: &InboxView) -> Result<InboxPage>;
    /// The candidates that were decided in one change, made at this moment.
    async fn candidates_decided_at(&self, dispute: &DisputeId, at: DateTime<Utc>) -> Result<Vec<Candidate>>;
    /// Decides about several candidates in one transaction. Those about which it cannot be done are left and named.
    /// Taking an acceptance back takes it off the timeline: the event that it made is deleted, or the event that it
    /// was merged into is again what it was before; unless that event says something else by now.
    async fn decide_candidates(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        ids: &[CandidateId],
        verdict: Verdict,
    ) -> Result<Outcome>;

    /// Changes in a dispute, newest first: of one thing, or of everything; those before a number, at most `limit`.
    /// Those of what is deleted, even of a deleted dispute, are among them: they are how it is brought back.
    async fn revisions(
        &self,
        dispute: &DisputeId,
        of: Option<(Subject, &str)>,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<Revision>>;

    /// Changes to a dispute's events once they were there, newest first: what was changed, deleted or brought back. Those
    /// before a number, at most `limit`.
    async fn event_changes(
        &self,
        dispute: &DisputeId,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<Change>>;

    /// How many accounts there are.
    async fn count_users(&self) -> Result<i64>;
    /// Adds an account. [`StoreError::Taken`] names `name`.
    async fn add_user(&self, name: &str, password_hash: &str, is_admin: bool) -> Result<User>;
    /// Sets another password and ends every session of the account.
    async fn set_password(&self, id: &UserId, password_hash: &str) -> Result<()>;
    /// The account with this name, whatever its case.
    async fn user_named(&self, name: &str) -> Result<User>;
    /// All accounts, by name.
    async fn users(&self) -> Result<Vec<User>>;
    /// Opens a session and forgets those that have ended.
    async fn add_session(&self, session: &Session) -> Result<()>;
    /// Whose session this is, if it has not ended.
    async fn session_user(&self, token_hash: &str) -> Result<User>;
    /// Ends a session.
    async fn end_session(&self, token_hash: &str) -> Result<()>;

    /// A number that is another one once anything was written, by whomever; none where that cannot be told. Asking for it
    /// costs far less than reading anything.
    async fn stamp(&self) -> Option<u64>;
    /// Whether the database answers.
    async fn check(&self) -> Result<()>;
}
