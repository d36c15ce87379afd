//! Fetching what a feed brought.

use chrono::{DateTime, Utc};
use impasse_app::model::article::{ArticleDraft, Stage, Taken, Way};
use impasse_app::model::feed::{EntryFate, FeedEntry};
use impasse_app::model::id::{ArticleId, FeedId};
use impasse_app::model::revision::Actor;
use impasse_app::model::work::{Job, JobEnd};
use impasse_app::store::{Result, StoreError};
use impasse_reader as reader;

use super::Worker;
use crate::fetch::{Ask, Fetched};
use crate::ingest::{self, Source, Unreadable, off_thread};
use impasse_app::t;

impl Worker {
    /// Fetches the page of an entry and keeps its article. Where the page cannot be had, the entry's own text will do
    /// if the feed has the whole of it.
    pub(super) async fn take(&self, job: &Job) -> Result<JobEnd> {
        let (feed, key) = job.subject.split_once(' ').ok_or(StoreError::NotFound)?;
        let feed = FeedId::from(feed);
        let (entry, content) = self.store.feed_entry(&job.dispute, &feed, key).await?;
        let known = ArticleDraft {
            canonical: reader::canonical(&entry.url),
            way: Way::Feed,
            ..ArticleDraft::default()
        };
        let taken = match self.store.known_article(&job.dispute, &known).await? {
            Some(taken) => taken,
            None => match self.read_entry(job, &entry, content).await? {
                Ok(draft) => ingest::take(&self.store, &Actor::system(), &job.dispute, draft).await?,
                Err(end) => {
                    if let JobEnd::Failed(why) = &end {
                        self.store.settle_entry(&feed, key, EntryFate::Failed, why, None).await?;
                    }
                    return Ok(end);
                }
            },
        };
        let (fate, article, note): (_, Option<ArticleId>, _) = match taken {
            Taken::New(article) if article.stage == Stage::Waiting => {
                (EntryFate::Taken, Some(article.id), t!("job-its-day-of-publication-is"))
            }
            Taken::New(article) => (EntryFate::Taken, Some(article.id), t!("job-an-article")),
            Taken::There(article) => (EntryFate::There, Some(article.id), t!("job-it-is-there-already")),
            Taken::Deleted => (EntryFate::Deleted, None, t!("job-it-was-deleted-before-and")),
        };
        self.store.settle_entry(&feed, key, fate, "", article.as_ref()).await?;
        Ok(JobEnd::Done(note.to_owned()))
    }

    /// The article of an entry, or how the job ends without one.
    async fn read_entry(
        &self,
        job: &Job,
        entry: &FeedEntry,
        content: String,
    ) -> Result<std::result::Result<ArticleDraft, JobEnd>> {
        let ask = Ask { in_background: true, ..Ask::page() };
        let why = match self.fetcher.fetch(&entry.url, &ask).await {
            Ok(page) => match read(Page::of(page), entry.clone()).await? {
                Ok(draft) => return Ok(Ok(draft)),
                Err(error) => error.to_string(),
            },
            Err(error) => match self.later(job, &error) {
                Some(end) => return Ok(Err(end)),
                None => error.to_string(),
            },
        };
        if content.is_empty() {
            return Ok(Err(JobEnd::Failed(why)));
        }
        let title = html_escape::encode_text(&entry.title);
        let page = Page {
            body: format!(
                "<!DOCTYPE html><meta charset=utf-8><title>{title}</title><article>{content}</article>"
            )
            .into_bytes(),
            content_type: Some("text/html; charset=utf-8".to_owned()),
            url: entry.url.clone(),
            at: Utc::now(),
        };
        Ok(read(page, entry.clone()).await?.map_err(|_| JobEnd::Failed(why)))
    }
}

/// A page, or what stands for it.
struct Page {
    body: Vec<u8>,
    content_type: Option<String>,
    url: String,
    at: DateTime<Utc>,
}

impl Page {
    fn of(fetched: Fetched) -> Self {
        Self {
            body: fetched.body.unwrap_or_default(),
            content_type: fetched.content_type,
            url: fetched.url.into(),
            at: fetched.at,
        }
    }
}

async fn read(page: Page, entry: FeedEntry) -> Result<std::result::Result<ArticleDraft, Unreadable>> {
    off_thread(move || {
        let draft = ingest::read(&Source {
            bytes: &page.body,
            content_type: page.content_type.as_deref(),
            url: Some(&page.url),
            file_name: None,
            at: page.at,
            way: Way::Feed,
            feed_day: entry.published,
            is_attended: false,
        });
        draft.map(|draft| ArticleDraft {
            title: if draft.title.is_empty() { entry.title } else { draft.title.clone() },
            ..draft
        })
    })
    .await
}
