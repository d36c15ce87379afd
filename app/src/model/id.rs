//! Identifiers. They are opaque text, made by the server, and stand in addresses.

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($($(#[$meta:meta])* $name:ident;)+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The identifier as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
    )+};
}

id! {
    /// A dispute's identifier; its slug may change, this does not.
    DisputeId;
    /// A party's identifier.
    PartyId;
    /// An event's identifier.
    EventId;
    /// An article's identifier.
    ArticleId;
    /// A citation's identifier.
    CitationId;
    /// A position's identifier.
    PositionId;
    /// A candidate's identifier.
    CandidateId;
    /// A user's identifier.
    UserId;
    /// A feed's identifier.
    FeedId;
    /// A job's identifier.
    JobId;
    /// A token's identifier.
    TokenId;
    /// A webhook's identifier.
    WebhookId;
    /// An invitation's identifier.
    InvitationId;
    /// A suggestion's identifier.
    SuggestionId;
    /// A passkey's identifier.
    PasskeyId;
    /// The identifier of an account elsewhere.
    IdentityId;
}
