//! Addresses that are told of the changes to a dispute.

use leptos::prelude::*;

use super::{dispute_for, trail};
use crate::components::fields::{Field, error_summary};
use crate::components::parts::instant;
use crate::model::dispute::Dispute;
use crate::model::id::WebhookId;
use crate::model::revision::Subject;
use crate::model::role::Role;
use crate::model::webhook::{Delivery, Webhook};
use crate::page::{Page, PageError, PageRequest};
use crate::{marked, t};

/// How many attempts are shown.
const SHOWN: usize = 20;

/// `/d/{slug}/webhooks`
///
/// # Errors
/// [`PageError::SignIn`] for who is not signed in, and those of the store.
pub async fn webhooks(request: &PageRequest, slug: &str) -> Result<Page, PageError> {
    let dispute = dispute_for(request, slug, Role::Owner).await?;
    let webhooks = request.store.webhooks(&dispute.id).await?;
    let form = request.submission();
    Ok(Page::new(t!("webhooks-webhooks", title = dispute.title), move || {
        let path = format!("/d/{}/webhooks", dispute.slug);
        let items: Vec<_> = webhooks
            .iter()
            .map(|webhook| {
                view! {
                    <li>
                        <a href=format!("{path}/{}", webhook.id)>{webhook.url.clone()}</a>
                        <p class="soft">{told_of(webhook)}{webhook.is_paused.then(|| view! { " "{t!("webhooks-paused")} })}</p>
                    </li>
                }
            })
            .collect();
        let none = items.is_empty().then(|| view! { <p>{t!("webhooks-nobody-is-told-yet")}</p> });
        let topics: Vec<_> = Subject::ALL
            .iter()
            .map(|subject| {
                let id = format!("topic-{}", subject.key());
                view! {
                    <label class="choice" for=id>
                        <input type="checkbox" id=id.clone() name="topic" value=subject.key() checked=form.values.iter().any(|(name, value)| name == "topic" && value == subject.key())/>
                        {subject.label()}
                    </label>
                }
            })
            .collect();
        view! {
            {trail(&dispute, &[])}
            <h1>{t!("webhooks-webhooks-2")}</h1>
            <p>{marked!("webhooks-lead"; a = |words| view! { <a href="https://www.standardwebhooks.com">{words}</a> })}</p>
            {none}
            <ul class="rows">{items}</ul>
            <h2>{t!("webhooks-add-one")}</h2>
            {error_summary(&form)}
            <form method="post" action=path class="form narrow">
                {Field::new(&form, "url", t!("webhooks-address")).hint(t!("webhooks-where-messages-are-sent-by")).required().text("url", "off")}
                <fieldset class="form-group">
                    <legend>{t!("webhooks-what-it-is-told-of")}</legend>
                    <p class="field-hint">{t!("webhooks-without-a-tick-everything")}</p>
                    {topics}
                </fieldset>
                <div class="form-end"><button class="button button-main" type="submit">{t!("webhooks-add-the-webhook")}</button></div>
            </form>
        }
        .into_any()
    }))
}

fn told_of(webhook: &Webhook) -> String {
    if webhook.topics.is_empty() {
        return t!("webhooks-told-of-every-change").to_owned();
    }
    let topics: Vec<&str> = webhook.topics.iter().map(|subject| subject.label()).collect();
    t!("webhooks-told-of-changes-to", topics = topics.join(", "))
}

/// `/d/{slug}/webhooks/{id}`
///
/// # Errors
/// [`PageError::SignIn`] for who is not signed in, and those of the store.
pub async fn webhook(request: &PageRequest, slug: &str, id: &str) -> Result<Page, PageError> {
    let dispute = dispute_for(request, slug, Role::Owner).await?;
    let id = WebhookId::from(id);
    let (webhook, _) = request.store.webhook(&dispute.id, &id).await?;
    let deliveries = request.store.deliveries(&dispute.id, &id).await?;
    Ok(shown(dispute, webhook, deliveries, None))
}

/// A webhook that was just made, with the key that is shown this once.
pub fn new_webhook(dispute: Dispute, webhook: Webhook, secret: String) -> Page {
    shown(dispute, webhook, Vec::new(), Some(secret))
}

fn shown(dispute: Dispute, webhook: Webhook, deliveries: Vec<Delivery>, secret: Option<String>) -> Page {
    Page::new(t!("webhooks-webhook", title = dispute.title), move || {
        let list = format!("/d/{}/webhooks", dispute.slug);
        let own = format!("{list}/{}", webhook.id);
        let secret = secret.map(|secret| {
            view! {
                <div class="field narrow">
                    <label for="secret">{t!("webhooks-the-key-that-messages-are")}</label>
                    <input id="secret" type="text" readonly value=secret spellcheck="false" autocomplete="off"/>
                    <p class="field-hint">{t!("webhooks-copy-it-now-it-is")}</p>
                </div>
            }
        });
        let state = match (webhook.is_paused, webhook.note.is_empty()) {
            (true, false) => webhook.note.clone(),
            (true, true) => t!("webhooks-paused").to_owned(),
            (false, _) => told_of(&webhook),
        };
        let pause = if webhook.is_paused { t!("webhooks-resume") } else { t!("webhooks-pause") };
        let rows: Vec<_> = deliveries
            .iter()
            .take(SHOWN)
            .map(|delivery| {
                let came = if delivery.is_accepted {
                    t!("webhooks-accepted").to_owned()
                } else {
                    delivery.note.clone()
                };
                view! {
                    <tr>
                        <td>{instant(delivery.at)}</td>
                        <td><code>{delivery.topic.clone()}</code></td>
                        <td>{delivery.status.map(|status| status.to_string())}</td>
                        <td>{came}</td>
                    </tr>
                }
            })
            .collect();
        let table = if rows.is_empty() {
            view! { <p>{t!("webhooks-nothing-yet")}</p> }.into_any()
        } else {
            view! {
                <div class="table-wrap" tabindex="0" role="region" aria-label=t!("webhooks-what-was-sent")>
                    <table>
                        <thead>
                            <tr><th scope="col">{t!("webhooks-when")}</th><th scope="col">{t!("webhooks-what")}</th><th scope="col">{t!("webhooks-answer")}</th><th scope="col">{t!("webhooks-what-came-of-it")}</th></tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
            .into_any()
        };
        view! {
            {trail(&dispute, &[(t!("webhooks-webhooks-2"), list)])}
            <h1 class="long-word">{webhook.url}</h1>
            {secret}
            <p>{state}</p>
            <div class="form-end">
                <form method="post" action=format!("{own}/test")><button class="button" type="submit">{t!("webhooks-send-a-test")}</button></form>
                <form method="post" action=format!("{own}/pause")><button class="button" type="submit">{pause}</button></form>
                <form method="post" action=format!("{own}/delete")><button class="button button-quiet" type="submit">{t!("webhooks-delete")}</button></form>
            </div>
            <h2>{t!("webhooks-what-was-sent-lately")}</h2>
            {table}
        }
        .into_any()
    })
}
