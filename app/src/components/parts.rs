//! Small parts: dates, chips, quotes, the density strip.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::islands::{Island, island};
use crate::model::article::{Article, Passage};
use crate::model::date::EventDate;
use crate::model::dispute::{Party, Status};
use crate::model::event::{Attribution, EventParty};

/// A date in words, with its value for machines where HTML can say it.
pub fn date_words(date: &EventDate) -> AnyView {
    let words = date.words();
    match date.html_datetime() {
        Some(value) => view! { <time datetime=value.to_owned()>{words}</time> }.into_any(),
        None => view! { <span>{words}</span> }.into_any(),
    }
}

/// A moment in words: "9 January 2026, 14:30 UTC".
pub fn moment(at: DateTime<Utc>) -> String {
    at.format("%-d %B %Y, %H:%M UTC").to_string()
}

/// How a dispute stands.
pub fn status_chip(status: Status) -> AnyView {
    view! { <span class=format!("chip chip-{}", status.key())>{status.label()}</span> }.into_any()
}

/// Who says so, in one phrase: "three people familiar with the matter (unnamed sources)".
pub fn attribution_words(attribution: &Attribution) -> String {
    let kind = attribution.kind.label();
    if attribution.wording.is_empty() { kind.to_owned() } else { format!("{} ({kind})", attribution.wording) }
}

/// A quote with its attribution and source. With an address, the source links to the very words on the page.
pub fn quote(passage: &Passage, attribution: &Attribution, article: Option<&Article>) -> AnyView {
    let said = attribution_words(attribution);
    let source = article.map(|article| {
        let name =
            if article.publisher.is_empty() { article.title.clone() } else { article.publisher.clone() };
        let day = article.published.map(|day| format!(", {}", crate::model::time::short_day(day)));
        let name = match &article.url {
            Some(url) => view! { <a href=passage.link(url) rel="noopener nofollow">{name}</a> }.into_any(),
            None => name.into_any(),
        };
        view! { <cite>{name}{day}</cite> }
    });
    view! {
        <figure class="quote">
            <blockquote><p>{passage.exact.clone()}</p></blockquote>
            <figcaption>{said}{source.is_some().then_some(" · ")}{source}</figcaption>
        </figure>
    }
    .into_any()
}

/// A line to share an address by: the field to select, and where scripts run a button that copies it. A `live` one
/// follows the address of the page.
pub fn share_line(id: &str, label: &str, address: &str, live: bool) -> AnyView {
    let (id, label, address) = (id.to_owned(), label.to_owned(), address.to_owned());
    let line = view! {
            <div class="share-line">
                <label for=id.clone()>{label}</label>
                <input id=id readonly data-live=live.then_some("") value=address/>
                <button type="button" class="button needs-script" data-copy="">"Copy link"</button>
                <span class="copied" role="status"></span>
            </div>
    }
    .into_any();
    island(Island::CopyLink, line)
}

/// The parties of an event by name, with their parts.
pub fn party_names(involved: &[EventParty], parties: &[Party]) -> Vec<(String, &'static str)> {
    involved
        .iter()
        .filter_map(|part| {
            parties
                .iter()
                .find(|party| party.id == part.party)
                .map(|party| (party.name.clone(), part.role.label()))
        })
        .collect()
}

/// A strip that shows where a dispute's events crowd, for the list of disputes. It says the same in words.
pub fn density_strip(moments: &[i64]) -> Option<AnyView> {
    const BINS: usize = 48;
    let (first, last) = (*moments.iter().min()?, *moments.iter().max()?);
    let mut bins = [0usize; BINS];
    for moment in moments {
        let at = (moment - first) as f64 / (last - first).max(1) as f64 * (BINS - 1) as f64;
        if let Some(bin) = bins.get_mut(at.round() as usize) {
            *bin += 1;
        }
    }
    let most = bins.iter().copied().max().unwrap_or(1).max(1);
    let bars: Vec<_> = bins
        .iter()
        .enumerate()
        .filter(|(_, count)| **count > 0)
        .map(|(at, count)| {
            let height = 4.0 + 20.0 * *count as f64 / most as f64;
            view! {
                <rect x=(at * 5).to_string() y=format!("{:.1}", 26.0 - height) width="4" height=format!("{height:.1}") rx="1"/>
            }
        })
        .collect();
    let words = format!(
        "From {} to {}",
        crate::model::time::short_day(crate::model::time::day_of(first)),
        crate::model::time::short_day(crate::model::time::day_of(last))
    );
    Some(
        view! {
            <svg class="density" viewBox="0 0 240 28" role="img" aria-label=words preserveAspectRatio="none">
                <path d="M0 27.5H240" class="density-axis"/>
                {bars}
            </svg>
        }
        .into_any(),
    )
}
