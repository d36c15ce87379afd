//! Input made to break a reader: each is read or refused with a clear word, in bounded time and memory.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use impasse_reader::{
    Hint, ReadError, SourceKind, Warning, canonical, check_quote, dates, fingerprint, likeness, limits, read,
};
use impasse_reader::{QuoteContext, QuoteState};
use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Generous, for tests are built without optimisation and run beside others.
const PATIENCE: Duration = Duration::from_secs(60);

fn html() -> Hint<'static> {
    Hint { content_type: Some("text/html"), ..Hint::default() }
}

fn in_time<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let started = Instant::now();
    let out = work();
    assert!(started.elapsed() < PATIENCE, "{what} took {:?}", started.elapsed());
    out
}

#[test]
fn nesting_without_end_keeps_the_words() {
    for (open, close) in
        [("<div>", "</div>"), ("<b>", ""), ("<table><tr><td>", ""), ("<ul><li>", ""), ("<blockquote>", "")]
    {
        let page = format!(
            "<html><body>{}The talks stalled.{}</body></html>",
            open.repeat(100_000),
            close.repeat(100_000)
        );
        let document = in_time(open, || read(page.as_bytes(), &html())).unwrap();
        assert!(document.text.contains("The talks stalled."), "{open}");
        assert!(document.warnings.contains(&Warning::Shortened), "{open}");
    }
}

#[test]
fn huge_attributes_are_passed_over() {
    let page = format!(
        "<html><head><title>Talks</title><meta name=date content=2026-01-29></head><body><article data-x=\"{}\"><p>The talks stalled.</p></article></body></html>",
        "x".repeat(50 << 20)
    );
    let document = in_time("50 MB in an attribute", || read(page.as_bytes(), &html())).unwrap();
    assert_eq!(document.text, "The talks stalled.");
    assert_eq!(document.published.unwrap().day.to_string(), "2026-01-29");
}

#[test]
fn many_attributes_are_passed_over() {
    let page = format!("<body><p {}>The talks stalled.</p></body>", "a=1 ".repeat(2_000_000));
    let document = in_time("two million attributes", || read(page.as_bytes(), &html())).unwrap();
    assert_eq!(document.text, "The talks stalled.");
}

#[test]
fn pages_of_many_elements_are_cut_and_said_to_be() {
    let page = format!("<body>{}</body>", "<p>The talks stalled again today.</p>".repeat(200_000));
    let document = in_time("200,000 paragraphs", || read(page.as_bytes(), &html())).unwrap();
    assert!(document.warnings.contains(&Warning::Shortened));
    assert!(document.text.len() <= limits::TEXT);
}

#[test]
fn what_never_ends_is_read_to_its_end() {
    for start in [
        "<!--",
        "<script>",
        "<title>",
        "<p title=\"",
        "<a href='",
        "<",
        "</",
        "<![CDATA[",
        "&#",
        "&amp;",
        "<style",
        "<p a=\"b'",
    ] {
        let page = format!("<body><p>The talks stalled.</p>{}", start.repeat(200_000));
        let _ = in_time(start, || read(page.as_bytes(), &html()));
        in_time(start, || dates(page.as_bytes(), &html()));
    }
}

#[test]
fn data_in_pages_may_be_hostile() {
    for data in [
        "[".repeat(200_000),
        "{\"@graph\":[".repeat(50_000),
        format!("{{\"datePublished\":\"{}\"}}", "2".repeat(1 << 20)),
    ] {
        let page =
            format!("<script type='application/ld+json'>{data}</script><body><p>The talks stalled.</p>");
        let document = in_time("JSON-LD", || read(page.as_bytes(), &html())).unwrap();
        assert!(document.published.is_none());
    }
}

fn zipped(name: &str, megabytes: usize) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(name, SimpleFileOptions::default()).unwrap();
    let block = vec![b' '; 1 << 20];
    for _ in 0..megabytes {
        zip.write_all(&block).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn bombs_are_refused() {
    let bytes = zipped("word/document.xml", (limits::UNPACKED >> 20) + 8);
    assert!(bytes.len() < 1 << 20);
    let error = in_time("a bomb in a DOCX", || read(&bytes, &Hint::default())).unwrap_err();
    assert_eq!(error, ReadError::Bomb { kind: SourceKind::Docx, limit: limits::UNPACKED });
}

#[test]
fn a_pdf_that_unpacks_without_end_is_refused() {
    use lopdf::{Document, Object, Stream, dictionary};
    let mut pdf = Document::with_version("1.5");
    let tree = pdf.new_object_id();
    let mut stream = Stream::new(dictionary! {}, vec![b' '; limits::UNPACKED + (8 << 20)]);
    stream.compress().unwrap();
    assert!(stream.content.len() < 1 << 20);
    let content = pdf.add_object(stream);
    let page = pdf.add_object(dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => content });
    pdf.objects.insert(
        tree,
        Object::Dictionary(dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }),
    );
    let catalog = pdf.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    pdf.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).unwrap();
    let error = in_time("a bomb in a PDF", || read(&bytes, &Hint::default())).unwrap_err();
    assert_eq!(error, ReadError::Bomb { kind: SourceKind::Pdf, limit: limits::UNPACKED });
}

#[test]
fn nested_pdf_objects_do_not_exhaust_the_stack() {
    let bytes = format!(
        "%PDF-1.4\n1 0 obj\n{}{}\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF",
        "[".repeat(300_000),
        "]".repeat(300_000)
    );
    assert!(in_time("nested arrays", || read(bytes.as_bytes(), &Hint::default())).is_err());
}

#[test]
fn nested_messages_do_not_exhaust_the_stack() {
    let mut message =
        String::from("From: a@b.example\nMessage-ID: <1@b>\nContent-Type: message/rfc822\n\n").repeat(20_000);
    message.push_str("From: a@b.example\n\nhello");
    let _ = in_time("nested messages", || read(message.as_bytes(), &Hint::default()));
    let mut parts = String::from("From: a@b.example\nMessage-ID: <1@b>\n");
    for at in 0..20_000 {
        parts.push_str(&format!("Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n"));
    }
    let _ = in_time("nested parts", || read(parts.as_bytes(), &Hint::default()));
}

#[test]
fn markdown_may_be_nested() {
    for piece in ["> ", "- ", "[", "*a **b ", "`", "<div>", "![["] {
        let text = piece.repeat(20_000) + "The talks stalled.";
        let hint = Hint { file_name: Some("a.md"), ..Hint::default() };
        let _ = in_time(piece, || read(text.as_bytes(), &hint));
    }
}

#[test]
fn what_is_too_large_is_refused_before_it_is_looked_at() {
    let bytes = vec![b'a'; limits::INPUT + 1];
    assert_eq!(
        read(&bytes, &Hint::default()).unwrap_err(),
        ReadError::TooLarge { size: limits::INPUT + 1, limit: limits::INPUT }
    );
}

const PAGE: &str = "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Ferry talks stall - Courier</title>\
    <meta property='article:published_time' content='2026-01-29T18:05:00-05:00'><script type='application/ld+json'>\
    {\"@context\":\"https://schema.org\",\"@type\":\"Article\",\"datePublished\":\"2026-01-29\"}</script></head><body>\
    <h1>Ferry talks stall</h1><time datetime='2026-01-29'>29 Jan</time><p>The port \u{201c}authority\u{201d} left.</p></body></html>";

#[test]
fn a_page_may_be_cut_anywhere() {
    for at in 0..PAGE.len() {
        let _ = read(&PAGE.as_bytes()[..at], &html());
        dates(&PAGE.as_bytes()[at..], &html());
    }
}

fn well_formed(bytes: &[u8], hint: &Hint<'_>) -> Result<(), TestCaseError> {
    if let Ok(document) = read(bytes, hint) {
        prop_assert!(!document.text.is_empty());
        prop_assert!(!document.text.contains("\n\n\n"));
        prop_assert!(!document.text.chars().any(|c| c.is_control() && c != '\n'));
        prop_assert!(document.text.lines().all(|line| line == line.trim()));
        for line in [&document.title, &document.byline, &document.publisher].into_iter().flatten() {
            prop_assert!(!line.is_empty() && !line.chars().any(char::is_control));
        }
        prop_assert_eq!(document.published.is_none(), document.agreement == impasse_reader::Agreement::None);
        prop_assert!(document.readings.iter().all(|reading| reading.wording.chars().count() <= 200));
    }
    dates(bytes, hint);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..2000), kind in 0..6_usize) {
        let names = ["a.html", "a.txt", "a.md", "a.eml", "a.docx", "a"];
        well_formed(&bytes, &Hint { file_name: Some(names[kind]), ..Hint::default() })?;
    }

    #[test]
    fn any_markup_is_read_or_refused(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "<p>", "</p>", "<div class='date'>", "<time datetime='2026-01-29'>", "</time>", "<h1>", "</h1>", "<!--", "-->",
                "<script>", "</script>", "<title>", "</title>", "29 January 2026", "03/04/2026", "Updated ", "By Ana Ruiz", "\u{a0}",
                "\u{0}", "\u{ad}", "<table>", "<td>", "<li>", "<", "&amp;", "&#0;", "&#xD800;", "\"", "'", "=", "text ", "\u{201c}", "<br>",
                "<meta name=date content='", "<pre>\n", "<svg>", "<a href=x>", "<template>", "<select>", "\u{1f600}", "</", "/>",
            ]),
            0..60,
        ),
    ) {
        well_formed(pieces.concat().as_bytes(), &html())?;
    }

    #[test]
    fn pdfs_may_be_damaged(at in 0..400_usize, byte in any::<u8>()) {
        let mut bytes = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj \
            3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj \
            4 0 obj<</Length 30>>stream\nBT /F 9 Tf (The talks) Tj ET   \nendstream endobj \
            5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Courier>>endobj trailer<</Root 1 0 R>>".to_vec();
        let place = at % bytes.len();
        bytes[place] = byte;
        well_formed(&bytes, &Hint::default())?;
    }

    #[test]
    fn addresses_stay_what_they_are(url in "(https?://)?[a-z.:/?&=#%@0-9_\u{e4} -]{0,60}") {
        if let Some(once) = canonical(&url) {
            prop_assert_eq!(canonical(&once), Some(once.clone()));
            prop_assert!(!once.contains('#'));
        }
    }

    #[test]
    fn quotes_from_a_text_are_still_there(text in "[a-z \u{201c}\u{2019}\n,.]{20,200}", from in 0..100_usize, length in 1..80_usize) {
        let exact: String = text.chars().skip(from).take(length).collect();
        let state = check_quote(&QuoteContext { exact: &exact, prefix: "", suffix: "" }, &text);
        prop_assert_eq!(state == QuoteState::StillThere, !exact.trim().is_empty());
    }

    #[test]
    fn quotes_may_be_anything(exact in ".{0,60}", prefix in ".{0,20}", suffix in ".{0,20}", text in ".{0,200}") {
        if let QuoteState::Edited { now, similarity } = check_quote(&QuoteContext { exact: &exact, prefix: &prefix, suffix: &suffix }, &text) {
            prop_assert!(text.contains(&now));
            prop_assert!((0.0..=1.0).contains(&similarity));
        }
    }

    #[test]
    fn likeness_is_a_share(a in ".{0,300}", b in ".{0,300}") {
        let (a, b) = (fingerprint(&a), fingerprint(&b));
        let share = likeness(&a, &b);
        prop_assert!((0.0..=1.0).contains(&share));
        prop_assert_eq!(share, likeness(&b, &a));
    }
}
