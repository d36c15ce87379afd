//! Adding an article, in three ways of which none is better than another, and looking at one before it counts.

use leptos::prelude::*;

use super::{dispute_for, trail};
use crate::components::fields::{Field, error_summary};
use crate::forms::OTHER_DAY;
use crate::model::article::{Article, ArticleText, Way};
use crate::model::dispute::Dispute;
use crate::model::role::Role;
use crate::model::time::long_day;
use crate::page::{Page, PageError, PageRequest, Submission};
use crate::t;

/// The kinds of files that can be read, for the browser's dialogue.
const KINDS: &str = ".html,.htm,.xhtml,.txt,.md,.markdown,.pdf,.docx,.eml";

/// `/d/{slug}/articles/new`
pub async fn new_article(request: &PageRequest, slug: &str) -> Result<Page, PageError> {
    let dispute = dispute_for(request, slug, Role::Contributor).await?;
    let form = request.submission();
    Ok(Page::new(t!("article-new-add-an-article"), move || {
        let path = format!("/d/{}/articles", dispute.slug);
        view! {
            {trail(&dispute, &[(t!("article-new-sources"), path.clone())])}
            <div class="form-page">
                <h1>{t!("article-new-add-an-article")}</h1>
                <p>{t!("article-new-give-its-address-send-it")}</p>
                {error_summary(&form)}
                <section class="way">
                    <h2>{t!("article-new-by-its-address")}</h2>
                    <form method="post" action=format!("{path}/fetch") class="form">
                        {Field::new(&form, "address", t!("article-new-address-of-the-article"))
                            .hint(t!("article-new-many-publishers-do-not-let"))
                            .required()
                            .text("url", "off")}
                        <div class="form-end">
                            <button class="button button-main" type="submit">{t!("article-new-fetch-it")}</button>
                        </div>
                    </form>
                </section>
                <section class="way">
                    <h2>{t!("article-new-as-a-file")}</h2>
                    <form method="post" action=format!("{path}/upload") enctype="multipart/form-data" class="form">
                        {Field::new(&form, "file", t!("article-new-files"))
                            .hint(t!("article-new-saved-web-pages-plain-text"))
                            .required()
                            .files(KINDS)}
                        <div class="form-end">
                            <button class="button button-main" type="submit">{t!("article-new-read-it")}</button>
                        </div>
                    </form>
                </section>
                <section class="way">
                    <h2>{t!("article-new-by-pasting-its-text")}</h2>
                    <form method="post" action=format!("{path}/new") class="form">
                        {facts(&form, None)}
                        {Field::new(&form, "text", t!("article-new-text")).required().lines(16)}
                        <div class="form-end">
                            <button class="button button-main" type="submit">{t!("article-new-find-its-events")}</button>
                            <a class="button button-quiet" href=path.clone()>{t!("article-new-cancel")}</a>
                        </div>
                    </form>
                </section>
            </div>
        }
        .into_any()
    }))
}

/// The fields about an article: typed, or to be corrected. `read` is what was read.
fn facts(form: &Submission, read: Option<&Article>) -> AnyView {
    let value = |of: fn(&Article) -> &str| read.map(of).unwrap_or_default().to_owned();
    let day = read.is_none().then(|| {
        Field::new(form, "published", t!("article-new-published-on"))
            .hint(t!("article-new-tuesday-and-last-month-in"))
            .required()
            .text("text", "off")
    });
    view! {
        {Field::new(form, "title", t!("article-new-headline")).value(value(|read| &read.title)).required().text("text", "off")}
        <div class="field-row">
            {Field::new(form, "publisher", t!("article-new-publisher"))
                .value(value(|read| &read.publisher))
                .required()
                .text("text", "off")}
            {day}
            {Field::new(form, "byline", t!("article-new-byline")).value(value(|read| &read.byline)).text("text", "off")}
        </div>
        {Field::new(form, "url", t!("article-new-address"))
            .value(value(|read| read.url.as_deref().unwrap_or_default()))
            .text("url", "off")}
    }
    .into_any()
}

/// The page of an article that waits to be looked at: what was read, to be corrected, and its day of publication, to be
/// confirmed. It is a source once that is done.
pub(super) fn confirming(request: &PageRequest, dispute: Dispute, found: ArticleText) -> Page {
    let form = request.submission();
    Page::new(found.article.title.clone(), move || {
        let article = &found.article;
        let path = format!("/d/{}/articles", dispute.slug);
        let own = format!("{path}/{}", article.id);
        let how = match (article.way, &article.url) {
            (Way::File, _) => t!("article-new-this-is-what-was-read"),
            (_, Some(_)) => t!("article-new-this-is-what-was-read-on"),
            _ => t!("article-new-this-is-what-was-read-2"),
        };
        view! {
            {trail(&dispute, &[(t!("article-new-sources"), path)])}
            <div class="form-page">
                <h1>{t!("article-new-look-at-this-article")}</h1>
                <p>{how}" "{t!("article-new-correct")}</p>
                {error_summary(&form)}
                <form method="post" action=format!("{own}/confirm") class="form">
                    {days(article, &form)}
                    {facts(&form, Some(article))}
                    {Field::new(&form, "text", t!("article-new-text"))
                        .hint(t!("article-new-what-is-not-the-article"))
                        .value(found.text.clone())
                        .required()
                        .lines(16)}
                    <div class="form-end">
                        <button class="button button-main" type="submit">{t!("article-new-confirm-and-find-its-events")}</button>
                    </div>
                </form>
                <form method="post" action=format!("{own}/delete") class="danger">
                    <button class="button button-bad" type="submit">{t!("article-new-throw-it-away")}</button>
                </form>
            </div>
        }
        .into_any()
    })
}

/// The days that the document gives for its publication, with where each stands. One is chosen beforehand only if
/// nothing speaks against it.
fn days(article: &Article, form: &Submission) -> AnyView {
    let dating = &article.dating;
    let mut offered: Vec<(chrono::NaiveDate, Vec<String>)> = Vec::new();
    for reading in &dating.readings {
        let said = if reading.wording.is_empty() || reading.wording == reading.day.to_string() {
            reading.source.clone()
        } else {
            format!("{}: “{}”", reading.source, reading.wording)
        };
        match offered.iter_mut().find(|(day, _)| *day == reading.day) {
            Some((_, places)) if places.contains(&said) => {}
            Some((_, places)) => places.push(said),
            None => offered.push((reading.day, vec![said])),
        }
    }
    let best =
        dating.readings.first().filter(|_| dating.doubts.is_empty()).map(|reading| reading.day.to_string());
    let chosen = if form.is_empty() { best } else { Some(form.get("day").to_owned()) };
    let choice = |value: String, id: String, label: AnyView| {
        let is_chosen = chosen.as_ref() == Some(&value);
        view! {
            <div class="choice">
                <input type="radio" name="day" id=id.clone() value=value checked=is_chosen/>
                <label for=id>{label}</label>
            </div>
        }
    };
    let choices: Vec<_> = offered
        .iter()
        .map(|(day, places)| {
            let label =
                view! { <b>{long_day(*day)}</b> <span class="soft">" "{places.join("; ")}</span> }.into_any();
            choice(day.to_string(), format!("day-{day}"), label)
        })
        .collect();
    let other = (!offered.is_empty()).then(|| {
        choice(OTHER_DAY.to_owned(), "day-other".to_owned(), t!("article-new-another-day-below").into_any())
    });
    let doubts: Vec<_> = dating.doubts.iter().map(|doubt| view! { <li>{doubt.clone()}</li> }).collect();
    let doubts = (!doubts.is_empty()).then(|| view! { <ul class="doubts">{doubts}</ul> });
    let label =
        if offered.is_empty() { t!("article-new-published-on") } else { t!("article-new-another-day") };
    let field = Field::new(form, "published", label).hint(t!("article-new-tuesday-and-last-month-in"));
    let field = if offered.is_empty() { field.required() } else { field };
    view! {
        <fieldset class="readings">
            <legend>{t!("article-new-when-was-it-published")}</legend>
            {doubts}
            {choices}
            {other}
            {field.text("text", "off")}
        </fieldset>
    }
    .into_any()
}
