//! Accounts elsewhere by which accounts here are signed in to.

use chrono::{TimeDelta, Utc};
use impasse_app::model::id::UserId;
use impasse_app::model::identity::{Doors, IdentityDraft};
use impasse_app::model::role::{InvitationDraft, Role};

use crate::Home;
use crate::make::{ada, kind, scene};

const ISSUER: &str = "https://id.e.org";

fn draft(subject: &str) -> IdentityDraft {
    IdentityDraft {
        issuer: ISSUER.to_owned(),
        subject: subject.to_owned(),
        label: format!("{subject} there"),
    }
}

pub(crate) async fn identities_are_linked_once_and_unlinked(home: Home) {
    let store = home.open().await;
    let user = store.add_user("Ada", "hash", false).await.unwrap();
    let other = store.add_user("Bea", "hash", false).await.unwrap();
    store.link_identity(&user.id, &draft("a\0")).await.unwrap();
    assert_eq!(kind(store.link_identity(&other.id, &draft("a\0")).await), "taken identity");
    assert_eq!(kind(store.link_identity(&UserId::from("nobody"), &draft("b")).await), "not found");
    let now = Utc::now();
    assert_eq!(store.identified(ISSUER, "a\0", now).await.unwrap(), user);
    assert_eq!(kind(store.identified("https://evil.example", "a\0", now).await), "not found");
    assert_eq!(kind(store.identified(ISSUER, "A\0", now).await), "not found", "subjects are told by case");
    let linked = store.identities(&user.id).await.unwrap().remove(0);
    assert_eq!((linked.issuer.as_str(), linked.label.as_str()), (ISSUER, "a\u{fffd} there"));
    assert_eq!(linked.last_used.map(|at| at.timestamp_millis()), Some(now.timestamp_millis()));
    let doors = Doors::default();
    assert_eq!(kind(store.unlink_identity(&other.id, &linked.id, &doors, "s").await), "not found");
    store.unlink_identity(&user.id, &linked.id, &doors, "s").await.unwrap();
    assert_eq!(store.identities(&user.id).await.unwrap(), []);
    store.link_identity(&other.id, &draft("a\0")).await.unwrap();
}

pub(crate) async fn an_identity_is_a_way_in_while_its_provider_is(home: Home) {
    let store = home.open().await;
    let user = store.add_identified("Ada", &draft("a")).await.unwrap();
    assert_eq!((user.password_hash.clone(), user.is_admin), (None, false));
    assert_eq!(kind(store.add_identified("Bea", &draft("a")).await), "taken identity");
    assert_eq!(kind(store.user_named("Bea").await), "not found", "nothing is left of her");
    assert_eq!(kind(store.add_identified("ada", &draft("b")).await), "taken name");
    let open = Doors { host: None, issuer: Some(ISSUER.to_owned()) };
    let linked = store.identities(&user.id).await.unwrap().remove(0);
    assert!(kind(store.unlink_identity(&user.id, &linked.id, &open, "s").await).starts_with("in use"));
    store.set_password(&user.id, "hash").await.unwrap();
    let elsewhere = Doors { issuer: Some("https://other.e.org".to_owned()), ..open.clone() };
    assert!(kind(store.remove_password(&user.id, &elsewhere, "s").await).starts_with("in use"));
    store.remove_password(&user.id, &open, "s").await.unwrap();
}

pub(crate) async fn an_invitation_is_taken_with_an_identity_or_stays(home: Home) {
    let store = home.open().await;
    let scene = scene(&*store, "one").await;
    let invitation = InvitationDraft {
        role: Role::Editor,
        note: String::new(),
        expires: Utc::now() + TimeDelta::days(1),
        hash: "i".to_owned(),
    };
    store.add_invitation(&ada(), &scene.id, &invitation).await.unwrap();
    store.add_user("Bea", "hash", false).await.unwrap();
    let now = Utc::now();
    assert_eq!(kind(store.join_identified("i", "bea", &draft("b"), now).await), "taken name");
    assert_eq!(kind(store.join_identified("other", "Cleo", &draft("c"), now).await), "not found");
    assert_eq!(kind(store.user_named("Cleo").await), "not found", "nothing is left of her");
    let (user, dispute) = store.join_identified("i", "Cleo", &draft("c"), now).await.unwrap();
    assert_eq!(dispute.id, scene.id);
    assert_eq!(store.members(&scene.id).await.unwrap()[0].user, user.id);
    assert_eq!(kind(store.join_identified("i", "Dora", &draft("d"), now).await), "not found");
}
