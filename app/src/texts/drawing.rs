//! The words that the drawing of a timeline makes by itself, in both halves: names of months, dates on the axis, counts.
//!
//! They are one line, so that the browser's half, which knows no catalogue, needs no more than a text to split. The
//! server makes the line from the catalogue ([`table`]) and puts it into a page whose locale is not English.

use crate::timeline::civil::{civil, weekday};

/// Where something is in the line: months, their short names, days of the week, and then patterns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum Word {
    /// The months' names, January first.
    Months = 0,
    /// The months' names where there is little room.
    ShortMonths = 12,
    /// The days of the week where there is little room, Monday first.
    Weekdays = 24,
    /// A day: "9 January 2026".
    Day = 31,
    /// A day in little room: "9 Jan 2026".
    ShortDay,
    /// A month: "January 2026".
    Month,
    /// A year before Christ.
    Before,
    /// A day below the name of its month: "Fri 9".
    TickDay,
    /// A day below the name of its year: "9 Jan".
    TickWeek,
    /// Days of one month: "1 to 31 January 2026".
    InMonth,
    /// Days of one year: "1 January to 1 March 2026".
    InYear,
    /// Days of two years.
    Stretch,
    /// One event.
    Event,
    /// Several events.
    Events,
    /// Some of all events.
    EventsOf,
    /// What stands between groups of three digits.
    Group,
}

/// The line in English.
pub const ENGLISH: &str = "January|February|March|April|May|June|July|August|September|October|November|December|\
    Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun|\
    %d %m %y|%d %b %y|%m %y|%n BC|%w %d|%d %b|%d to %D %m %y|%d %m to %D %M %y|%d %m %y to %D %M %Y|\
    %n event|%n events|%n of %N|,";

#[cfg(not(feature = "ssr"))]
thread_local! {
    static LINE: std::cell::Cell<&'static str> = const { std::cell::Cell::new(ENGLISH) };
}

/// Takes the line that a page brings.
#[cfg(not(feature = "ssr"))]
pub fn speak(line: String) {
    LINE.set(line.leak());
}

#[cfg(not(feature = "ssr"))]
fn word(at: usize) -> &'static str {
    LINE.get().split('|').nth(at).unwrap_or_default()
}

#[cfg(feature = "ssr")]
fn word(at: usize) -> &'static str {
    super::catalogue::drawing_word(at)
}

/// The name of a month, 1 to 12.
pub fn month_name(month: i64) -> &'static str {
    word(Word::Months as usize + month as usize - 1)
}

/// The name of a month where there is little room, 1 to 12.
pub fn short_month(month: i64) -> &'static str {
    word(Word::ShortMonths as usize + month as usize - 1)
}

/// What stands between groups of three digits.
pub fn group() -> &'static str {
    word(Word::Group as usize)
}

/// A year; years before 1 are astronomical, so 0 is 1 BC.
pub fn year_name(year: i64) -> String {
    if year > 0 { year.to_string() } else { counted(Word::Before, &(1 - year).to_string(), "") }
}

/// A day, by its number from 1970-01-01, in a pattern.
pub fn dated(pattern: Word, day: i64) -> String {
    filled(pattern, (day, day), ("", ""))
}

/// Two days in a pattern.
pub fn stretched(pattern: Word, from: i64, to: i64) -> String {
    filled(pattern, (from, to), ("", ""))
}

/// Counts in a pattern.
pub fn counted(pattern: Word, first: &str, last: &str) -> String {
    filled(pattern, (0, 0), (first, last))
}

/// Fills a pattern: after `%` a letter stands for a part of the first day or, as a capital, of the last one.
fn filled(pattern: Word, days: (i64, i64), counts: (&str, &str)) -> String {
    let mut text = String::new();
    let mut letters = word(pattern as usize).chars();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            text.push(letter);
            continue;
        }
        let Some(part) = letters.next() else { break };
        let (day, count) = if part.is_ascii_lowercase() { (days.0, counts.0) } else { (days.1, counts.1) };
        let (year, month, of_month) = civil(day);
        match part.to_ascii_lowercase() {
            'd' => text.push_str(&of_month.to_string()),
            'm' => text.push_str(month_name(month)),
            'b' => text.push_str(short_month(month)),
            'w' => text.push_str(word(Word::Weekdays as usize + weekday(day) as usize)),
            'y' => text.push_str(&year_name(year)),
            _ => text.push_str(count),
        }
    }
    text
}

/// The line of a catalogue: `plain` gives a message without arguments, `with` one with them.
#[cfg(feature = "ssr")]
pub(super) fn table(
    plain: impl Fn(&str) -> String,
    with: impl Fn(&'static str, &[(&'static str, super::Value<'_>)]) -> String,
) -> String {
    let mut words: Vec<String> = Vec::new();
    for (name, last) in [("month", 12), ("month-short", 12), ("weekday-short", 7)] {
        words.extend((1..=last).map(|number| plain(&format!("{name}-{number}"))));
    }
    let pattern = |id, short: bool| {
        let month = |capital| match (short, capital) {
            (true, _) => "%b",
            (false, false) => "%m",
            (false, true) => "%M",
        };
        with(
            id,
            &[
                ("day", "%d".into()),
                ("month", month(false).into()),
                ("year", "%y".into()),
                ("weekday", "%w".into()),
                ("endday", "%D".into()),
                ("endmonth", month(true).into()),
                ("endyear", "%Y".into()),
            ],
        )
    };
    for (id, short) in [("date-day", false), ("date-day-short", true), ("date-month", false)] {
        words.push(pattern(id, short));
    }
    words.push(with("date-bc", &[("year", "%n".into())]));
    for (id, short) in [
        ("tick-day", false),
        ("tick-week", true),
        ("stretch-in-month", false),
        ("stretch-in-year", false),
        ("stretch", false),
    ] {
        words.push(pattern(id, short));
    }
    for id in ["events-one", "events-other"] {
        words.push(with(id, &[("count", "%n".into())]));
    }
    words.push(with("events-of", &[("shown", "%n".into()), ("events", "%N".into())]));
    words.push(plain("number-group"));
    words.join("|")
}
