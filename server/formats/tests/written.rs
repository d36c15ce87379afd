//! What is written for people and for feed readers: well-formed whatever the texts are.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, in helpers as well")]

use std::io::{Cursor, Read};

use chrono::{DateTime, NaiveDate, Utc};
use impasse_app::model::article::Passage;
use impasse_app::model::date::EventDate;
use impasse_app::model::record::Record;
use impasse_app::model::revision::{Action, Revision, Subject};
use impasse_formats::{Aspect, Change, Export, Format, Part, changes, losses, write};
use proptest::prelude::*;
use serde_json::{Value, json};

const HOSTILE: &str = "<b>]]>&amp;\0\u{1b}\u{202e}\r\n# x | [a](javascript:b) --> *y*";

fn at() -> DateTime<Utc> {
    "2026-02-01T12:00:00Z".parse().unwrap()
}

fn passage(words: &str) -> Passage {
    Passage { exact: words.to_owned(), prefix: String::new(), suffix: String::new(), start: 0, end: 5 }
}

/// A record of one event with one citation, in which every text is the one given.
fn record(text: &str) -> Record {
    let event = json!({
        "id": "e1", "date": { "edtf": "2026-01-09~", "printed": text }, "title": text, "description": text,
        "kind": "memo", "phase": "done", "importance": "major", "sequence": 0,
        "parties": [{ "party": "p1", "role": "actor" }],
        "citations": [{
            "id": "c1", "article": "a1", "passage": passage(text),
            "attribution": { "kind": "unnamed", "wording": text, "count": 2 },
        }],
        "version": 1, "created": at(), "updated": at(),
    });
    serde_json::from_value(json!({
        "dispute": {
            "id": "d1", "slug": "ferry", "title": text, "summary": text, "question": text, "status": "open",
            "inclusion_rule": text, "version": 1, "revision": 7,
        },
        "parties": [{
            "id": "p1", "key": "harbour", "name": text, "aliases": [text], "kind": "government", "place": 0,
        }],
        "articles": [{
            "id": "a1", "url": "https://news.example/a?b=1&c=2", "publisher": text, "title": text, "byline": text,
            "published": "2026-01-10", "retrieved": at(), "hash": "",
        }],
        "positions": [{
            "id": "o1", "party": "p1", "statement": text, "date": { "edtf": "2025-09/.." },
            "source": { "article": "a1", "passage": passage(text) },
        }],
        "events": [event],
    }))
    .unwrap()
}

fn written(format: Format, record: &Record, changes: &[Change]) -> Vec<u8> {
    write(format, &export(record, changes))
}

fn export<'a>(record: &'a Record, changes: &'a [Change]) -> Export<'a> {
    Export {
        record,
        origin: "https://impasse.example",
        address: "https://impasse.example/d/ferry?a=1&b=2",
        file_address: "https://impasse.example/d/ferry.atom?a=1&b=2",
        made: at(),
        changes,
    }
}

fn revision(number: i64, action: Action, record: &Record) -> Revision {
    Revision {
        number,
        dispute: "d1".into(),
        subject: Subject::Event,
        subject_id: "e1".to_owned(),
        action,
        actor: "Ada".to_owned(),
        at: at(),
        reason: HOSTILE.to_owned(),
        state: serde_json::to_string(&record.events[0]).unwrap(),
    }
}

/// Reads XML to its end; it has to be well-formed and without the characters that XML 1.0 does not allow.
fn assert_xml(bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).unwrap();
    assert!(
        !text.contains(|c: char| (c.is_control() && c != '\n' && c != '\t') || c == '\u{ffff}'),
        "{text}"
    );
    let mut reader = quick_xml::Reader::from_str(text);
    while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
}

fn parts(docx: Vec<u8>) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (file.name().unwrap().into_owned(), text)
        })
        .collect()
}

#[test]
fn changes_say_what_is_different() {
    let first = record("Memo");
    let mut second = first.clone();
    second.events[0].date = EventDate::parse("2026-01-10").unwrap();
    let mut more = second.events[0].citations[0].clone();
    more.id = "c2".into();
    second.events[0].citations.push(more);
    let mut third = second.clone();
    third.events[0].sequence = 4;
    let told = changes(
        &[
            revision(3, Action::Update, &third),
            revision(2, Action::Update, &second),
            revision(1, Action::Create, &first),
        ],
        &third,
    );
    assert_eq!(told.iter().map(|change| change.number).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(told[0].aspects, [Aspect::Date, Aspect::Source]);
    assert_eq!(told[0].headline(), "Changed date, new source: Memo");
    assert_eq!(told[0].details[0], "The date is 10 January 2026; it was about 9 January 2026 (“Memo”).");
    assert_eq!(told[1].aspects, [Aspect::NewEvent]);
}

#[test]
fn a_view_is_not_told_of_other_events_but_of_removals() {
    let whole = record("Memo");
    let mut without = whole.clone();
    without.events.clear();
    assert_eq!(changes(&[revision(1, Action::Create, &whole)], &without), []);
    let told = changes(&[revision(2, Action::Delete, &whole), revision(1, Action::Create, &whole)], &without);
    assert_eq!(told.iter().map(|change| change.aspects.clone()).collect::<Vec<_>>(), [[Aspect::Removal]]);
}

#[test]
fn a_change_whose_past_is_not_known_is_still_told() {
    let record = record("Memo");
    let told = changes(&[revision(9, Action::Update, &record)], &record);
    assert_eq!(told[0].details, ["The event was changed."]);
}

#[test]
fn feeds_are_read_by_another_library() {
    let record = record(HOSTILE);
    let told = changes(&[revision(1, Action::Create, &record)], &record);
    for format in [Format::Atom, Format::JsonFeed] {
        let feed = feed_rs::parser::parse(Cursor::new(written(format, &record, &told))).unwrap();
        assert_eq!(feed.entries.len(), 1, "{format:?}");
        assert_eq!(feed.entries[0].id, "tag:impasse.example,2026-02-01:revision/1");
        assert_eq!(feed.entries[0].links[0].href, "https://impasse.example/d/ferry/events/e1");
        assert!(feed.updated.is_none_or(|updated| updated == at()));
    }
}

#[test]
fn hostile_texts_are_no_markup_in_markdown() {
    let record = record(HOSTILE);
    let text = String::from_utf8(written(Format::Markdown, &record, &[])).unwrap();
    assert!(!text.contains("[a]("), "{text}");
    assert!(!text.contains("<b>"), "{text}");
    assert!(!text.contains(['\0', '\u{202e}', '\r']), "{text}");
    assert!(!text.lines().any(|line| line.starts_with("# x")), "{text}");
    assert!(text.contains("[^2]: "), "{text}");
    assert!(text.contains("(<https://news.example/a?b=1&c=2#:~:text="), "{text}");
}

#[test]
fn word_finds_a_footnote_for_every_citation() {
    let record = record(HOSTILE);
    let parts = parts(written(Format::Docx, &record, &[]));
    for (name, text) in &parts {
        assert_xml(text.as_bytes());
        assert!(!text.contains("<b>") && !text.contains('\0'), "{name}");
    }
    let of = |name: &str| parts.iter().find(|part| part.0 == name).map(|part| part.1.as_str()).unwrap();
    assert_eq!(of("word/document.xml").matches("<w:footnoteReference ").count(), 2);
    assert_eq!(of("word/footnotes.xml").matches("<w:footnote w:id=").count(), 2);
}

#[test]
fn follow_the_money_entities_refer_to_each_other() {
    let record = record("Memo");
    let text = String::from_utf8(written(Format::FollowTheMoney, &record, &[])).unwrap();
    let entities: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let event = &entities[2];
    assert_eq!(event["schema"], "Event");
    assert_eq!(event["properties"]["organizer"][0], entities[0]["id"]);
    assert_eq!(event["properties"]["proof"][0], entities[1]["id"]);
    // "About 9 January" must not become the 9th.
    assert_eq!(event["properties"].get("date"), None);
    let lost = losses(Format::FollowTheMoney, &export(&record, &[]));
    assert!(lost.iter().any(|loss| loss.part == Part::Dates));
}

#[test]
fn what_prose_leaves_out_is_listed() {
    let mut record = record("Memo");
    let texts = |record: &Record| {
        losses(Format::Markdown, &export(record, &[])).iter().filter(|loss| loss.part == Part::Texts).count()
    };
    assert_eq!(texts(&record), 0);
    record.events[0].title = "a\u{202e}b".to_owned();
    assert_eq!(texts(&record), 1);
    assert_eq!(record.articles[0].published, NaiveDate::from_ymd_opt(2026, 1, 10));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_well_formed(text in any::<String>()) {
        let record = record(&text);
        let told = changes(&[revision(1, Action::Create, &record)], &record);
        assert_xml(&written(Format::Atom, &record, &told));
        let feed: Value = serde_json::from_slice(&written(Format::JsonFeed, &record, &told)).unwrap();
        prop_assert_eq!(feed["items"].as_array().map(Vec::len), Some(1));
        for (_, part) in parts(written(Format::Docx, &record, &[])) {
            assert_xml(part.as_bytes());
        }
        let lines = String::from_utf8(written(Format::FollowTheMoney, &record, &[])).unwrap();
        for line in lines.lines() {
            let entity: Value = serde_json::from_str(line).unwrap();
            prop_assert!(entity["id"].is_string());
        }
        let text = String::from_utf8(written(Format::Markdown, &record, &[])).unwrap();
        prop_assert_eq!(text.lines().filter(|line| line.starts_with("[^1]: ") || line.starts_with("[^2]: ")).count(), 2);
    }
}
