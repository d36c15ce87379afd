//! Adding, trying, pausing and deleting webhooks.

use axum::extract::Path;
use axum::http::StatusCode;
use impasse_app::forms::{WebhookFields, read_webhook};
use impasse_app::model::id::WebhookId;
use impasse_app::model::webhook::WebhookDraft;
use impasse_app::pages;

use super::request::{Owning, Sent};
use super::respond::{self, uncached};
use super::{Answer, see_other};
use crate::work;

/// `POST /d/{slug}/webhooks`
pub(super) async fn add(Owning(editing): Owning, Sent(form): Sent) -> Answer {
    let WebhookFields { url, topics } = match read_webhook(form) {
        Ok(fields) => fields,
        Err(form) => return editing.incoming.again(*form).await,
    };
    let Ok(secret) = work::new_secret() else {
        return Err(editing.incoming.refuse(StatusCode::INTERNAL_SERVER_ERROR));
    };
    let draft = WebhookDraft { url, topics, is_paused: false };
    let made = editing.server.store.add_webhook(&editing.dispute.id, &draft, &secret).await;
    let made = made.map_err(|error| editing.refused(error))?;
    let page = pages::new_webhook(editing.dispute.clone(), made, secret);
    Ok(uncached(respond::html(page, &editing.incoming.page)))
}

/// `POST /d/{slug}/webhooks/{id}/test`
pub(super) async fn test(Owning(editing): Owning, Path((_, id)): Path<(String, String)>) -> Answer {
    let id = WebhookId::from(id);
    let server = &editing.server;
    let found = server.store.webhook(&editing.dispute.id, &id).await;
    let (webhook, secret) = found.map_err(|error| editing.refused(error))?;
    let delivery = work::test_webhook(&server.fetcher, &editing.dispute, &webhook.url, &secret).await;
    server.store.keep_delivery(&id, &delivery).await.map_err(|error| editing.refused(error))?;
    see_other(&editing.path(&format!("/webhooks/{id}")))
}

/// `POST /d/{slug}/webhooks/{id}/pause`: pauses a webhook, or resumes it.
pub(super) async fn pause(Owning(editing): Owning, Path((_, id)): Path<(String, String)>) -> Answer {
    let id = WebhookId::from(id);
    let (store, dispute) = (&editing.server.store, &editing.dispute.id);
    let (webhook, _) = store.webhook(dispute, &id).await.map_err(|error| editing.refused(error))?;
    let draft = WebhookDraft { url: webhook.url, topics: webhook.topics, is_paused: !webhook.is_paused };
    store.change_webhook(dispute, &id, &draft).await.map_err(|error| editing.refused(error))?;
    editing.look_what_is_due().await?;
    see_other(&editing.path(&format!("/webhooks/{id}")))
}

/// `POST /d/{slug}/webhooks/{id}/delete`
pub(super) async fn delete(Owning(editing): Owning, Path((_, id)): Path<(String, String)>) -> Answer {
    let deleted = editing.server.store.delete_webhook(&editing.dispute.id, &WebhookId::from(id)).await;
    deleted.map_err(|error| editing.refused(error))?;
    see_other(&editing.path("/webhooks"))
}
