//! An event's own page.

use leptos::prelude::*;

use super::due::due_shown;
use super::steps::steps_shown;
use super::{entry, structured, trail};
use crate::components::due::due_lines;
use crate::components::parts::{attribution_words, checked_quote, date_words, party_names, share_line};
use crate::components::steps::step_list;
use crate::ground::Ground;
use crate::model::event::{Event, attest, has_rival_dates, independent_origins};
use crate::model::id::EventId;
use crate::model::role::Role;
use crate::page::{Page, PageError, PageRequest, Script};
use crate::t;

/// `/d/{slug}/events/{id}`
pub async fn event(request: &PageRequest, slug: &str, id: &str) -> Result<Page, PageError> {
    let ground = Ground::now(request, entry(request, slug).await?);
    let (dispute, role) = (ground.dispute.clone(), ground.role);
    let event = request.store.event(&dispute.id, &EventId::from(id)).await?;
    let parties = request.store.parties(&dispute.id).await?;
    let articles = request.store.articles(&dispute.id).await?;
    let checks = request.store.quote_checks(&dispute.id, &event.id).await?;
    let due = due_shown(request, &ground, &event).await?;
    let at = |step: &EventId| format!("/d/{}/events/{step}", dispute.slug);
    let steps = steps_shown(request, &ground, &event, at).await?;
    let may_write = role >= Some(Role::Editor);
    let path = format!("/d/{}/events/{}", dispute.slug, event.id);
    let address = format!("{}{path}", request.origin);
    let title = format!("{}, {}", event.title, event.date.words());
    let described = format!("{}: {}. {}", event.date.words(), event.title, dispute.title);
    let canonical = path.clone();
    let visibility = dispute.visibility;
    let preview = format!("/og/{}.png?event={}", dispute.slug, event.id);
    let data = structured::event(&dispute, &event, &parties, &articles, &request.origin);
    Ok(Page::new(title, move || {
        let attestation = attest(&event, &articles);
        let names: Vec<_> = party_names(&event.parties, &parties)
            .into_iter()
            .map(|(name, role)| view! { <li>{name}" "<span class="soft">{role}</span></li> })
            .collect();
        let parties_row = (!names.is_empty())
            .then(|| view! { <div><dt>{t!("event-parties")}</dt><dd><ul class="inline-list">{names}</ul></dd></div> });
        let printed = event
            .date
            .printed()
            .map(|printed| view! { <div><dt>{t!("event-as-printed")}</dt><dd>{t!("field-name-quoted", words = printed)}</dd></div> });
        let bounds = match (event.date.earliest(), event.date.latest()) {
            (Some(first), Some(last)) if first == last => None,
            (first, last) => {
                let day = |day: Option<chrono::NaiveDate>| {
                    day.map_or_else(|| t!("event-bound-open").to_owned(), crate::model::time::long_day)
                };
                Some(view! {
                    <div><dt>{t!("event-earliest-and-latest-day")}</dt><dd>{t!("event-bounds", first = day(first), last = day(last))}</dd></div>
                })
            }
        };
        let rival = has_rival_dates(&event).then(|| {
            let rows: Vec<_> = event
                .citations
                .iter()
                .filter_map(|citation| {
                    let date = citation.date.as_ref()?;
                    let source = articles.iter().find(|article| article.id == citation.article)?;
                    let name =
                        if source.publisher.is_empty() { source.title.clone() } else { source.publisher.clone() };
                    Some(view! {
                        <li>{date_words(date)}" — "{attribution_words(&citation.attribution)}", "{name}</li>
                    })
                })
                .collect();
            view! {
                <section class="notice notice-warn">
                    <h2>{t!("event-the-sources-differ-on-the")}</h2>
                    <ul>{rows}</ul>
                </section>
            }
        });
        let quotes: Vec<_> = event
            .citations
            .iter()
            .map(|citation| {
                let source = articles.iter().find(|article| article.id == citation.article);
                checked_quote(&citation.passage, &citation.attribution, source, checks.get(citation.id.as_str()))
            })
            .collect();
        let may_check = may_write
            && event.citations.iter().any(|citation| {
                articles.iter().any(|article| article.id == citation.article && article.url.is_some())
            });
        let check = may_check.then(|| {
            view! {
                <form method="post" action=format!("{path}/check")>
                    <button class="button button-quiet" type="submit">{t!("event-check-the-quotes-on-their")}</button>
                </form>
            }
        });
        let origins = independent_origins(&event, &articles);
        let cited = cited_articles(&event);
        let origins = (cited > origins).then(|| {
            view! { <div><dt>{t!("event-origins")}</dt><dd>{t!("event-articles-of-origins", cited = cited, origins = origins)}</dd></div> }
        });
        let uncited = quotes
            .is_empty()
            .then(|| view! { <p class="empty">{t!("event-no-source-is-cited-yet")}</p> });
        let edit = may_write
            .then(|| view! { <a class="button" href=format!("{path}/edit")>{t!("event-edit-this-event")}</a> });
        let due = due.as_ref().map(|due| due_lines(due, &format!("{path}/history"), None));
        let steps = steps.as_ref().map(step_list);
        let on_timeline = format!("/d/{}?event={}", dispute.slug, event.id);
        let description = (!event.description.is_empty())
            .then(|| view! { <p class="event-description">{event.description.clone()}</p> });
        view! {
            {trail(&dispute, &[])}
            <article class="event-page">
                <p class="event-date">{date_words(&event.date)}</p>
                <h1>{event.title.clone()}</h1>
                {due}
                {description}
                {rival}
                <dl class="facts">
                    <div><dt>{t!("event-kind")}</dt><dd>{event.kind.label()}</dd></div>
                    <div><dt>{t!("event-phase")}</dt><dd>{event.phase.label()}</dd></div>
                    <div><dt>{t!("event-attested-by")}</dt><dd>{attestation.label()}</dd></div>
                    {origins}
                    {parties_row}
                    {printed}
                    {bounds}
                    <div><dt>{t!("event-edtf")}</dt><dd><code>{event.date.edtf().to_owned()}</code></dd></div>
                </dl>
                {steps}
                <h2>{t!("event-what-it-rests-on")}</h2>
                {quotes}
                {uncited}
                <div class="event-tools">
                    <a class="button" href=on_timeline>{t!("event-show-on-the-timeline")}</a>
                    {edit}
                    {check}
                    <a class="button button-quiet" href=format!("{path}/history")>{t!("event-history")}</a>
                </div>
                {share_line("event-link", t!("event-link-to-this-event"), &address, false)}
            </article>
        }
        .into_any()
    })
    .described(described)
    .seen_by(visibility)
    .previewed(preview)
    .saying(&data)
    .at(canonical)
    .with_script(Script::View))
}

/// How many articles an event cites.
fn cited_articles(event: &Event) -> usize {
    let mut cited: Vec<_> = event.citations.iter().map(|citation| &citation.article).collect();
    cited.sort_unstable();
    cited.dedup();
    cited.len()
}
