//! What the parties hold.

use impasse_app::model::article::Article;
use impasse_app::model::dispute::{self, PositionDraft, PositionSource};
use impasse_app::model::id::PositionId;
use impasse_app::model::view::FieldError;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer::{Answer, Page, no_content};
use super::body::{Body, Patch};
use super::call::{Anyone, InDispute, Level, Paging, Why, Within, Write};
use super::date::{DateInput, WholeDate};
use super::disputes::check_reason;
use super::parties::named;
use super::problem::Problem;
use super::quotes::{self, Quote, Source};
use super::schema::patch;
use crate::web::Server;

pub(super) fn router() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(list_positions, create_position))
        .routes(routes!(get_position, change_position, delete_position))
        .routes(routes!(restore_position))
}

/// What a party holds, from when it is first known to hold it until it changes.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct Position {
    id: String,
    /// The key of the party that holds it.
    party: String,
    /// The party’s identifier.
    party_id: String,
    /// What is held, in one sentence.
    statement: String,
    /// While it is held; an open end means still.
    date: WholeDate,
    /// The words that show it.
    #[schema(required)]
    source: Option<Shown>,
}

/// Where a position is shown.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PositionSource)]
struct Shown {
    /// The article’s identifier.
    article: String,
    #[serde(flatten)]
    quote: Quote,
    #[schema(required)]
    source: Option<Source>,
}

/// What a position is made or changed from.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PositionInput {
    /// The identifier or key of the party that holds it.
    party: String,
    #[schema(min_length = 1, max_length = 500)]
    statement: String,
    date: DateInput,
    /// The words that show it.
    #[serde(default)]
    source: Option<ShownInput>,
    /// Why, for the record of changes.
    #[serde(default)]
    #[schema(max_length = 500)]
    reason: String,
}

/// Words that show a position.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PositionSourceInput)]
struct ShownInput {
    /// The article’s identifier.
    article: String,
    /// The words, exactly as they stand in the article.
    #[schema(min_length = 1, max_length = 2_000)]
    quote: String,
}

patch!(PositionPatch of PositionInput);

impl PositionInput {
    fn of(position: &dispute::Position) -> Self {
        Self {
            party: position.party.to_string(),
            statement: position.statement.clone(),
            date: DateInput::from(&position.date),
            source: position.source.as_ref().map(|source| ShownInput {
                article: source.article.to_string(),
                quote: source.passage.exact.clone(),
            }),
            reason: String::new(),
        }
    }

    /// `old` is where it was shown before: words that are as they were stay where they were.
    async fn read<L: Level>(
        &self,
        within: &Within<L>,
        old: Option<&PositionSource>,
    ) -> Result<PositionDraft, Problem> {
        check_reason(&self.reason)?;
        let mut errors = Vec::new();
        let parties = within.server.store.parties(&within.dispute.id).await?;
        let party = named(&parties, &self.party).map(|party| party.id.clone());
        if party.is_none() {
            errors.push(FieldError::new("party", "There is no such party in this dispute."));
        }
        let statement = self.statement.trim().to_owned();
        let length = statement.chars().count();
        if !(1..=500).contains(&length) || statement.chars().any(|c| c.is_control() && c != '\n') {
            errors.push(FieldError::new("statement", "Give what the party holds in 1 to 500 characters."));
        }
        let date = self.date.read("date", within.today, &mut errors);
        let source = match (&self.source, old) {
            (None, _) => None,
            (Some(new), Some(old))
                if new.article == old.article.as_str() && new.quote == old.passage.exact =>
            {
                Some(old.clone())
            }
            (Some(new), _) => {
                let (server, dispute) = (&within.server, &within.dispute);
                let found =
                    quotes::find(server, dispute, &new.article, &new.quote, "source.", &mut errors).await?;
                found.map(|passage| PositionSource { article: new.article.as_str().into(), passage })
            }
        };
        match (party, date, errors.is_empty()) {
            (Some(party), Some(date), true) => Ok(PositionDraft { party, statement, date, source }),
            _ => Err(Problem::invalid(&errors)),
        }
    }
}

/// What positions are shown with.
struct Surroundings {
    parties: Vec<dispute::Party>,
    articles: Vec<Article>,
}

impl Surroundings {
    async fn of<L: Level>(within: &Within<L>) -> Result<Self, Problem> {
        let store = &within.server.store;
        let parties = store.parties(&within.dispute.id).await?;
        Ok(Self { parties, articles: store.articles(&within.dispute.id).await? })
    }

    fn show(&self, position: dispute::Position) -> Position {
        let party = self.parties.iter().find(|party| party.id == position.party);
        Position {
            id: position.id.0,
            party: party.map(|party| party.key.clone()).unwrap_or_default(),
            party_id: position.party.0,
            statement: position.statement,
            date: WholeDate::from(&position.date),
            source: position.source.map(|PositionSource { article, passage }| Shown {
                source: self
                    .articles
                    .iter()
                    .find(|other| other.id == article)
                    .map(|article| Source::new(article, &passage)),
                article: article.0,
                quote: passage.into(),
            }),
        }
    }
}

/// The address of a position.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it names the parameter for the OpenAPI document; `Within` reads it")]
struct PositionPath {
    /// The position’s identifier.
    id: String,
}

async fn one<L: Level>(within: &Within<L>) -> Result<dispute::Position, Problem> {
    let positions = within.server.store.positions(&within.dispute.id).await?;
    positions.into_iter().find(|position| position.id.as_str() == within.id).ok_or_else(Problem::not_found)
}

/// List positions
///
/// In order of party and time.
#[utoipa::path(get, path = "/disputes/{dispute}/positions", tag = "Positions", params(InDispute, Paging),
    responses((status = OK, description = "A page of positions.", body = Page<Position>)))]
async fn list_positions(within: Within<Anyone>) -> Answer {
    within.only(&["limit", "cursor"])?;
    let positions = within.server.store.positions(&within.dispute.id).await?;
    let around = Surroundings::of(&within).await?;
    within.listed(&positions, |position| position.id.as_str(), |position| around.show(position))
}

/// Add a position
#[utoipa::path(post, path = "/disputes/{dispute}/positions", tag = "Positions", params(InDispute),
    request_body = PositionInput, security(("token" = ["write"])),
    responses((status = CREATED, description = "The position.", body = Position)))]
async fn create_position(within: Within<Write>, Body(input): Body<PositionInput>) -> Answer {
    let draft = input.read(&within, None).await?;
    let position = within.server.store.add_position(&within.actor(), &within.dispute.id, &draft).await?;
    let path = within.path(&format!("/positions/{}", position.id));
    within.created(&path, &Surroundings::of(&within).await?.show(position))
}

/// Get a position
#[utoipa::path(get, path = "/disputes/{dispute}/positions/{id}", tag = "Positions",
    params(InDispute, PositionPath),
    responses((status = OK, description = "The position.", body = Position)))]
async fn get_position(within: Within<Anyone>) -> Answer {
    within.only(&[])?;
    let position = one(&within).await?;
    within.found(&Surroundings::of(&within).await?.show(position))
}

/// Change a position
///
/// Fields that are left out stay as they are.
#[utoipa::path(patch, path = "/disputes/{dispute}/positions/{id}", tag = "Positions",
    params(InDispute, PositionPath), request_body = PositionPatch, security(("token" = ["write"])),
    responses((status = OK, description = "The position as it is now.", body = Position)))]
async fn change_position(within: Within<Write>, patch: Patch<PositionInput>) -> Answer {
    let there = one(&within).await?;
    let around = Surroundings::of(&within).await?;
    within.must_match(&around.show(there.clone()))?;
    let input = patch.onto(&PositionInput::of(&there))?;
    let draft = input.read(&within, there.source.as_ref()).await?;
    let (store, actor) = (&within.server.store, within.actor());
    let changed = store.change_position(&actor, &within.dispute.id, &there.id, &draft, &input.reason).await?;
    within.changed(&around.show(changed))
}

/// Delete a position
///
/// It can be brought back.
#[utoipa::path(delete, path = "/disputes/{dispute}/positions/{id}", tag = "Positions",
    params(InDispute, PositionPath, Why), security(("token" = ["write"])),
    responses((status = NO_CONTENT, description = "It is deleted.")))]
async fn delete_position(within: Within<Write>) -> Answer {
    let reason = within.reason()?;
    let there = one(&within).await?;
    within.must_match(&Surroundings::of(&within).await?.show(there.clone()))?;
    let store = &within.server.store;
    store.delete_position(&within.actor(), &within.dispute.id, &there.id, &reason).await?;
    no_content()
}

/// Bring a deleted position back
#[utoipa::path(post, path = "/disputes/{dispute}/positions/{id}/restore", tag = "Positions",
    params(InDispute, PositionPath), security(("token" = ["write"])),
    responses(
        (status = OK, description = "The position.", body = Position),
        (status = CONFLICT, description = "It is not deleted.", body = Problem)))]
async fn restore_position(within: Within<Write>) -> Answer {
    within.only(&[])?;
    let id = PositionId::from(within.id.as_str());
    let store = &within.server.store;
    let position = store.restore_position(&within.actor(), &within.dispute.id, &id, None, "").await?;
    within.changed(&Surroundings::of(&within).await?.show(position))
}
