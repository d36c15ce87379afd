//! Feeds that a dispute follows, and which of their entries become articles.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::choice::choices;
use super::id::{ArticleId, FeedId};

/// A feed of a dispute: RSS, Atom or JSON Feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feed {
    /// Its identifier.
    pub id: FeedId,
    /// Where it is read.
    pub url: String,
    /// Its name, as the editor or the feed itself gives it.
    pub title: String,
    /// The site that it tells of.
    pub site: Option<String>,
    /// Which entries become articles.
    pub rules: FeedRules,
    /// Whether it is left alone for now.
    pub is_paused: bool,
    /// How reading it went.
    #[serde(skip)]
    pub health: FeedHealth,
}

/// How reading a feed went. It is no part of what editors change, so it has no revisions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeedHealth {
    /// When it was last asked.
    pub last_poll: Option<DateTime<Utc>>,
    /// When it was last read with success.
    pub last_success: Option<DateTime<Utc>>,
    /// What went wrong the last time, in words; none if nothing did.
    pub last_error: Option<String>,
    /// How many times in a row it failed.
    pub failures: i64,
    /// When it is asked next.
    pub next_poll: Option<DateTime<Utc>>,
    /// The entity tag of what was read last.
    pub etag: Option<String>,
    /// When what was read last was last modified, in the server's words.
    pub last_modified: Option<String>,
}

/// What is needed to add or change a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedDraft {
    /// See [`Feed::url`].
    pub url: String,
    /// See [`Feed::title`].
    pub title: String,
    /// See [`Feed::rules`].
    pub rules: FeedRules,
    /// See [`Feed::is_paused`].
    pub is_paused: bool,
}

impl From<Feed> for FeedDraft {
    fn from(feed: Feed) -> Self {
        Self { url: feed.url, title: feed.title, rules: feed.rules, is_paused: feed.is_paused }
    }
}

/// Which entries of a feed become articles, by the words in their title, summary, text and categories. A phrase is
/// found where its words stand in that order as whole words, whatever their case; `contract*` finds every word that
/// begins so.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedRules {
    /// One of these must occur; if there are none, nothing is asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub any: Vec<String>,
    /// Each of these must occur.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub all: Vec<String>,
    /// None of these may occur.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub none: Vec<String>,
}

impl FeedRules {
    /// Whether an entry with these texts becomes an article.
    pub fn lets_through(&self, texts: &[&str]) -> bool {
        let words: Vec<Vec<String>> = texts.iter().map(|text| words(text)).collect();
        let has = |phrase: &String| words.iter().any(|words| occurs(phrase, words));
        (self.any.is_empty() || self.any.iter().any(has))
            && self.all.iter().all(has)
            && !self.none.iter().any(has)
    }
}

/// The words of a text in lower case.
fn words(text: &str) -> Vec<String> {
    // Lower case first: it can part a letter from its mark, as in "İ", and must do so in rules and texts alike.
    let text = text.to_lowercase();
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn occurs(phrase: &str, words: &[String]) -> bool {
    let parts: Vec<(String, bool)> = phrase
        .split_whitespace()
        .flat_map(|part| {
            let is_open = part.ends_with('*');
            let mut inside = self::words(part);
            let last = inside.pop();
            inside.into_iter().map(|word| (word, false)).chain(last.map(|word| (word, is_open)))
        })
        .collect();
    !parts.is_empty()
        && words.windows(parts.len()).any(|window| {
            window.iter().zip(&parts).all(|(word, (part, is_open))| {
                if *is_open { word.starts_with(part.as_str()) } else { word == part }
            })
        })
}

choices! {
    /// What became of an entry of a feed.
    EntryFate in "entry-fate" {
        /// Its page is to be fetched.
        Waiting = "waiting";
        /// It became an article.
        Taken = "taken";
        /// It is an article that was there already.
        There = "there";
        /// It was an article that was deleted, and stays so.
        Deleted = "deleted";
        /// The rules leave it out.
        LeftOut = "left-out";
        /// It could not be read.
        Failed = "failed";
    }
}

/// An entry of a feed, remembered so that it is looked at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedEntry {
    /// What tells it from the feed's other entries.
    pub key: String,
    /// Where it leads.
    pub url: String,
    /// Its title.
    pub title: String,
    /// The day that the feed gives.
    pub published: Option<NaiveDate>,
    /// What became of it.
    pub fate: EntryFate,
    /// Why, in words, where it failed.
    pub note: String,
    /// The article that it became or is.
    pub article: Option<ArticleId>,
    /// When it was first seen.
    pub seen: DateTime<Utc>,
}

/// An entry as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryDraft {
    /// See [`FeedEntry::key`].
    pub key: String,
    /// See [`FeedEntry::url`].
    pub url: String,
    /// See [`FeedEntry::title`].
    pub title: String,
    /// See [`FeedEntry::published`].
    pub published: Option<NaiveDate>,
    /// The entry's own text as HTML, for when its page cannot be fetched; empty if the feed has only a summary.
    pub content: String,
    /// Whether the rules let it through.
    pub is_wanted: bool,
}

/// What asking a feed gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Poll {
    /// When it was asked.
    pub at: DateTime<Utc>,
    /// When to ask again.
    pub next: DateTime<Utc>,
    /// What went wrong, in words.
    pub error: Option<String>,
    /// See [`FeedHealth::etag`].
    pub etag: Option<String>,
    /// See [`FeedHealth::last_modified`].
    pub last_modified: Option<String>,
    /// What the feed calls itself, for a feed that has no name yet.
    pub title: String,
    /// See [`Feed::site`].
    pub site: Option<String>,
    /// Its entries; empty if it is as it was.
    pub entries: Vec<EntryDraft>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(any: &[&str], all: &[&str], none: &[&str]) -> FeedRules {
        let list = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        FeedRules { any: list(any), all: list(all), none: list(none) }
    }

    #[test]
    fn phrases_are_whole_words_in_order() {
        let entry =
            ["Pentagon, AI firm at odds over contract", "Talks on the so-called “red lines” stalled."];
        for (phrase, occurs) in [
            ("pentagon", true),
            ("AI firm", true),
            ("firm AI", false),
            ("con", false),
            ("contract*", true),
            ("contr*", true),
            ("red lines", true),
            ("so-called red", true),
            ("contract talks", false),
            ("", false),
            ("*", false),
            ("  ", false),
        ] {
            assert_eq!(rules(&[phrase], &[], &[]).lets_through(&entry), occurs, "{phrase}");
        }
    }

    #[test]
    fn rules_add_up() {
        let entry = ["Court rules on the ban"];
        assert!(FeedRules::default().lets_through(&entry));
        assert!(rules(&["ban", "memo"], &["court"], &["football"]).lets_through(&entry));
        assert!(!rules(&["memo"], &[], &[]).lets_through(&entry));
        assert!(!rules(&[], &["court", "memo"], &[]).lets_through(&entry));
        assert!(!rules(&[], &[], &["ban"]).lets_through(&entry));
        assert!(rules(&["İstanbul"], &[], &[]).lets_through(&["In İSTANBUL today".to_lowercase().as_str()]));
    }
}
