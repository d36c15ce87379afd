//! Who sees a dispute, who may do what in it, and where people are signed in.

use chrono::{TimeDelta, Utc};
use impasse_app::model::id::DisputeId;
use impasse_app::model::link::LinkDraft;
use impasse_app::model::revision::{Actor, Subject};
use impasse_app::model::role::{InvitationDraft, Reader, Role, Visibility};
use impasse_app::store::{Session, Store, User};

use super::Home;
use super::make::*;

fn reader(user: &User) -> Reader {
    Reader::Account { user: user.id.clone(), is_admin: user.is_admin }
}

fn actor(user: &User) -> Actor {
    Actor { user: Some(user.id.clone()), name: user.name.clone() }
}

async fn invite(store: &dyn Store, by: &User, dispute: &DisputeId, role: Role, hash: &str, days: i64) {
    let draft = InvitationDraft {
        role,
        note: "For Bea".to_owned(),
        expires: Utc::now() + TimeDelta::days(days),
        hash: hash.to_owned(),
    };
    let made = store.add_invitation(&actor(by), dispute, &draft).await.unwrap();
    assert_eq!((made.role, made.note.as_str(), made.by.as_str()), (role, "For Bea", by.name.as_str()));
}

pub(crate) async fn a_private_dispute_is_for_its_members(home: Home) {
    let store = home.open().await;
    let [owner, stranger] = [
        store.add_user("Ada", "hash", false).await.unwrap(),
        store.add_user("Bea", "hash", false).await.unwrap(),
    ];
    let admin = store.add_user("Root", "hash", true).await.unwrap();
    let made = store.add_dispute(&actor(&owner), &dispute("one")).await.unwrap();
    assert_eq!((made.visibility, made.takes_suggestions), (Visibility::Public, false));
    let role = async |who: &Reader, slug: &str| store.dispute(who, slug).await.map(|(_, role)| role);
    assert_eq!(role(&reader(&owner), "one").await.unwrap(), Role::Owner);
    assert_eq!(role(&reader(&stranger), "one").await.unwrap(), Role::Viewer);
    assert_eq!(role(&Reader::Anyone, "one").await.unwrap(), Role::Viewer);
    assert_eq!(role(&reader(&admin), "one").await.unwrap(), Role::Owner);

    let link = LinkDraft { query: String::new(), revision: made.revision, expires: None };
    let link = store.add_link(None, &made.id, &link).await.unwrap();
    let by = actor(&owner);
    let hidden = store.set_visibility(&by, &made.id, Visibility::Private, true).await.unwrap();
    assert_eq!((hidden.visibility, hidden.takes_suggestions), (Visibility::Private, true));
    assert_eq!(hidden.version, made.version + 1);
    assert!(hidden.slug.starts_with("one-") && hidden.slug.len() == 14, "{}", hidden.slug);
    assert!(store.link(&link.code).await.unwrap().0.revoked.is_some(), "what was handed on is taken back");
    for who in [&Reader::Anyone, &reader(&stranger)] {
        assert_eq!(kind(store.dispute(who, &hidden.slug).await), "not found");
        assert_eq!(kind(store.role(who, &hidden.id).await), "not found");
        assert!(store.disputes(who, "").await.unwrap().is_empty());
    }
    for who in [&Reader::Program, &reader(&owner), &reader(&admin)] {
        assert_eq!(store.dispute(who, &hidden.slug).await.unwrap(), (hidden.clone(), Role::Owner));
        assert_eq!(store.disputes(who, "").await.unwrap().len(), 1);
        assert_eq!(kind(store.dispute(who, "one").await), "not found");
    }
    let again = store.add_dispute(&by, &dispute("one")).await.unwrap();
    assert_eq!(again.slug, "one", "that a private dispute is there cannot be told from its old name");

    let mut draft = dispute("guessed");
    draft.title = "Other".to_owned();
    let changed = store.change_dispute(&by, &hidden.id, hidden.version, &draft, "").await.unwrap();
    assert_eq!((changed.slug.as_str(), changed.title.as_str()), (hidden.slug.as_str(), "Other"));
    assert_eq!((changed.visibility, changed.takes_suggestions), (Visibility::Private, true));

    let unlisted = store.set_visibility(&by, &made.id, Visibility::Unlisted, true).await.unwrap();
    assert_eq!(unlisted.slug, hidden.slug);
    assert_eq!(role(&Reader::Anyone, &hidden.slug).await.unwrap(), Role::Viewer);
    assert_eq!(store.disputes(&Reader::Anyone, "").await.unwrap().len(), 1, "nothing leads to it");
    let revisions =
        store.revisions(&made.id, Some((Subject::Dispute, made.id.as_str())), None, 9).await.unwrap();
    assert_eq!(revisions[0].reason, "Who may read it: unlisted");
    let same = store.set_visibility(&by, &made.id, Visibility::Unlisted, true).await.unwrap();
    assert_eq!(same, unlisted, "what is so already changes nothing");
    store.delete_dispute(&by, &made.id, "").await.unwrap();
    assert_eq!(store.role(&reader(&owner), &made.id).await.unwrap(), Role::Owner, "who may bring it back");
}

pub(crate) async fn roles_are_given_and_taken_away(home: Home) {
    let store = home.open().await;
    let owner = store.add_user("Ada", "hash", false).await.unwrap();
    let other = store.add_user("bea", "hash", false).await.unwrap();
    let made = store.add_dispute(&actor(&owner), &dispute("one")).await.unwrap();
    let nobody = impasse_app::model::id::UserId::from("x");
    assert_eq!(kind(store.set_role(&made.id, &nobody, Some(Role::Editor)).await), "not found");
    assert_eq!(kind(store.set_role(&made.id, &other.id, None).await), "not found");
    let now = Utc::now();
    invite(&*store, &owner, &made.id, Role::Editor, "editor", 7).await;
    invite(&*store, &owner, &made.id, Role::Viewer, "viewer", 7).await;
    invite(&*store, &owner, &made.id, Role::Owner, "ended", -1).await;
    assert_eq!(store.invitations(&made.id).await.unwrap().len(), 2);
    assert_eq!(store.invitation("editor", now).await.unwrap().1.id, made.id);
    for hash in ["ended", "unknown"] {
        assert_eq!(kind(store.invitation(hash, now).await), "not found");
        assert_eq!(kind(store.take_invitation(hash, &other.id, now).await), "not found");
    }
    assert_eq!(store.take_invitation("editor", &other.id, now).await.unwrap().id, made.id);
    assert_eq!(kind(store.take_invitation("editor", &other.id, now).await), "not found", "once");
    store.take_invitation("viewer", &other.id, now).await.unwrap();
    let roles = async || {
        let members = store.members(&made.id).await.unwrap();
        members.into_iter().map(|member| (member.name, member.role)).collect::<Vec<_>>()
    };
    let [ada, bea] = ["Ada".to_owned(), "bea".to_owned()];
    assert_eq!(
        roles().await,
        [(ada.clone(), Role::Owner), (bea.clone(), Role::Editor)],
        "no role is lowered"
    );

    for role in [Some(Role::Viewer), None] {
        let refused = store.set_role(&made.id, &owner.id, role).await;
        assert_eq!(kind(refused), "in use the dispute would have no owner");
    }
    assert_eq!(roles().await[0], (ada.clone(), Role::Owner), "what is refused changes nothing");
    store.set_role(&made.id, &other.id, Some(Role::Owner)).await.unwrap();
    store.set_role(&made.id, &owner.id, Some(Role::Reviewer)).await.unwrap();
    assert_eq!(roles().await, [(bea.clone(), Role::Owner), (ada, Role::Reviewer)]);
    store.set_role(&made.id, &owner.id, None).await.unwrap();
    assert_eq!(roles().await, [(bea, Role::Owner)]);

    invite(&*store, &other, &made.id, Role::Reviewer, "joined", 1).await;
    assert_eq!(kind(store.join("joined", "Ada", "hash", now).await), "taken name");
    assert!(store.invitation("joined", now).await.is_ok(), "it can still be taken");
    let (joined, _) = store.join("joined", "Cleo", "hash", now).await.unwrap();
    assert_eq!((joined.name.as_str(), joined.is_admin), ("Cleo", false));
    assert_eq!(store.role(&reader(&joined), &made.id).await.unwrap(), Role::Reviewer);
    assert_eq!(kind(store.join("joined", "Dora", "hash", now).await), "not found");
    assert_eq!(kind(store.user_named("Dora").await), "not found", "no account without an invitation");

    invite(&*store, &other, &made.id, Role::Editor, "back", 1).await;
    let open = store.invitations(&made.id).await.unwrap();
    let second = store.add_dispute(&actor(&owner), &dispute("two")).await.unwrap();
    assert_eq!(kind(store.revoke_invitation(&second.id, &open[0].id).await), "not found");
    store.revoke_invitation(&made.id, &open[0].id).await.unwrap();
    assert_eq!(kind(store.invitation("back", now).await), "not found");
}

pub(crate) async fn sessions_are_listed_and_ended(home: Home) {
    let store = home.open().await;
    let user = store.add_user("Ada", "hash", false).await.unwrap();
    let session = |token: &str, minutes: i64| Session {
        token_hash: token.to_owned(),
        user: user.id.clone(),
        created: day("2026-01-09").and_hms_opt(0, 0, 0).unwrap().and_utc() + TimeDelta::minutes(minutes),
        expires: Utc::now() + TimeDelta::days(1),
        agent: format!("Browser {token}"),
    };
    let sessions = [session("a", 3), session("b", 1), session("c", 2)];
    for one in &sessions {
        store.add_session(one).await.unwrap();
    }
    let there = store.sessions(&user.id).await.unwrap();
    let agents: Vec<&str> = there.iter().map(|session| session.agent.as_str()).collect();
    assert_eq!(agents, ["Browser a", "Browser c", "Browser b"]);
    assert_eq!(there[0].created, sessions[0].created);
    store.end_other_sessions(&user.id, "b").await.unwrap();
    assert_eq!(store.sessions(&user.id).await.unwrap().len(), 1);
    assert_eq!(store.session_user("b").await.unwrap(), user);
}
