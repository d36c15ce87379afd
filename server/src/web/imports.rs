//! Importing a file: a look at what would become of its rows, then doing it.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use impasse_app::model::link::Upload;
use impasse_app::model::view::FieldError;
use impasse_app::page::Submission;
use impasse_app::pages::{self, Look, LookedAt, MappedField, Mapping};
use impasse_formats::csv::{self, table};
use impasse_formats::{Fate, Format, Plan, Reading, Refusal};
use serde_json::json;

use super::request::{Editing, Incoming, Sent, SentFiles};
use super::respond;
use super::{Answer, see_other};
use crate::imports::{self, ImportError};
use impasse_app::t;

/// `GET /d/{slug}/import`
pub(super) async fn show(incoming: Incoming, Path(slug): Path<String>) -> Answer {
    page(&incoming, &slug, None, None).await
}

async fn page(incoming: &Incoming, slug: &str, look: Option<Look>, form: Option<Submission>) -> Answer {
    let status = if form.is_some() { 422 } else { 200 };
    let mut request = incoming.page.clone();
    request.form = form;
    match pages::import(&request, slug, look).await {
        Ok(page) => Ok(respond::html(page.with_status(status), &request)),
        Err(error) => Err(respond::Refusal::from_page(incoming, error)),
    }
}

/// `POST /d/{slug}/import`: reads a file and shows what would become of its rows.
pub(super) async fn look(editing: Editing, SentFiles(form, files): SentFiles) -> Answer {
    let Some(file) = files.into_iter().find(|file| file.field == "file" && !file.is_empty()) else {
        return again(&editing, form, "file", t!("told-imports-choose-a-file")).await;
    };
    let told = match form.get("format") {
        "" => imports::format_of(&file.name, &file.bytes),
        key => Format::from_key(key),
    };
    let Some(format) = told.filter(|format| format.is_read()) else {
        return again(&editing, form, "format", t!("told-imports-say-which-format-this-is")).await;
    };
    let upload = Upload {
        name: file.name.clone(),
        format: format.key().to_owned(),
        options: imports::options_text(form.get("order"), None),
        bytes: file.bytes.to_vec(),
    };
    looked(editing, upload, form).await
}

/// `POST /d/{slug}/import/{id}/columns`: reads a table again, with the columns that were chosen, and shows what would
/// become of its rows.
pub(super) async fn columns(
    editing: Editing,
    Path((_, id)): Path<(String, String)>,
    Sent(mut form): Sent,
) -> Answer {
    let (store, by, dispute) = (&editing.server.store, &editing.actor, &editing.dispute);
    let mut upload = store.upload(by, &dispute.id, &id).await.map_err(|error| editing.refused(error))?;
    let table = (upload.format == Format::Csv.key()).then(|| table(&upload.bytes, SHOWN_ROWS));
    let Some(Ok(table)) = table else {
        return Err(editing.incoming.refuse(StatusCode::UNPROCESSABLE_ENTITY));
    };
    let (order, chosen) = imports::options_back(&upload.options);
    let mut columns = chosen.unwrap_or_else(|| table.columns.clone());
    for field in offered() {
        let column = form.get(&name_of(field)).parse().ok();
        columns.set(field, column.filter(|column| *column < table.headings.len()));
    }
    for field in [csv::Field::Date, csv::Field::Title] {
        if columns.of(field).is_none() {
            let why = t!("told-imports-choose-the-column-for-this", field = field.label());
            form.errors.push(FieldError::new(&name_of(field), why));
        }
    }
    if form.errors.is_empty() {
        upload.options = imports::options_text(&order, Some(&columns));
        return looked(editing, upload, form).await;
    }
    if editing.incoming.wants_json {
        return Ok(respond::problem(StatusCode::UNPROCESSABLE_ENTITY, &form.errors));
    }
    let look = Look { mapping: mapping(&upload), ..unread(id, &upload) };
    page(&editing.incoming, &dispute.slug, Some(look), Some(form)).await
}

/// Keeps a file until it is gone on with, and shows what would become of its rows.
async fn looked(editing: Editing, upload: Upload, mut form: Submission) -> Answer {
    let (server, by, dispute) = (&editing.server, &editing.actor, &editing.dispute);
    let looked = imports::look(&server.store, by, dispute, &upload, editing.incoming.page.today).await;
    let found = match looked {
        Ok((reading, plan, _)) => Ok((reading, plan)),
        Err(ImportError::Store(error)) => return Err(editing.refused(error)),
        // Its headings do not say where date and title are: whoever sends it can.
        Err(ImportError::Refused(Refusal::NoColumn(name))) if !editing.incoming.wants_json => Err(name),
        Err(error) => return again(&editing, form, "file", &error.to_string()).await,
    };
    if let (Ok((reading, plan)), true) = (&found, editing.incoming.wants_json) {
        let rows: Vec<_> = plan
            .rows
            .iter()
            .map(|row| json!({"row": row.number, "fate": imports::fate_key(&row.fate), "notes": row.notes}))
            .collect();
        return Ok(axum::Json(json!({"format": reading.format.key(), "rows": rows})).into_response());
    }
    let id = server.store.keep_upload(by, &dispute.id, &upload).await;
    let id = id.map_err(|error| editing.refused(error))?;
    let mapping = mapping(&upload);
    match found {
        Ok((reading, plan)) => {
            let look = Look { mapping, ..shown(id, &upload.name, &reading, &plan) };
            page(&editing.incoming, &dispute.slug, Some(look), None).await
        }
        Err(name) => {
            form.errors.push(FieldError::new(&format!("column-{name}"), Refusal::NoColumn(name).to_string()));
            // What the headings do suggest stays chosen.
            for field in mapping.iter().flat_map(|mapping| &mapping.fields) {
                form.values
                    .push((field.name.clone(), field.column.map(|at| at.to_string()).unwrap_or_default()));
            }
            let look = Look { mapping, ..unread(id, &upload) };
            page(&editing.incoming, &dispute.slug, Some(look), Some(form)).await
        }
    }
}

/// How many rows of a table are shown to whoever says which column holds what.
const SHOWN_ROWS: usize = 3;

/// The fields that a column can be chosen for: those of an event, and of one source.
fn offered() -> impl Iterator<Item = csv::Field> {
    csv::Field::of_events().chain(csv::Field::of_source(1))
}

/// What the choice for a field is called in the form.
fn name_of(field: csv::Field) -> String {
    format!("column-{}", field.key())
}

/// Which column of a table holds what; none for what is no table.
fn mapping(upload: &Upload) -> Option<Mapping> {
    let table = table(&upload.bytes, SHOWN_ROWS).ok().filter(|_| upload.format == Format::Csv.key())?;
    let (_, chosen) = imports::options_back(&upload.options);
    let columns = chosen.unwrap_or(table.columns);
    let fields = offered().map(|field| MappedField {
        name: name_of(field),
        label: field.label(),
        column: columns.of(field),
        is_needed: matches!(field, csv::Field::Date | csv::Field::Title),
    });
    let is_read = |at: &usize| columns.fields().any(|(_, column)| column == *at);
    let unread = (0..table.headings.len()).filter(|at| !is_read(at)).collect();
    Some(Mapping { fields: fields.collect(), unread, headings: table.headings, rows: table.rows })
}

/// A file of which no row could be read yet.
fn unread(id: String, upload: &Upload) -> Look {
    let format = Format::from_key(&upload.format).map(Format::label).unwrap_or_default();
    Look { id, name: upload.name.clone(), format, ..Look::default() }
}

/// `POST /d/{slug}/import/{id}`: does it.
pub(super) async fn take(editing: Editing, Path((_, id)): Path<(String, String)>) -> Answer {
    let (store, by, dispute) = (&editing.server.store, &editing.actor, &editing.dispute);
    let upload = store.upload(by, &dispute.id, &id).await.map_err(|error| editing.refused(error))?;
    let taken = imports::take(store, by, dispute, &upload, editing.incoming.page.today).await;
    let done = match taken {
        Ok(done) => done,
        Err(ImportError::Store(error)) => return Err(editing.refused(error)),
        Err(_) => return Err(editing.incoming.refuse(StatusCode::UNPROCESSABLE_ENTITY)),
    };
    store.forget_upload(&dispute.id, &id).await.map_err(|error| editing.refused(error))?;
    let imports::Done { added, changed, left } = done;
    see_other(&editing.path(&format!("/import?added={added}&changed={changed}&left={left}")))
}

async fn again(editing: &Editing, mut form: Submission, field: &str, why: &str) -> Answer {
    form.errors.push(FieldError::new(field, why));
    if editing.incoming.wants_json {
        return Ok(respond::problem(StatusCode::UNPROCESSABLE_ENTITY, &form.errors));
    }
    page(&editing.incoming, &editing.dispute.slug, None, Some(form)).await
}

/// A fate as it is counted.
fn counted(fate: &Fate) -> &'static str {
    match fate {
        Fate::New => t!("imported-new"),
        Fate::Same(_) => t!("imported-same"),
        Fate::Changed(..) => t!("imported-changed"),
        Fate::Deleted(_) => t!("imported-deleted"),
        Fate::Repeated(_) => t!("imported-repeated"),
        Fate::Wrong => t!("imported-wrong"),
    }
}

fn shown(id: String, name: &str, reading: &Reading, plan: &Plan) -> Look {
    let mut counts: Vec<(&'static str, usize)> = Vec::new();
    for row in &plan.rows {
        let words = counted(&row.fate);
        match counts.iter_mut().find(|(known, _)| *known == words) {
            Some((_, count)) => *count += 1,
            None => counts.push((words, 1)),
        }
    }
    let rows = plan
        .rows
        .iter()
        .map(|row| LookedAt {
            number: row.number,
            fate: imports::fate_words(&row.fate),
            is_wrong: row.fate == Fate::Wrong,
            date: row.draft.as_ref().map(|draft| draft.date.words()).unwrap_or_default(),
            title: row.draft.as_ref().map(|draft| draft.title.clone()).unwrap_or_default(),
            notes: row.notes.iter().map(imports::note_words).collect(),
        })
        .collect();
    Look {
        id,
        name: name.to_owned(),
        format: reading.format.label(),
        counts,
        rows,
        parties: plan.parties.iter().map(|party| party.name.clone()).collect(),
        articles: plan.articles.len(),
        notes: reading.notes.iter().map(|note| imports::note_words(note).1).collect(),
        is_useful: plan.to_do().next().is_some(),
        mapping: None,
    }
}
