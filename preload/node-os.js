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

/** errno, name and words of each error of the system. @returns {[number, string, string][]} */
const errors = () => facts().errors;

/** The name of an errno and the words for it. @param {number} errno */
function describe(errno) {
  const [, code, text] = errors().find(([number]) => number === errno) ?? [errno, 'UNKNOWN', 'unknown error'];
  return [code, text];
}

/** @param {string} name @returns {() => never} */
const refused = (name) => () => {
  throw new Error(`${name} in a renderer is not supported by Conch`);
};

module.exports = {
  os: {
    describe,
    errors: () => Object.fromEntries(errors().map(([errno, code]) => [code, errno])),
    interfaces: refused('os.networkInterfaces'),
    loadAverage: () => facts().loadAverage,
    memory: () => facts().memory,
    parallelism: () => facts().parallelism,
    priority,
    setPriority: refused('os.setPriority'),
    uname: () => facts().uname,
    uptime: () => facts().uptime,
  },
  process: { ids: () => facts().ids, readText },
  /** Whether a standard stream, by its descriptor, is a terminal. */
  stdio: { isTerminal: (fd) => facts().terminals[fd] },
};
