//! The parts of a page that a script improves. Each wraps HTML that the server has drawn whole and that works
//! without it.
//!
//! On the server an island is an element that names it ([`island`]); in the browser it is a function of that name,
//! which the page's script (`app/browser.js`) calls with the element. Not Leptos' own `#[island]`: these have neither
//! properties nor signals, and what Leptos links for them was 30 of the page's 90 kB.

#[cfg(feature = "hydrate")]
mod timeline;

/// The islands there are.
#[cfg(feature = "ssr")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Island {
    /// Makes a timeline move.
    Timeline,
}

/// An island around what the server draws.
#[cfg(feature = "ssr")]
pub fn island(which: Island, inside: leptos::prelude::AnyView) -> leptos::prelude::AnyView {
    use leptos::prelude::*;
    let name = match which {
        Island::Timeline => "timeline",
    };
    view! { <div class="island" data-island=name>{inside}</div> }.into_any()
}
