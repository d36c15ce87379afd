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
        .map(|site| passkey_button(&site.origin, &to, "Sign in with a passkey", false));
    let provider = request
        .site
        .provider
        .as_ref()
        .map(|provider| provider_link(&format!("to={}", encode(&to)), &provider.label));
    Page::new("Sign in", move || {
        view! {
            <div class="narrow">
                <h1>"Sign in"</h1>
                <p>"Reading needs no account. To add to a timeline, sign in."</p>
                {error_summary(&form)}
                <form method="post" action="/sign-in" class="form">
                    <input type="hidden" name="to" value=to/>
                    {Field::new(&form, "name", "Name").required().text("text", "username")}
                    {Field::new(&form, "password", "Password").required().text("password", "current-password")}
                    <div class="form-end"><button class="button button-main" type="submit">"Sign in"</button></div>
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
    Page::new("Set up Impasse", move || {
        view! {
            <div class="narrow">
                <h1>"Set up Impasse"</h1>
                <p>"Choose the name and password of the account that looks after this site. This address works once."</p>
                {error_summary(&form)}
                <form method="post" action=action class="form">
                    {name_and_password(&form)}
                    <div class="form-end"><button class="button button-main" type="submit">"Create the account"</button></div>
                </form>
            </div>
        }
        .into_any()
    })
}

/// The fields of an account that is made.
pub(super) fn name_and_password(form: &Submission) -> AnyView {
    view! {
        {Field::new(form, "name", "Name")
            .hint("Changes are recorded under this name, and readers see it in the history.")
            .required()
            .text("text", "username")}
        {chosen_password(form, "Password")}
    }
    .into_any()
}

fn chosen_password(form: &Submission, label: &str) -> AnyView {
    Field::new(form, "password", label)
        .hint("At least 12 characters; a few words are easier to keep than one odd one.")
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
        Some("password") => Some("Your password was changed, and you were signed out everywhere else."),
        Some("password-removed") => {
            Some("Your password was removed, and you were signed out everywhere else.")
        }
        Some("passkey") => Some("A passkey was added. You can sign in with it from now on."),
        Some("passkey-name") => Some("The passkey has another name."),
        Some("passkey-removed") => Some("A passkey was removed, and you were signed out everywhere else."),
        Some("identity") => Some("The account elsewhere was linked. You can sign in with it from now on."),
        Some("identity-removed") => Some("The link was removed, and you were signed out everywhere else."),
        Some("confirmed") => Some("You can change how you sign in for a quarter of an hour."),
        Some("sessions") => Some("You were signed out everywhere else."),
        _ => None,
    };
    let now = chrono::Utc::now();
    Ok(Page::new("Your account", move || {
        let rows: Vec<_> = tokens.iter().map(|token| row(token, token.is_over(now))).collect();
        let list = (!rows.is_empty()).then(|| {
            view! {
                <div class="table-wrap" tabindex="0" role="region" aria-label="Your tokens">
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">"Name"</th>
                                <th scope="col">"May"</th>
                                <th scope="col">"Made"</th>
                                <th scope="col">"Ends"</th>
                                <th scope="col">"Last used"</th>
                                <th scope="col"><span class="visually-hidden">"Revoke"</span></th>
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
            <h2>"Password"</h2>
            {password_forms(&form, &ways)}
            {passkey_section(&form, &ways)}
            {identity_section(&ways)}
            <h2>"Where you are signed in"</h2>
            {session_list(&sessions)}
            <h2>"Tokens"</h2>
            <p>"A token lets a program act in your name through "<a href="/api">"the API"</a>". Give each program its own, with no more than it needs."</p>
            {list}
            <h2>"Make a token"</h2>
            <form method="post" action="/account/tokens" class="form narrow">
                {Field::new(&form, "name", "Name").hint("Where it is used, such as a program or a machine.").required().text("text", "off")}
                {Field::new(&form, "scope", "What it may do").hint("Each includes those before it.").value("read").required().choice(&scopes)}
                {Field::new(&form, "days", "Days until it ends").hint("Without a number it never does.").value("90").text("number", "off")}
                <div class="form-end"><button class="button button-main" type="submit">"Make the token"</button></div>
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
                {Field::new(form, "confirm", "Your password").required().text("password", "current-password")}
                <div class="form-end"><button class="button" type="submit">"Confirm"</button></div>
            </form>
        }
    });
    let passkey = ways.site.as_ref().filter(|site| ways.has_one(site)).map(|site| {
        passkey_button(&site.origin, "/account?changed=confirmed", "Confirm with a passkey", true)
    });
    let provider = ways
        .provider
        .as_ref()
        .filter(|provider| ways.is_with(provider))
        .map(|provider| provider_link("confirm=1", &format!("Confirm: {}", provider.label)));
    Some(
        view! {
            <h2>"Confirm that it is you"</h2>
            <p>"You signed in a while ago. Before you change how you sign in, confirm that it is you."</p>
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
                    {chosen_password(form, "New password")}
                    <div class="form-end"><button class="button" type="submit">"Set a password"</button></div>
                </form>
            }
        });
        return view! { <p>"You have none: you sign in without."</p>{set} }.into_any();
    }
    let has_one = ways.site.as_ref().is_some_and(|site| ways.has_one(site))
        || ways.provider.as_ref().is_some_and(|provider| ways.is_with(provider));
    let remove = (ways.is_recent && has_one).then(|| {
        view! {
            <form method="post" action="/account/password/remove">
                <p>"Without a password, nobody can guess it or get it out of you; you sign in by the other ways alone."</p>
                <button class="button button-quiet" type="submit">"Remove the password"</button>
            </form>
        }
    });
    view! {
        <form method="post" action="/account/password" class="form narrow">
            {Field::new(form, "present", "Present password").required().text("password", "current-password")}
            {chosen_password(form, "New password")}
            <div class="form-end"><button class="button" type="submit">"Change the password"</button></div>
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
                data-origin=site.origin.clone()
                hidden
            >
                {Field::new(form, "passkey", "Name").hint("What you know it by, such as the device that it is on.").required().text("text", "off")}
                <div class="form-end"><button class="button" type="submit">"Add a passkey"</button></div>
                <p role="status"></p>
            </form>
            <noscript><p class="soft">"Adding a passkey needs JavaScript."</p></noscript>
        }
    });
    Some(
        view! {
            <h2>"Passkeys"</h2>
            <p>"A passkey signs you in by what opens your device: a fingerprint, a face or a PIN. There is nothing to type, and nothing that another site could get out of you."</p>
            {list}
            {add}
        }
        .into_any(),
    )
}

fn passkey_row(form: &Submission, passkey: &Passkey, ways: &Ways) -> AnyView {
    let used = passkey
        .last_used
        .map_or_else(|| "not used yet".into_any(), |at| view! { "last used "{instant(at)} }.into_any());
    let is_elsewhere = ways.site.as_ref().is_none_or(|site| site.host != passkey.host);
    let elsewhere = is_elsewhere.then(|| {
        view! { <p class="soft">{format!("It was made for {} and does not work here.", passkey.host)}</p> }
    });
    let field = format!("name-{}", passkey.id);
    // What another form of the page was sent with says nothing of this one.
    let own = if form.error(&field).is_some() { form.clone() } else { Submission::default() };
    let remove = ways.is_recent.then(|| {
        view! {
            <form method="post" action=format!("/account/passkeys/{}/remove", passkey.id)>
                <button class="button button-quiet" type="submit" aria-label=format!("Remove {}", passkey.name)>"Remove"</button>
            </form>
        }
    });
    view! {
        <li>
            <p>{passkey.name.clone()}</p>
            <p class="soft">"Added "{instant(passkey.created)}", "{used}</p>
            {elsewhere}
            <details open=own.error(&field).is_some()>
                <summary aria-label=format!("Rename {}", passkey.name)>"Rename"</summary>
                <form method="post" action=format!("/account/passkeys/{}/rename", passkey.id) class="form">
                    {Field::new(&own, &field, "Name").value(&passkey.name).required().text("text", "off")}
                    <div class="form-end"><button class="button" type="submit">"Rename"</button></div>
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
            let used = identity.last_used.map_or_else(
                || "not used yet".into_any(),
                |at| view! { "last used "{instant(at)} }.into_any(),
            );
            let is_elsewhere = ways.provider.as_ref().is_none_or(|known| known.issuer != identity.issuer);
            let elsewhere =
                is_elsewhere.then(|| view! { <p class="soft">"Nobody is signed in through there now."</p> });
            let remove = ways.is_recent.then(|| {
                view! {
                    <form method="post" action=format!("/account/openid/{}/remove", identity.id)>
                        <button class="button button-quiet" type="submit" aria-label=format!("Remove the link to {}", identity.label)>"Remove the link"</button>
                    </form>
                }
            });
            view! {
                <li>
                    <p>{format!("{} at {}", identity.label, identity.issuer)}</p>
                    <p class="soft">"Linked "{instant(identity.created)}", "{used}</p>
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
                <button class="button" type="submit">"Link an account"</button>
            </form>
        }
    });
    Some(
        view! {
            <h2>"Accounts elsewhere"</h2>
            <p>"An account with the provider of this site signs you in here once it is linked. It is known by nothing that could pass to somebody else, such as an address."</p>
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
                "" => "A browser that does not say which".to_owned(),
                agent => agent.to_owned(),
            };
            view! {
                <li>
                    <p>{agent}</p>
                    <p class="soft">"Since "{instant(session.created)}", until "{instant(session.expires)}</p>
                </li>
            }
        })
        .collect();
    let end = (sessions.len() > 1).then(|| {
        view! {
            <form method="post" action="/account/sessions/end">
                <button class="button" type="submit">"Sign out everywhere else"</button>
            </form>
        }
    });
    view! { <ul class="rows">{items}</ul>{end} }.into_any()
}

fn row(token: &Token, is_over: bool) -> AnyView {
    let ends = match token.expires {
        None => "never".into_any(),
        Some(_) if is_over => "has ended".into_any(),
        Some(end) => instant(end),
    };
    let used = token.last_used.map_or_else(|| "never".into_any(), instant);
    view! {
        <tr>
            <th scope="row">{token.name.clone()}</th>
            <td>{token.scope.label()}</td>
            <td>{instant(token.created)}</td>
            <td>{ends}</td>
            <td>{used}</td>
            <td>
                <form method="post" action=format!("/account/tokens/{}/revoke", token.id)>
                    <button class="button button-quiet" type="submit" aria-label=format!("Revoke {}", token.name)>"Revoke"</button>
                </form>
            </td>
        </tr>
    }
    .into_any()
}

/// The one time that a token is shown.
pub fn new_token(name: &str, token: &str) -> Page {
    let (name, token) = (name.to_owned(), token.to_owned());
    Page::new("Your new token", move || {
        view! {
            <div class="narrow">
                <h1>"Your new token"</h1>
                <p>"Copy it now: it is not kept and cannot be shown again."</p>
                <div class="field">
                    <label for="token">{name}</label>
                    <input id="token" type="text" readonly value=token spellcheck="false" autocomplete="off"/>
                </div>
                <p><a class="button" href="/account">"To your tokens"</a></p>
            </div>
        }
        .into_any()
    })
}
