//! Disputes.

use std::collections::HashMap;

use impasse_app::model::dispute::{Dispute, DisputeDraft, DisputeSummary, Status};
use impasse_app::model::id::DisputeId;
use impasse_app::model::revision::{Action, Actor, Subject};
use impasse_app::model::search;
use impasse_app::model::time::Minute;
use impasse_app::store::{Result, StoreError};
use sqlx::AssertSqlSafe;

use super::clean::Clean;
use super::connection::{Connection, Database, Row, Value, values};
use super::write::{Write, new_id, now};

const COLUMNS: &str = "id, slug, title, summary, question, status, inclusion_rule, version, revision";

fn dispute(row: &Row) -> Result<Dispute> {
    Ok(Dispute {
        id: row.id("id")?,
        slug: row.get("slug")?,
        title: row.get("title")?,
        summary: row.get("summary")?,
        question: row.get("question")?,
        status: row.choice("status", Status::from_key)?,
        inclusion_rule: row.get("inclusion_rule")?,
        version: row.get("version")?,
        revision: row.get("revision")?,
    })
}

/// [`StoreError::NotFound`] unless there is such a dispute.
pub(super) async fn must_be(connection: &mut Connection, id: &DisputeId) -> Result<()> {
    connection
        .one("select id from disputes where id = $1 and deleted_at is null", values![id])
        .await
        .map(drop)
}

/// A dispute by its identifier.
pub(super) async fn by_id(connection: &mut Connection, id: &DisputeId) -> Result<Dispute> {
    let sql = format!("select {COLUMNS} from disputes where id = $1 and deleted_at is null");
    dispute(&connection.one(AssertSqlSafe(sql), values![id]).await?)
}

pub(super) async fn list(database: &Database, text: &str) -> Result<Vec<DisputeSummary>> {
    let words = search::words(text);
    let mut connection = database.snapshot().await?;
    let sql = format!("select {COLUMNS} from disputes where deleted_at is null order by revision desc, id");
    let rows = connection.all(AssertSqlSafe(sql), vec![]).await?;
    let mut disputes = rows.iter().map(dispute).collect::<Result<Vec<_>>>()?;
    if !words.is_empty() {
        let mut texts: HashMap<DisputeId, Vec<String>> = HashMap::new();
        let rows = connection
            .all("select dispute_id, name, aliases from parties where deleted_at is null", vec![])
            .await?;
        for row in rows {
            let names = texts.entry(row.id("dispute_id")?).or_default();
            names.push(row.get("name")?);
            names.extend(row.json::<Vec<String>>("aliases")?);
        }
        disputes.retain(|dispute| {
            let mut parts = texts.remove(&dispute.id).unwrap_or_default();
            parts.extend([dispute.title.clone(), dispute.summary.clone()]);
            let text = search::folded(&parts.join("\n"));
            words.iter().all(|word| text.contains(word.as_str()))
        });
    }
    let ids = Value::list(disputes.iter().map(|dispute| dispute.id.as_str()))?;
    let given = connection.given(1);
    let mut moments: HashMap<DisputeId, Vec<Minute>> = HashMap::new();
    let sql = format!(
        "select dispute_id, sorts_at from events
         where deleted_at is null and dispute_id in (select given.value from {given})
         order by dispute_id, sorts_at"
    );
    for row in connection.all(AssertSqlSafe(sql), vec![ids.clone()]).await? {
        moments.entry(row.id("dispute_id")?).or_default().push(row.get("sorts_at")?);
    }
    let mut latest = HashMap::new();
    let sql = format!(
        "select events.dispute_id, events.title, events.edtf, events.printed from {given}
         join events on events.id = (
             select id from events
             where dispute_id = given.value and deleted_at is null and sorts_at <= $2
             order by sorts_at desc, sorts_last desc, sequence desc, id desc limit 1
         )"
    );
    let minute = now().timestamp().div_euclid(60);
    for row in connection.all(AssertSqlSafe(sql), vec![ids, minute.into()]).await? {
        latest.insert(row.id::<DisputeId>("dispute_id")?, (row.get("title")?, row.date()?));
    }
    Ok(disputes
        .into_iter()
        .map(|dispute| {
            let moments = moments.remove(&dispute.id).unwrap_or_default();
            DisputeSummary {
                events: i64::try_from(moments.len()).unwrap_or(i64::MAX),
                latest: latest.remove(&dispute.id),
                moments,
                dispute,
            }
        })
        .collect())
}

pub(super) async fn by_slug(database: &Database, slug: &str) -> Result<Dispute> {
    let sql = format!("select {COLUMNS} from disputes where slug = $1 and deleted_at is null");
    dispute(&database.reader().await?.one(AssertSqlSafe(sql), values![slug]).await?)
}

pub(super) async fn add(database: &Database, by: &Actor, draft: &DisputeDraft) -> Result<Dispute> {
    let draft = draft.clone().clean();
    let id: DisputeId = new_id(now())?;
    let mut write = Write::begin_anyhow(database, by, &id, "").await?;
    let mut dispute = drafted(draft, id, 1);
    write
        .connection
        .run(
            "insert into disputes
             (id, slug, title, summary, question, status, inclusion_rule, version, revision, created_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9)",
            values![
                &dispute.id,
                &dispute.slug,
                &dispute.title,
                &dispute.summary,
                &dispute.question,
                dispute.status.key(),
                &dispute.inclusion_rule,
                dispute.version,
                write.at,
            ],
        )
        .await?;
    commit(write, Action::Create, &mut dispute).await?;
    Ok(dispute)
}

fn drafted(draft: DisputeDraft, id: DisputeId, version: i64) -> Dispute {
    Dispute {
        id,
        slug: draft.slug,
        title: draft.title,
        summary: draft.summary,
        question: draft.question,
        status: draft.status,
        inclusion_rule: draft.inclusion_rule,
        version,
        revision: 0,
    }
}

/// Records a dispute, whose state holds the number of its own revision, and commits.
async fn commit(mut write: Write<'_>, action: Action, dispute: &mut Dispute) -> Result<()> {
    dispute.revision = write.take_numbers(1).await?;
    write.record(Subject::Dispute, dispute.id.as_str(), action, dispute)?;
    write.commit_from(dispute.revision).await
}

pub(super) async fn change(
    database: &Database,
    by: &Actor,
    id: &DisputeId,
    version: i64,
    draft: &DisputeDraft,
    reason: &str,
) -> Result<Dispute> {
    let draft = draft.clone().clean();
    let mut write = Write::begin(database, by, id, reason).await?;
    let (before, _) = whole(&mut write.connection, id).await?;
    if before.version != version {
        return Err(StoreError::Conflict);
    }
    let mut dispute = drafted(draft, before.id, version + 1);
    write
        .connection
        .run(
            "update disputes set slug = $1, title = $2, summary = $3, question = $4, status = $5,
             inclusion_rule = $6, version = $7 where id = $8",
            values![
                &dispute.slug,
                &dispute.title,
                &dispute.summary,
                &dispute.question,
                dispute.status.key(),
                &dispute.inclusion_rule,
                dispute.version,
                &dispute.id,
            ],
        )
        .await?;
    commit(write, Action::Update, &mut dispute).await?;
    Ok(dispute)
}

/// A dispute, and whether it was deleted. The row is locked.
async fn whole(connection: &mut Connection, id: &DisputeId) -> Result<(Dispute, bool)> {
    let lock = connection.for_update();
    let sql = format!("select {COLUMNS}, deleted_at from disputes where id = $1{lock}");
    let row = connection.one(AssertSqlSafe(sql), values![id]).await?;
    Ok((dispute(&row)?, row.get::<Option<i64>>("deleted_at")?.is_some()))
}

pub(super) async fn delete(database: &Database, by: &Actor, id: &DisputeId, reason: &str) -> Result<()> {
    let mut write = Write::begin(database, by, id, reason).await?;
    let (mut dispute, _) = whole(&mut write.connection, id).await?;
    write.connection.run("update disputes set deleted_at = $1 where id = $2", values![write.at, id]).await?;
    commit(write, Action::Delete, &mut dispute).await
}

pub(super) async fn restore(
    database: &Database,
    by: &Actor,
    id: &DisputeId,
    reason: &str,
) -> Result<Dispute> {
    let mut write = Write::begin_anyhow(database, by, id, reason).await?;
    let (mut dispute, deleted) = whole(&mut write.connection, id).await?;
    if !deleted {
        return Err(StoreError::Conflict);
    }
    write.connection.run("update disputes set deleted_at = null where id = $1", values![id]).await?;
    commit(write, Action::Restore, &mut dispute).await?;
    Ok(dispute)
}
