//! Frozen links: a view as it was when the link was made.

use chrono::{DateTime, NaiveDate, Utc};
use impasse_app::model::link::{self, LinkDraft};
use impasse_app::model::role::{Role, Visibility};
use impasse_app::model::view::{FieldError, View};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer::{Answer, Page, no_content};
use super::body::MaybeBody;
use super::call::{InDispute, Level, Paging, Read, ReadAll, Within, Write};
use super::problem::Problem;
use crate::web::Server;

pub(super) fn router() -> OpenApiRouter<Server> {
    OpenApiRouter::new().routes(routes!(list_links, create_link)).routes(routes!(get_link, revoke_link))
}

/// A link to a view as it was when the link was made.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct Link {
    /// What stands in its address.
    code: String,
    /// Its address.
    url: String,
    /// The view, as the query string of the dispute’s page.
    view: String,
    /// The revision that it shows.
    revision: i64,
    /// When it was made.
    created: DateTime<Utc>,
    /// Who made it.
    #[schema(required)]
    by: Option<String>,
    /// The last day on which it opens; null for always.
    #[schema(required)]
    expires: Option<NaiveDate>,
    /// When it was taken back.
    #[schema(required)]
    revoked: Option<DateTime<Utc>>,
}

fn shown<L: Level>(within: &Within<L>, link: link::Link) -> Link {
    Link {
        url: format!("{}/s/{}", within.origin, link.code),
        code: link.code,
        view: link.query,
        revision: link.revision,
        created: link.created,
        by: link.by,
        expires: link.expires,
        revoked: link.revoked,
    }
}

/// What a link is made from.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LinkInput {
    /// The view, as the query string of the dispute’s page; the whole without it.
    #[serde(default)]
    #[schema(example = "?kind=memo,statement&layout=list")]
    view: String,
    /// The last day on which it opens; always without it.
    #[serde(default)]
    expires: Option<NaiveDate>,
}

/// List links
///
/// Newest first; those that were taken back or have ended are among them.
#[utoipa::path(get, path = "/disputes/{dispute}/links", tag = "Links", params(InDispute, Paging),
    security(("token" = ["read"])),
    responses((status = OK, description = "A page of links.", body = Page<Link>)))]
async fn list_links(within: Within<ReadAll>) -> Answer {
    within.only(&["limit", "cursor"])?;
    let links = within.server.store.links(&within.dispute.id).await?;
    within.listed(&links, |link| link.code.as_str(), |link| shown(&within, link))
}

/// Freeze a view
///
/// The link shows tomorrow what the view shows now. The same view of the same revision is the same link.
#[utoipa::path(post, path = "/disputes/{dispute}/links", tag = "Links", params(InDispute),
    request_body = Option<LinkInput>, security(("token" = ["read"])),
    responses((status = CREATED, description = "The link.", body = Link)))]
async fn create_link(within: Within<Read>, MaybeBody(input): MaybeBody<LinkInput>) -> Answer {
    if within.dispute.visibility == Visibility::Private {
        // A link opens it to others.
        within.must_be(within.role, Role::Editor)?;
    }
    let pairs: Vec<(String, String)> =
        form_urlencoded::parse(input.view.trim_start_matches('?').as_bytes()).into_owned().collect();
    let (view, wrong) = View::read(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let mut errors: Vec<FieldError> = wrong
        .into_iter()
        .map(|error| FieldError::new("view", format!("{}: {}", error.field, error.message)))
        .collect();
    if input.expires.is_some_and(|day| day < within.today) {
        errors.push(FieldError::new("expires", "This day is over. Choose today or later."));
    }
    if !errors.is_empty() {
        return Err(Problem::invalid(&errors));
    }
    let draft =
        LinkDraft { query: view.query_string(), revision: within.dispute.revision, expires: input.expires };
    let actor = within.actor();
    let link = within.server.store.add_link(Some(&actor), &within.dispute.id, &draft).await?;
    within.created(&within.path(&format!("/links/{}", link.code)), &shown(&within, link))
}

async fn one<L: Level>(within: &Within<L>) -> Result<link::Link, Problem> {
    let (link, dispute) = within.server.store.link(&within.id).await?;
    if dispute.id == within.dispute.id { Ok(link) } else { Err(Problem::not_found()) }
}

/// Get a link
#[utoipa::path(get, path = "/disputes/{dispute}/links/{id}", tag = "Links",
    params(InDispute, ("id" = String, Path, description = "The link’s code.")),
    security(("token" = ["read"])),
    responses((status = OK, description = "The link.", body = Link)))]
async fn get_link(within: Within<ReadAll>) -> Answer {
    within.only(&[])?;
    within.found(&shown(&within, one(&within).await?))
}

/// Take a link back
///
/// It opens no more.
#[utoipa::path(delete, path = "/disputes/{dispute}/links/{id}", tag = "Links",
    params(InDispute, ("id" = String, Path, description = "The link’s code.")),
    security(("token" = ["write"])),
    responses(
        (status = NO_CONTENT, description = "It is taken back."),
        (status = CONFLICT, description = "It was already.", body = Problem)))]
async fn revoke_link(within: Within<Write>) -> Answer {
    within.only(&[])?;
    within.must_match(&shown(&within, one(&within).await?))?;
    within.server.store.revoke_link(&within.dispute.id, &within.id).await?;
    no_content()
}
