//! What a page says about itself, gathered in one pass over its tags.

use std::borrow::Cow;

use memchr::{memchr, memmem, memrchr};

use super::scan::{Event, Scanner, Tag, any, hints_at_date, text};
use crate::dates;

/// The parts of a page that metadata and dates are read from, in the order of the page.
#[derive(Default)]
pub(crate) struct Page<'a> {
    /// The `lang` of the page.
    pub language: Option<Cow<'a, str>>,
    /// The content of `<title>`, as it stands.
    pub title: Option<&'a [u8]>,
    /// `<meta>` tags with a name and content.
    pub metas: Vec<Meta<'a>>,
    /// Blocks of JSON-LD, as they stand.
    pub json_ld: Vec<&'a [u8]>,
    /// Scripts that mention a date, as they stand.
    pub scripts: Vec<&'a [u8]>,
    /// The address in `<link rel=canonical>`.
    pub canonical: Option<Cow<'a, str>>,
    /// `<h1>` elements: their place and text.
    pub headings: Vec<(usize, String)>,
    /// Elements that say that they hold a date.
    pub marks: Vec<Mark<'a>>,
    /// Pieces of text that may hold a date.
    pub pieces: Vec<Piece<'a>>,
}

/// A `<meta>` tag.
pub(crate) struct Meta<'a> {
    /// Its `property`, `name`, `itemprop` or `http-equiv`, in lower case.
    pub name: Cow<'a, str>,
    /// Its `content`, as it stands.
    pub content: &'a [u8],
}

/// An element that says that it holds a date: `<time>`, or one with such a class, identifier or property.
pub(crate) struct Mark<'a> {
    /// How much text stands before it on the page, in bytes.
    pub place: usize,
    /// Whether it is a `<time>` element.
    pub time: bool,
    /// Its `itemprop` or `property`.
    pub property: Option<Cow<'a, str>>,
    /// Its classes and identifier, in lower case.
    pub label: String,
    /// Its `datetime` or `content` attribute, or a data attribute that holds a date.
    pub value: Option<Cow<'a, str>>,
    /// Its text, the first 160 bytes or so.
    pub text: String,
    /// The end of the text before it.
    pub before: &'a [u8],
    /// Whether it stands in `<aside>`, `<nav>` or `<footer>`.
    pub aside: bool,
    /// Whether it has the old `pubdate` attribute.
    pub pubdate: bool,
}

/// A piece of text between two tags, with at least one figure.
pub(crate) struct Piece<'a> {
    /// How much text stands before it on the page, in bytes.
    pub place: usize,
    /// The text as it stands.
    pub text: &'a [u8],
    /// The end of the text before it.
    pub before: &'a [u8],
    /// Whether it stands in `<aside>`, `<nav>` or `<footer>`.
    pub aside: bool,
}

/// How much text after the headline is read of a page that states its dates elsewhere, in bytes.
const BEHIND_HEADLINE: usize = 1000;
/// Longer pieces of text are prose; a date in them is the story's, not the page's.
const PIECE: usize = 160;
/// The most marks and pieces that are kept: pages with more are lists.
const KEPT: usize = 400;
const SCRIPTS: usize = 60;

struct Capture<'a> {
    mark: usize,
    name: &'a [u8],
    depth: usize,
}

impl<'a> Page<'a> {
    /// Gathers them from a page in any character set that keeps ASCII where it is.
    pub fn new(html: &'a [u8]) -> Self {
        let mut page = Self::default();
        let mut place = 0;
        let mut aside = 0_usize;
        let mut before: &[u8] = b"";
        let mut captures: Vec<Capture<'a>> = Vec::new();
        let mut heading: Option<(usize, String)> = None;
        let mut enough = usize::MAX;
        let mut scanner = Scanner::new(html);
        while let Some(event) = scanner.next_past_space() {
            if place > enough {
                enough = usize::MAX;
                if dates::are_stated(&page) {
                    page.json_ld_in(&html[scanner.at()..]);
                    break;
                }
            }
            match event {
                Event::Open(tag) => {
                    match tag.name.first().map(u8::to_ascii_lowercase) {
                        Some(b'm') if tag.is(b"meta") => page.meta(&tag),
                        Some(b'l') if tag.is(b"link") => page.link(&tag),
                        Some(b'h') if tag.is(b"html") => {
                            page.language = tag.attr("lang").or_else(|| tag.attr("xml:lang"));
                        }
                        Some(b'h') if tag.is(b"h1") => heading = Some((place, String::new())),
                        Some(b'a' | b'n' | b'f') if is_aside(&tag) => aside += 1,
                        _ => {}
                    }
                    for capture in &mut captures {
                        if tag.name.eq_ignore_ascii_case(capture.name) {
                            capture.depth += 1;
                        }
                    }
                    if page.marks.len() < KEPT && says_date(&tag) {
                        let mark = mark(&tag, place, before, aside > 0);
                        if captures.len() < 4 && !is_void(tag.name) {
                            captures.push(Capture { mark: page.marks.len(), name: tag.name, depth: 0 });
                        }
                        page.marks.push(mark);
                    }
                }
                Event::Close(tag) => {
                    match tag.name.first().map(u8::to_ascii_lowercase) {
                        Some(b'h') if tag.is(b"h1") => {
                            page.headings.extend(heading.take());
                            if page.headings.last().is_some_and(|(_, text)| page.is_title(text)) {
                                enough = place + BEHIND_HEADLINE;
                            }
                        }
                        Some(b'a' | b'n' | b'f') if is_aside(&tag) => aside = aside.saturating_sub(1),
                        _ => {}
                    }
                    captures.retain_mut(|capture| {
                        if !tag.name.eq_ignore_ascii_case(capture.name) {
                            return true;
                        }
                        let open = capture.depth > 0;
                        capture.depth = capture.depth.saturating_sub(1);
                        open
                    });
                }
                Event::Raw(tag, content) => page.raw(&tag, content),
                Event::Text(piece) => {
                    let trimmed = piece.trim_ascii();
                    if trimmed.is_empty() {
                        continue;
                    }
                    for capture in &captures {
                        let own = &mut page.marks[capture.mark].text;
                        if own.len() < PIECE {
                            push(own, trimmed);
                        }
                    }
                    if let Some((_, own)) = &mut heading
                        && own.len() < 1000
                    {
                        push(own, trimmed);
                    }
                    if (6..=PIECE).contains(&trimmed.len()) && has_year(trimmed) {
                        if page.pieces.len() >= KEPT && page.marks.len() >= KEPT {
                            page.json_ld_in(&html[scanner.at()..]);
                            break;
                        }
                        if page.pieces.len() < KEPT {
                            page.pieces.push(Piece { place, text: trimmed, before, aside: aside > 0 });
                        }
                    }
                    place += trimmed.len();
                    before = trimmed;
                }
            }
        }
        page.headings.extend(heading);
        page
    }

    /// The content of the first meta tag of a name (lower case) that has any.
    pub fn meta_value(&self, name: &str) -> Option<Cow<'a, str>> {
        let meta =
            self.metas.iter().find(|meta| meta.name == name && !meta.content.trim_ascii().is_empty())?;
        Some(text(meta.content))
    }

    /// Whether a heading repeats the title.
    fn is_title(&self, heading: &str) -> bool {
        let title = self.meta_value("og:title").or_else(|| self.title.map(text)).unwrap_or_default();
        dates::likeness_of_titles(heading, &title) >= 60
    }

    /// Gathers the JSON-LD of the rest of a page, which some pages have at their end.
    fn json_ld_in(&mut self, rest: &'a [u8]) {
        let mut at = 0;
        for _ in 0..SCRIPTS {
            let Some(found) = memmem::find(&rest[at..], b"ld+json") else { return };
            let start = at + found;
            let Some(tag) = memrchr(b'<', &rest[at..start]).map(|tag| at + tag) else {
                at = start + 1;
                continue;
            };
            let mut scanner = Scanner::new(&rest[tag..]);
            if let (Some(Event::Open(_)), Some(Event::Raw(tag, content))) = (scanner.next(), scanner.next()) {
                self.raw(&tag, content);
            }
            at = (tag + scanner.at()).max(start + 1);
        }
    }

    fn meta(&mut self, tag: &Tag<'a>) {
        const NAMES: [&[u8]; 4] = [b"property", b"name", b"itemprop", b"http-equiv"];
        let mut names: [Option<&[u8]>; 4] = [None; 4];
        let mut content: Option<&[u8]> = None;
        for (name, value) in tag.attrs() {
            if is_one_of(name, &[b"content", b"value"]) {
                content = content.or(Some(value));
            } else if let Some(slot) = NAMES.iter().position(|own| name.eq_ignore_ascii_case(own)) {
                names[slot] = names[slot].or(Some(value));
            }
        }
        let Some(content) = content.filter(|content| !content.is_empty()) else { return };
        if self.metas.len() >= KEPT {
            return;
        }
        // One tag may carry several names.
        for name in names.into_iter().flatten() {
            let name = match text(name) {
                Cow::Borrowed(name) if !name.bytes().any(|byte| byte.is_ascii_uppercase()) => {
                    Cow::Borrowed(name.trim())
                }
                name => Cow::Owned(name.trim().to_ascii_lowercase()),
            };
            self.metas.push(Meta { name, content });
        }
    }

    fn link(&mut self, tag: &Tag<'a>) {
        if self.canonical.is_none()
            && tag.attr("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"))
        {
            self.canonical = tag.attr("href");
        }
    }

    fn raw(&mut self, tag: &Tag<'a>, content: &'a [u8]) {
        if tag.is(b"title") {
            if self.title.is_none() {
                self.title = Some(content);
            }
        } else if tag.is(b"script") {
            let kind = tag.attr("type");
            if kind.is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json")) {
                if self.json_ld.len() < SCRIPTS {
                    self.json_ld.push(content);
                }
            } else if self.scripts.len() < SCRIPTS {
                self.scripts.push(content);
            }
        }
    }
}

fn push(own: &mut String, piece: &[u8]) {
    if !own.is_empty() {
        own.push(' ');
    }
    let decoded = text(piece);
    let mut end = decoded.len().min(1000);
    while !decoded.is_char_boundary(end) {
        end -= 1;
    }
    own.push_str(&decoded[..end]);
}

fn is_aside(tag: &Tag<'_>) -> bool {
    tag.is(b"aside") || tag.is(b"nav") || tag.is(b"footer")
}

fn is_void(name: &[u8]) -> bool {
    is_one_of(name, &[b"meta", b"link", b"img", b"input", b"br", b"hr", b"source", b"wbr"])
}

fn says_date(tag: &Tag<'_>) -> bool {
    if tag.is(b"time") {
        return true;
    }
    if tag.inside.len() < 8
        || tag.is(b"a")
        || tag.is(b"img")
        || tag.is(b"link")
        || tag.is(b"svg")
        || tag.is(b"path")
        || tag.is(b"meta")
        || tag.is(b"script")
    {
        return false;
    }
    // Few tags do: only those are taken apart.
    hints_at_date(tag.inside) && tag.attrs().any(|(name, value)| names_date(name, value))
}

/// Whether an attribute says that its element holds a date.
fn names_date(name: &[u8], value: &[u8]) -> bool {
    if is_one_of(name, &[b"class", b"id", b"itemprop", b"property"]) {
        let value = &value[..value.len().min(400)];
        if memchr(b'&', value).is_some() {
            has_date_word(text(value).as_bytes())
        } else {
            has_date_word(value)
        }
    } else if is_one_of(name, &[b"pubdate", b"datetime"]) {
        true
    } else {
        let is_data = name.get(..5).is_some_and(|start| start.eq_ignore_ascii_case(b"data-"));
        is_data && value.len() < 80 && has_date_word(name)
    }
}

/// Whether one of the words that the labels of dates are made of is in some bytes, in any case.
fn has_date_word(bytes: &[u8]) -> bool {
    const WORDS: [&[u8]; 5] = [b"date", b"publish", b"posted", b"time", b"byline"];
    (0..bytes.len()).any(|at| {
        matches!(bytes[at] | 0x20, b'd' | b'p' | b't' | b'b')
            && WORDS.iter().any(|word| {
                bytes.get(at..at + word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word))
            })
    })
}

/// Attributes that hold the date of their element on some sites.
const HOLD_DATES: [&[u8]; 10] = [
    b"title",
    b"data-datetime",
    b"data-date",
    b"data-published",
    b"data-time",
    b"data-timestamp",
    b"data-utime",
    b"data-publish-date",
    b"data-pubdate",
    b"data-published-date",
];

/// Whether a name is one of some in lower case.
fn is_one_of(name: &[u8], names: &[&[u8]]) -> bool {
    names.iter().any(|own| name.eq_ignore_ascii_case(own))
}

fn mark<'a>(tag: &Tag<'a>, place: usize, before: &'a [u8], aside: bool) -> Mark<'a> {
    let mut mark = Mark {
        place,
        time: tag.is(b"time"),
        property: None,
        label: String::new(),
        value: None,
        text: String::new(),
        before,
        aside,
        pubdate: false,
    };
    for (name, value) in tag.attrs() {
        if is_one_of(name, &[b"itemprop", b"property"]) {
            mark.property = mark.property.or(Some(text(value)));
        } else if is_one_of(name, &[b"class", b"id"]) {
            if mark.label.len() < 400 {
                let value = text(&value[..value.len().min(400)]).to_lowercase();
                if !mark.label.is_empty() {
                    mark.label.push(' ');
                }
                mark.label.push_str(&value);
            }
        } else if is_one_of(name, &[b"datetime", b"content"]) {
            mark.value = Some(text(value));
        } else if name.eq_ignore_ascii_case(b"pubdate") {
            mark.pubdate = true;
        } else if mark.value.is_none()
            && is_one_of(name, &HOLD_DATES)
            && any(value, |byte| byte.is_ascii_digit())
        {
            mark.value = Some(text(value));
        }
    }
    mark
}

/// Whether something like a year or a date in figures is in the text.
fn has_year(text: &[u8]) -> bool {
    if !any(text, |byte| byte.is_ascii_digit()) {
        return false;
    }
    let mut digits = 0_usize;
    let mut groups = 0_usize;
    for byte in text.iter().chain(b" ") {
        if byte.is_ascii_digit() {
            digits += 1;
        } else if digits > 0 {
            if digits == 4 || digits == 8 {
                return true;
            }
            groups += usize::from(digits <= 2);
            digits = 0;
        }
    }
    groups >= 3
}
