//! Whether a stored quote is still in the text of its page.

use serde::{Deserialize, Serialize};

/// A quote as it was stored: the words themselves and up to 32 characters on either side (the TextQuoteSelector of
/// the Web Annotation Data Model).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuoteContext<'a> {
    /// The words that are quoted.
    pub exact: &'a str,
    /// What stood before them; may be empty.
    pub prefix: &'a str,
    /// What stood after them; may be empty.
    pub suffix: &'a str,
}

/// What has become of a quote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum QuoteState {
    /// The page has the same words; white space, quotation marks, dashes and invisible characters aside.
    StillThere,
    /// The page has other words in their place.
    Edited {
        /// The words that are there now.
        now: String,
        /// How much of the quote's words are in them, in order, from 0 to 1.
        similarity: f64,
    },
    /// The page has nothing like it.
    Gone,
}

/// From this similarity on other words count as the quote, edited, where nothing around them says so.
const ALIKE: f64 = 0.6;
/// Between a known beginning and a known end less will do.
const ALIKE_IN_PLACE: f64 = 0.3;
/// The most words of a quote that are compared, and places in the text that are tried.
const WORDS: usize = 400;
const PLACES: usize = 40;

/// Looks for a quote in the current text of its page.
///
/// ```
/// use impasse_reader::{QuoteContext, QuoteState, check_quote};
///
/// let quote = QuoteContext { exact: "the talks ended on Thursday", prefix: "Officials said ", suffix: " after" };
/// assert_eq!(check_quote(&quote, "Officials said the talks\nended on Thursday after lunch."), QuoteState::StillThere);
/// let QuoteState::Edited { now, .. } = check_quote(&quote, "Officials said the talks ended on Friday after lunch.")
/// else { panic!("one word was changed") };
/// assert_eq!(now, "the talks ended on Friday");
/// ```
pub fn check_quote(quote: &QuoteContext<'_>, text: &str) -> QuoteState {
    let (wanted, _) = folded(quote.exact);
    let wanted = wanted.trim();
    if wanted.is_empty() {
        return QuoteState::Gone;
    }
    let (page, places) = folded(text);
    if page.contains(wanted) {
        return QuoteState::StillThere;
    }
    in_place(quote, wanted, &page, &places, text)
        .or_else(|| elsewhere(wanted, text))
        .map_or(QuoteState::Gone, |(now, similarity)| QuoteState::Edited { now, similarity })
}

/// The text with one space for each run of white space, plain quotation marks and dashes, and no invisible
/// characters; and for each byte of it the byte of the text that it came from.
fn folded(text: &str) -> (String, Vec<usize>) {
    let mut out = String::with_capacity(text.len());
    let mut places = Vec::with_capacity(text.len());
    let mut space = false;
    let mut push = |out: &mut String, c: char, at: usize| {
        out.push(c);
        places.extend(std::iter::repeat_n(at, c.len_utf8()));
    };
    for (at, c) in text.char_indices() {
        let c = match c {
            '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}' => continue,
            c if c.is_whitespace() => {
                if !space {
                    push(&mut out, ' ', at);
                }
                space = true;
                continue;
            }
            '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '\u{2032}' | '\u{60}' | '\u{b4}' => '\'',
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' | '\u{2033}' | '\u{ab}' | '\u{bb}' => '"',
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            '\u{2026}' => {
                for _ in 0..3 {
                    push(&mut out, '.', at);
                }
                space = false;
                continue;
            }
            c => c,
        };
        space = false;
        push(&mut out, c, at);
    }
    places.push(text.len());
    (out, places)
}

/// The words between what stood before the quote and what stood after it.
fn in_place(
    quote: &QuoteContext<'_>,
    wanted: &str,
    page: &str,
    places: &[usize],
    text: &str,
) -> Option<(String, f64)> {
    let (prefix, suffix) = (folded(quote.prefix).0, folded(quote.suffix).0);
    let (prefix, suffix) = (prefix.trim(), suffix.trim());
    // A few characters are anywhere.
    if prefix.chars().count() < 8 || suffix.chars().count() < 8 {
        return None;
    }
    let longest = wanted.len() * 3 + 200;
    let mut best: Option<(String, f64)> = None;
    for (at, _) in page.match_indices(prefix).take(PLACES) {
        let from = at + prefix.len();
        let mut to = (from + longest).min(page.len());
        while !page.is_char_boundary(to) {
            to -= 1;
        }
        let Some(length) = page[from..to].find(suffix) else { continue };
        let now = text[places[from]..places[from + length]].trim();
        let similarity = similarity(wanted, now);
        if similarity >= ALIKE_IN_PLACE && best.as_ref().is_none_or(|(_, best)| similarity > *best) {
            best = Some((now.to_owned(), similarity));
        }
    }
    best
}

/// The stretch of the text that is most like the quote, wherever it is.
fn elsewhere(wanted: &str, text: &str) -> Option<(String, f64)> {
    let quote = words(wanted);
    let quote = &quote[..quote.len().min(WORDS)];
    if quote.len() < 3 {
        return None;
    }
    let page = words(text);
    let keys: std::collections::HashSet<&str> = quote.iter().map(|(_, _, word)| word.as_str()).collect();
    // The window of the quote's length with the most of its words, counted as it slides.
    let length = quote.len();
    let mut hits: usize = 0;
    let mut windows: Vec<(usize, usize)> = Vec::new();
    for at in 0..page.len() {
        hits += usize::from(keys.contains(page[at].2.as_str()));
        if at >= length {
            hits -= usize::from(keys.contains(page[at - length].2.as_str()));
        }
        if hits * 2 >= length {
            windows.push((hits, (at + 1).saturating_sub(length)));
        }
    }
    windows.sort_unstable_by_key(|(hits, at)| (std::cmp::Reverse(*hits), *at));
    let mut best: Option<(String, f64)> = None;
    for (_, at) in windows.into_iter().take(PLACES) {
        // A word or two may have been put in or taken out at either end.
        let spare = length / 4 + 1;
        let (from, to) = (at.saturating_sub(spare), (at + length + spare).min(page.len()));
        let Some((similarity, first, last)) = aligned(quote, &page[from..to]) else { continue };
        if similarity >= ALIKE && best.as_ref().is_none_or(|(_, best)| similarity > *best) {
            let (first, last) = (from + first, from + last);
            best = Some((text[page[first].0..page[last].1].to_owned(), similarity));
        }
    }
    best
}

type Word = (usize, usize, String);

/// The words of a text with their byte ranges, in lower case and without marks.
fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_alphanumeric() {
            start = start.or(Some(at));
        } else if let Some(from) = start.take() {
            out.push((from, at, text[from..at].to_lowercase()));
        }
    }
    out
}

fn similarity(a: &str, b: &str) -> f64 {
    let (a, b) = (words(a), words(b));
    let (a, b) = (&a[..a.len().min(WORDS)], &b[..b.len().min(WORDS * 3)]);
    match aligned(a, b) {
        Some((_, ..)) if a.is_empty() || b.is_empty() => 0.0,
        Some((share, ..)) => 2.0 * share * a.len() as f64 / (a.len() + b.len()) as f64,
        None => 0.0,
    }
}

/// The longest common subsequence of two runs of words: its share of the first, and the first and last word of the
/// second that are in it.
fn aligned(quote: &[Word], page: &[Word]) -> Option<(f64, usize, usize)> {
    if quote.is_empty() || page.is_empty() {
        return None;
    }
    let width = page.len() + 1;
    let mut table = vec![0_u16; (quote.len() + 1) * width];
    for (i, (_, _, a)) in quote.iter().enumerate().rev() {
        for (j, (_, _, b)) in page.iter().enumerate().rev() {
            table[i * width + j] = if a == b {
                table[(i + 1) * width + j + 1] + 1
            } else {
                table[(i + 1) * width + j].max(table[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let (mut first, mut last) = (None, None);
    while i < quote.len() && j < page.len() {
        if quote[i].2 == page[j].2 {
            // Words that were changed at the ends belong to the quote as it stands now.
            first = first.or(Some(j.saturating_sub(i)));
            last = Some((j, quote.len() - 1 - i));
            (i, j) = (i + 1, j + 1);
        } else if table[(i + 1) * width + j] >= table[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    let (first, (last, left)) = (first?, last?);
    Some((f64::from(table[0]) / quote.len() as f64, first, (last + left).min(page.len() - 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "The port authority left the talks on Thursday, officials said. \u{201c}We have run out of \
        road,\u{201d} its director told reporters at the harbour. Crews will vote next week on whether to strike.";

    fn quote<'a>(exact: &'a str, prefix: &'a str, suffix: &'a str) -> QuoteContext<'a> {
        QuoteContext { exact, prefix, suffix }
    }

    #[test]
    fn the_same_words_are_still_there_however_they_are_set() {
        for exact in [
            "The port authority left the talks on Thursday",
            "\"We have run out of road,\" its director",
            "The  port\nauthority\u{a0}left the talks",
            "har\u{ad}bour. Crews will",
        ] {
            assert_eq!(check_quote(&quote(exact, "", ""), PAGE), QuoteState::StillThere, "{exact}");
        }
    }

    #[test]
    fn changed_words_are_shown_as_they_are_now() {
        let stored =
            quote("left the talks on Thursday", "The port authority ", ", officials said. \u{201c}We have");
        let changed = PAGE.replace("left the talks on Thursday", "walked out of the talks late on Friday");
        let QuoteState::Edited { now, similarity } = check_quote(&stored, &changed) else { panic!() };
        assert_eq!(now, "walked out of the talks late on Friday");
        assert!(similarity > 0.3 && similarity < 0.9, "{similarity}");
        // Without what stood around it, by its own words.
        let stored = quote("The port authority left the talks on Thursday, officials said", "", "");
        let changed = PAGE.replace("Thursday", "Friday");
        let QuoteState::Edited { now, similarity } = check_quote(&stored, &changed) else { panic!() };
        assert_eq!(now, "The port authority left the talks on Friday, officials said");
        assert!(similarity > 0.85, "{similarity}");
    }

    #[test]
    fn a_changed_last_word_is_part_of_it() {
        let stored = quote("Crews will vote next week on whether to strike", "", "");
        let changed = PAGE.replace("to strike", "to walk");
        let QuoteState::Edited { now, .. } = check_quote(&stored, &changed) else { panic!() };
        assert_eq!(now, "Crews will vote next week on whether to walk");
    }

    #[test]
    fn what_was_taken_out_is_gone() {
        let stored = quote(
            "the mediator will be named by the end of the month",
            "officials said that ",
            " and begin work",
        );
        assert_eq!(check_quote(&stored, PAGE), QuoteState::Gone);
        assert_eq!(check_quote(&stored, ""), QuoteState::Gone);
        assert_eq!(check_quote(&quote("", "", ""), PAGE), QuoteState::Gone);
        assert_eq!(check_quote(&quote(" \n", "", ""), PAGE), QuoteState::Gone);
        // A pair of common words says nothing.
        assert_eq!(check_quote(&quote("the memo", "", ""), PAGE), QuoteState::Gone);
    }
}
