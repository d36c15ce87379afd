//! Time expressions (TIMEX3) found in text and normalised.

mod calendar_names;
mod clock;
mod duration;
mod expr;
mod figures;
mod grammar;
mod lists;
mod named;
mod numbers;
mod parts;
mod quarters;
mod ranges;
mod recurring;
mod relative;
mod resolve;
mod scene;
mod tense;
mod vague;
mod value;
mod years;

use std::ops::Range;

use crate::Context;
use crate::sentences::Sentence;
use crate::tokens::Tokens;

/// The TIMEX3 type of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimexKind {
    /// A calendar date of a day or more.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// Something that recurs.
    Set,
}

impl TimexKind {
    /// The name TIMEX3 gives the type.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
            Self::Set => "SET",
        }
    }
}

/// The TIMEX3 `mod` of an expression: how the words qualify the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Modifier {
    /// "about", "around", "or so".
    Approx,
    /// "early", "the beginning of".
    Start,
    /// "mid-", "the middle of".
    Mid,
    /// "late", "the end of".
    End,
    /// "before".
    Before,
    /// "after".
    After,
    /// "by".
    OnOrBefore,
    /// "since", "or later".
    OnOrAfter,
    /// "nearly", "less than".
    LessThan,
    /// "more than".
    MoreThan,
    /// "up to", "no more than".
    EqualOrLess,
    /// "at least".
    EqualOrMore,
}

impl Modifier {
    /// The name TIMEX3 gives the modifier.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Approx => "APPROX",
            Self::Start => "START",
            Self::Mid => "MID",
            Self::End => "END",
            Self::Before => "BEFORE",
            Self::After => "AFTER",
            Self::OnOrBefore => "ON_OR_BEFORE",
            Self::OnOrAfter => "ON_OR_AFTER",
            Self::LessThan => "LESS_THAN",
            Self::MoreThan => "MORE_THAN",
            Self::EqualOrLess => "EQUAL_OR_LESS",
            Self::EqualOrMore => "EQUAL_OR_MORE",
        }
    }
}

/// One way to read an ambiguous expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The TIMEX3 value under this reading.
    pub value: String,
    /// The EDTF expression under this reading.
    pub edtf: String,
    /// What the reading assumes, in words: "month first".
    pub basis: String,
}

/// The event an expression is counted from: "two days after the memo".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimexAnchor {
    /// The words that name the event, as printed.
    pub words: String,
    /// The identifier of the event on the timeline, when one matched.
    pub event: Option<String>,
}

/// A time expression and what it denotes.
#[derive(Clone, Debug, PartialEq)]
pub struct Timex {
    /// Byte range in the text.
    pub span: Range<usize>,
    /// The TIMEX3 type.
    pub kind: TimexKind,
    /// The TIMEX3 value (TimeML 1.2.1): `2026-01-09`, `2026-W05`, `P2W`, `PAST_REF`, `XXXX-WXX-1`.
    pub value: String,
    /// The date as EDTF (ISO 8601-2, level 1 with one-of windows such as `[2026-01-26..2026-02-01]`); `None` for
    /// durations, sets, vague references, and dates that are ambiguous.
    pub edtf: Option<String>,
    /// Every reading when there is more than one, the likelier first; empty otherwise.
    pub readings: Vec<Reading>,
    /// The rule that recognised and resolved the expression.
    pub rule: &'static str,
    /// What the date was worked out from, in words: "from the publication date 2026-01-29".
    pub basis: String,
    /// How sure the resolution is, from 0 to 1.
    pub confidence: f32,
    /// How the words qualify the value.
    pub modifier: Option<Modifier>,
    /// The event the expression is counted from, if any.
    pub anchor: Option<TimexAnchor>,
    /// When the expression is one end of a range ("from Jan. 5 to 9"), the whole range as EDTF.
    pub range: Option<String>,
}

pub(crate) fn tag(tokens: &Tokens<'_>, sentences: &[Sentence], context: &Context<'_>) -> Vec<Timex> {
    let found = grammar::find(tokens, sentences);
    let mut timexes = resolve::resolve(tokens, sentences, &found, context);
    ranges::link(tokens, &mut timexes);
    timexes
}
