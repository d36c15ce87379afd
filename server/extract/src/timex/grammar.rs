//! Where expressions start, how they grow, and which of two that overlap is kept.

use crate::lexicon;
use crate::sentences::Sentence;
use crate::tokens::{Kind, Tokens};

use super::expr::{Clock, Expr, Found};
use super::{
    Modifier, TimexKind, calendar_names, clock, duration, figures, lists, numbers, parts, relative, vague,
};

/// All expressions of a text, in order, none overlapping another.
pub(crate) fn find(t: &Tokens<'_>, sentences: &[Sentence]) -> Vec<Found> {
    let mut out = Vec::new();
    for sentence in sentences {
        let mut i = t.index_at(sentence.span.start);
        let limit = t.index_at(sentence.span.end.saturating_sub(1)) + 1;
        while i < limit {
            match expression(t, i).filter(|found| found.end <= limit && found.end > i) {
                Some(found) => {
                    i = found.end;
                    out.push(found);
                    i = lists::continue_list(t, i, limit, &mut out);
                }
                None => i += 1,
            }
        }
    }
    out
}

/// The longest expression that starts at the token.
fn expression(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let token = t.at(i)?;
    if token.kind == Kind::Mark && !matches!(t.word(i), "'" | "’" | "`") {
        return None;
    }
    if let Some((end, modifier)) = approximator(t, i)
        && let Some(mut inner) = core(t, end)
        && takes_approximator(&inner)
        // "Over the past two days" and "about the weeks ahead" have prepositions.
        && !(inner.kind == TimexKind::Duration && matches!(t.word(i), "over" | "under" | "about" | "around")
            && matches!(t.word(end), "the" | "these" | "those" | "this"))
    {
        inner.first = i;
        inner.modifier = Some(match (modifier, &inner.expr) {
            (Modifier::LessThan | Modifier::EqualOrLess, Expr::Offset { .. }) => Modifier::LessThan,
            _ => modifier,
        });
        return Some(inner);
    }
    core(t, i)
}

/// Words before a quantity that make it rough or bound it.
fn approximator(t: &Tokens<'_>, i: usize) -> Option<(usize, Modifier)> {
    let next = t.word(i + 1);
    Some(match t.word(i) {
        "about" | "around" | "approximately" | "roughly" | "circa" => (i + 1, Modifier::Approx),
        "ca" | "c" if next == "." => (i + 2, Modifier::Approx),
        "some" => (i + 1, Modifier::Approx),
        "nearly" | "almost" => (i + 1, Modifier::LessThan),
        "more" | "longer" if next == "than" => (i + 2, Modifier::MoreThan),
        "less" | "fewer" if next == "than" => (i + 2, Modifier::LessThan),
        "no" if matches!(next, "more" | "longer") && t.word(i + 2) == "than" => {
            (i + 3, Modifier::EqualOrLess)
        }
        "no" if matches!(next, "less" | "fewer") && t.word(i + 2) == "than" => (i + 3, Modifier::EqualOrMore),
        "at" if next == "least" => (i + 2, Modifier::EqualOrMore),
        "at" if next == "most" => (i + 2, Modifier::EqualOrLess),
        "up" if next == "to" => (i + 2, Modifier::EqualOrLess),
        "just" if matches!(next, "over" | "under") => {
            (i + 2, if next == "over" { Modifier::MoreThan } else { Modifier::LessThan })
        }
        "well" if next == "over" => (i + 2, Modifier::MoreThan),
        // "For over a month" counts; "over two weeks in May" may say when.
        "over" | "under" if i > 0 && counts_before(t.word(i - 1)) => {
            (i + 1, if t.word(i) == "over" { Modifier::MoreThan } else { Modifier::LessThan })
        }
        _ => return None,
    })
}

/// Words after which "over" and "under" bound a quantity.
fn counts_before(word: &str) -> bool {
    matches!(
        word,
        "for"
            | "in"
            | "after"
            | "of"
            | "within"
            | "lasted"
            | "lasts"
            | "last"
            | "took"
            | "takes"
            | "take"
            | "is"
            | "was"
            | "be"
            | "been"
            | "spent"
            | "waited"
            | "a"
            | "to"
            | "little"
            | "than"
            | "by"
    )
}

fn takes_approximator(found: &Found) -> bool {
    match found.expr {
        Expr::Fixed(_) => found.kind == TimexKind::Duration,
        Expr::Offset { .. }
        | Expr::Year(_)
        | Expr::Decade(_)
        | Expr::TimeOfDay
        | Expr::Day { .. }
        | Expr::Month { .. } => true,
        _ => false,
    }
}

fn core(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let mut best: Option<Found> = None;
    let mut keep = |found: Option<Found>| {
        if let Some(found) = found
            && best.as_ref().is_none_or(|held| found.end > held.end)
        {
            best = Some(found);
        }
    };
    keep(parts::part_of(t, i));
    keep(figures::date(t, i).map(|found| clock::after_date(t, found)));
    keep(clock::with_date(t, i));
    keep(calendar_names::date(t, i).map(|found| clock::after_date(t, found)));
    keep(relative::expression(t, i).map(|found| clock::after_date(t, found)));
    keep(duration::expression(t, i));
    keep(vague::expression(t, i));
    best.map(|found| trailing(t, found))
}

/// What may follow an expression and still belong to it: "or so", "or later".
fn trailing(t: &Tokens<'_>, found: Found) -> Found {
    let mut found = parts::shifted(t, found);
    match (t.word(found.end), t.word(found.end + 1)) {
        ("or", "so") if found.modifier.is_none() => {
            found.end += 2;
            found.modifier = Some(Modifier::Approx);
            if t.word(found.end) == "ago" {
                found = match relative::ago(t, &found) {
                    Some(ago) => ago.modified(Modifier::Approx),
                    None => found,
                };
            }
        }
        ("or", "later") if found.kind == TimexKind::Date => {
            found.end += 2;
            found.modifier = Some(Modifier::OnOrAfter);
        }
        _ => {}
    }
    found
}

/// Whether a bare word that is also a verb ("may", "march") reads as a month here.
pub(crate) fn reads_as_month(t: &Tokens<'_>, i: usize) -> bool {
    let word = t.word(i);
    // Mail and posts leave capitals out; "may", "march" and "august" are other words then.
    if !t.capital(i) && (matches!(word, "may" | "march" | "august") || word.len() < 4) {
        return false;
    }
    let short = lexicon::ambiguous_short_name(word);
    if !matches!(word, "may" | "march") && !short {
        return true;
    }
    if t.printed(i).len() > 1 && t.printed(i).chars().all(char::is_uppercase) && short {
        return false;
    }
    let next_number = numbers::figures(t, i + 1).is_some_and(|n| n <= 31 || (1000..2200).contains(&n))
        || (t.word(i + 1) == "."
            && t.joined(i + 1)
            && (numbers::figures(t, i + 2).is_some() || lexicon::ordinal(t.word(i + 2)).is_some()))
        || lexicon::ordinal(t.word(i + 1)).is_some()
        || (t.word(i + 1) == "," && numbers::figures(t, i + 2).is_some_and(|n| (1000..2200).contains(&n)));
    let before = if i == 0 { "" } else { t.word(i - 1) };
    let number_before =
        i > 0 && (numbers::figures(t, i - 1).is_some_and(|n| n <= 31) || lexicon::ordinal(before).is_some());
    // "Jan-Mar 2026"
    let range = t.dash(i + 1) && lexicon::month(t.word(i + 2)).is_some() && t.capital(i + 2);
    let closes = i > 1 && t.dash(i - 1) && lexicon::month(t.word(i - 2)).is_some();
    // "the 12 months to March"
    let runs_to = before == "to" && i > 1 && lexicon::unit(t.word(i - 2)).is_some();
    if next_number || number_before || range || closes || runs_to {
        return true;
    }
    if short {
        return false;
    }
    let led = matches!(
        before,
        "in" | "last"
            | "next"
            | "this"
            | "since"
            | "by"
            | "until"
            | "till"
            | "of"
            | "from"
            | "early"
            | "late"
            | "mid"
            | "during"
            | "through"
            | "for"
            | "every"
            | "each"
            | "and"
            | "to"
            | "between"
            | "before"
            | "after"
            | "late-"
            | "-"
            | "or"
            | "throughout"
    );
    // "from January to March"
    let after_month = i > 1
        && matches!(before, "to" | "and" | "or" | "through" | "until")
        && lexicon::month(t.word(i - 2)).is_some();
    after_month
        || led && (word == "may" || !matches!(before, "to" | "for" | "of" | "and" | "or" | "-"))
        || (matches!(t.word(i + 1), "this" | "last" | "next" | "of" | "'s" | "’s") && word == "may" && i > 0)
}

/// A clock or part of day stuck to the expression changes its type.
pub(crate) fn with_clock(mut found: Found, clock: Clock, end: usize) -> Found {
    found.clock = Some(clock);
    found.kind = TimexKind::Time;
    found.end = end;
    found
}
