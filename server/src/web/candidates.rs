//! Deciding on candidates.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use impasse_app::model::article::Decision;
use impasse_app::model::id::{CandidateId, EventId};
use impasse_app::store::StoreError;

use super::events::{Read, changed_meanwhile, dispute, read};
use super::request::{Incoming, Sent};
use super::{Answer, Server, see_other};

/// `POST /d/{slug}/candidates/{id}`
pub(super) async fn decide(
    State(server): State<Server>,
    Path((slug, id)): Path<(String, String)>,
    incoming: Incoming,
    Sent(form): Sent,
) -> Answer {
    let actor = incoming.actor()?;
    let dispute = dispute(&server, &incoming, &slug).await?;
    let store = &server.store;
    let id = CandidateId::from(id);
    let candidate = store.candidate(&dispute.id, &id).await.map_err(|error| incoming.store(error))?;
    let refused = |error| incoming.store(error);
    match form.get("decision") {
        "accept" if candidate.draft.event.date.is_some() => {
            store
                .accept_candidate(&actor, &dispute.id, &id, &candidate.draft.event)
                .await
                .map_err(refused)?;
        }
        "merge" => {
            let event = EventId::from(form.get("event"));
            let there = store.event(&dispute.id, &event).await.map_err(refused)?;
            store.merge_candidate(&actor, &dispute.id, &id, &event, there.version).await.map_err(refused)?;
        }
        "reject" => {
            store.decide_candidate(&actor, &dispute.id, &id, Decision::Rejected).await.map_err(refused)?;
        }
        "reconsider" => {
            store.decide_candidate(&actor, &dispute.id, &id, Decision::Pending).await.map_err(refused)?;
        }
        _ => return Err(incoming.refuse(StatusCode::UNPROCESSABLE_ENTITY)),
    }
    let back = match form.get("back") {
        "inbox" => format!("/d/{slug}/inbox"),
        _ => format!("/d/{slug}/articles/{}#candidate-{id}", candidate.article),
    };
    see_other(&back)
}

/// `POST /d/{slug}/candidates/{id}/edit`
pub(super) async fn accept_edited(
    State(server): State<Server>,
    Path((slug, id)): Path<(String, String)>,
    incoming: Incoming,
    Sent(form): Sent,
) -> Answer {
    let actor = incoming.actor()?;
    let dispute = dispute(&server, &incoming, &slug).await?;
    let id = CandidateId::from(id);
    let candidate = server.store.candidate(&dispute.id, &id).await.map_err(|error| incoming.store(error))?;
    if candidate.decision != Decision::Pending {
        return Err(incoming.refuse(StatusCode::CONFLICT));
    }
    let citations = &candidate.draft.event.citations;
    let (fields, form) = match read(&server, &incoming, &dispute, form, citations).await? {
        Read::Whole(fields, form) => (*fields, form),
        Read::Wrong(form) => return incoming.again(form).await,
    };
    match server.store.accept_candidate(&actor, &dispute.id, &id, &fields.draft).await {
        Ok(event) => see_other(&format!("/d/{slug}?event={}", event.id)),
        Err(StoreError::Unknown(_)) => changed_meanwhile(incoming, form).await,
        Err(error) => Err(incoming.store(error)),
    }
}
