//! A chronology in Markdown: CommonMark with the footnotes that GitHub, Pandoc and others know (`[^1]`).

use crate::export::Export;
use crate::losses::Loss;
use crate::prose::{self, Block, Prose, Run};

/// The record as a chronology.
pub(crate) fn write(export: &Export<'_>) -> String {
    let prose = Prose::of(export);
    let mut out = String::new();
    let mut was_item = false;
    for block in &prose.blocks {
        let is_item = matches!(block, Block::Item(_));
        if was_item && !is_item {
            out.push('\n');
        }
        was_item = is_item;
        match block {
            Block::Heading(level, words) => {
                let marks = "#".repeat(usize::from(*level));
                out.push_str(&format!("{marks} {}\n\n", escape(words, true)));
            }
            Block::Paragraph(runs) => out.push_str(&format!("{}\n\n", line(runs))),
            Block::Item(runs) => out.push_str(&format!("- {}\n", line(runs))),
        }
    }
    for (at, runs) in prose.notes.iter().enumerate() {
        out.push_str(&format!("[^{}]: {}\n", at + 1, line(runs)));
    }
    format!("{}\n", out.trim_end())
}

/// What it does not say.
pub(crate) fn losses(export: &Export<'_>) -> Vec<Loss> {
    prose::losses(export)
}

fn line(runs: &[Run]) -> String {
    let mut out = String::new();
    for run in runs {
        let begins = out.is_empty() || out.ends_with('\n');
        match run {
            Run::Text(words) => out.push_str(&escape(words, begins)),
            // Asterisks around blanks or nothing would stay asterisks.
            Run::Strong(words) if words.trim().is_empty() => {}
            Run::Strong(words) => out.push_str(&format!("**{}**", escape(words.trim(), false))),
            Run::Link(words, url) => out.push_str(&format!("[{}](<{}>)", escape(words, false), address(url))),
            Run::Break => out.push_str("\\\n"),
            Run::Note(number) => out.push_str(&format!("[^{number}]")),
        }
    }
    out
}

/// An address between angle brackets, where a character reference would be read as one.
fn address(url: &str) -> String {
    if url.contains(';') { url.replace('&', "&amp;") } else { url.to_owned() }
}

/// The text with a backslash before every character that Markdown, or a usual extension of it, takes as its own.
/// What only has a meaning at the beginning of a line is escaped where the text begins one.
pub fn escape(text: &str, begins_line: bool) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if "\\`*_[]<>&|~$^".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    if !begins_line {
        return out;
    }
    let digits = out.bytes().take_while(u8::is_ascii_digit).count();
    let marked = match out.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 => Some(digits),
        Some(b'#' | b'+' | b'-' | b'=' | b':' | b'%' | b'@') if digits == 0 => Some(0),
        _ => None,
    };
    if let Some(at) = marked {
        out.insert(at, '\\');
    }
    // A heading's closing hashes would be taken for its end.
    if out.ends_with('#') && !out.ends_with("\\#") {
        out.insert(out.len() - 1, '\\');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_markdown_takes_as_its_own_is_escaped() {
        assert_eq!(escape("a*b_c [d](e) <f>", true), "a\\*b\\_c \\[d\\](e) \\<f\\>");
        assert_eq!(escape("1. one", true), "1\\. one");
        assert_eq!(escape("2026 was", true), "2026 was");
        assert_eq!(escape("# one #", true), "\\# one \\#");
        assert_eq!(escape("#", true), "\\#");
        assert_eq!(escape("- one", false), "- one");
    }
}
