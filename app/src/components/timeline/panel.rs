//! The panel of one event: its date as printed and as resolved, parties, quotes, rival dates, and where to go on.

use std::collections::HashMap;

use leptos::prelude::*;

use crate::components::due::{DueShown, due_lines};
use crate::components::parts::{attribution_words, date_words, quote_health};
use crate::components::steps::{StepsShown, step_list};
use crate::ground::Base;
use crate::model::article::Article;
use crate::model::dispute::Party;
use crate::model::event::{Citation, Event, Phase, attest, has_rival_dates};
use crate::model::evidence::QuoteCheck;
use crate::model::time::{long_day, short_day};
use crate::model::view::View;
use crate::{marked, t};

/// What the panel is drawn from.
#[derive(Debug, Clone)]
pub struct PanelFrame {
    /// The dispute's name in its address.
    pub slug: String,
    /// Where its views are.
    pub base: Base,
    /// The event.
    pub event: Event,
    /// The articles of its citations; others may be among them.
    pub articles: Vec<Article>,
    /// The latest check of each of its quotes, by citation.
    pub checks: HashMap<String, QuoteCheck>,
    /// The dispute's parties.
    pub parties: Vec<Party>,
    /// What is said of it as a deadline.
    pub due: Option<DueShown>,
    /// The steps that it is among.
    pub steps: Option<StepsShown>,
    /// How its date was found, for those of its citations that were found by rule.
    pub resolved: Vec<Resolution>,
    /// The view to return to.
    pub view: View,
}

/// How a date was resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolution {
    /// The words that it was found in, as printed.
    pub printed: String,
    /// What it was resolved from, in words.
    pub basis: String,
    /// The rule's name.
    pub rule: String,
}

/// The link that closes a panel.
pub(super) fn close(back: String) -> AnyView {
    view! {
        <a class="tl-tool pn-close" data-do="close" href=back title=t!("panel-close")>
            <svg viewBox="0 0 20 20" aria-hidden="true"><path d="M5 5l10 10M15 5L5 15"/></svg>
            <span class="vh">{t!("panel-close")}</span>
        </a>
    }
    .into_any()
}

/// The panel.
pub fn event_panel(frame: &PanelFrame) -> AnyView {
    let event = &frame.event;
    let own = format!("/d/{}/events/{}", frame.slug, event.id);
    let back = frame.base.address(&frame.view.with(|view| view.event = None));
    let share = frame.base.address(&frame.view.with(|view| view.event = Some(event.id.0.clone())));
    let target = frame.base.target();
    let printed = event.date.printed().map(|words| {
        view! { <p class="pn-printed">{marked!("panel-printed", words = words, edtf = event.date.edtf(); code = |edtf| view! { <code>{edtf}</code> })}</p> }
    });
    let resolved: Vec<_> = frame
        .resolved
        .iter()
        .map(|found| {
            let words = match found.printed.as_str() {
                "" => t!("panel-dated-rule", basis = found.basis, rule = found.rule),
                printed => {
                    t!("panel-dated-rule-2", printed = printed, basis = found.basis, rule = found.rule)
                }
            };
            view! { <p class="pn-printed">{words}</p> }
        })
        .collect();
    let due = frame.due.as_ref().map(|due| due_lines(due, &format!("{own}/history"), target));
    let steps = frame.steps.as_ref().map(step_list);
    let description =
        (!event.description.is_empty()).then(|| view! { <p class="pn-text">{event.description.clone()}</p> });
    let parties: Vec<_> = event
        .parties
        .iter()
        .filter_map(|part| {
            frame.parties.iter().find(|party| party.id == part.party).map(|party| (party, part.role))
        })
        .map(|(party, role)| view! { <li>{party.name.clone()} <small>{role.label()}</small></li> })
        .collect();
    let parties = (!parties.is_empty()).then(|| view! { <ul class="pn-parties">{parties}</ul> });
    let phase =
        (event.phase != Phase::Done).then(|| view! { <span class="chip">{event.phase.label()}</span> });
    let attestation = attest(event, &frame.articles);
    let quotes: Vec<_> = event
        .citations
        .iter()
        .map(|citation| quote(citation, &frame.articles, frame.checks.get(citation.id.as_str()), target))
        .collect();
    let quotes = if quotes.is_empty() {
        view! { <p class="pn-none">{t!("panel-no-article-is-cited-for")}</p> }.into_any()
    } else {
        view! { <div class="pn-quotes">{quotes}</div> }.into_any()
    };
    view! {
        <aside class="pn" id="event" data-bench="detail" data-tl="panel" aria-labelledby="pn-title" tabindex="-1">
            <header class="pn-head">
                <p class="pn-kind">{event.kind.label()} " " {phase}</p>
                {close(back)}
            </header>
            <h2 id="pn-title">{event.title.clone()}</h2>
            <p class="pn-date">{date_words(&event.date)}</p>
            {printed}
            {resolved}
            {due}
            {rivals(frame)}
            {description}
            {parties}
            {steps}
            <p class=format!("pn-att a-{}", attestation.key())><i class="hd"></i>{attestation.label()}</p>
            {quotes}
            <nav class="pn-links" aria-label=t!("panel-this-event")>
                <a href=own.clone() target=target>{t!("panel-event-page")}</a>
                <a href=format!("{own}/history") target=target>{t!("panel-history")}</a>
                <a href=share data-copy="">{t!("panel-link-to-this-view")}</a>
                <span class="copied" role="status"></span>
            </nav>
        </aside>
    }
    .into_any()
}

/// Dates that cannot both be right, side by side, with who says which.
pub(super) fn rivals(frame: &PanelFrame) -> Option<AnyView> {
    if !has_rival_dates(&frame.event) {
        return None;
    }
    let said: Vec<_> = frame
        .event
        .citations
        .iter()
        .map(|citation| {
            let given = citation.date.as_ref().unwrap_or(&frame.event.date);
            let who = frame
                .articles
                .iter()
                .find(|article| article.id == citation.article)
                .map_or_else(|| t!("panel-a-source").to_owned(), |article| article.publisher.clone());
            view! { <div><dt>{who}</dt><dd>{date_words(given)}</dd></div> }
        })
        .collect();
    Some(
        view! {
            <div class="pn-rivals">
                <h3>{t!("panel-sources-disagree-about-the-date")}</h3>
                <dl>{said}</dl>
            </div>
        }
        .into_any(),
    )
}

/// The words of a citation. `target` is where the publisher's page opens, if not in place.
pub(super) fn quote(
    citation: &Citation,
    articles: &[Article],
    check: Option<&QuoteCheck>,
    target: Option<&'static str>,
) -> AnyView {
    let attribution = &citation.attribution;
    let said = attribution_words(attribution);
    let source = articles.iter().find(|article| article.id == citation.article).map(|article| {
        let name = if article.publisher.is_empty() { article.title.clone() } else { article.publisher.clone() };
        let day = article.published.map(|day| {
            view! { ", " <time datetime=day.format("%Y-%m-%d").to_string() title=long_day(day)>{short_day(day)}</time> }
        });
        let name = match &article.url {
            Some(url) => view! {
                <a href=citation.passage.link(url) rel="noopener nofollow" target=target title=t!("panel-the-words-on-the-publisher")>{name}</a>
            }
            .into_any(),
            None => name.into_any(),
        };
        view! { <cite>{name}{day}</cite> }
    });
    view! {
        <figure class="pn-quote">
            <blockquote><p>{citation.passage.exact.clone()}</p></blockquote>
            <figcaption><span>{said}</span>{source}{quote_health(&citation.passage, check)}</figcaption>
        </figure>
    }
    .into_any()
}
