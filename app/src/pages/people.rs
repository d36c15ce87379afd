//! Who sees a dispute and who may do what in it, and the page on which an invitation is taken.

use leptos::prelude::*;

use super::account::{name_and_password, provider_link};
use super::{dispute_for, trail};
use crate::components::fields::{Field, error_summary, options};
use crate::components::parts::{instant, share_line};
use crate::model::dispute::Dispute;
use crate::model::role::{Invitation, Member, Role, Visibility};
use crate::model::view::encode;
use crate::page::{Page, PageError, PageRequest, Submission, sign_in_address};
use crate::{marked, t};

/// `/d/{slug}/people`
///
/// # Errors
/// [`PageError::Forbidden`] for who does not own the dispute, and those of the store.
pub async fn people(request: &PageRequest, slug: &str) -> Result<Page, PageError> {
    let dispute = dispute_for(request, slug, Role::Owner).await?;
    let members = request.store.members(&dispute.id).await?;
    let invitations = request.store.invitations(&dispute.id).await?;
    let form = request.submission();
    let own = request.reader.user().cloned();
    Ok(Page::new(t!("people-people", title = dispute.title), move || {
        let path = format!("/d/{}", dispute.slug);
        let rows: Vec<_> =
            members.iter().map(|one| member(&path, one, Some(&one.user) == own.as_ref())).collect();
        let none = rows.is_empty().then(|| {
            view! { <p class="empty">{t!("people-nobody-has-a-role-here")}</p> }
        });
        let list = (!rows.is_empty()).then(|| view! { <ul class="rows people">{rows}</ul> });
        let open: Vec<_> = invitations.iter().map(|one| invitation(&path, one)).collect();
        let open = (!open.is_empty())
            .then(|| view! { <h3>{t!("people-not-taken-yet")}</h3><ul class="rows people">{open}</ul> });
        view! {
            {trail(&dispute, &[])}
            <h1>{t!("people-people-2")}</h1>
            {error_summary(&form)}
            {visibility(&path, &dispute, &form)}
            <h2 id="people">{t!("people-who-may-do-what")}</h2>
            {field_error(&form, "people")}
            {none}
            {list}
            {roles()}
            <h2>{t!("people-invite-somebody")}</h2>
            <p>{t!("people-you-get-a-link-to")}</p>
            <form method="post" action=format!("{path}/invitations") class="form narrow">
                {Field::new(&form, "role", t!("people-role")).value(Role::Editor.key()).required().choice(&options!(Role))}
                {Field::new(&form, "note", t!("people-for-whom")).hint(t!("people-so-that-you-know-it")).text("text", "off")}
                {Field::new(&form, "days", t!("people-for-how-many-days")).value("7").required().text("number", "off")}
                <div class="form-end"><button class="button button-main" type="submit">{t!("people-make-the-link")}</button></div>
            </form>
            {open}
        }
        .into_any()
    }))
}

/// What is wrong, where there is more than one control for it.
fn field_error(form: &Submission, field: &str) -> Option<AnyView> {
    let message = form.error(field)?.to_owned();
    Some(view! { <p class="field-error" id=format!("{field}-error")>{message}</p> }.into_any())
}

fn visibility(path: &str, dispute: &Dispute, form: &Submission) -> AnyView {
    let is_wrong = form.error("visibility").is_some();
    let choices: Vec<_> = Visibility::ALL
        .iter()
        .map(|one| {
            let hint = format!("visibility-{}", one.key());
            let described = if is_wrong { format!("{hint} visibility-error") } else { hint.clone() };
            view! {
                <div class="choice-line">
                    <label class="choice">
                        <input
                            type="radio"
                            name="visibility"
                            value=one.key()
                            checked=*one == dispute.visibility
                            aria-invalid=is_wrong.then_some("true")
                            aria-describedby=described
                        />
                        <span>{one.label()}</span>
                    </label>
                    <p class="field-hint" id=hint>{one.purpose()}</p>
                </div>
            }
        })
        .collect();
    view! {
        <form method="post" action=format!("{path}/visibility") class="form narrow">
            <fieldset class="form-group" id="visibility">
                <legend>{t!("people-who-may-read-it")}</legend>
                {choices}
                {field_error(form, "visibility")}
            </fieldset>
            <label class="choice">
                <input type="checkbox" name="suggestions" value="yes" checked=dispute.takes_suggestions/>
                <span>{t!("people-readers-may-suggest-events-which")}</span>
            </label>
            <div class="form-end"><button class="button" type="submit">{t!("people-save")}</button></div>
        </form>
    }
    .into_any()
}

fn member(path: &str, member: &Member, is_own: bool) -> AnyView {
    let action = format!("{path}/people/{}", member.user);
    let choices: Vec<_> = Role::ALL
        .iter()
        .map(|role| view! { <option value=role.key() selected=*role == member.role>{role.label()}</option> })
        .collect();
    let id = format!("role-{}", member.user);
    let who = if is_own { t!("people-you", name = member.name) } else { member.name.clone() };
    view! {
        <li>
            <p><strong>{who}</strong><span class="soft">" "{marked!("people-since"; at = |_| instant(member.since))}</span></p>
            <form method="post" action=action class="inline-form">
                <label class="visually-hidden" for=id.clone()>{t!("people-role-of", name = member.name)}</label>
                <select id=id name="role">{choices}</select>
                <button class="button" type="submit" name="do" value="change" aria-label=t!("people-change-the-role-of", name = member.name)>{t!("people-change")}</button>
                <button class="button button-quiet" type="submit" name="do" value="remove" aria-label=t!("people-take-the-role-from", name = member.name)>{t!("people-take-away")}</button>
            </form>
        </li>
    }
    .into_any()
}

fn invitation(path: &str, invitation: &Invitation) -> AnyView {
    let whom =
        if invitation.note.is_empty() { t!("people-somebody").to_owned() } else { invitation.note.clone() };
    view! {
        <li>
            <p>
                <strong>{whom.clone()}</strong>
                <span class="soft">
                    " "
                    {marked!(
                        "people-invited-as", role = invitation.role.key(), by = invitation.by;
                        at = |_| instant(invitation.expires),
                    )}
                </span>
            </p>
            <form method="post" action=format!("{path}/invitations/{}/revoke", invitation.id)>
                <button class="button button-quiet" type="submit" aria-label=t!("people-take-back-the-invitation-for", whom = whom)>{t!("people-take-back")}</button>
            </form>
        </li>
    }
    .into_any()
}

/// What each role may do.
fn roles() -> AnyView {
    let items: Vec<_> = Role::ALL
        .iter()
        .map(|role| view! { <div><dt>{role.label()}</dt><dd>{role.purpose()}</dd></div> })
        .collect();
    view! {
        <details>
            <summary>{t!("people-what-the-roles-may-do")}</summary>
            <p>{t!("people-each-may-do-what-those")}</p>
            <dl class="facts">{items}</dl>
        </details>
    }
    .into_any()
}

/// The one time that the address of an invitation is shown.
pub fn new_invitation(dispute: Dispute, invitation: Invitation, address: String) -> Page {
    Page::new(t!("people-your-invitation"), move || {
        view! {
            {trail(&dispute, &[(t!("people-people-2"), format!("/d/{}/people", dispute.slug))])}
            <div class="narrow">
                <h1>{t!("people-your-invitation")}</h1>
                <p>{t!("people-hand-this-link-on-to", role = invitation.role.key())}</p>
                {share_line("invitation", t!("people-link"), &address, false)}
                <p class="soft">{marked!("people-open-until"; at = |_| instant(invitation.expires))}</p>
                <p><a class="button" href=format!("/d/{}/people", dispute.slug)>{t!("people-to-the-people")}</a></p>
            </div>
        }
        .into_any()
    })
}

/// `/join/{code}`: an invitation to be taken by the account that is signed in, or by one that is made for it.
pub fn join(request: &PageRequest, invitation: Invitation, dispute: Dispute) -> Page {
    let form = request.submission();
    let path = request.path.clone();
    let name = request.viewer.as_ref().map(|viewer| viewer.name.clone());
    let code = path.strip_prefix("/join/").unwrap_or_default();
    let provider = request
        .site
        .provider
        .as_ref()
        .filter(|_| name.is_none())
        .map(|provider| provider_link(&format!("join={}", encode(code)), &provider.label));
    Page::new(t!("people-invitation"), move || {
        let how = match name {
            Some(name) => view! {
                <form method="post" action=path class="form">
                    <div class="form-end">
                        <button class="button button-main" type="submit">{t!("people-join-as", name = name)}</button>
                    </div>
                </form>
            }
            .into_any(),
            None => new_account(&form, &path),
        };
        view! {
            <div class="narrow">
                <h1>{t!("people-you-are-invited")}</h1>
                <p>
                    {marked!(
                        "people-invites-you",
                        by = invitation.by,
                        role = invitation.role.key(),
                        title = dispute.title,
                        purpose = invitation.role.purpose();
                        title = |title| view! { <strong>{title}</strong> },
                    )}
                </p>
                <p class="soft">{marked!("people-open-until"; at = |_| instant(invitation.expires))}</p>
                {error_summary(&form)}
                {how}
                {provider}
            </div>
        }
        .into_any()
    })
}

fn new_account(form: &Submission, path: &str) -> AnyView {
    view! {
        <p>{marked!("people-have-account"; a = |words| view! { <a href=sign_in_address(path)>{words}</a> })}</p>
        <form method="post" action=path.to_owned() class="form">
            {name_and_password(form)}
            <div class="form-end"><button class="button button-main" type="submit">{t!("people-make-the-account-and-join")}</button></div>
        </form>
    }
    .into_any()
}
