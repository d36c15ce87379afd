//! Disputes as they were at a revision, and links to views of them.

use std::collections::HashMap;

use async_trait::async_trait;
use impasse_app::model::article::Article;
use impasse_app::model::dispute::{Dispute, Party, Position};
use impasse_app::model::event::{Event, EventDraft};
use impasse_app::model::id::{DisputeId, EventId};
use impasse_app::model::link::{Link, LinkDraft, Upload};
use impasse_app::model::record::Record;
use impasse_app::model::revision::{Action, Actor, Subject};
use impasse_app::store::{Links, Result, StoreError};
use serde::Deserialize;
use sqlx::AssertSqlSafe;

use super::connection::{Database, Row, from_json, values};
use super::write::now;
use super::{SqlStore, disputes, events, imports};
use crate::ids;

#[async_trait]
impl Links for SqlStore {
    async fn record(&self, dispute: &DisputeId, revision: i64) -> Result<Record> {
        record(&self.database, dispute, revision).await
    }

    async fn add_link(&self, by: Option<&Actor>, dispute: &DisputeId, draft: &LinkDraft) -> Result<Link> {
        add(&self.database, by, dispute, draft).await
    }

    async fn link(&self, code: &str) -> Result<(Link, Dispute)> {
        one(&self.database, code).await
    }

    async fn links(&self, dispute: &DisputeId) -> Result<Vec<Link>> {
        list(&self.database, dispute).await
    }

    async fn keep_upload(&self, by: &Actor, dispute: &DisputeId, upload: &Upload) -> Result<String> {
        imports::keep(&self.database, by, dispute, upload).await
    }

    async fn upload(&self, by: &Actor, dispute: &DisputeId, id: &str) -> Result<Upload> {
        imports::one(&self.database, by, dispute, id).await
    }

    async fn forget_upload(&self, dispute: &DisputeId, id: &str) -> Result<()> {
        imports::forget(&self.database, dispute, id).await
    }

    async fn import_keys(&self, dispute: &DisputeId) -> Result<HashMap<String, EventId>> {
        imports::keys(&self.database, dispute).await
    }

    async fn import_events(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        rows: &[(String, EventDraft)],
        reason: &str,
    ) -> Result<u64> {
        imports::add(&self.database, by, dispute, rows, reason).await
    }

    async fn revoke_link(&self, dispute: &DisputeId, code: &str) -> Result<()> {
        revoke(&self.database, dispute, code).await
    }
}

/// The last change of something, in the order of [`Last::COLUMNS`].
#[derive(Deserialize)]
struct Last {
    subject: Subject,
    action: Action,
    state: String,
}

impl Last {
    const COLUMNS: &str = "subject, action, state";
}

pub(super) async fn record(database: &Database, dispute: &DisputeId, revision: i64) -> Result<Record> {
    let mut connection = database.snapshot().await?;
    disputes::must_be(&mut connection, dispute).await?;
    let rest = "from revisions
        where number in (
            select max(number) from revisions
            where dispute_id = $1 and number <= $2 and subject in ('dispute', 'party', 'event', 'article', 'position')
            group by subject, subject_id
        )";
    let changes: Vec<Last> = connection.lists(Last::COLUMNS, rest, values![dispute, revision]).await?;
    let (mut parties, mut articles, mut positions, mut events) =
        (Vec::<Party>::new(), Vec::<Article>::new(), Vec::<Position>::new(), Vec::<Event>::new());
    let mut found: Option<Dispute> = None;
    for Last { subject, action, state, .. } in changes {
        match subject {
            // One that was deleted and brought back says what it said, so what was done last does not matter.
            Subject::Dispute => found = Some(from_json(&state)?),
            _ if action == Action::Delete => {}
            Subject::Party => parties.push(from_json(&state)?),
            Subject::Article => articles.push(from_json(&state)?),
            Subject::Position => positions.push(from_json(&state)?),
            Subject::Event => events.push(from_json(&state)?),
            Subject::Candidate | Subject::Feed => {}
        }
    }
    let mut dispute = found.ok_or(StoreError::NotFound)?;
    dispute.revision = revision;
    parties.sort_by(|a, b| (a.place, &a.id).cmp(&(b.place, &b.id)));
    articles.sort_by(|a, b| (b.published, b.retrieved, &b.id).cmp(&(a.published, a.retrieved, &a.id)));
    positions.sort_by_cached_key(|position| {
        let place = parties.iter().position(|party| party.id == position.party);
        (place, position.date.sorts_at(), events::sorts_last(&position.date), position.id.clone())
    });
    events.sort_by_cached_key(|event| {
        let date = &event.date;
        (date.sorts_at(), events::sorts_last(date), event.sequence, event.id.clone())
    });
    Ok(Record { dispute, parties, articles, positions, events })
}

const COLUMNS: &str = "links.code, links.dispute_id, links.query, links.revision, links.created_at,
    links.actor, links.expires, links.revoked_at";

fn link(row: &Row) -> Result<Link> {
    Ok(Link {
        code: row.get("code")?,
        dispute: row.id("dispute_id")?,
        query: row.get("query")?,
        revision: row.get("revision")?,
        created: row.instant("created_at")?,
        by: row.get("actor")?,
        expires: row.day("expires")?,
        revoked: row.instant_if_any("revoked_at")?,
    })
}

pub(super) async fn add(
    database: &Database,
    by: Option<&Actor>,
    dispute: &DisputeId,
    draft: &LinkDraft,
) -> Result<Link> {
    let mut connection = database.transaction().await?;
    disputes::must_be(&mut connection, dispute).await?;
    let user = by.and_then(|actor| actor.user.as_ref()).map(|user| user.as_str());
    let sql = format!(
        "select {COLUMNS} from links
         where dispute_id = $1 and revision = $2 and query = $3 and revoked_at is null
         and coalesce(user_id, '') = coalesce($4, '') and coalesce(expires, -1) = coalesce($5, -1)"
    );
    let same = values![dispute, draft.revision, &draft.query, user, draft.expires];
    if let Some(row) = connection.first(AssertSqlSafe(sql), same).await? {
        return link(&row);
    }
    let made = Link {
        code: ids::code().map_err(|error| StoreError::Failed(Box::new(error)))?,
        dispute: dispute.clone(),
        query: draft.query.clone(),
        revision: draft.revision,
        created: now(),
        by: by.map(|actor| actor.name.clone()),
        expires: draft.expires,
        revoked: None,
    };
    connection
        .run(
            "insert into links (code, dispute_id, query, revision, created_at, user_id, actor, expires)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
            values![
                &made.code,
                dispute,
                &made.query,
                made.revision,
                made.created,
                user,
                made.by.as_deref(),
                made.expires,
            ],
        )
        .await?;
    connection.commit().await?;
    Ok(made)
}

pub(super) async fn one(database: &Database, code: &str) -> Result<(Link, Dispute)> {
    let mut connection = database.snapshot().await?;
    let sql = format!("select {COLUMNS} from links where code = $1");
    let link = link(&connection.one(AssertSqlSafe(sql), values![code]).await?)?;
    let dispute = disputes::by_id(&mut connection, &link.dispute).await?;
    Ok((link, dispute))
}

pub(super) async fn list(database: &Database, dispute: &DisputeId) -> Result<Vec<Link>> {
    let mut connection = database.snapshot().await?;
    disputes::must_be(&mut connection, dispute).await?;
    let sql = format!("select {COLUMNS} from links where dispute_id = $1 order by created_at desc, code");
    connection.all(AssertSqlSafe(sql), values![dispute]).await?.iter().map(link).collect()
}

pub(super) async fn revoke(database: &Database, dispute: &DisputeId, code: &str) -> Result<()> {
    let mut connection = database.transaction().await?;
    disputes::must_be(&mut connection, dispute).await?;
    let found = "select code from links where code = $1 and dispute_id = $2";
    connection.one(found, values![code, dispute]).await?;
    let sql = "update links set revoked_at = $1 where code = $2 and revoked_at is null";
    if connection.run(sql, values![now(), code]).await? == 0 {
        return Err(StoreError::Conflict);
    }
    connection.commit().await
}
