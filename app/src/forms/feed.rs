//! The form of a feed.

use super::article::is_web_address;
use super::{optional, required};
use crate::model::feed::{FeedDraft, FeedRules};
use crate::model::view::FieldError;
use crate::page::Submission;
use crate::t;

/// How many phrases one rule has at most, and how long each may be, in characters.
const MOST_PHRASES: usize = 100;
const LONGEST_PHRASE: usize = 100;

/// Reads the form of a feed.
///
/// # Errors
/// The form again, with what is wrong at each field.
pub fn read_feed(mut form: Submission) -> Result<FeedDraft, Box<Submission>> {
    let mut errors = Vec::new();
    let url = required(&form, "url", t!("form-what-feed-address"), 2_000, &mut errors);
    if !url.is_empty() && !is_web_address(&url) {
        errors.push(FieldError::new("url", t!("form-feed-give-an-address-that-begins")));
    }
    let title = optional(&form, "title", t!("form-what-the-name"), 200, &mut errors);
    let rules = FeedRules {
        any: phrases(&form, "any", &mut errors),
        all: phrases(&form, "all", &mut errors),
        none: phrases(&form, "none", &mut errors),
    };
    let is_paused = form.get("paused") == "on";
    if errors.is_empty() {
        return Ok(FeedDraft { url, title, rules, is_paused });
    }
    form.errors = errors;
    Err(Box::new(form))
}

/// What the form of a feed holds before anything was typed.
pub fn feed_values(draft: &FeedDraft) -> Vec<(String, String)> {
    let list = |phrases: &[String]| phrases.join(", ");
    let mut values = vec![
        ("url", draft.url.clone()),
        ("title", draft.title.clone()),
        ("any", list(&draft.rules.any)),
        ("all", list(&draft.rules.all)),
        ("none", list(&draft.rules.none)),
    ];
    if draft.is_paused {
        values.push(("paused", "on".to_owned()));
    }
    values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// Phrases with commas or line breaks between them.
fn phrases(form: &Submission, name: &str, errors: &mut Vec<FieldError>) -> Vec<String> {
    let typed = optional(form, name, t!("form-what-list"), MOST_PHRASES * LONGEST_PHRASE, errors);
    let phrases: Vec<String> = typed
        .split([',', '\n'])
        .map(|phrase| phrase.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|phrase| !phrase.is_empty())
        .collect();
    if let Some(empty) = phrases.iter().find(|phrase| !phrase.contains(char::is_alphanumeric)) {
        errors.push(FieldError::new(name, t!("form-feed-has-neither-a-letter-nor", empty = empty)));
    } else if phrases.len() > MOST_PHRASES {
        errors.push(FieldError::new(
            name,
            t!("form-feed-these-are-phrases-and-fit", count = phrases.len(), most = MOST_PHRASES),
        ));
    } else if phrases.iter().any(|phrase| phrase.chars().count() > LONGEST_PHRASE) {
        errors.push(FieldError::new(name, t!("form-feed-a-phrase-has-more-than", longest = LONGEST_PHRASE)));
    }
    phrases
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
    fn reads_what_it_writes() {
        let typed =
            form(&[("url", " https://e.org/feed "), ("any", "memo,\r\nany  lawful use"), ("paused", "on")]);
        let draft = read_feed(typed).unwrap();
        assert_eq!(draft.rules.any, ["memo", "any lawful use"]);
        assert!(draft.is_paused);
        assert_eq!(read_feed(Submission::new(feed_values(&draft))).unwrap(), draft);
    }

    #[test]
    fn says_what_is_wrong_where() {
        for (values, field) in [
            (&[("title", "x")][..], "url"),
            (&[("url", "feed.xml")], "url"),
            (&[("url", "javascript:alert(1)")], "url"),
            (&[("url", "https://e.org"), ("none", "memo, ***")], "none"),
            (&[("url", "https://e.org"), ("all", &"x".repeat(101))], "all"),
            (&[("url", "https://e.org"), ("any", &"x,".repeat(101))], "any"),
        ] {
            let wrong = read_feed(form(values)).unwrap_err();
            assert_eq!(wrong.errors.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(), [field]);
        }
    }
}
