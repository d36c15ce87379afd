//! Passkeys: adding, using and removing them, and what is refused.

use axum::http::{Request, StatusCode, header};
use chrono::{TimeDelta, Utc};
use impasse_app::model::passkey::{Ceremony, CeremonyKind, PasskeyDraft};
use impasse_app::store::Session;
use impasse_server::settings::Settings;
use impasse_server::web::Server;
use impasse_server::{db, password};
use serde_json::json;

use crate::device::Device;
use crate::{Home, ORIGIN, PASSWORD, Site};

pub(crate) async fn a_passkey_is_added_and_signs_in(home: Home) {
    let site = Site::new(home).await;
    let mut ada = site.signed_in("Ada").await;
    let page = ada.get("/account").await.text;
    assert!(
        page.contains("data-passkey=\"add\"") && page.contains("data-origin=\"https://e.org\""),
        "{page}"
    );
    ada.post("/account/passkeys/start", &[("passkey", " ")]).await.refused("Give a name.");
    let asked = ada.asked_to_make("Phone & <key>").await;
    assert_eq!(asked["publicKey"]["rp"]["id"], "e.org", "the Host header has no say");
    let selection = &asked["publicKey"]["authenticatorSelection"];
    assert_eq!(
        (&selection["residentKey"], &selection["userVerification"]),
        (&"required".into(), &"required".into())
    );
    let mut device = Device::new(ORIGIN);
    let made = device.make(&asked);
    assert_eq!(ada.add(&made).await.status, StatusCode::OK);
    let asked = ada.asked_to_make("again").await;
    assert_eq!(
        asked["publicKey"]["excludeCredentials"].as_array().unwrap().len(),
        1,
        "the device is told of it"
    );
    ada.add(&device.make(&asked)).await.refused("not accepted");
    let page = ada.get("/account?changed=passkey").await.text;
    assert!(page.contains("A passkey was added.") && page.contains("not used yet"), "{page}");
    assert!(page.contains("Phone &amp; &lt;key&gt;"), "{page}");

    let mut other = site.browser();
    let page = other.get("/sign-in?to=/d/x").await.text;
    assert!(page.contains("data-passkey=\"sign-in\""), "{page}");
    let asked = other.asked_to_sign().await;
    assert_eq!(asked["publicKey"]["allowCredentials"].as_array().unwrap().len(), 0, "nobody is named");
    assert_eq!(asked["publicKey"]["userVerification"], "required");
    let signed = other.sign_in(&device.sign(&asked)).await;
    assert_eq!((signed.status, &signed.json()["to"]), (StatusCode::OK, &"/account".into()));
    assert_eq!(other.name().await, Some("Ada"));
    assert!(other.get("/account").await.text.contains("last used"), "its use is kept");

    let [id] = &other.passkeys().await[..] else { panic!("one passkey") };
    let (rename, field) = (format!("/account/passkeys/{id}/rename"), format!("name-{id}"));
    other.post(&rename, &[(&field, "")]).await.refused("Give a name.");
    let renamed = other.post(&rename, &[(&field, "Old phone")]).await;
    assert_eq!(renamed.location, "/account?changed=passkey-name");
    let mut bea = site.signed_in("Bea").await;
    assert_eq!(bea.post(&rename, &[(&field, "mine")]).await.status, StatusCode::NOT_FOUND);
    let remove = format!("/account/passkeys/{id}/remove");
    assert_eq!(bea.post(&remove, &[]).await.status, StatusCode::NOT_FOUND);
    let removed = other.post(&remove, &[]).await;
    assert_eq!(removed.location, "/account?changed=passkey-removed");
    assert_eq!(other.name().await, Some("Ada"), "who removed it stays signed in");
    assert_eq!(ada.name().await, None, "and is signed out elsewhere");
    site.browser().sign_in_with(&device).await.refused("may have been removed");
    for (path, form) in [("/account/passkeys/start", "passkey=x"), ("/account/passkeys", ""), (&*remove, "")]
    {
        let request = Request::post(path)
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = site.browser().send(request, form.to_owned()).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}");
    }
}

pub(crate) async fn what_is_asked_is_answered_once(home: Home) {
    let site = Site::new(home).await;
    let mut ada = site.signed_in("Ada").await;
    let mut device = Device::new(ORIGIN);
    let made = device.make(&ada.asked_to_make("Phone").await);
    let mut bea = site.signed_in("Bea").await;
    bea.add(&made).await.refused("Try again");
    // With the cookie of who was asked, but not as them.
    let cookie = ada.cookies["__Host-impasse-passkey"].clone();
    bea.cookies.insert("__Host-impasse-passkey".to_owned(), cookie);
    bea.add(&made).await.refused("Try again");
    ada.add(&made).await.refused("answered already");
    let device = ada.device("Phone").await;

    let mut browser = site.browser();
    let asked = browser.asked_to_sign().await;
    let signed = device.sign(&asked);
    let mut thief = site.browser();
    thief.sign_in(&signed).await.refused("answered already");
    assert_eq!(browser.sign_in(&signed).await.status, StatusCode::OK);
    browser.sign_in(&signed).await.refused("answered already");
    // The same answer to another challenge.
    thief.asked_to_sign().await;
    thief.sign_in(&signed).await.refused("not accepted");
    // A challenge to add one is none to sign in with, nor the other way round.
    let asked = ada.asked_to_make("Other").await;
    ada.sign_in(&device.sign(&json!({"publicKey": {
        "challenge": asked["publicKey"]["challenge"], "rpId": "e.org",
    }})))
    .await
    .refused("answered already");
    let asked = ada.asked_to_sign().await;
    let mut made = Device::new(ORIGIN);
    let made = made.make(&json!({"publicKey": {
        "challenge": asked["publicKey"]["challenge"], "rp": {"id": "e.org"}, "user": {"id": "AAAA"},
    }}));
    ada.add(&made).await.refused("answered already");
    // What was asked too long ago.
    let token = "token";
    let asked = Ceremony {
        hash: password::sha256(token),
        kind: CeremonyKind::Passkey,
        user: None,
        name: String::new(),
        state: "{}".to_owned(),
        expires: Utc::now() - TimeDelta::seconds(1),
    };
    site.server.store.begin_ceremony(&asked).await.unwrap();
    browser.cookies.insert("__Host-impasse-passkey".to_owned(), token.to_owned());
    browser.sign_in(&signed).await.refused("took too long");
}

pub(crate) async fn whatever_is_not_the_passkey_that_is_known_is_refused(home: Home) {
    let site = Site::new(home).await;
    let (mut ada, mut bea) = (site.signed_in("Ada").await, site.signed_in("Bea").await);
    let mut device = ada.device("Phone").await;
    let mut browser = site.browser();

    device.origin = "https://e.org.evil.example".to_owned();
    browser.sign_in_with(&device).await.refused("another address");
    let mut other = Device::new("https://evil.example");
    let made = other.make(&ada.asked_to_make("Elsewhere").await);
    ada.add(&made).await.refused("another address");
    device.origin = ORIGIN.to_owned();

    device.verifies = false;
    browser.sign_in_with(&device).await.refused("a PIN");
    let mut other = Device::new(ORIGIN);
    other.verifies = false;
    let made = other.make(&ada.asked_to_make("Unlocked").await);
    ada.add(&made).await.refused("a PIN");
    device.verifies = true;

    // Bea's device says that it is one of Ada's account.
    let mut hers = bea.device("Hers").await;
    let asked = browser.asked_to_sign().await;
    let mut signed = hers.sign(&asked);
    signed["response"]["userHandle"] = device.sign(&asked)["response"]["userHandle"].clone();
    browser.sign_in(&signed).await.refused("not known here");
    // Or calls itself by the identifier of Ada's passkey.
    let asked = browser.asked_to_sign().await;
    let mut signed = hers.sign(&asked);
    for field in ["id", "rawId"] {
        signed[field] = device.sign(&asked)[field].clone();
    }
    signed["response"]["userHandle"] = device.sign(&asked)["response"]["userHandle"].clone();
    browser.sign_in(&signed).await.refused("not accepted");
    // Ada cannot add a passkey of Bea's.
    let asked = ada.asked_to_make("Stolen").await;
    let made = hers.make(&asked);
    ada.add(&made).await.refused("known here already");
    // A device that was never added, and what is no answer at all.
    let mut stranger = Device::new(ORIGIN);
    stranger.make(&ada.asked_to_make("Never").await);
    browser.sign_in_with(&stranger).await.refused("not known here");
    for nothing in ["", "{}", "[1", "null"] {
        browser.asked_to_sign().await;
        browser.post("/sign-in/passkey", &[("credential", nothing)]).await.refused("cannot be read");
    }
    let mut made = Device::new(ORIGIN).make(&ada.asked_to_make("Lost").await);
    made["clientExtensionResults"]["credProps"]["rk"] = false.into();
    ada.add(&made).await.refused("does not keep");
    assert_eq!(browser.name().await, None);
    assert_eq!(browser.sign_in_with(&device).await.status, StatusCode::OK);
    // Signing in leads nowhere else.
    let asked = browser.asked_to_sign().await;
    let signed = device.sign(&asked).to_string();
    let answer = browser.post("/sign-in/passkey", &[("credential", &signed), ("to", "//evil.example")]).await;
    assert_eq!(answer.json()["to"], "/");
}

pub(crate) async fn a_counter_that_goes_back_is_refused(home: Home) {
    let site = Site::new(home).await;
    let mut device = site.signed_in("Ada").await.device("Key").await;
    for (counter, is_accepted) in [(5, true), (5, false), (4, false), (0, false), (6, true)] {
        device.counter = counter;
        let answer = site.browser().sign_in_with(&device).await;
        if is_accepted {
            assert_eq!(answer.status, StatusCode::OK, "{counter}: {}", answer.text);
        } else {
            answer.refused("a copy of it");
        }
    }
}

pub(crate) async fn there_is_always_a_way_to_sign_in(home: Home) {
    let site = Site::new(home).await;
    let mut ada = site.signed_in("Ada").await;
    ada.post("/account/password/remove", &[]).await.refused("Add another way to sign in");
    let device = ada.device("Phone").await;
    let mut elsewhere = site.signed_in("Ada").await;
    assert!(ada.get("/account").await.text.contains("Remove the password"));
    assert_eq!(ada.post("/account/password/remove", &[]).await.location, "/account?changed=password-removed");
    assert_eq!(elsewhere.name().await, None);
    for password in [PASSWORD, "", " "] {
        let answer = site.browser().post("/sign-in", &[("name", "Ada"), ("password", password)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{password}");
    }
    let page = ada.get("/account").await.text;
    assert!(page.contains("you sign in without") && !page.contains("Present password"), "{page}");
    let [id] = &ada.passkeys().await[..] else { panic!("one passkey") };
    let remove = format!("/account/passkeys/{id}/remove");
    ada.post(&remove, &[]).await.refused("your only way to sign in");
    assert_eq!(site.browser().sign_in_with(&device).await.status, StatusCode::OK, "it is still there");
    // A passkey for an address where the site is no more is no way.
    let user = site.server.store.user_named("Ada").await.unwrap().id;
    let old = PasskeyDraft {
        name: "Before the move".to_owned(),
        host: "old.example".to_owned(),
        hash: "old".to_owned(),
        credential: "{}".to_owned(),
    };
    let old = site.server.store.add_passkey(&user, &old).await.unwrap();
    ada.post(&remove, &[]).await.refused("your only way to sign in");
    assert!(ada.get("/account").await.text.contains("made for old.example"));
    let answer = ada.post(&format!("/account/passkeys/{}/remove", old.id), &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    // With another password it may go.
    let set = ada.post("/account/password", &[("password", "another long password")]).await;
    assert_eq!(set.location, "/account?changed=password");
    assert_eq!(ada.post(&remove, &[]).await.location, "/account?changed=passkey-removed");
    let signed =
        site.browser().post("/sign-in", &[("name", "Ada"), ("password", "another long password")]).await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER);
}

pub(crate) async fn whoever_signed_in_a_while_ago_confirms_first(home: Home) {
    let site = Site::new(home).await;
    let store = &site.server.store;
    let device = site.signed_in("Ada").await.device("Phone").await;
    let hers = site.signed_in("Bea").await.device("Hers").await;
    let user = store.user_named("Ada").await.unwrap().id;
    let id = store.passkeys(&user).await.unwrap()[0].id.clone();
    let old = async |token: &str| site.signed_in_before("Ada", token).await;
    let mut ada = old("one").await;
    let page = ada.get("/account").await.text;
    assert!(page.contains("Confirm that it is you") && page.contains("Confirm with a passkey"), "{page}");
    assert!(!page.contains("data-passkey=\"add\"") && !page.contains("Remove the password"), "{page}");
    let changes = [
        "/account/passkeys/start".to_owned(),
        format!("/account/passkeys/{id}/remove"),
        "/account/password/remove".to_owned(),
    ];
    for path in &changes {
        ada.post(path, &[("passkey", "x")]).await.refused("you signed in a while ago");
    }
    ada.post("/account/confirm", &[("confirm", "guessed wrongly")])
        .await
        .refused("This is not your password.");
    let confirmed = ada.post("/account/confirm", &[("confirm", PASSWORD)]).await;
    assert_eq!(confirmed.location, "/account?changed=confirmed");
    assert_ne!(ada.cookies["__Host-impasse"], "one", "with a session of its own");
    assert_eq!(ada.post("/account/passkeys/start", &[("passkey", "x")]).await.status, StatusCode::OK);
    assert!(store.session_user(&password::sha256("one")).await.is_err(), "and the one before is over");

    // With a passkey, which must be one of the same account.
    let mut ada = old("two").await;
    let asked = ada.asked_to_sign().await;
    let credential = hers.sign(&asked).to_string();
    let confirm =
        |credential| [("credential", credential), ("confirm", "1"), ("to", "/account?changed=confirmed")];
    ada.post("/sign-in/passkey", &confirm(&*credential)).await.refused("another account");
    assert_eq!(ada.cookies["__Host-impasse"], "two");
    let asked = ada.asked_to_sign().await;
    let credential = device.sign(&asked).to_string();
    let answer = ada.post("/sign-in/passkey", &confirm(&*credential)).await;
    assert_eq!(answer.json()["to"], "/account?changed=confirmed");
    assert_eq!(ada.post("/account/password/remove", &[]).await.status, StatusCode::SEE_OTHER);
    // Without a password, a new one is not set by who signed in a while ago.
    let mut ada = old("three").await;
    ada.post("/account/password", &[("password", "another long password")]).await.refused("a while ago");
}

pub(crate) async fn passkeys_are_tried_so_often_and_no_more(home: Home) {
    let site = Site::new(home).await;
    let mut browser = site.browser();
    let mut last = StatusCode::OK;
    for _ in 0..41 {
        let answer = browser.post("/sign-in/passkey/start", &[]).await;
        last = answer.status;
        if last != StatusCode::OK {
            assert!(answer.text.contains("tried too often from here"), "{}", answer.text);
        }
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    let signed = browser.post("/sign-in", &[("name", "Ada"), ("password", PASSWORD)]).await;
    assert_eq!(signed.status, StatusCode::TOO_MANY_REQUESTS, "passwords count to the same");
}

pub(crate) async fn two_servers_share_a_ceremony(home: Home) {
    let site = Site::new(home).await;
    let device = site.signed_in("Ada").await.device("Phone").await;
    let other = db::open(&site.home.url).await.unwrap();
    let settings = Settings { public_url: Some(ORIGIN.to_owned()), ..Settings::default() };
    let mut browser = site.browser();
    let asked = browser.asked_to_sign().await;
    browser.server = Server::new(other, settings);
    let signed = device.sign(&asked);
    assert_eq!(browser.sign_in(&signed).await.status, StatusCode::OK);
    browser.server = site.server.clone();
    browser.sign_in(&signed).await.refused("answered already");
    assert_eq!(browser.name().await, Some("Ada"));
}

pub(crate) async fn there_are_none_without_an_address(home: Home) {
    let site = Site::at(home, None).await;
    let hash = password::sha256("token");
    let user = site.server.store.user_named("Ada").await.unwrap().id;
    let session = Session {
        token_hash: hash,
        user,
        created: Utc::now(),
        expires: Utc::now() + TimeDelta::days(1),
        agent: String::new(),
    };
    site.server.store.add_session(&session).await.unwrap();
    let mut ada = site.browser();
    ada.cookies.insert("impasse".to_owned(), "token".to_owned());
    assert_eq!(ada.name().await, Some("Ada"));
    for path in ["/account", "/sign-in"] {
        let page = ada.get(path).await.text;
        assert!(!page.contains("asskey"), "{path}: {page}");
    }
    for path in ["/sign-in/passkey/start", "/sign-in/passkey", "/account/passkeys/start", "/account/passkeys"]
    {
        assert_eq!(ada.post(path, &[("passkey", "x")]).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}
