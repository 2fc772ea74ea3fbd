//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

/// Runs an Electron app on the system's webview.
#[derive(Debug, clap::Parser)]
#[command(
    name = "conch",
    version,
    about,
    after_help = "Environment:\n  RUST_LOG=conch=debug   shows what the shell does\n  \
                  XDG_RUNTIME_DIR        where the sockets live\n  \
                  CONCH_NODE             the Node to use in place of the one in PATH\n  \
                  ELECTRON_RUN_AS_NODE=1 be that Node, without windows\n\n\
                  Without APP, a page is shown that says how to start."
)]
pub(crate) struct Arguments {
    /// Run the main script on the user's Node
    #[arg(long, conflicts_with = "embedded")]
    pub(crate) node: bool,
    /// Run the main script on the embedded engine, and never on Node
    #[arg(long)]
    pub(crate) embedded: bool,
    /// Let a debugger attach to the main script (on Node)
    #[arg(long, value_name = "[HOST:]PORT", num_args = 0..=1, require_equals = true, conflicts_with = "embedded")]
    inspect: Option<Option<String>>,
    /// The same, and wait for it before the main script's first line
    #[arg(long, value_name = "[HOST:]PORT", num_args = 0..=1, require_equals = true, conflicts_with = "embedded")]
    inspect_brk: Option<Option<String>>,
    /// Show the places of the sources that a main script was made from (on Node)
    #[arg(long, conflicts_with = "embedded")]
    enable_source_maps: bool,
    /// A folder with a package.json, or a main script
    pub(crate) app: Option<PathBuf>,
    /// Arguments for the app: they reach process.argv
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "ARGUMENTS")]
    pub(crate) rest: Vec<String>,
}

impl Arguments {
    /// The options that only Node understands, as Node spells them.
    pub(crate) fn node_options(&self) -> Vec<OsString> {
        let with_address = |name: &str, given: &Option<Option<String>>| {
            given.as_ref().map(|address| match address {
                Some(address) => format!("{name}={address}").into(),
                None => name.into(),
            })
        };
        [
            with_address("--inspect", &self.inspect),
            with_address("--inspect-brk", &self.inspect_brk),
            self.enable_source_maps.then(|| "--enable-source-maps".into()),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
