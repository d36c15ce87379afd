//! Parts of a longer time: "early January", "the end of the year", "the first week of March".

use crate::lexicon::{self, Unit};
use crate::tokens::Tokens;

use super::expr::{Clock, Count, Expr, Found, Part, Rel, YearSpec};
use super::{Modifier, TimexKind, calendar_names, clock, figures, numbers, relative};

/// A part of a longer time at the token.
pub(super) fn part_of(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let counted = counted(t, i).or_else(|| holding(t, i));
    let edge = edge(t, i);
    let plain = plain(t, i);
    [counted, edge, plain, sometime(t, i)].into_iter().flatten().max_by_key(|found| found.end)
}

/// The words for the beginning, the middle or the end of what follows, the token after them, and whether they
/// compare ("earlier").
fn lead(t: &Tokens<'_>, i: usize) -> Option<(Modifier, usize, bool)> {
    let hyphen = |at: usize| if t.dash(at) { at + 1 } else { at };
    Some(match t.word(i) {
        "early" => (Modifier::Start, hyphen(i + 1), false),
        "earlier" => (Modifier::Start, i + 1, true),
        "late" => (Modifier::End, hyphen(i + 1), false),
        "later" => (Modifier::End, i + 1, true),
        "mid" => (Modifier::Mid, hyphen(i + 1), false),
        "the" => match (t.word(i + 1), t.word(i + 2)) {
            ("early" | "latter" | "later", "part") if t.word(i + 3) == "of" => {
                (if t.word(i + 1) == "early" { Modifier::Start } else { Modifier::End }, i + 4, false)
            }
            ("early" | "earliest", _) => (Modifier::Start, hyphen(i + 2), false),
            ("late" | "latter", _) => (Modifier::End, hyphen(i + 2), false),
            ("mid", _) => (Modifier::Mid, hyphen(i + 2), false),
            ("beginning" | "start" | "opening" | "outset" | "dawn", "of") => (Modifier::Start, i + 3, false),
            ("end" | "close" | "conclusion", "of") => (Modifier::End, i + 3, false),
            ("middle", "of") => (Modifier::Mid, i + 3, false),
            ("very", "end") if t.word(i + 3) == "of" => (Modifier::End, i + 4, false),
            ("very", "beginning" | "start") if t.word(i + 3) == "of" => (Modifier::Start, i + 4, false),
            _ => return None,
        },
        _ => return None,
    })
}

/// "early January", "mid-1998", "the end of the year", "late on Wednesday".
fn plain(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let (modifier, mut at, earlier) = lead(t, i)?;
    if matches!(t.word(at), "in" | "on") {
        at += 1;
    }
    // "earlier in the day"
    if matches!(t.word(i), "earlier" | "later")
        && t.word(i + 1) == "in"
        && t.word(at) == "the"
        && t.word(at + 1) == "day"
    {
        let expr = Expr::Unit { unit: Unit::Day, rel: Rel::Same };
        return Some(Found::date(i, at + 2, expr, "part of the day spoken of").modified(modifier));
    }
    let inner = calendar_names::date(t, at)
        .or_else(|| relative::expression(t, at))
        .map(|found| clock::after_date(t, found))
        .or_else(|| clock::part_of_day(t, at))
        .or_else(|| figures::date(t, at))
        .or_else(|| bare_period(t, at))
        .or_else(|| {
            // "the middle of the night"
            let (code, end) = clock::part_name(t, at + 1).filter(|_| t.word(at) == "the")?;
            let found = Found::of(TimexKind::Time, at, end, Expr::TimeOfDay, "part of a day");
            Some(Found { clock: Some(Clock::Part(code)), ..found })
        })?;
    let fits = match inner.expr {
        Expr::Unit { rel, .. } => {
            !earlier || rel != Rel::Bare || t.word(at) == "that" || t.word(i + 1) == "in"
        }
        Expr::Month { .. }
        | Expr::Year(_)
        | Expr::Decade(_)
        | Expr::Century(_)
        | Expr::Season { .. }
        | Expr::Weekday { .. }
        | Expr::Deictic(_)
        | Expr::Quarter { .. }
        | Expr::Weekend(_)
        | Expr::TimeOfDay
        | Expr::Holiday { .. }
        | Expr::Day { .. } => true,
        _ => false,
    };
    (fits && inner.modifier.is_none()).then(|| Found { first: i, ..inner }.modified(modifier))
}

/// "the week of January 12", "the month of May".
fn holding(t: &Tokens<'_>, i: usize) -> Option<Found> {
    if t.word(i) != "the" || !matches!(t.word(i + 2), "of" | "beginning" | "starting" | "ending") {
        return None;
    }
    let whole =
        calendar_names::date(t, i + 3).filter(|found| found.clock.is_none() && found.modifier.is_none())?;
    let expr = match (t.word(i + 1), whole.expr) {
        ("week", expr @ (Expr::Day { month: Some(_), .. } | Expr::Holiday { .. })) => {
            Expr::Nth { number: 0, part: Part::Week, whole: Box::new(expr) }
        }
        ("weekend", expr @ Expr::Day { month: Some(_), .. }) => {
            // "the weekend of Jan. 17-18" names both of its days.
            let both =
                t.dash(whole.end) && t.joined(whole.end) && numbers::figures(t, whole.end + 1).is_some();
            let end = if both { whole.end + 2 } else { whole.end };
            let expr = Expr::Nth { number: 0, part: Part::Weekend, whole: Box::new(expr) };
            return Some(Found::date(i, end, expr, "period that holds a date"));
        }
        ("month", expr @ Expr::Month { .. }) if t.word(i + 2) == "of" => expr,
        _ => return None,
    };
    Some(Found::date(i, whole.end, expr, "period that holds a date"))
}

/// "sometime next year", "some time this week".
fn sometime(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let at = match (t.word(i), t.word(i + 1)) {
        ("sometime", _) => i + 1,
        ("some", "time") => i + 2,
        _ => return None,
    };
    let inner =
        relative::expression(t, at).filter(|found| found.modifier.is_none() && found.clock.is_none())?;
    matches!(inner.expr, Expr::Unit { rel: Rel::This | Rel::Last | Rel::Next, .. } | Expr::Weekend(_))
        .then_some(Found { first: i, ..inner })
}

/// "the first week of January", "the last Friday in March", "the second half of the 1990s", "the 15th of last month".
fn counted(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let at = if t.word(i) == "the" { i + 1 } else { i };
    let number: i8 = match t.word(at) {
        "last" | "final" | "closing" => -1,
        "opening" => 1,
        "latter" => 2,
        word => i8::try_from(lexicon::ordinal(word)?).ok().filter(|number| *number <= 31)?,
    };
    let mut at = at + 1;
    if matches!(t.word(at), "full" | "whole" | "calendar" | "trading" | "business" | "working") {
        at += 1;
    }
    let (part, of) = match t.word(at) {
        "half" if (1..=2).contains(&number) => (Part::Half, at + 1),
        "half" if number < 0 => (Part::Half, at + 1),
        "weekend" => (Part::Weekend, at + 1),
        "of" if number > 0 => (Part::Day, at),
        word => match (lexicon::weekday(word), lexicon::unit(word)) {
            (Some((weekday, false)), _) if t.capital(at) => (Part::Weekday(weekday), at + 1),
            (None, Some((Unit::Day, false))) => (Part::Day, at + 1),
            (None, Some((Unit::Week, false))) => (Part::Week, at + 1),
            (None, Some((Unit::Month, false))) => (Part::Month, at + 1),
            _ => return None,
        },
    };
    if !matches!(t.word(of), "of" | "in") || t.word(of) == "in" && matches!(part, Part::Half | Part::Day) {
        return None;
    }
    let whole = calendar_names::date(t, of + 1)
        .or_else(|| relative::expression(t, of + 1))
        .filter(|found| found.clock.is_none() && found.modifier.is_none())
        .or_else(|| bare_period(t, of + 1))?;
    let fits = match (&whole.expr, part) {
        // "the third of the year" is a fraction, and "the third of 1998" a rank.
        (Expr::Month { .. } | Expr::Unit { unit: Unit::Month, .. }, Part::Day) => true,
        (
            Expr::Year(_) | Expr::Unit { unit: Unit::Year | Unit::Quarter, .. } | Expr::Quarter { .. },
            Part::Day,
        ) => of > at,
        (Expr::Unit { unit: Unit::Week, .. }, Part::Day) => of > at,
        // Halves of years are periods of their own.
        (Expr::Year(_) | Expr::Unit { unit: Unit::Year, .. }, Part::Half) => false,
        (Expr::Decade(_) | Expr::Century(_), Part::Half) => true,
        (Expr::Unit { unit: Unit::Decade | Unit::Century | Unit::Month | Unit::Week, .. }, Part::Half) => {
            true
        }
        (Expr::Month { .. }, _) => part != Part::Month,
        (Expr::Unit { unit: Unit::Month, .. }, _) => part != Part::Month,
        (Expr::Year(_) | Expr::Season { .. } | Expr::Quarter { .. }, _) => part != Part::Half,
        (Expr::Unit { unit: Unit::Year | Unit::Quarter, .. }, _) => true,
        _ => false,
    };
    // "the first of May" is a day of its own kind, which names it with its year.
    if !fits || (of == at && matches!(whole.expr, Expr::Month { .. })) {
        return None;
    }
    let number = if part == Part::Half && number < 0 { 2 } else { number };
    let expr = Expr::Nth { number, part, whole: Box::new(whole.expr) };
    let found = Found::date(i, whole.end, expr, "part counted off");
    Some(match (part, number) {
        (Part::Half, 1) => found.modified(Modifier::Start),
        (Part::Half, _) => found.modified(Modifier::End),
        _ => found,
    })
}

/// "the last days of 2025", "the early months of last year": no number, so only the edge of the whole.
fn edge(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let at = if t.word(i) == "the" { i + 1 } else { i };
    let modifier = match t.word(at) {
        "first" | "early" | "opening" => Modifier::Start,
        "last" | "final" | "closing" | "waning" | "dying" | "latter" => Modifier::End,
        _ => return None,
    };
    let of = if matches!(t.word(at + 1), "few") { at + 2 } else { at + 1 };
    let (unit, plural) = lexicon::unit(t.word(of))?;
    if !plural || unit.of_clock() || t.word(of + 1) != "of" {
        return None;
    }
    let whole = calendar_names::date(t, of + 2)
        .or_else(|| relative::expression(t, of + 2))
        .filter(|found| found.clock.is_none() && found.modifier.is_none())
        .or_else(|| bare_period(t, of + 2))?;
    let fits = matches!(
        whole.expr,
        Expr::Month { .. }
            | Expr::Year(_)
            | Expr::Decade(_)
            | Expr::Century(_)
            | Expr::Season { .. }
            | Expr::Unit { .. }
            | Expr::Quarter { .. }
    );
    fits.then(|| Found::date(i, whole.end, whole.expr, "edge of a period").modified(modifier))
}

/// "the month" and "the year" after "of", where nothing else can be meant.
fn bare_period(t: &Tokens<'_>, i: usize) -> Option<Found> {
    if t.word(i) != "the" {
        return None;
    }
    let (unit, plural) = lexicon::unit(t.word(i + 1))?;
    let fits = !plural
        && matches!(
            unit,
            Unit::Week | Unit::Month | Unit::Quarter | Unit::Year | Unit::Decade | Unit::Century
        )
        && !t.dash(i + 2)
        && t.word(i + 2) != "of";
    fits.then(|| Found::date(i, i + 2, Expr::Unit { unit, rel: Rel::Bare }, "the current unit"))
}

/// "three years ago this month", "a week ago Friday", "two weeks from today": what an offset is counted from, after it.
pub(super) fn shifted(t: &Tokens<'_>, found: Found) -> Found {
    let Expr::Offset { count, unit, back, .. } = found.expr else { return found };
    if count.vague() || unit.of_clock() {
        return found;
    }
    let end = found.end;
    if back && t.word(end - 1) != "ago" {
        return found;
    }
    let Some(base) = calendar_names::date(t, end).or_else(|| relative::expression(t, end)) else {
        return found;
    };
    let fits = match base.expr {
        Expr::Deictic(_) => true,
        Expr::Unit { rel: Rel::This | Rel::Last | Rel::Next, unit: base } => base < unit,
        Expr::Weekday { week: None, rel: None, .. } => unit <= Unit::Fortnight,
        Expr::Month { year: YearSpec::Open, rel: Some(Rel::This), .. } => unit >= Unit::Year,
        Expr::Weekend(Rel::This) => true,
        _ => false,
    };
    if !fits || base.clock.is_some() || base.modifier.is_some() {
        return found;
    }
    let expr = Expr::Shifted { count, unit, back, base: Box::new(base.expr) };
    Found { end: base.end, expr, rule: "offset from a date", ..found }
}

/// "a week from Friday", "two weeks from today".
pub(super) fn from_date(t: &Tokens<'_>, i: usize, from: usize, count: Count, unit: Unit) -> Option<Found> {
    let base = calendar_names::date(t, from + 1).or_else(|| relative::expression(t, from + 1))?;
    let expr = match base.expr {
        Expr::Weekday { day, rel: None, week: None } => {
            Expr::Weekday { day, rel: Some(Rel::Next), week: None }
        }
        expr @ (Expr::Weekday { rel: Some(Rel::This | Rel::Next), .. } | Expr::Deictic(0..)) => expr,
        _ => return None,
    };
    let fits = !count.vague() && !unit.of_clock() && base.clock.is_none() && base.modifier.is_none();
    let expr = Expr::Shifted { count, unit, back: false, base: Box::new(expr) };
    fits.then(|| Found::date(i, base.end, expr, "offset from a date"))
}
