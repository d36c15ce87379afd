//! Copies of everything: into a file, out of it, and from one database to another.
//!
//! All of them read one moment of a database ([`Whole::read_only`]) and hand its rows on in pieces, so that memory does
//! not grow with what there is, and all that is loaded is read again and compared, by count and hash of each table, before
//! it becomes permanent.

mod file;
pub mod schedule;

use std::path::{Path, PathBuf};

use chrono::{DateTime, SubsecRound as _, Utc};
use impasse_app::store::StoreError;
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use crate::db::OpenError;
pub use crate::db::whole::{Kind, Step, Tally};
use crate::db::whole::{Piece, Table, Whole};

/// What the manifest of a backup calls its format.
const FORMAT: &str = "impasse-backup";

/// The newest version of the format that is known here.
const FORMAT_VERSION: u32 = 1;

/// How many pieces may wait to be written.
const WAITING: usize = 4;

/// The tables that are in no backup, since they are made anew where it is loaded.
pub const DERIVED: &[&str] = &crate::db::whole::DERIVED;

/// What a backup says of itself, in its file `manifest.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// `impasse-backup`.
    format: String,
    /// The version of the format.
    format_version: u32,
    /// The version of Impasse that made it.
    pub impasse: String,
    /// When it was made.
    pub made: DateTime<Utc>,
    /// The kind of database that it was made of.
    pub database: Kind,
    /// The migrations that had been run there.
    pub migrations: Vec<Step>,
    /// The tables, each after those that it refers to.
    pub tables: Vec<Tally>,
}

/// Why something was not copied. The messages are for whoever runs the server.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A database could not be opened or brought up to date.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file could not be read or written.
    #[error("{0}: {1}")]
    File(PathBuf, #[source] std::io::Error),
    /// It is a file of another kind.
    #[error("{0} is no backup of Impasse")]
    Foreign(PathBuf),
    /// It is not as it was written.
    #[error("{0} is damaged: {1}. Nothing was taken from it; use another backup")]
    Damaged(PathBuf, String),
    /// A newer version made it.
    #[error(
        "this was made by Impasse {made_by} with the migration {step}, which this version ({}) does not know: use \
         that version, or a newer one",
        env!("CARGO_PKG_VERSION")
    )]
    Newer {
        /// The version that made it.
        made_by: String,
        /// The migration.
        step: String,
    },
    /// Nothing of Impasse's is there to be copied.
    #[error("the database to copy from has no tables of Impasse")]
    Nothing,
    /// Something is where the copy should go.
    #[error(
        "the database to copy into is not empty: its table {0} has rows that a new one has not. Name a new database; \
         nothing was changed"
    )]
    Used(String),
    /// What is where the copy should go is of a later state than the copy.
    #[error(
        "the database to copy into has newer tables than the copy: name one without any tables, which are made \
         as the copy needs them and then brought up to date"
    )]
    Ahead,
    /// What was written is not what was read.
    #[error(
        "the table {table} was not copied as it was ({expected} rows, {found} afterwards): nothing was kept"
    )]
    Differs {
        /// The table.
        table: String,
        /// How many rows were read.
        expected: u64,
        /// How many were found.
        found: u64,
    },
    /// A thread that read or wrote a file ended before its time.
    #[error("the work on the file ended before its time")]
    Ended,
}

/// Copies a database into a file, which has its name only once it is whole and was read again. Servers may go on
/// meanwhile: it is of one moment.
///
/// # Errors
/// When the database cannot be read or the file not written; then there is no file, or the one that was there before.
pub async fn write(url: &str, file: &Path) -> Result<Manifest, BackupError> {
    let mut source = Whole::read_only(url).await?;
    let steps = known(&mut source).await?;
    let (to, from) = mpsc::channel(WAITING);
    let writing = {
        let file = file.to_owned();
        tokio::task::spawn_blocking(move || file::write(&file, from))
    };
    let read = async {
        let tables = source.tables().await?;
        let mut manifest = Manifest {
            format: FORMAT.to_owned(),
            format_version: FORMAT_VERSION,
            impasse: env!("CARGO_PKG_VERSION").to_owned(),
            made: Utc::now().trunc_subsecs(0),
            database: source.kind(),
            migrations: steps,
            tables: Vec::with_capacity(tables.len()),
        };
        for table in &tables {
            manifest.tables.push(source.read(table, Some(&to)).await?);
        }
        let text = serde_json::to_vec_pretty(&manifest).map_err(|error| StoreError::Failed(error.into()))?;
        // If it is not taken, the other side says why.
        let _ = to.send(Piece::End(text)).await;
        Ok::<_, BackupError>(manifest)
    }
    .await;
    drop(to);
    // What went wrong with the file comes first: reading was given up because of it.
    match (writing.await.map_err(|_| BackupError::Ended)?, read) {
        (Err(error), _) if !matches!(error, BackupError::Ended) => Err(error),
        (_, Err(error)) | (Err(error), _) => Err(error),
        (Ok(()), Ok(manifest)) => Ok(manifest),
    }
}

/// Looks whether a backup is whole, without any database.
///
/// # Errors
/// When it is not, or is no backup.
pub async fn check(file: &Path) -> Result<Manifest, BackupError> {
    let file = file.to_owned();
    let work = move || {
        let mut archive = file::Archive::open(&file)?;
        archive.read(None)?;
        Ok(archive.manifest)
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| BackupError::Ended)?
}

/// Fills an empty database with what is in a file, and brings it up to date.
///
/// # Errors
/// When the file is damaged, is of a newer version, or the database is not empty or fails. Then nothing was written.
pub async fn restore(file: &Path, url: &str) -> Result<Manifest, BackupError> {
    let file = file.to_owned();
    let opened = tokio::task::spawn_blocking(move || file::Archive::open(&file));
    let mut archive = opened.await.map_err(|_| BackupError::Ended)??;
    let manifest = archive.manifest.clone();
    if let Some(step) = Step::unknown_among(&manifest.migrations, manifest.database) {
        return Err(newer(&manifest.impasse, step));
    }
    let (mut target, tables) = prepared(url, &manifest.migrations).await?;
    let (to, mut from) = mpsc::channel(WAITING);
    let reading = tokio::task::spawn_blocking(move || archive.read(Some(&to)));
    let loaded = target.load(&tables, &mut from).await;
    drop(from);
    let read = reading.await.map_err(|_| BackupError::Ended)?;
    loaded?;
    read?;
    finished(target, &tables, &manifest.tables).await?;
    Ok(manifest)
}

/// Fills an empty database with what is in another one, and brings it up to date. Gives what was in each table of the
/// one and of the other, which is the same.
///
/// # Errors
/// When either cannot be opened or fails, or the one to be filled is not empty. Then nothing was written.
pub async fn transfer(from: &str, to: &str) -> Result<Vec<(Tally, Tally)>, BackupError> {
    let mut source = Whole::read_only(from).await?;
    let steps = known(&mut source).await?;
    let tables = source.tables().await?;
    let (mut target, into) = prepared(to, &steps).await?;
    let (hand, mut taken) = mpsc::channel(WAITING);
    let reading = async {
        let mut tallies = Vec::with_capacity(tables.len());
        for table in &tables {
            tallies.push(source.read(table, Some(&hand)).await?);
        }
        drop(hand);
        Ok::<_, StoreError>(tallies)
    };
    let loading = async {
        let loaded = target.load(&into, &mut taken).await;
        drop(taken);
        loaded
    };
    let (read, loaded) = tokio::join!(reading, loading);
    loaded?;
    let read = read?;
    let found = finished(target, &into, &read).await?;
    Ok(read.into_iter().zip(found).collect())
}

/// The migrations of a database that is to be copied, all of which must be known here.
async fn known(source: &mut Whole) -> Result<Vec<Step>, BackupError> {
    let steps = source.steps().await?;
    if steps.is_empty() {
        return Err(BackupError::Nothing);
    }
    match Step::unknown_among(&steps, source.kind()) {
        Some(step) => Err(newer("(a newer version)", step)),
        None => Ok(steps),
    }
}

fn newer(made_by: &str, step: &Step) -> BackupError {
    let step = format!("{} ({})", step.version, step.description);
    BackupError::Newer { made_by: made_by.to_owned(), step }
}

/// An empty database with the tables that these migrations make and nothing in them.
async fn prepared(url: &str, steps: &[Step]) -> Result<(Whole, Vec<Table>), BackupError> {
    let mut target = Whole::writable(url).await?;
    let there = target.steps().await?;
    let newest = |steps: &[Step]| steps.iter().map(|step| step.version).max();
    must_be_empty(&mut target, newest(&there)).await?;
    if newest(&there) > newest(steps) {
        return Err(BackupError::Ahead);
    }
    target.migrate(newest(steps)).await?;
    let tables = target.tables().await?;
    target.clear(&tables).await?;
    Ok((target, tables))
}

/// Refuses a database in which anything is that the migrations up to this one do not put into a new one.
async fn must_be_empty(target: &mut Whole, newest: Option<i64>) -> Result<(), BackupError> {
    let tables = target.tables().await?;
    let mut new = Whole::writable("sqlite::memory:").await?;
    if newest.is_some() {
        new.migrate(newest).await?;
    }
    let expected = new.tables().await?;
    for table in &tables {
        let used = || BackupError::Used(table.name.clone());
        let as_new = expected.iter().find(|new| new.name == table.name).ok_or_else(used)?;
        // Counted first: reading what is full would take long.
        if target.count(table).await? != new.count(as_new).await?
            || target.read(table, None).await? != new.read(as_new, None).await?
        {
            return Err(used());
        }
    }
    Ok(())
}

/// Reads what was loaded again, compares it with what it should be, brings the tables up to date and makes all of it
/// permanent. Gives what was found.
async fn finished(mut target: Whole, tables: &[Table], read: &[Tally]) -> Result<Vec<Tally>, BackupError> {
    let mut found = Vec::with_capacity(read.len());
    for expected in read {
        let differs =
            |found| BackupError::Differs { table: expected.table.clone(), expected: expected.rows, found };
        let table = tables.iter().find(|table| table.name == expected.table).ok_or_else(|| differs(0))?;
        let tally = target.read(table, None).await?;
        if tally != *expected {
            return Err(differs(tally.rows));
        }
        found.push(tally);
    }
    target.migrate(None).await?;
    target.commit().await?;
    Ok(found)
}
