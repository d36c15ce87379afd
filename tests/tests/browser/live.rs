//! An open page is told of what others change, and shows it when asked to.

use std::time::Duration;

use serde_json::json;

use crate::driver::browse;

const DISPUTE: &str = "/d/pentagon-anthropic";
const WORDS: &str = "document.querySelector('#told [role=status]').textContent";
const SHOW: &str = "document.querySelector('[data-live-show]')";

#[tokio::test(flavor = "multi_thread")]
async fn what_others_add_is_announced_and_shown_when_asked_for() {
    browse(|browser| async move {
        let editor = browser.another().await;
        editor.sign_in().await;
        browser.open(DISPUTE).await;
        browser.until_it_moves().await;
        browser.value("(window.stayed = true)").await;
        let there = browser.value("document.querySelectorAll('[data-bench=mark]').length").await;
        assert_eq!(browser.value(&format!("{SHOW}.hidden")).await, json!(true), "nothing to show yet");

        add(&editor, "Hearing is called off").await;
        browser.until(&format!("{WORDS} === '1 new event'")).await;
        add(&editor, "Hearing is called off for good").await;
        browser.until(&format!("{WORDS} === '2 new events'")).await;
        // Nothing moved by itself.
        assert_eq!(browser.value("document.querySelectorAll('[data-bench=mark]').length").await, there);
        assert_eq!(browser.faults().await, Vec::<serde_json::Value>::new());

        browser.click("[data-live-show]").await;
        browser.until("document.querySelector('[data-fresh]')").await;
        assert_eq!(browser.value("document.querySelectorAll('[data-fresh]').length").await, json!(2));
        browser.until(&format!("{WORDS} === '' && {SHOW}.hidden")).await;
        assert_eq!(browser.value("window.stayed").await, json!(true), "the page is the same");
        browser.until("document.activeElement.id === 'view'").await;

        // Quiet is quiet, on this page and on the next, until one wants to hear again.
        browser.click("#told-line button").await;
        add(&editor, "Said while nobody listens").await;
        tokio::time::sleep(Duration::from_millis(1500)).await;
        assert_eq!(browser.words(WORDS).await, "");
        browser.open(DISPUTE).await;
        browser.until("document.querySelector('#told-line button')?.textContent === 'Announce them'").await;
        add(&editor, "Said before one listens again").await;
        browser.click("#told-line button").await;
        browser.until(&format!("{WORDS} === '1 new event'")).await;
        // Not now: it is not asked again until there is more.
        browser.click("[data-live-hide]").await;
        browser.until(&format!("{WORDS} === '' && {SHOW}.hidden")).await;
        editor.close().await;
    })
    .await;
}

/// Adds an event as an editor does.
async fn add(editor: &crate::driver::Browser, title: &str) {
    editor.open(&format!("{DISPUTE}/events/new")).await;
    editor.fill("Title", title).await;
    editor.fill("Date", "20 January 2026").await;
    editor.click_on("Add to the timeline").await;
    editor.until("location.search.includes('event=')").await;
}
