//! Jobs: a queue that outlives the servers that work on it.
//!
//! A job is leased to one server for a while. Who is at it renews the lease; a server that died does not, and then the
//! job is due again, for whoever asks first.

use chrono::{DateTime, TimeDelta, Utc};
use impasse_app::model::id::{DisputeId, JobId};
use impasse_app::model::work::{Job, JobDraft, JobEnd, JobKind, JobState, Work};
use impasse_app::store::{Result, StoreError};
use sqlx::AssertSqlSafe;

use super::connection::{Connection, Database, Row, values};
use super::write::{new_id, now};
use super::{disputes, evidence, feeds, webhooks};

const COLUMNS: &str = "id, dispute_id, kind, subject, title, state, attempts, note, due_at, updated_at";

/// What is due at the time in parameter 1. The states are spelt out for the index, which has no others.
const DUE: &str =
    "state in ('waiting', 'running') and due_at <= $1 and (state = 'waiting' or leased_until < $1)";

fn job(row: &Row) -> Result<Job> {
    Ok(Job {
        id: row.id("id")?,
        dispute: row.id("dispute_id")?,
        kind: row.choice("kind", JobKind::from_key)?,
        subject: row.get("subject")?,
        title: row.get("title")?,
        state: row.choice("state", JobState::from_key)?,
        attempts: row.get("attempts")?,
        note: row.get("note")?,
        due: row.instant("due_at")?,
        updated: row.instant("updated_at")?,
    })
}

/// Writes down jobs within a transaction; says how many were not written down already.
pub(super) async fn insert(connection: &mut Connection, jobs: &[JobDraft]) -> Result<u64> {
    let at = now();
    let mut count = 0;
    for draft in jobs {
        let id: JobId = new_id(at)?;
        count += connection
            .run(
                "insert into jobs
                 (id, dispute_id, kind, subject, title, state, attempts, note, due_at, created_at, updated_at)
                 values ($1, $2, $3, $4, $5, 'waiting', 0, '', $6, $7, $7) on conflict do nothing",
                values![&id, &draft.dispute, draft.kind.key(), &draft.subject, &draft.title, draft.due, at],
            )
            .await?;
    }
    Ok(count)
}

pub(super) async fn add(database: &Database, jobs: &[JobDraft]) -> Result<u64> {
    let mut connection = database.transaction().await?;
    let count = insert(&mut connection, jobs).await?;
    connection.commit().await?;
    Ok(count)
}

pub(super) async fn add_due(
    database: &Database,
    at: DateTime<Utc>,
    checked_before: Option<DateTime<Utc>>,
) -> Result<u64> {
    let mut reader = database.reader().await?;
    let mut jobs = feeds::due(&mut reader, at).await?;
    jobs.extend(webhooks::due(&mut reader, at).await?);
    if let Some(before) = checked_before {
        jobs.extend(evidence::due(&mut reader, at, before).await?);
    }
    drop(reader);
    // Mostly there is nothing, and then nobody need wait for the right to write.
    if jobs.is_empty() { Ok(0) } else { add(database, &jobs).await }
}

pub(super) async fn lease(
    database: &Database,
    to: &str,
    at: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Option<Job>> {
    let sql = format!("select 1 as one from jobs where {DUE} limit 1");
    if database.reader().await?.first(AssertSqlSafe(sql), values![at]).await?.is_none() {
        return Ok(None);
    }
    let mut connection = database.transaction().await?;
    let sql = format!(
        "select {COLUMNS} from jobs where {DUE} order by due_at, id limit 1{}",
        connection.for_update_of_what_is_free()
    );
    let Some(row) = connection.first(AssertSqlSafe(sql), values![at]).await? else { return Ok(None) };
    let job = job(&row)?;
    connection
        .run(
            "update jobs set state = 'running', leased_by = $1, leased_until = $2, attempts = attempts + 1,
             updated_at = $3 where id = $4",
            values![to, until, at, &job.id],
        )
        .await?;
    connection.commit().await?;
    Ok(Some(Job { state: JobState::Running, attempts: job.attempts + 1, updated: at, ..job }))
}

pub(super) async fn renew(database: &Database, id: &JobId, to: &str, until: DateTime<Utc>) -> Result<()> {
    let mut connection = database.transaction().await?;
    let sql = "update jobs set leased_until = $1 where id = $2 and leased_by = $3 and state = 'running'";
    own(connection.run(sql, values![until, id, to]).await?)?;
    connection.commit().await
}

pub(super) async fn end(database: &Database, id: &JobId, of: &str, end: &JobEnd) -> Result<()> {
    let (state, note, due) = match end {
        JobEnd::Done(note) => (JobState::Done, note, None),
        JobEnd::Again(at, note) => (JobState::Waiting, note, Some(at.timestamp_millis())),
        JobEnd::Failed(note) => (JobState::Failed, note, None),
    };
    let mut connection = database.transaction().await?;
    let done = connection
        .run(
            "update jobs set state = $1, note = $2, due_at = coalesce($3, due_at), leased_by = null,
             leased_until = null, updated_at = $4 where id = $5 and leased_by = $6 and state = 'running'",
            values![state.key(), note, due, now(), id, of],
        )
        .await?;
    own(done)?;
    connection.commit().await
}

pub(super) async fn release(database: &Database, of: &str) -> Result<u64> {
    let mut connection = database.transaction().await?;
    // It was not the job's fault, so it does not count as a try.
    let count = connection
        .run(
            "update jobs set state = 'waiting', leased_by = null, leased_until = null, attempts = attempts - 1
             where leased_by = $1 and state = 'running'",
            values![of],
        )
        .await?;
    connection.commit().await?;
    Ok(count)
}

/// A change of a job changes one, unless it is somebody else's by now.
fn own(changed: u64) -> Result<()> {
    if changed == 1 { Ok(()) } else { Err(StoreError::Conflict) }
}

pub(super) async fn work(database: &Database, dispute: &DisputeId, limit: u32) -> Result<Work> {
    let mut connection = database.snapshot().await?;
    disputes::must_be(&mut connection, dispute).await?;
    let at = now();
    let lately = at - TimeDelta::hours(1);
    let sql = format!(
        "select {COLUMNS} from jobs where dispute_id = $1
         order by case state when 'running' then 0 when 'waiting' then 1 else 2 end, updated_at desc, id desc
         limit $2"
    );
    let rows = connection.all(AssertSqlSafe(sql), values![dispute, i64::from(limit)]).await?;
    let counts = connection
        .one(
            "select count(case when state = 'running' or (state = 'waiting' and due_at <= $2) then 1 end) as open,
                    count(case when state in ('done', 'failed') and updated_at > $3 then 1 end) as ended
             from jobs where dispute_id = $1",
            values![dispute, at, lately],
        )
        .await?;
    Ok(Work {
        jobs: rows.iter().map(job).collect::<Result<_>>()?,
        open: counts.get("open")?,
        ended: counts.get("ended")?,
    })
}

/// The jobs that were given up, the latest first.
pub(super) async fn failed(database: &Database, limit: u32) -> Result<Vec<Job>> {
    let sql = format!(
        "select {COLUMNS} from jobs where state = 'failed' order by updated_at desc, id desc limit $1"
    );
    let rows = database.reader().await?.all(AssertSqlSafe(sql), values![i64::from(limit)]).await?;
    rows.iter().map(job).collect()
}

pub(super) async fn forget(database: &Database, before: DateTime<Utc>) -> Result<u64> {
    const OVER: &str = "state in ('done', 'failed') and updated_at < $1";
    let sql = format!("select 1 as one from jobs where {OVER} limit 1");
    if database.reader().await?.first(AssertSqlSafe(sql), values![before]).await?.is_none() {
        return Ok(0);
    }
    let mut connection = database.transaction().await?;
    let sql = format!("delete from jobs where {OVER}");
    let count = connection.run(AssertSqlSafe(sql), values![before]).await?;
    connection.commit().await?;
    Ok(count)
}
