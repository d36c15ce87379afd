use impasse_app::model::article::Decision;
use impasse_app::model::dispute::{Dispute, Party, Position, PositionSource, Status};
use impasse_app::model::event::{
    Attestation, AttributionKind, Event, EventDraft, Importance, Kind, Phase, Role,
};
use impasse_app::model::id::{ArticleId, CandidateId, CitationId, DisputeId, EventId, PartyId, PositionId};
use impasse_app::model::revision::{Action, Actor, Subject};
use impasse_app::model::role::Reader;
use impasse_app::model::time;
use impasse_app::model::view::View;
use impasse_app::store::Session;

use super::Home;
use super::make::*;

pub(crate) async fn disputes_are_added_and_changed(home: Home) {
    let store = home.open().await;
    let by = ada();
    let first = store.add_dispute(&by, &dispute("one")).await.unwrap();
    assert_eq!((first.version, first.revision), (1, 1));
    assert_eq!(store.dispute(&Reader::Program, "one").await.unwrap().0, first);
    assert_eq!(kind(store.add_dispute(&by, &dispute("one")).await), "taken slug");
    store.add_dispute(&by, &dispute("two")).await.unwrap();

    let mut draft = dispute("uno");
    draft.status = Status::Settled;
    let changed = store.change_dispute(&by, &first.id, 1, &draft, "renamed").await.unwrap();
    assert_eq!((changed.version, changed.slug.as_str(), changed.status), (2, "uno", Status::Settled));
    assert_eq!(store.dispute(&Reader::Program, "uno").await.unwrap().0, changed);
    assert_eq!(kind(store.dispute(&Reader::Program, "one").await), "not found");
    assert_eq!(kind(store.change_dispute(&by, &first.id, 1, &draft, "").await), "conflict");
    assert_eq!(kind(store.change_dispute(&by, &first.id, 2, &dispute("two"), "").await), "taken slug");
    assert_eq!(
        store.dispute(&Reader::Program, "uno").await.unwrap().0,
        changed,
        "what is refused changes nothing"
    );
    let nobody = DisputeId::from("nobody");
    assert_eq!(kind(store.change_dispute(&by, &nobody, 1, &draft, "").await), "not found");
}

pub(crate) async fn disputes_are_found_by_every_word(home: Home) {
    let store = home.open().await;
    let by = ada();
    let mut draft = dispute("safeguards");
    draft.title = "Pentagon and Anthropic: 100% of the ÉCOLE".to_owned();
    let id = store.add_dispute(&by, &draft).await.unwrap().id;
    let mut actor = party("dod");
    actor.name = "Department of Defense".to_owned();
    actor.aliases = vec!["Department of War".to_owned()];
    let actor = store.add_party(&by, &id, &actor).await.unwrap();
    store.add_dispute(&by, &dispute("other")).await.unwrap();
    let found = |text: &'static str| {
        let store = store.clone();
        async move { store.disputes(&Reader::Program, text).await.unwrap().len() }
    };
    assert_eq!(found("").await, 2);
    assert_eq!(found("  ").await, 2);
    assert_eq!(found("anthropic").await, 1);
    assert_eq!(found("CONTRACT sides").await, 2);
    assert_eq!(found("anthropic contract war").await, 1, "title, summary and another name of a party");
    assert_eq!(found("école").await, 1);
    assert_eq!(found("100%").await, 1);
    assert_eq!(found("1%0").await, 0);
    assert_eq!(found("p_ntagon").await, 0);
    store.delete_party(&by, &id, &actor.id, "").await.unwrap();
    assert_eq!(found("war").await, 0, "what is deleted is not found");
}

pub(crate) async fn disputes_are_listed_latest_activity_first(home: Home) {
    let store = home.open().await;
    let by = ada();
    let one = store.add_dispute(&by, &dispute("one")).await.unwrap();
    store.add_dispute(&by, &dispute("two")).await.unwrap();
    let slugs = || async {
        let disputes = store.disputes(&Reader::Program, "").await.unwrap();
        disputes.into_iter().map(|summary| summary.dispute.slug).collect::<Vec<_>>()
    };
    assert_eq!(slugs().await, ["two", "one"]);
    store.add_party(&by, &one.id, &party("red")).await.unwrap();
    assert_eq!(slugs().await, ["one", "two"]);
}

pub(crate) async fn disputes_list_where_events_crowd_and_the_latest_one(home: Home) {
    let store = home.open().await;
    let scene = scene(&*store, "one").await;
    let empty = store.disputes(&Reader::Program, "").await.unwrap().remove(0);
    assert_eq!((empty.events, empty.latest, empty.density), (0, None, None));
    for (edtf, title) in [
        ("2026-01-09", "memo"),
        ("9999-01-01", "far"),
        ("-0044-03-15", "ides"),
        ("2026-01-29", "late"),
        ("2026-01-29", "later"),
    ] {
        let mut draft = event(edtf, title);
        draft.sequence = i64::from(title == "later");
        scene.add(&*store, &draft).await;
    }
    let gone = scene.add(&*store, &event("2026-02-01", "gone")).await;
    store.delete_event(&ada(), &scene.id, &gone.id, 1, "").await.unwrap();
    let summary = store.disputes(&Reader::Program, "").await.unwrap().remove(0);
    assert_eq!(summary.events, 5);
    assert_eq!(summary.latest, Some(("later".to_owned(), date("2026-01-29"))));
    let moment = |edtf| date(edtf).sorts_at();
    let days = ["-0044-03-15", "2026-01-09", "2026-01-29", "2026-01-29", "9999-01-01"];
    let density = summary.density.clone().unwrap();
    assert_eq!((density.first, density.last), (moment(days[0]), moment(days[4])));
    let mut bins = vec![0; 48];
    days.iter().for_each(|day| bins[density.bin(moment(day))] += 1);
    assert_eq!((bins[0], bins[47], bins.iter().sum::<i64>()), (1, 1, 5));
    assert_eq!(density.bins, bins);
    // One more event: what was counted before is out of date.
    let another = scene.add(&*store, &event("2026-03-01", "another")).await;
    let summary = store.disputes(&Reader::Program, "").await.unwrap().remove(0);
    assert_eq!((summary.events, summary.density.map(|density| density.bins.iter().sum())), (6, Some(6)));
    store.delete_event(&ada(), &scene.id, &another.id, 1, "").await.unwrap();
    let summary = store.disputes(&Reader::Program, "").await.unwrap().remove(0);
    assert_eq!(summary.density, Some(density));
    assert_eq!(summary.dispute, store.dispute(&Reader::Program, "one").await.unwrap().0);
}

pub(crate) async fn disputes_are_deleted_whole_and_brought_back(home: Home) {
    let store = home.open().await;
    let by = ada();
    let scene = scene(&*store, "one").await;
    let added = scene.add(&*store, &event("2026", "memo")).await;
    let before = store.dispute(&Reader::Program, "one").await.unwrap().0;
    assert_eq!(kind(store.restore_dispute(&by, &scene.id, None, "").await), "conflict");
    store.delete_dispute(&by, &scene.id, "by mistake").await.unwrap();
    assert_eq!(kind(store.delete_dispute(&by, &scene.id, "").await), "not found");
    assert_eq!(kind(store.dispute(&Reader::Program, "one").await), "not found");
    assert!(store.disputes(&Reader::Program, "").await.unwrap().is_empty());
    assert_eq!(kind(store.parties(&scene.id).await), "not found");
    assert_eq!(kind(store.positions(&scene.id).await), "not found");
    assert_eq!(kind(store.events(&scene.id, &View::default()).await), "not found");
    assert_eq!(kind(store.event(&scene.id, &added.id).await), "not found");
    assert_eq!(kind(store.articles(&scene.id).await), "not found");
    assert_eq!(kind(store.article(&scene.id, &scene.article.id).await), "not found");
    assert_eq!(kind(store.candidates(&scene.id, None, None).await), "not found");
    assert_eq!(kind(store.add_event(&by, &scene.id, &event("2026", "x"), "").await), "not found");
    assert_eq!(kind(store.add_party(&by, &scene.id, &party("x")).await), "not found");

    let last = store.revisions(&scene.id, None, None, 1).await.unwrap().remove(0);
    assert_eq!(
        (last.subject, last.action, last.reason.as_str()),
        (Subject::Dispute, Action::Delete, "by mistake")
    );
    let restored = store.restore_dispute(&by, &scene.id, None, "").await.unwrap();
    assert_eq!(restored, Dispute { revision: last.number + 1, ..before });
    assert_eq!(store.dispute(&Reader::Program, "one").await.unwrap().0, restored);
    assert_eq!(store.event(&scene.id, &added.id).await.unwrap(), added);
    assert_eq!(store.parties(&scene.id).await.unwrap().len(), 2);
    assert_eq!(kind(store.restore_dispute(&by, &DisputeId::from("x"), None, "").await), "not found");
}

pub(crate) async fn slugs_are_free_again_after_a_deletion(home: Home) {
    let store = home.open().await;
    let by = ada();
    let first = store.add_dispute(&by, &dispute("one")).await.unwrap();
    store.delete_dispute(&by, &first.id, "").await.unwrap();
    let second = store.add_dispute(&by, &dispute("one")).await.unwrap();
    assert_eq!(kind(store.restore_dispute(&by, &first.id, None, "").await), "taken slug");
    store.change_dispute(&by, &second.id, 1, &dispute("two"), "").await.unwrap();
    store.restore_dispute(&by, &first.id, None, "").await.unwrap();
    assert_eq!(store.dispute(&Reader::Program, "one").await.unwrap().0.id, first.id);
}

pub(crate) async fn parties_are_kept_in_order(home: Home) {
    let store = home.open().await;
    let by = ada();
    let id = store.add_dispute(&by, &dispute("one")).await.unwrap().id;
    for key in ["zeta", "alpha", "mid"] {
        store.add_party(&by, &id, &party(key)).await.unwrap();
    }
    let parties = store.parties(&id).await.unwrap();
    let keys: Vec<&str> = parties.iter().map(|party| party.key.as_str()).collect();
    assert_eq!(keys, ["zeta", "alpha", "mid"]);
    assert_eq!(parties[0].aliases, ["zeta Ltd", "A. K. A."]);
    assert_eq!(kind(store.add_party(&by, &id, &party("mid")).await), "taken key");
    let other = store.add_dispute(&by, &dispute("two")).await.unwrap().id;
    store.add_party(&by, &other, &party("mid")).await.unwrap();

    let changed = store.change_party(&by, &id, &parties[0].id, &party("omega"), "renamed").await.unwrap();
    assert_eq!(changed, Party { id: parties[0].id.clone(), place: parties[0].place, ..changed.clone() });
    assert_eq!(store.parties(&id).await.unwrap()[0], changed);
    assert_eq!(kind(store.change_party(&by, &id, &changed.id, &party("mid"), "").await), "taken key");
    let nobody = PartyId::from("nobody");
    assert_eq!(kind(store.change_party(&by, &id, &nobody, &party("x"), "").await), "not found");
}

pub(crate) async fn parties_in_use_stay(home: Home) {
    let store = home.open().await;
    let by = ada();
    let scene = scene(&*store, "one").await;
    let mut draft = event("2026", "memo");
    draft.parties = vec![part(&scene.red.id, Role::Actor), part(&scene.red.id, Role::Target)];
    let used = scene.add(&*store, &draft).await;
    let held = store.add_position(&by, &scene.id, &position(&scene.red, "No", "2026")).await.unwrap();
    let delete = || store.delete_party(&by, &scene.id, &scene.red.id, "");
    assert_eq!(kind(delete().await), "in use 1 event and 1 position");
    store.delete_event(&by, &scene.id, &used.id, 1, "").await.unwrap();
    assert_eq!(kind(delete().await), "in use 1 position");
    store.delete_position(&by, &scene.id, &held.id, "").await.unwrap();
    delete().await.unwrap();
    assert_eq!(kind(delete().await), "not found");
    assert_eq!(store.parties(&scene.id).await.unwrap(), std::slice::from_ref(&scene.blue));
    assert_eq!(kind(store.restore_event(&by, &scene.id, &used.id, None, "").await), "unknown party");
    assert_eq!(kind(store.restore_position(&by, &scene.id, &held.id, None, "").await), "unknown party");
}

pub(crate) async fn parties_come_back(home: Home) {
    let store = home.open().await;
    let by = ada();
    let scene = scene(&*store, "one").await;
    let restore = || store.restore_party(&by, &scene.id, &scene.red.id, None, "");
    assert_eq!(kind(restore().await), "conflict");
    store.delete_party(&by, &scene.id, &scene.red.id, "").await.unwrap();
    let usurper = store.add_party(&by, &scene.id, &party("red")).await.unwrap();
    assert_eq!(kind(restore().await), "taken key");
    store.delete_party(&by, &scene.id, &usurper.id, "").await.unwrap();
    assert_eq!(restore().await.unwrap(), scene.red);
    assert_eq!(store.parties(&scene.id).await.unwrap(), [scene.red.clone(), scene.blue.clone()]);
}

pub(crate) async fn positions_are_in_order_of_party_and_time(home: Home) {
    let store = home.open().await;
    let by = ada();
    let scene = scene(&*store, "one").await;
    for (party, statement, edtf) in [
        (&scene.blue, "b1", "2025-01/.."),
        (&scene.red, "r2", "2026-01-10/.."),
        (&scene.red, "r1", "2025/2026-01-09"),
        (&scene.red, "r0", "../2024"),
    ] {
        store.add_position(&by, &scene.id, &position(party, statement, edtf)).await.unwrap();
    }
    let positions = store.positions(&scene.id).await.unwrap();
    let statements: Vec<&str> = positions.iter().map(|one| one.statement.as_str()).collect();
    assert_eq!(statements, ["r0", "r1", "r2", "b1"]);

    let mut draft = position(&scene.blue, "changed", "2026-02/..");
    draft.date = draft.date.with_printed(Some("since February".to_owned()));
    draft.source = Some(PositionSource {
        article: scene.article.id.clone(),
        passage: passage("no “red” lines", 12),
    });
    let id = &positions[0].id;
    let changed = store.change_position(&by, &scene.id, id, &draft, "found more").await.unwrap();
    let expected = Position {
        id: id.clone(),
        party: draft.party.clone(),
        statement: draft.statement.clone(),
        date: draft.date.clone(),
        source: draft.source.clone(),
    };
    assert_eq!(changed, expected);
    assert_eq!(store.positions(&scene.id).await.unwrap()[3], expected);
    let nobody = PositionId::from("nobody");
    assert_eq!(kind(store.change_position(&by, &scene.id, &nobody, &draft, "").await), "not found");
    draft.party = PartyId::from("nobody");
    assert_eq!(kind(store.change_position(&by, &scene.id, id, &draft, "").await), "unknown party");
    assert_eq!(kind(store.add_position(&by, &scene.id, &draft).await), "unknown party");
    draft.party = scene.red.id.clone();
    draft.source = Some(PositionSource { article: ArticleId::from("x"), passage: passage("x", 0) });
    assert_eq!(kind(store.add_position(&by, &scene.id, &draft).await), "unknown article");
}

pub(crate) async fn positions_come_back(home: Home) {
    let store = home.open().await;
    let by = ada();
    let scene = scene(&*store, "one").await;
    let held = store.add_position(&by, &scene.id, &position(&scene.red, "No", "2026/..")).await.unwrap();
    assert_eq!(kind(store.restore_position(&by, &scene.id, &held.id, None, "").await), "conflict");
    store.delete_position(&by, &scene.id, &held.id, "").await.unwrap();
    assert!(store.positions(&scene.id).await.unwrap().is_empty());
    assert_eq!(kind(store.delete_position(&by, &scene.id, &held.id, "").await), "not found");
    let draft = position(&scene.red, "Yes", "2026");
    assert_eq!(kind(store.change_position(&by, &scene.id, &held.id, &draft, "").await), "not found");
    assert_eq!(store.restore_position(&by, &scene.id, &held.id, None, "").await.unwrap(), held);
    assert_eq!(store.positions(&scene.id).await.unwrap(), [held]);
}

/// A draft with everything in it.
fn rich(scene: &Scene) -> EventDraft {
    let mut named = citation(&scene.article.id, AttributionKind::Unnamed, Some(6));
    named.date = Some(date("2026-01-08~").with_printed(Some("around Jan. 8".to_owned())));
    EventDraft {
        date: Some(date("[2026-01-05..2026-01-09]").with_printed(Some("early this month".to_owned()))),
        title: "A memo circulates".to_owned(),
        description: "Six people say so.\n\nSecond paragraph.".to_owned(),
        kind: Kind::Memo,
        phase: Phase::Announced,
        importance: Importance::Major,
        sequence: -3,
        due: None,
        step_of: None,
        parties: vec![part(&scene.blue.id, Role::Target), part(&scene.red.id, Role::Actor)],
        citations: vec![named, citation(&scene.article.id, AttributionKind::Document, None)],
    }
}

pub(crate) async fn events_are_returned_as_they_are_kept(home: Home) {
    let store = home.open().await;
    let scene = scene(&*store, "one").await;
    let draft = rich(&scene);
    let added = scene.add(&*store, &draft).await;
    assert_eq!(added.version, 1);
    assert_eq!(added.created, added.updated);
    let kept = store.event(&scene.id, &added.id).await.unwrap();
    assert_eq!(kept, added);
    let mut back = EventDraft::from(kept);
    for citation in &mut back.citations {
        assert_eq!(citation.id.take().unwrap().as_str().len(), 16);
    }
    assert_eq!(back, draft);
    let brief = scene.briefs(&*store).await.remove(0);
    assert_eq!(brief.id, added.id);
    assert_eq!(brief.date, added.date);
    assert_eq!((brief.title.as_str(), brief.kind), ("A memo circulates", Kind::Memo));
    assert_eq!((brief.phase, brief.importance, brief.sequence), (Phase::Announced, Importance::Major, -3));
    assert_eq!(brief.parties, draft.parties);
    assert_eq!(brief.attestation, Attestation::Record);
    assert_eq!(brief.known_from, Some(day("2026-01-29")));
    assert_eq!((brief.citations, brief.publishers), (2, vec!["Herald".to_owned()]));
    for edtf in
        ["-9999-01-01", "9999-12-31", "2026-01-09T14:30:00-05:00", "../2026", "2026/..", "{2024,2026}"]
    {
        let one = scene.add(&*store, &event(edtf, edtf)).await;
        assert_eq!(store.event(&scene.id, &one.id).await.unwrap().date, date(edtf));
    }
}

pub(crate) async fn events_refer_only_to_their_own_dispute(home: Home) {
    let store = home.open().await;
    let by = ada();
    let here = scene(&*store, "one").await;
    let there = scene(&*store, "two").await;
    let kept = here.add(&*store, &event("2026", "kept")).await;
    let dateless = EventDraft { date: None, ..event("2026", "x") };
    let mut stranger = event("2026", "x");
    stranger.parties = vec![part(&there.red.id, Role::Actor)];
    let mut foreign = event("2026", "x");
    foreign.citations = vec![citation(&there.article.id, AttributionKind::Outlet, None)];
    for (draft, expected) in
        [(&dateless, "unknown date"), (&stranger, "unknown party"), (&foreign, "unknown article")]
    {
        assert_eq!(kind(store.add_event(&by, &here.id, draft, "").await), expected);
        assert_eq!(kind(store.change_event(&by, &here.id, &kept.id, 1, draft, "").await), expected);
        let both = [event("2026", "y"), draft.clone()];
        assert_eq!(kind(store.add_events(&by, &here.id, &both, "").await), expected);
    }
    assert_eq!(store.event(&here.id, &kept.id).await.unwrap(), kept);
    assert_eq!(here.briefs(&*store).await.len(), 1);
    store.delete_party(&by, &here.id, &here.red.id, "").await.unwrap();
    stranger.parties = vec![part(&here.red.id, Role::Actor)];
    assert_eq!(kind(store.add_event(&by, &here.id, &stranger, "").await), "unknown party");
}

pub(crate) async fn events_are_changed_from_a_version(home: Home) {
    let store = home.open().await;
    let by = ada();
    let scene = scene(&*store, "one").await;
    let first = scene.add(&*store, &rich(&scene)).await;
    let mut draft = event("2025-12", "Plain");
    draft.parties = vec![part(&scene.blue.id, Role::Decider); 2];
    let second = store.change_event(&by, &scene.id, &first.id, 1, &draft, "simpler").await.unwrap();
    assert_eq!((second.version, second.created), (2, first.created));
    assert!(second.updated >= first.updated);
    assert_eq!(second.parties.len(), 1, "a part is taken once");
    assert!(second.citations.is_empty());
    assert_eq!(store.event(&scene.id, &first.id).await.unwrap(), second);
    assert_eq!(kind(store.change_event(&by, &scene.id, &first.id, 1, &draft, "").await), "conflict");
    assert_eq!(kind(store.change_event(&by, &scene.id, &first.id, 3, &draft, "").await), "conflict");
    assert_eq!(kind(store.delete_event(&by, &scene.id, &first.id, 1, "").await), "conflict");
    let nobody = EventId::from("nobody");
    assert_eq!(kind(store.change_event(&by, &scene.id, &nobody, 1, &draft, "").await), "not found");
    assert_eq!(kind(store.event(&scene.id, &nobody).await), "not found");
    assert_eq!(scene.titles(&*store, |view| view.parties = vec!["red".to_owned()]).await, [""; 0]);
    assert_eq!(scene.titles(&*store, |view| view.parties = vec!["blue".to_owned()]).await, ["Plain"]);
    assert_eq!(scene.titles(&*store, |view| view.text = "paragraph".to_owned()).await, [""; 0]);
}

pub(crate) async fn events_keep_their_citations(home: Home) {
    let store = home.open().await;
    let by = ada();
    let scene = scene(&*store, "one").await;
    let first = scene.add(&*store, &rich(&scene)).await;
    let mut draft = EventDraft::from(first.clone());
    draft.citations.reverse();
    draft.citations[1].attribution.count = Some(7);
    draft.citations.push(citation(&scene.article.id, AttributionKind::Outlet, None));
    let second = store.change_event(&by, &scene.id, &first.id, 1, &draft, "").await.unwrap();
    assert_eq!(second.citations[0], first.citations[1]);
    assert_eq!(second.citations[1].id, first.citations[0].id);
    assert_eq!(second.citations[1].attribution.count, Some(7));
    assert_eq!(store.event(&scene.id, &first.id).await.unwrap(), second);

    let mut stranger = EventDraft::from(second.clone());
    stranger.citations[0].id = Some(CitationId::from("nobody"));
    assert_eq!(
        kind(store.change_event(&by, &scene.id, &first.id, 2, &stranger, "").await),
        "unknown citation"
    );
    let mut twice = EventDraft::from(second.clone());
    twice.citations[0].id = twice.citations[1].id.clone();
    assert_eq!(kind(store.change_event(&by, &scene.id, &first.id, 2, &twice, "").await), "unknown citation");
    let copy = scene.add(&*store, &EventDraft::from(second.clone())).await;
    assert!(copy.citations.iter().all(|one| second.citations.iter().all(|other| one.id != other.id)));
    assert_eq!(store.event(&scene.id, &first.id).await.unwrap(), second);
}

pub(crate) async fn events_are_in_time_order(home: Home) {
    let store = home.open().await;
    let scene = scene(&*store, "one").await;
    // Each with its place in the order: earliest minute, latest day, sequence, identifier.
    let mut expected = vec![
        ("-0100", "0", 0),
        ("../2025-12-31", "1", 0),
        ("2026-01-01", "2", -1),
        ("2026-01-01T00:00:00Z", "3", 0),
        ("2026-01-01", "4", 1),
        ("2026-01", "5", -9),
        ("2026", "6", -9),
        ("2026-01-01/..", "7", -99),
        ("2026-01-01T00:01:00Z", "8", -99),
        ("2026-01-02", "9", 0),
    ];
    let titles: Vec<String> = expected.iter().map(|(_, title, _)| (*title).to_owned()).collect();
    expected.reverse();
    for (edtf, title, sequence) in expected {
        scene.add(&*store, &EventDraft { sequence, ..event(edtf, title) }).await;
    }
    assert_eq!(scene.titles(&*store, |_| {}).await, titles);
    let other = super::make::scene(&*store, "two").await;
    for _ in 0..9 {
        other.add(&*store, &event("2026", "same")).await;
    }
    let ids: Vec<EventId> = other.briefs(&*store).await.into_iter().map(|event| event.id).collect();
    assert!(ids.is_sorted());
}

pub(crate) async fn events_are_read_by_name(home: Home) {
    let store = home.open().await;
    let (here, there) = (scene(&*store, "one").await, super::make::scene(&*store, "two").await);
    let late = here.add(&*store, &event("2026-01-29", "late")).await;
    let early = here.add(&*store, &event("2026-01-09", "early")).await;
    let gone = here.add(&*store, &event("2026-01-12", "gone")).await;
    let elsewhere = there.add(&*store, &event("2026-01-12", "elsewhere")).await;
    store.delete_event(&ada(), &here.id, &gone.id, gone.version, "").await.unwrap();
    let named = async |ids: &[&EventId]| {
        let ids: Vec<EventId> = ids.iter().map(|id| (*id).clone()).collect();
        let events = store.events_named(&here.id, &ids).await.unwrap();
        events.into_iter().map(|event| event.title).collect::<Vec<_>>()
    };
    let unknown = EventId::from("'; drop table events");
    let all = [&late.id, &unknown, &gone.id, &early.id, &elsewhere.id, &late.id];
    assert_eq!(named(&all).await, ["early", "late"], "in time order, each once");
    assert_eq!(named(&[]).await, [""; 0]);
    let many: Vec<EventId> = (0..40_000).map(|n| EventId(n.to_string())).collect();
    assert_eq!(store.events_named(&here.id, &many).await.unwrap(), []);
    assert_eq!(kind(store.events_named(&"nowhere".into(), &[]).await), "not found");
    assert_eq!(kind(store.outline(&"nowhere".into(), &View::default()).await), "not found");
}

pub(crate) async fn events_are_filtered_by_range(home: Home) {
    let store = home.open().await;
    let scene = scene(&*store, "one").await;
    for edtf in
        ["../2026-01-09", "2026-01-08", "2026-01-09", "2026-01", "2026-01-10/..", "[2026-01-12..]", "-0044"]
    {
        scene.add(&*store, &event(edtf, edtf)).await;
    }
    let within = async |from: Option<&str>, to: Option<&str>| {
        let mut titles = scene
            .titles(&*store, |view| {
                view.range.from = from.map(|day| time::day_start(self::day(day)));
                view.range.to = to.map(|day| time::day_end(self::day(day)));
            })
            .await;
        titles.sort();
        titles
    };
    assert_eq!(within(None, None).await.len(), 7);
    assert_eq!(
        within(Some("2026-01-09"), Some("2026-01-09")).await,
        ["../2026-01-09", "2026-01", "2026-01-09"]
    );
    assert_eq!(within(Some("2026-01-10"), None).await, ["2026-01", "2026-01-10/..", "[2026-01-12..]"]);
    assert_eq!(within(None, Some("2026-01-08")).await, ["-0044", "../2026-01-09", "2026-01", "2026-01-08"]);
    assert_eq!(within(Some("2027-01-01"), Some("2027-01-02")).await, ["2026-01-10/..", "[2026-01-12..]"]);
    let noon = time::day_start(day("2026-01-09")) + 720;
    let titles = scene.titles(&*store, |view| {
        view.range.from = Some(noon);
        view.range.to = Some(noon + 1);
    });
    assert_eq!(titles.await.len(), 3, "a range below a day touches the day");
}

pub(crate) async fn events_are_filtered_by_party_kind_and_attestation(home: Home) {
    let store = home.open().await;
    let scene = scene(&*store, "one").await;
    let mut one = event("2026-01-01", "one");
    one.kind = Kind::Memo;
    one.parties = vec![part(&scene.red.id, Role::Actor), part(&scene.blue.id, Role::Target)];
    let mut two = event("2026-01-02", "two");
    two.kind = Kind::Filing;
    two.parties = vec![part(&scene.blue.id, Role::Actor)];
    two.citations = vec![citation(&scene.article.id, AttributionKind::Document, None)];
    let three = event("2026-01-03", "three");
    for draft in [&one, &two, &three] {
        scene.add(&*store, draft).await;
    }
    let titles = async |change: fn(&mut View)| scene.titles(&*store, change).await;
    assert_eq!(titles(|view| view.parties = vec!["red".into()]).await, ["one"]);
    assert_eq!(titles(|view| view.parties = vec!["red".into(), "blue".into()]).await, ["one", "two"]);
    assert_eq!(titles(|view| view.parties = vec!["nobody".into(), "RED".into()]).await, [""; 0]);
    assert_eq!(titles(|view| view.kinds = vec![Kind::Memo, Kind::Other]).await, ["one", "three"]);
    assert_eq!(titles(|view| view.attestations = vec![Attestation::Record]).await, ["two"]);
    assert_eq!(
        titles(|view| view.attestations = vec![Attestation::Uncited, Attestation::Record]).await,
        ["one", "two", "three"]
    );
    assert_eq!(
        titles(|view| {
            view.parties = vec!["blue".into()];
            view.kinds = vec![Kind::Filing];
            view.attestations = vec![Attestation::Record];
            view.text = "tw".into();
            view.as_of = Some(day("2026-01-29"));
            view.range.from = Some(0);
        })
        .await,
        ["two"]
    );
}

pub(crate) async fn events_are_filtered_by_words(home: Home) {
    let store = home.open().await;
    let scene = scene(&*store, "one").await;
    let mut one = event("2026-01-01", "Die ÜBERGABE, 50% done");
    one.description = "A long\tSILENCE followed_by C:\\temp".to_owned();
    one.citations = vec![citation(&scene.article.id, AttributionKind::Outlet, None)];
    one.citations[0].passage.exact = "we will NOT budge".to_owned();
    scene.add(&*store, &one).await;
    scene.add(&*store, &event("2026-01-02", "Other")).await;
    let found = async |text: &str| scene.titles(&*store, |view| view.text = text.to_owned()).await.len();
    for text in
        ["übergabe", "ÜBER", "silence budge done", "done done", "50%", "followed_by", "c:\\temp", "not"]
    {
        assert_eq!(found(text).await, 1, "{text}");
    }
    for text in ["5%done", "followed.by", "followed%by", "long silence missing", "before", "'", "\"", "\\\\"]
    {
        assert_eq!(found(text).await, 0, "{text}");
    }
    assert_eq!(found(" \t").await, 2);
}

pub(crate) async fn events_are_filtered_by_what_was_known(home: Home) {
    let store = home.open().await;
    let scene = scene(&*store, "one").await;
    let early = scene.cite(&*store, "Early", Some("2026-01-15")).await;
    let undated = scene.cite(&*store, "Undated", None).await;
    let old = scene.cite(&*store, "Old", Some("-0001-12-31")).await;
    for (title, articles) in [
        ("both", vec![&scene.article.id, &early]),
        ("late", vec![&scene.article.id, &undated]),
        ("undated", vec![&undated]),
        ("uncited", vec![]),
        ("old", vec![&old]),
    ] {
        let mut draft = event("2026-01-09", title);
        draft.citations =
            articles.into_iter().map(|id| citation(id, AttributionKind::Outlet, None)).collect();
        scene.add(&*store, &draft).await;
    }
    let known = async |on: &str| {
        let mut titles = scene.titles(&*store, |view| view.as_of = Some(day(on))).await;
        titles.sort();
        titles
    };
    assert_eq!(known("2026-01-14").await, ["old"]);
    assert_eq!(known("2026-01-15").await, ["both", "old"]);
    assert_eq!(known("2026-01-29").await, ["both", "late", "old"]);
    assert_eq!(known("9999-12-31").await, ["both", "late", "old"]);
    assert_eq!(known("-0002-01-01").await, [""; 0]);
    let briefs = scene.briefs(&*store).await;
    let of = |title: &str| briefs.iter().find(|brief| brief.title == title).unwrap().known_from;
    assert_eq!(of("both"), Some(day("2026-01-15")));
    assert_eq!(of("old"), Some(day("-0001-12-31")));
    assert_eq!((of("undated"), of("uncited")), (None, None));
}

pub(crate) async fn events_are_attested_by_their_citations(home: Home) {
    use AttributionKind::{Document, OnRecord, Outlet, Unnamed};
    let store = home.open().await;
    let by = ada();
    let scene = scene(&*store, "one").await;
    let zeitung = scene.cite(&*store, "zeitung", Some("2026-01-20")).await;
    let again = scene.cite(&*store, "Herald", Some("2026-01-30")).await;
    let nameless = scene.cite(&*store, "", None).await;
    let here = &scene.article.id;
    let mut current = scene.add(&*store, &event("2026-01-09", "memo")).await;
    let mut rival = citation(here, OnRecord, None);
    rival.date = Some(date("2026-02"));
    let steps = [
        (vec![citation(here, Unnamed, Some(1))], Attestation::Unnamed, vec!["Herald"]),
        (vec![citation(here, Unnamed, Some(3))], Attestation::Reported, vec!["Herald"]),
        (
            vec![citation(here, Outlet, None), citation(&again, Outlet, None)],
            Attestation::Reported,
            vec!["Herald"],
        ),
        (
            vec![citation(&zeitung, Unnamed, None), citation(here, Unnamed, None)],
            Attestation::Several,
            vec!["Herald", "zeitung"],
        ),
        (
            vec![citation(&nameless, Unnamed, None), citation(here, Unnamed, None)],
            Attestation::Several,
            vec!["Herald"],
        ),
        (vec![citation(&zeitung, Document, None)], Attestation::Record, vec!["zeitung"]),
        (vec![rival], Attestation::Rival, vec!["Herald"]),
        (vec![], Attestation::Uncited, vec![]),
    ];
    for (citations, attestation, publishers) in steps {
        let mut draft = EventDraft::from(current.clone());
        draft.citations = citations;
        let count = i64::try_from(draft.citations.len()).unwrap();
        current = store.change_event(&by, &scene.id, &current.id, current.version, &draft, "").await.unwrap();
        let brief = scene.briefs(&*store).await.remove(0);
        assert_eq!((brief.attestation, brief.citations), (attestation, count));
        assert_eq!(brief.publishers, publishers);
        assert_eq!(scene.titles(&*store, |view| view.attestations = vec![attestation]).await, ["memo"]);
        // Which articles those are, in the order of the citations.
        let cited: Vec<_> =
            current.citations.iter().map(|one| (current.id.clone(), one.article.clone())).collect();
        assert_eq!(store.articles_cited(&scene.id).await.unwrap(), cited);
    }
    let kept = EventDraft { citations: vec![citation(here, Outlet, None)], ..event("2026", "gone") };
    let gone = scene.add(&*store, &kept).await;
    assert_eq!(store.articles_cited(&scene.id).await.unwrap().len(), 1);
    store.delete_event(&by, &scene.id, &gone.id, 1, "").await.unwrap();
    assert!(store.articles_cited(&scene.id).await.unwrap().is_empty());
    assert_eq!(kind(store.articles_cited(&DisputeId::from("nobody")).await), "not found");
}

pub(crate) async fn events_are_deleted_and_brought_back(home: Home) {
    let store = home.open().await;
    let by = ada();
    let scene = scene(&*store, "one").await;
    let added = scene.add(&*store, &rich(&scene)).await;
    let restore = || store.restore_event(&by, &scene.id, &added.id, None, "after all");
    assert_eq!(kind(restore().await), "conflict");
    store.delete_event(&by, &scene.id, &added.id, 1, "wrong").await.unwrap();
    assert_eq!(kind(store.event(&scene.id, &added.id).await), "not found");
    assert!(scene.briefs(&*store).await.is_empty());
    assert_eq!(kind(store.delete_event(&by, &scene.id, &added.id, 1, "").await), "not found");
    let draft = event("2026", "x");
    assert_eq!(kind(store.change_event(&by, &scene.id, &added.id, 1, &draft, "").await), "not found");
    let history =
        store.revisions(&scene.id, Some((Subject::Event, added.id.as_str())), None, 9).await.unwrap();
    assert_eq!((history[0].action, history[0].reason.as_str()), (Action::Delete, "wrong"));
    assert_eq!(serde_json::from_str::<Event>(&history[0].state).unwrap(), added);

    let back = restore().await.unwrap();
    assert_eq!(back, Event { version: 2, updated: back.updated, ..added.clone() });
    assert_eq!(store.event(&scene.id, &back.id).await.unwrap(), back);
    assert_eq!(scene.briefs(&*store).await.len(), 1);
    assert_eq!(kind(restore().await), "conflict");
    assert_eq!(kind(store.change_event(&by, &scene.id, &back.id, 1, &draft, "").await), "conflict");
    let nobody = EventId::from("nobody");
    assert_eq!(kind(store.restore_event(&by, &scene.id, &nobody, None, "").await), "not found");
}

pub(crate) async fn events_are_taken_back_to_a_revision(home: Home) {
    let store = home.open().await;
    let by = ada();
    let scene = scene(&*store, "one").await;
    let first = scene.add(&*store, &rich(&scene)).await;
    let second = store.change_event(&by, &scene.id, &first.id, 1, &event("2026", "Plain"), "").await.unwrap();
    let other = scene.add(&*store, &event("2026", "other")).await;
    let history =
        store.revisions(&scene.id, Some((Subject::Event, first.id.as_str())), None, 9).await.unwrap();
    let numbers: Vec<i64> = history.iter().map(|revision| revision.number).collect();
    let undo = |number| store.restore_event(&by, &scene.id, &first.id, Some(number), "undo");

    let third = undo(numbers[1]).await.unwrap();
    assert_eq!(third, Event { version: 3, updated: third.updated, ..first.clone() });
    assert_eq!(store.event(&scene.id, &first.id).await.unwrap(), third);
    let briefs = scene.briefs(&*store).await;
    let brief = briefs.iter().find(|brief| brief.id == first.id).unwrap();
    assert_eq!(brief.attestation, Attestation::Record);
    store.delete_event(&by, &scene.id, &first.id, 3, "").await.unwrap();
    let fourth = undo(numbers[0]).await.unwrap();
    assert_eq!(fourth, Event { version: 4, updated: fourth.updated, ..second });
    let last = store.revisions(&scene.id, None, None, 1).await.unwrap().remove(0);
    assert_eq!(last.action, Action::Restore);
    assert_eq!(serde_json::from_str::<Event>(&last.state).unwrap(), fourth);

    assert_eq!(kind(undo(0).await), "not found");
    let of = Some((Subject::Event, other.id.as_str()));
    let others = store.revisions(&scene.id, of, None, 1).await.unwrap().remove(0).number;
    assert_eq!(kind(undo(others).await), "not found", "a revision of something else");
    store.delete_article(&by, &scene.id, &scene.article.id, "").await.unwrap();
    assert_eq!(kind(undo(numbers[1]).await), "unknown article");
}

pub(crate) async fn events_are_added_all_or_none(home: Home) {
    let store = home.open().await;
    let by = ada();
    let scene = scene(&*store, "one").await;
    let before = store.dispute(&Reader::Program, "one").await.unwrap().0;
    assert_eq!(store.add_events(&by, &scene.id, &[], "").await.unwrap(), 0);
    assert_eq!(store.dispute(&Reader::Program, "one").await.unwrap().0, before);
    let mut drafts: Vec<EventDraft> = (0..2500).map(|n| EventDraft { sequence: n, ..rich(&scene) }).collect();
    assert_eq!(store.add_events(&by, &scene.id, &drafts, "import").await.unwrap(), 2500);
    let after = store.dispute(&Reader::Program, "one").await.unwrap().0;
    assert_eq!(after.revision, before.revision + 2500);
    let briefs = scene.briefs(&*store).await;
    let sequences: Vec<i64> = briefs.iter().map(|brief| brief.sequence).collect();
    assert_eq!(sequences, (0..2500).collect::<Vec<_>>());
    let one = store.event(&scene.id, &briefs[1234].id).await.unwrap();
    assert_eq!((one.citations.len(), one.parties.len()), (2, 2));
    drafts[2400].date = None;
    assert_eq!(kind(store.add_events(&by, &scene.id, &drafts, "").await), "unknown date");
    assert_eq!(scene.briefs(&*store).await.len(), 2500);
    assert_eq!(store.dispute(&Reader::Program, "one").await.unwrap().0, after);
}

pub(crate) async fn articles_are_kept_once(home: Home) {
    let store = home.open().await;
    let by = ada();
    let scene = scene(&*store, "one").await;
    let mut draft = article("Courier", Some("2026-01-30"), "The text.\n\nOf it.");
    let found = [candidate("memo", Some("2026-01-09"), &[4])];
    let (kept, added) = store.add_article(&by, &scene.id, &draft, &found).await.unwrap();
    assert!(added);
    assert_eq!(kept.hash.len(), 64);
    assert_eq!((kept.url.clone(), kept.published), (draft.url.clone(), draft.published));
    let whole = store.article(&scene.id, &kept.id).await.unwrap();
    assert_eq!((whole.article, whole.text), (kept.clone(), draft.text.clone()));
    let before = store.dispute(&Reader::Program, "one").await.unwrap().0;
    draft.publisher = "Another".to_owned();
    assert_eq!(store.add_article(&by, &scene.id, &draft, &found).await.unwrap(), (kept.clone(), false));
    assert_eq!(store.dispute(&Reader::Program, "one").await.unwrap().0, before, "nothing is written");
    assert_eq!(scene.waiting(&*store).await.len(), 1);
    let other = store.add_dispute(&by, &dispute("two")).await.unwrap();
    let (elsewhere, added) = store.add_article(&by, &other.id, &draft, &[]).await.unwrap();
    assert!(added);
    assert_eq!(elsewhere.hash, kept.hash);

    store.delete_article(&by, &scene.id, &kept.id, "").await.unwrap();
    let (again, added) = store.add_article(&by, &scene.id, &draft, &[]).await.unwrap();
    assert!(added && again.id != kept.id);
    assert_eq!(kind(store.restore_article(&by, &scene.id, &kept.id, "").await), "taken text");
}

pub(crate) async fn articles_are_latest_published_first(home: Home) {
    let store = home.open().await;
    let scene = scene(&*store, "one").await;
    for (publisher, published) in
        [("a", Some("2025-05-05")), ("b", None), ("c", Some("2026-02-01")), ("d", Some("-0100-01-01"))]
    {
        scene.cite(&*store, publisher, published).await;
    }
    let articles = store.articles(&scene.id).await.unwrap();
    let publishers: Vec<&str> = articles.iter().map(|one| one.publisher.as_str()).collect();
    assert_eq!(publishers, ["c", "Herald", "a", "d", "b"]);
}

pub(crate) async fn articles_in_use_stay(home: Home) {
    let store = home.open().await;
    let by = ada();
    let scene = scene(&*store, "one").await;
    let cited = scene.add(&*store, &rich(&scene)).await;
    let mut held = position(&scene.red, "No", "2026/..");
    held.source = Some(PositionSource { article: scene.article.id.clone(), passage: passage("no", 1) });
    let held = store.add_position(&by, &scene.id, &held).await.unwrap();
    let delete = || store.delete_article(&by, &scene.id, &scene.article.id, "");
    assert_eq!(kind(delete().await), "in use 1 event and 1 position");
    store.delete_position(&by, &scene.id, &held.id, "").await.unwrap();
    store.delete_event(&by, &scene.id, &cited.id, 1, "").await.unwrap();
    delete().await.unwrap();
    assert_eq!(kind(delete().await), "not found");
    assert_eq!(kind(store.article(&scene.id, &scene.article.id).await), "not found");
    assert!(store.articles(&scene.id).await.unwrap().is_empty());
    assert_eq!(kind(store.restore_event(&by, &scene.id, &cited.id, None, "").await), "unknown article");
    assert_eq!(kind(store.restore_position(&by, &scene.id, &held.id, None, "").await), "unknown article");
    assert_eq!(store.restore_article(&by, &scene.id, &scene.article.id, "").await.unwrap(), scene.article);
    store.restore_event(&by, &scene.id, &cited.id, None, "").await.unwrap();
    store.restore_position(&by, &scene.id, &held.id, None, "").await.unwrap();
}

pub(crate) async fn articles_take_their_waiting_candidates_along(home: Home) {
    let store = home.open().await;
    let by = ada();
    let scene = scene(&*store, "one").await;
    let found = [candidate("a", Some("2026"), &[1]), candidate("b", None, &[2])];
    let draft = article("Courier", None, "Two things.");
    let (kept, _) = store.add_article(&by, &scene.id, &draft, &found).await.unwrap();
    let waiting = scene.waiting(&*store).await;
    store.decide_candidate(&by, &scene.id, &waiting[1].id, Decision::Rejected).await.unwrap();
    assert_eq!(kind(store.restore_article(&by, &scene.id, &kept.id, "").await), "conflict");
    store.delete_article(&by, &scene.id, &kept.id, "").await.unwrap();
    assert!(store.candidates(&scene.id, None, None).await.unwrap().is_empty());
    assert_eq!(kind(store.candidates(&scene.id, Some(&kept.id), None).await), "not found");
    assert_eq!(kind(store.candidate(&scene.id, &waiting[0].id).await), "not found");
    let draft = event("2026", "x");
    assert_eq!(kind(store.accept_candidate(&by, &scene.id, &waiting[0].id, &draft).await), "not found");
    store.restore_article(&by, &scene.id, &kept.id, "").await.unwrap();
    let all = store.candidates(&scene.id, Some(&kept.id), None).await.unwrap();
    let decisions: Vec<Decision> = all.iter().map(|one| one.decision).collect();
    assert_eq!(decisions, [Decision::Pending, Decision::Rejected]);
    assert_eq!(all[0], waiting[0]);
}

pub(crate) async fn candidates_are_in_the_order_of_the_text(home: Home) {
    let store = home.open().await;
    let by = ada();
    let scene = scene(&*store, "one").await;
    let mut with_party = candidate("second", None, &[90, 50]);
    with_party.event.parties = vec![part(&scene.red.id, Role::Actor)];
    let found = [candidate("third", Some("2026"), &[70]), with_party.clone(), candidate("first", None, &[3])];
    let newer = article("Courier", Some("2026-03-01"), "Newer.");
    let older = article("Courier", Some("2025-03-01"), "Older.");
    let (newer, _) = store.add_article(&by, &scene.id, &newer, &found).await.unwrap();
    let (older, _) = store.add_article(&by, &scene.id, &older, &[candidate("old", None, &[])]).await.unwrap();
    let all = store.candidates(&scene.id, None, None).await.unwrap();
    let titles: Vec<&str> = all.iter().map(|one| one.draft.event.title.as_str()).collect();
    assert_eq!(titles, ["first", "second", "third", "old"]);
    let second = &all[1];
    assert_eq!((&second.article, second.decision), (&newer.id, Decision::Pending));
    assert_eq!((&second.event, &second.decided_by, second.decided_at), (&None, &None, None));
    for citation in &mut with_party.event.citations {
        citation.article = newer.id.clone();
    }
    assert_eq!(second.draft, with_party, "with the article that it was found in");
    assert_eq!(store.candidate(&scene.id, &second.id).await.unwrap(), *second);
    let of_older = store.candidates(&scene.id, Some(&older.id), Some(Decision::Pending)).await.unwrap();
    assert_eq!(of_older, [all[3].clone()]);
    assert!(store.candidates(&scene.id, None, Some(Decision::Accepted)).await.unwrap().is_empty());
    assert_eq!(kind(store.candidate(&scene.id, &CandidateId::from("x")).await), "not found");
    with_party.event.parties = vec![part(&PartyId::from("nobody"), Role::Actor)];
    let unread = article("Courier", None, "Unread.");
    assert_eq!(kind(store.add_article(&by, &scene.id, &unread, &[with_party]).await), "unknown party");
}

/// The candidates of a new article, waiting.
async fn found(
    store: &dyn impasse_app::store::Store,
    scene: &Scene,
    drafts: &[impasse_app::model::article::CandidateDraft],
) -> Vec<impasse_app::model::article::Candidate> {
    let draft = article("Courier", Some("2026-01-30"), "Found here.");
    let (kept, _) = store.add_article(&ada(), &scene.id, &draft, drafts).await.unwrap();
    store.candidates(&scene.id, Some(&kept.id), None).await.unwrap()
}

pub(crate) async fn candidates_are_accepted_once(home: Home) {
    let store = home.open().await;
    let by = ada();
    let scene = scene(&*store, "one").await;
    let waiting = found(&*store, &scene, &[candidate("memo", Some("2026-01-09"), &[4])]).await.remove(0);
    let mut draft = waiting.draft.event.clone();
    assert_eq!(
        kind(
            store
                .accept_candidate(&by, &scene.id, &waiting.id, &EventDraft { date: None, ..draft.clone() })
                .await
        ),
        "unknown date"
    );
    assert_eq!(store.candidate(&scene.id, &waiting.id).await.unwrap(), waiting);
    draft.title = "The memo".to_owned();
    let made = store.accept_candidate(&by, &scene.id, &waiting.id, &draft).await.unwrap();
    assert_eq!(
        (made.title.as_str(), made.citations[0].article.as_str()),
        ("The memo", waiting.article.as_str())
    );
    assert_eq!(store.event(&scene.id, &made.id).await.unwrap(), made);
    let decided = store.candidate(&scene.id, &waiting.id).await.unwrap();
    assert_eq!(decided.decision, Decision::Accepted);
    assert_eq!(decided.event, Some(made.id.clone()));
    assert_eq!(decided.decided_by.as_deref(), Some("Ada"));
    assert_eq!(decided.decided_at, Some(made.created));
    assert_eq!(decided.draft, waiting.draft, "what was found stays as it was found");
    assert_eq!(kind(store.accept_candidate(&by, &scene.id, &waiting.id, &draft).await), "conflict");
    assert_eq!(kind(store.merge_candidate(&by, &scene.id, &waiting.id, &made.id, 1).await), "conflict");
    for decision in [Decision::Rejected, Decision::Pending] {
        assert_eq!(kind(store.decide_candidate(&by, &scene.id, &waiting.id, decision).await), "conflict");
    }
    assert_eq!(scene.briefs(&*store).await.len(), 1);
}

pub(crate) async fn candidates_are_merged_with_their_date(home: Home) {
    let store = home.open().await;
    let by = ada();
    let scene = scene(&*store, "one").await;
    let mut given = candidate("given", Some("2026-01-09"), &[30]);
    given.event.citations[0].date = Some(date("2026-01-09?"));
    let drafts = [
        candidate("same", Some("2026-01-09"), &[10]),
        candidate("rival", Some("2026-01-12"), &[20]),
        given,
        candidate("undated", None, &[40]),
    ];
    let waiting = found(&*store, &scene, &drafts).await;
    let mut draft = event("2026-01-09", "memo");
    draft.citations = vec![citation(&scene.article.id, AttributionKind::Unnamed, Some(1))];
    let first = scene.add(&*store, &draft).await;
    let merge = |candidate: usize, version| {
        store.merge_candidate(&by, &scene.id, &waiting[candidate].id, &first.id, version)
    };
    assert_eq!(kind(merge(0, 2).await), "conflict");
    let second = merge(0, 1).await.unwrap();
    assert_eq!((second.version, second.citations.len()), (2, 2));
    assert_eq!(second.citations[0], first.citations[0]);
    assert_eq!((second.citations[1].passage.start, second.citations[1].date.clone()), (10, None));
    assert_eq!(scene.briefs(&*store).await[0].attestation, Attestation::Record);
    assert_eq!(scene.briefs(&*store).await[0].publishers, ["Courier", "Herald"]);
    let third = merge(1, 2).await.unwrap();
    assert_eq!(third.citations[2].date, Some(date("2026-01-12")));
    assert_eq!(scene.briefs(&*store).await[0].attestation, Attestation::Rival);
    let fourth = merge(2, 3).await.unwrap();
    assert_eq!(fourth.citations[3].date, Some(date("2026-01-09?")));
    let fifth = merge(3, 4).await.unwrap();
    assert_eq!(fifth.citations[4].date, None);
    assert_eq!(store.event(&scene.id, &first.id).await.unwrap(), fifth);
    assert_eq!(kind(merge(0, 5).await), "conflict");
    let decided = store.candidate(&scene.id, &waiting[0].id).await.unwrap();
    assert_eq!((decided.decision, decided.event), (Decision::Accepted, Some(first.id.clone())));
    let two = store.revisions(&scene.id, None, None, 2).await.unwrap();
    let subjects: Vec<Subject> = two.iter().map(|revision| revision.subject).collect();
    assert_eq!(subjects, [Subject::Candidate, Subject::Event]);
}

pub(crate) async fn candidates_are_turned_down_and_taken_back(home: Home) {
    let store = home.open().await;
    let by = ada();
    let scene = scene(&*store, "one").await;
    let waiting = found(&*store, &scene, &[candidate("memo", Some("2026"), &[4])]).await.remove(0);
    let decide = |decision| store.decide_candidate(&by, &scene.id, &waiting.id, decision);
    assert_eq!(kind(decide(Decision::Accepted).await), "unknown decision");
    assert_eq!(kind(decide(Decision::Pending).await), "conflict");
    let rejected = decide(Decision::Rejected).await.unwrap();
    assert_eq!((rejected.decision, rejected.decided_by.as_deref()), (Decision::Rejected, Some("Ada")));
    assert_eq!(store.candidate(&scene.id, &waiting.id).await.unwrap(), rejected);
    assert_eq!(kind(decide(Decision::Rejected).await), "conflict");
    let draft = waiting.draft.event.clone();
    assert_eq!(kind(store.accept_candidate(&by, &scene.id, &waiting.id, &draft).await), "conflict");
    assert_eq!(decide(Decision::Pending).await.unwrap(), waiting);
    store.accept_candidate(&by, &scene.id, &waiting.id, &draft).await.unwrap();
}

pub(crate) async fn what_belongs_elsewhere_is_not_found(home: Home) {
    let store = home.open().await;
    let by = ada();
    let here = scene(&*store, "one").await;
    let there = scene(&*store, "two").await;
    let moment = here.add(&*store, &event("2026", "memo")).await;
    let theirs = there.add(&*store, &event("2026", "theirs")).await;
    let held = store.add_position(&by, &here.id, &position(&here.red, "No", "2026")).await.unwrap();
    let waiting = found(&*store, &here, &[candidate("memo", Some("2026"), &[4])]).await.remove(0);
    let before = store.dispute(&Reader::Program, "two").await.unwrap().0;
    let to = &there.id;
    let draft = event("2026", "x");
    let missing = [
        kind(store.event(to, &moment.id).await),
        kind(store.change_event(&by, to, &moment.id, 1, &draft, "").await),
        kind(store.delete_event(&by, to, &moment.id, 1, "").await),
        kind(store.restore_event(&by, to, &moment.id, None, "").await),
        kind(store.restore_event(&by, to, &moment.id, Some(1), "").await),
        kind(store.change_party(&by, to, &here.red.id, &party("x"), "").await),
        kind(store.delete_party(&by, to, &here.red.id, "").await),
        kind(store.restore_party(&by, to, &here.red.id, None, "").await),
        kind(store.change_position(&by, to, &held.id, &position(&there.red, "x", "2026"), "").await),
        kind(store.delete_position(&by, to, &held.id, "").await),
        kind(store.restore_position(&by, to, &held.id, None, "").await),
        kind(store.article(to, &here.article.id).await),
        kind(store.delete_article(&by, to, &here.article.id, "").await),
        kind(store.restore_article(&by, to, &here.article.id, "").await),
        kind(store.candidates(to, Some(&waiting.article), None).await),
        kind(store.candidate(to, &waiting.id).await),
        kind(store.accept_candidate(&by, to, &waiting.id, &draft).await),
        kind(store.merge_candidate(&by, to, &waiting.id, &theirs.id, 1).await),
        kind(store.merge_candidate(&by, &here.id, &waiting.id, &theirs.id, 1).await),
        kind(store.decide_candidate(&by, to, &waiting.id, Decision::Rejected).await),
    ];
    assert!(missing.iter().all(|one| one == "not found"), "{missing:?}");
    assert!(
        store.revisions(to, Some((Subject::Event, moment.id.as_str())), None, 9).await.unwrap().is_empty()
    );
    assert_eq!(kind(store.revisions(&DisputeId::from("x"), None, None, 9).await), "not found");
    assert_eq!(store.dispute(&Reader::Program, "two").await.unwrap().0, before);
    assert_eq!(store.event(&here.id, &moment.id).await.unwrap(), moment);
}

pub(crate) async fn revisions_record_every_change(home: Home) {
    let store = home.open().await;
    let by = ada();
    let scene = scene(&*store, "one").await;
    let id = &scene.id;
    let changed = store.change_dispute(&by, id, 1, &dispute("uno"), "why 1").await.unwrap();
    let renamed = store.change_party(&by, id, &scene.blue.id, &party("navy"), "why 2").await.unwrap();
    let held = store.add_position(&by, id, &position(&scene.red, "No", "2026/..")).await.unwrap();
    let firm = store
        .change_position(&by, id, &held.id, &position(&scene.red, "Never", "2026/.."), "why 3")
        .await
        .unwrap();
    store.delete_position(&by, id, &held.id, "why 4").await.unwrap();
    let first = scene.add(&*store, &rich(&scene)).await;
    let second = store.change_event(&by, id, &first.id, 1, &event("2026", "x"), "why 5").await.unwrap();
    store.delete_event(&by, id, &first.id, 2, "why 6").await.unwrap();
    store.delete_party(&by, id, &scene.blue.id, "why 7").await.unwrap();
    let waiting = found(&*store, &scene, &[candidate("memo", Some("2026"), &[4])]).await.remove(0);
    let rejected = store.decide_candidate(&by, id, &waiting.id, Decision::Rejected).await.unwrap();
    store.delete_article(&Actor::system(), id, &scene.article.id, "why 8").await.unwrap();
    let courier = store.articles(id).await.unwrap().remove(0);

    let expected: Vec<(Subject, &str, Action, &str, String)> = vec![
        (Subject::Dispute, id.as_str(), Action::Create, "", json(&scene.dispute)),
        (Subject::Party, scene.red.id.as_str(), Action::Create, "", json(&scene.red)),
        (Subject::Party, scene.blue.id.as_str(), Action::Create, "", json(&scene.blue)),
        (Subject::Article, scene.article.id.as_str(), Action::Create, "", json(&scene.article)),
        (Subject::Dispute, id.as_str(), Action::Update, "why 1", json(&changed)),
        (Subject::Party, scene.blue.id.as_str(), Action::Update, "why 2", json(&renamed)),
        (Subject::Position, held.id.as_str(), Action::Create, "", json(&held)),
        (Subject::Position, held.id.as_str(), Action::Update, "why 3", json(&firm)),
        (Subject::Position, held.id.as_str(), Action::Delete, "why 4", json(&firm)),
        (Subject::Event, first.id.as_str(), Action::Create, "because", json(&first)),
        (Subject::Event, first.id.as_str(), Action::Update, "why 5", json(&second)),
        (Subject::Event, first.id.as_str(), Action::Delete, "why 6", json(&second)),
        (Subject::Party, scene.blue.id.as_str(), Action::Delete, "why 7", json(&renamed)),
        (Subject::Article, courier.id.as_str(), Action::Create, "", json(&courier)),
        (Subject::Candidate, waiting.id.as_str(), Action::Update, "", json(&rejected)),
        (Subject::Article, scene.article.id.as_str(), Action::Delete, "why 8", json(&scene.article)),
    ];
    let mut revisions = store.revisions(id, None, None, 100).await.unwrap();
    assert_eq!(store.dispute(&Reader::Program, "uno").await.unwrap().0.revision, revisions[0].number);
    assert_eq!(revisions[0].actor, "Impasse");
    revisions.reverse();
    for (revision, expected) in revisions.iter().zip(&expected) {
        let (subject, subject_id, action, reason, state) = expected;
        assert_eq!((revision.subject, revision.subject_id.as_str()), (*subject, *subject_id));
        assert_eq!((revision.action, revision.reason.as_str()), (*action, *reason));
        assert_eq!(revision.state, *state);
        assert_eq!(revision.dispute, *id);
        assert!((chrono::Utc::now() - revision.at).num_seconds() < 60);
    }
    assert_eq!(revisions.len(), expected.len());

    let all: Vec<i64> = revisions.iter().rev().map(|revision| revision.number).collect();
    let page = store.revisions(id, None, Some(all[2]), 3).await.unwrap();
    assert_eq!(page.iter().map(|one| one.number).collect::<Vec<_>>(), all[3..6]);
    let of = Some((Subject::Position, held.id.as_str()));
    assert_eq!(store.revisions(id, of, None, 9).await.unwrap().len(), 3);
    let wrong = Some((Subject::Event, held.id.as_str()));
    assert!(store.revisions(id, wrong, None, 9).await.unwrap().is_empty());
    assert!(store.revisions(id, None, None, 0).await.unwrap().is_empty());
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

pub(crate) async fn revisions_are_numbered_over_the_whole_site(home: Home) {
    let store = home.open().await;
    let by = ada();
    let one = store.add_dispute(&by, &dispute("one")).await.unwrap();
    let two = store.add_dispute(&by, &dispute("two")).await.unwrap();
    assert_eq!((one.revision, two.revision), (1, 2));
    store.add_party(&by, &one.id, &party("red")).await.unwrap();
    assert_eq!(kind(store.add_party(&by, &one.id, &party("red")).await), "taken key");
    store.add_party(&by, &two.id, &party("red")).await.unwrap();
    assert_eq!(store.dispute(&Reader::Program, "one").await.unwrap().0.revision, 3);
    assert_eq!(
        store.dispute(&Reader::Program, "two").await.unwrap().0.revision,
        4,
        "what is refused takes no number"
    );
}

pub(crate) async fn users_have_one_name_in_any_case(home: Home) {
    let store = home.open().await;
    assert_eq!(store.count_users().await.unwrap(), 0);
    let zoe = store.add_user("Zoë", "hash", true).await.unwrap();
    let ada = store.add_user("ada", "other", false).await.unwrap();
    assert_eq!(kind(store.add_user("ZOË", "x", false).await), "taken name");
    assert_eq!(store.user_named("zoË").await.unwrap(), zoe);
    assert_eq!(kind(store.user_named("Zoe").await), "not found");
    assert_eq!(store.users().await.unwrap(), [ada, zoe.clone()]);
    assert_eq!(store.count_users().await.unwrap(), 2);
    store.set_password(&zoe.id, "new").await.unwrap();
    assert_eq!(store.user_named("Zoë").await.unwrap().password_hash.as_deref(), Some("new"));
    let nobody = impasse_app::model::id::UserId::from("x");
    assert_eq!(kind(store.set_password(&nobody, "new").await), "not found");
}

pub(crate) async fn sessions_end(home: Home) {
    let store = home.open().await;
    let user = store.add_user("Ada", "hash", true).await.unwrap();
    let session = |token: &str, seconds: i64| Session {
        token_hash: token.to_owned(),
        user: user.id.clone(),
        created: chrono::Utc::now(),
        expires: chrono::Utc::now() + chrono::TimeDelta::seconds(seconds),
        agent: "Browser".to_owned(),
    };
    store.add_session(&session("a", 60)).await.unwrap();
    store.add_session(&session("b", 60)).await.unwrap();
    store.add_session(&session("over", -1)).await.unwrap();
    assert_eq!(store.session_user("a").await.unwrap(), user);
    assert_eq!(kind(store.session_user("over").await), "not found");
    assert_eq!(kind(store.session_user("unknown").await), "not found");
    store.end_session("a").await.unwrap();
    store.end_session("unknown").await.unwrap();
    assert_eq!(kind(store.session_user("a").await), "not found");
    assert_eq!(store.session_user("b").await.unwrap(), user);
    store.set_password(&user.id, "new").await.unwrap();
    assert_eq!(kind(store.session_user("b").await), "not found");
    let stranger = Session { user: impasse_app::model::id::UserId::from("x"), ..session("c", 60) };
    assert_eq!(kind(store.add_session(&stranger).await), "not found");
}

pub(crate) async fn the_store_answers(home: Home) {
    home.open().await.check().await.unwrap();
}
