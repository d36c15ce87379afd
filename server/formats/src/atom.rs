//! Atom (RFC 4287), of changes.

use chrono::{DateTime, SecondsFormat, Utc};
use impasse_app::model::view::encode;

use crate::changes::Change;
use crate::export::Export;
use crate::losses::{Loss, Part};
use crate::prose::clean;
use crate::xml::escape;
use impasse_app::t;

/// The feed of changes.
pub(crate) fn write(export: &Export<'_>) -> String {
    let dispute = &export.record.dispute;
    let updated = export.changes.iter().map(|change| change.at).max().unwrap_or(export.made);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">\n  \
         <id>{id}</id>\n  <title>{title}</title>\n  <updated>{updated}</updated>\n  \
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{file}\"/>\n  \
         <link rel=\"alternate\" type=\"text/html\" href=\"{address}\"/>\n  \
         <author><name>Impasse</name><uri>{origin}</uri></author>\n  <generator>Impasse</generator>\n",
        id = escape(&feed_id(export)),
        file = escape(export.file_address),
        title = escape(&clean(&dispute.title)),
        updated = instant(updated),
        address = escape(export.address),
        origin = escape(export.origin),
    );
    if !dispute.summary.is_empty() {
        out.push_str(&format!("  <subtitle>{}</subtitle>\n", escape(&clean(&dispute.summary))));
    }
    for change in export.changes {
        out.push_str(&entry(export, change));
    }
    out.push_str("</feed>\n");
    out
}

/// What it does not say.
pub(crate) fn losses(export: &Export<'_>) -> Vec<Loss> {
    let record = export.record;
    let told = |event: &impasse_app::model::event::Event| {
        export.changes.iter().any(|change| change.event == event.id)
    };
    let untold = record.events.iter().filter(|event| !told(event)).count();
    let mut losses = vec![Loss::new(Part::Texts, t!("loss-feed-tells", count = export.changes.len()))];
    losses.extend(Loss::of(Part::Texts, untold, |count| {
        t!("loss-events-without-a-change-among", count = count)
    }));
    let positions = record.positions.len();
    losses.extend(Loss::of(Part::Positions, positions, |count| {
        t!("loss-positions-of-the-parties-left", count = count)
    }));
    if !record.dispute.question.is_empty() || !record.dispute.inclusion_rule.is_empty() {
        losses.push(Loss::new(Part::About, t!("loss-the-question-at-stake-and")));
    }
    losses
}

fn entry(export: &Export<'_>, change: &Change) -> String {
    let mut out = format!(
        "  <entry>\n    <id>{}</id>\n    <title>{}</title>\n    <updated>{}</updated>\n",
        escape(&id(export, change)),
        escape(&clean(&change.headline())),
        instant(change.at),
    );
    if !change.by.is_empty() {
        out.push_str(&format!("    <author><name>{}</name></author>\n", escape(&clean(&change.by))));
    }
    let address = export.event_address(&change.event);
    out.push_str(&format!(
        "    <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n",
        escape(&address)
    ));
    for aspect in &change.aspects {
        out.push_str(&format!(
            "    <category term=\"{}\" label=\"{}\"/>\n",
            aspect.key(),
            escape(aspect.label())
        ));
    }
    // The content is HTML that is itself escaped as text of the element (RFC 4287, section 4.1.3.3).
    out.push_str(&format!("    <content type=\"html\">{}</content>\n  </entry>\n", escape(&html(change))));
    out
}

/// An identifier of the feed of a view, which stays when the dispute is renamed (RFC 4287, section 4.2.6; RFC 4151). The
/// year is one in which the host was the site's, as tags demand, and the same for all, since it may never change.
fn feed_id(export: &Export<'_>) -> String {
    let query = export.address.split_once('?').map(|(_, query)| format!("?{query}")).unwrap_or_default();
    format!("tag:{},2026:dispute/{}{query}", export.host(), encode(export.record.dispute.id.as_str()))
}

/// An identifier that stays when a dispute is renamed (RFC 4151): host, day of the change, number of the revision.
pub(crate) fn id(export: &Export<'_>, change: &Change) -> String {
    format!("tag:{},{}:revision/{}", export.host(), change.at.format("%Y-%m-%d"), change.number)
}

/// What is different, as HTML.
pub(crate) fn html(change: &Change) -> String {
    lines(change).iter().map(|line| format!("<p>{}</p>", escape(line).replace('\n', "<br>"))).collect()
}

/// What is different, a paragraph each.
pub(crate) fn lines(change: &Change) -> Vec<String> {
    let reason = Some(&change.reason).filter(|reason| !reason.trim().is_empty());
    let reason = reason.map(|reason| t!("change-reason", reason = reason));
    change.details.iter().cloned().chain(reason).map(|line| clean(&line)).collect()
}

pub(crate) fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
