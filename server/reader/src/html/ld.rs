//! JSON-LD of schema.org, as pages carry it: the entities in it, the article first.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

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

/// JSON-LD as far as it is wanted: of an object only the properties that are read, of what is neither text, number, list
/// nor object nothing. Blocks are often far larger than what they say of the article.
enum Json<'a> {
    Text(Cow<'a, str>),
    Number(Number),
    List(Vec<Self>),
    Object(Object<'a>),
    Other,
}

struct Object<'a>(Vec<(&'static str, Json<'a>)>);

impl<'a> Object<'a> {
    /// A property; of several with one name the last counts, as in JavaScript.
    fn get(&self, name: &str) -> Option<&Json<'a>> {
        self.0.iter().rev().find(|(own, _)| *own == name).map(|(_, value)| value)
    }
}

/// The name of a property that is read.
struct Name(Option<&'static str>);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;
        impl Visitor<'_> for Names {
            type Value = Name;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a property")
            }

            fn visit_str<E>(self, name: &str) -> Result<Name, E> {
                const OTHERS: [&str; 7] =
                    ["@type", "@graph", "mainEntity", "mainEntityOfPage", "author", "creator", "publisher"];
                Ok(Name(TEXTS.into_iter().chain(OTHERS).find(|own| *own == name)))
            }
        }
        deserializer.deserialize_str(Names)
    }
}

impl<'de> Deserialize<'de> for Json<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Values;
        impl<'de> Visitor<'de> for Values {
            type Value = Json<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Json::Text(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Json::Text(Cow::Owned(text.to_owned())))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
                Ok(Json::Number(number.into()))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
                Ok(Json::Number(number.into()))
            }

            fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
                Ok(Number::from_f64(number).map_or(Json::Other, Json::Number))
            }

            fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
                Ok(Json::Other)
            }

            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Json::Other)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let mut values = Vec::new();
                while let Some(value) = list.next_element()? {
                    values.push(value);
                }
                Ok(Json::List(values))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut properties = Vec::new();
                while let Some(Name(name)) = map.next_key()? {
                    match name {
                        Some(name) => properties.push((name, map.next_value()?)),
                        None => {
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(Json::Object(Object(properties)))
            }
        }
        deserializer.deserialize_any(Values)
    }
}

/// The entities of a block, in its order. What is no JSON gives what can be told without parsing: nothing.
///
/// JSON is taken as it is found in pages: in comments or CDATA, with line breaks inside strings, with trailing commas or
/// semicolons.
pub(crate) fn entities(block: &[u8]) -> Vec<Entity> {
    let text = lossy(block);
    let mut trimmed = text.trim();
    for (open, close) in
        [("<!--", "-->"), ("<![CDATA[", "]]>"), ("//<![CDATA[", "//]]>"), ("/*<![CDATA[*/", "/*]]>*/")]
    {
        trimmed = trimmed.strip_prefix(open).unwrap_or(trimmed).trim();
        trimmed = trimmed.strip_suffix(close).unwrap_or(trimmed).trim();
    }
    let trimmed = trimmed.trim_end_matches(';').trim_end();
    let mut out = Vec::new();
    match serde_json::from_str(trimmed) {
        Ok(value) => collect(&value, &mut out, 0),
        Err(_) => {
            if let Ok(value) = serde_json::from_str(&mend(trimmed)) {
                collect(&value, &mut out, 0);
            }
        }
    }
    out
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

fn collect(value: &Json<'_>, out: &mut Vec<Entity>, depth: usize) {
    if depth > 8 || out.len() > 200 {
        return;
    }
    match value {
        Json::List(values) => values.iter().for_each(|value| collect(value, out, depth + 1)),
        Json::Object(map) => {
            let types = types(map);
            if !types.is_empty() {
                out.push(entity(map, types));
            }
            // Only what is about this page: not the stories that it lists or mentions.
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner @ (Json::List(_) | Json::Object(_))) = map.get(key) {
                    collect(inner, out, depth + 1);
                }
            }
        }
        _ => {}
    }
}

fn types(map: &Object<'_>) -> Vec<String> {
    let own = |value: &Json<'_>| {
        let Json::Text(name) = value else { return None };
        Some(name.rsplit(['/', '#', ':']).next().unwrap_or(name).to_owned())
    };
    match map.get("@type") {
        Some(Json::List(values)) => values.iter().filter_map(own).collect(),
        Some(value) => own(value).into_iter().collect(),
        None => Vec::new(),
    }
}

fn entity(map: &Object<'_>, types: Vec<String>) -> Entity {
    let texts = TEXTS.iter().filter_map(|name| Some((*name, string(map.get(name)?)?))).collect();
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

fn string(value: &Json<'_>) -> Option<String> {
    let text = match value {
        Json::Text(text) => text.trim().to_owned(),
        Json::Number(number) => number.to_string(),
        Json::List(values) => {
            return values.first().filter(|value| matches!(value, Json::Text(_))).and_then(string);
        }
        _ => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}

fn names(value: &Json<'_>, out: &mut Vec<String>) {
    match value {
        Json::Text(name) if !name.trim().is_empty() && !name.contains("://") => {
            out.push(name.trim().to_owned());
        }
        Json::List(values) => values.iter().take(50).for_each(|value| {
            if !matches!(value, Json::List(_)) {
                names(value, out);
            }
        }),
        Json::Object(map) => match map.get("name") {
            Some(Json::Text(name)) if !name.trim().is_empty() => out.push(name.trim().to_owned()),
            Some(Json::List(values)) => {
                out.extend(values.iter().filter_map(|name| match name {
                    Json::Text(name) => Some(name.trim().to_owned()),
                    _ => None,
                }));
            }
            _ => {}
        },
        _ => {}
    }
}
