//! JSON-LD of schema.org, as pages carry it: the entities in it, the article first.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::charset::lossy;

/// One entity, flattened to what is wanted of it.
#[derive(Debug, Default)]
pub(crate) struct Entity {
    /// Its types, without the vocabulary's address.
    pub types: Vec<String>,
    /// Text properties that are wanted, by name.
    pub texts: Vec<(&'static str, String)>,
    /// The names of its authors.
    pub authors: Vec<String>,
    /// The name of its publisher.
    pub publisher: Option<String>,
}

impl Entity {
    /// A text property.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.texts.iter().find(|(own, _)| *own == name).map(|(_, value)| value.as_str())
    }

    /// Whether it is an article: schema.org's Article and what is under it, and what publishers use in its place.
    pub fn is_article(&self) -> bool {
        self.types.iter().any(|kind| {
            kind.ends_with("Article")
                || kind.ends_with("Posting")
                || matches!(
                    kind.as_str(),
                    "Report" | "Review" | "OpinionPiece" | "PressRelease" | "CreativeWork"
                )
        })
    }

    /// Whether it is the page itself.
    pub fn is_page(&self) -> bool {
        self.types.iter().any(|kind| kind.ends_with("Page") || kind == "WebSite")
    }
}

const TEXTS: [&str; 10] = [
    "headline",
    "name",
    "datePublished",
    "dateModified",
    "dateCreated",
    "uploadDate",
    "inLanguage",
    "url",
    "description",
    "@id",
];

/// The entities of a block, in its order. What is no JSON gives what can be told without parsing: nothing.
pub(crate) fn entities(block: &[u8]) -> Vec<Entity> {
    let text = lossy(block);
    let Some(value) = parse(&text) else { return Vec::new() };
    let mut out = Vec::new();
    collect(&value, &mut out, 0);
    out
}

/// Parses JSON as it is found in pages: in comments or CDATA, with line breaks inside strings, with trailing commas
/// or semicolons.
fn parse(text: &str) -> Option<Value> {
    let mut trimmed = text.trim();
    for (open, close) in
        [("<!--", "-->"), ("<![CDATA[", "]]>"), ("//<![CDATA[", "//]]>"), ("/*<![CDATA[*/", "/*]]>*/")]
    {
        trimmed = trimmed.strip_prefix(open).unwrap_or(trimmed).trim();
        trimmed = trimmed.strip_suffix(close).unwrap_or(trimmed).trim();
    }
    let trimmed = trimmed.trim_end_matches(';').trim_end();
    if let Ok(value) = serde_json::from_str(trimmed) {
        return Some(value);
    }
    serde_json::from_str(&mend(trimmed)).ok()
}

/// Control characters become spaces, a backslash that escapes nothing is doubled, commas before a closing bracket go.
fn mend(text: &str) -> Cow<'_, str> {
    let mut out = String::with_capacity(text.len());
    let mut in_string = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                in_string = !in_string;
                out.push(c);
            }
            '\\' if in_string => match chars.peek() {
                Some('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u') => {
                    out.push(c);
                    out.extend(chars.next());
                }
                _ => out.push_str("\\\\"),
            },
            ']' | '}' if !in_string => {
                let kept = out.trim_end();
                if kept.ends_with(',') {
                    out.truncate(kept.len() - 1);
                }
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

fn collect(value: &Value, out: &mut Vec<Entity>, depth: usize) {
    if depth > 8 || out.len() > 200 {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, out, depth + 1)),
        Value::Object(map) => {
            let types = types(map);
            if !types.is_empty() {
                out.push(entity(map, types));
            }
            // Only what is about this page: not the stories that it lists or mentions.
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner @ (Value::Array(_) | Value::Object(_))) = map.get(key) {
                    collect(inner, out, depth + 1);
                }
            }
        }
        _ => {}
    }
}

fn types(map: &Map<String, Value>) -> Vec<String> {
    let own = |value: &Value| {
        let name = value.as_str()?;
        Some(name.rsplit(['/', '#', ':']).next().unwrap_or(name).to_owned())
    };
    match map.get("@type") {
        Some(Value::Array(values)) => values.iter().filter_map(own).collect(),
        Some(value) => own(value).into_iter().collect(),
        None => Vec::new(),
    }
}

fn entity(map: &Map<String, Value>, types: Vec<String>) -> Entity {
    let texts = TEXTS.iter().filter_map(|name| Some((*name, string(map.get(*name)?)?))).collect();
    let mut authors = Vec::new();
    for key in ["author", "creator"] {
        if authors.is_empty()
            && let Some(value) = map.get(key)
        {
            names(value, &mut authors);
        }
    }
    let mut publishers = Vec::new();
    if let Some(value) = map.get("publisher") {
        names(value, &mut publishers);
    }
    Entity { types, texts, authors, publisher: publishers.into_iter().next() }
}

fn string(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Array(values) => return values.first().filter(|value| value.is_string()).and_then(string),
        _ => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}

fn names(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::String(name) if !name.trim().is_empty() && !name.contains("://") => {
            out.push(name.trim().to_owned())
        }
        Value::Array(values) => values.iter().take(50).for_each(|value| {
            if !value.is_array() {
                names(value, out);
            }
        }),
        Value::Object(map) => match map.get("name") {
            Some(Value::String(name)) if !name.trim().is_empty() => out.push(name.trim().to_owned()),
            Some(Value::Array(values)) => {
                out.extend(values.iter().filter_map(Value::as_str).map(|name| name.trim().to_owned()));
            }
            _ => {}
        },
        _ => {}
    }
}
