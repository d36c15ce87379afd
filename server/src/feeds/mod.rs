//! Feeds: what is in them, and when to ask for them again.

pub mod opml;

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use feed_rs::model;
use feed_rs::parser::Builder;
use impasse_app::model::feed::{EntryDraft, FeedRules};
use sha2::{Digest, Sha256};

use crate::plain::plain;
use impasse_app::t;

/// How many entries of a feed are looked at, the first in it. Feeds have 10 to 100; a site's whole archive is not news.
pub const MOST_ENTRIES: usize = 500;

/// The longest text of an entry that is kept for when its page cannot be fetched, in bytes.
const LONGEST_CONTENT: usize = 500_000;

/// The shortest text of an entry, in characters, that may be the whole article and not a teaser.
const SHORTEST_CONTENT: usize = 800;

/// How often a feed is asked that does not say so itself.
const INTERVAL: TimeDelta = TimeDelta::minutes(30);

/// The longest time between two tries, whatever went wrong, unless the site itself asks for longer.
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(24);

/// The longest wait that a site may ask for.
const LONGEST_ASKED: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// What is in a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contents {
    /// What it calls itself.
    pub title: String,
    /// The site that it tells of.
    pub site: Option<String>,
    /// Its entries that lead somewhere, in its own order, each once.
    pub entries: Vec<EntryDraft>,
    /// How long it says that it stays as it is.
    pub lasts: Option<TimeDelta>,
}

/// Reads RSS, Atom or JSON Feed. Takes long on long feeds, so it is called off the threads that serve requests.
///
/// # Errors
/// What is wrong with it, in words.
pub fn read(bytes: &[u8], url: &str, rules: &FeedRules) -> Result<Contents, String> {
    let start = bytes.trim_ascii_start();
    let start = start.get(..start.len().min(300)).unwrap_or_default().to_ascii_lowercase();
    if start.starts_with(b"<!doctype html") || start.starts_with(b"<html") {
        return Err(t!("feed-read-there-is-a-web-page").to_owned());
    }
    let feed = Builder::new()
        .base_uri(Some(url))
        .build()
        .parse(bytes)
        .map_err(|error| t!("feed-read-this-is-not-a-feed", error = error.to_string()))?;
    let mut entries: Vec<EntryDraft> = Vec::new();
    for entry in feed.entries.into_iter().take(MOST_ENTRIES) {
        if let Some(entry) = entry_draft(entry, rules)
            && !entries.iter().any(|other| other.key == entry.key)
        {
            entries.push(entry);
        }
    }
    Ok(Contents {
        title: feed.title.map(|title| one_line(&title.content)).unwrap_or_default(),
        site: address(&feed.links),
        entries,
        lasts: feed.ttl.map(|minutes| TimeDelta::minutes(i64::from(minutes))),
    })
}

fn entry_draft(entry: model::Entry, rules: &FeedRules) -> Option<EntryDraft> {
    // An entry's identifier is its address in many feeds that give no link.
    let url = address(&entry.links).or_else(|| is_web(&entry.id).then(|| entry.id.clone()))?;
    let title = entry.title.map(|title| one_line(&title.content)).unwrap_or_default();
    let summary = entry.summary.map(|summary| summary.content).unwrap_or_default();
    let content = entry.content.and_then(|content| content.body).unwrap_or_default();
    let categories: Vec<String> =
        entry.categories.into_iter().map(|category| category.label.unwrap_or(category.term)).collect();
    let (plain_summary, plain_content) = (plain(&summary), plain(&content));
    let texts: Vec<&str> = [title.as_str(), plain_summary.as_str(), plain_content.as_str()]
        .into_iter()
        .chain(categories.iter().map(String::as_str))
        .collect();
    let is_wanted = rules.lets_through(&texts);
    let longer = if plain_content.len() >= plain_summary.len() {
        (content, plain_content)
    } else {
        (summary, plain_summary)
    };
    let is_whole = longer.0.len() <= LONGEST_CONTENT && longer.1.chars().count() >= SHORTEST_CONTENT;
    let identity = if entry.id.is_empty() { url.as_str() } else { entry.id.as_str() };
    Some(EntryDraft {
        key: Sha256::digest(identity.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect(),
        title,
        published: entry.published.map(|at| at.date_naive()),
        content: if is_whole { longer.0 } else { String::new() },
        is_wanted,
        url,
    })
}

/// The address among links that a reader would follow.
fn address(links: &[model::Link]) -> Option<String> {
    let is_page =
        |link: &&model::Link| is_web(&link.href) && link.rel.as_deref().is_none_or(|rel| rel == "alternate");
    links.iter().find(is_page).map(|link| link.href.trim().to_owned())
}

fn is_web(url: &str) -> bool {
    url::Url::parse(url.trim()).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

fn one_line(text: &str) -> String {
    plain(text).split_whitespace().collect::<Vec<_>>().join(" ").chars().take(300).collect()
}

/// When to ask a feed again after it was read.
pub fn next_poll(now: DateTime<Utc>, lasts: Option<TimeDelta>, random: u64) -> DateTime<Utc> {
    now + spread(lasts.unwrap_or(INTERVAL).clamp(INTERVAL, LONGEST_WAIT), random)
}

/// When to try again after it failed so many times in a row, this one included: twice as long each time, but not
/// before the site says.
pub fn next_try(now: DateTime<Utc>, failures: i64, after: Option<Duration>, random: u64) -> DateTime<Utc> {
    let doubled = i32::try_from(failures.clamp(0, 6)).map_or(1, |times| 1 << times);
    let wait = spread((INTERVAL * doubled).min(LONGEST_WAIT), random);
    let asked = after.map(|after| after.min(LONGEST_ASKED)).and_then(|after| TimeDelta::from_std(after).ok());
    now + asked.map_or(wait, |asked| wait.max(asked))
}

/// A time up to a tenth longer, so that what was asked together is not asked together again.
pub fn spread(time: TimeDelta, random: u64) -> TimeDelta {
    let thousandths = i32::try_from(random % 101).unwrap_or_default();
    time + time * thousandths / 1000
}

/// Bits for [`spread`]; how well they are chosen does not matter.
pub fn random() -> u64 {
    getrandom::u64().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(any: &[&str]) -> FeedRules {
        FeedRules { any: any.iter().map(|text| (*text).to_owned()).collect(), ..FeedRules::default() }
    }

    const RSS: &str = r#"<?xml version="1.0"?><rss version="2.0"><channel><title>The &amp; Herald</title>
        <link>https://e.org/</link><ttl>90</ttl>
        <item><title>Memo &lt;b&gt;issued&lt;/b&gt;</title><link>https://e.org/memo?utm_source=rss</link><guid isPermaLink="false">1</guid>
          <pubDate>Fri, 09 Jan 2026 23:30:00 -0500</pubDate><description>About any lawful use.</description></item>
        <item><title>Again</title><link>https://e.org/memo2</link><guid isPermaLink="false">1</guid></item>
        <item><title>Football</title><link>https://e.org/football</link><category>Sports</category></item>
        <item><title>Leads nowhere</title></item>
        <item><title>Elsewhere</title><link>javascript:alert(1)</link></item>
        </channel></rss>"#;

    #[test]
    fn reads_rss_with_rules() {
        let feed = read(RSS.as_bytes(), "https://e.org/rss", &rules(&["memo", "lawful use"])).unwrap();
        assert_eq!((feed.title.as_str(), feed.site.as_deref()), ("The & Herald", Some("https://e.org/")));
        assert_eq!(feed.lasts, Some(TimeDelta::minutes(90)));
        let wanted: Vec<(&str, bool)> =
            feed.entries.iter().map(|entry| (entry.title.as_str(), entry.is_wanted)).collect();
        assert_eq!(wanted, [("Memo issued", true), ("Football", false)]);
        // Ten days into January by UTC, nine where it was published; which it is the page says.
        assert_eq!(feed.entries[0].published, "2026-01-10".parse().ok());
        assert_eq!(feed.entries[0].url, "https://e.org/memo?utm_source=rss");
        assert!(feed.entries.iter().all(|entry| entry.key.len() == 64 && entry.content.is_empty()));
    }

    #[test]
    fn reads_atom_and_json() {
        let long = "Words of the whole article. ".repeat(40);
        let atom = format!(
            r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><id>x</id><updated>2026-01-09T00:00:00Z</updated>
            <entry><id>tag:1</id><title>One</title><link rel="enclosure" href="https://e.org/a.mp3"/>
            <link rel="alternate" href="/one"/><published>2026-01-09T10:00:00Z</published>
            <content type="html">&lt;p&gt;{long}&lt;/p&gt;</content></entry></feed>"#
        );
        let feed = read(atom.as_bytes(), "https://e.org/atom", &FeedRules::default()).unwrap();
        assert_eq!(feed.entries[0].url, "https://e.org/one");
        assert!(feed.entries[0].content.contains("whole article"), "{:?}", feed.entries[0].content);
        let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[
            {"id":"2","url":"https://e.org/two","title":"Two","content_text":"Short.","date_published":"2026-01-09T10:00:00Z"}]}"#;
        let feed = read(json.as_bytes(), "https://e.org/json", &rules(&["short"])).unwrap();
        assert_eq!((feed.title.as_str(), feed.entries[0].title.as_str()), ("J", "Two"));
        assert!(feed.entries[0].is_wanted);
    }

    #[test]
    fn says_what_is_no_feed() {
        let deep = format!("<rss version=\"2.0\"><channel>{}", "<category>".repeat(200_000));
        let atom = format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><content type=\"xhtml\">{}",
            "<div>".repeat(200_000)
        );
        for (wrong, says) in [
            ("<!DOCTYPE html><title>A page</title>", "web page"),
            ("\n <html>", "web page"),
            ("", "not a feed"),
            ("{}", "not a feed"),
            ("nothing of the kind", "not a feed"),
            ("<opml/>", "not a feed"),
        ] {
            let error = read(wrong.as_bytes(), "https://e.org/", &FeedRules::default()).unwrap_err();
            assert!(error.contains(says), "{wrong}: {error}");
        }
        for hostile in [deep.as_bytes(), atom.as_bytes(), b"<rss><channel><item><title>\xff\xfe", b"[[[["] {
            let _ = read(hostile, "https://e.org/", &FeedRules::default());
        }
    }

    #[test]
    fn a_huge_feed_is_looked_at_in_part() {
        let items: String = (0..20_000)
            .map(|n| format!("<item><title>{n}</title><link>https://e.org/{n}</link></item>"))
            .collect();
        let rss = format!("<rss version=\"2.0\"><channel><title>T</title>{items}</channel></rss>");
        assert_eq!(
            read(rss.as_bytes(), "https://e.org/", &FeedRules::default()).unwrap().entries.len(),
            MOST_ENTRIES
        );
    }

    #[test]
    fn waits_longer_each_time_and_as_long_as_asked() {
        let now = Utc::now();
        let minutes = |at: DateTime<Utc>| (at - now).num_minutes();
        assert_eq!(minutes(next_poll(now, None, 0)), 30);
        assert_eq!(minutes(next_poll(now, None, 100)), 33);
        assert_eq!(minutes(next_poll(now, Some(TimeDelta::minutes(5)), 0)), 30);
        assert_eq!(minutes(next_poll(now, Some(TimeDelta::days(9)), 0)), 24 * 60);
        let waits: Vec<i64> = (1..9).map(|failures| minutes(next_try(now, failures, None, 0))).collect();
        assert_eq!(waits, [60, 120, 240, 480, 960, 1440, 1440, 1440]);
        let asked = |seconds| minutes(next_try(now, 1, Some(Duration::from_secs(seconds)), 0));
        assert_eq!((asked(60), asked(7_200), asked(u64::MAX)), (60, 120, 7 * 24 * 60));
    }
}
