//! The server: settings, the SQL, articles, the site over HTTP.

pub mod assets;
pub mod demo;
pub mod ingest;
pub mod password;
pub mod settings;
pub mod web;
