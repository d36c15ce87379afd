//! Event candidates: what happened, when, who took part, and who says so.

use std::ops::Range;

use crate::Context;
use crate::attribution::Attribution;
use crate::event::{EventKind, Phase};
use crate::reader::Reader;
use crate::sections;
use crate::sentences::{self, Sentence};
use crate::timex::{self, Timex};
use crate::tokens::Tokens;

/// The exact words of an article that tell of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// Byte range of the words in the text.
    pub span: Range<usize>,
    /// The words themselves, exactly as they stand in the text.
    pub text: String,
    /// Who says so in this sentence.
    pub attribution: Attribution,
    /// The place of the sentence in [`Extraction::sentences`].
    pub sentence: usize,
}

/// An event that an editor may accept.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// A short neutral title made from the clause.
    pub title: String,
    /// Where the article tells of it, the fullest first; never empty.
    pub quotes: Vec<Quote>,
    /// The date as EDTF (level 1 with one-of windows); `None` when the article gives none, or one with two readings.
    pub edtf: Option<String>,
    /// The words of the date as printed.
    pub date_printed: Option<String>,
    /// The rule that gave the date.
    pub date_rule: String,
    /// What the date was worked out from, in words.
    pub date_basis: String,
    /// What kind of thing happened.
    pub kind: EventKind,
    /// How far it has come.
    pub phase: Phase,
    /// Keys of the parties that took part, with the role of each: "actor", "target", "participant", "speaker".
    pub parties: Vec<(String, String)>,
    /// Who says so, of all quotes the best placed to know.
    pub attribution: Attribution,
    /// How likely an editor is to want it, from 0 to 1.
    pub score: f32,
    /// What the score was made of, in words.
    pub reasons: Vec<String>,
}

/// What was read from an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Extraction {
    /// Its sentences, in order.
    pub sentences: Vec<Sentence>,
    /// Its time expressions, in order.
    pub timexes: Vec<Timex>,
    /// Its event candidates, the best first.
    pub candidates: Vec<Candidate>,
}

/// Reads an article: sentences, time expressions and event candidates.
pub fn candidates(text: &str, context: &Context<'_>) -> Extraction {
    // EDTF writes years of four figures without a sign; no article is older.
    let published = context.published.filter(|day| day.year() > 0);
    let context = &Context { published, ..*context };
    let tokens = Tokens::new(text);
    let blocks = sections::blocks(&tokens, context.title);
    let sentences = sentences::split(&tokens, &blocks);
    let timexes = timex::tag(&tokens, &sentences, context);
    let mut reader = Reader::new(&tokens, context, &timexes);
    for (index, sentence) in sentences.iter().enumerate() {
        if sentence.section.is_article() {
            reader.read(index, sentence);
        }
    }
    let candidates = reader.finish(&sentences);
    Extraction { sentences, timexes, candidates }
}
