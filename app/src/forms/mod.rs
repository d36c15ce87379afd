//! From what was typed to a draft, or to errors at the fields they belong to. The same rules serve pages and API.

mod account;
mod article;
mod dispute;
mod due;
mod event;
mod feed;
mod merge;
mod people;
mod suggestion;
mod webhook;

pub use account::{
    NewPassword, TokenFields, read_new_account, read_passkey, read_password, read_sign_in, read_token,
};
pub use article::{LONGEST_TEXT, OTHER_DAY, read_address, read_article, read_confirmed, read_published};
pub use dispute::{read_dispute, read_party, read_position, slug_of};
pub use due::{RuleField, find_event};
pub use event::{CitationField, EventFields, drop_field, event_values, read_event};
pub use feed::{feed_values, read_feed};
pub use merge::{Clash, merge, resolved};
pub use people::{InvitationFields, read_invitation, read_visibility};
pub use suggestion::{HONEYPOT, read_origin, read_suggestion};
pub use webhook::{WebhookFields, read_webhook};

use crate::model::view::FieldError;
use crate::page::Submission;
use crate::t;

/// A field that must be filled in with at most so many characters.
fn required(form: &Submission, name: &str, what: &str, most: usize, errors: &mut Vec<FieldError>) -> String {
    let value = optional(form, name, what, most, errors);
    if value.is_empty() {
        errors.push(FieldError::new(name, t!("form-give", what = what)));
    }
    value
}

/// A field that may be left empty, of at most so many characters.
fn optional(form: &Submission, name: &str, what: &str, most: usize, errors: &mut Vec<FieldError>) -> String {
    let value = form.get(name).replace("\r\n", "\n");
    let length = value.chars().count();
    if length > most {
        errors.push(FieldError::new(name, t!("form-shorten", what = what, length = length, most = most)));
    } else if value.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        errors.push(FieldError::new(name, t!("form-unprintable")));
    }
    value
}

/// A field with a closed choice.
fn choice<T>(
    form: &Submission,
    name: &str,
    from_key: impl Fn(&str) -> Option<T>,
    errors: &mut Vec<FieldError>,
) -> Option<T> {
    let value = from_key(form.get(name));
    if value.is_none() {
        errors.push(FieldError::new(name, t!("form-choose-one")));
    }
    value
}
