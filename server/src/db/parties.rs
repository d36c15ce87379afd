//! Parties.

use impasse_app::model::dispute::{Party, PartyDraft, PartyKind};
use impasse_app::model::id::{DisputeId, PartyId};
use impasse_app::model::revision::{Action, Actor, Subject};
use impasse_app::store::{Result, StoreError};
use impasse_app::t;
use impasse_app::texts::all_of;

use super::clean::Clean;
use super::connection::{Connection, Database, Row, json, values};
use super::write::{Write, new_id};
use super::{disputes, revisions};

fn party(row: &Row) -> Result<Party> {
    Ok(Party {
        id: row.id("id")?,
        key: row.get("key")?,
        name: row.get("name")?,
        aliases: row.json("aliases")?,
        kind: row.choice("kind", PartyKind::from_key)?,
        place: row.get("place")?,
    })
}

fn drafted(draft: PartyDraft, id: PartyId, place: i64) -> Party {
    Party { id, key: draft.key, name: draft.name, aliases: draft.aliases, kind: draft.kind, place }
}

pub(super) async fn list(database: &Database, dispute: &DisputeId) -> Result<Vec<Party>> {
    let mut connection = database.snapshot().await?;
    disputes::must_be(&mut connection, dispute).await?;
    let rows = connection
        .all(
            "select id, key, name, aliases, kind, place from parties
             where dispute_id = $1 and deleted_at is null order by place, id",
            values![dispute],
        )
        .await?;
    rows.iter().map(party).collect()
}

/// A party, and whether it was deleted.
async fn whole(connection: &mut Connection, dispute: &DisputeId, id: &PartyId) -> Result<(Party, bool)> {
    let row = connection
        .one(
            "select id, key, name, aliases, kind, place, deleted_at from parties
             where id = $1 and dispute_id = $2",
            values![id, dispute],
        )
        .await?;
    Ok((party(&row)?, row.get::<Option<i64>>("deleted_at")?.is_some()))
}

async fn current(connection: &mut Connection, dispute: &DisputeId, id: &PartyId) -> Result<Party> {
    match whole(connection, dispute, id).await? {
        (_, true) => Err(StoreError::NotFound),
        (party, false) => Ok(party),
    }
}

pub(super) async fn add(
    database: &Database,
    by: &Actor,
    dispute: &DisputeId,
    draft: &PartyDraft,
) -> Result<Party> {
    let draft = draft.clone().clean();
    let mut write = Write::begin(database, by, dispute, "").await?;
    let last = write
        .connection
        .one("select coalesce(max(place), 0) as place from parties where dispute_id = $1", values![dispute])
        .await?;
    let party = drafted(draft, new_id(write.at)?, last.get::<i64>("place")? + 1);
    write
        .connection
        .run(
            "insert into parties (id, dispute_id, key, name, aliases, kind, place)
             values ($1, $2, $3, $4, $5, $6, $7)",
            values![
                &party.id,
                dispute,
                &party.key,
                &party.name,
                json(&party.aliases)?,
                party.kind.key(),
                party.place,
            ],
        )
        .await?;
    write.record(Subject::Party, party.id.as_str(), Action::Create, &party)?;
    write.commit().await?;
    Ok(party)
}

pub(super) async fn change(
    database: &Database,
    by: &Actor,
    dispute: &DisputeId,
    id: &PartyId,
    draft: &PartyDraft,
    reason: &str,
) -> Result<Party> {
    let draft = draft.clone().clean();
    let mut write = Write::begin(database, by, dispute, reason).await?;
    let before = current(&mut write.connection, dispute, id).await?;
    let party = drafted(draft, before.id, before.place);
    update(&mut write.connection, &party).await?;
    write.record(Subject::Party, id.as_str(), Action::Update, &party)?;
    write.commit().await?;
    Ok(party)
}

/// Writes a party over what is there; it is there again if it was deleted.
async fn update(connection: &mut Connection, party: &Party) -> Result<()> {
    connection
        .run(
            "update parties set key = $1, name = $2, aliases = $3, kind = $4, deleted_at = null where id = $5",
            values![&party.key, &party.name, json(&party.aliases)?, party.kind.key(), &party.id],
        )
        .await
        .map(drop)
}

pub(super) async fn delete(
    database: &Database,
    by: &Actor,
    dispute: &DisputeId,
    id: &PartyId,
    reason: &str,
) -> Result<()> {
    let mut write = Write::begin(database, by, dispute, reason).await?;
    let party = current(&mut write.connection, dispute, id).await?;
    let uses = write
        .connection
        .one(
            "select (select count(distinct events.id) from event_parties
                     join events on events.id = event_parties.event_id
                     where event_parties.party_id = $1 and events.deleted_at is null) as events,
                    (select count(*) from positions where party_id = $1 and deleted_at is null) as positions",
            values![id],
        )
        .await?;
    refuse_used(&uses)?;
    write.connection.run("update parties set deleted_at = $1 where id = $2", values![write.at, id]).await?;
    write.record(Subject::Party, id.as_str(), Action::Delete, &party)?;
    write.commit().await
}

/// [`StoreError::InUse`] if the row counts `events` or `positions`, saying how many.
pub(super) fn refuse_used(uses: &Row) -> Result<()> {
    let (events, positions) = (uses.get::<i64>("events")?, uses.get::<i64>("positions")?);
    let events = (events > 0).then(|| t!("in-use-events", count = events));
    let positions = (positions > 0).then(|| t!("in-use-positions", count = positions));
    let parts = all_of(events.into_iter().chain(positions));
    if parts.is_empty() { Ok(()) } else { Err(StoreError::InUse(parts)) }
}

pub(super) async fn restore(
    database: &Database,
    by: &Actor,
    dispute: &DisputeId,
    id: &PartyId,
    revision: Option<i64>,
    reason: &str,
) -> Result<Party> {
    let mut write = Write::begin(database, by, dispute, reason).await?;
    let (before, deleted) = whole(&mut write.connection, dispute, id).await?;
    let party = match revision {
        None if !deleted => return Err(StoreError::Conflict),
        None => before,
        Some(_) => {
            let of = (Subject::Party, id.as_str());
            let recorded: Party = revisions::state(&mut write.connection, dispute, of, revision).await?;
            Party { place: before.place, ..recorded }
        }
    };
    update(&mut write.connection, &party).await?;
    write.record(Subject::Party, id.as_str(), Action::Restore, &party)?;
    write.commit().await?;
    Ok(party)
}
