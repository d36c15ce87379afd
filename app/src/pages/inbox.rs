//! The inbox of a dispute: what was found in its articles and waits for an editor.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::candidates::Cards;
use super::{dispute_for, suggestions, trail};
use crate::model::article::{Candidate, Decision};
use crate::model::dispute::Dispute;
use crate::model::id::ArticleId;
use crate::model::inbox::{InboxOrder, InboxPage, InboxView, Left, PAGE, Verdict};
use crate::model::role::Role;
use crate::model::view::{FieldError, View};
use crate::page::{Page, PageError, PageRequest, Script};
use crate::t;

/// The form that decides about several at once.
const BULK: &str = "bulk";

/// `/d/{slug}/inbox`
pub async fn inbox(request: &PageRequest, slug: &str) -> Result<Page, PageError> {
    let dispute = dispute_for(request, slug, Role::Reviewer).await?;
    let pairs = request.query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let (view, errors) = InboxView::read(pairs);
    let found = request.store.inbox(&dispute.id, &view).await?;
    let just_decided = match view.done {
        Some(at) => request.store.candidates_decided_at(&dispute.id, at).await?,
        None => Vec::new(),
    };
    let parties = request.store.parties(&dispute.id).await?;
    let suggested = request.store.suggestions(&dispute.id, Decision::Pending).await?;
    let turned_down = request.param("turned_down").map(str::to_owned);
    let wanted: Vec<&ArticleId> = found.candidates.iter().map(|candidate| &candidate.article).collect();
    let mut articles = request.store.articles(&dispute.id).await?;
    articles.retain(|article| wanted.contains(&&article.id));
    let events = request.cache.events(&request.store, &dispute, &View::default()).await?;
    let (done, left) = (view.done, view.left.clone());
    let status = if errors.is_empty() { 200 } else { 400 };
    Ok(Page::new(t!("inbox-inbox", title = dispute.title), move || {
        // What was just done is said once; a later decision made on this page is told of by itself.
        let here = InboxView { done: None, left: Vec::new(), ..view };
        let cards = Cards {
            dispute: &dispute,
            parties: &parties,
            articles: &articles,
            events: &events,
            back: format!("inbox{}", here.query_string()),
            ticks_for: Some(BULK),
            may_decide: true,
        };
        let items: Vec<_> =
            found.candidates.iter().map(|candidate| view! { <li>{cards.card(candidate)}</li> }).collect();
        view! {
            {trail(&dispute, &[])}
            <h1>{t!("inbox-inbox-2")}</h1>
            {unread(&errors)}
            {turned_down.map(|id| suggestion_undo(&dispute, &id))}
            {suggestions::waiting(&dispute, &parties, &suggested)}
            <div id="inbox" class="inbox">
                {told(&dispute, &here, done, &just_decided, &left)}
                {choices(&dispute, &here)}
                <h2 id="inbox-count">{count_words(&here, found.total)}</h2>
                {bulk(&dispute, &here, &found)}
                <ol class="candidates">{items}</ol>
                {pager(&dispute, &here, found.total)}
            </div>
            <p class="visually-hidden" role="status" id="inbox-said"></p>
        }
        .into_any()
    })
    .with_status(status)
    .with_script(Script::Inbox))
}

fn suggestion_undo(dispute: &Dispute, id: &str) -> AnyView {
    view! {
        <form method="post" action=format!("/d/{}/suggestions/{id}", dispute.slug) class="notice notice-row">
            <p>{t!("inbox-the-suggestion-was-turned-down")}</p>
            <button class="button" type="submit" name="decision" value="wait">{t!("inbox-let-it-wait-again")}</button>
        </form>
    }
    .into_any()
}

fn unread(errors: &[FieldError]) -> Option<AnyView> {
    let items: Vec<_> = errors
        .iter()
        .map(|error| view! { <li>{format!("{}: {}", error.field, error.message)}</li> })
        .collect();
    (!items.is_empty()).then(|| {
        view! { <div class="notice notice-bad" role="alert"><p>{t!("inbox-parts-of-this-address-could")}</p><ul>{items}</ul></div> }
            .into_any()
    })
}

fn address(dispute: &Dispute, view: &InboxView) -> String {
    format!("/d/{}/inbox{}", dispute.slug, view.query_string())
}

fn count_words(view: &InboxView, total: i64) -> String {
    match view.show {
        Decision::Pending => t!("inbox-candidates-are-waiting", count = total),
        Decision::Accepted => t!("inbox-candidates-accepted", count = total),
        Decision::Rejected => t!("inbox-candidates-rejected", count = total),
    }
}

/// What was just decided, with the way back.
fn told(
    dispute: &Dispute,
    here: &InboxView,
    at: Option<DateTime<Utc>>,
    decided: &[Candidate],
    left: &[(Left, i64)],
) -> Option<AnyView> {
    let mut words: Vec<String> = Vec::new();
    for decision in [Decision::Accepted, Decision::Rejected] {
        let titles: Vec<&str> = decided
            .iter()
            .filter(|candidate| candidate.decision == decision)
            .map(|candidate| candidate.draft.event.title.as_str())
            .collect();
        words.extend(match (titles.as_slice(), decision) {
            ([], _) => None,
            ([title], Decision::Accepted) => Some(t!("inbox-one-was-accepted", title = title)),
            ([title], _) => Some(t!("inbox-one-was-rejected", title = title)),
            (several, Decision::Accepted) => Some(t!("inbox-were-accepted", count = several.len())),
            (several, _) => Some(t!("inbox-were-rejected", count = several.len())),
        });
    }
    words
        .extend(left.iter().map(|(why, count)| t!("inbox-left-as-before", count = count, why = why.label())));
    if words.is_empty() {
        return None;
    }
    let undo = at.filter(|_| !decided.is_empty()).map(|at| {
        let back = here.query_string();
        view! {
            <form method="post" action=format!("/d/{}/inbox", dispute.slug)>
                <input type="hidden" name="decision" value=Verdict::Undo.key()/>
                <input type="hidden" name="batch" value=at.timestamp_millis().to_string()/>
                <input type="hidden" name="back" value=back/>
                <button class="button" type="submit" data-key="undo">{t!("inbox-undo")}</button>
            </form>
        }
    });
    Some(
        view! { <div class="notice notice-row" id="inbox-told"><p>{words.join(" ")}</p>{undo}</div> }
            .into_any(),
    )
}

/// Which candidates to show, and in what order.
fn choices(dispute: &Dispute, here: &InboxView) -> AnyView {
    let shows: Vec<_> = Decision::ALL
        .iter()
        .map(|show| {
            let href = address(dispute, &InboxView { show: *show, page: 1, ..here.clone() });
            let current = (*show == here.show).then_some("page");
            let label = match show {
                Decision::Pending => t!("inbox-waiting"),
                Decision::Accepted => t!("inbox-accepted"),
                Decision::Rejected => t!("inbox-rejected"),
            };
            view! { <li><a href=href aria-current=current>{label}</a></li> }
        })
        .collect();
    let orders = (here.show == Decision::Pending).then(|| {
        let orders: Vec<_> = InboxOrder::ALL
            .iter()
            .map(|order| {
                let href = address(dispute, &InboxView { order: *order, page: 1, ..here.clone() });
                let current = (*order == here.order).then_some("true");
                view! { <li><a href=href aria-current=current>{order.label()}</a></li> }
            })
            .collect();
        view! { <nav class="tl-choice" aria-label=t!("inbox-order")><ul>{orders}</ul></nav> }
    });
    view! {
        <div class="inbox-choices">
            <nav class="tl-choice" aria-label=t!("inbox-show")><ul>{shows}</ul></nav>
            {orders}
        </div>
    }
    .into_any()
}

/// The form for the candidates that are ticked, and the keys.
fn bulk(dispute: &Dispute, here: &InboxView, found: &InboxPage) -> Option<AnyView> {
    if found.candidates.is_empty() {
        return None;
    }
    let decide = |verdict: Verdict, label: &'static str, class: &'static str| {
        view! { <button class=class type="submit" name="decision" value=verdict.key()>{label}</button> }
    };
    let buttons = match here.show {
        Decision::Pending => view! {
            {decide(Verdict::Accept, t!("inbox-accept-selected"), "button button-main")}
            {decide(Verdict::Reject, t!("inbox-reject-selected"), "button")}
        }
        .into_any(),
        Decision::Accepted | Decision::Rejected => {
            decide(Verdict::Undo, t!("inbox-take-back-selected"), "button").into_any()
        }
    };
    let keys = [
        ("j", t!("inbox-key-next-candidate")),
        ("k", t!("inbox-key-the-one-before")),
        ("a", t!("inbox-key-accept")),
        ("r", t!("inbox-key-reject")),
        ("e", t!("inbox-key-edit")),
        ("m", t!("inbox-key-same-as-an")),
        ("x", t!("inbox-key-select")),
        ("u", t!("inbox-key-undo-the-last")),
    ];
    let keys = keys.map(|(key, does)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{does}</dd></div> });
    Some(
        view! {
            <form method="post" action=format!("/d/{}/inbox", dispute.slug) id=BULK class="inbox-bulk">
                <input type="hidden" name="back" value=here.query_string()/>
                <label class="choice needs-script"><input type="checkbox" id="inbox-all"/><span>{t!("inbox-select-all-on-this-page")}</span></label>
                {buttons}
            </form>
            <details class="inbox-keys needs-script">
                <summary>{t!("inbox-keys")}</summary>
                <p>{t!("inbox-while-the-focus-is-on")}</p>
                <dl>{keys}</dl>
            </details>
        }
        .into_any(),
    )
}

fn pager(dispute: &Dispute, here: &InboxView, total: i64) -> Option<AnyView> {
    let last = (total + PAGE - 1) / PAGE;
    let step = |page: i64, rel: &'static str, label: &'static str| {
        (1..=last).contains(&page).then(|| {
            let href = address(dispute, &InboxView { page, ..here.clone() });
            view! { <a class="button" rel=rel href=href>{label}</a> }
        })
    };
    (last > 1 || here.page > 1).then(|| {
        view! {
            <nav class="inbox-pages" aria-label=t!("inbox-pages")>
                {step(here.page.min(last + 1) - 1, "prev", t!("inbox-earlier-page"))}
                <span>{t!("inbox-page-of", page = here.page, max = last.max(1))}</span>
                {step(here.page + 1, "next", t!("inbox-next-page"))}
            </nav>
        }
        .into_any()
    })
}
