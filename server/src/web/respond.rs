//! Answers: pages, and errors as a page for people or as RFC 9457 problem details for programs.

use std::any::Any;
use std::sync::atomic::Ordering;

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use impasse_app::model::view::FieldError;
use impasse_app::page::{Conflict, Page, PageError, PageRequest, sign_in_address};
use impasse_app::pages;
use impasse_app::store::StoreError;
use serde_json::json;
use tower_http::csrf::ProtectionError;

use super::keep::Keep;
use super::request::Incoming;
use super::{Answer, Server, security};
use crate::api::Problem;
use impasse_app::{t, texts};

/// A page as an answer. Pages are looked up anew each time, since they show who is signed in.
pub(crate) fn html(page: Page, request: &PageRequest) -> Response {
    let status = StatusCode::from_u16(page.status).unwrap_or(StatusCode::OK);
    let styles = page.styles(&request.site);
    let is_read = page.is_read();
    let mut response = (status, Html(page.to_html(request))).into_response();
    // Before the browser reads the page and finds them there: until the styles are there, it would lay out without.
    let links: Vec<String> = styles.iter().map(|style| format!("<{style}>; rel=preload; as=style")).collect();
    if let (false, Ok(link)) = (links.is_empty(), HeaderValue::try_from(links.join(", "))) {
        response.headers_mut().insert(header::LINK, link);
    }
    // What nobody in particular was given may be kept on the way, for as long as it is asked for anew each time.
    let is_anyones = request.viewer.is_none();
    let control = if is_anyones { "public, no-cache" } else { "private, no-cache" };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(control));
    response.headers_mut().append(header::VARY, HeaderValue::from_static("cookie"));
    if is_anyones {
        response.extensions_mut().insert(Keep);
    }
    // A window of its own costs the browser another process, which the first reader of a shared link would wait for.
    // What everybody may read, sent to nobody in particular, has nothing that another window could learn or steer.
    if is_anyones && is_read {
        response.headers_mut().insert(security::OPENER, HeaderValue::from_static("unsafe-none"));
    }
    response
}

/// An error for programs: RFC 9457, with a list of fields.
pub(super) fn problem(status: StatusCode, errors: &[FieldError]) -> Response {
    Problem::new(status).at(errors).into_response()
}

/// For programs, what somebody else saved while a form was open: what they changed, and where it differs from what was
/// sent.
pub(super) fn conflict(conflict: &Conflict) -> Response {
    let taken: Vec<_> = conflict
        .taken
        .iter()
        .map(|taken| json!({"label": taken.label, "before": taken.old, "there": taken.new}))
        .collect();
    let clashes: Vec<_> = conflict
        .clashes
        .iter()
        .map(|clash| json!({"field": clash.field, "label": clash.label, "before": clash.before, "there": clash.there, "yours": clash.yours}))
        .collect();
    let conflict = json!({
        "version": conflict.version,
        "actor": conflict.actor,
        "merged": taken,
        "differences": clashes,
    });
    problem_with(StatusCode::CONFLICT, "conflict", Some(conflict))
}

fn problem_with(status: StatusCode, name: &str, detail: Option<serde_json::Value>) -> Response {
    let mut body = json!({
        "type": "about:blank",
        "title": status.canonical_reason().unwrap_or("Error"),
        "status": status.as_u16(),
    });
    if let (Some(body), Some(detail)) = (body.as_object_mut(), detail) {
        body.insert(name.to_owned(), detail);
    }
    let mut response = (status, Json(body)).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    response
}

/// Why a request was not done, already in the form that the client reads.
pub(crate) struct Refusal(Box<Response>);

impl Refusal {
    pub(super) fn new(incoming: &Incoming, status: StatusCode) -> Self {
        let response = if incoming.wants_json {
            problem(status, &[])
        } else if status == StatusCode::UNAUTHORIZED {
            // What was typed would be lost by a redirect, but a form can only be had when signed in.
            Redirect::to(&sign_in_address(&address_to_return_to(&incoming.page))).into_response()
        } else {
            html(pages::error_page(status.as_u16()), &incoming.page)
        };
        Self(Box::new(response))
    }

    /// A refusal that is a page of its own.
    pub(super) fn of(response: Response) -> Self {
        Self(Box::new(response))
    }

    pub(super) fn from_page(incoming: &Incoming, error: PageError) -> Self {
        match error {
            PageError::NotFound => Self::new(incoming, StatusCode::NOT_FOUND),
            PageError::Gone => Self::new(incoming, StatusCode::GONE),
            PageError::SignIn => Self::new(incoming, StatusCode::UNAUTHORIZED),
            PageError::Forbidden => Self::new(incoming, StatusCode::FORBIDDEN),
            PageError::Store(error) => Self::from_store(incoming, error),
        }
    }

    pub(super) fn from_store(incoming: &Incoming, error: StoreError) -> Self {
        let page = match &error {
            StoreError::NotFound => return Self::new(incoming, StatusCode::NOT_FOUND),
            StoreError::Failed(reason) => {
                tracing::error!(path = incoming.page.path, error = %reason, "the store failed");
                return Self::new(incoming, StatusCode::INTERNAL_SERVER_ERROR);
            }
            StoreError::NoRoom(reason) => {
                tracing::error!(path = incoming.page.path, error = %reason, "the store cannot be written");
                if incoming.wants_json {
                    return Self::new(incoming, StatusCode::INSUFFICIENT_STORAGE);
                }
                let page = pages::message_page(
                    507,
                    t!("told-respond-this-cannot-be-saved-just"),
                    t!("told-respond-the-disk-on-which-this"),
                    (t!("told-respond-to-the-disputes"), "/"),
                );
                return Self::of(html(page, &incoming.page));
            }
            StoreError::Conflict => return Self::new(incoming, StatusCode::CONFLICT),
            StoreError::Refused { field, why } if incoming.wants_json => {
                let error = FieldError::new(field, why.as_str());
                return Self(Box::new(problem(StatusCode::UNPROCESSABLE_ENTITY, &[error])));
            }
            StoreError::Refused { why, .. } => pages::message_page(
                422,
                t!("told-respond-this-cannot-be"),
                why,
                (t!("told-respond-to-the-disputes"), "/"),
            ),
            StoreError::Taken(_) | StoreError::Unknown(_) => {
                return Self::new(incoming, StatusCode::UNPROCESSABLE_ENTITY);
            }
            StoreError::InUse(what) => pages::message_page(
                409,
                t!("told-respond-still-in-use"),
                &t!("told-respond-it-cannot-be-deleted-while", what = what),
                (t!("told-respond-to-the-disputes"), "/"),
            ),
        };
        if incoming.wants_json {
            return Self(Box::new(problem(StatusCode::CONFLICT, &[])));
        }
        Self(Box::new(html(page, &incoming.page)))
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        *self.0
    }
}

/// The page of a form that was sent without being signed in is where one wants to go afterwards.
fn address_to_return_to(request: &PageRequest) -> String {
    if request.query.is_empty() {
        return request.path.clone();
    }
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(&request.query).finish();
    format!("{}?{query}", request.path)
}

/// A method that an address does not take.
pub(super) async fn wrong_method(State(_): State<Server>, incoming: Incoming) -> Answer {
    Err(incoming.refuse(StatusCode::METHOD_NOT_ALLOWED))
}

/// Whether requests should be sent here: the database answers, and the server is not about to leave.
pub(super) async fn ready(State(server): State<Server>) -> Response {
    if server.leaving.load(Ordering::Relaxed) {
        return (StatusCode::SERVICE_UNAVAILABLE, "leaving\n").into_response();
    }
    match server.store.check().await {
        Ok(()) => "ready\n".into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response(),
    }
}

/// A page that can be drawn without a store, for answers made outside of any handler.
fn bare(status: StatusCode) -> Response {
    let page = format!(
        "<!DOCTYPE html><html lang=\"{1}\"><head><meta charset=\"utf-8\"><title>{0}</title></head>\
         <body><h1>{0}</h1><p><a href=\"/\">{2}</a></p></body></html>",
        status.canonical_reason().unwrap_or("Error"),
        texts::locale(),
        t!("told-respond-to-the-disputes")
    );
    (status, Html(page)).into_response()
}

/// The answer to a form that another site sent.
pub(super) fn cross_site() -> impl FnMut(ProtectionError) -> Response<Body> + Clone {
    |_| bare(StatusCode::FORBIDDEN)
}

/// The answer to a request that did not arrive in time, which the layer that watches the clock leaves empty.
pub(super) async fn timed_out(response: Response) -> Response {
    if response.status() == StatusCode::REQUEST_TIMEOUT {
        bare(StatusCode::REQUEST_TIMEOUT)
    } else {
        response
    }
}

/// The answer when a handler panicked, which is a fault of ours.
pub(super) fn panicked(reason: Box<dyn Any + Send>) -> Response {
    let reason = reason
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| reason.downcast_ref::<String>().cloned())
        .unwrap_or_default();
    tracing::error!(reason, "a handler panicked");
    bare(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Shared text of an address with a token: it must not be kept by any cache on the way.
pub(super) fn uncached(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
