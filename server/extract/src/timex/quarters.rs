//! Quarters and halves of a year, and the periods that reports of results compare.

use crate::lexicon;
use crate::tokens::Tokens;

use super::expr::{Expr, Found, Rel, YearSpec};
use super::relative::rel_word;
use super::{numbers, years};

/// "Q3 2025", "3Q", "H1 of 2025", "2025 Q3", "2025Q3".
fn short(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let number = |word: &str| -> Option<(u8, bool)> {
        let (digit, half) = match word.as_bytes() {
            [b'q', digit] | [digit, b'q'] => (digit, false),
            [b'h', digit] | [digit, b'h'] => (digit, true),
            _ => return None,
        };
        let number = digit.checked_sub(b'0').filter(|n| (1..=if half { 2 } else { 4 }).contains(n))?;
        Some((number, half))
    };
    let given = |at: usize| years::year_figures(t, at).or_else(|| years::short_year(t, at));
    let found = |end, (number, half), year| {
        let rule = if half { "half of a year" } else { "quarter" };
        Some(Found::date(
            i,
            end,
            Expr::Quarter { number: Some(number), year, rel: Rel::Bare, half, period: false },
            rule,
        ))
    };
    let word = t.printed(i);
    if let Some((year, quarter)) = word.split_once(['Q', 'q']).filter(|(year, _)| year.len() == 4) {
        let year: i32 = year.parse().ok()?;
        let quarter: u8 = quarter.parse().ok().filter(|quarter| (1..=4).contains(quarter))?;
        return found(i + 1, (quarter, false), YearSpec::Given(year));
    }
    if let Some((year, after)) = years::year_figures(t, i)
        && let Some(number) = number(t.word(after)).filter(|_| t.capital(after))
    {
        return found(after + 1, number, YearSpec::Given(year));
    }
    let (quarter, half) = number(t.word(i)).filter(|_| word.contains(['Q', 'H']))?;
    let of = if t.word(i + 1) == "of" || t.dash(i + 1) && t.joined(i + 1) { i + 2 } else { i + 1 };
    let fiscal = if matches!(t.word(of), "fiscal" | "fy") { of + 1 } else { of };
    if let Some((year, end)) = given(fiscal) {
        return found(end, (quarter, half), YearSpec::Given(year));
    }
    let (year, end) = super::calendar_names::year_after(t, i + 1);
    // "H1" alone is a heading, a virus or a road as often as a half year.
    (year != YearSpec::Open || !half).then(|| found(end, (quarter, half), year))?
}

/// "the third quarter of 1984", "third-quarter", "the latest quarter", "the year-ago period", "the first half".
pub(super) fn quarter(t: &Tokens<'_>, i: usize) -> Option<Found> {
    short(t, i).or_else(|| spelled(t, i))
}

/// How many tokens may stand before the number of a quarter.
const LEAD: usize = 12;

fn spelled(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let the = t.word(i) == "the";
    let mut at = if the { i + 1 } else { i };
    let mut year = YearSpec::Open;
    let mut rel = Rel::Bare;
    let mut said = false;
    let mut compared = false;
    // What may stand before the number: a year ("the 1988 second quarter"), "this year's", "fiscal", "latest".
    while at < i + LEAD {
        let word = t.word(at);
        if let Some(given) =
            numbers::figures(t, at).filter(|n| (1900..2100).contains(n) && t.word(at).len() == 4)
        {
            year = YearSpec::Given(given as i32);
            at += 1;
        } else if t.word(at + 1) == "year"
            && matches!(t.word(at + 2), "'s" | "’s")
            && matches!(word, "this" | "last" | "next" | "that")
        {
            year = YearSpec::Relative(rel_word(word)?);
            at += 3;
        } else if matches!(word, "year" | "years")
            && t.dash(at + 1)
            && matches!(t.word(at + 2), "ago" | "earlier")
        {
            year = YearSpec::Relative(Rel::Preceding);
            at += 3;
        } else if matches!(
            word,
            "fiscal" | "comparable" | "corresponding" | "calendar" | "full" | "similar" | "same"
        ) && at > i
        {
            compared |= matches!(word, "comparable" | "corresponding" | "similar" | "same");
            at += if t.dash(at + 1) { 2 } else { 1 };
        } else if word == "fiscal" {
            at += if t.dash(at + 1) { 2 } else { 1 };
        } else if word == "latest" && at > i {
            said = true;
            at += 1;
        } else if matches!(word, "last" | "final" | "latter") && t.word(at + 1) == "half" {
            break;
        } else if let Some(found) =
            rel_word(word).filter(|_| !said && rel == Rel::Bare && at < i + 3 && !t.dash(at + 2))
        {
            rel = found;
            at += 1;
        } else {
            break;
        }
    }
    let ordinal = match t.word(at) {
        "final" | "last" | "latter" if t.word(at + 1) == "half" => Some(2),
        "final" if t.word(at + 1) == "quarter" => Some(4),
        "opening" if matches!(t.word(at + 1), "quarter" | "half") => Some(1),
        word => lexicon::ordinal(word).filter(|n| (1..=4).contains(n)),
    };
    let mut end = at;
    if ordinal.is_some() {
        end = if t.dash(at + 1) { at + 2 } else { at + 1 };
    }
    // "the second fiscal quarter"
    if matches!(t.word(end), "fiscal" | "calendar") && ordinal.is_some() {
        end += 1;
    }
    let half = match t.word(end) {
        "quarter" => false,
        "half" if ordinal.is_some_and(|n| n <= 2) => true,
        "period" if year != YearSpec::Open || said || compared => false,
        _ => return None,
    };
    let period = t.word(end) == "period";
    end += 1;
    // "the corresponding period last year", "the same quarter a year earlier"
    if compared && year == YearSpec::Open {
        let at = if t.word(end) == "of" { end + 1 } else { end };
        let before = match (t.word(at), t.word(at + 1), t.word(at + 2)) {
            ("last", "year", _) => Some(at + 2),
            ("a" | "one", "year", "ago" | "earlier" | "before") => Some(at + 3),
            ("the", "previous" | "prior", "year") => Some(at + 3),
            _ => None,
        };
        match before {
            Some(after) => {
                year = YearSpec::Relative(Rel::Preceding);
                end = after;
            }
            None if period => return None,
            None => {}
        }
    }
    let hyphenated = ordinal.is_some() && t.dash(at + 1);
    if !hyphenated || the {
        let of = if t.word(end) == "of" { end + 1 } else { end };
        if let Some(given) =
            numbers::figures(t, of).filter(|n| (1900..2100).contains(n) && t.word(of).len() == 4)
        {
            year = YearSpec::Given(given as i32);
            end = of + 1;
        } else if t.word(of + 1) == "year" && year == YearSpec::Open {
            if let Some(found) = rel_word(t.word(of)) {
                year = YearSpec::Relative(found);
                end = of + 2;
            }
        } else if of > end
            && matches!(t.word(of), "the" | "this" | "last" | "next" | "a")
            && !matches!(t.word(of + 1), "fiscal" | "current" | "decade" | "century")
            && half
        {
            return None;
        }
    }
    if half && year == YearSpec::Open && !(the || hyphenated || rel != Rel::Bare) {
        return None;
    }
    if half && t.word(end) == "of" {
        let whole = match t.word(end + 1) {
            "the" if t.word(end + 2) == "year" => Some(Rel::Same),
            "this" if t.word(end + 2) == "year" => Some(Rel::This),
            "last" if t.word(end + 2) == "year" => Some(Rel::Last),
            "next" if t.word(end + 2) == "year" => Some(Rel::Next),
            _ => None,
        };
        year = YearSpec::Relative(whole?);
        end += 3;
    }
    if ordinal.is_none() && !period && year == YearSpec::Open && !said && rel == Rel::Bare && !the {
        return None;
    }
    // "the quarter" of a price or of a total is not a time.
    if ordinal.is_none() && t.word(end) == "of" {
        return None;
    }
    let first = if the && hyphenated && !noun_phrase_ends(t, end) { i + 1 } else { i };
    if half && (t.dash(end) || lexicon::unit(t.word(end)).is_some()) {
        return None;
    }
    let number = ordinal.map(|n| n as u8);
    let rule = if half { "half of a year" } else { "quarter" };
    Some(Found::date(first, end, Expr::Quarter { number, year, rel, half, period }, rule))
}

/// Whether no noun follows that an adjective before it could belong to.
fn noun_phrase_ends(t: &Tokens<'_>, end: usize) -> bool {
    !t.word(end).starts_with(|c: char| c.is_alphabetic())
        || matches!(
            t.word(end),
            "of" | "in"
                | "ended"
                | "and"
                | "to"
                | "from"
                | "by"
                | "was"
                | "were"
                | "is"
                | "for"
                | "with"
                | "on"
                | "as"
        )
}
