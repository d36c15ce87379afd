//! Why nothing was fetched, in words for people.

use std::time::Duration;

use impasse_app::t;

/// Why nothing was fetched. The messages are for whoever asked, and say what to do instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// It is no address of a page.
    #[error("{}", t!("fetch-address"))]
    Address,
    /// It leads, directly or through a redirect, to where the server may not go.
    #[error("{}", t!("fetch-private", host = host))]
    Private {
        /// The host.
        host: String,
    },
    /// The name has no address.
    #[error("{}", t!("fetch-no-such-site", host = host))]
    NoSuchSite {
        /// The host.
        host: String,
    },
    /// There was no connection, or it broke.
    #[error("{}", t!("fetch-unreachable", host = host))]
    Unreachable {
        /// The host.
        host: String,
    },
    /// It took too long.
    #[error("{}", t!("fetch-too-slow", host = host))]
    TooSlow {
        /// The host.
        host: String,
    },
    /// There is more than is read.
    #[error("{}", t!("fetch-too-large", host = host, most = limit / 1_000_000))]
    TooLarge {
        /// The host.
        host: String,
        /// The limit, in bytes.
        limit: usize,
    },
    /// One redirect led to another, and so on.
    #[error("{}", t!("fetch-too-many-redirects", host = host))]
    TooManyRedirects {
        /// The host.
        host: String,
    },
    /// The site's robots.txt asks programs to stay away.
    #[error("{}", t!("fetch-robots", host = host))]
    Robots {
        /// The host.
        host: String,
    },
    /// The site refuses servers, or asks to sign in or pay.
    #[error("{}", t!("fetch-refused", host = host, status = status.to_string()))]
    Refused {
        /// The host.
        host: String,
        /// The HTTP status.
        status: u16,
    },
    /// There is no such page, or no longer.
    #[error("{}", t!("fetch-missing", status = status.to_string()))]
    Missing {
        /// The HTTP status, 404 or 410.
        status: u16,
    },
    /// The site asks to come back later.
    #[error("{}", t!("fetch-busy", host = host, status = status.to_string()))]
    Busy {
        /// The host.
        host: String,
        /// The HTTP status, 429 or 503.
        status: u16,
        /// How much later, where it says so.
        after: Option<Duration>,
    },
    /// The site failed.
    #[error("{}", t!("fetch-failed", host = host, status = status.to_string()))]
    Failed {
        /// The host.
        host: String,
        /// The HTTP status.
        status: u16,
    },
    /// What was sent cannot be unpacked.
    #[error("{}", t!("fetch-damaged", host = host))]
    Damaged {
        /// The host.
        host: String,
    },
    /// There is no way to fetch anything here.
    #[error("{}", t!("fetch-not-set-up", why = .0))]
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
