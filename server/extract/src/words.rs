//! Lists of words, written in one string.

/// Whether the word is one of those that stand in the list with one space between them.
pub(crate) fn among(word: &str, list: &str) -> bool {
    !word.is_empty() && list.split(' ').any(|listed| listed == word)
}
