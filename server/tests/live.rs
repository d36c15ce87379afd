//! What open pages are told, through the router: to whom, and what they missed.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy takes only functions marked as tests for tests"
)]

mod site;

use std::time::{Duration, Instant};

use axum::body::{Body, BodyDataStream};
use axum::http::{Request, StatusCode, header};
use futures_util::StreamExt;
use impasse_app::model::revision::Actor;
use impasse_app::model::role::{Reader, Visibility};
use impasse_server::demo::SLUG;
use impasse_server::settings::Settings;
use impasse_server::web::router;
use serde_json::Value;
use site::{DEMO, Site, text};
use tower::ServiceExt;

/// The demo, its owner signed in, with the task that watches for changes.
async fn site() -> Site {
    let site = Site::new(Settings { max_streams: 3, ..Settings::default() }).await;
    let server = &site.server;
    tokio::spawn(server.live.clone().run(server.store.clone(), server.stop.subscribe()));
    // Until it has begun to watch, what is written is how it found things.
    tokio::time::sleep(Duration::from_millis(300)).await;
    site
}

/// An open stream: its status and what comes over it.
struct Open {
    status: StatusCode,
    body: BodyDataStream,
    text: String,
}

impl Open {
    async fn new(site: &Site, request: Request<Body>) -> Self {
        let answer = router(site.server.clone()).oneshot(request).await.unwrap();
        Self { status: answer.status(), body: answer.into_body().into_data_stream(), text: String::new() }
    }

    /// The next event's name, identifier and data; none where the stream ends or nothing comes within two seconds.
    async fn next(&mut self) -> Option<(String, String, Value)> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let field = |name: &str| {
                    event
                        .lines()
                        .find_map(|line| line.strip_prefix(name))
                        .unwrap_or_default()
                        .trim()
                        .to_owned()
                };
                let told = (field("event:"), field("id:"), field("data:"));
                self.text = rest.to_owned();
                if told.0.is_empty() {
                    continue;
                }
                return Some((told.0, told.1, serde_json::from_str(&told.2).unwrap()));
            }
            let chunk = tokio::time::timeout(Duration::from_secs(2), self.body.next()).await.ok()??.unwrap();
            self.text.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }
}

fn request(site: &Site, path: &str, signed_in: bool) -> axum::http::request::Builder {
    let request = Request::builder().uri(path).header(header::HOST, "e.org");
    let cookie = site.cookie.split(';').next().unwrap_or_default();
    if signed_in { request.header(header::COOKIE, cookie) } else { request }
}

fn body(request: axum::http::request::Builder) -> Request<Body> {
    request.body(Body::empty()).unwrap()
}

async fn add(site: &Site, title: &str) -> String {
    let form = format!("title={title}&date=2026-01-09&kind=memo&phase=done&importance=normal");
    let answer = site.post(&format!("/d/{SLUG}/events/new"), &form).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let location = answer.headers()[header::LOCATION].to_str().unwrap().to_owned();
    location.split_once("event=").unwrap().1.to_owned()
}

/// Where the demo tells of changes.
fn live() -> String {
    format!("{DEMO}/live")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_page_is_told_of_each_change_and_who_comes_back_of_what_was_missed() {
    let site = site().await;
    let mut open = Open::new(&site, body(request(&site, &live(), false))).await;
    assert_eq!(open.status, StatusCode::OK);
    let (name, from, _) = open.next().await.unwrap();
    assert_eq!(name, "here");
    let first = add(&site, "First").await;
    let (name, id, data) = open.next().await.unwrap();
    assert_eq!(name, "change");
    assert_eq!(data["events"], serde_json::json!([["added", first]]));
    assert_eq!(data["other"], false);
    assert_eq!(data["revision"].to_string(), id);

    let second = add(&site, "Second").await;
    site.post(&format!("/d/{SLUG}/events/{second}/delete"), "version=1").await;
    let missed = serde_json::json!([["added", second], ["removed", second]]);
    let back = request(&site, &format!("{DEMO}/live?since={from}"), false).header("last-event-id", &id);
    let mut back = Open::new(&site, body(back)).await;
    assert_eq!(back.next().await.unwrap().2["events"], missed, "the header says more than the address");
    // A number that is none, or not yet, is passed over for what the page says.
    for odd in ["x", "-1", "99999999999999999999", "9999"] {
        let request = request(&site, &format!("{DEMO}/live?since={id}"), false).header("last-event-id", odd);
        let mut odd = Open::new(&site, body(request)).await;
        assert_eq!(odd.next().await.unwrap().2["events"], missed);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn articles_and_candidates_are_not_told_of() {
    let site = site().await;
    let mut open = Open::new(&site, body(request(&site, &live(), false))).await;
    open.next().await.unwrap();
    let article = "title=T&publisher=P&published=2026-01-29&text=On+January+12%2C+2026%2C+the+company+sued.";
    let added = site.post(&format!("/d/{SLUG}/articles/new"), article).await;
    assert_eq!(added.status(), StatusCode::SEE_OTHER);
    let event = add(&site, "After").await;
    assert_eq!(open.next().await.unwrap().2["events"], serde_json::json!([["added", event]]));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_told_of_a_dispute_to_who_may_not_read_it_any_more() {
    let site = site().await;
    let mut stranger = Open::new(&site, body(request(&site, &live(), false))).await;
    let mut owner = Open::new(&site, body(request(&site, &live(), true))).await;
    stranger.next().await.unwrap();
    owner.next().await.unwrap();
    let store = &site.server.store;
    let (dispute, _) = store.dispute(&Reader::Program, SLUG).await.unwrap();
    let hidden =
        store.set_visibility(&Actor::system(), &dispute.id, Visibility::Private, false).await.unwrap();
    assert!(stranger.next().await.is_none(), "a stranger's stream ends without a word");
    assert_eq!(owner.next().await.unwrap().2["other"], true);
    for path in [live(), format!("/d/{}/live", hidden.slug)] {
        let status = Open::new(&site, body(request(&site, &path, false))).await.status;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
    }
    let page = text(site.get(&format!("/d/{}", hidden.slug)).await).await;
    assert!(page.contains(&format!("data-stream=\"/d/{}/live\"", hidden.slug)));
    // Signed out elsewhere, the owner is a stranger as well.
    let hash =
        impasse_server::password::sha256(site.cookie.split(';').next().unwrap().split_once('=').unwrap().1);
    store.end_session(&hash).await.unwrap();
    store.set_visibility(&Actor::system(), &dispute.id, Visibility::Private, true).await.unwrap();
    assert!(owner.next().await.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn there_are_so_many_streams_and_no_more() {
    let site = site().await;
    let mut open = Vec::new();
    for _ in 0..3 {
        open.push(Open::new(&site, body(request(&site, &live(), false))).await);
    }
    assert!(open.iter().all(|one| one.status == StatusCode::OK));
    assert_eq!(site.server.streams.count(), 3);
    let refused = router(site.server.clone()).oneshot(body(request(&site, &live(), false))).await.unwrap();
    assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(refused.headers().contains_key(header::RETRY_AFTER));
    open.pop();
    assert_eq!(Open::new(&site, body(request(&site, &live(), false))).await.status, StatusCode::OK);
    // Those that are open end when the server stops.
    site.server.stop.send_replace(true);
    for one in &mut open {
        let begun = Instant::now();
        while one.next().await.is_some() {}
        assert!(begun.elapsed() < Duration::from_secs(1), "it does not end");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_away_for_long_is_told_that_there_was_much() {
    let site = site().await;
    let store = &site.server.store;
    let (dispute, _) = store.dispute(&Reader::Program, SLUG).await.unwrap();
    let event = store.events(&dispute.id, &Default::default()).await.unwrap().remove(0);
    let draft = store.event(&dispute.id, &event.id).await.unwrap().into();
    let many = vec![draft; 600];
    store.add_events(&Actor::system(), &dispute.id, &many, "").await.unwrap();
    let mut late = Open::new(&site, body(request(&site, &format!("{DEMO}/live?since=1"), false))).await;
    let (name, _, data) = late.next().await.unwrap();
    assert_eq!((name.as_str(), &data["many"]), ("change", &Value::Bool(true)));
    assert_eq!(data["events"], Value::Null);
}
