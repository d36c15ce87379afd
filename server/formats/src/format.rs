//! The formats.

use impasse_app::t;
/// A format that a record can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Impasse's own JSON, without loss.
    Json,
    /// A table, one row an event.
    Csv,
    /// TimelineJS3's JSON.
    TimelineJs,
    /// The columns of TimelineJS3's spreadsheet template.
    TimelineJsSheet,
    /// markwhen's text.
    Markwhen,
    /// iCalendar (RFC 5545).
    Ics,
    /// Atom (RFC 4287), of changes.
    Atom,
    /// JSON Feed 1.1, of changes.
    JsonFeed,
    /// A chronology in Markdown, with footnotes.
    Markdown,
    /// A chronology in Office Open XML, with footnotes.
    Docx,
    /// FollowTheMoney entities, one a line.
    FollowTheMoney,
}

impl Format {
    /// Every format, in the order in which a person is offered them.
    pub const ALL: &'static [Self] = &[
        Self::Json,
        Self::Csv,
        Self::Markdown,
        Self::Docx,
        Self::Ics,
        Self::Atom,
        Self::JsonFeed,
        Self::TimelineJs,
        Self::TimelineJsSheet,
        Self::Markwhen,
        Self::FollowTheMoney,
    ];

    /// The stable key, as used in addresses and on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::TimelineJs => "timelinejs",
            Self::TimelineJsSheet => "timelinejs-csv",
            Self::Markwhen => "markwhen",
            Self::Ics => "ics",
            Self::Atom => "atom",
            Self::JsonFeed => "jsonfeed",
            Self::Markdown => "md",
            Self::Docx => "docx",
            Self::FollowTheMoney => "ftm",
        }
    }

    /// The format with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.key() == key)
    }

    /// Its name for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Json => t!("format-json"),
            Self::Csv => t!("format-csv"),
            Self::TimelineJs => t!("format-timeline-js"),
            Self::TimelineJsSheet => t!("format-timeline-js-sheet"),
            Self::Markwhen => t!("format-markwhen"),
            Self::Ics => t!("format-ics"),
            Self::Atom => t!("format-atom"),
            Self::JsonFeed => t!("format-json-feed"),
            Self::Markdown => t!("format-markdown"),
            Self::Docx => t!("format-docx"),
            Self::FollowTheMoney => t!("format-follow-the-money"),
        }
    }

    /// The media type to be sent with it.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Json | Self::TimelineJs => "application/json",
            Self::Csv | Self::TimelineJsSheet => "text/csv; charset=utf-8; header=present",
            Self::Markwhen => "text/plain; charset=utf-8",
            Self::Ics => "text/calendar; charset=utf-8",
            Self::Atom => "application/atom+xml",
            Self::JsonFeed => "application/feed+json",
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::FollowTheMoney => "application/x-ndjson",
        }
    }

    /// The ending of a file's name, without its dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::TimelineJs => "timelinejs.json",
            Self::TimelineJsSheet => "timelinejs.csv",
            Self::Markwhen => "mw",
            Self::Ics => "ics",
            Self::Atom => "atom",
            Self::JsonFeed => "feed.json",
            Self::Markdown => "md",
            Self::Docx => "docx",
            Self::FollowTheMoney => "ftm.json",
        }
    }

    /// Whether [`crate::read`] reads it.
    pub fn is_read(self) -> bool {
        matches!(
            self,
            Self::Json | Self::Csv | Self::TimelineJs | Self::TimelineJsSheet | Self::Markwhen | Self::Ics
        )
    }

    /// Whether it tells of changes rather than of how things stand; see [`crate::Export::changes`].
    pub fn is_of_changes(self) -> bool {
        matches!(self, Self::Atom | Self::JsonFeed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_endings_are_distinct() {
        for of in [Format::key, Format::extension, Format::label] {
            let mut names: Vec<&str> = Format::ALL.iter().copied().map(of).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), Format::ALL.len());
        }
        for format in Format::ALL {
            assert_eq!(Format::from_key(format.key()), Some(*format));
        }
    }
}
