//! Whether what is stored is whole: what a crash, a full disk or a hand in the database may have left.

use impasse_app::model::id::DisputeId;
use impasse_app::model::record::Record;
use impasse_app::store::{Result, StoreError};
use sqlx::AssertSqlSafe;

use super::connection::{Database, values};
use super::{articles, disputes, events, links, outlines, parties, positions};

/// How often a dispute is looked at again that was changed while one looked.
const AGAIN: usize = 5;

pub(super) async fn faults(database: &Database) -> Result<Vec<String>> {
    let mut faults = whole(database).await?;
    faults.extend(numbered(database).await?);
    let rows = database
        .reader()
        .await?
        .all("select id, slug from disputes where deleted_at is null order by id", vec![])
        .await?;
    for row in rows {
        let (id, slug): (DisputeId, String) = (row.id("id")?, row.get("slug")?);
        match says_the_same(database, &id).await {
            Ok(parts) => faults.extend(
                parts
                    .into_iter()
                    .map(|part| format!("{part} of the dispute {slug} are not what its revisions say.")),
            ),
            // Deleted meanwhile.
            Err(StoreError::NotFound) => {}
            Err(error) => faults.push(format!("The dispute {slug} cannot be read: {error}.")),
        }
    }
    Ok(faults)
}

/// What the database itself finds. PostgreSQL checks its pages as it reads them.
async fn whole(database: &Database) -> Result<Vec<String>> {
    let mut connection = database.reader().await?;
    if !connection.is_sqlite() {
        return Ok(Vec::new());
    }
    let mut faults = Vec::new();
    for row in connection.all("select integrity_check as found from pragma_integrity_check", vec![]).await? {
        let found: String = row.get("found")?;
        if found != "ok" {
            faults.push(format!("The file is damaged: {found}."));
        }
    }
    let sql = "select \"table\" as of_table, count(*) as count from pragma_foreign_key_check group by 1";
    for row in connection.all(sql, vec![]).await? {
        let (table, count): (String, i64) = (row.get("of_table")?, row.get("count")?);
        faults.push(format!("{count} rows of {table} name something that is not there."));
    }
    Ok(faults)
}

/// Whether revisions are numbered without a gap, up to what the counter says, and each dispute is at its last one.
async fn numbered(database: &Database) -> Result<Vec<String>> {
    let mut connection = database.snapshot().await?;
    let mut faults = Vec::new();
    let counted = connection
        .one(
            "select (select last from revision_counter where id = 1) as last,
                (select count(*) from revisions) as count,
                (select coalesce(max(number), 0) from revisions) as highest",
            vec![],
        )
        .await?;
    let (last, count, highest): (i64, i64, i64) =
        (counted.get("last")?, counted.get("count")?, counted.get("highest")?);
    if (count, highest) != (last, last) {
        faults.push(format!(
            "There are {count} revisions, the highest is {highest}, and the counter says {last}."
        ));
    }
    let sql =
        "select slug, revision, (select max(number) from revisions where dispute_id = disputes.id) as highest
        from disputes order by id";
    for row in connection.all(sql, vec![]).await? {
        let (at, highest): (i64, Option<i64>) = (row.get("revision")?, row.get("highest")?);
        if Some(at) != highest {
            let slug: String = row.get("slug")?;
            let highest = highest.map_or_else(|| "none".to_owned(), |highest| highest.to_string());
            faults.push(format!("The dispute {slug} is at revision {at}, and its last is {highest}."));
        }
    }
    Ok(faults)
}

/// The parts of a dispute that its tables and its revisions tell differently.
async fn says_the_same(database: &Database, id: &DisputeId) -> Result<Vec<&'static str>> {
    for _ in 0..AGAIN {
        let before = disputes::by_id(&mut database.reader().await?, id).await?;
        let by_tables = by_tables(database, id).await;
        if disputes::by_id(&mut database.reader().await?, id).await?.revision != before.revision {
            continue;
        }
        let by_tables = by_tables?;
        let by_revisions = links::record(database, id, before.revision).await?;
        let parts = [
            ("The fields", by_tables.dispute == by_revisions.dispute),
            ("The parties", by_tables.parties == by_revisions.parties),
            ("The articles", by_tables.articles == by_revisions.articles),
            ("The positions", by_tables.positions == by_revisions.positions),
            ("The events", by_tables.events == by_revisions.events),
        ];
        return Ok(parts.into_iter().filter(|(_, is_same)| !is_same).map(|(part, _)| part).collect());
    }
    // It is changed all the time, by a server that does well.
    Ok(Vec::new())
}

async fn by_tables(database: &Database, id: &DisputeId) -> Result<Record> {
    let mut record = Record {
        dispute: disputes::by_id(&mut database.reader().await?, id).await?,
        parties: parties::list(database, id).await?,
        articles: articles::list(database, id).await?,
        positions: positions::list(database, id).await?,
        events: Vec::new(),
    };
    let sql =
        format!("select id from events where dispute_id = $1 and deleted_at is null{}", outlines::ORDER);
    let rows = database.reader().await?.all(AssertSqlSafe(sql), values![id]).await?;
    for row in rows {
        record.events.push(events::one(database, id, &row.id("id")?).await?);
    }
    Ok(record)
}
