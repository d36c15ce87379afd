//! Impasse.
fn main() {}
