//! `impasse import`

use std::fs::File;
use std::path::PathBuf;

use clap::Args;
use impasse_app::forms::read_dispute;
use impasse_app::model::dispute::Status;
use impasse_app::model::revision::Actor;
use impasse_app::model::role::Reader;
use impasse_app::page::Submission;
use impasse_app::store::StoreError;

use super::{Failure, open, tell};
use crate::import;
use crate::settings::Settings;

#[derive(Args)]
pub(super) struct Import {
    /// A CSV file whose first line names its columns: start, end, title, description, party, kind
    file: PathBuf,
    /// The dispute's name in its address
    #[arg(long)]
    dispute: String,
    /// Makes the dispute, with this title, if it is not there
    #[arg(long)]
    title: Option<String>,
}

impl Import {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failure> {
        let file = File::open(&self.file)
            .map_err(|error| format!("cannot read {}: {error}", self.file.display()))?;
        let store = open(settings).await?;
        let by = Actor::system();
        let dispute = match (store.dispute(&Reader::Program, &self.dispute).await, self.title) {
            (Ok((dispute, _)), _) => dispute,
            (Err(StoreError::NotFound), Some(title)) => {
                let form =
                    [("title", title.as_str()), ("slug", &self.dispute), ("status", Status::Open.key())]
                        .map(|(name, value)| (name.to_owned(), value.to_owned()));
                let draft = read_dispute(Submission::new(form.to_vec())).map_err(|form| {
                    let messages: Vec<&str> =
                        form.errors.iter().map(|error| error.message.as_str()).collect();
                    messages.join(" ")
                })?;
                store.add_dispute(&by, &draft).await?
            }
            (Err(StoreError::NotFound), None) => {
                return Err(format!("there is no dispute {}; --title makes it", self.dispute).into());
            }
            (Err(error), _) => return Err(error.into()),
        };
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
}
