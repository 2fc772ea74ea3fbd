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
        let Ok(pid) = process(pid) else { return Vec::new() };
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
    // Sets the nice value of a process; gives the errno of a failure, else 0.
    define!(table, "setPriority", |pid: i32, nice: i32| {
        let set = |pid| rustix::process::setpriority_process(pid, nice);
        process(pid).and_then(set).map_or_else(rustix::io::Errno::raw_os_error, |()| 0)
    });
    // Those that are up: name, address, netmask, length of the prefix, and index of each.
    define!(table, "interfaces", || {
        let found = if_addrs::get_if_addrs().unwrap_or_default();
        let found = found.into_iter().filter(if_addrs::Interface::is_oper_up);
        found.map(|one| interface(&one)).collect::<Vec<_>>()
    });
    Ok(())
}

/// A process by its number; None is this one.
fn process(pid: i32) -> rustix::io::Result<Option<rustix::process::Pid>> {
    if pid < 0 { Err(rustix::io::Errno::SRCH) } else { Ok(rustix::process::Pid::from_raw(pid)) }
}

fn interface(interface: &if_addrs::Interface) -> Vec<String> {
    let (netmask, prefix) = match &interface.addr {
        if_addrs::IfAddr::V4(address) => (address.netmask.to_string(), address.prefixlen),
        if_addrs::IfAddr::V6(address) => (address.netmask.to_string(), address.prefixlen),
    };
    let index = interface.index.unwrap_or(0);
    vec![
        interface.name.clone(),
        interface.ip().to_string(),
        netmask,
        prefix.to_string(),
        index.to_string(),
    ]
}
