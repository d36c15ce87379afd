//! What somebody meets who has not been here before: an empty site, an empty dispute, an address with nothing at it.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy takes only functions marked as tests for tests"
)]

use impasse_tests::{Home, Impasse};

const DISPUTE: &str = "/d/port-fees";

#[test]
fn an_empty_site_says_how_to_begin() {
    let home = Home::sqlite();
    let server = Impasse::start_with(&home, &["--no-demo"]);
    let owner = server.owner();
    let front = owner.get("/").expect(200).page();
    assert_eq!(front.texts("main .begin ol > li").len(), 3);
    assert_eq!(front.link("Make a dispute"), "/disputes/new");
    assert!(
        front.text("main .begin").contains("impasse demo"),
        "who looks after the site is told of the demo"
    );
    assert!(!server.reader().get("/").expect(200).page().has("main .begin"));
    // Words that are nowhere are no empty site.
    assert!(!owner.get("/?q=nowhere").expect(200).page().has("main .begin"));

    let typed = owner.form("/disputes/new", "/disputes/new").with("title", "Port fees");
    owner.submit(&typed).expect(303);
    assert!(!owner.get("/").expect(200).page().has("main .begin"));
    for layout in ["timeline", "list", "story", "table"] {
        let query = if layout == "timeline" { String::new() } else { format!("?layout={layout}") };
        let page = owner.get(&format!("{DISPUTE}{query}")).expect(200).page();
        let ways = page.attributes("main .begin a", "href");
        assert_eq!(
            ways,
            ["articles/new", "events/new", "import"].map(|way| format!("{DISPUTE}/{way}")),
            "{layout}"
        );
        for way in ways {
            owner.get(&way).expect(200);
        }
        assert_eq!(page.text(".tl-empty"), "There is no event yet.", "{layout}");
    }
    assert!(!server.reader().get(DISPUTE).expect(200).page().has("main .begin"), "a reader can add nothing");

    let event = owner
        .form(&format!("{DISPUTE}/events/new"), &format!("{DISPUTE}/events/new"))
        .with("title", "The fee is announced")
        .with("date", "2026-03-02");
    owner.submit(&event).expect(303);
    assert!(!owner.get(DISPUTE).expect(200).page().has("main .begin"));
    let none = owner.get(&format!("{DISPUTE}?q=nowhere")).expect(200).page();
    assert_eq!(none.link("show all events"), DISPUTE);
}

#[test]
fn where_nothing_is_one_can_search() {
    let home = Home::sqlite();
    let server = Impasse::start(&home);
    let reader = server.reader();
    let page = reader.get("/d/pentagon-anthropic/events/nothing").expect(404).page();
    assert_eq!(page.attribute("main form[role=search]", "action"), "/search");
    assert_eq!(page.link("To the disputes"), "/");
    assert!(reader.get("/search?q=memo").expect(200).page().has(".hit"));
}

#[test]
fn the_keys_are_listed_without_a_script() {
    let home = Home::sqlite();
    let server = Impasse::start(&home);
    let reader = server.reader();
    let link = reader.get("/d/pentagon-anthropic").expect(200).page().attribute("[data-keys]", "href");
    let (path, section) = link.split_once('#').expect("a section");
    let page = reader.get(path).expect(200).page();
    assert!(page.has(&format!("#{section}")), "{link}");
    assert!(page.text("main .keys").contains("Page Up, Page Down"));
}
