//! The `eucrasia` command.

fn main() -> std::process::ExitCode {
    eucrasia::cli::run()
}
