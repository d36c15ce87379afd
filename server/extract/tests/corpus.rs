//! Precision and recall on the crate's own corpus of annotated sentences and articles (`corpus/`).

mod common;

use std::collections::BTreeMap;

use common::{Case, Event, articles, cases, extract_case};
use impasse_extract::Phase;

#[derive(Default)]
struct Tally {
    hit: usize,
    missed: usize,
    extra: usize,
}

impl Tally {
    fn precision(&self) -> f64 {
        self.hit as f64 / (self.hit + self.extra).max(1) as f64
    }

    fn recall(&self) -> f64 {
        self.hit as f64 / (self.hit + self.missed).max(1) as f64
    }
}

/// Compares two lists as bags and says what differs.
fn compare<T: Ord + Clone + std::fmt::Debug>(gold: &[T], found: &[T], tally: &mut Tally) -> Option<String> {
    let mut counts: BTreeMap<T, i32> = BTreeMap::new();
    for item in gold {
        *counts.entry(item.clone()).or_default() += 1;
    }
    for item in found {
        *counts.entry(item.clone()).or_default() -= 1;
    }
    let missing: Vec<_> = counts.iter().filter(|(_, count)| **count > 0).collect();
    let extra: Vec<_> = counts.iter().filter(|(_, count)| **count < 0).collect();
    let missed: usize = missing.iter().map(|(_, count)| **count as usize).sum();
    tally.missed += missed;
    tally.hit += gold.len() - missed;
    tally.extra += extra.iter().map(|(_, count)| -**count as usize).sum::<usize>();
    (!missing.is_empty() || !extra.is_empty()).then(|| format!("missed {missing:?}, extra {extra:?}"))
}

#[test]
fn the_corpus_has_the_size_it_should() {
    assert!(cases().len() >= 400, "{} sentences", cases().len());
    assert!(articles().len() >= 12, "{} articles", articles().len());
}

#[test]
fn time_expressions_are_found_and_resolved() {
    let mut tally = Tally::default();
    for case in cases() {
        let extraction = extract_case(&case);
        let found: Vec<(String, String)> = extraction
            .timexes
            .iter()
            .map(|timex| (case.text[timex.span.clone()].to_owned(), timex.value.clone()))
            .collect();
        if let Some(difference) = compare(&case.timexes, &found, &mut tally) {
            println!("{}: {difference}", case.text);
        }
    }
    println!("time expressions: precision {:.3}, recall {:.3}", tally.precision(), tally.recall());
    assert!(tally.precision() >= 0.95 && tally.recall() >= 0.95);
}

#[test]
fn events_of_sentences_are_found() {
    let mut tally = Tally::default();
    for case in cases() {
        let extraction = extract_case(&case);
        let found: Vec<Event> = extraction.candidates.iter().map(Event::of).collect();
        if let Some(difference) = compare(&case.events, &found, &mut tally) {
            println!("{}: {difference}", case.text);
        }
    }
    println!("events of sentences: precision {:.3}, recall {:.3}", tally.precision(), tally.recall());
    assert!(tally.precision() >= 0.85 && tally.recall() >= 0.80);
}

#[test]
fn what_may_or_will_happen_is_never_done() {
    let coming = |case: &Case| case.events.iter().all(|event| event.phase == "announced");
    let mut sentences = 0;
    for case in cases().iter().filter(|case| case.coming && coming(case)) {
        sentences += 1;
        for candidate in extract_case(case).candidates {
            assert_eq!(candidate.phase, Phase::Announced, "{}: {}", case.text, candidate.title);
        }
    }
    assert!(sentences >= 55, "{sentences} sentences about what may or will happen");
}

#[test]
fn events_of_articles_are_found() {
    let mut tally = Tally::default();
    for article in articles() {
        let extraction = extract_case(&article);
        let found: Vec<Event> = extraction.candidates.iter().map(Event::of).collect();
        if let Some(difference) = compare(&article.events, &found, &mut tally) {
            println!("{}: {difference}", article.name);
        }
        for candidate in &extraction.candidates {
            for word in &article.never {
                let quoted = candidate.quotes.iter().any(|quote| quote.text.contains(word));
                assert!(!quoted, "{}: \"{word}\" is no part of the story", article.name);
            }
        }
    }
    println!("events of articles: precision {:.3}, recall {:.3}", tally.precision(), tally.recall());
    assert!(tally.precision() >= 0.85 && tally.recall() >= 0.80);
}
