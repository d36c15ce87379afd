//! Pasting an article, and reading it beside what was found in it.

use std::ops::Range;

use leptos::prelude::*;

use super::candidates::Cards;
use super::{dispute_of, trail};
use crate::components::fields::{Field, error_summary};
use crate::model::article::Candidate;
use crate::model::id::ArticleId;
use crate::model::time::long_day;
use crate::model::view::View;
use crate::page::{Page, PageError, PageRequest};

/// `/d/{slug}/articles/new`
pub async fn new_article(request: &PageRequest, slug: &str) -> Result<Page, PageError> {
    request.editor()?;
    let dispute = dispute_of(request, slug).await?;
    let form = request.submission();
    Ok(Page::new("Add an article", move || {
        let path = format!("/d/{}/articles", dispute.slug);
        let action = format!("{path}/new");
        view! {
            {trail(&dispute, &[("Sources", path.clone())])}
            <div class="form-page">
                <h1>"Add an article"</h1>
                <p>"Paste the text. Its dated events come out beside it, for you to accept, edit or reject; nothing enters the timeline by itself."</p>
                {error_summary(&form)}
                <form method="post" action=action class="form">
                    {Field::new(&form, "title", "Headline").required().text("text", "off")}
                    <div class="field-row">
                        {Field::new(&form, "publisher", "Publisher").required().text("text", "off")}
                        {Field::new(&form, "published", "Published on")
                            .hint("“Tuesday” and “last month” in the text are counted from this day.")
                            .required()
                            .text("text", "off")}
                        {Field::new(&form, "byline", "Byline").text("text", "off")}
                    </div>
                    {Field::new(&form, "url", "Address").text("url", "off")}
                    {Field::new(&form, "text", "Text").required().lines(16)}
                    <div class="form-end">
                        <button class="button button-main" type="submit">"Find its events"</button>
                        <a class="button button-quiet" href=path>"Cancel"</a>
                    </div>
                </form>
            </div>
        }
        .into_any()
    }))
}

/// `/d/{slug}/articles/{id}`: the article's text with its date expressions and quotes marked, beside the candidates.
/// For editors only, since readers are shown quotes and links and not other people's articles.
pub async fn article(request: &PageRequest, slug: &str, id: &str) -> Result<Page, PageError> {
    request.editor()?;
    let dispute = dispute_of(request, slug).await?;
    let found = request.store.article(&dispute.id, &ArticleId::from(id)).await?;
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
        };
        let items: Vec<_> =
            candidates.iter().map(|candidate| view! { <li>{cards.card(candidate)}</li> }).collect();
        let heading = match candidates.len() {
            0 => "No dated event was found".to_owned(),
            1 => "One candidate".to_owned(),
            n => format!("{n} candidates"),
        };
        let article = &found.article;
        let published = article.published.map(|day| format!(", {}", long_day(day)));
        let byline = (!article.byline.is_empty()).then(|| format!(" · {}", article.byline));
        let add = format!("/d/{}/events/new", dispute.slug);
        view! {
            {trail(&dispute, &[("Sources", format!("/d/{}/articles", dispute.slug))])}
            <div class="review">
                <section class="review-text" aria-label="Article">
                    <h1>{article.title.clone()}</h1>
                    <p class="soft">{article.publisher.clone()}{published}{byline}</p>
                    {marked_text(&found.text, &candidates)}
                </section>
                <section class="review-candidates" aria-label="Candidates">
                    <h2>{heading}</h2>
                    <ol class="candidates">{items}</ol>
                    <p>"Something missing? " <a href=add>"Add an event by hand"</a> "."</p>
                </section>
            </div>
        }
        .into_any()
    }))
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
