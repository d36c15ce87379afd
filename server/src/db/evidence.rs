//! Whether quotes still stand where they were taken from.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use impasse_app::model::evidence::{CheckDraft, Cited, Health, QuoteCheck};
use impasse_app::model::id::{ArticleId, DisputeId, EventId};
use impasse_app::model::work::{JobDraft, JobKind};
use impasse_app::store::Result;

use super::clean::Clean;
use super::connection::{Connection, Database, Row, values};
use super::disputes;

pub(super) async fn cited(
    database: &Database,
    dispute: &DisputeId,
    article: &ArticleId,
) -> Result<Vec<Cited>> {
    let mut connection = database.snapshot().await?;
    disputes::must_be(&mut connection, dispute).await?;
    let rows = connection
        .all(
            "select citations.id, citations.passage from citations
             join events on events.id = citations.event_id
             where citations.article_id = $1 and events.dispute_id = $2 and events.deleted_at is null
             order by citations.id",
            values![article, dispute],
        )
        .await?;
    rows.iter().map(|row| Ok(Cited { citation: row.id("id")?, passage: row.json("passage")? })).collect()
}

pub(super) async fn keep(
    database: &Database,
    dispute: &DisputeId,
    article: &ArticleId,
    at: DateTime<Utc>,
    checks: &[CheckDraft],
) -> Result<()> {
    let mut connection = database.transaction().await?;
    let of = values![article, dispute];
    connection
        .one("select id from articles where id = $1 and dispute_id = $2 and deleted_at is null", of)
        .await?;
    for check in checks {
        let (exact, found, note) =
            (check.exact.clone().clean(), check.now.clone().clean(), check.note.clone().clean());
        let last = connection
            .first(
                "select exact, health, found, since_at, checked_at from quote_checks where citation_id = $1
                 order by since_at desc limit 1",
                values![&check.citation],
            )
            .await?;
        if let Some(last) = last {
            let is_same = last.get::<String>("exact")? == exact
                && last.get::<String>("health")? == check.health.key()
                && last.get::<String>("found")? == found;
            // Of two checks within a millisecond, or by two clocks, the second is not kept beside the first.
            if is_same || last.instant("since_at")? >= at {
                connection
                    .run(
                        "update quote_checks set exact = $1, health = $2, found = $3, note = $4, checked_at = $5
                         where citation_id = $6 and since_at = $7",
                        values![
                            exact,
                            check.health.key(),
                            found,
                            note,
                            at.max(last.instant("checked_at")?),
                            &check.citation,
                            last.instant("since_at")?,
                        ],
                    )
                    .await?;
                continue;
            }
        }
        connection
            .run(
                "insert into quote_checks
                 (citation_id, dispute_id, article_id, exact, health, found, note, since_at, checked_at)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $8)",
                values![&check.citation, dispute, article, exact, check.health.key(), found, note, at],
            )
            .await?;
    }
    connection.commit().await
}

fn check(row: &Row) -> Result<QuoteCheck> {
    Ok(QuoteCheck {
        citation: row.id("citation_id")?,
        article: row.id("article_id")?,
        exact: row.get("exact")?,
        health: row.choice("health", Health::from_key)?,
        now: row.get("found")?,
        note: row.get("note")?,
        since: row.instant("since_at")?,
        checked: row.instant("checked_at")?,
    })
}

pub(super) async fn of_event(
    database: &Database,
    dispute: &DisputeId,
    event: &EventId,
) -> Result<HashMap<String, QuoteCheck>> {
    let mut connection = database.reader().await?;
    let rows = connection
        .all(
            "select quote_checks.citation_id, quote_checks.article_id, quote_checks.exact, quote_checks.health,
                    quote_checks.found, quote_checks.note, quote_checks.since_at, quote_checks.checked_at
             from citations join quote_checks on quote_checks.citation_id = citations.id
             where citations.event_id = $1 and quote_checks.dispute_id = $2
             order by quote_checks.since_at",
            values![event, dispute],
        )
        .await?;
    // The later ones take the places of the earlier.
    rows.iter().map(|row| check(row).map(|check| (check.citation.to_string(), check))).collect()
}

/// The jobs of checking the quotes of articles that are cited, stand on the web, and were last checked before a time.
pub(super) async fn due(
    connection: &mut Connection,
    at: DateTime<Utc>,
    before: DateTime<Utc>,
) -> Result<Vec<JobDraft>> {
    let rows = connection
        .all(
            "select articles.id, articles.dispute_id, articles.title from articles
             join disputes on disputes.id = articles.dispute_id
             where articles.deleted_at is null and disputes.deleted_at is null and articles.url is not null
             and articles.retrieved_at < $1
             and exists (select 1 from citations join events on events.id = citations.event_id
                         where citations.article_id = articles.id and events.deleted_at is null)
             and not exists (select 1 from quote_checks
                             where quote_checks.article_id = articles.id and quote_checks.checked_at >= $1)
             and not exists (select 1 from jobs where jobs.kind = 'check' and jobs.subject = articles.id
                             and (jobs.state in ('waiting', 'running') or jobs.updated_at >= $1))
             order by articles.retrieved_at limit 100",
            values![before],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(JobDraft {
                dispute: row.id("dispute_id")?,
                kind: JobKind::Check,
                subject: row.get("id")?,
                title: row.get("title")?,
                due: at,
            })
        })
        .collect()
}
