use thiserror::Error;

use crate::SourceKind;

/// Why there is no document. The messages are written for an editor who added the source.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ReadError {
    /// There are no bytes, or nothing but white space.
    #[error("The file is empty.")]
    Empty,
    /// The input is larger than [`limits::INPUT`](crate::limits::INPUT).
    #[error("The file is too large: {size} bytes; at most {limit} are read.")]
    TooLarge {
        /// Its size, in bytes.
        size: usize,
        /// The largest size, in bytes.
        limit: usize,
    },
    /// The bytes are of a kind that has no text that can be read here, such as a picture.
    #[error(
        "This is {found}, which has no text that can be read. HTML, plain text, Markdown, PDF, DOCX and EML can be."
    )]
    Unsupported {
        /// What it is, with its article: "a PNG picture".
        found: String,
    },
    /// The file is damaged or cut short.
    #[error("This {kind} file is damaged or incomplete: {detail}.")]
    Damaged {
        /// What it was read as.
        kind: SourceKind,
        /// What is wrong, as the parser put it.
        detail: String,
    },
    /// The file is protected by a password.
    #[error("This {kind} file is protected by a password. Save it without one and add it again.")]
    Encrypted {
        /// What it was read as.
        kind: SourceKind,
    },
    /// There is no text: a PDF of scanned pages, say, or a page that its script fills.
    #[error("There is no readable text in this {kind} file{}", hint_for(*kind))]
    NoText {
        /// What it was read as.
        kind: SourceKind,
    },
    /// Reading it would need more than the limits allow; files made to exhaust memory do this.
    #[error("This {kind} file unpacks to more than {limit} bytes and was not read.")]
    Bomb {
        /// What it was read as.
        kind: SourceKind,
        /// The most bytes that are unpacked.
        limit: usize,
    },
}

fn hint_for(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Pdf => {
            ". It seems to hold pictures of pages: run text recognition (OCR) on it first, or paste the text."
        }
        SourceKind::Html => ". The page may need its scripts or a subscription: paste the text instead.",
        _ => ".",
    }
}
