//! Which column of a table holds what.

use std::collections::BTreeMap;

use impasse_app::t;

/// The most sources that a row can have columns for.
pub const MAX_SOURCES: usize = 20;

/// What a column may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The identifier of the event.
    Id,
    /// Its date, or the beginning of a span if there is a column for the end.
    Date,
    /// The end of a span.
    End,
    /// The date as the source words it.
    Printed,
    /// The title.
    Title,
    /// The description.
    Description,
    /// The kind.
    Kind,
    /// How far it had gone.
    Phase,
    /// How much it matters.
    Importance,
    /// Its place among events of the same date.
    Sequence,
    /// The parties, one a line or with semicolons between them, each perhaps with its part in brackets.
    Parties,
    /// Something of a source, which are counted from 1.
    Source(usize, SourceField),
}

/// What a column may hold of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceField {
    /// Its address or, if the cell is none, who published it.
    Any,
    /// Its address.
    Url,
    /// Who published it.
    Publisher,
    /// Its headline.
    Title,
    /// Who wrote it.
    Byline,
    /// The day of publication.
    Published,
    /// The words.
    Quote,
    /// What sort of source says so.
    Attribution,
    /// Who says so, as printed.
    Wording,
    /// How many say so.
    Count,
    /// The date that it gives.
    Date,
    /// That date as it words it.
    Printed,
}

impl SourceField {
    const ALL: [(Self, &'static str); 12] = [
        (Self::Any, "any"),
        (Self::Url, "url"),
        (Self::Publisher, "publisher"),
        (Self::Title, "title"),
        (Self::Byline, "byline"),
        (Self::Published, "published"),
        (Self::Quote, "quote"),
        (Self::Attribution, "attribution"),
        (Self::Wording, "wording"),
        (Self::Count, "count"),
        (Self::Date, "date"),
        (Self::Printed, "date_printed"),
    ];

    /// Those that are written.
    pub(super) fn written() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().map(|(field, _)| field).filter(|field| *field != Self::Any)
    }

    fn label(self) -> &'static str {
        match self {
            Self::Any => t!("column-of-source-any"),
            Self::Url => t!("column-of-source-url"),
            Self::Publisher => t!("column-of-source-publisher"),
            Self::Title => t!("column-of-source-title"),
            Self::Byline => t!("column-of-source-byline"),
            Self::Published => t!("column-of-source-published"),
            Self::Quote => t!("column-of-source-quote"),
            Self::Attribution => t!("column-of-source-attribution"),
            Self::Wording => t!("column-of-source-wording"),
            Self::Count => t!("column-of-source-count"),
            Self::Date => t!("column-of-source-date"),
            Self::Printed => t!("column-of-source-printed"),
        }
    }

    fn key(self) -> &'static str {
        Self::ALL.iter().find(|(field, _)| *field == self).map_or("", |(_, key)| key)
    }
}

/// The fields of an event that are no source's, with their headings in the order in which they are written. The other
/// names are those that tables of other makers have, the likeliest first.
const NAMES: [(Field, &str, &[&str]); 11] = [
    (Field::Id, "id", &["event_id", "identifier", "unique_id", "uid"]),
    (
        Field::Date,
        "date",
        &["edtf", "event_date", "start_date", "date_start", "start", "from", "when", "day"],
    ),
    (Field::End, "end", &["end_date", "date_end", "to", "until"]),
    (Field::Printed, "date_printed", &["printed", "display_date"]),
    (Field::Title, "title", &["headline", "event", "event_title", "name", "what"]),
    (
        Field::Description,
        "description",
        &["text", "summary", "body", "details", "event_description", "note", "notes"],
    ),
    (Field::Kind, "kind", &["type", "category", "event_type"]),
    (Field::Phase, "phase", &[]),
    (Field::Importance, "importance", &["priority"]),
    (Field::Sequence, "sequence", &["order"]),
    (Field::Parties, "parties", &["party", "actors", "actor", "who", "group", "tag"]),
];

/// Names in tables of other makers for what belongs to the one source that these have.
const SOURCE_NAMES: [(SourceField, &[&str]); 7] = [
    (SourceField::Url, &["source_url", "url", "link", "source_link", "href"]),
    (SourceField::Publisher, &["source_publisher", "publisher", "outlet", "source_name", "media_credit"]),
    (SourceField::Title, &["source_title", "article", "article_title"]),
    (SourceField::Byline, &["source_byline", "byline", "author"]),
    (SourceField::Published, &["source_published", "published", "publication_date", "date_published"]),
    (SourceField::Quote, &["source_quote", "quote", "quotation"]),
    (SourceField::Any, &["source", "sources", "reference"]),
];

impl Field {
    /// The fields of an event itself, in the order in which they are offered and written.
    pub fn of_events() -> impl Iterator<Item = Self> {
        NAMES.into_iter().map(|(field, ..)| field)
    }

    /// The fields of one source, counted from 1.
    pub fn of_source(number: usize) -> impl Iterator<Item = Self> {
        SourceField::ALL.into_iter().map(move |(field, _)| Self::Source(number, field))
    }

    /// The stable key, which is also the heading of the column.
    pub fn key(self) -> String {
        match self {
            Self::Source(number, field) => format!("source_{number}_{}", field.key()),
            _ => NAMES.iter().find(|(field, ..)| *field == self).map_or("", |(_, key, _)| key).to_owned(),
        }
    }

    /// What it is, for people.
    pub fn label(self) -> String {
        match self {
            Self::Id => t!("column-id"),
            Self::Date => t!("column-date"),
            Self::End => t!("column-end"),
            Self::Printed => t!("column-printed"),
            Self::Title => t!("column-title"),
            Self::Description => t!("column-description"),
            Self::Kind => t!("column-kind"),
            Self::Phase => t!("column-phase"),
            Self::Importance => t!("column-importance"),
            Self::Sequence => t!("column-sequence"),
            Self::Parties => t!("column-parties"),
            Self::Source(1, field) => return t!("column-source", field = field.label()),
            Self::Source(number, field) => {
                return t!("column-source-numbered", number = number, field = field.label());
            }
        }
        .to_owned()
    }

    /// The field with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        if let Some((field, ..)) = NAMES.iter().find(|(_, name, _)| *name == key) {
            return Some(*field);
        }
        let (number, name) = key.strip_prefix("source_")?.split_once('_')?;
        let number = number.parse().ok().filter(|number| (1..=MAX_SOURCES).contains(number))?;
        let (field, _) = SourceField::ALL.iter().find(|(_, key)| *key == name)?;
        Some(Self::Source(number, *field))
    }
}

/// Which column holds what, the columns being counted from 0. A column that is not named is passed over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns(BTreeMap<Field, usize>);

impl Columns {
    /// What the headings suggest. No field is told by two columns: the better name wins.
    pub fn suggested<S: AsRef<str>>(headings: &[S]) -> Self {
        let names: Vec<String> = headings.iter().map(|heading| folded(heading.as_ref())).collect();
        let mut columns = Self::default();
        for (at, name) in names.iter().enumerate() {
            if let Some(field) = Field::from_key(name) {
                columns.0.entry(field).or_insert(at);
            }
        }
        let others = NAMES.iter().map(|(field, _, names)| (*field, *names));
        let of_source = SOURCE_NAMES.iter().map(|(field, names)| (Field::Source(1, *field), *names));
        for (field, aliases) in others.chain(of_source) {
            let free = |at: &usize| !columns.0.values().any(|taken| taken == at);
            let found =
                aliases.iter().find_map(|alias| names.iter().position(|name| name == alias).filter(free));
            if let Some(at) = found {
                columns.0.entry(field).or_insert(at);
            }
        }
        columns
    }

    /// Says which column holds a field; none that no column does.
    pub fn set(&mut self, field: Field, column: Option<usize>) {
        match column {
            Some(column) => self.0.insert(field, column),
            None => self.0.remove(&field),
        };
    }

    /// The column that holds a field.
    pub fn of(&self, field: Field) -> Option<usize> {
        self.0.get(&field).copied()
    }

    /// The fields that columns hold, in order.
    pub fn fields(&self) -> impl Iterator<Item = (Field, usize)> {
        self.0.iter().map(|(field, column)| (*field, *column))
    }

    /// The numbers of the sources that columns hold something of.
    pub(super) fn sources(&self) -> Vec<usize> {
        let mut numbers: Vec<usize> = self
            .0
            .keys()
            .filter_map(|field| match field {
                Field::Source(number, _) => Some(*number),
                _ => None,
            })
            .collect();
        numbers.dedup();
        numbers
    }
}

/// A heading as it is compared: in lower case, with one underscore for whatever is no letter or figure.
fn folded(heading: &str) -> String {
    let parts = heading.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("_").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_back() {
        for field in Field::of_events().chain(Field::of_source(1)).chain(Field::of_source(MAX_SOURCES)) {
            assert_eq!(Field::from_key(&field.key()), Some(field));
        }
        for key in ["", "source_0_url", "source_21_url", "source_1_", "source_x_url", "words"] {
            assert_eq!(Field::from_key(key), None, "{key}");
        }
    }

    #[test]
    fn the_better_name_wins() {
        let columns =
            Columns::suggested(&["Start Date", "Event", "Title", "Date", "Source", "End date", "Date"]);
        assert_eq!(columns.of(Field::Date), Some(3));
        assert_eq!(columns.of(Field::Title), Some(2));
        assert_eq!(columns.of(Field::End), Some(5));
        assert_eq!(columns.of(Field::Source(1, SourceField::Any)), Some(4));
        assert_eq!(columns.of(Field::Kind), None);
    }
}
