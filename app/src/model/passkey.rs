//! Passkeys: how an account signs in without a password (W3C Web Authentication, level 3).

use chrono::{DateTime, TimeDelta, Utc};

use super::id::{PasskeyId, UserId};

/// How many passkeys an account may have.
pub const MOST_PASSKEYS: usize = 20;

/// For how long after signing in somebody may change how the account signs in.
const RECENT: TimeDelta = TimeDelta::minutes(15);

/// Whether somebody who signed in at an instant has only just done so, so that they may change how they sign in.
pub fn is_recent(signed_in: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - signed_in < RECENT
}

/// A passkey of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// Its identifier.
    pub id: PasskeyId,
    /// Whose it is.
    pub user: UserId,
    /// What its owner calls it.
    pub name: String,
    /// The host of the site that it was made for, and does not work without.
    pub host: String,
    /// Its identifier as authenticators know it, its public key, its counter and whether it is backed up, as JSON.
    pub credential: String,
    /// When it was made.
    pub created: DateTime<Utc>,
    /// When it last signed somebody in.
    pub last_used: Option<DateTime<Utc>>,
}

/// What is needed to keep a passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyDraft {
    /// See [`Passkey::name`].
    pub name: String,
    /// See [`Passkey::host`].
    pub host: String,
    /// SHA-256 of its identifier as authenticators know it, in hexadecimal.
    pub hash: String,
    /// See [`Passkey::credential`].
    pub credential: String,
}

/// What a ceremony is for. Nobody is shown it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CeremonyKind {
    /// Adding a passkey.
    AddPasskey,
    /// Signing in with a passkey.
    Passkey,
    /// Being sent to a provider and back.
    Provider,
}

impl CeremonyKind {
    /// The key in the database.
    pub fn key(self) -> &'static str {
        match self {
            Self::AddPasskey => "add-passkey",
            Self::Passkey => "passkey",
            Self::Provider => "provider",
        }
    }

    /// The kind with this key, if there is one.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::AddPasskey, Self::Passkey, Self::Provider].into_iter().find(|kind| kind.key() == key)
    }
}

/// A ceremony that was begun, and that its browser ends within some minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ceremony {
    /// SHA-256 of the token in the browser's cookie, in hexadecimal.
    pub hash: String,
    /// What it is for.
    pub kind: CeremonyKind,
    /// The account that adds something to itself; none where somebody signs in.
    pub user: Option<UserId>,
    /// What the passkey will be called.
    pub name: String,
    /// What was asked, as JSON: the challenge among it.
    pub state: String,
    /// When it is over.
    pub expires: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_in_is_recent_for_a_quarter_of_an_hour() {
        let now = Utc::now();
        assert!(is_recent(now - TimeDelta::minutes(14), now));
        assert!(!is_recent(now - TimeDelta::minutes(15), now));
    }
}
