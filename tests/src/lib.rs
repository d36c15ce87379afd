//! Helpers for the end-to-end tests: the real binary with a database of its own, a client that says exactly what it
//! is told to, and what its answers show.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "these are the tests' own hands: what goes wrong here fails the test, with its message"
)]

pub mod addresses;
pub mod client;
pub mod page;
pub mod postgres;
pub mod server;
pub mod web;

pub use client::{Answer, Client, Request};
pub use page::{Form, Page};
pub use server::{Home, Impasse, OWNER, PASSWORD, binary};
pub use web::{Asked, Reply, Web};
