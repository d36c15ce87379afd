//! Reading: pages, filters, entity tags.

use impasse_app::model::access::Scope;
use serde_json::json;

use crate::{Api, DEMO, Home, an_event};

pub(crate) async fn a_newcomer_finds_the_way(home: Home) {
    let api = Api::new(home).await;
    let index = api.get("").await.expect(200);
    assert_eq!(index.text("/disputes"), "http://e.org/api/v1/disputes");
    let disputes = api.get("/disputes").await.expect(200);
    assert_eq!(disputes.header("access-control-allow-origin"), "*");
    let first = &disputes.items()[0];
    assert_eq!(first["slug"], "pentagon-anthropic");
    assert_eq!(first["url"], "http://e.org/d/pentagon-anthropic");
    assert!(first["events"].as_i64().unwrap() > 5 && first["latest"]["date"]["words"].is_string(), "{first}");
    let dispute = api.get(DEMO).await.expect(200);
    assert_eq!(dispute.body["version"], 1);
    assert!(!dispute.body.to_string().contains("password"));
    let event = api.get(&format!("{DEMO}/events/{}", api.event().await)).await.expect(200);
    assert_eq!(event.body["date"]["edtf"], "2026-01-09");
    assert_eq!(event.body["date"]["words"], "9 January 2026");
    assert_eq!(event.body["date"]["precision"], "day");
    assert!(event.body["citations"][0]["quote"].is_string(), "{}", event.body);
    assert!(event.body["citations"][0]["source"]["publisher"].is_string(), "{}", event.body);
    assert!(event.body["parties"][0]["party"].is_string(), "{}", event.body);
    for list in ["parties", "positions", "articles", "revisions"] {
        assert!(!api.get(&format!("{DEMO}/{list}")).await.expect(200).items().is_empty(), "{list}");
    }
    assert_eq!(api.get("/disputes?q=nothing+has+these+words").await.expect(200).items().len(), 0);
}

pub(crate) async fn pages_follow_each_other(home: Home) {
    let api = Api::new(home).await;
    let whole = api.get(&format!("{DEMO}/events?limit=200")).await.expect(200);
    assert!(whole.body["next"].is_null() && !whole.headers.contains_key("link"), "{}", whole.body);
    let mut seen = Vec::new();
    let mut path = format!("{DEMO}/events?limit=3&layout=list");
    loop {
        let page = api.get(&path).await.expect(200);
        assert!(page.items().len() <= 3);
        seen.extend(page.items().to_vec());
        if page.body["next"].is_null() {
            break;
        }
        let link = page.header("link").to_owned();
        let address =
            link.strip_prefix("<http://e.org/api/v1").unwrap().strip_suffix(">; rel=\"next\"").unwrap();
        assert!(address.contains("layout=list") && address.contains(page.text("/next")), "{link}");
        path = address.to_owned();
    }
    assert_eq!(seen, whole.items());
    for wrong in ["limit=0", "limit=201", "limit=x", "cursor=x"] {
        let answer = api.get(&format!("{DEMO}/events?{wrong}")).await.expect(400);
        assert_eq!(answer.fields(), [wrong.split('=').next().unwrap()], "{wrong}");
    }
}

pub(crate) async fn filters_are_those_of_the_page(home: Home) {
    let api = Api::new(home).await;
    let count =
        async |query: &str| api.get(&format!("{DEMO}/events?{query}")).await.expect(200).items().len();
    let all = count("").await;
    let memos = count("kind=memo").await;
    assert!(0 < memos && memos < all, "{memos} of {all}");
    assert_eq!(count("kind=memo&from=2026-01-09&to=2026-01-09").await, 1);
    assert_eq!(count("from=2090-01-01").await, 0);
    assert_eq!(count("to=1990-01-01").await, 1, "what is only known to lie before a day may lie then");
    assert_eq!(count("q=STRATEGY+memo&layout=table&group=kind").await, 1);
    let latest = api.get(&format!("{DEMO}/events?sort=latest")).await.expect(200);
    let first = api.get(&format!("{DEMO}/events")).await.expect(200);
    assert_eq!(latest.items().last(), first.items().first());
    let wrong = api.get(&format!("{DEMO}/events?kind=gossip&from=soon&kinds=memo")).await.expect(400);
    assert_eq!(wrong.fields(), ["kinds"], "what is misspelt is not passed over");
    let wrong = api.get(&format!("{DEMO}/events?kind=gossip&from=soon")).await.expect(400);
    assert_eq!(wrong.fields(), ["kind", "from"]);
}

pub(crate) async fn what_is_unchanged_is_not_sent_again(home: Home) {
    let api = Api::new(home).await;
    for path in ["", "/disputes", DEMO, &format!("{DEMO}/events"), &format!("{DEMO}/revisions")] {
        let first = api.get(path).await.expect(200);
        assert_eq!(first.header("cache-control"), "no-cache");
        let again = api.ask("GET", path).with("if-none-match", first.etag()).send().await.expect(304);
        assert_eq!(again.etag(), first.etag());
        assert_eq!(again.body, "", "{path}");
        let weak = format!("\"other\", W/{}", first.etag());
        api.ask("GET", path).with("if-none-match", &weak).send().await.expect(304);
    }
    let path = format!("{DEMO}/events");
    let before = api.get(&path).await.etag().to_owned();
    api.post(&path, &an_event()).await.expect(201);
    let after = api.ask("GET", &path).with("if-none-match", &before).send().await.expect(200);
    assert_ne!(after.etag(), before);
    let private = api.ask("GET", &path).by(Scope::Read).send().await.expect(200);
    assert_eq!(private.header("cache-control"), "private, no-cache");
}

pub(crate) async fn revisions_come_page_by_page(home: Home) {
    let api = Api::new(home).await;
    let id = api.event().await;
    for title in ["One", "Two", "Three"] {
        api.patch(&format!("{DEMO}/events/{id}"), &json!({"title": title, "reason": "to see"}))
            .await
            .expect(200);
    }
    let path = format!("{DEMO}/revisions?subject=event&subject_id={id}&limit=3");
    let page = api.get(&path).await.expect(200);
    let titles: Vec<_> = page.items().iter().map(|item| item["state"]["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["Three", "Two", "One"]);
    assert_eq!((&page.items()[0]["actor"], &page.items()[0]["reason"]), (&json!("Ed"), &json!("to see")));
    let rest = api.get(&format!("{path}&cursor={}", page.text("/next"))).await.expect(200);
    assert_eq!(rest.items().len(), 1);
    assert_eq!(rest.items()[0]["action"], "create");
    assert_eq!(
        api.get(&format!("{DEMO}/revisions?subject=event")).await.expect(400).fields(),
        ["subject_id"]
    );
    assert_eq!(
        api.get(&format!("{DEMO}/revisions?subject=x&subject_id=y")).await.expect(400).fields(),
        ["subject"]
    );
    // What is read with a token only is not told by its revisions either.
    let feed = json!({"url": "https://feeds.example/secret.xml"});
    api.post(&format!("{DEMO}/feeds"), &feed).await.expect(201);
    let last = api.get(&format!("{DEMO}/revisions?limit=1")).await.expect(200);
    assert!(last.items()[0]["subject"] == "feed" && last.items()[0]["state"].is_null(), "{}", last.body);
    let last = api.read(&format!("{DEMO}/revisions?limit=1")).await.expect(200);
    assert_eq!(last.items()[0]["state"]["url"], feed["url"]);
}

pub(crate) async fn wrong_addresses_and_methods_are_problems(home: Home) {
    let api = Api::new(home).await;
    for path in [
        "/nothing",
        "/disputes/nothing",
        "/disputes/nothing/events",
        &format!("{DEMO}/events/nothing"),
        "/disputes/%ff",
    ] {
        api.get(path).await.expect(404);
    }
    let answer = api.ask("PUT", DEMO).send().await.expect(405);
    assert_eq!(answer.header("allow"), "GET,HEAD,PATCH,DELETE");
    let page = api.server.clone();
    let request = axum::http::Request::builder().uri("/api").header("host", "e.org");
    let request = request.body(axum::body::Body::empty()).unwrap();
    let answer = tower::ServiceExt::oneshot(impasse_server::web::router(page), request).await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(answer.headers()["content-type"].to_str().unwrap().starts_with("text/html"));
}
