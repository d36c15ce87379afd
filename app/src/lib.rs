//! Impasse in the browser and on its pages: the domain, the timeline's arithmetic, components, islands and pages.

#[cfg(feature = "ssr")]
pub mod cache;
#[cfg(feature = "ssr")]
pub mod components;
#[cfg(feature = "ssr")]
pub mod forms;
#[cfg(feature = "ssr")]
pub mod ground;
pub mod islands;
pub mod model;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod past;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
pub mod store;
pub mod texts;
pub mod timeline;
