//! Looking for words: by SQLite's FTS5 (<https://www.sqlite.org/fts5.html>) or PostgreSQL's text search
//! (<https://www.postgresql.org/docs/current/textsearch.html>).
//!
//! Both are given words that are made here, so that both find the same. Among the words of each thing is the identifier
//! of its dispute, so that a search in one dispute does not go through what is in the others.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use async_trait::async_trait;
use impasse_app::model::article::{Article, Stage};
use impasse_app::model::id::{ArticleId, DisputeId, EventId, UserId};
use impasse_app::model::role::{Reader, Visibility};
use impasse_app::model::search::tokens;
use impasse_app::model::time;
use impasse_app::store::{Hit, Matched, Question, Result, Searching, StoreError};
use sqlx::AssertSqlSafe;

use super::connection::{Connection, Database, Row, Value, values};
use super::{SqlStore, disputes};

/// How many bytes of words are kept of one text. PostgreSQL takes a megabyte, its own marks included.
const MOST: usize = 400_000;

/// How many bytes of a word are kept. PostgreSQL takes 2,046.
const LONGEST: usize = 200;

/// How many things get their words in one transaction.
const BATCH: i64 = 500;

#[async_trait]
impl Searching for SqlStore {
    async fn search(
        &self,
        reader: &Reader,
        question: &Question,
        from: usize,
        most: usize,
    ) -> Result<(Vec<Hit>, bool)> {
        search(&self.database, reader, question, from, most).await
    }

    async fn index_words(&self) -> Result<u64> {
        let mut done = 0;
        loop {
            let now = index(&self.database).await?;
            if now == 0 {
                return Ok(done);
            }
            done += now;
        }
    }
}

/// The words of a text in a dispute, each once.
pub(super) fn words(dispute: &DisputeId, text: &str) -> String {
    let found: BTreeSet<String> = tokens(text).into_iter().map(shortened).collect();
    let mut words = of_dispute(dispute);
    for word in found {
        if words.len() + word.len() >= MOST {
            break;
        }
        words.push(' ');
        words.push_str(&word);
    }
    words
}

/// The words of an article.
pub(super) fn of_article(dispute: &DisputeId, article: &Article, text: &str) -> String {
    let Article { title, publisher, byline, .. } = article;
    words(dispute, &format!("{title}\n{publisher}\n{byline}\n{text}"))
}

/// What the word begins with by which what is in a dispute is known: a letter with which no word does.
const WITHIN: char = 'ƛ';

fn of_dispute(dispute: &DisputeId) -> String {
    format!("{WITHIN}{dispute}")
}

fn shortened(mut word: String) -> String {
    if word.len() > LONGEST {
        let end = (0..=LONGEST).rev().find(|at| word.is_char_boundary(*at)).unwrap_or_default();
        word.truncate(end);
    }
    word
}

/// What must match, in the words of the database. Words are of letters and digits only, so that nothing in them is an
/// operator.
fn asked(connection: &Connection, question: &Question) -> String {
    let within = question.dispute.as_ref().map(|dispute| {
        let word = of_dispute(dispute);
        if connection.is_sqlite() { format!("\"{word}\"") } else { format!("'{word}'") }
    });
    let all: Vec<String> = within.into_iter().chain(begun(connection, question)).collect();
    all.join(if connection.is_sqlite() { " AND " } else { " & " })
}

/// The words that must be begun with.
fn begun(connection: &Connection, question: &Question) -> Vec<String> {
    let words = question.words.iter().cloned().map(shortened);
    words
        .map(|word| if connection.is_sqlite() { format!("\"{word}\"*") } else { format!("'{word}':*") })
        .collect()
}

/// How many of the latest events or articles are looked at one by one on PostgreSQL before its index of words is asked.
const LATEST: i64 = 5_000;

async fn search(
    database: &Database,
    reader: &Reader,
    question: &Question,
    from: usize,
    most: usize,
) -> Result<(Vec<Hit>, bool)> {
    if question.words.is_empty() || question.words.iter().any(|word| word.starts_with(WITHIN)) {
        return Ok((Vec::new(), false));
    }
    let mut connection = database.snapshot().await?;
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let sees_all = reader.role(Visibility::Private, None).is_some();
    let values = values![
        asked(&connection, question),
        reader.user().map(UserId::as_str),
        sees_all,
        question.range.from,
        question.range.to,
        Value::list(question.kinds.iter().map(|kind| kind.key()))?,
        Stage::Kept.key(),
        question.dispute.as_ref().map(DisputeId::as_str),
        number(most.saturating_add(1)),
        number(from),
    ];
    let rows = if connection.is_sqlite() {
        let sql = sqlite(&connection);
        connection.all(AssertSqlSafe(sql), values).await?
    } else {
        let needed = from.saturating_add(most).saturating_add(1);
        let begun = begun(&connection, question).join(" & ");
        let mut rows = events_and_articles(&mut connection, &values, &begun, number(needed)).await?;
        rows.drain(..from.min(rows.len()));
        rows
    };
    let is_cut = rows.len() > most;
    let hits = rows.iter().take(most).map(|row| {
        let dispute = disputes::dispute(row)?;
        let role = disputes::role_of(row, reader, dispute.visibility)?;
        let id: String = row.get("subject_id")?;
        let matched = match row.get::<String>("subject")?.as_str() {
            "event" => Matched::Event(EventId::from(id)),
            _ => Matched::Article(ArticleId::from(id)),
        };
        Ok(Hit { dispute, role, matched })
    });
    // A dispute that was named and may not be known of is passed over.
    let hits = hits.filter(|hit| !matches!(hit, Err(StoreError::NotFound))).collect::<Result<_>>()?;
    Ok((hits, is_cut))
}

/// What else must hold of events, or of articles, besides the words.
fn condition(connection: &Connection, kind: &str) -> String {
    match kind {
        "events" => format!(
            "events.deleted_at is null
             and ($4 is null or events.ends is null or events.ends > $4)
             and ($5 is null or events.starts is null or events.starts < $5)
             and ($6 = '[]' or events.kind in (select given.value from {}))",
            connection.given(6)
        ),
        _ => format!(
            "articles.deleted_at is null and articles.stage = $7 and $6 = '[]'
             and ($4 is null or articles.published * {day} >= $4)
             and ($5 is null or articles.published * {day} < $5)",
            day = time::DAY
        ),
    }
}

/// What must hold of their dispute.
fn is_open() -> String {
    format!("disputes.deleted_at is null and ($8 = disputes.id or {})", disputes::found_by("$3", "$2"))
}

/// The index of words is in the order of time, so that it is read only as far as need be.
fn sqlite(connection: &Connection) -> String {
    format!(
        "select case when events.id is null then 'article' else 'event' end as subject,
             found_rows.id as subject_id, {}, {}
         from found
         cross join found_rows on found_rows.row = found.rowid
         left join events on events.id = found_rows.id and {}
         left join articles on articles.id = found_rows.id and {}
         cross join disputes on disputes.id = coalesce(events.dispute_id, articles.dispute_id)
         where found match $1 and {}
         order by found.rowid desc limit $9 offset $10",
        disputes::columns("disputes"),
        disputes::GIVEN,
        condition(connection, "events"),
        condition(connection, "articles"),
        is_open(),
    )
}

/// What of one table is found on PostgreSQL, and how.
struct Part {
    table: &'static str,
    subject: &'static str,
    /// What it is sorted by, and how many minutes that counts in.
    moment: &'static str,
    minutes: i64,
    /// What the conditions speak of.
    columns: &'static str,
}

const PARTS: [Part; 2] = [
    Part {
        table: "events",
        subject: "event",
        moment: "events.sorts_at",
        minutes: 1,
        columns: "id, dispute_id, words, sorts_at, starts, ends, kind, deleted_at",
    },
    Part {
        table: "articles",
        subject: "article",
        moment: "coalesce(articles.published, 0)",
        minutes: time::DAY,
        columns: "id, dispute_id, words, published, stage, deleted_at",
    },
];

/// What is found on PostgreSQL, the first `needed` of all. Its index of words is in no order: all that it finds must be
/// gathered and sorted. So of words that are in much, as its statistics have it, the latest events are looked at first,
/// by an index of their time; only if these are too few, the other is asked.
async fn events_and_articles(
    connection: &mut Connection,
    values: &[Value],
    begun: &str,
    needed: i64,
) -> Result<Vec<Row>> {
    // A plan for these words, not for any; machine code for it would take longer to make than the search. Without room
    // for the rows that an index finds, each on their pages would be looked at.
    for setting in ["plan_cache_mode = force_custom_plan", "jit = off", "work_mem = '32MB'"] {
        connection.run(AssertSqlSafe(format!("set local {setting}")), vec![]).await?;
    }
    let mut rows = Vec::new();
    for part in &PARTS {
        let mut found = Vec::new();
        if part.share(connection, begun, &values[7]).await? * LATEST as f64 > 2.0 * needed as f64 {
            connection.run("set local enable_sort = off", vec![]).await?;
            found = connection.all(AssertSqlSafe(part.latest(connection)), values.to_vec()).await?;
            connection.run("set local enable_sort = on", vec![]).await?;
        }
        if found.len() < usize::try_from(needed).unwrap_or(usize::MAX) {
            found = connection.all(AssertSqlSafe(part.all(connection)), values.to_vec()).await?;
        }
        for row in found {
            rows.push((Reverse((row.get::<i64>("at")?, row.get::<String>("subject_id")?)), row));
        }
    }
    rows.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

impl Part {
    fn matches(&self) -> String {
        format!("to_tsvector('simple', coalesce({}.words, '')) @@ to_tsquery('simple', $1)", self.table)
    }

    /// The share of all, or of those in a dispute, in which the words are, as the planner expects.
    async fn share(&self, connection: &mut Connection, begun: &str, dispute: &Value) -> Result<f64> {
        let mut expected = Vec::new();
        for matches in [self.matches(), "$1 is not null".to_owned()] {
            let sql = format!(
                "explain select 1 from {} where {matches} and deleted_at is null
                 and ($2 is null or dispute_id = $2)",
                self.table
            );
            let values = vec![begun.into(), dispute.clone()];
            let plan: String = connection.one(AssertSqlSafe(sql), values).await?.get("QUERY PLAN")?;
            let rows = plan.split_once(" rows=").and_then(|(_, rest)| rest.split_once(' '));
            expected.push(rows.and_then(|(rows, _)| rows.parse::<f64>().ok()).unwrap_or(1.0));
        }
        Ok(expected[0] / expected[1].max(1.0))
    }

    /// Those that match among the latest.
    fn latest(&self, connection: &Connection) -> String {
        let Self { table, moment, columns, .. } = self;
        let latest = format!(
            "(select {columns} from {table} where deleted_at is null and ($8 is null or dispute_id = $8)
              order by {moment} desc, id desc limit {LATEST}) as {table}"
        );
        self.chosen(connection, "", &latest, &self.matches())
    }

    /// Those that match.
    fn all(&self, connection: &Connection) -> String {
        let Self { table, columns, .. } = self;
        // Gathered first, whatever the planner thinks of the order.
        let gathered =
            format!("with {table} as materialized (select {columns} from {table} where {}) ", self.matches());
        self.chosen(connection, &gathered, table, "true")
    }

    fn chosen(&self, connection: &Connection, before: &str, from: &str, matches: &str) -> String {
        let Self { table, subject, moment, minutes, .. } = self;
        format!(
            "{before}select '{subject}' as subject, {table}.id as subject_id, {moment} * {minutes} as at, {}, {}
             from {from} join disputes on disputes.id = {table}.dispute_id
             where {matches} and {} and {} and ($8 is null or {table}.dispute_id = $8)
             order by {moment} desc, {table}.id desc limit $9 + $10",
            disputes::columns("disputes"),
            disputes::GIVEN,
            condition(connection, table),
            is_open(),
        )
    }
}

/// Gives words to some things that have none yet.
async fn index(database: &Database) -> Result<u64> {
    let mut connection = database.transaction().await?;
    let free = connection.for_update_of_what_is_free();
    let sql = format!("select id, dispute_id, search from events where words is null limit {BATCH}{free}");
    let mut found = Vec::new();
    for row in connection.all(AssertSqlSafe(sql), vec![]).await? {
        let dispute: DisputeId = row.id("dispute_id")?;
        let id: String = row.get("id")?;
        found.push(("events", id, words(&dispute, &row.get::<String>("search")?)));
    }
    let sql = format!(
        "select id, dispute_id, title, publisher, byline, content from articles where words is null
         limit {BATCH}{free}"
    );
    for row in connection.all(AssertSqlSafe(sql), vec![]).await? {
        let dispute: DisputeId = row.id("dispute_id")?;
        let id: String = row.get("id")?;
        let parts = ["title", "publisher", "byline", "content"];
        let parts = parts.iter().map(|part| row.get::<String>(part)).collect::<Result<Vec<_>>>()?;
        found.push(("articles", id, words(&dispute, &parts.join("\n"))));
    }
    let count = u64::try_from(found.len()).unwrap_or_default();
    for (table, id, words) in found {
        let sql = format!("update {table} set words = $1 where id = $2");
        connection.run(AssertSqlSafe(sql), values![words, id]).await?;
    }
    connection.commit().await?;
    Ok(count)
}
