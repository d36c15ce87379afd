//! What the server does by itself: reading feeds, fetching what they bring, and looking whether quotes still stand.
//!
//! All of it is jobs that stand in the database before they are begun, so that a restart loses none, and that one server
//! at a time has a lease on, so that several servers do each once.

mod check;
mod poll;
mod take;
mod tell;

use std::sync::Arc;
use std::time::Duration;

use chrono::{TimeDelta, Utc};
use impasse_app::model::work::{Job, JobEnd, JobKind};
use impasse_app::store::{SharedStore, StoreError};
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

use crate::feeds::{random, spread};

use crate::fetch::{FetchError, Fetcher};
use impasse_app::t;
pub use tell::{new_secret, test as test_webhook};

/// How many jobs one server does at once.
const AT_ONCE: usize = 4;

/// How often it looks for jobs when there was none.
const LOOK: Duration = Duration::from_secs(1);

/// How often it looks what is due.
const DUE: TimeDelta = TimeDelta::seconds(15);

/// How long a lease is; it is renewed three times as often.
const LEASE: TimeDelta = TimeDelta::seconds(30);

/// How often a job is begun before it is given up.
const TRIES: i64 = 5;

/// How long jobs that are over are kept, so that one can see what was done.
const KEPT: TimeDelta = TimeDelta::days(14);

/// What jobs need.
#[derive(Clone)]
pub struct Worker {
    store: SharedStore,
    fetcher: Arc<Fetcher>,
    /// How old the last check of a quote may be; none checks on demand only.
    recheck: Option<TimeDelta>,
    /// What this process calls itself among the servers on one database.
    name: String,
    wake: Arc<Notify>,
}

impl Worker {
    /// A worker; `recheck_days` is how old the last check of a quote may be, 0 for as old as it likes.
    pub fn new(store: SharedStore, fetcher: Arc<Fetcher>, recheck_days: u32, wake: Arc<Notify>) -> Self {
        let name = crate::ids::new(Utc::now()).unwrap_or_else(|_| std::process::id().to_string());
        let recheck = (recheck_days > 0).then(|| TimeDelta::days(i64::from(recheck_days)));
        Self { store, fetcher, recheck, name, wake }
    }

    /// Works until it is told to stop, and then ends what it has begun or leaves it for later.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut running = JoinSet::new();
        let mut looked = Utc::now() - DUE;
        while !*stop.borrow() {
            let now = Utc::now();
            if now - looked >= DUE {
                looked = now;
                let checked_before = self.recheck.map(|recheck| now - recheck);
                let due = self.store.add_due_jobs(now, checked_before).await;
                let forgotten = self.store.forget_jobs(now - KEPT).await;
                for error in due.err().into_iter().chain(forgotten.err()) {
                    tracing::warn!(%error, "cannot look for what is due");
                }
            }
            while running.len() < AT_ONCE {
                match self.store.lease_job(&self.name, Utc::now(), Utc::now() + LEASE).await {
                    Ok(Some(job)) => {
                        running.spawn(self.clone().see_to(job));
                    }
                    Ok(None) => break,
                    Err(error) => {
                        tracing::warn!(%error, "cannot look for jobs");
                        break;
                    }
                }
            }
            tokio::select! {
                _ = stop.changed() => {}
                Some(_) = running.join_next(), if !running.is_empty() => {}
                () = self.wake.notified(), if running.len() < AT_ONCE => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
        // Whatever is dropped in the middle is done anew by whoever comes next; each job may be done twice.
        running.shutdown().await;
        if let Err(error) = self.store.release_jobs(&self.name).await {
            tracing::warn!(%error, "cannot give back what was begun");
        }
    }

    /// Does the jobs that are due now, and those that come of them, and returns how many there were.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn do_all(&self) -> Result<usize, StoreError> {
        let mut count = 0;
        self.store.add_due_jobs(Utc::now(), self.recheck.map(|recheck| Utc::now() - recheck)).await?;
        while let Some(job) = self.store.lease_job(&self.name, Utc::now(), Utc::now() + LEASE).await? {
            self.clone().see_to(job).await;
            count += 1;
        }
        Ok(count)
    }

    /// Does a job while renewing its lease, and ends it.
    async fn see_to(self, job: Job) {
        let id = job.id.clone();
        let renew = async {
            let every = LEASE.to_std().unwrap_or_default() / 3;
            loop {
                tokio::time::sleep(every).await;
                let until = Utc::now() + LEASE;
                match self.store.renew_job(&id, &self.name, until).await {
                    Ok(()) => {}
                    Err(StoreError::Conflict) => return,
                    Err(error) => tracing::warn!(%error, "cannot renew a lease"),
                }
            }
        };
        let end = tokio::select! {
            end = self.work(&job) => end,
            // Another server has it by now.
            () = renew => return,
        };
        if let JobEnd::Failed(why) | JobEnd::Again(_, why) = &end {
            tracing::info!(kind = job.kind.key(), subject = job.subject, why, "a job was not done");
        }
        if let Err(error) = self.store.end_job(&id, &self.name, &end).await {
            tracing::warn!(%error, "cannot end a job");
        }
    }

    async fn work(&self, job: &Job) -> JobEnd {
        if job.attempts > TRIES && job.kind != JobKind::Tell {
            return JobEnd::Failed(t!("job-given-up-after-tries", tries = TRIES));
        }
        let done = match job.kind {
            JobKind::Poll => self.poll(job).await,
            JobKind::Take => self.take(job).await,
            JobKind::Check => self.check(job).await,
            JobKind::Tell => self.tell(job).await,
        };
        match done {
            Ok(end) => end,
            // The feed, the article or the dispute was deleted since.
            Err(StoreError::NotFound) => JobEnd::Done(t!("job-there-is-nothing-to-do").to_owned()),
            Err(error) => {
                tracing::error!(%error, kind = job.kind.key(), subject = job.subject, "a job failed");
                self.again(job, t!("job-something-went-wrong-here-the").to_owned(), None)
            }
        }
    }

    /// A job that failed and may succeed later: in two minutes, then four, and so on, but not before the site says.
    fn again(&self, job: &Job, why: String, after: Option<Duration>) -> JobEnd {
        if job.attempts >= TRIES {
            return JobEnd::Failed(why);
        }
        let doubled = i32::try_from(job.attempts.clamp(0, 9)).map_or(1, |times| 1 << times);
        let wait = spread(TimeDelta::minutes(1) * doubled, random());
        let asked = after.and_then(|after| TimeDelta::from_std(after.min(Duration::from_secs(86_400))).ok());
        JobEnd::Again(Utc::now() + asked.map_or(wait, |asked| wait.max(asked)), why)
    }

    /// What to do about a page that was not fetched, if that may pass.
    fn later(&self, job: &Job, error: &FetchError) -> Option<JobEnd> {
        (error.may_pass() && job.attempts < TRIES).then(|| self.again(job, error.to_string(), error.after()))
    }
}
