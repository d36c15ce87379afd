//! Backups that the server makes by itself.
//!
//! Whether one is due is told by the newest file in the folder, and whoever makes one locks a file there, so that of
//! several servers with one folder only one does.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use impasse_app::store::{Backup, Backups};
use tokio::sync::watch;

use super::BackupError;
use crate::beside::PART;
use crate::settings::Settings;

/// How often it is looked whether one is due.
const LOOK: Duration = Duration::from_secs(60);

/// How long after one failed the next is tried.
const AGAIN: TimeDelta = TimeDelta::minutes(15);

/// The names of the files, by when they were begun, in UTC.
const NAME: &str = "impasse-%Y-%m-%dT%H%M%SZ.zip";

/// What whoever makes a backup has locked.
const LOCK: &str = ".impasse-backup.lock";

/// When backups are made and where they go.
#[derive(Debug, Clone)]
pub struct Schedule {
    url: String,
    folder: PathBuf,
    every: TimeDelta,
    keep: usize,
    standing: Arc<Mutex<Backups>>,
}

impl Schedule {
    /// What the settings say; none if they name no folder. How it goes is written into `standing`.
    pub fn of(settings: &Settings, standing: Arc<Mutex<Backups>>) -> Option<Self> {
        Some(Self {
            url: settings.database.clone(),
            folder: settings.backup_dir.clone()?,
            every: TimeDelta::hours(i64::from(settings.backup_every_hours)),
            keep: usize::try_from(settings.backup_keep).unwrap_or(usize::MAX),
            standing,
        })
    }

    /// Makes backups as they are due until it is told to stop. What is half done then is given up.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            let look = async {
                if let Err(error) = self.make_if_due(Utc::now()).await {
                    tracing::error!(%error, folder = %self.folder.display(), "cannot make a backup");
                }
                tokio::time::sleep(LOOK).await;
            };
            tokio::select! {
                _ = stop.changed() => {}
                () = look => {}
            }
        }
    }

    /// Makes a backup if the newest one is old enough and no other server is at it, and removes the oldest ones beyond
    /// those that are kept. Gives where the new one is.
    ///
    /// # Errors
    /// When the folder or the database fails. It is not tried again for a quarter of an hour.
    pub async fn make_if_due(&self, now: DateTime<Utc>) -> Result<Option<PathBuf>, BackupError> {
        if self.standing().failed.is_some_and(|(at, _)| now - at < AGAIN) {
            return Ok(None);
        }
        let made = self.make(now).await;
        match &made {
            Ok(_) => {}
            Err(error) => self.note(|standing| standing.failed = Some((now, error.to_string()))),
        }
        made
    }

    /// How the backups stand.
    pub fn standing(&self) -> Backups {
        self.standing.lock().map(|standing| standing.clone()).unwrap_or_default()
    }

    fn note(&self, change: impl FnOnce(&mut Backups)) {
        if let Ok(mut standing) = self.standing.lock() {
            change(&mut standing);
        }
    }

    async fn make(&self, now: DateTime<Utc>) -> Result<Option<PathBuf>, BackupError> {
        let failed = |error| BackupError::File(self.folder.clone(), error);
        std::fs::create_dir_all(&self.folder).map_err(failed)?;
        let lock = File::create(self.folder.join(LOCK)).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        // Read once nobody else makes one, so that what they made counts.
        let there = self.there().map_err(failed)?;
        // What lies in the future, by a clock that was wrong, must not keep backups from being made.
        let newest = there.iter().rfind(|(made, _)| *made <= now);
        if let Some((made, file)) = newest.filter(|(made, _)| now - *made < self.every) {
            self.found(*made, file).map_err(failed)?;
            return Ok(None);
        }
        self.remove_unfinished().map_err(failed)?;
        let file = self.folder.join(now.format(NAME).to_string());
        let began = std::time::Instant::now();
        let manifest = super::write(&self.url, &file).await?;
        self.found(now, &file).map_err(failed)?;
        let rows: u64 = manifest.tables.iter().map(|table| table.rows).sum();
        let seconds = began.elapsed().as_secs_f64();
        tracing::info!(file = %file.display(), rows, seconds, "made a backup");
        let mut all = self.there().map_err(failed)?;
        all.truncate(all.len().saturating_sub(self.keep));
        for (_, old) in all.iter().filter(|(_, old)| *old != file) {
            std::fs::remove_file(old).map_err(failed)?;
            tracing::info!(file = %old.display(), "removed an old backup");
        }
        Ok(Some(file))
    }

    fn found(&self, made: DateTime<Utc>, file: &Path) -> std::io::Result<()> {
        let last = Backup { made, file: file.to_owned(), size: file.metadata()?.len() };
        self.note(|standing| {
            standing.failed = standing.failed.take().filter(|(at, _)| *at > last.made);
            standing.last = Some(last);
        });
        Ok(())
    }

    /// The backups in the folder with the times in their names, oldest first.
    fn there(&self) -> std::io::Result<Vec<(DateTime<Utc>, PathBuf)>> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(&self.folder)? {
            let entry = entry?;
            let name = entry.file_name();
            if let Ok(made) = NaiveDateTime::parse_from_str(&name.to_string_lossy(), NAME) {
                found.push((made.and_utc(), entry.path()));
            }
        }
        found.sort();
        Ok(found)
    }

    /// Removes what servers left that died while they made a backup.
    fn remove_unfinished(&self) -> std::io::Result<()> {
        for entry in std::fs::read_dir(&self.folder)? {
            let entry = entry?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with(".impasse-") && name.ends_with(PART) {
                std::fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}
