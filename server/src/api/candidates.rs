//! Candidates: what was found in articles and waits for an editor.

use chrono::{DateTime, Utc};
use impasse_app::model::article::{self, Decision as Decided};
use impasse_app::model::event::EventDraft;
use impasse_app::model::id::{ArticleId, CandidateId, EventId};
use impasse_app::model::inbox::{InboxOrder, Verdict as Given};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer::{Answer, Page};
use super::body::{Body, Patch};
use super::call::{InDispute, Level, Paging, ReadInbox, Review, Within};
use super::date::WholeDate;
use super::event_input::{EventInput, EventPatch};
use super::events::{Event, whole};
use super::problem::Problem;
use super::quotes::Quote;
use super::words::{AttributionKind, Decision, Importance, Kind, Left, Phase, Role, Verdict};
use crate::web::Server;

pub(super) fn router() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(list_candidates))
        .routes(routes!(decide_candidates))
        .routes(routes!(get_candidate))
        .routes(routes!(accept_candidate))
        .routes(routes!(merge_candidate))
}

/// A dated event found in an article.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct Candidate {
    id: String,
    /// The article’s identifier.
    article: String,
    event: CandidateEvent,
    /// The rule that resolved the date.
    rule: String,
    /// What the rule resolved it from, in words.
    basis: String,
    /// Why it is a candidate, in words.
    reasons: Vec<String>,
    /// How strong it is, from 0 to 100.
    score: i64,
    /// The event on the timeline that it seems to tell of.
    #[schema(required)]
    likeness: Option<Likeness>,
    decision: Decision,
    /// The identifier of the event that it became or was added to.
    #[schema(required)]
    became: Option<String>,
    /// Who decided.
    #[schema(required)]
    decided_by: Option<String>,
    /// When it was decided.
    #[schema(required)]
    decided_at: Option<DateTime<Utc>>,
}

/// What a candidate would become.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct CandidateEvent {
    /// Null where no date could be resolved; then it cannot be accepted as it is.
    #[schema(required)]
    date: Option<WholeDate>,
    title: String,
    description: String,
    kind: Kind,
    phase: Phase,
    importance: Importance,
    parties: Vec<CandidateParty>,
    citations: Vec<CandidateCitation>,
}

/// A party’s part in what a candidate would become.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct CandidateParty {
    /// The party’s identifier.
    party: String,
    role: Role,
}

/// The words that a candidate was found in.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct CandidateCitation {
    #[serde(flatten)]
    quote: Quote,
    /// Who says so.
    attribution: AttributionKind,
    /// The wording as printed.
    wording: String,
}

/// A likeness of a candidate to an event.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct Likeness {
    /// The event’s identifier.
    event: String,
    /// Whether the candidate gives a date that cannot be the event’s.
    is_rival: bool,
    /// What they have in common, in words.
    why: String,
}

impl From<article::Candidate> for Candidate {
    fn from(candidate: article::Candidate) -> Self {
        let draft = candidate.draft;
        let event = draft.event;
        let parties = event
            .parties
            .into_iter()
            .map(|part| CandidateParty { party: part.party.0, role: part.role.into() });
        let citations = event.citations.into_iter().map(|citation| CandidateCitation {
            quote: citation.passage.into(),
            attribution: citation.attribution.kind.into(),
            wording: citation.attribution.wording,
        });
        Self {
            id: candidate.id.0,
            article: candidate.article.0,
            event: CandidateEvent {
                date: event.date.as_ref().map(WholeDate::from),
                title: event.title,
                description: event.description,
                kind: event.kind.into(),
                phase: event.phase.into(),
                importance: event.importance.into(),
                parties: parties.collect(),
                citations: citations.collect(),
            },
            rule: draft.rule,
            basis: draft.basis,
            reasons: draft.reasons,
            score: draft.score,
            likeness: draft.likeness.map(|likeness| Likeness {
                event: likeness.event.0,
                is_rival: likeness.is_rival,
                why: likeness.why,
            }),
            decision: candidate.decision.into(),
            became: candidate.event.map(|event| event.0),
            decided_by: candidate.decided_by,
            decided_at: candidate.decided_at,
        }
    }
}

/// Which candidates.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(
    dead_code,
    reason = "it names the parameters for the OpenAPI document; `list_candidates` reads them"
)]
struct Filters {
    /// `pending`, `accepted` or `rejected`; all without it.
    decision: Option<String>,
    /// The identifier of the article that they were found in.
    article: Option<String>,
    /// `strongest` or `newest`; without it, in the order of the text, articles newest first.
    order: Option<String>,
}

/// The address of a candidate.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it names the parameter for the OpenAPI document; `Within` reads it")]
struct CandidatePath {
    /// The candidate’s identifier.
    id: String,
}

/// List candidates
#[utoipa::path(get, path = "/disputes/{dispute}/candidates", tag = "Candidates",
    params(InDispute, Filters, Paging), security(("token" = ["read"])),
    responses((status = OK, description = "A page of candidates.", body = Page<Candidate>)))]
async fn list_candidates(within: Within<ReadInbox>) -> Answer {
    within.only(&["decision", "article", "order", "limit", "cursor"])?;
    let decision = within.choice("decision", Decided::from_key)?;
    let order = within.choice("order", InboxOrder::from_key)?;
    let article = within.param("article").map(ArticleId::from);
    let (store, dispute) = (&within.server.store, &within.dispute.id);
    let mut candidates = store.candidates(dispute, article.as_ref(), decision).await?;
    if order == Some(InboxOrder::Strongest) {
        candidates.sort_by_key(|candidate| -candidate.draft.score);
    }
    within.listed(&candidates, |candidate| candidate.id.as_str(), Candidate::from)
}

async fn one<L: Level>(within: &Within<L>) -> Result<article::Candidate, Problem> {
    let id = CandidateId::from(within.id.as_str());
    Ok(within.server.store.candidate(&within.dispute.id, &id).await?)
}

/// Get a candidate
#[utoipa::path(get, path = "/disputes/{dispute}/candidates/{id}", tag = "Candidates",
    params(InDispute, CandidatePath), security(("token" = ["read"])),
    responses((status = OK, description = "The candidate.", body = Candidate)))]
async fn get_candidate(within: Within<ReadInbox>) -> Answer {
    within.only(&[])?;
    within.found(&Candidate::from(one(&within).await?))
}

/// What is decided about several candidates.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Decisions {
    verdict: Verdict,
    /// Identifiers of candidates.
    #[schema(min_items = 1, max_items = 1_000)]
    candidates: Vec<String>,
}

/// What became of several candidates that were decided at once.
#[derive(Debug, Serialize, ToSchema)]
struct Outcome {
    /// When it was decided; null if nothing was, or if a decision was taken back.
    #[schema(required)]
    at: Option<DateTime<Utc>>,
    /// Identifiers of those that were decided.
    done: Vec<String>,
    /// Those that were left as they were.
    left: Vec<LeftAs>,
}

/// A candidate that was left as it was.
#[derive(Debug, Serialize, ToSchema)]
struct LeftAs {
    /// Its identifier.
    candidate: String,
    reason: Left,
}

/// Decide about several candidates
///
/// All in one change. Those about which it cannot be done are left as they were, each with the reason.
#[utoipa::path(post, path = "/disputes/{dispute}/candidates/decisions", tag = "Candidates", params(InDispute),
    request_body = Decisions, security(("token" = ["write"])),
    responses((status = OK, description = "What became of them.", body = Outcome)))]
async fn decide_candidates(within: Within<Review>, Body(input): Body<Decisions>) -> Answer {
    if !(1..=1_000).contains(&input.candidates.len()) {
        return Err(Problem::invalid_at("candidates", "Name 1 to 1000 candidates."));
    }
    let ids: Vec<CandidateId> = input.candidates.into_iter().map(CandidateId::from).collect();
    let (store, verdict): (_, Given) = (&within.server.store, input.verdict.0);
    let outcome = store.decide_candidates(&within.actor(), &within.dispute.id, &ids, verdict).await?;
    within.changed(&Outcome {
        at: outcome.at,
        done: outcome.done.into_iter().map(|id| id.0).collect(),
        left: outcome
            .left
            .into_iter()
            .map(|(id, reason)| LeftAs { candidate: id.0, reason: reason.into() })
            .collect(),
    })
}

/// Accept a candidate as an event
///
/// As it is, or with the changes that are sent. Without `citations` it keeps those that it was found with.
#[utoipa::path(post, path = "/disputes/{dispute}/candidates/{id}/accept", tag = "Candidates",
    params(InDispute, CandidatePath), request_body = EventPatch, security(("token" = ["write"])),
    responses(
        (status = CREATED, description = "The event.", body = Event),
        (status = CONFLICT, description = "It was decided already.", body = Problem)))]
async fn accept_candidate(within: Within<Review>, patch: Patch<EventInput>) -> Answer {
    let candidate = one(&within).await?;
    let found = candidate.draft.event;
    let keeps_citations = !patch.names("citations");
    // Those it was found with have no identifiers yet by which they could be named.
    let bare = EventDraft { citations: Vec::new(), ..found.clone() };
    let mut draft = patch.onto(&EventInput::of(&bare))?.read(&within, &[]).await?;
    if keeps_citations {
        draft.citations = found.citations;
    }
    let store = &within.server.store;
    let event = store.accept_candidate(&within.actor(), &within.dispute.id, &candidate.id, &draft).await?;
    let path = within.path(&format!("/events/{}", event.id));
    within.created(&path, &whole(&within, event).await?)
}

/// To which event a candidate is added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Merge {
    /// The event’s identifier.
    event: String,
    /// The version of the event that it was decided from; any without it.
    #[serde(default)]
    version: Option<i64>,
}

/// Add a candidate’s citations to an event
#[utoipa::path(post, path = "/disputes/{dispute}/candidates/{id}/merge", tag = "Candidates",
    params(InDispute, CandidatePath), request_body = Merge, security(("token" = ["write"])),
    responses(
        (status = OK, description = "The event as it is now.", body = Event),
        (status = CONFLICT, description = "It was decided already, or the event changed.", body = Problem)))]
async fn merge_candidate(within: Within<Review>, Body(input): Body<Merge>) -> Answer {
    let candidate = one(&within).await?;
    let (store, dispute) = (&within.server.store, &within.dispute.id);
    let id = EventId::from(input.event);
    let version = match input.version {
        Some(version) => version,
        None => store.event(dispute, &id).await?.version,
    };
    let event = store.merge_candidate(&within.actor(), dispute, &candidate.id, &id, version).await?;
    within.changed(&whole(&within, event).await?)
}
