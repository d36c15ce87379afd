//! The real binary, run as its users run it.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs::Permissions;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

use crate::client::Client;
use crate::postgres;

/// The owner's name.
pub const OWNER: &str = "Olga Owner";
/// Everybody's password.
pub const PASSWORD: &str = "correct horse battery";

/// How long a start may take, on a machine that is busy with other tests.
const START: Duration = Duration::from_secs(60);

/// The binary under test: `IMPASSE_BIN`, or what was built last in the workspace.
pub fn binary() -> PathBuf {
    if let Some(named) = std::env::var_os("IMPASSE_BIN") {
        let named = PathBuf::from(named);
        assert!(named.is_file(), "IMPASSE_BIN names no file: {}", named.display());
        return named;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let built = |profile: &str| {
        let path = target.join(profile).join("impasse");
        let time = path.metadata().and_then(|data| data.modified()).ok()?;
        Some((time, path))
    };
    let latest = [built("debug"), built("release")].into_iter().flatten().max();
    latest.map(|(_, path)| path).unwrap_or_else(|| {
        panic!(
            "these tests drive the server's binary, and there is none under {}: run `make test`, or `cargo build -p \
             impasse` first, or name one by IMPASSE_BIN",
            target.display()
        )
    })
}

/// A database of a test's own.
pub struct Home {
    url: String,
    folder: tempfile::TempDir,
}

impl Home {
    /// A file for SQLite.
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self { url: folder.path().join("impasse.db").display().to_string(), folder }
    }

    /// A database of the PostgreSQL that the tests of this process share.
    pub fn postgres() -> Self {
        Self::at(postgres::fresh_database().unwrap())
    }

    /// A database that is there already.
    pub fn at(url: String) -> Self {
        Self { url, folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// What `--database` is given.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A folder for the test's files.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The binary on this database, in a folder and an environment in which no other settings are to be found.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.command_of(binary());
        command.args(arguments);
        command
    }

    /// Another program in the same folder and environment.
    fn command_of(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("IMPASSE_") {
                command.env_remove(name);
            }
        }
        command.env("IMPASSE_DATABASE", &self.url).current_dir(self.folder());
        command
    }

    /// Runs a command that may read the folder and what is in it, and write nothing; root may write everything, so then
    /// it is run as nobody.
    pub fn run_without_rights(&self, arguments: &[&str]) -> Output {
        const NOBODY: u32 = 65_534;
        let is_root = std::fs::metadata("/proc/self").is_ok_and(|data| data.uid() == 0);
        // The folder of the binary may be one that nobody can enter.
        let hall = tempfile::tempdir().expect("a temporary folder");
        let program = hall.path().join("impasse");
        std::fs::hard_link(binary(), &program)
            .or_else(|_| std::fs::copy(binary(), &program).map(drop))
            .expect("the binary is copied");
        let allow = |path: &Path, mode| {
            std::fs::set_permissions(path, Permissions::from_mode(mode)).expect("permissions are set");
        };
        allow(hall.path(), 0o755);
        let files: Vec<PathBuf> = std::fs::read_dir(self.folder())
            .expect("the folder")
            .map(|entry| entry.expect("a file").path())
            .collect();
        files.iter().for_each(|file| allow(file, 0o444));
        allow(self.folder(), 0o555);
        let mut command = self.command_of(&program);
        if is_root {
            command.uid(NOBODY).gid(NOBODY);
        }
        let output = command.args(arguments).stdin(Stdio::null()).output().expect("the binary runs");
        allow(self.folder(), 0o755);
        files.iter().for_each(|file| allow(file, 0o644));
        output
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str], input: &str) -> Output {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        // A command that reads nothing may be gone already.
        let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
        child.wait_with_output().expect("the binary ends")
    }
}

/// A running server. It is killed when this is dropped.
pub struct Impasse {
    child: Child,
    address: SocketAddr,
    setup: Option<String>,
    log: Arc<Mutex<String>>,
}

impl Impasse {
    /// Starts a server on a free port, with the demo.
    #[track_caller]
    pub fn start(home: &Home) -> Self {
        Self::start_with(home, &[])
    }

    /// Starts a server on a free port, with further arguments, in which `{port}` stands for it where there is a public
    /// address.
    #[track_caller]
    pub fn start_with(home: &Home, arguments: &[&str]) -> Self {
        // The line that the server prints tells the port, unless it tells the public address.
        let port = if arguments.contains(&"--public-url") { free_port() } else { 0 };
        let mut command = home.command(&["serve", "--listen", &format!("127.0.0.1:{port}")]);
        command.args(arguments.iter().map(|argument| argument.replace("{port}", &port.to_string())));
        Self::start_command(command, port)
    }

    /// Starts a server whose files may have so many kilobytes and no more: writing beyond fails, as on a full disk.
    #[track_caller]
    pub fn start_limited(home: &Home, kilobytes: u64, arguments: &[&str]) -> Self {
        // POSIX counts in blocks of 512 bytes. Whoever ignores the signal is told by an error.
        let script = format!("trap '' XFSZ; ulimit -f {}; exec \"$@\"", kilobytes * 2);
        let inner = home.command(&["serve", "--listen", "127.0.0.1:0"]);
        let mut command = home.command_of("sh");
        command.args(["-c", &script, "sh"]).arg(inner.get_program()).args(inner.get_args()).args(arguments);
        Self::start_command(command, 0)
    }

    #[track_caller]
    fn start_command(mut command: Command, port: u16) -> Self {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary runs");
        let log = Arc::new(Mutex::new(String::new()));
        let (said, heard) = mpsc::channel();
        let output = child.stdout.take().expect("a pipe");
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                let _ = said.send(line);
            }
        });
        let errors = child.stderr.take().expect("a pipe");
        let kept = log.clone();
        std::thread::spawn(move || {
            for line in BufReader::new(errors).lines().map_while(Result::ok) {
                let _ = writeln!(kept.lock().unwrap(), "{line}");
            }
        });
        let mut server = Self { child, address: SocketAddr::from(([127, 0, 0, 1], 0)), setup: None, log };
        let deadline = Instant::now() + START;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let Ok(line) = heard.recv_timeout(left) else {
                panic!("the server did not start:\n{}", server.log());
            };
            if let Some((_, path)) = line.split_once("/setup/") {
                server.setup = Some(format!("/setup/{path}"));
            }
            if line.starts_with("Impasse is at") {
                let printed = line.split("http://").nth(1).and_then(|address| address.parse().ok());
                server.address = printed.unwrap_or(SocketAddr::from(([127, 0, 0, 1], port)));
                assert_ne!(server.address.port(), 0, "no port in {line:?}");
                return server;
            }
        }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// An address on the site, for a browser.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The path of the one-time address that sets up the owner, if it was printed.
    pub fn setup(&self) -> Option<&str> {
        self.setup.as_deref()
    }

    /// What it logged so far.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Somebody who is not signed in.
    pub fn reader(&self) -> Client {
        Client::new(self.address)
    }

    /// The owner, whose account is set up through the printed address.
    #[track_caller]
    pub fn owner(&self) -> Client {
        let client = self.reader();
        let setup = self.setup().expect("a set-up address was printed");
        client.post(setup, &[("name", OWNER), ("password", PASSWORD)]).expect(303);
        client
    }

    /// The owner, signed in anew.
    #[track_caller]
    pub fn sign_in(&self) -> Client {
        let client = self.reader();
        client.post("/sign-in", &[("name", OWNER), ("password", PASSWORD)]).expect(303);
        client
    }

    /// Ends it as a crash does: SIGKILL.
    pub fn kill(&mut self) {
        self.child.kill().expect("the server is there to be killed");
        self.child.wait().expect("the server ends");
    }

    /// Asks it to stop: SIGTERM.
    pub fn stop(&mut self) -> ExitStatus {
        let asked = Command::new("kill").arg(self.child.id().to_string()).status().expect("kill runs");
        assert!(asked.success());
        self.child.wait().expect("the server ends")
    }
}

impl Drop for Impasse {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            let log = self.log();
            let tail: Vec<&str> = log.lines().rev().take(15).collect();
            let tail: Vec<&str> = tail.into_iter().rev().collect();
            let _ = writeln!(std::io::stderr(), "--- the server's last words\n{}", tail.join("\n"));
        }
    }
}

/// A port that nobody listens on just now.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port").port()
}
