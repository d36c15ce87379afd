//! What is exported is opened by the programs that its users have: calendars by two other libraries, the chronology by
//! LibreOffice, the drawing by Poppler.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy takes only functions marked as tests for tests"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

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
