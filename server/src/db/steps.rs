//! Events that are steps of one another, such as announced, done and in effect.

use impasse_app::model::event::{Event, EventDraft};
use impasse_app::model::id::{DisputeId, EventId};
use impasse_app::store::{EventBrief, Result, StoreError};
use impasse_app::t;

use super::connection::{Database, values};
use super::deadlines::Given;
use super::disputes;
use super::outlines::{Brief, ORDER};
use super::write::Write;

/// Those of a dispute, and those that they are steps of, in order.
pub(super) async fn list(database: &Database, dispute: &DisputeId) -> Result<Vec<EventBrief>> {
    let mut connection = database.snapshot().await?;
    disputes::must_be(&mut connection, dispute).await?;
    let rest = format!(
        "from events where dispute_id = $1 and deleted_at is null and id in (
            select id from events where dispute_id = $1 and step_of is not null and deleted_at is null
            union
            select step_of from events where dispute_id = $1 and step_of is not null and deleted_at is null
        ){ORDER}"
    );
    let briefs: Vec<Brief> = connection.lists(Brief::COLUMNS, &rest, values![dispute]).await?;
    briefs.into_iter().map(EventBrief::try_from).collect()
}

/// Sees to it that the event whose step a draft is can be one. `before` is the event that it changes, if any.
///
/// [`StoreError::Unknown`] names `step_of` if there is no such event any more, [`StoreError::Refused`] says that it is
/// itself a step of this one.
pub(super) async fn settle(
    write: &mut Write<'_>,
    before: Option<&Event>,
    draft: &EventDraft,
    given: Given,
) -> Result<()> {
    let Some(first) = &draft.step_of else { return Ok(()) };
    let dispute = write.dispute.clone();
    let mut at = first.clone();
    loop {
        if before.is_some_and(|before| before.id == at) {
            let why = if at == *first {
                t!("told-steps-an-event-cannot-be")
            } else {
                t!("told-steps-that-event-is-itself")
            };
            return Err(StoreError::refused("step_of", why));
        }
        let sql = "select step_of from events where id = $1 and dispute_id = $2 and deleted_at is null";
        let row = write.connection.first(sql, values![&at, &dispute]).await?;
        let further = match row {
            Some(row) => row.get::<Option<String>>("step_of")?,
            None if at == *first => {
                let is_old = before.is_some_and(|before| before.step_of.as_ref() == Some(first));
                let is_there = "select id from events where id = $1 and dispute_id = $2";
                let is_known = write.connection.first(is_there, values![&at, &dispute]).await?.is_some();
                let is_kept = is_known && (is_old || given == Given::Before);
                return if is_kept { Ok(()) } else { Err(StoreError::Unknown("step_of")) };
            }
            None => None,
        };
        match further {
            Some(further) => at = EventId::from(further),
            None => return Ok(()),
        }
    }
}
