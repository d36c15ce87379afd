//! A web of the tests' own, on loopback: sites that answer what they are told to, well or badly, and remember what
//! they were asked.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;

/// One request as it arrived.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The path with its query.
    pub path: String,
    /// Names in lower case, and values.
    pub headers: HashMap<String, String>,
    /// What was sent with it.
    pub body: Vec<u8>,
}

impl Asked {
    /// A header; empty if it was not sent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

/// What a site answers.
#[derive(Debug, Clone)]
pub struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Body,
}

#[derive(Debug, Clone)]
enum Body {
    Whole(Vec<u8>),
    /// One byte at a time.
    Dripping(Vec<u8>, Duration),
    /// The same bytes again and again until nobody reads them, at most so many.
    Endless(Vec<u8>, u64),
    /// Fewer bytes than were announced.
    CutShort(Vec<u8>, usize),
    /// Nothing ever.
    Silence,
}

impl Reply {
    /// A status without a body.
    pub fn status(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Body::Whole(Vec::new()) }
    }

    /// A body of a media type.
    pub fn of(content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { body: Body::Whole(body.into()), ..Self::status(200) }.header("content-type", content_type)
    }

    /// A page in UTF-8.
    pub fn html(body: &str) -> Self {
        Self::of("text/html; charset=utf-8", body)
    }

    /// A redirect.
    pub fn redirect(status: u16, to: &str) -> Self {
        Self::status(status).header("location", to)
    }

    /// A body of which a byte comes now and then.
    pub fn dripping(body: &str, every: Duration) -> Self {
        Self { body: Body::Dripping(body.as_bytes().to_vec(), every), ..Self::html("") }
    }

    /// A body that does not end before `bytes` were read.
    pub fn endless(bytes: u64) -> Self {
        Self { body: Body::Endless(b"<p>And so on and on. </p>".repeat(200), bytes), ..Self::html("") }
    }

    /// A body that breaks off before its announced end.
    pub fn cut_short(body: &str, announced: usize) -> Self {
        Self { body: Body::CutShort(body.as_bytes().to_vec(), announced), ..Self::html("") }
    }

    /// No answer at all.
    pub fn silence() -> Self {
        Self { body: Body::Silence, ..Self::status(200) }
    }

    /// A page of so many bytes of nothing, packed to a thousandth of that.
    pub fn bomb(unpacked: usize) -> Self {
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        let zeros = vec![b' '; 1 << 16];
        for _ in 0..unpacked.div_ceil(zeros.len()) {
            packed.write_all(&zeros).expect("memory takes all");
        }
        let packed = packed.finish().expect("memory takes all");
        Self::of("text/html", packed).header("content-encoding", "gzip")
    }

    /// The same answer with another header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same answer with another status.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }
}

type Answerer = Box<dyn Fn(&Asked) -> Reply + Send>;

#[derive(Default)]
struct State {
    answers: Mutex<HashMap<String, Answerer>>,
    asked: Mutex<Vec<Asked>>,
    connections: AtomicUsize,
    is_over: AtomicBool,
}

/// A site on a port of its own. It ends with this.
pub struct Web {
    address: SocketAddr,
    state: Arc<State>,
}

impl Web {
    /// A site that has nothing yet, and so answers 404 to everything.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::<State>::default();
        let shared = state.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if shared.is_over.load(Ordering::SeqCst) {
                    return;
                }
                shared.connections.fetch_add(1, Ordering::SeqCst);
                let shared = shared.clone();
                std::thread::spawn(move || {
                    let _ = serve(&stream, &shared);
                });
            }
        });
        Self { address, state }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of a page on it.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Answers a path, without its query, always the same.
    pub fn set(&self, path: &str, reply: Reply) {
        self.set_by(path, move |_| reply.clone());
    }

    /// Answers a path, without its query, as a function says.
    pub fn set_by(&self, path: &str, answer: impl Fn(&Asked) -> Reply + Send + 'static) {
        self.state.answers.lock().unwrap().insert(path.to_owned(), Box::new(answer));
    }

    /// Has nothing at a path any more.
    pub fn remove(&self, path: &str) {
        self.state.answers.lock().unwrap().remove(path);
    }

    /// The requests so far, in order.
    pub fn asked(&self) -> Vec<Asked> {
        self.state.asked.lock().unwrap().clone()
    }

    /// The requests so far for a path, with or without a query.
    pub fn asked_for(&self, path: &str) -> Vec<Asked> {
        self.asked().into_iter().filter(|asked| asked.path.split('?').next() == Some(path)).collect()
    }

    /// How many connections there were.
    pub fn connections(&self) -> usize {
        self.state.connections.load(Ordering::SeqCst)
    }
}

impl Drop for Web {
    fn drop(&mut self) {
        self.state.is_over.store(true, Ordering::SeqCst);
        // Wakes the listener, so that it sees that it is over.
        let _ = TcpStream::connect(self.address);
    }
}

/// Answers the requests of one connection.
fn serve(stream: &TcpStream, state: &State) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    stream.set_write_timeout(Some(Duration::from_secs(30)))?;
    let mut reader = BufReader::new(stream.try_clone()?);
    while let Some(asked) = read_request(&mut reader)? {
        let reply = {
            let answers = state.answers.lock().unwrap();
            let path = asked.path.split('?').next().unwrap_or_default();
            answers.get(path).map_or_else(|| Reply::status(404), |answer| answer(&asked))
        };
        state.asked.lock().unwrap().push(asked);
        if !write_reply(stream, &reply, state)? {
            return Ok(());
        }
    }
    Ok(())
}

fn read_request(reader: &mut impl BufRead) -> io::Result<Option<Asked>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let length = headers.get("content-length").and_then(|value| value.parse().ok()).unwrap_or(0);
    let mut body = Vec::new();
    reader.take(length).read_to_end(&mut body)?;
    Ok(Some(Asked { path, headers, body }))
}

/// Whether the connection may be used again.
fn write_reply(mut stream: &TcpStream, reply: &Reply, state: &State) -> io::Result<bool> {
    let length = match &reply.body {
        Body::Whole(body) => Some(body.len()),
        Body::CutShort(_, announced) => Some(*announced),
        _ => None,
    };
    if matches!(reply.body, Body::Silence) {
        while !state.is_over.load(Ordering::SeqCst) {
            std::thread::sleep(Duration::from_millis(20));
        }
        return Ok(false);
    }
    let mut head = format!("HTTP/1.1 {} As told\r\n", reply.status);
    for (name, value) in &reply.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    match length {
        // An answer without content has no length either (RFC 9110, 8.6).
        Some(_) if matches!(reply.status, 204 | 304) => {}
        Some(length) => head.push_str(&format!("content-length: {length}\r\n")),
        None => head.push_str("connection: close\r\n"),
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes())?;
    match &reply.body {
        Body::Whole(body) => {
            stream.write_all(body)?;
            Ok(true)
        }
        Body::CutShort(body, _) => {
            stream.write_all(body)?;
            Ok(false)
        }
        Body::Dripping(body, every) => {
            for byte in body {
                stream.write_all(&[*byte])?;
                stream.flush()?;
                std::thread::sleep(*every);
                if state.is_over.load(Ordering::SeqCst) {
                    break;
                }
            }
            Ok(false)
        }
        Body::Endless(body, most) => {
            let mut sent = 0;
            while sent < *most && !state.is_over.load(Ordering::SeqCst) {
                stream.write_all(body)?;
                sent += body.len() as u64;
            }
            Ok(false)
        }
        Body::Silence => Ok(false),
    }
}
