//! The parts of a page's text: the article apart from what surrounds it.
//!
//! A page arrives as lines. Each line is a block of one kind; headings such as "Key Points", "Risks" or "More
//! from World" set the kind of what follows them.

use std::ops::Range;

use crate::tokens::{Gap, Tokens};

/// What a block of text is, within the page it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SectionKind {
    /// The title, a subtitle, or a title repeated.
    Headline,
    /// Who wrote, edited or contributed.
    Byline,
    /// Place and date of filing, or the line with the publication date.
    Dateline,
    /// The first paragraph of prose.
    Lead,
    /// The article's own prose.
    Body,
    /// A heading inside the article.
    Heading,
    /// An item of a summary list ("Key Points").
    KeyPoints,
    /// What a picture shows, and who took it.
    Caption,
    /// An item of a list of risks, scenarios or forecasts.
    Forecast,
    /// Headlines of other stories.
    Related,
    /// Buttons to share or follow.
    ShareBar,
    /// A correction or an editor's note.
    Correction,
    /// Newsletter boxes, advertisements, copyright lines, notices about cookies.
    Boilerplate,
}

impl SectionKind {
    /// Whether the block is the article's own account, from which events may be taken.
    pub fn is_article(self) -> bool {
        matches!(self, Self::Lead | Self::Body | Self::KeyPoints)
    }
}

/// A block of text of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Byte range, without surrounding white space or the bullet of a list item.
    pub span: Range<usize>,
    /// What the block is.
    pub kind: SectionKind,
}

/// The blocks of a text, in order.
pub fn sections(text: &str) -> Vec<Section> {
    blocks(&Tokens::new(text), "")
}

const PROSE_LENGTH: usize = 80;
const HEADING_WORDS: usize = 12;

pub(crate) fn blocks(tokens: &Tokens<'_>, title: &str) -> Vec<Section> {
    let lines = lines(tokens);
    let mut out: Vec<Section> = Vec::with_capacity(lines.len());
    let mut mode = SectionKind::Body;
    let mut prose_seen = false;
    let mut items_seen = false;
    let first_prose = lines.iter().position(|line| line.is_prose());
    for (place, line) in lines.iter().enumerate() {
        let lower = line.text.to_lowercase();
        let set = |kind: SectionKind| Section { span: line.span.clone(), kind };
        let own = line_kind(&lower, line);
        let before_prose = first_prose.is_none_or(|first| place < first);
        if let Some(next) = heading_mode(&lower, line) {
            mode = next;
            items_seen = false;
            out.push(set(if next == SectionKind::Related { next } else { SectionKind::Heading }));
            continue;
        }
        // Nothing that follows a list of other stories belongs to the article.
        if mode == SectionKind::Related {
            out.push(set(own.unwrap_or(SectionKind::Related)));
            continue;
        }
        if let Some(kind) = own {
            out.push(set(kind));
            continue;
        }
        let same_as_title = !title.is_empty() && lower == title.trim().to_lowercase();
        if same_as_title || (!line.bullet && !line.is_prose() && !line.ends_sentence && before_prose) {
            out.push(set(SectionKind::Headline));
            continue;
        }
        if line.bullet {
            items_seen = true;
            out.push(set(mode));
            continue;
        }
        let heading =
            !line.ends_sentence && line.words <= HEADING_WORDS && !line.is_prose() && line.text.len() < 90;
        if heading {
            mode = SectionKind::Body;
            out.push(set(SectionKind::Heading));
            continue;
        }
        if mode != SectionKind::Body && (items_seen || mode == SectionKind::KeyPoints) && line.is_prose() {
            mode = SectionKind::Body;
        }
        let kind = match mode {
            SectionKind::Body if !prose_seen && line.is_prose() => {
                prose_seen = true;
                SectionKind::Lead
            }
            kind => kind,
        };
        out.push(set(kind));
    }
    out
}

struct Line<'a> {
    span: Range<usize>,
    text: &'a str,
    words: usize,
    bullet: bool,
    ends_sentence: bool,
}

impl Line<'_> {
    fn is_prose(&self) -> bool {
        !self.bullet
            && ((self.text.len() >= PROSE_LENGTH && self.ends_sentence)
                || self.text.len() >= 2 * PROSE_LENGTH)
    }
}

fn lines<'a>(tokens: &Tokens<'a>) -> Vec<Line<'a>> {
    let wrapped = hard_wrapped(tokens);
    let mut out = Vec::new();
    let all = tokens.all();
    let mut first = 0;
    for index in 1..=all.len() {
        let ends = match all.get(index).map(|token| token.gap) {
            None | Some(Gap::Blank) => true,
            Some(Gap::Line) => !wrapped || bullet_at(tokens, index),
            Some(_) => false,
        };
        if !ends {
            continue;
        }
        let bullet = bullet_at(tokens, first);
        let begin = first + usize::from(bullet);
        if let (Some(from), Some(to)) = (all.get(begin), all.get(index - 1))
            && begin < index
        {
            let span = from.start..to.end;
            let mut last = index - 1;
            while last > begin && matches!(tokens.printed(last), "\"" | "”" | "’" | "''" | ")" | "'" | "]")
            {
                last -= 1;
            }
            let end = tokens.printed(last);
            let ends_sentence = end.ends_with(['.', '!', '?', '…', ':', ';'])
                || matches!(tokens.printed(index - 1), "_" | "-");
            out.push(Line {
                text: &tokens.text[span.clone()],
                span,
                words: index - begin,
                bullet,
                ends_sentence,
            });
        }
        first = index;
    }
    out
}

fn bullet_at(tokens: &Tokens<'_>, index: usize) -> bool {
    let mark =
        matches!(tokens.printed(index), "•" | "·" | "▪" | "●" | "◦" | "‣" | "-" | "*" | "–" | "—" | "■");
    mark && !tokens.joined(index + 1) && tokens.at(index + 1).is_some_and(|next| next.gap == Gap::Space)
}

/// Whether line breaks only wrap long lines: most of them stand inside a sentence.
fn hard_wrapped(tokens: &Tokens<'_>) -> bool {
    let mut breaks = 0_usize;
    let mut inside = 0_usize;
    for (index, token) in tokens.all().iter().enumerate().skip(1) {
        if token.gap != Gap::Line {
            continue;
        }
        breaks += 1;
        let lower = tokens.printed(index).chars().next().is_some_and(char::is_lowercase);
        let open = !tokens.printed(index - 1).ends_with(['.', '!', '?', '"', '”', ':']);
        inside += usize::from(lower && open);
    }
    breaks >= 3 && inside * 3 > breaks
}

/// The kind that a heading gives to what follows it.
fn heading_mode(lower: &str, line: &Line<'_>) -> Option<SectionKind> {
    if line.words > HEADING_WORDS || line.bullet {
        return None;
    }
    let name = lower.trim_end_matches([':', '.', '…', '»', '>', ' ']);
    const KEY_POINTS: [&str; 11] = [
        "key points",
        "key takeaways",
        "takeaways",
        "highlights",
        "at a glance",
        "summary",
        "in brief",
        "the basics",
        "key facts",
        "what to know",
        "in summary",
    ];
    const FORECAST: [&str; 11] = [
        "risks",
        "risk factors",
        "key risks",
        "risks and opportunities",
        "scenarios",
        "possible scenarios",
        "forecast",
        "forecasts",
        "potential impacts",
        "what could go wrong",
        "opportunities",
    ];
    const RELATED: [&str; 22] = [
        "related",
        "related stories",
        "related articles",
        "related headlines",
        "related coverage",
        "related news",
        "related topics",
        "related content",
        "read more",
        "read next",
        "recommended",
        "recommended stories",
        "recommended reading",
        "most read",
        "most popular",
        "trending",
        "trending now",
        "you may also like",
        "more stories",
        "latest news",
        "top stories",
        "latest stories",
    ];
    if KEY_POINTS.contains(&name) {
        return Some(SectionKind::KeyPoints);
    }
    if FORECAST.contains(&name) {
        return Some(SectionKind::Forecast);
    }
    let more = name.starts_with("more from ")
        || name.starts_with("more on ")
        || name.starts_with("more in ")
        || name.starts_with("also in ")
        || name.starts_with("from our archive")
        || name.starts_with("more stories");
    if RELATED.contains(&name) || (more && !line.ends_sentence && line.words <= 6) {
        return Some(SectionKind::Related);
    }
    None
}

/// The kind that a line shows by its own words.
fn line_kind(lower: &str, line: &Line<'_>) -> Option<SectionKind> {
    let starts = |heads: &[&str]| heads.iter().any(|head| lower.starts_with(head));
    let short = line.words <= 40;
    if starts(&[
        "correction:",
        "corrections:",
        "clarification:",
        "correction (",
        "correction,",
        "editor's note",
        "editor’s note",
    ]) || lower.contains("an earlier version of this ")
        || lower.contains("a previous version of this ")
        || lower.contains("editing error")
        || lower.contains("this article was amended")
        || lower.contains("this story was corrected")
    {
        return Some(SectionKind::Correction);
    }
    if line.words <= 25
        && !line.bullet
        && starts(&[
            "by ",
            "reporting by",
            "editing by",
            "additional reporting",
            "written by",
            "compiled by",
            "with reporting",
            "(reporting by",
            "(editing by",
        ])
        && (!line.ends_sentence || !starts(&["by "]))
    {
        return Some(SectionKind::Byline);
    }
    if short
        && (starts(&[
            "photo:",
            "image:",
            "photograph:",
            "(photo",
            "picture:",
            "video:",
            "file photo",
            "file -",
            "credit:",
        ]) || lower.contains("getty images")
            || lower.contains("(ap photo")
            || lower.contains("/reuters)")
            || lower.contains("file photo")
            || lower.contains("courtesy photo"))
    {
        return Some(SectionKind::Caption);
    }
    if line.words <= 12
        && !line.ends_sentence
        && starts(&[
            "share",
            "tweet",
            "follow us",
            "follow ",
            "print this",
            "email this",
            "copy link",
            "facebook",
            "listen to this",
            "save article",
            "comments",
        ])
    {
        return Some(SectionKind::ShareBar);
    }
    if short
        && (starts(&[
            "advertisement",
            "sign up",
            "subscribe",
            "newsletter",
            "get our",
            "all rights reserved",
            "copyright ",
            "©",
            "read more:",
            "read also",
            "related:",
            "more:",
            "watch:",
            "listen:",
            "click here",
            "this site uses",
            "we use cookies",
            "terms of use",
            "already a subscriber",
            "support our journalism",
        ]) || lower.contains("all rights reserved")
            || lower.contains("newsletter"))
        && line.words <= 30
    {
        return Some(SectionKind::Boilerplate);
    }
    if line.words <= 14
        && !line.ends_sentence
        && (is_date_line(lower) || starts(&["published", "updated", "posted", "last updated"]))
    {
        return Some(SectionKind::Dateline);
    }
    None
}

/// Whether a short line ends in a full date: "World January 29, 2026".
fn is_date_line(lower: &str) -> bool {
    let words: Vec<&str> = lower.split([' ', ',', '|', '·', '•']).filter(|word| !word.is_empty()).collect();
    let month = words.iter().rposition(|word| crate::lexicon::month(word.trim_end_matches('.')).is_some());
    let Some(month) = month else { return false };
    let tail = &words[month + 1..];
    let year = tail.iter().any(|word| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()));
    let clock = |word: &str| {
        word.bytes().any(|b| b.is_ascii_digit())
            || matches!(word, "at" | "am" | "pm" | "a.m." | "p.m." | "et" | "est" | "gmt" | "edt" | "utc")
    };
    year && month <= 4 && tail.iter().all(|word| clock(word))
}
