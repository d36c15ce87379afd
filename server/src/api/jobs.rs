//! What the server does by itself, to be looked at.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use chrono::{DateTime, Utc};
use impasse_app::model::work;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer::Answer;
use super::call::{InDispute, ReadTexts, Within};
use super::words::{JobKind, JobState};
use crate::web::Server;

pub(super) fn router() -> OpenApiRouter<Server> {
    OpenApiRouter::new().routes(routes!(list_jobs))
}

/// How many jobs are shown.
const SHOWN: u32 = 200;

/// Jobs that were written down.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Written {
    /// How many are new; what was waiting already is not written down twice.
    jobs: u64,
}

/// Says that jobs were written down.
pub(super) fn written(jobs: u64) -> Answer {
    Ok((StatusCode::ACCEPTED, axum::Json(Written { jobs })).into_response())
}

/// A job.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct Job {
    id: String,
    kind: JobKind,
    /// What it is about, in words.
    title: String,
    state: JobState,
    /// How many times it was begun.
    attempts: i64,
    /// What came of it, or went wrong, in words.
    note: String,
    /// When it is to be begun.
    due: DateTime<Utc>,
    /// When something last happened to it.
    updated: DateTime<Utc>,
}

impl From<work::Job> for Job {
    fn from(job: work::Job) -> Self {
        Self {
            id: job.id.0,
            kind: job.kind.into(),
            title: job.title,
            state: job.state.into(),
            attempts: job.attempts,
            note: job.note,
            due: job.due,
            updated: job.updated,
        }
    }
}

/// How a dispute’s jobs stand.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct Work {
    /// How many are running or due.
    open: i64,
    /// How many ended in the last hour.
    ended: i64,
    /// The running first, then by what happened last; at most 200.
    items: Vec<Job>,
}

/// List jobs
///
/// What the server does by itself: reading feeds, fetching what they bring, checking quotes, telling webhooks.
#[utoipa::path(get, path = "/disputes/{dispute}/jobs", tag = "Jobs", params(InDispute),
    security(("token" = ["read"])),
    responses((status = OK, description = "The latest jobs.", body = Work)))]
async fn list_jobs(within: Within<ReadTexts>) -> Answer {
    within.only(&[])?;
    let work = within.server.store.work(&within.dispute.id, SHOWN).await?;
    let items = work.jobs.into_iter().map(Job::from).collect();
    within.found(&Work { open: work.open, ended: work.ended, items })
}
