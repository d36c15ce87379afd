//! The server.

pub mod assets;
