//! Reading a feed.

use chrono::Utc;
use impasse_app::model::feed::Poll;
use impasse_app::model::id::FeedId;
use impasse_app::model::work::{Job, JobEnd};
use impasse_app::store::Result;

use super::Worker;
use crate::feeds::{self, next_poll, next_try, random};
use crate::fetch::Ask;
use crate::ingest::off_thread;
use impasse_app::t;

impl Worker {
    /// Reads a feed and writes down a job for each entry that is new and wanted.
    pub(super) async fn poll(&self, job: &Job) -> Result<JobEnd> {
        let id = FeedId::from(job.subject.as_str());
        let feed = self.store.feed(&job.dispute, &id).await?;
        if feed.is_paused {
            return Ok(JobEnd::Done(t!("job-the-feed-is-paused").to_owned()));
        }
        let health = &feed.health;
        let ask = Ask {
            etag: health.etag.as_deref(),
            last_modified: health.last_modified.as_deref(),
            ..Ask::feed()
        };
        let fetched = self.fetcher.fetch(&feed.url, &ask).await;
        let now = Utc::now();
        let failed = |error: String, after| Poll {
            at: now,
            next: next_try(now, health.failures + 1, after, random()),
            error: Some(error),
            ..Poll::default()
        };
        let (poll, what) = match fetched {
            Err(error) => (failed(error.to_string(), error.after()), String::new()),
            Ok(fetched) => match fetched.body {
                None => (
                    Poll {
                        at: now,
                        next: next_poll(now, None, random()),
                        etag: fetched.etag.or_else(|| health.etag.clone()),
                        last_modified: fetched.last_modified.or_else(|| health.last_modified.clone()),
                        ..Poll::default()
                    },
                    t!("job-nothing-new").to_owned(),
                ),
                Some(body) => {
                    let (url, rules) = (fetched.url.to_string(), feed.rules.clone());
                    match off_thread(move || feeds::read(&body, &url, &rules)).await? {
                        Err(error) => (failed(error, None), String::new()),
                        Ok(contents) => (
                            Poll {
                                at: now,
                                next: next_poll(now, contents.lasts, random()),
                                etag: fetched.etag,
                                last_modified: fetched.last_modified,
                                title: contents.title,
                                site: contents.site,
                                error: None,
                                entries: contents.entries,
                            },
                            String::new(),
                        ),
                    }
                }
            },
        };
        let new = self.store.keep_poll(&job.dispute, &id, &poll).await?;
        self.wake.notify_one();
        Ok(match (poll.error, new) {
            // The feed's own next try is set, so the job itself is not tried again.
            (Some(error), _) => JobEnd::Failed(error),
            (None, _) if !what.is_empty() => JobEnd::Done(what),
            (None, count) => JobEnd::Done(t!("job-new-articles", count = count)),
        })
    }
}
