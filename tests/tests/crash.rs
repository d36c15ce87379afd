//! What was answered is kept: the server is killed amid a stream of forms, and everything it had confirmed is there
//! afterwards, once.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy takes only functions marked as tests for tests"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use impasse_tests::{Client, Home, Impasse, Request, event_fields, postgres};

/// Editors who write at the same time.
const EDITORS: usize = 4;
/// How many events the demo has.
const DEMO_EVENTS: usize = 7;
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

/// What is killed.
#[derive(Clone, Copy, PartialEq)]
enum Killed {
    Server,
    Database,
}

/// When an editor stops.
#[derive(Clone, Copy)]
struct End<'a> {
    killed: Killed,
    is_over: &'a AtomicBool,
}

/// Sends one form after another until the server is gone, or the database and one is told to stop.
fn write(client: &Client, dispute: &str, editor: usize, count: &AtomicUsize, end: End<'_>) -> Confirmed {
    let mut confirmed = Confirmed::default();
    let confirm = |request: &Request| {
        let answer = client.try_send(request).ok()?;
        // Without its database a server says so; what was sent may have been written or not.
        if end.killed == Killed::Database && answer.status >= 500 {
            return None;
        }
        assert_eq!(answer.status, 303, "{}", answer.text());
        count.fetch_add(1, Ordering::SeqCst);
        Some(answer.location().to_owned())
    };
    for nth in 0.. {
        if end.is_over.load(Ordering::SeqCst) {
            break;
        }
        let title = format!("Event {editor}-{nth}.");
        let mut values = event_fields(&title);
        confirmed.sent.push(title.clone());
        let Some(location) = confirm(&Request::form(format!("{dispute}/events/new"), &values)) else { break };
        let id = location.split_once("event=").expect("an event").1;
        let page = format!("{dispute}/events/{id}");
        // Sent but not confirmed, its change may be there or not.
        confirmed.events.push((page.clone(), title.clone(), "?".to_owned()));

        let description = format!("Looked into by editor {editor}, time {nth}.");
        values.push(("description", description.clone()));
        values.push(("version", "1".to_owned()));
        if confirm(&Request::form(format!("{page}/edit"), &values)).is_none() {
            break;
        }
        if let Some(last) = confirmed.events.last_mut() {
            last.2 = description;
        }

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

    let (confirmations, is_over) = (AtomicUsize::new(0), AtomicBool::new(false));
    let end = End { killed: Killed::Server, is_over: &is_over };
    let begun = Instant::now();
    let confirmed: Vec<Confirmed> = std::thread::scope(|scope| {
        let editors: Vec<_> = (0..EDITORS)
            .map(|editor| {
                let client = server.reader();
                client.hold_cookie("impasse", &token);
                let (dispute, confirmations) = (&dispute, &confirmations);
                scope.spawn(move || write(&client, dispute, editor, confirmations, end))
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
    let listed = reader.titles(&slug);
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
        if description != "?" {
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
    for nth in 0..2 {
        round(&home, nth, || {});
    }
    whole(&home);
}

#[test]
fn nothing_confirmed_is_lost_on_postgres_even_if_it_crashes_too() {
    let cluster = postgres::durable().unwrap();
    let home = Home::at(cluster.fresh_database().unwrap());
    round(&home, 0, || {
        cluster.crash().unwrap();
        cluster.resume().unwrap();
    });
    whole(&home);
}

/// What `impasse check` says: the database is undamaged, revisions have no gap, and tables and revisions say the same.
#[track_caller]
fn whole(home: &Home) {
    let checked = home.run(&["check"], "");
    let said = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert!(checked.status.success() && said.trim() == "All is well", "{checked:?}");
}

/// How many rounds are gone through: a few each time, `ROUNDS=200` for a night.
fn rounds() -> u64 {
    std::env::var("ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(6)
}

/// Many rounds on one database: editors write, something is killed at a moment that nobody chose, and afterwards all
/// that was confirmed is there, nothing is there twice, and nothing is half written.
fn many_rounds(home: &Home, killed: Killed, crash_database: impl Fn()) {
    let arguments = ["--no-demo", "--log", "error"];
    let mut server = Some(Impasse::start_with(home, &arguments));
    let owner = server.as_ref().map(Impasse::owner).expect("a server");
    let token = owner.cookie("impasse").expect("signed in");
    let mut confirmed = 0;
    let seed = std::time::SystemTime::UNIX_EPOCH.elapsed().expect("a clock").as_nanos() as u64;
    for nth in 0..rounds() {
        let mut running = server.take().unwrap_or_else(|| Impasse::start_with(home, &arguments));
        let owner = running.reader();
        owner.hold_cookie("impasse", &token);
        let slug = format!("round-{nth}");
        owner.post("/disputes/new", &[("title", &slug), ("slug", &slug), ("status", "open")]).expect(303);
        // A moment by no pattern: any part of a write may be going on.
        let random = (seed ^ (nth + 1)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        let moment = Duration::from_millis(30 + random % 400);
        let dispute = format!("/d/{slug}");
        let confirmations = AtomicUsize::new(0);
        let is_over = AtomicBool::new(false);
        let end = End { killed, is_over: &is_over };
        let written: Vec<Confirmed> = std::thread::scope(|scope| {
            let editors: Vec<_> = (0..EDITORS)
                .map(|editor| {
                    let client = running.reader();
                    client.hold_cookie("impasse", &token);
                    let (dispute, confirmations) = (&dispute, &confirmations);
                    scope.spawn(move || write(&client, dispute, editor, confirmations, end))
                })
                .collect();
            std::thread::sleep(moment);
            match killed {
                Killed::Server => running.kill(),
                Killed::Database => {
                    crash_database();
                    is_over.store(true, Ordering::SeqCst);
                }
            }
            editors.into_iter().map(|editor| editor.join().expect("an editor")).collect()
        });
        if killed == Killed::Server {
            running = Impasse::start_with(home, &arguments);
        }
        confirmed += there(&running, &dispute, &written);
        server = Some(running);
    }
    drop(server);
    whole(home);
    println!("{} rounds, {confirmed} confirmed events, none lost", rounds());
    assert!(confirmed > 0, "every round was over before anything was confirmed");
}

/// All that was confirmed is there, once; how much that is.
fn there(server: &Impasse, dispute: &str, written: &[Confirmed]) -> usize {
    let begun = Instant::now();
    let record = loop {
        // After the database was away its connections are made anew.
        let answer = server.reader().get(&format!("{dispute}.json"));
        if answer.status == 200 {
            break answer.json();
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "{}: {}", answer.status, server.log());
        std::thread::sleep(Duration::from_millis(50));
    };
    let events = record["events"].as_array().expect("events");
    let mut by_id = BTreeMap::new();
    for event in events {
        let id = event["id"].as_str().expect("an identifier");
        assert!(by_id.insert(id, event).is_none(), "{id} is there twice");
    }
    let sent: BTreeSet<&String> = written.iter().flat_map(|one| &one.sent).collect();
    for event in events {
        let title = event["title"].as_str().expect("a title").to_owned();
        assert!(sent.contains(&title), "{title} was never sent");
    }
    let mut count = 0;
    for (page, title, description) in written.iter().flat_map(|one| &one.events) {
        let id = page.rsplit('/').next().unwrap_or_default();
        let event = by_id.get(id).unwrap_or_else(|| panic!("{title} was confirmed and is lost"));
        assert_eq!(event["title"], title.as_str());
        if description != "?" {
            assert_eq!(event["description"], description.as_str(), "{title}: its change is lost");
        }
        count += 1;
    }
    count
}

#[test]
fn a_server_killed_at_any_moment_loses_nothing_on_sqlite() {
    many_rounds(&Home::sqlite(), Killed::Server, || {});
}

#[test]
fn a_server_killed_at_any_moment_loses_nothing_on_postgres() {
    let cluster = postgres::durable().unwrap();
    many_rounds(&Home::at(cluster.fresh_database().unwrap()), Killed::Server, || {});
}

#[test]
fn a_postgres_killed_at_any_moment_loses_nothing() {
    let cluster = postgres::durable().unwrap();
    let home = Home::at(cluster.fresh_database().unwrap());
    many_rounds(&home, Killed::Database, || {
        cluster.crash().unwrap();
        cluster.resume().unwrap();
    });
}

/// A server whose files may grow no further: what a full disk is to it, and can be had without being root.
#[test]
fn a_full_disk_is_said_and_does_no_damage() {
    let home = Home::sqlite();
    let first = Impasse::start_with(&home, &["--log", "error"]);
    let token = first.owner().cookie("impasse").expect("signed in");
    drop(first);
    let file = std::fs::metadata(home.folder().join("impasse.db")).expect("the file").len();
    let mut server = Impasse::start_limited(&home, file / 1024 + 300, &["--log", "error"]);
    let owner = server.reader();
    owner.hold_cookie("impasse", &token);
    let dispute = "/d/pentagon-anthropic";
    let long = "What was done, told at length. ".repeat(60);
    let mut confirmed = Vec::new();
    let refused = loop {
        let title = format!("Event {}.", confirmed.len());
        let mut values = event_fields(&title);
        values.push(("description", long.clone()));
        let answer = owner.send(&Request::form(format!("{dispute}/events/new"), &values));
        if answer.status != 303 {
            break answer;
        }
        confirmed.push(title);
        assert!(confirmed.len() < 2000, "the disk is never full");
    };
    let refused = refused.expect(507);
    let page = refused.page();
    assert!(page.text("main").contains("no room"), "{}", page.text("main"));
    // It goes on to answer who reads.
    assert_eq!(server.reader().titles("pentagon-anthropic").len(), confirmed.len() + DEMO_EVENTS);
    owner.get("/readyz").expect(200);
    assert!(server.stop().success());
    whole(&home);
    // With room again, it is as if nothing had been.
    let server = Impasse::start_with(&home, &["--log", "error"]);
    assert_eq!(server.reader().titles("pentagon-anthropic").len(), confirmed.len() + DEMO_EVENTS);
    let owner = server.reader();
    owner.hold_cookie("impasse", &token);
    owner.add_event("pentagon-anthropic", "After", "10 January 2026");
}

#[test]
fn a_folder_that_cannot_be_written_is_said() {
    let home = Home::sqlite();
    drop(Impasse::start_with(&home, &["--log", "error"]));
    let refused = home.run_without_rights(&["demo"]);
    assert!(!refused.status.success());
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("cannot be written"), "{said}");
    whole(&home);
}
