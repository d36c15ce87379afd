//! What is stored comes out as text: hostile texts are kept through every form and import, then every address is looked
//! at, be it a page, an export, a preview, a feed or an answer of the API.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use impasse_tests::addresses;
use impasse_tests::client::encode;
use impasse_tests::{Answer, Client, Home, Impasse, PASSWORD, Reply, Request, Web};

use crate::judge;

/// What a text would do if it were not kept a text: end an element, an attribute or a line and begin something of its
/// own, in HTML, XML, Markdown, iCalendar and spreadsheets.
pub(crate) const MARKUP: [&str; 13] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)' x='",
    "\" onfocus=\"alert(1)\" autofocus=\"",
    "</textarea></title><x-hostile>",
    "--><svg onload=alert(1)>",
    "&lt;b&gt; &amp; &quot; &#60;script&#62;",
    "]]></script><style>*{display:none}</style>",
    "=HYPERLINK(\"https://evil.example\",\"alert(1)\")",
    "[x](javascript:alert(1)) ![x](https://evil.example/x.png) <https://evil.example>",
    "x\r\nBEGIN:VALARM\r\nATTACH:https://evil.example/x\r\nEND:VALARM",
    "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>&e;<x-hostile/>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>{{constructor.constructor('alert(1)')()}}",
];

/// A name that is short enough for every field.
const NAME: &str = "<script>alert(1)</script>\"' & Co";

const D: &str = "/d/hostile";

fn title(nth: usize) -> String {
    format!("{} {nth} {}", MARKUP[nth % MARKUP.len()], MARKUP[(nth + 3) % MARKUP.len()])
}

/// A part of them, for fields that take no more.
fn some() -> String {
    MARKUP[..8].join(" ")
}

/// What the tests' own web has: a feed, one article of it, and a webhook that does not answer well.
fn web() -> Web {
    let web = Web::start();
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let item = |nth: usize| {
        let description = escape(&MARKUP.join(" "));
        format!(
            "<item><title>{}</title><link>{}</link><author>{description}</author>\
             <description>{description}</description></item>",
            escape(&title(nth)),
            web.url(&format!("/{nth}?a='onx=&amp;b=`"))
        )
    };
    let items: String = (0..MARKUP.len()).map(item).collect();
    let channel = format!("<channel><title>{}</title>{items}</channel>", escape(&title(4)));
    web.set("/feed", Reply::of("application/rss+xml", format!("<rss version='2.0'>{channel}</rss>")));
    web.set("/0", Reply::html(&page()));
    web.set("/hook", Reply::status(500).header("x-error", "<script>alert(1)</script>"));
    web
}

/// The words of an article with markup wherever something is read out of it.
fn words() -> String {
    format!(
        "{}\n\nThe memo <script>alert(1)</script> \"dated January 9, 2026\" was published by the department, \
         officials \"'><img src=x onerror=alert(1)> said.\n\nOn January 12, 2026, the <x-hostile> company sued the \
         department over <b onclick=alert(1)>the memo</b>, six people familiar with the matter said.",
        MARKUP.join(" ")
    )
}

/// A page with an article.
fn page() -> String {
    let escaped = MARKUP.join(" ").replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<html><head><title>{escaped}</title><meta name=author content=\"{}\">\
         <meta property='og:site_name' content='&lt;script&gt;alert(1)&lt;/script&gt;'></head>\
         <body><article><p>{escaped}</p><p>{}</p></article></body></html>",
        escaped.replace('"', "&quot;"),
        words()
    )
}

/// The owner of a dispute in which every text is hostile, with the identifiers of all that is in it.
struct Stored {
    server: Impasse,
    owner: Client,
    identifiers: Vec<String>,
    /// Addresses besides those that the sources know.
    pages: Vec<String>,
    /// By which the API is asked.
    token: String,
    web: Web,
}

impl Stored {
    fn new(home: &Home) -> Self {
        let web = web();
        let allowed = web.address().to_string();
        let server = Impasse::start_with(home, &["--no-demo", "--fetch-allow", &allowed]);
        let owner = server.reader();
        let setup = server.setup().expect("a set-up address");
        owner.post(setup, &[("name", NAME), ("password", PASSWORD)]).expect(303);
        let mut stored =
            Self { server, owner, identifiers: Vec::new(), pages: Vec::new(), token: String::new(), web };
        stored.dispute();
        stored.articles();
        stored.events();
        stored.feeds();
        stored.people();
        stored.imports();
        stored.programs();
        stored
    }

    /// Sends a form and returns where it leads.
    fn post(&self, path: &str, values: &[(&str, &str)]) -> String {
        self.owner.post(path, values).expect(303).location().to_owned()
    }

    /// Remembers the last part of a path as an identifier.
    fn keep(&mut self, location: &str) -> String {
        let path = location.split(['?', '#']).next().unwrap_or_default();
        let id = path.rsplit('/').next().unwrap_or_default().to_owned();
        self.identifiers.push(id.clone());
        id
    }

    /// Takes a look at an answer that no address gives again.
    fn see(&self, what: &str, answer: &Answer) {
        assert_eq!(judge::foreign_markup(what, answer), Vec::<String>::new(), "{what}");
    }

    fn dispute(&self) {
        let text = MARKUP.join(" ");
        self.post(
            "/disputes/new",
            &[
                ("title", &title(0)),
                ("slug", "hostile"),
                ("summary", &text),
                ("question", &some()),
                ("inclusion_rule", &text),
                ("status", "open"),
            ],
        );
        self.post(
            &format!("{D}/parties"),
            &[("name", &title(1)), ("key", "one"), ("aliases", &some()), ("kind", "company")],
        );
        self.post(
            &format!("{D}/positions"),
            &[("party", "one"), ("statement", &some()), ("date", "since 2025")],
        );
    }

    fn articles(&mut self) {
        let article = self.post(
            &format!("{D}/articles/new"),
            &[
                ("title", &title(2)),
                ("publisher", &title(3)),
                ("byline", &some()),
                ("url", "https://e.org/?a='onx=&b=`"),
                ("published", "2026-01-29"),
                ("text", &words()),
            ],
        );
        self.keep(&article);
        let cards = self.owner.get(&article).expect(200).page().attributes(".card", "id");
        let cards: Vec<String> =
            cards.iter().map(|id| id.trim_start_matches("candidate-").to_owned()).collect();
        assert!(cards.len() > 1, "the article has candidates");
        self.post(&format!("{D}/candidates/{}", cards[0]), &[("decision", "accept")]);
        self.identifiers.extend(cards);
        // One that waits to be looked at.
        let waiting =
            self.owner.send(&Request::upload(format!("{D}/articles/upload"), "<b>.html", page().as_bytes()));
        let waiting = waiting.expect(303).location().to_owned();
        self.keep(&waiting);
        self.pages.push(waiting);
    }

    fn events(&mut self) {
        let text = MARKUP.join(" ");
        let article = self.identifiers[0].clone();
        let quote = "was published by the department, officials \"'><img src=x onerror=alert(1)> said.";
        for (nth, markup) in MARKUP.into_iter().enumerate() {
            let made = self.post(
                &format!("{D}/events/new"),
                &[
                    ("title", &title(nth)),
                    ("date", "9 January 2026"),
                    ("printed", markup),
                    ("description", &text),
                    ("kind", "memo"),
                    ("phase", "done"),
                    ("importance", "major"),
                    ("party-one", "actor"),
                    ("reason", &some()),
                    ("article", &article),
                    ("quote", quote),
                    ("attribution", "unnamed"),
                    ("wording", markup),
                ],
            );
            let id = made.split_once("event=").expect("an event").1.to_owned();
            let edit = format!("{D}/events/{id}/edit");
            let form = self.owner.get(&edit).expect(200).page().form(&edit);
            assert_eq!(
                form.value("description").map(|typed| typed.replace("\r\n", "\n")),
                Some(text.replace("\r\n", "\n")),
                "what was typed is what is there"
            );
            // Changed, with the reason that a correction is told with.
            let changed =
                form.clone().with("date", "10 January 2026").with("description", &format!("{text}{text}"));
            let changed = changed.with("reason", &some());
            self.owner.submit(&changed).expect(303);
            // And a conflict, for its table.
            self.see("a conflict", &self.owner.submit(&form.with("title", &title(nth + 1))).expect(409));
            if nth < 3 {
                self.pages.push(format!("{D}?event={id}"));
                self.identifiers.push(id);
            }
        }
        let link = self.post(&format!("{D}/links"), &[("view", &format!("q={}", encode(MARKUP[1])))]);
        let code = link.split_once("link=").expect("a link").1.split('#').next().unwrap_or_default();
        self.pages.push(link.clone());
        self.identifiers.push(code.to_owned());
    }

    /// A feed whose titles and entries come from elsewhere, and one with hostile rules of its own.
    fn feeds(&mut self) {
        let feed = self.post(
            &format!("{D}/feeds"),
            &[
                ("url", "http://127.0.0.1:9/?a='onx=&b=`"),
                ("title", &title(4)),
                ("any", "<script>alert(1)</script>, \"><img src=x>"),
                ("none", "' onmouseover='alert(1)"),
                ("paused", "on"),
            ],
        );
        self.keep(&feed);
        let followed = self.post(&format!("{D}/feeds"), &[("url", &self.web.url("/feed"))]);
        self.keep(&followed);
        let began = Instant::now();
        while !self.owner.get(&followed).expect(200).text().contains("&lt;script&gt;alert(1)") {
            assert!(began.elapsed() < Duration::from_secs(60), "the feed is read: {}", self.server.log());
            std::thread::sleep(Duration::from_millis(100));
        }
        let opml = format!(
            "<opml version=\"2.0\"><body><outline type=\"rss\" text=\"{}\" xmlUrl=\"http://127.0.0.1:9/b\"/></body></opml>",
            title(5).replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
        );
        let sent = Request::upload(format!("{D}/feeds/import"), "\"><b>.opml", opml.as_bytes());
        self.see("an import of feeds", &self.owner.send(&sent));
    }

    /// Suggestions, invitations, accounts and the names of browsers.
    fn people(&mut self) {
        let text = MARKUP.join(" ");
        self.post(&format!("{D}/visibility"), &[("visibility", "public"), ("suggestions", "on")]);
        let stranger = self.server.reader();
        for nth in 0..3 {
            let suggestion = [
                ("title", title(nth)),
                ("date", "9 January 2026".to_owned()),
                ("description", text.clone()),
                ("kind", "memo".to_owned()),
                ("party-one", "actor".to_owned()),
                ("note", text.clone()),
                ("name", NAME.to_owned()),
            ];
            let sent: Vec<(&str, &str)> =
                suggestion.iter().map(|(name, value)| (*name, value.as_str())).collect();
            stranger.post(&format!("{D}/suggest"), &sent).expect(303);
        }
        let inbox = self.owner.get(&format!("{D}/inbox")).expect(200).page();
        let forms = inbox
            .forms()
            .into_iter()
            .filter_map(|form| Some(form.action.strip_prefix(&format!("{D}/suggestions/"))?.to_owned()));
        let suggestions: Vec<String> = forms.collect();
        assert!(!suggestions.is_empty(), "the suggestions wait");
        self.identifiers.extend(suggestions);
        for (nth, note) in MARKUP.iter().enumerate().take(2) {
            let invitation = [("role", "editor"), ("days", "7"), ("note", note)];
            let answer = self.owner.post(&format!("{D}/invitations"), &invitation).expect(200);
            self.see("a new invitation", &answer);
            let text = answer.text();
            let code: String = text
                .split_once("/join/")
                .expect("the address of an invitation")
                .1
                .chars()
                .take_while(char::is_ascii_alphanumeric)
                .collect();
            if nth == 0 {
                let name = format!("{NAME} 2");
                let join = Request::form(
                    format!("/join/{code}"),
                    &[("name", name.as_str()), ("password", PASSWORD)],
                );
                let join = join
                    .header("sec-fetch-site", "same-origin")
                    .header("user-agent", "<script>alert(1)</script>");
                self.server.reader().send(&join).expect(303);
            } else {
                self.identifiers.push(code);
            }
        }
        let again = Request::form("/sign-in", &[("name", NAME), ("password", PASSWORD)]);
        let again = again
            .header("sec-fetch-site", "same-origin")
            .header("user-agent", "\"><img src=x onerror=alert(1)>");
        self.server.reader().send(&again).expect(303);
    }

    /// Files of every format that is read, from the dispute itself into another one, and some written by hand.
    fn imports(&mut self) {
        self.post(
            "/disputes/new",
            &[("title", &title(6)), ("slug", "taken"), ("status", "open"), ("inclusion_rule", "x")],
        );
        let html = "<b onclick=alert(1)>x</b><img src=x onerror=alert(1)><script>alert(1)</script>";
        let mut files: Vec<(String, Vec<u8>)> = addresses::files()
            .into_iter()
            .map(|path| path.path.replace("{slug}", "hostile"))
            .map(|path| {
                (
                    path.rsplit('/').next().unwrap_or_default().to_owned(),
                    self.owner.get(&path).expect(200).body,
                )
            })
            .collect();
        let json = serde_json::json!({"events": [{
            "start_date": {"year": "2026", "month": "1", "day": "9"},
            "text": {"headline": html, "text": html},
            "media": {"url": "javascript:alert(1)", "caption": html, "credit": html},
        }]});
        files.extend([
            ("hand.timelinejs.json".to_owned(), json.to_string().into_bytes()),
            ("hand.mw".to_owned(), format!("title: {html}\n\n2026-01-09: {html} [x](javascript:alert(1)) #x\n").into_bytes()),
            ("hand.csv".to_owned(), format!("date,title,description\n2026-01-09,{html},{html}\n").into_bytes()),
            (
                "hand.ics".to_owned(),
                format!(
                    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:x\r\nDTSTAMP:20260109T000000Z\r\n\
                     DTSTART;VALUE=DATE:20260109\r\nSUMMARY:{html}\r\nDESCRIPTION:{html}\r\nURL:javascript:alert(1)\r\n\
                     END:VEVENT\r\nEND:VCALENDAR\r\n"
                )
                .into_bytes(),
            ),
        ]);
        let mut taken = 0;
        for (name, bytes) in files {
            let sent = Request::upload("/d/taken/import", &format!("<b>{name}"), &bytes);
            let answer = self.owner.send(&sent);
            assert!([200, 422].contains(&answer.status), "{name}: {}", answer.status);
            self.see(&format!("the import of {name}"), &answer);
            let forms = answer.page().forms();
            let take = forms.iter().find(|form| form.action.starts_with("/d/taken/import/"));
            if let Some(form) = take {
                self.owner.submit(form).expect(303);
                taken += 1;
            }
        }
        assert!(taken >= 6, "only {taken} files were taken over");
    }

    /// A token, by which the API is looked at, and a webhook that fails.
    fn programs(&mut self) {
        let made = self
            .owner
            .post("/account/tokens", &[("name", NAME), ("scope", "admin"), ("days", "")])
            .expect(200);
        self.see("a new token", &made);
        let token: String = made
            .text()
            .split_once("imp_")
            .expect("a token")
            .1
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        for url in [self.web.url("/hook"), "http://127.0.0.1:9/?a='onx=&b=`".to_owned()] {
            let made = self.owner.post(&format!("{D}/webhooks"), &[("url", &url)]).expect(200);
            self.see("a new webhook", &made);
        }
        let webhooks = self.owner.get(&format!("{D}/webhooks")).expect(200).page();
        let links = webhooks.attributes("a[href*='/webhooks/']", "href");
        for link in links {
            let id = self.keep(&link);
            self.post(&format!("{D}/webhooks/{id}/test"), &[]);
        }
        self.token = format!("imp_{token}");
    }
}

impl Stored {
    /// Every address that is there to be looked at, with everything that can stand in it.
    fn addresses(&self) -> Vec<String> {
        let text = encode(&MARKUP.join(" "));
        let views = [
            "",
            "?layout=list",
            "?layout=story",
            "?layout=table",
            "?group=kind",
            "?group=source",
            "?group=none",
        ];
        let mut found: Vec<String> = views.iter().map(|view| format!("{D}{view}")).collect();
        found.extend([
            format!("/?q={text}"),
            format!("/sign-in?to={text}"),
            format!("{D}?q={}", encode(MARKUP[1])),
            format!("{D}?layout={}", encode(MARKUP[0])),
            format!("{D}/parties?edit={text}"),
            format!("{D}/inbox?show=accepted"),
            format!("{D}/search?q=alert"),
            format!("/search?q={}", encode(MARKUP[0])),
        ]);
        for query in ["", "&format=xml"] {
            let page = encode(&format!("http://{}{D}?q={}", self.server.address(), encode(MARKUP[0])));
            found.push(format!("/oembed?url={page}{query}"));
        }
        found.extend(self.pages.iter().cloned());
        let last = self.owner.get("/api/v1/disputes/hostile/revisions?limit=1").expect(200).json();
        let last = last["items"][0]["number"].as_i64().expect("the number of a revision").to_string();
        let looked_at = addresses::all().into_iter().chain(addresses::files()).chain(addresses::api());
        for address in looked_at.filter(|address| address.method == "GET") {
            for id in &self.identifiers {
                found.push(address.fill(|name| match name {
                    "slug" | "dispute" => "hostile".to_owned(),
                    "file" => "hostile.png".to_owned(),
                    "revision" => last.clone(),
                    _ => id.clone(),
                }));
            }
        }
        found.sort();
        found.dedup();
        found
    }
}

fn keeps_text_as_text(home: &Home) {
    let stored = Stored::new(home);
    let mut shown: BTreeMap<String, usize> = BTreeMap::new();
    let readers = [("the owner", &stored.owner), ("a reader", &stored.server.reader())];
    for path in stored.addresses() {
        for (who, client) in readers {
            let mut request = Request::new("GET", &path);
            if path.starts_with("/api/") && who == "the owner" {
                request = request.header("authorization", format!("Bearer {}", stored.token));
            }
            let answer = client.send(&request);
            assert!(answer.status < 500, "{path}: {}", answer.status);
            let foreign = judge::foreign_markup(&path, &answer);
            assert_eq!(foreign, Vec::<String>::new(), "{path} for {who}");
            if path == format!("{D}/share") {
                let pasted = answer.page().texts("textarea");
                assert!(pasted.iter().any(|html| html.contains("<iframe")), "there is a frame to paste");
                for html in pasted {
                    assert_eq!(judge::framed(&html), Vec::<String>::new(), "what is pasted from {path}");
                }
            }
            let kind = answer.header("content-type").unwrap_or_default();
            if String::from_utf8_lossy(&answer.body).contains("alert(1)") || kind.contains("wordprocessingml")
            {
                *shown.entry(kind.split(';').next().unwrap_or_default().to_owned()).or_default() += 1;
            }
        }
    }
    // The texts were met wherever they could be, so that there was something to find.
    for (kind, least) in [
        ("text/html", 60),
        ("application/json", 20),
        ("application/atom+xml", 1),
        ("application/feed+json", 1),
        ("application/x-ndjson", 1),
        ("image/svg+xml", 1),
        ("text/calendar", 1),
        ("text/csv", 2),
        ("text/markdown", 1),
        ("text/plain", 1),
        ("text/xml", 1),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", 1),
    ] {
        assert!(shown.get(kind).is_some_and(|count| *count >= least), "{kind}: {shown:?}");
    }
    let log = stored.server.log();
    assert!(!log.contains("ERROR") && !log.contains("panicked"), "{log}");
}

#[test]
fn markup_is_text_everywhere_on_sqlite() {
    keeps_text_as_text(&Home::sqlite());
}

#[test]
fn markup_is_text_everywhere_on_postgres() {
    keeps_text_as_text(&Home::postgres());
}
