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

/// The kinds of files that can be read, for the browser's dialogue.
const KINDS: &str = ".html,.htm,.xhtml,.txt,.md,.markdown,.pdf,.docx,.eml";

/// `/d/{slug}/articles/new`
pub async fn new_article(request: &PageRequest, slug: &str) -> Result<Page, PageError> {
    let dispute = dispute_for(request, slug, Role::Contributor).await?;
    let form = request.submission();
    Ok(Page::new("Add an article", move || {
        let path = format!("/d/{}/articles", dispute.slug);
        view! {
            {trail(&dispute, &[("Sources", path.clone())])}
            <div class="form-page">
                <h1>"Add an article"</h1>
                <p>"Give its address, send it as a file, or paste its text: whichever is at hand. Its dated events come out beside it, for you to accept, edit or reject; nothing enters the timeline by itself."</p>
                {error_summary(&form)}
                <section class="way">
                    <h2>"By its address"</h2>
                    <form method="post" action=format!("{path}/fetch") class="form">
                        {Field::new(&form, "address", "Address of the article")
                            .hint("Many publishers do not let servers read their pages. If so, this says so, and a file or the pasted text is as good.")
                            .required()
                            .text("url", "off")}
                        <div class="form-end">
                            <button class="button button-main" type="submit">"Fetch it"</button>
                        </div>
                    </form>
                </section>
                <section class="way">
                    <h2>"As a file"</h2>
                    <form method="post" action=format!("{path}/upload") enctype="multipart/form-data" class="form">
                        {Field::new(&form, "file", "Files")
                            .hint("Saved web pages, plain text, Markdown, PDF, DOCX, or mail as EML.")
                            .required()
                            .files(KINDS)}
                        <div class="form-end">
                            <button class="button button-main" type="submit">"Read it"</button>
                        </div>
                    </form>
                </section>
                <section class="way">
                    <h2>"By pasting its text"</h2>
                    <form method="post" action=format!("{path}/new") class="form">
                        {facts(&form, None)}
                        {Field::new(&form, "text", "Text").required().lines(16)}
                        <div class="form-end">
                            <button class="button button-main" type="submit">"Find its events"</button>
                            <a class="button button-quiet" href=path.clone()>"Cancel"</a>
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
        Field::new(form, "published", "Published on")
            .hint("“Tuesday” and “last month” in the text are counted from this day.")
            .required()
            .text("text", "off")
    });
    view! {
        {Field::new(form, "title", "Headline").value(value(|read| &read.title)).required().text("text", "off")}
        <div class="field-row">
            {Field::new(form, "publisher", "Publisher")
                .value(value(|read| &read.publisher))
                .required()
                .text("text", "off")}
            {day}
            {Field::new(form, "byline", "Byline").value(value(|read| &read.byline)).text("text", "off")}
        </div>
        {Field::new(form, "url", "Address")
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
            (Way::File, _) => "This is what was read in the file.",
            (_, Some(_)) => "This is what was read on the page.",
            _ => "This is what was read.",
        };
        view! {
            {trail(&dispute, &[("Sources", path)])}
            <div class="form-page">
                <h1>"Look at this article"</h1>
                <p>{how}" Correct what is wrong. It counts as a source once you have confirmed when it was published."</p>
                {error_summary(&form)}
                <form method="post" action=format!("{own}/confirm") class="form">
                    {days(article, &form)}
                    {facts(&form, Some(article))}
                    {Field::new(&form, "text", "Text")
                        .hint("What is not the article, such as lists of other stories, can be taken out here.")
                        .value(found.text.clone())
                        .required()
                        .lines(16)}
                    <div class="form-end">
                        <button class="button button-main" type="submit">"Confirm, and find its events"</button>
                    </div>
                </form>
                <form method="post" action=format!("{own}/delete") class="danger">
                    <button class="button button-bad" type="submit">"Throw it away"</button>
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
    let other = (!offered.is_empty())
        .then(|| choice(OTHER_DAY.to_owned(), "day-other".to_owned(), "Another day, below".into_any()));
    let doubts: Vec<_> = dating.doubts.iter().map(|doubt| view! { <li>{doubt.clone()}</li> }).collect();
    let doubts = (!doubts.is_empty()).then(|| view! { <ul class="doubts">{doubts}</ul> });
    let label = if offered.is_empty() { "Published on" } else { "Another day" };
    let field = Field::new(form, "published", label)
        .hint("“Tuesday” and “last month” in the text are counted from this day.");
    let field = if offered.is_empty() { field.required() } else { field };
    view! {
        <fieldset class="readings">
            <legend>"When was it published?"</legend>
            {doubts}
            {choices}
            {other}
            {field.text("text", "off")}
        </fieldset>
    }
    .into_any()
}
