//! Signing in, the first account, and what belongs to an account: password, passkeys, sessions, tokens.

use leptos::prelude::*;

use crate::components::fields::{Field, error_summary};
use crate::components::parts::instant;
use crate::model::access::{Scope, Token};
use crate::model::identity::Identity;
use crate::model::passkey::Passkey;
use crate::model::view::encode;
use crate::page::{Page, PageError, PageRequest, PasskeySite, ProviderSite, Script, Submission};
use crate::store::Session;
use crate::{marked, t};

/// `/sign-in`
pub fn sign_in(request: &PageRequest) -> Page {
    let form = request.submission();
    let to = match form.get("to") {
        "" => request.param("to").unwrap_or("/").to_owned(),
        to => to.to_owned(),
    };
    let passkey = request
        .site
        .passkeys
        .as_ref()
        .map(|site| passkey_button(&site.origin, &to, t!("account-sign-in-with-a-passkey"), false));
    let provider = request
        .site
        .provider
        .as_ref()
        .map(|provider| provider_link(&format!("to={}", encode(&to)), &provider.label));
    Page::new(t!("account-sign-in"), move || {
        view! {
            <div class="narrow">
                <h1>{t!("account-sign-in")}</h1>
                <p>{t!("account-reading-needs-no-account-to")}</p>
                {error_summary(&form)}
                <form method="post" action="/sign-in" class="form">
                    <input type="hidden" name="to" value=to/>
                    {Field::new(&form, "name", t!("account-name")).required().text("text", "username")}
                    {Field::new(&form, "password", t!("account-password")).required().text("password", "current-password")}
                    <div class="form-end"><button class="button button-main" type="submit">{t!("account-sign-in")}</button></div>
                </form>
                {provider}
                {passkey}
            </div>
        }
        .into_any()
    })
    .with_script(Script::Passkey)
}

/// Leads to the provider, with what for. Nothing but a person shall follow it.
pub(super) fn provider_link(query: &str, label: &str) -> AnyView {
    let address = format!("/sign-in/openid?{query}");
    view! {
        <p class="form-end"><a class="button" href=address rel="nofollow">{label.to_owned()}</a></p>
    }
    .into_any()
}

/// Signs in with a passkey, or confirms who is signed in; the script shows it where the browser knows passkeys.
fn passkey_button(origin: &str, to: &str, label: &'static str, confirms: bool) -> AnyView {
    let confirm = confirms.then(|| view! { <input type="hidden" name="confirm" value="1"/> });
    view! {
        <form
            method="post"
            action="/sign-in/passkey"
            class="form narrow"
            data-passkey="sign-in"
            data-words=passkey_words()
            data-origin=origin.to_owned()
            hidden
        >
            <input type="hidden" name="to" value=to.to_owned()/>
            {confirm}
            <div class="form-end"><button class="button" type="submit">{label}</button></div>
            <p role="status"></p>
        </form>
    }
    .into_any()
}

/// `/setup/{token}`, the one-time address that the server prints when it has no account yet.
pub fn setup(request: &PageRequest) -> Page {
    let form = request.submission();
    let action = request.path.clone();
    Page::new(t!("account-set-up-impasse"), move || {
        view! {
            <div class="narrow">
                <h1>{t!("account-set-up-impasse")}</h1>
                <p>{t!("account-choose-the-name-and-password")}</p>
                {error_summary(&form)}
                <form method="post" action=action class="form">
                    {name_and_password(&form)}
                    <div class="form-end"><button class="button button-main" type="submit">{t!("account-create-the-account")}</button></div>
                </form>
            </div>
        }
        .into_any()
    })
}

/// The fields of an account that is made.
pub(super) fn name_and_password(form: &Submission) -> AnyView {
    view! {
        {Field::new(form, "name", t!("account-name"))
            .hint(t!("account-changes-are-recorded-under-this"))
            .required()
            .text("text", "username")}
        {chosen_password(form, t!("account-password"))}
    }
    .into_any()
}

fn chosen_password(form: &Submission, label: &str) -> AnyView {
    Field::new(form, "password", label)
        .hint(t!("account-at-least-12-characters-a"))
        .required()
        .text("password", "new-password")
}

/// How an account is signed in to.
struct Ways {
    has_password: bool,
    passkeys: Vec<Passkey>,
    /// Whether who looks has only just signed in.
    is_recent: bool,
    /// See [`crate::page::Site::passkeys`].
    site: Option<PasskeySite>,
    identities: Vec<Identity>,
    /// See [`crate::page::Site::provider`].
    provider: Option<ProviderSite>,
}

impl Ways {
    /// Whether one of the passkeys is for the site where it is.
    fn has_one(&self, site: &PasskeySite) -> bool {
        self.passkeys.iter().any(|passkey| passkey.host == site.host)
    }

    /// Whether one of the identities is with the provider.
    fn is_with(&self, provider: &ProviderSite) -> bool {
        self.identities.iter().any(|identity| identity.issuer == provider.issuer)
    }

    /// Whether there is, or could be, another way than the password.
    fn has_others(&self) -> bool {
        self.site.is_some()
            || self.provider.is_some()
            || !self.passkeys.is_empty()
            || !self.identities.is_empty()
    }
}

/// `/account`: the password, the passkeys, where one is signed in, and the tokens by which programs act for the account.
///
/// # Errors
/// [`PageError::SignIn`] for who is not signed in, and those of the store.
pub async fn account(request: &PageRequest) -> Result<Page, PageError> {
    let name = request.account()?.name.clone();
    let form = request.submission();
    let user = request.store.user_named(&name).await?;
    let tokens = request.store.tokens(&user.id).await?;
    let sessions = request.store.sessions(&user.id).await?;
    let ways = Ways {
        has_password: user.password_hash.is_some(),
        passkeys: request.store.passkeys(&user.id).await?,
        is_recent: request.is_recent(&sessions),
        site: request.site.passkeys.clone(),
        identities: request.store.identities(&user.id).await?,
        provider: request.site.provider.clone(),
    };
    let changed = match request.param("changed") {
        Some("password") => Some(t!("account-your-password-was-changed-and")),
        Some("password-removed") => Some(t!("account-your-password-was-removed-and")),
        Some("passkey") => Some(t!("account-a-passkey-was-added-you")),
        Some("passkey-name") => Some(t!("account-the-passkey-has-another-name")),
        Some("passkey-removed") => Some(t!("account-a-passkey-was-removed-and")),
        Some("identity") => Some(t!("account-the-account-elsewhere-was-linked")),
        Some("identity-removed") => Some(t!("account-the-link-was-removed-and")),
        Some("confirmed") => Some(t!("account-you-can-change-how-you")),
        Some("sessions") => Some(t!("account-you-were-signed-out-everywhere")),
        _ => None,
    };
    let now = chrono::Utc::now();
    Ok(Page::new(t!("account-your-account"), move || {
        let rows: Vec<_> = tokens.iter().map(|token| row(token, token.is_over(now))).collect();
        let list = (!rows.is_empty()).then(|| {
            view! {
                <div class="table-wrap" tabindex="0" role="region" aria-label=t!("account-your-tokens")>
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">{t!("account-name")}</th>
                                <th scope="col">{t!("account-may")}</th>
                                <th scope="col">{t!("account-made")}</th>
                                <th scope="col">{t!("account-ends")}</th>
                                <th scope="col">{t!("account-last-used")}</th>
                                <th scope="col"><span class="visually-hidden">{t!("account-revoke")}</span></th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
        });
        let scopes: Vec<(String, String)> =
            Scope::ALL.iter().map(|scope| (scope.key().to_owned(), scope.label().to_owned())).collect();
        view! {
            <h1>{name}</h1>
            {changed.map(|words| view! { <div class="notice" role="status"><p>{words}</p></div> })}
            {error_summary(&form)}
            {confirmation(&form, &ways)}
            <h2>{t!("account-password")}</h2>
            {password_forms(&form, &ways)}
            {passkey_section(&form, &ways)}
            {identity_section(&ways)}
            <h2>{t!("account-where-you-are-signed-in")}</h2>
            {session_list(&sessions)}
            <h2>{t!("account-tokens")}</h2>
            <p>{marked!("account-a-token-lets-a-program"; api = |words| view! { <a href="/api">{words}</a> })}</p>
            {list}
            <h2>{t!("account-make-a-token")}</h2>
            <form method="post" action="/account/tokens" class="form narrow">
                {Field::new(&form, "name", t!("account-name")).hint(t!("account-where-it-is-used-such")).required().text("text", "off")}
                {Field::new(&form, "scope", t!("account-what-it-may-do")).hint(t!("account-each-includes-those-before-it")).value("read").required().choice(&scopes)}
                {Field::new(&form, "days", t!("account-days-until-it-ends")).hint(t!("account-without-a-number-it-never")).value("90").text("number", "off")}
                <div class="form-end"><button class="button button-main" type="submit">{t!("account-make-the-token")}</button></div>
            </form>
        }
        .into_any()
    })
    .with_script(Script::Passkey))
}

/// Asks who signed in a while ago to confirm that it is them, where there is something that they could only change then.
fn confirmation(form: &Submission, ways: &Ways) -> Option<AnyView> {
    let is_idle = ways.is_recent || !ways.has_others();
    if is_idle && form.error("confirm").is_none() {
        return None;
    }
    let password = ways.has_password.then(|| {
        view! {
            <form method="post" action="/account/confirm" class="form narrow">
                {Field::new(form, "confirm", t!("account-your-password")).required().text("password", "current-password")}
                <div class="form-end"><button class="button" type="submit">{t!("account-confirm")}</button></div>
            </form>
        }
    });
    let passkey = ways.site.as_ref().filter(|site| ways.has_one(site)).map(|site| {
        passkey_button(&site.origin, "/account?changed=confirmed", t!("account-confirm-with-a-passkey"), true)
    });
    let provider = ways
        .provider
        .as_ref()
        .filter(|provider| ways.is_with(provider))
        .map(|provider| provider_link("confirm=1", &t!("account-confirm-2", label = provider.label)));
    Some(
        view! {
            <h2>{t!("account-confirm-that-it-is-you")}</h2>
            <p>{t!("account-you-signed-in-a-while")}</p>
            {password}
            {provider}
            {passkey}
        }
        .into_any(),
    )
}

fn password_forms(form: &Submission, ways: &Ways) -> AnyView {
    if !ways.has_password {
        let set = ways.is_recent.then(|| {
            view! {
                <form method="post" action="/account/password" class="form narrow">
                    {chosen_password(form, t!("account-new-password"))}
                    <div class="form-end"><button class="button" type="submit">{t!("account-set-a-password")}</button></div>
                </form>
            }
        });
        return view! { <p>{t!("account-you-have-none-you-sign")}</p>{set} }.into_any();
    }
    let has_one = ways.site.as_ref().is_some_and(|site| ways.has_one(site))
        || ways.provider.as_ref().is_some_and(|provider| ways.is_with(provider));
    let remove = (ways.is_recent && has_one).then(|| {
        view! {
            <form method="post" action="/account/password/remove">
                <p>{t!("account-without-a-password-nobody-can")}</p>
                <button class="button button-quiet" type="submit">{t!("account-remove-the-password")}</button>
            </form>
        }
    });
    view! {
        <form method="post" action="/account/password" class="form narrow">
            {Field::new(form, "present", t!("account-present-password")).required().text("password", "current-password")}
            {chosen_password(form, t!("account-new-password"))}
            <div class="form-end"><button class="button" type="submit">{t!("account-change-the-password")}</button></div>
        </form>
        {remove}
    }
    .into_any()
}

fn passkey_section(form: &Submission, ways: &Ways) -> Option<AnyView> {
    if ways.site.is_none() && ways.passkeys.is_empty() {
        return None;
    }
    let rows: Vec<_> = ways.passkeys.iter().map(|passkey| passkey_row(form, passkey, ways)).collect();
    let list = (!rows.is_empty()).then(|| view! { <ul class="rows" id="passkeys">{rows}</ul> });
    let add = ways.site.as_ref().filter(|_| ways.is_recent).map(|site| {
        view! {
            <form
                method="post"
                action="/account/passkeys"
                class="form narrow"
                data-passkey="add"
                data-words=passkey_words()
                data-origin=site.origin.clone()
                hidden
            >
                {Field::new(form, "passkey", t!("account-name")).hint(t!("account-what-you-know-it-by")).required().text("text", "off")}
                <div class="form-end"><button class="button" type="submit">{t!("account-add-a-passkey")}</button></div>
                <p role="status"></p>
            </form>
            <noscript><p class="soft">{t!("account-adding-a-passkey-needs-javascript")}</p></noscript>
        }
    });
    Some(
        view! {
            <h2>{t!("account-passkeys")}</h2>
            <p>{t!("account-a-passkey-signs-you-in")}</p>
            {list}
            {add}
        }
        .into_any(),
    )
}

/// What `app/passkey.js` says, by the names of the exceptions of <https://www.w3.org/TR/webauthn-3/> and of its own.
fn passkey_words() -> String {
    serde_json::json!({
        "Asked": t!("passkey-asked"),
        "NotAllowedError": t!("passkey-not-allowed"),
        "AbortError": t!("passkey-aborted"),
        "InvalidStateError": t!("passkey-had-already"),
        "NotSupportedError": t!("passkey-not-supported"),
        "ConstraintError": t!("passkey-not-verified"),
        "SecurityError": t!("passkey-other-address"),
        "Unanswered": t!("passkey-unanswered"),
        "SignedOut": t!("passkey-signed-out"),
        "Failed": t!("passkey-failed"),
    })
    .to_string()
}

fn passkey_row(form: &Submission, passkey: &Passkey, ways: &Ways) -> AnyView {
    let is_elsewhere = ways.site.as_ref().is_none_or(|site| site.host != passkey.host);
    let elsewhere = is_elsewhere.then(|| {
        view! { <p class="soft">{t!("account-it-was-made-for-and", host = passkey.host)}</p> }
    });
    let field = format!("name-{}", passkey.id);
    // What another form of the page was sent with says nothing of this one.
    let own = if form.error(&field).is_some() { form.clone() } else { Submission::default() };
    let remove = ways.is_recent.then(|| {
        view! {
            <form method="post" action=format!("/account/passkeys/{}/remove", passkey.id)>
                <button class="button button-quiet" type="submit" aria-label=t!("account-remove", name = passkey.name)>{t!("account-remove-2")}</button>
            </form>
        }
    });
    view! {
        <li>
            <p>{passkey.name.clone()}</p>
            <p class="soft">{match passkey.last_used {
                None => marked!("account-added"; made = |_| instant(passkey.created)),
                Some(at) => marked!("account-added-and-used"; made = |_| instant(passkey.created), used = |_| instant(at)),
            }}</p>
            {elsewhere}
            <details open=own.error(&field).is_some()>
                <summary aria-label=t!("account-rename", name = passkey.name)>{t!("account-rename-2")}</summary>
                <form method="post" action=format!("/account/passkeys/{}/rename", passkey.id) class="form">
                    {Field::new(&own, &field, t!("account-name")).value(&passkey.name).required().text("text", "off")}
                    <div class="form-end"><button class="button" type="submit">{t!("account-rename-2")}</button></div>
                </form>
            </details>
            {remove}
        </li>
    }
    .into_any()
}

fn identity_section(ways: &Ways) -> Option<AnyView> {
    if ways.provider.is_none() && ways.identities.is_empty() {
        return None;
    }
    let rows: Vec<_> = ways
        .identities
        .iter()
        .map(|identity| {
            let is_elsewhere = ways.provider.as_ref().is_none_or(|known| known.issuer != identity.issuer);
            let elsewhere =
                is_elsewhere.then(|| view! { <p class="soft">{t!("account-nobody-is-signed-in-through")}</p> });
            let remove = ways.is_recent.then(|| {
                view! {
                    <form method="post" action=format!("/account/openid/{}/remove", identity.id)>
                        <button class="button button-quiet" type="submit" aria-label=t!("account-remove-the-link-to", label = identity.label)>{t!("account-remove-the-link")}</button>
                    </form>
                }
            });
            view! {
                <li>
                    <p>{t!("account-identity-at", label = identity.label, issuer = identity.issuer)}</p>
                    <p class="soft">{match identity.last_used {
                        None => marked!("account-linked"; made = |_| instant(identity.created)),
                        Some(at) => marked!("account-linked-and-used"; made = |_| instant(identity.created), used = |_| instant(at)),
                    }}</p>
                    {elsewhere}
                    {remove}
                </li>
            }
        })
        .collect();
    let list = (!rows.is_empty()).then(|| view! { <ul class="rows" id="identities">{rows}</ul> });
    let link = ways.provider.as_ref().filter(|_| ways.is_recent).map(|_| {
        view! {
            <form method="post" action="/account/openid">
                <button class="button" type="submit">{t!("account-link-an-account")}</button>
            </form>
        }
    });
    Some(
        view! {
            <h2>{t!("account-accounts-elsewhere")}</h2>
            <p>{t!("account-an-account-with-the-provider")}</p>
            {list}
            {link}
        }
        .into_any(),
    )
}

fn session_list(sessions: &[Session]) -> AnyView {
    let items: Vec<_> = sessions
        .iter()
        .map(|session| {
            let agent = match session.agent.as_str() {
                "" => t!("account-a-browser-that-does-not").to_owned(),
                agent => agent.to_owned(),
            };
            view! {
                <li>
                    <p>{agent}</p>
                    <p class="soft">{marked!("account-since-until"; since = |_| instant(session.created), until = |_| instant(session.expires))}</p>
                </li>
            }
        })
        .collect();
    let end = (sessions.len() > 1).then(|| {
        view! {
            <form method="post" action="/account/sessions/end">
                <button class="button" type="submit">{t!("account-sign-out-everywhere-else")}</button>
            </form>
        }
    });
    view! { <ul class="rows">{items}</ul>{end} }.into_any()
}

fn row(token: &Token, is_over: bool) -> AnyView {
    let ends = match token.expires {
        None => t!("account-never").into_any(),
        Some(_) if is_over => t!("account-has-ended").into_any(),
        Some(end) => instant(end),
    };
    let used = token.last_used.map_or_else(|| t!("account-never").into_any(), instant);
    view! {
        <tr>
            <th scope="row">{token.name.clone()}</th>
            <td>{token.scope.label()}</td>
            <td>{instant(token.created)}</td>
            <td>{ends}</td>
            <td>{used}</td>
            <td>
                <form method="post" action=format!("/account/tokens/{}/revoke", token.id)>
                    <button class="button button-quiet" type="submit" aria-label=t!("account-revoke-2", name = token.name)>{t!("account-revoke")}</button>
                </form>
            </td>
        </tr>
    }
    .into_any()
}

/// The one time that a token is shown.
pub fn new_token(name: &str, token: &str) -> Page {
    let (name, token) = (name.to_owned(), token.to_owned());
    Page::new(t!("account-your-new-token"), move || {
        view! {
            <div class="narrow">
                <h1>{t!("account-your-new-token")}</h1>
                <p>{t!("account-copy-it-now-it-is")}</p>
                <div class="field">
                    <label for="token">{name}</label>
                    <input id="token" type="text" readonly value=token spellcheck="false" autocomplete="off"/>
                </div>
                <p><a class="button" href="/account">{t!("account-to-your-tokens")}</a></p>
            </div>
        }
        .into_any()
    })
}
