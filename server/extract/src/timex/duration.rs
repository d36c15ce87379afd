//! Lengths of time.

use crate::lexicon::{self, Unit};
use crate::tokens::{Kind, Tokens};

use super::expr::{Count, Expr, Found, Vague};
use super::{TimexKind, numbers, recurring, relative};

pub(crate) fn expression(t: &Tokens<'_>, i: usize) -> Option<Found> {
    recurring::recurring(t, i)
        .or_else(|| whole(t, i))
        .or_else(|| span(t, i))
        .or_else(|| plain(t, i).map(|found| with_rest(t, found)))
        .or_else(|| decimal(t, i))
        .or_else(|| bare_plural(t, i))
}

/// The TIMEX3 value of a length of time.
pub(crate) fn value(count: Count, unit: Unit) -> String {
    let letter = unit.letter();
    let prefix = if unit.of_clock() { "PT" } else { "P" };
    if count.vague() {
        return format!("{prefix}X{letter}");
    }
    let number = if unit == Unit::Fortnight { count.number * 2 } else { count.number };
    if !count.half {
        return format!("{prefix}{number}{letter}");
    }
    let whole = if number == 0 { prefix.to_owned() } else { format!("{prefix}{number}{letter}") };
    match unit {
        Unit::Year => format!("{whole}6M"),
        Unit::Hour if number == 0 => "PT30M".to_owned(),
        Unit::Hour => format!("{whole}30M"),
        Unit::Day if number == 0 => "PT12H".to_owned(),
        Unit::Century if number == 0 => "P50Y".to_owned(),
        Unit::Decade if number == 0 => "P5Y".to_owned(),
        _ => format!("{prefix}{number}.5{letter}"),
    }
}

/// A count and a unit at the token ("two weeks"), without what follows.
pub(crate) fn counted(t: &Tokens<'_>, i: usize) -> Option<(Count, Unit)> {
    let i = if matches!(t.word(i), "about" | "some" | "nearly" | "almost") { i + 1 } else { i };
    let (count, at) = match t.word(i) {
        "a" | "an" if lexicon::unit(t.word(i + 1)).is_some() => (Count::ONE, i + 1),
        _ => numbers::count(t, i)?,
    };
    let at = adjectives(t, at);
    lexicon::unit(t.word(at)).map(|(unit, _)| (count, unit))
}

/// How many adjectives a phrase may hold, so that a text of nothing else is read in linear time.
const ADJECTIVES: usize = 6;

/// Adjectives that may stand between a count and its unit.
pub(super) fn adjectives(t: &Tokens<'_>, mut at: usize) -> usize {
    let first = at;
    while matches!(
        t.word(at),
        "more"
            | "full"
            | "trading"
            | "consecutive"
            | "straight"
            | "business"
            | "working"
            | "calendar"
            | "fiscal"
            | "additional"
            | "solid"
            | "whole"
            | "long"
            | "short"
            | "entire"
            | "extra"
            | "further"
            | "other"
            | "successive"
            | "school"
            | "academic"
            | "previous"
            | "preceding"
            | "intervening"
    ) && !t.dash(at + 1)
        && at < first + ADJECTIVES
    {
        at += 1;
    }
    at
}

/// "the past three years", "the first nine months", "the next few days", "the six months".
fn span(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let each = t.word(i) == "each" && t.word(i + 1) == "of";
    let start = if each { i + 2 } else { i };
    let the = matches!(t.word(start), "the" | "these" | "those");
    let mut at = if the { start + 1 } else { start };
    let mut led = false;
    let mut vague = None;
    while matches!(
        t.word(at),
        "past"
            | "last"
            | "next"
            | "first"
            | "final"
            | "coming"
            | "latest"
            | "previous"
            | "following"
            | "preceding"
            | "prior"
            | "current"
            | "opening"
            | "early"
            | "intervening"
            | "closing"
            | "initial"
            | "second"
            | "ensuing"
            | "succeeding"
    ) && at < start + ADJECTIVES
    {
        vague = match t.word(at) {
            "past" | "last" => Some(Vague::Past),
            "coming" | "next" => Some(Vague::Future),
            _ => vague,
        };
        led = true;
        at += 1;
    }
    // "Past years" are no length, as "the past years" are.
    if !the && at == start + 1 && t.word(start) == "past" && lexicon::unit(t.word(at)).is_some() {
        return None;
    }
    // "following several years of calm" has a preposition.
    if !the
        && (!led
            || matches!(t.word(start), "following" | "preceding" | "ensuing" | "succeeding" | "intervening"))
    {
        return None;
    }
    if at == start + 1 && led && !the && t.word(start) == "second" {
        return None;
    }
    let (count, at) = match numbers::count(t, at) {
        Some(counted) => counted,
        None if led
            && lexicon::unit(t.word(at)).is_some_and(|(unit, plural)| plural && unit != Unit::Second) =>
        {
            (Count::VAGUE, at)
        }
        None => return None,
    };
    let hyphen = t.dash(at);
    let at = adjectives(t, if hyphen { at + 1 } else { at });
    let (unit, plural) = lexicon::unit(t.word(at))?;
    if hyphen {
        // "the two-week crisis": the unit modifies a noun; only "the two-month period" is the length itself.
        let period = matches!(t.word(at + 1), "period" | "span" | "stretch");
        return period.then(|| {
            Found::of(TimexKind::Duration, i, at + 2, Expr::Fixed(value(count, unit)), "length of time")
        });
    }
    if !plural && count.number != 1 {
        return None;
    }
    if !plural && count.number == 1 && !led {
        return None;
    }
    if unit == Unit::Quarter && count.vague() {
        let vague = vague?;
        return Some(Found::date(i, at + 1, Expr::Vague(vague), "vague quarters"));
    }
    let text = value(count, unit);
    let mut end = at + 1;
    if !led
        && let Some(found) = relative::offset(t, i, end, count, unit)
        && !matches!(found.expr, Expr::Offset { from: super::expr::From::Event, .. })
    {
        return Some(found);
    }
    if matches!(t.word(end), "'" | "’") && t.word(end + 1) == "time" {
        end += 2;
    }
    Some(Found::of(TimexKind::Duration, i, end, Expr::Fixed(text), "length of time"))
}

/// "all day", "the entire week", "another two months", "three quarters of an hour", "a quarter of a century".
fn whole(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let length =
        |end, text: String| Some(Found::of(TimexKind::Duration, i, end, Expr::Fixed(text), "length of time"));
    match (t.word(i), t.word(i + 1)) {
        ("all", "night") => {
            let found = Found::of(TimexKind::Time, i, i + 2, Expr::TimeOfDay, "part of a day");
            Some(Found { clock: Some(super::expr::Clock::Part("NI")), ..found })
        }
        ("all", word) => {
            let (unit, _) = lexicon::unit(word).filter(|(unit, plural)| {
                !plural && matches!(unit, Unit::Day | Unit::Week | Unit::Month | Unit::Year)
            })?;
            (!t.dash(i + 2)).then(|| length(i + 2, value(Count::ONE, unit)))?
        }
        ("the" | "an", "entire" | "whole") | ("a", "whole" | "full") => {
            let (unit, plural) = lexicon::unit(t.word(i + 2))?;
            let fits = !plural && !matches!(unit, Unit::Second | Unit::Quarter) && !t.dash(i + 3);
            (fits && !is_age(t, i + 3)).then(|| length(i + 3, value(Count::ONE, unit)))?
        }
        ("another", word) => match lexicon::unit(word) {
            Some((unit, false)) if !matches!(unit, Unit::Second | Unit::Quarter) => {
                length(i + 2, value(Count::ONE, unit))
            }
            _ => {
                let (count, at) = numbers::count(t, i + 1)?;
                let at = adjectives(t, at);
                let (unit, plural) = lexicon::unit(t.word(at))?;
                (plural || count == Count::ONE).then(|| length(at + 1, value(count, unit)))?
            }
        },
        _ => fraction(t, i),
    }
}

/// "three quarters of an hour", "a quarter of a century".
fn fraction(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let (quarters, at) = match (t.word(i), t.word(i + 1)) {
        ("three", "quarters") => (3, i + 2),
        ("three", _) if t.dash(i + 1) && t.word(i + 2) == "quarters" => (3, i + 3),
        ("a", "quarter") => (1, i + 2),
        ("a", "third") if t.word(i + 2) == "of" => {
            return None;
        }
        _ => return None,
    };
    let text = match (t.word(at), t.word(at + 1), t.word(at + 2)) {
        ("of", "an", "hour") | ("of" | "hour", "hour", _) => format!("PT{}M", quarters * 15),
        ("of", "a", "century") => format!("P{}Y", quarters * 25),
        _ => return None,
    };
    let end = at + 3;
    let count = Count { number: quarters * 25, half: false };
    if t.word(at + 2) == "century"
        && let Some(dated) = relative::offset(t, i, end, count, Unit::Year)
    {
        return Some(dated);
    }
    Some(Found::of(TimexKind::Duration, i, end, Expr::Fixed(text), "length of time"))
}

/// The smaller unit after a length: "two years and three months", "1 hour 20 minutes".
fn with_rest(t: &Tokens<'_>, found: Found) -> Found {
    let Expr::Fixed(text) = &found.expr else { return found };
    let Some((unit, _)) = lexicon::unit(t.word(found.end - 1)) else { return found };
    if found.kind != TimexKind::Duration || text.contains(['X', '.']) || unit == Unit::Second {
        return found;
    }
    let at = if t.word(found.end) == "and" || t.word(found.end) == "," { found.end + 1 } else { found.end };
    let Some((rest, after)) = numbers::count(t, at).filter(|(rest, _)| !rest.vague() && !rest.half) else {
        return found;
    };
    let Some((smaller, _)) = lexicon::unit(t.word(after)).filter(|(smaller, _)| *smaller < unit) else {
        return found;
    };
    if smaller.of_clock() != unit.of_clock() && unit != Unit::Day
        || is_age(t, after + 1)
        || matches!(t.word(after + 1), "ago" | "later" | "earlier" | "before" | "after")
    {
        return found;
    }
    let mark = if smaller.of_clock() && !unit.of_clock() { "T" } else { "" };
    let text = format!("{text}{mark}{}{}", rest.number, smaller.letter());
    Found { end: after + 1, expr: Expr::Fixed(text), ..found }
}

/// "2.5 hours", "1.5 million years": a length with a decimal point.
fn decimal(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let word = t.word(i);
    if t.at(i)?.kind != Kind::Number
        || word.matches('.').count() != 1
        || word.contains(',')
        || word.len() > 12
    {
        return None;
    }
    let at = if t.dash(i + 1) { i + 2 } else { i + 1 };
    let (unit, _) = lexicon::unit(t.word(at)).filter(|(unit, _)| *unit != Unit::Quarter)?;
    let text = format!("{}{word}{}", if unit.of_clock() { "PT" } else { "P" }, unit.letter());
    (!is_age(t, at + 1))
        .then(|| Found::of(TimexKind::Duration, i, at + 1, Expr::Fixed(text), "length of time"))
}

/// "two weeks", "a 10-year", "a year", "two to three weeks", and with "ago" or "later" the date they lead to.
fn plain(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let word = t.word(i);
    if t.at(i)?.kind == Kind::Mark {
        return None;
    }
    // "a three-year period": the article and the noun belong to the length.
    if matches!(word, "a" | "an")
        && let Some((count, at)) = numbers::count(t, i + 1)
        && t.dash(at)
        && let Some((unit, false)) = lexicon::unit(t.word(at + 1))
        && matches!(t.word(at + 2), "period" | "span" | "stretch")
    {
        return Some(Found::of(
            TimexKind::Duration,
            i,
            at + 3,
            Expr::Fixed(value(count, unit)),
            "length of time",
        ));
    }
    if matches!(word, "a" | "an") && matches!(t.word(i + 1), "fiscal" | "calendar") {
        return None;
    }
    if matches!(word, "a" | "an" | "one")
        && let at = adjectives(t, i + 1)
        && let Some((unit, false)) = lexicon::unit(t.word(at))
    {
        return single(t, i, at, unit);
    }
    if let Some(found) = compound(t, i) {
        return Some(found);
    }
    let (count, at) = numbers::count(t, i)?;
    if i > 0 && t.joined(i) && matches!(t.word(i - 1), "$" | "." | ":") {
        return None;
    }
    // "two to three weeks", "two or three days": a range of lengths, which its first number opens.
    if (matches!(t.word(at), "to" | "or" | "and") || t.dash(at) && numbers::figures(t, at + 1).is_some())
        && let Some((_, second)) = numbers::count(t, at + 1)
        && let unit_at = adjectives(t, if t.dash(second) { second + 1 } else { second })
        && let Some((unit, _)) = lexicon::unit(t.word(unit_at))
        && t.word(at) != "and"
        && !matches!(count, Count { half: true, .. })
        && !is_age(t, unit_at + 1)
    {
        let expr = Expr::Fixed(value(count, unit));
        let found = Found::of(TimexKind::Duration, i, unit_at + 1, expr, "length of time");
        if let Some(dated) = relative::offset(t, i, unit_at + 1, Count::VAGUE, unit) {
            return Some(dated);
        }
        return Some(found);
    }
    // Tokenised text has spaces on both sides of its hyphens.
    let hyphen = t.dash(at)
        && (t.joined(at) && t.joined(at + 1)
            || t.word(at) == "-"
                && !t.joined(at)
                && !t.joined(at + 1)
                && lexicon::unit(t.word(at + 1)).is_some_and(|(_, plural)| !plural));
    let unit_at = if hyphen { at + 1 } else { adjectives(t, at) };
    let (unit, plural) = lexicon::unit(t.word(unit_at))?;
    if unit == Unit::Second && (!plural || lexicon::ordinal(t.word(i)).is_some()) {
        return None;
    }
    let end = unit_at + 1;
    // "three-quarters of the staff" is a fraction.
    let fraction = unit == Unit::Quarter && (hyphen && plural || t.word(end) == "of");
    // "In some quarters" is a place.
    let figurative = unit == Unit::Quarter && matches!(word, "some" | "many" | "all" | "certain");
    if is_age(t, end) || fraction || figurative {
        return None;
    }
    // "in two days' time" counts from now.
    if matches!(t.word(end), "'" | "’") && t.word(end + 1) == "time" {
        let expr = Expr::Offset { count, unit, back: false, from: super::expr::From::Publication };
        return Some(Found::date(i, end + 2, expr, "offset"));
    }
    if !hyphen {
        if !plural && count.number > 1 && unit == Unit::Second {
            return None;
        }
        if let Some(found) = relative::offset(t, i, end, count, unit) {
            return Some(found);
        }
        if t.dash(end) && t.word(end + 1) == "ago" {
            return relative::offset(t, i, end + 1, count, unit);
        }
        // "weeks or months"
        if t.word(end) == "or" && lexicon::unit(t.word(end + 1)).is_some_and(|(_, plural)| plural) {
            return Some(Found::of(
                TimexKind::Duration,
                i,
                end + 2,
                Expr::Fixed(value(count, unit)),
                "length of time",
            ));
        }
    }
    if !hyphen && i > 0 && t.word(i - 1) == "in" && !count.vague() && unit > Unit::Hour {
        return Some(Found::of(TimexKind::Duration, i, end, Expr::Within { count, unit }, "length of time"));
    }
    let kind = TimexKind::Duration;
    let mut end = end;
    if !hyphen && !plural && t.word(end) == "long" {
        end += 1;
    }
    if hyphen && t.dash(end) && t.word(end + 1) == "long" {
        end += 2;
    }
    Some(Found::of(kind, i, end, Expr::Fixed(value(count, unit)), "length of time"))
}

/// "weeklong", "decades-long", "quarter-century".
fn compound(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let found = |end, value: &str| {
        Some(Found::of(TimexKind::Duration, i, end, Expr::Fixed(value.to_owned()), "length of time"))
    };
    match t.word(i) {
        "daylong" => found(i + 1, "P1D"),
        "weeklong" => found(i + 1, "P1W"),
        "monthlong" => found(i + 1, "P1M"),
        "yearlong" => found(i + 1, "P1Y"),
        "decadelong" => found(i + 1, "P1E"),
        "quarter" if t.dash(i + 1) && t.word(i + 2) == "century" => found(i + 3, "P25Y"),
        "half" if t.dash(i + 1) && t.word(i + 2) == "century" => found(i + 3, "P50Y"),
        "half" if t.dash(i + 1) && t.word(i + 2) == "hour" => found(i + 3, "PT30M"),
        "half" if t.dash(i + 1) && t.word(i + 2) == "day" => found(i + 3, "PT12H"),
        _ => None,
    }
}

fn is_age(t: &Tokens<'_>, end: usize) -> bool {
    t.word(end) == "old"
        || (t.dash(end) && matches!(t.word(end + 1), "old" | "olds"))
        || t.word(end) == "of" && t.word(end + 1) == "age"
}

/// "a year" and "one day": a length, a date with "ago", or a rate after a quantity.
fn single(t: &Tokens<'_>, i: usize, at: usize, unit: Unit) -> Option<Found> {
    let end = at + 1;
    if is_age(t, end) {
        return None;
    }
    if t.word(i) == "one"
        && unit == Unit::Day
        && at == i + 1
        && !matches!(t.word(end), "ago" | "earlier" | "later" | "before" | "after")
    {
        let before = if i == 0 { "" } else { t.word(i - 1) };
        let counts = matches!(
            before,
            "by" | "for" | "only" | "in" | "job" | "within" | "just" | "least" | "than" | "after"
        );
        if !counts {
            return Some(Found::date(i, end, Expr::Vague(Vague::Future), "some day"));
        }
    }
    if unit == Unit::Second || unit == Unit::Quarter && t.word(i) != "one" {
        return None;
    }
    if matches!(t.word(end), "'s" | "’s") && t.word(end + 1) == "time" {
        let expr =
            Expr::Offset { count: Count::ONE, unit, back: false, from: super::expr::From::Publication };
        return Some(Found::date(i, end + 2, expr, "offset"));
    }
    // "a week or so ago", "a year or two"
    if t.word(end) == "or" && t.word(end + 1) == "two" {
        let after = end + 2;
        return relative::offset(t, i, after, Count::VAGUE, unit).or_else(|| {
            Some(Found::of(
                TimexKind::Duration,
                i,
                after,
                Expr::Fixed(value(Count::VAGUE, unit)),
                "length of time",
            ))
        });
    }
    if let Some(found) = relative::offset(t, i, end, Count::ONE, unit) {
        return Some(found);
    }
    if t.word(end) == "and" && t.word(end + 1) == "a" && t.word(end + 2) == "half" {
        let count = Count { number: 1, half: true };
        return relative::offset(t, i, end + 3, count, unit).or_else(|| {
            Some(Found::of(
                TimexKind::Duration,
                i,
                end + 3,
                Expr::Fixed(value(count, unit)),
                "length of time",
            ))
        });
    }
    if t.dash(end) && t.joined(end) && t.joined(end + 1) {
        // "a day-long meeting" has its length in the compound; other compounds ("a year-end bonus") do not.
        return (t.word(end + 1) == "long").then(|| {
            Found::of(
                TimexKind::Duration,
                at,
                end + 2,
                Expr::Fixed(value(Count::ONE, unit)),
                "length of time",
            )
        });
    }
    if at == i + 1 && t.word(i) != "one" && recurring::is_rate(t, i) {
        return Some(Found::of(TimexKind::Set, i, end, Expr::Fixed(value(Count::ONE, unit)), "rate"));
    }
    Some(Found::of(TimexKind::Duration, i, end, Expr::Fixed(value(Count::ONE, unit)), "length of time"))
}

/// "for months", "in years", "over the years".
fn bare_plural(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let the = t.word(i) == "the";
    let at = if the { i + 1 } else { i };
    let (unit, plural) = lexicon::unit(t.word(at))?;
    if !plural || matches!(unit, Unit::Second | Unit::Quarter) {
        return None;
    }
    let before = if i == 0 { "" } else { t.word(i - 1) };
    let end = at + 1;
    let text = value(Count::VAGUE, unit);
    if the {
        let led = matches!(before, "over" | "through" | "in" | "during" | "for");
        let ahead =
            matches!(t.word(end), "ahead" | "since") || t.word(end) == "to" && t.word(end + 1) == "come";
        if t.word(end) == "ahead" {
            return Some(Found::of(TimexKind::Duration, i, end + 1, Expr::Fixed(text), "length of time"));
        }
        return (led
            && (ahead
                || unit == Unit::Year
                || matches!(t.word(end), "before" | "after" | "leading" | "of" | "when")))
        .then(|| Found::of(TimexKind::Duration, i, end, Expr::Fixed(text), "length of time"));
    }
    let counted = i > 0 && t.at(i - 1).is_some_and(|token| token.kind == Kind::Number);
    if matches!(before, "-" | "early" | "recent" | "past" | "teenage" | "golden" | "these")
        || counted
        || is_age(t, end)
    {
        return None;
    }
    if let Some(found) = relative::offset(t, i, end, Count::VAGUE, unit)
        && !matches!(found.expr, Expr::Offset { from: super::expr::From::Event, .. })
    {
        return Some(found);
    }
    let mut end = end;
    if t.word(end) == "or" && lexicon::unit(t.word(end + 1)).is_some_and(|(_, plural)| plural) {
        end += 2;
    }
    if t.dash(end) && t.word(end + 1) == "long" {
        end += 2;
    }
    Some(Found::of(TimexKind::Duration, i, end, Expr::Fixed(text), "length of time"))
}
