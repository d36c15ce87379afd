//! Adding, changing, deleting and bringing back events.

use axum::extract::Path;
use axum::http::StatusCode;
use impasse_app::forms::{CitationField, EventFields, find_event, merge, read_event, resolved};
use impasse_app::model::article::Passage;
use impasse_app::model::difference::{Names, State, differences};
use impasse_app::model::dispute::Dispute;
use impasse_app::model::event::{CitationDraft, Event, EventDraft};
use impasse_app::model::id::EventId;
use impasse_app::model::revision::Subject;
use impasse_app::model::role::Role;
use impasse_app::model::view::{FieldError, View};
use impasse_app::page::{Conflict, Submission};
use impasse_app::pages;
use impasse_app::store::StoreError;

use super::request::{Editing, Incoming, Sent};
use super::respond::Refusal;
use super::{Answer, Server, see_other};
use impasse_app::t;

/// `POST /d/{slug}/events/new`
pub(super) async fn add(
    Editing { server, incoming, actor, dispute }: Editing,
    Path(slug): Path<String>,
    Sent(form): Sent,
) -> Answer {
    let (fields, form) = match read(&server, &incoming, &dispute, form, None).await? {
        Read::Whole(fields, form) => (*fields, form),
        Read::Wrong(form) => return incoming.again(form).await,
    };
    match server.store.add_event(&actor, &dispute.id, &fields.draft, &fields.reason).await {
        Ok(event) => see_other(&format!("/d/{slug}?event={}", event.id)),
        Err(error) => refused(incoming, form, error).await,
    }
}

/// `POST /d/{slug}/events/{id}/edit`
pub(super) async fn change(
    Editing { server, incoming, actor, dispute }: Editing,
    Path((slug, id)): Path<(String, String)>,
    Sent(form): Sent,
) -> Answer {
    let id = EventId::from(id);
    let form = resolved(form);
    let there = server.store.event(&dispute.id, &id).await.map_err(|error| incoming.store(error))?;
    let opened_on = match form.get("version").parse::<i64>() {
        Ok(version) if version != there.version => {
            at_version(&server, &incoming, &dispute, &id, version).await?
        }
        _ => Some(there.clone()),
    };
    // The citations that the form shows are those of what it was opened on.
    let old = EventDraft::from(opened_on.clone().unwrap_or_else(|| there.clone()));
    let (fields, form) = match read(&server, &incoming, &dispute, form, Some(&old)).await? {
        Read::Whole(fields, form) => (*fields, form),
        Read::Wrong(form) => return incoming.again(form).await,
    };
    let Some(version) = fields.version else {
        let mut form = form;
        form.errors.push(FieldError::new("version", t!("told-events-this-form-is-damaged-open")));
        return incoming.again(form).await;
    };
    if version != there.version {
        return conflict(&server, incoming, &dispute, form, (opened_on, there), &fields.draft).await;
    }
    let changed =
        server.store.change_event(&actor, &dispute.id, &id, version, &fields.draft, &fields.reason).await;
    match changed {
        Ok(_) => see_other(&format!("/d/{slug}/events/{id}")),
        Err(StoreError::Conflict) => {
            let now = server.store.event(&dispute.id, &id).await.map_err(|error| incoming.store(error))?;
            conflict(&server, incoming, &dispute, form, (Some(there), now), &fields.draft).await
        }
        Err(error) => refused(incoming, form, error).await,
    }
}

/// `POST /d/{slug}/events/{id}/delete`
pub(super) async fn delete(
    Editing { server, incoming, actor, dispute }: Editing,
    Path((slug, id)): Path<(String, String)>,
    Sent(form): Sent,
) -> Answer {
    let Ok(version) = form.get("version").parse::<i64>() else {
        return Err(incoming.refuse(StatusCode::UNPROCESSABLE_ENTITY));
    };
    let reason: String = form.get("delete_reason").chars().filter(|c| !c.is_control()).take(500).collect();
    server
        .store
        .delete_event(&actor, &dispute.id, &EventId::from(id.as_str()), version, &reason)
        .await
        .map_err(|error| incoming.store(error))?;
    see_other(&format!("/d/{slug}/events/{id}/history"))
}

/// The dispute at a slug, and what who asks may do in it.
pub(super) async fn entry(
    server: &Server,
    incoming: &Incoming,
    slug: &str,
) -> Result<(Dispute, Role), Refusal> {
    server.store.dispute(&incoming.page.reader, slug).await.map_err(|error| incoming.store(error))
}

/// What a form of an event came to, with the form to show again if the store refuses it.
pub(super) enum Read {
    Whole(Box<EventFields>, Submission),
    Wrong(Submission),
}

/// Reads the form of an event, looks the words of a new citation up in their article, and what it names among the events.
/// `old` is what the form was opened on.
pub(super) async fn read(
    server: &Server,
    incoming: &Incoming,
    dispute: &Dispute,
    form: Submission,
    old: Option<&EventDraft>,
) -> Result<Read, Refusal> {
    let parties = server.store.parties(&dispute.id).await.map_err(|error| incoming.store(error))?;
    let mut typed = form.clone();
    let citations = old.map(|old| old.citations.as_slice()).unwrap_or_default();
    let mut fields = match read_event(form, &parties, citations, incoming.page.today) {
        Ok(fields) => fields,
        Err(form) => return Ok(Read::Wrong(*form)),
    };
    if let Some(rule) = fields.rule.take() {
        let known = old.and_then(EventDraft::rule).map(|rule| &rule.base);
        match named(server, incoming, dispute, &rule.base, known).await? {
            Ok(base) => {
                if let Some(due) = &mut fields.draft.due {
                    due.rule = Some(rule.from(base));
                }
            }
            Err(why) => typed.errors.push(FieldError::new("due_base", why)),
        }
    }
    if !fields.step_of.is_empty() {
        let known = old.and_then(|old| old.step_of.as_ref());
        match named(server, incoming, dispute, &fields.step_of, known).await? {
            Ok(first) => fields.draft.step_of = Some(first),
            Err(why) => typed.errors.push(FieldError::new("step_of", why)),
        }
    }
    if !typed.errors.is_empty() {
        return Ok(Read::Wrong(typed));
    }
    if let Some(citation) = fields.citation.take() {
        let CitationField { article, quote, attribution, date } = citation;
        let found = match server.store.article(&dispute.id, &article).await {
            Ok(found) => found,
            Err(StoreError::NotFound) => {
                typed.errors.push(FieldError::new("article", t!("told-events-this-article-is-not-among")));
                return Ok(Read::Wrong(typed));
            }
            Err(error) => return Err(incoming.store(error)),
        };
        match Passage::find(&found.text, &quote) {
            Some(passage) => {
                fields.draft.citations.push(CitationDraft { id: None, article, passage, attribution, date });
            }
            None => {
                let message = t!("told-events-these-words-are-not-in");
                typed.errors.push(FieldError::new("quote", message));
                return Ok(Read::Wrong(typed));
            }
        }
    }
    Ok(Read::Whole(Box::new(fields), typed))
}

/// The event that a form names; else why that is not known.
async fn named(
    server: &Server,
    incoming: &Incoming,
    dispute: &Dispute,
    typed: &str,
    known: Option<&EventId>,
) -> Result<Result<EventId, String>, Refusal> {
    let events = server.cache.events(&server.store, dispute, &View::default()).await;
    let events = events.map_err(|error| incoming.store(error))?;
    Ok(find_event(typed, &events, known))
}

/// The form again where it is not kept as it is, with the reason at its field.
pub(super) async fn refused(incoming: Incoming, mut form: Submission, error: StoreError) -> Answer {
    match error {
        StoreError::Unknown(what @ ("base" | "step_of")) => {
            let field = if what == "base" { "due_base" } else { what };
            form.errors.push(FieldError::new(field, t!("told-events-this-event-was-deleted-meanwhile")));
            incoming.again(form).await
        }
        StoreError::Unknown(_) => changed_meanwhile(incoming, form).await,
        StoreError::Refused { field, why } => {
            form.errors.push(FieldError::new(field, why));
            incoming.again(form).await
        }
        error => Err(incoming.store(error)),
    }
}

/// The form again, after somebody deleted a party or an article that it names.
async fn changed_meanwhile(incoming: Incoming, mut form: Submission) -> Answer {
    let message = t!("told-events-a-party-or-an-article");
    form.errors.push(FieldError::new("title", message));
    incoming.again(form).await
}

/// An event as it was at a version; none if no revision says so.
async fn at_version(
    server: &Server,
    incoming: &Incoming,
    dispute: &Dispute,
    id: &EventId,
    version: i64,
) -> Result<Option<Event>, Refusal> {
    const STEP: u32 = 50;
    let mut before = None;
    loop {
        let of = Some((Subject::Event, id.as_str()));
        let revisions = server.store.revisions(&dispute.id, of, before, STEP).await;
        let revisions = revisions.map_err(|error| incoming.store(error))?;
        for revision in &revisions {
            match serde_json::from_str::<Event>(&revision.state) {
                Ok(event) if event.version == version => return Ok(Some(event)),
                // Versions count up, so an earlier revision has a lower one.
                Ok(event) if event.version < version => return Ok(None),
                _ => {}
            }
        }
        before = match revisions.last() {
            Some(last) if revisions.len() == STEP as usize => Some(last.number),
            _ => return Ok(None),
        };
    }
}

/// The form again, with what somebody else saved meanwhile: in it where nothing speaks against that, and beside what was
/// typed where both changed the same.
async fn conflict(
    server: &Server,
    incoming: Incoming,
    dispute: &Dispute,
    mut form: Submission,
    (opened_on, there): (Option<Event>, Event),
    yours: &EventDraft,
) -> Answer {
    let (store, request) = (&server.store, &incoming.page);
    let parties = store.parties(&dispute.id).await.map_err(|error| incoming.store(error))?;
    let of = Some((Subject::Event, there.id.as_str()));
    let revisions = store.revisions(&dispute.id, of, None, 1).await.map_err(|error| incoming.store(error))?;
    let base = opened_on.clone().map(EventDraft::from);
    let mut names = Names::default();
    let theirs = EventDraft::from(there.clone());
    let drafts = base.iter().chain([&theirs, yours]);
    let named = drafts.flat_map(|draft| draft.named_events());
    let known = pages::name_events(request, dispute, &mut names, named).await;
    known.map_err(|error| incoming.store(error))?;
    let merged = merge(&form, base.as_ref(), &theirs, yours, &parties, &names);
    let version = there.version;
    let was = opened_on.map(|event| State::Event(Box::new(event)));
    let is = State::Event(Box::new(there));
    let taken = match &was {
        Some(was) => {
            let names = pages::names(request, dispute, [was, &is].into_iter()).await;
            let names = names.map_err(|error| incoming.store(error))?;
            let mut taken = differences(Some(was), &is, &names);
            let is_open = |label: &str| {
                let label =
                    if label == t!("field-name-date-as-printed") { t!("field-name-date") } else { label };
                merged.clashes.iter().any(|clash| clash.label == label)
            };
            taken.retain(|difference| !is_open(difference.label));
            taken
        }
        None => Vec::new(),
    };
    form.values = merged.values;
    form.conflict = Some(Conflict {
        version,
        actor: revisions
            .first()
            .map_or_else(|| t!("told-events-somebody").to_owned(), |revision| revision.actor.clone()),
        taken,
        clashes: merged.clashes,
    });
    incoming.again(form).await
}
