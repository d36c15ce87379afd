//! Backups that the server makes by itself.

use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use impasse_server::backup;
use impasse_server::backup::schedule::Schedule;
use impasse_server::settings::Settings;
use impasse_server::web::Server;

use super::Home;
use super::make::scene;

/// A server whose backups go into a folder, every 24 hours, two kept.
async fn server(home: &Home, folder: &Path) -> Server {
    let store = impasse_server::db::open(&home.url).await.unwrap();
    let settings = Settings {
        database: home.url.clone(),
        backup_dir: Some(folder.to_owned()),
        backup_keep: 2,
        ..Settings::default()
    };
    Server::new(store, settings)
}

fn schedule(server: &Server) -> Schedule {
    server.backup_schedule().unwrap()
}

fn noon() -> DateTime<Utc> {
    "2026-11-28T12:00:00Z".parse().unwrap()
}

/// The backups in a folder, oldest first.
fn files(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name.ends_with(".zip"));
    names.sort();
    names
}

pub(crate) async fn backups_are_made_when_due_and_pruned(home: Home) {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("new/copies");
    let one = server(&home, &folder).await;
    scene(&*one.store, "one").await;
    let backups = schedule(&one);
    let due = async |hours| backups.make_if_due(noon() + TimeDelta::hours(hours)).await.unwrap();
    let made = due(0).await.unwrap();
    assert_eq!(made, folder.join("impasse-2026-11-28T120000Z.zip"));
    let manifest = backup::check(&made).await.unwrap();
    assert!(manifest.tables.iter().any(|table| table.table == "disputes" && table.rows == 1));
    let last = one.backups.lock().unwrap().last.clone().unwrap();
    assert_eq!((last.made, &last.file, last.size), (noon(), &made, made.metadata().unwrap().len()));
    assert_eq!(due(23).await, None);
    // What somebody else put there is left alone, and what died in the middle is removed.
    std::fs::write(folder.join("holiday.zip"), "x").unwrap();
    std::fs::write(folder.join(".impasse-2026-11-27T120000Z.zip.1.part"), "x").unwrap();
    assert!(due(24).await.is_some());
    assert!(due(48).await.is_some());
    let two = ["holiday.zip", "impasse-2026-11-29T120000Z.zip", "impasse-2026-11-30T120000Z.zip"];
    assert_eq!(files(&folder), two);
    let hidden = |entry: std::io::Result<std::fs::DirEntry>| entry.unwrap().path();
    let all: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(hidden).collect();
    assert_eq!(all.len(), 4, "those, and the lock: {all:?}");

    // A server that is started anew knows what was made before.
    let again = server(&home, &folder).await;
    assert_eq!(again.backups.lock().unwrap().last, None);
    assert_eq!(schedule(&again).make_if_due(noon() + TimeDelta::hours(50)).await.unwrap(), None);
    let last = again.backups.lock().unwrap().last.clone().unwrap();
    assert_eq!(last.made, noon() + TimeDelta::hours(48));
}

pub(crate) async fn one_of_several_servers_makes_them(home: Home) {
    let folder = tempfile::tempdir().unwrap();
    let mut tasks = Vec::new();
    for _ in 0..4 {
        let server = server(&home, folder.path()).await;
        tasks.push(tokio::spawn(async move { schedule(&server).make_if_due(noon()).await.unwrap() }));
    }
    let mut made = Vec::new();
    for task in tasks {
        made.extend(task.await.unwrap());
    }
    assert_eq!(made.len(), 1, "{made:?}");
    assert_eq!(files(folder.path()).len(), 1);
}

pub(crate) async fn failures_are_told_and_tried_again(home: Home) {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("copies");
    std::fs::write(&folder, "a file, where there should be a folder").unwrap();
    let server = server(&home, &folder).await;
    let backups = schedule(&server);
    assert!(backups.make_if_due(noon()).await.is_err());
    let (at, why) = server.backups.lock().unwrap().failed.clone().unwrap();
    assert_eq!(at, noon());
    assert!(why.contains("copies"), "{why}");
    std::fs::remove_file(&folder).unwrap();
    assert_eq!(backups.make_if_due(noon() + TimeDelta::minutes(14)).await.unwrap(), None, "not at once");
    assert!(backups.make_if_due(noon() + TimeDelta::minutes(15)).await.unwrap().is_some());
    let standing = backups.standing();
    assert_eq!((standing.failed, standing.last.is_some()), (None, true));
}
