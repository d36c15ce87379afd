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
use crate::texts::{all_of, any_of};
use crate::{marked, t};

/// How many entries the page of a feed shows.
const ENTRIES: u32 = 100;

/// `/d/{slug}/feeds`
pub async fn feeds(request: &PageRequest, slug: &str) -> Result<Page, PageError> {
    let dispute = dispute_for(request, slug, Role::Editor).await?;
    let feeds = request.store.feeds(&dispute.id).await?;
    let form = request.submission();
    let added = request.param("added").and_then(|count| count.parse::<u32>().ok());
    Ok(Page::new(t!("feeds-feeds", title = dispute.title), move || {
        let base = format!("/d/{}/feeds", dispute.slug);
        let items: Vec<_> = feeds.iter().map(|feed| item(&base, feed)).collect();
        let empty = feeds.is_empty().then(|| {
            view! { <p class="empty">{t!("feeds-no-feed-is-followed-yet")}</p> }
        });
        let export = (!feeds.is_empty()).then(|| {
            view! { <a class="button button-quiet" href=format!("{base}.opml") download>{t!("feeds-save-as-opml")}</a> }
        });
        let added = added.map(|count| {
            let words = match count {
                0 => t!("feeds-no-feed-of-the-list").to_owned(),
                n => t!("feeds-feeds-were-added", count = n),
            };
            view! { <div class="notice" role="status"><p>{words}</p></div> }
        });
        view! {
            {trail(&dispute, &[(t!("feeds-sources"), format!("/d/{}/articles", dispute.slug))])}
            <h1>{t!("feeds-feeds-2")}</h1>
            {added}
            <p class="tools">
                {export}
                <a class="button button-quiet" href=format!("/d/{}/work", dispute.slug)>{t!("feeds-work-in-progress")}</a>
            </p>
            {empty}
            <ol class="articles feeds">{items}</ol>
            <div class="form-page">
                {error_summary(&form)}
                <h2>{t!("feeds-follow-a-feed")}</h2>
                <form method="post" action=base.clone() class="form">
                    {fields(&form)}
                    <div class="form-end">
                        <button class="button button-main" type="submit">{t!("feeds-follow-it")}</button>
                    </div>
                </form>
                <h2>{t!("feeds-bring-a-list-of-feeds")}</h2>
                <form method="post" action=format!("{base}/import") enctype="multipart/form-data" class="form">
                    {Field::new(&form, "file", t!("feeds-opml-file"))
                        .hint(t!("feeds-feed-readers-save-their-feeds"))
                        .required()
                        .files(".opml,.xml")}
                    <div class="form-end">
                        <button class="button" type="submit">{t!("feeds-follow-all-of-them")}</button>
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
        {Field::new(form, "url", t!("feeds-address-of-the-feed"))
            .hint(t!("feeds-rss-atom-or-json-feed"))
            .required()
            .text("url", "off")}
        {Field::new(form, "title", t!("feeds-name")).hint(t!("feeds-if-left-out-what-the")).text("text", "off")}
        <fieldset class="form-group">
            <legend>{t!("feeds-which-entries-become-articles")}</legend>
            <p class="field-hint">{t!("feeds-words-or-phrases-with-commas")}</p>
            {Field::new(form, "any", t!("feeds-at-least-one-of-these")).lines(2)}
            {Field::new(form, "all", t!("feeds-all-of-these")).lines(2)}
            {Field::new(form, "none", t!("feeds-none-of-these")).lines(2)}
        </fieldset>
        <label class="choice">
            <input type="checkbox" name="paused" checked=is_paused/>
            <span>{t!("feeds-leave-it-alone-for-now")}</span>
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
    let quoted = |phrases: &[String]| -> Vec<String> {
        phrases.iter().map(|phrase| t!("feeds-phrase", phrase = phrase)).collect()
    };
    let parts = [
        (!rules.any.is_empty()).then(|| t!("feeds-with-any", phrases = any_of(quoted(&rules.any)))),
        (!rules.all.is_empty()).then(|| t!("feeds-with-all", phrases = all_of(quoted(&rules.all)))),
        (!rules.none.is_empty()).then(|| t!("feeds-without", phrases = any_of(quoted(&rules.none)))),
    ];
    let join = |rules: String, rule: String| t!("feeds-rules-more", rules = rules, rule = rule);
    match parts.into_iter().flatten().reduce(join) {
        None => t!("feeds-every-entry-becomes-an-article").to_owned(),
        Some(rule) => t!("feeds-rules-one", rule = rule),
    }
}

/// How reading a feed goes.
fn health(feed: &Feed) -> AnyView {
    let health = &feed.health;
    let error = health.last_error.as_ref().map(|error| {
        let words = match health.failures {
            0 | 1 => error.clone(),
            count => t!("feeds-failed-often", error = error, count = count),
        };
        view! { <p class="field-error">{words}</p> }
    });
    let last = match (health.last_success, health.last_poll) {
        (Some(success), _) => marked!("feeds-last-read"; at = |_| instant(success)).into_any(),
        (None, Some(poll)) => marked!("feeds-last-tried"; at = |_| instant(poll)).into_any(),
        (None, None) => t!("feeds-not-read-yet").into_any(),
    };
    let next = match health.next_poll {
        _ if feed.is_paused => view! { " "{t!("feeds-paused")} }.into_any(),
        Some(next) => view! { " "{marked!("feeds-next"; at = |_| instant(next))} }.into_any(),
        None => ().into_any(),
    };
    view! { {error}<p class="soft">{last}{next}</p> }.into_any()
}

fn tools(own: &str, feed: &Feed) -> AnyView {
    let pause = if feed.is_paused { t!("feeds-resume") } else { t!("feeds-pause") };
    let of = format!(": {}", name(feed));
    let poll = (!feed.is_paused).then(|| {
        view! {
            <form method="post" action=format!("{own}/poll")>
                <button class="button" type="submit">{t!("feeds-read-it-now")}<span class="visually-hidden">{of.clone()}</span></button>
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
            view! { <p class="empty">{t!("feeds-it-has-brought-nothing-yet")}</p> }.into_any()
        } else {
            view! { <ol class="rows">{rows}</ol> }.into_any()
        };
        let site = feed.site.as_ref().map(|site| {
            view! { <p class="soft"><a href=site.clone() rel="noopener nofollow">{site.clone()}</a></p> }
        });
        view! {
            {trail(&dispute, &[(t!("feeds-sources"), format!("/d/{}/articles", dispute.slug)), (t!("feeds-feeds-2"), base)])}
            <h1>{name(&feed)}</h1>
            {site}
            {health(&feed)}
            {tools(&own, &feed)}
            <h2>{t!("feeds-what-it-brought")}</h2>
            {entries}
            <div class="form-page">
                <h2>{t!("feeds-change-it")}</h2>
                {error_summary(&form)}
                <form method="post" action=own.clone() class="form">
                    {fields(&form)}
                    <div class="form-end">
                        <button class="button button-main" type="submit">{t!("feeds-save")}</button>
                    </div>
                </form>
                <details class="danger">
                    <summary>{t!("feeds-follow-it-no-longer")}</summary>
                    <p>{t!("feeds-the-articles-that-it-brought")}</p>
                    <form method="post" action=format!("{own}/delete")>
                        <button class="button button-bad" type="submit">{t!("feeds-delete-the-feed")}</button>
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
