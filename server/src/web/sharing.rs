//! Handing a view on: the page that offers the ways, frozen links, and oEmbed.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect};
use chrono::NaiveDate;
use impasse_app::model::link::LinkDraft;
use impasse_app::model::role::{Role, Visibility};
use impasse_app::model::view::{FieldError, View};
use impasse_app::page::{PageError, Submission};
use impasse_app::pages;
use serde_json::json;

use super::request::{Editing, Incoming, Sent};
use super::respond::{self, Refusal};
use super::{Answer, Server, events, files, see_other};
use impasse_app::t;

/// `GET /d/{slug}/share`
pub(super) async fn show(
    State(server): State<Server>,
    incoming: Incoming,
    Path(slug): Path<String>,
) -> Answer {
    page(&server, &incoming, &slug, None).await
}

/// The page, after a form that could not be accepted with what is wrong with it.
async fn page(server: &Server, incoming: &Incoming, slug: &str, form: Option<Submission>) -> Answer {
    let status = if form.is_some() { 422 } else { 200 };
    let mut request = incoming.page.clone();
    request.form = form;
    match pages::share(&request, slug, files::offers(server, incoming, slug).await?).await {
        Ok(page) => Ok(respond::html(page.with_status(status), &request)),
        Err(error) => Err(Refusal::from_page(incoming, error)),
    }
}

/// `POST /d/{slug}/links`: freezes a view. Whoever may read a dispute may hold on to what they read; of a private one,
/// which a link opens to others, an editor.
pub(super) async fn freeze(
    State(server): State<Server>,
    mut incoming: Incoming,
    Path(slug): Path<String>,
    Sent(form): Sent,
) -> Answer {
    let (dispute, role) = events::entry(&server, &incoming, &slug).await?;
    if dispute.visibility == Visibility::Private && role < Role::Editor {
        return Err(incoming.refuse(StatusCode::FORBIDDEN));
    }
    let (view, wrong) = View::read_query(form.get("view"));
    let mut errors: Vec<FieldError> =
        wrong.into_iter().map(|error| FieldError::new("view", error.message)).collect();
    let expires = match form.get("expires") {
        "" => None,
        typed => match NaiveDate::parse_from_str(typed, "%Y-%m-%d") {
            Ok(day) if day >= incoming.page.today => Some(day),
            Ok(_) => {
                errors.push(FieldError::new("expires", t!("told-sharing-this-day-is-over-choose")));
                None
            }
            Err(_) => {
                errors.push(FieldError::new("expires", t!("told-sharing-write-the-day-as-2026")));
                None
            }
        },
    };
    if !errors.is_empty() {
        if incoming.wants_json {
            return Ok(respond::problem(StatusCode::UNPROCESSABLE_ENTITY, &errors));
        }
        incoming.page.query =
            view.query().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        return page(&server, &incoming, &slug, Some(Submission { errors, ..form })).await;
    }
    let draft = LinkDraft { query: view.query_string(), revision: dispute.revision, expires };
    let actor = incoming.actor().ok();
    let made = server.store.add_link(actor.as_ref(), &dispute.id, &draft).await;
    let link = made.map_err(|error| incoming.store(error))?;
    if incoming.wants_json {
        let address = format!("{}/s/{}", incoming.page.origin, link.code);
        return Ok((StatusCode::CREATED, axum::Json(json!({ "address": address }))).into_response());
    }
    let query = view.query_string();
    let joint = if query.is_empty() { '?' } else { '&' };
    see_other(&format!("/d/{}/share{query}{joint}link={}#frozen", dispute.slug, link.code))
}

/// `POST /d/{slug}/links/{code}/revoke`
pub(super) async fn revoke(editing: Editing, Path((_, code)): Path<(String, String)>) -> Answer {
    let revoked = editing.server.store.revoke_link(&editing.dispute.id, &code).await;
    revoked.map_err(|error| editing.refused(error))?;
    see_other(&editing.path("/share#frozen"))
}

/// `GET /s/{code}`: on to the view that it pins, whose parameters stand in its address like those of any view.
pub(super) async fn open(
    State(server): State<Server>,
    incoming: Incoming,
    Path(code): Path<String>,
) -> Answer {
    let (link, _) = server.store.link(&code).await.map_err(|error| incoming.store(error))?;
    if !link.opens_on(incoming.page.today) {
        return Err(Refusal::from_page(&incoming, PageError::Gone));
    }
    Ok(Redirect::temporary(&format!("/s/{}/view{}", link.code, link.query)).into_response())
}

/// The size that an embedded timeline asks for, in pixels.
const SIZE: (u32, u32) = (800, 640);

/// `GET /oembed`, by <https://oembed.com>: the frame for the address of a dispute or a frozen link.
pub(super) async fn oembed(State(server): State<Server>, incoming: Incoming) -> Answer {
    let request = &incoming.page;
    let is_xml = match request.param("format") {
        None | Some("json") => false,
        Some("xml") => true,
        Some(_) => return Err(incoming.refuse(StatusCode::NOT_IMPLEMENTED)),
    };
    let missing = || incoming.refuse(StatusCode::NOT_FOUND);
    let address = request.param("url").and_then(|url| url::Url::parse(url).ok()).ok_or_else(missing)?;
    let here = url::Url::parse(&request.origin).map_err(|_| missing())?;
    if address.origin() != here.origin() {
        return Err(missing());
    }
    let query = address.query().map(|query| format!("?{query}")).unwrap_or_default();
    let parts: Vec<&str> = address.path().split('/').filter(|part| !part.is_empty()).collect();
    let (dispute, src) = match parts.as_slice() {
        ["d", slug] => {
            let (dispute, _) = events::entry(&server, &incoming, slug).await?;
            let src = format!("/embed/{}{query}", dispute.slug);
            (dispute, src)
        }
        ["s", code] | ["s", code, "view"] => {
            let (link, dispute) = server.store.link(code).await.map_err(|error| incoming.store(error))?;
            if !link.opens_on(request.today) {
                return Err(missing());
            }
            let query = if parts.len() == 2 { link.query } else { query };
            (dispute, format!("/s/{}/embed{query}", link.code))
        }
        _ => return Err(missing()),
    };
    let most = |name: &str, wanted: u32| {
        request.param(name).and_then(|most| most.parse::<u32>().ok()).map_or(wanted, |most| most.min(wanted))
    };
    let (width, height) = (most("maxwidth", SIZE.0), most("maxheight", SIZE.1));
    let fields = [
        ("version", json!("1.0")),
        ("type", json!("rich")),
        ("provider_name", json!("Impasse")),
        ("provider_url", json!(request.origin)),
        ("title", json!(dispute.title)),
        ("width", json!(width)),
        ("height", json!(height)),
        ("cache_age", json!(3600)),
        ("html", json!(pages::iframe(&request.origin, &format!("{}{src}", request.origin), &dispute.title))),
    ];
    let (kind, body) = if is_xml {
        ("text/xml; charset=utf-8", as_xml(&fields))
    } else {
        let object: serde_json::Map<_, _> =
            fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        ("application/json", serde_json::Value::Object(object).to_string())
    };
    // Whoever embeds may ask from a page as well.
    let headers = [(header::CONTENT_TYPE, kind), (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")];
    Ok((headers, body).into_response())
}

fn as_xml(fields: &[(&str, serde_json::Value)]) -> String {
    let lines: Vec<String> = fields
        .iter()
        .map(|(name, value)| {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            format!("<{name}>{}</{name}>", html_escape::encode_text(&text))
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n<oembed>{}</oembed>\n",
        lines.concat()
    )
}
