//! Personal tokens and webhooks.

use chrono::{TimeDelta, Utc};
use impasse_app::model::access::{Scope, TokenDraft};
use impasse_app::model::id::{DisputeId, UserId};
use impasse_app::model::revision::Subject;
use impasse_app::model::webhook::{Delivery, WebhookDraft};
use impasse_app::model::work::{JobEnd, JobKind};
use impasse_app::store::SharedStore;

use crate::Home;
use crate::make::{self, ada, kind};

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

fn hook(topics: &[Subject]) -> WebhookDraft {
    WebhookDraft { url: "https://hooks.example/x".to_owned(), topics: topics.to_vec(), is_paused: false }
}

/// The kinds of the jobs that are due.
async fn due(store: &SharedStore, dispute: &DisputeId) -> Vec<JobKind> {
    store.add_due_jobs(Utc::now(), None).await.unwrap();
    store.work(dispute, 10).await.unwrap().jobs.into_iter().map(|job| job.kind).collect()
}

pub(crate) async fn webhooks_are_told_in_order(home: Home) {
    let store = home.open().await;
    let dispute = store.add_dispute(&ada(), &make::dispute("chips")).await.unwrap().id;
    let made = store.add_webhook(&dispute, &hook(&[Subject::Event]), "whsec_a").await.unwrap();
    assert!(made.is_told_of(Subject::Event) && !made.is_told_of(Subject::Party));
    assert_eq!(store.webhook(&dispute, &made.id).await.unwrap(), (made.clone(), "whsec_a".to_owned()));
    assert!(due(&store, &dispute).await.is_empty(), "what was before is not told");
    let next = async || store.telling(&dispute, &made.id).await.unwrap();
    assert!(next().await.revisions.is_empty());
    for title in ["One", "Two"] {
        store.add_event(&ada(), &dispute, &make::event("2026-01-09", title), "").await.unwrap();
    }
    let telling = next().await;
    let numbers: Vec<i64> = telling.revisions.iter().map(|revision| revision.number).collect();
    assert!(numbers.len() == 2 && numbers.is_sorted(), "{numbers:?}");
    assert!(telling.revisions[0].state.contains("One") && telling.secret == "whsec_a");
    assert_eq!(due(&store, &dispute).await, [JobKind::Tell]);
    assert_eq!(due(&store, &dispute).await, [JobKind::Tell], "once");
    store.webhook_told(&made.id, numbers[0]).await.unwrap();
    assert_eq!(
        next().await.revisions.iter().map(|revision| revision.number).collect::<Vec<_>>(),
        [numbers[1]]
    );
    store.webhook_told(&made.id, numbers[1]).await.unwrap();
    store.webhook_told(&made.id, numbers[0]).await.unwrap();
    assert!(next().await.revisions.is_empty(), "what was told stays told");
    // One that is paused is told afterwards.
    let job = store.lease_job("me", Utc::now(), Utc::now()).await.unwrap().unwrap();
    store.end_job(&job.id, "me", &JobEnd::Done(String::new())).await.unwrap();
    store.pause_webhook(&made.id, "It did not answer.").await.unwrap();
    store.add_event(&ada(), &dispute, &make::event("2026-01-10", "Three"), "").await.unwrap();
    let open = async || {
        let jobs = due(&store, &dispute).await;
        (jobs.len(), store.work(&dispute, 10).await.unwrap().open)
    };
    assert_eq!(open().await, (1, 0));
    let (paused, _) = store.webhook(&dispute, &made.id).await.unwrap();
    assert_eq!((paused.is_paused, paused.note.as_str()), (true, "It did not answer."));
    let resumed = store.change_webhook(&dispute, &made.id, &hook(&[])).await.unwrap();
    assert_eq!((resumed.is_paused, resumed.note.as_str(), resumed.topics.len()), (false, "", 0));
    assert_eq!(open().await, (2, 1));
    let other = store.add_dispute(&ada(), &make::dispute("other")).await.unwrap().id;
    assert_eq!(kind(store.webhook(&other, &made.id).await), "not found");
    assert_eq!(kind(store.delete_webhook(&other, &made.id).await), "not found");
    assert_eq!(kind(store.change_webhook(&other, &made.id, &hook(&[])).await), "not found");
    assert_eq!(kind(store.add_webhook(&DisputeId::from("x"), &hook(&[]), "s").await), "not found");
}

pub(crate) async fn webhooks_remember_their_deliveries(home: Home) {
    let store = home.open().await;
    let dispute = store.add_dispute(&ada(), &make::dispute("chips")).await.unwrap().id;
    let made = store.add_webhook(&dispute, &hook(&[]), "whsec_a").await.unwrap();
    let at = Utc::now();
    for number in 0..103 {
        let delivery = Delivery {
            id: String::new(),
            message: format!("msg_{number}"),
            topic: "event.create".to_owned(),
            status: (number % 2 == 0).then_some(200),
            is_accepted: number % 2 == 0,
            note: "Why\0".to_owned(),
            at: at + TimeDelta::seconds(number),
        };
        store.keep_delivery(&made.id, &delivery).await.unwrap();
    }
    let kept = store.deliveries(&dispute, &made.id).await.unwrap();
    assert_eq!((kept.len(), kept[0].message.as_str(), kept[99].message.as_str()), (100, "msg_102", "msg_3"));
    assert_eq!((kept[0].status, kept[1].status, kept[0].note.as_str()), (Some(200), None, "Why\u{fffd}"));
    store.delete_webhook(&dispute, &made.id).await.unwrap();
    assert!(store.webhooks(&dispute).await.unwrap().is_empty());
    assert_eq!(kind(store.deliveries(&dispute, &made.id).await), "not found");
    assert_eq!(kind(store.telling(&dispute, &made.id).await), "not found");
    // Who was sending while it was deleted keeps nothing, and does not fail.
    store.keep_delivery(&made.id, &kept[0]).await.unwrap();
    store.webhook_told(&made.id, 9).await.unwrap();
}
