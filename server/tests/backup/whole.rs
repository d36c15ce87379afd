//! That nothing is forgotten, and that a backup is of one moment.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use impasse_server::{backup, db};
use serde_json::Value;
use sqlx::Connection as _;

use super::Home;
use super::make::{ada, event, scene};
use super::moving::lines;

/// What one column of a query gives, without the store.
async fn asked(url: &str, sqlite: &'static str, postgres: &'static str) -> BTreeSet<String> {
    let all: Vec<String> = if url.starts_with("postgres") {
        let mut connection = sqlx::PgConnection::connect(url).await.unwrap();
        sqlx::query_scalar(postgres).fetch_all(&mut connection).await.unwrap()
    } else {
        let mut connection = sqlx::SqliteConnection::connect(&format!("sqlite:{url}")).await.unwrap();
        sqlx::query_scalar(sqlite).fetch_all(&mut connection).await.unwrap()
    };
    all.into_iter().collect()
}

pub(crate) async fn every_table_is_copied_or_made_anew(home: Home) {
    // What SQLite's full-text search keeps for itself; see `backup::DERIVED` for the rest that is not copied.
    const OF_FOUND: [&str; 4] = ["found_data", "found_idx", "found_docsize", "found_config"];
    let folder = tempfile::tempdir().unwrap();
    db::open(&home.url).await.unwrap();
    let copied = backup::write(&home.url, &folder.path().join("all.zip")).await.unwrap();
    let copied: BTreeSet<&str> = copied.tables.iter().map(|table| table.table.as_str()).collect();
    let there = asked(
        &home.url,
        "select name from sqlite_schema where type = 'table' and substr(name, 1, 7) <> 'sqlite_'",
        "select tablename::text from pg_tables where schemaname = current_schema()",
    )
    .await;
    assert!(there.len() > 20, "{there:?}");
    for table in &there {
        let table = table.as_str();
        let is_derived = backup::DERIVED.contains(&table) || OF_FOUND.contains(&table);
        assert!(copied.contains(table) != is_derived, "{table} is neither copied nor derived, or both");
    }
    assert!(copied.iter().all(|table| there.contains(*table)));
    // The other database has the same.
    let other = if home.url.starts_with("postgres") { Home::sqlite() } else { Home::postgres() };
    db::open(&other.url).await.unwrap();
    let others = backup::write(&other.url, &folder.path().join("other.zip")).await.unwrap();
    assert_eq!(copied, others.tables.iter().map(|table| table.table.as_str()).collect());
}

/// Rows that are loaded do not advance what numbers rows by itself. There is none, and if there is one day, loading has
/// to set it.
pub(crate) async fn nothing_is_numbered_by_the_database(home: Home) {
    db::open(&home.url).await.unwrap();
    let numbered = asked(
        &home.url,
        "select name from sqlite_schema where name = 'sqlite_sequence'",
        "select table_name || '.' || column_name from information_schema.columns
         where table_schema = current_schema() and (is_identity = 'YES' or column_default like 'nextval%')",
    )
    .await;
    assert_eq!(numbered, BTreeSet::new());
}

fn rows(lines: &str) -> Vec<Value> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

pub(crate) async fn a_backup_is_of_one_moment(home: Home) {
    let folder = tempfile::tempdir().unwrap();
    let store = db::open(&home.url).await.unwrap();
    let scenes = [scene(&*store, "one").await, scene(&*store, "two").await];
    let stop = Arc::new(AtomicBool::new(false));
    let writers: Vec<_> = scenes
        .iter()
        .map(|scene| {
            let (store, id, stop) = (store.clone(), scene.id.clone(), stop.clone());
            tokio::spawn(async move {
                let mut count = 0;
                while !stop.load(Ordering::Relaxed) {
                    let drafts = [event("2026", "one"), event("2026", "two")];
                    store.add_events(&ada(), &id, &drafts, "").await.unwrap();
                    count += 1;
                }
                count
            })
        })
        .collect();
    let mut sizes = Vec::new();
    for n in 0..6 {
        let file = folder.path().join(format!("{n}.zip"));
        let manifest = backup::write(&home.url, &file).await.unwrap();
        let names: Vec<&str> = manifest.tables.iter().map(|table| table.table.as_str()).collect();
        let tables: BTreeMap<&str, Vec<Value>> =
            names.into_iter().zip(lines(&file, &manifest).iter().map(|lines| rows(lines))).collect();
        let numbers: Vec<i64> =
            tables["revisions"].iter().map(|row| row["number"].as_i64().unwrap()).collect();
        let last = i64::try_from(numbers.len()).unwrap();
        assert_eq!(numbers, (1..=last).collect::<Vec<_>>(), "without gaps, over the whole site");
        assert_eq!(tables["revision_counter"][0]["last"], last);
        for dispute in &tables["disputes"] {
            let own = tables["revisions"].iter().filter(|row| row["dispute_id"] == dispute["id"]);
            let newest = own.map(|row| row["number"].as_i64().unwrap()).max();
            assert_eq!(dispute["revision"].as_i64(), newest);
            let events = tables["events"].iter().filter(|row| row["dispute_id"] == dispute["id"]).count();
            assert_eq!(events % 2, 0, "a transaction is there whole or not at all");
        }
        let of_events = tables["revisions"].iter().filter(|row| row["subject"] == "event").count();
        assert_eq!(of_events, tables["events"].len(), "each event with its revision");
        sizes.push(numbers.len());
    }
    stop.store(true, Ordering::Relaxed);
    for writer in writers {
        assert!(writer.await.unwrap() > 0);
    }
    assert!(sizes.is_sorted() && sizes[0] < sizes[5], "it was written meanwhile: {sizes:?}");
}

pub(crate) async fn backups_are_for_who_made_them(home: Home) {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("all.zip");
    db::open(&home.url).await.unwrap();
    backup::write(&home.url, &file).await.unwrap();
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    // The one before it is replaced whole.
    std::fs::write(&file, "old").unwrap();
    backup::write(&home.url, &file).await.unwrap();
    backup::check(&file).await.unwrap();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}
