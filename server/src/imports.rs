//! Taking events over from a file of another program: what would become of each row, and doing it.

use std::collections::HashMap;

use chrono::NaiveDate;
use impasse_app::model::article::Article;
use impasse_app::model::dispute::Dispute;
use impasse_app::model::event::EventDraft;
use impasse_app::model::id::ArticleId;
use impasse_app::model::link::Upload;
use impasse_app::model::record::Record;
use impasse_app::model::revision::Actor;
use impasse_app::store::{SharedStore, StoreError};
use impasse_app::t;
use impasse_app::texts::any_of;
use impasse_formats::csv::{Columns, Field};
use impasse_formats::{
    DayOrder, Fate, Format, Level, Note, Options, Plan, Reading, Refusal, event_draft, plan, read,
};

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The format is not one that is read.
    #[error("{}", t!("told-imports-this-format-cannot-be"))]
    Format,
    /// The file as a whole cannot be read.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What an import did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Done {
    /// Events that were added.
    pub added: u64,
    /// Events that were changed.
    pub changed: u64,
    /// Rows that were left, since something is wrong with them or they were changed meanwhile.
    pub left: u64,
}

/// The format of a file, by how its name ends and what it begins with.
pub fn format_of(name: &str, bytes: &[u8]) -> Option<Format> {
    let name = name.to_ascii_lowercase();
    let start = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let begins = String::from_utf8_lossy(start);
    if name.ends_with(".ics") || begins.starts_with("BEGIN:VCALENDAR") {
        return Some(Format::Ics);
    }
    if name.ends_with(".mw") {
        return Some(Format::Markwhen);
    }
    if name.ends_with(".json") {
        let is_ours = begins.contains("\"format\": \"impasse\"") || begins.contains("\"format\":\"impasse\"");
        return Some(if is_ours { Format::Json } else { Format::TimelineJs });
    }
    if name.ends_with(".csv") || name.ends_with(".tsv") {
        let first = begins.lines().next().unwrap_or_default();
        let is_template =
            first.contains("Headline") && (first.contains("Year") || first.contains("Start Date"));
        return Some(if is_template { Format::TimelineJsSheet } else { Format::Csv });
    }
    None
}

/// How a file is to be read, as it is kept with it ([`Upload::options`]): the order of day and month, and which column
/// of a table holds what, unless its headings say so.
pub fn options_text(order: &str, columns: Option<&Columns>) -> String {
    let mut text = form_urlencoded::Serializer::new(String::new());
    text.append_pair("order", order);
    for (field, column) in columns.into_iter().flat_map(Columns::fields) {
        text.append_pair(&field.key(), &column.to_string());
    }
    text.finish()
}

/// The key of the order of day and month in what [`options_text`] wrote, and the columns.
pub fn options_back(text: &str) -> (String, Option<Columns>) {
    let (mut order, mut columns) = (String::new(), None);
    for (name, value) in form_urlencoded::parse(text.as_bytes()) {
        if name == "order" {
            order = value.into_owned();
        } else if let (Some(field), Ok(column)) = (Field::from_key(&name), value.parse()) {
            columns.get_or_insert_with(Columns::default).set(field, Some(column));
        }
    }
    (order, columns)
}

/// What would become of a row, in a word.
pub fn fate_key(fate: &Fate) -> &'static str {
    match fate {
        Fate::New => "new",
        Fate::Same(_) => "same",
        Fate::Changed(..) => "changed",
        Fate::Deleted(_) => "deleted",
        Fate::Repeated(_) => "repeated",
        Fate::Wrong => "wrong",
    }
}

/// What would become of a row, for people.
pub fn fate_words(fate: &Fate) -> String {
    match fate {
        Fate::New => t!("imported-row-new").to_owned(),
        Fate::Same(_) => t!("imported-row-same").to_owned(),
        Fate::Changed(_, parts) => t!("imported-changes", parts = parts.join(", ")),
        Fate::Deleted(_) => t!("imported-row-deleted").to_owned(),
        Fate::Repeated(earlier) => t!("imported-as-row", earlier = earlier),
        Fate::Wrong => t!("imported-row-wrong").to_owned(),
    }
}

/// What is said of a row: the column, and what is wrong, with the dates that it could mean.
pub fn note_words(note: &Note) -> (String, String) {
    let mut words = note.message.clone();
    if !note.readings.is_empty() {
        let readings: Vec<String> = note.readings.iter().map(|date| date.words()).collect();
        words = t!("imported-could-be", message = words, dates = any_of(readings));
    }
    let words = if note.level == Level::Error { words } else { t!("imported-note", words = words) };
    (note.column.clone(), words)
}

/// Reads a file in the way that is kept with it.
///
/// # Errors
/// When it cannot be read at all.
pub fn reading(upload: &Upload, today: NaiveDate) -> Result<Reading, ImportError> {
    let format =
        Format::from_key(&upload.format).filter(|format| format.is_read()).ok_or(ImportError::Format)?;
    let (order, columns) = options_back(&upload.options);
    let order = match order.as_str() {
        "day-first" => Some(DayOrder::DayFirst),
        "month-first" => Some(DayOrder::MonthFirst),
        _ => None,
    };
    Ok(read(format, &upload.bytes, &Options { today, order, columns })?)
}

/// What a file holds, and what would become of its rows; nothing is changed.
///
/// # Errors
/// When the file cannot be read at all, or the store fails.
pub async fn look(
    store: &SharedStore,
    by: &Actor,
    dispute: &Dispute,
    upload: &Upload,
    today: NaiveDate,
) -> Result<(Reading, Plan, Record), ImportError> {
    let record = store.record(&dispute.id, dispute.revision).await?;
    let known = store.import_keys(&dispute.id).await?;
    let (upload, name) = (upload.clone(), by.name.clone());
    let worked = tokio::task::spawn_blocking(move || {
        let reading = reading(&upload, today)?;
        let plan = plan(&reading, &record, &known, &name);
        Ok((reading, plan, record))
    });
    worked.await.map_err(|error| StoreError::Failed(Box::new(error)))?
}

/// Does what [`look`] says. Rows that are wrong are left; parties and articles that are needed are made first, and what
/// events say of other events of the file last. Should it be broken off, doing it again does the rest.
///
/// # Errors
/// As [`look`].
pub async fn take(
    store: &SharedStore,
    by: &Actor,
    dispute: &Dispute,
    upload: &Upload,
    today: NaiveDate,
) -> Result<Done, ImportError> {
    let (_, plan, _) = look(store, by, dispute, upload, today).await?;
    let mut done = pass(store, by, dispute, upload, &plan).await?;
    let is_tied =
        |row: &impasse_formats::Planned| row.draft.as_ref().is_some_and(impasse_formats::Draft::is_tied);
    if plan.to_do().any(is_tied) {
        let now = Dispute { revision: i64::MAX, ..dispute.clone() };
        let (_, mut rest, _) = look(store, by, &now, upload, today).await?;
        rest.rows.retain(|row| is_tied(row) && matches!(row.fate, Fate::Changed(..)));
        done.left += pass(store, by, dispute, upload, &rest).await?.left;
    }
    Ok(done)
}

/// Does what a plan says.
async fn pass(
    store: &SharedStore,
    by: &Actor,
    dispute: &Dispute,
    upload: &Upload,
    plan: &Plan,
) -> Result<Done, ImportError> {
    for party in &plan.parties {
        match store.add_party(by, &dispute.id, party).await {
            Ok(_) | Err(StoreError::Taken(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let mut texts: HashMap<ArticleId, String> = HashMap::new();
    for article in &plan.articles {
        let (kept, _) = store.add_article(by, &dispute.id, article, &[]).await?;
        texts.insert(kept.id, article.text.clone());
    }
    // As it is by now, with what was just made.
    let record = store.record(&dispute.id, i64::MAX).await?;
    for source in
        plan.to_do().filter_map(|row| row.draft.as_ref()).flat_map(|draft| draft.sources.iter().flatten())
    {
        let is_meant = |article: &&Article| {
            source.article.as_deref() == Some(article.id.as_str())
                || (source.url.is_some() && article.url == source.url)
                || (!source.title.is_empty() && article.title.eq_ignore_ascii_case(&source.title))
        };
        for article in record.articles.iter().filter(is_meant) {
            if !texts.contains_key(&article.id) {
                let text = store.article(&dispute.id, &article.id).await?.text;
                texts.insert(article.id.clone(), text);
            }
        }
    }
    let reason = t!("imported-imported-from", name = upload.name);
    let mut done = Done::default();
    let mut fresh: Vec<(String, EventDraft)> = Vec::new();
    for row in &plan.rows {
        let Some(draft) = &row.draft else {
            done.left += 1;
            continue;
        };
        match &row.fate {
            Fate::New => {
                let mut draft = event_draft(draft, None, &record, &texts).0;
                draft.untie();
                fresh.push((row.key.clone(), draft));
            }
            Fate::Changed(id, _) => {
                let Some(event) = record.event(id) else {
                    done.left += 1;
                    continue;
                };
                let (draft, _) = event_draft(draft, Some(event), &record, &texts);
                match store.change_event(by, &dispute.id, id, event.version, &draft, &reason).await {
                    Ok(_) => done.changed += 1,
                    // An event that is counted from this one may have been changed with it.
                    Err(StoreError::Conflict | StoreError::NotFound | StoreError::Refused { .. }) => {
                        done.left += 1;
                    }
                    Err(error) => return Err(error.into()),
                }
            }
            Fate::Wrong => done.left += 1,
            Fate::Same(_) | Fate::Deleted(_) | Fate::Repeated(_) => {}
        }
    }
    done.added = store.import_events(by, &dispute.id, &fresh, &reason).await?;
    Ok(done)
}
