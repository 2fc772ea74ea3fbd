//! What a process and all its descendants take.

use std::collections::HashMap;

/// Proportional set sizes.
pub(crate) struct Usage {
    pub(crate) total_mb: f64,
    pub(crate) root_mb: f64,
    pub(crate) processes: usize,
}

/// Sums up the tree under `root`. Processes that end meanwhile count as nothing.
pub(crate) fn of_tree(root: u32) -> Usage {
    let mut children: HashMap<u32, Vec<u32>> = HashMap::new();
    for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
        if let Ok(pid) = entry.file_name().to_string_lossy().parse::<u32>()
            && let Some(parent) = parent_of(pid)
        {
            children.entry(parent).or_default().push(pid);
        }
    }
    let mut usage = Usage { total_mb: 0.0, root_mb: pss_mb(root), processes: 0 };
    let mut left = vec![root];
    while let Some(pid) = left.pop() {
        usage.total_mb += pss_mb(pid);
        usage.processes += 1;
        left.extend(children.remove(&pid).unwrap_or_default());
    }
    usage
}

fn parent_of(pid: u32) -> Option<u32> {
    // The second field is the name in parentheses, which may hold anything.
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    stat.rsplit(") ").next()?.split(' ').nth(1)?.parse().ok()
}

fn pss_mb(pid: u32) -> f64 {
    let rollup = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
    let kilobytes = line.and_then(|l| l.trim().trim_end_matches(" kB").trim().parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1024.0
}
