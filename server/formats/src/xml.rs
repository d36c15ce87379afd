//! Text in XML 1.0 and HTML.

/// The text as it may stand between tags and in attributes between double quotes. Characters that XML 1.0 does not
/// allow at all (section 2.2) become U+FFFD.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Parsers turn a carriage return into a line feed, and white space in attributes into blanks.
            '\r' => out.push_str("&#13;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_is_markup() {
        assert_eq!(
            escape("]]><a b='c' d=\"e\">&amp;"),
            "]]&gt;&lt;a b=&#39;c&#39; d=&quot;e&quot;&gt;&amp;amp;"
        );
        assert_eq!(escape("a\0b\u{1b}\u{ffff}"), "a\u{fffd}b\u{fffd}\u{fffd}");
    }
}
