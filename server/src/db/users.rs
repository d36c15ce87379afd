//! Accounts and their sessions.

use impasse_app::model::id::UserId;
use impasse_app::store::{Result, Session, StoreError, User};

use super::connection::{Connection, Database, Row, values, without_nul};
use super::write::{new_id, now};
use impasse_app::model::search::folded;

/// The password of an account, which is empty in the database where there is none.
pub(super) fn password(row: &Row) -> Result<Option<String>> {
    let hash: String = row.get("password_hash")?;
    Ok(Some(hash).filter(|hash| !hash.is_empty()))
}

pub(super) fn user(row: &Row) -> Result<User> {
    Ok(User {
        id: row.id("id")?,
        name: row.get("name")?,
        password_hash: password(row)?,
        is_admin: row.get("is_owner")?,
    })
}

pub(super) async fn count(database: &Database) -> Result<i64> {
    database.reader().await?.one("select count(*) as users from users", vec![]).await?.get("users")
}

pub(super) async fn add(
    database: &Database,
    name: &str,
    password_hash: &str,
    is_admin: bool,
) -> Result<User> {
    let mut connection = database.transaction().await?;
    let user = insert(&mut connection, name, Some(password_hash), is_admin).await?;
    connection.commit().await?;
    Ok(user)
}

/// Adds an account within a transaction.
pub(super) async fn insert(
    connection: &mut Connection,
    name: &str,
    password_hash: Option<&str>,
    is_admin: bool,
) -> Result<User> {
    let at = now();
    let password_hash = password_hash.filter(|hash| !hash.is_empty());
    let user = User {
        id: new_id(at)?,
        name: without_nul(name.to_owned()),
        password_hash: password_hash.map(str::to_owned),
        is_admin,
    };
    connection
        .run(
            "insert into users (id, name, name_key, password_hash, is_owner, created_at)
             values ($1, $2, $3, $4, $5, $6)",
            values![&user.id, &user.name, folded(name), password_hash.unwrap_or_default(), is_admin, at],
        )
        .await?;
    Ok(user)
}

pub(super) async fn set_password(database: &Database, id: &UserId, password_hash: &str) -> Result<()> {
    let mut connection = database.transaction().await?;
    let changed = connection
        .run("update users set password_hash = $1 where id = $2", values![password_hash, id])
        .await?;
    if changed == 0 {
        return Err(StoreError::NotFound);
    }
    connection.run("delete from sessions where user_id = $1", values![id]).await?;
    connection.commit().await
}

pub(super) async fn named(database: &Database, name: &str) -> Result<User> {
    let row = database
        .reader()
        .await?
        .one("select id, name, password_hash, is_owner from users where name_key = $1", values![folded(name)])
        .await?;
    user(&row)
}

pub(super) async fn list(database: &Database) -> Result<Vec<User>> {
    let rows = database
        .reader()
        .await?
        .all("select id, name, password_hash, is_owner from users order by name_key", vec![])
        .await?;
    rows.iter().map(user).collect()
}

pub(super) async fn add_session(database: &Database, session: &Session) -> Result<()> {
    let mut connection = database.transaction().await?;
    connection.run("delete from sessions where expires_at <= $1", values![now()]).await?;
    // From the table of users, so that an unknown one inserts nothing.
    let added = connection
        .run(
            "insert into sessions (token_hash, user_id, expires_at, created_at, agent)
             select $1, id, $3, $4, $5 from users where id = $2",
            values![
                &session.token_hash,
                &session.user,
                session.expires,
                session.created,
                without_nul(session.agent.clone()),
            ],
        )
        .await?;
    if added == 0 {
        return Err(StoreError::NotFound);
    }
    connection.commit().await
}

pub(super) async fn session_user(database: &Database, token_hash: &str) -> Result<User> {
    let row = database
        .reader()
        .await?
        .one(
            "select users.id, users.name, users.password_hash, users.is_owner from sessions
             join users on users.id = sessions.user_id
             where sessions.token_hash = $1 and sessions.expires_at > $2",
            values![token_hash, now()],
        )
        .await?;
    user(&row)
}

pub(super) async fn end_session(database: &Database, token_hash: &str) -> Result<()> {
    let mut connection = database.transaction().await?;
    connection.run("delete from sessions where token_hash = $1", values![token_hash]).await?;
    connection.commit().await
}

pub(super) async fn sessions(database: &Database, user: &UserId) -> Result<Vec<Session>> {
    let sql = "select token_hash, user_id, created_at, expires_at, agent from sessions
               where user_id = $1 and expires_at > $2 order by created_at desc, token_hash";
    let rows = database.reader().await?.all(sql, values![user, now()]).await?;
    let session = |row: &Row| {
        Ok(Session {
            token_hash: row.get("token_hash")?,
            user: row.id("user_id")?,
            created: row.instant("created_at")?,
            expires: row.instant("expires_at")?,
            agent: row.get("agent")?,
        })
    };
    rows.iter().map(session).collect()
}

pub(super) async fn end_other_sessions(database: &Database, user: &UserId, token_hash: &str) -> Result<()> {
    let mut connection = database.transaction().await?;
    end_others(&mut connection, user, token_hash).await?;
    connection.commit().await
}

/// Ends all sessions of an account but one, within a transaction.
pub(super) async fn end_others(connection: &mut Connection, user: &UserId, token_hash: &str) -> Result<()> {
    let sql = "delete from sessions where user_id = $1 and token_hash <> $2";
    connection.run(sql, values![user, token_hash]).await.map(drop)
}
