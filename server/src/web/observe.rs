//! What is counted and logged of each request, and `GET /metrics`.

use std::net::{IpAddr, SocketAddr};
use std::time::Instant;

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use prometheus_client::metrics::gauge::Gauge;

use super::Server;
use crate::metrics::Labels;
use crate::password;

/// First parts of the addresses whose pages are found by the table of pages and not by a route of their own.
const PAGES: [&str; 8] = ["account", "admin", "api", "d", "disputes", "embed", "s", "search"];

/// How this format is called (<https://prometheus.io/docs/specs/om/open_metrics_spec/>).
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Counts a request and its time, and logs it: changes and failures always, what was only read when `debug` is on.
pub(super) async fn observed(State(server): State<Server>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    let route = match request.extensions().get::<MatchedPath>() {
        Some(path) => path.as_str().to_owned(),
        None => shape(request.uri().path()),
    };
    let _counted = Counted::new(&server.metrics.in_flight);
    let response = next.run(request).await;
    let took = begun.elapsed();
    let status = response.status();
    server.metrics.answered(Labels { method: known(&method), route, status: status.as_u16() }, took);
    let milliseconds = took.as_secs_f64() * 1000.0;
    if method.is_safe() && !status.is_server_error() {
        tracing::debug!(status = status.as_u16(), milliseconds, "answered");
    } else {
        tracing::info!(status = status.as_u16(), milliseconds, "answered");
    }
    response
}

/// A request that is being answered, or whose client went away.
struct Counted<'a>(&'a Gauge);

impl<'a> Counted<'a> {
    fn new(gauge: &'a Gauge) -> Self {
        gauge.inc();
        Self(gauge)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// The methods that are told apart: a client may make up any.
fn known(method: &Method) -> &'static str {
    ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
        .into_iter()
        .find(|known| *known == method.as_str())
        .unwrap_or("other")
}

/// What is counted together of the addresses that have no route of their own: a few, whatever is asked for.
fn shape(path: &str) -> String {
    let mut parts = path.split('/').skip(1);
    match parts.next() {
        Some("") | None => "/".to_owned(),
        Some(first) if PAGES.contains(&first) => {
            // A page about a dispute is told from the dispute itself by its third part.
            let part = parts.nth(1).filter(|part| !part.is_empty() && first == "d");
            format!("/{first}/…{}", if part.is_some() { "/…" } else { "" })
        }
        Some(_) => "other".to_owned(),
    }
}

/// `GET /metrics`: for who has the token; without one, for this machine.
pub(super) async fn metrics(
    State(server): State<Server>,
    peer: Option<axum::Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
) -> Response {
    let peer = peer.map(|axum::Extension(ConnectInfo(peer))| peer.ip());
    if !may_read(server.settings.metrics_token.as_deref(), peer, &headers) {
        return StatusCode::NOT_FOUND.into_response();
    }
    match server.metrics.text(&server.store, server.streams.count()).await {
        Ok(text) => {
            let mut response = text.into_response();
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(OPEN_METRICS));
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Whether a client may know how the server does. One that came through a proxy on this machine is not on it.
fn may_read(token: Option<&str>, peer: Option<IpAddr>, headers: &HeaderMap) -> bool {
    let Some(token) = token else {
        let is_forwarded = headers.contains_key("x-forwarded-for") || headers.contains_key(header::FORWARDED);
        return !is_forwarded && peer.is_some_and(|peer| peer.to_canonical().is_loopback());
    };
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    // Hashes, so that how long it takes tells nothing about how much of it is right.
    given
        .and_then(|given| given.strip_prefix("Bearer "))
        .is_some_and(|given| password::sha256(given) == password::sha256(token))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_up_addresses_are_counted_together() {
        let shapes: Vec<String> =
            ["/", "/d/x", "/d/x/", "/d/x/history", "/d/x/events/1", "/search", "/wp-login.php", "/a/b/c"]
                .into_iter()
                .map(shape)
                .collect();
        assert_eq!(shapes, ["/", "/d/…", "/d/…", "/d/…/…", "/d/…/…", "/search/…", "other", "other"]);
        assert_eq!(known(&Method::from_bytes(b"BREW").unwrap()), "other");
    }

    #[test]
    fn metrics_are_for_this_machine_or_for_who_has_the_token() {
        let here: Option<IpAddr> = Some("127.0.0.1".parse().unwrap());
        let there: Option<IpAddr> = Some("192.0.2.7".parse().unwrap());
        let none = HeaderMap::new();
        assert!(may_read(None, here, &none));
        assert!(!may_read(None, there, &none));
        let forwarded = HeaderMap::from_iter([(
            "x-forwarded-for".parse().unwrap(),
            HeaderValue::from_static("127.0.0.1"),
        )]);
        assert!(!may_read(None, here, &forwarded));
        let bearer = |token: &'static str| {
            HeaderMap::from_iter([(header::AUTHORIZATION, HeaderValue::from_static(token))])
        };
        assert!(may_read(Some("s3cret"), there, &bearer("Bearer s3cret")));
        assert!(!may_read(Some("s3cret"), here, &bearer("Bearer other")));
        assert!(!may_read(Some("s3cret"), here, &none));
    }
}
