//! Pieces of the dispute's page that its island fetches while it is open, drawn by the same components.

use super::dispute::{frame, panel};
use super::dispute_of;
use crate::components::timeline::{cluster_panel, event_panel, timeline_window};
use crate::model::view::View;
use crate::page::{PageError, PageRequest, draw};

/// The piece of HTML at a path: `/d/{slug}/window`, `/d/{slug}/cluster?lane=` or `/d/{slug}/events/{id}/panel`, each
/// with the parameters of the view that it is for. Parameters that cannot be read are passed over, since the page has
/// already said so.
///
/// # Errors
/// [`PageError::NotFound`] where there is nothing.
pub async fn fragment(request: &PageRequest) -> Result<String, PageError> {
    let parts: Vec<&str> = request.path.split('/').filter(|part| !part.is_empty()).collect();
    let (view, _) = View::read(request.query.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    match parts.as_slice() {
        ["d", slug, "window"] => {
            let dispute = dispute_of(request, slug).await?;
            let frame = frame(request, dispute, view).await?;
            Ok(draw(|| timeline_window(&frame)))
        }
        ["d", slug, "cluster"] => {
            let lane = request.param("lane").and_then(|lane| lane.parse().ok()).ok_or(PageError::NotFound)?;
            let dispute = dispute_of(request, slug).await?;
            let frame = frame(request, dispute, view).await?;
            Ok(draw(|| cluster_panel(&frame, lane)))
        }
        ["d", slug, "events", id, "panel"] => {
            let dispute = dispute_of(request, slug).await?;
            let parties = request.store.parties(&dispute.id).await?;
            let panel = panel(request, &dispute, id, &parties, &view).await?.ok_or(PageError::NotFound)?;
            Ok(draw(|| event_panel(&panel)))
        }
        _ => Err(PageError::NotFound),
    }
}
