//! Seasons and holidays.

use crate::lexicon;
use crate::tokens::Tokens;

use super::calendar_names::{skip, year_after};
use super::expr::{Expr, Found, YearSpec};
use super::numbers;
use super::years::{short_year, year_figures};

/// "the summer of 1964", "spring 2025", "in the winter".
pub(super) fn season(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let the = t.word(i) == "the";
    let at = if the { i + 1 } else { i };
    let code = lexicon::season(t.word(at))?;
    let of = skip(t, at + 1, "of");
    let given = year_figures(t, of).or_else(|| numbers::year_words(t, of)).or_else(|| short_year(t, of));
    if let Some((year, end)) = given {
        let expr = Expr::Season { season: code, year: YearSpec::Given(year), rel: None };
        return Some(Found::date(i, end, expr, "season and year"));
    }
    let (year, end) = year_after(t, at + 1);
    if year != YearSpec::Open {
        return Some(Found::date(i, end, Expr::Season { season: code, year, rel: None }, "season and year"));
    }
    let before = if i == 0 { "" } else { t.word(i - 1) };
    let led = matches!(
        before,
        "in" | "during"
            | "by"
            | "over"
            | "until"
            | "since"
            | "through"
            | "for"
            | "throughout"
            | "into"
            | "and"
            | "early"
            | "late"
            | "mid"
            | "or"
            | "to"
    ) || (the && matches!(before, "early" | "late"));
    let verb_like = matches!(t.word(at), "fall" | "spring");
    let fits = if verb_like && !the {
        matches!(before, "in" | "by" | "since" | "until" | "through" | "early" | "late" | "mid")
    } else {
        led || the && !verb_like
    };
    let noun_after = the && matches!(t.word(at + 1), "of" | "in" | "from" | "into");
    (fits && !(verb_like && noun_after)).then(|| {
        Found::date(
            i,
            at + 1,
            Expr::Season { season: code, year: YearSpec::Open, rel: None },
            "season by name",
        )
    })
}

/// "Christmas Eve", "Labor Day", "Easter Monday 2026".
pub(super) fn holiday(t: &Tokens<'_>, i: usize) -> Option<Found> {
    if !t.capital(i) {
        return None;
    }
    let letter = t.word(i).chars().next()?;
    if !matches!(
        letter,
        'a' | 'b'
            | 'c'
            | 'e'
            | 'f'
            | 'g'
            | 'h'
            | 'i'
            | 'j'
            | 'l'
            | 'm'
            | 'n'
            | 'o'
            | 'p'
            | 's'
            | 't'
            | 'v'
            | 'w'
    ) {
        return None;
    }
    let start = t.at(i)?.start;
    for length in (1..=6_usize).rev() {
        let Some(last) = t.at(i + length - 1) else { continue };
        if last.end - start > 32 {
            continue;
        }
        let name = t.text[start..last.end].to_lowercase().replace('’', "'");
        if name == "new year" || name == "may day" && t.word(i + 2) == "call" {
            continue;
        }
        if lexicon::holiday(&name, 2000).is_some() {
            let (year, end) = year_after(t, i + length);
            return Some(Found::date(i, end, Expr::Holiday { name, year }, "holiday"));
        }
    }
    None
}
