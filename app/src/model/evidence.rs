//! Whether quotes still stand where they were taken from.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::article::Passage;
use super::choice::choices;
use super::id::{ArticleId, CitationId};

choices! {
    /// How a quote was found on the publisher's page.
    Health in "health" {
        /// The words are there.
        There = "there";
        /// Other words stand in their place.
        Edited = "edited";
        /// The words are not there, or the page is not.
        Gone = "gone";
        /// The page could not be read.
        Unknown = "unknown";
    }
}

/// What looking for a quote on its page gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteCheck {
    /// The citation.
    pub citation: CitationId,
    /// The article.
    pub article: ArticleId,
    /// The words that were looked for. A citation may quote others by now.
    pub exact: String,
    /// How they were found.
    pub health: Health,
    /// The words that stand in their place, where they were edited.
    pub now: String,
    /// Why, in words, where that is not plain.
    pub note: String,
    /// When they were first found so.
    pub since: DateTime<Utc>,
    /// When they were last found so.
    pub checked: DateTime<Utc>,
}

/// The result of one check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckDraft {
    /// See [`QuoteCheck::citation`].
    pub citation: CitationId,
    /// See [`QuoteCheck::exact`].
    pub exact: String,
    /// See [`QuoteCheck::health`].
    pub health: Health,
    /// See [`QuoteCheck::now`].
    pub now: String,
    /// See [`QuoteCheck::note`].
    pub note: String,
}

/// A quote of an event that is to be looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// The citation.
    pub citation: CitationId,
    /// The words and what surrounds them.
    pub passage: Passage,
}
