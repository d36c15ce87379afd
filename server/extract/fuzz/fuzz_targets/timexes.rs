//! Any text and any day of publication: spans in order, on character boundaries, and dates that parse.
#![no_main]

use impasse_extract::{CodePoints, Context, Date, sections, sentences, timexes};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (Option<i32>, &str)| {
    let (days, text) = input;
    let published = days.map(|days| Date::from_days(i64::from(days)));
    let context = Context { published, ..Context::default() };
    let found = timexes(text, &context);
    assert_eq!(found, timexes(text, &context), "the same input gives the same output");
    let mut end = 0;
    let mut points = CodePoints::new(text);
    for timex in &found {
        assert!(timex.span.start >= end && timex.span.start < timex.span.end, "ordered and apart");
        end = timex.span.end;
        assert!(text.get(timex.span.clone()).is_some(), "on character boundaries");
        assert!(points.at(timex.span.start) < points.at(timex.span.end));
        assert!(!timex.value.is_empty() && (0.0..=1.0).contains(&timex.confidence));
        let readings = timex.readings.iter().map(|reading| &reading.edtf);
        for edtf in timex.edtf.iter().chain(timex.range.iter()).chain(readings) {
            assert!(edtf_core::is_valid(edtf), "{edtf}");
        }
    }
    assert!(sentences(text).into_iter().all(|sentence| text.get(sentence.span).is_some()));
    assert!(sections(text).into_iter().all(|section| text.get(section.span).is_some()));
});
