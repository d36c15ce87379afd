//! The page on which the API can be read, drawn from the OpenAPI document: plain HTML, without a script.

use std::fmt::Write;
use std::sync::LazyLock;

use axum::extract::State;
use axum::response::Response;
use html_escape::{encode_double_quoted_attribute as attribute, encode_text as text};
use impasse_app::pages;
use serde_json::Value;

use crate::web::Server;
use crate::web::request::Incoming;
use crate::web::respond;

/// `GET /api`
pub(super) async fn show(State(_): State<Server>, incoming: Incoming) -> Response {
    static HTML: LazyLock<String> =
        LazyLock::new(|| drawn(&serde_json::from_str(super::openapi()).unwrap_or_default()));
    respond::html(pages::reference(HTML.clone()), &incoming.page)
}

/// The methods of a path, in the order in which they are shown.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

fn string<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn fields<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    value.get(name).and_then(Value::as_object).into_iter().flatten()
}

/// The whole document.
fn drawn(document: &Value) -> String {
    let mut out = String::new();
    let info = document.get("info").unwrap_or(&Value::Null);
    let _ = write!(out, "<h1>The API of {}</h1>", text(string(info, "title")));
    out.push_str(&prose(string(info, "description")));
    out.push_str("<p><a href=\"/api/openapi.json\">The same as an OpenAPI document</a>, for programs.</p>");
    out.push_str("<nav class=\"api-contents\" aria-label=\"Contents\"><ul>");
    for tag in list(document, "tags") {
        let name = string(tag, "name");
        let _ = write!(out, "<li><a href=\"#{}\">{}</a></li>", attribute(name), text(name));
    }
    out.push_str("<li><a href=\"#types\">Types</a></li></ul></nav>");
    for tag in list(document, "tags") {
        let name = string(tag, "name");
        let _ = write!(out, "<section><h2 id=\"{}\">{}</h2>", attribute(name), text(name));
        out.push_str(&prose(string(tag, "description")));
        for (path, item) in fields(document, "paths") {
            for method in METHODS {
                let Some(operation) = item.get(method) else { continue };
                if list(operation, "tags").iter().any(|tag| tag == name) {
                    out.push_str(&call(path, method, operation));
                }
            }
        }
        out.push_str("</section>");
    }
    out.push_str("<section><h2 id=\"types\">Types</h2>");
    let components = document.get("components").unwrap_or(&Value::Null);
    for (name, schema) in fields(components, "schemas") {
        let _ = write!(out, "<h3 id=\"type-{}\">{}</h3>", attribute(name), text(name));
        out.push_str(&prose(string(schema, "description")));
        out.push_str(&properties(schema));
    }
    out.push_str("</section>");
    out
}

/// One operation.
fn call(path: &str, method: &str, operation: &Value) -> String {
    let mut out = String::new();
    let _ = write!(
        out,
        "<article class=\"api-call\"><h3 id=\"{}\">{}</h3><p class=\"api-line\"><b>{}</b> <code>{}</code></p>",
        attribute(string(operation, "operationId")),
        text(string(operation, "summary")),
        method.to_uppercase(),
        text(path),
    );
    out.push_str(&prose(string(operation, "description")));
    let scope = list(operation, "security").iter().find_map(|one| list(one, "token").first()?.as_str());
    if let Some(scope) = scope {
        let _ = write!(out, "<p>Needs a token with the scope <code>{}</code>.</p>", text(scope));
    }
    let parameters = list(operation, "parameters");
    if !parameters.is_empty() {
        out.push_str("<h4>Parameters</h4><dl class=\"api-fields\">");
        for parameter in parameters {
            let place = string(parameter, "in");
            let must = if parameter.get("required") == Some(&Value::Bool(true)) { ", required" } else { "" };
            let name = text(string(parameter, "name"));
            let _ = write!(out, "<dt><code>{name}</code> <span class=\"soft\">in {place}{must}</span></dt>");
            let _ = write!(out, "<dd>{}</dd>", prose(string(parameter, "description")));
        }
        out.push_str("</dl>");
    }
    for (kind, content) in fields(operation.get("requestBody").unwrap_or(&Value::Null), "content") {
        let schema = content.get("schema").unwrap_or(&Value::Null);
        let _ = write!(out, "<p>Takes {} (<code>{}</code>).</p>", type_of(schema), text(kind));
    }
    out.push_str("<h4>Answers</h4><dl class=\"api-fields\">");
    for (status, response) in fields(operation, "responses") {
        let about = match response.get("$ref").and_then(Value::as_str).and_then(|to| to.rsplit('/').next()) {
            Some(name) => spaced(name),
            None => string(response, "description").to_owned(),
        };
        let body = fields(response, "content")
            .filter(|(kind, _)| *kind == "application/json")
            .map(|(_, content)| type_of(content.get("schema").unwrap_or(&Value::Null)))
            .next();
        let body = body.map(|body| format!(" {body}")).unwrap_or_default();
        let _ = write!(out, "<dt><code>{}</code>{body}</dt><dd>{}</dd>", text(status), prose(&about));
    }
    out.push_str("</dl></article>");
    out
}

/// "PreconditionFailed" as words.
fn spaced(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push(' ');
            out.extend(c.to_lowercase());
        } else {
            out.push(c);
        }
    }
    out + "."
}

/// The fields of a type, those that it takes over from others first.
fn properties(schema: &Value) -> String {
    let mut out = String::new();
    for part in list(schema, "allOf") {
        if part.get("$ref").is_some() {
            let _ = write!(out, "<p>All of {}, and:</p>", type_of(part));
        } else {
            out.push_str(&properties(part));
        }
    }
    let alternatives = list(schema, "oneOf");
    if !alternatives.is_empty() {
        out.push_str("<ul>");
        for one in alternatives {
            let _ = write!(out, "<li>{}{}</li>", prose(string(one, "description")), properties(one));
        }
        out.push_str("</ul>");
    }
    let required = list(schema, "required");
    let mut rows = fields(schema, "properties").peekable();
    if rows.peek().is_some() {
        out.push_str("<dl class=\"api-fields\">");
        for (name, field) in rows {
            let must = if required.iter().any(|one| one == name) { "" } else { ", optional" };
            let kind = type_of(field);
            let _ =
                write!(out, "<dt><code>{}</code> <span class=\"soft\">{kind}{must}</span></dt>", text(name));
            let _ = write!(out, "<dd>{}</dd>", prose(string(field, "description")));
        }
        out.push_str("</dl>");
    }
    out
}

/// A type in words, with a link where it has a name.
fn type_of(schema: &Value) -> String {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(|to| to.rsplit('/').next()) {
        return format!("<a href=\"#type-{}\">{}</a>", attribute(name), text(name));
    }
    let alternatives = [list(schema, "oneOf"), list(schema, "anyOf"), list(schema, "allOf")].concat();
    if !alternatives.is_empty() {
        return alternatives.iter().map(type_of).collect::<Vec<_>>().join(" or ");
    }
    let kinds: Vec<&str> = match schema.get("type") {
        Some(Value::String(kind)) => vec![kind],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => vec!["anything"],
    };
    let kind = |kind: &str| match (kind, string(schema, "format")) {
        ("array", _) => format!("list of {}", type_of(schema.get("items").unwrap_or(&Value::Null))),
        ("string", "date") => "day".to_owned(),
        ("string", "date-time") => "moment".to_owned(),
        ("integer", _) => "whole number".to_owned(),
        (other, _) => text(other).into_owned(),
    };
    kinds.into_iter().map(kind).collect::<Vec<_>>().join(" or ")
}

/// The little of Markdown that descriptions use: paragraphs, lists, and `code`.
fn prose(markdown: &str) -> String {
    let mut out = String::new();
    for block in markdown.split("\n\n").map(str::trim).filter(|block| !block.is_empty()) {
        if block.starts_with("- ") {
            let items =
                block.lines().map(|line| format!("<li>{}</li>", inline(line.trim_start_matches("- "))));
            let _ = write!(out, "<ul>{}</ul>", items.collect::<String>());
        } else {
            let _ = write!(out, "<p>{}</p>", inline(block));
        }
    }
    out
}

fn inline(markdown: &str) -> String {
    let mut out = String::new();
    for (at, part) in markdown.split('`').enumerate() {
        if at % 2 == 1 {
            let _ = write!(out, "<code>{}</code>", text(part));
        } else {
            out.push_str(&text(part));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_and_type_is_on_the_page() {
        let document: Value = serde_json::from_str(crate::api::openapi()).unwrap();
        let page = drawn(&document);
        let mut count = 0;
        for (_, item) in fields(&document, "paths") {
            for (_, operation) in item.as_object().unwrap() {
                let id = format!("id=\"{}\"", string(operation, "operationId"));
                assert!(page.contains(&id), "{id}");
                count += 1;
            }
        }
        assert!(count > 40, "{count}");
        for (name, _) in fields(&document["components"], "schemas") {
            assert!(page.contains(&format!("id=\"type-{name}\"")), "{name}");
        }
        let targets: Vec<&str> =
            page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        for target in targets {
            assert!(page.contains(&format!("id=\"{target}\"")), "#{target} leads nowhere");
        }
    }

    #[test]
    fn nothing_in_a_description_is_markup() {
        assert_eq!(
            prose("a <b> `<i>`\n\n- x\n- y"),
            "<p>a &lt;b&gt; <code>&lt;i&gt;</code></p><ul><li>x</li><li>y</li></ul>"
        );
    }
}
