//! Bringing back what was deleted, and going back to what a revision recorded.

use axum::extract::Path;
use axum::http::StatusCode;
use impasse_app::model::id::{ArticleId, EventId, PartyId, PositionId};
use impasse_app::pages;
use impasse_app::store::StoreError;

use super::request::{Editing, Sent};
use super::respond::{self, Refusal};
use super::{Answer, see_other};
use impasse_app::t;

/// `POST /d/{slug}/restore`: takes the dispute's own fields back.
pub(super) async fn restore_dispute(editing: Editing, Sent(form): Sent) -> Answer {
    let (revision, reason) = read(&editing, form.get("revision"))?;
    if revision.is_none() {
        return Err(editing.incoming.refuse(StatusCode::UNPROCESSABLE_ENTITY));
    }
    let restored =
        editing.server.store.restore_dispute(&editing.actor, &editing.dispute.id, revision, &reason).await;
    // Its slug may be another one than it was a moment ago.
    let dispute = restored.map_err(|error| cannot(&editing, error))?;
    see_other(&format!("/d/{}/history?of=dispute", dispute.slug))
}

/// `POST /d/{slug}/parties/{id}/restore`
pub(super) async fn restore_party(
    editing: Editing,
    Path((_, id)): Path<(String, String)>,
    Sent(form): Sent,
) -> Answer {
    let (revision, reason) = read(&editing, form.get("revision"))?;
    let id = PartyId::from(id);
    let (store, dispute) = (&editing.server.store, &editing.dispute.id);
    let restored = store.restore_party(&editing.actor, dispute, &id, revision, &reason).await;
    restored.map_err(|error| cannot(&editing, error))?;
    see_other(&editing.path(&format!("/parties/{id}/history")))
}

/// `POST /d/{slug}/positions/{id}/restore`
pub(super) async fn restore_position(
    editing: Editing,
    Path((_, id)): Path<(String, String)>,
    Sent(form): Sent,
) -> Answer {
    let (revision, reason) = read(&editing, form.get("revision"))?;
    let id = PositionId::from(id);
    let (store, dispute) = (&editing.server.store, &editing.dispute.id);
    let restored = store.restore_position(&editing.actor, dispute, &id, revision, &reason).await;
    restored.map_err(|error| cannot(&editing, error))?;
    see_other(&editing.path(&format!("/positions/{id}/history")))
}

/// `POST /d/{slug}/events/{id}/restore`
pub(super) async fn restore_event(
    editing: Editing,
    Path((_, id)): Path<(String, String)>,
    Sent(form): Sent,
) -> Answer {
    let (revision, reason) = read(&editing, form.get("revision"))?;
    let id = EventId::from(id);
    let (store, dispute) = (&editing.server.store, &editing.dispute.id);
    let restored = store.restore_event(&editing.actor, dispute, &id, revision, &reason).await;
    restored.map_err(|error| cannot(&editing, error))?;
    see_other(&editing.path(&format!("/events/{id}")))
}

/// `POST /d/{slug}/articles/{id}/restore`
pub(super) async fn restore_article(editing: Editing, Path((_, id)): Path<(String, String)>) -> Answer {
    let id = ArticleId::from(id);
    let restored = editing.server.store.restore_article(&editing.actor, &editing.dispute.id, &id, "").await;
    restored.map_err(|error| cannot(&editing, error))?;
    see_other(&editing.path(&format!("/articles/{id}")))
}

/// The revision that a form names, if any, and the reason that is recorded for going back to it.
fn read(editing: &Editing, typed: &str) -> Result<(Option<i64>, String), Refusal> {
    if typed.is_empty() {
        return Ok((None, String::new()));
    }
    match typed.parse::<i64>() {
        Ok(number) => {
            Ok((Some(number), t!("told-history-taken-back-to-revision", number = number.to_string())))
        }
        Err(_) => Err(editing.incoming.refuse(StatusCode::UNPROCESSABLE_ENTITY)),
    }
}

/// Why something cannot be as it was, where what it needs or was called is not there or not free any more.
fn cannot(editing: &Editing, error: StoreError) -> Refusal {
    let why = match &error {
        StoreError::Unknown("party") => t!("told-history-a-party-that-it-names"),
        StoreError::Unknown("article") => {
            t!("told-history-an-article-that-it-cites")
        }
        StoreError::Unknown("base") => {
            t!("told-history-the-event-that-its-day")
        }
        StoreError::Unknown("step_of") => t!("told-history-the-event-whose-step-it"),
        StoreError::Refused { why, .. } => why.as_str(),
        StoreError::Taken("key") => t!("told-history-another-party-has-its-name"),
        StoreError::Taken("slug") => {
            t!("told-history-another-dispute-has-its-name")
        }
        StoreError::Taken("text") => {
            t!("told-history-the-same-text-was-added")
        }
        _ => return editing.refused(error),
    };
    if editing.incoming.wants_json {
        return editing.incoming.refuse(StatusCode::CONFLICT);
    }
    let on = editing.path("/history");
    let page = pages::message_page(
        409,
        t!("told-history-it-cannot-be-as-it"),
        why,
        (t!("told-history-to-the-history"), &on),
    );
    Refusal::of(respond::html(page, &editing.incoming.page))
}
