//! What a format cannot hold.

use crate::export::Export;
use crate::format::Format;
use crate::{atom, csv, docx, ftm, ics, json, json_feed, markdown, markwhen, sheet, timelinejs};

/// What of a record is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Dates that are not a plain day, month or year.
    Dates,
    /// Dates that sources give otherwise.
    RivalDates,
    /// Parties, their names, parts and order.
    Parties,
    /// Quotes, who says so, and where they stand.
    Citations,
    /// Kind, phase, importance and order of events.
    Facts,
    /// How deadlines stand, and what their days are counted from.
    Deadlines,
    /// Which events are steps of one.
    Steps,
    /// What the parties hold.
    Positions,
    /// What is said of the dispute itself.
    About,
    /// Texts that are cut or changed.
    Texts,
}

/// Something of a record that a format does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// What it is.
    pub part: Part,
    /// How much of it and what becomes of it, in a sentence for people.
    pub words: String,
}

impl Loss {
    pub(crate) fn new(part: Part, words: impl Into<String>) -> Self {
        Self { part, words: words.into() }
    }

    /// A loss of so many things, which `words` tells of; none of none.
    pub(crate) fn of(part: Part, count: usize, words: impl FnOnce(usize) -> String) -> Option<Self> {
        (count > 0).then(|| Self::new(part, words(count)))
    }
}

/// What a format cannot hold of this very record. What is not named here comes back when the file is read again, or
/// stands in it for people.
pub fn losses(format: Format, export: &Export<'_>) -> Vec<Loss> {
    let mut losses = match format {
        Format::Json => json::losses(export),
        Format::Csv => csv::losses(export),
        Format::Ics => ics::losses(export),
        Format::Atom => atom::losses(export),
        Format::JsonFeed => json_feed::losses(export),
        Format::Docx => docx::losses(export),
        Format::FollowTheMoney => ftm::losses(export),
        Format::Markdown => markdown::losses(export),
        Format::TimelineJs => timelinejs::losses(export),
        Format::TimelineJsSheet => sheet::losses(export),
        Format::Markwhen => markwhen::losses(export),
    };
    losses.sort_by_key(|loss: &Loss| loss.part);
    losses
}
