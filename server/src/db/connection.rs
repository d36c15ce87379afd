//! The two databases behind one face: connections, parameters, rows and errors. Everything above is written once;
//! what differs between the dialects is here.

use std::fs::File;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, NaiveDate, Utc};
use futures_util::TryStreamExt as _;
use impasse_app::model::date::EventDate;
use impasse_app::model::time;
use impasse_app::store::{Result, StoreError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions, PgRow};
use sqlx::query::Query;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow, SqliteSynchronous,
};
use sqlx::{
    AssertSqlSafe, Connection as _, Decode, Executor as _, PgConnection, Postgres, Row as _, SqlSafeStr,
    Sqlite, SqliteConnection, Transaction, Type,
};

use super::OpenError;
use super::cells::Cells;

/// A query with its parameters, for either database.
macro_rules! bound {
    ($query:expr, $values:expr) => {
        $values.into_iter().fold($query, |query: Query<'_, _, _>, value| match value {
            Value::Text(text) => query.bind(text),
            Value::Number(number) => query.bind(number),
            Value::Truth(truth) => query.bind(truth),
        })
    };
}
/// Readers of one SQLite file. More than there are cores only wait for each other.
const SQLITE_READERS: u32 = 8;

/// Connections of one server to PostgreSQL, whose own default allows 100 in all.
const POSTGRES_CONNECTIONS: u32 = 10;

/// How long a write waits for another process to finish its own, as `impasse user add` beside a running server.
pub(super) const BUSY: Duration = Duration::from_secs(10);

/// How long PostgreSQL goes on with a statement whose asker may be gone by now, and waits for a transaction that goes on.
const LIMITS: &str = "set statement_timeout = '120s'; set idle_in_transaction_session_timeout = '120s'";

/// How many parameters one statement may have: SQLite's limit, of 32,766, is the lower one.
const PARAMETERS: usize = 30_000;

/// The steps by which SQLite's tables come to what this version needs.
pub(super) static SQLITE_STEPS: Migrator = sqlx::migrate!("./migrations/sqlite");

/// The same for PostgreSQL's.
pub(super) static POSTGRES_STEPS: Migrator = sqlx::migrate!("./migrations/postgres");

/// A database with its connections.
#[derive(Debug, Clone)]
pub(super) enum Database {
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
    pub(super) async fn open(url: &str) -> std::result::Result<Self, OpenError> {
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
    pub(super) async fn stamp(&self) -> Option<u64> {
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
    pub(super) fn file_stamp(&self) -> Option<u64> {
        let Self::Sqlite { index: Some(index), .. } = self else { return None };
        let mut header = [0_u8; 48];
        let read = std::os::unix::fs::FileExt::read_at(index.as_ref(), &mut header, 0).ok()?;
        if read < header.len() {
            return None;
        }
        Some(hash(&header))
    }

    /// A connection to read from with a single query.
    pub(super) async fn reader(&self) -> Result<Connection> {
        Ok(match self {
            Self::Sqlite { readers, .. } => {
                Connection::Sqlite(Box::new(readers.acquire().await.map_err(failed)?))
            }
            Self::Postgres(pool) => Connection::Postgres(Box::new(pool.acquire().await.map_err(failed)?)),
        })
    }

    /// A connection whose queries all see the same state.
    pub(super) async fn snapshot(&self) -> Result<Connection> {
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
    pub(super) async fn transaction(&self) -> Result<Connection> {
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
pub(super) fn sqlite_options(options: SqliteConnectOptions) -> SqliteConnectOptions {
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
pub(super) fn scheme(url: &str) -> Option<&str> {
    let (scheme, _) = url.split_once(':')?;
    let is_scheme = scheme.len() > 1
        && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    is_scheme.then_some(scheme)
}

/// A connection of either database, with or without a transaction on it.
#[derive(Debug)]
pub(super) enum Connection {
    Sqlite(Box<PoolConnection<Sqlite>>),
    Postgres(Box<PoolConnection<Postgres>>),
    SqliteTransaction(Transaction<'static, Sqlite>),
    PostgresTransaction(Transaction<'static, Postgres>),
}

/// The connection below.
pub(super) enum Handle<'a> {
    Sqlite(&'a mut SqliteConnection),
    Postgres(&'a mut PgConnection),
}

impl Connection {
    pub(super) fn handle(&mut self) -> Handle<'_> {
        match self {
            Self::Sqlite(connection) => Handle::Sqlite(connection),
            Self::Postgres(connection) => Handle::Postgres(connection),
            Self::SqliteTransaction(transaction) => Handle::Sqlite(transaction),
            Self::PostgresTransaction(transaction) => Handle::Postgres(transaction),
        }
    }

    /// Whether it is SQLite's.
    pub(super) fn is_sqlite(&self) -> bool {
        matches!(self, Self::Sqlite(_) | Self::SqliteTransaction(_))
    }

    /// What makes a `select` keep others from changing the row until the transaction ends. SQLite has no such words
    /// and needs none, since a transaction that may write is alone.
    pub(super) fn for_update(&self) -> &'static str {
        if self.is_sqlite() { "" } else { " for update" }
    }

    /// The same for a `select` that leaves out rows which others are changing.
    pub(super) fn for_update_of_what_is_free(&self) -> &'static str {
        if self.is_sqlite() { "" } else { " for update skip locked" }
    }

    /// The strings of the JSON list in parameter `n`, as a table `given` with one column `value`. Lists of any
    /// length are one parameter so, and the statement stays the same.
    pub(super) fn given(&self, n: usize) -> String {
        if self.is_sqlite() {
            format!("json_each(${n}) as given")
        } else {
            format!("jsonb_array_elements_text(${n}::jsonb) as given (value)")
        }
    }

    /// The function that finds one text in another, from 1, or 0 where it is not.
    pub(super) fn position(&self) -> &'static str {
        if self.is_sqlite() { "instr" } else { "strpos" }
    }

    /// All rows.
    pub(super) async fn all(&mut self, sql: impl SqlSafeStr, values: Vec<Value>) -> Result<Vec<Row>> {
        let sql = sql.into_sql_str();
        Ok(match self.handle() {
            Handle::Sqlite(connection) => {
                let rows = bound!(sqlx::query(sql), values).fetch_all(connection).await.map_err(failed)?;
                rows.into_iter().map(Row::Sqlite).collect()
            }
            Handle::Postgres(connection) => {
                let rows = bound!(sqlx::query(sql), values).fetch_all(connection).await.map_err(failed)?;
                rows.into_iter().map(Row::Postgres).collect()
            }
        })
    }

    /// All rows of `select columns rest`, of columns that are texts or numbers, each as something that serde reads
    /// from a list of them. For long results: SQLite's rows come from a thread of their own one by one, and ten
    /// thousand hand-overs take several times as long as one text with all of them.
    pub(super) async fn lists<T: DeserializeOwned>(
        &mut self,
        columns: &str,
        rest: &str,
        values: Vec<Value>,
    ) -> Result<Vec<T>> {
        match self.handle() {
            Handle::Sqlite(connection) => {
                let sql =
                    format!("select json_group_array(json_array({columns})) from (select {columns} {rest})");
                let query = bound!(sqlx::query(AssertSqlSafe(sql)), values);
                let row = query.fetch_one(connection).await.map_err(failed)?;
                from_json(row.try_get(0).map_err(failed)?)
            }
            Handle::Postgres(connection) => {
                let sql = format!("select {columns} {rest}");
                let query = bound!(sqlx::query(AssertSqlSafe(sql)), values);
                // Each is read while PostgreSQL makes the next.
                let (mut rows, mut cells, mut read) = (query.fetch(connection), Cells::default(), Vec::new());
                while let Some(row) = rows.try_next().await.map_err(failed)? {
                    read.push(cells.read(&row)?);
                }
                Ok(read)
            }
        }
    }

    /// The first row, if there is one.
    pub(super) async fn first(&mut self, sql: impl SqlSafeStr, values: Vec<Value>) -> Result<Option<Row>> {
        let sql = sql.into_sql_str();
        Ok(match self.handle() {
            Handle::Sqlite(connection) => bound!(sqlx::query(sql), values)
                .fetch_optional(connection)
                .await
                .map_err(failed)?
                .map(Row::Sqlite),
            Handle::Postgres(connection) => bound!(sqlx::query(sql), values)
                .fetch_optional(connection)
                .await
                .map_err(failed)?
                .map(Row::Postgres),
        })
    }

    /// The first row; [`StoreError::NotFound`] if there is none.
    pub(super) async fn one(&mut self, sql: impl SqlSafeStr, values: Vec<Value>) -> Result<Row> {
        self.first(sql, values).await?.ok_or(StoreError::NotFound)
    }

    /// How many rows a statement changed.
    pub(super) async fn run(&mut self, sql: impl SqlSafeStr, values: Vec<Value>) -> Result<u64> {
        let sql = sql.into_sql_str();
        Ok(match self.handle() {
            Handle::Sqlite(connection) => {
                bound!(sqlx::query(sql), values).execute(connection).await.map_err(failed)?.rows_affected()
            }
            Handle::Postgres(connection) => {
                bound!(sqlx::query(sql), values).execute(connection).await.map_err(failed)?.rows_affected()
            }
        })
    }

    /// Inserts rows into `table (columns)`, as many at a time as a statement takes; `then` follows the values.
    pub(super) async fn insert(
        &mut self,
        table: &str,
        columns: &[&str],
        then: &str,
        rows: Vec<Vec<Value>>,
    ) -> Result<()> {
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let chunk: Vec<Vec<Value>> = rows.by_ref().take(PARAMETERS / columns.len().max(1)).collect();
            // SQLite looks up the name of each parameter among all the others; only a bare `?` has none.
            let is_sqlite = self.is_sqlite();
            let name = |n: usize| if is_sqlite { "?".to_owned() } else { format!("${n}") };
            let width = columns.len();
            let tuples: Vec<String> = (0..chunk.len())
                .map(|row| {
                    let names: Vec<String> = (1..=width).map(|column| name(row * width + column)).collect();
                    format!("({})", names.join(", "))
                })
                .collect();
            let sql =
                format!("insert into {table} ({}) values {}{then}", columns.join(", "), tuples.join(", "));
            // A statement for so many rows is not worth a place among those kept prepared.
            let keep = chunk.len() == 1;
            let values: Vec<Value> = chunk.into_iter().flatten().collect();
            let sql = AssertSqlSafe(sql).into_sql_str();
            match self.handle() {
                Handle::Sqlite(connection) => {
                    let query = bound!(sqlx::query(sql), values).persistent(keep);
                    query.execute(connection).await.map_err(failed)?;
                }
                Handle::Postgres(connection) => {
                    let query = bound!(sqlx::query(sql), values).persistent(keep);
                    query.execute(connection).await.map_err(failed)?;
                }
            }
        }
        Ok(())
    }

    /// Makes what a transaction wrote permanent.
    pub(super) async fn commit(self) -> Result<()> {
        match self {
            Self::SqliteTransaction(transaction) => transaction.commit().await.map_err(failed),
            Self::PostgresTransaction(transaction) => transaction.commit().await.map_err(failed),
            Self::Sqlite(_) | Self::Postgres(_) => Ok(()),
        }
    }
}

/// A parameter.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Text(Option<String>),
    Number(Option<i64>),
    Truth(bool),
}

/// The parameters of a query.
macro_rules! values {
    ($($value:expr),* $(,)?) => { vec![$($crate::db::connection::Value::from($value)),*] };
}
pub(super) use values;

impl Value {
    /// A list for [`Connection::given`].
    pub(super) fn list<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Self> {
        let texts: Vec<String> = texts.into_iter().map(str::to_owned).map(without_nul).collect();
        json(&texts).map(Self::from)
    }
}

macro_rules! value_from {
    ($($from:ty, $value:ident => $into:expr;)+) => {$(
        impl From<$from> for Value {
            fn from($value: $from) -> Self {
                $into
            }
        }
    )+};
}

value_from! {
    String, text => Self::Text(Some(without_nul(text)));
    &str, text => Self::Text(Some(without_nul(text.to_owned())));
    &String, text => Self::Text(Some(without_nul(text.clone())));
    Option<String>, text => Self::Text(text.map(without_nul));
    Option<&str>, text => Self::Text(text.map(str::to_owned).map(without_nul));
    i64, number => Self::Number(Some(number));
    Option<i64>, number => Self::Number(number);
    bool, truth => Self::Truth(truth);
    DateTime<Utc>, instant => Self::Number(Some(instant.timestamp_millis()));
    Option<DateTime<Utc>>, at => Self::Number(at.map(|at| at.timestamp_millis()));
    Option<NaiveDate>, day => Self::Number(day.map(day_number));
}

macro_rules! value_from_id {
    ($($id:ident)+) => {$(
        impl From<&impasse_app::model::id::$id> for Value {
            fn from(id: &impasse_app::model::id::$id) -> Self {
                Self::from(id.as_str())
            }
        }
    )+};
}

value_from_id! { DisputeId PartyId EventId ArticleId CitationId PositionId CandidateId UserId FeedId JobId TokenId WebhookId InvitationId SuggestionId PasskeyId IdentityId }

/// PostgreSQL cannot keep NUL in a text. It becomes U+FFFD, as in HTML, which is one code point as well, so that
/// passages still stand where they say.
pub(super) fn without_nul(text: String) -> String {
    if text.contains('\0') { text.replace('\0', "\u{fffd}") } else { text }
}

/// Days since 1970-01-01.
pub(super) fn day_number(day: NaiveDate) -> i64 {
    time::day_start(day) / time::DAY
}

/// The day with a number.
pub(super) fn day_numbered(number: i64) -> NaiveDate {
    time::day_of(number.saturating_mul(time::DAY))
}

/// A date from its expression and its wording.
pub(super) fn date(edtf: &str, printed: Option<String>) -> Result<EventDate> {
    Ok(EventDate::parse(edtf)
        .map_err(|why| damaged(&format!("the date “{edtf}” cannot be read: {why}")))?
        .with_printed(printed))
}

/// A row of either database.
#[derive(Debug)]
pub(super) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    /// A column of a type that both databases know.
    pub(super) fn get<T>(&self, column: &str) -> Result<T>
    where
        T: for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres>,
    {
        match self {
            Self::Sqlite(row) => row.try_get(column).map_err(failed),
            Self::Postgres(row) => row.try_get(column).map_err(failed),
        }
    }

    /// An identifier.
    pub(super) fn id<T: From<String>>(&self, column: &str) -> Result<T> {
        self.get::<String>(column).map(T::from)
    }

    /// A value of a closed vocabulary.
    pub(super) fn choice<T>(&self, column: &str, from_key: impl Fn(&str) -> Option<T>) -> Result<T> {
        let key: String = self.get(column)?;
        from_key(&key).ok_or_else(|| damaged(&format!("{column} is “{key}”, which no version knows")))
    }

    /// An instant.
    pub(super) fn instant(&self, column: &str) -> Result<DateTime<Utc>> {
        instant(self.get(column)?)
    }

    /// An instant, if there is one.
    pub(super) fn instant_if_any(&self, column: &str) -> Result<Option<DateTime<Utc>>> {
        self.get::<Option<i64>>(column)?.map(instant).transpose()
    }

    /// A day.
    pub(super) fn day(&self, column: &str) -> Result<Option<NaiveDate>> {
        Ok(self.get::<Option<i64>>(column)?.map(day_numbered))
    }

    /// The date in the columns `edtf` and `printed`.
    pub(super) fn date(&self) -> Result<EventDate> {
        date(&self.get::<String>("edtf")?, self.get("printed")?)
    }

    /// A part kept as JSON.
    pub(super) fn json<T: DeserializeOwned>(&self, column: &str) -> Result<T> {
        from_json(&self.get::<String>(column)?)
    }

    /// A part kept as JSON, if there is one.
    pub(super) fn json_if_any<T: DeserializeOwned>(&self, column: &str) -> Result<Option<T>> {
        self.get::<Option<String>>(column)?.as_deref().map(from_json).transpose()
    }
}

fn instant(millis: i64) -> Result<DateTime<Utc>> {
    DateTime::from_timestamp_millis(millis).ok_or_else(|| damaged("an instant lies outside all calendars"))
}

/// Something as JSON text.
pub(super) fn json<T: Serialize + ?Sized>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| StoreError::Failed(Box::new(error)))
}

/// Something from JSON text that the store wrote.
pub(super) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| damaged(&error.to_string()))
}

/// The error for what the store cannot have written.
pub(super) fn damaged(what: &str) -> StoreError {
    StoreError::Failed(format!("the database holds what cannot be read: {what}").into())
}

/// The fields that must be unique: PostgreSQL names the index, SQLite the columns.
const UNIQUE: [(&str, &str, &str); 6] = [
    ("disputes_slug_unique", "disputes.slug", "slug"),
    ("feeds_url_unique", "feeds.dispute_id, feeds.url", "url"),
    ("identities_hash_unique", "identities.hash", "identity"),
    ("passkeys_hash_unique", "passkeys.hash", "hash"),
    ("parties_key_unique", "parties.dispute_id, parties.key", "key"),
    ("users_name_unique", "users.name_key", "name"),
];

/// What a database's error means to whoever called.
pub(super) fn failed(error: sqlx::Error) -> StoreError {
    if let Some(refused) = error.as_database_error().filter(|refused| refused.is_unique_violation()) {
        let (index, message) = (refused.constraint(), refused.message());
        let taken =
            UNIQUE.iter().find(|(name, columns, _)| index == Some(name) || message.ends_with(columns));
        if let Some((_, _, field)) = taken {
            return StoreError::Taken(field);
        }
    }
    if is_without_room(&error) {
        StoreError::NoRoom(Box::new(error))
    } else {
        StoreError::Failed(Box::new(error))
    }
}

/// Whether the disk is full or may only be read.
///
/// SQLite's codes (<https://www.sqlite.org/rescode.html>): full, read-only, and errors of the system when it writes,
/// syncs or lengthens a file. PostgreSQL's (its manual, appendix A): disk full, and a server that may only be read.
fn is_without_room(error: &sqlx::Error) -> bool {
    const FULL: i32 = 13;
    const READ_ONLY: i32 = 8;
    const WRITING: [i32; 4] = [778, 1034, 1546, 4874];
    let Some(code) = error.as_database_error().and_then(sqlx::error::DatabaseError::code) else {
        return false;
    };
    match code.parse::<i32>() {
        Ok(number) if code.len() < 5 => {
            WRITING.contains(&number) || matches!(number & 0xff, FULL | READ_ONLY)
        }
        _ => matches!(&*code, "53100" | "25006"),
    }
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
