//! From bytes to text: which character set, and on whose word.
//!
//! The order is that of the WHATWG Encoding and HTML standards: byte order mark, the transport's label, the label in
//! the page, and then the bytes themselves (chardetng, which Firefox uses). A label that the bytes contradict is not
//! believed: servers send `iso-8859-1` for UTF-8 every day.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::Warning;
use crate::html::scan::{Event, Scanner};

/// Text and what it was decoded from.
pub(crate) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    pub encoding: &'static Encoding,
    pub warnings: Vec<Warning>,
}

/// Decodes a page or text. `label` is what the transport says, `in_page` what the source says of itself.
pub(crate) fn decode<'a>(bytes: &'a [u8], label: Option<&str>, in_page: Option<&str>) -> Decoded<'a> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return with(encoding, &bytes[length..], None);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return with(encoding, bytes, Some(Warning::CharsetGuessed { used: encoding.name().to_owned() }));
    }
    let declared = [label, in_page].into_iter().flatten().find_map(|label| {
        let encoding = Encoding::for_label(label.trim().as_bytes())?;
        // A label that could be read as ASCII cannot be true of UTF-16 (HTML standard, 13.2.3.2).
        Some(if encoding == UTF_16BE || encoding == UTF_16LE { UTF_8 } else { encoding })
    });
    if let Ok(text) = std::str::from_utf8(bytes) {
        let contradicts = declared.is_some_and(|encoding| encoding != UTF_8)
            && !bytes.is_ascii()
            && declared != Some(encoding_rs::ISO_2022_JP);
        // Bytes beyond ASCII that happen to be valid UTF-8 are practically never anything else.
        if declared.is_none_or(|encoding| encoding == UTF_8) || contradicts {
            let warning = declared.filter(|_| contradicts).map(|encoding| Warning::CharsetMislabelled {
                declared: encoding.name().to_owned(),
                used: UTF_8.name().to_owned(),
            });
            return Decoded {
                text: Cow::Borrowed(text),
                encoding: UTF_8,
                warnings: warning.into_iter().collect(),
            };
        }
    }
    match declared {
        Some(encoding) if encoding == UTF_8 => {
            // A few broken bytes in a page of UTF-8 are common (a cut in the middle of a character); a page in
            // another set has them everywhere.
            let (text, broken) = UTF_8.decode_without_bom_handling(bytes);
            let wrong = if broken { text.matches('\u{fffd}').count() } else { 0 };
            let right = text.chars().filter(|c| !c.is_ascii()).count() - wrong.min(text.len());
            if wrong > 2 && wrong > right {
                let used = guess(bytes);
                if used != UTF_8 {
                    let warning = Warning::CharsetMislabelled {
                        declared: "UTF-8".to_owned(),
                        used: used.name().to_owned(),
                    };
                    return with(used, bytes, Some(warning));
                }
            }
            let warnings = if broken { vec![Warning::Undecodable] } else { Vec::new() };
            Decoded { text, encoding: UTF_8, warnings }
        }
        Some(encoding) => with(encoding, bytes, None),
        None => {
            let encoding = guess(bytes);
            with(encoding, bytes, Some(Warning::CharsetGuessed { used: encoding.name().to_owned() }))
        }
    }
}

/// Decodes an HTML page; looks for its own label in the first kilobytes, as browsers do.
pub(crate) fn decode_html<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Decoded<'a> {
    let in_page = label_in_page(bytes);
    decode(bytes, content_type.and_then(label_in_header), in_page.as_deref())
}

/// The `charset` parameter of a `Content-Type` header.
pub(crate) fn label_in_header(content_type: &str) -> Option<&str> {
    let at = content_type.to_ascii_lowercase().find("charset")?;
    let value = content_type.get(at + "charset".len()..)?.trim_start().strip_prefix('=')?.trim_start();
    let value = value.trim_start_matches(['"', '\'']);
    let end =
        value.find(|c: char| c == ';' || c == '"' || c == '\'' || c.is_whitespace()).unwrap_or(value.len());
    Some(&value[..end]).filter(|label| !label.is_empty())
}

fn label_in_page(bytes: &[u8]) -> Option<String> {
    // The standard says 1024 bytes; pages with long scripts in front of the label are read further.
    let head = &bytes[..bytes.len().min(8192)];
    if head.starts_with(b"<?xml") {
        let end = memchr::memchr(b'>', head)?;
        let declaration = std::str::from_utf8(&head[..end]).ok()?;
        if let Some(rest) = declaration.split("encoding=").nth(1) {
            let label: String =
                rest.trim_matches(['"', '\'']).chars().take_while(|c| !"\"'".contains(*c)).collect();
            return Some(label);
        }
    }
    for event in Scanner::new(head) {
        let Event::Open(tag) = event else { continue };
        if !tag.is(b"meta") {
            if tag.is(b"body") {
                return None;
            }
            continue;
        }
        if let Some(label) = tag.attr("charset") {
            return Some(label.into_owned());
        }
        let content_type =
            tag.attr("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("content-type"));
        if content_type && let Some(content) = tag.attr("content") {
            return label_in_header(&content).map(str::to_owned);
        }
    }
    None
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    // The detector settles long before this; the rest would only cost time.
    let sample = &bytes[..bytes.len().min(1 << 20)];
    detector.feed(sample, sample.len() == bytes.len());
    detector.guess(None, Utf8Detection::Allow)
}

fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(512) & !1];
    if sample.len() < 8 {
        return None;
    }
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let half = sample.len() / 2;
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 10 > half * 7 && even * 20 < half {
        Some(UTF_16LE)
    } else if even * 10 > half * 7 && odd * 20 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8], warning: Option<Warning>) -> Decoded<'a> {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    let mut warnings: Vec<Warning> = warning.into_iter().collect();
    if broken {
        warnings.push(Warning::Undecodable);
    }
    Decoded { text, encoding, warnings }
}

/// Decodes bytes that are mostly ASCII and whose character set does not matter for what is read from them.
pub(crate) fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}
