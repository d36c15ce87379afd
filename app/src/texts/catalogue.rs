//! The catalogues, read once.

use std::cell::Cell;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{LazyLock, OnceLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use super::drawing;

/// What a message is given.
pub type Value<'a> = FluentValue<'a>;

/// What a message can be given: text, and whole numbers.
pub trait Argument {
    /// The same for the message.
    fn value(&self) -> Value<'_>;
}

impl Argument for str {
    fn value(&self) -> Value<'_> {
        Value::String(self.into())
    }
}

impl Argument for String {
    fn value(&self) -> Value<'_> {
        self.as_str().value()
    }
}

impl<T: Argument + ?Sized> Argument for &T {
    fn value(&self) -> Value<'_> {
        (**self).value()
    }
}

macro_rules! numbers {
    ($($number:ty),+) => {
        $(impl Argument for $number {
            fn value(&self) -> Value<'_> {
                Value::from(*self)
            }
        })+
    };
}

numbers!(u16, u32, u64, usize, i32, i64);

/// The catalogues that are part of the program: the locale, and its files.
const CATALOGUES: &[(&str, &[(&str, &str)])] = &[("en", ENGLISH), ("en-US", AMERICAN)];

macro_rules! files {
    ($locale:literal: $($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../locales/", $locale, "/", $name, ".ftl")))),+]
    };
}

const ENGLISH: &[(&str, &str)] = files!["en": "admin", "answers", "choices", "dates", "dispute", "event", "feeds", "files", "forms", "history", "import", "inbox", "people", "search", "share", "site", "sources", "timeline"];

const AMERICAN: &[(&str, &str)] = files!["en-US": "dates"];

/// Why a locale cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum LocaleError {
    /// Its name is no language tag.
    #[error("{0} is not a language tag, such as en or pt-BR")]
    Tag(String),
    /// There is no catalogue of it.
    #[error("there is no catalogue for {0}; there are {1}, and a folder of others can be given as locales")]
    Unknown(String, String),
    /// A file of it cannot be read.
    #[error("{0} cannot be read: {1}")]
    File(String, std::io::Error),
    /// A file of it is not in Fluent's syntax, or says something twice.
    #[error("{0} is not a catalogue: {1}")]
    Syntax(String, String),
    /// Another locale was chosen before.
    #[error("the locale was chosen already")]
    Chosen,
}

/// The texts of one locale.
pub(super) struct Texts {
    locale: String,
    /// Those without arguments, ready.
    plain: HashMap<&'static str, &'static str>,
    /// Catalogues in the order in which a message is looked for.
    bundles: Vec<FluentBundle<FluentResource>>,
    /// The words of the drawing and of dates, as a line and one by one.
    drawing: &'static str,
    drawing_words: Vec<&'static str>,
}

static SITE: OnceLock<Texts> = OnceLock::new();

static ENGLISH_TEXTS: LazyLock<Texts> = LazyLock::new(|| {
    let own = bundle("en", ENGLISH.iter().map(|(name, text)| (*name, (*text).to_owned())));
    Texts::new("en", own.into_iter().collect())
});

thread_local! {
    static IN_ENGLISH: Cell<bool> = const { Cell::new(false) };
}

/// The texts in force.
pub(super) fn current() -> &'static Texts {
    SITE.get().filter(|_| !IN_ENGLISH.get()).unwrap_or(&ENGLISH_TEXTS)
}

/// Chooses the site's locale, once and before anything is shown. `folder` holds further catalogues, a folder each.
///
/// # Errors
/// When there is no such catalogue, or when it is not one.
pub fn choose(locale: &str, folder: Option<&Path>) -> Result<(), LocaleError> {
    let texts = read(locale, folder)?;
    SITE.set(texts).map_err(|_| LocaleError::Chosen)
}

fn read(locale: &str, folder: Option<&Path>) -> Result<Texts, LocaleError> {
    if locale.parse::<unic_langid::LanguageIdentifier>().is_err() {
        return Err(LocaleError::Tag(locale.to_owned()));
    }
    let files = |locale: &str| files_of(locale, folder);
    let Some(own) = files(locale)? else {
        let known: Vec<&str> = CATALOGUES.iter().map(|(name, _)| *name).collect();
        return Err(LocaleError::Unknown(locale.to_owned(), known.join(", ")));
    };
    let mut bundles = vec![bundle(locale, own)?];
    // What a region leaves out is said as in its language, and then in English.
    if let Some((language, _)) = locale.split_once('-').filter(|(language, _)| *language != "en")
        && let Some(files) = files(language)?
    {
        bundles.push(bundle(language, files)?);
    }
    if locale != "en" {
        bundles.push(bundle("en", ENGLISH.iter().map(|(name, text)| (*name, (*text).to_owned())))?);
    }
    Ok(Texts::new(locale, bundles))
}

/// Names and texts of the files of a catalogue, if there is one.
fn files_of(locale: &str, folder: Option<&Path>) -> Result<Option<Vec<(String, String)>>, LocaleError> {
    let failed = |path: &Path| {
        let path = path.display().to_string();
        |error| LocaleError::File(path, error)
    };
    if let Some(own) = folder.map(|folder| folder.join(locale)).filter(|own| own.is_dir()) {
        let mut files = Vec::new();
        for entry in std::fs::read_dir(&own).map_err(failed(&own))? {
            let path = entry.map_err(failed(&own))?.path();
            if path.extension().is_some_and(|extension| extension == "ftl") {
                let text = std::fs::read_to_string(&path).map_err(failed(&path))?;
                files.push((path.display().to_string(), text));
            }
        }
        files.sort();
        return Ok(Some(files));
    }
    let own = CATALOGUES.iter().find(|(name, _)| *name == locale);
    Ok(own.map(|(_, files)| {
        files.iter().map(|(name, text)| (format!("{locale}/{name}.ftl"), (*text).to_owned())).collect()
    }))
}

fn bundle(
    locale: &str,
    files: impl IntoIterator<Item = (impl Into<String>, String)>,
) -> Result<FluentBundle<FluentResource>, LocaleError> {
    let tag = locale.parse().map_err(|_| LocaleError::Tag(locale.to_owned()))?;
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // Marks of direction around arguments would stand in every name, title and attribute; a catalogue of a language
    // that is written from right to left can set them where it needs them.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(number) if number.value.fract() == 0.0 && number.value >= 0.0 => {
            Some(crate::timeline::count::grouped(number.value as usize))
        }
        _ => None,
    }));
    for (name, text) in files {
        let name = name.into();
        let resource = FluentResource::try_new(text).map_err(|(_, errors)| {
            let words: Vec<String> = errors.iter().map(ToString::to_string).collect();
            LocaleError::Syntax(name.clone(), words.join("; "))
        })?;
        bundle.add_resource(resource).map_err(|errors| {
            let words: Vec<String> = errors.iter().map(ToString::to_string).collect();
            LocaleError::Syntax(name.clone(), words.join("; "))
        })?;
    }
    Ok(bundle)
}

impl Texts {
    fn new(locale: &str, bundles: Vec<FluentBundle<FluentResource>>) -> Self {
        let mut texts = Self {
            locale: locale.to_owned(),
            plain: HashMap::new(),
            bundles,
            drawing: "",
            drawing_words: Vec::new(),
        };
        for id in ENGLISH.iter().flat_map(|(_, text)| text.lines()).filter_map(identifier) {
            if let Some(words) = texts.message(id, None) {
                texts.plain.insert(id, Box::leak(words.into_boxed_str()));
            }
        }
        let drawing = drawing::table(
            |id| texts.plain.get(id).copied().unwrap_or_default().to_owned(),
            |id, arguments| texts.filled(id, arguments),
        );
        texts.drawing = Box::leak(drawing.into_boxed_str());
        texts.drawing_words = texts.drawing.split('|').collect();
        texts
    }

    /// A message without an error; none where there is one, such as an argument that is not given.
    fn message(&self, id: &str, arguments: Option<&FluentArgs<'_>>) -> Option<String> {
        let (bundle, message) =
            self.bundles.iter().find_map(|bundle| Some((bundle, bundle.get_message(id)?)))?;
        let mut errors = Vec::new();
        let text = bundle.format_pattern(message.value()?, arguments, &mut errors);
        errors.is_empty().then(|| text.into_owned())
    }

    fn filled(&self, id: &str, arguments: &[(&'static str, FluentValue<'_>)]) -> String {
        let mut given = FluentArgs::with_capacity(arguments.len());
        for (name, value) in arguments {
            given.set(*name, value.clone());
        }
        self.message(id, Some(&given)).unwrap_or_else(|| id.to_owned())
    }
}

/// The identifier that a line of a catalogue begins a message with.
fn identifier(line: &str) -> Option<&str> {
    let (name, _) = line.split_once('=')?;
    let name = name.trim_end();
    name.starts_with(|first: char| first.is_ascii_lowercase()).then_some(name)
}

/// The site's locale, as HTML names it.
pub fn locale() -> &'static str {
    &current().locale
}

/// The words of the drawing, for a page whose script would say them in English.
pub fn drawing_line() -> Option<&'static str> {
    Some(current().drawing).filter(|line| *line != drawing::ENGLISH)
}

pub(super) fn drawing_word(at: usize) -> &'static str {
    current().drawing_words.get(at).copied().unwrap_or_default()
}

/// The text of a message without arguments; see [`crate::t!`].
pub fn text(id: &'static str) -> &'static str {
    let found = current().plain.get(id).copied();
    debug_assert!(found.is_some(), "no message {id} that needs no arguments");
    found.unwrap_or(id)
}

/// The same where it is not what English says, for a script that has the English text by itself.
pub fn unless_english(id: &'static str) -> Option<&'static str> {
    Some(text(id)).filter(|text| ENGLISH_TEXTS.plain.get(id) != Some(text))
}

/// The text of a message with arguments; see [`crate::t!`].
pub fn filled(id: &'static str, arguments: &[(&'static str, Value<'_>)]) -> String {
    current().filled(id, arguments)
}

/// Several things of which one is meant: “a or b or c”.
pub fn any_of(parts: impl IntoIterator<Item = impl Into<String>>) -> String {
    let join = |one: String, other: String| crate::t!("list-or", one = one, other = other);
    parts.into_iter().map(Into::into).reduce(join).unwrap_or_default()
}

/// Several things that are all meant: “a and b and c”.
pub fn all_of(parts: impl IntoIterator<Item = impl Into<String>>) -> String {
    let join = |one: String, other: String| crate::t!("list-and", one = one, other = other);
    parts.into_iter().map(Into::into).reduce(join).unwrap_or_default()
}

/// What is said within is said in English, whatever the site's locale: exports and what else programs read.
pub fn in_english<T>(work: impl FnOnce() -> T) -> T {
    let before = IN_ENGLISH.replace(true);
    let done = work();
    IN_ENGLISH.set(before);
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_read() {
        let locales = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
        for (locale, files) in CATALOGUES {
            let mut there: Vec<String> = std::fs::read_dir(locales.join(locale))
                .unwrap()
                .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
                .collect();
            there.sort();
            assert_eq!(files.iter().map(|(name, _)| *name).collect::<Vec<_>>(), there, "{locale}");
            assert!(read(locale, None).is_ok(), "{locale}");
        }
        assert_eq!(std::fs::read_dir(locales).unwrap().count(), CATALOGUES.len());
    }

    #[test]
    fn the_browser_says_the_same() {
        assert_eq!(current().drawing, drawing::ENGLISH);
        assert_eq!(drawing_line(), None);
        let american = read("en-US", None).unwrap();
        assert!(american.drawing.contains("|%m %d, %y|%b %d, %y|%m %y|"), "{}", american.drawing);
        assert_eq!(american.drawing_words.len(), current().drawing_words.len());
    }

    #[test]
    fn a_folder_of_catalogues_comes_first() {
        let folder = std::env::temp_dir().join(format!("impasse-locales-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("pt")).unwrap();
        let write = |text: &str| std::fs::write(folder.join("pt/site.ftl"), text).unwrap();
        write("home-search = Procurar\n");
        let texts = read("pt-BR", Some(&folder)).err().map(|error| error.to_string()).unwrap();
        assert!(texts.contains("no catalogue for pt-BR"), "{texts}");
        let texts = read("pt", Some(&folder)).unwrap();
        assert_eq!(texts.plain.get("home-search"), Some(&"Procurar"));
        assert_eq!(texts.plain.get("home-disputes"), Some(&"Disputes"), "as in English");
        write("home-search = { $open\n");
        assert!(matches!(read("pt", Some(&folder)), Err(LocaleError::Syntax(..))));
        assert!(matches!(read("p t", Some(&folder)), Err(LocaleError::Tag(_))));
        std::fs::remove_dir_all(folder).unwrap();
    }
}
