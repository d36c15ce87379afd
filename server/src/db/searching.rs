//! Looking for words: by SQLite's FTS5 (<https://www.sqlite.org/fts5.html>) or PostgreSQL's text search
//! (<https://www.postgresql.org/docs/current/textsearch.html>).
//!
//! Both are given words that are made here, so that both find the same. Among the words of each thing is the identifier
//! of its dispute, so that a search in one dispute does not go through what is in the others.

use std::collections::BTreeSet;

use async_trait::async_trait;
use impasse_app::model::article::{Article, Stage};
use impasse_app::model::id::{ArticleId, DisputeId, EventId, UserId};
use impasse_app::model::role::{Reader, Visibility};
use impasse_app::model::search::tokens;
use impasse_app::model::time;
use impasse_app::store::{Hit, Matched, Question, Result, Searching, StoreError};
use sqlx::AssertSqlSafe;

use super::connection::{Connection, Database, Value, values};
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
    let begins = question
        .words
        .iter()
        .cloned()
        .map(shortened)
        .map(|word| if connection.is_sqlite() { format!("\"{word}\"*") } else { format!("'{word}':*") });
    let within = question.dispute.as_ref().map(|dispute| {
        let word = of_dispute(dispute);
        if connection.is_sqlite() { format!("\"{word}\"") } else { format!("'{word}'") }
    });
    let all: Vec<String> = within.into_iter().chain(begins).collect();
    all.join(if connection.is_sqlite() { " AND " } else { " & " })
}

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
    let matches = |table: &str| {
        if connection.is_sqlite() {
            format!(
                "{table}.id in (select found_rows.id from found join found_rows on found_rows.row = found.rowid
                 where found match $1)"
            )
        } else {
            format!("to_tsvector('simple', coalesce({table}.words, '')) @@ to_tsquery('simple', $1)")
        }
    };
    let sql = format!(
        "select hits.subject, hits.subject_id, {}, {} from (
             select events.dispute_id, 'event' as subject, events.id as subject_id, events.sorts_at as at
             from events
             where {} and events.deleted_at is null
             and ($4 is null or events.ends is null or events.ends > $4)
             and ($5 is null or events.starts is null or events.starts < $5)
             and ($6 = '[]' or events.kind in (select given.value from {}))
             union all
             select articles.dispute_id, 'article', articles.id, coalesce(articles.published, 0) * {day}
             from articles
             where {} and articles.deleted_at is null and articles.stage = $7 and $6 = '[]'
             and ($4 is null or articles.published * {day} >= $4)
             and ($5 is null or articles.published * {day} < $5)
         ) hits
         join disputes on disputes.id = hits.dispute_id
         where disputes.deleted_at is null and ($8 = disputes.id or {})
         order by hits.at desc, hits.subject_id limit $9 offset $10",
        disputes::columns("disputes"),
        disputes::GIVEN,
        matches("events"),
        connection.given(6),
        matches("articles"),
        disputes::found_by("$3", "$2"),
        day = time::DAY,
    );
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
    let rows = connection.all(AssertSqlSafe(sql), values).await?;
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
