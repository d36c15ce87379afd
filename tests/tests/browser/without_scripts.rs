//! without_scripts
