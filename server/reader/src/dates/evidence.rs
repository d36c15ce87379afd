//! The places of a page that give its date, and how far each is believed.

use chrono::Datelike;
use memchr::memmem;

use super::wording::{self, Found, Order};
use super::{Dating, Readings, STATED, address};
use crate::html::ld::Entity;
use crate::html::page::{Mark, Page, Piece};
use crate::html::scan::{holds_any, text};
use crate::plain::Stated;
use crate::{DateRole, DateSourceKind, Hint};

/// How much text may stand between the headline and its date, in bytes.
const NEAR_AFTER: usize = 900;
const NEAR_BEFORE: usize = 250;

/// The dates of a page. `entities` are those of its JSON-LD.
pub(crate) fn of_page(page: &Page<'_>, entities: &[Entity], hint: &Hint<'_>) -> Dating {
    let url = hint.url.map(str::to_owned).or_else(|| page.canonical.as_deref().map(str::to_owned));
    let language =
        page.language.as_deref().map(str::to_owned).or_else(|| page.meta_value("og:locale").map(Into::into));
    let mut gathering = Gathering {
        readings: Readings::new(hint),
        order: address::order_of_place(language.as_deref(), url.as_deref()),
        headline: headline(page),
    };
    gathering.json_ld(entities);
    gathering.metas(page);
    gathering.marks(&page.marks);
    gathering.pieces(&page.pieces);
    if let Some(url) = &url {
        gathering.address(url);
    }
    if !gathering.readings.has(STATED) {
        gathering.scripts(&page.scripts);
    }
    gathering.readings.settle()
}

/// The dates of a text that is no page: what the file states, and its first and last lines.
pub(crate) fn of_text(document: &str, stated: &[Stated<'_>], order: Order, hint: &Hint<'_>) -> Dating {
    let mut readings = Readings::new(hint);
    for Stated { weight, role, kind, name, value } in stated {
        if let Some(found) = wording::value(value, order) {
            readings.add(*weight, found, value, *role, *kind, name);
        }
    }
    let lines: Vec<&str> = document.lines().filter(|line| !line.is_empty()).collect();
    for (at, line) in lines.iter().enumerate().take(TOP_LINES) {
        let length = line.chars().count();
        let mut start = 0;
        for found in wording::all(&line[..floor(line, 400)], order) {
            let cue = cue(&line[start..found.start]);
            let alone = length < 60 || length < (found.end - found.start) * 3;
            let told = cue.is_none() && is_told(line, &found, alone);
            start = found.end;
            if told {
                continue;
            }
            let weight = match (cue.is_some() && length < 200, alone) {
                (true, _) => 68,
                (false, true) => 62,
                // "LONDON, 29 January 2026 - The port…"
                (false, false) if found.start < 60 && at < 6 => 40,
                (false, false) => 10,
            };
            readings.add(weight, found, line, cue.unwrap_or(DateRole::Published), DateSourceKind::Text, "");
        }
    }
    // Press releases and letters are dated at the foot.
    for line in lines.iter().rev().take(4).filter(|line| line.chars().count() < 80) {
        if let Some(found) = wording::first(line, order) {
            let cue = cue(&line[..found.start]);
            if cue.is_some() || !is_told(line, &found, false) {
                let role = cue.unwrap_or(DateRole::Published);
                readings.add(30, found, line, role, DateSourceKind::Text, "");
            }
        }
    }
    if let Some((found, wording)) = hint.url.and_then(address::date) {
        readings.add(77, found, &wording, DateRole::Published, DateSourceKind::Url, "");
    }
    if let Some((found, wording)) = hint.file_name.and_then(address::date_of_file) {
        readings.add(45, found, &wording, DateRole::Published, DateSourceKind::Property, "file name");
    }
    readings.settle()
}

/// How many lines at the top of a text may hold its date.
const TOP_LINES: usize = 12;

fn floor(text: &str, most: usize) -> usize {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    end
}

struct Gathering {
    readings: Readings,
    order: Order,
    /// Where the headline ends, in bytes of text.
    headline: Option<usize>,
}

/// The `<h1>` that is most likely the headline: the one that the title repeats, or else the last of few, or the first.
fn headline(page: &Page<'_>) -> Option<usize> {
    let mut headings = page.headings.iter().filter(|(_, text)| !text.is_empty());
    let first = headings.next()?;
    let mut others = headings.peekable();
    let best = if others.peek().is_none() {
        first
    } else {
        let title = page.meta_value("og:title").or_else(|| page.title.map(text)).unwrap_or_default();
        // The first of equals.
        let likeness =
            |(place, text): &&(usize, String)| (likeness_of_titles(text, &title), std::cmp::Reverse(*place));
        std::iter::once(first).chain(others).max_by_key(likeness)?
    };
    Some(best.0 + best.1.len())
}

/// How many in a hundred of a heading's words are in the title.
pub(crate) fn likeness_of_titles(heading: &str, title: &str) -> usize {
    let (heading, title) = (heading.to_lowercase(), title.to_lowercase());
    let (own, wanted) = (words(&heading), words(&title));
    own.iter().filter(|word| wanted.binary_search(word).is_ok()).count() * 100 / own.len().max(1)
}

/// The words of more than two bytes in a text, each once, sorted.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::with_capacity(text.len() / 5);
    words.extend(text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2));
    words.sort_unstable();
    words.dedup();
    words
}

/// Whether what was gathered of a page so far states the day of publication.
pub(crate) fn are_stated(page: &Page<'_>) -> bool {
    page.json_ld.iter().any(|block| memmem::find(block, b"datePublished").is_some())
        || page.metas.iter().any(|meta| {
            meta.content.iter().filter(|byte| byte.is_ascii_digit()).count() >= 8
                && weight_of_meta(&meta.name)
                    .is_some_and(|(weight, role)| weight >= 80 && role == DateRole::Published)
        })
}

/// What the name of a property, meta tag, class or script value says about the date that it holds.
fn role_of(name: &str) -> Option<DateRole> {
    // Four letters of each word that is looked for below.
    const SOME: [&[u8; 4]; 13] = [
        b"date", b"publ", b"pubd", b"time", b"issu", b"crea", b"oste", b"rele", b"modi", b"upda", b"revi",
        b"last", b"edit",
    ];
    if !holds_any(name.as_bytes(), SOME) {
        return None;
    }
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if has(&["modif", "updat", "revis", "lastmod", "edited", "last-mod", "moddate"]) {
        return Some(DateRole::Modified);
    }
    if has(&[
        "expir",
        "event",
        "birth",
        "start",
        "end-date",
        "enddate",
        "death",
        "valid",
        "until",
        "comment",
        "publisher",
    ]) {
        return None;
    }
    has(&[
        "publi",
        "pubdate",
        "pub_date",
        "pub-date",
        "issued",
        "created",
        "date",
        "posted",
        "time",
        "timestamp",
        "released",
    ])
    .then_some(DateRole::Published)
}

/// How far a meta tag of this name is believed.
fn weight_of_meta(name: &str) -> Option<(u32, DateRole)> {
    let role = role_of(name)?;
    let known = match name {
        "article:published_time"
        | "og:article:published_time"
        | "og:published_time"
        | "article:published" => 95,
        "datepublished"
        | "rnews:datepublished"
        | "parsely-pub-date"
        | "sailthru.date"
        | "pubdate"
        | "og:pubdate"
        | "publishdate"
        | "publish-date"
        | "publish_date"
        | "published_date"
        | "publication_date" => 92,
        "dc.date.issued"
        | "dcterms.issued"
        | "dcterms.date"
        | "dc.date"
        | "dc.date.created"
        | "dcterms.created"
        | "citation_publication_date"
        | "citation_date"
        | "citation_online_date"
        | "date"
        | "article.published"
        | "originalpublicationdate"
        | "displaydate"
        | "datecreated" => 86,
        // An HTTP header, set by the machine that sent the page.
        "last-modified" | "expires" => return None,
        _ if name.contains("publi") || name.contains("pubdate") || name.contains("pub_date") => 88,
        _ if name.contains("date") || name.contains("created") || name.contains("issued") => 70,
        // "timestamp", "build time": more likely the server's.
        _ => 40,
    };
    Some((known, role))
}

impl Gathering {
    fn add(
        &mut self,
        weight: u32,
        found: Found,
        wording: &str,
        role: DateRole,
        kind: DateSourceKind,
        name: &str,
    ) {
        if found.day.year() >= 1990 || weight >= STATED {
            self.readings.add(weight, found, wording, role, kind, name);
        }
    }

    fn json_ld(&mut self, entities: &[Entity]) {
        let articles = entities.iter().filter(|entity| entity.is_article()).count();
        let mut seen_article = false;
        for entity in entities {
            let base = if entity.is_article() {
                // Behind the first stand the stories that the page lists.
                if std::mem::replace(&mut seen_article, true) { 50 } else { 100 }
            } else if entity.is_page() {
                if articles > 0 { 75 } else { 84 }
            } else if entity.types.iter().any(|kind| kind.ends_with("VideoObject")) {
                if articles > 0 { 35 } else { 70 }
            } else {
                30
            };
            for (name, below, role) in [
                ("datePublished", 0, DateRole::Published),
                ("dateCreated", 15, DateRole::Published),
                ("uploadDate", 5, DateRole::Published),
                ("dateModified", 0, DateRole::Modified),
            ] {
                if let Some(value) = entity.text(name)
                    && let Some(found) = wording::value(value, self.order)
                {
                    self.add(base - below, found, value, role, DateSourceKind::JsonLd, name);
                }
            }
        }
    }

    fn metas(&mut self, page: &Page<'_>) {
        for meta in &page.metas {
            if meta.content.len() > 100 || !wording::has_figures(meta.content) {
                continue;
            }
            let Some((weight, role)) = weight_of_meta(&meta.name) else { continue };
            let content = text(meta.content);
            if let Some(found) = wording::value(&content, self.order) {
                self.add(weight, found, &content, role, DateSourceKind::Meta, &meta.name);
            }
        }
    }

    fn is_near(&self, place: usize) -> bool {
        self.headline.is_some_and(|at| place + NEAR_BEFORE >= at && place <= at + NEAR_AFTER)
    }

    /// What is taken off for standing above the headline, where some sites print today's date.
    fn above(&self, place: usize) -> u32 {
        if self.headline.is_some_and(|at| place < at) { 6 } else { 0 }
    }

    fn marks(&mut self, marks: &[Mark<'_>]) {
        let mut earlier_times = 0;
        for mark in marks {
            // What stands far from the headline settles nothing where the page states its date.
            if mark.property.is_none() && !self.is_near(mark.place) && self.readings.has(STATED) {
                continue;
            }
            let value =
                mark.value.as_deref().and_then(|value| Some((wording::value(value, self.order)?, value)));
            let found = value.or_else(|| Some((wording::first(&mark.text, self.order)?, mark.text.as_str())));
            let Some((found, words)) = found else { continue };
            let property = mark.property.as_deref().unwrap_or_default();
            if let Some(weight) = weight_of_property(property) {
                let role = if property.to_ascii_lowercase().contains("modified") {
                    DateRole::Modified
                } else {
                    DateRole::Published
                };
                let weight = if mark.aside {
                    35
                } else if self.is_near(mark.place) {
                    weight
                } else {
                    weight - 6
                };
                self.add(weight, found, words, role, DateSourceKind::Microdata, property);
                continue;
            }
            let before = text(mark.before);
            let cue = cue(&before).or_else(|| cue(&mark.text));
            let label_role = role_of(&mark.label);
            let role = match (cue, label_role) {
                (Some(role), _) => role,
                (None, Some(role)) => role,
                (None, None) if mark.time => DateRole::Published,
                (None, None) => continue,
            };
            let says_published = mark.pubdate
                || cue == Some(DateRole::Published)
                || mark.label.contains("publi")
                || mark.label.contains("pubdate");
            let near = self.is_near(mark.place);
            let mut weight = match (mark.time, near, says_published) {
                (true, true, true) => 80,
                (true, true, false) => 72,
                (false, true, true) => 74,
                (false, true, false) => 66,
                (true, false, true) => 58,
                (false, false, true) => 52,
                (true, false, false) => 40,
                (false, false, false) => 32,
            };
            weight -= self.above(mark.place);
            if mark.aside {
                weight = weight.min(30);
            }
            if role == DateRole::Published {
                // The first of several beside the headline is its own.
                weight -= earlier_times.min(4);
                earlier_times += 1;
            }
            let kind = if mark.time { DateSourceKind::Time } else { DateSourceKind::Element };
            let name =
                mark.label.split_whitespace().find(|class| role_of(class).is_some()).unwrap_or_default();
            let name = if mark.time && name.is_empty() && near && !mark.aside {
                "beside the headline"
            } else {
                name
            };
            self.add(weight, found, words, role, kind, name);
        }
    }

    fn pieces(&mut self, pieces: &[Piece<'_>]) {
        for piece in pieces {
            let near = self.is_near(piece.place);
            if !near && self.readings.has(STATED) {
                continue;
            }
            let words = text(piece.text);
            let lower = words.to_lowercase();
            if lower.contains('\u{a9}')
                || lower.contains("copyright")
                || lower.contains("all rights reserved")
            {
                continue;
            }
            let before = text(piece.before);
            let mut start = 0;
            for found in wording::all(&words, self.order) {
                let lead = &words[start..found.start];
                start = found.end;
                let cue = cue(lead).or_else(|| if lead.trim().len() < 4 { cue(&before) } else { None });
                let role = cue.unwrap_or(DateRole::Published);
                // A date in running text is the story's; one that fills its line is the page's.
                let alone = words.len() < 60 || words.len() < (found.end - found.start) * 3;
                if cue.is_none() && is_told(&words, &found, alone) {
                    continue;
                }
                let weight = match (near, cue.is_some(), alone) {
                    (true, true, _) => 68,
                    (true, false, true) => 62,
                    (true, false, false) => 28,
                    (false, true, _) => 48,
                    (false, false, true) => 24,
                    (false, false, false) => 10,
                };
                let weight = if piece.aside { weight / 2 } else { weight - self.above(piece.place) };
                let kind = if near { DateSourceKind::Byline } else { DateSourceKind::Text };
                self.add(weight, found, &words, role, kind, "");
            }
        }
    }

    fn address(&mut self, url: &str) {
        if let Some((found, wording)) = address::date(url) {
            self.add(77, found, &wording, DateRole::Published, DateSourceKind::Url, "");
        }
    }

    /// Values in the data that a page's own scripts read: `"publishedAt":"2026-01-29T…"`.
    fn scripts(&mut self, scripts: &[&[u8]]) {
        for script in scripts {
            let mut kept = 0;
            for at in memmem::find_iter(script, b"20") {
                let Some((name, value)) = named_value(script, at) else { continue };
                let lower = name.to_ascii_lowercase();
                if !(lower.contains("date")
                    || lower.contains("time")
                    || lower.contains("publi")
                    || lower.contains("created"))
                {
                    continue;
                }
                let Some(role) = role_of(&lower) else { continue };
                let Some(found) = wording::value(&value, self.order) else { continue };
                let weight = if lower.contains("publi") || lower.contains("pubdate") { 56 } else { 38 };
                self.add(weight - kept.min(8), found, &value, role, DateSourceKind::Script, &name);
                kept += 1;
                if kept > 20 {
                    break;
                }
            }
        }
    }
}

fn weight_of_property(property: &str) -> Option<u32> {
    let lower = property.to_ascii_lowercase();
    let own = lower.rsplit([':', '/', '.']).next().unwrap_or(&lower);
    match own {
        "datepublished" => Some(90),
        "datemodified" | "modified" => Some(90),
        "datecreated" | "issued" | "created" | "published_time" | "pubdate" => Some(78),
        "uploaddate" => Some(66),
        _ => None,
    }
}

/// Words that introduce a date of publication, as they begin.
const PUBLISHED: [&str; 18] = [
    "published",
    "posted",
    "created",
    "date:",
    "ver\u{f6}ffentlicht",
    "erschienen",
    "publi\u{e9}",
    "publicado",
    "publicada",
    "pubblicato",
    "gepubliceerd",
    "geplaatst",
    "issued",
    "released",
    "written on",
    "stand:",
    "filed",
    "publish",
];
/// Words that introduce the date of a change.
const MODIFIED: [&str; 16] = [
    "updated",
    "update",
    "last modified",
    "modified",
    "last edited",
    "edited",
    "revised",
    "aktualisiert",
    "ge\u{e4}ndert",
    "mis \u{e0} jour",
    "modifi\u{e9}",
    "actualiza",
    "aggiornato",
    "bijgewerkt",
    "gewijzigd",
    "atualiza",
];

/// What the words in front of a date say about it; the last word decides.
fn cue(words: &str) -> Option<DateRole> {
    let start = words.char_indices().rev().nth(60).map_or(0, |(at, _)| at);
    let lower = words[start..].to_lowercase();
    let mut last = None;
    let mut in_word = false;
    for (at, c) in lower.char_indices() {
        if c.is_alphabetic() && !in_word {
            let rest = &lower[at..];
            if MODIFIED.iter().any(|cue| rest.starts_with(cue)) {
                last = Some(DateRole::Modified);
            } else if PUBLISHED.iter().any(|cue| rest.starts_with(cue)) {
                last = Some(DateRole::Published);
            }
        }
        in_word = c.is_alphabetic();
    }
    last
}

/// Whether a sentence tells of the day of something else: "On January 7, 2026, the talks ended". `alone` says that the
/// date makes up most of its line; "by Ana Li on January 7, 2026" is then a byline.
fn is_told(line: &str, found: &Found, alone: bool) -> bool {
    const INTRODUCE: [&str; 7] = ["on", "since", "until", "by", "before", "after", "from"];
    let before = line[..found.start].trim_end();
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let goes_on = || {
        let after = line[found.end..].strip_prefix(',').unwrap_or_default();
        after.trim_start().starts_with(char::is_lowercase)
    };
    INTRODUCE.iter().any(|own| word.eq_ignore_ascii_case(own)) && (!alone || goes_on())
}

/// The name and value of a JSON or JavaScript string value that begins at `at`, if it does.
fn named_value(script: &[u8], at: usize) -> Option<(String, String)> {
    let quote = *script.get(at.checked_sub(1)?)?;
    if !matches!(quote, b'"' | b'\'') {
        return None;
    }
    let value = &script[at..script.len().min(at + 40)];
    let length = value.iter().position(|byte| *byte == quote || *byte == b'\\')?;
    let before = script[at.saturating_sub(60)..at - 1].trim_ascii_end();
    // Strings inside strings have their quotation marks escaped.
    let before = before.strip_suffix(b"\\").unwrap_or(before);
    let before = before.strip_suffix(b":").or_else(|| before.strip_suffix(b"="))?.trim_ascii_end();
    let before = before.strip_suffix(b"\"").or_else(|| before.strip_suffix(b"'")).unwrap_or(before);
    let before = before.strip_suffix(b"\\").unwrap_or(before);
    let start = before
        .iter()
        .rposition(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')))
        .map_or(0, |at| at + 1);
    let name = std::str::from_utf8(&before[start..]).ok().filter(|name| name.len() > 2)?;
    Some((name.to_owned(), std::str::from_utf8(&value[..length]).ok()?.to_owned()))
}
