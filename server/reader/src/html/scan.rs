//! The tags of a page in one pass over its bytes, without a tree.
//!
//! Dates, titles and other metadata need no tree, and most pages are far larger than their article. The scanner goes
//! from tag to tag; scripts, styles and comments are passed over whole. It works on bytes of any character set that
//! keeps ASCII where it is, never recurses, and takes time linear in the input whatever the input is.

use std::borrow::Cow;

use memchr::memmem::{self, Finder};
use memchr::{memchr, memchr2, memchr3};

use crate::charset::lossy;

/// What stands at a place of a page.
#[derive(Debug)]
pub(crate) enum Event<'a> {
    /// An opening tag.
    Open(Tag<'a>),
    /// A closing tag.
    Close(Tag<'a>),
    /// Text between tags, as it stands (entities included).
    Text(&'a [u8]),
    /// The content of a script, style, title or another element that holds no tags, after its opening tag.
    Raw(Tag<'a>, &'a [u8]),
}

/// A tag.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tag<'a> {
    /// Its name as it stands; compare with [`Tag::is`].
    pub name: &'a [u8],
    /// What stands between the name and the `>`.
    pub inside: &'a [u8],
    /// Where the tag begins.
    pub start: usize,
    /// Where the tag ends.
    pub end: usize,
}

impl<'a> Tag<'a> {
    /// Whether the tag has this name (lower case).
    pub fn is(&self, name: &[u8]) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value of an attribute (name in lower case), entities resolved.
    pub fn attr(&self, name: &str) -> Option<Cow<'a, str>> {
        self.attrs().find(|(own, _)| own.eq_ignore_ascii_case(name.as_bytes())).map(|(_, value)| text(value))
    }

    /// The attributes, as they stand.
    pub fn attrs(&self) -> Attrs<'a> {
        Attrs { rest: self.inside }
    }
}

/// Text or a value with its entities resolved.
pub(crate) fn text(bytes: &[u8]) -> Cow<'_, str> {
    let text = lossy(bytes);
    if memchr(b'&', bytes).is_none() {
        return text;
    }
    Cow::Owned(html_escape::decode_html_entities(&text).into_owned())
}

/// Iterator over the attributes of a tag: name and value as they stand.
pub(crate) struct Attrs<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Attrs<'a> {
    type Item = (&'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let skip = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'/';
        let start = self.rest.iter().position(|byte| !skip(byte))?;
        let rest = &self.rest[start..];
        // A name may begin with `=` (HTML standard, 13.2.5.32), so the search for its end begins after one byte.
        let length = 1 + rest[1..]
            .iter()
            .position(|byte| byte.is_ascii_whitespace() || *byte == b'=' || *byte == b'/')
            .unwrap_or(rest.len() - 1);
        let name = &rest[..length];
        let after = &rest[length..];
        let equals = after.iter().position(|byte| !byte.is_ascii_whitespace());
        let Some(equals) = equals.filter(|at| after[*at] == b'=') else {
            self.rest = after;
            return Some((name, b""));
        };
        let after = after[equals + 1..].trim_ascii_start();
        let (value, rest) = match after.first() {
            Some(quote @ (b'"' | b'\'')) => {
                let end = memchr(*quote, &after[1..]).map_or(after.len(), |at| at + 1);
                (&after[1..end], after.get(end + 1..).unwrap_or_default())
            }
            _ => after.split_at(after.iter().position(u8::is_ascii_whitespace).unwrap_or(after.len())),
        };
        self.rest = rest;
        Some((name, value))
    }
}

/// Iterator over a page.
pub(crate) struct Scanner<'a> {
    html: &'a [u8],
    at: usize,
    /// The element whose raw content comes next.
    raw: Option<Tag<'a>>,
    closing: Finder<'static>,
}

impl<'a> Scanner<'a> {
    pub fn new(html: &'a [u8]) -> Self {
        Self { html, at: 0, raw: None, closing: Finder::new(b"</") }
    }

    /// How far it has come, in bytes.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The next event that is not white space between two tags.
    pub fn next_past_space(&mut self) -> Option<Event<'a>> {
        if self.raw.is_none() {
            let space = self.html[self.at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            self.at += space;
        }
        self.next()
    }

    /// Raw content up to the element's closing tag, which is left to be read.
    fn raw_content(&mut self, name: &[u8]) -> &'a [u8] {
        let start = self.at;
        let rest = &self.html[start..];
        let end = self
            .closing
            .find_iter(rest)
            .find(|at| {
                rest.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
            })
            .unwrap_or(rest.len());
        self.at = start + end;
        &rest[..end]
    }

    /// The end of the tag that begins before `from`: the index of its `>`, or of the end of the page. A quotation
    /// mark opens a value only where one is due.
    fn tag_end(&self, from: usize) -> usize {
        if self.html.get(from) == Some(&b'>') {
            return from;
        }
        // Nearly always the next `>` is the end: no single quotation mark stands before it, and the double one in front
        // of it closes a value, or there is none.
        let Some(length) = memchr2(b'>', b'\'', &self.html[from..]) else { return self.html.len() };
        let inside = &self.html[from..from + length];
        if self.html[from + length] == b'>' {
            let inside = inside.strip_suffix(b"/").unwrap_or(inside).trim_ascii_end();
            let closed = match inside {
                [before @ .., b'"'] => before.trim_ascii_end().last() != Some(&b'='),
                _ => !any(inside, |byte| byte == b'"'),
            };
            if closed {
                return from + length;
            }
        }
        let mut at = from;
        while let Some(found) = memchr3(b'>', b'"', b'\'', &self.html[at..]) {
            let here = at + found;
            let byte = self.html[here];
            if byte == b'>' {
                return here;
            }
            let opens = self.html[from..here].trim_ascii_end().last() == Some(&b'=');
            at = if opens {
                match memchr(byte, &self.html[here + 1..]) {
                    Some(length) => here + length + 2,
                    None => return self.html.len(),
                }
            } else {
                here + 1
            };
        }
        self.html.len()
    }
}

impl<'a> Iterator for Scanner<'a> {
    type Item = Event<'a>;

    #[inline(always)]
    fn next(&mut self) -> Option<Event<'a>> {
        if let Some(tag) = self.raw.take() {
            return Some(Event::Raw(tag, self.raw_content(tag.name)));
        }
        loop {
            let rest = self.html.get(self.at..).filter(|rest| !rest.is_empty())?;
            let mut next = 0;
            // A `<` that begins no tag is text.
            let begin = loop {
                let Some(found) = memchr(b'<', &rest[next..]) else { break rest.len() };
                let here = next + found;
                match rest.get(here + 1) {
                    Some(byte) if byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?') => {
                        break here;
                    }
                    _ => next = here + 1,
                }
            };
            if begin > 0 {
                self.at += begin;
                return Some(Event::Text(&rest[..begin]));
            }
            let start = self.at;
            match rest[1] {
                b'!' if rest.starts_with(b"<!--") => {
                    let end = memmem::find(&rest[4..], b"-->").map_or(rest.len(), |at| at + 7);
                    self.at += end;
                }
                b'!' | b'?' => {
                    self.at += memchr(b'>', rest).map_or(rest.len(), |at| at + 1);
                }
                second => {
                    let closing = second == b'/';
                    let name_start = start + 1 + usize::from(closing);
                    let name_length = self.html[name_start..]
                        .iter()
                        .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/' | b'<'))
                        .unwrap_or(self.html.len() - name_start);
                    let name_end = name_start + name_length;
                    let end = self.tag_end(name_end);
                    self.at = (end + 1).min(self.html.len());
                    let tag = Tag {
                        name: &self.html[name_start..name_end],
                        inside: &self.html[name_end..end],
                        start,
                        end: self.at,
                    };
                    if closing {
                        return Some(Event::Close(tag));
                    }
                    if holds_raw(tag.name) {
                        self.raw = Some(tag);
                    }
                    return Some(Event::Open(tag));
                }
            }
        }
    }
}

/// Elements whose content is no markup (HTML standard, 13.1.2), apart from those that pages no longer use.
fn holds_raw(name: &[u8]) -> bool {
    const NAMES: [&[u8]; 5] = [b"script", b"style", b"title", b"textarea", b"iframe"];
    name.len() >= 5 && NAMES.iter().any(|raw| name.eq_ignore_ascii_case(raw))
}

/// How many bytes are compared at once. Over blocks of a fixed length the compiler writes vector instructions without a
/// loop for what is left over, which would take most of the time: tags are short. The last block overlaps the one
/// before it instead.
const BLOCK: usize = 16;

/// Whether a test holds for any of some bytes.
pub(crate) fn any(bytes: &[u8], test: impl Fn(u8) -> bool) -> bool {
    let in_block = |block: &[u8; BLOCK]| block.iter().fold(false, |hit, byte| hit | test(*byte));
    match bytes.last_chunk() {
        Some(last) => bytes.as_chunks().0.iter().any(in_block) || in_block(last),
        None => bytes.iter().any(|byte| test(*byte)),
    }
}

/// Whether bytes hold four letters of one of the words that the labels of dates are made of: date, publish, posted, time
/// and byline.
pub(crate) fn hints_at_date(bytes: &[u8]) -> bool {
    holds_any(bytes, [b"date", b"publ", b"oste", b"time", b"byli"])
}

/// Whether bytes hold one of some words of four ASCII letters (lower case) in any case.
#[inline(always)]
pub(crate) fn holds_any<const N: usize>(bytes: &[u8], words: [&[u8; 4]; N]) -> bool {
    const WIDE: usize = BLOCK + 3;
    let mut padded = [0; WIDE];
    let bytes = match padded.get_mut(..bytes.len()) {
        Some(start) => {
            start.copy_from_slice(bytes);
            &padded
        }
        None => bytes,
    };
    let last = bytes.len() - WIDE;
    let mut start = 0;
    while let Some(block) = bytes[start.min(last)..].first_chunk::<WIDE>() {
        let mut hit = false;
        for at in 0..BLOCK {
            let (a, b, c, d) =
                (block[at] | 0x20, block[at + 1] | 0x20, block[at + 2] | 0x20, block[at + 3] | 0x20);
            for word in words {
                hit |= (a == word[0]) & (b == word[1]) & (c == word[2]) & (d == word[3]);
            }
        }
        if hit || start >= last {
            return hit;
        }
        start += BLOCK;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(html: &str) -> Vec<String> {
        Scanner::new(html.as_bytes())
            .filter_map(|event| match event {
                Event::Open(tag) => Some(String::from_utf8_lossy(tag.inside).into_owned()),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn a_tag_ends_where_no_value_is_open() {
        for (html, inside) in [
            ("<p>a", ""),
            (r#"<p class="a">b"#, r#" class="a""#),
            (r#"<img alt="a > b"/>c"#, r#" alt="a > b"/"#),
            (r#"<img alt="">c"#, r#" alt="""#),
            (r#"<img alt= "> b">c"#, r#" alt= "> b""#),
            (r#"<img data-a='{"b":"c">'>d"#, r#" data-a='{"b":"c">'"#),
            ("<img alt='a > b' hidden>c", " alt='a > b' hidden"),
            (r#"<img alt="a > b" hidden>c"#, r#" alt="a > b" hidden"#),
            (r#"<p a"b>c"#, r#" a"b"#),
            (r#"<p class="a"#, r#" class="a"#),
        ] {
            assert_eq!(tags(html), [inside], "{html}");
        }
    }

    #[test]
    fn a_word_is_found_wherever_it_stands() {
        for length in 4..60 {
            for at in 0..=length - 4 {
                let mut bytes = vec![b'x'; length];
                assert!(!hints_at_date(&bytes), "{length}");
                bytes[at..at + 4].copy_from_slice(b"DaTe");
                assert!(hints_at_date(&bytes), "{at} of {length}");
                assert!(any(&bytes, |byte| byte == b'D'), "{at} of {length}");
            }
        }
        assert!(!hints_at_date(b"") && !hints_at_date(b"dat") && !any(b"", |_| true));
    }
}
