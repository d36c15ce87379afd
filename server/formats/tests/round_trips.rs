//! JSON, CSV, iCalendar, TimelineJS and markwhen: what is written comes back, less what is listed as lost; whatever is read, nothing panics.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use impasse_app::model::article::{Article, Dating, Passage, Stage, Way};
use impasse_app::model::date::EventDate;
use impasse_app::model::dispute::{Dispute, Party, PartyKind, Position, PositionSource, Status};
use impasse_app::model::due::{Due, DueRule, DueState, Side, Unit};
use impasse_app::model::event::{
    Attribution, AttributionKind, Citation, Event, EventParty, Importance, Kind, Phase, Role,
};
use impasse_app::model::record::Record;
use impasse_app::model::role::Visibility;
use impasse_formats::{
    Draft, DraftSource, Export, Fate, Format, Options, Quote, Reading, event_draft, json, plan, read, write,
};
use proptest::prelude::*;
use proptest::sample::select;

const HOSTILE: [&str; 26] = [
    "=cmd|' /C calc'!A0",
    "+49 30 1",
    "-1",
    "@SUM(A1:A2)",
    "'=1",
    "\"quoted\", and; more",
    "<script>alert(1)</script>",
    "]]> --> ``` *a* [b](c)",
    "\u{202e}txet\u{202c}",
    "Alpha (actor)",
    "\\n\\, \\; \\\\",
    "END:VEVENT",
    "日本語の題名",
    "x (9 January 2026)",
    "-- ",
    "a:b;c=\"d\"",
    // What markwhen would take for dates, properties, sections, tags, references, boxes and sources.
    "Every other week: the talks",
    "to 9 May: nothing",
    "note: kind: ruling",
    "# Heading #tag #1 of 50%",
    "endSection",
    "!a.start: [x](location) .end",
    "[x] done ![i](e.org/i.png)",
    "---",
    "#\u{200b}tag\u{200b}\u{200b}]\u{200b}",
    "“a” [b](https://e.org) · C · 2026-01-01",
];

const DATES: [&str; 18] = [
    "2026-01-09",
    "2026-01-09~",
    "2026-01-09?",
    "2026-01",
    "2026-01-XX",
    "2026",
    "202X",
    "2026-33",
    "2025-09/..",
    "../2026-02-27",
    "2026-01-05/2026-01-09",
    "2025~/2026-02",
    "[2026-01-01..2026-01-10]",
    "[..2026-02-27]",
    "[2026-02-27,2026-03-05]",
    "2026-01-09T14:05:30",
    "2026-01-09T14:05:00Z",
    "2026-01-09T23:05:00-04:00",
];

fn tidy(text: &str) -> String {
    let kept = |c: char| if c.is_control() || "\u{2028}\u{2029}".contains(c) { ' ' } else { c };
    text.chars().map(kept).collect::<String>().trim().to_owned()
}

fn line() -> impl Strategy<Value = String> {
    prop_oneof![select(&HOSTILE[..]).prop_map(str::to_owned), ".{1,40}"]
        .prop_map(|text| tidy(&text))
        .prop_filter("not empty", |text| !text.is_empty())
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(line(), 0..4).prop_map(|lines| lines.join("\n"))
}

fn date() -> impl Strategy<Value = EventDate> {
    (select(&DATES[..]), prop::option::of(line()))
        .prop_map(|(edtf, printed)| EventDate::parse(edtf).unwrap().with_printed(printed))
}

fn passage() -> impl Strategy<Value = Passage> {
    (text(), line(), line(), 0_i64..1000).prop_map(|(more, exact, around, start)| {
        let exact = format!("{exact}\n{more}").trim().to_owned();
        let end = start + i64::try_from(exact.chars().count()).unwrap();
        Passage { exact, prefix: around.clone(), suffix: around, start, end }
    })
}

fn moment() -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000, 0).unwrap()
}

fn citation(articles: usize) -> impl Strategy<Value = Citation> {
    let attribution =
        (select(AttributionKind::ALL), prop_oneof![Just(String::new()), line()], prop::option::of(0_i64..9))
            .prop_map(|(kind, wording, count)| Attribution { kind, wording, count });
    (0..articles, passage(), attribution, prop::option::of(date()), any::<u64>()).prop_map(
        |(article, passage, attribution, date, id)| Citation {
            id: format!("c{id}").into(),
            article: format!("a{article}").into(),
            passage,
            attribution,
            date,
        },
    )
}

/// A deadline or none. Its base is chosen once it is known how many events there are.
fn due() -> impl Strategy<Value = Option<Due>> {
    let rule = (1..=DueRule::MOST, select(Unit::ALL), select(Side::ALL));
    let rule = rule.prop_map(|(count, unit, side)| DueRule { base: "".into(), count, unit, side });
    let due = (select(DueState::ALL), prop::option::of(rule)).prop_map(|(state, rule)| Due { state, rule });
    prop::option::of(due)
}

fn event(parties: usize, articles: usize) -> impl Strategy<Value = Event> {
    let parts = prop::collection::btree_map(0..parties, select(Role::ALL), 0..=parties).prop_map(|parts| {
        let part = |(nth, role)| EventParty { party: format!("p{nth}").into(), role };
        parts.into_iter().map(part).collect::<Vec<_>>()
    });
    let citations = prop::collection::vec(citation(articles), 0..4);
    let choices = (select(Kind::ALL), select(Phase::ALL), select(Importance::ALL), -5_i64..5);
    (date(), line(), text(), choices, due(), parts, citations).prop_map(
        |(date, title, description, (kind, phase, importance, sequence), due, parties, citations)| Event {
            id: "".into(),
            date,
            title,
            description,
            kind,
            phase,
            importance,
            sequence,
            due,
            step_of: None,
            parties,
            citations,
            version: 3,
            created: moment(),
            updated: moment(),
        },
    )
}

fn record() -> impl Strategy<Value = Record> {
    let articles = prop::collection::vec((line(), line(), any::<bool>(), any::<bool>()), 3);
    let about = (line(), text(), line(), text());
    let names = prop::collection::vec(line(), 3);
    let positions = prop::collection::vec((0..3_usize, line(), date(), prop::option::of(passage())), 0..3);
    (about, names, articles, positions, prop::collection::vec(event(3, 3), 0..6)).prop_map(
        |((title, summary, question, inclusion_rule), names, articles, positions, mut events)| {
            let count = events.len();
            for (nth, event) in events.iter_mut().enumerate() {
                event.id = format!("e{nth}").into();
                // The first alone is a step of nothing.
                event.step_of = (nth % 3 == 1).then(|| format!("e{}", nth - 1).into());
                if let Some(rule) = event.due.as_mut().and_then(|due| due.rule.as_mut()) {
                    rule.base = format!("e{}", rule.count as usize % count).into();
                }
            }
            let article =
                |(nth, (publisher, title, has_url, has_day)): (usize, (String, String, bool, bool))| {
                    Article {
                        id: format!("a{nth}").into(),
                        url: has_url.then(|| format!("https://e{nth}.org/a?b=1,2;c")),
                        publisher: format!("{publisher} {nth}"),
                        title,
                        byline: String::new(),
                        published: has_day.then(|| NaiveDate::from_ymd_opt(2026, 2, 3).unwrap()),
                        retrieved: moment(),
                        hash: "00".to_owned(),
                        canonical: None,
                        modified: None,
                        stage: Stage::Kept,
                        way: Way::Paste,
                        dating: Dating::default(),
                        origin: format!("a{nth}").into(),
                    }
                };
            let party = |(nth, name): (usize, String)| Party {
                id: format!("p{nth}").into(),
                key: format!("party-{nth}"),
                // Two parties of one name cannot be told apart in a table.
                name: format!("{} {nth}", name.replace(';', ",")),
                aliases: vec![format!("other {nth}")],
                kind: PartyKind::Company,
                place: i64::try_from(nth).unwrap(),
            };
            let position = |(nth, (party, statement, date, passage)): (
                usize,
                (usize, String, EventDate, Option<Passage>),
            )| Position {
                id: format!("q{nth}").into(),
                party: format!("p{party}").into(),
                statement,
                date,
                source: passage.map(|passage| PositionSource { article: "a0".into(), passage }),
            };
            Record {
                dispute: Dispute {
                    id: "d".into(),
                    slug: "lease".to_owned(),
                    title,
                    summary,
                    question,
                    status: Status::Open,
                    inclusion_rule,
                    visibility: Visibility::Public,
                    takes_suggestions: false,
                    version: 1,
                    revision: 9,
                },
                parties: names.into_iter().enumerate().map(party).collect(),
                articles: articles.into_iter().enumerate().map(article).collect(),
                positions: positions.into_iter().enumerate().map(position).collect(),
                events,
            }
        },
    )
}

fn export(record: &Record) -> Export<'_> {
    Export {
        record,
        origin: "https://impasse.example",
        address: "https://impasse.example/d/lease?kind=ruling",
        file_address: "https://impasse.example/d/lease/export",
        made: moment(),
        changes: &[],
    }
}

fn options() -> Options {
    Options::on(NaiveDate::from_ymd_opt(2026, 6, 1).unwrap())
}

fn back(format: Format, record: &Record) -> Reading {
    let reading = read(format, &write(format, &export(record)), &options()).unwrap();
    assert!(reading.is_clean(), "{:?}", reading.rows);
    reading
}

fn drafts(reading: &Reading) -> Vec<Draft> {
    reading.rows.iter().map(|row| row.draft.clone().unwrap()).collect()
}

/// An event as a table has it: see the losses of CSV.
fn in_table(mut draft: Draft) -> Draft {
    draft.description = draft.description.filter(|text| !text.is_empty());
    (draft.due, draft.step_of) = (None, None);
    draft.parties = draft.parties.filter(|parties| !parties.is_empty());
    draft.sources = draft.sources.filter(|sources| !sources.is_empty());
    for party in draft.parties.iter_mut().flatten() {
        party.key = None;
    }
    for source in draft.sources.iter_mut().flatten() {
        (source.id, source.article) = (None, None);
        source.quote = source.quote.take().map(|quote| Quote::words(quote.exact));
    }
    draft
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn json_is_without_loss(record in record()) {
        let written = write(Format::Json, &export(&record));
        prop_assert_eq!(&json::record(&written).unwrap(), &record);
        let reading = back(Format::Json, &record);
        let expected: Vec<Draft> = record.events.iter().map(|event| Draft::of(&record, event)).collect();
        prop_assert_eq!(drafts(&reading), expected);
        prop_assert_eq!(reading.parties.len(), record.parties.len());
        prop_assert_eq!(reading.positions.len(), record.positions.len());
        for (read, held) in reading.positions.iter().zip(&record.positions) {
            prop_assert_eq!((&read.statement, &read.date), (&held.statement, &held.date));
            prop_assert_eq!(Some(&read.party), record.party(&held.party).map(|party| &party.key));
        }
        prop_assert_eq!(&reading.about.question, &record.dispute.question);
    }

    #[test]
    fn a_table_loses_what_is_listed(record in record()) {
        let expected: Vec<Draft> =
            record.events.iter().map(|event| in_table(Draft::of(&record, event))).collect();
        prop_assert_eq!(drafts(&back(Format::Csv, &record)), expected);
    }

    #[test]
    fn no_cell_is_a_formula(record in record()) {
        let written = write(Format::Csv, &export(&record));
        let text = String::from_utf8(written).unwrap();
        let mut cells = csv::ReaderBuilder::new().from_reader(text.as_bytes());
        for row in cells.records() {
            for cell in &row.unwrap() {
                prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t']) || cell.parse::<i64>().is_ok(), "{}", cell);
            }
        }
    }

    #[test]
    fn a_calendar_gives_events_back(record in record()) {
        let written = String::from_utf8(write(Format::Ics, &export(&record))).unwrap();
        prop_assert!(written.split("\r\n").all(|line| line.len() <= 75));
        prop_assert!(!written.replace("\r\n", "").contains(['\r', '\n']));
        prop_assert_eq!(written.matches("\r\nEND:VEVENT\r\n").count(), record.events.len());
        let expected: Vec<Draft> = record.events.iter().map(|event| Draft::of(&record, event)).collect();
        prop_assert_eq!(drafts(&back(Format::Ics, &record)), expected);
    }

    #[test]
    fn timelinejs_gives_events_back(record in record()) {
        let expected: Vec<Draft> = record.events.iter().map(|event| Draft::of(&record, event)).collect();
        prop_assert_eq!(drafts(&back(Format::TimelineJs, &record)), expected);
    }

    #[test]
    fn timelinejs_is_given_text_and_not_markup(record in record()) {
        let written: serde_json::Value = serde_json::from_slice(&write(Format::TimelineJs, &export(&record))).unwrap();
        for slide in written["events"].as_array().unwrap() {
            // It draws all of them as HTML.
            for drawn in [&slide["text"]["headline"], &slide["display_date"], &slide["group"]] {
                prop_assert!(!drawn.as_str().unwrap_or_default().contains('<'), "{}", drawn);
            }
            let text = slide["text"]["text"].as_str().unwrap();
            prop_assert!(!text.contains("<script") && !text.contains("<img"), "{}", text);
            prop_assert!(slide["start_date"]["year"].is_i64());
        }
        let sheet = write(Format::TimelineJsSheet, &export(&record));
        let mut rows = csv::ReaderBuilder::new().from_reader(sheet.as_slice());
        prop_assert_eq!(rows.records().count(), record.events.len() + 1);
        let reading = read(Format::TimelineJsSheet, &sheet, &options()).unwrap();
        prop_assert_eq!(reading.rows.len(), record.events.len());
        for (row, event) in reading.rows.iter().zip(&record.events) {
            let draft = row.draft.as_ref().unwrap();
            prop_assert_eq!(draft.date.earliest().or(draft.date.latest()), event.date.earliest().or(event.date.latest()));
        }
    }

    #[test]
    fn markwhen_has_an_event_a_paragraph(record in record()) {
        let written = String::from_utf8(write(Format::Markwhen, &export(&record))).unwrap();
        // Only a first line begins with a date at the margin; all else is indented.
        let first = written.lines().filter(|line| line.starts_with(|one: char| one.is_ascii_digit()));
        prop_assert_eq!(first.count(), record.events.len(), "{}", written);
        for line in written.lines().skip_while(|line| !line.is_empty()).filter(|line| !line.is_empty()) {
            let is_first = line.starts_with(|one: char| one.is_ascii_digit());
            prop_assert!(is_first || line.starts_with("  ") || line.starts_with("//"), "{}", line);
        }
    }

    #[test]
    fn markwhen_gives_back_what_is_not_listed(record in record()) {
        let reading = back(Format::Markwhen, &record);
        prop_assert_eq!(reading.rows.len(), record.events.len());
        let (about, dispute) = (&reading.about, &record.dispute);
        prop_assert_eq!((&about.title, &about.summary), (&dispute.title, &dispute.summary));
        prop_assert_eq!((&about.question, &about.inclusion_rule), (&dispute.question, &dispute.inclusion_rule));
        prop_assert!(reading.notes.is_empty() && reading.rows.iter().all(|row| row.notes.is_empty()));
        for (draft, event) in drafts(&reading).into_iter().zip(&record.events) {
            let mut expected = Draft::of(&record, event);
            (expected.sequence, expected.due, expected.step_of) = (None, None, None);
            for party in expected.parties.iter_mut().flatten() {
                (party.key, party.role) = (None, None);
            }
            let sources = expected.sources.take().unwrap_or_default().into_iter().map(|source| DraftSource {
                url: source.url,
                title: source.title,
                publisher: source.publisher,
                published: source.published,
                quote: source.quote.map(|quote| Quote::words(quote.exact.replace('\n', " "))),
                ..DraftSource::default()
            });
            expected.sources = Some(sources.collect::<Vec<_>>()).filter(|sources| !sources.is_empty());
            prop_assert_eq!(draft, expected);
        }
    }

    #[test]
    fn what_is_there_is_the_same(record in record()) {
        for format in [Format::Json, Format::Csv, Format::Ics, Format::TimelineJs] {
            let planned = plan(&back(format, &record), &record, &HashMap::new(), "Ada");
            for (row, event) in planned.rows.iter().zip(&record.events) {
                prop_assert_eq!(&row.fate, &Fate::Same(event.id.clone()), "{:?}", format);
            }
            prop_assert!(planned.parties.is_empty() && planned.articles.is_empty());
        }
    }

    #[test]
    fn a_second_import_adds_nothing(record in record()) {
        for format in [Format::Json, Format::Csv, Format::Ics, Format::TimelineJs] {
            let mut empty = Record { parties: vec![], articles: vec![], positions: vec![], events: vec![], ..record.clone() };
            let reading = back(format, &record);
            let first = plan(&reading, &empty, &HashMap::new(), "Ada");
            let known = import(&mut empty, &first);
            let second = plan(&reading, &empty, &known, "Ada");
            prop_assert_eq!(second.to_do().count(), 0, "{:?} {:?}", format, second.rows);
            prop_assert!(second.is_clean());
            prop_assert!(second.parties.is_empty() && second.articles.is_empty());
        }
    }

    #[test]
    fn nothing_panics(bytes in prop::collection::vec(any::<u8>(), 0..400), text in ".{0,200}") {
        for format in Format::ALL {
            let _ = read(*format, &bytes, &options());
            let _ = read(*format, text.as_bytes(), &options());
        }
    }

    #[test]
    fn nothing_panics_on_damaged_files(record in record(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        for format in [Format::Json, Format::Csv, Format::Ics, Format::TimelineJs, Format::TimelineJsSheet, Format::Markwhen] {
            let mut bytes = write(format, &export(&record));
            let at = at.index(bytes.len());
            bytes[at] = byte;
            let _ = read(format, &bytes, &options());
            bytes.truncate(at);
            let _ = read(format, &bytes, &options());
        }
    }
}

/// What a store would do with a plan.
fn import(
    record: &mut Record,
    planned: &impasse_formats::Plan,
) -> HashMap<String, impasse_app::model::id::EventId> {
    for (nth, party) in planned.parties.iter().enumerate() {
        record.parties.push(Party {
            id: format!("n{nth}").into(),
            key: party.key.clone(),
            name: party.name.clone(),
            aliases: party.aliases.clone(),
            kind: party.kind,
            place: 0,
        });
    }
    let mut texts = HashMap::new();
    for (nth, article) in planned.articles.iter().enumerate() {
        let id = impasse_app::model::id::ArticleId(format!("m{nth}"));
        texts.insert(id.clone(), article.text.clone());
        record.articles.push(Article {
            id: id.clone(),
            url: article.url.clone(),
            publisher: article.publisher.clone(),
            title: article.title.clone(),
            byline: article.byline.clone(),
            published: article.published,
            retrieved: moment(),
            hash: String::new(),
            canonical: None,
            modified: None,
            stage: article.stage,
            way: article.way,
            dating: article.dating.clone(),
            origin: id,
        });
    }
    let mut known = HashMap::new();
    for (nth, row) in planned.rows.iter().enumerate() {
        if row.fate != Fate::New {
            continue;
        }
        let (draft, notes) = event_draft(row.draft.as_ref().unwrap(), None, record, &texts);
        assert!(notes.is_empty(), "{notes:?}");
        let id = impasse_app::model::id::EventId(format!("k{nth}"));
        known.insert(row.key.clone(), id.clone());
        let citations = draft.citations.into_iter().enumerate().map(|(at, citation)| Citation {
            id: format!("k{nth}c{at}").into(),
            article: citation.article,
            passage: citation.passage,
            attribution: citation.attribution,
            date: citation.date,
        });
        record.events.push(Event {
            id,
            date: draft.date.unwrap(),
            title: draft.title,
            description: draft.description,
            kind: draft.kind,
            phase: draft.phase,
            importance: draft.importance,
            sequence: draft.sequence,
            due: draft.due,
            step_of: draft.step_of,
            parties: draft.parties,
            citations: citations.collect(),
            version: 1,
            created: moment(),
            updated: moment(),
        });
    }
    // What events say of others comes once all are there.
    let named = |id: &impasse_app::model::id::EventId| known.get(&format!("id:{id}")).cloned();
    for row in &planned.rows {
        let Some(id) = known.get(&row.key).filter(|_| row.fate == Fate::New) else { continue };
        let event = record.events.iter_mut().find(|event| event.id == *id).unwrap();
        event.step_of = row.draft.as_ref().and_then(|draft| draft.step_of.as_ref()).and_then(named);
        let due = row.draft.as_ref().and_then(|draft| draft.due.clone());
        if let Some(Due { state, rule: Some(rule) }) = due {
            let rule = DueRule { base: named(&rule.base).unwrap(), ..rule };
            event.due = Some(Due { state, rule: Some(rule) });
        }
    }
    known
}

fn empty() -> Record {
    Record {
        dispute: Dispute {
            id: "d".into(),
            slug: "lease".to_owned(),
            title: "The lease".to_owned(),
            summary: String::new(),
            question: String::new(),
            status: Status::Open,
            inclusion_rule: String::new(),
            visibility: Visibility::Public,
            takes_suggestions: false,
            version: 1,
            revision: 1,
        },
        parties: vec![],
        articles: vec![],
        positions: vec![],
        events: vec![],
    }
}

fn planned(
    text: &str,
    record: &Record,
    known: &HashMap<String, impasse_app::model::id::EventId>,
) -> impasse_formats::Plan {
    plan(&read(Format::Csv, text.as_bytes(), &options()).unwrap(), record, known, "Ada")
}

fn fates(plan: &impasse_formats::Plan) -> Vec<Fate> {
    plan.rows.iter().map(|row| row.fate.clone()).collect()
}

#[test]
fn each_row_has_its_fate() {
    let mut record = empty();
    let first = "id,date,title\n1,2026-01-09,A\n2,2026-01-10,B\n1,2026-01-09,A\n1,2026-01-11,C\n3,x,D\n";
    let first = planned(first, &record, &HashMap::new());
    assert_eq!(fates(&first), [Fate::New, Fate::New, Fate::Repeated(2), Fate::Wrong, Fate::Wrong]);
    let known = import(&mut record, &first);
    record.events.retain(|event| event.title != "B");
    let again = planned("id,date,title\n1,2026-01-09,A2\n2,2026-01-10,B\n,2026-01-09,a\n", &record, &known);
    assert_eq!(
        fates(&again),
        [Fate::Changed("k0".into(), vec!["title"]), Fate::Deleted("k1".into()), Fate::Wrong]
    );
}

#[test]
fn a_source_without_words_is_named_once() {
    let mut record = empty();
    let text = "date,title,outlet,url\n2026-01-09,A,The Courier,https://e.org/a\n";
    let first = planned(text, &record, &HashMap::new());
    let known = import(&mut record, &first);
    assert_eq!(record.events[0].description, "Source: The Courier, https://e.org/a");
    assert_eq!(fates(&planned(text, &record, &known)), [Fate::Same("k0".into())]);
}

#[test]
fn the_same_words_may_be_cited_twice() {
    let mut record = empty();
    let heading = "date,title,source_1_url,source_1_quote,source_1_attribution,source_2_url,source_2_quote,source_2_attribution";
    let text =
        format!("{heading}\n2026-01-09,A,https://e.org,it ends,unnamed,https://e.org,it ends,document\n");
    let first = planned(&text, &record, &HashMap::new());
    let known = import(&mut record, &first);
    let event = &record.events[0];
    let kinds: Vec<AttributionKind> =
        event.citations.iter().map(|citation| citation.attribution.kind).collect();
    assert_eq!(kinds, [AttributionKind::Unnamed, AttributionKind::Document]);
    let again = planned(&text, &record, &known);
    assert_eq!(fates(&again), [Fate::Same("k0".into())]);
    let (kept, _) = event_draft(again.rows[0].draft.as_ref().unwrap(), Some(event), &record, &HashMap::new());
    assert_eq!(kept, event.clone().into());
}

#[test]
fn timelinejs_of_others_is_read() {
    let file = br##"{
        "title": {"text": {"headline": "A <i>lease</i>", "text": "<p>About it.</p>"}},
        "eras": [{"start_date": {"year": "2020"}, "end_date": {"year": "2021"}}],
        "events": [
            {"start_date": {"year": "2026", "month": "1", "day": "9"}, "text": {"headline": "Memo &amp; more", "text": "One<br>two"},
             "group": "Ministry", "media": {"url": "https://e.org/memo.pdf", "credit": "Herald", "caption": "The memo"}},
            {"start_date": {"year": 2026, "month": 1}, "end_date": {"year": 2026, "month": 3}, "display_date": "early 2026",
             "text": {"headline": "Talks"}, "media": {"url": "<blockquote>We go on.</blockquote>", "credit": "Courier",
             "caption": "<a href='https://e.org/talks'>Talks go on</a>"}},
            {"text": {"headline": "No date"}},
            {"start_date": {"year": "soon"}, "text": {"headline": "No year"}},
            {"start_date": {"year": 2026, "month": 2, "day": 31}, "text": {"headline": "No such day"}}
        ]}"##;
    let reading = read(Format::TimelineJs, file, &options()).unwrap();
    assert_eq!((reading.about.title.as_str(), reading.about.summary.as_str()), ("A lease", "About it."));
    assert_eq!(reading.notes.len(), 1, "the era is spoken of");
    let memo = reading.rows[0].draft.as_ref().unwrap();
    assert_eq!((memo.date.edtf(), memo.title.as_str()), ("2026-01-09", "Memo & more"));
    assert_eq!(memo.description.as_deref(), Some("One\ntwo"));
    assert_eq!(memo.sources.as_ref().unwrap()[0].url.as_deref(), Some("https://e.org/memo.pdf"));
    let talks = reading.rows[1].draft.as_ref().unwrap();
    assert_eq!((talks.date.edtf(), talks.date.printed()), ("2026-01/2026-03", Some("early 2026")));
    let said = &talks.sources.as_ref().unwrap()[0];
    assert_eq!(said.quote.as_ref().unwrap().exact, "We go on.");
    assert_eq!((said.url.as_deref(), said.publisher.as_str()), (Some("https://e.org/talks"), "Courier"));
    assert!(reading.rows[2..].iter().all(|row| row.draft.is_none() && !row.notes.is_empty()));

    let sheet = "Year,Month,Day,Time,End Year,End Month,End Day,End Time,Display Date,Headline,Text,Media,Media Credit,Media Caption,Media Thumbnail,Type,Group,Background\n\
        ,,,,,,,,,A lease,About it.,,,,,title,,\n\
        \"2,026\",1,9,2:30 pm,,,,,,Memo,,,,,,,Ministry,#fff\n\
        2020,,,,2021,,,,,Years,,,,,,era,,\n\
        ,1,,,,,,,,No year,,,,,,,,\n";
    let reading = read(Format::TimelineJsSheet, sheet.as_bytes(), &options()).unwrap();
    assert_eq!(reading.about.title, "A lease");
    assert_eq!(reading.rows.len(), 2);
    assert_eq!(reading.rows[0].draft.as_ref().unwrap().date.edtf(), "2026-01-09T14:30:00");
    assert!(reading.rows[1].draft.is_none());
    let old = "Start Date,End Date,Headline,Tag\n9 January 2026,,Memo,Ministry\n03/04/2026,,Unclear,\n";
    let reading = read(Format::TimelineJsSheet, old.as_bytes(), &options()).unwrap();
    let memo = reading.rows[0].draft.as_ref().unwrap();
    assert_eq!(
        (memo.date.edtf(), memo.parties.as_ref().unwrap()[0].name.as_str()),
        ("2026-01-09", "Ministry")
    );
    assert_eq!(reading.rows[1].notes[0].readings.len(), 2, "what can be read in two ways is asked");
}

#[test]
fn markwhen_of_others_is_read() {
    let text = b"---\ntitle: The lease\ntimezone: America/New_York\n#port: blue\n---\n\n# Before\n// a comment\n2025-09/2026-01: Talks #port\nid: talks\nmood: grim\ntz: -5\nThey went on.\nSee also 12:30 in the log.\n30 people came: all left.\n\n\
        01/09/2026: Memo\nJan 12 2026 - Jan 14 2026: Strike\n2026-02-01/3 weeks: Pause\n2026-03/now: Since then\n2026-13: No such month\nafter !talks 3 weeks: Counted\n9 January 2026 14:30: At a time\n";
    let reading = read(Format::Markwhen, text, &options()).unwrap();
    assert_eq!(reading.about.title, "The lease");
    let told: Vec<(String, String)> = reading
        .rows
        .iter()
        .map(|row| {
            row.draft.as_ref().map_or(("wrong".to_owned(), String::new()), |draft| {
                (draft.date.edtf().to_owned(), draft.title.clone())
            })
        })
        .collect();
    let told: Vec<(&str, &str)> = told.iter().map(|(date, title)| (date.as_str(), title.as_str())).collect();
    assert_eq!(
        told[..5],
        [
            ("2025-09/2026-01", "Talks #port"),
            ("2026-01-09", "Memo"),
            ("2026-01-12/2026-01-14", "Strike"),
            ("2026-02-01/2026-02-21", "Pause"),
            ("2026-03/2026-06-01", "Since then"),
        ]
    );
    assert_eq!((told[5].0, told[6].0), ("wrong", "wrong"), "with a word at the row");
    assert!(reading.rows[6].notes[0].message.contains("counted from another event"));
    let talks = reading.rows[0].draft.as_ref().unwrap();
    assert_eq!(talks.id.as_deref(), Some("talks"));
    assert_eq!(
        talks.description.as_deref(),
        Some("They went on.\nSee also 12:30 in the log.\n30 people came: all left.")
    );
    let noted =
        |notes: &[impasse_formats::Note]| notes.iter().map(|note| note.column.clone()).collect::<Vec<_>>();
    assert_eq!(noted(&reading.rows[0].notes), ["mood", "tz"]);
    assert_eq!(noted(&reading.notes), ["timezone", "", "section"]);
    assert!(reading.notes[2].message.contains("“Before”"));
    assert!(read(Format::Markwhen, b"no event at all", &options()).is_err());
}
