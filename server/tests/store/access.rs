//! Personal tokens.

use chrono::{TimeDelta, Utc};
use impasse_app::model::access::{Scope, TokenDraft};
use impasse_app::model::id::UserId;

use crate::Home;
use crate::make::kind;

fn draft(name: &str, hash: &str) -> TokenDraft {
    TokenDraft { name: name.to_owned(), scope: Scope::Write, expires: None, hash: hash.to_owned() }
}

pub(crate) async fn tokens_are_known_by_their_hash(home: Home) {
    let store = home.open().await;
    let user = store.add_user("Ada", "hash", true).await.unwrap();
    let now = Utc::now();
    let made = store.add_token(&user.id, &draft("laptop", "a")).await.unwrap();
    assert_eq!((made.name.as_str(), made.scope, made.last_used), ("laptop", Scope::Write, None));
    let (token, owner) = store.token_used("a", now).await.unwrap();
    assert_eq!((&token.id, &owner), (&made.id, &user));
    assert_eq!(kind(store.token_used("b", now).await), "not found");
    assert_eq!(kind(store.add_token(&UserId::from("nobody"), &draft("x", "c")).await), "not found");
}

pub(crate) async fn tokens_end(home: Home) {
    let store = home.open().await;
    let user = store.add_user("Ada", "hash", false).await.unwrap();
    let now = Utc::now();
    let short = TokenDraft { expires: Some(now + TimeDelta::days(1)), ..draft("short", "a") };
    let short = store.add_token(&user.id, &short).await.unwrap();
    assert!(store.token_used("a", now).await.is_ok());
    assert_eq!(kind(store.token_used("a", now + TimeDelta::days(2)).await), "not found");
    assert!(short.is_over(now + TimeDelta::days(2)) && !short.is_over(now));
    let other = store.add_user("Bea", "hash", false).await.unwrap();
    assert_eq!(kind(store.revoke_token(&other.id, &short.id).await), "not found");
    store.revoke_token(&user.id, &short.id).await.unwrap();
    assert_eq!(kind(store.token_used("a", now).await), "not found");
    assert_eq!(kind(store.revoke_token(&user.id, &short.id).await), "not found");
}

pub(crate) async fn tokens_are_listed_with_their_last_use(home: Home) {
    let store = home.open().await;
    let user = store.add_user("Ada", "hash", false).await.unwrap();
    let other = store.add_user("Bea", "hash", false).await.unwrap();
    store.add_token(&other.id, &draft("hers", "x")).await.unwrap();
    store.add_token(&user.id, &draft("first", "a")).await.unwrap();
    store.add_token(&user.id, &draft("second\0", "b")).await.unwrap();
    let now = Utc::now();
    store.token_used("a", now).await.unwrap();
    let used = |minutes: i64| now + TimeDelta::minutes(minutes);
    store.token_used("a", used(1)).await.unwrap();
    let last = async || {
        let tokens = store.tokens(&user.id).await.unwrap();
        assert_eq!(
            tokens.iter().map(|token| token.name.as_str()).collect::<Vec<_>>(),
            ["second\u{fffd}", "first"]
        );
        assert_eq!(tokens[0].last_used, None);
        tokens[1].last_used.unwrap().timestamp_millis()
    };
    assert_eq!(last().await, now.timestamp_millis(), "a use soon after is not written down");
    store.token_used("a", used(10)).await.unwrap();
    assert_eq!(last().await, used(10).timestamp_millis());
}
