//! Telling webhooks of changes, by the rules of Standard Webhooks
//! (<https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>).
//!
//! What there is to tell is in the revisions, and how far somebody was told stands beside the webhook; so nothing is
//! lost by a restart, and what was sent but not written down is sent again, under the same identifier.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, KeyInit, Mac};
use impasse_app::model::dispute::Dispute;
use impasse_app::model::id::WebhookId;
use impasse_app::model::revision::Revision;
use impasse_app::model::webhook::{Delivery, Telling};
use impasse_app::model::work::{Job, JobEnd};
use impasse_app::store::Result;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use serde_json::json;
use sha2::Sha256;

use super::Worker;
use crate::feeds::{random, spread};
use crate::fetch::Fetcher;
use impasse_app::t;

/// How long to wait after the first attempt, the second, and so on, in minutes: three days in all.
const WAITS: [i64; 9] = [1, 5, 30, 120, 300, 600, 840, 1_200, 1_440];

/// What keys begin with.
const KEY: &str = "whsec_";

/// A new key to sign with: 24 random bytes, as Standard Webhooks writes them.
///
/// # Errors
/// When the operating system gives no random bytes.
pub fn new_secret() -> std::result::Result<String, getrandom::Error> {
    let mut bytes = [0; 24];
    getrandom::fill(&mut bytes)?;
    Ok(format!("{KEY}{}", STANDARD.encode(bytes)))
}

/// Something to tell.
struct Message {
    /// What it is known by, the same at each attempt.
    id: String,
    /// What it is about, such as `event.update`.
    topic: String,
    body: String,
}

impl Message {
    /// A change.
    fn of(webhook: &WebhookId, dispute: &Dispute, revision: &Revision) -> Self {
        let topic = format!("{}.{}", revision.subject.key(), revision.action.key());
        let body = json!({
            "type": topic,
            "timestamp": revision.at,
            "data": {
                "dispute": {"id": dispute.id, "slug": dispute.slug, "title": dispute.title},
                "revision": {
                    "number": revision.number,
                    "subject": revision.subject,
                    "subject_id": revision.subject_id,
                    "action": revision.action,
                    "actor": revision.actor,
                    "at": revision.at,
                    "reason": revision.reason,
                },
            },
        });
        Self { id: format!("msg_{webhook}_{}", revision.number), topic, body: body.to_string() }
    }

    /// Something to try the address with.
    fn test(dispute: &Dispute, at: DateTime<Utc>) -> Self {
        let topic = "webhook.test".to_owned();
        let body = json!({
            "type": topic,
            "timestamp": at,
            "data": {"dispute": {"id": dispute.id, "slug": dispute.slug, "title": dispute.title}},
        });
        Self { id: format!("msg_test_{}", at.timestamp_micros()), topic, body: body.to_string() }
    }

    /// Sends it once.
    async fn send(&self, fetcher: &Fetcher, url: &str, secret: &str) -> Delivery {
        let at = Utc::now();
        let answered = match self.headers(secret, at) {
            Some(headers) => {
                fetcher.post(url, headers, self.body.clone()).await.map_err(|error| error.to_string())
            }
            None => Err(t!("job-the-key-of-this-webhook").to_owned()),
        };
        let status = answered.as_ref().ok().copied();
        let is_accepted = status.is_some_and(|status| (200..300).contains(&status));
        Delivery {
            id: String::new(),
            message: self.id.clone(),
            topic: self.topic.clone(),
            status: status.map(i64::from),
            is_accepted,
            note: match answered {
                Ok(_) if is_accepted => String::new(),
                Ok(status) => t!("job-it-answered", status = status),
                Err(why) => why,
            },
            at,
        }
    }

    fn headers(&self, secret: &str, at: DateTime<Utc>) -> Option<HeaderMap> {
        let timestamp = at.timestamp();
        let signature = sign(secret, &self.id, timestamp, &self.body)?;
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        for (name, value) in [
            ("webhook-id", self.id.clone()),
            ("webhook-timestamp", timestamp.to_string()),
            ("webhook-signature", signature),
        ] {
            headers.insert(HeaderName::from_static(name), HeaderValue::try_from(value).ok()?);
        }
        Some(headers)
    }
}

/// The signature of a message, version 1: HMAC-SHA256 over identifier, time and body.
fn sign(secret: &str, id: &str, timestamp: i64, body: &str) -> Option<String> {
    let key = STANDARD.decode(secret.strip_prefix(KEY)?).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
    Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

/// Sends a webhook something to try it with, and gives what came of it.
pub async fn test(fetcher: &Fetcher, dispute: &Dispute, url: &str, secret: &str) -> Delivery {
    Message::test(dispute, Utc::now()).send(fetcher, url, secret).await
}

impl Worker {
    /// Tells a webhook of the changes that it was not told of yet, in their order.
    pub(super) async fn tell(&self, job: &Job) -> Result<JobEnd> {
        let id = WebhookId::from(job.subject.as_str());
        let mut count = 0;
        loop {
            let Telling { webhook, secret, dispute, revisions } =
                self.store.telling(&job.dispute, &id).await?;
            if webhook.is_paused || revisions.is_empty() {
                break;
            }
            for revision in revisions.iter() {
                if webhook.is_told_of(revision.subject) {
                    let message = Message::of(&id, &dispute, revision);
                    let delivery = message.send(&self.fetcher, &webhook.url, &secret).await;
                    self.store.keep_delivery(&id, &delivery).await?;
                    if !delivery.is_accepted {
                        return self.tell_later(job, &id, count, &delivery).await;
                    }
                    count += 1;
                }
                self.store.webhook_told(&id, revision.number).await?;
            }
        }
        Ok(JobEnd::Done(t!("job-told-of", count = count)))
    }

    async fn tell_later(
        &self,
        job: &Job,
        id: &WebhookId,
        count: usize,
        delivery: &Delivery,
    ) -> Result<JobEnd> {
        // What is not reached now may have been a moment ago: then the waiting begins anew.
        let tried = if count > 0 { 1 } else { job.attempts.max(1) };
        let wait = usize::try_from(tried - 1).ok().and_then(|at| WAITS.get(at).copied());
        match wait.filter(|_| delivery.status != Some(410)) {
            Some(minutes) => {
                let wait = spread(TimeDelta::minutes(minutes), random());
                Ok(JobEnd::Again(Utc::now() + wait, delivery.note.clone()))
            }
            None => {
                let note = t!("job-paused-after-attempts", tried = tried, note = delivery.note);
                self.store.pause_webhook(id, &note).await?;
                Ok(JobEnd::Failed(note))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_as_standard_webhooks_does() {
        // The example of the specification's own libraries.
        let signature = sign(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            "{\"test\": 2432232314}",
        );
        assert_eq!(signature.as_deref(), Some("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
        assert_eq!(sign("nonsense", "a", 1, "b"), None);
        assert_eq!(sign("whsec_!", "a", 1, "b"), None);
        let (one, other) = (new_secret().unwrap(), new_secret().unwrap());
        assert!(one != other && sign(&one, "a", 1, "b").is_some() && one.len() == 38, "{one}");
    }
}
