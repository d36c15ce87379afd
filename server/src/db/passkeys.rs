//! Passkeys, and the ceremonies in which they are made and used.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use impasse_app::model::id::{PasskeyId, UserId};
use impasse_app::model::identity::Doors;
use impasse_app::model::passkey::{Ceremony, CeremonyKind, MOST_PASSKEYS, Passkey, PasskeyDraft};
use impasse_app::store::{Passkeys, Result, StoreError, User};
use sqlx::AssertSqlSafe;

use super::connection::{Connection, Database, Row, values};
use super::write::{new_id, now};
use super::{SqlStore, users};

#[async_trait]
impl Passkeys for SqlStore {
    async fn passkeys(&self, user: &UserId) -> Result<Vec<Passkey>> {
        list(&mut self.database.reader().await?, user).await
    }

    async fn add_passkey(&self, user: &UserId, draft: &PasskeyDraft) -> Result<Passkey> {
        add(&self.database, user, draft).await
    }

    async fn passkey(&self, hash: &str) -> Result<(Passkey, User)> {
        by_hash(&self.database, hash).await
    }

    async fn passkey_used(
        &self,
        id: &PasskeyId,
        before: &str,
        credential: &str,
        at: DateTime<Utc>,
    ) -> Result<()> {
        let mut connection = self.database.transaction().await?;
        let sql = "update passkeys set credential = $1, last_used_at = $2 where id = $3 and credential = $4";
        if connection.run(sql, values![credential, at, id, before]).await? == 0 {
            return Err(StoreError::Conflict);
        }
        connection.commit().await
    }

    async fn rename_passkey(&self, user: &UserId, id: &PasskeyId, name: &str) -> Result<()> {
        let mut connection = self.database.transaction().await?;
        let sql = "update passkeys set name = $1 where id = $2 and user_id = $3";
        if connection.run(sql, values![name, id, user]).await? == 0 {
            return Err(StoreError::NotFound);
        }
        connection.commit().await
    }

    async fn remove_passkey(
        &self,
        user: &UserId,
        id: &PasskeyId,
        doors: &Doors,
        session: &str,
    ) -> Result<()> {
        remove(&self.database, user, id, doors, session).await
    }

    async fn remove_passkeys(&self, user: &UserId) -> Result<u64> {
        let mut connection = self.database.transaction().await?;
        if lock(&mut connection, user).await?.is_none() {
            return Err(StoreError::InUse("the account has no password".to_owned()));
        }
        let removed = connection.run("delete from passkeys where user_id = $1", values![user]).await?;
        connection.commit().await?;
        Ok(removed)
    }

    async fn remove_password(&self, user: &UserId, doors: &Doors, session: &str) -> Result<()> {
        let mut connection = self.database.transaction().await?;
        lock(&mut connection, user).await?;
        connection.run("update users set password_hash = '' where id = $1", values![user]).await?;
        must_have_a_way(&mut connection, user, doors).await?;
        users::end_others(&mut connection, user, session).await?;
        connection.commit().await
    }

    async fn begin_ceremony(&self, ceremony: &Ceremony) -> Result<()> {
        let mut connection = self.database.transaction().await?;
        connection.run("delete from ceremonies where expires_at <= $1", values![now()]).await?;
        let sql = "insert into ceremonies (hash, kind, user_id, name, state, expires_at)
                   values ($1, $2, $3, $4, $5, $6)";
        let user = ceremony.user.as_ref().map(UserId::as_str);
        let row = values![
            &ceremony.hash,
            ceremony.kind.key(),
            user,
            &ceremony.name,
            &ceremony.state,
            ceremony.expires
        ];
        connection.run(sql, row).await?;
        connection.commit().await
    }

    async fn end_ceremony(&self, hash: &str, now: DateTime<Utc>) -> Result<Ceremony> {
        end(&self.database, hash, now).await
    }
}

const COLUMNS: &str = "passkeys.id, passkeys.user_id, passkeys.name as passkey_name, passkeys.host,
    passkeys.credential, passkeys.created_at, passkeys.last_used_at";

fn passkey(row: &Row) -> Result<Passkey> {
    Ok(Passkey {
        id: row.id("id")?,
        user: row.id("user_id")?,
        name: row.get("passkey_name")?,
        host: row.get("host")?,
        credential: row.get("credential")?,
        created: row.instant("created_at")?,
        last_used: row.instant_if_any("last_used_at")?,
    })
}

async fn list(connection: &mut Connection, user: &UserId) -> Result<Vec<Passkey>> {
    let sql = format!("select {COLUMNS} from passkeys where user_id = $1 order by created_at, id");
    connection.all(AssertSqlSafe(sql), values![user]).await?.iter().map(passkey).collect()
}

/// Keeps others from changing how an account is signed in to until the transaction ends, and tells its password.
pub(super) async fn lock(connection: &mut Connection, user: &UserId) -> Result<Option<String>> {
    let sql = format!("select password_hash from users where id = $1{}", connection.for_update());
    users::password(&connection.one(AssertSqlSafe(sql), values![user]).await?)
}

async fn add(database: &Database, user: &UserId, draft: &PasskeyDraft) -> Result<Passkey> {
    let at = now();
    let id: PasskeyId = new_id(at)?;
    let mut connection = database.transaction().await?;
    lock(&mut connection, user).await?;
    if list(&mut connection, user).await?.len() >= MOST_PASSKEYS {
        return Err(StoreError::InUse(format!("the account has {MOST_PASSKEYS} passkeys")));
    }
    let sql = "insert into passkeys (id, user_id, name, host, hash, credential, created_at)
               values ($1, $2, $3, $4, $5, $6, $7)";
    let row = values![&id, user, &draft.name, &draft.host, &draft.hash, &draft.credential, at];
    connection.run(sql, row).await?;
    let sql = format!("select {COLUMNS} from passkeys where id = $1");
    let kept = passkey(&connection.one(AssertSqlSafe(sql), values![&id]).await?)?;
    connection.commit().await?;
    Ok(kept)
}

async fn by_hash(database: &Database, hash: &str) -> Result<(Passkey, User)> {
    let sql = format!(
        "select {COLUMNS}, users.name, users.password_hash, users.is_owner from passkeys
         join users on users.id = passkeys.user_id where passkeys.hash = $1"
    );
    let row = database.reader().await?.one(AssertSqlSafe(sql), values![hash]).await?;
    let found = passkey(&row)?;
    let user = User {
        id: found.user.clone(),
        name: row.get("name")?,
        password_hash: users::password(&row)?,
        is_admin: row.get("is_owner")?,
    };
    Ok((found, user))
}

/// Refuses what would leave an account that nobody could sign in to any more.
pub(super) async fn must_have_a_way(connection: &mut Connection, user: &UserId, doors: &Doors) -> Result<()> {
    let sql = "select id from users where id = $1 and password_hash <> ''
               union all select id from passkeys where user_id = $1 and host = $2
               union all select id from identities where user_id = $1 and issuer = $3";
    let found = connection.first(sql, values![user, doors.host.as_deref(), doors.issuer.as_deref()]).await?;
    if found.is_none() {
        return Err(StoreError::InUse("it is all that the account is signed in to with".to_owned()));
    }
    Ok(())
}

async fn remove(
    database: &Database,
    user: &UserId,
    id: &PasskeyId,
    doors: &Doors,
    session: &str,
) -> Result<()> {
    let mut connection = database.transaction().await?;
    lock(&mut connection, user).await?;
    let sql = "delete from passkeys where id = $1 and user_id = $2";
    if connection.run(sql, values![id, user]).await? == 0 {
        return Err(StoreError::NotFound);
    }
    must_have_a_way(&mut connection, user, doors).await?;
    users::end_others(&mut connection, user, session).await?;
    connection.commit().await
}

async fn end(database: &Database, hash: &str, at: DateTime<Utc>) -> Result<Ceremony> {
    let mut connection = database.transaction().await?;
    // Of two that end it at once, the second waits for the first and then meets no row.
    let sql = "delete from ceremonies where hash = $1 returning kind, user_id, name, state, expires_at";
    let row = connection.one(sql, values![hash]).await?;
    let ceremony = Ceremony {
        hash: hash.to_owned(),
        kind: row.choice("kind", CeremonyKind::from_key)?,
        user: row.get::<Option<String>>("user_id")?.map(UserId::from),
        name: row.get("name")?,
        state: row.get("state")?,
        expires: row.instant("expires_at")?,
    };
    connection.commit().await?;
    if ceremony.expires <= at {
        return Err(StoreError::NotFound);
    }
    Ok(ceremony)
}
