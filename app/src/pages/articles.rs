//! The sources of a dispute.

use leptos::prelude::*;

use super::{entry, trail};
use crate::model::article::{Article, Decision, Stage};
use crate::model::role::Role;
use crate::model::time::long_day;
use crate::page::{Page, PageError, PageRequest};
use crate::{marked, t};

/// `/d/{slug}/articles`
pub async fn articles(request: &PageRequest, slug: &str) -> Result<Page, PageError> {
    let (dispute, role) = entry(request, slug).await?;
    let may_write = role >= Role::Editor;
    let (articles, unseen): (Vec<Article>, Vec<Article>) = request
        .store
        .articles(&dispute.id)
        .await?
        .into_iter()
        .partition(|article| article.stage == Stage::Kept);
    let deleted = request.param("deleted").filter(|_| may_write).map(str::to_owned);
    let waiting = if role >= Role::Reviewer {
        request.store.candidates(&dispute.id, None, Some(Decision::Pending)).await?
    } else {
        Vec::new()
    };
    let path = format!("/d/{}/articles", dispute.slug);
    Ok(Page::new(t!("articles-sources", title = dispute.title), move || {
        let base = path.clone();
        let empty = articles
            .is_empty()
            .then(|| view! { <p class="empty">{t!("articles-no-article-has-been-added")}</p> });
        let items: Vec<_> = articles
            .iter()
            .map(|article| {
                let open = waiting.iter().filter(|candidate| candidate.article == article.id).count();
                let reprints = reprints_of(article, &articles).count();
                item(
                    article,
                    (role >= Role::Contributor).then(|| format!("{base}/{}", article.id)),
                    open,
                    reprints,
                )
            })
            .collect();
        let unseen = (role >= Role::Contributor && !unseen.is_empty()).then(|| self::unseen(&base, &unseen));
        let undo = deleted.map(|id| {
            view! {
                <form method="post" action=format!("{base}/{id}/restore") class="notice notice-row">
                    <p>{t!("articles-the-article-was-deleted-feeds")}</p>
                    <button class="button" type="submit">{t!("articles-bring-it-back")}</button>
                </form>
            }
        });
        let add = (role >= Role::Contributor).then(|| {
            view! {
                <p class="tools">
                    <a class="button button-main" href=format!("{base}/new")>{t!("articles-add-an-article")}</a>
                    <a class="button button-quiet" href=base.replace("/articles", "/inbox")>{t!("articles-inbox")}</a>
                    <a class="button button-quiet" href=base.replace("/articles", "/feeds")>{t!("articles-feeds")}</a>
                    <a class="button button-quiet" href=base.replace("/articles", "/work")>{t!("articles-work-in-progress")}</a>
                </p>
            }
        });
        view! {
            {trail(&dispute, &[])}
            <h1>{t!("articles-sources-2")}</h1>
            {undo}
            {add}
            {unseen}
            {empty}
            <ol class="articles">{items}</ol>
        }
        .into_any()
    }))
}

/// The other articles whose texts are nearly the same as one's.
pub(super) fn reprints_of<'a>(
    article: &'a Article,
    articles: &'a [Article],
) -> impl Iterator<Item = &'a Article> + 'a {
    articles.iter().filter(|other| {
        other.stage == Stage::Kept && other.origin == article.origin && other.id != article.id
    })
}

/// How an article with so many reprints counts.
pub(super) fn origin_words(reprints: usize) -> String {
    t!("articles-one-origin-reprints", count = reprints)
}

/// The articles that somebody has to look at before they count.
fn unseen(base: &str, articles: &[Article]) -> AnyView {
    let items: Vec<_> = articles
        .iter()
        .map(|article| {
            let doubts = article.dating.doubts.join(" ");
            view! {
                <li>
                    <a href=format!("{base}/{}", article.id)>{article.title.clone()}</a>
                    <span class="soft">{article.publisher.clone()}" · "{article.way.label()}</span>
                    <span class="soft">{doubts}</span>
                </li>
            }
        })
        .collect();
    view! {
        <section class="notice notice-warn">
            <h2>{t!("articles-waiting-for-you-to-look")}</h2>
            <p>{t!("articles-they-count-as-sources-once")}</p>
            <ul class="rows">{items}</ul>
        </section>
    }
    .into_any()
}

fn item(article: &Article, review: Option<String>, open: usize, reprints: usize) -> AnyView {
    let title = match &article.url {
        Some(url) => {
            view! { <a href=url.clone() rel="noopener nofollow">{article.title.clone()}</a> }.into_any()
        }
        None => article.title.clone().into_any(),
    };
    let day = article.published.map(|day| format!(", {}", long_day(day)));
    let dated = article.published.map(
        |_| view! { <p class="soft">{t!("articles-day", day = article.dating.words(article.published))}</p> },
    );
    let origin = (reprints > 0)
        .then(|| view! { <p class="soft">{t!("articles-nearly-same", origin = origin_words(reprints))}</p> });
    let byline = (!article.byline.is_empty()).then(|| format!(" · {}", article.byline));
    let review = review.map(|href| {
        let words = marked!(
            "articles-review-waiting", count = open; a = |words| view! { <a href=href.clone()>{words}</a> },
        );
        view! { <p>{words}</p> }
    });
    view! {
        <li>
            <h2>{title}</h2>
            <p class="soft">{article.publisher.clone()}{day}{byline}</p>
            {dated}
            {origin}
            {review}
        </li>
    }
    .into_any()
}
