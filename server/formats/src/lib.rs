//! A dispute's record in other formats, and back.
//!
//! [`write`] gives a record in a [`Format`]; [`losses`] says what that format cannot hold of this very record.
//! [`read`] gives what is in a file row by row, with every error at its row and column, and [`plan`] says which rows
//! are new, are there already or differ. All functions are pure: nothing is fetched, stored or asked.

pub mod csv {
    //! Stands in for the module of the same name on branch formats-a.
    /// See formats-a.
    pub type Columns = ();
}
mod atom;
pub mod changes;
mod docx;
mod draft;
mod export;
mod format;
mod ftm;
mod json_feed;
mod losses;
mod markdown;
mod prose;
mod reading;
mod text;
mod xml;

pub use changes::{Aspect, Change, changes};
pub use draft::{Draft, DraftParty, DraftSource, Quote};
pub use export::Export;
pub use format::Format;
pub use losses::{Loss, Part, losses};
pub use reading::{
    About, DayOrder, DraftPosition, Level, MAX_BYTES, MAX_ROWS, Note, Options, Reading, Refusal, Row,
};

/// The record in a format, as the bytes of a file.
pub fn write(format: Format, export: &Export<'_>) -> Vec<u8> {
    match format {
        Format::Atom => atom::write(export).into_bytes(),
        Format::JsonFeed => json_feed::write(export).into_bytes(),
        Format::Markdown => markdown::write(export).into_bytes(),
        Format::Docx => docx::write(export),
        Format::FollowTheMoney => ftm::write(export).into_bytes(),
        _ => Vec::new(),
    }
}
