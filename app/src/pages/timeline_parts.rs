//! Parts of the timeline that its script fetches: the events of a window, of a cluster, the panel of an event.

use super::{dispute, dispute_of};
use crate::components::timeline::{TimelineFrame, cluster_panel, event_panel, timeline_window};
use crate::model::view::{Range, View};
use crate::page::{Page, PageError, PageRequest};

async fn frame(request: &PageRequest, slug: &str) -> Result<TimelineFrame, PageError> {
    let dispute = dispute_of(request, slug).await?;
    let pairs = request.query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let (view, _) = View::read(pairs);
    let parties = request.store.parties(&dispute.id).await?;
    let filtered = view.with(|view| view.range = Range { from: None, to: None });
    let events = request.store.events(&dispute.id, &filtered).await?;
    let total = events.len();
    Ok(TimelineFrame { dispute, parties, positions: Vec::new(), view, events, total, today: request.today })
}

/// `/d/{slug}/window`: the events of the view's range, as items of the timeline's list.
pub(super) async fn window(request: &PageRequest, slug: &str) -> Result<Page, PageError> {
    let frame = frame(request, slug).await?;
    Ok(Page::part(move || timeline_window(&frame)))
}

/// `/d/{slug}/cluster`: the events of one lane in the view's range, in a panel.
pub(super) async fn cluster(request: &PageRequest, slug: &str) -> Result<Page, PageError> {
    let frame = frame(request, slug).await?;
    let lane = request.param("lane").and_then(|lane| lane.parse().ok()).unwrap_or(0);
    Ok(Page::part(move || cluster_panel(&frame, lane)))
}

/// `/d/{slug}/events/{id}/panel`: what the page shows of an event that is selected.
pub(super) async fn panel(request: &PageRequest, slug: &str, id: &str) -> Result<Page, PageError> {
    let dispute = dispute_of(request, slug).await?;
    let pairs = request.query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let (view, _) = View::read(pairs);
    let parties = request.store.parties(&dispute.id).await?;
    let panel = dispute::panel(request, &dispute, id, &parties, &view).await?.ok_or(PageError::NotFound)?;
    Ok(Page::part(move || event_panel(&panel)))
}
