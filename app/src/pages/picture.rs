//! Views as pictures.

use super::dispute::{Reading, frame, view_of};
use super::entry;
use super::print::view_words;
use crate::components::timeline::picture::{self, Caption};
use crate::components::timeline::{Part, TimelineFrame};
use crate::ground::Ground;
use crate::model::time::long_day;
use crate::model::view::{Layout, View};
use crate::page::{PageError, PageRequest};
use crate::t;
use crate::timeline::ticks::stretch_words;

/// What a picture is of.
#[derive(Debug, Clone, Copy)]
pub enum Subject<'a> {
    /// A dispute as it is.
    Dispute(&'a str),
    /// A frozen link.
    Link(&'a str),
}

/// The preview of a view as SVG, of [`picture::PREVIEW`]'s size. Of the view, what cannot be read is passed over.
///
/// # Errors
/// As the page of the view.
pub async fn preview(request: &PageRequest, subject: Subject<'_>) -> Result<String, PageError> {
    let (frame, words, source) = drawn(request, subject).await?;
    Ok(picture::preview(&frame, &Caption { words: &words, source: &source }))
}

/// The drawing of a view as SVG, as wide as a page and as high as it needs; and the dispute's title.
///
/// # Errors
/// As the page of the view.
pub async fn picture(request: &PageRequest, subject: Subject<'_>) -> Result<(String, String), PageError> {
    let (frame, words, source) = drawn(request, subject).await?;
    let svg = picture::picture(&frame, &Caption { words: &words, source: &source });
    Ok((svg, frame.dispute.title))
}

async fn drawn(
    request: &PageRequest,
    subject: Subject<'_>,
) -> Result<(TimelineFrame, String, String), PageError> {
    let ground = match subject {
        Subject::Dispute(slug) => Ground::now(request, entry(request, slug).await?),
        Subject::Link(code) => Ground::frozen(request, code).await?,
    };
    let frozen = ground.frozen.clone();
    let view = match &frozen {
        Some(link) if request.query.is_empty() => link.view(),
        _ => view_of(request).0,
    };
    let view = View { layout: Layout::Timeline, ..view };
    let frame = frame(request, &ground, view, Reading::Layout(Part::Page)).await?;
    let mut words = view_words(&frame, frame.in_range());
    if let Some(window) = frame.window.as_ref().filter(|_| !frame.view.has_range()) {
        words = format!("{words}; {}", stretch_words(window.choice.from, window.choice.to));
    }
    if let Some(link) = &frozen {
        words = t!("picture-frozen-on", words = words, created = long_day(link.created.date_naive()));
    }
    let host = request.origin.split_once("://").map_or(request.origin.as_str(), |(_, host)| host);
    let path =
        frozen.map_or_else(|| format!("/d/{}", frame.dispute.slug), |link| format!("/s/{}", link.code));
    Ok((frame, words, format!("{host}{path}")))
}
