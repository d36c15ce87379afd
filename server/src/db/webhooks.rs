//! Webhooks and the latest attempts to deliver something.

use chrono::{DateTime, Utc};
use impasse_app::model::id::{DisputeId, WebhookId};
use impasse_app::model::webhook::{Delivery, Telling, Webhook, WebhookDraft};
use impasse_app::model::work::{JobDraft, JobKind};
use impasse_app::store::{Result, StoreError};
use sqlx::AssertSqlSafe;

use super::connection::{Connection, Database, Row, json, values};
use super::write::{new_id, now};
use super::{disputes, revisions};

/// How many attempts are kept of each webhook.
const KEPT: i64 = 100;

/// How many revisions are read at once.
const AT_ONCE: i64 = 50;

const COLUMNS: &str = "id, dispute_id, url, topics, is_paused, note, told, created_at";

fn webhook(row: &Row) -> Result<Webhook> {
    Ok(Webhook {
        id: row.id("id")?,
        dispute: row.id("dispute_id")?,
        url: row.get("url")?,
        topics: row.json("topics")?,
        is_paused: row.get("is_paused")?,
        note: row.get("note")?,
        told: row.get("told")?,
        created: row.instant("created_at")?,
    })
}

pub(super) async fn list(database: &Database, dispute: &DisputeId) -> Result<Vec<Webhook>> {
    let mut connection = database.snapshot().await?;
    disputes::must_be(&mut connection, dispute).await?;
    let sql = format!("select {COLUMNS} from webhooks where dispute_id = $1 order by created_at, id");
    connection.all(AssertSqlSafe(sql), values![dispute]).await?.iter().map(webhook).collect()
}

async fn current(connection: &mut Connection, dispute: &DisputeId, id: &WebhookId) -> Result<Webhook> {
    disputes::must_be(connection, dispute).await?;
    let sql = format!("select {COLUMNS} from webhooks where id = $1 and dispute_id = $2");
    webhook(&connection.one(AssertSqlSafe(sql), values![id, dispute]).await?)
}

pub(super) async fn one(
    database: &Database,
    dispute: &DisputeId,
    id: &WebhookId,
) -> Result<(Webhook, String)> {
    let mut connection = database.snapshot().await?;
    let found = current(&mut connection, dispute, id).await?;
    let secret = connection.one("select secret from webhooks where id = $1", values![id]).await?;
    Ok((found, secret.get("secret")?))
}

pub(super) async fn add(
    database: &Database,
    dispute: &DisputeId,
    draft: &WebhookDraft,
    secret: &str,
) -> Result<Webhook> {
    let at = now();
    let id: WebhookId = new_id(at)?;
    let mut connection = database.transaction().await?;
    // From the table of disputes: it is told of what comes after this.
    let added = connection
        .run(
            "insert into webhooks (id, dispute_id, url, topics, secret, is_paused, note, told, created_at)
             select $1, id, $3, $4, $5, $6, '', revision, $7 from disputes where id = $2 and deleted_at is null",
            values![&id, dispute, &draft.url, json(&draft.topics)?, secret, draft.is_paused, at],
        )
        .await?;
    if added == 0 {
        return Err(StoreError::NotFound);
    }
    let made = current(&mut connection, dispute, &id).await?;
    connection.commit().await?;
    Ok(made)
}

pub(super) async fn change(
    database: &Database,
    dispute: &DisputeId,
    id: &WebhookId,
    draft: &WebhookDraft,
) -> Result<Webhook> {
    let mut connection = database.transaction().await?;
    current(&mut connection, dispute, id).await?;
    connection
        .run(
            "update webhooks set url = $1, topics = $2, is_paused = $3, note = '' where id = $4",
            values![&draft.url, json(&draft.topics)?, draft.is_paused, id],
        )
        .await?;
    let changed = current(&mut connection, dispute, id).await?;
    connection.commit().await?;
    Ok(changed)
}

pub(super) async fn pause(database: &Database, id: &WebhookId, note: &str) -> Result<()> {
    let mut connection = database.transaction().await?;
    let sql = "update webhooks set is_paused = $1, note = $2 where id = $3";
    connection.run(sql, values![true, note, id]).await?;
    connection.commit().await
}

pub(super) async fn delete(database: &Database, dispute: &DisputeId, id: &WebhookId) -> Result<()> {
    let mut connection = database.transaction().await?;
    current(&mut connection, dispute, id).await?;
    connection.run("delete from deliveries where webhook_id = $1", values![id]).await?;
    connection.run("delete from webhooks where id = $1", values![id]).await?;
    connection.commit().await
}

pub(super) async fn telling(database: &Database, dispute: &DisputeId, id: &WebhookId) -> Result<Telling> {
    let mut connection = database.snapshot().await?;
    let found = current(&mut connection, dispute, id).await?;
    let secret = connection.one("select secret from webhooks where id = $1", values![id]).await?;
    Ok(Telling {
        dispute: disputes::by_id(&mut connection, dispute).await?,
        revisions: revisions::after(&mut connection, dispute, found.told, AT_ONCE).await?,
        webhook: found,
        secret: secret.get("secret")?,
    })
}

pub(super) async fn told(database: &Database, id: &WebhookId, revision: i64) -> Result<()> {
    let mut connection = database.transaction().await?;
    let sql = "update webhooks set told = $1 where id = $2 and told < $1";
    connection.run(sql, values![revision, id]).await?;
    connection.commit().await
}

pub(super) async fn keep(database: &Database, id: &WebhookId, delivery: &Delivery) -> Result<()> {
    let row: String = new_id(delivery.at)?;
    let mut connection = database.transaction().await?;
    // From the table of webhooks, so that one that was deleted meanwhile keeps nothing.
    connection
        .run(
            "insert into deliveries (id, webhook_id, message, topic, status, is_accepted, note, at)
             select $1, id, $3, $4, $5, $6, $7, $8 from webhooks where id = $2",
            values![
                row,
                id,
                &delivery.message,
                &delivery.topic,
                delivery.status,
                delivery.is_accepted,
                &delivery.note,
                delivery.at,
            ],
        )
        .await?;
    connection
        .run(
            "delete from deliveries where webhook_id = $1 and id not in
             (select id from deliveries where webhook_id = $1 order by at desc, id desc limit $2)",
            values![id, KEPT],
        )
        .await?;
    connection.commit().await
}

pub(super) async fn deliveries(
    database: &Database,
    dispute: &DisputeId,
    id: &WebhookId,
) -> Result<Vec<Delivery>> {
    let mut connection = database.snapshot().await?;
    current(&mut connection, dispute, id).await?;
    let sql = "select id, message, topic, status, is_accepted, note, at from deliveries
               where webhook_id = $1 order by at desc, id desc";
    let rows = connection.all(sql, values![id]).await?;
    rows.iter()
        .map(|row| {
            Ok(Delivery {
                id: row.get("id")?,
                message: row.get("message")?,
                topic: row.get("topic")?,
                status: row.get("status")?,
                is_accepted: row.get("is_accepted")?,
                note: row.get("note")?,
                at: row.instant("at")?,
            })
        })
        .collect()
}

/// The jobs of telling those that were not told of everything yet.
pub(super) async fn due(connection: &mut Connection, at: DateTime<Utc>) -> Result<Vec<JobDraft>> {
    let rows = connection
        .all(
            "select webhooks.id, webhooks.dispute_id, webhooks.url from webhooks
             join disputes on disputes.id = webhooks.dispute_id
             where disputes.deleted_at is null and not webhooks.is_paused and webhooks.told < disputes.revision
             and not exists (select 1 from jobs where jobs.kind = 'tell' and jobs.subject = webhooks.id
                             and jobs.state in ('waiting', 'running'))
             order by webhooks.told limit 100",
            vec![],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(JobDraft {
                dispute: row.id("dispute_id")?,
                kind: JobKind::Tell,
                subject: row.get("id")?,
                title: row.get("url")?,
                due: at,
            })
        })
        .collect()
}
