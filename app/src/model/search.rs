//! Words to look for, and texts to look for them in, without regard to case.

use std::ops::Range;

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

/// The words of a text as an index has them: folded, of letters and digits only, in order.
pub fn tokens(text: &str) -> Vec<String> {
    folded(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A piece of a text around what was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// Its parts in order, and whether each is a word that was looked for.
    pub parts: Vec<(String, bool)>,
    /// Whether there is more of the text before it.
    pub is_cut_before: bool,
    /// Whether there is more after it.
    pub is_cut_after: bool,
}

/// The part of a text around the first of some words, at most about so many characters long, with every word in it
/// that begins with one of them; none if none does.
pub fn excerpt(text: &str, wanted: &[String], most: usize) -> Option<Excerpt> {
    let found: Vec<Range<usize>> = word_ranges(text)
        .filter(|range| {
            let word = folded(&text[range.clone()]);
            wanted.iter().any(|wanted| word.starts_with(wanted.as_str()))
        })
        .collect();
    let first = found.first()?.start;
    // A third of it before the first word, and from the beginning of a word on.
    let before = text[..first].char_indices().rev().nth(most / 3).map_or(0, |(at, _)| at);
    let space = text[before..first].char_indices().find(|(_, letter)| letter.is_whitespace());
    let start = space.map_or(before, |(at, letter)| before + at + letter.len_utf8());
    let start = if before == 0 { 0 } else { start };
    let end = text[start..].char_indices().nth(most).map_or(text.len(), |(at, _)| start + at);
    let end = match text[start..end].rfind(char::is_whitespace) {
        Some(space) if end < text.len() && start + space > first => start + space,
        _ => end,
    };
    let mut parts = Vec::new();
    let mut at = start;
    for range in found.into_iter().filter(|range| range.end <= end) {
        if at < range.start {
            parts.push((text[at..range.start].to_owned(), false));
        }
        parts.push((text[range.clone()].to_owned(), true));
        at = range.end;
    }
    if at < end {
        parts.push((text[at..end].to_owned(), false));
    }
    Some(Excerpt { parts, is_cut_before: start > 0, is_cut_after: end < text.len() })
}

/// Where the words of a text are.
fn word_ranges(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(char::is_alphanumeric)?;
        let end = text[start..].find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |end| start + end);
        at = end;
        Some(start..end)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tokens_are_of_letters_and_digits() {
        assert_eq!(tokens("The 9-January memo’s “AI”"), ["the", "9", "january", "memo", "s", "ai"]);
        assert!(tokens(" -- … ").is_empty());
    }

    #[test]
    fn an_excerpt_is_around_the_first_word() {
        let wanted = ["memo".to_owned()];
        let shown = |text: &str, most| {
            let found = excerpt(text, &wanted, most)?;
            let parts: String = found
                .parts
                .iter()
                .map(|(part, hit)| if *hit { format!("[{part}]") } else { part.clone() })
                .collect();
            Some((parts, found.is_cut_before, found.is_cut_after))
        };
        assert_eq!(shown("Nothing here", 40), None);
        assert_eq!(shown("The Memo.", 40), Some(("The [Memo].".to_owned(), false, false)));
        let long = "one two three four five six seven eight nine memos ten eleven twelve thirteen fourteen";
        let (parts, before, after) = shown(long, 30).unwrap();
        assert_eq!((parts.as_str(), before, after), ("nine [memos] ten eleven twelve", true, true));
    }

    proptest! {
        #[test]
        fn an_excerpt_is_a_part_of_the_text(text in "\\PC{0,200}", word in "[a-z0-9éß]{1,3}", most in 0_usize..120) {
            if let Some(found) = excerpt(&text, std::slice::from_ref(&word), most) {
                let whole: String = found.parts.iter().map(|(part, _)| part.as_str()).collect();
                prop_assert!(text.contains(&whole));
                prop_assert!(found.is_cut_before || text.starts_with(&whole));
                prop_assert!(found.is_cut_after || text.ends_with(&whole));
                for (part, _) in found.parts.iter().filter(|(_, hit)| *hit) {
                    prop_assert!(folded(part).starts_with(&word));
                }
            }
        }
    }

    #[test]
    fn folds_a_part_as_the_whole() {
        for (whole, part) in [("ΟΔΟΣΑ", "οδος"), ("ÉCOLE", "éco"), ("Straße", "STRAßE"), ("İZMİR", "i̇zm")]
        {
            assert!(folded(whole).contains(&folded(part)), "{part} in {whole}");
        }
        assert_eq!(words(" The red,  THE "), ["red,", "the"]);
    }
}
