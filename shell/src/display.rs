//! Whether there is a display, found out before the app's script runs and without GTK: somebody
//! listens at the socket that GTK would connect to.

use std::ffi::{OsStr, OsString};
use std::os::linux::net::SocketAddrExt;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::net::{SocketAddr, UnixStream};
use std::path::Path;

/// There is no display.
#[derive(Debug, thiserror::Error)]
#[error("{}", conch_windows_abi::NO_DISPLAY)]
pub(crate) struct NoDisplay;

/// An environment variable, if it is set and not empty.
type Environment<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// Fails where GTK is sure to find no display. A display that only GTK understands passes.
pub(crate) fn check() -> Result<(), NoDisplay> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    if is_there(&variable) { Ok(()) } else { Err(NoDisplay) }
}

fn is_there(variable: Environment<'_>) -> bool {
    // Another backend than the usual two, or a connection that was inherited.
    let unusual = ["GDK_BACKEND", "BROADWAY_DISPLAY", "WAYLAND_SOCKET"];
    unusual.iter().any(|name| variable(name).is_some())
        || wayland(variable)
        || variable("DISPLAY").is_some_and(|display| x11(&display))
}

fn wayland(variable: Environment<'_>) -> bool {
    let name = variable("WAYLAND_DISPLAY").unwrap_or_else(|| "wayland-0".into());
    let folder = variable("XDG_RUNTIME_DIR").unwrap_or_default();
    // A name that is absolute stands for itself.
    UnixStream::connect(Path::new(&folder).join(name)).is_ok()
}

/// `[host]:number[.screen]`. A display on another host counts as there.
fn x11(display: &OsStr) -> bool {
    let text = String::from_utf8_lossy(display.as_bytes());
    let Some((host, number)) = text.rsplit_once(':') else { return true };
    if !matches!(host, "" | "unix") {
        return true;
    }
    let number = number.split('.').next().unwrap_or_default();
    let path = format!("/tmp/.X11-unix/X{number}");
    let abstract_name = SocketAddr::from_abstract_name(&path);
    abstract_name.is_ok_and(|address| UnixStream::connect_addr(&address).is_ok())
        || UnixStream::connect(path).is_ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::os::unix::net::UnixListener;

    fn found(set: &[(&str, &str)]) -> bool {
        is_there(&|name| set.iter().find(|(n, _)| *n == name).map(|(_, value)| value.into()))
    }

    #[test]
    fn a_display_that_nobody_serves_is_none() {
        assert!(!found(&[]));
        assert!(!found(&[("DISPLAY", ":4711")]));
        assert!(!found(&[("DISPLAY", "unix:4711.0")]));
        assert!(!found(&[("WAYLAND_DISPLAY", "wayland-9"), ("XDG_RUNTIME_DIR", "/nowhere")]));
    }

    #[test]
    fn what_only_gtk_can_tell_passes() {
        assert!(found(&[("DISPLAY", "elsewhere.example:0")]));
        assert!(found(&[("GDK_BACKEND", "broadway")]));
        assert!(found(&[("WAYLAND_SOCKET", "5")]));
    }

    #[test]
    fn a_socket_that_listens_is_a_display() {
        let folder = std::env::temp_dir().join(format!("conch-display-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let _default = UnixListener::bind(folder.join("wayland-0")).unwrap();
        let named = folder.join("named");
        let _named = UnixListener::bind(&named).unwrap();
        let runtime = ("XDG_RUNTIME_DIR", folder.to_str().unwrap());
        assert!(found(&[runtime]));
        assert!(found(&[runtime, ("WAYLAND_DISPLAY", "named")]));
        assert!(found(&[("WAYLAND_DISPLAY", named.to_str().unwrap())]));
        assert!(!found(&[runtime, ("WAYLAND_DISPLAY", "gone")]));
        let x11 = SocketAddr::from_abstract_name("/tmp/.X11-unix/X4712").unwrap();
        let _x11 = UnixListener::bind_addr(&x11).unwrap();
        assert!(found(&[("DISPLAY", ":4712.0")]));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
