//! Looking whether quotes still stand on the page they were taken from.

use std::cell::OnceCell;

use chrono::Utc;
use impasse_app::model::evidence::{CheckDraft, Cited, Health};
use impasse_app::model::id::ArticleId;
use impasse_app::model::work::{Job, JobEnd};
use impasse_app::store::Result;
use impasse_reader as reader;
use reader::{Hint, QuoteContext, QuoteState, SourceKind, check_quote};

use super::Worker;
use crate::fetch::{Ask, FetchError, Fetched};
use crate::ingest::{Unreadable, off_thread};
use crate::plain::plain;
use impasse_app::t;

impl Worker {
    /// Looks for the quotes that events take from an article on its page, and keeps how each was found.
    pub(super) async fn check(&self, job: &Job) -> Result<JobEnd> {
        let id = ArticleId::from(job.subject.as_str());
        let article = self.store.article(&job.dispute, &id).await?.article;
        let cited = self.store.cited(&job.dispute, &id).await?;
        let Some(url) = article.url.filter(|_| !cited.is_empty()) else {
            return Ok(JobEnd::Done(t!("job-there-is-no-quote-to").to_owned()));
        };
        let ask = Ask { in_background: true, ..Ask::page() };
        let checks = match self.fetcher.fetch(&url, &ask).await {
            Ok(page) => off_thread(move || look(&page, &cited)).await?,
            Err(error @ FetchError::Missing { .. }) => all(&cited, Health::Gone, &error.to_string()),
            Err(error) => match self.later(job, &error) {
                Some(end) => return Ok(end),
                None => all(&cited, Health::Unknown, &error.to_string()),
            },
        };
        self.store.keep_checks(&job.dispute, &id, Utc::now(), &checks).await?;
        let count = |health| checks.iter().filter(|check| check.health == health).count();
        let found: Vec<String> = Health::ALL
            .iter()
            .map(|health| (count(*health), health.label()))
            .filter(|(count, _)| *count > 0)
            .map(|(count, label)| format!("{count} {label}"))
            .collect();
        Ok(JobEnd::Done(t!("job-quotes", found = found.join(", "))))
    }
}

/// The same finding for all quotes of an article.
fn all(cited: &[Cited], health: Health, note: &str) -> Vec<CheckDraft> {
    cited.iter().map(|cited| finding(cited, health, String::new(), note)).collect()
}

fn finding(cited: &Cited, health: Health, now: String, note: &str) -> CheckDraft {
    CheckDraft {
        citation: cited.citation.clone(),
        exact: cited.passage.exact.clone(),
        health,
        now,
        note: note.to_owned(),
    }
}

/// Looks for quotes on a page.
fn look(page: &Fetched, cited: &[Cited]) -> Vec<CheckDraft> {
    let hint = Hint {
        content_type: page.content_type.as_deref(),
        url: Some(page.url.as_str()),
        file_name: None,
        retrieved: Some(page.at.date_naive()),
    };
    let document = match reader::read(page.body.as_deref().unwrap_or_default(), &hint) {
        Ok(document) => document,
        Err(error) => return all(cited, Health::Unknown, &Unreadable::from(error).to_string()),
    };
    // The words may stand outside of what is read as the article, and then it would be wrong to call them gone.
    let whole = OnceCell::new();
    let whole =
        || whole.get_or_init(|| plain(&String::from_utf8_lossy(page.body.as_deref().unwrap_or_default())));
    cited
        .iter()
        .map(|cited| {
            let passage = &cited.passage;
            let quote =
                QuoteContext { exact: &passage.exact, prefix: &passage.prefix, suffix: &passage.suffix };
            let found = match check_quote(&quote, &document.text) {
                QuoteState::Gone if document.kind == SourceKind::Html => check_quote(&quote, whole()),
                found => found,
            };
            match found {
                QuoteState::StillThere => finding(cited, Health::There, String::new(), ""),
                QuoteState::Edited { now, .. } => finding(cited, Health::Edited, now, ""),
                QuoteState::Gone => {
                    finding(cited, Health::Gone, String::new(), t!("job-the-page-is-there-the"))
                }
            }
        })
        .collect()
}
