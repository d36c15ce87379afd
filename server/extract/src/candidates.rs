//! Event candidates: what happened, when, who took part, and who says so.

use std::ops::Range;

use crate::attribution::{self, Attribution, AttributionKind};
use crate::calendar::Date;
use crate::dating::{self, Dating};
use crate::event::{EventKind, Phase};
use crate::matching::{content_words, overlap};
use crate::parties::{Mention, Names};
use crate::sections::{self, SectionKind};
use crate::sentences::{self, Sentence};
use crate::timex::{self, Timex, TimexKind};
use crate::tokens::Tokens;
use crate::triggers::{self, Trigger};
use crate::{Context, titles};

/// The exact words of an article that tell of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// Byte range of the words in the text.
    pub span: Range<usize>,
    /// The words themselves, exactly as they stand in the text.
    pub text: String,
    /// Who says so in this sentence.
    pub attribution: Attribution,
    /// The place of the sentence in [`Extraction::sentences`].
    pub sentence: usize,
}

/// An event that an editor may accept.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// A short neutral title made from the clause.
    pub title: String,
    /// Where the article tells of it, the fullest first; never empty.
    pub quotes: Vec<Quote>,
    /// The date as EDTF (level 1 with one-of windows); `None` when the article gives none, or one with two readings.
    pub edtf: Option<String>,
    /// The words of the date as printed.
    pub date_printed: Option<String>,
    /// The rule that gave the date.
    pub date_rule: String,
    /// What the date was worked out from, in words.
    pub date_basis: String,
    /// What kind of thing happened.
    pub kind: EventKind,
    /// How far it has come.
    pub phase: Phase,
    /// Keys of the parties that took part, with the role of each: "actor", "target", "participant", "speaker".
    pub parties: Vec<(String, String)>,
    /// Who says so, of all quotes the best placed to know.
    pub attribution: Attribution,
    /// How likely an editor is to want it, from 0 to 1.
    pub score: f32,
    /// What the score was made of, in words.
    pub reasons: Vec<String>,
}

/// What was read from an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Extraction {
    /// Its sentences, in order.
    pub sentences: Vec<Sentence>,
    /// Its time expressions, in order.
    pub timexes: Vec<Timex>,
    /// Its event candidates, the best first.
    pub candidates: Vec<Candidate>,
}

/// Candidates below this score are not worth an editor's time.
const LEAST_SCORE: f32 = 0.38;

/// Sentences with more tokens than this are not read for events.
const LONGEST_SENTENCE: usize = 400;

/// More quotes than this tell an editor nothing new.
const MOST_QUOTES: usize = 24;

/// No article tells of more events than this.
const MOST_EVENTS: usize = 256;

/// Reads an article: sentences, time expressions and event candidates.
pub fn candidates(text: &str, context: &Context<'_>) -> Extraction {
    // EDTF writes years of four figures without a sign; no article is older.
    let published = context.published.filter(|day| day.year() > 0);
    let context = &Context { published, ..*context };
    let tokens = Tokens::new(text);
    let blocks = sections::blocks(&tokens, context.title);
    let sentences = sentences::split(&tokens, &blocks);
    let timexes = timex::tag(&tokens, &sentences, context);
    let names = Names::new(context.parties);
    let mut reader =
        Reader { t: &tokens, context, names, timexes: &timexes, drafts: Vec::new(), last_party: None };
    for (index, sentence) in sentences.iter().enumerate() {
        if sentence.section.is_article() {
            reader.sentence(index, sentence);
        }
    }
    let candidates = reader.finish();
    Extraction { sentences, timexes, candidates }
}

struct Draft {
    candidate: Candidate,
    /// The content words of its title.
    words: Vec<String>,
    topic: &'static str,
    confidence: f32,
}

struct Reader<'a> {
    t: &'a Tokens<'a>,
    context: &'a Context<'a>,
    names: Names,
    timexes: &'a [Timex],
    drafts: Vec<Draft>,
    last_party: Option<usize>,
}

struct Scene<'a> {
    index: usize,
    sentence: &'a Sentence,
    from: usize,
    to: usize,
    timexes: &'a [Timex],
    mentions: Vec<Mention>,
    attribution: Attribution,
    dates: Vec<Range<usize>>,
}

impl Reader<'_> {
    fn sentence(&mut self, index: usize, sentence: &Sentence) {
        let from = self.t.index_at(sentence.span.start);
        let to = self.t.index_at(sentence.span.end.saturating_sub(1)) + 1;
        let first = self.timexes.partition_point(|timex| timex.span.end <= sentence.span.start);
        let last = self.timexes.partition_point(|timex| timex.span.start < sentence.span.end);
        let timexes = &self.timexes[first..last.max(first)];
        let mentions = self.names.mentions(self.t, from..to, &mut self.last_party);
        let scene = Scene {
            index,
            sentence,
            from,
            to,
            timexes,
            mentions,
            attribution: attribution::of_sentence(self.t, from, to),
            dates: timexes.iter().map(|timex| timex.span.clone()).collect(),
        };
        // No writer's sentence is this long: it is a table or a broken page, and reading it would take quadratic time.
        if to - from > LONGEST_SENTENCE || is_question_or_guess(self.t, from, to) {
            return;
        }
        let mut used = self.dated_nouns(&scene);
        self.lasting_talks(&scene);
        self.added(&scene);
        let triggers = triggers::find(self.t, from, to);
        let places: Vec<usize> = triggers.iter().map(|trigger| trigger.at).chain(used.drain(..)).collect();
        for trigger in &triggers {
            self.told(&scene, trigger, &places);
        }
    }

    /// "a January 9 memo", "a memo dated January 9", "the Feb. 3 hearing".
    fn dated_nouns(&mut self, scene: &Scene<'_>) -> Vec<usize> {
        let mut used = Vec::new();
        for timex in scene.timexes.iter().filter(|timex| dating::dates_something(timex)) {
            let first = self.t.index_at(timex.span.start);
            let end = self.t.index_at(timex.span.end.saturating_sub(1)) + 1;
            let Some((at, kind, topic)) = self.noun_of(scene, first, end) else { continue };
            let modality = triggers::modality(self.t, scene.from, at.min(first), false);
            let published = self.context.published;
            let ahead = published.is_some_and(|p| {
                timex
                    .edtf
                    .as_deref()
                    .is_some_and(|edtf| edtf > p.to_string().as_str() && !edtf.starts_with('['))
            });
            let phase = if ahead || kind == EventKind::Deadline && modality == triggers::Modality::Coming {
                Phase::Announced
            } else {
                Phase::Done
            };
            if modality == triggers::Modality::Unreal
                && !matches!(kind, EventKind::Memo | EventKind::Deadline)
            {
                continue;
            }
            used.push(at);
            let mut title = titles::of_noun(self.t, scene.from, scene.to, at, &scene.dates);
            if !title.contains(' ') {
                title = format!("{title} of {}", &self.t.text[timex.span.clone()]);
            }
            let dating = dating::from_timex(self.t, timex, 0, phase, published);
            let trigger =
                Trigger { at, kind, topic, phase, state: false, strength: 0.8, present: false, noun: true };
            self.push(scene, &trigger, title, dating);
        }
        used
    }

    /// The event noun that a date stands beside.
    fn noun_of(
        &self,
        scene: &Scene<'_>,
        first: usize,
        end: usize,
    ) -> Option<(usize, EventKind, &'static str)> {
        let t = self.t;
        // After the date, within the same noun phrase: the last event noun before a verb or a mark.
        let mut found = None;
        for i in end..scene.to.min(end + 7) {
            if !t.at(i).is_some_and(|token| {
                token.kind != crate::tokens::Kind::Mark || matches!(t.word(i), "'s" | "’s" | "-")
            }) || crate::lexicon::tense(t.word(i)).is_some()
                || matches!(
                    t.word(i),
                    "to" | "that"
                        | "of"
                        | "in"
                        | "on"
                        | "for"
                        | "by"
                        | "and"
                        | "with"
                        | "after"
                        | "from"
                        | "the"
                        | "a"
                )
            {
                break;
            }
            if let Some((kind, topic)) = triggers::noun_at(t, i) {
                found = Some((i, kind, topic));
            }
        }
        let attributive = first > scene.from
            && !matches!(t.word(first - 1), "on" | "since" | "until" | "by" | "after" | "before" | "from");
        if let Some(found) = found.filter(|_| attributive) {
            return Some(found);
        }
        // Before the date: "memo … dated January 9", "the deadline of Feb. 27", "a hearing on March 3".
        let link = first.checked_sub(1).filter(|at| *at > scene.from)?;
        let dated = matches!(t.word(link), "dated" | "signed" | "sent" | "issued");
        let direct = matches!(t.word(link), "of" | "on" | "for") || dated;
        if let Some(found) = self.set_for(scene, first) {
            return Some(found);
        }
        if !direct {
            return None;
        }
        let reach = if dated { 9 } else { 2 };
        (link.saturating_sub(reach).max(scene.from)..link)
            .rev()
            .take_while(|&i| !triggers::verb_between(t, i, i + 1))
            .find_map(|i| {
                let (kind, topic) = triggers::noun_at(t, i)?;
                let fits = dated
                    || matches!(kind, EventKind::Deadline | EventKind::Memo)
                    || matches!(topic, "hearing" | "vote" | "ruling" | "letter");
                // In "condemned the order on Tuesday" the date is the verb's.
                let owned = !dated && triggers::tells(t, i.saturating_sub(6).max(scene.from), i);
                (fits && !owned).then_some((i, kind, topic))
            })
    }

    /// "the hearing is set for Feb. 24", "the deadline for comments is Feb. 27".
    fn set_for(&self, scene: &Scene<'_>, first: usize) -> Option<(usize, EventKind, &'static str)> {
        let t = self.t;
        let mut at = first;
        let mut verb = false;
        while at > scene.from
            && matches!(
                t.word(at - 1),
                "is" | "was"
                    | "are"
                    | "be"
                    | "been"
                    | "will"
                    | "has"
                    | "had"
                    | "set"
                    | "scheduled"
                    | "due"
                    | "now"
                    | "planned"
                    | "for"
                    | "on"
                    | "by"
            )
        {
            verb |= matches!(t.word(at - 1), "is" | "was" | "are" | "be" | "been" | "set" | "scheduled");
            at -= 1;
        }
        if !verb {
            return None;
        }
        (at.saturating_sub(5).max(scene.from)..at).rev().find_map(|i| {
            let (kind, topic) = triggers::noun_at(t, i)?;
            let fits = kind == EventKind::Deadline
                || matches!(topic, "hearing" | "vote" | "meeting" | "ruling" | "decision" | "trial");
            fits.then_some((i, kind, topic))
        })
    }

    /// "after several weeks of negotiating", "weeks of talks": talks that lasted until the publication.
    fn lasting_talks(&mut self, scene: &Scene<'_>) {
        for timex in scene.timexes.iter().filter(|timex| timex.kind == TimexKind::Duration) {
            let end = self.t.index_at(timex.span.end.saturating_sub(1)) + 1;
            if self.t.word(end) != "of" {
                continue;
            }
            let talks = (end + 1..scene.to.min(end + 5)).find(|&i| {
                matches!(
                    self.t.word(i),
                    "talks"
                        | "negotiations"
                        | "negotiating"
                        | "negotiation"
                        | "discussions"
                        | "bargaining"
                        | "deliberations"
                        | "meetings"
                )
            });
            let Some(at) = talks else { continue };
            let Some(dating) = dating::lasted(timex, self.context.published) else { continue };
            let trigger = Trigger {
                at,
                kind: EventKind::Negotiation,
                topic: "talks",
                phase: Phase::Done,
                state: true,
                strength: 0.85,
                present: false,
                noun: true,
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
                first > verb + 1 && first < scene.to && self.t.word(first - 1) == "for"
            })
            .find_map(|timex| dating::lasted(timex, self.context.published))
    }

    /// "Contract talks between X and Y": what was discussed, and who took part when the sentence names two parties.
    fn talks_title(&self, scene: &Scene<'_>, timex: &Timex, from: usize, at: usize) -> String {
        let what = match self.t.word(at) {
            "negotiating" => {
                let object: Vec<&str> = (at + 1..scene.to.min(at + 4))
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
            [a, b] => format!("{what} between {} and {}", name(a), name(b)),
            _ => format!("{} of {what}", &self.t.text[timex.span.clone()]),
        };
        let mut chars = title.chars();
        chars.next().map_or(String::new(), |first| first.to_uppercase().collect::<String>() + chars.as_str())
    }

    /// "The company added that …" carries on the statement that the sentence before reported.
    fn added(&mut self, scene: &Scene<'_>) {
        let carries_on = (scene.from..scene.to.min(scene.from + 7))
            .any(|i| matches!(self.t.word(i), "added" | "adds" | "continued"));
        let quote = Quote {
            text: self.t.text[scene.sentence.span.clone()].to_owned(),
            span: scene.sentence.span.clone(),
            attribution: scene.attribution.clone(),
            sentence: scene.index,
        };
        let speaker = self.roles_of_speaker(scene);
        let Some(held) = self.drafts.last_mut().filter(|_| carries_on) else { return };
        let before = held.candidate.quotes.iter().any(|quote| quote.sentence + 1 == scene.index);
        let same = speaker.is_none_or(|key| held.candidate.parties.iter().any(|(held, _)| *held == key));
        if before && same && held.topic == "statement" {
            held.candidate.quotes.push(quote);
        }
    }

    /// The key of the first party that the sentence names.
    fn roles_of_speaker(&self, scene: &Scene<'_>) -> Option<String> {
        let mention = scene.mentions.first()?;
        self.context.parties.get(mention.party).map(|party| party.key.clone())
    }

    fn told(&mut self, scene: &Scene<'_>, trigger: &Trigger, places: &[usize]) {
        let t = self.t;
        let others: Vec<usize> = places.iter().copied().filter(|&place| place != trigger.at).collect();
        let published = self.context.published;
        let mut dating = dating::of_trigger(
            t,
            scene.timexes,
            (scene.from, scene.to),
            trigger.at,
            &others,
            trigger.phase,
            published,
        );
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
        // What a relative clause tells in passing, without a date, is background.
        if dating.printed.is_none() && triggers::in_aside(t, scene.from, scene.to, trigger.at) {
            return;
        }
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
        if trigger.kind == EventKind::Statement && self.date_is_anothers(&dating, trigger.at, &others) {
            dating = dating::undated(phase, published);
        }
        // In the present tense only an appointment is an event: "the contract expires on June 30".
        if trigger.present && phase != Phase::Announced {
            return;
        }
        let trigger = Trigger { phase, ..trigger.clone() };
        if trigger.kind == EventKind::Statement
            && trigger.topic != "no answer"
            && !self.worth_telling(scene, &trigger, &dating)
        {
            return;
        }
        let title = titles::of_clause(t, scene.from, scene.to, trigger.at, &scene.dates);
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
            let comma = (end..place).any(|i| self.t.word(i) == ",");
            place.saturating_sub(end) + if comma { 6 } else { 0 }
        };
        others.iter().any(|&other| far(other) < far(at))
    }

    /// Reporting verbs stand in nearly every sentence of news; only some of them tell of an event.
    fn worth_telling(&self, scene: &Scene<'_>, trigger: &Trigger, dating: &Dating) -> bool {
        let t = self.t;
        let formal = trigger.topic == "statement"
            || (trigger.at + 1..scene.to.min(trigger.at + 8)).any(|i| {
                matches!(
                    t.word(i),
                    "statement"
                        | "reporters"
                        | "testimony"
                        | "speech"
                        | "tweet"
                        | "post"
                        | "lawmakers"
                        | "interview"
                )
            });
        let named =
            matches!(scene.attribution.kind, AttributionKind::OnRecord | AttributionKind::Spokesperson);
        let own_date = dating.printed.is_some();
        if trigger.strength < 0.55 {
            return named && (formal || own_date && !scene.mentions.is_empty());
        }
        formal || own_date || named
    }

    fn push(&mut self, scene: &Scene<'_>, trigger: &Trigger, title: String, dating: Dating) {
        if title.is_empty() {
            return;
        }
        let parties = self.roles(scene, trigger);
        let (score, reasons) = self.score(scene, trigger, &dating, parties.len());
        let span = scene.sentence.span.clone();
        let quote = Quote {
            text: self.t.text[span.clone()].to_owned(),
            span,
            attribution: scene.attribution.clone(),
            sentence: scene.index,
        };
        let candidate = Candidate {
            title,
            attribution: quote.attribution.clone(),
            quotes: vec![quote],
            edtf: dating.edtf,
            date_printed: dating.printed.map(|span| self.t.text[span].to_owned()),
            date_rule: dating.rule,
            date_basis: dating.basis,
            kind: trigger.kind,
            phase: trigger.phase,
            parties,
            score,
            reasons,
        };
        self.merge(Draft {
            words: content_words(&candidate.title),
            candidate,
            topic: trigger.topic,
            confidence: dating.confidence,
        });
    }

    fn roles(&self, scene: &Scene<'_>, trigger: &Trigger) -> Vec<(String, String)> {
        let mut out: Vec<(String, String)> = Vec::new();
        for mention in &scene.mentions {
            let Some(party) = self.context.parties.get(mention.party) else { continue };
            if out.iter().any(|(key, _)| *key == party.key) {
                continue;
            }
            let role = match trigger.kind {
                EventKind::Negotiation => "participant",
                EventKind::Statement if mention.tokens.start < trigger.at && out.is_empty() => "speaker",
                EventKind::Statement => "subject",
                _ if mention.tokens.start < trigger.at && out.is_empty() => "actor",
                _ if trigger.noun => "actor",
                _ => "target",
            };
            out.push((party.key.clone(), role.to_owned()));
        }
        out
    }

    fn score(
        &self,
        scene: &Scene<'_>,
        trigger: &Trigger,
        dating: &Dating,
        parties: usize,
    ) -> (f32, Vec<String>) {
        let mut reasons =
            vec![format!("\"{}\" tells of a {} event", self.t.printed(trigger.at), trigger.kind.as_str())];
        let mut score = 0.15 + 0.35 * trigger.strength;
        if dating.printed.is_some() {
            score += 0.2 * dating.confidence;
            reasons.push("the sentence gives a date".to_owned());
        }
        if parties > 0 {
            score += if parties > 1 { 0.2 } else { 0.15 };
            reasons.push(format!("names {parties} of the parties"));
        } else if self.context.parties.is_empty() {
            score += 0.08;
        } else {
            reasons.push("names no party".to_owned());
        }
        match scene.attribution.kind {
            AttributionKind::OnRecord | AttributionKind::Document | AttributionKind::Declined => {
                score += 0.08;
            }
            AttributionKind::Spokesperson => score += 0.06,
            _ => {}
        }
        if scene.sentence.section == SectionKind::Lead {
            score += 0.05;
            reasons.push("stands in the lead".to_owned());
        }
        (score.clamp(0.0, 1.0), reasons)
    }

    /// Joins a draft to an earlier one that tells of the same event, or keeps it.
    fn merge(&mut self, draft: Draft) {
        let words = &draft.words;
        let same = self.drafts.iter().position(|held| {
            let shared = overlap(words, &held.words).max(overlap(&held.words, words));
            let kind = held.candidate.kind == draft.candidate.kind;
            let topic = held.topic == draft.topic;
            let phase = held.candidate.phase == draft.candidate.phase;
            let dates = held.candidate.edtf == draft.candidate.edtf;
            let both_own = held.candidate.date_printed.is_some() && draft.candidate.date_printed.is_some();
            let agree = dates || !both_own;
            let standing = matches!(draft.topic, "stall" | "talks");
            let same_sentence = held
                .candidate
                .quotes
                .iter()
                .any(|quote| quote.sentence == draft.candidate.quotes[0].sentence);
            if !phase {
                return false;
            }
            standing && topic
                || kind && topic && dates && both_own && shared >= 0.3
                || kind && topic && agree && shared >= 0.6
                || same_sentence && kind && dates && (both_own || shared >= 0.6)
        });
        let Some(place) = same else {
            if self.drafts.len() < MOST_EVENTS {
                self.drafts.push(draft);
            }
            return;
        };
        let held = &mut self.drafts[place];
        let better_date = draft.candidate.date_printed.is_some()
            && (held.candidate.date_printed.is_none() || draft.confidence > held.confidence + 0.05);
        let new_quote = draft.candidate.quotes[0].clone();
        let better_title =
            draft.candidate.parties.len() > held.candidate.parties.len() && draft.candidate.title.len() < 110;
        if better_date {
            held.candidate.edtf = draft.candidate.edtf;
            held.candidate.date_printed = draft.candidate.date_printed;
            held.candidate.date_rule = draft.candidate.date_rule;
            held.candidate.date_basis = draft.candidate.date_basis;
            held.confidence = draft.confidence;
        }
        if better_title {
            held.candidate.title = draft.candidate.title;
            held.words = draft.words;
        }
        if !draft.candidate.parties.is_empty() {
            held.candidate.reasons.retain(|reason| reason != "names no party");
        }
        for party in draft.candidate.parties {
            if !held.candidate.parties.iter().any(|(key, _)| *key == party.0) {
                held.candidate.parties.push(party);
            }
        }
        let room = held.candidate.quotes.len() < MOST_QUOTES;
        if room && !held.candidate.quotes.iter().any(|quote| quote.span == new_quote.span) {
            held.candidate.quotes.push(new_quote);
            let again = "told more than once".to_owned();
            if !held.candidate.reasons.contains(&again) {
                held.candidate.reasons.push(again);
            }
        }
        held.candidate.score = (held.candidate.score.max(draft.candidate.score) + 0.05).min(1.0);
    }

    fn finish(mut self) -> Vec<Candidate> {
        for draft in &mut self.drafts {
            // Body prose is the fullest account; an item of a summary list stands behind it.
            let candidate = &mut draft.candidate;
            candidate.quotes.sort_by_key(|quote| (rank(&quote.attribution), quote.span.start));
            if let Some(first) = candidate.quotes.first() {
                candidate.attribution = first.attribution.clone();
            }
        }
        let mut out: Vec<Candidate> = self
            .drafts
            .into_iter()
            .map(|draft| draft.candidate)
            .filter(|candidate| candidate.score >= LEAST_SCORE)
            .collect();
        out.sort_by(|a, b| {
            b.score.total_cmp(&a.score).then(a.quotes[0].span.start.cmp(&b.quotes[0].span.start))
        });
        out
    }
}

/// Which of several attributions stands first: the closest to the event.
fn rank(attribution: &Attribution) -> u8 {
    match attribution.kind {
        AttributionKind::OnRecord | AttributionKind::Declined => 0,
        AttributionKind::Spokesperson => 1,
        AttributionKind::Document => 2,
        AttributionKind::Unnamed => 3,
        AttributionKind::Outlet => 4,
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

/// Questions tell of nothing that happened.
fn is_question_or_guess(t: &Tokens<'_>, from: usize, to: usize) -> bool {
    (to.saturating_sub(2).max(from)..to).any(|i| t.word(i) == "?")
}
