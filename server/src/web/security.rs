//! Headers that every answer carries, and what is logged of a request.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

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

/// Puts the headers on.
pub(super) async fn headers(request: Request, next: Next) -> Response {
    let policy = if is_embedded(request.uri().path()) { EMBEDDED } else { POLICY };
    let mut response = next.run(request).await;
    let fixed: [(HeaderName, &str); 5] = [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    ];
    for (name, value) in fixed {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// One span for each request. The path of a setup address is a secret, so its token stays out.
pub(super) fn span(request: &Request) -> tracing::Span {
    let path = request.uri().path();
    let path = if path.starts_with("/setup/") { "/setup/…" } else { path };
    let id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or_default();
    tracing::info_span!("request", method = %request.method(), path, id)
}
