//! How a deadline stands, with a shape and in words, and what its day is counted from.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::components::parts::date_words;
use crate::model::date::EventDate;
use crate::model::due::DueState;
use crate::model::time::long_day;
use crate::{marked, t};

/// A deadline, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueShown {
    /// How it stands.
    pub state: DueState,
    /// The same in words; see [`crate::model::due::Due::words`].
    pub words: String,
    /// What its day is counted from.
    pub counted: Option<Counted>,
    /// The dates that it had, from the first one, where it was moved: each with the day on which it ceased to be so.
    pub earlier: Vec<(EventDate, NaiveDate)>,
}

/// What a day is counted from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The rule: "180 days after".
    pub rule: String,
    /// What the base is called.
    pub title: String,
    /// Its date in words.
    pub date: String,
    /// Its address; none if it was deleted.
    pub href: Option<String>,
}

/// The shape of a state, which the style sheet draws.
pub fn due_sign(state: DueState) -> AnyView {
    view! { <i class=format!("due-sign due-{}", state.key()) aria-hidden="true"></i> }.into_any()
}

/// What is said of a deadline. `history` is where its earlier dates are told.
pub fn due_lines(due: &DueShown, history: &str, target: Option<&'static str>) -> AnyView {
    let counted = due.counted.as_ref().map(|counted| {
        match &counted.href {
            Some(href) => view! {
                <p class="due-rule">
                    {marked!(
                        "due-counted",
                        rule = counted.rule,
                        title = counted.title,
                        date = counted.date;
                        a = |title| view! { <a href=href.clone() target=target>{title}</a> },
                    )}
                </p>
            }
            .into_any(),
            None => view! {
                <p class="due-rule">
                    {t!("due-which-was-deleted-the-day", rule = counted.rule, title = counted.title, date = counted.date)}
                </p>
            }
            .into_any(),
        }
    });
    let earlier: Vec<_> = due
        .earlier
        .iter()
        .map(|(date, until)| view! { <li>{marked!("due-earlier", until = long_day(*until); date = |_| date_words(date))}</li> })
        .collect();
    let earlier = (!earlier.is_empty()).then(|| {
        view! {
            <p class="due-rule">{marked!("due-was-before"; a = |words| view! { <a href=history.to_owned() target=target>{words}</a> })}</p>
            <ul class="due-earlier">{earlier}</ul>
        }
    });
    view! {
        <div class="due">
            <p class="due-state">{due_sign(due.state)}<span>{t!("due-deadline", words = lowered(&due.words))}</span></p>
            {counted}
            {earlier}
        </div>
    }
    .into_any()
}

/// The words within a sentence.
pub fn lowered(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
