//! Dates as people type them, turned into EDTF or into a clear question; never into a guess.
//!
//! "Early", "mid" and "late" are read as thirds: days 1–10, 11–20 and 21–end of a month, four months each of a
//! year. "By" and "before" give a window open to the past, since what happened once by a day did not last until it.

use chrono::{Datelike, Days, NaiveDate};

use super::date::EventDate;
use crate::t;

/// What must be asked before a text can be a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateQuestion {
    /// What is unclear, and what to write, as sentences.
    pub message: String,
    /// What it could mean: expressions with their words. Empty where there is nothing to choose from.
    pub readings: Vec<EventDate>,
}

/// Reads a date in EDTF or in English words. `today` resolves "today" and "yesterday" and proposes years; a year is
/// never filled in from it.
///
/// # Errors
/// A question, with its possible readings, when the text is not a date, lacks its year, or can be read in two ways.
pub fn read_date(text: &str, today: NaiveDate) -> Result<EventDate, DateQuestion> {
    let text = text.trim();
    if text.is_empty() {
        return Err(ask(t!("date-input-give-a-date-such-as")));
    }
    match EventDate::parse(text) {
        Ok(date) => return Ok(date),
        Err(error)
            if !text.contains(|c: char| c.is_ascii_alphabetic() && !matches!(c, 'X' | 'Y' | 'T' | 'Z'))
                && !text.contains([' ', '.']) =>
        {
            // Looks like EDTF or a numeric date, so that the parser's own complaint helps if nothing else reads it.
            return numeric(text).unwrap_or_else(|| Err(ask(&error.to_string())));
        }
        Err(_) => {}
    }
    let words = words(text);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    Sentence { today }.read(&words)
}

fn ask(message: &str) -> DateQuestion {
    DateQuestion { message: message.to_owned(), readings: Vec::new() }
}

fn not_understood() -> DateQuestion {
    ask(t!("date-input-this-date-was-not-understood"))
}

/// Day, month and year in figures. Which comes first is asked where both could.
fn numeric(text: &str) -> Option<Result<EventDate, DateQuestion>> {
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    let [a, b, year] = parts.as_slice() else { return None };
    if year.len() != 4 {
        return None;
    }
    let (a, b, year) = (a.parse::<u32>().ok()?, b.parse::<u32>().ok()?, year.parse::<i32>().ok()?);
    let day_first = NaiveDate::from_ymd_opt(year, b, a).map(EventDate::day);
    let month_first = NaiveDate::from_ymd_opt(year, a, b).map(EventDate::day);
    Some(match (day_first, month_first) {
        (Some(one), Some(other)) if one != other => Err(DateQuestion {
            message: t!("date-input-can-be-read-in-two", text = text),
            readings: vec![one, other],
        }),
        (Some(date), _) | (None, Some(date)) => Ok(date),
        (None, None) => Err(ask(t!("date-input-there-is-no-such-day"))),
    })
}

/// Words in lower case without punctuation; dashes between numbers or words stand alone.
fn words(text: &str) -> Vec<String> {
    let mut spaced = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            ',' | '(' | ')' => spaced.push(' '),
            '–' | '—' => spaced.push_str(" - "),
            '-' if !spaced.to_lowercase().ends_with("mid") => spaced.push_str(" - "),
            '-' => spaced.push(' '),
            '~' => spaced.push_str(" about "),
            _ => spaced.extend(c.to_lowercase()),
        }
    }
    spaced
        .split_whitespace()
        .map(|word| if word.contains(':') { word.to_owned() } else { word.trim_end_matches('.').to_owned() })
        .filter(|word| !matches!(word.as_str(), "" | "the" | "of" | "on" | "at" | "in" | "a" | "an"))
        .collect()
}

struct Sentence {
    today: NaiveDate,
}

/// What was said of one date.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Said {
    year: Option<i32>,
    month: Option<u32>,
    day: Option<u32>,
    third: Option<Third>,
    /// EDTF sub-year code: 21 to 24 seasons, 33 to 36 quarters, 40 and 41 halves.
    part: Option<u32>,
    decade: bool,
    some_day: bool,
    time: Option<(u32, u32)>,
    utc: bool,
    approximate: bool,
    uncertain: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Third {
    Early,
    Mid,
    Late,
}

enum Frame {
    One,
    Between,
    Span,
    By,
    Before,
    After,
    OnOrAfter,
    Since,
    Until,
}

impl Sentence {
    fn read(&self, words: &[&str]) -> Result<EventDate, DateQuestion> {
        let (frame, first, second) = split(words);
        let mut first = self.said(first)?;
        let mut second = second.map(|words| self.said(words)).transpose()?;
        if let Some(second) = &mut second {
            // "5 to 9 March 2026" and "March 5 to 9, 2026": each borrows what only the other names.
            if first.month.is_none() && first.part.is_none() && first.day.is_some() {
                first.month = second.month;
            }
            if second.month.is_none() && second.part.is_none() && second.day.is_some() {
                second.month = first.month;
            }
            if first.year.is_none() {
                let wraps = matches!((first.month, second.month), (Some(a), Some(b)) if a > b);
                first.year = second.year.map(|year| if wraps { year - 1 } else { year });
            }
            if second.year.is_none() {
                second.year = first.year;
            }
        }
        if first.year.is_none() {
            return Err(self.ask_year(words, &first));
        }
        let text = match (frame, second) {
            (Frame::Between, Some(second)) => format!("[{}..{}]", first.start()?, second.end()?),
            (Frame::Span, Some(second)) => format!("{}/{}", first.edge(true)?, second.edge(false)?),
            (Frame::By, _) => format!("[..{}]", first.end()?),
            (Frame::Before, _) => format!("[..{}]", day_beside(&first.first_day()?, false)?),
            (Frame::After, _) => format!("[{}..]", day_beside(&first.last_day()?, true)?),
            (Frame::OnOrAfter, _) => format!("[{}..]", first.start()?),
            (Frame::Since, _) => format!("{}/..", first.edge(true)?),
            (Frame::Until, _) => format!("../{}", first.edge(false)?),
            _ => first.whole()?,
        };
        EventDate::parse(&text).map_err(|error| ask(&error.to_string()))
    }

    /// Proposes the years around today for a date that lacks one.
    fn ask_year(&self, words: &[&str], first: &Said) -> DateQuestion {
        let mut readings: Vec<EventDate> = Vec::new();
        if first.month.is_some() {
            for year in [self.today.year(), self.today.year() - 1, self.today.year() + 1] {
                let year = year.to_string();
                let with_year: Vec<&str> = words.iter().copied().chain([year.as_str()]).collect();
                readings.extend(self.read(&with_year).ok());
            }
        }
        DateQuestion { message: t!("date-input-which-year").to_owned(), readings }
    }

    fn said(&self, words: &[&str]) -> Result<Said, DateQuestion> {
        let mut said = Said::default();
        let mut understood = false;
        let mut words = words.iter().copied().peekable();
        while let Some(word) = words.next() {
            let taken = match word {
                "about" | "around" | "circa" | "c" | "ca" | "approximately" | "roughly" => {
                    said.approximate = true;
                    true
                }
                "perhaps" | "possibly" | "probably" | "reportedly" | "maybe" => {
                    said.uncertain = true;
                    true
                }
                "early" | "beginning" | "start" => said.third.replace(Third::Early).is_none(),
                "mid" | "middle" => said.third.replace(Third::Mid).is_none(),
                "late" | "end" => said.third.replace(Third::Late).is_none(),
                "spring" => said.part.replace(21).is_none(),
                "summer" => said.part.replace(22).is_none(),
                "autumn" | "fall" => said.part.replace(23).is_none(),
                "winter" => said.part.replace(24).is_none(),
                "first" | "second" | "third" | "fourth" => {
                    let nth = match word {
                        "first" => 0,
                        "second" => 1,
                        "third" => 2,
                        _ => 3,
                    };
                    match words.next() {
                        Some("quarter") => said.part.replace(33 + nth).is_none(),
                        Some("half") if nth < 2 => said.part.replace(40 + nth).is_none(),
                        _ => false,
                    }
                }
                "q1" | "q2" | "q3" | "q4" => {
                    let nth = word.get(1..).and_then(|digit| digit.parse::<u32>().ok()).unwrap_or(1);
                    said.part.replace(32 + nth).is_none()
                }
                "some" | "unknown" => {
                    said.some_day = true;
                    matches!(words.next(), Some("day" | "time"))
                }
                "sometime" => {
                    said.some_day = true;
                    true
                }
                "today" => said.set_day(self.today),
                "yesterday" => self.today.checked_sub_days(Days::new(1)).is_some_and(|day| said.set_day(day)),
                "noon" => said.time.replace((12, 0)).is_none(),
                "utc" | "gmt" | "z" => {
                    said.utc = true;
                    true
                }
                _ => {
                    // "3 pm" is a time, "3 January" is not.
                    let meridiem =
                        words.peek().copied().filter(|next| matches!(*next, "am" | "pm" | "a.m" | "p.m"));
                    if let (Some(meridiem), Ok(_)) = (meridiem, word.parse::<u32>()) {
                        words.next();
                        said.take_word(&format!("{word}{}", meridiem.replace('.', "")))
                    } else {
                        said.take_word(word)
                    }
                }
            };
            if !taken {
                return Err(not_understood());
            }
            understood = true;
        }
        let names_a_date = said.year.is_some() || said.month.is_some() || said.day.is_some();
        if understood && names_a_date { Ok(said) } else { Err(not_understood()) }
    }
}

/// Tells the frame of a phrase and its one or two dates.
fn split<'w>(words: &'w [&'w str]) -> (Frame, &'w [&'w str], Option<&'w [&'w str]>) {
    let at = |seek: &[&str]| words.iter().position(|word| seek.contains(word)).filter(|at| *at > 0);
    let halves = |from: usize, at: usize| (words.get(from..at).unwrap_or_default(), words.get(at + 1..));
    let rest = |from: usize| words.get(from..).unwrap_or_default();
    match words {
        ["between", ..] => {
            if let Some(and) = at(&["and", "-"]) {
                let (first, second) = halves(1, and);
                return (Frame::Between, first, second);
            }
        }
        ["from", ..] => {
            if let Some(to) = at(&["to", "until", "till", "through", "-"]) {
                let (first, second) = halves(1, to);
                return (Frame::Span, first, second);
            }
            return (Frame::Since, rest(1), None);
        }
        ["since", ..] => return (Frame::Since, rest(1), None),
        ["until" | "till" | "through", ..] => return (Frame::Until, rest(1), None),
        ["by", ..] => return (Frame::By, rest(1), None),
        ["no", "later", "than", ..] | ["or", "before", ..] => return (Frame::By, rest(3), None),
        ["before", ..] => return (Frame::Before, rest(1), None),
        ["after", ..] => return (Frame::After, rest(1), None),
        ["or", "after", ..] => return (Frame::OnOrAfter, rest(2), None),
        _ => {}
    }
    if let Some(to) = at(&["to", "until", "till", "through", "-"]) {
        let (first, second) = halves(0, to);
        return (Frame::Span, first, second);
    }
    (Frame::One, words, None)
}

fn day_beside(day: &NaiveDate, after: bool) -> Result<String, DateQuestion> {
    let beside = if after { day.succ_opt() } else { day.pred_opt() };
    beside.map(|day| day.format("%Y-%m-%d").to_string()).ok_or_else(not_understood)
}

impl Said {
    fn set_day(&mut self, day: NaiveDate) -> bool {
        (self.year, self.month, self.day) = (Some(day.year()), Some(day.month()), Some(day.day()));
        true
    }

    /// A month's name, a day, a year, a decade or a time of day.
    fn take_word(&mut self, word: &str) -> bool {
        if let Some(month) = month(word) {
            return self.month.replace(month).is_none();
        }
        if let Some(time) = clock(word) {
            return self.time.replace(time).is_none();
        }
        if let Some(day) = NaiveDate::parse_from_str(word, "%Y-%m-%d").ok().filter(|_| self.year.is_none()) {
            return self.set_day(day);
        }
        if let Some(year) = word.strip_suffix('s').filter(|year| year.len() == 4 && year.ends_with('0')) {
            self.decade = true;
            return year.parse().is_ok_and(|year: i32| self.year.replace(year).is_none());
        }
        let figures =
            ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
        if !figures.bytes().all(|byte| byte.is_ascii_digit()) {
            return false;
        }
        match figures.len() {
            1 | 2 => figures
                .parse()
                .is_ok_and(|day: u32| (1..=31).contains(&day) && self.day.replace(day).is_none()),
            4 => figures.parse().is_ok_and(|year: i32| self.year.replace(year).is_none()),
            _ => false,
        }
    }

    fn year(&self) -> Result<i32, DateQuestion> {
        self.year.ok_or_else(not_understood)
    }

    /// The expression without thirds, times and reserves.
    fn base(&self) -> Result<String, DateQuestion> {
        let year = self.year()?;
        Ok(match (self.month, self.day, self.part) {
            (Some(month), Some(day), None) => NaiveDate::from_ymd_opt(year, month, day)
                .map(|day| day.format("%Y-%m-%d").to_string())
                .ok_or_else(|| ask(t!("date-input-there-is-no-such-day")))?,
            (Some(month), None, None) => format!("{year:04}-{month:02}"),
            (None, None, Some(part)) => format!("{year:04}-{part:02}"),
            (None, None, None) if self.decade => format!("{}X", year / 10),
            (None, None, None) => format!("{year:04}"),
            _ => return Err(not_understood()),
        })
    }

    fn reserve(&self) -> &'static str {
        match (self.approximate, self.uncertain) {
            (false, false) => "",
            (true, false) => "~",
            (false, true) => "?",
            (true, true) => "%",
        }
    }

    fn whole(&self) -> Result<String, DateQuestion> {
        if self.third.is_some() {
            return Ok(format!("[{}..{}]", self.start()?, self.end()?));
        }
        let base = self.base()?;
        if let Some((hour, minute)) = self.time {
            if self.day.is_none() {
                return Err(ask(t!("date-input-a-time-of-day-needs")));
            }
            return Ok(format!("{base}T{hour:02}:{minute:02}:00{}", if self.utc { "Z" } else { "" }));
        }
        if self.some_day {
            return match (self.month, self.day, self.part) {
                (Some(_), None, None) => Ok(format!("{base}-XX{}", self.reserve())),
                (None, None, None) => Ok(format!("{base}-XX{}", self.reserve())),
                _ => Err(not_understood()),
            };
        }
        Ok(format!("{base}{}", self.reserve()))
    }

    /// As one end of a span.
    fn edge(&self, first: bool) -> Result<String, DateQuestion> {
        if self.third.is_some() {
            let day = if first { self.start()? } else { self.end()? };
            return Ok(format!("{day}~"));
        }
        Ok(format!("{}{}", self.base()?, self.reserve()))
    }

    fn start(&self) -> Result<String, DateQuestion> {
        if self.third.is_none() { self.base() } else { Ok(self.first_day()?.format("%Y-%m-%d").to_string()) }
    }

    fn end(&self) -> Result<String, DateQuestion> {
        if self.third.is_none() { self.base() } else { Ok(self.last_day()?.format("%Y-%m-%d").to_string()) }
    }

    fn first_day(&self) -> Result<NaiveDate, DateQuestion> {
        let Some(third) = self.third else {
            return EventDate::parse(&self.base()?)
                .ok()
                .and_then(|date| date.earliest())
                .ok_or_else(not_understood);
        };
        let nth = third as u32;
        match (self.month, self.day) {
            (Some(month), None) => NaiveDate::from_ymd_opt(self.year()?, month, 1 + 10 * nth),
            (None, None) => NaiveDate::from_ymd_opt(self.year()?, 1 + 4 * nth, 1),
            _ => None,
        }
        .ok_or_else(not_understood)
    }

    fn last_day(&self) -> Result<NaiveDate, DateQuestion> {
        let Some(third) = self.third else {
            return EventDate::parse(&self.base()?)
                .ok()
                .and_then(|date| date.latest())
                .ok_or_else(not_understood);
        };
        let year = self.year()?;
        let nth = third as u32;
        match (self.month, self.day, third) {
            (Some(month), None, Third::Early | Third::Mid) => {
                NaiveDate::from_ymd_opt(year, month, 10 * (nth + 1))
            }
            (Some(12), None, Third::Late) | (None, None, Third::Late) => {
                NaiveDate::from_ymd_opt(year, 12, 31)
            }
            (Some(month), None, Third::Late) => {
                NaiveDate::from_ymd_opt(year, month + 1, 1).and_then(|day| day.pred_opt())
            }
            (None, None, _) => NaiveDate::from_ymd_opt(year, 5 + 4 * nth, 1).and_then(|day| day.pred_opt()),
            _ => None,
        }
        .ok_or_else(not_understood)
    }
}

fn month(word: &str) -> Option<u32> {
    if word.len() < 3 {
        return None;
    }
    let named = |name: &str| {
        let name = name.to_lowercase();
        name == word || (name.starts_with(word) && (word.len() == 3 || (word == "sept")))
    };
    MONTHS.iter().position(|name| named(name)).and_then(|at| u32::try_from(at + 1).ok())
}

/// A time of day: 14:30, 14:30z, 3pm, 3:15pm.
fn clock(word: &str) -> Option<(u32, u32)> {
    let word = word.strip_suffix('z').unwrap_or(word).replace('.', "");
    let (figures, plus) = match (word.strip_suffix("am"), word.strip_suffix("pm")) {
        (Some(figures), _) => (figures, Some(0)),
        (_, Some(figures)) => (figures, Some(12)),
        _ => (word.as_str(), None),
    };
    let (hour, minute) = match figures.split_once(':') {
        Some((hour, minute)) => (hour.parse::<u32>().ok()?, minute.parse::<u32>().ok()?),
        None => (figures.parse::<u32>().ok().filter(|_| plus.is_some())?, 0),
    };
    let hour = match plus {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(plus) => hour % 12 + plus,
        None => hour,
    };
    (hour < 24 && minute < 60).then_some((hour, minute))
}

/// The names of months in English, in which dates are typed.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, 2).unwrap()
    }

    #[test]
    fn reads_what_people_type() {
        for (text, edtf) in [
            ("Jan 9, 2026", "2026-01-09"),
            ("Jan. 9, 2026", "2026-01-09"),
            ("9 January 2026", "2026-01-09"),
            ("January 9th, 2026", "2026-01-09"),
            ("the 9th of January 2026", "2026-01-09"),
            ("2026-01-09", "2026-01-09"),
            ("25/12/2025", "2025-12-25"),
            ("yesterday", "2026-03-01"),
            ("January 2026", "2026-01"),
            ("2026", "2026"),
            ("about 9 January 2026", "2026-01-09~"),
            ("around Jan. 9, 2026", "2026-01-09~"),
            ("probably January 2026", "2026-01?"),
            ("early January 2026", "[2026-01-01..2026-01-10]"),
            ("mid-January 2026", "[2026-01-11..2026-01-20]"),
            ("late February 2024", "[2024-02-21..2024-02-29]"),
            ("late 2025", "[2025-09-01..2025-12-31]"),
            ("between 5 and 9 March 2026", "[2026-03-05..2026-03-09]"),
            ("between March 5 and March 9, 2026", "[2026-03-05..2026-03-09]"),
            ("between 27 Feb and 5 March 2026", "[2026-02-27..2026-03-05]"),
            ("by 27 February 2026", "[..2026-02-27]"),
            ("before 27 Feb 2026", "[..2026-02-26]"),
            ("after 27 February 2026", "[2026-02-28..]"),
            ("since September 2025", "2025-09/.."),
            ("until March 2026", "../2026-03"),
            ("from Jan 5 to 9, 2026", "2026-01-05/2026-01-09"),
            ("5–9 March 2026", "2026-03-05/2026-03-09"),
            ("20 December to 5 January 2026", "2025-12-20/2026-01-05"),
            ("January to March 2026", "2026-01/2026-03"),
            ("about January 2026 to 29 January 2026", "2026-01~/2026-01-29"),
            ("some day in January 2026", "2026-01-XX"),
            ("spring 2026", "2026-21"),
            ("last quarter", ""),
            ("Q1 2026", "2026-33"),
            ("second half of 2025", "2025-41"),
            ("the 2010s", "201X"),
            ("9 January 2026 at 14:30 UTC", "2026-01-09T14:30:00Z"),
            ("January 9, 2026, 3 p.m.", "2026-01-09T15:00:00"),
            ("[..2026-02-27]", "[..2026-02-27]"),
        ] {
            let read = read_date(text, today()).map(|date| date.edtf().to_owned());
            assert_eq!(read.unwrap_or_default(), edtf, "{text}");
        }
    }

    #[test]
    fn asks_when_it_is_unclear() {
        let question = read_date("03/04/2026", today()).unwrap_err();
        let readings: Vec<&str> = question.readings.iter().map(EventDate::edtf).collect();
        assert_eq!(readings, ["2026-04-03", "2026-03-04"]);

        let question = read_date("between 5 and 9 March", today()).unwrap_err();
        assert_eq!(question.message, "Which year?");
        assert_eq!(question.readings.first().unwrap().edtf(), "[2026-03-05..2026-03-09]");

        for text in
            ["soon", "", "31 February 2026", "9 January 9 February 2026", "2026-13-01", "between lunch"]
        {
            let question = read_date(text, today()).unwrap_err();
            assert!(question.readings.is_empty(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC*") {
            let _ = read_date(&text, today());
        }

        #[test]
        fn reads_its_own_words(days in 0i64..40_000) {
            let day = super::super::time::day_of(days * 1440);
            let date = EventDate::day(day);
            prop_assert_eq!(read_date(&date.words(), today()).unwrap(), date);
        }
    }
}
