//! `impasse export`

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use impasse_app::cache::EventCache;
use impasse_app::model::role::Reader;
use impasse_app::model::view::View;
use impasse_app::store::StoreError;
use impasse_formats::{Format, losses};

use super::{Failure, open, warn};
use crate::exports::Taken;
use crate::settings::Settings;

#[derive(Args)]
pub(super) struct Export {
    /// The dispute's name in its address
    dispute: String,
    /// json, csv, md, docx, ics, atom, jsonfeed, timelinejs, timelinejs-csv, markwhen or ftm
    #[arg(long, default_value = "json", value_parser = format)]
    format: Format,
    /// What of it, as a view's address says it: '?kind=ruling&from=2026-01-01'
    #[arg(long, default_value = "")]
    query: String,
    /// Where to write it; to the standard output without it
    #[arg(long)]
    output: Option<PathBuf>,
}

/// The format with a key.
pub(super) fn format(key: &str) -> Result<Format, String> {
    Format::from_key(key).ok_or_else(|| {
        let keys: Vec<&str> = Format::ALL.iter().map(|format| format.key()).collect();
        format!("the formats are {}", keys.join(", "))
    })
}

impl Export {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failure> {
        let (view, errors) = View::read_query(&self.query);
        if !errors.is_empty() {
            let errors: Vec<String> =
                errors.iter().map(|error| format!("{}: {}", error.field, error.message)).collect();
            return Err(errors.join(" ").into());
        }
        let store = open(settings).await?;
        let dispute = match store.dispute(&Reader::Program, &self.dispute).await {
            Ok((dispute, _)) => dispute,
            Err(StoreError::NotFound) => return Err(format!("there is no dispute {}", self.dispute).into()),
            Err(error) => return Err(error.into()),
        };
        let origin = settings.public_url.clone().unwrap_or_else(|| format!("http://{}", settings.listen));
        let (cache, changes) = (EventCache::default(), self.format.is_of_changes());
        let taken = Taken::of(&store, &cache, &dispute, &view, origin.trim_end_matches('/'), changes).await?;
        let bytes = taken.write(self.format);
        match &self.output {
            Some(path) => std::fs::write(path, &bytes)
                .map_err(|error| format!("cannot write {}: {error}", path.display()))?,
            None => std::io::stdout().lock().write_all(&bytes)?,
        }
        let file_address = taken.file_address(self.format);
        for loss in losses(self.format, &taken.export(&file_address)) {
            warn(&format!("{} cannot hold: {}", self.format.label(), loss.words));
        }
        Ok(())
    }
}
