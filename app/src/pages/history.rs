//! What was changed, by whom and why.

use std::collections::HashMap;

use leptos::prelude::*;

use super::{entry, trail};
use crate::components::changes::change_list;
use crate::components::parts::instant;
use crate::model::difference::{Names, State, differences};
use crate::model::dispute::Dispute;
use crate::model::id::EventId;
use crate::model::revision::{Action, Revision, Subject};
use crate::model::role::Role;
use crate::page::{Page, PageError, PageRequest};
use crate::store::Result;
use crate::{marked, t};

/// How many changes one page shows.
const PAGE: u32 = 50;

/// `/d/{slug}/history`, and the history of one thing: `/d/{slug}/events/{id}/history` and those beside it.
/// `/d/{slug}/history?of=dispute` is that of the dispute's own fields.
pub async fn history(
    request: &PageRequest,
    slug: &str,
    of: Option<(Subject, &str)>,
) -> std::result::Result<Page, PageError> {
    let (dispute, role) = entry(request, slug).await?;
    let of = match (of, request.param("of")) {
        (None, Some("dispute")) => Some((Subject::Dispute, dispute.id.as_str())),
        (of, _) => of,
    };
    let before = request.param("before").and_then(|number| number.parse().ok());
    let mut revisions = request.store.revisions(&dispute.id, of, before, PAGE + 1).await?;
    if revisions.is_empty() && of.is_some() && before.is_none() {
        return Err(PageError::NotFound);
    }
    let older = revisions.split_off(revisions.len().min(PAGE as usize));
    let earlier = predecessors(request, &dispute, &revisions, &older).await?;
    let states: Vec<Option<State>> =
        revisions.iter().map(State::of).chain(earlier.values().map(State::of)).collect();
    let names = names(request, &dispute, states.iter().flatten()).await?;
    let shown = Shown {
        may_write: role >= Role::Editor,
        of: of.map(|(subject, _)| subject),
        is_latest_page: before.is_none(),
        path: request.path.clone(),
        names,
        dispute,
    };
    let title = t!("history-history", title = shown.dispute.title);
    Ok(Page::new(title, move || {
        let items: Vec<_> = revisions
            .iter()
            .enumerate()
            .map(|(at, revision)| {
                let is_now = at == 0 && shown.is_latest_page;
                shown.item(revision, earlier.get(&revision.number), is_now)
            })
            .collect();
        let next = (!older.is_empty()).then(|| {
            let last = revisions.last().map(|revision| revision.number).unwrap_or_default();
            let of = if shown.is_of_the_fields() { "of=dispute&" } else { "" };
            view! { <p><a class="button" href=format!("{}?{of}before={last}", shown.path)>{t!("history-earlier-changes")}</a></p> }
        });
        let other = shown.of.is_none().then(|| {
            let path = format!("/d/{}", shown.dispute.slug);
            view! {
                <p class="tools">
                    <a class="button button-quiet" href=format!("{path}/corrections")>{t!("history-corrections-only")}</a>
                    <a class="button button-quiet" href=format!("{path}/history?of=dispute")>
                        {t!("history-title-summary-and-rule-only")}
                    </a>
                </p>
            }
        });
        let first = revisions.first();
        view! {
            {shown.trail(first)}
            <h1>{t!("history-history-2")}</h1>
            <p>{shown.what()}</p>
            {first.and_then(|first| shown.bring_back(first))}
            {other}
            <ol class="revisions">{items}</ol>
            {next}
        }
        .into_any()
    }))
}

/// The revision of the same thing before each of these, by the number of the later one; none for one that came to be.
async fn predecessors(
    request: &PageRequest,
    dispute: &Dispute,
    revisions: &[Revision],
    older: &[Revision],
) -> Result<HashMap<i64, Revision>> {
    let mut found = HashMap::new();
    for (at, revision) in revisions.iter().enumerate() {
        if revision.action == Action::Create {
            continue;
        }
        let of = (revision.subject, revision.subject_id.as_str());
        let held = revisions
            .iter()
            .skip(at + 1)
            .chain(older)
            .find(|other| (other.subject, other.subject_id.as_str()) == of);
        let earlier = match held {
            Some(held) => Some(held.clone()),
            None => request.store.revisions(&dispute.id, Some(of), Some(revision.number), 1).await?.pop(),
        };
        found.extend(earlier.map(|earlier| (revision.number, earlier)));
    }
    Ok(found)
}

/// What the parties and articles are called that some states name, those that are deleted by now included.
pub async fn names<'a>(
    request: &PageRequest,
    dispute: &Dispute,
    states: impl Iterator<Item = &'a State>,
) -> Result<Names> {
    let parties = request.store.parties(&dispute.id).await?;
    let articles = request.store.articles(&dispute.id).await?;
    let mut names = Names::new(&parties, &articles);
    for state in states {
        let (parties, articles) = state.named();
        for id in parties {
            if !names.has_party(id)
                && let Some(State::Party(party)) = last(request, dispute, Subject::Party, id.as_str()).await?
            {
                names.add_party(&party);
            }
        }
        for id in articles {
            if !names.has_article(id)
                && let Some(State::Article(article)) =
                    last(request, dispute, Subject::Article, id.as_str()).await?
            {
                names.add_article(&article);
            }
        }
        name_events(request, dispute, &mut names, state.named_events().into_iter()).await?;
    }
    Ok(names)
}

/// Learns what events are called, or were when they were deleted.
pub async fn name_events<'a>(
    request: &PageRequest,
    dispute: &Dispute,
    names: &mut Names,
    ids: impl Iterator<Item = &'a EventId>,
) -> Result<()> {
    for id in ids {
        if !names.has_event(id)
            && let Some(State::Event(event)) = last(request, dispute, Subject::Event, id.as_str()).await?
        {
            names.add_event(id, &event.title, &event.date);
        }
    }
    Ok(())
}

/// The last that was recorded of something.
async fn last(request: &PageRequest, dispute: &Dispute, subject: Subject, id: &str) -> Result<Option<State>> {
    let revisions = request.store.revisions(&dispute.id, Some((subject, id)), None, 1).await?;
    Ok(revisions.first().and_then(State::of))
}

/// Where the history of one thing is, within a dispute; none for what has none of its own.
pub(super) fn history_path(slug: &str, subject: Subject, id: &str) -> Option<String> {
    Some(match subject {
        Subject::Dispute => format!("/d/{slug}/history?of=dispute"),
        Subject::Party => format!("/d/{slug}/parties/{id}/history"),
        Subject::Position => format!("/d/{slug}/positions/{id}/history"),
        Subject::Event => format!("/d/{slug}/events/{id}/history"),
        Subject::Article => format!("/d/{slug}/articles/{id}/history"),
        Subject::Candidate | Subject::Feed => return None,
    })
}

/// What the page is about.
struct Shown {
    dispute: Dispute,
    names: Names,
    /// What sort of thing it is about; none for everything in the dispute.
    of: Option<Subject>,
    may_write: bool,
    is_latest_page: bool,
    path: String,
}

impl Shown {
    fn is_of_the_fields(&self) -> bool {
        self.of == Some(Subject::Dispute)
    }

    fn what(&self) -> String {
        match self.of {
            None => t!("history-whole-dispute").to_owned(),
            Some(Subject::Dispute) => t!("history-fields").to_owned(),
            Some(subject) => t!("history-of-one", subject = subject.label()),
        }
    }

    /// The way back, over the thing itself if it is still there.
    fn trail(&self, last: Option<&Revision>) -> AnyView {
        let slug = &self.dispute.slug;
        let name = last.and_then(State::of).map(|state| state.name().to_owned()).unwrap_or_default();
        let on = last.and_then(|last| {
            let is_there = self.is_latest_page && last.action != Action::Delete;
            match self.of? {
                Subject::Event if is_there => {
                    Some((name.as_str(), format!("/d/{slug}/events/{}", last.subject_id)))
                }
                Subject::Article if is_there && self.may_write => {
                    Some((name.as_str(), format!("/d/{slug}/articles/{}", last.subject_id)))
                }
                Subject::Article => Some((t!("history-sources"), format!("/d/{slug}/articles"))),
                Subject::Position => Some((t!("history-who-holds-what"), format!("/d/{slug}#positions"))),
                _ => None,
            }
        });
        let whole = self.of.map(|_| (t!("history-history-2"), format!("/d/{slug}/history")));
        let steps: Vec<_> = on.into_iter().chain(whole).collect();
        trail(&self.dispute, &steps)
    }

    fn restore_path(&self, revision: &Revision) -> Option<String> {
        let slug = &self.dispute.slug;
        let id = &revision.subject_id;
        Some(match revision.subject {
            Subject::Dispute => format!("/d/{slug}/restore"),
            Subject::Party => format!("/d/{slug}/parties/{id}/restore"),
            Subject::Position => format!("/d/{slug}/positions/{id}/restore"),
            Subject::Event => format!("/d/{slug}/events/{id}/restore"),
            Subject::Article => format!("/d/{slug}/articles/{id}/restore"),
            Subject::Candidate | Subject::Feed => return None,
        })
    }

    /// The button that brings back what is deleted.
    fn bring_back(&self, last: &Revision) -> Option<AnyView> {
        let is_deleted = self.of.is_some() && self.is_latest_page && last.action == Action::Delete;
        let action = self.restore_path(last).filter(|_| is_deleted && self.may_write)?;
        Some(
            view! {
                <form method="post" action=action>
                    <button class="button button-main" type="submit">{t!("history-bring-it-back")}</button>
                </form>
            }
            .into_any(),
        )
    }

    /// The button that takes the thing back to a revision. An article's text is not in the revisions, so that it can
    /// only be deleted and brought back.
    fn take_back(&self, revision: &Revision, is_now: bool) -> Option<AnyView> {
        let may = self.of.is_some()
            && self.may_write
            && !is_now
            && revision.action != Action::Delete
            && revision.subject != Subject::Article;
        let action = self.restore_path(revision).filter(|_| may)?;
        Some(
            view! {
                <form method="post" action=action>
                    <input type="hidden" name="revision" value=revision.number.to_string()/>
                    <button class="button button-quiet" type="submit">
                        {t!("history-take-it-back-to-this")}
                        <span class="visually-hidden">{format!(" {}", t!("history-revision", number = revision.number.to_string()))}</span>
                    </button>
                </form>
            }
            .into_any(),
        )
    }

    /// The way to the dispute as it stood once the change was made.
    fn as_it_stood(&self, revision: &Revision) -> Option<AnyView> {
        let of_the_dispute = !matches!(revision.subject, Subject::Candidate | Subject::Feed);
        of_the_dispute.then(|| {
            let href = format!("/d/{}/at/{}", self.dispute.slug, revision.number);
            // There is one for each change, and none says more than the page that can be found: not for search engines.
            view! {
                <a class="button button-quiet" href=href rel="nofollow">
                    {t!("history-see-the-dispute-as-it")}
                    <span class="visually-hidden">{format!(" {}", t!("history-revision", number = revision.number.to_string()))}</span>
                </a>
            }
            .into_any()
        })
    }

    fn item(&self, revision: &Revision, earlier: Option<&Revision>, is_now: bool) -> AnyView {
        let state = State::of(revision);
        let name = state.as_ref().map(|state| state.name().to_owned()).unwrap_or_default();
        let path = history_path(&self.dispute.slug, revision.subject, &revision.subject_id);
        let path = path.filter(|_| self.of.is_none());
        let name = |_| match &path {
            Some(path) => view! { <a href=path.clone()>{name.clone()}</a> }.into_any(),
            None => t!("field-name-quoted", words = name).into_any(),
        };
        let (action, subject) = (revision.action.label(), revision.subject.label());
        let did = marked!(
            "history-did", actor = revision.actor, action = action, subject = subject;
            at = |_| instant(revision.at),
            who = |who| view! { <strong>{who}</strong> },
            name = name,
        );
        let reason =
            (!revision.reason.is_empty()).then(|| view! { <p class="reason">{revision.reason.clone()}</p> });
        view! {
            <li id=format!("r{}", revision.number)>
                <p>{did}</p>
                {reason}
                {state.and_then(|state| self.changes(revision, &state, earlier))}
                <div class="revision-ways">
                    {self.as_it_stood(revision)}
                    {self.take_back(revision, is_now)}
                </div>
            </li>
        }
        .into_any()
    }

    /// What the change did: what differs from before; of what is new, all that it said, behind a disclosure.
    fn changes(&self, revision: &Revision, state: &State, earlier: Option<&Revision>) -> Option<AnyView> {
        // Feeds are followed by editors, and only they see how.
        if revision.subject == Subject::Feed && !self.may_write {
            return None;
        }
        let before = earlier.and_then(State::of);
        match revision.action {
            Action::Update | Action::Restore => change_list(&differences(Some(&before?), state, &self.names)),
            Action::Create if revision.subject != Subject::Candidate => {
                let all = change_list(&differences(None, state, &self.names))?;
                Some(
                    view! { <details class="revision-whole"><summary>{t!("history-what-it-said")}</summary>{all}</details> }
                        .into_any(),
                )
            }
            Action::Create | Action::Delete => None,
        }
    }
}
