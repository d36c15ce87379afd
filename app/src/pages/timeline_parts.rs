//! Parts of the timeline that its script fetches: the events of a window, of a cluster, the panel of an event. Of the
//! view, what cannot be read is passed over, since the page has already said so.

use super::dispute::{Reading, frame, notes_of_few, panel as panel_of, view_of};
use crate::components::timeline::{Part, TimelineFrame, cluster_panel, event_panel, timeline_window};
use crate::ground::Ground;
use crate::model::view::{Layout, View};
use crate::page::{Page, PageError, PageRequest};

/// The part of a timeline at a path below that of its views; see [`crate::ground::Base`].
pub(super) async fn part(request: &PageRequest, ground: Ground, path: &[&str]) -> Result<Page, PageError> {
    match path {
        ["window"] => window(request, &ground).await,
        ["cluster"] => cluster(request, &ground).await,
        ["events", id, "panel"] => panel(request, &ground, id).await,
        _ => Err(PageError::NotFound),
    }
}

async fn frame_of(request: &PageRequest, ground: &Ground, part: Part) -> Result<TimelineFrame, PageError> {
    let view = View { layout: Layout::Timeline, ..view_of(request).0 };
    frame(request, ground, view, Reading::Layout(part)).await
}

/// The events of the view's range, as items of the timeline's list.
async fn window(request: &PageRequest, ground: &Ground) -> Result<Page, PageError> {
    let mut frame = frame_of(request, ground, Part::Window).await?;
    frame.notes = notes_of_few(request, ground, &frame).await?;
    Ok(Page::part(move || timeline_window(&frame)))
}

/// The events of one lane in the view's range, in a panel.
async fn cluster(request: &PageRequest, ground: &Ground) -> Result<Page, PageError> {
    let lane = request.param("lane").and_then(|lane| lane.parse().ok()).ok_or(PageError::NotFound)?;
    let frame = frame_of(request, ground, Part::Cluster(lane)).await?;
    Ok(Page::part(move || cluster_panel(&frame, lane)))
}

/// What the page shows of an event that is selected.
async fn panel(request: &PageRequest, ground: &Ground, id: &str) -> Result<Page, PageError> {
    let parties = ground.parties(request).await?;
    let panel =
        panel_of(request, ground, id, &parties, &view_of(request).0).await?.ok_or(PageError::NotFound)?;
    Ok(Page::part(move || event_panel(&panel)))
}
