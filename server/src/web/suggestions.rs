//! What readers suggest, and what is decided about it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use impasse_app::forms::{HONEYPOT, read_suggestion};
use impasse_app::model::article::Decision;
use impasse_app::model::id::SuggestionId;
use impasse_app::model::view::FieldError;
use impasse_app::page::Submission;
use impasse_app::store::StoreError;

use super::attempts::wait_words;
use super::events::{self, Read, read};
use super::request::{Editing, Incoming, Reviewing, Sent};
use super::{Answer, Server, see_other};
use impasse_app::t;

/// `POST /d/{slug}/suggest`: by whoever may read the dispute, if it takes suggestions.
pub(super) async fn add(
    State(server): State<Server>,
    incoming: Incoming,
    Path(slug): Path<String>,
    Sent(form): Sent,
) -> Answer {
    let (dispute, _) = events::entry(&server, &incoming, &slug).await?;
    if !dispute.takes_suggestions {
        return Err(incoming.refuse(StatusCode::NOT_FOUND));
    }
    let thanks = format!("/d/{}/suggest/thanks", dispute.slug);
    if !form.get(HONEYPOT).is_empty() {
        // A program is told the same as a person, so that it learns nothing.
        tracing::info!(dispute = dispute.slug, "a suggestion by a program was left out");
        return see_other(&thanks);
    }
    let parties = server.store.parties(&dispute.id).await.map_err(|error| incoming.store(error))?;
    let typed = form.clone();
    let draft = match read_suggestion(form, &parties, incoming.page.today) {
        Ok(draft) => draft,
        Err(form) => return incoming.again(*form).await,
    };
    if let Err(seconds) = server.attempts.suggestion(incoming.address) {
        let message = t!("told-suggestions-that-were-many-suggestions-at", seconds = wait_words(seconds));
        return refused(incoming, typed, &message, StatusCode::TOO_MANY_REQUESTS).await;
    }
    let actor = incoming.actor().ok();
    match server.store.add_suggestion(actor.as_ref(), &dispute.id, &draft).await {
        Ok(_) => see_other(&thanks),
        Err(StoreError::Conflict) => {
            let message = t!("told-suggestions-more-suggestions-wait-here-already");
            refused(incoming, typed, message, StatusCode::SERVICE_UNAVAILABLE).await
        }
        Err(error) => Err(incoming.store(error)),
    }
}

/// The form again with all that was typed, though nothing in it is wrong.
async fn refused(incoming: Incoming, mut form: Submission, message: &str, status: StatusCode) -> Answer {
    form.errors = vec![FieldError::new("note", message)];
    let mut response = incoming.again(form).await?;
    *response.status_mut() = status;
    Ok(response)
}

/// `POST /d/{slug}/suggestions/{id}`
pub(super) async fn decide(
    Reviewing(Editing { server, incoming, actor, dispute }): Reviewing,
    Path((_, id)): Path<(String, String)>,
    Sent(form): Sent,
) -> Answer {
    let decision = match form.get("decision") {
        "reject" => Decision::Rejected,
        "wait" => Decision::Pending,
        _ => return Err(incoming.refuse(StatusCode::UNPROCESSABLE_ENTITY)),
    };
    let id = SuggestionId::from(id);
    let decided = server.store.decide_suggestion(&actor, &dispute.id, &id, decision).await;
    decided.map_err(|error| incoming.store(error))?;
    let undo = if decision == Decision::Rejected { format!("?turned_down={id}") } else { String::new() };
    see_other(&format!("/d/{}/inbox{undo}", dispute.slug))
}

/// `POST /d/{slug}/suggestions/{id}/edit`
pub(super) async fn accept(
    Reviewing(Editing { server, incoming, actor, dispute }): Reviewing,
    Path((_, id)): Path<(String, String)>,
    Sent(form): Sent,
) -> Answer {
    let id = SuggestionId::from(id);
    let found = server.store.suggestion(&dispute.id, &id).await.map_err(|error| incoming.store(error))?;
    if found.decision != Decision::Pending {
        return Err(incoming.refuse(StatusCode::CONFLICT));
    }
    let (fields, form) = match read(&server, &incoming, &dispute, form, None).await? {
        Read::Whole(fields, form) => (*fields, form),
        Read::Wrong(form) => return incoming.again(form).await,
    };
    match server.store.accept_suggestion(&actor, &dispute.id, &id, &fields.draft).await {
        Ok(event) => see_other(&format!("/d/{}?event={}", dispute.slug, event.id)),
        Err(error) => events::refused(incoming, form, error).await,
    }
}
