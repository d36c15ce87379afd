//! How the site does, for whoever looks after it: accounts, disputes, jobs, feeds that fail, storage.

use std::sync::PoisonError;

use leptos::prelude::*;

use crate::components::parts::instant;
use crate::model::work::{Job, JobKind, JobState};
use crate::page::{Page, PageError, PageRequest};
use crate::store::{AccountState, Backups, DisputeState, FailingFeed, Storage};
use crate::{marked, t};

/// How many of the jobs that were given up are listed.
const FAILED: u32 = 20;

/// `/admin`
///
/// # Errors
/// [`PageError::SignIn`] for who has no account, [`PageError::Forbidden`] for who does not look after the site, and
/// those of the store.
pub async fn admin(request: &PageRequest) -> Result<Page, PageError> {
    if !request.account()?.is_admin {
        return Err(PageError::Forbidden);
    }
    let store = &request.store;
    let storage = store.storage().await?;
    let accounts = store.accounts().await?;
    let disputes = store.all_disputes().await?;
    let jobs = store.job_counts().await?;
    let failed = store.failed_jobs(FAILED).await?;
    let feeds = store.failing_feeds().await?;
    let backups = request.backups.as_ref();
    let backups = backups.map(|backups| backups.lock().unwrap_or_else(PoisonError::into_inner).clone());
    Ok(Page::new(t!("admin-this-site"), move || {
        let slug = |job: &Job| {
            disputes
                .iter()
                .find(|state| state.dispute.id == job.dispute)
                .map(|state| state.dispute.slug.clone())
        };
        let failed: Vec<_> = failed.iter().map(|job| failed_job(job, slug(job))).collect();
        let dispute_rows: Vec<_> = disputes.iter().map(dispute).collect();
        let account_rows: Vec<_> = accounts.iter().map(account).collect();
        view! {
            <h1>{t!("admin-this-site")}</h1>
            {stored(&storage)}
            <h2 id="backups">{t!("admin-backups")}</h2>
            {backed_up(backups.as_ref())}
            <h2 id="jobs">{t!("admin-jobs")}</h2>
            {counts(&jobs)}
            {given_up(failed)}
            <h2 id="feeds">{t!("admin-feeds-that-cannot-be-read")}</h2>
            {failing(&feeds)}
            <h2 id="disputes">{t!("admin-disputes", count = dispute_rows.len())}</h2>
            {table("disputes", &[t!("admin-title"), t!("admin-who-may-read-it"), t!("admin-events"), t!("admin-articles"), t!("admin-last-changed")], dispute_rows)}
            <h2 id="accounts">{t!("admin-accounts", count = account_rows.len())}</h2>
            <p>{marked!("admin-accounts-are-made"; code = |words| view! { <code>{words}</code> })}</p>
            {table("accounts", &[t!("admin-name"), t!("admin-since"), t!("admin-roles-in-disputes"), t!("admin-signed-in")], account_rows)}
        }
        .into_any()
    }))
}

/// A table in a region that scrolls by itself where the window is narrow.
fn table(id: &'static str, columns: &[&'static str], rows: Vec<AnyView>) -> AnyView {
    if rows.is_empty() {
        return view! { <p class="empty">{t!("admin-none-yet")}</p> }.into_any();
    }
    let heads: Vec<_> = columns.iter().map(|name| view! { <th scope="col">{*name}</th> }).collect();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-labelledby=id>
            <table>
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn stored(storage: &Storage) -> AnyView {
    let facts = [
        (t!("admin-version"), env!("CARGO_PKG_VERSION").to_owned()),
        (t!("admin-database"), storage.database.clone()),
        (t!("admin-size-on-the-disk"), size(storage.bytes)),
        (t!("admin-changes-recorded"), storage.revisions.to_string()),
    ];
    let facts: Vec<_> =
        facts.into_iter().map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }).collect();
    view! { <dl class="facts">{facts}</dl> }.into_any()
}

fn backed_up(backups: Option<&Backups>) -> AnyView {
    let Some(backups) = backups else {
        return view! {
            <p class="empty">{marked!("admin-no-backups"; code = |words| view! { <code>{words}</code> })}</p>
        }
        .into_any();
    };
    let last = match &backups.last {
        Some(last) => {
            view! { <p>{marked!("admin-newest-backup", size = size(last.size); at = |_| instant(last.made))}</p> }.into_any()
        }
        None => view! { <p>{t!("admin-there-is-none-yet")}</p> }.into_any(),
    };
    let failed = backups.failed.as_ref().map(|(at, why)| {
        view! { <div class="notice notice-bad"><p>{marked!("admin-backup-failed", why = why; at = |_| instant(*at))}</p></div> }
    });
    view! { {last}{failed} }.into_any()
}

/// Bytes in words: "1.4 MB", in steps of a thousand.
fn size(bytes: u64) -> String {
    let tenths = |unit: f64| format!("{:.1}", bytes as f64 / unit);
    match bytes {
        0..1_000 => t!("admin-bytes", count = bytes),
        1_000..1_000_000 => t!("admin-kilobytes", size = tenths(1e3)),
        1_000_000..1_000_000_000 => t!("admin-megabytes", size = tenths(1e6)),
        1_000_000_000..1_000_000_000_000 => t!("admin-gigabytes", size = tenths(1e9)),
        _ => t!("admin-terabytes", size = tenths(1e12)),
    }
}

fn counts(jobs: &[(JobKind, JobState, i64)]) -> AnyView {
    let rows: Vec<AnyView> = JobKind::ALL
        .iter()
        .filter(|kind| jobs.iter().any(|(of, _, _)| of == *kind))
        .map(|kind| {
            let cells: Vec<_> = JobState::ALL
                .iter()
                .map(|state| {
                    let count = jobs.iter().find(|(of, is, _)| of == kind && is == state);
                    view! { <td>{count.map_or(0, |(_, _, count)| *count)}</td> }
                })
                .collect();
            view! { <tr><th scope="row">{kind.label()}</th>{cells}</tr> }.into_any()
        })
        .collect();
    if rows.is_empty() {
        return view! { <p class="empty">{t!("admin-there-was-nothing-to-do")}</p> }.into_any();
    }
    table(
        "jobs",
        &[t!("admin-what"), t!("admin-waiting"), t!("admin-running"), t!("admin-done"), t!("admin-given-up")],
        rows,
    )
}

fn given_up(rows: Vec<AnyView>) -> Option<AnyView> {
    (!rows.is_empty()).then(|| {
        view! {
            <h3>{t!("admin-given-up-lately")}</h3>
            <ul class="rows">{rows}</ul>
        }
        .into_any()
    })
}

fn failed_job(job: &Job, slug: Option<String>) -> AnyView {
    let title = match slug {
        Some(slug) => view! { <a href=format!("/d/{slug}/work")>{job.title.clone()}</a> }.into_any(),
        None => job.title.clone().into_any(),
    };
    view! {
        <li>
            <p>{job.kind.label()}": "{title}</p>
            <p class="soft">{instant(job.updated)}": "{job.note.clone()}</p>
        </li>
    }
    .into_any()
}

fn failing(feeds: &[FailingFeed]) -> AnyView {
    if feeds.is_empty() {
        return view! { <p class="empty">{t!("admin-every-feed-was-read-the")}</p> }.into_any();
    }
    let rows: Vec<_> = feeds
        .iter()
        .map(|feed| {
            let read = match feed.read {
                Some(read) => {
                    marked!("admin-last-read-again"; read = |_| instant(read), at = |_| instant(feed.next))
                }
                None => marked!("admin-never-read-again"; at = |_| instant(feed.next)),
            };
            let failed = marked!(
                "admin-feed-failed", title = feed.title, failures = feed.failures, why = feed.why;
                a = |title| view! { <a href=format!("/d/{}/feeds/{}", feed.dispute, feed.id)>{title}</a> },
            );
            view! {
                <li>
                    <p>{failed}</p>
                    <p class="soft">{read}</p>
                </li>
            }
        })
        .collect();
    view! { <ul class="rows">{rows}</ul> }.into_any()
}

fn dispute(state: &DisputeState) -> AnyView {
    let dispute = &state.dispute;
    let title = if state.is_deleted {
        t!("admin-deleted", title = dispute.title).into_any()
    } else {
        view! { <a href=format!("/d/{}", dispute.slug)>{dispute.title.clone()}</a> }.into_any()
    };
    view! {
        <tr>
            <th scope="row">{title}</th>
            <td>{dispute.visibility.label()}</td>
            <td>{state.events}</td>
            <td>{state.articles}</td>
            <td>{state.changed.map(instant)}</td>
        </tr>
    }
    .into_any()
}

fn account(state: &AccountState) -> AnyView {
    let sessions = match state.sessions {
        0 => t!("admin-signed-in-nowhere").to_owned(),
        count => t!("admin-in-browsers", count = count),
    };
    let roles =
        if state.is_admin { t!("admin-looks-after-the-site").to_owned() } else { state.disputes.to_string() };
    view! {
        <tr>
            <th scope="row">{state.name.clone()}</th>
            <td>{instant(state.created)}</td>
            <td>{roles}</td>
            <td>{sessions}</td>
        </tr>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_in_words() {
        let sizes = [0, 999, 1_400_000, 2_000_000_000, 5_000_000_000_000].map(size);
        assert_eq!(sizes, ["0 bytes", "999 bytes", "1.4 MB", "2.0 GB", "5.0 TB"]);
    }
}
