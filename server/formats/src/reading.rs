//! What a file holds, row by row.

use chrono::NaiveDate;
use impasse_app::model::date::EventDate;
use impasse_app::model::date_input::DateQuestion;
use impasse_app::model::dispute::PartyDraft;
use serde::{Deserialize, Serialize};

use crate::csv::Columns;
use crate::draft::{Draft, DraftSource};
use crate::format::Format;
use impasse_app::t;

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 20 * 1024 * 1024;

/// The most rows that are read from a file.
pub const MAX_ROWS: usize = 100_000;

/// What the longest texts of an event may be, in characters; as the forms have it.
pub(crate) const MAX_TITLE: usize = 200;
pub(crate) const MAX_DESCRIPTION: usize = 5_000;
pub(crate) const MAX_QUOTE: usize = 2_000;
pub(crate) const MAX_NAME: usize = 300;

/// Which of two figures is the day, where both could be: 03/04/2026.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DayOrder {
    /// 3 April.
    DayFirst,
    /// 4 March.
    MonthFirst,
}

/// How to read.
#[derive(Debug, Clone)]
pub struct Options {
    /// The day that “now” and “today” in a file stand for.
    pub today: NaiveDate,
    /// What to do where a date can be read in two ways; without it such a date is an error with both readings.
    pub order: Option<DayOrder>,
    /// Which column holds what, for CSV; without it that is told by the columns' names.
    pub columns: Option<Columns>,
}

impl Options {
    /// The usual way to read, on a day.
    pub fn on(today: NaiveDate) -> Self {
        Self { today, order: None, columns: None }
    }
}

/// Why nothing of a file was read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It has more than [`MAX_BYTES`].
    #[error("{}", t!("file-too-large", most = MAX_BYTES / (1024 * 1024)))]
    TooLarge,
    /// It has more than [`MAX_ROWS`].
    #[error("{}", t!("file-too-many-rows", most = MAX_ROWS))]
    TooManyRows,
    /// It is of another format, or damaged.
    #[error("{}", t!("file-place", line = line.to_string(), column = column.to_string(), message = message))]
    Malformed {
        /// The line, from 1; 0 if it cannot be told.
        line: u64,
        /// The column, from 1; 0 if it cannot be told.
        column: u64,
        /// What is wrong.
        message: String,
    },
    /// A column that must be there is missing.
    #[error("{}", t!("file-no-column", name = .0))]
    NoColumn(&'static str),
    /// The format can be written but not read.
    #[error("{}", t!("file-write-only", format = .0.label()))]
    WriteOnly(Format),
}

impl Refusal {
    /// A file that is not what it should be as a whole.
    pub(crate) fn whole(message: impl Into<String>) -> Self {
        Self::Malformed { line: 0, column: 0, message: message.into() }
    }
}

impl From<serde_json::Error> for Refusal {
    fn from(error: serde_json::Error) -> Self {
        Self::Malformed {
            line: error.line().try_into().unwrap_or(0),
            column: error.column().try_into().unwrap_or(0),
            message: t!("file-not-json", error = error.to_string()),
        }
    }
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The format it was read as.
    pub format: Format,
    /// What it says of the dispute.
    pub about: About,
    /// The parties that it describes; those that it only names are in the rows.
    pub parties: Vec<PartyDraft>,
    /// What the parties hold.
    pub positions: Vec<DraftPosition>,
    /// Its rows, in the file's order.
    pub rows: Vec<Row>,
    /// What is to be said of the file as a whole.
    pub notes: Vec<Note>,
}

impl Reading {
    pub(crate) fn new(format: Format) -> Self {
        Self {
            format,
            about: About::default(),
            parties: Vec::new(),
            positions: Vec::new(),
            rows: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Whether every row can be taken.
    pub fn is_clean(&self) -> bool {
        self.rows.iter().all(|row| row.draft.is_some())
    }

    pub(crate) fn push(&mut self, row: Row) -> Result<(), Refusal> {
        if self.rows.len() >= MAX_ROWS {
            return Err(Refusal::TooManyRows);
        }
        self.rows.push(row);
        Ok(())
    }

    pub(crate) fn warn(&mut self, column: &str, message: impl Into<String>) {
        self.notes.push(Note::warning(column, message));
    }
}

/// What a file says of the dispute.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// Its title.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// The question at stake.
    pub question: String,
    /// Which events belong.
    pub inclusion_rule: String,
}

/// What a party holds, as a file says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftPosition {
    /// The party's key.
    pub party: String,
    /// What is held.
    pub statement: String,
    /// While it is held.
    pub date: EventDate,
    /// Where it is shown.
    pub source: Option<DraftSource>,
}

/// One row of a file, and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Where it is: the line in a text, the number of the event in JSON; both from 1.
    pub number: u64,
    /// What it comes to; none if something is wrong with it.
    pub draft: Option<Draft>,
    /// What is wrong, and what was not taken.
    pub notes: Vec<Note>,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// The row cannot be taken.
    Error,
    /// Something of the row is not taken, or was changed.
    Warning,
}

/// What is to be said of a row, or of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// How bad it is.
    pub level: Level,
    /// The column, key or property.
    pub column: String,
    /// What is wrong, and what would be right, in sentences.
    pub message: String,
    /// What an unclear date could mean.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<EventDate>,
}

impl Note {
    pub(crate) fn warning(column: &str, message: impl Into<String>) -> Self {
        Self {
            level: Level::Warning,
            column: column.to_owned(),
            message: message.into(),
            readings: Vec::new(),
        }
    }
}

/// A row that is being read.
pub(crate) struct RowReader {
    number: u64,
    notes: Vec<Note>,
}

impl RowReader {
    pub(crate) fn new(number: u64) -> Self {
        Self { number, notes: Vec::new() }
    }

    pub(crate) fn warn(&mut self, column: &str, message: impl Into<String>) {
        self.notes.push(Note::warning(column, message));
    }

    pub(crate) fn error(&mut self, column: &str, message: impl Into<String>) {
        self.ask(column, DateQuestion { message: message.into(), readings: Vec::new() });
    }

    pub(crate) fn ask(&mut self, column: &str, question: DateQuestion) {
        self.notes.push(Note {
            level: Level::Error,
            column: column.to_owned(),
            message: question.message,
            readings: question.readings,
        });
    }

    /// The row, with its draft if nothing was wrong with it.
    pub(crate) fn finish(mut self, draft: Option<Draft>) -> Row {
        let draft = draft.and_then(|mut draft| {
            let is_named = !draft.title.trim().is_empty();
            if is_named {
                draft.fit(&mut self);
            } else {
                self.error("title", t!("row-no-title"));
            }
            let is_wrong = self.notes.iter().any(|note| note.level == Level::Error);
            (!is_wrong).then_some(draft)
        });
        Row { number: self.number, draft, notes: self.notes }
    }
}
