//! What every request to the API passes first: whose token it bears, and whether it comes too soon after the others.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use chrono::Utc;
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use impasse_app::model::id::TokenId;
use impasse_app::store::StoreError;

use super::call::Caller;
use super::problem::Problem;
use crate::password;
use crate::settings::Settings;
use crate::web::{Server, client};

/// The stretch of time that limits are for, in seconds.
const WINDOW: u64 = 60;

/// How many clients are remembered before those that may ask freely again are forgotten.
const REMEMBERED: usize = 20_000;

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const LIMIT: HeaderName = HeaderName::from_static("ratelimit");

/// What a token begins with, by which secret scanners know it.
pub(crate) const PREFIX: &str = "imp_";

/// Who is counted as one client.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Client {
    Token(TokenId),
    Address(IpAddr),
}

/// How often the API may be asked, and how often it was.
#[derive(Debug)]
pub struct Limits {
    tokens: Option<Limit>,
    addresses: Option<Limit>,
}

#[derive(Debug)]
struct Limit {
    name: &'static str,
    most: NonZeroU32,
    limiter: DefaultKeyedRateLimiter<Client, StateInformationMiddleware>,
}

/// What may still be asked.
struct Left {
    name: &'static str,
    most: NonZeroU32,
    /// How many requests at once.
    now: u32,
    /// In how many seconds it is all of them again.
    whole_in: u64,
    /// In how many seconds the next is answered, if this one is not.
    refused: Option<u64>,
}

impl Limits {
    /// The limits of a server.
    pub fn new(settings: &Settings) -> Self {
        Self {
            tokens: Limit::new("token", settings.api_rate),
            addresses: Limit::new("address", settings.api_rate_anonymous),
        }
    }

    fn take(&self, client: &Client) -> Option<Left> {
        let limit = match client {
            Client::Token(_) => self.tokens.as_ref(),
            Client::Address(_) => self.addresses.as_ref(),
        };
        limit.map(|limit| limit.take(client))
    }
}

impl Limit {
    fn new(name: &'static str, a_minute: u32) -> Option<Self> {
        let most = NonZeroU32::new(a_minute)?;
        let quota = Quota::with_period(Duration::from_secs(WINDOW) / most.get())?.allow_burst(most);
        let limiter = RateLimiter::keyed(quota).with_middleware();
        Some(Self { name, most, limiter })
    }

    fn take(&self, client: &Client) -> Left {
        if self.limiter.len() > REMEMBERED {
            self.limiter.retain_recent();
            self.limiter.shrink_to_fit();
        }
        let (now, refused) = match self.limiter.check_key(client) {
            Ok(state) => (state.remaining_burst_capacity(), None),
            Err(until) => (0, Some(until.wait_time_from(DefaultClock::default().now()).as_secs() + 1)),
        };
        let spent = u64::from(self.most.get().saturating_sub(now));
        let whole_in = (spent * WINDOW).div_ceil(u64::from(self.most.get()));
        Left { name: self.name, most: self.most, now, whole_in, refused }
    }
}

impl Left {
    /// The headers of draft-ietf-httpapi-ratelimit-headers-10.
    fn put_on(&self, headers: &mut HeaderMap) {
        let policy = format!("\"{}\";q={};w={WINDOW}", self.name, self.most);
        let left = format!("\"{}\";r={};t={}", self.name, self.now, self.whole_in);
        for (name, value) in [(POLICY, policy), (LIMIT, left)] {
            if let Ok(value) = HeaderValue::try_from(value) {
                headers.insert(name, value);
            }
        }
    }
}

/// Lets a request through, with its caller, or answers it. Cookies count for nothing here, so that no other site can
/// have a browser use them.
pub(super) async fn admit(State(server): State<Server>, mut request: Request, next: Next) -> Response {
    let caller = match caller(&server, request.headers()).await {
        Ok(caller) => caller,
        // Who guesses tokens is counted as well.
        Err(problem) => return limited(&server, &address(&server, &request), problem.into_response()),
    };
    let client = match &caller {
        Some(caller) => Client::Token(caller.token.id.clone()),
        None => address(&server, &request),
    };
    let left = server.limits.take(&client);
    let mut response = match left.as_ref().and_then(|left| left.refused) {
        Some(seconds) => too_many(seconds),
        None => {
            if let Some(caller) = caller {
                request.extensions_mut().insert(caller);
            }
            next.run(request).await
        }
    };
    if let Some(left) = left {
        left.put_on(response.headers_mut());
    }
    response.headers_mut().append(header::VARY, HeaderValue::from_static("authorization"));
    response
}

fn limited(server: &Server, client: &Client, response: Response) -> Response {
    let Some(left) = server.limits.take(client) else { return response };
    let mut response = left.refused.map_or(response, too_many);
    left.put_on(response.headers_mut());
    response
}

fn too_many(seconds: u64) -> Response {
    Problem::new(StatusCode::TOO_MANY_REQUESTS)
        .because(format!("Too many requests. The next is answered in {seconds} s."))
        .again_after(seconds)
        .into_response()
}

/// Whose token a request bears; none if it bears none.
async fn caller(server: &Server, headers: &HeaderMap) -> Result<Option<Caller>, Problem> {
    let Some(given) = headers.get(header::AUTHORIZATION) else { return Ok(None) };
    let refused = |why: &str| Problem::new(StatusCode::UNAUTHORIZED).because(why);
    let token = given.to_str().ok().and_then(|given| {
        let (scheme, token) = given.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    });
    let token = token.ok_or_else(|| refused("Send the token as Authorization: Bearer imp_…."))?;
    let unknown = || refused("This token is not known here: it was revoked, has ended, or was mistyped.");
    if !token.starts_with(PREFIX) {
        return Err(unknown());
    }
    match server.store.token_used(&password::sha256(token), Utc::now()).await {
        Ok((token, user)) => Ok(Some(Caller { token, user })),
        Err(StoreError::NotFound) => Err(unknown()),
        Err(error) => Err(error.into()),
    }
}

/// Where a request comes from.
fn address(server: &Server, request: &Request) -> Client {
    Client::Address(client::address(server, request.headers(), request.extensions()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_spent_and_comes_back() {
        let limit = Limit::new("token", 3).unwrap();
        let client = Client::Address("192.0.2.7".parse().unwrap());
        let left: Vec<u32> = (0..3).map(|_| limit.take(&client).now).collect();
        assert_eq!(left, [2, 1, 0]);
        let refused = limit.take(&client);
        assert!(refused.refused.is_some_and(|seconds| (1..=20).contains(&seconds)), "{:?}", refused.refused);
        assert_eq!(refused.whole_in, WINDOW);
        assert_eq!(limit.take(&Client::Token("t".into())).now, 2, "others are not in the way");
        assert!(Limit::new("token", 0).is_none());
    }
}
