use thiserror::Error;

use crate::SourceKind;

/// Why there is no document. The messages are for logs; whoever shows it to people has words of their own for it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadError {
    /// There are no bytes, or nothing but white space.
    #[error("nothing but white space")]
    Empty,
    /// The input is larger than [`limits::INPUT`](crate::limits::INPUT).
    #[error("{size} bytes, of at most {limit}")]
    TooLarge {
        /// Its size, in bytes.
        size: usize,
        /// The largest size, in bytes.
        limit: usize,
    },
    /// The bytes are of a kind that has no text that can be read here, such as a picture.
    #[error("no kind that is read: {0:?}")]
    Unsupported(Foreign),
    /// The file is damaged or cut short.
    #[error("damaged {kind}: {damage:?}")]
    Damaged {
        /// What it was read as.
        kind: SourceKind,
        /// What is wrong.
        damage: Damage,
    },
    /// The file is protected by a password.
    #[error("{kind} with a password")]
    Encrypted {
        /// What it was read as.
        kind: SourceKind,
    },
    /// There is no text: a PDF of scanned pages, say, or a page that its script fills.
    #[error("{kind} without text")]
    NoText {
        /// What it was read as.
        kind: SourceKind,
    },
    /// Reading it would need more than the limits allow; files made to exhaust memory do this.
    #[error("{kind} of more than {limit} bytes unpacked")]
    Bomb {
        /// What it was read as.
        kind: SourceKind,
        /// The most bytes that are unpacked.
        limit: usize,
    },
}

/// What something is that has no text to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// A picture, by the name of its format.
    Picture(&'static str),
    /// A picture, sound or film.
    Media,
    /// A sound or film.
    SoundOrFilm,
    /// A sound.
    Sound,
    /// A compressed file, by the name of its format.
    Compressed(&'static str),
    /// An archive, by the name of its format.
    Archive(&'static str),
    /// An RTF document.
    Rtf,
    /// A Word document of the old format, or a newer one with a password.
    OldWord,
    /// A file of an office program that is no document, such as a spreadsheet.
    Office,
    /// A program.
    Program,
    /// Bytes that are no text.
    Bytes,
    /// A feed.
    Feed,
    /// Data in JSON.
    Json,
    /// A file of this media type, such as `video/mp4`.
    Type(String),
}

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Damage {
    /// It cannot be unpacked.
    Packing,
    /// Its parts cannot be followed.
    Parts,
    /// It holds messages inside messages without end.
    Nesting,
    /// Its headers cannot be read.
    Headers,
    /// Something else, as the parser puts it in English.
    Other(String),
}
