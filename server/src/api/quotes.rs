//! Words quoted from articles: on the way in they are looked up in the article's text.

use impasse_app::model::article::{Article, Passage};
use impasse_app::model::dispute::Dispute;
use impasse_app::model::id::ArticleId;
use impasse_app::model::view::FieldError;
use impasse_app::store::StoreError;
use serde::Serialize;
use utoipa::ToSchema;

use super::problem::Problem;
use crate::web::Server;

/// The longest quote, in characters.
const LONGEST: usize = 2_000;

/// Words in an article, with their place and their surroundings (Web Annotation’s text quote and text position).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct Quote {
    /// The exact words.
    quote: String,
    /// What stands before them.
    prefix: String,
    /// What stands after them.
    suffix: String,
    /// Where they begin in the article’s text, in Unicode code points.
    start: i64,
    /// Where they end.
    end: i64,
}

impl From<Passage> for Quote {
    fn from(passage: Passage) -> Self {
        let Passage { exact, prefix, suffix, start, end } = passage;
        Self { quote: exact, prefix, suffix, start, end }
    }
}

/// The article that words are quoted from.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct Source {
    title: String,
    publisher: String,
    /// Its address with the words as a text fragment, at which browsers open the page; null if it is not on the web.
    #[schema(required)]
    url: Option<String>,
    /// The day of publication.
    #[schema(required)]
    published: Option<chrono::NaiveDate>,
}

impl Source {
    pub(super) fn new(article: &Article, passage: &Passage) -> Self {
        Self {
            title: article.title.clone(),
            publisher: article.publisher.clone(),
            url: article.url.as_deref().map(|url| passage.link(url)),
            published: article.published,
        }
    }
}

/// The first place of words in an article's text; none, with an error at a field, if there is none.
pub(super) async fn find(
    server: &Server,
    dispute: &Dispute,
    article: &str,
    words: &str,
    field: &str,
    errors: &mut Vec<FieldError>,
) -> Result<Option<Passage>, Problem> {
    if words.trim().is_empty() || words.chars().count() > LONGEST {
        let message = format!("Give 1 to {LONGEST} characters, exactly as they stand in the article.");
        errors.push(FieldError::new(&format!("{field}quote"), message));
        return Ok(None);
    }
    let text = match server.store.article(&dispute.id, &ArticleId::from(article)).await {
        Ok(found) => found.text,
        Err(StoreError::NotFound) => {
            errors.push(FieldError::new(
                &format!("{field}article"),
                "There is no such article in this dispute.",
            ));
            return Ok(None);
        }
        Err(error) => return Err(error.into()),
    };
    let found = Passage::find(&text, words);
    if found.is_none() {
        let message = "These words are not in the article’s text. Copy them from it exactly.";
        errors.push(FieldError::new(&format!("{field}quote"), message));
    }
    Ok(found)
}
