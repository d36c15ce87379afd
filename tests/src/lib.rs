//! Helpers for the end-to-end tests: the real binary with a database of its own, a client that says exactly what it
//! is told to, and what its answers show.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "these are the tests' own hands: what goes wrong here fails the test, with its message"
)]

pub mod addresses;
pub mod balancer;
pub mod client;
pub mod page;
pub mod postgres;
pub mod server;
pub mod stream;
pub mod web;

pub use balancer::Balancer;
pub use client::{Answer, Client, Request, event_fields};
pub use page::{Form, Page};
pub use server::{Home, Impasse, OWNER, PASSWORD, binary, free_port};
pub use stream::{Stream, Told};
pub use web::{Asked, Reply, Web};

/// A test of each case against each database. A case is a function that takes the test's `Home`, which has a function
/// for each database.
#[macro_export]
#[expect(clippy::crate_in_macro_def, reason = "cases and homes are those of the crate that has the tests")]
macro_rules! both {
    ($($module:ident { $($case:ident)+ })+) => {
        mod sqlite {
            $($(#[tokio::test(flavor = "multi_thread")]
            async fn $case() {
                crate::$module::$case(crate::Home::sqlite()).await;
            })+)+
        }

        mod postgres {
            $($(#[tokio::test(flavor = "multi_thread")]
            async fn $case() {
                crate::$module::$case(crate::Home::postgres()).await;
            })+)+
        }
    };
}
