//! Whether what was stored came out as text, read as the programs read it for which each kind of answer is made.

use std::io::{Cursor, Read};

use impasse_tests::{Answer, Page};
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::Value;

/// What no element of any XML that is sent may be called: it would run, load or be drawn from elsewhere.
const FOREIGN: [&str; 16] = [
    "script",
    "img",
    "image",
    "iframe",
    "object",
    "embed",
    "base",
    "style",
    "video",
    "audio",
    "x-hostile",
    "foreignObject",
    "animate",
    "set",
    "handler",
    "b",
];

/// The same of Office Open XML, which has names of its own: fields, chunks of other formats, objects and templates.
const FOREIGN_IN_OFFICE: [&str; 6] =
    ["altChunk", "instrText", "fldSimple", "object", "control", "attachedTemplate"];

/// What iCalendar is written with; anything else was begun by a text that got out of its line.
const CALENDAR: [&str; 26] = [
    "BEGIN",
    "END",
    "VERSION",
    "PRODID",
    "METHOD",
    "CALSCALE",
    "NAME",
    "X-WR-CALNAME",
    "X-WR-CALDESC",
    "DESCRIPTION",
    "SOURCE",
    "REFRESH-INTERVAL",
    "X-PUBLISHED-TTL",
    "UID",
    "DTSTAMP",
    "DTSTART",
    "DTEND",
    "CREATED",
    "LAST-MODIFIED",
    "SEQUENCE",
    "SUMMARY",
    "URL",
    "CATEGORIES",
    "TRANSP",
    "STATUS",
    "X-IMPASSE-EVENT",
];

/// Everything in an answer that is more than text and that the site itself would not write there. The kind of answer
/// says how it is read; one that is not known here is an error, so that a new one is thought of.
pub(crate) fn foreign_markup(path: &str, answer: &Answer) -> Vec<String> {
    let kind = answer.header("content-type").unwrap_or_default();
    match kind.split(';').next().unwrap_or_default().trim() {
        "text/html" => answer.page().foreign_markup(),
        "application/atom+xml" | "image/svg+xml" | "text/xml" | "text/x-opml" | "text/x-opml+xml" => {
            xml(&answer.text())
        }
        "application/json" | "application/feed+json" | "application/problem+json" => {
            json(path, &answer.json())
        }
        "application/x-ndjson" => {
            let lines = answer.text();
            let values = lines.lines().map(|line| serde_json::from_str(line).expect("a line of JSON"));
            values.flat_map(|value: Value| json(path, &value)).collect()
        }
        "text/calendar" => calendar(&answer.text()),
        "text/markdown" => markdown(&answer.text()),
        "text/csv" => table(path, &answer.body),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => word(&answer.body),
        // Names and numbers; nothing that anybody wrote.
        "application/openmetrics-text" => {
            let text = answer.text();
            text.lines().filter(|line| line.contains(['<', '&'])).map(str::to_owned).collect()
        }
        // No program takes markup or commands out of these.
        "text/plain" | "image/png" | "application/pdf" | "text/event-stream" => Vec::new(),
        // The answers without a body.
        "" if answer.body.is_empty() => Vec::new(),
        _ => panic!("{path} is {kind:?}, and this test does not know how that is read"),
    }
}

/// XML of any kind. Whatever declares entities is refused by the parser.
fn xml(text: &str) -> Vec<String> {
    let document = match roxmltree::Document::parse(text) {
        Ok(document) => document,
        Err(error) => return vec![format!("{error} in {text}")],
    };
    let mut found = Vec::new();
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        let name = node.tag_name().name();
        let is_office = node.tag_name().namespace().is_some_and(|space| space.contains("openxmlformats"));
        let foreign = if is_office { FOREIGN_IN_OFFICE.as_slice() } else { FOREIGN.as_slice() };
        if foreign.contains(&name) {
            found.push(format!("<{name}>"));
        }
        for attribute in node.attributes() {
            let leads = ["href", "src", "xmlUrl", "htmlUrl", "Target", "url"].contains(&attribute.name());
            if attribute.name().starts_with("on") || (leads && !is_harmless(attribute.value())) {
                found.push(format!("<{name} {}={:?}>", attribute.name(), attribute.value()));
            }
        }
        // What a feed says is HTML, its readers draw as HTML.
        if node.attribute("type") == Some("html") {
            found.extend(Page::new(node.text().unwrap_or_default()).foreign_markup());
        }
    }
    found
}

/// Whether an address does nothing but lead somewhere.
fn is_harmless(address: &str) -> bool {
    match address.split_once(':') {
        Some((scheme, _)) if scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c)) => {
            ["http", "https", "webcal"].contains(&scheme.to_ascii_lowercase().as_str())
        }
        _ => true,
    }
}

/// JSON is only text, but for what its readers draw as HTML: all of TimelineJS, and two fields by their names.
fn json(path: &str, value: &Value) -> Vec<String> {
    match value {
        Value::String(text) if path.contains("timelinejs") => Page::new(text).foreign_markup(),
        Value::Array(values) => values.iter().flat_map(|value| json(path, value)).collect(),
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(name, value)| match (name.as_str(), value) {
                ("content_html", Value::String(text)) => Page::new(text).foreign_markup(),
                ("html", Value::String(text)) => framed(text),
                // What is ours alone TimelineJS passes over.
                (name, _) if name.starts_with("x_") => Vec::new(),
                _ => json(path, value),
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// What is given to be pasted into a page elsewhere: a frame of ours with the script that lets it grow, or HTML of which
/// nothing runs.
pub(crate) fn framed(html: &str) -> Vec<String> {
    let page = Page::new(html);
    let sources: Vec<String> =
        ["iframe", "script"].iter().flat_map(|name| page.attributes(name, "src")).collect();
    let foreign = page.foreign_markup();
    let is_ours = match sources.as_slice() {
        [frame, script] => frame.starts_with("http://127.0.0.1:") && script.ends_with("/embed.js"),
        _ => false,
    };
    if is_ours && foreign.len() == 2 { Vec::new() } else { foreign }
}

fn calendar(text: &str) -> Vec<String> {
    let unfolded = text.replace("\r\n ", "").replace("\r\n\t", "");
    let lines = unfolded.split("\r\n").filter(|line| !line.is_empty());
    lines
        .filter(|line| {
            let (name, value) = line.split_once([':', ';']).unwrap_or((line, ""));
            !CALENDAR.contains(&name) || (name == "BEGIN" && !["VCALENDAR", "VEVENT"].contains(&value))
        })
        .map(str::to_owned)
        .collect()
}

/// Markdown with the extensions that its usual readers have.
fn markdown(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for event in Parser::new_ext(text, Options::all()) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => found.push(html.into_string()),
            Event::InlineMath(math) | Event::DisplayMath(math) => found.push(math.into_string()),
            Event::Start(Tag::Image { dest_url, .. }) => found.push(format!("![]({dest_url})")),
            Event::Start(Tag::Link { dest_url, .. })
                if !is_harmless(&dest_url) || dest_url.contains("evil.example") =>
            {
                found.push(format!("[]({dest_url})"));
            }
            _ => {}
        }
    }
    found
}

/// Cells that a spreadsheet would take for formulas; and TimelineJS draws what it finds in its own as HTML.
fn table(path: &str, bytes: &[u8]) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(Cursor::new(bytes));
    let mut found = Vec::new();
    for record in reader.records() {
        for cell in record.expect("a row of CSV").iter() {
            let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
            if is_formula && cell.parse::<i64>().is_err() {
                found.push(cell.to_owned());
            }
            if path.contains("timelinejs") {
                found.extend(Page::new(cell).foreign_markup());
            }
        }
    }
    found
}

fn word(bytes: &[u8]) -> Vec<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a ZIP archive");
    let mut found = Vec::new();
    for at in 0..archive.len() {
        let mut part = String::new();
        archive.by_index(at).expect("a part").read_to_string(&mut part).expect("a part in UTF-8");
        found.extend(xml(&part));
    }
    found
}
