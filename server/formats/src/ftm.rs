//! FollowTheMoney entities, as Aleph and OpenSanctions read them: one JSON object a line.
//!
//! Schemata and properties are those of the followthemoney library: Event (an Interval and a Thing), Article (a
//! Document), and the LegalEntity that fits a party. Dates there are prefixes of ISO 8601 without reserves.

use chrono::{Datelike, NaiveDate};
use impasse_app::model::article::Article;
use impasse_app::model::date::EventDate;
use impasse_app::model::dispute::{Party, PartyKind};
use impasse_app::model::event::{Event, Role};
use serde_json::{Map, Value, json};

use crate::export::{Export, date_words};
use crate::losses::{Loss, Part};
use crate::prose::clean;
use crate::text::web_address;
use impasse_app::t;

/// The record as entities: parties, cited articles, events.
pub(crate) fn write(export: &Export<'_>) -> String {
    let record = export.record;
    let parties = record.parties.iter().map(party);
    let articles = record.articles.iter().map(article);
    let events = record.events.iter().map(|one| event(export, one));
    parties.chain(articles).chain(events).map(|entity| format!("{entity}\n")).collect()
}

/// What it does not say.
pub(crate) fn losses(export: &Export<'_>) -> Vec<Loss> {
    let record = export.record;
    let count = |is: fn(&Event) -> bool| record.events.iter().filter(|event| is(event)).count();
    let dated = |is: fn(&EventDate) -> bool| record.events.iter().filter(|event| is(&event.date)).count();
    let mut losses: Vec<Loss> = [
        Loss::of(Part::Dates, dated(|date| date.html_datetime().is_none()), |count| {
            t!("loss-events-with-a-date-that", count = count)
        }),
        Loss::of(
            Part::RivalDates,
            count(|event| event.citations.iter().any(|citation| citation.date.is_some())),
            |count| t!("loss-events-with-dates-that-sources", count = count),
        ),
        Loss::of(Part::Parties, count(|event| !event.parties.is_empty()), |count| {
            t!("loss-events-with-parties-who-did", count = count)
        }),
        Loss::of(Part::Citations, record.events.iter().map(|event| event.citations.len()).sum(), |count| {
            t!("loss-citations-of-which-the-quote", count = count)
        }),
        Loss::of(Part::Facts, record.events.len(), |count| {
            t!("loss-events-without-phase-and-order", count = count)
        }),
        Loss::of(Part::Deadlines, export.deadlines(), |count| {
            t!("loss-events-that-are-deadlines-how-they", count = count)
        }),
        Loss::of(Part::Steps, export.steps(), |count| {
            t!("loss-events-that-are-steps-of-others", count = count)
        }),
        Loss::of(Part::Positions, record.positions.len(), |count| {
            t!("loss-positions-of-the-parties-left-out", count = count)
        }),
    ]
    .into_iter()
    .flatten()
    .collect();
    losses.push(Loss::new(Part::About, t!("loss-what-is-said-of-the")));
    losses
}

/// The properties of an entity, each with its values; those without are not written.
#[derive(Default)]
struct Properties(Map<String, Value>);

impl Properties {
    fn set(mut self, name: &str, values: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let mut kept: Vec<String> = Vec::new();
        for value in values {
            let value = clean(value.as_ref()).trim().to_owned();
            if !value.is_empty() && !kept.contains(&value) {
                kept.push(value);
            }
        }
        if !kept.is_empty() {
            self.0.insert(name.to_owned(), kept.into());
        }
        self
    }

    fn entity(self, id: String, schema: &str) -> Value {
        json!({ "id": id, "schema": schema, "properties": self.0 })
    }
}

/// Identifiers here stand beside those of other sources, so they say what they are of.
fn id(of: &str, id: &str) -> String {
    format!("impasse-{of}-{id}")
}

fn party(party: &Party) -> Value {
    let schema = match party.kind {
        PartyKind::Government | PartyKind::Court | PartyKind::Legislature => "PublicBody",
        PartyKind::Company => "Company",
        PartyKind::Organisation => "Organization",
        PartyKind::Person => "Person",
        PartyKind::Other => "LegalEntity",
    };
    Properties::default()
        .set("name", [&party.name])
        .set("alias", &party.aliases)
        .entity(id("party", party.id.as_str()), schema)
}

fn article(article: &Article) -> Value {
    Properties::default()
        .set("title", [&article.title])
        .set("author", [&article.byline])
        .set("publisher", [&article.publisher])
        .set("sourceUrl", article.url.as_deref().and_then(web_address))
        .set("publishedAt", article.published.map(|day| day.to_string()))
        .set("retrievedAt", [crate::atom::instant(article.retrieved)])
        .entity(id("article", article.id.as_str()), "Article")
}

fn event(export: &Export<'_>, event: &Event) -> Value {
    let record = export.record;
    let with_role = |is_actor: bool| {
        let parties = event.parties.iter().filter(move |part| (part.role == Role::Actor) == is_actor);
        parties.map(|part| id("party", part.party.as_str()))
    };
    let articles: Vec<&Article> =
        event.citations.iter().filter_map(|citation| record.article(&citation.article)).collect();
    let quotes = event.citations.iter().map(|citation| format!("“{}”", citation.passage.exact));
    let properties = Properties::default()
        .set("name", [&event.title])
        .set("description", [&event.description])
        .set("summary", [format!("{}: {}", date_words(&event.date), event.title)])
        .set("keywords", [event.kind.label()])
        .set("important", [event.importance.label()])
        .set("organizer", with_role(true))
        .set("involved", with_role(false))
        .set("notes", quotes)
        .set("publisher", articles.iter().map(|article| &article.publisher))
        .set("sourceUrl", [export.event_address(&event.id)])
        .set("proof", event.citations.iter().map(|citation| id("article", citation.article.as_str())));
    dated(properties, &event.date).entity(id("event", event.id.as_str()), "Event")
}

/// The date, if it is one that ISO 8601 has without reserve; otherwise its bounds.
fn dated(properties: Properties, date: &EventDate) -> Properties {
    if let Some(plain) = date.html_datetime() {
        return properties.set("date", [plain]);
    }
    // Years before 1 have no form that the library reads.
    let day = |day: NaiveDate| (day.year() > 0).then(|| day.to_string());
    properties.set("startDate", date.earliest().and_then(day)).set("endDate", date.latest().and_then(day))
}
