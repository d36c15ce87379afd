//! One event at a time, with its words large and the way to the ones before and after.

use leptos::prelude::*;

use super::list::in_range;
use super::panel::{quote, rivals};
use super::{PanelFrame, TimelineFrame, controls};
use crate::components::due::due_lines;
use crate::components::steps::step_list;
use crate::store::EventBrief;
use crate::t;

/// A link to the event before or after.
fn step(frame: &TimelineFrame, event: Option<&EventBrief>, word: &'static str, rel: &'static str) -> AnyView {
    match event {
        Some(event) => {
            let href = frame.address(|view| view.event = Some(event.id.0.clone()));
            view! {
                <a class=format!("st-step st-{rel}") href=href rel=rel>
                    <span class="st-word">{word}</span>
                    <span class="st-title">{event.title.clone()}</span>
                    <span class="st-date">{event.date.words()}</span>
                </a>
            }
            .into_any()
        }
        None => view! { <span class=format!("st-step st-{rel} st-none")></span> }.into_any(),
    }
}

/// The story layout. `open` is the event to show; see [`super::in_story`].
pub(super) fn story(frame: &TimelineFrame, open: Option<&PanelFrame>) -> AnyView {
    let inside = in_range(frame);
    let at = open.and_then(|open| inside.iter().position(|(_, event)| event.id == open.event.id));
    let near = |step: isize| {
        let at = at?.checked_add_signed(step)?;
        inside.get(at).map(|(_, event)| *event)
    };
    let (before, after) = (near(-1), near(1));
    let place = at.map(|at| t!("timeline-nth", number = at + 1, count = inside.len()));
    let share = at.map_or(0.0, |at| (at + 1) as f64 / inside.len() as f64 * 100.0);
    let body = match open {
        Some(open) => scene(open),
        None => controls::nothing(frame),
    };
    view! {
        <section class="tl" aria-label=t!("story-timeline")>
            {controls::toolbar(frame, None)}
            {controls::status(frame, inside.len(), None)}
            <div class="st">
                <p class="st-place" style=format!("--p:{share:.1}%")><span>{place}</span></p>
                {body}
                <nav class="st-steps" aria-label=t!("story-story")>
                    {step(frame, before, t!("story-before-this"), "prev")}
                    {step(frame, after, t!("story-after-this"), "next")}
                </nav>
            </div>
            {controls::foot(frame)}
        </section>
    }
    .into_any()
}

fn scene(open: &PanelFrame) -> AnyView {
    let event = &open.event;
    let parties: Vec<String> = event
        .parties
        .iter()
        .filter_map(|part| open.parties.iter().find(|party| party.id == part.party))
        .map(|party| party.name.clone())
        .collect();
    let quotes: Vec<_> = event
        .citations
        .iter()
        .map(|citation| {
            quote(citation, &open.articles, open.checks.get(citation.id.as_str()), open.base.target())
        })
        .collect();
    let text =
        (!event.description.is_empty()).then(|| view! { <p class="st-text">{event.description.clone()}</p> });
    let own = format!("/d/{}/events/{}", open.slug, event.id);
    let due = open.due.as_ref().map(|due| due_lines(due, &format!("{own}/history"), open.base.target()));
    let steps = open.steps.as_ref().map(step_list);
    view! {
        <article class="st-scene" id="event" data-bench="detail">
            <p class="st-when">{event.date.words()}</p>
            <h2>{event.title.clone()}</h2>
            <p class="st-who">{parties.join(", ")}</p>
            {due}
            {text}
            {rivals(open)}
            {steps}
            <div class="st-quotes">{quotes}</div>
            <p class="st-own"><a href=own target=open.base.target()>{t!("story-everything-about-this-event")}</a></p>
        </article>
    }
    .into_any()
}
