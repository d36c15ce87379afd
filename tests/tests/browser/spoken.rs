//! What a screen reader is given: names in words, the levels, what is said when something changes.

use fantoccini::key::Key;

use crate::driver::browse;

const DISPUTE: &str = "/d/pentagon-anthropic";

#[tokio::test(flavor = "multi_thread")]
async fn every_mark_is_named_in_words() {
    browse(|browser| async move {
        for (width, layout) in [(1280, ""), (360, ""), (1280, "?layout=list")] {
            browser.width(width).await;
            browser.open(&format!("{DISPUTE}{layout}")).await;
            if layout.is_empty() {
                browser.until_it_moves().await;
                browser.settled().await;
            }
            let links = browser.spoken("link").await;
            for name in [
                "about January 2026 to 29 January 2026; Contract talks; Defense Department, Anthropic; One origin; 1 of 7",
                "9 January 2026; AI strategy memo issued; Defense Department; Document or on record; 2 of 7",
                "between 9 and 29 January 2026; Officials claim any lawful use; Defense Department; One unnamed source; 3 of 7",
                "about 29 January 2026; Anthropic calls the talks productive; Anthropic, Defense Department; Document or on record; 6 of 7",
            ] {
                assert!(links.iter().any(|link| link == name), "{name:?} at {width} px: {links:#?}");
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_has_levels_and_one_stop_for_the_drawing() {
    browse(|browser| async move {
        browser.open(DISPUTE).await;
        browser.until_it_moves().await;
        browser.settled().await;
        let headings = browser.spoken("heading").await;
        let title = "Pentagon and Anthropic: safeguards on military AI";
        for heading in [title, "Timeline", "How it is known", "When it was", "Who holds what", "Share this view"] {
            assert!(headings.iter().any(|one| one == heading), "{heading}: {headings:?}");
        }
        let mut sliders = browser.spoken("slider").await;
        sliders.sort();
        assert_eq!(sliders, ["As known on", "First day shown", "Last day shown"]);
        let stops = "[...document.querySelectorAll('[data-bench=timeline] *')].filter((it) => it.tabIndex >= 0).length";
        assert_eq!(browser.value(stops).await, 1, "one tab stop for the whole drawing");
        // What the talks and the standstill were is said in words, too.
        let said = browser.words("document.querySelector('.tl-phases').textContent").await;
        assert!(said.contains("Talks, about January 2026 to 29 January 2026"), "{said}");
        assert!(said.contains("Stalled, since 30 January 2026"), "{said}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn clusters_are_buttons_that_say_how_many_and_when() {
    browse(|browser| async move {
        browser.add_many("many", 1000).await;
        browser.open("/d/many").await;
        browser.until_it_moves().await;
        browser.settled().await;
        let buttons = browser.spoken("button").await;
        let clusters: Vec<&String> = buttons.iter().filter(|name| name.contains(" events, ")).collect();
        assert!(clusters.len() > 20, "{buttons:?}");
        assert!(clusters.iter().all(|name| name.contains(" to ") && name.contains("; ")), "{clusters:?}");
        // One is reached by arrows, opened by Enter, and left by Escape.
        browser.tab_to("it.closest('[data-bench=timeline]')").await;
        browser.press_key(Key::Home).await;
        for _ in 0..40 {
            if browser.value("document.activeElement.matches('.ck')").await == true {
                break;
            }
            browser.press_key(Key::Right).await;
        }
        let name = browser.words("document.activeElement.getAttribute('aria-label') ?? ''").await;
        let count: usize = name.split(' ').next().and_then(|word| word.parse().ok()).expect("a count");
        browser.press_key(Key::Enter).await;
        browser.until("document.querySelector('.pn-events [data-bench=mark]') && document.activeElement.matches('.pn')").await;
        let listed = browser.value("document.querySelectorAll('.pn-events li').length").await;
        assert_eq!(listed, count, "{name}");
        let said = browser.words("document.querySelector('.pn-date').textContent").await;
        assert_eq!(said, format!("{count} events"), "{name}");
        browser.press_key(Key::Escape).await;
        browser.until("document.activeElement.matches('.ck')").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_said_once_when_it_has_settled() {
    browse(|browser| async move {
        browser.open(DISPUTE).await;
        browser.until_it_moves().await;
        browser.settled().await;
        browser
            .value(
                "(window.said = [], new MutationObserver(() => said.push(document.querySelector('.tl-status').textContent)) \
                 .observe(document.querySelector('.tl-status'), { subtree: true, childList: true, characterData: true }))",
            )
            .await;
        browser.click(".tl-tool[data-do=in]").await;
        browser.until("location.search.includes('from=')").await;
        browser.settled().await;
        let said = browser.value("said").await;
        let said = said.as_array().expect("a list");
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].as_str().is_some_and(|words| words.contains("events") && words.contains(" to ")), "{said:?}");
        // A filter exchanges the view; a status outside of it says what came of it.
        browser.type_into("#filters input[type=search]", "memo").await;
        browser.until("document.querySelector('#found').textContent.includes('of 7')").await;
    })
    .await;
}
