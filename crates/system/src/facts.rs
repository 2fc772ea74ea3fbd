//! Facts about the system, for `os`.

use std::fs;

/// sysname, release, version, machine, nodename.
#[must_use]
pub fn uname() -> [String; 5] {
    let name = rustix::system::uname();
    [name.sysname(), name.release(), name.version(), name.machine(), name.nodename()]
        .map(|part| part.to_string_lossy().into_owned())
}

/// Total and free bytes of memory; free is what could be used, as Node counts it.
#[must_use]
pub fn memory() -> [f64; 2] {
    let text = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let bytes = |name: &str| {
        let line = text.lines().find(|line| line.starts_with(name));
        let number = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok());
        number.unwrap_or(0.0) * 1024.0
    };
    [bytes("MemTotal:"), bytes("MemAvailable:")]
}

/// Whole seconds since the system started.
#[must_use]
pub fn uptime() -> f64 {
    let text = fs::read_to_string("/proc/uptime").unwrap_or_default();
    text.split('.').next().and_then(|whole| whole.parse::<f64>().ok()).unwrap_or(0.0)
}

/// Of the last 1, 5 and 15 minutes.
#[must_use]
pub fn load_average() -> Vec<f64> {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').take(3).filter_map(|part| part.parse::<f64>().ok()).collect()
}

/// The process's user, effective user, group and effective group.
#[must_use]
pub fn ids() -> [u32; 4] {
    [
        rustix::process::getuid().as_raw(),
        rustix::process::geteuid().as_raw(),
        rustix::process::getgid().as_raw(),
        rustix::process::getegid().as_raw(),
    ]
}
