//! `GET /d/{slug}/live`: server-sent events that tell an open page what was changed in its dispute.
//!
//! Each event's identifier is the revision that it leads up to. A browser that lost its connection names the last one
//! it had in `Last-Event-ID` (<https://html.spec.whatwg.org/multipage/server-sent-events.html>) and is told at once of
//! what it missed, by whichever server it reaches now.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use futures_util::stream;
use impasse_app::model::dispute::Dispute;
use impasse_app::model::revision::{Action, Subject};
use impasse_app::model::role::{Reader, Visibility};
use impasse_app::store::{Step, StoreError};
use serde_json::json;
use tokio::sync::{broadcast, watch};
use tokio::time::Instant;

use super::request::{Incoming, reader_of};
use super::{Answer, Server, accounts, events};
use crate::live::Notice;

/// How long one answer goes on. Then the browser asks anew, and whether it may is looked at anew.
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// After how long a browser that lost its connection tries again, in milliseconds.
const RETRY: Duration = Duration::from_secs(2);

/// How often something is sent, so that no proxy between takes the connection for dead.
const ALIVE: Duration = Duration::from_secs(20);

/// The most revisions that are told one by one; beyond that, that there were many.
const MOST: u32 = 500;

/// After how long to ask again where too many pages are open, in seconds.
const LATER: u16 = 30;

/// How many streams are open.
#[derive(Debug, Default, Clone)]
pub struct Streams(Arc<AtomicUsize>);

impl Streams {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    /// Counts one more until what is returned is dropped; none if there are so many already.
    fn open(&self, most: usize) -> Option<Open> {
        let open = Open(self.clone());
        (self.0.fetch_add(1, Ordering::Relaxed) < most).then_some(open)
    }
}

/// An open stream.
struct Open(Streams);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

struct Stream {
    server: Server,
    dispute: Dispute,
    /// The hash of the reader's session, if there is one.
    session: Option<String>,
    /// The last revision that the page knows.
    seen: i64,
    notices: broadcast::Receiver<Notice>,
    /// What is sent before anything else.
    first: VecDeque<Event>,
    stop: watch::Receiver<bool>,
    ends: Instant,
    _open: Open,
}

/// `GET /d/{slug}/live?since={revision}`
pub(super) async fn live(
    State(server): State<Server>,
    incoming: Incoming,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Answer {
    let (dispute, _) = events::entry(&server, &incoming, &slug).await?;
    let Some(open) = server.streams.open(server.settings.max_streams) else {
        let mut response = incoming.refuse(StatusCode::SERVICE_UNAVAILABLE).into_response();
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(LATER));
        return Ok(response);
    };
    let notices = server.live.subscribe(&dispute.id);
    let session = accounts::session_hash(&CookieJar::from_headers(&headers), &server);
    let asked = |text: &str| text.trim().parse().ok().filter(|since| (0..=dispute.revision).contains(since));
    let last = headers.get("last-event-id").and_then(|value| value.to_str().ok()).and_then(asked);
    let since = incoming.page.query.iter().find(|(name, _)| name == "since");
    let seen = last.or_else(|| since.and_then(|(_, value)| asked(value))).unwrap_or(dispute.revision);
    let mut stream = Stream {
        stop: server.stop.subscribe(),
        session,
        seen,
        notices,
        first: VecDeque::new(),
        ends: Instant::now() + LONGEST,
        server,
        dispute,
        _open: open,
    };
    // What was written before one listened is read, what is written from now on is told, and what is both is passed over.
    let missed = stream.missed().await.map_err(|error| incoming.store(error))?;
    // Where nothing was missed, how things stand: its identifier is what the browser will name when it asks again.
    let here = json!({"revision": stream.seen});
    let first = missed.unwrap_or_else(|| event("here", stream.seen, &here));
    stream.first.push_back(first.retry(RETRY));
    Ok(sent(stream))
}

fn sent(stream: Stream) -> Response {
    let events = stream::unfold(stream, |mut stream| async move {
        let event = stream.next().await?;
        Some((Ok::<_, Infallible>(event), stream))
    });
    let mut response = Sse::new(events).keep_alive(KeepAlive::new().interval(ALIVE)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // nginx would keep it back until it has some kilobytes.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

impl Stream {
    /// The next event; none ends the answer.
    async fn next(&mut self) -> Option<Event> {
        if let Some(first) = self.first.pop_front() {
            return Some(first);
        }
        loop {
            if *self.stop.borrow() {
                return None;
            }
            let notice = tokio::select! {
                notice = self.notices.recv() => notice,
                _ = self.stop.changed() => return None,
                () = tokio::time::sleep_until(self.ends) => return None,
            };
            let event = match notice {
                Ok(steps) => self.hear(&steps).await.ok()?,
                Err(broadcast::error::RecvError::Lagged(_)) => self.missed().await.ok()?,
                Err(broadcast::error::RecvError::Closed) => return None,
            };
            if event.is_some() {
                return event;
            }
        }
    }

    /// What is told of revisions. [`StoreError::NotFound`] if the dispute is not public and its reader, by the session as
    /// it is now, may not read it any more.
    async fn hear(&mut self, steps: &[Step]) -> impasse_app::store::Result<Option<Event>> {
        if steps.iter().any(|step| step.visibility != Visibility::Public) {
            let store = &self.server.store;
            let reader = match &self.session {
                Some(hash) => match store.session_user(hash).await {
                    Ok(user) => reader_of(&user),
                    Err(StoreError::NotFound) => Reader::Anyone,
                    Err(error) => return Err(error),
                },
                None => Reader::Anyone,
            };
            store.role(&reader, &self.dispute.id).await?;
        }
        Ok(self.told(steps))
    }

    /// What was changed since the page was made; an error as for [`Stream::hear`].
    async fn missed(&mut self) -> impasse_app::store::Result<Option<Event>> {
        let steps = self.server.store.steps_after(self.seen, Some(&self.dispute.id), MOST).await?;
        let told = self.hear(&steps).await?;
        if steps.len() < MOST as usize {
            return Ok(told);
        }
        let now = self.server.store.last_revision().await?;
        self.seen = now;
        Ok(Some(event("change", now, &json!({"revision": now, "many": true}))))
    }

    /// An event that tells of revisions; none if the page knows them, or shows nothing of what they changed.
    fn told(&mut self, steps: &[Step]) -> Option<Event> {
        let mut changes = Vec::new();
        let mut other = false;
        let before = self.seen;
        for step in steps.iter().filter(|step| step.number > before) {
            self.seen = step.number;
            match step.subject {
                Subject::Event => changes.push((word(step.action), step.subject_id.as_str())),
                Subject::Dispute | Subject::Party | Subject::Position => other = true,
                Subject::Article | Subject::Candidate | Subject::Feed => {}
            }
        }
        let is_shown = other || !changes.is_empty();
        let data = json!({"revision": self.seen, "events": changes, "other": other});
        is_shown.then(|| event("change", self.seen, &data))
    }
}

/// What was done to an event, as a page sees it.
fn word(action: Action) -> &'static str {
    match action {
        Action::Create | Action::Restore => "added",
        Action::Update => "changed",
        Action::Delete => "removed",
    }
}

fn event(name: &str, revision: i64, data: &serde_json::Value) -> Event {
    Event::default().id(revision.to_string()).event(name).data(data.to_string())
}
