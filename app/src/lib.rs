//! Impasse in the browser and on its pages.
