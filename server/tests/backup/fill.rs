//! A store with something in every table.

use chrono::{TimeDelta, Utc};
use impasse_app::model::access::{Scope, TokenDraft};
use impasse_app::model::event::{AttributionKind, EventDraft, Role as Part};
use impasse_app::model::evidence::{CheckDraft, Health};
use impasse_app::model::feed::{EntryDraft, FeedDraft, Poll};
use impasse_app::model::identity::IdentityDraft;
use impasse_app::model::link::{LinkDraft, Upload};
use impasse_app::model::passkey::{Ceremony, CeremonyKind, PasskeyDraft};
use impasse_app::model::revision::Actor;
use impasse_app::model::role::{InvitationDraft, Role, Visibility};
use impasse_app::model::suggestion::SuggestionDraft;
use impasse_app::model::webhook::{Delivery, WebhookDraft};
use impasse_app::store::{Session, SharedStore};

use crate::make::*;

/// What people and programs send.
pub(crate) const TEXTS: [&str; 8] = [
    "O'Brien; drop table events; --",
    "\"quoted\" `ticked` [bracketed] \\back\\slash",
    "👩‍👩‍👧‍👦 🏳️‍🌈 🇺🇦",
    "\u{202e}txt.exe\u{202c} שלום عليكم",
    "e\u{301}\u{301} \u{feff}\u{200b}\u{ffff}\u{10ffff}",
    "line\r\nline\u{2028}line\t\u{1}\u{7f}\u{85}",
    "{\"json\": [1, null]} <b>&amp;</b>",
    " NUL \0 and \\u0000 ",
];

/// Fills every table. The dispute is `one`, and one of its events has the word `lighthouse`.
pub(crate) async fn fill(store: &SharedStore) -> Scene {
    let now = Utc::now();
    let admin = store.add_user("Ada", "hash", true).await.unwrap();
    let by = Actor { user: Some(admin.id.clone()), name: TEXTS[2].to_owned() };
    let bea = store.add_user("Béa", "hash", false).await.unwrap();
    let session = Session {
        token_hash: "session".to_owned(),
        user: bea.id.clone(),
        created: now,
        expires: now + TimeDelta::days(9),
        agent: TEXTS[3].to_owned(),
    };
    store.add_session(&session).await.unwrap();
    let token =
        TokenDraft { name: TEXTS[0].to_owned(), scope: Scope::Write, expires: None, hash: "a".to_owned() };
    store.add_token(&admin.id, &token).await.unwrap();

    let passkey = PasskeyDraft {
        name: TEXTS[1].to_owned(),
        host: "e.org".to_owned(),
        hash: "a".to_owned(),
        credential: TEXTS[6].to_owned(),
    };
    let passkey = store.add_passkey(&bea.id, &passkey).await.unwrap();
    store.passkey_used(&passkey.id, TEXTS[6], TEXTS[6], now).await.unwrap();
    let identity = IdentityDraft {
        issuer: "https://id.e.org".to_owned(),
        subject: TEXTS[7].to_owned(),
        label: TEXTS[2].to_owned(),
    };
    store.link_identity(&bea.id, &identity).await.unwrap();
    let ceremony = Ceremony {
        hash: "ceremony".to_owned(),
        kind: CeremonyKind::Passkey,
        user: Some(bea.id.clone()),
        name: TEXTS[4].to_owned(),
        state: TEXTS[6].to_owned(),
        expires: now + TimeDelta::minutes(5),
    };
    store.begin_ceremony(&ceremony).await.unwrap();

    let scene = scene(&**store, "one").await;
    let id = &scene.id;
    for (n, text) in TEXTS.iter().enumerate() {
        let mut draft = event("2026-01-09", &format!("lighthouse {n} {text}"));
        draft.description = (*text).to_owned();
        draft.date = draft.date.map(|date| date.with_printed(Some(format!("x{text}x"))));
        draft.parties = vec![part(&scene.red.id, Part::Actor), part(&scene.blue.id, Part::Target)];
        draft.citations = vec![citation(&scene.article.id, AttributionKind::Unnamed, Some(i64::MAX))];
        draft.citations[0].passage = passage(text, 3);
        let added = store.add_event(&by, id, &draft, text).await.unwrap();
        if n % 2 == 0 {
            let changed =
                EventDraft { title: format!("lighthouse, changed: {text}"), ..added.clone().into() };
            store.change_event(&by, id, &added.id, added.version, &changed, text).await.unwrap();
        }
    }
    let gone = scene.add(&**store, &event("-0044-03-15/..", "deleted")).await;
    store.delete_event(&by, id, &gone.id, gone.version, "no").await.unwrap();
    store.add_position(&by, id, &position(&scene.red, TEXTS[5], "2026-01/..")).await.unwrap();
    let text = format!("Words of Zettel. {}", TEXTS.join("\n"));
    let found = [candidate("an early one", Some("2026-01-09"), &[0]), candidate("undated", None, &[6])];
    let (taken, _) =
        store.add_article(&by, id, &article("Zettel Courier", None, &text), &found).await.unwrap();

    let feed = FeedDraft { url: "https://e.org/feed".to_owned(), ..FeedDraft::default() };
    let feed = store.add_feed(&by, id, &feed).await.unwrap();
    let entry = EntryDraft {
        key: "k".to_owned(),
        url: "https://e.org/k".to_owned(),
        title: TEXTS[4].to_owned(),
        published: None,
        content: TEXTS[6].to_owned(),
        is_wanted: true,
    };
    let poll = Poll { at: now, next: now, entries: vec![entry], ..Poll::default() };
    assert_eq!(store.keep_poll(id, &feed.id, &poll).await.unwrap(), 1, "a job");
    let cited = store.cited(id, &scene.article.id).await.unwrap().remove(0);
    let check = CheckDraft {
        citation: cited.citation,
        exact: cited.passage.exact,
        health: Health::Edited,
        now: TEXTS[1].to_owned(),
        note: String::new(),
    };
    store.keep_checks(id, &scene.article.id, now, &[check]).await.unwrap();

    let revision = store.revisions(id, None, None, 1).await.unwrap()[0].number;
    let link = LinkDraft { query: "?q=%00".to_owned(), revision, expires: Some(day("2030-01-01")) };
    store.add_link(Some(&by), id, &link).await.unwrap();
    let hook =
        WebhookDraft { url: "https://hooks.example/x".to_owned(), topics: Vec::new(), is_paused: false };
    let hook = store.add_webhook(id, &hook, "whsec_a").await.unwrap();
    let delivery = Delivery {
        id: String::new(),
        message: "msg_1".to_owned(),
        topic: "event.create".to_owned(),
        status: None,
        is_accepted: false,
        note: TEXTS[0].to_owned(),
        at: now,
    };
    store.keep_delivery(&hook.id, &delivery).await.unwrap();
    let upload = Upload {
        name: TEXTS[3].to_owned(),
        format: "csv".to_owned(),
        options: String::new(),
        bytes: vec![0, 159, 146, 150, 10],
    };
    store.keep_upload(&by, id, &upload).await.unwrap();
    let rows = [(TEXTS[1].to_owned(), event("2026-01-10", "imported"))];
    assert_eq!(store.import_events(&by, id, &rows, "imported").await.unwrap(), 1);
    store.set_role(id, &bea.id, Some(Role::Owner)).await.unwrap();
    let invitation = InvitationDraft {
        role: Role::Reviewer,
        note: TEXTS[2].to_owned(),
        expires: now + TimeDelta::days(7),
        hash: "hash".to_owned(),
    };
    store.add_invitation(&by, id, &invitation).await.unwrap();
    store.set_visibility(&by, id, Visibility::Public, true).await.unwrap();
    let suggestion = SuggestionDraft {
        draft: event("2026", "suggested"),
        note: TEXTS[7].to_owned(),
        name: "Cleo".to_owned(),
    };
    store.add_suggestion(None, id, &suggestion).await.unwrap();
    assert_eq!(taken.publisher, "Zettel Courier");
    scene
}
