//! How much of a source is read. What is over a limit is an error or a [`Warning`](crate::Warning), never a silent cut.

/// The largest input that is looked at, in bytes.
pub const INPUT: usize = 64 << 20;

/// The most text that a document keeps, in bytes. What follows is left out, with a warning.
pub const TEXT: usize = 8 << 20;

/// The most HTML, in bytes after scripts, styles and oversized attributes are left out, that is laid out as a tree.
pub const HTML: usize = 8 << 20;

/// How deep the elements of a page may be nested; deeper tags are left out and their text kept. Browsers stop at 512.
pub const NESTING: usize = 400;

/// The most elements that a page may have; from there on only text is kept.
pub const ELEMENTS: usize = 120_000;

/// The most bytes that compressed parts of one PDF or DOCX may unpack to.
pub const UNPACKED: usize = 64 << 20;

/// The most pages of a PDF that are read.
pub const PDF_PAGES: usize = 2_000;
