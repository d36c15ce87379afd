//! What kind of source some bytes are.

use crate::{Foreign, Hint, ReadError, SourceKind};

/// The format of a source: by what only one format begins with, then by what the transport and the name say, then by
/// how the text looks.
///
/// # Errors
///
/// [`ReadError::Unsupported`] for formats that have no text to read.
pub(crate) fn kind(bytes: &[u8], hint: &Hint<'_>) -> Result<SourceKind, ReadError> {
    let head = &bytes[..bytes.len().min(1024)];
    let unsupported = |found: Foreign| Err(ReadError::Unsupported(found));
    // Some programs put other bytes in front of a PDF's own.
    if memchr::memmem::find(head, b"%PDF-").is_some() {
        return Ok(SourceKind::Pdf);
    }
    let ending = hint.file_name.or_else(|| hint.url.map(path)).and_then(ending);
    if let Some((_, found)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return unsupported(found.clone());
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Ok(SourceKind::Docx);
    }
    let wide = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let zeros = head.iter().filter(|byte| **byte == 0).count();
    // Text in UTF-16 has a zero in every other byte; other files have them in runs.
    if zeros > 0 && !wide && zeros * 10 < head.len() * 3 {
        return unsupported(Foreign::Bytes);
    }
    let content_type = hint
        .content_type
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    match content_type.as_str() {
        "text/html" | "application/xhtml+xml" => return Ok(SourceKind::Html),
        "text/markdown" | "text/x-markdown" => return Ok(SourceKind::Markdown),
        "message/rfc822" => return Ok(SourceKind::Email),
        "application/rss+xml" | "application/atom+xml" | "application/feed+json" => {
            return unsupported(Foreign::Feed);
        }
        "application/json" | "application/ld+json" => return unsupported(Foreign::Json),
        kind if ["image/", "audio/", "video/", "font/"].iter().any(|lead| kind.starts_with(lead)) => {
            return unsupported(Foreign::Type(kind.to_owned()));
        }
        _ => {}
    }
    match ending.as_deref() {
        Some("md" | "markdown") => return Ok(SourceKind::Markdown),
        Some("eml") => return Ok(SourceKind::Email),
        Some("html" | "htm" | "xhtml" | "shtml") if hint.file_name.is_some() => return Ok(SourceKind::Html),
        Some("txt" | "text") if hint.file_name.is_some() => return Ok(SourceKind::Text),
        _ => {}
    }
    if wide {
        let text = crate::charset::decode(head, None, None).text.into_owned();
        return Ok(by_look(text.as_bytes()).unwrap_or(SourceKind::Text));
    }
    let look = by_look(head);
    if look == Some(SourceKind::Html) {
        let xml = head.trim_ascii_start();
        if xml.starts_with(b"<?xml") || xml.starts_with(b"<rss") || xml.starts_with(b"<feed") {
            let lower = head.to_ascii_lowercase();
            let has = |word: &[u8]| memchr::memmem::find(&lower, word).is_some();
            if (has(b"<rss") || has(b"<feed") || has(b"<rdf:rdf")) && !has(b"<html") {
                return unsupported(Foreign::Feed);
            }
        }
    }
    Ok(look.unwrap_or(SourceKind::Text))
}

const MAGIC: [(&[u8], Foreign); 14] = [
    (b"\x89PNG", Foreign::Picture("PNG")),
    (b"\xff\xd8\xff", Foreign::Picture("JPEG")),
    (b"GIF8", Foreign::Picture("GIF")),
    (b"II*\0", Foreign::Picture("TIFF")),
    (b"MM\0*", Foreign::Picture("TIFF")),
    (b"RIFF", Foreign::Media),
    (b"OggS", Foreign::SoundOrFilm),
    (b"ID3", Foreign::Sound),
    (b"\x1f\x8b", Foreign::Compressed("gzip")),
    (b"7z\xbc\xaf", Foreign::Archive("7z")),
    (b"Rar!", Foreign::Archive("RAR")),
    (b"{\\rtf", Foreign::Rtf),
    (b"\xd0\xcf\x11\xe0", Foreign::OldWord),
    (b"\x7fELF", Foreign::Program),
];

fn path(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or(url)
}

fn ending(name: &str) -> Option<String> {
    let file = name.rsplit(['/', '\\']).next()?;
    let (_, ending) = file.rsplit_once('.')?;
    (ending.len() <= 8).then(|| ending.to_ascii_lowercase())
}

fn by_look(head: &[u8]) -> Option<SourceKind> {
    let text = String::from_utf8_lossy(head);
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let lower = start.to_ascii_lowercase();
    let tags = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<meta",
        "<title",
        "<article",
        "<div",
        "<p>",
        "<p ",
        "<h1",
        "<script",
        "<?xml",
        "<rss",
        "<feed",
        "<!--",
    ];
    if start.starts_with('<') && tags.iter().any(|tag| lower.starts_with(tag)) || lower.contains("<html") {
        return Some(SourceKind::Html);
    }
    let known = [
        "from",
        "to",
        "subject",
        "date",
        "received",
        "return-path",
        "delivered-to",
        "message-id",
        "mime-version",
        "reply-to",
        "x-mailer",
        "dkim-signature",
        "content-type",
        "cc",
    ];
    let mut headers = 0;
    let mut unmistakable = false;
    for line in start.lines().take(20) {
        if line.starts_with([' ', '\t']) && headers > 0 {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { break };
        let name = name.to_ascii_lowercase();
        if known.contains(&name.as_str()) {
            headers += 1;
            unmistakable |= matches!(
                name.as_str(),
                "received" | "return-path" | "message-id" | "mime-version" | "delivered-to"
            );
        } else if !name.starts_with("x-")
            && !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        {
            break;
        }
    }
    (headers >= 3 || headers >= 1 && unmistakable).then_some(SourceKind::Email)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(bytes: &[u8], hint: &Hint<'_>) -> String {
        match kind(bytes, hint) {
            Ok(kind) => kind.as_str().to_owned(),
            Err(error) => error.to_string(),
        }
    }

    fn foreign(bytes: &[u8], hint: &Hint<'_>) -> Option<Foreign> {
        match kind(bytes, hint) {
            Err(ReadError::Unsupported(found)) => Some(found),
            _ => None,
        }
    }

    #[test]
    fn kinds_are_told_apart() {
        let none = Hint::default();
        assert_eq!(look(b"%PDF-1.7 ...", &none), "pdf");
        assert_eq!(look(b"\n\nHTTP junk %PDF-1.4", &none), "pdf");
        assert_eq!(look(b"PK\x03\x04....", &none), "docx");
        assert_eq!(look(b"<!DOCTYPE html><p>x", &none), "html");
        assert_eq!(look(b"\xef\xbb\xbf<html>", &none), "html");
        assert_eq!(look(b"From: a@b.example\nTo: c@d.example\nSubject: x\n\nHello", &none), "email");
        assert_eq!(look(b"Received: from x\n by y\nX-Odd: 1\n\nHello", &none), "email");
        assert_eq!(look(b"Note: the ferry is late.\nMore: soon.", &none), "text");
        assert_eq!(look(b"# A heading", &none), "text");
        assert_eq!(look(b"# A heading", &Hint { file_name: Some("a.MD"), ..none }), "markdown");
        assert_eq!(look(b"x", &Hint { content_type: Some("Text/HTML; charset=x"), ..none }), "html");
        assert_eq!(look(b"<p>x", &Hint { file_name: Some("a.txt"), ..none }), "text");
        assert_eq!(look(b"x", &Hint { url: Some("https://a.example/b.md?c=.html"), ..none }), "markdown");
        assert_eq!(look(b"\xff\xfe<\0h\0t\0m\0l\0>\0", &none), "html");
    }

    #[test]
    fn what_has_no_text_is_named() {
        let none = Hint::default();
        for (bytes, found) in [
            (&b"\x89PNG\r\n"[..], Foreign::Picture("PNG")),
            (b"{\\rtf1", Foreign::Rtf),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", Foreign::OldWord),
            (b"<?xml version=\"1.0\"?><rss version=\"2.0\">", Foreign::Feed),
            (b"abc\0\0\0\0def ghi jkl mno pqr stu vwx", Foreign::Bytes),
        ] {
            assert_eq!(foreign(bytes, &none), Some(found));
        }
        let film = Hint { content_type: Some("video/mp4"), ..none };
        assert_eq!(foreign(b"x", &film), Some(Foreign::Type("video/mp4".to_owned())));
    }
}
