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

/// A change of a part, as a JSON merge patch (RFC 7396): fields that are left out stay as they are.
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
        merge(&mut whole, Value::Object(self.0));
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

/// RFC 7396, section 2.
fn merge(target: &mut Value, patch: Value) {
    let Value::Object(patch) = patch else {
        *target = patch;
        return;
    };
    if !target.is_object() {
        *target = Value::Object(serde_json::Map::new());
    }
    if let Value::Object(target) = target {
        for (name, value) in patch {
            if value.is_null() {
                target.remove(&name);
            } else {
                merge(target.entry(name).or_insert(Value::Null), value);
            }
        }
    }
}

async fn json_bytes(request: Request, server: &Server) -> Result<Bytes, Problem> {
    let kind =
        request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if kind != "application/json" && kind != "application/merge-patch+json" {
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn merges_as_the_rfc_says() {
        // The examples of RFC 7396, appendix A.
        for (mut target, patch, result) in [
            (json!({"a": "b"}), json!({"a": "c"}), json!({"a": "c"})),
            (json!({"a": "b"}), json!({"b": "c"}), json!({"a": "b", "b": "c"})),
            (json!({"a": "b", "b": "c"}), json!({"a": null}), json!({"b": "c"})),
            (json!({"a": ["b"]}), json!({"a": "c"}), json!({"a": "c"})),
            (json!({"a": {"b": "c"}}), json!({"a": {"b": "d", "c": null}}), json!({"a": {"b": "d"}})),
            (json!({"a": [{"b": "c"}]}), json!({"a": [1]}), json!({"a": [1]})),
            (json!({"e": null}), json!({"a": 1}), json!({"e": null, "a": 1})),
            (json!({}), json!({"a": {"bb": {"ccc": null}}}), json!({"a": {"bb": {}}})),
        ] {
            merge(&mut target, patch);
            assert_eq!(target, result);
        }
    }
}
