//! Words, numbers and marks with their byte ranges.

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters, with inner apostrophes (`don't`) or the points of an abbreviation (`U.S.`, `p.m.`).
    Word,
    /// Digits, with grouping commas or a decimal point.
    Number,
    /// Digits with letters after them: `9th`, `1990s`, `10am`.
    Mixed,
    /// One mark that is not a letter or a digit.
    Mark,
}

/// What stands between a token and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// Nothing: the tokens touch.
    None,
    /// Spaces or tabs.
    Space,
    /// One line break.
    Line,
    /// A blank line.
    Blank,
}

/// One token.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: Kind,
    pub(crate) gap: Gap,
}

/// A text with its tokens, and with a lower-case copy whose offsets are those of the text.
pub(crate) struct Tokens<'a> {
    pub(crate) text: &'a str,
    lower: String,
    list: Vec<Token>,
}

impl<'a> Tokens<'a> {
    /// Splits the text.
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, lower: text.to_ascii_lowercase(), list: split(text) }
    }

    /// How many tokens there are.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// The token at a place.
    pub(crate) fn at(&self, index: usize) -> Option<Token> {
        self.list.get(index).copied()
    }

    /// All tokens in order.
    pub(crate) fn all(&self) -> &[Token] {
        &self.list
    }

    /// The token's text in lower case; empty past the end.
    pub(crate) fn word(&self, index: usize) -> &str {
        self.list.get(index).map_or("", |token| &self.lower[token.start..token.end])
    }

    /// The token's text as printed; empty past the end.
    pub(crate) fn printed(&self, index: usize) -> &'a str {
        self.list.get(index).map_or("", |token| &self.text[token.start..token.end])
    }

    /// Whether the token starts with a capital letter.
    pub(crate) fn capital(&self, index: usize) -> bool {
        self.printed(index).chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether the token touches the one before it.
    pub(crate) fn joined(&self, index: usize) -> bool {
        self.list.get(index).is_some_and(|token| token.gap == Gap::None)
    }

    /// Whether the token is a lone hyphen or a dash of any length.
    pub(crate) fn dash(&self, index: usize) -> bool {
        matches!(self.word(index), "-" | "–" | "—" | "‑" | "‐")
    }

    /// The index of the first token that ends after the byte.
    pub(crate) fn index_at(&self, byte: usize) -> usize {
        self.list.partition_point(|token| token.end <= byte)
    }
}

/// Whether the character is an apostrophe, straight or curly.
pub(crate) fn apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

fn split(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut chars = text.char_indices().peekable();
    let mut gap = Gap::Blank;
    while let Some((start, first)) = chars.next() {
        if first.is_whitespace() {
            gap = match (gap, first) {
                (Gap::None, '\n') | (Gap::Space, '\n') => Gap::Line,
                (Gap::Line | Gap::Blank, '\n') => Gap::Blank,
                (Gap::None, _) => Gap::Space,
                (kept, _) => kept,
            };
            continue;
        }
        let rest = &text[start..];
        let (length, kind) = if first.is_ascii_digit() {
            number_length(rest)
        } else if first.is_alphabetic() {
            (word_length(rest), Kind::Word)
        } else {
            (mark_length(rest, first, &tokens, gap), Kind::Mark)
        };
        let end = start + length;
        tokens.push(Token { start, end, kind, gap });
        gap = Gap::None;
        while chars.peek().is_some_and(|&(index, _)| index < end) {
            chars.next();
        }
    }
    tokens
}

/// The length of a run of digits with its grouping commas and decimal points, and letters stuck to it.
fn number_length(rest: &str) -> (usize, Kind) {
    let bytes = rest.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut end = digits(0);
    while let Some(&mark) = bytes.get(end) {
        let more = if end + 1 < bytes.len() { digits(end + 1) } else { 0 };
        let joins = (mark == b',' && more == 3) || (mark == b'.' && more > 0);
        if !joins {
            break;
        }
        end += 1 + more;
    }
    let letters = rest[end..].chars().take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum::<usize>();
    if letters == 0 { (end, Kind::Number) } else { (end + letters, Kind::Mixed) }
}

/// The length of a word. `U.S.` and `p.m.` keep their points; a possessive `'s` is left for the next token.
fn word_length(rest: &str) -> usize {
    let mut chars = rest.char_indices().peekable();
    let mut end = 0;
    let mut letters_since_point = 0;
    let mut pointed = false;
    while let Some((index, c)) = chars.next() {
        // "yearâ€™s" is "year’s" read in the wrong encoding, as many scraped pages have it.
        if c == 'â' && chars.peek().is_some_and(|&(_, next)| next == '€') && index > 0 {
            break;
        }
        if c.is_alphabetic() || (c.is_numeric() && index > 0) {
            end = index + c.len_utf8();
            letters_since_point += 1;
            continue;
        }
        let next = chars.peek().map(|&(_, next)| next);
        if c == '.' && letters_since_point == 1 && (pointed || next.is_some_and(char::is_alphabetic)) {
            // One letter, a point and one letter again: an abbreviation. The last point belongs to it.
            let mut after = rest[index + 1..].chars();
            let one = after.next().is_some_and(char::is_alphabetic);
            let then = after.next();
            if (one && then.is_none_or(|c| c == '.' || !c.is_alphanumeric())) || (pointed && !one) {
                end = index + 1;
                pointed = true;
                letters_since_point = 0;
                continue;
            }
        }
        if apostrophe(c) && next.is_some_and(char::is_alphabetic) && !pointed {
            let tail: String =
                rest[index + c.len_utf8()..].chars().take_while(|c| c.is_alphanumeric()).take(3).collect();
            if !tail.eq_ignore_ascii_case("s") {
                continue;
            }
        }
        break;
    }
    end.max(rest.chars().next().map_or(1, char::len_utf8))
}

/// The length of a mark: a possessive `'s` counts as one, so does a run of the same mark.
fn mark_length(rest: &str, first: char, tokens: &[Token], gap: Gap) -> usize {
    let size = first.len_utf8();
    if apostrophe(first) && gap == Gap::None && tokens.last().is_some_and(|last| last.kind != Kind::Mark) {
        let mut after = rest[size..].chars();
        if matches!(after.next(), Some('s' | 'S')) && after.next().is_none_or(|c| !c.is_alphanumeric()) {
            return size + 1;
        }
    }
    if matches!(first, '.' | '-' | '`' | '\'' | '_' | '=' | '*') {
        return rest.chars().take_while(|&c| c == first).map(char::len_utf8).sum();
    }
    size
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let tokens = Tokens::new(text);
        (0..tokens.len()).map(|index| tokens.printed(index)).collect()
    }

    #[test]
    fn abbreviations_possessives_and_numbers_stay_whole() {
        assert_eq!(
            words("The U.S. said at 7:15 p.m."),
            ["The", "U.S.", "said", "at", "7", ":", "15", "p.m."]
        );
        assert_eq!(words("Friday's vote, don't"), ["Friday", "'s", "vote", ",", "don't"]);
        assert_eq!(words("$1,500.25 in the 1990s"), ["$", "1,500.25", "in", "the", "1990s"]);
        assert_eq!(words("Jan. 5-9, 2026."), ["Jan", ".", "5", "-", "9", ",", "2026", "."]);
        assert_eq!(words("Plan A. Then"), ["Plan", "A", ".", "Then"]);
        assert_eq!(words("the firm’s May…"), ["the", "firm", "’s", "May", "…"]);
    }

    #[test]
    fn gaps_tell_spaces_lines_and_blank_lines_apart() {
        let tokens = Tokens::new("a b\nc\n \nd-e");
        let gaps: Vec<_> = tokens.all().iter().map(|token| token.gap).collect();
        assert_eq!(gaps[1..], [Gap::Space, Gap::Line, Gap::Blank, Gap::None, Gap::None]);
    }
}
