//! Sentences with marked parts.

use super::catalogue::{Value, filled};

/// A part of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Words without a mark.
    Text(String),
    /// The name of a mark, and the words between its ends.
    Marked(String, String),
}

/// Stands for `<` in what arguments hold while marks are looked for; no text of the interface has it.
const HELD: char = '\u{e000}';

/// The parts of a message, its arguments filled in. What looks like a mark in an argument is text.
pub fn parts(id: &'static str, arguments: &[(&'static str, Value<'_>)]) -> Vec<Part> {
    let held: Vec<_> = arguments
        .iter()
        .map(|(name, value)| match value {
            Value::String(text) => (*name, Value::from(text.replace('<', &HELD.to_string()))),
            other => (*name, other.clone()),
        })
        .collect();
    split(&filled(id, &held))
}

fn split(text: &str) -> Vec<Part> {
    let shown = |text: &str| text.replace(HELD, "<");
    let mut parts = Vec::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(found) = rest.get(from..).and_then(|tail| tail.find('<')) {
        let at = from + found;
        let Some((before, name, words, after)) = mark(rest, at) else {
            from = at + 1;
            continue;
        };
        if !before.is_empty() {
            parts.push(Part::Text(shown(before)));
        }
        parts.push(Part::Marked(name.to_owned(), shown(words)));
        (rest, from) = (after, 0);
    }
    if !rest.is_empty() {
        parts.push(Part::Text(shown(rest)));
    }
    parts
}

/// The mark that begins at a place: what is before it, its name, its words, and what is after it.
fn mark(text: &str, at: usize) -> Option<(&str, &str, &str, &str)> {
    let (before, tail) = text.split_at_checked(at)?;
    let (tag, after) = tail.strip_prefix('<')?.split_once('>')?;
    let name = tag.trim_end_matches('/');
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    if tag.ends_with('/') {
        return Some((before, name, "", after));
    }
    let (words, after) = after.split_once(&format!("</{name}>"))?;
    Some((before, name, words, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str) -> Part {
        Part::Text(words.to_owned())
    }

    fn marked(name: &str, words: &str) -> Part {
        Part::Marked(name.to_owned(), words.to_owned())
    }

    #[test]
    fn marks_are_told_from_text() {
        assert_eq!(
            split("See <a>the method</a>, <day/> or later."),
            [text("See "), marked("a", "the method"), text(", "), marked("day", ""), text(" or later.")]
        );
        assert_eq!(split("1 < 2, <B>, <a>open"), [text("1 < 2, <B>, <a>open")]);
        assert_eq!(split("\u{e000}a>x\u{e000}/a>"), [text("<a>x</a>")]);
    }
}
