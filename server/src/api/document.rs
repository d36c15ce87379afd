//! The OpenAPI document: what cannot be said at each handler.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, HeaderBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder,
    Ref, RefOr, Required, Response as Described, ResponseBuilder, tag::TagBuilder,
};

use super::answer;

const ABOUT: &str = "Reads and changes everything that the pages of the site do.

Reading what is public needs no token. For all else send a personal token, which is made on the page `/account` or by \
`impasse token add`: `Authorization: Bearer imp_…`. Its scope is `read`, `suggest`, `write` or `admin`; each includes \
those before it. Cookies count for nothing here.

Lists come page by page: `limit` says how many items, `cursor` takes `next` of the page before, which also stands in \
the `Link` header. Parameters that are not known are refused.

Whatever is read has an `ETag`; send it as `If-None-Match` to be answered 304 if it is as it was, and as `If-Match` \
with every change and deletion, so that nobody’s change is overwritten unseen: without it the answer is 428, and if \
something else is there by now it is 412, with what is there. `If-Match: *` changes whatever is there.

Errors are problem details (RFC 9457), with what is wrong at which field under `errors`.

How often one may ask stands in the headers `RateLimit-Policy` and `RateLimit`; whoever asks more often is answered \
429 with `Retry-After`.

Dates are EDTF (ISO 8601-2) with what follows from it: the earliest and the latest day, how finely and how surely it \
is known. What is sent may be EDTF or English words; what can be read in two ways is refused with its readings.

Under `/api/v1` addresses and fields are only added to. Pass over fields that you do not know.";

/// What the tags are about, in the order in which they are shown.
const TAGS: [(&str, &str); 16] = [
    ("Index", "Where to begin."),
    ("Search", "Looking for words."),
    ("Disputes", "What timelines are about."),
    ("Events", "Dated events, each tied to the words in the article it came from."),
    ("Parties", "The actors in a dispute."),
    ("Positions", "What the parties hold."),
    ("Articles", "The sources."),
    ("Candidates", "Events found in articles, waiting for an editor."),
    ("Suggestions", "Events that readers suggest, waiting for an editor."),
    ("People", "Who sees a dispute, and who may do what in it."),
    ("Feeds", "Feeds that a dispute follows."),
    ("Links", "Views as they were when the link was made."),
    ("Revisions", "The record of changes."),
    ("Jobs", "What the server does by itself."),
    ("Webhooks", "Addresses that are told of the changes to a dispute."),
    ("Tokens", "Who may do what through this API."),
];

/// The problems that any call may meet, with when it meets them.
const PROBLEMS: [(u16, &str, &str); 10] = [
    (400, "BadRequest", "A parameter or the JSON cannot be read."),
    (401, "Unauthorized", "There is no token, or one that is not known."),
    (403, "Forbidden", "The token’s scope or its account is not enough."),
    (404, "NotFound", "There is no such thing, or it was deleted."),
    (412, "PreconditionFailed", "Something else is there by now; `current` is what."),
    (413, "ContentTooLarge", "The body is too large."),
    (415, "UnsupportedMediaType", "The body is of another kind."),
    (422, "UnprocessableContent", "Fields cannot be accepted; `errors` says which."),
    (428, "PreconditionRequired", "`If-Match` is missing."),
    (429, "TooManyRequests", "Too many requests; `Retry-After` says when the next is answered."),
];

/// The document before any address is in it.
pub(super) fn frame() -> OpenApi {
    let mut components = ComponentsBuilder::new().security_scheme(
        "token",
        SecurityScheme::Http(
            HttpBuilder::new()
                .scheme(HttpAuthScheme::Bearer)
                .bearer_format("imp_…")
                .description(Some("A personal token."))
                .build(),
        ),
    );
    for (status, name, about) in PROBLEMS {
        components = components.response(name, problem(status, about));
    }
    let tags = TAGS.map(|(name, about)| TagBuilder::new().name(name).description(Some(about)).build());
    let licence =
        LicenseBuilder::new().name("MIT OR Apache-2.0").identifier(Some("MIT OR Apache-2.0")).build();
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("Impasse")
                .version("1")
                .description(Some(ABOUT))
                .license(Some(licence))
                .build(),
        )
        .components(Some(components.build()))
        .tags(Some(tags))
        .build()
}

fn problem(status: u16, about: &str) -> Described {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    let mut response = ResponseBuilder::new().description(about).content("application/problem+json", content);
    if status == 429 {
        response = response.header("Retry-After", text_header("In how many seconds the next is answered."));
    }
    response.build()
}

fn text_header(about: &str) -> utoipa::openapi::Header {
    HeaderBuilder::new()
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        .description(Some(about))
        .build()
}

fn parameter(name: &str, required: Required, about: &str) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(required)
        .description(Some(about))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).examples(["*"])))
        .build()
}

/// Adds to each operation what all of its kind have.
pub(super) fn complete(api: &mut OpenApi) {
    for (path, item) in &mut api.paths.paths {
        for (method, operation) in [
            ("get", &mut item.get),
            ("post", &mut item.post),
            ("put", &mut item.put),
            ("patch", &mut item.patch),
            ("delete", &mut item.delete),
        ] {
            if let Some(operation) = operation {
                finish(path, method, operation);
            }
        }
    }
}

fn finish(path: &str, method: &str, operation: &mut Operation) {
    let is_open = operation.security.is_none();
    if is_open {
        let with: [&str; 0] = [];
        operation.security =
            Some(vec![SecurityRequirement::default(), SecurityRequirement::new("token", with)]);
    }
    let is_versioned = matches!(method, "patch" | "delete")
        && !["/tokens", "/members", "/invitations"].iter().any(|part| path.contains(part));
    let takes_body = operation.request_body.is_some();
    let parameters = operation.parameters.get_or_insert_default();
    if method == "get" {
        let about = "The `ETag` of what you have; if it is still so, the answer is 304.";
        parameters.push(parameter("If-None-Match", Required::False, about).into());
    }
    if is_versioned {
        let about = "The `ETag` of what the change is made from, or `*`.";
        parameters.push(parameter("If-Match", Required::True, about).into());
    }
    for (status, name, _) in PROBLEMS {
        let may_be = match status {
            403 => !is_open,
            404 => path.contains('{'),
            412 | 428 => is_versioned,
            413 | 415 => takes_body,
            422 => takes_body || method == "post",
            _ => true,
        };
        if may_be {
            let response = RefOr::Ref(Ref::from_response_name(name));
            operation.responses.responses.entry(status.to_string()).or_insert(response);
        }
    }
    if method == "get" {
        let unchanged = ResponseBuilder::new().description("It is as you have it.");
        let unchanged = unchanged.header("ETag", text_header("What it is known by."));
        operation.responses.responses.insert("304".to_owned(), unchanged.build().into());
    }
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else { continue };
        let is_problem = status.starts_with(['4', '5']);
        if is_problem && let Some(content) = response.content.swap_remove("application/json") {
            response.content.insert("application/problem+json".to_owned(), content);
        }
        if !is_problem && !response.content.is_empty() && status != "202" {
            response.headers.insert("ETag".to_owned(), text_header("What it is known by.").into());
        }
        if status == "201" {
            response.headers.insert("Location".to_owned(), text_header("Where it is.").into());
        }
    }
}

/// `GET /api/openapi.json`
pub(super) async fn show(asked: HeaderMap) -> Response {
    let document = super::openapi();
    let tag = answer::tag(document.as_bytes());
    let mut response = if answer::names(&asked, header::IF_NONE_MATCH, &tag) == Some(true) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, "application/json")], document).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.extend(HeaderValue::try_from(tag).ok().map(|tag| (header::ETAG, tag)));
    response
}
