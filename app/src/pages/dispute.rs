//! The dispute: what it is about, its timeline, its filters, its parties' positions.

use std::sync::Arc;

use leptos::prelude::*;

use super::due::due_shown;
use super::steps::steps_shown;
use super::{entry, structured};
use crate::components::parts::{date_words, share_line, status_chip};
use crate::components::timeline::window::LIMIT;
use crate::components::timeline::{
    Footnotes, PanelFrame, Part, Resolution, TimelineFrame, choose, in_story, keys_dialog, sources, talks,
    talks_end, timeline, whole,
};
use crate::ground::Ground;
use crate::model::article::Decision;
use crate::model::dispute::{Dispute, Party, Position};
use crate::model::event::{Attestation, Event, Kind};
use crate::model::id::EventId;
use crate::model::role::{Role, Visibility};
use crate::model::view::{FieldError, Layout, View, encode};
use crate::page::{Page, PageError, PageRequest, Script, Submission};
use crate::store::StoreError;
use crate::texts::in_english;
use crate::{marked, t};

/// `/d/{slug}`
pub async fn dispute(request: &PageRequest, slug: &str) -> Result<Page, PageError> {
    let ground = Ground::now(request, entry(request, slug).await?);
    let (view, errors) = view_of(request);
    let role = ground.role;
    let shown = shown(request, ground, view).await?;
    let status = if errors.is_empty() { 200 } else { 400 };
    let (described, title) = (described(&shown.frame.dispute), shown.frame.dispute.title.clone());
    let canonical = shown.frame.address(|_| {});
    let address = format!("{}{canonical}", request.origin);
    let (slug, query) = (shown.frame.dispute.slug.clone(), shown.frame.view.query_string());
    let more = format!("/d/{slug}/share{query}");
    let preview = format!("/og/{slug}.png{query}");
    let data = structured::dispute(&shown.frame, &request.origin);
    let form = Submission { values: request.query.clone(), errors, ..Submission::default() };
    let script = shown.script();
    let visibility = shown.frame.dispute.visibility;
    let page = Page::new(title, move || {
        let frame = &shown.frame;
        view! {
            {head(frame, role)}
            {begin(frame, role)}
            {filters(frame, &shown.counts, &form)}
            {shown.view()}
            {position_list(&frame.dispute.slug, &frame.parties, &frame.positions)}
            {share(&address, more)}
            {rule(&frame.dispute)}
            {announcements(&frame.dispute)}
        }
        .into_any()
    });
    let oembed = |format: &str| {
        let address = encode(&format!("{}{canonical}", request.origin));
        format!("{}/oembed?format={format}&url={address}", request.origin)
    };
    let file = |ending: &str| format!("{}/d/{slug}.{ending}{query}", request.origin);
    let page = page
        .or("application/json", t!("dispute-this-view-as-json"), file("json"))
        .or("application/atom+xml", t!("dispute-changes"), file("atom"))
        .or("application/json+oembed", t!("dispute-the-timeline-to-embed"), oembed("json"))
        .or("text/xml+oembed", t!("dispute-the-timeline-to-embed"), oembed("xml"))
        .previewed(preview)
        .saying(&data)
        .of_view();
    Ok(page.with_status(status).described(described).seen_by(visibility).at(canonical).with_script(script))
}

/// The view that an address asks for, and what of it cannot be read.
pub fn view_of(request: &PageRequest) -> (View, Vec<FieldError>) {
    View::read(request.query.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

pub(super) fn described(dispute: &Dispute) -> String {
    match dispute.summary.as_str() {
        "" => t!("dispute-the-timeline-of", title = dispute.title),
        summary => summary.to_owned(),
    }
}

/// A view, ready to be drawn with its filters.
pub(super) struct Shown {
    pub(super) frame: TimelineFrame,
    pub(super) counts: Counts,
    panel: Option<PanelFrame>,
}

impl Shown {
    /// The script that it is better with.
    pub(super) fn script(&self) -> Script {
        // The other layouts have no island; should one go on to the timeline, its WebAssembly is fetched then.
        let is_drawn = self.frame.view.layout == Layout::Timeline && !self.frame.outline.is_empty();
        if is_drawn { Script::Islands } else { Script::View }
    }

    /// What is exchanged where one goes on to another view.
    pub(super) fn view(&self) -> AnyView {
        view! {
            <h2 class="visually-hidden">{t!("dispute-timeline")}</h2>
            <div id="view" tabindex="-1" data-revision=self.frame.dispute.revision.to_string()>{timeline(&self.frame, self.panel.as_ref())}{sources(&self.frame.notes)}</div>
            {keys_dialog()}
        }
        .into_any()
    }
}

/// Reads what a view shows.
pub(super) async fn shown(request: &PageRequest, ground: Ground, view: View) -> Result<Shown, PageError> {
    let mut frame = frame(request, &ground, view, Reading::Layout(Part::Page)).await?;
    let counts = counts(request, &ground, &frame).await?;
    frame.attested.clone_from(&counts.attested);
    frame.notes = notes_of_few(request, &ground, &frame).await?;
    let selected = match frame.view.layout {
        Layout::Story => in_story(&frame).map(|event| event.id.0.clone()),
        Layout::Timeline | Layout::List | Layout::Table => frame.view.event.clone(),
    };
    let panel = match &selected {
        Some(id) => panel(request, &ground, id, &frame.parties, &frame.view).await?,
        None => None,
    };
    Ok(Shown { frame, counts, panel })
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
    ground: &Ground,
    view: View,
    reading: Reading,
) -> Result<TimelineFrame, PageError> {
    let parties = ground.parties(request).await?;
    let positions = ground.positions(request).await?;
    let outline = ground.outline(request, &view).await?;
    let total = if view.is_narrowed() {
        ground.outline(request, &View::default()).await?.len()
    } else {
        outline.len()
    };
    let part = match reading {
        Reading::Layout(part) if view.layout == Layout::Timeline => Some(part),
        _ => None,
    };
    let events = if part.is_none() || outline.len() <= LIMIT {
        ground.events(request, &view).await?
    } else {
        Arc::default()
    };
    let talks = talks(&outline);
    let talks_end = talks_end(&talks, ground.dispute.status);
    let talk_ids: Vec<EventId> = talks.into_iter().map(|event| event.id.clone()).collect();
    let whole = whole(&outline, talks_end, ground.today);
    let steps = Arc::new(ground.steps(request).await?);
    let mut frame = TimelineFrame {
        dispute: ground.dispute.clone(),
        base: ground.base.clone(),
        parties,
        positions,
        view,
        outline,
        events,
        window: None,
        steps,
        talks: Vec::new(),
        talks_end,
        whole,
        total,
        attested: Vec::new(),
        notes: Footnotes::default(),
        today: ground.today,
    };
    if let Some(part) = part {
        let choice = choose(&frame, part);
        let mut ids = choice.ids(&frame.outline);
        ids.extend(talk_ids.iter().cloned());
        let events = ground.events_named(request, &ids).await?;
        let held_talks = events.iter().filter(|event| talk_ids.contains(&event.id));
        frame.talks = held_talks.map(|event| event.date.clone()).collect();
        frame.window = Some(choice.with(&frame.outline, events));
    }
    Ok(frame)
}

/// The sources of a frame's events, numbered.
pub(super) async fn notes(
    request: &PageRequest,
    ground: &Ground,
    frame: &TimelineFrame,
) -> Result<Footnotes, PageError> {
    let cited = ground.articles_cited(request).await?;
    let articles = ground.articles(request).await?;
    Ok(Footnotes::number(&frame.events, cited, &articles))
}

/// The sources of a frame's events where they are few enough for one page, which then stands alone on paper; where
/// they are not, the page for paper has them.
pub(super) async fn notes_of_few(
    request: &PageRequest,
    ground: &Ground,
    frame: &TimelineFrame,
) -> Result<Footnotes, PageError> {
    if frame.outline.len() <= LIMIT { notes(request, ground, frame).await } else { Ok(Footnotes::default()) }
}

/// How many events each choice of a filter would show, the other filters being what they are.
pub(super) struct Counts {
    parties: Vec<usize>,
    kinds: Vec<usize>,
    attested: Vec<(Attestation, usize)>,
}

async fn counts(request: &PageRequest, ground: &Ground, frame: &TimelineFrame) -> Result<Counts, PageError> {
    let without = async |is_free: bool, change: fn(&mut View)| {
        // Where a filter lets everything through, what is shown is what its choices are counted among.
        if is_free {
            return Ok(frame.outline.clone());
        }
        ground.outline(request, &frame.view.with(change)).await
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
    let kinds = tally(Kind::ALL, by_kind.iter().map(|event| event.kind));
    let attested = tally(Attestation::ALL, by_attestation.iter().map(|event| event.attestation));
    let attested = Attestation::ALL.iter().copied().zip(attested).collect();
    Ok(Counts { parties, kinds, attested })
}

/// How many there are of each choice.
fn tally<T: PartialEq>(choices: &[T], values: impl Iterator<Item = T>) -> Vec<usize> {
    let mut counts = vec![0; choices.len()];
    for value in values {
        let at = choices.iter().position(|choice| *choice == value);
        if let Some(count) = at.and_then(|at| counts.get_mut(at)) {
            *count += 1;
        }
    }
    counts
}

/// The panel of the selected event; none if it is not there any more.
pub(super) async fn panel(
    request: &PageRequest,
    ground: &Ground,
    id: &str,
    parties: &[Party],
    view: &View,
) -> Result<Option<PanelFrame>, PageError> {
    let event = match ground.event(request, &EventId::from(id)).await {
        Ok(event) => event,
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let articles = ground.articles(request).await?;
    let checks = ground.quote_checks(request, &event.id).await?;
    let due = due_shown(request, ground, &event).await?;
    let at = |step: &EventId| ground.base.address(&view.with(|view| view.event = Some(step.0.clone())));
    let steps = steps_shown(request, ground, &event, at).await?;
    let resolved = resolved(request, &ground.dispute, &event).await?;
    Ok(Some(PanelFrame {
        slug: ground.dispute.slug.clone(),
        base: ground.base.clone(),
        event,
        articles,
        checks,
        parties: parties.to_vec(),
        due,
        steps,
        resolved,
        view: view.clone(),
    }))
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

fn head(frame: &TimelineFrame, role: Option<Role>) -> AnyView {
    let dispute = &frame.dispute;
    let base = format!("/d/{}", dispute.slug);
    let question =
        (!dispute.question.is_empty()).then(|| view! { <p class="question">{dispute.question.clone()}</p> });
    let summary =
        (!dispute.summary.is_empty()).then(|| view! { <p class="summary">{dispute.summary.clone()}</p> });
    let may = |needed: Role| role >= Some(needed);
    let edit = may(Role::Editor);
    let add_event = edit.then(
        || view! { <a class="button button-main" href=format!("{base}/events/new")>{t!("dispute-add-an-event")}</a> },
    );
    let suggest = (!edit && dispute.takes_suggestions).then(|| {
        view! { <a class="button button-main" href=format!("{base}/suggest")>{t!("dispute-suggest-an-event")}</a> }
    });
    let add_article = may(Role::Contributor).then(
        || view! { <a class="button" href=format!("{base}/articles/new")>{t!("dispute-add-an-article")}</a> },
    );
    let inbox = may(Role::Reviewer).then(
        || view! { <a class="button button-quiet" href=format!("{base}/inbox")>{t!("dispute-inbox")}</a> },
    );
    let tools = edit.then(|| {
        view! {
            <a class="button button-quiet" href=format!("{base}/import")>{t!("dispute-import")}</a>
            <a class="button button-quiet" href=format!("{base}/edit")>{t!("dispute-edit")}</a>
        }
    });
    let people = may(Role::Owner).then(
        || view! { <a class="button button-quiet" href=format!("{base}/people")>{t!("dispute-people")}</a> },
    );
    let visibility = (dispute.visibility != Visibility::Public)
        .then(|| view! { <span class="chip">{dispute.visibility.label()}</span> });
    let print = format!("{base}/print{}", frame.view.query_string());
    let share = format!("{base}/share{}", frame.view.query_string());
    view! {
        <header class="dispute-head">
            <p class="dispute-facts">{status_chip(dispute.status)}{visibility}</p>
            <nav class="tools" aria-label=t!("dispute-this-dispute")>
                {add_event}{suggest}{add_article}{inbox}{tools}{people}
                <a class="button button-quiet" href=format!("{base}/articles")>{t!("dispute-sources")}</a>
                <a class="button button-quiet" href=format!("{base}/search")>{t!("dispute-search")}</a>
                <a class="button button-quiet" href=format!("{base}/history")>{t!("dispute-history")}</a>
                <a class="button button-quiet" href=share data-live="">{t!("dispute-share")}</a>
                <a class="button button-quiet" href=print data-live="">{t!("dispute-print")}</a>
            </nav>
            <h1>{dispute.title.clone()}</h1>
            {question}
            {summary}
        </header>
    }
    .into_any()
}

/// The ways to a first event, where there is none yet and one may add some.
fn begin(frame: &TimelineFrame, role: Option<Role>) -> Option<AnyView> {
    let role = role.filter(|role| frame.total == 0 && *role >= Role::Contributor)?;
    let base = format!("/d/{}", frame.dispute.slug);
    let by_hand = (role >= Role::Editor).then(|| {
        view! {
            <li>
                <a href=format!("{base}/events/new")>{t!("dispute-add-an-event-by-hand")}</a>
                <p>{t!("dispute-a-date-as-precise-as")}</p>
            </li>
            <li>
                <a href=format!("{base}/import")>{t!("dispute-import-a-file")}</a>
                <p>{t!("dispute-a-table-csv-a-calendar")}</p>
            </li>
        }
    });
    let section = view! {
        <section class="begin" aria-labelledby="begin">
            <h2 id="begin">{t!("dispute-begin-this-timeline")}</h2>
            <ul>
                <li>
                    <a href=format!("{base}/articles/new")>{t!("dispute-paste-an-article-or-give")}</a>
                    <p>{t!("dispute-its-dated-events-are-found")}</p>
                </li>
                {by_hand}
            </ul>
        </section>
    };
    Some(section.into_any())
}

/// The filters, as a form that any browser can send.
pub(super) fn filters(frame: &TimelineFrame, counts: &Counts, form: &Submission) -> AnyView {
    let view = &frame.view;
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
    let hidden: Vec<_> = frame
        .base
        .query(view)
        .into_iter()
        .filter(|(name, _)| !matches!(*name, "q" | "party" | "kind"))
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect();
    let clear = view.is_filtered().then(|| {
        let bare =
            View { layout: view.layout, group: view.group, order: view.order.clone(), ..View::default() };
        view! { <a class="button button-quiet" href=frame.base.address(&bare)>{t!("dispute-clear")}</a> }
    });
    let is_wrong = form.error("party").or(form.error("kind")).is_some();
    let chosen = view.parties.len() + view.kinds.len();
    let more = if chosen == 0 { String::new() } else { format!(" ({chosen})") };
    view! {
        <form method="get" action=frame.base.path().to_owned() class="filters" id="filters">
            {hidden}
            <div class="filter">
                <label for="q">{t!("dispute-find")}</label>
                <input type="search" id="q" name="q" value=view.text.clone() placeholder=t!("dispute-words-in-titles-and-quotes")/>
                <button class="button no-script" type="submit">{t!("dispute-show")}</button>
                {error("q")}
            </div>
            <details class="tl-menu" id="more" open=is_wrong>
                <summary class="button">{t!("dispute-parties-and-kinds")}<span id="chosen">{more}</span></summary>
                <div class="tl-sheet filter-more">
                    <fieldset><legend>{t!("dispute-party")}</legend>{party_boxes}{error("party")}</fieldset>
                    <fieldset><legend>{t!("dispute-kind")}</legend>{kind_boxes}{error("kind")}</fieldset>
                    <button class="button no-script" type="submit">{t!("dispute-show-these")}</button>
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
        view! { <div class="notice notice-bad" role="alert"><p>{t!("dispute-parts-of-this-address-could")}</p><ul>{items}</ul></div> }
            .into_any()
    })
}

pub(super) fn position_list(slug: &str, parties: &[Party], positions: &[Position]) -> Option<AnyView> {
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
                            <p class="position-history">
                                <a href=format!("/d/{slug}/positions/{}/history", position.id)>
                                    {t!("dispute-how-it-was-recorded")}<span class="visually-hidden">{format!(": {}", position.statement)}</span>
                                </a>
                            </p>
                        </li>
                    }
                })
                .collect();
            (!held.is_empty()).then(|| {
                view! {
                    <section class="position">
                        <h3>{party.name.clone()}</h3>
                        <ol>{held}</ol>
                        <p class="position-history">
                            <a href=format!("/d/{slug}/parties/{}/history", party.id)>{t!("dispute-history-of", name = party.name)}</a>
                        </p>
                    </section>
                 }
            })
        })
        .collect();
    Some(
        view! {
            <section class="positions later" aria-labelledby="positions">
                <h2 id="positions">{t!("dispute-who-holds-what")}</h2>
                <div class="position-columns">{groups}</div>
            </section>
        }
        .into_any(),
    )
}

fn share(address: &str, more: String) -> AnyView {
    view! {
        <section class="share later" id="share" aria-labelledby="share-heading">
            <h2 id="share-heading">{t!("dispute-share-this-view")}</h2>
            <p>
                {marked!("dispute-share-lead"; a = |words| view! { <a href=more.clone() data-live="">{words}</a> })}
            </p>
            {share_line("share-link", t!("dispute-link"), address, true)}
        </section>
    }
    .into_any()
}

/// What `app/live.js` says, for each sort of change in the singular and in the plural, with `#` for the number.
fn live_words() -> serde_json::Value {
    serde_json::json!([
        [t!("live-added-one", count = "#"), t!("live-added-other", count = "#")],
        [t!("live-changed-one", count = "#"), t!("live-changed-other", count = "#")],
        [t!("live-removed-one", count = "#"), t!("live-removed-other", count = "#")],
        t!("live-dispute-changed"),
        t!("live-not-announced"),
        t!("live-announced"),
        t!("live-announce"),
        t!("live-do-not-announce"),
    ])
}

/// Where the script tells of what others change while the page is open; nothing without it.
fn announcements(dispute: &Dispute) -> AnyView {
    let stream = format!("/d/{}/live", dispute.slug);
    // The script says it in English by itself.
    let words =
        Some(live_words()).filter(|words| *words != in_english(live_words)).map(|words| words.to_string());
    view! {
        <p class="live-line" id="told-line" hidden>
            <span></span>" "<button type="button" class="button button-quiet"></button>
        </p>
        <div class="live" id="told" data-stream=stream data-revision=dispute.revision.to_string() data-words=words>
            <p role="status"></p>
            <button type="button" class="button button-main" data-live-show="" hidden>{t!("dispute-show")}</button>
            <button type="button" class="button" data-live-hide="" hidden>{t!("dispute-not-now")}</button>
        </div>
    }
    .into_any()
}

/// What belongs on the timeline, and where it is said how it is made and what was corrected.
pub(super) fn rule(dispute: &Dispute) -> AnyView {
    let rule =
        (!dispute.inclusion_rule.is_empty()).then(|| view! { <p>{dispute.inclusion_rule.clone()}</p> });
    let path = format!("/d/{}", dispute.slug);
    view! {
        <section class="rule later">
            <h2>{if rule.is_some() { t!("dispute-what-belongs-on-this-timeline") } else { t!("dispute-about-this-timeline") }}</h2>
            {rule}
            <p class="rule-more">
                <a href=format!("{path}/method")>{t!("dispute-how-it-is-made-and")}</a>" · "
                <a href=format!("{path}/corrections")>{t!("dispute-corrections")}</a>" · "
                <a href=format!("{path}/history")>{t!("dispute-history")}</a>
            </p>
        </section>
    }
    .into_any()
}
