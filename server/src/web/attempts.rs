//! How often something may be tried that must not be tried at will: signing in, joining, suggesting.
//!
//! Counted in the memory of one server. Who is known by name is counted by name and address together as well, so that
//! nobody can keep somebody else from signing in by trying wrongly from elsewhere.

use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use impasse_app::t;

/// How many keys are remembered before those that may try freely again are forgotten.
const REMEMBERED: usize = 20_000;

/// Attempts of several kinds.
#[derive(Debug)]
pub struct Attempts {
    /// Passwords tried for one name from one address: 8, then one in two minutes.
    names: Limit<(String, IpAddr)>,
    /// Passwords and passkeys tried from one address for whatever names: 40, then one in 30 seconds.
    addresses: Limit<IpAddr>,
    /// Accounts made from one address: 10, then one in ten minutes.
    accounts: Limit<IpAddr>,
    /// Suggestions from one address: 6, then one in five minutes.
    suggestions: Limit<IpAddr>,
}

impl Default for Attempts {
    fn default() -> Self {
        Self {
            names: Limit::new(8, 120),
            addresses: Limit::new(40, 30),
            accounts: Limit::new(10, 600),
            suggestions: Limit::new(6, 300),
        }
    }
}

impl Attempts {
    /// Counts an attempt to sign in.
    ///
    /// # Errors
    /// After how many seconds the next one is allowed, if this one is not.
    pub(super) fn sign_in(&self, name: &str, address: IpAddr) -> Result<(), u64> {
        self.addresses.take(&address)?;
        self.names.take(&(name.trim().to_lowercase(), address))
    }

    /// Counts an attempt to sign in with a passkey, which names nobody before it is judged, or to add one.
    ///
    /// # Errors
    /// As [`Attempts::sign_in`].
    pub(super) fn passkey(&self, address: IpAddr) -> Result<(), u64> {
        self.addresses.take(&address)
    }

    /// Counts an account that is made.
    ///
    /// # Errors
    /// As [`Attempts::sign_in`].
    pub(super) fn account(&self, address: IpAddr) -> Result<(), u64> {
        self.accounts.take(&address)
    }

    /// Counts a suggestion.
    ///
    /// # Errors
    /// As [`Attempts::sign_in`].
    pub(crate) fn suggestion(&self, address: IpAddr) -> Result<(), u64> {
        self.suggestions.take(&address)
    }
}

#[derive(Debug)]
struct Limit<K: Hash + Eq + Clone> {
    limiter: DefaultKeyedRateLimiter<K>,
}

impl<K: Hash + Eq + Clone> Limit<K> {
    /// So many at once, then one after each stretch of so many seconds.
    fn new(at_once: u32, seconds: u64) -> Self {
        let at_once = NonZeroU32::new(at_once).unwrap_or(NonZeroU32::MIN);
        let stretch = Duration::from_secs(seconds.max(1));
        // A stretch of no length is the only one that makes no quota.
        let quota = Quota::with_period(stretch).unwrap_or(Quota::per_minute(NonZeroU32::MIN));
        Self { limiter: RateLimiter::keyed(quota.allow_burst(at_once)) }
    }

    fn take(&self, key: &K) -> Result<(), u64> {
        if self.limiter.len() > REMEMBERED {
            self.limiter.retain_recent();
            self.limiter.shrink_to_fit();
        }
        self.limiter
            .check_key(key)
            .map_err(|until| until.wait_time_from(DefaultClock::default().now()).as_secs() + 1)
    }
}

/// A stretch of time in words, rounded up.
pub(crate) fn wait_words(seconds: u64) -> String {
    match seconds {
        0..=1 => t!("wait-seconds", count = 1),
        2..=90 => t!("wait-seconds", count = seconds),
        _ => t!("wait-minutes", count = seconds.div_ceil(60)),
    }
}

/// What is said to who has tried something too often.
pub(crate) fn too_often_words(seconds: u64) -> String {
    t!("told-this-was-tried-too-often", wait = wait_words(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_tried_a_few_times_from_one_address() {
        let attempts = Attempts::default();
        let [here, there]: [IpAddr; 2] = ["192.0.2.7", "192.0.2.8"].map(|text| text.parse().unwrap());
        for _ in 0..8 {
            attempts.sign_in("Ada", here).unwrap();
        }
        let wait = attempts.sign_in(" ADA", here).unwrap_err();
        assert!((1..=121).contains(&wait), "{wait}");
        attempts.sign_in("Bea", here).unwrap();
        attempts.sign_in("Ada", there).unwrap();
        let names = (0..40).filter(|n| attempts.sign_in(&format!("name {n}"), here).is_ok()).count();
        assert!(names < 40, "an address does not try one name after the other");
    }

    #[test]
    fn says_how_long_to_wait() {
        assert_eq!(wait_words(1), "a second");
        assert_eq!(wait_words(45), "45 seconds");
        assert_eq!(wait_words(121), "3 minutes");
    }
}
