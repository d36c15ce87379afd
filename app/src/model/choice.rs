//! Closed vocabularies: each is an enum with one key (in addresses, files and the database) and one label
//! (on screen) per value. The label is the message `<vocabulary>-<key>` of the catalogue.

/// Defines an enum whose values have a key and a label, with `ALL`, `key`, `label`, `from_key` and serde by key. The text
/// after its name begins the identifiers of its labels.
macro_rules! choices {
    ($(#[$meta:meta])* $name:ident in $words:literal { $($(#[$vmeta:meta])* $value:ident = $key:literal;)+ }) => {
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
                $crate::texts::text(match self { $(Self::$value => concat!($words, "-", $key)),+ })
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
