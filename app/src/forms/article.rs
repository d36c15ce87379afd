//! The form of an article.

use chrono::{Datelike, NaiveDate};

use super::{optional, required};
use crate::model::article::ArticleDraft;
use crate::model::date_input::read_date;
use crate::model::view::FieldError;
use crate::page::Submission;
use crate::t;
use crate::texts::any_of;

/// The longest article kept, in characters.
pub const LONGEST_TEXT: usize = 400_000;

/// Reads the form of a pasted article.
///
/// # Errors
/// The form again, with what is wrong at each field.
pub fn read_article(mut form: Submission, today: NaiveDate) -> Result<ArticleDraft, Box<Submission>> {
    let mut errors = Vec::new();
    let title = required(&form, "title", t!("form-what-headline"), 300, &mut errors);
    let publisher = required(&form, "publisher", t!("form-what-publisher"), 200, &mut errors);
    let byline = optional(&form, "byline", t!("form-what-byline"), 300, &mut errors);
    let url = optional(&form, "url", t!("form-what-address"), 2_000, &mut errors);
    if !url.is_empty() && !is_web_address(&url) {
        errors.push(FieldError::new("url", t!("form-article-give-an-address-that-begins")));
    }
    let published = match read_published(form.get("published"), today) {
        Ok(day) => Some(day),
        Err(message) => {
            errors.push(FieldError::new("published", message));
            None
        }
    };
    let text: String = form
        .raw("text")
        .replace("\r\n", "\n")
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect();
    let text = text.trim().to_owned();
    let length = text.chars().count();
    if text.is_empty() {
        errors.push(FieldError::new("text", t!("form-article-paste-the-article-s-text")));
    } else if length > LONGEST_TEXT {
        errors.push(FieldError::new(
            "text",
            t!("form-article-shorten-the-text-characters-fit", length = length, longest = LONGEST_TEXT),
        ));
    }
    if errors.is_empty() {
        let url = Some(url).filter(|url| !url.is_empty());
        return Ok(ArticleDraft {
            url,
            publisher,
            title,
            byline,
            published,
            text,
            ..ArticleDraft::default()
        });
    }
    form.errors = errors;
    Err(Box::new(form))
}

/// Reads the form in which an editor confirms an article that waited. The day is one of those that the document gives,
/// or another.
///
/// # Errors
/// The form again, with what is wrong at each field.
pub fn read_confirmed(mut form: Submission, today: NaiveDate) -> Result<ArticleDraft, Box<Submission>> {
    let day = form.get("day").to_owned();
    if !matches!(day.as_str(), "" | OTHER_DAY) {
        let typed = form.clone();
        form.values.retain(|(name, _)| name != "published");
        form.values.push(("published".to_owned(), day));
        return read_article(form, today)
            .map_err(|wrong| Box::new(Submission { errors: wrong.errors, ..typed }));
    }
    read_article(form, today)
}

/// The choice of a day that the document does not give.
pub const OTHER_DAY: &str = "other";

/// Reads the form of an address to fetch.
///
/// # Errors
/// The form again, with what is wrong.
pub fn read_address(mut form: Submission) -> Result<String, Box<Submission>> {
    let mut errors = Vec::new();
    let address = required(&form, "address", t!("form-what-article-address"), 2_000, &mut errors);
    if errors.is_empty() && !is_web_address(&address) {
        errors.push(FieldError::new("address", t!("form-article-give-an-address-that-begins-with")));
    }
    if errors.is_empty() {
        return Ok(address);
    }
    form.errors = errors;
    Err(Box::new(form))
}

/// Reads a day of publication as people write it.
///
/// # Errors
/// What is wrong with it.
pub fn read_published(typed: &str, today: NaiveDate) -> Result<NaiveDate, String> {
    if typed.is_empty() {
        return Err(t!("form-article-give-the-day-of-publication").to_owned());
    }
    let date = read_date(typed, today).map_err(|question| {
        let readings: Vec<String> =
            question.readings.iter().map(|reading| reading.edtf().to_owned()).collect();
        if readings.is_empty() {
            question.message
        } else {
            format!("{} {}", question.message, any_of(readings))
        }
    })?;
    match date.earliest() {
        Some(day) if date.is_exact() && (1600..=today.year() + 1).contains(&day.year()) => Ok(day),
        _ => Err(t!("form-article-give-one-day-such-as").to_owned()),
    }
}

/// Whether a text is an address that a reader may be sent to: http or https, with a host and no blanks.
pub(super) fn is_web_address(url: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| {
        url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
            && url
                .get(scheme.len()..)
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '['))
    }) && !url.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_links() {
        for good in ["https://example.org/a?b=c", "http://[::1]/", "HTTPS://Example.org"] {
            assert!(is_web_address(good), "{good}");
        }
        for bad in
            ["javascript:alert(1)", "https://", "https:// a", "ftp://e.org", "//e.org", "https://e.org/\"x"]
        {
            assert!(!is_web_address(bad), "{bad}");
        }
    }

    #[test]
    fn the_day_of_publication_is_one_day() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
        assert_eq!(read_published("Jan 29, 2026", today).unwrap().to_string(), "2026-01-29");
        for bad in ["", "January 2026", "03/04/2026", "about 9 January 2026", "3000-01-01"] {
            assert!(read_published(bad, today).is_err(), "{bad}");
        }
    }
}
