//! What the errors of either database mean to whoever called.

use impasse_app::store::StoreError;

/// The error for what the store cannot have written.
pub(super) fn damaged(what: &str) -> StoreError {
    StoreError::Failed(format!("the database holds what cannot be read: {what}").into())
}

/// The fields that must be unique: PostgreSQL names the index, SQLite the columns.
const UNIQUE: [(&str, &str, &str); 6] = [
    ("disputes_slug_unique", "disputes.slug", "slug"),
    ("feeds_url_unique", "feeds.dispute_id, feeds.url", "url"),
    ("identities_hash_unique", "identities.hash", "identity"),
    ("passkeys_hash_unique", "passkeys.hash", "hash"),
    ("parties_key_unique", "parties.dispute_id, parties.key", "key"),
    ("users_name_unique", "users.name_key", "name"),
];

/// What a database's error means to whoever called.
pub(in crate::db) fn failed(error: sqlx::Error) -> StoreError {
    if let Some(refused) = error.as_database_error().filter(|refused| refused.is_unique_violation()) {
        let (index, message) = (refused.constraint(), refused.message());
        let taken =
            UNIQUE.iter().find(|(name, columns, _)| index == Some(name) || message.ends_with(columns));
        if let Some((_, _, field)) = taken {
            return StoreError::Taken(field);
        }
    }
    if is_without_room(&error) {
        StoreError::NoRoom(Box::new(error))
    } else {
        StoreError::Failed(Box::new(error))
    }
}

/// Whether the disk is full or may only be read.
///
/// SQLite's codes (<https://www.sqlite.org/rescode.html>): full, read-only, and errors of the system when it writes,
/// syncs or lengthens a file. PostgreSQL's (its manual, appendix A): disk full, and a server that may only be read.
pub(super) fn is_without_room(error: &sqlx::Error) -> bool {
    const FULL: i32 = 13;
    const READ_ONLY: i32 = 8;
    const WRITING: [i32; 4] = [778, 1034, 1546, 4874];
    let Some(code) = error.as_database_error().and_then(sqlx::error::DatabaseError::code) else {
        return false;
    };
    match code.parse::<i32>() {
        Ok(number) if code.len() < 5 => {
            WRITING.contains(&number) || matches!(number & 0xff, FULL | READ_ONLY)
        }
        _ => matches!(&*code, "53100" | "25006"),
    }
}
