//! From a feed through the inbox to the timeline, with the keyboard alone.

use fantoccini::key::Key;
use impasse_tests::{Reply, Web};

use crate::driver::browse_with;

const DISPUTE: &str = "/d/pentagon-anthropic";

/// A site with a feed of two articles, of which one is about the dispute.
fn web() -> Web {
    let web = Web::start();
    let article = "<!DOCTYPE html><html><head><meta charset=utf-8><title>Court sets a hearing</title>\
        <meta property='article:published_time' content='2026-03-05T09:00:00Z'>\
        <meta property='og:site_name' content='The Example'></head><body><article><h1>Court sets a hearing</h1>\
        <p>On March 4, 2026, the court ordered the department to explain its memo, according to a ruling. The company \
        welcomed the ruling, and the department did not say whether it would appeal against it.</p>\
        <p>The two sides have been at odds since the winter over what the company’s models may be used for, and \
        neither has moved far from where it stood at the start of the talks between them.</p></article></body></html>";
    web.set("/hearing", Reply::html(article));
    let item = |title: &str, path: &str| {
        format!("<item><title>{title}</title><link>{}</link></item>", web.url(path))
    };
    let feed = format!(
        "<rss version=\"2.0\"><channel><title>The Example</title>{}{}</channel></rss>",
        item("Court sets a hearing", "/hearing"),
        item("A football match", "/football")
    );
    web.set("/feed", Reply::of("application/rss+xml", feed));
    web
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_comes_from_a_feed_by_keys() {
    let web = web();
    let allowed = web.address().to_string();
    browse_with(&["--fetch-allow", &allowed], |browser| async move {
        browser.sign_in().await;
        // To the feeds of the dispute, by way of its sources.
        browser.open(DISPUTE).await;
        for link in ["/articles", "/feeds"] {
            browser.tab_to(&format!("it.matches('a[href=\"{DISPUTE}{link}\"]')")).await;
            browser.press_key(Key::Enter).await;
            browser.until(&format!("location.pathname === '{DISPUTE}{link}'")).await;
        }
        browser.tab_to("it.id === 'url'").await;
        browser.press(&web.url("/feed")).await;
        browser.tab_to("it.id === 'any'").await;
        browser.press("court, ruling").await;
        browser.tab_to("it.matches('.form-end button') && it.textContent === 'Follow it'").await;
        browser.press_key(Key::Enter).await;
        browser.until("location.pathname.includes('/feeds/')").await;

        // The server reads the feed by itself; its page shows what became of it once it is asked for again.
        browser.open(&format!("{DISPUTE}/work")).await;
        browser.until("document.querySelector('#work-status').textContent.startsWith('All is done.')").await;
        let done = browser.words("document.querySelector('.work').textContent").await;
        assert!(done.contains("Court sets a hearing") && !done.contains("football"), "{done}");

        // Into the inbox, and from there onto the timeline.
        browser.tab_to(&format!("it.matches('a[href=\"{DISPUTE}/inbox\"]')")).await;
        browser.press_key(Key::Enter).await;
        browser.until("document.querySelector('#inbox .card[tabindex=\"0\"]')").await;
        browser.tab_to("it.matches('#inbox .card')").await;
        let title = browser.words("document.activeElement.querySelector('h3').textContent").await;
        let card = browser.words("document.activeElement.textContent").await;
        assert!(card.contains("4 March 2026") && card.contains("The Example"), "{card}");
        let before = browser.value("document.querySelectorAll('#inbox .card').length").await;
        browser.press("a").await;
        browser.until(&format!("document.querySelectorAll('#inbox .card').length < {before}")).await;

        browser.tab_to(&format!("it.matches('.trail a[href=\"{DISPUTE}\"]')")).await;
        browser.press_key(Key::Enter).await;
        browser.until_it_moves().await;
        let marks =
            "[...document.querySelectorAll('[data-bench=mark]')].map((it) => it.textContent).join('\\n')";
        let shown = browser.words(marks).await;
        assert!(shown.contains(&title), "{title} is not among {shown}");
    })
    .await;
}
