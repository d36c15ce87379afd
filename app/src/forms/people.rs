//! The forms about who sees a dispute and who may do what in it.

use super::{choice, optional};
use crate::model::role::{Role, Visibility};
use crate::model::view::FieldError;
use crate::page::Submission;
use crate::t;

/// How many days an invitation may be open.
const LONGEST: i64 = 90;

/// What the form of an invitation comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationFields {
    /// The role that it gives.
    pub role: Role,
    /// For whom it is.
    pub note: String,
    /// For how many days it is open.
    pub days: i64,
}

/// Reads the form of an invitation.
///
/// # Errors
/// The form again, with what is wrong at each field.
pub fn read_invitation(mut form: Submission) -> Result<InvitationFields, Box<Submission>> {
    let mut errors = Vec::new();
    let role = choice(&form, "role", Role::from_key, &mut errors);
    let note = optional(&form, "note", t!("form-what-note"), 200, &mut errors);
    let days = form.get("days").parse().ok().filter(|days| (1..=LONGEST).contains(days));
    if days.is_none() {
        errors.push(FieldError::new("days", t!("form-people-give-a-whole-number-of", longest = LONGEST)));
    }
    if let (Some(role), Some(days), true) = (role, days, errors.is_empty()) {
        return Ok(InvitationFields { role, note, days });
    }
    form.errors = errors;
    Err(Box::new(form))
}

/// Reads the form that says who may read a dispute and whether readers may suggest events.
///
/// # Errors
/// The form again, with what is wrong at each field.
pub fn read_visibility(mut form: Submission) -> Result<(Visibility, bool), Box<Submission>> {
    let mut errors = Vec::new();
    match choice(&form, "visibility", Visibility::from_key, &mut errors) {
        Some(visibility) => Ok((visibility, !form.get("suggestions").is_empty())),
        None => {
            form.errors = errors;
            Err(Box::new(form))
        }
    }
}
