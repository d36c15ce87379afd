//! The form of a webhook.

use super::article::is_web_address;
use super::required;
use crate::model::revision::Subject;
use crate::model::view::FieldError;
use crate::page::Submission;
use crate::t;

/// What the form of a webhook comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookFields {
    /// Where messages are sent.
    pub url: String,
    /// What it is told of; everything if it is empty.
    pub topics: Vec<Subject>,
}

/// Reads the form of a webhook.
///
/// # Errors
/// The form again, with what is wrong at each field.
pub fn read_webhook(mut form: Submission) -> Result<WebhookFields, Box<Submission>> {
    let mut errors = Vec::new();
    let url = required(&form, "url", t!("form-what-address"), 2_000, &mut errors);
    if !url.is_empty() && !is_web_address(&url) {
        errors.push(FieldError::new("url", t!("form-webhook-give-an-address-that-begins")));
    }
    let mut topics = Vec::new();
    for (_, key) in form.values.iter().filter(|(name, _)| name == "topic") {
        match Subject::from_key(key) {
            Some(subject) => topics.push(subject),
            None => errors.push(FieldError::new("topic", t!("form-webhook-choose-among-the-entries"))),
        }
    }
    topics.sort_unstable();
    topics.dedup();
    if errors.is_empty() {
        return Ok(WebhookFields { url, topics });
    }
    form.errors = errors;
    Err(Box::new(form))
}
