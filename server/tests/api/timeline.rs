//! Changing what a dispute says.

use impasse_app::model::access::Scope;
use serde_json::{Value, json};

use crate::{Api, DEMO, Home, an_event};

pub(crate) async fn disputes_are_made_changed_and_deleted(home: Home) {
    let api = Api::new(home).await;
    let made =
        api.post("/disputes", &json!({"title": "Chip export rules", "status": "open"})).await.expect(201);
    assert_eq!(made.text("/slug"), "chip-export-rules");
    assert_eq!(made.header("location"), "http://e.org/api/v1/disputes/chip-export-rules");
    let path = "/disputes/chip-export-rules";
    assert_eq!(api.get(path).await.expect(200).etag(), made.etag());
    let taken =
        api.post("/disputes", &json!({"title": "Chip export rules", "status": "open"})).await.expect(409);
    assert_eq!(taken.fields(), ["slug"]);
    let changed =
        api.patch(path, &json!({"summary": "Who may sell what", "status": "stalled"})).await.expect(200);
    assert_eq!((&changed.body["title"], &changed.body["version"]), (&json!("Chip export rules"), &json!(2)));
    assert_eq!(changed.body["status"], "stalled");
    let moved = api.patch(path, &json!({"slug": "chips"})).await.expect(200);
    assert_eq!(moved.text("/url"), "http://e.org/d/chips");
    api.get(path).await.expect(404);
    api.delete("/disputes/chips").await.expect(403);
    let id = moved.text("/id").to_owned();
    api.ask("DELETE", "/disputes/chips").by(Scope::Admin).send().await.expect(428);
    api.ask("DELETE", "/disputes/chips")
        .by(Scope::Admin)
        .with("if-match", moved.etag())
        .send()
        .await
        .expect(204);
    api.get("/disputes/chips").await.expect(404);
    let back = api.ask("POST", &format!("/disputes/{id}/restore")).by(Scope::Admin).send().await.expect(200);
    assert_eq!(back.text("/slug"), "chips");
    api.ask("POST", &format!("/disputes/{id}/restore")).by(Scope::Admin).send().await.expect(409);
}

pub(crate) async fn changes_name_what_they_were_made_from(home: Home) {
    let api = Api::new(home).await;
    let event = format!("{DEMO}/events/{}", api.event().await);
    let party = format!("{DEMO}/parties/defense-department");
    let position = api.get(&format!("{DEMO}/positions")).await;
    let position = format!("{DEMO}/positions/{}", position.items()[0]["id"].as_str().unwrap());
    for (path, field) in [(DEMO, "title"), (&event, "title"), (&party, "name"), (&position, "statement")] {
        let there = api.get(path).await.expect(200);
        let change = |title: &str| json!({field: title});
        let ask = || api.ask("PATCH", path).by(Scope::Write);
        ask().json(&change("x")).send().await.expect(428);
        let first = ask().with("if-match", there.etag()).json(&change("First")).send().await.expect(200);
        assert_eq!(first.body[field], "First");
        assert_eq!(api.get(path).await.expect(200).etag(), first.etag());
        let second = ask().with("if-match", there.etag()).json(&change("Second")).send().await.expect(412);
        assert_eq!(second.body["current"][field], "First", "{}", second.body);
        assert_eq!(second.etag(), first.etag());
        if path != DEMO {
            api.ask("DELETE", path).by(Scope::Write).with("if-match", there.etag()).send().await.expect(412);
            api.ask("DELETE", path).by(Scope::Write).send().await.expect(428);
        }
        let third = format!("\"other\", {}", second.etag());
        ask().with("if-match", &third).json(&change("Third")).send().await.expect(200);
    }
}

pub(crate) async fn parties_and_positions_are_kept(home: Home) {
    let api = Api::new(home).await;
    let input =
        json!({"name": "Bureau of Industry", "kind": "government", "aliases": ["BIS", "Bureau, the"]});
    let made = api.post(&format!("{DEMO}/parties"), &input).await.expect(201);
    assert_eq!(made.text("/key"), "bureau-of-industry");
    assert_eq!(made.body["aliases"], input["aliases"], "a comma is part of a name");
    let id = made.text("/id").to_owned();
    assert_eq!(api.get(&format!("{DEMO}/parties/{id}")).await.expect(200).body, made.body);
    let position =
        json!({"party": "bureau-of-industry", "statement": "No licence, no sale", "date": "2026-01/.."});
    let held = api.post(&format!("{DEMO}/positions"), &position).await.expect(201);
    assert_eq!((held.text("/party_id"), held.body["date"]["latest"].is_null()), (id.as_str(), true));
    assert!(held.body["source"].is_null());
    let used = api.delete(&format!("{DEMO}/parties/{id}")).await.expect(409);
    assert!(used.text("/detail").contains("1 position"), "{}", used.body);
    let path = format!("{DEMO}/positions/{}", held.text("/id"));
    let cited = api.get(&format!("{DEMO}/events/{}", api.event().await)).await;
    let citation = &cited.body["citations"][0];
    let source = json!({"source": {"article": citation["article"], "quote": citation["quote"]}});
    let shown = api.patch(&path, &source).await.expect(200);
    assert_eq!(shown.body["source"]["quote"], citation["quote"]);
    let kept = api.patch(&path, &json!({"statement": "No sale"})).await.expect(200);
    assert_eq!(kept.body["source"], shown.body["source"]);
    let bare = api.patch(&path, &json!({"source": null})).await.expect(200);
    assert!(bare.body["source"].is_null());
    api.delete(&path).await.expect(204);
    api.get(&path).await.expect(404);
    api.delete(&format!("{DEMO}/parties/bureau-of-industry")).await.expect(204);
    api.post(&format!("{DEMO}/parties/{id}/restore"), &json!({})).await.expect(200);
    api.post(&format!("{path}/restore"), &json!({})).await.expect(200);
    api.post(&format!("{path}/restore"), &json!({})).await.expect(409);
}

async fn cited(api: &Api) -> Value {
    let event = api.get(&format!("{DEMO}/events/{}", api.event().await)).await.expect(200);
    event.body["citations"][0].clone()
}

pub(crate) async fn events_come_with_their_evidence(home: Home) {
    let api = Api::new(home).await;
    let citation = cited(&api).await;
    let words: String = citation["quote"].as_str().unwrap().chars().take(25).collect();
    let mut input = an_event();
    input["date"] = json!({"edtf": "2026-02~", "printed": "around February", "words": "passed over"});
    input["parties"] = json!([{"party": "defense-department", "role": "actor"}]);
    input["citations"] = json!([{"article": citation["article"], "quote": words,
        "attribution": {"kind": "unnamed", "wording": "two people", "count": 2}, "date": "early February 2026"}]);
    input["reason"] = json!("found in the archive");
    let made = api.post(&format!("{DEMO}/events"), &input).await.expect(201);
    let date = &made.body["date"];
    assert_eq!(
        *date,
        json!({"edtf": "2026-02~", "printed": "around February", "words": "about February 2026",
            "earliest": "2026-02-01", "latest": "2026-02-28", "precision": "month", "qualifier": "approximate",
            "shape": "moment"})
    );
    let part = &made.body["parties"][0];
    assert_eq!((&part["party"], &part["role"]), (&json!("defense-department"), &json!("actor")));
    let kept = &made.body["citations"][0];
    assert_eq!((&kept["quote"], &kept["attribution"]["count"]), (&json!(words.trim()), &json!(2)));
    assert_eq!(kept["start"], citation["start"]);
    assert_eq!((&made.body["attestation"], &made.body["citation_count"]), (&json!("reported"), &json!(1)));
    let again =
        api.get(made.header("location").strip_prefix("http://e.org/api/v1").unwrap()).await.expect(200);
    assert_eq!((again.etag(), &again.body), (made.etag(), &made.body));
    let checks = api.get(&format!("{DEMO}/events/{}/checks", made.text("/id"))).await.expect(200);
    assert_eq!(checks.items().len(), 0);
    api.post(&format!("{DEMO}/events/{}/checks", made.text("/id")), &json!({})).await.expect(202);
}

pub(crate) async fn citations_are_kept_changed_and_dropped(home: Home) {
    let api = Api::new(home).await;
    let id = api.event().await;
    let path = format!("{DEMO}/events/{id}");
    let old = cited(&api).await;
    let renamed = api.patch(&path, &json!({"title": "The memo", "importance": "minor"})).await.expect(200);
    assert_eq!(renamed.body["citations"][0], old, "what is left out stays");
    let kept = json!({"citations": [
        {"id": old["id"], "attribution": {"kind": "document"}},
        {"article": old["article"], "quote": old["quote"], "attribution": {"kind": "outlet"}},
    ]});
    let changed = api.patch(&path, &kept).await.expect(200);
    let [first, second] = changed.body["citations"].as_array().unwrap().as_slice() else {
        panic!("{}", changed.body)
    };
    assert_eq!((&first["id"], &first["quote"]), (&old["id"], &old["quote"]));
    assert_eq!(
        (&first["attribution"]["kind"], &second["attribution"]["kind"]),
        (&json!("document"), &json!("outlet"))
    );
    assert_ne!(second["id"], old["id"]);
    let wrong = json!({"citations": [{"id": "x"}, {"id": old["id"]}, {"id": old["id"]}, {"quote": "alone"},
        {"article": old["article"], "quote": "words that are not in it", "attribution": {"kind": "outlet"}},
        {"article": "x", "quote": "words", "attribution": {"kind": "outlet", "count": 0}}]});
    let refused = api.patch(&path, &wrong).await.expect(422);
    assert_eq!(
        refused.fields(),
        [
            "citations[0].id",
            "citations[2].id",
            "citations[3]",
            "citations[4].quote",
            "citations[5].attribution.count",
            "citations[5].article"
        ]
    );
    let none = api.patch(&path, &json!({"citations": []})).await.expect(200);
    assert_eq!(none.body["attestation"], "uncited");
}

pub(crate) async fn what_is_wrong_stands_at_its_field(home: Home) {
    let api = Api::new(home).await;
    let path = format!("{DEMO}/events");
    let refused = async |change: Value| {
        let mut input = an_event();
        for (name, value) in change.as_object().unwrap() {
            input[name] = value.clone();
        }
        api.post(&path, &input).await.expect(422)
    };
    let unclear = refused(json!({"date": "03/04/2026"})).await;
    assert_eq!(unclear.fields(), ["date"]);
    assert!(unclear.text("/errors/0/message").contains("2026-04-03 or 2026-03-04"), "{}", unclear.body);
    for (change, fields) in [
        (json!({"title": " "}), vec!["title"]),
        (json!({"title": "x".repeat(201), "date": "soon"}), vec!["date", "title"]),
        (json!({"date": {"edtf": "soon"}}), vec!["date"]),
        (json!({"date": 2026}), vec!["date"]),
        (json!({"kind": "gossip"}), vec!["kind"]),
        (json!({"sequence": 20_000}), vec!["sequence"]),
        (json!({"sequence": "1"}), vec!["sequence"]),
        (json!({"tilte": "x"}), vec!["tilte"]),
        (json!({"parties": [{"party": "nobody", "role": "actor"}]}), vec!["parties[0].party"]),
        (json!({"parties": [{"party": "defense-department", "role": "boss"}]}), vec!["parties[0].role"]),
        (json!({"description": "a\u{0}b"}), vec!["description"]),
        (json!({"reason": "x".repeat(501)}), vec!["reason"]),
    ] {
        assert_eq!(refused(change.clone()).await.fields(), fields, "{change}");
    }
    let missing = api.post(&path, &json!({"title": "x"})).await.expect(422);
    assert!(missing.text("/errors/0/message").contains("kind"), "{}", missing.body);
    let wrong = json!({"name": "", "kind": "company", "aliases": ["", "ok"]});
    assert_eq!(
        api.post(&format!("{DEMO}/parties"), &wrong).await.expect(422).fields(),
        ["name", "aliases[0]"]
    );
    let wrong =
        json!({"party": "nobody", "statement": "", "date": "2026", "source": {"article": "x", "quote": "y"}});
    let refused = api.post(&format!("{DEMO}/positions"), &wrong).await.expect(422);
    assert_eq!(refused.fields(), ["party", "statement", "source.article"]);
}

pub(crate) async fn bodies_must_be_json(home: Home) {
    let api = Api::new(home).await;
    let path = format!("{DEMO}/events");
    let ask = || api.ask("POST", &path).by(Scope::Write);
    ask().send().await.expect(415);
    ask().raw("text/plain", "{}").send().await.expect(415);
    ask().raw("application/json", "{").send().await.expect(400);
    ask().raw("application/json; charset=utf-8", an_event().to_string()).send().await.expect(201);
    ask().raw("application/json", vec![b'['; 3_000_000]).send().await.expect(413);
    let event = format!("{path}/{}", api.event().await);
    let ask = || api.ask("PATCH", &event).by(Scope::Write).with("if-match", "*");
    ask().raw("application/merge-patch+json", "{\"title\": \"x\"}").send().await.expect(415);
    ask().json(&json!({"description": null})).send().await.expect(422);
    ask().raw("application/json", "[]").send().await.expect(422);
}

pub(crate) async fn events_are_taken_back(home: Home) {
    let api = Api::new(home).await;
    let path = format!("{DEMO}/events/{}", api.event().await);
    let before = api.get(&path).await.expect(200);
    let first = api.get(&format!("{DEMO}/revisions?subject=event&subject_id={}", before.text("/id"))).await;
    let number = first.items().last().unwrap()["number"].clone();
    api.patch(&path, &json!({"title": "Other"})).await.expect(200);
    api.post(&format!("{path}/restore"), &json!({})).await.expect(409);
    let back = api.post(&format!("{path}/restore"), &json!({"revision": number})).await.expect(200);
    assert_eq!((&back.body["title"], &back.body["version"]), (&before.body["title"], &json!(3)));
    let gone =
        api.ask("DELETE", &format!("{path}?reason=twice")).by(Scope::Write).with("if-match", back.etag());
    gone.send().await.expect(204);
    api.get(&path).await.expect(404);
    let last = api.get(&format!("{DEMO}/revisions?limit=1")).await;
    assert_eq!((&last.items()[0]["reason"], &last.items()[0]["action"]), (&json!("twice"), &json!("delete")));
    let restored = api.ask("POST", &format!("{path}/restore")).by(Scope::Write).send().await.expect(200);
    assert_eq!(restored.body["title"], before.body["title"]);
    api.post(&format!("{path}/restore"), &json!({"revision": 999_999})).await.expect(404);
}

pub(crate) async fn deadlines_are_counted_and_follow(home: Home) {
    let api = Api::new(home).await;
    let path = format!("{DEMO}/events");
    let add = async |change: Value| {
        let mut input = an_event();
        (input["title"], input["date"]) = ("Memo".into(), "2026-01-09".into());
        input.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        api.post(&path, &input).await
    };
    let memo = add(json!({})).await.expect(201);
    let rule = json!({"base": memo.text("/id"), "count": 180, "unit": "days", "side": "after"});
    let mut input = json!({"title": "Report due", "kind": "deadline", "phase": "announced"});
    input["due"] = json!({"state": "pending", "rule": rule});
    let report = api.post(&path, &input).await.expect(201);
    assert_eq!(report.text("/date/edtf"), "2026-07-08");
    assert_eq!(report.text("/due/rule/words"), "180 days after");
    assert_eq!(report.text("/due/rule/base"), memo.text("/id"));
    // It follows its base, and the list says so too.
    let own = format!("{path}/{}", report.text("/id"));
    api.patch(&format!("{path}/{}", memo.text("/id")), &json!({"date": "2026-01-10"})).await.expect(200);
    let moved = api.get(&own).await.expect(200);
    assert_eq!(moved.text("/date/edtf"), "2026-07-09");
    let listed = api.get(&format!("{path}?q=report+due")).await;
    assert_eq!(listed.items()[0]["due"], moved.body["due"]);
    let met = api.patch(&own, &json!({"due": {"state": "met", "rule": rule}})).await.expect(200);
    assert_eq!((met.text("/due/state"), met.text("/date/edtf")), ("met", "2026-07-09"));
    let free = api.patch(&own, &json!({"due": null, "date": "2026-07-01"})).await.expect(200);
    assert!(free.body["due"].is_null());
    // Steps of one event.
    let effect = add(json!({"step_of": memo.text("/id")})).await.expect(201);
    assert_eq!(effect.text("/step_of"), memo.text("/id"));
    let circle = json!({"step_of": effect.text("/id")});
    let circle = api.patch(&format!("{path}/{}", memo.text("/id")), &circle).await.expect(422);
    assert_eq!(circle.fields(), ["step_of"]);
    assert_eq!(add(json!({"step_of": "nobody"})).await.expect(422).fields(), ["step_of"]);
    let alone = json!({"step_of": null});
    let alone = api.patch(&format!("{path}/{}", effect.text("/id")), &alone).await.expect(200);
    assert!(alone.body["step_of"].is_null());
    // What is wrong stands at its field.
    let of = |base: &str, count: u32| json!({"due": {"state": "pending", "rule": {"base": base, "count": count, "unit": "days", "side": "after"}}});
    let here = memo.text("/id");
    for (change, fields) in [
        (of("nobody", 1), "due.rule.base"),
        (of(here, 0), "due.rule.count"),
        (json!({"date": null}), "date"),
        (of(here, 1), "date"),
    ] {
        assert_eq!(add(change.clone()).await.expect(422).fields(), [fields], "{change}");
    }
    let itself = api.patch(&format!("{path}/{here}"), &of(here, 1)).await.expect(422);
    assert_eq!(itself.fields(), ["due.rule.base"]);
}
