//! Several servers on one PostgreSQL, behind a balancer: nothing confirmed is lost when one dies, nobody notices when
//! they are exchanged one after another, each sees at once what another wrote, and each job is done once.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy takes only functions marked as tests for tests"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use impasse_tests::{Balancer, Client, Home, Impasse, Reply, Request, Stream, Web, event_fields};

const SLUG: &str = "pentagon-anthropic";
const DISPUTE: &str = "/d/pentagon-anthropic";
/// How many events the demo has.
const DEMO_EVENTS: usize = 7;

/// Servers that start at once on an empty database.
fn three(home: &Home, arguments: &[&str]) -> Vec<Impasse> {
    std::thread::scope(|scope| {
        let starting: Vec<_> = (0..3).map(|_| scope.spawn(|| Impasse::start_with(home, arguments))).collect();
        starting.into_iter().map(|server| server.join().expect("it starts")).collect()
    })
}

fn event(title: &str) -> Request {
    Request::form(format!("{DISPUTE}/events/new"), &event_fields(title))
}

fn client(address: SocketAddr, token: &str) -> Client {
    let client = Client::new(address);
    client.hold_cookie("impasse", token);
    client
}

/// The titles on a server, each as often as it is there.
fn titles(server: &Impasse) -> BTreeMap<String, usize> {
    server.reader().titles(SLUG).into_iter().fold(BTreeMap::new(), |mut counts, title| {
        *counts.entry(title).or_default() += 1;
        counts
    })
}

#[test]
fn three_servers_start_at_once_and_each_sees_within_a_second_what_another_wrote() {
    let home = Home::postgres();
    let servers = three(&home, &[]);
    assert_eq!(titles(&servers[0]).len(), DEMO_EVENTS, "the demo is loaded once");
    // The one that came first prints the address of the set-up, or all that found no account.
    let owner = servers.iter().find(|server| server.setup().is_some()).expect("a set-up address").owner();
    let token = owner.cookie("impasse").expect("signed in");
    let streams: Vec<Stream> = servers
        .iter()
        .map(|server| Stream::open(server.address(), &format!("{DISPUTE}/live"), &[]))
        .collect();
    for stream in &streams {
        assert!(stream.head.starts_with("HTTP/1.1 200"), "{}", stream.head);
        assert_eq!(stream.next(Duration::from_secs(10)).expect("how it stands").name, "here");
    }
    let mut took = Vec::new();
    for nth in 0..12 {
        let writer = client(servers[nth % 3].address(), &token);
        let title = format!("Seen everywhere, {nth}.");
        let begun = Instant::now();
        writer.send(&event(&title)).expect(303);
        let written = Instant::now();
        for (at, stream) in streams.iter().enumerate() {
            let told = stream.next(Duration::from_secs(10)).expect("every server tells of it");
            assert_eq!(told.name, "change");
            assert_eq!(told.json()["events"][0][0], "added", "{told:?}");
            took.push(told.at.saturating_duration_since(written));
            assert!(begun.elapsed() < Duration::from_secs(10));
            // What one is told of is there, on the server that told.
            assert!(titles(&servers[at]).contains_key(&title), "server {at} tells of {title} and has it not");
        }
    }
    took.sort();
    let most = took[took.len() * 9 / 10];
    println!("told of a change after {:?} (median), {most:?} (9 of 10)", took[took.len() / 2]);
    assert!(most < Duration::from_secs(1), "{took:?}");
}

/// What was sent through a balancer.
#[derive(Default)]
struct Sent {
    confirmed: Mutex<BTreeSet<String>>,
    failed: Mutex<Vec<String>>,
    read: AtomicUsize,
}

/// Editors and readers at a balancer until told to stop.
fn traffic<'scope>(
    scope: &'scope std::thread::Scope<'scope, '_>,
    address: SocketAddr,
    token: &'scope str,
    sent: &'scope Sent,
    stop: &'scope AtomicBool,
) {
    for editor in 0..4 {
        scope.spawn(move || {
            let client = client(address, token);
            for nth in 0.. {
                if stop.load(Ordering::Relaxed) {
                    return;
                }
                let title = format!("Written by {editor}, time {nth}.");
                match client.try_send(&event(&title)) {
                    Ok(answer) if answer.status == 303 => {
                        sent.confirmed.lock().unwrap().insert(title);
                    }
                    Ok(answer) => sent.failed.lock().unwrap().push(format!("{}: {title}", answer.status)),
                    Err(error) => sent.failed.lock().unwrap().push(format!("{error}: {title}")),
                }
                std::thread::sleep(Duration::from_millis(20));
            }
        });
    }
    for _ in 0..4 {
        scope.spawn(move || {
            let client = Client::new(address);
            while !stop.load(Ordering::Relaxed) {
                match client.try_send(&Request::new("GET", format!("{DISPUTE}?layout=list"))) {
                    Ok(answer) if answer.status == 200 => {
                        sent.read.fetch_add(1, Ordering::Relaxed);
                    }
                    Ok(answer) => sent.failed.lock().unwrap().push(format!("{}: reading", answer.status)),
                    Err(error) => sent.failed.lock().unwrap().push(format!("{error}: reading")),
                }
                std::thread::sleep(Duration::from_millis(20));
            }
        });
    }
}

fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(60), "not within a minute: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Every server has what was confirmed, once, and nothing that was not sent.
fn all_there(servers: &[Impasse], sent: &Sent) {
    let confirmed = sent.confirmed.lock().unwrap();
    for server in servers {
        let titles = titles(server);
        assert!(titles.values().all(|times| *times == 1), "{titles:?}");
        for title in confirmed.iter() {
            assert!(titles.contains_key(title), "{title} was confirmed and is lost");
        }
    }
}

#[test]
fn nothing_confirmed_is_lost_when_a_server_is_killed_and_comes_back() {
    let home = Home::postgres();
    let mut servers = three(&home, &["--log", "warn"]);
    let owner = servers.iter().find(|server| server.setup().is_some()).expect("a set-up address").owner();
    let token = owner.cookie("impasse").expect("signed in");
    let addresses: Vec<SocketAddr> = servers.iter().map(Impasse::address).collect();
    let balancer = Balancer::start(&addresses);
    let (sent, stop) = (Sent::default(), AtomicBool::new(false));
    let count = || sent.confirmed.lock().unwrap().len();
    std::thread::scope(|scope| {
        traffic(scope, balancer.address(), &token, &sent, &stop);
        until("40 events", || count() > 40);
        servers[1].kill();
        let before = count();
        until("40 events without it", || count() > before + 40);
        balancer.remove(addresses[1]);
        servers[1] = Impasse::start_with(&home, &["--log", "warn"]);
        balancer.add(servers[1].address());
        until("three servers again", || balancer.ready() == 3);
        let before = count();
        until("40 events with it", || count() > before + 40);
        stop.store(true, Ordering::Relaxed);
    });
    assert!(sent.read.load(Ordering::Relaxed) > 20);
    all_there(&servers, &sent);
}

#[test]
fn nobody_notices_when_servers_are_exchanged_one_after_another() {
    let home = Home::postgres();
    let arguments = ["--log", "warn", "--drain", "1"];
    let mut servers = three(&home, &arguments);
    let owner = servers.iter().find(|server| server.setup().is_some()).expect("a set-up address").owner();
    let token = owner.cookie("impasse").expect("signed in");
    let balancer = Balancer::start(&servers.iter().map(Impasse::address).collect::<Vec<_>>());
    let (sent, stop) = (Sent::default(), AtomicBool::new(false));
    // A page that stays open through it all, and asks anew where its server leaves.
    let (told, mut last) = (Mutex::new(BTreeSet::new()), None);
    std::thread::scope(|scope| {
        traffic(scope, balancer.address(), &token, &sent, &stop);
        scope.spawn(|| {
            let target = format!("{DISPUTE}/live?since=0");
            while !stop.load(Ordering::Relaxed) {
                let lines: Vec<(&str, &str)> =
                    last.as_deref().map(|id| ("last-event-id", id)).into_iter().collect();
                let stream = Stream::open(balancer.address(), &target, &lines);
                while let Some(event) = stream.next(Duration::from_millis(1500)) {
                    let data = event.json();
                    for change in data["events"].as_array().into_iter().flatten() {
                        told.lock().unwrap().insert(change[1].as_str().expect("an identifier").to_owned());
                    }
                    last = Some(event.id);
                }
            }
        });
        for server in &mut servers {
            std::thread::sleep(Duration::from_millis(300));
            let old = server.address();
            let new = Impasse::start_with(&home, &arguments);
            balancer.add(new.address());
            until("the new one is ready", || balancer.ready() == 4);
            let mut leaving = std::mem::replace(server, new);
            assert!(leaving.stop().success(), "{}", leaving.log());
            balancer.remove(old);
        }
        std::thread::sleep(Duration::from_millis(300));
        stop.store(true, Ordering::Relaxed);
    });
    assert_eq!(*sent.failed.lock().unwrap(), Vec::<String>::new(), "requests failed");
    let confirmed = sent.confirmed.lock().unwrap().len();
    assert!(confirmed > 40 && sent.read.load(Ordering::Relaxed) > 20, "{confirmed}");
    all_there(&servers, &sent);
    // All that was added was told, in the demo and by the editors, but for what came while nobody listened at the end.
    let stream = Stream::open(
        servers[0].address(),
        &format!("{DISPUTE}/live"),
        &[("last-event-id", last.as_deref().expect("something was told"))],
    );
    while let Some(event) = stream.next(Duration::from_millis(500)) {
        let data = event.json();
        for change in data["events"].as_array().into_iter().flatten() {
            told.lock().unwrap().insert(change[1].as_str().expect("an identifier").to_owned());
        }
    }
    assert_eq!(told.lock().unwrap().len(), confirmed + DEMO_EVENTS, "each event was told");
}

#[test]
fn no_feed_is_read_twice() {
    let home = Home::postgres();
    let web = Web::start();
    let allowed = web.address().to_string();
    let empty = "<rss version='2.0'><channel><title>T</title></channel></rss>";
    let paths: Vec<String> = (0..12).map(|nth| format!("/feed-{nth}")).collect();
    for path in &paths {
        web.set(path, Reply::of("application/rss+xml", empty));
    }
    let servers = three(&home, &["--fetch-allow", &allowed]);
    let owner = servers.iter().find(|server| server.setup().is_some()).expect("a set-up address").owner();
    let token = owner.cookie("impasse").expect("signed in");
    std::thread::scope(|scope| {
        for (nth, path) in paths.iter().enumerate() {
            let (address, url, token) = (servers[nth % 3].address(), web.url(path), &token);
            scope.spawn(move || {
                client(address, token).post(&format!("{DISPUTE}/feeds"), &[("url", &url)]).expect(303);
            });
        }
    });
    until("every feed is read", || paths.iter().all(|path| !web.asked_for(path).is_empty()));
    // Long enough for all three to look for what is due more than once.
    std::thread::sleep(Duration::from_secs(3));
    for path in &paths {
        assert_eq!(web.asked_for(path).len(), 1, "{path}");
    }
}
