//! The domain. Plain data and rules, in the vocabulary of the product; no SQL, no HTTP, no extraction.

#[cfg(feature = "ssr")]
pub mod access;
pub mod article;
pub(crate) mod choice;
pub mod date;
pub mod date_input;
pub mod dispute;
pub mod event;
pub mod evidence;
pub mod feed;
pub mod id;
pub mod inbox;
#[cfg(feature = "ssr")]
pub mod link;
#[cfg(feature = "ssr")]
pub mod record;
pub mod revision;
#[cfg(feature = "ssr")]
pub mod role;
pub mod search;
pub mod suggestion;
pub mod time;
pub mod view;
#[cfg(feature = "ssr")]
pub mod webhook;
pub mod work;
