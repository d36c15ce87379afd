use impasse_app::model::article::Decision;
use impasse_app::model::dispute::{Party, PositionSource};
use impasse_app::model::event::{AttributionKind, EventDraft, Role};
use impasse_app::model::id::{
    ArticleId, CandidateId, DisputeId, EventId, PartyId, PasskeyId, PositionId, UserId,
};
use impasse_app::model::identity::Doors;
use impasse_app::model::revision::{Actor, Subject};
use impasse_app::model::role::Reader;
use impasse_app::model::view::View;
use impasse_app::store::{Session, StoreError};

use super::Home;
use super::make::*;

/// What people and programs send.
fn texts() -> Vec<String> {
    let mut texts: Vec<String> = [
        "",
        " ",
        "O'Brien; drop table events; --",
        "\"quoted\" `ticked` [bracketed]",
        "100% _under_ \\back\\ $1 ?1 :name @x",
        "👩‍👩‍👧‍👦 🏳️‍🌈 🇺🇦",
        "\u{202e}txt.exe\u{202c} שלום عليكم",
        "e\u{301}\u{301}\u{301} \u{feff}\u{200b}\u{ffff}\u{10ffff}",
        "line\r\nline\u{2028}line\t\u{1}\u{7f}\u{85}",
        "{\"json\": [1, null]} <b>&amp;</b>",
        "null",
    ]
    .map(str::to_owned)
    .to_vec();
    // Far longer than a page of either database, and of no pattern that would compress.
    texts.push(
        (0..200_000_u32)
            .map(|n| char::from_u32(0x4e00 + n.wrapping_mul(2_654_435_761) % 20_000).unwrap())
            .collect(),
    );
    texts
}

fn draft(scene: &Scene, text: &str) -> EventDraft {
    let mut draft = event("2026-01-09", text);
    draft.date = draft.date.map(|date| date.with_printed(Some(format!("x{text}x"))));
    draft.description = text.to_owned();
    draft.parties = vec![part(&scene.red.id, Role::Actor)];
    let mut cited = citation(&scene.article.id, AttributionKind::Unnamed, Some(i64::MAX));
    cited.passage = passage(text, 0);
    cited.passage.prefix = text.to_owned();
    cited.passage.start = i64::MIN;
    cited.attribution.wording = text.to_owned();
    cited.date = Some(date("2026-01").with_printed(Some(format!("x{text}x"))));
    draft.citations = vec![cited];
    draft
}

pub(crate) async fn texts_come_back_as_they_went(home: Home) {
    let store = home.open().await;
    for (n, text) in texts().iter().enumerate() {
        let by = Actor { user: Some(UserId::from("someone")), name: text.clone() };
        let scene = scene(&*store, &format!("{n}{text}")).await;
        assert_eq!(store.dispute(&Reader::Program, &format!("{n}{text}")).await.unwrap().0.id, scene.id);
        let mut actor = party(text);
        actor.name.clone_from(text);
        actor.aliases = vec![text.clone(), text.clone()];
        let actor = store.add_party(&by, &scene.id, &actor).await.unwrap();
        assert_eq!(actor, Party { key: text.clone(), name: text.clone(), ..actor.clone() });
        assert!(store.parties(&scene.id).await.unwrap().contains(&actor));
        assert_eq!(kind(store.add_party(&by, &scene.id, &party(text)).await), "taken key");

        let draft = EventDraft { sequence: i64::MIN, ..draft(&scene, text) };
        let added = store.add_event(&by, &scene.id, &draft, text).await.unwrap();
        assert_eq!(added.title, *text);
        assert_eq!(store.event(&scene.id, &added.id).await.unwrap(), added);
        let last = store.revisions(&scene.id, None, None, 1).await.unwrap().remove(0);
        assert_eq!((&last.actor, &last.reason), (text, text));
        assert_eq!(scene.titles(&*store, |view| view.text.clone_from(text)).await, [text.as_str()]);
        assert_eq!(scene.titles(&*store, |view| view.parties = vec![text.clone(); 2]).await, [""; 0]);

        let mut held = position(&actor, text, "2026/..");
        held.source = Some(PositionSource { article: scene.article.id.clone(), passage: passage(text, 3) });
        let held = store.add_position(&by, &scene.id, &held).await.unwrap();
        assert_eq!(store.positions(&scene.id).await.unwrap(), [held]);

        let mut source = article(text, Some("2026-01-09"), text);
        source.url = Some(text.clone());
        source.title.clone_from(text);
        let mut found = candidate(text, None, &[1]);
        found.rule.clone_from(text);
        found.reasons = vec![text.clone()];
        let (kept, _) = store.add_article(&by, &scene.id, &source, &[found]).await.unwrap();
        let whole = store.article(&scene.id, &kept.id).await.unwrap();
        assert_eq!((whole.article, &whole.text), (kept.clone(), text));
        let waiting = store.candidates(&scene.id, Some(&kept.id), None).await.unwrap().remove(0);
        assert_eq!(waiting.draft.event.title, *text);
        let rejected = store.decide_candidate(&by, &scene.id, &waiting.id, Decision::Rejected).await.unwrap();
        assert_eq!(rejected.decided_by.as_ref(), Some(text));

        let name = format!("{n}{text}");
        let user = store.add_user(&name, text, false).await.unwrap();
        assert_eq!(store.user_named(&name.to_uppercase().to_lowercase()).await.unwrap(), user);
        assert_eq!(kind(store.add_user(&name, "", false).await), "taken name");
    }
}

pub(crate) async fn nul_becomes_a_replacement_character(home: Home) {
    let store = home.open().await;
    let scene = scene(&*store, "a\0b").await;
    assert_eq!(scene.dispute.slug, "a\u{fffd}b");
    assert_eq!(store.dispute(&Reader::Program, "a\0b").await.unwrap().0.id, scene.id);
    assert_eq!(store.disputes(&Reader::Program, "A\0B").await.unwrap().len(), 1);
    let by = Actor { user: Some(UserId::from("\0")), name: "A\0".to_owned() };
    let added = store.add_event(&by, &scene.id, &draft(&scene, "x\0y"), "why\0").await.unwrap();
    assert_eq!(added.title, "x\u{fffd}y");
    assert_eq!(added.citations[0].passage.exact, "x\u{fffd}y");
    assert_eq!(added.date.printed(), Some("xx\u{fffd}yx"));
    assert_eq!(store.event(&scene.id, &added.id).await.unwrap(), added);
    assert_eq!(scene.titles(&*store, |view| view.text = "X\0".to_owned()).await, ["x\u{fffd}y"]);
    let last = store.revisions(&scene.id, None, None, 1).await.unwrap().remove(0);
    assert_eq!((last.actor.as_str(), last.reason.as_str()), ("A\u{fffd}", "why\u{fffd}"));
    assert_eq!(last.state, serde_json::to_string(&added).unwrap());
    let source = article("\0", None, "one\0two");
    let found = [candidate("ti\0tle", None, &[3])];
    let (kept, _) = store.add_article(&by, &scene.id, &source, &found).await.unwrap();
    assert_eq!(store.article(&scene.id, &kept.id).await.unwrap().text, "one\u{fffd}two", "as long as before");
    assert!(!store.add_article(&by, &scene.id, &source, &[]).await.unwrap().1);
    let waiting = store.candidates(&scene.id, Some(&kept.id), None).await.unwrap().remove(0);
    assert_eq!(waiting.draft.event.title, "ti\u{fffd}tle");
    let rejected = store.decide_candidate(&by, &scene.id, &waiting.id, Decision::Rejected).await.unwrap();
    assert_eq!(store.candidate(&scene.id, &waiting.id).await.unwrap(), rejected);
    let held = store.add_position(&by, &scene.id, &position(&scene.red, "N\0", "2026")).await.unwrap();
    assert_eq!(store.positions(&scene.id).await.unwrap(), [held]);
    let user = store.add_user("n\0", "h", false).await.unwrap();
    assert_eq!(store.user_named("N\0").await.unwrap(), user);
}

/// No question is answered by a database's error.
pub(crate) async fn anything_may_be_asked(home: Home) {
    let store = home.open().await;
    let by = ada();
    let scene = scene(&*store, "one").await;
    let long: String = (0..40_000).map(|n| format!("w{n} ")).collect();
    let mut asked = texts();
    asked.extend([long, "a\0b".to_owned(), "🏳️‍🌈".repeat(3000)]);
    for text in &asked {
        fine(store.dispute(&Reader::Program, text).await);
        fine(store.disputes(&Reader::Program, text).await);
        let keys: Vec<String> = text.split(' ').map(str::to_owned).collect();
        let view = View { text: text.clone(), parties: keys, event: Some(text.clone()), ..View::default() };
        fine(store.events(&scene.id, &view).await);
        let dispute = DisputeId::from(text.as_str());
        fine(store.events(&dispute, &View::default()).await);
        fine(store.event(&scene.id, &EventId::from(text.as_str())).await);
        fine(store.article(&scene.id, &ArticleId::from(text.as_str())).await);
        fine(store.candidate(&scene.id, &CandidateId::from(text.as_str())).await);
        fine(store.candidates(&scene.id, Some(&ArticleId::from(text.as_str())), None).await);
        fine(store.revisions(&scene.id, Some((Subject::Event, text.as_str())), None, u32::MAX).await);
        fine(store.revisions(&scene.id, None, Some(i64::MIN), 1).await);
        fine(store.user_named(text).await);
        fine(store.session_user(text).await);
        fine(store.end_session(text).await);
        fine(store.delete_party(&by, &scene.id, &PartyId::from(text.as_str()), text).await);
        fine(store.delete_position(&by, &scene.id, &PositionId::from(text.as_str()), text).await);
        let user = UserId::from(text.as_str());
        fine(store.set_password(&user, text).await);
        fine(store.passkeys(&user).await);
        fine(store.passkey(text).await);
        let passkey = PasskeyId::from(text.as_str());
        fine(store.passkey_used(&passkey, text, text, chrono::Utc::now()).await);
        fine(store.rename_passkey(&user, &passkey, text).await);
        fine(store.remove_passkey(&user, &passkey, &Doors::default(), text).await);
        fine(store.remove_password(&user, &Doors::default(), text).await);
        fine(store.end_ceremony(text, chrono::Utc::now()).await);
        let expires = chrono::DateTime::<chrono::Utc>::MAX_UTC;
        let (created, agent) = (chrono::Utc::now(), text.clone());
        fine(store.add_session(&Session { token_hash: text.clone(), user, created, expires, agent }).await);
        let mut stranger = event("2026", text);
        stranger.parties = vec![part(&PartyId::from(text.as_str()), Role::Actor)];
        assert_eq!(kind(store.add_event(&by, &scene.id, &stranger, "").await), "unknown party");
    }
    for range in [(i64::MIN, i64::MAX), (i64::MAX, i64::MIN), (0, 0)] {
        let view = View::default().with(|view| {
            view.range.from = Some(range.0);
            view.range.to = Some(range.1);
            view.as_of = Some(chrono::NaiveDate::MIN);
        });
        fine(store.events(&scene.id, &view).await);
    }
    for published in [chrono::NaiveDate::MIN, chrono::NaiveDate::MAX] {
        let source = article("x", None, &published.to_string());
        let source = impasse_app::model::article::ArticleDraft { published: Some(published), ..source };
        let (kept, _) = store.add_article(&by, &scene.id, &source, &[]).await.unwrap();
        assert_eq!(store.article(&scene.id, &kept.id).await.unwrap().article, kept);
    }
}

fn fine<T>(result: Result<T, StoreError>) {
    if let Err(error @ StoreError::Failed(_)) = result {
        panic!("{error:?}");
    }
}
