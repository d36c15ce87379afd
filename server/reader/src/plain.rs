//! Plain text and Markdown, and the lines at the top of a text that say what it is and when it is from.

use pulldown_cmark::{Event, MetadataBlockKind, Options, Parser, Tag, TagEnd};

use crate::charset::{self, Decoded};
use crate::dates::{self, wording::Order};
use crate::html::{authors_of, encoding_name};
use crate::text::{clean_line, tidy};
use crate::{DateRole, DateSourceKind, Document, Hint, ReadError, SourceKind};

/// Reads plain text.
pub(crate) fn read_text(bytes: &[u8], hint: &Hint<'_>) -> Result<Document, ReadError> {
    let Decoded { text, encoding, mut warnings } =
        charset::decode(bytes, hint.content_type.and_then(charset::label_in_header), None);
    let text = tidy(&unwrap(&text), &mut warnings);
    if text.is_empty() {
        return Err(ReadError::Empty);
    }
    let top = Top::of(&text);
    let dating = dates::of_text(&text, &[], order(hint), hint);
    Ok(Document {
        charset: Some(encoding_name(encoding)),
        title: top.title,
        authors: top.byline.as_deref().map(authors_of).unwrap_or_default(),
        byline: top.byline,
        text,
        warnings,
        ..Document::new(SourceKind::Text, dating)
    })
}

/// Reads Markdown (CommonMark, with tables and with metadata in YAML at the top, as site generators keep it).
pub(crate) fn read_markdown(bytes: &[u8], hint: &Hint<'_>) -> Result<Document, ReadError> {
    let Decoded { text, encoding, mut warnings } =
        charset::decode(bytes, hint.content_type.and_then(charset::label_in_header), None);
    let Markdown { text, metadata, heading } = render(&text);
    let text = tidy(&text, &mut warnings);
    if text.is_empty() {
        return Err(ReadError::NoText { kind: SourceKind::Markdown });
    }
    let value = |names: &[&str]| {
        metadata.iter().find(|(name, _)| names.contains(&name.as_str())).map(|(_, value)| value.clone())
    };
    let top = Top::of(&text);
    let stated: Vec<Stated<'_>> = metadata
        .iter()
        .filter_map(|(name, value)| {
            let role = match name.as_str() {
                "date" | "published" | "publish_date" | "publishdate" | "pubdate" | "created" => {
                    DateRole::Published
                }
                "updated" | "modified" | "lastmod" | "last_modified" => DateRole::Modified,
                _ => return None,
            };
            Some(Stated { weight: 90, role, kind: DateSourceKind::Property, name, value })
        })
        .collect();
    let dating = dates::of_text(&text, &stated, order(hint), hint);
    let byline = value(&["author", "authors", "by", "byline"]).or(top.byline);
    Ok(Document {
        charset: Some(encoding_name(encoding)),
        title: value(&["title", "headline"]).or(heading).or(top.title),
        authors: byline.as_deref().map(authors_of).unwrap_or_default(),
        byline,
        publisher: value(&["publisher", "publication", "source"]),
        language: value(&["lang", "language"]).and_then(|tag| crate::html::language_tag(&tag)),
        canonical_url: value(&["canonical", "canonical_url", "url"]).and_then(|url| crate::canonical(&url)),
        text,
        warnings,
        ..Document::new(SourceKind::Markdown, dating)
    })
}

/// A date that a file states about itself.
pub(crate) struct Stated<'a> {
    pub weight: u32,
    pub role: DateRole,
    pub kind: DateSourceKind,
    pub name: &'a str,
    pub value: &'a str,
}

/// How figures are ordered in a file, which names no place: as its address says, if it has one.
pub(crate) fn order(hint: &Hint<'_>) -> Order {
    dates::order_of_place(None, hint.url)
}

/// What the first lines of a text say.
pub(crate) struct Top {
    pub title: Option<String>,
    pub byline: Option<String>,
}

impl Top {
    /// Reads them from a tidied text: a short first line that ends no sentence is the title, a line that begins with
    /// "By" is the byline.
    pub fn of(text: &str) -> Self {
        let mut lines = text.lines().filter(|line| !line.is_empty());
        let first = lines.next().unwrap_or_default();
        let title = (first.chars().count() <= 160
            && !first.ends_with(['.', ':', ';', ','])
            && text.len() > first.len() + 1)
            .then(|| first.strip_prefix("- ").unwrap_or(first).to_owned());
        let byline = text
            .lines()
            .filter(|line| !line.is_empty())
            .take(8)
            .find(|line| {
                let rest = line
                    .strip_prefix("By ")
                    .or_else(|| line.strip_prefix("BY "))
                    .or_else(|| line.strip_prefix("by "));
                line.chars().count() <= 120
                    && rest.is_some_and(|rest| rest.starts_with(char::is_uppercase) && !line.ends_with(','))
                    && !line.ends_with('.')
            })
            .map(str::to_owned);
        Self { title, byline }
    }
}

/// Joins lines that were broken at a fixed width; other lines stay as they are.
pub(crate) fn unwrap(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut block: Vec<&str> = Vec::new();
    for line in text.lines().chain([""]) {
        if !line.trim().is_empty() {
            block.push(line);
            continue;
        }
        end_block(&mut block, &mut out);
        out.push('\n');
    }
    out
}

fn end_block(block: &mut Vec<&str>, out: &mut String) {
    let width = |line: &str| line.trim_end().chars().count();
    let longest = block.iter().map(|line| width(line)).max().unwrap_or(0);
    let wrapped = block.len() > 1 && (50..=100).contains(&longest);
    for (at, line) in block.iter().enumerate() {
        let line = line.trim_end();
        out.push_str(line);
        let next = block.get(at + 1).map(|next| next.trim_start());
        // A line is broken for want of room when the first word of the next would not have fitted.
        let joins = wrapped
            && next.is_some_and(|next| {
                let word = next.split_whitespace().next().unwrap_or_default().chars().count();
                width(line) + 1 + word > longest && !begins_item(next)
            });
        out.push(if joins { ' ' } else { '\n' });
    }
    block.clear();
}

fn begins_item(line: &str) -> bool {
    line.starts_with(['-', '*', '\u{2022}', '>', '|', '#'])
        || line.split_once(['.', ')']).is_some_and(|(figure, rest)| {
            figure.len() <= 3
                && !figure.is_empty()
                && figure.bytes().all(|byte| byte.is_ascii_digit())
                && rest.starts_with(' ')
        })
}

struct Markdown {
    text: String,
    metadata: Vec<(String, String)>,
    heading: Option<String>,
}

fn render(source: &str) -> Markdown {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut out = Markdown { text: String::new(), metadata: Vec::new(), heading: None };
    let mut in_metadata = false;
    let mut heading: Option<usize> = None;
    let mut html = String::new();
    for event in Parser::new_ext(source, options) {
        match event {
            Event::Start(Tag::MetadataBlock(
                MetadataBlockKind::YamlStyle | MetadataBlockKind::PlusesStyle,
            )) => in_metadata = true,
            Event::End(TagEnd::MetadataBlock(_)) => in_metadata = false,
            Event::Text(text) if in_metadata => out.metadata.extend(text.lines().filter_map(pair)),
            Event::Text(text) | Event::Code(text) => out.text.push_str(&text),
            Event::SoftBreak => out.text.push(' '),
            Event::HardBreak => out.text.push('\n'),
            Event::Start(Tag::Item) => {
                if !out.text.ends_with('\n') {
                    out.text.push('\n');
                }
                out.text.push_str("- ");
            }
            Event::End(TagEnd::Item) => out.text.push('\n'),
            Event::Start(Tag::Heading { .. }) => {
                out.text.push_str("\n\n");
                heading = Some(out.text.len());
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some(start) = heading.take()
                    && out.heading.is_none()
                {
                    out.heading = Some(clean_line(&out.text[start..])).filter(|heading| !heading.is_empty());
                }
                out.text.push_str("\n\n");
            }
            Event::End(TagEnd::TableCell) => out.text.push(' '),
            Event::End(TagEnd::TableRow | TagEnd::TableHead) => out.text.push('\n'),
            Event::Start(Tag::Paragraph) => {
                // A paragraph inside an item of a list stays on its line.
                if !out.text.ends_with("- ") {
                    out.text.push_str("\n\n");
                }
            }
            Event::End(TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::BlockQuote(_) | TagEnd::List(_)) => {
                out.text.push_str("\n\n")
            }
            Event::Start(Tag::HtmlBlock) => html.clear(),
            Event::Html(piece) => html.push_str(&piece),
            Event::End(TagEnd::HtmlBlock) => {
                out.text.push_str("\n\n");
                out.text.push_str(&crate::html::lines::lines(html.as_bytes()));
                out.text.push_str("\n\n");
            }
            _ => {}
        }
    }
    out
}

/// `name: value` of YAML or `name = value` of TOML, for values that stand on one line.
fn pair(line: &str) -> Option<(String, String)> {
    let at = line.find([':', '='])?;
    let name = line[..at].trim().to_lowercase();
    let value = line[at + 1..].trim().trim_matches(['"', '\'', '[', ']']).replace(['"', '\''], "");
    let fits = !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    let value = clean_line(&value);
    (fits && !value.is_empty()).then_some((name, value))
}
