//! The feeds of a dispute: what they bring by which rules, and how reading them goes.

use leptos::prelude::*;

use super::{dispute_for, trail};
use crate::components::fields::{Field, error_summary};
use crate::components::parts::instant;
use crate::forms::feed_values;
use crate::model::feed::{Feed, FeedDraft, FeedEntry, FeedRules};
use crate::model::id::FeedId;
use crate::model::role::Role;
use crate::model::time::short_day;
use crate::page::{Page, PageError, PageRequest, Submission};

/// How many entries the page of a feed shows.
const ENTRIES: u32 = 100;

/// `/d/{slug}/feeds`
pub async fn feeds(request: &PageRequest, slug: &str) -> Result<Page, PageError> {
    let dispute = dispute_for(request, slug, Role::Editor).await?;
    let feeds = request.store.feeds(&dispute.id).await?;
    let form = request.submission();
    let added = request.param("added").and_then(|count| count.parse::<u32>().ok());
    Ok(Page::new(format!("Feeds: {}", dispute.title), move || {
        let base = format!("/d/{}/feeds", dispute.slug);
        let items: Vec<_> = feeds.iter().map(|feed| item(&base, feed)).collect();
        let empty = feeds.is_empty().then(|| {
            view! { <p class="empty">"No feed is followed yet. Add the feed of a newspaper’s section, of an agency or of a court, and say which words an entry must have."</p> }
        });
        let export = (!feeds.is_empty()).then(|| {
            view! { <a class="button button-quiet" href=format!("{base}.opml") download>"Save as OPML"</a> }
        });
        let added = added.map(|count| {
            let words = match count {
                0 => "No feed of the list is new.".to_owned(),
                1 => "One feed was added.".to_owned(),
                n => format!("{n} feeds were added."),
            };
            view! { <div class="notice" role="status"><p>{words}</p></div> }
        });
        view! {
            {trail(&dispute, &[("Sources", format!("/d/{}/articles", dispute.slug))])}
            <h1>"Feeds"</h1>
            {added}
            <p class="tools">
                {export}
                <a class="button button-quiet" href=format!("/d/{}/work", dispute.slug)>"Work in progress"</a>
            </p>
            {empty}
            <ol class="articles feeds">{items}</ol>
            <div class="form-page">
                {error_summary(&form)}
                <h2>"Follow a feed"</h2>
                <form method="post" action=base.clone() class="form">
                    {fields(&form)}
                    <div class="form-end">
                        <button class="button button-main" type="submit">"Follow it"</button>
                    </div>
                </form>
                <h2>"Bring a list of feeds"</h2>
                <form method="post" action=format!("{base}/import") enctype="multipart/form-data" class="form">
                    {Field::new(&form, "file", "OPML file")
                        .hint("Feed readers save their feeds as OPML. The words below are looked for in all of them; each can be changed later.")
                        .required()
                        .files(".opml,.xml")}
                    <div class="form-end">
                        <button class="button" type="submit">"Follow all of them"</button>
                    </div>
                </form>
            </div>
        }
        .into_any()
    }))
}

/// The fields of a feed.
fn fields(form: &Submission) -> AnyView {
    let is_paused = form.get("paused") == "on";
    view! {
        {Field::new(form, "url", "Address of the feed")
            .hint("RSS, Atom or JSON Feed.")
            .required()
            .text("url", "off")}
        {Field::new(form, "title", "Name").hint("If left out, what the feed calls itself.").text("text", "off")}
        <fieldset class="form-group">
            <legend>"Which entries become articles"</legend>
            <p class="field-hint">"Words or phrases with commas between them, looked for in title, summary, text and categories, whatever their case. A star at the end of a word finds all that begin so: contract*. Without any words every entry becomes an article."</p>
            {Field::new(form, "any", "At least one of these").lines(2)}
            {Field::new(form, "all", "All of these").lines(2)}
            {Field::new(form, "none", "None of these").lines(2)}
        </fieldset>
        <label class="choice">
            <input type="checkbox" name="paused" checked=is_paused/>
            <span>"Leave it alone for now"</span>
        </label>
    }
    .into_any()
}

fn item(base: &str, feed: &Feed) -> AnyView {
    let own = format!("{base}/{}", feed.id);
    view! {
        <li>
            <h2><a href=own.clone()>{name(feed)}</a></h2>
            <p class="soft">{feed.url.clone()}</p>
            <p class="soft">{rules(&feed.rules)}</p>
            {health(feed)}
            {tools(&own, feed)}
        </li>
    }
    .into_any()
}

fn name(feed: &Feed) -> String {
    if feed.title.is_empty() { feed.url.clone() } else { feed.title.clone() }
}

/// The rules in a sentence.
fn rules(rules: &FeedRules) -> String {
    let list = |phrases: &[String], and: &str| {
        phrases.iter().map(|phrase| format!("“{phrase}”")).collect::<Vec<_>>().join(and)
    };
    let parts: Vec<String> = [
        (!rules.any.is_empty()).then(|| format!("with {}", list(&rules.any, " or "))),
        (!rules.all.is_empty()).then(|| format!("with {}", list(&rules.all, " and "))),
        (!rules.none.is_empty()).then(|| format!("without {}", list(&rules.none, " or "))),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() {
        "Every entry becomes an article.".to_owned()
    } else {
        format!("Entries {}.", parts.join(", and "))
    }
}

/// How reading a feed goes.
fn health(feed: &Feed) -> AnyView {
    let health = &feed.health;
    let error = health.last_error.as_ref().map(|error| {
        let times = match health.failures {
            0 | 1 => String::new(),
            n => format!(" It failed {n} times in a row."),
        };
        view! { <p class="field-error">{error.clone()}{times}</p> }
    });
    let last = match (health.last_success, health.last_poll) {
        (Some(success), _) => view! { "Last read "{instant(success)}"." }.into_any(),
        (None, Some(poll)) => view! { "Last tried "{instant(poll)}"; never read yet." }.into_any(),
        (None, None) => "Not read yet.".into_any(),
    };
    let next = match health.next_poll {
        _ if feed.is_paused => " It is paused.".into_any(),
        Some(next) => view! { " Next "{instant(next)}"." }.into_any(),
        None => ().into_any(),
    };
    view! { {error}<p class="soft">{last}{next}</p> }.into_any()
}

fn tools(own: &str, feed: &Feed) -> AnyView {
    let pause = if feed.is_paused { "Resume" } else { "Pause" };
    let of = format!(": {}", name(feed));
    let poll = (!feed.is_paused).then(|| {
        view! {
            <form method="post" action=format!("{own}/poll")>
                <button class="button" type="submit">"Read it now"<span class="visually-hidden">{of.clone()}</span></button>
            </form>
        }
    });
    view! {
        <div class="row-tools">
            {poll}
            <form method="post" action=format!("{own}/pause")>
                <button class="button button-quiet" type="submit">{pause}<span class="visually-hidden">{of.clone()}</span></button>
            </form>
        </div>
    }
    .into_any()
}

/// `/d/{slug}/feeds/{id}`
pub async fn feed(request: &PageRequest, slug: &str, id: &str) -> Result<Page, PageError> {
    let dispute = dispute_for(request, slug, Role::Editor).await?;
    let id = FeedId::from(id);
    let feed = request.store.feed(&dispute.id, &id).await?;
    let entries = request.store.feed_entries(&dispute.id, &id, ENTRIES).await?;
    let mut form = request.submission();
    if form.is_empty() {
        form.values = feed_values(&FeedDraft::from(feed.clone()));
    }
    Ok(Page::new(name(&feed), move || {
        let base = format!("/d/{}/feeds", dispute.slug);
        let own = format!("{base}/{}", feed.id);
        let rows: Vec<_> = entries.iter().map(|entry| row(&dispute.slug, entry)).collect();
        let entries = if rows.is_empty() {
            view! { <p class="empty">"It has brought nothing yet."</p> }.into_any()
        } else {
            view! { <ol class="rows">{rows}</ol> }.into_any()
        };
        let site = feed.site.as_ref().map(|site| {
            view! { <p class="soft"><a href=site.clone() rel="noopener nofollow">{site.clone()}</a></p> }
        });
        view! {
            {trail(&dispute, &[("Sources", format!("/d/{}/articles", dispute.slug)), ("Feeds", base)])}
            <h1>{name(&feed)}</h1>
            {site}
            {health(&feed)}
            {tools(&own, &feed)}
            <h2>"What it brought"</h2>
            {entries}
            <div class="form-page">
                <h2>"Change it"</h2>
                {error_summary(&form)}
                <form method="post" action=own.clone() class="form">
                    {fields(&form)}
                    <div class="form-end">
                        <button class="button button-main" type="submit">"Save"</button>
                    </div>
                </form>
                <details class="danger">
                    <summary>"Follow it no longer"</summary>
                    <p>"The articles that it brought stay."</p>
                    <form method="post" action=format!("{own}/delete")>
                        <button class="button button-bad" type="submit">"Delete the feed"</button>
                    </form>
                </details>
            </div>
        }
        .into_any()
    }))
}

fn row(slug: &str, entry: &FeedEntry) -> AnyView {
    let title = if entry.title.is_empty() { entry.url.clone() } else { entry.title.clone() };
    let fate = match &entry.article {
        Some(article) => {
            view! { <a href=format!("/d/{slug}/articles/{article}")>{entry.fate.label()}</a> }.into_any()
        }
        None => entry.fate.label().into_any(),
    };
    let day = entry.published.map(|day| view! { <span class="soft">{short_day(day)}</span> });
    let note = (!entry.note.is_empty()).then(|| view! { <span class="soft">{entry.note.clone()}</span> });
    view! {
        <li>
            <a href=entry.url.clone() rel="noopener nofollow">{title}</a>
            {day}
            <span class="entry-fate">{fate}</span>
            {note}
        </li>
    }
    .into_any()
}
