//! Reads `{doc, dct, title, text}` JSON lines, writes `{doc, start, end, type, value}` lines with offsets in code points.
//! With `--time` says on standard error how long the tagging alone took.

use std::io::{BufRead, Write};
use std::time::{Duration, Instant};

use impasse_extract::{CodePoints, Context, Date, timexes};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let timed = std::env::args().any(|argument| argument == "--time");
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut spent = Duration::ZERO;
    let mut documents = 0_u32;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let document: Value = serde_json::from_str(&line)?;
        let text = document["text"].as_str().unwrap_or_default();
        let context = Context {
            published: document["dct"].as_str().and_then(Date::parse),
            title: document["title"].as_str().unwrap_or_default(),
            ..Context::default()
        };
        let start = Instant::now();
        let found = timexes(text, &context);
        spent += start.elapsed();
        documents += 1;
        let mut points = CodePoints::new(text);
        for timex in found {
            let (from, to) = (points.at(timex.span.start), points.at(timex.span.end));
            let record = json!({"doc": document["doc"], "start": from, "end": to, "type": timex.kind.as_str(), "value": timex.value});
            writeln!(out, "{record}")?;
        }
    }
    if timed {
        let rate = f64::from(documents) / spent.as_secs_f64();
        writeln!(std::io::stderr(), "{documents} documents in {spent:?}, {rate:.0} a second")?;
    }
    Ok(())
}
