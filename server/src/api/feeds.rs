//! Feeds that a dispute follows.

use chrono::{DateTime, NaiveDate, Utc};
use impasse_app::forms::read_feed;
use impasse_app::model::feed;
use impasse_app::model::id::FeedId;
use impasse_app::model::work::{JobDraft, JobKind};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer::{Answer, MOST, Page, no_content};
use super::body::{Body, Patch};
use super::call::{InDispute, Level, Paging, ReadAll, Why, Within, Write};
use super::disputes::{check_reason, form};
use super::jobs::{self, Written};
use super::problem::Problem;
use super::schema::patch;
use super::words::EntryFate;
use crate::web::Server;

pub(super) fn router() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(list_feeds, create_feed))
        .routes(routes!(get_feed, change_feed, delete_feed))
        .routes(routes!(list_feed_entries))
        .routes(routes!(poll_feed))
}

/// A feed of a dispute: RSS, Atom or JSON Feed.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct Feed {
    id: String,
    /// Where it is read.
    url: String,
    /// Its name, as the editor or the feed itself gives it.
    title: String,
    /// The site that it tells of.
    #[schema(required)]
    site: Option<String>,
    rules: FeedRules,
    /// Whether it is left alone for now.
    is_paused: bool,
}

/// A feed, and how reading it went.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct FeedWithHealth {
    #[serde(flatten)]
    feed: Feed,
    health: FeedHealth,
}

/// How reading a feed went.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct FeedHealth {
    #[schema(required)]
    last_poll: Option<DateTime<Utc>>,
    #[schema(required)]
    last_success: Option<DateTime<Utc>>,
    /// What went wrong the last time, in words.
    #[schema(required)]
    last_error: Option<String>,
    /// How many times in a row it failed.
    failures: i64,
    #[schema(required)]
    next_poll: Option<DateTime<Utc>>,
}

/// Which entries become articles, by the words in their title, summary, text and categories.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FeedRules {
    /// One of these phrases must occur; if there are none, nothing is asked. `contract*` finds every word that begins so.
    #[serde(default)]
    #[schema(max_items = 100)]
    any: Vec<String>,
    /// Each of these must occur.
    #[serde(default)]
    #[schema(max_items = 100)]
    all: Vec<String>,
    /// None of these may occur.
    #[serde(default)]
    #[schema(max_items = 100)]
    none: Vec<String>,
}

impl From<feed::Feed> for Feed {
    fn from(feed: feed::Feed) -> Self {
        let feed::FeedRules { any, all, none } = feed.rules;
        Self {
            id: feed.id.0,
            url: feed.url,
            title: feed.title,
            site: feed.site,
            rules: FeedRules { any, all, none },
            is_paused: feed.is_paused,
        }
    }
}

impl From<feed::Feed> for FeedWithHealth {
    fn from(feed: feed::Feed) -> Self {
        let health = FeedHealth {
            last_poll: feed.health.last_poll,
            last_success: feed.health.last_success,
            last_error: feed.health.last_error.clone(),
            failures: feed.health.failures,
            next_poll: feed.health.next_poll,
        };
        Self { feed: feed.into(), health }
    }
}

/// What a feed is made or changed from.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FeedInput {
    #[schema(max_length = 2_000, example = "https://news.example/feed.xml")]
    url: String,
    /// Without one, the feed’s own is taken.
    #[serde(default)]
    #[schema(max_length = 200)]
    title: String,
    #[serde(default)]
    rules: FeedRules,
    #[serde(default)]
    is_paused: bool,
    /// Why, for the record of changes.
    #[serde(default)]
    #[schema(max_length = 500)]
    reason: String,
}

patch!(FeedPatch of FeedInput);

impl FeedInput {
    fn of(feed: &feed::Feed) -> Self {
        let feed::FeedRules { any, all, none } = feed.rules.clone();
        Self {
            url: feed.url.clone(),
            title: feed.title.clone(),
            rules: FeedRules { any, all, none },
            is_paused: feed.is_paused,
            reason: String::new(),
        }
    }

    fn read(&self) -> Result<feed::FeedDraft, Problem> {
        check_reason(&self.reason)?;
        // Commas part phrases in the form, and have no meaning within one.
        let list = |phrases: &[String]| {
            phrases.iter().map(|phrase| phrase.replace([',', '\n'], " ")).collect::<Vec<_>>().join("\n")
        };
        let FeedRules { any, all, none } = &self.rules;
        let (any, all, none) = (list(any), list(all), list(none));
        let form = form([
            ("url", self.url.as_str()),
            ("title", &self.title),
            ("any", &any),
            ("all", &all),
            ("none", &none),
            ("paused", if self.is_paused { "on" } else { "" }),
        ]);
        read_feed(form).map_err(|form| {
            let errors = form.errors.into_iter().map(|mut error| {
                if matches!(error.field.as_str(), "any" | "all" | "none") {
                    error.field = format!("rules.{}", error.field);
                }
                error
            });
            Problem::invalid(&errors.collect::<Vec<_>>())
        })
    }
}

/// An entry of a feed.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct FeedEntry {
    /// What tells it from the feed’s other entries.
    key: String,
    /// Where it leads.
    url: String,
    title: String,
    /// The day that the feed gives.
    #[schema(required)]
    published: Option<NaiveDate>,
    fate: EntryFate,
    /// Why, in words, where it failed.
    note: String,
    /// The identifier of the article that it became or is.
    #[schema(required)]
    article: Option<String>,
    /// When it was first seen.
    seen: DateTime<Utc>,
}

impl From<feed::FeedEntry> for FeedEntry {
    fn from(entry: feed::FeedEntry) -> Self {
        Self {
            key: entry.key,
            url: entry.url,
            title: entry.title,
            published: entry.published,
            fate: entry.fate.into(),
            note: entry.note,
            article: entry.article.map(|article| article.0),
            seen: entry.seen,
        }
    }
}

/// The address of a feed.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it names the parameter for the OpenAPI document; `Within` reads it")]
struct FeedPath {
    /// The feed’s identifier.
    id: String,
}

async fn one<L: Level>(within: &Within<L>) -> Result<feed::Feed, Problem> {
    let id = FeedId::from(within.id.as_str());
    Ok(within.server.store.feed(&within.dispute.id, &id).await?)
}

/// Writes down what is due by now and has somebody begin it.
async fn look_what_is_due<L: Level>(within: &Within<L>) -> Result<(), Problem> {
    within.server.store.add_due_jobs(Utc::now(), None).await?;
    within.server.wake.notify_one();
    Ok(())
}

/// List feeds
///
/// By title.
#[utoipa::path(get, path = "/disputes/{dispute}/feeds", tag = "Feeds", params(InDispute, Paging),
    security(("token" = ["read"])),
    responses((status = OK, description = "A page of feeds.", body = Page<FeedWithHealth>)))]
async fn list_feeds(within: Within<ReadAll>) -> Answer {
    within.only(&["limit", "cursor"])?;
    let feeds = within.server.store.feeds(&within.dispute.id).await?;
    within.listed(&feeds, |feed| feed.id.as_str(), FeedWithHealth::from)
}

/// Follow a feed
///
/// It is read at once.
#[utoipa::path(post, path = "/disputes/{dispute}/feeds", tag = "Feeds", params(InDispute),
    request_body = FeedInput, security(("token" = ["write"])),
    responses(
        (status = CREATED, description = "The feed.", body = Feed),
        (status = CONFLICT, description = "It is followed already.", body = Problem)))]
async fn create_feed(within: Within<Write>, Body(input): Body<FeedInput>) -> Answer {
    let draft = input.read()?;
    let feed = within.server.store.add_feed(&within.actor(), &within.dispute.id, &draft).await?;
    look_what_is_due(&within).await?;
    within.created(&within.path(&format!("/feeds/{}", feed.id)), &Feed::from(feed))
}

/// Get a feed
///
/// How reading it went stands in the list: here is what editors change.
#[utoipa::path(get, path = "/disputes/{dispute}/feeds/{id}", tag = "Feeds", params(InDispute, FeedPath),
    security(("token" = ["read"])),
    responses((status = OK, description = "The feed.", body = Feed)))]
async fn get_feed(within: Within<ReadAll>) -> Answer {
    within.only(&[])?;
    within.found(&Feed::from(one(&within).await?))
}

/// Change a feed
///
/// Fields that are left out stay as they are. Its entries are looked at anew by the new rules.
#[utoipa::path(patch, path = "/disputes/{dispute}/feeds/{id}", tag = "Feeds", params(InDispute, FeedPath),
    request_body = FeedPatch, security(("token" = ["write"])),
    responses(
        (status = OK, description = "The feed as it is now.", body = Feed),
        (status = CONFLICT, description = "Another feed has this address.", body = Problem)))]
async fn change_feed(within: Within<Write>, patch: Patch<FeedInput>) -> Answer {
    let there = one(&within).await?;
    within.must_match(&Feed::from(there.clone()))?;
    let input = patch.onto(&FeedInput::of(&there))?;
    let draft = input.read()?;
    let (store, actor) = (&within.server.store, within.actor());
    let changed = store.change_feed(&actor, &within.dispute.id, &there.id, &draft, &input.reason).await?;
    look_what_is_due(&within).await?;
    within.changed(&Feed::from(changed))
}

/// Stop following a feed
///
/// The articles that it brought stay.
#[utoipa::path(delete, path = "/disputes/{dispute}/feeds/{id}", tag = "Feeds",
    params(InDispute, FeedPath, Why), security(("token" = ["write"])),
    responses((status = NO_CONTENT, description = "It is deleted.")))]
async fn delete_feed(within: Within<Write>) -> Answer {
    let reason = within.reason()?;
    let there = one(&within).await?;
    within.must_match(&Feed::from(there.clone()))?;
    within.server.store.delete_feed(&within.actor(), &within.dispute.id, &there.id, &reason).await?;
    no_content()
}

/// List the entries of a feed
///
/// The latest 1000, newest first.
#[utoipa::path(get, path = "/disputes/{dispute}/feeds/{id}/entries", tag = "Feeds",
    params(InDispute, FeedPath, Paging), security(("token" = ["read"])),
    responses((status = OK, description = "A page of entries.", body = Page<FeedEntry>)))]
async fn list_feed_entries(within: Within<ReadAll>) -> Answer {
    within.only(&["limit", "cursor"])?;
    let id = FeedId::from(within.id.as_str());
    let most = u32::try_from(5 * MOST).unwrap_or(u32::MAX);
    let entries = within.server.store.feed_entries(&within.dispute.id, &id, most).await?;
    within.listed(&entries, |entry| entry.key.as_str(), FeedEntry::from)
}

/// Read a feed now
#[utoipa::path(post, path = "/disputes/{dispute}/feeds/{id}/poll", tag = "Feeds", params(InDispute, FeedPath),
    security(("token" = ["write"])),
    responses((status = ACCEPTED, description = "It will be read.", body = Written)))]
async fn poll_feed(within: Within<Write>) -> Answer {
    within.only(&[])?;
    let feed = one(&within).await?;
    let job = JobDraft {
        dispute: within.dispute.id.clone(),
        kind: JobKind::Poll,
        subject: feed.id.to_string(),
        title: feed.title,
        due: Utc::now(),
    };
    let count = within.server.store.add_jobs(&[job]).await?;
    within.server.wake.notify_one();
    jobs::written(count)
}
