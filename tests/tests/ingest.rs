//! `impasse ingest`: articles by address, from files, and by the folder.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy takes only functions marked as tests for tests"
)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use impasse_tests::{Home, Impasse, Reply, Web};
use serde_json::Value;

const DISPUTE: [&str; 2] = ["--dispute", "pentagon-anthropic"];

/// Words by number, so that no two texts are alike.
const WORDS: [&str; 24] = [
    "harbour",
    "ledger",
    "tariff",
    "border",
    "ferry",
    "quota",
    "mandate",
    "council",
    "audit",
    "pipeline",
    "treaty",
    "license",
    "grain",
    "signal",
    "archive",
    "tribunal",
    "budget",
    "satellite",
    "reactor",
    "fishery",
    "railway",
    "charter",
    "embargo",
    "census",
];

/// The text of an article of its own, of about 5 kB.
fn text(nth: usize) -> String {
    let mut text = format!(
        "On January {}, 2026, the department issued memo number {nth}, officials said.\n\n",
        nth % 28 + 1
    );
    let mut state = nth as u64 * 0x9e37_79b9 + 1;
    while text.len() < 5_000 {
        let mut sentence = String::from("The");
        for _ in 0..12 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let word = WORDS[usize::try_from(state >> 33).unwrap() % WORDS.len()];
            let _ = write!(sentence, " {word}{}", state % 97);
        }
        text.push_str(&sentence);
        text.push_str(". ");
    }
    text
}

fn html(nth: usize) -> String {
    let paragraphs: String = text(nth).split("\n\n").map(|part| format!("<p>{part}</p>")).collect();
    format!(
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>Memo number {nth}</title>\
         <meta property=\"article:published_time\" content=\"2026-01-29T10:00:00Z\"></head>\
         <body><article><h1>Memo number {nth}</h1>{paragraphs}</article></body></html>"
    )
}

/// A folder with so many articles, in folders of their own.
fn folder(home: &Home, count: usize) -> PathBuf {
    let root = home.folder().join("articles");
    for nth in 0..count {
        let folder = root.join(format!("{:02}", nth % 7));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("{nth:05}.html")), html(nth)).unwrap();
    }
    root
}

/// A dispute to take articles into.
fn home() -> Home {
    let home = Home::sqlite();
    assert!(home.run(&["demo"], "").status.success());
    home
}

/// Takes in a folder; gives the lines about files, and the summary.
fn take(home: &Home, source: &Path) -> (Vec<Value>, Value) {
    let source = source.display().to_string();
    let output = home.run(&[&["ingest", &source, "--json"], &DISPUTE[..]].concat(), "");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut lines = lines(&output.stdout);
    let summary = lines.pop().expect("a summary");
    (lines, summary)
}

fn lines(output: &[u8]) -> Vec<Value> {
    let text = String::from_utf8(output.to_vec()).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

fn articles(lines: &[Value]) -> BTreeSet<&str> {
    lines.iter().filter_map(|line| line["article"].as_str()).collect()
}

#[test]
fn a_folder_is_taken_in_once() {
    let home = home();
    let root = folder(&home, 150);
    std::fs::write(root.join("again.html"), html(3)).unwrap();
    std::fs::write(
        root.join("undated.txt"),
        "The talks went on for weeks, and nobody could say how they would end.",
    )
    .unwrap();
    std::fs::write(root.join("broken.html"), "").unwrap();
    std::fs::write(root.join("picture.png"), [0x89, b'P', b'N', b'G']).unwrap();
    let (files, summary) = take(&home, &root);
    assert_eq!(summary["files"], 153);
    for (fate, count) in [("new", 150), ("there already", 1), ("waiting", 1), ("failed", 1)] {
        assert_eq!(summary["fates"][fate], count, "{summary}");
    }
    let broken = files.iter().find(|file| file["file"] == "broken.html").unwrap();
    assert!(broken["error"].as_str().unwrap().len() > 10, "{broken}");
    assert_eq!(articles(&files).len(), 151);

    let (again, summary) = take(&home, &root);
    assert_eq!(summary["fates"]["there already"], 152, "{summary}");
    assert_eq!(articles(&again), articles(&files));

    let output = home.run(&[&["ingest", root.to_str().unwrap()], &DISPUTE[..]].concat(), "");
    let (told, said) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert_eq!(told, "153 files: 1 failed, 152 there already\n");
    assert!(said.contains("broken.html: "), "{said}");

    // What was deleted does not come back with the folder.
    let server = Impasse::start(&home);
    let owner = server.owner();
    let deleted =
        files.iter().find(|file| file["file"] == "00/00000.html").unwrap()["article"].as_str().unwrap();
    owner.post(&format!("/d/pentagon-anthropic/articles/{deleted}/delete"), &[]).expect(303);
    let (_, summary) = take(&home, &root);
    assert_eq!(summary["fates"]["deleted before"], 1, "{summary}");
    let sources = owner.get("/d/pentagon-anthropic/articles").expect(200).page();
    assert_eq!(sources.texts(".articles h2").len(), 150, "149 of the folder and the demo's own");
    assert_eq!(sources.texts(".notice .rows li").len(), 1, "one waits");
}

#[test]
fn after_a_crash_the_rest_is_taken_in() {
    let home = home();
    let count = 400;
    let root = folder(&home, count);
    for after in [40, 130] {
        let source = root.display().to_string();
        let mut command = home.command(&[&["ingest", &source, "--json"], &DISPUTE[..]].concat());
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the binary runs");
        let told = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let seen = told.map_while(Result::ok).take(after).count();
        assert_eq!(seen, after, "it was not killed in the middle");
        child.kill().expect("it is there to be killed");
        child.wait().expect("it ends");
    }
    let (files, summary) = take(&home, &root);
    let fates = |fate: &str| summary["fates"][fate].as_u64().unwrap_or_default();
    assert_eq!(fates("new") + fates("there already"), count as u64, "{summary}");
    assert!(fates("there already") >= 128 && fates("new") > 0, "{summary}");
    assert_eq!(articles(&files).len(), count, "every article once");
    let (again, summary) = take(&home, &root);
    assert_eq!(summary["fates"]["there already"], count, "{summary}");
    assert_eq!(articles(&again), articles(&files));
    let server = Impasse::start(&home);
    let sources = server.reader().get("/d/pentagon-anthropic/articles").expect(200).page();
    assert_eq!(sources.texts(".articles h2").len(), count + 1);
}

#[test]
fn rewrites_of_one_story_are_one_origin() {
    let home = home();
    let root = home.folder().join("wire");
    std::fs::create_dir_all(&root).unwrap();
    for (nth, outlet) in ["Agency", "Courier", "Herald"].iter().enumerate() {
        let page = html(1)
            .replace("</article>", &format!("<p>Distributed by the {outlet}, edition {nth}.</p></article>"));
        std::fs::write(root.join(format!("{nth}.html")), page).unwrap();
    }
    std::fs::write(root.join("other.html"), html(2)).unwrap();
    let (files, _) = take(&home, &root);
    let server = Impasse::start(&home);
    let owner = server.owner();
    let sources = owner.get("/d/pentagon-anthropic/articles").expect(200).page();
    let marked =
        sources.texts(".articles li").iter().filter(|text| text.contains("One origin, 2 reprints")).count();
    assert_eq!(marked, 3, "{:?}", sources.texts(".articles li"));
    let first = files[0]["article"].as_str().unwrap();
    let page = owner.get(&format!("/d/pentagon-anthropic/articles/{first}")).expect(200).page();
    assert!(page.text(".facts").contains("One origin, 2 reprints"), "{}", page.text(".facts"));
}

#[test]
fn an_address_is_taken_in() {
    let home = home();
    let web = Web::start();
    web.set("/memo", Reply::html(&html(5)));
    web.set("/undated", Reply::html(&html(6).replace("2026-01-29T10:00:00Z", "")));
    let allowed = web.address().to_string();
    let run = |path: &str, further: &[&str]| {
        let url = web.url(path);
        let arguments = [&["ingest", &url, "--fetch-allow", &allowed], &DISPUTE[..], further].concat();
        home.run(&arguments, "")
    };
    let told = run("/memo?utm_source=x", &["--json"]);
    let told = lines(&told.stdout).remove(0);
    assert_eq!((&told["new"], &told["article"]["published"]), (&true.into(), &"2026-01-29".into()), "{told}");
    assert_eq!(told["article"]["way"], "address");
    assert!(String::from_utf8(run("/memo", &[]).stdout).unwrap().contains("there already"));
    let waits = String::from_utf8(run("/undated", &[]).stdout).unwrap();
    assert!(waits.contains("does not say") && waits.contains("--published"), "{waits}");
    let missing = run("/missing", &[]);
    assert!(!missing.status.success());
    assert!(String::from_utf8(missing.stderr).unwrap().contains("no page at this address"));
    // Without leave nothing on this machine is reached.
    let asked = web.connections();
    let refused = home.run(&[&["ingest", &web.url("/memo")], &DISPUTE[..]].concat(), "");
    assert!(String::from_utf8(refused.stderr).unwrap().contains("private network"));
    assert_eq!(web.connections(), asked);
}
