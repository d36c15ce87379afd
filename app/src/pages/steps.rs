//! What the page and the panel of an event say of the steps that it is among.

use super::due::changes;
use crate::components::steps::{StepShown, StepsShown};
use crate::ground::Ground;
use crate::model::event::Event;
use crate::model::id::EventId;
use crate::page::PageRequest;
use crate::store::Result;

/// The steps that an event is among, each with its address; none for what is no step of anything.
pub(super) async fn steps_shown(
    request: &PageRequest,
    ground: &Ground,
    event: &Event,
    address: impl Fn(&EventId) -> String,
) -> Result<Option<StepsShown>> {
    let all = ground.steps(request).await?;
    let group = all.of(&event.id);
    let step = |step: &crate::store::EventBrief| StepShown {
        date: step.date.clone(),
        title: step.title.clone(),
        phase: step.phase,
        attestation: step.attestation,
        href: address(&step.id),
        is_this: step.id == event.id,
    };
    let is_there =
        |first: &EventId| group.is_some_and(|group| group.steps.iter().any(|step| step.id == *first));
    let deleted = match event.step_of.as_ref().filter(|first| !is_there(first)) {
        Some(first) => changes(request, ground, first, 1).await?.pop().map(|first| first.title),
        None => None,
    };
    if group.is_none() && deleted.is_none() {
        return Ok(None);
    }
    Ok(Some(StepsShown {
        title: group.map(|group| group.title.clone()).unwrap_or_default(),
        steps: group.map(|group| group.steps.iter().map(step).collect()).unwrap_or_default(),
        deleted,
    }))
}
