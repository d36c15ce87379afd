//! Measures a server under readers who have a dispute open and editors who write, beside the least that the same pages
//! cost (`server/examples/bare.rs`), in one run. Prints a line of figures for each.
//!
//!     cargo build --release --example bare
//!     cargo run --release -p impasse-tests --example live_load -- target/release/impasse target/release/examples/bare 120
//!
//! Readers: each has a stream open and asks for the page again and again, with a pause of 50 to 150 ms as of somebody
//! very quick. Editors: each adds an event a second. With `DATABASE=postgres://…` the server has that database.

#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a tool for whoever measures"
)]

use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use impasse_tests::server::free_port;
use impasse_tests::{Client, OWNER, PASSWORD, Request, event_fields};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

const READERS: usize = 200;
const EDITORS: usize = 5;
const EVENTS: usize = 100;

/// A program that ends with this.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Running {
    /// Its resident memory in MiB.
    fn memory(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id())).unwrap_or_default();
        let kilobytes = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:")?.split_whitespace().next()?.parse().ok());
        kilobytes.unwrap_or(0.0) / 1024.0
    }
}

fn start(program: &str, arguments: &[&str], port: u16, database: &str) -> (Running, Duration) {
    let begun = Instant::now();
    let child = Command::new(program)
        .args(arguments)
        .env("IMPASSE_DATABASE", database)
        .stdout(Stdio::null())
        .stderr(Stdio::inherit())
        .spawn()
        .expect("the program runs");
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        std::thread::sleep(Duration::from_millis(2));
    }
    (Running(child), begun.elapsed())
}

/// A page over a connection that stays open; the number of its bytes, none where it failed.
async fn page(connection: &mut BufReader<TcpStream>, target: &str) -> Option<usize> {
    let asked = format!("GET {target} HTTP/1.1\r\nhost: localhost\r\n\r\n");
    connection.write_all(asked.as_bytes()).await.ok()?;
    let (mut line, mut length) = (String::new(), 0);
    connection.read_line(&mut line).await.ok()?;
    if !line.starts_with("HTTP/1.1 200") {
        return None;
    }
    loop {
        line.clear();
        connection.read_line(&mut line).await.ok()?;
        if line == "\r\n" {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    connection.read_exact(&mut body).await.ok()?;
    Some(length)
}

/// Holds a stream open and counts what it is told.
async fn stream(port: u16, target: String, told: Arc<AtomicUsize>, over: Arc<AtomicBool>) {
    let Ok(mut connection) = TcpStream::connect(("127.0.0.1", port)).await else { return };
    let asked = format!("GET {target} HTTP/1.1\r\nhost: localhost\r\naccept: text/event-stream\r\n\r\n");
    let _ = connection.write_all(asked.as_bytes()).await;
    let mut lines = BufReader::new(connection).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        if line == "event: change" {
            told.fetch_add(1, Ordering::Relaxed);
        }
        if over.load(Ordering::Relaxed) {
            return;
        }
    }
}

struct Figures {
    times: Vec<Duration>,
    errors: usize,
    took: Duration,
}

impl Figures {
    fn line(&mut self, name: &str) -> String {
        self.times.sort_unstable();
        let at =
            |share: f64| self.times[((self.times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
        format!(
            "{name}: {} pages, {:.0}/s; median {:.1} ms, p99 {:.1} ms, longest {:.1} ms; errors {}",
            self.times.len(),
            self.times.len() as f64 / self.took.as_secs_f64(),
            at(0.5),
            at(0.99),
            at(1.0),
            self.errors
        )
    }
}

async fn read(port: u16, target: &'static str, seconds: u64) -> Figures {
    let begun = Instant::now();
    let until = begun + Duration::from_secs(seconds);
    let readers: Vec<_> = (0..READERS)
        .map(|nth| {
            tokio::spawn(async move {
                let connect = || async {
                    TcpStream::connect(("127.0.0.1", port))
                        .await
                        .map(|stream| BufReader::with_capacity(64 * 1024, stream))
                };
                let (mut times, mut errors) = (Vec::new(), 0);
                let mut connection = connect().await.expect("a connection");
                // Pauses that differ, so that they do not all ask at once.
                let pause = Duration::from_millis(50 + (nth as u64 * 37) % 101);
                while Instant::now() < until {
                    let asked = Instant::now();
                    if page(&mut connection, target).await.is_some() {
                        times.push(asked.elapsed());
                    } else {
                        errors += 1;
                        connection = connect().await.expect("a connection");
                    }
                    tokio::time::sleep(pause).await;
                }
                (times, errors)
            })
        })
        .collect();
    let mut figures = Figures { times: Vec::new(), errors: 0, took: Duration::ZERO };
    for reader in readers {
        let (times, errors) = reader.await.expect("a reader");
        figures.times.extend(times);
        figures.errors += errors;
    }
    figures.took = begun.elapsed();
    figures
}

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().expect("the server, the bare server and seconds are wanted");
    let (server, bare, seconds): (String, String, u64) = (next(), next(), next().parse().expect("seconds"));
    let folder = tempfile::tempdir().expect("a folder");
    let database =
        std::env::var("DATABASE").unwrap_or_else(|_| folder.path().join("load.db").display().to_string());
    let csv = folder.path().join("events.csv");
    let rows: String = (0..EVENTS)
        .map(|nth| {
            format!(
                "20{:02}-0{}-1{},,Step {nth} of the dispute,What was done.,Ministry,memo\n",
                nth % 20,
                nth % 9 + 1,
                nth % 10
            )
        })
        .collect();
    std::fs::write(&csv, format!("start,end,title,description,party,kind\n{rows}")).expect("the file");
    let command = |arguments: &[&str], input: &str| {
        let mut child = Command::new(&server)
            .args(arguments)
            .env("IMPASSE_DATABASE", &database)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("the server's binary runs");
        std::io::Write::write_all(&mut child.stdin.take().expect("a pipe"), input.as_bytes()).expect("input");
        assert!(child.wait().expect("it ends").success());
    };
    command(&["import", csv.to_str().expect("a path"), "--dispute", "load", "--title", "Load"], "");
    command(&["user", "add", OWNER, "--owner"], &format!("{PASSWORD}\n"));

    let port = free_port();
    let listen = format!("127.0.0.1:{port}");
    let (ours, started) = start(&server, &["serve", "--listen", &listen, "--log", "warn"], port, &database);
    tokio::time::sleep(Duration::from_secs(2)).await;
    println!("start-up {} ms; idle {:.1} MiB", started.as_millis(), ours.memory());
    let address = std::net::SocketAddr::from(([127, 0, 0, 1], port));
    let editor = Client::new(address);
    editor.post("/sign-in", &[("name", OWNER), ("password", PASSWORD)]).expect(303);
    let token = editor.cookie("impasse").expect("signed in");
    let bytes = editor_free_page(address);

    let (told, over, written) =
        (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    for _ in 0..READERS {
        tokio::spawn(stream(port, "/d/load/live".to_owned(), told.clone(), over.clone()));
    }
    let failed = Arc::new(AtomicUsize::new(0));
    let editors: Vec<_> = (0..EDITORS)
        .map(|editor| {
            let (token, over, written, failed) =
                (token.clone(), over.clone(), written.clone(), failed.clone());
            std::thread::spawn(move || {
                let client = Client::new(address);
                client.hold_cookie("impasse", &token);
                let mut times = Vec::new();
                for nth in 0.. {
                    if over.load(Ordering::Relaxed) {
                        return times;
                    }
                    let title = format!("Added by {editor}, time {nth}");
                    let asked = Instant::now();
                    match client.try_send(&Request::form("/d/load/events/new", &event_fields(&title))) {
                        Ok(answer) if answer.status == 303 => {
                            times.push(asked.elapsed());
                            written.fetch_add(1, Ordering::Relaxed);
                        }
                        _ => {
                            failed.fetch_add(1, Ordering::Relaxed);
                        }
                    }
                    std::thread::sleep(Duration::from_secs(1));
                }
                times
            })
        })
        .collect();
    let mut figures = read(port, "/d/load", seconds).await;
    let memory = ours.memory();
    over.store(true, Ordering::Relaxed);
    let mut writes =
        Figures { times: Vec::new(), errors: failed.load(Ordering::Relaxed), took: figures.took };
    for editor in editors {
        writes.times.extend(editor.join().expect("an editor"));
    }
    println!("{}; {memory:.1} MiB", figures.line("readers of ours"));
    println!("{}", writes.line("saves"));
    let expected = written.load(Ordering::Relaxed) * READERS;
    println!("told {} times of {} (saves times streams)", told.load(Ordering::Relaxed), expected);
    drop(ours);

    let body = folder.path().join("body");
    std::fs::write(&body, bytes).expect("the file");
    let port = free_port();
    let (least, _) =
        start(&bare, &[&format!("127.0.0.1:{port}"), body.to_str().expect("a path"), "text/html"], port, "");
    let mut figures = read(port, "/", seconds.min(30)).await;
    println!("{}; {:.1} MiB", figures.line("readers of the bare handler"), least.memory());
    drop(least);

    // Streams alone.
    let port = free_port();
    let listen = format!("127.0.0.1:{port}");
    let (ours, _) = start(&server, &["serve", "--listen", &listen, "--log", "warn"], port, &database);
    let over = Arc::new(AtomicBool::new(false));
    for _ in 0..2000 {
        tokio::spawn(stream(port, "/d/load/live".to_owned(), told.clone(), over.clone()));
    }
    tokio::time::sleep(Duration::from_secs(8)).await;
    println!("with 2,000 open streams {:.1} MiB", ours.memory());
}

/// The page as a reader gets it without a coding.
fn editor_free_page(address: std::net::SocketAddr) -> Vec<u8> {
    Client::new(address).get("/d/load").expect(200).body
}
