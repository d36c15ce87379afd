//! `impasse ingest`

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chrono::{NaiveDate, Utc};
use clap::Args;
use impasse_app::forms::read_published;
use impasse_app::model::article::{ArticleDraft, CandidateDraft, Dating, Stage, Taken, Way};
use impasse_app::model::id::DisputeId;
use impasse_app::model::revision::Actor;
use impasse_app::model::role::Reader;
use impasse_app::store::SharedStore;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use tokio::task::JoinHandle;

use super::{Failure, open, tell};
use crate::fetch::{Ask, Fetcher};
use crate::ingest::{self, Scene, Source, off_thread, on_all_cores};
use crate::settings::Settings;

/// How many articles of a folder are read and kept together. One transaction for each would wait for the disk each
/// time; for all, a crash would lose all, and the server's own writes would wait.
const BATCH: usize = 64;

/// How often it is told how far it is, where no progress bar can be drawn.
const TELL: Duration = Duration::from_secs(5);

/// The kinds of files that are taken from a folder.
const KINDS: [&str; 9] = ["html", "htm", "xhtml", "txt", "md", "markdown", "pdf", "docx", "eml"];

#[derive(Args)]
pub(super) struct Ingest {
    /// An address, a file, a folder, or - for standard input
    source: String,
    /// The dispute's name in its address
    #[arg(long)]
    dispute: String,
    /// The headline; what is read in the article if left out
    #[arg(long)]
    title: Option<String>,
    /// Who published it; what is read in the article if left out
    #[arg(long)]
    publisher: Option<String>,
    /// The day of publication, such as 2026-01-29; what is read in the article if left out
    #[arg(long)]
    published: Option<String>,
    /// Who wrote it; what is read in the article if left out
    #[arg(long)]
    byline: Option<String>,
    /// Where it was published; what is read in the article if left out
    #[arg(long)]
    url: Option<String>,
    /// Answers in JSON; of a folder, one line for each file
    #[arg(long)]
    json: bool,
}

/// What was said on the command line about articles, instead of what is read in them.
#[derive(Debug, Clone)]
struct Given {
    title: Option<String>,
    publisher: Option<String>,
    published: Option<NaiveDate>,
    byline: Option<String>,
    url: Option<String>,
}

impl Given {
    fn apply(&self, mut draft: ArticleDraft) -> ArticleDraft {
        let put = |slot: &mut String, given: &Option<String>| {
            if let Some(given) = given {
                slot.clone_from(given);
            }
        };
        put(&mut draft.title, &self.title);
        put(&mut draft.publisher, &self.publisher);
        put(&mut draft.byline, &self.byline);
        if let Some(url) = &self.url {
            draft.canonical = impasse_reader::canonical(url);
            draft.url = Some(url.clone());
        }
        if let Some(day) = self.published {
            let readings = std::mem::take(&mut draft.dating.readings);
            draft.dating = Dating { readings, ..Dating::given("whoever took it in") };
            draft.published = Some(day);
            draft.stage = Stage::Kept;
        }
        draft
    }
}

impl Ingest {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failure> {
        let published = match &self.published {
            Some(day) => {
                let read = read_published(day, Utc::now().date_naive());
                Some(read.map_err(|message| format!("published: {message}"))?)
            }
            None => None,
        };
        if let Some(url) = &self.url
            && impasse_reader::canonical(url).is_none()
        {
            return Err("url: give an address that begins with https:// or http://".into());
        }
        let given = Given {
            title: self.title.clone(),
            publisher: self.publisher.clone(),
            published,
            byline: self.byline.clone(),
            url: self.url.clone(),
        };
        let path = PathBuf::from(&self.source);
        if path.is_dir() {
            if given.title.is_some() || given.url.is_some() {
                return Err("a title and an address are of one article and not of a folder".into());
            }
            let (store, dispute) = self.dispute(settings).await?;
            return Folder { store, dispute, given, json: self.json }.take(&path).await;
        }
        let read = self.read(settings, &path).await?;
        let (store, dispute) = self.dispute(settings).await?;
        self.take_one(&store, &dispute, given.apply(read)).await
    }

    async fn dispute(&self, settings: &Settings) -> Result<(SharedStore, DisputeId), Failure> {
        let store = open(settings).await?;
        let dispute = store.dispute(&Reader::Program, &self.dispute).await;
        let (dispute, _) = dispute.map_err(|error| format!("dispute {}: {error}", self.dispute))?;
        Ok((store, dispute.id))
    }

    /// Reads the one article that is named.
    async fn read(&self, settings: &Settings, path: &Path) -> Result<ArticleDraft, Failure> {
        let plain = Source {
            bytes: &[],
            content_type: None,
            url: None,
            file_name: None,
            at: Utc::now(),
            way: Way::File,
            feed_day: None,
            is_attended: false,
        };
        if self.source.starts_with("https://") || self.source.starts_with("http://") {
            let page = Fetcher::new(settings).fetch(&self.source, &Ask::page()).await?;
            return Ok(ingest::read(&Source {
                bytes: page.body.as_deref().unwrap_or_default(),
                content_type: page.content_type.as_deref(),
                url: Some(page.url.as_str()),
                at: page.at,
                way: Way::Address,
                ..plain
            })?);
        }
        let bytes = if self.source == "-" {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes)?;
            bytes
        } else {
            std::fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?
        };
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let file_name = if self.source == "-" { None } else { name.as_deref() };
        ingest::read(&Source { bytes: &bytes, file_name, ..plain })
            .map_err(|error| format!("the text of {}: {error}", self.source).into())
    }

    async fn take_one(
        &self,
        store: &SharedStore,
        dispute: &DisputeId,
        draft: ArticleDraft,
    ) -> Result<(), Failure> {
        let (article, is_new) = ingest::ingest(store, &Actor::system(), dispute, draft).await?;
        let candidates = store.candidates(dispute, Some(&article.id), None).await?;
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
        let page = format!("/d/{}/articles/{}", self.dispute, article.id);
        if article.stage == Stage::Waiting {
            let doubts = article.dating.doubts.join(" ");
            tell(&format!("{doubts} Confirm when it was published at {page}, or give --published"));
        } else {
            tell(&format!("{} candidates wait at {page}", candidates.len()));
        }
        Ok(())
    }
}

/// A folder of articles that is being taken in.
struct Folder {
    store: SharedStore,
    dispute: DisputeId,
    given: Given,
    json: bool,
}

/// A file and what became of it, as far as that is known.
struct Item {
    name: String,
    fate: Result<Fate, String>,
}

enum Fate {
    Read(Box<ArticleDraft>),
    Taken(Box<Taken>),
}

impl Folder {
    /// Takes in all files of a folder and of those in it. What is there already is passed over, so that after a crash
    /// the same again takes in the rest.
    async fn take(self, folder: &Path) -> Result<(), Failure> {
        let mut files = Vec::new();
        list(folder, &mut files).map_err(|error| format!("cannot read {}: {error}", folder.display()))?;
        if files.is_empty() {
            return Err(format!("there is no article in {}: {}", folder.display(), KINDS.join(", ")).into());
        }
        let mut progress = Progress::new(files.len());
        let mut scene = Scene::of(&self.store, &self.dispute).await?;
        let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
        let mut writing: Option<JoinHandle<Result<Vec<Item>, Failure>>> = None;
        for batch in files.chunks(BATCH) {
            let items = self.read(folder, batch).await?;
            let (items, prepared) = self.prepare(&mut scene, items).await?;
            // While one batch is being kept, the next is being read.
            if let Some(written) = writing.take() {
                self.told(written.await??, &mut counts, &mut progress);
            }
            let (store, dispute) = (self.store.clone(), self.dispute.clone());
            writing = Some(tokio::spawn(async move { keep(&store, &dispute, items, prepared).await }));
        }
        if let Some(written) = writing.take() {
            self.told(written.await??, &mut counts, &mut progress);
        }
        progress.end();
        let summary: Vec<String> = counts.iter().map(|(fate, count)| format!("{count} {fate}")).collect();
        if self.json {
            tell(&json!({"files": files.len(), "fates": counts}).to_string());
        } else {
            tell(&format!("{} files: {}", files.len(), summary.join(", ")));
        }
        match counts.get("failed") {
            Some(failed) if *failed == files.len() => Err("none of the files could be read".into()),
            _ => Ok(()),
        }
    }

    /// Reads a batch of files on all cores.
    async fn read(&self, folder: &Path, batch: &[PathBuf]) -> Result<Vec<Item>, Failure> {
        let (folder, batch, given) = (folder.to_owned(), batch.to_vec(), self.given.clone());
        Ok(off_thread(move || {
            on_all_cores(&batch, |path| Item {
                name: path.strip_prefix(&folder).unwrap_or(path).display().to_string(),
                fate: read_file(path).map(|draft| Fate::Read(Box::new(given.apply(draft)))),
            })
        })
        .await?)
    }

    /// Finds what is in those articles that are not there already.
    async fn prepare(
        &self,
        scene: &mut Scene,
        mut items: Vec<Item>,
    ) -> Result<(Vec<Item>, Vec<(ArticleDraft, Vec<CandidateDraft>)>), Failure> {
        let mut new = Vec::new();
        for item in &mut items {
            let Ok(Fate::Read(draft)) = &item.fate else { continue };
            match self.store.known_article(&self.dispute, draft).await? {
                Some(known) => item.fate = Ok(Fate::Taken(Box::new(known))),
                None => new.push((**draft).clone()),
            }
        }
        let prepared = tokio::task::block_in_place(|| scene.prepare_all(new))?;
        Ok((items, prepared))
    }

    fn told(&self, items: Vec<Item>, counts: &mut BTreeMap<&'static str, usize>, progress: &mut Progress) {
        for item in items {
            let (fate, detail) = match &item.fate {
                Ok(Fate::Taken(taken)) => match &**taken {
                    Taken::New(article) if article.stage == Stage::Waiting => {
                        ("waiting", Some(article.id.to_string()))
                    }
                    Taken::New(article) => ("new", Some(article.id.to_string())),
                    Taken::There(article) => ("there already", Some(article.id.to_string())),
                    Taken::Deleted => ("deleted before", None),
                },
                Ok(Fate::Read(_)) | Err(_) => ("failed", None),
            };
            *counts.entry(fate).or_default() += 1;
            let error = item.fate.err();
            if self.json {
                tell(
                    &json!({"file": item.name, "fate": fate, "article": detail, "error": error}).to_string(),
                );
            } else if let Some(error) = error {
                progress.say(&format!("{}: {error}", item.name));
            }
            progress.step();
        }
    }
}

/// Keeps what is new of a batch, and says what became of each.
async fn keep(
    store: &SharedStore,
    dispute: &DisputeId,
    mut items: Vec<Item>,
    prepared: Vec<(ArticleDraft, Vec<CandidateDraft>)>,
) -> Result<Vec<Item>, Failure> {
    let mut taken = if prepared.is_empty() {
        Vec::new()
    } else {
        store.take_articles(&Actor::system(), dispute, &prepared).await?
    }
    .into_iter();
    for item in items.iter_mut().filter(|item| matches!(item.fate, Ok(Fate::Read(_)))) {
        if let Some(taken) = taken.next() {
            item.fate = Ok(Fate::Taken(Box::new(taken)));
        }
    }
    Ok(items)
}

fn read_file(path: &Path) -> Result<ArticleDraft, String> {
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    ingest::read(&Source {
        bytes: &bytes,
        content_type: None,
        url: None,
        file_name: name.as_deref(),
        at: Utc::now(),
        way: Way::Shell,
        feed_day: None,
        is_attended: false,
    })
    .map_err(|error| error.to_string())
}

/// The files of a folder and of those in it, in order, without following links out of it.
fn list(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let mut entries = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let kind = entry.file_type()?;
        let path = entry.path();
        if kind.is_dir() {
            list(&path, files)?;
        } else if kind.is_file()
            && path
                .extension()
                .and_then(|end| end.to_str())
                .is_some_and(|end| KINDS.contains(&end.to_ascii_lowercase().as_str()))
        {
            files.push(path);
        }
    }
    Ok(())
}

/// How far it is, on standard error: a bar on a terminal, and elsewhere a line now and then.
struct Progress {
    bar: ProgressBar,
    done: usize,
    total: usize,
    begun: Instant,
    told: Instant,
}

impl Progress {
    fn new(total: usize) -> Self {
        let bar = ProgressBar::new(total as u64);
        let style = ProgressStyle::with_template("{wide_bar} {pos}/{len}  {per_sec}  {eta} left");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        let now = Instant::now();
        Self { bar, done: 0, total, begun: now, told: now }
    }

    fn step(&mut self) {
        self.done += 1;
        self.bar.inc(1);
        if self.bar.is_hidden() && self.told.elapsed() >= TELL {
            self.told = Instant::now();
            let rate = self.done as f64 / self.begun.elapsed().as_secs_f64();
            self.say(&format!("{} of {} files, {rate:.0} a second", self.done, self.total));
        }
    }

    #[expect(clippy::print_stderr, reason = "progress belongs beside the answer and not in it")]
    fn say(&self, line: &str) {
        if self.bar.is_hidden() {
            eprintln!("{line}");
        } else {
            self.bar.println(line);
        }
    }

    fn end(&self) {
        self.bar.finish_and_clear();
    }
}
