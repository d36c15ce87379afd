//! A view of a dispute for paper: every event of it, however many, with its sources as footnotes.

use std::sync::Arc;

use leptos::prelude::*;

use super::dispute::{Reading, frame, notes, view_of};
use super::{entry, trail};
use crate::components::timeline::{TimelineFrame, in_range, sources, whole_list};
use crate::ground::Ground;
use crate::model::time::{day_of, long_day};
use crate::page::{Page, PageError, PageRequest, Script};
use crate::t;
use crate::texts::any_of;
use crate::timeline::count::events_of;

/// `/d/{slug}/print`
pub(super) async fn print(request: &PageRequest, slug: &str) -> Result<Page, PageError> {
    let ground = Ground::now(request, entry(request, slug).await?);
    let mut frame = frame(request, &ground, view_of(request).0, Reading::Every).await?;
    let inside = in_range(&frame).into_iter().map(|(_, event)| event.clone()).collect();
    frame.events = Arc::new(inside);
    frame.notes = notes(request, &ground, &frame).await?;
    let address = format!("{}/d/{}{}", request.origin, frame.dispute.slug, frame.view.query_string());
    let today = request.today;
    let title = t!("print-for-paper", title = frame.dispute.title);
    let page = Page::new(title, move || {
        let dispute = &frame.dispute;
        let question = (!dispute.question.is_empty())
            .then(|| view! { <p class="question">{dispute.question.clone()}</p> });
        let summary =
            (!dispute.summary.is_empty()).then(|| view! { <p class="summary">{dispute.summary.clone()}</p> });
        let rule = (!dispute.inclusion_rule.is_empty()).then(
            || view! { <p class="summary">{t!("print-what-belongs-here", inclusionrule = dispute.inclusion_rule)}</p> },
        );
        view! {
            {trail(dispute, &[])}
            <header class="pp-head">
                <h1>{dispute.title.clone()}</h1>
                {question}
                {summary}
                {rule}
                <p class="soft">{view_words(&frame, frame.events.len())}</p>
                <p class="soft">{t!("print-address", address = address, day = long_day(today))}</p>
                <button type="button" class="button needs-script" data-print="">{t!("print-print-this-page")}</button>
            </header>
            <section class="tl pp" aria-label=t!("print-timeline")>
                <h2 class="visually-hidden">{t!("print-events")}</h2>
                {whole_list(&frame)}
            </section>
            {sources(&frame.notes)}
        }
        .into_any()
    });
    Ok(page.with_script(Script::View))
}

/// What a view lets through, in words. `count` is how many events these are.
pub(super) fn view_words(frame: &TimelineFrame, count: usize) -> String {
    let view = &frame.view;
    let mut words = vec![events_of(count, frame.total)];
    if let Some(from) = view.range.from {
        words.push(t!("print-from", from = long_day(day_of(from))));
    }
    if let Some(to) = view.range.to {
        words.push(t!("print-to", to = long_day(day_of(to - 1))));
    }
    let parties: Vec<&str> = frame
        .parties
        .iter()
        .filter(|party| view.parties.contains(&party.key))
        .map(|party| party.name.as_str())
        .collect();
    let kinds: Vec<&str> = view.kinds.iter().map(|kind| kind.label()).collect();
    let attested: Vec<&str> = view.attestations.iter().map(|kind| kind.label()).collect();
    let chosen = [parties, kinds, attested];
    words.extend(chosen.iter().filter(|some| !some.is_empty()).map(|some| any_of(some.clone())));
    if !view.text.is_empty() {
        words.push(t!("print-with-the-words", text = view.text));
    }
    if let Some(day) = view.as_of {
        words.push(t!("print-as-known-on", day = long_day(day)));
    }
    words.join("; ")
}
