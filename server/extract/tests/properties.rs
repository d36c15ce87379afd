//! What holds for any input: spans on character boundaries, quotes exact, dates that parse, the same answer twice.

mod common;

use common::{articles, cases, parties};
use impasse_extract::{Context, Date, Extraction, candidates, sections, sentences, timexes};
use proptest::prelude::*;

/// Words that lead the rules astray more often than random characters do.
const WORDS: [&str; 115] = [
    "the",
    "last",
    "next",
    "this",
    "past",
    "first",
    "two",
    "a",
    "few",
    "several",
    "weeks",
    "months",
    "years",
    "days",
    "ago",
    "later",
    "earlier",
    "before",
    "after",
    "since",
    "until",
    "by",
    "on",
    "in",
    "from",
    "to",
    "and",
    "or",
    "-",
    "–",
    ",",
    ".",
    ";",
    ":",
    "\n",
    "\n\n",
    "•",
    "(",
    ")",
    "\"",
    "“",
    "”",
    "'",
    "’",
    "’s",
    "'s",
    "Jan.",
    "January",
    "May",
    "March",
    "Dec",
    "31",
    "30",
    "29",
    "0",
    "1",
    "9",
    "99",
    "1998",
    "2026",
    "9999",
    "0001",
    "03/04/2026",
    "2026-02-30",
    "2026-01-09",
    "BC",
    "493",
    "1990s",
    "'90s",
    "20th",
    "century",
    "quarter",
    "half",
    "year",
    "week",
    "day",
    "Friday",
    "Monday",
    "noon",
    "10",
    "p.m.",
    "7:15",
    "morning",
    "winter",
    "Christmas",
    "Easter",
    "memo",
    "dated",
    "sued",
    "will",
    "sign",
    "contract",
    "said",
    "Northwind",
    "of",
    "talks",
    "early",
    "late",
    "same",
    "other",
    "every",
    "twice",
    "times",
    "all",
    "entire",
    "another",
    "once",
    "Q3",
    "3Q",
    "FY26",
    "fiscal",
    "80s",
    "AD",
    "%",
    "weekend",
];

fn check(text: &str, published: Option<Date>) -> Extraction {
    let parties = parties();
    let context = Context { published, parties: &parties, ..Context::default() };
    let extraction = candidates(text, &context);
    assert_eq!(extraction, candidates(text, &context), "the same input gives the same output");
    let mut end = 0;
    for timex in &extraction.timexes {
        assert!(timex.span.start >= end && timex.span.start < timex.span.end, "ordered and apart");
        end = timex.span.end;
        assert!(text.get(timex.span.clone()).is_some(), "on character boundaries");
        assert!(!timex.value.is_empty() && (0.0..=1.0).contains(&timex.confidence));
        for edtf in timex
            .edtf
            .iter()
            .chain(timex.range.iter())
            .chain(timex.readings.iter().map(|reading| &reading.edtf))
        {
            assert!(edtf_core::is_valid(edtf), "{edtf} from {:?}", &text[timex.span.clone()]);
        }
    }
    for candidate in &extraction.candidates {
        assert!(!candidate.quotes.is_empty() && !candidate.title.is_empty());
        assert!((0.0..=1.0).contains(&candidate.score));
        for quote in &candidate.quotes {
            assert_eq!(text.get(quote.span.clone()), Some(quote.text.as_str()));
            assert!(
                extraction.sentences.get(quote.sentence).is_some_and(|sentence| sentence.span == quote.span)
            );
        }
        if let Some(edtf) = &candidate.edtf {
            assert!(edtf_core::is_valid(edtf), "{edtf} for {}", candidate.title);
        }
    }
    assert_eq!(extraction.timexes, timexes(text, &context));
    for sentence in sentences(text) {
        assert!(text.get(sentence.span).is_some());
    }
    for section in sections(text) {
        assert!(text.get(section.span).is_some());
    }
    extraction
}

fn day() -> impl Strategy<Value = Option<Date>> {
    prop_oneof![
        Just(None),
        (-9999_i32..=9999, 1_u8..=12, 1_u8..=28).prop_map(|(year, month, day)| Date::new(year, month, day)),
        (1990_i32..=2030, 1_u8..=12, 1_u8..=31).prop_map(|(year, month, day)| Date::new(year, month, day)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_is_read_without_a_panic(text in any::<String>(), published in day()) {
        check(&text, published);
    }

    #[test]
    fn any_run_of_telling_words_is_read_without_a_panic(
        words in prop::collection::vec(prop::sample::select(&WORDS[..]), 0..60),
        joined in any::<bool>(),
        published in day(),
    ) {
        check(&words.join(if joined { "" } else { " " }), published);
    }

    #[test]
    fn what_follows_on_a_new_paragraph_leaves_a_full_date_as_it_is(tail in "[a-zA-Z ,]{0,80}") {
        let text = format!("It closed on January 9, 2026.\n\n{tail}");
        let found = timexes(&text, &Context::default());
        prop_assert_eq!(&found[0].value, "2026-01-09");
    }
}

#[test]
fn what_fuzzing_found_stays_mended() {
    for text in ["It rose between January and Jan 28, they said.", "between 1970 and 1970 and January 1970"] {
        check(text, Date::new(1970, 1, 1));
    }
}

#[test]
fn the_corpus_holds_to_it_too() {
    for case in cases().into_iter().chain(articles()) {
        check(&case.text, case.published);
        check(&case.text, None);
    }
}

#[test]
fn a_long_text_of_any_kind_is_read_in_linear_time() {
    // Not a benchmark: an accidental square would take minutes here.
    for piece in [
        "a",
        "1",
        "-",
        "the last ",
        "\"",
        ".",
        "9,",
        "two to ",
        "January ",
        "'s",
        "U.",
        "\n",
        "of the ",
        "sued ",
        "a\u{301}",
        "日",
        "Monday ",
        "“‘",
        "((a) ",
        "twenty ",
        "the first week of ",
        "two years ago this ",
        "once every ",
        "the 80s and ",
        "1/1/",
        "10:",
    ] {
        let text = piece.repeat(100_000 / piece.len());
        let context = Context { published: Date::new(2026, 1, 29), ..Context::default() };
        let start = std::time::Instant::now();
        candidates(&text, &context);
        assert!(start.elapsed().as_secs() < 20, "{piece:?} took {:?}", start.elapsed());
    }
}
