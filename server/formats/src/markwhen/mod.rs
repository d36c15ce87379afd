//! markwhen's text (<https://docs.markwhen.com>): EDTF of level 0 with our own fields as properties.
//!
//! markwhen knows days, months, years and ranges of them. What a date is besides stands in the property `edtf`, and in
//! words in the property `date`.

mod escape;
mod read;

use chrono::NaiveDate;
use impasse_app::model::date::{EventDate, Precision, Shape};
use impasse_app::model::event::{Citation, Event, has_rival_dates};

use crate::export::{Export, date_words};
use crate::losses::{Loss, Part};
use crate::text::{one_line, plain, web_address};
use impasse_app::t;

pub(crate) use read::read;

pub(crate) fn write(export: &Export<'_>) -> String {
    let record = export.record;
    let dispute = &record.dispute;
    let mut out = String::new();
    for (name, value) in [
        ("title", dispute.title.as_str()),
        ("description", &dispute.summary),
        ("question", &dispute.question),
        ("rule", &dispute.inclusion_rule),
        ("source", export.address),
    ] {
        if !value.is_empty() {
            out.push_str(&format!("{name}: {}\n", quoted(value)));
        }
    }
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
    let mut out = format!("{range}: {}\n", escape::title(&one_line(&event.title)));
    let mut property = |name: &str, value: &str| out.push_str(&format!("  {name}: {value}\n"));
    property("id", &quoted(event.id.as_str()));
    property("edtf", &quoted(event.date.edtf()));
    if let Some(printed) = event.date.printed() {
        property("printed", &quoted(printed));
    }
    property("kind", &quoted(event.kind.key()));
    property("status", &quoted(event.phase.key()));
    property("importance", &quoted(event.importance.key()));
    let parties: Vec<String> = export.party_names(event).iter().map(|name| quoted(name)).collect();
    property("parties", &format!("[{}]", parties.join(", ")));
    if !is_plain(&event.date) {
        property("date", &quoted(&date_words(&event.date)));
    }
    for line in described(event) {
        out.push_str(&indented(&escape::line(&line)));
    }
    for citation in &event.citations {
        out.push_str(&indented(&source(export, citation)));
    }
    out
}

/// The lines of an event's description.
fn described(event: &Event) -> Vec<String> {
    plain(&event.description).lines().map(|line| line.replace(['\u{2028}', '\u{2029}'], " ")).collect()
}

fn indented(line: &str) -> String {
    if line.is_empty() { "\n".to_owned() } else { format!("  {line}\n") }
}

/// Whether markwhen has the date as it is: a day, a month, a year.
fn is_plain(date: &EventDate) -> bool {
    range(date).as_deref() == Some(date.edtf())
}

/// The date as markwhen has it: a day, a month, a year, or a range of days; none without a bound.
fn range(date: &EventDate) -> Option<String> {
    let is_in_reach = |day: &NaiveDate| (0..=9999).contains(&chrono::Datelike::year(day));
    let (first, last) = (date.earliest().filter(is_in_reach), date.latest().filter(is_in_reach));
    let is_known = matches!(date.precision(), Precision::Day | Precision::Month | Precision::Year);
    if let Some(text) = date.html_datetime().filter(|_| is_known && first.is_some()) {
        return Some(text.to_owned());
    }
    let day = |day: NaiveDate| day.format("%Y-%m-%d").to_string();
    match (first, last) {
        (Some(first), Some(last)) if first == last => Some(day(first)),
        (Some(first), Some(last)) => Some(format!("{}/{}", day(first), day(last))),
        (Some(first), None) if date.shape() == Shape::Span => Some(format!("{}/now", day(first))),
        (Some(one), None) | (None, Some(one)) => Some(day(one)),
        (None, None) => None,
    }
}

/// A value of YAML in quotes, as JSON has them. markwhen takes a number sign for a tag even there.
fn quoted(text: &str) -> String {
    serde_json::Value::from(plain(text)).to_string().replace('#', "\\u0023")
}

/// What stands between headline, publisher and day.
const BETWEEN: &str = " · ";

/// A source in a line: “words” [headline](address) · publisher · day.
fn source(export: &Export<'_>, citation: &Citation) -> String {
    let Some(article) = export.record.article(&citation.article) else { return String::new() };
    let part = |text: &str| escape::part(&one_line(text));
    let title = match article.url.as_deref().and_then(web_address) {
        Some(url) => format!("[{}]({url})", part(&article.title)),
        None => part(&article.title),
    };
    let day = article.published.map(|day| format!("{BETWEEN}{day}")).unwrap_or_default();
    format!("“{}” {title}{BETWEEN}{}{day}", part(&citation.passage.exact), part(&article.publisher))
        .trim_end()
        .to_owned()
}

pub(crate) fn losses(export: &Export<'_>) -> Vec<Loss> {
    let record = export.record;
    let events = |test: &dyn Fn(&Event) -> bool| record.events.iter().filter(|event| test(event)).count();
    let is_timed =
        |event: &Event| event.date.precision() == Precision::Minute && range(&event.date).is_some();
    let is_unplaced = |event: &Event| range(&event.date).is_none();
    let timed = events(&is_timed);
    let unplaced = events(&is_unplaced);
    let inexact = events(&|event| !is_plain(&event.date) && !is_timed(event) && !is_unplaced(event));
    let rivals = events(&has_rival_dates);
    let cited = events(&|event| !event.citations.is_empty());
    let broken =
        events(&|event| event.citations.iter().any(|citation| citation.passage.exact.contains('\n')));
    let ordered = events(&|event| event.sequence != 0);
    let parted = events(&|event| {
        escape::title(&event.title) != event.title
            || described(event).iter().any(|line| escape::line(line) != *line)
    });
    [
        Loss::of(Part::Dates, inexact, |count| t!("loss-events-with-a-date-that-is", count = count)),
        Loss::of(Part::Dates, timed, |count| t!("loss-events-with-a-time-of", count = count)),
        Loss::of(Part::Dates, unplaced, |count| t!("loss-events-without-a-day-at", count = count)),
        Loss::of(Part::RivalDates, rivals, |count| t!("loss-events-with-rival-dates-only", count = count)),
        Loss::of(Part::Facts, ordered, |count| t!("loss-events-with-a-place-of", count = count)),
        Loss::of(Part::Citations, cited, |count| t!("loss-events-with-quotes-written-as", count = count)),
        Loss::of(Part::Citations, broken, |count| t!("loss-events-with-quotes-of-several", count = count)),
        Loss::of(Part::Texts, parted, |count| t!("loss-events-with-signs-that-markwhen", count = count)),
        Loss::of(Part::Deadlines, export.deadlines(), |count| {
            t!("loss-events-that-are-deadlines-how-they-stand", count = count)
        }),
        Loss::of(Part::Steps, export.steps(), |count| {
            t!("loss-events-that-are-steps-of-others-that", count = count)
        }),
        Loss::of(Part::Positions, record.positions.len(), |count| {
            t!("loss-positions-left-out", count = count)
        }),
        (!record.events.is_empty()).then(|| Loss::new(Part::Parties, t!("loss-of-parties-only-the-names"))),
    ]
    .into_iter()
    .flatten()
    .collect()
}
