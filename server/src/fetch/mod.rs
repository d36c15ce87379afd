//! Fetching pages and feeds: over http and https only, within limits of time, size and redirects, only from where
//! requests may go, and in a way that the sites asked can live with.

mod error;
mod guard;
mod robots;

use std::collections::HashMap;
use std::error::Error as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use reqwest::header::{self, HeaderMap, HeaderValue};
use reqwest::{Client, Response, StatusCode};
use rustls::{ClientConfig, RootCertStore};
use tokio::sync::{Mutex, Semaphore};
use url::Url;

pub use error::FetchError;
pub use guard::{Allowed, Names, SystemNames, is_public};

use crate::settings::Settings;
use guard::{Guard, Refused};

/// Within what bounds things are fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long connecting may take.
    pub connect: Duration,
    /// How long nothing may come.
    pub idle: Duration,
    /// How long all of it may take, redirects and robots.txt included.
    pub total: Duration,
    /// How many redirects are followed.
    pub redirects: usize,
    /// How many are fetched at once, which also bounds the memory that all together take.
    pub at_once: usize,
    /// How long to wait between two requests to one host when nobody is waiting for the answer.
    pub pace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(8),
            idle: Duration::from_secs(8),
            // Less than a request to this server may take, so that whoever waits is told.
            total: Duration::from_secs(20),
            redirects: 8,
            at_once: 8,
            pace: Duration::from_secs(1),
        }
    }
}

/// The longest page, in bytes after unpacking. News pages with all that is around the article have up to 3 MB.
pub const LONGEST_PAGE: usize = 10_000_000;

/// The longest feed, in bytes after unpacking.
pub const LONGEST_FEED: usize = 10_000_000;

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct Ask<'a> {
    /// What is accepted, as a header.
    pub accept: &'static str,
    /// The most bytes, after unpacking.
    pub longest: usize,
    /// The entity tag of what is there already.
    pub etag: Option<&'a str>,
    /// When what is there already was last modified, as the server put it.
    pub last_modified: Option<&'a str>,
    /// Whether nobody is waiting, so that requests to one host are spread.
    pub in_background: bool,
}

impl Ask<'_> {
    /// A page with an article, or a document.
    pub fn page() -> Self {
        Self {
            accept: "text/html, application/xhtml+xml, application/pdf;q=0.9, text/plain;q=0.8, */*;q=0.5",
            longest: LONGEST_PAGE,
            ..Self::default()
        }
    }

    /// A feed.
    pub fn feed() -> Self {
        Self {
            accept: "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, \
                     text/xml;q=0.9, application/json;q=0.8, */*;q=0.5",
            longest: LONGEST_FEED,
            in_background: true,
            ..Self::default()
        }
    }
}

/// What was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Where it was found after all redirects.
    pub url: Url,
    /// Where it will be found from now on, if all redirects said that they are permanent.
    pub moved_to: Option<Url>,
    /// Its content, unpacked; none if it is as it was, see [`Ask::etag`].
    pub body: Option<Vec<u8>>,
    /// Its media type with parameters, in the server's words.
    pub content_type: Option<String>,
    /// Its entity tag.
    pub etag: Option<String>,
    /// When it was last modified, in the server's words.
    pub last_modified: Option<String>,
    /// When it was fetched.
    pub at: DateTime<Utc>,
}

/// Fetches.
pub struct Fetcher {
    client: Result<Client, String>,
    guard: Guard,
    limits: Limits,
    robots: robots::Remembered,
    at_once: Semaphore,
    /// When the next request may go to a host.
    next: Mutex<HashMap<String, Instant>>,
}

impl Fetcher {
    /// A fetcher with the settings of a server.
    pub fn new(settings: &Settings) -> Self {
        Self::with(settings, Limits::default(), Arc::new(SystemNames))
    }

    /// The same with other limits and another way to resolve names.
    pub fn with(settings: &Settings, limits: Limits, names: Arc<dyn Names>) -> Self {
        let guard = Guard::new(settings.fetch_allow.clone(), names);
        let client = client(&user_agent(settings.public_url.as_deref()), &limits, guard.clone());
        if let Err(why) = &client {
            tracing::error!(why, "pages cannot be fetched");
        }
        Self {
            client,
            guard,
            limits,
            robots: robots::Remembered::default(),
            at_once: Semaphore::new(limits.at_once),
            next: Mutex::default(),
        }
    }

    /// Fetches what is at an address.
    ///
    /// # Errors
    /// Whatever keeps it from being fetched.
    pub async fn fetch(&self, address: &str, ask: &Ask<'_>) -> Result<Fetched, FetchError> {
        let url = web_address(address)?;
        let host = host(&url);
        // The semaphore is never closed.
        let _place = self.at_once.acquire().await.map_err(|error| FetchError::NotSetUp(error.to_string()))?;
        if ask.in_background {
            self.wait_for_turn(&host).await;
        }
        tokio::time::timeout(self.limits.total, self.follow(url, ask))
            .await
            .unwrap_or(Err(FetchError::TooSlow { host }))
    }

    /// Sends something to an address, within the same bounds, and says with what status it was answered. Nothing is
    /// followed: whoever is told of something says where.
    ///
    /// # Errors
    /// Whatever keeps it from being sent.
    pub async fn post(&self, address: &str, headers: HeaderMap, body: String) -> Result<u16, FetchError> {
        let url = web_address(address)?;
        let client = self.client.as_ref().map_err(|why| FetchError::NotSetUp(why.clone()))?;
        if !self.guard.may_ask(&url) {
            return Err(FetchError::Private { host: host(&url) });
        }
        let _place = self.at_once.acquire().await.map_err(|error| FetchError::NotSetUp(error.to_string()))?;
        let request = client.post(url.clone()).headers(headers).body(body).send();
        match tokio::time::timeout(self.limits.total, request).await {
            Ok(Ok(response)) => Ok(response.status().as_u16()),
            Ok(Err(error)) => Err(failure(&url, &error)),
            Err(_) => Err(FetchError::TooSlow { host: host(&url) }),
        }
    }

    /// Takes the next turn at a host and waits for it.
    async fn wait_for_turn(&self, host: &str) {
        let turn = {
            let mut next = self.next.lock().await;
            let now = Instant::now();
            next.retain(|_, turn| *turn > now);
            let turn = next.get(host).copied().unwrap_or(now);
            next.insert(host.to_owned(), turn + self.limits.pace);
            turn
        };
        tokio::time::sleep_until(turn.into()).await;
    }

    async fn follow(&self, mut url: Url, ask: &Ask<'_>) -> Result<Fetched, FetchError> {
        let mut is_permanent = true;
        for hop in 0..=self.limits.redirects {
            self.ask_robots(&url).await?;
            let response = self.send(&url, ask).await?;
            let Some(to) = redirect(&url, &response)? else {
                let moved_to = (hop > 0 && is_permanent).then(|| url.clone());
                return read(url, moved_to, response, ask).await;
            };
            is_permanent &=
                matches!(response.status(), StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT);
            url = to;
        }
        Err(FetchError::TooManyRedirects { host: host(&url) })
    }

    /// Asks a site whether programs may read a page of it.
    async fn ask_robots(&self, url: &Url) -> Result<(), FetchError> {
        let site = robots::site(url);
        let rules = match self.robots.of(&site) {
            Some(rules) => rules,
            None => self.robots.keep(&site, self.read_robots(url).await?),
        };
        if rules.is_url_allowed(url) { Ok(()) } else { Err(FetchError::Robots { host: host(url) }) }
    }

    async fn read_robots(&self, url: &Url) -> Result<robotxt::Robots, FetchError> {
        let mut url = url.join("/robots.txt").map_err(|_| FetchError::Address)?;
        let ask = Ask { accept: "text/plain, */*;q=0.5", longest: robots::LONGEST, ..Ask::default() };
        for _ in 0..=self.limits.redirects {
            let mut response = self.send(&url, &ask).await?;
            if let Some(to) = redirect(&url, &response)? {
                url = to;
                continue;
            }
            return match response.status() {
                status if status.is_success() => {
                    // What comes after the limit is left unread, as RFC 9309 lets one do.
                    let mut bytes = Vec::new();
                    while let Some(chunk) = response.chunk().await.map_err(|error| failure(&url, &error))? {
                        bytes.extend_from_slice(&chunk);
                        if bytes.len() > robots::LONGEST {
                            break;
                        }
                    }
                    Ok(robots::read(&bytes))
                }
                // RFC 9309, 2.3.1: without the file everything is allowed; while it cannot be had, nothing is.
                StatusCode::TOO_MANY_REQUESTS => Err(refusal(&url, &response)),
                status if status.is_client_error() => Ok(robotxt::Robots::allow_all()),
                _ => Err(refusal(&url, &response)),
            };
        }
        Ok(robotxt::Robots::allow_all())
    }

    /// Sends one request, to where requests may go, and follows nothing.
    async fn send(&self, url: &Url, ask: &Ask<'_>) -> Result<Response, FetchError> {
        let client = self.client.as_ref().map_err(|why| FetchError::NotSetUp(why.clone()))?;
        if !self.guard.may_ask(url) {
            return Err(FetchError::Private { host: host(url) });
        }
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_static(ask.accept));
        for (name, value) in
            [(header::IF_NONE_MATCH, ask.etag), (header::IF_MODIFIED_SINCE, ask.last_modified)]
        {
            if let Some(value) = value.and_then(|value| HeaderValue::from_str(value).ok()) {
                headers.insert(name, value);
            }
        }
        client.get(url.clone()).headers(headers).send().await.map_err(|error| failure(url, &error))
    }
}

/// Who we say we are: the name, the version, and where to read who runs it.
fn user_agent(public_url: Option<&str>) -> String {
    let version = env!("CARGO_PKG_VERSION");
    match public_url {
        Some(url) => format!("{}/{version} (+{url})", robots::PRODUCT),
        None => format!("{}/{version}", robots::PRODUCT),
    }
}

fn tls() -> Result<ClientConfig, String> {
    // Mozilla's roots go with the program; the system's, where there are any, bring those of an intranet.
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

/// A client for what whoever runs the site named in the settings, wherever it is. It follows no redirects, and gives up
/// when an answer takes longer than `patience`.
pub(crate) fn plain_client(public_url: Option<&str>, patience: Duration) -> Result<Client, String> {
    Client::builder()
        .tls_backend_preconfigured(tls()?)
        .user_agent(user_agent(public_url))
        .connect_timeout(patience)
        .timeout(patience)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .map_err(|error| error.to_string())
}

fn client(user_agent: &str, limits: &Limits, guard: Guard) -> Result<Client, String> {
    Client::builder()
        .tls_backend_preconfigured(tls()?)
        .user_agent(user_agent)
        .connect_timeout(limits.connect)
        .read_timeout(limits.idle)
        // Redirects are followed here, so that each address is looked at; a proxy would look up names itself.
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .referer(false)
        .dns_resolver(guard)
        .build()
        .map_err(|error| error.to_string())
}

/// An address of a page, without its fragment.
fn web_address(address: &str) -> Result<Url, FetchError> {
    let mut url = Url::parse(address.trim()).map_err(|_| FetchError::Address)?;
    let is_web = matches!(url.scheme(), "http" | "https") && url.host().is_some();
    if !is_web || !url.username().is_empty() || url.password().is_some() {
        return Err(FetchError::Address);
    }
    url.set_fragment(None);
    Ok(url)
}

fn host(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

/// Where an answer sends one on to, if it does.
fn redirect(from: &Url, response: &Response) -> Result<Option<Url>, FetchError> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let location = response.headers().get(header::LOCATION);
    let to = location.and_then(|value| value.to_str().ok()).and_then(|to| from.join(to).ok());
    match to.and_then(|url| web_address(url.as_str()).ok()) {
        Some(url) => Ok(Some(url)),
        None => Err(FetchError::Failed { host: host(from), status: response.status().as_u16() }),
    }
}

/// Reads an answer to its end, or to the limit.
async fn read(
    url: Url,
    moved_to: Option<Url>,
    mut response: Response,
    ask: &Ask<'_>,
) -> Result<Fetched, FetchError> {
    let status = response.status();
    let is_unchanged = status == StatusCode::NOT_MODIFIED;
    if !status.is_success() && !is_unchanged {
        return Err(refusal(&url, &response));
    }
    let text = |name| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let (content_type, etag, last_modified) =
        (text(header::CONTENT_TYPE), text(header::ETAG), text(header::LAST_MODIFIED));
    let too_large = || FetchError::TooLarge { host: host(&url), limit: ask.longest };
    // What is announced counts before unpacking, so it can only be too low.
    if response.content_length().is_some_and(|length| length > ask.longest as u64) {
        return Err(too_large());
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| failure(&url, &error))? {
        if body.len() + chunk.len() > ask.longest {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Fetched {
        url,
        moved_to,
        body: (!is_unchanged).then_some(body),
        content_type,
        etag,
        last_modified,
        at: Utc::now(),
    })
}

/// What an answer other than success means.
fn refusal(url: &Url, response: &Response) -> FetchError {
    let (host, status) = (host(url), response.status().as_u16());
    match status {
        404 | 410 => FetchError::Missing { status },
        429 | 503 => FetchError::Busy { host, status, after: retry_after(response.headers()) },
        400..=499 => FetchError::Refused { host, status },
        _ => FetchError::Failed { host, status },
    }
}

/// When to come back (RFC 9110, 10.2.3): in so many seconds, or at a time.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    match value.parse::<u64>() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        Err(_) => {
            let at = DateTime::parse_from_rfc2822(value).ok()?;
            Some((at.with_timezone(&Utc) - Utc::now()).to_std().unwrap_or_default())
        }
    }
}

/// What a failure on the way means.
fn failure(url: &Url, error: &reqwest::Error) -> FetchError {
    let host = host(url);
    let mut cause = error.source();
    while let Some(inner) = cause {
        match inner.downcast_ref::<Refused>() {
            Some(Refused::NotPublic) => return FetchError::Private { host },
            Some(Refused::Unknown) => return FetchError::NoSuchSite { host },
            None => cause = inner.source(),
        }
    }
    tracing::debug!(host, ?error, "a request failed");
    if error.is_timeout() {
        FetchError::TooSlow { host }
    } else if error.is_decode() {
        FetchError::Damaged { host }
    } else {
        FetchError::Unreachable { host }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_pages_are_fetched() {
        for good in ["https://e.org/a#b", " http://e.org ", "HTTP://e.org:8080/?q=1"] {
            assert_eq!(web_address(good).unwrap().fragment(), None, "{good}");
        }
        for bad in [
            "",
            "e.org",
            "ftp://e.org/",
            "file:///etc/passwd",
            "gopher://e.org/",
            "javascript:alert(1)",
            "data:text/html,x",
            "https://",
            "https://user@e.org/",
            "https://:secret@e.org/",
            "//e.org",
        ] {
            assert_eq!(web_address(bad), Err(FetchError::Address), "{bad}");
        }
    }

    #[test]
    fn reads_when_to_come_back() {
        let after = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::RETRY_AFTER, value.parse().unwrap());
            retry_after(&headers)
        };
        assert_eq!(after("120"), Some(Duration::from_secs(120)));
        assert_eq!(after("Wed, 21 Oct 2015 07:28:00 GMT"), Some(Duration::ZERO));
        assert!(
            after(&(Utc::now() + chrono::TimeDelta::hours(1)).to_rfc2822()).unwrap()
                > Duration::from_secs(3_500)
        );
        assert_eq!(after("soon"), None);
        assert_eq!(retry_after(&HeaderMap::new()), None);
    }

    #[test]
    fn says_who_it_is() {
        assert_eq!(
            user_agent(Some("https://timelines.example")),
            format!("Impasse/{} (+https://timelines.example)", env!("CARGO_PKG_VERSION"))
        );
        assert!(user_agent(None).starts_with("Impasse/"));
    }
}
