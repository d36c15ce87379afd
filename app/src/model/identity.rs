//! Accounts elsewhere by which an account here is signed in to (OpenID Connect).

use chrono::{DateTime, Utc};

use super::id::{IdentityId, UserId};

/// An account with a provider that signs an account in here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Its identifier.
    pub id: IdentityId,
    /// Whom it signs in.
    pub user: UserId,
    /// The provider, by the address that it goes by.
    pub issuer: String,
    /// What it was called there when it was linked, for people to tell it by.
    pub label: String,
    /// When it was linked.
    pub created: DateTime<Utc>,
    /// When it last signed somebody in.
    pub last_used: Option<DateTime<Utc>>,
}

/// What is needed to keep an identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityDraft {
    /// See [`Identity::issuer`].
    pub issuer: String,
    /// By what the provider knows it, for good.
    pub subject: String,
    /// See [`Identity::label`].
    pub label: String,
}

/// By what the site can be signed in to besides passwords, as it is set up now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Doors {
    /// The host that passkeys are for, if there are any.
    pub host: Option<String>,
    /// The provider, if there is one.
    pub issuer: Option<String>,
}
