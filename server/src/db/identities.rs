//! Accounts with a provider that accounts here are signed in to with.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use impasse_app::model::dispute::Dispute;
use impasse_app::model::id::{IdentityId, UserId};
use impasse_app::model::identity::{Doors, Identity, IdentityDraft};
use impasse_app::store::{Identities, Result, StoreError, User};

use super::connection::{Connection, Row, values};
use super::write::{new_id, now};
use super::{SqlStore, passkeys, people, users};
use crate::password;

#[async_trait]
impl Identities for SqlStore {
    async fn identities(&self, user: &UserId) -> Result<Vec<Identity>> {
        let sql = "select id, user_id, issuer, label, created_at, last_used_at from identities
                   where user_id = $1 order by created_at, id";
        self.database.reader().await?.all(sql, values![user]).await?.iter().map(identity).collect()
    }

    async fn identified(&self, issuer: &str, subject: &str, at: DateTime<Utc>) -> Result<User> {
        let hash = hash_of(issuer, subject);
        let mut connection = self.database.transaction().await?;
        let sql = "select users.id, users.name, users.password_hash, users.is_owner from identities
                   join users on users.id = identities.user_id where identities.hash = $1";
        let user = users::user(&connection.one(sql, values![&hash]).await?)?;
        connection.run("update identities set last_used_at = $1 where hash = $2", values![at, &hash]).await?;
        connection.commit().await?;
        Ok(user)
    }

    async fn link_identity(&self, user: &UserId, draft: &IdentityDraft) -> Result<()> {
        let mut connection = self.database.transaction().await?;
        passkeys::lock(&mut connection, user).await?;
        link(&mut connection, user, draft).await?;
        connection.commit().await
    }

    async fn unlink_identity(
        &self,
        user: &UserId,
        id: &IdentityId,
        doors: &Doors,
        session: &str,
    ) -> Result<()> {
        let mut connection = self.database.transaction().await?;
        passkeys::lock(&mut connection, user).await?;
        let sql = "delete from identities where id = $1 and user_id = $2";
        if connection.run(sql, values![id, user]).await? == 0 {
            return Err(StoreError::NotFound);
        }
        passkeys::must_have_a_way(&mut connection, user, doors).await?;
        users::end_others(&mut connection, user, session).await?;
        connection.commit().await
    }

    async fn add_identified(&self, name: &str, draft: &IdentityDraft) -> Result<User> {
        let mut connection = self.database.transaction().await?;
        let user = users::insert(&mut connection, name, None, false).await?;
        link(&mut connection, &user.id, draft).await?;
        connection.commit().await?;
        Ok(user)
    }

    async fn join_identified(
        &self,
        hash: &str,
        name: &str,
        draft: &IdentityDraft,
        now: DateTime<Utc>,
    ) -> Result<(User, Dispute)> {
        let mut connection = self.database.transaction().await?;
        let user = users::insert(&mut connection, name, None, false).await?;
        link(&mut connection, &user.id, draft).await?;
        let dispute = people::take(&mut connection, hash, &user.id, now).await?;
        connection.commit().await?;
        Ok((user, dispute))
    }
}

fn identity(row: &Row) -> Result<Identity> {
    Ok(Identity {
        id: row.id("id")?,
        user: row.id("user_id")?,
        issuer: row.get("issuer")?,
        label: row.get("label")?,
        created: row.instant("created_at")?,
        last_used: row.instant_if_any("last_used_at")?,
    })
}

/// What an identity is found by. No issuer has a line break in it.
fn hash_of(issuer: &str, subject: &str) -> String {
    password::sha256(&format!("{issuer}\n{subject}"))
}

async fn link(connection: &mut Connection, user: &UserId, draft: &IdentityDraft) -> Result<()> {
    let at = now();
    let id: IdentityId = new_id(at)?;
    let sql = "insert into identities (id, user_id, issuer, subject, hash, label, created_at)
               values ($1, $2, $3, $4, $5, $6, $7)";
    let hash = hash_of(&draft.issuer, &draft.subject);
    connection
        .run(sql, values![&id, user, &draft.issuer, &draft.subject, hash, &draft.label, at])
        .await
        .map(drop)
}
