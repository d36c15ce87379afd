//! Who sees a dispute and who may do what in it; invitations.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use chrono::{TimeDelta, Utc};
use impasse_app::forms::{InvitationFields, read_invitation, read_new_account, read_visibility};
use impasse_app::model::id::{InvitationId, UserId};
use impasse_app::model::role::{InvitationDraft, Role};
use impasse_app::model::view::FieldError;
use impasse_app::page::Submission;
use impasse_app::pages;
use impasse_app::store::StoreError;

use super::accounts::start_session;
use super::attempts::wait_words;
use super::request::{Editing, Incoming, Owning, Sent};
use super::respond::{self, Refusal, uncached};
use super::{Answer, Server, see_other};
use crate::{ids, password};
use impasse_app::t;

/// `POST /d/{slug}/visibility`
pub(super) async fn show_to(Owning(editing): Owning, Sent(form): Sent) -> Answer {
    let (visibility, takes_suggestions) = match read_visibility(form) {
        Ok(read) => read,
        Err(form) => return again(editing, *form).await,
    };
    let Editing { server, actor, dispute, .. } = &editing;
    let saved = server.store.set_visibility(actor, &dispute.id, visibility, takes_suggestions).await;
    let saved = saved.map_err(|error| editing.refused(error))?;
    // Its address may be another one now.
    see_other(&format!("/d/{}/people", saved.slug))
}

/// `POST /d/{slug}/people/{id}`
pub(super) async fn set_role(
    Owning(editing): Owning,
    Path((_, id)): Path<(String, String)>,
    Sent(form): Sent,
) -> Answer {
    let role = match form.get("do") {
        "remove" => None,
        _ => match Role::from_key(form.get("role")) {
            Some(role) => Some(role),
            None => return Err(editing.incoming.refuse(StatusCode::UNPROCESSABLE_ENTITY)),
        },
    };
    match editing.server.store.set_role(&editing.dispute.id, &UserId::from(id), role).await {
        Ok(()) => see_other(&editing.path("/people")),
        Err(StoreError::InUse(_)) => {
            let message = t!("told-people-somebody-must-own-the-dispute");
            let form = Submission { errors: vec![FieldError::new("people", message)], ..form };
            again(editing, form).await
        }
        Err(error) => Err(editing.refused(error)),
    }
}

/// A new invitation, and what stands in its address.
///
/// # Errors
/// When the operating system gives no random bytes.
pub(crate) fn drafted(fields: InvitationFields) -> Result<(InvitationDraft, String), getrandom::Error> {
    let code = ids::code().inspect_err(|error| {
        tracing::error!(%error, "the system’s randomness fails");
    })?;
    let InvitationFields { role, note, days } = fields;
    let expires = Utc::now() + TimeDelta::days(days);
    Ok((InvitationDraft { role, note, expires, hash: password::sha256(&code) }, code))
}

/// `POST /d/{slug}/invitations`
pub(super) async fn invite(Owning(editing): Owning, Sent(form): Sent) -> Answer {
    let fields = match read_invitation(form) {
        Ok(fields) => fields,
        Err(form) => return again(editing, *form).await,
    };
    let Editing { server, incoming, actor, dispute } = &editing;
    let Ok((draft, code)) = drafted(fields) else {
        return Err(incoming.refuse(StatusCode::INTERNAL_SERVER_ERROR));
    };
    let made = server.store.add_invitation(actor, &dispute.id, &draft).await;
    let made = made.map_err(|error| editing.refused(error))?;
    let address = format!("{}/join/{code}", incoming.page.origin);
    let page = pages::new_invitation(dispute.clone(), made, address);
    Ok(uncached(respond::html(page, &incoming.page)))
}

/// `POST /d/{slug}/invitations/{id}/revoke`
pub(super) async fn revoke(Owning(editing): Owning, Path((_, id)): Path<(String, String)>) -> Answer {
    let revoked = editing.server.store.revoke_invitation(&editing.dispute.id, &InvitationId::from(id)).await;
    revoked.map_err(|error| editing.refused(error))?;
    see_other(&editing.path("/people"))
}

/// The page of the people again, with what is wrong.
async fn again(editing: Editing, form: Submission) -> Answer {
    let path = editing.path("/people");
    let mut incoming = editing.incoming;
    incoming.page.path = path;
    incoming.again(form).await
}

/// `GET /join/{code}`
pub(super) async fn show_invitation(
    State(server): State<Server>,
    incoming: Incoming,
    Path(code): Path<String>,
) -> Answer {
    invitation_page(&server, &incoming, &code, 200).await
}

/// `POST /join/{code}`: by the account that is signed in, or by one that is made for it.
pub(super) async fn join(
    State(server): State<Server>,
    mut incoming: Incoming,
    Path(code): Path<String>,
    Sent(form): Sent,
) -> Answer {
    let (hash, now) = (password::sha256(&code), Utc::now());
    if let Some(user) = &incoming.user {
        let taken = server.store.take_invitation(&hash, &user.id, now).await;
        let dispute = taken.map_err(|error| incoming.store(error))?;
        return see_other(&format!("/d/{}", dispute.slug));
    }
    let typed = match read_new_account(form.clone()) {
        Ok(typed) => typed,
        Err(form) => {
            incoming.page.form = Some(*form);
            return invitation_page(&server, &incoming, &code, 422).await;
        }
    };
    if let Err(seconds) = server.attempts.account(incoming.address) {
        let message = t!("told-people-too-many-accounts-were-made", seconds = wait_words(seconds));
        incoming.page.form = Some(Submission { errors: vec![FieldError::new("name", message)], ..form });
        return invitation_page(&server, &incoming, &code, 429).await;
    }
    // Known to be open before a password is hashed, which takes long by design.
    server.store.invitation(&hash, now).await.map_err(|error| incoming.store(error))?;
    let Some(hashed) = password::hash(typed.password).await else {
        return Err(incoming.refuse(StatusCode::INTERNAL_SERVER_ERROR));
    };
    match server.store.join(&hash, &typed.name, &hashed, now).await {
        Ok((user, dispute)) => {
            let on = see_other(&format!("/d/{}", dispute.slug))?;
            start_session(&server, &incoming, &user, on).await
        }
        Err(StoreError::Taken(_)) => {
            let mut form = form;
            form.values.retain(|(field, _)| field != "password");
            form.errors = vec![FieldError::new("name", t!("told-people-somebody-has-this-name-here"))];
            incoming.page.form = Some(form);
            invitation_page(&server, &incoming, &code, 422).await
        }
        Err(error) => Err(Refusal::from_store(&incoming, error)),
    }
}

async fn invitation_page(server: &Server, incoming: &Incoming, code: &str, status: u16) -> Answer {
    let found = server.store.invitation(&password::sha256(code), Utc::now()).await;
    let (invitation, dispute) = found.map_err(|error| incoming.store(error))?;
    let page = pages::join(&incoming.page, invitation, dispute).with_status(status);
    Ok(uncached(respond::html(page, &incoming.page)))
}
