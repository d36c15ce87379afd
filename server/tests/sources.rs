//! Articles from the web to the inbox, through the router and the worker, from a web of the test's own.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in helpers as well")]

mod site;

use std::time::Duration;

use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::Response;
use impasse_app::model::article::{Article, Decision, Stage, Way};
use impasse_app::model::evidence::Health;
use impasse_app::model::feed::{EntryFate, Feed};
use impasse_app::model::id::DisputeId;
use impasse_app::model::role::Reader;
use impasse_app::model::view::View;
use impasse_app::model::work::JobState;
use impasse_server::settings::Settings;
use impasse_tests::client::encode;
use impasse_tests::{Page, Reply, Web};

use site::{DEMO, Site, text};

/// A page with one article, which says when it was published.
fn page(title: &str, day: &str, paragraphs: &[&str]) -> String {
    let paragraphs: String = paragraphs.iter().map(|text| format!("<p>{text}</p>")).collect();
    let dated = if day.is_empty() {
        String::new()
    } else {
        format!(r#"<meta property="article:published_time" content="{day}T10:00:00Z">"#)
    };
    format!(
        "<!DOCTYPE html><html><head><title>{title}</title>{dated}\
         <meta property=\"og:site_name\" content=\"The Example\"></head>\
         <body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    )
}

const MEMO: &str = "On January 9, 2026, the department issued a memo that asks for any lawful use of what it buys, \
    officials said, and the company answered that it would keep its limits whatever came of it.";
const TALKS: &str = "The talks between the two sides went on for weeks, six people familiar with the matter said, and \
    nobody could say on Thursday how they might begin anew after so long a silence on either side.";

const FOOTBALL: &str =
    "Nothing but football was shown, from the first minute of the match to the very last one.";

struct Scene {
    site: Site,
    web: Web,
    dispute: DisputeId,
}

impl Scene {
    async fn new() -> Self {
        let web = Web::start();
        let settings = Settings {
            fetch_allow: vec![web.address().to_string().parse().unwrap()],
            recheck_days: 0,
            ..Settings::default()
        };
        let site = Site::new(settings).await;
        let dispute = site.server.store.dispute(&Reader::Program, "pentagon-anthropic").await.unwrap().0.id;
        Self { site, web, dispute }
    }

    /// Sends a form within the dispute.
    async fn post(&self, path: &str, values: &[(&str, &str)]) -> Response {
        let form: Vec<String> =
            values.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        self.site.post(&format!("{DEMO}{path}"), &form.join("&")).await
    }

    /// Sends a form that must be accepted; gives where it leads.
    async fn accepted(&self, path: &str, values: &[(&str, &str)]) -> String {
        let answer = self.post(path, values).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path}: {}", text(answer).await);
        answer.headers()[header::LOCATION].to_str().unwrap().to_owned()
    }

    /// Sends a form that must be refused; gives the message at a field.
    async fn refused(&self, path: &str, values: &[(&str, &str)], field: &str) -> String {
        let answer = self.post(path, values).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        let page = Page::new(&text(answer).await);
        page.message_at(field).unwrap_or_else(|| panic!("no message at {field}: {}", page.text("main")))
    }

    /// Sends files as a browser does.
    async fn upload(&self, path: &str, files: &[(&str, &[u8])]) -> Response {
        let mut body = Vec::new();
        for (name, bytes) in files {
            let head = format!(
                "--xYz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--xYz--\r\n");
        let request = self
            .site
            .request("POST", &format!("{DEMO}{path}"))
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=xYz");
        self.site.send(request.body(Body::from(body)).unwrap()).await
    }

    async fn page(&self, path: &str) -> Page {
        let answer = self.site.get(path).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        Page::new(&text(answer).await)
    }

    /// Has the server do what there is to do.
    async fn work(&self) -> usize {
        self.site.server.worker().do_all().await.unwrap()
    }

    async fn articles(&self) -> Vec<Article> {
        let mut articles = self.site.server.store.articles(&self.dispute).await.unwrap();
        articles.retain(|article| article.way != Way::Paste);
        articles.sort_by(|a, b| a.title.cmp(&b.title));
        articles
    }

    async fn feeds(&self) -> Vec<Feed> {
        self.site.server.store.feeds(&self.dispute).await.unwrap()
    }

    async fn waiting(&self) -> usize {
        let store = &self.site.server.store;
        store.candidates(&self.dispute, None, Some(Decision::Pending)).await.unwrap().len()
    }
}

#[tokio::test]
async fn an_address_is_fetched_looked_at_and_confirmed() {
    let scene = Scene::new().await;
    scene.web.set("/memo", Reply::html(&page("A memo and its limits", "2026-01-29", &[MEMO, TALKS])));
    let form = scene.page(&format!("{DEMO}/articles/new")).await;
    for way in ["fetch", "upload", "new"] {
        form.form(&format!("{DEMO}/articles/{way}"));
    }
    let review =
        scene.accepted("/articles/fetch", &[("address", &scene.web.url("/memo?utm_source=x"))]).await;
    let article = scene.articles().await.remove(0);
    assert_eq!((article.stage, article.way, article.published), (Stage::Waiting, Way::Address, None));
    assert_eq!(scene.waiting().await, 0, "nothing is taken from it before it is confirmed");

    let shown = scene.page(&review).await;
    let confirm = format!("{review}/confirm");
    let filled = shown.form(&confirm);
    assert_eq!(filled.value("title"), Some("A memo and its limits"));
    assert_eq!(filled.value("publisher"), Some("The Example"));
    assert_eq!(filled.value("day"), Some("2026-01-29"), "nothing speaks against it");
    assert!(filled.value("text").unwrap().contains("any lawful use"));
    assert!(shown.text(".readings").contains("article:published_time"), "{}", shown.text(".readings"));
    // Readers see nothing of it yet.
    let mut reader = Scene::new().await;
    reader.site.cookie.clear();
    let values: Vec<(&str, &str)> =
        filled.values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let path = confirm.strip_prefix(DEMO).unwrap();
    assert_eq!(scene.accepted(path, &values).await, review);
    let article = scene.articles().await.remove(0);
    assert_eq!((article.stage, article.published), (Stage::Kept, "2026-01-29".parse().ok()));
    assert!(scene.waiting().await > 0);
    let shown = scene.page(&review).await;
    let facts = shown.text(".facts");
    assert!(facts.contains("article:published_time") && facts.contains("confirmed by Ada"), "{facts}");
    let sources = scene.page(&format!("{DEMO}/articles")).await.text("main");
    assert!(sources.contains("confirmed by Ada"), "{sources}");
    // The same address again, and a second confirmation.
    let again = scene.accepted("/articles/fetch", &[("address", &scene.web.url("/memo"))]).await;
    assert_eq!(again, format!("{review}?there=1"));
    assert!(scene.page(&again).await.text("main").contains("there already"));
    assert_eq!(scene.post(path, &values).await.status(), StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_day_in_doubt_is_confirmed_by_somebody() {
    let scene = Scene::new().await;
    let html = page("Two days", "2026-01-29", &[MEMO, TALKS]).replace(
        "</head>",
        r#"<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-01-12"}</script></head>"#,
    );
    scene.web.set("/two", Reply::html(&html));
    scene.web.set("/none", Reply::html(&page("No day", "", &[TALKS, MEMO])));
    let two = scene.accepted("/articles/fetch", &[("address", &scene.web.url("/two"))]).await;
    let shown = scene.page(&two).await;
    let form = shown.form(&format!("{two}/confirm"));
    assert_eq!(form.value("day"), None, "nothing is chosen beforehand");
    let said = shown.text(".readings");
    for words in ["different days", "29 January 2026", "12 January 2026", "Another day"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let path = two.strip_prefix(DEMO).unwrap();
    let confirm = format!("{path}/confirm");
    let values = |day: &'static str, published: &'static str| {
        let mut values = vec![("day", day), ("published", published)];
        for name in ["title", "publisher", "byline", "url", "text"] {
            values.push((name, if name == "url" { "" } else { "Some words of an article." }));
        }
        values
    };
    for (day, published) in [("", ""), ("other", ""), ("other", "soon"), ("2026-02-30", ""), ("\u{0}", "")] {
        let message = scene.refused(&confirm, &values(day, published), "published").await;
        assert!(message.len() > 10, "{day} {published}: {message}");
    }
    let missing: Vec<_> =
        values("other", "3 February 2026").into_iter().filter(|(name, _)| *name != "title").collect();
    assert!(scene.refused(&confirm, &missing, "title").await.contains("headline"));
    scene.accepted(&confirm, &values("other", "3 February 2026")).await;
    let article = scene.articles().await.into_iter().find(|one| one.title.starts_with("Some")).unwrap();
    assert_eq!(article.published, "2026-02-03".parse().ok());
    assert_eq!(article.dating.words(article.published), "given by Ada");
    assert_eq!(article.dating.readings.len(), 2, "what it says itself is kept");
    let facts = scene.page(&two).await.text(".facts");
    assert!(facts.contains("Other days in it") && facts.contains("12 January 2026"), "{facts}");

    let none = scene.accepted("/articles/fetch", &[("address", &scene.web.url("/none"))]).await;
    let shown = scene.page(&none).await;
    assert!(shown.text(".doubts").contains("does not say"), "{}", shown.text("main"));
    let path = none.strip_prefix(DEMO).unwrap();
    let same = [
        ("title", "x"),
        ("publisher", "x"),
        ("published", "2026-01-29"),
        ("text", "Some words of an article."),
    ];
    assert!(scene.refused(&format!("{path}/confirm"), &same, "text").await.contains("there already"));
    // It is thrown away, and can be had back.
    let back = scene.accepted(&format!("{path}/delete"), &[]).await;
    assert!(scene.page(&back).await.text(".notice").contains("deleted"));
    assert_eq!(scene.accepted(&format!("{path}/restore"), &[]).await, none);
}

#[tokio::test]
async fn publishers_that_refuse_are_named_with_what_to_do_instead() {
    let scene = Scene::new().await;
    for (path, reply, says) in [
        ("/403", Reply::html("<p>No.").with_status(403), "as good"),
        ("/429", Reply::status(429).header("retry-after", "60"), "later"),
        ("/404", Reply::status(404), "no page"),
        ("/private", Reply::redirect(302, "http://169.254.169.254/"), "private network"),
        ("/empty", Reply::html(""), "."),
        ("/binary", Reply::of("application/octet-stream", vec![0, 159, 146, 150, 0, 1, 2, 3]), "."),
        ("/picture", Reply::of("image/png", &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..]), "."),
    ] {
        scene.web.set(path, reply);
        let address = scene.web.url(path);
        let message = scene.refused("/articles/fetch", &[("address", &address)], "address").await;
        assert!(message.contains(says), "{path}: {message}");
    }
    for wrong in ["", "e.org", "ftp://e.org/a", "javascript:alert(1)", "https://user:pw@e.org/"] {
        let message = scene.refused("/articles/fetch", &[("address", wrong)], "address").await;
        assert!(message.contains("Give"), "{wrong}: {message}");
    }
    assert!(scene.articles().await.is_empty());
    // As JSON, for programs.
    let request = scene
        .site
        .request("POST", &format!("{DEMO}/articles/fetch"))
        .header(header::ACCEPT, "application/json")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let answer = scene.site.send(request.body(Body::from("address=x")).unwrap()).await;
    let problem: serde_json::Value = serde_json::from_str(&text(answer).await).unwrap();
    assert_eq!((&problem["status"], &problem["errors"][0]["field"]), (&422.into(), &"address".into()));
}

#[tokio::test]
async fn files_are_read_and_looked_at() {
    let scene = Scene::new().await;
    let html = page("From a file", "2026-01-29", &[MEMO, TALKS]);
    let answer = scene.upload("/articles/upload", &[("a page.html", html.as_bytes())]).await;
    let review = answer.headers()[header::LOCATION].to_str().unwrap().to_owned();
    let form = scene.page(&review).await.form(&format!("{review}/confirm"));
    assert_eq!((form.value("title"), form.value("day")), (Some("From a file"), Some("2026-01-29")));
    assert_eq!(form.value("url"), Some(""));
    let mail = format!(
        "From: Press <press@example.org>\r\nSubject: A statement\r\nDate: Thu, 29 Jan 2026 10:00:00 +0000\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{MEMO}\r\n"
    );
    // Latin-1, told by what is in it.
    let latin: Vec<u8> = "Le d\u{e9}partement a publi\u{e9} un m\u{e9}mo. L\u{e0}-dessus, rien \u{e0} d\u{e9}clarer \u{e0} l'\u{e9}poque."
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    let several = [
        ("statement.eml", mail.as_bytes()),
        ("latin.txt", &latin),
        ("note.md", b"# A note\n\nIts words are few, and plain."),
    ];
    let answer = scene.upload("/articles/upload", &several).await;
    assert_eq!(answer.headers()[header::LOCATION], format!("{DEMO}/articles"), "{}", answer.status());
    let articles = scene.articles().await;
    let titles: Vec<&str> = articles.iter().map(|article| article.title.as_str()).collect();
    assert_eq!(articles.len(), 4, "{titles:?}");
    assert!(articles.iter().all(|article| article.stage == Stage::Waiting && article.way == Way::File));
    assert!(titles.iter().any(|title| title.contains("département")), "{titles:?}");
    let listed = scene.page(&format!("{DEMO}/articles")).await.texts(".notice .rows li");
    assert_eq!(listed.len(), 4, "{listed:?}");

    let refused = async |files: &[(&str, &[u8])]| {
        let answer = scene.upload("/articles/upload", files).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        Page::new(&text(answer).await).message_at("file").unwrap()
    };
    assert!(refused(&[]).await.contains("Choose"));
    assert!(refused(&[("", b"")]).await.contains("Choose"));
    assert!(refused(&[("broken.pdf", b"%PDF-1.7 and nothing else")]).await.contains("broken.pdf"));
    assert!(refused(&[("fine.txt", b"Some words here."), ("empty.html", b"")]).await.contains("empty.html"));
    let many: Vec<(&str, &[u8])> = vec![("a.txt", b"words"); 51];
    assert!(refused(&many).await.contains("51"));
    assert_eq!(scene.articles().await.len(), 4, "all of them or none");
    for wrong in ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"] {
        let request = scene
            .site
            .request("POST", &format!("{DEMO}/articles/upload"))
            .header(header::CONTENT_TYPE, wrong);
        let answer = scene.site.send(request.body(Body::from("file=x")).unwrap()).await;
        assert_eq!(answer.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE, "{wrong}");
    }
    let large = vec![b'x'; 21 << 20];
    let answer = scene.upload("/articles/upload", &[("large.txt", &large)]).await;
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

fn rss(items: &[(&str, &str, &str)]) -> Reply {
    let items: String = items
        .iter()
        .map(|(title, url, rest)| format!("<item><title>{title}</title><link>{url}</link>{rest}</item>"))
        .collect();
    let xml = format!("<rss version=\"2.0\"><channel><title>The Example</title>{items}</channel></rss>");
    Reply::of("application/rss+xml", xml)
}

#[tokio::test]
async fn a_feed_brings_what_its_rules_let_through_once() {
    let scene = Scene::new().await;
    let web = &scene.web;
    web.set("/memo", Reply::html(&page("A memo", "2026-01-29", &[MEMO, TALKS])));
    web.set("/undated", Reply::html(&page("Memo without a day", "", &[TALKS, MEMO, TALKS])));
    web.set("/refused", Reply::html("").with_status(403));
    let whole = format!(
        "<description>&lt;p&gt;{}&lt;/p&gt;</description><pubDate>Fri, 30 Jan 2026 10:00:00 GMT</pubDate>",
        [TALKS, MEMO, MEMO, TALKS, MEMO].join(" ")
    );
    let items = [
        ("A memo", web.url("/memo?utm_source=rss"), ""),
        ("A memo again", web.url("/memo?utm_campaign=2"), ""),
        ("Memo without a day", web.url("/undated"), ""),
        ("Memo, refused", web.url("/refused"), ""),
        ("Memo, refused but whole", web.url("/refused?2"), &whole),
        ("Football", web.url("/football"), ""),
        ("Memo on football", web.url("/football2"), ""),
    ];
    let items: Vec<(&str, &str, &str)> = items.iter().map(|(a, b, c)| (*a, b.as_str(), *c)).collect();
    web.set("/feed", rss(&items).header("etag", "\"1\""));
    let url = web.url("/feed");
    let feed =
        scene.accepted("/feeds", &[("url", &url), ("any", "memo*, contract"), ("none", "football")]).await;
    assert_eq!(scene.work().await, 6, "the feed and five entries");
    let shown = scene.page(&feed).await;
    assert_eq!(shown.text("h1"), "The Example");
    let store = &scene.site.server.store;
    let id = scene.feeds().await.remove(0).id;
    let fate = async |title: &str| {
        let entries = store.feed_entries(&scene.dispute, &id, 99).await.unwrap();
        entries.into_iter().find(|entry| entry.title == title).unwrap().fate
    };
    assert_eq!(fate("A memo").await, EntryFate::Taken);
    assert_eq!(fate("A memo again").await, EntryFate::There);
    assert_eq!(fate("Memo, refused").await, EntryFate::Failed);
    assert_eq!(fate("Football").await, EntryFate::LeftOut);
    assert_eq!(fate("Memo on football").await, EntryFate::LeftOut);
    assert!(shown.text(".rows").contains("does not let servers read"), "{}", shown.text(".rows"));
    let articles = scene.articles().await;
    let of = |title: &str| articles.iter().find(|article| article.title == title).unwrap();
    assert_eq!(articles.len(), 3, "{articles:#?}");
    assert_eq!((of("A memo").stage, of("A memo").way), (Stage::Kept, Way::Feed));
    assert_eq!(of("Memo without a day").stage, Stage::Waiting);
    let whole = of("Memo, refused but whole");
    assert_eq!((whole.stage, whole.published), (Stage::Kept, "2026-01-30".parse().ok()));
    assert_eq!(whole.dating.words(whole.published), "from the feed");
    assert!(scene.waiting().await > 0, "its candidates are in the inbox");
    let work = scene.page(&format!("{DEMO}/work")).await;
    assert!(work.text("#work-status").starts_with("All is done."), "{}", work.text("main"));

    // Nothing comes twice, and what was deleted stays away, even by way of another feed.
    let gone = of("A memo").id.clone();
    scene.accepted(&format!("/articles/{gone}/delete"), &[]).await;
    web.set("/other", rss(&[("Memo elsewhere", &web.url("/memo?utm_source=other"), "")]));
    scene.accepted("/feeds", &[("url", &web.url("/other"))]).await;
    scene.accepted(&format!("{}/poll", feed.strip_prefix(DEMO).unwrap()), &[]).await;
    assert_eq!(scene.work().await, 3);
    assert_eq!(scene.articles().await.len(), 2);
    let other = scene.feeds().await.into_iter().find(|feed| feed.url.ends_with("/other")).unwrap();
    let entries = store.feed_entries(&scene.dispute, &other.id, 9).await.unwrap();
    assert_eq!(entries[0].fate, EntryFate::Deleted);
    assert_eq!(web.asked_for("/memo").len(), 1, "what is known is not fetched");
    // By other rules, what was left out is looked at.
    web.set(
        "/football2",
        Reply::html(&page("Memo on football", "2026-01-28", &[TALKS, "A memo on football."])),
    );
    scene.accepted(feed.strip_prefix(DEMO).unwrap(), &[("url", &url), ("any", "memo*")]).await;
    scene.work().await;
    assert_eq!(fate("Memo on football").await, EntryFate::Taken);
    assert_eq!(fate("Football").await, EntryFate::LeftOut);
}

#[tokio::test]
async fn feeds_are_asked_politely() {
    let scene = Scene::new().await;
    scene.web.set_by("/feed", |asked| {
        if asked.header("if-none-match") == "\"1\"" {
            Reply::status(304)
        } else {
            rss(&[]).header("etag", "\"1\"")
        }
    });
    let feed = scene.accepted("/feeds", &[("url", &scene.web.url("/feed"))]).await;
    let poll = format!("{}/poll", feed.strip_prefix(DEMO).unwrap());
    let minutes = async || {
        let health = scene.feeds().await.remove(0).health;
        ((health.next_poll.unwrap() - chrono::Utc::now()).num_minutes(), health)
    };
    for _ in 0..2 {
        scene.work().await;
        let (wait, health) = minutes().await;
        assert!((29..=33).contains(&wait) && health.last_error.is_none(), "{health:?}");
        scene.accepted(&poll, &[]).await;
    }
    assert_eq!(scene.web.asked_for("/feed")[1].header("if-none-match"), "\"1\"");
    for (reply, least, says) in [
        (Reply::status(503).header("retry-after", "7200"), 119, "later"),
        (Reply::status(429), 119, "later"),
        (Reply::html("<!DOCTYPE html><p>No feed."), 239, "web page"),
        (Reply::of("application/rss+xml", "<rss><channel><item>"), 479, "feed"),
        (Reply::bomb(1 << 25), 959, "larger than"),
        (Reply::status(410), 1439, "no page"),
    ] {
        scene.web.set("/feed", reply.clone());
        scene.work().await;
        let (wait, health) = minutes().await;
        assert!((least..=least * 11 / 10 + 2).contains(&wait), "{reply:?}: {wait}");
        assert!(health.last_error.as_deref().unwrap().contains(says), "{health:?}");
        let shown = scene.page(&feed).await.text("main");
        assert!(shown.contains(says), "{shown}");
        scene.accepted(&poll, &[]).await;
    }
    assert!(scene.page(&feed).await.text("main").contains("6 times in a row"));
    // Paused it is left alone.
    let pause = format!("{}/pause", feed.strip_prefix(DEMO).unwrap());
    scene.accepted(&pause, &[]).await;
    let asked = scene.web.asked_for("/feed").len();
    scene.work().await;
    assert_eq!(scene.web.asked_for("/feed").len(), asked);
    assert!(scene.page(&feed).await.text("main").contains("It is paused."));
    scene.web.set("/feed", rss(&[]));
    scene.accepted(&pause, &[]).await;
    scene.work().await;
    assert_eq!(minutes().await.1.failures, 0);
    assert_eq!(
        scene.accepted(&format!("{}/delete", feed.strip_prefix(DEMO).unwrap()), &[]).await,
        format!("{DEMO}/feeds")
    );
    assert_eq!(scene.site.get(&feed).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn lists_of_feeds_come_and_go() {
    let scene = Scene::new().await;
    let opml = "<opml version=\"2.0\"><body><outline text=\"News\"><outline text=\"One &amp; only\" \
                xmlUrl=\"http://127.0.0.1:9/1\"/><outline text=\"Two\" xmlUrl=\"http://127.0.0.1:9/2\"/></outline></body></opml>";
    let answer = scene.upload("/feeds/import", &[("feeds.opml", opml.as_bytes())]).await;
    assert_eq!(answer.headers()[header::LOCATION], format!("{DEMO}/feeds?added=2"));
    let answer = scene.upload("/feeds/import", &[("feeds.opml", opml.as_bytes())]).await;
    assert_eq!(answer.headers()[header::LOCATION], format!("{DEMO}/feeds?added=0"));
    let answer = scene.site.get(&format!("{DEMO}/feeds.opml")).await;
    assert_eq!(answer.headers()[header::CONTENT_TYPE], "text/x-opml; charset=utf-8");
    let written = text(answer).await;
    let read = impasse_server::feeds::opml::read(&written).unwrap();
    assert_eq!(read.iter().map(|feed| feed.title.as_str()).collect::<Vec<_>>(), ["One & only", "Two"]);
    for (bytes, says) in [
        (&b"no list"[..], "OPML"),
        (
            b"<opml><body><outline text='x' xmlUrl='javascript:alert(1)'/></body></opml>",
            "javascript:alert(1)",
        ),
        (b"\xff\xfe", "UTF-8"),
        (b"", "OPML"),
    ] {
        let answer = scene.upload("/feeds/import", &[("x.opml", bytes)]).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let message = Page::new(&text(answer).await).message_at("file").unwrap();
        assert!(message.contains(says), "{message}");
    }
    for (values, field) in [
        (&[("url", "")][..], "url"),
        (&[("url", "feed.xml")], "url"),
        (&[("url", "http://127.0.0.1:9/1")], "url"),
        (&[("url", "https://e.org"), ("all", "***")], "all"),
    ] {
        scene.refused("/feeds", values, field).await;
    }
    assert_eq!(scene.feeds().await.len(), 2);
    assert_eq!(scene.work().await, 2, "both are refused, being private");
    assert!(
        scene.feeds().await.iter().all(|feed| feed.health.last_error.as_deref().unwrap().contains("private"))
    );
}

#[tokio::test]
async fn quotes_are_looked_for_on_their_pages() {
    let scene = Scene::new().await;
    let web = &scene.web;
    web.set("/memo", Reply::html(&page("A memo", "2026-01-29", &[TALKS, MEMO])));
    web.set("/feed", rss(&[("A memo", &web.url("/memo"), "")]));
    scene.accepted("/feeds", &[("url", &web.url("/feed"))]).await;
    scene.work().await;
    let store = &scene.site.server.store;
    let waiting = store.candidates(&scene.dispute, None, Some(Decision::Pending)).await.unwrap();
    let memo =
        waiting.iter().find(|one| one.draft.event.citations[0].passage.exact.contains("lawful use")).unwrap();
    scene.accepted(&format!("/candidates/{}", memo.id), &[("decision", "accept")]).await;
    let events = store.events(&scene.dispute, &View::default()).await.unwrap();
    let mut own = None;
    for event in &events {
        let whole = store.event(&scene.dispute, &event.id).await.unwrap();
        if whole.citations.iter().any(|citation| citation.article == memo.article) {
            own = Some(whole);
        }
    }
    let event = own.unwrap();
    let path = format!("{DEMO}/events/{}", event.id);
    assert!(!scene.page(&path).await.has(".health"), "it was not looked for yet");
    let check = async || {
        let to = scene.accepted(&format!("/events/{}/check", event.id), &[]).await;
        assert_eq!(to, format!("{DEMO}/work"));
        assert_eq!(scene.work().await, 1);
        let checks = store.quote_checks(&scene.dispute, &event.id).await.unwrap();
        checks[event.citations[0].id.as_str()].health
    };
    let today = impasse_app::model::time::long_day(chrono::Utc::now().date_naive());
    // Not in what is read as the article, but on the page.
    let aside = page("Football", "2026-01-29", &[FOOTBALL; 6])
        .replace("</body>", &format!("<footer><small>{MEMO}</small></footer></body>"));
    let edited = MEMO.replace("any lawful use", "some lawful use");
    for (reply, health, says) in [
        (None, Health::There, "Still there"),
        (Some(Reply::html(&page("A memo", "2026-01-29", &[TALKS, &edited]))), Health::Edited, "Edited"),
        (Some(Reply::html(&aside)), Health::There, "Still there"),
        (Some(Reply::html(&page("Football", "2026-01-29", &[FOOTBALL; 6]))), Health::Gone, "Gone"),
        (Some(Reply::status(404)), Health::Gone, "Gone"),
        (Some(Reply::html("").with_status(403)), Health::Unknown, "Could not be checked"),
    ] {
        if let Some(reply) = reply {
            web.set("/memo", reply);
        }
        assert_eq!(check().await, health, "{says}");
        // Whoever reads sees it: on the event's page and in the panel; as a part of the timeline, too.
        let mut shown =
            vec![scene.page(&path).await, scene.page(&format!("{DEMO}?event={}", event.id)).await];
        let panel = scene.site.get(&format!("{path}/panel")).await;
        shown.push(Page::new(&text(panel).await));
        for page in shown {
            let said = page.text(".health");
            assert!(said.contains(says) && said.contains(&today), "{said}");
            assert_eq!(
                said.contains("It reads now") && said.contains("some lawful use"),
                health == Health::Edited,
                "{said}"
            );
        }
    }
    // What has no address cannot be looked for.
    let pasted =
        store.articles(&scene.dispute).await.unwrap().into_iter().find(|one| one.url.is_none()).unwrap();
    scene.accepted(&format!("/articles/{}/check", pasted.id), &[]).await;
    assert_eq!(scene.work().await, 0);
    for path in [
        "/articles/nothing/check",
        "/events/nothing/check",
        "/feeds/nothing/poll",
        "/feeds/nothing/pause",
        "/feeds/nothing/delete",
        "/articles/nothing/restore",
        "/articles/nothing/confirm",
    ] {
        assert_eq!(scene.post(path, &[]).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(
        scene.post("/feeds/nothing", &[("url", "https://e.org")]).await.status(),
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn pages_that_fail_for_now_are_tried_again() {
    let scene = Scene::new().await;
    scene.web.set("/memo", Reply::status(503));
    scene.web.set("/feed", rss(&[("A memo", &scene.web.url("/memo"), "")]));
    scene.accepted("/feeds", &[("url", &scene.web.url("/feed"))]).await;
    assert_eq!(scene.work().await, 2);
    let store = &scene.site.server.store;
    let work = store.work(&scene.dispute, 9).await.unwrap();
    let take = work.jobs.iter().find(|job| job.state == JobState::Waiting).unwrap();
    assert_eq!((take.attempts, work.open), (1, 0));
    let wait = take.due - chrono::Utc::now();
    assert!(wait.num_seconds() > 100 && wait.num_minutes() < 3, "{wait}");
    let page = scene.page(&format!("{DEMO}/work")).await;
    assert!(
        page.text(".work").contains("again at") && page.text(".work").contains("503"),
        "{}",
        page.text("main")
    );
}

#[tokio::test]
async fn work_goes_on_by_itself_and_is_shown_as_it_goes() {
    let scene = Scene::new().await;
    scene.web.set(
        "/memo",
        Reply::dripping(&page("A memo", "2026-01-29", &[MEMO, TALKS]), Duration::from_micros(500)),
    );
    scene.web.set("/feed", rss(&[("A memo", &scene.web.url("/memo"), "")]));
    let server = &scene.site.server;
    let idle = scene.site.get(&format!("{DEMO}/work/stream")).await;
    assert_eq!(idle.headers()[header::CONTENT_TYPE], "text/event-stream");
    let idle = text(idle).await;
    assert!(idle.contains("All is done.") && idle.ends_with("event: end\ndata: over\n\n"), "{idle}");

    scene.accepted("/feeds", &[("url", &scene.web.url("/feed"))]).await;
    let before = text(scene.site.get(&format!("{DEMO}/work")).await).await;
    assert!(before.contains("<noscript><meta http-equiv=\"refresh\""), "{before}");
    assert!(before.contains(&format!("data-live-work=\"{DEMO}/work/stream\"")), "{before}");
    let working = tokio::spawn(server.worker().run(server.stop.subscribe()));
    let told = tokio::time::timeout(Duration::from_secs(30), async {
        text(scene.site.get(&format!("{DEMO}/work/stream")).await).await
    });
    let told = told.await.unwrap();
    let events: Vec<&str> = told.matches("event: work").collect();
    assert!(events.len() >= 2 && told.contains("event: end"), "{told}");
    assert_eq!(scene.articles().await.len(), 1);
    server.stop.send_replace(true);
    tokio::time::timeout(Duration::from_secs(9), working).await.unwrap().unwrap();
    let after = text(scene.site.get(&format!("{DEMO}/work")).await).await;
    assert!(!after.contains("http-equiv"), "{after}");
}

#[tokio::test]
async fn only_editors_see_and_change_where_articles_come_from() {
    let mut scene = Scene::new().await;
    scene.web.set("/memo", Reply::html(&page("A memo", "", &[MEMO, TALKS])));
    let review = scene.accepted("/articles/fetch", &[("address", &scene.web.url("/memo"))]).await;
    scene.site.cookie.clear();
    for path in ["/feeds", "/feeds.opml", "/work", "/work/stream", "/articles/new"] {
        let answer = scene.site.get(&format!("{DEMO}{path}")).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path}");
    }
    assert_eq!(scene.site.get(&review).await.status(), StatusCode::SEE_OTHER);
    let sources = scene.page(&format!("{DEMO}/articles")).await.text("main");
    assert!(!sources.contains("A memo") && !sources.contains("Waiting"), "{sources}");
    for path in ["/articles/fetch", "/feeds", "/articles/upload", "/feeds/import"] {
        assert_eq!(scene.post(path, &[("url", "x")]).await.status(), StatusCode::SEE_OTHER, "{path}");
    }
}
