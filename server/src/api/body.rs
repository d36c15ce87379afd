//! Bodies: JSON with what is wrong at which field, and changes of a part.

use std::marker::PhantomData;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use impasse_app::model::view::FieldError;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::problem::Problem;
use crate::web::Server;

/// A JSON body.
pub(super) struct Body<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<Server> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, server: &Server) -> Result<Self, Problem> {
        let bytes = json_bytes(request, server).await?;
        read(parse(&bytes)?).map(Self)
    }
}

/// A JSON body that may be left out.
pub(super) struct MaybeBody<T>(pub(super) T);

impl<T: DeserializeOwned + Default> FromRequest<Server> for MaybeBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, server: &Server) -> Result<Self, Problem> {
        let is_given = request.headers().contains_key(header::CONTENT_TYPE);
        let bytes = if is_given {
            json_bytes(request, server).await?
        } else {
            Bytes::from_request(request, server).await.map_err(|error| Problem::new(error.status()))?
        };
        if bytes.is_empty() {
            return Ok(Self(T::default()));
        }
        match parse(&bytes)? {
            Value::Null => Ok(Self(T::default())),
            value => read(value).map(Self),
        }
    }
}

/// A change of a part: the fields that are sent are replaced whole, those that are left out stay as they are.
pub(super) struct Patch<T>(serde_json::Map<String, Value>, PhantomData<T>);

impl<T: Serialize + DeserializeOwned> Patch<T> {
    /// Whether it says something of a field.
    pub(super) fn names(&self, field: &str) -> bool {
        self.0.contains_key(field)
    }

    /// What is there, with the change.
    pub(super) fn onto(self, current: &T) -> Result<T, Problem> {
        let mut whole = serde_json::to_value(current).map_err(|error| {
            tracing::error!(%error, "what is there cannot be written");
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR)
        })?;
        if let Value::Object(whole) = &mut whole {
            whole.extend(self.0);
        }
        read(whole)
    }
}

impl<T> FromRequest<Server> for Patch<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, server: &Server) -> Result<Self, Problem> {
        let bytes = json_bytes(request, server).await?;
        match parse(&bytes)? {
            Value::Object(map) => Ok(Self(map, PhantomData)),
            _ => Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY).because("Send a JSON object.")),
        }
    }
}

async fn json_bytes(request: Request, server: &Server) -> Result<Bytes, Problem> {
    let kind =
        request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if kind != "application/json" {
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE)
            .because("Send JSON with Content-Type: application/json."));
    }
    Bytes::from_request(request, server).await.map_err(|error| Problem::new(error.status()))
}

fn parse(bytes: &[u8]) -> Result<Value, Problem> {
    serde_json::from_slice(bytes).map_err(|error| {
        Problem::new(StatusCode::BAD_REQUEST).because(format!("The body is not JSON: {error}."))
    })
}

fn read<T: DeserializeOwned>(value: Value) -> Result<T, Problem> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        let field = if path == "." { "" } else { &path };
        let mut message = error.into_inner().to_string();
        if let Some(first) = message.get(..1).map(str::to_uppercase) {
            message.replace_range(..1, &first);
        }
        Problem::invalid(&[FieldError::new(field, format!("{message}."))])
    })
}
