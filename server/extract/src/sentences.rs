//! Sentences, and the datelines that stand before the first of them.

use std::ops::Range;

use crate::lexicon;
use crate::sections::{self, Section, SectionKind};
use crate::tokens::{Gap, Tokens};

/// A sentence with the section it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Byte range, without surrounding white space.
    pub span: Range<usize>,
    /// What the block around the sentence is.
    pub section: SectionKind,
    /// The number of the block, counted from 0.
    pub block: usize,
}

/// The sentences of a text, in order. A heading or a headline is one sentence; a dateline ("WASHINGTON, Jan. 29
/// (Reuters) -") is one apart from the sentence it opens.
pub fn sentences(text: &str) -> Vec<Sentence> {
    let tokens = Tokens::new(text);
    let blocks = sections::blocks(&tokens, "");
    split(&tokens, &blocks)
}

pub(crate) fn split(tokens: &Tokens<'_>, blocks: &[Section]) -> Vec<Sentence> {
    let mut out = Vec::with_capacity(tokens.len() / 20 + blocks.len());
    let mut index = 0;
    for (block, section) in blocks.iter().enumerate() {
        while tokens.at(index).is_some_and(|token| token.start < section.span.start) {
            index += 1;
        }
        let first = index;
        while tokens.at(index).is_some_and(|token| token.start < section.span.end) {
            index += 1;
        }
        let mut begin = first;
        let mut push = |from: usize, to: usize, kind: SectionKind| {
            if let (Some(a), Some(b)) = (tokens.at(from), tokens.at(to.wrapping_sub(1)))
                && from < to
            {
                out.push(Sentence { span: a.start..b.end, section: kind, block });
            }
        };
        if let Some(end) = dateline_end(tokens, first, index)
            && section.kind.is_article()
        {
            push(first, end, SectionKind::Dateline);
            begin = end;
        }
        let mut at = begin;
        while at < index {
            if let Some(end) = sentence_end(tokens, at, index) {
                push(begin, end, section.kind);
                begin = end;
                at = end;
            } else {
                at += 1;
            }
        }
        push(begin, index, section.kind);
    }
    out
}

/// If the token at `at` ends a sentence, the index after it and after the quotes that close with it.
fn sentence_end(tokens: &Tokens<'_>, at: usize, limit: usize) -> Option<usize> {
    let mark = tokens.printed(at);
    let pointed = mark.len() > 1 && mark.ends_with('.') && mark.starts_with(char::is_alphabetic);
    let stop = mark.starts_with(['.', '!', '?', '…']);
    if !stop && !pointed {
        return None;
    }
    let mut end = at + 1;
    // A closing run of marks is short; a longer one is not closed again from each of its marks.
    while end < limit.min(at + 16)
        && matches!(tokens.printed(end), "\"" | "”" | "’" | "''" | ")" | "'" | "]" | "." | "?" | "!")
        && (tokens.joined(end) || matches!(tokens.printed(end), "''" | "”"))
    {
        end += 1;
    }
    if end >= limit {
        return Some(limit);
    }
    if tokens.at(end).is_some_and(|token| token.gap == Gap::None) && !mark.starts_with('…') {
        return None;
    }
    let next = tokens.printed(end);
    let first = next.chars().next()?;
    let opens = first.is_uppercase()
        || first.is_ascii_digit()
        || matches!(first, '"' | '“' | '`' | '‘' | '(' | '[' | '_' | '-' | '–' | '—' | '$' | '\'' | '•');
    if !opens {
        return None;
    }
    if pointed {
        return lexicon::starts_sentence(tokens.word(end)).then_some(end);
    }
    if mark == "." && tokens.joined(at) && at > 0 {
        let before = tokens.word(at - 1);
        if lexicon::title_abbreviation(before) {
            return None;
        }
        if lexicon::abbreviation(before) || (before.len() == 1 && tokens.capital(at - 1)) {
            return lexicon::starts_sentence(tokens.word(end)).then_some(end);
        }
    }
    Some(end)
}

/// The end of a dateline at the start of a block: capitals, perhaps a date and an agency, then a dash.
fn dateline_end(tokens: &Tokens<'_>, first: usize, limit: usize) -> Option<usize> {
    let place = tokens.printed(first);
    let capitals = place.len() > 1 && place.chars().all(|c| c.is_uppercase() || c == '.');
    if !capitals {
        return None;
    }
    let stop = limit.min(first + 24);
    let mut agency = false;
    let mut depth = 0_i32;
    for at in first..stop {
        let word = tokens.printed(at);
        match word {
            "(" | "-LRB-" => {
                depth += 1;
                agency = true;
            }
            ")" | "-RRB-" => depth -= 1,
            "." | "!" | "?" | "\"" if at > first + 1 && lexicon::month(tokens.word(at - 1)).is_none() => {
                return None;
            }
            _ => {}
        }
        let dash = matches!(word, "-" | "--" | "–" | "—" | "_");
        if dash && depth == 0 && !(tokens.joined(at) && tokens.joined(at + 1) && !agency) && at > first {
            return Some(at + 1);
        }
        let lowercase = word.chars().next().is_some_and(char::is_lowercase);
        if depth == 0 && lowercase && !matches!(word, "of" | "the" | "de" | "la") {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split_text(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|sentence| &text[sentence.span]).collect()
    }

    #[test]
    fn abbreviations_do_not_end_a_sentence_and_quotes_close_with_it() {
        let text = "Gen. Maria Ruiz met J. Okafor of Acme Inc. on Jan. 9 in the U.S. capital. \"We are done.\" She left.";
        assert_eq!(
            split_text(text),
            [
                "Gen. Maria Ruiz met J. Okafor of Acme Inc. on Jan. 9 in the U.S. capital.",
                "\"We are done.\"",
                "She left."
            ]
        );
    }

    #[test]
    fn a_dateline_stands_apart() {
        let text = "WASHINGTON, Jan. 29 (Reuters) - The ministry paused the talks on Thursday, officials said, citing terms.";
        let found = sentences(text);
        assert_eq!(found[0].section, SectionKind::Dateline);
        assert_eq!(&text[found[0].span.clone()], "WASHINGTON, Jan. 29 (Reuters) -");
        assert!(text[found[1].span.clone()].starts_with("The ministry"));
    }

    #[test]
    fn wrapped_lines_make_one_sentence_and_list_items_one_each() {
        let wrapped = "The agency said it\nwould wait for the\ncourt to rule on the\nappeal. Then it left.";
        assert_eq!(split_text(wrapped).len(), 2);
        let list = "Key Points\n\n  • The talks stalled.\n  • The memo is dated January 9.";
        let kinds: Vec<_> = sentences(list).into_iter().map(|sentence| sentence.section).collect();
        assert_eq!(kinds, [SectionKind::Heading, SectionKind::KeyPoints, SectionKind::KeyPoints]);
    }
}
