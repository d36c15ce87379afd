//! Taking events over from a file: choosing it, looking at what would become of each row, going on.

use leptos::prelude::*;

use super::{dispute_for, trail};
use crate::components::fields::{Field, error_summary};
use crate::model::role::Role;
use crate::page::{Page, PageError, PageRequest, Submission};

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
    Ok(Page::new(format!("Import into {}", dispute.title), move || {
        let base = format!("/d/{}/import", dispute.slug);
        let done = match told {
            [Some(added), changed, left] => Some(view! {
                <p class="notice" role="status">
                    {format!("{added} events were added, {} changed, {} rows left.", changed.unwrap_or(0), left.unwrap_or(0))}
                </p>
            }),
            _ => None,
        };
        let chooser = choose(&form, &base);
        let body = match look {
            Some(look) => view! {
                {looked_at(&look, &base, &form)}
                <details class="import-other"><summary>"Choose another file"</summary>{chooser}</details>
            }
            .into_any(),
            None => chooser,
        };
        view! {
            {trail(&dispute, &[])}
            <header class="page-head">
                <h1>"Import events"</h1>
                <p class="soft">
                    "From a file of Impasse, a spreadsheet, TimelineJS, markwhen or a calendar. First you see what would become of each row; nothing is changed before you go on. The same file twice adds nothing."
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
        choice("", "Tell by its name"),
        choice("json", "JSON of Impasse"),
        choice("csv", "CSV, with the columns named in the first line"),
        choice("timelinejs", "TimelineJS JSON"),
        choice("timelinejs-csv", "TimelineJS spreadsheet (CSV)"),
        choice("markwhen", "markwhen"),
        choice("ics", "iCalendar"),
    ];
    let orders = [
        choice("", "Ask me"),
        choice("day-first", "The day first: 3 April"),
        choice("month-first", "The month first: 4 March"),
    ];
    view! {
        <form method="post" action=base.to_owned() enctype="multipart/form-data" class="form import-form">
            {Field::new(form, "file", "File").required().files(".json,.csv,.tsv,.mw,.ics")}
            {Field::new(form, "format", "Format").choice(&formats)}
            {Field::new(form, "order", "What 03/04/2026 is")
                .hint("A date in figures that can be read in two ways is not guessed.")
                .choice(&orders)}
            <div class="form-end">
                <button class="button button-main" type="submit">"See what would become of it"</button>
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
            made.push(format!("Parties that would be made: {}.", look.parties.join(", ")));
        }
        if look.articles > 0 {
            made.push(format!("Articles that would be made of the words quoted of them: {}.", look.articles));
        }
        made.into_iter()
            .chain(look.notes.iter().cloned())
            .map(|words| view! { <p>{words}</p> })
            .collect::<Vec<_>>()
    };
    let mut rows: Vec<&LookedAt> = look.rows.iter().collect();
    rows.sort_by_key(|row| (!row.is_wrong, row.notes.is_empty()));
    let more = rows.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| view! { <p class="soft">{format!("and {more} more rows.")}</p> });
    let items: Vec<_> = rows.into_iter().take(SHOWN).map(row).collect();
    let go_on = look.is_useful.then(|| {
        view! {
            <form method="post" action=format!("{base}/{}", look.id)>
                <button class="button button-main" type="submit">"Import the rows that can be"</button>
            </form>
        }
    });
    view! {
        <section aria-labelledby="look">
            <h2 id="look">{format!("What would become of {}", look.name)}</h2>
            <p class="soft">{format!("Read as {}.", look.format)}</p>
            <ul class="import-counts">{counts}</ul>
            {made}
            {go_on}
            {mapping}
            <div class="table-wrap" tabindex="0" role="region" aria-label="Rows">
                <table>
                    <thead><tr><th scope="col">"Row"</th><th scope="col">"Becomes"</th><th scope="col">"Date"</th><th scope="col">"Title"</th><th scope="col">"To be said of it"</th></tr></thead>
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
        _ => format!("Column {}", at + 1),
    };
    let columns: Vec<String> = (0..mapping.headings.len()).map(named).collect();
    let mut options = vec![(String::new(), "No column".to_owned())];
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
        view! { <p>{format!("Nothing is read from these columns: {}.", unread.join(", "))}</p> }
    });
    view! {
        <details class="import-columns" open=is_open>
            <summary>"Which column holds what"</summary>
            {unread}
            <div class="table-wrap" tabindex="0" role="region" aria-label="The first rows of the file">
                <table>
                    <thead><tr>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <form method="post" action=format!("{base}/columns") class="form">
                <div class="import-fields">{fields}</div>
                <div class="form-end">
                    <button class="button" type="submit">"Read it so"</button>
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
