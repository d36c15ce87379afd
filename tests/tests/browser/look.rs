//! How it looks, as far as a machine can tell: sizes of targets, other colours, less motion, larger type.

use serde_json::{Value, json};

use crate::driver::{Browser, browse};

const DISPUTE: &str = "/d/pentagon-anthropic";

/// What can be clicked on and is smaller than 24 by 24 px, but for links within a line of text.
async fn small(browser: &Browser) -> Value {
    browser
        .value(
            r"[...document.querySelectorAll('main a[href], main a[role=button], main button, main summary, main input, main [role=slider]')]
                .filter((it) => it.checkVisibility({ visibilityProperty: true }) && it.getClientRects().length > 0)
                .filter((it) => it.type !== 'hidden' && !it.matches('.skip') && !it.closest('label'))
                .filter((it) => {
                    const inLine = getComputedStyle(it).display === 'inline' && it.parentElement.textContent.trim() !== it.textContent.trim();
                    const box = it.getBoundingClientRect();
                    const room = document.documentElement.clientWidth;
                    return !inLine && box.right > 0 && box.left < room && (box.width < 23.9 || box.height < 23.9);
                })
                .map((it) => `${it.outerHTML.slice(0, 120)} ${it.getBoundingClientRect().width} by ${it.getBoundingClientRect().height}`)",
        )
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_target_is_large_enough() {
    browse(|browser| async move {
        browser.add_many("many", 1000).await;
        let selected =
            browser.server().reader().get(DISPUTE).expect(200).page().attribute("[data-bench=mark]", "href");
        let mut faults = Vec::new();
        for path in [
            selected.as_str(),
            "/d/many",
            "/d/many?layout=list",
            "/d/pentagon-anthropic?layout=story",
            "/d/many?layout=table",
        ] {
            for width in [360, 768, 1440] {
                browser.width(width).await;
                browser.open(path).await;
                if !path.contains("layout") {
                    browser.until_it_moves().await;
                    browser.settled().await;
                }
                let found = small(&browser).await;
                faults.extend(
                    found.as_array().expect("a list").iter().map(|it| format!("{path} at {width} px: {it}")),
                );
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
async fn marks_stay_in_sight_in_forced_colours() {
    browse(|browser| async move {
        browser.emulate("", &[("forced-colors", "active")]).await;
        browser.open(DISPUTE).await;
        browser.until_it_moves().await;
        browser.settled().await;
        assert_eq!(browser.value("matchMedia('(forced-colors: active)').matches").await, true);
        let faint = r"(() => {
            const paper = getComputedStyle(document.querySelector('[data-bench=timeline]')).backgroundColor;
            const drawn = [...document.querySelectorAll('[data-bench=timeline] .hd, .tl-legend .hd, .tl-thumb')];
            const colour = (it) => it.matches('.tl-thumb') ? getComputedStyle(it, '::before').backgroundColor : getComputedStyle(it).borderTopColor;
            return drawn.filter((it) => colour(it) === paper || colour(it) === 'rgba(0, 0, 0, 0)').map((it) => it.outerHTML);
        })()";
        assert_eq!(browser.value(faint).await, json!([]));
        // What is chosen is told apart by more than a background, which forced colours take away.
        let outline = "getComputedStyle(document.querySelector('.tl-choice a[aria-current]')).outlineStyle";
        assert_eq!(browser.words(outline).await, "solid");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_glides_for_who_asked_for_less_motion() {
    browse(|browser| async move {
        browser.colours("light").await;
        browser.open(DISPUTE).await;
        browser.until_it_moves().await;
        browser.settled().await;
        let jump = r"new Promise((done) => {
            const places = () => JSON.stringify([...document.querySelectorAll('[data-bench=mark] .ttl')].map((it) => Math.round(it.getBoundingClientRect().left)).filter((left) => left > 0 && left < innerWidth));
            const before = places();
            document.querySelector('.tl-tool[data-do=in]').click();
            requestAnimationFrame(() => requestAnimationFrame(() => {
                const at_once = places();
                setTimeout(() => done({ moved: before !== at_once, stays: at_once === places() }), 700);
            }));
        })";
        assert_eq!(browser.value(jump).await, json!({"moved": true, "stays": true}));
        let slow = "[...document.querySelectorAll('body *')].filter((it) => parseFloat(getComputedStyle(it).transitionDuration) > 0.01).length";
        assert_eq!(browser.value(slow).await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_stands_under_each_tick() {
    browse(|browser| async move {
        browser.open(DISPUTE).await;
        let lines = r"(() => {
            const area = document.querySelector('.tl-area').getBoundingClientRect();
            const seen = ({ left }) => left > area.left && left < area.right - 1;
            const places = (css, fit) => [...document.querySelectorAll(css)].map((it) => it.getBoundingClientRect())
                .filter((box) => seen(box) && fit(box)).map(({ left }) => Math.round(left));
            const ticks = places('.tl-ticks .tk', () => true);
            const drawn = places('.tl-grid .gl', ({ height }) => height > area.height - 2);
            return { some: ticks.length > 2, bare: ticks.filter((tick) => !drawn.some((line) => Math.abs(line - tick) < 2)) };
        })()";
        let whole = json!({"some": true, "bare": []});
        assert_eq!(browser.value(lines).await, whole);
        browser.until_it_moves().await;
        browser.settled().await;
        assert_eq!(browser.value(lines).await, whole);
        browser.click(".tl-tool[data-do=in]").await;
        browser.until("location.search.includes('from=')").await;
        browser.settled().await;
        assert_eq!(browser.value(lines).await, whole);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn twice_the_type_breaks_nothing() {
    browse(|browser| async move {
        browser.open(DISPUTE).await;
        browser.until_it_moves().await;
        browser.value("(document.documentElement.style.fontSize = '200%', dispatchEvent(new Event('resize')))").await;
        browser.settled().await;
        assert_eq!(browser.sideways().await, "");
        // Labels are laid out for the larger type: none lies over another.
        let over = r"(() => {
            const boxes = [...document.querySelectorAll('[data-bench=timeline] .ttl')].filter((it) => it.getClientRects().length > 0 && getComputedStyle(it).fontSize !== '0px')
                .map((it) => [it.textContent, it.getBoundingClientRect()]).filter(([, box]) => box.right > 0 && box.left < innerWidth);
            const both = [];
            boxes.forEach(([a, p], at) => boxes.slice(at + 1).forEach(([b, q]) => {
                if (p.left < q.right - 1 && q.left < p.right - 1 && p.top < q.bottom - 1 && q.top < p.bottom - 1) both.push(`${a} / ${b}`);
            }));
            return both;
        })()";
        assert_eq!(browser.value(over).await, json!([]));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lanes_are_put_in_another_order_in_place() {
    browse(|browser| async move {
        browser.open(DISPUTE).await;
        browser.until_it_moves().await;
        let lanes = "[...document.querySelectorAll('.tl-lane-name')].map((it) => it.textContent)";
        assert_eq!(browser.value(lanes).await, json!(["Defense Department", "Anthropic"]));
        browser.value("(window.stayed = true)").await;
        browser.click_on("Order").await;
        browser.click_on("Move Anthropic up").await;
        browser.until("location.search === '?order=anthropic,defense-department'").await;
        browser.until_it_moves().await;
        assert_eq!(browser.value(lanes).await, json!(["Anthropic", "Defense Department"]));
        assert_eq!(browser.value("window.stayed && document.querySelector('#tl-order').open").await, true);
        browser.value("history.back()").await;
        browser.until("location.search === ''").await;
        browser.until(&format!("({lanes})[0] === 'Defense Department'")).await;
        // The chosen event is fitted, and the strip's ends are moved without a drag.
        browser.until_it_moves().await;
        browser.click_on("9 January 2026").await;
        browser.until("document.querySelector('[data-bench=detail] blockquote')").await;
        browser.click(".tl-tool[data-do=chosen]").await;
        browser.until("location.search.startsWith('?from=2026-01-02&to=2026-01-16&event=')").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_fingers_zoom() {
    browse(|browser| async move {
        browser.width(1024).await;
        browser.devtools("Emulation.setTouchEmulationEnabled", json!({"enabled": true, "maxTouchPoints": 2})).await;
        browser.open(DISPUTE).await;
        browser.until_it_moves().await;
        browser.value("document.querySelector('[data-bench=timeline]').scrollIntoView({ block: 'center', behavior: 'instant' })").await;
        browser.settled().await;
        let y = browser.value("(() => { const box = document.querySelector('[data-tl=area]').getBoundingClientRect(); return box.bottom - 30; })()").await;
        let y = y.as_f64().expect("a place");
        let touch = async |kind: &str, points: Vec<f64>| {
            let points: Vec<Value> = points.iter().zip(0..).map(|(x, id)| json!({"x": x, "y": y, "id": id})).collect();
            browser.devtools("Input.dispatchTouchEvent", json!({"type": kind, "touchPoints": points})).await;
        };
        touch("touchStart", vec![450.0]).await;
        touch("touchStart", vec![450.0, 550.0]).await;
        for step in 1..=10 {
            let apart = f64::from(step) * 20.0;
            touch("touchMove", vec![450.0 - apart, 550.0 + apart]).await;
        }
        touch("touchEnd", vec![]).await;
        browser.until("location.search.includes('from=')").await;
        browser.settled().await;
        let days = "(() => { const query = new URLSearchParams(location.search); return (new Date(query.get('to').slice(0, 10)) - new Date(query.get('from').slice(0, 10))) / 864e5; })()";
        let days = browser.value(days).await.as_f64().expect("a range");
        assert!((4.0..=10.0).contains(&days), "a fifth of the month is shown: {days} days");
        assert_eq!(browser.value("visualViewport.scale").await, 1, "the page itself is not zoomed");
    })
    .await;
}
