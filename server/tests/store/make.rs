//! Short ways to make what the cases are about.

use impasse_app::model::article::{Article, ArticleDraft, Candidate, CandidateDraft, Decision, Passage};
use impasse_app::model::date::EventDate;
use impasse_app::model::dispute::{
    Dispute, DisputeDraft, Party, PartyDraft, PartyKind, PositionDraft, Status,
};
use impasse_app::model::event::{
    Attribution, AttributionKind, CitationDraft, Event, EventDraft, EventParty, Importance, Kind, Phase, Role,
};
use impasse_app::model::id::{ArticleId, DisputeId, EventId, PartyId, UserId};
use impasse_app::model::revision::Actor;
use impasse_app::model::view::View;
use impasse_app::store::{EventBrief, Outline, Store, StoreError};

pub(crate) fn ada() -> Actor {
    Actor { user: Some(UserId::from("ada")), name: "Ada".to_owned() }
}

pub(crate) fn date(edtf: &str) -> EventDate {
    EventDate::parse(edtf).unwrap()
}

pub(crate) fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn dispute(slug: &str) -> DisputeDraft {
    DisputeDraft {
        slug: slug.to_owned(),
        title: format!("The {slug} dispute"),
        summary: "Two sides and a contract.".to_owned(),
        question: "Who decides?".to_owned(),
        status: Status::Open,
        inclusion_rule: "Whatever is dated and sourced.".to_owned(),
    }
}

pub(crate) fn party(key: &str) -> PartyDraft {
    PartyDraft {
        key: key.to_owned(),
        name: format!("Party {key}"),
        aliases: vec![format!("{key} Ltd"), "A. K. A.".to_owned()],
        kind: PartyKind::Company,
    }
}

pub(crate) fn position(party: &Party, statement: &str, edtf: &str) -> PositionDraft {
    PositionDraft { party: party.id.clone(), statement: statement.to_owned(), date: date(edtf), source: None }
}

pub(crate) fn event(edtf: &str, title: &str) -> EventDraft {
    EventDraft {
        date: Some(date(edtf)),
        title: title.to_owned(),
        description: String::new(),
        kind: Kind::Other,
        phase: Phase::Done,
        importance: Importance::Normal,
        sequence: 0,
        due: None,
        step_of: None,
        parties: Vec::new(),
        citations: Vec::new(),
    }
}

pub(crate) fn part(party: &PartyId, role: Role) -> EventParty {
    EventParty { party: party.clone(), role }
}

pub(crate) fn passage(words: &str, start: i64) -> Passage {
    Passage {
        exact: words.to_owned(),
        prefix: "before ".to_owned(),
        suffix: " after".to_owned(),
        start,
        end: start + i64::try_from(words.chars().count()).unwrap(),
    }
}

pub(crate) fn citation(article: &ArticleId, kind: AttributionKind, count: Option<i64>) -> CitationDraft {
    CitationDraft {
        id: None,
        article: article.clone(),
        passage: passage("the words", 7),
        attribution: Attribution { kind, wording: "people familiar".to_owned(), count },
        date: None,
    }
}

pub(crate) fn article(publisher: &str, published: Option<&str>, text: &str) -> ArticleDraft {
    ArticleDraft {
        url: Some("https://example.org/a?b=c".to_owned()),
        publisher: publisher.to_owned(),
        title: "Headline".to_owned(),
        byline: "By Nobody".to_owned(),
        published: published.map(day),
        text: text.to_owned(),
        ..ArticleDraft::default()
    }
}

pub(crate) fn candidate(title: &str, edtf: Option<&str>, starts: &[i64]) -> CandidateDraft {
    let mut event = EventDraft { date: edtf.map(date), ..event("2026", title) };
    let nowhere = ArticleId::from("");
    event.citations = starts
        .iter()
        .map(|start| CitationDraft {
            passage: passage(title, *start),
            ..citation(&nowhere, AttributionKind::OnRecord, None)
        })
        .collect();
    CandidateDraft {
        event,
        rule: "month-day".to_owned(),
        basis: "“Jan. 9” against 2026-01-29".to_owned(),
        reasons: vec!["names a party".to_owned()],
        score: 80,
        likeness: None,
    }
}

/// A dispute with two parties and an article.
pub(crate) struct Scene {
    pub(crate) dispute: Dispute,
    pub(crate) id: DisputeId,
    pub(crate) red: Party,
    pub(crate) blue: Party,
    pub(crate) article: Article,
}

pub(crate) async fn scene(store: &dyn Store, slug: &str) -> Scene {
    let by = ada();
    let dispute = store.add_dispute(&by, &dispute(slug)).await.unwrap();
    let id = dispute.id.clone();
    let red = store.add_party(&by, &id, &party("red")).await.unwrap();
    let blue = store.add_party(&by, &id, &party("blue")).await.unwrap();
    let (article, added) = store
        .add_article(&by, &id, &article("Herald", Some("2026-01-29"), "Some words."), &[])
        .await
        .unwrap();
    assert!(added);
    Scene { dispute, id, red, blue, article }
}

impl Scene {
    pub(crate) async fn add(&self, store: &dyn Store, draft: &EventDraft) -> Event {
        store.add_event(&ada(), &self.id, draft, "because").await.unwrap()
    }

    pub(crate) async fn cite(
        &self,
        store: &dyn Store,
        publisher: &str,
        published: Option<&str>,
    ) -> ArticleId {
        let text = format!("{publisher} {published:?}");
        let draft = article(publisher, published, &text);
        store.add_article(&ada(), &self.id, &draft, &[]).await.unwrap().0.id
    }

    pub(crate) async fn briefs(&self, store: &dyn Store) -> Vec<EventBrief> {
        self.seen(store, &View::default()).await
    }

    /// What a view lets through, after seeing to it that outline and events read by name agree with it.
    pub(crate) async fn seen(&self, store: &dyn Store, view: &View) -> Vec<EventBrief> {
        let events = store.events(&self.id, view).await.unwrap();
        let outline: Vec<Outline> = events.iter().map(Outline::from).collect();
        assert_eq!(store.outline(&self.id, view).await.unwrap(), outline);
        let ids: Vec<EventId> = events.iter().rev().map(|event| event.id.clone()).collect();
        assert_eq!(store.events_named(&self.id, &ids).await.unwrap(), events);
        events
    }

    /// The titles that a view lets through, in order.
    pub(crate) async fn titles(&self, store: &dyn Store, change: impl FnOnce(&mut View)) -> Vec<String> {
        let view = View::default().with(change);
        self.seen(store, &view).await.into_iter().map(|event| event.title).collect()
    }

    pub(crate) async fn waiting(&self, store: &dyn Store) -> Vec<Candidate> {
        store.candidates(&self.id, None, Some(Decision::Pending)).await.unwrap()
    }
}

/// What sort of error it was.
pub(crate) fn kind<T: std::fmt::Debug>(result: Result<T, StoreError>) -> String {
    match result {
        Ok(value) => panic!("should have failed, not {value:?}"),
        Err(StoreError::NotFound) => "not found".to_owned(),
        Err(StoreError::Conflict) => "conflict".to_owned(),
        Err(StoreError::Taken(field)) => format!("taken {field}"),
        Err(StoreError::InUse(by)) => format!("in use {by}"),
        Err(StoreError::Unknown(field)) => format!("unknown {field}"),
        Err(StoreError::Refused { field, .. }) => format!("refused at {field}"),
        Err(error @ (StoreError::Failed(_) | StoreError::NoRoom(_))) => {
            panic!("the database failed: {error:?}")
        }
    }
}
