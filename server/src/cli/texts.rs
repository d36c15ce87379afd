//! `impasse extract` and `impasse timeline`: texts in, findings out, without any database.

use std::io::{BufRead, BufWriter, Write};

use clap::Args;
use impasse_extract as extract;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Failure;

#[derive(Args)]
pub(super) struct Extract {
    /// What is read: lines of JSON, {"doc","dct","title","text"}
    #[arg(long, value_parser = ["jsonl"], default_value = "jsonl")]
    format: String,
    /// Writes event candidates and not time expressions
    #[arg(long)]
    events: bool,
    /// A party of the dispute, as KEY=Name|Other name|…; may be given several times
    #[arg(long = "party", value_name = "PARTY", value_parser = read_party)]
    parties: Vec<extract::Party>,
}

#[derive(Args)]
pub(super) struct Timeline {
    /// Writes one line of JSON, {"topic","timeline","dates","entries"}, and not a table
    #[arg(long)]
    jsonl: bool,
    /// The first day wanted, such as 2026-01-09; what was published before it is not read
    #[arg(long, value_parser = read_day)]
    from: Option<extract::Date>,
    /// The last day wanted; what was published after it is not read
    #[arg(long, value_parser = read_day)]
    to: Option<extract::Date>,
    /// How many days are wanted
    #[arg(long, default_value_t = 20)]
    limit: usize,
    /// How many events are wanted for each day
    #[arg(long, default_value_t = 3)]
    events: usize,
    /// A word that marks what the timeline is about; may be given several times. The names of the parties do so by
    /// themselves, and without either the names that recur most
    #[arg(long = "keyword", value_name = "WORD")]
    keywords: Vec<String>,
    /// A party of the dispute, as KEY=Name|Other name|…; may be given several times
    #[arg(long = "party", value_name = "PARTY", value_parser = read_party)]
    parties: Vec<extract::Party>,
    /// What the answer in JSON says of its topic
    #[arg(long, default_value = "")]
    topic: String,
    /// What the answer in JSON says of its timeline
    #[arg(long = "name", default_value = "")]
    timeline: String,
}

/// One document of the input.
#[derive(Deserialize)]
struct Document {
    #[serde(default, alias = "id")]
    doc: String,
    #[serde(default, alias = "date")]
    dct: Option<String>,
    #[serde(default)]
    title: String,
    text: String,
}

impl Document {
    fn published(&self, line: usize) -> Result<Option<extract::Date>, Failure> {
        match self.dct.as_deref() {
            None | Some("") => Ok(None),
            Some(day) => {
                let read = extract::Date::parse(day.get(..10).unwrap_or(day));
                Ok(Some(read.ok_or_else(|| format!("line {line}: dct is not a day: {day}"))?))
            }
        }
    }
}

fn read_party(argument: &str) -> Result<extract::Party, String> {
    let (key, names) = argument.split_once('=').ok_or("a party is written KEY=Name|Other name")?;
    let mut names = names.split('|').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
    let name = names.next().ok_or("a party has a name after its key")?;
    Ok(extract::Party { key: key.trim().to_owned(), name, aliases: names.collect() })
}

fn read_day(argument: &str) -> Result<extract::Date, String> {
    extract::Date::parse(argument).ok_or_else(|| format!("{argument} is not a day such as 2026-01-09"))
}

/// The documents on standard input, one a line, each with the number of its line.
fn documents() -> impl Iterator<Item = Result<(usize, Document), Failure>> {
    let lines = std::io::stdin().lock().lines().enumerate();
    lines.filter_map(|(at, line)| {
        let line = match line {
            Ok(line) if line.trim().is_empty() => return None,
            Ok(line) => line,
            Err(error) => return Some(Err(format!("line {}: {error}", at + 1).into())),
        };
        let read = serde_json::from_str(&line).map_err(|error| format!("line {}: {error}", at + 1).into());
        Some(read.map(|document| (at + 1, document)))
    })
}

impl Extract {
    /// Reads documents from standard input, one a line, and writes what was found, one a line; offsets count code
    /// points.
    pub(super) fn run(self) -> Result<(), Failure> {
        let mut out = BufWriter::new(std::io::stdout().lock());
        for document in documents() {
            let (line, document) = document?;
            let context = extract::Context {
                published: document.published(line)?,
                title: &document.title,
                parties: &self.parties,
                ..extract::Context::default()
            };
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
    let mut points = extract::CodePoints::new(&document.text);
    for candidate in extract::candidates(&document.text, context).candidates {
        let quotes: Vec<_> = candidate
            .quotes
            .iter()
            .map(|quote| {
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
        let parties: Vec<_> =
            candidate.parties.iter().map(|(key, role)| json!({"key": key, "role": role})).collect();
        let line = json!({
            "doc": document.doc,
            "title": candidate.title,
            "edtf": candidate.edtf,
            "printed": candidate.date_printed,
            "rule": candidate.date_rule,
            "basis": candidate.date_basis,
            "kind": candidate.kind.as_str(),
            "phase": candidate.phase.as_str(),
            "parties": parties,
            "score": candidate.score,
            "reasons": candidate.reasons,
            "quotes": quotes,
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}

impl Timeline {
    /// Reads articles from standard input, one a line, and writes the days that matter most, in order, with the events
    /// of each.
    pub(super) fn run(self) -> Result<(), Failure> {
        let mut articles = Vec::new();
        for document in documents() {
            let (line, document) = document?;
            let published = document
                .published(line)?
                .ok_or_else(|| format!("line {line}: an article needs its day of publication, dct"))?;
            let within =
                self.from.is_none_or(|from| published >= from) && self.to.is_none_or(|to| published <= to);
            if within {
                articles.push((published, document));
            }
        }
        let dated: Vec<extract::Dated<'_>> = articles
            .iter()
            .map(|(published, document)| extract::Dated { published: *published, text: &document.text })
            .collect();
        let extractions: Vec<extract::Extraction> = articles
            .iter()
            .map(|(published, document)| {
                let context = extract::Context {
                    published: Some(*published),
                    title: &document.title,
                    parties: &self.parties,
                    ..extract::Context::default()
                };
                extract::candidates(&document.text, &context)
            })
            .collect();
        let mut keywords = self.keywords.clone();
        keywords.extend(self.parties.iter().flat_map(|party| {
            std::iter::once(&party.name)
                .chain(&party.aliases)
                .flat_map(|name| name.split(' ').map(str::to_owned))
        }));
        let options =
            extract::RankOptions { from: self.from, to: self.to, limit: Some(self.limit), keywords };
        let entries = extract::timeline(&dated, &extractions, &options);
        let mut out = BufWriter::new(std::io::stdout().lock());
        if self.jsonl {
            let dates: Vec<String> = entries.iter().map(|entry| entry.date.to_string()).collect();
            let entries: Vec<Value> = entries.iter().map(|entry| self.as_json(entry, &articles)).collect();
            let line = json!({
                "topic": self.topic,
                "timeline": self.timeline,
                "dates": dates,
                "entries": entries,
            });
            writeln!(out, "{line}")?;
        } else {
            for entry in &entries {
                writeln!(out, "{}\t{:.2}", entry.date, entry.score)?;
                for (_, candidate) in entry.candidates.iter().take(self.events) {
                    writeln!(out, "\t{}", candidate.title)?;
                }
            }
        }
        out.flush()?;
        Ok(())
    }

    fn as_json(&self, entry: &extract::TimelineEntry, articles: &[(extract::Date, Document)]) -> Value {
        let events: Vec<Value> = entry
            .candidates
            .iter()
            .take(self.events)
            .map(|(place, candidate)| {
                json!({
                    "title": candidate.title,
                    "kind": candidate.kind.as_str(),
                    "phase": candidate.phase.as_str(),
                    "score": candidate.score,
                    "doc": articles.get(*place).map(|(_, document)| document.doc.as_str()),
                    "quote": candidate.quotes.first().map(|quote| quote.text.as_str()),
                    "attribution": candidate.attribution.kind.as_str(),
                    "wording": candidate.attribution.wording,
                })
            })
            .collect();
        json!({"date": entry.date.to_string(), "score": entry.score, "events": events})
    }
}
