//! `impasse backup`, `impasse restore`, `impasse archive`, `impasse migrate`

use std::path::PathBuf;

use clap::Args;

use super::{Failure, open, tell};
use crate::archive;
use crate::backup::{self, Manifest};
use crate::settings::{Settings, without_password};

#[derive(Args)]
pub(super) struct Backup {
    /// The file to write, or with --verify to look at
    file: PathBuf,
    /// Looks whether the file is whole and says what is in it; needs no database
    #[arg(long)]
    verify: bool,
}

impl Backup {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failure> {
        let manifest = if self.verify {
            backup::check(&self.file).await?
        } else {
            backup::write(&settings.database, &self.file).await?
        };
        let verb = if self.verify { "is whole" } else { "was written" };
        tell(&format!("{} {verb}: {}", self.file.display(), in_words(&manifest)));
        Ok(())
    }
}

#[derive(Args)]
pub(super) struct Restore {
    /// The backup; what it goes into is the database that --database names
    file: PathBuf,
}

impl Restore {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failure> {
        let manifest = backup::restore(&self.file, &settings.database).await?;
        tell(&format!("{} was filled: {}", without_password(&settings.database), in_words(&manifest)));
        Ok(())
    }
}

#[derive(Args)]
pub(super) struct Archive {
    /// The file to write, FILE.zip
    file: PathBuf,
}

impl Archive {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failure> {
        let store = open(settings).await?;
        let origin = settings.public_url.clone().unwrap_or_else(|| format!("http://{}", settings.listen));
        let index = archive::write(&store, origin.trim_end_matches('/'), &self.file).await?;
        tell(&format!("{} was written, with {} disputes", self.file.display(), index.len()));
        Ok(())
    }
}

#[derive(Args)]
pub(super) struct Migrate {
    /// The database to move from, a file or URL
    #[arg(long, requires = "to")]
    from: Option<String>,
    /// The database to move to, which must be empty
    #[arg(long, requires = "from")]
    to: Option<String>,
}

impl Migrate {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failure> {
        let (Some(from), Some(to)) = (&self.from, &self.to) else {
            open(settings).await?;
            tell("The database is up to date");
            return Ok(());
        };
        let moved = backup::transfer(from, to).await?;
        let width = moved.iter().map(|(was, _)| was.table.len()).max().unwrap_or_default().max(5);
        tell(&format!("{:width$}  {:>10}  same hash", "table", "rows"));
        for (was, is) in &moved {
            let same = if was.sha256 == is.sha256 { "yes" } else { "no" };
            tell(&format!("{:width$}  {:>10}  {same}", was.table, is.rows));
        }
        tell(&format!("Everything is in {} now; name it with --database", without_password(to)));
        Ok(())
    }
}

/// What is in a backup, in a line.
fn in_words(manifest: &Manifest) -> String {
    let rows: u64 = manifest.tables.iter().map(|table| table.rows).sum();
    let tables = manifest.tables.len();
    let made = manifest.made.format("%Y-%m-%d %H:%M:%S UTC");
    format!("{rows} rows of {tables} tables, as of {made}, by Impasse {}", manifest.impasse)
}
