//! The keyboard alone: no pointer is used here.

use fantoccini::key::Key;

use crate::driver::browse;

const DISPUTE: &str = "/d/pentagon-anthropic";

#[tokio::test(flavor = "multi_thread")]
async fn the_timeline_is_walked_by_keys() {
    browse(|browser| async move {
        browser.open(DISPUTE).await;
        browser.until_it_moves().await;
        // The first stop leads past the header, to the content.
        browser.press_key(Key::Tab).await;
        assert_eq!(browser.words("document.activeElement.textContent").await, "Skip to content");
        assert_eq!(browser.value("document.activeElement.getBoundingClientRect().top >= 0").await, true, "it shows");
        browser.press_key(Key::Enter).await;
        browser.until("document.activeElement.id === 'main'").await;

        // One stop for the whole drawing, and arrows within.
        browser.tab_to("it.matches('[data-bench=mark]')").await;
        let focused = "document.activeElement.closest('[data-bench=mark]')?.textContent ?? ''";
        let mut seen = vec![browser.words(focused).await];
        for _ in 0..6 {
            browser.press_key(Key::Right).await;
            browser.settled().await;
            let now = browser.words(focused).await;
            if seen.contains(&now) || now.is_empty() {
                break;
            }
            seen.push(now);
        }
        assert!(seen.len() >= 4, "arrows lead from mark to mark: {seen:?}");
        browser.press_key(Key::Left).await;
        browser.settled().await;
        let chosen = browser.words(focused).await;
        assert!(!chosen.is_empty() && Some(&chosen) != seen.last(), "the left arrow leads back: {chosen:?}");

        // Focus can be seen.
        let outline = "(() => { const it = document.activeElement; const of = (e) => getComputedStyle(e); \
                       return [it, ...it.querySelectorAll('*')].some((e) => of(e).outlineStyle !== 'none' || of(e).boxShadow !== 'none'); })()";
        assert_eq!(browser.value(outline).await, true);

        browser.press_key(Key::Enter).await;
        browser.until("document.querySelector('[data-bench=detail]') && location.search.includes('event=')").await;
        let title = browser.words("document.querySelector('[data-bench=detail] h2').textContent").await;
        assert!(chosen.contains(&title), "{chosen} opened {title}");
        browser.press_key(Key::Escape).await;
        browser.until("!document.querySelector('[data-bench=detail]')").await;
        browser.until(&format!("({focused}) !== ''")).await;
        assert_eq!(browser.words(focused).await, chosen, "focus returns to the mark");

        browser.settled().await;
        browser.press("+").await;
        browser.until("location.search.includes('from=')").await;
        browser.settled().await;
        assert_eq!(browser.words(focused).await, chosen, "zooming keeps the focus in view");
        browser.press("0").await;
        browser.until("location.search === ''").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_and_the_link_are_within_reach() {
    browse(|browser| async move {
        browser.open(DISPUTE).await;
        browser.until_it_moves().await;
        browser.tab_to("it.matches('#filters input[type=search]')").await;
        browser.press("memo").await;
        browser.press_key(Key::Enter).await;
        browser.until("location.search.includes('q=memo')").await;
        browser.tab_to("it.matches('.tl-tool[data-do=in]')").await;
        browser.press_key(Key::Enter).await;
        browser.until("location.search.includes('from=')").await;
        browser.tab_to("it.matches('#share input')").await;
        let link = browser.words("document.activeElement.value").await;
        assert!(link.contains("q=memo"), "{link}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keys_are_listed_and_do_what_they_say() {
    browse(|browser| async move {
        browser.open(DISPUTE).await;
        browser.until_it_moves().await;
        browser.tab_to("it.matches('[data-keys]')").await;
        browser.press_key(Key::Enter).await;
        browser.until("document.querySelector('#keys-dialog').open").await;
        let listed = browser.words("document.querySelector('#keys-dialog').innerText").await;
        for key in ["← →", "↑ ↓", "Home End", "Page Up, Page Down", "Enter", "+ −", "0", "F"] {
            assert!(listed.contains(key), "{key}: {listed}");
        }
        let faults = browser.faults().await;
        assert!(faults.is_empty(), "{faults:#?}");
        browser.press_key(Key::Escape).await;
        browser.until("!document.querySelector('#keys-dialog').open && document.activeElement.matches('[data-keys]')").await;
        // A question mark opens it from anywhere, but for a field, and for who wants it so from the timeline only.
        browser.value("document.activeElement.blur()").await;
        browser.press("?").await;
        browser.until("document.querySelector('#keys-dialog').open").await;
        browser.click("#keys-anywhere").await;
        browser.click("#keys-dialog form button").await;
        browser.value("document.querySelector('#share input').focus()").await;
        browser.press("?").await;
        assert_eq!(browser.value("document.querySelector('#keys-dialog').open").await, false, "in a field");
        browser.value("document.activeElement.blur()").await;
        browser.press("?").await;
        assert_eq!(browser.value("document.querySelector('#keys-dialog').open").await, false);

        browser.tab_to("it.matches('[data-bench=mark]')").await;
        let focused = "document.activeElement.closest('[data-bench=mark]')?.textContent ?? ''";
        browser.press_key(Key::End).await;
        browser.until(&format!("({focused}).includes('29 January 2026')")).await;
        browser.press_key(Key::Home).await;
        browser.until(&format!("!({focused}).startsWith('29 January 2026')")).await;
        browser.press_key(Key::Enter).await;
        browser.until("document.activeElement.matches('.pn')").await;
        browser.press_key(Key::Escape).await;
        browser.until("document.activeElement.matches('[data-bench=mark]')").await;
        browser.press_key(Key::PageDown).await;
        browser.until("location.search.includes('from=')").await;
        browser.press("0").await;
        browser.until("location.search === ''").await;
        // The ends of the window on the strip are sliders.
        browser.tab_to("it.matches('.tl-thumb')").await;
        let at = "document.activeElement.getAttribute('aria-valuetext')";
        assert_eq!(browser.words(at).await, "31 December 2025");
        browser.press_key(Key::Right).await;
        browser.until("location.search.startsWith('?from=2026-01-01')").await;
        browser.until(&format!("{at} === '1 January 2026'")).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_is_added_by_keys() {
    browse(|browser| async move {
        browser.sign_in().await;
        browser.open(&format!("{DISPUTE}/events/new")).await;
        for (field, typed) in [("date", "4 March 2026"), ("title", "Hearing"), ("kind", "Report")] {
            browser.tab_to(&format!("it.id === '{field}'")).await;
            browser.press(typed).await;
        }
        browser.tab_to("it.matches('.form-end button')").await;
        browser.press_key(Key::Enter).await;
        browser.until("document.querySelector('[data-bench=detail]')?.textContent.includes('Hearing')").await;
    })
    .await;
}
