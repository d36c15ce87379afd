//! The dispute: what it is about, its timeline, its filters, its parties' positions.

use std::sync::Arc;

use leptos::prelude::*;

use super::dispute_of;
use crate::components::parts::{date_words, share_line, status_chip};
use crate::components::timeline::window::LIMIT;
use crate::components::timeline::{
    Footnotes, PanelFrame, Part, Resolution, TimelineFrame, choose, in_story, sources, talks, timeline,
};
use crate::model::article::Decision;
use crate::model::dispute::{Dispute, Party, Position};
use crate::model::event::{Attestation, Event, Kind};
use crate::model::id::EventId;
use crate::model::view::{FieldError, Layout, View};
use crate::page::{Page, PageError, PageRequest, Script, Submission};
use crate::store::StoreError;

/// `/d/{slug}`
pub async fn dispute(request: &PageRequest, slug: &str) -> Result<Page, PageError> {
    let dispute = dispute_of(request, slug).await?;
    let pairs = request.query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let (view, errors) = View::read(pairs);
    let reading = Reading::Layout(Part::Page);
    let mut frame = frame(request, dispute, view, reading).await?;
    let counts = counts(request, &frame).await?;
    frame.attested.clone_from(&counts.attested);
    frame.notes = notes_of_few(request, &frame).await?;
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
    // The other layouts have no island; should one go on to the timeline, its WebAssembly is fetched then.
    let is_drawn = view.layout == Layout::Timeline && !frame.outline.is_empty();
    let page = Page::new(title, move || {
        view! {
            {head(&frame, may_write)}
            {filters(&frame, &counts, &form)}
            <h2 class="visually-hidden">"Timeline"</h2>
            <div id="view">{timeline(&frame, panel.as_ref())}{sources(&frame.notes)}</div>
            {position_list(&frame.parties, &frame.positions)}
            {share(&address)}
            {rule(&frame.dispute)}
        }
        .into_any()
    })
    .with_status(status)
    .described(described)
    .at(canonical);
    Ok(if is_drawn { page.with_islands() } else { page.with_script(Script::View) })
}

/// What is read of the events that a view's filters let through, besides their outline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// What the layout shows; of the drawing, a part.
    Layout(Part),
    /// Every one.
    Every,
}

/// What the timeline of a dispute is drawn from in a view.
pub(super) async fn frame(
    request: &PageRequest,
    dispute: Dispute,
    view: View,
    reading: Reading,
) -> Result<TimelineFrame, PageError> {
    let (store, cache) = (&request.store, &request.cache);
    let parties = store.parties(&dispute.id).await?;
    let positions = store.positions(&dispute.id).await?;
    let outline = cache.outline(store, &dispute, &view).await?;
    let total = if view.is_narrowed() {
        cache.outline(store, &dispute, &View::default()).await?.len()
    } else {
        outline.len()
    };
    let part = match reading {
        Reading::Layout(part) if view.layout == Layout::Timeline => Some(part),
        _ => None,
    };
    let events = if part.is_none() || outline.len() <= LIMIT {
        cache.events(store, &dispute, &view).await?
    } else {
        Arc::default()
    };
    let mut frame = TimelineFrame {
        dispute,
        parties,
        positions,
        view,
        outline,
        events,
        window: None,
        talks: Vec::new(),
        total,
        attested: Vec::new(),
        notes: Footnotes::default(),
        today: request.today,
    };
    if let Some(part) = part {
        let choice = choose(&frame, part);
        let talks: Vec<EventId> = talks(&frame.outline).into_iter().map(|event| event.id.clone()).collect();
        let mut ids = choice.ids(&frame.outline);
        ids.extend(talks.iter().cloned());
        let events = store.events_named(&frame.dispute.id, &ids).await?;
        let held_talks = events.iter().filter(|event| talks.contains(&event.id));
        frame.talks = held_talks.map(|event| event.date.clone()).collect();
        frame.window = Some(choice.with(&frame.outline, events));
    }
    Ok(frame)
}

/// The sources of a frame's events, numbered.
pub(super) async fn notes(request: &PageRequest, frame: &TimelineFrame) -> Result<Footnotes, PageError> {
    let cited = request.store.articles_cited(&frame.dispute.id).await?;
    let articles = request.store.articles(&frame.dispute.id).await?;
    Ok(Footnotes::number(&frame.events, cited, &articles))
}

/// The sources of a frame's events where they are few enough for one page, which then stands alone on paper; where
/// they are not, the page for paper has them.
pub(super) async fn notes_of_few(
    request: &PageRequest,
    frame: &TimelineFrame,
) -> Result<Footnotes, PageError> {
    if frame.outline.len() <= LIMIT { notes(request, frame).await } else { Ok(Footnotes::default()) }
}

/// How many events each choice of a filter would show, the other filters being what they are.
struct Counts {
    parties: Vec<usize>,
    kinds: Vec<usize>,
    attested: Vec<(Attestation, usize)>,
}

async fn counts(request: &PageRequest, frame: &TimelineFrame) -> Result<Counts, PageError> {
    let without = async |is_free: bool, change: fn(&mut View)| {
        // Where a filter lets everything through, what is shown is what its choices are counted among.
        if is_free {
            return Ok(frame.outline.clone());
        }
        request.cache.outline(&request.store, &frame.dispute, &frame.view.with(change)).await
    };
    let view = &frame.view;
    let by_party = without(view.parties.is_empty(), |view| view.parties.clear()).await?;
    let by_kind = without(view.kinds.is_empty(), |view| view.kinds.clear()).await?;
    let by_attestation = without(view.attestations.is_empty(), |view| view.attestations.clear()).await?;
    let mut parties = vec![0; frame.parties.len()];
    for id in by_party.iter().flat_map(|event| event.parties.iter()) {
        let at = frame.parties.iter().position(|party| party.id == *id);
        if let Some(count) = at.and_then(|at| parties.get_mut(at)) {
            *count += 1;
        }
    }
    let kinds = Kind::ALL.iter().map(|kind| by_kind.iter().filter(|event| event.kind == *kind).count());
    let attested = Attestation::ALL
        .iter()
        .map(|kind| (*kind, by_attestation.iter().filter(|event| event.attestation == *kind).count()));
    Ok(Counts { parties, kinds: kinds.collect(), attested: attested.collect() })
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
    let resolved = resolved(request, dispute, &event).await?;
    let (slug, parties, view) = (dispute.slug.clone(), parties.to_vec(), view.clone());
    Ok(Some(PanelFrame { slug, event, articles, checks, parties, resolved, view }))
}

/// How the date of an event was resolved, where it was found by rule in an article that is cited.
async fn resolved(
    request: &PageRequest,
    dispute: &Dispute,
    event: &Event,
) -> Result<Vec<Resolution>, PageError> {
    let mut articles: Vec<_> = event.citations.iter().map(|citation| &citation.article).collect();
    articles.sort_unstable();
    articles.dedup();
    let mut found = Vec::new();
    for article in articles {
        let accepted = request.store.candidates(&dispute.id, Some(article), Some(Decision::Accepted)).await?;
        for candidate in accepted.into_iter().filter(|candidate| candidate.event.as_ref() == Some(&event.id))
        {
            let date = candidate.draft.event.date.as_ref();
            let resolution = Resolution {
                printed: date.and_then(|date| date.printed()).unwrap_or_default().to_owned(),
                basis: candidate.draft.basis,
                rule: candidate.draft.rule,
            };
            if !found.contains(&resolution) {
                found.push(resolution);
            }
        }
    }
    Ok(found)
}

fn head(frame: &TimelineFrame, may_write: bool) -> AnyView {
    let dispute = &frame.dispute;
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
    let print = format!("{base}/print{}", frame.view.query_string());
    view! {
        <header class="dispute-head">
            <p class="dispute-facts">{status_chip(dispute.status)}</p>
            <nav class="tools" aria-label="This dispute">
                {write}
                <a class="button button-quiet" href=format!("{base}/articles")>"Sources"</a>
                <a class="button button-quiet" href=format!("{base}/history")>"History"</a>
                <a class="button button-quiet" href="#share">"Share"</a>
                <a class="button button-quiet" href=print data-live="">"Print"</a>
            </nav>
            <h1>{dispute.title.clone()}</h1>
            {question}
            {summary}
        </header>
    }
    .into_any()
}

/// The filters, as a form that any browser can send.
fn filters(frame: &TimelineFrame, counts: &Counts, form: &Submission) -> AnyView {
    let (dispute, view) = (&frame.dispute, &frame.view);
    let error = |field: &str| {
        form.error(field).map(|message| {
            view! { <p class="field-error" id=format!("{field}-error")>{message.to_owned()}</p> }
        })
    };
    let check = |name: &'static str, key: String, label: String, checked: bool, count: usize| {
        view! {
            <label class="choice">
                <input type="checkbox" name=name value=key.clone() checked=checked/>
                <span>{label}</span>
                <span class="tl-count" id=format!("n-{name}-{key}")>{count.to_string()}</span>
            </label>
        }
    };
    let party_boxes: Vec<_> = frame
        .parties
        .iter()
        .zip(&counts.parties)
        .map(|(party, count)| {
            check("party", party.key.clone(), party.name.clone(), view.parties.contains(&party.key), *count)
        })
        .collect();
    let kind_boxes: Vec<_> = Kind::ALL
        .iter()
        .zip(&counts.kinds)
        .map(|(kind, count)| {
            check("kind", kind.key().to_owned(), kind.label().to_owned(), view.kinds.contains(kind), *count)
        })
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
    let is_wrong = form.error("party").or(form.error("kind")).is_some();
    let chosen = view.parties.len() + view.kinds.len();
    let more = if chosen == 0 { String::new() } else { format!(" ({chosen})") };
    view! {
        <form method="get" action=format!("/d/{}", dispute.slug) class="filters" id="filters">
            {hidden}
            <div class="filter">
                <label for="q">"Find"</label>
                <input type="search" id="q" name="q" value=view.text.clone() placeholder="Words in titles and quotes"/>
                <button class="button no-script" type="submit">"Show"</button>
                {error("q")}
            </div>
            <details class="tl-menu" id="more" open=is_wrong>
                <summary class="button">"Parties and kinds"<span id="chosen">{more}</span></summary>
                <div class="tl-sheet filter-more">
                    <fieldset><legend>"Party"</legend>{party_boxes}{error("party")}</fieldset>
                    <fieldset><legend>"Kind"</legend>{kind_boxes}{error("kind")}</fieldset>
                    <button class="button no-script" type="submit">"Show these"</button>
                </div>
            </details>
            <span id="clear">{clear}</span>
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
