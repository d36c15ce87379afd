//! Nouns that tell of an event when a date stands beside them: "the Jan. 9 memo", "the signing of the pact on Monday".

use std::ops::Range;

use crate::clause::{Sentence, adverb, determiner};
use crate::event::EventKind::{
    self, Contract, Deadline, Filing, Legislation, Memo, Negotiation, Other, Report, Ruling, Statement,
};
use crate::lexicon;
use crate::tokens::Kind;
use crate::triggers;
use crate::words::among;

/// How a noun names an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    /// A thing that has a date of its own: a memo, a contract.
    Thing,
    /// What takes place on a day: a hearing, a strike.
    Occasion,
    /// A verb made a noun: the signing, the collapse.
    Deed,
}
use Sort::{Deed, Occasion, Thing};

const NOUNS: [(Sort, EventKind, &str, &str); 35] = [
    (Thing, Memo, "memo", "memo memorandum directive circular"),
    (Thing, Memo, "letter", "letter email e-mail"),
    (Thing, Memo, "notice", "notice"),
    (Thing, Memo, "order", "order"),
    (Thing, Memo, "guidance", "guidance"),
    (Thing, Statement, "statement", "statement announcement speech testimony interview"),
    (Thing, Contract, "contract", "contract"),
    (Thing, Contract, "agreement", "agreement accord treaty compact pact"),
    (Thing, Contract, "deal", "deal settlement"),
    (Thing, Filing, "lawsuit", "lawsuit suit complaint petition filing"),
    (Thing, Filing, "appeal", "appeal"),
    (Thing, Ruling, "ruling", "ruling decision verdict judgment judgement"),
    (Thing, Ruling, "injunction", "injunction"),
    (Thing, Report, "report", "report study audit"),
    (Thing, Deadline, "deadline", "deadline cutoff"),
    (Thing, Negotiation, "offer", "offer proposal"),
    (Occasion, Negotiation, "meeting", "meeting talks summit negotiations"),
    (Occasion, Negotiation, "call", "call"),
    (Occasion, Other, "hearing", "hearing trial"),
    (Occasion, Other, "strike", "strike walkout stoppage lockout"),
    (Occasion, Other, "protest", "protest rally march blockade boycott"),
    (Occasion, Other, "raid", "raid attack bombing crash earthquake coup shutdown"),
    (Occasion, Legislation, "vote", "vote ballot referendum"),
    (Occasion, Other, "election", "election elections"),
    (Deed, Contract, "sign", "signing"),
    (Deed, Negotiation, "stall", "collapse breakdown"),
    (Deed, Other, "resign", "resignation"),
    (Deed, Other, "arrest", "arrest arrests detention"),
    (Deed, Other, "suspend", "suspension closure seizure cancellation withdrawal revocation eviction"),
    (Deed, Other, "fire", "dismissal firing appointment ouster"),
    (Deed, Other, "die", "death killing shooting assassination"),
    (Deed, Report, "publish", "publication release"),
    (Deed, Legislation, "adopt", "adoption passage ratification repeal"),
    (Deed, Negotiation, "reject", "rejection"),
    (Deed, Filing, "file", "indictment"),
];

/// An event that a noun and a date tell of.
pub(crate) struct Named {
    pub(crate) at: usize,
    pub(crate) kind: EventKind,
    pub(crate) topic: &'static str,
    /// Whether the sentence says that it is set for the day, or is due by it.
    pub(crate) appointed: bool,
    /// Whether the title is best made from the whole clause.
    pub(crate) clause: bool,
}

fn noun_at(s: &Sentence<'_>, i: usize) -> Option<(Sort, EventKind, &'static str)> {
    let word = s.t.word(i);
    let &(sort, kind, topic, _) =
        NOUNS.iter().find(|(.., words)| words.split(' ').any(|noun| noun == word))?;
    let kind = match sort {
        Deed => deed_kind(s, i, kind),
        _ => kind,
    };
    Some((sort, kind, topic))
}

/// "the signing of the bill", "the suspension of the talks".
fn deed_kind(s: &Sentence<'_>, i: usize, kind: EventKind) -> EventKind {
    let object = (i + 1..s.to.min(i + 7)).take_while(|&at| !s.in_date(at)).find_map(|at| {
        Some(match s.t.word(at) {
            "bill" | "law" | "act" | "treaty" => Legislation,
            "memo" | "memorandum" | "order" | "directive" => Memo,
            "contract" | "agreement" | "deal" | "accord" | "pact" => Contract,
            "talks" | "negotiations" | "offer" => Negotiation,
            _ => return None,
        })
    });
    match (kind, object) {
        (Contract | Other, Some(found)) => found,
        // Only talks collapse among what this is about; a building's collapse is another matter.
        (Negotiation, None) if matches!(s.t.word(i), "collapse" | "breakdown") => Other,
        _ => kind,
    }
}

/// The event noun that a date at the tokens `date` stands beside.
pub(crate) fn of_date(s: &Sentence<'_>, date: &Range<usize>) -> Option<Named> {
    appointed(s, date)
        .or_else(|| deadline(s, date))
        .or_else(|| attributive(s, date))
        .or_else(|| before_date(s, date))
        .filter(|named| !denied(s, named.at) && !said_in(s, named))
}

/// "said in a Sunday statement": the event is what was said, and its verb has the date.
fn said_in(s: &Sentence<'_>, named: &Named) -> bool {
    named.kind == Statement
        && (named.at.saturating_sub(6).max(s.from)..named.at)
            .any(|i| matches!(s.t.word(i), "said" | "says" | "told" | "wrote"))
}

/// "no ruling", "a possible strike", "any agreement".
fn denied(s: &Sentence<'_>, at: usize) -> bool {
    (at.saturating_sub(4).max(s.from)..at)
        .any(|i| among(s.t.word(i), "no any possible potential would-be hypothetical whether without if"))
}

/// After the date, within the same noun phrase: the last event noun before a verb or a mark.
fn attributive(s: &Sentence<'_>, date: &Range<usize>) -> Option<Named> {
    let t = s.t;
    if date.start == s.from
        || among(t.word(date.start - 1), "on since until by after before from in , last next")
    {
        return None;
    }
    let mut found = None;
    for i in date.end..s.to.min(date.end + 7) {
        let mark =
            t.at(i).is_none_or(|token| token.kind == Kind::Mark && !matches!(t.word(i), "'s" | "’s" | "-"));
        let stops = among(t.word(i), "to that of in on for by and with after from the a at who");
        if mark
            || stops
            || s.in_date(i)
            || lexicon::tense(t.word(i)).is_some() && !matches!(t.word(i), "closed" | "proposed")
        {
            break;
        }
        if let Some((_, kind, topic)) = noun_at(s, i) {
            found = Some(Named { at: i, kind, topic, appointed: false, clause: false });
        }
    }
    // "told reporters Tuesday talks had failed": a noun right after a bare weekday may open a clause.
    let articled = (date.start.saturating_sub(4).max(s.from)..date.start).any(|i| determiner(t.word(i)))
        || matches!(t.word(date.start - 1), "'s" | "’s");
    found.filter(|named| articled || lexicon::tense(t.word(named.at + 1)).is_none())
}

/// "the hearing is set for Feb. 24", "the deadline for comments is Feb. 27", "a stoppage is planned for Monday".
fn appointed(s: &Sentence<'_>, date: &Range<usize>) -> Option<Named> {
    let t = s.t;
    let mut at = date.start;
    let mut verb = false;
    while at > s.from {
        match t.word(at - 1) {
            "is" | "are" | "be" | "will" | "set" | "scheduled" | "planned" => verb = true,
            "due" | "now" | "for" | "on" | "by" | "expected" | "in" | "early" | "late" | "not" => {}
            _ => break,
        }
        at -= 1;
    }
    if !verb || (at..date.start).any(|i| t.word(i) == "not") {
        return None;
    }
    // The noun may have a phrase after it: "a hearing on remedies is set for".
    (at.saturating_sub(9).max(s.from)..at)
        .rev()
        .take_while(|&i| {
            !among(t.word(i), ", ; that which when and \"") && lexicon::tense(t.word(i)).is_none()
        })
        .find_map(|i| {
            let (sort, kind, topic) = noun_at(s, i)?;
            let fits = kind == Deadline
                || sort == Occasion
                || matches!(topic, "ruling" | "report" | "speech" | "sign");
            fits.then_some(Named { at: i, kind, topic, appointed: kind != Deadline, clause: false })
        })
}

/// "memo … dated January 9", "the deadline of Feb. 27", "the collapse of the talks on Monday".
fn before_date(s: &Sentence<'_>, date: &Range<usize>) -> Option<Named> {
    let t = s.t;
    let link = date.start.checked_sub(1).filter(|at| *at > s.from)?;
    let word = t.word(link);
    let dated = word == "dated" || matches!(word, "sent" | "issued") && t.word(link - 1) != "was";
    if !(dated || matches!(word, "of" | "on" | "for" | "in")) {
        return None;
    }
    let mut seen_of = false;
    for i in (link.saturating_sub(9).max(s.from)..link).rev() {
        let w = t.word(i);
        if among(w, "; : \" “ ” that which who") || w == "," && !dated {
            return None;
        }
        if among(w, "could may might would should can must") {
            return None;
        }
        if lexicon::tense(w).is_some() && !determiner(t.word(i.saturating_sub(1))) {
            return None;
        }
        if let Some((sort, kind, topic)) = noun_at(s, i) {
            let direct = i + 1 == link;
            let fits = match sort {
                Thing => {
                    dated
                        || direct && word == "of"
                        || direct && matches!(kind, Deadline | Memo | Ruling) && word != "in"
                }
                Occasion => (direct || seen_of || i + 4 >= link) && word != "of",
                Deed => word != "of" && (direct || seen_of || i + 3 >= link),
            };
            // In "condemned the order on Tuesday" the date is the verb's.
            let owned = !dated && word != "of" && governed(s, i);
            // "the publication of the audit on Feb. 19": the deed stands further back.
            if !fits && seen_of_before(s, i) {
                continue;
            }
            return (fits && !owned).then_some(Named { at: i, kind, topic, appointed: false, clause: false });
        }
        seen_of |= among(w, "of by between with to at in over for");
    }
    None
}

/// Whether "of" leads to the noun, with no more than an article between.
fn seen_of_before(s: &Sentence<'_>, i: usize) -> bool {
    (i.saturating_sub(3).max(s.from)..i).any(|at| s.t.word(at) == "of")
}

/// Whether a verb before the noun, in the same clause, has it for an object, so that a date after it is the verb's.
fn governed(s: &Sentence<'_>, noun: usize) -> bool {
    let t = s.t;
    for i in (noun.saturating_sub(9).max(s.from)..noun).rev() {
        match t.word(i) {
            "," | ";" | ":" | "\"" | "“" | "that" | "which" => return false,
            "after" | "before" | "since" | "following" | "during" | "until" if i + 8 > noun => return false,
            _ => {}
        }
        // "the rupture followed talks on March 26".
        if matches!(t.word(i), "followed" | "follows" | "preceded" | "precedes") {
            return false;
        }
        if triggers::tells(s, i, i + 1) || s.finite(i) {
            return true;
        }
    }
    false
}

/// "has until Jan. 5 to reply", "must be paid by March 1", "bids are due by April 9".
fn deadline(s: &Sentence<'_>, date: &Range<usize>) -> Option<Named> {
    let t = s.t;
    let link = date.start.checked_sub(1).filter(|at| *at > s.from)?;
    let word = t.word(link);
    if !matches!(word, "until" | "by" | "before" | "till") {
        return None;
    }
    let begin = (s.from..link)
        .rev()
        .find(|&i| matches!(t.word(i), ";" | "\"" | "“" | "which" | "that" | "who"))
        .map_or(s.from, |i| i + 1);
    let clause = begin.max(link.saturating_sub(16))..link;
    let find = |words: &[&str]| clause.clone().rev().find(|&i| words.contains(&t.word(i)));
    let mut near = link;
    while near > begin
        && (adverb(t.word(near - 1)) || matches!(t.word(near - 1), "them" | "it" | "him" | "her"))
    {
        near -= 1;
    }
    let at = match word {
        "until" | "till" => {
            let holder = find(&["has", "have", "gave", "given", "giving", "gives", "give"])
                .filter(|&i| i + 8 > link && !(i + 1..link).any(|k| lexicon::tense(t.word(k)).is_some()));
            let can = find(&["can", "may"]).filter(|&i| t.word(i + 1) == "be");
            holder.or(can)?
        }
        "by" if matches!(t.word(near - 1), "due" | "payable" | "owed") => near - 1,
        _ => {
            let must = find(&["must", "required", "obliged"]);
            let told = find(&["told", "ordered", "instructed", "has", "have"]).filter(|&i| {
                t.word(i + 1) == "to"
                    && (t.word(i) == "has"
                        || t.word(i) == "have"
                        || matches!(t.word(i.wrapping_sub(1)), "been" | "were" | "was"))
            });
            must.or(told)?
        }
    };
    let negated = (at..s.to.min(at + 3)).any(|i| matches!(t.word(i), "not" | "never"));
    (!negated).then_some(Named { at, kind: Deadline, topic: "deadline", appointed: false, clause: true })
}
