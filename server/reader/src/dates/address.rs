//! The date in an address, and the order of figures in the place that an address or a language points to.

use chrono::{Datelike, NaiveDate};

use super::wording::{Found, Order};

/// The day in the path of an address: /2026/01/29/, /2026-01-29-, /20260129, /2026/jan/29/.
pub(super) fn date(url: &str) -> Option<(Found, String)> {
    let path = path(url);
    let mut best: Option<(Found, String)> = None;
    let pieces: Vec<&str> = path.split('/').filter(|piece| !piece.is_empty()).collect();
    for (at, piece) in pieces.iter().enumerate() {
        let found = spread(&pieces[at..]).or_else(|| inside(piece));
        if let Some((day, wording)) = found
            && (1990..=2100).contains(&day.year())
        {
            let found = Found { day, other: None, time: None, start: 0, end: 0 };
            best = best.or(Some((found, wording)));
        }
    }
    best
}

/// The day in the name of a file: `2026-01-29-ferry.docx`.
pub(super) fn date_of_file(name: &str) -> Option<(Found, String)> {
    let file = name.rsplit(['/', '\\']).next()?;
    let (day, wording) = inside(file)?;
    Some((Found { day, other: None, time: None, start: 0, end: 0 }, wording))
}

fn path(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.find('/').map_or("", |at| &rest[at..]);
    rest.split(['?', '#']).next().unwrap_or(rest)
}

fn number(piece: &str, most: usize) -> Option<u32> {
    let figures = !piece.is_empty() && piece.len() <= most && piece.bytes().all(|byte| byte.is_ascii_digit());
    figures.then(|| piece.parse().ok())?
}

fn month(piece: &str) -> Option<u32> {
    super::names::month(&piece.to_lowercase()).map(u32::from)
}

/// Year, month and day in pieces of their own, or 2026/0129 or 2026/01-29.
fn spread(pieces: &[&str]) -> Option<(NaiveDate, String)> {
    let year = number(pieces.first()?, 4).filter(|year| *year >= 1000)?;
    let year = i32::try_from(year).ok()?;
    let second = pieces.get(1)?;
    if second.len() == 4 && second.bytes().all(|byte| byte.is_ascii_digit()) {
        let day = NaiveDate::from_ymd_opt(year, second[..2].parse().ok()?, second[2..].parse().ok()?)?;
        return Some((day, format!("{year}/{second}")));
    }
    let month = number(second, 2).or_else(|| month(second))?;
    let third = pieces.get(2)?;
    let figures = third.bytes().take_while(u8::is_ascii_digit).count();
    let ends = third.as_bytes().get(figures).is_none_or(|byte| matches!(byte, b'-' | b'_' | b'.'));
    let day = if ends { number(&third[..figures], 2)? } else { return None };
    Some((NaiveDate::from_ymd_opt(year, month, day)?, format!("{year}/{second}/{}", &third[..figures])))
}

/// A whole date in one piece: 2026-01-29, 2026_01_29, 20260129, 29-01-2026, 01-29-2026.
fn inside(piece: &str) -> Option<(NaiveDate, String)> {
    let bytes = piece.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let length = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let run = &piece[at..at + length];
        if length == 8 {
            let day = NaiveDate::parse_from_str(run, "%Y%m%d").ok();
            if let Some(day) = day.filter(|day| (1990..=2100).contains(&day.year())) {
                return Some((day, run.to_owned()));
            }
        }
        let parts: Vec<&str> = piece[at..].splitn(4, ['-', '_']).collect();
        if let [a, b, c, ..] = parts[..] {
            let figures = c.bytes().take_while(u8::is_ascii_digit).count();
            let c = &c[..figures];
            let wording = || piece[at..at + a.len() + b.len() + c.len() + 2].to_owned();
            if a.len() == 4
                && let (Some(year), Some(month), Some(day)) =
                    (number(a, 4), number(b, 2).or_else(|| month(b)), number(c, 2))
                && let Some(day) =
                    i32::try_from(year).ok().and_then(|y| NaiveDate::from_ymd_opt(y, month, day))
            {
                return Some((day, wording()));
            }
            if c.len() == 4
                && let (Some(first), Some(year)) =
                    (number(a, 2), number(c, 4).and_then(|y| i32::try_from(y).ok()))
                && a.len() == 2
            {
                let named = month(b).and_then(|month| NaiveDate::from_ymd_opt(year, month, first));
                if let Some(day) = named {
                    return Some((day, wording()));
                }
                if let Some(second) = number(b, 2).filter(|_| b.len() == 2) {
                    // Figures that can be read two ways are left alone.
                    let one = NaiveDate::from_ymd_opt(year, second, first);
                    let two = NaiveDate::from_ymd_opt(year, first, second);
                    match (one, two) {
                        (Some(day), None) | (None, Some(day)) => return Some((day, wording())),
                        (Some(one), Some(two)) if one == two => return Some((one, wording())),
                        _ => {}
                    }
                }
            }
        }
        at += length;
    }
    None
}

/// Whether 03/04 is in March or in April, by the language a page is in and the country of its address.
pub(crate) fn order_of_place(language: Option<&str>, url: Option<&str>) -> Order {
    let host = url.and_then(|url| {
        let rest = url.split_once("://")?.1;
        rest.split(['/', '?', '#', ':']).next()
    });
    let country = host.and_then(|host| host.rsplit('.').next()).filter(|end| end.len() == 2);
    let mut tags = language.unwrap_or_default().split(['-', '_']);
    let tongue = tags.next().unwrap_or_default().to_ascii_lowercase();
    let region = tags.last().map(str::to_ascii_uppercase);
    if let Some(region) = region {
        // Figures with the month first: the United States and its territories, and the Philippines (Unicode CLDR).
        let month_first = matches!(region.as_str(), "US" | "PR" | "GU" | "VI" | "AS" | "MP" | "PH");
        // "en-US" is what many systems say when nobody set a language; the address knows better.
        let elsewhere =
            country.is_some_and(|country| !matches!(country, "us" | "io" | "co" | "tv" | "me" | "ai"));
        return if month_first && tongue == "en" && !elsewhere { Order::MonthFirst } else { Order::DayFirst };
    }
    match (tongue.as_str(), country) {
        ("en" | "", Some(country)) if !matches!(country, "us" | "io" | "co" | "tv" | "me" | "ai" | "ph") => {
            Order::DayFirst
        }
        ("en" | "", _) => Order::MonthFirst,
        _ => Order::DayFirst,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_addresses_are_read() {
        for (url, wanted) in [
            ("https://news.example/world/2026/01/29/ferry-talks", Some("2026-01-29")),
            ("https://news.example/2026/jan/29/ferry-talks", Some("2026-01-29")),
            ("https://news.example/2026-01-29-ferry-talks.html", Some("2026-01-29")),
            ("https://news.example/story-20260129-7", Some("2026-01-29")),
            ("https://news.example/2026/0129/ferry", Some("2026-01-29")),
            ("https://news.example/2026/1/9/ferry", Some("2026-01-09")),
            ("https://news.example/ferry-29-01-2026", Some("2026-01-29")),
            ("https://news.example/ferry-29-jan-2026.html", Some("2026-01-29")),
            ("https://news.example/ferry-03-04-2026", None),
            ("https://news.example/2026/01/ferry", None),
            ("https://news.example/ferry-31002026", None),
            ("https://news.example/?d=2026-01-29", None),
            ("https://20260129.example/", None),
            ("https://news.example/2026/13/29/", None),
            ("", None),
        ] {
            assert_eq!(date(url).map(|(found, _)| found.day.to_string()).as_deref(), wanted, "{url}");
        }
    }

    #[test]
    fn figures_follow_language_and_country() {
        assert_eq!(order_of_place(Some("en-US"), None), Order::MonthFirst);
        assert_eq!(order_of_place(Some("en"), Some("https://a.example.com/")), Order::MonthFirst);
        assert_eq!(order_of_place(Some("en"), Some("https://example.co.uk/")), Order::DayFirst);
        assert_eq!(order_of_place(Some("en-US"), Some("https://example.in/")), Order::DayFirst);
        assert_eq!(order_of_place(Some("en_GB"), None), Order::DayFirst);
        assert_eq!(order_of_place(Some("de"), Some("https://example.com/")), Order::DayFirst);
    }
}
