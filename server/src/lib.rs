//! The server.

pub mod db;
pub mod ids;
