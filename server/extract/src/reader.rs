//! Reads the sentences of an article for events, one after another.

use std::ops::Range;

use crate::attribution::{self, Attribution, AttributionKind};
use crate::calendar::Date;
use crate::clause;
use crate::dating::{self, Dating};
use crate::drafts::{Draft, Drafts};
use crate::event::{EventKind, Phase};
use crate::nouns::{self, Named};
use crate::parties::{self, Mention, Names};
use crate::sentences::Sentence;
use crate::timex::{Timex, TimexKind};
use crate::tokens::Tokens;
use crate::triggers::{self, Trigger};
use crate::words::among;
use crate::{Candidate, Context, Quote, score, titles};

/// Sentences with more tokens than this are not read for events: no writer's sentence is this long, so it is a table
/// or a broken page, and reading it would take quadratic time.
const LONGEST_SENTENCE: usize = 300;

/// What is known while an article is read.
pub(crate) struct Reader<'a> {
    t: &'a Tokens<'a>,
    context: &'a Context<'a>,
    names: Names,
    timexes: &'a [Timex],
    drafts: Drafts,
    last_party: Option<usize>,
    /// Who the sentence before was about.
    subject: Option<Subject<'a>>,
}

/// The subject of a sentence, which "it" or "she" in the next stands for.
struct Subject<'a> {
    words: &'a str,
    person: bool,
}

impl Subject<'_> {
    /// Whether the pronoun can stand for it.
    fn fits(&self, pronoun: &str) -> bool {
        match pronoun {
            "he" | "she" => self.person,
            "it" => !self.person,
            _ => false,
        }
    }
}

/// A sentence with what was found in it.
pub(crate) struct Scene<'a> {
    index: usize,
    pub(crate) sentence: &'a Sentence,
    pub(crate) s: clause::Sentence<'a>,
    timexes: &'a [Timex],
    pub(crate) mentions: Vec<Mention>,
    pub(crate) attribution: Attribution,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(t: &'a Tokens<'a>, context: &'a Context<'a>, timexes: &'a [Timex]) -> Self {
        let names = Names::new(context.parties);
        Self { t, context, names, timexes, drafts: Drafts::default(), last_party: None, subject: None }
    }

    /// Reads one sentence.
    pub(crate) fn read(&mut self, index: usize, sentence: &Sentence) {
        let from = self.t.index_at(sentence.span.start);
        let to = self.t.index_at(sentence.span.end.saturating_sub(1)) + 1;
        let first = self.timexes.partition_point(|timex| timex.span.end <= sentence.span.start);
        let last = self.timexes.partition_point(|timex| timex.span.start < sentence.span.end);
        let timexes = &self.timexes[first..last.max(first)];
        let mentions = self.names.mentions(self.t, from..to, &mut self.last_party);
        if to - from > LONGEST_SENTENCE || is_question(self.t, from, to) {
            return;
        }
        let dates = timexes
            .iter()
            .filter(|timex| {
                timex.kind != TimexKind::Duration || timex.edtf.is_some() || timex.anchor.is_some()
            })
            .map(|timex| self.tokens_of(timex))
            .collect();
        let scene = Scene {
            index,
            sentence,
            s: clause::Sentence::new(self.t, from, to, dates),
            timexes,
            mentions,
            attribution: attribution::of_sentence(self.t, from, to),
        };
        self.lasting_talks(&scene);
        self.added(&scene);
        let triggers = triggers::find(&scene.s);
        let (places, taken) = self.named(&scene);
        let places: Vec<usize> = triggers.iter().map(|trigger| trigger.at).chain(places).collect();
        for trigger in &triggers {
            self.told(&scene, trigger, &triggers, &places, &taken);
        }
        let pronoun = matches!(self.t.word(from), "it" | "he" | "she" | "they");
        if !pronoun {
            self.subject = self.subject_of(&scene.s);
        }
    }

    /// The subject of a sentence that opens with it, if it is a name.
    fn subject_of(&self, s: &clause::Sentence<'_>) -> Option<Subject<'a>> {
        let t = self.t;
        let verb = (s.from..s.to.min(s.from + 9)).find(|&i| s.finite(i))?;
        let mut end = verb;
        while end > s.from
            && (clause::adverb(t.word(end - 1)) || matches!(t.word(end - 1), "has" | "had" | "is" | "was"))
        {
            end -= 1;
        }
        let simple = (s.from..end)
            .all(|i| !among(t.word(i), ", and or : ; \" “ `` ( that on in for as if") && !s.in_date(i));
        let named =
            (s.from..end).any(|i| t.capital(i) && (i > s.from || t.capital(i + 1) || end == s.from + 1));
        let (a, b) = (t.at(s.from)?, t.at(end.checked_sub(1)?)?);
        if !simple || !named || end == s.from || clause::determiner(t.word(s.from)) && t.word(s.from) != "the"
        {
            return None;
        }
        let words = &t.text[a.start..b.end];
        let person = t.word(s.from) != "the"
            && (2..=4).contains(&(end - s.from))
            && (s.from..end).all(|i| t.capital(i) || t.word(i) == ".");
        Some(Subject { words, person })
    }

    /// The candidates, the best first.
    pub(crate) fn finish(self, sentences: &[Sentence]) -> Vec<Candidate> {
        self.drafts.finish(sentences)
    }

    fn tokens_of(&self, timex: &Timex) -> Range<usize> {
        self.t.index_at(timex.span.start)..self.t.index_at(timex.span.end.saturating_sub(1)) + 1
    }

    /// "a January 9 memo", "a memo dated January 9", "the Feb. 3 hearing". Gives the places of the nouns, and of the
    /// expressions that date them.
    fn named(&mut self, scene: &Scene<'_>) -> (Vec<usize>, Vec<usize>) {
        let mut places = Vec::new();
        let mut taken = Vec::new();
        for (place, timex) in scene.timexes.iter().enumerate() {
            if !dating::dates_something(timex) {
                continue;
            }
            let date = self.tokens_of(timex);
            let Some(named) = nouns::of_date(&scene.s, &date) else { continue };
            let published = self.context.published;
            let ahead = published.is_some_and(|published| {
                timex.edtf.as_deref().is_some_and(|edtf| starts_after(edtf, published))
            });
            let due = named.clause && named.kind == EventKind::Deadline;
            let phase = if ahead || named.appointed || due { Phase::Announced } else { Phase::Done };
            let dating = dating::from_timex(self.t, timex, 0, phase, published);
            let over = phase == Phase::Announced
                && published.is_some_and(|published| {
                    dating.edtf.as_deref().and_then(Date::parse).is_some_and(|day| day < published)
                });
            // What had to be done by a day that is over is no longer due.
            if over && (due || named.appointed) {
                continue;
            }
            places.push(named.at);
            taken.push(place);
            let title = self.name(scene, &named, timex);
            let trigger = Trigger {
                kind: named.kind,
                topic: named.topic,
                phase,
                strength: 0.8,
                noun: !named.clause,
                ..Trigger::bare(named.at, named.at + 1)
            };
            self.push(scene, &trigger, title, dating);
        }
        (places, taken)
    }

    fn name(&self, scene: &Scene<'_>, named: &Named, timex: &Timex) -> String {
        let names = self.substitutes(scene);
        if named.clause {
            let trigger = Trigger { kind: named.kind, ..Trigger::bare(named.at, named.at + 1) };
            return titles::of_clause(&scene.s, &trigger, &names);
        }
        let title = titles::of_noun(&scene.s, named.at, &names);
        if title.contains(' ') {
            return title;
        }
        // "In a letter dated 1 June it promised …": what the letter did says more than "letter".
        let s = &scene.s;
        let date = self.tokens_of(timex);
        let clause = (self.t.word(s.from) == "in")
            .then(|| (date.end..s.to.min(date.end + 14)).find(|&i| s.finite(i)))
            .flatten()
            .map(|verb| {
                titles::of_clause(s, &Trigger { kind: named.kind, ..Trigger::bare(verb, verb + 1) }, &names)
            })
            .filter(|title| title.split(' ').count() > 3 && !titles::opens_with_pronoun(title));
        if let Some(clause) = clause {
            clause
        } else {
            format!("{title} of {}", &self.t.text[timex.span.clone()])
        }
    }

    /// Names for the words that stand for somebody: "the company", "it", "we" in a quotation.
    fn substitutes<'s>(&'s self, scene: &'s Scene<'_>) -> Vec<(Range<usize>, &'s str)> {
        let s = &scene.s;
        let mut out: Vec<(Range<usize>, &str)> = scene
            .mentions
            .iter()
            .filter(|mention| mention.implied && !mention.tokens.is_empty())
            .filter_map(|mention| {
                let party = self.context.parties.get(mention.party)?;
                Some((mention.tokens.clone(), party.name.as_str()))
            })
            .collect();
        let speaker = scene.attribution.wording.as_str();
        let short = !speaker.is_empty()
            && speaker.len() < 60
            && scene.attribution.kind == AttributionKind::OnRecord
            && !matches!(speaker.to_lowercase().as_str(), "he" | "she" | "it" | "they");
        for i in s.from..s.to {
            let held = out.iter().any(|(range, _)| range.contains(&i));
            match self.t.word(i) {
                "we" | "i" if short && s.in_quotes(i) => out.push((i..i + 1, speaker)),
                word @ ("it" | "he" | "she" | "they") if !held && parties::heads(self.t, s.from, i) => {
                    if let Some(subject) = self.subject.as_ref().filter(|subject| subject.fits(word)) {
                        out.push((i..i + 1, subject.words));
                    }
                }
                _ => {}
            }
        }
        out
    }

    /// "after several weeks of negotiating", "weeks of talks": talks that lasted until the publication.
    fn lasting_talks(&mut self, scene: &Scene<'_>) {
        let to = scene.s.to;
        for timex in scene.timexes.iter().filter(|timex| timex.kind == TimexKind::Duration) {
            let end = self.t.index_at(timex.span.end.saturating_sub(1)) + 1;
            if self.t.word(end) != "of" {
                continue;
            }
            let talks = (end + 1..to.min(end + 5)).find(|&i| {
                among(self.t.word(i), "talks negotiations negotiating negotiation discussions bargaining deliberations haggling \
            meetings")
            });
            let Some(at) = talks else { continue };
            // "walked out on Monday after months of talks": they lasted until that day.
            let first = self.t.index_at(timex.span.start);
            let after = (first.saturating_sub(3).max(scene.s.from)..first).any(|i| self.t.word(i) == "after");
            let until = scene.timexes.iter().find_map(|timex| {
                let edtf = timex.edtf.as_deref().filter(|edtf| edtf.len() == 10)?;
                Date::parse(edtf)
                    .filter(|day| self.context.published.is_some_and(|published| *day <= published))
            });
            let close = until.filter(|_| after).or(self.context.published);
            let Some(dating) = dating::lasted(timex, close) else { continue };
            let trigger = Trigger {
                kind: EventKind::Negotiation,
                topic: "talks",
                state: true,
                strength: 0.85,
                noun: true,
                ..Trigger::bare(at, at + 1)
            };
            let title = self.talks_title(scene, timex, end + 1, at);
            self.push(scene, &trigger, title, dating);
        }
    }

    /// "have negotiated a contract for several weeks": how long it has gone on, said after the verb.
    fn lasting(&self, scene: &Scene<'_>, verb: usize) -> Option<Dating> {
        let lengths = scene.timexes.iter().filter(|timex| timex.kind == TimexKind::Duration);
        lengths
            .filter(|timex| {
                let first = self.t.index_at(timex.span.start);
                first > verb + 1 && first < scene.s.to && self.t.word(first - 1) == "for"
            })
            .find_map(|timex| dating::lasted(timex, self.context.published))
    }

    /// "Contract talks between X and Y": what was discussed, and who took part when the sentence names two parties.
    fn talks_title(&self, scene: &Scene<'_>, timex: &Timex, from: usize, at: usize) -> String {
        let what = match self.t.word(at) {
            "negotiating" => {
                let object: Vec<&str> = (at + 1..scene.s.to.min(at + 4))
                    .map(|i| self.t.word(i))
                    .take_while(|word| word.chars().all(char::is_alphabetic))
                    .collect();
                if object.is_empty() {
                    "negotiations".to_owned()
                } else {
                    format!("negotiations over {}", object.join(" "))
                }
            }
            _ => (from..=at).map(|i| self.t.printed(i)).collect::<Vec<_>>().join(" "),
        };
        let mut parties: Vec<usize> = Vec::new();
        for mention in &scene.mentions {
            if !parties.contains(&mention.party) {
                parties.push(mention.party);
            }
        }
        let name = |party: usize| self.context.parties.get(party).map_or("", |party| party.name.as_str());
        let title = match parties[..] {
            [a, b] => format!(
                "{what} between {} and {}",
                parties::with_article(name(a)),
                parties::with_article(name(b))
            ),
            _ => format!("{} of {what}", &self.t.text[timex.span.clone()]),
        };
        let mut chars = title.chars();
        chars.next().map_or(String::new(), |first| first.to_uppercase().collect::<String>() + chars.as_str())
    }

    /// "The company added that …" carries on the statement that the sentence before reported.
    fn added(&mut self, scene: &Scene<'_>) {
        let (from, to) = (scene.s.from, scene.s.to);
        let carries_on =
            (from..to.min(from + 7)).any(|i| matches!(self.t.word(i), "added" | "adds" | "continued"));
        if carries_on {
            let speaker = scene
                .mentions
                .first()
                .and_then(|mention| self.context.parties.get(mention.party))
                .map(|party| party.key.as_str());
            self.drafts.carry_on(self.quote(scene), speaker);
        }
    }

    fn told(
        &mut self,
        scene: &Scene<'_>,
        trigger: &Trigger,
        triggers: &[Trigger],
        places: &[usize],
        taken: &[usize],
    ) {
        let others: Vec<usize> = places.iter().copied().filter(|&place| place != trigger.at).collect();
        let published = self.context.published;
        let mut dating = dating::of_trigger(&scene.s, scene.timexes, trigger, &others, taken, published);
        if trigger.state || trigger.topic == "no answer" {
            dating = dating::undated(Phase::Done, published);
            if trigger.state {
                dating.rule = "a state at the time of publication: it began by then".to_owned();
            }
        }
        if trigger.kind == EventKind::Negotiation
            && dating.printed.is_none()
            && !trigger.state
            && let Some(lasting) = self.lasting(scene, trigger.at)
        {
            dating = lasting;
        }
        let aside = triggers::in_aside(&scene.s, trigger.at);
        let mut phase = trigger.phase;
        if let (Phase::Done, Some(edtf), Some(published)) = (phase, &dating.edtf, published)
            && starts_after(edtf, published)
        {
            if trigger.present || trigger.kind == EventKind::Deadline || trigger.topic == "schedule" {
                phase = Phase::Announced;
            } else {
                // What was said or put off until a day ahead happened before: the day is not its own.
                dating = dating::undated(phase, Some(published));
            }
        }
        // What was said to be coming on a day that is over is known to nobody from this.
        if phase == Phase::Announced
            && let (Some(edtf), Some(published)) = (&dating.edtf, published)
            && dating.printed.is_some()
            && ends_before(edtf, published)
        {
            // "On Monday he said he would appeal": the day that is over is that of the saying.
            let after = dating.printed.as_ref().is_some_and(|span| self.t.index_at(span.start) > trigger.at);
            if after {
                return;
            }
            dating = dating::undated(phase, Some(published));
        }
        if trigger.kind == EventKind::Statement && self.date_is_anothers(&dating, trigger.at, &others) {
            dating = dating::undated(phase, published);
        }
        // What a clause tells in passing, without a date, is background.
        if dating.printed.is_none() && phase == Phase::Done && (aside || trigger.background) {
            return;
        }
        // In the present tense only an appointment is an event: "the contract expires on June 30".
        if trigger.present && phase != Phase::Announced {
            return;
        }
        // A remark inside a quotation is an event only if it is a plain one.
        if dating.printed.is_none()
            && phase == Phase::Done
            && trigger.strength < 0.65
            && scene.s.in_quotes(trigger.at)
        {
            return;
        }
        // "threatened to tighten the rules if sales resume".
        if matches!(trigger.topic, "threaten" | "pledge") && self.t.word(trigger.at + 1) == "to" {
            return;
        }
        let trigger = Trigger { phase, ..trigger.clone() };
        if trigger.kind == EventKind::Statement
            && trigger.topic != "no answer"
            && !self.worth_telling(scene, &trigger, triggers, &dating)
        {
            return;
        }
        if trigger.infinitive
            && phase == Phase::Announced
            && dating.printed.is_none()
            && triggers
                .iter()
                .any(|other| other.topic == "agree" && (trigger.first..trigger.at).contains(&other.at))
        {
            return;
        }
        let title = titles::of_remark(&scene.s, &trigger, &scene.attribution.wording)
            .unwrap_or_else(|| titles::of_clause(&scene.s, &trigger, &self.substitutes(scene)));
        self.push(scene, &trigger, title, dating);
    }

    /// Whether another event stands nearer to the date than the verb of saying does.
    fn date_is_anothers(&self, dating: &Dating, at: usize, others: &[usize]) -> bool {
        let Some(span) = &dating.printed else { return false };
        let first = self.t.index_at(span.start);
        let end = self.t.index_at(span.end.saturating_sub(1));
        let far = |place: usize| {
            if place < first {
                return first - place;
            }
            // ", a spokesperson said" after the date of what was said.
            let parted = (end..place).any(|i| matches!(self.t.word(i), "," | "and" | "but"));
            place.saturating_sub(end) + if parted { 8 } else { 0 }
        };
        others.iter().any(|&other| far(other) < far(at))
    }

    /// Reporting verbs stand in nearly every sentence of news; only some of them tell of an event.
    fn worth_telling(
        &self,
        scene: &Scene<'_>,
        trigger: &Trigger,
        triggers: &[Trigger],
        dating: &Dating,
    ) -> bool {
        let t = self.t;
        let formal = trigger.topic == "issued a statement"
            || (trigger.at + 1..scene.s.to.min(trigger.at + 8)).any(|i| {
                among(t.word(i), "statement reporters testimony speech tweet post lawmakers interview rally")
            })
            || matches!(t.word(scene.s.from), "in")
                && (scene.s.from..scene.s.from + 4)
                    .any(|i| matches!(t.word(i), "statement" | "interview" | "speech"));
        let begin = scene.s.boundary(trigger.first);
        let party = scene.mentions.iter().any(|mention| (begin..trigger.at).contains(&mention.tokens.start));
        let named = party && trigger.strength >= 0.4
            || matches!(scene.attribution.kind, AttributionKind::OnRecord | AttributionKind::Spokesperson);
        let own_date = dating.printed.is_some();
        // A bare "said" gives way to what was said, if that is an event of its own.
        let content = triggers.iter().any(|other| {
            other.at != trigger.at && (other.kind != EventKind::Statement || other.strength > 0.5)
        });
        // To refuse to do something is to do something.
        if trigger.topic == "refuse" && t.word(trigger.at + 1) == "to" {
            return true;
        }
        let quotes = (scene.s.from..scene.s.to).any(|i| matches!(t.word(i), "\"" | "“" | "``"));
        let remark =
            named && own_date && quotes && !content && scene.attribution.wording.contains(char::is_uppercase);
        if remark {
            return true;
        }
        if trigger.strength < 0.55 {
            return named && (formal || own_date && !scene.mentions.is_empty()) && !content
                || named && formal && own_date && !scene.mentions.is_empty() && t.word(trigger.at) == "told";
        }
        formal || own_date || named && (!content || !scene.mentions.is_empty())
    }

    /// Who says so, in the part of the sentence between semicolons.
    fn attribution(&self, scene: &Scene<'_>, at: usize) -> Attribution {
        let mark = |i: &usize| self.t.word(*i) == ";";
        let from = (scene.s.from..at).rev().find(mark).map_or(scene.s.from, |i| i + 1);
        let to = (at..scene.s.to).find(mark).unwrap_or(scene.s.to);
        if (from, to) == (scene.s.from, scene.s.to) {
            return scene.attribution.clone();
        }
        attribution::of_sentence(self.t, from, to)
    }

    fn quote(&self, scene: &Scene<'_>) -> Quote {
        let span = scene.sentence.span.clone();
        Quote {
            text: self.t.text[span.clone()].to_owned(),
            span,
            attribution: scene.attribution.clone(),
            sentence: scene.index,
        }
    }

    fn push(&mut self, scene: &Scene<'_>, trigger: &Trigger, title: String, dating: Dating) {
        if title.is_empty() {
            return;
        }
        let parties = self.roles(scene, trigger);
        let attribution = self.attribution(scene, trigger.at);
        let (score, reasons) =
            score::of(self.t, scene, trigger, &dating, (parties.len(), self.context.parties.len()));
        let printed = dating.printed.as_ref().map(|span| self.t.text[span.clone()].to_owned());
        let candidate = Candidate {
            title,
            quotes: vec![Quote { attribution: attribution.clone(), ..self.quote(scene) }],
            edtf: dating.edtf,
            date_printed: printed,
            date_rule: dating.rule,
            date_basis: dating.basis,
            kind: trigger.kind,
            phase: trigger.phase,
            parties,
            attribution,
            score,
            reasons,
        };
        let mut named: Vec<usize> =
            scene.mentions.iter().filter(|mention| !mention.implied).map(|mention| mention.party).collect();
        named.sort_unstable();
        named.dedup();
        self.drafts.add(Draft::new(
            candidate,
            trigger.topic,
            (dating.confidence, dating.counted),
            named.len(),
        ));
    }

    /// Who took part, and how.
    fn roles(&self, scene: &Scene<'_>, trigger: &Trigger) -> Vec<(String, String)> {
        let s = &scene.s;
        let mut out: Vec<(String, String)> = Vec::new();
        let begin = s.boundary(trigger.first);
        for mention in &scene.mentions {
            let Some(party) = self.context.parties.get(mention.party) else { continue };
            if out.iter().any(|(key, _)| *key == party.key) {
                continue;
            }
            let at = mention.tokens.start;
            // Who is only named in passing takes no part: ", which the cabinet renamed,".
            if s.passing(at, trigger.at) {
                continue;
            }
            let before = at < trigger.at;
            let subject = before && at >= begin;
            let by = at > trigger.at && (at.saturating_sub(2)..at).any(|i| self.t.word(i) == "by");
            let role = match trigger.kind {
                EventKind::Negotiation => "participant",
                EventKind::Statement if before && out.is_empty() => "speaker",
                EventKind::Statement
                    if self.t.word(trigger.at) == "said" && at > trigger.at && out.is_empty() =>
                {
                    "speaker"
                }
                EventKind::Statement => "subject",
                _ if trigger.noun => "actor",
                _ if trigger.passive && by => "actor",
                _ if trigger.passive => "target",
                _ if before
                    && (subject || out.is_empty())
                    && !out.iter().any(|(_, role)| role == "actor") =>
                {
                    "actor"
                }
                _ => "target",
            };
            out.push((party.key.clone(), role.to_owned()));
        }
        // Talks of which nobody is named are those of the dispute's two parties.
        if out.is_empty()
            && self.context.parties.len() == 2
            && trigger.kind == EventKind::Negotiation
            && matches!(trigger.topic, "stall" | "talks" | "resume" | "meeting" | "begin")
        {
            out.extend(
                self.context.parties.iter().map(|party| (party.key.clone(), "participant".to_owned())),
            );
        }
        out
    }
}

/// Whether an EDTF date can only lie after the publication.
fn starts_after(edtf: &str, published: Date) -> bool {
    let first = edtf.trim_start_matches('[');
    let first = first.split(['/', '~', '?', ']']).next().unwrap_or("");
    let first = first.split("..").next().unwrap_or("");
    if first.is_empty() {
        return false;
    }
    let published = published.to_string();
    first > published.get(..first.len().min(10)).unwrap_or("")
}

/// Whether an EDTF date can only lie before the publication.
fn ends_before(edtf: &str, published: Date) -> bool {
    let last = edtf.trim_end_matches([']', '~', '?']);
    let last = last.rsplit('/').next().unwrap_or("");
    let last = last.rsplit("..").next().unwrap_or("");
    if last.is_empty() {
        return false;
    }
    let published = published.to_string();
    last < published.get(..last.len().min(10)).unwrap_or("")
}

/// Questions tell of nothing that happened.
fn is_question(t: &Tokens<'_>, from: usize, to: usize) -> bool {
    (to.saturating_sub(2).max(from)..to).any(|i| t.word(i) == "?")
}
