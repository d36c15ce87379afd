//! Whatever is done, in whatever order, both databases answer alike.

use impasse_app::model::event::{AttributionKind, Event, EventDraft, Role};
use impasse_app::model::id::EventId;
use impasse_app::model::role::Reader;
use impasse_app::model::view::View;
use impasse_app::store::{SharedStore, StoreError};
use proptest::prelude::*;

use super::Home;
use super::make::*;

/// Something done to the events of a dispute. Events are named by when they were added, modulo how many there are.
#[derive(Debug, Clone)]
enum Step {
    Add(Draft),
    Change(usize, i64, Draft),
    Delete(usize, i64),
    Restore(usize, Option<usize>),
    Ask(Draft),
}

#[derive(Debug, Clone)]
struct Draft {
    date: Option<&'static str>,
    title: String,
    sequence: i64,
    parties: u8,
    citations: u8,
}

fn draft() -> impl Strategy<Value = Draft> {
    let dates = prop::sample::select(vec![
        "2026-01-09",
        "2026-01-09T14:30:00Z",
        "2026-01~",
        "2026?",
        "../2026-01-09",
        "2026-01-01/..",
        "[2026-01-05..2026-01-09]",
        "2026-01-09/2026-01-29",
        "-0044-03-15",
        "202X",
        "9999-12-31",
    ]);
    let title = prop::sample::select(vec!["memo", "Memo", "TALKS", "Übergabe 50%", "a_b", "σίγμας"]);
    (prop::option::weighted(0.9, dates), title, -1..3_i64, 0..4_u8, 0..8_u8).prop_map(
        |(date, title, sequence, parties, citations)| {
            let title = title.to_owned();
            Draft { date, title, sequence, parties, citations }
        },
    )
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => draft().prop_map(Step::Add),
        // Mostly the current version; sometimes one before or after.
        3 => (0..8_usize, prop_oneof![4 => Just(0_i64), 1 => -1..2_i64], draft())
            .prop_map(|(which, off, draft)| Step::Change(which, off, draft)),
        2 => (0..8_usize, prop_oneof![4 => Just(0_i64), 1 => -1..2_i64])
            .prop_map(|(which, off)| Step::Delete(which, off)),
        2 => (0..8_usize, prop::option::of(0..8_usize)).prop_map(|(which, to)| Step::Restore(which, to)),
        1 => draft().prop_map(Step::Ask),
    ]
}

/// A store with what the steps refer to.
struct Actor {
    store: SharedStore,
    scene: Scene,
    articles: Vec<impasse_app::model::id::ArticleId>,
    events: Vec<EventId>,
    versions: Vec<i64>,
    numbers: Vec<i64>,
}

impl Actor {
    async fn new(store: SharedStore, slug: &str) -> Self {
        let scene = scene(&*store, slug).await;
        let mut articles = vec![scene.article.id.clone()];
        articles.push(scene.cite(&*store, "courier", Some("2026-01-15")).await);
        articles.push(scene.cite(&*store, "", None).await);
        Self { store, scene, articles, events: Vec::new(), versions: Vec::new(), numbers: Vec::new() }
    }

    fn event(&self, draft: &Draft) -> EventDraft {
        let mut event = event("2026", &draft.title);
        event.date = draft.date.map(date);
        event.sequence = draft.sequence;
        for (bit, party, role) in [(1, &self.scene.red, Role::Actor), (2, &self.scene.blue, Role::Target)] {
            if draft.parties & bit != 0 {
                event.parties.push(part(&party.id, role));
            }
        }
        for (at, article) in self.articles.iter().enumerate() {
            if draft.citations & (1 << at) != 0 {
                let mut cited = citation(article, AttributionKind::Unnamed, Some(i64::from(draft.citations)));
                cited.date = (draft.sequence == 2).then(|| date("2026-03"));
                event.citations.push(cited);
            }
        }
        event
    }

    /// Does a step and says what came of it, in words that do not depend on identifiers and clocks.
    async fn take(&mut self, step: &Step) -> String {
        let (by, of) = (ada(), self.scene.id.clone());
        let first = self.scene.dispute.revision;
        let result = match step {
            Step::Add(draft) => {
                let result = self.store.add_event(&by, &of, &self.event(draft), "").await;
                if let Ok(event) = &result {
                    self.events.push(event.id.clone());
                    self.versions.push(1);
                }
                result.map(|event| self.words(event))
            }
            Step::Ask(draft) => {
                let view = View {
                    text: draft.title.clone(),
                    parties: if draft.parties & 1 == 0 { vec![] } else { vec!["red".to_owned()] },
                    as_of: (draft.citations & 1 != 0).then(|| day("2026-01-20")),
                    ..View::default()
                };
                Ok(self.list(self.scene.seen(&*self.store, &view).await))
            }
            _ if self.events.is_empty() => return String::new(),
            Step::Change(which, off, draft) => {
                let which = which % self.events.len();
                let (id, version) = (self.events[which].clone(), self.versions[which] + off);
                let result = self.store.change_event(&by, &of, &id, version, &self.event(draft), "").await;
                result.map(|event| self.note(which, event))
            }
            Step::Delete(which, off) => {
                let which = which % self.events.len();
                let (id, version) = (self.events[which].clone(), self.versions[which] + off);
                self.store.delete_event(&by, &of, &id, version, "").await.map(|()| "deleted".to_owned())
            }
            Step::Restore(which, to) => {
                let which = which % self.events.len();
                let id = self.events[which].clone();
                let number = to.map(|to| self.numbers.get(to).copied().unwrap_or(0));
                let result = self.store.restore_event(&by, &of, &id, number, "").await;
                result.map(|event| self.note(which, event))
            }
        };
        let last = self.store.revisions(&of, None, None, 1).await.unwrap().remove(0);
        if self.numbers.last() != Some(&last.number) {
            self.numbers.push(last.number);
        }
        let said = match result {
            Ok(said) => said,
            Err(error @ (StoreError::Failed(_) | StoreError::NoRoom(_))) => panic!("{error:?}"),
            Err(error) => format!("{error:?}"),
        };
        let all = self.store.events(&of, &View::default()).await.unwrap();
        let summary = self.store.disputes(&Reader::Program, "").await.unwrap();
        let summary = summary.iter().find(|one| one.dispute.id == of).unwrap();
        format!(
            "{said}\n{}\n{:?} {:?} {} {}",
            self.list(all),
            summary.latest,
            summary.density,
            last.action,
            last.number - first
        )
    }

    fn note(&mut self, which: usize, event: Event) -> String {
        self.versions[which] = event.version;
        self.words(event)
    }

    fn words(&self, event: Event) -> String {
        let epoch = chrono::DateTime::UNIX_EPOCH;
        let mut event = Event { created: epoch, updated: epoch, ..event };
        for citation in &mut event.citations {
            citation.id = "citation".into();
        }
        self.nameless(&format!("{event:?}"))
    }

    fn list(&self, events: Vec<impasse_app::store::EventBrief>) -> String {
        events.iter().map(|event| self.nameless(&format!("{event:?}\n"))).collect()
    }

    /// A text with each identifier replaced by its turn.
    fn nameless(&self, text: &str) -> String {
        let ids = self.events.iter().map(|id| id.as_str());
        let ids = ids.chain(self.articles.iter().map(|id| id.as_str()));
        let ids = ids.chain([self.scene.red.id.as_str(), self.scene.blue.id.as_str()]);
        ids.enumerate().fold(text.to_owned(), |text, (turn, id)| text.replace(id, &format!("#{turn}")))
    }
}

#[test]
fn both_databases_answer_alike() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let homes = [Home::sqlite(), Home::postgres()];
    let [sqlite, postgres] = runtime.block_on(async { [homes[0].open().await, homes[1].open().await] });
    let case = std::sync::atomic::AtomicU32::new(0);
    let config = ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(steps in prop::collection::vec(step(), 1..25))| {
        // A dispute of its own for each case, in the same two databases.
        let slug = case.fetch_add(1, std::sync::atomic::Ordering::Relaxed).to_string();
        runtime.block_on(async {
            let mut one = Actor::new(sqlite.clone(), &slug).await;
            let mut other = Actor::new(postgres.clone(), &slug).await;
            for step in &steps {
                let (one, other) = (one.take(step).await, other.take(step).await);
                prop_assert_eq!(one, other, "after {:?}", step);
            }
            Ok(())
        })?;
    });
}
