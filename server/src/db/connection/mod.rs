//! The two databases behind one face. Everything above is written once; what differs between the dialects is here.

mod cells;
mod failure;
mod opening;
mod values;

use futures_util::TryStreamExt as _;
use impasse_app::store::{Result, StoreError};
use serde::de::DeserializeOwned;
use sqlx::pool::PoolConnection;
use sqlx::query::Query;
use sqlx::{
    AssertSqlSafe, PgConnection, Postgres, Row as _, SqlSafeStr, Sqlite, SqliteConnection, Transaction,
};

use cells::Cells;
pub(super) use failure::failed;
pub(super) use opening::{BUSY, Database, POSTGRES_STEPS, SQLITE_STEPS, scheme, sqlite_options};
pub(super) use values::{Row, Value, date, day_number, day_numbered, from_json, json, values, without_nul};

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

/// How many parameters one statement may have: SQLite's limit, of 32,766, is the lower one.
const PARAMETERS: usize = 30_000;

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
