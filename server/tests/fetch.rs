//! Fetching from a web that is slow, broken, greedy or out to reach where it should not.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, in helpers as well")]

use std::collections::VecDeque;
use std::future::Future;
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use impasse_server::fetch::{Ask, FetchError, Fetched, Fetcher, LONGEST_PAGE, Limits, Names, SystemNames};
use impasse_server::settings::Settings;
use impasse_tests::{Reply, Web};

const PAGE: &str = "<!DOCTYPE html><title>A page</title><p>The talks have stalled.";

/// Limits that a test can wait for.
fn limits() -> Limits {
    Limits {
        connect: Duration::from_secs(2),
        idle: Duration::from_millis(500),
        total: Duration::from_millis(1500),
        redirects: 4,
        at_once: 8,
        pace: Duration::from_millis(200),
    }
}

fn settings(allowed: &[String]) -> Settings {
    Settings {
        fetch_allow: allowed.iter().map(|text| text.parse().unwrap()).collect(),
        public_url: Some("https://timelines.example".to_owned()),
        ..Settings::default()
    }
}

/// A fetcher that may reach one site and nothing else that is private.
fn fetcher(web: &Web) -> Fetcher {
    Fetcher::with(&settings(&[web.address().to_string()]), limits(), Arc::new(SystemNames))
}

async fn fetch(web: &Web, path: &str) -> Result<Fetched, FetchError> {
    fetcher(web).fetch(&web.url(path), &Ask::page()).await
}

#[tokio::test]
async fn a_page_comes_with_what_the_server_says_of_it() {
    let web = Web::start();
    let page =
        Reply::html(PAGE).header("etag", "\"1\"").header("last-modified", "Thu, 29 Jan 2026 10:00:00 GMT");
    web.set("/a", page);
    let fetched = fetch(&web, "/a?b=c#d").await.unwrap();
    assert_eq!(fetched.body.as_deref(), Some(PAGE.as_bytes()));
    assert_eq!(fetched.url.as_str(), web.url("/a?b=c"));
    assert_eq!(fetched.content_type.as_deref(), Some("text/html; charset=utf-8"));
    assert_eq!(fetched.etag.as_deref(), Some("\"1\""));
    assert_eq!(fetched.last_modified.as_deref(), Some("Thu, 29 Jan 2026 10:00:00 GMT"));
    assert_eq!(fetched.moved_to, None);
    let asked = web.asked_for("/a").remove(0);
    assert!(asked.header("user-agent").starts_with("Impasse/"), "{asked:?}");
    assert!(asked.header("user-agent").ends_with("(+https://timelines.example)"), "{asked:?}");
    assert!(asked.header("accept").starts_with("text/html"), "{asked:?}");
    assert_eq!((asked.header("cookie"), asked.header("referer")), ("", ""));
}

#[tokio::test]
async fn what_is_as_it_was_is_not_sent_again() {
    let web = Web::start();
    web.set_by("/feed", |asked| {
        let is_same =
            asked.header("if-none-match") == "\"7\"" && !asked.header("if-modified-since").is_empty();
        if is_same {
            Reply::status(304).header("etag", "\"7\"")
        } else {
            Reply::of("application/rss+xml", "<rss/>")
        }
    });
    let fetcher = fetcher(&web);
    let since = "Thu, 29 Jan 2026 10:00:00 GMT";
    let ask = Ask { etag: Some("\"7\""), last_modified: Some(since), ..Ask::feed() };
    let fetched = fetcher.fetch(&web.url("/feed"), &ask).await.unwrap();
    assert_eq!((fetched.body, fetched.etag.as_deref()), (None, Some("\"7\"")));
    assert!(fetcher.fetch(&web.url("/feed"), &Ask::feed()).await.unwrap().body.is_some());
}

#[tokio::test]
async fn redirects_are_followed_to_their_end() {
    let web = Web::start();
    web.set("/old", Reply::redirect(301, "/moved"));
    web.set("/moved", Reply::redirect(308, "new?x=1"));
    web.set("/for-now", Reply::redirect(302, "/old"));
    web.set("/new", Reply::html(PAGE));
    let fetched = fetch(&web, "/old").await.unwrap();
    assert_eq!(fetched.url.as_str(), web.url("/new?x=1"));
    assert_eq!(fetched.moved_to.unwrap().as_str(), web.url("/new?x=1"));
    assert_eq!(fetch(&web, "/for-now").await.unwrap().moved_to, None, "one of them is for now only");

    web.set_by("/round", |asked| Reply::redirect(302, &format!("/round?{}", asked.path.len())));
    assert!(matches!(fetch(&web, "/round").await, Err(FetchError::TooManyRedirects { .. })));
    assert_eq!(web.asked_for("/round").len(), 5, "as many as the limit, and the first");
    for (path, to) in [("/file", "file:///etc/passwd"), ("/script", "javascript:alert(1)"), ("/none", "")] {
        web.set(path, if to.is_empty() { Reply::status(302) } else { Reply::redirect(302, to) });
        let error = fetch(&web, path).await.unwrap_err();
        assert!(matches!(error, FetchError::Failed { status: 302, .. }), "{to}: {error}");
    }
}

/// Names that are told beforehand; each look-up takes the next answer, the last one stays.
struct Script(Mutex<VecDeque<Vec<IpAddr>>>);

impl Script {
    fn new(answers: &[&str]) -> Arc<Self> {
        Arc::new(Self(Mutex::new(answers.iter().map(|ip| vec![ip.parse().unwrap()]).collect())))
    }
}

impl Names for Script {
    fn look_up<'a>(
        &'a self,
        _name: &'a str,
    ) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'a>> {
        let mut answers = self.0.lock().unwrap();
        let next = if answers.len() > 1 { answers.pop_front() } else { answers.front().cloned() };
        Box::pin(async move { Ok(next.unwrap_or_default()) })
    }
}

#[tokio::test]
async fn nothing_reaches_a_private_address() {
    let web = Web::start();
    // What must not be reached: it would answer, and it counts.
    let secret = Web::start();
    secret.set("/", Reply::html("the secret"));
    let port = secret.address().port();
    let plain = fetcher(&web);
    for address in [
        format!("http://127.0.0.1:{port}/"),
        format!("http://localhost:{port}/"),
        format!("http://2130706433:{port}/"),
        format!("http://0x7f.1:{port}/"),
        format!("http://0177.0.0.1:{port}/"),
        format!("http://[::1]:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        format!("http://0.0.0.0:{port}/"),
    ] {
        let error = plain.fetch(&address, &Ask::page()).await.unwrap_err();
        assert!(matches!(error, FetchError::Private { .. }), "{address}: {error}");
        assert!(error.to_string().contains("Paste the text"), "{error}");
    }
    // By a redirect, at once or after another one.
    for (nth, to) in [
        format!("http://127.0.0.1:{port}/"),
        format!("http://localhost:{port}/"),
        format!("http://[::ffff:7f00:1]:{port}/"),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "http://[fd00:ec2::254]/latest/meta-data/".to_owned(),
        "http://10.0.0.1/".to_owned(),
    ]
    .into_iter()
    .enumerate()
    {
        let path = format!("/to/{nth}");
        web.set(&path, Reply::redirect(302, &to));
        web.set("/first", Reply::redirect(301, &path));
        for path in [path.as_str(), "/first"] {
            let error = fetch(&web, path).await.unwrap_err();
            assert!(matches!(error, FetchError::Private { .. }), "{to}: {error}");
        }
    }
    // By robots.txt.
    web.set("/robots.txt", Reply::redirect(302, &secret.url("/")));
    assert!(matches!(fetch(&web, "/to/0").await, Err(FetchError::Private { .. })));
    assert_eq!(secret.connections(), 0, "something was connected to");
}

#[tokio::test]
async fn a_name_cannot_answer_differently_for_the_check_and_the_connection() {
    let secret = Web::start();
    secret.set("/", Reply::html("the secret"));
    let address = format!("http://rebinds.example:{}/", secret.address().port());
    for answers in
        [&["127.0.0.1"][..], &["127.0.0.1", "127.0.0.1"], &["::1"], &["::ffff:127.0.0.1"], &["0.0.0.0"]]
    {
        let fetcher = Fetcher::with(&settings(&[]), limits(), Script::new(answers));
        let error = fetcher.fetch(&address, &Ask::page()).await.unwrap_err();
        assert!(matches!(error, FetchError::Private { .. }), "{answers:?}: {error}");
    }
    // 192.0.1.1 is public, and nothing answers there. Public when it is asked first, private ever after: whatever was checked is what is connected to.
    let fetcher = Fetcher::with(&settings(&[]), limits(), Script::new(&["192.0.1.1", "127.0.0.1"]));
    fetcher.fetch(&address, &Ask::page()).await.unwrap_err();
    let error = fetcher.fetch(&address, &Ask::page()).await.unwrap_err();
    assert!(matches!(error, FetchError::Private { .. }), "{error}");
    assert_eq!(secret.connections(), 0, "something was connected to");
}

#[tokio::test]
async fn listed_names_lead_where_they_lead() {
    let web = Web::start();
    web.set("/", Reply::html(PAGE));
    let port = web.address().port();
    let listed = settings(&[format!("wiki.internal:{port}")]);
    let fetcher = Fetcher::with(&listed, limits(), Script::new(&["127.0.0.1"]));
    let fetched = fetcher.fetch(&format!("http://wiki.internal:{port}/"), &Ask::page()).await.unwrap();
    assert_eq!(fetched.body.as_deref(), Some(PAGE.as_bytes()));
    for other in [format!("http://other.internal:{port}/"), "http://wiki.internal:1/".to_owned()] {
        let error = fetcher.fetch(&other, &Ask::page()).await.unwrap_err();
        assert!(matches!(error, FetchError::Private { .. }), "{other}: {error}");
    }
}

#[tokio::test]
async fn slow_sites_are_given_up() {
    let web = Web::start();
    web.set("/drip", Reply::dripping(&PAGE.repeat(100), Duration::from_millis(50)));
    web.set("/silence", Reply::silence());
    for path in ["/drip", "/silence"] {
        let begun = Instant::now();
        let error = fetch(&web, path).await.unwrap_err();
        assert!(matches!(error, FetchError::TooSlow { .. }), "{path}: {error}");
        assert!(begun.elapsed() < Duration::from_secs(4), "{path} took {:?}", begun.elapsed());
    }
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let fetcher = Fetcher::with(&settings(&[taken.to_string()]), limits(), Arc::new(SystemNames));
    let error = fetcher.fetch(&format!("http://{taken}/"), &Ask::page()).await.unwrap_err();
    assert!(matches!(error, FetchError::Unreachable { .. }), "{error}");
    let nowhere = Fetcher::with(&settings(&[]), limits(), Arc::new(Script(Mutex::default())));
    let error = nowhere.fetch("https://no-such-site.example/", &Ask::page()).await.unwrap_err();
    assert!(matches!(error, FetchError::NoSuchSite { .. }), "{error}");
}

/// The most memory that this process had so far, in bytes.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1024
}

#[tokio::test]
async fn what_is_too_large_is_left_alone() {
    let web = Web::start();
    web.set("/endless", Reply::endless(10_000_000_000));
    web.set("/bomb", Reply::bomb(1 << 30));
    web.set("/announced", Reply::cut_short(PAGE, LONGEST_PAGE + 1));
    let patient = Limits { total: Duration::from_secs(30), idle: Duration::from_secs(10), ..limits() };
    let fetcher = Fetcher::with(&settings(&[web.address().to_string()]), patient, Arc::new(SystemNames));
    let before = peak_memory();
    for path in ["/endless", "/bomb", "/announced"] {
        let error = fetcher.fetch(&web.url(path), &Ask::page()).await.unwrap_err();
        assert!(matches!(error, FetchError::TooLarge { limit: LONGEST_PAGE, .. }), "{path}: {error}");
        assert!(error.to_string().contains("larger than 10 MB"), "{error}");
    }
    // The buffer doubles as it grows, and the tests beside this one take some too.
    let grown = peak_memory().saturating_sub(before);
    assert!(grown < 80_000_000, "{grown} bytes more than before");
}

#[tokio::test]
async fn what_breaks_off_is_not_taken_for_whole() {
    let web = Web::start();
    web.set("/cut", Reply::cut_short(PAGE, 5_000));
    web.set(
        "/damaged",
        Reply::of("text/html", &b"\x1f\x8b\x08\x00not gzip at all"[..]).header("content-encoding", "gzip"),
    );
    let error = fetch(&web, "/cut").await.unwrap_err();
    assert!(matches!(error, FetchError::Unreachable { .. } | FetchError::Damaged { .. }), "{error}");
    let error = fetch(&web, "/damaged").await.unwrap_err();
    assert!(matches!(error, FetchError::Damaged { .. }), "{error}");
}

#[tokio::test]
async fn refusals_say_what_to_do_instead() {
    let web = Web::start();
    web.set("/busy", Reply::status(429).header("retry-after", "120"));
    web.set("/down", Reply::status(503));
    for status in [401, 402, 403, 404, 410, 418, 451, 500, 502] {
        web.set(&format!("/{status}"), Reply::html("<p>No.").with_status(status));
    }
    let fetcher = fetcher(&web);
    let error = async |path: &str| fetcher.fetch(&web.url(path), &Ask::page()).await.unwrap_err();
    let busy = error("/busy").await;
    assert_eq!(busy.after(), Some(Duration::from_secs(120)));
    assert!(busy.may_pass() && busy.to_string().contains("429"), "{busy}");
    assert!(matches!(error("/down").await, FetchError::Busy { status: 503, after: None, .. }));
    for status in [401, 402, 403, 418, 451] {
        let error = error(&format!("/{status}")).await;
        assert!(matches!(error, FetchError::Refused { .. }) && !error.may_pass(), "{error}");
        let said = error.to_string();
        assert!(said.contains(&status.to_string()) && said.contains("as good"), "{said}");
    }
    for status in [404, 410] {
        assert_eq!(error(&format!("/{status}")).await, FetchError::Missing { status });
    }
    for status in [500, 502] {
        assert!(error(&format!("/{status}")).await.may_pass());
    }
}

#[tokio::test]
async fn robots_are_respected_and_asked_once() {
    let web = Web::start();
    web.set("/robots.txt", Reply::of("text/plain", "User-agent: *\nDisallow: /private/\n"));
    web.set("/a", Reply::html(PAGE));
    web.set("/private/b", Reply::html(PAGE));
    web.set("/link", Reply::redirect(302, "/private/b"));
    let fetcher = fetcher(&web);
    for _ in 0..3 {
        fetcher.fetch(&web.url("/a"), &Ask::page()).await.unwrap();
    }
    for path in ["/private/b", "/link"] {
        let error = fetcher.fetch(&web.url(path), &Ask::page()).await.unwrap_err();
        assert!(matches!(error, FetchError::Robots { .. }), "{path}: {error}");
        assert!(error.to_string().contains("robots.txt") && error.to_string().contains("as good"), "{error}");
    }
    assert!(web.asked_for("/private/b").is_empty());
    assert_eq!(web.asked_for("/robots.txt").len(), 1);

    // Without the file everything is allowed; while it cannot be had, nothing is.
    let closed = Web::start();
    closed.set("/a", Reply::html(PAGE));
    for (reply, may) in [
        (Reply::status(404), true),
        (Reply::status(403), true),
        (Reply::status(500), false),
        (Reply::status(503).header("retry-after", "9"), false),
        (Reply::of("text/plain", "#".repeat(3_000_000)), true),
    ] {
        closed.set("/robots.txt", reply.clone());
        assert_eq!(fetch(&closed, "/a").await.is_ok(), may, "{reply:?}");
    }
}

#[tokio::test]
async fn requests_to_one_host_are_spread_when_nobody_waits() {
    let web = Web::start();
    web.set("/a", Reply::html(PAGE));
    let fetcher = fetcher(&web);
    let ask = Ask { in_background: true, ..Ask::page() };
    let begun = Instant::now();
    let address = web.url("/a");
    let (one, two, three) = tokio::join!(
        fetcher.fetch(&address, &ask),
        fetcher.fetch(&address, &ask),
        fetcher.fetch(&address, &ask)
    );
    assert!(one.is_ok() && two.is_ok() && three.is_ok());
    assert!(begun.elapsed() >= Duration::from_millis(400), "{:?}", begun.elapsed());
}
