//! markwhen's text (<https://docs.markwhen.com>): EDTF of level 0 with our own fields as properties.
//!
//! markwhen knows days, months, years and ranges of them. What a date is besides stands in the property `edtf`, and in
//! words in the event's first line.

use impasse_app::model::date::{EventDate, Shape};
use impasse_app::model::event::{Citation, Event};

use crate::export::{Export, date_words};
use crate::losses::{Loss, Part};
use crate::text::{one_line, plain, web_address};

pub(crate) fn write(export: &Export<'_>) -> String {
    let record = export.record;
    let dispute = &record.dispute;
    let mut out = format!("title: {}\n", quoted(&dispute.title));
    if !dispute.summary.is_empty() {
        out.push_str(&format!("description: {}\n", quoted(&dispute.summary)));
    }
    out.push_str(&format!("source: {}\n", quoted(export.address)));
    for event in &record.events {
        out.push('\n');
        out.push_str(&written(export, event));
    }
    out
}

fn written(export: &Export<'_>, event: &Event) -> String {
    let Some(range) = range(&event.date) else {
        // A comment, so that it is not lost to whoever reads the text.
        return format!("// {}: {}\n", date_words(&event.date), one_line(&event.title));
    };
    let mut out = format!("{range}: {}\n", words(&event.title));
    let mut property = |name: &str, value: &str| {
        if !value.is_empty() {
            out.push_str(&format!("  {name}: {}\n", quoted(value)));
        }
    };
    property("id", event.id.as_str());
    property("edtf", event.date.edtf());
    property("printed", event.date.printed().unwrap_or_default());
    property("kind", event.kind.key());
    property("status", event.phase.key());
    property("importance", event.importance.key());
    property("parties", &export.party_names(event).join("; "));
    if !event.date.is_exact() {
        property("date", &date_words(&event.date));
    }
    let mut body = String::new();
    for line in plain(&event.description).lines() {
        body.push_str(&format!("  {}\n", words(line)));
    }
    for citation in &event.citations {
        body.push_str(&source(export, citation));
    }
    out + &body
}

/// The date as markwhen has it: a day, a month, a year, or a range of them; none without a bound.
fn range(date: &EventDate) -> Option<String> {
    let plain = |text: &str| {
        (4..=10).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
            && !text.starts_with('-')
    };
    if date.shape() == Shape::Moment && date.is_exact() && plain(date.edtf()) {
        return Some(date.edtf().to_owned());
    }
    let day = |day: chrono::NaiveDate| day.format("%Y-%m-%d").to_string();
    let in_reach = |day: &chrono::NaiveDate| (0..=9999).contains(&chrono::Datelike::year(day));
    let (first, last) = (date.earliest().filter(in_reach), date.latest().filter(in_reach));
    match (first, last) {
        (Some(first), Some(last)) if first == last => Some(day(first)),
        (Some(first), Some(last)) => Some(format!("{}/{}", day(first), day(last))),
        (Some(first), None) if date.shape() == Shape::Span => Some(format!("{}/now", day(first))),
        (Some(one), None) | (None, Some(one)) => Some(day(one)),
        (None, None) => None,
    }
}

/// A text in one line that markwhen does not take for anything else: a line that begins like a date would begin
/// another event, one that begins with # or // a section or a comment.
fn words(text: &str) -> String {
    let line = one_line(text);
    let line = line.trim();
    let is_taken = line.starts_with(['#', '-', '/', '@', '!'])
        || line.split(' ').next().is_some_and(|word| word.contains(':'))
        || line
            .split_once(':')
            .is_some_and(|(head, _)| head.chars().any(|one| one.is_ascii_digit()) || head.len() < 40);
    // A zero-width space at the front and instead of nothing else: it is not seen, and the line is no longer a date.
    if is_taken { format!("\u{200b}{}", line.replace(':', "\u{a789}")) } else { line.to_owned() }
}

/// A value of YAML, in quotes: what is in it is never taken for anything but text.
fn quoted(text: &str) -> String {
    format!("\"{}\"", one_line(text).replace('\\', "\\\\").replace('"', "\\\""))
}

fn source(export: &Export<'_>, citation: &Citation) -> String {
    let Some(article) = export.record.article(&citation.article) else { return String::new() };
    let quote = one_line(&citation.passage.exact);
    let name = if article.publisher.is_empty() { &article.title } else { &article.publisher };
    let name = one_line(name).replace(['[', ']'], "");
    let name = match article.url.as_deref().and_then(web_address) {
        // The address is in parentheses, so it may have none.
        Some(url) => format!("[{name}]({})", url.replace('(', "%28").replace(')', "%29")),
        None => name,
    };
    format!("  “{}” {name}\n", quote.replace(':', "\u{a789}"))
}

pub(crate) fn losses(export: &Export<'_>) -> Vec<Loss> {
    let record = export.record;
    let many = |part, n: usize, rest: &str| Loss::of(part, n, "event", "events", rest);
    let inexact = record.events.iter().filter(|event| !event.date.is_exact()).count();
    let unplaced = record.events.iter().filter(|event| range(&event.date).is_none()).count();
    let rivals =
        record.events.iter().filter(|event| impasse_app::model::event::has_rival_dates(event)).count();
    let cited = record.events.iter().filter(|event| !event.citations.is_empty()).count();
    let coloned = record
        .events
        .iter()
        .filter(|event| event.description.contains(':') || event.title.contains(':'))
        .count();
    [
        many(Part::Dates, inexact, "with a date that is not a plain day, month or year: drawn over all that it may be, exactly in the property edtf."),
        many(Part::Dates, unplaced, "without a day at either end: a comment."),
        many(Part::RivalDates, rivals, "with rival dates: only the event's own is written."),
        many(Part::Citations, cited, "with quotes: written as text, without who says so and where they stand."),
        many(Part::Texts, coloned, "with colons, which would begin another event: written as ꞉ where they would."),
        Loss::of(Part::Positions, record.positions.len(), "position", "positions", "left out."),
        (!record.events.is_empty()).then(|| Loss::new(Part::Parties, "Of parties only the names are written, not their parts.")),
    ]
    .into_iter()
    .flatten()
    .collect()
}
