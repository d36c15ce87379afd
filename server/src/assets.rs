//! The browser's files, which `.tools/build.mjs` puts into `target/site`: inside the binary in a release build, read
//! from disk at every request in a debug build, so that `make dev` shows a changed style without a restart.
//!
//! What lies under `/pkg/` has the hash of its content in its name and is cached for good; the files of `public/`
//! keep their names and are asked for again after an hour. Both are sent in the form the browser reads of those made
//! beforehand (Brotli, gzip, plain), under an entity tag of that form's own.

use std::{borrow::Cow, collections::BTreeMap, sync::OnceLock};

use axum::{
    Router,
    body::Body,
    extract::Path,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use rust_embed::RustEmbed;

/// The logical name of the script that starts the islands: `<script type="module" src=…>`.
pub const SCRIPT: &str = "impasse.js";
/// The logical name of the WebAssembly that the script loads:
/// `<link rel="preload" as="fetch" type="application/wasm" crossorigin href=…>`, on pages with islands only.
pub const WASM: &str = "impasse.wasm";
/// The logical name of the script of the inbox.
pub const INBOX: &str = "inbox.js";
/// The logical name of the script that shows work as it goes on.
pub const WORK: &str = "work.js";
/// The logical name of the script of passkeys.
pub const PASSKEY: &str = "passkey.js";
/// The logical name of the style sheet of every page.
pub const STYLE: &str = "impasse.css";
/// The logical name of the style sheet that pages have besides which show no view of a dispute.
pub const PAGES_STYLE: &str = "pages.css";

const MANIFEST: &str = "manifest.json";
/// Forms made beforehand, the smallest first: the content coding and what its file's name ends with.
const CODINGS: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];
const FOR_GOOD: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const FOR_AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");

/// The routes of the browser's files: `/pkg/…` and each file of `public/`.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    router_of(Embedded)
}

/// The address of a file of the site, by its name in the source: [`SCRIPT`], [`WASM`], [`STYLE`], or a path in
/// `public/`. Where the site has not been built, an address at which there is nothing: the page is complete without.
pub fn url(logical: &str) -> Cow<'static, str> {
    static ADDRESSES: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    let found = if cfg!(debug_assertions) {
        addresses(&Embedded).remove(logical).map(Cow::Owned)
    } else {
        ADDRESSES
            .get_or_init(|| addresses(&Embedded))
            .get(logical)
            .map(|address| Cow::Borrowed(address.as_str()))
    };
    found.unwrap_or_else(|| Cow::Owned(format!("/pkg/{logical}")))
}

/// Whether the browser's files are there: they are not where the server was built without `make`.
pub fn is_built() -> bool {
    Embedded.get(MANIFEST).is_some()
}

#[derive(RustEmbed)]
#[folder = "../target/site"]
#[allow_missing = true]
struct Site;

struct File {
    content: Cow<'static, [u8]>,
    sha256: [u8; 32],
}

/// Where files come from; the tests have a site of their own.
trait Files: Clone + Send + Sync + 'static {
    fn get(&self, path: &str) -> Option<File>;
}

#[derive(Clone, Copy)]
struct Embedded;

impl Files for Embedded {
    fn get(&self, path: &str) -> Option<File> {
        Site::get(path).map(|file| File { sha256: file.metadata.sha256_hash(), content: file.data })
    }
}

/// From each file's name in the source to its address.
fn addresses(files: &impl Files) -> BTreeMap<String, String> {
    files.get(MANIFEST).and_then(|file| serde_json::from_slice(&file.content).ok()).unwrap_or_default()
}

fn router_of<S: Clone + Send + Sync + 'static>(files: impl Files) -> Router<S> {
    let public = addresses(&files).into_values().filter(|address| !address.starts_with("/pkg/"));
    let mut router = Router::new();
    for address in public {
        let files = files.clone();
        let path = address.trim_start_matches('/').to_owned();
        let handler = async move |request: HeaderMap| respond(&files, &path, &FOR_AN_HOUR, &request);
        router = router.route(&address, get(handler));
    }
    let handler = async move |Path(name): Path<String>, request: HeaderMap| {
        let made_beforehand = CODINGS.iter().any(|(_, suffix)| name.ends_with(suffix));
        if made_beforehand || name.split('/').any(|part| part.is_empty() || part == "..") {
            return StatusCode::NOT_FOUND.into_response();
        }
        respond(&files, &format!("pkg/{name}"), &FOR_GOOD, &request)
    };
    router.route("/pkg/{*name}", get(handler))
}

fn respond(files: &impl Files, path: &str, cache: &HeaderValue, request: &HeaderMap) -> Response {
    let Some(plain) = files.get(path) else { return StatusCode::NOT_FOUND.into_response() };
    let forms: Vec<(&str, File)> = CODINGS
        .iter()
        .filter_map(|(coding, suffix)| Some((*coding, files.get(&format!("{path}{suffix}"))?)))
        .collect();

    let mut headers = HeaderMap::new();
    headers.insert(header::CACHE_CONTROL, cache.clone());
    if !forms.is_empty() {
        headers.insert(header::VARY, HeaderValue::from_name(header::ACCEPT_ENCODING));
    }
    let chosen = forms.into_iter().find(|(coding, _)| accepts(request, coding));
    let (coding, file) = chosen.map_or((None, plain), |(coding, file)| (Some(coding), file));
    let tag = entity_tag(&file);
    let unchanged = names(request, &header::IF_NONE_MATCH)
        .any(|known| known == "*" || known.trim_start_matches("W/") == tag);
    if let Ok(tag) = HeaderValue::try_from(tag) {
        headers.insert(header::ETAG, tag);
    }
    if unchanged {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(path)));
    if let Some(coding) = coding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    (headers, Body::from(file.content)).into_response()
}

/// The items of a header that is a list, from all its lines.
fn names<'a>(request: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a str> {
    request
        .get_all(name)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .map(str::trim)
}

/// Whether the request's `Accept-Encoding` takes this coding (RFC 9110, 12.5.3).
fn accepts(request: &HeaderMap, coding: &str) -> bool {
    let mut any = false;
    for item in names(request, &header::ACCEPT_ENCODING) {
        let mut parts = item.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let weight = parts.find_map(|part| part.strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
        if name.eq_ignore_ascii_case(coding) {
            return weight > 0.0;
        }
        any |= name == "*" && weight > 0.0;
    }
    any
}

fn entity_tag(file: &File) -> String {
    let hash: String = file.sha256.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hash}\"")
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "ico" => "image/x-icon",
        "jpg" | "jpeg" => "image/jpeg",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "xml" => "application/xml",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use axum::{body::to_bytes, http::Request};
    use tower::ServiceExt;

    use super::*;

    /// A site of two hashed files, one of them with its compressed forms, and two public ones.
    #[derive(Clone)]
    struct Fixture;

    impl Files for Fixture {
        fn get(&self, path: &str) -> Option<File> {
            let content: &[u8] = match path {
                "manifest.json" => br#"{"impasse.js": "/pkg/impasse-1.js", "impasse.css": "/pkg/impasse-2.css", "favicon.svg": "/favicon.svg", "fonts/a.woff2": "/fonts/a.woff2"}"#,
                "pkg/impasse-1.js" => b"plain script",
                "pkg/impasse-1.js.br" => b"brotli",
                "pkg/impasse-1.js.gz" => b"gzipped",
                "pkg/impasse-2.css" => b"style",
                "favicon.svg" => b"<svg/>",
                "fonts/a.woff2" => b"font",
                _ => return None,
            };
            let mut sha256 = [0; 32];
            sha256.iter_mut().zip(content).for_each(|(to, from)| *to = *from);
            Some(File { content: content.into(), sha256 })
        }
    }

    async fn ask(path: &str, headers: &[(HeaderName, &str)]) -> (StatusCode, HeaderMap, String) {
        let mut request = Request::get(path);
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        let response = router_of::<()>(Fixture).oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        (parts.status, parts.headers, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn a_hashed_file_is_cached_for_good() {
        let (status, headers, body) = ask("/pkg/impasse-2.css", &[]).await;
        assert_eq!((status, body.as_str()), (StatusCode::OK, "style"));
        assert_eq!(headers[header::CONTENT_TYPE], "text/css; charset=utf-8");
        assert_eq!(headers[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
        assert!(!headers.contains_key(header::VARY), "there is only one form of it");
    }

    #[tokio::test]
    async fn a_public_file_keeps_its_name_and_is_asked_for_again() {
        let (status, headers, body) = ask("/favicon.svg", &[]).await;
        assert_eq!((status, body.as_str()), (StatusCode::OK, "<svg/>"));
        assert_eq!(headers[header::CONTENT_TYPE], "image/svg+xml");
        assert_eq!(headers[header::CACHE_CONTROL], "public, max-age=3600");
        assert_eq!(ask("/fonts/a.woff2", &[]).await.2, "font");
    }

    #[tokio::test]
    async fn the_smallest_form_the_browser_reads_is_sent() {
        for (accepted, coding, body) in [
            ("gzip, deflate, br, zstd", Some("br"), "brotli"),
            ("br;q=0.1, gzip", Some("br"), "brotli"),
            ("BR", Some("br"), "brotli"),
            ("gzip", Some("gzip"), "gzipped"),
            ("br;q=0, gzip;q=0.5", Some("gzip"), "gzipped"),
            ("*", Some("br"), "brotli"),
            ("*, br; q=0", Some("gzip"), "gzipped"),
            ("*;q=0", None, "plain script"),
            ("identity", None, "plain script"),
            ("", None, "plain script"),
        ] {
            let (status, headers, sent) =
                ask("/pkg/impasse-1.js", &[(header::ACCEPT_ENCODING, accepted)]).await;
            assert_eq!((status, sent.as_str()), (StatusCode::OK, body), "{accepted:?}");
            assert_eq!(
                headers.get(header::CONTENT_ENCODING).map(|value| value.to_str().unwrap()),
                coding,
                "{accepted:?}"
            );
            assert_eq!(headers[header::CONTENT_TYPE], "text/javascript; charset=utf-8");
            assert_eq!(headers[header::VARY], "accept-encoding");
        }
    }

    #[tokio::test]
    async fn an_unchanged_file_is_not_sent_again() {
        let br = (header::ACCEPT_ENCODING, "br");
        let (_, headers, _) = ask("/pkg/impasse-1.js", std::slice::from_ref(&br)).await;
        let tag = headers[header::ETAG].to_str().unwrap().to_owned();
        for known in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".to_owned()] {
            let (status, headers, body) =
                ask("/pkg/impasse-1.js", &[br.clone(), (header::IF_NONE_MATCH, &known)]).await;
            assert_eq!((status, body.as_str()), (StatusCode::NOT_MODIFIED, ""), "{known}");
            assert_eq!(headers[header::ETAG], tag.as_str());
            assert!(headers.contains_key(header::CACHE_CONTROL) && headers.contains_key(header::VARY));
        }
        let (status, _, body) = ask("/pkg/impasse-1.js", &[(header::IF_NONE_MATCH, &tag)]).await;
        assert_eq!((status, body.as_str()), (StatusCode::OK, "plain script"), "another form has another tag");
        let (status, ..) = ask("/pkg/impasse-1.js", &[br, (header::IF_NONE_MATCH, "\"other\"")]).await;
        assert_eq!(status, StatusCode::OK);
    }

    #[tokio::test]
    async fn nothing_else_is_served() {
        for path in [
            "/pkg/impasse-3.js",
            "/pkg/impasse-1.js.br",
            "/pkg/impasse-1.js.gz",
            "/pkg/../manifest.json",
            "/pkg/%2e%2e/manifest.json",
            "/pkg//favicon.svg",
            "/pkg/",
            "/manifest.json",
            "/impasse.js",
        ] {
            assert_eq!(ask(path, &[]).await.0, StatusCode::NOT_FOUND, "{path}");
        }
    }

    #[test]
    fn addresses_come_from_the_manifest() {
        let addresses = addresses(&Fixture);
        assert_eq!(addresses[SCRIPT], "/pkg/impasse-1.js");
        assert_eq!(addresses["favicon.svg"], "/favicon.svg");
        assert_eq!(url("not-there.js"), "/pkg/not-there.js");
    }
}
