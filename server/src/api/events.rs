//! Events with their citations.

use impasse_app::model::due;
use impasse_app::model::event::{self, EventDraft};
use impasse_app::model::evidence::QuoteCheck;
use impasse_app::model::id::EventId;
use impasse_app::model::view::{Range, View};
use impasse_app::store::{EventBrief, StoreError, sort_events};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer::{Answer, Page, no_content};
use super::articles::check_quotes;
use super::body::{Body, MaybeBody, Patch};
use super::call::{Anyone, InDispute, Level, Paging, Why, Within, Write};
use super::date::WholeDate;
use super::disputes::check_reason;
use super::event_input::{EventInput, EventPatch};
use super::jobs::Written;
use super::problem::Problem;
use super::quotes::{Quote, Source};
use super::words::{
    Attestation, AttributionKind, DueSide, DueState, DueUnit, Health, Importance, Kind, Phase, Role,
};
use crate::web::Server;

pub(super) fn router() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(list_events, create_event))
        .routes(routes!(get_event, change_event, delete_event))
        .routes(routes!(restore_event))
        .routes(routes!(list_event_checks, check_event))
}

/// A party’s part in an event.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct EventParty {
    /// The party’s key.
    party: String,
    /// The party’s identifier.
    party_id: String,
    name: String,
    role: Role,
}

/// That an event is a deadline.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct Due {
    state: DueState,
    /// What its day is counted from; null where it is known by itself.
    #[schema(required)]
    rule: Option<DueRule>,
}

/// How the day of a deadline follows from the date of another event. Calendar days; a month later is the same day of the
/// month, or its last day where the month is too short.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct DueRule {
    /// The identifier of the event that is counted from. If it was deleted, the day stays what it was.
    base: String,
    #[schema(minimum = 1, maximum = 10_000)]
    count: u32,
    unit: DueUnit,
    side: DueSide,
    /// The rule in words, without its base.
    #[schema(example = "180 days after")]
    words: String,
}

impl From<due::Due> for Due {
    fn from(due: due::Due) -> Self {
        let rule = due.rule.map(|rule| DueRule {
            words: impasse_app::texts::in_english(|| rule.words()),
            base: rule.base.0,
            count: rule.count,
            unit: rule.unit.into(),
            side: rule.side.into(),
        });
        Self { state: due.state.into(), rule }
    }
}

/// Who says so, in what words, and how many they are.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct Attribution {
    kind: AttributionKind,
    /// The wording as printed: “six people familiar with the talks”.
    wording: String,
    /// How many, where the wording says.
    #[schema(required)]
    count: Option<i64>,
}

/// What ties an event to an article.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct Citation {
    id: String,
    /// The article’s identifier.
    article: String,
    #[serde(flatten)]
    quote: Quote,
    attribution: Attribution,
    /// The date that this article gives, where it differs from the event’s or is worded in its own way.
    #[schema(required)]
    date: Option<WholeDate>,
    #[schema(required)]
    source: Option<Source>,
}

/// An event in a list, without its citations.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct EventSummary {
    id: String,
    date: WholeDate,
    /// What, in a few words.
    title: String,
    kind: Kind,
    phase: Phase,
    importance: Importance,
    /// Its place among the events of the same date.
    sequence: i64,
    /// That it is a deadline; null if it is none.
    #[schema(required)]
    due: Option<Due>,
    /// The identifier of the event whose step it is; null for none. The same matter announced, done and in effect on
    /// different days are steps of one event.
    #[schema(required)]
    step_of: Option<String>,
    parties: Vec<EventParty>,
    attestation: Attestation,
    /// The earliest publication among its citations: when it became known.
    #[schema(required)]
    known_from: Option<chrono::NaiveDate>,
    /// How many citations it has.
    citation_count: i64,
    /// Publishers cited, in alphabetical order.
    publishers: Vec<String>,
    /// The address of its page.
    url: String,
}

/// Something dated that happened, was said, or is due.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct Event {
    #[serde(flatten)]
    summary: EventSummary,
    /// What, in a few sentences.
    description: String,
    citations: Vec<Citation>,
    /// Counts up with every change.
    version: i64,
    /// When it was entered.
    created: chrono::DateTime<chrono::Utc>,
    /// When it was last changed.
    updated: chrono::DateTime<chrono::Utc>,
}

/// What looking for a quote on the publisher’s page gave.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct Check {
    /// The citation’s identifier.
    citation: String,
    /// The article’s identifier.
    article: String,
    /// The words that were looked for.
    quote: String,
    health: Health,
    /// The words that stand in their place, where they were edited.
    now: String,
    /// Why, in words, where that is not plain.
    note: String,
    /// When they were first found so.
    since: chrono::DateTime<chrono::Utc>,
    /// When they were last found so.
    checked: chrono::DateTime<chrono::Utc>,
}

impl From<QuoteCheck> for Check {
    fn from(check: QuoteCheck) -> Self {
        Self {
            citation: check.citation.0,
            article: check.article.0,
            quote: check.exact,
            health: check.health.into(),
            now: check.now,
            note: check.note,
            since: check.since,
            checked: check.checked,
        }
    }
}

fn summary(brief: EventBrief, parties: &[impasse_app::model::dispute::Party], url: String) -> EventSummary {
    let involved = brief.parties.into_iter().map(|part| {
        let party = parties.iter().find(|party| party.id == part.party);
        EventParty {
            party: party.map(|party| party.key.clone()).unwrap_or_default(),
            name: party.map(|party| party.name.clone()).unwrap_or_default(),
            party_id: part.party.0,
            role: part.role.into(),
        }
    });
    EventSummary {
        date: WholeDate::from(&brief.date),
        title: brief.title,
        kind: brief.kind.into(),
        phase: brief.phase.into(),
        importance: brief.importance.into(),
        sequence: brief.sequence,
        due: brief.due.map(Due::from),
        step_of: brief.step_of.map(|id| id.0),
        parties: involved.collect(),
        attestation: brief.attestation.into(),
        known_from: brief.known_from,
        citation_count: brief.citations,
        publishers: brief.publishers,
        id: brief.id.0,
        url,
    }
}

/// An event as it is shown.
pub(super) async fn whole<L: Level>(within: &Within<L>, event: event::Event) -> Result<Event, Problem> {
    let (store, dispute) = (&within.server.store, &within.dispute.id);
    let parties = store.parties(dispute).await?;
    let articles = store.articles(dispute).await?;
    let brief = store.events_named(dispute, std::slice::from_ref(&event.id)).await?.pop();
    let brief = brief.ok_or_else(Problem::not_found)?;
    let url = within.page_at(&format!("/events/{}", event.id));
    let citations = event.citations.into_iter().map(|citation| Citation {
        id: citation.id.0,
        source: articles
            .iter()
            .find(|article| article.id == citation.article)
            .map(|article| Source::new(article, &citation.passage)),
        article: citation.article.0,
        quote: citation.passage.into(),
        attribution: Attribution {
            kind: citation.attribution.kind.into(),
            wording: citation.attribution.wording,
            count: citation.attribution.count,
        },
        date: citation.date.as_ref().map(WholeDate::from),
    });
    Ok(Event {
        citations: citations.collect(),
        summary: summary(brief, &parties, url),
        description: event.description,
        version: event.version,
        created: event.created,
        updated: event.updated,
    })
}

/// Which events, in the words of the dispute’s page: its query string can be taken over as it is.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it names the parameters for the OpenAPI document; `View::read` reads them")]
struct Filters {
    /// The first day or minute of the range, which an event’s date may touch.
    #[param(example = "2026-01-09")]
    from: Option<String>,
    /// The last day or minute.
    to: Option<String>,
    /// Keys of parties, at least one of which takes part; several with commas.
    party: Option<String>,
    /// Kinds; several with commas.
    #[param(example = "memo,statement")]
    kind: Option<String>,
    /// Attestations; several with commas.
    attest: Option<String>,
    /// Words that all occur in title, description or quotes.
    q: Option<String>,
    /// What was known by the end of this day.
    #[param(example = "2026-02-01")]
    asof: Option<String>,
    /// In what order: `date`, `latest`, `title`, `kind`, `attestation`, `known` or `citations`.
    sort: Option<String>,
}

/// The parameters of the page that decide on what is shown, and those that do not.
const VIEW: [&str; 14] = [
    "from", "to", "party", "kind", "attest", "q", "asof", "sort", "event", "group", "order", "layout",
    "limit", "cursor",
];

/// The address of an event.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it names the parameter for the OpenAPI document; `Within` reads it")]
struct EventPath {
    /// The event’s identifier.
    id: String,
}

/// List events
///
/// In time order, unless `sort` says otherwise. The filters are those of the dispute’s page, in the same spelling.
#[utoipa::path(get, path = "/disputes/{dispute}/events", tag = "Events", params(InDispute, Filters, Paging),
    responses((status = OK, description = "A page of events.", body = Page<EventSummary>)))]
async fn list_events(within: Within<Anyone>) -> Answer {
    within.only(&VIEW)?;
    let pairs = within.query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let (view, errors) = View::read(pairs);
    if !errors.is_empty() {
        return Err(Problem::new(axum::http::StatusCode::BAD_REQUEST).at(&errors));
    }
    let (store, dispute) = (&within.server.store, &within.dispute);
    let narrowed = within.server.cache.events(store, dispute, &view).await?;
    let mut events: Vec<&EventBrief> = narrowed.iter().filter(|event| is_in(event, view.range)).collect();
    sort_events(&mut events, view.sort, |event| *event);
    let parties = store.parties(&dispute.id).await?;
    within.listed(
        &events,
        |event| event.id.as_str(),
        |event| {
            let url = within.page_at(&format!("/events/{}", event.id));
            summary(event.clone(), &parties, url)
        },
    )
}

fn is_in(event: &EventBrief, range: Range) -> bool {
    range.to.is_none_or(|to| event.date.starts().is_none_or(|starts| starts < to))
        && range.from.is_none_or(|from| event.date.ends().is_none_or(|ends| ends > from))
}

/// Add an event
///
/// A date that can be read in two ways is refused with its readings; the words of a citation must stand in the
/// article’s text. The date of a deadline that is counted from another event is worked out, then and whenever that event
/// moves; one that is given must be the same.
#[utoipa::path(post, path = "/disputes/{dispute}/events", tag = "Events", params(InDispute),
    request_body = EventInput, security(("token" = ["write"])),
    responses((status = CREATED, description = "The event.", body = Event)))]
async fn create_event(within: Within<Write>, Body(input): Body<EventInput>) -> Answer {
    let draft = input.read(&within, &[]).await?;
    let store = &within.server.store;
    let event = store.add_event(&within.actor(), &within.dispute.id, &draft, &input.reason).await?;
    let path = within.path(&format!("/events/{}", event.id));
    within.created(&path, &whole(&within, event).await?)
}

async fn one<L: Level>(within: &Within<L>) -> Result<event::Event, Problem> {
    Ok(within.server.store.event(&within.dispute.id, &EventId::from(within.id.as_str())).await?)
}

/// Get an event
///
/// With its citations.
#[utoipa::path(get, path = "/disputes/{dispute}/events/{id}", tag = "Events", params(InDispute, EventPath),
    responses((status = OK, description = "The event.", body = Event)))]
async fn get_event(within: Within<Anyone>) -> Answer {
    within.only(&[])?;
    let event = one(&within).await?;
    within.found(&whole(&within, event).await?)
}

/// Change an event
///
/// Fields that are left out stay as they are. `citations` are all that it shall have: an `id` keeps one.
#[utoipa::path(patch, path = "/disputes/{dispute}/events/{id}", tag = "Events", params(InDispute, EventPath),
    request_body = EventPatch, security(("token" = ["write"])),
    responses((status = OK, description = "The event as it is now.", body = Event)))]
async fn change_event(within: Within<Write>, patch: Patch<EventInput>) -> Answer {
    let there = one(&within).await?;
    within.must_match(&whole(&within, there.clone()).await?)?;
    let old = EventDraft::from(there.clone());
    let input = patch.onto(&EventInput::of(&old))?;
    let draft = input.read(&within, &old.citations).await?;
    let (store, dispute) = (&within.server.store, &within.dispute.id);
    let changed =
        store.change_event(&within.actor(), dispute, &there.id, there.version, &draft, &input.reason).await;
    match changed {
        Ok(event) => within.changed(&whole(&within, event).await?),
        Err(StoreError::Conflict) => Err(changed_since(&within).await?),
        Err(error) => Err(error.into()),
    }
}

async fn changed_since(within: &Within<Write>) -> Result<Problem, Problem> {
    let now = one(within).await?;
    Ok(within.changed_since(&whole(within, now).await?))
}

/// Delete an event
///
/// It can be brought back.
#[utoipa::path(delete, path = "/disputes/{dispute}/events/{id}", tag = "Events",
    params(InDispute, EventPath, Why), security(("token" = ["write"])),
    responses((status = NO_CONTENT, description = "It is deleted.")))]
async fn delete_event(within: Within<Write>) -> Answer {
    let reason = within.reason()?;
    let there = one(&within).await?;
    within.must_match(&whole(&within, there.clone()).await?)?;
    let (store, dispute) = (&within.server.store, &within.dispute.id);
    match store.delete_event(&within.actor(), dispute, &there.id, there.version, &reason).await {
        Ok(()) => no_content(),
        Err(StoreError::Conflict) => Err(changed_since(&within).await?),
        Err(error) => Err(error.into()),
    }
}

/// To what an event is taken back.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EventRestore {
    /// The number of a revision of this event. Without one, a deleted event is brought back as it was.
    #[serde(default)]
    revision: Option<i64>,
    /// Why, for the record of changes.
    #[serde(default)]
    #[schema(max_length = 500)]
    reason: String,
}

/// Bring an event back, or take it back to a revision
#[utoipa::path(post, path = "/disputes/{dispute}/events/{id}/restore", tag = "Events",
    params(InDispute, EventPath), request_body = Option<EventRestore>, security(("token" = ["write"])),
    responses(
        (status = OK, description = "The event as it is now.", body = Event),
        (status = CONFLICT, description = "It is not deleted, and no revision is named.", body = Problem)))]
async fn restore_event(within: Within<Write>, MaybeBody(input): MaybeBody<EventRestore>) -> Answer {
    check_reason(&input.reason)?;
    let (store, id) = (&within.server.store, EventId::from(within.id.as_str()));
    let reason = match input.revision {
        Some(number) if input.reason.is_empty() => format!("Taken back to revision {number}"),
        _ => input.reason,
    };
    let event =
        store.restore_event(&within.actor(), &within.dispute.id, &id, input.revision, &reason).await?;
    within.changed(&whole(&within, event).await?)
}

/// List the checks of an event’s quotes
///
/// What looking for each quote on its publisher’s page gave the last time.
#[utoipa::path(get, path = "/disputes/{dispute}/events/{id}/checks", tag = "Events",
    params(InDispute, EventPath, Paging),
    responses((status = OK, description = "A page of checks.", body = Page<Check>)))]
async fn list_event_checks(within: Within<Anyone>) -> Answer {
    within.only(&["limit", "cursor"])?;
    let event = one(&within).await?;
    let mut checks = within.server.store.quote_checks(&within.dispute.id, &event.id).await?;
    let checks: Vec<QuoteCheck> =
        event.citations.iter().filter_map(|citation| checks.remove(citation.id.as_str())).collect();
    within.listed(&checks, |check| check.citation.as_str(), Check::from)
}

/// Check an event’s quotes
///
/// Writes down jobs that look for the quotes on their publishers’ pages.
#[utoipa::path(post, path = "/disputes/{dispute}/events/{id}/checks", tag = "Events",
    params(InDispute, EventPath), security(("token" = ["write"])),
    responses((status = ACCEPTED, description = "It will be done.", body = Written)))]
async fn check_event(within: Within<Write>) -> Answer {
    within.only(&[])?;
    let mut articles: Vec<_> = one(&within).await?.citations.into_iter().map(|one| one.article).collect();
    articles.sort_unstable();
    articles.dedup();
    check_quotes(&within, articles).await
}
