//! Making and changing disputes, parties and positions.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use impasse_app::forms::{read_dispute, read_party, read_position};
use impasse_app::model::id::{DisputeId, PartyId, PositionId};
use impasse_app::model::role::Role;
use impasse_app::model::view::FieldError;
use impasse_app::page::Submission;
use impasse_app::store::StoreError;

use super::request::{Editing, Incoming, Owning, Sent};
use super::{Answer, Server, see_other};
use impasse_app::t;

/// `POST /disputes/new`
pub(super) async fn add(State(server): State<Server>, incoming: Incoming, Sent(form): Sent) -> Answer {
    let actor = incoming.actor()?;
    let typed = form.clone();
    let draft = match read_dispute(form) {
        Ok(draft) => draft,
        Err(form) => return incoming.again(*form).await,
    };
    match server.store.add_dispute(&actor, &draft).await {
        Ok(dispute) => see_other(&format!("/d/{}/parties", dispute.slug)),
        Err(StoreError::Taken(_)) => {
            again_with(incoming, typed, "slug", t!("told-disputes-another-dispute-has-this-name")).await
        }
        Err(error) => Err(incoming.store(error)),
    }
}

/// `POST /d/{slug}/edit`
pub(super) async fn change(
    Editing { server, incoming, actor, dispute }: Editing,
    Sent(form): Sent,
) -> Answer {
    let typed = form.clone();
    let draft = match read_dispute(form) {
        Ok(draft) => draft,
        Err(form) => return incoming.again(*form).await,
    };
    let Ok(version) = typed.get("version").parse::<i64>() else {
        return again_with(incoming, typed, "title", t!("told-disputes-this-form-is-damaged-open")).await;
    };
    match server.store.change_dispute(&actor, &dispute.id, version, &draft, typed.get("reason")).await {
        Ok(dispute) => see_other(&format!("/d/{}", dispute.slug)),
        Err(StoreError::Taken(_)) => {
            again_with(incoming, typed, "slug", t!("told-disputes-another-dispute-has-this-name")).await
        }
        Err(StoreError::Conflict) => {
            let mut typed = typed;
            typed.values.retain(|(name, _)| name != "version");
            typed.values.push(("version".to_owned(), dispute.version.to_string()));
            let message = t!("told-disputes-somebody-saved-this-dispute-meanwhile", title = dispute.title);
            again_with(incoming, typed, "title", &message).await
        }
        Err(error) => Err(incoming.store(error)),
    }
}

/// `POST /d/{slug}/delete`
pub(super) async fn delete(Owning(Editing { server, incoming, actor, dispute }): Owning) -> Answer {
    server.store.delete_dispute(&actor, &dispute.id, "").await.map_err(|error| incoming.store(error))?;
    see_other(&format!("/?deleted={}", dispute.id))
}

/// `POST /disputes/restore`
pub(super) async fn restore(State(server): State<Server>, incoming: Incoming, Sent(form): Sent) -> Answer {
    let actor = incoming.actor()?;
    let id = DisputeId::from(form.get("id"));
    let role = server.store.role(&incoming.page.reader, &id).await.map_err(|error| incoming.store(error))?;
    if role < Role::Owner {
        return Err(incoming.refuse(StatusCode::FORBIDDEN));
    }
    match server.store.restore_dispute(&actor, &id, None, "").await {
        Ok(dispute) => see_other(&format!("/d/{}", dispute.slug)),
        Err(error) => Err(incoming.store(error)),
    }
}

/// `POST /d/{slug}/parties`
pub(super) async fn save_party(
    Editing { server, incoming, actor, dispute }: Editing,
    Path(slug): Path<String>,
    Sent(form): Sent,
) -> Answer {
    let typed = form.clone();
    let draft = match read_party(form) {
        Ok(draft) => draft,
        Err(form) => return incoming.again(*form).await,
    };
    let saved = match typed.get("id") {
        "" => server.store.add_party(&actor, &dispute.id, &draft).await,
        id => server.store.change_party(&actor, &dispute.id, &PartyId::from(id), &draft, "").await,
    };
    match saved {
        Ok(_) => see_other(&format!("/d/{slug}/parties")),
        Err(StoreError::Taken(_)) => {
            again_with(incoming, typed, "key", t!("told-disputes-another-party-has-this-name")).await
        }
        Err(error) => Err(incoming.store(error)),
    }
}

/// `POST /d/{slug}/parties/{id}/delete`
pub(super) async fn delete_party(
    Editing { server, incoming, actor, dispute }: Editing,
    Path((slug, id)): Path<(String, String)>,
) -> Answer {
    let deleted = server.store.delete_party(&actor, &dispute.id, &PartyId::from(id), "").await;
    deleted.map_err(|error| incoming.store(error))?;
    see_other(&format!("/d/{slug}/parties"))
}

/// `POST /d/{slug}/positions`
pub(super) async fn save_position(
    Editing { server, incoming, actor, dispute }: Editing,
    Path(slug): Path<String>,
    Sent(form): Sent,
) -> Answer {
    let parties = server.store.parties(&dispute.id).await.map_err(|error| incoming.store(error))?;
    let id = form.get("id").to_owned();
    let mut draft = match read_position(form, &parties, incoming.page.today) {
        Ok(draft) => draft,
        Err(form) => return incoming.again(*form).await,
    };
    let saved = if id.is_empty() {
        server.store.add_position(&actor, &dispute.id, &draft).await
    } else {
        // The form does not show the source, so an edit keeps it.
        let there = server.store.positions(&dispute.id).await.map_err(|error| incoming.store(error))?;
        draft.source = there.into_iter().find(|old| old.id.as_str() == id).and_then(|old| old.source);
        server.store.change_position(&actor, &dispute.id, &PositionId::from(id), &draft, "").await
    };
    saved.map_err(|error| incoming.store(error))?;
    see_other(&format!("/d/{slug}/positions"))
}

/// `POST /d/{slug}/positions/{id}/delete`
pub(super) async fn delete_position(
    Editing { server, incoming, actor, dispute }: Editing,
    Path((slug, id)): Path<(String, String)>,
) -> Answer {
    let deleted = server.store.delete_position(&actor, &dispute.id, &PositionId::from(id), "").await;
    deleted.map_err(|error| incoming.store(error))?;
    see_other(&format!("/d/{slug}/positions"))
}

async fn again_with(incoming: Incoming, mut form: Submission, field: &str, message: &str) -> Answer {
    form.errors.push(FieldError::new(field, message));
    incoming.again(form).await
}
