use chrono::{DateTime, Utc};
use proptest::prelude::*;

use super::*;
use crate::model::article::Passage;
use crate::model::due::{Due, DueState, Side, Unit};
use crate::model::event::{AttributionKind, EventParty, Importance, Kind, Phase, Role};
use crate::model::id::{CitationId, EventId};

fn date(edtf: &str) -> EventDate {
    EventDate::parse(edtf).unwrap()
}

fn citation(id: &str, words: &str) -> Citation {
    Citation {
        id: CitationId::from(id),
        article: ArticleId::from("herald"),
        passage: Passage {
            exact: words.to_owned(),
            prefix: String::new(),
            suffix: String::new(),
            start: 0,
            end: 9,
        },
        attribution: Attribution { kind: AttributionKind::Document, wording: String::new(), count: None },
        date: None,
    }
}

fn memo() -> Event {
    Event {
        id: EventId::from("memo"),
        date: date("2026-01-09"),
        title: "Memo issued".to_owned(),
        description: "It asks for any lawful use.".to_owned(),
        kind: Kind::Memo,
        phase: Phase::Done,
        importance: Importance::Major,
        sequence: 0,
        due: None,
        step_of: None,
        parties: vec![EventParty { party: PartyId::from("dod"), role: Role::Actor }],
        citations: vec![citation("c1", "dated January 9")],
        version: 1,
        created: DateTime::<Utc>::UNIX_EPOCH,
        updated: DateTime::<Utc>::UNIX_EPOCH,
    }
}

fn names() -> Names {
    let mut names = Names::default();
    for (id, name) in [("dod", "Pentagon"), ("lab", "Anthropic")] {
        names.parties.insert(PartyId::from(id), name.to_owned());
    }
    names.articles.insert(ArticleId::from("herald"), "The Herald".to_owned());
    names
}

fn state(event: Event) -> State {
    State::Event(Box::new(event))
}

fn rows(old: Event, new: Event) -> Vec<(&'static str, String, String)> {
    differences(Some(&state(old)), &state(new), &names())
        .into_iter()
        .map(|difference| (difference.label, difference.old, difference.new))
        .collect()
}

fn row(label: &'static str, old: &str, new: &str) -> (&'static str, String, String) {
    (label, old.to_owned(), new.to_owned())
}

#[test]
fn dates_parties_and_kinds_are_in_words() {
    let mut new = memo();
    new.date = date("2026-01-09~").with_printed(Some("around January 9".to_owned()));
    new.kind = Kind::Statement;
    new.parties.push(EventParty { party: PartyId::from("lab"), role: Role::Target });
    new.version = 2;
    assert_eq!(
        rows(memo(), new),
        [
            row("Date", "9 January 2026", "about 9 January 2026"),
            row("Date as printed", "", "“around January 9”"),
            row("Kind", "Memo", "Statement"),
            row("Parties", "Pentagon (actor)", "Pentagon (actor), Anthropic (target)"),
        ]
    );
}

#[test]
fn a_citation_is_changed_added_or_taken_off() {
    let mut new = memo();
    new.citations = vec![citation("c1", "dated January 9"), citation("c2", "sent on Monday")];
    if let Some(added) = new.citations.last_mut() {
        added.attribution = Attribution {
            kind: AttributionKind::Unnamed,
            wording: "six people familiar".to_owned(),
            count: Some(6),
        };
        added.date = Some(date("2026-01-12"));
    }
    let words =
        "“sent on Monday”, six people familiar (unnamed sources, 6), The Herald; dates it 12 January 2026";
    assert_eq!(rows(memo(), new.clone()), [row("Citation", "", words)]);
    assert_eq!(rows(new, memo()), [row("Citation", words, "")]);
    let mut edited = memo();
    edited.citations = vec![citation("c1", "issued January 9")];
    let old = "“dated January 9”, document, The Herald";
    let new = "“issued January 9”, document, The Herald";
    assert_eq!(rows(memo(), edited), [row("Citation", old, new)]);
}

#[test]
fn what_reads_alike_is_told_apart() {
    let (mut old, mut new) = (memo(), memo());
    (old.date, new.date) = (date("2026-01-09T14:30:05"), date("2026-01-09T14:30:50"));
    assert_eq!(old.date.words(), new.date.words());
    let words = "9 January 2026, 14:30";
    let told = |edtf| format!("{words} ({edtf})");
    assert_eq!(rows(old, new), [row("Date", &told("2026-01-09T14:30:05"), &told("2026-01-09T14:30:50"))]);
}

#[test]
fn what_is_new_is_all_there_is() {
    let all = differences(None, &state(memo()), &names());
    let labels: Vec<&str> = all.iter().map(|difference| difference.label).collect();
    let expected = ["Date", "Title", "Description", "Kind", "Phase", "Importance", "Parties", "Citation"];
    assert_eq!(labels, expected);
    assert!(all.iter().all(|difference| difference.old.is_empty() && !difference.new.is_empty()));
}

#[test]
fn other_things_have_their_fields() {
    let party = |name: &str, aliases: &[&str]| {
        State::Party(Box::new(Party {
            id: PartyId::from("dod"),
            key: "dod".to_owned(),
            name: name.to_owned(),
            aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
            kind: crate::model::dispute::PartyKind::Government,
            place: 1,
        }))
    };
    let found =
        differences(Some(&party("Pentagon", &[])), &party("Department of War", &["Pentagon"]), &names());
    let found: Vec<_> = found.into_iter().map(|one| (one.label, one.old, one.new)).collect();
    assert_eq!(found, [row("Name", "Pentagon", "Department of War"), row("Other names", "", "Pentagon")]);

    let position = |edtf: &str| {
        State::Position(Box::new(Position {
            id: crate::model::id::PositionId::from("p"),
            party: PartyId::from("lab"),
            statement: "No autonomous weapons".to_owned(),
            date: date(edtf),
            source: None,
        }))
    };
    let found = differences(Some(&position("2026/..")), &position("2026/2027"), &names());
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].label, "While");
}

prop_compose! {
    fn any_event()(
        edtf in prop::sample::select(vec!["2026-01-09", "2026-01-09~", "2026-01", "2026-01-09/2026-01-12", "[..2026-02-27]"]),
        title in "[ab]{1,2}",
        description in "[ab ]{0,3}",
        kind in prop::sample::select(Kind::ALL.to_vec()),
        sequence in 0..2_i64,
        step in prop::option::of(prop::sample::select(vec!["e", "f"])),
        due in prop::option::of((prop::sample::select(DueState::ALL), prop::option::of((1..3_u32, prop::sample::select(vec!["e", "f"]))))),
        parties in prop::collection::vec((prop::sample::select(vec!["dod", "lab"]), prop::sample::select(Role::ALL.to_vec())), 0..2),
        quotes in prop::collection::btree_map("c[12]", "[ab]{1,2}", 0..3),
        version in 1..9_i64,
    ) -> Event {
        Event {
            date: date(edtf),
            title,
            description,
            kind,
            sequence,
            due: due.map(|(state, rule)| Due {
                state,
                rule: rule.map(|(count, base)| DueRule { base: base.into(), count, unit: Unit::Weeks, side: Side::After }),
            }),
            step_of: step.map(Into::into),
            parties: parties.into_iter().map(|(id, role)| EventParty { party: PartyId::from(id), role }).collect(),
            citations: quotes.iter().map(|(id, words)| citation(id, words)).collect(),
            version,
            ..memo()
        }
    }
}

proptest! {
    /// Nothing that was changed is passed over, and nothing is said of what was not.
    #[test]
    fn there_is_a_difference_exactly_where_something_differs(old in any_event(), new in any_event()) {
        let is_same = Event { version: old.version, ..new.clone() } == old;
        prop_assert_eq!(rows(old, new).is_empty(), is_same);
    }

    /// Going back undoes what going forward did.
    #[test]
    fn differences_are_the_same_both_ways(old in any_event(), new in any_event()) {
        let mut there = rows(old.clone(), new.clone());
        let mut back: Vec<_> = rows(new, old).into_iter().map(|(label, old, new)| (label, new, old)).collect();
        there.sort();
        back.sort();
        prop_assert_eq!(there, back);
    }
}
