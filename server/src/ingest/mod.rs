//! From an article to candidates: the extraction's findings in the product's own terms.

mod reading;
mod scene;

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use impasse_app::model::article::{Article, ArticleDraft, CandidateDraft, Likeness, Passage, Taken};
use impasse_app::model::date::EventDate;
use impasse_app::model::dispute::Party;
use impasse_app::model::event::{
    Attribution, AttributionKind, CitationDraft, EventDraft, EventParty, Importance, Kind, Phase, Role,
};
use impasse_app::model::id::{ArticleId, DisputeId, EventId};
use impasse_app::model::revision::Actor;
use impasse_app::store::{EventBrief, Result, SharedStore, StoreError};
use impasse_extract as extract;

pub use reading::{Source, Unreadable, read};
pub use scene::{Scene, on_all_cores};

/// Keeps an article in a dispute, with the candidates found in it. Of a text that is there already nothing is kept
/// twice, and the article that is there is returned with `false`.
///
/// # Errors
/// Those of the store.
pub async fn ingest(
    store: &SharedStore,
    by: &Actor,
    dispute: &DisputeId,
    draft: ArticleDraft,
) -> Result<(Article, bool)> {
    match take(store, by, dispute, draft).await? {
        Taken::New(article) => Ok((article, true)),
        Taken::There(article) => Ok((article, false)),
        Taken::Deleted => Err(StoreError::Taken("text")),
    }
}

/// Keeps an article in a dispute, with the candidates found in it unless it has to wait, and says what became of it.
///
/// # Errors
/// Those of the store.
pub async fn take(
    store: &SharedStore,
    by: &Actor,
    dispute: &DisputeId,
    draft: ArticleDraft,
) -> Result<Taken> {
    if let Some(known) = store.known_article(dispute, &draft).await? {
        return Ok(known);
    }
    let mut scene = Scene::of(store, dispute).await?;
    let prepared = off_thread(move || scene.prepare(draft)).await??;
    let taken = store.take_articles(by, dispute, &[prepared]).await?;
    taken.into_iter().next().ok_or(StoreError::NotFound)
}

/// Makes an article that waited a source, with the candidates found in it.
///
/// # Errors
/// Those of the store.
pub async fn confirm(
    store: &SharedStore,
    by: &Actor,
    dispute: &DisputeId,
    id: &ArticleId,
    draft: ArticleDraft,
) -> Result<Article> {
    let scene = Scene::of(store, dispute).await?;
    let (draft, found) = off_thread(move || {
        let found = scene.found(&draft);
        (draft, found)
    })
    .await?;
    store.confirm_article(by, dispute, id, &draft, &found).await
}

/// Does what takes a while off the threads that serve requests.
///
/// # Errors
/// When it panicked, which is a fault of ours.
pub async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| StoreError::Failed(Box::new(error)))
}

/// What the extraction finds in an article of a dispute, the best first. The citations name no article yet: the store
/// puts in the one that it makes.
pub fn find(draft: &ArticleDraft, parties: &[Party], events: &[EventBrief]) -> Vec<CandidateDraft> {
    let known_parties: Vec<extract::Party> = parties
        .iter()
        .map(|party| extract::Party {
            key: party.key.clone(),
            name: party.name.clone(),
            aliases: party.aliases.clone(),
        })
        .collect();
    let anchors: Vec<extract::Anchor> = events
        .iter()
        .map(|event| extract::Anchor {
            id: event.id.to_string(),
            title: event.title.clone(),
            kind: kind_for_extraction(event.kind),
            edtf: event.date.edtf().to_owned(),
        })
        .collect();
    let key_of: HashMap<&str, &str> =
        parties.iter().map(|party| (party.id.as_str(), party.key.as_str())).collect();
    let timeline: Vec<extract::KnownEvent> = events
        .iter()
        .map(|event| extract::KnownEvent {
            id: event.id.to_string(),
            title: event.title.clone(),
            kind: kind_for_extraction(event.kind),
            phase: phase_for_extraction(event.phase),
            edtf: event.date.edtf().to_owned(),
            parties: event
                .parties
                .iter()
                .filter_map(|part| key_of.get(part.party.as_str()).map(|key| (*key).to_owned()))
                .collect(),
            quotes: Vec::new(),
        })
        .collect();
    let context = extract::Context {
        published: draft.published.and_then(day_for_extraction),
        title: &draft.title,
        parties: &known_parties,
        anchors: &anchors,
    };
    extract::candidates(&draft.text, &context)
        .candidates
        .into_iter()
        .filter_map(|candidate| {
            let likeness = likeness(&candidate, &timeline);
            candidate_draft(&draft.text, candidate, parties, likeness)
        })
        .collect()
}

fn likeness(candidate: &extract::Candidate, timeline: &[extract::KnownEvent]) -> Option<Likeness> {
    match extract::match_candidate(candidate, timeline) {
        extract::Match::New => None,
        extract::Match::Citation { event, why } => {
            Some(Likeness { event: EventId::from(event), is_rival: false, why })
        }
        extract::Match::RivalDate { event, why } => {
            Some(Likeness { event: EventId::from(event), is_rival: true, why })
        }
    }
}

fn candidate_draft(
    text: &str,
    candidate: extract::Candidate,
    parties: &[Party],
    likeness: Option<Likeness>,
) -> Option<CandidateDraft> {
    let date = candidate
        .edtf
        .as_deref()
        .and_then(|edtf| EventDate::parse(edtf).ok())
        .map(|date| date.with_printed(candidate.date_printed.clone()));
    let citations: Vec<CitationDraft> = candidate
        .quotes
        .iter()
        .filter_map(|quote| {
            Some(CitationDraft {
                id: None,
                article: ArticleId::from(""),
                passage: Passage::at(text, quote.span.clone())?,
                attribution: attribution(&quote.attribution),
                date: date.clone(),
            })
        })
        .collect();
    let mut involved: Vec<EventParty> = Vec::new();
    for (key, role) in &candidate.parties {
        if let Some(party) = parties.iter().find(|party| party.key == *key)
            && !involved.iter().any(|part| part.party == party.id)
        {
            involved.push(EventParty { party: party.id.clone(), role: role_of(role) });
        }
    }
    // A candidate without a quote would be a claim without evidence.
    (!citations.is_empty()).then(|| CandidateDraft {
        event: EventDraft {
            date,
            title: candidate.title.chars().take(200).collect(),
            description: String::new(),
            kind: kind(candidate.kind),
            phase: phase(candidate.phase),
            importance: if candidate.score >= 0.75 { Importance::Major } else { Importance::Normal },
            sequence: 0,
            due: None,
            step_of: None,
            parties: involved,
            citations,
        },
        rule: candidate.date_rule,
        basis: candidate.date_basis,
        reasons: candidate.reasons,
        score: (f64::from(candidate.score) * 100.0).round().clamp(0.0, 100.0) as i64,
        likeness,
    })
}

fn attribution(found: &extract::Attribution) -> Attribution {
    Attribution {
        kind: match found.kind {
            extract::AttributionKind::OnRecord => AttributionKind::OnRecord,
            extract::AttributionKind::Document => AttributionKind::Document,
            extract::AttributionKind::Spokesperson => AttributionKind::Spokesperson,
            extract::AttributionKind::Unnamed => AttributionKind::Unnamed,
            // That nobody answered is what the outlet itself says; the wording keeps it.
            extract::AttributionKind::Outlet | extract::AttributionKind::Declined => AttributionKind::Outlet,
        },
        wording: found.wording.clone(),
        count: found.count.map(i64::from),
    }
}

fn role_of(role: &str) -> Role {
    match role {
        "target" => Role::Target,
        "participant" => Role::Participant,
        "decider" => Role::Decider,
        _ => Role::Actor,
    }
}

fn day_for_extraction(day: NaiveDate) -> Option<extract::Date> {
    extract::Date::new(day.year(), u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?)
}

/// Maps the closed vocabularies of the two crates onto each other. They are the same words, but the extraction stands
/// alone and the domain does not know it.
macro_rules! same_words {
    ($to:ident, $from:ident, $ours:ident, $theirs:ident, $($value:ident),+) => {
        fn $to(theirs: extract::$theirs) -> $ours {
            match theirs { $(extract::$theirs::$value => $ours::$value),+ }
        }

        fn $from(ours: $ours) -> extract::$theirs {
            match ours { $($ours::$value => extract::$theirs::$value),+ }
        }
    };
}

same_words!(
    kind,
    kind_for_extraction,
    Kind,
    EventKind,
    Memo,
    Negotiation,
    Statement,
    Contract,
    Filing,
    Ruling,
    Legislation,
    Deadline,
    Report,
    Other
);
same_words!(phase, phase_for_extraction, Phase, Phase, Announced, Done, InEffect);
