//! Numbers in words and figures, and years in words.

use crate::lexicon;
use crate::tokens::{Kind, Tokens};

use super::expr::Count;

/// A plain whole number in figures.
pub(crate) fn figures(t: &Tokens<'_>, i: usize) -> Option<u32> {
    if t.at(i)?.kind != Kind::Number {
        return None;
    }
    let word = t.word(i);
    if word.contains('.') || word.len() > 9 {
        return None;
    }
    if word.contains(',') { word.replace(',', "").parse().ok() } else { word.parse().ok() }
}

/// A whole number below a thousand in words ("two", "twenty-four", "a hundred"): the value and the token after it.
pub(crate) fn words(t: &Tokens<'_>, i: usize) -> Option<(u32, usize)> {
    match (t.word(i), t.word(i + 1)) {
        ("a" | "one", "hundred") => return Some((100, i + 2)),
        ("a" | "one", "thousand") => return Some((1000, i + 2)),
        _ => {}
    }
    let first = lexicon::small_number(t.word(i))?;
    let mut end = i + 1;
    let mut value = first;
    if (20..100).contains(&first) {
        let at = if t.dash(end) { end + 1 } else { end };
        if let Some(ones) = lexicon::small_number(t.word(at)).filter(|ones| *ones < 10) {
            value += ones;
            end = at + 1;
        }
    }
    if t.word(end) == "thousand" && (t.word(end + 1) != "hundred") && value < 1000 {
        return Some((value * 1000, end + 1));
    }
    if t.word(end) == "hundred" && value < 20 {
        value *= 100;
        end += 1;
        let at = if t.word(end) == "and" { end + 1 } else { end };
        if let Some(rest) = lexicon::small_number(t.word(at)) {
            value += rest;
            end = at + 1;
        }
    }
    Some((value, end))
}

/// A count before a unit: "two", "2 1/2", "several", "a few", "a couple of", "dozens of".
pub(crate) fn count(t: &Tokens<'_>, i: usize) -> Option<(Count, usize)> {
    let exact = |number, end| Some((Count { number, half: false }, end));
    match t.word(i) {
        "several" | "some" | "many" | "numerous" | "few" | "countless" | "multiple" => {
            return Some((Count::VAGUE, i + 1));
        }
        "tens" if t.word(i + 1) == "of" && t.word(i + 2) == "thousands" && t.word(i + 3) == "of" => {
            return Some((Count::VAGUE, i + 4));
        }
        "dozens" | "hundreds" | "thousands" | "millions" | "billions" | "scores" if t.word(i + 1) == "of" => {
            return Some((Count::VAGUE, i + 2));
        }
        "a" => match t.word(i + 1) {
            "few" => return Some((Count::VAGUE, i + 2)),
            "number" | "handful" if t.word(i + 2) == "of" => return Some((Count::VAGUE, i + 3)),
            "couple" => {
                let end = if t.word(i + 2) == "of" { i + 3 } else { i + 2 };
                return exact(2, end);
            }
            "dozen" => return exact(12, i + 2),
            "half" if t.dash(i + 2) => return Some((Count { number: 0, half: true }, i + 3)),
            "half" => return Some((Count { number: 0, half: true }, i + 2)),
            _ => {}
        },
        "half" if t.dash(i + 1) => return Some((Count { number: 0, half: true }, i + 2)),
        "couple" => return exact(2, if t.word(i + 1) == "of" { i + 2 } else { i + 1 }),
        "half" if matches!(t.word(i + 1), "a" | "an") => {
            return Some((Count { number: 0, half: true }, i + 2));
        }
        "half" if matches!(t.word(i + 1), "hour" | "century") => {
            return Some((Count { number: 0, half: true }, i + 1));
        }
        _ => {}
    }
    let (number, mut end) = match figures(t, i) {
        Some(number) => (number, i + 1),
        None => words(t, i)?,
    };
    let mut half = false;
    // "30-plus years", "30+ years", "20-odd years"
    if t.dash(end) && matches!(t.word(end + 1), "plus" | "odd") {
        return Some((Count { number, half }, end + 2));
    }
    if t.word(end) == "+" && t.joined(end) {
        return Some((Count { number, half }, end + 1));
    }
    if t.word(end) == "1" && t.word(end + 1) == "/" && t.word(end + 2) == "2" {
        half = true;
        end += 3;
    } else if t.word(end) == "½" {
        half = true;
        end += 1;
    } else if t.word(end) == "and" {
        if t.word(end + 1) == "a" && t.word(end + 2) == "half" {
            half = true;
            end += 3;
        }
    } else if t.dash(end) && t.word(end + 1) == "and" && t.dash(end + 2) && t.word(end + 3) == "a" {
        half = true;
        end += 6;
    }
    Some((Count { number, half }, end))
}

/// A year in words: "nineteen ninety-one", "two thousand", "two thousand and five".
pub(crate) fn year_words(t: &Tokens<'_>, i: usize) -> Option<(i32, usize)> {
    match t.word(i) {
        "two" if t.word(i + 1) == "thousand" => {
            let at = if t.word(i + 2) == "and" { i + 3 } else { i + 2 };
            match words(t, at).filter(|(value, _)| *value < 100) {
                Some((rest, end)) => Some((2000 + rest as i32, end)),
                None => Some((2000, i + 2)),
            }
        }
        head @ ("sixteen" | "seventeen" | "eighteen" | "nineteen" | "twenty") => {
            let century = lexicon::small_number(head)? as i32 * 100;
            if t.word(i + 1) == "hundred" {
                return (head != "twenty").then_some((century, i + 2));
            }
            let at = if matches!(t.word(i + 1), "oh" | "o") { i + 2 } else { i + 1 };
            let (rest, end) = words(t, at)?;
            let spelled = if at == i + 2 { rest < 10 } else { (10..100).contains(&rest) };
            spelled.then_some((century + rest as i32, end))
        }
        _ => None,
    }
}
