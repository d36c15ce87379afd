//! From the bytes of a page or file to a readable article with its metadata.
//!
//! [`read`] takes HTML, plain text, Markdown, PDF (text layer), DOCX or an e-mail message and gives a [`Document`]:
//! readable text in paragraphs, title, byline, publisher, and **every** date that the source gives for itself, each
//! with where it was found. A publication date is never trusted silently: [`Document::published`] is the reading that
//! ranks first, [`Document::readings`] holds all of them, and [`Document::agreement`] says whether they agree.
//!
//! Every function is pure: no network, no file, no clock; the same input gives the same output. Input is taken to be
//! hostile: nothing panics, and memory and time are bounded (see [`limits`]).
//!
//! ```
//! use impasse_reader::{Hint, read};
//!
//! let page = br#"<title>Ferry talks stall</title>
//!     <meta property="article:published_time" content="2026-01-29T18:05:00-05:00">
//!     <article><h1>Ferry talks stall</h1><p>The port authority left the talks on Thursday.</p></article>"#;
//! let document = read(page, &Hint { content_type: Some("text/html"), ..Hint::default() })?;
//! let published = document.published.as_ref().expect("the page states it");
//! assert_eq!(published.day.to_string(), "2026-01-29");
//! assert_eq!(published.source.to_string(), "meta article:published_time");
//! assert_eq!(document.text, "The port authority left the talks on Thursday.");
//! # Ok::<(), impasse_reader::ReadError>(())
//! ```

mod canonical;
mod charset;
mod dates;
mod document;
mod docx;
mod email;
mod error;
mod html;
mod likeness;
pub mod limits;
mod pdf;
mod plain;
mod quote;
mod sniff;
mod text;

use std::panic::{AssertUnwindSafe, catch_unwind};

pub use canonical::canonical;
pub use dates::Dating;
pub use document::{
    Agreement, DateRole, DateSource, DateSourceKind, DatedBy, Document, Hint, SourceKind, Warning,
};
pub use error::{Damage, Foreign, ReadError};
pub use likeness::{Fingerprint, SAME_ORIGIN, fingerprint, likeness};
pub use quote::{QuoteContext, QuoteState, check_quote};

/// Reads a source.
///
/// # Errors
///
/// See [`ReadError`].
pub fn read(bytes: &[u8], hint: &Hint<'_>) -> Result<Document, ReadError> {
    if bytes.len() > limits::INPUT {
        return Err(ReadError::TooLarge { size: bytes.len(), limit: limits::INPUT });
    }
    if bytes.trim_ascii().is_empty() {
        return Err(ReadError::Empty);
    }
    let mut document = match sniff::kind(bytes, hint)? {
        SourceKind::Html => html::read(bytes, hint),
        SourceKind::Text => plain::read_text(bytes, hint),
        SourceKind::Markdown => plain::read_markdown(bytes, hint),
        SourceKind::Pdf => pdf::read(bytes, hint),
        SourceKind::Docx => docx::read(bytes, hint),
        SourceKind::Email => email::read(bytes, hint),
    }?;
    document.canonical_url = document.canonical_url.or_else(|| hint.url.and_then(canonical));
    match &document.published {
        None => document.warnings.push(Warning::NoDate),
        Some(published) if !published.alternatives.is_empty() => {
            document.warnings.push(Warning::DateAmbiguous);
        }
        Some(_) => {}
    }
    if document.agreement == Agreement::Disagree {
        document.warnings.push(Warning::DatesDisagree);
    }
    Ok(document)
}

/// The dates of an HTML page alone, many times faster than [`read`]. What is no page has none.
pub fn dates(bytes: &[u8], hint: &Hint<'_>) -> Dating {
    html::dates(bytes, hint)
}

/// Runs a parser that others wrote and that must not take the server down with it.
fn guarded<T>(parse: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(parse)).ok()
}
