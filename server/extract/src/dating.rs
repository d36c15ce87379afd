//! Which date belongs to an event, and what the words around it make of that date.

use crate::calendar::Date;
use crate::event::Phase;
use crate::timex::{Modifier, Timex, TimexKind};
use crate::tokens::Tokens;

/// The date given to an event.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Dating {
    pub(crate) edtf: Option<String>,
    /// The words of the date as printed, if the sentence has any.
    pub(crate) printed: Option<std::ops::Range<usize>>,
    pub(crate) rule: String,
    pub(crate) basis: String,
    pub(crate) confidence: f32,
}

/// The date of the event whose trigger is at `at`, from the time expressions of its sentence.
pub(crate) fn of_trigger(
    t: &Tokens<'_>,
    timexes: &[Timex],
    sentence: (usize, usize),
    at: usize,
    others: &[usize],
    phase: Phase,
    published: Option<Date>,
) -> Dating {
    let mut best: Option<(usize, &Timex)> = None;
    for timex in timexes {
        if !dates_something(timex) {
            continue;
        }
        let first = t.index_at(timex.span.start);
        let end = t.index_at(timex.span.end.saturating_sub(1)) + 1;
        let (from, to) = if first > at { (at + 1, first) } else { (end, at) };
        let mut cost = to.saturating_sub(from) + usize::from(first < at);
        for i in from..to {
            cost += match t.word(i) {
                // "said on Tuesday that it had cut the fund": the day is that of the saying.
                "that" if first < at => 30,
                "that" | "which" | "who" | "because" | "whose" | "where" | "if" => 10,
                ";" | ":" => 14,
                "after" | "before" | "since" | "until" if first > at && i + 1 < first => 8,
                "," => 3,
                _ => 0,
            };
            // Another event between this one and the date is more likely to own it.
            if others.contains(&i) {
                cost += 9;
            }
        }
        // A clause that opens the sentence dates what follows it, whatever stands between.
        if first <= sentence.0 + 2 && first < at {
            cost = cost.min(12);
        }
        if cost <= 26 && best.is_none_or(|(held, _)| cost < held) {
            best = Some((cost, timex));
        }
    }
    match best {
        Some((cost, timex)) => from_timex(t, timex, cost, phase, published),
        None => undated(phase, published),
    }
}

/// Whether the expression can be the date of an event.
pub(crate) fn dates_something(timex: &Timex) -> bool {
    match timex.kind {
        TimexKind::Date | TimexKind::Time => {
            timex.edtf.is_some() || timex.range.is_some() || !timex.readings.is_empty()
        }
        TimexKind::Duration => timex.edtf.is_some(),
        TimexKind::Set => false,
    }
}

/// The date an expression gives an event, read with the preposition before it.
pub(crate) fn from_timex(
    t: &Tokens<'_>,
    timex: &Timex,
    cost: usize,
    phase: Phase,
    published: Option<Date>,
) -> Dating {
    let printed = Some(timex.span.clone());
    let rule = timex.rule.to_owned();
    let confidence = timex.confidence * if cost < 8 { 1.0 } else { 0.8 };
    if let Some(range) = &timex.range {
        let rule = format!("{rule}, a range");
        return Dating { edtf: Some(range.clone()), printed, rule, basis: timex.basis.clone(), confidence };
    }
    let Some(edtf) = timex.edtf.clone() else {
        let readings: Vec<String> =
            timex.readings.iter().map(|reading| format!("{} ({})", reading.edtf, reading.basis)).collect();
        let basis = format!("ambiguous: {}", readings.join(" or "));
        return Dating { edtf: None, printed, rule, basis, confidence };
    };
    let first = t.index_at(timex.span.start);
    let before = first.checked_sub(1).map_or("", |i| t.word(i));
    let day = Date::parse(&edtf).filter(|_| edtf.len() == 10);
    let plain = !edtf.starts_with('[') && !edtf.contains('/') && timex.modifier.is_none();
    let (edtf, how) = match before {
        "by" if plain && phase == Phase::Done => (format!("[..{edtf}]"), ", at the latest"),
        "before" => match day {
            Some(day) => (format!("[..{}]", day.plus_days(-1)), ", before it"),
            None => (edtf, ""),
        },
        "after" => match day {
            Some(day) if phase != Phase::Announced => (
                match published {
                    Some(published) if published > day => format!("[{}..{published}]", day.plus_days(1)),
                    _ => format!("[{}..]", day.plus_days(1)),
                },
                ", after it",
            ),
            _ => (edtf, ""),
        },
        "since" if plain => match published {
            Some(published) if phase == Phase::Done && published.to_string() > edtf => {
                (format!("{edtf}/{published}"), ", since then")
            }
            _ => (edtf, ", since then"),
        },
        _ => (edtf, ""),
    };
    // What is told as done lies no later than the publication: a month that is still running is cut there.
    let edtf = match (published, phase) {
        (Some(published), Phase::Done | Phase::InEffect) if timex.value == "PRESENT_REF" => {
            format!("[..{published}]")
        }
        _ => edtf,
    };
    let modifier = match timex.modifier {
        Some(Modifier::Approx) => ", approximately",
        _ => "",
    };
    Dating {
        edtf: Some(edtf),
        printed,
        rule: format!("{rule}{how}"),
        basis: format!("{}{modifier}", timex.basis),
        confidence,
    }
}

/// An event told as past with no date of its own happened no later than the article says so.
pub(crate) fn undated(phase: Phase, published: Option<Date>) -> Dating {
    match (phase, published) {
        (Phase::Done | Phase::InEffect, Some(date)) => Dating {
            edtf: Some(format!("[..{date}]")),
            printed: None,
            rule: "no date in the sentence: the publication is the latest day possible".to_owned(),
            basis: format!("from the publication date {date}"),
            confidence: 0.5,
        },
        _ => Dating {
            edtf: None,
            printed: None,
            rule: "no date in the sentence".to_owned(),
            basis: "nothing in the sentence says when".to_owned(),
            confidence: 0.2,
        },
    }
}

/// The span of talks said to have lasted a while: it ends by the publication and starts about so long before.
pub(crate) fn lasted(timex: &Timex, published: Option<Date>) -> Option<Dating> {
    let end = published?;
    let value = timex.value.strip_prefix('P').filter(|value| !value.starts_with('T'))?;
    let unit = value.chars().last()?;
    let number: i64 = value.get(..value.len() - 1)?.parse().unwrap_or(0);
    // A vague plural is taken as about four; the start is then known to the month or the year at best.
    let vague = number == 0;
    let count = if vague { 4 } else { number };
    let start = match unit {
        'D' => end.plus_days(-count),
        'W' => end.plus_days(-7 * count),
        'M' => end.plus_months(-count),
        'Y' => end.plus_months(-12 * count),
        _ => return None,
    };
    let exactish = matches!(unit, 'D' | 'W') && !vague && timex.modifier.is_none();
    let from = match unit {
        _ if exactish => format!("{start}~"),
        'D' | 'W' | 'M' => format!("{:04}-{:02}~", start.year(), start.month()),
        _ => format!("{:04}~", start.year()),
    };
    Some(Dating {
        edtf: Some(format!("{from}/{end}")),
        printed: Some(timex.span.clone()),
        rule: "a length of time counted back from the publication".to_owned(),
        basis: format!("from the publication date {end}; the start is approximate"),
        confidence: if vague { 0.45 } else { 0.6 },
    })
}
