//! The dispute: what it is about, its timeline, its filters, its parties' positions.

use leptos::prelude::*;

use super::dispute_of;
use crate::components::parts::{date_words, share_line, status_chip};
use crate::components::timeline::{PanelFrame, TimelineFrame, in_story, timeline};
use crate::model::dispute::{Dispute, Party, Position};
use crate::model::event::Kind;
use crate::model::id::EventId;
use crate::model::view::{FieldError, Layout, View};
use crate::page::{Page, PageError, PageRequest, Submission};
use crate::store::StoreError;

/// `/d/{slug}`
pub async fn dispute(request: &PageRequest, slug: &str) -> Result<Page, PageError> {
    let dispute = dispute_of(request, slug).await?;
    let pairs = request.query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let (view, errors) = View::read(pairs);
    let frame = frame(request, dispute, view).await?;
    let (dispute, view) = (&frame.dispute, &frame.view);
    let selected = match view.layout {
        Layout::Story => in_story(&frame).map(|event| event.id.0.clone()),
        Layout::Timeline | Layout::List | Layout::Table => view.event.clone(),
    };
    let panel = match &selected {
        Some(id) => panel(request, dispute, id, &frame.parties, view).await?,
        None => None,
    };
    let status = if errors.is_empty() { 200 } else { 400 };
    let described = match dispute.summary.as_str() {
        "" => format!("The timeline of {}.", dispute.title),
        summary => summary.to_owned(),
    };
    let canonical = format!("/d/{}{}", dispute.slug, frame.view.query_string());
    let address = format!("{}{canonical}", request.origin);
    let may_write = request.viewer.is_some();
    let form = Submission { values: request.query.clone(), errors, ..Submission::default() };
    let title = dispute.title.clone();
    Ok(Page::new(title, move || {
        view! {
            {head(&frame.dispute, may_write)}
            {filters(&frame.dispute, &frame.parties, &frame.view, &form)}
            <h2 class="visually-hidden">"Timeline"</h2>
            <div id="view">{timeline(&frame, panel.as_ref())}</div>
            {position_list(&frame.parties, &frame.positions)}
            {share(&address)}
            {rule(&frame.dispute)}
        }
        .into_any()
    })
    .with_status(status)
    .described(described)
    .at(canonical)
    .with_islands())
}

/// What the timeline of a dispute is drawn from in a view.
pub(super) async fn frame(
    request: &PageRequest,
    dispute: Dispute,
    view: View,
) -> Result<TimelineFrame, PageError> {
    let parties = request.store.parties(&dispute.id).await?;
    let positions = request.store.positions(&dispute.id).await?;
    let events = request.cache.events(&request.store, &dispute, &view).await?;
    let total = if view.is_narrowed() {
        request.cache.events(&request.store, &dispute, &View::default()).await?.len()
    } else {
        events.len()
    };
    Ok(TimelineFrame { dispute, parties, positions, view, events, total, today: request.today })
}

/// The panel of the selected event; none if it is not there any more.
pub(super) async fn panel(
    request: &PageRequest,
    dispute: &Dispute,
    id: &str,
    parties: &[Party],
    view: &View,
) -> Result<Option<PanelFrame>, PageError> {
    let event = match request.store.event(&dispute.id, &EventId::from(id)).await {
        Ok(event) => event,
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let articles = request.store.articles(&dispute.id).await?;
    let checks = request.store.quote_checks(&dispute.id, &event.id).await?;
    let (slug, parties, view) = (dispute.slug.clone(), parties.to_vec(), view.clone());
    Ok(Some(PanelFrame { slug, event, articles, checks, parties, view }))
}

fn head(dispute: &Dispute, may_write: bool) -> AnyView {
    let base = format!("/d/{}", dispute.slug);
    let question =
        (!dispute.question.is_empty()).then(|| view! { <p class="question">{dispute.question.clone()}</p> });
    let summary =
        (!dispute.summary.is_empty()).then(|| view! { <p class="summary">{dispute.summary.clone()}</p> });
    let write = may_write.then(|| {
        view! {
            <a class="button button-main" href=format!("{base}/events/new")>"Add an event"</a>
            <a class="button" href=format!("{base}/articles/new")>"Add an article"</a>
            <a class="button button-quiet" href=format!("{base}/inbox")>"Inbox"</a>
            <a class="button button-quiet" href=format!("{base}/edit")>"Edit"</a>
        }
    });
    view! {
        <header class="dispute-head">
            <p class="dispute-facts">{status_chip(dispute.status)}</p>
            <h1>{dispute.title.clone()}</h1>
            {question}
            {summary}
            <nav class="tools" aria-label="This dispute">
                {write}
                <a class="button button-quiet" href=format!("{base}/articles")>"Sources"</a>
                <a class="button button-quiet" href=format!("{base}/history")>"History"</a>
                <a class="button button-quiet" href="#share">"Share"</a>
            </nav>
        </header>
    }
    .into_any()
}

/// The filters, as a form that any browser can send.
fn filters(dispute: &Dispute, parties: &[Party], view: &View, form: &Submission) -> AnyView {
    let error = |field: &str| {
        form.error(field).map(|message| {
            view! { <p class="field-error" id=format!("{field}-error")>{message.to_owned()}</p> }
        })
    };
    let check = |name: &'static str, key: String, label: String, checked: bool| {
        view! {
            <label class="choice">
                <input type="checkbox" name=name value=key checked=checked/>
                <span>{label}</span>
            </label>
        }
    };
    let party_boxes: Vec<_> = parties
        .iter()
        .map(|party| check("party", party.key.clone(), party.name.clone(), view.parties.contains(&party.key)))
        .collect();
    let kind_boxes: Vec<_> = Kind::ALL
        .iter()
        .map(|kind| check("kind", kind.key().to_owned(), kind.label().to_owned(), view.kinds.contains(kind)))
        .collect();
    let hidden: Vec<_> = view
        .query()
        .into_iter()
        .filter(|(name, _)| !matches!(*name, "q" | "party" | "kind"))
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect();
    let clear = view.is_filtered().then(|| {
        let bare = View { layout: view.layout, group: view.group, order: view.order.clone(), ..View::default() };
        view! { <a class="button button-quiet" href=format!("/d/{}{}", dispute.slug, bare.query_string())>"Clear"</a> }
    });
    let chosen = view.parties.len() + view.kinds.len();
    let more = if chosen == 0 { String::new() } else { format!(" ({chosen})") };
    view! {
        <form method="get" action=format!("/d/{}", dispute.slug) class="filters" id="filters">
            {hidden}
            <div class="filter">
                <label for="q">"Find"</label>
                <input type="search" id="q" name="q" value=view.text.clone() placeholder="Words in titles and quotes"/>
                <button class="button" type="submit">"Show"</button>
                <span id="clear">{clear}</span>
                {error("q")}
            </div>
            <details class="filter filter-more" open=chosen != 0>
                <summary>"Parties and kinds"{more}</summary>
                <fieldset><legend>"Party"</legend>{party_boxes}{error("party")}</fieldset>
                <fieldset><legend>"Kind"</legend>{kind_boxes}{error("kind")}</fieldset>
                <button class="button" type="submit">"Show these"</button>
            </details>
            {unplaced_errors(&form.errors)}
            <p class="visually-hidden" role="status" id="found"></p>
        </form>
    }
    .into_any()
}

/// Errors in parameters that have no field on the page.
fn unplaced_errors(errors: &[FieldError]) -> Option<AnyView> {
    const PLACED: [&str; 3] = ["q", "party", "kind"];
    let items: Vec<_> = errors
        .iter()
        .filter(|error| !PLACED.contains(&error.field.as_str()))
        .map(|error| view! { <li>{format!("{}: {}", error.field, error.message)}</li> })
        .collect();
    (!items.is_empty()).then(|| {
        view! { <div class="notice notice-bad" role="alert"><p>"Parts of this address could not be read:"</p><ul>{items}</ul></div> }
            .into_any()
    })
}

fn position_list(parties: &[Party], positions: &[Position]) -> Option<AnyView> {
    if positions.is_empty() {
        return None;
    }
    let groups: Vec<_> = parties
        .iter()
        .filter_map(|party| {
            let held: Vec<_> = positions
                .iter()
                .filter(|position| position.party == party.id)
                .map(|position| {
                    let quote = position.source.as_ref().map(|source| {
                        view! { <q class="soft">{source.passage.exact.clone()}</q> }
                    });
                    view! {
                        <li>
                            <p class="soft">{date_words(&position.date)}</p>
                            <p>{position.statement.clone()}</p>
                            {quote}
                        </li>
                    }
                })
                .collect();
            (!held.is_empty()).then(|| {
                view! { <section class="position"><h3>{party.name.clone()}</h3><ol>{held}</ol></section> }
            })
        })
        .collect();
    Some(
        view! {
            <section class="positions" aria-labelledby="positions">
                <h2 id="positions">"Who holds what"</h2>
                <div class="position-columns">{groups}</div>
            </section>
        }
        .into_any(),
    )
}

fn share(address: &str) -> AnyView {
    view! {
        <section class="share" id="share" aria-labelledby="share-heading">
            <h2 id="share-heading">"Share this view"</h2>
            <p>"The address opens on exactly this: range, filters, lanes, layout and the selected event."</p>
            {share_line("share-link", "Link", address, true)}
        </section>
    }
    .into_any()
}

fn rule(dispute: &Dispute) -> Option<AnyView> {
    (!dispute.inclusion_rule.is_empty()).then(|| {
        view! {
            <section class="rule">
                <h2>"What belongs on this timeline"</h2>
                <p>{dispute.inclusion_rule.clone()}</p>
            </section>
        }
        .into_any()
    })
}
