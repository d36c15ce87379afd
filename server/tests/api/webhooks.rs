//! Webhooks: what is sent, how it is signed, and when it is sent again.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::Utc;
use hmac::{Hmac, KeyInit, Mac};
use impasse_app::model::access::Scope;
use impasse_app::model::role::Reader;
use impasse_app::model::work::{JobEnd, JobState};
use impasse_server::settings::Settings;
use impasse_tests::{Asked, Reply, Web};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::scopes::{cookie, form};
use crate::{Api, DEMO, Home, an_event};

const PATH: &str = "/disputes/pentagon-anthropic/webhooks";

/// A site that may tell what listens on loopback.
async fn site(home: Home) -> (Api, Web) {
    let web = Web::start();
    let settings = Settings {
        api_rate: 0,
        fetch_allow: vec![web.address().to_string().parse().unwrap()],
        recheck_days: 0,
        ..Settings::default()
    };
    (Api::with(home, settings).await, web)
}

async fn add(api: &Api, web: &Web, topics: &Value) -> (String, String) {
    let made = api.post(PATH, &json!({"url": web.url("/hook"), "topics": topics})).await.expect(201);
    (format!("{PATH}/{}", made.text("/id")), made.text("/secret").to_owned())
}

/// What was sent, once its signature was found to be right.
fn verified(asked: &Asked, secret: &str) -> Value {
    let body = String::from_utf8(asked.body.clone()).unwrap();
    let (id, timestamp) = (asked.header("webhook-id"), asked.header("webhook-timestamp"));
    let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
    mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
    let signature = asked.header("webhook-signature").strip_prefix("v1,").unwrap();
    mac.verify_slice(&STANDARD.decode(signature).unwrap()).unwrap();
    let sent: i64 = timestamp.parse().unwrap();
    assert!((Utc::now().timestamp() - sent).abs() < 60, "{timestamp}");
    assert_eq!(asked.header("content-type"), "application/json");
    serde_json::from_str(&body).unwrap()
}

pub(crate) async fn changes_are_sent_and_signed(home: Home) {
    let (api, web) = site(home).await;
    web.set("/hook", Reply::status(204));
    let (own, secret) = add(&api, &web, &json!(["event"])).await;
    let event = api.post(&format!("{DEMO}/events"), &an_event()).await.expect(201);
    let id = event.text("/id");
    api.post(&format!("{DEMO}/parties"), &json!({"name": "Nobody asked", "kind": "other"})).await.expect(201);
    api.patch(&format!("{DEMO}/events/{id}"), &json!({"title": "Anew", "reason": "why"})).await.expect(200);
    assert_eq!(api.server.worker().do_all().await.unwrap(), 1);
    let asked = web.asked_for("/hook");
    let sent: Vec<Value> = asked.iter().map(|asked| verified(asked, &secret)).collect();
    let topics: Vec<&str> = sent.iter().map(|sent| sent["type"].as_str().unwrap()).collect();
    assert_eq!(topics, ["event.create", "event.update"], "in their order, and only what was asked for");
    let revision = &sent[1]["data"]["revision"];
    assert_eq!(
        (&revision["subject_id"], &revision["actor"], &revision["reason"]),
        (&json!(id), &json!("Ed"), &json!("why"))
    );
    assert_eq!(sent[1]["data"]["dispute"]["slug"], "pentagon-anthropic");
    assert_ne!(asked[0].header("webhook-id"), asked[1].header("webhook-id"));
    let kept = api.ask("GET", &format!("{own}/deliveries")).by(Scope::Write).send().await.expect(200);
    assert_eq!(kept.items().len(), 2);
    assert_eq!(
        (&kept.items()[0]["topic"], &kept.items()[0]["status"]),
        (&json!("event.update"), &json!(204))
    );
    assert_eq!(api.server.worker().do_all().await.unwrap(), 0, "there is nothing more to tell");
}

pub(crate) async fn what_is_not_accepted_is_sent_again(home: Home) {
    let (api, web) = site(home).await;
    web.set("/hook", Reply::status(500));
    let (own, secret) = add(&api, &web, &json!([])).await;
    api.post(&format!("{DEMO}/events"), &an_event()).await.expect(201);
    api.server.worker().do_all().await.unwrap();
    let dispute = api.server.store.dispute(&Reader::Program, "pentagon-anthropic").await.unwrap().0.id;
    let job = async || api.server.store.work(&dispute, 1).await.unwrap().jobs.remove(0);
    let waiting = job().await;
    assert_eq!((waiting.state, waiting.attempts), (JobState::Waiting, 1));
    assert!(waiting.due > Utc::now() && waiting.note.contains("500"), "{waiting:?}");
    assert_eq!(api.server.worker().do_all().await.unwrap(), 0, "not before its time");
    // The time that it waits for comes.
    let later = async || {
        let due = job().await.due + chrono::TimeDelta::seconds(1);
        let leased = api.server.store.lease_job("clock", due, due).await.unwrap().unwrap();
        let now = JobEnd::Again(Utc::now(), String::new());
        api.server.store.end_job(&leased.id, "clock", &now).await.unwrap();
        assert_eq!(api.server.worker().do_all().await.unwrap(), 1);
    };
    later().await;
    web.set("/hook", Reply::status(200));
    later().await;
    assert_eq!(job().await.state, JobState::Done);
    let asked = web.asked_for("/hook");
    let ids: Vec<&str> = asked.iter().map(|asked| asked.header("webhook-id")).collect();
    assert!(ids.len() == 3 && ids.iter().all(|id| *id == ids[0]), "one message, known as one: {ids:?}");
    assert_eq!(verified(&asked[2], &secret)["type"], "event.create");
    // Whoever says that there is nothing any more is not asked again.
    web.set("/hook", Reply::status(410));
    api.post(&format!("{DEMO}/events"), &an_event()).await.expect(201);
    api.server.worker().do_all().await.unwrap();
    let paused = api.ask("GET", &own).by(Scope::Write).send().await.expect(200);
    assert!(paused.body["is_paused"] == true && paused.text("/note").contains("410"), "{}", paused.body);
    web.set("/hook", Reply::status(200));
    let before = web.asked_for("/hook").len();
    api.patch(&own, &json!({"is_paused": false})).await.expect(200);
    api.server.worker().do_all().await.unwrap();
    assert_eq!(web.asked_for("/hook").len(), before + 1, "what happened meanwhile is told afterwards");
}

pub(crate) async fn webhooks_are_kept_and_changed(home: Home) {
    let (api, web) = site(home).await;
    web.set("/hook", Reply::status(200));
    let (own, secret) = add(&api, &web, &json!(["party", "event", "event"])).await;
    let there = api.ask("GET", &own).by(Scope::Write).send().await.expect(200);
    assert_eq!(there.body["topics"], json!(["party", "event"]));
    assert!(!there.body.to_string().contains("whsec_"), "the key is not shown again");
    let tried = api.post(&format!("{own}/test"), &json!({})).await.expect(200);
    assert_eq!((&tried.body["is_accepted"], tried.text("/topic")), (&json!(true), "webhook.test"));
    assert_eq!(verified(&web.asked_for("/hook")[0], &secret)["type"], "webhook.test");
    web.remove("/hook");
    let tried = api.post(&format!("{own}/test"), &json!({})).await.expect(200);
    assert_eq!((&tried.body["is_accepted"], &tried.body["status"]), (&json!(false), &json!(404)));
    let ask = |method: &str| api.ask(method, &own).by(Scope::Write);
    ask("PATCH").json(&json!({"topics": []})).send().await.expect(428);
    let changed =
        ask("PATCH").with("if-match", there.etag()).json(&json!({"topics": []})).send().await.expect(200);
    assert_eq!(changed.body["topics"], json!([]));
    ask("DELETE").with("if-match", there.etag()).send().await.expect(412);
    ask("DELETE").with("if-match", changed.etag()).send().await.expect(204);
    ask("GET").send().await.expect(404);
    let wrong = json!({"url": "javascript:x"});
    assert_eq!(api.post(PATH, &wrong).await.expect(422).fields(), ["url"]);
    let wrong = json!({"url": "https://e.org", "topics": ["gossip"]});
    assert_eq!(api.post(PATH, &wrong).await.expect(422).fields(), ["topics[0]"]);
}

pub(crate) async fn private_addresses_are_not_reached(home: Home) {
    let web = Web::start();
    web.set("/hook", Reply::status(200));
    let api = Api::new(home).await;
    let (own, _) = add(&api, &web, &json!([])).await;
    let tried = api.post(&format!("{own}/test"), &json!({})).await.expect(200);
    assert_eq!((&tried.body["is_accepted"], &tried.body["status"]), (&json!(false), &json!(null)));
    api.post(&format!("{DEMO}/events"), &an_event()).await.expect(201);
    api.server.worker().do_all().await.unwrap();
    assert_eq!(web.connections(), 0);
}

pub(crate) async fn the_page_adds_and_tries_webhooks(home: Home) {
    let (api, web) = site(home).await;
    web.set("/hook", Reply::status(200));
    let cookie = cookie(&api).await;
    let page = "/d/pentagon-anthropic/webhooks";
    let (status, html, _) = form(&api, &cookie, page, "url=nothing&topic=event").await;
    assert!(status == 422 && html.contains("url-error") && html.contains("checked"), "{html}");
    let typed = format!("url={}&topic=event", web.url("/hook"));
    let (status, html, headers) = form(&api, &cookie, page, &typed).await;
    assert_eq!((status, headers["cache-control"].to_str().unwrap()), (200, "no-store"));
    let secret = format!("whsec_{}", html.split("whsec_").nth(1).unwrap().split('"').next().unwrap());
    let dispute = api.server.store.dispute(&Reader::Program, "pentagon-anthropic").await.unwrap().0.id;
    let id = api.server.store.webhooks(&dispute).await.unwrap()[0].id.clone();
    assert_eq!(form(&api, &cookie, &format!("{page}/{id}/test"), "").await.0, 303);
    assert_eq!(verified(&web.asked_for("/hook")[0], &secret)["type"], "webhook.test");
    assert_eq!(form(&api, &cookie, &format!("{page}/{id}/pause"), "").await.0, 303);
    assert!(api.server.store.webhooks(&dispute).await.unwrap()[0].is_paused);
    assert_eq!(form(&api, "", &format!("{page}/{id}/delete"), "").await.0, 303, "to sign in");
    assert_eq!(api.server.store.webhooks(&dispute).await.unwrap().len(), 1);
    assert_eq!(form(&api, &cookie, &format!("{page}/{id}/delete"), "").await.0, 303);
    assert!(api.server.store.webhooks(&dispute).await.unwrap().is_empty());
}
