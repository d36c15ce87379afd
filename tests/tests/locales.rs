//! The site in other locales, served by the real binary.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy takes only functions marked as tests for tests"
)]

use std::collections::BTreeSet;
use std::path::Path;

use impasse_tests::{Answer, Client, Home, Impasse, OWNER, Request};

const DISPUTE: &str = "/d/pentagon-anthropic";
const ARTICLE: &str = include_str!("../../server/src/demo/article.txt");

/// What is not translated: names, formats, and parameters of addresses.
const ALLOWED: &[&str] = &[
    "Impasse",
    "EDTF",
    "UTC",
    "SHA-256",
    "https://",
    "http://",
    "SQLite",
    "Word",
    "DOCX",
    "TimelineJS",
    "JSON",
    "CSV",
    "markwhen",
    "iCalendar",
    "Atom",
    "Markdown",
    "FollowTheMoney",
    "from: ",
    "kind: ",
    "party: ",
];

// --- a locale made up ---

/// A letter with an accent, which whoever reads English still reads.
fn accented(letter: char) -> char {
    const PLAIN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const MARKED: &str = "áƀçďéƒĝĥíĵķłɱñóþɋŕšťúṽŵẋýžÁɃÇĎÉƑĜĤÍĴĶŁṀÑÓÞɊŔŠŤÚṼŴẊÝŽ";
    PLAIN.chars().position(|plain| plain == letter).and_then(|at| MARKED.chars().nth(at)).unwrap_or(letter)
}

/// A part of a message: what is in braces stays, and so do the names of marks.
fn pseudo(words: &str) -> String {
    let mut out = String::new();
    let mut within = None;
    for letter in words.chars() {
        match (within, letter) {
            (None, '{' | '<') => within = Some(if letter == '{' { '}' } else { '>' }),
            (Some(end), _) if letter == end => within = None,
            _ => {}
        }
        out.push(if within.is_none() { accented(letter) } else { letter });
    }
    out
}

/// A catalogue with every letter of its messages accented.
fn pseudo_catalogue(text: &str) -> String {
    let line = |line: &str| {
        let inner = line.trim_start();
        if inner.is_empty() || inner.starts_with('#') {
            return line.to_owned();
        }
        let kept = if inner.len() == line.len() {
            line.find(" =").map(|at| at + 2)
        } else if inner.starts_with(['[', '*']) {
            line.find(']').map(|at| at + 1)
        } else {
            Some(0)
        };
        let (kept, words) = line.split_at(kept.expect("a line of a message"));
        format!("{kept}{}", pseudo(words))
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
}

/// A folder of catalogues with `en-XA`, which is English accented.
fn pseudo_locale(folder: &Path) {
    let own = folder.join("en-XA");
    std::fs::create_dir_all(&own).unwrap();
    let english = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/locales/en");
    for entry in std::fs::read_dir(english).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(own.join(path.file_name().unwrap()), pseudo_catalogue(&text)).unwrap();
    }
}

// --- what people wrote ---

/// Every text that the record of the dispute holds; keys of vocabularies, which are one small word, are not among them.
fn written(reader: &Client) -> BTreeSet<String> {
    fn collect(value: &serde_json::Value, into: &mut BTreeSet<String>) {
        match value {
            serde_json::Value::String(text)
                if text.len() > 3 && text.contains(|c: char| !c.is_ascii_lowercase()) =>
            {
                into.insert(text.clone());
            }
            serde_json::Value::Array(values) => values.iter().for_each(|value| collect(value, into)),
            serde_json::Value::Object(values) => values.values().for_each(|value| collect(value, into)),
            _ => {}
        }
    }
    let mut texts = BTreeSet::new();
    collect(&reader.get(&format!("{DISPUTE}.json")).expect(200).json(), &mut texts);
    texts
}

/// What of a text is in English and nobody wrote.
fn untranslated(text: &str, known: &[String]) -> Option<String> {
    let mut rest = text.to_owned();
    for known in known {
        rest = rest.replace(known.as_str(), " ");
    }
    let is_word = |word: &str| word.chars().filter(char::is_ascii_alphabetic).count() > 1;
    rest.split(|c: char| !c.is_alphanumeric()).any(is_word).then_some(rest)
}

/// What an answer shows in English that nobody wrote.
fn left(page: &str, answer: &Answer, known: &[String]) -> Vec<String> {
    let shown = answer.page();
    assert_eq!(shown.attribute("html", "lang"), "en-XA", "{page}");
    let rest = |text: String| untranslated(&text, known).map(|rest| format!("{page}: {text:?} has {rest:?}"));
    shown.shown(USERS).into_iter().filter_map(rest).collect()
}

/// Words that are known, the longest first, so that none is taken apart by another.
fn longest_first(words: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut words: Vec<String> = words.into_iter().collect();
    words.sort_by_key(|text| std::cmp::Reverse(text.len()));
    words
}

/// Files of which something cannot be read or is not taken: their names, what is in them, and what of it is shown.
const FILES: [(&str, &str, &[&str]); 7] = [
    (
        "ä.csv",
        "id,date,title,kind,importance,sequence,source_published,source_quote,source_count\n\
         ñ,03/04/2026,Ťáłķš\n,,Ṽóťé\n,2026-01-09\n,2026-01-10,Ɱéɱó,řéþóřť\n\
         ,2026-01-11,Ñóťé,,ħíĝħ,ß,2026,,1\n,01/02/26,Ñóťé\n,ß ö,Ñóťé\n,2026-02-01,Ñ,,,,,,,,ẍ\n\
         é,2026-02-02,Ñóťé\né,2026-02-03,Ṽóťé\n,2026-02-04,\"Ñ\n",
        &[
            "id",
            "date",
            "title",
            "kind",
            "importance",
            "sequence",
            "source_published",
            "source_quote",
            "source_count",
            "major",
            "normal",
            "minor",
        ],
    ),
    ("ä.csv", "ẍ,ÿ\n1,2\n", &["date"]),
    (
        "ä.ics",
        "BEGIN:VCALENDAR\r\nñ\r\nBEGIN:VTODO\r\nEND:VTODO\r\n\
         BEGIN:VEVENT\r\nSUMMARY:Ťáłķš\r\nDTSTART:ßößßö\r\nSTATUS:CANCELLED\r\nRRULE:ß\r\nEND:VEVENT\r\n\
         BEGIN:VEVENT\r\nSUMMARY:Ṽóťé\r\nDTSTART;TZID=Ñó:20260709T140500\r\nDTEND:20260709T150500\r\nEND:VEVENT\r\n\
         BEGIN:VEVENT\r\nSUMMARY:Ñóťé\r\nDTSTART:20260709\r\nDURATION:ß\r\n",
        &[],
    ),
    ("ä.ics", "ñ", &[]),
    (
        "ä.json",
        r#"{"events": [{"start_date": {"year": "ýé"}}, {"start_date": {}}, {"start_date": {"month": 1}},
            {"start_date": {"year": 2026, "month": 13}, "text": {"headline": "Ñ"}},
            {"start_date": {"year": 2026}, "text": {"headline": "Ñ"}, "background": {}, "media": {"url": "ß"}}],
            "eras": [{}]}"#,
        &[],
    ),
    (
        "ä.json",
        r#"{"format": "impasse", "version": 9, "articles": [{"id": "ñ"}],
            "events": [1, {"title": "Ñ"}, {"date": "2026-01-09", "title": "Ñ", "step_of": "ß"}]}"#,
        &[],
    ),
    (
        "ä.mw",
        "title: Ñ\nñ: ß\ntz: ß\nß\n2026-01-09: Ťáłķš\nñ: ß\ntz: ß\n# Ťéíł\nafter !x 3 days: Ṽóťé\n2026-02-30: Ñ\n",
        &[],
    ),
];

#[test]
fn nothing_is_left_in_the_sources() {
    let home = Home::sqlite();
    let folder = home.folder().join("locales");
    pseudo_locale(&folder);
    let server =
        Impasse::start_with(&home, &["--locale", "en-XA", "--locales", &folder.display().to_string()]);
    let (reader, owner) = (server.reader(), server.owner());
    let path = |end: &str| format!("{DISPUTE}{end}");

    let paste = owner
        .form(&path("/articles/new"), &path("/articles/new"))
        .with("title", "At an impasse")
        .with("publisher", "The Example")
        .with("published", "Jan 29, 2026")
        .with("url", "https://news.example.org/1")
        .with("text", ARTICLE);
    let article = owner.submit(&paste).expect(303).location().to_owned();
    let hearing = owner.add_event("pentagon-anthropic", "Hearing", "3 February 2026");
    let own = path(&format!("/events/{hearing}"));
    let edit = owner.form(&format!("{own}/edit"), &format!("{own}/edit")).with("title", "Hearing held");
    owner.submit(&edit).expect(303);

    let answer = [("title", "Answer due"), ("due", "pending"), ("due_count", "9"), ("due_unit", "days")];
    let answer = answer.into_iter().chain([("due_side", "after"), ("due_base", "hearing held")]);
    let new = owner.form(&path("/events/new"), &path("/events/new"));
    let counted = answer.fold(new, |form, (name, value)| form.with(name, value));
    owner.submit(&counted).expect(303);
    let moved = owner.form(&format!("{own}/edit"), &format!("{own}/edit")).with("date", "4 February 2026");
    owner.submit(&moved).expect(303);
    // Its pages have nothing on them yet.
    let bare = owner.form("/disputes/new", "/disputes/new").with("title", "Ñóťé").with("slug", "zzz");
    owner.submit(&bare).expect(303);

    let words = [OWNER, "Hearing", "Demo", "DoD", "anthropic", "nope", "zzz"]
        .into_iter()
        .chain(ALLOWED.iter().copied());
    let known = longest_first(written(&reader).into_iter().chain(words.map(str::to_owned)));

    let mut pages = vec!["/".to_owned(), "/?q=zzz".to_owned(), "/search?q=memo".to_owned()];
    pages.extend(
        ["/search", "/nothing-here", "/disputes/new", "/admin", "/account", "/sign-in"].map(str::to_owned),
    );
    pages.extend(
        [
            "",
            "?layout=list",
            "?layout=table",
            "?layout=story",
            "?group=kind",
            "?kind=nope&from=x",
            "?asof=2026-02-10",
            "?q=zzz",
            "?from=1990-01-01&to=1990-02-01",
            "/events/new",
            "/articles",
            "/articles/new",
            "/history",
            "/corrections",
            "/people",
            "/parties",
            "/positions",
            "/edit",
            "/inbox",
            "/feeds",
            "/webhooks",
            "/import",
            "/share",
            "/print",
            "/method",
            "/work",
            "/at/3",
        ]
        .map(path),
    );
    pages.push(format!("{DISPUTE}?event={hearing}"));
    pages.push("/embed/pentagon-anthropic".to_owned());
    pages.extend(["", "/edit", "/history"].map(|end| format!("{own}{end}")));
    pages.push(article);
    pages.extend(
        [
            "",
            "/articles",
            "/feeds",
            "/webhooks",
            "/inbox",
            "/parties",
            "/positions",
            "/history",
            "/corrections",
            "/work",
        ]
        .map(|end| format!("/d/zzz{end}")),
    );

    let mut found = BTreeSet::new();
    for who in [&reader, &owner] {
        for page in &pages {
            let answer = who.get(page);
            if answer.status != 303 {
                found.extend(left(page, &answer, &known));
            }
        }
    }
    for (name, text, shown) in FILES {
        let shown = shown.iter().chain([&name]).map(|word| (*word).to_owned());
        let known = longest_first(known.iter().cloned().chain(shown));
        let answer = owner.send(&Request::upload(path("/import"), name, text.as_bytes()));
        found.extend(left(&format!("{name} {text:?}"), &answer, &known));
    }
    let known = longest_first(known.into_iter().chain(["PNG".to_owned()]));
    for refused in [
        owner.submit(&counted.with("due_base", "contract talks")),
        owner.submit(
            &owner.form(&format!("{own}/edit"), &format!("{own}/edit")).with("step_of", "hearing held"),
        ),
        owner.post(&path("/articles/fetch"), &[("address", "http://127.0.0.1:9/")]),
        owner.send(&Request::upload(path("/articles/upload"), "", b"\x89PNG\r\n")),
    ] {
        found.extend(left("a form that is wrong", &refused.expect(422), &known));
    }
    assert!(found.is_empty(), "{}", found.into_iter().collect::<Vec<_>>().join("\n"));
}

/// What would become of each row of files that a site has written itself, and of a table with labels, and of how much
/// of it something is said.
fn fates(home: &Home, options: &[&str]) -> Vec<(String, String, usize)> {
    let server = Impasse::start_with(home, options);
    let (reader, owner) = (server.reader(), server.owner());
    let endings = ["json", "csv", "timelinejs.json", "timelinejs.csv", "mw", "ics"];
    let mut files =
        endings.map(|ending| (ending, reader.get(&format!("{DISPUTE}.{ending}")).expect(200).body)).to_vec();
    let table = "date,title,kind,phase,source_publisher,source_quote,source_attribution\n\
        2026-01-09,Talks,Memo,In effect,The Example,Talks began,on record\n";
    files.push(("csv", table.into()));
    let mut found = Vec::new();
    for (ending, bytes) in files {
        let sent = Request::upload(format!("{DISPUTE}/import"), &format!("a.{ending}"), &bytes).json();
        for row in owner.send(&sent).expect(200).json()["rows"].as_array().expect("rows") {
            let fate = row["fate"].as_str().expect("a fate").to_owned();
            found.push((ending.to_owned(), fate, row["notes"].as_array().expect("notes").len()));
        }
    }
    found
}

#[test]
fn files_are_read_alike_in_every_locale() {
    let home = Home::sqlite();
    let folder = home.folder().join("locales");
    pseudo_locale(&folder);
    let accented = fates(&home, &["--locale", "en-XA", "--locales", &folder.display().to_string()]);
    assert!(accented.iter().any(|(_, fate, _)| fate == "same") && accented.len() > 40, "{accented:?}");
    assert_eq!(accented, fates(&Home::sqlite(), &[]));
}

/// What shows other people's words or addresses in part.
const USERS: &str = ".article-text, mark, .hit, blockquote, .account-name";

#[test]
fn dates_are_said_as_the_site_says_them() {
    let home = Home::sqlite();
    let server = Impasse::start_with(&home, &["--locale", "en-US"]);
    let reader = server.reader();
    let page = reader.get(DISPUTE).expect(200).page();
    assert_eq!(page.attribute("html", "lang"), "en-US");
    let days = page.texts("[data-bench=mark] .when");
    assert!(days.contains(&"January 9, 2026".to_owned()), "{days:?}");
    assert!(page.attribute("[data-tl=root]", "data-words").contains("|%m %d, %y|"));
    let list = reader.get(&format!("{DISPUTE}?layout=table")).expect(200).text();
    assert!(list.contains("January 9, 2026"), "{list}");
    assert!(!list.contains(">9 January 2026"), "{list}");
    // Files and the API say it in English, as on any other site.
    let text = reader.get(&format!("{DISPUTE}.md")).expect(200).text();
    assert!(text.contains("9 January 2026") && !text.contains("January 9, 2026"));

    let english = Home::sqlite();
    let server = Impasse::start(&english);
    let page = server.reader().get(DISPUTE).expect(200).page();
    assert!(page.attributes("[data-tl=root]", "data-words").is_empty(), "the script says it by itself");
    let refused = home.run(&["serve", "--locale", "xx"], "");
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && said.contains("there is no catalogue for xx"), "{said}");
}
