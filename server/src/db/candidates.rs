//! Candidates: events found in articles, and what editors decided about them.

use chrono::{DateTime, Utc};
use impasse_app::model::article::{Candidate, CandidateDraft, Decision};
use impasse_app::model::event::{CitationDraft, Event, EventDraft};
use impasse_app::model::id::{ArticleId, CandidateId, DisputeId, EventId};
use impasse_app::model::inbox::{InboxOrder, InboxPage, InboxView, Left, Outcome, PAGE, Verdict};
use impasse_app::model::revision::{Action, Actor, Subject};
use impasse_app::store::{Result, StoreError};
use sqlx::AssertSqlSafe;

use super::clean::Clean;
use super::connection::{Connection, Database, Row, json, values};
use super::references::References;
use super::write::{Write, new_id};
use super::{disputes, events};

const COLUMNS: &str = "candidates.id, candidates.article_id, candidates.draft, candidates.decision,
    candidates.event_id, candidates.decided_by, candidates.decided_at";

fn candidate(row: &Row) -> Result<Candidate> {
    Ok(Candidate {
        id: row.id("id")?,
        article: row.id("article_id")?,
        draft: row.json("draft")?,
        decision: row.choice("decision", Decision::from_key)?,
        event: row.get::<Option<String>>("event_id")?.map(EventId),
        decided_by: row.get("decided_by")?,
        decided_at: row.instant_if_any("decided_at")?,
    })
}

pub(super) async fn list(
    database: &Database,
    dispute: &DisputeId,
    article: Option<&ArticleId>,
    decision: Option<Decision>,
) -> Result<Vec<Candidate>> {
    let mut connection = database.snapshot().await?;
    disputes::must_be(&mut connection, dispute).await?;
    let mut values = values![dispute];
    let mut filter = String::new();
    if let Some(article) = article {
        let of = values![article, dispute];
        let sql = "select id from articles where id = $1 and dispute_id = $2 and deleted_at is null";
        connection.one(sql, of).await?;
        values.extend(values![article]);
        filter.push_str(&format!(" and candidates.article_id = ${}", values.len()));
    }
    if let Some(decision) = decision {
        values.extend(values![decision.key()]);
        filter.push_str(&format!(" and candidates.decision = ${}", values.len()));
    }
    let sql = format!(
        "select {COLUMNS} from candidates join articles on articles.id = candidates.article_id
         where candidates.dispute_id = $1 and candidates.deleted_at is null
         and articles.deleted_at is null{filter}
         order by articles.published desc nulls last, articles.retrieved_at desc, articles.id desc,
         candidates.place"
    );
    connection.all(AssertSqlSafe(sql), values).await?.iter().map(candidate).collect()
}

pub(super) async fn inbox(database: &Database, dispute: &DisputeId, view: &InboxView) -> Result<InboxPage> {
    let mut connection = database.snapshot().await?;
    disputes::must_be(&mut connection, dispute).await?;
    const FROM: &str = "from candidates join articles on articles.id = candidates.article_id
         where candidates.dispute_id = $1 and candidates.decision = $2
         and candidates.deleted_at is null and articles.deleted_at is null";
    let count = format!("select count(*) as total {FROM}");
    let of = values![dispute, view.show.key()];
    let total = connection.one(AssertSqlSafe(count), of).await?.get("total")?;
    let order = match (view.show, view.order) {
        (Decision::Pending, InboxOrder::Strongest) => "candidates.score desc, candidates.id",
        (Decision::Pending, InboxOrder::Newest) => {
            "articles.published desc nulls last, articles.id desc, candidates.place"
        }
        (Decision::Accepted | Decision::Rejected, _) => "candidates.decided_at desc, candidates.id",
    };
    let sql = format!("select {COLUMNS} {FROM} order by {order} limit $3 offset $4");
    let values = values![dispute, view.show.key(), PAGE, (view.page - 1) * PAGE];
    let rows = connection.all(AssertSqlSafe(sql), values).await?;
    Ok(InboxPage { candidates: rows.iter().map(candidate).collect::<Result<_>>()?, total })
}

pub(super) async fn decided_at(
    database: &Database,
    dispute: &DisputeId,
    at: DateTime<Utc>,
) -> Result<Vec<Candidate>> {
    let mut connection = database.snapshot().await?;
    disputes::must_be(&mut connection, dispute).await?;
    let sql = format!(
        "select {COLUMNS} from candidates join articles on articles.id = candidates.article_id
         where candidates.dispute_id = $1 and candidates.decided_at = $2
         and candidates.deleted_at is null and articles.deleted_at is null order by candidates.id"
    );
    connection.all(AssertSqlSafe(sql), values![dispute, at]).await?.iter().map(candidate).collect()
}

pub(super) async fn one(database: &Database, dispute: &DisputeId, id: &CandidateId) -> Result<Candidate> {
    let mut connection = database.snapshot().await?;
    disputes::must_be(&mut connection, dispute).await?;
    current(&mut connection, dispute, id).await
}

async fn current(connection: &mut Connection, dispute: &DisputeId, id: &CandidateId) -> Result<Candidate> {
    let sql = format!(
        "select {COLUMNS} from candidates join articles on articles.id = candidates.article_id
         where candidates.id = $1 and candidates.dispute_id = $2
         and candidates.deleted_at is null and articles.deleted_at is null"
    );
    candidate(&connection.one(AssertSqlSafe(sql), values![id, dispute]).await?)
}

/// Keeps what was found in an article that is being added. Its citations are of that article, whose identifier
/// nobody knew when they were made.
pub(super) async fn create(
    write: &mut Write<'_>,
    article: &ArticleId,
    found: &[CandidateDraft],
) -> Result<()> {
    let mut drafts: Vec<CandidateDraft> = found.to_vec();
    for draft in &mut drafts {
        draft.event = events::without_ids(draft.event.clone()).clean();
        for citation in &mut draft.event.citations {
            citation.article = article.clone();
        }
    }
    drafts.sort_by_key(|draft| draft.event.citations.iter().map(|citation| citation.passage.start).min());
    let parties = drafts.iter().flat_map(|draft| &draft.event.parties).map(|part| &part.party);
    let references =
        References::of(&mut write.connection, &write.dispute, parties.clone().collect(), [].into()).await?;
    for party in parties {
        references.check_party(party)?;
    }
    let rows = (0_i64..)
        .zip(&drafts)
        .map(|(place, draft)| {
            let id: CandidateId = new_id(write.at)?;
            let decision = Decision::Pending.key();
            Ok(values![&id, &write.dispute, article, place, json(draft)?, draft.score, decision])
        })
        .collect::<Result<Vec<_>>>()?;
    const NEW: [&str; 7] = ["id", "dispute_id", "article_id", "place", "draft", "score", "decision"];
    write.connection.insert("candidates", &NEW, "", rows).await
}

/// Deletes the waiting candidates of an article that is being deleted.
pub(super) async fn delete_waiting(write: &mut Write<'_>, article: &ArticleId) -> Result<()> {
    write
        .connection
        .run(
            "update candidates set deleted_at = $1 where article_id = $2 and decision = $3",
            values![write.at, article, Decision::Pending.key()],
        )
        .await
        .map(drop)
}

/// Brings back the waiting candidates of an article that is being brought back.
pub(super) async fn restore_waiting(write: &mut Write<'_>, article: &ArticleId) -> Result<()> {
    write
        .connection
        .run("update candidates set deleted_at = null where article_id = $1", values![article])
        .await
        .map(drop)
}

/// A candidate that nobody has decided about yet.
async fn waiting(write: &mut Write<'_>, id: &CandidateId) -> Result<Candidate> {
    let candidate = current(&mut write.connection, &write.dispute, id).await?;
    if candidate.decision == Decision::Pending { Ok(candidate) } else { Err(StoreError::Conflict) }
}

/// Writes a decision with its revision.
async fn decided(
    write: &mut Write<'_>,
    by: &Actor,
    candidate: Candidate,
    decision: Decision,
    event: Option<&EventId>,
) -> Result<Candidate> {
    let is_open = decision == Decision::Pending;
    let candidate = Candidate {
        decision,
        event: event.cloned(),
        decided_by: (!is_open).then(|| by.name.clone().clean()),
        decided_at: (!is_open).then_some(write.at),
        ..candidate
    };
    write
        .connection
        .run(
            "update candidates set decision = $1, event_id = $2, decided_by = $3, decided_at = $4
             where id = $5",
            values![
                decision.key(),
                event.map(EventId::as_str),
                candidate.decided_by.as_deref(),
                candidate.decided_at.map(|at| at.timestamp_millis()),
                &candidate.id,
            ],
        )
        .await?;
    write.record(Subject::Candidate, candidate.id.as_str(), Action::Update, &candidate)?;
    Ok(candidate)
}

pub(super) async fn accept(
    database: &Database,
    by: &Actor,
    dispute: &DisputeId,
    id: &CandidateId,
    draft: &EventDraft,
) -> Result<Event> {
    let mut write = Write::begin(database, by, dispute, "").await?;
    let candidate = waiting(&mut write, id).await?;
    let mut events = events::create(&mut write, std::slice::from_ref(draft)).await?;
    let event = events.pop().ok_or(StoreError::NotFound)?;
    decided(&mut write, by, candidate, Decision::Accepted, Some(&event.id)).await?;
    write.commit().await?;
    Ok(event)
}

pub(super) async fn merge(
    database: &Database,
    by: &Actor,
    dispute: &DisputeId,
    id: &CandidateId,
    (event, version): (&EventId, i64),
) -> Result<Event> {
    let mut write = Write::begin(database, by, dispute, "").await?;
    let candidate = waiting(&mut write, id).await?;
    let before = events::at_version(&mut write, event, version).await?;
    let mut draft = EventDraft::from(before.clone());
    let found = events::without_ids(candidate.draft.event.clone());
    for mut citation in found.citations {
        // Where the article gives another date than the event has, that is what the citation is evidence of.
        if citation.date.is_none() {
            citation.date = found.date.clone().filter(|date| *date != before.date);
        }
        let is_there =
            draft.citations.iter().any(|one| CitationDraft { id: None, ..one.clone() } == citation);
        if !is_there {
            draft.citations.push(citation);
        }
    }
    let event = events::replace(&mut write, &before, draft).await?;
    decided(&mut write, by, candidate, Decision::Accepted, Some(&event.id)).await?;
    write.commit().await?;
    Ok(event)
}

pub(super) async fn decide(
    database: &Database,
    by: &Actor,
    dispute: &DisputeId,
    id: &CandidateId,
    decision: Decision,
) -> Result<Candidate> {
    let mut write = Write::begin(database, by, dispute, "").await?;
    let candidate = current(&mut write.connection, dispute, id).await?;
    match (candidate.decision, decision) {
        (Decision::Pending, Decision::Rejected) | (Decision::Rejected, Decision::Pending) => {}
        // An acceptance needs an event to become.
        (_, Decision::Accepted) => return Err(StoreError::Unknown("decision")),
        _ => return Err(StoreError::Conflict),
    }
    let candidate = decided(&mut write, by, candidate, decision, None).await?;
    write.commit().await?;
    Ok(candidate)
}

/// Decides about several in one change. Those about which it cannot be done are left as they are, and named.
pub(super) async fn decide_all(
    database: &Database,
    by: &Actor,
    dispute: &DisputeId,
    ids: &[CandidateId],
    verdict: Verdict,
) -> Result<Outcome> {
    let mut write = Write::begin(database, by, dispute, "").await?;
    let mut outcome = Outcome::default();
    for id in ids {
        if outcome.done.contains(id) {
            continue;
        }
        let candidate = current(&mut write.connection, dispute, id).await?;
        let left = match verdict {
            Verdict::Accept | Verdict::Reject if candidate.decision != Decision::Pending => {
                Some(Left::Decided)
            }
            Verdict::Accept if candidate.draft.event.date.is_none() => Some(Left::Undated),
            Verdict::Accept => {
                let draft = [candidate.draft.event.clone()];
                let event = events::create(&mut write, &draft).await?.pop().ok_or(StoreError::NotFound)?;
                decided(&mut write, by, candidate, Decision::Accepted, Some(&event.id)).await?;
                None
            }
            Verdict::Reject => {
                decided(&mut write, by, candidate, Decision::Rejected, None).await?;
                None
            }
            Verdict::Undo => undo(&mut write, by, candidate).await?,
        };
        match left {
            Some(why) => outcome.left.push((id.clone(), why)),
            None => outcome.done.push(id.clone()),
        }
    }
    // Where nothing was decided there is nothing to record.
    if !outcome.done.is_empty() {
        outcome.at = (verdict != Verdict::Undo).then_some(write.at);
        write.commit().await?;
    }
    Ok(outcome)
}

/// Takes a decision back. The event that came of an acceptance is deleted, the citations that a merge brought are
/// taken out of their event again; nothing is done where that event says something else by now.
async fn undo(write: &mut Write<'_>, by: &Actor, candidate: Candidate) -> Result<Option<Left>> {
    if candidate.decision == Decision::Pending {
        return Ok(Some(Left::Decided));
    }
    if let (Decision::Accepted, Some(event)) = (candidate.decision, &candidate.event)
        && !events::take_back(write, event, &candidate.id).await?
    {
        return Ok(Some(Left::Changed));
    }
    decided(write, by, candidate, Decision::Pending, None).await?;
    Ok(None)
}
