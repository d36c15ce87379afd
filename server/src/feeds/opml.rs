//! Lists of feeds as OPML 2.0 (<http://opml.org/spec2.opml>), the form in which feed readers hand them on.

use impasse_app::model::feed::Feed;
use impasse_app::t;
use quick_xml::escape::escape;
use quick_xml::events::Event;
use quick_xml::{Reader, XmlVersion};

/// How many feeds one file may bring.
pub const MOST: usize = 500;

/// A feed in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Where it is read.
    pub url: String,
    /// Its name.
    pub title: String,
}

/// The feeds of a file, whatever folders they are in, each once.
///
/// # Errors
/// What is wrong with it, in words.
pub fn read(xml: &str) -> Result<Vec<Listed>, String> {
    let mut reader = Reader::from_str(xml);
    let mut feeds: Vec<Listed> = Vec::new();
    let mut is_opml = false;
    loop {
        let event = reader.read_event().map_err(|error| {
            t!("feed-read-this-is-not-a-list", error = error.to_string(), place = reader.error_position())
        })?;
        let element = match event {
            Event::Start(element) | Event::Empty(element) => element,
            Event::Eof => break,
            _ => continue,
        };
        let name = element.local_name();
        is_opml |= name.as_ref() == "opml";
        if name.as_ref() != "outline" {
            continue;
        }
        let mut listed = Listed { url: String::new(), title: String::new() };
        for attribute in element.attributes().flatten() {
            let Ok(value) = attribute.normalized_value(XmlVersion::Implicit1_0) else { continue };
            match attribute.key.as_ref() {
                "xmlUrl" => listed.url = value.trim().to_owned(),
                "title" => listed.title = value.trim().to_owned(),
                "text" if listed.title.is_empty() => listed.title = value.trim().to_owned(),
                _ => {}
            }
        }
        if !listed.url.is_empty() && !feeds.iter().any(|feed| feed.url == listed.url) {
            feeds.push(listed);
        }
        if feeds.len() > MOST {
            return Err(t!("feed-read-the-list-has-more-than", most = MOST));
        }
    }
    match (is_opml, feeds.is_empty()) {
        (false, _) => Err(t!("feed-read-this-is-not-a-list-of").to_owned()),
        (true, true) => Err(t!("feed-read-there-is-no-feed-in").to_owned()),
        (true, false) => Ok(feeds),
    }
}

/// A dispute's feeds as a file.
pub fn write(title: &str, feeds: &[Feed]) -> String {
    let outlines: Vec<String> = feeds
        .iter()
        .map(|feed| {
            let title = if feed.title.is_empty() { &feed.url } else { &feed.title };
            let site = feed.site.as_ref().map(|site| format!(" htmlUrl=\"{}\"", escape(site.as_str())));
            format!(
                "    <outline type=\"rss\" text=\"{0}\" title=\"{0}\" xmlUrl=\"{1}\"{2}/>\n",
                escape(title.as_str()),
                escape(feed.url.as_str()),
                site.unwrap_or_default()
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    \
         <title>{}</title>\n  </head>\n  <body>\n{}  </body>\n</opml>\n",
        escape(title),
        outlines.concat()
    )
}

#[cfg(test)]
mod tests {
    use impasse_app::model::feed::{FeedHealth, FeedRules};
    use impasse_app::model::id::FeedId;

    use super::*;

    fn feed(url: &str, title: &str) -> Feed {
        Feed {
            id: FeedId::from("x"),
            url: url.to_owned(),
            title: title.to_owned(),
            site: Some("https://e.org/?a=1&b=\"2\"".to_owned()),
            rules: FeedRules::default(),
            is_paused: false,
            health: FeedHealth::default(),
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let feeds =
            [feed("https://e.org/feed?a=1&b=2", "<The> \"Herald\" & Co"), feed("https://e.org/x", "")];
        let xml = write("A & B", &feeds);
        assert_eq!(
            read(&xml).unwrap(),
            [
                Listed { url: feeds[0].url.clone(), title: feeds[0].title.clone() },
                Listed { url: feeds[1].url.clone(), title: feeds[1].url.clone() },
            ]
        );
    }

    #[test]
    fn folders_are_looked_into_and_repetitions_left_out() {
        let xml = r#"<opml version="1.0"><body><outline text="News"><outline text="One" xmlUrl="https://e.org/1"/>
            <outline text="Two" title="Better" xmlUrl=" https://e.org/2 "></outline></outline>
            <outline text="Again" xmlUrl="https://e.org/1"/><outline text="No feed"/></body></opml>"#;
        let found = read(xml).unwrap();
        let titles: Vec<&str> = found.iter().map(|feed| feed.title.as_str()).collect();
        assert_eq!(titles, ["One", "Better"]);
        assert_eq!(found[1].url, "https://e.org/2");
    }

    #[test]
    fn what_is_no_list_is_said_to_be_none() {
        let many: String = (0..=MOST).map(|n| format!("<outline xmlUrl=\"https://e.org/{n}\"/>")).collect();
        let deep = "<outline text=\"\">".repeat(100_000);
        for wrong in
            ["", "<html></html>", "no xml < at all", "<opml></opml>", "<opml><outline", "{\"opml\": 1}"]
                .into_iter()
                .map(str::to_owned)
                .chain([format!("<opml><body>{many}</body></opml>"), format!("<opml><body>{deep}")])
        {
            let error = read(&wrong).unwrap_err();
            assert!(error.len() > 20 && error.ends_with('.'), "{error}");
        }
        // Entities of a document's own are not expanded, so there is nothing to explode.
        let bomb = "<!DOCTYPE opml [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>\
                    <opml><body><outline text=\"&b;\" xmlUrl=\"https://e.org/\"/></body></opml>";
        assert_eq!(read(bomb).unwrap()[0].title, "");
    }
}
