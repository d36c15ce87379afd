use impasse_app::model::event::Role;
use impasse_app::model::role::Reader;

use super::Home;
use super::make::*;

pub(crate) async fn finds_everything_again(home: Home) {
    let (scene, added, user) = {
        let store = home.open().await;
        let scene = scene(&*store, "one").await;
        let mut draft = event("2026-01-09", "memo");
        draft.parties = vec![part(&scene.red.id, Role::Actor)];
        let added = scene.add(&*store, &draft).await;
        (scene, added, store.add_user("Ada", "hash", true).await.unwrap())
    };
    let store = home.open().await;
    assert_eq!(store.event(&scene.id, &added.id).await.unwrap(), added);
    assert_eq!(store.parties(&scene.id).await.unwrap(), [scene.red.clone(), scene.blue.clone()]);
    assert_eq!(store.user_named("ada").await.unwrap(), user);
    let next = scene.add(&*store, &event("2026", "next")).await;
    let last = store.revisions(&scene.id, None, None, 1).await.unwrap().remove(0);
    assert_eq!((last.subject_id, last.number), (next.id.0, 6));
}

pub(crate) async fn may_be_done_by_several_at_once(home: Home) {
    let tasks: Vec<_> = (0..6)
        .map(|n| {
            let url = home.url.clone();
            tokio::spawn(async move {
                let store = impasse_server::db::open(&url).await.unwrap();
                store.add_dispute(&ada(), &dispute(&n.to_string())).await.unwrap();
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(home.open().await.disputes(&Reader::Program, "").await.unwrap().len(), 6);
}

#[tokio::test]
async fn memory_lasts_as_long_as_the_store() {
    for url in ["sqlite::memory:", ":memory:"] {
        let store = impasse_server::db::open(url).await.unwrap();
        let scene = scene(&*store, "one").await;
        let tasks: Vec<_> = (0..10)
            .map(|n| {
                let (store, of) = (store.clone(), scene.id.clone());
                tokio::spawn(async move {
                    store.add_event(&ada(), &of, &event("2026", &n.to_string()), "").await.unwrap();
                    store.disputes(&Reader::Program, "").await.unwrap();
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(scene.briefs(&*store).await.len(), 10);
        let other = impasse_server::db::open(url).await.unwrap();
        assert!(other.disputes(&Reader::Program, "").await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_path_is_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a folder/50%/impasse.db");
    let store = impasse_server::db::open(path.to_str().unwrap()).await.unwrap();
    store.check().await.unwrap();
    assert!(path.is_file());
}

#[tokio::test]
async fn says_what_cannot_be_opened_and_keeps_the_password() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "This is no database, whatever its name.").unwrap();
    let file = file.display();
    for (url, expected) in [
        ("mysql://ada:hunter2@db/impasse".to_owned(), "the scheme “mysql”"),
        (String::new(), "must be sqlite:PATH"),
        ("postgres://ada:hunter2@127.0.0.1:1/impasse".to_owned(), "refused"),
        ("postgres://ada:hunter2@127.0.0.1:port/impasse".to_owned(), "cannot be read"),
        (format!("{file}/impasse.db"), "folder"),
        (format!("sqlite:{file}"), "cannot be"),
    ] {
        let message = impasse_server::db::open(&url).await.err().unwrap().to_string();
        assert!(message.contains(expected), "{url}: {message}");
        assert!(!message.contains("hunter2"), "{message}");
    }
}
