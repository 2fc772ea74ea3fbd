//! Starting the program anew at the end of this process.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

/// What is started once this process ends. Only the app adds to it, one entry for a call.
#[derive(Default)]
pub(crate) struct Relaunches(Vec<(Option<PathBuf>, Option<Vec<String>>)>);

impl Relaunches {
    pub(crate) fn add(&mut self, program: Option<PathBuf>, args: Option<Vec<String>>) {
        self.0.push((program, args));
    }

    /// Starts them all. They do not wait for this process, nor it for them.
    pub(crate) fn start(&mut self) {
        for (program, args) in self.0.drain(..) {
            // An app that names its arguments knows nothing of ours, which stand before its folder.
            let ours = if program.is_none() { own_options() } else { Vec::new() };
            let Some(program) = program.or_else(|| std::env::current_exe().ok()) else { continue };
            let args: Vec<OsString> = match args {
                Some(args) => ours.into_iter().chain(args.into_iter().map(Into::into)).collect(),
                None => std::env::args_os().skip(1).collect(),
            };
            if let Err(error) = Command::new(&program).args(args).spawn() {
                tracing::error!("{} cannot be started anew: {error}", program.display());
            }
        }
    }
}

/// The options that this process was started with, such as which engine is to run the app.
fn own_options() -> Vec<OsString> {
    let is_option = |argument: &OsString| argument.as_encoded_bytes().starts_with(b"--");
    std::env::args_os().skip(1).take_while(is_option).collect()
}
