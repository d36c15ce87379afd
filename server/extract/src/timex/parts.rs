//! Parts of a longer time: "early January", "the end of the year", "the first week of March".

use crate::tokens::Tokens;

use super::expr::{Expr, Found, Rel};
use super::{Modifier, calendar_names, clock, figures, relative};

/// A date or a stretch of time after the words for a part of it: "early January", "the end of the year".
pub(super) fn part_of(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let (modifier, mut at, earlier) = match t.word(i) {
        "early" => (Modifier::Start, i + 1, false),
        "earlier" => (Modifier::Start, i + 1, true),
        "late" => (Modifier::End, i + 1, false),
        "later" => (Modifier::End, i + 1, true),
        "mid" => (Modifier::Mid, if t.dash(i + 1) { i + 2 } else { i + 1 }, false),
        "the" => match (t.word(i + 1), t.word(i + 2)) {
            ("early" | "earliest", _) => (Modifier::Start, i + 2, false),
            ("late" | "latter", _) => (Modifier::End, i + 2, false),
            ("mid", _) => (Modifier::Mid, if t.dash(i + 2) { i + 3 } else { i + 2 }, false),
            ("beginning" | "start" | "opening" | "outset", "of") => (Modifier::Start, i + 3, false),
            ("end" | "close" | "conclusion", "of") => (Modifier::End, i + 3, false),
            ("middle", "of") => (Modifier::Mid, i + 3, false),
            ("very", _)
                if matches!(t.word(i + 2), "end" | "beginning" | "start") && t.word(i + 3) == "of" =>
            {
                (if t.word(i + 2) == "end" { Modifier::End } else { Modifier::Start }, i + 4, false)
            }
            _ => return None,
        },
        _ => return None,
    };
    if matches!(t.word(at), "in" | "on") {
        at += 1;
    }
    let inner = calendar_names::date(t, at)
        .or_else(|| relative::expression(t, at))
        .map(|found| clock::after_date(t, found))
        .or_else(|| clock::part_of_day(t, at))
        .or_else(|| figures::date(t, at))?;
    let fits = match inner.expr {
        Expr::Unit { rel, .. } => {
            !earlier || rel != Rel::Bare || t.word(at) == "that" || t.word(i + 1) == "in"
        }
        Expr::Month { .. }
        | Expr::Year(_)
        | Expr::Decade(_)
        | Expr::Century(_)
        | Expr::Season { .. }
        | Expr::Weekday { .. }
        | Expr::Deictic(_)
        | Expr::Quarter { .. }
        | Expr::Weekend(_)
        | Expr::TimeOfDay
        | Expr::Day { .. } => true,
        _ => false,
    };
    if !fits || inner.modifier.is_some() {
        return None;
    }
    let modifier = match (earlier, modifier, &inner.expr) {
        (true, Modifier::End, Expr::Unit { rel: Rel::This, .. }) => Modifier::End,
        _ => modifier,
    };
    Some(Found { first: i, ..inner }.modified(modifier))
}
