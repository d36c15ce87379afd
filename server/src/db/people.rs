//! Who sees a dispute, who may do what in it, and where people are signed in.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use impasse_app::model::dispute::Dispute;
use impasse_app::model::id::{DisputeId, InvitationId, UserId};
use impasse_app::model::revision::Actor;
use impasse_app::model::role::{Invitation, InvitationDraft, Member, Reader, Role, Visibility};
use impasse_app::store::{People, Result, Session, StoreError, User};
use sqlx::AssertSqlSafe;

use super::connection::{Connection, Database, Row, values, without_nul};
use super::write::{new_id, now};
use super::{SqlStore, disputes, users};

#[async_trait]
impl People for SqlStore {
    async fn dispute(&self, reader: &Reader, slug: &str) -> Result<(Dispute, Role)> {
        disputes::by_slug(&self.database, reader, slug).await
    }

    async fn role(&self, reader: &Reader, dispute: &DisputeId) -> Result<Role> {
        disputes::role(&self.database, reader, dispute).await
    }

    async fn set_visibility(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        visibility: Visibility,
        takes_suggestions: bool,
    ) -> Result<Dispute> {
        disputes::set_visibility(&self.database, by, dispute, visibility, takes_suggestions).await
    }

    async fn members(&self, dispute: &DisputeId) -> Result<Vec<Member>> {
        members(&self.database, dispute).await
    }

    async fn set_role(&self, dispute: &DisputeId, user: &UserId, role: Option<Role>) -> Result<()> {
        set_role(&self.database, dispute, user, role).await
    }

    async fn add_invitation(
        &self,
        by: &Actor,
        dispute: &DisputeId,
        draft: &InvitationDraft,
    ) -> Result<Invitation> {
        invite(&self.database, by, dispute, draft).await
    }

    async fn invitations(&self, dispute: &DisputeId) -> Result<Vec<Invitation>> {
        invitations(&self.database, dispute).await
    }

    async fn invitation(&self, hash: &str, now: DateTime<Utc>) -> Result<(Invitation, Dispute)> {
        let mut connection = self.database.snapshot().await?;
        let found = open_invitation(&mut connection, hash, now).await?;
        let dispute = disputes::by_id(&mut connection, &found.dispute).await?;
        Ok((found, dispute))
    }

    async fn take_invitation(&self, hash: &str, user: &UserId, now: DateTime<Utc>) -> Result<Dispute> {
        let mut connection = self.database.transaction().await?;
        let dispute = take(&mut connection, hash, user, now).await?;
        connection.commit().await?;
        Ok(dispute)
    }

    async fn join(
        &self,
        hash: &str,
        name: &str,
        password_hash: &str,
        now: DateTime<Utc>,
    ) -> Result<(User, Dispute)> {
        let mut connection = self.database.transaction().await?;
        let user = users::insert(&mut connection, name, Some(password_hash), false).await?;
        let dispute = take(&mut connection, hash, &user.id, now).await?;
        connection.commit().await?;
        Ok((user, dispute))
    }

    async fn revoke_invitation(&self, dispute: &DisputeId, id: &InvitationId) -> Result<()> {
        let mut connection = self.database.transaction().await?;
        let sql = "delete from invitations where id = $1 and dispute_id = $2 and taken_by is null";
        if connection.run(sql, values![id, dispute]).await? == 0 {
            return Err(StoreError::NotFound);
        }
        connection.commit().await
    }

    async fn sessions(&self, user: &UserId) -> Result<Vec<Session>> {
        users::sessions(&self.database, user).await
    }

    async fn end_other_sessions(&self, user: &UserId, token_hash: &str) -> Result<()> {
        users::end_other_sessions(&self.database, user, token_hash).await
    }
}

/// The role of an account in a dispute, as it was given to it.
async fn given_role(connection: &mut Connection, dispute: &DisputeId, user: &UserId) -> Result<Option<Role>> {
    let sql = "select role from members where dispute_id = $1 and user_id = $2";
    let row = connection.first(sql, values![dispute, user]).await?;
    row.map(|row| row.choice("role", Role::from_key)).transpose()
}

/// Gives an account a role in a dispute, in place of what it had; an account that is not there gets none.
pub(super) async fn give(
    connection: &mut Connection,
    dispute: &DisputeId,
    user: &UserId,
    role: Role,
    at: DateTime<Utc>,
) -> Result<()> {
    let sql = "insert into members (dispute_id, user_id, role, created_at)
               select $1, id, $3, $4 from users where id = $2
               on conflict (dispute_id, user_id) do update set role = excluded.role";
    connection.run(sql, values![dispute, user, role.key(), at]).await.map(drop)
}

async fn members(database: &Database, dispute: &DisputeId) -> Result<Vec<Member>> {
    let sql = "select users.id, users.name, members.role, members.created_at from members
               join users on users.id = members.user_id
               where members.dispute_id = $1 order by users.name_key";
    let rows = database.reader().await?.all(sql, values![dispute]).await?;
    let mut members = rows
        .iter()
        .map(|row| {
            Ok(Member {
                user: row.id("id")?,
                name: row.get("name")?,
                role: row.choice("role", Role::from_key)?,
                since: row.instant("created_at")?,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    members.sort_by_key(|member| std::cmp::Reverse(member.role));
    Ok(members)
}

async fn set_role(database: &Database, dispute: &DisputeId, user: &UserId, role: Option<Role>) -> Result<()> {
    let mut connection = database.transaction().await?;
    disputes::lock(&mut connection, dispute).await?;
    let had = given_role(&mut connection, dispute, user).await?;
    match role {
        Some(role) => {
            connection.one("select id from users where id = $1", values![user]).await?;
            give(&mut connection, dispute, user, role, now()).await?;
        }
        None => {
            let sql = "delete from members where dispute_id = $1 and user_id = $2";
            if connection.run(sql, values![dispute, user]).await? == 0 {
                return Err(StoreError::NotFound);
            }
        }
    }
    if had == Some(Role::Owner) {
        let sql = "select user_id from members where dispute_id = $1 and role = $2 limit 1";
        if connection.first(sql, values![dispute, Role::Owner.key()]).await?.is_none() {
            return Err(StoreError::InUse("the dispute would have no owner".to_owned()));
        }
    }
    connection.commit().await
}

const COLUMNS: &str = "id, dispute_id, role, note, actor, created_at, expires_at";

fn invitation(row: &Row) -> Result<Invitation> {
    Ok(Invitation {
        id: row.id("id")?,
        dispute: row.id("dispute_id")?,
        role: row.choice("role", Role::from_key)?,
        note: row.get("note")?,
        by: row.get("actor")?,
        created: row.instant("created_at")?,
        expires: row.instant("expires_at")?,
    })
}

async fn invite(
    database: &Database,
    by: &Actor,
    dispute: &DisputeId,
    draft: &InvitationDraft,
) -> Result<Invitation> {
    let at = now();
    let made = Invitation {
        id: new_id(at)?,
        dispute: dispute.clone(),
        role: draft.role,
        note: without_nul(draft.note.clone()),
        by: by.name.clone(),
        created: at,
        expires: draft.expires,
    };
    let mut connection = database.transaction().await?;
    disputes::must_be(&mut connection, dispute).await?;
    let sql = "insert into invitations (id, dispute_id, role, note, hash, actor, created_at, expires_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8)";
    let row = values![
        &made.id,
        dispute,
        made.role.key(),
        &made.note,
        &draft.hash,
        &made.by,
        made.created,
        made.expires
    ];
    connection.run(sql, row).await?;
    connection.commit().await?;
    Ok(made)
}

async fn invitations(database: &Database, dispute: &DisputeId) -> Result<Vec<Invitation>> {
    let sql = format!(
        "select {COLUMNS} from invitations
         where dispute_id = $1 and taken_by is null and expires_at > $2 order by created_at desc, id"
    );
    let rows = database.reader().await?.all(AssertSqlSafe(sql), values![dispute, now()]).await?;
    rows.iter().map(invitation).collect()
}

async fn open_invitation(connection: &mut Connection, hash: &str, now: DateTime<Utc>) -> Result<Invitation> {
    let sql =
        format!("select {COLUMNS} from invitations where hash = $1 and taken_by is null and expires_at > $2");
    invitation(&connection.one(AssertSqlSafe(sql), values![hash, now]).await?)
}

pub(super) async fn take(
    connection: &mut Connection,
    hash: &str,
    user: &UserId,
    now: DateTime<Utc>,
) -> Result<Dispute> {
    let found = open_invitation(connection, hash, now).await?;
    let dispute = disputes::by_id(connection, &found.dispute).await?;
    // Of two that take it at once, one finds it taken: the update waits for the other's and then meets no row.
    let sql = "update invitations set taken_by = $1, taken_at = $2 where id = $3 and taken_by is null";
    if connection.run(sql, values![user, now, &found.id]).await? == 0 {
        return Err(StoreError::NotFound);
    }
    if given_role(connection, &dispute.id, user).await?.is_none_or(|role| role < found.role) {
        give(connection, &dispute.id, user, found.role, now).await?;
    }
    Ok(dispute)
}
