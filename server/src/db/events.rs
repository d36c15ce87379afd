//! Events with their parties and citations, whole: read one by one, and written.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use impasse_app::model::article::Article;
use impasse_app::model::date::EventDate;
use impasse_app::model::event::{Citation, Event, EventDraft, Importance, Kind, Phase, attest};
use impasse_app::model::id::{ArticleId, CandidateId, DisputeId, EventId};
use impasse_app::model::revision::{Action, Actor, Subject};
use impasse_app::model::search;
use impasse_app::store::{Result, StoreError};

use super::clean::Clean;
use super::connection::{Connection, Database, Row, Value, day_number, json, values};
use super::deadlines::Given;
use super::references::References;
use super::write::{Write, new_id};
use super::{deadlines, disputes, revisions, searching, steps};

const COLUMNS: [&str; 30] = [
    "id",
    "dispute_id",
    "edtf",
    "printed",
    "starts",
    "ends",
    "sorts_at",
    "sorts_last",
    "precision",
    "qualifier",
    "shape",
    "title",
    "description",
    "kind",
    "phase",
    "importance",
    "sequence",
    "due",
    "due_base",
    "step_of",
    "parties",
    "publishers",
    "citation_count",
    "attestation",
    "known_from",
    "search",
    "words",
    "version",
    "created_at",
    "updated_at",
];

/// The latest day of a date, by number, for the order of events; an open end comes after all.
pub(super) fn sorts_last(date: &EventDate) -> i64 {
    date.latest().map_or(i64::MAX, day_number)
}

pub(super) async fn one(database: &Database, dispute: &DisputeId, id: &EventId) -> Result<Event> {
    let mut connection = database.snapshot().await?;
    disputes::must_be(&mut connection, dispute).await?;
    current(&mut connection, dispute, id).await
}

pub(super) async fn articles_cited(
    database: &Database,
    dispute: &DisputeId,
) -> Result<Vec<(EventId, ArticleId)>> {
    let mut connection = database.snapshot().await?;
    disputes::must_be(&mut connection, dispute).await?;
    let rows = connection
        .all(
            "select citations.event_id, citations.article_id from citations
             join events on events.id = citations.event_id
             where events.dispute_id = $1 and events.deleted_at is null
             order by citations.event_id, citations.place",
            values![dispute],
        )
        .await?;
    rows.iter().map(|row| Ok((row.id("event_id")?, row.id("article_id")?))).collect()
}

/// An event, and whether it was deleted.
async fn whole(connection: &mut Connection, dispute: &DisputeId, id: &EventId) -> Result<(Event, bool)> {
    let row = connection
        .one(
            "select id, edtf, printed, title, description, kind, phase, importance, sequence, due, step_of, parties,
             version, created_at, updated_at, deleted_at from events where id = $1 and dispute_id = $2",
            values![id, dispute],
        )
        .await?;
    let citations = connection
        .all(
            "select id, article_id, passage, attribution, date from citations
             where event_id = $1 order by place",
            values![id],
        )
        .await?;
    let citation = |row: &Row| {
        Ok(Citation {
            id: row.id("id")?,
            article: row.id("article_id")?,
            passage: row.json("passage")?,
            attribution: row.json("attribution")?,
            date: row.json_if_any("date")?,
        })
    };
    let event = Event {
        id: row.id("id")?,
        date: row.date()?,
        title: row.get("title")?,
        description: row.get("description")?,
        kind: row.choice("kind", Kind::from_key)?,
        phase: row.choice("phase", Phase::from_key)?,
        importance: row.choice("importance", Importance::from_key)?,
        sequence: row.get("sequence")?,
        due: row.json_if_any("due")?,
        step_of: row.get::<Option<String>>("step_of")?.map(EventId::from),
        parties: row.json("parties")?,
        citations: citations.iter().map(citation).collect::<Result<_>>()?,
        version: row.get("version")?,
        created: row.instant("created_at")?,
        updated: row.instant("updated_at")?,
    };
    Ok((event, row.get::<Option<i64>>("deleted_at")?.is_some()))
}

/// An event that is not deleted.
async fn current(connection: &mut Connection, dispute: &DisputeId, id: &EventId) -> Result<Event> {
    match whole(connection, dispute, id).await? {
        (_, true) => Err(StoreError::NotFound),
        (event, false) => Ok(event),
    }
}

/// An event that is to be changed from a version.
pub(super) async fn at_version(write: &mut Write<'_>, id: &EventId, version: i64) -> Result<Event> {
    let event = current(&mut write.connection, &write.dispute, id).await?;
    if event.version == version { Ok(event) } else { Err(StoreError::Conflict) }
}

/// The event that a draft makes. Its citations keep the identifiers that `kept` allows; [`StoreError::Unknown`]
/// names `citation` if one bears another, or two the same.
fn drafted(
    draft: EventDraft,
    id: EventId,
    version: i64,
    (created, updated): (DateTime<Utc>, DateTime<Utc>),
    kept: Kept<'_>,
) -> Result<Event> {
    let draft = draft.clean();
    let mut used = HashSet::new();
    let citations = draft
        .citations
        .into_iter()
        .map(|citation| {
            let id = match (citation.id, &kept) {
                (None, _) | (Some(_), Kept::None) => new_id(updated)?,
                (Some(id), Kept::All) => id,
                (Some(id), Kept::Of(citations)) if citations.iter().any(|one| one.id == id) => id,
                (Some(_), Kept::Of(_)) => return Err(StoreError::Unknown("citation")),
            };
            if !used.insert(id.clone()) {
                return Err(StoreError::Unknown("citation"));
            }
            Ok(Citation {
                id,
                article: citation.article,
                passage: citation.passage,
                attribution: citation.attribution,
                date: citation.date,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    let mut parties = Vec::with_capacity(draft.parties.len());
    for part in draft.parties {
        if !parties.contains(&part) {
            parties.push(part);
        }
    }
    Ok(Event {
        id,
        date: draft.date.ok_or(StoreError::Unknown("date"))?,
        title: draft.title,
        description: draft.description,
        kind: draft.kind,
        phase: draft.phase,
        importance: draft.importance,
        sequence: draft.sequence,
        due: draft.due,
        step_of: draft.step_of,
        parties,
        citations,
        version,
        created,
        updated,
    })
}

/// Whose identifiers a draft's citations may bear.
enum Kept<'a> {
    /// Nobody's: those that a draft bears belong to what it was copied from.
    None,
    /// Those of the event as it stands.
    Of(&'a [Citation]),
    /// Those that a revision recorded.
    All,
}

/// Writes events, new or not, with their parts, after checking what they refer to.
async fn save(write: &mut Write<'_>, events: &[Event], references: &References) -> Result<()> {
    let (mut rows, mut parties, mut citations) = (Vec::with_capacity(events.len()), Vec::new(), Vec::new());
    for event in events {
        rows.push(row(&write.dispute, event, references)?);
        for part in &event.parties {
            parties.push(values![&event.id, &part.party, part.role.key()]);
        }
        for (place, citation) in (0_i64..).zip(&event.citations) {
            citations.push(values![
                &citation.id,
                &event.id,
                &citation.article,
                place,
                json(&citation.passage)?,
                json(&citation.attribution)?,
                citation.date.as_ref().map(json).transpose()?,
            ]);
        }
    }
    let replace: Vec<String> = COLUMNS.iter().map(|column| format!("{column} = excluded.{column}")).collect();
    let replace = format!(" on conflict (id) do update set deleted_at = null, {}", replace.join(", "));
    write.connection.insert("events", &COLUMNS, &replace, rows).await?;
    write.connection.insert("event_parties", &["event_id", "party_id", "role"], "", parties).await?;
    write
        .connection
        .insert(
            "citations",
            &["id", "event_id", "article_id", "place", "passage", "attribution", "date"],
            "",
            citations,
        )
        .await
}

/// The row of an event with all that is derived.
fn row(dispute: &DisputeId, event: &Event, references: &References) -> Result<Vec<Value>> {
    for part in &event.parties {
        references.check_party(&part.party)?;
    }
    let mut articles: Vec<Article> = Vec::new();
    for citation in &event.citations {
        let article = references.article(&citation.article)?;
        if !articles.contains(article) {
            articles.push(article.clone());
        }
    }
    let known_from: Option<NaiveDate> = articles.iter().filter_map(|article| article.published).min();
    let mut publishers: Vec<&str> = articles
        .iter()
        .map(|article| article.publisher.as_str())
        .filter(|publisher| !publisher.is_empty())
        .collect();
    publishers.sort_by_cached_key(|publisher| (search::folded(publisher), *publisher));
    publishers.dedup();
    let quotes = event.citations.iter().map(|citation| citation.passage.exact.as_str());
    let searched: Vec<&str> =
        [event.title.as_str(), event.description.as_str()].into_iter().chain(quotes).collect();
    let text = searched.join("\n");
    let date = &event.date;
    Ok(values![
        &event.id,
        dispute,
        date.edtf(),
        date.printed(),
        date.starts(),
        date.ends(),
        date.sorts_at(),
        sorts_last(date),
        date.precision().key(),
        date.qualifier().key(),
        date.shape().key(),
        &event.title,
        &event.description,
        event.kind.key(),
        event.phase.key(),
        event.importance.key(),
        event.sequence,
        event.due.as_ref().map(json).transpose()?,
        event.rule().map(|rule| rule.base.as_str()),
        event.step_of.as_ref().map(EventId::as_str),
        json(&event.parties)?,
        json(&publishers)?,
        i64::try_from(event.citations.len()).unwrap_or(i64::MAX),
        attest(event, &articles).key(),
        known_from,
        search::folded(&text),
        searching::words(dispute, &text),
        event.version,
        event.created,
        event.updated,
    ])
}

/// Adds events within a change.
pub(super) async fn create(write: &mut Write<'_>, drafts: &[EventDraft]) -> Result<Vec<Event>> {
    let references = References::of_events(&mut write.connection, &write.dispute, drafts).await?;
    let mut drafts = drafts.to_vec();
    for draft in &mut drafts {
        deadlines::settle(write, None, draft, Given::Now).await?;
        steps::settle(write, None, draft, Given::Now).await?;
    }
    let events = drafts
        .into_iter()
        .map(|draft| drafted(draft, new_id(write.at)?, 1, (write.at, write.at), Kept::None))
        .collect::<Result<Vec<_>>>()?;
    save(write, &events, &references).await?;
    for event in &events {
        write.record(Subject::Event, event.id.as_str(), Action::Create, event)?;
    }
    Ok(events)
}

/// Changes an event within a change. `before` is as it stands, `draft` as it shall be.
pub(super) async fn replace(write: &mut Write<'_>, before: &Event, draft: EventDraft) -> Result<Event> {
    rewrite(write, before, draft, Kept::Of(&before.citations), Action::Update).await
}

/// Writes an event with its date worked out anew, for that reason; see [`deadlines::follow`].
pub(super) async fn put(
    write: &mut Write<'_>,
    before: &Event,
    draft: EventDraft,
    reason: String,
) -> Result<Event> {
    overwrite(write, before, draft, Kept::All, Action::Update, Some(reason)).await
}

/// An event that is not deleted, within a change.
pub(super) async fn there(write: &mut Write<'_>, id: &EventId) -> Result<Event> {
    current(&mut write.connection, &write.dispute, id).await
}

async fn rewrite(
    write: &mut Write<'_>,
    before: &Event,
    mut draft: EventDraft,
    kept: Kept<'_>,
    action: Action,
) -> Result<Event> {
    let given = if action == Action::Restore { Given::Before } else { Given::Now };
    deadlines::settle(write, Some(before), &mut draft, given).await?;
    steps::settle(write, Some(before), &draft, given).await?;
    let event = overwrite(write, before, draft, kept, action, None).await?;
    if before.date.edtf() != event.date.edtf() || action == Action::Restore {
        deadlines::follow(write, before, &event).await?;
    }
    Ok(event)
}

async fn overwrite(
    write: &mut Write<'_>,
    before: &Event,
    draft: EventDraft,
    kept: Kept<'_>,
    action: Action,
    reason: Option<String>,
) -> Result<Event> {
    let references =
        References::of_events(&mut write.connection, &write.dispute, std::slice::from_ref(&draft)).await?;
    let times = (before.created, write.at);
    let event = drafted(draft, before.id.clone(), before.version + 1, times, kept)?;
    write.connection.run("delete from event_parties where event_id = $1", values![&event.id]).await?;
    write.connection.run("delete from citations where event_id = $1", values![&event.id]).await?;
    save(write, std::slice::from_ref(&event), &references).await?;
    write.record_because(Subject::Event, event.id.as_str(), action, reason, &event)?;
    Ok(event)
}

pub(super) async fn add(
    database: &Database,
    by: &Actor,
    dispute: &DisputeId,
    drafts: &[EventDraft],
    reason: &str,
) -> Result<Vec<Event>> {
    let mut write = Write::begin(database, by, dispute, reason).await?;
    let events = create(&mut write, drafts).await?;
    // An import of nothing changes nothing.
    if !events.is_empty() {
        write.commit().await?;
    }
    Ok(events)
}

pub(super) async fn change(
    database: &Database,
    by: &Actor,
    dispute: &DisputeId,
    (id, version): (&EventId, i64),
    draft: &EventDraft,
    reason: &str,
) -> Result<Event> {
    let mut write = Write::begin(database, by, dispute, reason).await?;
    let before = at_version(&mut write, id, version).await?;
    let event = replace(&mut write, &before, draft.clone()).await?;
    write.commit().await?;
    Ok(event)
}

pub(super) async fn delete(
    database: &Database,
    by: &Actor,
    dispute: &DisputeId,
    (id, version): (&EventId, i64),
    reason: &str,
) -> Result<()> {
    let mut write = Write::begin(database, by, dispute, reason).await?;
    let event = at_version(&mut write, id, version).await?;
    mark_deleted(&mut write, &event).await?;
    write.commit().await
}

pub(super) async fn restore(
    database: &Database,
    by: &Actor,
    dispute: &DisputeId,
    id: &EventId,
    revision: Option<i64>,
    reason: &str,
) -> Result<Event> {
    let mut write = Write::begin(database, by, dispute, reason).await?;
    let (before, deleted) = whole(&mut write.connection, dispute, id).await?;
    if revision.is_none() && !deleted {
        return Err(StoreError::Conflict);
    }
    let of = (Subject::Event, id.as_str());
    let recorded: Event = revisions::state(&mut write.connection, dispute, of, revision).await?;
    let event = rewrite(&mut write, &before, recorded.into(), Kept::All, Action::Restore).await?;
    write.commit().await?;
    Ok(event)
}

/// Takes back what the decision about a candidate did to an event: deletes one that came to be by it, else brings back
/// what it was before. Says whether that could be done: not if the event says something else by now. One that is deleted
/// already needs nothing.
pub(super) async fn take_back(write: &mut Write<'_>, id: &EventId, candidate: &CandidateId) -> Result<bool> {
    let dispute = write.dispute.clone();
    let (event, deleted) = whole(&mut write.connection, &dispute, id).await?;
    if deleted {
        return Ok(true);
    }
    // The event was recorded just before the decision, in the same change. Times would not tell: several changes may be
    // made in one millisecond.
    let decision = (Subject::Candidate, candidate.as_str());
    let decided = revisions::last(&mut write.connection, &dispute, decision).await?;
    let of = (Subject::Event, id.as_str());
    let (made, before) = revisions::two_before::<Event>(&mut write.connection, &dispute, of, decided).await?;
    let says = |event: &Event| without_ids(event.clone().into());
    if says(&made) != says(&event) {
        return Ok(false);
    }
    match before {
        Some(before) => {
            rewrite(write, &event, before.into(), Kept::All, Action::Restore).await?;
        }
        None => mark_deleted(write, &event).await?,
    }
    Ok(true)
}

async fn mark_deleted(write: &mut Write<'_>, event: &Event) -> Result<()> {
    let sql = "update events set deleted_at = $1 where id = $2";
    write.connection.run(sql, values![write.at, &event.id]).await?;
    write.record(Subject::Event, event.id.as_str(), Action::Delete, event)
}

/// The identifiers that a merge gives to the citations it brings are new.
pub(super) fn without_ids(mut draft: EventDraft) -> EventDraft {
    for citation in &mut draft.citations {
        citation.id = None;
    }
    draft
}
