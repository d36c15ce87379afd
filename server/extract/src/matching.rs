//! Whether a candidate is new, another citation of a known event, or a rival date for one.

use crate::calendar::Date;
use crate::event::EventKind;
use crate::{Anchor, Candidate};

/// An event already on the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownEvent {
    /// The caller's identifier.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: EventKind,
    /// How far it has come.
    pub phase: crate::Phase,
    /// Its date as EDTF; empty when undated.
    pub edtf: String,
    /// Keys of its parties.
    pub parties: Vec<String>,
    /// The quotes of its citations.
    pub quotes: Vec<String>,
}

/// What a candidate is to a timeline. A person decides; this only proposes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Match {
    /// No event on the timeline is like it.
    New,
    /// It tells of an event on the timeline, with a date that agrees.
    Citation {
        /// The event's identifier.
        event: String,
        /// The reasons, in words.
        why: String,
    },
    /// It tells of an event on the timeline and gives another date.
    RivalDate {
        /// The event's identifier.
        event: String,
        /// The reasons, in words.
        why: String,
    },
}

/// Compares a candidate with the events of a timeline.
pub fn match_candidate(candidate: &Candidate, timeline: &[KnownEvent]) -> Match {
    let words = content_words(&candidate.title);
    let quote_words: Vec<String> =
        candidate.quotes.iter().flat_map(|quote| content_words(&quote.text)).collect();
    let mut best: Option<(f32, &KnownEvent, bool, String)> = None;
    for known in timeline {
        if known.phase != candidate.phase
            && (known.phase == crate::Phase::Announced || candidate.phase == crate::Phase::Announced)
        {
            continue;
        }
        let title = content_words(&known.title);
        let shared = overlap(&title, &words).max(overlap(&title, &quote_words) * 0.9);
        let quoted =
            known.quotes.iter().any(|quote| candidate.quotes.iter().any(|own| same_words(&own.text, quote)));
        let parties = candidate.parties.iter().filter(|(key, _)| known.parties.contains(key)).count();
        let kind = known.kind == candidate.kind;
        let dates = candidate.edtf.as_deref().map(|edtf| compare(edtf, &known.edtf));
        let agree = !matches!(dates, Some(Agreement::Apart(_)));
        let close = match dates {
            Some(Agreement::Equal) => 0.35,
            Some(Agreement::Within) => 0.2,
            Some(Agreement::Apart(days)) if days > 400 => -0.4,
            Some(Agreement::Apart(days)) if days > 60 => -0.15,
            _ => 0.0,
        };
        let score = shared * 0.6
            + if kind { 0.2 } else { 0.0 }
            + if parties > 0 { 0.1 } else { 0.0 }
            + close
            + if quoted { 0.6 } else { 0.0 };
        let needed = if agree { 0.55 } else { 0.5 };
        if score >= needed
            && (kind || shared > 0.5 || quoted)
            && best.as_ref().is_none_or(|held| score > held.0)
        {
            let mut why = Vec::new();
            if quoted {
                why.push("the same quote".to_owned());
            }
            if kind {
                why.push(format!("both {}", known.kind.as_str()));
            }
            why.push(format!("{:.0}% of the title's words", shared * 100.0));
            if parties > 0 {
                why.push(format!("{parties} parties in common"));
            }
            why.push(match dates {
                Some(Agreement::Equal) => format!("same date {}", known.edtf),
                Some(Agreement::Within) => "dates that agree".to_owned(),
                Some(Agreement::Apart(_)) => format!(
                    "{} here, {} on the timeline",
                    candidate.edtf.as_deref().unwrap_or(""),
                    known.edtf
                ),
                None => "no date given here".to_owned(),
            });
            best = Some((score, known, agree, why.join("; ")));
        }
    }
    match best {
        None => Match::New,
        Some((_, known, true, why)) => Match::Citation { event: known.id.clone(), why },
        Some((_, known, false, why)) => Match::RivalDate { event: known.id.clone(), why },
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Agreement {
    Equal,
    Within,
    /// The number of days between the two.
    Apart(i64),
}

/// Compares two EDTF expressions by the days they can mean.
fn compare(a: &str, b: &str) -> Agreement {
    if a == b {
        return Agreement::Equal;
    }
    let (Some((a_from, a_to)), Some((b_from, b_to))) = (bounds(a), bounds(b)) else {
        return Agreement::Within;
    };
    if a_from <= b_to && b_from <= a_to {
        return Agreement::Within;
    }
    Agreement::Apart((a_from - b_to).max(b_from - a_to))
}

/// The first and last day an EDTF expression can mean, as days since 1970; an open end reaches far.
fn bounds(edtf: &str) -> Option<(i64, i64)> {
    const FAR: i64 = 3_000_000;
    let inner = edtf.trim_start_matches('[').trim_end_matches(']');
    let parts = inner.split_once("..").or_else(|| inner.split_once('/'));
    if let Some((from, to)) = parts {
        let from = if from.is_empty() { -FAR } else { single(from)?.0 };
        let to = if to.is_empty() || to == ".." { FAR } else { single(to)?.1 };
        return Some((from, to));
    }
    single(inner)
}

fn single(text: &str) -> Option<(i64, i64)> {
    let slack = if text.contains('~') || text.contains('%') { 1 } else { 0 };
    let plain = text.trim_end_matches(['~', '?', '%']);
    let (from, to) = if let Some(day) = Date::parse(plain) {
        (day.days() - 3 * slack, day.days() + 3 * slack)
    } else if plain.len() == 7 {
        let year: i32 = plain.get(..4)?.parse().ok()?;
        let month: u8 = plain.get(5..)?.parse().ok()?;
        match month {
            1..=12 => (
                Date::month_start(year, month).days() - 15 * slack,
                Date::month_end(year, month).days() + 15 * slack,
            ),
            21..=23 => {
                let first = (month - 20) * 3;
                (Date::month_start(year, first).days(), Date::month_end(year, first + 2).days())
            }
            24 => (Date::month_start(year, 12).days(), Date::month_end(year + 1, 2).days()),
            _ => return None,
        }
    } else if plain.len() == 4 {
        let low: i32 = plain.replace('X', "0").parse().ok()?;
        let high: i32 = plain.replace('X', "9").parse().ok()?;
        (Date::month_start(low, 1).days() - 180 * slack, Date::month_end(high, 12).days() + 180 * slack)
    } else {
        return None;
    };
    Some((from, to))
}

/// The words that carry meaning, stemmed roughly, in lower case and without repeats.
pub(crate) fn content_words(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let lower = word.to_lowercase();
        if STOP_WORDS.contains(&lower.as_str())
            || crate::lexicon::month(&lower).is_some()
            || lower.chars().all(|c| c.is_ascii_digit())
        {
            continue;
        }
        let stem = stem(&lower);
        if !out.contains(&stem) && out.len() < 64 {
            out.push(stem);
        }
    }
    out
}

fn stem(word: &str) -> String {
    for ending in ["ation", "ating", "ated", "ates", "ate", "ings", "ing", "ies", "ed", "es", "s", "e", "y"] {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.len() >= 3
        {
            return stem.to_owned();
        }
    }
    word.to_owned()
}

const STOP_WORDS: [&str; 58] = [
    "the", "a", "an", "of", "to", "in", "on", "at", "for", "by", "with", "and", "or", "from", "as", "that",
    "this", "it", "its", "is", "are", "was", "were", "be", "been", "has", "have", "had", "after", "before",
    "over", "under", "their", "his", "her", "they", "he", "she", "who", "which", "will", "would", "not",
    "but", "into", "about", "between", "said", "says", "saying", "new", "also", "than", "while", "against",
    "u", "s", "two",
];

/// The share of the first list's words that the second has.
pub(crate) fn overlap(a: &[String], b: &[String]) -> f32 {
    if a.is_empty() {
        return 0.0;
    }
    a.iter().filter(|word| b.contains(word)).count() as f32 / a.len() as f32
}

fn same_words(a: &str, b: &str) -> bool {
    let plain = |text: &str| {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    let (a, b) = (plain(a), plain(b));
    !a.is_empty() && !b.is_empty() && (a.contains(&b) || b.contains(&a))
}

/// The anchor that the words after "two days after" name.
pub(crate) fn anchor_named<'a>(words: &str, anchors: &'a [Anchor]) -> Option<&'a Anchor> {
    let named = content_words(words);
    anchors
        .iter()
        .map(|anchor| {
            let kind = words.to_lowercase().split(' ').any(|word| word == anchor.kind.as_str());
            let share = overlap(&named, &content_words(&anchor.title));
            (share + if kind { 0.5 } else { 0.0 }, anchor)
        })
        .filter(|(score, _)| *score >= 0.5)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, anchor)| anchor)
}
