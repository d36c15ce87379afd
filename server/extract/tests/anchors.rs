//! Dates counted from an event: "two days after the memo".

use impasse_extract::{Anchor, Candidate, Context, Date, EventKind, candidates};

fn read(text: &str, anchors: &[Anchor]) -> Vec<Candidate> {
    let context = Context { published: Date::new(2026, 1, 29), anchors, ..Context::default() };
    candidates(text, &context).candidates
}

fn memo() -> Anchor {
    Anchor {
        id: "e1".into(),
        title: "Memo on remote control".into(),
        kind: EventKind::Memo,
        edtf: "2026-01-09".into(),
    }
}

#[test]
fn a_date_is_counted_from_an_event_on_the_timeline() {
    let found = read("The ministry suspended the licence two days after the memo.", &[memo()]);
    assert_eq!(found[0].edtf.as_deref(), Some("2026-01-11"), "{found:?}");
    assert!(found[0].date_basis.contains("Memo on remote control"), "{}", found[0].date_basis);
}

#[test]
fn a_date_is_counted_from_an_event_of_the_same_article() {
    let found = read(
        "The ministry circulated a memo on drones on January 12. The ministry suspended the licence two days after the memo.",
        &[],
    );
    let suspended = found.iter().find(|candidate| candidate.title.contains("suspended"));
    assert_eq!(suspended.and_then(|candidate| candidate.edtf.as_deref()), Some("2026-01-14"), "{found:?}");
}

#[test]
fn an_event_that_nobody_knows_leaves_the_date_open_and_is_named() {
    let found = read("The ministry suspended the licence two days after the walkout.", &[memo()]);
    assert_eq!(found[0].edtf, None, "{found:?}");
    assert!(found[0].date_basis.contains("the walkout"), "{}", found[0].date_basis);
    assert_eq!(found[0].title, "Ministry suspended the licence");
}

#[test]
fn an_event_is_counted_back_from_the_one_told_beside_it() {
    let found = read("The ministry closed the bridge on January 21, three days after a guard was shot.", &[]);
    let shot = found.iter().find(|candidate| candidate.title.contains("shot"));
    assert_eq!(shot.and_then(|candidate| candidate.edtf.as_deref()), Some("2026-01-18"), "{found:?}");
}
