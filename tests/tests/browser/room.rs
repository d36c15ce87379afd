//! Whether every label has the room that it was given: nothing that is drawn stands on anything else.

use serde_json::Value;

use crate::driver::{Browser, browse};

/// Titles, dates, clusters and marks in sight, of which two have more than a pixel in common. Marks of one event stand
/// together by design.
async fn overlaps(browser: &Browser) -> Value {
    browser
        .value(
            r"(() => {
                const plot = document.querySelector('[data-bench=timeline]');
                const view = plot.getBoundingClientRect();
                const parts = [...plot.querySelectorAll('.ev .ttl, .ev .when, .ev .hd, .cl .ck')]
                    .filter((it) => it.checkVisibility({ visibilityProperty: true }) && getComputedStyle(it).fontSize !== '0px')
                    .map((it) => ({ it, owner: it.closest('li'), box: it.getBoundingClientRect() }))
                    .filter(({ box }) => box.width > 0 && box.height > 0 && box.right > view.left && box.left < view.right);
                const found = [];
                for (const [at, a] of parts.entries()) {
                    for (const b of parts.slice(at + 1)) {
                        const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
                        const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
                        if (a.owner !== b.owner && across > 1 && down > 1) {
                            found.push(`${a.it.className} “${a.it.textContent}” and ${b.it.className} “${b.it.textContent}”: ${across.toFixed(1)} by ${down.toFixed(1)} px`);
                        }
                    }
                }
                return { parts: parts.length, found };
            })()",
        )
        .await
}

/// How many clusters reach over an edge of the drawing by more than a pixel, while all events are in view.
const CUT: &str = "(() => {
    const view = document.querySelector('[data-bench=timeline]').getBoundingClientRect();
    const boxes = [...document.querySelectorAll('.ck')].map((it) => it.getBoundingClientRect());
    const inside = boxes.filter((box) => box.width > 0 && box.right > view.left && box.left < view.right);
    return inside.filter((box) => box.left < view.left - 1 || box.right > view.right + 1).length;
})()";

#[tokio::test(flavor = "multi_thread")]
async fn no_label_stands_on_another() {
    browse(|browser| async move {
        let mut faults = Vec::new();
        for (slug, count) in [("hundred", 100), ("thousand", 1000)] {
            browser.add_many(slug, count).await;
            for width in [360, 768, 1440] {
                browser.width(width).await;
                browser.open(&format!("/d/{slug}")).await;
                if width > 640 {
                    browser.until_it_moves().await;
                    browser.settled().await;
                }
                for step in ["at first", "closer", "far closer"] {
                    let seen = overlaps(&browser).await;
                    let least = if step == "at first" { 20 } else { 2 };
                    let cut = browser.value(CUT).await;
                    if step == "at first" && cut != 0 {
                        faults.push(format!("{slug} at {width} px: {cut} clusters are cut off"));
                    }
                    assert!(
                        seen["parts"].as_u64().is_some_and(|parts| parts > least),
                        "{slug} at {width} px, {step}: {seen}"
                    );
                    let found = seen["found"].as_array().expect("a list").iter();
                    faults.extend(found.map(|it| format!("{slug} at {width} px, {step}: {it}")));
                    if width < 640 {
                        break;
                    }
                    for _ in 0..2 {
                        browser.click("[data-do=in]").await;
                        browser.settled().await;
                    }
                }
            }
        }
        assert!(
            faults.is_empty(),
            "{} of them: {:#?}",
            faults.len(),
            faults.iter().take(12).collect::<Vec<_>>()
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_label_stands_on_another_without_a_script() {
    browse(|browser| async move {
        browser.without_scripts().await;
        for (slug, count) in [("hundred", 100), ("thousand", 1000), ("myriad", 10_000)] {
            browser.add_many(slug, count).await;
            for width in [641, 768, 1440] {
                browser.width(width).await;
                browser.open(&format!("/d/{slug}")).await;
                let seen = overlaps(&browser).await;
                assert!(
                    seen["parts"].as_u64().is_some_and(|parts| parts > 20),
                    "{slug} at {width} px: {seen}"
                );
                assert_eq!(seen["found"], serde_json::json!([]), "{slug} at {width} px");
                assert_eq!(browser.value(CUT).await, 0, "{slug} at {width} px: clusters are cut off");
            }
        }
    })
    .await;
}
