//! Small parts: dates, chips, quotes, the density strip.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::model::article::{Article, Passage};
use crate::model::date::EventDate;
use crate::model::dispute::{Density, Party, Status};
use crate::model::event::{Attribution, EventParty};
use crate::model::evidence::{Health, QuoteCheck};
use crate::model::time::long_day;
use crate::texts::unless_english;
use crate::{marked, t};

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
    t!("date-time-utc", date = long_day(at.date_naive()), time = at.format("%H:%M").to_string())
}

/// The same with its value for machines.
pub fn instant(at: DateTime<Utc>) -> AnyView {
    view! { <time datetime=at.format("%Y-%m-%dT%H:%M:%SZ").to_string()>{moment(at)}</time> }.into_any()
}

/// How a dispute stands.
pub fn status_chip(status: Status) -> AnyView {
    view! { <span class=format!("chip chip-{}", status.key())>{status.label()}</span> }.into_any()
}

/// Who says so, in one phrase: "three people familiar with the matter (unnamed sources)".
pub fn attribution_words(attribution: &Attribution) -> String {
    let kind = attribution.kind.label();
    if attribution.wording.is_empty() {
        return kind.to_owned();
    }
    t!("part-attribution", wording = attribution.wording, kind = kind)
}

/// How a quote was found when it was last looked for on its page: in words, with the day, and what stands there now.
/// Nothing if it never was, or if the citation quotes other words by now.
pub fn quote_health(passage: &Passage, check: Option<&QuoteCheck>) -> Option<AnyView> {
    let check = check.filter(|check| check.exact == passage.exact)?;
    let day = |at: DateTime<Utc>| {
        let day = at.date_naive();
        view! { <time datetime=day.to_string()>{long_day(day)}</time> }
    };
    let seen = |_| day(check.checked);
    let first = |_| day(check.since);
    let line = match (check.health, check.since.date_naive() == check.checked.date_naive()) {
        (Health::There, _) => marked!("part-quote-there"; day = seen),
        (Health::Edited, true) => marked!("part-quote-edited"; day = seen),
        (Health::Edited, false) => marked!("part-quote-edited-since"; day = seen, first = first),
        (Health::Gone, true) => marked!("part-quote-gone"; day = seen),
        (Health::Gone, false) => marked!("part-quote-gone-since"; day = seen, first = first),
        (Health::Unknown, _) => marked!("part-quote-unknown"; day = seen),
    };
    let now = (!check.now.is_empty()).then(|| {
        let (old, _) = changed_words(&passage.exact, &check.now);
        let words = match old {
            Some(old) => marked!(
                "part-it-reads-now-instead";
                new = |_| changed_words(&passage.exact, &check.now).1,
                hidden = |words| view! { <span class="visually-hidden">{format!(" {words} ")}</span> },
                old = |_| view! { <del>{old.clone()}</del> },
            ),
            None => marked!("part-it-reads-now"; new = |_| changed_words(&passage.exact, &check.now).1),
        };
        view! { <p class="health-now">{words}</p> }
    });
    let note = (!check.note.is_empty()).then(|| view! { <p class="health-now">{check.note.clone()}</p> });
    Some(
        view! {
            <div class=format!("health health-{}", check.health.key())>
                <p class="health-line">{line}</p>
                {now}
                {note}
            </div>
        }
        .into_any(),
    )
}

/// What was edited in a quote: the words that are gone, if any, and the words that stand there now with the new ones
/// marked. What is the same at both ends is not marked.
fn changed_words(before: &str, now: &str) -> (Option<String>, AnyView) {
    let (old, new): (Vec<&str>, Vec<&str>) =
        (before.split_whitespace().collect(), now.split_whitespace().collect());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    let part = |words: &[&str], from: usize, to: usize| words.get(from..to).unwrap_or_default().join(" ");
    let gone = part(&old, head, old.len() - tail);
    let added = part(&new, head, new.len() - tail);
    let (first, last) = (part(&new, 0, head), part(&new, new.len() - tail, new.len()));
    let added = (!added.is_empty()).then(|| view! { <ins>{added}</ins> });
    (Some(gone).filter(|gone| !gone.is_empty()), view! { {first}" "{added}" "{last} }.into_any())
}

/// A quote with its attribution and source. With an address, the source links to the very words on the page.
pub fn quote(passage: &Passage, attribution: &Attribution, article: Option<&Article>) -> AnyView {
    checked_quote(passage, attribution, article, None)
}

/// The same with how it was found when it was last looked for.
pub fn checked_quote(
    passage: &Passage,
    attribution: &Attribution,
    article: Option<&Article>,
    check: Option<&QuoteCheck>,
) -> AnyView {
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
            <figcaption>{said}{source.is_some().then_some(" · ")}{source}{quote_health(passage, check)}</figcaption>
        </figure>
    }
    .into_any()
}

/// A line to share an address by: the field to select, and where scripts run a button that copies it. A `live` one
/// follows the address of the page.
pub fn share_line(id: &str, label: &str, address: &str, live: bool) -> AnyView {
    let (id, label, address) = (id.to_owned(), label.to_owned(), address.to_owned());
    view! {
            <div class="share-line">
                <label for=id.clone()>{label}</label>
                <input id=id readonly data-live=live.then_some("") value=address/>
                <button type="button" class="button needs-script" data-copy="">{t!("part-copy-link")}</button>
                <span class="copied" role="status" data-copied=unless_english("part-copied")></span>
            </div>
    }
    .into_any()
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
pub fn density_strip(density: &Density) -> AnyView {
    let Density { first, last, bins } = density;
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
    let words = t!(
        "part-from-to",
        first = crate::model::time::short_day(crate::model::time::day_of(*first)),
        last = crate::model::time::short_day(crate::model::time::day_of(*last))
    );
    view! {
        <svg class="density" viewBox="0 0 240 28" role="img" aria-label=words preserveAspectRatio="none">
            <path d="M0 27.5H240" class="density-axis"/>
            {bars}
        </svg>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::draw;

    #[test]
    fn only_what_was_edited_is_marked() {
        let marked = |before: &str, now: &str| {
            let (gone, now) = changed_words(before, now);
            let html = draw(move || now);
            (gone.unwrap_or_default(), html.split_whitespace().collect::<Vec<_>>().join(" "))
        };
        let pair = |gone: &str, now: &str| (gone.to_owned(), now.to_owned());
        assert_eq!(
            marked("asks for any lawful use", "asks for some use"),
            pair("any lawful", "asks for <ins>some</ins> use")
        );
        assert_eq!(marked("a b", "a b c"), pair("", "a b <ins>c</ins>"));
        assert_eq!(marked("a b a", "a"), pair("b a", "a"));
        assert_eq!(marked("a", "<i>"), pair("a", "<ins>&lt;i&gt;</ins>"));
    }
}
