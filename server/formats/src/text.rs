//! Plain text.

/// The text cut to a number of characters with an ellipsis; none if it is no longer.
pub(crate) fn shorten(text: &str, most: usize) -> Option<String> {
    let (at, _) = text.char_indices().nth(most)?;
    let kept = text.get(..at)?;
    let kept = kept.char_indices().next_back().map_or("", |(last, _)| kept.get(..last).unwrap_or_default());
    Some(format!("{}…", kept.trim_end()))
}

/// The address, if it is one that a reader may be sent to: http or https, without blanks, quotes and brackets.
pub(crate) fn web_address(url: &str) -> Option<&str> {
    let url = url.trim();
    let (scheme, rest) = url.split_once("://")?;
    let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let is_clean = !rest.is_empty()
        && url.len() <= 4_000
        && !url.chars().any(|c| c.is_whitespace() || c.is_control() || "\"<>\\^`{|}".contains(c));
    (is_web && is_clean).then_some(url)
}

/// The text without control characters but line feeds and tabs; those of other line ends become line feeds.
pub(crate) fn plain(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().map(|c| if c.is_control() && c != '\n' && c != '\t' { '\u{fffd}' } else { c }).collect()
}

/// The text in one line.
pub(crate) fn one_line(text: &str) -> String {
    plain(text).split(|c: char| "\n\t\u{2028}\u{2029}".contains(c)).collect::<Vec<_>>().join(" ")
}

/// Bytes as text: UTF-8 or UTF-16 with a byte order mark, else Windows-1252, which the second part says.
pub(crate) fn decode(bytes: &[u8]) -> (String, bool) {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
        return (text.into_owned(), false);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), false),
        Err(_) => (encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(), true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortens_by_characters() {
        assert_eq!(shorten("äöü", 3), None);
        assert_eq!(shorten("äöüß", 3).as_deref(), Some("äö…"));
        assert_eq!(shorten("a b", 2).as_deref(), Some("a…"));
    }

    #[test]
    fn only_the_web_is_linked_to() {
        assert_eq!(web_address(" https://e.org/a?b#c "), Some("https://e.org/a?b#c"));
        for text in
            ["javascript:alert(1)", "https://", "ftp://e.org", "https://e.org/\"onclick", "//e.org", ""]
        {
            assert_eq!(web_address(text), None, "{text}");
        }
    }
}
