//! What readers suggest.

use async_trait::async_trait;
use impasse_app::model::article::Decision;
use impasse_app::model::event::{Event, EventDraft};
use impasse_app::model::id::{DisputeId, EventId, SuggestionId};
use impasse_app::model::revision::Actor;
use impasse_app::model::suggestion::{Suggestion, SuggestionDraft};
use impasse_app::store::{Result, StoreError, Suggestions};
use impasse_app::t;
use sqlx::AssertSqlSafe;

use super::connection::{Connection, Database, Row, json, values, without_nul};
use super::write::{Write, new_id, now};
use super::{SqlStore, disputes, events};

/// How many suggestions to one dispute may wait at a time.
const MOST: i64 = 500;

#[async_trait]
impl Suggestions for SqlStore {
    async fn add_suggestion(
        &self,
        by: Option<&Actor>,
        dispute: &DisputeId,
        draft: &SuggestionDraft,
    ) -> Result<Suggestion> {
        add(&self.database, by, dispute, draft).await
    }

    async fn suggestions(&self, dispute: &DisputeId, decision: Decision) -> Result<Vec<Suggestion>> {
        list(&self.database, dispute, decision).await
    }

    async fn suggestion(&self, dispute: &DisputeId, id: &SuggestionId) -> Result<Suggestion> {
        let sql = format!("select {COLUMNS} from suggestions where id = $1 and dispute_id = $2");
        let row = self.database.reader().await?.one(AssertSqlSafe(sql), values![id, dispute]).await?;
        suggestion(&row)
    }

    async fn accept_suggestion(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        id: &SuggestionId,
        draft: &EventDraft,
    ) -> Result<Event> {
        accept(&self.database, by, dispute, id, draft).await
    }

    async fn decide_suggestion(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        id: &SuggestionId,
        decision: Decision,
    ) -> Result<Suggestion> {
        decide(&self.database, by, dispute, id, decision).await
    }
}

const COLUMNS: &str =
    "id, dispute_id, draft, note, name, created_at, decision, event_id, decided_by, decided_at";

fn suggestion(row: &Row) -> Result<Suggestion> {
    Ok(Suggestion {
        id: row.id("id")?,
        dispute: row.id("dispute_id")?,
        draft: row.json("draft")?,
        note: row.get("note")?,
        name: row.get("name")?,
        created: row.instant("created_at")?,
        decision: row.choice("decision", Decision::from_key)?,
        event: row.get::<Option<String>>("event_id")?.map(EventId::from),
        decided_by: row.get("decided_by")?,
        decided_at: row.instant_if_any("decided_at")?,
    })
}

async fn add(
    database: &Database,
    by: Option<&Actor>,
    dispute: &DisputeId,
    draft: &SuggestionDraft,
) -> Result<Suggestion> {
    let mut connection = database.transaction().await?;
    if !disputes::by_id(&mut connection, dispute).await?.takes_suggestions {
        return Err(StoreError::Conflict);
    }
    let waiting = "select count(*) as waiting from suggestions where dispute_id = $1 and decision = $2";
    let row = connection.one(waiting, values![dispute, Decision::Pending.key()]).await?;
    if row.get::<i64>("waiting")? >= MOST {
        return Err(StoreError::Conflict);
    }
    let at = now();
    let made = Suggestion {
        id: new_id(at)?,
        dispute: dispute.clone(),
        draft: EventDraft { citations: Vec::new(), ..draft.draft.clone() },
        note: without_nul(draft.note.clone()),
        name: without_nul(draft.name.clone()),
        created: at,
        decision: Decision::Pending,
        event: None,
        decided_by: None,
        decided_at: None,
    };
    let user = by.and_then(|actor| actor.user.as_ref()).map(|user| user.as_str());
    let sql = "insert into suggestions (id, dispute_id, draft, note, name, user_id, created_at, decision)
               values ($1, $2, $3, $4, $5, $6, $7, $8)";
    let row = values![
        &made.id,
        dispute,
        json(&made.draft)?,
        &made.note,
        &made.name,
        user,
        made.created,
        made.decision.key(),
    ];
    connection.run(sql, row).await?;
    connection.commit().await?;
    Ok(made)
}

async fn list(database: &Database, dispute: &DisputeId, decision: Decision) -> Result<Vec<Suggestion>> {
    let order = match decision {
        Decision::Pending => "created_at, id",
        Decision::Accepted | Decision::Rejected => "decided_at desc, id",
    };
    let sql = format!(
        "select {COLUMNS} from suggestions where dispute_id = $1 and decision = $2 order by {order} limit {MOST}"
    );
    let rows = database.reader().await?.all(AssertSqlSafe(sql), values![dispute, decision.key()]).await?;
    rows.iter().map(suggestion).collect()
}

/// A suggestion. The row is locked.
async fn locked(connection: &mut Connection, dispute: &DisputeId, id: &SuggestionId) -> Result<Suggestion> {
    let lock = connection.for_update();
    let sql = format!("select {COLUMNS} from suggestions where id = $1 and dispute_id = $2{lock}");
    suggestion(&connection.one(AssertSqlSafe(sql), values![id, dispute]).await?)
}

async fn keep(connection: &mut Connection, suggestion: &Suggestion) -> Result<()> {
    let sql = "update suggestions set decision = $1, event_id = $2, decided_by = $3, decided_at = $4
               where id = $5";
    let row = values![
        suggestion.decision.key(),
        suggestion.event.as_ref().map(EventId::as_str),
        suggestion.decided_by.as_deref(),
        suggestion.decided_at,
        &suggestion.id,
    ];
    connection.run(sql, row).await.map(drop)
}

async fn accept(
    database: &Database,
    by: &Actor,
    dispute: &DisputeId,
    id: &SuggestionId,
    draft: &EventDraft,
) -> Result<Event> {
    let mut write = Write::begin(database, by, dispute, t!("told-suggestions-suggested-by-a-reader")).await?;
    let mut found = locked(&mut write.connection, dispute, id).await?;
    if found.decision != Decision::Pending {
        return Err(StoreError::Conflict);
    }
    let mut made = events::create(&mut write, std::slice::from_ref(draft)).await?;
    let event = made.pop().ok_or(StoreError::NotFound)?;
    found.decision = Decision::Accepted;
    found.event = Some(event.id.clone());
    found.decided_by = Some(by.name.clone());
    found.decided_at = Some(write.at);
    keep(&mut write.connection, &found).await?;
    write.commit().await?;
    Ok(event)
}

async fn decide(
    database: &Database,
    by: &Actor,
    dispute: &DisputeId,
    id: &SuggestionId,
    decision: Decision,
) -> Result<Suggestion> {
    let mut connection = database.transaction().await?;
    disputes::must_be(&mut connection, dispute).await?;
    let mut found = locked(&mut connection, dispute, id).await?;
    let is_open = found.decision != Decision::Accepted && decision != Decision::Accepted;
    if !is_open || found.decision == decision {
        return Err(StoreError::Conflict);
    }
    found.decision = decision;
    let is_decided = decision != Decision::Pending;
    found.decided_by = is_decided.then(|| by.name.clone());
    found.decided_at = is_decided.then(now);
    keep(&mut connection, &found).await?;
    connection.commit().await?;
    Ok(found)
}
