//! Events that readers suggest.

use chrono::{DateTime, Utc};
use impasse_app::forms::read_origin;
use impasse_app::model::article::Decision as Decided;
use impasse_app::model::event::EventDraft;
use impasse_app::model::id::SuggestionId;
use impasse_app::model::suggestion::{self, SuggestionDraft};
use impasse_app::store::StoreError;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer::{Answer, Page};
use super::body::{Body, Patch};
use super::call::{InDispute, Level, Paging, Propose, ReadInbox, Review, Within};
use super::disputes::form;
use super::event_input::{EventInput, EventPatch};
use super::events::{Event, whole};
use super::problem::Problem;
use super::words::Decision;
use crate::web::Server;

pub(super) fn router() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(list_suggestions, create_suggestion))
        .routes(routes!(get_suggestion, decide_suggestion))
        .routes(routes!(accept_suggestion))
}

/// An event that somebody suggests.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct Suggestion {
    id: String,
    /// The event as suggested.
    event: EventInput,
    /// Where it comes from, in the words of who suggests it.
    note: String,
    /// What they call themselves; empty if they do not say.
    name: String,
    /// When it was suggested.
    created: DateTime<Utc>,
    decision: Decision,
    /// The identifier of the event that it became.
    #[schema(required)]
    accepted_as: Option<String>,
    /// Who decided, as they were called then.
    #[schema(required)]
    decided_by: Option<String>,
    /// When it was decided.
    #[schema(required)]
    decided_at: Option<DateTime<Utc>>,
}

impl From<suggestion::Suggestion> for Suggestion {
    fn from(found: suggestion::Suggestion) -> Self {
        Self {
            id: found.id.0,
            event: EventInput::of(&found.draft),
            note: found.note,
            name: found.name,
            created: found.created,
            decision: found.decision.into(),
            accepted_as: found.event.map(|id| id.0),
            decided_by: found.decided_by,
            decided_at: found.decided_at,
        }
    }
}

/// Which suggestions.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it names the parameter for the OpenAPI document; `list_suggestions` reads it")]
struct Filter {
    /// What was decided about them; those that wait if nothing is said.
    decision: Option<Decision>,
}

/// The address of a suggestion.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it names the parameter for the OpenAPI document; `Within` reads it")]
struct SuggestionPath {
    /// The suggestion’s identifier.
    id: String,
}

async fn one<L: Level>(within: &Within<L>) -> Result<suggestion::Suggestion, Problem> {
    let id = SuggestionId::from(within.id.as_str());
    Ok(within.server.store.suggestion(&within.dispute.id, &id).await?)
}

/// List suggestions
#[utoipa::path(get, path = "/disputes/{dispute}/suggestions", tag = "Suggestions",
    params(InDispute, Filter, Paging), security(("token" = ["read"])),
    responses((status = OK, description = "A page of suggestions.", body = Page<Suggestion>)))]
async fn list_suggestions(within: Within<ReadInbox>) -> Answer {
    within.only(&["decision", "limit", "cursor"])?;
    let decision = within.choice("decision", Decided::from_key)?.unwrap_or(Decided::Pending);
    let found = within.server.store.suggestions(&within.dispute.id, decision).await?;
    within.listed(&found, |one| one.id.as_str(), Suggestion::from)
}

/// What is suggested.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SuggestionInput {
    /// The event. Its citations are left out: they are for whoever accepts it to find.
    event: EventInput,
    /// Where it comes from: the address of an article or document, and the words in it that say so.
    #[schema(min_length = 1, max_length = 2_000)]
    note: String,
    /// What you call yourself.
    #[serde(default)]
    #[schema(max_length = 80)]
    name: String,
}

/// Suggest an event
///
/// It waits for somebody to decide. A dispute may take no suggestions.
#[utoipa::path(post, path = "/disputes/{dispute}/suggestions", tag = "Suggestions", params(InDispute),
    request_body = SuggestionInput, security(("token" = ["suggest"])),
    responses(
        (status = CREATED, description = "The suggestion.", body = Suggestion),
        (status = CONFLICT, description = "The dispute takes no suggestions now.", body = Problem)))]
async fn create_suggestion(within: Within<Propose>, Body(input): Body<SuggestionInput>) -> Answer {
    let draft = input.event.uncited().read(&within, &[]).await?;
    let origin = form([("note", input.note.as_str()), ("name", &input.name)]);
    let (note, name) = read_origin(&origin).map_err(|errors| Problem::invalid(&errors))?;
    let draft = SuggestionDraft { draft, note, name };
    let store = &within.server.store;
    let made = store.add_suggestion(Some(&within.actor()), &within.dispute.id, &draft).await?;
    within.created(&within.path(&format!("/suggestions/{}", made.id)), &Suggestion::from(made))
}

/// Get a suggestion
#[utoipa::path(get, path = "/disputes/{dispute}/suggestions/{id}", tag = "Suggestions",
    params(InDispute, SuggestionPath), security(("token" = ["read"])),
    responses((status = OK, description = "The suggestion.", body = Suggestion)))]
async fn get_suggestion(within: Within<ReadInbox>) -> Answer {
    within.only(&[])?;
    within.found(&Suggestion::from(one(&within).await?))
}

/// What is decided about a suggestion.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SuggestionDecision {
    /// `rejected`, or `pending` to take that back.
    decision: Decision,
}

/// Turn a suggestion down, or take that back
#[utoipa::path(put, path = "/disputes/{dispute}/suggestions/{id}", tag = "Suggestions",
    params(InDispute, SuggestionPath), request_body = SuggestionDecision, security(("token" = ["write"])),
    responses(
        (status = OK, description = "The suggestion.", body = Suggestion),
        (status = CONFLICT, description = "It was accepted, or is so decided already.", body = Problem)))]
async fn decide_suggestion(within: Within<Review>, Body(input): Body<SuggestionDecision>) -> Answer {
    let decision = input.decision.0;
    if decision == Decided::Accepted {
        return Err(Problem::invalid_at(
            "decision",
            "Accept it under …/accept, with the event that it becomes.",
        ));
    }
    let (store, id) = (&within.server.store, SuggestionId::from(within.id.as_str()));
    let decided = store.decide_suggestion(&within.actor(), &within.dispute.id, &id, decision).await?;
    within.changed(&Suggestion::from(decided))
}

/// Accept a suggestion as an event
///
/// As it is, or with the changes that are sent, such as its citations.
#[utoipa::path(post, path = "/disputes/{dispute}/suggestions/{id}/accept", tag = "Suggestions",
    params(InDispute, SuggestionPath), request_body = EventPatch, security(("token" = ["write"])),
    responses(
        (status = CREATED, description = "The event.", body = Event),
        (status = CONFLICT, description = "It was decided already.", body = Problem)))]
async fn accept_suggestion(within: Within<Review>, patch: Patch<EventInput>) -> Answer {
    let found = one(&within).await?;
    if found.decision != Decided::Pending {
        return Err(StoreError::Conflict.into());
    }
    let draft: EventDraft = patch.onto(&EventInput::of(&found.draft))?.read(&within, &[]).await?;
    let store = &within.server.store;
    let event = store.accept_suggestion(&within.actor(), &within.dispute.id, &found.id, &draft).await?;
    let path = within.path(&format!("/events/{}", event.id));
    within.created(&path, &whole(&within, event).await?)
}
