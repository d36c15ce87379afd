//! Signing in and out, and the first account.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use chrono::{TimeDelta, Utc};
use impasse_app::forms::{read_new_account, read_password, read_sign_in, read_token};
use impasse_app::model::id::TokenId;
use impasse_app::model::view::FieldError;
use impasse_app::page::Submission;
use impasse_app::pages;
use impasse_app::store::{Session, StoreError, User};
use impasse_app::t;

use super::attempts::too_often_words;
use super::request::{Incoming, Sent, show};
use super::respond::{self, Refusal, uncached};
use super::{Answer, Server, passkeys, see_other};
use crate::{api, password};

/// How long a session lasts.
const SESSION: TimeDelta = TimeDelta::days(30);

/// The cookie's name. The prefix makes browsers refuse it without TLS or from another host (RFC 6265bis).
fn cookie_name(server: &Server) -> &'static str {
    if server.settings.is_secure() { "__Host-impasse" } else { "impasse" }
}

/// The hash under which a request's session is kept.
pub(super) fn session_hash(jar: &CookieJar, server: &Server) -> Option<String> {
    jar.get(cookie_name(server)).map(|cookie| password::sha256(cookie.value()))
}

/// `POST /sign-in`
pub(super) async fn sign_in(State(server): State<Server>, incoming: Incoming, Sent(form): Sent) -> Answer {
    let to = form.get("to").to_owned();
    let sent = form.clone();
    let typed = match read_sign_in(form) {
        Ok(typed) => typed,
        Err(form) => return incoming.again(*form).await,
    };
    if let Err(seconds) = server.attempts.sign_in(&typed.name, incoming.address) {
        return too_often(incoming, sent, "name", seconds).await;
    }
    let user = match server.store.user_named(&typed.name).await {
        Ok(user) => Some(user),
        Err(StoreError::NotFound) => None,
        Err(error) => return Err(incoming.store(error)),
    };
    let hash = user.as_ref().and_then(|user| user.password_hash.clone());
    match (password::verify(typed.password, hash).await, user) {
        (true, Some(user)) => {
            let response = Redirect::to(local(&to)).into_response();
            start_session(&server, &incoming, &user, response).await
        }
        _ => {
            tracing::warn!("a sign-in was refused");
            let mut form = sent;
            form.values.retain(|(field, _)| field != "password");
            form.errors = vec![FieldError::new("password", t!("told-accounts-name-and-password-do-not"))];
            incoming.again(form).await
        }
    }
}

/// The form again, for who has tried it too often.
pub(super) async fn too_often(incoming: Incoming, mut form: Submission, field: &str, seconds: u64) -> Answer {
    tracing::warn!(path = incoming.page.path, "tried too often");
    form.values.retain(|(field, _)| field != "password");
    form.errors = vec![FieldError::new(field, too_often_words(seconds))];
    let mut response = incoming.again(form).await?;
    *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    Ok(response)
}

/// The account's page again, with what is wrong.
pub(super) async fn account_again(mut incoming: Incoming, form: Submission) -> Answer {
    incoming.page.path = "/account".to_owned();
    incoming.again(form).await
}

/// The account's page again, with what is wrong in one field and nothing of what was typed.
pub(super) async fn account_refused(incoming: Incoming, field: &str, words: impl Into<String>) -> Answer {
    let errors = vec![FieldError::new(field, words.into())];
    account_again(incoming, Submission { errors, ..Submission::default() }).await
}

/// An address on this site to go on to; anything else leads to the front page.
pub(super) fn local(to: &str) -> &str {
    let safe = to.starts_with('/')
        && !to.starts_with("//")
        && !to.starts_with("/\\")
        && !to.contains(|c: char| c.is_control() || c == '\\' || !c.is_ascii());
    if safe { to } else { "/" }
}

/// Signs an account in with this answer. A session that the browser had is over.
pub(super) async fn start_session(
    server: &Server,
    incoming: &Incoming,
    user: &User,
    response: Response,
) -> Answer {
    let Some(token) = password::token() else {
        return Err(incoming.refuse(StatusCode::INTERNAL_SERVER_ERROR));
    };
    let session = Session {
        token_hash: password::sha256(&token),
        user: user.id.clone(),
        created: Utc::now(),
        expires: Utc::now() + SESSION,
        agent: incoming.agent.clone(),
    };
    server.store.add_session(&session).await.map_err(|error| incoming.store(error))?;
    if let Some(before) = &incoming.page.session {
        server.store.end_session(before).await.map_err(|error| incoming.store(error))?;
    }
    Ok(with_cookie(response, server, &token, SESSION.num_seconds()))
}

/// Sets the session's cookie for so many seconds; none removes it.
fn with_cookie(response: Response, server: &Server, token: &str, seconds: i64) -> Response {
    set_cookie(response, server, cookie_name(server), token, seconds)
}

/// Sets a cookie of this site alone for so many seconds; none removes it.
pub(super) fn set_cookie(
    mut response: Response,
    server: &Server,
    name: &str,
    token: &str,
    seconds: i64,
) -> Response {
    let secure = if server.settings.is_secure() { "; Secure" } else { "" };
    let cookie = format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// `POST /sign-out`
pub(super) async fn sign_out(State(server): State<Server>, jar: CookieJar, incoming: Incoming) -> Answer {
    if let Some(hash) = session_hash(&jar, &server) {
        match server.store.end_session(&hash).await {
            Ok(()) | Err(StoreError::NotFound) => {}
            Err(error) => return Err(incoming.store(error)),
        }
    }
    Ok(with_cookie(Redirect::to("/").into_response(), &server, "", 0))
}

/// `POST /account/password`: another password, given the present one; where there is none, to who has just signed in. It
/// ends every session but this one.
pub(super) async fn change_password(
    State(server): State<Server>,
    mut incoming: Incoming,
    Sent(form): Sent,
) -> Answer {
    let Some(user) = incoming.user.clone() else { return Err(incoming.refuse(StatusCode::UNAUTHORIZED)) };
    incoming.page.path = "/account".to_owned();
    let (present, new) = match read_password(form) {
        Ok(read) => read,
        Err(form) => return incoming.again(*form).await,
    };
    if let Err(seconds) = server.attempts.sign_in(&user.name, incoming.address) {
        return too_often(incoming, Submission::default(), "present", seconds).await;
    }
    let is_known = match user.password_hash.clone() {
        Some(hash) => password::verify(present, Some(hash)).await,
        None => passkeys::is_recent(&server, &incoming).await?,
    };
    if !is_known {
        return match user.password_hash {
            Some(_) => {
                account_refused(incoming, "present", t!("told-accounts-this-is-not-your-present")).await
            }
            None => passkeys::confirm_first(incoming).await,
        };
    }
    let Some(hash) = password::hash(new).await else {
        return Err(incoming.refuse(StatusCode::INTERNAL_SERVER_ERROR));
    };
    server.store.set_password(&user.id, &hash).await.map_err(|error| incoming.store(error))?;
    start_session(&server, &incoming, &user, see_other("/account?changed=password")?).await
}

/// `POST /account/sessions/end`: signs the account out everywhere else.
pub(super) async fn end_other_sessions(
    State(server): State<Server>,
    jar: CookieJar,
    incoming: Incoming,
) -> Answer {
    let (Some(user), Some(hash)) = (&incoming.user, session_hash(&jar, &server)) else {
        return Err(incoming.refuse(StatusCode::UNAUTHORIZED));
    };
    let ended = server.store.end_other_sessions(&user.id, &hash).await;
    ended.map_err(|error| incoming.store(error))?;
    see_other("/account?changed=sessions")
}

/// `POST /account/tokens`
pub(super) async fn add_token(State(server): State<Server>, incoming: Incoming, Sent(form): Sent) -> Answer {
    let Some(user) = incoming.user.clone() else { return Err(incoming.refuse(StatusCode::UNAUTHORIZED)) };
    let fields = match read_token(form) {
        Ok(fields) => fields,
        Err(form) => return account_again(incoming, *form).await,
    };
    let failed = |_| incoming.refuse(StatusCode::INTERNAL_SERVER_ERROR);
    let (draft, token) = api::new_token(fields).map_err(failed)?;
    server.store.add_token(&user.id, &draft).await.map_err(|error| incoming.store(error))?;
    let page = pages::new_token(&draft.name, &token);
    Ok(uncached(respond::html(page, &incoming.page)))
}

/// `POST /account/tokens/{id}/revoke`
pub(super) async fn revoke_token(
    State(server): State<Server>,
    incoming: Incoming,
    Path(id): Path<String>,
) -> Answer {
    let Some(user) = &incoming.user else { return Err(incoming.refuse(StatusCode::UNAUTHORIZED)) };
    let revoked = server.store.revoke_token(&user.id, &TokenId::from(id)).await;
    revoked.map_err(|error| incoming.store(error))?;
    see_other("/account")
}

fn is_setup(server: &Server, token: &str) -> bool {
    let open = server.setup.lock().map(|open| open.clone()).unwrap_or_default();
    open.is_some_and(|hash| hash == password::sha256(token))
}

/// `GET /setup/{token}`
pub(super) async fn show_setup(
    State(server): State<Server>,
    Path(token): Path<String>,
    incoming: Incoming,
) -> Answer {
    if !is_setup(&server, &token) {
        return Err(incoming.refuse(StatusCode::NOT_FOUND));
    }
    show(State(server), incoming).await.map(uncached)
}

/// `POST /setup/{token}`
pub(super) async fn setup(
    State(server): State<Server>,
    Path(token): Path<String>,
    incoming: Incoming,
    Sent(form): Sent,
) -> Answer {
    if !is_setup(&server, &token) {
        return Err(incoming.refuse(StatusCode::NOT_FOUND));
    }
    let typed = match read_new_account(form) {
        Ok(typed) => typed,
        Err(form) => return incoming.again(*form).await,
    };
    let Some(hash) = password::hash(typed.password).await else {
        return Err(incoming.refuse(StatusCode::INTERNAL_SERVER_ERROR));
    };
    // Taken before the account is made, so that of two that arrive at once only one makes an owner.
    let taken = server.setup.lock().ok().and_then(|mut open| open.take());
    if taken.is_none() {
        return Err(incoming.refuse(StatusCode::NOT_FOUND));
    }
    match server.store.add_user(&typed.name, &hash, true).await {
        Ok(user) => start_session(&server, &incoming, &user, see_other("/")?).await,
        Err(error) => {
            if let Ok(mut open) = server.setup.lock() {
                *open = taken;
            }
            Err(Refusal::from_store(&incoming, error))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_on_only_within_the_site() {
        assert_eq!(local("/d/x?from=2026-01-01"), "/d/x?from=2026-01-01");
        for elsewhere in ["https://e.org", "//e.org", "/\\e.org", "e.org", "", "/a\nb", "/é"] {
            assert_eq!(local(elsewhere), "/", "{elsewhere}");
        }
    }
}
