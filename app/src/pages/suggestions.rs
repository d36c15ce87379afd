//! What readers suggest, as it stands in the inbox; and the page that thanks for it.

use leptos::prelude::*;

use super::{dispute_for, trail};
use crate::components::parts::{date_words, instant, party_names};
use crate::model::dispute::{Dispute, Party};
use crate::model::role::Role;
use crate::model::suggestion::Suggestion;
use crate::page::{Page, PageError, PageRequest};
use crate::t;

/// Who suggests it, in words.
pub(super) fn suggested_by(suggestion: &Suggestion) -> String {
    match suggestion.name.as_str() {
        "" => t!("suggestions-a-reader").to_owned(),
        name => name.to_owned(),
    }
}

/// The suggestions that wait, for who decides about them; nothing if none do.
pub(super) fn waiting(dispute: &Dispute, parties: &[Party], found: &[Suggestion]) -> Option<AnyView> {
    if found.is_empty() {
        return None;
    }
    let count = t!("suggestions-suggestions-by-readers", count = found.len());
    let cards: Vec<_> = found.iter().map(|one| view! { <li>{card(dispute, parties, one)}</li> }).collect();
    Some(
        view! {
            <section class="suggestions" aria-labelledby="suggestions">
                <h2 id="suggestions">{count}</h2>
                <ol class="candidates">{cards}</ol>
            </section>
        }
        .into_any(),
    )
}

fn card(dispute: &Dispute, parties: &[Party], suggestion: &Suggestion) -> AnyView {
    let event = &suggestion.draft;
    let date = event.date.as_ref().map_or_else(|| t!("suggestions-no-date").into_any(), date_words);
    let names: Vec<String> = party_names(&event.parties, parties).into_iter().map(|(name, _)| name).collect();
    let facts = [event.kind.label().to_owned(), event.phase.label().to_owned(), names.join(", ")]
        .into_iter()
        .filter(|fact| !fact.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    let description = (!event.description.is_empty()).then(|| view! { <p>{event.description.clone()}</p> });
    let path = format!("/d/{}/suggestions/{}", dispute.slug, suggestion.id);
    let title = event.title.clone();
    view! {
        <article class="card" id=format!("suggestion-{}", suggestion.id)>
            <p class="card-date">{date}</p>
            <h3>{title.clone()}</h3>
            <p class="soft">{facts}</p>
            {description}
            <p class="card-basis">
                {format!("{}, ", suggested_by(suggestion))}{instant(suggestion.created)}": "{suggestion.note.clone()}
            </p>
            <div class="card-decisions">
                <a class="button button-main" href=format!("{path}/edit") aria-label=t!("suggestions-look-through-and-accept", title = title)>{t!("suggestions-look-through-and-accept-2")}</a>
                <form method="post" action=path>
                    <button class="button button-quiet" type="submit" name="decision" value="reject" aria-label=t!("suggestions-turn-down", title = title)>{t!("suggestions-turn-down-2")}</button>
                </form>
            </div>
        </article>
    }
    .into_any()
}

/// `/d/{slug}/suggest/thanks`
pub(super) async fn thanks(request: &PageRequest, slug: &str) -> Result<Page, PageError> {
    let dispute = dispute_for(request, slug, Role::Viewer).await?;
    Ok(Page::new(t!("suggestions-thank-you"), move || {
        view! {
            {trail(&dispute, &[])}
            <div class="message">
                <h1>{t!("suggestions-thank-you")}</h1>
                <p>{t!("suggestions-your-suggestion-waits-for-an")}</p>
                <p class="tools">
                    <a class="button button-main" href=format!("/d/{}", dispute.slug)>{t!("suggestions-to-the-timeline")}</a>
                    <a class="button" href=format!("/d/{}/suggest", dispute.slug)>{t!("suggestions-suggest-another-event")}</a>
                </p>
            </div>
        }
        .into_any()
    }))
}
