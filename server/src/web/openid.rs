//! Signing in through the provider that the settings name, linking an account there to one here, and taking the link
//! away.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect};
use axum_extra::extract::CookieJar;
use chrono::{TimeDelta, Utc};
use impasse_app::model::id::IdentityId;
use impasse_app::model::identity::IdentityDraft;
use impasse_app::model::passkey::CeremonyKind;
use impasse_app::page::sign_in_address;
use impasse_app::pages;
use impasse_app::store::{StoreError, User};
use impasse_app::t;
use serde::{Deserialize, Serialize};

use super::accounts::{local, start_session};
use super::attempts::{too_often_words, wait_words};
use super::ceremonies::Begun;
use super::passkeys::{confirm_first, taken_away, user_and_recent};
use super::request::Incoming;
use super::respond::{self, Refusal, uncached};
use super::{Answer, Server, ceremonies, see_other};
use crate::openid::{Provider, Refused, Secrets, Somebody};
use crate::password;

/// How long a browser may be with the provider, where people may have to look for a second factor.
const AWAY: TimeDelta = TimeDelta::minutes(10);
/// How many names are tried for an account that is made, where others have them.
const NAMES: usize = 20;

/// What a browser was sent to the provider for.
#[derive(Serialize, Deserialize)]
enum Purpose {
    /// To sign in, and go on to an address here.
    SignIn(String),
    /// To take the invitation with this hash.
    Join(String),
    /// To say again who is signed in.
    Confirm,
    /// To link the account there.
    Link,
}

/// What is kept while a browser is with the provider.
#[derive(Serialize, Deserialize)]
struct Away {
    secrets: Secrets,
    purpose: Purpose,
}

fn provider<'a>(server: &'a Server, incoming: &Incoming) -> Result<&'a Provider, Refusal> {
    server.openid.as_deref().ok_or_else(|| incoming.refuse(StatusCode::NOT_FOUND))
}

/// A page that says why nobody was signed in.
fn message(incoming: &Incoming, status: u16, title: &str, text: &str, way_on: (&str, &str)) -> Refusal {
    Refusal::of(uncached(respond::html(pages::message_page(status, title, text, way_on), &incoming.page)))
}

fn refused(incoming: &Incoming, error: &Refused) -> Refusal {
    tracing::warn!(%error, "nobody was signed in through the provider");
    match error {
        Refused::Unreachable(_) => message(
            incoming,
            502,
            t!("told-openid-the-provider-does-not-answer"),
            t!("told-openid-whoever-you-wanted-to-sign"),
            (t!("told-openid-to-sign-in"), "/sign-in"),
        ),
        Refused::Answer(_) => not_signed_in(incoming, t!("told-openid-what-came-back-does-not")),
    }
}

/// A page for who came back from the provider and was not signed in.
fn not_signed_in(incoming: &Incoming, why: &str) -> Refusal {
    let way_on = (t!("told-openid-to-sign-in"), "/sign-in");
    message(incoming, 403, t!("told-openid-you-were-not-signed-in"), why, way_on)
}

/// Keeps what a browser is sent away for, and gives the address that it is sent to.
async fn send_away(
    server: &Server,
    incoming: &Incoming,
    purpose: Purpose,
) -> Result<(String, Begun), Refusal> {
    let provider = provider(server, incoming)?;
    if let Err(seconds) = server.attempts.passkey(incoming.address) {
        tracing::warn!(path = incoming.page.path, "tried too often");
        let text = too_often_words(seconds);
        let way_on = (t!("told-openid-to-the-disputes"), "/");
        let page = pages::message_page(429, t!("told-openid-too-often"), &text, way_on);
        let mut response = uncached(respond::html(page, &incoming.page));
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        return Err(Refusal::of(response));
    }
    let user = match purpose {
        Purpose::SignIn(_) | Purpose::Join(_) => None,
        Purpose::Confirm | Purpose::Link => match &incoming.user {
            Some(user) => Some(user.id.clone()),
            None => return Err(incoming.refuse(StatusCode::UNAUTHORIZED)),
        },
    };
    let again = matches!(purpose, Purpose::Confirm);
    let (address, secrets) = provider.ask(again).await.map_err(|error| refused(incoming, &error))?;
    let away = Away { secrets, purpose };
    let by = (user, String::new());
    let begun = ceremonies::begin(server, incoming, CeremonyKind::Provider, by, &away, AWAY).await?;
    Ok((address, begun))
}

/// `GET /sign-in/openid`: sends the browser to the provider, to sign in and go on `to` an address here, to take the
/// invitation with the code `join`, or to `confirm` who is signed in.
pub(super) async fn start(State(server): State<Server>, incoming: Incoming) -> Answer {
    let purpose = match (incoming.page.param("join"), incoming.page.param("confirm")) {
        (Some(code), _) => Purpose::Join(password::sha256(code)),
        (None, Some(_)) => Purpose::Confirm,
        (None, None) => Purpose::SignIn(local(incoming.page.param("to").unwrap_or("/")).to_owned()),
    };
    let (address, begun) = send_away(&server, &incoming, purpose).await?;
    let response = uncached(Redirect::to(&address).into_response());
    Ok(begun.tied(&server, response))
}

/// `POST /account/openid`: leads to the provider, to link an account there. Forms of this site may not lead elsewhere by
/// themselves, so there is a link on the page that answers.
pub(super) async fn start_linking(State(server): State<Server>, incoming: Incoming) -> Answer {
    let (_, is_recent) = user_and_recent(&server, &incoming).await?;
    let provider = provider(&server, &incoming)?;
    if !is_recent {
        return confirm_first(incoming).await;
    }
    let (address, begun) = send_away(&server, &incoming, Purpose::Link).await?;
    let page = pages::message_page(
        200,
        t!("told-openid-link-an-account"),
        &t!("told-openid-you-are-led-to-to", host = provider.host()),
        (t!("told-openid-go-on"), &address),
    );
    let response = uncached(respond::html(page, &incoming.page));
    Ok(begun.tied(&server, response))
}

/// `GET /sign-in/openid/back`
pub(super) async fn back(State(server): State<Server>, jar: CookieJar, incoming: Incoming) -> Answer {
    let provider = provider(&server, &incoming)?;
    let over = || not_signed_in(&incoming, t!("told-openid-this-took-too-long-was"));
    let ended = ceremonies::end(&server, &incoming, &jar, CeremonyKind::Provider).await?;
    let Some(ceremony) = ended else { return Err(over()) };
    let Ok(Away { secrets, purpose }) = serde_json::from_str(&ceremony.state) else { return Err(over()) };
    // Both are random and of one length, and a wrong one can be tried once.
    if Some(secrets.state.as_str()) != incoming.page.param("state") {
        tracing::warn!("a browser came back from the provider with another state");
        return Err(over());
    }
    let Some(code) = incoming.page.param("code") else {
        return Err(not_signed_in(&incoming, t!("told-openid-nobody-was-signed-in-it")));
    };
    let found =
        provider.identify(secrets, code.to_owned()).await.map_err(|error| refused(&incoming, &error))?;
    if ceremony.user.is_some() && ceremony.user != incoming.user.as_ref().map(|user| user.id.clone()) {
        return Err(over());
    }
    match purpose {
        Purpose::SignIn(to) => sign_in(&server, &incoming, found, &to).await,
        Purpose::Join(hash) => join(&server, &incoming, found, &hash).await,
        Purpose::Confirm => confirm(&server, &incoming, &found).await,
        Purpose::Link => link(&server, incoming, found).await,
    }
}

/// Whose account somebody is known by, if it is.
async fn known(server: &Server, incoming: &Incoming, found: &Somebody) -> Result<Option<User>, Refusal> {
    match server.store.identified(&found.issuer, &found.subject, Utc::now()).await {
        Ok(user) => Ok(Some(user)),
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(incoming.store(error)),
    }
}

fn draft(found: &Somebody) -> IdentityDraft {
    let Somebody { issuer, subject, label, .. } = found.clone();
    IdentityDraft { issuer, subject, label }
}

/// Names for a new account: the one that somebody has, and others like it.
fn names(found: &Somebody) -> impl Iterator<Item = String> {
    let name = found.name.clone();
    (1..=NAMES).map(move |nth| if nth == 1 { name.clone() } else { format!("{name} {nth}") })
}

async fn sign_in(server: &Server, incoming: &Incoming, found: Somebody, to: &str) -> Answer {
    if let Some(user) = known(server, incoming, &found).await? {
        return start_session(server, incoming, &user, see_other(to)?).await;
    }
    if !server.settings.openid_accounts {
        tracing::warn!("somebody without an account came from the provider");
        return Err(message(
            incoming,
            403,
            t!("told-openid-there-is-no-account-for"),
            t!("told-openid-you-are-known-where-you"),
            (t!("told-openid-to-sign-in"), &sign_in_address("/account")),
        ));
    }
    if let Err(seconds) = server.attempts.account(incoming.address) {
        let text = t!("told-people-too-many-accounts-were-made", seconds = wait_words(seconds));
        return Err(message(
            incoming,
            429,
            t!("told-openid-too-often"),
            &text,
            (t!("told-openid-to-sign-in"), "/sign-in"),
        ));
    }
    for name in names(&found) {
        match server.store.add_identified(&name, &draft(&found)).await {
            Ok(user) => {
                tracing::info!(user = %user.id, "an account was made for somebody from the provider");
                return start_session(server, incoming, &user, see_other(to)?).await;
            }
            Err(StoreError::Taken("name")) => {}
            Err(error) => return Err(incoming.store(error)),
        }
    }
    Err(incoming.refuse(StatusCode::CONFLICT))
}

async fn join(server: &Server, incoming: &Incoming, found: Somebody, hash: &str) -> Answer {
    let now = Utc::now();
    if let Some(user) = known(server, incoming, &found).await? {
        let taken = server.store.take_invitation(hash, &user.id, now).await;
        let dispute = taken.map_err(|error| incoming.store(error))?;
        let on = see_other(&format!("/d/{}", dispute.slug))?;
        return start_session(server, incoming, &user, on).await;
    }
    for name in names(&found) {
        match server.store.join_identified(hash, &name, &draft(&found), now).await {
            Ok((user, dispute)) => {
                let on = see_other(&format!("/d/{}", dispute.slug))?;
                return start_session(server, incoming, &user, on).await;
            }
            Err(StoreError::Taken("name")) => {}
            Err(error) => return Err(incoming.store(error)),
        }
    }
    Err(incoming.refuse(StatusCode::CONFLICT))
}

async fn confirm(server: &Server, incoming: &Incoming, found: &Somebody) -> Answer {
    match known(server, incoming, found).await? {
        Some(user) if incoming.user.as_ref().is_some_and(|signed_in| signed_in.id == user.id) => {
            start_session(server, incoming, &user, see_other("/account?changed=confirmed")?).await
        }
        _ => Err(message(
            incoming,
            403,
            t!("told-openid-that-is-somebody-else"),
            t!("told-openid-the-account-that-you-signed"),
            (t!("told-openid-to-your-account"), "/account"),
        )),
    }
}

async fn link(server: &Server, incoming: Incoming, found: Somebody) -> Answer {
    let Some(user) = &incoming.user else { return Err(incoming.refuse(StatusCode::UNAUTHORIZED)) };
    match server.store.link_identity(&user.id, &draft(&found)).await {
        Ok(()) => {
            tracing::info!(user = %user.id, "an identity was linked");
            see_other("/account?changed=identity")
        }
        Err(StoreError::Taken(_)) => {
            let words = t!("told-openid-the-account-that-you-signed-in");
            Err(message(
                &incoming,
                409,
                t!("told-openid-it-is-linked-already"),
                words,
                (t!("told-openid-to-your-account"), "/account"),
            ))
        }
        Err(error) => Err(incoming.store(error)),
    }
}

/// `POST /account/openid/{id}/remove`. It ends every session but this one, as another password does.
pub(super) async fn remove(
    State(server): State<Server>,
    incoming: Incoming,
    Path(id): Path<String>,
) -> Answer {
    let (user, is_recent) = user_and_recent(&server, &incoming).await?;
    if !is_recent {
        return confirm_first(incoming).await;
    }
    let session = incoming.page.session.as_deref().unwrap_or_default();
    let removed =
        server.store.unlink_identity(&user.id, &IdentityId::from(id), &server.doors(), session).await;
    let removed = removed.inspect(|()| tracing::info!(user = %user.id, "an identity was unlinked"));
    let only = t!("told-openid-this-is-your-only-way");
    taken_away(incoming, removed, "identity-removed", "identities", only).await
}
