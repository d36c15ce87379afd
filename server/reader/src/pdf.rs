//! The text layer of a PDF (ISO 32000-1).
//!
//! lopdf reads objects, streams and the encodings of fonts; here the operators that place text are followed, so that
//! pieces that stand on one line become a line, and lines that follow each other a paragraph.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Encoding, Error, LoadOptions, Object, ObjectId};

use crate::plain::{Stated, Top, order};
use crate::text::{clean_line, tidy};
use crate::{
    Damage, DateRole, DateSourceKind, Document, Hint, ReadError, SourceKind, Warning, dates, guarded, html,
    limits,
};

const KIND: SourceKind = SourceKind::Pdf;

/// Reads the text layer and the properties of a PDF.
pub(crate) fn read(bytes: &[u8], hint: &Hint<'_>) -> Result<Document, ReadError> {
    guarded(|| read_pages(bytes, hint))
        .unwrap_or(Err(ReadError::Damaged { kind: KIND, damage: Damage::Parts }))
}

fn refusal(error: &Error) -> ReadError {
    match error {
        Error::InvalidPassword | Error::Decryption(_) | Error::AlreadyEncrypted => {
            ReadError::Encrypted { kind: KIND }
        }
        Error::Decompress(_) => ReadError::Bomb { kind: KIND, limit: limits::UNPACKED },
        error => ReadError::Damaged { kind: KIND, damage: Damage::Other(error.to_string()) },
    }
}

fn read_pages(bytes: &[u8], hint: &Hint<'_>) -> Result<Document, ReadError> {
    let options = LoadOptions { max_decompressed_size: Some(limits::UNPACKED), ..LoadOptions::default() };
    let pdf = lopdf::Document::load_mem_with_options(bytes, options).map_err(|error| refusal(&error))?;
    if pdf.is_encrypted() {
        return Err(ReadError::Encrypted { kind: KIND });
    }
    let mut warnings = Vec::new();
    let mut text = String::new();
    let mut budget = limits::UNPACKED;
    let mut failure = None;
    for (at, page) in pdf.page_iter().enumerate() {
        if at >= limits::PDF_PAGES || text.len() > limits::TEXT {
            warnings.push(Warning::Shortened);
            break;
        }
        match page_text(&pdf, page, &mut budget) {
            Ok(page) => {
                text.push_str(&page);
                text.push_str("\n\n");
            }
            Err(error @ Error::Decompress(_)) => return Err(refusal(&error)),
            Err(error) => failure = Some(error),
        }
    }
    let text = tidy(&text, &mut warnings);
    if text.is_empty() {
        return Err(failure.map_or(ReadError::NoText { kind: KIND }, |error| refusal(&error)));
    }
    let info = pdf.trailer.get_deref(b"Info", &pdf).and_then(Object::as_dict).ok();
    let property = |name: &str| {
        let object = info?.get_deref(name.as_bytes(), &pdf).ok()?;
        Some(clean_line(&lopdf::decode_text_string(object).ok()?)).filter(|value| !value.is_empty())
    };
    // D:20260129180500-05'00' (ISO 32000-1, 7.9.4).
    let date = |name: &str| property(name).map(|value| value.trim_start_matches("D:").replace('\'', ""));
    let (created, modified) = (date("CreationDate"), date("ModDate"));
    let mut stated = Vec::new();
    for (value, role, name) in
        [(&created, DateRole::Published, "CreationDate"), (&modified, DateRole::Modified, "ModDate")]
    {
        if let Some(value) = value {
            stated.push(Stated { weight: 35, role, kind: DateSourceKind::Property, name, value });
        }
    }
    let dating = dates::of_text(&text, &stated, order(hint), hint);
    let top = Top::of(&text);
    let byline = top.byline.or_else(|| property("Author"));
    let language = pdf.catalog().ok().and_then(|catalog| {
        let tag = lopdf::decode_text_string(catalog.get(b"Lang").ok()?).ok()?;
        html::language_tag(&tag)
    });
    Ok(Document {
        // Programs put the name of the file they printed where the title belongs.
        title: property("Title")
            .filter(|title| title.contains(' ') && !title.starts_with("Microsoft Word"))
            .or(top.title),
        authors: byline.as_deref().map(html::authors_of).unwrap_or_default(),
        byline,
        language,
        text,
        warnings,
        ..Document::new(KIND, dating)
    })
}

/// A piece of text and where it stands, in units of the page.
struct Piece {
    x: f32,
    y: f32,
    size: f32,
    end: f32,
    text: String,
}

struct Font<'a> {
    encoding: Encoding<'a>,
    /// Widths of the codes from the first on, in thousandths of the font's size.
    widths: Vec<f32>,
    first: usize,
    two_bytes: bool,
}

fn page_text(pdf: &lopdf::Document, page: ObjectId, budget: &mut usize) -> Result<String, Error> {
    let content = pdf.get_page_content_with_limit(page, *budget)?;
    *budget -= content.len().min(*budget);
    let dictionaries = pdf.get_page_fonts(page).unwrap_or_default();
    // What a font says of its characters in Unicode goes before its own encoding.
    let own: Vec<(Vec<u8>, Dictionary)> = dictionaries
        .into_iter()
        .map(|(name, font)| {
            let mut font = font.clone();
            if font.has(b"ToUnicode") {
                font.remove(b"Encoding");
            }
            (name, font)
        })
        .collect();
    let mut fonts: BTreeMap<&[u8], Font<'_>> = BTreeMap::new();
    for (name, dictionary) in &own {
        if let Some(font) = font(pdf, dictionary)? {
            fonts.insert(name, font);
        }
    }
    Ok(paragraphs(&pieces(&content, &fonts)))
}

fn font<'a>(pdf: &'a lopdf::Document, dictionary: &'a Dictionary) -> Result<Option<Font<'a>>, Error> {
    let encoding = match dictionary.get_font_encoding_with_limit(pdf, limits::UNPACKED / 8) {
        Ok(encoding) => encoding,
        Err(error @ Error::Decompress(_)) => return Err(error),
        Err(_) => return Ok(None),
    };
    let widths = dictionary
        .get_deref(b"Widths", pdf)
        .and_then(Object::as_array)
        .map(|widths| widths.iter().take(65_536).map(|width| number(width).unwrap_or(500.0)).collect())
        .unwrap_or_default();
    let first = dictionary
        .get(b"FirstChar")
        .and_then(Object::as_i64)
        .ok()
        .and_then(|first| usize::try_from(first).ok());
    let two_bytes = dictionary.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Type0");
    Ok(Some(Font { encoding, widths, first: first.unwrap_or(0), two_bytes }))
}

impl Font<'_> {
    /// How far a string moves the pen, in sizes of the font.
    fn advance(&self, bytes: &[u8]) -> f32 {
        if self.two_bytes {
            return bytes.len() as f32 / 2.0 * 0.5;
        }
        bytes
            .iter()
            .map(|byte| {
                let at = usize::from(*byte).checked_sub(self.first);
                at.and_then(|at| self.widths.get(at)).copied().unwrap_or(500.0) / 1000.0
            })
            .sum()
    }
}

fn number(object: &Object) -> Option<f32> {
    object.as_float().ok().filter(|number| number.is_finite())
}

/// Transformation of the plane: a, b, c, d, e, f of ISO 32000-1, 8.3.3.
type Matrix = [f32; 6];
const UNMOVED: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn times(m: &Matrix, n: &Matrix) -> Matrix {
    [
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    ]
}

/// The most operators of one page that are followed, and pieces that are kept.
const OPERATORS: usize = 2_000_000;
const PIECES: usize = 200_000;

fn pieces(content: &[u8], fonts: &BTreeMap<&[u8], Font<'_>>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let mut page: Matrix = UNMOVED;
    let mut saved: Vec<Matrix> = Vec::new();
    let (mut line, mut pen) = (UNMOVED, UNMOVED);
    let (mut leading, mut size) = (0.0_f32, 1.0_f32);
    let mut font: Option<&Font<'_>> = None;
    for operation in Content::decode_iter(content).take(OPERATORS).map_while(Result::ok) {
        let operands = &operation.operands;
        let value = |at: usize| operands.get(at).and_then(number).unwrap_or(0.0);
        let matrix = || -> Matrix { std::array::from_fn(value) };
        let mut show = |pen: &mut Matrix, object: &Object| {
            let Some(font) = font else { return };
            let mut text = String::new();
            let start = *pen;
            let one = std::slice::from_ref(object);
            for object in object.as_array().map_or(one, Vec::as_slice) {
                match object {
                    Object::String(bytes, _) => {
                        let mut piece = String::new();
                        if font.encoding.write_to_string(bytes, &mut piece).is_ok() {
                            text.push_str(&piece);
                        }
                        let moved = font.advance(bytes) * size;
                        *pen = times(&[1.0, 0.0, 0.0, 1.0, moved, 0.0], pen);
                    }
                    other => {
                        let Some(gap) = number(other) else { continue };
                        // A fifth of the size is about the width of a space.
                        if gap < -180.0 && !text.ends_with(' ') {
                            text.push(' ');
                        }
                        *pen = times(&[1.0, 0.0, 0.0, 1.0, -gap / 1000.0 * size, 0.0], pen);
                    }
                }
            }
            if text.is_empty() || out.len() >= PIECES {
                return;
            }
            let (from, to) = (times(&start, &page), times(pen, &page));
            out.push(Piece {
                x: from[4],
                y: from[5],
                size: (size * from[3]).abs().max(1.0),
                end: to[4],
                text,
            });
        };
        match operation.operator.as_str() {
            "q" if saved.len() < 1000 => saved.push(page),
            "Q" => page = saved.pop().unwrap_or(page),
            "cm" => page = times(&matrix(), &page),
            "BT" => (line, pen) = (UNMOVED, UNMOVED),
            "Tf" => {
                font = operands.first().and_then(|name| name.as_name().ok()).and_then(|name| fonts.get(name));
                size = value(1);
            }
            "TL" => leading = value(0),
            "Td" | "TD" => {
                if operation.operator == "TD" {
                    leading = -value(1);
                }
                line = times(&[1.0, 0.0, 0.0, 1.0, value(0), value(1)], &line);
                pen = line;
            }
            "Tm" => {
                line = matrix();
                pen = line;
            }
            "T*" | "'" | "\"" => {
                line = times(&[1.0, 0.0, 0.0, 1.0, 0.0, -leading], &line);
                pen = line;
                let shown = match operation.operator.as_str() {
                    "'" => operands.first(),
                    "\"" => operands.get(2),
                    _ => None,
                };
                if let Some(shown) = shown {
                    show(&mut pen, shown);
                }
            }
            "Tj" | "TJ" => {
                if let Some(shown) = operands.first() {
                    show(&mut pen, shown);
                }
            }
            _ => {}
        }
    }
    out
}

/// Puts pieces on lines and lines into paragraphs, in the order of the file, which is that of reading in all but
/// broken files and keeps columns apart.
fn paragraphs(pieces: &[Piece]) -> String {
    let mut lines: Vec<(f32, f32, f32, String)> = Vec::new();
    let mut last: Option<&Piece> = None;
    for piece in pieces {
        let same_line = last.is_some_and(|last| (last.y - piece.y).abs() < last.size.min(piece.size) * 0.5);
        if let (true, Some(last), Some((_, _, _, text))) = (same_line, last, lines.last_mut()) {
            let gap = piece.x - last.end;
            let apart = gap > piece.size * 0.15 || gap < -piece.size * 2.0;
            if apart && !text.ends_with(' ') && !piece.text.starts_with(' ') {
                text.push(' ');
            }
            text.push_str(&piece.text);
        } else {
            lines.push((piece.x, piece.y, piece.size, piece.text.clone()));
        }
        last = Some(piece);
    }
    let lines: Vec<_> = lines.into_iter().filter(|(.., text)| !text.trim().is_empty()).collect();
    let longest = lines.iter().map(|(.., text)| text.trim().chars().count()).max().unwrap_or(0);
    let mut out = String::new();
    for (at, (x, y, size, text)) in lines.iter().enumerate() {
        let text = text.trim();
        out.push_str(text);
        let Some((next_x, next_y, next_size, next)) = lines.get(at + 1) else { break };
        let next = next.trim();
        let drop = y - next_y;
        let same_size = (size - next_size).abs() < size * 0.1;
        let close = drop > 0.0 && drop < size * 1.7;
        // A line that stops well short of the others ends its paragraph; so does an indented line after it.
        let full = text.chars().count() * 10 >= longest * 6;
        let indented = *next_x > x + size
            && *next_x < x + size * 6.0
            && text.ends_with(['.', '!', '?', '\u{201d}', '"']);
        let bullet = next.starts_with(['\u{2022}', '\u{25cf}', '\u{25aa}']);
        if close && same_size && full && !indented && !bullet {
            let hyphen = text.ends_with('-') && next.starts_with(char::is_lowercase);
            if hyphen {
                out.pop();
            } else {
                out.push(' ');
            }
        } else {
            out.push_str("\n\n");
        }
    }
    out.replace(['\u{2022}', '\u{25cf}', '\u{25aa}'], "- ")
}
