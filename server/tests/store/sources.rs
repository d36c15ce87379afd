use chrono::{DateTime, TimeDelta, Utc};
use impasse_app::model::article::{ArticleDraft, Dating, DayReading, Decision, Stage, Taken, Way};
use impasse_app::model::event::{Attestation, AttributionKind};
use impasse_app::model::evidence::{CheckDraft, Health};
use impasse_app::model::feed::{EntryDraft, EntryFate, Feed, FeedDraft, FeedRules, Poll};
use impasse_app::model::id::{ArticleId, DisputeId, FeedId};
use impasse_app::model::revision::{Action, Subject};
use impasse_app::model::work::{JobDraft, JobEnd, JobKind, JobState};
use impasse_app::store::Store;

use super::Home;
use super::make::*;

fn fetched(url: &str, text: &str, way: Way) -> ArticleDraft {
    ArticleDraft {
        url: Some(format!("{url}?utm_source=x")),
        canonical: Some(url.to_owned()),
        way,
        ..article("Herald", Some("2026-01-29"), text)
    }
}

/// What became of an article, and which it is.
async fn take(
    store: &dyn Store,
    dispute: &DisputeId,
    draft: ArticleDraft,
) -> (&'static str, Option<ArticleId>) {
    let known = store.known_article(dispute, &draft).await.unwrap();
    let taken = store.take_articles(&ada(), dispute, &[(draft, vec![])]).await.unwrap().remove(0);
    match &taken {
        Taken::New(_) => assert_eq!(known, None),
        other => assert_eq!(known.as_ref(), Some(other), "the same is said beforehand"),
    }
    match taken {
        Taken::New(article) => ("new", Some(article.id)),
        Taken::There(article) => ("there", Some(article.id)),
        Taken::Deleted => ("deleted", None),
    }
}

pub(crate) async fn articles_keep_where_they_came_from(home: Home) {
    let store = home.open().await;
    let scene = scene(&*store, "one").await;
    let reading = |day_of: &str, source: &str| DayReading {
        day: day(day_of),
        source: source.to_owned(),
        wording: format!("{day_of}T10:00:00Z"),
    };
    let draft = ArticleDraft {
        modified: Some(day("2026-02-01")),
        dating: Dating {
            readings: vec![reading("2026-01-29", "JSON-LD datePublished"), reading("2026-01-30", "address")],
            source: Some("JSON-LD datePublished".to_owned()),
            by: Some("Ada".to_owned()),
            doubts: vec!["They differ.".to_owned()],
        },
        retrieved: Some("2026-02-03T04:05:06.789Z".parse().unwrap()),
        fingerprint: Some("00ff".to_owned()),
        origin: Some(scene.article.id.clone()),
        ..fetched("https://e.org/a", "A text.", Way::Address)
    };
    let (kept, _) = store.add_article(&ada(), &scene.id, &draft, &[]).await.unwrap();
    assert_eq!(kept.dating, draft.dating);
    assert_eq!((kept.stage, kept.way, &kept.origin), (Stage::Kept, Way::Address, &scene.article.id));
    assert_eq!((kept.modified, Some(kept.retrieved)), (draft.modified, draft.retrieved));
    assert_eq!(store.article(&scene.id, &kept.id).await.unwrap().article, kept);
    assert!(store.articles(&scene.id).await.unwrap().contains(&kept));
    let likened = store.likened(&scene.id).await.unwrap();
    assert_eq!(likened.len(), 1, "only of what has a fingerprint");
    assert_eq!((likened[0].fingerprint.as_str(), &likened[0].origin), ("00ff", &scene.article.id));
    let pasted = &scene.article;
    assert_eq!((pasted.way, &pasted.origin, &pasted.dating), (Way::Paste, &pasted.id, &Dating::default()));
}

pub(crate) async fn fetched_articles_are_kept_once(home: Home) {
    let store = home.open().await;
    let store = &*store;
    let scene = scene(store, "one").await;
    let other = super::make::scene(store, "two").await;
    let url = "https://e.org/a";
    let (fate, first) = take(store, &scene.id, fetched(url, "A text.", Way::Feed)).await;
    assert_eq!(fate, "new");
    // By its address, although the text is another; by its text, although the address is another.
    assert_eq!(take(store, &scene.id, fetched(url, "Edited.", Way::Feed)).await, ("there", first.clone()));
    assert_eq!(take(store, &scene.id, fetched(url, "Edited.", Way::Address)).await, ("there", first.clone()));
    let elsewhere = fetched("https://e.org/b", "A text.", Way::Feed);
    assert_eq!(take(store, &scene.id, elsewhere).await, ("there", first.clone()));
    // Somebody who pastes another edition wants it.
    assert_eq!(take(store, &scene.id, fetched(url, "Edited.", Way::Paste)).await.0, "new");
    assert_eq!(
        take(store, &other.id, fetched(url, "A text.", Way::Feed)).await.0,
        "new",
        "disputes are apart"
    );
    // Several in one go, the same twice among them.
    let drafts: Vec<_> = ["x", "y", "x"]
        .iter()
        .map(|name| {
            (fetched(&format!("https://e.org/{name}"), name, Way::Shell), vec![candidate("c", None, &[0])])
        })
        .collect();
    let taken = store.take_articles(&ada(), &scene.id, &drafts).await.unwrap();
    assert!(matches!(taken[..], [Taken::New(_), Taken::New(_), Taken::There(_)]), "{taken:?}");
    assert_eq!(scene.waiting(store).await.len(), 2);
    let revisions = store.revisions(&scene.id, None, None, 2).await.unwrap();
    assert!(revisions.iter().all(|revision| revision.action == Action::Create), "{revisions:?}");
    assert_eq!(store.take_articles(&ada(), &scene.id, &[]).await.unwrap(), []);
    let nowhere = DisputeId::from("nowhere");
    assert_eq!(kind(store.take_articles(&ada(), &nowhere, &drafts).await), "not found");
    assert_eq!(kind(store.known_article(&nowhere, &drafts[0].0).await), "not found");
    assert_eq!(kind(store.likened(&nowhere).await), "not found");
}

pub(crate) async fn deleted_articles_do_not_come_back_by_themselves(home: Home) {
    let store = home.open().await;
    let store = &*store;
    let scene = scene(store, "one").await;
    let url = "https://e.org/a";
    let (_, first) = take(store, &scene.id, fetched(url, "A text.", Way::Feed)).await;
    let first = first.unwrap();
    store.delete_article(&ada(), &scene.id, &first, "").await.unwrap();
    for way in [Way::Feed, Way::Shell] {
        assert_eq!(take(store, &scene.id, fetched(url, "Edited.", way)).await, ("deleted", None));
        let elsewhere = fetched("https://e.org/b", "A text.", way);
        assert_eq!(take(store, &scene.id, elsewhere).await, ("deleted", None));
    }
    // Who asks for it by name gets it.
    let (fate, second) = take(store, &scene.id, fetched(url, "A text.", Way::Address)).await;
    assert_eq!(fate, "new");
    assert_eq!(take(store, &scene.id, fetched(url, "A text.", Way::Feed)).await, ("there", second));
    assert_eq!(kind(store.restore_article(&ada(), &scene.id, &first, "").await), "taken text");
}

pub(crate) async fn waiting_articles_become_sources_when_confirmed(home: Home) {
    let store = home.open().await;
    let store = &*store;
    let scene = scene(store, "one").await;
    let draft = ArticleDraft {
        stage: Stage::Waiting,
        published: None,
        ..fetched("https://e.org/a", "A text.", Way::Address)
    };
    let (article, _) = store.add_article(&ada(), &scene.id, &draft, &[]).await.unwrap();
    assert_eq!(article.stage, Stage::Waiting);
    // It cannot be cited yet.
    let mut citing = event("2026-01-09", "memo");
    citing.citations = vec![citation(&article.id, AttributionKind::OnRecord, None)];
    assert_eq!(kind(store.add_event(&ada(), &scene.id, &citing, "").await), "unknown article");

    let confirmed = ArticleDraft {
        published: Some(day("2026-01-28")),
        title: "A better headline".to_owned(),
        text: "A better text.".to_owned(),
        dating: Dating::given("Ada"),
        ..draft.clone()
    };
    let taken = ArticleDraft { text: "Some words.".to_owned(), ..confirmed.clone() };
    let confirm = async |draft: &ArticleDraft| {
        store.confirm_article(&ada(), &scene.id, &article.id, draft, &[candidate("found", None, &[2])]).await
    };
    assert_eq!(kind(confirm(&taken).await), "taken text");
    let source = confirm(&confirmed).await.unwrap();
    assert_eq!((source.stage, source.published), (Stage::Kept, Some(day("2026-01-28"))));
    assert_eq!((source.title.as_str(), &source.dating), ("A better headline", &Dating::given("Ada")));
    assert_eq!((&source.canonical, source.retrieved), (&article.canonical, article.retrieved));
    let whole = store.article(&scene.id, &article.id).await.unwrap();
    assert_eq!((whole.article, whole.text.as_str()), (source, "A better text."));
    let found = store.candidates(&scene.id, Some(&article.id), Some(Decision::Pending)).await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].draft.event.citations[0].article, article.id);
    let event = store.add_event(&ada(), &scene.id, &citing, "").await.unwrap();
    assert_eq!(event.citations[0].article, article.id);
    assert_eq!(kind(confirm(&confirmed).await), "conflict");
    let of = Some((Subject::Article, article.id.as_str()));
    let revisions = store.revisions(&scene.id, of, None, 9).await.unwrap();
    assert_eq!(revisions.iter().map(|one| one.action).collect::<Vec<_>>(), [Action::Update, Action::Create]);
    let unknown = ArticleId::from("nothing");
    assert_eq!(kind(store.confirm_article(&ada(), &scene.id, &unknown, &draft, &[]).await), "not found");
}

pub(crate) async fn reprints_count_as_one_origin(home: Home) {
    let store = home.open().await;
    let store = &*store;
    let scene = scene(store, "one").await;
    let agency = scene.cite(store, "Agency", Some("2026-01-15")).await;
    let reprint = ArticleDraft {
        origin: Some(agency.clone()),
        ..article("Courier", Some("2026-01-16"), "Nearly the same.")
    };
    let (reprint, _) = store.add_article(&ada(), &scene.id, &reprint, &[]).await.unwrap();
    let cite = |articles: &[&ArticleId]| {
        let mut draft = event("2026-01-09", "memo");
        draft.citations = articles.iter().map(|id| citation(id, AttributionKind::Unnamed, Some(1))).collect();
        draft
    };
    for (articles, attestation) in [
        (vec![&agency, &reprint.id], Attestation::Unnamed),
        (vec![&scene.article.id, &reprint.id], Attestation::Several),
        (vec![&agency, &reprint.id, &scene.article.id], Attestation::Several),
    ] {
        let added = scene.add(store, &cite(&articles)).await;
        let brief = scene.briefs(store).await.into_iter().find(|brief| brief.id == added.id).unwrap();
        assert_eq!(brief.attestation, attestation, "{articles:?}");
    }
}

fn feed_of(url: &str) -> FeedDraft {
    FeedDraft { url: url.to_owned(), ..FeedDraft::default() }
}

fn entry(key: &str, is_wanted: bool) -> EntryDraft {
    EntryDraft {
        key: key.to_owned(),
        url: format!("https://e.org/{key}"),
        title: format!("Entry {key}"),
        published: Some(day("2026-01-29")),
        content: "<p>Its text.</p>".to_owned(),
        is_wanted,
    }
}

fn poll(at: DateTime<Utc>, entries: Vec<EntryDraft>) -> Poll {
    Poll {
        at,
        next: at + TimeDelta::minutes(30),
        etag: Some("\"1\"".to_owned()),
        last_modified: Some("Thu, 29 Jan 2026 10:00:00 GMT".to_owned()),
        title: "The Herald".to_owned(),
        site: Some("https://e.org/".to_owned()),
        entries,
        ..Poll::default()
    }
}

/// Now, as finely as the database keeps it.
fn at() -> DateTime<Utc> {
    DateTime::from_timestamp_millis(Utc::now().timestamp_millis()).unwrap()
}

pub(crate) async fn feeds_are_followed_and_left(home: Home) {
    let store = home.open().await;
    let store = &*store;
    let (one, two) = (scene(store, "one").await, scene(store, "two").await);
    let by = ada();
    let draft = FeedDraft {
        rules: FeedRules { any: vec!["memo".to_owned()], ..FeedRules::default() },
        ..feed_of("https://e.org/feed")
    };
    let feed = store.add_feed(&by, &one.id, &draft).await.unwrap();
    assert_eq!(FeedDraft::from(feed.clone()), draft);
    assert!(feed.health.next_poll.unwrap() <= Utc::now(), "it is due at once");
    assert_eq!(store.feeds(&one.id).await.unwrap(), [feed.clone()]);
    assert_eq!(store.feeds(&two.id).await.unwrap(), []);
    assert_eq!(kind(store.add_feed(&by, &one.id, &draft).await), "taken url");
    store.add_feed(&by, &two.id, &draft).await.unwrap();
    assert_eq!(kind(store.feed(&two.id, &feed.id).await), "not found");
    assert_eq!(kind(store.feed_entries(&two.id, &feed.id, 9).await), "not found");
    assert_eq!(kind(store.change_feed(&by, &two.id, &feed.id, &draft, "").await), "not found");
    assert_eq!(kind(store.delete_feed(&by, &two.id, &feed.id, "").await), "not found");
    assert_eq!(kind(store.keep_poll(&two.id, &feed.id, &poll(at(), vec![])).await), "not found");

    store.keep_poll(&one.id, &feed.id, &poll(at(), vec![])).await.unwrap();
    let named = store.feed(&one.id, &feed.id).await.unwrap();
    assert_eq!(named.title, "The Herald", "what it calls itself, as nobody gave it a name");
    assert!(named.health.etag.is_some() && named.health.next_poll.unwrap() > Utc::now());
    let paused = FeedDraft { is_paused: true, title: "Ours".to_owned(), ..FeedDraft::from(named) };
    let changed = store.change_feed(&by, &one.id, &feed.id, &paused, "enough").await.unwrap();
    assert_eq!((changed.title.as_str(), changed.is_paused, changed.health.next_poll), ("Ours", true, None));
    assert_eq!(changed.health.etag, None, "so that the new rules see all entries");
    store.keep_poll(&one.id, &feed.id, &poll(at(), vec![])).await.unwrap();
    assert_eq!(store.feed(&one.id, &feed.id).await.unwrap().title, "Ours");

    store.delete_feed(&by, &one.id, &feed.id, "").await.unwrap();
    assert_eq!(store.feeds(&one.id).await.unwrap(), []);
    assert_eq!(kind(store.feed(&one.id, &feed.id).await), "not found");
    assert_eq!(kind(store.keep_poll(&one.id, &feed.id, &poll(at(), vec![])).await), "not found");
    store.add_feed(&by, &one.id, &draft).await.unwrap();
    let revisions = store.revisions(&one.id, Some((Subject::Feed, feed.id.as_str())), None, 9).await.unwrap();
    let actions: Vec<Action> = revisions.iter().map(|revision| revision.action).collect();
    assert_eq!(actions, [Action::Delete, Action::Update, Action::Create]);
    assert_eq!(revisions[1].reason, "enough");
}

pub(crate) async fn entries_are_looked_at_once(home: Home) {
    let store = home.open().await;
    let store = &*store;
    let scene = scene(store, "one").await;
    let feed = store.add_feed(&ada(), &scene.id, &feed_of("https://e.org/feed")).await.unwrap();
    let first = poll(at(), vec![entry("a", true), entry("b", false), entry("a", true)]);
    assert_eq!(store.keep_poll(&scene.id, &feed.id, &first).await.unwrap(), 1);
    assert_eq!(store.keep_poll(&scene.id, &feed.id, &first).await.unwrap(), 0, "an entry that repeats");
    let (seen, text) = store.feed_entry(&scene.id, &feed.id, "a").await.unwrap();
    assert_eq!(
        (seen.fate, seen.title.as_str(), text.as_str()),
        (EntryFate::Waiting, "Entry a", "<p>Its text.</p>")
    );
    assert_eq!(seen.published, Some(day("2026-01-29")));
    let fates = async || {
        let mut entries = store.feed_entries(&scene.id, &feed.id, 9).await.unwrap();
        entries.sort_by(|a, b| a.key.cmp(&b.key));
        entries.into_iter().map(|entry| (entry.key, entry.fate)).collect::<Vec<_>>()
    };
    let pair = |key: &str, fate| (key.to_owned(), fate);
    assert_eq!(fates().await, [pair("a", EntryFate::Waiting), pair("b", EntryFate::LeftOut)]);

    let (id, article) = (&feed.id, &scene.article.id);
    store.settle_entry(id, "a", EntryFate::Taken, "", Some(article)).await.unwrap();
    let (seen, text) = store.feed_entry(&scene.id, id, "a").await.unwrap();
    assert_eq!((seen.fate, seen.article.as_ref(), text.as_str()), (EntryFate::Taken, Some(article), ""));
    assert_eq!(kind(store.settle_entry(id, "c", EntryFate::Failed, "", None).await), "not found");
    assert_eq!(kind(store.feed_entry(&scene.id, id, "c").await), "not found");
    // By other rules what was left out is wanted; what was taken is not taken again.
    let later = poll(at(), vec![entry("a", true), entry("b", true)]);
    assert_eq!(store.keep_poll(&scene.id, id, &later).await.unwrap(), 1);
    assert_eq!(fates().await, [pair("a", EntryFate::Taken), pair("b", EntryFate::Waiting)]);
    store.settle_entry(id, "b", EntryFate::Failed, "No.", None).await.unwrap();
    assert_eq!(store.feed_entry(&scene.id, id, "b").await.unwrap().0.note, "No.");
    assert_eq!(store.feed_entries(&scene.id, id, 1).await.unwrap().len(), 1);
    // What went wrong is kept, and what there was stays.
    let failed = Poll { error: Some("Gone fishing.".to_owned()), next: at(), ..Poll::default() };
    store.keep_poll(&scene.id, id, &failed).await.unwrap();
    store.keep_poll(&scene.id, id, &failed).await.unwrap();
    let health = store.feed(&scene.id, id).await.unwrap().health;
    assert_eq!((health.last_error.as_deref(), health.failures), (Some("Gone fishing."), 2));
    assert!(health.etag.is_some() && health.last_success > health.last_poll);
    store.keep_poll(&scene.id, id, &poll(at(), vec![])).await.unwrap();
    let health = store.feed(&scene.id, id).await.unwrap().health;
    assert_eq!((health.last_error, health.failures), (None, 0));
}

fn job_of(scene: &Scene, kind: JobKind, subject: &str, due: DateTime<Utc>) -> JobDraft {
    JobDraft {
        dispute: scene.id.clone(),
        kind,
        subject: subject.to_owned(),
        title: format!("About {subject}"),
        due,
    }
}

pub(crate) async fn jobs_are_leased_and_ended(home: Home) {
    let store = home.open().await;
    let store = &*store;
    let scene = scene(store, "one").await;
    let now = at();
    let soon = now + TimeDelta::seconds(60);
    let jobs = [
        job_of(&scene, JobKind::Take, "b", now),
        job_of(&scene, JobKind::Check, "b", now - TimeDelta::seconds(9)),
        job_of(&scene, JobKind::Take, "c", soon),
    ];
    assert_eq!(store.add_jobs(&jobs).await.unwrap(), 3);
    assert_eq!(store.add_jobs(&jobs).await.unwrap(), 0, "they are written down already");
    let check = store.lease_job("here", now, soon).await.unwrap().unwrap();
    assert_eq!((check.kind, check.subject.as_str(), check.attempts), (JobKind::Check, "b", 1));
    assert_eq!((check.state, check.title.as_str()), (JobState::Running, "About b"));
    let take = store.lease_job("there", now, soon).await.unwrap().unwrap();
    assert_eq!((take.kind, take.subject.as_str()), (JobKind::Take, "b"));
    assert_eq!(store.lease_job("here", now, soon).await.unwrap(), None, "the third is not due");
    let work = store.work(&scene.id, 9).await.unwrap();
    assert_eq!((work.open, work.ended, work.jobs.len()), (2, 0, 3));

    // Only who has it ends it.
    let done = JobEnd::Done("All there.".to_owned());
    assert_eq!(kind(store.end_job(&check.id, "there", &done).await), "conflict");
    store.end_job(&check.id, "here", &done).await.unwrap();
    assert_eq!(kind(store.end_job(&check.id, "here", &done).await), "conflict");
    assert_eq!(kind(store.renew_job(&check.id, "here", soon).await), "conflict");
    // A server that says nothing more loses it; one that does keeps it.
    store.renew_job(&take.id, "there", soon + TimeDelta::seconds(60)).await.unwrap();
    let later = soon + TimeDelta::seconds(1);
    assert_eq!(store.lease_job("here", later, soon).await.unwrap().unwrap().subject, "c");
    let lost = soon + TimeDelta::seconds(61);
    let mut again = Vec::new();
    while let Some(job) = store.lease_job("elsewhere", lost, lost + TimeDelta::seconds(9)).await.unwrap() {
        again.push(job);
    }
    assert_eq!(again.iter().map(|job| job.attempts).collect::<Vec<_>>(), [2, 2]);
    assert_eq!(kind(store.end_job(&take.id, "there", &done).await), "conflict");
    let other = again.iter().find(|job| job.id != take.id).unwrap();
    store.end_job(&other.id, "elsewhere", &done).await.unwrap();
    // Again later, then not at all.
    let wait = JobEnd::Again(lost + TimeDelta::hours(1), "Busy.".to_owned());
    store.end_job(&take.id, "elsewhere", &wait).await.unwrap();
    assert_eq!(store.add_jobs(&jobs[..1]).await.unwrap(), 0, "it still waits");
    assert_eq!(store.lease_job("here", lost, lost).await.unwrap(), None);
    let due = lost + TimeDelta::hours(1);
    assert_eq!(store.lease_job("here", due, due + TimeDelta::hours(1)).await.unwrap().unwrap().attempts, 3);
    // What is given back is as if it had not been begun.
    assert_eq!(store.release_jobs("nobody").await.unwrap(), 0);
    assert_eq!(store.release_jobs("here").await.unwrap(), 1);
    assert_eq!(store.lease_job("here", due, due + TimeDelta::hours(1)).await.unwrap().unwrap().attempts, 3);
    store.end_job(&take.id, "here", &JobEnd::Failed("No.".to_owned())).await.unwrap();
    let work = store.work(&scene.id, 9).await.unwrap();
    let failed = work.jobs.iter().find(|job| job.id == take.id).unwrap();
    assert_eq!((failed.state, failed.note.as_str()), (JobState::Failed, "No."));
    assert_eq!((work.open, work.ended), (0, 3));
    assert_eq!(store.add_jobs(&jobs[..1]).await.unwrap(), 1, "what is over may be done anew");
    assert_eq!(store.forget_jobs(now).await.unwrap(), 0);
    assert_eq!(store.forget_jobs(Utc::now() + TimeDelta::hours(1)).await.unwrap(), 3);
    assert_eq!(kind(store.work(&DisputeId::from("nowhere"), 9).await), "not found");
}

pub(crate) async fn each_job_is_done_by_one_server(home: Home) {
    let servers = [home.open().await, home.open().await, home.open().await];
    let scene = scene(&*servers[0], "one").await;
    let now = at();
    let jobs: Vec<JobDraft> = (0..60).map(|n| job_of(&scene, JobKind::Take, &n.to_string(), now)).collect();
    // All write down the same.
    let mut added = 0;
    for server in &servers {
        added += server.add_jobs(&jobs).await.unwrap();
    }
    assert_eq!(added, 60);
    let workers: Vec<_> = (0..6)
        .map(|n| {
            let server = servers[n % servers.len()].clone();
            tokio::spawn(async move {
                let name = n.to_string();
                let mut done = Vec::new();
                while let Some(job) = server.lease_job(&name, now, now + TimeDelta::hours(1)).await.unwrap() {
                    server.end_job(&job.id, &name, &JobEnd::Done(String::new())).await.unwrap();
                    done.push(job.subject);
                }
                done
            })
        })
        .collect();
    let mut done = Vec::new();
    for worker in workers {
        done.extend(worker.await.unwrap());
    }
    // A worker that met only what another had just locked may have stopped early; nothing is lost by that.
    while let Some(job) = servers[0].lease_job("last", now, now + TimeDelta::hours(1)).await.unwrap() {
        done.push(job.subject);
    }
    done.sort();
    let mut expected: Vec<String> = (0..60).map(|n| n.to_string()).collect();
    expected.sort();
    assert_eq!(done, expected, "each once");
}

pub(crate) async fn what_is_due_becomes_jobs(home: Home) {
    let store = home.open().await;
    let store = &*store;
    let scene = scene(store, "one").await;
    let by = ada();
    let feed = store.add_feed(&by, &scene.id, &feed_of("https://e.org/feed")).await.unwrap();
    let paused = FeedDraft { is_paused: true, ..feed_of("https://e.org/paused") };
    store.add_feed(&by, &scene.id, &paused).await.unwrap();
    let mut citing = event("2026-01-09", "memo");
    citing.citations = vec![citation(&scene.article.id, AttributionKind::OnRecord, None)];
    let cited = scene.add(store, &citing).await;
    let now = at() + TimeDelta::seconds(1);
    assert_eq!(store.add_due_jobs(now, None).await.unwrap(), 1);
    assert_eq!(store.add_due_jobs(now, None).await.unwrap(), 0);
    let job = store.lease_job("here", now, now).await.unwrap().unwrap();
    assert_eq!((job.kind, job.subject.as_str()), (JobKind::Poll, feed.id.as_str()));
    let asked = poll(now, vec![entry("a", true)]);
    assert_eq!(store.keep_poll(&scene.id, &feed.id, &asked).await.unwrap(), 1);
    store.end_job(&job.id, "here", &JobEnd::Done(String::new())).await.unwrap();
    assert_eq!(store.add_due_jobs(now, None).await.unwrap(), 0, "it is due in half an hour");
    assert_eq!(store.add_due_jobs(asked.next, None).await.unwrap(), 1);
    let job = store.lease_job("here", now, now).await.unwrap().unwrap();
    assert_eq!((job.kind, job.subject), (JobKind::Take, format!("{} a", feed.id)));
    // Quotes, of articles that are cited and on the web.
    assert_eq!(store.add_due_jobs(now, Some(now - TimeDelta::days(7))).await.unwrap(), 0, "it is new");
    assert_eq!(store.add_due_jobs(now, Some(now)).await.unwrap(), 1);
    let checks = [CheckDraft {
        citation: cited.citations[0].id.clone(),
        exact: "the words".to_owned(),
        health: Health::There,
        now: String::new(),
        note: String::new(),
    }];
    let until = now + TimeDelta::hours(9);
    let job = store.lease_job("here", now, until).await.unwrap().unwrap();
    assert_eq!((job.kind, job.subject.as_str()), (JobKind::Check, scene.article.id.as_str()));
    store.keep_checks(&scene.id, &scene.article.id, now, &checks).await.unwrap();
    store.end_job(&job.id, "here", &JobEnd::Done(String::new())).await.unwrap();
    assert_eq!(store.add_due_jobs(now, Some(now)).await.unwrap(), 0);
    store.delete_event(&by, &scene.id, &cited.id, 1, "").await.unwrap();
    assert_eq!(store.add_due_jobs(now, Some(now + TimeDelta::days(9))).await.unwrap(), 0, "nothing cites it");
    store.delete_dispute(&by, &scene.id, "").await.unwrap();
    assert_eq!(
        store.add_due_jobs(now + TimeDelta::days(9), None).await.unwrap(),
        0,
        "the dispute is deleted"
    );
}

pub(crate) async fn checks_of_quotes_are_kept_by_what_they_found(home: Home) {
    let store = home.open().await;
    let store = &*store;
    let scene = scene(store, "one").await;
    let mut citing = event("2026-01-09", "memo");
    citing.citations = vec![
        citation(&scene.article.id, AttributionKind::OnRecord, None),
        citation(&scene.article.id, AttributionKind::Document, None),
    ];
    let cited = scene.add(store, &citing).await;
    let quotes = store.cited(&scene.id, &scene.article.id).await.unwrap();
    assert_eq!(quotes.len(), 2);
    assert!(quotes.iter().all(|quote| quote.passage == cited.citations[0].passage));
    let id = cited.citations[0].id.clone();
    let check = |health, now: &str| {
        vec![CheckDraft {
            citation: id.clone(),
            exact: "the words".to_owned(),
            health,
            now: now.to_owned(),
            note: "why".to_owned(),
        }]
    };
    let start = at();
    let day = |n| start + TimeDelta::days(n);
    let (of, article) = (&scene.id, &scene.article.id);
    for (n, health, words) in [
        (0, Health::There, ""),
        (1, Health::There, ""),
        (2, Health::Edited, "other words"),
        (3, Health::Edited, "other words"),
    ] {
        store.keep_checks(of, article, day(n), &check(health, words)).await.unwrap();
        let checks = store.quote_checks(of, &cited.id).await.unwrap();
        assert_eq!(checks.len(), 1);
        let found = &checks[id.as_str()];
        assert_eq!((found.health, found.now.as_str(), found.checked), (health, words, day(n)));
        assert_eq!(found.since, day(n / 2 * 2));
        assert_eq!((found.exact.as_str(), found.note.as_str()), ("the words", "why"));
    }
    let elsewhere = super::make::scene(store, "two").await;
    assert_eq!(
        kind(store.keep_checks(&elsewhere.id, article, start, &check(Health::Gone, "")).await),
        "not found"
    );
    assert!(store.quote_checks(&elsewhere.id, &cited.id).await.unwrap().is_empty());
    assert!(store.cited(&elsewhere.id, article).await.unwrap().is_empty());
}

pub(crate) async fn feeds_and_entries_take_any_text(home: Home) {
    let store = home.open().await;
    let store = &*store;
    let scene = scene(store, "one").await;
    for text in ["", "a\0b", "'; drop table feeds; --", "\u{202e}\u{feff}🏳️‍🌈"] {
        let url = format!("https://e.org/{text}");
        let rules = FeedRules { any: vec![text.to_owned()], ..FeedRules::default() };
        let draft = FeedDraft { title: text.to_owned(), rules, ..feed_of(&url) };
        let feed: Feed = store.add_feed(&ada(), &scene.id, &draft).await.unwrap();
        let shown = text.replace('\0', "\u{fffd}");
        assert_eq!((feed.title.as_str(), feed.rules.any.as_slice()), (shown.as_str(), &[shown.clone()][..]));
        let wild = EntryDraft { title: text.to_owned(), content: text.to_owned(), ..entry("k", true) };
        store.keep_poll(&scene.id, &feed.id, &poll(at(), vec![wild])).await.unwrap();
        let (kept, content) = store.feed_entry(&scene.id, &feed.id, "k").await.unwrap();
        assert_eq!((kept.title, content), (shown.clone(), shown));
    }
    assert_eq!(kind(store.feed(&scene.id, &FeedId::from("\0")).await), "not found");
}
