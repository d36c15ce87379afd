//! Precision and recall on the crate's own corpus of annotated sentences and articles (`corpus/`).
#![allow(
    clippy::print_stdout,
    clippy::panic,
    reason = "what differs is printed where a test is run with --nocapture"
)]

mod common;

use std::collections::BTreeMap;

use common::{Case, Event, articles, attributions, cases, check_articles, checks, extract_case};
use impasse_extract::{Phase, attribution};

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
    let sentences = cases().len() + checks().len();
    assert!(sentences >= 550, "{sentences} sentences");
    assert!(articles().len() >= 26 && check_articles().len() >= 4, "{} articles", articles().len());
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

/// Measures the events of sentences; `show` prints what differs, which is left out for those kept aside.
fn tally_sentences(cases: &[Case], show: bool) -> Tally {
    let mut tally = Tally::default();
    for case in cases {
        let extraction = extract_case(case);
        let found: Vec<Event> = extraction.candidates.iter().map(Event::of).collect();
        if let Some(difference) = compare(&case.events, &found, &mut tally).filter(|_| show) {
            println!("{}: {difference}", case.text);
        }
    }
    println!("events of sentences: precision {:.3}, recall {:.3}", tally.precision(), tally.recall());
    tally
}

#[test]
fn events_of_sentences_are_found() {
    let tally = tally_sentences(&cases(), true);
    assert!(tally.precision() >= 0.85 && tally.recall() >= 0.80);
}

#[test]
fn events_of_the_sentences_kept_aside_are_found() {
    let tally = tally_sentences(&checks(), false);
    assert!(tally.precision() >= 0.85 && tally.recall() >= 0.80);
}

#[test]
fn who_says_so_is_read_as_printed() {
    let (mut right, mut all) = (0, 0);
    for (sentence, gold) in attributions() {
        let found = attribution(&sentence);
        let shown = |text: &str| if text.is_empty() { "-".to_owned() } else { text.to_owned() };
        let count = found.count.map_or("-".to_owned(), |count| count.to_string());
        let found = [found.kind.as_str().to_owned(), count, shown(&found.wording)];
        all += 1;
        if found == gold {
            right += 1;
        } else {
            println!("{sentence}: {found:?} and not {gold:?}");
        }
    }
    println!("attributions: {right} of {all}");
    assert!(right * 10 >= all * 9);
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

/// Measures the events of articles; `show` prints what differs, which is left out for those kept aside.
fn tally_articles(articles: &[Case], show: bool) -> Tally {
    let mut tally = Tally::default();
    let (mut faults, mut checked) = (0, 0);
    for article in articles {
        let mut found = extract_case(article).candidates;
        for candidate in &found {
            for word in &article.never {
                let quoted = candidate.quotes.iter().any(|quote| quote.text.contains(word));
                assert!(!quoted, "{}: \"{word}\" is no part of the story", article.name);
            }
        }
        for wanted in &article.wanted {
            match found.iter().position(|candidate| wanted.is(candidate)) {
                Some(place) => {
                    let candidate = found.remove(place);
                    tally.hit += 1;
                    checked += 1;
                    let wrong = wanted.faults(&candidate);
                    faults += usize::from(!wrong.is_empty());
                    for fault in wrong.iter().filter(|_| show) {
                        println!("{}: {:?}: {fault}", article.name, candidate.title);
                    }
                }
                None => {
                    tally.missed += 1;
                    if show {
                        println!("{}: missed {:?} \"{}\"", article.name, wanted.event, wanted.words);
                    }
                }
            }
        }
        for candidate in found.iter().filter(|_| show) {
            println!("{}: extra {:?} {:?}", article.name, Event::of(candidate), candidate.title);
        }
        tally.extra += found.len();
    }
    println!("events of articles: precision {:.3}, recall {:.3}", tally.precision(), tally.recall());
    println!("attribution or party wrong in {faults} of {checked}");
    assert!(faults * 3 <= checked, "attributions and parties");
    tally
}

#[test]
fn events_of_articles_are_found() {
    let tally = tally_articles(&articles(), true);
    assert!(tally.precision() >= 0.85 && tally.recall() >= 0.80);
}

#[test]
fn events_of_the_articles_kept_aside_are_found() {
    let tally = tally_articles(&check_articles(), false);
    assert!(tally.precision() >= 0.85 && tally.recall() >= 0.70);
}
