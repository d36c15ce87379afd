//! `impasse ingest` and `impasse extract`

use std::io::{BufRead, BufWriter, Read, Write};
use std::path::PathBuf;

use clap::Args;
use impasse_app::forms::read_article;
use impasse_app::model::revision::Actor;
use impasse_app::page::Submission;
use impasse_extract as extract;
use serde::Deserialize;
use serde_json::json;

use super::{Failure, open, tell};
use crate::ingest;
use crate::settings::Settings;

#[derive(Args)]
pub(super) struct Ingest {
    /// A text file, or - for standard input
    file: PathBuf,
    /// The dispute's name in its address
    #[arg(long)]
    dispute: String,
    /// The headline; the first line of the text if left out
    #[arg(long)]
    title: Option<String>,
    /// Who published it
    #[arg(long)]
    publisher: String,
    /// The day of publication, such as 2026-01-29
    #[arg(long)]
    published: String,
    /// Who wrote it
    #[arg(long, default_value = "")]
    byline: String,
    /// Where it was published
    #[arg(long, default_value = "")]
    url: String,
    /// Answers in JSON
    #[arg(long)]
    json: bool,
}

impl Ingest {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failure> {
        let text = if self.file.as_os_str() == "-" {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes)?;
            String::from_utf8(bytes).map_err(|_| "the text is not UTF-8")?
        } else {
            std::fs::read_to_string(&self.file)
                .map_err(|error| format!("cannot read {}: {error}", self.file.display()))?
        };
        let first_line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
        let title = self.title.unwrap_or_else(|| first_line.chars().take(300).collect());
        let form = Submission::new(
            [
                ("title", title),
                ("publisher", self.publisher),
                ("published", self.published),
                ("byline", self.byline),
                ("url", self.url),
                ("text", text),
            ]
            .map(|(name, value)| (name.to_owned(), value))
            .to_vec(),
        );
        let draft = read_article(form, chrono::Utc::now().date_naive()).map_err(|form| {
            let errors: Vec<String> =
                form.errors.iter().map(|error| format!("{}: {}", error.field, error.message)).collect();
            errors.join(" ")
        })?;
        let store = open(settings).await?;
        let dispute = store
            .dispute(&self.dispute)
            .await
            .map_err(|error| format!("dispute {}: {error}", self.dispute))?;
        let (article, is_new) = ingest::ingest(&store, &Actor::system(), &dispute.id, draft).await?;
        let candidates = store.candidates(&dispute.id, Some(&article.id), None).await?;
        if self.json {
            tell(&json!({"article": article, "new": is_new, "candidates": candidates}).to_string());
            return Ok(());
        }
        if !is_new {
            tell("This text is there already; nothing was added.");
        }
        for candidate in &candidates {
            let event = &candidate.draft.event;
            let date = event.date.as_ref().map_or("no date", |date| date.edtf());
            tell(&format!("{date}\t{}", event.title));
        }
        tell(&format!("{} candidates wait at /d/{}/articles/{}", candidates.len(), dispute.slug, article.id));
        Ok(())
    }
}

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
