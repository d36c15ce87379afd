//! Headers that every answer carries, and what is logged of a request.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use super::Server;

/// Nothing but the site's own files; no script in a page, only in files. The timeline places its marks by custom
/// properties in style attributes, which is all that `style-src-attr` allows. Who may show it in a frame is said last.
macro_rules! policy {
    ($ancestors:literal) => {
        concat!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; ",
            "style-src-attr 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; form-action 'self'; ",
            "base-uri 'none'; frame-ancestors ",
            $ancestors
        )
    };
}

const POLICY: &str = policy!("'none'");

/// For what is made to stand in pages of other sites.
const EMBEDDED: &str = policy!("*");

/// Whether a page is made to stand in a frame: `/embed/{slug}` and `/s/{code}/embed`.
fn is_embedded(path: &str) -> bool {
    let mut parts = path.split('/').skip(1);
    match (parts.next(), parts.next(), parts.next()) {
        (Some("embed"), Some(_), None) => true,
        (Some("s"), Some(_), Some("embed")) => parts.next().is_none(),
        _ => false,
    }
}

/// For how long a browser comes through TLS alone once it has been here: a year. Nothing is said of names below this
/// one, which may be somebody else's.
const TRANSPORT: &str = "max-age=31536000";

/// Whether windows of other sites keep hold of this one.
pub(super) const OPENER: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

/// Puts the headers on.
pub(super) async fn headers(State(server): State<Server>, request: Request, next: Next) -> Response {
    let policy = if is_embedded(request.uri().path()) { EMBEDDED } else { POLICY };
    let mut response = next.run(request).await;
    let fixed: [(HeaderName, &str); 5] = [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
        (OPENER, "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    ];
    // By plain HTTP it means nothing (RFC 6797, 7.2).
    let transport = server.settings.is_secure().then_some((header::STRICT_TRANSPORT_SECURITY, TRANSPORT));
    for (name, value) in fixed.into_iter().chain(transport) {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// One span for each request.
pub(super) fn span(request: &Request) -> tracing::Span {
    let path = logged(request.uri().path());
    let id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or_default();
    tracing::info_span!("request", method = %request.method(), path, id)
}

/// A path as it is logged: what follows in those that let in whoever knows them is a secret, and stays out.
fn logged(path: &str) -> &str {
    [("/setup/", "/setup/…"), ("/join/", "/join/…")]
        .into_iter()
        .find_map(|(secret, shown)| path.starts_with(secret).then_some(shown))
        .unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_let_somebody_in_are_not_logged() {
        assert_eq!(logged("/setup/s3cret"), "/setup/…");
        assert_eq!(logged("/join/s3cret"), "/join/…");
        assert_eq!(logged("/d/join/history"), "/d/join/history");
    }
}
