//! Whether a text tells history, how its figures are ordered, and which dates share a year.

use crate::calendar::Date;
use crate::sections::SectionKind;
use crate::sentences::Sentence;
use crate::tokens::Tokens;

use crate::timex::expr::{Expr, Found, From, Rel, YearSpec};
use crate::timex::value::Value;

/// Whether a year moves the story ("In 1942", "by late 1943") or only names something ("the Constitution of 1793").
pub(super) fn sets_scene(t: &Tokens<'_>, first: usize, from: usize) -> bool {
    first <= from
        || first <= from + 3
            && matches!(
                t.word(first - 1),
                "in" | "by"
                    | "during"
                    | "throughout"
                    | "late"
                    | "early"
                    | "mid"
                    | "until"
                    | "since"
                    | "from"
                    | "of"
            )
}

/// Whether the text tells history: its dates carry years long before the publication, and few lean on its day.
pub(super) fn is_narrative(
    t: &Tokens<'_>,
    sentences: &[Sentence],
    found: &[Found],
    published: Option<Date>,
) -> bool {
    let far = |year: i32| published.is_none_or(|published| (published.year() - year).abs() > 1);
    let mut dated = 0;
    let mut leaning = 0;
    let mut place = 0;
    for one in found {
        let start = t.at(one.first).map_or(0, |token| token.start);
        while sentences.get(place + 1).is_some_and(|next| next.span.start <= start) {
            place += 1;
        }
        let around =
            |sentence: &Sentence| !sentence.section.is_article() && sentence.section != SectionKind::Heading;
        if sentences.get(place).is_some_and(around) {
            continue;
        }
        match one.expr {
            Expr::Day { year: YearSpec::Given(year), .. }
            | Expr::Month { year: YearSpec::Given(year), .. }
            | Expr::Year(year)
                if far(year) =>
            {
                dated += 1;
            }
            Expr::Deictic(_) | Expr::Weekday { .. } | Expr::Offset { from: From::Publication, .. } => {
                leaning += 1;
            }
            Expr::Unit { rel: Rel::Last | Rel::This | Rel::Next, .. } => leaning += 1,
            _ => {}
        }
    }
    dated >= 6 && dated > 2 * leaning
}

/// Whether a date in figures whose order is certain has its day first.
pub(super) fn day_first(found: &[Found]) -> Option<bool> {
    let mut days = 0;
    let mut months = 0;
    for one in found
        .iter()
        .filter(|one| one.rule == "date in figures, day first" || one.rule == "date in figures, month first")
    {
        if one.rule == "date in figures, day first" { days += 1 } else { months += 1 }
    }
    match (days, months) {
        (0, 0) => None,
        (d, m) if d > 0 && m > 0 => None,
        (d, _) => Some(d > 0),
    }
}

/// In "July 1 to July 3, 1863" and "April and June 1955" the year belongs to both dates.
pub(super) fn share_years(t: &Tokens<'_>, found: &mut [Found]) {
    for index in (0..found.len().saturating_sub(1)).rev() {
        let (end, first) = (found[index].end, found[index + 1].first);
        let linked = match first.checked_sub(end) {
            Some(1) => {
                matches!(t.word(end), "to" | "and" | "through" | "or" | "until" | "," | "&") || t.dash(end)
            }
            Some(2) => {
                t.word(end) == "," && matches!(t.word(end + 1), "and" | "or")
                    || t.word(end + 1) == "the" && matches!(t.word(end), "to" | "and")
            }
            _ => false,
        };
        let given = match found[index + 1].expr {
            Expr::Day { year: YearSpec::Given(year), month: Some(month), .. } => Some((year, month)),
            Expr::Month { year: YearSpec::Given(year), month, .. } => Some((year, month)),
            Expr::Season { year: YearSpec::Given(year), .. } => Some((year, 12)),
            _ => None,
        };
        let Some((year, later)) = given.filter(|_| linked) else { continue };
        let before = |month: u8| if month > later && t.word(end) != "and" { year - 1 } else { year };
        match &mut found[index].expr {
            Expr::Day { year: spec @ YearSpec::Open, month: Some(month), .. } => {
                *spec = YearSpec::Given(before(*month));
            }
            Expr::Month { year: spec @ YearSpec::Open, month, rel: None } => {
                *spec = YearSpec::Given(before(*month));
            }
            Expr::Season { year: spec @ YearSpec::Open, rel: None, .. } => *spec = YearSpec::Given(year),
            _ => {}
        }
    }
}

/// Whether the token after an expression makes it the first end of a range.
pub(super) fn span_link(t: &Tokens<'_>, before: &Found) -> bool {
    let between = before.first > 0 && t.word(before.first - 1) == "between" && t.word(before.end) == "and";
    matches!(t.word(before.end), "to" | "through" | "until" | "till") || t.dash(before.end) || between
}

/// The first day of a month given as `YYYY-MM`.
pub(super) fn month_start(edtf: &str) -> Option<Date> {
    Date::parse(&format!("{edtf}-01")).filter(|_| edtf.len() == 7)
}

/// The end of a range: the first such date after its beginning.
pub(super) fn closing(expr: &Expr, opens: Date) -> Option<Value> {
    match *expr {
        Expr::Day { year: YearSpec::Open, month: Some(month), day } => {
            let later = (month, day) >= (opens.month(), opens.day());
            Date::new(opens.year() + i32::from(!later), month, day).map(Value::Day)
        }
        Expr::Month { year: YearSpec::Open, month, rel: None } => {
            Some(Value::Month(opens.year() + i32::from(month < opens.month()), month))
        }
        Expr::Weekday { day, rel: None, week: None } => {
            Some(Value::Day(opens.plus_days((i64::from(day) - i64::from(opens.weekday())).rem_euclid(7))))
        }
        _ => None,
    }
}
