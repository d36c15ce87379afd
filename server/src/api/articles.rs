//! Articles: pasted, fetched by their address, or sent as files.

use axum::extract::multipart::Multipart;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use chrono::{DateTime, NaiveDate, Utc};
use impasse_app::forms::{read_address, read_article};
use impasse_app::model::article::{self, ArticleDraft, Dating, Taken};
use impasse_app::model::id::ArticleId;
use impasse_app::model::view::FieldError;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer::{Answer, Page, no_content};
use super::body::{Body, Patch};
use super::call::{
    Anyone, Caller, Confirm, InDispute, Level, Paging, ReadTexts, Suggest, Why, Within, Write,
};
use super::disputes::form;
use super::jobs::{self, Written};
use super::problem::Problem;
use super::schema::patch;
use super::words::{Stage, Way};
use crate::ingest::{self, off_thread};
use crate::web::Server;
use crate::web::articles::{MOST_FILES, fetched, read_file};
use crate::web::request::{File, read_parts};

pub(super) fn router(largest_upload: usize) -> OpenApiRouter<Server> {
    let upload = OpenApiRouter::new()
        .routes(routes!(upload_articles))
        .layer(axum::extract::DefaultBodyLimit::max(largest_upload));
    OpenApiRouter::new()
        .routes(routes!(list_articles, create_article))
        .routes(routes!(fetch_article))
        .merge(upload)
        .routes(routes!(get_article, delete_article))
        .routes(routes!(confirm_article))
        .routes(routes!(restore_article))
        .routes(routes!(check_article))
}

/// A source document without its text.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct Article {
    id: String,
    /// Where it was published, if on the web.
    #[schema(required)]
    url: Option<String>,
    publisher: String,
    /// Its headline.
    title: String,
    byline: String,
    /// The day of publication.
    #[schema(required)]
    published: Option<NaiveDate>,
    /// The day on which it says that it was last changed.
    #[schema(required)]
    modified: Option<NaiveDate>,
    /// When the text came here.
    retrieved: DateTime<Utc>,
    /// SHA-256 of the cleaned text, in hexadecimal.
    hash: String,
    stage: Stage,
    way: Way,
    dating: PublicationDay,
    /// The identifier of the first of the articles whose texts are nearly the same; its own if it is the first.
    origin: String,
}

/// How an article’s day of publication was found.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct PublicationDay {
    /// Where the day that was taken stands, such as `JSON-LD datePublished`; null if nowhere in the document.
    #[schema(required)]
    source: Option<String>,
    /// Who gave or confirmed it.
    #[schema(required)]
    by: Option<String>,
    /// Why somebody has to look at it, in words.
    doubts: Vec<String>,
    /// What the document says, the best first.
    readings: Vec<DayReading>,
}

/// One statement of a document about its day of publication.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct DayReading {
    day: NaiveDate,
    /// Where it stands.
    source: String,
    /// The wording as it stands there.
    wording: String,
}

impl From<article::Article> for Article {
    fn from(article: article::Article) -> Self {
        let readings = article.dating.readings.into_iter().map(|reading| DayReading {
            day: reading.day,
            source: reading.source,
            wording: reading.wording,
        });
        Self {
            url: article.url,
            publisher: article.publisher,
            title: article.title,
            byline: article.byline,
            published: article.published,
            modified: article.modified,
            retrieved: article.retrieved,
            hash: article.hash,
            stage: article.stage.into(),
            way: article.way.into(),
            dating: PublicationDay {
                source: article.dating.source,
                by: article.dating.by,
                doubts: article.dating.doubts,
                readings: readings.collect(),
            },
            origin: article.origin.0,
            id: article.id.0,
        }
    }
}

/// An article with its text.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct ArticleText {
    #[serde(flatten)]
    article: Article,
    /// Its cleaned text, into which the places of quotes point.
    text: String,
}

impl From<article::ArticleText> for ArticleText {
    fn from(found: article::ArticleText) -> Self {
        Self { article: found.article.into(), text: found.text }
    }
}

/// What an article is made from.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ArticleInput {
    /// Its headline.
    #[schema(min_length = 1, max_length = 300)]
    title: String,
    #[schema(min_length = 1, max_length = 200)]
    publisher: String,
    #[serde(default)]
    #[schema(max_length = 300)]
    byline: String,
    /// Where it was published, if on the web.
    #[serde(default)]
    #[schema(max_length = 2_000, example = "https://news.example/2026/talks")]
    url: Option<String>,
    /// The day of publication, from which “Tuesday” or “last month” are counted.
    #[schema(example = "2026-01-29")]
    published: String,
    #[schema(min_length = 1, max_length = 400_000)]
    text: String,
}

patch!(ArticlePatch of ArticleInput);

impl ArticleInput {
    fn read(&self, today: NaiveDate) -> Result<ArticleDraft, Problem> {
        let form = form([
            ("title", self.title.as_str()),
            ("publisher", &self.publisher),
            ("byline", &self.byline),
            ("url", self.url.as_deref().unwrap_or_default()),
            ("published", &self.published),
            ("text", &self.text),
        ]);
        let draft = read_article(form, today).map_err(|form| Problem::invalid(&form.errors))?;
        let canonical = draft.url.as_deref().and_then(impasse_reader::canonical);
        Ok(ArticleDraft { canonical, ..draft })
    }
}

/// The address of an article to fetch.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ArticleAddress {
    #[schema(max_length = 2_000, example = "https://news.example/2026/talks")]
    address: String,
}

/// Files, each an article: HTML, PDF, DOCX, e-mail or plain text.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it names the parts for the OpenAPI document; `Files` reads them")]
struct ArticleFiles {
    #[schema(value_type = Vec<String>, format = Binary, min_items = 1, max_items = 50)]
    file: Vec<u8>,
}

/// What became of an article that was sent.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct ArticleTaken {
    /// Whether it is new; if not, the same text or address was there already.
    is_new: bool,
    article: Article,
}

/// What became of articles that were sent.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct ArticlesTaken {
    /// In the order of the files.
    items: Vec<ArticleTaken>,
}

/// The address of an article.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it names the parameter for the OpenAPI document; `Within` reads it")]
struct ArticlePath {
    /// The article’s identifier.
    id: String,
}

fn id_of<L: Level>(within: &Within<L>) -> ArticleId {
    ArticleId::from(within.id.as_str())
}

async fn take<L: Level<Who = Caller>>(
    within: &Within<L>,
    draft: ArticleDraft,
) -> Result<ArticleTaken, Problem> {
    match ingest::take(&within.server.store, &within.actor(), &within.dispute.id, draft).await? {
        Taken::New(article) => Ok(ArticleTaken { is_new: true, article: article.into() }),
        Taken::There(article) => Ok(ArticleTaken { is_new: false, article: article.into() }),
        // What somebody adds by hand is never that.
        Taken::Deleted => Err(Problem::not_found()),
    }
}

fn told<L: Level>(within: &Within<L>, taken: &ArticleTaken) -> Answer {
    if taken.is_new {
        within.created(&within.path(&format!("/articles/{}", taken.article.id)), taken)
    } else {
        within.changed(taken)
    }
}

/// List articles
///
/// Latest published first, without their texts.
#[utoipa::path(get, path = "/disputes/{dispute}/articles", tag = "Articles", params(InDispute, Paging),
    responses((status = OK, description = "A page of articles.", body = Page<Article>)))]
async fn list_articles(within: Within<Anyone>) -> Answer {
    within.only(&["limit", "cursor"])?;
    let articles = within.server.store.articles(&within.dispute.id).await?;
    within.listed(&articles, |article| article.id.as_str(), Article::from)
}

/// Add an article by its text
///
/// Dated events are looked for in it; what is found waits among the candidates.
#[utoipa::path(post, path = "/disputes/{dispute}/articles", tag = "Articles", params(InDispute),
    request_body = ArticleInput, security(("token" = ["suggest"])),
    responses(
        (status = CREATED, description = "It is new.", body = ArticleTaken),
        (status = OK, description = "The same text is there already.", body = ArticleTaken)))]
async fn create_article(within: Within<Suggest>, Body(input): Body<ArticleInput>) -> Answer {
    let draft = input.read(within.today)?;
    let dating = Dating::given(&within.actor().name);
    let taken = take(&within, ArticleDraft { dating, ..draft }).await?;
    told(&within, &taken)
}

/// Add an article by its address
///
/// It is fetched at once and waits until somebody confirms its day of publication.
#[utoipa::path(post, path = "/disputes/{dispute}/articles/fetch", tag = "Articles", params(InDispute),
    request_body = ArticleAddress, security(("token" = ["suggest"])),
    responses(
        (status = CREATED, description = "It is new.", body = ArticleTaken),
        (status = OK, description = "It is there already.", body = ArticleTaken)))]
async fn fetch_article(within: Within<Suggest>, Body(input): Body<ArticleAddress>) -> Answer {
    let address = read_address(form([("address", input.address.as_str())]));
    let address = address.map_err(|form| Problem::invalid(&form.errors))?;
    let draft = fetched(&within.server, &address).await?;
    let draft = draft.map_err(|why| Problem::invalid_at("address", why))?;
    let taken = take(&within, draft).await?;
    told(&within, &taken)
}

/// Files that were sent.
struct Files(Vec<File>);

impl FromRequest<Server> for Files {
    type Rejection = Problem;

    async fn from_request(request: Request, server: &Server) -> Result<Self, Problem> {
        let multipart = Multipart::from_request(request, server).await.map_err(|_| {
            Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE).because("Send files as multipart/form-data.")
        })?;
        let read = read_parts(multipart).await;
        let (_, files) = read.map_err(|error| Problem::new(error.status()).because(error.body_text()))?;
        let files: Vec<File> =
            files.into_iter().filter(|file| file.field == "file" && !file.is_empty()).collect();
        if files.is_empty() || files.len() > MOST_FILES {
            let message = format!("Send 1 to {MOST_FILES} files, each in a part named file.");
            return Err(Problem::invalid_at("file", message));
        }
        Ok(Self(files))
    }
}

/// Add articles as files
///
/// HTML, PDF, DOCX, e-mail or plain text; all of them or, if one cannot be read, none. Each waits until somebody
/// confirms its day of publication.
#[utoipa::path(post, path = "/disputes/{dispute}/articles/upload", tag = "Articles", params(InDispute),
    request_body(content = ArticleFiles, content_type = "multipart/form-data"),
    security(("token" = ["suggest"])),
    responses((status = OK, description = "What became of each.", body = ArticlesTaken)))]
async fn upload_articles(within: Within<Suggest>, Files(files): Files) -> Answer {
    let read =
        off_thread(move || files.iter().map(|file| (read_file(file), file.name.clone())).collect::<Vec<_>>());
    let (mut drafts, mut errors) = (Vec::new(), Vec::new());
    for (at, (read, name)) in read.await?.into_iter().enumerate() {
        match read {
            Ok(draft) => drafts.push(draft),
            Err(error) => errors.push(FieldError::new(&format!("file[{at}]"), format!("{name}: {error}"))),
        }
    }
    if !errors.is_empty() {
        return Err(Problem::invalid(&errors));
    }
    let mut items = Vec::new();
    for draft in drafts {
        items.push(take(&within, draft).await?);
    }
    within.changed(&ArticlesTaken { items })
}

/// Get an article
///
/// With its text, which is its publisher’s: whoever reads it here needs a token.
#[utoipa::path(get, path = "/disputes/{dispute}/articles/{id}", tag = "Articles", params(InDispute, ArticlePath),
    security(("token" = ["read"])),
    responses((status = OK, description = "The article.", body = ArticleText)))]
async fn get_article(within: Within<ReadTexts>) -> Answer {
    within.only(&[])?;
    let found = within.server.store.article(&within.dispute.id, &id_of(&within)).await?;
    within.found(&ArticleText::from(found))
}

/// Confirm an article that waits
///
/// It becomes a source, and dated events are looked for in it. Fields that are left out are taken as they were found.
#[utoipa::path(post, path = "/disputes/{dispute}/articles/{id}/confirm", tag = "Articles",
    params(InDispute, ArticlePath), request_body = ArticlePatch, security(("token" = ["write"])),
    responses(
        (status = OK, description = "The article.", body = Article),
        (status = CONFLICT, description = "It does not wait, or its text is there already.", body = Problem)))]
async fn confirm_article(within: Within<Confirm>, patch: Patch<ArticleInput>) -> Answer {
    let (store, id) = (&within.server.store, id_of(&within));
    let there = store.article(&within.dispute.id, &id).await?;
    let input = patch.onto(&ArticleInput {
        title: there.article.title,
        publisher: there.article.publisher,
        byline: there.article.byline,
        url: there.article.url,
        published: there.article.published.map(|day| day.to_string()).unwrap_or_default(),
        text: there.text,
    })?;
    let draft = input.read(within.today)?;
    let actor = within.actor();
    let dating = there.article.dating.confirmed(draft.published, &actor.name);
    let draft = ArticleDraft { dating, ..draft };
    let article = ingest::confirm(store, &actor, &within.dispute.id, &id, draft).await?;
    within.changed(&Article::from(article))
}

/// Delete an article
///
/// With its waiting candidates. It can be brought back.
#[utoipa::path(delete, path = "/disputes/{dispute}/articles/{id}", tag = "Articles",
    params(InDispute, ArticlePath, Why), security(("token" = ["write"])),
    responses(
        (status = NO_CONTENT, description = "It is deleted."),
        (status = CONFLICT, description = "An event or a position cites it.", body = Problem)))]
async fn delete_article(within: Within<Write>) -> Answer {
    let reason = within.reason()?;
    let (store, id) = (&within.server.store, id_of(&within));
    within.must_match(&ArticleText::from(store.article(&within.dispute.id, &id).await?))?;
    store.delete_article(&within.actor(), &within.dispute.id, &id, &reason).await?;
    no_content()
}

/// Bring a deleted article back
#[utoipa::path(post, path = "/disputes/{dispute}/articles/{id}/restore", tag = "Articles",
    params(InDispute, ArticlePath), security(("token" = ["write"])),
    responses(
        (status = OK, description = "The article.", body = Article),
        (status = CONFLICT, description = "It is not deleted, or its text was added again.", body = Problem)))]
async fn restore_article(within: Within<Write>) -> Answer {
    within.only(&[])?;
    let (store, id) = (&within.server.store, id_of(&within));
    let article = store.restore_article(&within.actor(), &within.dispute.id, &id, "").await?;
    within.changed(&Article::from(article))
}

/// Check an article’s quotes
///
/// Writes down a job that looks for them on its page.
#[utoipa::path(post, path = "/disputes/{dispute}/articles/{id}/checks", tag = "Articles",
    params(InDispute, ArticlePath), security(("token" = ["write"])),
    responses((status = ACCEPTED, description = "It will be done.", body = Written)))]
async fn check_article(within: Within<Write>) -> Answer {
    within.only(&[])?;
    let id = id_of(&within);
    check_quotes(&within, vec![id]).await
}

/// Writes down the checks of articles.
pub(super) async fn check_quotes(within: &Within<Write>, articles: Vec<ArticleId>) -> Answer {
    let written = crate::web::articles::check_quotes(&within.server, &within.dispute.id, articles).await?;
    jobs::written(written)
}
