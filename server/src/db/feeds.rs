//! Feeds and their entries.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use impasse_app::model::feed::{EntryDraft, EntryFate, Feed, FeedDraft, FeedEntry, FeedHealth, Poll};
use impasse_app::model::id::{ArticleId, DisputeId, FeedId};
use impasse_app::model::revision::{Action, Actor, Subject};
use impasse_app::model::work::{JobDraft, JobKind};
use impasse_app::store::{Result, StoreError};
use sqlx::AssertSqlSafe;

use super::clean::Clean;
use super::connection::{Connection, Database, Row, Value, json, values};
use super::write::{Write, new_id};
use super::{disputes, jobs};

const COLUMNS: &str =
    "id, url, title, site, rules, is_paused, etag, last_modified, last_poll_at, last_success_at,
    last_error, failures, next_poll_at";

fn feed(row: &Row) -> Result<Feed> {
    let is_paused = row.get("is_paused")?;
    Ok(Feed {
        id: row.id("id")?,
        url: row.get("url")?,
        title: row.get("title")?,
        site: row.get("site")?,
        rules: row.json("rules")?,
        is_paused,
        health: FeedHealth {
            last_poll: row.instant_if_any("last_poll_at")?,
            last_success: row.instant_if_any("last_success_at")?,
            last_error: row.get("last_error")?,
            failures: row.get("failures")?,
            next_poll: row.instant_if_any("next_poll_at")?.filter(|_| !is_paused),
            etag: row.get("etag")?,
            last_modified: row.get("last_modified")?,
        },
    })
}

pub(super) async fn list(database: &Database, dispute: &DisputeId) -> Result<Vec<Feed>> {
    let mut connection = database.snapshot().await?;
    disputes::must_be(&mut connection, dispute).await?;
    let sql = format!(
        "select {COLUMNS} from feeds where dispute_id = $1 and deleted_at is null order by title, id"
    );
    connection.all(AssertSqlSafe(sql), values![dispute]).await?.iter().map(feed).collect()
}

pub(super) async fn one(database: &Database, dispute: &DisputeId, id: &FeedId) -> Result<Feed> {
    let mut connection = database.snapshot().await?;
    disputes::must_be(&mut connection, dispute).await?;
    current(&mut connection, dispute, id).await
}

async fn current(connection: &mut Connection, dispute: &DisputeId, id: &FeedId) -> Result<Feed> {
    let sql = format!("select {COLUMNS} from feeds where id = $1 and dispute_id = $2 and deleted_at is null");
    feed(&connection.one(AssertSqlSafe(sql), values![id, dispute]).await?)
}

pub(super) async fn add(
    database: &Database,
    by: &Actor,
    dispute: &DisputeId,
    draft: &FeedDraft,
) -> Result<Feed> {
    let mut write = Write::begin(database, by, dispute, "").await?;
    let FeedDraft { url, title, rules, is_paused } = draft.clone().clean();
    let id: FeedId = new_id(write.at)?;
    write
        .connection
        .run(
            "insert into feeds
             (id, dispute_id, url, title, rules, is_paused, failures, next_poll_at, created_at)
             values ($1, $2, $3, $4, $5, $6, 0, $7, $7)",
            values![&id, dispute, &url, &title, json(&rules)?, is_paused, write.at],
        )
        .await?;
    let feed = current(&mut write.connection, dispute, &id).await?;
    write.record(Subject::Feed, id.as_str(), Action::Create, &feed)?;
    write.commit().await?;
    Ok(feed)
}

pub(super) async fn change(
    database: &Database,
    by: &Actor,
    dispute: &DisputeId,
    id: &FeedId,
    draft: &FeedDraft,
    reason: &str,
) -> Result<Feed> {
    let mut write = Write::begin(database, by, dispute, reason).await?;
    current(&mut write.connection, dispute, id).await?;
    let FeedDraft { url, title, rules, is_paused } = draft.clone().clean();
    // Without a tag the whole feed is sent again, so that entries left out before are looked at by the new rules.
    write
        .connection
        .run(
            "update feeds set url = $1, title = $2, rules = $3, is_paused = $4, etag = null, last_modified = null,
             failures = 0, next_poll_at = $5 where id = $6",
            values![&url, &title, json(&rules)?, is_paused, write.at, id],
        )
        .await?;
    let feed = current(&mut write.connection, dispute, id).await?;
    write.record(Subject::Feed, id.as_str(), Action::Update, &feed)?;
    write.commit().await?;
    Ok(feed)
}

pub(super) async fn delete(
    database: &Database,
    by: &Actor,
    dispute: &DisputeId,
    id: &FeedId,
    reason: &str,
) -> Result<()> {
    let mut write = Write::begin(database, by, dispute, reason).await?;
    let feed = current(&mut write.connection, dispute, id).await?;
    write.connection.run("update feeds set deleted_at = $1 where id = $2", values![write.at, id]).await?;
    write.record(Subject::Feed, id.as_str(), Action::Delete, &feed)?;
    write.commit().await
}

const ENTRY: &str = "key, url, title, published, fate, note, article_id, seen_at";

fn entry(row: &Row) -> Result<FeedEntry> {
    Ok(FeedEntry {
        key: row.get("key")?,
        url: row.get("url")?,
        title: row.get("title")?,
        published: row.day("published")?,
        fate: row.choice("fate", EntryFate::from_key)?,
        note: row.get("note")?,
        article: row.get::<Option<String>>("article_id")?.map(ArticleId::from),
        seen: row.instant("seen_at")?,
    })
}

pub(super) async fn entries(
    database: &Database,
    dispute: &DisputeId,
    id: &FeedId,
    limit: u32,
) -> Result<Vec<FeedEntry>> {
    let mut connection = database.snapshot().await?;
    disputes::must_be(&mut connection, dispute).await?;
    current(&mut connection, dispute, id).await?;
    let sql = format!(
        "select {ENTRY} from feed_entries where feed_id = $1
         order by seen_at desc, published desc nulls last, key limit $2"
    );
    connection.all(AssertSqlSafe(sql), values![id, i64::from(limit)]).await?.iter().map(entry).collect()
}

pub(super) async fn one_entry(
    database: &Database,
    dispute: &DisputeId,
    id: &FeedId,
    key: &str,
) -> Result<(FeedEntry, String)> {
    let mut connection = database.snapshot().await?;
    disputes::must_be(&mut connection, dispute).await?;
    current(&mut connection, dispute, id).await?;
    let sql = format!("select {ENTRY}, content from feed_entries where feed_id = $1 and key = $2");
    let row = connection.one(AssertSqlSafe(sql), values![id, key]).await?;
    Ok((entry(&row)?, row.get("content")?))
}

pub(super) async fn keep_poll(
    database: &Database,
    dispute: &DisputeId,
    id: &FeedId,
    poll: &Poll,
) -> Result<u64> {
    let mut connection = database.transaction().await?;
    // Locked, so that of two that polled at once the second finds the entries of the first.
    let sql = format!(
        "select id from feeds where id = $1 and dispute_id = $2 and deleted_at is null{}",
        connection.for_update()
    );
    connection.one(AssertSqlSafe(sql), values![id, dispute]).await?;
    let (at, next) = (poll.at, poll.next);
    if let Some(error) = &poll.error {
        connection
            .run(
                "update feeds set last_poll_at = $1, next_poll_at = $2, last_error = $3, failures = failures + 1
                 where id = $4",
                values![at, next, error, id],
            )
            .await?;
    } else {
        connection
            .run(
                "update feeds set last_poll_at = $1, next_poll_at = $2, last_success_at = $1, last_error = null,
                 failures = 0, etag = $3, last_modified = $4, site = coalesce($5, site),
                 title = case when title = '' then $6 else title end where id = $7",
                values![
                    at,
                    next,
                    poll.etag.clone(),
                    poll.last_modified.clone(),
                    poll.site.clone(),
                    &poll.title,
                    id,
                ],
            )
            .await?;
    }
    let new = keep_entries(&mut connection, id, at, &poll.entries).await?;
    let jobs: Vec<JobDraft> = new.iter().map(|entry| fetching(dispute, id, entry, at)).collect();
    let count = jobs::insert(&mut connection, &jobs).await?;
    connection.commit().await?;
    Ok(count)
}

/// The job of fetching an entry's page.
fn fetching(dispute: &DisputeId, id: &FeedId, entry: &EntryDraft, at: DateTime<Utc>) -> JobDraft {
    JobDraft {
        dispute: dispute.clone(),
        kind: JobKind::Take,
        subject: format!("{id} {}", entry.key),
        title: if entry.title.is_empty() { entry.url.clone() } else { entry.title.clone() },
        due: at,
    }
}

/// Keeps those entries that were not seen before, and those that the rules left out and let through now. Returns
/// those that are to be fetched.
async fn keep_entries<'a>(
    connection: &mut Connection,
    id: &FeedId,
    at: DateTime<Utc>,
    entries: &'a [EntryDraft],
) -> Result<Vec<&'a EntryDraft>> {
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "select key, fate from feed_entries where feed_id = $1 and key in (select given.value from {})",
        connection.given(2)
    );
    let keys = Value::list(entries.iter().map(|entry| entry.key.as_str()))?;
    let mut fates = HashMap::new();
    for row in connection.all(AssertSqlSafe(sql), vec![id.into(), keys]).await? {
        fates.insert(row.get::<String>("key")?, row.choice("fate", EntryFate::from_key)?);
    }
    let mut wanted = Vec::new();
    for entry in entries {
        let fate = if entry.is_wanted { EntryFate::Waiting } else { EntryFate::LeftOut };
        match fates.insert(entry.key.clone(), fate) {
            None => {
                connection
                    .run(
                        "insert into feed_entries
                         (feed_id, key, url, title, published, content, fate, note, seen_at)
                         values ($1, $2, $3, $4, $5, $6, $7, '', $8)",
                        values![
                            id,
                            &entry.key,
                            &entry.url,
                            &entry.title,
                            entry.published,
                            &entry.content,
                            fate.key(),
                            at,
                        ],
                    )
                    .await?;
            }
            Some(EntryFate::LeftOut) if entry.is_wanted => {
                connection
                    .run(
                        "update feed_entries set fate = $1, content = $2 where feed_id = $3 and key = $4",
                        values![fate.key(), &entry.content, id, &entry.key],
                    )
                    .await?;
            }
            Some(_) => continue,
        }
        if entry.is_wanted {
            wanted.push(entry);
        }
    }
    Ok(wanted)
}

pub(super) async fn settle(
    database: &Database,
    id: &FeedId,
    key: &str,
    fate: EntryFate,
    note: &str,
    article: Option<&ArticleId>,
) -> Result<()> {
    let mut connection = database.transaction().await?;
    // What it was fetched for is done, and the text need not be kept twice.
    let done = connection
        .run(
            "update feed_entries set fate = $1, note = $2, article_id = $3,
             content = case when $1 = 'failed' then content else '' end where feed_id = $4 and key = $5",
            values![fate.key(), note, article.map(ArticleId::as_str), id, key],
        )
        .await?;
    if done == 0 {
        return Err(StoreError::NotFound);
    }
    connection.commit().await
}

/// The jobs of reading the feeds that are due and not being read already.
pub(super) async fn due(connection: &mut Connection, now: DateTime<Utc>) -> Result<Vec<JobDraft>> {
    let rows = connection
        .all(
            "select feeds.id, feeds.dispute_id, feeds.title, feeds.url from feeds
             join disputes on disputes.id = feeds.dispute_id
             where feeds.deleted_at is null and disputes.deleted_at is null and not feeds.is_paused
             and feeds.next_poll_at <= $1
             and not exists (select 1 from jobs where jobs.kind = 'poll' and jobs.subject = feeds.id
                             and jobs.state in ('waiting', 'running'))
             order by feeds.next_poll_at limit 100",
            values![now],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let title: String = row.get("title")?;
            Ok(JobDraft {
                dispute: row.id("dispute_id")?,
                kind: JobKind::Poll,
                subject: row.get("id")?,
                title: if title.is_empty() { row.get("url")? } else { title },
                due: now,
            })
        })
        .collect()
}
