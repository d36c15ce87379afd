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
        return if digits.ends_with("00") && digits != "2000" {
            Some(Found::date(i, at + 1, Expr::Century(year / 100), "century"))
        } else {
            found(year / 10, at + 1)
        };
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

/// A year by itself: "1988", "fiscal 1989", "the year 2000", "nineteen ninety-one", "493 BC".
pub(super) fn year(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let found = |year: i32, end: usize, rule: &'static str| Some(Found::date(i, end, Expr::Year(year), rule));
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
