//! Small pages in the styles that sites are built in, each with what must be read from it.

use std::fs;
use std::path::Path;

use impasse_reader::{Dating, Document, Hint, dates, read};
use serde_json::Value;

fn hint(want: &Value) -> Hint<'_> {
    let of = |name: &str| want["hint"][name].as_str();
    Hint {
        content_type: of("content_type"),
        url: of("url"),
        file_name: of("file_name"),
        retrieved: of("retrieved").map(|day| day.parse().expect("a day")),
    }
}

#[test]
fn every_page_is_read_as_it_should_be() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/pages");
    let mut failures = Vec::new();
    let mut pages = 0;
    for entry in fs::read_dir(&folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|ending| ending != "html") {
            continue;
        }
        pages += 1;
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let bytes = fs::read(&path).expect("a page");
        let want = fs::read_to_string(path.with_extension("json")).expect("what is wanted");
        let want: Value = serde_json::from_str(&want).expect("JSON");
        let hint = hint(&want);
        let document = read(&bytes, &hint).unwrap_or_else(|error| panic!("{name}: {error}"));
        check(&name, &want, &document, &mut failures);
        // The quick way and the whole way read the same dates.
        let Dating { published, modified, readings, agreement } = dates(&bytes, &hint);
        let same = (&published, &modified, &readings, agreement)
            == (&document.published, &document.modified, &document.readings, document.agreement);
        if !same {
            failures.push(format!("{name}: `dates` and `read` differ"));
        }
    }
    assert!(pages >= 25, "{pages} pages");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn check(name: &str, want: &Value, document: &Document, failures: &mut Vec<String>) {
    let got = serde_json::to_value(document).expect("JSON");
    let published = document.published.as_ref();
    for (key, wanted) in want.as_object().expect("an object") {
        let found = match key.as_str() {
            "hint" => continue,
            "title" | "byline" | "authors" | "publisher" | "canonical_url" | "language" | "agreement" => {
                got[key].clone()
            }
            "published" => published.map(|reading| reading.day.to_string()).into(),
            "modified" => document.modified.as_ref().map(|reading| reading.day.to_string()).into(),
            "time" => published.and_then(|reading| reading.time.clone()).into(),
            "source" => published.map(|reading| reading.source.to_string()).into(),
            "alternatives" => got["published"]["alternatives"].clone(),
            "warnings" => {
                for warning in wanted.as_array().expect("warnings") {
                    let has = got["warnings"]
                        .as_array()
                        .is_some_and(|all| all.iter().any(|own| own["warning"] == *warning));
                    if !has {
                        failures.push(format!("{name}: no warning {warning} in {}", got["warnings"]));
                    }
                }
                continue;
            }
            "has" | "lacks" => {
                for piece in wanted.as_array().expect("pieces").iter().filter_map(Value::as_str) {
                    if document.text.contains(piece) != (key == "has") {
                        failures.push(format!("{name}: {key} {piece:?} fails in {:?}", document.text));
                    }
                }
                continue;
            }
            other => panic!("{name}: unknown key {other}"),
        };
        if found != *wanted {
            failures.push(format!(
                "{name}: {key} is {found}, wanted {wanted}; readings {:#?}",
                document.readings
            ));
        }
    }
}
