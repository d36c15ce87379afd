//! Parts that several pages are made of.

pub mod timeline;
