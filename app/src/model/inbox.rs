//! The inbox of a dispute: which candidates it shows, in what order, and what was decided about several at once.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::article::{Candidate, Decision};
use super::choice::choices;
use super::id::CandidateId;
use super::view::{FieldError, encode};
use crate::t;

choices! {
    /// In what order the inbox is.
    InboxOrder in "inbox-order" {
        /// Those that the extraction is surest of come first.
        Strongest = "strongest";
        /// Those of the article published last come first.
        Newest = "newest";
    }
}

choices! {
    /// What is decided about candidates.
    Verdict in "verdict" {
        /// They become events as they are.
        Accept = "accept";
        /// They are turned down.
        Reject = "reject";
        /// The decision is taken back, with what it did to the timeline.
        Undo = "undo";
    }
}

choices! {
    /// Why a candidate was left as it was.
    Left in "left" {
        /// Somebody has decided about it meanwhile, or taken the decision back.
        Decided = "decided";
        /// It has no date to be accepted with.
        Undated = "undated";
        /// Its event was changed after the decision, so that taking it back would take that change along.
        Changed = "changed";
    }
}

/// How many candidates a page of the inbox shows.
pub const PAGE: i64 = 25;

/// What the inbox shows. Its canonical spelling leaves out what is the default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxView {
    /// Candidates of which decision.
    pub show: Decision,
    /// In what order.
    pub order: InboxOrder,
    /// The page, from 1.
    pub page: i64,
    /// The moment of a decision just made, to say what was done and to take it back.
    pub done: Option<DateTime<Utc>>,
    /// Candidates that were to be decided and were left, by the reason and how many.
    pub left: Vec<(Left, i64)>,
}

impl Default for InboxView {
    fn default() -> Self {
        Self { show: Decision::Pending, order: InboxOrder::Strongest, page: 1, done: None, left: Vec::new() }
    }
}

impl InboxView {
    /// Reads the parameters of an address; what cannot be read is left at its default and reported.
    pub fn read<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Self, Vec<FieldError>) {
        let mut view = Self::default();
        let mut errors = Vec::new();
        for (name, value) in pairs.into_iter().filter(|(_, value)| !value.is_empty()) {
            if view.set(name, value).is_none() {
                errors.push(FieldError::new(name, t!("inbox-cannot-be-read-here", value = value)));
            }
        }
        (view, errors)
    }

    fn set(&mut self, name: &str, value: &str) -> Option<()> {
        match name {
            "show" => self.show = Decision::from_key(value)?,
            "order" => self.order = InboxOrder::from_key(value)?,
            "page" => self.page = value.parse().ok().filter(|page| (1..=1_000_000).contains(page))?,
            "done" => self.done = Some(DateTime::from_timestamp_millis(value.parse().ok()?)?),
            "left" => {
                let (why, count) = value.split_once(':')?;
                self.left.push((Left::from_key(why)?, count.parse().ok()?));
            }
            _ => {}
        }
        Some(())
    }

    /// The query string, with its `?`, or nothing for the default view.
    pub fn query_string(&self) -> String {
        let default = Self::default();
        let mut pairs: Vec<(&str, String)> = Vec::new();
        if self.show != default.show {
            pairs.push(("show", self.show.key().to_owned()));
        }
        if self.order != default.order {
            pairs.push(("order", self.order.key().to_owned()));
        }
        if self.page != default.page {
            pairs.push(("page", self.page.to_string()));
        }
        pairs.extend(self.done.map(|at| ("done", at.timestamp_millis().to_string())));
        pairs.extend(self.left.iter().map(|(why, count)| ("left", format!("{}:{count}", why.key()))));
        let words: Vec<String> =
            pairs.into_iter().map(|(name, value)| format!("{name}={}", encode(&value))).collect();
        if words.is_empty() { String::new() } else { format!("?{}", words.join("&")) }
    }

    /// The same view after a decision: what was decided at a moment, and what was left.
    #[must_use]
    pub fn after(mut self, outcome: &Outcome) -> Self {
        self.done = outcome.at;
        self.left = Left::ALL
            .iter()
            .map(|why| (*why, outcome.left.iter().filter(|(_, other)| other == why).count() as i64))
            .filter(|(_, count)| *count > 0)
            .collect();
        self
    }
}

/// A page of the inbox.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InboxPage {
    /// The candidates, in order.
    pub candidates: Vec<Candidate>,
    /// How many there are in all, on this page and the others.
    pub total: i64,
}

/// What became of several candidates that were to be decided at once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// When it was decided; none if nothing was, or if a decision was taken back.
    pub at: Option<DateTime<Utc>>,
    /// Those that were decided.
    pub done: Vec<CandidateId>,
    /// Those that were left, each with the reason.
    pub left: Vec<(CandidateId, Left)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_that_reads_back() {
        let pairs = [
            ("order", "newest"),
            ("show", "rejected"),
            ("page", "3"),
            ("done", "1769000000123"),
            ("left", "undated:2"),
        ];
        let (view, errors) = InboxView::read(pairs);
        assert!(errors.is_empty(), "{errors:?}");
        assert_eq!(
            view.query_string(),
            "?show=rejected&order=newest&page=3&done=1769000000123&left=undated:2"
        );
        assert_eq!(InboxView::default().query_string(), "");
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let pairs = [("order", "loudest"), ("page", "0"), ("done", "yesterday"), ("left", "two")];
        let (view, errors) = InboxView::read(pairs);
        assert_eq!(view, InboxView::default());
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["order", "page", "done", "left"]);
    }
}
