//! Whether a clause looks back or ahead, from the verbs and the words of plan and duty around an expression.

use crate::lexicon::{self, Tense};
use crate::tokens::Tokens;

/// How far a cue may stand from the expression it speaks for, in tokens.
const REACH: usize = 14;

/// The direction of the clause around the tokens `first..end` of the sentence `from..to`.
pub(crate) fn direction(t: &Tokens<'_>, first: usize, end: usize, from: usize, to: usize) -> Option<Tense> {
    let before = |back: usize| first.checked_sub(back).filter(|at| *at >= from).map_or("", |at| t.word(at));
    // "after Tuesday's vote" has had its vote; "as early as Monday" and "starting Monday" have not come yet.
    if matches!(before(1), "after" | "following") && matches!(t.word(end), "'s" | "’s") {
        return Some(Tense::Past);
    }
    if before(1) == "as" && matches!(before(2), "early" | "soon")
        || matches!(before(1), "starting" | "beginning")
    {
        return Some(Tense::Future);
    }
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
        "to" => {
            matches!(
                before,
                "is" | "are"
                    | "going"
                    | "planning"
                    | "preparing"
                    | "expecting"
                    | "hoping"
                    | "hopes"
                    | "intends"
                    | "aims"
                    | "ready"
                    | "likely"
                    | "about"
                    | "wants"
            ) && t.word(i + 1).starts_with(|c: char| c.is_alphabetic())
        }
        // A timetable is told in the present: "the trial begins Monday".
        "meet" | "begin" => !(i.saturating_sub(6)..i).any(|at| {
            matches!(
                t.word(at),
                "to" | "let" | "made" | "make" | "helped" | "saw" | "did" | "didn't" | "not" | "had"
            )
        }),
        "faces" | "begins" | "starts" | "opens" | "resumes" | "reopens" | "convenes" | "meets"
        | "premieres" | "airs" => true,
        "takes" => t.word(i + 1) == "effect",
        "set" => matches!(before, "is" | "are") && matches!(t.word(i + 1), "for" | "to"),
        "until" | "till" => !looks_back(t, i) || put_off(t, i),
        "be" => before == "to",
        _ => false,
    };
    if ahead {
        // "It had been due to expire Friday" looks back.
        let had = (i.saturating_sub(4)..i).any(|at| matches!(t.word(at), "had" | "hadn't"));
        return Some(if had { Tense::Past } else { Tense::Future });
    }
    match word {
        // "It's the second day": a short "is".
        "'s" | "’s"
            if matches!(
                before,
                "it" | "he" | "she" | "that" | "there" | "this" | "here" | "what" | "who"
            ) =>
        {
            Some(Tense::Present)
        }
        "since" | "ended" => Some(Tense::Past),
        "due" | "expected" | "effective" | "until" | "till" => None,
        _ => match lexicon::tense(word)? {
            Tense::Past if base_form(t, i) => None,
            Tense::Past => participle(t, i),
            tense => Some(tense),
        },
    }
}

/// Whether a form that is both past and base form ("cut", "set", "shut") is the base form here, after a modal or "to".
fn base_form(t: &Tokens<'_>, i: usize) -> bool {
    let word = t.word(i);
    let alike = matches!(
        word,
        "cut"
            | "set"
            | "put"
            | "hit"
            | "let"
            | "cost"
            | "shut"
            | "quit"
            | "spread"
            | "cast"
            | "bid"
            | "bet"
            | "hurt"
            | "split"
            | "burst"
            | "upset"
            | "rid"
            | "shed"
            | "thrust"
            | "beat"
            | "read"
            | "found"
            | "lay"
            | "wound"
            | "bound"
            | "felt"
            | "saw"
            | "left"
    );
    alike
        && (i.saturating_sub(3)..i).any(|at| {
            matches!(
                t.word(at),
                "will"
                    | "would"
                    | "can"
                    | "could"
                    | "may"
                    | "might"
                    | "must"
                    | "should"
                    | "shall"
                    | "to"
                    | "not"
                    | "n't"
                    | "won't"
                    | "wouldn't"
                    | "can't"
                    | "cannot"
                    | "did"
                    | "does"
                    | "do"
                    | "didn't"
                    | "'ll"
            )
        })
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
        // "Has set aside two weeks in April" does not say which April.
        "is" | "are" | "being" | "has" | "have" => Some(Tense::Present),
        _ => Some(Tense::Past),
    }
}

/// Whether something was moved or kept up to a later day: "postponed the vote until Friday".
fn put_off(t: &Tokens<'_>, i: usize) -> bool {
    (i.saturating_sub(6)..i).any(|at| {
        let word = t.word(at);
        ["postpone", "delay", "adjourn", "defer", "extend", "recess"]
            .iter()
            .any(|stem| word.starts_with(stem))
            || word == "put" && t.word(at + 1) == "off"
    })
}

/// Whether the verb nearest before "until" is in the past.
fn looks_back(t: &Tokens<'_>, i: usize) -> bool {
    (i.saturating_sub(8)..i).rev().find_map(|at| lexicon::tense(t.word(at))) == Some(Tense::Past)
}
