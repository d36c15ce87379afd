//! Dates by the names of months, weekdays, seasons and holidays, and by year.

use crate::lexicon;
use crate::tokens::{Kind, Tokens, apostrophe};

use super::expr::{Expr, Found, Rel, YearSpec};
use super::{grammar, numbers, relative};

/// A date by name at the token.
pub(crate) fn date(t: &Tokens<'_>, i: usize) -> Option<Found> {
    weekday(t, i)
        .or_else(|| month_first(t, i))
        .or_else(|| day_first(t, i))
        .or_else(|| holiday(t, i))
        .or_else(|| season(t, i))
        .or_else(|| decade(t, i))
        .or_else(|| century(t, i))
        .or_else(|| year(t, i))
}

fn skip(t: &Tokens<'_>, i: usize, word: &str) -> usize {
    if t.word(i) == word { i + 1 } else { i }
}

/// A month's name at the token, and the token after its abbreviation point.
fn month_name(t: &Tokens<'_>, i: usize) -> Option<(u8, usize)> {
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
fn day_number(t: &Tokens<'_>, i: usize) -> Option<(u8, usize)> {
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
fn year_after(t: &Tokens<'_>, i: usize) -> (YearSpec, usize) {
    let at = skip(t, i, ",");
    if let Some((year, end)) = year_figures(t, at) {
        return (YearSpec::Given(year), end);
    }
    if t.word(i) == "of"
        && let Some((year, end)) = year_figures(t, i + 1)
    {
        return (YearSpec::Given(year), end);
    }
    if at == i {
        if let Some((year, end)) = short_year(t, i) {
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

/// Four figures that can be a year, with "BC" or "AD" after them if they are there.
fn year_figures(t: &Tokens<'_>, i: usize) -> Option<(i32, usize)> {
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

fn before_christ(t: &Tokens<'_>, i: usize) -> Option<usize> {
    match t.printed(i) {
        "BC" | "BCE" | "B.C." | "B.C.E." | "B.C" => Some(i + 1),
        _ => None,
    }
}

/// A year of two figures after an apostrophe: "'89".
fn short_year(t: &Tokens<'_>, i: usize) -> Option<(i32, usize)> {
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

fn weekday(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let at = if t.word(i) == "the" { i + 1 } else { i };
    let (day, plural) = lexicon::weekday(t.word(at))?;
    let word = t.word(at);
    if !t.capital(at) {
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
    if let Some((year, end)) = year_figures(t, at) {
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

/// "9 January 2026", "the 9th of January", "the 9th".
fn day_first(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let at = skip(t, i, "the");
    let (day, end) = day_number(t, at)?;
    let bare_figures = t.at(at)?.kind == Kind::Number;
    let of = skip(t, end, "of");
    if let Some((month, end)) = month_name(t, of)
        && (of > end || !t.joined(of))
    {
        let (year, end) = year_after(t, end);
        return Some(Found::date(i, end, Expr::Day { year, month: Some(month), day }, "day and month"));
    }
    let _ = bare_figures;
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

fn season(t: &Tokens<'_>, i: usize) -> Option<Found> {
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
    ) || (the && matches!(before, "early" | "late"));
    let verb_like = matches!(t.word(at), "fall" | "spring");
    let fits = if verb_like && !the {
        matches!(before, "in" | "by" | "since" | "until" | "through")
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

fn holiday(t: &Tokens<'_>, i: usize) -> Option<Found> {
    if !t.capital(i) {
        return None;
    }
    let letter = t.word(i).chars().next()?;
    if !matches!(
        letter,
        'a' | 'b' | 'c' | 'e' | 'f' | 'g' | 'h' | 'i' | 'j' | 'l' | 'm' | 'n' | 'p' | 's' | 't' | 'v'
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

/// "the 1990s", "the '80s", "the nineties", "1990s".
fn decade(t: &Tokens<'_>, i: usize) -> Option<Found> {
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
fn century(t: &Tokens<'_>, i: usize) -> Option<Found> {
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
fn year(t: &Tokens<'_>, i: usize) -> Option<Found> {
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

/// The rest of a list or range that shares the month or the year of its first part: "Jan. 5 to 9", "1861-63".
pub(crate) fn continue_list(t: &Tokens<'_>, mut i: usize, limit: usize, out: &mut Vec<Found>) -> usize {
    while let Some(last) = out.last() {
        let connector =
            matches!(t.word(i), "to" | "and" | "through" | "or" | "," | "until" | "&") || t.dash(i);
        if !connector {
            return i;
        }
        let at = if t.word(i) == "," && matches!(t.word(i + 1), "and" | "or") { i + 2 } else { i + 1 };
        let at = if t.word(at) == "the" { at + 1 } else { at };
        let next = match last.expr {
            Expr::Day { year, month: Some(month), day } => {
                let Some((next_day, end)) = day_number(t, at) else { return i };
                let own_month = month_name(t, if t.word(end) == "of" { end + 1 } else { end }).is_some();
                let counted = lexicon::unit(t.word(end)).is_some()
                    || matches!(t.word(end), "percent" | "million" | "billion")
                    || matches!(t.word(i), "and" | "or" | ",")
                        && t.word(end).starts_with(|c: char| c.is_alphabetic())
                        && !list_goes_on(t.word(end))
                    || t.word(end) == "%"
                    || t.word(end) == "-" && t.word(i) == ",";
                let given_year = matches!(year, YearSpec::Given(_));
                if own_month || counted || next_day <= day || end > limit || (t.word(i) == "," && given_year)
                {
                    return i;
                }
                let (year, end) = year_after(t, end);
                Found::date(
                    at,
                    end,
                    Expr::Day { year, month: Some(month), day: next_day },
                    "month and day, continued",
                )
            }
            Expr::Year(year) if t.dash(i) && t.joined(i) && t.joined(at) => {
                let two = t.word(at);
                let Some(number) = numbers::figures(t, at).filter(|_| two.len() == 2) else { return i };
                let full = year / 100 * 100 + number as i32;
                if full <= year || at + 1 > limit {
                    return i;
                }
                Found::date(at, at + 1, Expr::Year(full), "year, continued")
            }
            _ => return i,
        };
        let Found { expr: Expr::Day { year: YearSpec::Given(year), .. }, end, .. } = next else {
            i = next.end;
            out.push(next);
            continue;
        };
        // A year at the end of "May 9 and 10, 2026" belongs to every part.
        if let Some(Found { expr: Expr::Day { year: spec @ YearSpec::Open, .. }, .. }) = out.last_mut() {
            *spec = YearSpec::Given(year);
        }
        i = end;
        out.push(next);
    }
    i
}

/// Whether the word after a second number shows that the number is a day and counts nothing.
fn list_goes_on(word: &str) -> bool {
    matches!(
        word,
        "to" | "and"
            | "or"
            | "through"
            | "in"
            | "at"
            | "by"
            | "for"
            | "when"
            | "as"
            | "with"
            | "on"
            | "but"
            | "after"
            | "before"
            | "the"
            | "of"
            | "that"
            | "which"
            | "they"
            | "he"
            | "she"
            | "it"
            | "we"
            | "a"
            | "an"
            | "was"
            | "were"
            | "is"
            | "are"
            | "will"
            | "would"
            | "had"
            | "has"
            | "said"
            | "this"
            | "last"
            | "next"
            | "during"
            | "from"
            | "under"
    )
}
