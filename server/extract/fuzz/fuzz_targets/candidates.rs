//! Any text: quotes exact, titles not empty, dates that parse.
#![no_main]

use impasse_extract::{Context, Date, Party, candidates};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (Option<i32>, &str)| {
    let (days, text) = input;
    let parties = [Party {
        key: "ministry".to_owned(),
        name: "Ministry of Transport".to_owned(),
        aliases: vec!["the ministry".to_owned()],
    }];
    let published = days.map(|days| Date::from_days(i64::from(days)));
    let context = Context { published, parties: &parties, ..Context::default() };
    let extraction = candidates(text, &context);
    for candidate in &extraction.candidates {
        assert!(!candidate.quotes.is_empty() && !candidate.title.is_empty());
        assert!((0.0..=1.0).contains(&candidate.score));
        for quote in &candidate.quotes {
            assert_eq!(text.get(quote.span.clone()), Some(quote.text.as_str()));
        }
        if let Some(edtf) = &candidate.edtf {
            assert!(edtf_core::is_valid(edtf), "{edtf}");
        }
    }
});
