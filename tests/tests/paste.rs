//! An article goes in, its dated events come out: what the demo's facts must give, told in words of our own, and in
//! those of the article that they were taken from where that is at hand.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy takes only functions marked as tests for tests"
)]

use std::path::Path;

use impasse_tests::{Client, Home, Impasse};

const OURS: &str = include_str!("fixtures/paste.txt");

/// A candidate as the review page and its form show it.
#[derive(Debug)]
struct Candidate {
    title: String,
    card: String,
    edtf: String,
    quotes: Vec<String>,
    accept: String,
}

/// Pastes an article into the demo dispute and reads what is offered.
fn paste(client: &Client, text: &str) -> Vec<Candidate> {
    let d = "/d/pentagon-anthropic";
    let path = format!("{d}/articles/new");
    let form = client.get(&path).expect(200).page().form(&path);
    let form = form
        .with("title", "A standstill over limits on military AI")
        .with("publisher", "The Example")
        .with("published", "29 January 2026")
        .with("text", text);
    let review = client.submit(&form).expect(303).location().to_owned();
    let review = client.get(&review).expect(200).page();
    let cards = review.attributes(".card", "id");
    cards
        .into_iter()
        .map(|card| {
            let accept = format!("{d}/candidates/{}", card.trim_start_matches("candidate-"));
            let edit = format!("{accept}/edit");
            let form = client.get(&edit).expect(200).page().form(&edit);
            let within = |css: &str| format!("[id='{card}'] {css}");
            Candidate {
                title: review.text(&within("h3")),
                card: review.text(&format!("[id='{card}']")),
                edtf: form.value("date").unwrap_or_default().to_owned(),
                quotes: review.texts(&within("blockquote")),
                accept,
            }
        })
        .collect()
}

/// One of the candidates, by what makes it the one that is meant.
#[track_caller]
fn one<'a>(of: &'a [Candidate], what: &str, is: impl Fn(&Candidate) -> bool) -> &'a Candidate {
    of.iter().find(|candidate| is(candidate)).unwrap_or_else(|| panic!("{what} is not among {of:#?}"))
}

fn quotes(candidate: &Candidate, any: &[&str]) -> bool {
    candidate.quotes.iter().any(|quote| any.iter().any(|words| quote.contains(words)))
}

fn offers_what_it_must(client: &Client, text: &str) {
    let offered = paste(client, text);

    let memo = one(&offered, "the memo", |c| c.edtf == "2026-01-09" && quotes(c, &["memo"]));
    assert!(quotes(memo, &["January 9"]), "{memo:#?}");
    assert!(memo.card.contains("Pentagon") || memo.card.contains("Officials"), "{memo:#?}");
    assert!(memo.card.contains("Printed") && memo.card.contains("rule:"), "{memo:#?}");

    one(&offered, "the talks as an approximate span that ends by 29 January", |c| {
        // An open or an approximate beginning, and an end no later than the article.
        let (from, to) = c.edtf.split_once('/').unwrap_or_default();
        let ends = to.trim_end_matches(['~', '%', '?']);
        from.contains(['~', '%']) && !ends.is_empty() && ends <= "2026-01-29" && quotes(c, &["weeks"])
    });
    one(&offered, "the stall", |c| {
        c.edtf.contains("2026-01-29") && quotes(c, &["impasse", "standstill", "stalled", "failed to reach"])
    });
    one(&offered, "the statement on record", |c| {
        quotes(c, &["statement"]) && c.card.contains("on record") && c.edtf.contains("2026-01-29")
    });

    // What stands below the article, and what is only feared, is no event of this dispute.
    let risks = text.split_once("\nRisks\n").map_or("", |(_, rest)| rest);
    let risks = risks.split("More from World").next().unwrap_or_default();
    assert!(risks.len() > 100, "the text has a list of risks");
    for candidate in &offered {
        assert!(!candidate.edtf.contains("2026-02"), "{candidate:#?}");
        assert!(!candidate.edtf.contains("2027") && !candidate.edtf.contains("2026-06"), "{candidate:#?}");
        for quote in &candidate.quotes {
            let words = quote.trim_matches(['“', '”', '"', '•', ' ']);
            assert!(!words.is_empty() && !risks.contains(words), "from the risks: {candidate:#?}");
            assert!(!words.contains("Feb 2, 2026"), "{candidate:#?}");
        }
    }

    // Nothing entered by itself; accepting puts it there with its citation.
    let before =
        client.get("/d/pentagon-anthropic?layout=list").expect(200).page().texts("[data-bench=mark]").len();
    assert_eq!(before, 7);
    client.post(&memo.accept, &[("decision", "accept"), ("back", "article")]).expect(303);
    let shown = client.get("/d/pentagon-anthropic?layout=list").expect(200).page();
    assert_eq!(shown.texts("[data-bench=mark]").len(), before + 1);
    assert!(shown.texts("[data-bench=mark] .ttl").contains(&memo.title));
}

#[test]
fn our_article_gives_its_events() {
    let server_home = Home::sqlite();
    let server = Impasse::start(&server_home);
    offers_what_it_must(&server.owner(), OURS);
}

#[test]
fn the_article_itself_gives_its_events_where_it_is_at_hand() {
    const NAME: &str = "shared/articles/pentagon-anthropic-2026-01-29.txt";
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(NAME);
    let found = [beside, Path::new("/work").join(NAME)]
        .into_iter()
        .find_map(|path| std::fs::read_to_string(path).ok());
    // It is somebody else's text, so it is not kept here.
    let Some(text) = found else { return };
    let home = Home::sqlite();
    let server = Impasse::start(&home);
    offers_what_it_must(&server.owner(), &text);
}
