//! A database as a whole, for backups and moves: its tables, and their rows in an order and a form that do not depend on
//! which of the two databases it is.

mod rows;
mod tables;

use std::str::FromStr;

use impasse_app::store::{Result, StoreError};
use serde::{Deserialize, Serialize};
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{ConnectOptions as _, Connection as _, PgConnection};

use super::OpenError;
use super::connection::{
    BUSY, Connection, Database, Handle, POSTGRES_STEPS, SQLITE_STEPS, scheme, sqlite_options, values,
};
use crate::password::hex;
pub use rows::Tally;
pub(crate) use rows::{Counting, Piece};
pub(crate) use tables::{DERIVED, Table};

/// One of the two databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A file.
    Sqlite,
    /// A server of its own.
    Postgres,
}

impl Kind {
    /// The steps by which its tables come to what this version needs.
    fn steps(self) -> &'static Migrator {
        match self {
            Self::Sqlite => &SQLITE_STEPS,
            Self::Postgres => &POSTGRES_STEPS,
        }
    }
}

/// A migration that a database ran.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Its number.
    pub version: i64,
    /// Its name.
    pub description: String,
    /// SHA-384 of its text, in hexadecimal.
    pub checksum: String,
}

impl Step {
    /// The first of the migrations that this version of Impasse does not know, or knows with another text.
    pub(crate) fn unknown_among(steps: &[Self], kind: Kind) -> Option<&Self> {
        let is_unknown = |step: &&Self| {
            let mut own = kind.steps().iter();
            !own.any(|own| own.version == step.version && hex(&own.checksum) == step.checksum)
        };
        steps.iter().find(is_unknown)
    }
}

/// One transaction on a database.
pub(crate) struct Whole {
    connection: Connection,
    database: Database,
    kind: Kind,
}

impl Whole {
    /// One moment of a database, to be read; its tables are left as they are.
    ///
    /// # Errors
    /// When the URL is of no database, or it does not answer.
    pub(crate) async fn read_only(url: &str) -> std::result::Result<Self, crate::backup::BackupError> {
        let database = connected(url, false).await?;
        Ok(Self { connection: database.snapshot().await?, kind: kind(&database), database })
    }

    /// A transaction on a database that is about to be filled. Nothing of it stays before [`Self::commit`].
    ///
    /// # Errors
    /// When the URL is of no database, or it does not answer.
    pub(crate) async fn writable(url: &str) -> std::result::Result<Self, crate::backup::BackupError> {
        let database = connected(url, true).await?;
        Ok(Self { connection: database.transaction().await?, kind: kind(&database), database })
    }

    /// Which of the two it is.
    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    /// The migrations that were run here, in order; none where Impasse never was.
    pub(crate) async fn steps(&mut self) -> Result<Vec<Step>> {
        let there = match self.kind {
            Kind::Sqlite => "select 1 as one from sqlite_schema where name = '_sqlx_migrations'",
            Kind::Postgres => "select 1 as one where to_regclass('_sqlx_migrations') is not null",
        };
        if self.connection.first(there, vec![]).await?.is_none() {
            return Ok(Vec::new());
        }
        let sql =
            "select version, description, checksum from _sqlx_migrations where success order by version";
        let rows = self.connection.all(sql, vec![]).await?;
        let step = |row: &super::connection::Row| {
            Ok(Step {
                version: row.get("version")?,
                description: row.get("description")?,
                checksum: hex(&row.get::<Vec<u8>>("checksum")?),
            })
        };
        rows.iter().map(step).collect()
    }

    /// Runs the migrations that are missing, up to a number or all of them.
    ///
    /// # Errors
    /// When one fails, or what was run here is not known to this version.
    pub(crate) async fn migrate(&mut self, to: Option<i64>) -> std::result::Result<(), OpenError> {
        match self.connection.handle() {
            Handle::Sqlite(connection) => SQLITE_STEPS.run_direct(to, connection, false).await?,
            Handle::Postgres(connection) => POSTGRES_STEPS.run_direct(to, connection, false).await?,
        }
        Ok(())
    }

    /// Makes what was written permanent. SQLite then has all of it in the one file, which may be copied or moved.
    pub(crate) async fn commit(self) -> Result<()> {
        self.connection.commit().await?;
        match self.database {
            Database::Sqlite { writer, .. } => writer.close().await,
            Database::Postgres(pool) => pool.close().await,
        }
        Ok(())
    }
}

fn kind(database: &Database) -> Kind {
    match database {
        Database::Sqlite { .. } => Kind::Sqlite,
        Database::Postgres(_) => Kind::Postgres,
    }
}

/// A single connection to what a URL names, whose tables are left as they are.
async fn connected(url: &str, may_write: bool) -> std::result::Result<Database, OpenError> {
    match scheme(url) {
        Some("postgres" | "postgresql") => {
            let options = PgConnectOptions::from_str(url).map_err(OpenError::Url)?;
            // Reading a whole table is slow, which is no news.
            let options = options.application_name("impasse").disable_statement_logging();
            // Not through the pool, which says only that it took too long.
            let first = PgConnection::connect_with(&options).await.map_err(OpenError::Connect)?;
            first.close().await.map_err(OpenError::Connect)?;
            let pool = PgPoolOptions::new().max_connections(1).acquire_timeout(BUSY);
            Ok(Database::Postgres(pool.connect_lazy_with(options)))
        }
        Some("sqlite") | None if !url.is_empty() => {
            let options = match scheme(url) {
                Some(_) => SqliteConnectOptions::from_str(url).map_err(OpenError::Url)?,
                None => SqliteConnectOptions::new().filename(url),
            };
            let options = sqlite_options(options).create_if_missing(may_write).disable_statement_logging();
            let options = if may_write { options } else { options.pragma("query_only", "on") };
            let pool = SqlitePoolOptions::new().max_connections(1);
            let pool = pool.connect_with(options).await.map_err(OpenError::Connect)?;
            Ok(Database::Sqlite { writer: pool.clone(), readers: pool, index: None })
        }
        other => Err(OpenError::Scheme(other.unwrap_or_default().to_owned())),
    }
}

/// The error for tables that cannot be copied.
fn unfit(why: String) -> StoreError {
    StoreError::Failed(why.into())
}
