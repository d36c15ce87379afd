//! TimelineJS3's JSON (<https://timeline.knightlab.com/docs/json-format.html>).
//!
//! A slide's start is the earliest day that its date may be, its end the latest where it lasted, and `display_date` the
//! date in words, so that nothing reads as more exact than it is. What TimelineJS has no place for stands in keys that
//! it passes over, all of which begin with `x_`.

use impasse_app::model::date::{EventDate, Precision, Qualifier, Shape};
use impasse_app::model::event::{Citation, Event};
use serde_json::{Value, json};

use crate::export::{Export, date_words};
use crate::html::{escape, paragraphs};
use crate::losses::{Loss, Part};
use crate::text::{one_line, web_address};

/// What TimelineJS says of years that it cannot draw on its usual scale.
const YEARS: std::ops::RangeInclusive<i64> = -271_820..=275_759;

pub(crate) fn write(export: &Export<'_>) -> String {
    let record = export.record;
    let dispute = &record.dispute;
    let mut about = paragraphs(&dispute.summary);
    if !dispute.question.is_empty() {
        about.push_str(&format!("<p><em>{}</em></p>", escape(&dispute.question)));
    }
    let address = escape(export.address);
    about.push_str(&format!("<p><a href=\"{address}\">{address}</a></p>"));
    let file = json!({
        "title": {
            "unique_id": format!("dispute-{}", dispute.id),
            "text": {"headline": escape(&one_line(&dispute.title)), "text": about},
        },
        "events": record.events.iter().filter_map(|event| slide(export, event)).collect::<Vec<_>>(),
        "eras": eras(export),
        "x_format": "impasse-timelinejs/1",
        "x_made": export.made,
        "x_address": export.address,
    });
    let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
    text.push('\n');
    text
}

/// An event as a slide; none if its date has no year at either end.
pub(crate) fn slide(export: &Export<'_>, event: &Event) -> Option<Value> {
    let (start, end) = bounds(&event.date)?;
    let mut text = paragraphs(&event.description);
    for citation in &event.citations {
        text.push_str(&source(export, citation));
    }
    let address = escape(&export.event_address(&event.id));
    text.push_str(&format!("<p><a href=\"{address}\">{}</a></p>", escape("This event in Impasse")));
    let mut slide = json!({
        "unique_id": event.id,
        "start_date": start,
        "display_date": date_words(&event.date),
        "text": {"headline": escape(&one_line(&event.title)), "text": text},
        "autolink": false,
        "x_edtf": event.date.edtf(),
        "x_printed": event.date.printed(),
        "x_kind": event.kind.key(),
        "x_status": event.phase.key(),
        "x_importance": event.importance.key(),
        "x_parties": event.parties.iter().filter_map(|part| {
            let party = export.record.party(&part.party)?;
            Some(json!({"key": party.key, "name": party.name, "role": part.role.key()}))
        }).collect::<Vec<_>>(),
        "x_sources": event.citations.iter().map(|citation| kept(export, citation)).collect::<Vec<_>>(),
    });
    if let Some(object) = slide.as_object_mut() {
        object.extend(end.map(|end| ("end_date".to_owned(), end)));
        let group = export.party_names(event).first().map(|name| json!(one_line(name)));
        object.extend(group.map(|group| ("group".to_owned(), group)));
        let media = event.citations.first().map(|citation| quote(export, citation));
        object.extend(media.map(|media| ("media".to_owned(), media)));
    }
    Some(slide)
}

/// The bounds of a date as TimelineJS has dates: the first, and the last where it lasted.
fn bounds(date: &EventDate) -> Option<(Value, Option<Value>)> {
    let (first, last) = (date.earliest(), date.latest());
    let part = |day: chrono::NaiveDate, precision: Precision| {
        use chrono::Datelike;
        let mut part = json!({"year": day.year()});
        if let Some(object) = part.as_object_mut() {
            let (month, day) = (json!(day.month()), json!(day.day()));
            match precision {
                Precision::Minute | Precision::Day => {
                    object.insert("month".to_owned(), month);
                    object.insert("day".to_owned(), day);
                }
                Precision::Month => drop(object.insert("month".to_owned(), month)),
                _ => {}
            }
        }
        part
    };
    let start = first.or(last).filter(|day| YEARS.contains(&i64::from(chrono::Datelike::year(day))))?;
    if date.shape() == Shape::Moment && date.is_exact() {
        let mut start = part(start, date.precision());
        if let (Precision::Minute, Some(minute), Some(object)) =
            (date.precision(), date.starts(), start.as_object_mut())
        {
            let minute = minute.rem_euclid(1440);
            object.insert("hour".to_owned(), json!(minute / 60));
            object.insert("minute".to_owned(), json!(minute % 60));
        }
        return Some((start, None));
    }
    let end = last.filter(|last| *last != start && date.shape() == Shape::Span);
    Some((part(start, Precision::Day), end.map(|end| part(end, Precision::Day))))
}

/// The first quote as the slide's medium: TimelineJS shows a blockquote large.
fn quote(export: &Export<'_>, citation: &Citation) -> Value {
    let article = export.record.article(&citation.article);
    let words = escape(&one_line(&citation.passage.exact));
    let mut media = json!({"url": format!("<blockquote>{words}</blockquote>")});
    if let (Some(object), Some(article)) = (media.as_object_mut(), article) {
        object.insert("credit".to_owned(), json!(escape(&one_line(&article.publisher))));
        object.insert("caption".to_owned(), json!(linked(article.url.as_deref(), &article.title)));
    }
    media
}

fn linked(url: Option<&str>, words: &str) -> String {
    let words = escape(&one_line(words));
    match url.and_then(web_address) {
        Some(url) => format!("<a href=\"{}\">{words}</a>", escape(url)),
        None => words,
    }
}

/// A source as a paragraph: who says so, in which article.
fn source(export: &Export<'_>, citation: &Citation) -> String {
    let Some(article) = export.record.article(&citation.article) else { return String::new() };
    let day = article.published.map(|day| format!(", {}", day.format("%Y-%m-%d"))).unwrap_or_default();
    let said = match citation.attribution.wording.as_str() {
        "" => citation.attribution.kind.label(),
        wording => wording,
    };
    let publisher = escape(&one_line(&article.publisher));
    let title = linked(article.url.as_deref(), &article.title);
    format!("<p><small>{}: {title}, {publisher}{day}</small></p>", escape(&one_line(said)))
}

/// A source as it comes back.
fn kept(export: &Export<'_>, citation: &Citation) -> Value {
    serde_json::to_value(crate::draft::DraftSource::of(export.record, citation)).unwrap_or_default()
}

/// What the parties hold, as eras; those without both bounds cannot be one.
fn eras(export: &Export<'_>) -> Vec<Value> {
    let record = export.record;
    let held = record.positions.iter().filter_map(|position| {
        let (start, end) = (position.date.earliest()?, position.date.latest()?);
        let party = record.party(&position.party)?;
        let day = |day: chrono::NaiveDate| {
            use chrono::Datelike;
            json!({"year": day.year(), "month": day.month(), "day": day.day()})
        };
        let words = format!("{}: {}", party.name, position.statement);
        Some(json!({
            "start_date": day(start),
            "end_date": day(end),
            "text": {"headline": escape(&one_line(&words))},
        }))
    });
    held.collect()
}

/// What the JSON cannot hold, or TimelineJS does not show of it.
pub(crate) fn losses(export: &Export<'_>) -> Vec<Loss> {
    let record = export.record;
    let many = |part, n: usize, rest: &str| Loss::of(part, n, "event", "events", rest);
    let dates = record.events.iter().map(|event| &event.date);
    let reserved = dates.clone().filter(|date| date.qualifier() != Qualifier::Exact).count();
    let is_window = |date: &&EventDate| {
        date.shape() != Shape::Span && !date.is_exact() && date.qualifier() == Qualifier::Exact
    };
    let windows = dates.clone().filter(is_window).count();
    let undated = dates.clone().filter(|date| bounds(date).is_none()).count();
    let several = record.events.iter().filter(|event| event.parties.len() > 1).count();
    let rivals =
        record.events.iter().filter(|event| impasse_app::model::event::has_rival_dates(event)).count();
    let open =
        record.positions.iter().filter(|held| held.date.earliest().and(held.date.latest()).is_none()).count();
    let sourced = record.positions.iter().filter(|held| held.source.is_some()).count();
    [
        many(Part::Dates, reserved, "with an approximate or uncertain date: drawn at its first day, with its words beside it."),
        many(Part::Dates, windows, "dated only between two days: drawn at the first, with the words beside it."),
        many(Part::Dates, undated, "whose date has no year that TimelineJS can draw: left out."),
        many(Part::RivalDates, rivals, "with rival dates: one is drawn, the others stand in x_sources."),
        many(Part::Parties, several, "with several parties: it stands in the lane of the first, the others are in x_parties."),
        Loss::of(Part::Positions, open, "position", "positions", "without an end: left out, since an era must have one."),
        Loss::of(Part::Positions, sourced, "position", "positions", "with a quote that shows it: the quote is left out."),
        (!record.events.is_empty()).then(|| Loss::new(Part::Facts, "Kind, phase and importance are in x_kind, x_status and x_importance, which TimelineJS does not show.")),
    ]
    .into_iter()
    .flatten()
    .collect()
}
