//! Feeds on running servers: what was begun is finished after a crash, and several servers do each thing once.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy takes only functions marked as tests for tests"
)]

use std::time::{Duration, Instant};

use impasse_tests::{Client, Home, Impasse, Reply, Web};

const DISPUTE: &str = "/d/pentagon-anthropic";

fn article(nth: usize) -> String {
    format!(
        "<!DOCTYPE html><html><head><title>Story number {nth}</title>\
         <meta property='article:published_time' content='2026-01-29T10:00:00Z'></head><body><article>\
         <h1>Story number {nth}</h1><p>On January {}, 2026, the department issued memo number {nth}, officials said, \
         and the company answered that it would hold on to its limits whatever might come of it in the end.</p>\
         <p>Paragraph {nth} of {nth}: nothing else of the {nth} kind has happened in any of the {nth} places.</p>\
         </article></body></html>",
        nth % 28 + 1
    )
}

fn feed(web: &Web, count: usize) -> Reply {
    let items: String = (0..count)
        .map(|nth| {
            format!("<item><title>Story {nth}</title><link>{}</link></item>", web.url(&format!("/{nth}")))
        })
        .collect();
    Reply::of(
        "application/rss+xml",
        format!("<rss version='2.0'><channel><title>T</title>{items}</channel></rss>"),
    )
}

/// Waits until there are so many articles besides the demo's own.
#[track_caller]
fn until(reader: &Client, count: usize) {
    let begun = Instant::now();
    loop {
        let sources = reader.get(&format!("{DISPUTE}/articles")).expect(200).page().texts(".articles h2");
        if sources.len() == count + 1 {
            return;
        }
        assert!(begun.elapsed() < Duration::from_secs(90), "{sources:?}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn what_was_begun_is_finished(home: &Home, stop: impl Fn(&mut Impasse)) {
    let web = Web::start();
    let allowed = web.address().to_string();
    web.set("/feed", feed(&web, 2));
    web.set("/0", Reply::silence());
    web.set("/1", Reply::silence());
    let mut server = Impasse::start_with(home, &["--fetch-allow", &allowed]);
    let owner = server.owner();
    owner.post(&format!("{DISPUTE}/feeds"), &[("url", &web.url("/feed"))]).expect(303);
    let begun = Instant::now();
    while web.asked_for("/0").is_empty() {
        assert!(begun.elapsed() < Duration::from_secs(30), "it does not begin: {}", server.log());
        std::thread::sleep(Duration::from_millis(20));
    }
    stop(&mut server);
    for nth in 0..2 {
        web.set(&format!("/{nth}"), Reply::html(&article(nth)));
    }
    let server = Impasse::start_with(home, &["--fetch-allow", &allowed]);
    until(&server.reader(), 2);
    assert_eq!(web.asked_for("/feed").len(), 1, "the feed was read already");
}

#[test]
fn what_was_begun_is_finished_after_a_crash() {
    what_was_begun_is_finished(&Home::sqlite(), Impasse::kill);
}

#[test]
fn what_was_begun_is_finished_after_a_stop() {
    let begun = Instant::now();
    what_was_begun_is_finished(&Home::postgres(), |server| {
        assert!(server.stop().success());
    });
    assert!(begun.elapsed() < Duration::from_secs(80), "{:?}", begun.elapsed());
}

#[test]
fn several_servers_do_each_thing_once() {
    let home = Home::postgres();
    let web = Web::start();
    let allowed = web.address().to_string();
    web.set("/feed", feed(&web, 6));
    for nth in 0..6 {
        web.set(&format!("/{nth}"), Reply::html(&article(nth)));
    }
    let first = Impasse::start_with(&home, &["--fetch-allow", &allowed]);
    let owner = first.owner();
    let others: Vec<Impasse> =
        (0..2).map(|_| Impasse::start_with(&home, &["--fetch-allow", &allowed])).collect();
    owner.post(&format!("{DISPUTE}/feeds"), &[("url", &web.url("/feed"))]).expect(303);
    until(&others[0].reader(), 6);
    assert_eq!(web.asked_for("/feed").len(), 1);
    for nth in 0..6 {
        assert_eq!(web.asked_for(&format!("/{nth}")).len(), 1, "{nth}");
    }
}
