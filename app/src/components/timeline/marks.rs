//! One event as an item of the list: its mark and label on the axis, its entry in the vertical forms.

use leptos::prelude::*;

use super::TimelineFrame;
use super::window::{form, label_width, rank};
use crate::components::due::lowered;
use crate::model::date::Qualifier;
use crate::model::steps::Place as Step;
use crate::store::EventBrief;
use crate::t;
use crate::timeline::{Form, Place, Placed, Scale};

/// What the island needs to know of an event to place it.
pub(super) struct OnAxis<'a> {
    /// The lanes it stands in.
    pub(super) lanes: &'a [u16],
    /// Whether the drawing has roomy rows.
    pub(super) roomy: bool,
    /// Where it stands, if it was laid out here.
    pub(super) spot: Option<Spot<'a>>,
}

/// Where an event stands in the drawing.
pub(super) struct Spot<'a> {
    /// What the arithmetic says.
    pub(super) placed: &'a Placed,
    /// The scale it was laid out on.
    pub(super) scale: &'a Scale,
    /// The room that its label has, in units.
    pub(super) room: f64,
}

/// An event as an item of the list. `nth` is its place among all that the filters let through.
pub(super) fn event_item(
    frame: &TimelineFrame,
    nth: usize,
    event: &EventBrief,
    axis: Option<&OnAxis<'_>>,
) -> AnyView {
    let date = &event.date;
    let mut class = String::from("ev ");
    class.push_str(match form(date) {
        Form::Point => "pt",
        Form::Span => "sp",
        Form::Window => "wn",
    });
    match date.qualifier() {
        Qualifier::Exact => {}
        Qualifier::Approximate => class.push_str(" ap"),
        Qualifier::Uncertain => class.push_str(" un"),
        Qualifier::Both => class.push_str(" ap un"),
    }
    if date.starts().is_none() {
        class.push_str(" os");
    }
    if date.ends().is_none() {
        class.push_str(" oe");
    }
    class.push_str(" a-");
    class.push_str(event.attestation.key());
    if let Some(due) = &event.due {
        class.push_str(" due-");
        class.push_str(due.state.key());
    }
    class.push_str(" i-");
    class.push_str(event.importance.key());
    let selected = frame.view.event.as_deref() == Some(event.id.as_str());
    let mut style = None;
    let mut echoes = Vec::new();
    if let Some(spot) = axis.and_then(|axis| axis.spot.as_ref()) {
        match spot.placed.place {
            Place::Row(_) => {}
            Place::Dot => class.push_str(" dot"),
            Place::Clustered | Place::Outside => class.push_str(" off"),
        }
        if spot.placed.flipped {
            class.push_str(" fl");
        }
        let share = |units: f64| units / spot.scale.width * 100.0;
        let mut text = format!(
            "--x:{:.2}cqw;--y:{:.0};--w:{:.2}cqw;--m:{:.1}cqw",
            share(spot.placed.x),
            spot.placed.y,
            share(spot.placed.width),
            share(spot.room),
        );
        if spot.placed.x < 0.0 && !spot.placed.flipped {
            text.push_str(&format!(";--o:{:.2}cqw", share(6.0 - spot.placed.x)));
        }
        style = Some(text);
        echoes = spot
            .placed
            .echoes
            .iter()
            .map(|below| {
                view! {
                    <i class="ec" style=format!("--e:{below:.0}")>
                        <b data-t=event.title.clone() aria-hidden="true"></b>
                    </i>
                }
            })
            .collect();
    } else if axis.is_some() {
        class.push_str(" off");
    }
    let step = frame.steps.place(&event.id);
    let data = axis.map(|axis| island_words(event, step, axis));
    let names: Vec<&str> = event
        .parties
        .iter()
        .filter_map(|part| frame.parties.iter().find(|party| party.id == part.party))
        .map(|party| party.name.as_str())
        .collect();
    let mut facts: Vec<String> = Vec::new();
    facts.extend(
        event.due.as_ref().map(|due| t!("timeline-deadline", due = lowered(&due.words(date, frame.today)))),
    );
    let number = step.map(|step| step.number());
    facts.extend(step.map(|step| step.words()));
    facts.extend(Some(names.join(", ")).filter(|names| !names.is_empty()));
    facts.push(event.attestation.label().to_owned());
    let facts = facts.join("; ");
    let notes = frame.notes.of(&event.id);
    let words = date.words();
    let place = format!("; {}", t!("timeline-nth", number = nth + 1, count = frame.outline.len()));
    // On the axis few elements, and none that is laid out for nobody to see: there may be hundreds of these in a page
    // that moves. What has no room there is in the link's name.
    let spoken = axis.is_some().then(|| format!("{words}; {}; {facts}{place}", event.title));
    let pause = || axis.is_none().then(|| view! { <span class="vh">"; "</span> });
    let place = axis.is_none().then(|| view! { <span class="vh">{place}</span> });
    let when = match date.html_datetime() {
        Some(value) => view! { <time class="when" datetime=value.to_owned()>{words}</time> }.into_any(),
        None => view! { <span class="when">{words}</span> }.into_any(),
    };
    let href = frame.address(|view| view.event = Some(event.id.0.clone()));
    view! {
        <li class=class id=format!("e-{}", event.id) style=style data-e=data>
            <a
                class="mk"
                href=href
                data-bench="mark"
                aria-current=selected.then_some("true")
                aria-label=spoken
            >
                <i class="bd"></i>
                <i class="hd"></i>
                {echoes}
                {when}
                {pause()}
                " "
                <span class="ttl" data-step=number>{event.title.clone()}</span>
                {notes}
                {pause()}
                " "
                <span class="met">{facts}</span>
                {place}
            </a>
        </li>
    }
    .into_any()
}

/// What the island reads of an event: its bounds in minutes, its lanes, the width of its label, its rank, its row.
fn island_words(event: &EventBrief, step: Option<Step<'_>>, axis: &OnAxis<'_>) -> String {
    let minute = |minute: Option<i64>| minute.map(|minute| minute.to_string()).unwrap_or_default();
    let lanes: Vec<String> = axis.lanes.iter().map(u16::to_string).collect();
    let row = match axis.spot.as_ref().map(|spot| spot.placed.place) {
        Some(Place::Row(row)) => row.to_string(),
        _ => String::new(),
    };
    format!(
        "{};{};{};{:.0};{};{row}",
        minute(event.date.starts()),
        minute(event.date.ends()),
        lanes.join(" "),
        label_width(event, step, axis.roomy),
        rank(event.importance, &event.id),
    )
}
