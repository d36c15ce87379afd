//! The inbox over HTTP, as somebody without scripts uses it.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy takes only functions marked as tests for tests"
)]

use impasse_tests::{Client, Home, Impasse, Request};

const ARTICLE: &str = include_str!("fixtures/paste.txt");
const DISPUTE: &str = "/d/pentagon-anthropic";
const INBOX: &str = "/d/pentagon-anthropic/inbox";

/// A server whose inbox has what is in the article, and its owner.
fn site() -> (Home, Impasse, Client) {
    let home = Home::sqlite();
    let server = Impasse::start_with(&home, &[]);
    let owner = server.owner();
    let path = format!("{DISPUTE}/articles/new");
    let paste = owner.get(&path).expect(200).page().form(&path);
    let paste = paste
        .with("title", "A standstill")
        .with("publisher", "The Example")
        .with("published", "2026-01-29")
        .with("text", ARTICLE);
    owner.submit(&paste).expect(303);
    (home, server, owner)
}

fn titles(client: &Client) -> Vec<String> {
    client.get(&format!("{DISPUTE}?layout=list")).expect(200).page().texts("[data-bench=mark] .ttl")
}

#[test]
fn several_are_accepted_and_taken_back() {
    let (_home, _server, owner) = site();
    let before = titles(&owner);
    let page = owner.get(INBOX).expect(200).page();
    let ids = page.attributes(".card-tick", "value");
    assert!(ids.len() >= 3, "{ids:?}");
    assert!(page.text("#inbox-count").starts_with(&format!("{} candidates", ids.len())));

    let ticked: Vec<(&str, &str)> = [("decision", "accept"), ("back", "?order=newest")]
        .into_iter()
        .chain(ids[..2].iter().map(|id| ("candidate", id.as_str())))
        .collect();
    let there = owner.post(INBOX, &ticked).expect(303).location().to_owned();
    assert!(there.starts_with(&format!("{INBOX}?order=newest&done=")), "{there}");
    let page = owner.get(&there).expect(200).page();
    assert!(page.text("#inbox-told").contains("2 candidates were accepted"), "{}", page.text("#inbox-told"));
    assert_eq!(page.attributes(".card-tick", "value").len(), ids.len() - 2);
    assert_eq!(titles(&owner).len(), before.len() + 2);

    let undo = page.form(INBOX);
    assert_eq!(undo.value("decision"), Some("undo"));
    let there = owner.submit(&undo).expect(303).location().to_owned();
    assert_eq!(there, format!("{INBOX}?order=newest"));
    assert_eq!(titles(&owner), before);
    assert_eq!(owner.get(INBOX).expect(200).page().attributes(".card-tick", "value"), ids);
}

#[test]
fn what_was_decided_can_be_looked_up_and_taken_back_one_by_one() {
    let (_home, _server, owner) = site();
    let ids = owner.get(INBOX).expect(200).page().attributes(".card-tick", "value");
    let decide = |id: &str, decision: &str| {
        owner.post(&format!("{DISPUTE}/candidates/{id}"), &[("decision", decision), ("back", "inbox")])
    };
    let there = decide(&ids[0], "reject").expect(303).location().to_owned();
    assert!(owner.get(&there).expect(200).page().text("#inbox-told").contains("was rejected"));
    decide(&ids[0], "reject").expect(409);
    let rejected = owner.get(&format!("{INBOX}?show=rejected")).expect(200).page();
    assert!(rejected.text(".card-decided").contains("Rejected by"), "{}", rejected.text(".card-decided"));
    decide(&ids[0], "undo").expect(303);
    decide(&ids[0], "undo").expect(409);
    assert_eq!(owner.get(INBOX).expect(200).page().attributes(".card-tick", "value"), ids);
}

#[test]
fn what_is_wrong_is_said() {
    let (_home, server, owner) = site();
    let page = owner.get(&format!("{INBOX}?order=loudest&page=-1")).expect(400).page();
    assert!(page.text("[role=alert]").contains("loudest"));
    owner.get(&format!("{INBOX}?page=99")).expect(200);
    owner.post(INBOX, &[("decision", "accept"), ("candidate", "x")]).expect(404);
    let ids = owner.get(INBOX).expect(200).page().attributes(".card-tick", "value");
    let request = Request::form(INBOX, &[("decision", "reject"), ("candidate", ids[0].as_str())]).json();
    let outcome = owner.send(&request).expect(200).json();
    assert_eq!(outcome["done"], serde_json::json!([ids[0]]));
    assert_eq!(
        server.reader().get(INBOX).expect(303).location(),
        format!("/sign-in?to={}", INBOX.replace('/', "%2F"))
    );
}
