//! Personal tokens; and, written in [`webhooks`], webhooks.

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use impasse_app::model::access::{Scope, Token, TokenDraft};
use impasse_app::model::id::{DisputeId, TokenId, UserId, WebhookId};
use impasse_app::model::webhook::{Delivery, Telling, Webhook, WebhookDraft};
use impasse_app::store::{Access, Result, StoreError, User};
use sqlx::AssertSqlSafe;

use super::connection::{Database, Row, values};
use super::write::{new_id, now};
use super::{SqlStore, users, webhooks};

/// How exactly it is kept when a token was last used: a write at every request would cost more than it tells.
const USE_KEPT: TimeDelta = TimeDelta::minutes(5);

#[async_trait]
impl Access for SqlStore {
    async fn add_token(&self, user: &UserId, draft: &TokenDraft) -> Result<Token> {
        add(&self.database, user, draft).await
    }

    async fn tokens(&self, user: &UserId) -> Result<Vec<Token>> {
        list(&self.database, user).await
    }

    async fn token_used(&self, hash: &str, now: DateTime<Utc>) -> Result<(Token, User)> {
        used(&self.database, hash, now).await
    }

    async fn revoke_token(&self, user: &UserId, id: &TokenId) -> Result<()> {
        revoke(&self.database, user, id).await
    }

    async fn webhooks(&self, dispute: &DisputeId) -> Result<Vec<Webhook>> {
        webhooks::list(&self.database, dispute).await
    }

    async fn webhook(&self, dispute: &DisputeId, id: &WebhookId) -> Result<(Webhook, String)> {
        webhooks::one(&self.database, dispute, id).await
    }

    async fn add_webhook(&self, dispute: &DisputeId, draft: &WebhookDraft, secret: &str) -> Result<Webhook> {
        webhooks::add(&self.database, dispute, draft, secret).await
    }

    async fn change_webhook(
        &self,
        dispute: &DisputeId,
        id: &WebhookId,
        draft: &WebhookDraft,
    ) -> Result<Webhook> {
        webhooks::change(&self.database, dispute, id, draft).await
    }

    async fn pause_webhook(&self, id: &WebhookId, note: &str) -> Result<()> {
        webhooks::pause(&self.database, id, note).await
    }

    async fn delete_webhook(&self, dispute: &DisputeId, id: &WebhookId) -> Result<()> {
        webhooks::delete(&self.database, dispute, id).await
    }

    async fn telling(&self, dispute: &DisputeId, id: &WebhookId) -> Result<Telling> {
        webhooks::telling(&self.database, dispute, id).await
    }

    async fn webhook_told(&self, id: &WebhookId, revision: i64) -> Result<()> {
        webhooks::told(&self.database, id, revision).await
    }

    async fn keep_delivery(&self, id: &WebhookId, delivery: &Delivery) -> Result<()> {
        webhooks::keep(&self.database, id, delivery).await
    }

    async fn deliveries(&self, dispute: &DisputeId, id: &WebhookId) -> Result<Vec<Delivery>> {
        webhooks::deliveries(&self.database, dispute, id).await
    }
}

const COLUMNS: &str = "tokens.id, tokens.user_id, tokens.name as token_name, tokens.scope, tokens.created_at,
    tokens.expires_at, tokens.last_used_at";

fn token(row: &Row) -> Result<Token> {
    Ok(Token {
        id: row.id("id")?,
        user: row.id("user_id")?,
        name: row.get("token_name")?,
        scope: row.choice("scope", Scope::from_key)?,
        created: row.instant("created_at")?,
        expires: row.instant_if_any("expires_at")?,
        last_used: row.instant_if_any("last_used_at")?,
    })
}

async fn add(database: &Database, user: &UserId, draft: &TokenDraft) -> Result<Token> {
    let at = now();
    let id: TokenId = new_id(at)?;
    let mut connection = database.transaction().await?;
    // From the table of users, so that an unknown one inserts nothing.
    let added = connection
        .run(
            "insert into tokens (id, user_id, name, scope, hash, created_at, expires_at)
             select $1, id, $3, $4, $5, $6, $7 from users where id = $2",
            values![
                &id,
                user,
                &draft.name,
                draft.scope.key(),
                &draft.hash,
                at,
                draft.expires.map(|end| end.timestamp_millis()),
            ],
        )
        .await?;
    if added == 0 {
        return Err(StoreError::NotFound);
    }
    let sql = format!("select {COLUMNS} from tokens where id = $1");
    let kept = token(&connection.one(AssertSqlSafe(sql), values![&id]).await?)?;
    connection.commit().await?;
    Ok(kept)
}

async fn list(database: &Database, user: &UserId) -> Result<Vec<Token>> {
    let sql = format!("select {COLUMNS} from tokens where user_id = $1 order by created_at desc, id desc");
    database.reader().await?.all(AssertSqlSafe(sql), values![user]).await?.iter().map(token).collect()
}

async fn used(database: &Database, hash: &str, at: DateTime<Utc>) -> Result<(Token, User)> {
    let sql = format!(
        "select {COLUMNS}, users.name, users.password_hash, users.is_owner from tokens
         join users on users.id = tokens.user_id
         where tokens.hash = $1 and (tokens.expires_at is null or tokens.expires_at > $2)"
    );
    let row = database.reader().await?.one(AssertSqlSafe(sql), values![hash, at]).await?;
    let found = token(&row)?;
    let user = User {
        id: found.user.clone(),
        name: row.get("name")?,
        password_hash: users::password(&row)?,
        is_admin: row.get("is_owner")?,
    };
    if found.last_used.is_none_or(|last| at - last >= USE_KEPT) {
        let mut connection = database.transaction().await?;
        connection.run("update tokens set last_used_at = $1 where id = $2", values![at, &found.id]).await?;
        connection.commit().await?;
    }
    Ok((found, user))
}

async fn revoke(database: &Database, user: &UserId, id: &TokenId) -> Result<()> {
    let mut connection = database.transaction().await?;
    let sql = "delete from tokens where id = $1 and user_id = $2";
    if connection.run(sql, values![id, user]).await? == 0 {
        return Err(StoreError::NotFound);
    }
    connection.commit().await
}
