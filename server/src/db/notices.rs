//! Changes as they are made: PostgreSQL tells of them by LISTEN and NOTIFY, SQLite by the stamp of its file.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use impasse_app::model::id::DisputeId;
use impasse_app::model::revision::{Action, Subject};
use impasse_app::model::role::Visibility;
use impasse_app::store::{Notices, Result, Step};
use sqlx::AssertSqlSafe;
use sqlx::postgres::{PgListener, PgPool};
use tokio::sync::Mutex;

use super::SqlStore;
use super::connection::{Connection, Database, Row, values};

/// The channel on which servers tell each other that revisions were made.
const CHANNEL: &str = "impasse_revisions";

/// How often SQLite's stamp is looked at, which takes a microsecond.
const LOOK: Duration = Duration::from_millis(100);

/// After how long one looks without having been told, should a notice have been lost.
const ANYHOW: Duration = Duration::from_secs(5);

/// How long to wait before listening again where that failed.
const AGAIN: Duration = Duration::from_millis(500);

/// What is kept between one wait and the next.
#[derive(Debug, Default)]
pub(super) struct Watch {
    listener: Mutex<Option<PgListener>>,
    stamp: Mutex<Option<u64>>,
    /// Notices cannot be had, as behind a pool of connections for one transaction each; said once.
    said: OnceLock<()>,
}

#[async_trait]
impl Notices for SqlStore {
    async fn last_revision(&self) -> Result<i64> {
        let mut connection = self.database.reader().await?;
        connection.one("select last from revision_counter where id = 1", vec![]).await?.get("last")
    }

    async fn steps_after(&self, number: i64, dispute: Option<&DisputeId>, limit: u32) -> Result<Vec<Step>> {
        let mut connection = self.database.reader().await?;
        let mut values = values![number, i64::from(limit)];
        let mut one = "";
        if let Some(dispute) = dispute {
            values.extend(values![dispute]);
            one = "and revisions.dispute_id = $3";
        }
        let sql = format!(
            "select number, dispute_id, visibility, subject, subject_id, action from revisions
             join disputes on disputes.id = dispute_id
             where number > $1 {one} order by number limit $2"
        );
        connection.all(AssertSqlSafe(sql), values).await?.iter().map(step).collect()
    }

    async fn written(&self) {
        match &self.database {
            Database::Sqlite { .. } => self.stamped().await,
            Database::Postgres(pool) => {
                let told = tokio::time::timeout(ANYHOW, self.told(pool)).await;
                if let Ok(Err(error)) = told {
                    if self.watch.said.set(()).is_ok() {
                        tracing::warn!(%error, "changes by other servers are looked for, not told of");
                    }
                    tokio::time::sleep(AGAIN).await;
                }
            }
        }
    }
}

impl SqlStore {
    /// Waits until the stamp of SQLite's file is another one.
    async fn stamped(&self) {
        let mut last = self.watch.stamp.lock().await;
        let begun = Instant::now();
        loop {
            let stamp = self.database.file_stamp();
            if stamp.is_none() || stamp != *last || begun.elapsed() > ANYHOW {
                // In memory there is no stamp; then whoever watches looks each time.
                if stamp.is_none() {
                    tokio::time::sleep(LOOK).await;
                }
                *last = stamp;
                return;
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Waits until a server tells of revisions. It answers at once where it has to begin to listen, or to begin anew:
    /// what was told meanwhile has been missed.
    async fn told(&self, pool: &PgPool) -> std::result::Result<(), sqlx::Error> {
        let mut listener = self.watch.listener.lock().await;
        let Some(listening) = listener.as_mut() else {
            let mut new = PgListener::connect_with(pool).await?;
            new.listen(CHANNEL).await?;
            *listener = Some(new);
            return Ok(());
        };
        match listening.try_recv().await {
            Ok(_) => {
                while listening.next_buffered().is_some() {}
                Ok(())
            }
            Err(error) => {
                *listener = None;
                Err(error)
            }
        }
    }
}

/// Tells the other servers that revisions up to a number were made, once the transaction is committed.
pub(super) async fn tell(connection: &mut Connection, last: i64) -> Result<()> {
    if connection.is_sqlite() {
        return Ok(());
    }
    connection.run("select pg_notify($1, $2)", values![CHANNEL, last.to_string()]).await.map(drop)
}

fn step(row: &Row) -> Result<Step> {
    Ok(Step {
        number: row.get("number")?,
        dispute: row.id("dispute_id")?,
        visibility: row.choice("visibility", Visibility::from_key)?,
        subject: row.choice("subject", Subject::from_key)?,
        subject_id: row.get("subject_id")?,
        action: row.choice("action", Action::from_key)?,
    })
}
