//! Passkeys and the ceremonies in which they are made and used.

use chrono::{TimeDelta, Utc};
use impasse_app::model::id::{PasskeyId, UserId};
use impasse_app::model::identity::Doors;
use impasse_app::model::passkey::{Ceremony, CeremonyKind, MOST_PASSKEYS, PasskeyDraft};
use impasse_app::store::{Session, StoreError};

use crate::Home;
use crate::make::kind;

const HOST: &str = "e.org";

fn draft(name: &str, hash: &str) -> PasskeyDraft {
    PasskeyDraft {
        name: name.to_owned(),
        host: HOST.to_owned(),
        hash: hash.to_owned(),
        credential: "{\"counter\":0}".to_owned(),
    }
}

/// The site at its host, without a provider.
fn doors() -> Doors {
    Doors { host: Some(HOST.to_owned()), issuer: None }
}

fn in_use<T: std::fmt::Debug>(result: Result<T, StoreError>) -> bool {
    kind(result).starts_with("in use ")
}

pub(crate) async fn passkeys_are_kept_named_and_removed(home: Home) {
    let store = home.open().await;
    let ada = store.add_user("Ada", "hash", false).await.unwrap();
    let bea = store.add_user("Bea", "hash", false).await.unwrap();
    let made = store.add_passkey(&ada.id, &draft("Phone\0", "a")).await.unwrap();
    assert_eq!((made.name.as_str(), made.last_used), ("Phone\u{fffd}", None));
    assert_eq!(kind(store.add_passkey(&bea.id, &draft("Stolen", "a")).await), "taken hash");
    assert_eq!(kind(store.add_passkey(&UserId::from("nobody"), &draft("x", "b")).await), "not found");
    assert_eq!(store.passkey("a").await.unwrap(), (made.clone(), ada.clone()));
    assert_eq!(kind(store.passkey("b").await), "not found");
    assert_eq!(kind(store.rename_passkey(&bea.id, &made.id, "mine").await), "not found");
    store.rename_passkey(&ada.id, &made.id, "Old phone").await.unwrap();
    assert_eq!(store.passkeys(&ada.id).await.unwrap()[0].name, "Old phone");
    assert_eq!(store.passkeys(&bea.id).await.unwrap(), []);
    assert_eq!(kind(store.remove_passkey(&bea.id, &made.id, &doors(), "s").await), "not found");
    assert_eq!(kind(store.remove_passkey(&ada.id, &PasskeyId::from("x"), &doors(), "s").await), "not found");
    for token in ["this", "other"] {
        let session = Session {
            token_hash: token.to_owned(),
            user: ada.id.clone(),
            created: Utc::now(),
            expires: Utc::now() + TimeDelta::days(1),
            agent: String::new(),
        };
        store.add_session(&session).await.unwrap();
    }
    store.remove_passkey(&ada.id, &made.id, &doors(), "this").await.unwrap();
    assert!(store.session_user("this").await.is_ok());
    assert_eq!(kind(store.session_user("other").await), "not found");
    for nth in 0..MOST_PASSKEYS {
        store.add_passkey(&ada.id, &draft("one of many", &format!("n{nth}"))).await.unwrap();
    }
    assert!(in_use(store.add_passkey(&ada.id, &draft("one more", "more")).await));
    let most = u64::try_from(MOST_PASSKEYS).unwrap();
    assert_eq!(store.remove_passkeys(&ada.id).await.unwrap(), most);
    assert!(in_use(store.remove_password(&ada.id, &doors(), "this").await));
}

pub(crate) async fn of_two_uses_at_once_one_counts(home: Home) {
    let store = home.open().await;
    let ada = store.add_user("Ada", "hash", false).await.unwrap();
    let made = store.add_passkey(&ada.id, &draft("Key", "a")).await.unwrap();
    let at = Utc::now();
    let used = |after: &'static str| store.passkey_used(&made.id, &made.credential, after, at);
    let (one, other) = tokio::join!(used("{\"counter\":1}"), used("{\"counter\":2}"));
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    assert_eq!(kind(one.and(other)), "conflict");
    let (kept, _) = store.passkey("a").await.unwrap();
    assert_ne!(kept.credential, made.credential);
    assert_eq!(kept.last_used.map(|used| used.timestamp_millis()), Some(at.timestamp_millis()));
    // One that counts nothing says the same after each use.
    for _ in 0..2 {
        store.passkey_used(&made.id, &kept.credential, &kept.credential, at).await.unwrap();
    }
}

pub(crate) async fn an_account_keeps_a_way_to_sign_in(home: Home) {
    let store = home.open().await;
    for round in 0..8 {
        let user = store.add_user(&format!("User {round}"), "hash", false).await.unwrap().id;
        let only = store.add_passkey(&user, &draft("Only", &format!("r{round}"))).await.unwrap().id;
        let doors = doors();
        let (password, passkey) = tokio::join!(
            store.remove_password(&user, &doors, "s"),
            store.remove_passkey(&user, &only, &doors, "s")
        );
        assert!(password.is_ok() != passkey.is_ok(), "{password:?} {passkey:?}");
        assert!(in_use(password.and(passkey)));
    }
    let user = store.add_user("Ada", "hash", false).await.unwrap().id;
    let old = PasskeyDraft { host: "old.example".to_owned(), ..draft("Old", "old") };
    let old = store.add_passkey(&user, &old).await.unwrap().id;
    assert!(in_use(store.remove_password(&user, &doors(), "s").await));
    let new = store.add_passkey(&user, &draft("New", "new")).await.unwrap().id;
    store.remove_password(&user, &doors(), "s").await.unwrap();
    assert_eq!(store.user_named("Ada").await.unwrap().password_hash, None);
    assert!(in_use(store.remove_passkeys(&user).await));
    assert!(in_use(store.remove_passkey(&user, &new, &doors(), "s").await));
    assert!(in_use(store.remove_passkey(&user, &old, &Doors::default(), "s").await));
    store.remove_passkey(&user, &old, &doors(), "s").await.unwrap();
    store.set_password(&user, "another").await.unwrap();
    store.remove_passkey(&user, &new, &Doors::default(), "s").await.unwrap();
}

pub(crate) async fn ceremonies_are_ended_once_and_in_time(home: Home) {
    let store = home.open().await;
    let ada = store.add_user("Ada", "hash", false).await.unwrap();
    let now = Utc::now();
    let begun = |hash: &str, seconds| Ceremony {
        hash: hash.to_owned(),
        kind: CeremonyKind::AddPasskey,
        user: Some(ada.id.clone()),
        name: "Phone".to_owned(),
        state: "{}".to_owned(),
        expires: chrono::DateTime::from_timestamp(now.timestamp() + seconds, 0).unwrap(),
    };
    let open = begun("a", 60);
    store.begin_ceremony(&open).await.unwrap();
    store.begin_ceremony(&begun("b", 60)).await.unwrap();
    let (one, other) = tokio::join!(store.end_ceremony("a", now), store.end_ceremony("a", now));
    let ended = [one, other].into_iter().flatten().collect::<Vec<_>>();
    assert_eq!(ended, [open]);
    assert_eq!(kind(store.end_ceremony("b", now + TimeDelta::seconds(61)).await), "not found");
    assert_eq!(kind(store.end_ceremony("b", now).await), "not found", "it was ended, if too late");
}
