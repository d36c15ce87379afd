//! `impasse ingest`

use std::io::Read;
use std::path::PathBuf;

use clap::Args;
use impasse_app::forms::read_article;
use impasse_app::model::revision::Actor;
use impasse_app::page::Submission;
use serde_json::json;

use super::{Failure, open, tell};
use crate::ingest;
use crate::settings::Settings;

#[derive(Args)]
pub(super) struct Ingest {
    /// A text file, or - for standard input
    file: PathBuf,
    /// The dispute's name in its address
    #[arg(long)]
    dispute: String,
    /// The headline; the first line of the text if left out
    #[arg(long)]
    title: Option<String>,
    /// Who published it
    #[arg(long)]
    publisher: String,
    /// The day of publication, such as 2026-01-29
    #[arg(long)]
    published: String,
    /// Who wrote it
    #[arg(long, default_value = "")]
    byline: String,
    /// Where it was published
    #[arg(long, default_value = "")]
    url: String,
    /// Answers in JSON
    #[arg(long)]
    json: bool,
}

impl Ingest {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failure> {
        let text = if self.file.as_os_str() == "-" {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes)?;
            String::from_utf8(bytes).map_err(|_| "the text is not UTF-8")?
        } else {
            std::fs::read_to_string(&self.file)
                .map_err(|error| format!("cannot read {}: {error}", self.file.display()))?
        };
        let first_line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
        let title = self.title.unwrap_or_else(|| first_line.chars().take(300).collect());
        let form = Submission::new(
            [
                ("title", title),
                ("publisher", self.publisher),
                ("published", self.published),
                ("byline", self.byline),
                ("url", self.url),
                ("text", text),
            ]
            .map(|(name, value)| (name.to_owned(), value))
            .to_vec(),
        );
        let draft = read_article(form, chrono::Utc::now().date_naive()).map_err(|form| {
            let errors: Vec<String> =
                form.errors.iter().map(|error| format!("{}: {}", error.field, error.message)).collect();
            errors.join(" ")
        })?;
        let store = open(settings).await?;
        let dispute = store
            .dispute(&self.dispute)
            .await
            .map_err(|error| format!("dispute {}: {error}", self.dispute))?;
        let (article, is_new) = ingest::ingest(&store, &Actor::system(), &dispute.id, draft).await?;
        let candidates = store.candidates(&dispute.id, Some(&article.id), None).await?;
        if self.json {
            tell(&json!({"article": article, "new": is_new, "candidates": candidates}).to_string());
            return Ok(());
        }
        if !is_new {
            tell("This text is there already; nothing was added.");
        }
        for candidate in &candidates {
            let event = &candidate.draft.event;
            let date = event.date.as_ref().map_or("no date", |date| date.edtf());
            tell(&format!("{date}\t{}", event.title));
        }
        tell(&format!("{} candidates wait at /d/{}/articles/{}", candidates.len(), dispute.slug, article.id));
        Ok(())
    }
}
