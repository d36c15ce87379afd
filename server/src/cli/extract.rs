//! `impasse extract`

use std::io::{BufRead, BufWriter, Write};

use clap::Args;
use impasse_extract as extract;
use serde::Deserialize;
use serde_json::json;

use super::Failure;

#[derive(Args)]
pub(super) struct Extract {
    /// What is read: lines of JSON, {"doc","dct","title","text"}
    #[arg(long, value_parser = ["jsonl"], default_value = "jsonl")]
    format: String,
    /// Writes event candidates and not time expressions
    #[arg(long)]
    events: bool,
}

/// One document of the input.
#[derive(Deserialize)]
struct Document {
    doc: String,
    #[serde(default)]
    dct: Option<String>,
    #[serde(default)]
    title: String,
    text: String,
}

impl Extract {
    /// Reads documents from standard input, one a line, and writes what was found, one a line; offsets count code
    /// points.
    pub(super) fn run(self) -> Result<(), Failure> {
        let mut out = BufWriter::new(std::io::stdout().lock());
        for (at, line) in std::io::stdin().lock().lines().enumerate() {
            let line = line?;
            if line.trim().is_empty() {
                continue;
            }
            let document: Document =
                serde_json::from_str(&line).map_err(|error| format!("line {}: {error}", at + 1))?;
            let published = match document.dct.as_deref() {
                None | Some("") => None,
                Some(day) => {
                    let read = extract::Date::parse(day.get(..10).unwrap_or(day));
                    Some(read.ok_or_else(|| format!("line {}: dct is not a day: {day}", at + 1))?)
                }
            };
            let context =
                extract::Context { published, title: &document.title, ..extract::Context::default() };
            if self.events {
                write_candidates(&mut out, &document, &context)?;
            } else {
                write_timexes(&mut out, &document, &context)?;
            }
        }
        out.flush()?;
        Ok(())
    }
}

fn write_timexes(
    out: &mut impl Write,
    document: &Document,
    context: &extract::Context<'_>,
) -> Result<(), Failure> {
    let mut points = extract::CodePoints::new(&document.text);
    for timex in extract::timexes(&document.text, context) {
        let line = json!({
            "doc": document.doc,
            "start": points.at(timex.span.start),
            "end": points.at(timex.span.end),
            "type": timex.kind.as_str(),
            "value": timex.value,
            "edtf": timex.edtf,
            "rule": timex.rule,
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn write_candidates(
    out: &mut impl Write,
    document: &Document,
    context: &extract::Context<'_>,
) -> Result<(), Failure> {
    for candidate in extract::candidates(&document.text, context).candidates {
        let quotes: Vec<_> = candidate
            .quotes
            .iter()
            .map(|quote| {
                let mut points = extract::CodePoints::new(&document.text);
                json!({
                    "start": points.at(quote.span.start),
                    "end": points.at(quote.span.end),
                    "text": quote.text,
                    "attribution": quote.attribution.kind.as_str(),
                    "wording": quote.attribution.wording,
                    "count": quote.attribution.count,
                })
            })
            .collect();
        let line = json!({
            "doc": document.doc,
            "title": candidate.title,
            "edtf": candidate.edtf,
            "printed": candidate.date_printed,
            "rule": candidate.date_rule,
            "basis": candidate.date_basis,
            "kind": candidate.kind.as_str(),
            "phase": candidate.phase.as_str(),
            "score": candidate.score,
            "quotes": quotes,
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}
