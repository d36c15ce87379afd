//! The inbox: candidates of all articles in order, decided about several at a time, and decisions taken back.

use impasse_app::model::article::Decision;
use impasse_app::model::event::Attestation;
use impasse_app::model::id::CandidateId;
use impasse_app::model::inbox::{InboxOrder, InboxView, Left, PAGE, Verdict};
use impasse_app::model::revision::{Action, Subject};
use impasse_app::model::role::Reader;
use impasse_app::store::Store;

use crate::Home;
use crate::make::{Scene, ada, article, candidate, date, event, kind, scene};

/// Candidates of one more article, each with its strength.
async fn found(
    store: &dyn Store,
    scene: &Scene,
    published: &str,
    titles: &[(&str, Option<&str>, i64)],
) -> Vec<CandidateId> {
    let drafts: Vec<_> = titles
        .iter()
        .zip(1..)
        .map(|((title, edtf, score), place)| {
            let mut draft = candidate(title, *edtf, &[place]);
            draft.score = *score;
            draft
        })
        .collect();
    let source = article("Courier", Some(published), &format!("Found on {published}."));
    let (kept, _) = store.add_article(&ada(), &scene.id, &source, &drafts).await.unwrap();
    let all = store.candidates(&scene.id, Some(&kept.id), None).await.unwrap();
    all.into_iter().map(|candidate| candidate.id).collect()
}

async fn shown(store: &dyn Store, scene: &Scene, view: &InboxView) -> Vec<String> {
    let page = store.inbox(&scene.id, view).await.unwrap();
    page.candidates.into_iter().map(|candidate| candidate.draft.event.title).collect()
}

pub(crate) async fn the_inbox_is_in_order(home: Home) {
    let store = home.open().await;
    let scene = scene(&*store, "one").await;
    found(&*store, &scene, "2026-01-05", &[("weak", Some("2026"), 10), ("strong", Some("2026"), 90)]).await;
    found(&*store, &scene, "2026-02-05", &[("late", None, 50), ("later", None, 20)]).await;
    let view = InboxView::default();
    assert_eq!(shown(&*store, &scene, &view).await, ["strong", "late", "later", "weak"]);
    let newest = InboxView { order: InboxOrder::Newest, ..InboxView::default() };
    assert_eq!(shown(&*store, &scene, &newest).await, ["late", "later", "weak", "strong"]);
    assert!(shown(&*store, &scene, &InboxView { page: 2, ..view.clone() }).await.is_empty());

    let titles: Vec<String> = (0..PAGE).map(|n| format!("more {n}")).collect();
    let many: Vec<_> = titles.iter().map(|title| (title.as_str(), None, 1)).collect();
    found(&*store, &scene, "2026-03-05", &many).await;
    let page = store.inbox(&scene.id, &InboxView { page: 2, ..view.clone() }).await.unwrap();
    assert_eq!((page.total, page.candidates.len()), (PAGE + 4, 4));
    let nobody = impasse_app::model::id::DisputeId::from("x");
    assert_eq!(kind(store.inbox(&nobody, &view).await), "not found");
}

pub(crate) async fn several_are_decided_at_once(home: Home) {
    let store = home.open().await;
    let by = ada();
    let scene = scene(&*store, "one").await;
    let drafts = [("a", Some("2026-01-09"), 3), ("b", Some("2026-01-10"), 2), ("undated", None, 1)];
    let ids = found(&*store, &scene, "2026-01-30", &drafts).await;
    let twice: Vec<CandidateId> = ids.iter().chain(&ids).cloned().collect();
    let before = store.dispute(&Reader::Program, "one").await.unwrap().0.revision;
    let outcome = store.decide_candidates(&by, &scene.id, &twice, Verdict::Accept).await.unwrap();
    assert_eq!(outcome.done, ids[..2]);
    assert_eq!(outcome.left, [(ids[2].clone(), Left::Undated), (ids[2].clone(), Left::Undated)]);
    assert_eq!(scene.titles(&*store, |_| ()).await, ["a", "b"]);
    let at = outcome.at.unwrap();
    let decided = store.candidates_decided_at(&scene.id, at).await.unwrap();
    assert_eq!(decided.len(), 2);
    assert!(decided.iter().all(|one| one.decided_by.as_deref() == Some("Ada") && one.event.is_some()));
    assert_eq!(
        store.dispute(&Reader::Program, "one").await.unwrap().0.revision,
        before + 4,
        "each event and each decision"
    );

    let outcome = store.decide_candidates(&by, &scene.id, &ids, Verdict::Reject).await.unwrap();
    assert_eq!(outcome.done, ids[2..]);
    assert_eq!(outcome.left, [(ids[0].clone(), Left::Decided), (ids[1].clone(), Left::Decided)]);
    let rejected = InboxView { show: Decision::Rejected, ..InboxView::default() };
    assert_eq!(shown(&*store, &scene, &rejected).await, ["undated"]);

    // One that is not there stops it all: whoever ticked it looks at another page than there is.
    let unknown = [ids[0].clone(), CandidateId::from("x")];
    assert_eq!(kind(store.decide_candidates(&by, &scene.id, &unknown, Verdict::Undo).await), "not found");
    assert_eq!(scene.titles(&*store, |_| ()).await, ["a", "b"]);
    let nothing = store.decide_candidates(&by, &scene.id, &[], Verdict::Accept).await.unwrap();
    assert_eq!((nothing.at, nothing.done.len()), (None, 0));
}

pub(crate) async fn decisions_are_taken_back(home: Home) {
    let store = home.open().await;
    let by = ada();
    let scene = scene(&*store, "one").await;
    let drafts = [("made", Some("2026-01-09"), 3), ("merged", Some("2026-01-12"), 2), ("refused", None, 1)];
    let ids = found(&*store, &scene, "2026-01-30", &drafts).await;
    let memo = scene.add(&*store, &event("2026-01-09", "memo")).await;
    let made = {
        let waiting = store.candidate(&scene.id, &ids[0]).await.unwrap();
        store.accept_candidate(&by, &scene.id, &ids[0], &waiting.draft.event).await.unwrap()
    };
    let merged = store.merge_candidate(&by, &scene.id, &ids[1], &memo.id, memo.version).await.unwrap();
    store.decide_candidate(&by, &scene.id, &ids[2], Decision::Rejected).await.unwrap();
    assert_eq!(merged.citations.len(), 1);

    let outcome = store.decide_candidates(&by, &scene.id, &ids, Verdict::Undo).await.unwrap();
    assert_eq!((outcome.done.as_slice(), outcome.at, outcome.left.len()), (ids.as_slice(), None, 0));
    assert_eq!(scene.titles(&*store, |_| ()).await, ["memo"]);
    assert_eq!(kind(store.event(&scene.id, &made.id).await), "not found");
    let again = store.event(&scene.id, &memo.id).await.unwrap();
    assert_eq!((again.citations.len(), again.version, again.title.as_str()), (0, 3, "memo"));
    assert_eq!(scene.briefs(&*store).await[0].attestation, Attestation::Uncited);
    for id in &ids {
        let waiting = store.candidate(&scene.id, id).await.unwrap();
        assert_eq!((waiting.decision, waiting.event, waiting.decided_by), (Decision::Pending, None, None));
    }
    let history =
        store.revisions(&scene.id, Some((Subject::Event, made.id.as_str())), None, 9).await.unwrap();
    let actions: Vec<Action> = history.iter().map(|revision| revision.action).collect();
    assert_eq!(actions, [Action::Delete, Action::Create], "who did and undid it stays on record");
    let twice = store.decide_candidates(&by, &scene.id, &ids[..1], Verdict::Undo).await.unwrap();
    assert_eq!(twice.left, [(ids[0].clone(), Left::Decided)]);
}

pub(crate) async fn what_was_changed_since_is_not_taken_back(home: Home) {
    let store = home.open().await;
    let by = ada();
    let scene = scene(&*store, "one").await;
    let drafts = [("a", Some("2026-01-09"), 3), ("b", Some("2026-01-10"), 2)];
    let ids = found(&*store, &scene, "2026-01-30", &drafts).await;
    store.decide_candidates(&by, &scene.id, &ids, Verdict::Accept).await.unwrap();
    let decided = store.candidate(&scene.id, &ids[0]).await.unwrap();
    let made = store.event(&scene.id, decided.event.as_ref().unwrap()).await.unwrap();
    let mut draft: impasse_app::model::event::EventDraft = made.clone().into();
    draft.date = Some(date("2026-01-08"));
    let changed = store.change_event(&by, &scene.id, &made.id, 1, &draft, "the memo says so").await.unwrap();

    let outcome = store.decide_candidates(&by, &scene.id, &ids, Verdict::Undo).await.unwrap();
    assert_eq!((outcome.done.as_slice(), outcome.left), (&ids[1..], vec![(ids[0].clone(), Left::Changed)]));
    assert_eq!(store.event(&scene.id, &made.id).await.unwrap(), changed);
    assert_eq!(store.candidate(&scene.id, &ids[0]).await.unwrap(), decided);

    // A change that was itself undone is not in the way.
    let one = std::slice::from_ref(&ids[1]);
    store.decide_candidates(&by, &scene.id, one, Verdict::Accept).await.unwrap();
    let again = store.candidate(&scene.id, &ids[1]).await.unwrap().event.unwrap();
    let of = Some((Subject::Event, again.as_str()));
    let first = store.revisions(&scene.id, of, None, 1).await.unwrap().remove(0).number;
    draft.citations.clear();
    store.change_event(&by, &scene.id, &again, 1, &draft, "").await.unwrap();
    store.restore_event(&by, &scene.id, &again, Some(first), "").await.unwrap();
    let outcome = store.decide_candidates(&by, &scene.id, one, Verdict::Undo).await.unwrap();
    assert_eq!((outcome.done.as_slice(), outcome.left.len()), (one, 0));
    assert_eq!(kind(store.event(&scene.id, &again).await), "not found");

    // Once somebody has taken the event away there is nothing in the way any more.
    store.delete_event(&by, &scene.id, &made.id, changed.version, "").await.unwrap();
    let outcome = store.decide_candidates(&by, &scene.id, &ids[..1], Verdict::Undo).await.unwrap();
    assert_eq!(outcome.done, ids[..1]);
}
