//! What the words of a time expression say, before any reference date is known.

use crate::lexicon::Unit;

use super::{Modifier, TimexKind};

/// How a stretch of time stands to the one we speak in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rel {
    /// "last", "past", "previous": the one before that of the publication.
    Last,
    /// "this", "current", "the": the one we are in.
    This,
    /// "next", "coming", "upcoming".
    Next,
    /// "the following", "the next day": the one after that spoken of.
    Following,
    /// "the previous", "the preceding": the one before that spoken of.
    Preceding,
    /// "that", "the same": the one spoken of.
    Same,
    /// "the": whichever is spoken of, else the current one.
    Bare,
}

/// Which year a date falls in, as far as the words say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum YearSpec {
    /// Not said.
    Open,
    /// Said outright.
    Given(i32),
    /// "this year", "of last year", "of that year".
    Relative(Rel),
}

/// A number of units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Count {
    /// The number; 0 when it is vague ("several").
    pub(crate) number: u32,
    /// Whether half a unit comes on top.
    pub(crate) half: bool,
}

impl Count {
    pub(crate) const ONE: Self = Self { number: 1, half: false };
    pub(crate) const VAGUE: Self = Self { number: 0, half: false };

    pub(crate) fn vague(self) -> bool {
        self.number == 0 && !self.half
    }
}

/// Where an offset is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum From {
    /// The publication: "ago", "from now".
    Publication,
    /// The date spoken of: "earlier", "later", "before".
    Spoken,
    /// An event named after the words: "two days after the memo".
    Event,
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Clock {
    /// Hour and minute, 24 hours; the minute is `None` when only the hour was said.
    At(u8, Option<u8>),
    /// Hour, minute and second.
    Full(u8, u8, u8),
    /// A part of the day by its TIMEX3 code: MO, MI, AF, EV, NI, DT.
    Part(&'static str),
}

/// A vague reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Vague {
    Past,
    Present,
    Future,
}

/// The kind of part that is counted off in a longer time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Day,
    Weekday(u8),
    Week,
    Weekend,
    Month,
    Half,
}

/// The meaning of an expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expr {
    Day {
        year: YearSpec,
        month: Option<u8>,
        day: u8,
    },
    /// A date in figures whose order is not known: both numbers can be the month.
    Figures {
        year: i32,
        first: u8,
        second: u8,
    },
    Month {
        year: YearSpec,
        month: u8,
        rel: Option<Rel>,
    },
    Weekday {
        day: u8,
        rel: Option<Rel>,
        week: Option<Rel>,
    },
    Year(i32),
    Decade(i32),
    Century(i32),
    Season {
        season: &'static str,
        year: YearSpec,
        rel: Option<Rel>,
    },
    Quarter {
        number: Option<u8>,
        year: YearSpec,
        rel: Rel,
        half: bool,
        /// Whether the words say "period", which may be a quarter or the months spoken of.
        period: bool,
    },
    Unit {
        unit: Unit,
        rel: Rel,
    },
    Weekend(Rel),
    /// Days from the publication: today, yesterday, tomorrow.
    Deictic(i64),
    Offset {
        count: Count,
        unit: Unit,
        back: bool,
        from: From,
    },
    /// A time as far from another as the words say: "three years ago this month", "a week from Friday".
    Shifted {
        count: Count,
        unit: Unit,
        back: bool,
        base: Box<Expr>,
    },
    /// A part counted off in a longer time, from its end when the number is negative: "the first Tuesday of March",
    /// "the last week of the year".
    Nth {
        number: i8,
        part: Part,
        whole: Box<Expr>,
    },
    Holiday {
        name: String,
        year: YearSpec,
    },
    Vague(Vague),
    /// A day by its number in something that goes on: "the second day of the talks".
    DayCount,
    /// A time of day with no day named.
    TimeOfDay,
    /// "in two weeks": a date when the clause looks ahead, a length of time otherwise.
    Within {
        count: Count,
        unit: Unit,
    },
    /// A value that needs no reference: durations and sets.
    Fixed(String),
}

/// An expression found, as a range of tokens.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) first: usize,
    /// The token after the last.
    pub(crate) end: usize,
    pub(crate) expr: Expr,
    pub(crate) kind: TimexKind,
    pub(crate) modifier: Option<Modifier>,
    pub(crate) clock: Option<Clock>,
    pub(crate) rule: &'static str,
}

impl Found {
    pub(crate) fn date(first: usize, end: usize, expr: Expr, rule: &'static str) -> Self {
        Self { first, end, expr, kind: TimexKind::Date, modifier: None, clock: None, rule }
    }

    pub(crate) fn of(kind: TimexKind, first: usize, end: usize, expr: Expr, rule: &'static str) -> Self {
        Self { kind, ..Self::date(first, end, expr, rule) }
    }

    pub(crate) fn modified(mut self, modifier: Modifier) -> Self {
        self.modifier = Some(modifier);
        self
    }
}
