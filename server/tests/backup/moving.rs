//! From one database to another, by way of a file and without one.

use impasse_app::model::revision::Actor;
use impasse_app::model::role::Reader;
use impasse_app::model::search::tokens;
use impasse_app::store::{Question, SharedStore};
use impasse_server::backup::{self, BackupError, Manifest, Tally};
use impasse_server::db;
use sqlx::Connection as _;

use super::Home;
use super::fill::fill;
use super::make::{Scene, ada, dispute, event, scene};

/// What is the same in two backups of the same things.
fn tallies(manifest: &Manifest) -> &[Tally] {
    &manifest.tables
}

async fn count_found(store: &SharedStore, words: &str) -> usize {
    let question = Question { words: tokens(words), ..Question::default() };
    store.search(&Reader::Program, &question, 0, 50).await.unwrap().0.len()
}

/// That it is as good as the one it was copied from: things are found, and editing goes on.
async fn goes_on(url: &str, was: &Scene, found: [usize; 2]) {
    let store = db::open(url).await.unwrap();
    assert_eq!([count_found(&store, "lighthouse").await, count_found(&store, "zettel").await], found);
    let last = store.revisions(&was.id, None, None, 1).await.unwrap()[0].number;
    let added = was.add(&*store, &event("2026-02", "afterwards, with a pharos")).await;
    let now = store.revisions(&was.id, None, None, 1).await.unwrap().remove(0);
    assert_eq!((now.number, now.subject_id.as_str()), (last + 1, added.id.as_str()));
    assert_eq!(count_found(&store, "pharos").await, 1);
    let changed = event("2026-02", "without it");
    store.change_event(&ada(), &was.id, &added.id, added.version, &changed, "").await.unwrap();
    assert_eq!(count_found(&store, "pharos").await, 0, "what is found follows what is changed");
    store.add_dispute(&Actor::system(), &dispute("new")).await.unwrap();
}

pub(crate) async fn backups_are_restored_into_either_database(home: Home) {
    let folder = tempfile::tempdir().unwrap();
    let file = |n: usize| folder.path().join(format!("{n}.zip"));
    let store = db::open(&home.url).await.unwrap();
    let scene = fill(&store).await;
    let found = [count_found(&store, "lighthouse").await, count_found(&store, "zettel").await];
    assert_eq!(found, [8, 1]);
    let first = backup::write(&home.url, &file(0)).await.unwrap();
    let empty: Vec<&Tally> = first.tables.iter().filter(|table| table.rows == 0).collect();
    assert!(empty.is_empty(), "nothing is shown of {empty:?}");
    assert_eq!(backup::check(&file(0)).await.unwrap(), first);

    // There and back: the files say the same, whatever is between them.
    let mut before = file(0);
    for (n, next) in [(1, Home::postgres()), (2, Home::sqlite())] {
        assert_eq!(tallies(&backup::restore(&before, &next.url).await.unwrap()), tallies(&first));
        let log = std::path::PathBuf::from(format!("{}-wal", next.url));
        assert!(!log.exists(), "SQLite has all of it in the one file");
        let again = backup::write(&next.url, &file(n)).await.unwrap();
        assert_eq!(tallies(&again), tallies(&first));
        assert_eq!(lines(&file(n), &again), lines(&file(0), &first));
        let read = db::open(&next.url).await.unwrap();
        assert_eq!(read.parties(&scene.id).await.unwrap(), store.parties(&scene.id).await.unwrap());
        goes_on(&next.url, &scene, found).await;
        before = file(n);
    }
}

/// The lines of all tables of a backup.
pub(crate) fn lines(file: &std::path::Path, manifest: &Manifest) -> Vec<String> {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(file).unwrap()).unwrap();
    let text = |table: &Tally| {
        let entry = zip.by_name(&format!("tables/{}.jsonl", table.table)).unwrap();
        std::io::read_to_string(entry).unwrap()
    };
    manifest.tables.iter().map(text).collect()
}

pub(crate) async fn everything_moves_to_either_database(home: Home) {
    let store = db::open(&home.url).await.unwrap();
    let scene = fill(&store).await;
    for next in [Home::postgres(), Home::sqlite()] {
        let moved = backup::transfer(&home.url, &next.url).await.unwrap();
        assert!(moved.len() > 20 && moved.iter().all(|(was, is)| was == is && was.rows > 0), "{moved:?}");
        goes_on(&next.url, &scene, [8, 1]).await;
        let again = backup::transfer(&home.url, &next.url).await;
        assert!(matches!(again, Err(BackupError::Used(_))), "{again:?}");
    }
    let nothing = backup::transfer(&Home::postgres().url, &Home::sqlite().url).await;
    assert!(matches!(nothing, Err(BackupError::Nothing)), "{nothing:?}");
}

pub(crate) async fn what_is_not_empty_is_refused(home: Home) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("all.zip");
    let from = Home::sqlite();
    let store = db::open(&from.url).await.unwrap();
    let made = scene(&*store, "one").await;
    backup::write(&from.url, &file).await.unwrap();

    // What a server that never was used left is empty.
    let store = db::open(&home.url).await.unwrap();
    store.add_user("Ada", "hash", true).await.unwrap();
    let refused = backup::restore(&file, &home.url).await;
    assert!(matches!(&refused, Err(BackupError::Used(table)) if table == "users"), "{refused:?}");
    assert!(refused.unwrap_err().to_string().contains("nothing was changed"));
    assert!(store.disputes(&Reader::Program, "").await.unwrap().is_empty());
    assert_eq!(store.users().await.unwrap().len(), 1);
    run(&home.url, "delete from users").await;
    backup::restore(&file, &home.url).await.unwrap();
    assert_eq!(store.parties(&made.id).await.unwrap(), [made.red, made.blue]);
    let twice = backup::restore(&file, &home.url).await;
    assert!(matches!(twice, Err(BackupError::Used(_))), "{twice:?}");

    // Neither is one of something else.
    let other = if home.url.starts_with("postgres") { Home::postgres() } else { Home::sqlite() };
    run(&other.url, "create table cats (id bigint primary key)").await;
    let refused = backup::restore(&file, &other.url).await;
    assert!(matches!(&refused, Err(BackupError::Used(table)) if table == "cats"), "{refused:?}");
}

/// Runs SQL beside the store, on a database that need not be there yet.
pub(crate) async fn run(url: &str, sql: &'static str) {
    if url.starts_with("postgres") {
        let mut connection = sqlx::PgConnection::connect(url).await.unwrap();
        sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
    } else {
        let url = format!("sqlite:{url}?mode=rwc");
        let mut connection = sqlx::SqliteConnection::connect(&url).await.unwrap();
        sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
    }
}

/// Makes the tables up to a migration.
async fn migrate_to(url: &str, version: i64) {
    if url.starts_with("postgres") {
        let mut connection = sqlx::PgConnection::connect(url).await.unwrap();
        let steps = sqlx::migrate!("./migrations/postgres");
        steps.run_direct(Some(version), &mut connection, false).await.unwrap();
    } else {
        let mut connection =
            sqlx::SqliteConnection::connect(&format!("sqlite:{url}?mode=rwc")).await.unwrap();
        let steps = sqlx::migrate!("./migrations/sqlite");
        steps.run_direct(Some(version), &mut connection, false).await.unwrap();
    }
}

pub(crate) async fn older_backups_are_brought_up_to_date(home: Home) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("old.zip");
    migrate_to(&home.url, 1).await;
    run(
        &home.url,
        "insert into disputes (id, slug, title, summary, question, status, inclusion_rule, version, revision, created_at)
         values ('d', 'old', 'Old', '', '', 'open', '', 1, 1, 0);
         insert into users (id, name, name_key, password_hash, is_owner, created_at)
         values ('u', 'Bea', 'bea', 'hash', false, 0);
         insert into articles (id, dispute_id, publisher, title, byline, retrieved_at, hash, content)
         values ('a', 'd', 'Herald', 'Of a lighthouse', '', 0, 'h', 'Words.');
         insert into candidates (id, dispute_id, article_id, place, draft, decision)
         values ('c', 'd', 'a', 0, '{\"score\": 7}', 'pending');
         update revision_counter set last = 41",
    )
    .await;
    let old = backup::write(&home.url, &file).await.unwrap();
    assert_eq!(old.migrations.iter().map(|step| step.version).collect::<Vec<_>>(), [1]);
    for next in [Home::postgres(), Home::sqlite()] {
        backup::restore(&file, &next.url).await.unwrap();
        let store = db::open(&next.url).await.unwrap();
        assert_eq!(count_found(&store, "lighthouse").await, 1, "its words are made");
        // What later migrations do to what is there, they did: every account became an editor.
        let (old, _) = store.dispute(&Reader::Program, "old").await.unwrap();
        assert_eq!(store.members(&old.id).await.unwrap().len(), 1);
        store.add_event(&ada(), &old.id, &event("2026", "next"), "").await.unwrap();
        assert_eq!(store.revisions(&old.id, None, None, 1).await.unwrap()[0].number, 42);
        let now = backup::write(&next.url, &folder.path().join("now.zip")).await.unwrap();
        assert!(now.migrations.len() > 7);
    }
    // One that was made already with the tables of today cannot take what is of yesterday.
    let today = if home.url.starts_with("postgres") { Home::postgres() } else { Home::sqlite() };
    db::open(&today.url).await.unwrap();
    let refused = backup::restore(&file, &today.url).await;
    assert!(matches!(refused, Err(BackupError::Ahead)), "{refused:?}");
}

pub(crate) async fn newer_databases_are_left_alone(home: Home) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("all.zip");
    db::open(&home.url).await.unwrap();
    run(&home.url, "update _sqlx_migrations set version = 9999 where version = 8").await;
    let refused = backup::write(&home.url, &file).await;
    assert!(matches!(refused, Err(BackupError::Newer { .. })), "{refused:?}");
    assert!(refused.unwrap_err().to_string().contains("9999"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "and nothing is left of the attempt");
}
