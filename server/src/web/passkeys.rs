//! Passkeys: adding, naming and removing them, and signing in with one (W3C Web Authentication, level 3).

use std::time::Duration;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use chrono::{TimeDelta, Utc};
use impasse_app::forms::read_passkey;
use impasse_app::model::id::{PasskeyId, UserId};
use impasse_app::model::passkey::{CeremonyKind, MOST_PASSKEYS, PasskeyDraft};
use impasse_app::model::view::FieldError;
use impasse_app::page::{PasskeySite, Submission};
use impasse_app::store::{StoreError, User};
use impasse_app::t;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use sha2::{Digest, Sha256};
use url::Url;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Uuid, WebauthnError,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};
use webauthn_rs_proto::ResidentKeyRequirement;

use super::accounts::{account_again, account_refused, local, start_session, too_often};
use super::attempts::too_often_words;
use super::request::{Incoming, Sent};
use super::respond::{self, Refusal, uncached};
use super::{Answer, Server, ceremonies, see_other};
use crate::password;

/// How long a browser has to answer: what the specification recommends, since people may have to look for a device.
const CEREMONY: Duration = Duration::from_secs(300);

/// What is said where somebody signed in too long ago to change how they do.
pub(super) fn not_recent() -> &'static str {
    t!("told-passkeys-confirm-first-that-it-is")
}

/// What is said of an answer to something that was not asked, or not any more.
fn over() -> &'static str {
    t!("told-passkeys-this-took-too-long-or")
}

/// What is said of an answer that is none.
fn unreadable() -> &'static str {
    t!("told-passkeys-what-the-browser-sent-cannot")
}

/// The site as passkeys know it: their relying party.
#[derive(Debug)]
pub struct Party {
    webauthn: Webauthn,
    site: PasskeySite,
}

impl Party {
    /// The site at its public address, which no request has a say in. None without one, where it is an address by
    /// numbers, which passkeys cannot be for, or where browsers have none: without TLS but on the machine itself.
    pub fn of(settings: &crate::settings::Settings) -> Option<Self> {
        let url = Url::parse(settings.public_url.as_deref()?).ok()?;
        let host = url.domain()?;
        if url.scheme() != "https" && host != "localhost" {
            return None;
        }
        let builder = WebauthnBuilder::new(host, &url).ok()?;
        let webauthn = builder.rp_name("Impasse").timeout(CEREMONY).build().ok()?;
        let site = PasskeySite { origin: url.origin().ascii_serialization(), host: host.to_owned() };
        Some(Self { webauthn, site })
    }

    /// The same for pages.
    pub fn site(&self) -> &PasskeySite {
        &self.site
    }
}

fn party<'a>(server: &'a Server, incoming: &Incoming) -> Result<&'a Party, Refusal> {
    server.passkeys.as_deref().ok_or_else(|| incoming.refuse(StatusCode::NOT_FOUND))
}

/// What authenticators know an account by: nothing that tells who it is.
fn handle(user: &UserId) -> Uuid {
    let digest = Sha256::digest(format!("passkeys of {user}").as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    Uuid::from_bytes(bytes)
}

/// The hash by which the identifier of a passkey is found.
fn hash_of(id: &[u8]) -> String {
    password::hex(&Sha256::digest(id))
}

/// An error for the script.
fn refused(field: &str, words: impl Into<String>) -> Response {
    respond::problem(StatusCode::UNPROCESSABLE_ENTITY, &[FieldError::new(field, words.into())])
}

/// An answer for the script.
fn said(value: impl Serialize) -> Response {
    uncached(Json(value).into_response())
}

/// The answer to who has tried it too often.
fn wait(server: &Server, incoming: &Incoming) -> Option<Response> {
    let seconds = server.attempts.passkey(incoming.address).err()?;
    tracing::warn!(path = incoming.page.path, "tried too often");
    let error = FieldError::new("passkey", too_often_words(seconds));
    let mut response = respond::problem(StatusCode::TOO_MANY_REQUESTS, &[error]);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    Some(response)
}

fn failed(incoming: &Incoming, error: impl std::fmt::Display) -> Refusal {
    tracing::error!(%error, "passkeys fail");
    incoming.refuse(StatusCode::INTERNAL_SERVER_ERROR)
}

fn written(incoming: &Incoming, value: &impl Serialize) -> Result<String, Refusal> {
    serde_json::to_string(value).map_err(|error| failed(incoming, error))
}

fn read<T: DeserializeOwned>(incoming: &Incoming, text: &str) -> Result<T, Refusal> {
    serde_json::from_str(text).map_err(|error| failed(incoming, error))
}

/// Keeps what is asked until the browser answers, and asks it.
async fn begin(
    server: &Server,
    incoming: &Incoming,
    kind: CeremonyKind,
    by: (Option<UserId>, String),
    state: &impl Serialize,
    asked: &impl Serialize,
) -> Answer {
    let lasts = TimeDelta::from_std(CEREMONY).unwrap_or_default();
    let begun = ceremonies::begin(server, incoming, kind, by, state, lasts).await?;
    Ok(begun.tied(server, said(asked)))
}

/// `POST /sign-in/passkey/start`: what the browser is to ask of any passkey for this site.
pub(super) async fn start_sign_in(State(server): State<Server>, incoming: Incoming) -> Answer {
    let party = party(&server, &incoming)?;
    if let Some(response) = wait(&server, &incoming) {
        return Ok(response);
    }
    let begun = party.webauthn.start_discoverable_authentication();
    let (mut asked, state) = begun.map_err(|error| failed(&incoming, error))?;
    // A button is pressed for it; it is not offered in passing.
    asked.mediation = None;
    begin(&server, &incoming, CeremonyKind::Passkey, (None, String::new()), &state, &asked).await
}

/// Why a passkey does not sign anybody in, in words.
fn why(error: &WebauthnError) -> &'static str {
    match error {
        WebauthnError::CredentialPossibleCompromise => {
            t!("told-passkeys-this-passkey-was-refused-there")
        }
        WebauthnError::InvalidRPOrigin => t!("told-passkeys-this-passkey-was-asked-for"),
        WebauthnError::UserNotVerified => {
            t!("told-passkeys-the-passkey-was-not-opened")
        }
        _ => t!("told-passkeys-this-passkey-was-not-accepted"),
    }
}

/// `POST /sign-in/passkey`: the answer of a passkey. With `confirm`, it must be one of the account that is signed in.
pub(super) async fn sign_in(
    State(server): State<Server>,
    jar: CookieJar,
    incoming: Incoming,
    Sent(form): Sent,
) -> Answer {
    let party = party(&server, &incoming)?;
    let asked = ceremonies::end(&server, &incoming, &jar, CeremonyKind::Passkey).await?;
    let Some(ceremony) = asked else { return Ok(refused("passkey", over())) };
    let Ok(answer) = serde_json::from_str::<PublicKeyCredential>(form.raw("credential")) else {
        return Ok(refused("passkey", unreadable()));
    };
    let state: DiscoverableAuthentication = read(&incoming, &ceremony.state)?;
    let user = match judge(&server, &incoming, party, &answer, state).await? {
        Ok(user) => user,
        Err(words) => return Ok(refused("passkey", words)),
    };
    let is_another = incoming.user.as_ref().is_some_and(|signed_in| signed_in.id != user.id);
    if is_another && !form.get("confirm").is_empty() {
        return Ok(refused("passkey", t!("told-passkeys-this-is-a-passkey-of")));
    }
    let response = said(json!({"to": local(form.get("to"))}));
    start_session(&server, &incoming, &user, response).await
}

/// Whose passkey answered, or in words why it signs nobody in. What it says of itself is kept.
async fn judge(
    server: &Server,
    incoming: &Incoming,
    party: &Party,
    answer: &PublicKeyCredential,
    state: DiscoverableAuthentication,
) -> Result<Result<User, &'static str>, Refusal> {
    let unknown = t!("told-passkeys-this-passkey-is-not-known");
    let refused = |reason: &dyn std::fmt::Display, words| {
        tracing::warn!(%reason, "a sign-in with a passkey was refused");
        Ok(Err(words))
    };
    let (named, id) = match party.webauthn.identify_discoverable_authentication(answer) {
        Ok(identified) => identified,
        Err(error) => return refused(&error, unknown),
    };
    let (passkey, user) = match server.store.passkey(&hash_of(id)).await {
        Ok(found) => found,
        Err(StoreError::NotFound) => return refused(&"it is unknown", unknown),
        Err(error) => return Err(incoming.store(error)),
    };
    if named != handle(&user.id) {
        return refused(&"it names another account", unknown);
    }
    let mut credential: Passkey = read(incoming, &passkey.credential)?;
    let result = match party.webauthn.finish_discoverable_authentication_v2(answer, state, &credential) {
        Ok(result) => result,
        Err(error) => return refused(&error, why(&error)),
    };
    credential.update_credential(&result);
    let after = written(incoming, &credential)?;
    match server.store.passkey_used(&passkey.id, &passkey.credential, &after, Utc::now()).await {
        Ok(()) => Ok(Ok(user)),
        Err(StoreError::Conflict) => refused(&"it was used twice at once", over()),
        Err(error) => Err(incoming.store(error)),
    }
}

/// The account that is signed in, and whether it has only just signed in.
pub(super) async fn user_and_recent<'a>(
    server: &Server,
    incoming: &'a Incoming,
) -> Result<(&'a User, bool), Refusal> {
    let Some(user) = &incoming.user else { return Err(incoming.refuse(StatusCode::UNAUTHORIZED)) };
    let sessions = server.store.sessions(&user.id).await.map_err(|error| incoming.store(error))?;
    Ok((user, incoming.page.is_recent(&sessions)))
}

/// The account's page again, where somebody signed in too long ago.
pub(super) async fn confirm_first(incoming: Incoming) -> Answer {
    account_refused(incoming, "confirm", not_recent()).await
}

/// The answer to who took away one of their ways to sign in, or, by an error at a field, their only one.
pub(super) async fn taken_away(
    incoming: Incoming,
    removed: Result<(), StoreError>,
    changed: &str,
    field: &str,
    only: &'static str,
) -> Answer {
    match removed {
        Ok(()) => see_other(&format!("/account?changed={changed}")),
        Err(StoreError::InUse(_)) => account_refused(incoming, field, only).await,
        Err(error) => Err(incoming.store(error)),
    }
}

/// Whether somebody may change how they sign in without their password: only just after they have.
///
/// # Errors
/// For who is not signed in, and those of the store.
pub(super) async fn is_recent(server: &Server, incoming: &Incoming) -> Result<bool, Refusal> {
    user_and_recent(server, incoming).await.map(|(_, is_recent)| is_recent)
}

/// `POST /account/confirm`: the password again, which begins a session of its own in place of this one.
pub(super) async fn confirm(
    State(server): State<Server>,
    mut incoming: Incoming,
    Sent(form): Sent,
) -> Answer {
    let Some(user) = incoming.user.clone() else { return Err(incoming.refuse(StatusCode::UNAUTHORIZED)) };
    incoming.page.path = "/account".to_owned();
    let typed: String = form.raw("confirm").chars().take(501).collect();
    if typed.is_empty() {
        return account_refused(incoming, "confirm", t!("told-passkeys-give-your-password")).await;
    }
    if let Err(seconds) = server.attempts.sign_in(&user.name, incoming.address) {
        return too_often(incoming, Submission::default(), "confirm", seconds).await;
    }
    if !password::verify(typed, user.password_hash.clone()).await {
        return account_refused(incoming, "confirm", t!("told-passkeys-this-is-not-your-password")).await;
    }
    start_session(&server, &incoming, &user, see_other("/account?changed=confirmed")?).await
}

/// `POST /account/passkeys/start`: what the browser is to make.
pub(super) async fn start_adding(
    State(server): State<Server>,
    incoming: Incoming,
    Sent(form): Sent,
) -> Answer {
    let (user, is_recent) = user_and_recent(&server, &incoming).await?;
    let party = party(&server, &incoming)?;
    if !is_recent {
        return Ok(refused("confirm", not_recent()));
    }
    let name = match read_passkey(form, "passkey") {
        Ok(name) => name,
        Err(form) => return Ok(respond::problem(StatusCode::UNPROCESSABLE_ENTITY, &form.errors)),
    };
    if let Some(response) = wait(&server, &incoming) {
        return Ok(response);
    }
    let there = server.store.passkeys(&user.id).await.map_err(|error| incoming.store(error))?;
    if there.len() >= MOST_PASSKEYS {
        return Ok(refused("passkey", t!("told-passkeys-remove-one-first-are-the", most = MOST_PASSKEYS)));
    }
    let known = there
        .iter()
        .map(|passkey| Ok(read::<Passkey>(&incoming, &passkey.credential)?.cred_id().clone()))
        .collect::<Result<Vec<_>, Refusal>>()?;
    let begun =
        party.webauthn.start_passkey_registration(handle(&user.id), &user.name, &user.name, Some(known));
    let (mut asked, state) = begun.map_err(|error| failed(&incoming, error))?;
    // One that is only found by whoever types a name first would sign nobody in here.
    if let Some(selection) = &mut asked.public_key.authenticator_selection {
        selection.resident_key = Some(ResidentKeyRequirement::Required);
        selection.require_resident_key = true;
    }
    begin(&server, &incoming, CeremonyKind::AddPasskey, (Some(user.id.clone()), name), &state, &asked).await
}

/// `POST /account/passkeys`: the passkey that was made.
pub(super) async fn add(
    State(server): State<Server>,
    jar: CookieJar,
    incoming: Incoming,
    Sent(form): Sent,
) -> Answer {
    let Some(user) = &incoming.user else { return Err(incoming.refuse(StatusCode::UNAUTHORIZED)) };
    let party = party(&server, &incoming)?;
    let asked = ceremonies::end(&server, &incoming, &jar, CeremonyKind::AddPasskey).await?;
    let Some(ceremony) = asked.filter(|ceremony| ceremony.user.as_ref() == Some(&user.id)) else {
        return Ok(refused("passkey", over()));
    };
    let Ok(answer) = serde_json::from_str::<RegisterPublicKeyCredential>(form.raw("credential")) else {
        return Ok(refused("passkey", unreadable()));
    };
    if answer.extensions.cred_props.as_ref().is_some_and(|props| props.rk == Some(false)) {
        return Ok(refused("passkey", t!("told-passkeys-this-device-does-not-keep")));
    }
    let state: PasskeyRegistration = read(&incoming, &ceremony.state)?;
    let credential = match party.webauthn.finish_passkey_registration(&answer, &state) {
        Ok(credential) => credential,
        Err(error) => {
            tracing::warn!(reason = %error, "a passkey was refused");
            return Ok(refused("passkey", why(&error)));
        }
    };
    let draft = PasskeyDraft {
        name: ceremony.name,
        host: party.site.host.clone(),
        hash: hash_of(credential.cred_id()),
        credential: written(&incoming, &credential)?,
    };
    match server.store.add_passkey(&user.id, &draft).await {
        Ok(_) => {
            tracing::info!(user = %user.id, "a passkey was added");
            Ok(said(json!({"to": "/account?changed=passkey"})))
        }
        Err(StoreError::Taken(_)) => Ok(refused("passkey", t!("told-passkeys-this-passkey-is-known-here"))),
        Err(StoreError::InUse(_)) => Ok(refused("passkey", t!("told-passkeys-there-are-as-many-passkeys"))),
        Err(error) => Err(incoming.store(error)),
    }
}

/// `POST /account/passkeys/{id}/rename`
pub(super) async fn rename(
    State(server): State<Server>,
    incoming: Incoming,
    Path(id): Path<String>,
    Sent(form): Sent,
) -> Answer {
    let Some(user) = &incoming.user else { return Err(incoming.refuse(StatusCode::UNAUTHORIZED)) };
    let name = match read_passkey(form, &format!("name-{id}")) {
        Ok(name) => name,
        Err(form) => return account_again(incoming, *form).await,
    };
    let renamed = server.store.rename_passkey(&user.id, &PasskeyId::from(id), &name).await;
    renamed.map_err(|error| incoming.store(error))?;
    see_other("/account?changed=passkey-name")
}

/// `POST /account/passkeys/{id}/remove`. It ends every session but this one, as another password does.
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
    let removed = server.store.remove_passkey(&user.id, &PasskeyId::from(id), &server.doors(), session).await;
    let removed = removed.inspect(|()| tracing::info!(user = %user.id, "a passkey was removed"));
    let only = t!("told-passkeys-this-is-your-only-way");
    taken_away(incoming, removed, "passkey-removed", "passkeys", only).await
}

/// `POST /account/password/remove`. It ends every session but this one, as another password does.
pub(super) async fn remove_password(State(server): State<Server>, incoming: Incoming) -> Answer {
    let (user, is_recent) = user_and_recent(&server, &incoming).await?;
    if !is_recent {
        return confirm_first(incoming).await;
    }
    let session = incoming.page.session.as_deref().unwrap_or_default();
    let removed = server.store.remove_password(&user.id, &server.doors(), session).await;
    let removed = removed.inspect(|()| tracing::info!(user = %user.id, "a password was removed"));
    let only = t!("told-passkeys-add-another-way-to-sign");
    taken_away(incoming, removed, "password-removed", "present", only).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;

    fn party(url: &str) -> Option<Party> {
        Party::of(&Settings { public_url: Some(url.to_owned()), ..Settings::default() })
    }

    #[test]
    fn passkeys_are_for_the_public_address() {
        assert_eq!(party("https://e.org").unwrap().site.origin, "https://e.org");
        assert_eq!(party("https://E.org:8443").unwrap().site.origin, "https://e.org:8443");
        assert_eq!(party("http://localhost:3000").unwrap().site.origin, "http://localhost:3000");
        for none in ["http://e.org", "https://192.0.2.7", "http://127.0.0.1:3000", "https://[2001:db8::1]"] {
            assert!(party(none).is_none(), "{none}");
        }
        assert!(Party::of(&Settings::default()).is_none(), "no request says where the site is");
    }

    #[test]
    fn accounts_are_told_apart_and_not_told() {
        let [one, other] = ["000000000000000a", "000000000000000b"].map(UserId::from);
        assert_ne!(handle(&one), handle(&other));
        assert_eq!(handle(&one), handle(&one));
    }
}
