//! Who may do what in a dispute: who sees it, which roles there are, and how people come to have one.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::choice::choices;
use super::id::{DisputeId, InvitationId, UserId};
use crate::t;

choices! {
    /// Who may read a dispute.
    #[derive(Default)]
    Visibility in "visibility" {
        /// Everybody; it stands in the list of disputes and search engines may find it.
        #[default]
        Public = "public";
        /// Everybody who knows its address, which cannot be guessed; nothing leads to it.
        Unlisted = "unlisted";
        /// Who has a role in it, and who was handed a frozen view of it.
        Private = "private";
    }
}

choices! {
    /// What somebody may do in a dispute. Each role may do what those before it may.
    Role in "role" {
        /// Read it. Where a dispute is not private, everybody has this one.
        Viewer = "viewer";
        /// Bring articles in and read their text; what is found in them waits in the inbox.
        Contributor = "contributor";
        /// Decide about what waits in the inbox.
        Reviewer = "reviewer";
        /// Change everything that the dispute says, its feeds and its links.
        Editor = "editor";
        /// Say who sees the dispute and who may do what in it, tell other programs of changes, delete it.
        Owner = "owner";
    }
}

impl Role {
    /// What it allows, in a sentence.
    pub fn purpose(self) -> &'static str {
        match self {
            Self::Viewer => t!("role-reads-the-dispute-also-while"),
            Self::Contributor => t!("role-brings-articles-in-what-is"),
            Self::Reviewer => t!("role-decides-about-what-waits-in"),
            Self::Editor => t!("role-changes-events-parties-positions-sources"),
            Self::Owner => t!("role-says-who-sees-the-dispute"),
        }
    }
}

impl Visibility {
    /// What it means, in a sentence.
    pub fn purpose(self) -> &'static str {
        match self {
            Self::Public => t!("role-everybody-may-read-it-and"),
            Self::Unlisted => {
                t!("role-everybody-who-knows-its-address")
            }
            Self::Private => {
                t!("role-only-those-with-a-role")
            }
        }
    }

    /// What everybody may do in a dispute without having a role in it; nothing at all where it is private.
    pub fn role_of_anyone(self) -> Option<Role> {
        match self {
            Self::Public | Self::Unlisted => Some(Role::Viewer),
            Self::Private => None,
        }
    }
}

/// Who asks the store for a dispute.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Reader {
    /// Somebody of whom nothing is known.
    #[default]
    Anyone,
    /// An account.
    Account {
        /// Which.
        user: UserId,
        /// Whether it looks after the site, and so is an owner of every dispute.
        is_admin: bool,
    },
    /// The program itself, as on the command line.
    Program,
}

impl Reader {
    /// The account.
    pub fn user(&self) -> Option<&UserId> {
        match self {
            Self::Account { user, .. } => Some(user),
            Self::Anyone | Self::Program => None,
        }
    }

    /// What they may do in a dispute, given their role in it; none if they may not even know of it.
    pub fn role(&self, visibility: Visibility, role: Option<Role>) -> Option<Role> {
        match self {
            Self::Program | Self::Account { is_admin: true, .. } => Some(Role::Owner),
            Self::Account { is_admin: false, .. } => role.max(visibility.role_of_anyone()),
            Self::Anyone => visibility.role_of_anyone(),
        }
    }
}

/// Somebody with a role in a dispute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Their account.
    pub user: UserId,
    /// What they are called.
    pub name: String,
    /// Their role.
    pub role: Role,
    /// Since when they have a role in it.
    pub since: DateTime<Utc>,
}

/// An address that gives a role in a dispute to the first who takes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Its identifier, which is not what stands in the address.
    pub id: InvitationId,
    /// The dispute.
    pub dispute: DisputeId,
    /// The role that it gives.
    pub role: Role,
    /// For whom, in the words of who made it.
    pub note: String,
    /// Who made it, as they were called then.
    pub by: String,
    /// When it was made.
    pub created: DateTime<Utc>,
    /// When it ends.
    pub expires: DateTime<Utc>,
}

impl Invitation {
    /// Whether it can still be taken, if nobody has.
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        now < self.expires
    }
}

/// What is needed to make an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationDraft {
    /// See [`Invitation::role`].
    pub role: Role,
    /// See [`Invitation::note`].
    pub note: String,
    /// See [`Invitation::expires`].
    pub expires: DateTime<Utc>,
    /// SHA-256 of what stands in its address, in hexadecimal.
    pub hash: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_reads_what_is_private_without_a_role() {
        let account = |is_admin| Reader::Account { user: UserId::from("u"), is_admin };
        for role in Role::ALL {
            assert_eq!(account(false).role(Visibility::Private, Some(*role)), Some(*role));
            assert_eq!(account(false).role(Visibility::Public, Some(*role)), Some(*role));
        }
        assert_eq!(account(false).role(Visibility::Private, None), None);
        assert_eq!(account(true).role(Visibility::Private, None), Some(Role::Owner));
        assert_eq!(Reader::Anyone.role(Visibility::Private, Some(Role::Owner)), None);
        assert_eq!(Reader::Anyone.role(Visibility::Unlisted, None), Some(Role::Viewer));
    }
}
