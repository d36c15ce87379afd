//! Articles, candidates, feeds, links.

use impasse_app::model::access::Scope;
use serde_json::{Value, json};

use crate::{Api, DEMO, Home, tomorrow};

fn an_article(title: &str) -> Value {
    json!({
        "title": title,
        "publisher": "The Example",
        "url": "https://news.example/2026/memo?utm_source=x",
        "published": "29 January 2026",
        "text": "On January 12, 2026, the company sued the department over the ban, two officials said.\n\nOn \
                 January 20, 2026, the department issued another memo on the ban, officials said.",
    })
}

pub(crate) async fn articles_are_pasted_and_give_candidates(home: Home) {
    let api = Api::new(home).await;
    let path = format!("{DEMO}/articles");
    let ask = || api.ask("POST", &path).by(Scope::Suggest);
    let made = ask().json(&an_article("Sued")).send().await.expect(201);
    assert_eq!((&made.body["is_new"], made.text("/article/published")), (&json!(true), "2026-01-29"));
    assert_eq!(made.text("/article/dating/by"), "Ed");
    let id = made.text("/article/id").to_owned();
    assert_eq!(made.header("location"), format!("http://e.org/api/v1{path}/{id}"));
    let again = ask().json(&an_article("Again")).send().await.expect(200);
    assert_eq!((&again.body["is_new"], again.text("/article/id")), (&json!(false), id.as_str()));
    let found = api.read(&format!("{DEMO}/candidates?article={id}&decision=pending")).await.expect(200);
    assert!(!found.items().is_empty() && found.items()[0]["event"]["citations"][0]["quote"].is_string());
    let whole = api.read(&format!("{path}/{id}")).await.expect(200);
    assert!(whole.text("/text").starts_with("On January 12"));
    let wrong =
        json!({"title": "", "publisher": "x", "published": "last week", "text": " ", "url": "javascript:x"});
    let refused = ask().json(&wrong).send().await.expect(422);
    assert_eq!(refused.fields(), ["title", "url", "published", "text"]);
    let file = api.ask("POST", &format!("{path}/fetch")).by(Scope::Suggest);
    let refused = file.json(&json!({"address": "http://127.0.0.1:9/x"})).send().await.expect(422);
    assert_eq!(
        refused.fields(),
        ["address"],
        "what is not on the public internet is not fetched: {}",
        refused.body
    );
    api.ask("DELETE", &format!("{path}/{id}")).by(Scope::Write).send().await.expect(428);
    let delete = api.ask("DELETE", &format!("{path}/{id}")).by(Scope::Write);
    delete.with("if-match", whole.etag()).send().await.expect(204);
    api.post(&format!("{path}/{id}/restore"), &json!({})).await.expect(200);
    api.post(&format!("{path}/{id}/confirm"), &json!({})).await.expect(409);
    let cited = api.get(&format!("{DEMO}/events/{}", api.event().await)).await;
    let cited = cited.text("/citations/0/article").to_owned();
    api.delete(&format!("{path}/{cited}")).await.expect(409);
}

pub(crate) async fn files_are_read(home: Home) {
    let api = Api::new(home).await;
    let path = format!("{DEMO}/articles/upload");
    let part = |name: &str, text: &str| {
        format!(
            "--xYz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{text}\r\n"
        )
    };
    let send = async |parts: String| {
        let ask = api.ask("POST", &path).by(Scope::Suggest);
        ask.raw("multipart/form-data; boundary=xYz", format!("{parts}--xYz--\r\n")).send().await
    };
    let html = "<html><head><title>Court hears both</title></head><body><article><p>On January 20, 2026, the court \
        heard both sides for a whole day, and the judge gave them a week to answer in writing, the clerk said.</p>\
        <p>Nobody would say afterwards what they had been asked, and the hearing goes on next week.</p></article>";
    let sent = send(part("a.html", html)).await.expect(200);
    let [item] = sent.items() else { panic!("{}", sent.body) };
    assert_eq!((&item["is_new"], &item["article"]["stage"]), (&json!(true), &json!("waiting")), "{item}");
    let id = item["article"]["id"].as_str().unwrap();
    let wrong = api.post(&format!("{DEMO}/articles/{id}/confirm"), &json!({"publisher": "The Court"})).await;
    assert_eq!(wrong.expect(422).fields(), ["published"]);
    let day = json!({"publisher": "The Court", "published": "2026-01-21"});
    let kept = api.post(&format!("{DEMO}/articles/{id}/confirm"), &day).await.expect(200);
    assert_eq!((kept.text("/stage"), kept.text("/dating/by")), ("kept", "Ed"));
    let broken = send(part("a.html", html) + &part("b.pdf", "%PDF-1.4 and no more")).await.expect(422);
    assert_eq!(broken.fields(), ["file[1]"]);
    assert_eq!(send(String::new()).await.expect(422).fields(), ["file"]);
    api.post(&path, &json!({})).await.expect(415);
}

pub(crate) async fn candidates_are_decided(home: Home) {
    let api = Api::new(home).await;
    api.post(&format!("{DEMO}/articles"), &an_article("Sued")).await.expect(201);
    let path = format!("{DEMO}/candidates");
    let waiting = api.read(&format!("{path}?decision=pending&order=strongest")).await.expect(200);
    let dated: Vec<&Value> =
        waiting.items().iter().filter(|candidate| !candidate["event"]["date"].is_null()).collect();
    let [first, second] = [dated[0], dated[1]].map(|candidate| candidate["id"].as_str().unwrap());
    assert!(dated[0]["score"].as_i64() >= dated[1]["score"].as_i64());
    let accepted =
        api.post(&format!("{path}/{first}/accept"), &json!({"title": "Told anew"})).await.expect(201);
    assert_eq!(accepted.text("/title"), "Told anew");
    assert_eq!(accepted.body["citations"][0]["quote"], dated[0]["event"]["citations"][0]["quote"]);
    api.post(&format!("{path}/{first}/accept"), &json!({})).await.expect(409);
    let one = api.read(&format!("{path}/{first}")).await.expect(200);
    assert_eq!((one.text("/decision"), &one.body["became"]), ("accepted", &accepted.body["id"]));
    let both = json!({"verdict": "reject", "candidates": [first, second]});
    let nobody = json!({"verdict": "reject", "candidates": [second, "nobody"]});
    api.post(&format!("{path}/decisions"), &nobody).await.expect(404);
    let outcome = api.post(&format!("{path}/decisions"), &both).await.expect(200);
    assert_eq!(outcome.body["done"], json!([second]));
    assert!(
        outcome.body["left"].as_array().unwrap().contains(&json!({"candidate": first, "reason": "decided"}))
    );
    let undo = json!({"verdict": "undo", "candidates": [first, second]});
    let outcome = api.post(&format!("{path}/decisions"), &undo).await.expect(200);
    assert_eq!(outcome.body["done"], json!([first, second]));
    api.get(&format!("{DEMO}/events/{}", accepted.text("/id"))).await.expect(404);
    let event = api.event().await;
    let stale = json!({"event": event, "version": 7});
    api.post(&format!("{path}/{second}/merge"), &stale).await.expect(409);
    let merged = api.post(&format!("{path}/{second}/merge"), &json!({"event": event})).await.expect(200);
    assert_eq!(merged.body["version"], 2);
    assert_eq!(
        api.post(&format!("{path}/decisions"), &json!({"verdict": "accept", "candidates": []}))
            .await
            .expect(422)
            .fields(),
        ["candidates"]
    );
    assert_eq!(api.read(&format!("{path}?decision=maybe")).await.expect(400).fields(), ["decision"]);
}

pub(crate) async fn feeds_are_followed(home: Home) {
    let api = Api::new(home).await;
    let path = format!("{DEMO}/feeds");
    let input = json!({"url": "https://feeds.example/a.xml", "rules": {"any": ["memo, the", "ban*"]}});
    let made = api.post(&path, &input).await.expect(201);
    assert_eq!(made.body["rules"], json!({"any": ["memo the", "ban*"], "all": [], "none": []}));
    assert_eq!(api.post(&path, &input).await.expect(409).fields(), ["url"]);
    let own = format!("{path}/{}", made.text("/id"));
    assert_eq!(api.read(&own).await.expect(200).etag(), made.etag());
    let change = json!({"is_paused": true, "rules": {"none": ["sport"]}});
    let ask = || api.ask("PATCH", &own).by(Scope::Write);
    ask().json(&change).send().await.expect(428);
    let changed = ask().with("if-match", made.etag()).json(&change).send().await.expect(200);
    assert_eq!(changed.body["rules"], json!({"any": [], "all": [], "none": ["sport"]}));
    ask().with("if-match", made.etag()).json(&change).send().await.expect(412);
    assert_eq!(
        api.patch(&own, &json!({"rules": {"all": ["***"]}})).await.expect(422).fields(),
        ["rules.all"]
    );
    let listed = api.read(&path).await.expect(200);
    assert_eq!(listed.items()[0]["health"]["failures"], 0);
    assert_eq!(api.read(&format!("{own}/entries")).await.expect(200).items().len(), 0);
    api.post(&format!("{own}/poll"), &json!({})).await.expect(202);
    let jobs = api.read(&format!("{DEMO}/jobs")).await.expect(200);
    assert_eq!(jobs.items()[0]["kind"], "poll");
    api.delete(&own).await.expect(204);
    api.read(&own).await.expect(404);
}

pub(crate) async fn links_are_frozen(home: Home) {
    let api = Api::new(home).await;
    let path = format!("{DEMO}/links");
    let ask = || api.ask("POST", &path).by(Scope::Read);
    let input = json!({"view": "?layout=list&kind=statement&kind=memo", "expires": tomorrow()});
    let made = ask().json(&input).send().await.expect(201);
    assert_eq!(made.text("/view"), "?kind=memo,statement&layout=list");
    assert_eq!(made.text("/url"), format!("http://e.org/s/{}", made.text("/code")));
    assert_eq!(ask().json(&input).send().await.expect(201).text("/code"), made.text("/code"));
    ask().send().await.expect(201);
    let wrong = json!({"view": "kind=gossip", "expires": "2020-01-01"});
    assert_eq!(ask().json(&wrong).send().await.expect(422).fields(), ["view", "expires"]);
    assert_eq!(ask().json(&json!({"expires": "soon"})).send().await.expect(422).fields(), ["expires"]);
    assert_eq!(api.read(&path).await.expect(200).items().len(), 2);
    let own = format!("{path}/{}", made.text("/code"));
    let there = api.read(&own).await.expect(200);
    api.ask("DELETE", &own).by(Scope::Write).with("if-match", there.etag()).send().await.expect(204);
    assert!(api.read(&own).await.expect(200).body["revoked"].is_string());
    api.delete(&own).await.expect(409);
    api.post("/disputes", &json!({"title": "Other", "status": "open"})).await.expect(201);
    api.read(&format!("/disputes/other/links/{}", made.text("/code"))).await.expect(404);
}

pub(crate) async fn texts_are_not_public(home: Home) {
    let api = Api::new(home).await;
    let listed = api.get(&format!("{DEMO}/articles")).await.expect(200);
    assert!(listed.items()[0].get("text").is_none());
    let id = listed.items()[0]["id"].as_str().unwrap();
    let refused = api.get(&format!("{DEMO}/articles/{id}")).await.expect(401);
    assert_eq!(refused.header("www-authenticate"), "Bearer realm=\"Impasse\"");
    for private in ["candidates", "feeds", "jobs", "links"] {
        api.get(&format!("{DEMO}/{private}")).await.expect(401);
        api.read(&format!("{DEMO}/{private}")).await.expect(200);
    }
}
