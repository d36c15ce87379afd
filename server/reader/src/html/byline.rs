//! Names out of a byline.

/// The people or organisations that a byline names: "By Ana Ruiz and Tom Pell, Staff Writers" gives two.
pub(crate) fn authors_of(byline: &str) -> Vec<String> {
    let mut rest = byline.trim();
    for lead in [
        "written by",
        "posted by",
        "story by",
        "reported by",
        "author:",
        "by:",
        "by",
        "von",
        "par",
        "por",
        "di",
        "door",
    ] {
        if let Some(after) = strip_word(rest, lead) {
            rest = after;
            break;
        }
    }
    // Dates, clocks and counts end the names.
    let end = rest
        .find(|c: char| c.is_ascii_digit() || matches!(c, '|' | '\u{b7}' | '\u{2022}' | '(' | '\n'))
        .unwrap_or(rest.len());
    let mut rest = &rest[..end];
    for stop in [" in ", " for ", " edited by ", " updated", " published", " last updated", " posted"] {
        if let Some(at) = rest.to_ascii_lowercase().find(stop) {
            rest = &rest[..at];
        }
    }
    let mut out: Vec<String> = Vec::new();
    let joined = rest
        .replace(" and ", ",")
        .replace(" & ", ",")
        .replace(" und ", ",")
        .replace(" et ", ",")
        .replace(" y ", ",");
    for name in joined.split([',', ';']) {
        let name = name.trim().trim_end_matches(['-', '\u{2013}', '\u{2014}', '.']).trim();
        let words = name.split_whitespace().count();
        if words == 0
            || words > 6
            || is_role(name)
            || is_calendar(name)
            || !name.chars().any(char::is_alphabetic)
        {
            continue;
        }
        if !out.iter().any(|known| known == name) {
            out.push(name.to_owned());
        }
    }
    out
}

fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let head = text.get(..word.len())?;
    let after = &text[word.len()..];
    (head.eq_ignore_ascii_case(word) && (word.ends_with(':') || after.starts_with(char::is_whitespace)))
        .then(|| after.trim_start())
}

/// What follows a name after a comma and is none.
fn is_role(name: &str) -> bool {
    let lower = name.to_lowercase();
    [
        "writer",
        "reporter",
        "editor",
        "correspondent",
        "columnist",
        "contributor",
        "analyst",
        "bureau",
        "staff",
        "photographer",
        "producer",
        "special to",
        "follow author",
        "minutes",
        "min read",
    ]
    .iter()
    .any(|role| lower.contains(role))
}

fn is_calendar(name: &str) -> bool {
    let first = name.split_whitespace().next().unwrap_or_default().trim_end_matches('.').to_lowercase();
    // "May" and "June" are also first names; only a name of one word is a month.
    let month = crate::dates::wording::is_month(&first) && name.split_whitespace().count() == 1;
    month || ["updated", "published", "last", "posted"].contains(&first.as_str())
}

#[cfg(test)]
mod tests {
    use super::authors_of;

    #[test]
    fn names_are_told_from_roles_and_dates() {
        for (byline, wanted) in [
            ("By Ana Ruiz and Tom Pell", vec!["Ana Ruiz", "Tom Pell"]),
            ("By Ana Ruiz, Tom Pell & May Orr", vec!["Ana Ruiz", "Tom Pell", "May Orr"]),
            ("Ana Ruiz, Staff Writer", vec!["Ana Ruiz"]),
            ("by Ana Ruiz 22 Dec 2025", vec!["Ana Ruiz"]),
            ("Von Ana Ruiz und Tom Pell", vec!["Ana Ruiz", "Tom Pell"]),
            ("Ana Ruiz | Harbour Desk", vec!["Ana Ruiz"]),
            ("Last updated: January 7, 2025", vec![]),
            ("April 28, 2019 at 6:01 am", vec![]),
            ("Byron Katie", vec!["Byron Katie"]),
            ("", vec![]),
        ] {
            assert_eq!(authors_of(byline), wanted, "{byline}");
        }
    }
}
