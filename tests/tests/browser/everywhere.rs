//! everywhere
