//! What pages say for machines: schema.org as JSON-LD (<https://schema.org/Event>, <https://schema.org/NewsArticle>).
//!
//! A date is given only where it is a day, a month or a year stated without reserve: schema.org has no words for the
//! others, and a wrong exactness is worse than none.

use serde_json::{Value, json};

use crate::components::timeline::{TimelineFrame, in_range};
use crate::model::article::Article;
use crate::model::date::{EventDate, Shape};
use crate::model::dispute::{Dispute, Party, PartyKind};
use crate::model::event::Event;

/// The most events that a page names for machines.
const MOST: usize = 100;

/// A dispute as a list of its events. The list has only their addresses, since each page says the rest of its own event
/// and a timeline is to be light.
pub(super) fn dispute(frame: &TimelineFrame, origin: &str) -> Value {
    let slug = &frame.dispute.slug;
    let held = frame.window.iter().flat_map(|window| &window.events).map(|held| &held.event);
    let listed = in_range(frame).into_iter().map(|(_, event)| event);
    let events: Vec<Value> = held
        .chain(listed.filter(|_| frame.window.is_none()))
        .take(MOST)
        .zip(1..)
        .map(|(event, nth)| {
            let address = format!("{origin}/d/{slug}/events/{}", event.id);
            json!({"@type": "ListItem", "position": nth, "url": address})
        })
        .collect();
    json!({
        "@context": "https://schema.org",
        "@type": "ItemList",
        "@id": format!("{origin}/d/{slug}"),
        "name": frame.dispute.title,
        "description": frame.dispute.summary,
        "itemListOrder": "https://schema.org/ItemListOrderAscending",
        "numberOfItems": frame.outline.len(),
        "itemListElement": events,
    })
}

/// An event with the articles that it rests on.
pub(super) fn event(
    dispute: &Dispute,
    event: &Event,
    parties: &[Party],
    articles: &[Article],
    origin: &str,
) -> Value {
    let address = format!("{origin}/d/{}/events/{}", dispute.slug, event.id);
    let involved: Vec<Value> = event
        .parties
        .iter()
        .filter_map(|part| parties.iter().find(|party| party.id == part.party))
        .map(|party| {
            let kind = match party.kind {
                PartyKind::Person => "Person",
                PartyKind::Government | PartyKind::Court | PartyKind::Legislature => "GovernmentOrganization",
                PartyKind::Company => "Corporation",
                PartyKind::Organisation | PartyKind::Other => "Organization",
            };
            json!({"@type": kind, "name": party.name, "alternateName": party.aliases})
        })
        .collect();
    let mut cited: Vec<&Article> = Vec::new();
    for citation in &event.citations {
        let article = articles.iter().find(|article| article.id == citation.article);
        cited.extend(article.filter(|article| !cited.iter().any(|known| known.id == article.id)));
    }
    // An event is part of other events only; what tells of it are its sources and the page of the whole dispute.
    let whole =
        json!({"@type": "WebPage", "url": format!("{origin}/d/{}", dispute.slug), "name": dispute.title});
    let subject_of: Vec<Value> = cited.into_iter().map(news_article).chain([whole]).collect();
    let mut said = json!({
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": address,
        "url": address,
        "name": event.title,
        "attendee": involved,
        "subjectOf": subject_of,
    });
    put(&mut said, "description", (!event.description.is_empty()).then(|| json!(event.description)));
    put_dates(&mut said, &event.date);
    said
}

fn news_article(article: &Article) -> Value {
    let mut said = json!({"@type": "NewsArticle", "headline": article.title});
    put(&mut said, "url", article.url.as_ref().map(|url| json!(url)));
    let publisher = &article.publisher;
    let named = (!publisher.is_empty()).then(|| json!({"@type": "Organization", "name": publisher}));
    put(&mut said, "publisher", named);
    let byline = &article.byline;
    let author = (!byline.is_empty()).then(|| json!({"@type": "Person", "name": byline}));
    put(&mut said, "author", author);
    put(&mut said, "datePublished", article.published.map(|day| json!(day.format("%Y-%m-%d").to_string())));
    said
}

fn put_dates(said: &mut Value, date: &EventDate) {
    match date.shape() {
        Shape::Span => {
            let day =
                |day: Option<chrono::NaiveDate>| day.map(|day| json!(day.format("%Y-%m-%d").to_string()));
            put(said, "startDate", day(date.earliest()));
            put(said, "endDate", day(date.latest()));
        }
        _ => put(said, "startDate", date.html_datetime().map(|value| json!(value))),
    }
}

fn put(said: &mut Value, name: &str, value: Option<Value>) {
    if let (Some(object), Some(value)) = (said.as_object_mut(), value) {
        object.insert(name.to_owned(), value);
    }
}
