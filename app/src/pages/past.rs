//! A dispute as it was: when a link to it was frozen, or once a revision was made.

use leptos::prelude::*;

use super::dispute::{described, filters, position_list, rule, shown, view_of};
use super::entry;
use crate::components::parts::{instant, status_chip};
use crate::components::timeline::TimelineFrame;
use crate::ground::Ground;
use crate::model::link::Link;
use crate::model::revision::Revision;
use crate::model::time::long_day;
use crate::page::{Page, PageError, PageRequest, Submission};
use crate::{marked, t};

/// `/s/{code}/view`: a dispute as it was when a link to it was frozen.
pub(super) async fn frozen(request: &PageRequest, code: &str) -> Result<Page, PageError> {
    let ground = Ground::frozen(request, code).await?;
    let link = ground.frozen.clone().ok_or(PageError::NotFound)?;
    let described = described(&ground.dispute);
    let query = view_of(request).0.query_string();
    let day = link.created.date_naive();
    let sees_now = ground.role.is_some();
    let page = past(request, ground, day, move |frame| frozen_head(frame, &link, sees_now)).await?;
    Ok(page.previewed(format!("/s/{code}/preview.png{query}")).described(described))
}

/// `/d/{slug}/at/{revision}`: a dispute as it stood once a revision was made.
pub(super) async fn at(request: &PageRequest, slug: &str, revision: &str) -> Result<Page, PageError> {
    let (ground, made) = standing_at(request, slug, revision).await?;
    past(request, ground, made.at.date_naive(), move |frame| standing_head(frame, &made)).await
}

/// What the parts of such a view stand on.
pub(super) async fn ground_at(
    request: &PageRequest,
    slug: &str,
    revision: &str,
) -> Result<Ground, PageError> {
    Ok(standing_at(request, slug, revision).await?.0)
}

/// The dispute at a revision, which must be one of its own, and the revision.
async fn standing_at(
    request: &PageRequest,
    slug: &str,
    revision: &str,
) -> Result<(Ground, Revision), PageError> {
    let (dispute, role) = entry(request, slug).await?;
    let number: i64 = revision.parse().map_err(|_| PageError::NotFound)?;
    let before = number.checked_add(1).ok_or(PageError::NotFound)?;
    let made = request.store.revisions(&dispute.id, None, Some(before), 1).await?.pop();
    let made = made.filter(|made| made.number.to_string() == revision).ok_or(PageError::NotFound)?;
    Ok((Ground::at(request, (dispute, role), number, made.at.date_naive()).await?, made))
}

/// The page of a dispute as it was on a day.
async fn past(
    request: &PageRequest,
    ground: Ground,
    day: chrono::NaiveDate,
    head: impl FnOnce(&TimelineFrame) -> AnyView + Send + 'static,
) -> Result<Page, PageError> {
    let (view, errors) = view_of(request);
    let shown = shown(request, ground, view).await?;
    let status = if errors.is_empty() { 200 } else { 400 };
    let title = t!("past-as-it-was-on", title = shown.frame.dispute.title, day = long_day(day));
    let form = Submission { values: request.query.clone(), errors, ..Submission::default() };
    let script = shown.script();
    let visibility = shown.frame.dispute.visibility;
    let page = Page::new(title, move || {
        let frame = &shown.frame;
        view! {
            {head(frame)}
            {filters(frame, &shown.counts, &form)}
            {shown.view()}
            {position_list(&frame.dispute.slug, &frame.parties, &frame.positions)}
            {rule(&frame.dispute)}
        }
        .into_any()
    });
    Ok(page.of_view().with_status(status).seen_by(visibility).with_script(script))
}

/// What stands above a frozen view: that it is one, since when, and the way to what is there now.
fn frozen_head(frame: &TimelineFrame, link: &Link, leads_on: bool) -> AnyView {
    let dispute = &frame.dispute;
    let day = long_day(link.created.date_naive());
    // The day is an element within the emphasis, which has no other words of its own.
    let frozen_on = |_| {
        let time = |_| view! { <time datetime=link.created.to_rfc3339()>{day.clone()}</time> };
        view! { <strong>{marked!("past-frozen-on"; day = time)}</strong> }
    };
    let frozen = match &link.by {
        None => marked!("past-frozen", revision = link.revision.to_string(); on = frozen_on),
        Some(name) => {
            marked!("past-frozen-by", name = name, revision = link.revision.to_string(); on = frozen_on)
        }
    };
    let question =
        (!dispute.question.is_empty()).then(|| view! { <p class="question">{dispute.question.clone()}</p> });
    let live = format!("/d/{}{}", dispute.slug, frame.view.query_string());
    let has_moved = frame.view.query_string() != link.query;
    let back = has_moved.then(|| {
        view! { <a class="button button-quiet" href=format!("/s/{}", link.code)>{t!("past-the-view-as-it-was")}</a> }
    });
    view! {
        <header class="dispute-head">
            <p class="dispute-facts">{status_chip(dispute.status)}</p>
            <h1>{dispute.title.clone()}</h1>
            {question}
            <section class="notice frozen" aria-label=t!("past-frozen-view")>
                <p>
                    {frozen}
                </p>
                <p class="tools">
                    {leads_on.then(|| view! { <a class="button" href=live data-live="">{t!("past-see-it-as-it-is")}</a> })}
                    {back}
                </p>
            </section>
        </header>
    }
    .into_any()
}

/// What stands above a dispute as it stood: since when it is the past, and the ways to now and to the change.
fn standing_head(frame: &TimelineFrame, made: &Revision) -> AnyView {
    let dispute = &frame.dispute;
    let question =
        (!dispute.question.is_empty()).then(|| view! { <p class="question">{dispute.question.clone()}</p> });
    let live = format!("/d/{}{}", dispute.slug, frame.view.query_string());
    let stood_at = |_| {
        view! { <strong>{marked!("past-stood-at"; at = |_| instant(made.at))}</strong> }
    };
    let standing = marked!("past-stands", revision = made.number.to_string(); at = stood_at);
    let history = format!("/d/{}/history?before={}#r{}", dispute.slug, made.number + 1, made.number);
    view! {
        <header class="dispute-head">
            <p class="dispute-facts">{status_chip(dispute.status)}</p>
            <h1>{dispute.title.clone()}</h1>
            {question}
            <section class="notice frozen" aria-label=t!("past-the-past")>
                <p>
                    {standing}
                </p>
                <p class="tools">
                    <a class="button" href=live data-live="">{t!("past-see-it-as-it-is")}</a>
                    <a class="button button-quiet" href=history>{t!("past-the-change-in-the-history")}</a>
                </p>
            </section>
        </header>
    }
    .into_any()
}
