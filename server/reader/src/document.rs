//! What a source is read into.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::Dating;

/// What is known about the bytes from outside. Everything is optional; what is wrong is found out and does no harm.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hint<'a> {
    /// The `Content-Type` header, such as `text/html; charset=utf-8`.
    pub content_type: Option<&'a str>,
    /// The address that the bytes came from, after redirects; relative links and the dates in paths are read from it.
    pub url: Option<&'a str>,
    /// The name of the uploaded file; only its ending is used.
    pub file_name: Option<&'a str>,
    /// The day that the bytes were retrieved. Dates more than one day later are not taken for publication dates.
    pub retrieved: Option<NaiveDate>,
}

/// The format that a source was read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// A web page.
    Html,
    /// Plain text.
    Text,
    /// Markdown (CommonMark).
    Markdown,
    /// The text layer of a PDF.
    Pdf,
    /// A Word document (Office Open XML).
    Docx,
    /// An e-mail message (RFC 5322, MIME).
    Email,
}

impl SourceKind {
    /// The word that is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Email => "email",
        }
    }
}

impl fmt::Display for SourceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Html => "HTML",
            Self::Text => "text",
            Self::Markdown => "Markdown",
            Self::Pdf => "PDF",
            Self::Docx => "DOCX",
            Self::Email => "EML",
        })
    }
}

/// A source, read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The format that it was read as.
    pub kind: SourceKind,
    /// The name of the character set that its text was decoded from (WHATWG Encoding), where that was for the reader
    /// to find out.
    pub charset: Option<String>,
    /// The headline, without the site's name; one line.
    pub title: Option<String>,
    /// The byline as printed ("By Ana Ruiz and Tom Pell"); one line.
    pub byline: Option<String>,
    /// The people or organisations that the byline names, without "by", dates or roles.
    pub authors: Vec<String>,
    /// The outlet that published it, as it calls itself.
    pub publisher: Option<String>,
    /// The address that the source calls its own, absolute and cleaned by [`canonical`](crate::canonical).
    pub canonical_url: Option<String>,
    /// The language that the source declares, as a BCP 47 tag ("en-GB").
    pub language: Option<String>,
    /// The publication date that ranks first among [`readings`](Self::readings). It is for an editor to confirm when
    /// [`agreement`](Self::agreement) is not [`Agreement::Agree`] or the reading has
    /// [`alternatives`](DatedBy::alternatives).
    pub published: Option<DatedBy>,
    /// The date of the last change that ranks first.
    pub modified: Option<DatedBy>,
    /// Every date that the source gives for itself, the best first.
    pub readings: Vec<DatedBy>,
    /// Whether the readings of the publication date agree.
    pub agreement: Agreement,
    /// The readable text: one paragraph, heading or list item (after "- ") to a line, paragraphs apart by an empty
    /// line. No control characters other than line feeds.
    pub text: String,
    /// What an editor should know before relying on the above.
    pub warnings: Vec<Warning>,
}

impl Document {
    /// A document of which only kind and dates are known.
    pub(crate) fn new(kind: SourceKind, dating: Dating) -> Self {
        let Dating { published, modified, readings, agreement } = dating;
        Self {
            kind,
            charset: None,
            title: None,
            byline: None,
            authors: Vec::new(),
            publisher: None,
            canonical_url: None,
            language: None,
            published,
            modified,
            readings,
            agreement,
            text: String::new(),
            warnings: Vec::new(),
        }
    }
}

/// Whether the readings of a publication date name the same day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Agreement {
    /// No date was found.
    #[default]
    None,
    /// One place only gives a date.
    Single,
    /// Several places give a date, and all name the same day.
    Agree,
    /// Two places name different days. The editor decides.
    Disagree,
}

/// A date that a source gives for itself, and where it was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatedBy {
    /// The calendar day, in the offset that the source itself states: 23:30-05:00 on the 8th is the 8th, not the 9th.
    pub day: NaiveDate,
    /// The time of day with its offset as stated, such as `18:05:00-05:00`; without an offset where none is stated.
    pub time: Option<String>,
    /// Other days that the same wording can mean: 03/04/2026 is in March or in April. Empty when it is plain.
    pub alternatives: Vec<NaiveDate>,
    /// The wording as it stands in the source, at most 200 characters.
    pub wording: String,
    /// Where it was found.
    pub source: DateSource,
    /// What it is the date of.
    pub role: DateRole,
}

/// What a date found in a source is the date of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateRole {
    /// When the source was published, or first published.
    Published,
    /// When it was last changed.
    Modified,
}

/// Where in a source a date was found.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DateSource {
    /// The kind of place.
    pub kind: DateSourceKind,
    /// Its name there: the meta tag's name, the JSON-LD property, the header, the class of the element; may be empty.
    pub name: String,
}

/// Kinds of places where a source gives its date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateSourceKind {
    /// JSON-LD of schema.org.
    JsonLd,
    /// A `<meta>` tag.
    Meta,
    /// Microdata or RDFa on an element of the page.
    Microdata,
    /// A `<time>` element.
    Time,
    /// An element whose class or identifier says that it holds a date.
    Element,
    /// Data that the page carries for its own scripts.
    Script,
    /// The lines about the headline and byline.
    Byline,
    /// Other text of the page or document.
    Text,
    /// The address.
    Url,
    /// A header of an e-mail message.
    Header,
    /// A property that the file carries about itself.
    Property,
}

impl DateSourceKind {
    /// The word that is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::JsonLd => "json_ld",
            Self::Meta => "meta",
            Self::Microdata => "microdata",
            Self::Time => "time",
            Self::Element => "element",
            Self::Script => "script",
            Self::Byline => "byline",
            Self::Text => "text",
            Self::Url => "url",
            Self::Header => "header",
            Self::Property => "property",
        }
    }
}

impl fmt::Display for DateSource {
    /// In words for an editor: `JSON-LD datePublished`, `meta article:published_time`, `address`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            DateSourceKind::JsonLd => "JSON-LD",
            DateSourceKind::Meta => "meta",
            DateSourceKind::Microdata => "microdata",
            DateSourceKind::Time => "<time>",
            DateSourceKind::Element => "element",
            DateSourceKind::Script => "page data",
            DateSourceKind::Byline => "byline text",
            DateSourceKind::Text => "text",
            DateSourceKind::Url => "address",
            DateSourceKind::Header => "header",
            DateSourceKind::Property => "file property",
        };
        f.write_str(kind)?;
        if !self.name.is_empty() {
            write!(f, " {}", self.name)?;
        }
        Ok(())
    }
}

/// What an editor should know before relying on a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "warning", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Warning {
    /// Nothing declares the character set; it was guessed from the bytes.
    CharsetGuessed {
        /// The guess.
        used: String,
    },
    /// The declared character set does not fit the bytes.
    CharsetMislabelled {
        /// As declared.
        declared: String,
        /// What was used.
        used: String,
    },
    /// Some bytes have no meaning in the character set and were replaced.
    Undecodable,
    /// Something was over a limit and left out.
    Shortened,
    /// No article could be told from what surrounds it; the text is that of the whole page.
    WholePage,
    /// The text is short for an article; the rest may be behind a subscription or loaded by a script.
    LittleText {
        /// Its length in characters.
        characters: usize,
    },
    /// Readings of the publication date name different days.
    DatesDisagree,
    /// The publication date is written so that it can mean several days.
    DateAmbiguous,
    /// There is no publication date.
    NoDate,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CharsetGuessed { used } => {
                write!(
                    f,
                    "The character set is not declared; {used} was guessed. Check accents and quotation marks."
                )
            }
            Self::CharsetMislabelled { declared, used } => {
                write!(f, "The source says that it is in {declared}, which cannot be; {used} was used.")
            }
            Self::Undecodable => f.write_str("Some characters could not be read and show as \u{fffd}."),
            Self::Shortened => {
                f.write_str("The source is very large or deeply nested; part of it was left out.")
            }
            Self::WholePage => f.write_str(
                "The article could not be told from what surrounds it; this is the text of the whole page.",
            ),
            Self::LittleText { characters } => write!(
                f,
                "There are only {characters} characters of text; the rest may need a subscription or a script."
            ),
            Self::DatesDisagree => {
                f.write_str("The source gives different publication days. Choose the right one.")
            }
            Self::DateAmbiguous => {
                f.write_str("The publication date can mean several days. Choose the right one.")
            }
            Self::NoDate => f.write_str("No publication date was found. Type it in."),
        }
    }
}
