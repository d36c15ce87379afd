//! Times of day, alone or with the date they belong to.

use crate::tokens::{Kind, Tokens};

use super::expr::{Clock, Expr, Found};
use super::{TimexKind, calendar_names, figures, grammar, numbers, relative};

/// A part of the day at the token: its TIMEX3 code and the token after it.
pub(crate) fn part_name(t: &Tokens<'_>, i: usize) -> Option<(&'static str, usize)> {
    let early = matches!(t.word(i), "early" | "late" | "mid");
    let at = if early { i + 1 } else { i };
    let at = if early && t.dash(at) { at + 1 } else { at };
    let code = match t.word(at) {
        "morning" | "mornings" => "MO",
        "midday" => "MI",
        "afternoon" | "afternoons" | "midafternoon" => "AF",
        "evening" | "evenings" => "EV",
        "night" | "nights" => "NI",
        "dawn" | "daybreak" => "MO",
        "dusk" => "EV",
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
        let (hour, pm) = glued(t.word(i))?;
        return Some((Clock::At(to_24(hour, pm), None), zone(t, i + 1)));
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
        let two = minute.len() == 2 && matches!(t.word(i + 1), "am" | "pm" | "a.m." | "p.m." | "p.m" | "a.m");
        if !two {
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
            Some((Clock::At(to_24(hour as u8, pm), minute.map(|m| m as u8)), zone(t, at + 1)))
        }
        None => {
            // A clock without a.m. or p.m. needs its minutes, and a zone or "at" to tell it from a score.
            let minute = minute?;
            let end = zone(t, at);
            let day_next = crate::lexicon::weekday(t.word(at)).is_some() && t.capital(at);
            let told = end > at
                || day_next
                || (i > 0 && matches!(t.word(i - 1), "at" | "by" | "until" | "around" | "about" | "("));
            told.then_some((Clock::At(hour as u8, Some(minute as u8)), end))
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

/// Skips the name of a time zone.
fn zone(t: &Tokens<'_>, i: usize) -> usize {
    match t.printed(i) {
        "EST" | "EDT" | "CST" | "CDT" | "MST" | "MDT" | "PST" | "PDT" | "GMT" | "UTC" | "BST" | "CET"
        | "ET" | "PT" | "CT" => i + 1,
        "Eastern" | "Pacific" | "Central" | "Mountain" | "local" => {
            if t.word(i + 1) == "time" {
                i + 2
            } else {
                i
            }
        }
        "(" if t.word(i + 2) == ")" && zone(t, i + 1) == i + 2 => i + 3,
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
        || (at == i && matches!(before, "at" | "by") && matches!(code, "NI" | "MO" | "EV"));
    if !fits || t.dash(end) {
        return None;
    }
    let found = Found::of(TimexKind::Time, i, end, Expr::TimeOfDay, "part of a day");
    Some(Found { clock: Some(clock), ..found })
}

/// A part of the day or a clock after a date: "Thursday evening", "yesterday morning", "Monday at 9 a.m.".
pub(crate) fn after_date(t: &Tokens<'_>, found: Found) -> Found {
    let day = matches!(found.expr, Expr::Day { .. } | Expr::Weekday { .. } | Expr::Deictic(_))
        || matches!(found.expr, Expr::Unit { unit: crate::lexicon::Unit::Day, .. });
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
    if at > end
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
