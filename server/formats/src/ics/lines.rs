//! Content lines (RFC 5545, 3.1).

/// A property with its parameters and its value, which is not unescaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// The number of the physical line that it begins on.
    pub(super) number: u64,
    /// The name, in upper case.
    pub(super) name: String,
    /// The names of the parameters, in upper case, and their values without quotation marks.
    pub(super) parameters: Vec<(String, String)>,
    pub(super) value: String,
}

impl Line {
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value of a text, unescaped.
    pub(super) fn text(&self) -> String {
        unescaped(&self.value)
    }

    /// The values of a list of texts, unescaped.
    pub(super) fn texts(&self) -> Vec<String> {
        let mut parts = vec![String::new()];
        let mut is_escaped = false;
        for c in self.value.chars() {
            if c == ',' && !is_escaped {
                parts.push(String::new());
                continue;
            }
            is_escaped = c == '\\' && !is_escaped;
            if let Some(part) = parts.last_mut() {
                part.push(c);
            }
        }
        parts.iter().map(|part| unescaped(part)).collect()
    }
}

/// The content lines of a file, unfolded; none for each that is no property, with its number.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Result<Line, u64>> {
    let mut physical = (1..).zip(text.lines()).peekable();
    std::iter::from_fn(move || {
        loop {
            let (number, first) = physical.next()?;
            let mut whole = first.to_owned();
            while let Some((_, more)) = physical.next_if(|(_, line)| line.starts_with([' ', '\t'])) {
                whole.push_str(more.get(1..).unwrap_or_default());
            }
            if !whole.trim().is_empty() {
                return Some(line(number, &whole).ok_or(number));
            }
        }
    })
}

fn line(number: u64, text: &str) -> Option<Line> {
    // A colon or semicolon in quotation marks belongs to a parameter's value.
    let mut parts = Vec::new();
    let mut is_quoted = false;
    let mut from = 0;
    let mut value = None;
    for (at, c) in text.char_indices() {
        match c {
            '"' => is_quoted = !is_quoted,
            ';' | ':' if !is_quoted => {
                parts.push(text.get(from..at)?);
                from = at + 1;
                if c == ':' {
                    value = text.get(from..);
                    break;
                }
            }
            _ => {}
        }
    }
    let (name, parameters) = parts.split_first()?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let parameters = parameters.iter().filter_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        Some((name.to_ascii_uppercase(), value.trim_matches('"').to_owned()))
    });
    is_name.then_some(Line {
        number,
        name: name.to_ascii_uppercase(),
        parameters: parameters.collect(),
        value: value?.to_owned(),
    })
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, true) => match chars.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(other) => out.push(other),
                None => out.push('\\'),
            },
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unfolds_and_keeps_the_number_of_the_line() {
        let text = "BEGIN:VEVENT\r\nDTSTART;TZID=\"a:b;c\";X=1:2026\r\n 0109\r\n\r\nno property\r\nsummary:a\\, b\\nc\\\\\r\n";
        let all: Vec<_> = lines(text).collect();
        let start = all[1].as_ref().unwrap();
        assert_eq!((start.number, start.value.as_str()), (2, "20260109"));
        assert_eq!(start.parameter("TZID"), Some("a:b;c"));
        assert_eq!(all[2], Err(5));
        assert_eq!(all[3].as_ref().unwrap().text(), "a, b\nc\\");
    }

    #[test]
    fn lists_are_divided_at_commas_that_are_not_escaped() {
        let line = line(1, "CATEGORIES:a\\,b,c\\\\,d").unwrap();
        assert_eq!(line.texts(), ["a,b", "c\\", "d"]);
    }
}
