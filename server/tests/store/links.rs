//! Disputes as they were, and links to views of them.

use impasse_app::model::dispute::PartyDraft;
use impasse_app::model::event::{AttributionKind, EventDraft, Kind, Role};
use impasse_app::model::link::{LinkDraft, Upload};
use impasse_app::model::record::Record;
use impasse_app::model::revision::Actor;
use impasse_app::model::role::Reader;
use impasse_app::model::view::View;
use impasse_app::past::Past;
use impasse_app::store::Store;

use super::Home;
use super::make::*;

/// What the tables say, read piece by piece.
pub(crate) async fn whole(store: &dyn Store, scene: &Scene) -> Record {
    let mut events = Vec::new();
    for brief in scene.briefs(store).await {
        events.push(store.event(&scene.id, &brief.id).await.unwrap());
    }
    Record {
        dispute: store.dispute(&Reader::Program, &scene.dispute.slug).await.unwrap().0,
        parties: store.parties(&scene.id).await.unwrap(),
        articles: store.articles(&scene.id).await.unwrap(),
        positions: store.positions(&scene.id).await.unwrap(),
        events,
    }
}

pub(crate) async fn a_record_is_what_the_dispute_said(home: Home) {
    let store = home.open().await;
    let scene = scene(&*store, "one").await;
    let by = ada();
    let mut records = Vec::new();
    let second = scene.cite(&*store, "Courier", Some("2026-02-02")).await;
    store.add_position(&by, &scene.id, &position(&scene.red, "No.", "2026-01/..")).await.unwrap();
    records.push(whole(&*store, &scene).await);
    let mut draft = event("2026-01-09", "memo");
    draft.citations = vec![citation(&second, AttributionKind::Document, None)];
    draft.parties = vec![part(&scene.blue.id, Role::Actor)];
    let memo = scene.add(&*store, &draft).await;
    scene.add(&*store, &event("2026-01", "month")).await;
    scene.add(&*store, &event("2026-01-09", "same day")).await;
    records.push(whole(&*store, &scene).await);
    let mut draft = EventDraft::from(memo.clone());
    draft.title = "The memo".to_owned();
    draft.date = Some(date("2026-01-12"));
    let memo = store.change_event(&by, &scene.id, &memo.id, memo.version, &draft, "").await.unwrap();
    records.push(whole(&*store, &scene).await);
    store.delete_event(&by, &scene.id, &memo.id, memo.version, "").await.unwrap();
    let renamed = PartyDraft { name: "Reds".to_owned(), ..party("red") };
    store.change_party(&by, &scene.id, &scene.red.id, &renamed, "").await.unwrap();
    records.push(whole(&*store, &scene).await);
    store.restore_event(&by, &scene.id, &memo.id, None, "").await.unwrap();
    let mut about = dispute("one");
    about.title = "Another title".to_owned();
    let now = store.dispute(&Reader::Program, "one").await.unwrap().0;
    store.change_dispute(&by, &scene.id, now.version, &about, "").await.unwrap();
    records.push(whole(&*store, &scene).await);
    for record in records {
        let revision = record.dispute.revision;
        assert_eq!(store.record(&scene.id, revision).await.unwrap(), record, "at revision {revision}");
    }
    assert_eq!(kind(store.record(&scene.id, 0).await), "not found", "before there was anything");
    store.delete_dispute(&by, &scene.id, "").await.unwrap();
    assert_eq!(kind(store.record(&scene.id, 3).await), "not found", "what is deleted is not shown");
}

pub(crate) async fn the_past_is_filtered_as_the_store_filters(home: Home) {
    let store = home.open().await;
    let scene = scene(&*store, "one").await;
    let early = scene.cite(&*store, "Courier", Some("2026-01-10")).await;
    let late = scene.cite(&*store, "Éclair", Some("2026-02-20")).await;
    let kinds = [Kind::Memo, Kind::Statement, Kind::Filing];
    let dates = ["2026-01-09", "2026-01", "[..2026-02-27]", "2025-09/..", "2026-02-20~", "2026-02-20"];
    for (nth, edtf) in dates.iter().enumerate() {
        let mut draft = event(edtf, ["Talks", "ÉCOLE talks", "Memo"][nth % 3]);
        draft.kind = kinds[nth % 3];
        let article = if nth % 2 == 0 { &early } else { &late };
        let attributed = AttributionKind::ALL[nth % 5];
        if nth != 3 {
            draft.citations = vec![citation(article, attributed, Some(1))];
        }
        let who = if nth % 2 == 0 { &scene.red } else { &scene.blue };
        draft.parties = vec![part(&who.id, Role::Actor)];
        scene.add(&*store, &draft).await;
    }
    let revision = store.dispute(&Reader::Program, "one").await.unwrap().0.revision;
    let past = Past::new(store.record(&scene.id, revision).await.unwrap());
    for query in [
        "",
        "party=red",
        "party=blue&kind=memo,statement",
        "kind=filing",
        "q=école",
        "q=TALKS words",
        "q=nothing",
        "asof=2026-01-15",
        "asof=2026-01-01",
        "from=2026-01-10&to=2026-02-01",
        "from=2026-02-27",
        "to=2025-12-31",
        "attest=record",
        "attest=unnamed,uncited,reported",
    ] {
        let (view, errors) = View::read(query.split('&').filter_map(|pair| pair.split_once('=')));
        assert!(errors.is_empty(), "{query}");
        assert_eq!(past.events(&view), scene.seen(&*store, &view).await, "{query}");
        assert_eq!(past.outline(&view), store.outline(&scene.id, &view).await.unwrap(), "{query}");
        let titles: Vec<_> = past.events(&view).into_iter().map(|event| event.id).collect();
        let record: Vec<_> = past.record_in(&view).events.into_iter().map(|event| event.id).collect();
        assert_eq!(record, titles, "{query}");
        assert_eq!(past.events_named(&titles), past.events(&view));
    }
    let mut cited = store.articles_cited(&scene.id).await.unwrap();
    let mut then = past.articles_cited();
    cited.sort();
    then.sort();
    assert_eq!(then, cited);
}

pub(crate) async fn links_are_made_found_and_taken_back(home: Home) {
    let store = home.open().await;
    let scene = scene(&*store, "one").await;
    let by = ada();
    let draft = LinkDraft { query: "?layout=list".to_owned(), revision: 3, expires: None };
    let link = store.add_link(Some(&by), &scene.id, &draft).await.unwrap();
    assert_eq!((link.by.as_deref(), link.revision, link.revoked), (Some("Ada"), 3, None));
    assert!(link.code.len() >= 26, "so many cannot be guessed");
    assert_eq!(store.add_link(Some(&by), &scene.id, &draft).await.unwrap(), link, "the same again");
    let anonymous = store.add_link(None, &scene.id, &draft).await.unwrap();
    assert_ne!(anonymous.code, link.code);
    assert_eq!(store.add_link(None, &scene.id, &draft).await.unwrap(), anonymous);
    let ending = LinkDraft { expires: Some(day("2026-12-31")), ..draft.clone() };
    let ending = store.add_link(Some(&by), &scene.id, &ending).await.unwrap();
    assert!(ending.opens_on(day("2026-12-31")) && !ending.opens_on(day("2027-01-01")));
    let (found, about) = store.link(&link.code).await.unwrap();
    assert_eq!((found, about.slug.as_str()), (link.clone(), "one"));
    assert_eq!(kind(store.link("nothing").await), "not found");

    let other = super::make::scene(&*store, "other").await;
    assert_eq!(kind(store.revoke_link(&other.id, &link.code).await), "not found");
    store.revoke_link(&scene.id, &link.code).await.unwrap();
    assert_eq!(kind(store.revoke_link(&scene.id, &link.code).await), "conflict");
    let (revoked, _) = store.link(&link.code).await.unwrap();
    assert!(!revoked.opens_on(day("2026-01-01")));
    let anew = store.add_link(Some(&by), &scene.id, &draft).await.unwrap();
    assert_ne!(anew.code, link.code, "what was taken back stays so");
    assert_eq!(store.links(&scene.id).await.unwrap().len(), 4);
    assert_eq!(store.links(&other.id).await.unwrap(), []);
    let revision = store.dispute(&Reader::Program, "one").await.unwrap().0.revision;
    assert_eq!(revision, scene.dispute.revision + 3, "links are no part of what a dispute says");
    store.delete_dispute(&by, &scene.id, "").await.unwrap();
    assert_eq!(kind(store.link(&anew.code).await), "not found");
}

pub(crate) async fn the_stamp_changes_with_every_write(home: Home) {
    let store = home.open().await;
    let scene = scene(&*store, "one").await;
    // The cluster of the tests is written to by others as well.
    let is_alone = !home.url.starts_with("postgres");
    let before = store.stamp().await.unwrap();
    store.dispute(&Reader::Program, "one").await.unwrap();
    if is_alone {
        assert_eq!(store.stamp().await, Some(before), "reading changes nothing");
    }
    let mut seen = vec![before];
    for nth in 0..20 {
        scene.add(&*store, &event("2026-01-09", &format!("{nth}"))).await;
        seen.push(store.stamp().await.unwrap());
    }
    // Another process, as `impasse import` beside a running server.
    let other = home.open().await;
    if is_alone {
        assert_eq!(other.stamp().await, seen.last().copied());
    }
    other.add_event(&ada(), &scene.id, &event("2026-01-10", "elsewhere"), "").await.unwrap();
    seen.push(store.stamp().await.unwrap());
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 22, "each write gives another number");
}

pub(crate) async fn few_files_of_one_account_wait(home: Home) {
    let store = home.open().await;
    let scene = scene(&*store, "one").await;
    let bea = Actor { user: Some("bea".into()), name: "Bea".to_owned() };
    let upload = Upload {
        name: "events.csv".to_owned(),
        format: "csv".to_owned(),
        options: String::new(),
        bytes: vec![10],
    };
    let others = store.keep_upload(&bea, &scene.id, &upload).await.unwrap();
    let mut ids = Vec::new();
    for _ in 0..14 {
        ids.push(store.keep_upload(&ada(), &scene.id, &upload).await.unwrap());
    }
    let mut kept = 0;
    for id in &ids {
        kept += usize::from(store.upload(&ada(), &scene.id, id).await.is_ok());
    }
    assert_eq!(kept, 10);
    assert_eq!(store.upload(&ada(), &scene.id, &ids[13]).await.unwrap(), upload, "the last one is there");
    assert_eq!(store.upload(&bea, &scene.id, &others).await.unwrap(), upload, "nobody makes room for others");
}

pub(crate) async fn rows_become_events_once(home: Home) {
    let store = home.open().await;
    let scene = scene(&*store, "one").await;
    let by = ada();
    let upload = Upload {
        name: "events.csv".to_owned(),
        format: "csv".to_owned(),
        options: "day-first".to_owned(),
        bytes: vec![0, 159, 146, 150, 10],
    };
    let id = store.keep_upload(&by, &scene.id, &upload).await.unwrap();
    assert_eq!(store.upload(&by, &scene.id, &id).await.unwrap(), upload);
    let bea = Actor { user: Some("bea".into()), name: "Bea".to_owned() };
    assert_eq!(kind(store.upload(&bea, &scene.id, &id).await), "not found", "it is Ada's");
    store.forget_upload(&scene.id, &id).await.unwrap();
    assert_eq!(kind(store.upload(&by, &scene.id, &id).await), "not found");

    let rows =
        [("id:1".to_owned(), event("2026-01-09", "one")), ("id:2".to_owned(), event("2026-01-10", "two"))];
    let before = store.dispute(&Reader::Program, "one").await.unwrap().0.revision;
    assert_eq!(store.import_events(&by, &scene.id, &rows, "imported").await.unwrap(), 2);
    assert_eq!(
        store.dispute(&Reader::Program, "one").await.unwrap().0.revision,
        before + 2,
        "a revision for each"
    );
    let keys = store.import_keys(&scene.id).await.unwrap();
    let titles = scene.titles(&*store, |_| {}).await;
    assert_eq!((keys.len(), titles), (2, vec!["one".to_owned(), "two".to_owned()]));
    let wrong = [("id:3".to_owned(), EventDraft { date: None, ..event("2026", "three") })];
    assert_eq!(kind(store.import_events(&by, &scene.id, &wrong, "").await), "unknown date");
    assert_eq!(store.import_keys(&scene.id).await.unwrap(), keys, "all or nothing");
    assert_eq!(store.import_events(&by, &scene.id, &[], "").await.unwrap(), 0);
}
