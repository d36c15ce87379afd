//! How everything stands, over all disputes.

use async_trait::async_trait;
use impasse_app::model::work::{Job, JobKind, JobState};
use impasse_app::store::{AccountState, DisputeState, FailingFeed, Operations, Result, Storage};
use sqlx::AssertSqlSafe;

use super::connection::{Row, values};
use super::write::now;
use super::{SqlStore, check, disputes, jobs};

#[async_trait]
impl Operations for SqlStore {
    async fn accounts(&self) -> Result<Vec<AccountState>> {
        let account = |row: &Row| {
            Ok(AccountState {
                name: row.get("name")?,
                is_admin: row.get("is_owner")?,
                created: row.instant("created_at")?,
                disputes: row.get("disputes")?,
                sessions: row.get("sessions")?,
            })
        };
        let sql = "select name, is_owner, created_at,
                (select count(*) from members where members.user_id = users.id) as disputes,
                (select count(*) from sessions where sessions.user_id = users.id and expires_at > $1) as sessions
            from users order by name_key";
        let mut connection = self.database.reader().await?;
        connection.all(sql, values![now()]).await?.iter().map(account).collect()
    }

    async fn all_disputes(&self) -> Result<Vec<DisputeState>> {
        let state = |row: &Row| {
            Ok(DisputeState {
                dispute: disputes::dispute(row)?,
                is_deleted: row.get("is_deleted")?,
                events: row.get("events")?,
                articles: row.get("articles")?,
                changed: row.instant_if_any("changed_at")?,
            })
        };
        let sql = format!(
            "select {}, deleted_at is not null as is_deleted,
                (select count(*) from events where dispute_id = disputes.id and events.deleted_at is null) as events,
                (select count(*) from articles where dispute_id = disputes.id and articles.deleted_at is null)
                    as articles,
                (select at from revisions where number = disputes.revision) as changed_at
             from disputes order by disputes.revision desc, id",
            disputes::columns("disputes")
        );
        let mut connection = self.database.reader().await?;
        connection.all(AssertSqlSafe(sql), vec![]).await?.iter().map(state).collect()
    }

    async fn failing_feeds(&self) -> Result<Vec<FailingFeed>> {
        let feed = |row: &Row| {
            Ok(FailingFeed {
                dispute: row.get("slug")?,
                id: row.get("id")?,
                title: row.get("title")?,
                failures: row.get("failures")?,
                why: row.get("last_error")?,
                read: row.instant_if_any("last_success_at")?,
                next: row.instant("next_poll_at")?,
            })
        };
        let sql = "select slug, feeds.id, feeds.title, failures, coalesce(last_error, '') as last_error,
                last_success_at, next_poll_at
            from feeds join disputes on disputes.id = dispute_id
            where failures > 0 and feeds.deleted_at is null and disputes.deleted_at is null
            order by failures desc, feeds.id";
        let mut connection = self.database.reader().await?;
        connection.all(sql, vec![]).await?.iter().map(feed).collect()
    }

    async fn job_counts(&self) -> Result<Vec<(JobKind, JobState, i64)>> {
        let count = |row: &Row| {
            Ok((
                row.choice("kind", JobKind::from_key)?,
                row.choice("state", JobState::from_key)?,
                row.get("count")?,
            ))
        };
        let sql = "select kind, state, count(*) as count from jobs group by kind, state order by kind, state";
        let mut connection = self.database.reader().await?;
        connection.all(sql, vec![]).await?.iter().map(count).collect()
    }

    async fn failed_jobs(&self, limit: u32) -> Result<Vec<Job>> {
        jobs::failed(&self.database, limit).await
    }

    async fn storage(&self) -> Result<Storage> {
        let mut connection = self.database.reader().await?;
        let sql = if connection.is_sqlite() {
            "select 'SQLite ' || sqlite_version() as database, page_count * page_size as bytes
             from pragma_page_count(), pragma_page_size()"
        } else {
            "select 'PostgreSQL ' || current_setting('server_version') as database,
                pg_database_size(current_database()) as bytes"
        };
        let size = connection.one(sql, vec![]).await?;
        let counted = connection.one("select count(*) as revisions from revisions", vec![]).await?;
        Ok(Storage {
            database: size.get("database")?,
            bytes: u64::try_from(size.get::<i64>("bytes")?).unwrap_or_default(),
            revisions: counted.get("revisions")?,
        })
    }

    async fn faults(&self) -> Result<Vec<String>> {
        check::faults(&self.database).await
    }
}
