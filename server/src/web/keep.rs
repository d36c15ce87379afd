//! Pages that were made lately, kept as they were sent, so that a timeline which many people read is drawn once.
//!
//! What is kept is sent again only while nothing at all was written to the store since it was begun
//! ([`impasse_app::store::Store::stamp`]), on the same day, and to who is not signed in: a page is never out of date,
//! by any writer.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header, response};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::Server;

/// How much is kept, in bytes of bodies.
const MOST: usize = 32 * 1024 * 1024;
/// The largest body that is kept.
const LARGEST: usize = 4 * 1024 * 1024;

/// Set on an answer that is the same for everybody who asks the same until something is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keep;

/// What an answer depends on besides what is stored.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Question {
    host: Option<HeaderValue>,
    address: String,
    /// Which coding it is in.
    coding: Option<HeaderValue>,
    accept: Option<HeaderValue>,
}

struct Answer {
    stamp: u64,
    day: NaiveDate,
    headers: HeaderMap,
    body: Bytes,
}

/// The answers that are kept.
#[derive(Default)]
pub struct Kept {
    inner: Mutex<Inner>,
    /// What is being made anew, so that many who ask the same at once wait for one answer.
    making: Mutex<HashMap<Question, Weak<tokio::sync::Mutex<()>>>>,
}

#[derive(Default)]
struct Inner {
    answers: HashMap<Question, Arc<Answer>>,
    /// From the oldest.
    order: VecDeque<Question>,
    bytes: usize,
}

impl Kept {
    /// The turn of whoever makes an answer anew that is out of date by now; none where none was kept, for what is asked
    /// for the first time may be something that is not kept, and whoever else asks for that need not wait.
    fn turn(&self, question: &Question) -> Option<Arc<tokio::sync::Mutex<()>>> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner).answers.get(question)?;
        let mut making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(turn) = making.get(question).and_then(Weak::upgrade) {
            return Some(turn);
        }
        making.retain(|_, turn| turn.strong_count() > 0);
        let turn = Arc::default();
        making.insert(question.clone(), Arc::downgrade(&turn));
        Some(turn)
    }

    fn find(&self, question: &Question, stamp: u64, day: NaiveDate) -> Option<Arc<Answer>> {
        let inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.answers.get(question).filter(|answer| answer.stamp == stamp && answer.day == day).cloned()
    }

    fn keep(&self, question: Question, answer: Answer) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.bytes += answer.body.len();
        match inner.answers.insert(question.clone(), Arc::new(answer)) {
            Some(old) => inner.bytes -= old.body.len(),
            None => inner.order.push_back(question),
        }
        while inner.bytes > MOST {
            let Some(oldest) = inner.order.pop_front() else { break };
            if let Some(gone) = inner.answers.remove(&oldest) {
                inner.bytes -= gone.body.len();
            }
        }
    }
}

/// Answers from what is kept where that may be, and keeps what may be kept. It also gives each such answer an entity
/// tag, and does not send again what the client has.
pub(super) async fn kept(State(server): State<Server>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let is_plain = request.method() == Method::GET
        && !headers.contains_key(header::COOKIE)
        && !headers.contains_key(header::AUTHORIZATION)
        && !headers.contains_key(header::RANGE);
    if !is_plain {
        return next.run(request).await;
    }
    let known = headers.get(header::IF_NONE_MATCH).cloned();
    // Read before anything else, so that what is written meanwhile makes the answer one of the past.
    let mut stamp = server.store.stamp().await;
    let day = chrono::Utc::now().date_naive();
    let question = Question {
        host: headers.get(header::HOST).cloned(),
        address: request.uri().to_string(),
        coding: headers.get(header::ACCEPT_ENCODING).cloned(),
        accept: headers.get(header::ACCEPT).cloned(),
    };
    if let Some(found) = stamp.and_then(|stamp| server.kept.find(&question, stamp, day)) {
        return sent(&found.headers, found.body.clone(), known.as_ref());
    }
    let turn = if stamp.is_some() { server.kept.turn(&question) } else { None };
    let _turn = match &turn {
        Some(turn) => {
            let turn = turn.lock().await;
            // Somebody may have made it while this one waited.
            stamp = server.store.stamp().await;
            if let Some(found) = stamp.and_then(|stamp| server.kept.find(&question, stamp, day)) {
                return sent(&found.headers, found.body.clone(), known.as_ref());
            }
            Some(turn)
        }
        None => None,
    };
    let response = next.run(request).await;
    if response.extensions().get::<Keep>().is_none() || response.status() != StatusCode::OK {
        return response;
    }
    let (response::Parts { mut headers, .. }, body) = response.into_parts();
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let tag: String = Sha256::digest(&body).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    if let Ok(tag) = HeaderValue::try_from(format!("\"{tag}\"")) {
        headers.insert(header::ETAG, tag);
    }
    headers.remove(header::CONTENT_LENGTH);
    let answer = sent(&headers, body.clone(), known.as_ref());
    if let Some(stamp) = stamp
        && body.len() <= LARGEST
    {
        server.kept.keep(question, Answer { stamp, day, headers, body });
    }
    answer
}

fn sent(headers: &HeaderMap, body: Bytes, known: Option<&HeaderValue>) -> Response {
    let is_known = known.is_some_and(|known| {
        let tag = headers.get(header::ETAG).map(HeaderValue::as_bytes);
        let known = known.to_str().unwrap_or_default();
        known.split(',').any(|one| Some(one.trim().trim_start_matches("W/").as_bytes()) == tag)
    });
    let (status, body) =
        if is_known { (StatusCode::NOT_MODIFIED, Bytes::new()) } else { (StatusCode::OK, body) };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    *response.headers_mut() = headers.clone();
    response
}
