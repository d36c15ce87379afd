//! The parties of a dispute.

use impasse_app::forms::read_party;
use impasse_app::model::dispute;
use impasse_app::model::id::PartyId;
use impasse_app::model::view::FieldError;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer::{Answer, Page, no_content};
use super::body::{Body, Patch};
use super::call::{Anyone, InDispute, Level, Paging, Why, Within, Write};
use super::disputes::{check_reason, form};
use super::problem::Problem;
use super::schema::patch;
use super::words::PartyKind;
use crate::web::Server;

pub(super) fn router() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(list_parties, create_party))
        .routes(routes!(get_party, change_party, delete_party))
        .routes(routes!(restore_party))
}

/// An actor in a dispute.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct Party {
    id: String,
    /// The name in addresses and filters, unique in the dispute.
    #[schema(example = "defense-department")]
    key: String,
    /// Its usual name.
    name: String,
    /// Other names, such as Pentagon for the Department of Defense.
    aliases: Vec<String>,
    kind: PartyKind,
    /// Its place in the dispute’s own order of lanes.
    place: i64,
}

impl From<dispute::Party> for Party {
    fn from(party: dispute::Party) -> Self {
        Self {
            id: party.id.0,
            key: party.key,
            name: party.name,
            aliases: party.aliases,
            kind: party.kind.into(),
            place: party.place,
        }
    }
}

/// What a party is made or changed from.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PartyInput {
    /// The name in addresses: lower-case letters, digits and single hyphens. Without one, it is made from the name.
    #[serde(default)]
    #[schema(max_length = 60)]
    key: String,
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    #[serde(default)]
    #[schema(max_items = 50)]
    aliases: Vec<String>,
    kind: PartyKind,
    /// Why, for the record of changes.
    #[serde(default)]
    #[schema(max_length = 500)]
    reason: String,
}

patch!(PartyPatch of PartyInput);

/// How many other names a party has at most, and how long each may be, in characters.
const MOST_ALIASES: usize = 50;
const LONGEST_ALIAS: usize = 120;

impl PartyInput {
    fn of(party: &dispute::Party) -> Self {
        Self {
            key: party.key.clone(),
            name: party.name.clone(),
            aliases: party.aliases.clone(),
            kind: party.kind.into(),
            reason: String::new(),
        }
    }

    fn read(&self) -> Result<dispute::PartyDraft, Problem> {
        check_reason(&self.reason)?;
        let form = form([("key", self.key.as_str()), ("name", &self.name), ("kind", self.kind.0.key())]);
        let mut errors = Vec::new();
        for (at, alias) in self.aliases.iter().enumerate() {
            if alias.trim().is_empty()
                || alias.chars().count() > LONGEST_ALIAS
                || alias.chars().any(char::is_control)
            {
                let message = format!("Give a name of 1 to {LONGEST_ALIAS} characters.");
                errors.push(FieldError::new(&format!("aliases[{at}]"), message));
            }
        }
        if self.aliases.len() > MOST_ALIASES {
            errors.push(FieldError::new("aliases", format!("{MOST_ALIASES} names fit.")));
        }
        match read_party(form) {
            Ok(draft) if errors.is_empty() => {
                let aliases = self.aliases.iter().map(|alias| alias.trim().to_owned()).collect();
                Ok(dispute::PartyDraft { aliases, ..draft })
            }
            Ok(_) => Err(Problem::invalid(&errors)),
            Err(form) => Err(Problem::invalid(&form.errors).at(&errors)),
        }
    }
}

/// The address of a party.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it names the parameter for the OpenAPI document; `Within` reads it")]
struct PartyPath {
    /// The party’s identifier or key.
    id: String,
}

/// The party with an identifier or a key.
pub(super) fn named<'a>(parties: &'a [dispute::Party], name: &str) -> Option<&'a dispute::Party> {
    let by_id = parties.iter().find(|party| party.id.as_str() == name);
    by_id.or_else(|| parties.iter().find(|party| party.key == name))
}

async fn one<L: Level>(within: &Within<L>) -> Result<dispute::Party, Problem> {
    let parties = within.server.store.parties(&within.dispute.id).await?;
    named(&parties, &within.id).cloned().ok_or_else(Problem::not_found)
}

/// List parties
///
/// In the dispute’s own order.
#[utoipa::path(get, path = "/disputes/{dispute}/parties", tag = "Parties", params(InDispute, Paging),
    responses((status = OK, description = "A page of parties.", body = Page<Party>)))]
async fn list_parties(within: Within<Anyone>) -> Answer {
    within.only(&["limit", "cursor"])?;
    let parties = within.server.store.parties(&within.dispute.id).await?;
    within.listed(&parties, |party| party.id.as_str(), Party::from)
}

/// Add a party
///
/// It comes last in order.
#[utoipa::path(post, path = "/disputes/{dispute}/parties", tag = "Parties", params(InDispute),
    request_body = PartyInput, security(("token" = ["write"])),
    responses(
        (status = CREATED, description = "The party.", body = Party),
        (status = CONFLICT, description = "Another party has this key.", body = Problem)))]
async fn create_party(within: Within<Write>, Body(input): Body<PartyInput>) -> Answer {
    let store = &within.server.store;
    let party = store.add_party(&within.actor(), &within.dispute.id, &input.read()?).await?;
    within.created(&within.path(&format!("/parties/{}", party.id)), &Party::from(party))
}

/// Get a party
#[utoipa::path(get, path = "/disputes/{dispute}/parties/{id}", tag = "Parties", params(InDispute, PartyPath),
    responses((status = OK, description = "The party.", body = Party)))]
async fn get_party(within: Within<Anyone>) -> Answer {
    within.only(&[])?;
    within.found(&Party::from(one(&within).await?))
}

/// Change a party
///
/// Fields that are left out stay as they are.
#[utoipa::path(patch, path = "/disputes/{dispute}/parties/{id}", tag = "Parties", params(InDispute, PartyPath),
    request_body = PartyPatch, security(("token" = ["write"])),
    responses(
        (status = OK, description = "The party as it is now.", body = Party),
        (status = CONFLICT, description = "Another party has this key.", body = Problem)))]
async fn change_party(within: Within<Write>, patch: Patch<PartyInput>) -> Answer {
    let there = one(&within).await?;
    within.must_match(&Party::from(there.clone()))?;
    let input = patch.onto(&PartyInput::of(&there))?;
    let draft = input.read()?;
    let store = &within.server.store;
    let changed =
        store.change_party(&within.actor(), &within.dispute.id, &there.id, &draft, &input.reason).await?;
    within.changed(&Party::from(changed))
}

/// Delete a party
///
/// It can be brought back.
#[utoipa::path(delete, path = "/disputes/{dispute}/parties/{id}", tag = "Parties",
    params(InDispute, PartyPath, Why), security(("token" = ["write"])),
    responses(
        (status = NO_CONTENT, description = "It is deleted."),
        (status = CONFLICT, description = "An event or a position names it.", body = Problem)))]
async fn delete_party(within: Within<Write>) -> Answer {
    let reason = within.reason()?;
    let there = one(&within).await?;
    within.must_match(&Party::from(there.clone()))?;
    within.server.store.delete_party(&within.actor(), &within.dispute.id, &there.id, &reason).await?;
    no_content()
}

/// Bring a deleted party back
#[utoipa::path(post, path = "/disputes/{dispute}/parties/{id}/restore", tag = "Parties",
    params(InDispute, ("id" = String, Path, description = "The party’s identifier.")),
    security(("token" = ["write"])),
    responses(
        (status = OK, description = "The party.", body = Party),
        (status = CONFLICT, description = "It is not deleted, or another has its key by now.", body = Problem)))]
async fn restore_party(within: Within<Write>) -> Answer {
    within.only(&[])?;
    let id = PartyId::from(within.id.as_str());
    let party = within.server.store.restore_party(&within.actor(), &within.dispute.id, &id, None, "").await?;
    within.changed(&Party::from(party))
}
