//! One address for one page.

use url::Url;

/// The address without what does not say which page it is: parameters that track where a reader came from, the
/// fragment, the default port, a user name and password. Other parameters keep their order and spelling.
///
/// `None` when it is no absolute `http` or `https` address.
///
/// ```
/// use impasse_reader::canonical;
///
/// assert_eq!(
///     canonical("HTTPS://News.Example:443/ferry?id=7&utm_source=feed#comments").as_deref(),
///     Some("https://news.example/ferry?id=7"),
/// );
/// assert_eq!(canonical("mailto:desk@news.example"), None);
/// ```
pub fn canonical(address: &str) -> Option<String> {
    let mut url = Url::parse(address.trim()).ok()?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
        return None;
    }
    // An address of the web takes both; were one not taken, there would be nothing to remove.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_fragment(None);
    if let Some(query) = url.query() {
        let kept: Vec<&str> =
            query.split('&').filter(|pair| !pair.is_empty() && !is_tracking(pair)).collect();
        let kept = kept.join("&");
        url.set_query(if kept.is_empty() { None } else { Some(&kept) });
    }
    Some(url.into())
}

/// Parameters that senders of links add, as listed by the makers of each: Google, Meta, Microsoft, X, TikTok,
/// LinkedIn, Yandex, Mailchimp, HubSpot, Marketo, Adobe, Matomo, Piano, Chartbeat.
fn is_tracking(pair: &str) -> bool {
    const NAMES: [&str; 46] = [
        "fbclid",
        "gclid",
        "gclsrc",
        "dclid",
        "gbraid",
        "wbraid",
        "gad_source",
        "gad_campaignid",
        "msclkid",
        "twclid",
        "ttclid",
        "li_fat_id",
        "yclid",
        "ysclid",
        "igshid",
        "igsh",
        "mc_cid",
        "mc_eid",
        "_hsenc",
        "_hsmi",
        "__hstc",
        "__hssc",
        "__hsfp",
        "hsctatracking",
        "mkt_tok",
        "s_cid",
        "icid",
        "ncid",
        "cmpid",
        "ocid",
        "cid_source",
        "ito",
        "vero_id",
        "vero_conv",
        "oly_anon_id",
        "oly_enc_id",
        "rb_clickid",
        "wickedid",
        "_ga",
        "_gl",
        "srsltid",
        "smid",
        "xtor",
        "at_medium",
        "at_campaign",
        "taid",
    ];
    let name = pair.split('=').next().unwrap_or(pair).to_ascii_lowercase();
    ["utm_", "mtm_", "pk_", "piwik_", "hsa_", "guce_"].iter().any(|lead| name.starts_with(lead))
        || NAMES.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn what_tracks_goes_and_what_matters_stays() {
        for (address, wanted) in [
            ("https://news.example/ferry", "https://news.example/ferry"),
            ("https://news.example", "https://news.example/"),
            ("http://news.example:80/ferry", "http://news.example/ferry"),
            ("http://news.example:8080/ferry", "http://news.example:8080/ferry"),
            (
                "https://news.example/ferry?utm_source=a&utm_medium=b&UTM_Campaign=c",
                "https://news.example/ferry",
            ),
            ("https://news.example/ferry?fbclid=x&page=2&gclid=y", "https://news.example/ferry?page=2"),
            ("https://news.example/?b=2&a=1", "https://news.example/?b=2&a=1"),
            ("https://news.example/?a=1&a=2&&c", "https://news.example/?a=1&a=2&c"),
            ("https://news.example/?q=f%C3%A4hre+streik", "https://news.example/?q=f%C3%A4hre+streik"),
            ("https://news.example/?", "https://news.example/"),
            ("https://news.example/ferry/#part-2", "https://news.example/ferry/"),
            ("https://me:secret@news.example/", "https://news.example/"),
            ("https://NEWS.example/Ferry", "https://news.example/Ferry"),
            ("  https://news.example/a b ", "https://news.example/a%20b"),
            ("https://b\u{fc}ro.example/", "https://xn--bro-hoa.example/"),
            (
                "https://news.example/?referendum=1&cid=9&source=print",
                "https://news.example/?referendum=1&cid=9&source=print",
            ),
        ] {
            assert_eq!(canonical(address).as_deref(), Some(wanted), "{address}");
            assert_eq!(canonical(wanted).as_deref(), Some(wanted), "a second time");
        }
        for address in [
            "",
            "ferry",
            "/ferry",
            "ftp://news.example/",
            "javascript:alert(1)",
            "https://",
            "data:text/html,x",
        ] {
            assert_eq!(canonical(address), None, "{address}");
        }
    }
}
