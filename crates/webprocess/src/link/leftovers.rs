//! What a main process leaves behind that was killed: it could not remove its socket.

use std::io::ErrorKind;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

/// How often to look whether the main process still listens. A process that is being killed closes
/// its links and its listening socket one after the other.
const LOOKS: u32 = 20;
/// The time between two looks.
const PAUSE: Duration = Duration::from_millis(25);

/// Removes the main process's private folder if nobody listens at the socket in it any more.
pub(super) fn remove(socket: &str) {
    let socket = Path::new(socket);
    for _ in 0..LOOKS {
        match UnixStream::connect(socket) {
            Err(error) if error.kind() == ErrorKind::ConnectionRefused => {
                // Somebody else may have been faster.
                if let Some(folder) = socket.parent().filter(|folder| is_a_process_folder(folder)) {
                    let _ = std::fs::remove_dir_all(folder);
                }
                return;
            }
            // Removed already, or out of reach.
            Err(_) => return,
            Ok(_) => std::thread::sleep(PAUSE),
        }
    }
}

/// The main process names its folder `<pid>-<unique>`; nothing else is ever removed.
fn is_a_process_folder(folder: &Path) -> bool {
    let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let in_ours = folder.parent().and_then(Path::file_name).and_then(|name| name.to_str());
    in_ours.is_some_and(|name| name == "conch" || name.starts_with("conch-"))
        && name
            .split_once('-')
            .is_some_and(|(pid, unique)| pid.parse::<u32>().is_ok() && unique.len() == 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_main_process_s_own_folder_would_be_removed() {
        let unique = "0123456789abcdef0123456789abcdef";
        for (path, expected) in [
            (format!("/run/user/1/conch/42-{unique}"), true),
            (format!("/tmp/conch-0/42-{unique}"), true),
            (format!("/home/42-{unique}"), false),
            ("/run/user/1/conch".to_owned(), false),
            ("/run/user/1/conch/42-short".to_owned(), false),
        ] {
            assert_eq!(is_a_process_folder(Path::new(&path)), expected, "{path}");
        }
    }

    #[test]
    fn the_folder_goes_when_nobody_listens_and_stays_when_somebody_does() {
        let root = std::env::temp_dir().join(format!("conch-leftovers-{}", std::process::id()));
        let folder = root.join("conch").join("1-0123456789abcdef0123456789abcdef");
        std::fs::create_dir_all(&folder).unwrap();
        let socket = folder.join("s");
        let listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        remove(&socket.to_string_lossy());
        assert!(socket.exists());
        drop(listener);
        remove(&socket.to_string_lossy());
        assert!(!folder.exists());
        std::fs::remove_dir_all(root).unwrap();
    }
}
