//! The parts of a page that a script improves. Each wraps HTML that the server has drawn whole and that works
//! without it.

mod copy_link;
pub mod timeline;

pub use copy_link::CopyLink;
