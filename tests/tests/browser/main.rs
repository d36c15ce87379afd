//! The site in a real browser.

mod driver;
mod editing;
mod everywhere;
mod keyboard;
mod reading;
mod without_scripts;
