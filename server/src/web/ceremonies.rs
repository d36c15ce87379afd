//! What a browser is asked, or sent elsewhere for, before somebody may sign in, until it comes back with the answer.
//!
//! It is kept in the database for some minutes, so that whichever server is answered knows it, and is forgotten with the
//! first answer. A cookie ties it to the browser.

use axum::http::StatusCode;
use axum::response::Response;
use axum_extra::extract::CookieJar;
use chrono::{TimeDelta, Utc};
use impasse_app::model::id::UserId;
use impasse_app::model::passkey::{Ceremony, CeremonyKind};
use impasse_app::store::StoreError;
use serde::Serialize;

use super::Server;
use super::accounts::set_cookie;
use super::request::Incoming;
use super::respond::Refusal;
use crate::password;

/// A ceremony that was begun, to be told to the browser.
pub(super) struct Begun {
    cookie: &'static str,
    token: String,
    lasts: TimeDelta,
}

impl Begun {
    /// The answer with the cookie that ties the browser to it.
    pub(super) fn tied(&self, server: &Server, response: Response) -> Response {
        set_cookie(response, server, self.cookie, &self.token, self.lasts.num_seconds())
    }
}

fn cookie_name(server: &Server, kind: CeremonyKind) -> &'static str {
    match (kind, server.settings.is_secure()) {
        (CeremonyKind::Provider, true) => "__Host-impasse-provider",
        (CeremonyKind::Provider, false) => "impasse-provider",
        (_, true) => "__Host-impasse-passkey",
        (_, false) => "impasse-passkey",
    }
}

/// Keeps what must be known when the browser comes back: whose it is, what a passkey shall be called, and the state.
pub(super) async fn begin(
    server: &Server,
    incoming: &Incoming,
    kind: CeremonyKind,
    (user, name): (Option<UserId>, String),
    state: &impl Serialize,
    lasts: TimeDelta,
) -> Result<Begun, Refusal> {
    let failed = || incoming.refuse(StatusCode::INTERNAL_SERVER_ERROR);
    let token = password::token().ok_or_else(failed)?;
    let state = serde_json::to_string(state).map_err(|error| {
        tracing::error!(%error, "what a browser is asked cannot be kept");
        failed()
    })?;
    let ceremony =
        Ceremony { hash: password::sha256(&token), kind, user, name, state, expires: Utc::now() + lasts };
    server.store.begin_ceremony(&ceremony).await.map_err(|error| incoming.store(error))?;
    Ok(Begun { cookie: cookie_name(server, kind), token, lasts })
}

/// The ceremony of this kind that the browser was in, which is over with this; none if there was none.
pub(super) async fn end(
    server: &Server,
    incoming: &Incoming,
    jar: &CookieJar,
    kind: CeremonyKind,
) -> Result<Option<Ceremony>, Refusal> {
    let Some(cookie) = jar.get(cookie_name(server, kind)) else { return Ok(None) };
    match server.store.end_ceremony(&password::sha256(cookie.value()), Utc::now()).await {
        Ok(ceremony) => Ok(Some(ceremony).filter(|ceremony| ceremony.kind == kind)),
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(incoming.store(error)),
    }
}
