//! The list of disputes.

use leptos::prelude::*;

use crate::components::parts::{date_words, density_strip, status_chip};
use crate::model::dispute::DisputeSummary;
use crate::model::id::DisputeId;
use crate::model::role::Role;
use crate::page::{Page, PageError, PageRequest, Viewer};

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
            (1, _) => format!("1 dispute for “{text}”"),
            (n, _) => format!("{n} disputes for “{text}”"),
        };
        let undo = deleted.map(|id| {
            view! {
                <form method="post" action="/disputes/restore" class="notice notice-row">
                    <input type="hidden" name="id" value=id.0/>
                    <p>"The dispute was deleted."</p>
                    <button class="button" type="submit">"Bring it back"</button>
                </form>
            }
        });
        let empty = disputes.is_empty().then(|| empty(text.is_empty(), viewer.as_ref()));
        let items: Vec<_> = disputes.iter().map(item).collect();
        view! {
            {undo}
            <div class="lead">
                <h1>"Disputes"</h1>
                <p>"Who did what when, and who says so: each date stands with the words it rests on."</p>
                <div class="lead-tools">
                    <form method="get" action="/" role="search" class="search">
                        <label for="q" class="visually-hidden">"Search disputes"</label>
                        <input type="search" id="q" name="q" value=text placeholder="Search disputes and parties"/>
                        <button class="button" type="submit">"Search"</button>
                    </form>
                    {may_write.then(|| view! { <a class="button button-main" href="/disputes/new">"New dispute"</a> })}
                </div>
                <p class="found" role="status">{found}</p>
            </div>
            {empty}
            <ul class="disputes">{items}</ul>
        }
        .into_any()
    });
    Ok(page
        .described("Timelines of policy disputes in which every date is tied to the words it rests on.")
        .at("/"))
}

fn empty(no_search: bool, viewer: Option<&Viewer>) -> AnyView {
    let Some(viewer) = viewer.filter(|_| no_search) else {
        let text = if no_search {
            "There is no dispute here yet. Sign in to make the first one."
        } else {
            "No dispute has these words in its title, summary or parties. Articles and events have a search of their own, above."
        };
        return view! { <p class="empty">{text}</p> }.into_any();
    };
    let more = viewer.is_admin.then(|| {
        view! {
            <p class="soft">
                "To look at a finished one first, run "<code>"impasse demo"</code>
                " where this server runs. Others who shall write get an account by "
                <code>"impasse user add"</code>", and their part in a dispute on its page “People”."
            </p>
        }
    });
    view! {
        <section class="begin" aria-labelledby="begin">
            <h2 id="begin">"The first timeline, in three steps"</h2>
            <ol>
                <li>
                    <a href="/disputes/new">"Make a dispute"</a>
                    <p>"A title is enough, such as “Port fees, 2026”. Who may read it is asked there too."</p>
                </li>
                <li>
                    <b>"Paste an article about it"</b>
                    <p>"Or give its address, or a file. Its dated events are found, each with the words that it rests on."</p>
                </li>
                <li>
                    <b>"Accept what is right"</b>
                    <p>"It is on the timeline at once, and the page’s address shows others the same."</p>
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
        view! { <p class="dispute-latest">"Last: " {date_words(date)} ", " {title.clone()}</p> }
    });
    let count = match summary.events {
        1 => "1 event".to_owned(),
        n => format!("{n} events"),
    };
    view! {
        <li class="dispute-item">
            <h2><a href=format!("/d/{}", dispute.slug)>{dispute.title.clone()}</a></h2>
            <p class="dispute-facts">{status_chip(dispute.status)} <span>{count}</span></p>
            <p class="dispute-summary">{dispute.summary.clone()}</p>
            {summary.density.as_ref().map(density_strip)}
            {latest}
        </li>
    }
    .into_any()
}
