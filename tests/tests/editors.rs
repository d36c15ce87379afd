//! Two editors at once, and going back: over HTTP, served by the real binary.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy takes only functions marked as tests for tests"
)]

use impasse_tests::{Client, Home, Impasse, OWNER, Request};

const D: &str = "/d/pentagon-anthropic";

/// A server on a new SQLite file, its owner, and a second editor.
fn site() -> (Home, Impasse, Client, Client) {
    let home = Home::sqlite();
    let server = Impasse::start_with(&home, &[]);
    let owner = server.owner();
    assert!(home.run(&["user", "add", "--owner", "Second"], "quite another password\n").status.success());
    let second = server.reader();
    second.post("/sign-in", &[("name", "second"), ("password", "quite another password")]).expect(303);
    (home, server, owner, second)
}

/// An event, added through its form; gives its page.
fn event(client: &Client, title: &str, date: &str) -> String {
    format!("{D}/events/{}", client.add_event("pentagon-anthropic", title, date))
}

#[test]
fn what_only_one_editor_changed_is_merged_by_itself() {
    let (_home, _server, owner, second) = site();
    let page = event(&owner, "Hearing", "3 February 2026");
    let edit = format!("{page}/edit");
    let (first, late) = (owner.form(&edit, &edit), second.form(&edit, &edit));
    owner.submit(&first.with("description", "In public.").with("kind", "ruling")).expect(303);

    let typed = late.with("title", "Hearing held").with("date", "about 5 February 2026");
    let refused = second.submit(&typed.with("reason", "A notice says so")).expect(409).page();
    let notice = refused.text(".notice-warn");
    assert!(notice.contains(OWNER) && notice.contains("In public.") && notice.contains("Ruling"), "{notice}");
    assert!(!refused.has(".clash"), "nothing clashes");
    let again = refused.form(&edit);
    for (name, value) in [
        ("title", "Hearing held"),
        ("date", "about 5 February 2026"),
        ("description", "In public."),
        ("kind", "ruling"),
        ("reason", "A notice says so"),
    ] {
        assert_eq!(again.value(name), Some(value), "{name}");
    }
    assert!(second.get(&page).text().contains("3 February 2026"), "nothing is saved before it was looked at");
    assert_eq!(second.submit(&again).expect(303).location(), page);
    let saved = second.get(&page).text();
    for words in ["Hearing held", "about 5 February 2026", "In public.", "Ruling"] {
        assert!(saved.contains(words), "{words}");
    }
    let history = owner.get(&format!("{page}/history")).expect(200).text();
    assert!(history.contains("A notice says so"));
}

#[test]
fn of_what_both_editors_changed_one_is_chosen() {
    let (_home, _server, owner, second) = site();
    let page = event(&owner, "Hearing", "3 February 2026");
    let edit = format!("{page}/edit");
    let (first, late) = (owner.form(&edit, &edit), second.form(&edit, &edit));
    owner
        .submit(
            &first
                .with("title", "Hearing held")
                .with("date", "4 February 2026")
                .with("printed", "on the 4th"),
        )
        .expect(303);

    let typed = late.with("title", "Hearing put off").with("date", "about 5 February 2026");
    let refused = second.submit(&typed).expect(409).page();
    let clashes = refused.texts(".clash");
    assert_eq!(clashes.len(), 2, "{clashes:?}");
    for words in ["3 February 2026", "4 February 2026, printed as “on the 4th”", "about 5 February 2026"]
    {
        assert!(clashes[0].contains(words), "{words}: {clashes:?}");
    }
    for words in ["Before: Hearing", "There now: Hearing held", "Hearing put off"] {
        assert!(clashes[1].contains(words), "{words}: {clashes:?}");
    }
    let again = refused.form(&edit);
    assert_eq!(again.value("title"), Some("Hearing put off"), "nothing that was typed is lost");

    // For programs the same.
    let problem = second.send(&Request::form(&edit, &typed.values).json()).expect(409).json();
    assert_eq!(problem["conflict"]["actor"], OWNER, "{problem}");
    assert_eq!(problem["conflict"]["differences"][1]["there"], "Hearing held", "{problem}");
    assert_eq!(problem["conflict"]["differences"][1]["yours"], "Hearing put off", "{problem}");

    let chosen = again.with("pick-date", "there").with("pick-title", "yours");
    assert_eq!(second.submit(&chosen).expect(303).location(), page);
    let saved = second.get(&page).expect(200).page();
    assert_eq!(saved.text("h1"), "Hearing put off");
    assert_eq!(saved.text(".event-date"), "4 February 2026");
    assert!(saved.text(".facts").contains("on the 4th"));
}

#[test]
fn a_third_editor_in_between_is_met_again() {
    let (_home, _server, owner, second) = site();
    let page = event(&owner, "Hearing", "3 February 2026");
    let edit = format!("{page}/edit");
    let late = second.form(&edit, &edit);
    owner.submit(&owner.form(&edit, &edit).with("description", "One.")).expect(303);
    let again = second.submit(&late.with("title", "Hearing held")).expect(409).page().form(&edit);
    owner.submit(&owner.form(&edit, &edit).with("description", "Two.")).expect(303);
    let refused = second.submit(&again).expect(409).page();
    assert!(!refused.has(".clash"));
    let again = refused.form(&edit);
    assert_eq!((again.value("title"), again.value("description")), (Some("Hearing held"), Some("Two.")));
    second.submit(&again).expect(303);
}

#[test]
fn a_mistake_does_not_hide_what_somebody_else_saved() {
    let (_home, _server, owner, second) = site();
    let page = event(&owner, "Hearing", "3 February 2026");
    let edit = format!("{page}/edit");
    let late = second.form(&edit, &edit);
    owner.submit(&owner.form(&edit, &edit).with("title", "Hearing held")).expect(303);
    let wrong =
        second.submit(&late.with("title", "Put off").with("date", "someday")).expect(422).page().form(&edit);
    second.submit(&wrong.with("date", "4 February 2026")).expect(409);
    assert!(second.get(&page).text().contains("Hearing held"), "nothing was replaced");
}

#[test]
fn citations_of_both_editors_are_put_together() {
    let (_home, _server, owner, second) = site();
    // An event of the demo with a citation.
    let shown = owner.get(D).expect(200).page();
    let pages: Vec<String> = shown
        .attributes("[data-bench=mark]", "href")
        .iter()
        .map(|href| format!("{D}/events/{}", href.split_once("event=").expect("an event").1))
        .collect();
    let page = pages
        .iter()
        .find(|page| owner.get(page).expect(200).page().texts("figure.quote").len() == 1)
        .expect("an event with one citation");
    let edit = format!("{page}/edit");
    let quote = owner.get(page).page().text("figure.quote blockquote");
    let (first, late) = (owner.form(&edit, &edit), second.form(&edit, &edit));
    let article = owner
        .post(
            &format!("{D}/articles/new"),
            &[
                ("title", "More"),
                ("publisher", "The Other"),
                ("published", "2026-01-30"),
                ("text", "A second source says so too."),
            ],
        )
        .expect(303);
    let article = article.location().rsplit('/').next().unwrap_or_default().to_owned();
    let cited = first.with("article", &article).with("quote", "second source").with("attribution", "outlet");
    owner.submit(&cited).expect(303);
    // The second editor takes the old one off.
    let tick = owner.get(&edit).page().attribute(".old-citations input", "name");
    let refused = second.submit(&late.with(&tick, "yes")).expect(409).page();
    assert!(refused.text(".notice-warn").contains("second source"));
    let again = refused.form(&edit);
    assert_eq!(again.value(&tick), Some("yes"));
    second.submit(&again).expect(303);
    let quotes = owner.get(page).page().texts("figure.quote blockquote");
    assert_eq!(quotes, ["second source"], "{quote} was taken off");
}

#[test]
fn a_history_says_what_was_changed() {
    let (_home, server, owner, _) = site();
    let reader = server.reader();
    let page = event(&owner, "Hearing", "9 January 2026");
    let edit = format!("{page}/edit");
    let party = owner.form(&edit, &edit);
    let field = party.values.iter().map(|(name, _)| name.clone()).find(|name| name.starts_with("party-"));
    let field = field.expect("a party");
    let change = party
        .with("date", "about 9 January 2026")
        .with("kind", "ruling")
        .with("description", "It was public.")
        .with(&field, "decider")
        .with("reason", "A second look");
    owner.submit(&change).expect(303);
    owner.submit(&owner.form(&edit, &edit).with("description", "It was not public.")).expect(303);
    let history = reader.get(&format!("{page}/history")).expect(200).page();
    let entries = history.texts(".revisions > li");
    assert_eq!(entries.len(), 3, "{entries:?}");
    assert_eq!(
        history.texts(".revisions > li:nth-child(1) .changes ins"),
        ["not"],
        "only what was put in is marked"
    );
    let rows = history.texts(".revisions > li:nth-child(2) .changes > div");
    assert!(
        rows[0].starts_with("Date") && rows[0].contains("9 January 2026 → about 9 January 2026"),
        "{rows:?}"
    );
    assert!(rows.iter().any(|row| row.contains("Memo → Ruling")), "{rows:?}");
    assert!(rows.iter().any(|row| row.starts_with("Parties") && row.contains("(decider)")), "{rows:?}");
    assert!(entries[1].contains("A second look") && entries[1].contains(OWNER), "{entries:?}");
}

#[test]
fn parties_positions_and_the_dispute_are_taken_back() {
    let (_home, server, owner, _) = site();
    let reader = server.reader();
    let parties = format!("{D}/parties");
    let list = owner.get(&parties).expect(200).page();
    let history = list
        .attributes(".rows a", "href")
        .into_iter()
        .find(|href| href.ends_with("/history"))
        .expect("a party has a history");
    let edit = history.replace("/parties/", "/parties?edit=").replace("/history", "");
    let name = owner.get(&edit).expect(200).page().form(&parties).value("name").expect("a name").to_owned();
    owner.submit(&owner.form(&edit, &parties).with("name", "Renamed")).expect(303);
    let changed = reader.get(&history).expect(200).page();
    assert!(changed.text(".changes").contains(&format!("{name} → Renamed")), "{}", changed.text(".changes"));
    assert!(changed.forms().iter().all(|form| !form.action.ends_with("/restore")), "readers cannot go back");
    let back = owner.form(&history, &history.replace("/history", "/restore"));
    assert_eq!(owner.submit(&back).expect(303).location(), history);
    assert_eq!(owner.get(&edit).page().form(&parties).value("name"), Some(name.as_str()));

    let positions = format!("{D}/positions");
    let list = owner.get(&positions).expect(200).page();
    let history = list
        .attributes(".rows a", "href")
        .into_iter()
        .find(|href| href.ends_with("/history"))
        .expect("a position has a history");
    let delete = history.replace("/history", "/delete");
    owner.submit(&owner.form(&positions, &delete)).expect(303);
    let restore = history.replace("/history", "/restore");
    assert_eq!(owner.submit(&owner.form(&history, &restore)).expect(303).location(), history);
    assert!(owner.get(&positions).expect(200).page().attributes(".rows a", "href").contains(&history));

    let edit = format!("{D}/edit");
    owner.submit(&owner.form(&edit, &edit).with("slug", "moved").with("title", "Moved")).expect(303);
    let own = "/d/moved/history?of=dispute";
    let changed = reader.get(own).expect(200).page();
    assert!(changed.text(".changes").contains("pentagon-anthropic → moved"), "{}", changed.text(".changes"));
    let back = owner.form(own, "/d/moved/restore");
    assert_eq!(owner.submit(&back).expect(303).location(), format!("{D}/history?of=dispute"));
    reader.get(D).expect(200);
    reader.get("/d/moved").expect(404);
}

#[test]
fn what_stands_in_the_way_of_going_back_is_named() {
    let (_home, _server, owner, _) = site();
    let parties = format!("{D}/parties");
    let add = |key: &str| {
        let typed = owner.form(&parties, &parties).with("name", "Union").with("kind", "organisation");
        owner.submit(&typed.with("key", key)).expect(303);
        let links = owner.get(&parties).page().attributes(".rows a", "href");
        links.into_iter().rfind(|href| href.ends_with("/history")).expect("a history")
    };
    let history = add("union");
    let delete = history.replace("/history", "/delete");
    owner.submit(&owner.form(&parties, &delete)).expect(303);
    add("union");
    let refused = owner.submit(&owner.form(&history, &history.replace("/history", "/restore"))).expect(409);
    assert!(refused.text().contains("Another party has its name in addresses by now"));
}
