//! The API through its router, over both databases: what every address under `/api/v1` promises.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, and clippy takes only functions marked as tests for tests"
)]

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use chrono::Utc;
use impasse_app::model::access::{Scope, TokenDraft};
use impasse_app::model::role::{Reader, Role};
use impasse_app::model::view::View;
use impasse_server::settings::Settings;
use impasse_server::web::{Server, router};
use impasse_server::{api, db, demo, password};
use serde_json::{Value, json};
use tower::ServiceExt;

use home::Home;

#[path = "home/mod.rs"]
mod home;
#[path = "api/listing.rs"]
mod listing;
#[path = "api/scopes.rs"]
mod scopes;
#[path = "api/sources.rs"]
mod sources;
#[path = "api/timeline.rs"]
mod timeline;
#[path = "api/webhooks.rs"]
mod webhooks;

const DEMO: &str = "/disputes/pentagon-anthropic";

/// The demo with who looks after the site and an owner, and a token of each scope.
struct Api {
    server: Server,
    _home: Home,
}

/// What came back.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Value,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).unwrap_or_else(|| panic!("no {name}: {:?}", self.headers)).to_str().unwrap()
    }

    fn etag(&self) -> &str {
        self.header("etag")
    }

    fn text(&self, pointer: &str) -> &str {
        self.body
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_else(|| panic!("{pointer}: {}", self.body))
    }

    fn items(&self) -> &[Value] {
        self.body["items"].as_array().unwrap_or_else(|| panic!("{}", self.body))
    }

    /// The fields that are wrong.
    fn fields(&self) -> Vec<&str> {
        let errors = self.body["errors"].as_array().unwrap_or_else(|| panic!("{}", self.body));
        errors.iter().map(|error| error["field"].as_str().unwrap()).collect()
    }

    #[track_caller]
    fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        if status >= 400 {
            assert_eq!(self.header("content-type"), "application/problem+json");
            assert_eq!(self.body["status"], status);
            assert!(self.body["title"].is_string() && self.body["type"] == "about:blank", "{}", self.body);
        }
        self
    }
}

/// A request that is being put together.
struct Ask<'a> {
    api: &'a Api,
    builder: axum::http::request::Builder,
    body: Body,
}

impl Ask<'_> {
    fn with(mut self, name: &str, value: &str) -> Self {
        self.builder = self.builder.header(name, value);
        self
    }

    /// With the token of a scope; of the owner for `admin`, of the editor for the others.
    fn by(self, scope: Scope) -> Self {
        let token = token(scope);
        self.with("authorization", &format!("Bearer {token}"))
    }

    fn json(mut self, body: &Value) -> Self {
        self.builder = self.builder.header(header::CONTENT_TYPE, "application/json");
        self.body = Body::from(body.to_string());
        self
    }

    fn raw(mut self, kind: &str, body: impl Into<Body>) -> Self {
        self.builder = self.builder.header(header::CONTENT_TYPE, kind);
        self.body = body.into();
        self
    }

    async fn send(self) -> Answer {
        let request = self.builder.body(self.body).unwrap();
        let response = router(self.api.server.clone()).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let body = serde_json::from_slice(&bytes)
            .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&bytes).into_owned()));
        Answer { status: parts.status, headers: parts.headers, body }
    }
}

fn token(scope: Scope) -> String {
    format!("imp_{}", scope.key())
}

impl Api {
    async fn new(home: Home) -> Self {
        let settings = Settings { api_rate: 0, api_rate_anonymous: 0, ..Settings::default() };
        Self::with(home, settings).await
    }

    async fn with(home: Home, settings: Settings) -> Self {
        let store = db::open(&home.url).await.unwrap();
        let dispute = demo::load(&store).await.unwrap();
        let owner = store.add_user("Olga", "hash", true).await.unwrap();
        let editor = store.add_user("Ed", "hash", false).await.unwrap();
        store.set_role(&dispute.id, &editor.id, Some(Role::Owner)).await.unwrap();
        for &scope in Scope::ALL {
            let user = if scope == Scope::Admin { &owner } else { &editor };
            let hash = password::sha256(&token(scope));
            let draft = TokenDraft { name: scope.key().to_owned(), scope, expires: None, hash };
            store.add_token(&user.id, &draft).await.unwrap();
        }
        Self { server: Server::new(store, settings), _home: home }
    }

    fn ask(&self, method: &str, path: &str) -> Ask<'_> {
        let builder =
            Request::builder().method(method).uri(format!("/api/v1{path}")).header(header::HOST, "e.org");
        Ask { api: self, builder, body: Body::empty() }
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path).send().await
    }

    /// Reads with the token of an editor.
    async fn read(&self, path: &str) -> Answer {
        self.ask("GET", path).by(Scope::Read).send().await
    }

    async fn post(&self, path: &str, body: &Value) -> Answer {
        self.ask("POST", path).by(Scope::Write).json(body).send().await
    }

    /// Changes what is there, whatever it is.
    async fn patch(&self, path: &str, body: &Value) -> Answer {
        self.ask("PATCH", path).by(Scope::Write).with("if-match", "*").json(body).send().await
    }

    async fn delete(&self, path: &str) -> Answer {
        self.ask("DELETE", path).by(Scope::Write).with("if-match", "*").send().await
    }

    /// The identifier of an event of the demo.
    async fn event(&self) -> String {
        let dispute = self.server.store.dispute(&Reader::Program, "pentagon-anthropic").await.unwrap().0;
        let events = self.server.store.events(&dispute.id, &View::default()).await.unwrap();
        events.into_iter().find(|event| event.title.contains("memo")).unwrap().id.0
    }
}

/// An event that can be added.
fn an_event() -> Value {
    json!({"date": "2026-02-01", "title": "Talks resume", "kind": "negotiation", "phase": "done"})
}

#[tokio::test]
async fn the_document_is_the_one_that_was_agreed_on() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/openapi.json");
    if std::env::var_os("IMPASSE_RENEW").is_some() {
        std::fs::write(path, api::openapi()).unwrap();
    }
    let agreed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        agreed == api::openapi(),
        "The API is not what tests/openapi.json says. If the change only adds to it, renew the file and look through \
         the difference: IMPASSE_RENEW=1 cargo test --workspace --test api the_document"
    );
}

impasse_tests::both! {
    listing {
        a_newcomer_finds_the_way
        pages_follow_each_other
        filters_are_those_of_the_page
        what_is_unchanged_is_not_sent_again
        revisions_come_page_by_page
        wrong_addresses_and_methods_are_problems
    }
    timeline {
        disputes_are_made_changed_and_deleted
        changes_name_what_they_were_made_from
        parties_and_positions_are_kept
        events_come_with_their_evidence
        citations_are_kept_changed_and_dropped
        what_is_wrong_stands_at_its_field
        bodies_must_be_json
        events_are_taken_back
        deadlines_are_counted_and_follow
    }
    sources {
        articles_are_pasted_and_give_candidates
        files_are_read
        candidates_are_decided
        feeds_are_followed
        links_are_frozen
        texts_are_not_public
    }
    webhooks {
        changes_are_sent_and_signed
        what_is_not_accepted_is_sent_again
        webhooks_are_kept_and_changed
        private_addresses_are_not_reached
        the_page_adds_and_tries_webhooks
    }
    scopes {
        each_action_needs_its_scope
        tokens_are_made_and_revoked
        wrong_tokens_are_refused
        cookies_count_for_nothing
        whoever_asks_too_often_has_to_wait
        the_account_page_makes_tokens
    }
}

fn tomorrow() -> String {
    (Utc::now().date_naive() + chrono::Days::new(1)).to_string()
}
