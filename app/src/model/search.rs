//! Words to look for, and texts to look for them in, without regard to case.

/// A text without regard to case. Letter by letter, and with one form of the small sigma, so that a part of a word
/// is folded as it is within the word.
pub fn folded(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            'ς' => 'σ',
            '\0' => '\u{fffd}',
            other => other,
        })
        .collect()
}

/// The words of a text, folded, each once.
pub fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = folded(text).split_whitespace().map(str::to_owned).collect();
    words.sort_unstable();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_a_part_as_the_whole() {
        for (whole, part) in [("ΟΔΟΣΑ", "οδος"), ("ÉCOLE", "éco"), ("Straße", "STRAßE"), ("İZMİR", "i̇zm")]
        {
            assert!(folded(whole).contains(&folded(part)), "{part} in {whole}");
        }
        assert_eq!(words(" The red,  THE "), ["red,", "the"]);
    }
}
