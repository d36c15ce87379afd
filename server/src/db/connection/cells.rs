//! Rows of PostgreSQL read by serde as lists of their columns, without a value of its own for each.

use std::iter::Enumerate;
use std::slice::Iter;

use impasse_app::store::Result;
use serde::de::value::{Error, SeqAccessDeserializer, StrDeserializer};
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error as _, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use sqlx::postgres::PgRow;
use sqlx::{Column as _, Postgres, Row as _, Type};

use super::failure::damaged;

/// Reads rows that all have the columns of the first, texts and numbers.
#[derive(Debug, Default)]
pub(super) struct Cells {
    /// Of each column, whether it is a number; none before the first row.
    numbers: Vec<bool>,
}

impl Cells {
    /// What a row's columns are as a list.
    pub(super) fn read<T: DeserializeOwned>(&mut self, row: &PgRow) -> Result<T> {
        if self.numbers.is_empty() {
            let number = <i64 as Type<Postgres>>::type_info();
            self.numbers = row.columns().iter().map(|column| *column.type_info() == number).collect();
        }
        let columns = Columns { row, numbers: self.numbers.iter().enumerate() };
        T::deserialize(SeqAccessDeserializer::new(columns)).map_err(|error| damaged(&error.to_string()))
    }
}

/// The columns of a row, each read when it is wanted, so that a row is never held twice.
struct Columns<'row> {
    row: &'row PgRow,
    numbers: Enumerate<Iter<'row, bool>>,
}

impl<'row> SeqAccess<'row> for Columns<'row> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'row>>(
        &mut self,
        seed: S,
    ) -> std::result::Result<Option<S::Value>, Error> {
        let Some((at, is_number)) = self.numbers.next() else { return Ok(None) };
        // Which type a column has was looked at with the first row.
        let cell = if *is_number {
            self.row.try_get_unchecked::<Option<i64>, _>(at).map(|cell| cell.map(Cell::Number))
        } else {
            self.row.try_get_unchecked::<Option<&str>, _>(at).map(|cell| cell.map(Cell::Text))
        };
        seed.deserialize(cell.map_err(Error::custom)?.unwrap_or(Cell::Nothing)).map(Some)
    }
}

/// What stands in one column of a row.
#[derive(Debug, Clone, Copy)]
enum Cell<'row> {
    Nothing,
    Number(i64),
    Text(&'row str),
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
