//! A PostgreSQL of the tests' own: a cluster in a temporary folder, reached by a Unix socket in it, so that neither
//! ports nor other clusters are in the way. It goes when the test process goes, killed or not: a guard beside it
//! waits for the end of a pipe that only the test process holds.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// What the tests could not do, in words that say how to go on. Its `Debug` is its message, for `unwrap`.
pub struct Error(String);

impl std::fmt::Debug for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

/// The URL of a new, empty database in the cluster that the tests of this process share.
///
/// # Errors
/// When PostgreSQL is not installed or does not start.
pub fn fresh_database() -> Result<String, Error> {
    static SHARED: OnceLock<Result<Cluster, Error>> = OnceLock::new();
    match SHARED.get_or_init(|| Cluster::start(false)) {
        Ok(cluster) => cluster.fresh_database(),
        Err(error) => Err(Error(error.0.clone())),
    }
}

/// A cluster that writes through to the disk, for tests of what a crash loses.
///
/// # Errors
/// When PostgreSQL is not installed or does not start.
pub fn durable() -> Result<Cluster, Error> {
    Cluster::start(true)
}

/// A running cluster. It ends when this is dropped or the process ends.
pub struct Cluster {
    folder: PathBuf,
    binaries: PathBuf,
    account: Option<Account>,
    options: &'static str,
    databases: AtomicU32,
    guard: Child,
}

/// Whom PostgreSQL runs as when the tests are run by root, whom it refuses.
#[derive(Clone, Copy)]
struct Account {
    user: u32,
    group: u32,
}

impl Cluster {
    fn start(durable: bool) -> Result<Self, Error> {
        let binaries = binaries()?;
        let account = account()?;
        let folder =
            new_folder(account).map_err(|error| Error(format!("no folder for PostgreSQL: {error}")))?;
        let initdb = command(&binaries, "initdb", account)
            .args(["--username=impasse", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"])
            .args([OsStr::new("-D"), folder.join("data").as_os_str()])
            .output();
        succeeded("initdb", initdb)?;
        let guard = guard(&folder, &binaries, account)
            .map_err(|error| Error(format!("no guard for PostgreSQL: {error}")))?;
        let options = if durable { "" } else { "-c fsync=off -c full_page_writes=off" };
        let cluster = Self { folder, binaries, account, options, databases: AtomicU32::new(0), guard };
        cluster.resume()?;
        Ok(cluster)
    }

    /// Starts the server again after [`Cluster::crash`].
    ///
    /// # Errors
    /// When it does not start.
    pub fn resume(&self) -> Result<(), Error> {
        let options = format!("-c listen_addresses= -k {} {}", self.folder.display(), self.options);
        let started = self
            .pg_ctl()
            .args(["start", "--wait", "--timeout=60", "-o", &options, "-l"])
            .arg(self.folder.join("log"))
            .output();
        succeeded("pg_ctl start", started)
    }

    /// Stops the server as a crash does: nothing is written that was not written before.
    ///
    /// # Errors
    /// When it does not stop.
    pub fn crash(&self) -> Result<(), Error> {
        succeeded("pg_ctl stop", self.pg_ctl().args(["stop", "--mode=immediate", "--wait"]).output())
    }

    /// The URL of a new, empty database.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn fresh_database(&self) -> Result<String, Error> {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let made = command(&self.binaries, "createdb", self.account)
            .arg("-h")
            .arg(&self.folder)
            .args(["-U", "impasse", &name])
            .output();
        succeeded("createdb", made)?;
        Ok(format!("postgres://impasse@localhost/{name}?host={}", self.folder.display()))
    }

    fn pg_ctl(&self) -> Command {
        let mut command = command(&self.binaries, "pg_ctl", self.account);
        command.arg("-D").arg(self.folder.join("data"));
        // The server inherits these; a pipe would keep `output` waiting for it to end.
        command.stdin(Stdio::null());
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        let _ = self.guard.wait();
    }
}

/// Waits until the test process lets go of the pipe, then stops the server and removes its folder.
fn guard(folder: &Path, binaries: &Path, account: Option<Account>) -> io::Result<Child> {
    const SCRIPT: &str = r#"
        trap '' HUP INT TERM
        cat > /dev/null
        "$1/pg_ctl" stop --mode=immediate --wait -D "$2/data" > /dev/null 2>&1
        rm -rf "$2"
    "#;
    let mut guard = as_account(Command::new("sh"), account);
    guard
        .args(["-c", SCRIPT, "guard"])
        .args([binaries, folder])
        .current_dir("/")
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
}

fn command(binaries: &Path, name: &str, account: Option<Account>) -> Command {
    let mut command = as_account(Command::new(binaries.join(name)), account);
    // The tests' own folder may be one that the account cannot enter.
    command.current_dir("/").env_remove("PGOPTIONS").env_remove("PGSERVICE");
    command
}

fn as_account(mut command: Command, account: Option<Account>) -> Command {
    if let Some(account) = account {
        command.uid(account.user).gid(account.group);
    }
    command
}

fn succeeded(what: &str, output: io::Result<std::process::Output>) -> Result<(), Error> {
    let output = output.map_err(|error| Error(format!("{what} cannot be run: {error}")))?;
    if output.status.success() {
        return Ok(());
    }
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    Err(Error(format!("{what} failed: {} {}", said(&output.stdout), said(&output.stderr))))
}

/// The folder of PostgreSQL's programs: `PG_BIN`, one on PATH, or the newest under Debian's `/usr/lib/postgresql`.
fn binaries() -> Result<PathBuf, Error> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::var_os("PG_BIN").map(PathBuf::from).into_iter().collect();
    folders.extend(std::env::split_paths(&path));
    let mut packaged: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    packaged.sort();
    folders.extend(packaged.into_iter().rev().map(|(_, folder)| folder));
    folders.into_iter().find(|folder| ["initdb", "pg_ctl", "createdb"].iter().all(|name| folder.join(name).is_file())).ok_or_else(|| {
        Error(
            "These tests run against a PostgreSQL that they start themselves, and its programs (initdb, pg_ctl) \
             are neither on PATH nor under /usr/lib/postgresql. `make test` installs them; by hand it is \
             `apt-get install postgresql` on Debian and Ubuntu, `brew install postgresql` on macOS."
                .to_owned(),
        )
    })
}

/// The account `postgres` if the tests are run by root; none if they may run PostgreSQL themselves.
fn account() -> Result<Option<Account>, Error> {
    let id = Command::new("id").arg("-u").output().map_err(|error| Error(format!("no `id`: {error}")))?;
    if id.stdout.trim_ascii() != b"0" {
        return Ok(None);
    }
    let number = |option: &str| {
        let output = Command::new("id").args([option, "postgres"]).output().ok()?;
        String::from_utf8(output.stdout).ok()?.trim().parse().ok()
    };
    match (number("-u"), number("-g")) {
        (Some(user), Some(group)) => Ok(Some(Account { user, group })),
        _ => Err(Error(
            "PostgreSQL refuses to run as root and there is no account `postgres` to run it as: \
             run the tests as somebody else, or add one with `useradd --system postgres`."
                .to_owned(),
        )),
    }
}

/// A new folder that only the account can read, with a path short enough for a socket, which has 107 bytes.
fn new_folder(account: Option<Account>) -> io::Result<PathBuf> {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let folders = std::env::temp_dir();
    // The temporary folder of root may be one that nobody else can enter.
    let is_common = account.is_none() && folders.as_os_str().len() <= 60;
    let root = if is_common { folders.as_path() } else { Path::new("/tmp") };
    loop {
        let since = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default().as_nanos();
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let folder = root.join(format!("impasse-pg-{}-{number}-{since:x}", std::process::id()));
        match fs::create_dir(&folder) {
            Ok(()) => {
                fs::set_permissions(&folder, fs::Permissions::from_mode(0o700))?;
                if let Some(account) = account {
                    chown(&folder, Some(account.user), Some(account.group))?;
                }
                return Ok(folder);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
}
