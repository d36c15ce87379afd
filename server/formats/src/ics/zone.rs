//! Times of day in named time zones.

use chrono::{LocalResult, NaiveDateTime, TimeZone};
use chrono_tz::Tz;

/// A local time as an expression in EDTF, with the offset that the zone had then; none if the zone is not known or the
/// clocks passed over that time. Of two moments with the same local time the first is meant (RFC 5545, 3.3.5).
pub(super) fn in_zone(local: NaiveDateTime, zone: &str) -> Option<String> {
    // Some programs put a path before the name: /freeassociation.sourceforge.net/Europe/Berlin.
    let parts: Vec<&str> = zone.split('/').filter(|part| !part.is_empty()).collect();
    let zone: Tz = (0..parts.len()).find_map(|from| parts.get(from..)?.join("/").parse().ok())?;
    match zone.from_local_datetime(&local) {
        LocalResult::Single(moment) | LocalResult::Ambiguous(moment, _) => {
            Some(moment.format("%Y-%m-%dT%H:%M:%S%:z").to_string())
        }
        LocalResult::None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_offset_of_the_day() {
        let at = |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
        for (local, zone, expected) in [
            ("2026-01-09 14:05", "Europe/Berlin", Some("2026-01-09T14:05:00+01:00")),
            ("2026-07-09 14:05", "/example.org/Europe/Berlin", Some("2026-07-09T14:05:00+02:00")),
            ("2026-10-25 02:30", "Europe/Berlin", Some("2026-10-25T02:30:00+02:00")),
            ("2026-03-29 02:30", "Europe/Berlin", None),
            ("2026-01-09 14:05", "Office Standard Time", None),
        ] {
            assert_eq!(in_zone(at(local), zone).as_deref(), expected, "{local} {zone}");
        }
    }
}
