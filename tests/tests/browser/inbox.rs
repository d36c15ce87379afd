//! The inbox with scripts, by the keyboard alone.

use fantoccini::key::Key;

use crate::driver::browse;

const DISPUTE: &str = "/d/pentagon-anthropic";
const ARTICLE: &str = include_str!("../fixtures/paste.txt");

#[tokio::test(flavor = "multi_thread")]
async fn the_inbox_is_worked_through_by_keys() {
    browse(|browser| async move {
        browser.sign_in().await;
        browser.open(&format!("{DISPUTE}/articles/new")).await;
        browser.fill("Headline", "A standstill over limits on military AI").await;
        browser.fill("Publisher", "The Example").await;
        browser.fill("Published on", "29 January 2026").await;
        browser.fill("Text", &ARTICLE.replace('•', "-")).await;
        browser.click_on("Find its events").await;
        browser.until("document.querySelectorAll('.candidates .card').length >= 3").await;

        browser.open(&format!("{DISPUTE}/inbox")).await;
        browser.until("document.querySelector('#inbox .card[tabindex=\"0\"]')").await;
        let count = "document.querySelectorAll('#inbox .card').length";
        let all = browser.value(count).await.as_i64().expect("a count");
        let titles = "[...document.querySelectorAll('#inbox .card h3')].map((it) => it.textContent)";
        let order = browser.value(titles).await;
        let focused = "document.activeElement.closest('.card')?.querySelector('h3').textContent ?? ''";

        browser.tab_to("it.matches('#inbox .card')").await;
        assert_eq!(browser.words(focused).await, order[0].as_str().expect("a title"));
        browser.press("j").await;
        assert_eq!(browser.words(focused).await, order[1].as_str().expect("a title"));
        browser.press("k").await;
        browser.press("x").await;
        assert_eq!(browser.value("document.querySelectorAll('.card-tick:checked').length").await, 1);

        // A decision takes the candidate away; the focus goes on to the next and what was done is said.
        browser.press("r").await;
        browser.until(&format!("{count} === {}", all - 1)).await;
        assert_eq!(browser.words(focused).await, order[1].as_str().expect("a title"));
        let said = browser.words("document.querySelector('#inbox-said').textContent").await;
        assert!(said.contains("was rejected") && said.contains("waiting"), "{said}");
        browser.press("u").await;
        browser.until(&format!("{count} === {all}")).await;
        assert_eq!(browser.value(titles).await, order);

        browser.press("a").await;
        browser.until(&format!("{count} === {}", all - 1)).await;
        browser.press("m").await;
        browser.until("document.activeElement.matches('.card-merge select')").await;
        // Letters belong to what is typed into.
        browser.press("r").await;
        assert_eq!(browser.value(count).await, all - 1);
        browser.press_key(Key::Tab).await;
        browser.press_key(Key::Enter).await;
        browser.until(&format!("{count} === {}", all - 2)).await;
        assert!(browser.place().await.contains("/inbox?done="), "{}", browser.place().await);
    })
    .await;
}
