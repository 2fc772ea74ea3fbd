//! WebKit's errors of a failed load, told as Chromium's numbers and names.

use gtk::gio::{IOErrorEnum, ResolverError};
use gtk::glib;
use webkit2gtk::{NetworkError, PolicyError};

/// A Chromium net error. Only those that WebKit's errors can be told apart as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LoadError {
    /// Chromium's number, negative.
    pub(crate) code: i32,
    /// Chromium's name.
    pub(crate) name: &'static str,
}

const fn error(code: i32, name: &'static str) -> LoadError {
    LoadError { code, name }
}

/// Anything without a name of its own, a scheme nobody handles among it (semantics 105).
pub(crate) const FAILED: LoadError = error(-2, "ERR_FAILED");
/// Stopped, or overtaken by another navigation (semantics 104).
pub(crate) const ABORTED: LoadError = error(-3, "ERR_ABORTED");
/// A port that pages may not reach.
pub(crate) const UNSAFE_PORT: LoadError = error(-312, "ERR_UNSAFE_PORT");
/// WebKit does not say which of the certificate's faults it was in a way that maps further.
pub(crate) const CERTIFICATE: LoadError = error(-202, "ERR_CERT_AUTHORITY_INVALID");

/// The error to report, or `None` if the navigation did not fail but became something else: a
/// download, or one that a policy turned away.
pub(crate) fn from_webkit(failure: &glib::Error) -> Option<LoadError> {
    if let Some(kind) = failure.kind::<PolicyError>() {
        return match kind {
            PolicyError::FrameLoadInterruptedByPolicyChange => None,
            PolicyError::CannotUseRestrictedPort => Some(UNSAFE_PORT),
            _ => Some(FAILED),
        };
    }
    if let Some(kind) = failure.kind::<NetworkError>() {
        return Some(match kind {
            NetworkError::Cancelled => ABORTED,
            NetworkError::FileDoesNotExist => error(-6, "ERR_FILE_NOT_FOUND"),
            _ => FAILED,
        });
    }
    if failure.kind::<ResolverError>().is_some() {
        return Some(error(-105, "ERR_NAME_NOT_RESOLVED"));
    }
    Some(match failure.kind::<IOErrorEnum>() {
        Some(IOErrorEnum::NotFound | IOErrorEnum::IsDirectory) => error(-6, "ERR_FILE_NOT_FOUND"),
        Some(IOErrorEnum::PermissionDenied) => error(-10, "ERR_ACCESS_DENIED"),
        Some(IOErrorEnum::ConnectionRefused) => error(-102, "ERR_CONNECTION_REFUSED"),
        Some(IOErrorEnum::HostNotFound) => error(-105, "ERR_NAME_NOT_RESOLVED"),
        Some(IOErrorEnum::HostUnreachable | IOErrorEnum::NetworkUnreachable) => {
            error(-109, "ERR_ADDRESS_UNREACHABLE")
        }
        Some(IOErrorEnum::TimedOut) => error(-118, "ERR_CONNECTION_TIMED_OUT"),
        Some(IOErrorEnum::Cancelled) => ABORTED,
        Some(_) | None => FAILED,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(failure: glib::Error) -> Option<i32> {
        from_webkit(&failure).map(|error| error.code)
    }

    #[test]
    fn io_and_resolver_errors_have_chromium_s_numbers() {
        assert_eq!(code(glib::Error::new(IOErrorEnum::NotFound, "")), Some(-6));
        assert_eq!(code(glib::Error::new(IOErrorEnum::ConnectionRefused, "")), Some(-102));
        assert_eq!(code(glib::Error::new(ResolverError::NotFound, "")), Some(-105));
        assert_eq!(code(glib::Error::new(IOErrorEnum::NoSpace, "")), Some(-2));
    }
}
