//! Deciding on candidates.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use chrono::DateTime;
use impasse_app::model::article::Decision;
use impasse_app::model::id::{CandidateId, EventId};
use impasse_app::model::inbox::{InboxView, Outcome, Verdict};

use super::events::{Read, read, refused};
use super::request::{Editing, Reviewing, Sent};
use super::{Answer, see_other};

/// `POST /d/{slug}/inbox`: about the candidates that are ticked, or to undo, about those of one decision.
pub(super) async fn decide_all(
    Reviewing(Editing { server, incoming, actor, dispute }): Reviewing,
    Path(slug): Path<String>,
    Sent(form): Sent,
) -> Answer {
    let store = &server.store;
    let unclear = || incoming.refuse(StatusCode::UNPROCESSABLE_ENTITY);
    let verdict = Verdict::from_key(form.get("decision")).ok_or_else(unclear)?;
    let mut ids: Vec<CandidateId> = form
        .values
        .iter()
        .filter(|(name, _)| name == "candidate")
        .map(|(_, id)| CandidateId::from(id.as_str()))
        .collect();
    let batch = form.get("batch");
    if !batch.is_empty() {
        let at = batch.parse().ok().and_then(DateTime::from_timestamp_millis).ok_or_else(unclear)?;
        let decided =
            store.candidates_decided_at(&dispute.id, at).await.map_err(|error| incoming.store(error))?;
        ids.extend(decided.into_iter().map(|candidate| candidate.id));
    }
    let outcome = store
        .decide_candidates(&actor, &dispute.id, &ids, verdict)
        .await
        .map_err(|error| incoming.store(error))?;
    if incoming.wants_json {
        return Ok(axum::Json(outcome).into_response());
    }
    see_other(&inbox(&slug, form.get("back"), &outcome))
}

/// The inbox at a query string that it was left at, with what was just decided.
fn inbox(slug: &str, query: &str, outcome: &Outcome) -> String {
    let pairs: Vec<(String, String)> =
        form_urlencoded::parse(query.trim_start_matches('?').as_bytes()).into_owned().collect();
    let (view, _) = InboxView::read(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    format!("/d/{slug}/inbox{}", view.after(outcome).query_string())
}

/// `POST /d/{slug}/candidates/{id}`
pub(super) async fn decide(
    Reviewing(Editing { server, incoming, actor, dispute }): Reviewing,
    Path((slug, id)): Path<(String, String)>,
    Sent(form): Sent,
) -> Answer {
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
        "undo" => {
            let ids = std::slice::from_ref(&id);
            let undone = store.decide_candidates(&actor, &dispute.id, ids, Verdict::Undo).await;
            if undone.map_err(refused)?.done.is_empty() {
                return Err(incoming.refuse(StatusCode::CONFLICT));
            }
        }
        _ => return Err(incoming.refuse(StatusCode::UNPROCESSABLE_ENTITY)),
    }
    let Some(query) = form.get("back").strip_prefix("inbox") else {
        return see_other(&format!("/d/{slug}/articles/{}#candidate-{id}", candidate.article));
    };
    let decided = store.candidate(&dispute.id, &id).await.map_err(refused)?;
    see_other(&inbox(&slug, query, &Outcome { at: decided.decided_at, ..Outcome::default() }))
}

/// `POST /d/{slug}/candidates/{id}/edit`
pub(super) async fn accept_edited(
    Reviewing(Editing { server, incoming, actor, dispute }): Reviewing,
    Path((slug, id)): Path<(String, String)>,
    Sent(form): Sent,
) -> Answer {
    let id = CandidateId::from(id);
    let candidate = server.store.candidate(&dispute.id, &id).await.map_err(|error| incoming.store(error))?;
    if candidate.decision != Decision::Pending {
        return Err(incoming.refuse(StatusCode::CONFLICT));
    }
    let old = Some(&candidate.draft.event);
    let (fields, form) = match read(&server, &incoming, &dispute, form, old).await? {
        Read::Whole(fields, form) => (*fields, form),
        Read::Wrong(form) => return incoming.again(form).await,
    };
    match server.store.accept_candidate(&actor, &dispute.id, &id, &fields.draft).await {
        Ok(event) => see_other(&format!("/d/{slug}?event={}", event.id)),
        Err(error) => refused(incoming, form, error).await,
    }
}
