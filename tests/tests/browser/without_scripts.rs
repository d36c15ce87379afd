//! Everything that the site is for, with scripts off.

use crate::driver::browse;

const ARTICLE: &str = include_str!("../fixtures/paste.txt");

#[tokio::test(flavor = "multi_thread")]
async fn reading() {
    browse(|browser| async move {
        browser.without_scripts().await;
        browser.open("/").await;
        browser.click_on("Pentagon and Anthropic").await;
        browser.until("document.querySelectorAll('[data-bench=mark]').length === 7").await;
        assert_eq!(browser.value("document.querySelectorAll('[role=button]').length").await, 0, "scripts are off");
        // What only a script can do is not offered.
        let offered = "[...document.querySelectorAll('.needs-script')].filter((it) => it.getClientRects().length > 0).length";
        assert_eq!(browser.value(offered).await, 0);
        browser.click(".tl-tool[data-do=in]").await;
        browser.until("location.search.includes('from=')").await;
        browser.click(".tl-tool[data-do=fit]").await;
        browser.until("location.search === ''").await;
        browser.click_on("9 January 2026").await;
        browser.until("document.querySelector('[data-bench=detail] blockquote')").await;
        browser.click_on("Close").await;
        browser.until("location.search === ''").await;
        browser.fill("As known on", "01292026\u{e007}").await;
        browser.until("location.search === '?asof=2026-01-29'").await;
        browser.click_on("Now").await;
        browser.until("location.search === ''").await;
        browser.click_on("Order").await;
        browser.click_on("Move Anthropic up").await;
        browser.until("location.search === '?order=anthropic,defense-department'").await;
        browser.until("document.querySelector('.tl-lane-name').textContent === 'Anthropic'").await;
        browser.open("/d/pentagon-anthropic").await;
        browser.type_into("#filters input[type=search]", "statement\u{e007}").await;
        browser.until("location.search === '?q=statement'").await;
        for layout in ["List", "Story", "Table", "Timeline"] {
            browser.click_on(layout).await;
            let spelt = layout.to_lowercase();
            let there = match layout {
                "Timeline" => "!location.search.includes('layout')".to_owned(),
                _ => format!("location.search.includes('layout={spelt}')"),
            };
            browser.until(&there).await;
            let shown = browser.words("document.querySelector('main').innerText").await;
            assert!(shown.contains("Anthropic calls the talks productive"), "{layout}: {shown}");
        }
        let link = browser.words("document.querySelector('#share input').value").await;
        assert_eq!(link, browser.server().url(&browser.place().await));
        browser.click_on("History").await;
        browser.until("document.querySelector('.revisions li')").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn writing() {
    browse(|browser| async move {
        browser.without_scripts().await;
        let setup = browser.server().setup().expect("a set-up address").to_owned();
        browser.open(&setup).await;
        browser.fill("Name", "Olga Owner").await;
        browser.fill("Password", "correct horse battery").await;
        browser.click_on("Create the account").await;
        browser.until("document.querySelector('form[action=\"/sign-out\"]')").await;

        browser.click_on("New dispute").await;
        browser.fill("Title", "Grid fees").await;
        browser.click_on("Save").await;
        browser.until("location.pathname === '/d/grid-fees/parties'").await;
        for (name, kind) in [("Defense Department", "Government"), ("Anthropic", "Company")] {
            browser.fill("Name", name).await;
            browser.fill("Kind", kind).await;
            browser.click_on("Save").await;
            browser.until(&format!("document.querySelector('.rows').textContent.includes('{name}')")).await;
        }

        browser.open("/d/grid-fees/articles/new").await;
        browser.fill("Headline", "A standstill").await;
        browser.fill("Publisher", "The Example").await;
        browser.fill("Published on", "29 January 2026").await;
        browser.fill("Text", &ARTICLE.replace('•', "-")).await;
        browser.click_on("Find its events").await;
        browser.until("document.querySelectorAll('.card').length >= 3").await;
        browser.click(".card form:has([value=reject]) button").await;
        browser.until("document.querySelector('.card').textContent.includes('Rejected by')").await;
        browser.click_on("Take back").await;
        browser.until("!document.querySelector('.card').textContent.includes('Rejected by')").await;
        // The first candidate, with its title changed.
        browser.click(".card a[href$='/edit']").await;
        browser.fill("Title", "As the editor calls it").await;
        browser.click_on("Add to the timeline").await;
        browser
            .until("location.pathname === '/d/grid-fees' && document.querySelector('[data-bench=detail]')")
            .await;
        let shown = browser.words("document.querySelector('[data-bench=mark]').textContent").await;
        assert!(shown.contains("As the editor calls it"), "{shown}");

        browser.click_on("Add an event").await;
        browser.fill("Date", "the day after").await;
        browser.fill("Title", "Vote").await;
        browser.expect_complaint("status of 422");
        browser.click_on("Add to the timeline").await;
        browser.until("document.querySelector('#date-error')").await;
        browser.fill("Date", "between 5 and 9 March 2026").await;
        browser.click_on("Add to the timeline").await;
        browser.until("location.search.includes('event=')").await;
        browser.click_on("Event page").await;
        browser.click_on("Edit this event").await;
        browser.click_on("Delete this event").await;
        browser.click(".danger button").await;
        browser.until("location.pathname.endsWith('/history')").await;
        browser.click_on("Bring it back").await;
        browser.until("document.querySelector('h1').textContent === 'Vote'").await;
        browser.click_on("Sign out").await;
        browser.until("document.querySelector('a[href^=\"/sign-in\"]')").await;
    })
    .await;
}
