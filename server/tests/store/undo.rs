//! Whatever is done, in whatever order, undoing it all the other way round ends where it began.

use std::time::{Duration, Instant};

use chrono::DateTime;
use impasse_app::model::article::{Candidate, Decision};
use impasse_app::model::dispute::{
    DisputeDraft, PartyDraft, PartyKind, PositionDraft, PositionSource, Status,
};
use impasse_app::model::due::{Due, DueRule, DueState, Side, Unit};
use impasse_app::model::event::{AttributionKind, EventDraft, Role};
use impasse_app::model::id::{ArticleId, CandidateId, EventId, PartyId, PositionId};
use impasse_app::model::inbox::Verdict;
use impasse_app::model::record::Record;
use impasse_app::model::revision::Subject;
use impasse_app::model::role::Reader;
use impasse_app::store::{Result, SharedStore, StoreError};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use super::Home;
use super::links::whole;
use super::make::*;

/// How many edits are made and undone.
const EDITS: usize = 1_000;

/// After how many edits is noted what the dispute says, to be compared on the way back.
const STRETCH: usize = 100;

/// How long making edits may take; what is left out on a slow machine is said.
const PATIENCE: Duration = Duration::from_secs(25);

/// What takes one edit back.
#[derive(Debug)]
enum Undo {
    ChangeDispute(Box<DisputeDraft>),
    DeleteDispute,
    RestoreDispute,
    DeleteParty(PartyId),
    ChangeParty(PartyId, PartyDraft),
    RestoreParty(PartyId),
    DeletePosition(PositionId),
    ChangePosition(PositionId, Box<PositionDraft>),
    RestorePosition(PositionId),
    DeleteEvent(EventId),
    /// Back to what this revision recorded.
    RestoreEvent(EventId, i64),
    DeleteArticle(ArticleId),
    RestoreArticle(ArticleId),
    TakeBack(CandidateId),
    Reject(CandidateId),
    /// An edit that moved what is counted from it, and what that recorded before.
    Moved(Box<Undo>, Vec<(EventId, i64)>),
}

/// What a dispute says and what waits in it, without the numbers and times that count edits.
#[derive(Debug, PartialEq)]
struct Said {
    record: Record,
    candidates: Vec<Candidate>,
}

/// Somebody who does whatever comes to mind.
struct Editor {
    store: SharedStore,
    scene: Scene,
    dice: TestRunner,
    is_deleted: bool,
    /// Everything that ever was there.
    events: Vec<EventId>,
    /// Those of them that others were tied to.
    bases: Vec<EventId>,
    parties: Vec<PartyId>,
    positions: Vec<PositionId>,
    articles: Vec<ArticleId>,
}

impl Editor {
    async fn new(store: SharedStore) -> Self {
        let scene = scene(&*store, "one").await;
        let mut editor = Self {
            parties: vec![scene.red.id.clone(), scene.blue.id.clone()],
            articles: vec![scene.article.id.clone()],
            events: Vec::new(),
            bases: Vec::new(),
            positions: Vec::new(),
            is_deleted: false,
            dice: TestRunner::deterministic(),
            store,
            scene,
        };
        // Something to begin with, that edits can spoil.
        for _ in 0..150 {
            let kind = editor.below(13);
            if ![0, 1, 2].contains(&kind) {
                let _ = editor.edit(kind).await;
            }
        }
        editor
    }

    fn below(&mut self, limit: usize) -> usize {
        (0..limit).new_tree(&mut self.dice).unwrap().current()
    }

    fn of<T: Clone>(&mut self, choices: &[T]) -> Option<T> {
        if choices.is_empty() { None } else { choices.get(self.below(choices.len())).cloned() }
    }

    /// Makes an edit of some kind and says how it is undone with all that followed from it.
    async fn edit(&mut self, kind: usize) -> Result<Undo> {
        let (id, store) = (self.scene.id.clone(), self.store.clone());
        let last = store.revisions(&id, None, None, 1).await?[0].number;
        let undo = self.edit_one(kind).await?;
        let mut followed = Vec::new();
        for revision in store.revisions(&id, None, None, 100).await?.into_iter().rev() {
            if revision.number > last && revision.reason.starts_with("Worked out anew") {
                let of = Some((Subject::Event, revision.subject_id.as_str()));
                let before = store.revisions(&id, of, Some(revision.number), 1).await?[0].number;
                followed.push((EventId::from(revision.subject_id.as_str()), before));
            }
        }
        Ok(if followed.is_empty() { undo } else { Undo::Moved(Box::new(undo), followed) })
    }

    /// Makes an edit of some kind, if there is something to make it to, and says how it is undone.
    async fn edit_one(&mut self, kind: usize) -> Result<Undo> {
        let (by, id, store) = (ada(), self.scene.id.clone(), self.store.clone());
        if self.is_deleted {
            store.restore_dispute(&by, &id, None, "").await?;
            self.is_deleted = false;
            return Ok(Undo::DeleteDispute);
        }
        Ok(match kind {
            0 => {
                store.delete_dispute(&by, &id, "").await?;
                self.is_deleted = true;
                Undo::RestoreDispute
            }
            1 | 2 => self.change_dispute().await?,
            3 => {
                let party = store.add_party(&by, &id, &self.party()).await?;
                self.parties.push(party.id.clone());
                Undo::DeleteParty(party.id)
            }
            4 | 5 => self.change_party().await?,
            6 => {
                let position = store.add_position(&by, &id, &self.position()).await?;
                self.positions.push(position.id.clone());
                Undo::DeletePosition(position.id)
            }
            7 | 8 => self.change_position().await?,
            9 => self.add_article().await?,
            10 => {
                let article = self.of(&self.articles.clone()).ok_or(StoreError::NotFound)?;
                if store.article(&id, &article).await.is_ok() {
                    store.delete_article(&by, &id, &article, "").await?;
                    Undo::RestoreArticle(article)
                } else {
                    store.restore_article(&by, &id, &article, "").await?;
                    Undo::DeleteArticle(article)
                }
            }
            11 | 12 => self.decide().await?,
            13..16 => {
                let event = store.add_event(&by, &id, &self.event(), "").await?;
                self.events.push(event.id.clone());
                Undo::DeleteEvent(event.id)
            }
            _ => self.change_event().await?,
        })
    }

    async fn change_dispute(&mut self) -> Result<Undo> {
        let before = self.store.dispute(&Reader::Program, &self.scene.dispute.slug).await?.0;
        let nth = self.below(1_000_000);
        let draft = DisputeDraft {
            title: format!("Title {nth}"),
            status: self.of(Status::ALL).unwrap_or(Status::Open),
            summary: "x".repeat(nth % 7),
            ..dispute(&format!("one-{}", nth % 5))
        };
        let after = self.store.change_dispute(&ada(), &before.id, before.version, &draft, "").await?;
        self.scene.dispute.slug = after.slug;
        let draft = DisputeDraft {
            slug: before.slug,
            title: before.title,
            summary: before.summary,
            question: before.question,
            status: before.status,
            inclusion_rule: before.inclusion_rule,
        };
        Ok(Undo::ChangeDispute(Box::new(draft)))
    }

    fn party(&mut self) -> PartyDraft {
        let nth = self.below(40);
        let kind = self.of(PartyKind::ALL).unwrap_or(PartyKind::Other);
        PartyDraft { kind, name: format!("Name {}", self.below(1_000)), ..party(&format!("key-{nth}")) }
    }

    /// One of the parties that take part. The others do nothing, so that they can be deleted.
    fn busy(&mut self) -> PartyId {
        let busy: Vec<PartyId> = self.parties.iter().take(4).cloned().collect();
        self.of(&busy).unwrap_or_else(|| "none".into())
    }

    async fn change_party(&mut self) -> Result<Undo> {
        let (by, id, store) = (ada(), self.scene.id.clone(), self.store.clone());
        let party = self.of(&self.parties.clone()).ok_or(StoreError::NotFound)?;
        let there = store.parties(&id).await?.into_iter().find(|one| one.id == party);
        let Some(before) = there else {
            store.restore_party(&by, &id, &party, None, "").await?;
            return Ok(Undo::DeleteParty(party));
        };
        if self.below(2) == 0 {
            store.delete_party(&by, &id, &party, "").await?;
            return Ok(Undo::RestoreParty(party));
        }
        store.change_party(&by, &id, &party, &self.party(), "").await?;
        let before =
            PartyDraft { key: before.key, name: before.name, aliases: before.aliases, kind: before.kind };
        Ok(Undo::ChangeParty(party, before))
    }

    fn position(&mut self) -> PositionDraft {
        let nth = self.below(1_000);
        let from = self.of(&self.articles.clone()).filter(|_| nth.is_multiple_of(2));
        PositionDraft {
            party: self.busy(),
            statement: format!("Holds {nth}"),
            date: date(["2026-01/..", "2026-01-09", "../2025", "2025-03~"][nth % 4]),
            source: from.map(|article| PositionSource { article, passage: passage("words", 5) }),
        }
    }

    async fn change_position(&mut self) -> Result<Undo> {
        let (by, id, store) = (ada(), self.scene.id.clone(), self.store.clone());
        let position = self.of(&self.positions.clone()).ok_or(StoreError::NotFound)?;
        let there = store.positions(&id).await?.into_iter().find(|one| one.id == position);
        let Some(before) = there else {
            store.restore_position(&by, &id, &position, None, "").await?;
            return Ok(Undo::DeletePosition(position));
        };
        if self.below(2) == 0 {
            store.delete_position(&by, &id, &position, "").await?;
            return Ok(Undo::RestorePosition(position));
        }
        store.change_position(&by, &id, &position, &self.position(), "").await?;
        let before = PositionDraft {
            party: before.party,
            statement: before.statement,
            date: before.date,
            source: before.source,
        };
        Ok(Undo::ChangePosition(position, Box::new(before)))
    }

    async fn add_article(&mut self) -> Result<Undo> {
        let nth = self.below(60);
        let draft = article("Courier", Some("2026-02-02"), &format!("Text {nth}."));
        let titles = ["a", "b", "c"];
        let found: Vec<_> = titles[..nth % 4 % 3 + 1]
            .iter()
            .map(|title| {
                candidate(&format!("{title} {nth}"), (!nth.is_multiple_of(5)).then_some("2026-01-09"), &[3])
            })
            .collect();
        let (article, is_new) = self.store.add_article(&ada(), &self.scene.id, &draft, &found).await?;
        if !is_new {
            return Err(StoreError::Taken("text"));
        }
        self.articles.push(article.id.clone());
        Ok(Undo::DeleteArticle(article.id))
    }

    async fn decide(&mut self) -> Result<Undo> {
        let (by, id, store) = (ada(), self.scene.id.clone(), self.store.clone());
        let all = store.candidates(&id, None, None).await?;
        let candidate = self.of(&all).ok_or(StoreError::NotFound)?;
        let one = [candidate.id.clone()];
        match (candidate.decision, self.below(4)) {
            (Decision::Rejected, _) => {
                store.decide_candidate(&by, &id, &candidate.id, Decision::Pending).await?;
                return Ok(Undo::Reject(candidate.id));
            }
            // What takes it back is an undo itself; accepted anew it would be another event.
            (Decision::Accepted, _) => return Err(StoreError::Conflict),
            (Decision::Pending, 0) => {
                store.decide_candidate(&by, &id, &candidate.id, Decision::Rejected).await?;
            }
            (Decision::Pending, 1) => {
                let event = self.of(&self.events.clone()).ok_or(StoreError::NotFound)?;
                let version = store.event(&id, &event).await?.version;
                store.merge_candidate(&by, &id, &candidate.id, &event, version).await?;
            }
            (Decision::Pending, 2) => {
                let made = store.accept_candidate(&by, &id, &candidate.id, &self.event()).await?;
                self.events.push(made.id);
            }
            (Decision::Pending, _) => {
                let outcome = store.decide_candidates(&by, &id, &one, Verdict::Accept).await?;
                if outcome.done.is_empty() {
                    return Err(StoreError::Unknown("date"));
                }
                self.events.extend(store.candidate(&id, &candidate.id).await?.event);
            }
        }
        Ok(Undo::TakeBack(candidate.id))
    }

    fn event(&mut self) -> EventDraft {
        let dates = ["2026-01-09", "2026-01~", "2026?", "../2026-01-09", "[2026-01-05..2026-01-09]"];
        let nth = self.below(10_000);
        let mut draft = event(dates[nth % 5], &format!("Event {nth}"));
        draft.description = "word ".repeat(nth % 4);
        if nth.is_multiple_of(2) {
            let latest: Vec<EventId> = self.events.iter().rev().take(20).cloned().collect();
            let base = self.of(&latest).filter(|_| !nth.is_multiple_of(3));
            self.bases.extend(base.clone());
            let rule = base.map(|base| DueRule { base, count: 30, unit: Unit::Days, side: Side::After });
            draft.date = draft.date.filter(|_| rule.is_none());
            draft.step_of = self.of(&latest).filter(|_| nth.is_multiple_of(8));
            draft.due = Some(Due { state: self.of(DueState::ALL).unwrap_or(DueState::Pending), rule });
        }
        for _ in 0..nth % 3 {
            let party = self.busy();
            draft.parties.push(part(&party, self.of(Role::ALL).unwrap_or(Role::Actor)));
        }
        for _ in 0..nth % 4 {
            if let Some(article) = self.of(&self.articles.clone()) {
                draft.citations.push(citation(&article, AttributionKind::Unnamed, Some(3)));
            }
        }
        draft
    }

    async fn change_event(&mut self) -> Result<Undo> {
        let (by, id, store) = (ada(), self.scene.id.clone(), self.store.clone());
        let among = if self.below(2) == 0 { self.bases.clone() } else { self.events.clone() };
        let event = self.of(&among).ok_or(StoreError::NotFound)?;
        let history = store.revisions(&id, Some((Subject::Event, event.as_str())), None, 50).await?;
        let Ok(before) = store.event(&id, &event).await else {
            store.restore_event(&by, &id, &event, None, "").await?;
            return Ok(Undo::DeleteEvent(event));
        };
        match self.below(3) {
            0 => {
                store.delete_event(&by, &id, &event, before.version, "").await?;
            }
            1 => {
                let mut draft = self.event();
                // Some of its citations stay.
                draft.citations.extend(before.citations.into_iter().skip(1).map(Into::into));
                store.change_event(&by, &id, &event, before.version, &draft, "").await?;
            }
            _ => {
                let to = self.of(&history).ok_or(StoreError::NotFound)?.number;
                store.restore_event(&by, &id, &event, Some(to), "").await?;
            }
        }
        Ok(Undo::RestoreEvent(event, history[0].number))
    }

    async fn undo(&mut self, undo: &Undo) -> Result<()> {
        let Undo::Moved(first, followed) = undo else { return self.undo_one(undo).await };
        self.undo_one(first).await?;
        for (event, revision) in followed {
            self.store.restore_event(&ada(), &self.scene.id, event, Some(*revision), "").await?;
        }
        Ok(())
    }

    async fn undo_one(&mut self, undo: &Undo) -> Result<()> {
        let (by, id, store) = (ada(), self.scene.id.clone(), self.store.clone());
        match undo {
            Undo::ChangeDispute(draft) => {
                let version = store.dispute(&Reader::Program, &self.scene.dispute.slug).await?.0.version;
                store.change_dispute(&by, &id, version, draft, "").await?;
                self.scene.dispute.slug.clone_from(&draft.slug);
            }
            Undo::DeleteDispute => {
                store.delete_dispute(&by, &id, "").await?;
                self.is_deleted = true;
            }
            Undo::RestoreDispute => {
                store.restore_dispute(&by, &id, None, "").await?;
                self.is_deleted = false;
            }
            Undo::DeleteParty(party) => store.delete_party(&by, &id, party, "").await?,
            Undo::ChangeParty(party, draft) => {
                store.change_party(&by, &id, party, draft, "").await.map(drop)?;
            }
            Undo::RestoreParty(party) => store.restore_party(&by, &id, party, None, "").await.map(drop)?,
            Undo::DeletePosition(position) => store.delete_position(&by, &id, position, "").await?,
            Undo::ChangePosition(position, draft) => {
                store.change_position(&by, &id, position, draft, "").await.map(drop)?;
            }
            Undo::RestorePosition(position) => {
                store.restore_position(&by, &id, position, None, "").await.map(drop)?;
            }
            Undo::Moved(..) => unreachable!("it stands around one that is none"),
            Undo::DeleteEvent(event) => {
                let version = store.event(&id, event).await?.version;
                store.delete_event(&by, &id, event, version, "").await?;
            }
            Undo::RestoreEvent(event, revision) => {
                store.restore_event(&by, &id, event, Some(*revision), "").await.map(drop)?;
            }
            Undo::DeleteArticle(article) => store.delete_article(&by, &id, article, "").await?,
            Undo::RestoreArticle(article) => store.restore_article(&by, &id, article, "").await.map(drop)?,
            Undo::TakeBack(candidate) => {
                let outcome =
                    store.decide_candidates(&by, &id, std::slice::from_ref(candidate), Verdict::Undo).await?;
                assert_eq!(outcome.left, [], "a decision cannot be taken back");
            }
            Undo::Reject(candidate) => {
                store.decide_candidate(&by, &id, candidate, Decision::Rejected).await.map(drop)?;
            }
        }
        Ok(())
    }

    /// What the dispute says by its revisions, after seeing to it that the tables say the same.
    async fn said(&self) -> Said {
        let tables = whole(&*self.store, &self.scene).await;
        let mut record = self.store.record(&self.scene.id, tables.dispute.revision).await.unwrap();
        assert_eq!(tables, record, "the tables and the revisions differ");
        (record.dispute.version, record.dispute.revision) = (0, 0);
        for event in &mut record.events {
            (event.version, event.updated) = (0, DateTime::UNIX_EPOCH);
        }
        let mut candidates = self.store.candidates(&self.scene.id, None, None).await.unwrap();
        for candidate in &mut candidates {
            candidate.decided_at = None;
        }
        Said { record, candidates }
    }
}

pub(crate) async fn a_thousand_edits_are_undone(home: Home) {
    let mut editor = Editor::new(home.open().await).await;
    let mut notes = vec![(0, editor.said().await)];
    let start = notes[0].1.record.clone();
    let counts = [start.events.len(), start.parties.len(), start.positions.len(), start.articles.len()];
    assert!(counts.iter().all(|count| *count > 0), "there is nothing to spoil: {counts:?}");
    let (mut undos, mut done) = (Vec::new(), std::collections::BTreeMap::new());
    let began = Instant::now();
    while undos.len() < EDITS && began.elapsed() < PATIENCE {
        let kind = editor.below(22);
        // What is in use or taken is refused, which is no edit.
        match editor.edit(kind).await {
            Ok(undo) => {
                let name = format!("{undo:?}");
                let name = name.split('(').next().unwrap_or_default().to_owned();
                *done.entry(name).or_insert(0) += 1;
                undos.push(undo);
            }
            Err(error @ StoreError::Failed(_)) => panic!("{error:?}"),
            Err(_) => continue,
        }
        if undos.len().is_multiple_of(STRETCH) && !editor.is_deleted {
            notes.push((undos.len(), editor.said().await));
        }
    }
    println!("{} edits in {:?}: {done:?}", undos.len(), began.elapsed());
    assert!(undos.len() >= EDITS / 5, "only {} edits in {PATIENCE:?}", undos.len());
    assert!(notes.len() > 2 && notes[0].1 != notes[1].1, "nothing was changed");
    assert_eq!(done.len(), 16, "every kind of edit was made: {done:?}");
    loop {
        if notes.last().is_some_and(|(at, _)| *at == undos.len()) {
            let (at, note) = notes.pop().unwrap();
            assert_eq!(editor.said().await, note, "after undoing to edit {at}");
        }
        let Some(undo) = undos.pop() else { break };
        let result = editor.undo(&undo).await;
        assert!(result.is_ok(), "edit {} cannot be undone by {undo:?}: {result:?}", undos.len());
    }
    assert!(notes.is_empty(), "the start is reached");
}
