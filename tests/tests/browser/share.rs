//! Handing views on: frozen links, and frames in pages of other sites under those sites' own strict policies.

use impasse_tests::{Reply, Web};

use crate::driver::{Browser, browse};

/// The page of another site, with what the share page gives to paste, under a policy.
async fn other_site(browser: &Browser, query: &str, policy: &str) -> Web {
    browser.open(&format!("/d/pentagon-anthropic/share{query}")).await;
    let code = browser.words("document.querySelector('#embed-code').value").await;
    let web = Web::start();
    let html = format!(
        "<!DOCTYPE html><html lang=en><link rel=icon href='data:,'><title>An article</title><h1>An article</h1>{code}<p>The end.</p></html>"
    );
    web.set("/article", Reply::html(&html).header("content-security-policy", policy));
    browser.allow(&web.url("/"));
    web
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_grows_with_its_timeline() {
    browse(|browser| async move {
        let site = browser.server().url("");
        let policy = format!("default-src 'none'; frame-src {site}; script-src {site}; style-src-attr 'unsafe-inline'; img-src data:");
        let web = other_site(&browser, "?layout=list", &policy).await;
        browser.open_link(&web.url("/article")).await;
        browser.until("document.querySelector('iframe').style.height.endsWith('px')").await;
        browser.until("document.querySelector('iframe').clientHeight !== 640").await;
        browser.enter_frame_of("iframe").await;
        browser.until("document.scrollingElement.scrollHeight <= innerHeight + 1").await;
        assert_eq!(browser.value("document.querySelectorAll('header.page-header').length").await, 0);
        assert_eq!(browser.words("document.cookie").await, "");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_works_where_no_script_is_let_in() {
    browse(|browser| async move {
        let site = browser.server().url("");
        browser.expect_complaint("violates the following Content Security Policy directive");
        let policy =
            format!("default-src 'none'; frame-src {site}; style-src-attr 'unsafe-inline'; img-src data:");
        let web = other_site(&browser, "", &policy).await;
        browser.open_link(&web.url("/article")).await;
        browser.enter_frame_of("iframe").await;
        browser.until_it_moves().await;
        browser.until("document.querySelectorAll('[data-bench=mark]').length === 7").await;
        // The script of the page within goes on as ever: a panel opens in place, a window is fetched.
        browser.click("[data-bench=mark]").await;
        browser.until("document.querySelector('[data-bench=detail] blockquote')").await;
        let leads = browser.words("document.querySelector('.pn-links a').target").await;
        assert_eq!(leads, "_blank", "what is not the timeline opens outside of the frame");
        browser.click(".tl-tool[data-do=in]").await;
        browser.until("location.search.includes('from=')").await;
        assert!(browser.words("location.pathname").await.starts_with("/embed/"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_is_frozen_without_scripts() {
    browse(|browser| async move {
        browser.without_scripts().await;
        browser.open("/d/pentagon-anthropic?kind=memo,statement").await;
        browser.click_on("Freeze it").await;
        browser.until("location.search === '?kind=memo,statement'").await;
        browser.click_on("Freeze this view").await;
        browser.until("document.querySelector('#frozen-link')").await;
        let address = browser.words("document.querySelector('#frozen-link').value").await;
        browser.open_link(&address).await;
        browser.until("document.querySelector('.frozen')").await;
        browser.click_on("See it as it is now").await;
        browser.until("location.pathname === '/d/pentagon-anthropic'").await;
        assert_eq!(browser.place().await, "/d/pentagon-anthropic?kind=memo,statement");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frozen_timeline_moves() {
    browse(|browser| async move {
        browser.add_many("many", 1000).await;
        browser.open("/d/many/share").await;
        browser.click_on("Freeze this view").await;
        browser.until("document.querySelector('#frozen-link')").await;
        let address = browser.words("document.querySelector('#frozen-link').value").await;
        browser.add_many("many", 20).await;
        browser.open_link(&address).await;
        browser.until_it_moves().await;
        let shown = browser.words("document.querySelector('[data-tl=root] [role=status]').textContent").await;
        assert!(shown.contains("1,000"), "{shown}");
        for _ in 0..3 {
            browser.click(".tl-tool[data-do=in]").await;
        }
        browser.settled().await;
        browser.until("location.pathname.startsWith('/s/') && location.search.includes('from=')").await;
        const CLICK: &str =
            "[...document.querySelectorAll('li.ev:not(.off) [data-bench=mark]')].find((it) => {
            const box = it.getBoundingClientRect();
            return box.width > 0 && box.left > 0 && box.right < innerWidth;
        }).click()";
        browser.value(CLICK).await;
        browser.until("document.querySelector('[data-bench=detail]:not([aria-busy])')").await;
        let back = browser.words("document.querySelector('.frozen').innerText").await;
        assert!(back.contains("Frozen on"), "{back}");
    })
    .await;
}

/// A file of the npm package of TimelineJS, which `make test` installs.
fn of_timelinejs(path: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../.tools/node_modules/@knight-lab/timelinejs/dist");
    let path = std::path::Path::new(folder).join(path);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}; `make test` gets it", path.display()))
}

#[tokio::test(flavor = "multi_thread")]
async fn timelinejs_shows_every_event() {
    browse(|browser| async move {
        let web = Web::start();
        let page = format!(
            "<!DOCTYPE html><html lang=en><link rel=icon href='data:,'><link rel=stylesheet href=/timeline.css>\
             <style>#it {{ height: 700px }}</style><div id=it></div><script src=/timeline.js></script>\
             <script>window.shown = new TL.Timeline('it', '{}', {{ language: 'en' }});</script></html>",
            browser.server().url("/d/pentagon-anthropic/timelinejs.json")
        );
        web.set("/", Reply::html(&page));
        web.set("/timeline.js", Reply::of("text/javascript", of_timelinejs("js/timeline.js")));
        web.set("/timeline.css", Reply::of("text/css", of_timelinejs("css/timeline.css")));
        browser.allow(&web.url("/"));
        // TimelineJS asks its makers' server for its fonts; that is its own affair.
        browser.allow("https://cdn.knightlab.com/");
        browser.expect_complaint("cdn.knightlab.com");
        browser.expect_complaint("tl-icons");
        browser.open_link(&web.url("/")).await;
        browser.until("window.shown?.config?.events?.length").await;
        // The seven events of the demo, and its title before them.
        browser.until("document.querySelectorAll('.tl-timemarker').length === 7").await;
        browser.until("document.querySelectorAll('.tl-slide').length === 8").await;
        let told = browser.words("document.querySelector('.tl-storyslider').innerText").await;
        for words in ["AI strategy memo issued", "9 January 2026", "Talks stall without agreement"] {
            assert!(told.contains(words), "{words}: {told}");
        }
    })
    .await;
}
