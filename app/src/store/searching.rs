//! The part of the store that looks for words.

use async_trait::async_trait;

use super::Result;
use crate::model::dispute::Dispute;
use crate::model::event::Kind;
use crate::model::id::{ArticleId, DisputeId, EventId};
use crate::model::role::{Reader, Role};
use crate::model::view::Range;

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// What words must begin with, all of them, as [`tokens`](crate::model::search::tokens) has them.
    pub words: Vec<String>,
    /// Only in this dispute.
    pub dispute: Option<DisputeId>,
    /// Only events of these kinds, and no articles; whatever if it is empty.
    pub kinds: Vec<Kind>,
    /// Only events that may touch this range, and articles published in it.
    pub range: Range,
}

/// Something in which the words are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The dispute that it is in.
    pub dispute: Dispute,
    /// What the reader may do there.
    pub role: Role,
    /// What it is.
    pub matched: Matched,
}

/// What words were found in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matched {
    /// An event: in its title, description or quotes.
    Event(EventId),
    /// An article: in its title, publisher, byline or text.
    Article(ArticleId),
}

/// Looking for words in events and articles.
#[async_trait]
pub trait Searching: Send + Sync + 'static {
    /// What was found in disputes that the reader may find, latest first: so many after the first so many; and whether
    /// there are more. A dispute that is named need not be one that others find.
    async fn search(
        &self,
        reader: &Reader,
        question: &Question,
        from: usize,
        most: usize,
    ) -> Result<(Vec<Hit>, bool)>;
    /// Makes the words of what was kept before there was an index. Gives how many things had none.
    async fn index_words(&self) -> Result<u64>;
}
