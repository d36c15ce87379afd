//! From markup to lines of text.

use super::scan::{Event, Scanner, Tag, text};

/// The text of a page or a part of one: one paragraph, heading or list item (after "- ") to a line. Cells of a table
/// stand side by side.
pub(crate) fn lines(html: &[u8]) -> String {
    let mut out = Lines::default();
    let mut hidden: Option<(Vec<u8>, usize)> = None;
    let mut pre = 0_usize;
    let mut head = false;
    for event in Scanner::new(html) {
        match event {
            Event::Open(tag) => {
                if let Some((name, depth)) = &mut hidden {
                    *depth += usize::from(tag.is(name));
                    continue;
                }
                if is_hidden(&tag) {
                    hidden = Some((tag.name.to_vec(), 0));
                } else if tag.is(b"head") {
                    head = true;
                } else if tag.is(b"body") {
                    head = false;
                } else if tag.is(b"br") || tag.is(b"hr") {
                    out.end_line();
                } else if tag.is(b"li") {
                    out.end_line();
                    out.bullet = true;
                } else if tag.is(b"td") || tag.is(b"th") {
                    out.space = true;
                } else if is_block(&tag) {
                    out.end_line();
                }
                if tag.is(b"pre") {
                    pre += 1;
                }
            }
            Event::Close(tag) => {
                if let Some((name, depth)) = &mut hidden {
                    if tag.is(name) {
                        if *depth == 0 {
                            hidden = None;
                        } else {
                            *depth -= 1;
                        }
                    }
                    continue;
                }
                if tag.is(b"head") {
                    head = false;
                } else if tag.is(b"td") || tag.is(b"th") {
                    out.space = true;
                } else if is_block(&tag) {
                    out.end_line();
                }
                if tag.is(b"pre") {
                    pre = pre.saturating_sub(1);
                }
            }
            Event::Text(piece) if hidden.is_none() && !head => {
                let piece = text(piece);
                if pre > 0 {
                    for (at, line) in piece.split('\n').enumerate() {
                        if at > 0 {
                            out.end_line();
                        }
                        out.add(line);
                    }
                } else {
                    out.add(&piece);
                }
            }
            Event::Text(_) | Event::Raw(..) => {}
        }
    }
    out.end_line();
    out.text
}

#[derive(Default)]
struct Lines {
    text: String,
    line: String,
    /// Whether white space is due before the next word.
    space: bool,
    bullet: bool,
}

impl Lines {
    fn add(&mut self, piece: &str) {
        for c in piece.chars() {
            if c.is_whitespace() || c == '\u{200b}' {
                self.space = true;
                continue;
            }
            if self.space && !self.line.is_empty() {
                self.line.push(' ');
            }
            self.space = false;
            self.line.push(c);
        }
    }

    fn end_line(&mut self) {
        self.space = false;
        if self.line.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            // Items of a list stay together.
            let in_list =
                self.bullet && self.text.rsplit('\n').next().is_some_and(|last| last.starts_with("- "));
            self.text.push_str(if in_list { "\n" } else { "\n\n" });
        }
        if std::mem::take(&mut self.bullet) {
            self.text.push_str("- ");
        }
        self.text.push_str(&self.line);
        self.line.clear();
    }
}

fn is_hidden(tag: &Tag<'_>) -> bool {
    tag.is(b"noscript")
        || tag.is(b"template")
        || tag.is(b"svg")
        || tag.is(b"math")
        || tag.is(b"select")
        || tag.is(b"button")
}

fn is_block(tag: &Tag<'_>) -> bool {
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "nav",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "address",
        "form",
        "fieldset",
        "legend",
        "details",
        "summary",
        "center",
        "body",
    ]
    .iter()
    .any(|name| tag.is(name.as_bytes()))
}
