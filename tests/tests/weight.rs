//! How much a reader has to fetch to see a dispute.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy takes only functions marked as tests for tests"
)]

use std::collections::BTreeSet;

use impasse_tests::{Home, Impasse, Request};

/// All that the demo's page may transfer, compressed: less than a TimelineJS page with 100 events.
const MOST: usize = 80 * 1024;

#[test]
fn the_dispute_page_is_light() {
    let home = Home::sqlite();
    let server = Impasse::start(&home);
    let reader = server.reader();
    let encoded = |path: &str| {
        let answer = reader.send(&Request::new("GET", path).header("accept-encoding", "br")).expect(200);
        let is_encoded = answer.header("content-encoding") == Some("br");
        assert!(is_encoded, "{path} is not compressed");
        answer.body.len()
    };
    let path = "/d/pentagon-anthropic";
    let page = reader.get(path).expect(200);
    let shown = page.page();
    let mut files = BTreeSet::from([path.to_owned()]);
    files.extend(shown.attributes(
        "link[rel=stylesheet], link[rel=preload], link[rel=modulepreload], link[rel=icon]",
        "href",
    ));
    files.extend(shown.attributes("script[src], img[src]", "src"));
    // What the script loads, if the page does not name it already, is named in the script.
    for script in shown.attributes("script[src]", "src") {
        let source = reader.get(&script).expect(200).text();
        let named = source
            .split(['"', '\'', '`'])
            .filter(|text| text.starts_with("/pkg/") || text.ends_with(".wasm"));
        files.extend(named.map(|file| format!("/pkg/{}", file.rsplit('/').next().unwrap_or_default())));
    }
    let weights: Vec<(usize, String)> = files.into_iter().map(|file| (encoded(&file), file)).collect();
    assert!(weights.iter().any(|(_, file)| file.ends_with(".wasm")), "{weights:?}");
    assert!(weights.iter().any(|(_, file)| file.ends_with(".css")), "{weights:?}");
    let sum: usize = weights.iter().map(|(bytes, _)| bytes).sum();
    assert!(sum <= MOST, "{sum} bytes are more than {MOST}: {weights:#?}");
}

#[test]
fn the_dispute_page_is_complete_without_its_script() {
    let home = Home::sqlite();
    let server = Impasse::start(&home);
    let page = server.reader().get("/d/pentagon-anthropic").expect(200).page();
    let marks = page.texts("ol [data-bench=mark]");
    assert_eq!(marks.len(), 7, "{marks:?}");
    for words in ["9 January 2026", "AI strategy memo issued", "Contract talks", "1 of 7", "7 of 7"] {
        assert!(marks.iter().any(|mark| mark.contains(words)), "{words}: {marks:?}");
    }
    // Each mark leads to its event with its quotes.
    for href in page.attributes("[data-bench=mark]", "href") {
        let opened = server.reader().get(&href).expect(200).page();
        assert!(opened.text("[data-bench=detail] blockquote").len() > 20, "{href}");
        assert!(opened.has("[data-bench=mark][aria-current=true]"), "{href}");
    }
    assert!(page.text("main").contains("Who holds what"));
}
