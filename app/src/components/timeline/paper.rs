//! The timeline on paper: the sources of the events as numbered footnotes, and all events in one list.

use std::collections::HashMap;

use leptos::prelude::*;

use super::TimelineFrame;
use super::list::{Period, in_range, period_item};
use super::marks::event_item;
use crate::model::article::Article;
use crate::model::id::{ArticleId, EventId};
use crate::model::time::long_day;
use crate::store::EventBrief;
use crate::t;

/// The articles that events cite, numbered in the order in which a reader meets them.
#[derive(Debug, Clone, Default)]
pub struct Footnotes {
    articles: Vec<Article>,
    of: HashMap<EventId, Vec<usize>>,
}

impl Footnotes {
    /// Numbers the articles that `events` cite. `cited` says which event cites which article, in the order of each
    /// event's citations.
    pub fn number(events: &[EventBrief], cited: Vec<(EventId, ArticleId)>, articles: &[Article]) -> Self {
        let mut by_event: HashMap<EventId, Vec<ArticleId>> = HashMap::new();
        for (event, article) in cited {
            by_event.entry(event).or_default().push(article);
        }
        let known: HashMap<&ArticleId, &Article> =
            articles.iter().map(|article| (&article.id, article)).collect();
        let mut notes = Self::default();
        let mut numbers: HashMap<ArticleId, usize> = HashMap::new();
        for event in events {
            let mut own = Vec::new();
            for id in by_event.remove(&event.id).unwrap_or_default() {
                let Some(article) = known.get(&id) else { continue };
                let number = *numbers.entry(id).or_insert_with(|| {
                    notes.articles.push((*article).clone());
                    notes.articles.len()
                });
                if !own.contains(&number) {
                    own.push(number);
                }
            }
            notes.of.insert(event.id.clone(), own);
        }
        notes
    }

    /// The numbers of an event's footnotes. They show on paper only.
    pub(super) fn of(&self, event: &EventId) -> Option<AnyView> {
        let numbers = self.of.get(event).filter(|numbers| !numbers.is_empty())?;
        let words: Vec<String> = numbers.iter().map(usize::to_string).collect();
        Some(view! { <sup class="fn">{words.join(",")}</sup> }.into_any())
    }
}

/// The footnotes themselves, for the end of the page. They show on paper only.
pub fn sources(notes: &Footnotes) -> Option<AnyView> {
    let items: Vec<_> = notes
        .articles
        .iter()
        .map(|article| {
            let publisher = (!article.publisher.is_empty()).then(|| format!("{}, ", article.publisher));
            let day = article.published.map(|day| format!(", {}", long_day(day)));
            let url =
                article.url.as_ref().map(|url| view! { <span class="pp-url">{format!(" {url}")}</span> });
            view! { <li>{publisher}<cite>{article.title.clone()}</cite>{day}"."{url}</li> }
        })
        .collect();
    (!items.is_empty()).then(|| {
        view! {
            <section class="pp-notes">
                <h2>{t!("print-sources")}</h2>
                <ol>{items}</ol>
            </section>
        }
        .into_any()
    })
}

/// All events of the view in one list, however many.
pub fn whole_list(frame: &TimelineFrame) -> AnyView {
    let inside = in_range(frame);
    let at =
        |place: Option<&(usize, &EventBrief)>| place.map_or(0.0, |(_, event)| event.date.sorts_at() as f64);
    let period = Period::over(at(inside.first()), at(inside.last()));
    let mut items = Vec::new();
    let mut current = None;
    for (nth, event) in inside {
        let number = period.of(event.date.sorts_at());
        if current != Some(number) {
            items.push(period_item(period.name(number)));
            current = Some(number);
        }
        items.push(event_item(frame, nth, event, None));
    }
    view! { <ol class="tl-events" id="events">{items}</ol> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::timeline::window::tests::event;
    use crate::model::article::{Dating, Stage, Way};

    fn article(id: &str) -> Article {
        Article {
            id: id.into(),
            url: None,
            publisher: id.to_uppercase(),
            title: format!("About {id}"),
            byline: String::new(),
            published: None,
            retrieved: chrono::DateTime::UNIX_EPOCH,
            hash: String::new(),
            canonical: None,
            modified: None,
            stage: Stage::default(),
            way: Way::default(),
            dating: Dating::default(),
            origin: id.into(),
        }
    }

    #[test]
    fn numbers_follow_the_reader() {
        let events = [
            event("1", "2026-01-01", "One"),
            event("2", "2026-01-02", "Two"),
            event("3", "2026-01-03", "Three"),
        ];
        let cited = [("2", "b"), ("2", "a"), ("2", "b"), ("1", "c"), ("9", "a")];
        let cited = cited.map(|(event, article)| (event.into(), article.into())).to_vec();
        let notes = Footnotes::number(&events, cited, &[article("a"), article("b"), article("c")]);
        let order: Vec<&str> = notes.articles.iter().map(|article| article.id.as_str()).collect();
        assert_eq!(order, ["c", "b", "a"]);
        let of = |id: &str| notes.of.get(&EventId::from(id)).cloned().unwrap_or_default();
        assert_eq!((of("1"), of("2"), of("3")), (vec![1], vec![2, 3], vec![]));
    }
}
