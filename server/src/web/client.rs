//! Where a request comes from, for limits on how often something may be tried.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap};

use super::Server;

/// Whoever is counted as one client: an address of IPv4, or a network of 64 bits of IPv6, which one household or server
/// has to itself.
pub(crate) fn address(server: &Server, headers: &HeaderMap, extensions: &Extensions) -> IpAddr {
    let forwarded = server.settings.trust_forwarded.then(|| forwarded(headers)).flatten();
    let connected = extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    counted(forwarded.or(connected).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)))
}

/// The last address in X-Forwarded-For: the one that the proxy itself added. Those before it are whatever the client
/// claims.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last =
        headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?.rsplit(',').next()?.trim();
    last.parse().ok().or_else(|| last.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

fn counted(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn the_proxy_is_believed_and_the_client_is_not() {
        let mut headers = HeaderMap::new();
        assert_eq!(forwarded(&headers), None);
        headers.append("x-forwarded-for", HeaderValue::from_static("1.1.1.1, 192.0.2.7"));
        assert_eq!(forwarded(&headers), Some("192.0.2.7".parse().unwrap()));
        headers.append("x-forwarded-for", HeaderValue::from_static("[2001:db8::1]:443"));
        assert_eq!(forwarded(&headers), Some("2001:db8::1".parse().unwrap()));
        headers.append("x-forwarded-for", HeaderValue::from_static("unknown"));
        assert_eq!(forwarded(&headers), None);
    }

    #[test]
    fn neighbours_in_ipv6_are_one_client() {
        let counted = |text: &str| super::counted(text.parse().unwrap()).to_string();
        assert_eq!(counted("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(counted("::ffff:192.0.2.7"), "192.0.2.7");
    }
}
