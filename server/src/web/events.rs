//! Adding, changing, deleting and bringing back events.

use axum::extract::Path;
use axum::http::StatusCode;
use impasse_app::forms::{CitationField, EventFields, event_values, read_event};
use impasse_app::model::article::Passage;
use impasse_app::model::dispute::{Dispute, Party};
use impasse_app::model::event::{CitationDraft, Event, EventDraft};
use impasse_app::model::id::EventId;
use impasse_app::model::role::Role;
use impasse_app::model::view::FieldError;
use impasse_app::page::{Conflict, Submission};
use impasse_app::store::StoreError;

use super::request::{Editing, Incoming, Sent};
use super::respond::Refusal;
use super::{Answer, Server, see_other};

/// `POST /d/{slug}/events/new`
pub(super) async fn add(
    Editing { server, incoming, actor, dispute }: Editing,
    Path(slug): Path<String>,
    Sent(form): Sent,
) -> Answer {
    let (fields, form) = match read(&server, &incoming, &dispute, form, &[]).await? {
        Read::Whole(fields, form) => (*fields, form),
        Read::Wrong(form) => return incoming.again(form).await,
    };
    match server.store.add_event(&actor, &dispute.id, &fields.draft, &fields.reason).await {
        Ok(event) => see_other(&format!("/d/{slug}?event={}", event.id)),
        Err(StoreError::Unknown(_)) => changed_meanwhile(incoming, form).await,
        Err(error) => Err(incoming.store(error)),
    }
}

/// `POST /d/{slug}/events/{id}/edit`
pub(super) async fn change(
    Editing { server, incoming, actor, dispute }: Editing,
    Path((slug, id)): Path<(String, String)>,
    Sent(form): Sent,
) -> Answer {
    let id = EventId::from(id);
    let there = server.store.event(&dispute.id, &id).await.map_err(|error| incoming.store(error))?;
    let citations = EventDraft::from(there.clone()).citations;
    let (fields, form) = match read(&server, &incoming, &dispute, form, &citations).await? {
        Read::Whole(fields, form) => (*fields, form),
        Read::Wrong(form) => return incoming.again(form).await,
    };
    let Some(version) = fields.version else {
        let mut form = form;
        form.errors.push(FieldError::new("version", "This form is damaged. Open it anew."));
        return incoming.again(form).await;
    };
    if version != there.version {
        return conflict(&server, incoming, &dispute, form, there, &fields.draft).await;
    }
    let changed =
        server.store.change_event(&actor, &dispute.id, &id, version, &fields.draft, &fields.reason).await;
    match changed {
        Ok(_) => see_other(&format!("/d/{slug}/events/{id}")),
        Err(StoreError::Conflict) => {
            let there = server.store.event(&dispute.id, &id).await.map_err(|error| incoming.store(error))?;
            conflict(&server, incoming, &dispute, form, there, &fields.draft).await
        }
        Err(StoreError::Unknown(_)) => changed_meanwhile(incoming, form).await,
        Err(error) => Err(incoming.store(error)),
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

/// Reads the form of an event and looks the words of a new citation up in their article.
pub(super) async fn read(
    server: &Server,
    incoming: &Incoming,
    dispute: &Dispute,
    form: Submission,
    old: &[CitationDraft],
) -> Result<Read, Refusal> {
    let parties = server.store.parties(&dispute.id).await.map_err(|error| incoming.store(error))?;
    let mut typed = form.clone();
    let mut fields = match read_event(form, &parties, old, incoming.page.today) {
        Ok(fields) => fields,
        Err(form) => return Ok(Read::Wrong(*form)),
    };
    if let Some(citation) = fields.citation.take() {
        let CitationField { article, quote, attribution, date } = citation;
        let found = match server.store.article(&dispute.id, &article).await {
            Ok(found) => found,
            Err(StoreError::NotFound) => {
                typed
                    .errors
                    .push(FieldError::new("article", "This article is not among the sources any more."));
                return Ok(Read::Wrong(typed));
            }
            Err(error) => return Err(incoming.store(error)),
        };
        match Passage::find(&found.text, &quote) {
            Some(passage) => {
                fields.draft.citations.push(CitationDraft { id: None, article, passage, attribution, date });
            }
            None => {
                let message = "These words are not in the article’s text. Copy them from it exactly.";
                typed.errors.push(FieldError::new("quote", message));
                return Ok(Read::Wrong(typed));
            }
        }
    }
    Ok(Read::Whole(Box::new(fields), typed))
}

/// The form again, after somebody deleted a party or an article that it names.
pub(super) async fn changed_meanwhile(incoming: Incoming, mut form: Submission) -> Answer {
    let message =
        "A party or an article named here was deleted meanwhile. Look through the form and save again.";
    form.errors.push(FieldError::new("title", message));
    incoming.again(form).await
}

/// The form again, beside what somebody else saved meanwhile.
async fn conflict(
    server: &Server,
    incoming: Incoming,
    dispute: &Dispute,
    mut form: Submission,
    there: Event,
    yours: &EventDraft,
) -> Answer {
    let parties = server.store.parties(&dispute.id).await.map_err(|error| incoming.store(error))?;
    let revisions = server
        .store
        .revisions(
            &dispute.id,
            Some((impasse_app::model::revision::Subject::Event, there.id.as_str())),
            None,
            1,
        )
        .await
        .map_err(|error| incoming.store(error))?;
    let version = there.version;
    let differences = differences(&there.into(), yours, &parties);
    form.conflict = Some(Conflict {
        version,
        actor: revisions.first().map_or_else(|| "Somebody".to_owned(), |revision| revision.actor.clone()),
        differences,
    });
    incoming.again(form).await
}

/// The fields in which two states of an event differ: field, there, yours.
fn differences(there: &EventDraft, yours: &EventDraft, parties: &[Party]) -> Vec<(String, String, String)> {
    let (there_values, your_values) = (event_values(there, parties), event_values(yours, parties));
    let of = |values: &[(String, String)], field: &str| {
        values.iter().find(|(name, _)| name == field).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let mut fields: Vec<String> =
        there_values.iter().chain(&your_values).map(|(field, _)| field.clone()).collect();
    fields.sort();
    fields.dedup();
    let mut differences: Vec<(String, String, String)> = fields
        .into_iter()
        .map(|field| (of(&there_values, &field), of(&your_values, &field), field))
        .filter(|(theirs, mine, _)| theirs != mine)
        .map(|(theirs, mine, field)| (field.replace("party-", "party "), theirs, mine))
        .collect();
    let quotes = |draft: &EventDraft| {
        draft.citations.iter().map(|citation| format!("“{}”", citation.passage.exact)).collect::<Vec<_>>()
    };
    let (theirs, mine) = (quotes(there), quotes(yours));
    if theirs != mine {
        differences.push(("citations".to_owned(), theirs.join("; "), mine.join("; ")));
    }
    differences
}
