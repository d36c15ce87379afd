//! The one shape of an error: RFC 9457 problem details with, beside its own members, what is wrong at which field.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use impasse_app::model::view::FieldError;
use impasse_app::store::StoreError;
use serde::Serialize;
use utoipa::ToSchema;

/// Why a request was not done (RFC 9457).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// What sort of problem; `about:blank` says that there is no more to it than the status.
    #[serde(rename = "type")]
    #[schema(example = "about:blank")]
    kind: &'static str,
    /// The status in words.
    #[schema(example = "Unprocessable Content")]
    title: &'static str,
    /// The HTTP status.
    #[schema(example = 422)]
    status: u16,
    /// What is wrong here, as a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    detail: Option<String>,
    /// What is wrong at which field or parameter.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    errors: Vec<AtField>,
    /// With status 412, what is there now, in the form in which it is read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Object, required = false, nullable = false)]
    current: Option<Box<serde_json::Value>>,
    #[serde(skip)]
    etag: Option<Box<str>>,
    #[serde(skip)]
    retry_after: Option<u32>,
}

/// What is wrong at a field or parameter.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct AtField {
    /// The field, as a path into the body such as `citations[0].quote`, or the parameter.
    #[schema(example = "date")]
    field: String,
    /// What is wrong and what would be right, as a sentence.
    #[schema(example = "03/04/2026 can be read in two ways. Which is meant?")]
    message: String,
}

impl Problem {
    pub(crate) fn new(status: StatusCode) -> Self {
        Self {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or("Error"),
            status: status.as_u16(),
            detail: None,
            errors: Vec::new(),
            current: None,
            etag: None,
            retry_after: None,
        }
    }

    /// The same with a sentence on what is wrong here.
    #[must_use]
    pub(super) fn because(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// The same with what is wrong at which field.
    #[must_use]
    pub(crate) fn at(mut self, errors: &[FieldError]) -> Self {
        let errors = errors.iter().cloned();
        self.errors.extend(errors.map(|FieldError { field, message }| AtField { field, message }));
        self
    }

    /// The same with when to try again, in seconds.
    #[must_use]
    pub(super) fn again_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(u32::try_from(seconds).unwrap_or(u32::MAX));
        self
    }

    /// Fields that cannot be accepted.
    pub(super) fn invalid(errors: &[FieldError]) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY).at(errors)
    }

    /// One field that cannot be accepted.
    pub(super) fn invalid_at(field: &str, message: impl Into<String>) -> Self {
        Self::invalid(&[FieldError::new(field, message)])
    }

    /// A parameter that cannot be read.
    pub(super) fn unreadable(field: &str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST).at(&[FieldError::new(field, message)])
    }

    pub(super) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND)
    }

    /// A change of a version that is not there any more; what is there instead, and its entity tag.
    pub(super) fn changed(current: serde_json::Value, etag: String) -> Self {
        let problem = Self::new(StatusCode::PRECONDITION_FAILED)
            .because("It was changed since. Look at what is there now and decide again.");
        Self { current: Some(Box::new(current)), etag: Some(etag.into()), ..problem }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::not_found(),
            StoreError::Conflict => {
                Self::new(StatusCode::CONFLICT).because("It is not in the state that this needs.")
            }
            StoreError::Taken(field) => {
                let message = format!("This {field} is taken. Another thing here has it already.");
                Self::new(StatusCode::CONFLICT).at(&[FieldError::new(field, message)])
            }
            StoreError::InUse(what) => {
                Self::new(StatusCode::CONFLICT).because(format!("It is still in use: {what}."))
            }
            StoreError::Unknown("step_of") => {
                Self::invalid_at("step_of", "This event is not, or not any more, in this dispute.")
            }
            StoreError::Unknown("base") => {
                Self::invalid_at("due.rule.base", "This event is not, or not any more, in this dispute.")
            }
            StoreError::Unknown(field) => {
                Self::invalid_at(field, format!("This {field} is not, or not any more, in this dispute."))
            }
            StoreError::NoRoom(reason) => {
                tracing::error!(error = %reason, "the store cannot be written");
                Self::new(StatusCode::INSUFFICIENT_STORAGE)
                    .because("The disk has no room, or may only be read. Nothing was changed.")
            }
            StoreError::Refused { field, why } => {
                // The fields of the form stand in an object of their own here.
                let field = match field {
                    "due_base" => "due.rule.base",
                    field => field,
                };
                Self::invalid_at(field, why)
            }
            StoreError::Failed(reason) => {
                tracing::error!(error = %reason, "the store failed");
                Self::new(StatusCode::INTERNAL_SERVER_ERROR)
            }
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let (etag, retry_after) = (self.etag.clone(), self.retry_after);
        let mut response = (status, Json(self)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"Impasse\""));
        }
        if let Some(Ok(etag)) = etag.as_deref().map(HeaderValue::try_from) {
            headers.insert(header::ETAG, etag);
        }
        if let Some(seconds) = retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
