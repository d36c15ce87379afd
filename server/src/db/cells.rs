//! Rows of PostgreSQL read by serde as lists of their columns, without a value of its own for each.

use impasse_app::store::Result;
use serde::de::value::{Error, SeqDeserializer, StrDeserializer};
use serde::de::{DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use sqlx::postgres::PgRow;
use sqlx::{Column as _, Postgres, Row as _, Type};

use super::connection::{damaged, failed};

/// What a row's columns, texts and numbers, are as a list. All rows must have the columns of the first.
pub(super) fn read<T: DeserializeOwned>(rows: &[PgRow]) -> Result<Vec<T>> {
    let Some(first) = rows.first() else { return Ok(Vec::new()) };
    let is_number = |column: &<Postgres as sqlx::Database>::Column| {
        column.type_info() == &<i64 as Type<Postgres>>::type_info()
    };
    let numbers: Vec<bool> = first.columns().iter().map(is_number).collect();
    let mut read = Vec::with_capacity(rows.len());
    for row in rows {
        let cells = numbers.iter().enumerate().map(|(at, is_number)| {
            Ok(if *is_number {
                row.try_get::<Option<i64>, _>(at).map_err(failed)?.map(Cell::Number)
            } else {
                row.try_get::<Option<&str>, _>(at).map_err(failed)?.map(Cell::Text)
            }
            .unwrap_or(Cell::Nothing))
        });
        let cells = cells.collect::<Result<Vec<_>>>()?;
        let list = SeqDeserializer::<_, Error>::new(cells.into_iter());
        read.push(T::deserialize(list).map_err(|error| damaged(&error.to_string()))?);
    }
    Ok(read)
}

/// What stands in one column of a row.
#[derive(Debug, Clone, Copy)]
enum Cell<'row> {
    Nothing,
    Number(i64),
    Text(&'row str),
}

impl<'de> IntoDeserializer<'de> for Cell<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Cell<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> std::result::Result<V::Value, Error> {
        match self {
            Self::Nothing => visitor.visit_unit(),
            Self::Number(number) => visitor.visit_i64(number),
            Self::Text(text) => visitor.visit_borrowed_str(text),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> std::result::Result<V::Value, Error> {
        match self {
            Self::Nothing => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> std::result::Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> std::result::Result<V::Value, Error> {
        match self {
            Self::Text(key) => visitor.visit_enum(StrDeserializer::new(key)),
            _ => self.deserialize_any(visitor),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct identifier ignored_any
    }
}
