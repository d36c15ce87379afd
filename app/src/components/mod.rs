//! Parts that several pages are made of.

pub mod changes;
pub mod due;
pub mod fields;
pub mod parts;
pub mod steps;
pub mod timeline;
