//! How much a reader has to fetch to see a dispute.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy takes only functions marked as tests for tests"
)]

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

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
    let styles = weights.iter().filter(|(_, file)| file.ends_with(".css")).count();
    assert_eq!(styles, 1, "a view needs one style sheet: {weights:?}");
    let sum: usize = weights.iter().map(|(bytes, _)| bytes).sum();
    assert!(sum <= MOST, "{sum} bytes are more than {MOST}: {weights:#?}");
}

#[test]
fn the_dispute_page_is_complete_without_its_script() {
    let home = Home::sqlite();
    let server = Impasse::start(&home);
    let page = server.reader().get("/d/pentagon-anthropic").expect(200).page();
    let marks = page.attributes("ol [data-bench=mark]", "aria-label");
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

/// How long the first event of a dispute takes at the server: the first time that it is asked for, and at best later.
fn times(home: &Home, server: &Impasse, count: usize) -> (Duration, Duration) {
    use std::fmt::Write as _;
    let mut rows = String::from("start,end,title,description,party,kind\n");
    for nth in 0..count {
        // Spread over ten years without order, the same each time.
        let day = nth * 7919 % 3650;
        let (year, month, day) = (2014 + day / 365, day % 365 / 31 + 1, day % 28 + 1);
        let words = "A sentence or two about what was said, by whom, and of what it was an answer to.";
        let _ =
            writeln!(rows, "{year}-{month:02}-{day:02},,Step {nth} of many,{words},Party {},memo", nth % 6);
    }
    let file = home.folder().join(format!("{count}.csv"));
    std::fs::write(&file, rows).expect("a file");
    let (path, slug) = (file.display().to_string(), format!("of-{count}"));
    let imported = home.run(&["import", &path, "--dispute", &slug, "--title", "Many"], "");
    assert!(imported.status.success(), "{}", String::from_utf8_lossy(&imported.stderr));
    let mut taken: Vec<Duration> = (0..12)
        .map(|_| {
            let start = Instant::now();
            // With a cookie, so that the page is made anew and not sent as it was kept.
            let asked = Request::new("GET", format!("/d/{slug}")).header("cookie", "theme=none");
            let page = server.reader().send(&asked).expect(200);
            assert!(page.text().contains("data-bench=\"mark\""));
            start.elapsed()
        })
        .collect();
    let first = taken.remove(0);
    (first, taken.into_iter().min().unwrap_or(first))
}

#[test]
fn a_hundred_thousand_events_are_nearly_as_quick_as_a_thousand() {
    let home = Home::sqlite();
    let server = Impasse::start(&home);
    let (_, few) = times(&home, &server, 1_000);
    let (first, many) = times(&home, &server, 100_000);
    // To read every event anew at each page takes several times as long as this allows.
    assert!(many < few * 25, "{many:?} against {few:?}");
    assert!(first < few * 120, "the first time {first:?} against {few:?}");
}
