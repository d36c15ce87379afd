//! Dates: with all that follows from them on the way out, and as EDTF or in words on the way in.

use std::borrow::Cow;

use chrono::NaiveDate;
use impasse_app::model::date::EventDate;
use impasse_app::model::date_input::read_date;
use impasse_app::model::view::FieldError;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use super::words::{Precision, Qualifier, Shape};

/// A date with what the source says of it and what follows from it.
///
/// It is `Date` in the document; utoipa takes a type of that name for a day.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Date, description = "A date with what the source says of it and what follows from it.")]
pub(super) struct WholeDate {
    /// The date as an expression of EDTF (Library of Congress, 4 February 2019; ISO 8601-2).
    #[schema(example = "2026-01-09~")]
    pub(super) edtf: String,
    /// The wording of the source.
    #[schema(required, example = "around Jan. 9")]
    printed: Option<String>,
    /// The date in words that keep every reserve.
    #[schema(example = "about 9 January 2026")]
    words: String,
    /// The earliest day; null if the beginning is open or unknown.
    #[schema(required)]
    earliest: Option<NaiveDate>,
    /// The latest day; null if the end is open or unknown.
    #[schema(required)]
    latest: Option<NaiveDate>,
    precision: Precision,
    qualifier: Qualifier,
    shape: Shape,
}

impl From<&EventDate> for WholeDate {
    fn from(date: &EventDate) -> Self {
        Self {
            edtf: date.edtf().to_owned(),
            printed: date.printed().map(str::to_owned),
            words: impasse_app::texts::in_english(|| date.words()),
            earliest: date.earliest(),
            latest: date.latest(),
            precision: date.precision().into(),
            qualifier: date.qualifier().into(),
            shape: date.shape().into(),
        }
    }
}

/// A date as it is sent.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
#[serde(untagged)]
pub(super) enum DateInput {
    /// EDTF, or English words.
    Text(String),
    /// EDTF with the wording of the source.
    Whole { edtf: String, printed: Option<String> },
}

impl<'de> Deserialize<'de> for DateInput {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        const EXPECTED: &str = "a date is EDTF or words, such as \"2026-01-09\" or \"early January 2026\", or an \
            object with edtf and printed";
        match Value::deserialize(deserializer)? {
            Value::String(text) => Ok(Self::Text(text)),
            Value::Object(map) => {
                let edtf =
                    map.get("edtf").and_then(Value::as_str).ok_or_else(|| D::Error::custom(EXPECTED))?;
                let printed = match map.get("printed") {
                    None | Some(Value::Null) => None,
                    Some(Value::String(printed)) => Some(printed.clone()),
                    Some(_) => {
                        return Err(D::Error::custom("printed is the wording of the source, a string"));
                    }
                };
                Ok(Self::Whole { edtf: edtf.to_owned(), printed })
            }
            _ => Err(D::Error::custom(EXPECTED)),
        }
    }
}

impl PartialSchema for DateInput {
    fn schema() -> RefOr<Schema> {
        let text = ObjectBuilder::new().schema_type(Type::String).description(Some(
            "EDTF, or English words where they can be read in one way only: `2026-01-09~`, `early January 2026`, \
             `between 5 and 9 March 2026`.",
        ));
        let whole = ObjectBuilder::new()
            .schema_type(Type::Object)
            .property("edtf", ObjectBuilder::new().schema_type(Type::String).description(Some("EDTF.")))
            .property(
                "printed",
                ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::SchemaType::from_iter([Type::String, Type::Null]))
                    .max_length(Some(200))
                    .description(Some("The wording of the source.")),
            )
            .required("edtf")
            .description(Some(
                "What a date is read as; its other fields follow from `edtf` and are passed over.",
            ));
        RefOr::T(Schema::OneOf(
            OneOfBuilder::new()
                .item(text)
                .item(whole)
                .description(Some("A date as it is sent."))
                .examples([serde_json::json!("2026-01-09"), serde_json::json!("early January 2026")])
                .build(),
        ))
    }
}

impl ToSchema for DateInput {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("DateInput")
    }
}

impl From<&EventDate> for DateInput {
    fn from(date: &EventDate) -> Self {
        Self::Whole { edtf: date.edtf().to_owned(), printed: date.printed().map(str::to_owned) }
    }
}

impl DateInput {
    /// The date, or what is wrong with it at a field.
    pub(super) fn read(
        &self,
        field: &str,
        today: NaiveDate,
        errors: &mut Vec<FieldError>,
    ) -> Option<EventDate> {
        let read = match self {
            Self::Text(text) => read_date(text, today).map_err(|question| {
                let readings: Vec<&str> = question.readings.iter().map(EventDate::edtf).collect();
                if readings.is_empty() {
                    question.message
                } else {
                    format!("{} {}", question.message, readings.join(" or "))
                }
            }),
            Self::Whole { edtf, printed } => {
                EventDate::parse(edtf).map_err(|error| error.to_string()).and_then(|date| match printed {
                    Some(printed) if printed.chars().count() > 200 => {
                        Err("Shorten the wording: 200 characters fit.".to_owned())
                    }
                    Some(printed) if printed.chars().any(|c| c.is_control() && c != '\n') => {
                        Err("The wording contains a character that cannot be shown.".to_owned())
                    }
                    printed => Ok(date.with_printed(printed.clone())),
                })
            }
        };
        match read {
            Ok(date) => Some(date),
            Err(message) => {
                errors.push(FieldError::new(field, message));
                None
            }
        }
    }
}
