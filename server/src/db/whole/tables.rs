//! Which tables there are. They are read from the database, so that one that is added later cannot be forgotten.

use std::collections::{BTreeMap, BTreeSet};

use impasse_app::store::Result;
use sqlx::AssertSqlSafe;

use super::{Kind, Whole, unfit, values};

/// The tables that are made anew where a copy is loaded, and so are not copied: those that tell which migrations were
/// run, and those that SQLite's triggers fill with the words of events and articles (`0008_search.sql`).
pub(crate) const DERIVED: [&str; 3] = ["_sqlx_migrations", "found", "found_rows"];

/// A table with what is needed to copy it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) name: String,
    /// In the order of their names.
    pub(super) columns: Vec<Column>,
    /// The columns of the primary key, in its order.
    pub(super) key: Vec<String>,
    /// The other tables that its rows refer to.
    refers: BTreeSet<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: ColumnKind,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ColumnKind {
    Text,
    Number,
    Truth,
}

impl Whole {
    /// The tables that are copied, each after those that its rows refer to.
    ///
    /// # Errors
    /// When the database fails, or has a table that cannot be copied: one without a primary key, with a column of a type
    /// that the other database has not, or in a circle of references.
    pub(crate) async fn tables(&mut self) -> Result<Vec<Table>> {
        let names = match self.kind {
            // What the modules of virtual tables keep for themselves is of the type “shadow”.
            Kind::Sqlite => {
                "select name from pragma_table_list
                 where schema = 'main' and type in ('table', 'virtual') and name not like 'sqlite\\_%' escape '\\'"
            }
            Kind::Postgres => {
                "select relname::text as name from pg_class
                 where relkind in ('r', 'p')
                 and relnamespace = (select oid from pg_namespace where nspname = current_schema())
                 and not exists (select 1 from pg_depend where classid = 'pg_class'::regclass
                                 and objid = pg_class.oid and deptype = 'e')"
            }
        };
        let mut tables = BTreeMap::new();
        for row in self.connection.all(names, vec![]).await? {
            let name: String = row.get("name")?;
            if !DERIVED.contains(&name.as_str()) {
                let table = self.table(&name).await?;
                tables.insert(name, table);
            }
        }
        in_order(tables)
    }

    async fn table(&mut self, name: &str) -> Result<Table> {
        const THIS: &str = "(select oid from pg_class where relname = $1
            and relnamespace = (select oid from pg_namespace where nspname = current_schema()))";
        let (columns, refers) = match self.kind {
            Kind::Sqlite => (
                "select name, lower(type) as type, pk from pragma_table_info($1)".to_owned(),
                "select \"table\" as refers from pragma_foreign_key_list($1)".to_owned(),
            ),
            Kind::Postgres => (
                format!(
                    "select attname::text as name, format_type(atttypid, null) as type,
                            coalesce(array_position(indkey::int2[], attnum) + 1, 0)::bigint as pk
                     from pg_attribute left join pg_index on indrelid = attrelid and indisprimary
                     where attrelid = {THIS} and attnum > 0 and not attisdropped and attgenerated = ''"
                ),
                format!(
                    "select relname::text as refers from pg_constraint join pg_class on pg_class.oid = confrelid
                     where contype = 'f' and conrelid = {THIS}"
                ),
            ),
        };
        let mut found = Vec::new();
        let mut key = Vec::new();
        for row in self.connection.all(AssertSqlSafe(columns), values![name]).await? {
            let (column, of): (String, String) = (row.get("name")?, row.get("type")?);
            let kind = match of.as_str() {
                "text" => ColumnKind::Text,
                "bigint" => ColumnKind::Number,
                "boolean" => ColumnKind::Truth,
                _ => {
                    return Err(unfit(format!(
                        "the column {name}.{column} is of the type “{of}”, which cannot be copied"
                    )));
                }
            };
            match row.get::<i64>("pk")? {
                0 => {}
                place => key.push((place, column.clone())),
            }
            found.push(Column { name: column, kind });
        }
        if key.is_empty() {
            return Err(unfit(format!("the table {name} has no primary key, so its rows have no order")));
        }
        key.sort();
        found.sort_by(|one, other| one.name.cmp(&other.name));
        let rows = self.connection.all(AssertSqlSafe(refers), values![name]).await?;
        let mut refers: BTreeSet<String> = rows.iter().map(|row| row.get("refers")).collect::<Result<_>>()?;
        refers.remove(name);
        let key = key.into_iter().map(|(_, column)| column).collect();
        Ok(Table { name: name.to_owned(), columns: found, key, refers })
    }

    /// How many rows a table has.
    pub(crate) async fn count(&mut self, table: &Table) -> Result<i64> {
        let sql = format!("select count(*) as rows from {}", quoted(&table.name));
        self.connection.one(AssertSqlSafe(sql), vec![]).await?.get("rows")
    }

    /// Removes what the migrations put into new tables.
    pub(crate) async fn clear(&mut self, tables: &[Table]) -> Result<()> {
        for table in tables.iter().rev() {
            let sql = format!("delete from {}", quoted(&table.name));
            self.connection.run(AssertSqlSafe(sql), vec![]).await?;
        }
        Ok(())
    }
}

/// The tables, each after those that it refers to, and otherwise by name.
fn in_order(mut waiting: BTreeMap<String, Table>) -> Result<Vec<Table>> {
    let mut ordered = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let is_free = |table: &Table| !table.refers.iter().any(|other| waiting.contains_key(other));
        let free: Vec<String> =
            waiting.values().filter(|table| is_free(table)).map(|table| table.name.clone()).collect();
        if free.is_empty() {
            let names: Vec<&str> = waiting.keys().map(String::as_str).collect();
            return Err(unfit(format!("the tables {} refer to each other in a circle", names.join(", "))));
        }
        ordered.extend(free.iter().filter_map(|name| waiting.remove(name)));
    }
    Ok(ordered)
}

/// A name in SQL.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(name: &str, refers: &[&str]) -> (String, Table) {
        let refers = refers.iter().map(|name| (*name).to_owned()).collect();
        (name.to_owned(), Table { name: name.to_owned(), columns: Vec::new(), key: Vec::new(), refers })
    }

    #[test]
    fn what_is_referred_to_comes_first() {
        let tables = [table("a", &["c"]), table("b", &["a"]), table("c", &[])];
        let ordered = in_order(tables.into_iter().collect()).unwrap();
        let names: Vec<&str> = ordered.iter().map(|table| table.name.as_str()).collect();
        assert_eq!(names, ["c", "a", "b"]);
        let circle = [table("a", &["b"]), table("b", &["a"])];
        assert!(in_order(circle.into_iter().collect()).is_err());
    }
}
