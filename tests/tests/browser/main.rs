//! The site in a real browser.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking, and clippy takes only functions marked as tests for tests"
)]

mod driver;
mod editing;
mod everywhere;
mod feed;
mod inbox;
mod keyboard;
mod live;
mod look;
mod paper;
mod passkeys;
mod phone;
mod reading;
mod room;
mod share;
mod spoken;
mod without_scripts;
