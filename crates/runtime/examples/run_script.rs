//! Runs a script as plain Node would: no electron module, ends when nothing is left to do.
//! `run_script FILE [arguments]`. The tests include this file and compare with Node.

use conch_runtime::{Host, HostOptions};
use std::path::PathBuf;
use std::process::ExitCode;
use std::rc::Rc;

#[allow(dead_code, reason = "the tests have a main of their own")]
fn main() -> ExitCode {
    run_script(std::env::args().skip(1).collect())
}

/// Runs `arguments[0]` with the rest as its arguments; the result is its exit code.
pub(crate) fn run_script(arguments: Vec<String>) -> ExitCode {
    let thread = std::thread::Builder::new().stack_size(Host::THREAD_STACK);
    match thread.spawn(|| run(arguments)).map(|thread| thread.join()) {
        Ok(Ok(code)) => ExitCode::from(code as u8),
        _ => ExitCode::FAILURE,
    }
}

fn run(mut arguments: Vec<String>) -> i32 {
    let executable = std::env::current_exe().unwrap_or_default().to_string_lossy().into_owned();
    let Some(script) = arguments.first().map(PathBuf::from) else { return 2 };
    arguments[0] = std::path::absolute(&script).unwrap_or(script.clone()).to_string_lossy().into();
    arguments.insert(0, executable.clone());
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
        return 1;
    };
    tokio::task::LocalSet::new().block_on(&runtime, async move {
        let handle = Rc::new(std::cell::RefCell::new(None::<Host>));
        let at_fault = handle.clone();
        let options = HostOptions {
            argv: arguments,
            exec_path: executable,
            versions: vec![("node".to_owned(), "20.19.0".to_owned())],
            title: "node".to_owned(),
            end_when_idle: true,
            on_uncaught: Rc::new(move |_| {
                if let Some(host) = &*at_fault.borrow() {
                    host.request_exit(1);
                }
            }),
            ..HostOptions::default()
        };
        let Ok(host) = Host::new(options) else { return 1 };
        *handle.borrow_mut() = Some(host.clone());
        let loaded = host.load_main(&script);
        drop(loaded);
        let code = host.run().await;
        handle.borrow_mut().take();
        code
    })
}
