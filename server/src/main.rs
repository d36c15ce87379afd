//! `impasse`: the server and its tools.

use std::process::ExitCode;

fn main() -> ExitCode {
    impasse_server::cli::main()
}
