//! Reading an article beside what was found in it.

use std::ops::Range;

use leptos::prelude::*;

use super::article_new::confirming;
use super::articles::{origin_words, reprints_of};
use super::candidates::Cards;
use super::{entry_for, trail};
use crate::components::parts::instant;
use crate::model::article::{Article, Candidate, Stage};
use crate::model::id::ArticleId;
use crate::model::role::Role;
use crate::model::time::long_day;
use crate::model::view::View;
use crate::page::{Page, PageError, PageRequest};
use crate::{marked, t};

/// `/d/{slug}/articles/{id}`: the article's text with its date expressions and quotes marked, beside the candidates.
/// For editors only, since readers are shown quotes and links and not other people's articles.
pub async fn article(request: &PageRequest, slug: &str, id: &str) -> Result<Page, PageError> {
    let (dispute, role) = entry_for(request, slug, Role::Contributor).await?;
    let found = request.store.article(&dispute.id, &ArticleId::from(id)).await?;
    if found.article.stage == Stage::Waiting {
        return Ok(confirming(request, dispute, found));
    }
    let is_repeated = request.param("there").is_some();
    let all = request.store.articles(&dispute.id).await?;
    let reprints = reprints_of(&found.article, &all).cloned().collect::<Vec<_>>();
    let candidates = request.store.candidates(&dispute.id, Some(&found.article.id), None).await?;
    let parties = request.store.parties(&dispute.id).await?;
    let events = request.store.events(&dispute.id, &View::default()).await?;
    Ok(Page::new(found.article.title.clone(), move || {
        let articles = [found.article.clone()];
        let cards = Cards {
            dispute: &dispute,
            parties: &parties,
            articles: &articles,
            events: &events,
            back: "article".to_owned(),
            ticks_for: None,
            may_decide: role >= Role::Reviewer,
        };
        let items: Vec<_> =
            candidates.iter().map(|candidate| view! { <li>{cards.card(candidate)}</li> }).collect();
        let heading = match candidates.len() {
            0 => t!("article-no-dated-event-was-found").to_owned(),
            n => t!("article-candidates", count = n),
        };
        let article = &found.article;
        let published = article.published.map(|day| format!(", {}", long_day(day)));
        let repeated = is_repeated.then(|| {
            view! { <div class="notice"><p>{t!("article-this-article-is-there-already")}</p></div> }
        });
        let byline = (!article.byline.is_empty()).then(|| format!(" · {}", article.byline));
        let add = (role >= Role::Editor).then(|| {
            let href = format!("/d/{}/events/new", dispute.slug);
            view! { <p>{marked!("article-something-missing"; a = |words| view! { <a href=href.clone()>{words}</a> })}</p> }
        });
        view! {
            {trail(&dispute, &[(t!("article-sources"), format!("/d/{}/articles", dispute.slug))])}
            {repeated}
            <div class="review">
                <section class="review-text" aria-label=t!("article-article")>
                    <h1>{article.title.clone()}</h1>
                    <p class="soft">{article.publisher.clone()}{published}{byline}</p>
                    {provenance(article, &reprints, &dispute.slug, role >= Role::Editor)}
                    {marked_text(&found.text, &candidates)}
                </section>
                <section class="review-candidates" aria-label=t!("article-candidates-2")>
                    <h2>{heading}</h2>
                    <ol class="candidates">{items}</ol>
                    {add}
                </section>
            </div>
        }
        .into_any()
    }))
}

/// Where the article and its day come from.
fn provenance(article: &Article, reprints: &[Article], slug: &str, may_check: bool) -> AnyView {
    let address = article.url.as_ref().map(|url| {
        view! {
            <div><dt>{t!("article-address")}</dt><dd><a href=url.clone() rel="noopener nofollow">{url.clone()}</a></dd></div>
        }
    });
    let others: Vec<_> = article
        .dating
        .readings
        .iter()
        .filter(|reading| Some(reading.day) != article.published)
        .map(|reading| {
            view! { <li>{t!("article-other-day", day = long_day(reading.day), source = reading.source)}</li> }
        })
        .collect();
    let others = (!others.is_empty()).then(|| {
        view! { <div><dt>{t!("article-other-days-in-it")}</dt><dd><ul class="inline-list">{others}</ul></dd></div> }
    });
    let modified = article
        .modified
        .filter(|day| Some(*day) != article.published)
        .map(|day| view! { <div><dt>{t!("article-last-changed")}</dt><dd>{long_day(day)}</dd></div> });
    let same: Vec<_> = reprints
        .iter()
        .map(|other| {
            let href = format!("/d/{slug}/articles/{}", other.id);
            let name = if other.publisher.is_empty() { other.title.clone() } else { other.publisher.clone() };
            view! { <li><a href=href>{name}</a></li> }
        })
        .collect();
    let same = (!same.is_empty()).then(|| {
        view! {
            <div>
                <dt>{origin_words(reprints.len())}</dt>
                <dd>{t!("article-nearly-same")}" "<ul class="inline-list">{same}</ul></dd>
            </div>
        }
    });
    let check = (may_check && article.url.is_some()).then(|| {
        view! {
            <form method="post" action=format!("/d/{slug}/articles/{}/check", article.id)>
                <button class="button" type="submit">{t!("article-check-its-quotes-on-the")}</button>
            </form>
        }
    });
    view! {
        <dl class="facts">
            <div><dt>{t!("article-day-of-publication")}</dt><dd>{article.dating.words(article.published)}</dd></div>
            {others}
            {modified}
            <div><dt>{t!("article-came-here")}</dt><dd>{article.way.label()}", "{instant(article.retrieved)}</dd></div>
            {address}
            {same}
        </dl>
        {check}
        <p><a href=format!("/d/{slug}/articles/{}/history", article.id)>{t!("article-history-of-this-article")}</a></p>
    }
    .into_any()
}

/// The text in paragraphs, with candidates' quotes marked and linked to their cards, and within them the wording of
/// their dates.
fn marked_text(text: &str, candidates: &[Candidate]) -> AnyView {
    let offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let byte = |point: i64| usize::try_from(point).ok().and_then(|point| offsets.get(point).copied());
    let mut marks: Vec<Mark> = Vec::new();
    for candidate in candidates {
        for citation in &candidate.draft.event.citations {
            if let (Some(start), Some(end)) = (byte(citation.passage.start), byte(citation.passage.end)) {
                let printed = candidate.draft.event.date.as_ref().and_then(|date| date.printed());
                let date = printed.and_then(|printed| {
                    let at = text.get(start..end)?.find(printed)?;
                    Some(start + at..start + at + printed.len())
                });
                marks.push(Mark { quote: start..end, date, card: format!("#candidate-{}", candidate.id) });
            }
        }
    }
    marks.sort_by_key(|mark| mark.quote.start);
    let mut paragraphs = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let range = at..at + line.trim_end().len();
        at += line.len();
        if !range.is_empty() {
            paragraphs.push(paragraph(text, range, &marks));
        }
    }
    view! { <div class="article-text">{paragraphs}</div> }.into_any()
}

struct Mark {
    quote: Range<usize>,
    date: Option<Range<usize>>,
    card: String,
}

fn paragraph(text: &str, range: Range<usize>, marks: &[Mark]) -> AnyView {
    let slice = |range: Range<usize>| text.get(range).unwrap_or_default().to_owned();
    let mut parts: Vec<AnyView> = Vec::new();
    let mut at = range.start;
    for mark in marks {
        let (start, end) = (mark.quote.start.max(at), mark.quote.end.min(range.end));
        if start >= end {
            continue;
        }
        parts.push(slice(at..start).into_any());
        let inside = match mark.date.clone().filter(|date| date.start >= start && date.end <= end) {
            Some(date) => view! {
                {slice(start..date.start)}<b class="marked-date">{slice(date.clone())}</b>{slice(date.end..end)}
            }
            .into_any(),
            None => slice(start..end).into_any(),
        };
        parts.push(view! { <a class="marked" href=mark.card.clone()><mark>{inside}</mark></a> }.into_any());
        at = end;
    }
    parts.push(slice(at..range.end).into_any());
    view! { <p>{parts}</p> }.into_any()
}
