//! Following feeds, and showing what the server does by itself.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use impasse_app::forms::read_feed;
use impasse_app::model::feed::FeedDraft;
use impasse_app::model::id::FeedId;
use impasse_app::model::view::FieldError;
use impasse_app::model::work::{JobDraft, JobKind};
use impasse_app::page::Submission;
use impasse_app::pages::{LiveWork, live_work};
use impasse_app::store::StoreError;
use serde_json::json;

use super::request::{Contributing, Editing, Sent, SentFiles};
use super::{Answer, see_other};
use crate::feeds::opml;
use impasse_app::t;

/// How often the state of work is looked at for a page that shows it.
const LOOK: Duration = Duration::from_millis(700);

/// How many times it is looked at before the page has to ask anew: for about ten minutes.
const LOOKS: u32 = 900;

/// `POST /d/{slug}/feeds`
pub(super) async fn add(editing: Editing, Sent(form): Sent) -> Answer {
    let typed = form.clone();
    let draft = match read_feed(form) {
        Ok(draft) => draft,
        Err(form) => return editing.incoming.again(*form).await,
    };
    match editing.server.store.add_feed(&editing.actor, &editing.dispute.id, &draft).await {
        Ok(feed) => {
            editing.look_what_is_due().await?;
            see_other(&editing.path(&format!("/feeds/{}", feed.id)))
        }
        Err(StoreError::Taken(_)) => {
            again(editing, typed, "url", t!("told-feeds-this-feed-is-followed-already")).await
        }
        Err(error) => Err(editing.refused(error)),
    }
}

async fn again(editing: Editing, mut form: Submission, field: &str, why: &str) -> Answer {
    form.errors.push(FieldError::new(field, why));
    editing.incoming.again(form).await
}

/// `POST /d/{slug}/feeds/{id}`
pub(super) async fn change(
    editing: Editing,
    Path((_, id)): Path<(String, String)>,
    Sent(form): Sent,
) -> Answer {
    let id = FeedId::from(id);
    let store = &editing.server.store;
    store.feed(&editing.dispute.id, &id).await.map_err(|error| editing.refused(error))?;
    let typed = form.clone();
    let draft = match read_feed(form) {
        Ok(draft) => draft,
        Err(form) => return editing.incoming.again(*form).await,
    };
    match store.change_feed(&editing.actor, &editing.dispute.id, &id, &draft, "").await {
        Ok(_) => {
            editing.look_what_is_due().await?;
            see_other(&editing.path(&format!("/feeds/{id}")))
        }
        Err(StoreError::Taken(_)) => {
            again(editing, typed, "url", t!("told-feeds-this-feed-is-followed-already")).await
        }
        Err(error) => Err(editing.refused(error)),
    }
}

/// `POST /d/{slug}/feeds/{id}/pause`: pauses a feed, or resumes it.
pub(super) async fn pause(editing: Editing, Path((_, id)): Path<(String, String)>) -> Answer {
    let id = FeedId::from(id);
    let store = &editing.server.store;
    let feed = store.feed(&editing.dispute.id, &id).await.map_err(|error| editing.refused(error))?;
    let draft = FeedDraft { is_paused: !feed.is_paused, ..FeedDraft::from(feed) };
    let changed = store.change_feed(&editing.actor, &editing.dispute.id, &id, &draft, "").await;
    changed.map_err(|error| editing.refused(error))?;
    editing.look_what_is_due().await?;
    see_other(&editing.path(&format!("/feeds/{id}")))
}

/// `POST /d/{slug}/feeds/{id}/poll`: reads a feed now.
pub(super) async fn poll(editing: Editing, Path((_, id)): Path<(String, String)>) -> Answer {
    let id = FeedId::from(id);
    let store = &editing.server.store;
    let feed = store.feed(&editing.dispute.id, &id).await.map_err(|error| editing.refused(error))?;
    store
        .add_jobs(&[feed_job(&editing, &feed.id, &feed.title)])
        .await
        .map_err(|error| editing.refused(error))?;
    editing.server.wake.notify_one();
    see_other(&editing.path("/work"))
}

fn feed_job(editing: &Editing, id: &FeedId, title: &str) -> JobDraft {
    JobDraft {
        dispute: editing.dispute.id.clone(),
        kind: JobKind::Poll,
        subject: id.to_string(),
        title: title.to_owned(),
        due: chrono::Utc::now(),
    }
}

/// `POST /d/{slug}/feeds/{id}/delete`
pub(super) async fn delete(editing: Editing, Path((_, id)): Path<(String, String)>) -> Answer {
    let id = FeedId::from(id);
    let deleted = editing.server.store.delete_feed(&editing.actor, &editing.dispute.id, &id, "").await;
    deleted.map_err(|error| editing.refused(error))?;
    see_other(&editing.path("/feeds"))
}

/// `POST /d/{slug}/feeds/import`: follows the feeds of an OPML file.
pub(super) async fn import(mut editing: Editing, SentFiles(mut form, files): SentFiles) -> Answer {
    editing.incoming.page.path = editing.path("/feeds");
    let Some(file) = files.into_iter().find(|file| file.field == "file" && !file.is_empty()) else {
        return again(editing, form, "file", t!("told-feeds-choose-a-file")).await;
    };
    let listed = match String::from_utf8(file.bytes.to_vec()) {
        Ok(xml) => opml::read(&xml),
        Err(_) => Err(t!("told-feeds-this-is-not-a-list").to_owned()),
    };
    let listed = match listed {
        Ok(listed) => listed,
        Err(why) => return again(editing, form, "file", &why).await,
    };
    // Every address is looked at before any is followed, by the rules of the form.
    let mut drafts = Vec::new();
    for feed in listed {
        form.values.retain(|(name, _)| !matches!(name.as_str(), "url" | "title"));
        form.values.push(("url".to_owned(), feed.url.clone()));
        form.values.push(("title".to_owned(), feed.title.chars().take(200).collect()));
        match read_feed(form.clone()) {
            Ok(draft) => drafts.push(draft),
            Err(wrong) => {
                let why = wrong.errors.first().map(|error| error.message.clone()).unwrap_or_default();
                let why = format!("{}: {why}", feed.url);
                return again(editing, Submission::default(), "file", &why).await;
            }
        }
    }
    let mut added = 0;
    for draft in drafts {
        match editing.server.store.add_feed(&editing.actor, &editing.dispute.id, &draft).await {
            Ok(_) => added += 1,
            Err(StoreError::Taken(_)) => {}
            Err(error) => return Err(editing.refused(error)),
        }
    }
    editing.look_what_is_due().await?;
    see_other(&editing.path(&format!("/feeds?added={added}")))
}

/// `GET /d/{slug}/feeds.opml`
pub(super) async fn export(editing: Editing) -> Answer {
    let feeds = editing.server.store.feeds(&editing.dispute.id).await;
    let feeds = feeds.map_err(|error| editing.refused(error))?;
    let mut response = opml::write(&editing.dispute.title, &feeds).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/x-opml; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    Ok(response)
}

/// `GET /d/{slug}/work/stream`: the state of the dispute's work, each time that it changes, until there is none left.
pub(super) async fn work(Contributing(editing): Contributing) -> Response {
    struct Watch {
        editing: Editing,
        last: Option<LiveWork>,
        looks: u32,
        is_over: bool,
    }
    let watch = Watch { editing, last: None, looks: 0, is_over: false };
    let events = stream::unfold(watch, |mut watch| async move {
        if watch.is_over {
            return None;
        }
        let server = &watch.editing.server;
        let mut stop = server.stop.subscribe();
        loop {
            if watch.looks > 0 {
                tokio::select! {
                    () = tokio::time::sleep(LOOK) => {}
                    _ = stop.changed() => return None,
                }
            }
            watch.looks += 1;
            let live = match live_work(&server.store, &watch.editing.dispute.id).await {
                Ok(live) if watch.looks < LOOKS && !*stop.borrow() => live,
                _ => return None,
            };
            if live.is_over && watch.last.as_ref() == Some(&live) {
                watch.is_over = true;
                return Some((Ok::<_, Infallible>(Event::default().event("end").data("over")), watch));
            }
            if watch.last.as_ref() != Some(&live) {
                let data = json!({"words": live.words, "html": live.html}).to_string();
                watch.last = Some(live);
                return Some((Ok(Event::default().event("work").data(data)), watch));
            }
        }
    });
    Sse::new(events).keep_alive(KeepAlive::default()).into_response()
}
