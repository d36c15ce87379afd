//! Dates as `en-US` says them, and back. The locale is chosen once for a process, so this is one of its own.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use chrono::NaiveDate;
use impasse_app::model::date::EventDate;
use impasse_app::model::date_input::read_date;
use impasse_app::model::time::{long_day, short_day};
use impasse_app::texts;
use impasse_app::timeline::ticks::stretch_words;
use impasse_app::timeline::{Scale, civil::day_number, ticks::ticks};

#[test]
fn days_follow_their_months() {
    texts::choose("en-US", None).unwrap();
    let today = NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();
    assert_eq!((long_day(today).as_str(), short_day(today).as_str()), ("November 28, 2026", "Nov 28, 2026"));
    for (edtf, words) in [
        ("2026-01-09", "January 9, 2026"),
        ("2026-01-09~", "about January 9, 2026"),
        ("2026-01-09?", "perhaps January 9, 2026"),
        ("2026-01", "January 2026"),
        ("2025-23", "fall 2025"),
        ("2025-09/..", "since September 2025"),
        ("2026-03-05/2026-03-09", "March 5 to 9, 2026"),
        ("2026-02-27/2026-03-05", "February 27 to March 5, 2026"),
        ("2025-12-31/2026-01-02", "December 31, 2025 to January 2, 2026"),
        ("[2026-01-01..2026-01-10]", "between January 1 and 10, 2026"),
        ("[2026-02-27..2026-03-05]", "between February 27 and March 5, 2026"),
        ("[2026-01..2026-03]", "between January and March 2026"),
        ("[..2026-02-27]", "by February 27, 2026"),
        ("[2026-02-27..]", "on or after February 27, 2026"),
    ] {
        let date = EventDate::parse(edtf).unwrap();
        assert_eq!(date.words(), words, "{edtf}");
        let typed =
            read_date(words, today).unwrap_or_else(|question| panic!("{words}: {}", question.message));
        assert_eq!(typed.edtf(), edtf, "{words}, typed back");
    }
    let january = (day_number(2026, 1, 1) * 1440) as f64;
    assert_eq!(stretch_words(january, january + 31.0 * 1440.0), "January 1 to 31, 2026");
    let weeks = ticks(&Scale::new(january, january + 60.0 * 1440.0, 700.0), 0.0, 700.0);
    assert!(weeks.fine.iter().any(|tick| tick.label == "Jan 5"), "{weeks:?}");
    // What is not said otherwise is said as in English, and files are in English in any case.
    assert_eq!(texts::text("home-search"), "Search");
    assert_eq!(texts::in_english(|| long_day(today)), "28 November 2026");
}
