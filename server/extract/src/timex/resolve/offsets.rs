//! Dates counted from another: "three days ago", "two days after the memo".

use crate::calendar::{Date, shift_month};
use crate::lexicon::Unit;
use crate::tokens::Tokens;
use crate::{Context, matching};

use super::{Resolved, Resolver};
use crate::timex::expr::{Count, Expr, Found, From, YearSpec};
use crate::timex::value::Value;
use crate::timex::{Timex, TimexAnchor, TimexKind, duration};

impl Resolver {
    pub(super) fn offset(&self, count: Count, unit: Unit, back: bool, from: From) -> Resolved {
        if from == From::Event {
            return Self::sure(Value::Other(duration::value(count, unit)), "counted from an event", 0.8);
        }
        if count.vague() {
            let name = if back { "PAST_REF" } else { "FUTURE_REF" };
            return Self::sure(Value::Other(name.to_owned()), "names no date", 0.4);
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
            && self.quarter_spoken
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
}

/// The date so many units from another, no more precise than the unit.
pub(super) fn moved(base: Date, number: i64, half: i64, unit: Unit) -> Value {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => {
            Value::Day(base.plus_days(if unit == Unit::Hour { number / 24 } else { 0 }))
        }
        Unit::Day => Value::Day(base.plus_days(number)),
        Unit::Week => Value::Day(base.plus_days(7 * number)),
        Unit::Fortnight => Value::Day(base.plus_days(14 * number)),
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
    _before: &[Timex],
    (count, unit, back): (Count, Unit, bool),
    timex: &mut Timex,
    limit: usize,
) {
    timex.kind = TimexKind::Duration;
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
        timex.basis = format!("counted from {base}, which the words after it give");
        return;
    }
    if let Some(anchor) = matching::anchor_named(words, context.anchors) {
        timex.anchor = Some(TimexAnchor { words: words.to_owned(), event: Some(anchor.id.clone()) });
        if let Some(base) = Date::parse(&anchor.edtf).filter(|_| anchor.edtf.len() == 10) {
            timex.edtf = from(base).edtf(None);
            timex.basis = format!("counted from \"{}\" on the timeline, {base}", anchor.title);
            timex.confidence = 0.8;
        }
    }
}
