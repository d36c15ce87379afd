//! What the interface says. Every text stands in a catalogue under `app/locales`, in the syntax of Project Fluent;
//! sources name it by its identifier ([`crate::t!`], [`crate::marked!`]). A site has one locale, since pages are
//! cached and shared; what its catalogue leaves out is taken from English.
//!
//! The browser's half has no catalogue. The few words that it makes by itself are in [`drawing`].

#[cfg(feature = "ssr")]
mod catalogue;
pub mod drawing;
#[cfg(feature = "ssr")]
mod marked;

#[cfg(feature = "ssr")]
pub use catalogue::{
    Argument, LocaleError, Value, all_of, any_of, choose, drawing_line, filled, in_english, locale, text,
    unless_english,
};
#[cfg(feature = "ssr")]
pub use marked::{Part, parts};

/// The text with an identifier, as the site's locale has it: without arguments `&'static str`, with them a `String`.
///
/// Whole numbers are given as numbers, so that a message can select a plural by them, and are shown in groups of
/// three digits; everything else is given as text.
#[cfg(feature = "ssr")]
#[macro_export]
macro_rules! t {
    ($id:literal) => { $crate::texts::text($id) };
    ($id:literal, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::texts::filled($id, &[$((stringify!($name), $crate::texts::Argument::value(&$value))),+])
    };
}

/// A sentence with links or emphasis in it, as views in their order. Its message marks them as `<name>words</name>`, or
/// `<name/>` for what has no words of its own; each name is drawn by the function given for it.
///
/// The arguments of the message come before the semicolon. What they hold is text, whatever is in it.
#[cfg(feature = "ssr")]
#[macro_export]
macro_rules! marked {
    ($id:literal $(, $name:ident = $value:expr)*; $($mark:ident = $draw:expr),+ $(,)?) => {
        $crate::texts::parts($id, &[$((stringify!($name), $crate::texts::Argument::value(&$value))),*])
            .into_iter()
            .map(|part| match part {
                $($crate::texts::Part::Marked(name, words) if name == stringify!($mark) => {
                    ::leptos::prelude::IntoAny::into_any(($draw)(words))
                })+
                $crate::texts::Part::Marked(_, words) | $crate::texts::Part::Text(words) => {
                    ::leptos::prelude::IntoAny::into_any(words)
                }
            })
            .collect::<Vec<::leptos::prelude::AnyView>>()
    };
}
