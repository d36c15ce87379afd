//! Events that are steps of one.

use impasse_app::model::event::{Event, EventDraft, Phase};
use impasse_app::model::id::EventId;
use impasse_app::past::Past;
use impasse_app::store::Store;

use super::Home;
use super::make::*;

/// A step of an event.
fn step(edtf: &str, title: &str, first: &EventId) -> EventDraft {
    EventDraft { step_of: Some(first.clone()), phase: Phase::InEffect, ..event(edtf, title) }
}

impl Scene {
    /// The titles of the events that are tied, after seeing to it that the revisions say the same.
    async fn steps(&self, store: &dyn Store) -> Vec<String> {
        let steps = store.steps(&self.id).await.unwrap();
        let past = Past::new(store.record(&self.id, i64::MAX).await.unwrap());
        assert_eq!(past.steps(), steps);
        steps.into_iter().map(|event| event.title).collect()
    }

    async fn tie(&self, store: &dyn Store, id: &EventId, first: &EventId) -> String {
        let there = store.event(&self.id, id).await.unwrap();
        let draft = EventDraft { step_of: Some(first.clone()), ..there.clone().into() };
        match store.change_event(&ada(), &self.id, id, there.version, &draft, "").await {
            Ok(_) => "done".to_owned(),
            error => kind(error),
        }
    }
}

pub(crate) async fn steps_are_listed_with_what_they_are_steps_of(home: Home) {
    let store = home.open().await;
    let scene = scene(&*store, "one").await;
    assert_eq!(scene.steps(&*store).await, [""; 0]);
    let effect = scene.add(&*store, &event("2026-04-01", "in effect")).await;
    scene.add(&*store, &event("2026-02-01", "other")).await;
    let announced = scene.add(&*store, &event("2026-01-01", "announced")).await;
    let issued = scene.add(&*store, &step("2026-01-09", "issued", &announced.id)).await;
    assert_eq!(store.event(&scene.id, &issued.id).await.unwrap().step_of, Some(announced.id.clone()));
    assert_eq!(scene.tie(&*store, &effect.id, &issued.id).await, "done");
    assert_eq!(scene.steps(&*store).await, ["announced", "issued", "in effect"]);
    let briefs = scene.briefs(&*store).await;
    assert_eq!(briefs.iter().find(|brief| brief.id == issued.id).unwrap().step_of, issued.step_of);
}

pub(crate) async fn steps_in_a_circle_are_refused(home: Home) {
    let store = home.open().await;
    let (here, there) = (scene(&*store, "one").await, scene(&*store, "two").await);
    let first = here.add(&*store, &event("2026-01-01", "first")).await;
    let second = here.add(&*store, &step("2026-01-02", "second", &first.id)).await;
    let third = here.add(&*store, &step("2026-01-03", "third", &second.id)).await;
    for other in [&first.id, &second.id, &third.id] {
        assert_eq!(here.tie(&*store, &first.id, other).await, "refused at step_of");
    }
    let elsewhere = there.add(&*store, &event("2026-01-01", "elsewhere")).await;
    for other in [&elsewhere.id, &EventId::from("nobody"), &EventId::from("a\0b")] {
        assert_eq!(here.tie(&*store, &first.id, other).await, "unknown step_of");
    }
    // What is deleted is in nobody's way, and cannot be brought back into a circle.
    let second = store.event(&here.id, &second.id).await.unwrap();
    store.delete_event(&ada(), &here.id, &second.id, second.version, "").await.unwrap();
    assert_eq!(here.tie(&*store, &first.id, &third.id).await, "done");
    let back = store.restore_event(&ada(), &here.id, &second.id, None, "").await;
    assert_eq!(kind(back), "refused at step_of");
}

pub(crate) async fn steps_outlive_one_another(home: Home) {
    let store = home.open().await;
    let scene = scene(&*store, "one").await;
    let first = scene.add(&*store, &event("2026-01-01", "first")).await;
    let second = scene.add(&*store, &step("2026-01-02", "second", &first.id)).await;
    let third = scene.add(&*store, &step("2026-01-03", "third", &first.id)).await;
    let delete = async |event: &Event| {
        store.delete_event(&ada(), &scene.id, &event.id, event.version, "").await.unwrap();
    };
    delete(&first).await;
    assert_eq!(scene.steps(&*store).await, ["second", "third"]);
    assert_eq!(store.event(&scene.id, &second.id).await.unwrap(), second, "as it was");
    // It can be changed, though not be tied anew to what is gone.
    let draft = EventDraft { title: "second, again".to_owned(), ..second.clone().into() };
    store.change_event(&ada(), &scene.id, &second.id, 1, &draft, "").await.unwrap();
    let free = scene.add(&*store, &event("2026-01-04", "free")).await;
    assert_eq!(scene.tie(&*store, &free.id, &first.id).await, "unknown step_of");
    delete(&third).await;
    let back = store.restore_event(&ada(), &scene.id, &third.id, None, "").await.unwrap();
    assert_eq!(back.step_of, third.step_of, "with what it says of one that is gone");
    store.restore_event(&ada(), &scene.id, &first.id, None, "").await.unwrap();
    assert_eq!(scene.steps(&*store).await, ["first", "second, again", "third"]);
}
