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

/// What is known of the display.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Display {
    /// Somebody listens.
    There,
    /// Only GTK can tell.
    Unusual,
}

/// An environment variable, if it is set and not empty.
type Environment<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// Fails where GTK is sure to find no display.
pub(crate) fn check() -> Result<Display, NoDisplay> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    find(&variable).ok_or(NoDisplay)
}

fn find(variable: Environment<'_>) -> Option<Display> {
    // Another backend than the usual two, or a connection that was inherited.
    let unusual = ["GDK_BACKEND", "BROADWAY_DISPLAY", "WAYLAND_SOCKET"];
    if unusual.iter().any(|name| variable(name).is_some()) {
        return Some(Display::Unusual);
    }
    if wayland(variable) {
        return Some(Display::There);
    }
    variable("DISPLAY").and_then(|display| x11(&display))
}

fn wayland(variable: Environment<'_>) -> bool {
    let name = variable("WAYLAND_DISPLAY").unwrap_or_else(|| "wayland-0".into());
    let folder = variable("XDG_RUNTIME_DIR").unwrap_or_default();
    // A name that is absolute stands for itself; any other needs the folder.
    let path = Path::new(&folder).join(name);
    path.is_absolute() && UnixStream::connect(path).is_ok()
}

/// `[host]:number[.screen]`. A display on another host is not looked for.
fn x11(display: &OsStr) -> Option<Display> {
    let text = String::from_utf8_lossy(display.as_bytes());
    let Some((host, number)) = text.rsplit_once(':') else { return Some(Display::Unusual) };
    if !matches!(host, "" | "unix") {
        return Some(Display::Unusual);
    }
    let number = number.split('.').next().unwrap_or_default();
    let path = format!("/tmp/.X11-unix/X{number}");
    let abstract_name = SocketAddr::from_abstract_name(&path);
    let found = abstract_name.is_ok_and(|address| UnixStream::connect_addr(&address).is_ok())
        || UnixStream::connect(path).is_ok();
    found.then_some(Display::There)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::os::unix::net::UnixListener;

    fn found(set: &[(&str, &str)]) -> Option<Display> {
        find(&|name| set.iter().find(|(n, _)| *n == name).map(|(_, value)| value.into()))
    }

    #[test]
    fn a_display_that_nobody_serves_is_none() {
        assert_eq!(found(&[]), None);
        assert_eq!(found(&[("DISPLAY", ":4711")]), None);
        assert_eq!(found(&[("DISPLAY", "unix:4711.0")]), None);
        assert_eq!(
            found(&[("WAYLAND_DISPLAY", "wayland-9"), ("XDG_RUNTIME_DIR", "/nowhere")]),
            None
        );
    }

    #[test]
    fn what_only_gtk_can_tell_passes() {
        assert_eq!(found(&[("DISPLAY", "elsewhere.example:0")]), Some(Display::Unusual));
        assert_eq!(found(&[("GDK_BACKEND", "broadway")]), Some(Display::Unusual));
        assert_eq!(found(&[("WAYLAND_SOCKET", "5")]), Some(Display::Unusual));
    }

    #[test]
    fn a_socket_that_listens_is_a_display() {
        let folder = std::env::temp_dir().join(format!("conch-display-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let _default = UnixListener::bind(folder.join("wayland-0")).unwrap();
        let named = folder.join("named");
        let _named = UnixListener::bind(&named).unwrap();
        let runtime = ("XDG_RUNTIME_DIR", folder.to_str().unwrap());
        assert_eq!(found(&[runtime]), Some(Display::There));
        assert_eq!(found(&[runtime, ("WAYLAND_DISPLAY", "named")]), Some(Display::There));
        assert_eq!(found(&[("WAYLAND_DISPLAY", named.to_str().unwrap())]), Some(Display::There));
        assert_eq!(found(&[runtime, ("WAYLAND_DISPLAY", "gone")]), None);
        let x11 = SocketAddr::from_abstract_name("/tmp/.X11-unix/X4712").unwrap();
        let _x11 = UnixListener::bind_addr(&x11).unwrap();
        assert_eq!(found(&[("DISPLAY", ":4712.0")]), Some(Display::There));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
