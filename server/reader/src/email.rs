//! E-mail messages (RFC 5322, MIME), as mail programs save them.

use mail_parser::{Address, DateTime, MessageParser};
use memchr::memmem;

use crate::html::{authors_of, lines};
use crate::plain::{Stated, order, unwrap};
use crate::text::{clean_line, tidy};
use crate::{Damage, DateRole, DateSourceKind, Document, Hint, ReadError, SourceKind, dates, guarded};

struct Parts {
    subject: Option<String>,
    from: Option<String>,
    organization: Option<String>,
    date: Option<(String, String)>,
    text: String,
    html: String,
}

/// Reads a message: its headers, and its text or HTML part.
pub(crate) fn read(bytes: &[u8], hint: &Hint<'_>) -> Result<Document, ReadError> {
    let damaged = |damage| ReadError::Damaged { kind: SourceKind::Email, damage };
    if nests_deeply(bytes) {
        return Err(damaged(Damage::Nesting));
    }
    let parts = guarded(|| parts(bytes)).flatten().ok_or_else(|| damaged(Damage::Headers))?;
    let mut warnings = Vec::new();
    let plain = tidy(&unwrap(&parts.text), &mut warnings);
    let rich = tidy(&lines::lines(parts.html.as_bytes()), &mut warnings);
    // Some programs put no more than "view this in a browser" in the text part.
    let text = if plain.len() * 3 >= rich.len() { plain } else { rich };
    if text.is_empty() {
        return Err(ReadError::NoText { kind: SourceKind::Email });
    }
    let stated = parts.date.as_ref().map(|(value, _)| Stated {
        weight: 90,
        role: DateRole::Published,
        kind: DateSourceKind::Header,
        name: "Date",
        value,
    });
    let mut dating = dates::of_text(&text, stated.as_slice(), order(hint), hint);
    if let Some((value, printed)) = parts.date {
        for reading in dating.readings.iter_mut().chain(&mut dating.published) {
            if reading.source.kind == DateSourceKind::Header && reading.wording == value {
                reading.wording.clone_from(&printed);
            }
        }
    }
    Ok(Document {
        title: parts.subject,
        authors: parts.from.as_deref().map(authors_of).unwrap_or_default(),
        byline: parts.from,
        publisher: parts.organization,
        text,
        warnings,
        ..Document::new(SourceKind::Email, dating)
    })
}

fn parts(bytes: &[u8]) -> Option<Parts> {
    let message = MessageParser::default().parse(bytes)?;
    if message.headers().is_empty() {
        return None;
    }
    let line = |text: &str| Some(clean_line(text)).filter(|line| !line.is_empty());
    let from = message.from().and_then(Address::first).and_then(|from| {
        let name = from.name().and_then(line);
        name.or_else(|| from.address().and_then(line))
    });
    let printed = message.header_raw("Date").and_then(line);
    let date = message.date().and_then(|date| {
        let value = moment(date);
        let printed = printed.unwrap_or_else(|| value.clone());
        Some((value, printed)).filter(|_| date.is_valid())
    });
    // Parts of one kind follow each other: the text, an attached note.
    let text: Vec<_> = (0..message.text_body_count().min(20))
        .filter(|at| message.text_bodies().nth(*at).is_some_and(|part| !part.is_text_html()))
        .filter_map(|at| message.body_text(at))
        .collect();
    let html: Vec<_> = (0..message.html_body_count().min(20))
        .filter(|at| message.html_bodies().nth(*at).is_some_and(|part| part.is_text_html()))
        .filter_map(|at| message.body_html(at))
        .collect();
    Some(Parts {
        subject: message.subject().and_then(line),
        from,
        organization: message.header_raw("Organization").and_then(line),
        date,
        text: text.join("\n\n"),
        html: html.join("\n"),
    })
}

/// Whether messages may be nested so deeply that taking them apart again would exhaust the stack: mail-parser drops
/// them one inside the other.
fn nests_deeply(bytes: &[u8]) -> bool {
    let lower = bytes.to_ascii_lowercase();
    ["message/", "digest"]
        .iter()
        .map(|word| memmem::find_iter(&lower, word).take(NESTED).count())
        .sum::<usize>()
        >= NESTED
}

/// How many parts of a message may be messages.
const NESTED: usize = 200;

/// As ISO 8601, in the offset of the sender.
fn moment(date: &DateTime) -> String {
    let sign = if date.tz_before_gmt { '-' } else { '+' };
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{sign}{:02}:{:02}",
        date.year, date.month, date.day, date.hour, date.minute, date.second, date.tz_hour, date.tz_minute
    )
}
