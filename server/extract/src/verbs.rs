//! Verbs of policy disputes: their forms, and what kind of event each tells of.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::event::EventKind;
use crate::event::EventKind::{
    Contract, Deadline, Filing, Legislation, Memo, Negotiation, Other, Report, Ruling, Statement,
};
use crate::tokens::Tokens;
use crate::words::among;

/// How a verb form is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Past tense, which for most verbs is the participle too.
    Past,
    /// The participle of a verb whose past tense is another word.
    Participle,
    Present,
    Base,
    Gerund,
}

/// A verb that tells of an event.
#[derive(Debug)]
pub(crate) struct Verb {
    pub(crate) stem: &'static str,
    past: &'static str,
    participle: &'static str,
    pub(crate) kind: EventKind,
    /// How plainly the verb tells of an event of its kind, from 0 to 1.
    pub(crate) strength: f32,
    /// Whether it can do without an object: "resigned", "met".
    pub(crate) intransitive: bool,
}

/// Verbs by kind: stem, and past and participle where they are not regular; `*` marks those that need no object.
const TABLE: [(EventKind, f32, &str); 38] = [
    (Statement, 0.8, "announce"),
    (Statement, 0.7, "accuse condemn demand denounce apologise* apologize* declare testify*"),
    (
        Statement,
        0.6,
        "criticise criticize assail decry object* pledge protest* refuse threaten urge warn* endorse rebuke \
         disclose reveal allege rebuff concede*",
    ),
    (
        Statement,
        0.5,
        "acknowledge confirm defend hail blame recommend caution* question request welcome contest insist* dispute",
    ),
    (Statement, 0.4, "ask oppose complain* praise argue* tell/told"),
    (Statement, 0.3, "call say/said* describe"),
    (Memo, 0.8, "rescind"),
    (Memo, 0.7, "circulate issue notify order"),
    (Memo, 0.6, "instruct direct send/sent"),
    (Memo, 0.3, "write/wrote/written*"),
    (Negotiation, 0.8, "reject"),
    (Negotiation, 0.7, "agree* convene* meet/met* resume*"),
    (Negotiation, 0.6, "accept negotiate* offer propose"),
    (Negotiation, 0.5, "invite"),
    (Contract, 0.85, "terminate"),
    (Contract, 0.8, "award cancel/cancelled cancel/canceled settle* sign*"),
    (Contract, 0.7, "renew acquire"),
    (Contract, 0.6, "extend merge*"),
    (Contract, 0.5, "buy/bought sell/sold purchase lease"),
    (Contract, 0.4, "reach"),
    (Filing, 0.95, "sue*"),
    (Filing, 0.9, "file* indict"),
    (Filing, 0.8, "appeal* petition*"),
    (Filing, 0.7, "lodge submit subpoena"),
    (Filing, 0.6, "challenge charge"),
    (Ruling, 0.9, "overturn overrule invalidate rule* uphold/upheld vacate annul quash convict acquit"),
    (Ruling, 0.8, "affirm dismiss nullify sentence void"),
    (Ruling, 0.7, "block fine imprison grant reverse enjoin jail"),
    (Ruling, 0.6, "deny stay/stayed"),
    (Ruling, 0.3, "find/found"),
    (Legislation, 0.9, "enact ratify repeal veto/vetoed override/overrode/overridden"),
    (Legislation, 0.8, "pass* vote*"),
    (Legislation, 0.7, "adopt amend approve finalise finalize legislate*"),
    (Legislation, 0.6, "introduce revise reconvene* authorise authorize"),
    (Deadline, 0.8, "expire* lapse*"),
    (Report, 0.8, "publish"),
    (Report, 0.7, "release unveil broadcast/broadcast"),
    (Report, 0.5, "air"),
];

/// Verbs of no kind of their own.
const OTHER: [(f32, &str); 5] = [
    (0.8, "ban designate reinstate resign* revoke suspend invade pardon extradite"),
    (
        0.7,
        "arrest appoint bar expel fire freeze/froze/frozen halt impose lift nominate oust pause postpone raid \
         sanction seize withdraw/withdrew/withdrawn* dissolve sack detain deport elect inaugurate bomb prohibit scrap \
         topple recuse outlaw boycott blockade assassinate abolish nationalise nationalize",
    ),
    (
        0.6,
        "defer delay exclude launch rename restore schedule withhold/withheld leak summon strip shut/shut reopen \
         retaliate* waive evacuate kill attack evict quit/quit* levy slap die/died* crash* shoot/shot storm rescue ditch axe shelve slash blacklist kidnap abduct free demolish sabotage hijack explode* sink/sank/sunk* clash* \
         overthrow/overthrew/overthrown picket bail abandon strike/struck* occupy",
    ),
    (
        0.5,
        "begin/began/begun* close* deploy end* hire investigate join open* recall remove replace retire* visit win/won \
         relax tighten ease install double triple transfer promote name march* rally* breach search inspect start* raise cap surrender* unblock",
    ),
    (0.4, "allow clear cut/cut halve hold/held"),
];

/// Which verb of the list a form belongs to.
static FORMS: LazyLock<HashMap<String, (&'static Verb, Form)>> = LazyLock::new(|| {
    let mut forms: HashMap<String, (&'static Verb, Form)> = HashMap::new();
    for verb in VERBS.iter() {
        let stem = verb.stem;
        let soft = stem.strip_suffix('e').unwrap_or(stem);
        let present = if let Some(root) = stem.strip_suffix('y').filter(|root| !root.ends_with(VOWELS)) {
            format!("{root}ies")
        } else if stem.ends_with(['s', 'x', 'o']) || stem.ends_with("ch") || stem.ends_with("sh") {
            format!("{stem}es")
        } else {
            format!("{stem}s")
        };
        let doubled = stem.chars().last().map(|last| format!("{stem}{last}"));
        let doubles =
            doubled.as_ref().is_some_and(|doubled| verb.past.strip_suffix("ed") == Some(doubled.as_str()))
                || matches!(stem, "cut" | "begin" | "win" | "shut" | "quit");
        let gerund = match doubled {
            Some(doubled) if doubles => format!("{doubled}ing"),
            _ if stem == "die" => "dying".to_owned(),
            _ => format!("{soft}ing"),
        };
        for (form, kind) in [
            (verb.past.to_owned(), Form::Past),
            (verb.participle.to_owned(), Form::Participle),
            (present, Form::Present),
            (stem.to_owned(), Form::Base),
            (gerund, Form::Gerund),
        ] {
            forms.entry(form).or_insert((verb, kind));
        }
    }
    forms
});

const VOWELS: [char; 5] = ['a', 'e', 'i', 'o', 'u'];

static VERBS: LazyLock<Vec<Verb>> = LazyLock::new(|| {
    let rows = TABLE.iter().map(|(kind, strength, words)| (*kind, *strength, *words));
    let others = OTHER.iter().map(|(strength, words)| (Other, *strength, *words));
    rows.chain(others)
        .flat_map(|(kind, strength, words)| {
            words.split_whitespace().map(move |word| read_row(kind, strength, word))
        })
        .collect()
});

fn read_row(kind: EventKind, strength: f32, word: &'static str) -> Verb {
    let intransitive = word.ends_with('*');
    let mut parts = word.trim_end_matches('*').split('/');
    let stem = parts.next().unwrap_or_default();
    let (past, participle) = match (parts.next(), parts.next()) {
        (Some(past), Some(participle)) => (past, participle),
        (Some(past), None) => (past, past),
        _ => {
            let past = regular_past(stem);
            (past, past)
        }
    };
    Verb { stem, past, participle, kind, strength, intransitive }
}

/// The regular past form. The few that double their last letter are written out in [`DOUBLING`].
fn regular_past(stem: &'static str) -> &'static str {
    static PASTS: LazyLock<HashMap<&'static str, String>> = LazyLock::new(|| {
        let words = TABLE.iter().map(|row| row.2).chain(OTHER.iter().map(|row| row.1));
        words
            .flat_map(str::split_whitespace)
            .filter_map(|word| {
                let stem = word.trim_end_matches('*').split('/').next()?;
                let past = if DOUBLING.contains(&stem) {
                    format!("{stem}{}ed", stem.chars().last()?)
                } else if stem.ends_with('e') {
                    format!("{stem}d")
                } else if let Some(root) = stem.strip_suffix('y').filter(|root| !root.ends_with(VOWELS)) {
                    format!("{root}ied")
                } else {
                    format!("{stem}ed")
                };
                Some((stem, past))
            })
            .collect()
    });
    PASTS.get(stem).map_or(stem, String::as_str)
}

/// Verbs that double their last letter in the past.
const DOUBLING: [&str; 11] =
    ["ban", "bar", "submit", "scrap", "expel", "annul", "slap", "cap", "strip", "drop", "acquit"];

/// The verb a word is a form of, if it can tell of an event by itself.
pub(crate) fn verb_form(word: &str) -> Option<(&'static Verb, Form)> {
    FORMS.get(word).map(|&(verb, form)| (verb, form))
}

/// An expression of several words that tells of an event which its verb alone does not.
pub(crate) struct Phrase {
    /// The forms of its verb: base, present, past, participle, gerund.
    forms: [&'static str; 5],
    /// What has to follow, within a few words: each alternative is words in order.
    follows: &'static [&'static str],
    /// How many words may stand between the verb and what follows.
    reach: usize,
    pub(crate) kind: EventKind,
    pub(crate) topic: &'static str,
    pub(crate) strength: f32,
}

const fn phrase(
    forms: [&'static str; 5],
    follows: &'static [&'static str],
    reach: usize,
    kind: EventKind,
    topic: &'static str,
    strength: f32,
) -> Phrase {
    Phrase { forms, follows, reach, kind, topic, strength }
}

const WALK: [&str; 5] = ["walk", "walks", "walked", "walked", "walking"];
const TAKE: [&str; 5] = ["take", "takes", "took", "taken", "taking"];
const COME: [&str; 5] = ["come", "comes", "came", "come", "coming"];
const GO: [&str; 5] = ["go", "goes", "went", "gone", "going"];
const BRING: [&str; 5] = ["bring", "brings", "brought", "brought", "bringing"];
const STRIKE: [&str; 5] = ["strike", "strikes", "struck", "struck", "striking"];
const CALL: [&str; 5] = ["call", "calls", "called", "called", "calling"];
const PULL: [&str; 5] = ["pull", "pulls", "pulled", "pulled", "pulling"];
const PUT: [&str; 5] = ["put", "puts", "put", "put", "putting"];
const SET: [&str; 5] = ["set", "sets", "set", "set", "setting"];
const TURN: [&str; 5] = ["turn", "turns", "turned", "turned", "turning"];
const STEP: [&str; 5] = ["step", "steps", "stepped", "stepped", "stepping"];
const BACK: [&str; 5] = ["back", "backs", "backed", "backed", "backing"];
const THROW: [&str; 5] = ["throw", "throws", "threw", "thrown", "throwing"];
const HAND: [&str; 5] = ["hand", "hands", "handed", "handed", "handing"];
const GIVE: [&str; 5] = ["give", "gives", "gave", "given", "giving"];
const LAY: [&str; 5] = ["lay", "lays", "laid", "laid", "laying"];
const ROLL: [&str; 5] = ["roll", "rolls", "rolled", "rolled", "rolling"];
const DROP: [&str; 5] = ["drop", "drops", "dropped", "dropped", "dropping"];
const RULE: [&str; 5] = ["rule", "rules", "ruled", "ruled", "ruling"];
const GET: [&str; 5] = ["get", "gets", "got", "got", "getting"];
const ASK: [&str; 5] = ["ask", "asks", "asked", "asked", "asking"];
const TEAR: [&str; 5] = ["tear", "tears", "tore", "torn", "tearing"];
const HIT: [&str; 5] = ["hit", "hits", "hit", "hit", "hitting"];
const SIDE: [&str; 5] = ["side", "sides", "sided", "sided", "siding"];
const MAKE: [&str; 5] = ["make", "makes", "made", "made", "making"];
const WIN: [&str; 5] = ["win", "wins", "won", "won", "winning"];
const LOSE: [&str; 5] = ["lose", "loses", "lost", "lost", "losing"];
const CUT: [&str; 5] = ["cut", "cuts", "cut", "cut", "cutting"];
const LOCK: [&str; 5] = ["lock", "locks", "locked", "locked", "locking"];
const SHUT: [&str; 5] = ["shut", "shuts", "shut", "shut", "shutting"];
const CLOSE: [&str; 5] = ["close", "closes", "closed", "closed", "closing"];
const PHASE: [&str; 5] = ["phase", "phases", "phased", "phased", "phasing"];
const SCALE: [&str; 5] = ["scale", "scales", "scaled", "scaled", "scaling"];
const VOTE: [&str; 5] = ["vote", "votes", "voted", "voted", "voting"];
const SWEAR: [&str; 5] = ["swear", "swears", "swore", "sworn", "swearing"];
const ENTER: [&str; 5] = ["enter", "enters", "entered", "entered", "entering"];
const PLEAD: [&str; 5] = ["plead", "pleads", "pleaded", "pleaded", "pleading"];
const BE: [&str; 5] = ["be", "is", "was", "been", "being"];
const APPLY: [&str; 5] = ["apply", "applies", "applied", "applied", "applying"];
const HOLD: [&str; 5] = ["hold", "holds", "held", "held", "holding"];
const LEAVE: [&str; 5] = ["leave", "leaves", "left", "left", "leaving"];
const OPEN: [&str; 5] = ["open", "opens", "opened", "opened", "opening"];
const SWITCH: [&str; 5] = ["switch", "switches", "switched", "switched", "switching"];
const SEEK: [&str; 5] = ["seek", "seeks", "sought", "sought", "seeking"];
const CLAIM: [&str; 5] = ["claim", "claims", "claimed", "claimed", "claiming"];
const SIT: [&str; 5] = ["sit", "sits", "sat", "sat", "sitting"];
const BREAK: [&str; 5] = ["break", "breaks", "broke", "broken", "breaking"];

/// Phrases, those that need more words first.
const PHRASES: [Phrase; 85] = [
    phrase(TAKE, &["effect", "legal effect", "full effect"], 0, Legislation, "effect", 0.8),
    phrase(COME, &["into force", "into effect"], 0, Legislation, "effect", 0.8),
    phrase(GO, &["into force", "into effect"], 0, Legislation, "effect", 0.8),
    phrase(ENTER, &["into force", "into effect"], 0, Legislation, "effect", 0.8),
    phrase(BE, &["in force since", "in effect since", "in place since"], 0, Legislation, "effect", 0.8),
    phrase(APPLY, &["since", "from"], 0, Legislation, "effect", 0.5),
    phrase(TAKE, &["to court", "to the court", "to tribunal", "to arbitration"], 6, Filing, "sue", 0.8),
    phrase(TAKE, &["office"], 0, Other, "office", 0.7),
    phrase(TAKE, &["control of", "over"], 0, Other, "take over", 0.6),
    phrase(TAKE, &["off the air", "off the market"], 6, Other, "take off", 0.7),
    phrase(GO, &["to court"], 0, Filing, "sue", 0.7),
    phrase(GO, &["on strike"], 0, Other, "strike", 0.8),
    phrase(GO, &["on trial"], 0, Other, "trial", 0.7),
    phrase(
        BRING,
        &["case", "suit", "lawsuit", "action", "charges", "claim", "complaint", "proceedings"],
        4,
        Filing,
        "sue",
        0.7,
    ),
    phrase(BRING, &["bill", "legislation", "law"], 4, Legislation, "introduce", 0.6),
    phrase(
        SEEK,
        &["arbitration", "injunction", "damages", "judicial review", "asylum", "bankruptcy"],
        3,
        Filing,
        "sue",
        0.6,
    ),
    phrase(TAKE, &["to the streets"], 0, Other, "protest", 0.7),
    phrase(APPLY, &["for"], 1, Filing, "apply", 0.6),
    phrase(CLAIM, &["damages"], 0, Filing, "sue", 0.6),
    phrase(SIT, &["down"], 0, Negotiation, "meeting", 0.6),
    phrase(OPEN, &["proceedings", "inquiry", "investigation", "probe"], 3, Other, "inquiry", 0.7),
    phrase(
        STRIKE,
        &["deal", "agreement", "accord", "bargain", "pact", "compromise"],
        5,
        Contract,
        "deal",
        0.8,
    ),
    phrase(STRIKE, &["down"], 6, Ruling, "strike down", 0.9),
    phrase(
        WALK,
        &["out of talks", "out of the talks", "out of negotiations"],
        0,
        Negotiation,
        "walk away",
        0.8,
    ),
    phrase(WALK, &["away"], 0, Negotiation, "walk away", 0.8),
    phrase(WALK, &["out", "off"], 0, Other, "strike", 0.8),
    phrase(CALL, &["off"], 6, Other, "call off", 0.7),
    phrase(CALL, &["for"], 0, Statement, "call for", 0.5),
    phrase(CALL, &["on"], 0, Statement, "call on", 0.5),
    phrase(PULL, &["out"], 0, Other, "pull out", 0.7),
    phrase(PULL, &["back"], 0, Other, "pull out", 0.6),
    phrase(PUT, &["forward"], 6, Negotiation, "offer", 0.6),
    phrase(PUT, &["off"], 0, Other, "postpone", 0.6),
    phrase(PUT, &["up for auction", "up for sale"], 6, Other, "sale", 0.7),
    phrase(PUT, &["on hold", "on notice", "on leave"], 6, Other, "suspend", 0.7),
    phrase(SET, &["aside"], 5, Ruling, "set aside", 0.8),
    phrase(SET, &["up"], 0, Other, "set up", 0.5),
    phrase(
        SET,
        &["quota", "quotas", "price", "date", "limit", "target", "tariff", "terms"],
        5,
        Other,
        "set",
        0.6,
    ),
    phrase(TURN, &["down"], 5, Negotiation, "reject", 0.8),
    phrase(TURN, &["over"], 5, Other, "hand over", 0.5),
    phrase(STEP, &["down", "aside"], 0, Other, "resign", 0.8),
    phrase(BACK, &["down", "out", "away", "off"], 0, Other, "back down", 0.7),
    phrase(THROW, &["out"], 5, Ruling, "dismiss", 0.8),
    phrase(HAND, &["down"], 4, Ruling, "verdict", 0.8),
    phrase(HAND, &["fine", "sentence"], 5, Ruling, "fine", 0.7),
    phrase(HAND, &["over"], 5, Other, "hand over", 0.5),
    phrase(GIVE, &["go-ahead", "green light", "go ahead"], 4, Other, "approve", 0.7),
    phrase(GIVE, &["notice"], 4, Memo, "notify", 0.6),
    phrase(LAY, &["off"], 5, Other, "lay off", 0.6),
    phrase(LAY, &["out"], 0, Statement, "lay out", 0.4),
    phrase(ROLL, &["back"], 4, Other, "roll back", 0.6),
    phrase(ROLL, &["out"], 3, Other, "launch", 0.5),
    phrase(
        DROP,
        &["appeal", "case", "charges", "lawsuit", "suit", "complaint", "claim"],
        4,
        Filing,
        "drop",
        0.7,
    ),
    phrase(DROP, &["plan", "plans", "bid", "demand", "demands", "proposal"], 3, Other, "drop", 0.6),
    phrase(RULE, &["out"], 0, Statement, "rule out", 0.6),
    phrase(GET, &["under way", "underway"], 0, Other, "begin", 0.6),
    phrase(
        ASK,
        &["court", "judge", "tribunal", "justices", "supreme court", "panel of judges"],
        4,
        Filing,
        "ask a court",
        0.7,
    ),
    phrase(TEAR, &["up"], 0, Contract, "tear up", 0.8),
    phrase(HIT, &["back"], 0, Statement, "hit back", 0.6),
    phrase(SIDE, &["with"], 0, Ruling, "side with", 0.6),
    phrase(MAKE, &["offer", "proposal", "counter-offer"], 4, Negotiation, "offer", 0.6),
    phrase(WIN, &["contract", "contracts", "tender"], 4, Contract, "win", 0.7),
    phrase(WIN, &["case", "appeal", "injunction"], 4, Ruling, "win", 0.6),
    phrase(WIN, &["election", "vote", "presidency", "seat"], 4, Other, "elect", 0.6),
    phrase(LOSE, &["case", "appeal", "lawsuit"], 4, Ruling, "lose", 0.6),
    phrase(LOSE, &["election", "vote"], 4, Other, "elect", 0.6),
    phrase(CUT, &["off"], 4, Other, "cut off", 0.6),
    phrase(CUT, &["ties", "funding", "rates"], 3, Other, "cut", 0.6),
    phrase(LOCK, &["out"], 5, Other, "lock out", 0.7),
    phrase(SHUT, &["down"], 5, Other, "shut", 0.7),
    phrase(CLOSE, &["down"], 4, Other, "close", 0.6),
    phrase(PHASE, &["out", "in"], 0, Other, "phase", 0.5),
    phrase(SCALE, &["back", "down"], 0, Other, "scale", 0.5),
    phrase(VOTE, &["down"], 5, Legislation, "vote", 0.8),
    phrase(SWEAR, &["in"], 0, Other, "office", 0.8),
    phrase(PLEAD, &["guilty", "not guilty"], 0, Other, "plead", 0.8),
    phrase(BREAK, &["law", "rules", "treaty", "agreement", "terms"], 3, Other, "break", 0.2),
    phrase(HOLD, &["talks", "negotiations", "meeting", "discussions"], 3, Negotiation, "meeting", 0.6),
    phrase(
        HOLD,
        &["hearing", "hearings", "election", "elections", "referendum", "vote"],
        3,
        Other,
        "hold",
        0.6,
    ),
    phrase(HOLD, &["up"], 0, Other, "delay", 0.4),
    phrase(LEAVE, &["office", "talks", "post", "the talks"], 2, Other, "leave", 0.6),
    phrase(SWITCH, &["off", "on"], 4, Other, "switch", 0.5),
    phrase(GO, &["on sale", "ahead"], 0, Other, "go ahead", 0.4),
    phrase(MAKE, &["public"], 5, Report, "publish", 0.6),
    phrase(TAKE, &["case", "dispute", "complaint"], 3, Filing, "sue", 0.6),
];

/// Which phrases start with a form.
static BY_FORM: LazyLock<HashMap<&'static str, Vec<(&'static Phrase, Form)>>> = LazyLock::new(|| {
    let mut out: HashMap<&'static str, Vec<(&'static Phrase, Form)>> = HashMap::new();
    let forms = [Form::Base, Form::Present, Form::Past, Form::Participle, Form::Gerund];
    for phrase in &PHRASES {
        // "was" and "came" are past whatever else they are; a form written twice is taken as the past.
        for (word, form) in phrase.forms.iter().zip(forms) {
            let list = out.entry(word).or_default();
            if let Some(held) = list.iter_mut().find(|(held, _)| std::ptr::eq(*held, phrase)) {
                if form == Form::Past {
                    held.1 = form;
                }
            } else {
                list.push((phrase, form));
            }
        }
    }
    out
});

/// The phrase that the token begins, the form of its verb, and the index after its last word.
pub(crate) fn phrase_at(t: &Tokens<'_>, i: usize, to: usize) -> Option<(&'static Phrase, Form, usize)> {
    let list = BY_FORM.get(t.word(i))?;
    list.iter().find_map(|&(phrase, form)| {
        let end = phrase.follows.iter().filter_map(|words| find(t, i + 1, to, phrase.reach, words)).min()?;
        Some((phrase, form, end))
    })
}

/// The index after the words, if they stand at `from` or up to `reach` tokens later in the same clause.
fn find(t: &Tokens<'_>, from: usize, to: usize, reach: usize, words: &str) -> Option<usize> {
    for start in from..to.min(from + reach + 1) {
        let mut at = start;
        let fits = words.split(' ').all(|word| {
            // "go-ahead" is three tokens.
            word.split_inclusive('-')
                .flat_map(|part| match part.strip_suffix('-') {
                    Some(head) => [head, "-"],
                    None => [part, ""],
                })
                .filter(|part| !part.is_empty())
                .all(|part| {
                    at += 1;
                    at <= to && t.word(at - 1) == part
                })
        });
        if fits {
            return Some(at);
        }
        let stop = among(t.word(start), ", ; : . that which who to and but after before \" “");
        if stop {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(word: &str) -> Option<(&'static str, Form)> {
        verb_form(word).map(|(verb, form)| (verb.stem, form))
    }

    #[test]
    fn forms_regular_and_not_lead_to_their_verb() {
        assert_eq!(form("banned"), Some(("ban", Form::Past)));
        assert_eq!(form("denies"), Some(("deny", Form::Present)));
        assert_eq!(form("annulled"), Some(("annul", Form::Past)));
        assert_eq!(form("overridden"), Some(("override", Form::Participle)));
        assert_eq!(form("cutting"), Some(("cut", Form::Gerund)));
        assert_eq!(form("suing"), Some(("sue", Form::Gerund)));
        assert_eq!(form("canceled"), Some(("cancel", Form::Past)));
        assert_eq!(form("passes"), Some(("pass", Form::Present)));
        assert_eq!(form("tree"), None);
    }

    #[test]
    fn a_phrase_is_found_across_its_object_but_not_across_a_clause() {
        let read = |text: &str| {
            let tokens = Tokens::new(text);
            phrase_at(&tokens, 0, tokens.len()).map(|(phrase, form, _)| (phrase.topic, form))
        };
        assert_eq!(read("turned the latest offer down"), Some(("reject", Form::Past)));
        assert_eq!(read("took the operator to court"), Some(("sue", Form::Past)));
        assert_eq!(read("gave the go-ahead"), Some(("approve", Form::Past)));
        assert_eq!(read("turned, and went down"), None);
    }
}
