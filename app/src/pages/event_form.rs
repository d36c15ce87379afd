//! The form to add or change an event, or to accept a candidate with changes.

use std::sync::Arc;

use leptos::prelude::*;

use super::suggestions::suggested_by;
use super::{dispute_for, name_events, trail};
use crate::components::changes::change_list;
use crate::components::fields::{Field, date_readings, error_summary, options};
use crate::components::parts::attribution_words;
use crate::forms::{Clash, HONEYPOT, drop_field, event_values};
use crate::model::article::{Article, Decision};
use crate::model::difference::{Names, event_name};
use crate::model::dispute::{Dispute, Party};
use crate::model::due::{DueState, Side, Unit};
use crate::model::event::{AttributionKind, CitationDraft, EventDraft, Importance, Kind, Phase, Role};
use crate::model::id::{CandidateId, EventId, SuggestionId};
use crate::model::role;
use crate::model::view::View;
use crate::page::{Conflict, Page, PageError, PageRequest, Submission};
use crate::store::EventBrief;
use crate::{marked, t};

/// How many events a form offers at most: some hundred bytes each.
const OFFERED: usize = 2_000;

/// The list of the events that are offered.
const EVENTS: &str = "events-offered";

/// What the form is opened on.
#[derive(Debug, Clone, Copy)]
pub enum EventFormFor<'a> {
    /// A new event.
    New,
    /// An event to change.
    Event(&'a str),
    /// A candidate to accept with changes.
    Candidate(&'a str),
    /// A new event that a reader suggests.
    Suggestion,
    /// A suggestion to accept, with changes if need be.
    Suggested(&'a str),
}

struct Subject {
    heading: &'static str,
    action: String,
    back: String,
    version: Option<i64>,
    draft: Option<EventDraft>,
    deletable: bool,
    basis: Option<String>,
    /// Whether it is what a reader suggests, who is asked for less and for where it comes from.
    is_suggestion: bool,
}

impl Subject {
    /// A form that is opened on nothing.
    fn empty(heading: &'static str, action: String, back: String) -> Self {
        Self {
            heading,
            action,
            back,
            version: None,
            draft: None,
            deletable: false,
            basis: None,
            is_suggestion: false,
        }
    }
}

/// `/d/{slug}/events/new`, `/d/{slug}/events/{id}/edit`, `/d/{slug}/candidates/{id}/edit`, `/d/{slug}/suggest` and
/// `/d/{slug}/suggestions/{id}/edit`
pub async fn event_form(
    request: &PageRequest,
    slug: &str,
    subject: EventFormFor<'_>,
) -> Result<Page, PageError> {
    let needed = match subject {
        EventFormFor::New | EventFormFor::Event(_) => role::Role::Editor,
        EventFormFor::Candidate(_) | EventFormFor::Suggested(_) => role::Role::Reviewer,
        EventFormFor::Suggestion => role::Role::Viewer,
    };
    let dispute = dispute_for(request, slug, needed).await?;
    let parties = request.store.parties(&dispute.id).await?;
    let articles = request.store.articles(&dispute.id).await?;
    let events = offered(request, &dispute, &subject).await?;
    let base = format!("/d/{}", dispute.slug);
    let subject = match subject {
        EventFormFor::New => {
            Subject::empty(t!("event-form-add-an-event"), format!("{base}/events/new"), base)
        }
        EventFormFor::Suggestion if !dispute.takes_suggestions => return Err(PageError::NotFound),
        EventFormFor::Suggestion => Subject {
            is_suggestion: true,
            ..Subject::empty(t!("event-form-suggest-an-event"), format!("{base}/suggest"), base)
        },
        EventFormFor::Suggested(id) => {
            let found = request.store.suggestion(&dispute.id, &SuggestionId::from(id)).await?;
            if found.decision != Decision::Pending {
                return Err(PageError::NotFound);
            }
            Subject {
                basis: Some(t!(
                    "event-form-says-where-it-comes-from",
                    found = suggested_by(&found),
                    note = found.note
                )),
                draft: Some(found.draft),
                ..Subject::empty(
                    t!("event-form-look-through-and-accept"),
                    format!("{base}/suggestions/{id}/edit"),
                    format!("{base}/inbox"),
                )
            }
        }
        EventFormFor::Event(id) => {
            let event = request.store.event(&dispute.id, &EventId::from(id)).await?;
            Subject {
                version: Some(event.version),
                draft: Some(event.into()),
                deletable: true,
                ..Subject::empty(
                    t!("event-form-edit-the-event"),
                    format!("{base}/events/{id}/edit"),
                    format!("{base}/events/{id}"),
                )
            }
        }
        EventFormFor::Candidate(id) => {
            let candidate = request.store.candidate(&dispute.id, &CandidateId::from(id)).await?;
            if candidate.decision != Decision::Pending {
                return Err(PageError::NotFound);
            }
            Subject {
                basis: Some(t!(
                    "event-form-dated",
                    basis = candidate.draft.basis,
                    rule = candidate.draft.rule
                )),
                draft: Some(candidate.draft.event),
                ..Subject::empty(
                    t!("event-form-edit-and-accept"),
                    format!("{base}/candidates/{id}/edit"),
                    format!("{base}/articles/{}", candidate.article),
                )
            }
        }
    };
    let mut form = request.submission();
    if let (true, Some(draft)) = (form.is_empty(), &subject.draft) {
        let mut names = Names::default();
        name_events(request, &dispute, &mut names, draft.named_events().into_iter()).await?;
        form.values = event_values(draft, &parties, &names);
    }
    let title = subject.heading;
    Ok(Page::new(title, move || draw(&dispute, (&parties, &articles, &events), &subject, &form)))
}

/// The events that a form offers for those that it names; none where they are too many to be sent, and are found by
/// words all the same.
async fn offered(
    request: &PageRequest,
    dispute: &Dispute,
    subject: &EventFormFor<'_>,
) -> Result<Arc<Vec<EventBrief>>, PageError> {
    if matches!(subject, EventFormFor::Suggestion) {
        return Ok(Arc::default());
    }
    let all = View::default();
    if request.cache.outline(&request.store, dispute, &all).await?.len() > OFFERED {
        return Ok(Arc::default());
    }
    Ok(request.cache.events(&request.store, dispute, &all).await?)
}

fn draw(
    dispute: &Dispute,
    (parties, articles, events): (&[Party], &[Article], &[EventBrief]),
    subject: &Subject,
    form: &Submission,
) -> AnyView {
    // After a conflict the form stands on the version that is there now, since its author has been shown it; after a
    // mistake still on the one that it was opened on.
    let sent = form.get("version").parse::<i64>().ok();
    let version = subject
        .version
        .map(|now| form.conflict.as_ref().map(|conflict| conflict.version).or(sent).unwrap_or(now))
        .map(|version| view! { <input type="hidden" name="version" value=version.to_string()/> });
    let save = match (subject.is_suggestion, subject.version) {
        (true, _) => t!("event-form-send-the-suggestion"),
        (false, Some(_)) => t!("event-form-save-changes"),
        (false, None) => t!("event-form-add-to-the-timeline"),
    };
    let citations = subject.draft.as_ref().map(|draft| draft.citations.as_slice()).unwrap_or_default();
    let delete = subject.deletable.then(|| delete_form(subject));
    let basis = subject.basis.clone().map(|basis| view! { <p class="notice">{basis}</p> });
    view! {
        {trail(dispute, &[])}
        <div class="form-page">
            <h1>{subject.heading}</h1>
            {error_summary(form)}
            {form.conflict.as_ref().map(conflict_notice)}
            {basis}
            <form method="post" action=subject.action.clone() class="form">
                {version}
                {form.conflict.as_ref().and_then(clash_choices)}
                <fieldset class="form-group">
                    <legend>{t!("event-form-what-and-when")}</legend>
                    {date_field(form, subject)}
                    {date_readings(form)}
                    {Field::new(form, "printed", t!("event-form-date-as-printed"))
                        .hint(t!("event-form-the-words-of-the-source"))
                        .text("text", "off")}
                    {Field::new(form, "title", t!("event-form-title"))
                        .hint(t!("event-form-a-few-words-that-anyone"))
                        .required()
                        .text("text", "off")}
                    {Field::new(form, "description", t!("event-form-description")).lines(4)}
                    <div class="field-row">
                        {Field::new(form, "kind", t!("event-form-kind")).required().choice(&options!(Kind))}
                        {Field::new(form, "phase", t!("event-form-phase"))
                            .value(Phase::Done.key())
                            .required()
                            .choice(&options!(Phase))}
                        {(!subject.is_suggestion).then(|| weight(form))}
                    </div>
                </fieldset>
                {(!subject.is_suggestion).then(|| tie_fields(form, events))}
                {party_fields(form, parties)}
                {old_citations(form, citations, articles)}
                {if subject.is_suggestion { source_note(form) } else { for_the_record(dispute, form, articles) }}
                <div class="form-end">
                    <button class="button button-main" type="submit">{save}</button>
                    <a class="button button-quiet" href=subject.back.clone()>{t!("event-form-cancel")}</a>
                </div>
            </form>
            {delete}
        </div>
    }
    .into_any()
}

/// When it was or is due. The rule of a deadline gives its day, so that none need be given then.
fn date_field(form: &Submission, subject: &Subject) -> AnyView {
    if subject.is_suggestion {
        return Field::new(form, "date", t!("event-form-date"))
            .hint(t!("event-form-as-you-would-say-it"))
            .required()
            .text("text", "off");
    }
    let hint = t!("event-form-leave-it-empty-for-a");
    Field::new(form, "date", t!("event-form-date")).hint(hint).depends().text("text", "off")
}

/// What it has to do with other events: whether it is a step of one, and whether its day is counted from one.
fn tie_fields(form: &Submission, events: &[EventBrief]) -> AnyView {
    let mut states = vec![(String::new(), t!("event-form-no-deadline").to_owned())];
    states.extend(options!(DueState));
    let list = (!events.is_empty()).then(|| {
        let name = |event: &EventBrief| event_name(&event.title, &event.date.words(), &event.id);
        let entries: Vec<_> =
            events.iter().map(|event| view! { <option value=name(event)></option> }).collect();
        view! { <datalist id=EVENTS>{entries}</datalist> }
    });
    view! {
        <fieldset class="form-group">
            <legend>{t!("event-form-if-it-is-a-step")}</legend>
            {Field::new(form, "step_of", t!("event-form-step-of-which-event"))
                .hint(t!("event-form-the-same-matter-announced-done"))
                .list(EVENTS)
                .text("text", "off")}
            {list}
        </fieldset>
        <fieldset class="form-group">
            <legend>{t!("event-form-if-something-is-due")}</legend>
            {Field::new(form, "due", t!("event-form-how-the-deadline-stands"))
                .hint(t!("event-form-nothing-changes-by-itself-a"))
                .required()
                .choice(&states)}
            <div class="field-row">
                {Field::new(form, "due_count", t!("event-form-counted-how-many")).depends().text("number", "off")}
                {Field::new(form, "due_unit", t!("event-form-of-what")).required().choice(&options!(Unit))}
                {Field::new(form, "due_side", t!("event-form-in-which-direction")).required().choice(&options!(Side))}
            </div>
            {Field::new(form, "due_base", t!("event-form-from-which-event"))
                .hint(t!("event-form-words-of-its-title-that"))
                .list(EVENTS)
                .text("text", "off")}
        </fieldset>
    }
    .into_any()
}

/// How much room it is given, and where among those of its day.
fn weight(form: &Submission) -> AnyView {
    view! {
        {Field::new(form, "importance", t!("event-form-importance"))
            .value(Importance::Normal.key())
            .required()
            .choice(&options!(Importance))}
        {Field::new(form, "sequence", t!("event-form-order-within-its-day")).text("number", "off")}
    }
    .into_any()
}

fn for_the_record(dispute: &Dispute, form: &Submission, articles: &[Article]) -> AnyView {
    view! {
        {new_citation(dispute, form, articles)}
        <fieldset class="form-group">
            <legend>{t!("event-form-for-the-record")}</legend>
            {Field::new(form, "reason", t!("event-form-why-this-change"))
                .hint(t!("event-form-readers-see-it-in-the"))
                .text("text", "off")}
        </fieldset>
    }
    .into_any()
}

/// Where what a reader suggests comes from. The last field is for programs that fill in all there are.
fn source_note(form: &Submission) -> AnyView {
    view! {
        <fieldset class="form-group">
            <legend>{t!("event-form-where-it-comes-from")}</legend>
            {Field::new(form, "note", t!("event-form-source"))
                .hint(t!("event-form-the-address-of-an-article"))
                .required()
                .lines(4)}
            {Field::new(form, "name", t!("event-form-your-name"))
                .hint(t!("event-form-only-those-who-look-through"))
                .text("text", "name")}
            <div class="apart" aria-hidden="true">
                <label for=HONEYPOT>{t!("event-form-leave-this-empty")}</label>
                <input type="text" id=HONEYPOT name=HONEYPOT tabindex="-1" autocomplete="off"/>
            </div>
        </fieldset>
    }
    .into_any()
}

/// Who saved meanwhile, and what of it is in the form by now.
fn conflict_notice(conflict: &Conflict) -> AnyView {
    let taken = change_list(&conflict.taken).map(|changes| {
        view! {
            <p>{t!("event-form-these-changes-clash-with-nothing")}</p>
            {changes}
        }
    });
    let rest = if conflict.clashes.is_empty() {
        t!("event-form-nothing-of-yours-is-lost")
    } else {
        t!("event-form-nothing-of-yours-is-lost-it")
    };
    view! {
        <div class="notice notice-warn" role="alert">
            <h2>{t!("event-form-saved-this-event-while-you", actor = conflict.actor)}</h2>
            <p>{rest}</p>
            {taken}
        </div>
    }
    .into_any()
}

/// What both changed, to choose from.
fn clash_choices(conflict: &Conflict) -> Option<AnyView> {
    if conflict.clashes.is_empty() {
        return None;
    }
    let choices: Vec<_> = conflict.clashes.iter().map(clash_choice).collect();
    Some(
        view! {
            <fieldset class="form-group">
                <legend>{t!("event-form-what-you-both-changed")}</legend>
                {choices}
            </fieldset>
        }
        .into_any(),
    )
}

fn clash_choice(clash: &Clash) -> AnyView {
    let name = format!("pick-{}", clash.field);
    let hidden: Vec<_> = clash
        .values
        .iter()
        .map(|(field, value)| {
            view! { <input type="hidden" name=format!("there-{field}") value=value.clone()/> }
        })
        .collect();
    let words = |words: &str| {
        let is_empty = words.is_empty();
        let words = if is_empty { t!("event-form-nothing").to_owned() } else { words.to_owned() };
        view! { <span class="clash-words" class:soft=is_empty>{words}</span> }
    };
    let before = clash.before.as_ref().map(|before| {
        view! { <p class="soft clash-before">{marked!("event-form-before"; words = |_| words(before))}</p> }
    });
    view! {
        <fieldset class="clash">
            <legend>{clash.label.clone()}</legend>
            {before}
            <label class="choice">
                <input type="radio" name=name.clone() value="there" required/>
                <span>{marked!("event-form-there-now"; words = |_| words(&clash.there))}</span>
            </label>
            <label class="choice">
                <input type="radio" name=name value="yours" required/>
                <span>{marked!("event-form-yours"; words = |_| words(&clash.yours))}</span>
            </label>
            {hidden}
        </fieldset>
    }
    .into_any()
}

fn party_fields(form: &Submission, parties: &[Party]) -> Option<AnyView> {
    if parties.is_empty() {
        return None;
    }
    let mut roles = vec![(String::new(), t!("event-form-not-involved").to_owned())];
    roles.extend(options!(Role));
    let fields: Vec<_> = parties
        .iter()
        .map(|party| {
            let name = format!("party-{}", party.key);
            Field::new(form, &name, &party.name).required().choice(&roles)
        })
        .collect();
    Some(
        view! {
            <fieldset class="form-group">
                <legend>{t!("event-form-who-took-part")}</legend>
                <div class="field-row">{fields}</div>
            </fieldset>
        }
        .into_any(),
    )
}

fn old_citations(form: &Submission, citations: &[CitationDraft], articles: &[Article]) -> Option<AnyView> {
    if citations.is_empty() {
        return None;
    }
    let items: Vec<_> = citations
        .iter()
        .enumerate()
        .map(|(at, citation)| {
            let name = drop_field(at, citation);
            let dropped = !form.get(&name).is_empty();
            let source = articles
                .iter()
                .find(|article| article.id == citation.article)
                .map(|article| article.publisher.clone())
                .unwrap_or_default();
            view! {
                <li>
                    <blockquote><p>{citation.passage.exact.clone()}</p></blockquote>
                    <p class="soft">{attribution_words(&citation.attribution)}" · "{source}</p>
                    <label class="choice">
                        <input type="checkbox" name=name value="yes" checked=dropped/>
                        <span>{t!("event-form-take-this-citation-off")}</span>
                    </label>
                </li>
            }
        })
        .collect();
    Some(
        view! {
            <fieldset class="form-group">
                <legend>{t!("event-form-cited-so-far")}</legend>
                <ul class="old-citations">{items}</ul>
            </fieldset>
        }
        .into_any(),
    )
}

fn new_citation(dispute: &Dispute, form: &Submission, articles: &[Article]) -> AnyView {
    let add = format!("/d/{}/articles/new", dispute.slug);
    if articles.is_empty() {
        return view! {
            <p class="notice">{marked!("event-form-cite-first"; a = |words| view! { <a href=add.clone()>{words}</a> })}</p>
        }
        .into_any();
    }
    let mut choices = vec![(String::new(), t!("event-form-no-citation").to_owned())];
    choices.extend(articles.iter().map(|article| {
        let day = article.published.map(crate::model::time::short_day).unwrap_or_default();
        (
            article.id.to_string(),
            t!("event-form-article-choice", publisher = article.publisher, day = day, title = article.title),
        )
    }));
    view! {
        <fieldset class="form-group">
            <legend>{t!("event-form-add-a-citation")}</legend>
            {Field::new(form, "article", t!("event-form-article")).choice(&choices)}
            {Field::new(form, "quote", t!("event-form-quote"))
                .hint(t!("event-form-the-exact-words-in-the"))
                .lines(3)}
            <div class="field-row">
                {Field::new(form, "attribution", t!("event-form-who-says-so")).required().choice(&options!(AttributionKind))}
                {Field::new(form, "wording", t!("event-form-in-what-words"))
                    .hint(t!("event-form-such-as-six-people-familiar"))
                    .text("text", "off")}
                {Field::new(form, "count", t!("event-form-how-many")).text("number", "off")}
                {Field::new(form, "citation_date", t!("event-form-date-it-gives-if-another")).text("text", "off")}
            </div>
        </fieldset>
    }
    .into_any()
}

fn delete_form(subject: &Subject) -> AnyView {
    let action = format!("{}/delete", subject.back);
    let version = subject.version.unwrap_or_default().to_string();
    view! {
        <details class="danger">
            <summary>{t!("event-form-delete-this-event")}</summary>
            <form method="post" action=action class="form">
                <input type="hidden" name="version" value=version/>
                <p>{t!("event-form-it-leaves-the-timeline-its")}</p>
                {Field::new(&Submission::default(), "delete_reason", t!("event-form-why")).text("text", "off")}
                <div class="form-end"><button class="button button-bad" type="submit">{t!("event-form-delete")}</button></div>
            </form>
        </details>
    }
    .into_any()
}
