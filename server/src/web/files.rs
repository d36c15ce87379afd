//! Views as files: `/d/{slug}.{extension}`, with the parameters of a view; and what the page that hands views on says of
//! them.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use impasse_app::model::dispute::Dispute;
use impasse_app::model::view::View;
use impasse_app::page::PageError;
use impasse_app::pages::{self, Offer, Subject};
use impasse_formats::Format;

use super::keep::Keep;
use super::request::{Incoming, show};
use super::respond::{self, Refusal};
use super::{Answer, Server, events, pictures};
use crate::exports::{Taken, address};
use impasse_app::t;

/// `GET /d/{slug}`, the page, and `GET /d/{slug}.{extension}`, the view as a file. A slug has no dot in it.
pub(super) async fn dispute(state: State<Server>, incoming: Incoming, Path(slug): Path<String>) -> Answer {
    match slug.split_once('.') {
        Some((slug, extension)) => file(&state, &incoming, slug, extension).await,
        None => show(state, incoming).await,
    }
}

/// `GET /d/{slug}/timelinejs.json`, `/d/{slug}/timeline.mw` and their like, whose programs look at how a name ends.
pub(super) async fn named(
    State(server): State<Server>,
    incoming: Incoming,
    Path(slug): Path<String>,
) -> Answer {
    let name = incoming.page.path.rsplit('/').next().unwrap_or_default().to_owned();
    let extension = name.strip_prefix("timeline.").unwrap_or(&name);
    file(&server, &incoming, &slug, extension).await
}

async fn file(server: &Server, incoming: &Incoming, slug: &str, extension: &str) -> Answer {
    match extension {
        "svg" => return pictures::svg(incoming, Subject::Dispute(slug)).await,
        "pdf" => return pictures::pdf(incoming, Subject::Dispute(slug)).await,
        _ => {}
    }
    let format = Format::ALL.iter().copied().find(|format| format.extension() == extension);
    let format = format.ok_or_else(|| Refusal::from_page(incoming, PageError::NotFound))?;
    let (view, errors) = pages::view_of(&incoming.page);
    if !errors.is_empty() {
        return Ok(respond::problem(StatusCode::BAD_REQUEST, &errors));
    }
    let (dispute, _) = events::entry(server, incoming, slug).await?;
    let taken = taken(server, incoming, &dispute, &view, format.is_of_changes()).await?;
    match tokio::task::spawn_blocking(move || taken.write(format)).await {
        Ok(bytes) => Ok(sent(bytes, format, &dispute.slug, incoming)),
        Err(_) => Err(incoming.refuse(StatusCode::INTERNAL_SERVER_ERROR)),
    }
}

async fn taken(
    server: &Server,
    incoming: &Incoming,
    dispute: &Dispute,
    view: &View,
    with_changes: bool,
) -> Result<Taken, Refusal> {
    let taken = Taken::of(&server.store, &server.cache, dispute, view, &incoming.page.origin, with_changes);
    taken.await.map_err(|error| incoming.store(error))
}

fn sent(bytes: Vec<u8>, format: Format, slug: &str, incoming: &Incoming) -> Response {
    let is_download = incoming.page.param("download").is_some();
    let mut response = Bytes::from(bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
    // What somebody sees who is signed in, others may not see.
    let control = if incoming.user.is_some() { "private, no-cache" } else { "public, no-cache" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(control));
    // Feeds and calendars, tables and chronologies are read from pages of other sites too.
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    let kind = if is_download || format == Format::Docx { "attachment" } else { "inline" };
    let name = format!("{kind}; filename=\"{slug}.{}\"", format.extension());
    if let Ok(name) = HeaderValue::try_from(name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    response.extensions_mut().insert(Keep);
    response
}

/// The files that a view can be had as, with what each cannot hold of it.
pub(super) async fn offers(server: &Server, incoming: &Incoming, slug: &str) -> Result<Vec<Offer>, Refusal> {
    let (dispute, _) = events::entry(server, incoming, slug).await?;
    let (view, _) = pages::view_of(&incoming.page);
    let taken = taken(server, incoming, &dispute, &view, false).await?;
    let listed = tokio::task::spawn_blocking(move || {
        let mut offers: Vec<Offer> = Format::ALL.iter().map(|format| offer(&taken, *format)).collect();
        let slug = &taken.record.dispute.slug;
        let query = taken.view.query_string();
        let picture = |name, ending: &str, purpose| Offer {
            name,
            purpose,
            href: format!("/d/{slug}.{ending}{query}"),
            losses: vec![t!("told-files-quotes-and-sources-are-not").to_owned()],
        };
        offers.push(picture(t!("told-files-svg-drawing"), "svg", t!("told-files-the-timeline-as-a-drawing")));
        offers.push(picture(
            t!("told-files-pdf-drawing"),
            "pdf",
            t!("told-files-the-timeline-as-a-drawing-for"),
        ));
        offers
    });
    listed.await.map_err(|_| incoming.refuse(StatusCode::INTERNAL_SERVER_ERROR))
}

fn offer(taken: &Taken, format: Format) -> Offer {
    let file_address = taken.file_address(format);
    let export = taken.export(&file_address);
    let losses = impasse_formats::losses(format, &export).into_iter().map(|loss| loss.words).collect();
    let purpose = match format {
        Format::Json => t!("told-files-everything-for-programs-and-to"),
        Format::Csv => t!("told-files-one-row-an-event-for"),
        Format::TimelineJs => t!("told-files-for-timelinejs-by-knight-lab"),
        Format::TimelineJsSheet => t!("told-files-for-timelinejs-to-paste-into"),
        Format::Markwhen => t!("told-files-for-markwhen-and-its-editors"),
        Format::Ics => t!("told-files-for-calendars-which-can-subscribe"),
        Format::Atom => t!("told-files-new-events-changed-dates-new"),
        Format::JsonFeed => t!("told-files-the-same-as-json"),
        Format::Markdown => t!("told-files-a-chronology-with-footnotes-as"),
        Format::Docx => t!("told-files-a-chronology-with-footnotes-for"),
        Format::FollowTheMoney => t!("told-files-for-aleph-and-opensanctions"),
    };
    let slug = &taken.record.dispute.slug;
    Offer { name: format.label(), purpose, href: address(slug, format, &taken.view), losses }
}
