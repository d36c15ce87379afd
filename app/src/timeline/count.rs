//! Counts in words.

use crate::texts::drawing::{Word, counted, group};

/// A number with its thousands set apart.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push_str(group());
        }
        text.push(digit);
    }
    text
}

/// So many events.
pub fn events(count: usize) -> String {
    counted(if count == 1 { Word::Event } else { Word::Events }, &grouped(count), "")
}

/// So many of all events, or all of them.
pub fn events_of(shown: usize, all: usize) -> String {
    if shown == all { events(all) } else { counted(Word::EventsOf, &grouped(shown), &events(all)) }
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
        assert_eq!(events_of(3, 1200), "3 of 1,200 events");
        assert_eq!(events_of(3, 3), "3 events");
        assert_eq!([short(999), short(1000), short(99_999)], ["999", "1k", "99k"]);
    }
}
