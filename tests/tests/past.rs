//! The corrections of a dispute, the dispute as it stood, and how it is made: over HTTP, served by the real binary.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy takes only functions marked as tests for tests"
)]

use impasse_tests::{Client, Home, Impasse};

const D: &str = "/d/pentagon-anthropic";

fn site() -> (Home, Impasse, Client) {
    let home = Home::sqlite();
    let server = Impasse::start_with(&home, &[]);
    let owner = server.owner();
    (home, server, owner)
}

/// An event, added through its form; gives its page.
fn event(client: &Client, title: &str, date: &str) -> String {
    format!("{D}/events/{}", client.add_event("pentagon-anthropic", title, date))
}

#[test]
fn corrections_are_told_in_sentences() {
    let (_home, server, owner) = site();
    let reader = server.reader();
    let corrections = format!("{D}/corrections");
    assert!(reader.get(&corrections).expect(200).text().contains("Nothing has been corrected so far."));

    let page = event(&owner, "Hearing", "3 February 2026");
    let edit = format!("{page}/edit");
    let change =
        owner.form(&edit, &edit).with("date", "about 5 February 2026").with("reason", "A notice says so.");
    owner.submit(&change).expect(303);
    owner.submit(&owner.form(&edit, &edit).with("description", "In public.")).expect(303);
    // Where it stands among the events of its day is nobody's correction.
    owner.submit(&owner.form(&edit, &edit).with("sequence", "4")).expect(303);
    let delete = owner.form(&edit, &format!("{page}/delete")).with("delete_reason", "It was a rumour");
    owner.submit(&delete).expect(303);

    let told = reader.get(&corrections).expect(200).page();
    let entries = told.texts(".revisions > li");
    assert_eq!(entries.len(), 3, "{entries:?}");
    let sentence = |at: usize, words: &str, why: &str| {
        assert!(entries[at].contains(words) && entries[at].contains(why), "{words}: {}", entries[at]);
    };
    sentence(
        0,
        "“Hearing”, dated about 5 February 2026, was taken off the timeline on",
        "because “It was a rumour”.",
    );
    sentence(1, "The description of “Hearing” was changed on", "In public.");
    sentence(
        2,
        "The date of “Hearing” was changed from 3 February 2026 to about 5 February 2026 on",
        "because “A notice says so”.",
    );
    let linked = told.attribute(".revisions li:last-child a", "href");
    let (history, anchor) = linked.split_once('#').expect("a place in the history");
    assert!(reader.get(history).expect(200).page().has(&format!("[id='{anchor}']")), "{linked}");
    assert_eq!(
        reader.get(&format!("{corrections}?before=1")).expect(200).page().texts(".revisions > li").len(),
        0
    );
    // The way there from the dispute and from its history.
    for page in [D.to_owned(), format!("{D}/history")] {
        let links = reader.get(&page).expect(200).page().attributes("main a", "href");
        assert!(links.contains(&corrections), "{page}: {links:?}");
    }
}

#[test]
fn a_dispute_is_seen_as_it_stood() {
    let (_home, server, owner) = site();
    let reader = server.reader();
    let page = event(&owner, "Hearing", "3 February 2026");
    let edit = format!("{page}/edit");
    owner.submit(&owner.form(&edit, &edit).with("title", "Hearing put off")).expect(303);
    let own = format!("{D}/edit");
    owner.submit(&owner.form(&own, &own).with("title", "Another title").with("slug", "moved")).expect(303);

    let history = reader.get("/d/moved/history").expect(200).page();
    let stood = history.attributes(".revision-ways a", "href");
    let [now, renamed, added, ..] = &stood[..] else { panic!("{stood:?}") };
    let then = reader.get(added).expect(200).page();
    assert!(then.text(".frozen").contains("This is the past: as it stood on"), "{}", then.text(".frozen"));
    assert_eq!(then.text("h1"), "Pentagon and Anthropic: safeguards on military AI");
    let titles = |path: &str| reader.get(&format!("{path}?layout=list")).expect(200).text();
    assert!(titles(added).contains("Hearing") && !titles(added).contains("Hearing put off"));
    assert!(titles(renamed).contains("Hearing put off"));
    assert_eq!(reader.get(now).expect(200).page().text("h1"), "Another title");
    assert!(then.attributes("meta[name=robots]", "content").iter().any(|robots| robots.contains("noindex")));

    // A view of it, in one spelling, with its parts.
    let spelt = reader.get(&format!("{added}?layout=list&kind=statement")).expect(303).location().to_owned();
    assert_eq!(spelt, format!("{added}?kind=statement&layout=list"));
    let filtered = reader.get(&spelt).expect(200).page();
    assert_eq!(filtered.attribute("#filters", "action"), *added, "its filters stay in the past");
    reader.get(&format!("{added}/window")).expect(200);
    let id = page.rsplit('/').next().unwrap_or_default();
    assert!(reader.get(&format!("{added}/events/{id}/panel")).expect(200).text().contains("3 February 2026"));
    let ways = filtered.attributes(".frozen a", "href");
    assert_eq!(ways[0], "/d/moved?kind=statement&layout=list");
    let (there, anchor) = ways[1].split_once('#').expect("a place in the history");
    assert!(reader.get(there).expect(200).page().has(&format!("[id='{anchor}']")));

    for missing in ["0", "999999", "x", "01", "-1", "9223372036854775807"] {
        reader.get(&format!("/d/moved/at/{missing}")).expect(404);
        reader.get(&format!("/d/moved/at/{missing}/window")).expect(404);
    }
    // Before, the event was not there.
    let before: i64 = added.rsplit('/').next().and_then(|number| number.parse().ok()).expect("a number");
    assert!(!titles(&format!("/d/moved/at/{}", before - 1)).contains("Hearing"));
}

#[test]
fn the_method_is_public_and_says_how_this_dispute_stands() {
    let (_home, server, owner) = site();
    let reader = server.reader();
    let own = format!("{D}/edit");
    owner.submit(&owner.form(&own, &own).with("inclusion_rule", "Only what <both> sides saw.")).expect(303);
    event(&owner, "A rumour", "3 February 2026");
    let method = reader.get(&format!("{D}/method")).expect(200).page();
    assert_eq!(method.text(".method-rule"), "Only what <both> sides saw.");
    let rules = method.texts(".method-list > div");
    assert_eq!(rules.len(), 6);
    assert!(rules[0].starts_with("No source yet") && rules[0].contains("Here: 1 event."), "{rules:?}");
    let uncited = method.attribute(".method-list > div:first-child a", "href");
    assert!(reader.get(&uncited).expect(200).text().contains("A rumour"));
    let dates = method.texts(".method-dates tbody tr");
    assert!(
        dates.iter().any(|row| row.contains("about 9 January 2026") && row.contains("2026-01-09~")),
        "{dates:?}"
    );
    let links = reader.get(D).expect(200).page().attributes("main a", "href");
    assert!(
        links.iter().filter(|link| **link == format!("{D}/method")).count() >= 2,
        "from the legend and the rule"
    );
}
