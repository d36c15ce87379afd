//! Views as files: `/d/{slug}.{extension}`, with the parameters of a view.

use axum::extract::{Path, State};
use impasse_app::page::PageError;
use impasse_app::pages::Subject;

use super::request::{Incoming, show};
use super::respond::Refusal;
use super::{Answer, Server, pictures};

/// `GET /d/{slug}`, the page, and `GET /d/{slug}.{extension}`, the view as a file. A slug has no dot in it.
pub(super) async fn dispute(state: State<Server>, incoming: Incoming, Path(slug): Path<String>) -> Answer {
    match slug.rsplit_once('.') {
        Some((slug, extension)) => file(&incoming, Subject::Dispute(slug), extension).await,
        None => show(state, incoming).await,
    }
}

async fn file(incoming: &Incoming, subject: Subject<'_>, extension: &str) -> Answer {
    match extension {
        "svg" => pictures::svg(incoming, subject).await,
        "pdf" => pictures::pdf(incoming, subject).await,
        _ => Err(Refusal::from_page(incoming, PageError::NotFound)),
    }
}
