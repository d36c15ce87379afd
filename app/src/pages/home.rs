//! The list of disputes.

use leptos::prelude::*;

use crate::components::parts::{date_words, density_strip, status_chip};
use crate::model::dispute::DisputeSummary;
use crate::model::id::DisputeId;
use crate::model::role::Role;
use crate::page::{Page, PageError, PageRequest, Viewer};
use crate::timeline::count::events;
use crate::{marked, t};

/// `/`
pub async fn home(request: &PageRequest) -> Result<Page, PageError> {
    let text: String = request.param("q").unwrap_or_default().trim().chars().take(200).collect();
    let disputes = request.store.disputes(&request.reader, &text).await?;
    let viewer = request.viewer.clone();
    let may_write = viewer.is_some();
    let deleted = match request.param("deleted").map(DisputeId::from) {
        Some(id) => {
            let is_owner =
                request.store.role(&request.reader, &id).await.is_ok_and(|role| role == Role::Owner);
            Some(id).filter(|_| is_owner)
        }
        None => None,
    };
    let page = Page::new("Impasse", move || {
        let found = match (disputes.len(), text.is_empty()) {
            (_, true) => String::new(),
            (count, false) => t!("home-disputes-for", count = count, text = text),
        };
        let undo = deleted.map(|id| {
            view! {
                <form method="post" action="/disputes/restore" class="notice notice-row">
                    <input type="hidden" name="id" value=id.0/>
                    <p>{t!("home-the-dispute-was-deleted")}</p>
                    <button class="button" type="submit">{t!("home-bring-it-back")}</button>
                </form>
            }
        });
        let empty = disputes.is_empty().then(|| empty(text.is_empty(), viewer.as_ref()));
        let items: Vec<_> = disputes.iter().map(item).collect();
        view! {
            {undo}
            <div class="lead">
                <h1>{t!("home-disputes")}</h1>
                <p>{t!("home-who-did-what-when-and")}</p>
                <div class="lead-tools">
                    <form method="get" action="/" role="search" class="search">
                        <label for="q" class="visually-hidden">{t!("home-search-disputes")}</label>
                        <input type="search" id="q" name="q" value=text placeholder=t!("home-search-disputes-and-parties")/>
                        <button class="button" type="submit">{t!("home-search")}</button>
                    </form>
                    {may_write.then(|| view! { <a class="button button-main" href="/disputes/new">{t!("home-new-dispute")}</a> })}
                </div>
                <p class="found" role="status">{found}</p>
            </div>
            {empty}
            <ul class="disputes">{items}</ul>
        }
        .into_any()
    });
    Ok(page.described(t!("home-timelines-of-policy-disputes-in")).at("/"))
}

fn empty(no_search: bool, viewer: Option<&Viewer>) -> AnyView {
    let Some(viewer) = viewer.filter(|_| no_search) else {
        let text = if no_search {
            t!("home-there-is-no-dispute-here")
        } else {
            t!("home-no-dispute-has-these-words")
        };
        return view! { <p class="empty">{text}</p> }.into_any();
    };
    let more = viewer.is_admin.then(|| {
        view! {
            <p class="soft">
                {marked!("home-look-first"; code = |words| view! { <code>{words}</code> })}
            </p>
        }
    });
    view! {
        <section class="begin" aria-labelledby="begin">
            <h2 id="begin">{t!("home-the-first-timeline-in-three")}</h2>
            <ol>
                <li>
                    <a href="/disputes/new">{t!("home-make-a-dispute")}</a>
                    <p>{t!("home-a-title-is-enough-such")}</p>
                </li>
                <li>
                    <b>{t!("home-paste-an-article-about-it")}</b>
                    <p>{t!("home-or-give-its-address-or")}</p>
                </li>
                <li>
                    <b>{t!("home-accept-what-is-right")}</b>
                    <p>{t!("home-it-is-on-the-timeline")}</p>
                </li>
            </ol>
            {more}
        </section>
    }
    .into_any()
}

fn item(summary: &DisputeSummary) -> AnyView {
    let dispute = &summary.dispute;
    let latest = summary.latest.as_ref().map(|(title, date)| {
        view! { <p class="dispute-latest">{marked!("home-last", title = title; date = |_| date_words(date))}</p> }
    });
    view! {
        <li class="dispute-item">
            <h2><a href=format!("/d/{}", dispute.slug)>{dispute.title.clone()}</a></h2>
            <p class="dispute-facts">{status_chip(dispute.status)} <span>{events(summary.events as usize)}</span></p>
            <p class="dispute-summary">{dispute.summary.clone()}</p>
            {summary.density.as_ref().map(density_strip)}
            {latest}
        </li>
    }
    .into_any()
}
