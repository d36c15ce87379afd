//! Where a request may go: public addresses, and what the settings list besides.
//!
//! The address that is checked is the address that is connected to: names are resolved here, for the connection
//! itself, so that a name cannot answer with one address for the check and another for the connection.

use std::fmt;
use std::future::Future;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::str::FromStr;
use std::sync::Arc;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use serde::{Deserialize, Serialize};
use url::{Host, Url};

/// IPv4 that is not the public internet: IANA's special-purpose registry
/// (<https://www.iana.org/assignments/iana-ipv4-special-registry>), multicast, what is reserved, and Azure's wire
/// server, which answers machines about themselves at an address that looks public.
const NOT_PUBLIC_V4: [(Ipv4Addr, u8); 18] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(168, 63, 129, 16), 32),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 31, 196, 0), 24),
    (Ipv4Addr::new(192, 52, 193, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(192, 175, 48, 0), 24),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    // Multicast, and from 240.0.0.0 on what is reserved, broadcast included.
    (Ipv4Addr::new(224, 0, 0, 0), 3),
];

/// What is global unicast in IPv6. Everything else is refused: loopback, link-local, unique local (with the metadata
/// services of the clouds), multicast, and the ways to write IPv4 in IPv6, mapped and NAT64.
const GLOBAL_V6: (Ipv6Addr, u8) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

/// Of that, what is not public: protocol assignments with Teredo and ORCHID, documentation, and 6to4, which may carry
/// any IPv4 address (<https://www.iana.org/assignments/iana-ipv6-special-registry>).
const NOT_PUBLIC_V6: [(Ipv6Addr, u8); 5] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
    (Ipv6Addr::new(0x2620, 0x4f, 0x8000, 0, 0, 0, 0, 0), 48),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

/// Whether an address is on the public internet.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            !NOT_PUBLIC_V4.iter().any(|(net, length)| Ipv4Net::new_assert(*net, *length).contains(&v4))
        }
        IpAddr::V6(v6) => {
            Ipv6Net::new_assert(GLOBAL_V6.0, GLOBAL_V6.1).contains(&v6)
                && !NOT_PUBLIC_V6.iter().any(|(net, length)| Ipv6Net::new_assert(*net, *length).contains(&v6))
        }
    }
}

/// One entry of the setting `fetch_allow`: what may be reached although it is not public. A name, an address or a
/// network, each with or without a port: `intranet.example.org`, `10.1.2.3:8080`, `10.0.0.0/8`, `[fd00::1]:80`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Allowed {
    target: Target,
    port: Option<u16>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Target {
    Name(String),
    Net(IpNet),
}

impl FromStr for Allowed {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("“{text}” is neither a name nor an address nor a network, with or without a port");
        if let Ok(net) = text.parse::<IpNet>() {
            return Ok(Self { target: Target::Net(net), port: None });
        }
        if let Ok(address) = text.parse::<IpAddr>() {
            return Ok(Self { target: Target::Net(address.into()), port: None });
        }
        if let Ok(address) = text.parse::<SocketAddr>() {
            return Ok(Self { target: Target::Net(address.ip().into()), port: Some(address.port()) });
        }
        let (name, port) = match text.split_once(':') {
            Some((name, port)) => (name, Some(port.parse::<u16>().map_err(|_| wrong())?)),
            None => (text, None),
        };
        match Host::parse(name) {
            Ok(Host::Domain(name)) => Ok(Self { target: Target::Name(name), port }),
            _ => Err(wrong()),
        }
    }
}

impl TryFrom<String> for Allowed {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Allowed> for String {
    fn from(allowed: Allowed) -> Self {
        let address = |net: &IpNet| net.addr().to_string();
        match (&allowed.target, allowed.port) {
            (Target::Name(name), None) => name.clone(),
            (Target::Name(name), Some(port)) => format!("{name}:{port}"),
            (Target::Net(net), None) if net.prefix_len() == net.max_prefix_len() => address(net),
            (Target::Net(net), None) => net.to_string(),
            (Target::Net(net), Some(port)) => SocketAddr::new(net.addr(), port).to_string(),
        }
    }
}

/// Turns names into addresses.
pub trait Names: Send + Sync + 'static {
    /// The addresses of a name.
    fn look_up<'a>(
        &'a self,
        name: &'a str,
    ) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'a>>;
}

/// Names as the operating system resolves them.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemNames;

impl Names for SystemNames {
    fn look_up<'a>(
        &'a self,
        name: &'a str,
    ) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'a>> {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

/// Why a name leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refused {
    /// It has no address.
    Unknown,
    /// It has only addresses that are not public.
    NotPublic,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unknown => "the name has no address",
            Self::NotPublic => "the name leads to a private network",
        })
    }
}

impl std::error::Error for Refused {}

/// Lets requests out to where they may go.
#[derive(Clone)]
pub(super) struct Guard {
    allowed: Arc<[Allowed]>,
    names: Arc<dyn Names>,
}

impl Guard {
    pub(super) fn new(allowed: Vec<Allowed>, names: Arc<dyn Names>) -> Self {
        Self { allowed: allowed.into(), names }
    }

    /// Whether a request may be sent to a URL, as far as can be told before its name is resolved. An address in the
    /// URL is judged here, whatever its spelling was, since a URL holds it normalised.
    pub(super) fn may_ask(&self, url: &Url) -> bool {
        let port = url.port_or_known_default();
        let fits = |allowed: &Allowed| allowed.port.is_none() || allowed.port == port;
        match url.host() {
            None => false,
            Some(Host::Ipv4(address)) => self.may_connect(address.into(), fits),
            Some(Host::Ipv6(address)) => self.may_connect(address.into(), fits),
            Some(Host::Domain(name)) => {
                // A name that is listed for some ports is known to be private, so its other ports are closed.
                let mut listed = self.allowed.iter().filter(|allowed| allowed.is_named(name)).peekable();
                listed.peek().is_none() || listed.any(fits)
            }
        }
    }

    fn may_connect(&self, address: IpAddr, fits: impl Fn(&Allowed) -> bool) -> bool {
        is_public(address)
            || self.allowed.iter().any(|allowed| match &allowed.target {
                Target::Net(net) => net.contains(&address.to_canonical()) && fits(allowed),
                Target::Name(_) => false,
            })
    }

    async fn resolve(&self, name: &str) -> Result<Vec<SocketAddr>, Refused> {
        let found = self.names.look_up(name).await.map_err(|_| Refused::Unknown)?;
        if found.is_empty() {
            return Err(Refused::Unknown);
        }
        let is_listed = self.allowed.iter().any(|allowed| allowed.is_named(name));
        let open: Vec<SocketAddr> = found
            .into_iter()
            // An entry with a port is for addresses in URLs: here the port is not known.
            .filter(|address| is_listed || self.may_connect(*address, |allowed| allowed.port.is_none()))
            // The port is the URL's.
            .map(|address| SocketAddr::new(address, 0))
            .collect();
        if open.is_empty() { Err(Refused::NotPublic) } else { Ok(open) }
    }
}

impl Allowed {
    fn is_named(&self, name: &str) -> bool {
        matches!(&self.target, Target::Name(listed) if listed.eq_ignore_ascii_case(name.trim_end_matches('.')))
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.clone();
        Box::pin(async move {
            let addresses = Guard::resolve(&guard, name.as_str()).await?;
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_public_internet_is_public() {
        for private in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.100.100.200",
            "127.0.0.1",
            "127.255.255.254",
            "168.63.129.16",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.192",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:10::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "2002:808:808::1",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd00:ec2::254",
            "fd20:ce::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
        for public in [
            "1.1.1.1",
            "8.8.8.8",
            "100.63.255.255",
            "100.128.0.1",
            "168.63.129.17",
            "172.15.255.255",
            "172.32.0.1",
            "192.0.1.1",
            "198.20.0.1",
            "223.255.255.255",
            "2001:4860:4860::8888",
            "2606:4700::1111",
            "2a00:1450::1",
        ] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }

    fn guard(allowed: &[&str]) -> Guard {
        let allowed = allowed.iter().map(|text| text.parse().unwrap()).collect();
        Guard::new(allowed, Arc::new(SystemNames))
    }

    #[test]
    fn odd_spellings_of_addresses_are_seen_through() {
        let guard = guard(&[]);
        for spelling in [
            "http://127.0.0.1/",
            "http://2130706433/",
            "http://0x7f000001/",
            "http://0177.0.0.1/",
            "http://017700000001/",
            "http://127.1/",
            "http://127.0.1/",
            "http://0/",
            "http://127.0.0.1./",
            "http://%31%32%37.0.0.1/",
            "http://１２７.０.０.１/",
            "http://[::1]/",
            "http://[::ffff:7f00:1]/",
            "http://[::ffff:169.254.169.254]/",
            "http://[64:ff9b::169.254.169.254]/",
            "http://[2002:7f00:1::]/",
            "http://[0:0:0:0:0:0:0:1]/",
            "http://0xa9fea9fe/",
        ] {
            let url = Url::parse(spelling).unwrap();
            assert!(!guard.may_ask(&url), "{spelling} is {url}");
        }
        assert!(guard.may_ask(&Url::parse("http://0x08080808/").unwrap()));
    }

    #[test]
    fn what_is_listed_may_be_asked_and_nothing_beside_it() {
        let guard = guard(&["127.0.0.1:4000", "10.1.0.0/16", "wiki.internal:8080", "[fd00::1]:80"]);
        for (url, may) in [
            ("http://127.0.0.1:4000/", true),
            ("http://2130706433:4000/", true),
            ("http://127.0.0.1:4001/", false),
            ("http://127.0.0.1/", false),
            ("http://127.0.0.2:4000/", false),
            ("https://10.1.2.3:99/", true),
            ("https://10.2.2.3/", false),
            ("http://wiki.internal:8080/", true),
            ("http://WIKI.internal.:8080/", true),
            ("http://wiki.internal/", false),
            ("http://[fd00::1]/", true),
            ("https://[fd00::1]/", false),
        ] {
            assert_eq!(guard.may_ask(&Url::parse(url).unwrap()), may, "{url}");
        }
        for wrong in ["", "10.0.0.0/33", "a b", "host:port", "http://e.org", "::1]:80"] {
            assert!(wrong.parse::<Allowed>().is_err(), "{wrong}");
        }
    }

    struct Script(Vec<IpAddr>);

    impl Names for Script {
        fn look_up<'a>(
            &'a self,
            _name: &'a str,
        ) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'a>> {
            Box::pin(async move { Ok(self.0.clone()) })
        }
    }

    #[tokio::test]
    async fn names_resolve_to_what_may_be_reached() {
        let addresses = ["127.0.0.1", "8.8.8.8", "fd00:ec2::254", "::ffff:10.0.0.1"];
        let names = Arc::new(Script(addresses.iter().map(|text| text.parse().unwrap()).collect()));
        let allowed = |list: &[&str]| {
            Guard::new(list.iter().map(|text| text.parse().unwrap()).collect(), names.clone())
        };
        let found = allowed(&[]).resolve("e.org").await.unwrap();
        assert_eq!(found, ["8.8.8.8:0".parse().unwrap()]);
        assert_eq!(allowed(&["e.org:99"]).resolve("e.org").await.unwrap().len(), 4);
        assert_eq!(allowed(&["127.0.0.1:99"]).resolve("e.org").await.unwrap().len(), 1, "not by name");
        assert_eq!(allowed(&["10.0.0.0/8"]).resolve("e.org").await.unwrap().len(), 2);
        let only_private = Guard::new(vec![], Arc::new(Script(vec!["10.0.0.1".parse().unwrap()])));
        assert_eq!(only_private.resolve("e.org").await, Err(Refused::NotPublic));
        assert_eq!(
            Guard::new(vec![], Arc::new(Script(vec![]))).resolve("e.org").await,
            Err(Refused::Unknown)
        );
    }
}
