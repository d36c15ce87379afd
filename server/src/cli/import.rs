//! `impasse import`

use std::fs::File;
use std::path::PathBuf;

use clap::Args;
use impasse_app::forms::read_dispute;
use impasse_app::model::dispute::{Dispute, Status};
use impasse_app::model::link::Upload;
use impasse_app::model::revision::Actor;
use impasse_app::model::role::Reader;
use impasse_app::page::Submission;
use impasse_app::store::{SharedStore, StoreError};
use impasse_formats::{Draft, Format, Note};

use super::{Failure, open, tell};
use crate::settings::Settings;
use crate::{import, imports};

#[derive(Args)]
pub(super) struct Import {
    /// The file; without --format a CSV file whose first line names its columns: start, end, title, description, party,
    /// kind
    file: PathBuf,
    /// The dispute's name in its address
    #[arg(long, required_unless_present = "dry_run")]
    dispute: Option<String>,
    /// json, csv, timelinejs, timelinejs-csv, markwhen or ics; read as the site's import reads it
    #[arg(long, value_parser = super::export::format)]
    format: Option<Format>,
    /// Says what would become of each row, and changes nothing
    #[arg(long)]
    dry_run: bool,
    /// Makes the dispute, with this title, if it is not there
    #[arg(long)]
    title: Option<String>,
}

impl Import {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failure> {
        if self.format.is_some() || self.dry_run {
            return self.run_as_on_the_site(settings).await;
        }
        let file = File::open(&self.file)
            .map_err(|error| format!("cannot read {}: {error}", self.file.display()))?;
        let store = open(settings).await?;
        let by = Actor::system();
        let dispute = self.dispute(&store, &by).await?;
        let imported = import::import(&store, &by, &dispute, file, chrono::Utc::now().date_naive()).await?;
        tell(&format!("{} events added to /d/{}", imported.added, dispute.slug));
        if imported.known > 0 {
            tell(&format!("{} were there already", imported.known));
        }
        if imported.parties > 0 {
            tell(&format!("{} parties made", imported.parties));
        }
        for (kind, rows) in &imported.other_kinds {
            tell(&format!("kind “{kind}” is not known here: {rows} events are of the kind “other”"));
        }
        if imported.spans_by_day > 0 {
            tell(&format!("{} spans are kept to the day, without their times", imported.spans_by_day));
        }
        Ok(())
    }

    /// The dispute, which is made if it is not there and a title for it is given.
    async fn dispute(&self, store: &SharedStore, by: &Actor) -> Result<Dispute, Failure> {
        let slug = self.dispute.as_deref().unwrap_or_default();
        match (store.dispute(&Reader::Program, slug).await, &self.title) {
            (Ok((dispute, _)), _) => Ok(dispute),
            (Err(StoreError::NotFound), Some(title)) => {
                let form = [("title", title.as_str()), ("slug", slug), ("status", Status::Open.key())]
                    .map(|(name, value)| (name.to_owned(), value.to_owned()));
                let draft = read_dispute(Submission::new(form.to_vec())).map_err(|form| {
                    let messages: Vec<&str> =
                        form.errors.iter().map(|error| error.message.as_str()).collect();
                    messages.join(" ")
                })?;
                Ok(store.add_dispute(by, &draft).await?)
            }
            (Err(StoreError::NotFound), None) => {
                Err(format!("there is no dispute {slug}; --title makes it").into())
            }
            (Err(error), _) => Err(error.into()),
        }
    }

    async fn run_as_on_the_site(self, settings: &Settings) -> Result<(), Failure> {
        let bytes = std::fs::read(&self.file)
            .map_err(|error| format!("cannot read {}: {error}", self.file.display()))?;
        let name = self.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let format = self.format.or_else(|| imports::format_of(&name, &bytes));
        let format = format.ok_or("the name does not tell the format; --format does")?;
        let upload =
            Upload { name, format: format.key().to_owned(), options: imports::options_text("", None), bytes };
        let today = chrono::Utc::now().date_naive();
        if self.dry_run && self.dispute.is_none() {
            // There is nothing to compare the rows with.
            let reading = imports::reading(&upload, today)?;
            for row in &reading.rows {
                let fate = if row.draft.is_some() { "can be taken" } else { "wrong" };
                told(row.number, fate, row.draft.as_ref(), &row.notes);
            }
            told_of_file(&reading.notes);
            return Ok(());
        }
        let store = open(settings).await?;
        let by = Actor::system();
        if self.dry_run {
            let slug = self.dispute.as_deref().unwrap_or_default();
            let dispute = match store.dispute(&Reader::Program, slug).await {
                Ok((dispute, _)) => dispute,
                Err(StoreError::NotFound) => return Err(format!("there is no dispute {slug}").into()),
                Err(error) => return Err(error.into()),
            };
            let (reading, plan, _) = imports::look(&store, &by, &dispute, &upload, today).await?;
            for row in &plan.rows {
                told(row.number, &imports::fate_words(&row.fate), row.draft.as_ref(), &row.notes);
            }
            told_of_file(&reading.notes);
            return Ok(());
        }
        let dispute = self.dispute(&store, &by).await?;
        let done = imports::take(&store, &by, &dispute, &upload, today).await?;
        tell(&format!("{} events added to /d/{}", done.added, dispute.slug));
        tell(&format!("{} changed, {} rows left", done.changed, done.left));
        Ok(())
    }
}

/// Tells what would become of a row.
fn told(number: u64, fate: &str, draft: Option<&Draft>, notes: &[Note]) {
    let what = draft.map(|draft| format!(": {} {}", draft.date.edtf(), draft.title)).unwrap_or_default();
    tell(&format!("{number}: {fate}{what}"));
    for note in notes {
        let (column, words) = imports::note_words(note);
        let column = if column.is_empty() { String::new() } else { format!("{column}: ") };
        tell(&format!("  {column}{words}"));
    }
}

fn told_of_file(notes: &[Note]) {
    for note in notes {
        tell(&imports::note_words(note).1);
    }
}
