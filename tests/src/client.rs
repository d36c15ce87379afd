//! A client over plain HTTP/1.1. It keeps cookies, follows no redirect, and sends whatever it is given, byte for
//! byte, since half of the tests send what no proper client would.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Mutex;
use std::time::Duration;

use crate::page::{Form, Page};

/// Longer than the server takes for anything; an answer that is later is a hang.
const PATIENCE: Duration = Duration::from_secs(40);

/// A request, whole.
#[derive(Clone)]
pub struct Request {
    method: String,
    target: Vec<u8>,
    headers: Vec<(String, Vec<u8>)>,
    body: Vec<u8>,
}

impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = |bytes: &[u8]| bytes.escape_ascii().to_string().chars().take(600).collect::<String>();
        write!(f, "{} {}", self.method, text(&self.target))?;
        for (name, value) in &self.headers {
            write!(f, " | {name}: {}", text(value))?;
        }
        write!(f, " | {} bytes: {}", self.body.len(), text(&self.body))
    }
}

impl Request {
    /// How long the body is.
    pub fn length(&self) -> usize {
        self.body.len()
    }

    /// A request without a body.
    pub fn new(method: &str, target: impl AsRef<[u8]>) -> Self {
        Self {
            method: method.to_owned(),
            target: target.as_ref().to_vec(),
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// A form as a browser sends it from a page of the same site.
    pub fn form<N: AsRef<str>, V: AsRef<str>>(target: impl AsRef<[u8]>, values: &[(N, V)]) -> Self {
        let body: Vec<String> = values
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name.as_ref()), encode(value.as_ref())))
            .collect();
        Self::new("POST", target)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(body.join("&"))
    }

    /// A file as a browser sends it in the field `file` of a form, from a page of the same site.
    pub fn upload(target: impl AsRef<[u8]>, name: &str, bytes: &[u8]) -> Self {
        let name = name.replace('"', "%22");
        let mut body =
            format!("--xYz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n")
                .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--xYz--\r\n");
        Self::new("POST", target)
            .header("content-type", "multipart/form-data; boundary=xYz")
            .header("sec-fetch-site", "same-origin")
            .body(body)
    }

    /// The same request with another header; a header of the same name is replaced.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.headers.retain(|(other, _)| other != name);
        self.headers.push((name.to_owned(), value.as_ref().to_vec()));
        self
    }

    /// The same request with a body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// The same request from a program that reads JSON.
    #[must_use]
    pub fn json(self) -> Self {
        self.header("accept", "application/json")
    }
}

/// An answer, whole.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Names in lower case, and values, in order.
    pub headers: Vec<(String, String)>,
    /// The body, as encoded for the wire but without chunks.
    pub body: Vec<u8>,
}

impl Answer {
    /// The first value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("the body is UTF-8")
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error} in {:?}", self.text()))
    }

    /// The body as a page.
    pub fn page(&self) -> Page {
        Page::new(&self.text())
    }

    /// Where a redirect leads.
    pub fn location(&self) -> &str {
        self.header("location").unwrap_or_else(|| panic!("no redirect: {}\n{}", self.status, self.text()))
    }

    /// The answer, if it has the status expected.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(
            self.status,
            status,
            "headers {:?}, body:\n{}",
            self.headers,
            String::from_utf8_lossy(&self.body)
        );
        self
    }
}

/// Somebody who uses the site.
#[derive(Debug)]
pub struct Client {
    address: SocketAddr,
    cookies: Mutex<BTreeMap<String, String>>,
}

impl Client {
    /// Somebody new.
    pub fn new(address: SocketAddr) -> Self {
        Self { address, cookies: Mutex::default() }
    }

    /// A page.
    #[track_caller]
    pub fn get(&self, target: &str) -> Answer {
        self.send(&Request::new("GET", target))
    }

    /// A form of a page, as its reader finds it.
    #[track_caller]
    pub fn form(&self, page: &str, action: &str) -> Form {
        self.get(page).expect(200).page().form(action)
    }

    /// An event of a dispute, added through its form; gives its identifier.
    #[track_caller]
    pub fn add_event(&self, slug: &str, title: &str, date: &str) -> String {
        let path = format!("/d/{slug}/events/new");
        let typed = self.form(&path, &path).with("title", title).with("date", date);
        let answer = self.submit(&typed).expect(303);
        answer.location().split_once("?event=").expect("the new event is selected").1.to_owned()
    }

    /// The titles of a dispute's events, each as often as it is there. The list would show its first page only.
    #[track_caller]
    pub fn titles(&self, slug: &str) -> Vec<String> {
        let record = self.get(&format!("/d/{slug}.json")).expect(200).json();
        let events = record["events"].as_array().expect("events");
        events.iter().map(|event| event["title"].as_str().expect("a title").to_owned()).collect()
    }

    /// A form.
    #[track_caller]
    pub fn post(&self, target: &str, values: &[(&str, &str)]) -> Answer {
        self.send(&Request::form(target, values))
    }

    /// A form as it stands on its page, filled in.
    #[track_caller]
    pub fn submit(&self, form: &Form) -> Answer {
        self.send(&Request::form(&form.action, &form.values))
    }

    /// Whatever it is.
    #[track_caller]
    pub fn send(&self, request: &Request) -> Answer {
        self.try_send(request).unwrap_or_else(|error| {
            panic!("{} {}: {error}", request.method, String::from_utf8_lossy(&request.target))
        })
    }

    /// Whatever it is, where the server may be gone or cut it short.
    ///
    /// # Errors
    /// When no whole answer came.
    pub fn try_send(&self, request: &Request) -> io::Result<Answer> {
        let mut stream = TcpStream::connect_timeout(&self.address, PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        // A server that refuses a body need not read it to its end, so what it says is read whether or not all of
        // the request could be written.
        let written = stream.write_all(&self.bytes(request));
        let mut received = Vec::new();
        let read = stream.read_to_end(&mut received);
        let answer = read_answer(&received, request.method == "HEAD");
        let answer = answer.ok_or_else(|| {
            written.err().or(read.err()).unwrap_or_else(|| io::ErrorKind::UnexpectedEof.into())
        })?;
        self.keep_cookies(&answer);
        Ok(answer)
    }

    /// The cookie under a name.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }

    /// Holds a cookie from now on.
    pub fn hold_cookie(&self, name: &str, value: &str) {
        self.cookies.lock().unwrap().insert(name.to_owned(), value.to_owned());
    }

    fn bytes(&self, request: &Request) -> Vec<u8> {
        let mut bytes = Vec::new();
        bytes.extend_from_slice(request.method.as_bytes());
        bytes.push(b' ');
        bytes.extend_from_slice(&request.target);
        bytes.extend_from_slice(b" HTTP/1.1\r\nconnection: close\r\n");
        let mut line = |name: &str, value: &[u8]| {
            bytes.extend_from_slice(name.as_bytes());
            bytes.extend_from_slice(b": ");
            bytes.extend_from_slice(value);
            bytes.extend_from_slice(b"\r\n");
        };
        for (name, value) in &request.headers {
            line(name, value);
        }
        let has = |name: &str| request.headers.iter().any(|(other, _)| other == name);
        if !has("host") {
            line("host", self.address.to_string().as_bytes());
        }
        if !has("content-length") && (request.method == "POST" || !request.body.is_empty()) {
            line("content-length", request.body.len().to_string().as_bytes());
        }
        let cookies: Vec<String> =
            self.cookies.lock().unwrap().iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() && !has("cookie") {
            line("cookie", cookies.join("; ").as_bytes());
        }
        bytes.extend_from_slice(b"\r\n");
        bytes.extend_from_slice(&request.body);
        bytes
    }

    fn keep_cookies(&self, answer: &Answer) {
        let mut cookies = self.cookies.lock().unwrap();
        for (_, value) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let Some((name, rest)) = value.split_once('=') else { continue };
            let value = rest.split(';').next().unwrap_or_default();
            if rest.contains("Max-Age=0") {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

/// An answer from all that the server sent before it closed; none if it is cut short.
fn read_answer(received: &[u8], is_head: bool) -> Option<Answer> {
    let end = received.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(received.get(..end)?);
    let mut lines = head.split("\r\n");
    let status: u16 = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let rest = received.get(end + 4..)?;
    let mut answer = Answer { status, headers, body: Vec::new() };
    answer.body = if is_head || status == 204 || status == 304 {
        Vec::new()
    } else if answer.header("transfer-encoding").is_some_and(|value| value.contains("chunked")) {
        unchunked(rest)?
    } else if let Some(length) = answer.header("content-length") {
        rest.get(..length.parse().ok()?)?.to_vec()
    } else {
        rest.to_vec()
    };
    Some(answer)
}

fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|window| window == b"\r\n")?;
        let size = usize::from_str_radix(std::str::from_utf8(rest.get(..end)?).ok()?.trim(), 16).ok()?;
        rest = rest.get(end + 2..)?;
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(rest.get(..size)?);
        rest = rest.get(size + 2..)?;
    }
}

/// The fields of a new event, as its form sends them.
pub fn event_fields(title: &str) -> Vec<(&'static str, String)> {
    [
        ("title", title),
        ("date", "9 January 2026"),
        ("kind", "memo"),
        ("phase", "done"),
        ("importance", "normal"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec()
}

/// Percent-encodes all but letters and digits.
pub fn encode(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}
