//! Dates and dated events from English news text.
