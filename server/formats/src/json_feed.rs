//! JSON Feed 1.1 (jsonfeed.org), of changes.

use serde_json::{Value, json};

use crate::atom::{html, id, instant, lines};
use crate::changes::Change;
use crate::export::Export;
use crate::losses::Loss;
use crate::prose::clean;

/// The feed of changes.
pub(crate) fn write(export: &Export<'_>) -> String {
    let dispute = &export.record.dispute;
    let items: Vec<Value> = export.changes.iter().map(|change| item(export, change)).collect();
    let mut feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": clean(&dispute.title),
        "home_page_url": export.address,
        "feed_url": export.file_address,
        "language": "en",
        "items": items,
    });
    if !dispute.summary.is_empty()
        && let Some(feed) = feed.as_object_mut()
    {
        feed.insert("description".to_owned(), clean(&dispute.summary).into());
    }
    format!("{feed:#}\n")
}

/// What it does not say.
pub(crate) fn losses(export: &Export<'_>) -> Vec<Loss> {
    crate::atom::losses(export)
}

fn item(export: &Export<'_>, change: &Change) -> Value {
    let mut item = json!({
        "id": id(export, change),
        "url": export.event_address(&change.event),
        "title": clean(&change.headline()),
        "content_text": lines(change).join("\n\n"),
        "content_html": html(change),
        "date_published": instant(change.at),
        "tags": change.aspects.iter().map(|aspect| aspect.key()).collect::<Vec<_>>(),
    });
    if !change.by.is_empty()
        && let Some(item) = item.as_object_mut()
    {
        item.insert("authors".to_owned(), json!([{ "name": clean(&change.by) }]));
    }
    item
}
