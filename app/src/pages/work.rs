//! What the server is doing for a dispute by itself.

use leptos::prelude::*;

use super::{dispute_for, trail};
use crate::components::parts::instant;
use crate::model::id::DisputeId;
use crate::model::role::Role;
use crate::model::work::{Job, JobState, Work};
use crate::page::{Page, PageError, PageRequest, draw};
use crate::store::{SharedStore, StoreError};
use crate::{marked, t};

/// How many jobs are shown.
const SHOWN: u32 = 50;

/// After how many seconds a browser without scripts looks again.
const REFRESH: u32 = 3;

/// `/d/{slug}/work`
pub async fn work(request: &PageRequest, slug: &str) -> Result<Page, PageError> {
    let dispute = dispute_for(request, slug, Role::Contributor).await?;
    let work = request.store.work(&dispute.id, SHOWN).await?;
    let is_going_on = work.open > 0;
    let page = Page::new(t!("work-work-in-progress", title = dispute.title), move || {
        let base = format!("/d/{}", dispute.slug);
        let stream = is_going_on.then(|| format!("{base}/work/stream"));
        view! {
            {trail(&dispute, &[(t!("work-sources"), format!("{base}/articles"))])}
            <h1>{t!("work-work-in-progress-2")}</h1>
            <p id="work-status" role="status">{words(&work)}</p>
            <div data-live-work=stream>{list(&work)}</div>
            <p class="tools">
                <a class="button" href=format!("{base}/work")>{t!("work-look-again")}</a>
                <a class="button button-quiet" href=format!("{base}/inbox")>{t!("work-inbox")}</a>
                <a class="button button-quiet" href=format!("{base}/feeds")>{t!("work-feeds")}</a>
            </p>
        }
        .into_any()
    });
    Ok(page.live(is_going_on.then_some(REFRESH)))
}

/// What is sent to a page that shows work as it goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveWork {
    /// How it stands, in a sentence.
    pub words: String,
    /// The list of jobs as HTML.
    pub html: String,
    /// Whether there is nothing more to come.
    pub is_over: bool,
}

/// How the work of a dispute stands.
///
/// # Errors
/// Those of the store.
pub async fn live_work(store: &SharedStore, dispute: &DisputeId) -> Result<LiveWork, StoreError> {
    let work = store.work(dispute, SHOWN).await?;
    let (words, is_over) = (words(&work), work.open == 0);
    Ok(LiveWork { words, html: draw(move || list(&work)), is_over })
}

fn words(work: &Work) -> String {
    let open = match work.open {
        0 => t!("work-all-is-done").to_owned(),
        count => t!("work-jobs-are-going-on-or", count = count),
    };
    if work.ended == 0 {
        return open;
    }
    format!("{open} {}", t!("work-jobs-ended", count = work.ended))
}

fn list(work: &Work) -> AnyView {
    if work.jobs.is_empty() {
        return view! { <p class="empty">{t!("work-there-was-nothing-to-do")}</p> }.into_any();
    }
    let items: Vec<_> = work.jobs.iter().map(item).collect();
    let total = work.open + work.ended;
    let bar = (work.open > 0).then(|| {
        view! {
            <progress class="work-bar" max=total.to_string() value=work.ended.to_string() aria-label=t!("work-jobs-done")></progress>
        }
    });
    view! { {bar}<ol class="rows work">{items}</ol> }.into_any()
}

fn item(job: &Job) -> AnyView {
    let name = job.state.label();
    let state = match job.state {
        JobState::Waiting if job.attempts > 0 => {
            marked!("work-again-at", state = name; at = |_| instant(job.due))
        }
        JobState::Waiting | JobState::Running => vec![name.into_any()],
        JobState::Done | JobState::Failed => {
            marked!("work-ended-at", state = name; at = |_| instant(job.updated))
        }
    };
    let note = (!job.note.is_empty()).then(|| view! { <span class="soft">{job.note.clone()}</span> });
    view! {
        <li class=format!("job job-{}", job.state.key())>
            <b>{job.kind.label()}</b>
            <span>{job.title.clone()}</span>
            <span class="soft">{state}</span>
            {note}
        </li>
    }
    .into_any()
}
