//! Dates and dated events from English news text.
//!
//! Text goes in; time expressions (TIMEX3 of TimeML 1.2.1, with EDTF of ISO 8601-2 beside it) and event candidates
//! come out, each with the byte range it was read from and the rule that read it. Every function is pure: no I/O, no
//! clock, no model; the same input gives the same output. Dates are never guessed: what has two readings shows both,
//! and what was said to be coming is never reported as done.
//!
//! ```
//! use impasse_extract::{Context, Date, candidates, timexes};
//!
//! let context = Context { published: Date::new(2026, 1, 29), ..Context::default() };
//! let found = timexes("The ministry signed the order last Friday.", &context);
//! assert_eq!(found[0].value, "2026-01-23");
//! assert_eq!(found[0].edtf.as_deref(), Some("2026-01-23"));
//!
//! let extraction = candidates("The ministry signed the order last Friday.", &context);
//! assert_eq!(extraction.candidates[0].edtf.as_deref(), Some("2026-01-23"));
//! ```

mod attribution;
mod calendar;
mod candidates;
mod clause;
mod dating;
mod drafts;
mod event;
mod lexicon;
mod matching;
mod nouns;
mod offsets;
mod parties;
mod ranking;
mod reader;
mod score;
mod sections;
mod sentences;
mod timex;
mod titles;
mod tokens;
mod triggers;
mod verbs;
mod words;

pub use attribution::{Attribution, AttributionKind, attribution};
pub use calendar::Date;
pub use candidates::{Candidate, Extraction, Quote, candidates};
pub use event::{EventKind, Phase};
pub use matching::{KnownEvent, Match, match_candidate};
pub use offsets::CodePoints;
pub use parties::Party;
pub use ranking::{Dated, RankOptions, RankedDate, TimelineEntry, rank_dates, timeline};
pub use sections::{Section, SectionKind, sections};
pub use sentences::{Sentence, sentences};
pub use timex::{Modifier, Reading, Timex, TimexAnchor, TimexKind};

/// What is known about a document and the dispute it is read for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// The day the document was published: what "Tuesday" and "last month" are counted from.
    pub published: Option<Date>,
    /// The document's title, to tell it from the text where it is repeated; may be empty.
    pub title: &'a str,
    /// The dispute's parties; candidates name them by key.
    pub parties: &'a [Party],
    /// Events already on the timeline, to which expressions such as "two days after the memo" may be tied.
    pub anchors: &'a [Anchor],
}

/// An event on the timeline that time expressions may be counted from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The caller's identifier of the event.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: EventKind,
    /// Its date as EDTF; only whole days can be counted from.
    pub edtf: String,
}

/// Keeps the examples of the README true.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// The time expressions of a text, in order, none overlapping another.
pub fn timexes(text: &str, context: &Context<'_>) -> Vec<Timex> {
    let published = context.published.filter(|day| day.year() > 0);
    let context = &Context { published, ..*context };
    let tokens = tokens::Tokens::new(text);
    let blocks = sections::blocks(&tokens, context.title);
    let sentences = sentences::split(&tokens, &blocks);
    timex::tag(&tokens, &sentences, context)
}
