//! Dates by the names of months and weekdays, in full or in part.

use crate::lexicon;
use crate::tokens::{Kind, Tokens};

use super::expr::{Expr, Found, Rel, YearSpec};
use super::{grammar, named, numbers, relative, years};

/// A date by name at the token.
pub(crate) fn date(t: &Tokens<'_>, i: usize) -> Option<Found> {
    weekday(t, i)
        .or_else(|| month_first(t, i))
        .or_else(|| day_first(t, i))
        .or_else(|| shared_month(t, i))
        .or_else(|| named::holiday(t, i))
        .or_else(|| named::season(t, i))
        .or_else(|| years::decade(t, i))
        .or_else(|| years::century(t, i))
        .or_else(|| years::year(t, i))
}

pub(super) fn skip(t: &Tokens<'_>, i: usize, word: &str) -> usize {
    if t.word(i) == word { i + 1 } else { i }
}

/// A month's name at the token, and the token after its abbreviation point.
pub(super) fn month_name(t: &Tokens<'_>, i: usize) -> Option<(u8, usize)> {
    let month = lexicon::month(t.word(i))?;
    if !grammar::reads_as_month(t, i) {
        return None;
    }
    let abbreviated = t.word(i).len() <= 4 && !matches!(t.word(i), "may" | "june" | "july");
    let pointed = abbreviated && t.word(i + 1) == "." && t.joined(i + 1);
    // At the end of a sentence the point closes the sentence as well; it still belongs to the name.
    Some((month, if pointed { i + 2 } else { i + 1 }))
}

/// A day of the month in figures or as an ordinal.
pub(super) fn day_number(t: &Tokens<'_>, i: usize) -> Option<(u8, usize)> {
    if let Some(day) = numbers::figures(t, i).filter(|day| (1..=31).contains(day) && !t.word(i).contains(','))
    {
        // "25 percent", "9 million" and "5:30" are not days.
        if matches!(t.word(i + 1), "%" | "percent" | "million" | "billion" | "/")
            || (t.word(i + 1) == ":" && t.joined(i + 1) && t.joined(i + 2))
        {
            return None;
        }
        return Some((day as u8, i + 1));
    }
    let word = t.word(i);
    let ordinal = lexicon::ordinal(word).filter(|day| (1..=31).contains(day));
    if let Some(day) = ordinal {
        return Some((day as u8, i + 1));
    }
    if matches!(word, "twenty" | "thirty") && t.dash(i + 1) {
        let ones = lexicon::ordinal(t.word(i + 2)).filter(|ones| *ones < 10)?;
        let tens = if word == "twenty" { 20 } else { 30 };
        return (tens + ones <= 31).then_some(((tens + ones) as u8, i + 3));
    }
    None
}

/// A year after a month or a day: ", 1998", "1998", "of that year", "this year".
pub(super) fn year_after(t: &Tokens<'_>, i: usize) -> (YearSpec, usize) {
    let at = skip(t, i, ",");
    if let Some((year, end)) = years::year_figures(t, at) {
        return (YearSpec::Given(year), end);
    }
    if t.word(i) == "of"
        && let Some((year, end)) = years::year_figures(t, i + 1)
    {
        return (YearSpec::Given(year), end);
    }
    if at == i {
        if let Some((year, end)) = years::short_year(t, i) {
            return (YearSpec::Given(year), end);
        }
        let of = skip(t, i, "of");
        if t.word(of + 1) == "year" {
            let rel = match t.word(of) {
                "this" => Some(Rel::This),
                "last" => Some(Rel::Last),
                "next" => Some(Rel::Next),
                "that" => Some(Rel::Same),
                _ => None,
            };
            if let Some(rel) = rel {
                return (YearSpec::Relative(rel), of + 2);
            }
        }
        if of > i
            && t.word(of) == "the"
            && t.word(of + 2) == "year"
            && let Some(rel) = relative::rel_word(t.word(of + 1))
        {
            return (YearSpec::Relative(rel), of + 3);
        }
    }
    (YearSpec::Open, i)
}

fn weekday(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let at = if t.word(i) == "the" { i + 1 } else { i };
    let (day, plural) = lexicon::weekday(t.word(at))?;
    let word = t.word(at);
    // Mail and posts write "monday"; the short forms need their capital.
    if !t.capital(at) && word.len() < 6 {
        return None;
    }
    let short = word.len() < 6;
    let mut end = if short && t.word(at + 1) == "." && t.joined(at + 1) { at + 2 } else { at + 1 };
    // "Friday, Jan. 9" and "Friday 9 January": the date says it all.
    let after = skip(t, end, ",");
    let after =
        if matches!(t.word(after), "the") && day_number(t, after + 1).is_some() { after + 1 } else { after };
    if let Some(full) = month_first(t, after).or_else(|| day_first(t, after))
        && matches!(full.expr, Expr::Day { .. })
    {
        return Some(Found { first: at, rule: "weekday and date", ..full });
    }
    if short && lexicon::ambiguous_short_name(word) && end == at + 1 {
        return None;
    }
    if t.word(end) == "the"
        && let Some((number, to)) = day_number(t, end + 1)
        && t.at(end + 1).is_some_and(|token| token.kind == Kind::Mixed)
    {
        let expr = Expr::Day { year: YearSpec::Open, month: None, day: number };
        return Some(Found::date(at, to, expr, "weekday and day of the month"));
    }
    if plural {
        return Some(Found::of(
            super::TimexKind::Set,
            at,
            end,
            Expr::Fixed(format!("XXXX-WXX-{day}")),
            "weekdays in general",
        ));
    }
    // "Monday and Tuesday nights" recur, both of them.
    if matches!(t.word(end), "and" | "or" | "through" | "to")
        && lexicon::weekday(t.word(end + 1)).is_some()
        && let Some((code, _)) = super::clock::part_name(t, end + 2)
        && t.word(end + 2).ends_with('s')
    {
        let expr = Expr::Fixed(format!("XXXX-WXX-{day}T{code}"));
        return Some(Found::of(super::TimexKind::Set, at, end, expr, "parts of weekdays in general"));
    }
    // "On a Tuesday in June" says only which day of the week; "at a Tuesday meeting" means a certain one.
    let some = at == i && i > 0 && matches!(t.word(i - 1), "a" | "one");
    let part = super::clock::part_name(t, end).filter(|_| some);
    let after = part.map_or(end, |(_, end)| end);
    let alone = !t.word(after).starts_with(|c: char| c.is_alphanumeric())
        || matches!(t.word(after), "in" | "of" | "when" | "at" | "and" | "or" | "after" | "before" | "with");
    if some && alone && !t.dash(after) {
        let code = part.map_or(String::new(), |(code, _)| format!("T{code}"));
        let kind = if part.is_some() { super::TimexKind::Time } else { super::TimexKind::Date };
        let expr = Expr::Fixed(format!("XXXX-WXX-{day}{code}"));
        return Some(Found::of(kind, at, after, expr, "some weekday"));
    }
    let week = match (t.word(end), t.word(end + 1)) {
        ("of", "this") | ("this", "week") => Some(Rel::This),
        ("of", "last") | ("last", "week") => Some(Rel::Last),
        ("of", "next") | ("next", "week") => Some(Rel::Next),
        ("of", "that") => Some(Rel::Same),
        _ => None,
    };
    if week.is_some() {
        let at_week = if t.word(end) == "of" { end + 2 } else { end + 1 };
        if t.word(at_week) == "week" {
            end = at_week + 1;
            return Some(Found::date(at, end, Expr::Weekday { day, rel: None, week }, "weekday of a week"));
        }
    }
    if at > i {
        return None;
    }
    Some(Found::date(at, end, Expr::Weekday { day, rel: None, week: None }, "weekday"))
}

fn month_first(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let (month, after) = month_name(t, i)?;
    let at = if t.word(after) == "the" && lexicon::ordinal(t.word(after + 1)).is_some() {
        after + 1
    } else {
        after
    };
    if let Some((day, end)) = day_number(t, at) {
        // In "May 22-25" and "May 9 and 10" the list continues after the first day.
        let (year, end) = year_after(t, end);
        return Some(Found::date(i, end, Expr::Day { year, month: Some(month), day }, "month and day"));
    }
    let at = skip(t, after, ",");
    if let Some((year, end)) = years::year_figures(t, at) {
        let expr = Expr::Month { year: YearSpec::Given(year), month, rel: None };
        return Some(Found::date(i, end, expr, "month and year"));
    }
    let (year, end) = if let Some((words, end)) = numbers::year_words(t, after) {
        (YearSpec::Given(words), end)
    } else {
        let (spec, end) = year_after(t, after);
        if spec == YearSpec::Open { (spec, after) } else { (spec, end) }
    };
    let rule = if year == YearSpec::Open { "month by name" } else { "month and year" };
    Some(Found::date(i, end, Expr::Month { year, month, rel: None }, rule))
}

/// The first number of "5-9 January" and "5 and 9 January 2026".
fn shared_month(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let (day, end) = day_number(t, i)?;
    let linked = matches!(t.word(end), "to" | "and" | "or" | "through") || t.dash(end);
    if !linked
        || t.at(i)?.kind == Kind::Word
        || i > 0 && t.joined(i) && !matches!(t.word(i - 1), "(" | "\"" | "“")
    {
        return None;
    }
    let (later, after) = day_number(t, end + 1)?;
    let of = skip(t, after, "of");
    let (month, after) = month_name(t, of).filter(|_| later > day && !t.joined(of))?;
    let (year, _) = year_after(t, after);
    let expr = Expr::Day { year, month: Some(month), day };
    Some(Found::date(i, end, expr, "month and day, continued"))
}

/// "9 January 2026", "the 9th of January", "the 9th".
fn day_first(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let at = skip(t, i, "the");
    let (day, end) = day_number(t, at)?;
    let of = skip(t, end, "of");
    if let Some((month, end)) = month_name(t, of)
        && (of > end || !t.joined(of))
    {
        let (year, end) = year_after(t, end);
        return Some(Found::date(i, end, Expr::Day { year, month: Some(month), day }, "day and month"));
    }
    // "the 9th" alone: figures with their ending, after words that lead to a date, and not an ordinal before a noun.
    let led = i > 0
        && matches!(
            t.word(i - 1),
            "on" | "by" | "until" | "from" | "before" | "after" | "since" | "to" | "through"
        );
    let closes = matches!(
        t.word(end),
        "" | "," | "." | ";" | ":" | ")" | "to" | "and" | "through" | "or" | "with" | "for" | "by" | "but"
    );
    if at > i && t.at(at)?.kind == Kind::Mixed && led && closes {
        return Some(Found::date(
            i,
            end,
            Expr::Day { year: YearSpec::Open, month: None, day },
            "day of the month",
        ));
    }
    None
}
