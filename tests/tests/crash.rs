//! What was answered is kept: the server is killed amid a stream of forms, and everything it had confirmed is there
//! afterwards, once.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy takes only functions marked as tests for tests"
)]

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use impasse_tests::{Client, Home, Impasse, Request, postgres};

/// Editors who write at the same time.
const EDITORS: usize = 4;
/// Confirmed forms after which the server is killed.
const CONFIRMED: usize = 60;

/// What an editor had confirmed before the server went away.
#[derive(Default)]
struct Confirmed {
    /// Pages of events, with the title and description that they must have.
    events: Vec<(String, String, String)>,
    /// Titles of articles.
    articles: Vec<String>,
    /// Titles that were sent, confirmed or not.
    sent: Vec<String>,
}

/// Sends one form after another until the server is gone.
fn write(client: &Client, dispute: &str, editor: usize, count: &AtomicUsize) -> Confirmed {
    let mut confirmed = Confirmed::default();
    let confirm = |request: &Request| {
        let answer = client.try_send(request).ok()?;
        assert_eq!(answer.status, 303, "{}", answer.text());
        count.fetch_add(1, Ordering::SeqCst);
        Some(answer.location().to_owned())
    };
    for nth in 0.. {
        let title = format!("Event {editor}-{nth}.");
        let mut values = vec![
            ("title", title.clone()),
            ("date", "9 January 2026".to_owned()),
            ("kind", "memo".to_owned()),
            ("phase", "done".to_owned()),
            ("importance", "normal".to_owned()),
        ];
        confirmed.sent.push(title.clone());
        let Some(location) = confirm(&Request::form(format!("{dispute}/events/new"), &values)) else { break };
        let id = location.split_once("event=").expect("an event").1;
        let page = format!("{dispute}/events/{id}");
        confirmed.events.push((page.clone(), title.clone(), String::new()));

        let description = format!("Looked into by editor {editor}, time {nth}.");
        values.push(("description", description.clone()));
        values.push(("version", "1".to_owned()));
        let last = confirmed.events.len() - 1;
        // Sent but not confirmed, it may be there or not.
        confirmed.events[last].2 = "?".to_owned();
        if confirm(&Request::form(format!("{page}/edit"), &values)).is_none() {
            break;
        }
        confirmed.events[last].2 = description;

        if nth % 3 == 0 {
            let title = format!("Article {editor}-{nth}.");
            let article = [
                ("title", title.as_str()),
                ("publisher", "The Example"),
                ("published", "2026-01-29"),
                (
                    "text",
                    &format!(
                        "On January 12, 2026, the company sued the department, for the {nth}th time, {editor}."
                    ),
                ),
            ];
            if confirm(&Request::form(format!("{dispute}/articles/new"), &article)).is_none() {
                break;
            }
            confirmed.articles.push(title);
        }
    }
    confirmed
}

fn count(texts: &[String]) -> BTreeMap<&str, usize> {
    texts.iter().fold(BTreeMap::new(), |mut counts, text| {
        *counts.entry(text.as_str()).or_default() += 1;
        counts
    })
}

/// One round: a new dispute, a stream of forms, SIGKILL, another start, and a look at everything.
fn round(home: &Home, nth: usize, crash_database: impl Fn()) {
    let mut server = Impasse::start_with(home, &["--no-demo", "--log", "warn"]);
    let owner = if server.setup().is_some() { server.owner() } else { server.sign_in() };
    let token = owner.cookie("impasse").expect("signed in");
    let slug = format!("round-{nth}");
    let dispute = format!("/d/{slug}");
    owner.post("/disputes/new", &[("title", &slug), ("slug", &slug), ("status", "open")]).expect(303);

    let confirmations = AtomicUsize::new(0);
    let begun = Instant::now();
    let confirmed: Vec<Confirmed> = std::thread::scope(|scope| {
        let editors: Vec<_> = (0..EDITORS)
            .map(|editor| {
                let client = server.reader();
                client.hold_cookie("impasse", &token);
                let (dispute, confirmations) = (&dispute, &confirmations);
                scope.spawn(move || write(&client, dispute, editor, confirmations))
            })
            .collect();
        while confirmations.load(Ordering::SeqCst) < CONFIRMED {
            assert!(begun.elapsed() < Duration::from_secs(60), "the stream does not flow");
            assert!(
                !editors.iter().any(|editor| editor.is_finished()),
                "an editor gave up: {}",
                server.log()
            );
            std::thread::sleep(Duration::from_millis(1));
        }
        server.kill();
        crash_database();
        editors.into_iter().map(|editor| editor.join().expect("an editor")).collect()
    });

    let server = Impasse::start_with(home, &["--no-demo", "--log", "warn"]);
    let reader = server.reader();
    reader.get("/readyz").expect(200);
    let listed =
        reader.get(&format!("{dispute}?layout=list")).expect(200).page().texts("[data-bench=mark] .ttl");
    let counts = count(&listed);
    assert!(counts.values().all(|times| *times == 1), "{counts:?}");
    let sent: Vec<&String> = confirmed.iter().flat_map(|one| &one.sent).collect();
    assert!(listed.iter().all(|title| sent.contains(&title)), "{listed:?}");
    let events: Vec<_> = confirmed.iter().flat_map(|one| &one.events).collect();
    assert!(listed.len() <= events.len() + EDITORS);
    assert!(events.len() > CONFIRMED / 3, "{}", events.len());
    for (page, title, description) in events {
        assert!(counts.contains_key(title.as_str()), "{title} was confirmed and is lost");
        let shown = reader.get(page).expect(200).page();
        assert_eq!(shown.text("h1"), *title);
        if !description.is_empty() && description != "?" {
            assert!(
                shown.text("main").contains(description.as_str()),
                "{title}: its edit was confirmed and is lost"
            );
        }
        // A change and its record are one.
        let changes =
            reader.get(&format!("{page}/history")).expect(200).page().texts(".revisions > li").len();
        let edited = shown.text("main").contains("Looked into");
        assert_eq!(changes, 1 + usize::from(edited), "{title}");
    }
    let owner = server.sign_in();
    let sources = owner.get(&format!("{dispute}/articles")).expect(200).page();
    let articles = sources.texts(".articles h2");
    let articles = count(&articles);
    assert!(articles.values().all(|times| *times == 1), "{articles:?}");
    for title in confirmed.iter().flat_map(|one| &one.articles) {
        assert!(articles.contains_key(title.as_str()), "{title} was confirmed and is lost");
    }
    // An article comes with its candidates or not at all.
    let waiting = owner.get(&format!("{dispute}/inbox")).expect(200).page().text("#inbox-count");
    assert!(waiting.starts_with(&format!("{} candidates", articles.len())), "{waiting}");
    assert!(owner.get(&format!("{dispute}/events/new")).status == 200, "it goes on from here");
}

#[test]
fn nothing_confirmed_is_lost_on_sqlite() {
    let home = Home::sqlite();
    for nth in 0..3 {
        round(&home, nth, || {});
    }
    let checked = home.run(&["migrate"], "");
    assert!(checked.status.success(), "{checked:?}");
}

#[test]
fn nothing_confirmed_is_lost_on_postgres_even_if_it_crashes_too() {
    let cluster = postgres::durable().unwrap();
    let home = Home::at(cluster.fresh_database().unwrap());
    round(&home, 0, || {
        cluster.crash().unwrap();
        cluster.resume().unwrap();
    });
}
