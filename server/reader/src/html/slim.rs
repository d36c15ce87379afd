//! A page without what only costs time: scripts, styles, comments, oversized attributes, nesting without end.
//!
//! Laying out a tree takes time that grows with the square of the nesting, and readability passes over the tree many
//! times. What is left out here never reaches the text anyway, except what is over the limits, which is reported.

use super::scan::{Event, Scanner, Tag};
use crate::limits;

pub(super) struct Slim {
    pub html: String,
    /// Whether anything was left out that could have mattered.
    pub shortened: bool,
}

/// Longer attributes hold data, pictures or an attack.
const ATTRIBUTES: usize = 16 << 10;

pub(super) fn slim(html: &str) -> Slim {
    let mut out = String::with_capacity(html.len().min(limits::HTML));
    let mut shortened = false;
    let mut depth = 0_usize;
    let mut elements = 0_usize;
    // Tags that were left out for being too deep, and whose closing tags must go as well.
    let mut dropped = 0_usize;
    let mut keep_raw = false;
    let mut raw = false;
    for event in Scanner::new(html.as_bytes()) {
        if out.len() > limits::HTML {
            shortened = true;
            break;
        }
        match event {
            Event::Open(tag) => {
                elements += 1;
                raw = is_raw(&tag);
                keep_raw = raw && is_wanted_raw(&tag);
                if raw && !keep_raw {
                    continue;
                }
                let nests = !is_void(&tag) && !raw;
                if nests && (depth >= limits::NESTING || elements > limits::ELEMENTS) {
                    dropped += 1;
                    shortened = true;
                    // The words on both sides of a tag that is gone stay apart.
                    out.push(' ');
                    continue;
                }
                depth += usize::from(nests && !closes_itself(&tag));
                if tag.inside.len() > ATTRIBUTES {
                    out.push('<');
                    out.push_str(piece(html, &tag).1);
                    short_attributes(&tag, &mut out);
                    out.push('>');
                } else {
                    out.push_str(&html[tag.start..tag.end]);
                }
            }
            Event::Close(tag) => {
                if is_raw(&tag) {
                    if keep_raw || !raw {
                        out.push_str(&html[tag.start..tag.end]);
                    }
                    raw = false;
                    continue;
                }
                if dropped > 0 && !closes_itself(&tag) && !is_void(&tag) {
                    dropped -= 1;
                    out.push(' ');
                    continue;
                }
                if !closes_itself(&tag) {
                    depth = depth.saturating_sub(1);
                }
                out.push_str(&html[tag.start..tag.end]);
            }
            Event::Raw(_, content) => {
                if keep_raw {
                    out.push_str(&String::from_utf8_lossy(content));
                }
            }
            Event::Text(text) => push_text(&String::from_utf8_lossy(text), &mut out),
        }
    }
    Slim { html: out, shortened }
}

/// Appends text, long text in pieces: the parser copies what it has of a text anew at every entity in it.
fn push_text(text: &str, out: &mut String) {
    let mut rest = text;
    while rest.len() > PIECE {
        let cut =
            rest.as_bytes()[PIECE..].iter().position(|byte| byte.is_ascii_whitespace() || *byte == b'&');
        let Some(cut) = cut else { break };
        let (piece, after) = rest.split_at(PIECE + cut);
        out.push_str(piece);
        out.push_str("<wbr>");
        rest = after;
    }
    out.push_str(rest);
}

const PIECE: usize = 4 << 10;

fn piece<'a>(html: &'a str, tag: &Tag<'_>) -> (usize, &'a str) {
    (tag.start, &html[tag.start + 1..tag.start + 1 + tag.name.len()])
}

fn short_attributes(tag: &Tag<'_>, out: &mut String) {
    let mut length = 0;
    for (name, value) in tag.attrs() {
        length += name.len() + value.len();
        if name.len() > 100 || value.len() > 1000 {
            length -= name.len() + value.len();
            continue;
        }
        if length > ATTRIBUTES {
            break;
        }
        out.push(' ');
        out.push_str(&String::from_utf8_lossy(name));
        out.push_str("=\"");
        out.push_str(&String::from_utf8_lossy(value).replace('"', "&quot;"));
        out.push('"');
    }
}

fn is_raw(tag: &Tag<'_>) -> bool {
    ["script", "style", "textarea", "iframe", "title"].iter().any(|name| tag.is(name.as_bytes()))
}

/// Titles, and the data that readability reads.
fn is_wanted_raw(tag: &Tag<'_>) -> bool {
    tag.is(b"title")
        || tag.is(b"script")
            && tag.attr("type").is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"))
}

fn is_void(tag: &Tag<'_>) -> bool {
    [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
        "track", "wbr",
    ]
    .iter()
    .any(|name| tag.is(name.as_bytes()))
}

/// Elements whose end tag may be left out (HTML standard, 13.1.2.4): they do not nest in themselves.
fn closes_itself(tag: &Tag<'_>) -> bool {
    [
        "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "rt", "rp",
        "html", "head", "body", "colgroup",
    ]
    .iter()
    .any(|name| tag.is(name.as_bytes()))
}
