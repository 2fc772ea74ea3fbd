//! Facts about the system, for the module os.

use super::define;
use rquickjs::Object;

pub(crate) fn install<'js>(table: &Object<'js>) -> rquickjs::Result<()> {
    define!(table, "uname", || conch_system::uname().to_vec());
    define!(table, "memory", || conch_system::memory().to_vec());
    define!(table, "uptime", conch_system::uptime);
    define!(table, "loadAverage", conch_system::load_average);
    define!(table, "parallelism", || {
        std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
    });
    // [nice] of a process, or [] when there is none.
    define!(table, "priority", |pid: i32| {
        let pid = rustix::process::Pid::from_raw(pid);
        rustix::process::getpriority_process(pid).ok().map(|nice| vec![nice]).unwrap_or_default()
    });
    // errno and name of each error of the system.
    define!(table, "errors", || {
        let errors = super::system_error::ERRORS.iter();
        errors
            .map(|entry| (entry.1.to_owned(), entry.0))
            .collect::<std::collections::HashMap<_, _>>()
    });
    // The words for an errno.
    define!(table, "describe", |errno: i32| {
        let (code, text) = super::system_error::describe(errno);
        vec![code, text]
    });
    Ok(())
}
