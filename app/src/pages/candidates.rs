//! Candidates as cards, on the page of their article and in the inbox.

use leptos::prelude::*;

use super::{dispute_of, trail};
use crate::components::parts::{date_words, party_names, quote};
use crate::model::article::{Article, Candidate, Decision};
use crate::model::dispute::{Dispute, Party};
use crate::page::{Page, PageError, PageRequest};
use crate::store::EventBrief;

/// `/d/{slug}/inbox`
pub async fn inbox(request: &PageRequest, slug: &str) -> Result<Page, PageError> {
    request.editor()?;
    let dispute = dispute_of(request, slug).await?;
    let candidates = request.store.candidates(&dispute.id, None, Some(Decision::Pending)).await?;
    let parties = request.store.parties(&dispute.id).await?;
    let articles = request.store.articles(&dispute.id).await?;
    let events = request.store.events(&dispute.id, &crate::model::view::View::default()).await?;
    Ok(Page::new(format!("Inbox: {}", dispute.title), move || {
        let cards = Cards {
            dispute: &dispute,
            parties: &parties,
            articles: &articles,
            events: &events,
            back: "inbox",
        };
        let items: Vec<_> =
            candidates.iter().map(|candidate| view! { <li>{cards.card(candidate)}</li> }).collect();
        let count = match candidates.len() {
            0 => "Nothing is waiting.".to_owned(),
            1 => "One candidate is waiting.".to_owned(),
            n => format!("{n} candidates are waiting."),
        };
        view! {
            {trail(&dispute, &[])}
            <h1>"Inbox"</h1>
            <h2>{count}</h2>
            <ol class="candidates">{items}</ol>
        }
        .into_any()
    }))
}

/// What the cards need besides the candidates.
pub(super) struct Cards<'a> {
    pub(super) dispute: &'a Dispute,
    pub(super) parties: &'a [Party],
    pub(super) articles: &'a [Article],
    pub(super) events: &'a [EventBrief],
    /// Where a decision leads back to: `inbox` or `article`.
    pub(super) back: &'static str,
}

impl Cards<'_> {
    /// A candidate with its quotes, where its date comes from, and what can be done with it.
    pub(super) fn card(&self, candidate: &Candidate) -> AnyView {
        let draft = &candidate.draft;
        let event = &draft.event;
        let date = match &event.date {
            Some(date) => date_words(date),
            None => "No date".into_any(),
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
        let printed = event
            .date
            .as_ref()
            .and_then(|date| date.printed())
            .map(|printed| format!("Printed “{printed}”. "))
            .unwrap_or_default();
        let facts = [event.kind.label().to_owned(), event.phase.label().to_owned(), names.join(", ")]
            .into_iter()
            .filter(|fact| !fact.is_empty())
            .collect::<Vec<_>>()
            .join(" · ");
        let id = format!("candidate-{}", candidate.id);
        view! {
            <article class=format!("card card-{}", candidate.decision.key()) id=id>
                <p class="card-date">{date}</p>
                <h3>{event.title.clone()}</h3>
                <p class="soft">{facts}</p>
                {quotes}
                <p class="card-basis">{printed}{format!("Dated {} (rule: {}).", draft.basis, draft.rule)}</p>
                {self.decisions(candidate)}
            </article>
        }
        .into_any()
    }

    fn decisions(&self, candidate: &Candidate) -> AnyView {
        let base = format!("/d/{}", self.dispute.slug);
        let action = format!("{base}/candidates/{}", candidate.id);
        let back = self.back;
        let form = move |decision: &'static str, label: &'static str, class: &'static str, title: String| {
            view! {
                <form method="post" action=action.clone()>
                    <input type="hidden" name="decision" value=decision/>
                    <input type="hidden" name="back" value=back/>
                    <button class=class type="submit">{label}<span class="visually-hidden">{title}</span></button>
                </form>
            }
        };
        let title = format!(": {}", candidate.draft.event.title);
        match candidate.decision {
            Decision::Pending => {
                let accept = candidate
                    .draft
                    .event
                    .date
                    .is_some()
                    .then(|| form("accept", "Accept", "button button-main", title.clone()));
                let edit = format!("{base}/candidates/{}/edit", candidate.id);
                view! {
                    <div class="card-tools">
                        {accept}
                        <a class="button" href=edit>"Edit"<span class="visually-hidden">{title.clone()}</span></a>
                        {form("reject", "Reject", "button button-quiet", title)}
                    </div>
                    {self.merge(candidate)}
                }
                .into_any()
            }
            Decision::Accepted => {
                let event = candidate.event.as_ref().map(|event| {
                    view! { <a href=format!("{base}/events/{event}")>"On the timeline"</a> }
                });
                let by = candidate.decided_by.clone().unwrap_or_default();
                view! { <p class="card-decided">"Accepted by "{by}". "{event}</p> }.into_any()
            }
            Decision::Rejected => {
                let by = candidate.decided_by.clone().unwrap_or_default();
                view! {
                    <div class="card-tools">
                        <p class="card-decided">"Rejected by "{by}"."</p>
                        {form("reconsider", "Take back", "button button-quiet", title)}
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
        let near = candidate.draft.event.date.as_ref().map_or(0, |date| date.sorts_at());
        let mut events: Vec<&EventBrief> = self.events.iter().collect();
        events.sort_by_key(|event| {
            (like.is_none_or(|like| like.event != event.id), (event.date.sorts_at() - near).abs())
        });
        let options: Vec<_> = events
            .iter()
            .take(30)
            .map(|event| {
                view! {
                    <option value=event.id.to_string()>{format!("{}: {}", event.date.words(), event.title)}</option>
                }
            })
            .collect();
        let summary = match like {
            Some(like) if like.is_rival => {
                format!("This may be an event already there, with another date: {}", like.why)
            }
            Some(like) => format!("This may be an event already there: {}", like.why),
            None => "Same as an event already there?".to_owned(),
        };
        let field = format!("merge-{}", candidate.id);
        Some(
            view! {
                <details class="card-merge" open=like.is_some()>
                    <summary>{summary}</summary>
                    <form method="post" action=format!("/d/{}/candidates/{}", self.dispute.slug, candidate.id)>
                        <input type="hidden" name="decision" value="merge"/>
                        <input type="hidden" name="back" value=self.back/>
                        <label for=field.clone()>"Add its quotes to"</label>
                        <select id=field name="event">{options}</select>
                        <button class="button" type="submit">"Add as a citation"</button>
                    </form>
                </details>
            }
            .into_any(),
        )
    }
}
