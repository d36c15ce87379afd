//! Answers: JSON with an entity tag, and lists page by page.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use super::problem::Problem;

/// What a handler answers.
pub(super) type Answer = Result<Response, Problem>;

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Page<T: ToSchema> {
    /// What is on it, in order.
    pub(super) items: Vec<T>,
    /// The `cursor` of the next page; null on the last.
    pub(super) next: Option<String>,
}

/// How many items a page has if nobody says, and at most.
pub(super) const USUAL: usize = 50;
pub(super) const MOST: usize = 200;

/// Where a page begins in a list that is read whole: after the item with an identifier or, once that one is gone, at
/// the place where it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    after: String,
    place: usize,
}

impl Place {
    fn write(&self) -> String {
        URL_SAFE_NO_PAD.encode(format!("{}.{}", self.place, self.after))
    }

    fn read(cursor: &str) -> Option<Self> {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
        let (place, after) = text.split_once('.')?;
        Some(Self { after: after.to_owned(), place: place.parse().ok()? })
    }
}

/// The items of one page of a list, and the cursor of the next page. `id` tells an item from all the others.
pub(super) fn page_of<T: Clone>(
    list: &[T],
    id: impl Fn(&T) -> &str,
    cursor: Option<&str>,
    limit: usize,
) -> Result<(Vec<T>, Option<String>), Problem> {
    let from = match cursor {
        None => 0,
        Some(cursor) => {
            let place = Place::read(cursor)
                .ok_or_else(|| Problem::unreadable("cursor", "Give the cursor as `next` gave it."))?;
            match list.iter().position(|item| id(item) == place.after) {
                Some(at) => at + 1,
                None => place.place.min(list.len()),
            }
        }
    };
    let to = from.saturating_add(limit).min(list.len());
    let items = list.get(from..to).unwrap_or_default().to_vec();
    let next = items
        .last()
        .filter(|_| to < list.len())
        .map(|last| Place { after: id(last).to_owned(), place: to }.write());
    Ok((items, next))
}

/// The entity tag of a representation: a digest of it, so that the same tag is the same content.
pub(super) fn tag(body: &[u8]) -> String {
    format!("\"{}\"", URL_SAFE_NO_PAD.encode(Sha256::digest(body).get(..15).unwrap_or_default()))
}

/// Whether a header's list of entity tags has one. Proxies that compress mark tags as weak, so the mark is passed over:
/// the digest is of the content before any compression.
pub(super) fn names(headers: &HeaderMap, name: header::HeaderName, tag: &str) -> Option<bool> {
    let mut given = headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).peekable();
    given.peek()?;
    Some(
        given
            .flat_map(|value| value.split(','))
            .map(str::trim)
            .any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag),
    )
}

/// JSON with its entity tag.
pub(super) fn json<T: Serialize>(status: StatusCode, content: &T) -> Result<(Response, String), Problem> {
    let body = serde_json::to_vec(content).map_err(|error| {
        tracing::error!(%error, "an answer cannot be written");
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR)
    })?;
    let tag = tag(&body);
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if let Ok(tag) = HeaderValue::try_from(&tag) {
        headers.insert(header::ETAG, tag);
    }
    Ok((response, tag))
}

/// Nothing but the status.
pub(super) fn no_content() -> Answer {
    Ok(StatusCode::NO_CONTENT.into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(list: &[&str], cursor: Option<&str>, limit: usize) -> (Vec<String>, Option<String>) {
        let list: Vec<String> = list.iter().map(|id| (*id).to_owned()).collect();
        page_of(&list, |id| id, cursor, limit).unwrap()
    }

    #[test]
    fn pages_follow_each_other_whatever_happens_in_between() {
        let (first, next) = page(&["a", "b", "c", "d"], None, 2);
        assert_eq!(first, ["a", "b"]);
        let next = next.unwrap();
        assert_eq!(page(&["a", "b", "c", "d"], Some(&next), 2), (vec!["c".to_owned(), "d".to_owned()], None));
        // Something came in before, or what the page ended with went away.
        assert_eq!(page(&["_", "a", "b", "c"], Some(&next), 2).0, ["c"]);
        assert_eq!(page(&["a", "c", "d"], Some(&next), 2).0, ["d"]);
        assert_eq!(page(&[], Some(&next), 2), (vec![], None));
        assert!(page_of(&["a".to_owned()], |id| id, Some("nonsense"), 2).is_err());
    }

    #[test]
    fn tags_are_compared_without_their_weakness() {
        let mut headers = HeaderMap::new();
        assert_eq!(names(&headers, header::IF_MATCH, "\"a\""), None);
        headers.insert(header::IF_MATCH, HeaderValue::from_static("\"x\", W/\"a\""));
        assert_eq!(names(&headers, header::IF_MATCH, "\"a\""), Some(true));
        assert_eq!(names(&headers, header::IF_MATCH, "\"b\""), Some(false));
        headers.insert(header::IF_MATCH, HeaderValue::from_static("*"));
        assert_eq!(names(&headers, header::IF_MATCH, "\"b\""), Some(true));
    }
}
