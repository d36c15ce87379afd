//! What comes out of a printer.

use serde_json::json;

use crate::driver::browse;

const DISPUTE: &str = "/d/pentagon-anthropic";

#[tokio::test(flavor = "multi_thread")]
async fn a_page_prints_with_its_sources() {
    browse(|browser| async move {
        for path in [DISPUTE.to_owned(), format!("{DISPUTE}?layout=list"), format!("{DISPUTE}/print?kind=statement")] {
            browser.emulate("", &[]).await;
            browser.open(&path).await;
            browser.emulate("print", &[]).await;
            let shown = "document.querySelector('main').innerText";
            let text = browser.words(shown).await;
            for words in ["Pentagon and Anthropic", "Officials claim any lawful use", "between 9 and 29 January 2026", "Sources"] {
                assert!(text.contains(words), "{words} at {path}: {text}");
            }
            assert!(text.contains("Impasse demo desk, Pentagon and Anthropic at an impasse over limits on military AI, 29 January 2026."), "{path}: {text}");
            assert_eq!(browser.words("document.querySelector('[data-bench=mark] .fn').innerText").await, "1");
            // What only works on a screen is left out, and every mark stands in the list, none beside another.
            let screen = "[...document.querySelectorAll('.tl-bar, .tl-moves, .tl-overview, .filters, .page-header, .button')].filter((it) => it.getClientRects().length > 0).length";
            assert_eq!(browser.value(screen).await, 0, "{path}");
            let tops = "(() => { const tops = [...document.querySelectorAll('[data-bench=mark]')].map((it) => it.getBoundingClientRect().top); return tops.every((top, at) => at === 0 || top > tops[at - 1]); })()";
            assert_eq!(browser.value(tops).await, true, "{path}");
            let printed = browser.devtools("Page.printToPDF", json!({})).await;
            assert!(printed["data"].as_str().is_some_and(|data| data.starts_with("JVBERi") && data.len() > 8_000), "{path}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_of_a_large_dispute_can_be_printed() {
    browse(|browser| async move {
        browser.add_many("many", 1000).await;
        browser.open("/d/many?party=union").await;
        browser.until_it_moves().await;
        // The link follows the view.
        browser.click_on("Print").await;
        browser.until("location.pathname.endsWith('/print') && location.search === '?party=union'").await;
        browser.until("document.querySelectorAll('[data-bench=mark]').length === 250").await;
        let said = browser.words("document.querySelector('.pp-head').textContent").await;
        assert!(said.contains("250 of 1,000 events; Union"), "{said}");
    })
    .await;
}
