//! Files of every format, and character sets.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{Cursor, Write};

use impasse_reader::{
    Agreement, DateSourceKind, Document, Foreign, Hint, ReadError, SourceKind, Warning, read,
};
use lopdf::content::{Content, Operation};
use lopdf::{Object, Stream, dictionary};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn file<'a>(name: &'a str) -> Hint<'a> {
    Hint { file_name: Some(name), ..Hint::default() }
}

fn day(document: &Document) -> Option<String> {
    document.published.as_ref().map(|reading| reading.day.to_string())
}

#[test]
fn plain_text_keeps_its_paragraphs_and_loses_its_line_breaks() {
    let text = "Port authority leaves ferry talks\nBy Ana Ruiz\nJan. 29, 2026\n\n\
        The port authority left the talks with the ferry operators on\nThursday, after eleven weeks in which neither side moved on pay\nfor night crossings.\n\n\
        - one\n- two\n";
    let document = read(text.as_bytes(), &file("ferry.txt")).unwrap();
    assert_eq!(document.kind, SourceKind::Text);
    assert_eq!(document.title.as_deref(), Some("Port authority leaves ferry talks"));
    assert_eq!(document.byline.as_deref(), Some("By Ana Ruiz"));
    assert_eq!(document.authors, ["Ana Ruiz"]);
    assert_eq!(day(&document).as_deref(), Some("2026-01-29"));
    assert!(document.text.ends_with(
        "\n\nThe port authority left the talks with the ferry operators on Thursday, after eleven weeks in which \
         neither side moved on pay for night crossings.\n\n- one\n- two"
    ));
    assert!(document.warnings.is_empty(), "{:?}", document.warnings);
}

#[test]
fn a_day_that_a_sentence_tells_of_is_not_that_of_publication() {
    let published = |first: &str| {
        let text = format!(
            "{first}\n\nThe operators asked for a mediator, and the crews will vote on the offer in the coming week.\n"
        );
        day(&read(text.as_bytes(), &file("ferry.txt")).unwrap())
    };
    assert_eq!(
        published("On January 7, 2026, the port authority left the talks with the ferry operators."),
        None
    );
    assert_eq!(published("On January 7, 2026, the talks ended."), None);
    assert_eq!(published("By Ana Ruiz on January 7, 2026").as_deref(), Some("2026-01-07"));
    let dateline =
        "PORT HAVEN, January 7, 2026 - The port authority left the talks with the ferry operators.";
    assert_eq!(published(dateline).as_deref(), Some("2026-01-07"));
}

#[test]
fn markdown_is_read_with_its_metadata() {
    let text = "---\ntitle: \"Port authority leaves ferry talks\"\ndate: 2026-01-29\nauthor: Ana Ruiz\n---\n\n\
        # Walkout\n\nThe **port authority** left the [talks](https://a.example/x) on Thursday\nafter eleven weeks.\n\n\
        * a vote next week\n* a mediator\n\n| who | what |\n| --- | --- |\n| crews | vote |\n\n<div>A <b>box</b></div>\n";
    let document = read(text.as_bytes(), &file("ferry.md")).unwrap();
    assert_eq!(document.kind, SourceKind::Markdown);
    assert_eq!(document.title.as_deref(), Some("Port authority leaves ferry talks"));
    assert_eq!(day(&document).as_deref(), Some("2026-01-29"));
    assert_eq!(document.published.as_ref().unwrap().source.to_string(), "file property date");
    assert_eq!(document.authors, ["Ana Ruiz"]);
    assert_eq!(
        document.text,
        "Walkout\n\nThe port authority left the talks on Thursday after eleven weeks.\n\n- a vote next week\n- a mediator\n\n\
         who what\ncrews vote\n\nA box"
    );
    let bare = read(b"Just *one* line.", &file("a.md")).unwrap();
    assert_eq!(bare.text, "Just one line.");
    assert_eq!(bare.title, None);
}

fn docx(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const BODY: &str = r#"<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="w" xmlns:mc="mc"><w:body>
<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Ferry memo</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">The authority </w:t></w:r><w:del><w:r><w:delText>stayed in</w:delText></w:r></w:del><w:ins><w:r><w:t>left</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> the talks &amp; asked for a mediator.</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/></w:numPr></w:pPr><w:r><w:t>first point</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>second</w:t><w:tab/><w:t>point</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>crews</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>vote</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<mc:AlternateContent><mc:Choice><w:p><w:r><w:t>box</w:t></w:r></w:p></mc:Choice><mc:Fallback><w:p><w:r><w:t>box again</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>
</w:body></w:document>"#;
const CORE: &str = r#"<cp:coreProperties xmlns:cp="a" xmlns:dc="b" xmlns:dcterms="c"><dc:title></dc:title><dc:creator>Ana Ruiz</dc:creator><dc:language>en-GB</dc:language><dcterms:created>2026-01-09T08:00:00Z</dcterms:created><dcterms:modified>2026-01-12T08:00:00Z</dcterms:modified></cp:coreProperties>"#;

#[test]
fn word_documents_are_read_as_they_stand_now() {
    let bytes = docx(&[("word/document.xml", BODY), ("docProps/core.xml", CORE)]);
    let document = read(&bytes, &file("memo.docx")).unwrap();
    assert_eq!(document.kind, SourceKind::Docx);
    assert_eq!(
        document.text,
        "Ferry memo\n\nThe authority left the talks & asked for a mediator.\n\n- first point\n- second point\ncrews vote\nbox"
    );
    assert_eq!(document.title.as_deref(), Some("Ferry memo"));
    assert_eq!(document.byline.as_deref(), Some("Ana Ruiz"));
    assert_eq!(document.language.as_deref(), Some("en-GB"));
    assert_eq!(day(&document).as_deref(), Some("2026-01-09"));
    assert_eq!(document.published.as_ref().unwrap().source.to_string(), "file property created");
    assert_eq!(document.modified.as_ref().unwrap().day.to_string(), "2026-01-12");
}

#[test]
fn other_archives_are_refused_by_name() {
    let sheet = docx(&[("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<x/>")]);
    assert_eq!(read(&sheet, &Hint::default()).unwrap_err(), ReadError::Unsupported(Foreign::Office));
    let archive = docx(&[("notes.txt", "hello")]);
    assert_eq!(
        read(&archive, &Hint::default()).unwrap_err(),
        ReadError::Unsupported(Foreign::Archive("ZIP"))
    );
    let empty = docx(&[("word/document.xml", "<w:document/>")]);
    assert_eq!(read(&empty, &Hint::default()).unwrap_err(), ReadError::NoText { kind: SourceKind::Docx });
    let cut = &docx(&[("word/document.xml", BODY)])[..200];
    assert!(matches!(read(cut, &Hint::default()), Err(ReadError::Damaged { kind: SourceKind::Docx, .. })));
}

fn pdf(pages: &[Vec<Operation>]) -> Vec<u8> {
    let mut pdf = lopdf::Document::with_version("1.5");
    let tree = pdf.new_object_id();
    let font = pdf.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding" });
    let resources = pdf.add_object(dictionary! { "Font" => dictionary! { "F1" => font } });
    let mut kids: Vec<Object> = Vec::new();
    for operations in pages {
        let content = Content { operations: operations.clone() }.encode().unwrap();
        let content = pdf.add_object(Stream::new(dictionary! {}, content));
        kids.push(pdf.add_object(dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => content, "Resources" => resources, "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()] }).into());
    }
    let count = i64::try_from(kids.len()).unwrap();
    pdf.objects.insert(
        tree,
        Object::Dictionary(dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }),
    );
    let catalog = pdf.add_object(
        dictionary! { "Type" => "Catalog", "Pages" => tree, "Lang" => Object::string_literal("en-US") },
    );
    let info = pdf.add_object(dictionary! {
        "Title" => Object::string_literal("Ferry talks memo"),
        "Author" => Object::string_literal("Ana Ruiz"),
        "CreationDate" => Object::string_literal("D:20260129180500-05'00'"),
    });
    pdf.trailer.set("Root", catalog);
    pdf.trailer.set("Info", info);
    pdf.compress();
    let mut out = Vec::new();
    pdf.save_to(&mut out).unwrap();
    out
}

fn lines(lines: &[(&str, i64)]) -> Vec<Operation> {
    let mut out = vec![
        Operation::new("BT", vec![]),
        Operation::new("Tf", vec!["F1".into(), 12.into()]),
        Operation::new("Td", vec![72.into(), 760.into()]),
    ];
    for (text, drop) in lines {
        out.push(Operation::new("Tj", vec![Object::string_literal(*text)]));
        out.push(Operation::new("Td", vec![0.into(), (-drop).into()]));
    }
    out.push(Operation::new("ET", vec![]));
    out
}

#[test]
fn the_text_layer_of_a_pdf_comes_in_paragraphs() {
    let bytes = pdf(&[
        lines(&[
            ("Ferry talks", 40),
            ("The port authority left the talks with the operators on Thurs-", 14),
            ("day, after eleven weeks in which neither side moved on the pay", 14),
            ("for night crossings.", 30),
            ("A mediator will be asked to step in before the end of the month.", 14),
        ]),
        lines(&[("Second page.", 14)]),
    ]);
    let document = read(&bytes, &Hint::default()).unwrap();
    assert_eq!(document.kind, SourceKind::Pdf);
    assert_eq!(
        document.text,
        "Ferry talks\n\nThe port authority left the talks with the operators on Thursday, after eleven weeks in which \
         neither side moved on the pay for night crossings.\n\nA mediator will be asked to step in before the end of \
         the month.\n\nSecond page."
    );
    assert_eq!(document.title.as_deref(), Some("Ferry talks memo"));
    assert_eq!(document.authors, ["Ana Ruiz"]);
    assert_eq!(document.language.as_deref(), Some("en-US"));
    let published = document.published.unwrap();
    assert_eq!(
        (published.day.to_string().as_str(), published.time.as_deref()),
        ("2026-01-29", Some("18:05:00-05:00"))
    );
    assert_eq!(published.source.to_string(), "file property CreationDate");
}

#[test]
fn words_that_a_pdf_sets_one_by_one_are_joined() {
    let word = |text: &str, x: i64| {
        [
            Operation::new("Tm", vec![1.into(), 0.into(), 0.into(), 1.into(), x.into(), 700.into()]),
            Operation::new("Tj", vec![Object::string_literal(text)]),
        ]
    };
    let mut operations =
        vec![Operation::new("BT", vec![]), Operation::new("Tf", vec!["F1".into(), 10.into()])];
    operations.extend(word("Boats", 72));
    operations.extend(word("stop", 101));
    operations.push(Operation::new(
        "TJ",
        vec![Object::Array(vec![
            Object::string_literal(" to"),
            (-20).into(),
            Object::string_literal("day"),
            (-300).into(),
            Object::string_literal("here"),
        ])],
    ));
    operations.push(Operation::new("ET", vec![]));
    let document = read(&pdf(&[operations]), &Hint::default()).unwrap();
    assert_eq!(document.text, "Boats stop today here");
}

#[test]
fn a_pdf_of_pictures_has_no_text() {
    let error = read(&pdf(&[vec![]]), &Hint::default()).unwrap_err();
    assert_eq!(error, ReadError::NoText { kind: SourceKind::Pdf });
    assert!(matches!(
        read(b"%PDF-1.4 and no more", &Hint::default()),
        Err(ReadError::Damaged { kind: SourceKind::Pdf, .. })
    ));
}

#[test]
fn messages_are_read_with_their_headers() {
    let message = "Received: from mx.example by mail.example; Fri, 30 Jan 2026 05:05:12 +0000\r\n\
        From: =?utf-8?q?Ana_Ru=C3=ADz?= <ana@courier.example>\r\nTo: desk@analyst.example\r\n\
        Subject: =?iso-8859-1?q?F=E4hre:_talks?=\r\n stall\r\nDate: Thu, 29 Jan 2026 23:05:00 -0500\r\n\
        MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n\
        --b\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
        The authority left=20the F=E4hre talks on Thurs=\r\nday.\r\n\
        --b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n\
        PHA+VGhlIGF1dGhvcml0eSBsZWZ0PC9wPg==\r\n--b--\r\n";
    let document = read(message.as_bytes(), &Hint::default()).unwrap();
    assert_eq!(document.kind, SourceKind::Email);
    assert_eq!(document.title.as_deref(), Some("F\u{e4}hre: talks stall"));
    assert_eq!(document.byline.as_deref(), Some("Ana Ru\u{ed}z"));
    assert_eq!(document.text, "The authority left the F\u{e4}hre talks on Thursday.");
    let published = document.published.unwrap();
    // The sender's day, not that of the server.
    assert_eq!(
        (published.day.to_string().as_str(), published.time.as_deref()),
        ("2026-01-29", Some("23:05:00-05:00"))
    );
    assert_eq!(published.wording, "Thu, 29 Jan 2026 23:05:00 -0500");
    assert_eq!(published.source.to_string(), "header Date");
    assert_eq!(document.agreement, Agreement::Single);
}

#[test]
fn messages_with_markup_alone_are_read() {
    let message = "From: desk@courier.example\nSubject: Alert\nDate: 29 Jan 2026 08:00 +0100\nContent-Type: text/html; charset=windows-1252\n\n\
        <html><body><table><tr><td><h1>Walkout</h1><p>The authority left the talks.</p></td></tr></table><script>x()</script></body></html>";
    let document = read(message.as_bytes(), &file("alert.eml")).unwrap();
    assert_eq!(document.text, "Walkout\n\nThe authority left the talks.");
    assert_eq!(document.byline.as_deref(), Some("desk@courier.example"));
    assert!(matches!(
        read(b"\n\nno headers", &file("a.eml")),
        Err(ReadError::Damaged { .. } | ReadError::NoText { .. })
    ));
}

fn charset_page(label: &str) -> String {
    format!(
        "<html><head>{label}<title>\u{c4}rger um die F\u{e4}hre</title></head><body><p>Die Beh\u{f6}rde sagte \u{201e}Nein\u{201c} \u{2013} f\u{fc}r den \u{dc}bergang m\u{fc}\u{df}ten L\u{f6}sungen her, gr\u{f6}\u{df}er als bisher.</p></body></html>"
    )
}

#[test]
fn character_sets_are_found_out() {
    let text = "Die Beh\u{f6}rde sagte \u{201e}Nein\u{201c} \u{2013} f\u{fc}r den \u{dc}bergang m\u{fc}\u{df}ten L\u{f6}sungen her, gr\u{f6}\u{df}er als bisher.";
    let latin = |page: &str| encoding_rs::WINDOWS_1252.encode(page).0.into_owned();
    let html = |content_type: &'static str| Hint { content_type: Some(content_type), ..Hint::default() };
    let utf16: Vec<u8> = "\u{feff}"
        .chars()
        .chain(charset_page("").chars())
        .flat_map(|c| u32::from(c).try_into().map(u16::to_le_bytes).unwrap_or_default())
        .collect();
    let cases: [(&str, Vec<u8>, Hint<'_>, &str, usize); 9] = [
        (
            "declared in the header",
            latin(&charset_page("")),
            html("text/html; charset=windows-1252"),
            "windows-1252",
            0,
        ),
        (
            "declared in the page",
            latin(&charset_page("<meta charset=iso-8859-1>")),
            html("text/html"),
            "windows-1252",
            0,
        ),
        (
            "declared the old way",
            latin(&charset_page("<meta http-equiv=content-type content='text/html; charset=latin1'>")),
            html("text/html"),
            "windows-1252",
            0,
        ),
        ("not declared", latin(&charset_page("")), html("text/html"), "windows-1252", 1),
        ("UTF-8, not declared", charset_page("").into_bytes(), html("text/html"), "UTF-8", 0),
        (
            "UTF-8 called Latin-1",
            charset_page("").into_bytes(),
            html("text/html; charset=ISO-8859-1"),
            "UTF-8",
            1,
        ),
        (
            "Latin-1 called UTF-8",
            latin(&charset_page("<meta charset=utf-8>")),
            html("text/html; charset=utf-8"),
            "windows-1252",
            1,
        ),
        ("an unknown label", charset_page("").into_bytes(), html("text/html; charset=klingon"), "UTF-8", 0),
        ("UTF-16 with its mark", utf16, html("text/html; charset=utf-8"), "UTF-16LE", 0),
    ];
    for (case, bytes, hint, charset, warnings) in cases {
        let document = read(&bytes, &hint).unwrap();
        assert_eq!(document.text, text, "{case}");
        assert_eq!(document.title.as_deref(), Some("\u{c4}rger um die F\u{e4}hre"), "{case}");
        assert_eq!(document.charset.as_deref(), Some(charset), "{case}");
        let own = document
            .warnings
            .iter()
            .filter(|w| matches!(w, Warning::CharsetGuessed { .. } | Warning::CharsetMislabelled { .. }))
            .count();
        assert_eq!(own, warnings, "{case}: {:?}", document.warnings);
    }
}

#[test]
fn other_scripts_are_read() {
    for (encoding, text) in [
        (encoding_rs::SHIFT_JIS, "フェリー交渉は木曜日に決裂した。港湾局の責任者が記者団に語った。"),
        (encoding_rs::WINDOWS_1251, "Переговоры о паромах сорвались в четверг, сообщили в управлении порта."),
        (encoding_rs::EUC_KR, "여객선 협상이 목요일에 결렬됐다고 항만 당국이 밝혔다."),
    ] {
        let document = read(&encoding.encode(text).0, &file("a.txt")).unwrap();
        assert_eq!(document.text, text);
        assert_eq!(document.charset.as_deref(), Some(encoding.name()));
    }
}

#[test]
fn dates_of_files_come_from_their_text_first() {
    let text = "MEMORANDUM\n\nDate: 9 January 2026\nTo: all crews\n\nThe contract, signed on 3 March 2017, has lapsed.";
    let document = read(text.as_bytes(), &file("2026-01-12-memo.txt")).unwrap();
    let published = document.published.as_ref().unwrap();
    assert_eq!(
        (published.day.to_string().as_str(), published.source.kind),
        ("2026-01-09", DateSourceKind::Text)
    );
    assert!(document.readings.iter().any(|reading| reading.source.to_string() == "file property file name"));
    assert!(
        document
            .readings
            .iter()
            .all(|reading| reading.day.to_string() != "2017-03-03" || reading != published)
    );
}

#[test]
fn what_is_empty_is_said_to_be() {
    assert_eq!(read(b"", &Hint::default()), Err(ReadError::Empty));
    assert_eq!(read(b" \n\t\r\n", &file("a.html")), Err(ReadError::Empty));
    assert_eq!(
        read(b"<html><script>render()</script></html>", &Hint::default()),
        Err(ReadError::NoText { kind: SourceKind::Html })
    );
}
