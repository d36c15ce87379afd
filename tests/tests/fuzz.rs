//! Hostile input: every address of the site is sent everything that one would not want to get. It must answer each
//! with something other than a fault of its own, in time, and still be well afterwards; and what it keeps of it must
//! come out as text.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy takes only functions marked as tests for tests"
)]

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

/// What markup would do if it were not escaped: end an element or an attribute and begin something of its own.
const MARKUP: [&str; 8] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)' x='",
    "\" onfocus=\"alert(1)\" autofocus=\"",
    "</textarea></title><x-hostile>",
    "--><svg onload=alert(1)>",
    "&lt;b&gt; &amp; &quot; &#60;script&#62;",
    "]]></script><style>*{display:none}</style>",
];

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
    texts.extend(MARKUP.map(str::to_owned));
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

/// Keeps every kind of markup through every form, then looks at every page.
fn keeps_text_as_text(home: &Home) {
    let server = Impasse::start_with(home, &["--no-demo"]);
    let owner = server.reader();
    let name = "<script>alert(1)</script>\"' & Co";
    let setup = server.setup().expect("a set-up address");
    owner.post(setup, &[("name", name), ("password", "correct horse battery")]).expect(303);
    let text = MARKUP.join(" ");
    let title =
        |nth: usize| format!("{} {nth} {}", MARKUP[nth % MARKUP.len()], MARKUP[(nth + 3) % MARKUP.len()]);
    let post =
        |path: &str, values: &[(&str, &str)]| owner.post(path, values).expect(303).location().to_owned();

    post(
        "/disputes/new",
        &[
            ("title", &title(0)),
            ("slug", "hostile"),
            ("summary", &text),
            ("question", &text),
            ("inclusion_rule", &text),
            ("status", "open"),
        ],
    );
    post(
        "/d/hostile/parties",
        &[("name", &title(1)), ("key", "one"), ("aliases", &text), ("kind", "company")],
    );
    post("/d/hostile/positions", &[("party", "one"), ("statement", &text), ("date", "since 2025")]);
    let hostile_article = format!(
        "{text}\n\nThe memo <script>alert(1)</script> \"dated January 9, 2026\" was published by the department, \
         officials \"'><img src=x onerror=alert(1)> said.\n\nOn January 12, 2026, the <x-hostile> company sued the \
         department over <b onclick=alert(1)>the memo</b>, six people familiar with the matter said."
    );
    let article = post(
        "/d/hostile/articles/new",
        &[
            ("title", &title(2)),
            ("publisher", &title(3)),
            ("byline", &text),
            ("url", "https://e.org/?a='onx=&b=`<".trim_end_matches('<')),
            ("published", "2026-01-29"),
            ("text", &hostile_article),
        ],
    );
    let feed = post(
        "/d/hostile/feeds",
        &[
            ("url", "http://127.0.0.1:9/?a='onx=&b=`"),
            ("title", &title(4)),
            ("any", "<script>alert(1)</script>, \"><img src=x>"),
            ("none", "' onmouseover='alert(1)"),
        ],
    );
    // An article that waits to be looked at, with markup wherever something is read.
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    let html = format!(
        "<html><head><title>{escaped}</title><meta name=author content=\"{}\">\
         <meta property='og:site_name' content='&lt;script&gt;alert(1)&lt;/script&gt;'></head>\
         <body><article><p>{escaped}</p><p>{hostile_article}</p></article></body></html>",
        escaped.replace('"', "&quot;")
    );
    let body = format!(
        "--xYz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"<b>.html\"\r\n\r\n{html}\r\n--xYz--\r\n"
    );
    let upload = Request::new("POST", "/d/hostile/articles/upload")
        .header("content-type", "multipart/form-data; boundary=xYz")
        .header("sec-fetch-site", "same-origin")
        .body(body);
    let waiting = owner.send(&upload).expect(303).location().to_owned();
    let review = owner.get(&article).expect(200).page();
    let candidates = review.attributes(".card", "id");
    assert!(!candidates.is_empty(), "the article has candidates");
    let article_id = article.rsplit('/').next().unwrap_or_default();
    let quote = "was published by the department, officials \"'><img src=x onerror=alert(1)> said.";
    let mut events = Vec::new();
    for (nth, markup) in MARKUP.into_iter().enumerate() {
        let location = post(
            "/d/hostile/events/new",
            &[
                ("title", &title(nth)),
                ("date", "9 January 2026"),
                ("printed", markup),
                ("description", &text),
                ("kind", "memo"),
                ("phase", "done"),
                ("importance", "major"),
                ("party-one", "actor"),
                ("reason", &text),
                ("article", article_id),
                ("quote", quote),
                ("attribution", "unnamed"),
                ("wording", markup),
            ],
        );
        let id = location.split_once("event=").expect("an event").1.to_owned();
        let edit = format!("/d/hostile/events/{id}/edit");
        let form = owner.get(&edit).expect(200).page().form(&edit);
        assert_eq!(form.value("title"), Some(title(nth).as_str()), "what was typed is what is there");
        assert_eq!(form.value("description"), Some(text.as_str()));
        // One field changed, for the history's table of differences.
        owner.submit(&form.clone().with("description", &format!("{text}{text}"))).expect(303);
        // And a conflict, for its table.
        let refused = owner.submit(&form.with("title", &title(nth + 1))).expect(409).page();
        assert_eq!(refused.foreign_markup(), Vec::<String>::new(), "the conflict at {edit}");
        events.push(id);
    }
    let card = candidates[0].trim_start_matches("candidate-");
    owner.post(&format!("/d/hostile/candidates/{card}"), &[("decision", "accept")]).expect(303);

    let mut seen = 0;
    let views =
        ["", "?layout=list", "?layout=story", "?layout=table", "?group=kind", "?group=source", "?group=none"];
    let mut pages: Vec<String> = views.iter().map(|view| format!("/d/hostile{view}")).collect();
    pages.extend([
        "/".to_owned(),
        format!("/?q={}", impasse_tests::client::encode(&text)),
        format!("/sign-in?to={}", impasse_tests::client::encode(&text)),
        format!("/d/hostile?q={}", impasse_tests::client::encode(MARKUP[1])),
        format!("/d/hostile?layout={}", impasse_tests::client::encode(MARKUP[0])),
        format!("/d/hostile?event={}", events[0]),
        format!("/d/hostile/parties?edit={}", impasse_tests::client::encode(&text)),
        article.clone(),
        feed,
        waiting,
    ]);
    for address in addresses::all().iter().filter(|address| address.method == "GET") {
        for id in events.iter().take(3).map(String::as_str).chain([article_id, card]) {
            pages
                .push(address.fill(|name| if name == "slug" { "hostile".to_owned() } else { id.to_owned() }));
        }
    }
    pages.sort();
    pages.dedup();
    for viewer in [&owner, &server.reader()] {
        for path in &pages {
            let answer = viewer.get(path);
            assert!(answer.status < 500, "{path}: {}", answer.status);
            if answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
                assert_eq!(answer.page().foreign_markup(), Vec::<String>::new(), "{path}");
                seen += usize::from(answer.text().contains("&lt;script&gt;"));
            }
        }
    }
    assert!(seen > 30, "the texts were on {seen} pages only");
}

#[test]
fn markup_is_text_on_every_page_on_sqlite() {
    keeps_text_as_text(&Home::sqlite());
}

#[test]
fn markup_is_text_on_every_page_on_postgres() {
    keeps_text_as_text(&Home::postgres());
}
