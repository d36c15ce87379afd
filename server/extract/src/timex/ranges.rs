//! Ranges whose two ends are expressions of their own: "from Jan. 5 to 9", "between March and May".

use crate::tokens::Tokens;

use super::{Timex, TimexKind};

/// Gives both ends of each range the EDTF of the whole: an interval for "from … to", a window for "between".
pub(crate) fn link(t: &Tokens<'_>, timexes: &mut [Timex]) {
    for index in 1..timexes.len() {
        let (before, after) = timexes.split_at_mut(index);
        let (Some(a), Some(b)) = (before.last_mut(), after.first_mut()) else { continue };
        if a.kind != TimexKind::Date || b.kind != TimexKind::Date {
            continue;
        }
        let first = t.index_at(a.span.start);
        let gap = t.index_at(a.span.end);
        let next = t.index_at(b.span.start);
        if next.checked_sub(gap).is_none_or(|words| words == 0 || words > 2) {
            continue;
        }
        let lead = first.checked_sub(1).map_or("", |at| t.word(at));
        let link = t.word(gap);
        let window = lead == "between" && link == "and";
        let span = matches!(link, "to" | "through" | "until" | "till") || (t.dash(gap) && next == gap + 1);
        if !(window || (span && (lead != "to" || link == "through"))) {
            continue;
        }
        let (Some(from), Some(to)) = (&a.edtf, &b.edtf) else { continue };
        // "Between January and January 28" names no stretch: one end holds the other.
        let nested = from.starts_with(to.as_str()) || to.starts_with(from.as_str());
        if from.starts_with('[') || to.starts_with('[') || from > to || (nested && from != to) {
            continue;
        }
        let whole = if window { format!("[{from}..{to}]") } else { format!("{from}/{to}") };
        a.range = Some(whole.clone());
        b.range = Some(whole);
    }
}
