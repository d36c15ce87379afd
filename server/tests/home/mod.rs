//! Databases for tests that send requests through the router.

/// A database of a test's own.
pub(crate) struct Home {
    pub(crate) url: String,
    _folder: Option<tempfile::TempDir>,
}

impl Home {
    pub(crate) fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { url: folder.path().join("test.db").display().to_string(), _folder: Some(folder) }
    }

    pub(crate) fn postgres() -> Self {
        Self { url: impasse_tests::postgres::fresh_database().unwrap(), _folder: None }
    }
}
