//! Looking for words.

use axum::http::StatusCode;
use impasse_app::model::search::tokens;
use impasse_app::model::view::View;
use impasse_app::store::{Hit, Matched, Question, StoreError};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer::{Answer, Page};
use super::call::{Anyone, Call, Paging};
use super::problem::Problem;
use crate::web::Server;

/// How far one may go through the results.
const LAST: usize = 10_000;

pub(super) fn router() -> OpenApiRouter<Server> {
    OpenApiRouter::new().routes(routes!(search))
}

/// What words were found in.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ResultKind {
    Event,
    Article,
}

/// Something in which words were found.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct SearchResult {
    /// What it is.
    r#type: ResultKind,
    /// Its identifier.
    id: String,
    title: String,
    /// The slug of the dispute that it is in.
    dispute: String,
    /// The address of its page.
    url: String,
}

/// What is looked for.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it names the parameters for the OpenAPI document; `search` reads them")]
struct Words {
    /// Beginnings of words, all of which must be there.
    #[param(example = "memo safeguards")]
    q: String,
    /// Only in the dispute with this slug.
    dispute: Option<String>,
    /// Only events of these kinds, and no articles; several with commas.
    kind: Option<String>,
    /// The first day or minute of the range, which an event’s date may touch.
    from: Option<String>,
    /// The last day or minute.
    to: Option<String>,
}

/// Search events and articles
///
/// In titles, descriptions, quotes and the text of articles, latest first. Without a dispute, in those that are public
/// and those in which the account has a role.
#[utoipa::path(get, path = "/search", tag = "Search", params(Words, Paging),
    responses((status = OK, description = "A page of results.", body = Page<SearchResult>)))]
async fn search(call: Call<Anyone>) -> Answer {
    call.only(&["q", "dispute", "kind", "from", "to", "limit", "cursor"])?;
    let pairs = call.query.iter().filter(|(name, _)| ["q", "kind", "from", "to"].contains(&name.as_str()));
    let (view, errors) = View::read(pairs.map(|(name, value)| (name.as_str(), value.as_str())));
    if !errors.is_empty() {
        return Err(Problem::new(StatusCode::BAD_REQUEST).at(&errors));
    }
    let words = tokens(&view.text);
    if words.is_empty() {
        return Err(Problem::unreadable("q", "Give one word or more."));
    }
    let store = &call.server.store;
    let dispute = match call.param("dispute") {
        Some(slug) => match store.dispute(&call.reader, slug).await {
            Ok((dispute, _)) => Some(dispute.id),
            Err(StoreError::NotFound) => {
                return Err(Problem::unreadable("dispute", "There is no such dispute."));
            }
            Err(error) => return Err(error.into()),
        },
        None => None,
    };
    let (limit, cursor) = call.paging()?;
    let from = match cursor {
        None => 0,
        Some(cursor) => cursor
            .parse()
            .ok()
            .filter(|from| *from <= LAST)
            .ok_or_else(|| Problem::unreadable("cursor", "Take it from the page before."))?,
    };
    let question = Question { words, dispute, kinds: view.kinds, range: view.range };
    let (hits, more) = store.search(&call.reader, &question, from, limit).await?;
    let next = Some(from + limit).filter(|next| more && *next <= LAST).map(|next| next.to_string());
    let mut items = Vec::with_capacity(hits.len());
    for hit in hits {
        items.extend(result(&call, hit).await?);
    }
    call.page(Page { items, next })
}

/// A hit as it is shown; nothing if it was deleted meanwhile.
async fn result(call: &Call<Anyone>, hit: Hit) -> Result<Option<SearchResult>, Problem> {
    let (store, dispute) = (&call.server.store, hit.dispute);
    let (r#type, id, title, place) = match hit.matched {
        Matched::Event(id) => match store.events_named(&dispute.id, std::slice::from_ref(&id)).await?.pop() {
            Some(event) => (ResultKind::Event, id.0, event.title, "events"),
            None => return Ok(None),
        },
        Matched::Article(id) => match store.article(&dispute.id, &id).await {
            Ok(found) => (ResultKind::Article, id.0, found.article.title, "articles"),
            Err(StoreError::NotFound) => return Ok(None),
            Err(error) => return Err(error.into()),
        },
    };
    let url = format!("{}/d/{}/{place}/{id}", call.origin, dispute.slug);
    Ok(Some(SearchResult { r#type, id, title, dispute: dispute.slug, url }))
}
