//! Impasse in the browser and on its pages: the domain, the timeline's arithmetic, components, islands and pages.

#[cfg(feature = "ssr")]
pub mod components;
pub mod model;
#[cfg(feature = "ssr")]
pub mod store;
pub mod timeline;
