//! Files to import, and which of their rows became which events.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use impasse_app::model::event::EventDraft;
use impasse_app::model::id::{DisputeId, EventId};
use impasse_app::model::link::Upload;
use impasse_app::model::revision::Actor;
use impasse_app::store::{Result, StoreError};

use super::connection::{Database, values};
use super::write::{Write, now};
use super::{disputes, events};
use crate::ids;

/// How long a file waits for the word to go on.
const KEPT: TimeDelta = TimeDelta::days(1);

/// How many files of one account wait at most; the oldest makes room for another.
const MOST: i64 = 10;

pub(super) async fn keep(
    database: &Database,
    by: &Actor,
    dispute: &DisputeId,
    upload: &Upload,
) -> Result<String> {
    let mut connection = database.transaction().await?;
    disputes::must_be(&mut connection, dispute).await?;
    let at = now();
    connection.run("delete from imports where created_at < $1", values![at - KEPT]).await?;
    let user = by.user.as_ref().map_or("", |user| user.as_str());
    connection
        .run(
            "delete from imports where user_id = $1 and id not in
             (select id from imports where user_id = $1 order by created_at desc, id limit $2)",
            values![user, MOST - 1],
        )
        .await?;
    let id = ids::code().map_err(|error| StoreError::Failed(Box::new(error)))?;
    connection
        .run(
            "insert into imports (id, dispute_id, user_id, name, format, options, content, created_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
            values![
                &id,
                dispute,
                user,
                &upload.name,
                &upload.format,
                &upload.options,
                STANDARD.encode(&upload.bytes),
                at,
            ],
        )
        .await?;
    connection.commit().await?;
    Ok(id)
}

pub(super) async fn one(database: &Database, by: &Actor, dispute: &DisputeId, id: &str) -> Result<Upload> {
    let row = database
        .reader()
        .await?
        .one(
            "select name, format, options, content from imports
             where id = $1 and dispute_id = $2 and user_id = $3",
            values![id, dispute, by.user.as_ref().map_or("", |user| user.as_str())],
        )
        .await?;
    let content: String = row.get("content")?;
    let bytes = STANDARD.decode(content).map_err(|error| StoreError::Failed(Box::new(error)))?;
    Ok(Upload { name: row.get("name")?, format: row.get("format")?, options: row.get("options")?, bytes })
}

pub(super) async fn forget(database: &Database, dispute: &DisputeId, id: &str) -> Result<()> {
    let mut connection = database.transaction().await?;
    connection.run("delete from imports where id = $1 and dispute_id = $2", values![id, dispute]).await?;
    connection.commit().await
}

pub(super) async fn keys(database: &Database, dispute: &DisputeId) -> Result<HashMap<String, EventId>> {
    let mut connection = database.snapshot().await?;
    disputes::must_be(&mut connection, dispute).await?;
    let rest = "from import_keys where dispute_id = $1";
    let keys: Vec<(String, EventId)> = connection.lists("key, event_id", rest, values![dispute]).await?;
    Ok(keys.into_iter().collect())
}

pub(super) async fn add(
    database: &Database,
    by: &Actor,
    dispute: &DisputeId,
    rows: &[(String, EventDraft)],
    reason: &str,
) -> Result<u64> {
    if rows.is_empty() {
        return Ok(0);
    }
    let mut write = Write::begin(database, by, dispute, reason).await?;
    let drafts: Vec<EventDraft> = rows.iter().map(|(_, draft)| draft.clone()).collect();
    let made = events::create(&mut write, &drafts).await?;
    let keys = rows.iter().zip(&made).map(|((key, _), event)| values![dispute, key, &event.id]).collect();
    let replace = " on conflict (dispute_id, key) do update set event_id = excluded.event_id";
    write.connection.insert("import_keys", &["dispute_id", "key", "event_id"], replace, keys).await?;
    write.commit().await?;
    Ok(u64::try_from(made.len()).unwrap_or(u64::MAX))
}
