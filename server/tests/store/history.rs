//! Going back to what a revision recorded.

use impasse_app::model::dispute::{
    Dispute, DisputeDraft, Party, PartyDraft, Position, PositionSource, Status,
};
use impasse_app::model::event::{Event, EventDraft};
use impasse_app::model::id::{DisputeId, PartyId, PositionId};
use impasse_app::model::revision::{Action, Revision, Subject};
use impasse_app::model::role::Reader;
use impasse_app::store::Store;

use crate::Home;
use crate::make::{ada, dispute, event, kind, party, passage, position, scene};

/// The revisions of one thing, oldest first.
async fn history(store: &dyn Store, dispute: &DisputeId, of: (Subject, &str)) -> Vec<Revision> {
    let mut revisions = store.revisions(dispute, Some(of), None, 99).await.unwrap();
    revisions.reverse();
    revisions
}

pub(crate) async fn parties_are_taken_back_to_a_revision(home: Home) {
    let store = home.open().await;
    let by = ada();
    let scene = scene(&*store, "one").await;
    let of = (Subject::Party, scene.red.id.as_str());
    let draft = PartyDraft { name: "Renamed".to_owned(), aliases: Vec::new(), ..party("rouge") };
    store.change_party(&by, &scene.id, &scene.red.id, &draft, "").await.unwrap();
    let numbers: Vec<i64> =
        history(&*store, &scene.id, of).await.iter().map(|revision| revision.number).collect();
    let undo = |number| store.restore_party(&by, &scene.id, &scene.red.id, Some(number), "undo");

    assert_eq!(undo(numbers[0]).await.unwrap(), scene.red);
    assert_eq!(store.parties(&scene.id).await.unwrap(), [scene.red.clone(), scene.blue.clone()]);
    let last = history(&*store, &scene.id, of).await.pop().unwrap();
    assert_eq!((last.action, last.reason.as_str()), (Action::Restore, "undo"));
    assert_eq!(serde_json::from_str::<Party>(&last.state).unwrap(), scene.red);

    // From a deletion straight to an earlier state.
    store.delete_party(&by, &scene.id, &scene.red.id, "").await.unwrap();
    let renamed = undo(numbers[1]).await.unwrap();
    assert_eq!((renamed.name.as_str(), renamed.key.as_str()), ("Renamed", "rouge"));
    assert_eq!(store.parties(&scene.id).await.unwrap(), [renamed.clone(), scene.blue.clone()]);

    store.add_party(&by, &scene.id, &party("red")).await.unwrap();
    assert_eq!(kind(undo(numbers[0]).await), "taken key");
    assert_eq!(store.parties(&scene.id).await.unwrap()[0], renamed, "nothing was changed");
    assert_eq!(kind(undo(0).await), "not found");
    let of = (Subject::Party, scene.blue.id.as_str());
    let others = history(&*store, &scene.id, of).await[0].number;
    assert_eq!(kind(undo(others).await), "not found", "a revision of something else");
    let nobody = PartyId::from("nobody");
    let missing = store.restore_party(&by, &scene.id, &nobody, Some(numbers[0]), "").await;
    assert_eq!(kind(missing), "not found");
}

pub(crate) async fn positions_are_taken_back_to_a_revision(home: Home) {
    let store = home.open().await;
    let by = ada();
    let scene = scene(&*store, "one").await;
    let mut first = position(&scene.red, "No", "2026/..");
    first.source = Some(PositionSource { article: scene.article.id.clone(), passage: passage("never", 3) });
    let held = store.add_position(&by, &scene.id, &first).await.unwrap();
    let draft = position(&scene.blue, "Yes", "2026-02/..");
    store.change_position(&by, &scene.id, &held.id, &draft, "").await.unwrap();
    let of = (Subject::Position, held.id.as_str());
    let numbers: Vec<i64> =
        history(&*store, &scene.id, of).await.iter().map(|revision| revision.number).collect();
    let undo = |number| store.restore_position(&by, &scene.id, &held.id, Some(number), "undo");

    assert_eq!(undo(numbers[0]).await.unwrap(), held);
    assert_eq!(store.positions(&scene.id).await.unwrap(), std::slice::from_ref(&held));
    store.delete_position(&by, &scene.id, &held.id, "").await.unwrap();
    let second = undo(numbers[1]).await.unwrap();
    assert_eq!((second.statement.as_str(), &second.party), ("Yes", &scene.blue.id));
    assert_eq!(store.positions(&scene.id).await.unwrap(), std::slice::from_ref(&second));
    let last = history(&*store, &scene.id, of).await.pop().unwrap();
    assert_eq!((last.action, last.reason.as_str()), (Action::Restore, "undo"));
    assert_eq!(serde_json::from_str::<Position>(&last.state).unwrap(), second);

    store.delete_article(&by, &scene.id, &scene.article.id, "").await.unwrap();
    assert_eq!(kind(undo(numbers[0]).await), "unknown article");
    store.restore_article(&by, &scene.id, &scene.article.id, "").await.unwrap();
    store.delete_party(&by, &scene.id, &scene.red.id, "").await.unwrap();
    assert_eq!(kind(undo(numbers[0]).await), "unknown party");
    assert_eq!(kind(undo(0).await), "not found");
    let nobody = PositionId::from("nobody");
    let missing = store.restore_position(&by, &scene.id, &nobody, Some(numbers[0]), "").await;
    assert_eq!(kind(missing), "not found");
}

pub(crate) async fn disputes_are_taken_back_to_a_revision(home: Home) {
    let store = home.open().await;
    let by = ada();
    let scene = scene(&*store, "one").await;
    let draft = DisputeDraft {
        slug: "uno".to_owned(),
        title: "Another title".to_owned(),
        status: Status::Settled,
        ..dispute("one")
    };
    store.change_dispute(&by, &scene.id, 1, &draft, "").await.unwrap();
    let of = (Subject::Dispute, scene.id.as_str());
    let numbers: Vec<i64> =
        history(&*store, &scene.id, of).await.iter().map(|revision| revision.number).collect();
    let undo = |number| store.restore_dispute(&by, &scene.id, Some(number), "undo");

    let back = undo(numbers[0]).await.unwrap();
    assert_eq!(back, Dispute { version: 3, revision: back.revision, ..scene.dispute.clone() });
    assert_eq!(store.dispute(&Reader::Program, "one").await.unwrap().0, back);
    assert_eq!(kind(store.dispute(&Reader::Program, "uno").await), "not found");
    assert_eq!(kind(store.change_dispute(&by, &scene.id, 1, &draft, "").await), "conflict");
    let last = history(&*store, &scene.id, of).await.pop().unwrap();
    assert_eq!((last.number, last.action), (back.revision, Action::Restore));
    assert_eq!(serde_json::from_str::<Dispute>(&last.state).unwrap(), back);

    store.delete_dispute(&by, &scene.id, "").await.unwrap();
    let second = undo(numbers[1]).await.unwrap();
    assert_eq!((second.title.as_str(), second.version), ("Another title", 4));
    assert_eq!(store.parties(&scene.id).await.unwrap().len(), 2, "all that is in it is there again");

    store.add_dispute(&by, &dispute("one")).await.unwrap();
    assert_eq!(kind(undo(numbers[0]).await), "taken slug");
    assert_eq!(kind(undo(0).await), "not found");
}

pub(crate) async fn changes_to_events_are_told_beside_what_was_before(home: Home) {
    let store = home.open().await;
    let by = ada();
    let scene = scene(&*store, "one").await;
    assert!(store.event_changes(&scene.id, None, 9).await.unwrap().is_empty(), "what is new is no change");
    let first = scene.add(&*store, &event("2026-01-09", "first")).await;
    let other = scene.add(&*store, &event("2026-01-10", "other")).await;
    let change = |event: &Event, title: &str| {
        let draft = EventDraft { title: title.to_owned(), ..event.clone().into() };
        let (store, id, event) = (store.clone(), scene.id.clone(), event.clone());
        async move { store.change_event(&ada(), &id, &event.id, event.version, &draft, "why").await.unwrap() }
    };
    let second = change(&first, "second").await;
    change(&other, "another").await;
    store.delete_event(&by, &scene.id, &first.id, 2, "").await.unwrap();
    let third = store.restore_event(&by, &scene.id, &first.id, None, "").await.unwrap();
    // Nothing else is among them.
    store.change_party(&by, &scene.id, &scene.red.id, &party("rouge"), "").await.unwrap();

    let changes = store.event_changes(&scene.id, None, 9).await.unwrap();
    let told: Vec<(Action, Option<Action>)> = changes
        .iter()
        .map(|change| (change.revision.action, change.event_before().map(|(action, _)| action)))
        .collect();
    assert_eq!(
        told,
        [
            (Action::Restore, Some(Action::Delete)),
            (Action::Delete, Some(Action::Update)),
            (Action::Update, Some(Action::Create)),
            (Action::Update, Some(Action::Create)),
        ]
    );
    assert_eq!(changes[0].event(), Some(third));
    assert_eq!(changes[3].event_before(), Some((Action::Create, first)));
    assert_eq!(changes[3].event(), Some(second));
    let of: Vec<Revision> = changes.iter().map(|change| change.revision.clone()).collect();
    let all = store.revisions(&scene.id, None, None, 99).await.unwrap();
    assert!(of.iter().all(|revision| all.contains(revision)));

    let earlier = store.event_changes(&scene.id, Some(of[1].number), 1).await.unwrap();
    assert_eq!(earlier, changes[2..3]);
    let nowhere = DisputeId::from("nowhere");
    assert_eq!(kind(store.event_changes(&nowhere, None, 9).await), "not found");
}
