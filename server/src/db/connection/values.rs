//! What goes into a query and comes out of it: parameters, rows, and the texts and numbers that dates and parts are kept
//! as.

use chrono::{DateTime, NaiveDate, Utc};
use impasse_app::model::date::EventDate;
use impasse_app::model::time;
use impasse_app::store::{Result, StoreError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Decode, Postgres, Row as _, Sqlite, Type};

use super::failure::{damaged, failed};

/// A parameter.
#[derive(Debug, Clone)]
pub(in crate::db) enum Value {
    Text(Option<String>),
    Number(Option<i64>),
    Truth(bool),
}

/// The parameters of a query.
macro_rules! values {
    ($($value:expr),* $(,)?) => { vec![$($crate::db::connection::Value::from($value)),*] };
}
pub(in crate::db) use values;

impl Value {
    /// A list for [`Connection::given`].
    pub(in crate::db) fn list<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Self> {
        let texts: Vec<String> = texts.into_iter().map(str::to_owned).map(without_nul).collect();
        json(&texts).map(Self::from)
    }
}

macro_rules! value_from {
    ($($from:ty, $value:ident => $into:expr;)+) => {$(
        impl From<$from> for Value {
            fn from($value: $from) -> Self {
                $into
            }
        }
    )+};
}

value_from! {
    String, text => Self::Text(Some(without_nul(text)));
    &str, text => Self::Text(Some(without_nul(text.to_owned())));
    &String, text => Self::Text(Some(without_nul(text.clone())));
    Option<String>, text => Self::Text(text.map(without_nul));
    Option<&str>, text => Self::Text(text.map(str::to_owned).map(without_nul));
    i64, number => Self::Number(Some(number));
    Option<i64>, number => Self::Number(number);
    bool, truth => Self::Truth(truth);
    DateTime<Utc>, instant => Self::Number(Some(instant.timestamp_millis()));
    Option<DateTime<Utc>>, at => Self::Number(at.map(|at| at.timestamp_millis()));
    Option<NaiveDate>, day => Self::Number(day.map(day_number));
}

macro_rules! value_from_id {
    ($($id:ident)+) => {$(
        impl From<&impasse_app::model::id::$id> for Value {
            fn from(id: &impasse_app::model::id::$id) -> Self {
                Self::from(id.as_str())
            }
        }
    )+};
}

value_from_id! { DisputeId PartyId EventId ArticleId CitationId PositionId CandidateId UserId FeedId JobId TokenId WebhookId InvitationId SuggestionId PasskeyId IdentityId }

/// PostgreSQL cannot keep NUL in a text. It becomes U+FFFD, as in HTML, which is one code point as well, so that
/// passages still stand where they say.
pub(in crate::db) fn without_nul(text: String) -> String {
    if text.contains('\0') { text.replace('\0', "\u{fffd}") } else { text }
}

/// Days since 1970-01-01.
pub(in crate::db) fn day_number(day: NaiveDate) -> i64 {
    time::day_start(day) / time::DAY
}

/// The day with a number.
pub(in crate::db) fn day_numbered(number: i64) -> NaiveDate {
    time::day_of(number.saturating_mul(time::DAY))
}

/// A date from its expression and its wording.
pub(in crate::db) fn date(edtf: &str, printed: Option<String>) -> Result<EventDate> {
    Ok(EventDate::parse(edtf)
        .map_err(|why| damaged(&format!("the date “{edtf}” cannot be read: {why}")))?
        .with_printed(printed))
}

/// A row of either database.
#[derive(Debug)]
pub(in crate::db) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    /// A column of a type that both databases know.
    pub(in crate::db) fn get<T>(&self, column: &str) -> Result<T>
    where
        T: for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres>,
    {
        match self {
            Self::Sqlite(row) => row.try_get(column).map_err(failed),
            Self::Postgres(row) => row.try_get(column).map_err(failed),
        }
    }

    /// An identifier.
    pub(in crate::db) fn id<T: From<String>>(&self, column: &str) -> Result<T> {
        self.get::<String>(column).map(T::from)
    }

    /// A value of a closed vocabulary.
    pub(in crate::db) fn choice<T>(&self, column: &str, from_key: impl Fn(&str) -> Option<T>) -> Result<T> {
        let key: String = self.get(column)?;
        from_key(&key).ok_or_else(|| damaged(&format!("{column} is “{key}”, which no version knows")))
    }

    /// An instant.
    pub(in crate::db) fn instant(&self, column: &str) -> Result<DateTime<Utc>> {
        instant(self.get(column)?)
    }

    /// An instant, if there is one.
    pub(in crate::db) fn instant_if_any(&self, column: &str) -> Result<Option<DateTime<Utc>>> {
        self.get::<Option<i64>>(column)?.map(instant).transpose()
    }

    /// A day.
    pub(in crate::db) fn day(&self, column: &str) -> Result<Option<NaiveDate>> {
        Ok(self.get::<Option<i64>>(column)?.map(day_numbered))
    }

    /// The date in the columns `edtf` and `printed`.
    pub(in crate::db) fn date(&self) -> Result<EventDate> {
        date(&self.get::<String>("edtf")?, self.get("printed")?)
    }

    /// A part kept as JSON.
    pub(in crate::db) fn json<T: DeserializeOwned>(&self, column: &str) -> Result<T> {
        from_json(&self.get::<String>(column)?)
    }

    /// A part kept as JSON, if there is one.
    pub(in crate::db) fn json_if_any<T: DeserializeOwned>(&self, column: &str) -> Result<Option<T>> {
        self.get::<Option<String>>(column)?.as_deref().map(from_json).transpose()
    }
}

fn instant(millis: i64) -> Result<DateTime<Utc>> {
    DateTime::from_timestamp_millis(millis).ok_or_else(|| damaged("an instant lies outside all calendars"))
}

/// Something as JSON text.
pub(in crate::db) fn json<T: Serialize + ?Sized>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| StoreError::Failed(Box::new(error)))
}

/// Something from JSON text that the store wrote.
pub(in crate::db) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| damaged(&error.to_string()))
}
