//! What is exported is opened by the programs that its users have: calendars by two other libraries, markwhen’s text by
//! its own parser, the chronology by LibreOffice, the drawing by Poppler. Feeds and JSON-LD are held to their schemas.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy takes only functions marked as tests for tests"
)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use impasse_tests::{Home, Impasse};

/// A program that `make test` installs and names by a variable.
fn program(variable: &str) -> PathBuf {
    let named = std::env::var_os(variable).filter(|path| !path.is_empty());
    named.map(PathBuf::from).unwrap_or_else(|| panic!("{variable} names no program: `make test` installs it"))
}

/// What a program says that must succeed.
fn said(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let words = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{command:?}: {words}{}", String::from_utf8_lossy(&output.stderr));
    words
}

/// A file of the demo in a folder of the test's own.
fn exported(ending: &str) -> (PathBuf, tempfile::TempDir) {
    let home = Home::sqlite();
    let server = Impasse::start(&home);
    let answer = server.reader().get(&format!("/d/pentagon-anthropic.{ending}")).expect(200);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("demo.{ending}"));
    std::fs::write(&path, &answer.body).unwrap();
    (path, folder)
}

/// The events of the demo: the first day, the day after the last, and the title.
const EVENTS: [&str; 2] =
    ["2026-01-09 2026-01-10 AI strategy memo issued", "2026-01-29 2026-01-30 The standstill is reported"];

#[test]
fn python_reads_the_calendar() {
    let (path, _folder) = exported("ics");
    const READ: &str = "import sys, icalendar\n\
        calendar = icalendar.Calendar.from_ical(open(sys.argv[1], 'rb').read())\n\
        for event in calendar.walk('VEVENT'):\n    \
            assert not event.errors, event.errors\n    \
            print(event.decoded('DTSTART'), event.decoded('DTEND'), event.decoded('SUMMARY').decode())\n";
    let words = said(Command::new(program("ICALENDAR_PYTHON")).args(["-c", READ]).arg(&path));
    assert_eq!(words.lines().count(), 7, "{words}");
    for event in EVENTS {
        assert!(words.lines().any(|line| line == event), "{event}: {words}");
    }
}

#[test]
fn javascript_reads_the_calendar() {
    let (path, _folder) = exported("ics");
    const READ: &str = "const { default: ICAL } = await import(process.argv[2] + '/ical.js/dist/ical.js');\
        const { readFileSync } = await import('node:fs');\
        const calendar = new ICAL.Component(ICAL.parse(readFileSync(process.argv[1], 'utf8')));\
        for (const part of calendar.getAllSubcomponents('vevent')) {\
            const event = new ICAL.Event(part);\
            console.log(String(event.startDate), String(event.endDate), event.summary);\
        }";
    let modules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.tools/node_modules");
    let mut node = Command::new("node");
    node.args(["--input-type=module", "-e", READ]).arg(&path).arg(modules.canonicalize().unwrap());
    let words = said(&mut node);
    assert_eq!(words.lines().count(), 7, "{words}");
    for event in EVENTS {
        assert!(words.lines().any(|line| line == event), "{event}: {words}");
    }
}

/// What markwhen’s own parser sees in a file: what is wrong, and of each event first and last moment, title, text.
fn seen_by_markwhen(path: &Path) -> serde_json::Value {
    const READ: &str = "const { parse, iter, isEvent } = await import(process.argv[2] + '/@markwhen/parser/lib/index.js');\
        const { readFileSync } = await import('node:fs');\
        const read = parse(readFileSync(process.argv[1], 'utf8'));\
        const shown = (text) => text.replaceAll('\\u200b', '').trim();\
        const nodes = [...iter(read.events)].map((one) => one.eventy);\
        console.log(JSON.stringify({\
            messages: read.parseMessages,\
            title: read.header.title,\
            sections: nodes.filter((one) => !isEvent(one)).length - 1,\
            events: nodes.filter(isEvent).map((one) => ({\
                first: one.dateRangeIso.fromDateTimeIso.slice(0, 10),\
                after: one.dateRangeIso.toDateTimeIso.slice(0, 10),\
                title: shown(one.firstLine.restTrimmed),\
                lines: one.supplemental.map((block) => block.type === 'text' ? shown(block.raw) : block.type),\
                parties: one.properties.parties,\
                marks: [...one.tags, one.percent, one.completed].filter((mark) => mark !== undefined),\
            })),\
        }));";
    let modules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.tools/node_modules");
    let mut node = Command::new("node");
    node.args(["--input-type=module", "-e", READ]).arg(path).arg(modules.canonicalize().unwrap());
    // Days are read as days of this place.
    node.env("TZ", "UTC");
    serde_json::from_str(&said(&mut node)).unwrap()
}

#[test]
fn markwhen_reads_its_text() {
    let (path, _folder) = exported("mw");
    let seen = seen_by_markwhen(&path);
    assert_eq!((&seen["messages"], &seen["sections"]), (&serde_json::json!([]), &serde_json::json!(0)));
    let events: Vec<String> = seen["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| ["first", "after", "title"].map(|key| event[key].as_str().unwrap()).join(" "))
        .collect();
    assert_eq!(events.len(), 7, "{events:#?}");
    for event in EVENTS {
        assert!(events.iter().any(|seen| seen == event), "{event}: {events:#?}");
    }
}

#[test]
fn markwhen_takes_no_text_for_anything_else() {
    let lines = [
        "note: not a property",
        "Every other week: the talks",
        "to 9 May: nothing",
        "now: this",
        "12:30 the door is shut",
        "Talks, held at the ministry in the capital city: no agreement",
        "# Heading with #tag and 50% done",
        "- [x] done",
        "--- !a.start: b",
        "// no comment",
        "![picture](e.org/a.png) [place](location)",
        "“Words” [a](https://e.org) · b · 2026-01-01",
    ];
    let title = "[x] 5% of #all !ids: the .end";
    let home = Home::sqlite();
    let server = Impasse::start(&home);
    let table = home.folder().join("nasty.csv");
    let text = lines.join("\n").replace('"', "\"\"");
    let rows = format!(
        "start,end,title,description,party\n2026-01-09,,{title},\"{text}\",#1: Ministry\n2026-02-01,2026-02-03,Strike,,\n"
    );
    std::fs::write(&table, rows).unwrap();
    let table = table.display().to_string();
    let done = home.run(&["import", &table, "--dispute", "nasty", "--title", "#5: a \"row\""], "");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let path = home.folder().join("nasty.mw");
    std::fs::write(&path, server.reader().get("/d/nasty/timeline.mw").expect(200).body).unwrap();
    let expected = serde_json::json!({
        "messages": [], "title": "#5: a \"row\"", "sections": 0,
        "events": [
            {"first": "2026-01-09", "after": "2026-01-10", "title": title, "lines": lines, "parties": ["#1: Ministry"], "marks": []},
            {"first": "2026-02-01", "after": "2026-02-04", "title": "Strike", "lines": [], "parties": [], "marks": []},
        ],
    });
    assert_eq!(seen_by_markwhen(&path), expected);
}

#[test]
fn the_feed_is_as_the_rfc_has_it() {
    let (path, _folder) = exported("atom");
    // The schema, and the rule that every entry has an author, itself or by the feed (RFC 4287, section 4.1.2); at the
    // end what would be found if an entry had no title, so that a schema that lets all through is noticed.
    const READ: &str = "import sys\n\
        from lxml import etree\n\
        schema = etree.RelaxNG(etree.parse(sys.argv[1]))\n\
        feed = etree.parse(sys.argv[2])\n\
        schema.assertValid(feed)\n\
        atom = {'a': 'http://www.w3.org/2005/Atom'}\n\
        assert feed.xpath('/a:feed/a:author', namespaces=atom) or not feed.xpath('//a:entry[not(a:author)]', namespaces=atom)\n\
        for one in feed.xpath('//a:id', namespaces=atom):\n    \
            print(one.text)\n\
        for one in feed.xpath('//a:entry/a:title', namespaces=atom):\n    \
            one.getparent().remove(one)\n\
        assert not schema.validate(feed)\n";
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/atom.rng");
    let words = said(Command::new(program("LXML_PYTHON")).args(["-c", READ]).arg(schema).arg(&path));
    let names: Vec<&str> = words.lines().collect();
    assert!(names.len() > 7 && names[0].starts_with("tag:127.0.0.1,2026:dispute/"), "{words}");
    let distinct: std::collections::HashSet<&str> = names.iter().copied().collect();
    assert_eq!(distinct.len(), names.len(), "{words}");
    assert!(names[1..].iter().all(|name| name.contains(":revision/")), "{words}");
}

/// What a processor of JSON-LD reads on a page: the types, and what schema.org does not have.
fn json_ld(server: &Impasse, path: &str) -> (Vec<String>, serde_json::Value) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = server.reader().get(path).expect(200).page().text("script[type='application/ld+json']");
    let mut node = Command::new("node");
    node.arg(folder.join("tests/fixtures/json_ld.mjs"));
    node.arg(folder.join("../.tools/node_modules").canonicalize().unwrap());
    let mut child = node.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("node runs");
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{path}: {text}");
    let read: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    (serde_json::from_value(read["types"].clone()).unwrap(), read["wrong"].clone())
}

#[test]
fn pages_say_in_json_ld_what_schema_org_has() {
    let home = Home::sqlite();
    let server = Impasse::start(&home);
    let nothing = serde_json::json!([]);
    let page = "/d/pentagon-anthropic";
    assert_eq!(json_ld(&server, page), (vec!["ItemList".to_owned(), "ListItem".to_owned()], nothing.clone()));
    let file = server.reader().get(&format!("{page}.json")).expect(200).json();
    let events = file["events"].as_array().unwrap();
    assert_eq!(events.len(), 7);
    for event in events {
        let (types, wrong) = json_ld(&server, &format!("{page}/events/{}", event["id"].as_str().unwrap()));
        assert_eq!(wrong, nothing, "{event}");
        for kind in ["Event", "NewsArticle", "WebPage"] {
            assert!(types.iter().any(|one| one == kind), "{kind}: {types:?} {event}");
        }
    }
}

#[test]
fn libreoffice_opens_the_chronology() {
    let (path, folder) = exported("docx");
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    let mut soffice = Command::new(program("SOFFICE"));
    soffice.args([&profile, "--headless", "--convert-to", "pdf", "--outdir"]).arg(folder.path()).arg(&path);
    said(&mut soffice);
    let words = said(
        Command::new(program("PDFTOTEXT")).args(["-layout"]).arg(folder.path().join("demo.pdf")).arg("-"),
    );
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "AI strategy memo issued",
        "Talks stall without agreement",
        // A footnote: the quote, who says so, and how many they are.
        "“The two sides have negotiated a contract for several weeks without an agreement”",
        "“six people familiar with the talks” (6)",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
}

#[test]
fn poppler_opens_the_drawing() {
    let (path, _folder) = exported("pdf");
    let words = said(Command::new(program("PDFTOTEXT")).args(["-layout"]).arg(&path).arg("-"));
    for part in ["AI strategy memo issued", "9 January 2026", "Defense Department", "26 Jan"] {
        assert!(words.contains(part), "{part}: {words}");
    }
}
