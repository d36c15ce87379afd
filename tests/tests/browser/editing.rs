//! Writing with scripts on: the forms of an event and of an article, as an editor uses them.

use crate::driver::browse;

const DISPUTE: &str = "/d/pentagon-anthropic";
const ARTICLE: &str = include_str!("../fixtures/paste.txt");

#[tokio::test(flavor = "multi_thread")]
async fn an_event_is_added_through_the_form() {
    browse(|browser| async move {
        browser.sign_in().await;
        browser.open(DISPUTE).await;
        browser.click_on("Add an event").await;
        browser.until("location.pathname.endsWith('/events/new')").await;
        browser.fill("Date", "03/04/2026").await;
        browser.fill("Title", "Hearing in the committee").await;
        browser.fill("Kind", "Report").await;
        browser.fill("Importance", "Major").await;
        browser.fill("Anthropic", "participant").await;
        browser.expect_complaint("status of 422");
        browser.click_on("Add to the timeline").await;
        // Two readings: the form asks which is meant, and has kept everything.
        browser.until("document.querySelector('[role=alert]')").await;
        assert_eq!(browser.words("document.getElementById('title').value").await, "Hearing in the committee");
        browser.click("input[name=date_reading][value='2026-03-04']").await;
        browser.click_on("Add to the timeline").await;
        browser.until("location.search.startsWith('?event=')").await;
        browser.until("document.querySelector('[data-bench=detail]').textContent.includes('Hearing in the committee')").await;
        browser.until_it_moves().await;
        browser.until("document.querySelectorAll('[data-bench=mark]').length === 8").await;
        let when = browser.words("document.querySelector('[data-bench=mark][aria-current=true] .when').textContent");
        assert_eq!(when.await, "4 March 2026");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_is_pasted_and_a_candidate_accepted() {
    browse(|browser| async move {
        browser.sign_in().await;
        browser.open(DISPUTE).await;
        browser.click_on("Add an article").await;
        browser.until("location.pathname.endsWith('/articles/new')").await;
        browser.fill("Headline", "A standstill over limits on military AI").await;
        browser.fill("Publisher", "The Example").await;
        browser.fill("Published on", "29 January 2026").await;
        // What is not in the keyboard's plane cannot be typed by the driver.
        browser.fill("Text", &ARTICLE.replace('•', "-")).await;
        browser.click_on("Find its events").await;
        browser.until("document.querySelectorAll('.candidates .card').length >= 3").await;

        // The memo's quote is marked in the text, and the mark leads to its card.
        let memo =
            "[...document.querySelectorAll('.card')].find((it) => it.textContent.includes('January 9'))";
        let card = browser.words(&format!("{memo}.id")).await;
        assert_eq!(
            browser
                .value(&format!("document.querySelectorAll('a.marked[href=\"#{card}\"]').length > 0"))
                .await,
            true
        );
        browser.click(&format!("#{card} form:has([value=accept]) button")).await;
        browser.until(&format!("document.querySelector('#{card} .card-decided')")).await;
        browser.click(&format!("#{card} .card-decided a")).await;
        browser.until("location.pathname.includes('/events/')").await;
        let page = browser.words("document.querySelector('main').innerText").await;
        assert!(page.contains("9 January 2026") && page.contains("The Example"), "{page}");
        browser.click_on("Show on the timeline").await;
        browser.until("document.querySelectorAll('[data-bench=mark]').length === 8").await;
        browser
            .until("document.querySelector('[data-bench=detail]').textContent.includes('January 9')")
            .await;
    })
    .await;
}
