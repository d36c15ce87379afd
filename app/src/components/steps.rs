//! The steps of an event, in order: announced on one day, done on another, in effect on a third.

use leptos::prelude::*;

use crate::components::parts::date_words;
use crate::model::date::EventDate;
use crate::model::event::{Attestation, Phase};
use crate::t;

/// The steps that an event is among, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepsShown {
    /// What they are steps of.
    pub title: String,
    /// The steps in time order; none where the event is the only one left.
    pub steps: Vec<StepShown>,
    /// The event that this one names as the one whose step it is, where that was deleted.
    pub deleted: Option<String>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepShown {
    /// When.
    pub date: EventDate,
    /// What.
    pub title: String,
    /// How far the thing had gone.
    pub phase: Phase,
    /// How well it is attested.
    pub attestation: Attestation,
    /// Its address.
    pub href: String,
    /// Whether it is the event that is shown.
    pub is_this: bool,
}

/// The steps as a list.
pub fn step_list(shown: &StepsShown) -> AnyView {
    let items: Vec<_> = shown
        .steps
        .iter()
        .map(|step| {
            let title = if step.is_this {
                view! { <strong class="step-title">{step.title.clone()}</strong> }.into_any()
            } else {
                view! { <a class="step-title" href=step.href.clone()>{step.title.clone()}</a> }.into_any()
            };
            view! {
                <li class=format!("a-{}", step.attestation.key()) aria-current=step.is_this.then_some("step")>
                    <i class="hd" aria-hidden="true"></i>
                    <span class="step-when">{date_words(&step.date)}", "{step.phase.label().to_lowercase()}</span>
                    {title}
                    <span class="step-known">{step.attestation.label()}</span>
                </li>
            }
        })
        .collect();
    let deleted = shown.deleted.as_ref().map(|title| {
        view! { <p class="step-known">{t!("steps-a-step-of-which-was", title = title)}</p> }
    });
    let list = (!items.is_empty()).then(|| {
        view! {
            <h3>{t!("steps-steps-of", title = shown.title)}</h3>
            <ol>{items}</ol>
        }
    });
    view! { <section class="steps" aria-label=t!("steps-steps-of-one-event")>{list}{deleted}</section> }
        .into_any()
}
