//! Taking events over from a file: choosing it, looking at what would become of each row, going on.

use leptos::prelude::*;

use super::{dispute_for, trail};
use crate::components::fields::{Field, error_summary};
use crate::model::role::Role;
use crate::page::{Page, PageError, PageRequest, Submission};
use crate::t;

/// The most rows that are shown one by one; those with something to say of them come first.
const SHOWN: usize = 300;

/// What would become of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    /// What it is kept under until it is gone on with.
    pub id: String,
    /// The file's name.
    pub name: String,
    /// The format it was read as.
    pub format: &'static str,
    /// How many rows each fate has: the fate in words, and the number.
    pub counts: Vec<(&'static str, usize)>,
    /// The rows.
    pub rows: Vec<LookedAt>,
    /// Names of the parties that would be made.
    pub parties: Vec<String>,
    /// How many articles would be made of what the rows quote.
    pub articles: usize,
    /// What is to be said of the file as a whole.
    pub notes: Vec<String>,
    /// Whether there is anything to do.
    pub is_useful: bool,
    /// Which column holds what, if it is a table.
    pub mapping: Option<Mapping>,
}

/// Which column of a table holds what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    /// The headings of the columns.
    pub headings: Vec<String>,
    /// The first rows.
    pub rows: Vec<Vec<String>>,
    /// What a column can be chosen for.
    pub fields: Vec<MappedField>,
    /// The columns that nothing is read from, counted from 0.
    pub unread: Vec<usize>,
}

/// Something of an event, and the column that holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappedField {
    /// Its name in the form.
    pub name: String,
    /// What it is.
    pub label: String,
    /// The column, counted from 0; none if no column holds it.
    pub column: Option<usize>,
    /// Whether no event can be without it.
    pub is_needed: bool,
}

/// A row of a file, and what would become of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookedAt {
    /// Where it is in the file.
    pub number: u64,
    /// What would become of it.
    pub fate: String,
    /// Whether something is wrong with it.
    pub is_wrong: bool,
    /// Its date and title, as far as they could be read.
    pub date: String,
    /// See `date`.
    pub title: String,
    /// What is wrong or not taken: the column, and what is to be said.
    pub notes: Vec<(String, String)>,
}

/// `/d/{slug}/import`. `look` is what would become of a file that was sent.
///
/// # Errors
/// [`PageError::SignIn`] for who may not write, [`PageError::NotFound`] if there is no such dispute.
pub async fn import(request: &PageRequest, slug: &str, look: Option<Look>) -> Result<Page, PageError> {
    let dispute = dispute_for(request, slug, Role::Editor).await?;
    let form = request.submission();
    let told =
        ["added", "changed", "left"].map(|name| request.param(name).and_then(|n| n.parse::<u64>().ok()));
    Ok(Page::new(t!("import-import-into", title = dispute.title), move || {
        let base = format!("/d/{}/import", dispute.slug);
        let done = match told {
            [Some(added), changed, left] => Some(view! {
                <p class="notice" role="status">
                    {t!("import-events-were-added-changed-rows", added = added, unwrapor = changed.unwrap_or(0), unwrapor2 = left.unwrap_or(0))}
                </p>
            }),
            _ => None,
        };
        let chooser = choose(&form, &base);
        let body = match look {
            Some(look) => view! {
                {looked_at(&look, &base, &form)}
                <details class="import-other"><summary>{t!("import-choose-another-file")}</summary>{chooser}</details>
            }
            .into_any(),
            None => chooser,
        };
        view! {
            {trail(&dispute, &[])}
            <header class="page-head">
                <h1>{t!("import-import-events")}</h1>
                <p class="soft">
                    {t!("import-from-a-file-of-impasse")}
                </p>
            </header>
            {done}
            {error_summary(&form)}
            {body}
        }
        .into_any()
    }))
}

fn choose(form: &Submission, base: &str) -> AnyView {
    let choice = |key: &str, label: &str| (key.to_owned(), label.to_owned());
    let formats = [
        choice("", t!("import-tell-by-its-name")),
        choice("json", t!("import-json-of-impasse")),
        choice("csv", t!("import-csv-with-the-columns-named")),
        choice("timelinejs", t!("import-timelinejs-json")),
        choice("timelinejs-csv", t!("import-timelinejs-spreadsheet-csv")),
        choice("markwhen", "markwhen"),
        choice("ics", "iCalendar"),
    ];
    let orders = [
        choice("", t!("import-ask-me")),
        choice("day-first", t!("import-the-day-first-3-april")),
        choice("month-first", t!("import-the-month-first-4-march")),
    ];
    view! {
        <form method="post" action=base.to_owned() enctype="multipart/form-data" class="form import-form">
            {Field::new(form, "file", t!("import-file")).required().files(".json,.csv,.tsv,.mw,.ics")}
            {Field::new(form, "format", t!("import-format")).choice(&formats)}
            {Field::new(form, "order", t!("import-what-03-04-2026-is"))
                .hint(t!("import-a-date-in-figures-that"))
                .choice(&orders)}
            <div class="form-end">
                <button class="button button-main" type="submit">{t!("import-see-what-would-become-of")}</button>
            </div>
        </form>
    }
    .into_any()
}

fn looked_at(look: &Look, base: &str, form: &Submission) -> AnyView {
    let mapping = look.mapping.as_ref().map(|mapping| mapped(mapping, &format!("{base}/{}", look.id), form));
    // Before it is known which columns hold date and title there is nothing else to show.
    if mapping.is_some() && !form.errors.is_empty() {
        return mapping.into_any();
    }
    let counts: Vec<_> = look
        .counts
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(fate, count)| view! { <li><strong>{count.to_string()}</strong>" "{*fate}</li> })
        .collect();
    let made = {
        let mut made = Vec::new();
        if !look.parties.is_empty() {
            made.push(t!("import-parties-that-would-be-made", parties = look.parties.join(", ")));
        }
        if look.articles > 0 {
            made.push(t!("import-articles-that-would-be-made", articles = look.articles));
        }
        made.into_iter()
            .chain(look.notes.iter().cloned())
            .map(|words| view! { <p>{words}</p> })
            .collect::<Vec<_>>()
    };
    let mut rows: Vec<&LookedAt> = look.rows.iter().collect();
    rows.sort_by_key(|row| (!row.is_wrong, row.notes.is_empty()));
    let more = rows.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| view! { <p class="soft">{t!("import-and-more-rows", more = more)}</p> });
    let items: Vec<_> = rows.into_iter().take(SHOWN).map(row).collect();
    let go_on = look.is_useful.then(|| {
        view! {
            <form method="post" action=format!("{base}/{}", look.id)>
                <button class="button button-main" type="submit">{t!("import-import-the-rows-that-can")}</button>
            </form>
        }
    });
    view! {
        <section aria-labelledby="look">
            <h2 id="look">{t!("import-what-would-become-of", name = look.name)}</h2>
            <p class="soft">{t!("import-read-as", format = look.format)}</p>
            <ul class="import-counts">{counts}</ul>
            {made}
            {go_on}
            {mapping}
            <div class="table-wrap" tabindex="0" role="region" aria-label=t!("import-rows")>
                <table>
                    <thead><tr><th scope="col">{t!("import-row")}</th><th scope="col">{t!("import-becomes")}</th><th scope="col">{t!("import-date")}</th><th scope="col">{t!("import-title")}</th><th scope="col">{t!("import-to-be-said-of-it")}</th></tr></thead>
                    <tbody>{items}</tbody>
                </table>
            </div>
            {more}
        </section>
    }
    .into_any()
}

/// The columns of a table, to be chosen from. Open where a column is not read, or must be chosen.
fn mapped(mapping: &Mapping, base: &str, form: &Submission) -> AnyView {
    let named = |at: usize| match mapping.headings.get(at).map(|heading| heading.trim()) {
        Some(heading) if !heading.is_empty() => heading.to_owned(),
        _ => t!("import-column", at = at + 1),
    };
    let columns: Vec<String> = (0..mapping.headings.len()).map(named).collect();
    let mut options = vec![(String::new(), t!("import-no-column").to_owned())];
    options.extend(columns.iter().enumerate().map(|(at, name)| (at.to_string(), name.clone())));
    let chosen = |field: &MappedField| field.column.map(|at| at.to_string()).unwrap_or_default();
    let fields: Vec<_> = mapping
        .fields
        .iter()
        .map(|field| {
            let choice = Field::new(form, &field.name, &field.label).value(chosen(field));
            if field.is_needed { choice.required() } else { choice }.choice(&options)
        })
        .collect();
    let heads: Vec<_> = columns.iter().map(|name| view! { <th scope="col">{name.clone()}</th> }).collect();
    let rows: Vec<_> = mapping
        .rows
        .iter()
        .map(|row| {
            let cell = |at| row.get(at).cloned().unwrap_or_default();
            let cells: Vec<_> = (0..columns.len()).map(|at| view! { <td>{cell(at)}</td> }).collect();
            view! { <tr>{cells}</tr> }
        })
        .collect();
    let unread: Vec<&str> =
        mapping.unread.iter().filter_map(|at| columns.get(*at)).map(String::as_str).collect();
    let is_open = !unread.is_empty() || !form.errors.is_empty();
    let unread = (!unread.is_empty()).then(|| {
        view! { <p>{t!("import-nothing-is-read-from-these", unread = unread.join(", "))}</p> }
    });
    view! {
        <details class="import-columns" open=is_open>
            <summary>{t!("import-which-column-holds-what")}</summary>
            {unread}
            <div class="table-wrap" tabindex="0" role="region" aria-label=t!("import-the-first-rows-of-the")>
                <table>
                    <thead><tr>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <form method="post" action=format!("{base}/columns") class="form">
                <div class="import-fields">{fields}</div>
                <div class="form-end">
                    <button class="button" type="submit">{t!("import-read-it-so")}</button>
                </div>
            </form>
        </details>
    }
    .into_any()
}

fn row(row: &LookedAt) -> AnyView {
    let notes: Vec<_> = row
        .notes
        .iter()
        .map(|(column, words)| {
            let column = (!column.is_empty()).then(|| view! { <code>{column.clone()}</code>": " });
            view! { <li>{column}{words.clone()}</li> }
        })
        .collect();
    let notes = (!notes.is_empty()).then(|| view! { <ul class="import-notes">{notes}</ul> });
    view! {
        <tr class=row.is_wrong.then_some("import-wrong")>
            <td class="numbers">{row.number.to_string()}</td>
            <td>{row.fate.clone()}</td>
            <td>{row.date.clone()}</td>
            <td>{row.title.clone()}</td>
            <td>{notes}</td>
        </tr>
    }
    .into_any()
}
