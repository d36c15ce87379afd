//! Hostile input: every address of the site is sent everything that one would not want to get. It must answer each
//! with something other than a fault of its own, in time, and still be well afterwards; and what it keeps of it must
//! come out as text.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy takes only functions marked as tests for tests"
)]

#[path = "fuzz/judge.rs"]
mod judge;
#[path = "fuzz/policy.rs"]
mod policy;
#[path = "fuzz/text.rs"]
mod text;

use std::collections::BTreeSet;

use impasse_tests::addresses::{self, Address};
use impasse_tests::{Client, Home, Impasse, Request};

/// Requests to each database. The seed makes a run repeatable.
const REQUESTS: usize = 900;
const SEED: u64 = 0x1aba_55e5;

/// xorshift64*: good enough to choose with, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap_or_default() % limit.max(1)
    }

    fn of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }
}

/// Texts that have broken something somewhere.
fn texts() -> Vec<String> {
    let mut texts: Vec<String> = [
        "",
        " ",
        "\u{0}",
        "a\u{0}b",
        "'; DROP TABLE events; --",
        "\" OR \"1\"=\"1",
        "%' ESCAPE '",
        "$1 ? ?1 :name @p",
        "%s%n%x {0} {{7*7}} ${7*7}",
        "../../../../etc/passwd",
        "..%2f..%2f",
        "\u{202e}txet desrever",
        "مرحبا بالعالم",
        "👩‍👩‍👧‍👦🏳️‍🌈",
        "e\u{301}\u{301}\u{301}\u{327}",
        "\u{feff}\u{200b}\u{200d}",
        "\u{fffe}\u{ffff}\u{10ffff}",
        "İıſK",
        "\r\n\r\nSet-Cookie: a=b",
        "-1",
        "0",
        "1e309",
        "NaN",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "99999999999999999999999999999999",
        "0x7f",
        "٣",
        "2026-02-30",
        "9999-12-31",
        "-9999-01-01",
        "262143-12-31",
        "-262144-01-01",
        "Y-170000002",
        "y17e7",
        "2026-01-09T24:61",
        "2026-01-09T14:30:00+99:99",
        "[..2026-01-29]",
        "{1960,1961-12}",
        "[2026-01-09..2026-01-01]",
        "2026-21",
        "15uX-1X-XX",
        "2026-01-09/..",
        "../..",
        "/",
        "between 5 and 3 March",
        "31 February 2026",
        "99th of Octember 0000",
        "since since since",
        "since 9999999999",
        "accept",
        "merge",
        "memo,memo,,,statement",
        "on",
        "timeline",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.extend(text::MARKUP.map(str::to_owned));
    texts.push("x".repeat(70_000));
    texts.push("[".repeat(3_000));
    texts.push("2026-01-09/".repeat(300));
    texts.push("between 5 and ".repeat(400));
    texts.push("\u{1f9e8}".repeat(5_000));
    texts
}

/// Names that the forms and addresses know, and others.
const NAMES: [&str; 55] = [
    "title",
    "slug",
    "summary",
    "question",
    "status",
    "inclusion_rule",
    "version",
    "reason",
    "name",
    "key",
    "aliases",
    "kind",
    "id",
    "party",
    "statement",
    "date",
    "date_reading",
    "printed",
    "description",
    "phase",
    "importance",
    "sequence",
    "party-anthropic",
    "drop-0",
    "drop-99999999999",
    "article",
    "quote",
    "attribution",
    "wording",
    "count",
    "citation_date",
    "publisher",
    "published",
    "byline",
    "url",
    "text",
    "decision",
    "event",
    "back",
    "address",
    "file",
    "day",
    "any",
    "all",
    "none",
    "paused",
    "delete_reason",
    "revision",
    "password",
    "to",
    "layout",
    "edit",
    "before",
    "é\u{0}",
    "",
];

/// Parameters of addresses.
const PARAMETERS: [&str; 18] = [
    "from", "to", "party", "kind", "attest", "q", "event", "asof", "group", "order", "layout", "before",
    "edit", "lane", "page", "sort", "unknown", "",
];

/// Things that are there, so that requests get past the first look-up.
struct There {
    slug: &'static str,
    identifiers: Vec<String>,
}

struct Fuzzer<'a> {
    random: Random,
    texts: Vec<String>,
    addresses: Vec<Address>,
    there: &'a There,
}

impl Fuzzer<'_> {
    fn text(&mut self) -> String {
        if self.random.below(8) == 0 {
            return self.there.identifiers[self.random.below(self.there.identifiers.len())].clone();
        }
        self.random.of(&self.texts).clone()
    }

    /// A segment of a path, mostly of something that is there.
    fn segment(&mut self, name: &str) -> String {
        match (name, self.random.below(4)) {
            ("slug", 1..) => self.there.slug.to_owned(),
            (_, 1..) => self.random.of(&self.there.identifiers).clone(),
            _ => {
                let raw = [
                    "%00",
                    "%ff%fe",
                    "%",
                    "%zz",
                    "..",
                    "%2e%2e%2f",
                    "a%0d%0ab",
                    "é",
                    "\u{1f9e8}",
                    "x?y=z",
                    "",
                ];
                match self.random.below(3) {
                    0 => (*self.random.of(&raw)).to_owned(),
                    _ => self.text().chars().take(300).flat_map(encoded).collect(),
                }
            }
        }
    }

    fn query(&mut self) -> String {
        let count = self.random.below(5);
        let pairs: Vec<String> = (0..count)
            .map(|_| {
                let name = *self.random.of(&PARAMETERS);
                let value: String = self.text().chars().take(1_500).flat_map(encoded).collect();
                format!("{name}={value}")
            })
            .collect();
        match (count, self.random.below(6)) {
            (0, _) => String::new(),
            (_, 0) => format!("?{}&&=&%&%zz=%ff", pairs.join("&")),
            _ => format!("?{}", pairs.join("&")),
        }
    }

    fn request(&mut self, nth: usize) -> Request {
        // Each address has its turn, however the dice fall.
        let address = self.addresses[nth % self.addresses.len()].clone();
        let mut target = address.path.split('/').map(|part| match part.strip_prefix('{') {
            Some(name) => self.segment(name.trim_end_matches('}')),
            None => part.to_owned(),
        });
        let mut target = target.by_ref().collect::<Vec<_>>().join("/");
        target.push_str(&self.query());
        let mut target: Vec<u8> = target.into_bytes();
        // A blank or a control character would end the request line, which is the HTTP library's affair.
        target.retain(|byte| *byte > b' ' && *byte != 0x7f);
        if self.random.below(40) == 0 {
            target.extend_from_slice(b"\xff\xfe");
        }
        let method = match self.random.below(12) {
            0 => *self.random.of(&["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "BREW"]),
            _ => address.method,
        };
        let mut request = Request::new(method, target);
        if address.method == "POST" || self.random.below(10) == 0 {
            request = self.with_body(request);
        }
        if self.random.below(3) == 0 {
            request = request.json();
        }
        let odd: [(&str, &[u8]); 8] = [
            ("host", b"evil.example\xff"),
            ("host", b"a b<script>"),
            ("accept", b"\xff\xfe"),
            ("cookie", b"impasse=\xff; =; ;;"),
            ("cookie", b"impasse="),
            ("if-none-match", b"\"\xff"),
            ("range", b"bytes=9-1,-5,999999999999999999999-"),
            ("accept-encoding", b"br;q=0, gzip;q=nan, *;q=7"),
        ];
        if self.random.below(10) == 0 {
            let (name, value) = *self.random.of(&odd);
            request = request.header(name, value);
        }
        request
    }

    fn with_body(&mut self, request: Request) -> Request {
        let request = request
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded");
        match self.random.below(24) {
            0 => request.body(b"title=%&%zz=%ff%fe&=&&\xff\xfe\x00=1".to_vec()),
            1 => request.header("content-type", "application/json").body("{\"title\": \"x\"}"),
            2 => request.header("content-type", "multipart/form-data; boundary=x").body("--x\r\n\r\n--x--"),
            3 => request.header("content-type", b"\xff\xfe").body("title=x"),
            4 => request.body("title=".to_owned() + &"x".repeat(3 << 20)),
            5 => request.body("a&".repeat(30_000)),
            _ => {
                let count = self.random.below(14);
                let mut pairs = String::new();
                for _ in 0..count {
                    let name = *self.random.of(&NAMES);
                    let value = self.text();
                    // Twice the same field, now and then.
                    for _ in 0..=usize::from(self.random.below(9) == 0) {
                        pairs.push_str(&impasse_tests::client::encode(name));
                        pairs.push('=');
                        pairs.push_str(&impasse_tests::client::encode(&value));
                        pairs.push('&');
                    }
                }
                request.body(pairs)
            }
        }
    }
}

fn encoded(c: char) -> Vec<char> {
    impasse_tests::client::encode(&c.to_string()).chars().collect()
}

/// An event, an article with a candidate, a party, a position: the identifiers of what the demo and one pasted article
/// bring.
fn there(owner: &Client) -> There {
    let slug = "pentagon-anthropic";
    let d = format!("/d/{slug}");
    let article = owner
        .post(
            &format!("{d}/articles/new"),
            &[
                ("title", "Another"),
                ("publisher", "P"),
                ("published", "2026-02-05"),
                ("text", "On February 3, 2026, the committee published a memo on the talks."),
            ],
        )
        .expect(303);
    let mut identifiers = BTreeSet::new();
    // Paused, so that nothing is asked of anybody.
    let feed =
        owner.post(&format!("{d}/feeds"), &[("url", "http://127.0.0.1:9/"), ("paused", "on")]).expect(303);
    let pages = [
        d.clone(),
        format!("{d}/parties"),
        format!("{d}/positions"),
        article.location().to_owned(),
        feed.location().to_owned(),
    ];
    for page in pages {
        let html = owner.get(&page).expect(200).text();
        let words = html.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| word.len() == 16);
        identifiers
            .extend(words.filter(|word| word.bytes().any(|byte| byte.is_ascii_digit())).map(str::to_owned));
    }
    assert!(identifiers.len() > 8, "{identifiers:?}");
    There { slug, identifiers: identifiers.into_iter().collect() }
}

fn withstands(home: &Home, seed: u64) {
    let server = Impasse::start(home);
    let owner = server.owner();
    let there = there(&owner);
    let mut addresses = addresses::all();
    // What would end the session or take the dispute away comes last.
    addresses.retain(|address| !["/sign-out", "/d/{slug}/delete"].contains(&address.path.as_str()));
    let mut fuzzer = Fuzzer { random: Random(seed), texts: texts(), addresses, there: &there };
    let mut statuses: std::collections::BTreeMap<u16, usize> = std::collections::BTreeMap::new();
    for nth in 0..REQUESTS {
        let request = fuzzer.request(nth);
        let shown = || format!("request {nth} of seed {seed:#x}: {request:?}");
        match owner.try_send(&request) {
            Ok(answer) => {
                assert!(answer.status < 500 && answer.status != 408, "{} from {}", answer.status, shown());
                *statuses.entry(answer.status).or_default() += 1;
                if answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
                    assert_eq!(answer.page().foreign_markup(), Vec::<String>::new(), "{}", shown());
                }
            }
            // A body that is refused for its size may be cut off while it is still sent.
            Err(error) => assert!(request.length() > 1 << 20, "{error} from {}", shown()),
        }
    }
    // All kinds of answers were met, so the run went deeper than the first look-up.
    for status in [200, 303, 404, 405, 415, 422] {
        assert!(statuses.contains_key(&status), "{statuses:?}");
    }
    for page in ["/", "/d/pentagon-anthropic", "/d/pentagon-anthropic/history", "/d/pentagon-anthropic/inbox"]
    {
        owner.get(page).expect(200);
    }
    owner.get("/readyz").expect(200);
    owner.post("/d/pentagon-anthropic/delete", &[("x", "\u{0}")]).expect(303);
    owner.post("/sign-out", &[("x", "\u{0}")]).expect(303);
    let log = server.log();
    assert!(!log.contains("ERROR") && !log.contains("panicked"), "{log}");
}

#[test]
fn no_input_breaks_it_on_sqlite() {
    withstands(&Home::sqlite(), SEED);
}

#[test]
fn no_input_breaks_it_on_postgres() {
    withstands(&Home::postgres(), SEED + 1);
}
