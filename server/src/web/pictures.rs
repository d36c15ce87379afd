//! Views as pictures: previews of links, drawings to put elsewhere.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use impasse_app::page::PageError;
use impasse_app::pages::{self, Subject};
use sha2::{Digest, Sha256};

use super::Answer;
use super::keep::Keep;
use super::request::Incoming;
use super::respond::Refusal;
use crate::picture;

/// How many previews are kept; each is about 60 kB.
const MOST: usize = 200;

/// Previews that were made lately, by the hash of their drawing: what is drawn alike is alike, whatever else changed.
static MADE: Mutex<VecDeque<([u8; 32], Bytes)>> = Mutex::new(VecDeque::new());

/// `GET /og/{slug}.png`, with the parameters of a view
pub(super) async fn preview(incoming: Incoming, Path(file): Path<String>) -> Answer {
    let slug = file.strip_suffix(".png").ok_or_else(|| missing(&incoming))?;
    preview_of(&incoming, Subject::Dispute(slug)).await
}

/// `GET /s/{code}/preview.png`
pub(super) async fn frozen(incoming: Incoming, Path(code): Path<String>) -> Answer {
    preview_of(&incoming, Subject::Link(&code)).await
}

async fn preview_of(incoming: &Incoming, subject: Subject<'_>) -> Answer {
    let svg = pages::preview(&incoming.page, subject).await;
    let svg = svg.map_err(|error| Refusal::from_page(incoming, error))?;
    let hash: [u8; 32] = Sha256::digest(svg.as_bytes()).into();
    if let Some(png) = find(&hash) {
        return Ok(sent(incoming, png, "image/png"));
    }
    let png = Bytes::from(worked(incoming, move || picture::png(&svg)).await?);
    keep(hash, png.clone());
    Ok(sent(incoming, png, "image/png"))
}

fn find(hash: &[u8; 32]) -> Option<Bytes> {
    let made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    made.iter().find(|(known, _)| known == hash).map(|(_, png)| png.clone())
}

fn keep(hash: [u8; 32], png: Bytes) {
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    made.push_back((hash, png));
    if made.len() > MOST {
        made.pop_front();
    }
}

/// A view as SVG.
pub(super) async fn svg(incoming: &Incoming, subject: Subject<'_>) -> Answer {
    let drawn = pages::picture(&incoming.page, subject).await;
    let (svg, _) = drawn.map_err(|error| Refusal::from_page(incoming, error))?;
    Ok(sent(incoming, Bytes::from(svg), "image/svg+xml"))
}

/// A view as PDF.
pub(super) async fn pdf(incoming: &Incoming, subject: Subject<'_>) -> Answer {
    let drawn = pages::picture(&incoming.page, subject).await;
    let (svg, title) = drawn.map_err(|error| Refusal::from_page(incoming, error))?;
    let pdf = worked(incoming, move || picture::pdf(&svg, &title)).await?;
    Ok(sent(incoming, Bytes::from(pdf), "application/pdf"))
}

/// Makes a picture where it keeps no request waiting.
async fn worked(
    incoming: &Incoming,
    work: impl FnOnce() -> Result<Vec<u8>, picture::PictureError> + Send + 'static,
) -> Result<Vec<u8>, Refusal> {
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(picture)) => Ok(picture),
        Ok(Err(error)) => {
            tracing::error!(path = incoming.page.path, %error, "a picture could not be made");
            Err(incoming.refuse(StatusCode::INTERNAL_SERVER_ERROR))
        }
        Err(_) => Err(incoming.refuse(StatusCode::INTERNAL_SERVER_ERROR)),
    }
}

fn missing(incoming: &Incoming) -> Refusal {
    Refusal::from_page(incoming, PageError::NotFound)
}

fn sent(incoming: &Incoming, body: Bytes, media_type: &'static str) -> Response {
    let mut response = ([(header::CONTENT_TYPE, HeaderValue::from_static(media_type))], body).into_response();
    // What somebody sees who is signed in, others may not see.
    let control = if incoming.user.is_some() { "private, max-age=300" } else { "public, max-age=300" };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(control));
    response.extensions_mut().insert(Keep);
    response
}
