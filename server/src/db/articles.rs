//! Articles, and the candidates that come with them.

use impasse_app::model::article::{Article, ArticleDraft, ArticleText, CandidateDraft};
use impasse_app::model::id::{ArticleId, DisputeId};
use impasse_app::model::revision::{Action, Actor, Subject};
use impasse_app::store::{Result, StoreError};
use sha2::{Digest, Sha256};
use sqlx::AssertSqlSafe;

use super::clean::Clean;
use super::connection::{Connection, Database, Row, values};
use super::write::{Write, new_id};
use super::{candidates, disputes, parties};

pub(super) const COLUMNS: &str = "id, url, publisher, title, byline, published, retrieved_at, hash";

pub(super) fn article(row: &Row) -> Result<Article> {
    Ok(Article {
        id: row.id("id")?,
        url: row.get("url")?,
        publisher: row.get("publisher")?,
        title: row.get("title")?,
        byline: row.get("byline")?,
        published: row.day("published")?,
        retrieved: row.instant("retrieved_at")?,
        hash: row.get("hash")?,
    })
}

/// SHA-256 in hexadecimal.
fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(super) async fn list(database: &Database, dispute: &DisputeId) -> Result<Vec<Article>> {
    let mut connection = database.snapshot().await?;
    disputes::must_be(&mut connection, dispute).await?;
    let sql = format!(
        "select {COLUMNS} from articles where dispute_id = $1 and deleted_at is null
         order by published desc nulls last, retrieved_at desc, id desc"
    );
    connection.all(AssertSqlSafe(sql), values![dispute]).await?.iter().map(article).collect()
}

pub(super) async fn one(database: &Database, dispute: &DisputeId, id: &ArticleId) -> Result<ArticleText> {
    let mut connection = database.snapshot().await?;
    disputes::must_be(&mut connection, dispute).await?;
    let sql = format!(
        "select {COLUMNS}, content from articles
         where id = $1 and dispute_id = $2 and deleted_at is null"
    );
    let row = connection.one(AssertSqlSafe(sql), values![id, dispute]).await?;
    Ok(ArticleText { article: article(&row)?, text: row.get("content")? })
}

/// The article with this text.
async fn with_hash(connection: &mut Connection, dispute: &DisputeId, hash: &str) -> Result<Option<Article>> {
    let sql =
        format!("select {COLUMNS} from articles where dispute_id = $1 and hash = $2 and deleted_at is null");
    connection.first(AssertSqlSafe(sql), values![dispute, hash]).await?.as_ref().map(article).transpose()
}

pub(super) async fn add(
    database: &Database,
    by: &Actor,
    dispute: &DisputeId,
    draft: &ArticleDraft,
    found: &[CandidateDraft],
) -> Result<(Article, bool)> {
    let draft = draft.clone().clean();
    let hash = hash(&draft.text);
    let mut write = Write::begin(database, by, dispute, "").await?;
    if let Some(article) = with_hash(&mut write.connection, dispute, &hash).await? {
        return Ok((article, false));
    }
    let article = Article {
        id: new_id(write.at)?,
        url: draft.url,
        publisher: draft.publisher,
        title: draft.title,
        byline: draft.byline,
        published: draft.published,
        retrieved: write.at,
        hash,
    };
    write
        .connection
        .run(
            "insert into articles
             (id, dispute_id, url, publisher, title, byline, published, retrieved_at, hash, content)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            values![
                &article.id,
                dispute,
                article.url.as_deref(),
                &article.publisher,
                &article.title,
                &article.byline,
                article.published,
                article.retrieved,
                &article.hash,
                draft.text,
            ],
        )
        .await?;
    candidates::create(&mut write, &article.id, found).await?;
    write.record(Subject::Article, article.id.as_str(), Action::Create, &article)?;
    write.commit().await?;
    Ok((article, true))
}

/// An article, and when it was deleted.
async fn whole(
    connection: &mut Connection,
    dispute: &DisputeId,
    id: &ArticleId,
) -> Result<(Article, Option<i64>)> {
    let sql = format!("select {COLUMNS}, deleted_at from articles where id = $1 and dispute_id = $2");
    let row = connection.one(AssertSqlSafe(sql), values![id, dispute]).await?;
    Ok((article(&row)?, row.get("deleted_at")?))
}

pub(super) async fn delete(
    database: &Database,
    by: &Actor,
    dispute: &DisputeId,
    id: &ArticleId,
    reason: &str,
) -> Result<()> {
    let mut write = Write::begin(database, by, dispute, reason).await?;
    let (article, None) = whole(&mut write.connection, dispute, id).await? else {
        return Err(StoreError::NotFound);
    };
    let uses = write
        .connection
        .one(
            "select (select count(distinct events.id) from citations
                     join events on events.id = citations.event_id
                     where citations.article_id = $1 and events.deleted_at is null) as events,
                    (select count(*) from positions
                     where article_id = $1 and deleted_at is null) as positions",
            values![id],
        )
        .await?;
    parties::refuse_used(&uses)?;
    write.connection.run("update articles set deleted_at = $1 where id = $2", values![write.at, id]).await?;
    candidates::delete_waiting(&mut write, id).await?;
    write.record(Subject::Article, id.as_str(), Action::Delete, &article)?;
    write.commit().await
}

pub(super) async fn restore(
    database: &Database,
    by: &Actor,
    dispute: &DisputeId,
    id: &ArticleId,
    reason: &str,
) -> Result<Article> {
    let mut write = Write::begin(database, by, dispute, reason).await?;
    let (article, Some(_)) = whole(&mut write.connection, dispute, id).await? else {
        return Err(StoreError::Conflict);
    };
    // The same text may have come in again, and then there is nothing to bring back.
    if with_hash(&mut write.connection, dispute, &article.hash).await?.is_some() {
        return Err(StoreError::Taken("text"));
    }
    write.connection.run("update articles set deleted_at = null where id = $1", values![id]).await?;
    candidates::restore_waiting(&mut write, id).await?;
    write.record(Subject::Article, id.as_str(), Action::Restore, &article)?;
    write.commit().await?;
    Ok(article)
}
