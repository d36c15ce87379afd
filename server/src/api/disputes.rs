//! Disputes.

use impasse_app::forms::read_dispute;
use impasse_app::model::dispute;
use impasse_app::model::id::DisputeId;
use impasse_app::model::role::Role;
use impasse_app::page::Submission;
use impasse_app::store::StoreError;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer::{Answer, Page, no_content};
use super::body::{Body, Patch};
use super::call::{About, Anyone, Call, InDispute, Level, Own, Paging, Why, Within, Write};
use super::date::WholeDate;
use super::problem::Problem;
use super::schema::patch;
use super::words::{Status, Visibility};
use crate::web::Server;

pub(super) fn router() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(list_disputes, create_dispute))
        .routes(routes!(get_dispute, change_dispute, delete_dispute))
        .routes(routes!(restore_dispute))
}

/// What a timeline is about.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct Dispute {
    id: String,
    /// The name in its address.
    slug: String,
    title: String,
    /// What it is about, in a few sentences.
    summary: String,
    /// The question at stake.
    question: String,
    status: Status,
    /// Which events belong on the timeline and which do not.
    inclusion_rule: String,
    /// Who may read it.
    visibility: Visibility,
    /// Whether everybody who may read it may suggest events.
    takes_suggestions: bool,
    /// Counts up with every change to these fields.
    version: i64,
    /// The address of its page.
    url: String,
}

impl Dispute {
    pub(super) fn new(dispute: dispute::Dispute, origin: &str) -> Self {
        Self {
            url: format!("{origin}/d/{}", dispute.slug),
            id: dispute.id.0,
            slug: dispute.slug,
            title: dispute.title,
            summary: dispute.summary,
            question: dispute.question,
            status: dispute.status.into(),
            inclusion_rule: dispute.inclusion_rule,
            visibility: dispute.visibility.into(),
            takes_suggestions: dispute.takes_suggestions,
            version: dispute.version,
        }
    }
}

/// A dispute in the list of disputes.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct DisputeSummary {
    #[serde(flatten)]
    dispute: Dispute,
    /// How many events it has.
    events: i64,
    /// Its latest event that has already begun.
    #[schema(required)]
    latest: Option<Latest>,
}

/// The latest event of a dispute that has already begun.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct Latest {
    title: String,
    date: WholeDate,
}

/// What a dispute is made or changed from.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DisputeInput {
    /// The name in its address: lower-case letters, digits and single hyphens. Without one, it is made from the title.
    /// A dispute that is not public keeps the one it has.
    #[serde(default)]
    #[schema(max_length = 60)]
    slug: String,
    #[schema(min_length = 1, max_length = 200)]
    title: String,
    #[serde(default)]
    #[schema(max_length = 2_000)]
    summary: String,
    #[serde(default)]
    #[schema(max_length = 500)]
    question: String,
    status: Status,
    #[serde(default)]
    #[schema(max_length = 1_000)]
    inclusion_rule: String,
    /// Why, for the record of changes.
    #[serde(default)]
    #[schema(max_length = 500)]
    reason: String,
}

patch!(DisputePatch of DisputeInput);

impl DisputeInput {
    fn of(dispute: &dispute::Dispute) -> Self {
        Self {
            slug: dispute.slug.clone(),
            title: dispute.title.clone(),
            summary: dispute.summary.clone(),
            question: dispute.question.clone(),
            status: dispute.status.into(),
            inclusion_rule: dispute.inclusion_rule.clone(),
            reason: String::new(),
        }
    }

    fn read(&self) -> Result<dispute::DisputeDraft, Problem> {
        let form = form([
            ("slug", self.slug.as_str()),
            ("title", &self.title),
            ("summary", &self.summary),
            ("question", &self.question),
            ("status", self.status.0.key()),
            ("inclusion_rule", &self.inclusion_rule),
        ]);
        let draft = read_dispute(form).map_err(|form| Problem::invalid(&form.errors));
        check_reason(&self.reason)?;
        draft
    }
}

/// A form that says the same, so that one set of rules holds for pages and for the API.
pub(super) fn form<const N: usize>(values: [(&str, &str); N]) -> Submission {
    Submission::new(values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

/// Refuses a reason that cannot be recorded.
pub(super) fn check_reason(reason: &str) -> Result<(), Problem> {
    if reason.chars().count() > 500 || reason.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        return Err(Problem::invalid_at("reason", "Give at most 500 characters of plain text."));
    }
    Ok(())
}

/// What disputes are searched for.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it names the parameters for the OpenAPI document; `list_disputes` reads them")]
pub(super) struct Search {
    /// Words that a dispute’s title, summary or parties’ names contain.
    q: Option<String>,
}

/// List disputes
///
/// Latest activity first.
#[utoipa::path(get, path = "/disputes", tag = "Disputes", params(Search, Paging),
    responses((status = OK, description = "A page of disputes.", body = Page<DisputeSummary>)))]
async fn list_disputes(call: Call<Anyone>) -> Answer {
    call.only(&["q", "limit", "cursor"])?;
    let disputes = call.server.store.disputes(&call.reader, call.param("q").unwrap_or_default()).await?;
    call.listed(
        &disputes,
        |summary| summary.dispute.id.as_str(),
        |summary| DisputeSummary {
            dispute: Dispute::new(summary.dispute, &call.origin),
            events: summary.events,
            latest: summary.latest.map(|(title, date)| Latest { title, date: WholeDate::from(&date) }),
        },
    )
}

/// Add a dispute
#[utoipa::path(post, path = "/disputes", tag = "Disputes", request_body = DisputeInput,
    security(("token" = ["write"])),
    responses(
        (status = CREATED, description = "The dispute.", body = Dispute),
        (status = CONFLICT, description = "Another dispute has this slug.", body = Problem)))]
async fn create_dispute(call: Call<Write>, Body(input): Body<DisputeInput>) -> Answer {
    let dispute = call.server.store.add_dispute(&call.actor(), &input.read()?).await?;
    call.created(&format!("/disputes/{}", dispute.slug), &Dispute::new(dispute, &call.origin))
}

/// Get a dispute
#[utoipa::path(get, path = "/disputes/{dispute}", tag = "Disputes", params(InDispute),
    responses((status = OK, description = "The dispute.", body = Dispute)))]
async fn get_dispute(within: Within<Anyone>) -> Answer {
    within.only(&[])?;
    within.found(&shown(&within))
}

fn shown<L: Level>(within: &Within<L>) -> Dispute {
    Dispute::new(within.dispute.clone(), &within.origin)
}

/// Change a dispute
///
/// Fields that are left out stay as they are.
#[utoipa::path(patch, path = "/disputes/{dispute}", tag = "Disputes", params(InDispute),
    request_body = DisputePatch, security(("token" = ["write"])),
    responses(
        (status = OK, description = "The dispute as it is now.", body = Dispute),
        (status = CONFLICT, description = "Another dispute has this slug.", body = Problem)))]
async fn change_dispute(within: Within<Write>, patch: Patch<DisputeInput>) -> Answer {
    let there = &within.dispute;
    within.must_match(&shown(&within))?;
    let input = patch.onto(&DisputeInput::of(there))?;
    let draft = input.read()?;
    let store = &within.server.store;
    match store.change_dispute(&within.actor(), &there.id, there.version, &draft, &input.reason).await {
        Ok(dispute) => within.changed(&Dispute::new(dispute, &within.origin)),
        Err(StoreError::Conflict) => {
            let (now, _) = store.dispute(&within.reader, &there.slug).await?;
            Err(within.changed_since(&Dispute::new(now, &within.origin)))
        }
        Err(error) => Err(error.into()),
    }
}

/// Delete a dispute
///
/// With everything in it. It can be brought back.
#[utoipa::path(delete, path = "/disputes/{dispute}", tag = "Disputes", params(InDispute, Why),
    security(("token" = ["admin"])),
    responses((status = NO_CONTENT, description = "It is deleted.")))]
async fn delete_dispute(within: Within<Own>) -> Answer {
    let reason = within.reason()?;
    within.must_match(&shown(&within))?;
    within.server.store.delete_dispute(&within.actor(), &within.dispute.id, &reason).await?;
    no_content()
}

/// Bring a deleted dispute back
#[utoipa::path(post, path = "/disputes/{dispute}/restore", tag = "Disputes",
    params(("dispute" = String, Path, description = "The dispute’s identifier: its slug may be another’s by now.")),
    security(("token" = ["admin"])),
    responses(
        (status = OK, description = "The dispute.", body = Dispute),
        (status = CONFLICT, description = "It is not deleted, or another dispute has its slug by now.", body = Problem)))]
async fn restore_dispute(about: About<Own>) -> Answer {
    about.only(&[])?;
    let id = DisputeId::from(about.id.as_str());
    about.must_be(about.server.store.role(&about.reader, &id).await?, Role::Owner)?;
    let dispute = about.server.store.restore_dispute(&about.actor(), &id, None, "").await?;
    about.changed(&Dispute::new(dispute, &about.origin))
}
