//! The server: settings, the SQL, articles, the site over HTTP, the command line.

pub mod api;
pub mod archive;
pub mod assets;
pub mod backup;
mod beside;
pub mod cli;
pub mod db;
pub mod demo;
pub mod exports;
pub mod feeds;
pub mod fetch;
pub mod ids;
pub mod import;
pub mod imports;
pub mod ingest;
pub mod live;
pub mod metrics;
pub mod openid;
pub mod password;
pub mod picture;
pub mod plain;
pub mod settings;
pub mod web;
pub mod work;
