//! Files that are not as they were written.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use impasse_server::backup::{self, BackupError};
use impasse_server::{db, password};
use sha2::{Digest as _, Sha256};
use zip::write::SimpleFileOptions;

use super::Home;
use super::make::scene;

async fn made(folder: &Path) -> Vec<u8> {
    let home = Home::sqlite();
    let store = db::open(&home.url).await.unwrap();
    scene(&*store, "one").await;
    let file = folder.join("whole.zip");
    backup::write(&home.url, &file).await.unwrap();
    std::fs::read(file).unwrap()
}

/// That such a file is refused, by itself and when it should be restored, and nothing comes of it.
async fn refused(folder: &Path, bytes: &[u8], what: &str) -> BackupError {
    let (file, new) = (folder.join("damaged.zip"), folder.join("new.db"));
    std::fs::write(&file, bytes).unwrap();
    let Err(error) = backup::check(&file).await else { panic!("{what} is taken for whole") };
    assert!(backup::restore(&file, new.to_str().unwrap()).await.is_err(), "{what} was restored");
    assert!(!new.exists(), "{what}: the database is not even touched");
    error
}

#[tokio::test]
async fn cut_files_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let whole = made(folder.path()).await;
    let length = whole.len();
    for left in [0, 1, 3, 4, 50, 64, 100, length / 3, length / 2, length - 100, length - 64, length - 1] {
        let error = refused(folder.path(), &whole[..left], &format!("{left} of {length} bytes")).await;
        match error {
            BackupError::Foreign(_) => assert!(left < 4),
            error => assert!(error.to_string().contains("is damaged"), "{error}"),
        }
    }
    let longer = [&whole[..], b"0"].concat();
    refused(folder.path(), &longer, "one byte more").await;
}

#[tokio::test]
async fn changed_bytes_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let whole = made(folder.path()).await;
    let spread = (0..whole.len()).step_by(whole.len() / 150);
    for at in spread.chain(whole.len() - 100..whole.len()) {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        let error = refused(folder.path(), &bytes, &format!("a changed byte {at}")).await;
        assert!(at < 4 || error.to_string().contains("is damaged"), "{error}");
    }
}

/// Packs a backup anew with one of its files changed, and seals it as a backup is sealed.
fn packed(whole: &[u8], name: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(std::io::Cursor::new(whole)).unwrap();
    let mut new = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for n in 0..old.len() {
        let mut entry = old.by_index(n).unwrap();
        let (own, mut text) = (entry.name().unwrap().into_owned(), String::new());
        entry.read_to_string(&mut text).unwrap();
        if own == name {
            text = change(text);
        }
        new.start_file(own, SimpleFileOptions::default()).unwrap();
        new.write_all(text.as_bytes()).unwrap();
    }
    new.set_comment("0".repeat(64)).unwrap();
    let mut bytes = new.finish().unwrap().into_inner();
    bytes.truncate(bytes.len() - 64);
    let sum = password::hex(&Sha256::digest(&bytes));
    bytes.extend_from_slice(sum.as_bytes());
    bytes
}

#[tokio::test]
async fn what_does_not_fit_the_manifest_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let whole = made(folder.path()).await;
    let file = folder.path().join("packed.zip");
    std::fs::write(&file, packed(&whole, "", |text| text)).unwrap();
    backup::check(&file).await.unwrap();

    let parties = "tables/parties.jsonl";
    let fewer =
        packed(&whole, parties, |text| text.lines().take(1).map(|line| format!("{line}\n")).collect());
    let other = packed(&whole, parties, |text| text.replace("Party red", "Party rad"));
    for (bytes, what) in [(fewer, "a row less"), (other, "another name")] {
        std::fs::write(&file, bytes).unwrap();
        let error = backup::check(&file).await.unwrap_err().to_string();
        assert!(error.contains("the table parties"), "{what}: {error}");
        let home = Home::postgres();
        let error = backup::restore(&file, &home.url).await.unwrap_err().to_string();
        assert!(error.contains("the table parties"), "{what}: {error}");
        // Nothing stays of what was loaded before, tables included.
        let again = folder.path().join("again.zip");
        let nothing = backup::write(&home.url, &again).await;
        assert!(matches!(nothing, Err(BackupError::Nothing)), "{nothing:?}");
    }
    let newer = packed(&whole, "manifest.json", |text| {
        text.replace("\"format_version\": 1", "\"format_version\": 2")
    });
    std::fs::write(&file, newer).unwrap();
    let newer = backup::check(&file).await;
    assert!(matches!(newer, Err(BackupError::Newer { .. })), "{newer:?}");
}

#[tokio::test]
async fn other_files_are_no_backups() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notes.txt");
    std::fs::write(&file, "Notes.".repeat(100)).unwrap();
    let refused = backup::check(&file).await;
    assert!(matches!(refused, Err(BackupError::Foreign(_))), "{refused:?}");
    let missing = backup::check(&PathBuf::from("/nowhere/at/all.zip")).await;
    assert!(matches!(missing, Err(BackupError::File(..))), "{missing:?}");
    let home = Home::sqlite();
    let missing = backup::write(&home.url, &folder.path().join("all.zip")).await;
    assert!(matches!(missing, Err(BackupError::Open(_))), "{missing:?}");
    assert!(!Path::new(&home.url).exists(), "and no database is made by looking for one");
}
