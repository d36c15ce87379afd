//! The REST API under `/api/v1`, one module for each kind of thing, described by OpenAPI from the same source.
//!
//! It has types of its own, made from the domain's: what is promised to others must not change because a page needs
//! something else. What is typed on pages and what is sent here is read by the same rules (`impasse_app::forms`).

mod admission;
mod answer;
mod articles;
mod body;
mod call;
mod candidates;
mod date;
mod disputes;
mod document;
mod event_input;
mod events;
mod feeds;
mod jobs;
mod links;
mod parties;
mod people;
mod positions;
mod problem;
mod quotes;
mod reference;
mod revisions;
mod schema;
mod search;
mod suggestions;
mod tokens;
mod webhooks;
mod words;

use std::sync::LazyLock;

use axum::Router;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use chrono::{TimeDelta, Utc};
use impasse_app::forms::TokenFields;
use impasse_app::model::access::TokenDraft;
use serde::Serialize;
use tower_http::cors::{Any, CorsLayer};
use utoipa::ToSchema;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use answer::Answer;
use call::{Anyone, Call};

use crate::settings::Settings;
use crate::web::Server;
use crate::{ids, password};

pub use admission::Limits;
pub(crate) use problem::Problem;

/// Where the API is.
const BASE: &str = "/api/v1";

/// Everything below [`BASE`], the document that describes it, and the page on which it can be read.
pub(crate) fn router(server: &Server) -> Router<Server> {
    let (routes, _) = described(server.settings.max_upload);
    routes
        .route("/api/openapi.json", get(document::show))
        .route("/api", get(reference::show))
        // Addresses of the API that are none answer as the API does.
        .route("/api/{*path}", axum::routing::any(missing))
        .layer(axum::middleware::from_fn_with_state(server.clone(), guarded))
}

/// Admission is for what is under [`BASE`] alone.
async fn guarded(
    state: axum::extract::State<Server>,
    request: axum::extract::Request,
    next: axum::middleware::Next,
) -> axum::response::Response {
    let path = request.uri().path();
    if path == BASE || path.strip_prefix(BASE).is_some_and(|rest| rest.starts_with('/')) {
        let mut response = admission::admit(state, request, next).await;
        // A browser that is led here keeps a file of this name, whatever the address looks like.
        response
            .headers_mut()
            .entry(header::CONTENT_DISPOSITION)
            .or_insert(HeaderValue::from_static("attachment; filename=\"api.json\""));
        response
    } else {
        next.run(request).await
    }
}

/// The routes, and what describes them.
fn described(largest_upload: usize) -> (Router<Server>, OpenApi) {
    let routes = OpenApiRouter::new()
        .routes(routes!(get_index))
        .merge(disputes::router())
        .merge(events::router())
        .merge(parties::router())
        .merge(positions::router())
        .merge(articles::router(largest_upload))
        .merge(candidates::router())
        .merge(feeds::router())
        .merge(links::router())
        .merge(people::router())
        .merge(search::router())
        .merge(suggestions::router())
        .merge(revisions::router())
        .merge(jobs::router())
        .merge(webhooks::router())
        .merge(tokens::router());
    // Other sites' pages may read, with a token of their reader's if they have one; cookies count for nothing here.
    let elsewhere = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD])
        .allow_headers([header::AUTHORIZATION, header::IF_NONE_MATCH])
        .expose_headers([
            header::ETAG,
            header::LINK,
            header::RETRY_AFTER,
            HeaderName::from_static("ratelimit"),
            HeaderName::from_static("ratelimit-policy"),
        ]);
    let (routes, mut api) =
        OpenApiRouter::with_openapi(document::frame()).nest(BASE, routes).split_for_parts();
    document::complete(&mut api);
    let routes =
        routes.method_not_allowed_fallback(|| async { Problem::new(StatusCode::METHOD_NOT_ALLOWED) });
    (routes.layer(elsewhere), api)
}

/// The OpenAPI document, as it is served at `/api/openapi.json`.
pub fn openapi() -> &'static str {
    static DOCUMENT: LazyLock<String> = LazyLock::new(|| {
        let (_, api) = described(Settings::default().max_upload);
        api.to_pretty_json().unwrap_or_default() + "\n"
    });
    &DOCUMENT
}

async fn missing() -> impl IntoResponse {
    Problem::not_found()
}

/// Where to begin.
#[derive(Debug, Serialize, ToSchema)]
struct Index {
    /// The version of the software.
    version: &'static str,
    /// The address of the OpenAPI document.
    openapi: String,
    /// The address of a page on which it can be read.
    reference: String,
    /// The address of the disputes.
    disputes: String,
}

/// Get the addresses to begin with
#[utoipa::path(get, path = "/", tag = "Index",
    responses((status = OK, description = "Where to begin.", body = Index)))]
async fn get_index(call: Call<Anyone>) -> Answer {
    call.only(&[])?;
    let origin = &call.origin;
    call.found(&Index {
        version: env!("CARGO_PKG_VERSION"),
        openapi: format!("{origin}/api/openapi.json"),
        reference: format!("{origin}/api"),
        disputes: format!("{origin}{BASE}/disputes"),
    })
}

/// A new token and what is kept of it.
pub(crate) fn new_token(fields: TokenFields) -> Result<(TokenDraft, String), Problem> {
    let code = ids::code().map_err(|error| {
        tracing::error!(%error, "the system’s randomness fails");
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR)
    })?;
    let token = format!("{}{code}", admission::PREFIX);
    let expires = fields.days.map(|days| Utc::now() + TimeDelta::days(days));
    let hash = password::sha256(&token);
    Ok((TokenDraft { name: fields.name, scope: fields.scope, expires, hash }, token))
}
