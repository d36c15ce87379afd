//! What parties hold.

use std::collections::BTreeSet;

use impasse_app::model::dispute::{Position, PositionDraft, PositionSource};
use impasse_app::model::id::{ArticleId, DisputeId, PositionId};
use impasse_app::model::revision::{Action, Actor, Subject};
use impasse_app::store::{Result, StoreError};

use super::clean::Clean;
use super::connection::{Connection, Database, Row, json, values};
use super::references::References;
use super::write::{Write, new_id};
use super::{disputes, events, revisions};

const COLUMNS: [&str; 10] = [
    "id",
    "dispute_id",
    "party_id",
    "statement",
    "edtf",
    "printed",
    "sorts_at",
    "sorts_last",
    "article_id",
    "passage",
];

fn position(row: &Row) -> Result<Position> {
    let source = match row.get::<Option<String>>("article_id")? {
        Some(article) => Some(PositionSource { article: ArticleId(article), passage: row.json("passage")? }),
        None => None,
    };
    Ok(Position {
        id: row.id("id")?,
        party: row.id("party_id")?,
        statement: row.get("statement")?,
        date: row.date()?,
        source,
    })
}

pub(super) async fn list(database: &Database, dispute: &DisputeId) -> Result<Vec<Position>> {
    let mut connection = database.snapshot().await?;
    disputes::must_be(&mut connection, dispute).await?;
    let rows = connection
        .all(
            "select positions.id, party_id, statement, edtf, printed, article_id, passage from positions
             join parties on parties.id = positions.party_id
             where positions.dispute_id = $1 and positions.deleted_at is null
             order by parties.place, parties.id, sorts_at, sorts_last, positions.id",
            values![dispute],
        )
        .await?;
    rows.iter().map(position).collect()
}

/// A position, and whether it was deleted.
async fn whole(
    connection: &mut Connection,
    dispute: &DisputeId,
    id: &PositionId,
) -> Result<(Position, bool)> {
    let row = connection
        .one(
            "select id, party_id, statement, edtf, printed, article_id, passage, deleted_at from positions
             where id = $1 and dispute_id = $2",
            values![id, dispute],
        )
        .await?;
    Ok((position(&row)?, row.get::<Option<i64>>("deleted_at")?.is_some()))
}

/// Writes a position, new or not, checks what it refers to, and commits.
async fn save(
    mut write: Write<'_>,
    id: PositionId,
    draft: PositionDraft,
    action: Action,
) -> Result<Position> {
    let PositionDraft { party, statement, date, source } = draft.clean();
    let articles: BTreeSet<_> = source.iter().map(|source| &source.article).collect();
    let references =
        References::of(&mut write.connection, &write.dispute, BTreeSet::from([&party]), articles).await?;
    references.check_party(&party)?;
    if let Some(source) = &source {
        references.article(&source.article)?;
    }
    let position = Position { id, party, statement, date, source };
    let row = values![
        &position.id,
        &write.dispute,
        &position.party,
        &position.statement,
        position.date.edtf(),
        position.date.printed(),
        position.date.sorts_at(),
        events::sorts_last(&position.date),
        position.source.as_ref().map(|source| source.article.as_str()),
        position.source.as_ref().map(|source| json(&source.passage)).transpose()?,
    ];
    const REPLACE: &str = " on conflict (id) do update set party_id = excluded.party_id,
        statement = excluded.statement, edtf = excluded.edtf, printed = excluded.printed,
        sorts_at = excluded.sorts_at, sorts_last = excluded.sorts_last, article_id = excluded.article_id,
        passage = excluded.passage, deleted_at = null";
    write.connection.insert("positions", &COLUMNS, REPLACE, vec![row]).await?;
    write.record(Subject::Position, position.id.as_str(), action, &position)?;
    write.commit().await?;
    Ok(position)
}

pub(super) async fn add(
    database: &Database,
    by: &Actor,
    dispute: &DisputeId,
    draft: &PositionDraft,
) -> Result<Position> {
    let write = Write::begin(database, by, dispute, "").await?;
    let id = new_id(write.at)?;
    save(write, id, draft.clone(), Action::Create).await
}

pub(super) async fn change(
    database: &Database,
    by: &Actor,
    dispute: &DisputeId,
    id: &PositionId,
    draft: &PositionDraft,
    reason: &str,
) -> Result<Position> {
    let mut write = Write::begin(database, by, dispute, reason).await?;
    match whole(&mut write.connection, dispute, id).await? {
        (_, true) => Err(StoreError::NotFound),
        (before, false) => save(write, before.id, draft.clone(), Action::Update).await,
    }
}

pub(super) async fn delete(
    database: &Database,
    by: &Actor,
    dispute: &DisputeId,
    id: &PositionId,
    reason: &str,
) -> Result<()> {
    let mut write = Write::begin(database, by, dispute, reason).await?;
    let (position, deleted) = whole(&mut write.connection, dispute, id).await?;
    if deleted {
        return Err(StoreError::NotFound);
    }
    write.connection.run("update positions set deleted_at = $1 where id = $2", values![write.at, id]).await?;
    write.record(Subject::Position, id.as_str(), Action::Delete, &position)?;
    write.commit().await
}

pub(super) async fn restore(
    database: &Database,
    by: &Actor,
    dispute: &DisputeId,
    id: &PositionId,
    revision: Option<i64>,
    reason: &str,
) -> Result<Position> {
    let mut write = Write::begin(database, by, dispute, reason).await?;
    let (before, deleted) = whole(&mut write.connection, dispute, id).await?;
    let Position { id, party, statement, date, source } = match revision {
        None if !deleted => return Err(StoreError::Conflict),
        None => before,
        Some(_) => {
            let of = (Subject::Position, id.as_str());
            revisions::state(&mut write.connection, dispute, of, revision).await?
        }
    };
    save(write, id, PositionDraft { party, statement, date, source }, Action::Restore).await
}
