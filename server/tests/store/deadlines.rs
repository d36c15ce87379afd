//! Deadlines, and days that are counted from other events.

use impasse_app::model::due::{Due, DueRule, DueState, Side, Unit};
use impasse_app::model::event::{Event, EventDraft};
use impasse_app::model::id::EventId;
use impasse_app::model::revision::{Action, Revision, Subject};
use impasse_app::store::{Store, StoreError};

use super::Home;
use super::links::whole;
use super::make::*;

/// So many days after an event.
pub(crate) fn after(base: &EventId, count: u32) -> Option<Due> {
    let rule = DueRule { base: base.clone(), count, unit: Unit::Days, side: Side::After };
    Some(Due { state: DueState::Pending, rule: Some(rule) })
}

/// A deadline whose day is left to its rule.
fn counted(title: &str, base: &EventId, count: u32) -> EventDraft {
    EventDraft { date: None, due: after(base, count), ..event("2026", title) }
}

impl Scene {
    async fn change(&self, store: &dyn Store, id: &EventId, draft: EventDraft) -> Result<Event, StoreError> {
        let version = store.event(&self.id, id).await.unwrap().version;
        store.change_event(&ada(), &self.id, id, version, &draft, "because").await
    }

    async fn redate(&self, store: &dyn Store, id: &EventId, edtf: &str) -> Result<Event, StoreError> {
        let there = store.event(&self.id, id).await.unwrap();
        self.change(store, id, EventDraft { date: Some(date(edtf)), ..there.into() }).await
    }

    async fn edtf(&self, store: &dyn Store, id: &EventId) -> String {
        store.event(&self.id, id).await.unwrap().date.edtf().to_owned()
    }

    async fn last(&self, store: &dyn Store, id: &EventId) -> Revision {
        let of = Some((Subject::Event, id.as_str()));
        store.revisions(&self.id, of, None, 1).await.unwrap().remove(0)
    }
}

/// What went wrong, for people.
fn why(result: Result<Event, StoreError>) -> String {
    match result {
        Err(StoreError::Refused { field, why }) => format!("{field}: {why}"),
        other => panic!("should have been refused, not {other:?}"),
    }
}

pub(crate) async fn deadlines_are_kept_as_they_are(home: Home) {
    let store = home.open().await;
    let scene = scene(&*store, "one").await;
    for state in DueState::ALL {
        let due = Some(Due { state: *state, rule: None });
        let made = scene.add(&*store, &EventDraft { due: due.clone(), ..event("2026-07-08", "Due") }).await;
        assert_eq!(store.event(&scene.id, &made.id).await.unwrap(), made);
        assert_eq!(made.due, due);
        let changed = EventDraft { due: None, ..made.clone().into() };
        assert_eq!(scene.change(&*store, &made.id, changed).await.unwrap().due, None);
    }
    let memo = scene.add(&*store, &event("2026-01-09", "Memo")).await;
    let due = scene.add(&*store, &counted("Report due", &memo.id, 180)).await;
    assert_eq!((due.date.edtf(), due.due.clone()), ("2026-07-08", after(&memo.id, 180)));
    let briefs = scene.briefs(&*store).await;
    assert_eq!(briefs.iter().find(|brief| brief.id == due.id).unwrap().due, due.due);
    assert_eq!(whole(&*store, &scene).await.events, store.record(&scene.id, i64::MAX).await.unwrap().events);
}

pub(crate) async fn a_day_follows_the_event_that_it_is_counted_from(home: Home) {
    let store = home.open().await;
    let scene = scene(&*store, "one").await;
    let memo = scene.add(&*store, &event("2026-01-09", "Memo")).await;
    let printed = EventDraft {
        date: Some(date("2026-07-08").with_printed(Some("within 180 days".to_owned()))),
        ..counted("Report due", &memo.id, 180)
    };
    let report = scene.add(&*store, &printed).await;
    let answer = scene.add(&*store, &counted("Answer due", &report.id, 10)).await;
    assert_eq!(scene.edtf(&*store, &answer.id).await, "2026-07-18");
    scene.redate(&*store, &memo.id, "2026-01-12").await.unwrap();
    let moved = store.event(&scene.id, &report.id).await.unwrap();
    assert_eq!((moved.date.edtf(), moved.version), ("2026-07-11", report.version + 1));
    assert_eq!(moved.date.printed(), Some("within 180 days"), "the words of the source stay");
    assert_eq!(scene.edtf(&*store, &answer.id).await, "2026-07-21");
    let (first, second) = (scene.last(&*store, &report.id).await, scene.last(&*store, &answer.id).await);
    assert_eq!(
        first.reason,
        "Worked out anew: 180 days after “Memo”, which moved from 9 January 2026 to 12 January 2026"
    );
    assert_eq!(
        second.reason,
        "Worked out anew: 10 days after “Report due”, which moved from 8 July 2026 to 11 July 2026"
    );
    let base = scene.last(&*store, &memo.id).await;
    assert_eq!((base.number + 1, base.number + 2), (first.number, second.number), "in one change");
    assert_eq!(base.reason, "because");
    // What is changed otherwise moves nothing.
    let there = store.event(&scene.id, &memo.id).await.unwrap();
    scene
        .change(&*store, &memo.id, EventDraft { title: "The memo".to_owned(), ..there.into() })
        .await
        .unwrap();
    assert_eq!(scene.last(&*store, &report.id).await.number, first.number);
    scene.redate(&*store, &memo.id, "[2026-01-10..2026-01-12]").await.unwrap();
    assert_eq!(scene.edtf(&*store, &answer.id).await, "[2026-07-19..2026-07-21]");
    let before = store.record(&scene.id, base.number).await.unwrap();
    assert_eq!(before.event(&report.id).unwrap().date.edtf(), "2026-07-08", "the past is what it was");
}

pub(crate) async fn a_day_that_was_given_must_be_what_the_rule_says(home: Home) {
    let store = home.open().await;
    let scene = scene(&*store, "one").await;
    let memo = scene.add(&*store, &event("2026-01-09", "Memo")).await;
    let given = |edtf: &str, count| EventDraft { date: Some(date(edtf)), ..counted("Due", &memo.id, count) };
    let wrong = store.add_event(&ada(), &scene.id, &given("2026-07-09", 180), "").await;
    assert_eq!(
        why(wrong),
        "date: 180 days after “Memo” is 8 July 2026. Leave the date empty, or take the rule off."
    );
    let due = scene.add(&*store, &given("2026-07-08", 180)).await;
    // The day that it has may stay in a form in which the rule is changed.
    let sooner = scene.change(&*store, &due.id, given("2026-07-08", 90)).await.unwrap();
    assert_eq!(sooner.date.edtf(), "2026-04-09");
    assert_eq!(kind(scene.change(&*store, &due.id, given("2026-07-08", 90)).await), "refused at date");
    let free = EventDraft { due: None, ..given("2026-07-01", 90) };
    assert_eq!(scene.change(&*store, &due.id, free).await.unwrap().date.edtf(), "2026-07-01");
}

pub(crate) async fn what_cannot_be_counted_is_refused(home: Home) {
    let store = home.open().await;
    let (here, there) = (scene(&*store, "one").await, scene(&*store, "two").await);
    let add = async |draft: &EventDraft| store.add_event(&ada(), &here.id, draft, "").await;
    let since = here.add(&*store, &event("2025-09/..", "Talks")).await;
    assert_eq!(
        why(add(&counted("Due", &since.id, 1)).await),
        "due_base: No day can be counted from “Talks”, dated since September 2025: it is open at an end."
    );
    let elsewhere = there.add(&*store, &event("2026-01-09", "Memo")).await;
    for base in [&elsewhere.id, &EventId::from("nobody"), &EventId::from("a\0b")] {
        assert_eq!(kind(add(&counted("Due", base, 1)).await), "unknown base");
    }
    // In a circle, of one, two and three.
    let memo = here.add(&*store, &event("2026-01-09", "Memo")).await;
    let first = here.add(&*store, &counted("First", &memo.id, 1)).await;
    let second = here.add(&*store, &counted("Second", &first.id, 1)).await;
    for (id, base, said) in [
        (&memo.id, &memo.id, "due_base: A deadline cannot be counted from itself."),
        (&memo.id, &first.id, "due_base: “First” is itself counted from this event."),
        (&memo.id, &second.id, "due_base: “Second” is itself counted from this event."),
    ] {
        assert_eq!(why(here.change(&*store, id, counted("Memo", base, 1)).await), said);
    }
    // A base cannot become what nothing can be counted from, and nothing of such a change is kept.
    assert_eq!(
        why(here.redate(&*store, &memo.id, "2026-01-09/2026-01-12").await),
        "date: “First” is counted from this event, and cannot be from 9 to 12 January 2026: it lasted more than a day; \
         add its beginning or its end as an event of its own, and count from that."
    );
    assert_eq!(here.edtf(&*store, &memo.id).await, "2026-01-09");
    assert_eq!(here.edtf(&*store, &second.id).await, "2026-01-11");
}

pub(crate) async fn a_deadline_outlives_its_base(home: Home) {
    let store = home.open().await;
    let scene = scene(&*store, "one").await;
    let memo = scene.add(&*store, &event("2026-01-09", "Memo")).await;
    let due = scene.add(&*store, &counted("Due", &memo.id, 1)).await;
    store.delete_event(&ada(), &scene.id, &memo.id, memo.version, "").await.unwrap();
    let left = store.event(&scene.id, &due.id).await.unwrap();
    assert_eq!(left, due, "it keeps its day and its rule");
    // It can be changed with the rule that it has, but not with another one to the same base.
    let met = Due { state: DueState::Met, ..left.due.clone().unwrap() };
    let draft = EventDraft { due: Some(met), date: Some(date("2026-01-15")), ..left.into() };
    let changed = scene.change(&*store, &due.id, draft).await.unwrap();
    assert_eq!(changed.date.edtf(), "2026-01-15", "the rule rests");
    let other = EventDraft { due: after(&memo.id, 2), ..changed.clone().into() };
    assert_eq!(kind(scene.change(&*store, &due.id, other).await), "unknown base");
    store.restore_event(&ada(), &scene.id, &memo.id, None, "").await.unwrap();
    assert_eq!(scene.edtf(&*store, &due.id).await, "2026-01-10", "the rule holds again");
    let last = scene.last(&*store, &due.id).await;
    assert_eq!(
        last.reason,
        "Worked out anew: 1 day after “Memo”, which is there again, dated 9 January 2026"
    );
    assert_eq!(last.action, Action::Update);
    // A deadline that is brought back stands where its base is by now.
    let version = store.event(&scene.id, &due.id).await.unwrap().version;
    store.delete_event(&ada(), &scene.id, &due.id, version, "").await.unwrap();
    scene.redate(&*store, &memo.id, "2026-02-01").await.unwrap();
    assert_eq!(scene.last(&*store, &due.id).await.action, Action::Delete, "what is deleted is left alone");
    let back = store.restore_event(&ada(), &scene.id, &due.id, None, "").await.unwrap();
    assert_eq!(back.date.edtf(), "2026-02-02");
}

pub(crate) async fn a_deadline_is_taken_back_to_a_revision(home: Home) {
    let store = home.open().await;
    let scene = scene(&*store, "one").await;
    let memo = scene.add(&*store, &event("2026-01-09", "Memo")).await;
    let first = scene.last(&*store, &memo.id).await.number;
    let due = scene.add(&*store, &counted("Due", &memo.id, 1)).await;
    scene.redate(&*store, &memo.id, "2026-01-20").await.unwrap();
    store.restore_event(&ada(), &scene.id, &memo.id, Some(first), "").await.unwrap();
    assert_eq!(scene.edtf(&*store, &due.id).await, "2026-01-10");
    // To a revision in which it had a rule whose base is gone by now.
    let ruled = scene.last(&*store, &due.id).await.number;
    let there = store.event(&scene.id, &due.id).await.unwrap();
    scene.change(&*store, &due.id, EventDraft { due: None, ..there.into() }).await.unwrap();
    let version = store.event(&scene.id, &memo.id).await.unwrap().version;
    store.delete_event(&ada(), &scene.id, &memo.id, version, "").await.unwrap();
    let back = store.restore_event(&ada(), &scene.id, &due.id, Some(ruled), "").await.unwrap();
    assert_eq!((back.date.edtf(), back.due), ("2026-01-10", after(&memo.id, 1)));
}
