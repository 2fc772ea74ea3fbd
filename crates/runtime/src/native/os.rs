//! Facts about the system, for the module os.

use super::define;
use rquickjs::Object;
use std::fs;

pub(crate) fn install<'js>(table: &Object<'js>) -> rquickjs::Result<()> {
    // sysname, release, version, machine, nodename.
    define!(table, "uname", || {
        let name = rustix::system::uname();
        [name.sysname(), name.release(), name.version(), name.machine(), name.nodename()]
            .map(|part| part.to_string_lossy().into_owned())
            .to_vec()
    });
    // Total and free bytes of memory; free is what could be used, as Node counts it.
    define!(table, "memory", || {
        let text = fs::read_to_string("/proc/meminfo").unwrap_or_default();
        let bytes = |name: &str| {
            let line = text.lines().find(|line| line.starts_with(name));
            let number = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok());
            number.unwrap_or(0.0) * 1024.0
        };
        vec![bytes("MemTotal:"), bytes("MemAvailable:")]
    });
    define!(table, "uptime", || {
        let text = fs::read_to_string("/proc/uptime").unwrap_or_default();
        text.split('.').next().and_then(|whole| whole.parse::<f64>().ok()).unwrap_or(0.0)
    });
    define!(table, "loadAverage", || {
        let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
        text.split(' ').take(3).filter_map(|part| part.parse::<f64>().ok()).collect::<Vec<_>>()
    });
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
