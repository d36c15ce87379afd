//! Counts in words.

/// A number with its thousands set apart.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// So many events.
pub fn events(count: usize) -> String {
    let mut text = grouped(count);
    text.push_str(if count == 1 { " event" } else { " events" });
    text
}

/// A number in the four characters for which a cluster has room.
pub fn short(number: usize) -> String {
    if number < 1000 {
        return number.to_string();
    }
    let mut text = (number / 1000).to_string();
    text.push('k');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_in_words() {
        assert_eq!(events(1), "1 event");
        assert_eq!(events(1_234_567), "1,234,567 events");
        assert_eq!([short(999), short(1000), short(99_999)], ["999", "1k", "99k"]);
    }
}
