//! Webhooks: addresses that are told of the changes to a dispute.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use impasse_app::forms::{WebhookFields, read_webhook};
use impasse_app::model::id::WebhookId;
use impasse_app::model::webhook::{self, WebhookDraft};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer::{Answer, Page, no_content};
use super::body::{Body, Patch};
use super::call::{InDispute, Level, Paging, Tell, Within};
use super::disputes::form;
use super::problem::Problem;
use super::schema::patch;
use super::words::Subject;
use crate::web::Server;
use crate::work;

pub(super) fn router() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(list_webhooks, create_webhook))
        .routes(routes!(get_webhook, change_webhook, delete_webhook))
        .routes(routes!(test_webhook))
        .routes(routes!(list_deliveries))
}

/// An address that is told of the changes to a dispute.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct Webhook {
    id: String,
    /// Where messages are sent.
    url: String,
    /// What it is told of: changes to these; everything if it is empty.
    topics: Vec<Subject>,
    /// Whether it is told nothing for now. What happens meanwhile it is told afterwards.
    is_paused: bool,
    /// Why it is paused, if nobody paused it.
    note: String,
    /// When it was made.
    created: DateTime<Utc>,
}

impl From<webhook::Webhook> for Webhook {
    fn from(webhook: webhook::Webhook) -> Self {
        Self {
            id: webhook.id.0,
            url: webhook.url,
            topics: webhook.topics.into_iter().map(Subject::from).collect(),
            is_paused: webhook.is_paused,
            note: webhook.note,
            created: webhook.created,
        }
    }
}

/// A webhook that was just made.
#[derive(Debug, Serialize, ToSchema)]
struct NewWebhook {
    #[serde(flatten)]
    webhook: Webhook,
    /// The key by which messages are known to be ours, as Standard Webhooks writes it. It is not shown again.
    #[schema(example = "whsec_…")]
    secret: String,
}

/// What a webhook is made or changed from.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WebhookInput {
    /// Where messages are sent.
    #[schema(max_length = 2_000, example = "https://hooks.example/impasse")]
    url: String,
    #[serde(default)]
    topics: Vec<Subject>,
    #[serde(default)]
    is_paused: bool,
}

patch!(WebhookPatch of WebhookInput);

impl WebhookInput {
    fn read(&self) -> Result<WebhookDraft, Problem> {
        let form = form([("url", self.url.as_str())]);
        let WebhookFields { url, .. } = read_webhook(form).map_err(|form| Problem::invalid(&form.errors))?;
        let mut topics: Vec<_> = self.topics.iter().map(|subject| subject.0).collect();
        topics.sort_unstable();
        topics.dedup();
        Ok(WebhookDraft { url, topics, is_paused: self.is_paused })
    }
}

/// One attempt to deliver a message.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct Delivery {
    /// What the message is known by, the same at each attempt: the header `webhook-id`.
    message: String,
    /// What it is about.
    #[schema(example = "event.update")]
    topic: String,
    /// The HTTP status of the answer, if there was one.
    #[schema(required)]
    status: Option<i64>,
    /// Whether it was accepted, by a status from 200 to 299.
    is_accepted: bool,
    /// What went wrong, in words.
    note: String,
    /// When it was tried.
    at: DateTime<Utc>,
}

impl From<webhook::Delivery> for Delivery {
    fn from(delivery: webhook::Delivery) -> Self {
        let webhook::Delivery { id: _, message, topic, status, is_accepted, note, at } = delivery;
        Self { message, topic, status, is_accepted, note, at }
    }
}

/// The address of a webhook.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it names the parameter for the OpenAPI document; `Within` reads it")]
struct WebhookPath {
    /// The webhook’s identifier.
    id: String,
}

fn id_of<L: Level>(within: &Within<L>) -> WebhookId {
    WebhookId::from(within.id.as_str())
}

async fn one<L: Level>(within: &Within<L>) -> Result<(webhook::Webhook, String), Problem> {
    Ok(within.server.store.webhook(&within.dispute.id, &id_of(within)).await?)
}

/// List webhooks
#[utoipa::path(get, path = "/disputes/{dispute}/webhooks", tag = "Webhooks", params(InDispute, Paging),
    security(("token" = ["write"])),
    responses((status = OK, description = "A page of webhooks.", body = Page<Webhook>)))]
async fn list_webhooks(within: Within<Tell>) -> Answer {
    within.only(&["limit", "cursor"])?;
    let webhooks = within.server.store.webhooks(&within.dispute.id).await?;
    within.listed(&webhooks, |webhook| webhook.id.as_str(), Webhook::from)
}

/// Add a webhook
///
/// From now on the address is sent each change, in the order in which they were made, by POST and by the rules of
/// Standard Webhooks: signed in `webhook-signature` with the key that this answers, and known by `webhook-id`, which is
/// the same if a message comes twice. What is not accepted is sent again for three days; then the webhook is paused.
#[utoipa::path(post, path = "/disputes/{dispute}/webhooks", tag = "Webhooks", params(InDispute),
    request_body = WebhookInput, security(("token" = ["write"])),
    responses((status = CREATED, description = "The webhook, with its key.", body = NewWebhook)))]
async fn create_webhook(within: Within<Tell>, Body(input): Body<WebhookInput>) -> Answer {
    let draft = input.read()?;
    let secret = work::new_secret().map_err(|error| {
        tracing::error!(%error, "the system’s randomness fails");
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR)
    })?;
    let made = within.server.store.add_webhook(&within.dispute.id, &draft, &secret).await?;
    let path = within.path(&format!("/webhooks/{}", made.id));
    within.created(&path, &NewWebhook { webhook: made.into(), secret })
}

/// Get a webhook
#[utoipa::path(get, path = "/disputes/{dispute}/webhooks/{id}", tag = "Webhooks",
    params(InDispute, WebhookPath), security(("token" = ["write"])),
    responses((status = OK, description = "The webhook.", body = Webhook)))]
async fn get_webhook(within: Within<Tell>) -> Answer {
    within.only(&[])?;
    within.found(&Webhook::from(one(&within).await?.0))
}

/// Change, pause or resume a webhook
///
/// Fields that are left out stay as they are.
#[utoipa::path(patch, path = "/disputes/{dispute}/webhooks/{id}", tag = "Webhooks",
    params(InDispute, WebhookPath), request_body = WebhookPatch, security(("token" = ["write"])),
    responses((status = OK, description = "The webhook as it is now.", body = Webhook)))]
async fn change_webhook(within: Within<Tell>, patch: Patch<WebhookInput>) -> Answer {
    let (there, _) = one(&within).await?;
    within.must_match(&Webhook::from(there.clone()))?;
    let topics = there.topics.iter().copied().map(Subject::from).collect();
    let input = patch.onto(&WebhookInput { url: there.url, topics, is_paused: there.is_paused })?;
    let (store, dispute) = (&within.server.store, &within.dispute.id);
    let changed = store.change_webhook(dispute, &there.id, &input.read()?).await?;
    store.add_due_jobs(Utc::now(), None).await?;
    within.server.wake.notify_one();
    within.changed(&Webhook::from(changed))
}

/// Delete a webhook
#[utoipa::path(delete, path = "/disputes/{dispute}/webhooks/{id}", tag = "Webhooks",
    params(InDispute, WebhookPath), security(("token" = ["write"])),
    responses((status = NO_CONTENT, description = "It is deleted.")))]
async fn delete_webhook(within: Within<Tell>) -> Answer {
    within.only(&[])?;
    within.must_match(&Webhook::from(one(&within).await?.0))?;
    within.server.store.delete_webhook(&within.dispute.id, &id_of(&within)).await?;
    no_content()
}

/// Try a webhook
///
/// Sends it a message `webhook.test` at once, and answers what came of it.
#[utoipa::path(post, path = "/disputes/{dispute}/webhooks/{id}/test", tag = "Webhooks",
    params(InDispute, WebhookPath), security(("token" = ["write"])),
    responses((status = OK, description = "What came of it.", body = Delivery)))]
async fn test_webhook(within: Within<Tell>) -> Answer {
    within.only(&[])?;
    let (there, secret) = one(&within).await?;
    let server = &within.server;
    let delivery = work::test_webhook(&server.fetcher, &within.dispute, &there.url, &secret).await;
    server.store.keep_delivery(&there.id, &delivery).await?;
    within.changed(&Delivery::from(delivery))
}

/// List what was sent to a webhook
///
/// The latest 100 attempts, newest first.
#[utoipa::path(get, path = "/disputes/{dispute}/webhooks/{id}/deliveries", tag = "Webhooks",
    params(InDispute, WebhookPath, Paging), security(("token" = ["write"])),
    responses((status = OK, description = "A page of attempts.", body = Page<Delivery>)))]
async fn list_deliveries(within: Within<Tell>) -> Answer {
    within.only(&["limit", "cursor"])?;
    let deliveries = within.server.store.deliveries(&within.dispute.id, &id_of(&within)).await?;
    within.listed(&deliveries, |delivery| delivery.id.as_str(), Delivery::from)
}
