//! The addresses of the site, read from the sources that define them, so that one that is added is tested too.

use std::fs;
use std::path::Path;

/// Where pages and handlers are: whatever is sent to the site goes to one of these. A parameter is written `{slug}`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    /// The method.
    pub method: &'static str,
    /// The path.
    pub path: String,
}

impl Address {
    /// The path with its parameters filled in.
    pub fn fill(&self, of: impl Fn(&str) -> String) -> String {
        let parts = self.path.split('/').map(|part| match part.strip_prefix('{') {
            // An ending may follow.
            Some(rest) => match rest.split_once('}') {
                Some((name, ending)) => of(name) + ending,
                None => of(rest),
            },
            None => part.to_owned(),
        });
        parts.collect::<Vec<_>>().join("/")
    }
}

/// Answers that go on for as long as somebody reads them.
pub const ENDLESS: [&str; 2] = ["/d/{slug}/work/stream", "/d/{slug}/live"];

/// All addresses, those of pages and those of forms, but for the endless ones.
pub fn all() -> Vec<Address> {
    let mut addresses = routes();
    addresses.extend(pages());
    let all = addresses.len();
    addresses.retain(|address| !ENDLESS.contains(&address.path.as_str()));
    assert_eq!(all - addresses.len(), ENDLESS.len(), "endless addresses are named in another way");
    addresses.sort();
    addresses.dedup();
    let has = |method: &str, path: &str| {
        addresses.iter().any(|address| address.method == method && address.path == path)
    };
    assert!(
        has("GET", "/d/{slug}") && has("GET", "/healthz") && has("POST", "/d/{slug}/events/{id}/edit"),
        "the sources name their addresses in another way than they did: {addresses:?}"
    );
    addresses
}

/// The views as files: a name with an ending, which the router takes for a slug, by the formats that there are.
pub fn files() -> Vec<Address> {
    let formats = source("server/formats/src/format.rs");
    let endings = formats.split("fn extension(self)").nth(1).and_then(|rest| rest.split("fn ").next());
    let mut endings: Vec<&str> =
        endings.expect("the endings of formats").split('"').skip(1).step_by(2).collect();
    assert!(
        endings.len() > 8 && endings.contains(&"docx"),
        "the endings are named in another way: {endings:?}"
    );
    let drawn = source("server/src/web/files.rs");
    let before: Vec<&str> = drawn.split(" => return pictures::").collect();
    let before = before.split_last().map(|(_, before)| before).unwrap_or_default();
    let pictures: Vec<&str> = before.iter().filter_map(|text| text.rsplit('"').nth(1)).collect();
    assert!(pictures.contains(&"svg") && pictures.contains(&"pdf"), "{pictures:?}");
    endings.extend(pictures);
    // What its programs know by its name has one of its own, which the router has.
    endings.retain(|ending| !ending.starts_with("timelinejs") && *ending != "mw");
    let mut found: Vec<Address> = endings
        .iter()
        .map(|ending| Address { method: "GET", path: format!("/d/{{slug}}.{ending}") })
        .collect();
    found.extend(all().into_iter().filter(|address| address.path.starts_with("/d/{slug}/timeline")));
    found
}

/// The calls of the API, by its document.
pub fn api() -> Vec<Address> {
    let document: serde_json::Value =
        serde_json::from_str(&source("server/tests/openapi.json")).expect("the API's document");
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
            if item.get(method.to_ascii_lowercase()).is_some() {
                found.push(Address { method, path: path.clone() });
            }
        }
    }
    for path in ["/api", "/api/openapi.json"] {
        found.push(Address { method: "GET", path: path.to_owned() });
    }
    assert!(found.len() > 50, "{found:?}");
    found
}

/// Those that take forms.
pub fn forms() -> Vec<Address> {
    all().into_iter().filter(|address| address.method == "POST").collect()
}

fn source(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What is given to `Router::route`.
fn routes() -> Vec<Address> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/src/web");
    let files = fs::read_dir(folder).expect("the handlers' sources");
    let mut addresses = Vec::new();
    for file in files.flatten().filter(|file| file.path().extension().is_some_and(|end| end == "rs")) {
        let text = fs::read_to_string(file.path()).expect("a source");
        for route in text.split(".route(").skip(1) {
            let mut quoted = route.trim_start().splitn(3, '"');
            let (Some(""), Some(path), Some(rest)) = (quoted.next(), quoted.next(), quoted.next()) else {
                continue;
            };
            let handlers = rest.split(".route(").next().unwrap_or_default().split('\n').take(4);
            let handlers: String = handlers.collect();
            let handlers = handlers.split(").").take(2).collect::<Vec<_>>().join(".");
            for (word, method) in [("get(", "GET"), ("post(", "POST"), ("put(", "PUT"), ("delete(", "DELETE")]
            {
                let called =
                    |found: &str| !found.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
                let found = handlers
                    .match_indices(word)
                    .any(|(at, _)| called(handlers.get(..at).unwrap_or_default()));
                if found {
                    addresses.push(Address { method, path: path.to_owned() });
                }
            }
        }
    }
    addresses
}

/// The table of pages: `["d", slug, "edit"] => …`.
fn pages() -> Vec<Address> {
    let text = source("app/src/pages/mod.rs");
    let table = text.split("match parts.as_slice()").nth(1).expect("the table of pages");
    let patterns = table.lines().filter_map(|line| line.trim().strip_prefix('[')?.split(']').next());
    patterns
        .map(|pattern| {
            let parts = pattern.split(',').map(str::trim).filter(|part| !part.is_empty());
            let parts = parts.map(|part| match part.strip_prefix('"') {
                Some(fixed) => fixed.trim_end_matches('"').to_owned(),
                None => format!("{{{}}}", part.trim_start_matches('_')),
            });
            Address { method: "GET", path: format!("/{}", parts.collect::<Vec<_>>().join("/")) }
        })
        .collect()
}
