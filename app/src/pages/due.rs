//! What the page and the panel of an event say of it as a deadline.

use crate::components::due::{Counted, DueShown};
use crate::ground::Ground;
use crate::model::date::EventDate;
use crate::model::due::DueState;
use crate::model::event::Event;
use crate::model::id::EventId;
use crate::model::revision::Subject;
use crate::page::PageRequest;
use crate::store::{Result, StoreError};

/// How many changes are looked through for earlier dates.
const CHANGES: u32 = 100;

/// A deadline as it is shown on some ground; none for what is not one.
pub(super) async fn due_shown(
    request: &PageRequest,
    ground: &Ground,
    event: &Event,
) -> Result<Option<DueShown>> {
    let Some(due) = &event.due else { return Ok(None) };
    let counted = match &due.rule {
        Some(rule) => {
            let (base, is_there) = match ground.event(request, &rule.base).await {
                Ok(base) => (Some(base), true),
                Err(StoreError::NotFound) => (changes(request, ground, &rule.base, 1).await?.pop(), false),
                Err(error) => return Err(error),
            };
            base.map(|base| Counted {
                rule: rule.words(),
                title: base.title,
                date: base.date.words(),
                href: is_there.then(|| ground.event_address(&base.id)),
            })
        }
        None => None,
    };
    let earlier =
        if due.state == DueState::Moved { earlier(request, ground, event).await? } else { Vec::new() };
    Ok(Some(DueShown { state: due.state, words: due.words(&event.date, ground.today), counted, earlier }))
}

/// What an event said, from the latest change to earlier ones.
pub(super) async fn changes(
    request: &PageRequest,
    ground: &Ground,
    id: &EventId,
    limit: u32,
) -> Result<Vec<Event>> {
    let before = ground.is_past().then_some(ground.dispute.revision + 1);
    let of = Some((Subject::Event, id.as_str()));
    let revisions = request.store.revisions(&ground.dispute.id, of, before, limit).await?;
    Ok(revisions.iter().filter_map(|revision| serde_json::from_str(&revision.state).ok()).collect())
}

/// The dates that an event had before the one that it has, each with the day on which it was changed.
async fn earlier(
    request: &PageRequest,
    ground: &Ground,
    event: &Event,
) -> Result<Vec<(EventDate, chrono::NaiveDate)>> {
    let mut earlier: Vec<(EventDate, chrono::NaiveDate)> = Vec::new();
    let (mut date, mut changed) = (event.date.clone(), event.updated.date_naive());
    for before in changes(request, ground, &event.id, CHANGES).await? {
        if before.date.edtf() != date.edtf() {
            earlier.push((before.date.clone(), changed));
        }
        (date, changed) = (before.date, before.updated.date_naive());
    }
    earlier.reverse();
    Ok(earlier)
}
