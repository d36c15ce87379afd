//! Candidates as cards, on the page of their article and in the inbox.

use leptos::prelude::*;

use crate::components::parts::{date_words, moment, party_names, quote};
use crate::model::article::{Article, Candidate, Decision};
use crate::model::dispute::{Dispute, Party};
use crate::model::inbox::Verdict;
use crate::store::EventBrief;
use crate::{marked, t};

/// What the cards need besides the candidates.
pub(super) struct Cards<'a> {
    pub(super) dispute: &'a Dispute,
    pub(super) parties: &'a [Party],
    pub(super) articles: &'a [Article],
    pub(super) events: &'a [EventBrief],
    /// Where a decision leads back to: `article`, or `inbox` with the inbox's own query string.
    pub(super) back: String,
    /// The form that takes several at once, by its identifier; cards are to tick for it.
    pub(super) ticks_for: Option<&'static str>,
    /// Whether who looks may decide about them.
    pub(super) may_decide: bool,
}

/// How a candidate stands, for who may not decide about it.
fn waits(candidate: &Candidate) -> AnyView {
    let words = match candidate.decision {
        Decision::Pending => t!("candidates-waits-for-a-reviewer"),
        Decision::Accepted => t!("candidates-accepted"),
        Decision::Rejected => t!("candidates-rejected"),
    };
    view! { <p class="card-decided">{words}</p> }.into_any()
}

impl Cards<'_> {
    /// A candidate with its quotes, where its date comes from, and what can be done with it.
    pub(super) fn card(&self, candidate: &Candidate) -> AnyView {
        let draft = &candidate.draft;
        let event = &draft.event;
        let date = match &event.date {
            Some(date) => date_words(date),
            None => t!("candidates-no-date").into_any(),
        };
        let names: Vec<String> =
            party_names(&event.parties, self.parties).into_iter().map(|(name, _)| name).collect();
        let quotes: Vec<_> = event
            .citations
            .iter()
            .map(|citation| {
                let source = self.articles.iter().find(|article| article.id == citation.article);
                quote(&citation.passage, &citation.attribution, source)
            })
            .collect();
        let printed = event.date.as_ref().and_then(|date| date.printed()).map_or_else(
            || t!("candidates-dated-rule", basis = draft.basis, rule = draft.rule),
            |printed| t!("candidates-printed", printed = printed, basis = draft.basis, rule = draft.rule),
        );
        let facts = [event.kind.label().to_owned(), event.phase.label().to_owned(), names.join(", ")]
            .into_iter()
            .filter(|fact| !fact.is_empty())
            .collect::<Vec<_>>()
            .join(" · ");
        let id = format!("candidate-{}", candidate.id);
        let tick = self.ticks_for.map(|form| {
            let name = t!("candidates-select", title = event.title);
            view! {
                <input type="checkbox" class="card-tick" name="candidate" form=form value=candidate.id.to_string() aria-label=name/>
            }
        });
        view! {
            <article class=format!("card card-{}", candidate.decision.key()) id=id>
                {tick}
                <p class="card-date">{date}</p>
                <h3>{event.title.clone()}</h3>
                <p class="soft">{facts}</p>
                {quotes}
                <p class="card-basis">{printed}</p>
                {self.in_article(candidate)}
                {if self.may_decide { self.decisions(candidate) } else { waits(candidate) }}
            </article>
        }
        .into_any()
    }

    /// The way to the words in the article, where the card stands elsewhere.
    fn in_article(&self, candidate: &Candidate) -> Option<AnyView> {
        self.ticks_for?;
        let article = self.articles.iter().find(|article| article.id == candidate.article)?;
        let href = format!("/d/{}/articles/{}#candidate-{}", self.dispute.slug, article.id, candidate.id);
        Some(view! { <p class="card-basis">{marked!("candidates-from", article = article.title; a = |title| view! { <a href=href.clone()>{title}</a> })}</p> }.into_any())
    }

    fn decisions(&self, candidate: &Candidate) -> AnyView {
        let base = format!("/d/{}", self.dispute.slug);
        let action = format!("{base}/candidates/{}", candidate.id);
        let back = self.back.clone();
        let form = move |decision: &'static str, label: &'static str, class: &'static str, title: String| {
            view! {
                <form method="post" action=action.clone()>
                    <input type="hidden" name="decision" value=decision/>
                    <input type="hidden" name="back" value=back.clone()/>
                    <button class=class type="submit" data-key=decision>{label}<span class="visually-hidden">{title}</span></button>
                </form>
            }
        };
        let title = format!(": {}", candidate.draft.event.title);
        match candidate.decision {
            Decision::Pending => {
                // Where it seems to be there already, adding to that comes first.
                let (label, class) = match candidate.draft.likeness {
                    Some(_) => (t!("candidates-accept-as-new"), "button"),
                    None => (t!("candidates-accept"), "button button-main"),
                };
                let accept =
                    candidate.draft.event.date.is_some().then(|| form("accept", label, class, title.clone()));
                let edit = format!("{base}/candidates/{}/edit", candidate.id);
                view! {
                    <div class="card-tools">
                        {accept}
                        <a class="button" href=edit data-key="edit">{t!("candidates-edit")}<span class="visually-hidden">{title.clone()}</span></a>
                        {form("reject", t!("candidates-reject"), "button button-quiet", title)}
                    </div>
                    {self.merge(candidate)}
                }
                .into_any()
            }
            Decision::Accepted | Decision::Rejected => {
                let event = candidate.event.as_ref().map(|event| {
                    view! { <a href=format!("{base}/events/{event}")>{t!("candidates-on-the-timeline")}</a> }
                });
                let by = candidate.decided_by.clone().unwrap_or_default();
                let at = candidate.decided_at.map(moment).unwrap_or_default();
                let decided = t!("candidates-decided", decision = candidate.decision.key(), by = by, at = at);
                view! {
                    <div class="card-tools">
                        <p class="card-decided">{decided}" "{event}</p>
                        {form(Verdict::Undo.key(), t!("candidates-take-back"), "button button-quiet", title)}
                    </div>
                }
                .into_any()
            }
        }
    }

    /// Adds the quotes to an event that is there already. The one it is like comes first, then those nearest in time.
    fn merge(&self, candidate: &Candidate) -> Option<AnyView> {
        if self.events.is_empty() {
            return None;
        }
        let like = candidate.draft.likeness.as_ref();
        let events = self.near(candidate);
        let options: Vec<_> = events
            .iter()
            .map(|event| {
                view! {
                    <option value=event.id.to_string()>{format!("{}: {}", event.date.words(), event.title)}</option>
                }
            })
            .collect();
        let summary = match like {
            Some(like) if like.is_rival => {
                t!("candidates-this-may-be-an-event", why = like.why)
            }
            Some(like) => t!("candidates-this-may-be-an-event-already", why = like.why),
            None => t!("candidates-same-as-an-event-already").to_owned(),
        };
        let verb = if like.is_some_and(|like| like.is_rival) {
            t!("candidates-add-as-a-rival-account")
        } else {
            t!("candidates-add-as-a-citation")
        };
        let class = if like.is_some() { "button button-main" } else { "button" };
        let field = format!("merge-{}", candidate.id);
        Some(
            view! {
                <details class="card-merge" open=like.is_some()>
                    <summary>{summary}</summary>
                    <form method="post" action=format!("/d/{}/candidates/{}", self.dispute.slug, candidate.id)>
                        <input type="hidden" name="decision" value="merge"/>
                        <input type="hidden" name="back" value=self.back.clone()/>
                        <label for=field.clone()>{t!("candidates-add-its-quotes-to")}</label>
                        <select id=field name="event">{options}</select>
                        <button class=class type="submit">{verb}</button>
                    </form>
                </details>
            }
            .into_any(),
        )
    }

    /// The events that a candidate could be one of: the one it is like first, then those nearest in time. The events
    /// are in time order, so those about its place are looked at and not all of what may be thousands.
    fn near(&self, candidate: &Candidate) -> Vec<&EventBrief> {
        /// How many on either side.
        const SIDE: usize = 15;
        let like = candidate.draft.likeness.as_ref().map(|like| &like.event);
        let at = candidate.draft.event.date.as_ref().map_or(0, |date| date.sorts_at());
        let place = self.events.partition_point(|event| event.date.sorts_at() < at);
        let about = place.saturating_sub(SIDE)..(place + SIDE).min(self.events.len());
        let mut near: Vec<&EventBrief> = self.events.get(about).unwrap_or_default().iter().collect();
        near.sort_by_key(|event| (event.date.sorts_at() - at).abs());
        if let Some(alike) = like.and_then(|like| self.events.iter().find(|event| event.id == *like)) {
            near.retain(|event| event.id != alike.id);
            near.insert(0, alike);
        }
        near
    }
}
