//! The pages. Each is a function that loads what it needs and returns a [`Page`] ready to be drawn.

mod account;
mod admin;
mod article;
mod article_new;
mod articles;
mod candidates;
mod corrections;
mod dispute;
mod dispute_form;
mod due;
mod embed;
mod error;
mod event;
mod event_form;
mod feeds;
mod history;
mod home;
mod import;
mod inbox;
mod method;
mod past;
mod people;
mod picture;
mod print;
mod reference;
mod search;
mod share;
mod steps;
mod structured;
mod suggestions;
mod timeline_parts;
mod webhooks;
mod work;

use crate::ground::Ground;
use crate::model::dispute::Dispute;
use crate::model::revision::Subject as Of;
use crate::model::role::Role;
use crate::page::{Page, PageError, PageRequest};
use crate::t;

pub use account::{account, new_token, setup, sign_in};
pub use article::article;
pub use article_new::new_article;
pub use articles::articles;
pub use corrections::corrections;
pub use dispute::{dispute, view_of};
pub use dispute_form::{dispute_form, parties, positions};
pub use error::{error_page, message_page};
pub use event::event;
pub use event_form::{EventFormFor, event_form};
pub use feeds::{feed, feeds};
pub use history::{history, name_events, names};
pub use home::home;
pub use import::{Look, LookedAt, MappedField, Mapping, import};
pub use inbox::inbox;
pub use method::method;
pub use people::{join, new_invitation, people};
pub use picture::{Subject, picture, preview};
pub use reference::reference;
pub use share::{Offer, iframe, share};
pub use webhooks::{new_webhook, webhook, webhooks};
pub use work::{LiveWork, live_work, work};

/// The page at a path: the one table of addresses that show something.
///
/// # Errors
/// [`PageError::NotFound`] where there is nothing, and whatever the page itself meets.
pub async fn page(request: &PageRequest) -> Result<Page, PageError> {
    let parts: Vec<&str> = request.path.split('/').filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [] => home(request).await,
        ["sign-in"] => Ok(sign_in(request)),
        ["search"] => search::search(request, None).await,
        ["account"] => account(request).await,
        ["admin"] => admin::admin(request).await,
        ["setup", _token] => Ok(setup(request)),
        ["disputes", "new"] => dispute_form(request, None).await,
        ["d", slug] => dispute(request, slug).await,
        ["d", slug, path @ ("window" | "cluster")] => {
            let ground = Ground::now(request, entry(request, slug).await?);
            timeline_parts::part(request, ground, &[path]).await
        }
        ["d", slug, "events", id, "panel"] => {
            let ground = Ground::now(request, entry(request, slug).await?);
            timeline_parts::part(request, ground, &["events", id, "panel"]).await
        }
        ["embed", slug, path @ ..] => {
            let ground = Ground::now(request, entry(request, slug).await?);
            embed::embed(request, ground, path).await
        }
        ["s", code, "view"] => past::frozen(request, code).await,
        ["s", code, "view", path @ ..] => {
            timeline_parts::part(request, Ground::frozen(request, code).await?, path).await
        }
        ["s", code, "embed", path @ ..] => {
            embed::embed(request, Ground::frozen(request, code).await?, path).await
        }
        ["d", slug, "search"] => search::search(request, Some(slug)).await,
        ["d", slug, "print"] => print::print(request, slug).await,
        ["d", slug, "edit"] => dispute_form(request, Some(slug)).await,
        ["d", slug, "parties"] => parties(request, slug).await,
        ["d", slug, "positions"] => positions(request, slug).await,
        ["d", slug, "history"] => history(request, slug, None).await,
        ["d", slug, "corrections"] => corrections(request, slug).await,
        ["d", slug, "method"] => method(request, slug).await,
        ["d", slug, "at", revision] => past::at(request, slug, revision).await,
        ["d", slug, "at", revision, path @ ..] => {
            let ground = past::ground_at(request, slug, revision).await?;
            timeline_parts::part(request, ground, path).await
        }
        ["d", slug, "inbox"] => inbox(request, slug).await,
        ["d", slug, "people"] => people(request, slug).await,
        ["d", slug, "feeds"] => feeds(request, slug).await,
        ["d", slug, "feeds", id] => feed(request, slug, id).await,
        ["d", slug, "webhooks"] => webhooks(request, slug).await,
        ["d", slug, "webhooks", id] => webhook(request, slug, id).await,
        ["d", slug, "work"] => work(request, slug).await,
        ["d", slug, "articles"] => articles(request, slug).await,
        ["d", slug, "articles", "new"] => new_article(request, slug).await,
        ["d", slug, "articles", id] => article(request, slug, id).await,
        ["d", slug, "events", "new"] => event_form(request, slug, EventFormFor::New).await,
        ["d", slug, "events", id] => event(request, slug, id).await,
        ["d", slug, "events", id, "edit"] => event_form(request, slug, EventFormFor::Event(id)).await,
        ["d", slug, "events", id, "history"] => history(request, slug, Some((Of::Event, id))).await,
        ["d", slug, "parties", id, "history"] => history(request, slug, Some((Of::Party, id))).await,
        ["d", slug, "positions", id, "history"] => history(request, slug, Some((Of::Position, id))).await,
        ["d", slug, "articles", id, "history"] => history(request, slug, Some((Of::Article, id))).await,
        ["d", slug, "suggest"] => event_form(request, slug, EventFormFor::Suggestion).await,
        ["d", slug, "suggest", "thanks"] => suggestions::thanks(request, slug).await,
        ["d", slug, "suggestions", id, "edit"] => {
            event_form(request, slug, EventFormFor::Suggested(id)).await
        }
        ["d", slug, "candidates", id, "edit"] => event_form(request, slug, EventFormFor::Candidate(id)).await,
        _ => Err(PageError::NotFound),
    }
}

/// The dispute with a slug, and what who looks may do in it.
async fn entry(request: &PageRequest, slug: &str) -> Result<(Dispute, Role), PageError> {
    // A slug with other characters cannot exist, and need not be asked for.
    if slug.is_empty()
        || !slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    {
        return Err(PageError::NotFound);
    }
    Ok(request.store.dispute(&request.reader, slug).await?)
}

/// The dispute with a slug, for pages about parts of it that only some may use.
///
/// # Errors
/// [`PageError::NotFound`] for who may not know of it, [`PageError::SignIn`] for who has no account, and
/// [`PageError::Forbidden`] for who has a lower role in it.
async fn dispute_for(request: &PageRequest, slug: &str, needed: Role) -> Result<Dispute, PageError> {
    entry_for(request, slug, needed).await.map(|(dispute, _)| dispute)
}

/// The same, and what who looks may do in it.
async fn entry_for(request: &PageRequest, slug: &str, needed: Role) -> Result<(Dispute, Role), PageError> {
    match entry(request, slug).await? {
        (dispute, role) if role >= needed => Ok((dispute, role)),
        _ if request.viewer.is_none() => Err(PageError::SignIn),
        _ => Err(PageError::Forbidden),
    }
}

/// The way back from a page within a dispute.
fn trail(dispute: &Dispute, further: &[(&str, String)]) -> leptos::prelude::AnyView {
    use leptos::prelude::*;
    let further: Vec<_> = further
        .iter()
        .map(|(label, href)| view! { <li><a href=href.clone()>{(*label).to_owned()}</a></li> })
        .collect();
    view! {
        <nav class="trail" aria-label=t!("page-where-you-are")>
            <ol>
                <li><a href=format!("/d/{}", dispute.slug)>{dispute.title.clone()}</a></li>
                {further}
            </ol>
        </nav>
    }
    .into_any()
}
