//! `libconch_windows.so`: loading it, calling it, and saying what to do where the system has no
//! WebKitGTK.
#![allow(unsafe_code)]

use std::ffi::{CStr, CString, OsStr, c_void};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use conch_windows_abi as abi;
use conch_windows_abi::{Answer, Callbacks, Listener, Text};

/// The window system.
const LIBRARY: &str = "libconch_windows.so";

/// What it needs first of all.
const WEBKIT: &str = "libwebkit2gtk-4.1.so.0";

/// Why the window system cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LoadError {
    #[error("{LIBRARY} was found neither in {} nor in ../lib/conch. Build with `cargo build`", .0.display())]
    Missing(PathBuf),
    #[error(
        "this system has no WebKitGTK 4.1 that works ({0}). Install it; on Debian: \
         apt-get install libwebkit2gtk-4.1-0"
    )]
    NoWebKit(String),
    #[error("a library cannot be loaded: {0}")]
    Loader(String),
    #[error("{} is not Conch's: {reason}", .path.display())]
    Foreign { path: PathBuf, reason: String },
}

/// Whether WebKitGTK is where systems have it. If not, only the loader can tell.
pub(crate) fn has_webkit() -> bool {
    let is_in = |folder: &Path| folder.join(WEBKIT).is_file();
    // The loader would take this one first, whatever it is.
    let named = std::env::var_os("LD_LIBRARY_PATH").unwrap_or_default();
    if std::env::split_paths(&named).any(|folder| is_in(&folder)) {
        return false;
    }
    let of_the_machine = format!("/usr/lib/{}-linux-gnu", std::env::consts::ARCH);
    [of_the_machine.as_str(), "/usr/lib64", "/usr/lib"].iter().any(|folder| is_in(folder.as_ref()))
}

/// The functions of the library. It is never unloaded.
pub(crate) struct Library {
    run: abi::RunFunction,
    call: abi::CallFunction,
}

impl Library {
    /// Where the library is: beside the binary (a build), or in `../lib/conch` (installed).
    pub(crate) fn find(binary: &Path) -> Result<PathBuf, LoadError> {
        let beside = binary.parent().unwrap_or(Path::new("/"));
        [beside.join(LIBRARY), beside.join("../lib/conch").join(LIBRARY)]
            .into_iter()
            .find(|path| path.is_file())
            .ok_or_else(|| LoadError::Missing(beside.to_owned()))
    }

    /// Loads the library and everything that it needs, WebKitGTK above all.
    pub(crate) fn load(path: &Path) -> Result<Library, LoadError> {
        let foreign = |reason: String| LoadError::Foreign { path: path.to_owned(), reason };
        let name = CString::new(path.as_os_str().as_bytes())
            .map_err(|error| LoadError::Loader(error.to_string()))?;
        // SAFETY: a path with its closing zero; what the library does when it is loaded is ours.
        let library = unsafe { libc::dlopen(name.as_ptr(), libc::RTLD_NOW) };
        if library.is_null() {
            return Err(explain(loader_error()));
        }
        let find = |name: &CStr| {
            // SAFETY: a live library, and a name with its closing zero.
            let symbol = unsafe { libc::dlsym(library, name.as_ptr()) };
            if symbol.is_null() { Err(foreign(loader_error())) } else { Ok(symbol) }
        };
        let symbol = find(abi::VERSION_FUNCTION)?;
        // SAFETY: the symbol of that name is a function of that type, in every version.
        let version: abi::VersionFunction = unsafe { std::mem::transmute(symbol) };
        let mut slot = None;
        // SAFETY: the slot outlives the call.
        unsafe { version(Answer::into_slot(&mut slot)) };
        if slot != Some(Ok(abi::VERSION.to_owned())) {
            return Err(foreign(format!("it is of another version than {}", abi::VERSION)));
        }
        let (run, call) = (find(abi::RUN_FUNCTION)?, find(abi::CALL_FUNCTION)?);
        // SAFETY: in this version, the symbols of these names are functions of these types.
        Ok(unsafe {
            Library {
                run: std::mem::transmute::<*mut c_void, abi::RunFunction>(run),
                call: std::mem::transmute::<*mut c_void, abi::CallFunction>(call),
            }
        })
    }

    /// Runs the UI on this thread. Comes back with the reason when there can be none.
    pub(crate) fn run<L: Listener>(&self, options: &str, listener: &'static L) -> String {
        let mut slot = None;
        // SAFETY: text and slot outlive the call, the listener everything.
        unsafe {
            (self.run)(Text::new(options), Callbacks::new(listener), Answer::into_slot(&mut slot));
        }
        slot.and_then(Result::err).unwrap_or_else(|| "the UI ended".to_owned())
    }

    /// Has the UI thread carry out a command. The UI has to run.
    pub(crate) fn call(&self, command: &str) -> Result<String, String> {
        let mut slot = None;
        // SAFETY: text and slot outlive the call.
        unsafe { (self.call)(Text::new(command), Answer::into_slot(&mut slot)) };
        slot.unwrap_or_else(|| Err("The UI thread did not answer".to_owned()))
    }
}

/// What the loader says is missing, and how to get it.
fn explain(error: String) -> LoadError {
    let of_the_webview = ["libwebkit2gtk", "libjavascriptcoregtk", "libgtk", "libgdk", "libsoup"];
    if of_the_webview.iter().any(|name| error.contains(name)) {
        LoadError::NoWebKit(error)
    } else {
        LoadError::Loader(error)
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
