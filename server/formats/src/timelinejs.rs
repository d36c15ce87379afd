//! TimelineJS3's JSON (<https://timeline.knightlab.com/docs/json-format.html>).
//!
//! A slide's start is the earliest day that its date may be, its end the latest where it lasted, and `display_date` the
//! date in words, so that nothing reads as more exact than it is. What TimelineJS has no place for stands in keys that
//! it passes over, all of which begin with `x_`. When the file is read again they count as far as the slide still shows
//! what was written with them: an edit made to what is seen is not overruled.

use impasse_app::model::date::{EventDate, Precision, Qualifier, Shape};
use impasse_app::model::event::{Citation, Event, Importance, Kind, Phase};
use serde_json::{Value, json};

use crate::draft::{Draft, DraftParty, DraftSource, Quote, cut};
use crate::export::{Export, date_words};
use crate::format::Format;
use crate::html::{self, escape, paragraphs};
use crate::losses::{Loss, Part};
use crate::reading::{Options, Reading, Refusal, Row, RowReader};
use crate::text::{decode, one_line, web_address};
use impasse_app::t;
use impasse_app::texts::in_english;

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
        text.push_str(&named(export, citation));
    }
    let address = escape(&export.event_address(&event.id));
    text.push_str(&format!("<p><a href=\"{address}\">{}</a></p>", escape(t!("export-this-event"))));
    let mut slide = json!({
        "unique_id": event.id,
        "start_date": start,
        "display_date": escape(&date_words(&event.date)),
        "text": {"headline": escape(&one_line(&event.title)), "text": text},
        "autolink": false,
        "x_title": event.title,
        "x_description": event.description,
        "x_sequence": event.sequence,
        "x_due": event.due,
        "x_step_of": event.step_of,
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
        let group = export.party_names(event).first().map(|name| json!(escape(&one_line(name))));
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
fn named(export: &Export<'_>, citation: &Citation) -> String {
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

/// Reads TimelineJS's JSON, our own or anybody's. HTML in texts becomes plain text.
pub(crate) fn read(bytes: &[u8], options: &Options) -> Result<Reading, Refusal> {
    let (text, _) = decode(bytes);
    let file: Value = serde_json::from_str(&text)?;
    let Some(events) = file.get("events").and_then(Value::as_array) else {
        return Err(Refusal::whole(t!("file-no-events")));
    };
    let mut reading = Reading::new(Format::TimelineJs);
    if let Some(title) = file.get("title") {
        reading.about.title = one_line(&html::text(words(title, &["text", "headline"])));
        reading.about.summary = html::text(words(title, &["text", "text"]));
    }
    if let Some(eras) = file.get("eras").and_then(Value::as_array).filter(|eras| !eras.is_empty()) {
        reading.warn("eras", t!("file-eras", count = eras.len()));
    }
    for (slide, number) in events.iter().zip(1..) {
        reading.push(taken(slide, RowReader::new(number), options))?;
    }
    Ok(reading)
}

fn words<'a>(value: &'a Value, path: &[&str]) -> &'a str {
    path.iter().try_fold(value, |value, name| value.get(name)).and_then(Value::as_str).unwrap_or_default()
}

/// A slide as a row.
fn taken(slide: &Value, mut row: RowReader, options: &Options) -> Row {
    let part = |name: &str, part: &str| match slide.get(name).and_then(|date| date.get(part)) {
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::String(text)) => text.trim().to_owned(),
        _ => String::new(),
    };
    let whole = |name: &str| Parts {
        year: part(name, "year"),
        month: part(name, "month"),
        day: part(name, "day"),
        time: match (part(name, "hour"), part(name, "minute")) {
            (hour, minute) if !hour.is_empty() => format!("{hour}:{minute:0>2}"),
            _ => String::new(),
        },
    };
    let printed = slide.get("x_printed").and_then(Value::as_str).map(str::to_owned);
    let exact = EventDate::parse(words(slide, &["x_edtf"])).ok().map(|date| date.with_printed(printed));
    let shows = |date: &EventDate| {
        bounds(date).is_some_and(|(start, end)| {
            slide.get("start_date") == Some(&start)
                && slide.get("end_date") == end.as_ref()
                && words(slide, &["display_date"]) == escape(&in_english(|| date_words(date)))
        })
    };
    let date = match exact.filter(shows) {
        Some(date) => Some(date),
        None => dated(
            &mut row,
            &whole("start_date"),
            &whole("end_date"),
            words(slide, &["display_date"]),
            options,
        ),
    };
    let Some(date) = date else { return row.finish(None) };
    let (headline, text) = (words(slide, &["text", "headline"]), words(slide, &["text", "text"]));
    let own = |name: &str| slide.get(name).and_then(Value::as_str);
    let title = own("x_title").filter(|title| escape(&one_line(title)) == headline);
    let mut draft = Draft::new(date, title.map_or_else(|| one_line(&html::text(headline)), str::to_owned));
    draft.sequence = slide.get("x_sequence").and_then(Value::as_i64);
    draft.due = slide.get("x_due").and_then(|due| serde_json::from_value(due.clone()).ok()).flatten();
    draft.step_of = slide.get("x_step_of").and_then(Value::as_str).map(Into::into);
    draft.id = slide.get("unique_id").and_then(Value::as_str).filter(|id| !id.is_empty()).map(str::to_owned);
    let described = own("x_description").filter(|own| text.starts_with(&paragraphs(own)));
    draft.description = Some(described.map_or_else(|| html::text(text), str::to_owned));
    draft.kind = Kind::from_key(words(slide, &["x_kind"]));
    draft.phase = Phase::from_key(words(slide, &["x_status"]));
    draft.importance = Importance::from_key(words(slide, &["x_importance"]));
    draft.parties = match slide.get("x_parties").and_then(|own| serde_json::from_value(own.clone()).ok()) {
        Some(own) => Some(own),
        None => grouped(words(slide, &["group"])),
    };
    draft.sources = match slide.get("x_sources").and_then(|own| serde_json::from_value(own.clone()).ok()) {
        Some(own) => Some(own),
        None => medium(slide, &mut row),
    };
    if slide.get("background").is_some_and(|background| !background.is_null()) {
        row.warn("background", t!("row-background"));
    }
    row.finish(Some(draft))
}

/// The lane as a party.
pub(crate) fn grouped(name: &str) -> Option<Vec<DraftParty>> {
    let name = one_line(&html::text(name));
    (!name.is_empty()).then(|| vec![DraftParty { key: None, name, role: None }])
}

/// What a slide shows besides its text, as a source.
fn medium(slide: &Value, row: &mut RowReader) -> Option<Vec<DraftSource>> {
    let media = slide.get("media")?;
    let told = |name: &str| words(media, &[name]).to_owned();
    source(row, &told("url"), &told("credit"), &told("caption"), &told("link")).map(|source| vec![source])
}

/// A medium with its credit and caption as a source: words in a blockquote are a quote, an address is an article.
pub(crate) fn source(
    row: &mut RowReader,
    url: &str,
    credit: &str,
    caption: &str,
    link: &str,
) -> Option<DraftSource> {
    let (publisher, title) = (one_line(&html::text(credit)), one_line(&html::text(caption)));
    let leads = html::first_link(caption).or_else(|| web_address(link).map(str::to_owned));
    let is_quote = url.trim_start().to_ascii_lowercase().starts_with("<blockquote");
    let quote = is_quote.then(|| Quote::words(html::text(url)));
    let address = match (is_quote, web_address(url)) {
        (true, _) => leads,
        (false, Some(url)) => Some(url.to_owned()),
        (false, None) if url.trim().is_empty() => leads,
        (false, None) => {
            row.warn("media", t!("row-medium"));
            leads
        }
    };
    let has_any = quote.is_some() || address.is_some() || !publisher.is_empty() || !title.is_empty();
    has_any.then(|| DraftSource { url: address, publisher, title, quote, ..DraftSource::default() })
}

/// A date in the parts that TimelineJS has.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) year: String,
    pub(crate) month: String,
    pub(crate) day: String,
    /// As `14:30`; empty if it is not said.
    pub(crate) time: String,
}

impl Parts {
    /// In EDTF; none if there is no year.
    fn edtf(&self) -> Result<Option<String>, String> {
        if self.year.is_empty() {
            return match self.month.is_empty() && self.day.is_empty() && self.time.is_empty() {
                true => Ok(None),
                false => Err(t!("row-no-year").to_owned()),
            };
        }
        let number = |name: &str, text: &str| {
            text.parse::<i64>().map_err(|_| t!("row-no-whole-part", part = name, text = cut(text)))
        };
        let year = number("year", &self.year)?;
        let mut edtf = if year < 0 { format!("-{:04}", -year) } else { format!("{year:04}") };
        if self.month.is_empty() && !self.day.is_empty() {
            return Err(t!("row-day-without-month").to_owned());
        }
        for (name, text) in [("month", &self.month), ("day", &self.day)] {
            if !text.is_empty() {
                edtf.push_str(&format!("-{:02}", number(name, text)?));
            }
        }
        if let (false, Some((hour, minute))) = (self.day.is_empty(), self.time.split_once(':')) {
            let (hour, minute) = (number("hour", hour)?, number("minute", minute)?);
            edtf.push_str(&format!("T{hour:02}:{minute:02}:00"));
        }
        Ok(Some(edtf))
    }
}

/// The date of a slide; none, with an error at the row, if it cannot be told. `shown` is how it is displayed.
pub(crate) fn dated(
    row: &mut RowReader,
    start: &Parts,
    end: &Parts,
    shown: &str,
    _: &Options,
) -> Option<EventDate> {
    let (first, last) = match (start.edtf(), end.edtf()) {
        (Ok(Some(first)), Ok(last)) => {
            let last = last.filter(|last| *last != first);
            (first, last)
        }
        (Ok(None), Ok(_)) => {
            row.error("start_date", t!("row-no-slide-date"));
            return None;
        }
        (Err(message), _) => {
            row.error("start_date", message);
            return None;
        }
        (_, Err(message)) => {
            row.error("end_date", message);
            return None;
        }
    };
    let edtf = match last {
        // A span has days, not times.
        Some(last) => {
            let day = |text: &str| text.split('T').next().unwrap_or_default().to_owned();
            if first.contains('T') || last.contains('T') {
                row.warn("start_date", t!("row-time-of-span"));
            }
            if day(&first) == day(&last) { day(&first) } else { format!("{}/{}", day(&first), day(&last)) }
        }
        None => first,
    };
    match EventDate::parse(&edtf) {
        Ok(date) => {
            let shown = one_line(&html::text(shown));
            Some(date.with_printed((!shown.is_empty()).then_some(shown)))
        }
        Err(_) => {
            row.error("start_date", t!("row-no-such-date", date = edtf));
            None
        }
    }
}

/// What the JSON cannot hold, or TimelineJS does not show of it.
pub(crate) fn losses(export: &Export<'_>) -> Vec<Loss> {
    let record = export.record;
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
        Loss::of(Part::Dates, reserved, |count| t!("loss-events-with-an-approximate-or", count = count)),
        Loss::of(Part::Dates, windows, |count| t!("loss-events-dated-only-between-two", count = count)),
        Loss::of(Part::Dates, undated, |count| t!("loss-events-whose-date-has-no", count = count)),
        Loss::of(Part::RivalDates, rivals, |count| t!("loss-events-with-rival-dates-one", count = count)),
        Loss::of(Part::Parties, several, |count| t!("loss-events-with-several-parties-it", count = count)),
        Loss::of(Part::Positions, open, |count| t!("loss-positions-without-an-end-left", count = count)),
        Loss::of(Part::Positions, sourced, |count| t!("loss-positions-with-a-quote-that", count = count)),
        (!record.events.is_empty()).then(|| Loss::new(Part::Facts, t!("loss-kind-phase-and-importance-are"))),
    ]
    .into_iter()
    .flatten()
    .collect()
}
