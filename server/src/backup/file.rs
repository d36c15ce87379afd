//! The file of a backup: a ZIP archive with `manifest.json` and, for each table, `tables/NAME.jsonl`. Its comment is the
//! SHA-256 of all bytes before the comment, in hexadecimal, so that nothing in it can change without being seen.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, BufWriter, Read, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use tokio::sync::mpsc::{Receiver, Sender};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{BackupError, FORMAT, FORMAT_VERSION, Manifest};
use crate::beside::Beside;
use crate::db::whole::{Counting, Piece};
use crate::password::hex;

/// The length of the comment.
const SUM: u64 = 64;

/// How many bytes go through a buffer at once.
const BUFFER: usize = 256 * 1024;

const MANIFEST: &str = "manifest.json";

fn name_of(table: &str) -> String {
    format!("tables/{table}.jsonl")
}

/// Writes what comes, up to its end, into a new file; without the end there is none.
pub(super) fn write(place: &Path, mut pieces: Receiver<Piece>) -> Result<(), BackupError> {
    let failed = |error: io::Error| BackupError::File(place.to_owned(), error);
    let zipped = |error: zip::result::ZipError| failed(error.into());
    let (beside, file) = Beside::begin(place).map_err(failed)?;
    let mut zip = ZipWriter::new(BufWriter::with_capacity(BUFFER, file)).set_auto_large_file();
    let options = SimpleFileOptions::default().large_file(true);
    loop {
        match pieces.blocking_recv().ok_or(BackupError::Ended)? {
            Piece::Table(name) => zip.start_file(name_of(&name), options).map_err(zipped)?,
            Piece::Rows(lines) => zip.write_all(&lines).map_err(failed)?,
            Piece::End(manifest) => {
                zip.start_file(MANIFEST, options).map_err(zipped)?;
                zip.write_all(&manifest).map_err(failed)?;
                break;
            }
        }
    }
    // Its place is kept until all before it is known.
    zip.set_comment("0".repeat(64)).map_err(zipped)?;
    let mut file = zip.finish().map_err(zipped)?.into_inner().map_err(|error| failed(error.into_error()))?;
    let sum = sum(&mut file).map_err(failed)?;
    file.write_all(sum.as_bytes()).map_err(failed)?;
    file.sync_all().map_err(failed)?;
    // What cannot be read is no backup.
    Archive::open(beside.path())?.read(None)?;
    beside.put(&file).map_err(failed)
}

/// The hash of all but the comment, before which the file then stands.
fn sum(file: &mut File) -> io::Result<String> {
    let length = file.metadata()?.len().checked_sub(SUM).ok_or(io::ErrorKind::UnexpectedEof)?;
    file.seek(SeekFrom::Start(0))?;
    let mut hash = Sha256::new();
    let (mut buffer, mut left) = (vec![0; BUFFER], length);
    while left > 0 {
        let most = usize::try_from(left).unwrap_or(BUFFER).min(BUFFER);
        file.read_exact(&mut buffer[..most])?;
        hash.update(&buffer[..most]);
        left -= most as u64;
    }
    Ok(hex(&hash.finalize()))
}

/// A backup that is as it was written.
pub(super) struct Archive {
    path: PathBuf,
    zip: ZipArchive<BufReader<File>>,
    pub(super) manifest: Manifest,
}

impl Archive {
    /// Opens a file after seeing to it that no byte of it was lost or changed.
    pub(super) fn open(path: &Path) -> Result<Self, BackupError> {
        let failed = |error: io::Error| BackupError::File(path.to_owned(), error);
        let damaged = |why: &str| BackupError::Damaged(path.to_owned(), why.to_owned());
        let foreign = || BackupError::Foreign(path.to_owned());
        let mut file = File::open(path).map_err(failed)?;
        let mut begins = [0; 4];
        let read = file.read(&mut begins).map_err(failed)?;
        if begins[..read] != *b"PK\x03\x04" {
            return Err(foreign());
        }
        let sum = match sum(&mut file) {
            Ok(sum) => sum,
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                return Err(damaged("it is cut off"));
            }
            Err(error) => return Err(failed(error)),
        };
        let mut comment = Vec::new();
        file.read_to_end(&mut comment).map_err(failed)?;
        let is_sum = comment.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if comment != sum.as_bytes() {
            return Err(damaged(if is_sum {
                "its bytes are not those that were written"
            } else {
                "it does not end as a backup does, so it is cut off or was packed anew"
            }));
        }
        let mut zip = ZipArchive::new(BufReader::with_capacity(BUFFER, file)).map_err(|_| foreign())?;
        let manifest: Manifest = {
            let entry = zip.by_name(MANIFEST).map_err(|_| foreign())?;
            serde_json::from_reader(BufReader::new(entry)).map_err(|error| damaged(&error.to_string()))?
        };
        if manifest.format != FORMAT {
            return Err(foreign());
        }
        if manifest.format_version > FORMAT_VERSION {
            let step = format!("of the format of backups, {}", manifest.format_version);
            return Err(BackupError::Newer { made_by: manifest.impasse, step });
        }
        Ok(Self { path: path.to_owned(), zip, manifest })
    }

    /// Reads all tables, hands their rows on if anybody wants them, and compares them with the manifest.
    pub(super) fn read(&mut self, to: Option<&Sender<Piece>>) -> Result<(), BackupError> {
        let damaged = |why: String| BackupError::Damaged(self.path.clone(), why);
        let send = |piece| match to {
            Some(to) => to.blocking_send(piece).map_err(|_| BackupError::Ended),
            None => Ok(()),
        };
        for tally in &self.manifest.tables {
            let entry = self.zip.by_name(&name_of(&tally.table));
            let entry = entry.map_err(|error| damaged(format!("the table {}: {error}", tally.table)))?;
            let mut lines = BufReader::with_capacity(BUFFER, entry);
            send(Piece::Table(tally.table.clone()))?;
            let mut counting = Counting::default();
            loop {
                let (mut chunk, mut rows) = (Vec::new(), 0);
                while chunk.len() < BUFFER
                    && lines.read_until(b'\n', &mut chunk).map_err(|error| damaged(error.to_string()))? > 0
                {
                    rows += 1;
                }
                if rows == 0 {
                    break;
                }
                counting.add(rows, &chunk);
                send(Piece::Rows(chunk))?;
            }
            if counting.tally(&tally.table) != *tally {
                return Err(damaged(format!("the table {} is not what the manifest says", tally.table)));
            }
        }
        Ok(())
    }
}
