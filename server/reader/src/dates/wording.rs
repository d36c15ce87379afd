//! Dates as they are written: in ISO 8601, in figures, with months by name in several languages, as seconds since 1970.

use chrono::{DateTime, NaiveDate, NaiveTime};

use super::names;

/// Which of two figures is the month when both can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// 03/04 is the fourth of March, as in the United States.
    MonthFirst,
    /// 03/04 is the third of April, as nearly everywhere else.
    DayFirst,
}

/// A date found in a text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    pub day: NaiveDate,
    /// The other day that the figures can mean.
    pub other: Option<NaiveDate>,
    /// Time of day and offset, as in [`DatedBy::time`](crate::DatedBy::time).
    pub time: Option<String>,
    /// Byte offsets of the date without its time.
    pub start: usize,
    pub end: usize,
}

/// The earliest year of a date that a source may give for itself; the first newspapers are from 1605.
const EARLIEST: i32 = 1600;

/// Whether a word in lower case names a month.
pub(crate) fn is_month(word: &str) -> bool {
    names::month(word).is_some()
}

/// Whether a text has as many figures as the shortest date, 5-Jan-26.
pub(crate) fn has_figures(text: &[u8]) -> bool {
    text.iter().filter(|byte| byte.is_ascii_digit()).count() >= 3
}

/// The first date in a text.
pub(crate) fn first(text: &str, order: Order) -> Option<Found> {
    if !has_figures(text.as_bytes()) {
        return None;
    }
    let tokens = tokens(text);
    (0..tokens.len()).find_map(|at| date_at(&tokens, at, order))
}

/// All dates in a text, in order, none overlapping another.
pub(crate) fn all(text: &str, order: Order) -> Vec<Found> {
    let tokens = tokens(text);
    let mut out: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match date_at(&tokens, at, order) {
            Some(found) => {
                at += 1;
                while tokens.get(at).is_some_and(|token| token.start < found.end) {
                    at += 1;
                }
                out.push(found);
            }
            None => at += 1,
        }
    }
    out
}

/// Reads a value that is a date and nothing else, as in metadata. Besides [`first`] it takes seconds or milliseconds
/// since 1970, whose day is that of UTC.
pub(crate) fn value(text: &str, order: Order) -> Option<Found> {
    let trimmed = text.trim();
    if matches!(trimmed.len(), 10 | 13) && trimmed.bytes().all(|byte| byte.is_ascii_digit()) {
        let number: i64 = trimmed.parse().ok()?;
        let seconds = if trimmed.len() == 13 { number / 1000 } else { number };
        let at = DateTime::from_timestamp(seconds, 0)?;
        // Below 1990 such a figure is more likely a number of another kind.
        return (seconds > 631_152_000).then(|| Found {
            day: at.date_naive(),
            other: None,
            time: Some(at.format("%H:%M:%S+00:00").to_string()),
            start: 0,
            end: text.len(),
        });
    }
    first(text, order)
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    /// A number of so many digits.
    Number(u32, u8),
    /// The name of a month.
    Month(u8),
    /// Another word.
    Word,
    /// A character that is neither letter nor digit nor space.
    Mark(char),
}

struct Token<'a> {
    kind: Kind,
    text: &'a str,
    start: usize,
    end: usize,
    /// Whether white space stands before it.
    spaced: bool,
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    // Words and figures, and the marks between them, are of three bytes and more on average.
    let mut out = Vec::with_capacity(text.len() / 3 + 1);
    let mut chars = text.char_indices().peekable();
    let mut spaced = true;
    while let Some((start, first)) = chars.next() {
        if first.is_whitespace() || matches!(first, '\u{200e}' | '\u{200f}' | '\u{feff}') {
            spaced = true;
            continue;
        }
        let mut end = start + first.len_utf8();
        let same: fn(char) -> bool = if first.is_ascii_digit() {
            |c| c.is_ascii_digit()
        } else if is_letter(first) {
            is_letter
        } else {
            |_| false
        };
        while let Some((at, next)) = chars.peek().copied() {
            if !same(next) {
                break;
            }
            end = at + next.len_utf8();
            chars.next();
        }
        let piece = &text[start..end];
        let kind = if first.is_ascii_digit() {
            // Numbers that are too long for anything here keep their length and lose their value.
            Kind::Number(piece.parse().unwrap_or(u32::MAX), u8::try_from(piece.len()).unwrap_or(u8::MAX))
        } else if is_letter(first) {
            Kind::Word
        } else {
            Kind::Mark(first)
        };
        out.push(Token { kind, text: piece, start, end, spaced });
        spaced = false;
    }
    name_months(&mut out);
    out
}

/// Looks up the words that stand by a figure; others can be part of no date.
fn name_months(tokens: &mut [Token<'_>]) {
    let by_figure = |tokens: &[Token<'_>], at: usize| {
        tokens[at.saturating_sub(4)..(at + 5).min(tokens.len())]
            .iter()
            .any(|token| matches!(token.kind, Kind::Number(..)))
    };
    for at in 0..tokens.len() {
        if tokens[at].kind == Kind::Word && by_figure(tokens, at) {
            tokens[at].kind = word(tokens[at].text);
        }
    }
}

/// Letters, and the vowel signs that stand inside words of Indian scripts.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\u{900}'..='\u{963}')
}

fn word(piece: &str) -> Kind {
    // No name of a month is longer.
    if piece.len() > 30 {
        return Kind::Word;
    }
    names::month(&piece.to_lowercase()).map_or(Kind::Word, Kind::Month)
}

fn date_at(tokens: &[Token<'_>], at: usize, order: Order) -> Option<Found> {
    let token = &tokens[at];
    let found = match token.kind {
        Kind::Number(value, 4) if year(value).is_some() => year_first(tokens, at),
        Kind::Number(_, 8 | 12 | 14) => compact(tokens, at),
        Kind::Number(value, 1 | 2) if value <= 31 => {
            // 3.14.2.2026 is a number of another kind (an address, a version).
            let after_figure = at >= 2
                && !token.spaced
                && !tokens[at - 1].spaced
                && matches!(tokens[at - 1].kind, Kind::Mark('.' | '/' | '-'))
                && matches!(tokens[at - 2].kind, Kind::Number(..));
            if after_figure { None } else { day_first(tokens, at).or_else(|| figures(tokens, at, order)) }
        }
        Kind::Month(_) => month_first(tokens, at),
        _ => None,
    };
    let (parts, last) = found?;
    let mut found =
        Found { day: parts.0, other: parts.1, time: None, start: token.start, end: tokens[last].end };
    found.time = match token.kind {
        Kind::Number(_, 12 | 14) => {
            compact_time(&token.text[8..]).map(|time| time + &offset(tokens, at + 1).unwrap_or_default())
        }
        // 20260129T180500Z, the basic form of ISO 8601.
        Kind::Number(_, 8) => tokens
            .get(at + 2)
            .filter(|time| {
                tokens[at + 1].text.eq_ignore_ascii_case("t") && !time.spaced && time.text.len() >= 4
            })
            .and_then(|time| Some(compact_time(time.text)? + &offset(tokens, at + 3).unwrap_or_default()))
            .or_else(|| time_after(tokens, last + 1)),
        _ => time_after(tokens, last + 1).or_else(|| time_inside(tokens, at, last)),
    };
    Some(found)
}

type Parts = ((NaiveDate, Option<NaiveDate>), usize);

fn year(value: u32) -> Option<i32> {
    i32::try_from(value).ok().filter(|year| (EARLIEST..=2200).contains(year))
}

fn ymd(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}

/// The token at a place, past marks and little words that may stand between the parts of a date.
fn skip(tokens: &[Token<'_>], mut at: usize) -> usize {
    for _ in 0..3 {
        let Some(token) = tokens.get(at) else { break };
        let between = match token.kind {
            Kind::Mark(c) => {
                matches!(c, ',' | '.' | '-' | '/' | '\u{2019}' | '\'' | '\u{ba}' | '\u{aa}' | '_' | '\u{a0}')
            }
            Kind::Word => {
                matches!(
                    token.text.to_ascii_lowercase().as_str(),
                    "de" | "del" | "of" | "th" | "st" | "nd" | "rd" | "er" | "the"
                )
            }
            _ => false,
        };
        if !between {
            break;
        }
        at += 1;
    }
    at
}

/// 2026-01-29, 2026/1/29, 2026.01.29, 2026 January 29, 2026年1月29日.
fn year_first(tokens: &[Token<'_>], at: usize) -> Option<Parts> {
    let Kind::Number(value, _) = tokens[at].kind else { return None };
    let year = year(value)?;
    let next = tokens.get(at + 1)?;
    let cjk = |token: &Token<'_>, signs: [char; 2]| {
        token.text.chars().next().filter(|c| signs.contains(c) && token.text.chars().count() <= 2)
    };
    if cjk(next, ['年', '년']).is_some() {
        let (Kind::Number(month, _), Kind::Number(day, _)) =
            (tokens.get(at + 2)?.kind, tokens.get(at + 4)?.kind)
        else {
            return None;
        };
        cjk(tokens.get(at + 3)?, ['月', '월'])?;
        return Some(((ymd(year, month, day)?, None), at + 4));
    }
    if let Kind::Mark(sign @ ('-' | '/' | '.' | '_')) = next.kind
        && let (Kind::Number(month, 1 | 2), Kind::Mark(again), Kind::Number(day, 1 | 2)) =
            (tokens.get(at + 2)?.kind, tokens.get(at + 3)?.kind, tokens.get(at + 4)?.kind)
        && again == sign
    {
        return Some(((ymd(year, month, day)?, None), at + 4));
    }
    let name = skip(tokens, at + 1);
    let Kind::Month(month) = tokens.get(name)?.kind else { return None };
    let figure = skip(tokens, name + 1);
    let Kind::Number(day, 1 | 2) = tokens.get(figure)?.kind else { return None };
    Some(((ymd(year, u32::from(month), day)?, None), figure))
}

/// 20260129, and the same with a time behind it.
fn compact(tokens: &[Token<'_>], at: usize) -> Option<Parts> {
    let text = tokens[at].text;
    let year = year(text.get(..4)?.parse().ok()?).filter(|year| (1900..=2100).contains(year))?;
    let day = ymd(year, text.get(4..6)?.parse().ok()?, text.get(6..8)?.parse().ok()?)?;
    Some(((day, None), at))
}

/// 29 January 2026, 29. Januar 2026, 29 de enero de 2026, 29-Jan-2026, 29-Jan-26.
fn day_first(tokens: &[Token<'_>], at: usize) -> Option<Parts> {
    let Kind::Number(day, _) = tokens[at].kind else { return None };
    let name = skip(tokens, at + 1);
    let Kind::Month(month) = tokens.get(name)?.kind else { return None };
    let figure = skip(tokens, name + 1);
    let year = match tokens.get(figure)?.kind {
        Kind::Number(value, 4) => year(value)?,
        // A year of two digits must be tied to the month: "29 Jan 26 people" is none.
        Kind::Number(value, 2)
            if figure > name + 1
                && matches!(tokens[figure - 1].kind, Kind::Mark('-' | '\'' | '\u{2019}')) =>
        {
            short_year(value)?
        }
        _ => return None,
    };
    Some(((ymd(year, u32::from(month), day)?, None), figure))
}

/// January 29, 2026; Jan. 29th 2026; Thu Jan 29 10:11:12 EST 2026.
fn month_first(tokens: &[Token<'_>], at: usize) -> Option<Parts> {
    let Kind::Month(month) = tokens[at].kind else { return None };
    let figure = skip(tokens, at + 1);
    let Kind::Number(day @ 1..=31, 1 | 2) = tokens.get(figure)?.kind else { return None };
    let next = skip(tokens, figure + 1);
    if let Kind::Number(value, 4) = tokens.get(next)?.kind {
        return Some(((ymd(year(value)?, u32::from(month), day)?, None), next));
    }
    // A clock may stand in between.
    let clock =
        (next..(next + 9).min(tokens.len())).find(|at| matches!(tokens[*at].kind, Kind::Number(_, 4)))?;
    let between = &tokens[next..clock];
    let is_clock = matches!(between.get(1).map(|token| token.kind), Some(Kind::Mark(':')))
        && between.iter().all(|token| match token.kind {
            Kind::Number(..) => true,
            Kind::Mark(c) => matches!(c, ':' | ',' | '.' | '+' | '-'),
            Kind::Word => token.text.len() <= 4,
            Kind::Month(_) => false,
        });
    let Kind::Number(value, _) = tokens[clock].kind else { return None };
    is_clock.then_some(())?;
    Some(((ymd(year(value)?, u32::from(month), day)?, None), clock))
}

/// 29/01/2026, 1/29/2026, 29.01.26.
fn figures(tokens: &[Token<'_>], at: usize, order: Order) -> Option<Parts> {
    let pieces = tokens.get(at..at + 5)?;
    let [a, sign, b, again, c] = pieces else { return None };
    let (
        Kind::Number(a, 1 | 2),
        Kind::Mark(sign),
        Kind::Number(b, 1 | 2),
        Kind::Mark(again),
        Kind::Number(c, digits),
    ) = (a.kind, sign.kind, b.kind, again.kind, c.kind)
    else {
        return None;
    };
    if sign != again || !matches!(sign, '/' | '.' | '-') {
        return None;
    }
    // Spaces between the figures make a sum or a score, except after full stops, as German prints it.
    if sign != '.' && pieces[1..].iter().any(|token| token.spaced) {
        return None;
    }
    // A further figure behind makes it an address or a version.
    if let (Some(mark), Some(next)) = (tokens.get(at + 5), tokens.get(at + 6))
        && mark.kind == Kind::Mark(sign)
        && !next.spaced
        && matches!(next.kind, Kind::Number(..))
    {
        return None;
    }
    let year = match digits {
        4 => year(c)?,
        2 => short_year(c)?,
        _ => return None,
    };
    let day_first = ymd(year, b, a);
    let month_first = ymd(year, a, b).filter(|_| sign != '.');
    let (day, other) = match (day_first, month_first) {
        (Some(one), Some(two)) if one == two => (one, None),
        (Some(one), Some(two)) => match order {
            Order::DayFirst => (one, Some(two)),
            Order::MonthFirst => (two, Some(one)),
        },
        (Some(only), None) | (None, Some(only)) => (only, None),
        (None, None) => return None,
    };
    Some(((day, other), at + 4))
}

fn short_year(value: u32) -> Option<i32> {
    let value = i32::try_from(value).ok()?;
    Some(if value < 70 { 2000 + value } else { 1900 + value })
}

fn compact_time(digits: &str) -> Option<String> {
    let hour = digits.get(..2)?.parse().ok()?;
    let minute = digits.get(2..4)?.parse().ok()?;
    let second = digits.get(4..6).map_or(Some(0), |second| second.parse().ok())?;
    Some(NaiveTime::from_hms_opt(hour, minute, second)?.format("%H:%M:%S").to_string())
}

/// A clock that stands between month and year, as in `Jan 29 10:11:12 EST 2026`.
fn time_inside(tokens: &[Token<'_>], from: usize, to: usize) -> Option<String> {
    (from + 1..to).find_map(|at| clock(tokens, at, to))
}

fn time_after(tokens: &[Token<'_>], from: usize) -> Option<String> {
    // "T", "at", a comma, a dash or a bar may come first.
    for at in from..(from + 5).min(tokens.len()) {
        match tokens[at].kind {
            Kind::Number(..) => return clock(tokens, at, tokens.len()),
            Kind::Word | Kind::Mark(_) => {}
            Kind::Month(_) => return None,
        }
    }
    None
}

fn clock(tokens: &[Token<'_>], at: usize, end: usize) -> Option<String> {
    let tokens = &tokens[..end];
    let Kind::Number(mut hour, 1 | 2) = tokens.get(at)?.kind else { return None };
    let divides = |at: usize| match tokens.get(at).map(|token| (token.kind, token.text)) {
        Some((Kind::Mark(':' | '.'), _)) => true,
        Some((Kind::Word, text)) => text.eq_ignore_ascii_case("h"),
        _ => false,
    };
    let mut next = at + 1;
    let (mut minute, mut second) = (0, 0);
    if divides(next)
        && let Some(Kind::Number(value, 2)) = tokens.get(next + 1).map(|token| token.kind)
    {
        minute = value;
        next += 2;
        if let (Some(Kind::Mark(':')), Some(Kind::Number(value, 2))) =
            (tokens.get(next).map(|token| token.kind), tokens.get(next + 1).map(|token| token.kind))
        {
            second = value;
            next += 2;
            // Fractions of a second.
            if let (Some(Kind::Mark('.' | ',')), Some(Kind::Number(..))) =
                (tokens.get(next).map(|token| token.kind), tokens.get(next + 1).map(|token| token.kind))
                && !tokens[next + 1].spaced
            {
                next += 2;
            }
        }
    } else if !matches!(
        tokens.get(next).map(|token| token.text.to_ascii_lowercase()).as_deref(),
        Some("am" | "pm" | "a" | "p")
    ) {
        return None;
    }
    // am, pm, a.m., p.m.
    if let Some(half) = tokens.get(next).filter(|token| token.kind == Kind::Word) {
        let text = half.text.to_ascii_lowercase();
        let dotted = (text == "a" || text == "p")
            && matches!(tokens.get(next + 1).map(|token| token.kind), Some(Kind::Mark('.')));
        if text == "am" || text == "pm" || dotted {
            if text.starts_with('p') && hour < 12 {
                hour += 12;
            } else if text.starts_with('a') && hour == 12 {
                hour = 0;
            }
            next += if dotted { 4 } else { 1 };
        }
    }
    let time = NaiveTime::from_hms_opt(hour, minute, second)?.format("%H:%M:%S").to_string();
    Some(match offset(tokens, next) {
        Some(offset) => time + &offset,
        None => time,
    })
}

/// Z, UTC, EST, +01:00, -0500.
fn offset(tokens: &[Token<'_>], at: usize) -> Option<String> {
    let at = if tokens.get(at)?.kind == Kind::Mark('(') { at + 1 } else { at };
    let token = tokens.get(at)?;
    let seconds = match token.kind {
        Kind::Mark(sign @ ('+' | '-' | '\u{2212}')) => {
            let figures = tokens.get(at + 1).filter(|token| !token.spaced)?;
            let (hours, minutes) = match figures.kind {
                Kind::Number(value, 4) => (value / 100, value % 100),
                Kind::Number(value, 2) => {
                    let minutes =
                        match (tokens.get(at + 2).map(|t| t.kind), tokens.get(at + 3).map(|t| t.kind)) {
                            (Some(Kind::Mark(':')), Some(Kind::Number(minutes, 2))) => minutes,
                            _ => 0,
                        };
                    (value, minutes)
                }
                _ => return None,
            };
            if hours > 14 || minutes > 59 {
                return None;
            }
            let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
            if sign == '+' { seconds } else { -seconds }
        }
        Kind::Word => names::zone(&token.text.to_lowercase())?,
        _ => return None,
    };
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    Some(format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let found = first(text, Order::MonthFirst)?;
        Some(match (found.time, found.other) {
            (Some(time), _) => format!("{}T{time}", found.day),
            (None, Some(other)) => format!("{}|{other}", found.day),
            (None, None) => found.day.to_string(),
        })
    }

    #[test]
    fn the_names_of_months_are_in_order() {
        for language in ["january", "märz", "août", "septiembre", "luglio", "mei", "março", "июля", "सितंबर"]
        {
            assert!(names::month(language).is_some(), "{language}");
        }
        assert_eq!(names::month("monday"), None);
    }

    #[test]
    fn dates_are_read_as_they_are_written() {
        for (text, wanted) in [
            ("2026-01-29", "2026-01-29"),
            ("2026-01-29T18:05:00-05:00", "2026-01-29T18:05:00-05:00"),
            ("2026-01-29T18:05:00.123Z", "2026-01-29T18:05:00+00:00"),
            ("2026-01-29 18:05:00 +0530", "2026-01-29T18:05:00+05:30"),
            ("2026/1/9", "2026-01-09"),
            ("20260129", "2026-01-29"),
            ("20260129T180500Z", "2026-01-29T18:05:00+00:00"),
            ("20260129180500", "2026-01-29T18:05:00"),
            ("20260129T18:05:00Z", "2026-01-29T18:05:00+00:00"),
            ("Thu, 29 Jan 2026 18:05:00 GMT", "2026-01-29T18:05:00+00:00"),
            ("Thu Jan 29 10:11:12 EST 2026", "2026-01-29T10:11:12-05:00"),
            ("Published Jan. 29th, 2026 at 6:05 p.m. EST", "2026-01-29T18:05:00-05:00"),
            ("January 29, 2026 12:05 AM ET", "2026-01-29T00:05:00"),
            ("Thursday 29 January 2026 07.30 GMT", "2026-01-29T07:30:00+00:00"),
            ("the 29th of January 2026", "2026-01-29"),
            ("29. Januar 2026, 18:05 Uhr", "2026-01-29T18:05:00"),
            ("29. M\u{e4}rz 2026", "2026-03-29"),
            ("le 1er ao\u{fb}t 2026 \u{e0} 18h05", "2026-08-01T18:05:00"),
            ("29 de enero de 2026", "2026-01-29"),
            ("29 gennaio 2026", "2026-01-29"),
            ("29 maart 2026", "2026-03-29"),
            ("29 de mar\u{e7}o de 2026", "2026-03-29"),
            ("29-Jan-26", "2026-01-29"),
            ("2026 January 29", "2026-01-29"),
            ("29.1.2026", "2026-01-29"),
            ("29/01/2026", "2026-01-29"),
            ("1/29/2026", "2026-01-29"),
            ("03/04/2026", "2026-03-04|2026-04-03"),
            ("04/04/2026", "2026-04-04"),
            ("2026年1月29日 18:05", "2026-01-29T18:05:00"),
            ("2026년 1월 29일", "2026-01-29"),
        ] {
            assert_eq!(read(text).as_deref(), Some(wanted), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_not_read() {
        for text in [
            "",
            "January",
            "29 January",
            "May 2026",
            "2026",
            "12:30",
            "10.0.29.2026",
            "1.2.3.4",
            "31/31/2026",
            "February 30, 2026",
            "2026-13-01",
            "call 555-01-2026-77",
            "29 Jan 26 people",
            "0/0/2026",
            "99999999",
            "12 / 03 / 2026 points",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn figures_follow_the_order_of_the_place() {
        let found = first("03/04/2026", Order::DayFirst).unwrap();
        assert_eq!(found.day.to_string(), "2026-04-03");
        assert_eq!(found.other.unwrap().to_string(), "2026-03-04");
    }

    #[test]
    fn seconds_since_1970_are_read_in_metadata_only() {
        assert_eq!(value("1769727900", Order::DayFirst).unwrap().day.to_string(), "2026-01-29");
        assert_eq!(value("1769727900000", Order::DayFirst).unwrap().day.to_string(), "2026-01-29");
        assert_eq!(value("0000000001", Order::DayFirst), None);
        assert_eq!(first("1769727900", Order::DayFirst), None);
    }

    #[test]
    fn several_dates_are_found_in_order() {
        let text = "Published Jan 29, 2026. Updated Jan 30, 2026, 10:00.";
        let days: Vec<String> =
            all(text, Order::MonthFirst).iter().map(|found| found.day.to_string()).collect();
        assert_eq!(days, ["2026-01-29", "2026-01-30"]);
        let found = &all(text, Order::MonthFirst)[1];
        assert_eq!(&text[found.start..found.end], "Jan 30, 2026");
    }
}
