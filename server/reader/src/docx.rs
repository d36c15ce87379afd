//! Word documents (Office Open XML, ISO/IEC 29500-1).

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::plain::{Stated, Top, order};
use crate::text::{clean_line, tidy};
use crate::{
    Damage, DateRole, DateSourceKind, Document, Foreign, Hint, ReadError, SourceKind, dates, guarded, html,
    limits,
};

/// Reads a document: its body, and what its properties say.
pub(crate) fn read(bytes: &[u8], hint: &Hint<'_>) -> Result<Document, ReadError> {
    guarded(|| read_archive(bytes, hint))
        .unwrap_or(Err(ReadError::Damaged { kind: SourceKind::Docx, damage: Damage::Packing }))
}

fn read_archive(bytes: &[u8], hint: &Hint<'_>) -> Result<Document, ReadError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| refusal(&error))?;
    let mut budget = limits::UNPACKED;
    let Some(body) = part(&mut archive, "word/document.xml", &mut budget)? else {
        let found = if archive.index_for_name("[Content_Types].xml").is_some() {
            Foreign::Office
        } else {
            Foreign::Archive("ZIP")
        };
        return Err(ReadError::Unsupported(found));
    };
    let properties = part(&mut archive, "docProps/core.xml", &mut budget)?.unwrap_or_default();
    let properties = Properties::read(&properties);
    let mut warnings = Vec::new();
    let Body { text, title } = body_text(&body)?;
    let text = tidy(&text, &mut warnings);
    if text.is_empty() {
        return Err(ReadError::NoText { kind: SourceKind::Docx });
    }
    let mut stated = Vec::new();
    // When the file was made, which is rarely the day that it was published.
    for (value, role, name) in [
        (&properties.created, DateRole::Published, "created"),
        (&properties.modified, DateRole::Modified, "modified"),
    ] {
        if let Some(value) = value {
            stated.push(Stated { weight: 35, role, kind: DateSourceKind::Property, name, value });
        }
    }
    let dating = dates::of_text(&text, &stated, order(hint), hint);
    let top = Top::of(&text);
    let byline = top.byline.or(properties.creator);
    Ok(Document {
        title: properties.title.or(title).or(top.title),
        authors: byline.as_deref().map(html::authors_of).unwrap_or_default(),
        byline,
        language: properties.language.and_then(|tag| html::language_tag(&tag)),
        text,
        warnings,
        ..Document::new(SourceKind::Docx, dating)
    })
}

fn damaged(error: impl ToString) -> ReadError {
    ReadError::Damaged { kind: SourceKind::Docx, damage: Damage::Other(error.to_string()) }
}

fn refusal(error: &ZipError) -> ReadError {
    match error {
        ZipError::InvalidPassword => ReadError::Encrypted { kind: SourceKind::Docx },
        ZipError::UnsupportedArchive(detail) if detail.to_ascii_lowercase().contains("password") => {
            ReadError::Encrypted { kind: SourceKind::Docx }
        }
        error => damaged(error),
    }
}

/// One part of the archive, unpacked as far as the budget for all of them allows.
fn part(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
    budget: &mut usize,
) -> Result<Option<Vec<u8>>, ReadError> {
    let file = match archive.by_name(name) {
        Ok(file) => file,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(refusal(&error)),
    };
    let mut out = Vec::new();
    // What an archive says of its sizes is not believed.
    let most = u64::try_from(*budget).unwrap_or(u64::MAX);
    file.take(most.saturating_add(1)).read_to_end(&mut out).map_err(damaged)?;
    if out.len() > *budget {
        return Err(ReadError::Bomb { kind: SourceKind::Docx, limit: limits::UNPACKED });
    }
    *budget -= out.len();
    Ok(Some(out))
}

struct Body {
    text: String,
    /// The first paragraph in the style "Title", or else in that of the highest heading.
    title: Option<String>,
}

/// The text of the main part: paragraphs as lines, items of lists after "- ", cells of a row side by side; deleted
/// text, field codes and the second copy of drawn text left out.
fn body_text(xml: &[u8]) -> Result<Body, ReadError> {
    let mut reader = Reader::from_reader(xml);
    reader.config_mut().check_end_names = false;
    let mut text = String::new();
    let mut paragraph = String::new();
    let mut in_text = false;
    let mut item = false;
    let mut style = String::new();
    let mut skipped = 0_usize;
    let mut in_cell = 0_usize;
    let mut title: Option<String> = None;
    let mut heading: Option<String> = None;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                let name = start.local_name();
                let name: &str = name.as_ref();
                if skipped > 0 || matches!(name, "del" | "moveFrom" | "Fallback") {
                    skipped += 1;
                    continue;
                }
                match name {
                    "t" => in_text = true,
                    "tc" => in_cell += 1,
                    "numPr" => item = true,
                    "pStyle" => style = value(&start),
                    "p" => {
                        // A paragraph inside another stands in a text box.
                        end_paragraph(&mut paragraph, &mut text, false, in_cell > 0);
                        item = false;
                        style.clear();
                    }
                    _ => {}
                }
            }
            Ok(Event::Empty(empty)) if skipped == 0 => match empty.local_name().as_ref() {
                "tab" => paragraph.push(' '),
                "br" | "cr" => paragraph.push('\n'),
                "noBreakHyphen" => paragraph.push('-'),
                "numPr" => item = true,
                "pStyle" => style = value(&empty),
                _ => {}
            },
            Ok(Event::End(end)) => {
                if skipped > 0 {
                    skipped -= 1;
                    continue;
                }
                match end.local_name().as_ref() {
                    "t" => in_text = false,
                    "p" => {
                        let lower = style.to_ascii_lowercase();
                        let words = clean_line(&paragraph);
                        if !words.is_empty() && lower == "title" && title.is_none() {
                            title = Some(words);
                        } else if !words.is_empty() && lower == "heading1" && heading.is_none() {
                            heading = Some(words);
                        }
                        let item = item || lower.starts_with("list");
                        end_paragraph(&mut paragraph, &mut text, item, in_cell > 0);
                    }
                    "tc" => in_cell = in_cell.saturating_sub(1),
                    "tr" => text.push('\n'),
                    _ => {}
                }
            }
            Ok(Event::Text(piece)) if in_text && skipped == 0 => paragraph.push_str(&piece),
            Ok(Event::GeneralRef(reference)) if in_text && skipped == 0 => {
                let name: &str = &reference;
                paragraph.push_str(&html_escape::decode_html_entities(&format!("&{name};")));
            }
            Ok(Event::CData(piece)) if in_text && skipped == 0 => paragraph.push_str(&piece),
            Ok(Event::Eof) => break,
            Ok(_) => {}
            // A file that was cut short gives what it has, if that is anything.
            Err(error) if text.is_empty() && paragraph.is_empty() => return Err(damaged(error)),
            Err(_) => break,
        }
    }
    end_paragraph(&mut paragraph, &mut text, item, false);
    Ok(Body { text, title: title.or(heading) })
}

fn value(tag: &quick_xml::events::BytesStart<'_>) -> String {
    tag.attributes()
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == "val")
        .map(|attribute| attribute.value.to_string())
        .unwrap_or_default()
}

fn end_paragraph(paragraph: &mut String, text: &mut String, item: bool, in_cell: bool) {
    if !paragraph.trim().is_empty() {
        if item {
            text.push_str("- ");
        }
        text.push_str(paragraph);
        text.push_str(if in_cell {
            " "
        } else if item {
            "\n"
        } else {
            "\n\n"
        });
    }
    paragraph.clear();
}

#[derive(Default)]
struct Properties {
    title: Option<String>,
    creator: Option<String>,
    language: Option<String>,
    created: Option<String>,
    modified: Option<String>,
}

impl Properties {
    fn read(xml: &[u8]) -> Self {
        let mut reader = Reader::from_reader(xml);
        reader.config_mut().check_end_names = false;
        let mut own = Self::default();
        let mut name = String::new();
        let mut value = String::new();
        loop {
            match reader.read_event() {
                Ok(Event::Start(start)) => {
                    name = start.local_name().as_ref().to_owned();
                    value.clear();
                }
                Ok(Event::Text(piece)) => value.push_str(&piece),
                Ok(Event::GeneralRef(reference)) => {
                    let entity: &str = &reference;
                    value.push_str(&html_escape::decode_html_entities(&format!("&{entity};")));
                }
                Ok(Event::End(_)) => {
                    let line = Some(clean_line(&value)).filter(|line| !line.is_empty());
                    match name.as_str() {
                        "title" => own.title = line,
                        "creator" => own.creator = line,
                        "language" => own.language = line,
                        "created" => own.created = line,
                        "modified" => own.modified = line,
                        _ => {}
                    }
                    name.clear();
                    value.clear();
                }
                Ok(Event::Eof) | Err(_) => return own,
                Ok(_) => {}
            }
        }
    }
}
