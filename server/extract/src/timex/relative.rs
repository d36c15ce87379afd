//! Dates said from where we stand: "last week", "this morning", "the following month", "three days earlier".

use crate::lexicon::{self, Unit};
use crate::tokens::Tokens;

use super::expr::{Clock, Count, Expr, Found, From, Rel, YearSpec};
use super::{Modifier, TimexKind, calendar_names, clock, parts, quarters};

/// How an adjective places a unit of time.
pub(crate) fn rel_word(word: &str) -> Option<Rel> {
    Some(match word {
        "last" | "past" => Rel::Last,
        "previous" | "prior" | "preceding" => Rel::Preceding,
        "this" | "current" => Rel::This,
        "next" | "coming" | "upcoming" => Rel::Next,
        "following" | "ensuing" | "subsequent" | "succeeding" => Rel::Following,
        "that" | "same" => Rel::Same,
        _ => return None,
    })
}

pub(crate) fn expression(t: &Tokens<'_>, i: usize) -> Option<Found> {
    deictic(t, i)
        .or_else(|| year_ago(t, i))
        .or_else(|| quarters::quarter(t, i))
        .or_else(|| year_end(t, i))
        .or_else(|| around_next(t, i))
        .or_else(|| same_last_year(t, i))
        .or_else(|| related(t, i))
        .or_else(|| day_around(t, i))
        .or_else(|| day_count(t, i))
}

fn deictic(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let day = |days, end, rule| Some(Found::date(i, end, Expr::Deictic(days), rule));
    match t.word(i) {
        "today" => day(0, i + 1, "today"),
        "yesterday" => day(-1, i + 1, "yesterday"),
        "tomorrow" => day(1, i + 1, "tomorrow"),
        "tonight" => {
            let found = Found::date(i, i + 1, Expr::Deictic(0), "tonight");
            Some(super::grammar::with_clock(found, Clock::Part("NI"), i + 1))
        }
        "overnight"
            if lexicon::weekday(t.word(i + 1)).is_some_and(|(_, plural)| !plural) && t.capital(i + 1) =>
        {
            let found = calendar_names::date(t, i + 1).filter(|found| found.clock.is_none())?;
            let end = found.end;
            Some(super::grammar::with_clock(Found { first: i, ..found }, Clock::Part("NI"), end))
        }
        "overnight" => {
            let found = Found::date(i, i + 1, Expr::Deictic(0), "overnight");
            Some(super::grammar::with_clock(found, Clock::Part("NI"), i + 1))
        }
        "the" if t.word(i + 1) == "day" => match (t.word(i + 2), t.word(i + 3)) {
            ("before", "yesterday") => day(-2, i + 4, "the day before yesterday"),
            ("after", "tomorrow") => day(2, i + 4, "the day after tomorrow"),
            _ => None,
        },
        _ => None,
    }
}

/// "year-ago" and "year-earlier" before a noun that is not a period itself.
fn year_ago(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let adjective = t.word(i) == "year" && t.dash(i + 1) && matches!(t.word(i + 2), "ago" | "earlier");
    let expr = Expr::Offset { count: Count::ONE, unit: Unit::Year, back: true, from: From::Publication };
    (adjective && !matches!(t.word(i + 3), "quarter" | "period" | "first" | "second" | "third" | "fourth"))
        .then(|| Found::date(i, i + 3, expr, "a year before"))
}

/// "the week after next", "the year before last".
fn around_next(t: &Tokens<'_>, i: usize) -> Option<Found> {
    if t.word(i) != "the" {
        return None;
    }
    let (unit, back) = match (t.word(i + 1), t.word(i + 2), t.word(i + 3)) {
        (unit, "after", "next") => (lexicon::unit(unit)?, false),
        (unit, "before", "last") => (lexicon::unit(unit)?, true),
        _ => return None,
    };
    let (unit, false) = unit else { return None };
    let base = Box::new(Expr::Unit { unit, rel: if back { Rel::Last } else { Rel::Next } });
    let expr = Expr::Shifted { count: Count::ONE, unit, back, base };
    (!unit.of_clock()).then(|| Found::date(i, i + 4, expr, "unit next but one"))
}

/// "the same month last year", "this time a year ago".
fn same_last_year(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let at = match (t.word(i), t.word(i + 1)) {
        ("the", "same") => i + 2,
        ("this", "time") => i + 1,
        _ => return None,
    };
    let end = match (t.word(at + 1), t.word(at + 2), t.word(at + 3)) {
        ("last", "year", _) => at + 3,
        ("a" | "one", "year", "ago" | "earlier" | "before") => at + 4,
        ("the", "previous" | "prior" | "preceding", "year") => at + 4,
        _ => return None,
    };
    let expr = match t.word(at) {
        // Not closer than the year: what was compared is not said.
        "time" | "point" | "stage" | "period" => Expr::Unit { unit: Unit::Year, rel: Rel::Last },
        word => {
            let (unit, _) = lexicon::unit(word).filter(|(unit, plural)| !plural && *unit < Unit::Quarter)?;
            let base = Box::new(Expr::Unit { unit, rel: Rel::This });
            Expr::Shifted { count: Count::ONE, unit: Unit::Year, back: true, base }
        }
    };
    Some(Found::date(i, end, expr, "a year before"))
}

/// "year-end", "the year's end", "at month's end".
fn year_end(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let at = if t.word(i) == "the" { i + 1 } else { i };
    let unit = match t.word(at) {
        "year" => Unit::Year,
        "month" => Unit::Month,
        "week" => Unit::Week,
        _ => return None,
    };
    let linked = t.dash(at + 1) || matches!(t.word(at + 1), "'s" | "’s");
    let end = if linked { at + 2 } else { at + 1 };
    if t.word(end) != "end" || !(linked || unit == Unit::Year) {
        return None;
    }
    if unit == Unit::Year {
        let expr = Expr::Day { year: YearSpec::Open, month: Some(12), day: 31 };
        return Some(Found::date(i, end + 1, expr, "end of the year"));
    }
    let expr = Expr::Unit { unit, rel: Rel::This };
    Some(Found::date(i, end + 1, expr, "end of a period").modified(Modifier::End))
}

/// An adjective such as "last", "this" or "the following" with a unit, a month, a weekday, a season, or a part of
/// the day.
fn related(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let the = matches!(t.word(i), "the" | "that" | "this");
    let mut at = i;
    let mut rel = None;
    if the {
        rel = rel_word(t.word(i));
        at += 1;
        // "this past week", "this coming Sunday", "that same day", "the very next day"
        if t.word(at) == "very" {
            at += 1;
        }
        // In "said that last week it sued" the "that" belongs to "said".
        if t.word(i) == "that" && matches!(t.word(at), "last" | "next" | "past" | "this") {
            return None;
        }
        // "The latest week" has ended.
        if t.word(at) == "latest" && t.word(i) == "the" {
            rel = Some(Rel::Last);
            at += 1;
        }
        if let Some(next) = rel_word(t.word(at)).filter(|next| *next != Rel::This || t.word(at) == "current")
        {
            rel = Some(next);
            at += 1;
        }
    } else if let Some(found) = rel_word(t.word(i)) {
        // "Following Tuesday's vote" has a preposition; "following weeks" lacks what it follows.
        if found == Rel::Following {
            return None;
        }
        rel = Some(found);
        at += 1;
    }
    let bare_the = the && rel.is_none();
    let rel = match rel {
        Some(Rel::Next) if t.word(i) == "the" => Rel::Following,
        Some(rel) => rel,
        None if bare_the => Rel::Bare,
        None => return bare_weekend(t, i),
    };
    if at == i {
        return None;
    }
    let word = t.word(at);
    // "last night" is the night of the day before; other parts of a day are of the day itself.
    if let Some((code, end)) = clock::part_name(t, at) {
        let expr = match rel {
            Rel::Last => Expr::Deictic(-1),
            Rel::This => Expr::Deictic(0),
            Rel::Following | Rel::Preceding | Rel::Same => Expr::Unit { unit: Unit::Day, rel },
            Rel::Next => Expr::Unit { unit: Unit::Day, rel: Rel::Following },
            Rel::Bare => return None,
        };
        let found = Found::date(i, end, expr, "part of a day");
        return Some(super::grammar::with_clock(found, Clock::Part(code), end));
    }
    if word == "weekend" {
        return Some(Found::date(i, at + 1, Expr::Weekend(rel), "weekend"));
    }
    if !bare_the {
        if let Some(found) = calendar_names::date(t, at) {
            let expr = match found.expr {
                Expr::Month { year: YearSpec::Open, month, .. } => {
                    Expr::Month { year: YearSpec::Open, month, rel: Some(rel) }
                }
                Expr::Weekday { day, week: None, .. } => Expr::Weekday { day, rel: Some(rel), week: None },
                Expr::Season { season, year: YearSpec::Open, .. } => {
                    Expr::Season { season, year: YearSpec::Open, rel: Some(rel) }
                }
                Expr::Day { .. } if t.word(i) == "this" => {
                    return Some(Found { first: i, ..found });
                }
                Expr::Holiday { name, .. } => Expr::Holiday { name, year: YearSpec::Relative(rel) },
                _ => return None,
            };
            return Some(Found { first: i, expr, rule: "relative name", ..found });
        }
        if let Some(code) = lexicon::season(word) {
            let expr = Expr::Season { season: code, year: YearSpec::Open, rel: Some(rel) };
            return Some(Found::date(i, at + 1, expr, "relative season"));
        }
    }
    let mut noun = at;
    if matches!(
        word,
        "fiscal"
            | "calendar"
            | "full"
            | "academic"
            | "school"
            | "financial"
            | "business"
            | "entire"
            | "whole"
    ) {
        noun += 1;
    }
    if word == "full" && matches!(t.word(noun), "fiscal") {
        noun += 1;
    }
    let (unit, plural) = lexicon::unit(t.word(noun))?;
    if plural || matches!(unit, Unit::Second | Unit::Minute) || t.dash(noun + 1) {
        return None;
    }
    let end = noun + 1;
    if bare_the {
        return bare_unit(t, i, end, unit);
    }
    if unit.of_clock() || (unit == Unit::Day && rel == Rel::This) {
        return None;
    }
    // "The past decade" has lasted until now; "last decade" and "the previous decade" were others.
    if rel == Rel::Last && unit >= Unit::Decade && (t.word(i) == "the" || t.word(at - 1) == "past") {
        let text = super::duration::value(Count::ONE, unit);
        return Some(Found::of(TimexKind::Duration, i, end, Expr::Fixed(text), "length of time"));
    }
    let expr = Expr::Unit { unit, rel };
    Some(Found::date(i, end, expr, "relative unit"))
}

/// "the week", "the year": a date when the text treats it as one, not when it counts ("times the year").
fn bare_unit(t: &Tokens<'_>, i: usize, end: usize, unit: Unit) -> Option<Found> {
    let expr = Expr::Unit { unit, rel: Rel::Bare };
    match unit {
        // "the year ended June 30" is a length of time, not a calendar year.
        Unit::Year if matches!(t.word(end), "ended" | "ending") => {
            Some(Found::of(TimexKind::Duration, i, end, Expr::Fixed("P1Y".to_owned()), "length of time"))
        }
        Unit::Week | Unit::Month | Unit::Year => {
            let led = i > 0
                && matches!(
                    t.word(i - 1),
                    "in" | "for"
                        | "during"
                        | "of"
                        | "over"
                        | "through"
                        | "throughout"
                        | "within"
                        | "earlier"
                        | "later"
                        | "and"
                        | "on"
                );
            let follows =
                matches!(t.word(end), "'s" | "’s" | "ended" | "ending" | "," | "." | "and" | "to" | "as");
            let of = matches!(t.word(end), "of" | "when" | "that" | "after" | "before" | "since" | "-");
            (led && !of
                && (follows
                    || !t.word(end).starts_with(|c: char| c.is_alphabetic())
                    || matches!(t.word(i - 1), "in" | "for" | "of" | "during")))
            .then(|| Found::date(i, end, expr, "the current unit"))
        }
        _ => None,
    }
}

fn bare_weekend(t: &Tokens<'_>, i: usize) -> Option<Found> {
    (t.word(i) == "weekend" && i > 0 && matches!(t.word(i - 1), "over" | "holiday"))
        .then(|| Found::date(i, i + 1, Expr::Weekend(Rel::Bare), "weekend"))
}

/// "the second day of the talks", "a third straight day".
fn day_count(t: &Tokens<'_>, i: usize) -> Option<Found> {
    if !matches!(t.word(i), "the" | "a") || lexicon::ordinal(t.word(i + 1)).is_none() {
        return None;
    }
    let straight = matches!(t.word(i + 2), "straight" | "consecutive" | "successive" | "full");
    let at = if straight { i + 3 } else { i + 2 };
    let closes = !t.word(at + 1).starts_with(|c: char| c.is_alphanumeric()) && !t.dash(at + 1)
        || matches!(t.word(at + 1), "of" | "in" | "running" | "on" | "to" | "and" | "as" | "after" | "with");
    (t.word(at) == "day" && closes).then(|| Found::date(i, at + 1, Expr::DayCount, "day of something"))
}

/// The rule of "the day after the memo".
pub(crate) const DAY_BY_EVENT: &str = "day by an event";

/// "the day before", "the day after", "a day earlier" without a number.
fn day_around(t: &Tokens<'_>, i: usize) -> Option<Found> {
    if t.word(i) != "the" {
        return None;
    }
    if let Some((code, end)) = clock::part_name(t, i + 1)
        && matches!(t.word(end), "before" | "after")
        && (!t.word(end + 1).starts_with(|c: char| c.is_alphanumeric())
            || matches!(t.word(end + 1), "and" | "in" | "at"))
    {
        let rel = if t.word(end) == "before" { Rel::Preceding } else { Rel::Following };
        let found = Found::date(i, end + 1, Expr::Unit { unit: Unit::Day, rel }, "unit before or after");
        return Some(super::grammar::with_clock(found, Clock::Part(code), end + 1));
    }
    let (unit, plural) = lexicon::unit(t.word(i + 1))?;
    let back = match t.word(i + 2) {
        "before" | "earlier" | "previous" => true,
        "after" | "later" | "following" => false,
        _ => return None,
    };
    let closes = !t.word(i + 3).starts_with(|c: char| c.is_alphanumeric())
        || matches!(t.word(i + 3), "and" | "by" | "in" | "with" | "at");
    if plural || unit.of_clock() {
        return None;
    }
    // "the day after the memo": the words after it say from when.
    if !closes && matches!(t.word(i + 2), "before" | "after") && unit == Unit::Day {
        let expr = Expr::Offset { count: Count::ONE, unit, back, from: From::Event };
        return Some(Found::date(i, i + 2, expr, DAY_BY_EVENT));
    }
    if !closes {
        return None;
    }
    let expr = Expr::Unit { unit, rel: if back { Rel::Preceding } else { Rel::Following } };
    Some(Found::date(i, i + 3, expr, "unit before or after"))
}

/// What "ago", "earlier" or "later" makes of a duration: a date.
pub(crate) fn offset(t: &Tokens<'_>, i: usize, at: usize, count: Count, unit: Unit) -> Option<Found> {
    let found = |back, from, end| {
        let kind = if unit.of_clock() { TimexKind::Time } else { TimexKind::Date };
        Some(Found::of(kind, i, end, Expr::Offset { count, unit, back, from }, "offset"))
    };
    let closes = |end: usize| {
        !t.word(end).starts_with(|c: char| c.is_alphanumeric())
            || matches!(
                t.word(end),
                "and"
                    | "by"
                    | "in"
                    | "with"
                    | "at"
                    | "when"
                    | "was"
                    | "were"
                    | "had"
                    | "did"
                    | "is"
                    | "on"
                    | "to"
                    | "for"
                    | "but"
                    | "amid"
            )
    };
    match (t.word(at), t.word(at + 1)) {
        ("ago", _) => found(true, From::Publication, at + 1),
        ("earlier", "than") => None,
        ("earlier", _) => found(true, From::Spoken, at + 1),
        ("later", _) | ("afterward", _) | ("afterwards", _) => found(false, From::Spoken, at + 1),
        ("hence", _) => found(false, From::Publication, at + 1),
        ("from", "now") => found(false, From::Publication, at + 2),
        ("from", _) => parts::from_date(t, i, at, count, unit),
        ("before", "that") | ("after", "that") => found(t.word(at) == "before", From::Spoken, at + 2),
        ("before", _) if closes(at + 1) => found(true, From::Spoken, at + 1),
        ("after", _) if !t.word(at + 1).starts_with(|c: char| c.is_alphanumeric()) => {
            found(false, From::Spoken, at + 1)
        }
        ("after" | "before", _) => found(t.word(at) == "before", From::Event, at),
        _ => None,
    }
}

/// "ago" after "or so".
pub(crate) fn ago(t: &Tokens<'_>, found: &Found) -> Option<Found> {
    let (count, unit) = super::duration::counted(t, found.first)?;
    let expr = Expr::Offset { count, unit, back: true, from: From::Publication };
    Some(Found::date(found.first, found.end + 1, expr, "offset"))
}
