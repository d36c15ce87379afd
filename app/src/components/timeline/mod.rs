//! The timeline in its four layouts, drawn whole by the server.
//!
//! The drawing is one ordered list of events. On a wide screen the style sheet places its items on an axis, at
//! positions that [`crate::timeline`] has worked out; on a narrow one, on paper and in the list layout the same items
//! stand one under the other by period. Every control is a link or a form; the island in
//! `islands::timeline` takes them over where scripts run.

mod axis;
mod controls;
mod drawing;
mod keys;
mod list;
mod marks;
mod overview;
mod panel;
mod paper;
pub mod picture;
mod story;
mod table;
pub mod window;

use std::sync::Arc;

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::ground::Base;
use crate::islands::{Island, island};
use crate::model::date::EventDate;
use crate::model::dispute::{Dispute, Party, Position};
use crate::model::event::Attestation;
use crate::model::steps::Steps;
use crate::model::time::Minute;
use crate::model::view::{Layout, View};
use crate::store::{EventBrief, Outline};

pub(crate) use list::in_range;

use window::Window;

pub use axis::{talks, talks_end, whole};
pub(crate) use controls::shapes;
pub use drawing::{Part, choose, cluster_panel, timeline_window};
pub use keys::{key_list, keys_dialog};
pub use panel::{PanelFrame, Resolution, event_panel};
pub use paper::{Footnotes, sources, whole_list};

/// What the timeline is drawn from.
#[derive(Debug, Clone)]
pub struct TimelineFrame {
    /// The dispute.
    pub dispute: Dispute,
    /// Where its views are.
    pub base: Base,
    /// Its parties, in its own order.
    pub parties: Vec<Party>,
    /// What the parties hold.
    pub positions: Vec<Position>,
    /// What is asked for.
    pub view: View,
    /// What the view's filters let through, whatever its range, in time order.
    pub outline: Arc<Vec<Outline>>,
    /// The same events with their words, where they are few or the layout shows them one by one; else none.
    pub events: Arc<Vec<EventBrief>>,
    /// What the drawing, or a part of it that is fetched, holds of them.
    pub window: Option<Window>,
    /// Which events of the dispute are steps of one, filtered or not.
    pub steps: Arc<Steps>,
    /// When there were talks; see [`talks`].
    pub talks: Vec<EventDate>,
    /// The minute that the last of them ended, where the dispute has been otherwise since.
    pub talks_end: Option<Minute>,
    /// The stretch that shows everything; see [`whole`].
    pub whole: (f64, f64),
    /// How many events the dispute has, filtered or not.
    pub total: usize,
    /// How many events have each attestation among those that the other filters let through.
    pub attested: Vec<(Attestation, usize)>,
    /// The sources of the events, as footnotes for paper.
    pub notes: Footnotes,
    /// The day that is taken for today.
    pub today: NaiveDate,
}

impl TimelineFrame {
    /// The address of this dispute in another view.
    pub(crate) fn address(&self, change: impl FnOnce(&mut View)) -> String {
        self.base.address(&self.view.with(change))
    }

    /// How many events lie in the view's range.
    pub(crate) fn in_range(&self) -> usize {
        let (from, to) = (self.view.range.from, self.view.range.to);
        let inside = self.outline.iter().filter(|event| {
            let (starts, ends) = event.bounds();
            from.is_none_or(|from| ends > from as f64) && to.is_none_or(|to| starts < to as f64)
        });
        inside.count()
    }
}

/// The event that the story layout shows: the selected one, or the first in range.
pub fn in_story(frame: &TimelineFrame) -> Option<&EventBrief> {
    let inside = in_range(frame);
    let chosen = inside.iter().find(|(_, event)| Some(event.id.as_str()) == frame.view.event.as_deref());
    chosen.or(inside.first()).map(|(_, event)| *event)
}

/// The timeline in the layout that the view asks for, with its controls and the panel of the selected event.
pub fn timeline(frame: &TimelineFrame, open: Option<&PanelFrame>) -> AnyView {
    let host = |open: Option<&PanelFrame>| {
        let panel = open.map(event_panel);
        view! { <div data-tl="host">{panel}</div> }.into_any()
    };
    match frame.view.layout {
        Layout::Timeline => {
            let inside = view! { {drawing::drawing(frame)}{host(open)} }.into_any();
            // Where there is nothing to draw there is nothing to move.
            if frame.outline.is_empty() { inside } else { island(Island::Timeline, inside) }
        }
        Layout::List => view! { {list::list(frame)}{host(open)} }.into_any(),
        Layout::Table => view! { {table::table(frame)}{host(open)} }.into_any(),
        Layout::Story => story::story(frame, open),
    }
}
