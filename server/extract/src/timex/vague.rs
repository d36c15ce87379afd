//! References that name no date: the past, the present and the future.

use crate::lexicon;
use crate::tokens::Tokens;

use super::expr::{Expr, Found, Vague};
use super::relative;
use super::{Modifier, TimexKind};

pub(crate) fn expression(t: &Tokens<'_>, i: usize) -> Option<Found> {
    reference(t, i).or_else(|| turn(t, i))
}

fn reference(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let found = |vague, end| Some(Found::date(i, end, Expr::Vague(vague), "vague reference"));
    let next = t.word(i + 1);
    let closes = |end: usize| {
        !t.word(end).starts_with(|c: char| c.is_alphanumeric()) || !t.word(end).ends_with('s') && !t.dash(end)
    };
    match t.word(i) {
        "now" if next != "that" => found(Vague::Present, i + 1),
        "currently" | "nowadays" | "presently" => found(Vague::Present, i + 1),
        "current" if lexicon::unit(next).is_none() && !matches!(next, "fiscal" | "account" | "affairs") => {
            found(Vague::Present, i + 1)
        }
        "these" if next == "days" => found(Vague::Present, i + 2),
        "at" if next == "present" => {
            found(Vague::Present, i + 2).map(|found| Found { first: i + 1, ..found })
        }
        "the" => match (next, t.word(i + 2)) {
            ("past", "")
            | (
                "past",
                "," | "." | ";" | ")" | "\"" | "''" | "”" | "and" | "but" | "has" | "with" | "to" | "that"
                | "it" | "for" | "is" | "by" | "when",
            ) => found(Vague::Past, i + 2),
            ("past", _)
                if i > 0
                    && t.word(i - 1) == "in"
                    && lexicon::unit(t.word(i + 2)).is_none()
                    && t.word(i + 2).len() > 2
                    && crate::lexicon::small_number(t.word(i + 2)).is_none()
                    && !t.word(i + 2).starts_with(|c: char| c.is_ascii_digit())
                    && !matches!(t.word(i + 2), "few" | "several" | "couple" | "fiscal" | "decade") =>
            {
                found(Vague::Past, i + 2)
            }
            ("future", _)
                if closes(i + 2)
                    && i > 0
                    && matches!(
                        t.word(i - 1),
                        "in" | "about" | "for" | "of" | "into" | "on" | "to" | "toward"
                    ) =>
            {
                found(Vague::Future, i + 2)
            }
            ("near" | "foreseeable" | "immediate" | "distant" | "short" | "long", "future" | "term") => {
                found(Vague::Future, i + 3)
            }
            ("present", "," | "." | "") => found(Vague::Present, i + 2),
            ("then", "current") => found(Vague::Past, i + 3),
            ("other", "day" | "night" | "week") => found(Vague::Past, i + 3),
            _ => None,
        },
        "then" if next == "current" => found(Vague::Past, i + 2),
        "recent" => recent(t, i),
        "recently" | "lately" => found(Vague::Past, i + 1),
        "more" | "most" if next == "recently" => found(Vague::Past, i + 2),
        "past"
            if matches!(
                t.word(i + 1),
                "years" | "weeks" | "months" | "decades" | "quarters" | "centuries"
            ) =>
        {
            found(Vague::Past, i + 2)
        }
        "future" if lexicon::unit(next).is_some_and(|(_, plural)| plural) => found(Vague::Future, i + 2),
        "former" => Some(Found::date(i, i + 1, Expr::Vague(Vague::Past), "former")),
        "soon" if !matches!(next, "after" | "as" | "became" | "afterward" | "afterwards" | "thereafter") => {
            Some(Found::date(i, i + 1, Expr::Vague(Vague::Future), "soon"))
        }
        "a" | "some"
            if matches!(next, "later" | "future") && matches!(t.word(i + 2), "date" | "time" | "stage") =>
        {
            found(Vague::Future, i + 3)
        }
        "a" if matches!(
            (next, t.word(i + 2), t.word(i + 3)),
            ("long" | "short", "time" | "while", "ago")
        ) =>
        {
            found(Vague::Past, i + 4)
        }
        "a" if matches!((next, t.word(i + 2), t.word(i + 3)), ("little", "while", "ago")) => {
            found(Vague::Past, i + 4)
        }
        "a" if matches!((next, t.word(i + 2)), ("moment" | "minute", "ago")) => found(Vague::Past, i + 3),
        "moments" | "ages" if next == "ago" => found(Vague::Past, i + 2),
        "some" if next == "time" && t.word(i + 2) == "ago" => found(Vague::Past, i + 3),
        "not" if next == "long" && t.word(i + 2) == "ago" => found(Vague::Past, i + 3),
        "not" if matches!((next, t.word(i + 2), t.word(i + 3)), ("so" | "too" | "that", "long", "ago")) => {
            found(Vague::Past, i + 4)
        }
        "a" if matches!((next, t.word(i + 2)), ("long", "time")) => {
            Some(Found::of(TimexKind::Duration, i, i + 3, Expr::Fixed("PXX".to_owned()), "vague length"))
        }
        "a" if next == "while" => {
            if t.word(i + 2) == "ago" {
                return found(Vague::Past, i + 3);
            }
            Some(Found::of(TimexKind::Duration, i, i + 2, Expr::Fixed("PXX".to_owned()), "vague length"))
        }
        "at" if matches!((next, t.word(i + 2)), ("the", "moment")) => {
            found(Vague::Present, i + 3).map(|found| Found { first: i + 1, ..found })
        }
        "at" if next == "this" && matches!(t.word(i + 2), "time" | "moment") => {
            found(Vague::Present, i + 3).map(|found| Found { first: i + 1, ..found })
        }
        "long" if next == "ago" => found(Vague::Past, i + 2),
        "until" | "since" if next == "then" => Some(Found::date(
            i + 1,
            i + 2,
            Expr::Unit { unit: lexicon::Unit::Day, rel: super::expr::Rel::Same },
            "then",
        )),
        _ => None,
    }
}

/// "the turn of the century".
fn turn(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let at = if t.word(i) == "the" { i + 1 } else { i };
    if t.word(at) != "turn" || t.word(at + 1) != "of" || t.word(at + 2) != "the" {
        return None;
    }
    let (unit, _) = lexicon::unit(t.word(at + 3))?;
    let expr = Expr::Unit { unit, rel: super::expr::Rel::This };
    Some(Found::date(i, at + 4, expr, "turn of a period").modified(Modifier::Start))
}

/// "recent weeks", "in recent years", "recent advances".
fn recent(t: &Tokens<'_>, i: usize) -> Option<Found> {
    if lexicon::unit(t.word(i + 1)).is_some_and(|(_, plural)| plural) {
        let mut end = i + 2;
        if t.word(end) == "and" && lexicon::unit(t.word(end + 1)).is_some_and(|(_, plural)| plural) {
            end += 2;
        }
        return Some(Found::date(i, end, Expr::Vague(Vague::Past), "recent units"));
    }
    if relative::rel_word(t.word(i + 1)).is_some() {
        return None;
    }
    Some(Found::date(i, i + 1, Expr::Vague(Vague::Past), "vague reference"))
}
