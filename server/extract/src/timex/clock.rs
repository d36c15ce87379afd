//! Times of day, alone or with the date they belong to.

use crate::tokens::{Kind, Tokens};

use super::expr::{Clock, Expr, Found};
use super::{TimexKind, calendar_names, figures, grammar, numbers, relative};

/// A part of the day at the token: its TIMEX3 code and the token after it.
pub(crate) fn part_name(t: &Tokens<'_>, i: usize) -> Option<(&'static str, usize)> {
    if matches!(t.word(i), "early" | "small" | "wee") && t.word(i + 1) == "hours" {
        return Some(("MO", i + 2));
    }
    let early = matches!(t.word(i), "early" | "late" | "mid");
    let at = if early { i + 1 } else { i };
    let at = if early && t.dash(at) { at + 1 } else { at };
    let code = match t.word(at) {
        "morning" | "mornings" => "MO",
        "midday" => "MI",
        "afternoon" | "afternoons" | "midafternoon" => "AF",
        "evening" | "evenings" => "EV",
        "night" | "nights" => "NI",
        "dawn" | "daybreak" | "sunrise" => "MO",
        "lunchtime" => "MI",
        "dusk" | "nightfall" | "sunset" => "EV",
        _ => return None,
    };
    Some((code, at + 1))
}

/// "5:30 p.m. EST", "noon", "10 p.m.", "1400 GMT": the clock and the token after it.
fn reading(t: &Tokens<'_>, i: usize) -> Option<(Clock, usize)> {
    match t.word(i) {
        "noon" => return Some((Clock::At(12, None), i + 1)),
        "midnight" => return Some((Clock::At(24, None), i + 1)),
        _ => {}
    }
    let token = t.at(i)?;
    let glued = |text: &str| -> Option<(u8, bool)> {
        let (digits, half) = text
            .strip_suffix("am")
            .map(|d| (d, false))
            .or_else(|| text.strip_suffix("pm").map(|d| (d, true)))?;
        let hour: u8 = digits.parse().ok()?;
        (1..=12).contains(&hour).then_some((hour, half))
    };
    if token.kind == Kind::Mixed {
        // "9.30am", as British papers print it.
        if let Some((hour, minute)) = t.word(i).split_once('.') {
            let hour: u8 = hour.parse().ok().filter(|hour| (1..=12).contains(hour))?;
            let (digits, half) = (minute.get(..2)?, minute.get(2..)?);
            let minute: u8 = digits.parse().ok().filter(|minute| *minute < 60)?;
            let pm = matches!(half, "pm");
            return (pm || half == "am").then(|| (Clock::At(to_24(hour, pm), Some(minute)), zone(t, i + 1)));
        }
        let (hour, pm) = glued(t.word(i))?;
        return Some((Clock::At(to_24(hour, pm), None), zone(t, i + 1)));
    }
    if let Some(spoken) = spoken(t, i) {
        return Some(spoken);
    }
    let (hour, minute, mut at) = if t.word(i + 1) == ":" && t.joined(i + 1) && t.joined(i + 2) {
        let hour = numbers::figures(t, i)?;
        let (minute, end) = match t.at(i + 2)?.kind {
            Kind::Number if t.word(i + 2).len() == 2 => (t.word(i + 2).parse::<u32>().ok()?, i + 3),
            Kind::Mixed => {
                let word = t.word(i + 2);
                let minute = word.get(..2)?.parse::<u32>().ok()?;
                let pm = match word.get(2..)? {
                    "am" => false,
                    "pm" => true,
                    _ => return None,
                };
                let hour = u8::try_from(hour).ok().filter(|h| (1..=12).contains(h))?;
                return Some((Clock::At(to_24(hour, pm), u8::try_from(minute).ok()), zone(t, i + 3)));
            }
            _ => return None,
        };
        (hour, Some(minute), end)
    } else if let Some((hour, minute)) = t.word(i).split_once('.').filter(|_| token.kind == Kind::Number) {
        // "5.30 pm", as British papers print it.
        let half = matches!(t.word(i + 1), "am" | "pm" | "a.m." | "p.m." | "p.m" | "a.m");
        if minute.len() != 2 || !(half || hour.len() <= 2 && zone(t, i + 1) > i + 1) {
            return None;
        }
        (hour.parse().ok()?, Some(minute.parse().ok()?), i + 1)
    } else {
        match numbers::figures(t, i) {
            Some(hour) => (hour, None, i + 1),
            None => {
                let (hour, end) = numbers::words(t, i)?;
                (hour, None, end)
            }
        }
    };
    let second = minute.and_then(|_| {
        let second = t.word(at + 1);
        let fits = t.word(at) == ":" && t.joined(at) && t.joined(at + 1) && second.len() == 2;
        second.parse::<u8>().ok().filter(|second| fits && *second < 60)
    });
    if second.is_some() {
        at += 2;
    }
    if hour > 24 || minute.is_some_and(|m| m > 59) {
        // "1400 GMT"
        let military = t.word(i).len() == 4
            && hour % 100 < 60
            && hour <= 2400
            && matches!(t.word(i + 1), "gmt" | "hours" | "utc");
        return military.then_some((Clock::At((hour / 100) as u8, Some((hour % 100) as u8)), i + 2));
    }
    let half = match t.word(at) {
        "a.m." | "am" | "a.m" => Some(false),
        "p.m." | "pm" | "p.m" => Some(true),
        "o'clock" | "o’clock" => {
            at += 1;
            let (pm, end) = match (t.word(at), t.word(at + 1), t.word(at + 2)) {
                ("in", "the", "morning") => (false, at + 3),
                ("in", "the", "afternoon" | "evening") => (true, at + 3),
                ("at", "night", _) => (true, at + 2),
                _ => (false, at),
            };
            let hour = u8::try_from(hour).ok()?;
            return Some((Clock::At(if pm { to_24(hour, true) } else { hour }, None), zone(t, end)));
        }
        _ => None,
    };
    match half {
        Some(pm) if (1..=12).contains(&hour) => {
            let hour = to_24(hour as u8, pm);
            if let (Some(minute), Some(second)) = (minute, second) {
                return Some((Clock::Full(hour, minute as u8, second), zone(t, at + 1)));
            }
            Some((Clock::At(hour, minute.map(|m| m as u8)), zone(t, at + 1)))
        }
        None => {
            // A clock without a.m. or p.m. needs its minutes, and a zone or "at" to tell it from a score.
            let minute = minute?;
            let end = zone(t, at);
            let day_next = crate::lexicon::weekday(t.word(at)).is_some() && t.capital(at);
            let told = end > at
                || day_next
                || (i > 0 && matches!(t.word(i - 1), "at" | "by" | "until" | "around" | "about" | "("));
            let clock = match second {
                Some(second) => Clock::Full(hour as u8, minute as u8, second),
                None => Clock::At(hour as u8, Some(minute as u8)),
            };
            told.then_some((clock, end))
        }
        Some(_) => None,
    }
}

fn to_24(hour: u8, pm: bool) -> u8 {
    match (hour, pm) {
        (12, false) => 0,
        (12, true) => 12,
        (hour, true) => hour + 12,
        (hour, false) => hour,
    }
}

/// "half past eight", "quarter to nine", "ten past three", "six in the morning", "ten at night".
fn spoken(t: &Tokens<'_>, i: usize) -> Option<(Clock, usize)> {
    let hour_at = |at: usize| -> Option<(u8, usize)> {
        let (hour, end) = match numbers::figures(t, at) {
            Some(hour) => (hour, at + 1),
            None => numbers::words(t, at)?,
        };
        u8::try_from(hour).ok().filter(|hour| (1..=12).contains(hour)).map(|hour| (hour, end))
    };
    let half_of_day = |hour: u8, end: usize| match (t.word(end), t.word(end + 1), t.word(end + 2)) {
        ("in", "the", "morning") => Some((if hour == 12 { 0 } else { hour }, end + 3)),
        ("in", "the", "afternoon" | "evening") => Some((to_24(hour, true), end + 3)),
        ("at", "night", _) => Some((if hour < 6 { hour } else { to_24(hour, true) % 24 }, end + 2)),
        ("a.m." | "am", ..) => Some((to_24(hour, false), end + 1)),
        ("p.m." | "pm", ..) => Some((to_24(hour, true), end + 1)),
        _ => None,
    };
    let start = if t.word(i) == "a" && t.word(i + 1) == "quarter" { i + 1 } else { i };
    let (minutes, after) = match t.word(start) {
        "half" => (30, start + 1),
        "quarter" => (15, start + 1),
        _ => match numbers::words(t, start) {
            Some((minutes @ (5 | 10 | 20 | 25), end)) => (minutes as u8, end),
            _ => (0, start),
        },
    };
    let link = t.word(after);
    if minutes > 0
        && matches!(link, "past" | "to" | "after" | "before")
        && (minutes == 15 || minutes == 30 || matches!(link, "past" | "to"))
        && let Some((hour, end)) = hour_at(after + 1)
    {
        let (hour, end) = match half_of_day(hour, end) {
            Some(found) => found,
            // "Ten to twelve people came": a bare hour after "to" needs "at" or "by" before it.
            None if link == "past" || i > 0 && matches!(t.word(i - 1), "at" | "by" | "until") => (hour, end),
            None => return None,
        };
        if crate::lexicon::unit(t.word(end)).is_some() || t.dash(end) {
            return None;
        }
        return Some(match link {
            "past" | "after" => (Clock::At(hour, Some(minutes)), end),
            _ if minutes == 30 => return None,
            _ => (Clock::At((hour + 23) % 24, Some(60 - minutes)), end),
        });
    }
    let (hour, end) = hour_at(i)?;
    if !matches!(t.word(end), "in" | "at") || i == 0 {
        return None;
    }
    // "six in the morning" is a clock after "at"; "killed six in the morning" is not.
    let led =
        matches!(t.word(i - 1), "at" | "by" | "until" | "around" | "about" | "before" | "after" | "from");
    let (hour, end) = half_of_day(hour, end).filter(|_| led)?;
    Some((Clock::At(hour, None), end))
}

/// Skips the name of a time zone.
fn zone(t: &Tokens<'_>, i: usize) -> usize {
    match t.printed(i) {
        "EST" | "EDT" | "CST" | "CDT" | "MST" | "MDT" | "PST" | "PDT" | "GMT" | "UTC" | "BST" | "CET"
        | "ET" | "PT" | "CT" | "MT" | "CEST" | "EET" | "IST" | "JST" | "HKT" | "SGT" | "AEST" | "AEDT"
        | "AKST" | "HST" | "MSK" | "WAT" | "EAT" | "SAST" => i + 1,
        "Eastern" | "Pacific" | "Central" | "Mountain" | "local" => {
            if t.word(i + 1) == "time" {
                i + 2
            } else {
                i
            }
        }
        "(" if t.word(i + 2) == ")" && zone(t, i + 1) == i + 2 => i + 3,
        "+" | "-" if t.joined(i + 1) && t.word(i + 1).len() == 4 && numbers::figures(t, i + 1).is_some() => {
            i + 2
        }
        _ => i,
    }
}

/// "10 p.m. Wednesday", "noon Saturday", "5 p.m. EST, Nov. 6", "7 p.m. yesterday", or a clock alone.
pub(crate) fn with_date(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let named = t.word(i) == "the" && part_name(t, i + 1).is_some();
    if named || part_name(t, i).is_some() {
        return part_of_day(t, i);
    }
    let (clock, end) = reading(t, i)?;
    let mut at = end;
    let part = match (t.word(at), t.word(at + 1), t.word(at + 2)) {
        ("in", "the", "morning" | "afternoon" | "evening") => Some(at + 3),
        _ => None,
    };
    if let Some(after) = part {
        at = after;
    }
    let comma = usize::from(t.word(at) == ",");
    let linked = if matches!(t.word(at + comma), "on" | "of") { at + comma + 1 } else { at + comma };
    if let Some(date) = calendar_names::date(t, linked)
        .or_else(|| relative::expression(t, linked))
        .or_else(|| figures::date(t, linked))
        && date.modifier.is_none()
        && matches!(date.expr, Expr::Day { .. } | Expr::Weekday { .. } | Expr::Deictic(_))
        && date.clock.is_none_or(|clock| matches!(clock, Clock::Part(_)))
        && date.kind != TimexKind::Set
    {
        let mut end = date.end;
        let mut clock = clock;
        // "10:30 Thursday night"
        if let Some((part, after)) = part_name(t, end)
            && date.clock.is_none()
        {
            end = after;
            if let Clock::At(hour, minute) = clock
                && hour < 12
                && matches!(part, "AF" | "EV" | "NI")
                && hour > 0
            {
                clock = Clock::At(hour + 12, minute);
            }
        }
        return Some(grammar::with_clock(Found { first: i, ..date }, clock, end));
    }
    let found = Found::of(TimexKind::Time, i, at, Expr::TimeOfDay, "time of day");
    Some(Found { clock: Some(clock), ..found })
}

/// "the morning", "mid afternoon yesterday", "the night of 20 June", "dawn Monday".
pub(crate) fn part_of_day(t: &Tokens<'_>, i: usize) -> Option<Found> {
    let at = if t.word(i) == "the" { i + 1 } else { i };
    let (code, end) = part_name(t, at)?;
    let clock = Clock::Part(code);
    let of = if t.word(end) == "of" { end + 1 } else { end };
    let date = calendar_names::date(t, of).or_else(|| relative::expression(t, of));
    if let Some(date) = date
        && date.clock.is_none()
        && date.kind == TimexKind::Date
        && date.modifier.is_none()
        && matches!(date.expr, Expr::Day { month: Some(_), .. } | Expr::Weekday { .. } | Expr::Deictic(_))
    {
        let end = date.end;
        return Some(grammar::with_clock(Found { first: i, ..date }, clock, end));
    }
    let before = if i == 0 { "" } else { t.word(i - 1) };
    let modified = matches!(t.word(at), "mid" | "early" | "late");
    let led = matches!(before, "in" | "during" | "by" | "at" | "through" | "until" | "overnight");
    let fits = (at > i && led)
        || modified
        || (at == i
            && matches!(before, "at" | "by" | "before" | "after" | "until")
            && !the_clock_part(t.word(at)))
        || t.word(at + 1) == "hours" && at > i;
    if !fits || t.dash(end) {
        return None;
    }
    let found = Found::of(TimexKind::Time, i, end, Expr::TimeOfDay, "part of a day");
    Some(Found { clock: Some(clock), ..found })
}

/// Parts of the day that are seldom named without an article.
fn the_clock_part(word: &str) -> bool {
    matches!(word, "morning" | "mornings" | "afternoon" | "afternoons" | "evening" | "evenings" | "nights")
}

/// A part of the day or a clock after a date: "Thursday evening", "yesterday morning", "Monday at 9 a.m.".
pub(crate) fn after_date(t: &Tokens<'_>, found: Found) -> Found {
    let day = matches!(
        found.expr,
        Expr::Day { .. }
            | Expr::Weekday { .. }
            | Expr::Deictic(_)
            | Expr::Figures { .. }
            | Expr::Holiday { .. }
    ) || matches!(found.expr, Expr::Unit { unit: crate::lexicon::Unit::Day, .. });
    if !day || found.clock.is_some() {
        return found;
    }
    let end = found.end;
    if found.kind == TimexKind::Set {
        return found;
    }
    if let Some((code, after)) = part_name(t, end)
        && !t.dash(after)
    {
        if let (Expr::Weekday { day, .. }, true) = (&found.expr, t.word(after - 1).ends_with('s')) {
            let expr = Expr::Fixed(format!("XXXX-WXX-{day}T{code}"));
            return Found::of(TimexKind::Set, found.first, after, expr, "parts of weekdays in general");
        }
        return grammar::with_clock(found, Clock::Part(code), after);
    }
    let at = if t.word(end) == "," { end + 1 } else { end };
    let at = if t.word(at) == "at" { at + 1 } else { at };
    let at = if at > end && matches!(t.word(at), "about" | "around" | "approximately") { at + 1 } else { at };
    // "28 January 2026 10:15" needs no mark between day and clock.
    let full = matches!(found.expr, Expr::Day { month: Some(_), .. } | Expr::Figures { .. });
    let figures = || t.at(at).is_some_and(|token| token.kind != Kind::Word);
    if (at > end || full && figures())
        && let Some((clock, after)) = reading(t, at)
    {
        return grammar::with_clock(found, clock, after);
    }
    if matches!(t.word(end), "noon" | "midnight")
        && let Some((clock, after)) = reading(t, end)
    {
        return grammar::with_clock(found, clock, after);
    }
    found
}
