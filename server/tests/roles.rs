//! Who may do what: every role, every action, every visibility, on the site and through the API, over both databases;
//! and that nothing of a private dispute reaches a stranger.

#![expect(
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy takes only functions marked as tests for tests"
)]

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use chrono::{TimeDelta, Utc};
use futures_util::StreamExt;
use impasse_app::model::access::{Scope, TokenDraft};
use impasse_app::model::dispute::Dispute;
use impasse_app::model::revision::Actor;
use impasse_app::model::role::{Reader, Role, Visibility};
use impasse_app::store::{Session, SharedStore, User};
use impasse_server::settings::Settings;
use impasse_server::web::{Server, router};
use impasse_server::{db, demo, password};
use tower::ServiceExt;

use home::Home;

#[path = "roles/brought_back.rs"]
mod brought_back;
#[path = "home/mod.rs"]
mod home;
#[path = "roles/leaks.rs"]
mod leaks;
#[path = "roles/table.rs"]
mod table;

/// Who asks.
#[derive(Debug, Clone)]
struct Person {
    /// What they are called here and in the database.
    name: &'static str,
    /// The role that they were given.
    role: Option<Role>,
    /// Whether they look after the site.
    is_admin: bool,
    /// Whether they have an account.
    has_account: bool,
}

impl Person {
    /// What they may do in a dispute that so many may see.
    fn may(&self, visibility: Visibility) -> Option<Role> {
        if self.is_admin {
            return Some(Role::Owner);
        }
        let given = if self.has_account { self.role } else { None };
        given.max((visibility != Visibility::Private).then_some(Role::Viewer))
    }
}

/// The demo, people of every sort, and the router before it.
struct Site {
    server: Server,
    /// Made once: that takes longer than to answer.
    router: Router,
    people: Vec<Person>,
    _home: Home,
}

impl Site {
    async fn new(home: Home) -> Self {
        let store = db::open(&home.url).await.unwrap();
        let dispute = demo::load(&store).await.unwrap();
        let mut people = vec![Person { name: "anyone", role: None, is_admin: false, has_account: false }];
        let roles =
            [("stranger", None)].into_iter().chain(Role::ALL.iter().map(|role| (role.key(), Some(*role))));
        for (name, role) in roles {
            let user = store.add_user(name, "hash", false).await.unwrap();
            if role.is_some() {
                store.set_role(&dispute.id, &user.id, role).await.unwrap();
            }
            sign_in(&store, &user, name).await;
            people.push(Person { name, role, is_admin: false, has_account: true });
        }
        let admin = store.add_user("admin", "hash", true).await.unwrap();
        sign_in(&store, &admin, "admin").await;
        people.push(Person { name: "admin", role: None, is_admin: true, has_account: true });
        let settings = Settings { api_rate: 0, api_rate_anonymous: 0, ..Settings::default() };
        let server = Server::new(store, settings);
        Self { router: router(server.clone()), server, people, _home: home }
    }

    fn person(&self, name: &str) -> &Person {
        self.people.iter().find(|person| person.name == name).unwrap()
    }

    async fn demo(&self, visibility: Visibility) -> Dispute {
        let found = self.server.store.disputes(&Reader::Program, "").await.unwrap();
        let demo = found.into_iter().find(|found| found.dispute.title.contains("Pentagon")).unwrap();
        let by = Actor::system();
        self.server.store.set_visibility(&by, &demo.dispute.id, visibility, true).await.unwrap()
    }

    /// Sends a request to the site, with somebody's cookie.
    fn on_site(&self, who: &Person, method: &str, path: &str) -> axum::http::request::Builder {
        let request = Request::builder().method(method).uri(path).header(header::HOST, "e.org");
        if who.has_account {
            request.header(header::COOKIE, format!("impasse={}", who.name))
        } else {
            request
        }
    }

    /// Sends a request to the API, with somebody's token.
    fn in_api(&self, who: &Person, method: &str, path: &str) -> axum::http::request::Builder {
        let request = Request::builder().method(method).uri(path).header(header::HOST, "e.org");
        if who.has_account {
            request.header(header::AUTHORIZATION, format!("Bearer imp_{}", who.name))
        } else {
            request
        }
    }

    async fn send(&self, request: axum::http::request::Builder, body: impl Into<Body>) -> Response {
        self.router.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap()
    }
}

async fn sign_in(store: &SharedStore, user: &User, name: &str) {
    let session = Session {
        token_hash: password::sha256(name),
        user: user.id.clone(),
        created: Utc::now(),
        expires: Utc::now() + TimeDelta::days(1),
        agent: String::new(),
    };
    store.add_session(&session).await.unwrap();
    let hash = password::sha256(&format!("imp_{name}"));
    let token = TokenDraft { name: name.to_owned(), scope: Scope::Admin, expires: None, hash };
    store.add_token(&user.id, &token).await.unwrap();
}

/// All that came back, headers included but for those that differ each time.
async fn whole(answer: Response) -> (StatusCode, String) {
    let (parts, body) = answer.into_parts();
    let mut text = String::new();
    for (name, value) in &parts.headers {
        if name != "x-request-id" && name != header::DATE {
            text.push_str(&format!("{name}: {}\n", String::from_utf8_lossy(value.as_bytes())));
        }
    }
    let is_endless = parts.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream");
    let body = if is_endless {
        body.into_data_stream().next().await.unwrap().unwrap()
    } else {
        to_bytes(body, usize::MAX).await.unwrap()
    };
    text.push_str(&String::from_utf8_lossy(&body));
    (parts.status, text)
}

impasse_tests::both! {
    brought_back {
        a_deleted_dispute_comes_back_with_everything
    }
    table {
        the_site_lets_through_who_may
        the_api_lets_through_who_may
        owners_delete_and_bring_back
        only_who_looks_after_the_site_sees_how_it_does
    }
    leaks {
        a_stranger_learns_nothing_of_what_is_private
        a_stranger_finds_no_trace_in_lists
        an_invitation_is_all_that_a_stranger_needs
    }
}
