//! The binary: loads the shell, which needs WebKitGTK, and says what to do where that is missing.
#![allow(unsafe_code)]

use std::ffi::{CStr, CString, OsStr, c_int};
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;
use std::process::ExitCode;

/// The rest of the program.
const SHELL: &str = "libconch_shell.so";

fn main() -> ExitCode {
    match load() {
        // SAFETY: the shell's entry point, which any thread may call once.
        Ok(conch_main) => ExitCode::from(u8::try_from(unsafe { conch_main() }).unwrap_or(1)),
        Err(error) => {
            // Standard error may be closed; the exit code still tells.
            let _ = writeln!(std::io::stderr(), "conch: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The shell's entry point, or a sentence on what is missing.
fn load() -> Result<unsafe extern "C" fn() -> c_int, String> {
    let binary = std::env::current_exe().map_err(|e| format!("where am I? {e}"))?;
    let beside = binary.parent().map(PathBuf::from).unwrap_or_default();
    let path = [beside.join(SHELL), beside.join("../lib/conch").join(SHELL)]
        .into_iter()
        .find(|path| path.is_file())
        .ok_or_else(|| {
            let folder = beside.display();
            format!("{SHELL} was found neither in {folder} nor in ../lib/conch. Build with `cargo build`")
        })?;
    let name = CString::new(path.as_os_str().as_bytes()).map_err(|e| e.to_string())?;
    // SAFETY: a path with its closing zero; what the library does when it is loaded is ours.
    let library = unsafe { libc::dlopen(name.as_ptr(), libc::RTLD_NOW) };
    if library.is_null() {
        return Err(explain(&loader_error()));
    }
    // SAFETY: a live library, and a name with its closing zero.
    let entry = unsafe { libc::dlsym(library, c"conch_main".as_ptr()) };
    if entry.is_null() {
        return Err(format!("{} is not Conch's: {}", path.display(), loader_error()));
    }
    // SAFETY: the symbol is a function of this type, see `conch_main`.
    Ok(unsafe { std::mem::transmute::<*mut libc::c_void, unsafe extern "C" fn() -> c_int>(entry) })
}

/// What the loader says is missing, and how to get it.
fn explain(error: &str) -> String {
    let of_the_webview = ["libwebkit2gtk", "libjavascriptcoregtk", "libgtk", "libgdk", "libsoup"];
    if of_the_webview.iter().any(|name| error.contains(name)) {
        format!(
            "this system has no WebKitGTK 4.1 that works ({error}). Install it; on Debian: \
             apt-get install libwebkit2gtk-4.1-0"
        )
    } else {
        format!("a library cannot be loaded: {error}")
    }
}

fn loader_error() -> String {
    // SAFETY: no preconditions; the text is copied before the next call of the loader.
    let error = unsafe { libc::dlerror() };
    if error.is_null() {
        return "no reason was given".to_owned();
    }
    // SAFETY: not null, so a text with its closing zero.
    let text = unsafe { CStr::from_ptr(error) };
    OsStr::from_bytes(text.to_bytes()).to_string_lossy().into_owned()
}
