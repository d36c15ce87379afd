//! iCalendar (RFC 5545), to be subscribed to (RFC 7986).
//!
//! A calendar knows days and times, but no dates that are uncertain or windows in which something happened once. Such an
//! event stands on the days between its bounds, with the date in words after its title. The whole event is in the
//! property X-IMPASSE-EVENT as JSON, from which it comes back; what somebody changed in a calendar program counts more.

mod lines;
mod read;
mod zone;

pub(crate) use read::read;

use chrono::{DateTime, NaiveDate, Utc};
use impasse_app::model::date::{EventDate, Precision, Shape};
use impasse_app::model::event::Event;
use impasse_app::model::time::DAY;

use crate::draft::Draft;
use crate::export::{Export, date_words};
use crate::json::cleaned;
use crate::losses::{Loss, Part};
use crate::text::{one_line, plain, web_address};
use impasse_app::t;

/// The property that has the whole event.
const WHOLE: &str = "X-IMPASSE-EVENT";

/// What stands in a description between the event's own words and its sources, as before a signature in e-mail.
const REST: &str = "\n\n-- \n";

pub(crate) fn write(export: &Export<'_>) -> String {
    let dispute = &export.record.dispute;
    let mut text = String::new();
    for (name, value) in [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//Impasse//Impasse//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("REFRESH-INTERVAL;VALUE=DURATION", "PT12H"),
        ("X-PUBLISHED-TTL", "PT12H"),
        ("SOURCE;VALUE=URI", export.file_address),
        ("URL", export.address),
    ] {
        push(&mut text, name, value);
    }
    // NAME and DESCRIPTION are RFC 7986's; the older names are what most programs show.
    for name in ["NAME", "X-WR-CALNAME"] {
        push(&mut text, name, &escaped(&one_line(&dispute.title)));
    }
    for name in ["DESCRIPTION", "X-WR-CALDESC"] {
        push(&mut text, name, &escaped(&plain(&dispute.summary)));
    }
    for event in &export.record.events {
        if let Some(time) = time(&event.date) {
            push_event(&mut text, export, event, &time);
        }
    }
    push(&mut text, "END", "VCALENDAR");
    text
}

fn push_event(text: &mut String, export: &Export<'_>, event: &Event, time: &[(&'static str, String)]) {
    let draft = Draft::of(export.record, event);
    let stamp = |moment: DateTime<Utc>| moment.format("%Y%m%dT%H%M%SZ").to_string();
    push(text, "BEGIN", "VEVENT");
    push(text, "UID", &escaped(&uid(&event.id.0, export.host())));
    // Without METHOD this is when the event was last changed, so that the same record gives the same file.
    push(text, "DTSTAMP", &stamp(event.updated));
    push(text, "CREATED", &stamp(event.created));
    push(text, "LAST-MODIFIED", &stamp(event.updated));
    push(text, "SEQUENCE", &event.version.max(0).to_string());
    for (name, value) in time {
        push(text, name, value);
    }
    push(text, "SUMMARY", &escaped(&summary(&draft)));
    let description = format!("{}{REST}{}", plain(&event.description), notes(export, event));
    push(text, "DESCRIPTION", &escaped(&description));
    push(text, "URL", &export.event_address(&event.id));
    let categories = std::iter::once(event.kind.label()).chain(export.party_names(event));
    let categories: Vec<String> = categories.map(|name| escaped(&one_line(name))).collect();
    push(text, "CATEGORIES", &categories.join(","));
    // The days are not taken from anybody's time.
    push(text, "TRANSP", "TRANSPARENT");
    if let Ok(whole) = serde_json::to_string(&draft) {
        push(text, WHOLE, &escaped(&whole));
    }
    push(text, "END", "VEVENT");
}

fn uid(id: &str, host: &str) -> String {
    format!("{}@{host}", one_line(id))
}

/// The title, and the date in words where the days do not say it.
fn summary(draft: &Draft) -> String {
    let title = one_line(&draft.title);
    if is_plain(&draft.date) { title } else { format!("{title} ({})", draft.date.words()) }
}

/// Whether a calendar's days say the same as the date.
fn is_plain(date: &EventDate) -> bool {
    let is_span_of_days = || {
        date.shape() == Shape::Span
            && date.precision() == Precision::Day
            && date.edtf().len() == 21
            && !date.edtf().contains(['~', '?', '%', 'X', '.', '{'])
    };
    date.is_exact() || is_span_of_days()
}

fn notes(export: &Export<'_>, event: &Event) -> String {
    let mut notes = t!("export-date", date = date_words(&event.date));
    for words in export.due_words(event).into_iter().chain(export.step_words(event)) {
        notes.push_str(&format!("\n{}", one_line(&words)));
    }
    for citation in &event.citations {
        let mut named = format!("“{}”", one_line(&citation.passage.exact));
        if let Some(article) = export.record.article(&citation.article) {
            let url = article.url.as_deref().and_then(web_address).unwrap_or_default();
            for part in [article.publisher.as_str(), article.title.as_str(), url] {
                if !part.is_empty() {
                    named.push_str(", ");
                    named.push_str(&one_line(part));
                }
            }
        }
        notes.push_str(&format!("\n{}", t!("export-source", source = named)));
    }
    notes
}

/// The properties that say when: a moment, or days of which the last is not among them. None before the year 1 and
/// after 9999, which RFC 5545 cannot say.
fn time(date: &EventDate) -> Option<Vec<(&'static str, String)>> {
    if date.precision() == Precision::Minute {
        let starts = date.starts()?;
        let moment = DateTime::from_timestamp(starts.checked_mul(60)?, 0)?;
        let zone = if has_zone(date) { "Z" } else { "" };
        in_range(moment.date_naive())?;
        return Some(vec![("DTSTART", format!("{}{zone}", moment.format("%Y%m%dT%H%M%S")))]);
    }
    let (first, end) = days(date)?;
    let day = |day: NaiveDate| day.format("%Y%m%d").to_string();
    Some(vec![("DTSTART;VALUE=DATE", day(first)), ("DTEND;VALUE=DATE", day(end))])
}

fn has_zone(date: &EventDate) -> bool {
    date.edtf().split_once('T').is_some_and(|(_, time)| time.contains(['Z', '+', '-']))
}

/// The first day and the day after the last. What is open on one side stands on the day that is known.
fn days(date: &EventDate) -> Option<(NaiveDate, NaiveDate)> {
    let day_at = |minute: i64| impasse_app::model::time::day_of(minute);
    let (first, end) = match (date.starts(), date.ends()) {
        (Some(start), Some(end)) => (day_at(start), day_at(end)),
        // The date that stands first may be a month: all its days cannot be told from the bound, so it is one day.
        (Some(start), None) => (day_at(start), day_at(start + DAY)),
        (None, Some(end)) => (day_at(end - DAY), day_at(end)),
        (None, None) => return None,
    };
    in_range(first)?;
    in_range(end)?;
    Some((first, end))
}

fn in_range(day: NaiveDate) -> Option<()> {
    use chrono::Datelike;
    (1..=9999).contains(&day.year()).then_some(())
}

pub(crate) fn losses(export: &Export<'_>) -> Vec<Loss> {
    let record = export.record;
    let outside = record.events.iter().filter(|event| time(&event.date).is_none()).count();
    let unplain =
        record.events.iter().filter(|event| time(&event.date).is_some() && !is_plain(&event.date)).count();
    [
        Loss::of(Part::Dates, outside, |count| t!("loss-events-are-left-out-a", count = count)),
        Loss::of(Part::Dates, unplain, |count| t!("loss-dates-are-no-plain-days", count = count)),
        Loss::of(Part::Parties, record.parties.len(), |count| {
            t!("loss-parties-are-named-in-events", count = count)
        }),
        Loss::of(Part::Positions, record.positions.len(), |count| {
            t!("loss-positions-are-left-out-x", count = count)
        }),
        Some(Loss::new(Part::About, t!("loss-the-disputes-question-and-rule"))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Text as a property has it (RFC 5545, 3.3.11).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            _ => out.push(c),
        }
    }
    out
}

/// A content line, folded to 75 octets without dividing a character (RFC 5545, 3.1).
fn push(text: &mut String, name: &str, value: &str) {
    let mut length = 0;
    for c in name.chars().chain([':']).chain(value.chars()) {
        // Values are escaped or made by the program; an address may still have what ends a line.
        let c = if c.is_control() && c != '\t' { '\u{fffd}' } else { c };
        if length + c.len_utf8() > 75 {
            text.push_str("\r\n ");
            length = 1;
        }
        text.push(c);
        length += c.len_utf8();
    }
    text.push_str("\r\n");
}

/// The event that a property has, if what a calendar shows of it still says the same; with what was changed there
/// put in its place.
fn restored(whole: &str, shown: &Shown) -> Option<Draft> {
    let mut draft: Draft = serde_json::from_value(cleaned(serde_json::from_str(whole).ok()?)).ok()?;
    let id = draft.id.as_deref()?;
    if !shown.uid.starts_with(&uid(id, "")) {
        return None;
    }
    if time(&draft.date)? != shown.time {
        draft.date = shown.date.clone()?;
        draft.title = shown.title.clone();
    } else if summary(&draft) != shown.title {
        // The words of the date are taken away again if they are still there.
        let words = format!(" ({})", draft.date.words());
        draft.title = shown.title.strip_suffix(&words).unwrap_or(&shown.title).to_owned();
    }
    let said = plain(draft.description.as_deref().unwrap_or_default());
    if said != shown.description {
        draft.description = Some(shown.description.clone());
    }
    Some(draft)
}

/// What a calendar shows of an event.
struct Shown {
    uid: String,
    time: Vec<(&'static str, String)>,
    date: Option<EventDate>,
    title: String,
    /// Without what follows [`REST`].
    description: String,
}
