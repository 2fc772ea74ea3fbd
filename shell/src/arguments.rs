//! The command line.

use std::path::PathBuf;

/// Runs an Electron app on the system's webview.
#[derive(Debug, clap::Parser)]
#[command(
    name = "conch",
    version,
    about,
    after_help = "Environment:\n  RUST_LOG=conch=debug   shows what the shell does\n  \
                  XDG_RUNTIME_DIR        where the sockets live\n\n\
                  Without APP, a page is shown that says how to start."
)]
pub(crate) struct Arguments {
    /// A folder with a package.json, or a main script
    pub(crate) app: Option<PathBuf>,
    /// Arguments for the app: they reach process.argv
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "ARGUMENTS")]
    pub(crate) rest: Vec<String>,
}
