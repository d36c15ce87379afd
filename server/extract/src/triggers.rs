//! Words that tell of an event, and whether the clause says it happened, is coming, or neither.

use crate::attribution;
use crate::event::{EventKind, Phase};
use crate::lexicon;
use crate::tokens::Tokens;

/// A word that tells of an event.
#[derive(Clone, Debug)]
pub(crate) struct Trigger {
    pub(crate) at: usize,
    pub(crate) kind: EventKind,
    /// What repeated mentions of one event share.
    pub(crate) topic: &'static str,
    pub(crate) phase: Phase,
    /// Whether the clause describes a state that holds when the article is published.
    pub(crate) state: bool,
    /// How plainly the word tells of an event of its kind, from 0 to 1.
    pub(crate) strength: f32,
    /// Whether the verb stands in the present: an appointment if its date lies ahead, else only a habit.
    pub(crate) present: bool,
    /// Whether the word is a noun that its date stands beside ("the Jan. 9 memo").
    pub(crate) noun: bool,
}

/// How a verb form is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Past,
    Present,
    Base,
    Gerund,
}

struct Verb {
    stem: &'static str,
    past: &'static str,
    kind: EventKind,
    strength: f32,
}

const fn verb(stem: &'static str, past: &'static str, kind: EventKind, strength: f32) -> Verb {
    Verb { stem, past, kind, strength }
}

use EventKind::{
    Contract, Deadline, Filing, Legislation, Memo, Negotiation, Other, Report, Ruling, Statement,
};

/// Verbs of policy disputes by stem, with their past form, sorted by stem.
const VERBS: [Verb; 146] = [
    verb("accept", "accepted", Negotiation, 0.6),
    verb("accuse", "accused", Statement, 0.7),
    verb("acknowledge", "acknowledged", Statement, 0.5),
    verb("adopt", "adopted", Legislation, 0.7),
    verb("affirm", "affirmed", Ruling, 0.8),
    verb("agree", "agreed", Negotiation, 0.7),
    verb("allow", "allowed", Other, 0.3),
    verb("amend", "amended", Legislation, 0.7),
    verb("announce", "announced", Statement, 0.8),
    verb("apologise", "apologised", Statement, 0.7),
    verb("apologize", "apologized", Statement, 0.7),
    verb("appeal", "appealed", Filing, 0.8),
    verb("appoint", "appointed", Other, 0.7),
    verb("approve", "approved", Legislation, 0.7),
    verb("argue", "argued", Statement, 0.5),
    verb("arrest", "arrested", Other, 0.7),
    verb("ask", "asked", Statement, 0.4),
    verb("award", "awarded", Contract, 0.8),
    verb("ban", "banned", Other, 0.8),
    verb("bar", "barred", Other, 0.7),
    verb("begin", "began", Other, 0.5),
    verb("block", "blocked", Ruling, 0.7),
    verb("call", "called", Statement, 0.3),
    verb("cancel", "cancelled", Contract, 0.8),
    verb("cancele", "canceled", Contract, 0.8),
    verb("challenge", "challenged", Filing, 0.6),
    verb("charge", "charged", Filing, 0.6),
    verb("circulate", "circulated", Memo, 0.7),
    verb("clear", "cleared", Other, 0.4),
    verb("close", "closed", Other, 0.5),
    verb("condemn", "condemned", Statement, 0.7),
    verb("confirm", "confirmed", Statement, 0.5),
    verb("convene", "convened", Negotiation, 0.7),
    verb("criticise", "criticised", Statement, 0.6),
    verb("criticize", "criticized", Statement, 0.6),
    verb("cut", "cut", Other, 0.4),
    verb("declare", "declared", Statement, 0.7),
    verb("defend", "defended", Statement, 0.5),
    verb("defer", "deferred", Other, 0.6),
    verb("delay", "delayed", Other, 0.6),
    verb("demand", "demanded", Statement, 0.7),
    verb("denounce", "denounced", Statement, 0.7),
    verb("deny", "denied", Ruling, 0.6),
    verb("deploy", "deployed", Other, 0.5),
    verb("designate", "designated", Other, 0.8),
    verb("direct", "directed", Memo, 0.6),
    verb("disclose", "disclosed", Statement, 0.6),
    verb("dismiss", "dismissed", Ruling, 0.8),
    verb("end", "ended", Other, 0.5),
    verb("enact", "enacted", Legislation, 0.9),
    verb("exclude", "excluded", Other, 0.6),
    verb("expel", "expelled", Other, 0.7),
    verb("expire", "expired", Deadline, 0.8),
    verb("extend", "extended", Contract, 0.6),
    verb("file", "filed", Filing, 0.9),
    verb("finalise", "finalised", Legislation, 0.7),
    verb("finalize", "finalized", Legislation, 0.7),
    verb("find", "found", Ruling, 0.3),
    verb("fine", "fined", Ruling, 0.7),
    verb("fire", "fired", Other, 0.7),
    verb("freeze", "froze", Other, 0.7),
    verb("grant", "granted", Ruling, 0.7),
    verb("halt", "halted", Other, 0.7),
    verb("hire", "hired", Other, 0.5),
    verb("hold", "held", Other, 0.4),
    verb("impose", "imposed", Other, 0.7),
    verb("indict", "indicted", Filing, 0.9),
    verb("instruct", "instructed", Memo, 0.6),
    verb("introduce", "introduced", Legislation, 0.6),
    verb("investigate", "investigated", Other, 0.5),
    verb("invite", "invited", Negotiation, 0.5),
    verb("issue", "issued", Memo, 0.7),
    verb("join", "joined", Other, 0.5),
    verb("launch", "launched", Other, 0.6),
    verb("leave", "left", Other, 0.4),
    verb("lift", "lifted", Other, 0.6),
    verb("meet", "met", Negotiation, 0.7),
    verb("negotiate", "negotiated", Negotiation, 0.6),
    verb("nominate", "nominated", Other, 0.7),
    verb("notify", "notified", Memo, 0.7),
    verb("object", "objected", Statement, 0.6),
    verb("offer", "offered", Negotiation, 0.6),
    verb("open", "opened", Other, 0.5),
    verb("oppose", "opposed", Statement, 0.4),
    verb("order", "ordered", Ruling, 0.7),
    verb("oust", "ousted", Other, 0.7),
    verb("overturn", "overturned", Ruling, 0.9),
    verb("pass", "passed", Legislation, 0.8),
    verb("pause", "paused", Other, 0.7),
    verb("petition", "petitioned", Filing, 0.8),
    verb("pledge", "pledged", Statement, 0.6),
    verb("postpone", "postponed", Other, 0.7),
    verb("present", "presented", Other, 0.4),
    verb("propose", "proposed", Negotiation, 0.6),
    verb("protest", "protested", Statement, 0.6),
    verb("publish", "published", Report, 0.8),
    verb("raid", "raided", Other, 0.7),
    verb("ratify", "ratified", Legislation, 0.9),
    verb("reach", "reached", Contract, 0.4),
    verb("recall", "recalled", Other, 0.5),
    verb("refuse", "refused", Statement, 0.6),
    verb("reinstate", "reinstated", Other, 0.8),
    verb("reject", "rejected", Negotiation, 0.8),
    verb("release", "released", Report, 0.7),
    verb("remove", "removed", Other, 0.5),
    verb("rename", "renamed", Other, 0.6),
    verb("renew", "renewed", Contract, 0.7),
    verb("repeal", "repealed", Legislation, 0.9),
    verb("replace", "replaced", Other, 0.5),
    verb("request", "requested", Statement, 0.5),
    verb("rescind", "rescinded", Memo, 0.8),
    verb("resign", "resigned", Other, 0.8),
    verb("restore", "restored", Other, 0.6),
    verb("resume", "resumed", Negotiation, 0.7),
    verb("retire", "retired", Other, 0.5),
    verb("reverse", "reversed", Ruling, 0.7),
    verb("revise", "revised", Legislation, 0.6),
    verb("revoke", "revoked", Other, 0.8),
    verb("rule", "ruled", Ruling, 0.9),
    verb("sanction", "sanctioned", Other, 0.7),
    verb("schedule", "scheduled", Other, 0.6),
    verb("seize", "seized", Other, 0.7),
    verb("send", "sent", Memo, 0.6),
    verb("settle", "settled", Contract, 0.8),
    verb("sign", "signed", Contract, 0.8),
    verb("stay", "stayed", Ruling, 0.6),
    verb("strike", "struck", Ruling, 0.5),
    verb("submit", "submitted", Filing, 0.7),
    verb("sue", "sued", Filing, 0.95),
    verb("suspend", "suspended", Other, 0.8),
    verb("tell", "told", Statement, 0.4),
    verb("terminate", "terminated", Contract, 0.85),
    verb("testify", "testified", Statement, 0.8),
    verb("threaten", "threatened", Statement, 0.6),
    verb("uphold", "upheld", Ruling, 0.9),
    verb("urge", "urged", Statement, 0.6),
    verb("vacate", "vacated", Ruling, 0.9),
    verb("veto", "vetoed", Legislation, 0.9),
    verb("visit", "visited", Other, 0.5),
    verb("vote", "voted", Legislation, 0.8),
    verb("warn", "warned", Statement, 0.6),
    verb("withdraw", "withdrew", Other, 0.7),
    verb("withhold", "withheld", Other, 0.6),
    verb("win", "won", Other, 0.5),
    verb("write", "wrote", Memo, 0.5),
    verb("say", "said", Statement, 0.3),
];

/// Other past participles of the verbs above.
const PARTICIPLES: [(&str, &str); 7] = [
    ("frozen", "freeze"),
    ("withdrawn", "withdraw"),
    ("written", "write"),
    ("begun", "begin"),
    ("struck", "strike"),
    ("unveiled", "publish"),
    ("halted", "halt"),
];

/// Event nouns beside which a date may stand: "the Feb. 3 hearing", "a ruling on Monday".
const NOUNS: [(&str, EventKind, &str); 42] = [
    ("memo", Memo, "memo"),
    ("memorandum", Memo, "memo"),
    ("directive", Memo, "memo"),
    ("letter", Memo, "letter"),
    ("notice", Memo, "notice"),
    ("order", Memo, "order"),
    ("email", Memo, "email"),
    ("guidance", Memo, "guidance"),
    ("meeting", Negotiation, "meeting"),
    ("talks", Negotiation, "meeting"),
    ("summit", Negotiation, "meeting"),
    ("call", Negotiation, "call"),
    ("negotiations", Negotiation, "meeting"),
    ("offer", Negotiation, "offer"),
    ("proposal", Negotiation, "proposal"),
    ("statement", Statement, "statement"),
    ("announcement", Statement, "announcement"),
    ("speech", Statement, "speech"),
    ("testimony", Statement, "testimony"),
    ("interview", Statement, "interview"),
    ("contract", Contract, "contract"),
    ("agreement", Contract, "agreement"),
    ("deal", Contract, "deal"),
    ("settlement", Contract, "settlement"),
    ("lawsuit", Filing, "lawsuit"),
    ("suit", Filing, "lawsuit"),
    ("complaint", Filing, "complaint"),
    ("petition", Filing, "petition"),
    ("filing", Filing, "filing"),
    ("appeal", Filing, "appeal"),
    ("ruling", Ruling, "ruling"),
    ("decision", Ruling, "decision"),
    ("injunction", Ruling, "injunction"),
    ("verdict", Ruling, "verdict"),
    ("hearing", Other, "hearing"),
    ("trial", Other, "trial"),
    ("strike", Other, "strike"),
    ("vote", Legislation, "vote"),
    ("report", Report, "report"),
    ("study", Report, "report"),
    ("deadline", Deadline, "deadline"),
    ("cutoff", Deadline, "deadline"),
];

fn verb_form(word: &str) -> Option<(&'static Verb, Form)> {
    if let Some((_, stem)) = PARTICIPLES.iter().find(|(form, _)| *form == word) {
        let verb = VERBS.iter().find(|verb| verb.stem == *stem)?;
        return Some((verb, Form::Past));
    }
    // Only verbs whose first letter fits can match: the table is sorted, but for the last entry.
    VERBS.iter().filter(|verb| verb.stem.as_bytes()[0] == word.as_bytes()[0]).find_map(|verb| {
        let form = if verb.past == word && verb.past != verb.stem {
            Form::Past
        } else if verb.stem == word {
            Form::Base
        } else if let Some(ending) = word.strip_prefix(verb.stem) {
            match ending {
                "s" | "es" => Form::Present,
                "ing" | "ning" | "ting" | "ring" => Form::Gerund,
                _ => return None,
            }
        } else if word.strip_suffix("ies").is_some_and(|stem| verb.stem.strip_suffix('y') == Some(stem)) {
            Form::Present
        } else if word.strip_suffix("ing").is_some_and(|stem| verb.stem.strip_suffix('e') == Some(stem)) {
            Form::Gerund
        } else {
            return None;
        };
        Some((verb, form))
    })
}

/// What the words before a verb make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Modality {
    /// Told as fact.
    Fact,
    /// Said to be coming.
    Coming,
    /// Possible, conditional, denied, or only the content of another verb.
    Unreal,
}

/// Reads the clause before the verb at `at`, no further back than `from`.
pub(crate) fn modality(t: &Tokens<'_>, from: usize, at: usize, base: bool) -> Modality {
    let begin = from.max(at.saturating_sub(9));
    let mut coming = false;
    let mut to = false;
    for i in (begin..at).rev() {
        match t.word(i) {
            // The clause of the verb begins here.
            "that"
                if i > begin
                    && matches!(
                        t.word(i - 1),
                        "possible" | "unlikely" | "likely" | "plausible" | "conceivable" | "case"
                    ) =>
            {
                return Modality::Unreal;
            }
            "that" | "which" | "who" | ";" | ":" | "\"" | "“" | "”" | "because" | "while" | "but"
            | "when" | "after" | "before" | "since" => {
                break;
            }
            "," if !coming && !to && i + 2 < at => break,
            "not" | "never" | "n't" | "no" | "neither" | "nor" | "without" | "didn't" | "hasn't"
            | "haven't" | "wasn't" | "weren't" | "hadn't" | "won't" | "wouldn't" | "couldn't" | "isn't"
            | "cannot" | "can't" | "nobody" | "none" => return Modality::Unreal,
            "could" | "may" | "might" | "would" | "should" | "can" | "must" | "if" | "unless" | "whether"
            | "possibly" | "potential" | "potentially" | "considering" | "consider" | "considers"
            | "weighing" | "ought" | "perhaps" | "hypothetical" | "possible" | "wants" | "want"
            | "wanted" | "hopes" | "hoped" | "hope" | "sought" | "seeks" | "seek" | "seeking" | "able"
            | "likely" | "unlikely" | "would-be" | "alleged" | "allegedly" | "reportedly" | "rumored"
            | "suggesting" | "risk" | "risks" => return Modality::Unreal,
            "will" | "shall" | "'ll" | "plans" | "plan" | "planned" | "planning" | "expected" | "expects"
            | "expect" | "scheduled" | "set" | "due" | "intends" | "intend" | "intended" | "vowed"
            | "vows" | "promised" | "promises" | "threatened" | "threatens" | "threatening" | "slated"
            | "poised" | "prepares" | "preparing" | "aims" | "about" | "going" | "upcoming" | "pledged"
            | "pledges" | "ready"
                if t.word(i) != "set"
                    && t.word(i) != "about"
                    && t.word(i) != "due"
                    && t.word(i) != "going"
                    && t.word(i) != "ready"
                    || matches!(t.word(i + 1), "to" | "for") =>
            {
                coming = true;
            }
            "to" if i + 1 == at || i + 2 == at || i + 3 == at && t.word(i + 1) == "be" => to = true,
            "is" | "are" | "was" | "were" if to && t.word(i + 1) == "to" => coming = true,
            _ => {}
        }
    }
    if coming {
        Modality::Coming
    } else if to && base {
        Modality::Unreal
    } else {
        Modality::Fact
    }
}

/// The triggers of a sentence, given as tokens from `from` to `to`.
pub(crate) fn find(t: &Tokens<'_>, from: usize, to: usize) -> Vec<Trigger> {
    let mut out = Vec::new();
    if let Some((at, _)) = attribution::no_answer(t, from, to) {
        out.push(Trigger {
            at,
            kind: Statement,
            topic: "no answer",
            phase: Phase::Done,
            state: false,
            strength: 0.7,
            present: false,
            noun: false,
        });
    }
    for i in from..to {
        if let Some(trigger) = stall(t, from, to, i).or_else(|| verb_at(t, from, to, i)) {
            out.push(trigger);
        }
    }
    out
}

fn phase_of(modality: Modality) -> Option<Phase> {
    match modality {
        Modality::Fact => Some(Phase::Done),
        Modality::Coming => Some(Phase::Announced),
        Modality::Unreal => None,
    }
}

/// Words for talks that have stopped.
fn stall(t: &Tokens<'_>, from: usize, to: usize, i: usize) -> Option<Trigger> {
    let talks = || {
        (from..to).any(|at| {
            matches!(
                t.word(at),
                "talks"
                    | "negotiations"
                    | "negotiating"
                    | "discussions"
                    | "sides"
                    | "agreement"
                    | "bargaining"
                    | "parties"
                    | "deal"
                    | "terms"
                    | "contract"
            )
        })
    };
    let (found, state) = match t.word(i) {
        "stalled" | "stall" | "stalls" | "deadlocked" => (
            talks(),
            matches!(t.word(i.wrapping_sub(1)), "are" | "is" | "remain" | "remains" | "have" | "has"),
        ),
        "impasse" | "standstill" | "deadlock" | "stalemate" => (
            matches!(t.word(i.wrapping_sub(1)), "an" | "a" | "at" | "in" | "the")
                && matches!(t.word(i.wrapping_sub(2)), "at" | "in" | "reached" | "hit" | "reach" | "to"),
            true,
        ),
        "failed"
            if t.word(i + 1) == "to" && matches!(t.word(i + 2), "reach" | "agree" | "resolve" | "bridge") =>
        {
            (talks(), true)
        }
        "broke" | "broken" if matches!(t.word(i + 1), "down" | "off") => (talks(), false),
        "collapsed" | "faltered" | "collapse" => (talks() && t.word(i) != "collapse", false),
        "fell" | "fallen" if t.word(i + 1) == "apart" => (talks(), false),
        _ => (false, false),
    };
    if !found {
        return None;
    }
    let base = matches!(t.word(i), "stall");
    let phase = phase_of(modality(t, from, i, base))?;
    Some(Trigger {
        at: i,
        kind: Negotiation,
        topic: "stall",
        phase,
        state,
        strength: 0.85,
        present: false,
        noun: false,
    })
}

fn verb_at(t: &Tokens<'_>, from: usize, to: usize, i: usize) -> Option<Trigger> {
    let word = t.word(i);
    // "company-imposed limits" tells of no imposing.
    let compound = i > from && t.joined(i) && t.dash(i - 1);
    if !word.starts_with(|c: char| c.is_ascii_lowercase()) || compound {
        return None;
    }
    if word == "takes" || word == "took" || word == "take" {
        let effect = matches!(
            (t.word(i + 1), t.word(i + 2)),
            ("effect", _) | ("full", "effect") | ("legal", "effect")
        );
        let phase = match phase_of(modality(t, from, i, word == "take")).filter(|_| effect)? {
            Phase::Done if word == "took" => Phase::InEffect,
            _ => Phase::Announced,
        };
        return Some(Trigger {
            at: i,
            kind: Legislation,
            topic: "effect",
            phase,
            state: false,
            strength: 0.8,
            present: false,
            noun: false,
        });
    }
    let (verb, form) = verb_form(word)?;
    let before = i.checked_sub(1).filter(|at| *at >= from).map_or("", |at| t.word(at));
    let passive_now = matches!(before, "is" | "are" | "was" | "been");
    if verb.stem == "schedule" && (t.word(i + 1) == "to" || passive_now) {
        return None;
    }
    // "the new rules take effect", "reports say": after a present form an object or a preposition follows.
    let object = matches!(
        t.word(i + 1),
        "the"
            | "a"
            | "an"
            | "its"
            | "their"
            | "his"
            | "her"
            | "that"
            | "to"
            | "against"
            | "for"
            | "on"
            | "it"
            | "all"
            | "any"
            | "no"
            | "in"
            | "with"
            | "by"
            | "next"
            | "this"
            | "tomorrow"
    );
    if form == Form::Present && verb.kind != Statement && !object && !t.capital(i + 1) {
        return None;
    }
    // A noun or an adjective that looks like a verb: "the ruling", "a proposed rule", "said order".
    if matches!(
        before,
        "the"
            | "a"
            | "an"
            | "its"
            | "his"
            | "her"
            | "their"
            | "this"
            | "that"
            | "of"
            | "no"
            | "any"
            | "our"
            | "my"
            | "'s"
            | "’s"
    ) && !(before == "that" && form == Form::Past)
    {
        return None;
    }
    if form == Form::Gerund && !matches!(before, "is" | "are" | "was" | "were" | "been") {
        return None;
    }
    let modality = modality(t, from, i, form == Form::Base);
    if form == Form::Base
        && modality == Modality::Fact
        && !matches!(before, "they" | "we" | "i" | "did" | "do")
    {
        return None;
    }
    let phase = phase_of(modality)?;
    // "is closed" is a state; "was closed" and "has been closed" tell of the closing.
    let passive = form == Form::Past && matches!(before, "is" | "are");
    let present = (form == Form::Present && verb.kind != Statement) || passive;
    let (kind, topic) = refine(t, to, i, verb);
    Some(Trigger { at: i, kind, topic, phase, state: false, strength: verb.strength, present, noun: false })
}

/// What the object of a general verb says about the kind: "signed the bill", "issued a ruling".
fn refine(t: &Tokens<'_>, to: usize, i: usize, verb: &'static Verb) -> (EventKind, &'static str) {
    let general = matches!(
        verb.stem,
        "issue"
            | "sign"
            | "send"
            | "release"
            | "publish"
            | "announce"
            | "hold"
            | "reach"
            | "order"
            | "deny"
            | "grant"
            | "reject"
            | "introduce"
            | "submit"
            | "write"
            | "find"
            | "win"
            | "open"
            | "begin"
            | "launch"
            | "suspend"
            | "extend"
            | "block"
            | "approve"
            | "end"
            | "issued"
            | "present"
            | "withdraw"
            | "rescind"
            | "cancel"
            | "cancele"
    );
    let mut noun = None;
    for at in (i + 1..to.min(i + 9)).filter(|_| general) {
        noun = match t.word(at) {
            "bill" | "law" | "act" | "legislation" | "rule" | "regulation" | "amendment" | "ordinance" => {
                Some(Legislation)
            }
            "contract" | "contracts" | "agreement" | "deal" | "accord" => Some(Contract),
            "executive" | "memo" | "memorandum" | "letter" | "directive" | "guidance" | "notice" => {
                Some(Memo)
            }
            "statement" => Some(Statement),
            "ruling" | "injunction" | "verdict" | "stay" | "motion" => Some(Ruling),
            "lawsuit" | "suit" | "complaint" | "petition" | "appeal" | "brief" => Some(Filing),
            "report" | "study" | "findings" | "audit" => Some(Report),
            "talks" | "negotiations" | "meeting" | "discussions" => Some(Negotiation),
            "," | ";" | "." | "that" | "which" => break,
            _ => continue,
        };
        break;
    }
    if noun == Some(Statement) {
        return (Statement, "statement");
    }
    let court = || {
        (i.saturating_sub(8)..i).any(|at| {
            matches!(t.word(at), "court" | "judge" | "panel" | "justices" | "tribunal" | "magistrate")
        })
    };
    let talks = || {
        (i.saturating_sub(7)..i).any(|at| {
            matches!(t.word(at), "talks" | "negotiations" | "discussions" | "bargaining" | "mediation")
        })
    };
    let kind = match (verb.stem, noun) {
        // A court that denies or grants a petition rules; it does not file one.
        ("deny" | "grant" | "block" | "order", _) if court() => Ruling,
        (_, Some(kind)) => kind,
        ("deny", None) => Statement,
        ("order", None) => Memo,
        ("block", None) => Other,
        ("strike", None) if !(i + 1..i + 4).any(|at| t.word(at) == "down") => Other,
        ("begin" | "end" | "resume" | "hold" | "continue", None) if talks() => Negotiation,
        (_, None) => verb.kind,
    };
    (kind, verb.stem)
}

/// The event noun at the token, if it is one.
pub(crate) fn noun_at(t: &Tokens<'_>, i: usize) -> Option<(EventKind, &'static str)> {
    let word = t.word(i);
    NOUNS.iter().find(|(noun, ..)| *noun == word).map(|&(_, kind, topic)| (kind, topic))
}

/// Whether the token stands in a relative clause between commas: ", which the cabinet renamed,".
pub(crate) fn in_aside(t: &Tokens<'_>, from: usize, to: usize, at: usize) -> bool {
    let opened = (from..at).rev().take_while(|&i| t.word(i) != ";").find(|&i| t.word(i) == ",");
    let Some(comma) = opened else { return false };
    let relative = matches!(t.word(comma + 1), "which" | "who" | "whose" | "whom")
        || matches!(t.word(comma + 2), "which" | "whom");
    relative && (at..to).any(|i| t.word(i) == ",")
}

/// Whether a verb that tells of an event stands between two tokens.
pub(crate) fn tells(t: &Tokens<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|i| {
        t.word(i).starts_with(|c: char| c.is_ascii_lowercase())
            && verb_form(t.word(i)).is_some_and(|(verb, _)| verb.strength >= 0.5)
    })
}

/// Whether a past-tense or auxiliary verb stands between two tokens.
pub(crate) fn verb_between(t: &Tokens<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|i| lexicon::tense(t.word(i)).is_some())
}
