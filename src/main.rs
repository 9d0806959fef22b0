//! Arguments → command → exit code; nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    seoga::cli::run(std::env::args_os()).into()
}
