//! What a draft refers to: parties and articles of the same dispute that are not deleted, articles that wait to be
//! looked at left out.

use std::collections::{BTreeSet, HashMap, HashSet};

use impasse_app::model::article::Article;
use impasse_app::model::event::EventDraft;
use impasse_app::model::id::{ArticleId, DisputeId, PartyId};
use impasse_app::store::{Result, StoreError};
use sqlx::AssertSqlSafe;

use super::articles;
use super::connection::{Connection, Value};

/// Those of a dispute that some drafts refer to.
pub(super) struct References {
    parties: HashSet<PartyId>,
    articles: HashMap<ArticleId, Article>,
}

impl References {
    /// Looks up what the drafts refer to.
    pub(super) async fn of_events(
        connection: &mut Connection,
        dispute: &DisputeId,
        drafts: &[EventDraft],
    ) -> Result<Self> {
        let parties = drafts.iter().flat_map(|draft| &draft.parties).map(|part| &part.party).collect();
        let articles =
            drafts.iter().flat_map(|draft| &draft.citations).map(|citation| &citation.article).collect();
        Self::of(connection, dispute, parties, articles).await
    }

    /// Looks up which of these there are.
    pub(super) async fn of(
        connection: &mut Connection,
        dispute: &DisputeId,
        parties: BTreeSet<&PartyId>,
        articles: BTreeSet<&ArticleId>,
    ) -> Result<Self> {
        let given = connection.given(2);
        let mut found = Self { parties: HashSet::new(), articles: HashMap::new() };
        if !parties.is_empty() {
            let sql = format!(
                "select id from parties where dispute_id = $1 and deleted_at is null
                 and id in (select given.value from {given})"
            );
            for row in connection
                .all(
                    AssertSqlSafe(sql),
                    vec![dispute.into(), Value::list(parties.into_iter().map(PartyId::as_str))?],
                )
                .await?
            {
                found.parties.insert(row.id("id")?);
            }
        }
        if !articles.is_empty() {
            let sql = format!(
                "select {} from articles where dispute_id = $1 and deleted_at is null and stage = 'kept'
                 and id in (select given.value from {given})",
                articles::COLUMNS
            );
            for row in connection
                .all(
                    AssertSqlSafe(sql),
                    vec![dispute.into(), Value::list(articles.into_iter().map(ArticleId::as_str))?],
                )
                .await?
            {
                let article = articles::article(&row)?;
                found.articles.insert(article.id.clone(), article);
            }
        }
        Ok(found)
    }

    /// [`StoreError::Unknown`] names `party` if this one is not among them.
    pub(super) fn check_party(&self, id: &PartyId) -> Result<()> {
        if self.parties.contains(id) { Ok(()) } else { Err(StoreError::Unknown("party")) }
    }

    /// The article; [`StoreError::Unknown`] names `article` if it is not among them.
    pub(super) fn article(&self, id: &ArticleId) -> Result<&Article> {
        self.articles.get(id).ok_or(StoreError::Unknown("article"))
    }
}
