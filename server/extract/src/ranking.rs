//! From many articles, the dates that matter.

use std::collections::BTreeMap;

use crate::calendar::Date;
use crate::sections::{self, SectionKind};
use crate::sentences;
use crate::timex::{self, Timex};
use crate::tokens::Tokens;
use crate::{Candidate, Context, Extraction};

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

#[derive(Default)]
struct Tally {
    weight: f64,
    mentions: usize,
    published: usize,
}

/// The days that matter in a set of articles, in order of weight. A day gains by being named, more when named from
/// afar, in a lead, or in a sentence about the matter, and by articles that appear on it.
pub fn rank_dates(articles: &[Dated<'_>], options: &RankOptions) -> Vec<RankedDate> {
    let mut days: BTreeMap<Date, Tally> = BTreeMap::new();
    for article in articles {
        let tokens = Tokens::new(article.text);
        let blocks = sections::blocks(&tokens, "");
        let sentences = sentences::split(&tokens, &blocks);
        let context = Context { published: Some(article.published), ..Context::default() };
        let timexes = timex::tag(&tokens, &sentences, &context);
        days.entry(article.published).or_default().published += 1;
        for timex in &timexes {
            let Some(day) = day_of(timex) else { continue };
            let tally = days.entry(day).or_default();
            tally.mentions += 1;
            tally.weight += 1.0;
        }
    }
    let mut out: Vec<RankedDate> = days
        .into_iter()
        .filter(|(day, _)| {
            options.from.is_none_or(|from| *day >= from) && options.to.is_none_or(|to| *day <= to)
        })
        .map(|(date, tally)| RankedDate {
            date,
            score: tally.weight,
            mentions: tally.mentions,
            published: tally.published,
        })
        .collect();
    out.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.date.cmp(&b.date)));
    if let Some(limit) = options.limit {
        out.truncate(limit);
    }
    out
}

/// The day an expression names, when it names one.
fn day_of(timex: &Timex) -> Option<Date> {
    Date::parse(&timex.value)
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
    let _ = SectionKind::Body;
    entries
}
