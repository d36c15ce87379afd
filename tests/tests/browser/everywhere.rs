//! What must hold on every page: nothing that axe-core finds fault with, in light and dark, narrow and wide, and
//! nothing that makes a narrow page scroll sideways.

use impasse_tests::{Client, Request, addresses};

use crate::driver::{Browser, browse, browse_with};

const D: &str = "/d/pentagon-anthropic";

/// Every page there is, in the states that look different, for an editor.
fn pages(owner: &Client) -> Vec<String> {
    let article = owner.post(
        &format!("{D}/articles/new"),
        &[
            ("title", "A standstill over limits"),
            ("publisher", "The Example"),
            ("published", "2026-01-29"),
            ("text", include_str!("../fixtures/paste.txt")),
        ],
    );
    let article = article.expect(303).location().to_owned();
    let review = owner.get(&article).expect(200).page();
    let candidate = review.attribute(".card", "id").trim_start_matches("candidate-").to_owned();
    let shown = owner.get(D).expect(200).page();
    let selected = shown.attribute("[data-bench=mark]", "href");
    let event = selected.split_once("event=").expect("an event").1.to_owned();
    // A change, so that the history has a table of differences.
    let edit = format!("{D}/events/{event}/edit");
    let form = owner.get(&edit).expect(200).page().form(&edit);
    owner.submit(&form.with("description", "A description that was changed.")).expect(303);
    let of = |kind: &str| {
        let rows = owner.get(&format!("{D}/{kind}")).expect(200).page().attributes(".rows a", "href");
        let history = rows.into_iter().find(|href| href.ends_with("/history")).expect("a history");
        history.rsplit('/').nth(1).unwrap_or_default().to_owned()
    };
    let (party, position) = (of("parties"), of("positions"));
    let stood = owner.get(&format!("{D}/history")).expect(200).page().attribute(".revision-ways a", "href");
    let revision = stood.rsplit('/').next().unwrap_or_default().to_owned();

    // Paused, so that nothing is asked of anybody; and one that cannot be read.
    let feed = |url: &str, paused: &str| {
        let values = [("url", url), ("title", "The Example"), ("any", "memo, ruling"), ("paused", paused)];
        owner.post(&format!("{D}/feeds"), &values).expect(303).location().to_owned()
    };
    let feed_id = feed("http://127.0.0.1:9/paused", "on").rsplit('/').next().unwrap_or_default().to_owned();
    let unreadable = feed("http://127.0.0.1:9/", "");
    let page = "<!DOCTYPE html><title>Two days</title><meta property='article:published_time' content='2026-01-29'>\
        <time datetime='2026-01-12' itemprop='datePublished'>12 January 2026</time><article><p>The talks went on for \
        weeks, and nobody could say on Thursday how they might begin anew after so long a silence.</p></article>";
    let upload = Request::upload(format!("{D}/articles/upload"), "a.html", page.as_bytes());
    let waiting = owner.send(&upload).expect(303).location().to_owned();

    let mut pages = vec![
        unreadable,
        waiting,
        selected,
        format!("{D}?layout=list"),
        format!("{D}?layout=story"),
        format!("{D}?layout=table"),
        format!("{D}?group=kind"),
        format!("{D}?from=2026-01-20&to=2026-01-29&kind=statement"),
        format!("{D}?q=nothing-of-the-kind"),
        format!("{D}?from=soon"),
        format!("{D}/parties?edit=x"),
        format!("{D}/history?of=dispute"),
        "/?q=nothing-of-the-kind".to_owned(),
        "/nothing".to_owned(),
    ];
    for address in addresses::all().iter().filter(|address| address.method == "GET") {
        // Pieces of pages, files and what is not for people are no pages.
        let path = address.path.as_str();
        if ["/window", "/cluster", "/panel", "z", "/metrics", "/setup/{token}"]
            .iter()
            .any(|end| path.ends_with(end))
            || path.contains('*')
            || path.contains("/pkg/")
            || path.contains('.')
        {
            continue;
        }
        pages.push(address.fill(|name| match name {
            "slug" => "pentagon-anthropic".to_owned(),
            _ if path.contains("/articles/") => article.rsplit('/').next().unwrap_or_default().to_owned(),
            _ if path.contains("/feeds/") => feed_id.clone(),
            _ if path.contains("/parties/") => party.clone(),
            _ if path.contains("/positions/") => position.clone(),
            "revision" => revision.clone(),
            _ if path.contains("/candidates/") => candidate.clone(),
            _ => event.clone(),
        }));
    }
    pages.sort();
    pages.dedup();
    // Answers that are no pages, such as exports, are left out; so are redirects.
    pages.retain(|path| {
        let answer = owner.get(path);
        let is_page = answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
        is_page && answer.status != 303
    });
    assert!(pages.len() > 25, "{pages:?}");
    pages
}

/// Opens every page in a browser that is signed in.
async fn all_pages(browser: &Browser) -> Vec<String> {
    browser.sign_in().await;
    for status in ["404", "400"] {
        browser.expect_complaint(&format!("status of {status}"));
    }
    let server = browser.server().address();
    tokio::task::spawn_blocking(move || {
        let owner = Client::new(server);
        let values = [("name", impasse_tests::OWNER), ("password", impasse_tests::PASSWORD)];
        owner.post("/sign-in", &values).expect(303);
        pages(&owner)
    })
    .await
    .expect("the pages")
}

async fn axe_finds_nothing(browser: Browser, scheme: &'static str) {
    browser.colours(scheme).await;
    let mut faults = Vec::new();
    for path in all_pages(&browser).await {
        browser.width(1440).await;
        browser.open(&path).await;
        if browser.value("!!document.querySelector('.tl-tool[data-do=fit]')").await == true {
            browser.until_it_moves().await;
        }
        for width in [1440, 360] {
            browser.width(width).await;
            browser.settled().await;
            faults.extend(
                browser.faults().await.iter().map(|fault| format!("{path} at {width} px: {fault:#}")),
            );
        }
    }
    // A form that came back with errors and readings to choose from.
    browser.expect_complaint("status of 422");
    browser.open(&format!("{D}/events/new")).await;
    browser.value("(document.getElementById('date').value = '03/04/2026', document.querySelector('form.form').submit())").await;
    browser.until("document.querySelector('[role=alert]')").await;
    faults.extend(browser.faults().await.iter().map(|fault| format!("the refused form: {fault:#}")));
    // What two editors both changed, to choose from: somebody saves while the form is open.
    browser.expect_complaint("status of 409");
    browser.open(D).await;
    let edit = "document.querySelector('[data-bench=mark]').href.replace(/.*event=([^&]*).*/, '$1')";
    let event = browser.words(edit).await;
    browser.open(&format!("{D}/events/{event}/edit")).await;
    browser
        .value(
            "(() => {
                const form = document.querySelector('form.form');
                const sent = new URLSearchParams(new FormData(form));
                sent.set('title', 'Another title');
                sent.set('description', 'Another description');
                const first = new XMLHttpRequest();
                first.open('POST', form.action, false);
                first.send(sent);
                document.getElementById('title').value = 'A third title';
                form.submit();
            })()",
        )
        .await;
    browser.until("document.querySelector('.clash')").await;
    for width in [1440, 360] {
        browser.width(width).await;
        faults.extend(browser.faults().await.iter().map(|fault| format!("two editors: {fault:#}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_in_light() {
    browse(|browser| axe_finds_nothing(browser, "light")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_in_dark() {
    browse(|browser| axe_finds_nothing(browser, "dark")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_scrolls_sideways() {
    browse(|browser| async move {
        let mut out = Vec::new();
        for path in all_pages(&browser).await {
            for width in [320, 360, 768, 1440] {
                browser.width(width).await;
                browser.open(&path).await;
                let sideways = browser.sideways().await;
                if !sideways.is_empty() {
                    out.push(format!("{path} at {width} px: {sideways}"));
                }
            }
        }
        assert!(out.is_empty(), "{out:#?}");
    })
    .await;
}

/// What there is against a page, wide and narrow.
async fn faults_at(browser: &Browser, path: &str) -> Vec<String> {
    browser.open(path).await;
    let mut faults = Vec::new();
    for width in [1440, 360] {
        browser.width(width).await;
        assert_eq!(browser.sideways().await, "", "{path} at {width} px");
        faults.extend(browser.faults().await.iter().map(|fault| format!("{path} at {width} px: {fault:#}")));
    }
    faults
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_still_empty_can_be_used_by_all() {
    browse_with(&["--no-demo"], |browser| async move {
        browser.sign_in().await;
        let mut faults = faults_at(&browser, "/").await;
        browser.click_on("Make a dispute").await;
        browser.fill("Title", "Port fees").await;
        browser.click("form.form button[type=submit]").await;
        browser.until("location.pathname.endsWith('/parties')").await;
        for path in ["", "/articles", "/inbox", "/feeds", "/search?q=nowhere", "/work"] {
            faults.extend(faults_at(&browser, &format!("/d/port-fees{path}")).await);
        }
        assert!(faults.is_empty(), "{faults:#?}");
    })
    .await;
}
