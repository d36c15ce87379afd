//! Dates in figures: `2026-01-09`, `01/09/2026`, `9.1.2026`.

use crate::lexicon;
use crate::tokens::{Kind, Tokens};

use super::expr::{Clock, Expr, Found, YearSpec};
use super::{TimexKind, numbers, years};

pub(crate) fn date(t: &Tokens<'_>, i: usize) -> Option<Found> {
    if t.at(i)?.kind != Kind::Number {
        return None;
    }
    if i > 0 && t.joined(i) && matches!(t.word(i - 1), "/" | "-" | ".") {
        return None;
    }
    iso(t, i)
        .or_else(|| attacks(t, i))
        .or_else(|| slashed(t, i))
        .or_else(|| pointed(t, i))
        .or_else(|| basic(t, i))
        .or_else(|| named(t, i))
}

/// "9/11" is a name for 11 September 2001.
fn attacks(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let named = t.word(i) == "9" && t.word(i + 1) == "/" && t.word(i + 2) == "11" && t.joined(i + 2);
    (named && t.word(i + 3) != "/").then(|| given(2001, 9, 11, i, i + 3))?
}

fn given(year: i32, month: u32, day: u32, first: usize, end: usize) -> Option<Found> {
    let fits = (1..=12).contains(&month) && (1..=31).contains(&day);
    let expr = Expr::Day { year: YearSpec::Given(year), month: Some(month as u8), day: day as u8 };
    fits.then(|| Found::date(first, end, expr, "date in figures"))
}

/// `2026-01-09`, with a time after `T` if there is one; `2026/01/09`.
fn iso(t: &Tokens<'_>, i: usize) -> Option<Found> {
    if t.word(i).len() != 4 {
        return None;
    }
    let year = numbers::figures(t, i)? as i32;
    let mark = t.word(i + 1);
    if !matches!(mark, "-" | "/")
        || !t.joined(i + 1)
        || !t.joined(i + 2)
        || t.word(i + 3) != mark
        || !t.joined(i + 3)
        || !t.joined(i + 4)
    {
        return None;
    }
    let month = numbers::figures(t, i + 2).filter(|_| t.word(i + 2).len() <= 2)?;
    if let Some((day, hour)) = t.word(i + 4).split_once('t') {
        let (day, hour): (u32, u8) = (day.parse().ok()?, hour.parse().ok()?);
        let minute =
            if t.word(i + 5) == ":" { t.word(i + 6).get(..2).and_then(|m| m.parse().ok()) } else { None };
        let mut end = if minute.is_some() { i + 7 } else { i + 5 };
        let mut second = None;
        if t.word(end) == ":" && t.joined(end) {
            second = t.word(end + 1).get(..2).and_then(|s| s.parse().ok()).filter(|s: &u8| *s < 60);
            end += 2;
        }
        let found = given(year, month, day, i, end)?;
        return (hour <= 24 && minute.is_none_or(|m: u8| m < 60)).then_some(Found {
            kind: TimexKind::Time,
            clock: Some(match (minute, second) {
                (Some(minute), Some(second)) => Clock::Full(hour, minute, second),
                _ => Clock::At(hour, minute),
            }),
            ..found
        });
    }
    let day = numbers::figures(t, i + 4).filter(|_| t.word(i + 4).len() <= 2)?;
    given(year, month, day, i, i + 5)
}

fn year_of(word: &str) -> Option<i32> {
    let number: i32 = word.parse().ok()?;
    match word.len() {
        4 => (1000..2200).contains(&number).then_some(number),
        2 => Some(years::two_digit_year(number)),
        _ => None,
    }
}

/// `01/09/2026` and `9-1-2026`: both orders are read unless a number above 12 settles it.
fn slashed(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let mark = t.word(i + 1);
    if !matches!(mark, "/" | "-") || t.word(i + 3) != mark || !(i + 1..=i + 4).all(|at| t.joined(at)) {
        return None;
    }
    if t.word(i).len() > 2 || t.word(i + 2).len() > 2 {
        return None;
    }
    let year_word = t.word(i + 4);
    if mark == "-" && year_word.len() != 4 {
        return None;
    }
    order(numbers::figures(t, i)?, numbers::figures(t, i + 2)?, year_of(year_word)?, i, i + 5)
}

/// `9.1.2026` is one token; day first, as everywhere that writes points.
fn pointed(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let mut parts = t.word(i).split('.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || day.len() > 2 || month.len() > 2 || year.len() != 4 {
        return None;
    }
    given(year_of(year)?, month.parse().ok()?, day.parse().ok()?, i, i + 1)
}

fn order(first: u32, second: u32, year: i32, from: usize, end: usize) -> Option<Found> {
    match (first, second) {
        (0, _) | (_, 0) => None,
        (a, b) if a == b => given(year, a, b, from, end),
        (13..=31, 1..=12) => given(year, second, first, from, end),
        (1..=12, 13..=31) => given(year, first, second, from, end),
        (1..=12, 1..=12) => {
            let expr = Expr::Figures { year, first: first as u8, second: second as u8 };
            Some(Found::date(from, end, expr, "date in figures, order unknown"))
        }
        _ => None,
    }
}

/// `29-Jan-2026`, `29/Jan/26`.
fn named(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let mark = t.word(i + 1);
    if !matches!(mark, "-" | "/") || t.word(i + 3) != mark || !(i + 1..=i + 4).all(|at| t.joined(at)) {
        return None;
    }
    let month = lexicon::month(t.word(i + 2))?;
    let day = numbers::figures(t, i).filter(|_| t.word(i).len() <= 2)?;
    given(year_of(t.word(i + 4))?, u32::from(month), day, i, i + 5)
}

/// `19980108`: eight figures, only where a whole line or bracket holds them.
fn basic(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let word = t.word(i);
    if word.len() != 8 || !word.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let year: i32 = word.get(..4)?.parse().ok().filter(|year| (1900..2100).contains(year))?;
    given(year, word.get(4..6)?.parse().ok()?, word.get(6..)?.parse().ok()?, i, i + 1)
}
