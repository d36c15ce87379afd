//! Looking for words in the events, quotes and articles of one dispute, or of all that the reader may find.

use leptos::prelude::*;

use super::dispute::view_of;
use super::{entry, trail};
use crate::components::fields::{Field, error_summary, options};
use crate::components::parts::date_words;
use crate::model::article::ArticleText;
use crate::model::dispute::Dispute;
use crate::model::event::{Event, Kind};
use crate::model::role::Role;
use crate::model::search::{Excerpt, excerpt, tokens};
use crate::model::time::long_day;
use crate::model::view::encode;
use crate::page::{Page, PageError, PageRequest, Submission};
use crate::store::{Hit, Matched, Question};
use crate::t;

/// How many results one page shows.
const PAGE: usize = 20;

/// About how many characters of a text are shown around the words.
const EXCERPT: usize = 240;

/// The last page that can be asked for.
const LAST: usize = 50;

/// Something that was found, with what is shown of it.
enum Found {
    Event(Dispute, Box<Event>),
    Article(Dispute, Role, Box<ArticleText>),
}

/// `/search` and `/d/{slug}/search`
///
/// # Errors
/// As the page of the dispute.
pub async fn search(request: &PageRequest, slug: Option<&str>) -> Result<Page, PageError> {
    let within = match slug {
        Some(slug) => Some(entry(request, slug).await?.0),
        None => None,
    };
    let (view, errors) = view_of(request);
    let number = request.param("page").and_then(|page| page.parse().ok()).unwrap_or(1).clamp(1, LAST);
    let question = Question {
        words: tokens(&view.text),
        dispute: within.as_ref().map(|dispute| dispute.id.clone()),
        kinds: view.kinds.clone(),
        range: view.range,
    };
    let from = (number - 1) * PAGE;
    let (hits, more) = request.store.search(&request.reader, &question, from, PAGE).await?;
    let mut found = Vec::with_capacity(hits.len());
    for hit in hits {
        found.extend(whole(request, hit).await?);
    }
    let status = if errors.is_empty() { 200 } else { 400 };
    let form = Submission { values: request.query.clone(), errors, ..Submission::default() };
    let (path, words) = (request.path.clone(), question.words);
    let more = more && number < LAST;
    let title = match &within {
        Some(dispute) => t!("search-search", title = dispute.title),
        None => t!("search-search-2").to_owned(),
    };
    Ok(Page::new(title, move || {
        let items: Vec<_> = found.iter().map(|one| item(one, &words, within.is_none())).collect();
        let said = match (words.is_empty(), found.len()) {
            (true, _) => t!("search-give-one-word-or-more").to_owned(),
            (false, 0) if number == 1 => t!("search-nothing-has-all-of-these").to_owned(),
            (false, 0) => t!("search-there-are-no-more-results").to_owned(),
            (false, 1) if number == 1 => t!("search-one-result").to_owned(),
            (false, n) => t!("search-results-to-latest-first", from = from + 1, to = from + n),
        };
        view! {
            {within.as_ref().map(|dispute| trail(dispute, &[]))}
            <h1>{t!("search-search-2")}</h1>
            {error_summary(&form)}
            {search_form(&form, &path)}
            <p class="found" role="status">{said}</p>
            <ol class="hits">{items}</ol>
            {pager(&form, &path, number, more)}
        }
        .into_any()
    })
    .with_status(status))
}

/// What is shown of a hit; nothing if it was deleted meanwhile.
async fn whole(request: &PageRequest, hit: Hit) -> Result<Option<Found>, PageError> {
    let Hit { dispute, role, matched } = hit;
    let found = match matched {
        Matched::Event(id) => {
            request.store.event(&dispute.id, &id).await.map(|event| Found::Event(dispute, Box::new(event)))
        }
        Matched::Article(id) => request
            .store
            .article(&dispute.id, &id)
            .await
            .map(|article| Found::Article(dispute, role, Box::new(article))),
    };
    match found.map_err(PageError::from) {
        Ok(found) => Ok(Some(found)),
        Err(PageError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

fn search_form(form: &Submission, path: &str) -> AnyView {
    let mut kinds = vec![(String::new(), t!("search-any-kind").to_owned())];
    kinds.extend(options!(Kind));
    view! {
        <form method="get" action=path.to_owned() role="search" class="form search-form">
            {Field::new(form, "q", t!("search-words")).required().text("search", "off")}
            <div class="field-row">
                {Field::new(form, "kind", t!("search-kind-of-event")).choice(&kinds)}
                {Field::new(form, "from", t!("search-from")).text("date", "off")}
                {Field::new(form, "to", t!("search-to")).text("date", "off")}
            </div>
            <div class="form-end"><button class="button button-main" type="submit">{t!("search-search-2")}</button></div>
        </form>
    }
    .into_any()
}

fn item(found: &Found, words: &[String], names_dispute: bool) -> AnyView {
    match found {
        Found::Event(dispute, event) => {
            let quotes = event.citations.iter().map(|citation| citation.passage.exact.as_str());
            let texts = std::iter::once(event.description.as_str()).chain(quotes);
            let shown: Vec<_> = texts
                .filter_map(|text| excerpt(text, words, EXCERPT))
                .take(2)
                .map(|part| view! { <p class="hit-text">{marked(&part)}</p> })
                .collect();
            view! {
                <li class="hit">
                    <p class="hit-facts">{date_words(&event.date)}" · "{event.kind.label()}{place(dispute, names_dispute)}</p>
                    <h2><a href=format!("/d/{}/events/{}", dispute.slug, event.id)>{title(&event.title, words)}</a></h2>
                    {shown}
                </li>
            }
            .into_any()
        }
        Found::Article(dispute, role, found) => {
            let article = &found.article;
            let facts = match article.published {
                Some(day) => t!("search-article-of", publisher = article.publisher, day = long_day(day)),
                None => t!("search-article", publisher = article.publisher),
            };
            // Readers are shown quotes and links and not other people's articles.
            let reads = *role >= Role::Contributor;
            let href = match &article.url {
                _ if reads => format!("/d/{}/articles/{}", dispute.slug, article.id),
                Some(url) => url.clone(),
                None => format!("/d/{}/articles", dispute.slug),
            };
            let text = reads
                .then(|| excerpt(&found.text, words, EXCERPT))
                .flatten()
                .map(|part| view! { <p class="hit-text">{marked(&part)}</p> });
            view! {
                <li class="hit">
                    <p class="hit-facts">{facts}{place(dispute, names_dispute)}</p>
                    <h2><a href=href rel="nofollow">{title(&article.title, words)}</a></h2>
                    {text}
                </li>
            }
            .into_any()
        }
    }
}

fn place(dispute: &Dispute, is_named: bool) -> Option<AnyView> {
    is_named
        .then(|| view! { " · "<a href=format!("/d/{}", dispute.slug)>{dispute.title.clone()}</a> }.into_any())
}

fn title(text: &str, words: &[String]) -> AnyView {
    match excerpt(text, words, usize::MAX / 4) {
        Some(part) => marked(&part),
        None => text.to_owned().into_any(),
    }
}

fn marked(found: &Excerpt) -> AnyView {
    let parts: Vec<_> = found
        .parts
        .iter()
        .map(|(text, is_word)| {
            if *is_word { view! { <mark>{text.clone()}</mark> }.into_any() } else { text.clone().into_any() }
        })
        .collect();
    view! { {found.is_cut_before.then_some("… ")}{parts}{found.is_cut_after.then_some(" …")} }.into_any()
}

fn pager(form: &Submission, path: &str, number: usize, more: bool) -> Option<AnyView> {
    let address = |page: usize| {
        let pairs = form.values.iter().filter(|(name, value)| name != "page" && !value.is_empty());
        let mut query: Vec<String> =
            pairs.map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        if page > 1 {
            query.push(format!("page={page}"));
        }
        format!("{path}?{}", query.join("&"))
    };
    let earlier = (number > 1).then(
        || view! { <a class="button" rel="prev" href=address(number - 1)>{t!("search-later-results")}</a> },
    );
    let later = more.then(
        || view! { <a class="button" rel="next" href=address(number + 1)>{t!("search-earlier-results")}</a> },
    );
    (number > 1 || more).then(|| {
        view! { <nav class="tools" aria-label=t!("search-pages-of-results")>{earlier}{later}</nav> }
            .into_any()
    })
}
