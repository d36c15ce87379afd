//! The rest of a list or a range that shares what its first part says.

use crate::lexicon;
use crate::tokens::Tokens;

use super::calendar_names::{day_number, month_name, year_after};
use super::expr::{Expr, Found, YearSpec};
use super::numbers;

/// The rest of a list or range that shares the month or the year of its first part: "Jan. 5 to 9", "1861-63".
pub(crate) fn continue_list(t: &Tokens<'_>, mut i: usize, limit: usize, out: &mut Vec<Found>) -> usize {
    while let Some(last) = out.last() {
        let connector =
            matches!(t.word(i), "to" | "and" | "through" | "or" | "," | "until" | "&") || t.dash(i);
        if !connector {
            return i;
        }
        let at = if t.word(i) == "," && matches!(t.word(i + 1), "and" | "or") { i + 2 } else { i + 1 };
        let at = if t.word(at) == "the" { at + 1 } else { at };
        let next = match last.expr {
            Expr::Day { year, month: Some(month), day } => {
                let Some((next_day, end)) = day_number(t, at) else { return i };
                let own_month = month_name(t, if t.word(end) == "of" { end + 1 } else { end }).is_some();
                let counted = lexicon::unit(t.word(end)).is_some()
                    || matches!(t.word(end), "percent" | "million" | "billion")
                    || matches!(t.word(i), "and" | "or" | ",")
                        && t.word(end).starts_with(|c: char| c.is_alphabetic())
                        && !list_goes_on(t.word(end))
                    || t.word(end) == "%"
                    || t.word(end) == "-" && t.word(i) == ",";
                let given_year = matches!(year, YearSpec::Given(_));
                if own_month || counted || next_day <= day || end > limit || (t.word(i) == "," && given_year)
                {
                    return i;
                }
                let (year, end) = year_after(t, end);
                Found::date(
                    at,
                    end,
                    Expr::Day { year, month: Some(month), day: next_day },
                    "month and day, continued",
                )
            }
            Expr::Year(year) if t.dash(i) && t.joined(i) && t.joined(at) => {
                let two = t.word(at);
                let Some(number) = numbers::figures(t, at).filter(|_| two.len() == 2) else { return i };
                let full = year / 100 * 100 + number as i32;
                if full <= year || at + 1 > limit {
                    return i;
                }
                Found::date(at, at + 1, Expr::Year(full), "year, continued")
            }
            _ => return i,
        };
        let Found { expr: Expr::Day { year: YearSpec::Given(year), .. }, end, .. } = next else {
            i = next.end;
            out.push(next);
            continue;
        };
        // A year at the end of "May 9 and 10, 2026" belongs to every part.
        if let Some(Found { expr: Expr::Day { year: spec @ YearSpec::Open, .. }, .. }) = out.last_mut() {
            *spec = YearSpec::Given(year);
        }
        i = end;
        out.push(next);
    }
    i
}

/// Whether the word after a second number shows that the number is a day and counts nothing.
fn list_goes_on(word: &str) -> bool {
    matches!(
        word,
        "to" | "and"
            | "or"
            | "through"
            | "in"
            | "at"
            | "by"
            | "for"
            | "when"
            | "as"
            | "with"
            | "on"
            | "but"
            | "after"
            | "before"
            | "the"
            | "of"
            | "that"
            | "which"
            | "they"
            | "he"
            | "she"
            | "it"
            | "we"
            | "a"
            | "an"
            | "was"
            | "were"
            | "is"
            | "are"
            | "will"
            | "would"
            | "had"
            | "has"
            | "said"
            | "this"
            | "last"
            | "next"
            | "during"
            | "from"
            | "under"
    )
}
