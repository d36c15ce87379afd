//! The rules that every document's text keeps, and plain text and Markdown.

use std::borrow::Cow;

use crate::{Warning, limits};

/// One line: white space runs become one space, control and invisible characters go.
pub(crate) fn clean_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        let word: Cow<'_, str> = if word.chars().any(is_invisible) {
            word.chars().filter(|c| !is_invisible(*c)).collect()
        } else {
            word.into()
        };
        if word.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&word);
    }
    out
}

/// Marks that take no room and would come between a quote and its text.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fff9}'..='\u{fffb}')
}

/// Text in the form of [`Document::text`](crate::Document::text): each line cleaned, at most one empty line in a row,
/// none at the ends, and no longer than the limit.
pub(crate) fn tidy(text: &str, warnings: &mut Vec<Warning>) -> String {
    let mut out = String::with_capacity(text.len().min(limits::TEXT));
    let mut gap = false;
    for line in text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
        let line = clean_line(line);
        if line.is_empty() {
            gap = true;
            continue;
        }
        if out.len() + line.len() > limits::TEXT {
            if !warnings.contains(&Warning::Shortened) {
                warnings.push(Warning::Shortened);
            }
            break;
        }
        if !out.is_empty() {
            out.push_str(if gap { "\n\n" } else { "\n" });
        }
        gap = false;
        out.push_str(&line);
    }
    out
}
