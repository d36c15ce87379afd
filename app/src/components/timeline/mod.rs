//! The timeline in its four layouts, drawn whole by the server.
//!
//! The drawing is one ordered list of events. On a wide screen the style sheet places its items on an axis, at
//! positions that [`crate::timeline`] has worked out; on a narrow one, on paper and in the list layout the same items
//! stand one under the other by period. Every control is a link or a form; the island in
//! [`crate::islands::timeline`] takes them over where scripts run.

mod axis;
mod controls;
mod drawing;
mod list;
mod marks;
mod overview;
mod panel;
pub mod window;

use std::sync::Arc;

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::islands::timeline::TimelineIsland;
use crate::model::dispute::{Dispute, Party, Position};
use crate::model::view::{Layout, View};
use crate::store::EventBrief;

pub use drawing::{cluster_panel, timeline_window};
pub use panel::{PanelFrame, event_panel};

/// What the timeline is drawn from.
#[derive(Debug, Clone)]
pub struct TimelineFrame {
    /// The dispute.
    pub dispute: Dispute,
    /// Its parties, in its own order.
    pub parties: Vec<Party>,
    /// What the parties hold.
    pub positions: Vec<Position>,
    /// What is asked for.
    pub view: View,
    /// The events that the view's filters let through, whatever its range, in time order.
    pub events: Arc<Vec<EventBrief>>,
    /// How many events the dispute has, filtered or not.
    pub total: usize,
    /// Today.
    pub today: NaiveDate,
}

impl TimelineFrame {
    /// The address of this dispute in another view.
    pub(crate) fn address(&self, change: impl FnOnce(&mut View)) -> String {
        address(&self.dispute.slug, &self.view, change)
    }
}

/// The address of a dispute in a view with a change.
pub(crate) fn address(slug: &str, view: &View, change: impl FnOnce(&mut View)) -> String {
    format!("/d/{slug}{}", view.with(change).query_string())
}

/// The timeline in the layout that the view asks for, with its controls and the panel of the selected event.
pub fn timeline(frame: &TimelineFrame, panel: Option<&PanelFrame>) -> AnyView {
    let panel = view! { <div data-tl="host">{panel.map(event_panel)}</div> };
    match frame.view.layout {
        Layout::Timeline => {
            let drawing = drawing::drawing(frame);
            view! { <TimelineIsland>{drawing}{panel}</TimelineIsland> }.into_any()
        }
        Layout::List | Layout::Story | Layout::Table => view! { {list::list(frame)}{panel} }.into_any(),
    }
}
