//! Browsing, filtering, sharing.

use serde_json::json;

use crate::driver::{Browser, browse};

const DISPUTE: &str = "/d/pentagon-anthropic";

/// What the reader has before them: the range, what is chosen, what is shown, the selected event.
async fn state(browser: &Browser) -> serde_json::Value {
    browser
        .value(
            r"(() => {
                const text = (it) => it?.textContent.replace(/\s+/g, ' ').trim();
                const room = document.documentElement.clientWidth;
                const seen = (it) => {
                    const box = it.getBoundingClientRect();
                    return box.width > 0 && box.right > 0 && box.left < room && getComputedStyle(it).visibility === 'visible';
                };
                return {
                    address: location.pathname + location.search,
                    status: text(document.querySelector('.tl-status')),
                    checked: [...document.querySelectorAll('#filters input:checked')].map((it) => `${it.name}=${it.value}`),
                    words: document.querySelector('#filters input[type=search]').value,
                    marks: [...document.querySelectorAll('[data-bench=mark]')].filter(seen).map(text).sort(),
                    selected: [...document.querySelectorAll('[data-bench=mark][aria-current=true]')].map(text),
                    detail: text(document.querySelector('[data-bench=detail]')),
                };
            })()",
        )
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_front_page_to_a_quote() {
    browse(|browser| async move {
        browser.open("/").await;
        browser.click_on("Pentagon and Anthropic").await;
        browser.until_it_moves().await;
        assert_eq!(browser.place().await, DISPUTE);
        // A click on a mark opens its event in place: the page stays the same.
        browser.value("(window.stayed = true)").await;
        browser.click_on("9 January 2026").await;
        browser.until("document.querySelector('[data-bench=detail] blockquote')").await;
        let detail = browser.find("[data-bench=detail]").await.text().await.expect("text");
        assert!(detail.contains("AI strategy memo issued") && detail.contains("dated January 9"), "{detail}");
        assert!(browser.place().await.contains("event="), "the address follows");
        assert_eq!(browser.value("window.stayed").await, json!(true));
        browser.click_on("Event page").await;
        browser.until("location.pathname.includes('/events/')").await;
        assert_eq!(
            browser.words("document.querySelector('h1').textContent").await,
            "AI strategy memo issued"
        );
        browser.click_on("Show on the timeline").await;
        browser.until("document.querySelector('[data-bench=detail]')").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_narrow_what_is_shown() {
    browse(|browser| async move {
        browser.open(DISPUTE).await;
        browser.until_it_moves().await;
        browser.type_into("#filters input[type=search]", "memo\u{e007}").await;
        browser.until("location.search.includes('q=memo')").await;
        browser.until("document.querySelector('.tl-status').textContent.includes('of 7')").await;
        browser.until("[...document.querySelectorAll('[data-bench=mark]')].some((it) => it.textContent.includes('memo issued'))").await;
        let gone = "![...document.querySelectorAll('[data-bench=mark]')].some((it) => it.textContent.includes('does not respond'))";
        browser.until(gone).await;

        browser.open(DISPUTE).await;
        browser.until_it_moves().await;
        browser.click_on("Parties and kinds").await;
        browser.click("#filters input[name=kind][value=memo]").await;
        browser.until("location.search === '?kind=memo'").await;
        browser.until("document.querySelectorAll('[data-bench=mark]').length === 1").await;
        // Each choice says how many events it would show, and follows what is chosen elsewhere.
        let counted = |id: &str| format!("document.getElementById('n-{id}').textContent");
        assert_eq!(browser.words(&counted("party-anthropic")).await, "0");
        assert_eq!(browser.words(&counted("kind-statement")).await, "3");
        browser.click_on("Clear").await;
        browser.until("document.querySelectorAll('[data-bench=mark]').length === 7").await;
        assert_eq!(browser.place().await, DISPUTE);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copied_link_opens_the_same_view_in_a_fresh_browser() {
    browse(|browser| async move {
        let origin = browser.server().url("");
        let permissions =
            json!({"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"], "origin": origin});
        browser.devtools("Browser.grantPermissions", permissions).await;
        browser.devtools("Emulation.setFocusEmulationEnabled", json!({"enabled": true})).await;

        browser.open(&format!("{DISPUTE}?party=anthropic")).await;
        browser.until_it_moves().await;
        for action in ["in", "later"] {
            let address = browser.place().await;
            browser.click(&format!(".tl-tool[data-do={action}]")).await;
            browser.until(&format!("location.pathname + location.search !== '{address}'")).await;
        }
        browser.settled().await;
        browser.click_on("about 29 January 2026").await;
        browser
            .until("document.querySelector('[data-bench=detail]') && location.search.includes('event=')")
            .await;
        browser.settled().await;
        let copied_from = state(&browser).await;
        for parameter in ["from=", "to=", "party=anthropic", "event="] {
            let address = copied_from["address"].as_str().unwrap_or_default();
            assert!(address.contains(parameter), "{parameter} in {address}");
        }

        browser.click("#share button").await;
        browser.until("document.querySelector('#share .copied').textContent === 'Copied'").await;
        let link = browser.words("navigator.clipboard.readText()").await;
        assert_eq!(link, browser.server().url(copied_from["address"].as_str().unwrap_or_default()));

        // The other browser shares nothing with this one but the link.
        let fresh = browser.another().await;
        fresh.open_link(&link).await;
        fresh.until_it_moves().await;
        fresh.settled().await;
        let opened = state(&fresh).await;
        fresh.close().await;
        assert_eq!(opened, copied_from);
        assert_eq!(opened["selected"].as_array().map(Vec::len), Some(1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_view_moves_and_comes_back() {
    browse(|browser| async move {
        browser.open(DISPUTE).await;
        browser.until_it_moves().await;
        let whole = state(&browser).await;
        browser.click(".tl-tool[data-do=in]").await;
        browser.until("location.search.includes('from=')").await;
        let zoomed = browser.settled().await;
        browser.click(".tl-tool[data-do=earlier]").await;
        browser.until(&format!("location.pathname + location.search !== '{zoomed}'")).await;
        let moved = browser.settled().await;
        // A reload shows what was there.
        let before = state(&browser).await;
        browser.open(&moved).await;
        browser.until_it_moves().await;
        browser.settled().await;
        assert_eq!(state(&browser).await, before);
        browser.click(".tl-tool[data-do=fit]").await;
        browser.until("location.search === ''").await;
        browser.settled().await;
        assert_eq!(state(&browser).await, whole);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_of_the_view_follows_the_day_that_is_replayed() {
    browse(|browser| async move {
        browser.open(DISPUTE).await;
        browser.until_it_moves().await;
        browser.value("(document.querySelector('.tl-legend').dataset.old = '', document.querySelector('.tl-strip').dataset.old = '')").await;
        browser.value("document.querySelector('#tl-slider').focus()").await;
        browser.press_key(fantoccini::key::Key::Home).await;
        browser.until("location.search === '?asof=2026-01-29'").await;
        browser.until("!document.querySelector('[data-old]')").await;
        browser.until_it_moves().await;
        // One goes on from where one was.
        assert_eq!(browser.words("document.activeElement.id").await, "tl-slider");
        let leads = browser.words("document.querySelector('.tl-legend a').getAttribute('href')").await;
        assert!(leads.contains("asof=2026-01-29"), "{leads}");
        browser.press_key(fantoccini::key::Key::End).await;
        browser.until("location.search === ''").await;
        browser.until("!document.querySelector('.tl-status').textContent.includes('known')").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn typed_dates_say_what_is_shown() {
    browse(|browser| async move {
        browser.open(DISPUTE).await;
        browser.until_it_moves().await;
        browser.fill("From", "01102026").await;
        browser.fill("to", "01312026\u{e007}").await;
        browser.until("location.search === '?from=2026-01-10&to=2026-01-31'").await;
        browser.until_it_moves().await;
        browser.settled().await;
        browser.click(".tl-tool[data-do=in]").await;
        browser.until("document.querySelector('#tl-from').value > '2026-01-10'").await;
        // The fields are there again in a view that took this one's place.
        browser.fill("As known on", "01292026\u{e007}").await;
        browser.until("location.search.includes('asof=2026-01-29')").await;
        browser.until("document.querySelector('#tl-asof').value === '2026-01-29'").await;
        assert_eq!(browser.value("document.querySelectorAll('.tl-date noscript').length").await, 0);
    })
    .await;
}
