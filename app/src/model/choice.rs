//! Closed vocabularies: each is an enum with one key (in addresses, files and the database) and one label
//! (on screen) per value.

/// Defines an enum whose values have a key and a label, with `ALL`, `key`, `label`, `from_key` and serde by key.
macro_rules! choices {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $value:ident = $key:literal, $label:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$vmeta])* #[serde(rename = $key)] $value,)+
        }

        impl $name {
            /// Every value, in the order in which a person is offered them.
            pub const ALL: &'static [Self] = &[$(Self::$value),+];

            /// The stable key, as used in addresses, files and the database.
            pub fn key(self) -> &'static str {
                match self { $(Self::$value => $key),+ }
            }

            /// The words shown to people.
            pub fn label(self) -> &'static str {
                match self { $(Self::$value => $label),+ }
            }

            /// The value with this key, if there is one.
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some(Self::$value),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.label())
            }
        }
    };
}

pub(crate) use choices;
