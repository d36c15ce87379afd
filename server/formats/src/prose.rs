//! A record as a chronology to be read: headings, paragraphs and a footnote for each citation. How it is set is the
//! business of the formats that are made of it.

use impasse_app::model::article::Passage;
use impasse_app::model::date::EventDate;
use impasse_app::model::dispute::{Dispute, Party, Position};
use impasse_app::model::event::{Citation, Event, EventParty};
use impasse_app::model::id::ArticleId;
use impasse_app::model::record::Record;
use impasse_app::model::time::long_day;

use crate::export::{Export, date_words};
use crate::losses::{Loss, Part};
use crate::text::{plain, web_address};
use impasse_app::t;

/// A run of text. The text of a run has no control characters; see [`clean`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Run {
    /// Plain words.
    Text(String),
    /// Words that stand out.
    Strong(String),
    /// Words that lead to an address on the web.
    Link(String, String),
    /// A line break within a paragraph.
    Break,
    /// The mark of a footnote, by its number from 1.
    Note(usize),
}

/// A part of a chronology.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    /// A heading: its level, from 1, and its words.
    Heading(u8, String),
    /// A paragraph.
    Paragraph(Vec<Run>),
    /// An entry of a list.
    Item(Vec<Run>),
}

/// A chronology.
#[derive(Debug, Default)]
pub(crate) struct Prose {
    /// What it says, in order.
    pub blocks: Vec<Block>,
    /// Its footnotes, the first of which has the number 1.
    pub notes: Vec<Vec<Run>>,
}

/// What is cut out of texts: marks that turn the direction of writing, since an unbalanced one reaches into what
/// follows it and can make a date read backwards (Unicode Standard Annex 9, section 2).
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text without control characters, noncharacters and marks that turn the direction of writing. Line feeds stay.
pub(crate) fn clean(text: &str) -> String {
    let text = plain(text).replace(['\u{2028}', '\u{2029}'], "\n").replace('\t', " ");
    text.chars()
        .filter(|c| !turns_direction(*c))
        .map(|c| if matches!(c, '\u{fffe}' | '\u{ffff}') { '\u{fffd}' } else { c })
        .collect()
}

/// The text, clean and in one line.
pub(crate) fn clean_line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The paragraphs of a text, which are set apart by empty lines; its other line ends are breaks.
fn paragraphs(text: &str) -> Vec<Vec<Run>> {
    let mut paragraphs: Vec<Vec<Run>> = vec![Vec::new()];
    for line in clean(text).lines() {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let Some(last) = paragraphs.last_mut() else { continue };
        if line.is_empty() {
            if !last.is_empty() {
                paragraphs.push(Vec::new());
            }
            continue;
        }
        if !last.is_empty() {
            last.push(Run::Break);
        }
        last.push(Run::Text(line));
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

fn text(words: impl AsRef<str>) -> Run {
    Run::Text(words.as_ref().to_owned())
}

impl Prose {
    /// The chronology of a record.
    pub(crate) fn of(export: &Export<'_>) -> Self {
        let record = export.record;
        let mut prose = Self::default();
        prose.about(export, &record.dispute);
        if !record.parties.is_empty() {
            prose.blocks.push(Block::Heading(2, t!("prose-parties").to_owned()));
            prose.blocks.extend(record.parties.iter().map(|party| Block::Item(party_runs(party))));
        }
        if !record.positions.is_empty() {
            prose.blocks.push(Block::Heading(2, t!("prose-positions").to_owned()));
            for position in &record.positions {
                prose.position(record, position);
            }
        }
        prose.blocks.push(Block::Heading(2, t!("prose-chronology").to_owned()));
        if record.events.is_empty() {
            prose.blocks.push(Block::Paragraph(vec![text(t!("prose-no-events"))]));
        }
        for event in &record.events {
            prose.event(export, event);
        }
        prose
    }

    fn about(&mut self, export: &Export<'_>, dispute: &Dispute) {
        self.blocks.push(Block::Heading(1, clean_line(&dispute.title)));
        self.blocks.extend(paragraphs(&dispute.summary).into_iter().map(Block::Paragraph));
        for (label, words) in [
            (t!("prose-at-stake"), &dispute.question),
            (t!("prose-what-belongs-here"), &dispute.inclusion_rule),
        ] {
            self.labelled(label, words);
        }
        let mut runs =
            vec![Run::Strong(t!("prose-status").to_owned()), text(format!(" {}. ", dispute.status.label()))];
        let (revision, day) = (dispute.revision.to_string(), long_day(export.made.date_naive()));
        runs.push(text(format!("{} ", t!("prose-revision", revision = revision, day = day))));
        runs.push(link(export.address, export.address));
        runs.push(text("."));
        self.blocks.push(Block::Paragraph(runs));
    }

    /// A text of one or more paragraphs, the first of which begins with a label and its colon.
    fn labelled(&mut self, label: &str, words: &str) {
        for (at, mut runs) in paragraphs(words).into_iter().enumerate() {
            if at == 0 {
                runs.splice(0..0, [Run::Strong(label.to_owned()), text(" ")]);
            }
            self.blocks.push(Block::Paragraph(runs));
        }
    }

    fn position(&mut self, record: &Record, position: &Position) {
        let party = record.party(&position.party).map_or_else(String::new, |party| clean_line(&party.name));
        let mut runs = vec![
            Run::Strong(party),
            text(format!(
                ", {}: {}",
                clean_line(&date_words(&position.date)),
                clean_line(&position.statement)
            )),
        ];
        if let Some(source) = &position.source {
            runs.push(self.note(source_runs(record, &source.article, &source.passage)));
        }
        self.blocks.push(Block::Item(runs));
    }

    fn event(&mut self, export: &Export<'_>, event: &Event) {
        let record = export.record;
        self.blocks.push(Block::Heading(3, clean_line(&date_words(&event.date))));
        let mut runs = vec![Run::Strong(clean_line(&event.title))];
        for citation in &event.citations {
            let note = self.note(citation_runs(record, citation));
            runs.push(note);
        }
        self.blocks.push(Block::Paragraph(runs));
        self.blocks.extend(paragraphs(&event.description).into_iter().map(Block::Paragraph));
        let mut facts = [
            event.kind.label(),
            event.phase.label(),
            event.importance.label(),
            record.attestation(event).label(),
        ]
        .join(" · ");
        let parties: Vec<String> = event.parties.iter().filter_map(|part| part_words(record, part)).collect();
        if !parties.is_empty() {
            facts = format!("{facts} · {}", parties.join(", "));
        }
        for words in export.due_words(event).into_iter().chain(export.step_words(event)) {
            facts = format!("{facts} · {}", clean_line(&words));
        }
        self.blocks.push(Block::Paragraph(vec![
            text(format!("{facts} · ")),
            link(t!("prose-permanent-address"), &export.event_address(&event.id)),
        ]));
    }

    fn note(&mut self, runs: Vec<Run>) -> Run {
        self.notes.push(runs);
        Run::Note(self.notes.len())
    }
}

/// Words that lead to an address, or the words alone if it is not one that a reader may be sent to.
fn link(words: &str, url: &str) -> Run {
    match web_address(url) {
        Some(url) => Run::Link(clean_line(words), url.to_owned()),
        None => text(clean_line(words)),
    }
}

fn party_runs(party: &Party) -> Vec<Run> {
    let mut runs =
        vec![Run::Strong(clean_line(&party.name)), text(format!(", {}", party.kind.label().to_lowercase()))];
    if !party.aliases.is_empty() {
        runs.push(text(format!("; {}", t!("prose-also", names = clean_line(&party.aliases.join(", "))))));
    }
    runs
}

fn part_words(record: &Record, part: &EventParty) -> Option<String> {
    let party = record.party(&part.party)?;
    Some(format!("{} ({})", clean_line(&party.name), part.role.label()))
}

fn citation_runs(record: &Record, citation: &Citation) -> Vec<Run> {
    let mut runs = source_runs(record, &citation.article, &citation.passage);
    let attribution = &citation.attribution;
    let mut who = attribution.kind.label().to_owned();
    if !attribution.wording.is_empty() {
        who = format!("{who}, “{}”", clean_line(&attribution.wording));
    }
    if let Some(count) = attribution.count {
        who = format!("{who} ({count})");
    }
    runs.push(text(format!(" {}", t!("prose-said-by", who = who))));
    if let Some(date) = &citation.date {
        runs.push(text(format!(" {}", t!("prose-gives-the-date", date = clean_line(&date_words(date))))));
    }
    runs
}

/// A quote and where it stands: “Words.” Byline, “Headline”, Publisher, 9 January 2026.
fn source_runs(record: &Record, article: &ArticleId, passage: &Passage) -> Vec<Run> {
    let mut runs = vec![text(format!("“{}” ", clean_line(&passage.exact)))];
    let Some(article) = record.article(article) else {
        return runs;
    };
    if !article.byline.is_empty() {
        runs.push(text(format!("{}, ", clean_line(&article.byline))));
    }
    let headline = match clean_line(&article.title) {
        title if title.is_empty() => t!("prose-untitled").to_owned(),
        title => format!("“{title}”"),
    };
    runs.push(match article.url.as_deref().and_then(web_address) {
        Some(url) => link(&headline, &passage.link(url)),
        None => text(headline),
    });
    let published = article.published.map(long_day);
    let publisher = Some(clean_line(&article.publisher)).filter(|name| !name.is_empty());
    runs.extend(publisher.into_iter().chain(published).map(|words| text(format!(", {words}"))));
    runs.push(text("."));
    runs
}

/// What a chronology in prose does not say.
pub(crate) fn losses(export: &Export<'_>) -> Vec<Loss> {
    let record = export.record;
    let cited =
        record.events.iter().flat_map(|event| event.citations.iter().map(|citation| &citation.article));
    let shown =
        record.positions.iter().filter_map(|position| position.source.as_ref()).map(|source| &source.article);
    let used: std::collections::HashSet<&ArticleId> = cited.chain(shown).collect();
    let unused = record.articles.iter().filter(|article| !used.contains(&article.id)).count();
    let quotes = Prose::of(export).notes.len();
    let changed = texts(record).into_iter().filter(|text| text.chars().any(is_left_out)).count();
    [
        Loss::of(Part::Citations, quotes, |count| t!("loss-quotes-without-the-words-around", count = count)),
        Loss::of(Part::Citations, unused, |count| t!("loss-articles-that-nothing-cites-left", count = count)),
        Loss::of(Part::Texts, changed, |count| t!("loss-texts-with-control-characters-or", count = count)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn is_left_out(c: char) -> bool {
    turns_direction(c) || matches!(c, '\u{fffe}' | '\u{ffff}') || (c.is_control() && !"\n\r\t".contains(c))
}

/// Every text of a record that people wrote and a chronology shows.
fn texts(record: &Record) -> Vec<&str> {
    let dispute = &record.dispute;
    let mut texts: Vec<&str> =
        vec![&dispute.title, &dispute.summary, &dispute.question, &dispute.inclusion_rule];
    for party in &record.parties {
        texts.push(&party.name);
        texts.extend(party.aliases.iter().map(String::as_str));
    }
    for article in &record.articles {
        texts.extend([article.title.as_str(), &article.publisher, &article.byline]);
    }
    for position in &record.positions {
        texts.push(&position.statement);
        texts.extend(position.date.printed());
        texts.extend(position.source.iter().map(|source| source.passage.exact.as_str()));
    }
    for event in &record.events {
        texts.extend([event.title.as_str(), &event.description]);
        texts.extend(event.date.printed());
        for citation in &event.citations {
            texts.extend([citation.passage.exact.as_str(), &citation.attribution.wording]);
            texts.extend(citation.date.as_ref().and_then(EventDate::printed));
        }
    }
    texts
}
