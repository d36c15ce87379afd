//! Who may do what through the API: personal tokens.

use chrono::{DateTime, Utc};

use super::choice::choices;
use super::id::{TokenId, UserId};

choices! {
    /// What a token may do. Each includes those before it.
    Scope in "scope" {
        /// Read what the account may read.
        Read = "read";
        /// Bring articles in, whose findings wait for an editor.
        Suggest = "suggest";
        /// Change disputes.
        Write = "write";
        /// All that the account may do: delete disputes, make tokens.
        Admin = "admin";
    }
}

/// A personal token. The token itself is shown once and not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its identifier.
    pub id: TokenId,
    /// Whose it is.
    pub user: UserId,
    /// What its owner calls it.
    pub name: String,
    /// What it may do.
    pub scope: Scope,
    /// When it was made.
    pub created: DateTime<Utc>,
    /// When it ends; none for never.
    pub expires: Option<DateTime<Utc>>,
    /// When it was last used, to within some minutes.
    pub last_used: Option<DateTime<Utc>>,
}

impl Token {
    /// Whether it opens nothing any more.
    pub fn is_over(&self, now: DateTime<Utc>) -> bool {
        self.expires.is_some_and(|end| end <= now)
    }
}

/// What is needed to keep a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenDraft {
    /// See [`Token::name`].
    pub name: String,
    /// See [`Token::scope`].
    pub scope: Scope,
    /// See [`Token::expires`].
    pub expires: Option<DateTime<Utc>>,
    /// SHA-256 of the token, in hexadecimal.
    pub hash: String,
}
