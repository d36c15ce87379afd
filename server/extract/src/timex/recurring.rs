//! What recurs: "every Friday", "twice a year", "annually".

use crate::lexicon::{self, Unit};
use crate::tokens::Tokens;

use super::duration::{adjectives, value};
use super::expr::{Count, Expr, Found};
use super::{TimexKind, numbers};

/// Whether "a year" follows a quantity that it counts by: "50,000 copies a year", "twice a week".
pub(super) fn is_rate(t: &Tokens<'_>, i: usize) -> bool {
    let word = |back: usize| i.checked_sub(back).map_or("", |at| t.word(at));
    if matches!(word(1), "times" | "once" | "twice" | "thrice" | "percent" | "%" | "million" | "billion") {
        return true;
    }
    let noun = word(1);
    let preposition = matches!(
        noun,
        "" | "for"
            | "in"
            | "within"
            | "after"
            | "over"
            | "about"
            | "nearly"
            | "almost"
            | "than"
            | "of"
            | "at"
            | "only"
            | "just"
            | "before"
            | "during"
            | "to"
            | "by"
            | "from"
            | "and"
            | "with"
            | "under"
            | "as"
            | "like"
            | "is"
            | "was"
            | "had"
            | "been"
            | "took"
            | "take"
            | "spent"
            | "least"
            | "most"
            | "until"
            | "through"
            | "him"
            | "them"
            | "barely"
            | "be"
            | ","
            | "such"
            | "quite"
    );
    if preposition {
        return false;
    }
    (1..=5).any(|back| {
        let at = i.checked_sub(back);
        at.is_some_and(|at| {
            numbers::figures(t, at).is_some_and(|n| !(1900..2100).contains(&n))
                || numbers::words(t, at).is_some()
                || matches!(t.word(at), "$" | "£" | "€" | "thousand" | "hundred" | "dozen" | "flights")
        })
    })
}

/// "each month", "every two weeks", "daily", "annually", "per year".
pub(super) fn recurring(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let set =
        |end: usize, value: String| Some(Found::of(TimexKind::Set, i, end, Expr::Fixed(value), "recurring"));
    match t.word(i) {
        "each" | "every" => {
            if let Some((day, _)) = lexicon::weekday(t.word(i + 1)) {
                return match super::clock::part_name(t, i + 2) {
                    Some((code, end)) => set(end, format!("XXXX-WXX-{day}T{code}")),
                    None => set(i + 2, format!("XXXX-WXX-{day}")),
                };
            }
            if let Some(month) = lexicon::month(t.word(i + 1)).filter(|_| t.capital(i + 1)) {
                return set(i + 2, format!("XXXX-{month:02}"));
            }
            if let Some(code) = lexicon::season(t.word(i + 1)) {
                return set(i + 2, format!("XXXX-{code}"));
            }
            if let Some((code, end)) = super::clock::part_name(t, i + 1) {
                return set(end, format!("XXXX-XX-XXT{code}"));
            }
            if t.word(i + 1) == "other"
                && let Some((day, _)) = lexicon::weekday(t.word(i + 2))
            {
                return set(i + 3, format!("XXXX-WXX-{day}"));
            }
            match t.word(i + 1) {
                "weekend" => return set(i + 2, "XXXX-WXX-WE".to_owned()),
                "weekday" | "workday" => return set(i + 2, "XXXX-WXX".to_owned()),
                _ => {}
            }
            // "every second year" and "every third week" count as "every two years" does.
            if t.word(i) == "every"
                && let Some(number) =
                    lexicon::ordinal(t.word(i + 1)).filter(|number| (2..=31).contains(number))
                && let Some((unit, false)) = lexicon::unit(t.word(i + 2))
            {
                return set(i + 3, value(Count { number, half: false }, unit));
            }
            let other = t.word(i + 1) == "other";
            let at = if other { i + 2 } else { i + 1 };
            let (count, at) = numbers::count(t, at)
                .unwrap_or((Count { number: if other { 2 } else { 1 }, half: false }, at));
            // "every 15 to 20 minutes"
            let at = match numbers::count(t, at + 1) {
                Some((_, second)) if matches!(t.word(at), "to" | "or") || t.dash(at) => second,
                _ => at,
            };
            let at = adjectives(t, at);
            let (unit, _) = lexicon::unit(t.word(at)).filter(|(unit, _)| *unit != Unit::Second)?;
            set(at + 1, value(count, unit))
        }
        "per" => {
            let (unit, plural) = lexicon::unit(t.word(i + 1))?;
            (!plural && unit != Unit::Second).then(|| set(i + 2, value(Count::ONE, unit)))?
        }
        "once" | "twice" | "thrice" => set_after_times(t, i, i + 1),
        "weekends" | "weekdays"
            if i > 0 && matches!(t.word(i - 1), "on" | "at" | "and" | "or" | "during" | "over" | "most") =>
        {
            let value = if t.word(i) == "weekends" { "XXXX-WXX-WE" } else { "XXXX-WXX" };
            set(i + 1, value.to_owned())
        }
        // After a quantity they say a rate ("grew 8% annually"), which is no date of anything.
        "annually" | "quarterly" | "biweekly" | "fortnightly" | "biannually" | "semiannually"
        | "biennially"
            if !t.word(i + 1).starts_with(|c: char| c.is_alphanumeric()) && !rate(t, i) =>
        {
            let value = match t.word(i) {
                "annually" => "P1Y",
                "quarterly" => "P1Q",
                "biweekly" | "fortnightly" => "P2W",
                "biennially" => "P2Y",
                _ => "P6M",
            };
            set(i + 1, value.to_owned())
        }
        // As adverbs they say how often; before a noun ("daily trading") they are part of its name.
        "daily" | "weekly" | "monthly" | "yearly" | "hourly" | "nightly"
            if !t.word(i + 1).starts_with(|c: char| c.is_alphanumeric())
                || matches!(
                    t.word(i + 1),
                    "in" | "for" | "to" | "on" | "from" | "by" | "at" | "since" | "and" | "through"
                ) =>
        {
            let value = match t.word(i) {
                "daily" => "P1D",
                "weekly" => "P1W",
                "monthly" => "P1M",
                "hourly" => "PT1H",
                "nightly" => "XXXX-XX-XXTNI",
                _ => "P1Y",
            };
            set(i + 1, value.to_owned())
        }
        _ => {
            let end = match numbers::figures(t, i) {
                Some(_) => i + 1,
                None => numbers::words(t, i)?.1,
            };
            (t.word(end) == "times").then(|| set_after_times(t, i, end + 1))?
        }
    }
}

/// "twice a year", "three times per week", "once every two years": the set with how often it holds.
fn set_after_times(t: &Tokens<'_>, i: usize, at: usize) -> Option<Found> {
    if matches!(t.word(at), "a" | "an") {
        let (unit, plural) = lexicon::unit(t.word(at + 1))?;
        let text = value(Count::ONE, unit);
        let fits = !plural && unit != Unit::Second && !t.dash(at + 2);
        return fits.then(|| Found::of(TimexKind::Set, i, at + 2, Expr::Fixed(text), "recurring"));
    }
    let every = matches!(t.word(at), "per" | "each" | "every");
    every.then(|| recurring(t, at)).flatten().map(|set| Found { first: i, ..set })
}

/// Whether a quantity stands before the adverb.
fn rate(t: &Tokens<'_>, i: usize) -> bool {
    (i.saturating_sub(4)..i).any(|at| {
        matches!(t.word(at), "%" | "percent" | "$" | "£" | "€") || numbers::figures(t, at).is_some()
    })
}
