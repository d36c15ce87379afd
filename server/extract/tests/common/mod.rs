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

/// An event that an article tells of, with what else is asked of its candidate.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Kind, phase and date; the first of several dates that an editor would take.
    pub event: Option<Event>,
    /// The dates that an editor would take.
    pub dates: Vec<String>,
    /// Words that one of the quotes holds.
    pub words: String,
    /// Attributions that an editor would take, as kind or kind:count; any when empty.
    pub attributions: Vec<String>,
    /// Keys of parties that have to be among those named.
    pub parties: Vec<String>,
}

impl Wanted {
    fn parse(line: &str) -> Self {
        let mut fields = line.split('|').map(str::trim);
        let mut event = Event::parse(fields.next().unwrap_or_default());
        let dates: Vec<String> = event.edtf.split(',').map(|date| date.replace(";", ",")).collect();
        event.edtf.clone_from(&dates[0]);
        let words = fields.next().unwrap_or_default().to_owned();
        let mut list = || -> Vec<String> {
            let field = fields.next().unwrap_or_default();
            field.split(',').map(|item| item.trim().to_owned()).filter(|item| !item.is_empty()).collect()
        };
        let attributions = list();
        Self { event: Some(event), dates, words, attributions, parties: list() }
    }

    /// Whether the candidate is this event.
    pub fn is(&self, candidate: &Candidate) -> bool {
        let found = Event::of(candidate);
        self.event.as_ref().is_some_and(|event| {
            event.kind.split('/').any(|kind| kind == found.kind) && event.phase == found.phase
        }) && self.dates.contains(&found.edtf)
            && (self.words.is_empty()
                || candidate.quotes.iter().any(|quote| quote.text.contains(&self.words)))
    }

    /// What the candidate has wrong beside its event: the attribution, a party that is missing.
    pub fn faults(&self, candidate: &Candidate) -> Vec<String> {
        let attribution = &candidate.attribution;
        let said = match attribution.count {
            Some(count) => format!("{}:{count}", attribution.kind.as_str()),
            None => attribution.kind.as_str().to_owned(),
        };
        let plain = attribution.kind.as_str().to_owned();
        let mut out = Vec::new();
        if !self.attributions.is_empty()
            && !self.attributions.contains(&said)
            && !self.attributions.contains(&plain)
        {
            out.push(format!("attribution {said} \"{}\"", attribution.wording));
        }
        for party in &self.parties {
            if !candidate.parties.iter().any(|(key, _)| key == party) {
                out.push(format!("no {party}"));
            }
        }
        out
    }
}

/// A sentence or an article with what should be read from it.
#[derive(Clone, Debug, Default)]
pub struct Case {
    /// The events of an article.
    pub wanted: Vec<Wanted>,
    /// The parties of the dispute that an article is about.
    pub parties: Vec<Party>,
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
    let parties = if case.parties.is_empty() { parties() } else { case.parties.clone() };
    let context = Context { published: case.published, parties: &parties, ..Context::default() };
    candidates(&case.text, &context)
}

/// The annotated sentences that the rules were written with.
pub fn cases() -> Vec<Case> {
    sentences_in(&corpus())
}

/// The annotated sentences that were written and kept aside to check the rules with.
pub fn checks() -> Vec<Case> {
    sentences_in(&corpus().join("check"))
}

fn sentences_in(folder: &Path) -> Vec<Case> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("sentences")))
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

/// Sentences with who says so, as kind, count and wording.
pub fn attributions() -> Vec<(String, [String; 3])> {
    let text = std::fs::read_to_string(corpus().join("attributions.txt")).unwrap();
    text.lines()
        .filter_map(|line| line.split_once(" => "))
        .map(|(sentence, gold)| {
            let parts: Vec<String> = gold.splitn(3, ' ').map(str::to_owned).collect();
            let Ok(parts) = parts.try_into() else { panic!("kind, count and wording: {gold}") };
            (sentence.to_owned(), parts)
        })
        .collect()
}

/// The annotated articles that the rules were written with.
pub fn articles() -> Vec<Case> {
    articles_in(&corpus().join("articles"))
}

/// The annotated articles that were written and kept aside to check the rules with.
pub fn check_articles() -> Vec<Case> {
    articles_in(&corpus().join("check"))
}

/// A head of `published`, `party`, `event` and `never` lines, a line of dashes, and the text.
fn articles_in(folder: &Path) -> Vec<Case> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(char::is_numeric))
        })
        .collect();
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
                    case.wanted.push(Wanted::parse(event));
                } else if let Some(word) = line.strip_prefix("never ") {
                    case.never.push(word.to_owned());
                } else if let Some((key, names)) =
                    line.strip_prefix("party ").and_then(|party| party.split_once('='))
                {
                    let mut names = names.split('|').map(str::to_owned);
                    let name = names.next().unwrap();
                    case.parties.push(Party { key: key.to_owned(), name, aliases: names.collect() });
                }
            }
            case
        })
        .collect()
}
