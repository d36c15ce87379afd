//! The whole site as one archive of open formats, to be read without Impasse.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use impasse_app::cache::EventCache;
use impasse_app::model::article::{Article, ArticleText, Stage};
use impasse_app::model::dispute::Dispute;
use impasse_app::model::role::Reader;
use impasse_app::model::view::View;
use impasse_app::store::{SharedStore, StoreError};
use impasse_formats::{Format, escape_markdown};
use serde::Serialize;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::beside::Beside;
use crate::exports::Taken;

/// What each file is, for whoever opens the archive.
const README: &str = include_str!("archive_readme.md");

/// The formats in which a dispute is in the archive.
const FORMATS: [(Format, &str); 4] = [
    (Format::Json, "dispute.json"),
    (Format::Csv, "events.csv"),
    (Format::Markdown, "timeline.md"),
    (Format::Ics, "events.ics"),
];

/// How many revisions are read at a time.
const PAGE: u32 = 500;

/// Why there is no archive.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file could not be written.
    #[error("{0}: {1}")]
    File(PathBuf, #[source] io::Error),
}

/// What the archive holds of a dispute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The folder, which is the dispute's name in its address.
    pub folder: String,
    /// Its title.
    pub title: String,
    /// Who may read it.
    pub visibility: &'static str,
    /// The number of its last revision.
    pub revision: i64,
    /// How many events it has.
    pub events: usize,
    /// How many articles.
    pub articles: usize,
    /// How many revisions.
    pub revisions: usize,
}

/// Writes all disputes into a file, which has its name only once it is whole. `origin` is the site's address, as exports
/// have it.
///
/// # Errors
/// When the store fails or the file cannot be written.
pub async fn write(store: &SharedStore, origin: &str, place: &Path) -> Result<Vec<Entry>, ArchiveError> {
    let failed = |error: io::Error| ArchiveError::File(place.to_owned(), error);
    let (beside, file) = Beside::begin(place).map_err(failed)?;
    let mut zip = Zip { zip: ZipWriter::new(BufWriter::new(file)).set_auto_large_file(), place };
    zip.put("README.md", README.as_bytes())?;
    let mut disputes = store.disputes(&Reader::Program, "").await?;
    disputes.sort_by(|one, other| one.dispute.slug.cmp(&other.dispute.slug));
    let mut index = Vec::with_capacity(disputes.len());
    for summary in &disputes {
        index.push(zip.put_dispute(store, origin, &summary.dispute).await?);
    }
    let json = serde_json::to_vec_pretty(&index).map_err(|error| failed(error.into()))?;
    zip.put("index.json", &json)?;
    zip.put("index.md", index_in_words(&index).as_bytes())?;
    let file = zip.zip.finish().map_err(|error| failed(error.into()))?;
    let file = file.into_inner().map_err(|error| failed(error.into_error()))?;
    beside.put(&file).map_err(failed)?;
    Ok(index)
}

struct Zip<'a> {
    zip: ZipWriter<BufWriter<File>>,
    place: &'a Path,
}

impl Zip<'_> {
    fn begin(&mut self, name: &str) -> Result<(), ArchiveError> {
        let options = SimpleFileOptions::default().large_file(true);
        self.zip.start_file(name, options).map_err(|error| self.failed(error.into()))
    }

    fn add(&mut self, bytes: &[u8]) -> Result<(), ArchiveError> {
        self.zip.write_all(bytes).map_err(|error| self.failed(error))
    }

    fn put(&mut self, name: &str, bytes: &[u8]) -> Result<(), ArchiveError> {
        self.begin(name)?;
        self.add(bytes)
    }

    fn failed(&self, error: io::Error) -> ArchiveError {
        ArchiveError::File(self.place.to_owned(), error)
    }

    async fn put_dispute(
        &mut self,
        store: &SharedStore,
        origin: &str,
        dispute: &Dispute,
    ) -> Result<Entry, ArchiveError> {
        let folder = &dispute.slug;
        let cache = EventCache::default();
        let taken = Taken::of(store, &cache, dispute, &View::default(), origin, false).await?;
        for (format, name) in FORMATS {
            self.put(&format!("{folder}/{name}"), &taken.write(format))?;
        }
        let events = taken.record.events.len();
        drop(taken);
        let articles = store.articles(&dispute.id).await?;
        for article in &articles {
            let ArticleText { article, text } = store.article(&dispute.id, &article.id).await?;
            self.put(&format!("{folder}/articles/{}.md", article.id), in_words(&article, &text).as_bytes())?;
        }
        let revisions = self.put_revisions(store, dispute).await?;
        Ok(Entry {
            folder: folder.clone(),
            title: dispute.title.clone(),
            visibility: dispute.visibility.key(),
            revision: dispute.revision,
            events,
            articles: articles.len(),
            revisions,
        })
    }

    /// The history, newest first, as it is read.
    async fn put_revisions(&mut self, store: &SharedStore, dispute: &Dispute) -> Result<usize, ArchiveError> {
        self.begin(&format!("{}/revisions.jsonl", dispute.slug))?;
        let (mut before, mut count) = (None, 0);
        loop {
            let page = store.revisions(&dispute.id, None, before, PAGE).await?;
            let Some(last) = page.last() else { return Ok(count) };
            before = Some(last.number);
            count += page.len();
            for revision in &page {
                // What was recorded is JSON already; it stands as such and not as a text.
                let state: serde_json::Value =
                    serde_json::from_str(&revision.state).unwrap_or_else(|_| revision.state.clone().into());
                let line = serde_json::json!({
                    "number": revision.number,
                    "at": revision.at,
                    "actor": revision.actor,
                    "action": revision.action.key(),
                    "subject": revision.subject.key(),
                    "subject_id": revision.subject_id,
                    "reason": revision.reason,
                    "state": state,
                });
                self.add(format!("{line}\n").as_bytes())?;
            }
        }
    }
}

/// An article as Markdown, with what is known of it before its text.
fn in_words(article: &Article, text: &str) -> String {
    // A JSON string is a YAML one, whatever is in it.
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let day = |day: Option<chrono::NaiveDate>| day.map_or("null".to_owned(), |day| day.to_string());
    let url = article.url.as_deref().map_or("null".to_owned(), quoted);
    format!(
        "---\nid: {}\ntitle: {}\npublisher: {}\nbyline: {}\nurl: {url}\npublished: {}\nmodified: {}\nretrieved: {}\n\
         is_source: {}\nsha256: {}\n---\n\n{text}\n",
        quoted(article.id.as_str()),
        quoted(&article.title),
        quoted(&article.publisher),
        quoted(&article.byline),
        day(article.published),
        day(article.modified),
        article.retrieved.to_rfc3339(),
        article.stage == Stage::Kept,
        quoted(&article.hash),
    )
}

fn index_in_words(index: &[Entry]) -> String {
    let mut words = "# Disputes\n\n| dispute | who may read it | events | articles | revisions |\n| --- | --- | --- | --- | --- |\n".to_owned();
    for entry in index {
        words.push_str(&format!(
            "| [{}]({folder}/timeline.md) | {} | {} | {} | {} |\n",
            escape_markdown(&entry.title.replace('\n', " "), false),
            entry.visibility,
            entry.events,
            entry.articles,
            entry.revisions,
            folder = entry.folder,
        ));
    }
    words
}
