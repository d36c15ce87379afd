//! A chronology in Office Open XML (ISO/IEC 29500, WordprocessingML transitional), with real footnotes.

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use crate::export::Export;
use crate::losses::Loss;
use crate::prose::{self, Block, Prose, Run, clean_line};
use crate::xml::escape;

/// The record as a chronology; the same record gives the same bytes.
pub(crate) fn write(export: &Export<'_>) -> Vec<u8> {
    let prose = Prose::of(export);
    let mut body = Links::default();
    let document = document(&prose, &mut body);
    let mut notes = Links::default();
    let footnotes = footnotes(&prose, &mut notes);
    let title = escape(&clean_line(&export.record.dispute.title));
    let made = export.made.format("%Y-%m-%dT%H:%M:%SZ");
    let core = format!(
        "{HEAD}<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title>\
         <dc:creator>Impasse</dc:creator>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{made}</dcterms:created></cp:coreProperties>"
    );
    let own = format!(
        "<Relationship Id=\"styles\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/>\
         <Relationship Id=\"footnotes\" Type=\"{OFFICE}/footnotes\" Target=\"footnotes.xml\"/>\
         <Relationship Id=\"settings\" Type=\"{OFFICE}/settings\" Target=\"settings.xml\"/>\
         <Relationship Id=\"numbering\" Type=\"{OFFICE}/numbering\" Target=\"numbering.xml\"/>"
    );
    let package = format!(
        "<Relationship Id=\"document\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/>\
         <Relationship Id=\"core\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/\
         core-properties\" Target=\"docProps/core.xml\"/>"
    );
    let parts = [
        ("[Content_Types].xml", content_types()),
        ("_rels/.rels", relationships(&package)),
        ("docProps/core.xml", core),
        ("word/document.xml", document),
        ("word/_rels/document.xml.rels", relationships(&format!("{own}{}", body.xml()))),
        ("word/footnotes.xml", footnotes),
        ("word/_rels/footnotes.xml.rels", relationships(&notes.xml())),
        ("word/styles.xml", styles()),
        ("word/numbering.xml", numbering()),
        ("word/settings.xml", settings()),
    ];
    packed(&parts).unwrap_or_default()
}

/// What it does not say.
pub(crate) fn losses(export: &Export<'_>) -> Vec<Loss> {
    prose::losses(export)
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The parts in one archive. Writing to memory fails only beyond what an archive can hold.
fn packed(parts: &[(&str, String)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(*name, SimpleFileOptions::default())?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

/// The addresses that a part leads to, which stand apart from its text.
#[derive(Default)]
struct Links(Vec<String>);

impl Links {
    /// The name under which the part may lead to an address.
    fn name(&mut self, url: &str) -> String {
        self.0.push(url.to_owned());
        format!("link{}", self.0.len())
    }

    fn xml(&self) -> String {
        self.0
            .iter()
            .enumerate()
            .map(|(at, url)| {
                format!(
                    "<Relationship Id=\"link{}\" Type=\"{OFFICE}/hyperlink\" Target=\"{}\" TargetMode=\"External\"/>",
                    at + 1,
                    escape(url)
                )
            })
            .collect()
    }
}

fn relationships(inner: &str) -> String {
    format!(
        "{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{inner}\
         </Relationships>"
    )
}

fn document(prose: &Prose, links: &mut Links) -> String {
    let mut body = String::new();
    for block in &prose.blocks {
        let (style, inner) = match block {
            Block::Heading(1, words) => ("Title".to_owned(), run(words, "")),
            Block::Heading(level, words) => (format!("Heading{}", level - 1), run(words, "")),
            Block::Paragraph(runs) => (String::new(), self::runs(runs, links)),
            Block::Item(runs) => ("ListBullet".to_owned(), self::runs(runs, links)),
        };
        body.push_str(&paragraph(&style, &inner));
    }
    format!(
        "{HEAD}<w:document xmlns:w=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><w:body>{body}<w:sectPr>\
         <w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" \
         w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
    )
}

/// The footnotes, after the two separators that must be there.
fn footnotes(prose: &Prose, links: &mut Links) -> String {
    let mut notes = String::new();
    for (at, note) in prose.notes.iter().enumerate() {
        let mark = "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r>";
        let inner = format!("{mark}{}{}", run(" ", ""), runs(note, links));
        notes.push_str(&format!(
            "<w:footnote w:id=\"{}\">{}</w:footnote>",
            at + 1,
            paragraph("FootnoteText", &inner)
        ));
    }
    format!(
        "{HEAD}<w:footnotes xmlns:w=\"{MAIN}\" xmlns:r=\"{OFFICE}\">\
         <w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>\
         <w:footnote w:type=\"continuationSeparator\" w:id=\"0\"><w:p><w:r><w:continuationSeparator/></w:r></w:p>\
         </w:footnote>{notes}</w:footnotes>"
    )
}

fn paragraph(style: &str, inner: &str) -> String {
    if style.is_empty() {
        return format!("<w:p>{inner}</w:p>");
    }
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{inner}</w:p>")
}

fn run(words: &str, properties: &str) -> String {
    let properties =
        if properties.is_empty() { String::new() } else { format!("<w:rPr>{properties}</w:rPr>") };
    format!("<w:r>{properties}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(words))
}

fn runs(runs: &[Run], links: &mut Links) -> String {
    runs.iter()
        .map(|one| match one {
            Run::Text(words) => run(words, ""),
            Run::Strong(words) => run(words, "<w:b/>"),
            Run::Link(words, url) => format!(
                "<w:hyperlink r:id=\"{}\">{}</w:hyperlink>",
                links.name(url),
                run(words, "<w:rStyle w:val=\"Hyperlink\"/>")
            ),
            Run::Break => "<w:r><w:br/></w:r>".to_owned(),
            Run::Note(number) => format!(
                "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr>\
                 <w:footnoteReference w:id=\"{number}\"/></w:r>"
            ),
        })
        .collect()
}

fn content_types() -> String {
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let parts: String = [
        ("document", "document.main"),
        ("styles", "styles"),
        ("numbering", "numbering"),
        ("settings", "settings"),
        ("footnotes", "footnotes"),
    ]
    .iter()
    .map(|(part, kind)| {
        format!("<Override PartName=\"/word/{part}.xml\" ContentType=\"{word}.{kind}+xml\"/>")
    })
    .collect();
    format!(
        "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/docProps/core.xml\" \
         ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>{parts}</Types>"
    )
}

fn styles() -> String {
    let of_paragraph = |id: &str, name: &str, inner: &str| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>\
             <w:basedOn w:val=\"Normal\"/>{inner}</w:style>"
        )
    };
    let heading = |level: u8, size: u8| {
        format!(
            "<w:pPr><w:keepNext/><w:spacing w:before=\"240\" w:after=\"60\"/><w:outlineLvl w:val=\"{level}\"/>\
             </w:pPr><w:rPr><w:b/><w:sz w:val=\"{size}\"/></w:rPr>"
        )
    };
    let paragraphs = [
        of_paragraph(
            "Title",
            "Title",
            "<w:pPr><w:spacing w:after=\"240\"/></w:pPr><w:rPr><w:b/><w:sz w:val=\"40\"/></w:rPr>",
        ),
        of_paragraph("Heading1", "heading 1", &heading(0, 30)),
        of_paragraph("Heading2", "heading 2", &heading(1, 24)),
        of_paragraph(
            "ListBullet",
            "List Bullet",
            "<w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>",
        ),
        of_paragraph(
            "FootnoteText",
            "footnote text",
            "<w:pPr><w:spacing w:after=\"0\"/></w:pPr><w:rPr><w:sz w:val=\"18\"/></w:rPr>",
        ),
    ]
    .concat();
    format!(
        "{HEAD}<w:styles xmlns:w=\"{MAIN}\"><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val=\"22\"/>\
         <w:lang w:val=\"en\"/></w:rPr></w:rPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/>\
         <w:pPr><w:spacing w:after=\"120\"/></w:pPr></w:style>\
         <w:style w:type=\"character\" w:styleId=\"FootnoteReference\"><w:name w:val=\"footnote reference\"/>\
         <w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr></w:style>\
         <w:style w:type=\"character\" w:styleId=\"Hyperlink\"><w:name w:val=\"Hyperlink\"/>\
         <w:rPr><w:color w:val=\"0B5394\"/><w:u w:val=\"single\"/></w:rPr></w:style>{paragraphs}</w:styles>"
    )
}

fn numbering() -> String {
    format!(
        "{HEAD}<w:numbering xmlns:w=\"{MAIN}\"><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\">\
         <w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"•\"/><w:lvlJc w:val=\"left\"/>\
         <w:pPr><w:ind w:left=\"360\" w:hanging=\"360\"/></w:pPr></w:lvl></w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"
    )
}

fn settings() -> String {
    format!(
        "{HEAD}<w:settings xmlns:w=\"{MAIN}\"><w:footnotePr><w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/>\
         </w:footnotePr></w:settings>"
    )
}
