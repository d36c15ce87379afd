//! The form by which readers suggest an event.

use chrono::NaiveDate;

use super::event::read_event;
use super::{optional, required};
use crate::model::dispute::Party;
use crate::model::event::{Importance, Phase};
use crate::model::suggestion::SuggestionDraft;
use crate::model::view::FieldError;
use crate::page::Submission;
use crate::t;

/// A field that people do not see and programs that fill in every field do.
pub const HONEYPOT: &str = "website";

/// The fields that a suggestion does not have: they are for whoever accepts it.
const LEFT_OUT: [&str; 13] = [
    "article",
    "quote",
    "wording",
    "count",
    "citation_date",
    "version",
    "sequence",
    "due",
    "due_count",
    "due_unit",
    "due_side",
    "due_base",
    "step_of",
];

/// Reads the form of a suggestion.
///
/// # Errors
/// The form again, with what is wrong at each field and the readings of an unclear date.
pub fn read_suggestion(
    mut form: Submission,
    parties: &[Party],
    today: NaiveDate,
) -> Result<SuggestionDraft, Box<Submission>> {
    form.values.retain(|(name, _)| !LEFT_OUT.contains(&name.as_str()));
    for (name, usual) in [("importance", Importance::Normal.key()), ("phase", Phase::Done.key())] {
        if form.get(name).is_empty() {
            form.values.retain(|(field, _)| field != name);
            form.values.push((name.to_owned(), usual.to_owned()));
        }
    }
    match (read_event(form.clone(), parties, &[], today), read_origin(&form)) {
        (Ok(fields), Ok((note, name))) => Ok(SuggestionDraft { draft: fields.draft, note, name }),
        (Ok(_), Err(errors)) => {
            form.errors = errors;
            Err(Box::new(form))
        }
        (Err(mut form), origin) => {
            form.errors.extend(origin.err().unwrap_or_default());
            Err(form)
        }
    }
}

/// Reads where a suggestion comes from: its note, and the name of who suggests it.
///
/// # Errors
/// What is wrong at each field.
pub fn read_origin(form: &Submission) -> Result<(String, String), Vec<FieldError>> {
    let mut errors = Vec::new();
    let note = required(form, "note", t!("form-what-origin"), 2_000, &mut errors);
    let name = optional(form, "name", t!("form-what-your-name"), 80, &mut errors);
    if errors.is_empty() { Ok((note, name)) } else { Err(errors) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(values: &[(&str, &str)]) -> Submission {
        Submission::new(
            values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        )
    }

    #[test]
    fn a_suggestion_says_where_it_comes_from() {
        let today = NaiveDate::from_ymd_opt(2026, 2, 1).unwrap();
        let event = [("date", "9 January 2026"), ("title", "The memo"), ("kind", "memo")];
        let wrong = read_suggestion(form(&event), &[], today).unwrap_err();
        assert!(wrong.error("note").is_some() && wrong.errors.len() == 1, "{:?}", wrong.errors);
        let mut values = event.to_vec();
        values.extend([("note", "The Gazette of 10 January, page 3"), ("article", "a"), ("quote", "q")]);
        let read = read_suggestion(form(&values), &[], today).unwrap();
        assert_eq!(read.draft.date.unwrap().edtf(), "2026-01-09");
        assert_eq!((read.draft.citations.len(), read.draft.importance), (0, Importance::Normal));
        let wrong = read_suggestion(form(&[("date", "9/1/2026")]), &[], today).unwrap_err();
        assert!(
            wrong.error("note").is_some() && wrong.error("title").is_some() && wrong.error("date").is_some()
        );
    }
}
