//! Catalogues and sources agree: every identifier that sources name is in English, every message of English is named,
//! their arguments and marks are the same, and other catalogues have nothing that English has not.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy takes only functions marked as tests for tests"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use impasse_app::t;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

/// What a message is given, and what marks its words have.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Needs {
    arguments: BTreeSet<String>,
    marks: BTreeSet<String>,
}

fn below(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(below(&path, ending));
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

// --- catalogues ---

fn needs_of(pattern: &Pattern<String>, needs: &mut Needs) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => needs.marks.extend(marks(value)),
            PatternElement::Placeable { expression: Expression::Inline(inline) } => argument(inline, needs),
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                argument(selector, needs);
                for variant in variants {
                    needs_of(&variant.value, needs);
                }
            }
        }
    }
}

fn argument(expression: &InlineExpression<String>, needs: &mut Needs) {
    match expression {
        InlineExpression::VariableReference { id } => {
            needs.arguments.insert(id.name.clone());
        }
        InlineExpression::StringLiteral { .. } => {}
        other => panic!("{other:?} is not among what catalogues here are made of"),
    }
}

/// The names of marks that begin in a text.
fn marks(text: &str) -> Vec<String> {
    text.split('<')
        .skip(1)
        .filter_map(|rest| rest.split_once('>'))
        .map(|(name, _)| name.trim_end_matches('/').to_owned())
        .filter(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase()))
        .collect()
}

/// Every message of a locale.
fn catalogue(locale: &str) -> BTreeMap<String, Needs> {
    let mut messages = BTreeMap::new();
    for file in below(&here().join("locales").join(locale), "ftl") {
        let text = std::fs::read_to_string(&file).unwrap();
        let parsed =
            fluent_syntax::parser::parse(text).unwrap_or_else(|(_, errors)| panic!("{file:?}: {errors:?}"));
        for entry in parsed.body {
            if let Entry::Message(message) = entry {
                assert!(message.attributes.is_empty(), "{}: attributes are not looked for", message.id.name);
                let mut needs = Needs::default();
                needs_of(&message.value.expect("a message has words"), &mut needs);
                let before = messages.insert(message.id.name.clone(), needs);
                assert!(before.is_none(), "{} is there twice", message.id.name);
            }
        }
    }
    messages
}

// --- sources ---

/// Source text without comments, and without the tests at its end.
fn code(text: &str) -> String {
    let text = text.split_once("#[cfg(test)]\nmod tests").map_or(text, |(code, _)| code);
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// What stands between a bracket and the one that closes it, in pieces between commas and semicolons; each piece with
/// the sign that ends it.
fn pieces(text: &str) -> Vec<(String, char)> {
    let mut pieces = Vec::new();
    let (mut depth, mut piece) = (0, String::new());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => {
                piece.push('"');
                while let Some(letter) = letters.next() {
                    piece.push(letter);
                    match letter {
                        '\\' => piece.extend(letters.next()),
                        '"' => break,
                        _ => {}
                    }
                }
                continue;
            }
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => {
                pieces.push((piece.trim().to_owned(), letter));
                return pieces;
            }
            ')' | ']' | '}' => depth -= 1,
            ',' | ';' if depth == 0 => {
                pieces.push((std::mem::take(&mut piece).trim().to_owned(), letter));
                continue;
            }
            _ => {}
        }
        piece.push(letter);
    }
    panic!("a bracket is not closed after {piece}");
}

fn names(pieces: &[(String, char)]) -> BTreeSet<String> {
    pieces.iter().filter_map(|(piece, _)| piece.split_once(" = ")).map(|(name, _)| name.to_owned()).collect()
}

/// Every use of a message: where, which, and what it is given.
fn uses() -> Vec<(String, String, Needs)> {
    let mut found = Vec::new();
    let folders = [here().join("src"), here().join("../server/src"), here().join("../server/formats/src")];
    for file in folders.iter().flat_map(|folder| below(folder, "rs")) {
        let text = code(&std::fs::read_to_string(&file).unwrap());
        let place = file.strip_prefix(here()).unwrap().display().to_string();
        if place.starts_with("src/texts/mod.rs") {
            continue;
        }
        for opening in ["t!(", "marked!(", "unless_english("] {
            for (at, _) in text.match_indices(opening) {
                let is_word = text[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_');
                if is_word {
                    continue;
                }
                let pieces = pieces(&text[at + opening.len()..]);
                let Some(id) = pieces[0].0.strip_prefix('"').and_then(|id| id.strip_suffix('"')) else {
                    continue;
                };
                let given = pieces.iter().position(|(_, end)| *end == ';').map_or(pieces.len(), |at| at + 1);
                let needs =
                    Needs { arguments: names(&pieces[1..given.max(1)]), marks: names(&pieces[given..]) };
                found.push((place.clone(), id.to_owned(), needs));
            }
        }
        for (_, rest) in text.match_indices("choices! {").map(|(at, _)| text.split_at(at)) {
            let (_, words) = rest.split_once(" in \"").expect("a vocabulary has words");
            let (words, values) = words.split_once("\" {").unwrap();
            for value in values.split('}').next().unwrap().lines() {
                if let Some((_, key)) = value.trim().split_once(" = \"") {
                    let id = format!("{words}-{}", key.trim_end_matches("\";"));
                    found.push((place.clone(), id, Needs::default()));
                }
            }
        }
    }
    found
}

/// The messages that `texts/drawing.rs` makes its line of.
fn drawn() -> BTreeSet<String> {
    let text = code(&std::fs::read_to_string(here().join("src/texts/drawing.rs")).unwrap());
    let mut ids: BTreeSet<String> = text.split('"').skip(1).step_by(2).map(str::to_owned).collect();
    for (name, last) in [("month", 12), ("month-short", 12), ("weekday-short", 7)] {
        ids.extend((1..=last).map(|number| format!("{name}-{number}")));
    }
    ids
}

#[test]
fn sources_and_english_agree() {
    let english = catalogue("en");
    let uses = uses();
    assert!(uses.len() > 1_000, "{} uses were found", uses.len());
    let mut wrong = Vec::new();
    for (place, id, given) in &uses {
        match english.get(id) {
            None => wrong.push(format!("{place}: there is no message {id}")),
            Some(needs) if needs != given => {
                wrong.push(format!("{place}: {id} needs {needs:?}, given {given:?}"));
            }
            Some(_) => {}
        }
    }
    let mut named = drawn();
    named.extend(uses.into_iter().map(|(_, id, _)| id));
    wrong.extend(english.keys().filter(|id| !named.contains(*id)).map(|id| format!("{id} is not used")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn other_catalogues_have_nothing_that_english_has_not() {
    let english = catalogue("en");
    let locales: Vec<String> = std::fs::read_dir(here().join("locales"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|locale| locale != "en")
        .collect();
    assert!(locales.iter().any(|locale| locale == "en-US"));
    for locale in locales {
        for (id, needs) in catalogue(&locale) {
            let known = english.get(&id).unwrap_or_else(|| panic!("{locale}: {id} is not in English"));
            assert!(needs.arguments.is_subset(&known.arguments), "{locale}: {id} {needs:?}");
            assert!(needs.marks.is_subset(&known.marks), "{locale}: {id} {needs:?}");
        }
    }
}

#[test]
fn scripts_say_the_same_in_english() {
    let script = |name: &str| std::fs::read_to_string(here().join(name)).unwrap();
    let live = script("live.js");
    for words in [
        t!("live-added-one", count = "#").as_str(),
        &t!("live-added-other", count = "#"),
        &t!("live-changed-one", count = "#"),
        &t!("live-changed-other", count = "#"),
        &t!("live-removed-one", count = "#"),
        &t!("live-removed-other", count = "#"),
        t!("live-dispute-changed"),
        t!("live-not-announced"),
        t!("live-announced"),
        t!("live-announce"),
        t!("live-do-not-announce"),
    ] {
        assert!(live.contains(&format!("\"{words}\"")), "{words}");
    }
    assert!(script("browser.js").contains(&format!("?? \"{}\"", t!("part-copied"))));
}
