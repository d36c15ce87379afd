//! Importing a file: a look at what would become of its rows, then doing it.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use impasse_app::model::link::Upload;
use impasse_app::model::view::FieldError;
use impasse_app::page::Submission;
use impasse_app::pages::{self, Look, LookedAt};
use impasse_formats::{Fate, Level, Note, Plan, Reading};
use serde_json::json;

use super::request::{Editing, Incoming, SentFiles};
use super::respond::{self, Refusal};
use super::{Answer, see_other};
use crate::imports::{self, ImportError};

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
        Err(error) => Err(Refusal::from_page(incoming, error)),
    }
}

/// `POST /d/{slug}/import`: reads a file and shows what would become of its rows.
pub(super) async fn look(editing: Editing, SentFiles(form, files): SentFiles) -> Answer {
    let Some(file) = files.into_iter().find(|file| file.field == "file" && !file.is_empty()) else {
        return again(&editing, form, "file", "Choose a file.").await;
    };
    let told = match form.get("format") {
        "" => imports::format_of(&file.name, &file.bytes),
        key => impasse_formats::Format::from_key(key),
    };
    let Some(format) = told.filter(|format| format.is_read()) else {
        return again(&editing, form, "format", "Say which format this is; its name does not tell.").await;
    };
    let upload = Upload {
        name: file.name.clone(),
        format: format.key().to_owned(),
        options: form.get("order").to_owned(),
        bytes: file.bytes.to_vec(),
    };
    let (server, by, dispute) = (&editing.server, &editing.actor, &editing.dispute);
    let looked = imports::look(&server.store, by, dispute, &upload, editing.incoming.page.today).await;
    let (reading, plan, _) = match looked {
        Ok(looked) => looked,
        Err(ImportError::Store(error)) => return Err(editing.refused(error)),
        Err(error) => return again(&editing, form, "file", &error.to_string()).await,
    };
    if editing.incoming.wants_json {
        let rows: Vec<_> = plan
            .rows
            .iter()
            .map(|row| json!({"row": row.number, "fate": fate(&row.fate).0, "notes": row.notes}))
            .collect();
        return Ok(axum::Json(json!({"format": format.key(), "rows": rows})).into_response());
    }
    let id = server.store.keep_upload(by, &dispute.id, &upload).await;
    let id = id.map_err(|error| editing.refused(error))?;
    let look = shown(id, &upload.name, &reading, &plan);
    page(&editing.incoming, &dispute.slug, Some(look), None).await
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

/// A fate in a word, and as it is counted.
fn fate(fate: &Fate) -> (&'static str, &'static str) {
    match fate {
        Fate::New => ("new", "new events"),
        Fate::Same(_) => ("same", "are there already"),
        Fate::Changed(..) => ("changed", "change an event that is there"),
        Fate::Deleted(_) => ("deleted", "were imported before and deleted since; they stay deleted"),
        Fate::Repeated(_) => ("repeated", "say again what an earlier row says"),
        Fate::Wrong => ("wrong", "have something wrong with them and would be left"),
    }
}

fn shown(id: String, name: &str, reading: &Reading, plan: &Plan) -> Look {
    let mut counts: Vec<(&'static str, usize)> = Vec::new();
    for row in &plan.rows {
        let words = fate(&row.fate).1;
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
            fate: match &row.fate {
                Fate::Changed(_, parts) => format!("changes {}", parts.join(", ")),
                Fate::Repeated(earlier) => format!("as row {earlier}"),
                other => fate(other).0.to_owned(),
            },
            is_wrong: row.fate == Fate::Wrong,
            date: row.draft.as_ref().map(|draft| draft.date.words()).unwrap_or_default(),
            title: row.draft.as_ref().map(|draft| draft.title.clone()).unwrap_or_default(),
            notes: row.notes.iter().map(said).collect(),
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
        notes: reading.notes.iter().map(|note| said(note).1).collect(),
        is_useful: plan.to_do().next().is_some(),
    }
}

/// What is said of a row: the column, and what is wrong with the dates that it could mean.
fn said(note: &Note) -> (String, String) {
    let mut words = note.message.clone();
    if !note.readings.is_empty() {
        let readings: Vec<String> = note.readings.iter().map(|date| date.words()).collect();
        words.push_str(&format!(" It could be {}.", readings.join(" or ")));
    }
    let words = if note.level == Level::Error { words } else { format!("Note: {words}") };
    (note.column.clone(), words)
}
