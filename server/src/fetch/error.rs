//! Why nothing was fetched, in words for people.

use std::time::Duration;

/// Why nothing was fetched. The messages are for whoever asked, and say what to do instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// It is no address of a page.
    #[error("Give an address that begins with https:// or http://, without a name or password in it.")]
    Address,
    /// It leads, directly or through a redirect, to where the server may not go.
    #[error(
        "{host} is in a private network, which is not fetched from. Paste the text or send the file instead."
    )]
    Private {
        /// The host.
        host: String,
    },
    /// The name has no address.
    #[error("There is no site called {host}. Check the address.")]
    NoSuchSite {
        /// The host.
        host: String,
    },
    /// There was no connection, or it broke.
    #[error("{host} could not be reached. Try again later, or paste the text or send the file.")]
    Unreachable {
        /// The host.
        host: String,
    },
    /// It took too long.
    #[error("{host} took too long to answer. Try again later, or paste the text or send the file.")]
    TooSlow {
        /// The host.
        host: String,
    },
    /// There is more than is read.
    #[error("What {host} sends is larger than {} MB, which is more than an article has. Paste the text instead.", limit / 1_000_000)]
    TooLarge {
        /// The host.
        host: String,
        /// The limit, in bytes.
        limit: usize,
    },
    /// One redirect led to another, and so on.
    #[error(
        "{host} sends from one address to the next without end. Paste the text or send the file instead."
    )]
    TooManyRedirects {
        /// The host.
        host: String,
    },
    /// The site's robots.txt asks programs to stay away.
    #[error(
        "{host} asks programs not to read this page (robots.txt). Paste the text or send the file: that is as good."
    )]
    Robots {
        /// The host.
        host: String,
    },
    /// The site refuses servers, or asks to sign in or pay.
    #[error(
        "{host} does not let servers read this page (it answered {status}). Paste the text or send the file: that is as good."
    )]
    Refused {
        /// The host.
        host: String,
        /// The HTTP status.
        status: u16,
    },
    /// There is no such page, or no longer.
    #[error("There is no page at this address (it answered {status}). Check the address.")]
    Missing {
        /// The HTTP status, 404 or 410.
        status: u16,
    },
    /// The site asks to come back later.
    #[error(
        "{host} asks to come back later (it answered {status}). Try again later, or paste the text or send the file."
    )]
    Busy {
        /// The host.
        host: String,
        /// The HTTP status, 429 or 503.
        status: u16,
        /// How much later, where it says so.
        after: Option<Duration>,
    },
    /// The site failed.
    #[error("{host} answered with an error ({status}). Try again later, or paste the text or send the file.")]
    Failed {
        /// The host.
        host: String,
        /// The HTTP status.
        status: u16,
    },
    /// What was sent cannot be unpacked.
    #[error("What {host} sent is damaged. Try again later, or paste the text or send the file.")]
    Damaged {
        /// The host.
        host: String,
    },
    /// There is no way to fetch anything here.
    #[error("This server cannot fetch pages: {0}. Paste the text or send the file instead.")]
    NotSetUp(String),
}

impl FetchError {
    /// Whether the same request may well succeed later.
    pub fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::NoSuchSite { .. }
                | Self::Unreachable { .. }
                | Self::TooSlow { .. }
                | Self::Busy { .. }
                | Self::Failed { .. }
                | Self::Damaged { .. }
        )
    }

    /// When the site asks to come back, counted from now.
    pub fn after(&self) -> Option<Duration> {
        match self {
            Self::Busy { after, .. } => *after,
            _ => None,
        }
    }
}
