//! Dates counted from another: "three days ago", "two days after the memo".

use crate::calendar::{Date, shift_month};
use crate::lexicon::Unit;
use crate::tokens::Tokens;
use crate::{Context, matching};

use super::{Resolved, Resolver};
use crate::timex::expr::{Count, Expr, Found, From, Part, YearSpec};
use crate::timex::relative::DAY_BY_EVENT;
use crate::timex::value::Value;
use crate::timex::{Timex, TimexAnchor, TimexKind, duration};

/// For how many sentences a report of results still speaks of the quarter it named.
const REPORT: usize = 6;

impl Resolver {
    pub(super) fn offset(&self, count: Count, unit: Unit, back: bool, from: From) -> Resolved {
        if from == From::Event {
            return Self::sure(Value::Other(duration::value(count, unit)), "counted from an event", 0.8);
        }
        if count.vague() {
            // "Some days later" is not the future: it follows what was told.
            let name = match (back, from) {
                (true, _) => "PAST_REF".to_owned(),
                (false, From::Spoken) if !self.narrative => duration::value(count, unit),
                (false, _) => "FUTURE_REF".to_owned(),
            };
            return Self::sure(Value::Other(name), "names no date", 0.4);
        }
        let base = match from {
            From::Publication => self.now(),
            _ => self.spoken().or(self.published),
        };
        let Some(base) = base else {
            return Self::sure(
                Value::Other(duration::value(count, unit)),
                "nothing in the text says from when",
                0.3,
            );
        };
        // In a report of results "a year ago" is the same quarter of the year before.
        if unit == Unit::Year
            && count == Count::ONE
            && back
            && self.quarter_spoken.is_some_and(|spoken| self.sentence - spoken <= REPORT)
            && !self.narrative
            && let Some((year, quarter)) = self.quarter
        {
            return Self::sure(
                Value::Quarter(year - 1, quarter),
                format!("the quarter a year before {year}-Q{quarter}"),
                0.7,
            );
        }
        let number = i64::from(count.number) * if back { -1 } else { 1 };
        let half = i64::from(count.half) * if back { -1 } else { 1 };
        let value = moved(base, number, half, unit);
        let basis = match from {
            From::Publication => format!("from the publication date {base}"),
            _ => format!("from the date named before, {base}"),
        };
        Self::sure(value, basis, if from == From::Publication { 0.9 } else { 0.75 })
    }

    /// A time moved as a whole: "three years ago this month" is a month.
    pub(super) fn shifted(&self, count: Count, unit: Unit, back: bool, base: Resolved) -> Resolved {
        let number = i64::from(count.number) * if back { -1 } else { 1 };
        let months = match unit {
            Unit::Month => Some(number),
            Unit::Quarter => Some(3 * number),
            Unit::Year => Some(12 * number + 6 * i64::from(count.half) * number.signum()),
            Unit::Decade => Some(120 * number),
            Unit::Century => Some(1200 * number),
            _ => None,
        };
        let days = match unit {
            Unit::Day => Some(number),
            Unit::Week => Some(7 * number),
            Unit::Fortnight => Some(14 * number),
            _ => None,
        };
        let moved = |day: Date| match (months, days) {
            (Some(months), _) => Some(day.plus_months(months)),
            (None, days) => days.map(|days| day.plus_days(days)),
        };
        let value = match (&base.value, months) {
            (Value::Day(day), _) => moved(*day).map(Value::Day),
            (Value::Month(year, month), Some(months)) => {
                let (year, month) = shift_month(*year, *month, months);
                Some(Value::Month(year, month))
            }
            (Value::Quarter(year, quarter), Some(months)) => {
                let (year, month) = shift_month(*year, quarter * 3, months);
                Some(Value::Quarter(year, (month - 1) / 3 + 1))
            }
            (Value::Week(..), _) => {
                base.value.days().and_then(|(monday, _)| moved(monday.plus_days(3))).map(week)
            }
            (Value::Weekend(..), _) => base.value.days().and_then(|(day, _)| moved(day)).map(|day| {
                let (year, week) = day.iso_week();
                Value::Weekend(year, week)
            }),
            (Value::Year(year), Some(months)) if months % 12 == 0 => {
                Some(Value::Year(year + (months / 12) as i32))
            }
            _ => None,
        };
        match value.filter(|_| !count.vague()) {
            Some(value) => {
                Self::sure(value, format!("counted from what the words give, {}", base.basis), 0.85)
            }
            None => Self::sure(
                Value::Other(if back { "PAST_REF" } else { "FUTURE_REF" }.to_owned()),
                "names no date",
                0.4,
            ),
        }
    }

    /// The part of a longer time that a number counts off.
    pub(super) fn nth(number: i8, part: Part, whole: Resolved) -> Resolved {
        let Some((from, to)) = whole.value.days() else { return whole };
        if number == 0 {
            let value = match (part, week(from)) {
                (Part::Weekend, Value::Week(year, week)) => Value::Weekend(year, week),
                (_, week) => week,
            };
            return Self::sure(value, whole.basis, whole.confidence);
        }
        let steps = i64::from(number.unsigned_abs()) - 1;
        let day = |weekday: u8| {
            let gap = if number > 0 {
                (i64::from(weekday) - i64::from(from.weekday())).rem_euclid(7)
            } else {
                (i64::from(to.weekday()) - i64::from(weekday)).rem_euclid(7)
            };
            if number > 0 { from.plus_days(gap + 7 * steps) } else { to.plus_days(-gap - 7 * steps) }
        };
        let value = match part {
            Part::Day if number > 0 => Value::Day(from.plus_days(steps)),
            Part::Day => Value::Day(to.plus_days(-steps)),
            Part::Weekday(weekday) => Value::Day(day(weekday)),
            Part::Weekend => {
                let (year, week) = day(6).iso_week();
                Value::Weekend(year, week)
            }
            Part::Week => {
                let first = if number > 0 { from.plus_days(7 * steps) } else { to.plus_days(-6 - 7 * steps) };
                let text = week(first.plus_days(3)).timex3();
                Value::Window { text, from: first, to: first.plus_days(6).min(to) }
            }
            Part::Month => {
                let (from, to) = (from.plus_months(steps), to.plus_months(-steps));
                let held = if number > 0 { from } else { to };
                Value::Month(held.year(), held.month())
            }
            Part::Half => {
                let middle = from.plus_days((to.days() - from.days() - 1) / 2);
                let (from, to) = if number == 1 { (from, middle) } else { (middle.plus_days(1), to) };
                Value::Window { text: whole.value.timex3(), from, to }
            }
        };
        match value.days() {
            Some((first, last))
                if first <= last && last <= to.plus_days(1) && first >= from.plus_days(-6) =>
            {
                Self::sure(value, whole.basis, whole.confidence)
            }
            _ => Self::unknown("XXXX-XX-XX"),
        }
    }
}

/// The ISO week of a day.
fn week(day: Date) -> Value {
    let (year, week) = day.iso_week();
    Value::Week(year, week)
}

/// The date so many units from another, no more precise than the unit.
pub(super) fn moved(base: Date, number: i64, half: i64, unit: Unit) -> Value {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => {
            Value::Day(base.plus_days(if unit == Unit::Hour { number / 24 } else { 0 }))
        }
        Unit::Day => Value::Day(base.plus_days(number)),
        // "A week ago" is told of a day; more weeks are told no closer than the week.
        Unit::Week if number.abs() == 1 => Value::Day(base.plus_days(7 * number)),
        Unit::Week => week(base.plus_days(7 * number)),
        Unit::Fortnight => week(base.plus_days(14 * number)),
        Unit::Month => {
            let (year, month) = shift_month(base.year(), base.month(), number);
            Value::Month(year, month)
        }
        Unit::Quarter => {
            let (year, month) = shift_month(base.year(), base.month(), 3 * number);
            Value::Quarter(year, (month - 1) / 3 + 1)
        }
        Unit::Year if half != 0 => {
            let (year, month) = shift_month(base.year(), base.month(), 12 * number + 6 * half);
            Value::Month(year, month)
        }
        Unit::Year => Value::Year((i64::from(base.year()) + number).clamp(-9999, 9999) as i32),
        Unit::Century if half != 0 => {
            Value::Year((i64::from(base.year()) + 100 * number + 50 * half).clamp(-9999, 9999) as i32)
        }
        Unit::Decade if half != 0 => {
            Value::Year((i64::from(base.year()) + 10 * number + 5 * half).clamp(-9999, 9999) as i32)
        }
        Unit::Decade => Value::Year((i64::from(base.year()) + 10 * number).clamp(-9999, 9999) as i32),
        Unit::Century => {
            Value::Century((i64::from(base.year()).div_euclid(100) + number).clamp(-99, 99) as i32)
        }
        Unit::Millennium => Value::Year((i64::from(base.year()) + 1000 * number).clamp(-9999, 9999) as i32),
    }
}

/// Ties "two days after the memo" to the event or the date that its words name.
#[allow(clippy::too_many_arguments)]
pub(super) fn anchor(
    t: &Tokens<'_>,
    context: &Context<'_>,
    found: &Found,
    next: Option<&Found>,
    before: &[Timex],
    (count, unit, back): (Count, Unit, bool),
    timex: &mut Timex,
    limit: usize,
) {
    let by_event = found.rule == DAY_BY_EVENT;
    if by_event {
        timex.value = "XXXX-XX-XX".to_owned();
        timex.confidence = 0.2;
        // "Oct. 12, the day before the crash": the date stands before it.
        let apposition = before.last().filter(|last| {
            last.edtf.as_deref().and_then(Date::parse).is_some()
                && t.word(found.first.wrapping_sub(1)) == ","
                && t.index_at(last.span.end) + 1 == found.first
        });
        if let Some(last) = apposition {
            timex.value.clone_from(&last.value);
            timex.edtf.clone_from(&last.edtf);
            timex.basis = "the date before it says which".to_owned();
            timex.confidence = 0.8;
            return;
        }
    } else {
        timex.kind = TimexKind::Duration;
    }
    let first = found.end + 1;
    let mut end = first;
    while end < limit
        && end < first + 8
        && !matches!(t.word(end), "," | "." | ";" | ":" | "and" | "but" | "that" | "which" | ")" | "the" if end > first)
    {
        end += 1;
    }
    let (Some(a), Some(b)) = (t.at(first), t.at(end.wrapping_sub(1))) else { return };
    if end <= first || b.end < a.start {
        return;
    }
    let words = &t.text[a.start..b.end];
    timex.anchor = Some(TimexAnchor { words: words.to_owned(), event: None });
    if count.vague() {
        return;
    }
    let sign = if back { -1 } else { 1 };
    let from = |base: Date| moved(base, i64::from(count.number) * sign, i64::from(count.half) * sign, unit);
    if let Some(next) = next.filter(|next| next.first >= first && next.first < end)
        && let Expr::Day { year: YearSpec::Given(year), month: Some(month), day } = next.expr
        && let Some(base) = Date::new(year, month, day)
    {
        timex.edtf = from(base).edtf(None);
        if by_event {
            timex.value = from(base).timex3();
        }
        timex.basis = format!("counted from {base}, which the words after it give");
        return;
    }
    if let Some(anchor) = matching::anchor_named(words, context.anchors) {
        timex.anchor = Some(TimexAnchor { words: words.to_owned(), event: Some(anchor.id.clone()) });
        if let Some(base) = Date::parse(&anchor.edtf).filter(|_| anchor.edtf.len() == 10) {
            timex.edtf = from(base).edtf(None);
            if by_event {
                timex.value = from(base).timex3();
            }
            timex.basis = format!("counted from \"{}\" on the timeline, {base}", anchor.title);
            timex.confidence = 0.8;
        }
    }
}
