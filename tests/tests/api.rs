//! The API of the real binary, asked everything that its own OpenAPI document allows, and much that it does not, by
//! schemathesis (<https://schemathesis.readthedocs.io>): nothing may be a fault of the server's, and every answer must
//! be one that the document names.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy takes only functions marked as tests for tests"
)]

use std::path::PathBuf;
use std::process::Command;

use impasse_tests::{Home, Impasse, OWNER};

/// The program, which `.tools/setup.mjs --test` installs.
fn schemathesis() -> PathBuf {
    let named = std::env::var_os("SCHEMATHESIS").map(PathBuf::from).filter(|path| path.is_file());
    named.unwrap_or_else(|| {
        panic!(
            "these tests ask the API by schemathesis, and SCHEMATHESIS names no such program: `make test` installs it \
             from PyPI, which needs Python 3.10 or later with venv and a way to PyPI; what went wrong is in its output"
        )
    })
}

/// A server without limits to how often it may be asked, and its owner's account.
fn serve(home: &Home) -> Impasse {
    let server = Impasse::start_with(home, &["--api-rate", "0", "--api-rate-anonymous", "0"]);
    server.owner();
    server
}

/// A token of the owner's.
fn token(home: &Home, scope: &str) -> String {
    let made = home.run(&["token", "add", "schemathesis", "--scope", scope, "--user", OWNER], "");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    String::from_utf8(made.stdout).expect("UTF-8").trim().to_owned()
}

/// Asks everything, without chance; the number of examples bounds it.
fn ask(home: &Home, server: &Impasse, token: Option<&str>, further: &[&str]) {
    let mut command = Command::new(schemathesis());
    command
        .args(["run", &server.url("/api/openapi.json"), "--no-color"])
        .args(["--generation-deterministic", "--no-shrink"])
        .args(["--max-examples", "6", "--request-timeout", "20", "--checks", "all"])
        // A schema cannot say that words stand in an article, or that a day is not over: what is only so refused is
        // no fault. Nor does schemathesis know that what lacks If-Match is answered 428 (RFC 6585).
        .args(["--exclude-checks", "positive_data_acceptance,missing_required_header"])
        .args(["--suppress-health-check", "all", "--warnings", "off"])
        .args(further)
        .current_dir(home.folder());
    if let Some(token) = token {
        command.arg("--header").arg(format!("Authorization: Bearer {token}"));
    }
    let output = command.output().expect("schemathesis runs");
    assert!(
        output.status.success(),
        "{}\n{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
        server.log()
    );
    let faults: Vec<_> =
        server.log().lines().filter(|line| line.contains("ERROR")).map(str::to_owned).collect();
    assert!(faults.is_empty(), "{faults:?}");
    server.reader().get("/readyz").expect(200);
    // The dispute may be private by now: that is one of the things that are tried.
    server.reader().get("/").expect(200);
}

/// With a token that may write, then with one that may make tokens, then with none.
fn everything(home: &Home) {
    let server = serve(home);
    // It would revoke the very token that it asks with.
    ask(home, &server, Some(&token(home, "write")), &["--exclude-operation-id", "revoke_token"]);
    ask(home, &server, Some(&token(home, "admin")), &["--include-tag", "Tokens"]);
    ask(home, &server, None, &[]);
}

#[test]
fn everything_is_answered_on_sqlite() {
    everything(&Home::sqlite());
}

#[test]
fn everything_is_answered_on_postgres() {
    everything(&Home::postgres());
}
