//! The record of changes, to read; [`super::write`] appends to it.

use impasse_app::model::id::DisputeId;
use impasse_app::model::revision::{Action, Change, Revision, Subject};
use impasse_app::store::{Result, StoreError};
use sqlx::AssertSqlSafe;

use super::connection::{Connection, Database, Row, from_json, values};

fn revision(row: &Row) -> Result<Revision> {
    Ok(Revision {
        number: row.get("number")?,
        dispute: row.id("dispute_id")?,
        subject: row.choice("subject", Subject::from_key)?,
        subject_id: row.get("subject_id")?,
        action: row.choice("action", Action::from_key)?,
        actor: row.get("actor")?,
        at: row.instant("at")?,
        reason: row.get("reason")?,
        state: row.get("state")?,
    })
}

pub(super) async fn list(
    database: &Database,
    dispute: &DisputeId,
    of: Option<(Subject, &str)>,
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<Revision>> {
    let mut connection = database.snapshot().await?;
    connection.one("select id from disputes where id = $1", values![dispute]).await?;
    let mut values = values![dispute, before.unwrap_or(i64::MAX), i64::from(limit)];
    let mut one = "";
    if let Some((subject, id)) = of {
        values.extend(values![subject.key(), id]);
        one = "and subject = $4 and subject_id = $5";
    }
    let sql = format!(
        "select number, dispute_id, subject, subject_id, action, actor, at, reason, state from revisions
         where dispute_id = $1 and number < $2 {one} order by number desc limit $3"
    );
    connection.all(AssertSqlSafe(sql), values).await?.iter().map(revision).collect()
}

pub(super) async fn event_changes(
    database: &Database,
    dispute: &DisputeId,
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<Change>> {
    let mut connection = database.snapshot().await?;
    connection.one("select id from disputes where id = $1", values![dispute]).await?;
    let sql = "select now.number, now.dispute_id, now.subject, now.subject_id, now.action, now.actor, now.at,
            now.reason, now.state, earlier.action as action_before, earlier.state as state_before
        from revisions as now
        left join revisions as earlier on earlier.number = (
            select max(number) from revisions
            where dispute_id = now.dispute_id and subject = 'event' and subject_id = now.subject_id
            and number < now.number
        )
        where now.dispute_id = $1 and now.subject = 'event' and now.action <> 'create' and now.number < $2
        order by now.number desc limit $3";
    let values = values![dispute, before.unwrap_or(i64::MAX), i64::from(limit)];
    let change = |row: &Row| {
        let before = match row.get::<Option<String>>("state_before")? {
            Some(state) => Some((row.choice("action_before", Action::from_key)?, state)),
            None => None,
        };
        Ok(Change { revision: revision(row)?, before })
    };
    connection.all(sql, values).await?.iter().map(change).collect()
}

/// The changes after a number, oldest first.
pub(super) async fn after(
    connection: &mut Connection,
    dispute: &DisputeId,
    number: i64,
    limit: i64,
) -> Result<Vec<Revision>> {
    let sql =
        "select number, dispute_id, subject, subject_id, action, actor, at, reason, state from revisions
               where dispute_id = $1 and number > $2 order by number limit $3";
    connection.all(sql, values![dispute, number, limit]).await?.iter().map(revision).collect()
}

/// What a revision recorded of one thing; without a number, the last one.
/// [`StoreError::NotFound`] if that revision was not of this thing.
pub(super) async fn state<T: serde::de::DeserializeOwned>(
    connection: &mut Connection,
    dispute: &DisputeId,
    (subject, id): (Subject, &str),
    number: Option<i64>,
) -> Result<T> {
    let (from, to) = number.map_or((0, i64::MAX), |number| (number, number));
    let row = connection
        .one(
            "select state from revisions
             where dispute_id = $1 and subject = $2 and subject_id = $3 and number between $4 and $5
             order by number desc limit 1",
            values![dispute, subject.key(), id, from, to],
        )
        .await?;
    from_json(&row.get::<String>("state")?)
}

/// The number of the last change of one thing. [`StoreError::NotFound`] if there was none.
pub(super) async fn last(
    connection: &mut Connection,
    dispute: &DisputeId,
    (subject, id): (Subject, &str),
) -> Result<i64> {
    let sql = "select number from revisions where dispute_id = $1 and subject = $2 and subject_id = $3
               order by number desc limit 1";
    connection.one(sql, values![dispute, subject.key(), id]).await?.get("number")
}

/// What was last recorded of one thing before a revision, and what before that, if anything was.
/// [`StoreError::NotFound`] if nothing was recorded before.
pub(super) async fn two_before<T: serde::de::DeserializeOwned>(
    connection: &mut Connection,
    dispute: &DisputeId,
    (subject, id): (Subject, &str),
    number: i64,
) -> Result<(T, Option<T>)> {
    let sql = "select state from revisions
               where dispute_id = $1 and subject = $2 and subject_id = $3 and number < $4
               order by number desc limit 2";
    let rows = connection.all(sql, values![dispute, subject.key(), id, number]).await?;
    let mut states = rows.iter().map(|row| from_json(&row.get::<String>("state")?));
    let last = states.next().ok_or(StoreError::NotFound)??;
    Ok((last, states.next().transpose()?))
}
