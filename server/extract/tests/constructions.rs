//! Every construction of `corpus/sentences-5.txt` is read exactly as marked: words and TIMEX3 value.

mod common;

use common::cases_of;
use impasse_extract::{Context, timexes};

#[test]
fn every_construction_is_read_as_marked() {
    let cases = cases_of("sentences-5.txt");
    assert!(cases.len() >= 150, "{} sentences", cases.len());
    let mut wrong = Vec::new();
    for case in cases {
        let context = Context { published: case.published, ..Context::default() };
        let found: Vec<(String, String)> = timexes(&case.text, &context)
            .into_iter()
            .map(|timex| (case.text[timex.span].to_owned(), timex.value))
            .collect();
        if found != case.timexes {
            wrong.push(format!("{}\n  wanted {:?}\n  found  {found:?}", case.text, case.timexes));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
