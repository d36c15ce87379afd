//! The timeline that moves: zoom, pan, keys, the panel, and an address that follows.
//!
//! The island wraps the drawing that the server has made and takes its items over; nothing is drawn anew. It reads
//! times and lanes from attributes, lays out with the same functions as the server, and writes positions. While the
//! view is dragged only one layer moves.

use leptos::prelude::*;

#[cfg(feature = "hydrate")]
mod ask;
#[cfg(feature = "hydrate")]
mod dom;
#[cfg(feature = "hydrate")]
mod input;
#[cfg(feature = "hydrate")]
mod keys;
#[cfg(feature = "hydrate")]
mod page;
#[cfg(feature = "hydrate")]
mod paint;
#[cfg(feature = "hydrate")]
mod stage;

/// Makes the timeline inside it move.
#[island]
pub fn TimelineIsland(
    /// The timeline as the server draws it.
    children: Children,
) -> impl IntoView {
    // In the next frame, when the whole page is there. Not as an effect: nothing here is reactive, and the code that
    // makes it so can stay out of the browser.
    #[cfg(feature = "hydrate")]
    leptos::prelude::request_animation_frame(stage::start);
    children()
}
