//! Years, decades and centuries.

use crate::lexicon;
use crate::tokens::{Kind, Tokens, apostrophe};

use super::calendar_names::skip;
use super::expr::{Expr, Found};
use super::numbers;

/// Four figures that can be a year, with "BC" or "AD" after them if they are there.
pub(super) fn year_figures(t: &Tokens<'_>, i: usize) -> Option<(i32, usize)> {
    let word = t.word(i);
    let year = numbers::figures(t, i)? as i32;
    if let Some(end) = before_christ(t, i + 1) {
        return (year > 0 && year < 5000).then_some((1 - year, end));
    }
    let plain = word.len() == 4 && (1000..2200).contains(&year);
    let decimal = t.word(i + 1) == "."
        && t.joined(i + 1)
        && t.joined(i + 2)
        && t.at(i + 2).is_some_and(|n| n.kind == Kind::Number);
    (plain && !decimal).then_some((year, i + 1))
}

pub(super) fn before_christ(t: &Tokens<'_>, i: usize) -> Option<usize> {
    match t.printed(i) {
        "BC" | "BCE" | "B.C." | "B.C.E." | "B.C" => Some(i + 1),
        _ => None,
    }
}

/// "A.D. 79", "79 CE".
fn anno_domini(t: &Tokens<'_>, i: usize) -> Option<(i32, usize)> {
    let era = |at: usize| matches!(t.printed(at), "AD" | "A.D." | "CE" | "C.E.");
    let (at, end) = if era(i) { (i + 1, i + 2) } else { (i, i + 2) };
    let year =
        numbers::figures(t, at).filter(|year| (1..=2200).contains(year) && !t.word(at).contains(','))?;
    (at > i || era(i + 1)).then_some((year as i32, end))
}

/// A year of two figures after an apostrophe: "'89".
pub(super) fn short_year(t: &Tokens<'_>, i: usize) -> Option<(i32, usize)> {
    let mark = t.printed(i).chars().next().filter(|c| apostrophe(*c) || *c == '`')?;
    let digits = t.word(i + 1);
    if t.printed(i).len() != mark.len_utf8() || digits.len() != 2 || !t.joined(i + 1) {
        return None;
    }
    let number = numbers::figures(t, i + 1)? as i32;
    Some((two_digit_year(number), i + 2))
}

/// Years written with two figures run from 1940 to 2039.
pub(crate) fn two_digit_year(number: i32) -> i32 {
    if number < 40 { 2000 + number } else { 1900 + number }
}

/// "the 1990s", "the '80s", "the nineties", "1990s".
pub(super) fn decade(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let at = skip(t, i, "the");
    let word = t.word(at);
    let token = t.at(at)?;
    let found = |decade: i32, end: usize| Some(Found::date(i, end, Expr::Decade(decade), "decade"));
    if token.kind == Kind::Mixed
        && let Some(digits) = word.strip_suffix('s')
        && digits.len() == 4
        && digits.ends_with('0')
    {
        let year: i32 = digits.parse().ok()?;
        // "the 1800s" is the century; the twentieth and later are spoken of by decades.
        return if digits.ends_with("00") && year < 2000 {
            Some(Found::date(i, at + 1, Expr::Century(year / 100), "century"))
        } else {
            found(year / 10, at + 1)
        };
    }
    if token.kind == Kind::Mixed
        && let Some(after) = before_christ(t, at + 1)
        && let Some(year) =
            word.strip_suffix("0s").and_then(|tens| tens.parse::<i32>().ok()).filter(|tens| *tens < 1000)
    {
        return found(-year - 1, after);
    }
    if token.kind == Kind::Number
        && word.len() == 4
        && word.ends_with('0')
        && matches!(t.word(at + 1), "'s" | "’s")
        && at > i
    {
        return found(word.parse::<i32>().ok()? / 10, at + 2);
    }
    if matches!(word, "'" | "’" | "`") && t.joined(at + 1) {
        let digits =
            t.word(at + 1).strip_suffix('s').filter(|digits| digits.len() == 2 && digits.ends_with('0'))?;
        return found(two_digit_year(digits.parse().ok()?) / 10, at + 2);
    }
    if at > i
        && let Some(year) = lexicon::decade_word(word)
    {
        return found(year / 10, at + 1);
    }
    let before = i.checked_sub(1).map_or("", |at| t.word(at));
    if at > i && word == "roaring" && t.word(at + 1) == "twenties" {
        return found(192, at + 2);
    }
    // "the 80s" with no apostrophe, unless degrees are spoken of.
    let listed = i > 2 && matches!(before, "and" | "or") && matches!(t.word(i - 3), "the" | "early" | "late");
    if (at > i || listed || matches!(before, "early" | "late" | "mid" | "-"))
        && token.kind == Kind::Mixed
        && let Some(digits) =
            word.strip_suffix('s').filter(|digits| digits.len() == 2 && digits.ends_with('0'))
        && !(i.saturating_sub(8)..at + 6).any(|at| {
            matches!(
                t.word(at),
                "degrees"
                    | "degree"
                    | "temperatures"
                    | "temperature"
                    | "highs"
                    | "lows"
                    | "fahrenheit"
                    | "upper"
            )
        })
    {
        let number: i32 = digits.parse().ok().filter(|number| (20..=90).contains(number))?;
        return found(two_digit_year(number) / 10, at + 1);
    }
    None
}

/// "the 20th century", "nineteenth-century".
pub(super) fn century(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let at = skip(t, i, "the");
    let (number, mut end) = match (t.word(at), t.dash(at + 1)) {
        ("twenty", true) => (20 + lexicon::ordinal(t.word(at + 2)).filter(|n| *n < 10)?, at + 3),
        (word, _) => (lexicon::ordinal(word)?, at + 1),
    };
    if t.dash(end) {
        end += 1;
    }
    if t.word(end) != "century" || number == 0 || number > 30 {
        return None;
    }
    let number = number as i32;
    if let Some(after) = before_christ(t, end + 1) {
        return Some(Found::date(i, after, Expr::Century(-number), "century"));
    }
    Some(Found::date(i, end + 1, Expr::Century(number - 1), "century"))
}

/// "FY2026", "FY 2026", "FY26", "the 2026 fiscal year", "the 2025-26 school year".
fn accounting(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let found = |year: i32, end: usize| Some(Found::date(i, end, Expr::Year(year), "fiscal year"));
    if let Some(digits) = t.printed(i).strip_prefix("FY") {
        if digits.is_empty() {
            let (year, end) = year_figures(t, i + 1).or_else(|| short_year(t, i + 1))?;
            return found(year, end);
        }
        let number: i32 = digits.parse().ok()?;
        return match digits.len() {
            4 => (1900..2200).contains(&number).then(|| found(number, i + 1))?,
            2 => found(two_digit_year(number), i + 1),
            _ => None,
        };
    }
    let at = skip(t, i, "the");
    let (year, mut end) =
        year_figures(t, at).filter(|_| t.at(at).is_some_and(|token| token.kind == Kind::Number))?;
    if (t.dash(end) || t.word(end) == "/") && t.joined(end) && t.joined(end + 1) {
        let next = numbers::figures(t, end + 1)? as i32;
        let next = if t.word(end + 1).len() == 2 { year / 100 * 100 + next } else { next };
        if next != year + 1 {
            return None;
        }
        end += 2;
    }
    let named = matches!(t.word(end), "fiscal" | "financial" | "budget" | "tax" | "school" | "academic")
        && t.word(end + 1) == "year";
    named.then(|| found(year, end + 2))?
}

/// A year by itself: "1988", "fiscal 1989", "the year 2000", "nineteen ninety-one", "493 BC".
pub(super) fn year(t: &Tokens<'_>, i: usize) -> Option<Found> {
    if let Some(found) = accounting(t, i) {
        return Some(found);
    }
    let found = |year: i32, end: usize, rule: &'static str| Some(Found::date(i, end, Expr::Year(year), rule));
    if let Some((value, end)) = anno_domini(t, i) {
        return found(value, end, "year");
    }
    let (at, named) = match (t.word(i), t.word(i + 1)) {
        ("the", "year") => (i + 2, true),
        ("the", "years") => (i + 2, true),
        ("fiscal", "year") => (i + 2, true),
        ("fiscal", _) => (i + 1, true),
        ("financial", "year") => (i + 2, true),
        _ => (i, false),
    };
    if let Some((value, end)) = numbers::year_words(t, at)
        && (named
            || (end > at + 1
                && !matches!(t.word(end), "dollars" | "people" | "miles" | "feet")
                && t.word(at) != "two"
                && t.word(at) != "twenty"))
    {
        return found(value, end, "year in words");
    }
    if named && let Some((value, end)) = short_year(t, at) {
        return found(value, end, "year");
    }
    if at == i
        && let Some((value, end)) = short_year(t, i)
        && lexicon::unit(t.word(end)).is_none()
        && i > 0
        && matches!(t.word(i - 1), "in" | "since" | "of" | "from" | "until" | "by" | "the")
    {
        return found(value, end, "year");
    }
    let (value, end) = year_figures(t, at)?;
    if value <= 0 || named {
        return found(value, end, "year");
    }
    let before = if i == 0 { "" } else { t.word(i - 1) };
    let after = t.word(end);
    if matches!(
        before,
        "$" | "£" | "€" | "#" | "no" | "number" | "about" | "room" | "page" | "flight" | "route"
    ) || (before == "." && i > 1 && matches!(t.word(i - 2), "no" | "nos"))
        || matches!(
            after,
            "%" | "percent"
                | "people"
                | "million"
                | "billion"
                | "°"
                | "km"
                | "miles"
                | "troops"
                | "men"
                | "soldiers"
                | "points"
                | "feet"
                | "meters"
                | "metres"
                | "dollars"
                | "euros"
                | "yards"
                | "tons"
                | "tonnes"
                | "pounds"
                | "workers"
                | "employees"
        )
        || lexicon::unit(after).is_some_and(|(_, plural)| plural)
    {
        return None;
    }
    if (t.joined(i) && i > 0 && !matches!(before, "(" | "-" | "–" | "—" | "/" | "\"" | "“" | "[" | "'" | "‑"))
        || (t.joined(end) && matches!(after, "$" | "/" | ":"))
    {
        return None;
    }
    let likely = (1700..2100).contains(&value);
    let led = matches!(
        before,
        "in" | "since"
            | "by"
            | "until"
            | "till"
            | "of"
            | "from"
            | "to"
            | "between"
            | "and"
            | "during"
            | "after"
            | "before"
            | "through"
            | "early"
            | "late"
            | "mid"
            | "("
            | "-"
            | "–"
            | "around"
            | "circa"
    );
    let led = led && !matches!(before, "of" | "to" | "and");
    if !likely && !led && before_christ(t, end).is_none() {
        return None;
    }
    found(value, end, "year")
}
