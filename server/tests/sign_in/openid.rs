//! Signing in through a provider: linking, signing in, making accounts, and what is refused.

use axum::http::StatusCode;
use chrono::{TimeDelta, Utc};
use impasse_app::model::revision::Actor;
use impasse_app::model::role::{InvitationDraft, Reader, Role};
use impasse_server::settings::Settings;
use impasse_server::{demo, password};
use serde_json::Value;

use crate::provider::{CLIENT, Provider, SECRET};
use crate::{Answer, Browser, Home, ORIGIN, PASSWORD, Site};

fn settings(issuer: &str) -> Settings {
    Settings {
        public_url: Some(ORIGIN.to_owned()),
        openid_issuer: Some(issuer.to_owned()),
        openid_client_id: Some(CLIENT.to_owned()),
        openid_client_secret: Some(SECRET.to_owned()),
        openid_label: "Sign in with <Example>".to_owned(),
        ..Settings::default()
    }
}

async fn start(home: Home, accounts: bool) -> (Provider, Site) {
    let provider = Provider::start().await;
    let settings = Settings { openid_accounts: accounts, ..settings(&provider.issuer) };
    let site = Site::with(home, settings).await;
    (provider, site)
}

fn as_it_is(_: &mut Value) {}

/// Signs in from the start, as what the provider makes of it.
async fn sign_in(
    browser: &mut Browser,
    provider: &Provider,
    subject: &str,
    change: impl Fn(&mut Value),
) -> Answer {
    let sent = browser.get("/sign-in/openid?to=/account").await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let back = provider.authorize(&sent.location, subject, change);
    browser.get(&back).await
}

/// Links an account there to the one that is signed in here.
async fn link(browser: &mut Browser, provider: &Provider, subject: &str) -> Answer {
    let page = browser.post("/account/openid", &[]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    let start = page.text.find(&format!("href=\"{}", provider.issuer)).unwrap() + 6;
    let address = page.text[start..].split('"').next().unwrap().replace("&amp;", "&");
    let back = provider.authorize(&address, subject, as_it_is);
    browser.get(&back).await
}

#[track_caller]
fn says(answer: &Answer, status: u16, words: &str) {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.text);
    assert!(answer.text.contains(words), "{}", answer.text);
}

/// The path that unlinks the only identity of the account.
async fn unlink_path(browser: &mut Browser) -> String {
    let page = browser.get("/account").await.text;
    let rest = page.split("/account/openid/").nth(1).unwrap();
    format!("/account/openid/{}", rest.split('"').next().unwrap())
}

pub(crate) async fn an_account_elsewhere_is_linked_signs_in_and_is_unlinked(home: Home) {
    let (provider, site) = start(home, false).await;
    let page = site.browser().get("/sign-in?to=/d/x%3Fa%3D1").await.text;
    assert!(page.contains("Sign in with &lt;Example&gt;"), "{page}");
    assert!(page.contains("/sign-in/openid?to=%2Fd%2Fx%3Fa%3D1"), "{page}");
    // Name and address there are those of Ada here, which counts for nothing.
    let answer = sign_in(&mut site.browser(), &provider, "a", as_it_is).await;
    says(&answer, 403, "There is no account for you yet");

    let mut ada = site.signed_in("Ada").await;
    assert_eq!(link(&mut ada, &provider, "a").await.location, "/account?changed=identity");
    let page = ada.get("/account?changed=identity").await.text;
    assert!(page.contains("a@id at http://127.0.0.1") && page.contains("not used yet"), "{page}");
    let mut bea = site.signed_in("Bea").await;
    says(&link(&mut bea, &provider, "a").await, 409, "linked already");

    let mut other = site.browser();
    let answer = sign_in(&mut other, &provider, "a", as_it_is).await;
    assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, "/account"));
    assert_eq!(other.name().await, Some("Ada"));
    assert!(other.get("/account").await.text.contains("last used"));
    let mut elsewhere = site.browser();
    let sent = elsewhere.get("/sign-in/openid?to=//evil.example").await;
    let back = provider.authorize(&sent.location, "a", as_it_is);
    assert_eq!(elsewhere.get(&back).await.location, "/");

    let unlink = unlink_path(&mut other).await;
    assert_eq!(bea.post(&unlink, &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(other.post(&unlink, &[]).await.location, "/account?changed=identity-removed");
    assert_eq!(other.name().await, Some("Ada"), "who removed it stays signed in");
    assert_eq!(ada.name().await, None, "and is signed out elsewhere");
    let answer = sign_in(&mut site.browser(), &provider, "a", as_it_is).await;
    says(&answer, 403, "There is no account for you yet");
    assert_eq!(
        link(&mut bea, &provider, "a").await.location,
        "/account?changed=identity",
        "it is free again"
    );
}

pub(crate) async fn what_does_not_prove_who_somebody_is_is_refused(home: Home) {
    let (provider, site) = start(home, false).await;
    link(&mut site.signed_in("Ada").await, &provider, "a").await;
    let now = Utc::now().timestamp();
    let changes: [(&str, Value); 9] = [
        ("nonce", "of somebody else".into()),
        ("nonce", Value::Null),
        ("aud", "another-site".into()),
        ("iss", "https://evil.example".into()),
        ("exp", (now - 60).into()),
        ("forged", true.into()),
        ("alg", "none".into()),
        ("alg", "HS256".into()),
        ("sub", "x".repeat(256).into()),
    ];
    for (claim, value) in changes {
        let mut browser = site.browser();
        let answer = sign_in(&mut browser, &provider, "a", |claims| claims[claim] = value.clone()).await;
        says(&answer, 403, "does not prove who you are");
        assert_eq!(browser.name().await, None, "{claim}");
    }
    let mut browser = site.browser();
    sign_in(&mut browser, &provider, "a", as_it_is).await;
    assert_eq!(browser.name().await, Some("Ada"), "as it is, it proves it");
}

pub(crate) async fn a_browser_comes_back_once_with_what_it_was_sent_with(home: Home) {
    let (provider, site) = start(home, false).await;
    link(&mut site.signed_in("Ada").await, &provider, "a").await;
    let mut browser = site.browser();
    let sent = browser.get("/sign-in/openid").await;
    let back = provider.authorize(&sent.location, "a", as_it_is);
    says(&site.browser().get(&back).await, 403, "begun in another browser");
    assert_eq!(browser.get(&back).await.location, "/");
    says(&browser.get(&back).await, 403, "was done already");
    // With the state of another, and once it was tried the right one is of no use.
    let mut browser = site.browser();
    let sent = browser.get("/sign-in/openid").await;
    let back = provider.authorize(&sent.location, "a", as_it_is);
    says(&browser.get(&back.replace("state=", "state=x")).await, 403, "You were not signed in");
    says(&browser.get(&back).await, 403, "You were not signed in");
    // Cancelled there.
    let sent = browser.get("/sign-in/openid").await;
    let back = provider.authorize(&sent.location, "a", as_it_is);
    let state = back.split("state=").nth(1).unwrap();
    let cancelled = browser.get(&format!("/sign-in/openid/back?error=access_denied&state={state}")).await;
    says(&cancelled, 403, "it was cancelled");
    for nothing in ["/sign-in/openid/back", "/sign-in/openid/back?code=x&state="] {
        says(&browser.get(nothing).await, 403, "You were not signed in");
    }
    // Bea signs in while Ada is away to link something.
    let mut ada = site.signed_in("Ada").await;
    let page = ada.post("/account/openid", &[]).await.text;
    let start = page.find(&format!("href=\"{}", provider.issuer)).unwrap() + 6;
    let address = page[start..].split('"').next().unwrap().replace("&amp;", "&");
    let back = provider.authorize(&address, "other", as_it_is);
    ada.post("/sign-in", &[("name", "Bea"), ("password", PASSWORD)]).await;
    says(&ada.get(&back).await, 403, "You were not signed in");
    says(&sign_in(&mut site.browser(), &provider, "other", as_it_is).await, 403, "no account for you yet");
}

pub(crate) async fn a_first_sign_in_makes_an_account_where_that_is_allowed(home: Home) {
    let (provider, site) = start(home, true).await;
    let mut new = site.browser();
    assert_eq!(sign_in(&mut new, &provider, "a", as_it_is).await.location, "/account");
    let page = new.get("/account").await.text;
    assert!(page.contains("<h1>Ada 2</h1>"), "the name is taken, and nobody else is meant by it: {page}");
    assert!(page.contains("you sign in without"), "{page}");
    let user = site.server.store.user_named("Ada 2").await.unwrap();
    assert_eq!((user.password_hash, user.is_admin), (None, false));
    let unlink = unlink_path(&mut new).await;
    says(&new.post(&unlink, &[]).await, 422, "your only way to sign in");
    sign_in(&mut site.browser(), &provider, "a", as_it_is).await;
    let hostile = |claims: &mut Value| claims["name"] = "<b>\u{7}\u{202e}".repeat(40).into();
    let answer = sign_in(&mut site.browser(), &provider, "b", hostile).await;
    assert_eq!(answer.location, "/account");
    let nameless = |claims: &mut Value| {
        claims["name"] = " ".into();
        claims["preferred_username"] = Value::Null;
    };
    sign_in(&mut site.browser(), &provider, "c", nameless).await;
    let names: Vec<String> =
        site.server.store.users().await.unwrap().into_iter().map(|user| user.name).collect();
    assert_eq!(names.len(), 5, "{names:?}");
    assert!(names.iter().any(|name| name == "Somebody"), "{names:?}");
    assert!(names.iter().all(|name| name.chars().count() <= 80 && !name.contains('\u{7}')), "{names:?}");
}

pub(crate) async fn an_invitation_is_taken_by_somebody_from_the_provider(home: Home) {
    let (provider, site) = start(home, false).await;
    let store = &site.server.store;
    let dispute = demo::load(store).await.unwrap();
    let invite = async |code: &str| {
        let draft = InvitationDraft {
            role: Role::Reviewer,
            note: String::new(),
            expires: Utc::now() + TimeDelta::days(7),
            hash: password::sha256(code),
        };
        store.add_invitation(&Actor::system(), &dispute.id, &draft).await.unwrap();
    };
    let role = async |name: &str| {
        let user = store.user_named(name).await.unwrap();
        let reader = Reader::Account { user: user.id, is_admin: false };
        store.role(&reader, &dispute.id).await.unwrap()
    };
    invite("one").await;
    let mut browser = site.browser();
    let page = browser.get("/join/one").await.text;
    assert!(page.contains("/sign-in/openid?join=one"), "{page}");
    let sent = browser.get("/sign-in/openid?join=one").await;
    let joined = browser.get(&provider.authorize(&sent.location, "new", as_it_is)).await;
    assert_eq!(joined.location, "/d/pentagon-anthropic");
    assert_eq!(role("Ada 2").await, Role::Reviewer);
    // It was taken, and makes no account any more.
    let mut late = site.browser();
    let sent = late.get("/sign-in/openid?join=one").await;
    let answer = late.get(&provider.authorize(&sent.location, "late", as_it_is)).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(store.users().await.unwrap().len(), 3);
    // Somebody who is known takes it with the account that they have.
    link(&mut site.signed_in("Bea").await, &provider, "b").await;
    invite("two").await;
    let mut browser = site.browser();
    let sent = browser.get("/sign-in/openid?join=two").await;
    browser.get(&provider.authorize(&sent.location, "b", as_it_is)).await;
    assert_eq!((browser.name().await, role("Bea").await), (Some("Bea"), Role::Reviewer));
}

pub(crate) async fn keys_are_fetched_again_when_one_is_not_known(home: Home) {
    let (provider, site) = start(home, false).await;
    link(&mut site.signed_in("Ada").await, &provider, "a").await;
    for _ in 0..2 {
        provider.rotate();
        let mut browser = site.browser();
        assert_eq!(sign_in(&mut browser, &provider, "a", as_it_is).await.location, "/account");
    }
}

pub(crate) async fn a_provider_that_does_not_answer_keeps_nobody_out(home: Home) {
    let closed = format!("http://127.0.0.1:{}", impasse_tests::free_port());
    let site = Site::with(home, settings(&closed)).await;
    let mut browser = site.browser();
    assert!(browser.get("/sign-in").await.text.contains("Sign in with &lt;Example&gt;"));
    for _ in 0..2 {
        says(&browser.get("/sign-in/openid").await, 502, "The provider does not answer");
    }
    let mut ada = site.signed_in("Ada").await;
    assert_eq!(ada.name().await, Some("Ada"));
    says(&ada.post("/account/openid", &[]).await, 502, "The provider does not answer");
}

pub(crate) async fn whoever_signed_in_a_while_ago_confirms_through_the_provider(home: Home) {
    let (provider, site) = start(home, false).await;
    link(&mut site.signed_in("Ada").await, &provider, "a").await;
    link(&mut site.signed_in("Bea").await, &provider, "b").await;
    let mut ada = site.signed_in_before("Ada", "old").await;
    ada.post("/account/openid", &[]).await.refused("you signed in a while ago");
    assert!(ada.get("/account").await.text.contains("/sign-in/openid?confirm=1"));
    let sent = ada.get("/sign-in/openid?confirm=1").await;
    assert!(sent.location.contains("prompt=login"), "{}", sent.location);
    let answer = ada.get(&provider.authorize(&sent.location, "b", as_it_is)).await;
    says(&answer, 403, "somebody else");
    ada.post("/account/openid", &[]).await.refused("you signed in a while ago");
    let sent = ada.get("/sign-in/openid?confirm=1").await;
    let answer = ada.get(&provider.authorize(&sent.location, "a", as_it_is)).await;
    assert_eq!(answer.location, "/account?changed=confirmed");
    assert_eq!(ada.post("/account/password/remove", &[]).await.location, "/account?changed=password-removed");
    let nobody = site.browser().get("/sign-in/openid?confirm=1").await;
    assert!(nobody.location.starts_with("/sign-in?to="), "{}", nobody.location);
    let nobody = site.browser().post("/account/openid", &[]).await;
    assert!(nobody.location.starts_with("/sign-in?to="), "{}", nobody.location);
}

pub(crate) async fn without_a_provider_there_is_none(home: Home) {
    let site = Site::new(home).await;
    let mut ada = site.signed_in("Ada").await;
    for path in ["/sign-in", "/account"] {
        assert!(!ada.get(path).await.text.contains("openid"), "{path}");
    }
    for path in ["/sign-in/openid", "/sign-in/openid/back"] {
        assert_eq!(ada.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(ada.post("/account/openid", &[]).await.status, StatusCode::NOT_FOUND);
}
