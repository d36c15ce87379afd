//! Articles, and the candidates that come with them.

use chrono::SubsecRound;
use impasse_app::model::article::{
    Article, ArticleDraft, ArticleText, CandidateDraft, Likened, Stage, Taken, Way,
};
use impasse_app::model::id::{ArticleId, DisputeId};
use impasse_app::model::revision::{Action, Actor, Subject};
use impasse_app::store::{Result, StoreError};
use sha2::{Digest, Sha256};
use sqlx::AssertSqlSafe;

use super::clean::Clean;
use super::connection::{Connection, Database, Row, json, values};
use super::write::{Write, new_id};
use super::{candidates, disputes, parties, searching};

pub(super) const COLUMNS: &str =
    "id, url, publisher, title, byline, published, retrieved_at, hash, canonical,
    modified, stage, way, dating, origin";

/// The longest canonical address that is kept: an index entry of PostgreSQL holds no more than a third of a page.
const LONGEST_CANONICAL: usize = 2_000;

pub(super) fn article(row: &Row) -> Result<Article> {
    let id: ArticleId = row.id("id")?;
    Ok(Article {
        url: row.get("url")?,
        publisher: row.get("publisher")?,
        title: row.get("title")?,
        byline: row.get("byline")?,
        published: row.day("published")?,
        retrieved: row.instant("retrieved_at")?,
        hash: row.get("hash")?,
        canonical: row.get("canonical")?,
        modified: row.day("modified")?,
        stage: row.choice("stage", Stage::from_key)?,
        way: row.choice("way", Way::from_key)?,
        dating: row.json("dating")?,
        origin: row.get::<Option<String>>("origin")?.map_or_else(|| id.clone(), ArticleId::from),
        id,
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

/// The article with this text, other than one.
async fn with_hash(
    connection: &mut Connection,
    dispute: &DisputeId,
    hash: &str,
    except: Option<&ArticleId>,
) -> Result<Option<Article>> {
    let sql = format!(
        "select {COLUMNS} from articles
         where dispute_id = $1 and hash = $2 and deleted_at is null and id <> $3"
    );
    let except = except.map_or("", ArticleId::as_str);
    connection
        .first(AssertSqlSafe(sql), values![dispute, hash, except])
        .await?
        .as_ref()
        .map(article)
        .transpose()
}

/// What there is to say of an article before it is kept: that its text, or its address if it was fetched from there,
/// is there already, or was deleted and is not asked for by name.
async fn known(
    connection: &mut Connection,
    dispute: &DisputeId,
    draft: &ArticleDraft,
    hash: &str,
) -> Result<Option<Taken>> {
    // What is pasted or sent may be another edition of what stands at the same address.
    let canonical = canonical(draft).filter(|_| !matches!(draft.way, Way::Paste | Way::File));
    // Two look-ups and not one with an “or”, for which SQLite would go through all of the dispute's articles.
    let sql = format!(
        "select {COLUMNS}, deleted_at from articles
         where id in (select id from articles where dispute_id = $1 and hash = $2
                      union all select id from articles where dispute_id = $1 and canonical = $3)
         order by case when hash = $2 then 0 else 1 end, id"
    );
    let rows = connection.all(AssertSqlSafe(sql), values![dispute, hash, canonical]).await?;
    for row in &rows {
        if row.get::<Option<i64>>("deleted_at")?.is_none() {
            return Ok(Some(Taken::There(article(row)?)));
        }
    }
    Ok((!rows.is_empty() && draft.way.is_automatic()).then_some(Taken::Deleted))
}

fn canonical(draft: &ArticleDraft) -> Option<&str> {
    draft.canonical.as_deref().filter(|url| url.len() <= LONGEST_CANONICAL)
}

pub(super) async fn known_article(
    database: &Database,
    dispute: &DisputeId,
    draft: &ArticleDraft,
) -> Result<Option<Taken>> {
    let draft = draft.clone().clean();
    let mut connection = database.snapshot().await?;
    disputes::must_be(&mut connection, dispute).await?;
    known(&mut connection, dispute, &draft, &hash(&draft.text)).await
}

pub(super) async fn add(
    database: &Database,
    by: &Actor,
    dispute: &DisputeId,
    draft: &ArticleDraft,
    found: &[CandidateDraft],
) -> Result<(Article, bool)> {
    let mut write = Write::begin(database, by, dispute, "").await?;
    match take_one(&mut write, draft, found).await? {
        Taken::New(article) => {
            write.commit().await?;
            Ok((article, true))
        }
        Taken::There(article) => Ok((article, false)),
        Taken::Deleted => Err(StoreError::Taken("text")),
    }
}

pub(super) async fn take(
    database: &Database,
    by: &Actor,
    dispute: &DisputeId,
    articles: &[(ArticleDraft, Vec<CandidateDraft>)],
) -> Result<Vec<Taken>> {
    let mut write = Write::begin(database, by, dispute, "").await?;
    let mut taken = Vec::with_capacity(articles.len());
    for (draft, found) in articles {
        taken.push(take_one(&mut write, draft, found).await?);
    }
    if taken.iter().any(|taken| matches!(taken, Taken::New(_))) {
        write.commit().await?;
    }
    Ok(taken)
}

/// Keeps an article within a change.
async fn take_one(write: &mut Write<'_>, draft: &ArticleDraft, found: &[CandidateDraft]) -> Result<Taken> {
    let draft = draft.clone().clean();
    let hash = hash(&draft.text);
    let dispute = write.dispute.clone();
    if let Some(known) = known(&mut write.connection, &dispute, &draft, &hash).await? {
        return Ok(known);
    }
    let id: ArticleId = draft.id.clone().map_or_else(|| new_id(write.at), Ok)?;
    let article = Article {
        canonical: canonical(&draft).map(str::to_owned),
        url: draft.url,
        publisher: draft.publisher,
        title: draft.title,
        byline: draft.byline,
        published: draft.published,
        retrieved: draft.retrieved.unwrap_or(write.at).trunc_subsecs(3),
        hash,
        modified: draft.modified,
        stage: draft.stage,
        way: draft.way,
        dating: draft.dating,
        origin: draft.origin.unwrap_or_else(|| id.clone()),
        id,
    };
    let words = searching::of_article(&write.dispute, &article, &draft.text);
    write
        .connection
        .run(
            "insert into articles
             (id, dispute_id, url, publisher, title, byline, published, retrieved_at, hash, content, canonical,
              modified, stage, way, dating, fingerprint, origin, words)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
            values![
                &article.id,
                &write.dispute,
                article.url.as_deref(),
                &article.publisher,
                &article.title,
                &article.byline,
                article.published,
                article.retrieved,
                &article.hash,
                draft.text,
                article.canonical.as_deref(),
                article.modified,
                article.stage.key(),
                article.way.key(),
                json(&article.dating)?,
                draft.fingerprint,
                &article.origin,
                words,
            ],
        )
        .await?;
    candidates::create(write, &article.id, found).await?;
    write.record(Subject::Article, article.id.as_str(), Action::Create, &article)?;
    Ok(Taken::New(article))
}

pub(super) async fn confirm(
    database: &Database,
    by: &Actor,
    dispute: &DisputeId,
    id: &ArticleId,
    draft: &ArticleDraft,
    found: &[CandidateDraft],
) -> Result<Article> {
    let mut write = Write::begin(database, by, dispute, "").await?;
    let (before, None) = whole(&mut write.connection, dispute, id).await? else {
        return Err(StoreError::NotFound);
    };
    if before.stage != Stage::Waiting {
        return Err(StoreError::Conflict);
    }
    let draft = draft.clone().clean();
    let hash = hash(&draft.text);
    if with_hash(&mut write.connection, dispute, &hash, Some(id)).await?.is_some() {
        return Err(StoreError::Taken("text"));
    }
    let article = Article {
        url: draft.url,
        publisher: draft.publisher,
        title: draft.title,
        byline: draft.byline,
        published: draft.published,
        hash,
        stage: Stage::Kept,
        dating: draft.dating,
        ..before
    };
    let words = searching::of_article(dispute, &article, &draft.text);
    write
        .connection
        .run(
            "update articles set url = $1, publisher = $2, title = $3, byline = $4, published = $5, hash = $6,
             content = $7, stage = $8, dating = $9, words = $10 where id = $11",
            values![
                article.url.as_deref(),
                &article.publisher,
                &article.title,
                &article.byline,
                article.published,
                &article.hash,
                draft.text,
                article.stage.key(),
                json(&article.dating)?,
                words,
                id,
            ],
        )
        .await?;
    candidates::create(&mut write, id, found).await?;
    write.record(Subject::Article, id.as_str(), Action::Update, &article)?;
    write.commit().await?;
    Ok(article)
}

pub(super) async fn likened(database: &Database, dispute: &DisputeId) -> Result<Vec<Likened>> {
    let mut connection = database.snapshot().await?;
    disputes::must_be(&mut connection, dispute).await?;
    let rest =
        "from articles where dispute_id = $1 and deleted_at is null and fingerprint is not null order by id";
    let rows: Vec<(String, String)> = connection.lists("origin, fingerprint", rest, values![dispute]).await?;
    Ok(rows
        .into_iter()
        .map(|(origin, fingerprint)| Likened { origin: ArticleId::from(origin), fingerprint })
        .collect())
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
    if with_hash(&mut write.connection, dispute, &article.hash, Some(id)).await?.is_some() {
        return Err(StoreError::Taken("text"));
    }
    write.connection.run("update articles set deleted_at = null where id = $1", values![id]).await?;
    candidates::restore_waiting(&mut write, id).await?;
    write.record(Subject::Article, id.as_str(), Action::Restore, &article)?;
    write.commit().await?;
    Ok(article)
}
