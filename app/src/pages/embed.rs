//! A timeline within a page of another site, and the same as HTML that needs no frame.

use leptos::prelude::*;

use super::dispute::{shown, view_of};
use super::timeline_parts;
use crate::components::timeline::{TimelineFrame, in_range};
use crate::ground::{Ground, Theme};
use crate::model::time::long_day;
use crate::page::{Page, PageError, PageRequest, draw};
use crate::store::EventBrief;
use crate::t;

/// `/embed/{slug}` and `/s/{code}/embed`, and the parts of their timelines, which have a path below these.
pub(super) async fn embed(request: &PageRequest, ground: Ground, path: &[&str]) -> Result<Page, PageError> {
    let theme = request.param("theme").and_then(Theme::from_key).unwrap_or_default();
    let ground = ground.embedded(theme);
    if !path.is_empty() {
        return timeline_parts::part(request, ground, path).await;
    }
    let link = ground.frozen.clone();
    let shown = shown(request, ground, view_of(request).0).await?;
    let script = shown.script();
    let title = shown.frame.dispute.title.clone();
    let page = Page::new(title.clone(), move || {
        let frame = &shown.frame;
        let query = frame.view.query_string();
        let whole = match &link {
            Some(link) => format!("/s/{}/view{query}", link.code),
            None => format!("/d/{}{query}", frame.dispute.slug),
        };
        let frozen = link.as_ref().map(|link| {
            let day = long_day(link.created.date_naive());
            view! { <p class="soft">{t!("embed-frozen-on", day = day)}</p> }
        });
        view! {
            <header class="embed-head">
                <h1><a href=whole.clone() target="_blank" data-live="">{title}</a></h1>
                {frozen}
            </header>
            {shown.view()}
            <footer class="embed-foot">
                <p><a href=whole target="_blank" data-live="">{t!("embed-open-in-impasse-with-the")}</a></p>
            </footer>
        }
        .into_any()
    });
    Ok(page.of_view().with_script(script).embedded(theme))
}

/// A view as plain HTML to paste into a page whose system takes out frames: a heading, a list, a link. At most `limit`
/// events are in it; it says how many are not.
pub(super) fn plain_embed(frame: &TimelineFrame, origin: &str, limit: usize) -> String {
    draw(|| {
        let inside: Vec<EventBrief> = in_range(frame).into_iter().map(|(_, event)| event.clone()).collect();
        let more = inside.len().saturating_sub(limit);
        let item = |event: EventBrief| {
            let href = format!("{origin}/d/{}/events/{}", frame.dispute.slug, event.id);
            let sources =
                (!event.publishers.is_empty()).then(|| format!(" ({})", event.publishers.join(", ")));
            view! { <li><strong>{event.date.words()}</strong>": "<a href=href>{event.title}</a>{sources}</li> }
        };
        let items: Vec<_> = inside.into_iter().take(limit).map(item).collect();
        let more = (more > 0).then(|| view! { <p>{t!("embed-and-more", more = more)}</p> });
        let whole = format!("{origin}{}", frame.address(|_| {}));
        view! {
            <section>
                <h2><a href=whole>{frame.dispute.title.clone()}</a></h2>
                <ol>{items}</ol>
                {more}
            </section>
        }
        .into_any()
    })
}
