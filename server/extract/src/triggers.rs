//! Words that tell of an event, and whether the clause says it happened, is coming, or neither.

use crate::attribution;
use crate::clause::{Reading, Sentence, Status, determiner};
use crate::event::EventKind::{
    self, Contract, Filing, Legislation, Memo, Negotiation, Other, Report, Ruling, Statement,
};
use crate::event::Phase;
use crate::verbs::{self, Form};
use crate::words::among;

/// A word that tells of an event.
#[derive(Clone, Debug)]
pub(crate) struct Trigger {
    pub(crate) at: usize,
    /// The first token of the verb with its auxiliaries, or of what governs an infinitive.
    pub(crate) first: usize,
    /// The index after the last token of the expression.
    pub(crate) end: usize,
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
    /// Whether it describes the noun before it ("the rule adopted in May").
    pub(crate) reduced: bool,
    pub(crate) passive: bool,
    /// Whether it stands after "to", and its date may be that of the verb before.
    pub(crate) infinitive: bool,
    /// Whether the clause only sets the scene, so that without a date it tells of nothing new.
    pub(crate) background: bool,
}

impl Trigger {
    /// A trigger of no particular kind that stands by itself.
    pub(crate) fn bare(at: usize, end: usize) -> Self {
        Self {
            at,
            first: at,
            end,
            kind: Other,
            topic: "",
            phase: Phase::Done,
            state: false,
            strength: 0.5,
            present: false,
            noun: false,
            reduced: false,
            passive: false,
            infinitive: false,
            background: false,
        }
    }
}

/// The triggers of a sentence.
pub(crate) fn find(s: &Sentence<'_>) -> Vec<Trigger> {
    let mut out: Vec<Trigger> = Vec::new();
    if let Some((at, end)) = attribution::no_answer(s.t, s.from, s.to) {
        out.push(Trigger { kind: Statement, topic: "no answer", strength: 0.7, ..Trigger::bare(at, end) });
    }
    let mut i = s.from;
    while i < s.to {
        let found = stall(s, i).or_else(|| phrase(s, i)).or_else(|| verb(s, i));
        let next = found.as_ref().map_or(i + 1, |trigger| trigger.at + 1);
        out.extend(found);
        i = next;
    }
    // "threatened to sue" tells of the suit that may come, not of two events.
    let governors: Vec<(usize, usize)> = out
        .iter()
        .filter(|trigger| trigger.infinitive && trigger.phase == Phase::Announced)
        .map(|trigger| (trigger.first, trigger.at))
        .collect();
    out.retain(|trigger| {
        trigger.topic == "agree"
            || !governors.iter().any(|&(first, at)| (first..at).contains(&trigger.at) && !trigger.infinitive)
    });
    out
}

fn phase_of(status: Status) -> Option<Phase> {
    match status {
        Status::Fact => Some(Phase::Done),
        Status::Coming => Some(Phase::Announced),
        Status::Unreal => None,
    }
}

fn trigger(at: usize, end: usize, reading: &Reading, phase: Phase) -> Trigger {
    Trigger {
        first: reading.first,
        phase,
        present: reading.present,
        reduced: reading.reduced,
        passive: reading.passive,
        infinitive: reading.infinitive,
        background: reading.background,
        ..Trigger::bare(at, end)
    }
}

/// Words for talks that have stopped.
fn stall(s: &Sentence<'_>, i: usize) -> Option<Trigger> {
    let t = s.t;
    let talks = || {
        (s.from..s.to).any(|at| {
            among(
                t.word(at),
                "talks negotiations negotiating discussions sides agreement bargaining parties deal terms \
            contract mediation",
            )
        })
    };
    let before = |back: usize| i.checked_sub(back).filter(|at| *at >= s.from).map_or("", |at| t.word(at));
    let (found, state, form) = match t.word(i) {
        "stalled" | "deadlocked" => {
            (talks(), among(before(1), "are is remain remains have has been"), Form::Past)
        }
        "stall" => (talks(), false, Form::Base),
        "impasse" | "standstill" | "deadlock" | "stalemate" => {
            let reached = matches!(before(1), "an" | "a" | "at" | "in" | "the")
                && matches!(before(2), "at" | "in" | "reached" | "hit" | "to");
            return (reached && !s.in_quotes(i)).then(|| Trigger {
                kind: Negotiation,
                topic: "stall",
                state: true,
                strength: 0.85,
                ..Trigger::bare(i, i + 1)
            });
        }
        "failed"
            if t.word(i + 1) == "to" && matches!(t.word(i + 2), "reach" | "agree" | "resolve" | "bridge") =>
        {
            (talks(), true, Form::Past)
        }
        "broke" if matches!(t.word(i + 1), "down" | "off" | "up") => (talks(), false, Form::Past),
        "broken" if matches!(t.word(i + 1), "down" | "off") => (talks(), false, Form::Participle),
        "collapsed" | "faltered" => (talks(), false, Form::Past),
        "fell" if t.word(i + 1) == "apart" => (talks(), false, Form::Past),
        "ended" if matches!(t.word(i + 1), "without") => (talks(), false, Form::Past),
        _ => (false, false, Form::Past),
    };
    if !found {
        return None;
    }
    let reading = s.read(i, form, true)?;
    let phase = phase_of(reading.status)?;
    let end = i + 1 + usize::from(matches!(t.word(i + 1), "down" | "off" | "apart" | "up"));
    Some(Trigger {
        kind: Negotiation,
        topic: "stall",
        state,
        strength: 0.85,
        present: false,
        ..trigger(i, end, &reading, phase)
    })
}

/// "took effect", "walked out", "brought a case".
fn phrase(s: &Sentence<'_>, i: usize) -> Option<Trigger> {
    let (phrase, form, end) = verbs::phrase_at(s.t, i, s.to)?;
    let reading = s
        .read(i, form, phrase.topic == "effect")
        .filter(|reading| !reading.reduced || phrase.topic != "effect")?;
    let phase = match (phrase.topic, phase_of(reading.status)?) {
        ("effect", Phase::Done) if reading.present => {
            // "is in effect" holds; "takes effect" is to come.
            if form == Form::Present && s.t.word(i) == "is" { Phase::InEffect } else { Phase::Announced }
        }
        ("effect", Phase::Done) => Phase::InEffect,
        (_, phase) => phase,
    };
    let kind = match phrase.topic {
        "reject" | "vote" => match object(s, i) {
            Some(Legislation) => Legislation,
            _ => phrase.kind,
        },
        "begin" | "call off" | "postpone" if subject_has(s, reading.first, &TALKS) => Negotiation,
        "side with" if !subject_has(s, reading.first, &COURTS) => Statement,
        "hand over" | "sue" if subject_has(s, reading.first, &["police"]) => Other,
        _ => phrase.kind,
    };
    let effect = phrase.topic == "effect";
    Some(Trigger {
        kind,
        topic: phrase.topic,
        strength: phrase.strength,
        present: reading.present && !effect,
        ..trigger(i, end, &reading, phase)
    })
}

fn verb(s: &Sentence<'_>, i: usize) -> Option<Trigger> {
    let t = s.t;
    let word = t.word(i);
    // "company-imposed limits" tells of no imposing; a capital inside a sentence is part of a name.
    let compound = i > s.from && t.joined(i) && t.dash(i - 1);
    if !word.starts_with(|c: char| c.is_ascii_lowercase()) || compound || t.capital(i) {
        return None;
    }
    let (verb, form) = verbs::verb_form(word)?;
    if form == Form::Present && !(s.present_verb(i) && acts(s, i)) {
        return None;
    }
    let reading = s.read(i, form, verb.intransitive)?;
    let mut phase = phase_of(reading.status)?;
    if is_market(s, i, verb.stem) {
        return None;
    }
    // "are scheduled to meet", "is set for": the noun or the infinitive tells of it.
    if verb.stem == "schedule" && (t.word(i + 1) == "to" || reading.passive) {
        return None;
    }
    let (kind, topic) = refine(s, i, verb, &reading);
    let mut present = reading.present;
    // A suit that is being brought has been brought.
    if present && form == Form::Gerund && kind == Filing {
        present = false;
    }
    if matches!(form, Form::Present) && kind == Statement {
        present = false;
    }
    if reading.gerund {
        phase = Phase::Done;
    }
    let mut strength = verb.strength;
    if topic == "issued a statement" {
        strength = 0.7;
    }
    // "passed the proceeds to its owners".
    if verb.stem == "pass" && kind == Other {
        return None;
    }
    if verb.stem == "stay" && !subject_has(s, reading.first, &COURTS) && object(s, i) != Some(Ruling) {
        return None;
    }
    if verb.stem == "hold" && !(reading.passive && subject_has(s, reading.first, &OCCASIONS)) {
        return None;
    }
    // "offices are closed on Sunday" tells of no closing.
    if present && reading.passive && matches!(verb.stem, "close" | "shut" | "open" | "lock" | "ban") {
        return None;
    }
    // "was told to", "was asked": what is told is beside the point.
    if kind == Statement && reading.passive && strength < 0.6 {
        return None;
    }
    Some(Trigger { kind, topic, strength, present, ..trigger(i, i + 1, &reading, phase) })
}

/// Whether what stands before a form in -s that may be a plural noun is somebody who acts: "the court rules", but not
/// "new rules".
fn acts(s: &Sentence<'_>, i: usize) -> bool {
    let plural = among(
        s.t.word(i),
        "rules orders strikes votes bans offers appeals calls charges fines cuts sanctions \
            protests raids attacks grants awards demands requests challenges blocks stays releases \
            starts ends leaks files petitions sentences levies reports boycotts visits launches \
            findings moves disputes delays limits",
    );
    let before = i.checked_sub(1).filter(|at| *at >= s.from);
    !plural
        || before.is_some_and(|at| {
            s.t.capital(at) && at > s.from
                || among(
                    s.t.word(at),
                    "court judge council government ministry agency union company firm senate panel board \
            tribunal parliament it he she who which work contract year term strike ban deal \
            agreement trial hearing",
                )
        })
}

/// "shares closed at 41", "the quarter ended Sept. 30".
fn is_market(s: &Sentence<'_>, i: usize, stem: &str) -> bool {
    let t = s.t;
    if !among(stem, "close open end settle start begin cut raise drop") {
        return false;
    }
    let next = among(t.word(i + 1), "at lower higher up sharply unchanged mixed flat little slightly down")
        && stem != "cut"
        && stem != "raise";
    let money = |word: &str| {
        among(
            word,
            "shares share stock stocks index prices futures bonds dollar quarter year months period \
            earnings composite trading",
        )
    };
    let about = (i.saturating_sub(6).max(s.from)..i).any(|at| money(t.word(at)));
    next && (about || s.in_date(i + 1) || !matches!(t.word(i + 1), "at" | "up" | "down"))
        || about && matches!(stem, "close" | "end" | "settle" | "open")
}

const COURTS: [&str; 14] = [
    "court",
    "judge",
    "judges",
    "panel",
    "justices",
    "tribunal",
    "magistrate",
    "jury",
    "arbitrator",
    "arbitrators",
    "courts",
    "circuit",
    "appeals",
    "justice",
];
const LAWMAKERS: [&str; 19] = [
    "senate",
    "house",
    "parliament",
    "council",
    "committee",
    "legislature",
    "lawmakers",
    "voters",
    "senators",
    "assembly",
    "congress",
    "board",
    "cabinet",
    "deputies",
    "chamber",
    "legislators",
    "members",
    "ministers",
    "subcommittee",
];
const OCCASIONS: [&str; 10] = [
    "hearing",
    "hearings",
    "election",
    "elections",
    "vote",
    "talks",
    "meeting",
    "summit",
    "referendum",
    "trial",
];
const TALKS: [&str; 8] = [
    "talks",
    "negotiations",
    "discussions",
    "bargaining",
    "mediation",
    "negotiators",
    "meetings",
    "dialogue",
];

fn subject_has(s: &Sentence<'_>, first: usize, words: &[&str]) -> bool {
    // In a coordinated clause the subject stands before the first verb.
    let begin = s.boundary(first);
    let begin = if begin + 1 >= first { s.from } else { begin };
    (begin.max(first.saturating_sub(12))..first).any(|at| words.contains(&s.t.word(at)))
}

/// Whether a passive verb's doer, after "by", is one of the words.
fn done_by(s: &Sentence<'_>, i: usize, words: &[&str]) -> bool {
    (i + 1..s.to.min(i + 7))
        .find(|&at| s.t.word(at) == "by")
        .is_some_and(|by| (by + 1..s.to.min(by + 6)).any(|at| words.contains(&s.t.word(at))))
}

/// The kind of thing that a verb's object names.
fn object(s: &Sentence<'_>, i: usize) -> Option<EventKind> {
    for at in i + 1..s.to.min(i + 10) {
        if let Some(kind) = thing(s.t.word(at)) {
            return Some(kind);
        }
        if among(s.t.word(at), ", ; . that which who after before to because when and against by as without")
        {
            return None;
        }
    }
    None
}

/// The kind of thing that the noun before a participle or a passive names.
fn passive_object(s: &Sentence<'_>, first: usize) -> Option<EventKind> {
    let begin = s.boundary(first).max(first.saturating_sub(8));
    (begin..first).rev().find_map(|at| thing(s.t.word(at)))
}

fn thing(word: &str) -> Option<EventKind> {
    Some(match word {
        "bill" | "law" | "act" | "legislation" | "rule" | "rules" | "regulation" | "regulations"
        | "amendment" | "ordinance" | "budget" | "treaty" | "measure" | "resolution" | "statute" | "veto" => {
            Legislation
        }
        "contract" | "contracts" | "agreement" | "deal" | "accord" | "merger" | "takeover" | "pact" => {
            Contract
        }
        "memo" | "memorandum" | "letter" | "directive" | "guidance" | "notice" | "email" | "circular" => Memo,
        "statement" => Statement,
        "ruling" | "injunction" | "verdict" | "stay" | "motion" | "sentence" | "judgment" | "judgement" => {
            Ruling
        }
        "lawsuit" | "suit" | "complaint" | "petition" | "appeal" | "brief" => Filing,
        "report" | "study" | "findings" | "audit" | "figures" | "survey" | "results" | "data" => Report,
        "talks" | "negotiations" | "meeting" | "discussions" | "offer" | "proposal" => Negotiation,
        _ => return None,
    })
}

/// What the subject and the object of a verb say about the kind: "signed the bill", "issued a ruling".
fn refine(
    s: &Sentence<'_>,
    i: usize,
    verb: &'static verbs::Verb,
    reading: &Reading,
) -> (EventKind, &'static str) {
    let t = s.t;
    let stem = verb.stem;
    let thing =
        object(s, i).or_else(|| if reading.passive { passive_object(s, reading.first) } else { None });
    let court = || subject_has(s, reading.first, &COURTS) || reading.passive && done_by(s, i, &COURTS);
    let lawmakers =
        || subject_has(s, reading.first, &LAWMAKERS) || reading.passive && done_by(s, i, &LAWMAKERS);
    let talks = || subject_has(s, reading.first, &TALKS);
    let has = |words: &[&str]| (i + 1..s.to.min(i + 8)).any(|at| words.contains(&t.word(at)));
    let before = |words: &[&str]| (i.saturating_sub(6).max(s.from)..i).any(|at| words.contains(&t.word(at)));
    let kind = match (stem, thing) {
        ("issue" | "release" | "publish", Some(Statement)) => return (Statement, "issued a statement"),
        (
            "order" | "ban" | "bar" | "block" | "suspend" | "halt" | "lift" | "freeze" | "delay" | "extend"
            | "restore" | "reinstate" | "allow" | "clear" | "revoke" | "reject" | "strip" | "impose"
            | "postpone" | "refuse" | "stay" | "grant" | "deny" | "approve" | "release" | "impound" | "void"
            | "affirm",
            _,
        ) if court() => Ruling,
        ("refuse", _) if court() => Ruling,
        ("find", _) if court() => Ruling,
        ("find", _) => {
            let study = [
                "study",
                "report",
                "audit",
                "survey",
                "inspectors",
                "inspector",
                "review",
                "inquiry",
                "investigation",
            ];
            if subject_has(s, reading.first, &study) && t.word(i + 1) == "that" { Report } else { Other }
        }
        ("deny", _) => {
            if matches!(thing, Some(Ruling | Filing))
                || has(&["request", "permit", "licence", "license", "access", "bid", "application"])
            {
                Ruling
            } else {
                Statement
            }
        }
        ("grant", Some(Ruling)) => Ruling,
        ("grant", _) => Other,
        ("dismiss", _) => {
            let case = [
                "complaint",
                "case",
                "suit",
                "lawsuit",
                "appeal",
                "petition",
                "charges",
                "claim",
                "motion",
                "challenge",
            ];
            if court() || has(&case) || before(&case) {
                Ruling
            } else if reading.passive {
                Other
            } else {
                Statement
            }
        }
        (
            "affirm" | "reverse" | "vacate" | "uphold" | "overturn" | "rule" | "annul" | "quash" | "void",
            _,
        ) => Ruling,
        ("block", _) => return (Other, "block"),
        ("order", Some(Memo)) | ("order", None) => Memo,
        ("order", _) => Memo,
        ("strike", _) => return (Other, "strike"),
        ("agree", _) => {
            if has(&["buy", "sell", "acquire", "merge", "pay", "purchase", "supply"]) {
                return (Contract, "agree");
            }
            Negotiation
        }
        ("end" | "approve" | "withdraw", Some(Contract)) => Contract,
        ("publish", Some(Legislation)) => Legislation,
        ("approve", Some(Legislation)) => Legislation,
        ("approve", _) => {
            if lawmakers() || has(&["nominee", "nomination", "plan", "bill"]) || before(&["nominee", "bill"])
            {
                Legislation
            } else {
                Other
            }
        }
        ("declare", _) => {
            let state = ["a", "an", "the", "war", "victory", "independence"];
            if state.contains(&t.word(i + 1)) {
                return (Other, "declare");
            }
            Statement
        }
        ("charge", _) => {
            if reading.passive || has(&["with"]) {
                Filing
            } else {
                Other
            }
        }
        ("challenge", _) => {
            if has(&["court", "law", "rule", "order", "decision", "ban", "ruling"]) {
                Filing
            } else {
                Statement
            }
        }
        ("reject", Some(Negotiation)) | ("accept", _) => Negotiation,
        ("reject", Some(Legislation)) => Legislation,
        ("reject", None) if lawmakers() && has(&["plan", "nominee", "nomination", "tax"]) => Legislation,
        ("reject", _) => {
            let words = [
                "claim",
                "claims",
                "allegation",
                "allegations",
                "accusation",
                "accusations",
                "criticism",
                "charges",
                "suggestion",
                "suggestions",
            ];
            if has(&words) { Statement } else { Negotiation }
        }
        ("extend", Some(Contract)) | ("extend", None) => Contract,
        ("submit", Some(Report)) => Report,
        ("submit", _) => Filing,
        ("introduce", Some(Legislation)) => Legislation,
        ("introduce", _) => Other,
        ("pass", Some(Legislation)) => Legislation,
        ("pass", _) => {
            if lawmakers() || reading.passive {
                Legislation
            } else {
                Other
            }
        }
        ("sign", Some(Legislation)) => Legislation,
        ("sign", Some(Memo)) => Memo,
        ("sign", _) => {
            if has(&["order", "executive", "decree"]) {
                Memo
            } else {
                Contract
            }
        }
        ("issue", Some(kind)) => kind,
        ("issue", None) => {
            if has(&["warning", "apology"]) {
                Statement
            } else {
                Memo
            }
        }
        ("release" | "publish" | "unveil", Some(Legislation | Memo | Report)) => match thing {
            Some(Memo) => Memo,
            _ => Report,
        },
        ("release" | "unveil", _) => {
            if reading.passive && thing.is_none()
                || has(&["prisoners", "prisoner", "hostages", "hostage", "boat", "ship"])
            {
                Other
            } else {
                Report
            }
        }
        ("finalise" | "finalize" | "adopt" | "revise", None) if !lawmakers() => Other,
        ("rescind" | "circulate" | "send", _) => Memo,
        ("write", Some(Memo)) => Memo,
        ("write", _) => Statement,
        ("award", _) => {
            if thing == Some(Contract)
                || before(&["contract", "tender"])
                || has(&["contracts", "tender", "licence", "license"])
            {
                Contract
            } else {
                Other
            }
        }
        ("cancel" | "terminate" | "renew" | "reach", Some(Contract)) => Contract,
        ("cancel", _) => {
            if before(&["contract", "deal"]) {
                Contract
            } else {
                Other
            }
        }
        (
            "suspend" | "begin" | "end" | "resume" | "halt" | "pause" | "start" | "open" | "continue"
            | "abandon" | "close",
            Some(Negotiation),
        ) if has(&TALKS) || before(&TALKS) => Negotiation,
        ("begin" | "end" | "resume" | "start" | "suspend" | "open" | "close" | "pause", _) => {
            if talks() {
                Negotiation
            } else {
                Other
            }
        }
        ("withdraw", Some(Filing)) => Filing,
        ("withdraw", Some(Memo)) => Memo,
        ("win" | "extend" | "launch", Some(kind @ (Contract | Ruling | Report))) => kind,

        ("sell" | "buy" | "acquire" | "merge", _) => Contract,
        _ => verb.kind,
    };
    (kind, stem)
}

/// Whether the token stands in a relative clause between commas: ", which the cabinet renamed,".
pub(crate) fn in_aside(s: &Sentence<'_>, at: usize) -> bool {
    let t = s.t;
    let opened = (s.from..at).rev().take_while(|&i| t.word(i) != ";").find(|&i| t.word(i) == ",");
    let Some(comma) = opened else { return false };
    matches!(t.word(comma + 1), "which" | "who" | "whose" | "whom")
        || matches!(t.word(comma + 2), "which" | "whom")
}

/// Whether a verb that tells of an event stands between two tokens.
pub(crate) fn tells(s: &Sentence<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|i| {
        !determiner(s.t.word(i.saturating_sub(1)))
            && (verbs::verb_form(s.t.word(i)).is_some_and(|(verb, form)| {
                verb.strength >= 0.5 && !matches!(form, Form::Base | Form::Gerund)
            }) || verbs::phrase_at(s.t, i, s.to).is_some())
    })
}
