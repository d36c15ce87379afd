//! The forms of a dispute, its parties and their positions.

use chrono::NaiveDate;

use super::{choice, optional, required};
use crate::model::date_input::{DateQuestion, read_date};
use crate::model::dispute::{DisputeDraft, Party, PartyDraft, PartyKind, PositionDraft, Status};
use crate::model::view::FieldError;
use crate::page::Submission;
use crate::t;

/// Slugs that are addresses of the site itself.
const RESERVED: [&str; 2] = ["new", "edit"];

/// The name in an address that a title suggests: "Pentagon and Anthropic" gives "pentagon-and-anthropic".
pub fn slug_of(title: &str) -> String {
    let mut slug = String::new();
    for c in title.to_lowercase().chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.chars().take(60).collect::<String>().trim_matches('-').to_owned()
}

fn read_slug(form: &Submission, name: &str, from: &str, errors: &mut Vec<FieldError>) -> String {
    let typed = form.get(name);
    let slug = if typed.is_empty() { slug_of(from) } else { typed.to_owned() };
    let good =
        !slug.is_empty() && slug.len() <= 60 && slug == slug_of(&slug) && !RESERVED.contains(&slug.as_str());
    if !good && (!typed.is_empty() || !from.is_empty()) {
        errors.push(FieldError::new(name, t!("form-dispute-use-lower-case-letters-digits")));
    }
    slug
}

/// Reads the form of a dispute.
///
/// # Errors
/// The form again, with what is wrong at each field.
pub fn read_dispute(mut form: Submission) -> Result<DisputeDraft, Box<Submission>> {
    let mut errors = Vec::new();
    let title = required(&form, "title", t!("form-what-title"), 200, &mut errors);
    let slug = read_slug(&form, "slug", &title, &mut errors);
    let summary = optional(&form, "summary", t!("form-what-summary"), 2_000, &mut errors);
    let question = optional(&form, "question", t!("form-what-question"), 500, &mut errors);
    let inclusion_rule = optional(&form, "inclusion_rule", t!("form-what-rule"), 1_000, &mut errors);
    let status = choice(&form, "status", Status::from_key, &mut errors);
    if let (Some(status), true) = (status, errors.is_empty()) {
        return Ok(DisputeDraft { slug, title, summary, question, status, inclusion_rule });
    }
    form.errors = errors;
    Err(Box::new(form))
}

/// Reads the form of a party.
///
/// # Errors
/// The form again, with what is wrong at each field.
pub fn read_party(mut form: Submission) -> Result<PartyDraft, Box<Submission>> {
    let mut errors = Vec::new();
    let name = required(&form, "name", t!("form-what-name"), 120, &mut errors);
    let key = read_slug(&form, "key", &name, &mut errors);
    let aliases = optional(&form, "aliases", t!("form-what-other-names"), 1_000, &mut errors);
    let kind = choice(&form, "kind", PartyKind::from_key, &mut errors);
    if let (Some(kind), true) = (kind, errors.is_empty()) {
        let aliases = aliases
            .split([',', '\n'])
            .map(str::trim)
            .filter(|alias| !alias.is_empty())
            .map(str::to_owned)
            .collect();
        return Ok(PartyDraft { key, name, aliases, kind });
    }
    form.errors = errors;
    Err(Box::new(form))
}

/// Reads the form of a position.
///
/// # Errors
/// The form again, with what is wrong at each field and the readings of an unclear date.
pub fn read_position(
    mut form: Submission,
    parties: &[Party],
    today: NaiveDate,
) -> Result<PositionDraft, Box<Submission>> {
    let mut errors = Vec::new();
    let mut readings = Vec::new();
    let party = choice(
        &form,
        "party",
        |key| parties.iter().find(|party| party.key == key).map(|party| party.id.clone()),
        &mut errors,
    );
    let statement = required(&form, "statement", t!("form-what-position"), 500, &mut errors);
    let chosen = form.get("date_reading");
    let date = match read_date(if chosen.is_empty() { form.get("date") } else { chosen }, today) {
        Ok(date) => Some(date),
        Err(DateQuestion { message, readings: proposed }) => {
            errors.push(FieldError::new("date", message));
            readings = proposed;
            None
        }
    };
    if let (Some(party), Some(date), true) = (party, date, errors.is_empty()) {
        return Ok(PositionDraft { party, statement, date, source: None });
    }
    form.errors = errors;
    form.readings = readings;
    Err(Box::new(form))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_come_from_titles_and_stay_in_bounds() {
        assert_eq!(slug_of("  Pentagon & Anthropic: the 2026 talks "), "pentagon-anthropic-the-2026-talks");
        assert_eq!(slug_of(&"long ".repeat(50)).len(), 59);
        let form = |slug: &str| {
            Submission::new(vec![
                ("title".into(), "A title".into()),
                ("slug".into(), slug.into()),
                ("status".into(), "open".into()),
            ])
        };
        assert_eq!(read_dispute(form("")).unwrap().slug, "a-title");
        for bad in ["New Slug", "-a", "a--b", "new", "é", "a/b"] {
            assert!(read_dispute(form(bad)).unwrap_err().error("slug").is_some(), "{bad}");
        }
    }
}
