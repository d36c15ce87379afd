//! From the bytes of a page or a document to an article, with what is to be said about its day of publication.

use chrono::{DateTime, NaiveDate, Utc};
use impasse_app::forms::LONGEST_TEXT;
use impasse_app::model::article::{ArticleDraft, Dating, DayReading, Stage, Way};
use impasse_app::model::time::long_day;
use impasse_app::t;
use impasse_reader as reader;
use reader::{
    Agreement, Damage, DateRole, DateSourceKind, DatedBy, Document, Foreign, Hint, ReadError, SourceKind,
};
use url::Url;

/// The longest headline, publisher and byline, in characters, as in the form.
const LONGEST_TITLE: usize = 300;
const LONGEST_PUBLISHER: usize = 200;

/// How far a feed's day may be from the page's before somebody has to look at it: a day apart is another time zone.
const ZONES: i64 = 1;

/// Something that may be an article.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// Its content.
    pub bytes: &'a [u8],
    /// Its media type with parameters, if somebody said.
    pub content_type: Option<&'a str>,
    /// Where it was found, after redirects.
    pub url: Option<&'a str>,
    /// The name of its file.
    pub file_name: Option<&'a str>,
    /// When it was fetched or sent.
    pub at: DateTime<Utc>,
    /// How it came here.
    pub way: Way,
    /// The day that a feed gives for it.
    pub feed_day: Option<NaiveDate>,
    /// Whether somebody is there who will look at what was read before it counts.
    pub is_attended: bool,
}

/// Why there is no article in it.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// It cannot be read.
    #[error("{}", unread(.0))]
    Unread(#[from] ReadError),
    /// It is longer than an article.
    #[error("{}", t!("unread-too-long", length = .0.to_string(), most = LONGEST_TEXT.to_string()))]
    TooLong(usize),
}

/// Why the reader has no document, for people, with what to do instead.
fn unread(error: &ReadError) -> String {
    match error {
        ReadError::Empty => t!("unread-empty").to_owned(),
        ReadError::TooLarge { size, limit } => {
            t!("unread-too-large", size = size.to_string(), most = limit.to_string())
        }
        ReadError::Unsupported(found) => t!("unread-foreign", found = foreign(found)),
        ReadError::Damaged { kind, damage } => {
            t!("unread-damaged", kind = kind_words(*kind), why = damage_words(damage))
        }
        ReadError::Encrypted { kind } => t!("unread-encrypted", kind = kind_words(*kind)),
        ReadError::NoText { kind: SourceKind::Pdf } => t!("unread-no-text-in-pdf").to_owned(),
        ReadError::NoText { kind: SourceKind::Html } => t!("unread-no-text-in-html").to_owned(),
        ReadError::NoText { kind } => t!("unread-no-text", kind = kind_words(*kind)),
        ReadError::Bomb { kind, limit } => {
            t!("unread-bomb", kind = kind_words(*kind), most = limit.to_string())
        }
    }
}

fn kind_words(kind: SourceKind) -> String {
    match kind {
        SourceKind::Text => t!("unread-kind-text").to_owned(),
        named => named.to_string(),
    }
}

fn foreign(found: &Foreign) -> String {
    match found {
        Foreign::Picture(format) => t!("foreign-picture", format = format),
        Foreign::Media => t!("foreign-media").to_owned(),
        Foreign::SoundOrFilm => t!("foreign-sound-or-film").to_owned(),
        Foreign::Sound => t!("foreign-sound").to_owned(),
        Foreign::Compressed(format) => t!("foreign-compressed", format = format),
        Foreign::Archive(format) => t!("foreign-archive", format = format),
        Foreign::Rtf => t!("foreign-rtf").to_owned(),
        Foreign::OldWord => t!("foreign-old-word").to_owned(),
        Foreign::Office => t!("foreign-office").to_owned(),
        Foreign::Program => t!("foreign-program").to_owned(),
        Foreign::Bytes => t!("foreign-bytes").to_owned(),
        Foreign::Feed => t!("foreign-feed").to_owned(),
        Foreign::Json => t!("foreign-json").to_owned(),
        Foreign::Type(media) => {
            t!("foreign-type", group = media.split('/').next().unwrap_or_default(), media = media)
        }
    }
}

fn damage_words(damage: &Damage) -> String {
    match damage {
        Damage::Packing => t!("damage-packing").to_owned(),
        Damage::Parts => t!("damage-parts").to_owned(),
        Damage::Nesting => t!("damage-nesting").to_owned(),
        Damage::Headers => t!("damage-headers").to_owned(),
        Damage::Other(words) => words.clone(),
    }
}

/// Reads an article. Takes long on long input, so it is called off the threads that serve requests.
///
/// It waits for an editor if there is one who will look at it, or if its day of publication is in doubt.
///
/// # Errors
/// When it cannot be read, or is too long.
pub fn read(source: &Source<'_>) -> Result<ArticleDraft, Unreadable> {
    let hint = Hint {
        content_type: source.content_type,
        url: source.url,
        file_name: source.file_name,
        retrieved: Some(source.at.date_naive()),
    };
    let document = reader::read(source.bytes, &hint)?;
    let text = cleaned(&document.text);
    let length = text.chars().count();
    if length > LONGEST_TEXT {
        return Err(Unreadable::TooLong(length));
    }
    let canonical = document
        .canonical_url
        .as_deref()
        .and_then(reader::canonical)
        .or_else(|| source.url.and_then(reader::canonical));
    let first_line = || text.lines().map(str::trim).find(|line| !line.is_empty());
    let title = document.title.as_deref().filter(|title| !title.trim().is_empty());
    let title = title.or_else(first_line).or(source.file_name).unwrap_or_default();
    let publisher = document.publisher.clone().or_else(|| source.url.and_then(host)).unwrap_or_default();
    let (published, dating) = dated(&document, source);
    let is_clear = dating.doubts.is_empty() && !source.is_attended;
    Ok(ArticleDraft {
        url: source.url.map(str::to_owned),
        publisher: line(&publisher, LONGEST_PUBLISHER),
        title: line(title, LONGEST_TITLE),
        byline: line(document.byline.as_deref().unwrap_or_default(), LONGEST_TITLE),
        published: published.filter(|_| is_clear),
        canonical,
        modified: document.modified.as_ref().map(|modified| modified.day),
        stage: if is_clear { Stage::Kept } else { Stage::Waiting },
        way: source.way,
        dating,
        retrieved: Some(source.at),
        text,
        ..ArticleDraft::default()
    })
}

/// The day of publication, and how it was found, with all that speaks against taking it as it is.
fn dated(document: &Document, source: &Source<'_>) -> (Option<NaiveDate>, Dating) {
    let mut readings: Vec<DayReading> =
        document
            .readings
            .iter()
            .filter(|reading| reading.role == DateRole::Published)
            .flat_map(|reading| {
                std::iter::once(reading.day).chain(reading.alternatives.iter().copied()).map(|day| {
                    DayReading { day, source: reading.source.to_string(), wording: reading.wording.clone() }
                })
            })
            .collect();
    readings.extend(source.feed_day.map(|day| DayReading {
        day,
        source: t!("reading-the-feed").to_owned(),
        wording: day.to_string(),
    }));
    let mut doubts = Vec::new();
    let best = document.published.as_ref();
    let day = best.map(|best| best.day).or(source.feed_day);
    match day {
        None => doubts.push(t!("reading-it-does-not-say-when").to_owned()),
        Some(day) if day > source.at.date_naive().succ_opt().unwrap_or(day) => {
            doubts.push(t!("reading-it-says-that-it-was", day = long_day(day)));
        }
        Some(_) => {}
    }
    // A day in the text may be that of what it tells of.
    let is_weak = |best: &&DatedBy| {
        matches!(best.source.kind, DateSourceKind::Text)
            && document.agreement == Agreement::Single
            && source.feed_day.is_none()
    };
    if let Some(best) = best.filter(is_weak) {
        doubts.push(t!(
            "reading-only-its-gives-a-day",
            source = best.source.to_string(),
            day = long_day(best.day)
        ));
    }
    if document.agreement == Agreement::Disagree {
        doubts.push(t!("reading-places-in-it-give-different").to_owned());
    }
    if let Some(DatedBy { wording, .. }) = best.filter(|best| !best.alternatives.is_empty()) {
        doubts.push(t!("reading-may-be-one-of-several", wording = wording));
    }
    if let (Some(best), Some(feed_day)) = (best, source.feed_day)
        && (best.day - feed_day).num_days().abs() > ZONES
    {
        doubts.push(t!(
            "reading-it-gives-and-the-feed",
            day = long_day(best.day),
            feedday = long_day(feed_day)
        ));
    }
    let found = match (best, source.feed_day) {
        (Some(best), _) => Some(best.source.to_string()),
        (None, Some(_)) => Some(t!("reading-the-feed").to_owned()),
        (None, None) => None,
    };
    (day, Dating { readings, source: found, by: None, doubts })
}

/// Text as it is kept: without control characters, and white space at its ends.
fn cleaned(text: &str) -> String {
    let text: String =
        text.replace("\r\n", "\n").chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    text.trim().to_owned()
}

/// A text in one line of at most so many characters.
fn line(text: &str, longest: usize) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.chars().take(longest).collect()
}

/// The host of an address as a name for who publishes there.
fn host(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let host = url.host_str()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "<article><h1>Talks stall</h1><p>The talks between the department and the company stalled \
        this week, six people familiar with the matter said, and nobody knows how they may begin anew.</p>\
        <p>On January 9 the department published a memo that asks for any lawful use of what it buys, and the \
        company said that it would hold on to its limits whatever may come of it.</p></article>";

    fn page(head: &str) -> String {
        format!(
            "<!DOCTYPE html><html><head><title>Talks stall</title>{head}</head><body>{BODY}</body></html>"
        )
    }

    #[test]
    fn what_cannot_be_read_says_what_it_is_and_what_to_do() {
        let words = |error| Unreadable::from(error).to_string();
        assert!(words(ReadError::NoText { kind: SourceKind::Pdf }).contains("OCR"));
        assert!(words(ReadError::Unsupported(Foreign::Office)).contains("office"));
        assert!(words(ReadError::Unsupported(Foreign::Archive("ZIP"))).contains("ZIP"));
    }

    fn read_page(head: &str, way: Way, feed_day: Option<&str>) -> ArticleDraft {
        let html = page(head);
        read(&Source {
            bytes: html.as_bytes(),
            content_type: Some("text/html; charset=utf-8"),
            url: Some("https://www.example.org/talks?utm_source=x"),
            file_name: None,
            at: "2026-02-01T10:00:00Z".parse().unwrap(),
            way,
            feed_day: feed_day.map(|day| day.parse().unwrap()),
            is_attended: way == Way::Address,
        })
        .unwrap()
    }

    const DATED: &str = r#"<meta property="article:published_time" content="2026-01-29T10:00:00Z">"#;

    #[test]
    fn what_is_clear_and_comes_by_itself_is_kept() {
        let draft = read_page(DATED, Way::Feed, Some("2026-01-30"));
        assert_eq!((draft.stage, draft.published), (Stage::Kept, "2026-01-29".parse().ok()));
        assert_eq!(draft.dating.doubts, [""; 0]);
        assert!(
            draft.dating.source.as_deref().unwrap().contains("article:published_time"),
            "{:?}",
            draft.dating
        );
        assert_eq!(draft.title, "Talks stall");
        assert_eq!(draft.canonical.as_deref(), reader::canonical("https://www.example.org/talks").as_deref());
        assert!(draft.text.contains("any lawful use"), "{}", draft.text);
    }

    #[test]
    fn what_is_in_doubt_waits() {
        let other = r#"<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-01-12"}</script>"#;
        for (head, feed_day) in [
            (format!("{DATED}{other}"), None),
            (DATED.to_owned(), Some("2026-01-20")),
            (String::new(), None),
            (DATED.replace("2026-01-29", "2026-03-29"), None),
        ] {
            let draft = read_page(&head, Way::Feed, feed_day);
            assert_eq!((draft.stage, draft.published), (Stage::Waiting, None), "{head} {feed_day:?}");
            assert!(!draft.dating.doubts.is_empty());
        }
        let by_feed = read_page("", Way::Feed, Some("2026-01-20"));
        assert_eq!(
            (by_feed.published, by_feed.dating.source.as_deref()),
            ("2026-01-20".parse().ok(), Some(t!("reading-the-feed")))
        );
    }

    #[test]
    fn what_somebody_asked_for_waits_for_them() {
        let draft = read_page(DATED, Way::Address, None);
        assert_eq!((draft.stage, draft.published), (Stage::Waiting, None));
        assert_eq!(draft.dating.doubts, [""; 0]);
        assert_eq!(draft.dating.readings[0].day.to_string(), "2026-01-29");
    }
}
