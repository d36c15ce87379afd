//! Which date belongs to an event, and what the words around it make of that date.

use crate::calendar::Date;
use crate::clause::Sentence;
use crate::event::Phase;
use crate::lexicon;
use crate::timex::{Modifier, Timex, TimexKind};
use crate::tokens::Tokens;
use crate::triggers::Trigger;
use crate::words::among;

/// The date given to an event.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Dating {
    pub(crate) edtf: Option<String>,
    /// The words of the date as printed, if the sentence has any.
    pub(crate) printed: Option<std::ops::Range<usize>>,
    pub(crate) rule: String,
    pub(crate) basis: String,
    pub(crate) confidence: f32,
    /// The event that the day is counted from, as printed, and how many days lie between, when it is not known yet.
    pub(crate) counted: Option<(String, i64)>,
}

/// The date of the event that a trigger tells of, from the time expressions of its sentence. `others` are the places
/// of the sentence's other events, `taken` the expressions that date a noun.
pub(crate) fn of_trigger(
    s: &Sentence<'_>,
    timexes: &[Timex],
    trigger: &Trigger,
    others: &[usize],
    taken: &[usize],
    published: Option<Date>,
) -> Dating {
    let t = s.t;
    let (at, phase) = (trigger.at, trigger.phase);
    if let Some(counted) = counted(s, timexes, at)
        && !timexes.iter().any(|timex| {
            dates_something(timex) && timex.anchor.is_none() && t.index_at(timex.span.start) > at
        })
    {
        return counted;
    }
    let relative = s.relative(trigger.first);
    let mut best: Option<(usize, &Timex)> = None;
    for (place, timex) in timexes.iter().enumerate() {
        if taken.contains(&place) || !(dates_something(timex) || timex.anchor.is_some()) {
            continue;
        }
        let first = t.index_at(timex.span.start);
        let end = t.index_at(timex.span.end.saturating_sub(1)) + 1;
        // "two weeks after nurses struck" dates what the nurses' strike is told beside, not the strike.
        if timex.anchor.is_some() && end <= at && inside_anchor(s, end, at) {
            continue;
        }
        let (from, to) = if first > at { (at + 1, first) } else { (end, at) };
        let mut cost = to.saturating_sub(from) + usize::from(first < at);
        for i in from..to {
            // "dismissed the suit that the firm filed on March 9": the day is that of the clause inside.
            let inner = first > at
                && matches!(t.word(i), "that" | "which" | "who")
                && (i + 1..to).any(|k| others.contains(&k) || s.finite(k));
            if inner {
                cost += 20;
            }
            cost += match t.word(i) {
                // "said on Tuesday that it had cut the fund": the day is that of the saying.
                "that" if first < at => 30,
                "that" | "which" | "who" | "because" | "whose" | "where" | "if" | "when" | "while" => 10,
                ";" | ":" => 14,
                // "began in May and ended in June".
                "and" | "but" if first < at => 6,
                "after" | "before" | "since" | "until" if first > at && i + 1 < first => 8,
                "," => 3,
                _ => 0,
            };
            // Another event between this one and the date is more likely to own it, and so is any other verb.
            if others.contains(&i) {
                cost += 9;
            } else if s.finite(i) && !(trigger.first..at).contains(&i) && i != at {
                cost += 5;
            }
        }
        // A clause that opens the sentence dates what follows it, whatever stands between.
        if first <= s.from + 2 && first < at {
            cost = cost.min(12);
        }
        // "The firm, which sued on May 20, has hired a lawyer": the day is the aside's.
        if s.passing(first, at) {
            continue;
        }
        // "banned exports on Tuesday after talks had failed": the day is not that of the failure.
        if s.time(trigger.first).is_some_and(|link| first < link && at > link) && first > s.from + 2 {
            cost += 20;
        }
        // "released on Monday" describes, and its date stands close behind it.
        if trigger.reduced {
            cost += if first < at { 30 } else { cost };
        }
        // "condemned it on Thursday and said it would sue": the day is not that of what was said.
        if s.reported_from(trigger.first).is_some_and(|begin| first < begin) && first > s.from + 2 {
            cost += 30;
        }
        // An hour without a day says when in the day, not on which.
        if timex.kind == TimexKind::Time && hour_alone(t, first, end) {
            cost += 12;
        }
        // "On Monday the firm, which sued in May, …": the day is not that of the clause in between.
        if relative.is_some_and(|relative| first < relative) {
            cost += 20;
        }
        // The day on which something was agreed or planned stands before "to", that of the thing after it.
        if trigger.infinitive && first < at && first > trigger.first {
            cost += 20;
        }
        if cost <= 26 && best.is_none_or(|(held, _)| cost < held) {
            best = Some((cost, timex));
        }
    }
    match best {
        Some((cost, timex)) => {
            // "agreed to sell on April 8" was agreed then: the day that is over is not that of a sale to come.
            let first = t.index_at(timex.span.start);
            let settled = trigger.infinitive
                && (first == 0 || !matches!(t.word(first - 1), "by" | "until" | "before" | "in"))
                && (trigger.first..at).any(|i| {
                    among(
                        t.word(i),
                        "agreed decided vowed promised pledged threatened committed planned chose",
                    )
                });
            // "agreed to meet on March 26": the day may be that of what was agreed.
            let open = settled
                || matches!(trigger.topic, "agree" | "offer" | "propose" | "invite" | "ask")
                    && first > at
                    && (at + 1..first).any(|i| t.word(i) == "to");
            // In the present tense a day is one to come.
            let phase = if trigger.present { Phase::Announced } else { phase };
            let timex = &fit(t, timex, phase, published.filter(|_| !open));
            let dating = from_timex(t, timex, cost, phase, published);
            if trigger.infinitive
                && dating.printed.is_some()
                && t.index_at(timex.span.start) < at
                && cost > 20
            {
                undated(trigger.phase, published)
            } else {
                dating
            }
        }
        None => undated(phase, published),
    }
}

fn hour_alone(t: &Tokens<'_>, first: usize, end: usize) -> bool {
    !(first..end).any(|i| {
        let word = t.word(i);
        lexicon::weekday(word).is_some()
            || lexicon::month(word).is_some()
            || among(word, "yesterday today tonight tomorrow this last next")
    })
}

/// Whether the verb stands in the clause that a count of days is made from: "three days after a guard was shot".
fn inside_anchor(s: &Sentence<'_>, end: usize, at: usize) -> bool {
    let link = (end.saturating_sub(1)..=end).any(|i| matches!(s.t.word(i), "after" | "before"));
    link && !(end..at).any(|i| matches!(s.t.word(i), "," | ";"))
}

/// How many days a length of time counted from an event means, less than none for "before".
fn count_of(t: &Tokens<'_>, timex: &Timex) -> Option<i64> {
    let value = timex.value.strip_prefix('P')?;
    let count: i64 = value.get(..value.len() - 1)?.parse().ok()?;
    let end = t.index_at(timex.span.end.saturating_sub(1)) + 1;
    let before = (end.saturating_sub(1)..=end).any(|i| matches!(t.word(i), "before" | "earlier"));
    let days = match value.chars().last()? {
        'D' => count,
        'W' => 7 * count,
        _ => return None,
    };
    Some(if before { -days } else { days })
}

/// The date of an event that another of the same sentence is counted from: "closed the bridge on Wednesday, three days
/// after a guard was shot".
fn counted(s: &Sentence<'_>, timexes: &[Timex], at: usize) -> Option<Dating> {
    let t = s.t;
    let place = timexes.iter().position(|timex| {
        let end = t.index_at(timex.span.end.saturating_sub(1)) + 1;
        timex.anchor.is_some() && end <= at && inside_anchor(s, end, at)
    })?;
    let timex = &timexes[place];
    let base = timexes[..place].iter().rev().find_map(|timex| {
        let edtf = timex.edtf.as_deref().filter(|edtf| edtf.len() == 10)?;
        Date::parse(edtf)
    })?;
    let moved = base.plus_days(-count_of(t, timex)?);
    // Weeks are seldom meant to the day.
    let edtf = if timex.value.ends_with('D') { moved.to_string() } else { format!("{moved}~") };
    Some(Dating {
        counted: None,
        edtf: Some(edtf),
        printed: Some(timex.span.clone()),
        rule: "counted from another event of the sentence".to_owned(),
        basis: format!("from {base}, the day of the event beside it"),
        confidence: 0.7,
    })
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
        return Dating {
            edtf: Some(range.clone()),
            printed,
            rule,
            basis: timex.basis.clone(),
            confidence,
            counted: None,
        };
    }
    let edtf = timex.edtf.clone();
    let Some(edtf) = edtf else {
        if let Some(anchor) = &timex.anchor {
            let basis = format!("counted from \"{}\", which is not on the timeline", anchor.words);
            let counted = count_of(t, timex).map(|days| (anchor.words.clone(), days));
            return Dating { edtf: None, printed, rule, basis, confidence: 0.3, counted };
        }
        let readings: Vec<String> =
            timex.readings.iter().map(|reading| format!("{} ({})", reading.edtf, reading.basis)).collect();
        let basis = format!("ambiguous: {}", readings.join(" or "));
        return Dating { edtf: None, printed, rule, basis, confidence, counted: None };
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
        counted: None,
    }
}

/// A time expression with its date read by the clause.
fn fit(t: &Tokens<'_>, timex: &Timex, phase: Phase, published: Option<Date>) -> Timex {
    let edtf = timex.edtf.clone().map(|edtf| fitted(t, timex, edtf, phase, published));
    if edtf == timex.edtf {
        return timex.clone();
    }
    let basis = match published {
        Some(published) => format!("from the publication date {published}, by the tense of the verb"),
        None => timex.basis.clone(),
    };
    Timex { edtf, basis, ..timex.clone() }
}

/// The date read by what the clause says of its time, where the expression leaves it open: "are to meet on Monday" means
/// the next Monday, "sued on Monday" the last one, and a day or month without a year is next year's or last year's.
fn fitted(t: &Tokens<'_>, timex: &Timex, edtf: String, phase: Phase, published: Option<Date>) -> String {
    let whole = if edtf.len() == 7 { format!("{edtf}-01") } else { edtf.clone() };
    let (Some(published), Some(day)) = (published, Date::parse(&whole)) else { return edtf };
    let of_month = edtf.len() == 7;
    let wanted = match phase {
        Phase::Announced if of_month => edtf.as_str() < published.to_string().get(..7).unwrap_or(""),
        Phase::Announced => day < published,
        Phase::Done | Phase::InEffect => day > published,
    };
    let first = t.index_at(timex.span.start);
    let end = t.index_at(timex.span.end.saturating_sub(1)) + 1;
    let words = || (first..end).map(|i| t.word(i));
    let fixed = words().any(|word| {
        among(word, "last ago past yesterday earlier this previous next tomorrow coming")
            || word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())
    });
    // "put off until Wednesday", "set for Jan. 9": the day is not that of the putting off.
    let link = first.checked_sub(1).map_or("", |i| t.word(i));
    let back = phase != Phase::Announced;
    if !wanted
        || fixed
        || timex.modifier.is_some()
        || back && matches!(link, "until" | "for" | "by" | "to" | "from")
    {
        return edtf;
    }
    let sign = if back { -1 } else { 1 };
    if !of_month && words().any(|word| lexicon::weekday(word).is_some()) {
        let near = (published.days() - day.days()).abs() <= 7;
        return if near { day.plus_days(7 * sign).to_string() } else { edtf };
    }
    if !words().any(|word| lexicon::month(word).is_some()) {
        return edtf;
    }
    let moved = day.plus_months(12 * sign);
    if of_month { format!("{:04}-{:02}", moved.year(), moved.month()) } else { moved.to_string() }
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
            counted: None,
        },
        _ => Dating {
            edtf: None,
            printed: None,
            rule: "no date in the sentence".to_owned(),
            basis: "nothing in the sentence says when".to_owned(),
            confidence: 0.2,
            counted: None,
        },
    }
}

/// The span of talks said to have lasted a while: it starts about so long before its end.
pub(crate) fn lasted(timex: &Timex, end: Option<Date>) -> Option<Dating> {
    let end = end?;
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
        counted: None,
        edtf: Some(format!("{from}/{end}")),
        printed: Some(timex.span.clone()),
        rule: "a length of time counted back from its end".to_owned(),
        basis: format!("from {end}, when it was still so; the start is approximate"),
        confidence: if vague { 0.45 } else { 0.6 },
    })
}
