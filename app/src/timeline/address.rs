//! The range and selection in an address, spelt as [`crate::model::view::View`] spells them, without its parser: the
//! browser's half only replaces what it changed and leaves the rest of the address as the server wrote it.

use super::civil::civil;

const DAY: i64 = 1440;

/// The first minute of a range, as an address spells it.
pub fn from_words(minute: i64) -> String {
    if minute.rem_euclid(DAY) == 0 { day(minute) } else { moment(minute) }
}

/// The minute after the last of a range, as an address spells it: by its last day, which it includes.
pub fn to_words(minute: i64) -> String {
    if minute.rem_euclid(DAY) == 0 { day(minute - 1) } else { moment(minute) }
}

/// A range that reads well in an address: whole days unless it is shorter than four of them.
pub fn rounded(from: f64, to: f64) -> (i64, i64) {
    let step = if to - from >= (4 * DAY) as f64 { DAY } else { 1 };
    let unit = step as f64;
    let (from, to) = ((from / unit).round() as i64 * step, (to / unit).round() as i64 * step);
    (from, to.max(from + 1))
}

fn day(minute: i64) -> String {
    let (year, month, of_month) = civil(minute.div_euclid(DAY));
    let mut text = String::new();
    if year < 0 {
        text.push('-');
    }
    pad(&mut text, year.abs(), 4);
    text.push('-');
    pad(&mut text, month, 2);
    text.push('-');
    pad(&mut text, of_month, 2);
    text
}

fn moment(minute: i64) -> String {
    let mut text = day(minute);
    text.push('T');
    pad(&mut text, minute.rem_euclid(DAY) / 60, 2);
    text.push(':');
    pad(&mut text, minute.rem_euclid(60), 2);
    text
}

fn pad(text: &mut String, number: i64, width: usize) {
    let digits = number.to_string();
    for _ in digits.len()..width {
        text.push('0');
    }
    text.push_str(&digits);
}

/// The names of an address's parameters in their canonical order.
const ORDER: [&str; 12] =
    ["from", "to", "party", "kind", "attest", "q", "event", "asof", "group", "order", "layout", "sort"];

/// A query string (without `?`) with some parameters set to an already encoded value, or taken out where that is
/// empty; the rest stays as it is, in canonical order.
pub fn replaced(query: &str, changes: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for name in ORDER {
        let changed = changes.iter().find(|(changed, _)| *changed == name).map(|(_, value)| *value);
        let kept = || {
            query
                .split('&')
                .filter_map(|pair| pair.split_once('='))
                .find(|(key, _)| *key == name)
                .map(|(_, value)| value)
        };
        let Some(value) = changed.or_else(kept).filter(|value| !value.is_empty()) else { continue };
        if !text.is_empty() {
            text.push('&');
        }
        text.push_str(name);
        text.push('=');
        text.push_str(value);
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::view::{Range, View};

    proptest! {
        #[test]
        fn spells_as_a_view_does(
            from in -5_000_000_000_i64..4_000_000_000, length in 1_i64..10_000_000, whole in any::<bool>(),
        ) {
            let (from, to) = if whole {
                (from.div_euclid(DAY) * DAY, (from.div_euclid(DAY) + 1 + length) * DAY)
            } else {
                (from, from + length)
            };
            let to = to.min(4_200_000_000);
            let view = View::default().with(|view| {
                view.range = Range { from: Some(from), to: Some(to) };
                view.parties = vec!["dod".into()];
                view.event = Some("e1".into());
            });
            let ours = replaced("event=x&party=dod&to=2026-01-01", &[
                ("from", &from_words(from)), ("to", &to_words(to)), ("event", "e1"),
            ]);
            prop_assert_eq!(format!("?{ours}"), view.query_string());
        }
    }

    #[test]
    fn takes_out_what_is_empty() {
        assert_eq!(
            replaced("from=2026-01-01&q=red+lines&event=x", &[("from", ""), ("event", "")]),
            "q=red+lines"
        );
        assert_eq!(rounded(1440.4 * 3.0, 1440.0 * 30.2), (3 * DAY, 30 * DAY));
        assert_eq!(rounded(100.2, 900.7), (100, 901));
    }
}
