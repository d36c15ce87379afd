//! The rows of a table as lines of JSON: an object for each, its columns in the order of their names.

use std::collections::BTreeMap;

use futures_util::TryStreamExt as _;
use impasse_app::store::{Result, StoreError};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use sqlx::{AssertSqlSafe, Row as _};
use tokio::sync::mpsc::{Receiver, Sender};

use super::super::connection::{Handle, Value, failed};
use super::tables::{ColumnKind, Table, quoted};
use super::{Kind, Whole, unfit};
use crate::password::hex;

/// About how many bytes of lines go from hand to hand at once.
const CHUNK: usize = 256 * 1024;

/// A part of a copy on its way from where it is read to where it is written.
#[derive(Debug)]
pub(crate) enum Piece {
    /// The rows that follow are of this table.
    Table(String),
    /// Some rows, each a line with its end.
    Rows(Vec<u8>),
    /// All was read, and this is to be kept with it.
    End(Vec<u8>),
}

/// What is in a table, in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// The table's name.
    pub table: String,
    /// How many rows it has.
    pub rows: u64,
    /// SHA-256 in hexadecimal over its rows in the order of the primary key, each as its line of JSON.
    pub sha256: String,
}

/// Counts and hashes lines.
#[derive(Default)]
pub(crate) struct Counting {
    rows: u64,
    hash: Sha256,
}

impl Counting {
    pub(crate) fn add(&mut self, rows: u64, lines: &[u8]) {
        self.rows += rows;
        self.hash.update(lines);
    }

    pub(crate) fn tally(self, table: &str) -> Tally {
        Tally { table: table.to_owned(), rows: self.rows, sha256: hex(&self.hash.finalize()) }
    }
}

/// Writes each row of a stream as a line, and hands the lines on by the chunk.
macro_rules! lines {
    ($connection:expr, $sql:expr, $table:expr, $to:expr, $counting:expr) => {{
        let mut rows = sqlx::query(AssertSqlSafe($sql)).persistent(false).fetch($connection);
        let (mut lines, mut count) = (Vec::new(), 0);
        while let Some(row) = rows.try_next().await.map_err(failed)? {
            for (n, column) in $table.columns.iter().enumerate() {
                lines.push(if n == 0 { b'{' } else { b',' });
                put(&mut lines, &column.name)?;
                lines.push(b':');
                match column.kind {
                    ColumnKind::Text => put(&mut lines, &row.try_get::<Option<&str>, _>(n).map_err(failed)?)?,
                    ColumnKind::Number => {
                        put(&mut lines, &row.try_get::<Option<i64>, _>(n).map_err(failed)?)?
                    }
                    ColumnKind::Truth => {
                        put(&mut lines, &row.try_get::<Option<bool>, _>(n).map_err(failed)?)?
                    }
                }
            }
            lines.extend_from_slice(b"}\n");
            count += 1;
            if lines.len() >= CHUNK {
                $counting.add(count, &lines);
                hand_on($to, std::mem::take(&mut lines)).await?;
                count = 0;
            }
        }
        $counting.add(count, &lines);
        hand_on($to, lines).await?;
    }};
}

impl Whole {
    /// Reads a table in the order of its primary key, hands its rows on if anybody wants them, and says what it read.
    ///
    /// # Errors
    /// When the database fails, or who wanted the rows is gone.
    pub(crate) async fn read(&mut self, table: &Table, to: Option<&Sender<Piece>>) -> Result<Tally> {
        if let Some(to) = to {
            to.send(Piece::Table(table.name.clone())).await.map_err(|_| gone())?;
        }
        let columns: Vec<String> = table.columns.iter().map(|column| quoted(&column.name)).collect();
        let order: Vec<String> = table.key.iter().map(|key| self.ordered_by(table, key)).collect();
        let sql = format!(
            "select {} from {} order by {}",
            columns.join(", "),
            quoted(&table.name),
            order.join(", ")
        );
        let mut counting = Counting::default();
        match self.connection.handle() {
            Handle::Sqlite(connection) => lines!(connection, sql, table, to, counting),
            Handle::Postgres(connection) => lines!(connection, sql, table, to, counting),
        }
        Ok(counting.tally(&table.name))
    }

    /// Texts are ordered by their bytes in both databases.
    fn ordered_by(&self, table: &Table, key: &str) -> String {
        let is_text =
            table.columns.iter().any(|column| column.name == key && column.kind == ColumnKind::Text);
        match self.kind {
            Kind::Postgres if is_text => format!("{} collate \"C\"", quoted(key)),
            _ => quoted(key),
        }
    }

    /// Writes the rows that come into their tables, until no more come.
    ///
    /// # Errors
    /// When the database fails, or a row does not fit its table.
    pub(crate) async fn load(&mut self, tables: &[Table], from: &mut Receiver<Piece>) -> Result<()> {
        let mut into = None;
        while let Some(piece) = from.recv().await {
            match piece {
                Piece::Table(name) => {
                    let table = tables.iter().find(|table| table.name == name);
                    into = Some(table.ok_or_else(|| unfit(format!("there is no table {name} to load")))?);
                }
                Piece::Rows(lines) => {
                    let table = into.ok_or_else(|| unfit("rows came before their table".to_owned()))?;
                    self.insert(table, &lines).await?;
                }
                Piece::End(_) => {}
            }
        }
        Ok(())
    }

    async fn insert(&mut self, table: &Table, lines: &[u8]) -> Result<()> {
        let lines = lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        let rows = lines.map(|line| parsed(table, line)).collect::<Result<Vec<_>>>()?;
        let columns: Vec<String> = table.columns.iter().map(|column| quoted(&column.name)).collect();
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        self.connection.insert(&quoted(&table.name), &columns, "", rows).await
    }
}

/// A line as the values of its table's columns.
fn parsed(table: &Table, line: &[u8]) -> Result<Vec<Value>> {
    use serde_json::Value as Json;
    let amiss = |why: &str| unfit(format!("a row of {} cannot be loaded: {why}", table.name));
    let mut row: BTreeMap<String, Json> =
        serde_json::from_slice(line).map_err(|error| amiss(&error.to_string()))?;
    let value = |name: &str, kind| match (kind, row.remove(name)) {
        (ColumnKind::Text, Some(Json::String(text))) => Ok(Value::Text(Some(text))),
        (ColumnKind::Text, Some(Json::Null)) => Ok(Value::Text(None)),
        (ColumnKind::Number, Some(Json::Null)) => Ok(Value::Number(None)),
        (ColumnKind::Number, Some(Json::Number(number))) if number.is_i64() => {
            Ok(Value::Number(number.as_i64()))
        }
        (ColumnKind::Truth, Some(Json::Bool(truth))) => Ok(Value::Truth(truth)),
        (_, None) => Err(amiss(&format!("it has no {name}"))),
        (_, Some(_)) => Err(amiss(&format!("its {name} is of another type"))),
    };
    let mut value = value;
    let values =
        table.columns.iter().map(|column| value(&column.name, column.kind)).collect::<Result<Vec<_>>>()?;
    match row.keys().next() {
        Some(name) => Err(amiss(&format!("the table has no {name}"))),
        None => Ok(values),
    }
}

fn put(lines: &mut Vec<u8>, value: &(impl Serialize + ?Sized)) -> Result<()> {
    serde_json::to_writer(lines, value).map_err(|error| StoreError::Failed(Box::new(error)))
}

async fn hand_on(to: Option<&Sender<Piece>>, lines: Vec<u8>) -> Result<()> {
    match to {
        Some(to) if !lines.is_empty() => to.send(Piece::Rows(lines)).await.map_err(|_| gone()),
        _ => Ok(()),
    }
}

/// What whoever reads is told when nobody listens any more; why is what the other side says.
fn gone() -> StoreError {
    unfit("the copy was given up".to_owned())
}
