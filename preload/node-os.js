'use strict';
// What Node's `os` has from native code in the main process, in a renderer that may have Node.

/** @returns {any} */
const facts = () => JSON.parse(native.systemFacts());

/** The text of a file; undefined if it cannot be read. @param {string} path */
function readText(path) {
  try {
    return native.readFile(path);
  } catch {
    return undefined;
  }
}

/** [nice] of a process, or [] when there is none. @param {number} pid */
function priority(pid) {
  const text = readText(`/proc/${pid}/stat`);
  // The name in parentheses may hold spaces.
  return text === undefined ? [] : [Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[16])];
}

module.exports = {
  os: {
    errors: () => facts().errors,
    loadAverage: () => facts().loadAverage,
    memory: () => facts().memory,
    parallelism: () => facts().parallelism,
    priority,
    uname: () => facts().uname,
    uptime: () => facts().uptime,
  },
  process: { ids: () => facts().ids, readText },
  /** Whether a standard stream, by its descriptor, is a terminal. */
  stdio: { isTerminal: (fd) => facts().terminals[fd] },
};
