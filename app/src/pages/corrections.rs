//! What was corrected in a dispute, for whoever relied on it.

use leptos::prelude::*;

use super::history::names;
use super::{entry, trail};
use crate::components::changes::marked_words;
use crate::components::parts::instant;
use crate::model::correction::{Correction, Line, correction};
use crate::model::difference::State;
use crate::model::revision::Change;
use crate::page::{Page, PageError, PageRequest};
use crate::{marked, t};

/// How many changes one page looks at; not each of them is a correction.
const PAGE: u32 = 100;

/// `/d/{slug}/corrections`
pub async fn corrections(request: &PageRequest, slug: &str) -> Result<Page, PageError> {
    let (dispute, _) = entry(request, slug).await?;
    let before = request.param("before").and_then(|number| number.parse().ok());
    let mut changes = request.store.event_changes(&dispute.id, before, PAGE + 1).await?;
    let has_more = changes.len() > PAGE as usize;
    changes.truncate(PAGE as usize);
    let states: Vec<State> = changes
        .iter()
        .flat_map(|change| [change.event(), change.event_before().map(|(_, event)| event)])
        .flatten()
        .map(|event| State::Event(Box::new(event)))
        .collect();
    let names = names(request, &dispute, states.iter()).await?;
    let found: Vec<Correction> = changes.iter().filter_map(|change| correction(change, &names)).collect();
    let last = changes.last().map(|Change { revision, .. }| revision.number).filter(|_| has_more);
    let title = t!("corrections-corrections", title = dispute.title);
    let described = t!("corrections-what-was-corrected-on-the", title = dispute.title);
    let path = format!("/d/{}", dispute.slug);
    let visibility = dispute.visibility;
    let is_first = before.is_none();
    let page = Page::new(title, move || {
        let items: Vec<_> = found.iter().map(|correction| item(&path, correction)).collect();
        let empty = items.is_empty().then(|| {
            let words = if last.is_some() {
                t!("corrections-none-among-these-changes")
            } else {
                t!("corrections-nothing-has-been-corrected-so")
            };
            view! { <p class="empty">{words}</p> }
        });
        let earlier = last.map(|last| {
            view! {
                <p><a class="button" href=format!("{path}/corrections?before={last}")>{t!("corrections-earlier-corrections")}</a></p>
            }
        });
        view! {
            {trail(&dispute, &[])}
            <h1>{t!("corrections-corrections-2")}</h1>
            <p class="corrections-lead">
                {marked!("corrections-lead"; a = |words| view! { <a href=format!("{path}/history")>{words}</a> })}
            </p>
            {empty}
            <ol class="revisions">{items}</ol>
            {earlier}
        }
        .into_any()
    });
    let page = page.seen_by(visibility);
    Ok(if is_first { page.described(described) } else { page })
}

fn item(path: &str, correction: &Correction) -> AnyView {
    let lines: Vec<_> = correction.lines.iter().map(line).collect();
    let history = format!("{path}/events/{}/history#r{}", correction.event, correction.number);
    view! {
        <li id=format!("r{}", correction.number)>
            {lines}
            <p class="soft">
                {instant(correction.at)}" · "
                <a href=history>{t!("corrections-in-the-history-of-the")}</a>
            </p>
        </li>
    }
    .into_any()
}

fn line(line: &Line) -> AnyView {
    let wording = line.wording.as_ref().map(|(old, new)| {
        view! {
            <details class="revision-whole">
                <summary>{t!("corrections-what-was-changed-in-the")}</summary>
                <p class="changes-whole">{marked_words(old, new)}</p>
            </details>
        }
    });
    view! { <p>{line.sentence.clone()}</p>{wording} }.into_any()
}
