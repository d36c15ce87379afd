//! Signing in, and setting up an account.

use super::{choice, required};
use crate::model::access::Scope;
use crate::model::view::FieldError;
use crate::page::Submission;
use crate::t;

/// The fewest characters of a password (NIST SP 800-63B asks for at least 8, and for 15 where it stands alone).
const SHORTEST_PASSWORD: usize = 12;

/// A name with the password that somebody chose for it.
#[derive(Clone, PartialEq, Eq)]
pub struct NewPassword {
    /// The name.
    pub name: String,
    /// The password.
    pub password: String,
}

impl std::fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NewPassword {{ name: {:?} }}", self.name)
    }
}

/// Reads the form that sets up an account.
///
/// # Errors
/// The form again, without the password.
pub fn read_new_account(mut form: Submission) -> Result<NewPassword, Box<Submission>> {
    let mut errors = Vec::new();
    let name = required(&form, "name", t!("form-what-name"), 80, &mut errors);
    let password = new_password(&form, &mut errors);
    if errors.is_empty() {
        return Ok(NewPassword { name, password });
    }
    form.errors = errors;
    form.values.retain(|(field, _)| field != "password");
    Err(Box::new(form))
}

fn new_password(form: &Submission, errors: &mut Vec<FieldError>) -> String {
    let password = form.raw("password").to_owned();
    let length = password.chars().count();
    if length < SHORTEST_PASSWORD {
        errors.push(FieldError::new(
            "password",
            t!("form-account-use-at-least-characters", shortest = SHORTEST_PASSWORD),
        ));
    } else if length > 500 {
        errors.push(FieldError::new("password", t!("form-account-use-at-most-500-characters")));
    }
    password
}

/// Reads the form that changes a password: the present one and the new one.
///
/// # Errors
/// The form again, without either.
pub fn read_password(mut form: Submission) -> Result<(String, String), Box<Submission>> {
    let mut errors = Vec::new();
    let present = form.raw("present").chars().take(501).collect();
    let password = new_password(&form, &mut errors);
    if errors.is_empty() {
        return Ok((present, password));
    }
    form.errors = errors;
    form.values.clear();
    Err(Box::new(form))
}

/// Reads the form that signs in.
///
/// # Errors
/// The form again, without the password.
pub fn read_sign_in(mut form: Submission) -> Result<NewPassword, Box<Submission>> {
    let mut errors = Vec::new();
    let name = required(&form, "name", t!("form-what-your-name"), 80, &mut errors);
    let password = form.raw("password").to_owned();
    if password.is_empty() {
        errors.push(FieldError::new("password", t!("form-account-give-your-password")));
    }
    if errors.is_empty() && password.chars().count() <= 500 {
        return Ok(NewPassword { name, password });
    }
    form.errors = errors;
    form.values.retain(|(field, _)| field != "password");
    Err(Box::new(form))
}

/// Reads what a passkey shall be called, from a field of this name.
///
/// # Errors
/// The form again, with what is wrong.
pub fn read_passkey(mut form: Submission, field: &str) -> Result<String, Box<Submission>> {
    let mut errors = Vec::new();
    let name = required(&form, field, t!("form-what-name"), 80, &mut errors);
    if errors.is_empty() {
        return Ok(name);
    }
    form.errors = errors;
    Err(Box::new(form))
}

/// What the form of a token comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenFields {
    /// What its owner calls it.
    pub name: String,
    /// What it may do.
    pub scope: Scope,
    /// After how many days it ends; none for never.
    pub days: Option<i64>,
}

/// Reads the form of a token.
///
/// # Errors
/// The form again, with what is wrong at each field.
pub fn read_token(mut form: Submission) -> Result<TokenFields, Box<Submission>> {
    let mut errors = Vec::new();
    let name = required(&form, "name", t!("form-what-name"), 80, &mut errors);
    let scope = choice(&form, "scope", Scope::from_key, &mut errors);
    let days = match form.get("days") {
        "" => None,
        typed => match typed.parse() {
            Ok(days) if (1..=3_650).contains(&days) => Some(days),
            _ => {
                errors.push(FieldError::new("days", t!("form-account-give-a-whole-number-of")));
                None
            }
        },
    };
    if let (Some(scope), true) = (scope, errors.is_empty()) {
        return Ok(TokenFields { name, scope, days });
    }
    form.errors = errors;
    Err(Box::new(form))
}
