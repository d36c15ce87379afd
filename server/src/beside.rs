//! Files that have their name only once they are whole.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

/// A file that is being written beside its place. It is removed unless it is put there.
pub(crate) struct Beside {
    path: PathBuf,
    place: PathBuf,
}

impl Beside {
    /// Begins a file that only its owner may read, for `place`.
    ///
    /// # Errors
    /// When it cannot be made, as in a folder that is not there.
    pub(crate) fn begin(place: &Path) -> io::Result<(Self, File)> {
        let name = place.file_name().ok_or(io::ErrorKind::InvalidFilename)?.to_string_lossy();
        let path = place.with_file_name(format!(".{name}.{}{PART}", std::process::id()));
        let file =
            OpenOptions::new().read(true).write(true).create(true).truncate(true).mode(0o600).open(&path)?;
        Ok((Self { path, place: place.to_owned() }, file))
    }

    /// Where it is until it is whole.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes it through to the disk and gives it its name, in place of what had it.
    ///
    /// # Errors
    /// Those of the disk.
    pub(crate) fn put(self, file: &File) -> io::Result<()> {
        file.sync_all()?;
        std::fs::rename(&self.path, &self.place)?;
        let folder = self.place.parent().filter(|folder| *folder != Path::new(""));
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // It is gone already if it has its name.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// What the names of unfinished files end in.
pub(crate) const PART: &str = ".part";
