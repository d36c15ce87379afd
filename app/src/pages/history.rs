//! What was changed, by whom and why.

use leptos::prelude::*;

use super::{entry, trail};
use crate::components::parts::moment;
use crate::model::revision::{Action, Revision, Subject};
use crate::model::role::Role;
use crate::page::{Page, PageError, PageRequest};

/// How many changes one page shows.
const PAGE: u32 = 50;

/// `/d/{slug}/history` and `/d/{slug}/events/{id}/history`
pub async fn history(request: &PageRequest, slug: &str, event: Option<&str>) -> Result<Page, PageError> {
    let (dispute, role) = entry(request, slug).await?;
    let before = request.param("before").and_then(|number| number.parse().ok());
    let of = event.map(|id| (Subject::Event, id));
    let mut revisions = request.store.revisions(&dispute.id, of, before, PAGE + 1).await?;
    if revisions.is_empty() && event.is_some() && before.is_none() {
        return Err(PageError::NotFound);
    }
    let more = revisions.len() > PAGE as usize;
    let may_write = role >= Role::Editor;
    let path = request.path.clone();
    let event = event.map(str::to_owned);
    Ok(Page::new(format!("History: {}", dispute.title), move || {
        let older = revisions.get(PAGE as usize).cloned();
        revisions.truncate(PAGE as usize);
        let items: Vec<_> = revisions
            .iter()
            .enumerate()
            .map(|(at, revision)| {
                let before = revisions.iter().skip(at + 1).chain(older.as_ref()).find(|other| {
                    other.subject == revision.subject && other.subject_id == revision.subject_id
                });
                item(&dispute.slug, revision, before, may_write && event.is_some() && at > 0)
            })
            .collect();
        let deleted = revisions.first().is_some_and(|last| event.is_some() && last.action == Action::Delete);
        let bring_back = (deleted && may_write).then(|| {
            view! {
                <form method="post" action=path.replace("/history", "/restore")>
                    <button class="button button-main" type="submit">"Bring it back"</button>
                </form>
            }
        });
        let next = more.then(|| {
            let last = revisions.last().map(|revision| revision.number).unwrap_or_default();
            view! { <p><a class="button" href=format!("{path}?before={last}")>"Earlier changes"</a></p> }
        });
        view! {
            {trail(&dispute, &[])}
            <h1>"History"</h1>
            <p>"Every change to this "{if event.is_some() { "event" } else { "dispute" }}", newest first. Nothing is ever lost by an edit or a delete."</p>
            {bring_back}
            <ol class="revisions">{items}</ol>
            {next}
        }
        .into_any()
    }))
}

fn item(slug: &str, revision: &Revision, before: Option<&Revision>, may_go_back: bool) -> AnyView {
    let state: serde_json::Value = serde_json::from_str(&revision.state).unwrap_or_default();
    let old: serde_json::Value =
        before.and_then(|before| serde_json::from_str(&before.state).ok()).unwrap_or_default();
    let name = ["title", "name", "statement"]
        .iter()
        .find_map(|field| state.get(field).or_else(|| state.pointer(&format!("/draft/event/{field}"))))
        .and_then(serde_json::Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let name = match revision.subject {
        Subject::Event => {
            view! { <a href=format!("/d/{slug}/events/{}/history", revision.subject_id)>{name}</a> }
                .into_any()
        }
        _ => name.into_any(),
    };
    let changes: Vec<_> = if revision.action == Action::Update {
        differences(&old, &state)
            .into_iter()
            .map(|(field, was, is)| {
                view! { <tr><th scope="row">{field}</th><td><del>{was}</del></td><td><ins>{is}</ins></td></tr> }
            })
            .collect()
    } else {
        Vec::new()
    };
    let table = (!changes.is_empty()).then(|| {
        view! {
            <div class="table-wrap" role="region" aria-label="What was changed" tabindex="0">
                <table class="changes">
                    <thead><tr><th scope="col">"Field"</th><th scope="col">"Before"</th><th scope="col">"After"</th></tr></thead>
                    <tbody>{changes}</tbody>
                </table>
            </div>
        }
    });
    let reason =
        (!revision.reason.is_empty()).then(|| view! { <p class="reason">{revision.reason.clone()}</p> });
    let go_back = (may_go_back && revision.subject == Subject::Event && revision.action != Action::Delete)
        .then(|| {
            view! {
                <form method="post" action=format!("/d/{slug}/events/{}/restore", revision.subject_id)>
                    <input type="hidden" name="revision" value=revision.number.to_string()/>
                    <button class="button button-quiet" type="submit">"Take it back to this"</button>
                </form>
            }
        });
    let at = moment(revision.at);
    view! {
        <li id=format!("r{}", revision.number)>
            <p>
                <time datetime=revision.at.to_rfc3339()>{at}</time>" · "
                <strong>{revision.actor.clone()}</strong>" "{revision.action.label()}" "{revision.subject.label()}" "
                {name}
            </p>
            {reason}
            {table}
            {go_back}
        </li>
    }
    .into_any()
}

/// The fields in which two states differ, with both values in words. Numbers that count versions and the like are
/// nobody's change.
fn differences(old: &serde_json::Value, new: &serde_json::Value) -> Vec<(String, String, String)> {
    const SILENT: [&str; 6] = ["version", "updated", "created", "id", "revision", "earliest"];
    let empty = serde_json::Map::new();
    let (old, new) = (old.as_object().unwrap_or(&empty), new.as_object().unwrap_or(&empty));
    let mut fields: Vec<&String> = old.keys().chain(new.keys()).collect();
    fields.sort();
    fields.dedup();
    fields
        .into_iter()
        .filter(|field| !SILENT.contains(&field.as_str()) && old.get(*field) != new.get(*field))
        .map(|field| (field.replace('_', " "), in_words(old.get(field)), in_words(new.get(field))))
        .collect()
}

fn in_words(value: Option<&serde_json::Value>) -> String {
    use serde_json::Value;
    match value {
        None | Some(Value::Null) => "nothing".to_owned(),
        Some(Value::String(text)) if text.is_empty() => "nothing".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Object(fields)) => fields
            .get("edtf")
            .or_else(|| fields.get("exact"))
            .and_then(Value::as_str)
            .map(str::to_owned)
            .or_else(|| {
                let passage = fields.get("passage")?.get("exact")?.as_str()?;
                Some(format!("“{passage}”"))
            })
            .unwrap_or_else(|| "changed".to_owned()),
        Some(Value::Array(items)) => match items.as_slice() {
            [] => "nothing".to_owned(),
            items => items.iter().map(|item| in_words(Some(item))).collect::<Vec<_>>().join("; "),
        },
        Some(other) => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_name_fields_and_both_values() {
        let old = serde_json::json!({"title": "Memo", "version": 1, "date": {"edtf": "2026-01-09"}, "citations": []});
        let new = serde_json::json!({"title": "Memo", "version": 2, "date": {"edtf": "2026-01-09~"},
            "citations": [{"passage": {"exact": "dated January 9"}}]});
        assert_eq!(
            differences(&old, &new),
            [
                ("citations".to_owned(), "nothing".to_owned(), "“dated January 9”".to_owned()),
                ("date".to_owned(), "2026-01-09".to_owned(), "2026-01-09~".to_owned()),
            ]
        );
    }
}
