//! Texts in which markwhen sees nothing but text, and back.
//!
//! What would mean something is parted by a zero-width space, which is not seen. The marks follow the patterns of
//! markwhen's own parser, version 1.2.0. The way back is exact: what stands there already is parted too.

/// The mark.
const MARK: char = '\u{200b}';

/// The beginnings of words with which a date can begin, in markwhen: `by`, `every other week`, `May 2026`.
const DATE_WORDS: [&str; 19] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "now", "by",
    "before", "after", "plus", "to", "every",
];

/// A line of a description as it is written.
pub(super) fn line(text: &str) -> String {
    let mut letters = text.chars();
    let (first, second) = (letters.next().unwrap_or_default(), letters.next().unwrap_or_default());
    let is_date = text.contains(':')
        && (first.is_ascii_digit()
            || ":!.+".contains(first)
            || (!first.is_alphanumeric() && (second == '!' || second == '.'))
            || DATE_WORDS
                .iter()
                .any(|word| text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))));
    // Our own sources begin with this quotation mark.
    let is_mark = "#/-[“".contains(first) && !text.is_empty();
    whole(text, is_mark || is_date || is_property(text) || is_old_section(text))
}

/// A title as it is written.
pub(super) fn title(text: &str) -> String {
    // What begins with a bracket may be a box to be ticked.
    whole(text, text.starts_with('['))
}

fn whole(text: &str, is_taken: bool) -> String {
    // What is cut off at the ends of lines, there and here.
    let is_end = |one: char| is_blank(one) || one == MARK;
    let before = if is_taken || text.starts_with(is_end) { "\u{200b}" } else { "" };
    let after = if text.ends_with(is_end) { "\u{200b}" } else { "" };
    format!("{before}{}{after}", parted(text, false))
}

/// The text of a line that [`line`] or [`title`] wrote.
pub(super) fn whole_back(text: &str) -> String {
    let text = text.strip_prefix(MARK).unwrap_or(text);
    let is_end = |rest: &&str| rest.ends_with(|one: char| is_blank(one) || one == MARK);
    // Else the mark at the end belongs to what it follows within the line.
    joined(text.strip_suffix(MARK).filter(is_end).unwrap_or(text), false)
}

/// A part of a source as it is written: of its separators there are none within it.
pub(super) fn part(text: &str) -> String {
    parted(text, true)
}

/// The text that [`part`] wrote.
pub(super) fn part_back(text: &str) -> String {
    joined(text, true)
}

/// Whether a mark may stand after the letter within a line.
fn is_trigger(letter: char, is_part: bool) -> bool {
    letter.is_ascii_digit() || "#!.]".contains(letter) || (is_part && "”·".contains(letter))
}

/// The text without tags, references to events, images, places and a share that is done, in markwhen's eyes.
fn parted(text: &str, is_part: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    for (at, letter) in text.char_indices() {
        let rest = text.get(at + letter.len_utf8()..).unwrap_or_default();
        let is_word = rest.starts_with(|next: char| next.is_ascii_alphanumeric() || next == '_');
        let is_meant = match letter {
            '#' => is_word && is_blank(before),
            '!' => is_word,
            '.' => rest.starts_with("start") || rest.starts_with("end"),
            ']' => rest.starts_with('('),
            '”' => is_part && rest.starts_with(' '),
            '·' => is_part,
            _ => letter.is_ascii_digit() && rest.starts_with('%'),
        };
        out.push(letter);
        if is_meant || (is_trigger(letter, is_part) && rest.starts_with(MARK)) {
            out.push(MARK);
        }
        before = letter;
    }
    out
}

fn joined(text: &str, is_part: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        out.push(letter);
        if is_trigger(letter, is_part) {
            letters.next_if_eq(&MARK);
        }
    }
    out
}

/// Whether the line is `name: value`, which under the first line of an event is a property.
fn is_property(line: &str) -> bool {
    line.split_once(':')
        .is_some_and(|(name, rest)| is_name(name) && (rest.is_empty() || rest.starts_with(is_blank)))
}

/// Whether this can be the name of a property.
pub(super) fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
}

/// Whether the line begins or ends a section in the words of older versions.
pub(super) fn is_old_section(line: &str) -> bool {
    is_section_end(line) || line.starts_with("section ") || line.starts_with("group ")
}

/// Whether the line ends a section in the words of older versions.
pub(super) fn is_section_end(line: &str) -> bool {
    line == "endSection" || line == "endGroup"
}

/// What is cut off at the ends of lines, there and here.
fn is_blank(one: char) -> bool {
    one.is_whitespace() || one == '\u{feff}'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_would_be_taken_is_marked() {
        for text in
            ["The court ruled: yes", "Über uns: nichts", "50 per cent", "https://e.org/a#b", "Mr. A: no", ""]
        {
            assert_eq!(line(text), text);
        }
        assert_eq!(title("May: a ruling"), "May: a ruling");
        for text in [
            "May 2026: x",
            "everyone: x",
            "To all: x",
            "# x",
            "// x",
            "5:30 x",
            "x: y",
            "(!a: b",
            " x",
            "- x",
        ] {
            assert!(line(text).starts_with(MARK), "{text}");
        }
        assert_eq!(line("see #tag and 5% of #1"), "see #\u{200b}tag and 5\u{200b}% of #\u{200b}1");
    }

    #[test]
    fn what_is_marked_comes_back() {
        for text in [
            "\u{200b}",
            "#\u{200b}",
            "#\u{200b}\u{200b}",
            " \u{200b}",
            "x\u{200b}",
            "] ",
            "]",
            "5%",
            "5\u{200b}%",
            "%\u{200b}",
            " ",
            "",
            "x ]",
        ] {
            assert_eq!(whole_back(&line(text)), text, "{text:?} {:?}", line(text));
            assert_eq!(whole_back(&title(text)), text, "{text:?}");
            assert_eq!(part_back(&part(text)), text, "{text:?}");
        }
    }
}
