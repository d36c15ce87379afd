//! A dispute that was deleted and brought back is what it was, with everything in it and everybody who may do something
//! in it.

use axum::http::{StatusCode, header};
use chrono::{TimeDelta, Utc};
use impasse_app::model::article::{ArticleDraft, CandidateDraft, Decision};
use impasse_app::model::event::EventDraft;
use impasse_app::model::feed::{FeedDraft, FeedRules};
use impasse_app::model::id::DisputeId;
use impasse_app::model::link::LinkDraft;
use impasse_app::model::revision::{Actor, Subject};
use impasse_app::model::role::{InvitationDraft, Reader, Role, Visibility};
use impasse_app::model::suggestion::SuggestionDraft;
use impasse_app::model::view::View;
use impasse_app::model::webhook::WebhookDraft;

use crate::{Home, Site, whole};

/// Puts in what the demo has not: a candidate that waits, a feed, a frozen link, a suggestion, an invitation, a webhook.
/// Returns the code of the link.
async fn fill(site: &Site, id: &DisputeId, revision: i64) -> String {
    let (store, by) = (&site.server.store, Actor::system());
    let event = store.events(id, &View::default()).await.unwrap().remove(0);
    let draft = EventDraft::from(store.event(id, &event.id).await.unwrap());
    let article =
        ArticleDraft { title: "Another".to_owned(), text: "Words.".to_owned(), ..ArticleDraft::default() };
    let found = CandidateDraft {
        event: draft.clone(),
        rule: "day".to_owned(),
        basis: String::new(),
        reasons: Vec::new(),
        score: 50,
        likeness: None,
    };
    store.add_article(&by, id, &article, &[found]).await.unwrap();
    let feed = FeedDraft {
        url: "http://127.0.0.1:9/".to_owned(),
        title: "A feed".to_owned(),
        rules: FeedRules::default(),
        is_paused: true,
    };
    store.add_feed(&by, id, &feed).await.unwrap();
    let suggestion =
        SuggestionDraft { draft, note: "It was in the paper.".to_owned(), name: "Cleo".to_owned() };
    store.add_suggestion(None, id, &suggestion).await.unwrap();
    let invitation = InvitationDraft {
        role: Role::Reviewer,
        note: "For Cleo".to_owned(),
        expires: Utc::now() + TimeDelta::days(7),
        hash: "hash".to_owned(),
    };
    store.add_invitation(&by, id, &invitation).await.unwrap();
    let webhook =
        WebhookDraft { url: "https://e.org/".to_owned(), topics: vec![Subject::Event], is_paused: true };
    store.add_webhook(id, &webhook, "secret").await.unwrap();
    let link = LinkDraft { query: "?layout=list".to_owned(), revision, expires: None };
    store.add_link(Some(&by), id, &link).await.unwrap().code
}

/// All that the store has of a dispute, in words, each part with how much there is of it.
async fn kept(site: &Site, id: &DisputeId, slug: &str) -> Vec<(&'static str, usize, String)> {
    fn told<T: std::fmt::Debug>(name: &'static str, list: Vec<T>) -> (&'static str, usize, String) {
        (name, list.len(), format!("{list:#?}"))
    }
    let store = &site.server.store;
    let mut dispute = store.dispute(&Reader::Program, slug).await.unwrap().0;
    dispute.revision = 0;
    let (mut events, mut citations) = (Vec::new(), 0);
    for brief in store.events(id, &View::default()).await.unwrap() {
        let event = store.event(id, &brief.id).await.unwrap();
        citations += event.citations.len();
        events.push(event);
    }
    let mut articles = Vec::new();
    for article in store.articles(id).await.unwrap() {
        articles.push(store.article(id, &article.id).await.unwrap());
    }
    assert!(citations > 0, "events have citations");
    vec![
        told("dispute", vec![dispute]),
        told("events", events),
        told("articles", articles),
        told("parties", store.parties(id).await.unwrap()),
        told("positions", store.positions(id).await.unwrap()),
        told("candidates", store.candidates(id, None, None).await.unwrap()),
        told("feeds", store.feeds(id).await.unwrap()),
        told("suggestions", store.suggestions(id, Decision::Pending).await.unwrap()),
        told("links", store.links(id).await.unwrap()),
        told("members", store.members(id).await.unwrap()),
        told("invitations", store.invitations(id).await.unwrap()),
        told("webhooks", store.webhooks(id).await.unwrap()),
    ]
}

pub(crate) async fn a_deleted_dispute_comes_back_with_everything(home: Home) {
    let site = Site::new(home).await;
    let dispute = site.demo(Visibility::Unlisted).await;
    let code = fill(&site, &dispute.id, dispute.revision).await;
    let owner = site.person("owner").clone();
    let path = format!("/d/{}", dispute.slug);
    let mut addresses: Vec<String> =
        ["", "?layout=table", ".csv", ".svg", "/articles", "/parties", "/positions", "/inbox", "/feeds"]
            .iter()
            .chain(&["/people", "/webhooks", "/share", "/print", "/edit", "/suggest"])
            .map(|ending| format!("{path}{ending}"))
            .collect();
    addresses.extend([format!("/s/{code}/view?layout=list"), format!("/embed/{}", dispute.slug)]);
    let shown = async || {
        let mut pages = Vec::new();
        for address in &addresses {
            let (status, text) = whole(site.send(site.on_site(&owner, "GET", address), "").await).await;
            // The entity tag and the number of the revision count the deletion too.
            let text: Vec<&str> = text
                .lines()
                .filter(|line| !line.starts_with("etag:") && !line.starts_with("content-length:"))
                .collect();
            let text = text.join("\n");
            let mut parts = text.split("data-revision=\"");
            let first = parts.next().unwrap_or_default().to_owned();
            let text = parts.fold(first, |text, part| text + part.trim_start_matches(char::is_numeric));
            pages.push((address.clone(), status, text));
        }
        pages
    };
    let (kept_before, shown_before) = (kept(&site, &dispute.id, &dispute.slug).await, shown().await);
    for (part, count, _) in &kept_before {
        assert!(*count > 0, "there are no {part} to lose");
    }
    for (address, status, _) in &shown_before {
        assert_eq!(*status, StatusCode::OK, "{address}");
    }

    let form = "application/x-www-form-urlencoded";
    let post = |path: &str| site.on_site(&owner, "POST", path).header(header::CONTENT_TYPE, form);
    let deleted = site.send(post(&format!("{path}/delete")), "").await;
    assert_eq!(deleted.status(), StatusCode::SEE_OTHER);
    for (address, status, text) in shown().await {
        assert_eq!(status, StatusCode::NOT_FOUND, "{address}");
        assert!(!text.contains("Pentagon"), "{address} tells of what was deleted: {text}");
    }
    let back = site.send(post("/disputes/restore"), format!("id={}", dispute.id)).await;
    assert_eq!(back.headers()[header::LOCATION], path);

    for (before, after) in kept_before.iter().zip(kept(&site, &dispute.id, &dispute.slug).await) {
        assert_eq!(*before, after, "{} came back otherwise", before.0);
    }
    for (before, after) in shown_before.iter().zip(shown().await) {
        assert_eq!(*before, after, "{} shows something else", before.0);
    }
}
