//! The timeline that moves: zoom, pan, keys, the panel, and an address that follows.
//!
//! The island wraps the drawing that the server has made and takes its items over; nothing is drawn anew. It reads
//! times and lanes from attributes, lays out with the same functions as the server, and writes positions. While the
//! view is dragged only whole layers move; while it zooms they are stretched, each mark moves to its place now and then,
//! and what is shown changes when the zoom goes on for long or rests.

mod ask;
mod dom;
mod frame;
mod input;
mod intake;
mod keys;
mod page;
mod paint;
mod settle;
mod slide;
mod stage;

use wasm_bindgen::prelude::wasm_bindgen;

/// Makes the page's timeline move.
#[wasm_bindgen]
pub fn timeline() {
    stage::start();
}
