//! Articles, and the passages in them that carry events.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::choice::choices;
use super::event::EventDraft;
use super::id::{ArticleId, CandidateId, EventId};
use crate::t;

/// How many characters of context are kept on either side of a quote, as Web Annotation's quote selector is used
/// by Hypothesis.
pub const CONTEXT: usize = 32;

/// A source document without its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Its identifier.
    pub id: ArticleId,
    /// Where it was published, if on the web.
    pub url: Option<String>,
    /// Who published it.
    pub publisher: String,
    /// Its headline.
    pub title: String,
    /// Who wrote it.
    pub byline: String,
    /// The day of publication.
    pub published: Option<NaiveDate>,
    /// When the text came here.
    pub retrieved: DateTime<Utc>,
    /// SHA-256 of the cleaned text, in hexadecimal.
    pub hash: String,
    /// The address that stands for all that lead to it, without what only tracks readers.
    #[serde(default)]
    pub canonical: Option<String>,
    /// The day on which it says that it was last changed.
    #[serde(default)]
    pub modified: Option<NaiveDate>,
    /// Whether it is a source already.
    #[serde(default)]
    pub stage: Stage,
    /// How it came here.
    #[serde(default)]
    pub way: Way,
    /// How its day of publication was found.
    #[serde(default)]
    pub dating: Dating,
    /// The first of the articles whose texts are nearly the same as this one's; its own identifier if it is the first.
    #[serde(default = "no_article")]
    pub origin: ArticleId,
}

/// What revisions say that were written before origins were kept.
fn no_article() -> ArticleId {
    ArticleId::from("")
}

choices! {
    /// Whether an article is a source.
    #[derive(Default)]
    Stage in "stage" {
        /// It is.
        #[default]
        Kept = "kept";
        /// An editor has to look at it first, above all at its day of publication. It cannot be cited before.
        Waiting = "waiting";
    }
}

choices! {
    /// How an article came here.
    #[derive(Default)]
    Way in "way" {
        /// Somebody pasted its text.
        #[default]
        Paste = "paste";
        /// Somebody gave its address.
        Address = "address";
        /// Somebody sent a file.
        File = "file";
        /// A feed brought it.
        Feed = "feed";
        /// It was taken in on the command line.
        Shell = "shell";
    }
}

impl Way {
    /// Whether nobody named the very article, so that what was deleted before stays deleted.
    pub fn is_automatic(self) -> bool {
        matches!(self, Self::Feed | Self::Shell)
    }
}

/// How an article's day of publication was found. Dates on a timeline are counted from it, so it is never taken
/// silently.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dating {
    /// What the document says, the best first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<DayReading>,
    /// Where the day that was taken stands, such as `JSON-LD datePublished`; none if it stands nowhere in the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Who gave or confirmed the day; none if nobody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Why somebody has to look at it, in words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<String>,
}

/// One statement of a document, or of the feed that brought it, about its day of publication.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayReading {
    /// The day.
    pub day: NaiveDate,
    /// Where it stands.
    pub source: String,
    /// The wording as it stands there.
    pub wording: String,
}

impl Dating {
    /// The day given by somebody, as with a pasted text.
    pub fn given(by: &str) -> Self {
        Self { by: Some(by.to_owned()), ..Self::default() }
    }

    /// The same once somebody took a day for that of publication.
    #[must_use]
    pub fn confirmed(self, day: Option<NaiveDate>, by: &str) -> Self {
        let source = self.readings.iter().find(|reading| Some(reading.day) == day);
        Self {
            source: source.map(|reading| reading.source.clone()),
            by: Some(by.to_owned()),
            doubts: Vec::new(),
            readings: self.readings,
        }
    }

    /// Where the day comes from, in words: "from JSON-LD datePublished and 2 others, confirmed by Ada".
    pub fn words(&self, published: Option<NaiveDate>) -> String {
        let Some(day) = published else { return t!("article-day-not-known").to_owned() };
        let mut agreeing: Vec<&str> = Vec::new();
        for reading in self.readings.iter().filter(|reading| reading.day == day) {
            if !agreeing.contains(&reading.source.as_str()) {
                agreeing.push(&reading.source);
            }
        }
        let others = agreeing.iter().filter(|source| Some(**source) != self.source.as_deref()).count();
        let from = self.source.as_ref().map(|source| match others {
            0 => t!("article-from", source = source),
            n => t!("article-from-and-other-places-that", source = source, count = n),
        });
        match (from, &self.by) {
            (Some(from), Some(by)) => t!("article-confirmed-by", from = from, by = by),
            (Some(from), None) => from,
            (None, Some(by)) => t!("article-given-by", by = by),
            (None, None) => t!("article-given-when-added").to_owned(),
        }
    }
}

/// An article with its cleaned text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleText {
    /// The article.
    pub article: Article,
    /// Its cleaned text, into which passages' offsets point.
    pub text: String,
}

/// What is needed to keep an article.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleDraft {
    /// The identifier that it shall have, where something refers to it before it is kept.
    pub id: Option<ArticleId>,
    /// See [`Article::url`].
    pub url: Option<String>,
    /// See [`Article::publisher`].
    pub publisher: String,
    /// See [`Article::title`].
    pub title: String,
    /// See [`Article::byline`].
    pub byline: String,
    /// See [`Article::published`].
    pub published: Option<NaiveDate>,
    /// The cleaned text.
    pub text: String,
    /// See [`Article::canonical`].
    pub canonical: Option<String>,
    /// See [`Article::modified`].
    pub modified: Option<NaiveDate>,
    /// See [`Article::stage`].
    pub stage: Stage,
    /// See [`Article::way`].
    pub way: Way,
    /// See [`Article::dating`].
    pub dating: Dating,
    /// When the text was fetched, if that was not just now.
    pub retrieved: Option<DateTime<Utc>>,
    /// What the likeness of its text to others is told by, as text.
    pub fingerprint: Option<String>,
    /// The origin of an article whose text is nearly the same; none if there is none.
    pub origin: Option<ArticleId>,
}

/// What became of an article that was to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// It is kept.
    New(Article),
    /// The same text or, of one that was fetched, the same address is there already.
    There(Article),
    /// It was deleted before, and nobody asked for it by name.
    Deleted,
}

/// What an article's likeness to others is told by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likened {
    /// See [`Article::origin`].
    pub origin: ArticleId,
    /// See [`ArticleDraft::fingerprint`].
    pub fingerprint: String,
}

/// Words in an article: a quote with its place and its surroundings, so that it can be found again after edits
/// (Web Annotation's text quote and text position selectors).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// The exact words.
    pub exact: String,
    /// Up to [`CONTEXT`] characters before them.
    pub prefix: String,
    /// Up to [`CONTEXT`] characters after them.
    pub suffix: String,
    /// Where they begin in the article's text, in Unicode code points.
    pub start: i64,
    /// Where they end in the article's text, in Unicode code points.
    pub end: i64,
}

impl Passage {
    /// The passage at a range of bytes of a text; none if the range is not on character boundaries or is empty.
    pub fn at(text: &str, bytes: std::ops::Range<usize>) -> Option<Self> {
        let exact = text.get(bytes.clone()).filter(|exact| !exact.is_empty())?;
        let (before, after) = (text.get(..bytes.start)?, text.get(bytes.end..)?);
        let start = before.chars().count();
        let prefix_from = before.char_indices().rev().take(CONTEXT).last().map_or(before.len(), |(at, _)| at);
        Some(Self {
            exact: exact.to_owned(),
            prefix: before.get(prefix_from..)?.to_owned(),
            suffix: after.chars().take(CONTEXT).collect(),
            start: i64::try_from(start).ok()?,
            end: i64::try_from(start + exact.chars().count()).ok()?,
        })
    }

    /// The first place of the words in a text, as a passage.
    pub fn find(text: &str, words: &str) -> Option<Self> {
        let words = words.trim();
        let start = text.find(words)?;
        Self::at(text, start..start + words.len())
    }

    /// An address that opens a page at the words: the URL with a text fragment (WICG Scroll to Text Fragment), with what
    /// stands before and after them so that of several such places it is this one.
    pub fn link(&self, url: &str) -> String {
        let base = url.split('#').next().unwrap_or(url);
        // A directive's parts each lie in one paragraph.
        let lines: Vec<&str> = self.exact.lines().filter(|line| !line.trim().is_empty()).collect();
        let words = |line: Option<&&str>| -> Vec<String> {
            line.into_iter().flat_map(|line| line.split_whitespace()).map(str::to_owned).collect()
        };
        let (first, last) = (words(lines.first()), words(lines.last()));
        // A long quote is given by its first and last words: shorter, and it survives an edit in the middle.
        let target = if lines.len() > 1 || first.len() > 12 {
            let head = first.get(..first.len().min(5)).unwrap_or_default();
            let tail = last.get(last.len().saturating_sub(5)..).unwrap_or_default();
            format!("{},{}", encode_fragment(&head.join(" ")), encode_fragment(&tail.join(" ")))
        } else {
            encode_fragment(&first.join(" "))
        };
        let before =
            self.words_before().map(|words| format!("{}-,", encode_fragment(&words))).unwrap_or_default();
        let after =
            self.words_after().map(|words| format!(",-{}", encode_fragment(&words))).unwrap_or_default();
        format!("{base}#:~:text={before}{target}{after}")
    }

    /// The whole words of the prefix that stand in the quote's paragraph.
    fn words_before(&self) -> Option<String> {
        let (is_cut, line) = match self.prefix.rsplit_once('\n') {
            Some((_, line)) => (false, line),
            None => (self.prefix.chars().count() >= CONTEXT, self.prefix.as_str()),
        };
        // Where it was cut, its first word may be a part of one.
        let line = if is_cut { line.split_once(char::is_whitespace)?.1 } else { line };
        worded(line)
    }

    /// The whole words of the suffix that stand in the quote's paragraph.
    fn words_after(&self) -> Option<String> {
        let (is_cut, line) = match self.suffix.split_once('\n') {
            Some((line, _)) => (false, line),
            None => (self.suffix.chars().count() >= CONTEXT, self.suffix.as_str()),
        };
        let line = if is_cut { line.rsplit_once(char::is_whitespace)?.0 } else { line };
        worded(line)
    }
}

/// Text with single spaces, if there are words in it: quotation marks alone tell no place from another.
fn worded(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    text.chars().any(char::is_alphanumeric).then(|| words.join(" "))
}

/// Percent-encodes for a text directive, where besides the usual also `-`, `&` and `,` have a meaning.
fn encode_fragment(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'~' | b'\'' | b'!' | b'(' | b')') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

choices! {
    /// What became of a candidate.
    Decision in "decision" {
        /// Nobody has decided.
        Pending = "pending";
        /// It is on the timeline.
        Accepted = "accepted";
        /// It was turned down.
        Rejected = "rejected";
    }
}

/// A dated event found in an article, waiting for an editor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Its identifier.
    pub id: CandidateId,
    /// The article it was found in.
    pub article: ArticleId,
    /// What it would become.
    pub draft: CandidateDraft,
    /// What became of it.
    pub decision: Decision,
    /// The event that it became or was added to.
    pub event: Option<EventId>,
    /// Who decided.
    pub decided_by: Option<String>,
    /// When it was decided.
    pub decided_at: Option<DateTime<Utc>>,
}

/// What was found, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CandidateDraft {
    /// The event as it would stand on the timeline. Its date is missing where none could be resolved.
    pub event: EventDraft,
    /// The rule that resolved the date.
    pub rule: String,
    /// What the rule resolved it from, in words.
    pub basis: String,
    /// Why it is a candidate, in words.
    pub reasons: Vec<String>,
    /// How strong it is, 0 to 100.
    pub score: i64,
    /// The event on the timeline that it seems to tell of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likeness: Option<Likeness>,
}

/// A likeness of a candidate to an event, for a person to decide on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Likeness {
    /// The event.
    pub event: EventId,
    /// Whether the candidate gives a date that cannot be the event's.
    pub is_rival: bool,
    /// What they have in common, in words.
    pub why: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passages_count_in_code_points() {
        let text = "Résumé — “the talks failed”, they said.";
        let passage = Passage::find(text, "the talks failed").unwrap();
        let at = |n: i64| usize::try_from(n).unwrap();
        let chars: Vec<char> = text.chars().collect();
        assert_eq!(chars[at(passage.start)..at(passage.end)].iter().collect::<String>(), passage.exact);
        assert_eq!(passage.prefix, "Résumé — “");
        assert_eq!(passage.suffix, "”, they said.");
        assert_eq!(Passage::at(text, 1..2), None);
    }

    #[test]
    fn links_to_the_words() {
        let link = |text: &str, words: &str| Passage::find(text, words).unwrap().link("https://e.org/a#top");
        assert_eq!(
            link("a so-called, agreed text", "so-called, agreed"),
            "https://e.org/a#:~:text=a-,so%2Dcalled%2C%20agreed,-text"
        );
        assert_eq!(
            link("“the talks failed”", "the talks failed"),
            "https://e.org/a#:~:text=the%20talks%20failed"
        );
        // Only whole words, and only of the same paragraph.
        let text = "Before it.\nAt the ministry of defence and elsewhere the talks failed\nwithout a word. After it all, and then some more.";
        assert_eq!(
            link(text, "the talks failed"),
            "https://e.org/a#:~:text=of%20defence%20and%20elsewhere-,the%20talks%20failed"
        );
        assert_eq!(
            link(text, "failed\nwithout a word."),
            "https://e.org/a#:~:text=and%20elsewhere%20the%20talks-,failed,without%20a%20word.,-After%20it%20all%2C%20and%20then%20some"
        );
    }
}
