//! On a phone the timeline stands upright, with the same features.

use fantoccini::key::Key;

use crate::driver::browse;

const DISPUTE: &str = "/d/pentagon-anthropic";

#[tokio::test(flavor = "multi_thread")]
async fn the_upright_timeline_moves_too() {
    browse(|browser| async move {
        // Turned upright after it was drawn on the axis, it stands as if it had never been.
        browser.width(1280).await;
        browser.open(DISPUTE).await;
        browser.until_it_moves().await;
        browser.settled().await;
        browser.width(360).await;
        let places = "JSON.stringify([...document.querySelectorAll('[data-bench=mark]')].map((it) => Math.round(it.getBoundingClientRect().top + scrollY)))";
        let turned = browser.words(places).await;
        browser.open(DISPUTE).await;
        browser.until_it_moves().await;
        assert_eq!(browser.words(places).await, turned);
        let shown = "[...document.querySelectorAll('[data-bench=mark]')].filter((it) => it.getClientRects().length > 0).length";
        assert_eq!(browser.value(shown).await, 7);
        browser.value("(window.stayed = true)").await;
        // Moving narrows the list, in place.
        browser.click(".tl-tool[data-do=in]").await;
        browser.until("location.search.includes('from=')").await;
        browser.until("document.querySelector('.tl-status').textContent.includes(' of 7')").await;
        browser.click(".tl-tool[data-do=fit]").await;
        browser.until("location.search === ''").await;
        browser.until(&format!("{shown} === 7")).await;
        // So do the ends of the window on the strip.
        browser.until_it_moves().await;
        browser.value("document.querySelector('.tl-thumb').focus()").await;
        for _ in 0..12 {
            browser.press_key(Key::Right).await;
        }
        browser.until("location.search.includes('from=2026-01-1')").await;
        browser.until("![...document.querySelectorAll('[data-bench=mark]')].some((it) => it.textContent.includes('memo issued'))").await;
        assert_eq!(browser.value("window.stayed").await, true);
        browser.until_it_moves().await;
        // A mark opens its panel over the list.
        browser.click("[data-bench=mark]").await;
        browser.until("document.querySelector('[data-bench=detail] blockquote')").await;
        browser.click_on("Close").await;
        browser.until("!document.querySelector('[data-bench=detail]')").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_where_there_are_many() {
    browse(|browser| async move {
        browser.add_many("many", 1000).await;
        browser.width(360).await;
        browser.open("/d/many").await;
        browser.until_it_moves().await;
        let listed = "[...document.querySelectorAll('[data-bench=mark]')].filter((it) => it.getClientRects().length > 0).length \
                      + [...document.querySelectorAll('.per-more')].reduce((sum, it) => sum + parseInt(it.textContent.replace(',', ''), 10), 0)";
        assert_eq!(browser.value(listed).await, 1000, "each event stands in the list or is counted in its period");
        browser.click(".per-more").await;
        browser.until("location.search.includes('layout=list')").await;
        browser.until("document.querySelector('.tl-status').textContent.includes('of 1,000 events')").await;
    })
    .await;
}
