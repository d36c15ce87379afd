//! Nothing of a private dispute reaches who may not know of it.

use axum::http::{StatusCode, header};
use impasse_app::model::event::EventDraft;
use impasse_app::model::link::LinkDraft;
use impasse_app::model::revision::Actor;
use impasse_app::model::role::{Reader, Visibility};
use impasse_app::model::suggestion::SuggestionDraft;
use impasse_app::model::view::View;
use impasse_server::api;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::Value;

use crate::{Home, Site, whole};

/// What stands in the private dispute and nowhere else.
const SECRETS: [&str; 5] = ["Pentagon", "Anthropic", "zqxlighthouse", "safeguards", "strategy"];

/// What is asked: a method, an address with holes, whether by JSON, and by whom.
#[derive(Debug, Clone)]
struct Ask {
    method: &'static str,
    address: String,
    json: bool,
    by_account: bool,
}

/// Every address that the sources know, on the site and in the API.
fn addresses() -> Vec<String> {
    let router = include_str!("../../src/web/mod.rs");
    let mut found: Vec<String> = router
        .split(".route(\"")
        .skip(1)
        .map(|route| route.split('"').next().unwrap().to_owned())
        .filter(|path| !path.contains("/stream") && !path.starts_with("/setup"))
        .collect();
    let endings = ["json", "csv", "ics", "atom", "md", "docx", "svg", "pdf", "feed.json", "ftm.json"];
    found.extend(endings.map(|ending| format!("/d/{{slug}}.{ending}")));
    let pages = [
        "",
        "window",
        "cluster",
        "print",
        "history",
        "articles",
        "work",
        "search",
        "suggest/thanks",
        "events/{id}",
        "events/{id}/panel",
        "events/{id}/history",
        "articles/{id}",
        "articles/{id}/history",
        "parties/{id}/history",
        "positions/{id}/history",
        "corrections",
        "method",
        "at/1",
        "at/9/window",
    ];
    found.extend(pages.map(|page| format!("/d/{{slug}}/{page}")));
    found.extend(
        ["/", "/search", "/og/{slug}.png", "/embed/{slug}", "/embed/{slug}/events/{id}/panel"]
            .map(str::to_owned),
    );
    found.push("/oembed?url=http%3A%2F%2Fe.org%2Fd%2F{slug}".to_owned());
    let document: Value = serde_json::from_str(api::openapi()).unwrap();
    let paths = document["paths"].as_object().unwrap().keys();
    found.extend(paths.map(|path| path.replace("{dispute}", "{slug}")));
    found
}

fn ask() -> impl Strategy<Value = Ask> {
    let query = prop::sample::select(vec![
        "",
        "q=lighthouse",
        "q=contract",
        "event={id}",
        "party=defense",
        "asof=2026-02-01",
        "layout=table",
        "from=2026-01-01&to=2026-02-01",
        "kind=statement",
        "deleted={dispute}",
        "limit=200",
        "download=1",
        "group=party",
        "layout=list&q=contract",
    ]);
    let method = prop::sample::select(vec!["GET", "GET", "GET", "POST", "HEAD", "DELETE", "PATCH", "PUT"]);
    (prop::sample::select(addresses()), query, method, any::<bool>(), any::<bool>()).prop_map(
        |(path, query, method, json, by_account)| {
            let joint = if path.contains('?') { '&' } else { '?' };
            let address = if query.is_empty() { path } else { format!("{path}{joint}{query}") };
            Ask { method, address, json, by_account }
        },
    )
}

/// What the holes in addresses stand for.
struct Names {
    slug: String,
    dispute: String,
    id: String,
}

impl Names {
    fn fill(&self, address: &str) -> String {
        address
            .replace("{slug}", &self.slug)
            .replace("{dispute}", &self.dispute)
            .replace("{id}", &self.id)
            .replace("{code}", &self.id)
            .replace("{token}", &self.id)
            .replace("{file}", &format!("{}.png", self.slug))
    }

    /// An answer in which these names are told from no others.
    fn forget(&self, answer: &str) -> String {
        answer.replace(&self.slug, "SLUG").replace(&self.dispute, "DISPUTE").replace(&self.id, "ID")
    }
}

impl Site {
    async fn answer(&self, ask: &Ask, names: &Names) -> (StatusCode, String) {
        let who = self.person(if ask.by_account { "stranger" } else { "anyone" });
        let path = names.fill(&ask.address);
        let request = if path.starts_with("/api") {
            self.in_api(who, ask.method, &path).header(header::CONTENT_TYPE, "application/json")
        } else {
            let kind = "application/x-www-form-urlencoded";
            self.on_site(who, ask.method, &path).header(header::CONTENT_TYPE, kind)
        };
        let accept = if ask.json { "application/json" } else { "text/html" };
        let request = request.header(header::ACCEPT, accept).header(header::IF_MATCH, "*");
        let body = match (path.starts_with("/api"), ask.method) {
            (_, "GET" | "HEAD") => String::new(),
            (true, _) => "{}".to_owned(),
            (false, _) => format!("id={}&decision=accept", names.dispute),
        };
        let (status, text) = whole(self.send(request, body).await).await;
        // A page says the address that was asked for in its link to sign in, and its entity tag follows from its text:
        // what there is of names in it is told from the text.
        let tells_address = path != ask.address;
        let text: String =
            text.split_inclusive('\n').filter(|line| !tells_address || !line.starts_with("etag: ")).collect();
        (status, names.forget(&text))
    }
}

/// The private dispute with something of every kind in it, and names like its own that nothing has.
async fn scene(site: &Site) -> (Vec<Names>, Names) {
    let dispute = site.demo(Visibility::Private).await;
    let (store, by) = (&site.server.store, Actor::system());
    let events = store.events(&dispute.id, &View::default()).await.unwrap();
    let event = store.event(&dispute.id, &events[0].id).await.unwrap();
    let draft = EventDraft { description: "The zqxlighthouse.".to_owned(), ..event.clone().into() };
    store.change_event(&by, &dispute.id, &event.id, event.version, &draft, "zqxlighthouse").await.unwrap();
    let suggested =
        SuggestionDraft { draft, note: "zqxlighthouse".to_owned(), name: "zqxlighthouse".to_owned() };
    let suggestion = store.add_suggestion(None, &dispute.id, &suggested).await.unwrap();
    let articles = store.articles(&dispute.id).await.unwrap();
    let parties = store.parties(&dispute.id).await.unwrap();
    let ids = [event.id.0, suggestion.id.0, articles[0].id.0.clone(), parties[0].id.0.clone()];
    let names = |id: String| Names { slug: dispute.slug.clone(), dispute: dispute.id.0.clone(), id };
    let nothing = Names {
        slug: format!("{}zzzzzzzzzz", &dispute.slug[..dispute.slug.len() - 10]),
        dispute: "z".repeat(16),
        id: "y".repeat(16),
    };
    (ids.into_iter().map(names).collect(), nothing)
}

/// Whatever a stranger asks, with the true names of what is there, says nothing of it; and is answered to the byte as
/// if there were nothing.
pub(crate) async fn a_stranger_learns_nothing_of_what_is_private(home: Home) {
    let site = Site::new(home).await;
    let (there, nothing) = scene(&site).await;
    let mut runner = TestRunner::deterministic();
    let ask = ask();
    for nth in 0..700 {
        let ask = ask.new_tree(&mut runner).unwrap().current();
        let names = &there[nth % there.len()];
        let (status, text) = site.answer(&ask, names).await;
        let asked = names.fill(&ask.address);
        for secret in SECRETS {
            let echoes = asked.to_lowercase().contains(&secret.to_lowercase());
            assert!(echoes || !text.contains(secret), "{ask:?}: {status} has {secret}");
        }
        let as_nothing = site.answer(&ask, &nothing).await;
        assert_eq!((status, text), as_nothing, "{ask:?}");
    }
}

/// The lists are, to the byte, what they are without it.
pub(crate) async fn a_stranger_finds_no_trace_in_lists(home: Home) {
    let site = Site::new(home).await;
    let (there, names) = scene(&site).await;
    let lists = [
        "/",
        "/search?q=memo",
        "/search?q=contract",
        "/?q=contract",
        "/?q=Pentagon",
        "/api/v1/disputes",
        "/api/v1/disputes?q=pentagon",
    ];
    let mut with = Vec::new();
    for address in lists {
        for by_account in [false, true] {
            let ask = Ask { method: "GET", address: address.to_owned(), json: false, by_account };
            with.push((ask.clone(), site.answer(&ask, &names).await));
        }
    }
    let id = impasse_app::model::id::DisputeId::from(there[0].dispute.as_str());
    site.server.store.delete_dispute(&Actor::system(), &id, "").await.unwrap();
    for (ask, answer) in with {
        assert_eq!(answer, site.answer(&ask, &names).await, "{ask:?}");
    }
}

/// A frozen view of a private dispute opens by its link alone, shows no way on, and no more once it is taken back; an
/// invitation gives the role that it names.
pub(crate) async fn an_invitation_is_all_that_a_stranger_needs(home: Home) {
    let site = Site::new(home).await;
    let dispute = site.demo(Visibility::Private).await;
    let store = &site.server.store;
    let link = LinkDraft { query: String::new(), revision: dispute.revision, expires: None };
    let link = store.add_link(None, &dispute.id, &link).await.unwrap();
    let (anyone, stranger) = (site.person("anyone"), site.person("stranger"));
    let view = format!("/s/{}/view", link.code);
    let (status, text) = whole(site.send(site.on_site(anyone, "GET", &view), "").await).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Frozen on") && !text.contains("See it as it is now"));
    assert!(text.contains("noindex"), "search engines keep out");
    store.revoke_link(&dispute.id, &link.code).await.unwrap();
    assert_eq!(site.send(site.on_site(anyone, "GET", &view), "").await.status(), StatusCode::GONE);

    let owner = site.person("owner").clone();
    let kind = "application/x-www-form-urlencoded";
    let path = format!("/d/{}", dispute.slug);
    let request =
        site.on_site(&owner, "POST", &format!("{path}/invitations")).header(header::CONTENT_TYPE, kind);
    let (status, text) = whole(site.send(request, "role=reviewer&note=Sam&days=7").await).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("cache-control: no-store"));
    let join = text.split("http://e.org/join/").nth(1).unwrap();
    let join = format!("/join/{}", join.split('"').next().unwrap());
    let (status, text) = whole(site.send(site.on_site(anyone, "GET", &join), "").await).await;
    assert!(status == StatusCode::OK && text.contains("You are invited") && text.contains("a reviewer"));
    assert_eq!(site.send(site.on_site(stranger, "GET", &path), "").await.status(), StatusCode::NOT_FOUND);
    let request = site.on_site(stranger, "POST", &join).header(header::CONTENT_TYPE, kind);
    let answer = site.send(request, "").await;
    assert_eq!(answer.headers()[header::LOCATION], path);
    assert_eq!(site.send(site.on_site(stranger, "GET", &path), "").await.status(), StatusCode::OK);
    let inbox = format!("{path}/inbox");
    assert_eq!(site.send(site.on_site(stranger, "GET", &inbox), "").await.status(), StatusCode::OK);
    assert_eq!(
        site.send(site.on_site(anyone, "GET", &join), "").await.status(),
        StatusCode::NOT_FOUND,
        "once"
    );
    let (found, _) = store.dispute(&Reader::Program, &dispute.slug).await.unwrap();
    assert_eq!(store.members(&found.id).await.unwrap().len(), 6);
}
