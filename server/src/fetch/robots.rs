//! robots.txt (RFC 9309), remembered for each site.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use robotxt::{Agent, Robots};
use url::Url;

/// The name that a robots.txt may address us by.
pub(super) const PRODUCT: &str = "Impasse";

/// As much of a robots.txt as is read: what RFC 9309, 2.5, asks for at least.
pub(super) const LONGEST: usize = 500 * 1024;

/// How long one is remembered: what RFC 9309, 2.4, allows at most.
const REMEMBERED: Duration = Duration::from_secs(24 * 60 * 60);

/// How many sites are remembered.
const SITES: usize = 1_000;

/// The rules of the sites that were asked lately.
#[derive(Default)]
pub(super) struct Remembered {
    sites: Mutex<HashMap<String, (Arc<Robots>, Instant)>>,
}

impl Remembered {
    /// The rules of a site, if they were read lately.
    pub(super) fn of(&self, site: &str) -> Option<Arc<Robots>> {
        let sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        sites.get(site).filter(|(_, read)| read.elapsed() < REMEMBERED).map(|(rules, _)| rules.clone())
    }

    /// Remembers the rules of a site.
    pub(super) fn keep(&self, site: &str, rules: Robots) -> Arc<Robots> {
        let rules = Arc::new(rules);
        let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        if sites.len() >= SITES {
            sites.retain(|_, (_, read)| read.elapsed() < REMEMBERED);
        }
        if sites.len() >= SITES {
            let oldest = sites.iter().min_by_key(|(_, (_, read))| *read).map(|(site, _)| site.clone());
            oldest.and_then(|site| sites.remove(&site));
        }
        sites.insert(site.to_owned(), (rules.clone(), Instant::now()));
        rules
    }
}

/// The site that a robots.txt is for: scheme, host and port.
pub(super) fn site(url: &Url) -> String {
    url.origin().ascii_serialization()
}

/// The rules of a robots.txt as it was sent.
pub(super) fn read(bytes: &[u8]) -> Robots {
    Robots::parse(bytes, Agent::Exact(PRODUCT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_for_us_go_before_rules_for_all() {
        let rules = read(
            b"User-agent: *\nDisallow: /\n\nUser-agent: impasse\nDisallow: /private/\nAllow: /private/open\n",
        );
        for (path, may) in [("/a", true), ("/private/b", false), ("/private/open", true)] {
            assert_eq!(rules.is_allowed(path), may, "{path}");
        }
        assert!(!read(b"User-agent: *\nDisallow: /news\n").is_allowed("/news/1"));
        assert!(read(b"\xff\xfe<html>no robots here</html>").is_allowed("/"));
    }

    #[test]
    fn a_limited_number_of_sites_is_remembered() {
        let remembered = Remembered::default();
        for n in 0..SITES + 5 {
            remembered.keep(&format!("https://{n}.example"), Robots::allow_all());
        }
        assert_eq!(remembered.sites.lock().unwrap().len(), SITES);
        assert!(remembered.of(&format!("https://{}.example", SITES + 4)).is_some());
        assert!(remembered.of("https://0.example").is_none());
    }
}
