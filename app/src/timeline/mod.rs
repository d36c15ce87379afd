//! The arithmetic of the timeline: where time falls on the axis, what the ticks say, which labels have room, and
//! what becomes a counted cluster. Plain functions on plain numbers, the same on the server and in the browser.
//!
//! Lengths are in *units*: CSS pixels at a root font size of 16 px, so that a drawing laid out in them grows with
//! the reader's type. Times are minutes as in [`crate::model::time`], as `f64` where they are scaled; open ends are
//! infinite.

pub mod address;
pub mod civil;
pub mod count;
mod lanes;
pub mod layout;
pub mod order;
pub mod rail;
mod rows;
pub mod scale;
pub mod ticks;

pub use lanes::InLanes;
pub use layout::{Cluster, Form, Item, LaneBox, Layout, Place, Placed, Rest, Rules, lay_out};
pub use scale::Scale;
pub use ticks::{Ticks, ticks};
