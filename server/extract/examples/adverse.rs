//! Times the reading of a megabyte of each of several repetitive texts, in milliseconds.

use std::io::Write;
use std::time::Instant;

use impasse_extract::{Context, Date, candidates, timexes};

fn main() -> std::io::Result<()> {
    let context = Context { published: Date::new(2026, 1, 29), ..Context::default() };
    let mut out = std::io::stdout().lock();
    let size: usize = std::env::args().nth(1).and_then(|size| size.parse().ok()).unwrap_or(1_000_000);
    for piece in [
        "a",
        "1",
        "-",
        "the last ",
        "\"",
        ".",
        "9,",
        "two to ",
        "January ",
        "'s",
        "U.",
        "\n",
        "of the ",
        "sued ",
        "A. ",
        "He sued them on Jan. 9. ",
        "Jan. 9, ",
        "• the memo\n",
        "1998 and ",
        "two days after ",
        "é",
        "a\u{301}",
        "\u{301}",
        "日",
        "of ",
        "Monday ",
        "“‘",
        "(",
        "((a) ",
        "twenty ",
        "one hundred and ",
        "the first of the ",
        "the first week of ",
        "early ",
        "last ",
        "full ",
        "one more ",
        "year-ago ",
        "fiscal-",
        ".?",
        ".)",
        "first ",
        "a week from ",
        "two years ago this ",
        "every other ",
        "once every ",
        "the same ",
        "half past ",
        "10:",
        "1/1/",
        "the 80s and ",
        "'89 ",
        "Q3 ",
        "fiscal ",
        "between 1 and ",
        "until ",
        "a.m. ",
        "a'",
        "1.",
        "the last quarter of ",
        "from Jan. 5 to ",
        "New Year's ",
    ] {
        // The word at the end keeps the last piece from closing the text.
        let text = piece.repeat(size / piece.len()) + "a";
        let start = Instant::now();
        let found = timexes(&text, &context).len();
        let tagged = start.elapsed();
        let start = Instant::now();
        let events = candidates(&text, &context).candidates.len();
        writeln!(
            out,
            "{piece:?}: {found} expressions in {tagged:.0?}; {events} candidates in {:.0?}",
            start.elapsed()
        )?;
        out.flush()?;
    }
    Ok(())
}
