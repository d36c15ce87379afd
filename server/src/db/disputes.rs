//! Disputes.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use impasse_app::model::dispute::{Density, Dispute, DisputeDraft, DisputeSummary, Status};
use impasse_app::model::id::{DisputeId, UserId};
use impasse_app::model::revision::{Action, Actor, Subject};
use impasse_app::model::role::{Reader, Role, Visibility};
use impasse_app::model::search;
use impasse_app::model::time::Minute;
use impasse_app::store::{Result, StoreError};
use sqlx::AssertSqlSafe;

use super::clean::Clean;
use super::connection::{Connection, Database, Row, Value, values};
use super::write::{Write, new_id, now};
use super::{people, revisions};

const COLUMNS: &str =
    "id, slug, title, summary, question, status, inclusion_rule, visibility, takes_suggestions,
    version, revision";

/// The columns of a dispute, of a table of this name.
pub(super) fn columns(table: &str) -> String {
    let columns: Vec<String> =
        COLUMNS.split(',').map(|column| format!("{table}.{}", column.trim())).collect();
    columns.join(", ")
}

/// The condition on a dispute that a reader finds it by looking: it is public, they have a role in it, or they see all.
/// `sees_all` and `user` are parameters.
pub(super) fn found_by(sees_all: &str, user: &str) -> String {
    format!(
        "({sees_all} or disputes.visibility = '{}' or exists (
             select 1 from members where members.dispute_id = disputes.id and members.user_id = {user}
         ))",
        Visibility::Public.key()
    )
}

pub(super) fn dispute(row: &Row) -> Result<Dispute> {
    Ok(Dispute {
        id: row.id("id")?,
        slug: row.get("slug")?,
        title: row.get("title")?,
        summary: row.get("summary")?,
        question: row.get("question")?,
        status: row.choice("status", Status::from_key)?,
        inclusion_rule: row.get("inclusion_rule")?,
        visibility: row.choice("visibility", Visibility::from_key)?,
        takes_suggestions: row.get("takes_suggestions")?,
        version: row.get("version")?,
        revision: row.get("revision")?,
    })
}

/// [`StoreError::NotFound`] unless there is such a dispute.
pub(super) async fn must_be(connection: &mut Connection, id: &DisputeId) -> Result<()> {
    connection
        .one("select id from disputes where id = $1 and deleted_at is null", values![id])
        .await
        .map(drop)
}

/// A dispute by its identifier.
pub(super) async fn by_id(connection: &mut Connection, id: &DisputeId) -> Result<Dispute> {
    let sql = format!("select {COLUMNS} from disputes where id = $1 and deleted_at is null");
    dispute(&connection.one(AssertSqlSafe(sql), values![id]).await?)
}

/// The disputes that a reader finds by looking: public ones, and those in which they have a role.
pub(super) async fn list(
    database: &Database,
    kept: &Densities,
    reader: &Reader,
    text: &str,
) -> Result<Vec<DisputeSummary>> {
    let words = search::words(text);
    let mut connection = database.snapshot().await?;
    let sees_all = reader.role(Visibility::Private, None).is_some();
    let sql = format!(
        "select {COLUMNS} from disputes
         where deleted_at is null and {} order by revision desc, id",
        found_by("$1", "$2")
    );
    let user = reader.user().map(UserId::as_str);
    let rows = connection.all(AssertSqlSafe(sql), values![sees_all, user]).await?;
    let mut disputes = rows.iter().map(dispute).collect::<Result<Vec<_>>>()?;
    if !words.is_empty() {
        let mut texts: HashMap<DisputeId, Vec<String>> = HashMap::new();
        let rows = connection
            .all("select dispute_id, name, aliases from parties where deleted_at is null", vec![])
            .await?;
        for row in rows {
            let names = texts.entry(row.id("dispute_id")?).or_default();
            names.push(row.get("name")?);
            names.extend(row.json::<Vec<String>>("aliases")?);
        }
        disputes.retain(|dispute| {
            let mut parts = texts.remove(&dispute.id).unwrap_or_default();
            parts.extend([dispute.title.clone(), dispute.summary.clone()]);
            let text = search::folded(&parts.join("\n"));
            words.iter().all(|word| text.contains(word.as_str()))
        });
    }
    let mut densities = densities(kept, &mut connection, &disputes).await?;
    let ids = Value::list(disputes.iter().map(|dispute| dispute.id.as_str()))?;
    let given = connection.given(1);
    let mut latest = HashMap::new();
    let sql = format!(
        "select events.dispute_id, events.title, events.edtf, events.printed from {given}
         join events on events.id = (
             select id from events
             where dispute_id = given.value and deleted_at is null and sorts_at <= $2
             order by sorts_at desc, sorts_last desc, sequence desc, id desc limit 1
         )"
    );
    let minute = now().timestamp().div_euclid(60);
    for row in connection.all(AssertSqlSafe(sql), vec![ids, minute.into()]).await? {
        latest.insert(row.id::<DisputeId>("dispute_id")?, (row.get("title")?, row.date()?));
    }
    Ok(disputes
        .into_iter()
        .map(|dispute| {
            let density = densities.remove(&dispute.id);
            DisputeSummary {
                events: density.as_ref().map_or(0, |density| density.bins.iter().sum()),
                latest: latest.remove(&dispute.id),
                density,
                dispute,
            }
        })
        .collect())
}

/// Densities that were counted lately, by dispute, with the revision at which they were.
pub(super) type Densities = Mutex<HashMap<DisputeId, (i64, Option<Density>)>>;

/// Where the events of disputes crowd. Counting looks at every event, so what was counted is kept until its dispute is
/// changed; there is as much kept as there are disputes.
async fn densities(
    kept: &Densities,
    connection: &mut Connection,
    disputes: &[Dispute],
) -> Result<HashMap<DisputeId, Density>> {
    let mut known: HashMap<DisputeId, Option<Density>> = {
        let kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        let of = |dispute: &Dispute| {
            let (revision, density) = kept.get(&dispute.id)?;
            (*revision == dispute.revision).then(|| (dispute.id.clone(), density.clone()))
        };
        disputes.iter().filter_map(of).collect()
    };
    let missing: Vec<&Dispute> = disputes.iter().filter(|dispute| !known.contains_key(&dispute.id)).collect();
    for dispute in missing {
        // The index alone answers this; a text with all of them is far quicker had than a row for each.
        let rest = "from events where dispute_id = $1 and deleted_at is null order by sorts_at";
        let moments: Vec<(Minute,)> = connection.lists("sorts_at", rest, values![&dispute.id]).await?;
        let density = Density::of(moments.iter().map(|(moment,)| *moment));
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(dispute.id.clone(), (dispute.revision, density.clone()));
        known.insert(dispute.id.clone(), density);
    }
    Ok(known.into_iter().filter_map(|(id, density)| Some((id, density?))).collect())
}

/// The role that a reader was given in a dispute, beside its columns, for a query that has the account as `$2`.
pub(super) const GIVEN: &str =
    "(select role from members where dispute_id = disputes.id and user_id = $2) as given";

pub(super) fn role_of(row: &Row, reader: &Reader, visibility: Visibility) -> Result<Role> {
    let given: Option<String> = row.get("given")?;
    reader.role(visibility, given.as_deref().and_then(Role::from_key)).ok_or(StoreError::NotFound)
}

pub(super) async fn by_slug(database: &Database, reader: &Reader, slug: &str) -> Result<(Dispute, Role)> {
    let sql = format!("select {COLUMNS}, {GIVEN} from disputes where slug = $1 and deleted_at is null");
    let user = reader.user().map(UserId::as_str);
    let row = database.reader().await?.one(AssertSqlSafe(sql), values![slug, user]).await?;
    let dispute = dispute(&row)?;
    let role = role_of(&row, reader, dispute.visibility)?;
    Ok((dispute, role))
}

/// What a reader may do in a dispute, be it deleted.
pub(super) async fn role(database: &Database, reader: &Reader, id: &DisputeId) -> Result<Role> {
    let sql = format!("select visibility, {GIVEN} from disputes where id = $1");
    let user = reader.user().map(UserId::as_str);
    let row = database.reader().await?.one(AssertSqlSafe(sql), values![id, user]).await?;
    role_of(&row, reader, row.choice("visibility", Visibility::from_key)?)
}

/// Waits until nobody else changes a dispute or who may do what in it. [`StoreError::NotFound`] if there is no such
/// dispute or it was deleted.
pub(super) async fn lock(connection: &mut Connection, id: &DisputeId) -> Result<()> {
    let lock = connection.for_update();
    let sql = format!("select id from disputes where id = $1 and deleted_at is null{lock}");
    connection.one(AssertSqlSafe(sql), values![id]).await.map(drop)
}

pub(super) async fn add(database: &Database, by: &Actor, draft: &DisputeDraft) -> Result<Dispute> {
    let draft = draft.clone().clean();
    let id: DisputeId = new_id(now())?;
    let mut write = Write::begin_anyhow(database, by, &id, "").await?;
    let mut dispute = drafted(draft, id, 1);
    write
        .connection
        .run(
            "insert into disputes
             (id, slug, title, summary, question, status, inclusion_rule, version, revision, created_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9)",
            values![
                &dispute.id,
                &dispute.slug,
                &dispute.title,
                &dispute.summary,
                &dispute.question,
                dispute.status.key(),
                &dispute.inclusion_rule,
                dispute.version,
                write.at,
            ],
        )
        .await?;
    if let Some(user) = &by.user {
        let at = write.at;
        people::give(&mut write.connection, &dispute.id, user, Role::Owner, at).await?;
    }
    commit(write, Action::Create, &mut dispute).await?;
    Ok(dispute)
}

/// A dispute as a draft has it; who sees it is not for the draft to say.
fn drafted(draft: DisputeDraft, id: DisputeId, version: i64) -> Dispute {
    Dispute {
        visibility: Visibility::default(),
        takes_suggestions: false,
        id,
        slug: draft.slug,
        title: draft.title,
        summary: draft.summary,
        question: draft.question,
        status: draft.status,
        inclusion_rule: draft.inclusion_rule,
        version,
        revision: 0,
    }
}

/// Records a dispute, whose state holds the number of its own revision, and commits.
async fn commit(mut write: Write<'_>, action: Action, dispute: &mut Dispute) -> Result<()> {
    dispute.revision = write.take_numbers(1).await?;
    write.record(Subject::Dispute, dispute.id.as_str(), action, dispute)?;
    write.commit_from(dispute.revision).await
}

pub(super) async fn change(
    database: &Database,
    by: &Actor,
    id: &DisputeId,
    version: i64,
    draft: &DisputeDraft,
    reason: &str,
) -> Result<Dispute> {
    let draft = draft.clone().clean();
    let mut write = Write::begin(database, by, id, reason).await?;
    let (before, _) = whole(&mut write.connection, id).await?;
    if before.version != version {
        return Err(StoreError::Conflict);
    }
    let Dispute { visibility, takes_suggestions, .. } = before;
    let mut dispute = Dispute { visibility, takes_suggestions, ..drafted(draft, before.id, version + 1) };
    if visibility != Visibility::Public {
        // Another one could be guessed.
        dispute.slug = before.slug;
    }
    update(&mut write.connection, &dispute).await?;
    commit(write, Action::Update, &mut dispute).await?;
    Ok(dispute)
}

/// Writes a dispute's own fields over those that are there; it is there again if it was deleted.
async fn update(connection: &mut Connection, dispute: &Dispute) -> Result<()> {
    connection
        .run(
            "update disputes set slug = $1, title = $2, summary = $3, question = $4, status = $5,
             inclusion_rule = $6, version = $7, deleted_at = null where id = $8",
            values![
                &dispute.slug,
                &dispute.title,
                &dispute.summary,
                &dispute.question,
                dispute.status.key(),
                &dispute.inclusion_rule,
                dispute.version,
                &dispute.id,
            ],
        )
        .await
        .map(drop)
}

/// How long a slug may be, as forms have it.
const SLUG: usize = 60;

/// How many random characters the address of a dispute that is not public ends with: 50 bits.
const ENDING: usize = 10;

pub(super) async fn set_visibility(
    database: &Database,
    by: &Actor,
    id: &DisputeId,
    visibility: Visibility,
    takes_suggestions: bool,
) -> Result<Dispute> {
    let reason = format!("Who may read it: {}", visibility.label().to_lowercase());
    let mut write = Write::begin(database, by, id, &reason).await?;
    let (mut dispute, _) = whole(&mut write.connection, id).await?;
    let before = dispute.visibility;
    if (before, dispute.takes_suggestions) == (visibility, takes_suggestions) {
        return Ok(dispute);
    }
    if visibility != Visibility::Public && before == Visibility::Public {
        // Its address is known from when it was public, and can be guessed from its title; and that a name in addresses
        // is taken would tell that it is there.
        let code = crate::ids::code().map_err(|error| StoreError::Failed(Box::new(error)))?;
        let kept: String = dispute.slug.chars().take(SLUG - ENDING - 1).collect();
        dispute.slug = format!("{}-{}", kept.trim_end_matches('-'), &code[..ENDING]);
    }
    if visibility != Visibility::Public && before != visibility {
        // They would lead on to what only those shall see who are told of it from now on.
        let sql = "update links set revoked_at = $1 where dispute_id = $2 and revoked_at is null";
        write.connection.run(sql, values![write.at, id]).await?;
    }
    (dispute.visibility, dispute.takes_suggestions) = (visibility, takes_suggestions);
    dispute.version += 1;
    let sql =
        "update disputes set slug = $1, visibility = $2, takes_suggestions = $3, version = $4 where id = $5";
    let row = values![&dispute.slug, visibility.key(), takes_suggestions, dispute.version, id];
    write.connection.run(sql, row).await?;
    commit(write, Action::Update, &mut dispute).await?;
    Ok(dispute)
}

/// A dispute, and whether it was deleted. The row is locked.
async fn whole(connection: &mut Connection, id: &DisputeId) -> Result<(Dispute, bool)> {
    let lock = connection.for_update();
    let sql = format!("select {COLUMNS}, deleted_at from disputes where id = $1{lock}");
    let row = connection.one(AssertSqlSafe(sql), values![id]).await?;
    Ok((dispute(&row)?, row.get::<Option<i64>>("deleted_at")?.is_some()))
}

pub(super) async fn delete(database: &Database, by: &Actor, id: &DisputeId, reason: &str) -> Result<()> {
    let mut write = Write::begin(database, by, id, reason).await?;
    let (mut dispute, _) = whole(&mut write.connection, id).await?;
    write.connection.run("update disputes set deleted_at = $1 where id = $2", values![write.at, id]).await?;
    commit(write, Action::Delete, &mut dispute).await
}

pub(super) async fn restore(
    database: &Database,
    by: &Actor,
    id: &DisputeId,
    revision: Option<i64>,
    reason: &str,
) -> Result<Dispute> {
    let mut write = Write::begin_anyhow(database, by, id, reason).await?;
    let (before, deleted) = whole(&mut write.connection, id).await?;
    let mut dispute = match revision {
        None if !deleted => return Err(StoreError::Conflict),
        None => before,
        Some(_) => {
            let of = (Subject::Dispute, id.as_str());
            let recorded: Dispute = revisions::state(&mut write.connection, id, of, revision).await?;
            let is_public = |dispute: &Dispute| dispute.visibility == Visibility::Public;
            // Who may read it is no wording that one goes back to; and an address that nobody can guess stays one, as one
            // that was made for that is no name to go back to.
            let keeps_slug = !is_public(&before) || !is_public(&recorded);
            Dispute {
                slug: if keeps_slug { before.slug } else { recorded.slug },
                visibility: before.visibility,
                takes_suggestions: before.takes_suggestions,
                version: before.version + 1,
                ..recorded
            }
        }
    };
    update(&mut write.connection, &dispute).await?;
    commit(write, Action::Restore, &mut dispute).await?;
    Ok(dispute)
}
