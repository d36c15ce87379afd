use std::time::Duration;

use impasse_app::model::article::Decision;
use impasse_app::model::event::{EventDraft, Role};
use impasse_app::model::role::Reader;
use impasse_app::store::StoreError;

use super::Home;
use super::make::*;

pub(crate) async fn one_writer_wins_per_version(home: Home) {
    let store = home.open().await;
    let scene = scene(&*store, "one").await;
    let first = scene.add(&*store, &event("2026", "first")).await;
    for version in 1..4 {
        let tasks: Vec<_> = (0..20)
            .map(|n| {
                let (store, id, of) = (store.clone(), first.id.clone(), scene.id.clone());
                let draft = event("2026", &format!("{version}.{n}"));
                tokio::spawn(async move { store.change_event(&ada(), &of, &id, version, &draft, "").await })
            })
            .collect();
        let mut winners = Vec::new();
        for task in tasks {
            match task.await.unwrap() {
                Ok(event) => winners.push(event),
                Err(StoreError::Conflict) => {}
                Err(other) => panic!("{other:?}"),
            }
        }
        assert_eq!(winners.len(), 1);
        assert_eq!(store.event(&scene.id, &first.id).await.unwrap(), winners[0]);
        assert_eq!(winners[0].version, version + 1);
    }
}

pub(crate) async fn nothing_added_is_lost(home: Home) {
    let store = home.open().await;
    let scenes = [scene(&*store, "one").await, scene(&*store, "two").await];
    let before = store.dispute(&Reader::Program, "two").await.unwrap().0.revision;
    let tasks: Vec<_> = (0..50)
        .map(|n| {
            let scene = &scenes[n % 2];
            let (store, of) = (store.clone(), scene.id.clone());
            let mut draft = event("2026", &n.to_string());
            draft.parties = vec![part(&scene.red.id, Role::Actor)];
            tokio::spawn(async move { store.add_event(&ada(), &of, &draft, "").await.unwrap() })
        })
        .collect();
    let mut titles = Vec::new();
    for task in tasks {
        titles.push(task.await.unwrap().title);
    }
    titles.sort();
    let mut found = Vec::new();
    let mut numbers = Vec::new();
    for scene in &scenes {
        found.extend(scene.titles(&*store, |_| {}).await);
        let revisions = store.revisions(&scene.id, None, None, 1000).await.unwrap();
        assert!(revisions.is_sorted_by(|one, next| one.number > next.number));
        assert!(revisions.is_sorted_by(|one, next| one.at >= next.at), "numbers follow time");
        assert_eq!(
            store.dispute(&Reader::Program, &scene.dispute.slug).await.unwrap().0.revision,
            revisions[0].number
        );
        numbers.extend(revisions.into_iter().map(|revision| revision.number));
    }
    found.sort();
    assert_eq!(found, titles);
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=before + 50).collect::<Vec<_>>(), "each number once");
}

pub(crate) async fn one_decision_counts(home: Home) {
    let store = home.open().await;
    let scene = scene(&*store, "one").await;
    let source = article("Courier", None, "Found.");
    store.add_article(&ada(), &scene.id, &source, &[candidate("memo", Some("2026"), &[1])]).await.unwrap();
    let waiting = scene.waiting(&*store).await.remove(0);
    let tasks: Vec<_> = (0..20)
        .map(|n| {
            let (store, of, waiting) = (store.clone(), scene.id.clone(), waiting.clone());
            tokio::spawn(async move {
                let by = ada();
                if n % 2 == 0 {
                    store.accept_candidate(&by, &of, &waiting.id, &waiting.draft.event).await.map(drop)
                } else {
                    store.decide_candidate(&by, &of, &waiting.id, Decision::Rejected).await.map(drop)
                }
            })
        })
        .collect();
    let mut won = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(()) => won += 1,
            Err(StoreError::Conflict) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(won, 1);
    let accepted = store.candidate(&scene.id, &waiting.id).await.unwrap().decision == Decision::Accepted;
    assert_eq!(scene.briefs(&*store).await.len(), usize::from(accepted));
}

pub(crate) async fn one_article_is_kept(home: Home) {
    let store = home.open().await;
    let scene = scene(&*store, "one").await;
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let (store, of) = (store.clone(), scene.id.clone());
            tokio::spawn(async move {
                store.add_article(&ada(), &of, &article("Courier", None, "Same."), &[]).await.unwrap()
            })
        })
        .collect();
    let mut kept = Vec::new();
    for task in tasks {
        kept.push(task.await.unwrap());
    }
    assert_eq!(kept.iter().filter(|(_, added)| *added).count(), 1);
    assert!(kept.iter().all(|(article, _)| article.id == kept[0].0.id));
}

pub(crate) async fn one_slug_is_given(home: Home) {
    let store = home.open().await;
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move { store.add_dispute(&ada(), &dispute("same")).await })
        })
        .collect();
    let mut won = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(_) => won += 1,
            Err(StoreError::Taken("slug")) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(won, 1);
    assert_eq!(store.disputes(&Reader::Program, "").await.unwrap().len(), 1);
}

/// A browser that goes away in the middle of a request takes its future with it, at whatever point that was.
pub(crate) async fn abandoned_changes_leave_nothing_behind(home: Home) {
    let store = home.open().await;
    let scene = scene(&*store, "one").await;
    for n in 0..300_u64 {
        let (store, of) = (store.clone(), scene.id.clone());
        let drafts: Vec<EventDraft> = (0..3).map(|m| event("2026", &format!("{n}.{m}"))).collect();
        let task = tokio::spawn(async move { store.add_events(&ada(), &of, &drafts, "").await });
        tokio::time::sleep(Duration::from_micros(n * 10)).await;
        task.abort();
        let _ = task.await;
    }
    scene.add(&*store, &event("2026", "last")).await;
    let titles = scene.titles(&*store, |_| {}).await;
    assert_eq!(titles.len() % 3, 1, "all of a change or nothing");
    let revisions = store.revisions(&scene.id, None, None, 10_000).await.unwrap();
    assert_eq!(revisions.len(), titles.len() + 4);
    assert_eq!(revisions[0].number, i64::try_from(revisions.len()).unwrap());
}

pub(crate) async fn readers_see_whole_changes(home: Home) {
    let store = home.open().await;
    let scene = scene(&*store, "one").await;
    let first = scene.add(&*store, &event("2026", "1")).await;
    let writer = {
        let (store, of, id) = (store.clone(), scene.id.clone(), first.id.clone());
        let article = scene.article.id.clone();
        tokio::spawn(async move {
            for version in 1..60 {
                let mut draft = event("2026", &(version + 1).to_string());
                let cited = citation(&article, impasse_app::model::event::AttributionKind::Outlet, None);
                draft.citations = vec![cited; usize::try_from(version % 3).unwrap()];
                store.change_event(&ada(), &of, &id, version, &draft, "").await.unwrap();
            }
        })
    };
    while !writer.is_finished() {
        let seen = store.event(&scene.id, &first.id).await.unwrap();
        assert_eq!(seen.title, seen.version.to_string());
        let citations = i64::try_from(seen.citations.len()).unwrap();
        assert_eq!(citations, if seen.version == 1 { 0 } else { (seen.version - 1) % 3 });
    }
    writer.await.unwrap();
}
