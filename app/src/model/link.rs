//! What is handed on and taken over: links to a view as it was on the day that the link was made, files to import.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::id::DisputeId;
use super::view::View;

/// A frozen view: `/s/{code}` shows tomorrow what it showed when it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What stands in its address. It cannot be guessed.
    pub code: String,
    /// The dispute.
    pub dispute: DisputeId,
    /// The query string of the view in its canonical spelling, with its `?`; empty for the default view.
    pub query: String,
    /// The revision that it shows.
    pub revision: i64,
    /// When it was made.
    pub created: DateTime<Utc>,
    /// Who made it, as they were called then; none for a reader without an account.
    pub by: Option<String>,
    /// The last day on which it opens; none for always.
    pub expires: Option<NaiveDate>,
    /// When it was taken back.
    pub revoked: Option<DateTime<Utc>>,
}

impl Link {
    /// The view that it pins.
    pub fn view(&self) -> View {
        View::read_query(&self.query).0
    }

    /// Whether it opens on a day.
    pub fn opens_on(&self, day: NaiveDate) -> bool {
        self.revoked.is_none() && self.expires.is_none_or(|last| day <= last)
    }
}

/// What is needed to make a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkDraft {
    /// See [`Link::query`].
    pub query: String,
    /// See [`Link::revision`].
    pub revision: i64,
    /// See [`Link::expires`].
    pub expires: Option<NaiveDate>,
}

/// A file that somebody is about to import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// Its name.
    pub name: String,
    /// The key of its format.
    pub format: String,
    /// How it is to be read, in words of the importer's own.
    pub options: String,
    /// Its content.
    pub bytes: Vec<u8>,
}
