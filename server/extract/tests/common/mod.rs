//! Reads the corpus. The format is described at the head of each of its files.
#![allow(dead_code, reason = "each test uses a part of it")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in helpers as well")]

use std::path::{Path, PathBuf};

use impasse_extract::{Candidate, Context, Date, Extraction, Party, candidates};

/// An event as the corpus writes it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event {
    pub kind: String,
    pub phase: String,
    pub edtf: String,
}

impl Event {
    pub fn of(candidate: &Candidate) -> Self {
        Self {
            kind: candidate.kind.as_str().to_owned(),
            phase: candidate.phase.as_str().to_owned(),
            edtf: candidate.edtf.clone().unwrap_or_else(|| "-".to_owned()),
        }
    }

    fn parse(text: &str) -> Self {
        let parts: Vec<&str> = text.split_whitespace().collect();
        let [kind, phase, edtf] = parts[..] else { panic!("an event is kind, phase and date: {text}") };
        Self { kind: kind.to_owned(), phase: phase.to_owned(), edtf: edtf.to_owned() }
    }
}

/// A sentence or an article with what should be read from it.
#[derive(Clone, Debug, Default)]
pub struct Case {
    pub name: String,
    pub text: String,
    pub published: Option<Date>,
    pub timexes: Vec<(String, String)>,
    pub events: Vec<Event>,
    /// Words that no quote of a candidate may hold.
    pub never: Vec<String>,
    /// Whether the sentence is filed under what may or will happen.
    pub coming: bool,
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// The parties of the made-up disputes that the corpus is about.
pub fn parties() -> Vec<Party> {
    let party = |key: &str, name: &str, aliases: &[&str]| Party {
        key: key.to_owned(),
        name: name.to_owned(),
        aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
    };
    vec![
        party("northwind", "Northwind Robotics", &["Northwind"]),
        party("ministry", "Ministry of Transport", &["Transport Ministry", "the ministry"]),
        party("union", "Dockworkers Union", &["the union"]),
        party("agency", "Water Quality Agency", &["WQA"]),
    ]
}

/// What is read from a case.
pub fn extract_case(case: &Case) -> Extraction {
    let parties = parties();
    let context = Context { published: case.published, parties: &parties, ..Context::default() };
    candidates(&case.text, &context)
}

/// All annotated sentences.
pub fn cases() -> Vec<Case> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(corpus())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    files.into_iter().flat_map(|file| read_cases(&file)).collect()
}

/// The annotated sentences of one file of the corpus.
pub fn cases_of(file: &str) -> Vec<Case> {
    read_cases(&corpus().join(file))
}

fn read_cases(file: &Path) -> Vec<Case> {
    let mut out = Vec::new();
    let mut published = None;
    let mut coming = false;
    for line in std::fs::read_to_string(file).unwrap().lines() {
        if let Some(day) = line.strip_prefix("published ") {
            published = Date::parse(day);
        } else if let Some(heading) = line.strip_prefix("# ") {
            coming = heading.contains("coming") || heading.contains("may ");
        } else if !line.is_empty() {
            out.push(Case { published, coming, ..sentence(line) });
        }
    }
    out
}

fn sentence(line: &str) -> Case {
    let (marked, events) = line.split_once(" => ").unwrap_or_else(|| panic!("no events: {line}"));
    let mut case = Case { name: line.to_owned(), ..Case::default() };
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('{') {
        let (inside, tail) = after.split_once('}').unwrap();
        let (words, value) = inside.split_once('|').unwrap();
        case.text.push_str(before);
        case.text.push_str(words);
        case.timexes.push((words.to_owned(), value.to_owned()));
        rest = tail;
    }
    case.text.push_str(rest);
    case.events = if events == "none" { Vec::new() } else { events.split("; ").map(Event::parse).collect() };
    case
}

/// All annotated articles: a head of `published`, `event` and `never` lines, a line of dashes, and the text.
pub fn articles() -> Vec<Case> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(corpus().join("articles")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
        .into_iter()
        .map(|file| {
            let whole = std::fs::read_to_string(&file).unwrap();
            let (head, text) = whole.split_once("\n----\n").unwrap();
            let mut case = Case { text: text.to_owned(), ..Case::default() };
            case.name = file.file_name().unwrap().to_string_lossy().into_owned();
            for line in head.lines() {
                if let Some(day) = line.strip_prefix("published ") {
                    case.published = Date::parse(day);
                } else if let Some(event) = line.strip_prefix("event ") {
                    case.events.push(Event::parse(event));
                } else if let Some(word) = line.strip_prefix("never ") {
                    case.never.push(word.to_owned());
                }
            }
            case
        })
        .collect()
}
