//! What timelines and lists show of a dispute's events: those that a view lets through, in their order.

use std::collections::HashMap;
use std::sync::Arc;

use impasse_app::model::date::Shape;
use impasse_app::model::event::{Attestation, EventParty, Importance, Kind, Phase};
use impasse_app::model::id::{DisputeId, EventId, PartyId};
use impasse_app::model::search;
use impasse_app::model::view::View;
use impasse_app::store::{EventBrief, Outline, Result, StoreError};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::connection::{Connection, Database, Value, date, day_number, day_numbered, from_json, values};
use super::disputes;

pub(super) async fn list(database: &Database, dispute: &DisputeId, view: &View) -> Result<Vec<EventBrief>> {
    let mut connection = database.snapshot().await?;
    let briefs: Vec<Brief> = filtered(&mut connection, dispute, view, Brief::COLUMNS).await?;
    briefs.into_iter().map(EventBrief::try_from).collect()
}

pub(super) async fn outline(database: &Database, dispute: &DisputeId, view: &View) -> Result<Vec<Outline>> {
    let mut connection = database.snapshot().await?;
    let lines: Vec<Line> = filtered(&mut connection, dispute, view, Line::COLUMNS).await?;
    let (mut parties, mut publishers) = (HashMap::new(), HashMap::new());
    lines.into_iter().map(|line| line.outline(&mut parties, &mut publishers)).collect()
}

pub(super) async fn named(
    database: &Database,
    dispute: &DisputeId,
    ids: &[EventId],
) -> Result<Vec<EventBrief>> {
    let mut connection = database.snapshot().await?;
    disputes::must_be(&mut connection, dispute).await?;
    let rest = format!(
        "from events where id in (select given.value from {}) and dispute_id = $1 and deleted_at is null{ORDER}",
        connection.given(2)
    );
    let given = Value::list(ids.iter().map(EventId::as_str))?;
    let briefs: Vec<Brief> = connection.lists(Brief::COLUMNS, &rest, values![dispute, given]).await?;
    briefs.into_iter().map(EventBrief::try_from).collect()
}

/// The order of events; see [`impasse_app::store::Store::events`].
pub(super) const ORDER: &str = " order by sorts_at, sorts_last, sequence, id";

/// Columns of the events of a dispute that a view's filters and range let through, in order.
async fn filtered<T: DeserializeOwned>(
    connection: &mut Connection,
    dispute: &DisputeId,
    view: &View,
    columns: &str,
) -> Result<Vec<T>> {
    disputes::must_be(connection, dispute).await?;
    let mut filter = Filter { sql: String::new(), values: values![dispute] };
    if let Some(to) = view.range.to {
        filter.and(|n| format!("(events.starts is null or events.starts < ${n})"), to);
    }
    if let Some(from) = view.range.from {
        filter.and(|n| format!("(events.ends is null or events.ends > ${n})"), from);
    }
    if let Some(day) = view.as_of {
        filter.and(|n| format!("events.known_from <= ${n}"), day_number(day));
    }
    if !view.kinds.is_empty() {
        filter.and(
            |n| format!("events.kind in (select given.value from {})", connection.given(n)),
            Value::list(view.kinds.iter().map(|kind| kind.key()))?,
        );
    }
    if !view.attestations.is_empty() {
        filter.and(
            |n| format!("events.attestation in (select given.value from {})", connection.given(n)),
            Value::list(view.attestations.iter().map(|attestation| attestation.key()))?,
        );
    }
    if !view.parties.is_empty() {
        let sql = |n| {
            format!(
                "events.id in (select event_parties.event_id from parties
                 join event_parties on event_parties.party_id = parties.id
                 where parties.dispute_id = $1 and parties.deleted_at is null
                 and parties.key in (select given.value from {}))",
                connection.given(n)
            )
        };
        filter.and(sql, Value::list(view.parties.iter().map(String::as_str))?);
    }
    let words = search::words(&view.text);
    if !words.is_empty() {
        let sql = |n| {
            format!(
                "not exists (select 1 from {} where {}(events.search, given.value) = 0)",
                connection.given(n),
                connection.position()
            )
        };
        filter.and(sql, Value::list(words.iter().map(String::as_str))?);
    }
    let rest = format!("from events where dispute_id = $1 and deleted_at is null{}{ORDER}", filter.sql);
    connection.lists(columns, &rest, filter.values).await
}

/// Conditions on events with their parameters.
struct Filter {
    sql: String,
    values: Vec<Value>,
}

impl Filter {
    /// Adds a condition, made for the number of its parameter.
    fn and(&mut self, sql: impl FnOnce(usize) -> String, value: impl Into<Value>) {
        self.values.push(value.into());
        self.sql.push_str(" and ");
        self.sql.push_str(&sql(self.values.len()));
    }
}

/// What a timeline needs of an event, in the order of [`Brief::COLUMNS`].
#[derive(Deserialize)]
pub(super) struct Brief {
    id: EventId,
    edtf: String,
    printed: Option<String>,
    title: String,
    kind: Kind,
    phase: Phase,
    importance: Importance,
    sequence: i64,
    due: Option<String>,
    step_of: Option<EventId>,
    parties: String,
    publishers: String,
    citations: i64,
    attestation: Attestation,
    known_from: Option<i64>,
}

impl Brief {
    pub(super) const COLUMNS: &str =
        "id, edtf, printed, title, kind, phase, importance, sequence, due, step_of, parties,
        publishers, citation_count, attestation, known_from";
}

impl TryFrom<Brief> for EventBrief {
    type Error = StoreError;

    fn try_from(brief: Brief) -> Result<Self> {
        Ok(Self {
            id: brief.id,
            date: date(&brief.edtf, brief.printed)?,
            title: brief.title,
            kind: brief.kind,
            phase: brief.phase,
            importance: brief.importance,
            sequence: brief.sequence,
            due: brief.due.as_deref().map(from_json).transpose()?,
            step_of: brief.step_of,
            parties: from_json(&brief.parties)?,
            attestation: brief.attestation,
            known_from: brief.known_from.map(day_numbered),
            citations: brief.citations,
            publishers: from_json(&brief.publishers)?,
        })
    }
}

/// What an outline needs of an event, in the order of [`Line::COLUMNS`].
#[derive(Deserialize)]
struct Line {
    id: EventId,
    starts: Option<i64>,
    ends: Option<i64>,
    sorts_at: i64,
    shape: Shape,
    kind: Kind,
    importance: Importance,
    attestation: Attestation,
    known_from: Option<i64>,
    parties: String,
    publishers: String,
}

impl Line {
    const COLUMNS: &str =
        "id, starts, ends, sorts_at, shape, kind, importance, attestation, known_from, parties,
        publishers";

    /// The lists that were read already are shared.
    fn outline(
        self,
        parties: &mut HashMap<String, Arc<[PartyId]>>,
        publishers: &mut HashMap<String, Arc<[String]>>,
    ) -> Result<Outline> {
        Ok(Outline {
            id: self.id,
            starts: self.starts,
            ends: self.ends,
            sorts_at: self.sorts_at,
            is_span: self.shape == Shape::Span,
            kind: self.kind,
            importance: self.importance,
            attestation: self.attestation,
            known_from: self.known_from.map(day_numbered),
            parties: shared(parties, self.parties, |text| {
                Ok(from_json::<Vec<EventParty>>(text)?.into_iter().map(|part| part.party).collect())
            })?,
            publishers: shared(publishers, self.publishers, |text| {
                from_json::<Vec<String>>(text).map(Arc::from)
            })?,
        })
    }
}

/// What a text stands for, read once.
fn shared<T: ?Sized>(
    known: &mut HashMap<String, Arc<T>>,
    text: String,
    read: impl FnOnce(&str) -> Result<Arc<T>>,
) -> Result<Arc<T>> {
    if let Some(found) = known.get(&text) {
        return Ok(found.clone());
    }
    let fresh = read(&text)?;
    known.insert(text, fresh.clone());
    Ok(fresh)
}
