//! Looking for words.

use std::collections::{BTreeMap, BTreeSet};

use impasse_app::model::event::{AttributionKind, EventDraft, Kind};
use impasse_app::model::id::UserId;
use impasse_app::model::role::{Reader, Visibility};
use impasse_app::model::search::tokens;
use impasse_app::model::view::Range;
use impasse_app::store::{Matched, Question, Store};

use super::Home;
use super::make::*;

/// The titles of what has these words, in order; articles by their publisher.
async fn found(store: &dyn Store, reader: &Reader, question: &Question) -> Vec<String> {
    let mut titles = Vec::new();
    for hit in store.search(reader, question, 0, 50).await.unwrap().0 {
        titles.push(match hit.matched {
            Matched::Event(id) => store.event(&hit.dispute.id, &id).await.unwrap().title,
            Matched::Article(id) => store.article(&hit.dispute.id, &id).await.unwrap().article.publisher,
        });
    }
    titles
}

fn words(text: &str) -> Question {
    Question { words: tokens(text), ..Question::default() }
}

pub(crate) async fn words_are_found_where_they_are(home: Home) {
    let store = home.open().await;
    let scene = scene(&*store, "one").await;
    let source = scene.cite(&*store, "Zettel Courier", Some("2026-02-02")).await;
    let mut memo = event("2026-01-09", "The Memo’s Author");
    memo.description = "ΟΔΟΣ and École, a_b 2026-01-09.".to_owned();
    memo.citations = vec![citation(&source, AttributionKind::Document, None)];
    let memo = scene.add(&*store, &memo).await;
    let mut talks = event("2026-03", "Talks on the memorandum");
    talks.kind = Kind::Negotiation;
    scene.add(&*store, &talks).await;
    let of = async |text: &str| found(&*store, &Reader::Anyone, &words(text)).await;
    assert_eq!(
        of("memo").await,
        ["Talks on the memorandum", "The Memo’s Author"],
        "beginnings, latest first"
    );
    assert_eq!(of("MEMO author").await, ["The Memo’s Author"], "all of them");
    for text in ["οδος", "éco", "a b", "09", "2026 01"] {
        assert_eq!(of(text).await, ["The Memo’s Author"], "{text}");
    }
    assert_eq!(of("emo").await, Vec::<String>::new(), "no ends of words");
    assert_eq!(of("zettel").await, ["Zettel Courier"]);
    let quoted: Vec<String> = memo.citations[0].passage.exact.split_whitespace().map(str::to_owned).collect();
    assert!(of(&quoted.join(" ")).await.contains(&"The Memo’s Author".to_owned()), "{quoted:?}");
    assert_eq!(of("' & | ! ( ) : * \" -- ; %").await, Vec::<String>::new(), "nothing is an operator");
    assert_eq!(of(&"x".repeat(3_000)).await, Vec::<String>::new());
    assert!(of("ƛ").await.is_empty(), "what disputes are known by is no word");
    assert!(of("zzz").await.is_empty() && of("i").await.is_empty());

    let only = Question { kinds: vec![Kind::Negotiation], ..words("memo") };
    assert_eq!(found(&*store, &Reader::Anyone, &only).await, ["Talks on the memorandum"]);
    let from = |day_text: &str| Some(impasse_app::model::time::day_start(day(day_text)));
    let range = Range { from: None, to: from("2026-02-01") };
    let early = Question { range, ..words("memo") };
    assert_eq!(found(&*store, &Reader::Anyone, &early).await, ["The Memo’s Author"]);
    let (first, more) = store.search(&Reader::Anyone, &words("memo"), 0, 1).await.unwrap();
    assert!(first.len() == 1 && more);
    let (second, more) = store.search(&Reader::Anyone, &words("memo"), 1, 1).await.unwrap();
    assert!(second.len() == 1 && !more && second != first);

    let draft = EventDraft { title: "Letter".to_owned(), description: String::new(), ..memo.clone().into() };
    let letter = store.change_event(&ada(), &scene.id, &memo.id, memo.version, &draft, "").await.unwrap();
    assert_eq!(of("author").await, Vec::<String>::new());
    assert_eq!(of("letter").await, ["Letter"]);
    store.delete_event(&ada(), &scene.id, &letter.id, letter.version, "").await.unwrap();
    assert_eq!(of("letter").await, Vec::<String>::new());
    store.restore_event(&ada(), &scene.id, &letter.id, None, "").await.unwrap();
    assert_eq!(of("letter").await, ["Letter"]);
    store.delete_dispute(&ada(), &scene.id, "").await.unwrap();
    assert_eq!(of("letter").await, Vec::<String>::new());
}

pub(crate) async fn what_many_have_is_found_from_the_latest_on(home: Home) {
    let store = home.open().await;
    let scene = scene(&*store, "many").await;
    let other = super::make::scene(&*store, "other").await;
    let mut dates = BTreeMap::new();
    for nth in 0..60 {
        let date = format!("20{:02}-03-{:02}", 10 + nth % 7, 1 + nth % 4);
        let added = scene.add(&*store, &event(&date, &format!("Hearing {nth}"))).await;
        other.add(&*store, &event(&date, "Hearing elsewhere")).await;
        dates.insert(added.title.clone(), date);
        // What is moved is found at its new time.
        if nth % 10 == 0 {
            let draft = EventDraft { title: added.title.clone(), ..event("1999-01-09", "") };
            store.change_event(&ada(), &scene.id, &added.id, added.version, &draft, "").await.unwrap();
            dates.insert(added.title, "1999-01-09".to_owned());
        }
    }
    let within = Question { dispute: Some(scene.id.clone()), ..words("hearing") };
    for page in [7, 50, 100] {
        let mut titles = Vec::new();
        loop {
            let (hits, more) = store.search(&Reader::Anyone, &within, titles.len(), page).await.unwrap();
            for hit in hits {
                let Matched::Event(id) = hit.matched else { panic!("an article") };
                titles.push(store.event(&hit.dispute.id, &id).await.unwrap().title);
            }
            if !more {
                break;
            }
        }
        let found: Vec<&String> = titles.iter().map(|title| &dates[title]).collect();
        assert!(found.is_sorted_by(|one, next| one >= next), "{found:?}");
        let each: BTreeSet<&String> = titles.iter().collect();
        assert!(each.len() == 60 && titles.len() == 60, "by {page}: {titles:?}");
    }
    let (hits, more) = store.search(&Reader::Anyone, &words("hearing"), 0, 200).await.unwrap();
    assert!(hits.len() == 120 && !more);
}

pub(crate) async fn words_are_found_by_who_may(home: Home) {
    let store = home.open().await;
    let mine = scene(&*store, "mine").await;
    let other = scene(&*store, "other").await;
    for one in [&mine, &other] {
        scene_event(&*store, one).await;
    }
    let account = Reader::Account { user: UserId::from("nobody"), is_admin: false };
    let count = async |reader: &Reader, question: &Question| found(&*store, reader, question).await.len();
    let within = Question { dispute: Some(mine.id.clone()), ..words("lighthouse") };
    assert_eq!(count(&Reader::Anyone, &words("lighthouse")).await, 2);
    assert_eq!(count(&Reader::Anyone, &within).await, 1, "in one dispute");
    store.set_visibility(&ada(), &mine.id, Visibility::Unlisted, false).await.unwrap();
    for reader in [&Reader::Anyone, &account] {
        assert_eq!(count(reader, &words("lighthouse")).await, 1, "nothing leads to what is unlisted");
        assert_eq!(count(reader, &within).await, 1, "who is there may look");
    }
    store.set_visibility(&ada(), &mine.id, Visibility::Private, false).await.unwrap();
    for reader in [&Reader::Anyone, &account] {
        assert_eq!(count(reader, &words("lighthouse")).await, 1);
        assert_eq!(count(reader, &within).await, 0);
    }
    assert_eq!(count(&Reader::Program, &words("lighthouse")).await, 2);
}

async fn scene_event(store: &dyn Store, scene: &Scene) {
    scene.add(store, &event("2026-01-09", "The lighthouse")).await;
}
