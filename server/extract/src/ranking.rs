//! From many articles, the dates that matter.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::Date;
use crate::tokens::Tokens;
use crate::{Candidate, Context, Extraction, lexicon, sections, sentences, timex};

/// An article with the day it was published.
#[derive(Clone, Copy, Debug)]
pub struct Dated<'a> {
    /// The day of publication.
    pub published: Date,
    /// The text.
    pub text: &'a str,
}

/// What is asked of a ranking of dates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RankOptions {
    /// The first day wanted.
    pub from: Option<Date>,
    /// The last day wanted.
    pub to: Option<Date>,
    /// How many dates are wanted; all when `None`.
    pub limit: Option<usize>,
    /// Words that mark a sentence as being about the matter; found in the articles themselves when empty.
    pub keywords: Vec<String>,
}

/// A day with its weight.
#[derive(Clone, Debug, PartialEq)]
pub struct RankedDate {
    /// The day.
    pub date: Date,
    /// The weight; only the order means anything.
    pub score: f64,
    /// In how many sentences the day is named.
    pub mentions: usize,
    /// How many articles appeared on the day.
    pub published: usize,
}

/// A day of a timeline with the candidates for it.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineEntry {
    /// The day.
    pub date: Date,
    /// The weight of the day.
    pub score: f64,
    /// The best candidates on that day, each with the place of its article in the input.
    pub candidates: Vec<(usize, Candidate)>,
}

/// How many of the names that recur most mark what the articles are about.
const TOPIC_NAMES: usize = 6;
/// Mentions of a day within one article count less and less: the sum is raised to this power.
const REPEATS: f64 = 0.7;
/// An article that names many days says little of each: its voice is divided by their number to this power.
const MANY_DAYS: f64 = 0.5;
/// What a day gains when an article names it near its head.
const NEAR_HEAD: f64 = 0.5;
/// How many bytes make the head of an article.
const HEAD: usize = 600;
/// What a day gains when an article appears on it.
const APPEARS: f64 = 0.25;

/// What a Saturday's or a Sunday's weight is multiplied by: courts, ministries and companies act on working days.
const WEEKEND: f64 = 0.6;

/// An article read once: the names in it, and the days it mentions with the sentences that do.
struct Read {
    published: Date,
    names: BTreeMap<String, u32>,
    /// For each day, the first byte at which it is named and the sentences that name it.
    days: BTreeMap<Date, (usize, Vec<usize>)>,
    /// The names of each sentence that mentions a day.
    sentences: BTreeMap<usize, BTreeSet<String>>,
}

fn read(article: &Dated<'_>, keywords: &BTreeSet<String>) -> Read {
    let tokens = Tokens::new(article.text);
    let blocks = sections::blocks(&tokens, "");
    let sentences = sentences::split(&tokens, &blocks);
    let context = Context { published: Some(article.published), ..Context::default() };
    let mut days: BTreeMap<Date, (usize, Vec<usize>)> = BTreeMap::new();
    for timex in timex::tag(&tokens, &sentences, &context) {
        let Some(day) = Date::parse(&timex.value) else { continue };
        let sentence = sentences.partition_point(|sentence| sentence.span.end <= timex.span.start);
        days.entry(day).or_insert((timex.span.start, Vec::new())).1.push(sentence);
    }
    let mentioning: BTreeSet<usize> = days.values().flat_map(|(_, places)| places.iter().copied()).collect();
    let mut names: BTreeMap<String, u32> = BTreeMap::new();
    let mut by_sentence: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for (place, sentence) in sentences.iter().enumerate() {
        let first = tokens.index_at(sentence.span.start);
        let end = tokens.index_at(sentence.span.end.saturating_sub(1)) + 1;
        for i in first..end {
            let word = tokens.word(i);
            // The first word of a sentence is a capital whatever it is.
            let name = tokens.capital(i) && i > first && word.len() > 2 && !is_calendar(word);
            if name || keywords.contains(word) {
                *names.entry(word.to_owned()).or_default() += 1;
                if mentioning.contains(&place) {
                    by_sentence.entry(place).or_default().insert(word.to_owned());
                }
            } else if i == first && mentioning.contains(&place) && tokens.capital(i) {
                by_sentence.entry(place).or_default().insert(word.to_owned());
            }
        }
    }
    Read { published: article.published, names, days, sentences: by_sentence }
}

fn is_calendar(word: &str) -> bool {
    lexicon::month(word).is_some()
        || lexicon::weekday(word).is_some()
        || matches!(
            word,
            "mrs"
                | "gmt"
                | "est"
                | "edt"
                | "the"
                | "but"
                | "and"
                | "he"
                | "she"
                | "it"
                | "they"
                | "we"
                | "in"
        )
}

/// The names that recur most over all articles, each article having a limited say.
fn topic(articles: &[Read]) -> Vec<String> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for article in articles {
        for (name, count) in &article.names {
            *counts.entry(name).or_default() += (*count).min(5);
        }
    }
    let mut ranked: Vec<(&str, u32)> = counts.into_iter().collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    ranked.into_iter().take(TOPIC_NAMES).map(|(name, _)| name.to_owned()).collect()
}

/// The days that matter in a set of articles, in order of weight. A day gains by being named in sentences about the
/// matter, near the head of an article, by many articles that are themselves about it, and by articles that appear on
/// it. What the matter is, the keywords say; without them, the names that recur most do.
pub fn rank_dates(articles: &[Dated<'_>], options: &RankOptions) -> Vec<RankedDate> {
    let keywords: BTreeSet<String> = options.keywords.iter().map(|word| word.to_lowercase()).collect();
    let read: Vec<Read> = articles.iter().map(|article| read(article, &keywords)).collect();
    let topic = if keywords.is_empty() { topic(&read) } else { keywords.into_iter().collect() };
    let mut days: BTreeMap<Date, RankedDate> = BTreeMap::new();
    let blank = |date: Date| RankedDate { date, score: 0.0, mentions: 0, published: 0 };
    for article in &read {
        let named = topic.iter().filter(|name| article.names.contains_key(*name)).count();
        let about = named as f64 / topic.len().max(1) as f64;
        let appeared = days.entry(article.published).or_insert_with(|| blank(article.published));
        appeared.published += 1;
        appeared.score += APPEARS * about;
        let voice = about / (article.days.len().max(1) as f64).powf(MANY_DAYS);
        for (&day, (first, places)) in &article.days {
            let relevance: f64 = places
                .iter()
                .map(|place| {
                    let names = article.sentences.get(place);
                    let shared =
                        names.map_or(0, |names| topic.iter().filter(|name| names.contains(*name)).count());
                    shared.min(2) as f64 / 2.0
                })
                .sum();
            let head = if *first < HEAD { NEAR_HEAD } else { 0.0 };
            let entry = days.entry(day).or_insert_with(|| blank(day));
            entry.mentions += places.len();
            entry.score += (relevance.powf(REPEATS) + head) * voice;
        }
    }
    for day in days.values_mut().filter(|day| day.date.weekday() > 5) {
        day.score *= WEEKEND;
    }
    let mut out: Vec<RankedDate> = days
        .into_values()
        .filter(|day| {
            options.from.is_none_or(|from| day.date >= from) && options.to.is_none_or(|to| day.date <= to)
        })
        .collect();
    out.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.date.cmp(&b.date)));
    if let Some(limit) = options.limit {
        out.truncate(limit);
    }
    out
}

/// The timeline of a dispute from many articles: the days that matter, in order, with candidates for each.
/// `extractions` are those of the articles, in the same order.
pub fn timeline(
    articles: &[Dated<'_>],
    extractions: &[Extraction],
    options: &RankOptions,
) -> Vec<TimelineEntry> {
    let mut entries: Vec<TimelineEntry> = rank_dates(articles, options)
        .into_iter()
        .map(|ranked| {
            let mut found: Vec<(usize, Candidate)> = Vec::new();
            for (place, extraction) in extractions.iter().enumerate() {
                for candidate in &extraction.candidates {
                    if candidate
                        .edtf
                        .as_deref()
                        .and_then(|edtf| Date::parse(edtf).filter(|_| edtf.len() == 10))
                        == Some(ranked.date)
                    {
                        found.push((place, candidate.clone()));
                    }
                }
            }
            found.sort_by(|a, b| b.1.score.total_cmp(&a.1.score).then(a.0.cmp(&b.0)));
            found.truncate(5);
            TimelineEntry { date: ranked.date, score: ranked.score, candidates: found }
        })
        .collect();
    entries.sort_by_key(|entry| entry.date);
    entries
}
