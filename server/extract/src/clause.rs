//! The clause around a verb: where it begins, what auxiliaries the verb has, and whether what it tells is told as
//! fact, as coming, or as neither.

use std::ops::Range;

use crate::attribution;
use crate::lexicon::{self, Tense};
use crate::tokens::{Kind, Tokens};
use crate::verbs::Form;
use crate::words::among;

/// How a clause tells of its event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// As having happened.
    Fact,
    /// As said to be coming.
    Coming,
    /// As possible, conditional, wished, denied or asked.
    Unreal,
}

/// A sentence ready to be read for its clauses.
pub(crate) struct Sentence<'a> {
    pub(crate) t: &'a Tokens<'a>,
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// The tokens of each time expression.
    pub(crate) dates: Vec<Range<usize>>,
    /// Whether it opens with "if", "unless", "were" and the like.
    hypothetical: bool,
    /// Tokens inside quotation marks that end in a question mark, and quotes inside quotes.
    hidden: Vec<Range<usize>>,
}

/// A verb read with its auxiliaries and its clause.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    pub(crate) status: Status,
    /// The first token of the verb with its auxiliaries; for an infinitive, of the verb that governs it.
    pub(crate) first: usize,
    /// Whether the verb stands in the present: an appointment if its date lies ahead, else only a habit.
    pub(crate) present: bool,
    /// Whether it is a participle that describes the noun before it: "the rule adopted in May".
    pub(crate) reduced: bool,
    pub(crate) passive: bool,
    pub(crate) infinitive: bool,
    /// "after signing the deal".
    pub(crate) gerund: bool,
    /// Whether it only sets the scene: in the past perfect, in a clause of time, of a habit.
    pub(crate) background: bool,
}

impl<'a> Sentence<'a> {
    pub(crate) fn new(t: &'a Tokens<'a>, from: usize, to: usize, dates: Vec<Range<usize>>) -> Self {
        let mut sentence = Self { t, from, to, dates, hypothetical: false, hidden: Vec::new() };
        sentence.hypothetical = sentence.opens_hypothetical();
        sentence.hidden = sentence.find_hidden();
        sentence
    }

    /// Whether the token is part of a time expression.
    pub(crate) fn in_date(&self, i: usize) -> bool {
        self.dates.iter().any(|date| date.contains(&i))
    }

    fn opens_hypothetical(&self) -> bool {
        let t = self.t;
        let mut at = self.from;
        while at < self.to && among(t.word(at), "\" “ `` ' ‘ and but so even only") {
            at += 1;
        }
        let noun_next =
            || !among(t.word(at + 1), "to also not , been a no") || matches!(t.word(at + 1), "a" | "no");
        match t.word(at) {
            "if" | "unless" | "assuming" | "suppose" | "supposing" | "provided" | "failing" | "lest" => true,
            "should" | "were" | "had" => noun_next(),
            "in" => t.word(at + 1) == "case" && t.word(at + 2) != "of",
            "as" => t.word(at + 1) == "long" && t.word(at + 2) == "as",
            _ => false,
        }
    }

    /// Questions inside quotes, and quotes inside quotes.
    fn find_hidden(&self) -> Vec<Range<usize>> {
        let t = self.t;
        let mut out = Vec::new();
        let mut open: Option<usize> = None;
        let mut inner: Option<usize> = None;
        for i in self.from..self.to {
            match t.word(i) {
                "\"" | "``" | "“" | "”" | "''" => match open.take() {
                    Some(start) if !matches!(t.word(i), "``" | "“") => {
                        if t.word(i - 1) == "?" {
                            out.push(start..i);
                        }
                    }
                    _ => open = Some(i),
                },
                "‘" | "'" if open.is_some() && inner.is_none() && !t.joined(i) => inner = Some(i),
                "'" | "’" | ",'" | ".'" if t.joined(i) => {
                    if let Some(start) = inner.take() {
                        out.push(start..i);
                    }
                }
                _ => {}
            }
        }
        out
    }

    /// Whether a direct quotation is open at the token.
    pub(crate) fn in_quotes(&self, at: usize) -> bool {
        let mut open = false;
        for i in self.from..at {
            match self.t.word(i) {
                "\"" => open = !open,
                "“" | "``" => open = true,
                "”" | "''" => open = false,
                _ => {}
            }
        }
        open
    }

    /// Reads the verb at `at`; `None` when the word is no verb there.
    pub(crate) fn read(&self, at: usize, form: Form, intransitive: bool) -> Option<Reading> {
        if self.hidden.iter().any(|hidden| hidden.contains(&at)) {
            return None;
        }
        // A quoted scrap: ``the "ordered departure" began''.
        if matches!(self.back_word(at), "\"" | "“" | "``") && at > self.from + 1 {
            return None;
        }
        let group = self.group(at);
        let t = self.t;
        let mut reading = Reading {
            status: Status::Fact,
            first: group.first,
            present: false,
            reduced: false,
            passive: false,
            infinitive: false,
            gerund: false,
            background: group.had && !self.reported(group.first)
                || (group.first..at).any(|i| habitual(t.word(i))),
        };
        let participle = matches!(form, Form::Past | Form::Participle);
        reading.passive = group.be.is_some() && participle;
        let mut status = match form {
            _ if group.to => {
                if form != Form::Base && !(reading.passive || group.have) {
                    return None;
                }
                reading.infinitive = true;
                let (status, first) = self.governed(group.first);
                reading.first = first;
                if group.have { Status::Unreal } else { status }
            }
            Form::Base if group.future => Status::Coming,
            Form::Base if group.would || group.modal => Status::Unreal,
            Form::Base if group.does && group.negated => Status::Unreal,
            Form::Base if group.does => Status::Fact,
            Form::Base => return self.bare_base(at, reading, intransitive),
            Form::Gerund => match group.be {
                Some(be) => {
                    reading.present = matches!(t.word(be), "is" | "are" | "'s" | "’s" | "am");
                    if group.have || matches!(t.word(be), "was" | "were") {
                        Status::Unreal
                    } else {
                        Status::Fact
                    }
                }
                None => {
                    reading.gerund = true;
                    self.gerund(at)?
                }
            },
            Form::Present => {
                reading.present = true;
                if self.after_determiner(at) {
                    return None;
                }
                Status::Fact
            }
            Form::Past | Form::Participle => {
                let aux = group.be.is_some() || group.have;
                if form == Form::Participle && !aux && !self.coordinated(at) && !self.describes(at, false) {
                    return None;
                }
                if !aux && self.adjective(at) {
                    return None;
                }
                if !aux && form == Form::Past && self.same_as_base(at) {
                    return None;
                }
                if !aux && !intransitive && self.coordinated_passive(at) {
                    reading.passive = true;
                }
                if !aux && self.describes(at, intransitive) {
                    reading.reduced = true;
                    reading.passive = true;
                }
                match group.be {
                    Some(be) if matches!(t.word(be), "is" | "are" | "'s" | "’s" | "am") && !group.have => {
                        reading.present = true;
                    }
                    _ => {}
                }
                Status::Fact
            }
        };
        if participle && !reading.infinitive {
            if group.be.is_some_and(|be| t.word(be) == "being") {
                status = Status::Unreal;
            } else if group.future {
                status = Status::Coming;
            } else if group.would || group.modal || group.having {
                status = Status::Unreal;
            }
        }
        if group.would && !group.have && self.reported(reading.first) {
            status = Status::Coming;
        }
        if group.having && self.gerund_after(group.first) {
            status = Status::Fact;
        }
        if group.negated || self.negated_around(reading.first, at) {
            status = Status::Unreal;
        }
        // "With 5 million raised", "to reflect the conduct alleged": these words are no subject.
        let opening = t.word(self.boundary(reading.first));
        if !reading.infinitive
            && self.boundary(reading.first) < reading.first
            && matches!(opening, "with" | "without" | "including" | "to" | "what")
        {
            return None;
        }
        reading.background |= reading.reduced
            || reading.gerund
            || matches!(self.opener(reading.first), Opener::Relative(_) | Opener::Time(_));
        reading.status = self.in_clause(&reading, at, status);
        Some(reading)
    }

    /// A form that stands alone and is a verb only after a plural pronoun, or joined to an infinitive before it.
    fn bare_base(&self, at: usize, mut reading: Reading, intransitive: bool) -> Option<Reading> {
        let before = self.back_word(reading.first);
        // "talks resume on Monday", "the rules take effect next January".
        let soon = (at + 1..self.to.min(at + 4)).any(|i| self.in_date(i));
        let plural = soon && intransitive && before.len() > 3 && before.ends_with('s') && !determiner(before);
        if plural || matches!(before, "they" | "we" | "i" | "you") {
            reading.present = true;
            reading.status = self.in_clause(&reading, at, Status::Fact);
            return Some(reading);
        }
        None
    }

    fn back_word(&self, at: usize) -> &str {
        if at > self.from { self.t.word(at - 1) } else { "" }
    }

    /// The auxiliaries before a verb.
    fn group(&self, at: usize) -> Group {
        let t = self.t;
        let mut group = Group { first: at, ..Group::default() };
        let mut i = at;
        let mut steps = 0;
        while i > self.from && steps < 10 {
            i -= 1;
            steps += 1;
            let word = t.word(i);
            match word {
                "will" | "shall" | "'ll" | "’ll" | "we'll" | "they'll" | "i'll" | "it'll" | "he'll"
                | "she'll" => {
                    group.future = true;
                }
                "won't" | "won’t" => {
                    group.future = true;
                    group.negated = true;
                }
                "would" | "'d" | "’d" => group.would = true,
                "could" | "may" | "might" | "should" | "can" | "must" | "ought" | "cannot"
                    if !(word == "may" && self.in_date(i)) =>
                {
                    group.modal = true;
                }
                "wouldn't" | "couldn't" | "can't" | "shouldn't" | "mightn't" | "wouldn’t" | "couldn’t"
                | "can’t" => {
                    group.modal = true;
                    group.negated = true;
                }
                "is" | "are" | "was" | "were" | "be" | "been" | "being" | "am" | "got"
                    if i + 4 >= group.first =>
                {
                    if group.be.is_none() {
                        group.be = Some(i);
                    }
                }
                "isn't" | "aren't" | "wasn't" | "weren't" | "isn’t" | "wasn’t" | "weren’t" | "aren’t" =>
                {
                    group.be = Some(i);
                    group.negated = true;
                }
                "has" | "have" | "'ve" | "’ve" => group.have = true,
                "had" => {
                    group.have = true;
                    group.had = true;
                }
                "having" => {
                    group.have = true;
                    group.having = true;
                }
                "hasn't" | "haven't" | "hadn't" | "hasn’t" | "haven’t" | "hadn’t" => {
                    group.have = true;
                    group.negated = true;
                }
                "do" | "does" | "did" => group.does = true,
                "don't" | "doesn't" | "didn't" | "don’t" | "doesn’t" | "didn’t" => {
                    group.does = true;
                    group.negated = true;
                }
                "not" | "never" | "n't" | "n’t" | "hardly" | "barely" | "scarcely" => group.negated = true,
                // What nearly happened, or is only said to have, did not happen for a timeline.
                "almost" | "nearly" | "reportedly" | "allegedly" | "possibly" | "perhaps" | "maybe"
                | "supposedly" => {
                    group.negated = true;
                }
                "to" => {
                    group.to = true;
                    group.first = i;
                    break;
                }
                _ if adverb(word) => continue,
                // "has on Monday signed": a date inside the group.
                _ if self.in_date(i) && i > self.from + 1 => {
                    let auxiliary = (i.saturating_sub(4).max(self.from)..i).rev().find(|&k| !self.in_date(k));
                    let before = auxiliary.map_or("", |k| t.word(k));
                    let and_before = auxiliary.filter(|k| *k > self.from).map_or("", |k| t.word(k - 1));
                    let on = matches!(before, "on" | "in");
                    let near = if on { and_before } else { before };
                    if !among(near, "has have had will would was were been be") {
                        break;
                    }
                    i = auxiliary.unwrap_or(i) + usize::from(!on);
                    continue;
                }
                _ => break,
            }
            group.first = i;
        }
        group
    }

    /// What the words before "to" make of an infinitive, and the first token of what governs it.
    fn governed(&self, to: usize) -> (Status, usize) {
        let t = self.t;
        let mut at = to;
        while at > self.from && (adverb(t.word(at - 1)) || self.in_date(at - 1) || t.word(at - 1) == "on") {
            at -= 1;
        }
        if at <= self.from {
            return (Status::Unreal, to);
        }
        let g = at - 1;
        let word = t.word(g);
        let group = self.group(g);
        let noun = among(self.back_word(g), "a an the its his her their no any 's ’s of this with our");
        let past_be = group.be.is_some_and(|be| matches!(t.word(be), "was" | "were") || group.had);
        let now_be = group.be.is_some() && !past_be;
        let status = match word {
            "plans" | "plan" | "intends" | "intend" | "vows" | "vow" | "promises" | "promise" | "pledges"
            | "pledge" | "threatens" | "threaten" | "aims" | "aim" | "prepares"
                if !noun =>
            {
                Status::Coming
            }
            "vowed" | "promised" | "pledged" | "threatened" | "agreed" | "decided" | "committed"
            | "resolved" | "opted" | "undertook" | "undertaken" | "chose"
                if !noun && group.be.is_none() =>
            {
                Status::Coming
            }
            // "had planned to close": nobody knows whether it did.
            "planned" | "intended" if !noun && group.be.is_none() && !group.had => Status::Coming,
            "planning" | "preparing" | "going" | "intending" | "threatening" | "promising" if now_be => {
                Status::Coming
            }
            "expected" | "scheduled" | "set" | "due" | "slated" | "poised" | "about" | "ready"
            | "planned" | "determined" | "bound" | "supposed" | "committed" | "prepared"
                if now_be && word != "supposed" =>
            {
                Status::Coming
            }
            "expects" | "expect" if !noun => Status::Coming,
            "is" | "are" => Status::Coming,
            "managed" | "helped" | "rushed" | "forced" | "proceeded" | "began" | "started" => Status::Fact,
            "on" if matches!(self.back_word(g), "went" | "gone") => Status::Fact,
            "decision" => Status::Fact,
            _ => Status::Unreal,
        };
        // "does not plan to", "could decide to".
        let weakened = group.negated || group.modal || group.to || group.would && !self.reported(group.first);
        let status = if weakened { Status::Unreal } else { status };
        (status, group.first)
    }

    /// A gerund that tells of something done: after "after", or as what was begun.
    fn gerund(&self, at: usize) -> Option<Status> {
        let before = self.back_word(self.group(at).first);
        match before {
            "after" | "since" | "upon" | "following" => Some(Status::Fact),
            "began" | "started" | "stopped" | "resumed" => Some(Status::Fact),
            _ => None,
        }
    }

    fn gerund_after(&self, first: usize) -> bool {
        matches!(self.back_word(first), "after" | "since")
    }

    /// Whether a form in -s is a verb: something it can act on follows, and no article stands before it.
    pub(crate) fn present_verb(&self, at: usize) -> bool {
        let t = self.t;
        t.capital(at + 1)
            || among(
                t.word(at + 1),
                "the a an its their his her that to against for on it all any no in with by next this \
            tomorrow at them and",
            )
            || self.in_date(at + 1)
    }

    fn after_determiner(&self, at: usize) -> bool {
        let mut before = at;
        // "the council's formal orders": an adjective may stand between.
        if before > self.from && self.t.word(before - 1).ends_with("al") {
            before -= 1;
        }
        determiner(self.back_word(before))
    }

    /// Whether a past form is an adjective: "the proposed rule", "a banned substance".
    fn adjective(&self, at: usize) -> bool {
        let before = self.back_word(at);
        if determiner(before) && !matches!(before, "that" | "this") {
            return true;
        }
        if among(before, "of for with from in into as over about newly recently more most by on")
            && !self.in_date(at - 1)
        {
            return true;
        }
        // "company-imposed limits".
        at > self.from && self.t.joined(at) && self.t.dash(at - 1)
    }

    /// Whether a form that is past and base in one ("cut", "shut") is a noun or an adjective here: nothing it can act
    /// on follows.
    fn same_as_base(&self, at: usize) -> bool {
        let t = self.t;
        among(t.word(at), "cut shut broadcast quit set put hit")
            && !(determiner(t.word(at + 1))
                || t.capital(at + 1)
                || self.in_date(at + 1)
                || among(t.word(at + 1), "off down up out aside all back ties it them funding two")
                || t.at(at + 1).is_some_and(|token| token.kind == Kind::Number))
    }

    /// "was banned for life and sentenced to six years": the passive carries over.
    fn coordinated_passive(&self, at: usize) -> bool {
        let t = self.t;
        let bare = among(t.word(at + 1), "to by in on for with . , at and") || self.in_date(at + 1);
        bare && matches!(self.back_word(at), "and" | "or")
            && (at.saturating_sub(12).max(self.from)..at)
                .any(|i| matches!(t.word(i), "was" | "were" | "been"))
    }

    /// Whether the past form goes on from an auxiliary before "and": "was arrested and charged".
    fn coordinated(&self, at: usize) -> bool {
        if !matches!(self.back_word(at), "and" | "or" | ",") {
            return false;
        }
        (at.saturating_sub(9).max(self.from)..at)
            .any(|i| among(self.t.word(i), "was were been has have had be is are"))
    }

    /// Whether a bare past form describes the noun before it: "the law passed by parliament", "rules adopted in May
    /// say". A verb that takes an object has none there, and another verb is the clause's own.
    fn describes(&self, at: usize, intransitive: bool) -> bool {
        let t = self.t;
        let next = t.word(at + 1);
        let before = self.back_word(at);
        // "drawings, released this month, show": an aside.
        if before == ","
            && at > self.from + 1
            && (self.in_date(at + 1) || matches!(next, "by" | "in" | "on" | "last"))
            && (at + 1..self.to.min(at + 9)).any(|i| t.word(i) == "," && !self.in_date(i))
        {
            return true;
        }
        if at == self.from
            || among(before, ", and but or who which that he she it they we i \" ” also then ;")
        {
            return false;
        }
        if next == "by" && !self.in_date(at + 2) {
            return true;
        }
        if intransitive {
            return false;
        }
        let bare = self.in_date(at + 1)
            || among(next, "in on at last to under for against earlier with from after before during , . as");
        if !bare {
            return false;
        }
        let begin = self.segment_begin(at);
        let earlier = (begin..at).any(|i| self.finite(i));
        let later = (at + 1..self.to)
            .take_while(|&i| {
                !among(t.word(i), "; : that which who and but because while when , \" “ after as")
            })
            .any(|i| self.finite(i));
        earlier || later
    }

    /// Whether the word is a finite verb beyond doubt.
    pub(crate) fn finite(&self, i: usize) -> bool {
        let t = self.t;
        let word = t.word(i);
        if t.at(i).is_none_or(|token| token.kind != Kind::Word) || t.capital(i) && i > self.from {
            return false;
        }
        match word {
            "could" | "may" | "might" | "should" | "can" | "must" | "would" => return !self.in_date(i),
            "leaves" | "comes" | "takes" | "gives" | "makes" | "means" | "shows" | "lets" | "allows"
            | "requires" | "goes" | "stands" | "keeps" | "wants" | "argues" | "covers" | "ends"
            | "begins" => return true,
            _ => {}
        }
        match lexicon::tense(word) {
            Some(Tense::Past) if word.ends_with("ed") => {
                !determiner(self.back_word(i))
                    && !matches!(self.back_word(i), "of" | "for" | "with" | "from" | "in" | "-")
            }
            Some(_) => !among(word, "read let set cut put cost bet rid") || !determiner(self.back_word(i)),
            None => false,
        }
    }

    /// The start of the stretch without a mark or a clause word that the token stands in.
    fn segment_begin(&self, at: usize) -> usize {
        (self.from..at)
            .rev()
            .find(|&i| {
                among(self.t.word(i), ", ; : that which who because while when \" “ and but after before")
            })
            .map_or(self.from, |i| i + 1)
    }

    /// Whether the clause is what somebody is reported to have said.
    fn reported(&self, first: usize) -> bool {
        matches!(self.opener(first), Opener::Reported(_))
            || (first..self.to).any(|i| reports(self.t.word(i)) && self.t.word(i) != "told")
                && self.closing_attribution(first)
    }

    /// "…, the minister said." at the end.
    fn closing_attribution(&self, first: usize) -> bool {
        (first..self.to)
            .any(|i| self.t.word(i) == "," && (i + 1..self.to.min(i + 12)).any(|k| reports(self.t.word(k))))
    }

    /// "nobody", "no contract", "neither side" as the subject; "signed nothing" as the object.
    fn negated_around(&self, first: usize, at: usize) -> bool {
        let t = self.t;
        if matches!(t.word(at + 1), "nothing" | "nobody" | "no" | "none" | "neither")
            && t.word(at + 2) != "longer"
        {
            return true;
        }
        let begin = self.boundary(first);
        (begin..first).any(|i| {
            among(t.word(i), "no nobody none neither nothing hardly nor")
                && !matches!(t.word(i + 1), "later" | "longer" | "doubt" | "-")
                && (i == begin || matches!(t.word(i - 1), "but" | "and" | "," | "almost" | "\"" | "that"))
        })
    }

    /// What the clause is part of makes of what it tells.
    fn in_clause(&self, reading: &Reading, at: usize, status: Status) -> Status {
        let t = self.t;
        if self.hypothetical {
            return Status::Unreal;
        }
        let status = match self.opener(reading.first) {
            Opener::Condition => return Status::Unreal,
            Opener::Denied => return Status::Unreal,
            // "will reopen when those who fired are handed over", "until the court rules".
            Opener::Time(i) if reading.present || status == Status::Coming || t.word(i) == "until" => {
                return Status::Unreal;
            }
            _ => status,
        };
        // "will close if the union strikes".
        let condition = status == Status::Coming
            && (at + 1..self.to)
                .take_while(|&i| t.word(i) != ";")
                .any(|i| matches!(t.word(i), "if" | "provided" | "assuming"));
        if condition { Status::Unreal } else { status }
    }

    /// The word that opens the clause, and where the clause's own words begin.
    fn opener(&self, first: usize) -> Opener {
        let t = self.t;
        let mut i = first;
        // A verb after "and" without a subject of its own stands beside the verb before it, not within it.
        let mut beside = first;
        while beside > self.from && adverb(t.word(beside - 1)) {
            beside -= 1;
        }
        let beside = matches!(self.back_word(beside), "and" | "but");
        let floor = self.from.max(first.saturating_sub(30));
        while i > floor {
            i -= 1;
            match t.word(i) {
                "if" | "unless" | "whether" | "lest" | "assuming" | "supposing" => return Opener::Condition,
                "case" if self.back_word(i) == "in" && t.word(i + 1) != "of" => return Opener::Condition,
                "provided" if t.word(i + 1) == "that" => return Opener::Condition,
                "when" | "once" | "until" | "till" | "after" | "before" | "as" | "since"
                    if !self.in_date(i) && !self.in_date(i + 1) && i + 1 < first =>
                {
                    // Only a word of time that begins a clause, not a phrase: "after a long fight, it sued".
                    return Opener::Time(i);
                }
                "that" => match self.that(i) {
                    Opener::Relative(_) if (i + 1..first).any(|k| self.finite(k)) => {}
                    opener => return opener,
                },
                // A relative clause that has a verb of its own is over.
                "which" | "who" | "whose" | "where" | "whom" if (i + 1..first).any(|k| self.finite(k)) => {}
                // "to investigate who shot it down" asks.
                "who" | "which" | "what" | "how" | "why"
                    if crate::verbs::verb_form(self.back_word(i)).is_some() =>
                {
                    return Opener::Condition;
                }
                "which" | "who" | "whose" | "where" | "whom" => return Opener::Relative(i),
                "," if self.closes_aside(i) => {
                    i = self.aside_begin(i);
                }
                "," | ";" | ":" | "\"" | "“" | "”" | "``" | "because" | "while" | "although" | "though"
                | "but" | "—" | "–" | "--" => {
                    return Opener::Main(i + 1);
                }
                "denied" | "denies" | "deny" | "denying" | "doubts" | "doubted" | "doubt" | "hopes"
                | "hope" | "hoped" | "fears" | "fear" | "feared" | "believe" | "believes" | "believed"
                | "think" | "thinks" | "thought" | "wish" | "wishes" | "pretended" | "imagine"
                | "expects" | "expect" | "expected" | "predict" | "predicts" | "predicted"
                    if i + 1 < first && !beside && !determiner(self.back_word(i)) =>
                {
                    return Opener::Denied;
                }
                word if reports(word) && i + 1 < first && !beside && !determiner(self.back_word(i)) => {
                    return Opener::Reported(i + 1);
                }
                _ => {}
            }
        }
        Opener::Main(floor)
    }

    fn that(&self, i: usize) -> Opener {
        let t = self.t;
        // The date of the telling may stand between the verb and "that".
        let mut k = i;
        while k > self.from && (self.in_date(k - 1) || matches!(t.word(k - 1), "on" | "in" | ",") && k < i) {
            k -= 1;
        }
        let window = k.saturating_sub(6).max(self.from)..k;
        let before = self.back_word(k);
        match before {
            "possible" | "impossible" | "mean" | "means" | "unlikely" | "likely" | "plausible"
            | "conceivable" | "hope" | "hopes" | "fear" | "fears" | "claims" | "claim" | "allegations"
            | "allegation" | "suggestion" | "suggestions" | "rumours" | "rumors" | "denied" | "denies"
            | "deny" | "denying" | "doubt" | "doubts" | "unclear" | "believe" | "believes" | "think"
            | "hoped" | "feared" | "wish" | "demand" | "demands" | "demanded" | "possibility" | "chance"
            | "idea" | "provided" | "expects" | "expected" | "expect" | "risk" | "condition" => {
                return Opener::Denied;
            }
            _ => {}
        }
        if window.clone().any(|at| matches!(t.word(at), "denied" | "denies" | "denying")) {
            return Opener::Denied;
        }
        if (k.saturating_sub(3).max(self.from)..k)
            .any(|at| matches!(t.word(at), "not" | "n't" | "never" | "no" | "nobody"))
        {
            return Opener::Denied;
        }
        if window.into_iter().any(|at| reports(t.word(at))) {
            return Opener::Reported(i + 1);
        }
        Opener::Relative(i)
    }

    /// Whether the comma ends an aside that another comma opens a few words before: ", which owns the port,".
    fn closes_aside(&self, comma: usize) -> bool {
        let t = self.t;
        let Some(open) = (self.from.max(comma.saturating_sub(16))..comma).rev().find(|&i| t.word(i) == ",")
        else {
            return false;
        };
        let opens = t.word(open + 1);
        let mut next = comma + 1;
        while next < self.to
            && (self.in_date(next) || matches!(t.word(next), "on" | "in") && self.in_date(next + 1))
        {
            next += 1;
        }
        let verb_next = self.finite(next) && !t.word(next).ends_with("ing")
            || self.finite(comma + 1)
            || adverb(t.word(comma + 1)) && self.finite(comma + 2);
        if verb_next && open > self.from && !self.in_date(open + 1) && !self.in_date(open.saturating_sub(1)) {
            return true;
        }
        (among(opens, "which who whose a an the citing in through for including led based who's")
            || t.word(open + 2) == "which")
            && open > self.from
            && !self.in_date(open + 1)
            && !(open + 1..comma).any(|i| reports(t.word(i)))
    }

    fn aside_begin(&self, comma: usize) -> usize {
        (self.from..comma).rev().find(|&i| self.t.word(i) == ",").unwrap_or(comma)
    }

    /// Where the words of the clause around a verb begin: its subject is the first of them.
    pub(crate) fn boundary(&self, first: usize) -> usize {
        match self.opener(first) {
            Opener::Main(at) | Opener::Reported(at) => at,
            Opener::Relative(i) | Opener::Time(i) => i + 1,
            Opener::Condition | Opener::Denied => (self.from..first)
                .rev()
                .find(|&i| among(self.t.word(i), "if unless whether that , denied denies fear case"))
                .map_or(self.from, |i| i + 1),
        }
    }

    /// Who is meant when the subject of what somebody said is "it", "they", "he" or "she": the speaker.
    pub(crate) fn speaker_for(&self, subject: &Range<usize>) -> Option<Range<usize>> {
        let t = self.t;
        let pronoun = subject.clone().filter(|&i| !adverb(t.word(i))).collect::<Vec<_>>();
        let [only] = pronoun[..] else { return None };
        if !matches!(t.word(only), "it" | "they" | "he" | "she") || only == self.from {
            return None;
        }
        let mut verb = only - 1;
        while verb > self.from && (t.word(verb) == "that" || self.in_date(verb) || t.word(verb) == "on") {
            verb -= 1;
        }
        if !reports(t.word(verb)) {
            return None;
        }
        let end = self.group(verb).first;
        let begin = self.boundary(end);
        // "condemned the seizure and said it would": the speaker stands before the first verb.
        let first = (begin..end).find(|&i| self.finite(i)).unwrap_or(end);
        let range = begin..first;
        let named = range
            .clone()
            .any(|i| t.at(i).is_some_and(|token| token.kind == Kind::Word) && !determiner(t.word(i)));
        (named && range.len() <= 10).then_some(range)
    }

    /// Whether what stands at the token is told in passing, in an aside that the verb is no part of.
    pub(crate) fn passing(&self, at: usize, verb: usize) -> bool {
        let t = self.t;
        let open = (self.from..at).rev().take(14).find(|&i| t.word(i) == ",");
        let Some(open) = open else { return false };
        let relative = matches!(t.word(open + 1), "which" | "who" | "whose" | "whom")
            || matches!(t.word(open + 2), "which" | "whom");
        let close = (at..self.to).find(|&i| t.word(i) == ",").unwrap_or(self.to);
        relative && !(open..close).contains(&verb)
    }

    /// Where what somebody is reported to have said begins, when the verb is part of it.
    pub(crate) fn reported_from(&self, first: usize) -> Option<usize> {
        match self.opener(first) {
            Opener::Reported(at) => Some(at),
            _ => None,
        }
    }

    /// The place of "after", "before" or "when" in a clause that says when, if the verb is part of one.
    pub(crate) fn time(&self, first: usize) -> Option<usize> {
        match self.opener(first) {
            Opener::Time(i) => Some(i),
            _ => None,
        }
    }

    /// The place of "which", "who" or "that" when the verb's clause describes a noun.
    pub(crate) fn relative(&self, first: usize) -> Option<usize> {
        match self.opener(first) {
            Opener::Relative(i) => Some(i),
            _ => None,
        }
    }
}

#[derive(Debug)]
enum Opener {
    /// The clause stands by itself, from the token.
    Main(usize),
    /// It is what somebody is said to have said, from the token.
    Reported(usize),
    /// It describes a noun; the place of the word that opens it.
    Relative(usize),
    /// It says when; the place of the word that opens it.
    Time(usize),
    /// It is a condition, or asks whether.
    Condition,
    /// It is what somebody denied, hoped or feared.
    Denied,
}

#[derive(Clone, Copy, Debug, Default)]
struct Group {
    first: usize,
    future: bool,
    would: bool,
    modal: bool,
    be: Option<usize>,
    have: bool,
    had: bool,
    having: bool,
    does: bool,
    to: bool,
    negated: bool,
}

/// Whether the verb reports what somebody said or what a document says.
pub(crate) fn reports(word: &str) -> bool {
    attribution::is_saying(word)
        || among(
            word,
            "promised vowed pledged agreed decided ruled found finds show shows showed tells saying \
            learned revealed announcing threatened",
        )
}

pub(crate) fn determiner(word: &str) -> bool {
    among(
        word,
        "the a an its his her their this that no any our my 's ’s each every some another these \
            those your",
    )
}

/// Whether the word says that something is done again and again.
fn habitual(word: &str) -> bool {
    among(word, "always ever often repeatedly regularly usually routinely frequently sometimes long")
}

pub(crate) fn adverb(word: &str) -> bool {
    word.len() > 3
        && word.ends_with("ly")
        && !among(
            word,
            "likely unlikely july family assembly supply early monthly weekly daily italy reply apply \
            rally ally",
        )
        || among(
            word,
            "also already now still just soon since first again later once even only twice often long \
            then instead thus both ever yet always all too together",
        )
}
