//! Databases by their URLs: files that are made and brought up to date, pools, and the connections that come of them.

use std::fs::File;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use impasse_app::store::Result;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Connection as _, Executor as _, PgConnection};

use super::super::OpenError;
use super::Connection;
use super::failure::{failed, is_without_room};

/// Readers of one SQLite file. More than there are cores only wait for each other.
const SQLITE_READERS: u32 = 8;

/// Connections of one server to PostgreSQL, whose own default allows 100 in all.
const POSTGRES_CONNECTIONS: u32 = 10;

/// How long a write waits for another process to finish its own, as `impasse user add` beside a running server.
pub(in crate::db) const BUSY: Duration = Duration::from_secs(10);

/// How long PostgreSQL goes on with a statement whose asker may be gone by now, and waits for a transaction that goes on.
const LIMITS: &str = "set statement_timeout = '120s'; set idle_in_transaction_session_timeout = '120s'";

/// The steps by which SQLite's tables come to what this version needs.
pub(in crate::db) static SQLITE_STEPS: Migrator = sqlx::migrate!("./migrations/sqlite");

/// The same for PostgreSQL's.
pub(in crate::db) static POSTGRES_STEPS: Migrator = sqlx::migrate!("./migrations/postgres");

/// A database with its connections.
#[derive(Debug, Clone)]
pub(in crate::db) enum Database {
    /// SQLite has one writer at a time, so there is one connection to queue for; readers are never in its way.
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
        /// What says whether something was written; none in memory.
        index: Option<Arc<File>>,
    },
    Postgres(PgPool),
}

impl Database {
    /// Opens what a URL names and brings it up to date.
    pub(in crate::db) async fn open(url: &str) -> std::result::Result<Self, OpenError> {
        match scheme(url) {
            Some("postgres" | "postgresql") => {
                let options = PgConnectOptions::from_str(url).map_err(OpenError::Url)?;
                let options = options.application_name("impasse");
                // Not through the pool, which tries for as long as it may and then says only that it took too long.
                let mut first = PgConnection::connect_with(&options).await.map_err(OpenError::Connect)?;
                // Not `run`, whose future is not `Send` for every lifetime.
                POSTGRES_STEPS.run_direct(None, &mut first, false).await?;
                first.close().await.map_err(OpenError::Connect)?;
                let pool = PgPoolOptions::new()
                    .max_connections(POSTGRES_CONNECTIONS)
                    .acquire_timeout(BUSY)
                    // Not an option of the connection, which a proxy between may refuse.
                    .after_connect(|connection, _| {
                        Box::pin(async move { connection.execute(LIMITS).await.map(drop) })
                    })
                    .connect_lazy_with(options);
                Ok(Self::Postgres(pool))
            }
            Some("sqlite") => {
                Self::open_sqlite(SqliteConnectOptions::from_str(url).map_err(OpenError::Url)?).await
            }
            Some(other) => Err(OpenError::Scheme(other.to_owned())),
            None if url.is_empty() => Err(OpenError::Scheme(String::new())),
            None => Self::open_sqlite(SqliteConnectOptions::new().filename(url)).await,
        }
    }

    async fn open_sqlite(options: SqliteConnectOptions) -> std::result::Result<Self, OpenError> {
        let options = sqlite_options(options);
        // The database goes with its last connection if it is in memory, so there is one, and it stays.
        let one = SqlitePoolOptions::new()
            .min_connections(1)
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None);
        let in_memory = options.get_filename().to_string_lossy().contains(":memory:")
            || options.get_filename().to_string_lossy().starts_with("file:sqlx-in-memory");
        if in_memory {
            let pool = one.connect_with(options).await.map_err(OpenError::Connect)?;
            migrate_sqlite(&pool).await?;
            return Ok(Self::Sqlite { writer: pool.clone(), readers: pool, index: None });
        }
        if let Some(folder) = options.get_filename().parent().filter(|path| *path != Path::new("")) {
            std::fs::create_dir_all(folder)
                .map_err(|source| OpenError::Folder { folder: folder.to_owned(), source })?;
        }
        let opened = async {
            let writer = connected(one, &options).await.map_err(OpenError::Connect)?;
            migrate_sqlite(&writer).await?;
            can_write(&writer).await.map_err(OpenError::Connect)?;
            Ok(writer)
        };
        let writer = opened.await.map_err(|error| unwritable(error, options.get_filename()))?;
        let readers = SqlitePoolOptions::new()
            .max_connections(SQLITE_READERS)
            // A timeline of ten thousand events is 20 MB of pages, ten times SQLite's own cache: let the system's serve.
            .connect_with(options.clone().pragma("query_only", "on").pragma("mmap_size", "268435456"))
            .await
            .map_err(OpenError::Connect)?;
        // The writer stays connected, so the file is not made anew under another one's hands.
        let mut name = options.get_filename().as_os_str().to_owned();
        name.push("-shm");
        let index = File::open(&name).ok().map(Arc::new);
        Ok(Self::Sqlite { writer, readers, index })
    }

    /// A number that changes with every commit of any process; none if the database does not say.
    ///
    /// PostgreSQL tells which transactions one sees now (`pg_current_snapshot`): two that see the same give the same
    /// text, and one that was committed but is not seen yet is in it. Its place in the log would not do, since that moves
    /// before what was written can be seen.
    pub(in crate::db) async fn stamp(&self) -> Option<u64> {
        match self {
            Self::Sqlite { .. } => self.file_stamp(),
            Self::Postgres(_) => {
                let mut connection = self.reader().await.ok()?;
                let seen = connection.one("select pg_current_snapshot()::text as seen", vec![]).await.ok()?;
                Some(hash(seen.get::<String>("seen").ok()?.as_bytes()))
            }
        }
    }

    /// The same for SQLite, from the header of the index of its write-ahead log: it holds a counter of transactions and a
    /// checksum of the last one (<https://www.sqlite.org/walformat.html#the_wal_index_header>). Reading it takes a microsecond.
    pub(in crate::db) fn file_stamp(&self) -> Option<u64> {
        let Self::Sqlite { index: Some(index), .. } = self else { return None };
        let mut header = [0_u8; 48];
        let read = std::os::unix::fs::FileExt::read_at(index.as_ref(), &mut header, 0).ok()?;
        if read < header.len() {
            return None;
        }
        Some(hash(&header))
    }

    /// A connection to read from with a single query.
    pub(in crate::db) async fn reader(&self) -> Result<Connection> {
        Ok(match self {
            Self::Sqlite { readers, .. } => {
                Connection::Sqlite(Box::new(readers.acquire().await.map_err(failed)?))
            }
            Self::Postgres(pool) => Connection::Postgres(Box::new(pool.acquire().await.map_err(failed)?)),
        })
    }

    /// A connection whose queries all see the same state.
    pub(in crate::db) async fn snapshot(&self) -> Result<Connection> {
        Ok(match self {
            Self::Sqlite { readers, .. } => {
                Connection::SqliteTransaction(readers.begin_with("begin").await.map_err(failed)?)
            }
            Self::Postgres(pool) => Connection::PostgresTransaction(
                pool.begin_with("begin isolation level repeatable read, read only").await.map_err(failed)?,
            ),
        })
    }

    /// A transaction that may write. What is not committed is undone when it is dropped.
    pub(in crate::db) async fn transaction(&self) -> Result<Connection> {
        Ok(match self {
            // A transaction that began by reading could find itself out of date when it comes to write.
            Self::Sqlite { writer, .. } => {
                Connection::SqliteTransaction(writer.begin_with("begin immediate").await.map_err(failed)?)
            }
            Self::Postgres(pool) => Connection::PostgresTransaction(pool.begin().await.map_err(failed)?),
        })
    }
}

/// Opens a file, which others may be making at the same time: SQLite does not wait for who changes it to a write-ahead
/// log, but says at once that it is locked.
async fn connected(
    pool: SqlitePoolOptions,
    options: &SqliteConnectOptions,
) -> std::result::Result<SqlitePool, sqlx::Error> {
    let begun = Instant::now();
    loop {
        match pool.clone().connect_with(options.clone()).await {
            Err(sqlx::Error::Database(error))
                if error.code().is_some_and(|code| code == "5") && begun.elapsed() < BUSY =>
            {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            opened => return opened,
        }
    }
}

/// Tries to write, and takes it back. SQLite opens what it may only read as well, and says so at the first write.
async fn can_write(pool: &SqlitePool) -> std::result::Result<(), sqlx::Error> {
    let mut transaction = pool.begin_with("begin immediate").await?;
    transaction.execute("update revision_counter set last = last where id = 1").await?;
    transaction.rollback().await
}

/// Says that a file, or its folder, cannot be written, where that is why it cannot be opened: SQLite says only that it
/// cannot open it, and beside the file it has others in its folder.
fn unwritable(error: OpenError, file: &Path) -> OpenError {
    let inner = match &error {
        OpenError::Connect(inner) => Some(inner),
        OpenError::Migrate(MigrateError::Execute(inner)) => Some(inner),
        _ => None,
    };
    let cannot_open = |inner: &sqlx::Error| {
        inner.as_database_error().and_then(|error| error.code()).is_some_and(|code| code == "14")
    };
    match inner {
        Some(inner) if is_without_room(inner) || cannot_open(inner) => {
            OpenError::Unwritable { file: file.to_owned(), why: inner.to_string() }
        }
        _ => error,
    }
}

/// FNV-1a: a number for a cache, not against anybody.
fn hash(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// How every connection to SQLite is.
pub(in crate::db) fn sqlite_options(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(BUSY)
        // Rows come over a channel from the connection's own thread; a longer one wakes both sides less often.
        .row_buffer_size(512)
        .optimize_on_close(true, 400)
}

/// Brings the tables up to date. For PostgreSQL sqlx takes a lock of its own; here it is the writer's, or two servers
/// that start at once would both make the tables.
async fn migrate_sqlite(pool: &SqlitePool) -> std::result::Result<(), OpenError> {
    let mut transaction = pool.begin_with("begin immediate").await.map_err(OpenError::Connect)?;
    SQLITE_STEPS.run_direct(None, &mut *transaction, false).await?;
    transaction.commit().await.map_err(OpenError::Connect)
}

/// The scheme of a URL; none for the path of a file.
pub(in crate::db) fn scheme(url: &str) -> Option<&str> {
    let (scheme, _) = url.split_once(':')?;
    let is_scheme = scheme.len() > 1
        && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    is_scheme.then_some(scheme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_urls_from_paths() {
        assert_eq!(scheme("postgres://user:secret@host/db"), Some("postgres"));
        assert_eq!(scheme("sqlite::memory:"), Some("sqlite"));
        assert_eq!(scheme("mysql://x"), Some("mysql"));
        for path in ["impasse.db", "/var/lib/impasse/impasse.db", "./a:b.db", "C:\\impasse.db"] {
            assert_eq!(scheme(path), None, "{path}");
        }
    }
}
