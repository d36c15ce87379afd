//! A dispute's record in other formats, and back.
//!
//! [`write()`] gives a record in a [`Format`]; [`losses`] says what that format cannot hold of this very record.
//! [`read`] gives what is in a file row by row, with every error at its row and column, and [`plan`] says which rows
//! are new, are there already or differ. All functions are pure: nothing is fetched, stored or asked.

mod atom;
pub mod changes;
mod convert;
pub mod csv;
mod docx;
mod draft;
mod export;
mod format;
mod ftm;
mod html;
mod ics;
pub mod json;
mod json_feed;
mod losses;
mod markdown;
mod markwhen;
mod plan;
mod prose;
mod reading;
mod sheet;
mod text;
mod timelinejs;
mod when;
mod xml;

pub use changes::{Aspect, Change, changes};
pub use convert::event_draft;
pub use draft::{Draft, DraftParty, DraftSource, Quote};
pub use export::Export;
pub use format::Format;
pub use losses::{Loss, Part, losses};
pub use markdown::escape as escape_markdown;
pub use plan::{Fate, Plan, Planned, plan};
pub use reading::{
    About, DayOrder, DraftPosition, Level, MAX_BYTES, MAX_ROWS, Note, Options, Reading, Refusal, Row,
};

use impasse_app::texts::in_english;

/// The record in a format, as the bytes of a file. Files are in English, whatever the site's locale: programs read them,
/// and other sites.
pub fn write(format: Format, export: &Export<'_>) -> Vec<u8> {
    in_english(|| match format {
        Format::Json => json::write(export).into_bytes(),
        Format::Csv => csv::write(export).into_bytes(),
        Format::TimelineJs => timelinejs::write(export).into_bytes(),
        Format::TimelineJsSheet => sheet::write(export).into_bytes(),
        Format::Markwhen => markwhen::write(export).into_bytes(),
        Format::Ics => ics::write(export).into_bytes(),
        Format::Atom => atom::write(export).into_bytes(),
        Format::JsonFeed => json_feed::write(export).into_bytes(),
        Format::Markdown => markdown::write(export).into_bytes(),
        Format::Docx => docx::write(export),
        Format::FollowTheMoney => ftm::write(export).into_bytes(),
    })
}

/// What a file of a format holds, row by row. It is taken to be in English, as [`write()`] writes it; what is said of it
/// is in the site's locale.
///
/// # Errors
/// When nothing of it can be read: it is too large, is not of this format, lacks a column that must be there, or the
/// format can only be written.
pub fn read(format: Format, bytes: &[u8], options: &Options) -> Result<Reading, Refusal> {
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::TooLarge);
    }
    match format {
        Format::Json => json::read(bytes),
        Format::Csv => csv::read(bytes, options),
        Format::Ics => ics::read(bytes),
        Format::TimelineJs => timelinejs::read(bytes, options),
        Format::TimelineJsSheet => sheet::read(bytes, options),
        Format::Markwhen => markwhen::read(bytes, options),
        Format::Atom | Format::JsonFeed | Format::Markdown | Format::Docx | Format::FollowTheMoney => {
            Err(Refusal::WriteOnly(format))
        }
    }
}
