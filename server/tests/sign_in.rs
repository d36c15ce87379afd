//! Signing in other than by a password, over both databases: with passkeys of a device in software, and
//! through a provider of OpenID Connect in software.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, and clippy takes only functions marked as tests for tests"
)]

use std::collections::BTreeMap;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use chrono::{TimeDelta, Utc};
use impasse_app::store::Session;
use impasse_server::settings::Settings;
use impasse_server::web::{Server, router};
use impasse_server::{db, password};
use serde_json::Value;
use tower::ServiceExt;

use device::Device;
use home::Home;

#[path = "sign_in/device.rs"]
mod device;
#[path = "home/mod.rs"]
mod home;
#[path = "sign_in/openid.rs"]
mod openid;
#[path = "sign_in/passkeys.rs"]
mod passkeys;
#[path = "sign_in/provider.rs"]
mod provider;

const ORIGIN: &str = "https://e.org";
const PASSWORD: &str = "correct horse battery";

impasse_tests::both! {
    openid {
        an_account_elsewhere_is_linked_signs_in_and_is_unlinked
        what_does_not_prove_who_somebody_is_is_refused
        a_browser_comes_back_once_with_what_it_was_sent_with
        a_first_sign_in_makes_an_account_where_that_is_allowed
        an_invitation_is_taken_by_somebody_from_the_provider
        keys_are_fetched_again_when_one_is_not_known
        a_provider_that_does_not_answer_keeps_nobody_out
        whoever_signed_in_a_while_ago_confirms_through_the_provider
        without_a_provider_there_is_none
    }
    passkeys {
        a_passkey_is_added_and_signs_in
        what_is_asked_is_answered_once
        whatever_is_not_the_passkey_that_is_known_is_refused
        a_counter_that_goes_back_is_refused
        there_is_always_a_way_to_sign_in
        whoever_signed_in_a_while_ago_confirms_first
        passkeys_are_tried_so_often_and_no_more
        two_servers_share_a_ceremony
        there_are_none_without_an_address
    }
}

/// Two accounts, Ada and Bea, on a site at its public address.
struct Site {
    server: Server,
    home: Home,
}

impl Site {
    async fn new(home: Home) -> Self {
        Self::at(home, Some(ORIGIN)).await
    }

    async fn at(home: Home, url: Option<&str>) -> Self {
        Self::with(home, Settings { public_url: url.map(str::to_owned), ..Settings::default() }).await
    }

    async fn with(home: Home, settings: Settings) -> Self {
        let store = db::open(&home.url).await.unwrap();
        let hash = password::hash(PASSWORD.to_owned()).await.unwrap();
        for name in ["Ada", "Bea"] {
            store.add_user(name, &hash, false).await.unwrap();
        }
        Self { server: Server::new(store, settings), home }
    }

    fn browser(&self) -> Browser {
        Browser { server: self.server.clone(), cookies: BTreeMap::new() }
    }

    /// A browser in which an account signed in an hour ago, with this token in its cookie.
    async fn signed_in_before(&self, name: &str, token: &str) -> Browser {
        let session = Session {
            token_hash: password::sha256(token),
            user: self.server.store.user_named(name).await.unwrap().id,
            created: Utc::now() - TimeDelta::hours(1),
            expires: Utc::now() + TimeDelta::days(1),
            agent: String::new(),
        };
        self.server.store.add_session(&session).await.unwrap();
        let mut browser = self.browser();
        browser.cookies.insert("__Host-impasse".to_owned(), token.to_owned());
        browser
    }

    /// A browser in which somebody has just signed in by password.
    async fn signed_in(&self, name: &str) -> Browser {
        let mut browser = self.browser();
        let answer = browser.post("/sign-in", &[("name", name), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        browser
    }
}

struct Browser {
    server: Server,
    cookies: BTreeMap<String, String>,
}

struct Answer {
    status: StatusCode,
    location: String,
    text: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    /// What is wrong, in words.
    #[track_caller]
    fn refused(&self, words: &str) {
        assert_eq!(self.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", self.text);
        assert!(self.text.contains(words), "{}", self.text);
    }
}

impl Browser {
    async fn send(&mut self, request: axum::http::request::Builder, body: String) -> Answer {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request =
            request.header(header::HOST, "elsewhere.example").header(header::COOKIE, cookies.join("; "));
        let answer: Response =
            router(self.server.clone()).oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        for cookie in answer.headers().get_all(header::SET_COOKIE) {
            let text = cookie.to_str().unwrap();
            assert!(text.contains("; HttpOnly; ") && text.ends_with("; Secure"), "{text}");
            let (name, value) = text.split(';').next().unwrap().split_once('=').unwrap();
            assert!(name.starts_with("__Host-"), "{text}");
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let status = answer.status();
        let location = answer.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned());
        let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        Answer {
            status,
            location: location.unwrap_or_default(),
            text: String::from_utf8(body.to_vec()).unwrap(),
        }
    }

    async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path), String::new()).await
    }

    async fn post(&mut self, path: &str, values: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(values).finish();
        let kind = "application/x-www-form-urlencoded";
        self.send(Request::post(path).header(header::CONTENT_TYPE, kind), body).await
    }

    /// What the server asks of a new passkey.
    async fn asked_to_make(&mut self, name: &str) -> Value {
        let answer = self.post("/account/passkeys/start", &[("passkey", name)]).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        answer.json()
    }

    async fn add(&mut self, made: &Value) -> Answer {
        self.post("/account/passkeys", &[("credential", &made.to_string())]).await
    }

    /// A new device with a passkey of the account.
    async fn device(&mut self, name: &str) -> Device {
        let mut device = Device::new(ORIGIN);
        let made = device.make(&self.asked_to_make(name).await);
        let answer = self.add(&made).await;
        assert_eq!(answer.json()["to"], "/account?changed=passkey", "{}", answer.text);
        device
    }

    /// What the server asks of any passkey.
    async fn asked_to_sign(&mut self) -> Value {
        let answer = self.post("/sign-in/passkey/start", &[]).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        answer.json()
    }

    async fn sign_in(&mut self, signed: &Value) -> Answer {
        self.post("/sign-in/passkey", &[("credential", &signed.to_string()), ("to", "/account")]).await
    }

    /// Signs in with a device, from the start.
    async fn sign_in_with(&mut self, device: &Device) -> Answer {
        let asked = self.asked_to_sign().await;
        self.sign_in(&device.sign(&asked)).await
    }

    /// Whose account it is, if somebody is signed in.
    async fn name(&mut self) -> Option<&'static str> {
        let page = self.get("/account").await;
        ["Ada", "Bea"].into_iter().find(|name| page.text.contains(&format!("<h1>{name}</h1>")))
    }

    /// The identifiers of the passkeys that the account's page lists.
    async fn passkeys(&mut self) -> Vec<String> {
        let page = self.get("/account").await.text;
        let after = page.split("/account/passkeys/").skip(1);
        after
            .filter_map(|rest| rest.split_once("/rename\""))
            .map(|(id, _)| id.to_owned())
            .filter(|id| id.len() == 16)
            .collect()
    }
}
