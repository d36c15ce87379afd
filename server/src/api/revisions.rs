//! The record of changes.

use chrono::{DateTime, Utc};
use impasse_app::model::revision::{self, Subject as Of};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer::{Answer, Page};
use super::call::{Anyone, InDispute, Paging, Within};
use super::problem::Problem;
use super::words::{Action, Subject};
use crate::web::Server;

pub(super) fn router() -> OpenApiRouter<Server> {
    OpenApiRouter::new().routes(routes!(list_revisions))
}

/// One recorded change.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct Revision {
    /// Its number; a later change has a higher one, over the whole site.
    number: i64,
    subject: Subject,
    /// The identifier of what was changed.
    subject_id: String,
    action: Action,
    /// Who did it, as they were called then.
    actor: String,
    at: DateTime<Utc>,
    /// Why, in the words of whoever did it.
    reason: String,
    /// The whole of it after the change, as it is kept; its fields are not part of what is promised. Null without a
    /// token where it is not public.
    #[schema(value_type = Option<Object>, required)]
    state: serde_json::Value,
}

fn shown(revision: revision::Revision, may_see_all: bool) -> Revision {
    let is_public = may_see_all || !matches!(revision.subject, Of::Candidate | Of::Feed);
    Revision {
        number: revision.number,
        subject: revision.subject.into(),
        subject_id: revision.subject_id,
        action: revision.action.into(),
        actor: revision.actor,
        at: revision.at,
        reason: revision.reason,
        state: if is_public {
            serde_json::from_str(&revision.state).unwrap_or_default()
        } else {
            serde_json::Value::Null
        },
    }
}

/// Which changes.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it names the parameters for the OpenAPI document; `list_revisions` reads them")]
struct Filters {
    /// The sort of thing that was changed, together with `subject_id`.
    #[param(example = "event")]
    subject: Option<String>,
    /// The identifier of what was changed.
    subject_id: Option<String>,
}

/// List revisions
///
/// Every change to the dispute and to what is in it, newest first; those of what is deleted are among them.
#[utoipa::path(get, path = "/disputes/{dispute}/revisions", tag = "Revisions",
    params(InDispute, Filters, Paging),
    responses((status = OK, description = "A page of revisions.", body = Page<Revision>)))]
async fn list_revisions(within: Within<Anyone>) -> Answer {
    within.only(&["subject", "subject_id", "limit", "cursor"])?;
    let subject = within.choice("subject", Of::from_key)?;
    let of = match (subject, within.param("subject_id")) {
        (None, None) => None,
        (Some(subject), Some(id)) => Some((subject, id)),
        (Some(_), None) => return Err(Problem::unreadable("subject_id", "Give the identifier as well.")),
        (None, Some(_)) => return Err(Problem::unreadable("subject", "Give what it is an identifier of.")),
    };
    let (limit, cursor) = within.paging()?;
    let before = cursor
        .map(|cursor| cursor.parse::<i64>())
        .transpose()
        .map_err(|_| Problem::unreadable("cursor", "Give the cursor as `next` gave it."))?;
    let asked = u32::try_from(limit + 1).unwrap_or(u32::MAX);
    let mut revisions = within.server.store.revisions(&within.dispute.id, of, before, asked).await?;
    let more = revisions.len() > limit;
    revisions.truncate(limit);
    let next = revisions.last().filter(|_| more).map(|last| last.number.to_string());
    let may_see_all = within.who.is_some();
    within.page(Page { items: revisions.into_iter().map(|one| shown(one, may_see_all)).collect(), next })
}
