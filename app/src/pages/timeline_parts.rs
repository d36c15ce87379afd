//! Parts of the timeline that its script fetches: the events of a window, of a cluster, the panel of an event. Of the
//! view, what cannot be read is passed over, since the page has already said so.

use super::dispute::{Reading, frame, notes_of_few, panel as panel_of};
use super::dispute_of;
use crate::components::timeline::{Part, TimelineFrame, cluster_panel, event_panel, timeline_window};
use crate::model::view::{Layout, View};
use crate::page::{Page, PageError, PageRequest};

fn view(request: &PageRequest) -> View {
    View::read(request.query.iter().map(|(name, value)| (name.as_str(), value.as_str()))).0
}

async fn frame_of(request: &PageRequest, slug: &str, part: Part) -> Result<TimelineFrame, PageError> {
    let dispute = dispute_of(request, slug).await?;
    let view = View { layout: Layout::Timeline, ..view(request) };
    frame(request, dispute, view, Reading::Layout(part)).await
}

/// `/d/{slug}/window`: the events of the view's range, as items of the timeline's list.
pub(super) async fn window(request: &PageRequest, slug: &str) -> Result<Page, PageError> {
    let mut frame = frame_of(request, slug, Part::Window).await?;
    frame.notes = notes_of_few(request, &frame).await?;
    Ok(Page::part(move || timeline_window(&frame)))
}

/// `/d/{slug}/cluster`: the events of one lane in the view's range, in a panel.
pub(super) async fn cluster(request: &PageRequest, slug: &str) -> Result<Page, PageError> {
    let lane = request.param("lane").and_then(|lane| lane.parse().ok()).ok_or(PageError::NotFound)?;
    let frame = frame_of(request, slug, Part::Cluster(lane)).await?;
    Ok(Page::part(move || cluster_panel(&frame, lane)))
}

/// `/d/{slug}/events/{id}/panel`: what the page shows of an event that is selected.
pub(super) async fn panel(request: &PageRequest, slug: &str, id: &str) -> Result<Page, PageError> {
    let dispute = dispute_of(request, slug).await?;
    let parties = request.store.parties(&dispute.id).await?;
    let panel =
        panel_of(request, &dispute, id, &parties, &view(request)).await?.ok_or(PageError::NotFound)?;
    Ok(Page::part(move || event_panel(&panel)))
}
