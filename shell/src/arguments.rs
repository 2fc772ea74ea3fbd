//! The command line.
//!
//! A fuzz target takes this file by itself: it uses nothing else of the crate.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{CommandFactory, Parser};

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
    /// Switches before the app that are none of Conch's. Apps name Chromium's there, and Node's, in
    /// the scripts that start them: they reach process.argv and app.commandLine.
    #[arg(skip)]
    pub(crate) switches: Vec<String>,
}

impl Arguments {
    /// Reads the command line of this process. Ends the process where it is wrong, or asks for help.
    pub(crate) fn read() -> Arguments {
        Arguments::of(std::env::args_os().collect()).unwrap_or_else(|error| error.exit())
    }

    /// Reads a command line, which begins with the name of the program.
    pub(crate) fn of(line: Vec<OsString>) -> Result<Arguments, clap::Error> {
        let (own, switches) = split(line);
        Ok(Arguments { switches, ..Arguments::try_parse_from(own)? })
    }

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

/// Takes the switches before the app that are not Conch's out of a command line. Without an app it
/// stays as it is: then nothing but an option of Conch's makes sense.
fn split(line: Vec<OsString>) -> (Vec<OsString>, Vec<String>) {
    let is_option =
        |argument: &OsString| argument != "-" && argument.to_string_lossy().starts_with('-');
    let app = line.iter().skip(1).position(|argument| argument == "--" || !is_option(argument));
    let Some(app) = app.map(|at| at + 1).filter(|at| line[*at] != "--") else {
        return (line, vec![]);
    };
    let command = Arguments::command();
    let is_own = |name: &str| {
        matches!(name, "help" | "version")
            || command.get_arguments().any(|argument| argument.get_long() == Some(name))
    };
    let (mut own, mut switches) = (vec![], vec![]);
    for (at, argument) in line.into_iter().enumerate() {
        let text = argument.to_string_lossy();
        let name = text.strip_prefix("--").map(|name| name.split('=').next().unwrap_or(name));
        if at < app && name.is_some_and(|name| !is_own(name)) {
            switches.push(text.into_owned());
        } else {
            own.push(argument);
        }
    }
    (own, switches)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split_words(line: &str) -> (String, String) {
        let (own, switches) = split(line.split(' ').map(OsString::from).collect());
        let own: Vec<String> = own.into_iter().map(|a| a.into_string().unwrap()).collect();
        (own.join(" "), switches.join(" "))
    }

    #[test]
    fn switches_of_chromium_stand_before_the_app() {
        let split_to = |line, own: &str, switches: &str| {
            assert_eq!(split_words(line), (own.to_owned(), switches.to_owned()), "{line}");
        };
        split_to("conch --no-sandbox .", "conch .", "--no-sandbox");
        split_to("conch --inspect --a=b --node app --c", "conch --inspect --node app --c", "--a=b");
        split_to("conch app --no-sandbox -- --a", "conch app --no-sandbox -- --a", "");
        split_to("conch --inspect-brk=1 -v --a app", "conch --inspect-brk=1 -v app", "--a");
        split_to("conch --no-sandbox", "conch --no-sandbox", "");
        split_to("conch --a -- app", "conch --a -- app", "");
        split_to("conch - --a app", "conch - --a app", "");
        split_to("conch", "conch", "");
    }
}
