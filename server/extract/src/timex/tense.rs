//! Whether a clause looks back or ahead, from the verbs and the words of plan and duty around an expression.

use crate::lexicon::{self, Tense};
use crate::tokens::Tokens;

/// How far a cue may stand from the expression it speaks for, in tokens.
const REACH: usize = 14;

/// The direction of the clause around the tokens `first..end` of the sentence `from..to`.
pub(crate) fn direction(t: &Tokens<'_>, first: usize, end: usize, from: usize, to: usize) -> Option<Tense> {
    let left = nearest(t, (from..first).rev());
    let right = nearest(t, end..to);
    match (left, right) {
        (Some((near, tense)), Some((far, other))) => Some(if far + 4 < near { other } else { tense }),
        (Some((_, tense)), None) | (None, Some((_, tense))) => Some(tense),
        // "by Friday" with no verb near leans ahead.
        (None, None) => (first > from && t.word(first - 1) == "by").then_some(Tense::Future),
    }
}

fn nearest(t: &Tokens<'_>, places: impl Iterator<Item = usize>) -> Option<(usize, Tense)> {
    for (distance, i) in places.take(REACH).enumerate() {
        if t.word(i) == ";" {
            return None;
        }
        if let Some(tense) = cue(t, i) {
            return Some((distance, tense));
        }
    }
    None
}

fn cue(t: &Tokens<'_>, i: usize) -> Option<Tense> {
    let word = t.word(i);
    let before = i.checked_sub(1).map_or("", |at| t.word(at));
    let ahead = match word {
        "would" | "payable" | "scheduled" | "deadline" | "upcoming" | "expires" | "expire" | "plans"
        | "expects" | "slated" | "maturing" | "redeem" | "resume" => true,
        // "due Friday" and "is due to expire" look ahead; "due to rain" gives a cause.
        "due" => t.word(i + 1) != "to" || matches!(before, "is" | "are" | "was" | "were" | "been"),
        "expected" => !matches!(before, "than" | "as" | "widely"),
        "effective" => t.word(i + 1) != "as",
        "could" | "may" | "might" | "should" | "must" | "can" => t.word(i + 1) != "have" && !t.capital(i),
        "set" => matches!(before, "is" | "are") && matches!(t.word(i + 1), "for" | "to"),
        "until" | "till" => !looks_back(t, i),
        "be" => before == "to",
        _ => false,
    };
    if ahead {
        // "It had been due to expire Friday" looks back.
        let had = (i.saturating_sub(4)..i).any(|at| matches!(t.word(at), "had" | "hadn't"));
        return Some(if had { Tense::Past } else { Tense::Future });
    }
    match word {
        "since" | "ended" => Some(Tense::Past),
        "due" | "expected" | "effective" | "until" | "till" => None,
        _ => match lexicon::tense(word)? {
            Tense::Past => participle(t, i),
            tense => Some(tense),
        },
    }
}

/// What a past form says: nothing as an adjective, and what its auxiliary says in the passive.
fn participle(t: &Tokens<'_>, i: usize) -> Option<Tense> {
    let regular = t.word(i).ends_with("ed");
    match i.checked_sub(1).map_or("", |at| t.word(at)) {
        "a" | "an" | "the" | "its" | "his" | "her" | "their" | "still" | "newly" | "recently"
        | "previously" | "'s" | "’s" | "-" | "of" | "for" | "and"
            if regular =>
        {
            None
        }
        "be" => Some(Tense::Future),
        "is" | "are" | "being" => Some(Tense::Present),
        _ => Some(Tense::Past),
    }
}

/// Whether the verb nearest before "until" is in the past.
fn looks_back(t: &Tokens<'_>, i: usize) -> bool {
    (i.saturating_sub(8)..i).rev().find_map(|at| lexicon::tense(t.word(at))) == Some(Tense::Past)
}
