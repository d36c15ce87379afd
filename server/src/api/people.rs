//! Who sees a dispute, and who may do what in it.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use impasse_app::forms::read_invitation;
use impasse_app::model::id::{InvitationId, UserId};
use impasse_app::model::role;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer::{Answer, Page, no_content};
use super::body::Body;
use super::call::{InDispute, Own, Paging, ReadPeople, Within};
use super::disputes::{Dispute, form};
use super::problem::Problem;
use super::words::{MemberRole, Visibility};
use crate::web::Server;
use crate::web::people::drafted;

pub(super) fn router() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(set_visibility))
        .routes(routes!(list_members))
        .routes(routes!(set_member, remove_member))
        .routes(routes!(list_invitations, create_invitation))
        .routes(routes!(revoke_invitation))
}

/// Who may read a dispute.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct VisibilityInput {
    visibility: Visibility,
    /// Whether everybody who may read it may suggest events.
    #[serde(default)]
    takes_suggestions: bool,
}

/// Say who may read a dispute
///
/// A dispute that is no longer public gets a slug that cannot be guessed, and takes back its links.
#[utoipa::path(put, path = "/disputes/{dispute}/visibility", tag = "People", params(InDispute),
    request_body = VisibilityInput, security(("token" = ["admin"])),
    responses((status = OK, description = "The dispute as it is now.", body = Dispute)))]
async fn set_visibility(within: Within<Own>, Body(input): Body<VisibilityInput>) -> Answer {
    let (store, id) = (&within.server.store, &within.dispute.id);
    let (visibility, suggestions) = (input.visibility.0, input.takes_suggestions);
    let changed = store.set_visibility(&within.actor(), id, visibility, suggestions).await?;
    within.changed(&Dispute::new(changed, &within.origin))
}

/// Somebody with a role in a dispute.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct Member {
    /// The identifier of their account.
    id: String,
    /// What they are called.
    name: String,
    role: MemberRole,
    /// Since when they have a role in it.
    since: DateTime<Utc>,
}

impl From<role::Member> for Member {
    fn from(member: role::Member) -> Self {
        Self { id: member.user.0, name: member.name, role: member.role.into(), since: member.since }
    }
}

/// The address of a member or an invitation.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it names the parameter for the OpenAPI document; `Within` reads it")]
struct ItsPath {
    /// Its identifier.
    id: String,
}

/// List who has a role in a dispute
///
/// The highest role first.
#[utoipa::path(get, path = "/disputes/{dispute}/members", tag = "People", params(InDispute, Paging),
    security(("token" = ["read"])),
    responses((status = OK, description = "A page of members.", body = Page<Member>)))]
async fn list_members(within: Within<ReadPeople>) -> Answer {
    within.only(&["limit", "cursor"])?;
    let members = within.server.store.members(&within.dispute.id).await?;
    within.listed(&members, |member| member.user.as_str(), Member::from)
}

/// Which role somebody shall have.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MemberInput {
    role: MemberRole,
}

/// Give an account a role
///
/// In place of what it had.
#[utoipa::path(put, path = "/disputes/{dispute}/members/{id}", tag = "People",
    params(InDispute, ItsPath), request_body = MemberInput, security(("token" = ["admin"])),
    responses(
        (status = NO_CONTENT, description = "It has the role."),
        (status = CONFLICT, description = "The dispute would have no owner.", body = Problem)))]
async fn set_member(within: Within<Own>, Body(input): Body<MemberInput>) -> Answer {
    let user = UserId::from(within.id.as_str());
    within.server.store.set_role(&within.dispute.id, &user, Some(input.role.0)).await?;
    no_content()
}

/// Take an account’s role away
#[utoipa::path(delete, path = "/disputes/{dispute}/members/{id}", tag = "People",
    params(InDispute, ItsPath), security(("token" = ["admin"])),
    responses(
        (status = NO_CONTENT, description = "It has none."),
        (status = CONFLICT, description = "The dispute would have no owner.", body = Problem)))]
async fn remove_member(within: Within<Own>) -> Answer {
    within.only(&[])?;
    let user = UserId::from(within.id.as_str());
    within.server.store.set_role(&within.dispute.id, &user, None).await?;
    no_content()
}

/// An address that gives a role to the first who takes it.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct Invitation {
    id: String,
    role: MemberRole,
    /// For whom it is, in the words of who made it.
    note: String,
    /// Who made it, as they were called then.
    by: String,
    /// When it was made.
    created: DateTime<Utc>,
    /// When it ends.
    expires: DateTime<Utc>,
}

impl From<role::Invitation> for Invitation {
    fn from(invitation: role::Invitation) -> Self {
        let role::Invitation { id, dispute: _, role, note, by, created, expires } = invitation;
        Self { id: id.0, role: role.into(), note, by, created, expires }
    }
}

/// An invitation that was just made.
#[derive(Debug, Serialize, ToSchema)]
struct NewInvitation {
    #[serde(flatten)]
    invitation: Invitation,
    /// The address to hand on. It is not shown again.
    url: String,
}

/// List invitations
///
/// Those that were not taken and have not ended, newest first.
#[utoipa::path(get, path = "/disputes/{dispute}/invitations", tag = "People", params(InDispute, Paging),
    security(("token" = ["read"])),
    responses((status = OK, description = "A page of invitations.", body = Page<Invitation>)))]
async fn list_invitations(within: Within<ReadPeople>) -> Answer {
    within.only(&["limit", "cursor"])?;
    let invitations = within.server.store.invitations(&within.dispute.id).await?;
    within.listed(&invitations, |invitation| invitation.id.as_str(), Invitation::from)
}

/// What an invitation is made from.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct InvitationInput {
    role: MemberRole,
    #[serde(default)]
    #[schema(max_length = 200)]
    note: String,
    /// For how many days it is open.
    #[serde(default = "a_week")]
    #[schema(minimum = 1, maximum = 90)]
    days: i64,
}

fn a_week() -> i64 {
    7
}

/// Invite somebody
#[utoipa::path(post, path = "/disputes/{dispute}/invitations", tag = "People", params(InDispute),
    request_body = InvitationInput, security(("token" = ["admin"])),
    responses((status = CREATED, description = "The invitation, with its address.", body = NewInvitation)))]
async fn create_invitation(within: Within<Own>, Body(input): Body<InvitationInput>) -> Answer {
    let days = input.days.to_string();
    let form = form([("role", input.role.0.key()), ("note", &input.note), ("days", &days)]);
    let fields = read_invitation(form).map_err(|form| Problem::invalid(&form.errors))?;
    let (draft, code) = drafted(fields).map_err(|_| Problem::new(StatusCode::INTERNAL_SERVER_ERROR))?;
    let made = within.server.store.add_invitation(&within.actor(), &within.dispute.id, &draft).await?;
    let path = within.path(&format!("/invitations/{}", made.id));
    let url = format!("{}/join/{code}", within.origin);
    within.created(&path, &NewInvitation { invitation: made.into(), url })
}

/// Take an invitation back
#[utoipa::path(delete, path = "/disputes/{dispute}/invitations/{id}", tag = "People",
    params(InDispute, ItsPath), security(("token" = ["admin"])),
    responses((status = NO_CONTENT, description = "It is taken back.")))]
async fn revoke_invitation(within: Within<Own>) -> Answer {
    within.only(&[])?;
    let id = InvitationId::from(within.id.as_str());
    within.server.store.revoke_invitation(&within.dispute.id, &id).await?;
    no_content()
}
