//! The sources of a dispute.

use leptos::prelude::*;

use super::{dispute_of, trail};
use crate::model::article::{Article, Decision};
use crate::model::time::long_day;
use crate::page::{Page, PageError, PageRequest};

/// `/d/{slug}/articles`
pub async fn articles(request: &PageRequest, slug: &str) -> Result<Page, PageError> {
    let dispute = dispute_of(request, slug).await?;
    let articles = request.store.articles(&dispute.id).await?;
    let may_write = request.viewer.is_some();
    let waiting = if may_write {
        request.store.candidates(&dispute.id, None, Some(Decision::Pending)).await?
    } else {
        Vec::new()
    };
    let path = format!("/d/{}/articles", dispute.slug);
    Ok(Page::new(format!("Sources: {}", dispute.title), move || {
        let base = path.clone();
        let empty =
            articles.is_empty().then(|| view! { <p class="empty">"No article has been added yet."</p> });
        let items: Vec<_> = articles
            .iter()
            .map(|article| {
                let open = waiting.iter().filter(|candidate| candidate.article == article.id).count();
                item(article, may_write.then(|| format!("{base}/{}", article.id)), open)
            })
            .collect();
        let add = may_write.then(|| {
            view! {
                <p class="tools">
                    <a class="button button-main" href=format!("{base}/new")>"Add an article"</a>
                    <a class="button button-quiet" href=base.replace("/articles", "/inbox")>"Inbox"</a>
                </p>
            }
        });
        view! {
            {trail(&dispute, &[])}
            <h1>"Sources"</h1>
            {add}
            {empty}
            <ol class="articles">{items}</ol>
        }
        .into_any()
    }))
}

fn item(article: &Article, review: Option<String>, open: usize) -> AnyView {
    let title = match &article.url {
        Some(url) => {
            view! { <a href=url.clone() rel="noopener nofollow">{article.title.clone()}</a> }.into_any()
        }
        None => article.title.clone().into_any(),
    };
    let day = article.published.map(|day| format!(", {}", long_day(day)));
    let byline = (!article.byline.is_empty()).then(|| format!(" · {}", article.byline));
    let review = review.map(|href| {
        let waiting = match open {
            0 => String::new(),
            1 => ", 1 candidate waiting".to_owned(),
            n => format!(", {n} candidates waiting"),
        };
        view! { <p><a href=href>"Read and review"</a>{waiting}</p> }
    });
    view! {
        <li>
            <h2>{title}</h2>
            <p class="soft">{article.publisher.clone()}{day}{byline}</p>
            {review}
        </li>
    }
    .into_any()
}
