//! Candidates in the making: mentions of one event are joined, and dates counted from one another filled in.

use crate::attribution::{Attribution, AttributionKind};
use crate::calendar::Date;
use crate::matching::{anchor_named, content_words, overlap};
use crate::sections::SectionKind;
use crate::sentences::Sentence;
use crate::{Anchor, Candidate, EventKind, Quote, score};

/// More quotes than this tell an editor nothing new.
const MOST_QUOTES: usize = 24;

/// No article tells of more events than this.
const MOST_EVENTS: usize = 256;

/// A candidate with what it is compared by.
pub(crate) struct Draft {
    candidate: Candidate,
    /// The content words of its title.
    words: Vec<String>,
    topic: &'static str,
    /// How sure its date is.
    confidence: f32,
    /// How many parties the sentence of its title names outright.
    named: usize,
    /// The event that its date is counted from, as printed, and the days between.
    counted: Option<(String, i64)>,
}

impl Draft {
    pub(crate) fn new(
        candidate: Candidate,
        topic: &'static str,
        dating: (f32, Option<(String, i64)>),
        named: usize,
    ) -> Self {
        let (confidence, counted) = dating;
        let words = content_words(&candidate.title);
        Self { candidate, words, topic, confidence, named, counted }
    }

    /// Whether another draft tells of the same event.
    fn same(&self, other: &Self) -> bool {
        let (held, found) = (&self.candidate, &other.candidate);
        if held.phase != found.phase {
            return false;
        }
        let shared = overlap(&other.words, &self.words).max(overlap(&self.words, &other.words));
        let kind = held.kind == found.kind;
        let topic = self.topic == other.topic;
        let dates = held.edtf == found.edtf;
        let both_own = held.date_printed.is_some() && found.date_printed.is_some();
        let standing = matches!(other.topic, "stall" | "talks");
        let same_sentence = held.quotes.iter().any(|quote| quote.sentence == found.quotes[0].sentence);
        standing && topic && (dates || !both_own || shared >= 0.5)
            || kind && topic && dates && both_own && shared >= 0.3
            || kind && topic && (dates || !both_own) && shared >= 0.6
            || kind && dates && both_own && shared >= 0.5 && !same_sentence
            // "in a letter of Nov. 4 the agency notified": one event, dated by its document.
            || same_sentence && kind && !both_own && held.kind == EventKind::Memo
            || same_sentence && kind && dates && (both_own || shared >= 0.6)
    }

    /// Takes in another mention of the event.
    fn join(&mut self, draft: Self) {
        let held = &mut self.candidate;
        let found = draft.candidate;
        let better_date = found.date_printed.is_some()
            && (held.date_printed.is_none() || draft.confidence > self.confidence + 0.05);
        let better_title = draft.named > self.named && found.title.len() < 120;
        if better_date {
            held.edtf = found.edtf;
            held.date_printed = found.date_printed;
            held.date_rule = found.date_rule;
            held.date_basis = found.date_basis;
            self.confidence = draft.confidence;
        }
        if better_title {
            held.title = found.title;
            self.words = draft.words;
            self.named = draft.named;
        }
        if !found.parties.is_empty() {
            held.reasons.retain(|reason| reason != "names no party");
        }
        for party in found.parties {
            if !held.parties.iter().any(|(key, _)| *key == party.0) {
                held.parties.push(party);
            }
        }
        let room = held.quotes.len() < MOST_QUOTES;
        for quote in found.quotes {
            if room && !held.quotes.iter().any(|own| own.span == quote.span) {
                held.quotes.push(quote);
                let again = "told more than once".to_owned();
                if !held.reasons.contains(&again) {
                    held.reasons.push(again);
                }
            }
        }
        held.score = (held.score.max(found.score) + 0.05).min(1.0);
    }
}

/// The events of an article, as far as it has been read.
#[derive(Default)]
pub(crate) struct Drafts {
    list: Vec<Draft>,
}

impl Drafts {
    /// Joins a draft to an earlier one that tells of the same event, or keeps it.
    pub(crate) fn add(&mut self, draft: Draft) {
        if let Some(held) = self.list.iter_mut().find(|held| held.same(&draft)) {
            held.join(draft);
        } else if self.list.len() < MOST_EVENTS {
            self.list.push(draft);
        }
    }

    /// Adds a quote to the statement that the sentence before reported, if the speaker is the same.
    pub(crate) fn carry_on(&mut self, quote: Quote, speaker: Option<&str>) {
        let Some(held) = self.list.last_mut() else { return };
        let before = held.candidate.quotes.iter().any(|own| own.sentence + 1 == quote.sentence);
        let same = speaker.is_none_or(|key| held.candidate.parties.iter().any(|(held, _)| held == key));
        if before && same && held.topic == "issued a statement" {
            held.candidate.quotes.push(quote);
        }
    }

    /// Dates what is counted from another event of the article: "two days after the memo".
    fn count(&mut self) {
        let anchors: Vec<Anchor> = self
            .list
            .iter()
            .filter_map(|draft| {
                let edtf = draft.candidate.edtf.clone().filter(|edtf| Date::parse(edtf).is_some())?;
                let (title, kind) = (draft.candidate.title.clone(), draft.candidate.kind);
                Some(Anchor { id: String::new(), title, kind, edtf })
            })
            .collect();
        for draft in &mut self.list {
            let Some((words, days)) = draft.counted.take().filter(|_| draft.candidate.edtf.is_none()) else {
                continue;
            };
            let Some(anchor) = anchor_named(&words, &anchors) else { continue };
            let Some(day) = Date::parse(&anchor.edtf) else { continue };
            draft.candidate.edtf = Some(day.plus_days(days).to_string());
            draft.candidate.date_rule = "counted from another event of the article".to_owned();
            draft.candidate.date_basis = format!("from \"{}\", {day}", anchor.title);
        }
    }

    /// The candidates, the best first.
    pub(crate) fn finish(mut self, sentences: &[Sentence]) -> Vec<Candidate> {
        // Body prose is the fullest account; an item of a summary list stands behind it.
        self.count();
        let summary = |quote: &Quote| {
            sentences.get(quote.sentence).is_some_and(|sentence| sentence.section == SectionKind::KeyPoints)
        };
        for draft in &mut self.list {
            let candidate = &mut draft.candidate;
            candidate
                .quotes
                .sort_by_key(|quote| (rank(&quote.attribution), summary(quote), quote.span.start));
            if let Some(first) = candidate.quotes.first() {
                candidate.attribution = first.attribution.clone();
            }
        }
        let mut out: Vec<Candidate> = self
            .list
            .into_iter()
            .map(|draft| draft.candidate)
            .filter(|candidate| candidate.score >= score::LEAST)
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
