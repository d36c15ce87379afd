//! The five cases of rival accounts on which timelines go wrong (design notes, "Rival accounts of one event"), told
//! here in our own words: each must end as a choice for an editor, never as a merged or invented event.

mod common;

use impasse_extract::{
    Candidate, Context, Date, EventKind, KnownEvent, Match, Party, Phase, candidates, match_candidate,
};

fn parties() -> Vec<Party> {
    vec![
        Party { key: "dod".into(), name: "Department of Defense".into(), aliases: vec!["Pentagon".into()] },
        Party { key: "anthropic".into(), name: "Anthropic".into(), aliases: vec![] },
    ]
}

fn read(published: &str, text: &str) -> Vec<Candidate> {
    let parties = parties();
    let context = Context { published: Date::parse(published), parties: &parties, ..Context::default() };
    candidates(text, &context).candidates
}

fn known(id: &str, title: &str, kind: EventKind, phase: Phase, edtf: &str) -> KnownEvent {
    KnownEvent {
        id: id.into(),
        title: title.into(),
        kind,
        phase,
        edtf: edtf.into(),
        parties: vec!["dod".into(), "anthropic".into()],
        quotes: vec![],
    }
}

fn rival(found: &Match, id: &str) -> bool {
    matches!(found, Match::RivalDate { event, .. } if event == id)
}

fn citation(found: &Match, id: &str) -> bool {
    matches!(found, Match::Citation { event, .. } if event == id)
}

#[test]
fn three_accounts_of_when_it_began_stay_three_rival_dates() {
    let autumn =
        read("2026-03-10", "Contract talks between the Pentagon and Anthropic collapsed in September 2025.");
    let winter =
        read("2026-03-12", "Contract talks between the Pentagon and Anthropic collapsed in January 2026.");
    let day = read(
        "2026-03-15",
        "Contract talks between the Pentagon and Anthropic collapsed on January 29, 2026.",
    );
    assert_eq!(autumn[0].edtf.as_deref(), Some("2025-09"));
    assert_eq!(winter[0].edtf.as_deref(), Some("2026-01"));
    assert_eq!(day[0].edtf.as_deref(), Some("2026-01-29"));
    let timeline = [known("start", &autumn[0].title, EventKind::Negotiation, Phase::Done, "2025-09")];
    assert!(rival(&match_candidate(&winter[0], &timeline), "start"));
    assert!(rival(&match_candidate(&day[0], &timeline), "start"));
    // A day within the month is no rival of the month.
    let timeline = [known("start", &winter[0].title, EventKind::Negotiation, Phase::Done, "2026-01")];
    assert!(citation(&match_candidate(&day[0], &timeline), "start"));
}

#[test]
fn two_descriptions_of_one_ruling_share_its_day_and_keep_their_words() {
    let first =
        read("2026-04-09", "The D.C. Circuit suspended the injunction against the Pentagon on April 8.");
    let second = read("2026-04-10", "On April 8 the D.C. Circuit denied Anthropic an emergency stay.");
    assert_eq!(first[0].edtf.as_deref(), Some("2026-04-08"));
    assert_eq!(second[0].edtf.as_deref(), Some("2026-04-08"));
    assert_eq!(second[0].kind, EventKind::Ruling);
    assert_ne!(first[0].title, second[0].title);
    let timeline = [known(
        "stay",
        "D.C. Circuit rules on the emergency stay",
        EventKind::Ruling,
        Phase::Done,
        "2026-04-08",
    )];
    assert!(citation(&match_candidate(&second[0], &timeline), "stay"));
}

#[test]
fn an_announcement_and_its_formal_notice_are_two_events() {
    let found = read(
        "2026-03-06",
        "The Pentagon announced on Feb. 27 that it would treat Anthropic as a supply risk. The Pentagon notified \
         Anthropic of the designation on March 5.",
    );
    let dates: Vec<_> = found.iter().map(|candidate| (candidate.kind, candidate.edtf.as_deref())).collect();
    assert!(dates.contains(&(EventKind::Statement, Some("2026-02-27"))), "{dates:?}");
    assert!(dates.contains(&(EventKind::Memo, Some("2026-03-05"))), "{dates:?}");
}

#[test]
fn will_challenge_never_becomes_filed() {
    let said = read(
        "2026-02-28",
        "Anthropic will challenge the designation in court, the company said on Saturday.",
    );
    assert!(
        said.iter()
            .all(|candidate| candidate.kind != EventKind::Filing || candidate.phase == Phase::Announced),
        "{said:?}"
    );
    let filed = [known("suit", "Anthropic sues the Pentagon", EventKind::Filing, Phase::Done, "2026-02-28")];
    for candidate in &said {
        assert!(!citation(&match_candidate(candidate, &filed), "suit"), "{}", candidate.title);
    }
    let monday = read("2026-03-10", "Anthropic sued the Pentagon on Monday.");
    assert_eq!(monday[0].edtf.as_deref(), Some("2026-03-09"));
    assert!(rival(&match_candidate(&monday[0], &filed), "suit"));
}

#[test]
fn a_suit_told_five_times_is_one_event() {
    let found = read(
        "2026-03-20",
        "Anthropic filed a lawsuit against the Pentagon on March 9.\n\n\
         Key Points\n\n  • Anthropic filed a lawsuit on March 9.\n  • The lawsuit was filed on March 9.\n\n\
         On March 9, Anthropic filed its lawsuit in San Francisco. The suit was filed against the Pentagon on March 9.",
    );
    let filings: Vec<_> = found.iter().filter(|candidate| candidate.kind == EventKind::Filing).collect();
    assert_eq!(filings.len(), 1, "{filings:?}");
    assert!(filings[0].quotes.len() >= 4, "{:?}", filings[0].quotes);
}
