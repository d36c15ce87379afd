//! A page's connection for server-sent events (<https://html.spec.whatwg.org/multipage/server-sent-events.html>).

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// Something that was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Its identifier.
    pub id: String,
    /// What sort of event.
    pub name: String,
    /// What it says.
    pub data: String,
    /// When it came.
    pub at: Instant,
}

impl Told {
    /// What it says, as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.data).expect("the data is JSON")
    }
}

/// An open stream. It is closed when this is dropped.
pub struct Stream {
    socket: TcpStream,
    told: Receiver<Told>,
    /// The status and headers of the answer.
    pub head: String,
}

impl Stream {
    /// Opens a stream, with further lines of the request's head.
    #[track_caller]
    pub fn open(address: SocketAddr, target: &str, lines: &[(&str, &str)]) -> Self {
        let socket = TcpStream::connect(address).expect("the server takes connections");
        let further: String = lines.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let asked =
            format!("GET {target} HTTP/1.1\r\nhost: {address}\r\naccept: text/event-stream\r\n{further}\r\n");
        (&socket).write_all(asked.as_bytes()).expect("the request is sent");
        let mut reader = BufReader::new(socket.try_clone().expect("a second handle"));
        let mut head = String::new();
        let mut line = String::new();
        while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
            head.push_str(&line);
            line.clear();
        }
        let (tell, told) = channel();
        std::thread::spawn(move || {
            let mut event = ("".to_owned(), "message".to_owned(), Vec::new());
            // Chunks' sizes stand between and are fields without a colon, which say nothing.
            for line in reader.lines().map_while(Result::ok) {
                let field = line.split_once(':').map(|(name, value)| (name, value.trim_start().to_owned()));
                match field {
                    Some(("id", id)) => event.0 = id,
                    Some(("event", name)) => event.1 = name,
                    Some(("data", data)) => event.2.push(data),
                    None if line.is_empty() && !event.2.is_empty() => {
                        let data = std::mem::take(&mut event.2).join("\n");
                        let name = std::mem::replace(&mut event.1, "message".to_owned());
                        let told = Told { id: event.0.clone(), name, data, at: Instant::now() };
                        if tell.send(told).is_err() {
                            return;
                        }
                    }
                    _ => {}
                }
            }
        });
        Self { socket, told, head }
    }

    /// The next thing that is told; none if nothing is within a time, or the stream has ended.
    pub fn next(&self, within: Duration) -> Option<Told> {
        self.told.recv_timeout(within).ok()
    }

    /// Whether the server ends the stream within a time; what it tells until then is passed over.
    pub fn ends(&self, within: Duration) -> bool {
        let begun = Instant::now();
        loop {
            match self.told.recv_timeout(within.saturating_sub(begun.elapsed())) {
                Ok(_) => {}
                Err(RecvTimeoutError::Disconnected) => return true,
                Err(RecvTimeoutError::Timeout) => return false,
            }
        }
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        let _ = self.socket.shutdown(std::net::Shutdown::Both);
    }
}
