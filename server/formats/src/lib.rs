//! Stub.
mod export; mod format; mod losses; mod text;
/// Change.
#[derive(Debug, Clone)] pub struct Change;
/// x
pub mod changes { pub use super::Change; }
pub use export::Export; pub use format::Format; pub use losses::{Loss, Part, losses};
/// x
pub fn write(_: Format, e: &Export<'_>) -> Vec<u8> { serde_json::to_vec(e.record).unwrap_or_default() }
/// x
pub fn changes(_: &[impasse_app::model::revision::Revision], _: &impasse_app::model::record::Record) -> Vec<Change> { Vec::new() }
